//! Single lines of text at a place: words beside pieces, on sheets that are no piece.

use crate::color::Colour;
use crate::page::{GlyphRun, Item};
use crate::text::{Align, DEFAULT_FAMILY, Setter, Span, TextBlock, TypeStyle};

/// How a line is set.
#[derive(Clone, Debug)]
pub struct LineStyle {
    /// Smallest and largest type size, pt.
    pub size: (f64, f64),
    /// Weight, 100 to 900.
    pub weight: u16,
    /// Colour.
    pub ink: Colour,
}

/// A text from a place of its baseline on, as small as it must be to fit its width. What is still too long, or has
/// several lines, loses its end.
pub fn line(text: &str, style: &LineStyle, (x, y, width): (f64, f64, f64), setter: &mut Setter<'_>) -> Vec<Item> {
    // Whatever was set in this place before had another text.
    setter.forget();
    let block = TextBlock {
        spans: vec![Span { text: text.into(), bold: false, italic: false }],
        style: TypeStyle {
            family: DEFAULT_FAMILY.into(),
            weight: style.weight,
            italic: false,
            size: style.size,
            leading: 1.2,
            balance: false,
            ink: style.ink.clone(),
            align: Align::Start,
            tracking: Some(0.0),
            lines: Some(1),
            tabular: false,
            to_baseline: false,
        },
    };
    let set = setter.fit((0, 0), &block, width, 1.0);
    let runs = set.lines.into_iter().take(1).flat_map(|line| line.runs);
    runs.map(|run| Item::Glyphs(GlyphRun { face: run.face, size: set.size, ink: style.ink.clone(), x, y, glyphs: run.glyphs })).collect()
}
