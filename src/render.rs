//! The whole path: a campaign in, finished files and findings out. Nothing is written here.

use crate::data::{self, Record, Table};
use crate::diag::{Finding, Kind, Located, Problem, Spot, any_error, nearest, tidy};
use crate::files::{Files, Found, World, builtin_templates};
use crate::geom::{mm, to_mm};
use crate::layout;
use crate::page::{Meaning, Page, tags};
use crate::pdf::{self, Meta};
use crate::preflight;
use crate::preview::Preview;
use crate::sheet::{self, Imposed, Plan};
use crate::spec::campaign::{self, Campaign, Content, Piece, Value};
use crate::spec::press::{self, Press};
use crate::spec::sheet::SheetSpec;
use crate::spec::words::Words;
use crate::template::bind::{Art, Job, bind};
use crate::template::bound::BoundSide;
use crate::template::format::{self, Format, SizeSpec};
use crate::text::{Fonts, Setter};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What to make of a campaign.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these pieces; all where there is none.
    pub pieces: Vec<String>,
    /// Only for these presses, instead of those that the pieces name.
    pub presses: Vec<String>,
    /// A table instead of the one that the pieces name; its path as it stands.
    pub data: Option<String>,
    /// Texts that go before the campaign's.
    pub set: Vec<(String, String)>,
    /// First and last record, from 1.
    pub records: Option<(usize, usize)>,
    /// Which codes are read again from the picture of their page.
    pub proof: Proof,
    /// Codes of judgements that do not count.
    pub allow: Vec<String>,
    /// Day the files are made, `2020-08-10`, where the campaign names none.
    pub date: Option<String>,
}

/// Which codes are read again from the picture of their page. From its modules, every one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// None.
    Off,
    /// Those of the first, the middle and the last sheet.
    #[default]
    Sample,
    /// All.
    All,
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Artwork {
    /// Name of the piece.
    pub piece: String,
    /// Name of its format.
    pub format: String,
    /// Name of its size.
    pub size: String,
    /// Name of its press.
    pub press: String,
    /// Name of the file: `to-roi-offset.pdf`.
    pub file: String,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Pages in it.
    pub pages: usize,
    /// Records in it; 1 for a piece without data.
    pub records: usize,
    /// Width and height after cutting.
    pub trim_mm: [f64; 2],
    /// Art beyond the trim.
    pub bleed_mm: f64,
    /// Its codes in the order of the pages.
    pub codes: Vec<Code>,
    /// What is on its pages, as placed.
    pub sheets: Vec<Imposed>,
}

/// A code in a finished file.
#[derive(Clone, Debug)]
pub struct Code {
    /// Page, from 1.
    pub page: usize,
    /// What it says.
    pub payload: String,
    /// Version, 1 to 40.
    pub version: u8,
    /// Letter of its error correction.
    pub ecc: &'static str,
    /// Side of a module.
    pub module_mm: f64,
    /// Side of the symbol without its quiet zone.
    pub side_mm: f64,
    /// Whether it was read again from its modules, or from the picture of its page too.
    pub decoded: Decoded,
    /// Distance at which a phone reads it.
    pub reads_from_m: f64,
}

/// How a code was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// From its modules.
    Modules,
    /// From its modules and from the picture of its page.
    Raster,
}

/// What came of it. A piece with an error has no artwork.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The finished files.
    pub artworks: Vec<Artwork>,
    /// Everything found, in the order of files and lines.
    pub findings: Vec<Finding>,
}

/// Renders the campaign at `path`.
pub fn render(world: &dyn World, path: &str, options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    let bytes = match world.read(path) {
        Ok(bytes) => bytes,
        Err(problem) => {
            outcome.findings.push(Finding::in_file(path, problem));
            return outcome;
        }
    };
    let (campaign, findings) = campaign::read(path, &bytes);
    outcome.findings = findings;
    let Some(mut campaign) = campaign else { return outcome };
    if any_error(&outcome.findings) && campaign.pieces.is_empty() {
        return outcome;
    }
    for (name, text) in &options.set {
        let spot = Spot { file: "--set".into(), ..Spot::default() };
        let value = Value::Words(Words::plain(Located { value: text.clone(), spot: spot.clone() }));
        campaign.content.text.retain(|(n, _)| n.value != *name);
        campaign.content.text.push((Located { value: name.clone(), spot }, value));
    }
    let files = Files::beside(world, path);
    let (fonts, problems) = load_fonts(&campaign, &files);
    outcome.findings.extend(problems);
    let mut shop = Shop { campaign: &campaign, options, files: &files, fonts: &fonts, formats: HashMap::new(), presses: HashMap::new(), findings: Vec::new(), broken: any_error(&outcome.findings) };
    outcome.artworks = shop.make_all();
    outcome.findings.append(&mut shop.findings);
    outcome.findings.retain(|f| !options.allow.iter().any(|code| code == f.code()));
    tidy(&mut outcome.findings);
    outcome
}

