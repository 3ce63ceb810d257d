//! The waist: a finished page as plain data. Everything before it makes pages, everything after it
//! (sheets, PDF, preflight) is a `match` over items.

mod die;
mod outline;

use crate::color::{Colour, Plate};
use crate::diag::Spot;
use crate::geom::{Rect, Size, Transform};
use crate::picture::Picture;
use crate::qr;
use std::sync::Arc;

pub use die::{Die, DieShape, Hole};
pub use outline::{Polygons, Segment, ellipse, hull, rounded};

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
    /// Where it is perforated, to be torn: distances from its top edge, pt.
    pub perforations: Vec<f64>,
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
    /// A page with nothing on it, the first side of a piece without data.
    pub fn blank(trim: Size) -> Page {
        Page {
            trim,
            bleed: 0.0,
            die: None,
            folds: Vec::new(),
            perforations: Vec::new(),
            side: 0,
            record: 0,
            inside_glass: false,
            items: Vec::new(),
        }
    }

    /// The page for the inner face of a window: art, die line and folds left for right, read from the
    /// other side.
    pub fn mirrored(self) -> Page {
        let width = self.trim.w;
        Page {
            die: self.die.map(|die| die.mirrored(width)),
            folds: self.folds.iter().rev().map(|x| width - x).collect(),
            inside_glass: true,
            items: vec![Item::Group(Group { transform: Transform::mirrored(width), clip: Vec::new(), items: self.items.into() })],
            ..self
        }
    }
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
    /// Whether it prints over what is below instead of knocking it out.
    pub overprint: bool,
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
}

/// A picture and where it goes.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The pixels.
    pub picture: Arc<Picture>,
    /// Where.
    pub rect: Rect,
}

impl PartialEq for Placed {
    /// Each picture is held once, so it is the same only where it is one.
    fn eq(&self, other: &Placed) -> bool {
        Arc::ptr_eq(&self.picture, &other.picture) && self.rect == other.rect
    }
}

/// Items under a transform.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The transform.
    pub transform: Transform,
    /// Outline, under the transform, that nothing of it shows beyond; by the even-odd rule; nothing is cut off where it
    /// is empty.
    pub clip: Vec<Segment>,
    /// The items. Groups may share them: a file holds them once.
    pub items: Arc<[Item]>,
}

/// Meaning, for preflight and the report.
#[derive(Clone, Debug, PartialEq)]
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
    Drawing {
        /// Width, pt, and colour of its thinnest line.
        thinnest: Option<(f64, Colour)>,
    },
    /// Lines around or between boxes.
    Line {
        /// Width, pt.
        width: f64,
        /// Colour.
        ink: Colour,
    },
    /// A picture.
    Picture {
        /// Its file.
        path: String,
        /// Its resolution as placed.
        ppi: f64,
        /// Its most ink, 1 for one solid.
        coverage: f64,
        /// Whether what is below shines through it.
        transparent: bool,
    },
}

/// Every ink and tool that items are painted in with a plate of its own, in order, each once.
pub fn plates<'i>(items: &'i [Item], found: &mut Vec<&'i Arc<Plate>>) {
    let mut add = |colour: &'i Colour| match colour {
        Colour::Spot(plate, _) if !found.iter().any(|known| known.name == plate.name) => found.push(plate),
        _ => {}
    };
    for item in items {
        match item {
            Item::Path(path) => path.fill.iter().chain(path.stroke.as_ref().map(|s| &s.ink)).for_each(&mut add),
            Item::Glyphs(run) => add(&run.ink),
            Item::Group(_) | Item::Image(_) | Item::Tag(_) => {}
        }
    }
    for item in items {
        if let Item::Group(group) = item {
            plates(&group.items, found);
        }
    }
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
