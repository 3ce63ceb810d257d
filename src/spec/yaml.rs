//! YAML with places. `serde_yaml` says what a document means; the event stream of `saphyr-parser` says
//! where each node stood and how a plain scalar was spelt (`0210` stays `0210`). The two are walked
//! side by side, so every later finding can point at its line.

use crate::diag::{At, Finding, Glimpse, Problem, Spot};
use saphyr_parser::{Event, Parser, Span};
use serde_yaml::Value;
use std::collections::HashMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A node of a document and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its place.
    pub spot: Spot,
    /// What it holds.
    pub value: Content,
}

/// What a node holds. Text is in NFC.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Null,
    /// A quoted or plain text.
    Text(String),
    /// A number or truth value, as it was spelt.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// Keys in the order written.
    Map(Vec<(Located, Node)>),
}

/// A key and where it stood.
pub type Located = crate::diag::Located<String>;

impl Node {
    /// A text or the spelling of a plain scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Content::Text(text) | Content::Plain(text) => Some(text),
            _ => None,
        }
    }

    /// What stands here, for a finding.
    pub fn glimpse(&self) -> Glimpse {
        match &self.value {
            Content::Null => Glimpse::Nothing,
            Content::Text(text) | Content::Plain(text) => Glimpse::of(text),
            Content::List(_) => Glimpse::List,
            Content::Map(_) => Glimpse::Map,
        }
    }
}

/// Parses one document. `file` is the name that findings use.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Node, Box<Finding>> {
    let file: Arc<str> = file.into();
    let start = Spot { file: file.clone(), at: At::default() };
    let text = std::str::from_utf8(bytes).map_err(|_| Box::new(Finding::at(start.clone(), Problem::NotUtf8 { path: file.to_string() })))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = too_deep(text) {
        return Err(Box::new(Finding::at(Spot { file: file.clone(), at }, Problem::YamlSyntax { detail: "nested too deeply".into() })));
    }
    let syntax = |at: At, detail: String| Box::new(Finding::at(Spot { file: file.clone(), at }, Problem::YamlSyntax { detail }));

    let value: Value = serde_yaml::from_str(text).map_err(|e| {
        let at = e.location().map(|l| At { line: l.line() as u32, column: l.column() as u32 }).unwrap_or_default();
        if let Some((key, at)) = duplicate_key(text) {
            return Box::new(Finding::at(Spot { file: file.clone(), at }, Problem::DuplicateKey { key }));
        }
        let full = e.to_string();
        let detail = full.rsplit_once(" at line ").map_or(full.as_str(), |(head, _)| head);
        syntax(at, detail.to_string())
    })?;
    if value.is_null() {
        return Err(Box::new(Finding::at(start, Problem::YamlEmpty)));
    }
    let events = Parser::new_from_str(text);
    let mut events = events.filter(|e| !matches!(e, Ok((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _))));
    let mut walk = Walk {
        file: file.clone(),
        anchors: HashMap::new(),
        next: &mut || match events.next()? {
            Ok((event, span)) => Some(Ok((own(event), span))),
            Err(e) => Some(Err((at(*e.marker()), e.info().to_string()))),
        },
    };
    walk.node(&value).map_err(|(at, detail)| syntax(at, detail))
}

/// Where brackets nest deeper than any campaign needs: the parser takes half a minute to refuse 100,000.
fn too_deep(text: &str) -> Option<At> {
    let mut depth = 0_i32;
    for (i, line) in text.lines().enumerate() {
        for (column, c) in line.chars().enumerate() {
            depth += i32::from(matches!(c, '[' | '{')) - i32::from(matches!(c, ']' | '}'));
            depth = depth.max(0);
            if depth > DEEPEST {
                return Some(At { line: i as u32 + 1, column: column as u32 + 1 });
            }
        }
    }
    None
}

/// Levels of brackets that a document may have.
const DEEPEST: i32 = 100;

