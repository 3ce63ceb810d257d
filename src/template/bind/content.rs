//! What a campaign and a record say, by field and language.

use super::{Binder, Voice};
use crate::diag::{Expected, Glimpse, Located, Problem, Spot};
use crate::qr::payload::{Doubt, Written, doubts, is_hidden, traps, traps_of_signs, wanted_digits};
use crate::spec::campaign::{Content, Value};
use crate::spec::payload::Says;
use crate::spec::words::Words;
use crate::template::format::{Field, FieldKind};
use crate::template::payload;
use crate::template::values::{Names, Use, authored};
use crate::text::near;
use minijinja::Value as Filled;
use std::collections::{BTreeMap, HashMap};

/// What came of a field in one language.
enum Said {
    /// It has content.
    Full,
    /// It has none.
    Empty,
    /// A text that must be there stands here without any letter.
    Blank(Spot),
    /// It has none in this language, though the place holds it in another.
    Untranslated(Spot),
    /// Its content is wrong, which has been told.
    Faulty,
}

impl Voice {
    /// A voice that has said nothing yet.
    pub(super) fn of(language: &str) -> Voice {
        Voice {
            language: language.into(),
            names: Names::new(),
            lists: HashMap::new(),
            codes: HashMap::new(),
            images: HashMap::new(),
            untranslated: HashMap::new(),
            faulty: Vec::new(),
        }
    }
}

impl Binder<'_, '_> {
    pub(super) fn read_name(&mut self) -> Option<String> {
        let pattern = self.job.piece.file.as_ref()?;
        let record = self.record_names();
        self.fill(pattern, &record, Use::Plain, None).map(|name| name.trim().to_string()).filter(|name| !name.is_empty())
    }

