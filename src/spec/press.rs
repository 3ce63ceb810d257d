//! Press profiles: what a way of printing needs, as data.

use super::read::{self, Reader};
use super::words::Words;
use super::yaml::{Content, Node};
use crate::color::{Plate, Space, Step};
use crate::diag::{Expected, Finding, Located, Problem};
use crate::geom::{self, mm};
use crate::limits::Limits as InputLimits;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A press profile.
#[derive(Clone, Debug)]
pub struct Press {
    /// Its name, the last part of the file name.
    pub name: String,
    /// What people call it.
    pub label: Option<Words>,
    /// The standard that its files keep to.
    pub standard: Standard,
    /// Colours it speaks.
    pub space: Space,
    /// The profile of its inks, where it is another than coated paper's.
    pub icc: Option<IccSpec>,
    /// Art beyond the trim, pt.
    pub bleed: f64,
    /// Margin inside the trim that content keeps free, pt.
    pub safe: f64,
    /// The sheet that pieces are set on where they name none.
    pub sheet: Option<Located<String>>,
    /// Margin of its sheets that it cannot print on, pt, where it is a printer on a desk and not a press.
    pub margin: Option<f64>,
    /// Marks that it sets.
    pub marks: Marks,
    /// Whether pieces are shown as they are once cut: nothing beyond their die line.
    pub as_cut: bool,
    /// Plates that tools and white ink act on.
    pub spots: Spots,
    /// Whether the stock is clear film, on which every piece needs white under its colours.
    pub clear: bool,
    /// By how much white stays inside the edge of the art, pt, so that none peeps out beside it.
    pub choke: f64,
    /// Smallest sizes that this press keeps clear, and the most ink that it dries.
    pub limits: Limits,
}

impl Press {
    /// Whether a cutter cuts every piece out of its sheet, those of straight edges too: it has a plate for that, and no
    /// crop marks to cut along.
    pub fn cuts_all(&self) -> bool {
        self.spots.cut.is_some() && !self.marks.crop && self.margin.is_none()
    }
}

/// A standard of PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// PDF/X-4 (ISO 15930-7), and PDF/A-2b in the same file.
    X4,
    /// PDF/X-1a:2003 (ISO 15930-4), for older workflows: nothing transparent, no layers.
    X1a,
    /// PDF/A-2b (ISO 19005-2), for archives, screens and office printers.
    A2b,
}

impl Standard {
    /// Its word in YAML and in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Standard::X4 => "pdf/x-4",
            Standard::X1a => "pdf/x-1a",
            Standard::A2b => "pdf/a-2b",
        }
    }
}

/// A colour profile by its file.
#[derive(Clone, Debug, PartialEq)]
pub struct IccSpec {
    /// Its file: beside the campaign, or compiled in.
    pub file: Located<String>,
    /// Name in the ICC registry of the printing condition that it characterises.
    pub condition: Option<String>,
}

/// Plates that a press has besides its inks.
#[derive(Clone, Debug, Default)]
pub struct Spots {
    /// The cutter's.
    pub cut: Option<Arc<Plate>>,
    /// The perforator's.
    pub perforation: Option<Arc<Plate>>,
    /// The creaser's.
    pub crease: Option<Arc<Plate>>,
    /// White ink.
    pub white: Option<Arc<Plate>>,
}

impl Spots {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Plate>> {
        [&self.cut, &self.perforation, &self.crease, &self.white].into_iter().flatten()
    }
}

/// Marks that a press sets, outside the bleed unless it says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Marks {
    /// Crop marks.
    pub crop: bool,
    /// Registration marks, on the plate of every ink.
    pub registration: bool,
    /// Fold marks.
    pub fold: bool,
    /// Patches of the inks and their overprints, to be measured.
    pub colour_bar: bool,
    /// A line that says what the sheet is.
    pub slug: bool,
    /// The die line in black, on the trim itself, to cut along by hand where there is no cut plate.
    pub die: bool,
    /// On sheets of several pieces: hairlines beside them to cut along, as far as the sheet is printed on.
    pub guides: bool,
    /// Where the sheet has room: 100 mm to measure whether it was printed at its true size.
    pub ruler: bool,
    /// On sheets of several pieces: dots beside them by which a cutter's camera finds the cut lines.
    pub camera: bool,
}

