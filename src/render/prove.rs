//! Codes of some pages, read again from the picture of the finished page.

use super::{Code, Decoded, Proof};
use crate::diag::Finding;
use crate::page::Tag;
use crate::preflight;
use crate::preview::{Look, Preview};
use rayon::prelude::*;
use std::collections::HashSet;

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

/// Pages whose codes are read again, from 0.
pub(super) fn proof_sheets(proof: Proof, sheets: usize) -> HashSet<usize> {
    match proof {
        Proof::Off => HashSet::new(),
        Proof::Sample => [0, sheets / 2, sheets.saturating_sub(1)].into_iter().chain(0..sheets.min(2)).collect(),
        Proof::All => (0..sheets).collect(),
    }
}

/// Reads codes again, notes which were, and tells of those that cannot be read.
pub(super) fn prove(preview: &Preview, proved: &[Proved], codes: &mut [Code]) -> Vec<Finding> {
    for Proved { code, .. } in proved {
        codes[*code].decoded = Decoded::Raster;
    }
    let read = |look: &mut Look<'_>, proved: &Proved| {
        let mut finding = preflight::check_raster(look, proved.page, &proved.tag, proved.inside_glass)?;
        finding.place.record = proved.record;
        Some(finding)
    };
    let found: Vec<Option<Finding>> = proved.par_iter().map_init(|| preview.look(), read).collect();
    found.into_iter().flatten().collect()
}
