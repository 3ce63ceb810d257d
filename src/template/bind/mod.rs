//! `bind(format, piece, record)`: from what is written to what layout can place.

use crate::color::{Condition, Paint};
use crate::data::{Record, Table};
use crate::diag::{Finding, Kind, Located, Place as Where, Problem, Spot, nearest};
use crate::drawing::{Drawing, Inks};
use crate::files::Files;
use crate::picture::Picture;
use crate::spec::campaign::{Campaign, Piece};
use crate::spec::press::Press;
use crate::template::bound::{Block, BlockKind, BoundSide, ColumnParagraph, Columns, Ground, Measure, Turn};
use crate::template::boxes::{BoxKind, BoxSpec, Flow, Place};
use crate::template::format::{FieldKind, Format};
use crate::template::markup::{self, Paragraph};
use crate::template::size::SizeSpec;
use crate::template::values::{Filler, Names, Use};
use crate::text::{Fonts, Span, TextBlock, TypeStyle};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use varying::Varying;

mod containers;
mod content;
mod leaves;
mod lookup;
mod varying;

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
    /// What its colours are made for.
    pub condition: &'a Condition,
    /// Its table, if it has one.
    pub table: Option<&'a Table>,
    /// The fonts that there are.
    pub fonts: &'a Fonts,
    /// Files beside the campaign.
    pub files: &'a Files<'a>,
}

/// Pictures and drawings read so far: each file is read once.
#[derive(Default)]
struct Art {
    pictures: HashMap<String, Result<Arc<Picture>, Problem>>,
    drawings: HashMap<String, Result<Arc<Drawing>, Problem>>,
}

/// A format on its way to the records of a piece; for all threads.
pub struct Binding<'a> {
    /// What it is bound from.
    pub job: &'a Job<'a>,
    filler: Filler,
    art: Mutex<Art>,
    /// What of it does not depend on the record, where there are several.
    common: Option<Common>,
}

/// What all records have in common.
struct Common {
    varying: Varying,
    voices: Vec<Voice>,
    /// By the addresses of their boxes.
    blocks: HashMap<usize, CommonBlock>,
    /// What was found about what is said.
    findings: Vec<Finding>,
}

/// A box of all records: its block, none where it is left out, and what was found about it.
type CommonBlock = (Option<Arc<Block>>, Vec<Finding>);

/// A format bound to one record. Sides are complete only where no finding is an error.
#[derive(Debug)]
pub struct Bound {
    /// The sides in order.
    pub sides: Vec<BoundSide>,
    /// The record's own name: the piece's pattern for file names, filled.
    pub name: Option<String>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl<'a> Binding<'a> {
    /// Binds what does not depend on the record, by the first one.
    pub fn new(job: &'a Job<'a>) -> Binding<'a> {
        let mut binding = Binding { job, filler: Filler::new(), art: Mutex::default(), common: None };
        let records = job.table.map_or(&[][..], |table| &table.records);
        if let [first, _, ..] = records {
            let varying = Varying::of(job);
            let mut binder = Binder::new(&binding, Some(first));
            binder.voices = binder.read_fields(|field| !varying.field(&field.name), Voice::of);
            let (mut blocks, findings) = (HashMap::new(), std::mem::take(&mut binder.findings));
            for (i, side) in job.size.sides.iter().enumerate() {
                binder.turn_to(i);
                binder.add_common(&side.root, &varying, (0, &side.name), &mut blocks);
            }
            let voices = binder.voices;
            binding.common = Some(Common { varying, voices, blocks, findings });
        }
        binding
    }

    /// Whether records have something in common.
    pub fn is_shared(&self) -> bool {
        self.common.is_some()
    }

    /// What a record is called, by the piece's pattern; nothing where that comes to nothing.
    pub fn name(&self, record: &Record) -> Option<String> {
        Binder::new(self, Some(record)).read_name()
    }

