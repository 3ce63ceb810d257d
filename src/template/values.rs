//! Filling placeholders (minijinja, strict): what a text may name, and what is wrong when it names
//! something else.

use super::{filters, frugal, markup};
use crate::data::column_name;
use crate::diag::{Located, Problem, beginning, nearest};
use crate::limits::{Limit, Limits};
use crate::qr::payload::component;
use minijinja::value::ValueKind;
use minijinja::{Environment, ErrorKind, Output, State, UndefinedBehavior, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What placeholders may name.
pub(super) type Names = BTreeMap<String, Value>;

/// Fills placeholders.
pub(super) struct Filler {
    marked: Environment<'static>,
    plain: Environment<'static>,
    component: Environment<'static>,
    limits: Limits,
}

type Formatter = fn(&mut Output<'_>, &mut State<'_, '_>, &Value) -> Result<(), minijinja::Error>;

/// A list, a code or a function is no text: naming one is a slip.
fn write_plain(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    if matches!(value.kind(), ValueKind::Map | ValueKind::Plain | ValueKind::Invalid) {
        return Err(no_text());
    }
    minijinja::escape_formatter(out, state, value)
}

fn no_text() -> minijinja::Error {
    minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, "this is no text; name a part of it, such as app.short")
}

fn write_text(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(data) => out.write_str(&markup::escape(data)).map_err(minijinja::Error::from),
        None if value.kind() == ValueKind::Seq => Err(no_text()),
        None => write_plain(out, state, value),
    }
}

fn write_component(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) => out.write_str(&component(text)).map_err(minijinja::Error::from),
        None => write_plain(out, state, value),
    }
}

/// What a filled text is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    /// It is set as text: what comes from data must not act as markup.
    Text,
    /// It goes into a code, a path or a condition as it is.
    Plain,
    /// It goes into a web address: what is filled in must not end the part of it where it stands.
    Component,
}

fn environment(formatter: Formatter, limits: &Limits) -> Environment<'static> {
    let mut env = frugal::environment(limits);
    env.set_formatter(formatter);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    filters::add(&mut env);
    env
}

impl Filler {
    pub(super) fn new(limits: &Limits) -> Filler {
        let [marked, plain, component] =
            [write_text, write_plain, write_component as Formatter].map(|formatter| environment(formatter, limits));
        Filler { marked, plain, component, limits: *limits }
    }

    /// The text with its placeholders filled.
    pub(super) fn fill(&self, text: &Located<String>, names: &Names, use_: Use) -> Result<String, Vec<Problem>> {
        let filled = self.filled(text, names, use_)?;
        self.hold(&filled, &text.value).map(|()| filled).map_err(|problem| vec![problem])
    }

    /// Says so where a text is too long to be set.
    pub(super) fn hold(&self, filled: &str, of: &str) -> Result<(), Problem> {
        // Letters are counted only where there might be too many.
        let most = self.limits.of(Limit::TextLetters);
        let letters = if filled.len() as u64 > most { filled.chars().count() as u64 } else { 0 };
        self.limits.hold(Limit::TextLetters, letters, &beginning(of))
    }

    fn filled(&self, text: &Located<String>, names: &Names, use_: Use) -> Result<String, Vec<Problem>> {
        if !has_placeholder(&text.value) {
            return Ok(text.value.clone());
        }
        if let Some(filled) = fill_names(&text.value, names, use_, self.limits.of(Limit::TextLetters).saturating_mul(4)) {
            return Ok(filled);
        }
        if let Some(problem) = frugal::excess(&text.value) {
            return Err(vec![problem]);
        }
        let env = match use_ {
            Use::Text => &self.marked,
            Use::Plain => &self.plain,
            Use::Component => &self.component,
        };
        let syntax =
            |e: minijinja::Error| Problem::TemplateSyntax { detail: e.detail().map_or_else(|| e.kind().to_string(), String::from) };
        let original = text;
        let (text, names) = with_plain_names(&text.value, names);
        let template = env.template_from_str(&text).map_err(|e| no_such_column(&text, &names).unwrap_or_else(|| vec![syntax(e)]))?;
        let mut named: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        named.sort();
        let unknown: Vec<Problem> =
            named.iter().filter(|n| !env.globals().any(|(g, _)| g == n.as_str())).filter_map(|n| unknown(n, &names)).collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        frugal::render(&template, &*names, &self.limits).map_err(|e| {
            vec![match (e.kind(), filters::problem(&e)) {
                (_, Some(problem)) => problem,
                (ErrorKind::OutOfFuel, None) => {
                    let (limit, of) = (Limit::TemplateSteps, beginning(&original.value));
                    Problem::OverLimit { limit, of, most: self.limits.of(limit) }
                }
                _ => syntax(e),
            }]
        })
    }
}

