//! Press profiles: what a way of printing needs, as data.

use super::read::{self, Reader};
use super::words::Words;
use super::yaml::Node;
use crate::color::Space;
use crate::diag::{Expected, Finding};
use crate::geom::mm;

/// A press profile.
#[derive(Clone, Debug)]
pub struct Press {
    /// Its name, the last part of the file name.
    pub name: String,
    /// What people call it.
    pub label: Option<Words>,
    /// Colours it speaks.
    pub space: Space,
    /// Art beyond the trim, pt.
    pub bleed: f64,
    /// Margin inside the trim that content keeps free, pt.
    pub safe: f64,
    /// Marks that it sets.
    pub marks: Marks,
    /// Whether pieces are shown as they are once cut: nothing beyond their die line.
    pub as_cut: bool,
    /// Name of the cut plate, where the cutter reads one.
    pub cut: Option<String>,
    /// Smallest sizes that this press keeps clear.
    pub limits: Limits,
}

/// Marks that a press sets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Marks {
    /// Crop marks outside the bleed.
    pub crop: bool,
    /// Fold marks outside the bleed.
    pub fold: bool,
    /// The die line in black, to cut along by hand, where there is no cut plate.
    pub die: bool,
}

/// Smallest sizes that a press keeps clear.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Type size, pt.
    pub text: f64,
    /// Side of one module of a code, pt.
    pub module: f64,
    /// Resolution of pictures, ppi.
    pub ppi: f64,
}

impl Default for Limits {
    /// Six points and one more for stacked Vietnamese marks; 0.4 mm hand-held; 150 ppi.
    fn default() -> Limits {
        Limits { text: 7.0, module: mm(0.4), ppi: 150.0 }
    }
}

/// Reads a press profile.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Press>, Vec<Finding>) {
    read::document(file, bytes, press)
}

/// A name of a plate of its own: not of a process ink, nor the two that PDF reserves.
fn plate(name: &str) -> Option<String> {
    let taken = ["", "All", "None", "Cyan", "Magenta", "Yellow", "Black"];
    (!taken.contains(&name.trim())).then(|| name.to_string())
}

fn press(r: &mut Reader, node: &Node) -> Option<Press> {
    let mut f = r.fields("press", node)?;
    let name = f.own_name(r, "press");
    let label = f.read(r, "label", Words::read);
    let space = f.need(r, "colour").and_then(|n| r.choice("colour", n, &[("cmyk", Space::Cmyk), ("rgb", Space::Rgb)]));
    let bleed = f.read(r, "bleed", Reader::length).unwrap_or(0.0);
    let safe = f.read(r, "safe", Reader::length).unwrap_or(0.0);
    let as_cut = f.read(r, "as_cut", Reader::boolean).unwrap_or(false);
    let named: Vec<&str> = f
        .take("marks")
        .map(|n| r.list("marks", n))
        .unwrap_or_default()
        .iter()
        .filter_map(|n| r.choice("marks", n, &[("crop", "crop"), ("fold", "fold"), ("die", "die")]))
        .collect();
    let marks = Marks { crop: named.contains(&"crop"), fold: named.contains(&"fold"), die: named.contains(&"die") };
    let mut cut = None;
    if let Some(mut spots) = f.take("spots").and_then(|n| r.fields("spots", n)) {
        cut = spots.read(r, "cut", |r, k, n| r.value(k, n, Expected::Text, plate));
        spots.finish(r);
    }
    let mut limits = Limits::default();
    if let Some(mut l) = f.take("limits").and_then(|n| r.fields("limits", n)) {
        limits.text = l.read(r, "text", Reader::length).unwrap_or(limits.text);
        limits.module = l.read(r, "module", Reader::length).unwrap_or(limits.module);
        limits.ppi = l.read(r, "ppi", Reader::number).unwrap_or(limits.ppi);
        l.finish(r);
    }
    f.finish(r);
    Some(Press { name: name?, label, space: space?, bleed, safe, marks, as_cut, cut, limits })
}
