//! Colour as authors write it ([`Paint`]) and as a press prints it ([`Colour`]).
//!
//! Grey and black are always one ink: a text or a code in four inks prints with coloured fringes as
//! soon as the plates are off by a hair.

/// A colour as written in a palette.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// `"#0B63B0"`: sRGB, 0..255.
    Rgb([u8; 3]),
    /// `cmyk(90 60 0 5)`: shares of ink, 0..1.
    Cmyk([f64; 4]),
    /// `{rgb: "#0B63B0", cmyk: "cmyk(100 70 5 10)"}`: both, as brand sheets give them.
    Both([u8; 3], [f64; 4]),
}

/// The ink of running text and of every code: black alone.
pub const BLACK: Paint = Paint::Cmyk([0.0, 0.0, 0.0, 1.0]);
/// The stock itself: no ink.
pub const PAPER: Paint = Paint::Cmyk([0.0, 0.0, 0.0, 0.0]);

/// The colours that a press profile speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Process inks, DeviceCMYK.
    Cmyk,
    /// Screens and office printers, DeviceRGB with DeviceGray for greys.
    Rgb,
}

/// A colour of the chosen press, ready for a content stream. Shares 0..1.
#[derive(Clone, Debug, PartialEq)]
pub enum Colour {
    /// DeviceGray: 0 is black, 1 is paper.
    Gray(f64),
    /// DeviceRGB.
    Rgb([f64; 3]),
    /// DeviceCMYK.
    Cmyk([f64; 4]),
    /// A separation of its own plate, such as a cut line.
    Spot {
        /// Name of the plate, case-sensitive: cutters act on it.
        name: String,
        /// CMYK that stands in for the plate on screen.
        alternate: [f64; 4],
    },
}

impl Colour {
    /// A share of it on paper, 0..1. A plate of its own stays whole.
    pub fn tinted(&self, share: f64) -> Colour {
        let towards_paper = |v: f64| 1.0 - (1.0 - v) * share;
        match self {
            Colour::Gray(v) => Colour::Gray(towards_paper(*v)),
            Colour::Rgb(rgb) => Colour::Rgb(rgb.map(towards_paper)),
            Colour::Cmyk(inks) => Colour::Cmyk(inks.map(|ink| ink * share)),
            Colour::Spot { .. } => self.clone(),
        }
    }

    /// Relative luminance, 0 for black and 1 for paper (WCAG 2.2), process inks as their complements.
    pub fn luminance(&self) -> f64 {
        let [r, g, b] = match self {
            Colour::Gray(v) => [*v; 3],
            Colour::Rgb(rgb) => *rgb,
            Colour::Cmyk([c, m, y, k]) | Colour::Spot { alternate: [c, m, y, k], .. } => [c, m, y].map(|ink| (1.0 - ink) * (1.0 - k)),
        };
        let linear = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// Contrast to another colour, 1 to 21 (WCAG 2.2).
    pub fn contrast(&self, other: &Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl Paint {
    /// Reads `#rrggbb` or `cmyk(c m y k)` in per cent.
    pub fn parse(text: &str) -> Option<Paint> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                return None;
            }
            let value = u32::from_str_radix(hex, 16).ok()?;
            return Some(Paint::Rgb([(value >> 16) as u8, (value >> 8) as u8, value as u8]));
        }
        let shares = text.strip_prefix("cmyk(")?.strip_suffix(')')?;
        let shares: Vec<f64> = shares.split([' ', ',']).filter(|s| !s.is_empty()).map(|s| s.parse().ok()).collect::<Option<_>>()?;
        let inks: [f64; 4] = shares.try_into().ok()?;
        inks.iter().all(|i| (0.0..=100.0).contains(i)).then(|| Paint::Cmyk(inks.map(|i| i / 100.0)))
    }

    /// The paint as this press prints it, at a tint of 0..1.
    ///
    /// Without a profile the change of space is that of ISO 32000-1 §10.3: complement, and the common
    /// grey moved to black.
    pub fn on(self, space: Space, tint: f64) -> Colour {
        match (self, space) {
            (Paint::Both(rgb, _), Space::Rgb) => Paint::Rgb(rgb).on(space, tint),
            (Paint::Both(_, inks), Space::Cmyk) => Paint::Cmyk(inks).on(space, tint),
            (Paint::Cmyk(inks), Space::Cmyk) => Colour::Cmyk(inks.map(|i| i * tint)),
            (Paint::Cmyk([0.0, 0.0, 0.0, k]), Space::Rgb) => Colour::Gray(1.0 - k * tint),
            (Paint::Cmyk([c, m, y, k]), Space::Rgb) => Colour::Rgb([c, m, y].map(|ink| 1.0 - (1.0 - (1.0 - ink) * (1.0 - k)) * tint)),
            (Paint::Rgb([r, g, b]), _) => {
                let [r, g, b] = [r, g, b].map(|v| 1.0 - (1.0 - f64::from(v) / 255.0) * tint);
                let grey = r == g && g == b;
                match space {
                    Space::Rgb if grey => Colour::Gray(r),
                    Space::Rgb => Colour::Rgb([r, g, b]),
                    Space::Cmyk => {
                        let k = 1.0 - r.max(g).max(b);
                        Colour::Cmyk([1.0 - r - k, 1.0 - g - k, 1.0 - b - k, k].map(|ink| ink.max(0.0)))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_print_in_one_ink() {
        assert_eq!(BLACK.on(Space::Cmyk, 1.0), Colour::Cmyk([0.0, 0.0, 0.0, 1.0]));
        assert_eq!(BLACK.on(Space::Rgb, 1.0), Colour::Gray(0.0));
        assert_eq!(Paint::Rgb([0, 0, 0]).on(Space::Cmyk, 1.0), Colour::Cmyk([0.0, 0.0, 0.0, 1.0]));
        let Colour::Cmyk([c, m, y, _]) = Paint::Rgb([51, 51, 51]).on(Space::Cmyk, 0.5) else { panic!() };
        assert_eq!([c, m, y], [0.0; 3]);
    }

    #[test]
    fn contrast_is_that_of_luminance() {
        let (black, paper) = (Colour::Gray(0.0), PAPER.on(Space::Cmyk, 1.0));
        assert!((black.contrast(&paper) - 21.0).abs() < 1e-9);
        let grey = Paint::Rgb([0x76, 0x76, 0x76]).on(Space::Rgb, 1.0);
        assert!((grey.contrast(&paper) - 4.54).abs() < 0.01);
        assert!((black.contrast(&black) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn paint_is_hex_or_cmyk() {
        assert_eq!(Paint::parse("#0B63B0"), Some(Paint::Rgb([11, 99, 176])));
        assert_eq!(Paint::parse("cmyk(0 35 95 0)"), Some(Paint::Cmyk([0.0, 0.35, 0.95, 0.0])));
        for bad in ["0B63B0", "#0B63B", "#0B63BZ", "cmyk(0 35 95)", "cmyk(0 0 0 101)", "red", "#+12345"] {
            assert_eq!(Paint::parse(bad), None, "{bad}");
        }
    }
}
