//! A bound format: the tree of blocks that layout places. Points, press colours and plain text only.

use super::boxes::{Flow, Place};
use crate::color::Colour;
use crate::diag::Spot;
use crate::drawing::{Drawing, Inks};
use crate::page::Role;
use crate::picture::Picture;
use crate::qr;
use crate::text::TextBlock;
use std::sync::Arc;

/// One side, bound to a record.
#[derive(Clone, Debug)]
pub struct BoundSide {
    /// Its name.
    pub name: String,
    /// The block that fills the trim.
    pub root: Arc<Block>,
}

/// A block: where it may go, how it is painted, what it holds.
#[derive(Clone, Debug)]
pub struct Block {
    /// Path in the side, for findings.
    pub name: String,
    /// Its place in the format.
    pub spot: Spot,
    /// Language of what it holds.
    pub language: String,
    /// What its text is.
    pub role: Option<Role>,
    /// Measures.
    pub measure: Measure,
    /// How it is turned or mirrored about its middle, without the boxes around it giving way.
    pub turn: Turn,
    /// Paint behind it.
    pub ground: Ground,
    /// Whether another record may have something else here, where it holds no blocks.
    pub varies: bool,
    /// What it holds.
    pub kind: BlockKind,
}

impl Block {
    /// Whether it holds no blocks, and something else for another record.
    pub(crate) fn is_varying_leaf(&self) -> bool {
        self.varies && !matches!(self.kind, BlockKind::Container { .. })
    }

    /// Whether everything but what it holds is as in another.
    pub(crate) fn is_framed_like(&self, other: &Block) -> bool {
        self.measure == other.measure
            && self.turn == other.turn
            && self.ground == other.ground
            && (self.role, self.varies) == (other.role, other.varies)
            && (&self.name, &self.language, &self.spot) == (&other.name, &other.language, &other.spot)
    }
}

/// Measures in points.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Width, where fixed.
    pub width: Option<f64>,
    /// Height, where fixed.
    pub height: Option<f64>,
    /// Share of the room left over.
    pub grow: f64,
    /// Whether in a row it grows from the width of what it holds, not from nothing: then a row that is as wide
    /// as its boxes does not collapse.
    pub grows_from_content: bool,
    /// Own place across the parent.
    pub align_self: Option<Place>,
    /// Top, right, bottom, left.
    pub padding: [f64; 4],
    /// Smallest and largest size of the text on whose first line a drawing stands, in the middle of its
    /// capitals.
    pub beside: Option<(f64, f64)>,
    /// Columns of a grid that it takes.
    pub span: usize,
}

impl Default for Measure {
    fn default() -> Measure {
        Measure {
            width: None,
            height: None,
            grow: 0.0,
            grows_from_content: false,
            align_self: None,
            padding: [0.0; 4],
            beside: None,
            span: 1,
        }
    }
}

/// A turn about the middle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Turn {
    /// Degrees, clockwise.
    pub degrees: f64,
    /// Left for right, before it is turned.
    pub mirror: bool,
}

/// Paint behind a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ground {
    /// Colour.
    pub fill: Option<Colour>,
    /// Line around it: colour and width.
    pub stroke: Option<(Colour, f64)>,
    /// Lines around the cells of a grid: colour and width.
    pub rules: Option<(Colour, f64)>,
    /// Corner radius.
    pub radius: f64,
    /// Whether it is an ellipse.
    pub ellipse: bool,
    /// Edges that run on to the bleed: top, right, bottom, left.
    pub bleed: [bool; 4],
}

/// What a block holds.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// Blocks.
    Container {
        /// Direction.
        flow: Flow,
        /// Space between columns, and between rows.
        gap: [f64; 2],
        /// Children across.
        align: Place,
        /// Children along.
        justify: Place,
        /// The children.
        children: Vec<Arc<Block>>,
    },
    /// A paragraph.
    Text(TextBlock),
    /// Paragraphs whose lines are shared out to columns.
    Columns(Columns),
    /// A code.
    Code {
        /// The symbol.
        symbol: Arc<qr::Symbol>,
        /// Side without quiet zone.
        side: f64,
        /// Colour of its modules: black alone.
        ink: Colour,
    },
    /// A picture of pixels.
    Picture {
        /// Its pixels.
        picture: Arc<Picture>,
        /// Whether it fills its box and loses what stands out.
        cover: bool,
    },
    /// A drawing and its colours.
    Drawing(Arc<Drawing>, Inks),
    /// Nothing but its ground.
    Shape,
    /// An empty cell of a ruled grid.
    Cell,
}

/// Paragraphs whose lines are shared out to columns.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The paragraphs, in order.
    pub paragraphs: Vec<ColumnParagraph>,
    /// Number of columns.
    pub count: usize,
    /// Space between columns.
    pub column_gap: f64,
    /// Space between paragraphs.
    pub gap: f64,
    /// Whether each paragraph stays in one column.
    pub keep: bool,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnParagraph {
    /// Its text.
    pub text: TextBlock,
    /// Mark of a list and the room it takes, before the text.
    pub mark: Option<(TextBlock, f64)>,
}
