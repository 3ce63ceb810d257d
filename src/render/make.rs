//! One piece on one press: bound, laid out, imposed, written, judged, some hundred records at a time.

use super::assemble::{Assembly, Extent, file_stem, manifest_name};
use super::lay::{Laid, Layer};
use super::prove;
use super::shop::Shop;
use super::split::Split;
use super::told::Told;
use super::{Artwork, Event, OnSheet, Options, Proof, Watch};
use crate::color::{Colour, Space};
use crate::data::Record;
use crate::diag::{Demand, Finding, Located, Place, Problem, Spot, any_error};
use crate::geom::{Size, to_mm};
use crate::limits::Limit;
use crate::pdf::{self, Duplex, Meta};
use crate::preflight;
use crate::preview::Preview;
use crate::sheet::{Imposed, Kind, Plan, Wanted};
use crate::spec::campaign::{Campaign, Piece};
use crate::spec::sheet::{Imposition, SheetSpec};
use crate::spec::words::Words;
use crate::template::bind::{Job, point_at_source};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Copies that are in the works at one time: what is laid out of them is held, of the others only what is in the file.
/// It does not depend on the machine, as the bytes must not.
const COPIES_AT_A_TIME: usize = 512;

impl Shop<'_> {
    /// Makes the file, unless something is wrong with it or (`broken`) with what it comes from. Where each record is to
    /// have its own, they are only looked through, and how to make them is given.
    pub(super) fn make(
        &mut self,
        job: &Job<'_>,
        on: Option<(&Imposition, &SheetSpec)>,
        broken: bool,
        watch: &mut Watch<'_>,
    ) -> Option<Made> {
        let records = records(job);
        let mut told = Told::new(may_pass(self.options, self.campaign, Some(job.piece)));
        told.add(doubts(job));
        let (sides, trim) = match job.piece.half_fold {
            Some(_) => (2, Size { w: 2.0 * job.size.trim.w, ..job.size.trim }),
            None => (job.size.sides.len(), job.size.trim),
        };
        let plan = if told.forbids() { None } else { self.plan(job, on, trim) };
        let splits = self.splits(job);
        let whole = plan.as_ref().filter(|_| !splits).map_or_else(|| alone(records.len()), |plan| plan.fill(records.len()));
        let part = self.options.shard.map_or(0..whole.len(), |shard| part_of(whole.len(), shard));
        let filled = &whole[part.clone()];
        let pages = if splits { sides } else { filled.len() * sides };
        if let Err(problem) = self.options.limits.hold(Limit::Pages, pages as u64, &job.piece.name.value) {
            self.findings.push(Finding::at(job.piece.name.spot.clone(), problem));
            return None;
        }
        let meta = plan.as_ref().map(|plan| self.meta(job, plan, sides));
        let extent = Extent { sides, sheets: part, of: whole.len(), shard: self.options.shard };
        let mut assembly = match (&plan, &meta) {
            (Some(plan), Some(meta)) if !broken && !splits && !told.forbids() => Some(Assembly::new(self, job, plan, &extent, meta)),
            _ => None,
        };
        let palette = palette(job);
        let mut layer = Layer::new(self, job, on.is_some());
        let (mut stop, mut done) = (broken, 0);
        let to_do = filled.iter().flatten().map(|(_, copy)| *copy).collect::<BTreeSet<usize>>().len();
        for sheets in at_a_time(filled) {
            let copies: BTreeSet<usize> = sheets.iter().flatten().map(|(_, copy)| *copy).collect();
            let chosen: Vec<Option<&Record>> = copies.iter().map(|copy| records[*copy]).collect();
            let Laid { pages, names, findings, torn } = layer.lay_out(&chosen);
            told.add(preflight::check_palette(&pages, &palette, &job.press.limits).into_iter().map(|f| of_job(f, job)));
            told.add(findings);
            stop |= torn || told.forbids();
            assembly = assembly.filter(|_| !stop);
            if let Some(assembly) = &mut assembly {
                let places: HashMap<usize, usize> = copies.iter().enumerate().map(|(at, copy)| (*copy, at)).collect();
                let local = |sheet: &Vec<(usize, usize)>| sheet.iter().map(|(slot, copy)| (*slot, places[copy])).collect();
                let local: Vec<Vec<(usize, usize)>> = sheets.iter().map(local).collect();
                if let Err(problem) = assembly.add(pages, names, &local) {
                    told.add([Finding::in_file(&assembly.file, problem)]);
                }
            }
            if torn && !told.forbids() {
                let problem = Problem::EmptyBox;
                told.add([Finding::placed(Place { piece: Some(job.piece.name.value.clone()), ..Place::default() }, problem)]);
            }
            done += chosen.len();
            let (piece, press) = (job.piece.name.value.as_str(), job.press.name.as_str());
            if watch(Event::LaidOut { piece, press, records: done, of: to_do }).is_break() {
                return Some(Made::BrokenOff);
            }
        }
        told.add(assembly.iter().flat_map(|assembly| assembly.unreached()).map(|f| of_job(f, job)));
        stop |= told.forbids();
        let mut found = told.finish(to_do);
        found.iter_mut().for_each(|finding| point_at_source(finding, job));
        once_for_a_colour(&mut found);
        self.findings.extend(found);
        if stop {
            return None;
        }
        if self.printer.is_some() && job.press.margin.is_none() {
            let unused = Problem::NotForPress { press: job.press.name.clone() };
            self.findings.push(Finding::at(Spot { file: "--printer".into(), ..Spot::default() }, unused));
        }
        if let (Some((part, of)), true) = (self.options.shard, filled.is_empty()) {
            let nothing = Problem::EmptyShard { part, of, sheets: whole.len() };
            self.findings.push(of_job(Finding::at(Spot { file: "--shard".into(), ..Spot::default() }, nothing), job));
            return Some(Made::Nothing);
        }
        if splits {
            // Two parts must not write one file either.
            let mut names = self.file_names(job)?;
            let own: BTreeSet<usize> = filled.iter().flatten().filter_map(|(_, copy)| Some(records[*copy]?.number)).collect();
            names.retain(|number, _| own.contains(number));
            let (folder, on_sheet) = (file_stem(job, None), on.is_some());
            let begins = records.first().copied().flatten().map_or(0, |record| record.number);
            let manifest = (manifest_name(job, self.options.shard), begins);
            return Some(Made::Split(Box::new(Split {
                plan: plan?,
                meta: meta?,
                sides,
                on_sheet,
                folder,
                manifest,
                names,
                allowed: self.allowed(job),
            })));
        }
        let (assembly, plan, meta) = (assembly?, plan.as_ref()?, meta.as_ref()?);
        let (artwork, mut found) = judge(job, assembly, to_do, self.options.proof);
        let may_pass = may_pass(self.options, self.campaign, Some(job.piece));
        found.iter_mut().for_each(|finding| finding.allow(&may_pass));
        self.findings.extend(found);
        let mut artwork = artwork?;
        artwork.allowed = self.allowed(job);
        artwork.on = on.map(|(_, sheet)| imposed_on(sheet, plan, &artwork.sheets, job.press.margin.is_some()));
        if self.options.pack {
            artwork.pack = Some(self.pack(job, &artwork, plan, meta)?);
        }
        Some(Made::Whole(Box::new(artwork)))
    }

    /// Whether each record of a piece has a file of its own.
    pub(super) fn splits(&self, job: &Job<'_>) -> bool {
        self.options.split && job.table.is_some()
    }

    /// Codes of what was let pass for a piece, and in its table and in the campaign, each once.
    fn allowed(&self, job: &Job<'_>) -> Vec<&'static str> {
        let is_of_it = |finding: &&Finding| finding.place.piece.as_deref().is_none_or(|piece| piece == job.piece.name.value);
        let codes: BTreeSet<&'static str> = self.findings.iter().filter(is_of_it).filter(|f| f.allowed).map(Finding::code).collect();
        codes.into_iter().collect()
    }

    /// Where the pieces go; none where they cannot go there, which is told.
    fn plan(&mut self, job: &Job<'_>, on: Option<(&Imposition, &SheetSpec)>, trim: Size) -> Option<Plan> {
        let first = self.options.first.unwrap_or(1);
        let at_first = |problem: Problem| Finding::at(Spot { file: "--first".into(), ..Spot::default() }, problem);
        let Some((how, sheet)) = on else {
            // What is shown as it is once cut is on no sheet, whatever else is.
            if first > 1 && !job.press.as_cut {
                self.findings.push(of_job(at_first(Problem::NoSlots { slot: first }), job));
                return None;
            }
            return Some(Plan::single(trim, job.press));
        };
        let wanted = Wanted {
            trim,
            die: job.size.die.is_some() || job.press.cuts_all(),
            records: job.table.is_some() && !self.options.split,
            press: job.press,
            margin: job.press.margin.map(|margin| self.printer.and_then(|printer| printer.margin).unwrap_or(margin)),
            first,
        };
        let said = |problem: Problem| match problem {
            Problem::SlotBeyond { .. } | Problem::FirstOfPile => of_job(at_first(problem), job),
            // A sheet that the press names is nothing that its user has written.
            _ if how.sheet.spot.file.starts_with("builtin:") => {
                let spot = job.piece.sizes.first().or(job.piece.press.first()).map_or(&job.piece.name.spot, |named| &named.spot);
                of_job(Finding::at(spot.clone(), problem), job)
            }
            _ => of_job(Finding::at(how.sheet.spot.clone(), problem), job),
        };
        match Plan::on(sheet, how, &wanted) {
            Ok((plan, doubts)) => {
                let mut told = Told::new(may_pass(self.options, self.campaign, Some(job.piece)));
                told.add(doubts.into_iter().map(said));
                let stop = told.forbids();
                self.findings.extend(told.finish(1));
                (!stop).then_some(plan)
            }
            Err(problem) => {
                self.findings.push(said(problem));
                None
            }
        }
    }

    fn meta(&self, job: &Job<'_>, plan: &Plan, sides: usize) -> Meta {
        let campaign = self.campaign;
        let language = campaign.languages.first().cloned().unwrap_or_default();
        let words = |w: &Option<Words>| w.as_ref().map(|w| pdf::one_line(w.in_some(&language))).filter(|text| !text.is_empty());
        let title = words(&campaign.title).unwrap_or_else(|| pdf::one_line(&campaign.name));
        let label = words(&job.format.label).unwrap_or_else(|| job.format.name.clone());
        Meta {
            title: format!("{title} – {label}"),
            author: words(&campaign.issuer).unwrap_or_default(),
            date: campaign.date.as_ref().map(|d| d.value.clone()).or_else(|| self.options.date.clone()),
            language,
            duplex: job.press.margin.map(|_| if sides > 1 { Duplex::Over(plan.flip) } else { Duplex::Simplex }),
        }
    }
}

