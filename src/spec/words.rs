//! A text in one or several languages.

use super::read::Reader;
use super::yaml::{Content, Node};
use crate::diag::{Expected, Located, Problem, Spot};

/// A text that holds for every language, or one text for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where it stands.
    pub spot: Spot,
    any: Option<Located<String>>,
    by: Vec<(String, Located<String>)>,
}

impl Words {
    /// One text for every language.
    pub fn plain(text: Located<String>) -> Words {
        Words { spot: text.spot.clone(), any: Some(text), by: Vec::new() }
    }

    /// Reads a text or a map by language.
    pub fn read(reader: &mut Reader, key: &str, node: &Node) -> Option<Words> {
        match &node.value {
            Content::Map(entries) => {
                let mut by = Vec::new();
                for (language, text) in entries {
                    if !is_language(&language.value) {
                        let problem = Problem::BadValue { key: key.into(), value: language.value.clone(), expected: Expected::Words };
                        reader.report(&language.spot, problem);
                    } else if let Some(text) = reader.text(&language.value, text) {
                        by.push((language.value.clone(), text));
                    }
                }
                Some(Words { spot: node.spot.clone(), any: None, by })
            }
            Content::Text(_) | Content::Plain(_) => Some(Words { spot: node.spot.clone(), any: reader.text(key, node), by: Vec::new() }),
            _ => {
                reader.wrong(key, node, Expected::Words);
                None
            }
        }
    }

    /// The text in a language.
    pub fn in_language(&self, language: &str) -> Option<&Located<String>> {
        self.by.iter().find(|(l, _)| l == language).map(|(_, text)| text).or(self.any.as_ref())
    }

    /// The text in a language, or in whichever there is.
    pub fn in_some(&self, language: &str) -> &str {
        let text = self.in_language(language).or(self.by.first().map(|(_, text)| text));
        text.map_or("", |t| t.value.as_str())
    }

    /// Every text, in the order written.
    pub fn all(&self) -> impl Iterator<Item = &Located<String>> {
        self.any.iter().chain(self.by.iter().map(|(_, text)| text))
    }
}

/// Whether a word has the shape of a language tag (BCP 47: `vi`, `en`, `zh-Hans`).
pub fn is_language(word: &str) -> bool {
    let primary = word.split('-').next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && word.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
