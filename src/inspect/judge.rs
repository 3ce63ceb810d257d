//! What a print shop would mind.

use super::{Inspected, Refused};
use crate::diag::{Finding, Problem};
use crate::spec::press::Press;

/// Why a file was refused, as a finding.
pub fn refused(file: &str, why: Refused) -> Finding {
    Finding::in_file(file, Problem::FileUnreadable { path: file.into(), why: format!("{why:?}") })
}

/// Judges a file: for a press where one is given, else by what holds for all.
pub fn judge(_found: &Inspected, _file: &str, _press: Option<&Press>) -> Vec<Finding> {
    Vec::new()
}
