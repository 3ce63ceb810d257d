//! Reading nodes into plain structs, strictly: what is unknown, missing or of the wrong type becomes a
//! finding, and reading goes on so that one run tells everything.

use super::yaml::{self, Content, Node};
use crate::diag::{Expected, Finding, Kind, Located, Problem, Spot, nearest};
use crate::geom;
use crate::limits::Limits;
use std::path::Path;

/// Collects findings while nodes are read.
#[derive(Default)]
pub struct Reader {
    /// What was found so far.
    pub findings: Vec<Finding>,
    /// The size that is read for, among those that there are: what a map says under `at: {SIZE: …}` goes
    /// before what it says itself.
    pub size: Option<(String, Vec<String>)>,
    /// What there may be at most.
    pub limits: Limits,
}

/// The keys of one map, taken one by one; what is left at the end is unknown.
pub struct Fields<'n> {
    spot: Spot,
    entries: &'n [(Located<String>, Node)],
    /// What stands under `at` for the size that is read for.
    here: &'n [(Located<String>, Node)],
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

/// Reads one document, reporting everything that is wrong with it. `None` where it is nothing usable.
pub fn document<T>(file: &str, bytes: &[u8], limits: &Limits, read: impl Fn(&mut Reader, &Node) -> Option<T>) -> (Option<T>, Vec<Finding>) {
    let (node, findings) = yaml::parse(file, bytes, limits);
    let mut reader = Reader { findings, size: None, limits: *limits };
    let value = node.and_then(|node| read(&mut reader, &node));
    (value, reader.findings)
}

/// What those who know CSS and HTML write for a key, and those that say it here.
const OTHER_WORDS: [(&str, &[&str]); 34] = [
    ("align-items", &["align"]),
    ("align-self", &["align_self"]),
    ("background", &["fill"]),
    ("background-color", &["fill"]),
    ("border", &["stroke"]),
    ("border-radius", &["radius"]),
    ("class", &["style"]),
    ("color", &["ink", "fill"]),
    ("colour", &["ink", "fill"]),
    ("div", &["column"]),
    ("flex", &["grow"]),
    ("flex-grow", &["grow"]),
    ("font", &["family"]),
    ("font-family", &["family"]),
    ("font-size", &["size"]),
    ("font-style", &["italic"]),
    ("font-weight", &["weight"]),
    ("grid-template-columns", &["columns"]),
    ("h1", &["text"]),
    ("if", &["when"]),
    ("img", &["image"]),
    ("justify-content", &["justify"]),
    ("letter-spacing", &["tracking"]),
    ("line-height", &["leading"]),
    ("margin", &["gap", "padding"]),
    ("max-width", &["width"]),
    ("min-height", &["height"]),
    ("object-fit", &["fit"]),
    ("p", &["text"]),
    ("spacer", &["shape"]),
    ("span", &["text"]),
    ("src", &["value"]),
    ("text-align", &["align"]),
    ("ul", &["steps"]),
];

/// The known key that a wrong one stands for elsewhere, else the nearest one.
pub(crate) fn meant(key: &str, known: &[&str]) -> Option<String> {
    let css = key.to_lowercase().replace('_', "-");
    let here = OTHER_WORDS.iter().find(|(other, _)| *other == css).and_then(|(_, here)| here.iter().find(|word| known.contains(word)));
    here.map(|word| word.to_string()).or_else(|| nearest(key, known.iter().copied()))
}

impl Reader {
    /// Notes a finding.
    pub fn report(&mut self, spot: &Spot, problem: Problem) {
        self.findings.push(Finding::at(spot.clone(), problem));
    }

    /// Notes that a value has the wrong type.
    pub fn wrong(&mut self, key: &str, node: &Node, expected: Expected) {
        self.report(&node.spot, Problem::WrongType { key: key.into(), expected, found: node.glimpse() });
    }

