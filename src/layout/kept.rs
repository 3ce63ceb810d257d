//! Texts of a side as they are set, and what the computation of its boxes asks of them.

use super::columns::{self, SetColumns};
use crate::geom::Rect;
use crate::template::bound::{Block, BlockKind};
use crate::text::{SetText, Setter};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use taffy::style::AvailableSpace;

/// Overhang that is no overflow, pt: rounding of single precision.
pub(super) const SLACK: f64 = 0.05;

/// What blocks that do not vary come to in sides that have them in common, by their address, which is theirs for as long
/// as a model holds them.
#[derive(Default)]
pub(super) struct Known {
    /// By the width and the share of the way to the ceiling.
    set: HashMap<(usize, u32, u64), Arc<SetText>>,
    columns: HashMap<(usize, u32, u64), Arc<SetColumns>>,
    /// Narrowest and widest, by the share.
    widths: HashMap<(usize, u64), (f64, f64)>,
}

impl Known {
    pub(super) fn learn(&mut self, other: Known) {
        self.set.extend(other.set);
        self.columns.extend(other.columns);
        self.widths.extend(other.widths);
    }
}

fn address(block: &Block) -> usize {
    std::ptr::from_ref(block).addr()
}

/// Texts as set at the widths that were asked for, by the address of their block and the width.
#[derive(Default)]
pub(super) struct Kept {
    set: HashMap<(usize, u32), Arc<SetText>>,
    columns: HashMap<(usize, u32), Arc<SetColumns>>,
}

/// What is kept for each share of the way to the ceiling, by its bits.
pub(super) type Shares = BTreeMap<u64, Kept>;

/// A leaf, and what is known and learned of those that do not vary.
pub(super) struct Leaf<'l> {
    pub(super) block: &'l Block,
    pub(super) known: &'l Known,
    pub(super) learned: &'l mut Known,
}

impl Leaf<'_> {
    /// Width of the longest word and of the whole text; none where it holds none.
    fn widths(&mut self, share: f64, setter: &mut Setter<'_>) -> Option<(f64, f64)> {
        let at = (address(self.block), share.to_bits());
        if let Some(widths) = self.known.widths.get(&at).filter(|_| !self.block.varies) {
            return Some(*widths);
        }
        let widths = match &self.block.kind {
            BlockKind::Text(text) => setter.content_widths((at.0, 0), text, share),
            BlockKind::Columns(columns) => columns::content_widths(setter, at.0, columns, share),
            _ => return None,
        };
        if !self.block.varies {
            self.learned.widths.insert(at, widths);
        }
        Some(widths)
    }
}

/// What the computation of boxes asks of a leaf: how large is it, in so much room?
pub(super) struct Question {
    pub(super) leaf: usize,
    pub(super) known: taffy::Size<Option<f32>>,
    pub(super) available: taffy::Size<AvailableSpace>,
}

/// A size, and the first baseline below the padding.
pub(super) type Answer = (taffy::Size<f32>, Option<f64>);

/// One computation of the boxes. It depends on the leaves that vary by nothing but their answers.
#[derive(Default)]
pub(super) struct Step {
    /// Share of the way from floor to ceiling.
    pub(super) share: f64,
    /// What was asked of leaves that vary, and what they said.
    pub(super) asked: Vec<(Question, taffy::Size<f32>, Option<f64>)>,
    /// The leaves that vary, and their boxes.
    pub(super) leaves: Vec<(usize, Rect)>,
    /// Whether something does not fit that has nothing to do with what the leaves that vary hold.
    pub(super) boxes_overflow: bool,
    /// Whether such a leaf sticks out of its box.
    pub(super) leaves_overflow: bool,
}

impl Step {
    pub(super) fn overflows(&self) -> bool {
        self.boxes_overflow || self.leaves_overflow
    }
}

