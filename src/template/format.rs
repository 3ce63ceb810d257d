//! A format as written.

use super::size::{self, SizeSpec};
use crate::color::Paint;
use crate::diag::{Demand, Expected, Finding, Kind, Located, Problem, Spot, nearest};
use crate::geom;
use crate::limits::Limits;
use crate::spec::campaign::{self, Value};
use crate::spec::read::{self, Reader};
use crate::spec::words::Words;
use crate::spec::yaml::Node;

/// A format.
#[derive(Clone, Debug)]
pub struct Format {
    /// Its name, the stem of its file.
    pub name: String,
    /// What people call it.
    pub label: Option<Words>,
    /// Who issues such things, as a sample.
    pub issuer: Option<Words>,
    /// The sizes it is made for, each with its styles and boxes; the first is the default and the one that
    /// lengths are written in.
    pub sizes: Vec<SizeSpec>,
    /// The content that it takes.
    pub fields: Vec<Field>,
    /// What else a campaign must give.
    pub demands: Vec<Demand>,
    /// Colours for campaigns that give none.
    pub palette: Vec<(Located<String>, Paint)>,
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
    pub example: Option<Value>,
    /// Samples for the first rows of a table, where people give it for each record.
    pub records: Vec<Words>,
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

impl Format {
    /// The size of a name: as written, or an ISO A size by uniform scaling of a format made for another.
    pub fn size(&self, name: &str) -> Option<SizeSpec> {
        if let Some(size) = self.sizes.iter().find(|s| s.name == name) {
            return Some(size.clone());
        }
        let base = self.sizes.first()?;
        let (trim, own) = (geom::iso_a(name)?, geom::iso_a(&base.name)?);
        let scale = (trim.w / own.w).min(trim.h / own.h) * base.scale;
        let plain = base.trim == own && base.die.is_none() && base.folds.is_empty();
        plain.then(|| SizeSpec { name: name.into(), trim, scale, ..base.clone() })
    }

    /// Names of its sizes: those written, then the other ISO A sizes at which type is no smaller than at one of them.
    pub fn size_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.sizes.iter().map(|s| s.name.clone()).collect();
        for iso in geom::ISO_A {
            let least = self.sizes.iter().map(|size| size.scale).fold(f64::INFINITY, f64::min);
            if self.size(iso).is_some_and(|size| size.scale >= least) && !names.iter().any(|n| n == iso) {
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
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Format>, Vec<Finding>) {
    read::document(file, bytes, limits, format)
}

fn format(r: &mut Reader, node: &Node) -> Option<Format> {
    let mut f = r.fields("format", node)?;
    let name = f.own_name(r, "format");
    let (label, issuer) = (f.read(r, "label", Words::read), f.read(r, "issuer", Words::read));
    let fields: Vec<Field> =
        f.take("fields").map(|n| r.entries("fields", n)).unwrap_or_default().iter().filter_map(|(k, n)| field(r, k, n)).collect();
    let palette = f.take("palette").map(|n| campaign::palette(r, n)).unwrap_or_default();
    let demands =
        f.take("demands").map(|n| r.list("demands", n)).unwrap_or_default().iter().filter_map(|n| demand(r, n, &fields)).collect();
    let sizes = size::read_all(r, &mut f);
    f.finish(r);
    (!sizes.is_empty()).then_some(Format { name: name?, label, issuer, sizes, fields, demands, palette })
}

/// One thing that a format demands: a word, or fields of which one must have content.
fn demand(r: &mut Reader, node: &Node, fields: &[Field]) -> Option<Demand> {
    if node.scalar().is_some() {
        let words = [("issuer", 0), ("document", 1), ("valid_until", 2)];
        return r.choice("demands", node, &words).map(|word| [Demand::Issuer, Demand::Document, Demand::ValidUntil][word].clone());
    }
    let mut f = r.fields("demands", node)?;
    let names = f.need_some(r, "one_of").map(|n| r.list("one_of", n)).unwrap_or_default();
    f.finish(r);
    let mut known = Vec::new();
    for name in names.iter().filter_map(|n| r.text("one_of", n)).collect::<Vec<_>>() {
        if fields.iter().any(|field| field.name == name.value) {
            known.push(name.value);
            continue;
        }
        let all: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        let near = nearest(&name.value, all.iter().map(String::as_str));
        r.report(&name.spot, Problem::UnknownName { kind: Kind::Field, name: name.value, nearest: near, known: all });
    }
    (!known.is_empty()).then_some(Demand::OneOf(known))
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
    let scan_from = f.read(r, "scan_from", Reader::distance);
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
        example: f.read(r, "example", Value::read),
        records: f
            .take("records")
            .map(|n| r.list("records", n))
            .unwrap_or_default()
            .iter()
            .filter_map(|n| Words::read(r, "records", n))
            .collect(),
    };
    f.finish(r);
    Some(field)
}

fn range(text: &str) -> Option<(usize, usize)> {
    let (a, b) = text.split_once("..")?;
    let (a, b) = (a.trim().parse().ok()?, b.trim().parse().ok()?);
    (a <= b).then_some((a, b))
}
