//! The boxes of one side.

use super::columns::SetColumns;
use super::kept::{Kept, Known, Leaf, Question, SLACK, Shares, Step, room, too_much};
use super::style;
use crate::diag::{Finding, Place as Where, Problem};
use crate::geom::{Rect, Size, to_mm};
use crate::template::bound::{Block, BlockKind};
use crate::template::boxes::Flow;
use crate::text::{SetText, Setter, TextBlock};
use taffy::prelude::*;
use taffy::{Baselines, compute_leaf_layout};

/// Height of capitals in most text faces, em: drawings beside a line of text are centred on it.
const CAP_HEIGHT: f64 = 0.7;

/// The blocks of a side and their boxes.
pub(super) struct Tree<'b> {
    taffy: TaffyTree<usize>,
    pub(super) nodes: Vec<Node<'b>>,
    pub(super) kept: Kept,
    known: &'b Known,
    /// Texts of this side that have been set already, by their share of the way to the ceiling.
    set_before: Shares,
    /// What has been set besides.
    pub(super) learned: Known,
}

/// A block and its box; the root is the first.
pub(super) struct Node<'b> {
    pub(super) block: &'b Block,
    id: NodeId,
    pub(super) children: Vec<usize>,
    /// Left, top, width, height in points from the trim's corner.
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    /// How far what is blank of it reaches out to the left and the top of its place.
    blank: (f64, f64),
}

impl Node<'_> {
    pub(super) fn rect(&self) -> Rect {
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
    /// Height of the box, pt.
    height: f64,
}

impl<'b> Tree<'b> {
    pub(super) fn build(root: &'b Block, trim: Size, known: &'b Known, set_before: Shares) -> Tree<'b> {
        let mut taffy = TaffyTree::new();
        taffy.disable_rounding();
        let mut tree = Tree { taffy, nodes: Vec::new(), kept: Kept::default(), known, set_before, learned: Known::default() };
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
        let made = self.taffy.new_leaf_with_context(style, index);
        debug_assert!(made.is_ok());
        let id = made.unwrap_or_else(|_| NodeId::new(0));
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

    /// Whether its texts have a range of sizes.
    pub(super) fn shrinks(&self) -> bool {
        let ranges = |text: &TextBlock| text.style.size.0 < text.style.size.1;
        self.nodes.iter().any(|n| match &n.block.kind {
            BlockKind::Text(text) => ranges(text),
            BlockKind::Columns(columns) => columns.paragraphs.iter().any(|p| ranges(&p.text)),
            _ => false,
        })
    }

    /// Computes the boxes at a share of the way from floor to ceiling.
    pub(super) fn compute(&mut self, share: f64, setter: &mut Setter<'_>) -> Step {
        self.kept = self.set_before.remove(&share.to_bits()).unwrap_or_default();
        for node in &self.nodes {
            // Sizes measured at another share must not be taken from the cache.
            let _ = self.taffy.mark_dirty(node.id);
        }
        let mut step = Step { share, ..Step::default() };
        let Some(root) = self.nodes.first().map(|n| n.id) else { return step };
        let (nodes, kept, in_common, learned) = (&self.nodes, &mut self.kept, self.known, &mut self.learned);
        let measured = self.taffy.compute_layout_with_measure(root, taffy::Size::MAX_CONTENT, |inputs, _, context, style| {
            let leaf = context.map_or(0, |key| *key);
            let block = nodes[leaf].block;
            let mut baseline = block.measure.beside.map(|(floor, ceiling)| {
                let size = floor + (ceiling - floor) * share;
                (block.measure.height.unwrap_or(0.0) + CAP_HEIGHT * size) / 2.0
            });
            let mut output = compute_leaf_layout(
                inputs,
                style,
                |_, _| 0.0,
                |known, available| {
                    let question = Question { leaf, known, available };
                    let mut asked = Leaf { block, known: in_common, learned };
                    let Some((size, first)) = kept.measure(&question, &mut asked, share, setter) else { return taffy::Size::ZERO };
                    baseline = first.map(|first| block.measure.padding[0] + first);
                    if block.varies {
                        step.asked.push((question, size, first));
                    }
                    size
                },
            );
            output.baselines = Baselines::from_first(baseline.map(|b| b as f32));
            output
        });
        debug_assert!(measured.is_ok());
        self.locate(0, 0.0, 0.0, share, setter);
        step.boxes_overflow = self.overflows(|i| !self.nodes[i].block.varies).next().is_some();
        let varying = self.nodes.iter().enumerate().filter(|(_, node)| node.block.is_varying_leaf());
        step.leaves = varying.map(|(i, node)| (i, node.rect())).collect();
        step.leaves_overflow = step.leaves.iter().any(|(i, rect)| self.kept.sticks_out(self.nodes[*i].block, rect));
        step
    }

