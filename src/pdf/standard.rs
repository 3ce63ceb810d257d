//! What each standard asks of a file, as a table. `PDF_X4.md` beside this file tells how each clause of
//! PDF/X-4 is met, and by which test that is held.

use crate::spec::press::Standard;

/// What a standard asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Version in the header.
    pub(super) version: &'static str,
    /// Version of PDF/X, where it is one.
    pub(super) print: Option<Print>,
    /// Part and level of PDF/A, where it is one.
    pub(super) archive: Option<(u8, char)>,
    /// Whether soft masks and blend modes are allowed.
    pub(super) transparency: bool,
    /// Whether optional content is.
    pub(super) layers: bool,
}

/// How a file says which PDF/X it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Print {
    /// In the XMP, as of PDF/X-4.
    InXmp(&'static str),
    /// In the Info dictionary, as before.
    InInfo(&'static str),
}

/// ISO 15930-7, with ISO 19005-2 level B beside it: what one allows and the other forbids is left out.
const X4: Rules = Rules { version: "1.6", print: Some(Print::InXmp("PDF/X-4")), archive: Some((2, 'B')), transparency: true, layers: true };
/// ISO 15930-4.
const X1A: Rules = Rules { version: "1.4", print: Some(Print::InInfo("PDF/X-1a:2003")), archive: None, transparency: false, layers: false };
/// ISO 19005-2.
const A2B: Rules = Rules { version: "1.6", print: None, archive: Some((2, 'B')), transparency: true, layers: true };

pub(super) fn rules(standard: Standard) -> Rules {
    match standard {
        Standard::X4 => X4,
        Standard::X1a => X1A,
        Standard::A2b => A2B,
    }
}
