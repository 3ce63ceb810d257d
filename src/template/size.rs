//! The sizes of a format. Each has its own reading of styles and boxes, as any map of them may say other
//! things `at` a size.

use super::boxes::{self, BoxSpec};
use super::style::{self, Style, within};
use crate::diag::{Expected, Problem};
use crate::drawing;
use crate::geom::{self, Rect, Size, Transform, mm, to_mm};
use crate::page::{Die, DieShape, Hole, Polygons, Segment};
use crate::spec::read::{Fields, Reader};
use crate::spec::yaml::Node;

/// One size of a format.
#[derive(Clone, Debug)]
pub struct SizeSpec {
    /// Its name: `a5`, `square-100`.
    pub name: String,
    /// Size after cutting.
    pub trim: Size,
    /// Factor on every length of the format.
    pub scale: f64,
    /// The die line, where the piece is cut to shape. Its lengths are not scaled.
    pub die: Option<Die>,
    /// Folds across the first side: distances from its left edge, pt, growing. Other sides turn them over.
    pub folds: Vec<f64>,
    /// Perforations across it: distances from its top edge, pt, growing.
    pub perforations: Vec<f64>,
    /// Type styles by name.
    pub styles: Vec<(String, Style)>,
    /// The sides in order.
    pub sides: Vec<Side>,
}

/// One side of a piece.
#[derive(Clone, Debug)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// The box that fills it.
    pub root: BoxSpec,
}

impl SizeSpec {
    /// The folds of a side, as distances from its own left edge: backs have them left for right.
    pub fn folds_of(&self, side: usize) -> Vec<f64> {
        match is_back(side) {
            false => self.folds.clone(),
            true => self.folds.iter().rev().map(|x| self.trim.w - x).collect(),
        }
    }

    /// The die line as a side has it: backs have its hole left for right.
    pub fn die_of(&self, side: usize) -> Option<Die> {
        self.die.clone().map(|die| if is_back(side) { die.mirrored(self.trim.w) } else { die })
    }
}

/// Whether a side is on the back of its sheet.
fn is_back(side: usize) -> bool {
    side % 2 == 1
}

/// Reads all sizes; the finding of something that holds at each of them is told once.
pub(super) fn read_all(r: &mut Reader, f: &mut Fields<'_>) -> Vec<SizeSpec> {
    let entries = f.need_some(r, "sizes").map(|n| r.entries("sizes", n)).unwrap_or_default();
    let (styles, sides) = (f.take("styles"), f.need_some(r, "sides"));
    let known: Vec<String> = entries.iter().map(|(name, _)| name.value.clone()).collect();
    let mut sizes = Vec::new();
    for (name, node) in entries {
        let told = r.findings.len();
        r.size = Some((name.value.clone(), known.clone()));
        let named = styles.map(|n| r.entries("styles", n)).unwrap_or_default();
        let styles = named.iter().filter_map(|(k, n)| Some((k.value.clone(), style::read(r, &k.value, n)?))).collect();
        let listed = sides.map(|n| r.list("sides", n)).unwrap_or_default();
        let sides: Vec<Side> = listed.iter().filter_map(|n| side(r, n)).collect();
        sizes.extend(size(r, &name.value, node).map(|bare| SizeSpec { styles, sides, ..bare }));
        for finding in r.findings.split_off(told) {
            if !r.findings.contains(&finding) {
                r.findings.push(finding);
            }
        }
    }
    r.size = None;
    sizes.retain(|s| !s.sides.is_empty());
    sizes
}

fn size(r: &mut Reader, name: &str, node: &Node) -> Option<SizeSpec> {
    let mut f = r.fields(name, node)?;
    let trim = f.need(r, "trim").and_then(|n| r.value("trim", n, Expected::Size, geom::size));
    let scale = f.read(r, "scale", |r, k, n| within(r, k, n, 0.01, 100.0)).unwrap_or(1.0);
    let die_node = f.take("die");
    let die = die_node.and_then(|n| die(r, n, trim));
    let (folds_node, perforations_node) = (f.take("folds"), f.take("perforations"));
    f.finish(r);
    let trim = trim?;
    let folds = lines(r, "folds", folds_node, trim.w)?;
    let perforations = lines(r, "perforations", perforations_node, trim.h)?;
    if die_node.is_some() && die.is_none() {
        return None;
    }
    if let (Some(node), Some(die)) = (die_node, &die)
        && let Some(hole) = die.hole
        && (hole.diameter <= 0.0 || !Rect::of(trim).holds(&hole.bounds(), 0.0) || die.shape.margin(Rect::of(trim), &hole.bounds()) < 0.0)
    {
        r.wrong("hole", node, Expected::Hole);
        return None;
    }
    Some(SizeSpec { name: name.into(), trim, scale, die, folds, perforations, styles: Vec::new(), sides: Vec::new() })
}