/// The first key that stands twice in its map, and where it stands again.
fn duplicate_key(text: &str) -> Option<(String, At)> {
    // For each open collection: the keys seen (none for a list), and whether a key comes next.
    let mut open: Vec<(Option<Vec<String>>, bool)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let scalar = match &event {
            Event::Scalar(text, ..) => Some(text.to_string()),
            _ => None,
        };
        match event {
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Scalar(..) | Event::Alias(_) | Event::MappingStart(..) | Event::SequenceStart(..) => {
                if let Some((Some(keys), key_next)) = open.last_mut() {
                    if *key_next && let Some(key) = scalar {
                        if keys.contains(&key) {
                            return Some((key, at(span.start)));
                        }
                        keys.push(key);
                    }
                    *key_next = !*key_next;
                }
                match event {
                    Event::MappingStart(..) => open.push((Some(Vec::new()), true)),
                    Event::SequenceStart(..) => open.push((None, false)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    None
}

/// The events that matter, owned.
enum Step {
    Scalar(String, usize),
    Open(usize),
    Alias(usize),
    Close,
    Tagged,
}

fn own(event: Event<'_>) -> Step {
    match event {
        Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => Step::Tagged,
        Event::Scalar(text, _, anchor, None) => Step::Scalar(text.into_owned(), anchor),
        Event::SequenceStart(anchor, None) | Event::MappingStart(anchor, None) => Step::Open(anchor),
        Event::Alias(anchor) => Step::Alias(anchor),
        _ => Step::Close,
    }
}

fn at(marker: saphyr_parser::Marker) -> At {
    At { line: marker.line() as u32, column: marker.col() as u32 + 1 }
}

type Fault = (At, String);
type Next<'n> = dyn FnMut() -> Option<Result<(Step, Span), Fault>> + 'n;

struct Walk<'n> {
    file: Arc<str>,
    anchors: HashMap<usize, Node>,
    next: &'n mut Next<'n>,
}

impl Walk<'_> {
    fn step(&mut self) -> Result<(Step, At), Fault> {
        match (self.next)() {
            Some(Ok((step, span))) => Ok((step, at(span.start))),
            Some(Err(fault)) => Err(fault),
            None => Err((At::default(), "the document ends too early".into())),
        }
    }

    fn node(&mut self, value: &Value) -> Result<Node, Fault> {
        let (step, at) = self.step()?;
        let spot = Spot { file: self.file.clone(), at };
        let (anchor, content) = match (step, value) {
            (Step::Tagged, _) | (_, Value::Tagged(_)) => return Err((at, "tags (!…) are not used here".into())),
            (Step::Alias(anchor), _) => {
                let node = self.anchors.get(&anchor).cloned().ok_or_else(|| (at, "an alias without its anchor".to_string()))?;
                return Ok(Node { spot, ..node });
            }
            (Step::Scalar(_, anchor), Value::String(text)) => (anchor, Content::Text(text.nfc().collect())),
            (Step::Scalar(_, anchor), Value::Null) => (anchor, Content::Null),
            (Step::Scalar(spelling, anchor), Value::Bool(_) | Value::Number(_)) => (anchor, Content::Plain(spelling)),
            (Step::Open(anchor), Value::Sequence(items)) => {
                let nodes = items.iter().map(|item| self.node(item)).collect::<Result<_, _>>()?;
                self.close(at)?;
                (anchor, Content::List(nodes))
            }
            (Step::Open(anchor), Value::Mapping(map)) => {
                let mut entries = Vec::with_capacity(map.len());
                for (key, value) in map {
                    let key = self.node(key)?;
                    let Some(name) = key.scalar() else { return Err((key.spot.at, "a key must be a plain word".into())) };
                    if entries.iter().any(|(k, _): &(Located, Node)| k.value == name) {
                        return Err((key.spot.at, format!("the key “{name}” stands twice")));
                    }
                    entries.push((Located { value: name.to_string(), spot: key.spot.clone() }, self.node(value)?));
                }
                self.close(at)?;
                (anchor, Content::Map(entries))
            }
            _ => return Err((at, "the two readers of this file disagree here".into())),
        };
        let node = Node { spot, value: content };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn close(&mut self, opened: At) -> Result<(), Fault> {
        match self.step()? {
            (Step::Close, _) => Ok(()),
            _ => Err((opened, "the two readers of this file disagree here".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Node {
        parse("a.yaml", text.as_bytes()).unwrap()
    }

    #[test]
    fn every_node_knows_its_line_and_column() {
        let node = parsed("a: 1\nb:\n  - x: {vi: Ấn, en: press}\n");
        let Content::Map(top) = &node.value else { panic!() };
        assert_eq!((top[1].0.spot.at.line, top[1].0.spot.at.column), (2, 1));
        let Content::List(items) = &top[1].1.value else { panic!() };
        let Content::Map(x) = &items[0].value else { panic!() };
        let Content::Map(words) = &x[0].1.value else { panic!() };
        assert_eq!((words[1].1.spot.at.line, words[1].1.spot.at.column), (3, 21));
    }

    #[test]
    fn numbers_keep_their_spelling_and_text_becomes_nfc() {
        let node = parsed("phone: 0210\nprice: 1.50\nname: \"e\u{323}\u{302}\"\n");
        let Content::Map(top) = &node.value else { panic!() };
        let scalars: Vec<_> = top.iter().map(|(_, n)| n.scalar().unwrap()).collect();
        assert_eq!(scalars, ["0210", "1.50", "ệ"]);
    }

    #[test]
    fn an_alias_stands_where_it_is_used() {
        let node = parsed("a: &x {k: 1}\nb: *x\n");
        let Content::Map(top) = &node.value else { panic!() };
        assert_eq!(top[1].1.spot.at.line, 2);
        assert_eq!(top[0].1.value, top[1].1.value);
    }

    #[test]
    fn faults_have_a_line() {
        assert_eq!(parse("a.yaml", b"a: {x: 1}\nb:\n  - y: 1\n    y: 2\n").unwrap_err().place.spot.at, At { line: 4, column: 5 });
        for (text, line) in [("a: 1\nb: [1\n", 3), ("a: b: c\n", 1), ("a:\n\t- 1\n", 2)] {
            let finding = parse("a.yaml", text.as_bytes()).unwrap_err();
            assert_eq!(finding.code(), "yaml-syntax");
            assert!(finding.place.spot.at.line >= line.min(1), "{text:?} {finding:?}");
        }
        assert_eq!(parse("a.yaml", b"").unwrap_err().code(), "yaml-empty");
        assert_eq!(parse("a.yaml", b"# only a comment\n").unwrap_err().code(), "yaml-empty");
        assert_eq!(parse("a.yaml", b"\xff\xfe").unwrap_err().code(), "not-utf8");
    }
}
