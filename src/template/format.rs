//! A format as written.

use super::boxes::{self, BoxSpec};
use crate::color::Paint;
use crate::diag::{Expected, Finding, Located, Problem, Spot};
use crate::geom::{self, Size};
use crate::spec::campaign;
use crate::spec::read::{self, Fields, Reader};
use crate::spec::words::Words;
use crate::spec::yaml::Node;
use crate::text::Align;

/// A format.
#[derive(Clone, Debug)]
pub struct Format {
    /// Its name, the stem of its file.
    pub name: String,
    /// What people call it.
    pub label: Option<Words>,
    /// The sizes it is made for; the first is the default and the one that lengths are written in.
    pub sizes: Vec<SizeSpec>,
    /// The content that it takes.
    pub fields: Vec<Field>,
    /// Colours for campaigns that give none.
    pub palette: Vec<(String, Paint)>,
    /// Type styles by name.
    pub styles: Vec<(String, Style)>,
    /// The sides in order.
    pub sides: Vec<Side>,
}

/// One size of a format.
#[derive(Clone, Debug)]
pub struct SizeSpec {
    /// Its name: `a5`, `square-100`.
    pub name: String,
    /// Size after cutting.
    pub trim: Size,
    /// Factor on every length of the format.
    pub scale: f64,
    /// Corner radius of the die line, pt, where the piece is die cut.
    pub die: Option<f64>,
}

/// A field: content that the campaign gives.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub spot: Spot,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether a piece cannot be without.
    pub required: bool,
    /// Whether it must be given in each language of the campaign.
    pub each_language: bool,
    /// Content for campaigns that give none.
    pub default: Option<Words>,
    /// What people call it.
    pub label: Option<Words>,
    /// A sample.
    pub example: Option<Words>,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldKind {
    /// One text.
    Text,
    /// Some texts.
    List {
        /// At least.
        min: usize,
        /// At most.
        max: usize,
    },
    /// A code.
    Qr {
        /// Distance it must be read from, pt.
        scan_from: Option<f64>,
    },
    /// A picture.
    Image,
}

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
    /// Extra space between letters, as a multiple of the size.
    pub tracking: f64,
    /// Most lines that it may take; it shrinks to keep to them.
    pub lines: Option<usize>,
    /// Whether all digits are equally wide.
    pub tabular: bool,
    /// Whether the box ends at the last baseline, descenders hanging below: for text centred in a band.
    pub to_baseline: bool,
}

/// One side of a piece.
#[derive(Clone, Debug)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// The box that fills it.
    pub root: BoxSpec,
}

impl Format {
    /// The size of a name: as written, or an ISO A size by uniform scaling of a format made for another.
    pub fn size(&self, name: &str) -> Option<SizeSpec> {
        if let Some(size) = self.sizes.iter().find(|s| s.name == name) {
            return Some(size.clone());
        }
        let base = self.sizes.first()?;
        let (trim, own) = (geom::iso_a(name)?, geom::iso_a(&base.name)?);
        let scale = (trim.w / own.w).min(trim.h / own.h) * base.scale;
        (base.trim == own && base.die.is_none()).then(|| SizeSpec { name: name.into(), trim, scale, die: None })
    }

    /// Names of all sizes that [`Format::size`] knows: those written, then the other ISO A sizes.
    pub fn size_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.sizes.iter().map(|s| s.name.clone()).collect();
        for iso in ["a6", "a5", "a4", "a3"] {
            if self.size(iso).is_some() && !names.iter().any(|n| n == iso) {
                names.push(iso.into());
            }
        }
        names
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }
}

/// Reads a format.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Format>, Vec<Finding>) {
    read::document(file, bytes, format)
}

fn format(r: &mut Reader, node: &Node) -> Option<Format> {
    let mut f = r.fields("format", node)?;
    let name = f.own_name(r, "format");
    let label = f.read(r, "label", Words::read);
    let sizes: Vec<SizeSpec> = f
        .need_some(r, "sizes")
        .map(|n| r.entries("sizes", n))
        .unwrap_or_default()
        .iter()
        .filter_map(|(k, n)| size(r, &k.value, n))
        .collect();
    let fields = f.take("fields").map(|n| r.entries("fields", n)).unwrap_or_default().iter().filter_map(|(k, n)| field(r, k, n)).collect();
    let palette = f.take("palette").map(|n| campaign::palette(r, n)).unwrap_or_default();
    let styles = f
        .take("styles")
        .map(|n| r.entries("styles", n))
        .unwrap_or_default()
        .iter()
        .filter_map(|(k, n)| Some((k.value.clone(), style(r, &k.value, n)?)))
        .collect();
    let sides: Vec<Side> =
        f.need_some(r, "sides").map(|n| r.list("sides", n)).unwrap_or_default().iter().filter_map(|n| side(r, n)).collect();
    f.finish(r);
    (!sizes.is_empty() && !sides.is_empty()).then_some(Format { name: name?, label, sizes, fields, palette, styles, sides })
}