impl Kept {
    /// The answer of a leaf; none where it holds no text.
    pub(super) fn measure(&mut self, question: &Question, leaf: &mut Leaf<'_>, share: f64, setter: &mut Setter<'_>) -> Option<Answer> {
        let Question { known, available, .. } = *question;
        let (narrow, wide) = match &leaf.block.kind {
            BlockKind::Text(_) | BlockKind::Columns(_) if known.width.is_some() => (0.0, 0.0),
            _ => leaf.widths(share, setter)?,
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
        let (height, first) = match (known.height, self.set_in(width, leaf, share, setter)) {
            (_, Some((height, first))) => (height, first),
            _ => (0.0, None),
        };
        Some((taffy::Size { width, height: known.height.unwrap_or(height as f32) }, first))
    }

    /// Sets a text at a width of its room; gives its height and first baseline.
    pub(super) fn set_in(&mut self, width: f32, leaf: &mut Leaf<'_>, share: f64, setter: &mut Setter<'_>) -> Option<(f64, Option<f64>)> {
        let key = address(leaf.block);
        let (at, everywhere) = ((key, width.to_bits()), (key, width.to_bits(), share.to_bits()));
        let varies = leaf.block.varies;
        match &leaf.block.kind {
            BlockKind::Text(text) => {
                let set = || match leaf.known.set.get(&everywhere).filter(|_| !varies) {
                    Some(known) => known.clone(),
                    None => {
                        let set = Arc::new(setter.fit((key, 0), text, f64::from(width), share));
                        if !varies {
                            leaf.learned.set.insert(everywhere, set.clone());
                        }
                        set
                    }
                };
                let set = self.set.entry(at).or_insert_with(set);
                Some((set.height, set.lines.first().map(|l| l.baseline)))
            }
            BlockKind::Columns(columns) => {
                let set = || match leaf.known.columns.get(&everywhere).filter(|_| !varies) {
                    Some(known) => known.clone(),
                    None => {
                        let set = Arc::new(columns::set(setter, key, columns, f64::from(width), share));
                        if !varies {
                            leaf.learned.columns.insert(everywhere, set.clone());
                        }
                        set
                    }
                };
                let set = self.columns.entry(at).or_insert_with(set);
                Some((set.height, set.lines.first().map(|l| l.y)))
            }
            _ => None,
        }
    }

    /// A text as set in the room of its box.
    pub(super) fn text(&self, block: &Block, rect: &Rect) -> Option<&SetText> {
        self.set.get(&(address(block), room(block, rect).to_bits())).map(Arc::as_ref)
    }

    /// Columns as set in the room of their box.
    pub(super) fn columns(&self, block: &Block, rect: &Rect) -> Option<&SetColumns> {
        self.columns.get(&(address(block), room(block, rect).to_bits())).map(Arc::as_ref)
    }

    /// By how much a text does not keep to its box, and whether in width.
    pub(super) fn overhang(&self, block: &Block, rect: &Rect) -> [Option<(f64, bool)>; 2] {
        let [top, right, bottom, left] = block.measure.padding;
        let (w, h) = (rect.w - left - right, rect.h - top - bottom);
        if let Some(set) = self.text(block, rect) {
            return [Some((set.width - w, true)), Some((set.beyond(most_lines(block)).max(set.height - h), false))];
        }
        match self.columns(block, rect) {
            Some(set) => [Some((set.too_wide, true)), Some((set.height - h, false))],
            None => [None, None],
        }
    }

    /// Whether a text does not keep to its box.
    pub(super) fn sticks_out(&self, block: &Block, rect: &Rect) -> bool {
        self.overhang(block, rect).into_iter().flatten().any(|(by, _)| too_much(by))
    }
}

/// Not a number is no measure either.
pub(super) fn too_much(by: f64) -> bool {
    by.is_nan() || by > SLACK
}

/// The width inside a box's padding.
pub(super) fn room(block: &Block, rect: &Rect) -> f32 {
    rect.w as f32 - (block.measure.padding[1] + block.measure.padding[3]) as f32
}

fn most_lines(block: &Block) -> Option<usize> {
    match &block.kind {
        BlockKind::Text(text) => text.style.lines,
        _ => None,
    }
}