    /// Binds the format to one record.
    pub fn bind(&self, record: Option<&Record>) -> Bound {
        let mut binder = Binder::new(self, record);
        let name = binder.read_name();
        binder.voices = match &self.common {
            Some(common) => {
                binder.tell_again(&common.findings);
                let known = |language: &str| common.voices.iter().find(|voice| voice.language == language).cloned();
                binder.read_fields(
                    |field| common.varying.field(&field.name),
                    |language| known(language).unwrap_or_else(|| Voice::of(language)),
                )
            }
            None => binder.read_fields(|_| true, Voice::of),
        };
        let mut sides = Vec::new();
        for (i, side) in self.job.size.sides.iter().enumerate() {
            binder.turn_to(i);
            let root = binder.block(&side.root, 0, &side.name);
            sides.extend(root.map(|root| BoundSide { name: side.name.clone(), root }));
        }
        Bound { sides, name, findings: binder.findings }
    }

    /// The pictures and drawings read so far. A thread that panicked while it held them left them whole.
    fn art(&self) -> MutexGuard<'_, Art> {
        self.art.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One language and all that can be said in it.
#[derive(Clone)]
struct Voice {
    language: String,
    names: Names,
    lists: HashMap<String, Vec<String>>,
    codes: HashMap<String, (String, Spot)>,
    images: HashMap<String, Located<String>>,
    /// Fields that have content in another language only, and where it stands.
    untranslated: HashMap<String, Spot>,
    /// Fields whose content is wrong, which has been told.
    faulty: Vec<String>,
}

struct Binder<'a, 'j> {
    binding: &'j Binding<'a>,
    job: &'j Job<'a>,
    record: Option<&'j Record>,
    voices: Vec<Voice>,
    findings: Vec<Finding>,
    /// Colours that the record gives, read so far.
    paints: HashMap<String, Paint>,
    side: String,
    /// Folds of the side.
    folds: Vec<f64>,
}

impl<'a, 'j> Binder<'a, 'j> {
    fn new(binding: &'j Binding<'a>, record: Option<&'j Record>) -> Binder<'a, 'j> {
        Binder {
            binding,
            job: binding.job,
            record,
            voices: Vec::new(),
            findings: Vec::new(),
            paints: HashMap::new(),
            side: String::new(),
            folds: Vec::new(),
        }
    }

    fn turn_to(&mut self, side: usize) {
        self.side.clone_from(&self.job.size.sides[side].name);
        self.folds = self.job.size.folds_of(side);
    }

    /// Binds each box that does not vary, though one around it does.
    fn add_common(&mut self, spec: &BoxSpec, varying: &Varying, (voice, path): (usize, &str), blocks: &mut HashMap<usize, CommonBlock>) {
        if !varying.holds(spec) {
            let block = self.block(spec, voice, path);
            blocks.insert(varying::address(spec), (block, std::mem::take(&mut self.findings)));
            return;
        }
        let BoxKind::Container { children, .. } = &spec.kind else { return };
        let voice = spec.common.language.map_or(voice, |l| l - 1);
        if self.voices.get(voice).is_none() {
            return;
        }
        let path = self.path_of(spec, path);
        for (i, child) in children.iter().enumerate() {
            self.add_common(child, varying, (voice, &child_path(&path, i, child)), blocks);
        }
    }

    /// Tells of this record what was found about all.
    fn tell_again(&mut self, findings: &[Finding]) {
        let record = self.record.map(|r| r.number);
        self.findings.extend(findings.iter().cloned().map(|f| Finding { place: Where { record, ..f.place }, ..f }));
    }

    fn path_of(&self, spec: &BoxSpec, path: &str) -> String {
        spec.common.name.as_ref().map_or(path.to_string(), |name| format!("{}/{name}", self.side))
    }
}

/// The path of a box without a name of its own.
fn child_path(path: &str, index: usize, spec: &BoxSpec) -> String {
    format!("{path}/{}-{}", spec.word, index + 1)
}

impl Binder<'_, '_> {
    fn report(&mut self, spot: &Spot, in_box: Option<&str>, problem: Problem) {
        // What a filter finds wrong stands in the table.
        let of_cell = self.record.is_some() && matches!(problem, Problem::NotADate { .. } | Problem::NotANumber { .. });
        let place = Where {
            spot: if of_cell { self.record_spot() } else { spot.clone() },
            piece: Some(self.job.piece.name.value.clone()),
            size: None,
            press: None,
            record: self.record.map(|r| r.number),
            side: in_box.map(|_| self.side.clone()),
            in_box: in_box.map(String::from),
        };
        self.findings.push(Finding { problem, place });
    }