    /// What is said of the fields that are wanted, added to what has been said in each language.
    pub(super) fn read_fields(&mut self, wanted: impl Fn(&Field) -> bool, begun: impl Fn(&str) -> Voice) -> Vec<Voice> {
        let record = self.record_names();
        let mut voices = Vec::new();
        let fields = self.job.format.fields.iter().filter(|field| wanted(field));
        // What a default text may print comes before it: addresses of codes, then all other fields.
        let rank = |field: &Field| match field.kind {
            FieldKind::Qr { .. } => 0,
            _ if field.default.iter().flat_map(Words::all).any(|text| text.value.contains("{{")) => 2,
            _ => 1,
        };
        let mut fields: Vec<&Field> = fields.collect();
        fields.sort_by_key(|field| rank(field));
        for (i, language) in self.job.campaign.languages.iter().enumerate() {
            let mut names = record.clone();
            self.add_imprint(&mut names, language);
            let mut voice = begun(language);
            self.add_imprint(&mut voice.names, language);
            for field in &fields {
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

    /// The cell of a column that bears the field's name, where the piece itself says nothing.
    fn own_cell<T>(&self, name: &str, of: impl Fn(&Content) -> &Vec<(Located<String>, T)>) -> Option<String> {
        let own = of(&self.job.piece.content).iter().any(|(n, _)| n.value == name);
        self.cell(name).filter(|_| !own)
    }

    fn cell(&self, name: &str) -> Option<String> {
        let columns = &self.job.table?.columns;
        let at = columns.iter().position(|c| c == name)?;
        self.record?.cells.get(at).cloned()
    }

    fn add_imprint(&self, names: &mut Names, language: &str) {
        let campaign = self.job.campaign;
        let words = |w: &Option<Words>| w.as_ref().map_or("", |w| w.in_some(language)).to_string();
        let day = campaign.valid_until.as_ref().map_or(String::new(), |d| d.value.split('-').rev().collect::<Vec<_>>().join("/"));
        for (name, text) in [("issuer", words(&campaign.issuer)), ("document", words(&campaign.document)), ("valid_until", day)] {
            names.entry(name.into()).or_insert_with(|| authored(text));
        }
    }

    /// Whether something is written for a field, though it may come to nothing for this record.
    fn is_given(&self, name: &str) -> bool {
        let named = |c: &Content| {
            c.text.iter().any(|(n, _)| n.value == name)
                || c.qr.iter().any(|(n, _)| n.value == name)
                || c.images.iter().any(|(n, _)| n.value == name)
        };
        named(&self.job.piece.content) || named(&self.job.campaign.content) || self.cell(name).is_some()
    }

    /// The piece's own content, then the campaign's.
    fn given<T: Clone>(&self, name: &str, of: impl Fn(&Content) -> &Vec<(Located<String>, T)>) -> Option<T> {
        let find = |content: &Content| of(content).iter().find(|(n, _)| n.value == name).map(|(_, value)| value.clone());
        find(&self.job.piece.content).or_else(|| find(&self.job.campaign.content))
    }

    /// Where the content of a text field is written.
    pub(super) fn given_spot(&self, name: &str) -> Option<Spot> {
        match self.given(name, |c| &c.text)? {
            Value::Words(words) => Some(words.spot),
            Value::List(items) => items.first().map(|words| words.spot.clone()),
        }
    }

    fn add_field(&mut self, field: &Field, primary: bool, names: &Names, voice: &mut Voice) {
        let name = field.name.clone();
        let (own, common) = (&self.job.piece.content, &self.job.campaign.content);
        let said = match field.kind {
            _ if own.faulty.contains(&name) || common.faulty.contains(&name) => Said::Faulty,
            FieldKind::Text => self.add_text(field, names, voice),
            FieldKind::List { min, max } => self.add_list(field, (min, max), names, voice),
            FieldKind::Qr { .. } => self.add_code(field, names, voice),
            FieldKind::Image => self.add_image(field, names, voice),
        };
        match said {
            Said::Full => {}
            Said::Faulty => voice.faulty.push(name),
            Said::Blank(spot) => {
                self.report(&spot, None, Problem::EmptyText { field: name.clone(), language: voice.language.clone() });
                voice.faulty.push(name);
            }
            Said::Untranslated(spot) if primary || field.each_language => {
                self.report(&spot, None, Problem::MissingTranslation { field: name.clone(), language: voice.language.clone() });
                voice.faulty.push(name);
            }
            Said::Untranslated(spot) => {
                voice.untranslated.insert(name, spot);
            }
            Said::Empty if field.required && (own.torn || common.torn) => voice.faulty.push(name),
            Said::Empty if field.required => {
                let label = ["vi", "en"].map(|l| field.label.as_ref().map_or(name.as_str(), |w| w.in_some(l)).to_string());
                let spot = self.job.piece.name.spot.clone();
                let given = self.is_given(&name);
                let (spot, problem) = match self.record {
                    Some(_) if given => (self.record_spot(), Problem::EmptyField { field: name.clone(), label }),
                    _ => {
                        let section = match field.kind {
                            FieldKind::Qr { .. } => "qr",
                            FieldKind::Image => "images",
                            FieldKind::Text | FieldKind::List { .. } => "text",
                        };
                        let blank = [own, common].into_iter().flat_map(|content| &content.blank).find(|blank| blank.value == name);
                        let spot = blank.map_or(spot, |blank| blank.spot.clone());
                        (spot, Problem::MissingField { field: name.clone(), label, section, in_data: self.job.table.is_some() })
                    }
                };
                self.report(&spot, None, problem);
                voice.faulty.push(name);
            }
            Said::Empty => {
                let blank = match field.kind {
                    FieldKind::Qr { .. } => Filled::from(BTreeMap::from([("payload", ""), ("short", "")])),
                    _ => Filled::from(""),
                };
                voice.names.insert(name, blank);
            }
        }
    }

    fn add_text(&mut self, field: &Field, names: &Names, voice: &mut Voice) -> Said {
        let name = field.name.as_str();
        if let Some(cell) = self.own_cell(name, |c| &c.text) {
            if let Err(problem) = self.binding.filler.hold(&cell, name) {
                let spot = self.record_spot();
                self.report(&spot, None, problem);
                return Said::Faulty;
            }
            let said = if cell.is_empty() { Said::Empty } else { Said::Full };
            voice.names.insert(name.into(), Filled::from(cell));
            return said;
        }
        let (words, known, spot) = match self.given(name, |c| &c.text) {
            Some(Value::Words(words)) => (words.clone(), names, words.spot),
            Some(Value::List(items)) => {
                let spot = items.first().map_or(self.job.piece.name.spot.clone(), |w| w.spot.clone());
                self.report(&spot, None, Problem::WrongType { key: name.into(), expected: Expected::Words, found: Glimpse::List });
                return Said::Faulty;
            }
            None => match field.default.clone() {
                Some(words) => (words, &voice.names, self.job.piece.name.spot.clone()),
                None => return Said::Empty,
            },
        };
        let Some(text) = words.in_language(&voice.language).cloned() else { return Said::Untranslated(spot) };
        let filled = match self.binding.filler.fill(&text, known, Use::Text) {
            Ok(filled) => filled,
            Err(problems) => {
                // A default that names a field whose content is wrong: that has been told.
                let told = |p: &Problem| matches!(p, Problem::UnknownPlaceholder { name, .. } if voice.faulty.contains(name));
                problems.into_iter().filter(|p| !told(p)).for_each(|problem| self.report(&text.spot, None, problem));
                return Said::Faulty;
            }
        };
        if filled.trim().is_empty() {
            let is_blank = text.value.trim().is_empty() && field.required;
            return if is_blank { Said::Blank(text.spot) } else { Said::Empty };
        }
        voice.names.insert(name.into(), authored(filled));
        Said::Full
    }

    fn add_list(&mut self, field: &Field, (min, max): (usize, usize), names: &Names, voice: &mut Voice) -> Said {
        let name = field.name.as_str();
        let items = match self.given(name, |c| &c.text) {
            Some(Value::List(items)) => items,
            Some(Value::Words(words)) => {
                self.report(
                    &words.spot,
                    None,
                    Problem::WrongType { key: name.into(), expected: Expected::List, found: Glimpse::of(words.in_some(&voice.language)) },
                );
                return Said::Faulty;
            }
            None => return Said::Empty,
        };
        if !(min..=max).contains(&items.len()) {
            let spot = items.first().map_or(self.job.piece.name.spot.clone(), |w| w.spot.clone());
            self.report(&spot, None, Problem::ItemCount { field: name.into(), min, max, found: items.len() });
        }
        let mut filled = Vec::new();
        for words in items.iter().take(max) {
            let Some(text) = words.in_language(&voice.language).cloned() else { return Said::Untranslated(words.spot.clone()) };
            let spot = text.spot.clone();
            let Some(text) = self.fill(&text, names, Use::Text, None) else { return Said::Faulty };
            if text.trim().is_empty() {
                self.report(&spot, None, Problem::EmptyBox);
                return Said::Faulty;
            }
            filled.push(text);
        }
        voice.names.insert(name.into(), Filled::from_iter(filled.iter().map(|t| authored(t.clone()))));
        voice.lists.insert(name.into(), filled);
        Said::Full
    }

    fn add_code(&mut self, field: &Field, names: &Names, voice: &mut Voice) -> Said {
        let name = field.name.as_str();
        let (written, spot) = match (self.given(name, |c| &c.qr), self.own_cell(name, |c| &c.qr)) {
            (_, Some(cell)) => {
                let spot = self.record_spot();
                let place = |problem| payload::Wrong { problem, spot: spot.clone(), filled: true };
                (payload::write_text(&cell).map_err(|problems| problems.into_iter().map(place).collect()), spot)
            }
            (Some(payload), None) => {
                // What a row brings in is to be mended there.
                let is_filled = self.record.is_some() && payload.texts().iter().any(|text| text.value.contains("{{"));
                let spot = if is_filled { self.record_spot() } else { payload.spot.clone() };
                (payload::write(&payload, &self.binding.filler, names), spot)
            }
            (None, None) => return Said::Empty,
        };
        match written {
            Ok(Some(Written { text, short })) => {
                let wifi = self.given(name, |c| &c.qr).and_then(|payload| match payload.says {
                    Says::Wifi(wifi) if wifi.security.is_none() => Some(short.clone()),
                    _ => None,
                });
                if let Some(ssid) = wifi.filter(|_| text.starts_with("WIFI:T:nopass")) {
                    let spot = if self.record.is_some() { self.record_spot() } else { spot.clone() };
                    self.report(&spot, None, Problem::WifiOpen { ssid });
                }
                let number = text.strip_prefix("tel:").unwrap_or_default();
                if let Some(wanted) = wanted_digits(number).filter(|wanted| *wanted != number.len()) {
                    self.report(&spot, None, Problem::PhoneDigits { number: short.clone(), found: number.len(), wanted });
                }
                for problem in judged(&text, &short) {
                    self.report(&spot, None, problem);
                }
                let code = BTreeMap::from([("payload", text.clone()), ("short", short)]);
                voice.names.insert(name.into(), Filled::from(code));
                voice.codes.insert(name.into(), (text, spot));
                Said::Full
            }
            Ok(None) if field.required => {
                let spot = if self.record.is_some() { self.record_spot() } else { spot };
                self.report(&spot, None, Problem::QrEmpty);
                Said::Faulty
            }
            Ok(None) => Said::Empty,
            Err(wrongs) => {
                for payload::Wrong { problem, spot, filled } in wrongs {
                    let spot = if filled && self.record.is_some() { self.record_spot() } else { spot };
                    self.report(&spot, None, problem);
                }
                Said::Faulty
            }
        }
    }

    fn add_image(&mut self, field: &Field, names: &Names, voice: &mut Voice) -> Said {
        let name = field.name.as_str();
        let (path, spot) = match (self.given(name, |c| &c.images), self.own_cell(name, |c| &c.images)) {
            (_, Some(cell)) => (cell, self.record_spot()),
            (Some(path), None) => match self.fill(&path, names, Use::Plain, None) {
                Some(filled) => (filled, path.spot),
                None => return Said::Faulty,
            },
            (None, None) => match field.default.as_ref() {
                Some(words) => (words.in_some(&voice.language).to_string(), words.spot.clone()),
                None => return Said::Empty,
            },
        };
        if path.is_empty() {
            return Said::Empty;
        }
        voice.names.insert(name.into(), Filled::from(path.as_str()));
        voice.images.insert(name.into(), Located { value: path, spot });
        Said::Full
    }
}

/// What is wrong or doubtful about a payload, and about what of it may be printed. Of a trap nothing else is said.
fn judged(text: &str, short: &str) -> Vec<Problem> {
    let mut trapped = traps(text);
    trapped.extend(traps_of_signs(short).into_iter().filter(|trap| !trapped.contains(trap)).collect::<Vec<_>>());
    if !trapped.is_empty() {
        return trapped.into_iter().map(|trap| Problem::QrTrap { trap }).collect();
    }
    let mut found: Vec<Problem> = doubts(text).into_iter().map(|doubt| doubted(text, doubt)).collect();
    let is_told = found.iter().any(|problem| matches!(problem, Problem::UrlBroken { doubt: Doubt::Invisible(_), .. }));
    let hidden = text.char_indices().find(|(_, c)| is_hidden(*c)).filter(|_| !is_told);
    found.extend(hidden.map(|(at, character)| Problem::InvisibleSign { character, near: near(text, at) }));
    found
}

/// A doubt about an address, as a finding tells it.
fn doubted(address: &str, doubt: Doubt) -> Problem {
    let address = address.to_string();
    match doubt {
        Doubt::Http => Problem::UrlHttp { address },
        Doubt::Tracking { parts, address } => Problem::UrlTracking { parts, address },
        Doubt::Unreachable { host } => Problem::UrlUnreachable { host },
        Doubt::LookAlike { host, sign, script } => Problem::UrlLookAlike { host, sign, script },
        broken if broken.is_broken() => Problem::UrlBroken { address, doubt: broken },
        doubt => Problem::UrlDoubtful { address, doubt },
    }
}
