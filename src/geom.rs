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

    /// Whether `inner` lies inside, allowing `slack` points of overhang.
    pub fn holds(&self, inner: &Rect, slack: f64) -> bool {
        inner.x >= self.x - slack
            && inner.y >= self.y - slack
            && inner.right() <= self.right() + slack
            && inner.bottom() <= self.bottom() + slack
    }
}

/// Reads a length: a number and `mm`, `cm`, `m`, `in` or `pt`, or a bare `0`.
pub fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number: f64 = text[..split].trim_end().parse().ok()?;
    let points = match &text[split..] {
        "mm" => mm(number),
        "cm" => mm(number * 10.0),
        "m" => mm(number * 1000.0),
        "in" => number * 72.0,
        "pt" => number,
        "" if number == 0.0 => 0.0,
        _ => return None,
    };
    (points.abs() <= LARGEST).then_some(points)
}

/// Longest side of a piece: a PDF page may be 14,400 pt (ISO 32000-1 Annex C.2), bleed and marks included.
const LARGEST: f64 = 14_000.0;

/// Reads a size such as `148x210mm`: both numbers share the unit.
pub fn size(text: &str) -> Option<Size> {
    let (w, h) = text.split_once(['x', '×'])?;
    let unit = h.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let size = Size { w: length(&format!("{}{unit}", w.trim()))?, h: length(h)? };
    let possible = |side: f64| side > 0.0 && side <= LARGEST;
    (possible(size.w) && possible(size.h)).then_some(size)
}

/// Trim of an ISO 216 A size, portrait.
pub fn iso_a(name: &str) -> Option<Size> {
    let (w, h) = match name {
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
}
