//! Lengths, sizes and rectangles, all in PDF points (1 pt = 1/72 inch), y growing downwards from the
//! top left corner of the trim, as on a layout table. Only `pdf/` turns y around.

/// Points in one millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// Millimetres as points.
pub fn mm(value: f64) -> f64 {
    value * PT_PER_MM
}

/// Points as millimetres.
pub fn to_mm(points: f64) -> f64 {
    points / PT_PER_MM
}

/// Width and height in points.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Size {
    /// Horizontal extent, pt.
    pub w: f64,
    /// Vertical extent, pt.
    pub h: f64,
}

impl Size {
    /// Width and height in millimetres.
    pub fn in_mm(self) -> [f64; 2] {
        [to_mm(self.w), to_mm(self.h)]
    }
}

/// A rectangle in points: top left corner and extent.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Rect {
    /// Left edge, pt.
    pub x: f64,
    /// Top edge, pt.
    pub y: f64,
    /// Width, pt.
    pub w: f64,
    /// Height, pt.
    pub h: f64,
}

impl Rect {
    /// The rectangle of a size at the origin.
    pub fn of(size: Size) -> Rect {
        Rect { x: 0.0, y: 0.0, w: size.w, h: size.h }
    }

    /// The smallest rectangle that holds all of some points; empty at the origin where there is none.
    pub fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Rect {
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let [l, t, r, b] = points.into_iter().fold(none, |[l, t, r, b], (x, y)| [l.min(x), t.min(y), r.max(x), b.max(y)]);
        if l > r { Rect::default() } else { Rect { x: l, y: t, w: r - l, h: b - t } }
    }

