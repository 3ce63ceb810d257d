//! YAML with places. `serde_yaml` says what a document means; the event stream of `saphyr-parser` says
//! where each node stood and how a plain scalar was spelt (`0210` stays `0210`). The two are walked
//! side by side, so every later finding can point at its line.

use super::slips::slips;
use crate::diag::{At, Finding, Glimpse, Problem, Slip, Spot, nearest};
use crate::limits::{Limit, Limits};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_yaml::Value;
use std::collections::{HashMap, HashSet};
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

/// Parses one document. `file` is the name that findings use. What is told beside a document that can be read are doubts.
pub fn parse(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Node>, Vec<Finding>) {
    let file: Arc<str> = file.into();
    let tell = |at: At, problem: Problem| Finding::at(Spot { file: file.clone(), at }, problem);
    if let Err(problem) = limits.hold(Limit::YamlBytes, bytes.len() as u64, &file) {
        return (None, vec![tell(At::default(), problem)]);
    }
    if let Some(kind) = foreign(bytes) {
        return (None, vec![tell(At::default(), Problem::YamlSyntax { slip: Slip::Foreign(kind) })]);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return (None, vec![tell(At::default(), Problem::NotUtf8 { path: file.to_string() })]);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let weighed = match weighed(text, limits) {
        Ok(weighed) => weighed,
        Err((at, limit)) => return (None, vec![tell(at, Problem::OverLimit { limit, of: file.to_string(), most: limits.of(limit) })]),
    };
    // Where a reader gave up says little: the slips themselves are looked for.
    let refused = |at: At, slip: Slip| {
        let found = slips(text);
        let found = if found.is_empty() { vec![(at, slip)] } else { found };
        (None, found.into_iter().map(|(at, slip)| tell(at, Problem::YamlSyntax { slip })).collect())
    };
    let value: Value = match serde_yaml::from_str(weighed) {
        Ok(value) => value,
        Err(e) => {
            let twice = duplicate_keys(text);
            if !twice.is_empty() {
                return (None, twice.into_iter().map(|(key, line, at)| tell(at, Problem::DuplicateKey { key, line })).collect());
            }
            let at = e.location().map(|l| At { line: l.line() as u32, column: l.column() as u32 }).unwrap_or_default();
            let full = e.to_string();
            let detail = full.split(" at line ").next().unwrap_or(&full);
            return refused(at, slip_of(detail, text, at));
        }
    };
    if value.is_null() {
        return (None, vec![tell(At::default(), Problem::YamlEmpty)]);
    }
    let events = Parser::new_from_str(text);
    let mut events = events.filter(|e| !matches!(e, Ok((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _))));
    let mut walk = Walk {
        file: file.clone(),
        lines: text.lines().map(|line| (line, line.len() < LONGEST_LINE && line.contains(" #"))).collect(),
        anchors: HashMap::new(),
        doubts: Vec::new(),
        next: &mut || match events.next()? {
            Ok((event, span)) => Some(Ok((own(event), span))),
            Err(e) => Some(Err((at(*e.marker()), Slip::Other(e.info().to_string())))),
        },
    };
    match walk.node(&value) {
        Ok(node) => (Some(node), walk.doubts),
        Err((at, slip)) => refused(at, slip),
    }
}

/// Bytes of the longest line that is searched for a comment: each text on it is one more search.
const LONGEST_LINE: usize = 10_000;

/// The alias at a place, and the anchor that it was meant to call.
fn alias(text: &str, at: At) -> Slip {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let word = |rest: &str| rest.chars().take_while(|c| is_name(*c)).collect::<String>();
    let line = text.lines().nth(at.line.saturating_sub(1) as usize).unwrap_or_default();
    let from = line.char_indices().nth(at.column.saturating_sub(1) as usize).map_or(0, |(byte, _)| byte);
    let name = line[from..].find('*').map(|star| word(&line[from + star + 1..])).unwrap_or_default();
    let anchors: Vec<String> = text.match_indices('&').map(|(at, _)| word(&text[at + 1..])).filter(|name| !name.is_empty()).collect();
    let near = anchors.iter().find(|anchor| **anchor == name).cloned().or_else(|| nearest(&name, anchors.iter().map(String::as_str)));
    Slip::Alias { name, near }
}

/// What a file is by its first bytes, where it is no text of one's own.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 6] = [
        (b"{\\rtf", "RTF (WordPad)"),
        (b"PK\x03\x04", "Word/Excel"),
        (b"\xd0\xcf\x11\xe0", "Word/Excel"),
        (b"%PDF-", "PDF"),
        (b"<!DOCTYPE", "HTML"),
        (b"<html", "HTML"),
    ];
    kinds.iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, kind)| *kind)
}