    fn fill(&mut self, text: &Located<String>, names: &Names, use_: Use, in_box: Option<&str>) -> Option<String> {
        match self.binding.filler.fill(text, names, use_) {
            Ok(filled) => Some(filled),
            Err(problems) => {
                for problem in problems {
                    self.report(&text.spot, in_box, problem);
                }
                None
            }
        }
    }

    fn block(&mut self, spec: &BoxSpec, voice: usize, path: &str) -> Option<Arc<Block>> {
        if let Some((block, found)) = self.binding.common.as_ref().and_then(|common| common.blocks.get(&varying::address(spec))) {
            self.tell_again(found);
            return block.clone();
        }
        let voice = spec.common.language.map_or(voice, |l| l - 1);
        self.voices.get(voice)?;
        if let Some(when) = &spec.common.when {
            let shown = self.say(when, voice, Use::Plain, path)?;
            // Comparisons are printed as `False`.
            if shown.trim().is_empty() || shown.trim().eq_ignore_ascii_case("false") {
                return None;
            }
        }
        let path = self.path_of(spec, path);
        let s = self.job.size.scale;
        let mut measure = Measure {
            width: spec.common.width.map(|l| l * s),
            height: spec.common.height.map(|l| l * s),
            grow: spec.common.grow,
            grows_from_content: false,
            align_self: spec.common.align_self,
            padding: spec.common.padding.map(|l| l * s),
            beside: None,
            span: spec.common.span,
        };
        let rules = match &spec.kind {
            BoxKind::Container { rules, .. } => rules.as_ref(),
            _ => None,
        };
        let ground = Ground {
            // What has no such ink is an error; black stands in, so that nothing else is found wrong for it.
            fill: spec.common.fill.as_ref().map(|ink| self.ink(ink, &path).unwrap_or_else(|| self.job.press.space.black())),
            stroke: spec.common.stroke.as_ref().and_then(|(ink, width)| Some((self.ink(ink, &path)?, width * s))),
            rules: rules.and_then(|(ink, width)| Some((self.ink(ink, &path)?, width * s))),
            radius: spec.common.radius * s,
            ellipse: matches!(spec.kind, BoxKind::Shape { ellipse: true }),
            bleed: spec.common.bleed,
        };
        let kind = self.kind(spec, voice, &path, &mut measure)?;
        let mut block = Block {
            name: path,
            spot: spec.spot.clone(),
            language: self.voices[voice].language.clone(),
            role: spec.common.tag,
            measure,
            turn: Turn { degrees: spec.common.rotate, mirror: spec.common.mirror },
            ground,
            varies: false,
            kind,
        };
        if !matches!(spec.kind, BoxKind::Container { .. }) && self.binding.common.is_some() {
            // What does not vary has been taken from the blocks in common.
            vary(&mut block);
        }
        Some(Arc::new(block))
    }

