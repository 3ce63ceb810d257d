//! The boxes of a format as written: containers, and leaves that hold content.

mod read;

pub(crate) use read::read_kind;

use crate::diag::{Located, Spot};
use crate::page::Role;

/// A box and what it holds.
#[derive(Clone, Debug)]
pub struct BoxSpec {
    /// Where it is written.
    pub spot: Spot,
    /// The word that it is written with.
    pub word: &'static str,
    /// What every box can have.
    pub common: Common,
    /// What it is.
    pub kind: BoxKind,
}

/// What every box can have. Lengths in points at the format's first size.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// Name for findings.
    pub name: Option<String>,
    /// Width.
    pub width: Option<f64>,
    /// Height.
    pub height: Option<f64>,
    /// Share of the room left over.
    pub grow: f64,
    /// Own place across the parent's direction.
    pub align_self: Option<Place>,
    /// Space between edge and content: top, right, bottom, left.
    pub padding: [f64; 4],
    /// Ink behind the content.
    pub fill: Option<Located<String>>,
    /// Ink and width of a line around it.
    pub stroke: Option<(Located<String>, f64)>,
    /// Corner radius.
    pub radius: f64,
    /// Edges that run on to the bleed: top, right, bottom, left.
    pub bleed: [bool; 4],
    /// Shown only where this renders to something.
    pub when: Option<Located<String>>,
    /// Number of the campaign's language that its content speaks, from 1; left out where there is none.
    pub language: Option<usize>,
    /// What its text is: `h1`, `h2`, `p`.
    pub tag: Option<Role>,
    /// Columns of a grid that it takes; 1 where there is none.
    pub span: usize,
    /// Degrees that it is turned clockwise about its middle. The boxes around it do not give way.
    pub rotate: f64,
    /// Whether it is shown left for right.
    pub mirror: bool,
}

/// The words that hold other boxes.
pub(crate) const CONTAINERS: [&str; 5] = ["row", "column", "grid", "layers", "panels"];

/// Place of children along or across a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the start.
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
    /// As wide as the container.
    Stretch,
    /// First baselines on one line.
    Baseline,
    /// Spread, with the room between them.
    Between,
}

/// How children follow each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow {
    /// From left to right.
    Row,
    /// From top to bottom.
    Column,
    /// Row by row in columns.
    Grid(Tracks),
    /// One over the other, each as large as the container.
    Layers,
    /// One on each panel of a folded sheet.
    Panels,
}

/// The columns and rows of a grid. Lengths in points.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracks {
    /// Widths.
    pub columns: Vec<Track>,
    /// Rows that there are at least; those without a box share what is left of the height.
    pub rows: usize,
    /// Rows that hold boxes; as written, none is known to.
    pub filled: usize,
    /// Height of rows without a box, where fixed.
    pub row: Option<f64>,
}

/// Width of a column of a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Track {
    /// This wide, pt.
    Fixed(f64),
    /// A share of what the others leave.
    Share(f64),
}

/// What a box is.
#[derive(Clone, Debug)]
pub enum BoxKind {
    /// Children side by side or one below the other.
    Container {
        /// Direction.
        flow: Flow,
        /// Space between columns, and between rows.
        gap: [f64; 2],
        /// Ink and width of lines around the cells of a grid.
        rules: Option<(Located<String>, f64)>,
        /// Children across the direction.
        align: Place,
        /// Children along the direction.
        justify: Place,
        /// The children.
        children: Vec<BoxSpec>,
    },
    /// One paragraph.
    Text {
        /// The text, with placeholders and inline markup.
        value: Located<String>,
        /// Name of its style.
        style: Located<String>,
    },
    /// Paragraphs and lists.
    Markdown {
        /// The text, with placeholders and markup.
        value: Located<String>,
        /// Name of its style.
        style: Located<String>,
        /// Space between paragraphs.
        gap: f64,
        /// Columns that its lines are shared out to.
        columns: usize,
        /// Space between columns.
        column_gap: f64,
        /// Whether each paragraph stays in one column.
        keep: bool,
    },
    /// A list of texts, each behind its number or mark.
    Steps(Box<Steps>),
    /// A code.
    Qr {
        /// Name of a code field.
        value: Located<String>,
        /// Smallest and largest side of the symbol, without its quiet zone: as large as its reading distance
        /// asks for.
        side: (f64, f64),
        /// Least error correction.
        ecc: Option<crate::qr::Ecc>,
    },
    /// A picture of the campaign.
    Image {
        /// Name of an image field.
        value: Located<String>,
        /// Whether it fills its box and loses what stands out, instead of being fitted inside.
        cover: bool,
        /// For a drawing of the project's: ink for black.
        ink: Option<Located<String>>,
        /// For a drawing of the project's: ink for red.
        accent: Option<Located<String>>,
    },
    /// A drawing of `assets/` or `icons/`.
    Icon {
        /// Its name.
        name: Located<String>,
        /// Ink for black.
        ink: Option<Located<String>>,
        /// Ink for red.
        accent: Option<Located<String>>,
    },
    /// A rectangle or ellipse.
    Shape {
        /// Whether it is round.
        ellipse: bool,
    },
}

/// A list of texts, each behind its number or mark.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Name of a list field.
    pub value: Located<String>,
    /// Style of the texts.
    pub style: Located<String>,
    /// Style of the same texts in the second language, below the first.
    pub second: Option<Located<String>>,
    /// Style of the numbers.
    pub numeral: Option<Located<String>>,
    /// Ink of a disc behind each number.
    pub disc: Option<Located<String>>,
    /// Ink for the black of the drawing.
    pub ink: Option<Located<String>>,
    /// Width of the numbers' column, and diameter of the disc.
    pub side: f64,
    /// Drawing that stands in place of numbers.
    pub icon: Option<Located<String>>,
    /// Name of a list field with the name of a drawing for each item.
    pub icons: Option<Located<String>>,
    /// Where numbers or drawings stand beside the text: on its first line, or at its top or middle.
    pub align: Place,
    /// Whether they stand above the text.
    pub above: bool,
    /// Items side by side.
    pub columns: usize,
    /// Space between items side by side.
    pub column_gap: f64,
    /// Space between items.
    pub gap: f64,
    /// Space between the two languages of one item.
    pub inner: f64,
    /// Space between number and text.
    pub indent: f64,
    /// Whether the items share the height that is left over.
    pub spread: bool,
}