impl Marks {
    /// Whether anything stands outside the bleed.
    pub fn any_outside(&self) -> bool {
        self.crop || self.registration || self.fold || self.colour_bar || self.slug
    }
}

/// Smallest sizes that a press keeps clear, and the most ink that it dries.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// All inks on one place, 1 for one solid.
    pub ink: f64,
    /// Type size, pt.
    pub text: f64,
    /// Type size of light text on a dark ground and of text in several inks, pt.
    pub reversed: f64,
    /// Width of a line, pt.
    pub line: f64,
    /// Side of one module of a code, pt.
    pub module: f64,
    /// Resolution of pictures, ppi.
    pub ppi: f64,
}

impl Default for Limits {
    /// Coated paper takes 300 % of ink (FOGRA39). Six points, seven reversed, and each one more for stacked
    /// Vietnamese marks; a quarter point; 0.4 mm hand-held; 150 ppi.
    fn default() -> Limits {
        Limits { ink: 3.0, text: 7.0, reversed: 8.0, line: 0.25, module: mm(0.4), ppi: 150.0 }
    }
}

/// Reads a press profile.
pub fn read(file: &str, bytes: &[u8], limits: &InputLimits) -> (Option<Press>, Vec<Finding>) {
    read::document(file, bytes, limits, press)
}

fn press(r: &mut Reader, node: &Node) -> Option<Press> {
    let mut f = r.fields("press", node)?;
    let name = f.own_name(r, "press");
    let label = f.read(r, "label", Words::read);
    let space = f.need(r, "colour").and_then(|n| r.choice("colour", n, &[("cmyk", Space::Cmyk), ("rgb", Space::Rgb)]));
    let standard = match (space, f.take("standard")) {
        (None, _) => None,
        (Some(Space::Cmyk), None) => Some(Standard::X4),
        (Some(Space::Cmyk), Some(node)) => r.choice("standard", node, &STANDARDS),
        (Some(Space::Rgb), None) => Some(Standard::A2b),
        // Files for print are of inks.
        (Some(Space::Rgb), Some(node)) => r.choice("standard", node, &STANDARDS[2..]),
    };
    let icc = match space {
        Some(Space::Rgb) => None,
        _ => f.read(r, "icc", icc),
    };
    let bleed = f.read(r, "bleed", Reader::length).unwrap_or(0.0);
    let safe = f.read(r, "safe", Reader::length).unwrap_or(0.0);
    let sheet = f.read(r, "sheet", Reader::text);
    let margin = f.read(r, "margin", Reader::length);
    let as_cut = f.read(r, "as_cut", Reader::boolean).unwrap_or(false);
    let marks = f.take("marks").map(|n| marks(r, n)).unwrap_or_default();
    let spots = f.take("spots").map(|n| spots(r, n)).unwrap_or_default();
    let clear = f.read(r, "clear", Reader::boolean).unwrap_or(false);
    let choke = f.read(r, "choke", choke).unwrap_or(mm(0.2));
    if clear && spots.white.is_none() {
        r.report(f.spot(), Problem::MissingKey { key: "white".into() });
    }
    let limits = f.take("limits").map(|n| limits(r, n)).unwrap_or_default();
    f.finish(r);
    Some(Press {
        name: name?,
        label,
        standard: standard?,
        space: space?,
        icc,
        bleed,
        safe,
        sheet,
        margin,
        marks,
        as_cut,
        spots,
        clear,
        choke,
        limits,
    })
}

const STANDARDS: [(&str, Standard); 3] =
    [(Standard::X4.word(), Standard::X4), (Standard::X1a.word(), Standard::X1a), (Standard::A2b.word(), Standard::A2b)];

/// Reads `icc: FILE` or `icc: {file: FILE, condition: NAME}`.
pub(crate) fn icc(r: &mut Reader, key: &str, node: &Node) -> Option<IccSpec> {
    let Content::Map(_) = node.value else { return Some(IccSpec { file: r.text(key, node)?, condition: None }) };
    let mut f = r.fields(key, node)?;
    let file = f.need(r, "file").and_then(|n| r.text("file", n));
    let condition = f.read(r, "condition", |r, k, n| r.value(k, n, Expected::Condition, registered));
    f.finish(r);
    Some(IccSpec { file: file?, condition })
}

