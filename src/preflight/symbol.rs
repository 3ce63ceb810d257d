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
pub(crate) fn reads_from_mm(module_pt: f64) -> f64 {
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

/// Resolutions at which a blurred picture of a code is tried, pixels a module, from what a phone has at the distance that
/// is told downwards, and upwards where it cannot be read there.
const FALLING: [f64; 2] = [3.0, 2.0];
const RISING: [f64; 3] = [3.5, 4.0, 5.0];
/// Pixels a module in the picture that these are made of.
const FINE: f64 = 6.0;

/// The fewest pixels a module at which a code is read from a blurred picture of its page; `FINE` where only a sharper
/// one is.
pub(crate) fn least_pixels(look: &Look<'_>, page: usize, tag: &Tag, inside_glass: bool) -> Option<f64> {
    let Meaning::Symbol { symbol, module } = &tag.meaning else { return None };
    let raster = look.part(page, tag.rect.grown(QUIET_ZONE * module), FINE * 72.0 / module)?;
    Some(least_of(&Grey::of(&raster, inside_glass), &symbol.payload))
}

fn least_of(fine: &Grey, payload: &str) -> f64 {
    let reads_on = |pixels: f64, scales: &[f64]| {
        let grids = scales.iter().flat_map(|scale| [0.0, 0.33, 0.67].map(|phase| (*scale, phase)));
        grids.into_iter().any(|(scale, phase)| {
            let seen = fine.shrunk(FINE / pixels / scale, phase).blurred();
            qr::read_picture(seen.width, seen.height, |x, y| seen.at(x, y)).iter().any(|read| read == payload.as_bytes())
        })
    };
    // As a phone takes many frames, so each is tried on some grids of pixels: then every clean symbol is read at 2.5, and
    // of 26 all but one at 2. What a phone has to spare is worth fewer of them.
    let reads = |pixels: &f64| reads_on(*pixels, if *pixels < FALLING[0] { &[1.0] } else { &[1.0, 0.97, 1.03] });
    match FALLING.iter().take_while(|pixels| reads(pixels)).last() {
        Some(least) => *least,
        None => RISING.iter().find(|pixels| reads(pixels)).map_or(FINE, |pixels| *pixels),
    }
}

/// The distance that the fewest pixels stand for, and what is to be said of a code that needs more of them than a phone
/// has there, mm.
pub(crate) fn judge_pixels(pixels: f64, module_pt: f64) -> (f64, Option<Problem>) {
    let meant = reads_from_mm(module_pt);
    let reads_from = meant * (FALLING[0] / pixels).min(1.0);
    let frail = Problem::QrFrail { pixels, reads_from_m: reads_from / 1000.0, meant_m: meant / 1000.0 };
    // How the modules fall on the pixels makes half a pixel: clean codes, 6 in 180, need 3.5.
    (reads_from, (pixels > RISING[0]).then_some(frail))
}

/// A grey picture, 0 black.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<f32>,
}

impl Grey {
    /// What is stuck inside a window is read from its other side.
    fn of(raster: &Raster, mirrored: bool) -> Grey {
        let (width, height) = (raster.width, raster.height);
        let x = |x: usize| if mirrored { width - 1 - x } else { x };
        let pixels = (0..width * height).map(|i| f32::from(raster.grey(x(i % width), i / width))).collect();
        Grey { width, height, pixels }
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x] as u8
    }

    /// As a sensor of fewer pixels sees it: each is the mean of those that it covers.
    fn shrunk(&self, factor: f64, phase: f64) -> Grey {
        let length = |pixels: usize| ((pixels as f64 / factor - phase).floor() as usize).max(1);
        let (width, height) = (length(self.width), length(self.height));
        let range = |at: usize, of: usize| {
            let begin = ((at as f64 + phase) * factor) as usize;
            begin.min(of - 1)..(((at as f64 + 1.0 + phase) * factor) as usize).clamp(begin + 1, of.max(begin + 1)).min(of)
        };
        let mean = |i: usize| {
            let (columns, rows) = (range(i % width, self.width), range(i / width, self.height));
            let count = (columns.len() * rows.len()).max(1) as f32;
            rows.flat_map(|y| columns.clone().map(move |x| (x, y))).map(|(x, y)| self.pixels[y * self.width + x]).sum::<f32>() / count
        };
        Grey { width, height, pixels: (0..width * height).map(mean).collect() }
    }

    /// As a lens that is a little out of focus shows it: each pixel with a share of its neighbours, 1–4–1
    /// (a radius of 0.58 pixels).
    fn blurred(self) -> Grey {
        let (w, h) = (self.width, self.height);
        let mix = |from: &[f32], at: usize, step: usize, place: usize, length: usize| {
            let before = if place > 0 { from[at - step] } else { from[at] };
            let after = if place + 1 < length { from[at + step] } else { from[at] };
            (before + 4.0 * from[at] + after) / 6.0
        };
        let across: Vec<f32> = (0..w * h).map(|i| mix(&self.pixels, i, 1, i % w, w)).collect();
        let pixels = (0..w * h).map(|i| mix(&across, i, w, i / w, h)).collect();
        Grey { width: w, height: h, pixels }
    }
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

    /// A picture of a symbol with its quiet zone, [`FINE`] pixels a module.
    fn fine(symbol: &qr::Symbol) -> Grey {
        let side = (symbol.modules + 8) * FINE as usize;
        let at = |pixel: usize| (pixel / FINE as usize).checked_sub(4).filter(|at| *at < symbol.modules);
        let dark = |i: usize| at(i % side).zip(at(i / side)).is_some_and(|(x, y)| symbol.dark[y * symbol.modules + x]);
        Grey { width: side, height: side, pixels: (0..side * side).map(|i| if dark(i) { 0.0 } else { 255.0 }).collect() }
    }

    #[test]
    fn clean_symbols_are_read_from_a_blurred_picture_at_what_a_phone_has() {
        for length in (8_u32..160).step_by(19) {
            let payload: String =
                "https://mo.vn/".chars().chain((0..length).map(|i| char::from(b'a' + ((i * 7 + length) % 26) as u8))).collect();
            let symbol = qr::encode(&payload, None).unwrap();
            assert!(least_of(&fine(&symbol), &payload) <= 3.0, "{payload}");
        }
    }

    #[test]
    fn a_code_with_a_pattern_over_it_needs_more_pixels() {
        let symbol = qr::encode("https://www.bluezone.gov.vn/", None).unwrap();
        let mut picture = fine(&symbol);
        // A fine grid of light and dark lines, as of a photograph behind it.
        let width = picture.width;
        picture.pixels.iter_mut().enumerate().filter(|(i, _)| (i % width) % 6 < 2).for_each(|(_, pixel)| *pixel = 255.0 - *pixel);
        let least = least_of(&picture, &symbol.payload);
        let (reads_from, frail) = judge_pixels(least, crate::geom::mm(1.2));
        assert!(least > 3.0 && reads_from < 310.0 && frail.is_some(), "{least}");
    }

    #[test]
    fn a_module_of_1_2_mm_reads_from_36_cm() {
        assert!((reads_from_mm(crate::geom::mm(1.2)) - 360.0).abs() < 1e-9);
    }
}