/// Fills a text whose placeholders do no more than name texts, as most do: no need to compile it for every record.
fn fill_names(text: &str, names: &Names, use_: Use, most: u64) -> Option<String> {
    if text.contains("{%") || text.contains("{#") || text.ends_with('\n') {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, inside, after)) = next_placeholder(rest) {
        let inside = inside.trim();
        let value = match names.get(inside) {
            Some(value) => value.clone(),
            None => {
                let (root, part) = inside.split_once('.')?;
                names.get(root)?.get_attr(part).ok()?
            }
        };
        let said = value.as_str()?;
        out.push_str(before);
        match use_ {
            Use::Text if !value.is_safe() => out.push_str(&markup::escape(said)),
            Use::Component => out.push_str(&component(said)),
            _ => out.push_str(said),
        }
        if out.len() as u64 > most {
            // Too long already, which is told.
            return Some(out);
        }
        rest = after;
    }
    out.push_str(rest);
    // What is left open is for the compiler to tell.
    (!rest.contains("{{")).then_some(out)
}

/// Names that are told to whoever mistypes one.
const MOST_KNOWN: usize = 50;

/// What is wrong with a name such as `ten` or `app.short`, if anything.
fn unknown(name: &str, names: &Names) -> Option<Problem> {
    let (root, part) = name.split_once('.').map_or((name, None), |(root, part)| (root, Some(part)));
    let known: Vec<String> = match (names.get(root), part) {
        (Some(_), None) => return None,
        (Some(value), Some(part)) if value.get_attr(part).is_ok_and(|v| !v.is_undefined()) => return None,
        (Some(value), Some(_)) => value.try_iter().into_iter().flatten().take(MOST_KNOWN).map(|key| format!("{root}.{key}")).collect(),
        (None, _) => names.keys().take(MOST_KNOWN).cloned().collect(),
    };
    let near = match part {
        Some(_) if names.contains_key(root) => nearest(name, known.iter().map(String::as_str)),
        _ => nearest(root, names.keys().map(String::as_str)),
    };
    let name = if names.contains_key(root) { name } else { root };
    Some(Problem::UnknownPlaceholder { name: name.into(), nearest: near, known })
}

/// Columns may have any name (`Biển số`); a placeholder that names one and is no plain word is given one.
fn with_plain_names<'t>(text: &'t str, names: &'t Names) -> (Cow<'t, str>, Cow<'t, Names>) {
    let (mut out, mut extra) = (String::new(), Cow::Borrowed(names));
    let mut rest = text;
    while let Some((before, inside, after)) = next_placeholder(rest) {
        out.push_str(before);
        // What follows a bar is a filter, unless there is a column of the whole name.
        let parts = [(inside, ""), inside.find('|').map_or((inside, ""), |at| inside.split_at(at))];
        let found = parts.iter().find_map(|(name, filters)| Some((names.get(&column_name(name))?, column_name(name), filters)));
        match found.filter(|(_, name, _)| !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
            Some((value, _, filters)) => {
                let plain = (extra.len()..).map(|n| format!("column_{n}")).find(|n| !extra.contains_key(n)).unwrap_or_default();
                out.push_str(&format!("{{{{ {plain} {filters}}}}}"));
                extra.to_mut().insert(plain, value.clone());
            }
            None => out.push_str(&format!("{{{{{inside}}}}}")),
        }
        rest = after;
    }
    match extra {
        Cow::Borrowed(_) => (Cow::Borrowed(text), extra),
        Cow::Owned(_) => (Cow::Owned(out + rest), extra),
    }
}

/// Placeholders that would name a column by its own words, with letters and spaces, if there were one.
fn no_such_column(text: &str, names: &Names) -> Option<Vec<Problem>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((_, inside, after)) = next_placeholder(rest) {
        let name = column_name(inside.split('|').next().unwrap_or_default());
        let is_words = !name.is_ascii() || name.contains(' ');
        if is_words && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.')) {
            found.extend(unknown(&name, names));
        }
        rest = after;
    }
    (!found.is_empty()).then_some(found)
}

