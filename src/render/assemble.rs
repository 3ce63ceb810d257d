//! From pages to a file: imposed, with words beside them, written some sheets at a time.

use super::lay;
use super::make::{millimetres, round};
use super::names::{LONGEST, cut, file_name};
use super::prove::{Proved, proof_sheets};
use super::shop::Shop;
use super::{Artwork, Code, Decoded, Face, Printed, notes};
use crate::diag::{Finding, Problem};
use crate::geom::to_mm;
use crate::page::{Meaning, Page, Tag};
use crate::pdf::{Intent, Meta, Writer};
use crate::preflight::{self, Reach};
use crate::sheet::{self, Imposed, Plan, Slot};
use crate::spec::printer::Printer;
use crate::template::bind::Job;
use crate::text::Setter;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The box whose text is a piece's serial number.
const SERIAL: &str = "serial";

/// What the file of a piece is called, without its ending.
pub(super) fn file_stem(job: &Job<'_>, shard: Option<(usize, usize)>) -> String {
    let size = if job.piece.sizes.len() > 1 { format!("-{}", job.size.name) } else { String::new() };
    let part = shard.map_or(String::new(), |(part, of)| format!("-{part:0digits$}of{of}", digits = of.to_string().len()));
    // What tells it from other files of the piece is cut last.
    let end = format!("{size}-{}{part}", job.press.name);
    let name = cut(&job.piece.name.value, LONGEST.saturating_sub(end.len()));
    file_name(&format!("{name}{end}")).unwrap_or_else(|| "piece".into())
}

/// What the manifest of a piece is called.
pub(super) fn manifest_name(job: &Job<'_>, shard: Option<(usize, usize)>) -> String {
    format!("{}-manifest.csv", file_stem(job, shard))
}

/// Which sheets of a file there will be.
pub(super) struct Extent {
    /// Sides of a sheet's pieces.
    pub(super) sides: usize,
    /// The sheets, of so many.
    pub(super) sheets: Range<usize>,
    pub(super) of: usize,
    /// Which part it is of how many, where it is one.
    pub(super) shard: Option<(usize, usize)>,
}

/// A file in the making.
pub(super) struct Assembly<'a> {
    pub(super) file: String,
    /// What its manifest is called, and whether it is the beginning of one.
    pub(super) manifest: (String, bool),
    job: &'a Job<'a>,
    plan: &'a Plan,
    sides: usize,
    meta: &'a Meta,
    printer: Option<&'a Printer>,
    setter: Setter<'a>,
    writer: Writer<'a>,
    /// What a printer on a desk does not reach.
    reach: Option<Reach<'a>>,
    /// Pages of the whole file before its first, and all of them: it may be a part.
    numbers: (usize, usize),
    is_part: bool,
    /// Pages whose codes are read again.
    to_prove: HashSet<usize>,
    proved: Vec<Proved>,
    keeps_items: bool,
    sheets: Vec<Imposed>,
    faces: Vec<Face>,
    codes: Vec<Code>,
    printed: Vec<Printed>,
}