/// Growing distances inside an extent; `None` where they are not.
fn lines(r: &mut Reader, key: &str, node: Option<&Node>, extent: f64) -> Option<Vec<f64>> {
    let Some(node) = node else { return Some(Vec::new()) };
    let lines: Vec<f64> = r.list(key, node).iter().filter_map(|n| r.length(key, n)).collect();
    if ![0.0].iter().chain(&lines).chain([&extent]).is_sorted_by(|a, b| a < b) {
        r.wrong(key, node, Expected::Positions);
        return None;
    }
    Some(lines)
}

fn die(r: &mut Reader, node: &Node, trim: Option<Size>) -> Option<Die> {
    let mut f = r.fields("die", node)?;
    let radius = f.read(r, "radius", Reader::length);
    let round = f.read(r, "round", Reader::boolean).unwrap_or(false);
    let path = f.take("path");
    let hole = f.take("hole").and_then(|n| hole(r, n));
    f.finish(r);
    let own = [("radius", radius.is_some()), ("round", round)].into_iter().find(|(_, given)| *given && path.is_some());
    if let Some((key, _)) = own {
        r.report(&node.spot, Problem::UnknownKey { key: key.into(), nearest: None, known: vec!["path".into(), "hole".into()] });
    }
    let shape = match path {
        Some(node) => outline(r, node, trim?)?,
        None if round => DieShape::Round,
        None => DieShape::Rounded(radius.unwrap_or(0.0)),
    };
    Some(Die { shape, hole })
}

/// A die line as the path data of SVG, in millimetres from the trim's top left corner: one closed figure that
/// does not cross itself, as a cutter follows it, with the trim as the box around it.
fn outline(r: &mut Reader, node: &Node, trim: Size) -> Option<DieShape> {
    let text = r.text("path", node)?.value;
    let Some(segments) = drawing::path_data(&text) else {
        r.report(&node.spot, Problem::BadValue { key: "path".into(), value: text, expected: Expected::PathData });
        return None;
    };
    let segments: Vec<Segment> = segments.iter().map(|s| s.under(Transform([mm(1.0), 0.0, 0.0, mm(1.0), 0.0, 0.0]))).collect();
    let figures = segments.iter().filter(|s| matches!(s, Segment::Move(..))).count();
    let polygons = Polygons::of(&segments, Transform::IDENTITY);
    let bounds = polygons.bounds();
    // Curves are judged by straight pieces, which cut 0.2 % off their bulge.
    let near = |a: f64, b: f64| (a - b).abs() <= mm(0.2) + 0.002 * trim.w.max(trim.h);
    let problem = if polygons.count() > MOST_SIDES {
        Problem::DieTooFine { sides: polygons.count(), most: MOST_SIDES }
    } else if segments.last() != Some(&Segment::Close) || figures != 1 {
        Problem::DieOpen { figures }
    } else if let Some((x, y)) = polygons.crossing() {
        Problem::DieCrosses { x_mm: to_mm(x), y_mm: to_mm(y) }
    } else if !(near(bounds.x, 0.0) && near(bounds.y, 0.0) && near(bounds.w, trim.w) && near(bounds.h, trim.h)) {
        Problem::DieNotTrim { die_mm: [bounds.x, bounds.y, bounds.w, bounds.h].map(to_mm), trim_mm: [trim.w, trim.h].map(to_mm) }
    } else {
        return Some(DieShape::Outline(segments.into()));
    };
    r.report(&node.spot, problem);
    None
}

/// More sides than any knife follows; a curve has twelve.
const MOST_SIDES: usize = 6000;

fn hole(r: &mut Reader, node: &Node) -> Option<Hole> {
    let mut f = r.fields("hole", node)?;
    let mut length = |r: &mut Reader, key: &'static str| f.need(r, key).and_then(|n| r.length(key, n));
    let (x, y, diameter) = (length(r, "x"), length(r, "y"), length(r, "diameter"));
    f.finish(r);
    Some(Hole { x: x?, y: y?, diameter: diameter? })
}

fn side(r: &mut Reader, node: &Node) -> Option<Side> {
    let mut f = r.fields("sides", node)?;
    let name = f.need(r, "name").and_then(|n| r.text("name", n));
    let mut roots: Vec<(&'static str, &Node)> = boxes::CONTAINERS.into_iter().filter_map(|word| Some((word, f.take(word)?))).collect();
    roots.sort_by(|a, b| a.1.spot.cmp(&b.1.spot));
    let root = match roots.as_slice() {
        [] => {
            f.need(r, "column");
            None
        }
        [(word, node)] => boxes::read_kind(r, word, node),
        [_, (_, second), ..] => {
            r.wrong("sides", second, Expected::OneKey);
            None
        }
    };
    f.finish(r);
    let root: BoxSpec = root?;
    if root.common.when.is_some() || root.common.language.is_some() {
        // A side cannot be left out: the sheet has two of them whatever is said.
        r.report(&root.spot, Problem::SideLeftOut);
    }
    Some(Side { name: name?.value, root })
}
