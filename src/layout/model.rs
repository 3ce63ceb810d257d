//! Sides of many records. They differ in a few texts and codes; the boxes around these seldom do.
//!
//! Boxes are computed from what leaves answer when they are asked for their size. A record whose leaves give the same
//! answers as those of one before has its boxes, to the last bit, and so all that is in them but these leaves.

use super::kept::{Known, Leaf, Shares, Step, room};
use super::place::{self, Piece};
use super::{Area, fit};
use crate::diag::Finding;
use crate::geom::Rect;
use crate::page::Item;
use crate::template::bound::{Block, BlockKind, BoundSide};
use crate::text::Setter;
use std::sync::Arc;

/// Models of a side that are kept: names on one line and on two, with marks above their capitals and without, and all
/// of these with addresses.
const MOST: usize = 64;

/// Layouts of a side that records may have in common.
#[derive(Default)]
pub(crate) struct Models {
    models: Vec<Model>,
    /// What blocks that do not vary come to. The first model holds them.
    known: Known,
}

/// A layout of a side.
struct Model {
    root: Arc<Block>,
    steps: Vec<Step>,
    pieces: Vec<Piece>,
}

/// A side laid out for a record whose boxes are those of no model.
pub(crate) struct Fresh {
    model: Model,
    /// The items of the leaves that vary, in order.
    leaves: Vec<Vec<Item>>,
    learned: Known,
    findings: Vec<Finding>,
}

impl Models {
    /// The items of a side that has the boxes of a model; else the side laid out by itself.
    pub(crate) fn lay_out(&self, side: &BoundSide, on: Area, setter: &mut Setter<'_>) -> Result<Vec<Item>, Box<Fresh>> {
        setter.forget();
        let mut kept = Shares::new();
        match self.models.iter().find_map(|model| model.lay_out(side, on, setter, &mut kept)) {
            Some(items) => Ok(items),
            None => Err(Box::new(self.lay_out_fresh(side, on, setter, kept))),
        }
    }

    fn lay_out_fresh(&self, side: &BoundSide, on: Area, setter: &mut Setter<'_>, kept: Shares) -> Fresh {
        let (mut tree, steps) = fit(side, on, (&self.known, kept), setter);
        let learned = std::mem::take(&mut tree.learned);
        let pieces = place::pieces(&tree, on);
        let leaves = steps.last().map_or(&[][..], |step| &step.leaves);
        let leaves = leaves.iter().map(|(leaf, _)| place::leaf(&tree, *leaf, on)).collect();
        Fresh { leaves, learned, findings: tree.findings(&side.name), model: Model { root: side.root.clone(), steps, pieces } }
    }

    /// The items of a side with boxes of its own, and what does not fit; then the items are not fit to print. What is in
    /// it as in a model is the model's; itself it becomes one, if there are not too many.
    pub(crate) fn adopt(&mut self, fresh: Fresh) -> (Vec<Item>, Vec<Finding>) {
        let Fresh { mut model, leaves, learned, findings } = fresh;
        for (at, own) in model.pieces.iter_mut().enumerate() {
            let mut known = self.models.iter().filter_map(|known| known.pieces.get(at));
            known.any(|known| own.take_from(known));
        }
        let mut leaves = leaves.into_iter();
        let items = place::join(&model.pieces, &mut leaves);
        if self.models.len() < MOST && findings.is_empty() {
            self.models.push(model);
            // Blocks are in common from the first record on.
            self.known.learn(learned);
        }
        (items, findings)
    }
}

impl Model {
    /// The texts of the side are kept, so that the next model finds them set.
    fn lay_out(&self, side: &BoundSide, on: Area, setter: &mut Setter<'_>, kept: &mut Shares) -> Option<Vec<Item>> {
        let mut blocks = Vec::new();
        if !are_alike(&side.root, &self.root, &mut blocks) {
            return None;
        }
        // What varies is neither known nor learned.
        let (nothing, mut unlearned) = (Known::default(), Known::default());
        for step in &self.steps {
            let kept = kept.entry(step.share.to_bits()).or_default();
            for (question, size, first) in &step.asked {
                let leaf = step.leaves.iter().position(|(leaf, _)| *leaf == question.leaf)?;
                let mut own = Leaf { block: blocks.get(leaf)?, known: &nothing, learned: &mut unlearned };
                let (own_size, own_first) = kept.measure(question, &mut own, step.share, setter)?;
                if own_size != *size || own_first != *first {
                    return None;
                }
            }
            let mut overflows = step.boxes_overflow;
            for ((_, rect), block) in step.leaves.iter().zip(&blocks) {
                let mut own = Leaf { block, known: &nothing, learned: &mut unlearned };
                kept.set_in(room(block, rect), &mut own, step.share, setter);
                overflows |= kept.sticks_out(block, rect);
            }
            if overflows != step.overflows() {
                return None;
            }
        }
        let last = self.steps.last()?;
        let kept = kept.get(&last.share.to_bits())?;
        let leaf = |((_, rect), block): (&(usize, Rect), &&Block)| place::leaf_in(block, rect, kept, on);
        let mut leaves = last.leaves.iter().zip(&blocks).map(leaf);
        Some(place::join(&self.pieces, &mut leaves))
    }
}

/// Whether two sides differ in nothing but what their leaves that vary hold; gives those of the first, in order.
fn are_alike<'b>(own: &'b Arc<Block>, known: &Arc<Block>, leaves: &mut Vec<&'b Block>) -> bool {
    if Arc::ptr_eq(own, known) {
        return true;
    }
    if !own.is_framed_like(known) {
        return false;
    }
    match (&own.kind, &known.kind) {
        (
            BlockKind::Container { flow, gap, align, justify, children },
            BlockKind::Container { flow: known_flow, gap: known_gap, align: known_align, justify: known_justify, children: known },
        ) => {
            (flow, gap, align, justify) == (known_flow, known_gap, known_align, known_justify)
                && children.len() == known.len()
                && children.iter().zip(known).all(|(own, known)| are_alike(own, known, leaves))
        }
        (own_kind, known_kind) => {
            if own.varies {
                leaves.push(own);
            }
            hold_alike(own_kind, known_kind, own.varies)
        }
    }
}

/// Whether leaves hold the same, or where they vary what is measured in the same way.
fn hold_alike(own: &BlockKind, known: &BlockKind, varies: bool) -> bool {
    match (own, known) {
        (BlockKind::Text(own), BlockKind::Text(known)) => own.style == known.style && (varies || own.spans == known.spans),
        (BlockKind::Columns(own), BlockKind::Columns(known)) => {
            (own.count, own.column_gap, own.gap, own.keep) == (known.count, known.column_gap, known.gap, known.keep)
                && (varies || own.paragraphs == known.paragraphs)
        }
        (BlockKind::Code { symbol, side, ink }, BlockKind::Code { symbol: known, side: known_side, ink: known_ink }) => {
            (side, ink) == (known_side, known_ink) && symbol.modules == known.modules && (varies || symbol == known)
        }
        (BlockKind::Picture { picture, cover }, BlockKind::Picture { picture: known, cover: known_cover }) => {
            Arc::ptr_eq(picture, known) && cover == known_cover
        }
        (BlockKind::Drawing(own, inks), BlockKind::Drawing(known, known_inks)) => Arc::ptr_eq(own, known) && inks == known_inks,
        (BlockKind::Shape, BlockKind::Shape) | (BlockKind::Cell, BlockKind::Cell) => true,
        _ => false,
    }
}
