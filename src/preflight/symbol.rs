//! Codes are proved, not trusted: read again from their modules, and from the picture of the page.

use crate::diag::{Finding, Place, Problem, Stage};
use crate::geom::to_mm;
use crate::page::{Meaning, Tag};
use crate::preview::{Look, Raster};
use crate::qr::{self, QUIET_ZONE};

/// Pixels a module in the proof. The first is not whole, so that edges fall between pixels as a camera
/// sees them. No reader finds every clean symbol at every scale (rqrr misses about one in a hundred at
/// 3.7, zbar about two): as a phone takes many frames, the proof takes up to four.
const PIXELS_PER_MODULE: [f64; 4] = [3.7, 5.3, 4.0, 7.1];

/// Distance at which a phone reads a module well.
pub fn reads_from_mm(module_pt: f64) -> f64 {
    to_mm(module_pt) * qr::MODULES_TO_READ
}

/// Reads a symbol from its own modules.
pub fn check_modules(symbol: &qr::Symbol) -> Option<Problem> {
    let read = symbol.read();
    (read.as_deref() != Some(symbol.payload.as_bytes())).then(|| unread(symbol, read, Stage::Modules))
}

/// Reads a symbol from the picture of its page, its quiet zone around it; from behind where the piece is for
/// the inner face of a window.
pub fn check_raster(look: &Look<'_>, page: usize, tag: &Tag, inside_glass: bool) -> Option<Finding> {
    let Meaning::Symbol { symbol, module } = &tag.meaning else { return None };
    let module = *module;
    let mut last = None;
    for pixels in PIXELS_PER_MODULE {
        let raster = look.part(page, tag.rect.grown(QUIET_ZONE * module), pixels * 72.0 / module);
        let read = raster
            .map(|r| {
                // What is stuck inside a window is read from its other side.
                let from = |r: &Raster, x: usize| if inside_glass { r.width - 1 - x } else { x };
                qr::read_picture(r.width, r.height, |x, y| r.grey(from(&r, x), y))
            })
            .unwrap_or_default();
        if read.iter().any(|r| r == symbol.payload.as_bytes()) {
            return None;
        }
        last = read.into_iter().next().or(last);
    }
    let place = Place { spot: tag.spot.clone(), in_box: Some(tag.in_box.clone()), ..Place::default() };
    Some(Finding::placed(place, unread(symbol, last, Stage::Raster)))
}

fn unread(symbol: &qr::Symbol, read: Option<Vec<u8>>, from: Stage) -> Problem {
    let read = read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Problem::QrUnread { payload: symbol.payload.clone(), read, from }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_symbol_is_found_out() {
        let mut symbol = qr::encode("https://www.bluezone.gov.vn/", None).unwrap();
        assert_eq!(check_modules(&symbol), None);
        let half = symbol.dark.len() / 2;
        symbol.dark[half..].iter_mut().for_each(|d| *d = !*d);
        assert!(matches!(check_modules(&symbol), Some(Problem::QrUnread { from: Stage::Modules, .. })));
    }

    #[test]
    fn a_module_of_1_2_mm_reads_from_36_cm() {
        assert!((reads_from_mm(crate::geom::mm(1.2)) - 360.0).abs() < 1e-9);
    }
}