fn load_fonts(campaign: &Campaign, files: &Files<'_>) -> (Fonts, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut user = Vec::new();
    let mut spots = HashMap::new();
    let folder = files.font_folder().into_iter().map(|path| Located { value: path, spot: Spot::default() });
    for font in campaign.fonts.iter().cloned().chain(folder) {
        match files.user(&font.value) {
            Ok(found) => {
                spots.insert(found.name.clone(), font.spot);
                user.push((found.name, found.bytes.into_owned()));
            }
            Err(problem) => findings.push(Finding::at(font.spot, problem)),
        }
    }
    let (fonts, problems) = Fonts::load(user);
    findings.extend(problems.into_iter().map(|(name, problem)| Finding::at(spots.remove(&name).unwrap_or_default(), problem)));
    (fonts, findings)
}

/// What all pieces of one run share.
struct Shop<'a> {
    campaign: &'a Campaign,
    options: &'a Options,
    files: &'a Files<'a>,
    fonts: &'a Fonts,
    formats: HashMap<String, Option<Format>>,
    presses: HashMap<String, Option<Press>>,
    findings: Vec<Finding>,
    /// The campaign itself has an error: pieces are still checked, none is made.
    broken: bool,
}

impl Shop<'_> {
    fn make_all(&mut self) -> Vec<Artwork> {
        let names = || self.campaign.pieces.iter().map(|p| p.name.value.as_str());
        for name in &self.options.pieces {
            if !names().any(|n| n == name) {
                let problem = Problem::UnknownName { kind: Kind::Piece, name: name.clone(), nearest: nearest(name, names()), known: names().map(String::from).collect() };
                self.findings.push(Finding::at(Spot { file: "--piece".into(), ..Spot::default() }, problem));
            }
        }
        let chosen = |p: &&Piece| self.options.pieces.is_empty() || self.options.pieces.contains(&p.name.value);
        let pieces: Vec<&Piece> = self.campaign.pieces.iter().filter(chosen).collect();
        let mut artworks = Vec::new();
        for piece in &pieces {
            artworks.extend(self.make_piece(piece));
        }
        if pieces.len() == self.campaign.pieces.len() {
            self.check_content(&self.campaign.content, &self.campaign.pieces);
        }
        artworks
    }

    /// Content that no format of its pieces has a field for is a slip of the pen.
    fn check_content(&mut self, content: &Content, pieces: &[Piece]) {
        let formats: Option<Vec<&Format>> = pieces.iter().map(|p| self.formats.get(&p.format.value)?.as_ref()).collect();
        let Some(formats) = formats else { return };
        let fields: Vec<&str> = formats.iter().flat_map(|f| f.fields.iter().map(|field| field.name.as_str())).collect();
        let mut known: Vec<String> = fields.iter().map(|f| f.to_string()).collect();
        known.sort();
        known.dedup();
        let given = content.text.iter().map(|(n, _)| n).chain(content.qr.iter().map(|(n, _)| n)).chain(content.images.iter().map(|(n, _)| n));
        let mut found = Vec::new();
        for name in given {
            if !fields.contains(&name.value.as_str()) {
                let near = nearest(&name.value, fields.iter().copied());
                found.push(Finding::at(name.spot.clone(), Problem::UnknownName { kind: Kind::Field, name: name.value.clone(), nearest: near, known: known.clone() }));
            }
        }
        self.findings.extend(found);
    }

    fn make_piece(&mut self, piece: &Piece) -> Vec<Artwork> {
        let table = self.table(piece);
        let sheet = piece.sheet.as_ref().map(|name| self.sheet(name));
        let presses: Vec<Option<Press>> = match self.options.presses.as_slice() {
            [] => piece.press.iter().map(|name| self.press(name)).collect(),
            named => named.iter().map(|n| self.press(&Located { value: n.clone(), spot: Spot { file: "--press".into(), ..Spot::default() } })).collect(),
        };
        let Some(format) = self.format(&piece.format) else { return Vec::new() };
        self.check_content(&piece.content, std::slice::from_ref(piece));
        let Some(size) = self.size(piece, &format) else { return Vec::new() };
        let Ok(table) = table else { return Vec::new() };
        let mut artworks = Vec::new();
        for press in presses.into_iter().flatten() {
            let sheet = match &sheet {
                Some(None) => continue,
                Some(Some(sheet)) => Some(sheet),
                None => None,
            };
            let job = Job { campaign: self.campaign, piece, format: &format, size: &size, press: &press, table: table.as_ref(), fonts: self.fonts, files: self.files };
            artworks.extend(self.make(&job, sheet));
        }
        artworks
    }

    // ---- what a piece names --------------------------------------------------------------------

    /// Reads a template once; says what it is when there is none of that name.
    fn template(&mut self, kind: Kind, folder: &str, name: &Located<String>) -> Option<Found> {
        let (problem, spot) = match self.files.template(&format!("{folder}{}", name.value)) {
            Ok(Some(found)) => return Some(found),
            Ok(None) => {
                let known = builtin_templates(folder);
                let near = nearest(&name.value, known.iter().map(String::as_str));
                (Problem::UnknownName { kind, name: name.value.clone(), nearest: near, known }, name.spot.clone())
            }
            Err(problem) => (problem, name.spot.clone()),
        };
        self.findings.push(Finding::at(spot, problem));
        None
    }

    fn format(&mut self, name: &Located<String>) -> Option<Format> {
        if !self.formats.contains_key(&name.value) {
            let read = self.template(Kind::Format, "", name).map(|found| format::read(&found.name, &found.bytes));
            let format = read.and_then(|(format, findings)| self.sound(format, findings));
            self.formats.insert(name.value.clone(), format);
        }
        self.formats.get(&name.value).cloned().flatten()
    }

    fn press(&mut self, name: &Located<String>) -> Option<Press> {
        if !self.presses.contains_key(&name.value) {
            let read = self.template(Kind::Press, "press/", name).map(|found| press::read(&found.name, &found.bytes));
            let press = read.and_then(|(press, findings)| self.sound(press, findings));
            self.presses.insert(name.value.clone(), press);
        }
        self.presses.get(&name.value).cloned().flatten()
    }

    fn sheet(&mut self, name: &Located<String>) -> Option<SheetSpec> {
        let found = self.template(Kind::Sheet, "sheets/", name)?;
        let (sheet, findings) = crate::spec::sheet::read(&found.name, &found.bytes);
        self.sound(sheet, findings)
    }

    /// What was read, if nothing was wrong with it.
    fn sound<T>(&mut self, read: Option<T>, findings: Vec<Finding>) -> Option<T> {
        let sound = !any_error(&findings);
        self.findings.extend(findings);
        read.filter(|_| sound)
    }

    fn size(&mut self, piece: &Piece, format: &Format) -> Option<SizeSpec> {
        let Some(name) = &piece.size else { return format.sizes.first().cloned() };
        let size = format.size(&name.value);
        if size.is_none() {
            let known = format.size_names();
            let near = nearest(&name.value, known.iter().map(String::as_str));
            self.findings.push(Finding::at(name.spot.clone(), Problem::UnknownName { kind: Kind::Size, name: name.value.clone(), nearest: near, known }));
        }
        size
    }

    /// The piece's table; `Err` where it cannot be used.
    fn table(&mut self, piece: &Piece) -> Result<Option<Table>, ()> {
        let (found, spot) = match (&self.options.data, &piece.data) {
            (_, None) => return Ok(None),
            (Some(path), _) => (self.files.given(path), Spot { file: "--data".into(), ..Spot::default() }),
            (None, Some(path)) => (self.files.user(&path.value), path.spot.clone()),
        };
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                self.findings.push(Finding::at(spot, problem));
                return Err(());
            }
        };
        let (mut table, findings) = data::read_csv(&found.name, &found.bytes);
        let broken = any_error(&findings);
        self.findings.extend(findings);
        if let Some((first, last)) = self.options.records {
            table.records.retain(|r| (first..=last).contains(&r.number));
            if table.records.is_empty() && !broken {
                self.findings.push(Finding::at(Spot { file: "--records".into(), ..Spot::default() }, Problem::NothingSelected));
                return Err(());
            }
        }
        // Rows of the wrong length are told; the others are still checked.
        table.records.retain(|r| r.cells.len() == table.columns.len());
        self.broken |= broken;
        if table.records.is_empty() { Err(()) } else { Ok(Some(table)) }
    }

    // ---- making one file -----------------------------------------------------------------------

    fn make(&mut self, job: &Job<'_>, sheet: Option<&SheetSpec>) -> Option<Artwork> {
        let none = [None];
        let records: Vec<Option<&Record>> = match job.table {
            Some(table) => table.records.iter().map(Some).collect(),
            None => none.to_vec(),
        };
        let mut findings = Vec::new();
        let mut art = Art::default();
        let mut bound: Vec<Vec<BoundSide>> = Vec::with_capacity(records.len());
        for record in &records {
            let (sides, found) = bind(job, *record, &mut art);
            bound.push(sides);
            findings.extend(found);
        }
        if let Some(sheet) = sheet {
            findings.extend(fits_slot(job, sheet));
        }
        let sides = job.format.sides.len();
        let complete = bound.iter().all(|s| s.len() == sides);
        let mut pages = Vec::new();
        if complete {
            let (laid, found) = self.lay_out(job, &records, &bound);
            pages = laid;
            findings.extend(found);
        }
        fold(&mut findings, records.len());
        let allowed = |f: &Finding| self.options.allow.iter().any(|code| code == f.code());
        let stop = self.broken || !complete || findings.iter().any(|f| f.severity() == crate::diag::Severity::Error && !allowed(f));
        self.findings.extend(findings);
        if stop {
            return None;
        }
        let plan = sheet.map_or_else(|| Plan::single(job.press), Plan::grid);
        let imposed = sheet::impose(pages, sides, &plan, job.press);
        self.write(job, imposed, records.len())
    }

    fn lay_out(&self, job: &Job<'_>, records: &[Option<&Record>], bound: &[Vec<BoundSide>]) -> (Vec<Page>, Vec<Finding>) {
        let on = layout::Sheet { trim: job.size.trim, bleed: job.press.bleed, space: job.press.space };
        let laid: Vec<(Vec<Page>, Vec<Finding>)> = bound
            .par_iter()
            .zip(records)
            .map_init(
                || Setter::new(self.fonts),
                |setter, (sides, record)| {
                    let mut pages = Vec::new();
                    let mut findings = Vec::new();
                    for (i, side) in sides.iter().enumerate() {
                        let (items, mut found) = layout::lay_out(side, on, setter);
                        let number = record.map_or(0, |r| r.number);
                        let page = Page { trim: on.trim, bleed: on.bleed, die: job.size.die, side: i, record: number, items };
                        found.extend(preflight::check_page(&page, &side.name, job.press));
                        found.extend(check_codes(&page));
                        for finding in &mut found {
                            finding.place.piece = Some(job.piece.name.value.clone());
                            finding.place.record = record.map(|r| r.number);
                        }
                        findings.extend(found);
                        pages.push(page);
                    }
                    (pages, findings)
                },
            )
            .collect();
        let (pages, findings): (Vec<_>, Vec<_>) = laid.into_iter().unzip();
        (pages.into_iter().flatten().collect(), findings.into_iter().flatten().collect())
    }

    fn write(&mut self, job: &Job<'_>, imposed: Vec<Imposed>, records: usize) -> Option<Artwork> {
        let piece = job.piece.name.value.as_str();
        let file = format!("{piece}-{}.pdf", job.press.name);
        let bytes = match pdf::write(&imposed, self.fonts, &self.meta(job)) {
            Ok(bytes) => bytes,
            Err(problem) => {
                self.findings.push(Finding::in_file(&file, problem));
                return None;
            }
        };
        let Some(preview) = Preview::open(bytes.clone()) else {
            self.findings.push(Finding::in_file(&file, Problem::FileFault { detail: "unreadable".into() }));
            return None;
        };
        let mut found: Vec<Finding> = preflight::check_file(&preview, &imposed).into_iter().map(|p| Finding::in_file(&file, p)).collect();
        let proved = proof_sheets(self.options.proof, imposed.len());
        found.extend(prove(&preview, &imposed, &proved, piece));
        let stop = any_error(&found);
        self.findings.extend(found);
        if stop {
            return None;
        }
        let trim = job.size.trim;
        Some(Artwork {
            piece: piece.into(),
            format: job.format.name.clone(),
            size: job.size.name.clone(),
            press: job.press.name.clone(),
            file,
            bytes,
            pages: imposed.len(),
            records,
            trim_mm: [round(to_mm(trim.w)), round(to_mm(trim.h))],
            bleed_mm: round(to_mm(job.press.bleed)),
            codes: codes(&imposed, &proved),
            sheets: imposed,
        })
    }

    fn meta(&self, job: &Job<'_>) -> Meta {
        let campaign = self.campaign;
        let language = campaign.languages.first().cloned().unwrap_or_default();
        let words = |w: &Option<Words>| w.as_ref().map(|w| w.in_some(&language).to_string());
        let title = words(&campaign.title).unwrap_or_else(|| campaign.name.clone());
        let label = words(&job.format.label).unwrap_or_else(|| job.format.name.clone());
        Meta {
            title: format!("{title} – {label}"),
            author: words(&campaign.issuer).unwrap_or_default(),
            date: campaign.date.as_ref().map(|d| d.value.clone()).or_else(|| self.options.date.clone()),
            language,
        }
    }
}

