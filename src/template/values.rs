//! Filling placeholders (minijinja, strict): what a text may name, and what is wrong when it names
//! something else.

use super::{filters, markup};
use crate::data::column_name;
use crate::diag::{Located, Problem, nearest};
use crate::qr::payload::component;
use minijinja::value::ValueKind;
use minijinja::{Environment, Output, State, UndefinedBehavior, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What placeholders may name.
pub(super) type Names = BTreeMap<String, Value>;

/// Steps that one placeholder may take: enough for any text, not for a loop that never ends.
const FUEL: u64 = 50_000;

/// Fills placeholders.
pub(super) struct Filler {
    marked: Environment<'static>,
    plain: Environment<'static>,
    component: Environment<'static>,
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

fn environment(formatter: Formatter) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_formatter(formatter);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    filters::add(&mut env);
    env
}

impl Filler {
    pub(super) fn new() -> Filler {
        Filler { marked: environment(write_text), plain: environment(write_plain), component: environment(write_component) }
    }

    /// The text with its placeholders filled.
    pub(super) fn fill(&self, text: &Located<String>, names: &Names, use_: Use) -> Result<String, Vec<Problem>> {
        if !has_placeholder(&text.value) {
            return Ok(text.value.clone());
        }
        if let Some(filled) = fill_names(&text.value, names, use_) {
            return Ok(filled);
        }
        let env = match use_ {
            Use::Text => &self.marked,
            Use::Plain => &self.plain,
            Use::Component => &self.component,
        };
        let syntax =
            |e: minijinja::Error| Problem::TemplateSyntax { detail: e.detail().map_or_else(|| e.kind().to_string(), String::from) };
        let (text, names) = with_plain_names(&text.value, names);
        let template = env.template_from_str(&text).map_err(|e| no_such_column(&text, &names).unwrap_or_else(|| vec![syntax(e)]))?;
        let mut named: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        named.sort();
        let unknown: Vec<Problem> =
            named.iter().filter(|n| !env.globals().any(|(g, _)| g == n.as_str())).filter_map(|n| unknown(n, &names)).collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        template.render(&*names).map_err(|e| vec![filters::problem(&e).unwrap_or_else(|| syntax(e))])
    }
}

/// Fills a text whose placeholders do no more than name texts, as most do: no need to compile it for every record.
fn fill_names(text: &str, names: &Names, use_: Use) -> Option<String> {
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
        rest = after;
    }
    out.push_str(rest);
    // What is left open is for the compiler to tell.
    (!rest.contains("{{")).then_some(out)
}

/// What is wrong with a name such as `ten` or `app.short`, if anything.
fn unknown(name: &str, names: &Names) -> Option<Problem> {
    let (root, part) = name.split_once('.').map_or((name, None), |(root, part)| (root, Some(part)));
    let known: Vec<String> = match (names.get(root), part) {
        (Some(_), None) => return None,
        (Some(value), Some(part)) if value.get_attr(part).is_ok_and(|v| !v.is_undefined()) => return None,
        (Some(value), Some(_)) => value.try_iter().into_iter().flatten().map(|key| format!("{root}.{key}")).collect(),
        (None, _) => names.keys().cloned().collect(),
    };
    let name = if names.contains_key(root) { name } else { root };
    Some(Problem::UnknownPlaceholder { name: name.into(), nearest: nearest(name, known.iter().map(String::as_str)), known })
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
        Filler::new().fill(&Located { value: text.into(), spot: Spot::default() }, &names, use_)
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
        let fill = |text: &str| Filler::new().fill(&Located { value: text.into(), spot: Spot::default() }, &names, Use::Plain);
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
        let fill = |text: &str| Filler::new().fill(&Located { value: text.into(), spot: Spot::default() }, &names, Use::Text);
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
        let text = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(matches!(fill(text, Use::Text).unwrap_err()[..], [Problem::TemplateSyntax { .. }]));
    }
}
