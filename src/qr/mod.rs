//! QR codes (ISO/IEC 18004): the smallest symbol for a payload, and reading it back.
//!
//! `qrcode` encodes. Every symbol is read again from its modules, and from the picture of a page by `rqrr`; neither
//! reader shares code with what drew it.
//!
//! ```
//! use toroi::qr::{Ecc, encode, read_picture};
//!
//! // The smallest version that holds it, and then as much error correction as has room there.
//! let symbol = encode("https://mo.vn/7KX2", Some(Ecc::M)).unwrap();
//! assert_eq!((symbol.version, symbol.modules, symbol.ecc), (2, 25, Ecc::Q));
//! assert_eq!(symbol.read().unwrap(), b"https://mo.vn/7KX2");
//!
//! // A picture of it: four pixels a module, four modules of quiet zone.
//! let side = (symbol.modules + 8) * 4;
//! let module = |pixel: usize| (pixel / 4).checked_sub(4).filter(|module| *module < symbol.modules);
//! let is_dark = |x: usize, y: usize| module(x).zip(module(y)).is_some_and(|(x, y)| symbol.is_dark(x, y));
//! let read = read_picture(side, side, |x, y| if is_dark(x, y) { 0 } else { 255 });
//! assert_eq!(read, [b"https://mo.vn/7KX2"]);
//! ```

pub mod advice;
mod encode;
mod find;
mod mask;
pub mod payload;
mod read;
mod see;
mod segments;

pub use encode::encode;
pub(crate) use find::{Grey, find};
use qrcode::EcLevel;
use rqrr::{Grid, PreparedImage};
pub use see::{Seen, see_picture};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Light modules that must surround a symbol (ISO/IEC 18004 §5.3.8).
pub const QUIET_ZONE: f64 = 4.0;

/// Reading distance as a multiple of a module's side at which a phone reads it well: three pixels of a
/// 720-line frame to a module.
pub const MODULES_TO_READ: f64 = 300.0;

/// Reading distance as a multiple of a module's side beyond which a phone's frame holds too few pixels of it.
pub const MODULES_AT_MOST: f64 = 450.0;

/// Error correction: share of the codewords that may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ecc {
    /// 7 %.
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
    /// 30 %.
    H,
}

impl Ecc {
    /// All levels, weakest first.
    pub const ALL: [Ecc; 4] = [Ecc::L, Ecc::M, Ecc::Q, Ecc::H];

    /// Its letter.
    pub fn letter(self) -> &'static str {
        ["L", "M", "Q", "H"][self as usize]
    }

    fn level(self) -> EcLevel {
        [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][self as usize]
    }
}

/// A symbol.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// What it says.
    pub payload: String,
    /// Version 1 to 40.
    pub version: u8,
    /// Error correction.
    pub ecc: Ecc,
    /// Modules on a side: 17 + 4 × version.
    pub modules: usize,
    /// Its modules row by row, `true` where dark.
    pub dark: Vec<bool>,
}

/// The payload fits no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Symbol {
    /// Whether the module at a column and row is dark.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.modules + x]
    }

    /// Dark modules as runs along the rows: column, row, length.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for y in 0..self.modules {
            for x in (0..self.modules).filter(|x| self.is_dark(*x, y)) {
                match runs.last_mut() {
                    Some((start, row, length)) if *row == y && *start + *length == x => *length += 1,
                    _ => runs.push((x, y, 1)),
                }
            }
        }
        runs
    }

    /// What its modules say, by the standard alone; none where one of them is not as it should be.
    pub fn read(&self) -> Option<Vec<u8>> {
        read::read(self)
    }
}

/// What the codes in a grey picture say (0 is black).
pub fn read_picture(width: usize, height: usize, grey: impl Fn(usize, usize) -> u8) -> Vec<Vec<u8>> {
    let look = || {
        let mut picture = PreparedImage::prepare_from_greyscale(width, height, grey);
        let read = |grid: Grid<_>| {
            let mut read = Vec::new();
            grid.decode_to(&mut read).ok().map(|_| read)
        };
        picture.detect_grids().into_iter().filter_map(read).collect()
    };
    // rqrr 0.11 asserts that what it takes for a symbol is no further away than a number holds: of ten thousand symbols,
    // one or the other has three figures that look like finders on a line.
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_reads_back_as_it_was_meant() {
        for payload in ["1", "HTTPS://BLUEZONE.GOV.VN/X/0001", "https://www.bluezone.gov.vn/?k=KS001", "WIFI:T:WPA;S:Sông Thao;P:a\\;b;;"]
        {
            for least in [None, Some(Ecc::H)] {
                assert_eq!(encode(payload, least).unwrap().read().as_deref(), Some(payload.as_bytes()), "{payload}");
            }
        }
    }

    #[test]
    fn a_symbol_with_one_finder_gone_does_not_read() {
        let mut symbol = encode("https://www.bluezone.gov.vn/", Some(Ecc::L)).unwrap();
        for y in 9..symbol.modules {
            for x in 0..symbol.modules {
                let i = y * symbol.modules + x;
                symbol.dark[i] = !symbol.dark[i];
            }
        }
        assert_ne!(symbol.read().as_deref(), Some(symbol.payload.as_bytes()));
    }

    #[test]
    fn runs_cover_exactly_the_dark_modules() {
        let symbol = encode("https://mo.vn", None).unwrap();
        let covered: usize = symbol.runs().iter().map(|(_, _, n)| n).sum();
        assert_eq!(covered, symbol.dark.iter().filter(|d| **d).count());
    }
}
