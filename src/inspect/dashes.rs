//! How many dashes the lines of a page are cut into: a renderer makes each, wherever it lies.

use hayro::hayro_syntax::object::{Array, Dict, Object};

/// Length of the path that is being laid out, in its own units; of a curve that of its corners, which is no less.
#[derive(Default)]
pub(super) struct Outline {
    length: f64,
    begin: (f64, f64),
    at: (f64, f64),
}

impl Outline {
    pub(super) fn move_to(&mut self, to: (f64, f64)) {
        (self.begin, self.at) = (to, to);
    }

    /// A line, or a curve by its corners.
    pub(super) fn go(&mut self, corners: &[(f64, f64)]) {
        for to in corners {
            self.length += (to.0 - self.at.0).hypot(to.1 - self.at.1);
            self.at = *to;
        }
    }

    pub(super) fn close(&mut self) {
        self.go(&[self.begin]);
    }

    pub(super) fn rectangle(&mut self, corner: (f64, f64), width: f64, height: f64) {
        self.move_to(corner);
        self.length += 2.0 * (width.abs() + height.abs());
    }

    /// Dashes that it is cut into, as if it were closed; it begins anew.
    pub(super) fn cut(&mut self, dashes: Option<f64>) -> u64 {
        self.close();
        let number = std::mem::take(self).length / dashes.unwrap_or(f64::INFINITY);
        if number.is_finite() { number as u64 } else { u64::MAX }
    }
}

/// The mean of dashes and gaps; none of lines without them, and nothing where one leads back.
pub(super) fn mean(dashes: &Array<'_>) -> Option<f64> {
    let dashes: Vec<f64> = dashes.iter::<f64>().collect();
    let is_sound = dashes.iter().all(|dash| *dash >= 0.0 && dash.is_finite());
    // The renderer takes a hundredth for those without a length.
    let sum: f64 = dashes.iter().map(|dash| if *dash == 0.0 { 0.01 } else { *dash }).sum();
    (!dashes.is_empty()).then(|| if is_sound { sum / dashes.len() as f64 } else { 0.0 })
}

/// Dashes that a graphics state sets (ISO 32000-1 table 58), if it does.
pub(super) fn of_state(set: &Dict<'_>) -> Option<Option<f64>> {
    match set.get::<Array<'_>>("D")?.iter::<Object<'_>>().next()? {
        Object::Array(dashes) => Some(mean(&dashes)),
        _ => None,
    }
}