/// What came of a piece on a press.
pub(super) enum Made {
    /// One file.
    Whole(Box<Artwork>),
    /// A file for each record is to be made.
    Split(Box<Split>),
    /// Its part of the whole has no sheet.
    Nothing,
    /// No more is wanted.
    BrokenOff,
}

impl Made {
    /// How many files it is.
    pub(super) fn files(&self) -> usize {
        match self {
            Made::Whole(_) => 1,
            Made::Split(split) => split.names.len(),
            Made::Nothing | Made::BrokenOff => 0,
        }
    }
}

/// A finished file, read back and judged; none where something is wrong with it.
pub(super) fn judge(job: &Job<'_>, assembly: Assembly<'_>, records: usize, proof: Proof) -> (Option<Artwork>, Vec<Finding>) {
    let file = assembly.file.clone();
    let fault = |problem: Problem| (None, vec![Finding::in_file(&file, problem)]);
    let (mut artwork, proved) = match assembly.finish(records) {
        Ok(finished) => finished,
        Err(problem) => return fault(problem),
    };
    let Some(preview) = Preview::open(artwork.bytes.clone()) else {
        return fault(Problem::FileFault { detail: "unreadable".into() });
    };
    let judged = preflight::check_file(&preview, &artwork.sheets, &artwork.plates, job.press);
    let mut found: Vec<Finding> = judged.into_iter().map(|p| Finding::in_file(&file, p)).collect();
    found.extend(prove::prove(&preview, &proved, proof, &mut artwork.codes).into_iter().map(|f| of_job(f, job)));
    let stop = any_error(&found);
    ((!stop).then_some(artwork), found)
}

