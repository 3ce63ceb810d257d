//! `bind(format, piece, record)`: from what is written to what layout can place.

use crate::color::{Condition, Paint};
use crate::data::{Record, Table};
use crate::diag::{Finding, Located, Place as Where, Problem, Spot};
use crate::drawing::Drawing;
use crate::files::Files;
use crate::limits::Limit;
use crate::picture::Picture;
use crate::spec::campaign::{Campaign, Piece};
use crate::spec::press::Press;
use crate::template::bound::{Block, BoundSide};
use crate::template::boxes::{BoxKind, BoxSpec};
use crate::template::format::Format;
use crate::template::size::SizeSpec;
use crate::template::values::{Filler, Names, Use};
use crate::text::Fonts;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use varying::Varying;

mod blocks;
mod containers;
mod content;
mod leaves;
mod lookup;
mod source;
mod varying;

pub(crate) use source::point_at_source;

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
    /// Bytes of the pixels of all pictures.
    unpacked: u64,
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
    /// Binds what does not depend on the record.
    pub fn new(job: &'a Job<'a>) -> Binding<'a> {
        let mut binding = Binding { job, filler: Filler::new(&job.files.limits), art: Mutex::default(), common: None };
        let records = job.table.map_or(&[][..], |table| &table.records);
        if records.len() > 1 {
            let varying = Varying::of(job);
            let mut binder = Binder::new(&binding, None);
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
    pub(crate) fn is_shared(&self) -> bool {
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
    /// What the side is made of so far.
    made: Made,
}

/// What a side is made of.
#[derive(Default)]
struct Made {
    boxes: u64,
    letters: u64,
    points: u64,
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
            made: Made::default(),
        }
    }

    /// Counts boxes, letters or points of a side in. None where it has too many, which is told once.
    fn make(&mut self, limit: Limit, more: usize, spot: &Spot) -> Option<()> {
        let made = match limit {
            Limit::SideLetters => &mut self.made.letters,
            Limit::SidePoints => &mut self.made.points,
            _ => &mut self.made.boxes,
        };
        let (limits, before) = (&self.job.files.limits, *made);
        *made = made.saturating_add(more as u64);
        let Err(problem) = limits.hold(limit, *made, &self.side) else { return Some(()) };
        if before <= limits.of(limit) {
            self.report(spot, None, problem);
        }
        None
    }

    fn turn_to(&mut self, side: usize) {
        self.side.clone_from(&self.job.size.sides[side].name);
        self.folds = self.job.size.folds_of(side);
        self.made = Made::default();
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
        let problem = match problem {
            // Without a table there is nothing that a piece could name but the few words of the campaign.
            Problem::UnknownPlaceholder { name, nearest: None, .. } if self.job.table.is_none() && in_box.is_none() => {
                Problem::NoTable { name }
            }
            other => other,
        };
        let place = Where {
            spot: if of_cell { self.record_spot() } else { spot.clone() },
            piece: Some(self.job.piece.name.value.clone()),
            size: None,
            press: None,
            record: self.record.map(|r| r.number),
            side: in_box.map(|_| self.side.clone()),
            in_box: in_box.map(String::from),
            ..Where::default()
        };
        self.findings.push(Finding::placed(place, problem));
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
}
