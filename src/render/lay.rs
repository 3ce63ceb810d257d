//! From records to pages: bound, laid out, judged by their looks.

use super::make::of_job;
use super::shop::Shop;
use crate::data::Record;
use crate::diag::{Finding, any_error};
use crate::layout::{self, Area, Fresh, Models};
use crate::page::{Item, Meaning, Page, Tag, tags};
use crate::preflight;
use crate::sheet;
use crate::spec::press::Press;
use crate::template::bind::{Binding, Bound, Job};
use crate::template::bound::BoundSide;
use crate::text::Setter;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Records after which models are added: few at first, so that those that follow find models. They do not depend on the
/// machine, as what pages share must not.
const PARTS: [usize; 5] = [1, 7, 16, 40, 128];

/// Lays out the records of a piece.
pub(super) struct Layer<'a> {
    shop: &'a Shop<'a>,
    binding: Binding<'a>,
    area: Area,
    /// Margin that content keeps free, pt.
    safe: f64,
    /// What the piece comes from has an error: it is not judged by its looks.
    /// For each side.
    models: Vec<Models>,
    /// Parts laid out so far.
    parts: usize,
    /// One for each thread: what it has learned of the fonts is worth keeping.
    setters: Vec<Mutex<Setter<'a>>>,
}

/// Pages of some records.
#[derive(Default)]
pub(super) struct Laid {
    /// In the order of records, all sides of each, as they are imposed.
    pub(super) pages: Vec<Page>,
    /// Names of the records by their numbers.
    pub(super) names: BTreeMap<usize, String>,
    pub(super) findings: Vec<Finding>,
    /// Whether a record lacks a side.
    pub(super) torn: bool,
}

/// A record on its way to pages.
struct OnTheWay<'r> {
    record: Option<&'r Record>,
    bound: Bound,
    /// For each side its items, or how it was laid out where these are its own.
    sides: Vec<Side>,
}

enum Side {
    Placed(Vec<Item>, Vec<Finding>),
    Fresh(Box<Fresh>),
}