/// What a reader means, in its own words, by the mistakes that it tells apart.
fn slip_of(detail: &str, text: &str, at: At) -> Slip {
    let line = text.lines().nth(at.line.saturating_sub(1) as usize).unwrap_or_default().trim();
    let means = |words: &str| detail.contains(words);
    match () {
        () if means("tab character") => Slip::Tab,
        () if means("more than one document") => Slip::Documents,
        () if means("unknown anchor") || means("alias") => alias(text, at),
        () if means("mapping values are not allowed") => Slip::Colon { text: line.to_string() },
        () if means("could not find expected ':'") => Slip::NoColon { text: line.to_string() },
        () if means("expected ',' or '}'") => Slip::Open('{'),
        () if means("expected ',' or ']'") => Slip::Open('['),
        () => Slip::Other(detail.to_string()),
    }
}

/// Letters of a text that count as an entry: an alias copies them.
const LETTERS_OF_ENTRY: usize = 100;

/// Letters behind a slip that the other reader is shown, to tell it in its words.
const BEHIND_SLIP: usize = 1_000;

/// The text as far as it has been weighed: all of it, or to where it cannot be read. Else where there are too many levels or
/// entries, each alias counted as all that it stands for.
fn weighed<'t>(text: &'t str, limits: &Limits) -> Result<&'t str, (At, Limit)> {
    let (deepest, most) = (limits.of(Limit::YamlDepth), limits.of(Limit::YamlNodes));
    // For each open collection its anchor, and entries in it so far; the first is the document.
    let mut open = vec![(0, 0_u64)];
    let mut anchored: HashMap<usize, u64> = HashMap::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(read) => read,
            // It follows 255 levels of brackets; the other reader takes half a minute to refuse 100,000.
            Err(e) if e.info() == "recursion limit exceeded" => return Err((at(*e.marker()), Limit::YamlDepth)),
            Err(e) => {
                let rest = text.char_indices().nth(e.marker().index()).map_or("", |(at, _)| &text[at..]);
                let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let shown = rest.char_indices().nth(BEHIND_SLIP).map_or(rest.len(), |(end, _)| end).min(line);
                return Ok(&text[..text.len() - rest.len() + shown]);
            }
        };
        let (anchor, entries) = match event {
            Event::MappingStart(anchor, _) | Event::SequenceStart(anchor, _) => {
                open.push((anchor, 1));
                if open.len() as u64 > deepest + 1 {
                    return Err((at(span.start), Limit::YamlDepth));
                }
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().unwrap_or_default(),
            Event::Scalar(text, _, anchor, _) => (anchor, 1 + (text.len() / LETTERS_OF_ENTRY) as u64),
            Event::Alias(anchor) => (0, anchored.get(&anchor).copied().unwrap_or(1)),
            _ => continue,
        };
        if anchor > 0 {
            anchored.insert(anchor, entries);
        }
        let Some(above) = open.last_mut() else { break };
        above.1 = above.1.saturating_add(entries);
        if open.iter().map(|(_, entries)| entries).sum::<u64>() > most {
            return Err((at(span.start), Limit::YamlNodes));
        }
    }
    Ok(text)
}