fn size(r: &mut Reader, name: &str, node: &Node) -> Option<SizeSpec> {
    let mut f = r.fields(name, node)?;
    let trim = f.need(r, "trim").and_then(|n| r.value("trim", n, Expected::Size, geom::size));
    let scale = f.read(r, "scale", |r, k, n| within(r, k, n, 0.01, 100.0)).unwrap_or(1.0);
    let die = f.take("die").and_then(|n| r.fields("die", n)).map(|mut d| {
        let radius = d.read(r, "radius", Reader::length).unwrap_or(0.0);
        d.finish(r);
        radius
    });
    f.finish(r);
    Some(SizeSpec { name: name.into(), trim: trim?, scale, die })
}

fn field(r: &mut Reader, name: &Located<String>, node: &Node) -> Option<Field> {
    #[derive(Clone, Copy)]
    enum Type {
        Text,
        List,
        Qr,
        Image,
    }
    let mut f = r.fields(&name.value, node)?;
    let words = [("text", Type::Text), ("list", Type::List), ("qr", Type::Qr), ("image", Type::Image)];
    let kind = f.need(r, "type").and_then(|n| r.choice("type", n, &words));
    let items = f.read(r, "items", |r, k, n| r.value(k, n, Expected::Range, range));
    let scan_from = f.read(r, "scan_from", Reader::length);
    let each = f.read(r, "languages", |r, k, n| r.choice(k, n, &[("each", true), ("primary", false)]));
    let field = Field {
        name: name.value.clone(),
        spot: name.spot.clone(),
        kind: match kind.unwrap_or(Type::Text) {
            Type::Text => FieldKind::Text,
            Type::List => {
                let (min, max) = items.unwrap_or((1, 12));
                FieldKind::List { min, max }
            }
            Type::Qr => FieldKind::Qr { scan_from },
            Type::Image => FieldKind::Image,
        },
        required: f.read(r, "required", Reader::boolean).unwrap_or(false),
        each_language: each.unwrap_or(false),
        default: f.read(r, "default", Words::read),
        label: f.read(r, "label", Words::read),
        example: f.read(r, "example", Words::read),
    };
    f.finish(r);
    Some(field)
}

fn range(text: &str) -> Option<(usize, usize)> {
    let (a, b) = text.split_once("..")?;
    let (a, b) = (a.trim().parse().ok()?, b.trim().parse().ok()?);
    (a <= b).then_some((a, b))
}

fn type_size(text: &str) -> Option<(f64, f64)> {
    let (a, b) = match text.split_once("..") {
        Some((a, b)) => (geom::length(a)?, geom::length(b)?),
        None => (geom::length(text)?, geom::length(text)?),
    };
    (0.5..=2000.0).contains(&a).then_some(())?;
    (a <= b && b <= 2000.0).then_some((a, b))
}

fn within(r: &mut Reader, key: &str, node: &Node, least: f64, most: f64) -> Option<f64> {
    r.value(key, node, Expected::Number, |t| t.parse().ok().filter(|n| (least..=most).contains(n)))
}

fn style(r: &mut Reader, name: &str, node: &Node) -> Option<Style> {
    let mut f: Fields<'_> = r.fields(name, node)?;
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
        tracking: f.read(r, "tracking", |r, k, n| within(r, k, n, -0.2, 2.0)).unwrap_or(0.0),
        lines: f.read(r, "lines", |r, k, n| r.value(k, n, Expected::Number, |t| t.parse().ok().filter(|l: &usize| *l > 0))),
        tabular: f.read(r, "tabular", Reader::boolean).unwrap_or(false),
        to_baseline: f.read(r, "to_baseline", Reader::boolean).unwrap_or(false),
    };
    f.finish(r);
    Some(style)
}

fn side(r: &mut Reader, node: &Node) -> Option<Side> {
    let mut f = r.fields("sides", node)?;
    let name = f.need(r, "name").and_then(|n| r.text("name", n));
    let mut root = None;
    match (f.take("column"), f.take("row")) {
        (Some(_), Some(second)) => r.wrong("sides", second, Expected::OneKey),
        (Some(column), None) => root = boxes::read_kind(r, "column", column),
        (None, Some(row)) => root = boxes::read_kind(r, "row", row),
        (None, None) => {
            f.need(r, "column");
        }
    }
    f.finish(r);
    let root: BoxSpec = root?;
    if root.common.when.is_some() || root.common.language.is_some() {
        // A side cannot be left out: the sheet has two of them whatever is said.
        r.report(&root.spot, Problem::SideLeftOut);
    }
    Some(Side { name: name?.value, root })
}
