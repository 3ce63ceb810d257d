//! Colour as authors write it ([`Paint`]) and as a press prints it ([`Colour`]).
//!
//! Grey and black are always one ink: a text or a code in four inks prints with coloured fringes as
//! soon as the plates are off by a hair. Other screen colours become process inks by the [`Profile`] of
//! the printing condition.

mod profile;

use crate::diag::Problem;
use std::sync::Arc;

pub use profile::{Profile, Unfit};

/// A colour as written in a palette.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// `"#0B63B0"`: sRGB, 0..255.
    Rgb([u8; 3]),
    /// `cmyk(90 60 0 5)`: shares of ink, 0..1.
    Cmyk([f64; 4]),
    /// `{rgb: "#0B63B0", cmyk: "cmyk(100 70 5 10)"}`: both, as brand sheets give them.
    Both([u8; 3], [f64; 4]),
    /// `{spot: PANTONE 287 C, cmyk: "cmyk(100 75 2 18)"}`: an ink of its own, mixed before printing.
    Spot(Arc<Plate>),
}

/// An ink or a tool with a plate of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// Name of the plate, case-sensitive: shops and cutters act on it.
    pub name: String,
    /// Process inks that stand in for it on screen and on presses without it.
    pub alternate: [f64; 4],
    /// What is done with the plate, where it is not an ink of the picture.
    pub step: Option<Step>,
}

/// What becomes of a piece besides printing its colours (processing steps of ISO 19593-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Cut to shape.
    Cut,
    /// Cut in dashes, to be torn.
    Perforate,
    /// Pressed in a line, to be folded.
    Crease,
    /// White below, or on glass behind, the colours.
    White,
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

impl Space {
    /// Black alone.
    pub fn black(self) -> Colour {
        match self {
            Space::Cmyk => Colour::Cmyk([0.0, 0.0, 0.0, 1.0]),
            Space::Rgb => Colour::Gray(0.0),
        }
    }

    /// The stock itself.
    pub fn paper(self) -> Colour {
        match self {
            Space::Cmyk => Colour::Cmyk([0.0; 4]),
            Space::Rgb => Colour::Gray(1.0),
        }
    }
}

/// What colours are made for: the inks, and the profile that characterises how they print (ISO 12647-1
/// calls it the printing condition).
#[derive(Clone, Debug)]
pub struct Condition {
    /// The inks.
    pub space: Space,
    /// Their profile: of a press for process inks, sRGB for screens and office printers.
    pub profile: Arc<Profile>,
    /// Most ink on one place, 1 for one solid: what becomes inks keeps to it.
    pub ink: f64,
}

impl Condition {
    /// What colours are made for where no profile is named: offset on coated paper (FOGRA39), or sRGB for screens and
    /// office printers. `ink` is the most ink on one place, 1 for one solid.
    pub fn builtin(space: Space, ink: f64) -> Result<Condition, Problem> {
        Ok(Condition { space, profile: Arc::new(Profile::builtin(space)?), ink })
    }

    /// What screens and office printers show: sRGB, where no ink adds up.
    pub fn screen() -> Result<Condition, Problem> {
        Condition::builtin(Space::Rgb, 4.0)
    }
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
    /// A separation: an ink or a tool of its own plate, and the share of it.
    Spot(Arc<Plate>, f64),
}

/// Relative luminance of the overprints of cyan, magenta, yellow and black (bits 0 to 3) on coated paper:
/// of the solids in FOGRA39, relative to the paper.
const OVERPRINTS: [f64; 16] =
    [1.0, 0.262, 0.192, 0.047, 0.847, 0.210, 0.183, 0.043, 0.024, 0.0135, 0.0135, 0.010, 0.023, 0.015, 0.015, 0.011];
/// By how much a printed dot outgrows the written one, as a factor of a·(1 − a): 12.5 % of area at 50 %, and 17 %
/// of black (FOGRA39; ISO 12647-2 has black on a steeper curve too).
const DOT_GAINS: [f64; 4] = [0.5, 0.5, 0.5, 0.69];
/// Smallest dot that holds, and largest that stays open: below and above, process inks are off or solid
/// (ISO 12647-2 §4.3.4, 3 % to 97 %).
const SMALLEST_DOT: f64 = 0.03;

impl Colour {
    /// A share of it on paper, 0..1.
    pub fn tinted(&self, share: f64) -> Colour {
        let towards_paper = |v: f64| 1.0 - (1.0 - v) * share;
        match self {
            Colour::Gray(v) => Colour::Gray(towards_paper(*v)),
            Colour::Rgb(rgb) => Colour::Rgb(rgb.map(towards_paper)),
            Colour::Cmyk(inks) => Colour::Cmyk(inks.map(|ink| ink * share)),
            Colour::Spot(plate, tint) => Colour::Spot(plate.clone(), tint * share),
        }
    }

