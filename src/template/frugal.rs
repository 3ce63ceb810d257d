//! What a placeholder may do. The engine counts steps, and bytes as parts of steps, before it makes room for them; filters
//! that make texts longer are held to a length here, and so is all that is written.

use crate::diag::Problem;
use crate::limits::{Limit, Limits};
use minijinja::{Environment, Error, ErrorKind, Template, Value, filters, tests};
use std::io::{self, Write};

/// Words that may begin a statement.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];
/// Bytes of a placeholder or statement, and statements of a text. Where operations stand in a row (`a ~ a ~ a`, `not not a`,
/// `elif`) the engine calls itself for each, and some 5,000 calls fill the stack of a thread.
const LONGEST: usize = 2_000;
const MOST_STATEMENTS: usize = 500;

/// An engine that knows what texts for print need, and no more.
pub(super) fn environment(limits: &Limits) -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_fuel(Some(limits.of(Limit::TemplateSteps)));
    let most = usize::try_from(limits.of(Limit::TextLetters)).unwrap_or(usize::MAX);
    env.add_filter("replace", move |text: &str, from: &str, to: &str| {
        let grown = text.matches(from).count().saturating_mul(to.len());
        if text.len().saturating_add(grown) > most.saturating_mul(4) { Err(too_long()) } else { Ok(text.replace(from, to)) }
    });
    env.add_filter("join", move |value: &Value, between: Option<&str>| join(value, between.unwrap_or_default(), most));
    env.add_filter("abs", filters::abs);
    env.add_filter("capitalize", filters::capitalize);
    env.add_filter("count", filters::length);
    env.add_filter("first", filters::first);
    env.add_filter("float", filters::float);
    env.add_filter("int", filters::int);
    env.add_filter("last", filters::last);
    env.add_filter("length", filters::length);
    env.add_filter("lower", filters::lower);
    env.add_filter("max", filters::max);
    env.add_filter("min", filters::min);
    env.add_filter("reverse", filters::reverse);
    env.add_filter("round", filters::round);
    env.add_filter("sort", filters::sort);
    env.add_filter("split", filters::split);
    env.add_filter("string", filters::string);
    env.add_filter("title", filters::title);
    env.add_filter("trim", filters::trim);
    env.add_filter("unique", filters::unique);
    env.add_filter("upper", filters::upper);
    env.add_test("defined", tests::is_defined);
    env.add_test("undefined", tests::is_undefined);
    env.add_test("string", tests::is_string);
    env.add_test("number", tests::is_number);
    env.add_test("sequence", tests::is_sequence);
    env.add_test("odd", tests::is_odd);
    env.add_test("even", tests::is_even);
    env.add_test("startingwith", tests::is_startingwith);
    env.add_test("endingwith", tests::is_endingwith);
    env.add_test("in", tests::is_in);
    env
}

fn too_long() -> Error {
    Error::from(ErrorKind::OutOfFuel)
}

/// Items in a row, letters of a text among them.
fn join(value: &Value, between: &str, most: usize) -> Result<String, Error> {
    let mut out = String::new();
    for (i, item) in value.try_iter()?.enumerate() {
        if i > 0 {
            out.push_str(between);
        }
        match item.as_str() {
            Some(text) => out.push_str(text),
            None => out.push_str(&item.to_string()),
        }
        if out.len() > most.saturating_mul(4) {
            return Err(too_long());
        }
    }
    Ok(out)
}

/// What no text may hold, if it does.
pub(super) fn excess(text: &str) -> Option<Problem> {
    let wrong = |detail: String| Some(Problem::TemplateSyntax { detail });
    let (mut rest, mut statements) = (text, 0);
    while let Some(at) = ["{{", "{%", "{#"].into_iter().filter_map(|mark| rest.find(mark)).min() {
        let (mark, inside) = rest[at..].split_at(2);
        if mark == "{#" {
            rest = inside.split_once("#}")?.1;
            continue;
        }
        let length = code_length(inside, if mark == "{{" { "}}" } else { "%}" });
        if length > LONGEST {
            return wrong(format!("a placeholder of more than {LONGEST} bytes"));
        }
        if mark == "{%" {
            statements += 1;
            let words = inside.trim_start_matches(['-', '+']).trim_start();
            let word = words.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            if !STATEMENTS.contains(&word) {
                return wrong(format!("unknown statement {word}"));
            }
            if statements > MOST_STATEMENTS {
                return wrong(format!("more than {MOST_STATEMENTS} statements"));
            }
        }
        rest = &inside[length..];
    }
    None
}

/// Bytes up to the end of a placeholder, which does not stand in quotes or brackets; all where it has none.
fn code_length(inside: &str, end: &str) -> usize {
    let (mut quote, mut escaped, mut open) = (None, false, 0_i64);
    for (at, c) in inside.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(mark) => quote = quote.filter(|_| c != mark),
            None if open == 0 && inside[at..].starts_with(end) => return at,
            None => match c {
                '"' | '\'' => quote = Some(c),
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' => open -= 1,
                _ => {}
            },
        }
    }
    inside.len()
}

/// A filled text, unless it grows too long.
pub(super) fn render(template: &Template<'_, '_>, names: impl Into<Value>, limits: &Limits) -> Result<String, Error> {
    let most = usize::try_from(limits.of(Limit::TextLetters)).unwrap_or(usize::MAX).saturating_mul(4);
    let mut bounded = Bounded { out: Vec::new(), most };
    let done = template.render_captured_to(names, &mut bounded).map(|_| ());
    if bounded.out.len() > most {
        return Err(too_long());
    }
    done?;
    String::from_utf8(bounded.out).map_err(|_| Error::from(ErrorKind::BadSerialization))
}

/// Takes bytes until there are too many.
struct Bounded {
    out: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.extend_from_slice(bytes);
        if self.out.len() > self.most { Err(io::ErrorKind::OutOfMemory.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
