//! One piece on one press: bound, laid out, imposed, written, judged.

use super::notes;
use super::shop::Shop;
use super::{Artwork, Code, Decoded, OnSheet, Proof};
use crate::color::{Colour, Space};
use crate::data::Record;
use crate::diag::{Finding, Located, Place, Problem, Severity, Spot, any_error};
use crate::geom::{Size, to_mm};
use crate::layout;
use crate::page::{self, Meaning, Page, Tag, tags};
use crate::pdf::{self, Duplex, Intent, Meta};
use crate::preflight;
use crate::preview::Preview;
use crate::sheet::{self, Imposed, Kind, Plan, Wanted};
use crate::spec::sheet::{Imposition, SheetSpec};
use crate::spec::words::Words;
use crate::template::bind::{Art, Bound, Job, bind};
use crate::template::bound::BoundSide;
use crate::text::Setter;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl Shop<'_> {
    /// Makes the file, unless something is wrong with it or (`broken`) with what it comes from.
    pub(super) fn make(&mut self, job: &Job<'_>, on: Option<(&Imposition, &SheetSpec)>, broken: bool) -> Option<Artwork> {
        let none = [None];
        let records: Vec<Option<&Record>> = match job.table {
            Some(table) => table.records.iter().map(Some).collect(),
            None => none.to_vec(),
        };
        let mut findings = Vec::new();
        let mut art = Art::default();
        let mut bound: Vec<Vec<BoundSide>> = Vec::with_capacity(records.len());
        let mut names = BTreeMap::new();
        for record in &records {
            let Bound { sides, name, findings: found } = bind(job, *record, &mut art);
            bound.push(sides);
            findings.extend(found);
            names.extend(record.map(|r| r.number).zip(name));
        }
        if let Some(spot) = &job.piece.half_fold {
            let (sides, shaped, glass) = (job.size.sides.len(), job.size.die.is_some(), job.piece.inside_glass);
            let unfit = (sides != 4 || shaped || glass).then_some(Problem::HalfFold { sides, shaped, glass });
            findings.extend(unfit.map(|problem| of_job(Finding::at(spot.clone(), problem), job)));
        }
        if job.piece.inside_glass && job.press.space == Space::Cmyk && job.press.spots.white.is_none() {
            findings.push(of_job(Finding::at(job.piece.name.spot.clone(), Problem::NoWhite), job));
        }
        let sides = job.size.sides.len();
        let complete = bound.iter().all(|s| s.len() == sides);
        let mut pages = Vec::new();
        if complete {
            let sound = !broken && !any_error(&findings);
            let (laid, found) = self.lay_out(job, &records, &bound, sound, on.is_some());
            pages = laid;
            page::share(&mut pages);
            if job.piece.inside_glass {
                pages = pages.into_iter().map(Page::mirrored).collect();
            }
            findings.extend(found);
            findings.extend(preflight::check_palette(&pages, &palette(job), &job.press.limits).into_iter().map(|f| of_job(f, job)));
        }
        if !complete && !any_error(&findings) {
            let problem = Problem::EmptyBox;
            findings.push(Finding { problem, place: Place { piece: Some(job.piece.name.value.clone()), ..Place::default() } });
        }
        let stop = self.tell(findings, records.len());
        if stop || broken || !complete {
            return None;
        }
        let (pages, sides, trim) = match job.piece.half_fold {
            Some(_) => (sheet::half_fold(pages), 2, Size { w: 2.0 * job.size.trim.w, ..job.size.trim }),
            None => (pages, sides, job.size.trim),
        };
        let plan = self.plan(job, on, trim)?;
        let mut imposed = sheet::impose(pages, sides, &plan, job.press);
        let on_a_desk = on.is_some() && job.press.margin.is_some();
        let unreached = if on_a_desk { preflight::check_reach(&imposed, &plan, &job.piece.name.spot) } else { Vec::new() };
        let unreached = unreached.into_iter().map(|finding| of_job(finding, job)).collect();
        if self.tell(unreached, records.len()) {
            return None;
        }
        let piece = job.piece.name.value.as_str();
        let size = if job.piece.sizes.len() > 1 { format!("-{}", job.size.name) } else { String::new() };
        let file = format!("{piece}{size}-{}.pdf", job.press.name);
        let meta = self.meta(job, &plan, sides);
        let mut setter = Setter::new(self.fonts, self.compounds);
        notes::add_slugs(&mut imposed, job, &file, meta.date.as_deref(), &mut setter);
        notes::add_words_of_rulers(&mut imposed, job, &mut setter);
        if let Some(printer) = self.printer {
            match job.press.margin {
                Some(_) => sheet::correct(&mut imposed, &plan, printer),
                None => {
                    let unused = Problem::NotForPress { press: job.press.name.clone() };
                    self.findings.push(Finding::at(Spot { file: "--printer".into(), ..Spot::default() }, unused));
                }
            }
        }
        let on = on.map(|(_, sheet)| on_sheet(sheet, &plan, &imposed, on_a_desk));
        let made = Made { file, imposed, records: records.len(), names, trim, on };
        let mut artwork = self.write(job, made, &meta)?;
        if self.options.pack {
            artwork.pack = Some(self.pack(job, &artwork, &plan, &meta)?);
        }
        Some(artwork)
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
            records: job.table.is_some(),
            press: job.press,
            margin: job.press.margin.map(|margin| self.printer.and_then(|printer| printer.margin).unwrap_or(margin)),
            first,
        };
        let said = |problem: Problem| match problem {
            Problem::SlotBeyond { .. } | Problem::FirstOfPile => of_job(at_first(problem), job),
            _ => of_job(Finding::at(how.sheet.spot.clone(), problem), job),
        };
        match Plan::on(sheet, how, &wanted) {
            Ok((plan, doubts)) => {
                let stop = self.tell(doubts.into_iter().map(said).collect(), 1);
                (!stop).then_some(plan)
            }
            Err(problem) => {
                self.findings.push(said(problem));
                None
            }
        }
    }

    /// Takes findings of one piece; true where one of them forbids to make it.
    fn tell(&mut self, mut findings: Vec<Finding>, records: usize) -> bool {
        fold(&mut findings, records);
        let allowed = |f: &Finding| self.options.allow.iter().any(|code| code == f.code());
        let stop = findings.iter().any(|f| f.severity() == Severity::Error && !allowed(f));
        self.findings.extend(findings);
        stop
    }

    fn lay_out(
        &self,
        job: &Job<'_>,
        records: &[Option<&Record>],
        bound: &[Vec<BoundSide>],
        sound: bool,
        on_sheet: bool,
    ) -> (Vec<Page>, Vec<Finding>) {
        // On a page of its own, a printer's margin falls on the piece.
        let safe = job.press.margin.filter(|_| !on_sheet).unwrap_or(0.0).max(job.press.safe);
        let on = layout::Area { trim: job.size.trim, bleed: job.press.bleed, space: job.press.space };
        let laid: Vec<(Vec<Page>, Vec<Finding>)> = bound
            .par_iter()
            .zip(records)
            .map_init(
                || Setter::new(self.fonts, self.compounds),
                |setter, (sides, record)| {
                    let mut pages = Vec::new();
                    let mut findings = Vec::new();
                    for (i, side) in sides.iter().enumerate() {
                        let (items, mut found) = layout::lay_out(side, on, setter);
                        let number = record.map_or(0, |r| r.number);
                        let (die, folds) = (job.size.die_of(i), job.size.folds_of(i));
                        let page = Page {
                            trim: on.trim,
                            bleed: on.bleed,
                            die,
                            folds,
                            perforations: job.size.perforations.clone(),
                            side: i,
                            record: number,
                            inside_glass: false,
                            items,
                        };
                        if found.is_empty() && sound {
                            // Where something is wrong or does not fit, its look says nothing.
                            found.extend(preflight::check_page(&page, &side.name, job.press, safe, self.fonts));
                        }
                        found.extend(check_codes(&page));
                        for finding in &mut found {
                            *finding = of_job(finding.clone(), job);
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

    fn write(&mut self, job: &Job<'_>, made: Made, meta: &Meta) -> Option<Artwork> {
        let Made { file, imposed, records, names, trim, on } = made;
        let bytes = match pdf::write(&imposed, self.fonts, Intent { standard: job.press.standard, condition: job.condition }, meta) {
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
        let mut found: Vec<Finding> =
            preflight::check_file(&preview, &imposed, job.press).into_iter().map(|p| Finding::in_file(&file, p)).collect();
        let proved = proof_sheets(self.options.proof, imposed.len());
        found.extend(prove(&preview, &imposed, &proved, job));
        let stop = any_error(&found);
        self.findings.extend(found);
        if stop {
            return None;
        }
        Some(Artwork {
            piece: job.piece.name.value.clone(),
            format: job.format.name.clone(),
            size: job.size.name.clone(),
            press: job.press.name.clone(),
            file,
            bytes,
            standard: job.press.standard.word(),
            plates: sheet::plates(&imposed).into_iter().map(|plate| plate.name.clone()).collect(),
            pages: imposed.len(),
            records,
            names,
            trim_mm: millimetres(trim),
            bleed_mm: round(to_mm(job.press.bleed)),
            on,
            codes: codes(&imposed, &proved),
            sheets: imposed,
            pack: None,
        })
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

/// Sheets of a piece, and what they are.
struct Made {
    file: String,
    imposed: Vec<Imposed>,
    records: usize,
    names: BTreeMap<usize, String>,
    trim: Size,
    on: Option<OnSheet>,
}

/// What is to be known of the sheets of a piece.
fn on_sheet(sheet: &SheetSpec, plan: &Plan, imposed: &[Imposed], on_a_desk: bool) -> OnSheet {
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

/// The colours of the campaign and the format on the press.
fn palette(job: &Job<'_>) -> Vec<(Located<String>, Colour)> {
    let named = job.campaign.palette.iter().chain(&job.format.palette);
    named.map(|(name, paint)| (name.clone(), paint.on(job.condition))).collect()
}

/// A finding that depends on piece, size and press.
fn of_job(mut finding: Finding, job: &Job<'_>) -> Finding {
    finding.place.piece = Some(job.piece.name.value.clone());
    finding.place.size = Some(job.size.name.clone());
    finding.place.press = Some(job.press.name.clone());
    finding
}

fn check_codes(page: &Page) -> Vec<Finding> {
    let check = |tag: Tag| match &tag.meaning {
        Meaning::Symbol { symbol, .. } => Some(Finding::at(tag.spot.clone(), preflight::check_modules(symbol)?)),
        _ => None,
    };
    tags(&page.items).into_iter().filter_map(check).collect()
}

fn proof_sheets(proof: Proof, sheets: usize) -> HashSet<usize> {
    match proof {
        Proof::Off => HashSet::new(),
        Proof::Sample => [0, sheets / 2, sheets.saturating_sub(1)].into_iter().chain(0..sheets.min(2)).collect(),
        Proof::All => (0..sheets).collect(),
    }
}

fn prove(preview: &Preview, imposed: &[Imposed], proved: &HashSet<usize>, job: &Job<'_>) -> Vec<Finding> {
    let sheets: Vec<(usize, &Imposed)> = imposed.iter().enumerate().filter(|(i, _)| proved.contains(i)).collect();
    let prove_sheet = |(i, sheet): &(usize, &Imposed)| {
        let mut found = Vec::new();
        for (slot, tag) in sheet::tags(sheet) {
            let finding = preflight::check_raster(preview, *i, &tag, slot.inside_glass);
            found.extend(finding.map(|f| {
                let mut f = of_job(f, job);
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
        for (slot, tag) in sheet::tags(sheet) {
            let Meaning::Symbol { symbol, module } = &tag.meaning else { continue };
            let module = *module;
            codes.push(Code {
                page: i + 1,
                slot: slot.number,
                record: slot.record,
                payload: symbol.payload.clone(),
                version: symbol.version,
                ecc: symbol.ecc.letter(),
                module_mm: round(to_mm(module)),
                side_mm: round(to_mm(module * symbol.modules as f64)),
                decoded: if proved.contains(&i) { Decoded::Raster } else { Decoded::Modules },
                reads_from_m: round(preflight::reads_from_mm(module) / 1000.0),
            });
        }
    }
    codes
}

/// Width and height, to a thousandth of a millimetre.
fn millimetres(size: Size) -> [f64; 2] {
    [round(to_mm(size.w)), round(to_mm(size.h))]
}

/// To a thousandth.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// What is the same for every record is said once, without a record.
fn fold(findings: &mut [Finding], records: usize) {
    if records < 2 {
        return;
    }
    let key = |f: &Finding| {
        let mut common = f.clone();
        common.place.record = None;
        format!("{common:?}")
    };
    let mut told: BTreeMap<String, BTreeSet<Option<usize>>> = BTreeMap::new();
    for finding in findings.iter() {
        told.entry(key(finding)).or_default().insert(finding.place.record);
    }
    for finding in findings.iter_mut() {
        if told.get(&key(finding)).is_some_and(|records_told| records_told.len() >= records) {
            finding.place.record = None;
        }
    }
}
