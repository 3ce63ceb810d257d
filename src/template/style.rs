//! Type styles as written.

use crate::diag::{Expected, Located};
use crate::geom;
use crate::spec::read::Reader;
use crate::spec::yaml::Node;
use crate::text::Align;

/// A type style. Lengths in points at the format's first size.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Font family; the built-in one where there is none.
    pub family: Option<Located<String>>,
    /// Weight, 100 to 900.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// Smallest and largest size: text shrinks from the largest to fit.
    pub size: (f64, f64),
    /// From baseline to baseline, as a multiple of the size.
    pub leading: f64,
    /// Whether lines are made of near-equal length.
    pub balance: bool,
    /// Colour.
    pub ink: Option<Located<String>>,
    /// Where lines start.
    pub align: Align,
    /// Extra space between letters, as a multiple of the size; 0.04 for capitals and none for other texts
    /// where there is none.
    pub tracking: Option<f64>,
    /// Most lines that it may take; it shrinks to keep to them.
    pub lines: Option<usize>,
    /// Whether all digits are equally wide.
    pub tabular: bool,
    /// Whether the box ends at the last baseline, descenders hanging below: for text centred in a band.
    pub to_baseline: bool,
}

/// Reads a style.
pub(super) fn read(r: &mut Reader, name: &str, node: &Node) -> Option<Style> {
    let mut f = r.fields_by_size(name, node)?;
    let aligns = [("start", Align::Start), ("center", Align::Center), ("end", Align::End)];
    let style = Style {
        family: f.read(r, "family", Reader::text),
        weight: f
            .read(r, "weight", |r, k, n| r.value(k, n, Expected::Number, |t| t.parse().ok().filter(|w| (100..=900).contains(w))))
            .unwrap_or(400),
        italic: f.read(r, "italic", Reader::boolean).unwrap_or(false),
        size: f.need(r, "size").and_then(|n| r.value("size", n, Expected::TypeSize, type_size)).unwrap_or((10.0, 10.0)),
        leading: f.read(r, "leading", |r, k, n| within(r, k, n, 0.5, 10.0)).unwrap_or(1.45),
        balance: f.read(r, "balance", Reader::boolean).unwrap_or(false),
        ink: f.read(r, "ink", Reader::text),
        align: f.read(r, "align", |r, k, n| r.choice(k, n, &aligns)).unwrap_or(Align::Start),
        tracking: f.read(r, "tracking", |r, k, n| within(r, k, n, -0.2, 2.0)),
        lines: f.read(r, "lines", |r, k, n| r.value(k, n, Expected::Number, |t| t.parse().ok().filter(|l: &usize| *l > 0))),
        tabular: f.read(r, "tabular", Reader::boolean).unwrap_or(false),
        to_baseline: f.read(r, "to_baseline", Reader::boolean).unwrap_or(false),
    };
    f.finish(r);
    Some(style)
}

fn type_size(text: &str) -> Option<(f64, f64)> {
    let (a, b) = match text.split_once("..") {
        Some((a, b)) => (geom::length(a)?, geom::length(b)?),
        None => (geom::length(text)?, geom::length(text)?),
    };
    (0.5..=2000.0).contains(&a).then_some(())?;
    (a <= b && b <= 2000.0).then_some((a, b))
}

pub(super) fn within(r: &mut Reader, key: &str, node: &Node, least: f64, most: f64) -> Option<f64> {
    r.value(key, node, Expected::Number, |t| t.parse().ok().filter(|n| (least..=most).contains(n)))
}
