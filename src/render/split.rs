//! A file for each record.

use super::assemble::{Assembly, Extent};
use super::lay::{Laid, Layer};
use super::make::{judge, of_job, records};
use super::names::file_name;
use super::shop::Shop;
use super::{Artwork, Event, Watch};
use crate::data::Record;
use crate::diag::{At, Finding, Problem, Spot};
use crate::page::Page;
use crate::pdf::Meta;
use crate::sheet::Plan;
use crate::template::bind::{Binding, Job};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

/// Files that are in the works at one time.
const FILES_AT_A_TIME: usize = 16;

/// Where a piece is to be split: how each record is set, and what its file is called.
pub(super) struct Split {
    pub(super) plan: Plan,
    pub(super) meta: Meta,
    pub(super) sides: usize,
    /// Whether it is set on sheets.
    pub(super) on_sheet: bool,
    /// Its folder.
    pub(super) folder: String,
    /// What the manifest of all its files is called, and the record that begins it.
    pub(super) manifest: (String, usize),
    pub(super) names: BTreeMap<usize, String>,
    /// Codes of the judgements on the piece that were let pass.
    pub(super) allowed: Vec<&'static str>,
}

impl Shop<'_> {
    /// The names of the files of all records, by their numbers: as the piece's pattern has it, else the number. None
    /// where two are the same or one is empty, which is told.
    pub(super) fn file_names(&mut self, job: &Job<'_>) -> Option<BTreeMap<usize, String>> {
        let binding = Binding::new(job);
        let digits = job.table.and_then(|table| table.records.last()).map_or(1, |last| last.number.to_string().len());
        let (mut names, mut owners, mut sound) = (BTreeMap::new(), BTreeMap::new(), true);
        for record in records(job).into_iter().flatten() {
            let name = match job.piece.file {
                Some(_) => binding.name(record).and_then(|name| file_name(&name)),
                None => Some(format!("{:0digits$}", record.number)),
            };
            let problem = match name {
                // Where letters' case does not count, names that differ in nothing else are one.
                Some(name) => match owners.entry(name.to_lowercase()) {
                    Entry::Vacant(free) => {
                        free.insert(record.number);
                        names.insert(record.number, name);
                        continue;
                    }
                    Entry::Occupied(owner) => Problem::SameName { name, other: *owner.get() },
                },
                None => Problem::NoName,
            };
            sound = false;
            let file = job.table.map(|table| table.file.clone()).unwrap_or_default();
            let mut finding = of_job(Finding::at(Spot { file, at: At { line: record.line, column: 1 } }, problem), job);
            finding.place.record = Some(record.number);
            self.findings.push(finding);
        }
        sound.then_some(names)
    }

    /// Makes the files of the records that have names, one after the other. All records are known to be sound; a file
    /// that should not come about all the same is told, and the others are there. Where it is broken off, so many are not.
    pub(super) fn split(&mut self, job: &Job<'_>, split: &Split, watch: &mut Watch<'_>) -> ControlFlow<usize> {
        let records: Vec<Option<&Record>> =
            records(job).into_iter().filter(|record| record.is_some_and(|record| split.names.contains_key(&record.number))).collect();
        let (mut found, mut done, mut goes_on) = (Vec::new(), 0, ControlFlow::Continue(()));
        let mut layer = Layer::new(self, job, split.on_sheet);
        for part in records.chunks(FILES_AT_A_TIME) {
            let Laid { pages, .. } = layer.lay_out(part);
            let mut pages = pages.into_iter();
            let own: Vec<(&Record, Vec<Page>)> =
                part.iter().flatten().map(|record| (*record, pages.by_ref().take(split.sides).collect())).collect();
            let make = |(record, pages): (&Record, Vec<Page>)| self.one(job, split, record, pages);
            let made: Vec<(Option<Artwork>, Vec<Finding>)> = own.into_par_iter().map(make).collect();
            for (artwork, findings) in made {
                if goes_on.is_continue() {
                    found.extend(findings);
                    if let Some(artwork) = artwork {
                        let (next, over) = self.hand_out(job, Box::new(artwork), watch);
                        goes_on = next;
                        found.extend(over);
                    }
                    done += 1;
                }
            }
            let (piece, press) = (job.piece.name.value.as_str(), job.press.name.as_str());
            if goes_on.is_break() || watch(Event::LaidOut { piece, press, records: done, of: records.len() }).is_break() {
                goes_on = ControlFlow::Break(());
                break;
            }
        }
        self.findings.extend(found);
        goes_on.map_break(|()| records.len() - done)
    }

    /// The file of one record.
    fn one(&self, job: &Job<'_>, split: &Split, record: &Record, pages: Vec<Page>) -> (Option<Artwork>, Vec<Finding>) {
        let filled = split.plan.fill(1);
        let extent = Extent { sides: split.sides, sheets: 0..filled.len(), of: filled.len(), shard: None };
        let mut assembly = Assembly::new(self, job, &split.plan, &extent, &split.meta);
        let name = split.names.get(&record.number).map_or("", String::as_str);
        assembly.file = format!("{}/{name}.pdf", split.folder);
        assembly.manifest = (split.manifest.0.clone(), split.manifest.1 == record.number);
        let names = BTreeMap::from([(record.number, name.to_string())]);
        match assembly.add(pages, names, &filled) {
            Ok(()) => {
                let (artwork, findings) = judge(job, assembly, 1, self.options.proof);
                (artwork.map(|artwork| Artwork { allowed: split.allowed.clone(), ..artwork }), findings)
            }
            Err(problem) => (None, vec![Finding::in_file(&assembly.file, problem)]),
        }
    }
}
