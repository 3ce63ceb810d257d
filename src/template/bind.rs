//! `bind(format, piece, record)`: from what is written to what layout can place.

use super::bound::*;
use super::boxes::{BoxKind, BoxSpec, Flow, Place};
use super::format::{Align, Field, FieldKind, Format, SizeSpec, Style};
use super::markup;
use super::payload;
use super::picture::{Drawing, Picture};
use super::values::{Filler, Names, Use, authored};
use crate::color::{BLACK, Colour, PAPER, Paint};
use crate::data::{Record, Table};
use crate::diag::{At, Finding, Kind, Located, Place as Where, Problem, Spot, nearest};
use crate::files::{Files, builtin_drawings};
use crate::geom::to_mm;
use crate::qr::{self, Ecc};
use crate::spec::campaign::{Campaign, Content, Piece, Value};
use crate::spec::press::Press;
use crate::spec::words::Words;
use crate::text::{DEFAULT_FAMILY, Fonts, Span, TextBlock, TypeStyle};
use minijinja::Value as Filled;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a piece is bound from: the same for all of its records.
pub struct Job<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The piece.
    pub piece: &'a Piece,
    /// Its format.
    pub format: &'a Format,
    /// Its size.
    pub size: &'a SizeSpec,
    /// The press.
    pub press: &'a Press,
    /// Its table, if it has one.
    pub table: Option<&'a Table>,
    /// The fonts that there are.
    pub fonts: &'a Fonts,
    /// Files beside the campaign.
    pub files: &'a Files<'a>,
}

/// Pictures and drawings read so far: each file is read once.
#[derive(Default)]
pub struct Art {
    pictures: HashMap<String, Result<Arc<Picture>, Problem>>,
    drawings: HashMap<String, Result<Arc<Drawing>, Problem>>,
}

/// Binds a format to one record. Sides are complete only where no finding is an error.
pub fn bind(job: &Job<'_>, record: Option<&Record>, art: &mut Art) -> (Vec<BoundSide>, Vec<Finding>) {
    let mut binder = Binder { job, record, art, filler: Filler::new(), voices: Vec::new(), findings: Vec::new(), side: String::new() };
    binder.voices = binder.read_fields();
    let mut sides = Vec::new();
    for side in &job.format.sides {
        binder.side.clone_from(&side.name);
        let root = binder.block(&side.root, 0, &side.name);
        sides.extend(root.map(|root| BoundSide { name: side.name.clone(), root }));
    }
    (sides, binder.findings)
}

/// Height of capitals in most text faces, em: drawings beside text are centred on it.
const CAP_HEIGHT: f64 = 0.7;

/// One language and all that can be said in it.
struct Voice {
    language: String,
    names: Names,
    lists: HashMap<String, Vec<String>>,
    codes: HashMap<String, (String, Spot)>,
    images: HashMap<String, Located<String>>,
}

struct Binder<'a, 'j> {
    job: &'j Job<'a>,
    record: Option<&'j Record>,
    art: &'j mut Art,
    filler: Filler,
    voices: Vec<Voice>,
    findings: Vec<Finding>,
    side: String,
}

impl Binder<'_, '_> {
    fn report(&mut self, spot: &Spot, in_box: Option<&str>, problem: Problem) {
        let place = Where {
            spot: spot.clone(),
            piece: Some(self.job.piece.name.value.clone()),
            record: self.record.map(|r| r.number),
            side: in_box.map(|_| self.side.clone()),
            in_box: in_box.map(String::from),
        };
        self.findings.push(Finding { problem, place });
    }

    fn fill(&mut self, text: &Located<String>, names: &Names, use_: Use, in_box: Option<&str>) -> Option<String> {
        match self.filler.fill(text, names, use_) {
            Ok(filled) => Some(filled),
            Err(problems) => {
                for problem in problems {
                    self.report(&text.spot, in_box, problem);
                }
                None
            }
        }
    }

    // ---- content -------------------------------------------------------------------------------

