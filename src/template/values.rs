//! Filling placeholders (minijinja, strict): what a text may name, and what is wrong when it names
//! something else.

use super::markup;
use crate::diag::{Located, Problem, nearest};
use minijinja::{Environment, UndefinedBehavior, Value};
use std::collections::BTreeMap;

/// What placeholders may name.
pub(super) type Names = BTreeMap<String, Value>;

/// Steps that one placeholder may take: enough for any text, not for a loop that never ends.
const FUEL: u64 = 50_000;

/// Fills placeholders.
pub(super) struct Filler {
    marked: Environment<'static>,
    plain: Environment<'static>,
}

/// What a filled text is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    /// It is set as text: what comes from data must not act as markup.
    Text,
    /// It goes into a code, a path or a condition as it is.
    Plain,
}

impl Filler {
    pub(super) fn new() -> Filler {
        let environment = || {
            let mut env = Environment::new();
            env.set_undefined_behavior(UndefinedBehavior::Strict);
            env.set_fuel(Some(FUEL));
            env
        };
        let mut marked = environment();
        marked.set_formatter(|out, state, value| {
            if value.is_safe() || value.as_str().is_none() {
                return minijinja::escape_formatter(out, state, value);
            }
            out.write_str(&markup::escape(value.as_str().unwrap_or_default())).map_err(minijinja::Error::from)
        });
        Filler { marked, plain: environment() }
    }

    /// The text with its placeholders filled.
    pub(super) fn fill(&self, text: &Located<String>, names: &Names, use_: Use) -> Result<String, Vec<Problem>> {
        if !text.value.contains("{{") && !text.value.contains("{%") {
            return Ok(text.value.clone());
        }
        let env = if use_ == Use::Text { &self.marked } else { &self.plain };
        let syntax =
            |e: minijinja::Error| Problem::TemplateSyntax { detail: e.detail().map_or_else(|| e.kind().to_string(), String::from) };
        let template = env.template_from_str(&text.value).map_err(|e| vec![syntax(e)])?;
        let mut unknown: Vec<String> = template
            .undeclared_variables(false)
            .into_iter()
            .filter(|n| !names.contains_key(n) && !env.globals().any(|(g, _)| g == n))
            .collect();
        unknown.sort();
        if !unknown.is_empty() {
            let known = || names.keys().map(String::as_str);
            let problem = |name: String| Problem::UnknownPlaceholder {
                nearest: nearest(&name, known()),
                known: known().map(String::from).collect(),
                name,
            };
            return Err(unknown.into_iter().map(problem).collect());
        }
        template.render(names).map_err(|e| vec![syntax(e)])
    }
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
    }

    #[test]
    fn an_unknown_name_offers_the_nearest() {
        let problems = fill("{{ tem }} {{ zzzzzz }}", Use::Text).unwrap_err();
        let Problem::UnknownPlaceholder { name, nearest, .. } = &problems[0] else { panic!() };
        assert_eq!((name.as_str(), nearest.as_deref()), ("tem", Some("ten")));
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn a_placeholder_that_never_ends_is_stopped() {
        let text = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(matches!(fill(text, Use::Text).unwrap_err()[..], [Problem::TemplateSyntax { .. }]));
    }
}
