//! The waist: a finished page as plain data. Everything before it makes pages, everything after it
//! (sheets, PDF, preflight) is a `match` over items.

use crate::color::Colour;
use crate::diag::Spot;
use crate::geom::{Rect, Size};
use crate::picture::Picture;
use crate::qr;
use std::sync::Arc;

/// One side of one piece of one record.
#[derive(Clone, Debug)]
pub struct Page {
    /// Size after cutting.
    pub trim: Size,
    /// Art beyond the trim on each side, pt.
    pub bleed: f64,
    /// Corner radius of the die line, where the piece is die cut, pt.
    pub die: Option<f64>,
    /// Number of the side among its piece's sides, from 0.
    pub side: usize,
    /// Number of the record from 1; 0 for a piece without data.
    pub record: usize,
    /// What is on it, from back to front; origin at the trim's top left corner.
    pub items: Vec<Item>,
}

/// Something on a page.
#[derive(Clone, Debug)]
pub enum Item {
    /// Text.
    Glyphs(GlyphRun),
    /// Lines and areas.
    Path(Path),
    /// A picture of pixels.
    Image(Placed),
    /// Items under a transform.
    Group(Group),
    /// Invisible: what the items around it mean.
    Tag(Tag),
}

/// Glyphs of one face on one baseline.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// Index of the face among the fonts.
    pub face: usize,
    /// Type size, pt.
    pub size: f64,
    /// Colour.
    pub ink: Colour,
    /// Where the line starts, pt.
    pub x: f64,
    /// Baseline, pt.
    pub y: f64,
    /// The glyphs, placed from (`x`, `y`).
    pub glyphs: Vec<crate::text::Glyph>,
}

/// Lines and areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The outline.
    pub segments: Vec<Segment>,
    /// Colour inside.
    pub fill: Option<Colour>,
    /// Whether overlaps are holes (even-odd).
    pub even_odd: bool,
    /// Line along it.
    pub stroke: Option<Stroke>,
}

/// A step of an outline; coordinates in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Start a new figure.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A Bézier curve: two control points and the end.
    Curve([f64; 6]),
    /// Back to the start.
    Close,
    /// A whole rectangle.
    Rect(Rect),
}

/// A line along a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub ink: Colour,
    /// Width, pt.
    pub width: f64,
    /// Whether ends and corners are round.
    pub round: bool,
    /// Whether it prints over what is below instead of knocking it out.
    pub overprint: bool,
}

/// A picture and where it goes.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The pixels.
    pub picture: Arc<Picture>,
    /// Where.
    pub rect: Rect,
}

/// Items under a transform `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Clone, Debug)]
pub struct Group {
    /// The transform.
    pub transform: [f64; 6],
    /// The items.
    pub items: Vec<Item>,
}

/// Meaning, for preflight and the report.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Where on the page.
    pub rect: Rect,
    /// Path of the box in its side.
    pub in_box: String,
    /// The place in the format.
    pub spot: Spot,
    /// Language of the content.
    pub language: String,
    /// What it is.
    pub meaning: Meaning,
}

/// What a text is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The headline.
    H1,
    /// A heading.
    H2,
    /// Running text.
    P,
}

/// What a tag says.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A text.
    Text {
        /// Its part in the document.
        role: Option<Role>,
        /// Type size, pt.
        size: f64,
        /// The text.
        text: String,
    },
    /// A code. The tag's rectangle is the symbol without its quiet zone.
    Symbol(Arc<qr::Symbol>),
    /// A drawing.
    Drawing,
    /// A picture.
    Picture {
        /// Its file.
        path: String,
        /// Its resolution as placed.
        ppi: f64,
    },
}

/// A rectangle with rounded corners as an outline.
pub fn rounded(rect: Rect, radius: f64) -> Vec<Segment> {
    let r = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    if r <= 0.0 {
        return vec![Segment::Rect(rect)];
    }
    // The quarter circle's Bézier handle, 4/3·(√2 − 1).
    let k = r * (1.0 - 0.552_284_749_831);
    let (l, t, rt, b) = (rect.x, rect.y, rect.right(), rect.bottom());
    vec![
        Segment::Move(l + r, t),
        Segment::Line(rt - r, t),
        Segment::Curve([rt - k, t, rt, t + k, rt, t + r]),
        Segment::Line(rt, b - r),
        Segment::Curve([rt, b - k, rt - k, b, rt - r, b]),
        Segment::Line(l + r, b),
        Segment::Curve([l + k, b, l, b - k, l, b - r]),
        Segment::Line(l, t + r),
        Segment::Curve([l, t + k, l + k, t, l + r, t]),
        Segment::Close,
    ]
}

/// An ellipse that fills a rectangle.
pub fn ellipse(rect: Rect) -> Vec<Segment> {
    let (rx, ry) = (rect.w / 2.0, rect.h / 2.0);
    let (cx, cy) = (rect.x + rx, rect.y + ry);
    let (kx, ky) = (rx * 0.552_284_749_831, ry * 0.552_284_749_831);
    vec![
        Segment::Move(cx + rx, cy),
        Segment::Curve([cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry]),
        Segment::Curve([cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy]),
        Segment::Curve([cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry]),
        Segment::Curve([cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy]),
        Segment::Close,
    ]
}

/// Every item with groups opened, and every tag, in order.
pub fn tags(items: &[Item]) -> Vec<&Tag> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Tag(tag) => found.push(tag),
            Item::Group(group) => found.extend(tags(&group.items)),
            _ => {}
        }
    }
    found
}