    fn read_fields(&mut self) -> Vec<Voice> {
        let languages = self.job.campaign.languages.clone();
        let record = self.record_names();
        let mut voices = Vec::new();
        for (i, language) in languages.iter().enumerate() {
            let mut names = record.clone();
            self.add_imprint(&mut names, language);
            let mut voice = Voice { language: language.clone(), names: Names::new(), lists: HashMap::new(), codes: HashMap::new(), images: HashMap::new() };
            self.add_imprint(&mut voice.names, language);
            // Codes first: a default text may print a code's address.
            let (codes, others): (Vec<&Field>, Vec<&Field>) = self.job.format.fields.iter().partition(|f| matches!(f.kind, FieldKind::Qr { .. }));
            for field in codes.into_iter().chain(others) {
                self.add_field(field, i == 0, &names, &mut voice);
            }
            voices.push(voice);
        }
        voices
    }

    fn record_names(&self) -> Names {
        let columns = self.job.table.map(|t| t.columns.as_slice()).unwrap_or_default();
        let cells = self.record.map(|r| r.cells.as_slice()).unwrap_or_default();
        columns.iter().zip(cells).map(|(column, cell)| (column.clone(), Filled::from(cell.as_str()))).collect()
    }

    fn add_imprint(&self, names: &mut Names, language: &str) {
        let campaign = self.job.campaign;
        let words = |w: &Option<Words>| w.as_ref().map_or("", |w| w.in_some(language)).to_string();
        let day = campaign.valid_until.as_ref().map_or(String::new(), |d| d.value.split('-').rev().collect::<Vec<_>>().join("/"));
        for (name, text) in [("issuer", words(&campaign.issuer)), ("document", words(&campaign.document)), ("valid_until", day)] {
            names.entry(name.into()).or_insert_with(|| authored(text));
        }
    }

    /// The piece's own content, then the campaign's.
    fn given<T>(&self, name: &str, of: impl Fn(&Content) -> &Vec<(Located<String>, T)>) -> Option<T>
    where
        T: Clone,
    {
        let find = |content: &Content| of(content).iter().find(|(n, _)| n.value == name).map(|(_, value)| value.clone());
        find(&self.job.piece.content).or_else(|| find(&self.job.campaign.content))
    }

