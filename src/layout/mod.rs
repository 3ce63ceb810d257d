//! Layout: blocks to placed items. The only room that knows widths.
//!
//! taffy computes the boxes (CSS flexbox); texts enter through its measure function. Texts with a range
//! of sizes shrink together: one share of the way from floor to ceiling holds for a whole side, so that
//! its hierarchy is kept.

mod columns;
mod line;
mod place;
mod rules;
mod style;

use crate::diag::{Finding, Place as Where, Problem};
use crate::geom::{Rect, Size, to_mm};
use crate::page::Item;
use crate::template::bound::{Block, BlockKind, BoundSide};
use crate::template::boxes::Flow;
use crate::text::{SetText, Setter, TextBlock};
use columns::SetColumns;
use std::collections::HashMap;
use taffy::prelude::*;
use taffy::{Baselines, compute_leaf_layout, style::AvailableSpace};

pub use line::{LineStyle, line};

/// What a side is laid out on.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Size after cutting.
    pub trim: Size,
    /// Art beyond the trim, pt.
    pub bleed: f64,
    /// Whether the press prints process inks.
    pub space: crate::color::Space,
}

/// Shares of the way from floor to ceiling that are tried: 1 first, then by halves.
const SHARE_STEPS: u32 = 16;
/// Height of capitals in most text faces, em: drawings beside a line of text are centred on it.
const CAP_HEIGHT: f64 = 0.7;
/// Overhang that is no overflow, pt: rounding of single precision.
const SLACK: f64 = 0.05;

/// Lays out one side. Says what does not fit; the items are then not fit to print.
pub fn lay_out(side: &BoundSide, on: Area, setter: &mut Setter<'_>) -> (Vec<Item>, Vec<Finding>) {
    setter.forget();
    let mut tree = Tree::build(&side.root, on.trim);
    tree.compute(1.0, setter);
    if tree.shrinks() && tree.overflows().next().is_some() {
        let (mut fits, mut too_large) = (0, SHARE_STEPS);
        while too_large - fits > 1 {
            let middle = (fits + too_large) / 2;
            tree.compute(f64::from(middle) / f64::from(SHARE_STEPS), setter);
            if tree.overflows().next().is_some() { too_large = middle } else { fits = middle }
        }
        tree.compute(f64::from(fits) / f64::from(SHARE_STEPS), setter);
    }
    let overflows = tree.overflows().map(|o| o.finding(&side.name));
    let findings = overflows.chain(tree.empties().map(|block| finding(block, &side.name, Problem::EmptyBox))).collect();
    (place::items(&tree, on), findings)
}

/// The blocks of a side and their boxes.
struct Tree<'b> {
    taffy: TaffyTree<usize>,
    nodes: Vec<Node<'b>>,
    set: HashMap<(usize, u32), SetText>,
    columns: HashMap<(usize, u32), SetColumns>,
}

/// A block and its box; the root is the first.
struct Node<'b> {
    block: &'b Block,
    id: NodeId,
    children: Vec<usize>,
    /// Left, top, width, height in points from the trim's corner.
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    /// How far what is blank of it reaches out to the left and the top of its place.
    blank: (f64, f64),
}

impl Node<'_> {
    fn rect(&self) -> Rect {
        Rect { x: self.x, y: self.y, w: self.w, h: self.h }
    }
}

/// Something that does not fit.
struct Overflow<'b> {
    block: &'b Block,
    by: f64,
    wide: bool,
    /// Type size, where it is a text.
    size: Option<f64>,
}

