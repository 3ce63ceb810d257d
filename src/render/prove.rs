//! Codes of some pages, read again from the picture of the finished page.

use super::make::round;
use super::{Code, Decoded, Proof};
use crate::diag::Finding;
use crate::geom::mm;
use crate::page::Tag;
use crate::preflight;
use crate::preview::{Look, Preview};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// A code that is to be read again.
pub(super) struct Proved {
    /// Its page, from 0.
    pub(super) page: usize,
    /// Which of the file's codes it is, from 0.
    pub(super) code: usize,
    pub(super) record: Option<usize>,
    pub(super) inside_glass: bool,
    /// Its place on the page.
    pub(super) tag: Tag,
}

/// Codes of a box that are measured in a sample.
const MEASURED: usize = 2;

/// Pages whose codes are read again, from 0.
pub(super) fn proof_sheets(proof: Proof, sheets: usize) -> HashSet<usize> {
    match proof {
        Proof::Off => HashSet::new(),
        Proof::Sample => [0, sheets / 2, sheets.saturating_sub(1)].into_iter().chain(0..sheets.min(2)).collect(),
        Proof::All => (0..sheets).collect(),
    }
}

/// Reads codes again, notes which were, and tells of those that cannot be read. How few pixels they need is measured of some
/// of each box, or of all: what lies around them is the same for all records.
pub(super) fn prove(preview: &Preview, proved: &[Proved], proof: Proof, codes: &mut [Code]) -> Vec<Finding> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut measured: HashSet<usize> = HashSet::new();
    for (i, proved) in proved.iter().enumerate() {
        let count = counts.entry(proved.tag.in_box.as_str()).or_default();
        *count += 1;
        if proof == Proof::All || *count <= MEASURED {
            measured.insert(i);
        }
    }
    for Proved { code, .. } in proved {
        codes[*code].decoded = Decoded::Raster;
    }
    let read = |look: &mut Look<'_>, (i, proved): (usize, &Proved)| {
        let Proved { page, tag, inside_glass, .. } = proved;
        match preflight::check_raster(look, *page, tag, *inside_glass) {
            Some(unread) => (Some(unread), None),
            None if measured.contains(&i) => (None, preflight::least_pixels(look, *page, tag, *inside_glass)),
            None => (None, None),
        }
    };
    let read: Vec<(Option<Finding>, Option<f64>)> = proved.par_iter().enumerate().map_init(|| preview.look(), read).collect();
    let mut found = Vec::new();
    for (proved, (unread, pixels)) in proved.iter().zip(read) {
        let code = &mut codes[proved.code];
        let frail = pixels.and_then(|pixels| {
            let (reads_from_mm, frail) = preflight::judge_pixels(pixels, mm(code.module_mm));
            (code.pixels, code.reads_from_m) = (Some(pixels), round(reads_from_mm / 1000.0));
            frail.map(|problem| Finding::at(proved.tag.spot.clone(), problem))
        });
        for mut finding in unread.into_iter().chain(frail) {
            finding.place.record = proved.record;
            finding.place.in_box = Some(proved.tag.in_box.clone());
            found.push(finding);
        }
    }
    found
}
