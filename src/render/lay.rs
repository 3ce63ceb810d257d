//! From records to pages: bound, laid out, judged by their looks.

use super::make::of_job;
use super::shop::Shop;
use crate::data::Record;
use crate::diag::{Finding, any_error};
use crate::layout;
use crate::page::{self, Meaning, Page, Tag, tags};
use crate::preflight;
use crate::sheet;
use crate::template::bind::{Binding, Bound, Job};
use crate::text::Setter;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Pages of some records.
pub(super) struct Laid {
    /// In the order of records, all sides of each, as they are imposed.
    pub(super) pages: Vec<Page>,
    /// Names of the records by their numbers.
    pub(super) names: BTreeMap<usize, String>,
    pub(super) findings: Vec<Finding>,
    /// Whether every record has all its sides.
    pub(super) whole: bool,
}

/// Lays out records. What is `broken` is not judged by its looks.
pub(super) fn lay_out(shop: &Shop<'_>, binding: &Binding<'_>, records: &[Option<&Record>], on_sheet: bool, broken: bool) -> Laid {
    let job = binding.job;
    // On a page of its own, a printer's margin falls on the piece.
    let safe = job.press.margin.filter(|_| !on_sheet).unwrap_or(0.0).max(job.press.safe);
    let lay = |setter: &mut Setter<'_>, record: &Option<&Record>| {
        let Bound { sides, name, findings } = binding.bind(*record);
        let mut laid = One { pages: Vec::new(), name, findings, number: record.map(|r| r.number) };
        if sides.len() == job.size.sides.len() {
            laid.add_pages(job, &sides, setter, (safe, broken));
        }
        laid
    };
    let laid: Vec<One> = records.par_iter().map_init(|| Setter::new(shop.fonts, shop.compounds), lay).collect();
    let mut all = Laid { pages: Vec::new(), names: BTreeMap::new(), findings: Vec::new(), whole: true };
    for One { pages, name, findings, number } in laid {
        all.whole &= pages.len() == job.size.sides.len();
        all.pages.extend(pages);
        all.names.extend(number.zip(name));
        all.findings.extend(findings);
    }
    page::share(&mut all.pages);
    if job.piece.inside_glass {
        all.pages = all.pages.into_iter().map(Page::mirrored).collect();
    }
    if job.piece.half_fold.is_some() && all.whole && job.size.sides.len() == 4 {
        all.pages = sheet::half_fold(all.pages);
    }
    all
}

/// The pages of one record.
struct One {
    pages: Vec<Page>,
    name: Option<String>,
    findings: Vec<Finding>,
    number: Option<usize>,
}

impl One {
    fn add_pages(
        &mut self,
        job: &Job<'_>,
        sides: &[crate::template::bound::BoundSide],
        setter: &mut Setter<'_>,
        (safe, broken): (f64, bool),
    ) {
        let sound = !broken && !any_error(&self.findings);
        let on = layout::Area { trim: job.size.trim, bleed: job.press.bleed, space: job.press.space };
        for (i, side) in sides.iter().enumerate() {
            let (items, mut found) = layout::lay_out(side, on, setter);
            let page = Page {
                trim: on.trim,
                bleed: on.bleed,
                die: job.size.die_of(i),
                folds: job.size.folds_of(i),
                perforations: job.size.perforations.clone(),
                side: i,
                record: self.number.unwrap_or(0),
                inside_glass: false,
                items,
            };
            if found.is_empty() && sound {
                // Where something is wrong or does not fit, its look says nothing.
                found.extend(preflight::check_page(&page, &side.name, job.press, safe, setter.fonts()));
            }
            found.extend(check_codes(&page));
            for mut finding in found {
                finding = of_job(finding, job);
                finding.place.record = self.number;
                self.findings.push(finding);
            }
            self.pages.push(page);
        }
    }
}

fn check_codes(page: &Page) -> Vec<Finding> {
    let check = |tag: Tag| match &tag.meaning {
        Meaning::Symbol { symbol, .. } => Some(Finding::at(tag.spot.clone(), preflight::check_modules(symbol)?)),
        _ => None,
    };
    tags(&page.items).into_iter().filter_map(check).collect()
}