    /// The entries of a map whose keys are names that the author chose.
    pub fn entries<'n>(&mut self, key: &str, node: &'n Node) -> &'n [(Located<String>, Node)] {
        match &node.value {
            Content::Map(entries) => entries,
            Content::Null => &[],
            _ => {
                self.wrong(key, node, Expected::Map);
                &[]
            }
        }
    }

    /// The fields of a map whose keys are fixed.
    pub fn fields<'n>(&mut self, key: &str, node: &'n Node) -> Option<Fields<'n>> {
        match &node.value {
            Content::Map(entries) => Some(Fields { spot: node.spot.clone(), entries, here: &[], known: Vec::new(), missing: Vec::new() }),
            _ => {
                self.wrong(key, node, Expected::Map);
                None
            }
        }
    }

    /// The fields of a map that may say other things at some sizes: `at: {a4: {…}}`.
    pub fn fields_by_size<'n>(&mut self, key: &str, node: &'n Node) -> Option<Fields<'n>> {
        let mut fields = self.fields(key, node)?;
        let Some(at) = fields.take("at") else { return Some(fields) };
        for (name, node) in self.entries("at", at) {
            let (here, known) = self.size.clone().unwrap_or_default();
            if !known.contains(&name.value) {
                let near = nearest(&name.value, known.iter().map(String::as_str));
                self.report(&name.spot, Problem::UnknownName { kind: Kind::Size, name: name.value.clone(), nearest: near, known });
            }
            let own = self.entries(&name.value, node);
            for (key, _) in own.iter().filter(|(key, _)| key.value == "at") {
                self.report(&key.spot, Problem::UnknownKey { key: key.value.clone(), nearest: None, known: Vec::new() });
            }
            if name.value == here {
                fields.here = own;
            }
        }
        Some(fields)
    }

    /// The items of a list.
    pub fn list<'n>(&mut self, key: &str, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Content::List(items) => items,
            _ => {
                self.wrong(key, node, Expected::List);
                &[]
            }
        }
    }

    /// A scalar as text, with its place.
    pub fn text(&mut self, key: &str, node: &Node) -> Option<Located<String>> {
        match node.scalar() {
            Some(text) => Some(Located { value: text.to_string(), spot: node.spot.clone() }),
            None => {
                self.wrong(key, node, Expected::Text);
                None
            }
        }
    }

    /// A scalar that `parse` understands.
    pub fn value<T>(&mut self, key: &str, node: &Node, expected: Expected, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(text) = node.scalar() else {
            self.wrong(key, node, expected);
            return None;
        };
        let value = parse(text);
        if value.is_none() {
            self.report(&node.spot, Problem::BadValue { key: key.into(), value: text.into(), expected });
        }
        value
    }

    /// A length in points.
    pub fn length(&mut self, key: &str, node: &Node) -> Option<f64> {
        self.value(key, node, Expected::Length, |t| geom::length(t).filter(|l| *l >= 0.0))
    }

    /// A distance to read from in points, up to a hundred metres.
    pub fn distance(&mut self, key: &str, node: &Node) -> Option<f64> {
        let most = geom::mm(100_000.0);
        self.value(key, node, Expected::Distance, |t| geom::distance(t).filter(|d| (0.0..=most).contains(d)))
    }

    /// A number of at least zero.
    pub fn number(&mut self, key: &str, node: &Node) -> Option<f64> {
        self.value(key, node, Expected::Number, |t| t.parse().ok().filter(|n: &f64| (0.0..=1000.0).contains(n)))
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str, node: &Node) -> Option<bool> {
        self.value(key, node, Expected::Bool, |t| match t {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let expected = Expected::OneOf(words.iter().map(|(w, _)| w.to_string()).collect());
        self.value(key, node, expected, |t| words.iter().find(|(w, _)| *w == t).map(|(_, v)| *v))
    }
}

impl<'n> Fields<'n> {
    /// Where the map stands.
    pub fn spot(&self) -> &Spot {
        &self.spot
    }

    /// The value of a key, if given.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let found = self.here.iter().chain(self.entries).find(|(k, _)| k.value == key).map(|(_, node)| node);
        found.filter(|node| node.value != Content::Null)
    }

    /// The value of a key that must be given.
    pub fn need(&mut self, reader: &mut Reader, key: &'static str) -> Option<&'n Node> {
        let node = self.take(key);
        if node.is_none() {
            self.missing.push(key);
            reader.report(&self.spot, Problem::MissingKey { key: key.into() });
        }
        node
    }

    /// The value of a key that must be given and hold something.
    pub fn need_some(&mut self, reader: &mut Reader, key: &'static str) -> Option<&'n Node> {
        let node = self.need(reader, key)?;
        let empty = match &node.value {
            Content::List(items) => items.is_empty(),
            Content::Map(entries) => entries.is_empty(),
            _ => false,
        };
        if empty {
            reader.report(&node.spot, Problem::Nothing { key: key.into() });
        }
        Some(node).filter(|_| !empty)
    }

    /// Where a key stands, if it does, even with nothing behind it.
    pub fn spot_of(&self, key: &str) -> Option<&'n Spot> {
        self.entries.iter().find(|(k, _)| k.value == key).map(|(k, _)| &k.spot)
    }

    /// Takes a key and reads it with a method of the reader.
    pub fn read<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        read: impl FnOnce(&mut Reader, &str, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        read(reader, key, node)
    }

    /// Reports every key that was not taken. A missing key that was only misspelt is told once.
    pub fn finish(mut self, reader: &mut Reader) {
        for (key, _) in self.here.iter().chain(self.entries).filter(|(key, _)| !self.known.contains(&key.value.as_str())) {
            let misspelt = nearest(&key.value, self.missing.iter().copied());
            if let Some(missing) = &misspelt {
                let told = Finding::at(self.spot.clone(), Problem::MissingKey { key: missing.clone() });
                reader.findings.retain(|f| *f != told);
                self.missing.retain(|key| key != missing);
            }
            let problem = Problem::UnknownKey {
                key: key.value.clone(),
                nearest: misspelt.or_else(|| meant(&key.value, &self.known)),
                known: self.known.iter().map(|k| k.to_string()).collect(),
            };
            reader.report(&key.spot, problem);
        }
    }

    /// The name of what the file describes, which must be the file's own.
    pub fn own_name(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        let node = self.need(reader, key)?;
        let stem = Path::new(&*node.spot.file).file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        reader.value(key, node, Expected::OneOf(vec![stem.to_string()]), |name| (name == stem).then(|| name.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_css_are_answered_with_ours() {
        assert_eq!(meant("font-size", &["family", "size"]).as_deref(), Some("size"));
        assert_eq!(meant("margin", &["padding", "width"]).as_deref(), Some("padding"));
        assert_eq!(meant("font_size", &["family"]), None);
        assert_eq!(meant("stlye", &["style", "size"]).as_deref(), Some("style"));
    }
}