    fn kind(&mut self, spec: &BoxSpec, voice: usize, path: &str, measure: &mut Measure) -> Option<BlockKind> {
        let s = self.job.size.scale;
        match &spec.kind {
            BoxKind::Container { flow, gap, align, justify, children, rules } => {
                let child = |(i, c): (usize, &BoxSpec)| self.block(c, voice, &child_path(path, i, c));
                let bound: Vec<Option<Arc<Block>>> = children.iter().enumerate().map(child).collect();
                let (flow, children) = match flow {
                    Flow::Panels => self.panels(spec, bound, voice, path),
                    Flow::Grid(tracks) => {
                        let ruled = rules.as_ref().map(|_| *align);
                        self.grid(spec, tracks, ruled, bound.into_iter().flatten().collect(), voice, path)
                    }
                    other => (other.clone(), bound.into_iter().flatten().collect()),
                };
                // Cells fill their tracks; it is the boxes in them that are placed.
                let align = if rules.is_some() { Place::Stretch } else { *align };
                Some(BlockKind::Container { flow, gap: gap.map(|g| g * s), align, justify: *justify, children })
            }
            BoxKind::Text { value, style } => {
                let style = self.style(style, path)?;
                let text = self.say(value, voice, Use::Text, path)?;
                if text.trim().is_empty() {
                    self.report(&spec.spot, Some(path), Problem::EmptyBox);
                    return None;
                }
                let spans = markup::inline(&text);
                self.check_glyphs(&spans, &style, &value.spot, path);
                Some(BlockKind::Text(TextBlock { spans, style }))
            }
            BoxKind::Markdown { value, style, gap, columns, column_gap, keep } => {
                let style = self.style(style, path)?;
                let text = self.say(value, voice, Use::Text, path)?;
                let paragraphs = markup::paragraphs(&text);
                if paragraphs.is_empty() {
                    self.report(&spec.spot, Some(path), Problem::EmptyBox);
                    return None;
                }
                paragraphs.iter().for_each(|p| self.check_glyphs(&p.spans, &style, &value.spot, path));
                let indent = style.size.1 * 1.4;
                if *columns > 1 {
                    let block = |spans: Vec<Span>| TextBlock { spans, style: style.clone() };
                    let paragraph =
                        |p: Paragraph| ColumnParagraph { text: block(p.spans), mark: p.mark.map(|m| (block(plain(&m)), indent)) };
                    let paragraphs = paragraphs.into_iter().map(paragraph).collect();
                    let columns = Columns { paragraphs, count: *columns, column_gap: column_gap * s, gap: gap * s, keep: *keep };
                    return Some(BlockKind::Columns(columns));
                }
                let children = paragraphs.into_iter().map(|p| {
                    let text = self.text_block(spec, voice, path, p.spans, style.clone());
                    match p.mark {
                        Some(mark) => {
                            let mut mark = self.text_block(spec, voice, path, plain(&mark), style.clone());
                            mark.measure.width = Some(indent);
                            let mut row = self.container(spec, voice, path, Flow::Row, 0.0, vec![mark, grown(text)]);
                            on_baseline(&mut row);
                            row
                        }
                        None => text,
                    }
                });
                Some(column(gap * s, Place::Start, children.collect()))
            }
            BoxKind::Steps(steps) => self.steps(spec, steps, voice, path),
            BoxKind::Qr { value, side, ecc } => self.code(value, (side.0 * s, side.1 * s), *ecc, voice, path),
            BoxKind::Image { value, cover, ink, accent } => {
                let Some(image) = self.voices[voice].images.get(&value.value).cloned() else {
                    return self.no_field(value, |k| matches!(k, FieldKind::Image), voice, path);
                };
                let kind = self.image(&image, *cover, (ink.as_ref(), accent.as_ref()), path)?;
                match &kind {
                    // What fills its box is as large as its box is, if that has any size.
                    BlockKind::Picture { cover: true, .. } if measure.width.is_some() || measure.height.is_some() => {}
                    BlockKind::Picture { picture: p, .. } => keep_shape(measure, p.width.into(), p.height.into(), p.width.into()),
                    BlockKind::Drawing(d, inks) => {
                        keep_shape(measure, d.width, d.height, if matches!(inks, Inks::Reserved { .. }) { d.width * s } else { d.width })
                    }
                    _ => {}
                }
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

    /// Fills a text of the format. A field without this language is told as such; one that is faulty has
    /// been told.
    fn say(&mut self, value: &Located<String>, voice: usize, use_: Use, path: &str) -> Option<String> {
        let voice = &self.voices[voice];
        let problems = match self.binding.filler.fill(value, &voice.names, use_) {
            Ok(text) => return Some(text),
            Err(problems) => problems,
        };
        let language = voice.language.clone();
        let told = |problem: Problem| match problem {
            Problem::UnknownPlaceholder { name, .. } if voice.faulty.contains(&name) => None,
            Problem::UnknownPlaceholder { name, .. } if voice.untranslated.contains_key(&name) => {
                let spot = voice.untranslated[&name].clone();
                Some((spot, Problem::MissingTranslation { field: name, language: language.clone() }))
            }
            other => Some((value.spot.clone(), other)),
        };
        let told: Vec<(Spot, Problem)> = problems.into_iter().filter_map(told).collect();
        for (spot, problem) in told {
            self.report(&spot, Some(path), problem);
        }
        None
    }

    /// Notes that a box names no field of the right kind; says nothing where the field itself is missing.
    fn no_field(&mut self, value: &Located<String>, fits: impl Fn(&FieldKind) -> bool, voice: usize, path: &str) -> Option<BlockKind> {
        let fields = &self.job.format.fields;
        let voice = &self.voices[voice];
        match fields.iter().find(|f| f.name == value.value && fits(&f.kind)) {
            Some(field) if voice.faulty.contains(&field.name) => {}
            Some(field) if voice.untranslated.contains_key(&field.name) => {
                let (spot, language) = (voice.untranslated[&field.name].clone(), voice.language.clone());
                self.report(&spot, Some(path), Problem::MissingTranslation { field: field.name.clone(), language });
            }
            Some(_) => self.report(&value.spot, Some(path), Problem::EmptyBox),
            None => {
                let known: Vec<String> = fields.iter().filter(|f| fits(&f.kind)).map(|f| f.name.clone()).collect();
                let near = nearest(&value.value, known.iter().map(String::as_str));
                self.report(
                    &value.spot,
                    Some(path),
                    Problem::UnknownName { kind: Kind::Field, name: value.value.clone(), nearest: near, known },
                );
            }
        }
        None
    }

    fn bare(&self, spec: &BoxSpec, voice: usize, path: &str, kind: BlockKind) -> Block {
        Block {
            name: path.into(),
            spot: spec.spot.clone(),
            language: self.voices[voice].language.clone(),
            role: spec.common.tag,
            measure: Measure::default(),
            turn: Turn::default(),
            ground: Ground::default(),
            varies: false,
            kind,
        }
    }

    fn text_block(&self, spec: &BoxSpec, voice: usize, path: &str, spans: Vec<Span>, style: TypeStyle) -> Block {
        self.bare(spec, voice, path, BlockKind::Text(TextBlock { spans, style }))
    }

    fn container(&self, spec: &BoxSpec, voice: usize, path: &str, flow: Flow, gap: f64, children: Vec<Block>) -> Block {
        let (gap, children) = ([gap; 2], children.into_iter().map(Arc::new).collect());
        self.bare(spec, voice, path, BlockKind::Container { flow, gap, align: Place::Stretch, justify: Place::Start, children })
    }
}

/// Marks a block that was just made, and those in it.
fn vary(block: &mut Block) {
    block.varies = true;
    if let BlockKind::Container { children, .. } = &mut block.kind {
        children.iter_mut().filter_map(Arc::get_mut).for_each(vary);
    }
}

fn plain(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), bold: false, italic: false }]
}

fn grown(mut block: Block) -> Block {
    (block.measure.grow, block.measure.grows_from_content) = (1.0, true);
    block
}

/// Sets the children of a row on one baseline.
fn on_baseline(row: &mut Block) {
    if let BlockKind::Container { align, .. } = &mut row.kind {
        *align = Place::Baseline;
    }
}

fn column(gap: f64, justify: Place, children: Vec<Block>) -> BlockKind {
    let children = children.into_iter().map(Arc::new).collect();
    BlockKind::Container { flow: Flow::Column, gap: [gap; 2], align: Place::Stretch, justify, children }
}

/// Completes width and height in the proportion of what is shown.
fn keep_shape(measure: &mut Measure, w: f64, h: f64, natural: f64) {
    match (measure.width, measure.height) {
        // What grows takes the room that there is.
        (None, None) if measure.grow > 0.0 => {}
        (None, None) => (measure.width, measure.height) = (Some(natural), Some(natural * h / w)),
        (Some(width), None) => measure.height = Some(width * h / w),
        (None, Some(height)) => measure.width = Some(height * w / h),
        (Some(_), Some(_)) => {}
    }
}