    /// Right edge, pt.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Bottom edge, pt.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The same rectangle grown on all four sides (shrunk where `by` is negative).
    pub fn grown(&self, by: f64) -> Rect {
        Rect { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// The same rectangle moved.
    pub fn moved(&self, dx: f64, dy: f64) -> Rect {
        Rect { x: self.x + dx, y: self.y + dy, ..*self }
    }

    /// What both cover; without extent where they share nothing.
    pub fn shared(&self, other: &Rect) -> Rect {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        Rect { x, y, w: (right - x).max(0.0), h: (bottom - y).max(0.0) }
    }

    /// Whether the insides of both share more than `slack` points each way.
    pub fn overlaps(&self, other: &Rect, slack: f64) -> bool {
        let shared = |a: f64, a_end: f64, b: f64, b_end: f64| a_end.min(b_end) - a.max(b) > slack;
        shared(self.x, self.right(), other.x, other.right()) && shared(self.y, self.bottom(), other.y, other.bottom())
    }

    /// Whether `inner` lies inside, allowing `slack` points of overhang.
    pub fn holds(&self, inner: &Rect, slack: f64) -> bool {
        inner.x >= self.x - slack
            && inner.y >= self.y - slack
            && inner.right() <= self.right() + slack
            && inner.bottom() <= self.bottom() + slack
    }
}

/// An affine transform `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f (ISO 32000-1 §8.3.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform(pub [f64; 6]);

impl Transform {
    /// Leaves everything where it is.
    pub const IDENTITY: Transform = Transform([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Moves.
    pub fn moved(dx: f64, dy: f64) -> Transform {
        Transform([1.0, 0.0, 0.0, 1.0, dx, dy])
    }

    /// Left for right inside a width.
    pub fn mirrored(width: f64) -> Transform {
        Transform([-1.0, 0.0, 0.0, 1.0, width, 0.0])
    }

    /// Turned clockwise by degrees about the middle of a rectangle, after left and right are swapped
    /// there where `mirror` is set.
    pub fn turned(degrees: f64, mirror: bool, about: Rect) -> Transform {
        let (x, y) = (about.x + about.w / 2.0, about.y + about.h / 2.0);
        let (sin, cos) = quarter_exact(degrees);
        let flip = if mirror { -1.0 } else { 1.0 };
        Transform([flip * cos, flip * sin, -sin, cos, x - flip * cos * x + sin * y, y - flip * sin * x - cos * y])
    }

    /// This one inside `outer`.
    pub fn within(self, outer: Transform) -> Transform {
        let ([a, b, c, d, e, f], [oa, ob, oc, od, ..]) = (self.0, outer.0);
        let (x, y) = outer.point(e, f);
        Transform([oa * a + oc * b, ob * a + od * b, oa * c + oc * d, ob * c + od * d, x, y])
    }

    /// The way back. There is one wherever nothing is flattened.
    pub fn inverse(self) -> Transform {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        let (ia, ib, ic, id) = (d / area, -b / area, -c / area, a / area);
        Transform([ia, ib, ic, id, -(ia * e + ic * f), -(ib * e + id * f)])
    }

    /// Where a point comes to lie.
    pub fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The upright rectangle around a rectangle's new place.
    pub fn rect(self, r: Rect) -> Rect {
        let corners = [(r.x, r.y), (r.right(), r.y), (r.x, r.bottom()), (r.right(), r.bottom())].map(|(x, y)| self.point(x, y));
        Rect::around(corners)
    }

    /// Whether left and right are swapped.
    pub fn mirrors(self) -> bool {
        let [a, b, c, d, ..] = self.0;
        a * d - b * c < 0.0
    }
}

/// Sine and cosine, exact at quarter turns, so that an upright box stays upright to the last digit.
fn quarter_exact(degrees: f64) -> (f64, f64) {
    match degrees.rem_euclid(360.0) {
        0.0 => (0.0, 1.0),
        90.0 => (1.0, 0.0),
        180.0 => (0.0, -1.0),
        270.0 => (-1.0, 0.0),
        other => other.to_radians().sin_cos(),
    }
}

/// Reads a length on a piece: a number and `mm`, `cm`, `m`, `in` or `pt`, or a bare `0`.
pub(crate) fn length(text: &str) -> Option<f64> {
    distance(text).filter(|points| points.abs() <= LARGEST)
}

/// Reads a distance, which may be larger than any piece: of a poster's reader, say.
pub(crate) fn distance(text: &str) -> Option<f64> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number: f64 = text[..split].trim_end().parse().ok()?;
    Some(match &text[split..] {
        "mm" => mm(number),
        "cm" => mm(number * 10.0),
        "m" => mm(number * 1000.0),
        "in" => number * 72.0,
        "pt" => number,
        "" if number == 0.0 => 0.0,
        _ => return None,
    })
}

/// Longest side of a piece: a PDF page may be 14,400 pt (ISO 32000-1 Annex C.2), bleed and marks included.
const LARGEST: f64 = 14_000.0;

/// Reads a size such as `148x210mm`: both numbers share the unit.
pub(crate) fn size(text: &str) -> Option<Size> {
    let (w, h) = text.split_once(['x', '×'])?;
    let unit = h.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let size = Size { w: length(&format!("{}{unit}", w.trim()))?, h: length(h)? };
    let possible = |side: f64| side > 0.0 && side <= LARGEST;
    (possible(size.w) && possible(size.h)).then_some(size)
}

/// Names of the ISO 216 A sizes that [`iso_a`] knows.
pub(crate) const ISO_A: [&str; 5] = ["a6", "a5", "a4", "a3", "a2"];

/// Trim of an ISO 216 A size, portrait.
pub(crate) fn iso_a(name: &str) -> Option<Size> {
    let (w, h) = match name {
        "a2" => (420.0, 594.0),
        "a3" => (297.0, 420.0),
        "a4" => (210.0, 297.0),
        "a5" => (148.0, 210.0),
        "a6" => (105.0, 148.0),
        _ => return None,
    };
    Some(Size { w: mm(w), h: mm(h) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_need_a_unit() {
        assert_eq!(length("72pt"), Some(72.0));
        assert_eq!(length("1in"), Some(72.0));
        assert_eq!(length("25.4 mm"), Some(72.0));
        assert_eq!(length("0"), Some(0.0));
        assert_eq!(length("5"), None);
        assert_eq!(length("5px"), None);
        assert_eq!(length("mm"), None);
    }

    #[test]
    fn a_size_is_two_numbers_and_a_unit() {
        let a5 = size("148x210mm").unwrap();
        assert!((to_mm(a5.w) - 148.0).abs() < 1e-9 && (to_mm(a5.h) - 210.0).abs() < 1e-9);
        assert_eq!(size("148mm"), None);
        assert_eq!(size("0x10mm"), None);
    }

    #[test]
    fn a_turned_box_keeps_its_middle_and_a_mirrored_one_its_place() {
        let r = Rect { x: 10.0, y: 20.0, w: 30.0, h: 10.0 };
        assert_eq!(Transform::turned(90.0, false, r).rect(r), Rect { x: 20.0, y: 10.0, w: 10.0, h: 30.0 });
        assert_eq!(Transform::turned(90.0, false, r).point(10.0, 20.0), (30.0, 10.0));
        assert_eq!(Transform::turned(0.0, true, r).point(10.0, 20.0), (40.0, 20.0));
        assert_eq!(Transform::turned(0.0, true, r).rect(r), r);
        assert!(Transform::turned(33.0, true, r).mirrors() && !Transform::turned(33.0, false, r).mirrors());
    }

    #[test]
    fn the_inverse_leads_back() {
        let there = Transform([0.0, 2.0, -1.0, 0.5, 30.0, -7.0]);
        let (x, y) = there.inverse().point(there.point(3.0, 4.0).0, there.point(3.0, 4.0).1);
        assert!((x - 3.0).abs() < 1e-12 && (y - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_transform_within_another_is_taken_first() {
        let both = Transform::mirrored(100.0).within(Transform::moved(5.0, 7.0));
        assert_eq!(both.point(10.0, 1.0), (95.0, 8.0));
    }
}
