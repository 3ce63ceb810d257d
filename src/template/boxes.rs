//! The boxes of a format as written: containers, and leaves that hold content.

use crate::diag::{Expected, Located, Spot};
use crate::page::Role;
use crate::spec::read::{Fields, Reader};
use crate::spec::yaml::{Content, Node};

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
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// From left to right.
    Row,
    /// From top to bottom.
    Column,
}

/// What a box is.
#[derive(Clone, Debug)]
pub enum BoxKind {
    /// Children side by side or one below the other.
    Container {
        /// Direction.
        flow: Flow,
        /// Space between children.
        gap: f64,
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
    },
    /// A list of texts, each behind its number or mark.
    Steps(Box<Steps>),
    /// A code.
    Qr {
        /// Name of a code field.
        value: Located<String>,
        /// Side of the symbol, without its quiet zone.
        side: f64,
        /// Least error correction.
        ecc: Option<crate::qr::Ecc>,
    },
    /// A picture of the campaign.
    Image {
        /// Name of an image field.
        value: Located<String>,
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
    /// Space between items.
    pub gap: f64,
    /// Space between the two languages of one item.
    pub inner: f64,
    /// Space between number and text.
    pub indent: f64,
    /// Whether the items share the height that is left over.
    pub spread: bool,
}

/// The words that boxes are written with.
const WORDS: [&str; 9] = ["row", "column", "text", "markdown", "steps", "qr", "image", "icon", "shape"];

/// Reads a one-key map such as `text: {…}`.
pub fn read(r: &mut Reader, node: &Node) -> Option<BoxSpec> {
    let Content::Map(entries) = &node.value else {
        r.wrong("children", node, Expected::OneKey);
        return None;
    };
    let [(key, value)] = entries.as_slice() else {
        r.wrong("children", node, Expected::OneKey);
        return None;
    };
    let Some(word) = WORDS.iter().find(|w| **w == key.value) else {
        let nearest = crate::diag::nearest(&key.value, WORDS);
        let known = WORDS.iter().map(|w| w.to_string()).collect();
        r.report(&key.spot, crate::diag::Problem::UnknownKey { key: key.value.clone(), nearest, known });
        return None;
    };
    read_kind(r, word, value)
}

/// Reads the map behind a box's word.
pub fn read_kind(r: &mut Reader, word: &'static str, node: &Node) -> Option<BoxSpec> {
    let mut f = r.fields(word, node)?;
    let common = common(r, &mut f);
    let spot = f.spot().clone();
    let kind = match word {
        "row" => Some(container(r, &mut f, Flow::Row)),
        "column" => Some(container(r, &mut f, Flow::Column)),
        "text" => text(r, &mut f),
        "markdown" => markdown(r, &mut f),
        "steps" => steps(r, &mut f),
        "qr" => qr(r, &mut f),
        "image" => f.need(r, "value").and_then(|n| r.text("value", n)).map(|value| BoxKind::Image { value }),
        "icon" => icon(r, &mut f),
        _ => {
            let ellipse = f.read(r, "form", |r, k, n| r.choice(k, n, &[("rect", false), ("ellipse", true)])).unwrap_or(false);
            Some(BoxKind::Shape { ellipse })
        }
    };
    f.finish(r);
    Some(BoxSpec { spot, word, common, kind: kind? })
}

const ACROSS: [(&str, Place); 5] =
    [("start", Place::Start), ("center", Place::Center), ("end", Place::End), ("stretch", Place::Stretch), ("baseline", Place::Baseline)];

fn common(r: &mut Reader, f: &mut Fields<'_>) -> Common {
    let stroke = f.take("stroke").and_then(|n| r.fields("stroke", n)).and_then(|mut s| {
        let ink = s.need(r, "ink").and_then(|n| r.text("ink", n));
        let width = s.need(r, "width").and_then(|n| r.length("width", n));
        s.finish(r);
        Some((ink?, width?))
    });
    let mut bleed = [false; 4];
    let sides = [("top", 0), ("right", 1), ("bottom", 2), ("left", 3)];
    for node in f.take("bleed").map(|n| r.list("bleed", n)).unwrap_or_default() {
        if let Some(side) = r.choice("bleed", node, &sides) {
            bleed[side] = true;
        }
    }
    let language =
        f.read(r, "language", |r, k, n| r.value(k, n, Expected::Number, |t| t.parse().ok().filter(|l: &usize| (1..=9).contains(l))));
    Common {
        name: f.read(r, "name", Reader::text).map(|t| t.value),
        width: f.read(r, "width", Reader::length),
        height: f.read(r, "height", Reader::length),
        grow: f.read(r, "grow", Reader::number).unwrap_or(0.0),
        align_self: f.read(r, "align_self", |r, k, n| r.choice(k, n, &ACROSS)),
        padding: f.read(r, "padding", padding).unwrap_or_default(),
        fill: f.read(r, "fill", Reader::text),
        stroke,
        radius: f.read(r, "radius", Reader::length).unwrap_or(0.0),
        bleed,
        when: f.read(r, "when", Reader::text),
        language,
        tag: f.read(r, "tag", |r, k, n| r.choice(k, n, &[("h1", Role::H1), ("h2", Role::H2), ("p", Role::P)])),
    }
}

/// One length for all sides, two for top/bottom and left/right, or four clockwise from the top.
fn padding(r: &mut Reader, key: &str, node: &Node) -> Option<[f64; 4]> {
    let Content::List(items) = &node.value else { return r.length(key, node).map(|p| [p; 4]) };
    let lengths: Vec<f64> = items.iter().filter_map(|n| r.length(key, n)).collect();
    match lengths.as_slice() {
        [v, h] => Some([*v, *h, *v, *h]),
        [top, right, bottom, left] => Some([*top, *right, *bottom, *left]),
        _ => {
            r.wrong(key, node, Expected::Length);
            None
        }
    }
}

fn container(r: &mut Reader, f: &mut Fields<'_>, flow: Flow) -> BoxKind {
    let along = [("start", Place::Start), ("center", Place::Center), ("end", Place::End), ("between", Place::Between)];
    BoxKind::Container {
        flow,
        gap: f.read(r, "gap", Reader::length).unwrap_or(0.0),
        align: f.read(r, "align", |r, k, n| r.choice(k, n, &ACROSS)).unwrap_or(Place::Stretch),
        justify: f.read(r, "justify", |r, k, n| r.choice(k, n, &along)).unwrap_or(Place::Start),
        children: f.take("children").map(|n| r.list("children", n)).unwrap_or_default().iter().filter_map(|n| read(r, n)).collect(),
    }
}

fn text(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let style = f.need(r, "style").and_then(|n| r.text("style", n));
    Some(BoxKind::Text { value: value?, style: style? })
}

fn markdown(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let style = f.need(r, "style").and_then(|n| r.text("style", n));
    let gap = f.read(r, "gap", Reader::length).unwrap_or(0.0);
    Some(BoxKind::Markdown { value: value?, style: style?, gap })
}

fn steps(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let style = f.need(r, "style").and_then(|n| r.text("style", n));
    Some(BoxKind::Steps(Box::new(Steps {
        second: f.read(r, "second", Reader::text),
        numeral: f.read(r, "numeral", Reader::text),
        disc: f.read(r, "disc", Reader::text),
        ink: f.read(r, "ink", Reader::text),
        side: f.read(r, "side", Reader::length).unwrap_or(14.0),
        icon: f.read(r, "icon", Reader::text),
        gap: f.read(r, "gap", Reader::length).unwrap_or(0.0),
        inner: f.read(r, "inner", Reader::length).unwrap_or(0.0),
        indent: f.read(r, "indent", Reader::length).unwrap_or(0.0),
        spread: f.read(r, "spread", Reader::boolean).unwrap_or(false),
        value: value?,
        style: style?,
    })))
}

fn qr(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    use crate::qr::Ecc;
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let side = f.need(r, "side").and_then(|n| r.length("side", n));
    let ecc = f.read(r, "ecc", |r, k, n| r.choice(k, n, &[("L", Ecc::L), ("M", Ecc::M), ("Q", Ecc::Q), ("H", Ecc::H)]));
    Some(BoxKind::Qr { value: value?, side: side?, ecc })
}

fn icon(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let name = f.need(r, "value").and_then(|n| r.text("value", n));
    let ink = f.read(r, "ink", Reader::text);
    let accent = f.read(r, "accent", Reader::text);
    Some(BoxKind::Icon { name: name?, ink, accent })
}
