//! Items at their final positions.

use super::{Area, Node, Tree};
use crate::color::{Colour, PAPER};
use crate::geom::Rect;
use crate::page::{GlyphRun, Group, Item, Meaning, Path, Placed, Segment, Stroke, Tag, ellipse, rounded};
use crate::qr;
use crate::template::bound::{Block, BlockKind, Ground};
use crate::text::Align;
use crate::text::{SetText, TextBlock};
use std::sync::Arc;

/// All items of a side, from back to front.
pub(super) fn items(tree: &Tree<'_>, on: Area) -> Vec<Item> {
    let mut items = Vec::new();
    add(tree, 0, on, &mut items);
    items
}

fn add(tree: &Tree<'_>, index: usize, on: Area, items: &mut Vec<Item>) {
    let node = &tree.nodes[index];
    let block = node.block;
    let rect = Rect { x: node.x, y: node.y, w: node.w, h: node.h };
    items.extend(ground(&block.ground, rect, on).map(Item::Path));
    let [top, right, bottom, left] = block.measure.padding;
    let inner = Rect { x: rect.x + left, y: rect.y + top, w: rect.w - left - right, h: rect.h - top - bottom };
    match &block.kind {
        BlockKind::Container { .. } => {}
        BlockKind::Text(text) => {
            if let Some(set) = tree.text(index) {
                add_text(node, text, set, inner, items);
            }
        }
        BlockKind::Code { symbol, side, ink } => {
            // Whatever the ground: a code is read on paper.
            // Its round corners stay outside the quiet zone: they pass through the corner of the box.
            let radius = block.ground.radius;
            let panel = inner.grown(radius * (1.0 - std::f64::consts::FRAC_1_SQRT_2));
            items.push(Item::Path(area(rounded(panel, radius), PAPER.on(on.space, 1.0))));
            add_code(block, symbol, *side, ink, inner, items);
        }
        BlockKind::Picture(picture) => {
            let placed = contain(inner, f64::from(picture.width), f64::from(picture.height));
            let ppi = f64::from(picture.width) / (placed.w / 72.0);
            items.push(tag(block, placed, Meaning::Picture { path: picture.path.clone(), ppi }));
            items.push(Item::Image(Placed { picture: picture.clone(), rect: placed }));
        }
        BlockKind::Drawing(drawing, inks) => {
            let placed = contain(inner, drawing.width, drawing.height);
            items.push(tag(block, placed, Meaning::Drawing));
            items.extend(drawing.paths(inks.as_ref(), on.space, placed).into_iter().map(Item::Path));
        }
        BlockKind::Shape => {}
    }
    for child in &node.children {
        add(tree, *child, on, items);
    }
}

/// The largest rectangle of a proportion, centred in a box.
fn contain(inner: Rect, w: f64, h: f64) -> Rect {
    let scale = (inner.w / w).min(inner.h / h);
    let (w, h) = (w * scale, h * scale);
    Rect { x: inner.x + (inner.w - w) / 2.0, y: inner.y + (inner.h - h) / 2.0, w, h }
}

fn area(segments: Vec<Segment>, fill: Colour) -> Path {
    Path { segments, fill: Some(fill), even_odd: false, stroke: None }
}

fn ground(ground: &Ground, rect: Rect, on: Area) -> Option<Path> {
    if ground.fill.is_none() && ground.stroke.is_none() {
        return None;
    }
    let [top, right, bottom, left] = ground.bleed;
    let edge = |runs_on: bool, own: f64, end: f64| if runs_on { end } else { own };
    let x = edge(left, rect.x, -on.bleed);
    let y = edge(top, rect.y, -on.bleed);
    let w = edge(right, rect.right(), on.trim.w + on.bleed) - x;
    let h = edge(bottom, rect.bottom(), on.trim.h + on.bleed) - y;
    let rect = Rect { x, y, w, h };
    let stroke = ground.stroke.as_ref().map(|(ink, width)| Stroke { ink: ink.clone(), width: *width, round: false, overprint: false });
    let segments = if ground.ellipse { ellipse(rect) } else { rounded(rect, ground.radius) };
    Some(Path { segments, fill: ground.fill.clone(), even_odd: false, stroke })
}

fn tag(block: &Block, rect: Rect, meaning: Meaning) -> Item {
    Item::Tag(Tag { rect, in_box: block.name.clone(), spot: block.spot.clone(), language: block.language.clone(), meaning })
}

fn add_text(node: &Node<'_>, text: &TextBlock, set: &SetText, inner: Rect, items: &mut Vec<Item>) {
    let said: String = text.spans.iter().map(|s| s.text.as_str()).collect();
    items.push(tag(node.block, inner, Meaning::Text { role: node.block.role, size: set.size, text: said }));
    for line in &set.lines {
        let x = inner.x
            + match text.style.align {
                Align::Start => 0.0,
                Align::Center => (inner.w - line.width) / 2.0,
                Align::End => inner.w - line.width,
            };
        for run in &line.runs {
            let glyphs = run.glyphs.clone();
            items.push(Item::Glyphs(GlyphRun {
                face: run.face,
                size: set.size,
                ink: text.style.ink.clone(),
                x,
                y: inner.y + line.baseline,
                glyphs,
            }));
        }
    }
}

/// A symbol as one path in one fill: painted module by module it would show seams, which cameras read
/// as noise. Drawn in units of a module, so its numbers are whole.
fn add_code(block: &Block, symbol: &Arc<qr::Symbol>, side: f64, ink: &Colour, inner: Rect, items: &mut Vec<Item>) {
    let module = side / symbol.modules as f64;
    let rect = Rect { x: inner.x + (inner.w - side) / 2.0, y: inner.y + (inner.h - side) / 2.0, w: side, h: side };
    items.push(tag(block, rect, Meaning::Symbol(symbol.clone())));
    let run = |(x, y, n): (usize, usize, usize)| Segment::Rect(Rect { x: x as f64, y: y as f64, w: n as f64, h: 1.0 });
    let path = area(symbol.runs().into_iter().map(run).collect(), ink.clone());
    items.push(Item::Group(Group { transform: [module, 0.0, 0.0, module, rect.x, rect.y], items: vec![Item::Path(path)] }));
}