/// What stands before, inside and after the first `{{ … }}`.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (inside, after) = rest.split_once("}}")?;
    Some((before, inside, after))
}

/// Names that a text takes something from, as they are written, without their filters.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let (mut names, mut rest) = (Vec::new(), text);
    while let Some((_, inside, after)) = next_placeholder(rest) {
        names.push(inside.split('|').next().unwrap_or_default().trim());
        rest = after;
    }
    names
}

/// Whether a text may take something from elsewhere.
pub(super) fn has_placeholder(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// A value that acts as markup: what the campaign's author wrote.
pub(super) fn authored(text: String) -> Value {
    Value::from_safe_string(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Spot;

    fn fill(text: &str, use_: Use) -> Result<String, Vec<Problem>> {
        let mut names = Names::new();
        names.insert("ten".into(), Value::from("Sông *Thao*"));
        names.insert("headline".into(), authored("**Cài đặt**".into()));
        Filler::new(&Limits::default()).fill(&Located { value: text.into(), spot: Spot::default() }, &names, use_)
    }

    #[test]
    fn data_is_escaped_in_text_and_nowhere_else() {
        assert_eq!(fill("{{ headline }} {{ ten }}", Use::Text).unwrap(), "**Cài đặt** Sông \\*Thao\\*");
        assert_eq!(fill("{{ ten }}", Use::Plain).unwrap(), "Sông *Thao*");
        for open in ["{{ ten }}", "{% if ten %}{{ ten }}{% endif %}"] {
            let filled = fill(&format!("?q={open}&x=a b"), Use::Component).unwrap();
            assert_eq!(filled, "?q=S%C3%B4ng%20%2AThao%2A&x=a b");
        }
    }

    #[test]
    fn an_unknown_name_offers_the_nearest() {
        let problems = fill("{{ tem }} {{ zzzzzz }}", Use::Text).unwrap_err();
        let Problem::UnknownPlaceholder { name, nearest, .. } = &problems[0] else { panic!() };
        assert_eq!((name.as_str(), nearest.as_deref()), ("tem", Some("ten")));
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn a_column_may_have_any_name() {
        let names = Names::from([
            ("Biển số".to_string(), Value::from("19B-012.34")),
            ("app".to_string(), Value::from(BTreeMap::from([("short", "mo.vn")]))),
        ]);
        let fill =
            |text: &str| Filler::new(&Limits::default()).fill(&Located { value: text.into(), spot: Spot::default() }, &names, Use::Plain);
        assert_eq!(fill("Xe {{ Biển số }}, {{app.short}}").unwrap(), "Xe 19B-012.34, mo.vn");
        let problems = fill("{{ app.shrt }}").unwrap_err();
        let [Problem::UnknownPlaceholder { name, nearest, .. }] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((name.as_str(), nearest.as_deref()), ("app.shrt", Some("app.short")));
    }

    #[test]
    fn filters_see_what_stands_in_the_table_and_are_escaped_once() {
        let names = Names::from([
            ("Tên".to_string(), Value::from("Sông *Thao*")),
            ("phi".to_string(), Value::from("1250000")),
            ("Ngày | giờ".to_string(), Value::from("2026-08-06")),
            ("trống".to_string(), Value::from("")),
            ("headline".to_string(), authored("**Cài đặt**".into())),
        ]);
        let fill =
            |text: &str| Filler::new(&Limits::default()).fill(&Located { value: text.into(), spot: Spot::default() }, &names, Use::Text);
        for (text, filled) in [
            ("{{ Tên | upper }}", "SÔNG \\*THAO\\*"),
            ("{{ headline | upper }}", "**CÀI ĐẶT**"),
            ("{{ phi|money }}", "1\\.250\\.000\u{a0}₫"),
            ("{{  trống|default(\"*\") }}", "\\*"),
        ] {
            assert_eq!(fill(text).as_deref(), Ok(filled), "{text}");
        }
        assert_eq!(fill("{{ Ngày | giờ }}").unwrap(), "2026\\-08\\-06");
        assert_eq!(fill("{{ Tên | date }}").unwrap_err(), [Problem::NotADate { value: "Sông *Thao*".into() }]);
    }

    #[test]
    fn a_placeholder_that_never_ends_is_stopped() {
        let looped = |depth: usize| format!("{}x{}", "{% for a in ten %}".repeat(depth), "{% endfor %}".repeat(depth));
        assert!(fill(&looped(3), Use::Text).is_ok());
        assert!(matches!(fill(&looped(6), Use::Text).unwrap_err()[..], [Problem::OverLimit { limit: Limit::TemplateSteps, .. }]));
    }

    /// A few steps that would fill the memory: each doubles what the one before it has made.
    #[test]
    fn a_placeholder_cannot_make_texts_without_end() {
        let long = "a".repeat(500);
        for text in [
            "{% set x = ten ~ ten %}{% set x = x ~ x %}{{ x }}".to_string(),
            "{% with x = ten ~ ten %}{% with y = x ~ x %}{{ y }}{% endwith %}{% endwith %}".into(),
            format!("{}{{{{ ten }}}}{}", "{% for ten in [ten ~ ten] %}".repeat(40), "{% endfor %}".repeat(40)),
            "{% macro m() %}x{% endmacro %}{{ m() }}".into(),
            "{% filter upper %}x{% endfilter %}".into(),
            "{{ ten * 100000000 }}".into(),
            "{{ [ten] * 100000000 }}".into(),
            "{{ range(1000000)|join(ten) }}".into(),
            format!("{{{{ {}ten }}}}", "ten ~ ".repeat(10_000)),
            format!("{{{{ {}ten }}}}", "not ".repeat(10_000)),
            format!("{{{{ {}1 }}}}", "- ".repeat(10_000)),
            format!("{{{{ ten{} }}}}", " if ten else ten".repeat(10_000)),
            format!("{{{{ ten{} }}}}", "()".repeat(10_000)),
            format!("{{% if ten %}}x{}{{% endif %}}", "{% elif ten %}y".repeat(10_000)),
            format!("{{% raw %}}{{{{ ' }}}}{{% endraw %}}{{{{ '}}}}' ~ {}ten }}}}", "not ".repeat(10_000)),
            format!("{{{{ {{'a': {{'b': 1}}}} and {}1 }}}}", "not ".repeat(10_000)),
            format!("{{# {{{{ ' #}}{{{{ {}ten }}}}", "not ".repeat(10_000)),
            "{# {{ #}{% set x = ten ~ ten %}{{ x }}".into(),
            "{{ '}}' * 100000000 }}".into(),
            format!("{{{{ ten{} }}}}", format!("|replace('a', '{long}')").repeat(9)),
            "{{ ten|indent(1000000000) }}".into(),
            "{{ '%1000000000d'|format(1) }}".into(),
        ] {
            let problems = fill(&text, Use::Text).unwrap_err();
            let stopped = |p: &Problem| {
                matches!(
                    p,
                    Problem::TemplateSyntax { .. }
                        | Problem::OverLimit { .. }
                        | Problem::UnknownName { .. }
                        | Problem::UnknownPlaceholder { .. }
                )
            };
            assert!(problems.iter().all(stopped), "{text}: {problems:?}");
        }
        // What is written in quotes joins nothing.
        assert_eq!(fill("{{ ten|replace('*', '+') }}{{ '~*+' }}", Use::Plain).unwrap(), "Sông +Thao+~*+");
    }

    #[test]
    fn a_text_grows_no_longer_than_its_limit() {
        let filler = Filler::new(&Limits::default().with(Limit::TextLetters, 50));
        let names = Names::from([("ten".to_string(), Value::from("ố".repeat(20)))]);
        let fill = |text: &str| filler.fill(&Located { value: text.into(), spot: Spot::default() }, &names, Use::Text);
        assert_eq!(fill("{{ ten }} {{ ten }}").unwrap().chars().count(), 41);
        let over = |filled: Result<String, Vec<Problem>>| matches!(filled.unwrap_err()[..], [Problem::OverLimit { .. }]);
        assert!(over(fill("{{ ten }}{{ ten }}{{ ten }}")) && over(fill(&"ố".repeat(51))));
        assert!(over(fill("{% for a in ten %}{{ ten }}{% endfor %}")) && over(fill("{{ ten|join(ten) }}")));
    }
}