/// Keys that stand twice in their map, the line where they stand first, and where they stand again.
fn duplicate_keys(text: &str) -> Vec<(String, u32, At)> {
    let mut found = Vec::new();
    /// Keys and the lines where they stand.
    type Keys = HashMap<String, u32>;
    // For each open collection: the keys seen (none for a list), and whether a key comes next.
    let mut open: Vec<(Option<Keys>, bool)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
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
                        let place = at(span.start);
                        match keys.get(&key) {
                            Some(line) => found.push((key, *line, place)),
                            None => drop(keys.insert(key, place.line)),
                        }
                    }
                    *key_next = !*key_next;
                }
                match event {
                    Event::MappingStart(..) => open.push((Some(HashMap::new()), true)),
                    Event::SequenceStart(..) => open.push((None, false)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found
}

/// The events that matter, owned.
enum Step {
    /// Its text, its anchor, and whether it stands without quotes.
    Scalar(String, usize, bool),
    Open(usize),
    Alias(usize),
    Close,
    Tagged,
}

fn own(event: Event<'_>) -> Step {
    match event {
        Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => Step::Tagged,
        Event::Scalar(text, style, anchor, None) => Step::Scalar(text.into_owned(), anchor, style == ScalarStyle::Plain),
        Event::SequenceStart(anchor, None) | Event::MappingStart(anchor, None) => Step::Open(anchor),
        Event::Alias(anchor) => Step::Alias(anchor),
        _ => Step::Close,
    }
}

fn at(marker: saphyr_parser::Marker) -> At {
    At { line: marker.line() as u32, column: marker.col() as u32 + 1 }
}

type Fault = (At, Slip);
type Next<'n> = dyn FnMut() -> Option<Result<(Step, Span), Fault>> + 'n;

struct Walk<'n> {
    file: Arc<str>,
    /// Each with whether it may hold a comment behind something.
    lines: Vec<(&'n str, bool)>,
    /// What is doubtful about what can be read.
    doubts: Vec<Finding>,
    anchors: HashMap<usize, Node>,
    next: &'n mut Next<'n>,
}

impl Walk<'_> {
    fn step(&mut self) -> Result<(Step, Span), Fault> {
        (self.next)().unwrap_or_else(|| Err((At::default(), Slip::Other("the document ends too early".into()))))
    }

    /// A text without quotes that a number sign cuts off. Comments stand two spaces off.
    fn doubt_comment(&mut self, text: &str, begin: At, span: &Span) {
        let end = at(span.end);
        let Some((line, _)) = self.lines.get(end.line.saturating_sub(1) as usize) else { return };
        let after = line.char_indices().nth(end.column.saturating_sub(1) as usize).map_or("", |(byte, _)| &line[byte..]);
        let Some(said) = after.strip_prefix(" #") else { return };
        if said.starts_with(char::is_alphanumeric) || text.contains(' ') {
            let problem = Problem::CommentInText { text: text.to_string(), comment: after.trim().to_string() };
            self.doubts.push(Finding::at(Spot { file: self.file.clone(), at: begin }, problem));
        }
    }

    /// A colour or a text without quotes that begins with a number sign, which is a comment: its key has no value.
    fn doubt_no_value(&mut self, key: &Node) {
        let Some((line, true)) = self.lines.get(key.spot.at.line.saturating_sub(1) as usize) else { return };
        let Some((before, said)) = line.split_once('#') else { return };
        let digits = said.trim_end();
        if before.trim_end().ends_with(':') && digits.starts_with(char::is_alphanumeric) {
            let at = At { line: key.spot.at.line, column: before.chars().count() as u32 + 1 };
            let problem = Problem::CommentInText { text: String::new(), comment: format!("#{digits}") };
            self.doubts.push(Finding::at(Spot { file: self.file.clone(), at }, problem));
        }
    }

    fn node(&mut self, value: &Value) -> Result<Node, Fault> {
        let (step, span) = self.step()?;
        let at = at(span.start);
        if let Step::Scalar(text, _, true) = &step
            && !text.is_empty()
            && self.lines.get(span.end.line().saturating_sub(1)).is_some_and(|(_, has_comment)| *has_comment)
        {
            self.doubt_comment(text, at, &span);
        }
        let spot = Spot { file: self.file.clone(), at };
        let (anchor, content) = match (step, value) {
            (Step::Tagged, _) | (_, Value::Tagged(_)) => return Err((at, Slip::Tags)),
            (Step::Alias(anchor), _) => {
                let node = self.anchors.get(&anchor).cloned().ok_or_else(|| (at, Slip::Alias { name: String::new(), near: None }))?;
                return Ok(Node { spot, ..node });
            }
            (Step::Scalar(_, anchor, _), Value::String(text)) => (anchor, Content::Text(text.nfc().collect())),
            (Step::Scalar(_, anchor, _), Value::Null) => (anchor, Content::Null),
            (Step::Scalar(spelling, anchor, _), Value::Bool(_) | Value::Number(_)) => (anchor, Content::Plain(spelling)),
            (Step::Open(anchor), Value::Sequence(items)) => {
                let nodes = items.iter().map(|item| self.node(item)).collect::<Result<_, _>>()?;
                self.close(at)?;
                (anchor, Content::List(nodes))
            }
            (Step::Open(anchor), Value::Mapping(map)) => {
                let mut entries = Vec::with_capacity(map.len());
                let mut names = HashSet::with_capacity(map.len());
                for (key, value) in map {
                    let key = self.node(key)?;
                    let Some(name) = key.scalar() else { return Err((key.spot.at, Slip::OddKey)) };
                    if !names.insert(name.to_string()) {
                        return Err((key.spot.at, Slip::Other(format!("the key “{name}” stands twice"))));
                    }
                    if value.is_null() {
                        self.doubt_no_value(&key);
                    }
                    entries.push((Located { value: name.to_string(), spot: key.spot.clone() }, self.node(value)?));
                }
                self.close(at)?;
                (anchor, Content::Map(entries))
            }
            _ => return Err((at, disagree())),
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
            _ => Err((opened, disagree())),
        }
    }
}

