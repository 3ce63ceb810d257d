//! A text in one or several languages.

use super::read::Reader;
use super::yaml::{Content, Node};
use crate::diag::{Expected, Kind, Located, Problem, Slip, Spot, nearest};

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

    /// One text for every language that stands in no file.
    pub fn of(text: &str) -> Words {
        Words::plain(Located { value: text.into(), spot: Spot::default() })
    }

    /// Reads a text or a map by language.
    pub(crate) fn read(reader: &mut Reader, key: &str, node: &Node) -> Option<Words> {
        match &node.value {
            Content::Map(entries) => {
                let mut by = Vec::new();
                for (language, text) in entries {
                    if !is_language(&language.value) || matches!(language.value.as_str(), "vie" | "eng") {
                        reader.report(&language.spot, no_language(&language.value, text, entries.len()));
                    } else if let Some(text) = reader.text(&language.value, text) {
                        by.push((language.value.clone(), text));
                    }
                }
                (by.len() == entries.len()).then(|| Words { spot: node.spot.clone(), any: None, by })
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

    /// The languages that it names, and where.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &Spot)> {
        self.by.iter().map(|(language, text)| (language.as_str(), &text.spot))
    }

    /// Every text with its language, in the order written; none for one that holds for all.
    pub fn by_language(&self) -> impl Iterator<Item = (Option<&str>, &Located<String>)> {
        let any = self.any.iter().map(|text| (None, text));
        any.chain(self.by.iter().map(|(language, text)| (Some(language.as_str()), text)))
    }

    /// Every text, in the order written.
    pub fn all(&self) -> impl Iterator<Item = &Located<String>> {
        self.any.iter().chain(self.by.iter().map(|(_, text)| text))
    }
}

/// What a key that is no language was meant to be: a language, or the rest of a text.
fn no_language(word: &str, node: &Node, entries: usize) -> Problem {
    // A word with a capital before a colon is rather the beginning of a text: “Hotline: …”.
    let is_code = word.bytes().all(|b| b.is_ascii_alphabetic()) && (word.len() <= 3 || !word.starts_with(|c: char| c.is_ascii_uppercase()));
    if is_code || word.split_once(':').is_some_and(|(code, _)| is_language(code)) {
        let code = word.split(':').next().unwrap_or(word).to_string();
        let near = nearest(&code, ["vi", "en"]).or_else(|| nearest(&code, TWO_LETTERS.split_whitespace()));
        return match word.contains(':') {
            true => Problem::YamlSyntax { slip: Slip::NoSpace { key: code } },
            false => Problem::UnknownName { kind: Kind::Language, name: code, nearest: near, known: vec!["vi".into(), "en".into()] },
        };
    }
    match (&node.value, node.scalar()) {
        (Content::Null, _) => Problem::CommaInText { text: word.into() },
        (_, Some(text)) if entries == 1 => Problem::ColonInText { text: format!("{word}: {text}") },
        (_, Some(text)) => Problem::CommaInText { text: format!("{word}: {text}") },
        _ => Problem::UnknownName { kind: Kind::Language, name: word.into(), nearest: None, known: vec!["vi".into(), "en".into()] },
    }
}

/// Languages of two letters (ISO 639-1): `vn` and `us` are countries.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht \
    hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky \
    la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny \
    oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss \
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo \
    za zh zu";

/// Whether a word is a language tag (BCP 47: `vi`, `en`, `zh-Hans`).
pub(crate) fn is_language(word: &str) -> bool {
    let primary = word.split('-').next().unwrap_or("");
    let known = match primary.len() {
        2 => TWO_LETTERS.split(' ').any(|l| l == primary),
        3 => primary.bytes().all(|b| b.is_ascii_lowercase()),
        _ => false,
    };
    known && word.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
