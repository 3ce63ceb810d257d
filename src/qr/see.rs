//! Codes in a picture, and where they are.

use super::Ecc;
use rqrr::{BitGrid, Grid, PreparedImage, SimpleGrid};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A code that was read from a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What it says.
    pub payload: Vec<u8>,
    /// Modules on a side.
    pub modules: usize,
    /// Error correction.
    pub ecc: Ecc,
    /// Its corners, pixels: that of the finder between the two others, then clockwise.
    pub corners: [(f64, f64); 4],
    /// Whether it is left for right.
    pub mirrored: bool,
}

/// The codes in a grey picture (0 is black). `None` where the reader gave up on the picture as a whole.
pub fn see_picture(width: usize, height: usize, grey: impl Fn(usize, usize) -> u8) -> Option<Vec<Seen>> {
    let look = || {
        let mut picture = PreparedImage::prepare_from_greyscale(width, height, grey);
        picture.detect_grids().iter().filter_map(read).collect()
    };
    // As in `read_picture`.
    catch_unwind(AssertUnwindSafe(look)).ok()
}

fn read<G: BitGrid>(grid: &Grid<G>) -> Option<Seen> {
    let modules = grid.grid.size();
    // Read once: the reader looks each module up in the picture every time.
    let plain = catch_unwind(AssertUnwindSafe(|| SimpleGrid::from_func(modules, |x, y| grid.grid.bit(y, x)))).ok()?;
    // rqrr tells where module n + 1 ends, not n.
    let inner = modules as f64 / (modules as f64 + 1.0);
    let [(x, y), others @ ..] = grid.bounds.map(|p| (f64::from(p.x), f64::from(p.y)));
    let [b, c, d] = others.map(|(px, py)| (x + (px - x) * inner, y + (py - y) * inner));
    read_modules(plain, [(x, y), b, c, d])
}

/// What the modules of a symbol say, mended where some are wrong.
pub(super) fn read_modules(grid: SimpleGrid, corners: [(f64, f64); 4]) -> Option<Seen> {
    let grid = Grid::new(grid);
    let mut payload = Vec::new();
    let meta = catch_unwind(AssertUnwindSafe(|| grid.decode_to(&mut payload))).ok()?.ok()?;
    let ecc = *[Ecc::M, Ecc::L, Ecc::H, Ecc::Q].get(usize::from(meta.ecc_level))?;
    let mirrored = is_mirrored(&grid.grid, meta.ecc_level << 3 | meta.mask);
    Some(Seen { payload, modules: grid.grid.size(), ecc, corners, mirrored })
}

/// Whether the format information beside the first finder fits better with rows for columns.
fn is_mirrored(grid: &SimpleGrid, said: u16) -> bool {
    let bits = format(said);
    let at = |i: usize| match i {
        0..=5 => (8, i),
        6 => (8, 7),
        7 => (8, 8),
        8 => (7, 8),
        _ => (14 - i, 8),
    };
    let differ = |mirrored: bool| {
        let bit = |(x, y): (usize, usize)| if mirrored { grid.bit(x, y) } else { grid.bit(y, x) };
        (0..15).filter(|i| bit(at(*i)) != (bits >> i & 1 == 1)).count()
    };
    differ(true) < differ(false)
}

/// The fifteen bits that say error correction and mask (ISO/IEC 18004 §7.9).
fn format(said: u16) -> u16 {
    let mut rest = said << 10;
    for bit in (10..15).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= 0x537 << (bit - 10);
        }
    }
    (said << 10 | rest) ^ 0x5412
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr;

    /// A symbol of eight pixels a module, forty from the top left corner.
    fn seen(turn: impl Fn(usize, usize) -> (usize, usize)) -> Seen {
        let symbol = qr::encode("https://mo.vn/7KX2", Some(Ecc::Q)).unwrap();
        let side = symbol.modules * 8 + 80;
        let module = |at: usize| (at / 8).checked_sub(5).filter(|m| *m < symbol.modules);
        let grey = |x: usize, y: usize| {
            let (x, y) = turn(x, y);
            if module(x).zip(module(y)).is_some_and(|(x, y)| symbol.is_dark(x, y)) { 0 } else { 255 }
        };
        let found = see_picture(side, side, grey).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].payload.as_slice(), found[0].modules, found[0].ecc), (symbol.payload.as_bytes(), symbol.modules, symbol.ecc));
        found[0].clone()
    }

    #[test]
    fn a_code_is_where_it_was_drawn() {
        let code = seen(|x, y| (x, y));
        assert!(!code.mirrored);
        let far = 40.0 + code.modules as f64 * 8.0;
        for ((x, y), (mx, my)) in code.corners.iter().zip([(40.0, 40.0), (far, 40.0), (far, far), (40.0, far)]) {
            assert!((x - mx).abs() < 3.0 && (y - my).abs() < 3.0, "{:?}", code.corners);
        }
    }

    #[test]
    fn a_code_left_for_right_is_told() {
        assert!(seen(|x, y| (y, x)).mirrored);
    }
}