impl<'a> Layer<'a> {
    pub(super) fn new(shop: &'a Shop<'a>, job: &'a Job<'a>, on_sheet: bool) -> Layer<'a> {
        let setter = || Mutex::new(Setter::new(shop.fonts, shop.compounds));
        Layer {
            shop,
            binding: Binding::new(job),
            area: Area { trim: job.size.trim, bleed: job.press.bleed, space: job.press.space },
            safe: safe(job.press, on_sheet),
            models: std::iter::repeat_with(Models::default).take(job.size.sides.len()).collect(),
            parts: 0,
            setters: std::iter::repeat_with(setter).take(rayon::current_num_threads() + 1).collect(),
        }
    }

    /// Lays out records.
    pub(super) fn lay_out(&mut self, records: &[Option<&Record>]) -> Laid {
        let mut laid = Laid::default();
        let mut rest = records;
        while !rest.is_empty() {
            let count = PARTS[self.parts.min(PARTS.len() - 1)].min(rest.len());
            let (part, after) = rest.split_at(count);
            self.lay_out_some(part, &mut laid);
            self.parts += 1;
            rest = after;
        }
        let job = self.binding.job;
        if job.piece.inside_glass {
            laid.pages = laid.pages.into_iter().map(Page::mirrored).collect();
        }
        if job.piece.half_fold.is_some() && !laid.torn && job.size.sides.len() == 4 {
            laid.pages = sheet::half_fold(laid.pages);
        }
        laid
    }

    fn lay_out_some(&mut self, records: &[Option<&Record>], laid: &mut Laid) {
        let mut on_the_way: Vec<OnTheWay<'_>> = records.par_iter().map(|record| self.place(*record)).collect();
        for record in &mut on_the_way {
            for (side, models) in record.sides.iter_mut().zip(&mut self.models) {
                side.settle(models);
            }
        }
        let made: Vec<(Vec<Page>, Vec<Finding>)> = on_the_way.par_iter_mut().map(|record| self.judge(record)).collect();
        for (OnTheWay { record, bound, .. }, (pages, findings)) in on_the_way.into_iter().zip(made) {
            laid.torn |= pages.len() < self.binding.job.size.sides.len();
            laid.pages.extend(pages);
            laid.names.extend(record.map(|r| r.number).zip(bound.name));
            laid.findings.extend(bound.findings);
            laid.findings.extend(findings);
        }
    }

    /// Binds a record and lays it out.
    fn place<'r>(&self, record: Option<&'r Record>) -> OnTheWay<'r> {
        let thread = rayon::current_thread_index().map_or(0, |index| index + 1);
        // Nothing is left half done in a setter by a thread that panicked: it forgets before it begins.
        let setter = &mut *self.setters[thread % self.setters.len()].lock().unwrap_or_else(PoisonError::into_inner);
        let bound = self.binding.bind(record);
        let whole = bound.sides.len() == self.binding.job.size.sides.len();
        let place = |(side, models): (&BoundSide, &Models)| {
            if !self.binding.is_shared() {
                let (items, findings) = layout::lay_out(side, self.area, setter);
                return Side::Placed(items, findings);
            }
            match models.lay_out(side, self.area, setter) {
                Ok(items) => Side::Placed(items, Vec::new()),
                Err(fresh) => Side::Fresh(fresh),
            }
        };
        let sides = bound.sides.iter().zip(&self.models).filter(|_| whole).map(place).collect();
        OnTheWay { record, bound, sides }
    }

    /// The pages of a record, and what is to be said of them.
    fn judge(&self, on_the_way: &mut OnTheWay<'_>) -> (Vec<Page>, Vec<Finding>) {
        let OnTheWay { record, bound, sides } = on_the_way;
        let job = self.binding.job;
        let number = record.map(|r| r.number);
        let is_whole = !any_error(&bound.findings);
        let (mut pages, mut findings) = (Vec::new(), Vec::new());
        for (i, (side, bound)) in sides.drain(..).zip(&bound.sides).enumerate() {
            let Side::Placed(items, mut found) = side else { continue };
            let page = Page {
                trim: self.area.trim,
                bleed: self.area.bleed,
                die: job.size.die_of(i),
                folds: job.size.folds_of(i),
                perforations: job.size.perforations.clone(),
                side: i,
                record: number.unwrap_or(0),
                inside_glass: false,
                items,
            };
            if !is_whole {
                // What lacks content stands otherwise than it will.
                found.clear();
            }
            if found.is_empty() && is_whole && !self.shop.broken {
                // Where the campaign is wrong or something does not fit, its look says nothing.
                found.extend(preflight::check_page(&page, &bound.name, job.press, self.safe, self.shop.fonts));
            }
            found.extend(check_codes(&page));
            for mut finding in found {
                finding = of_job(finding, job);
                finding.place.record = number;
                findings.push(finding);
            }
            pages.push(page);
        }
        (pages, findings)
    }
}

impl Side {
    /// Takes from the models what is the same in them.
    fn settle(&mut self, models: &mut Models) {
        let side = std::mem::replace(self, Side::Placed(Vec::new(), Vec::new()));
        *self = match side {
            Side::Fresh(fresh) => {
                let (items, findings) = models.adopt(*fresh);
                Side::Placed(items, findings)
            }
            placed => placed,
        };
    }
}

/// Margin that content of a piece keeps free, pt. On a page of its own, a printer's margin falls on it.
pub(super) fn safe(press: &Press, on_sheet: bool) -> f64 {
    press.margin.filter(|_| !on_sheet).unwrap_or(0.0).max(press.safe)
}

fn check_codes(page: &Page) -> Vec<Finding> {
    let check = |tag: Tag| match &tag.meaning {
        Meaning::Symbol { symbol, .. } => Some(Finding::at(tag.spot.clone(), preflight::check_modules(symbol)?)),
        _ => None,
    };
    tags(&page.items).into_iter().filter_map(check).collect()
}
