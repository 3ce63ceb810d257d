//! Texts as plain data: blocks to be set, and lines that are.

use crate::color::Colour;
use smol_str::SmolStr;

/// A paragraph: spans in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBlock {
    /// Its text in pieces.
    pub spans: Vec<Span>,
    /// How it is set.
    pub style: TypeStyle,
}

/// A piece of a text block.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The text, NFC.
    pub text: String,
    /// Whether it is bolder than the style.
    pub bold: bool,
    /// Whether it slants against the style.
    pub italic: bool,
}

/// A type style, resolved: points, a family and an ink of the press.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeStyle {
    /// Font family.
    pub family: String,
    /// Weight, 100 to 900.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// Smallest and largest size, pt.
    pub size: (f64, f64),
    /// Baseline to baseline, as a multiple of the size.
    pub leading: f64,
    /// Lines of near-equal length.
    pub balance: bool,
    /// Its colour.
    pub ink: Colour,
    /// Where lines start.
    pub align: Align,
    /// Extra space between letters, as a multiple of the size; where there is none, 0.04 for capitals.
    pub tracking: Option<f64>,
    /// Most lines that it may take.
    pub lines: Option<usize>,
    /// Whether all digits are equally wide.
    pub tabular: bool,
    /// Whether the block ends at its last baseline.
    pub to_baseline: bool,
}

/// Alignment of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Flush left.
    Start,
    /// Centred.
    Center,
    /// Flush right.
    End,
}

/// Lines, set.
#[derive(Clone, Debug, PartialEq)]
pub struct SetText {
    /// Type size, pt.
    pub size: f64,
    /// Width of the widest line, pt.
    pub width: f64,
    /// From the top of capitals, or of ink that is higher, to below the descenders, pt.
    pub height: f64,
    /// The lines.
    pub lines: Vec<Line>,
}

impl SetText {
    /// How much higher it is than with the most lines that it may have, pt.
    pub fn beyond(&self, most: Option<usize>) -> f64 {
        let allowed = most.and_then(|most| self.lines.get(most.wrapping_sub(1)));
        allowed.zip(self.lines.last()).map_or(0.0, |(allowed, last)| last.baseline - allowed.baseline)
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its baseline below the top of the block, pt.
    pub baseline: f64,
    /// Width without trailing space, pt.
    pub width: f64,
    /// Highest ink above the baseline, pt.
    pub ink_top: f64,
    /// Lowest ink below the baseline, pt (positive downwards).
    pub ink_bottom: f64,
    /// Its runs, from the line's start.
    pub runs: Vec<Run>,
}

/// Glyphs of one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Index of the face in [`Fonts::faces`](super::Fonts::faces).
    pub face: usize,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A glyph, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Index in the face.
    pub id: u32,
    /// From the line's start, pt.
    pub x: f64,
    /// Above the baseline, pt.
    pub y: f64,
    /// The characters that it stands for; empty for all but the first glyph of a cluster. Few glyphs say more than one,
    /// so that none takes memory of its own.
    pub text: SmolStr,
}