    fn locate(&mut self, index: usize, x: f64, y: f64, share: f64, setter: &mut Setter<'_>) {
        let Ok(layout) = self.taffy.layout(self.nodes[index].id) else { return };
        let layout = *layout;
        let node = &mut self.nodes[index];
        node.x = x + f64::from(layout.location.x);
        node.y = y + f64::from(layout.location.y);
        node.w = f64::from(layout.size.width);
        node.h = f64::from(layout.size.height);
        let (x, y, block, rect) = (node.x, node.y, node.block, node.rect());
        let mut leaf = Leaf { block, known: self.known, learned: &mut self.learned };
        self.kept.set_in(room(block, &rect), &mut leaf, share, setter);
        for child in self.nodes[index].children.clone() {
            self.locate(child, x, y, share, setter);
        }
    }

    /// The text of a node as set at its final width.
    pub(super) fn text(&self, index: usize) -> Option<&SetText> {
        self.kept.text(self.nodes[index].block, &self.nodes[index].rect())
    }

    /// The columns of a node as set at its final width.
    pub(super) fn columns(&self, index: usize) -> Option<&SetColumns> {
        self.kept.columns(self.nodes[index].block, &self.nodes[index].rect())
    }

    /// Type size of a node, where it is a text.
    fn size(&self, index: usize) -> Option<f64> {
        self.text(index).map(|t| t.size).or(self.columns(index).map(|c| c.size))
    }

    /// Texts that do not keep to their box, of those that are `asked` for, and what makes a box reach out of its parent.
    fn overflows<'t>(&'t self, asked: impl Fn(usize) -> bool + 't) -> impl Iterator<Item = Overflow<'b>> + 't {
        self.nodes.iter().enumerate().flat_map(move |(i, node)| {
            let [top, right, bottom, left] = node.block.measure.padding;
            let (x0, y0) = (node.x + left, node.y + top);
            let (x1, y1) = (node.x + node.w - right, node.y + node.h - bottom);
            let mut found: Vec<Overflow<'b>> = Vec::new();
            let mut tell = |culprit: usize, by: f64, wide: bool| {
                if too_much(by) {
                    let Node { block, h, .. } = self.nodes[culprit];
                    found.push(Overflow { block, by, wide, size: self.size(culprit), height: h });
                }
            };
            if asked(i) {
                let overhang = self.kept.overhang(node.block, &node.rect());
                overhang.into_iter().flatten().for_each(|(by, wide)| tell(i, by, wide));
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

    /// What does not fit, and what shows nothing.
    pub(super) fn findings(&self, side: &str) -> Vec<Finding> {
        // A box is told once, by what it is furthest out. Where a text does not fit, boxes around it follow from that.
        let mut worst: Vec<Overflow<'b>> = Vec::new();
        for overflow in self.overflows(|_| true) {
            match worst.iter_mut().find(|known| known.block.name == overflow.block.name) {
                Some(known) if known.by < overflow.by => *known = overflow,
                Some(_) => {}
                None => worst.push(overflow),
            }
        }
        let is_of_text = worst.iter().any(|overflow| overflow.size.is_some());
        let overflows = worst.iter().filter(|overflow| overflow.size.is_some() || !is_of_text).map(|overflow| overflow.finding(side));
        overflows.chain(self.empties().map(|block| finding(block, side, Problem::EmptyBox))).collect()
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

fn finding(block: &Block, side: &str, problem: Problem) -> Finding {
    let place = Where {
        spot: block.spot.clone(),
        side: Some(side.into()),
        in_box: Some(block.name.clone()),
        language: Some(block.language.clone()),
        ..Where::default()
    };
    Finding::placed(place, problem)
}

/// Characters of a text.
fn letters(block: &Block) -> usize {
    let of = |text: &TextBlock| text.spans.iter().map(|span| span.text.chars().count()).sum::<usize>();
    match &block.kind {
        BlockKind::Text(text) => of(text),
        BlockKind::Columns(columns) => columns.paragraphs.iter().map(|paragraph| of(&paragraph.text)).sum(),
        _ => 0,
    }
}

impl Overflow<'_> {
    fn finding(&self, side: &str) -> Finding {
        let (by_mm, wide) = (to_mm(self.by), self.wide);
        let problem = match self.size {
            Some(size) => {
                let letters = letters(self.block);
                // Lines are as many as letters are; a word that is too wide is no matter of how many.
                let share = 1.0 - self.by / self.height;
                let fits = (!self.wide && share > 0.0).then_some((letters as f64 * share) as usize);
                Problem::Overflow { by_mm, wide, smallest_pt: (size * 100.0).round() / 100.0, letters, fits }
            }
            None => Problem::BoxTooLarge { by_mm, wide },
        };
        finding(self.block, side, problem)
    }
}