fn fits_slot(job: &Job<'_>, sheet: &SheetSpec) -> Option<Finding> {
    let (trim, slot) = (job.size.trim, sheet.slot);
    let fits = (trim.w - slot.w).abs() <= mm(0.2) && (trim.h - slot.h).abs() <= mm(0.2);
    let spot = job.piece.sheet.as_ref().map(|s| s.spot.clone()).unwrap_or_default();
    let millimetres = |s: crate::geom::Size| [to_mm(s.w), to_mm(s.h)];
    (!fits).then(|| Finding::at(spot, Problem::PieceNotSlot { piece_mm: millimetres(trim), slot_mm: millimetres(slot) }))
}

fn check_codes(page: &Page) -> Vec<Finding> {
    let symbols = tags(&page.items).into_iter().filter_map(|tag| match &tag.meaning {
        Meaning::Symbol(symbol) => Some((tag, symbol)),
        _ => None,
    });
    symbols.filter_map(|(tag, symbol)| Some(Finding::at(tag.spot.clone(), preflight::check_modules(symbol)?))).collect()
}

fn proof_sheets(proof: Proof, sheets: usize) -> HashSet<usize> {
    match proof {
        Proof::Off => HashSet::new(),
        Proof::Sample => [0, sheets / 2, sheets.saturating_sub(1)].into_iter().chain(0..sheets.min(2)).collect(),
        Proof::All => (0..sheets).collect(),
    }
}