impl<'b> Tree<'b> {
    fn build(root: &'b Block, trim: Size) -> Tree<'b> {
        let mut taffy = TaffyTree::new();
        taffy.disable_rounding();
        let mut tree = Tree { taffy, nodes: Vec::new(), set: HashMap::new(), columns: HashMap::new() };
        tree.add(root, Some(trim), None);
        tree
    }

    fn add(&mut self, block: &'b Block, fixed: Option<Size>, parent: Option<&Block>) -> usize {
        let index = self.nodes.len();
        let mut style = style::of(block, parent);
        if let Some(size) = fixed {
            style.size = taffy::Size { width: length(size.w as f32), height: length(size.h as f32) };
        }
        let blank = style::blank(block, parent);
        let id = self.taffy.new_leaf_with_context(style, index).unwrap_or_else(|_| NodeId::new(0));
        self.nodes.push(Node { block, id, children: Vec::new(), x: 0.0, y: 0.0, w: 0.0, h: 0.0, blank });
        if let BlockKind::Container { children, .. } = &block.kind {
            for child in children {
                let child = self.add(child, None, Some(block));
                self.nodes[index].children.push(child);
                // A child made just above can always be added to the node made before it.
                let _ = self.taffy.add_child(id, self.nodes[child].id);
            }
        }
        index
    }

    fn shrinks(&self) -> bool {
        let ranges = |text: &TextBlock| text.style.size.0 < text.style.size.1;
        self.nodes.iter().any(|n| match &n.block.kind {
            BlockKind::Text(text) => ranges(text),
            BlockKind::Columns(columns) => columns.paragraphs.iter().any(|p| ranges(&p.text)),
            _ => false,
        })
    }

    fn compute(&mut self, share: f64, setter: &mut Setter<'_>) {
        self.set.clear();
        self.columns.clear();
        for node in &self.nodes {
            // Sizes measured at another share must not be taken from the cache.
            let _ = self.taffy.mark_dirty(node.id);
        }
        let Some(root) = self.nodes.first().map(|n| n.id) else { return };
        let (nodes, set, columns) = (&self.nodes, &mut self.set, &mut self.columns);
        let measured = self.taffy.compute_layout_with_measure(root, taffy::Size::MAX_CONTENT, |inputs, _, context, style| {
            let key = context.map_or(0, |key| *key);
            let block = nodes[key].block;
            let mut baseline = block.measure.beside.map(|(floor, ceiling)| {
                let size = floor + (ceiling - floor) * share;
                (block.measure.height.unwrap_or(0.0) + CAP_HEIGHT * size) / 2.0
            });
            let mut output = compute_leaf_layout(
                inputs,
                style,
                |_, _| 0.0,
                |known, available| {
                    let (narrow, wide) = match &block.kind {
                        BlockKind::Text(text) if known.width.is_none() => setter.content_widths((key, 0), text, share),
                        BlockKind::Columns(columns) if known.width.is_none() => columns::content_widths(setter, key, columns, share),
                        BlockKind::Text(_) | BlockKind::Columns(_) => (0.0, 0.0),
                        _ => return taffy::Size::ZERO,
                    };
                    // While sizes are computed the known width is that of the border; the room has lost its padding.
                    let inner = |width: f32| match available.width {
                        AvailableSpace::Definite(room) => width.min(room),
                        _ => width,
                    };
                    let width = known.width.map(inner).unwrap_or(match available.width {
                        AvailableSpace::Definite(room) => (wide as f32 + 0.01).min(room).max(0.0),
                        AvailableSpace::MinContent => narrow as f32,
                        AvailableSpace::MaxContent => wide as f32 + 0.01,
                    });
                    let at = (key, width.to_bits());
                    let (height, first) = match &block.kind {
                        BlockKind::Text(text) => {
                            let text = set.entry(at).or_insert_with(|| setter.fit((key, 0), text, f64::from(width), share));
                            (text.height, text.lines.first().map(|l| l.baseline))
                        }
                        BlockKind::Columns(block) => {
                            let set = columns.entry(at).or_insert_with(|| columns::set(setter, key, block, f64::from(width), share));
                            (set.height, set.lines.first().map(|l| l.y))
                        }
                        _ => (0.0, None),
                    };
                    baseline = first.map(|first| block.measure.padding[0] + first);
                    taffy::Size { width, height: known.height.unwrap_or(height as f32) }
                },
            );
            output.baselines = Baselines::from_first(baseline.map(|b| b as f32));
            output
        });
        debug_assert!(measured.is_ok());
        self.locate(0, 0.0, 0.0, share, setter);
    }

    fn locate(&mut self, index: usize, x: f64, y: f64, share: f64, setter: &mut Setter<'_>) {
        let Ok(layout) = self.taffy.layout(self.nodes[index].id) else { return };
        let layout = *layout;
        let node = &mut self.nodes[index];
        node.x = x + f64::from(layout.location.x);
        node.y = y + f64::from(layout.location.y);
        node.w = f64::from(layout.size.width);
        node.h = f64::from(layout.size.height);
        let (x, y, block) = (node.x, node.y, node.block);
        let room = layout.size.width - (block.measure.padding[1] + block.measure.padding[3]) as f32;
        let at = (index, room.to_bits());
        match &block.kind {
            BlockKind::Text(text) => {
                self.set.entry(at).or_insert_with(|| setter.fit((index, 0), text, f64::from(room), share));
            }
            BlockKind::Columns(columns) => {
                self.columns.entry(at).or_insert_with(|| columns::set(setter, index, columns, f64::from(room), share));
            }
            _ => {}
        }
        for child in self.nodes[index].children.clone() {
            self.locate(child, x, y, share, setter);
        }
    }

    /// A node and the room inside its padding, as texts are kept by.
    fn room(&self, index: usize) -> (usize, u32) {
        let node = &self.nodes[index];
        let padding = node.block.measure.padding;
        (index, (node.w as f32 - (padding[1] + padding[3]) as f32).to_bits())
    }

    /// The text of a node as set at its final width.
    fn text(&self, index: usize) -> Option<&SetText> {
        self.set.get(&self.room(index))
    }

    /// The columns of a node as set at its final width.
    fn columns(&self, index: usize) -> Option<&SetColumns> {
        self.columns.get(&self.room(index))
    }

    /// Type size of a node, where it is a text.
    fn size(&self, index: usize) -> Option<f64> {
        self.text(index).map(|t| t.size).or(self.columns(index).map(|c| c.size))
    }

    /// Texts that do not keep to their box, and what makes a box reach out of its parent.
    fn overflows(&self) -> impl Iterator<Item = Overflow<'b>> + '_ {
        self.nodes.iter().enumerate().flat_map(move |(i, node)| {
            let [top, right, bottom, left] = node.block.measure.padding;
            let (x0, y0) = (node.x + left, node.y + top);
            let (x1, y1) = (node.x + node.w - right, node.y + node.h - bottom);
            let mut found: Vec<Overflow<'b>> = Vec::new();
            let mut tell = |culprit: usize, by: f64, wide: bool| {
                // Not a number is no measure either.
                if by.is_nan() || by > SLACK {
                    found.push(Overflow { block: self.nodes[culprit].block, by, wide, size: self.size(culprit) });
                }
            };
            if let Some(set) = self.text(i) {
                tell(i, set.width - (x1 - x0), true);
                tell(i, set.beyond(most_lines(node.block)).max(set.height - (y1 - y0)), false);
            }
            if let Some(set) = self.columns(i) {
                tell(i, set.too_wide, true);
                tell(i, set.height - (y1 - y0), false);
            }
            if let BlockKind::Container { flow: Flow::Grid(_), .. } = &node.block.kind {
                self.overlaps(&node.children).into_iter().for_each(|(child, by, wide)| tell(child, by, wide));
            }
            for child in &node.children {
                let c = &self.nodes[*child];
                tell(self.largest(*child, |n| n.w), (c.x + c.w - x1).max(x0 - c.x - c.blank.0), true);
            }
            let below = node
                .children
                .iter()
                .map(|c| (self.nodes[*c].y + self.nodes[*c].h - y1).max(y0 - self.nodes[*c].y - self.nodes[*c].blank.1))
                .fold(0.0, f64::max);
            tell(self.largest(i, |n| n.h), below, false);
            found
        })
    }

    /// Boxes of a grid that lie over another: what is too large for its cell need not reach out of the grid.
    fn overlaps(&self, cells: &[usize]) -> Vec<(usize, f64, bool)> {
        let rect = |i: usize| self.nodes[i].rect();
        let mut found = Vec::new();
        let is_filled = |i: &&usize| !matches!(self.nodes[**i].block.kind, BlockKind::Cell);
        let cells: Vec<usize> = cells.iter().filter(is_filled).copied().collect();
        for (i, a) in cells.iter().enumerate() {
            let one = rect(*a);
            for other in cells[i + 1..].iter().map(|b| rect(*b)).filter(|other| one.overlaps(other, SLACK)) {
                // The one before reaches over into the one after it.
                let (wide, tall) = (one.right() - other.x, one.bottom() - other.y);
                let across = other.y - one.y < SLACK;
                let largest = self.largest(*a, |n| if across { n.w } else { n.h });
                found.push((largest, if across { wide } else { tall }, across));
            }
        }
        found
    }

    /// Leaves that show nothing: without room, or a shape without paint.
    fn empties(&self) -> impl Iterator<Item = &'b Block> + '_ {
        let shows = |node: &&Node<'b>| {
            let [top, right, bottom, left] = node.block.measure.padding;
            let (w, h) = (node.w - left - right, node.h - top - bottom);
            let ground = &node.block.ground;
            match &node.block.kind {
                BlockKind::Shape => {
                    (ground.fill.is_some() && w > 0.0 && h > 0.0) || ground.stroke.as_ref().is_some_and(|(_, width)| *width > 0.0)
                }
                BlockKind::Picture { .. } | BlockKind::Drawing(..) => w > 0.0 && h > 0.0,
                _ => true,
            }
        };
        self.nodes.iter().filter(move |node| !shows(node)).map(|node| node.block)
    }