impl<'a> Assembly<'a> {
    /// A file without pages. It will have some of all sheets.
    pub(super) fn new(shop: &Shop<'a>, job: &'a Job<'a>, plan: &'a Plan, extent: &Extent, meta: &'a Meta) -> Assembly<'a> {
        let faces = sheet::faces(extent.sides, job.press);
        let numbers = (extent.sheets.start * faces, extent.of * faces);
        let on_a_desk = plan.kind != sheet::Kind::Single && job.press.margin.is_some();
        Assembly {
            file: format!("{}.pdf", file_stem(job, extent.shard)),
            manifest: (manifest_name(job, extent.shard), extent.sheets.start == 0),
            job,
            plan,
            sides: extent.sides,
            meta,
            printer: shop.printer.filter(|_| job.press.margin.is_some()),
            setter: Setter::new(shop.fonts, shop.compounds),
            writer: Writer::new(shop.fonts, Intent { standard: job.press.standard, condition: job.condition }),
            reach: on_a_desk.then(|| Reach::new(plan)),
            numbers,
            is_part: extent.shard.is_some(),
            to_prove: proof_sheets(shop.options.proof, extent.sheets.len() * faces),
            proved: Vec::new(),
            keeps_items: shop.options.items,
            sheets: Vec::new(),
            faces: Vec::new(),
            codes: Vec::new(),
            printed: Vec::new(),
        }
    }

    /// Adds the pages of some copies on their sheets: for each sheet its slots, and which of the copies is in each.
    pub(super) fn add(&mut self, pages: Vec<Page>, names: BTreeMap<usize, String>, filled: &[Vec<(usize, usize)>]) -> Result<(), Problem> {
        if self.faces.is_empty() {
            self.faces = pages.iter().take(self.sides).map(|page| self.face(page)).collect();
        }
        let mut imposed = sheet::impose(pages, self.sides, filled, self.plan, self.job.press);
        if let Some(reach) = &mut self.reach {
            reach.add(&imposed);
        }
        let first = self.sheets.len();
        let (before, total) = self.numbers;
        let numbers = (before + first, total);
        notes::add_slugs(&mut imposed, self.job, (&self.file, numbers), self.meta.date.as_deref(), &mut self.setter);
        notes::add_words_of_rulers(&mut imposed, self.job, &mut self.setter);
        if let Some(printer) = self.printer {
            sheet::correct(&mut imposed, self.plan, printer);
        }
        for (index, sheet) in (first..).zip(&imposed) {
            self.list(index, sheet, &names);
        }
        self.writer.add(&imposed)?;
        if !self.keeps_items {
            imposed.iter_mut().for_each(|sheet| sheet.items = Vec::new());
        }
        self.sheets.extend(imposed);
        Ok(())
    }

    /// What is the same for this side of every record.
    fn face(&self, page: &Page) -> Face {
        let name = match (&self.job.piece.half_fold, page.side) {
            (Some(_), 0) => "outside",
            (Some(_), _) => "inside",
            (None, side) => self.job.size.sides.get(side).map_or("", |side| side.name.as_str()),
        };
        Face {
            name: name.into(),
            safe: lay::safe(self.job.press, self.plan.kind != sheet::Kind::Single),
            die: page.die.clone(),
            folds: page.folds.clone(),
            perforations: page.perforations.clone(),
        }
    }

    /// Notes what is on a page of its own, from 0.
    fn list(&mut self, index: usize, sheet: &Imposed, names: &BTreeMap<usize, String>) {
        let mut serials: BTreeMap<usize, String> = BTreeMap::new();
        for (slot, tag) in sheet::tags(sheet) {
            match &tag.meaning {
                Meaning::Text { text, .. } if tag.in_box.rsplit('/').next() == Some(SERIAL) => {
                    serials.entry(slot.number).or_insert_with(|| text.clone());
                }
                Meaning::Symbol { .. } => self.add_code(index, slot, &tag),
                _ => {}
            }
        }
        for slot in &sheet.slots {
            let serial = serials.remove(&slot.number).or_else(|| names.get(&slot.record).cloned());
            let page = self.numbers.0 + index + 1;
            self.printed.push(Printed { page, slot: slot.number, record: slot.record, side: slot.side, serial });
        }
    }

    fn add_code(&mut self, index: usize, slot: &Slot, tag: &Tag) {
        let Meaning::Symbol { symbol, module } = &tag.meaning else { return };
        if self.to_prove.contains(&index) {
            let record = Some(slot.record).filter(|record| *record > 0);
            self.proved.push(Proved { page: index, code: self.codes.len(), record, inside_glass: slot.inside_glass, tag: tag.clone() });
        }
        self.codes.push(Code {
            page: self.numbers.0 + index + 1,
            slot: slot.number,
            record: slot.record,
            payload: symbol.payload.clone(),
            version: symbol.version,
            ecc: symbol.ecc.letter(),
            module_mm: round(to_mm(*module)),
            side_mm: round(to_mm(module * symbol.modules as f64)),
            decoded: Decoded::Modules,
            pixels: None,
            reads_from_m: round(preflight::reads_from_mm(*module) / 1000.0),
        });
    }

    /// What a printer on a desk does not reach, so far.
    pub(super) fn unreached(&self) -> Vec<Finding> {
        self.reach.as_ref().map(|reach| reach.findings(&self.job.piece.name.spot)).unwrap_or_default()
    }

    /// The file, and the codes that are to be read again from its pages.
    pub(super) fn finish(self, records: usize) -> Result<(Artwork, Vec<Proved>), Problem> {
        let job = self.job;
        let plates = self.writer.plates().iter().map(|plate| plate.name.clone()).collect();
        let artwork = Artwork {
            piece: job.piece.name.value.clone(),
            format: job.format.name.clone(),
            size: job.size.name.clone(),
            press: job.press.name.clone(),
            file: self.file,
            bytes: self.writer.finish(self.meta, self.is_part.then_some(self.numbers.0))?,
            standard: job.press.standard.word(),
            plates,
            pages: self.sheets.len(),
            before: self.numbers.0,
            manifest: self.manifest.0,
            begins: self.manifest.1,
            records,
            trim_mm: millimetres(self.plan.piece),
            bleed_mm: round(to_mm(job.press.bleed)),
            on: None,
            allowed: Vec::new(),
            codes: self.codes,
            printed: self.printed,
            sheets: self.sheets,
            faces: self.faces,
            pack: None,
        };
        Ok((artwork, self.proved))
    }
}
