//! The waist: a finished page as plain data. Everything before it makes pages, everything after it
//! (sheets, PDF, preflight) is a `match` over items.

use crate::color::Colour;
use crate::diag::Spot;
use crate::geom::{Rect, Size, Transform};
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
    /// The die line, where the piece is cut to shape.
    pub die: Option<Die>,
    /// Where it is folded: distances from its left edge, pt.
    pub folds: Vec<f64>,
    /// Number of the side among its piece's sides, from 0.
    pub side: usize,
    /// Number of the record from 1; 0 for a piece without data.
    pub record: usize,
    /// Whether it is for the inner face of a window, and so left for right.
    pub inside_glass: bool,
    /// What is on it, from back to front; origin at the trim's top left corner.
    pub items: Vec<Item>,
}

impl Page {
    /// The page for the inner face of a window: art, die line and folds left for right, read from the
    /// other side.
    pub fn mirrored(self) -> Page {
        let width = self.trim.w;
        Page {
            die: self.die.map(|die| die.mirrored(width)),
            folds: self.folds.iter().rev().map(|x| width - x).collect(),
            inside_glass: true,
            items: vec![Item::Group(Group { transform: Transform::mirrored(width), clip: Vec::new(), items: self.items })],
            ..self
        }
    }
}

/// The shape that a piece is cut to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Die {
    /// Its outline.
    pub shape: DieShape,
    /// A hole in it.
    pub hole: Option<Hole>,
}

/// The outline of a die.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DieShape {
    /// The trim with round corners of this radius, pt.
    Rounded(f64),
    /// The ellipse that fills the trim.
    Round,
}

/// A round hole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hole {
    /// Its centre from the trim's left edge, pt.
    pub x: f64,
    /// Its centre from the trim's top edge, pt.
    pub y: f64,
    /// Its diameter, pt.
    pub diameter: f64,
}

impl Die {
    /// The same left for right in a width, as it is seen from behind.
    pub fn mirrored(self, width: f64) -> Die {
        Die { hole: self.hole.map(|h| Hole { x: width - h.x, ..h }), ..self }
    }

    /// The closed figures of the cut around a trim: the outline, then the hole, which runs the other way
    /// round, so that as one path they are the piece itself.
    pub fn figures(&self, trim: Rect) -> Vec<Vec<Segment>> {
        let outline = match self.shape {
            DieShape::Rounded(radius) => rounded(trim, radius),
            DieShape::Round => ellipse(trim),
        };
        let against = |r: Rect| Rect { x: r.right(), w: -r.w, ..r };
        let hole = self.hole.map(|h| ellipse(against(h.bounds().moved(trim.x, trim.y))));
        std::iter::once(outline).chain(hole).collect()
    }
}

impl Hole {
    /// The square around it.
    pub fn bounds(&self) -> Rect {
        let r = self.diameter / 2.0;
        Rect { x: self.x - r, y: self.y - r, w: self.diameter, h: self.diameter }
    }

    /// From its edge to the nearest point of a rectangle, pt; negative where they overlap.
    pub fn distance(&self, rect: &Rect) -> f64 {
        let beyond = |at: f64, from: f64, to: f64| (from - at).max(at - to).max(0.0);
        beyond(self.x, rect.x, rect.right()).hypot(beyond(self.y, rect.y, rect.bottom())) - self.diameter / 2.0
    }
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

/// Items under a transform.
#[derive(Clone, Debug)]
pub struct Group {
    /// The transform.
    pub transform: Transform,
    /// Outline, under the transform, that nothing of it shows beyond; nothing is cut off where it is empty.
    pub clip: Vec<Segment>,
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
    /// Whether it is left for right on the page.
    pub mirrored: bool,
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
    Symbol {
        /// The symbol.
        symbol: Arc<qr::Symbol>,
        /// Side of a module, pt.
        module: f64,
    },
    /// A drawing. The tag's rectangle is that of its ink.
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

/// Every tag at its place on the page, in order.
pub fn tags(items: &[Item]) -> Vec<Tag> {
    let mut found = Vec::new();
    collect(items, Transform::IDENTITY, &mut found);
    found
}

fn collect(items: &[Item], at: Transform, found: &mut Vec<Tag>) {
    for item in items {
        match item {
            Item::Tag(tag) => found.push(Tag { rect: at.rect(tag.rect), mirrored: at.mirrors(), ..tag.clone() }),
            Item::Group(group) => collect(&group.items, group.transform.within(at), found),
            _ => {}
        }
    }
}