    fn add_field(&mut self, field: &Field, primary: bool, names: &Names, voice: &mut Voice) {
        let name = field.name.as_str();
        let found = match field.kind {
            FieldKind::Text => self.add_text(field, primary, names, voice),
            FieldKind::List { min, max } => self.add_list(field, (min, max), primary, names, voice),
            FieldKind::Qr { .. } => {
                let payload = self.given(name, |c| &c.qr);
                let found = payload.is_some();
                if let Some(p) = payload {
                    let spot = match &p {
                        crate::spec::campaign::Payload::Text(text) | crate::spec::campaign::Payload::Wifi { ssid: text, .. } => text.spot.clone(),
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
    fn add_text(&mut self, field: &Field, primary: bool, names: &Names, voice: &mut Voice) -> bool {
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
                self.report(&spot, None, Problem::WrongType { key: name.into(), expected: crate::diag::Expected::Words, found: "[…]".into() });
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

    fn add_list(&mut self, field: &Field, (min, max): (usize, usize), primary: bool, names: &Names, voice: &mut Voice) -> bool {
        let name = field.name.as_str();
        let items = match self.given(name, |c| &c.text) {
            Some(Value::List(items)) => items,
            Some(Value::Words(words)) => {
                self.report(&words.spot, None, Problem::WrongType { key: name.into(), expected: crate::diag::Expected::List, found: "…".into() });
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

    // ---- boxes ---------------------------------------------------------------------------------

    fn block(&mut self, spec: &BoxSpec, voice: usize, path: &str) -> Option<Block> {
        let voice = spec.common.language.map_or(voice, |l| l - 1);
        self.voices.get(voice)?;
        if let Some(when) = &spec.common.when {
            let names = self.voices[voice].names.clone();
            let shown = self.fill(when, &names, Use::Plain, Some(path))?;
            if shown.trim().is_empty() || shown.trim() == "false" {
                return None;
            }
        }
        let path = spec.common.name.as_ref().map_or(path.to_string(), |n| format!("{}/{n}", self.side));
        let s = self.job.size.scale;
        let mut measure = Measure {
            width: spec.common.width.map(|l| l * s),
            height: spec.common.height.map(|l| l * s),
            grow: spec.common.grow,
            align_self: spec.common.align_self,
            padding: spec.common.padding.map(|l| l * s),
            baseline: None,
        };
        let ground = Ground {
            fill: spec.common.fill.as_ref().and_then(|ink| self.ink(ink, &path)),
            stroke: spec.common.stroke.as_ref().and_then(|(ink, width)| Some((self.ink(ink, &path)?, width * s))),
            radius: spec.common.radius * s,
            ellipse: matches!(spec.kind, BoxKind::Shape { ellipse: true }),
            bleed: spec.common.bleed,
        };
        let kind = self.kind(spec, voice, &path, &mut measure)?;
        Some(Block { name: path, spot: spec.spot.clone(), language: self.voices[voice].language.clone(), role: spec.common.tag, measure, ground, kind })
    }

    fn kind(&mut self, spec: &BoxSpec, voice: usize, path: &str, measure: &mut Measure) -> Option<BlockKind> {
        let s = self.job.size.scale;
        match &spec.kind {
            BoxKind::Container { flow, gap, align, justify, children } => {
                let child = |(i, c): (usize, &BoxSpec)| self.block(c, voice, &format!("{path}/{}-{}", c.word, i + 1));
                let children: Vec<Block> = children.iter().enumerate().filter_map(child).collect();
                Some(BlockKind::Container { flow: *flow, gap: gap * s, align: *align, justify: *justify, children })
            }
            BoxKind::Text { value, style } => {
                let style = self.style(style, path)?;
                let names = self.voices[voice].names.clone();
                let text = self.text(value, &names, voice, path)?;
                if text.trim().is_empty() {
                    self.report(&spec.spot, Some(path), Problem::EmptyBox);
                    return None;
                }
                let spans = markup::inline(&text);
                self.check_glyphs(&spans, &style, &value.spot, path);
                Some(BlockKind::Text(TextBlock { spans, style }))
            }
            BoxKind::Markdown { value, style, gap } => {
                let style = self.style(style, path)?;
                let names = self.voices[voice].names.clone();
                let text = self.text(value, &names, voice, path)?;
                let paragraphs = markup::paragraphs(&text);
                if paragraphs.is_empty() {
                    self.report(&spec.spot, Some(path), Problem::EmptyBox);
                    return None;
                }
                paragraphs.iter().for_each(|p| self.check_glyphs(&p.spans, &style, &value.spot, path));
                let indent = style.size.1 * 1.4;
                let children = paragraphs.into_iter().map(|p| {
                    let text = self.text_block(spec, voice, path, p.spans, style.clone());
                    match p.mark {
                        Some(mark) => {
                            let mut mark = self.text_block(spec, voice, path, plain(&mark), style.clone());
                            mark.measure.width = Some(indent);
                            self.container(spec, voice, path, Flow::Row, 0.0, vec![mark, grown(text)])
                        }
                        None => text,
                    }
                });
                Some(column(gap * s, Place::Start, children.collect()))
            }
            BoxKind::Steps { .. } => self.steps(spec, voice, path),
            BoxKind::Qr { value, side, ecc } => self.code(value, side * s, *ecc, voice, path),
            BoxKind::Image { value } => {
                let Some(image) = self.voices[voice].images.get(&value.value).cloned() else {
                    return self.no_field(value, |k| matches!(k, FieldKind::Image), path);
                };
                let kind = self.image(&image, path)?;
                let (w, h) = match &kind {
                    BlockKind::Picture(p) => (f64::from(p.width), f64::from(p.height)),
                    BlockKind::Drawing(d, _) => (d.width, d.height),
                    _ => (1.0, 1.0),
                };
                keep_shape(measure, w, h, w);
                Some(kind)
            }
            BoxKind::Icon { name, ink, accent } => {
                let drawing = self.drawing(name, path)?;
                keep_shape(measure, drawing.width, drawing.height, drawing.width * s);
                let inks = self.inks(ink.as_ref(), accent.as_ref(), path)?;
                Some(BlockKind::Drawing(drawing, inks))
            }
            BoxKind::Shape { .. } => Some(BlockKind::Shape),
        }
    }

    /// Fills a text of the format; a field without this language is told as such.
    fn text(&mut self, value: &Located<String>, names: &Names, voice: usize, path: &str) -> Option<String> {
        match self.filler.fill(value, names, Use::Text) {
            Ok(text) => Some(text),
            Err(problems) => {
                for problem in problems {
                    let problem = match problem {
                        Problem::UnknownPlaceholder { name, .. } if self.job.format.field(&name).is_some() => {
                            let given = self.given(&name, |c| &c.text);
                            let Some(Value::Words(words)) = given else { continue };
                            if words.in_language(&self.voices[voice].language).is_some() {
                                continue;
                            }
                            let language = self.voices[voice].language.clone();
                            self.report(&words.spot, None, Problem::MissingTranslation { field: name, language });
                            continue;
                        }
                        other => other,
                    };
                    self.report(&value.spot, Some(path), problem);
                }
                None
            }
        }
    }

    /// Notes that a box names no field of the right kind; says nothing where the field itself is missing.
    fn no_field(&mut self, value: &Located<String>, fits: impl Fn(&FieldKind) -> bool, path: &str) -> Option<BlockKind> {
        let fields = &self.job.format.fields;
        match fields.iter().find(|f| f.name == value.value && fits(&f.kind)) {
            Some(field) if field.required => {}
            Some(_) => self.report(&value.spot, Some(path), Problem::EmptyBox),
            None => {
                let known: Vec<String> = fields.iter().filter(|f| fits(&f.kind)).map(|f| f.name.clone()).collect();
                let near = nearest(&value.value, known.iter().map(String::as_str));
                self.report(&value.spot, Some(path), Problem::UnknownName { kind: Kind::Field, name: value.value.clone(), nearest: near, known });
            }
        }
        None
    }

    fn steps(&mut self, spec: &BoxSpec, voice: usize, path: &str) -> Option<BlockKind> {
        let BoxKind::Steps { value, style, second, numeral, disc, side, icon, gap, inner, indent, spread } = &spec.kind else { return None };
        let s = self.job.size.scale;
        let side = side * s;
        let Some(items) = self.voices[voice].lists.get(&value.value).cloned() else {
            return self.no_field(value, |k| matches!(k, FieldKind::List { .. }), path);
        };
        let others = match (second, self.voices.get(voice + 1)) {
            (Some(_), Some(other)) => other.lists.get(&value.value).cloned().unwrap_or_default(),
            _ => Vec::new(),
        };
        let style = self.style(style, path)?;
        let second = match second {
            Some(second) => Some(self.style(second, path)?),
            None => None,
        };
        let numeral = match numeral {
            Some(numeral) => Some(self.style(numeral, path)?),
            None => None,
        };
        let disc_ink = match disc {
            Some(ink) => Some(self.ink(ink, path)?),
            None => None,
        };
        let drawing = match icon {
            Some(name) => Some((self.drawing(name, path)?, self.inks(disc.as_ref(), None, path)?)),
            None => None,
        };
        let mut rows = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let path = format!("{path}/{}", i + 1);
            let spans = markup::inline(item);
            self.check_glyphs(&spans, &style, &value.spot, &path);
            let mut texts = vec![self.text_block(spec, voice, &path, spans, style.clone())];
            if let (Some(second), Some(other)) = (&second, others.get(i)) {
                let spans = markup::inline(other);
                self.check_glyphs(&spans, second, &value.spot, &path);
                texts.push(self.text_block(spec, voice + 1, &path, spans, second.clone()));
            }
            let words = grown(self.container(spec, voice, &path, Flow::Column, *inner * s, texts));
            let mut mark = match (&drawing, &numeral) {
                (Some((drawing, inks)), _) => self.bare(spec, voice, &path, BlockKind::Drawing(drawing.clone(), inks.clone())),
                (None, Some(numeral)) => {
                    let style = TypeStyle { align: if disc_ink.is_some() { Align::Center } else { numeral.align }, to_baseline: true, ..numeral.clone() };
                    self.text_block(spec, voice, &path, plain(&(i + 1).to_string()), style)
                }
                (None, None) => self.text_block(spec, voice, &path, plain(&format!("{}.", i + 1)), style.clone()),
            };
            mark.measure.width = Some(side);
            if drawing.is_some() {
                // Centred on the capitals of the first line.
                mark.measure.height = Some(side);
                mark.measure.baseline = Some((side + CAP_HEIGHT * style.size.1) / 2.0);
            } else if let Some(ink) = &disc_ink {
                mark = self.container(spec, voice, &path, Flow::Column, 0.0, vec![mark]);
                mark.measure = Measure { width: Some(side), height: Some(side), ..Measure::default() };
                mark.ground = Ground { fill: Some(ink.clone()), ellipse: true, ..Ground::default() };
                if let BlockKind::Container { justify, .. } = &mut mark.kind {
                    *justify = Place::Center;
                }
            }
            let mut row = self.container(spec, voice, &path, Flow::Row, indent * s, vec![mark, words]);
            if let BlockKind::Container { align, .. } = &mut row.kind {
                *align = Place::Baseline;
            }
            rows.push(row);
        }
        let justify = if *spread { Place::Between } else { Place::Start };
        Some(column(gap * s, justify, rows))
    }

    fn code(&mut self, value: &Located<String>, side: f64, ecc: Option<Ecc>, voice: usize, path: &str) -> Option<BlockKind> {
        let Some((payload, spot)) = self.voices[voice].codes.get(&value.value).cloned() else {
            return self.no_field(value, |k| matches!(k, FieldKind::Qr { .. }), path);
        };
        let symbol = match qr::encode(&payload, ecc) {
            Ok(symbol) => symbol,
            Err(qr::TooLong) => {
                self.report(&spot, Some(path), Problem::QrTooLong { bytes: payload.len() });
                return None;
            }
        };
        let n = symbol.modules as f64;
        let mut limits = vec![(self.job.press.limits.module, "press")];
        if let Some(Field { kind: FieldKind::Qr { scan_from: Some(distance) }, .. }) = self.job.format.field(&value.value) {
            // Below a module of distance/450 a phone's frame holds too few pixels of it.
            limits.push((distance / 450.0, "distance"));
        }
        for (least, limit) in limits {
            if side / n < least - 1e-9 {
                let problem = Problem::QrTooDense {
                    module_mm: to_mm(side / n),
                    least_mm: to_mm(least),
                    version: symbol.version,
                    side_mm: to_mm(side),
                    needed_mm: to_mm(least * n).ceil(),
                    limit,
                };
                self.report(&spot, Some(path), problem);
            }
        }
        Some(BlockKind::Code { symbol: Arc::new(symbol), side, ink: BLACK.on(self.job.press.space, 1.0) })
    }

    /// Reports each character that no font has, at the text that brought it in.
    fn check_glyphs(&mut self, spans: &[Span], style: &TypeStyle, spot: &Spot, path: &str) {
        let mut told = Vec::new();
        for character in spans.iter().flat_map(|s| s.text.chars()) {
            if self.job.fonts.covers(character) || told.contains(&character) {
                continue;
            }
            told.push(character);
            let source = self.source_of(character).unwrap_or_else(|| spot.clone());
            self.report(&source, Some(path), Problem::NoGlyph { character, font: style.family.clone() });
        }
    }

    /// Where a character is written: in the record, else in the campaign.
    fn source_of(&self, character: char) -> Option<Spot> {
        if let (Some(record), Some(table)) = (self.record, self.job.table)
            && record.cells.iter().any(|c| c.contains(character))
        {
            return Some(Spot { file: table.file.clone(), at: At { line: record.line, column: 1 } });
        }
        let campaign = self.job.campaign;
        let texts = [&self.job.piece.content, &campaign.content].into_iter().flat_map(|c| c.text.iter());
        let words = texts.flat_map(|(_, value)| match value {
            Value::Words(words) => std::slice::from_ref(words),
            Value::List(items) => items.as_slice(),
        });
        let imprint = [&campaign.issuer, &campaign.document].into_iter().flatten();
        words.chain(imprint).flat_map(Words::all).find(|text| text.value.contains(character)).map(|text| text.spot.clone())
    }

    // ---- looking up ----------------------------------------------------------------------------

    /// An ink by name, with a tint: `primary 16%`.
    fn ink(&mut self, ink: &Located<String>, path: &str) -> Option<Colour> {
        let (name, tint) = match ink.value.split_once(' ') {
            Some((name, tint)) => (name, tint.trim().strip_suffix('%').and_then(|t| t.trim().parse::<f64>().ok()).filter(|t| (0.0..=100.0).contains(t))),
            None => (ink.value.as_str(), Some(100.0)),
        };
        let palettes = [&self.job.campaign.palette, &self.job.format.palette];
        let paint = match name {
            "black" => Some(BLACK),
            "paper" => Some(PAPER),
            _ => palettes.iter().find_map(|p| p.iter().find(|(n, _)| n == name).map(|(_, paint)| *paint)),
        };
        match (paint, tint) {
            (Some(paint), Some(tint)) => Some(paint.on(self.job.press.space, tint / 100.0)),
            _ => {
                let mut known: Vec<String> = palettes.iter().flat_map(|p| p.iter().map(|(n, _)| n.clone())).chain(["black".into(), "paper".into()]).collect();
                known.sort();
                known.dedup();
                let near = nearest(name, known.iter().map(String::as_str));
                self.report(&ink.spot, Some(path), Problem::UnknownName { kind: Kind::Ink, name: ink.value.clone(), nearest: near, known });
                None
            }
        }
    }

    fn inks(&mut self, line: Option<&Located<String>>, accent: Option<&Located<String>>, path: &str) -> Option<Inks> {
        let space = self.job.press.space;
        let palette = |name: &str| [&self.job.campaign.palette, &self.job.format.palette].iter().find_map(|p| p.iter().find(|(n, _)| n == name).map(|(_, paint)| *paint));
        let (primary, second) = (palette("primary").unwrap_or(BLACK), palette("accent").unwrap_or(Paint::Cmyk([0.0; 4])));
        Some(Inks {
            line: match line {
                Some(ink) => self.ink(ink, path)?,
                None => BLACK.on(space, 1.0),
            },
            accent: match accent {
                Some(ink) => self.ink(ink, path)?,
                None => second.on(space, 1.0),
            },
            primary: primary.on(space, 1.0),
            tint: primary.on(space, 0.16),
            paper: PAPER.on(space, 1.0),
        })
    }

    fn style(&mut self, name: &Located<String>, path: &str) -> Option<TypeStyle> {
        let styles = &self.job.format.styles;
        let Some((_, style)) = styles.iter().find(|(n, _)| *n == name.value) else {
            let known: Vec<String> = styles.iter().map(|(n, _)| n.clone()).collect();
            let near = nearest(&name.value, known.iter().map(String::as_str));
            self.report(&name.spot, Some(path), Problem::UnknownName { kind: Kind::Style, name: name.value.clone(), nearest: near, known });
            return None;
        };
        let family = match &style.family {
            Some(family) if !self.job.fonts.families().contains(&family.value) => {
                let known = self.job.fonts.families();
                let near = nearest(&family.value, known.iter().map(String::as_str));
                self.report(&family.spot, Some(path), Problem::UnknownName { kind: Kind::Font, name: family.value.clone(), nearest: near, known });
                return None;
            }
            Some(family) => family.value.clone(),
            None => DEFAULT_FAMILY.into(),
        };
        let ink = match &style.ink {
            Some(ink) => self.ink(&ink.clone(), path)?,
            None => BLACK.on(self.job.press.space, 1.0),
        };
        Some(scaled(style, family, ink, self.job.size.scale))
    }

    fn drawing(&mut self, name: &Located<String>, path: &str) -> Option<Arc<Drawing>> {
        if !self.art.drawings.contains_key(&name.value) {
            let read = match self.job.files.drawing(&name.value) {
                Ok(Some(found)) => read_drawing(&found.name, &found.bytes),
                Ok(None) => {
                    let known = builtin_drawings();
                    Err(Problem::UnknownName { kind: Kind::Icon, name: name.value.clone(), nearest: nearest(&name.value, known.iter().map(String::as_str)), known })
                }
                Err(problem) => Err(problem),
            };
            self.art.drawings.insert(name.value.clone(), read);
        }
        match self.art.drawings[&name.value].clone() {
            Ok(drawing) => Some(drawing),
            Err(problem) => {
                self.report(&name.spot, Some(path), problem);
                None
            }
        }
    }

    fn image(&mut self, image: &Located<String>, path: &str) -> Option<BlockKind> {
        let space = self.job.press.space;
        let read = |name: &str| self.job.files.user(name);
        if image.value.to_ascii_lowercase().ends_with(".svg") {
            let drawing = self.art.drawings.entry(image.value.clone()).or_insert_with(|| read(&image.value).and_then(|f| read_drawing(&f.name, &f.bytes))).clone();
            return match drawing {
                Ok(drawing) => Some(BlockKind::Drawing(drawing, self.inks(None, None, path)?)),
                Err(problem) => {
                    self.report(&image.spot, Some(path), problem);
                    None
                }
            };
        }
        let key = format!("{space:?} {}", image.value);
        let picture = self.art.pictures.entry(key).or_insert_with(|| {
            let found = read(&image.value)?;
            Picture::read(&found.name, &found.bytes, space).map(Arc::new).map_err(|why| Problem::ImageUnreadable { path: found.name, why })
        });
        match picture.clone() {
            Ok(picture) => Some(BlockKind::Picture(picture)),
            Err(problem) => {
                self.report(&image.spot, Some(path), problem);
                None
            }
        }
    }

    // ---- making blocks -------------------------------------------------------------------------

    fn bare(&self, spec: &BoxSpec, voice: usize, path: &str, kind: BlockKind) -> Block {
        Block {
            name: path.into(),
            spot: spec.spot.clone(),
            language: self.voices[voice].language.clone(),
            role: spec.common.tag,
            measure: Measure::default(),
            ground: Ground::default(),
            kind,
        }
    }

    fn text_block(&self, spec: &BoxSpec, voice: usize, path: &str, spans: Vec<Span>, style: TypeStyle) -> Block {
        self.bare(spec, voice, path, BlockKind::Text(TextBlock { spans, style }))
    }

    fn container(&self, spec: &BoxSpec, voice: usize, path: &str, flow: Flow, gap: f64, children: Vec<Block>) -> Block {
        self.bare(spec, voice, path, BlockKind::Container { flow, gap, align: Place::Stretch, justify: Place::Start, children })
    }
}

fn read_drawing(name: &str, bytes: &[u8]) -> Result<Arc<Drawing>, Problem> {
    let (drawing, lost) = Drawing::read(bytes).map_err(|why| Problem::ImageUnreadable { path: name.into(), why })?;
    match lost.is_empty() {
        true => Ok(Arc::new(drawing)),
        false => Err(Problem::DrawingLoss { path: name.into(), what: lost.join(", ") }),
    }
}

fn plain(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), bold: false, italic: false }]
}

fn grown(mut block: Block) -> Block {
    block.measure.grow = 1.0;
    block
}

fn column(gap: f64, justify: Place, children: Vec<Block>) -> BlockKind {
    BlockKind::Container { flow: Flow::Column, gap, align: Place::Stretch, justify, children }
}

/// Completes width and height in the proportion of what is shown.
fn keep_shape(measure: &mut Measure, w: f64, h: f64, natural: f64) {
    match (measure.width, measure.height) {
        (None, None) => (measure.width, measure.height) = (Some(natural), Some(natural * h / w)),
        (Some(width), None) => measure.height = Some(width * h / w),
        (None, Some(height)) => measure.width = Some(height * w / h),
        (Some(_), Some(_)) => {}
    }
}

fn scaled(style: &Style, family: String, ink: Colour, scale: f64) -> TypeStyle {
    TypeStyle {
        family,
        weight: style.weight,
        italic: style.italic,
        size: (style.size.0 * scale, style.size.1 * scale),
        leading: style.leading,
        balance: style.balance,
        ink,
        align: style.align,
        tracking: style.tracking,
        lines: style.lines,
        tabular: style.tabular,
        to_baseline: style.to_baseline,
    }
}