fn disagree() -> Slip {
    Slip::Other("two readers disagree".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Node {
        parse("a.yaml", text.as_bytes(), &Limits::default()).0.unwrap()
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
    fn levels_and_copies_are_counted_wherever_they_hide() {
        let told = |text: &str| match parse("a.yaml", text.as_bytes(), &Limits::default()) {
            (None, found) => match found.as_slice() {
                [Finding { problem: Problem::OverLimit { limit, .. }, .. }] => *limit,
                other => panic!("{other:?}"),
            },
            (Some(_), _) => panic!("{:.99} is taken", text),
        };
        let long = "x".repeat(10_000);
        assert_eq!(told(&format!("a: &a {long}\nb: [{}]\n", "*a,".repeat(1_000))), Limit::YamlNodes);
        assert_eq!(told(&format!("a: &a [{long}]\nb: [{}]\n", "*a,".repeat(1_000))), Limit::YamlNodes);
        for deep in ["[", "[\"}}\",", "[ # ]\n", "{a: ", "- ", "? ", "[']]',"] {
            assert_eq!(told(&format!("{}x", deep.repeat(10_000))), Limit::YamlDepth, "{deep}");
        }
    }

    #[test]
    fn what_stands_behind_a_slip_is_not_read_unweighed() {
        let long = "x".repeat(100_000);
        for rest in [format!("d: {}", "[".repeat(200_000)), format!("d: &a {long}\ne: [{}]", "*a,".repeat(200_000))] {
            for between in ["\n", " "] {
                let (node, found) = parse("a.yaml", format!("a: \"b\"#c{between}{rest}\n").as_bytes(), &Limits::default());
                assert!(node.is_none() && matches!(found[0].problem, Problem::YamlSyntax { .. }), "{found:?}");
            }
        }
    }

    #[test]
    fn an_alias_stands_where_it_is_used() {
        let node = parsed("a: &x {k: 1}\nb: *x\n");
        let Content::Map(top) = &node.value else { panic!() };
        assert_eq!(top[1].1.spot.at.line, 2);
        assert_eq!(top[0].1.value, top[1].1.value);
    }

    #[test]
    fn faults_have_their_lines_and_are_all_told() {
        let found = |text: &str| -> Vec<(&'static str, u32)> {
            let (node, findings) = parse("a.yaml", text.as_bytes(), &Limits::default());
            assert!(node.is_none(), "{text}");
            findings.iter().map(|f| (f.code(), f.place.spot.at.line)).collect()
        };
        assert_eq!(found("a: {x: 1}\nb:\n  - y: 1\n    y: 2\n    y: 3\n"), [("duplicate-key", 4), ("duplicate-key", 5)]);
        for (text, line) in
            [("a: 1\nb: [1\n", 2), ("a: b: c\n", 1), ("a:\n\t- 1\n", 2), ("a: !x 1\n", 1), ("a: *x\n", 1), ("? [a]\n: 1\n", 1)]
        {
            assert_eq!(found(text), [("yaml-syntax", line)], "{text:?}");
        }
        for text in ["", "# only a comment\n"] {
            assert_eq!(found(text), [("yaml-empty", 0)]);
        }
        assert_eq!(parse("a.yaml", b"\xff\xfe", &Limits::default()).1[0].code(), "not-utf8");
    }

    #[test]
    fn a_comment_that_cuts_a_text_is_doubted() {
        let doubted = |text: &str| parse("a.yaml", text.as_bytes(), &Limits::default()).1.iter().map(|f| f.code()).collect::<Vec<_>>();
        for text in ["a: Gọi số # 115\n", "a: Bài #1\n", "a: #0B63B0\n", "a:\n  - Xe buýt #3\n"] {
            assert_eq!(doubted(text), ["comment-in-text"], "{text}");
        }
        for text in ["a: b  # khổ giấy\n", "a: a5 # khổ\n", "# x\na: \"Bài #1\"\n", "a: https://mo.vn/#x\n", "a: # x\n  b: 1\n"] {
            assert_eq!(doubted(text), [""; 0], "{text}");
        }
    }
}
