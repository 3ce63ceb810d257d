//! What a campaign and a record say, by field and language.

use super::{Binder, Voice};
use crate::diag::{Expected, Located, Problem};
use crate::spec::campaign::{Content, Payload, Value};
use crate::spec::words::Words;
use crate::template::format::{Field, FieldKind};
use crate::template::payload;
use crate::template::values::{Names, Use, authored};
use minijinja::Value as Filled;
use std::collections::{BTreeMap, HashMap};

impl Binder<'_, '_> {
    pub(super) fn read_fields(&mut self) -> Vec<Voice> {
        let languages = self.job.campaign.languages.clone();
        let record = self.record_names();
        let mut voices = Vec::new();
        for (i, language) in languages.iter().enumerate() {
            let mut names = record.clone();
            self.add_imprint(&mut names, language);
            let mut voice = Voice {
                language: language.clone(),
                names: Names::new(),
                lists: HashMap::new(),
                codes: HashMap::new(),
                images: HashMap::new(),
            };
            self.add_imprint(&mut voice.names, language);
            // Codes first: a default text may print a code's address.
            let (codes, others): (Vec<&Field>, Vec<&Field>) =
                self.job.format.fields.iter().partition(|f| matches!(f.kind, FieldKind::Qr { .. }));
            for field in codes.into_iter().chain(others) {
                self.add_field(field, i == 0, &names, &mut voice);
            }
            voices.push(voice);
        }
        voices
    }

    pub(super) fn record_names(&self) -> Names {
        let columns = self.job.table.map(|t| t.columns.as_slice()).unwrap_or_default();
        let cells = self.record.map(|r| r.cells.as_slice()).unwrap_or_default();
        columns.iter().zip(cells).map(|(column, cell)| (column.clone(), Filled::from(cell.as_str()))).collect()
    }

    pub(super) fn add_imprint(&self, names: &mut Names, language: &str) {
        let campaign = self.job.campaign;
        let words = |w: &Option<Words>| w.as_ref().map_or("", |w| w.in_some(language)).to_string();
        let day = campaign.valid_until.as_ref().map_or(String::new(), |d| d.value.split('-').rev().collect::<Vec<_>>().join("/"));
        for (name, text) in [("issuer", words(&campaign.issuer)), ("document", words(&campaign.document)), ("valid_until", day)] {
            names.entry(name.into()).or_insert_with(|| authored(text));
        }
    }

    /// The piece's own content, then the campaign's.
    pub(super) fn given<T>(&self, name: &str, of: impl Fn(&Content) -> &Vec<(Located<String>, T)>) -> Option<T>
    where
        T: Clone,
    {
        let find = |content: &Content| of(content).iter().find(|(n, _)| n.value == name).map(|(_, value)| value.clone());
        find(&self.job.piece.content).or_else(|| find(&self.job.campaign.content))
    }

    pub(super) fn add_field(&mut self, field: &Field, primary: bool, names: &Names, voice: &mut Voice) {
        let name = field.name.as_str();
        let found = match field.kind {
            FieldKind::Text => self.add_text(field, primary, names, voice),
            FieldKind::List { min, max } => self.add_list(field, (min, max), primary, names, voice),
            FieldKind::Qr { .. } => {
                let payload = self.given(name, |c| &c.qr);
                let found = payload.is_some();
                if let Some(p) = payload {
                    let spot = match &p {
                        Payload::Text(text) | Payload::Wifi { ssid: text, .. } => text.spot.clone(),
                    };
                    match payload::write(&p, &self.filler, names) {
                        Ok(text) if text.is_empty() => self.report(&spot, None, Problem::QrEmpty),
                        Ok(text) => {
                            let code = BTreeMap::from([("payload", text.clone()), ("short", payload::short(&text).to_string())]);
                            voice.names.insert(name.into(), Filled::from(code));
                            voice.codes.insert(name.into(), (text, spot));
                        }
                        Err(problems) if primary => problems.into_iter().for_each(|p| self.report(&spot, None, p)),
                        Err(_) => {}
                    }
                }
                found
            }
            FieldKind::Image => {
                let path = self.given(name, |c| &c.images);
                let found = path.is_some();
                if let Some(path) = path
                    && let Some(filled) = self.fill(&path, names, Use::Plain, None)
                {
                    voice.names.insert(name.into(), Filled::from(filled.as_str()));
                    voice.images.insert(name.into(), Located { value: filled, spot: path.spot });
                }
                found
            }
        };
        if found {
            return;
        }
        if field.required && primary {
            let label = ["vi", "en"].map(|l| field.label.as_ref().map_or(name, |w| w.in_some(l)).to_string());
            let spot = self.job.piece.name.spot.clone();
            self.report(&spot, None, Problem::MissingField { field: name.into(), label });
        }
        if !field.required {
            voice.names.insert(name.into(), Filled::from(""));
        }
    }

    /// True where there is content, even if it is faulty.
    pub(super) fn add_text(&mut self, field: &Field, primary: bool, names: &Names, voice: &mut Voice) -> bool {
        let name = field.name.as_str();
        let own = self.job.piece.content.text.iter().any(|(n, _)| n.value == name);
        if !own && let Some(cell) = self.record_names().remove(name) {
            let empty = cell.as_str().is_none_or(str::is_empty);
            voice.names.insert(name.into(), cell);
            return !empty;
        }
        let words = match self.given(name, |c| &c.text) {
            Some(Value::Words(words)) => Some((words, false)),
            Some(Value::List(items)) => {
                let spot = items.first().map_or(self.job.piece.name.spot.clone(), |w| w.spot.clone());
                self.report(&spot, None, Problem::WrongType { key: name.into(), expected: Expected::Words, found: "[…]".into() });
                return true;
            }
            None => field.default.clone().map(|d| (d, true)),
        };
        let Some((words, default)) = words else { return false };
        let Some(text) = words.in_language(&voice.language).cloned() else {
            if (primary || field.each_language) && !default {
                self.report(&words.spot, None, Problem::MissingTranslation { field: name.into(), language: voice.language.clone() });
            }
            return true;
        };
        let known = if default { voice.names.clone() } else { names.clone() };
        let Some(filled) = self.fill(&text, &known, Use::Text, None) else { return true };
        let empty = filled.trim().is_empty();
        voice.names.insert(name.into(), authored(filled));
        !empty
    }

    pub(super) fn add_list(&mut self, field: &Field, (min, max): (usize, usize), primary: bool, names: &Names, voice: &mut Voice) -> bool {
        let name = field.name.as_str();
        let items = match self.given(name, |c| &c.text) {
            Some(Value::List(items)) => items,
            Some(Value::Words(words)) => {
                self.report(&words.spot, None, Problem::WrongType { key: name.into(), expected: Expected::List, found: "…".into() });
                return true;
            }
            None => return false,
        };
        if primary && !(min..=max).contains(&items.len()) {
            let spot = items.first().map_or(self.job.piece.name.spot.clone(), |w| w.spot.clone());
            self.report(&spot, None, Problem::ItemCount { field: name.into(), min, max, found: items.len() });
        }
        let mut filled = Vec::new();
        for words in &items {
            match words.in_language(&voice.language).cloned() {
                Some(text) => filled.extend(self.fill(&text, names, Use::Text, None)),
                None if primary || field.each_language => {
                    self.report(&words.spot, None, Problem::MissingTranslation { field: name.into(), language: voice.language.clone() });
                }
                None => {}
            }
        }
        voice.names.insert(name.into(), Filled::from_iter(filled.iter().map(|t| authored(t.clone()))));
        voice.lists.insert(name.into(), filled);
        true
    }
}