/// Codes of judgements that are let pass: for one piece, or for what is said for all of them, where each lets it pass.
pub(super) fn may_pass<'p>(options: &'p Options, campaign: &'p Campaign, piece: Option<&'p Piece>) -> Vec<&'p str> {
    let codes = |piece: &'p Piece| piece.allow.iter().map(|code| code.value.as_str());
    let own: Vec<&str> = piece.or(campaign.pieces.first()).into_iter().flat_map(codes).collect();
    let is_let_by_all = |code: &&str| piece.is_some() || campaign.pieces.iter().all(|other| codes(other).any(|own| own == *code));
    let written = campaign.allow.iter().map(|code| code.value.as_str()).chain(own.into_iter().filter(is_let_by_all));
    options.allow.iter().map(String::as_str).chain(written).collect()
}

/// Two colours that do not go together are told once, not for each text in them.
fn once_for_a_colour(findings: &mut Vec<Finding>) {
    let mut told: Vec<(Problem, Place)> = Vec::new();
    findings.retain(|finding| {
        let place = Place { in_box: None, of_box: None, side: None, language: None, ..finding.place.clone() };
        let is_of_palette = matches!(finding.problem, Problem::LowContrast { .. }) && finding.place.of_box.is_some();
        let known = is_of_palette && told.iter().any(|(problem, other)| *problem == finding.problem && *other == place);
        if is_of_palette && !known {
            told.push((finding.problem.clone(), place));
        }
        !known
    });
}

