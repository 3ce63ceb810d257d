//! What is found about many records, each thing once.

use crate::diag::{Finding, Severity};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// Findings of one piece.
pub(super) struct Told<'o> {
    /// Codes of judgements that are let pass.
    allow: Vec<&'o str>,
    /// Each without its record, and the records that it is about.
    found: Vec<(Finding, BTreeSet<Option<usize>>)>,
    /// Where in `found` one is, by all that it says.
    known: HashMap<String, usize>,
    forbids: bool,
}

impl<'o> Told<'o> {
    pub(super) fn new(allow: Vec<&'o str>) -> Told<'o> {
        Told { allow, found: Vec::new(), known: HashMap::new(), forbids: false }
    }

    pub(super) fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for mut finding in findings {
            finding.allow(&self.allow);
            let record = finding.place.record.take();
            let at = match self.known.entry(format!("{finding:?}")) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(fresh) => {
                    self.forbids |= finding.severity() == Severity::Error;
                    self.found.push((finding, BTreeSet::new()));
                    *fresh.insert(self.found.len() - 1)
                }
            };
            self.found[at].1.insert(record);
        }
    }

    /// Whether one of them forbids to make what they are about.
    pub(super) fn forbids(&self) -> bool {
        self.forbids
    }

    /// The findings. What is the same for every one of so many records is said once, without a record.
    pub(super) fn finish(self, records: usize) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (finding, about) in self.found {
            if records > 1 && about.len() >= records {
                findings.push(finding);
                continue;
            }
            for record in about {
                let mut finding = finding.clone();
                finding.place.record = record;
                findings.push(finding);
            }
        }
        findings
    }
}