    /// The leaf under a node that takes most room: the one to shorten.
    fn largest(&self, index: usize, extent: impl Fn(&Node<'_>) -> f64) -> usize {
        let mut leaves = vec![index];
        let mut best = None;
        while let Some(at) = leaves.pop() {
            leaves.extend(&self.nodes[at].children);
            let takes = extent(&self.nodes[at]);
            if self.nodes[at].children.is_empty() && best.is_none_or(|(most, _)| takes > most) {
                best = Some((takes, at));
            }
        }
        best.map_or(index, |(_, at)| at)
    }
}

fn most_lines(block: &Block) -> Option<usize> {
    match &block.kind {
        BlockKind::Text(text) => text.style.lines,
        _ => None,
    }
}

fn finding(block: &Block, side: &str, problem: Problem) -> Finding {
    let place = Where { spot: block.spot.clone(), side: Some(side.into()), in_box: Some(block.name.clone()), ..Where::default() };
    Finding { problem, place }
}

impl Overflow<'_> {
    fn finding(&self, side: &str) -> Finding {
        let (by_mm, wide) = (to_mm(self.by), self.wide);
        let problem = match self.size {
            Some(size) => Problem::Overflow { by_mm, wide, smallest_pt: (size * 100.0).round() / 100.0 },
            None => Problem::BoxTooLarge { by_mm, wide },
        };
        finding(self.block, side, problem)
    }
}