/// The records of a piece; one that is none where it has no table.
pub(super) fn records<'r>(job: &Job<'r>) -> Vec<Option<&'r Record>> {
    match job.table {
        Some(table) => table.records.iter().map(Some).collect(),
        None => vec![None],
    }
}

/// The sheets of one of so many parts, from 1.
fn part_of(sheets: usize, (part, of): (usize, usize)) -> Range<usize> {
    sheets * (part - 1) / of..sheets * part / of
}

/// What is doubtful about a piece, whatever its records say.
fn doubts(job: &Job<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let unmet = job.format.demands.iter().filter(|demand| !is_met(demand, job));
    findings.extend(unmet.map(|demand| Finding::at(job.piece.name.spot.clone(), Problem::DemandUnmet { demand: demand.clone() })));
    findings.iter_mut().for_each(|finding| finding.place.piece = Some(job.piece.name.value.clone()));
    if let Some(spot) = &job.piece.half_fold {
        let (sides, shaped, glass) = (job.size.sides.len(), job.size.die.is_some(), job.piece.inside_glass);
        let unfit = (sides != 4 || shaped || glass).then_some(Problem::HalfFold { sides, shaped, glass });
        findings.extend(unfit.map(|problem| of_job(Finding::at(spot.clone(), problem), job)));
    }
    if job.piece.inside_glass && job.press.space == Space::Cmyk && job.press.spots.white.is_none() {
        findings.push(of_job(Finding::at(job.piece.name.spot.clone(), Problem::NoWhite), job));
    }
    findings
}

/// Whether a campaign gives what a format demands.
fn is_met(demand: &Demand, job: &Job<'_>) -> bool {
    let campaign = job.campaign;
    let is_given = |name: &String| {
        let contents = [&job.piece.content, &campaign.content];
        contents.iter().any(|content| content.text.iter().any(|(given, _)| given.value == *name))
            || job.table.is_some_and(|table| table.columns.contains(name))
    };
    let says = |words: &Words| words.all().any(|text| !text.value.trim().is_empty());
    match demand {
        Demand::Issuer => campaign.issuer.as_ref().is_some_and(says),
        Demand::Document => campaign.document.as_ref().is_some_and(says),
        Demand::ValidUntil => campaign.valid_until.is_some(),
        Demand::OneOf(fields) => fields.iter().any(is_given),
    }
}

/// Each copy on a sheet of its own, where there is no plan.
fn alone(copies: usize) -> Vec<Vec<(usize, usize)>> {
    (0..copies).map(|copy| vec![(0, copy)]).collect()
}

/// Sheets in parts of about as many copies as are in the works at one time.
fn at_a_time(filled: &[Vec<(usize, usize)>]) -> impl Iterator<Item = &[Vec<(usize, usize)>]> {
    let copies = filled.iter().map(|sheet| sheet.len()).max().unwrap_or(1).max(1);
    filled.chunks((COPIES_AT_A_TIME / copies).max(1))
}

/// What is to be known of the sheets of a piece.
fn imposed_on(sheet: &SheetSpec, plan: &Plan, imposed: &[Imposed], on_a_desk: bool) -> OnSheet {
    let last = imposed.iter().rev().find_map(|sheet| sheet.slots.last()).map_or(0, |slot| slot.number);
    let cuts = if on_a_desk && plan.kind == Kind::ToCut { plan.shared_cuts() } else { Default::default() };
    OnSheet {
        name: sheet.name.clone(),
        label: sheet.label.as_ref().map(|label| label.in_some("vi").to_string()),
        stock_mm: millimetres(plan.stock),
        slots: plan.slots(),
        cuts_mm: cuts.map(|cuts| cuts.into_iter().map(|at| round(to_mm(at))).collect()),
        next: (plan.kind == Kind::Precut && last < plan.slots()).then_some(last + 1),
    }
}

/// The colours of the piece, the campaign and the format on the press; those of records are judged with them.
fn palette(job: &Job<'_>) -> Vec<(Located<String>, Colour)> {
    let named = job.piece.palette.paints.iter().chain(&job.campaign.palette.paints).chain(&job.format.palette);
    named.map(|(name, paint)| (name.clone(), paint.on(job.condition))).collect()
}

/// A finding that depends on piece, size and press.
pub(super) fn of_job(mut finding: Finding, job: &Job<'_>) -> Finding {
    finding.place.piece = Some(job.piece.name.value.clone());
    finding.place.size = Some(job.size.name.clone());
    finding.place.press = Some(job.press.name.clone());
    finding
}

/// Width and height, to a thousandth of a millimetre.
pub(super) fn millimetres(size: Size) -> [f64; 2] {
    [round(to_mm(size.w)), round(to_mm(size.h))]
}

/// To a thousandth.
pub(super) fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