/// A name as the ICC registry has them.
fn registered(name: &str) -> Option<String> {
    let sound = (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_.".contains(&b));
    sound.then(|| name.to_string())
}

fn choke(r: &mut Reader, key: &str, node: &Node) -> Option<f64> {
    r.value(key, node, Expected::Choke, |t| geom::length(t).filter(|l| (0.0..=mm(2.0)).contains(l)))
}

fn marks(r: &mut Reader, node: &Node) -> Marks {
    let words = ["crop", "registration", "fold", "colour-bar", "slug", "die", "guides", "ruler", "camera"].map(|word| (word, word));
    let named: Vec<&str> = r.list("marks", node).iter().filter_map(|n| r.choice("marks", n, &words)).collect();
    let is = |word: &str| named.contains(&word);
    Marks {
        crop: is("crop"),
        registration: is("registration"),
        fold: is("fold"),
        colour_bar: is("colour-bar"),
        slug: is("slug"),
        die: is("die"),
        guides: is("guides"),
        ruler: is("ruler"),
        camera: is("camera"),
    }
}

/// A name of a plate of its own: not of a process ink, nor the two that PDF reserves; no longer than a name in PDF
/// may be (ISO 32000-1 annex C).
pub(crate) fn plate_name(name: &str) -> Option<String> {
    let taken = ["", "All", "None", "Cyan", "Magenta", "Yellow", "Black"];
    let name: String = name.trim().nfc().collect();
    let sound = name.len() <= 127 && !name.chars().any(char::is_control);
    (sound && !taken.iter().any(|t| t.eq_ignore_ascii_case(&name))).then_some(name)
}

fn spots(r: &mut Reader, node: &Node) -> Spots {
    // What stands for each on screen: magenta, as shops expect a cut, and colours apart from it and from
    // most art. White shows as paper.
    const CUT: [f64; 4] = [0.0, 1.0, 0.0, 0.0];
    const PERFORATION: [f64; 4] = [0.0, 0.5, 1.0, 0.0];
    const CREASE: [f64; 4] = [1.0, 0.0, 0.0, 0.0];
    const WHITE: [f64; 4] = [0.0; 4];
    let mut spots = Spots::default();
    let Some(mut f) = r.fields("spots", node) else { return spots };
    let mut named: Vec<String> = Vec::new();
    let mut read = |r: &mut Reader, key: &'static str, step: Step, alternate: [f64; 4]| {
        let node = f.take(key)?;
        let name = r.value(key, node, Expected::Plate, plate_name)?;
        if named.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            r.report(&node.spot, Problem::SpotTwice { name });
            return None;
        }
        named.push(name.clone());
        Some(Arc::new(Plate { name, alternate, step: Some(step) }))
    };
    spots.cut = read(r, "cut", Step::Cut, CUT);
    spots.perforation = read(r, "perforation", Step::Perforate, PERFORATION);
    spots.crease = read(r, "crease", Step::Crease, CREASE);
    spots.white = read(r, "white", Step::White, WHITE);
    f.finish(r);
    spots
}

fn limits(r: &mut Reader, node: &Node) -> Limits {
    let mut limits = Limits::default();
    let Some(mut f) = r.fields("limits", node) else { return limits };
    limits.ink = f.read(r, "ink", |r, k, n| r.value(k, n, Expected::Coverage, coverage)).unwrap_or(limits.ink);
    for (key, limit) in
        [("text", &mut limits.text), ("reversed", &mut limits.reversed), ("line", &mut limits.line), ("module", &mut limits.module)]
    {
        *limit = f.read(r, key, Reader::length).unwrap_or(*limit);
    }
    limits.ppi = f.read(r, "ppi", Reader::number).unwrap_or(limits.ppi);
    f.finish(r);
    limits
}

/// `300%`: up to four solids.
fn coverage(text: &str) -> Option<f64> {
    let per_cent: f64 = text.trim().strip_suffix('%')?.trim().parse().ok()?;
    (100.0..=400.0).contains(&per_cent).then_some(per_cent / 100.0)
}