    /// All ink of it together, 1 for one solid; none where it is no matter of inks.
    pub fn coverage(&self) -> f64 {
        match self {
            Colour::Gray(_) | Colour::Rgb(_) => 0.0,
            Colour::Cmyk(inks) => inks.iter().sum(),
            Colour::Spot(_, tint) => *tint,
        }
    }

    /// Relative luminance, 0 for black and 1 for paper: of screen colours by WCAG 2.2, of process inks by
    /// the overprints that their dots form (Neugebauer), within 0.04 of what a profile measures.
    pub fn luminance(&self) -> f64 {
        let [r, g, b] = match self {
            Colour::Gray(v) => [*v; 3],
            Colour::Rgb(rgb) => *rgb,
            Colour::Cmyk(inks) => return reflected(*inks),
            Colour::Spot(plate, tint) => return reflected(plate.alternate.map(|ink| ink * tint)),
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// Whether it is that of the stock itself.
    pub fn is_paper(&self) -> bool {
        match self {
            Colour::Gray(v) => *v >= 1.0,
            Colour::Rgb(rgb) => rgb.iter().all(|v| *v >= 1.0),
            Colour::Cmyk(inks) => inks.iter().all(|ink| *ink <= 0.0),
            Colour::Spot(_, tint) => *tint <= 0.0,
        }
    }

    /// Whether it is another colour but for how its shares were reckoned.
    pub fn is_same(&self, other: &Colour) -> bool {
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
        match (self, other) {
            (Colour::Rgb(a), Colour::Rgb(b)) => near(a, b),
            (Colour::Cmyk(a), Colour::Cmyk(b)) => near(a, b),
            _ => self == other,
        }
    }

    /// Contrast to another colour, 1 to 21 (WCAG 2.2).
    pub fn contrast(&self, other: &Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// Light of a share of an sRGB channel (IEC 61966-2-1).
fn linear(share: f64) -> f64 {
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

/// What paper under process inks reflects.
fn reflected(inks: [f64; 4]) -> f64 {
    let dots: [f64; 4] = std::array::from_fn(|i| inks[i] + DOT_GAINS[i] * inks[i] * (1.0 - inks[i]));
    let share = |overprint: usize| -> f64 {
        dots.iter().enumerate().map(|(bit, dot)| if overprint >> bit & 1 == 1 { *dot } else { 1.0 - dot }).product()
    };
    OVERPRINTS.iter().enumerate().map(|(overprint, luminance)| share(overprint) * luminance).sum()
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

    /// The paint as it is printed under a condition.
    ///
    /// Screen colours become process inks by the profile, relative to the paper, in whole per cent and
    /// without dots that do not hold. Process inks become screen colours as their complements
    /// (ISO 32000-1 §10.3).
    pub fn on(&self, condition: &Condition) -> Colour {
        match (self, condition.space) {
            (Paint::Rgb([r, g, b]), Space::Rgb) if r == g && g == b => Colour::Gray(f64::from(*r) / 255.0),
            (Paint::Rgb([r, g, b]), Space::Cmyk) if r == g && g == b => {
                Colour::Cmyk([0.0, 0.0, 0.0, printable(condition.profile.black(*r))])
            }
            (Paint::Rgb(rgb) | Paint::Both(rgb, _), Space::Rgb) => Colour::Rgb(rgb.map(|v| f64::from(v) / 255.0)),
            (Paint::Rgb(rgb), Space::Cmyk) => Colour::Cmyk(limited(condition.profile.inks(*rgb).map(printable), condition.ink)),
            (Paint::Cmyk(inks) | Paint::Both(_, inks), Space::Cmyk) => Colour::Cmyk(*inks),
            (Paint::Cmyk([0.0, 0.0, 0.0, k]), Space::Rgb) => Colour::Gray(1.0 - k),
            (Paint::Cmyk([c, m, y, k]), Space::Rgb) => Colour::Rgb([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k))),
            (Paint::Spot(plate), Space::Cmyk) => Colour::Spot(plate.clone(), 1.0),
            (Paint::Spot(plate), Space::Rgb) => Paint::Cmyk(plate.alternate).on(condition),
        }
    }
}

/// Inks that keep to a limit: black stays, and the others give way in their proportion, to whole per cent.
fn limited([c, m, y, k]: [f64; 4], most: f64) -> [f64; 4] {
    let share = (most - k) / (c + m + y);
    if share >= 1.0 || share.is_nan() {
        return [c, m, y, k];
    }
    let [c, m, y] = [c, m, y].map(|ink| (ink * share * 100.0).floor() / 100.0);
    [c, m, y, k]
}

fn printable(share: f64) -> f64 {
    match (share * 100.0).round() / 100.0 {
        dot if dot < SMALLEST_DOT => 0.0,
        dot if dot > 1.0 - SMALLEST_DOT => 1.0,
        dot => dot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coated() -> Condition {
        let bytes = std::fs::read("assets/icc/ISOcoated_v2_300_bas.icc").unwrap();
        Condition { space: Space::Cmyk, profile: Arc::new(Profile::press(bytes.into(), None).unwrap()), ink: 3.0 }
    }

    #[test]
    fn greys_print_in_one_ink() {
        let condition = coated();
        for (hex, black) in [("#000000", 1.0), ("#FFFFFF", 0.0)] {
            assert_eq!(Paint::parse(hex).unwrap().on(&condition), Colour::Cmyk([0.0, 0.0, 0.0, black]), "{hex}");
        }
        for hex in ["#333333", "#555555", "#808080", "#999999", "#CCCCCC"] {
            let paint = Paint::parse(hex).unwrap();
            let Paint::Rgb([v, ..]) = paint else { panic!() };
            let Colour::Cmyk([0.0, 0.0, 0.0, black]) = paint.on(&condition) else { panic!("{hex}") };
            // As light in print as on screen, but for the black that no ink is.
            let (screen, print) = (Colour::Gray(f64::from(v) / 255.0).luminance(), condition.profile.lightness_of_black(black));
            assert!((screen * 0.976 + 0.024 - print).abs() < 0.012, "{hex}: {screen} on screen, {print} in print with {black}");
            let told = Colour::Cmyk([0.0, 0.0, 0.0, black]).luminance();
            assert!((told - print).abs() < 0.02, "{hex}: {told} told, {print} in print");
        }
    }

    #[test]
    fn what_becomes_inks_keeps_to_the_limit() {
        let dark = Paint::parse("#0A0814").unwrap();
        let condition = Condition { ink: 2.4, ..coated() };
        let Colour::Cmyk(inks) = dark.on(&condition) else { panic!() };
        assert!(inks.iter().sum::<f64>() <= 2.4 && inks[3] > 0.85, "{inks:?}");
        let Colour::Cmyk(inks) = Paint::parse("#000600").unwrap().on(&coated()) else { panic!() };
        assert!(inks.iter().sum::<f64>() <= 3.0, "{inks:?}");
    }

    /// To two per cent what LittleCMS 2.14 gives for this profile, relative colorimetric.
    #[test]
    fn screen_colours_become_the_inks_of_the_profile() {
        for (hex, inks) in [("#DA251D", [0.06, 0.95, 1.0, 0.0]), ("#0B63B0", [0.94, 0.60, 0.0, 0.0])] {
            let Colour::Cmyk(found) = Paint::parse(hex).unwrap().on(&coated()) else { panic!() };
            assert!(found.iter().zip(inks).all(|(f, i)| (f - i).abs() <= 0.02), "{hex}: {found:?}");
        }
    }

    #[test]
    fn given_inks_stay_as_they_are() {
        let inks = [0.013, 0.5, 0.99, 0.02];
        assert_eq!(Paint::Cmyk(inks).on(&coated()), Colour::Cmyk(inks));
        assert_eq!(Paint::Both([1, 2, 3], inks).on(&coated()), Colour::Cmyk(inks));
    }

    #[test]
    fn luminance_of_inks_is_that_of_their_screen_colours() {
        for hex in ["#DA251D", "#0B63B0", "#00695C", "#F59E0B", "#6B21A8", "#1E3A8A", "#15803D"] {
            let paint = Paint::parse(hex).unwrap();
            let Paint::Rgb(rgb) = paint else { panic!() };
            let (screen, print) = (Colour::Rgb(rgb.map(|v| f64::from(v) / 255.0)).luminance(), paint.on(&coated()).luminance());
            assert!((screen - print).abs() < 0.04, "{hex}: {screen} on screen, {print} in print");
        }
    }

    #[test]
    fn contrast_is_that_of_luminance() {
        let (black, paper) = (Colour::Gray(0.0), Space::Cmyk.paper());
        assert!((black.contrast(&paper) - 21.0).abs() < 1e-9);
        let grey = Colour::Gray(f64::from(0x76) / 255.0);
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