fn prove(preview: &Preview, imposed: &[Imposed], proved: &HashSet<usize>, piece: &str) -> Vec<Finding> {
    let sheets: Vec<(usize, &Imposed)> = imposed.iter().enumerate().filter(|(i, _)| proved.contains(i)).collect();
    let prove_sheet = |(i, sheet): &(usize, &Imposed)| {
        let mut found = Vec::new();
        for (slot, tag) in sheet::tags(sheet) {
            let finding = preflight::check_raster(preview, *i, &tag);
            found.extend(finding.map(|mut f| {
                f.place.piece = Some(piece.to_string());
                f.place.record = Some(slot.record).filter(|r| *r > 0);
                f
            }));
        }
        found
    };
    sheets.par_iter().flat_map_iter(prove_sheet).collect()
}

fn codes(imposed: &[Imposed], proved: &HashSet<usize>) -> Vec<Code> {
    let mut codes = Vec::new();
    for (i, sheet) in imposed.iter().enumerate() {
        for (_, tag) in sheet::tags(sheet) {
            let Meaning::Symbol(symbol) = &tag.meaning else { continue };
            let module = tag.rect.w / symbol.modules as f64;
            codes.push(Code {
                page: i + 1,
                payload: symbol.payload.clone(),
                version: symbol.version,
                ecc: symbol.ecc.letter(),
                module_mm: round(to_mm(module)),
                side_mm: round(to_mm(tag.rect.w)),
                decoded: if proved.contains(&i) { Decoded::Raster } else { Decoded::Modules },
                reads_from_m: round(preflight::reads_from_mm(module) / 1000.0),
            });
        }
    }
    codes
}

/// To a thousandth.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// What is the same for every record is said once, without a record.
fn fold(findings: &mut Vec<Finding>, records: usize) {
    if records < 2 {
        return;
    }
    let key = |f: &Finding| {
        let mut common = f.clone();
        common.place.record = None;
        format!("{common:?}")
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter() {
        *counts.entry(key(finding)).or_default() += 1;
    }
    for finding in findings.iter_mut() {
        if counts.get(&key(finding)).is_some_and(|n| *n >= records) {
            finding.place.record = None;
        }
    }
}
