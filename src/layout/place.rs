//! Items at their final positions.

use super::columns::SetColumns;
use super::kept::Kept;
use super::tree::Tree;
use super::{Area, rules};
use crate::color::Colour;
use crate::geom::{Rect, Transform};
use crate::page::{GlyphRun, Group, Item, Meaning, Path, Placed, Segment, Stroke, Tag, ellipse, rounded};
use crate::qr;
use crate::template::bound::{Block, BlockKind, Columns, Ground, Turn};
use crate::text::{Align, Line, SetText, TextBlock, TypeStyle};
use std::sync::Arc;

/// Fewer lines, curves and glyphs than that take no more room in a file than the name of a group does.
const WORTH: usize = 12;

/// Part of a side, from back to front.
pub(super) enum Piece {
    /// What does not vary.
    Fixed(Arc<[Item]>),
    /// A leaf that does.
    Leaf,
    /// Parts of a box that is turned.
    Turned(Transform, Vec<Piece>),
}

impl Piece {
    /// Shares with another what is in both; false where something is not.
    pub(super) fn take_from(&mut self, other: &Piece) -> bool {
        match (self, other) {
            (Piece::Fixed(own), Piece::Fixed(known)) if *own == *known => {
                *own = known.clone();
                true
            }
            (Piece::Turned(_, own), Piece::Turned(_, known)) if own.len() == known.len() => {
                own.iter_mut().zip(known).fold(true, |all, (own, known)| own.take_from(known) && all)
            }
            (Piece::Leaf, Piece::Leaf) => true,
            _ => false,
        }
    }
}

/// All items of a side, from back to front.
pub(super) fn items(tree: &Tree<'_>, on: Area) -> Vec<Item> {
    let mut placer = Placer { tree, on, cut: false, pieces: Vec::new(), items: Vec::new() };
    placer.add(0);
    placer.items
}

/// The same in parts, cut at the leaves that vary.
pub(super) fn pieces(tree: &Tree<'_>, on: Area) -> Vec<Piece> {
    let mut placer = Placer { tree, on, cut: true, pieces: Vec::new(), items: Vec::new() };
    placer.add(0);
    placer.finish()
}

/// A side from its parts and the items of its leaves that vary.
pub(super) fn join(pieces: &[Piece], leaves: &mut impl Iterator<Item = Vec<Item>>) -> Vec<Item> {
    let mut items = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Fixed(fixed) if weight(fixed) < WORTH => items.extend(fixed.iter().cloned()),
            Piece::Fixed(fixed) => {
                items.push(Item::Group(Group { transform: Transform::IDENTITY, clip: Vec::new(), items: fixed.clone() }));
            }
            Piece::Leaf => items.extend(leaves.next().unwrap_or_default()),
            Piece::Turned(transform, pieces) => {
                let turned = join(pieces, leaves).into();
                items.push(Item::Group(Group { transform: *transform, clip: Vec::new(), items: turned }));
            }
        }
    }
    items
}

fn weight(items: &[Item]) -> usize {
    let one = |item: &Item| match item {
        Item::Glyphs(run) => run.glyphs.len(),
        Item::Path(path) => path.segments.len(),
        Item::Group(group) => weight(&group.items),
        Item::Image(_) => 1,
        Item::Tag(_) => 0,
    };
    items.iter().map(one).sum()
}

/// The items of a leaf.
pub(super) fn leaf(tree: &Tree<'_>, index: usize, on: Area) -> Vec<Item> {
    let node = &tree.nodes[index];
    leaf_in(node.block, &node.rect(), &tree.kept, on)
}

/// The items of a leaf in a box, its texts as they were set.
pub(super) fn leaf_in(block: &Block, rect: &Rect, kept: &Kept, on: Area) -> Vec<Item> {
    let mut items = Vec::new();
    add_ground(block, rect, on, &mut items);
    add_content(block, rect, kept, on, &mut items);
    items
}

struct Placer<'t, 'b> {
    tree: &'t Tree<'b>,
    on: Area,
    /// Whether leaves that vary are left out.
    cut: bool,
    pieces: Vec<Piece>,
    /// What came since the last of them.
    items: Vec<Item>,
}

impl Placer<'_, '_> {
    fn add(&mut self, index: usize) {
        let node = &self.tree.nodes[index];
        let Turn { degrees, mirror } = node.block.turn;
        if degrees == 0.0 && !mirror {
            return self.add_upright(index);
        }
        let mut turned = Placer { tree: self.tree, on: self.on, cut: self.cut, pieces: Vec::new(), items: Vec::new() };
        turned.add_upright(index);
        let transform = Transform::turned(degrees, mirror, node.rect());
        if turned.pieces.is_empty() {
            self.items.push(Item::Group(Group { transform, clip: Vec::new(), items: turned.items.into() }));
        } else {
            self.end_fixed();
            self.pieces.push(Piece::Turned(transform, turned.finish()));
        }
    }

    fn add_upright(&mut self, index: usize) {
        let node = &self.tree.nodes[index];
        let (block, rect) = (node.block, node.rect());
        if self.cut && block.is_varying_leaf() {
            self.end_fixed();
            self.pieces.push(Piece::Leaf);
            return;
        }
        add_ground(block, &rect, self.on, &mut self.items);
        add_content(block, &rect, &self.tree.kept, self.on, &mut self.items);
        for child in &node.children {
            self.add(*child);
        }
        // Over the grounds of the cells, which would cover half of each line.
        if let Some((ink, width)) = &block.ground.rules {
            let cells: Vec<Rect> = node.children.iter().map(|child| self.tree.nodes[*child].rect()).collect();
            self.items.extend(rules::around(&cells, ink, *width).map(Item::Path));
        }
    }

    fn end_fixed(&mut self) {
        if !self.items.is_empty() {
            self.pieces.push(Piece::Fixed(std::mem::take(&mut self.items).into()));
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.end_fixed();
        self.pieces
    }
}

fn add_ground(block: &Block, rect: &Rect, on: Area, items: &mut Vec<Item>) {
    let drawn = block.ground.stroke.as_ref().or(block.ground.rules.as_ref());
    let bar = block.ground.fill.as_ref().filter(|_| matches!(block.kind, BlockKind::Shape)).map(|ink| (ink, rect.w.min(rect.h)));
    if let Some((ink, width)) = drawn.map(|(ink, width)| (ink, *width)).or(bar) {
        items.push(tag(block, *rect, Meaning::Line { width, ink: ink.clone() }));
    }
    items.extend(ground(&block.ground, *rect, on).map(Item::Path));
}

fn add_content(block: &Block, rect: &Rect, kept: &Kept, on: Area, items: &mut Vec<Item>) {
    let [top, right, bottom, left] = block.measure.padding;
    let inner = Rect { x: rect.x + left, y: rect.y + top, w: rect.w - left - right, h: rect.h - top - bottom };
    match &block.kind {
        BlockKind::Container { .. } => {}
        BlockKind::Text(text) => {
            if let Some(set) = kept.text(block, rect) {
                add_text(block, text, set, inner, items);
            }
        }
        BlockKind::Code { symbol, side, ink } => {
            // Whatever the ground: a code is read on paper.
            // Its round corners stay outside the quiet zone: they pass through the corner of the box.
            let radius = block.ground.radius;
            let panel = inner.grown(radius * (1.0 - std::f64::consts::FRAC_1_SQRT_2));
            items.push(Item::Path(area(rounded(panel, radius), on.space.paper())));
            add_code(block, symbol, *side, ink, inner, items);
        }
        BlockKind::Columns(columns) => {
            if let Some(set) = kept.columns(block, rect) {
                add_columns(block, columns, set, inner, items);
            }
        }
        BlockKind::Picture { picture, cover } => {
            let (w, h) = (f64::from(picture.width), f64::from(picture.height));
            let window = if *cover { to_bleed(inner, block.ground.bleed, on) } else { inner };
            let placed = if *cover { fill(window, w, h) } else { contain(window, w, h) };
            let ppi = w / (placed.w / 72.0);
            let shown = if *cover { window } else { placed };
            items.push(tag(
                block,
                shown,
                Meaning::Picture { path: picture.path.clone(), ppi, coverage: picture.coverage, transparent: picture.alpha.is_some() },
            ));
            let image = Item::Image(Placed { picture: picture.clone(), rect: placed });
            items.push(match cover {
                true => {
                    let clip = rounded(window, block.ground.radius);
                    Item::Group(Group { transform: Transform::IDENTITY, clip, items: [image].into() })
                }
                false => image,
            });
        }
        BlockKind::Drawing(drawing, inks) => {
            let placed = contain(inner, drawing.width, drawing.height);
            let scale = placed.w / drawing.width;
            let (x, y) = (placed.x + drawing.ink.x * scale, placed.y + drawing.ink.y * scale);
            let ink = Rect { x, y, w: drawing.ink.w * scale, h: drawing.ink.h * scale };
            let paths = drawing.paths(inks, placed);
            let strokes = paths.iter().filter_map(|path| path.stroke.as_ref());
            let thinnest = strokes.min_by(|a, b| a.width.total_cmp(&b.width)).map(|s| (s.width, s.ink.clone()));
            items.push(tag(block, ink, Meaning::Drawing { thinnest }));
            items.extend(paths.into_iter().map(Item::Path));
        }
        BlockKind::Shape | BlockKind::Cell => {}
    }
}

/// The smallest rectangle of a proportion that covers a box, centred on it.
fn fill(window: Rect, w: f64, h: f64) -> Rect {
    let scale = (window.w / w).max(window.h / h);
    let (w, h) = (w * scale, h * scale);
    Rect { x: window.x + (window.w - w) / 2.0, y: window.y + (window.h - h) / 2.0, w, h }
}

/// The largest rectangle of a proportion, centred in a box.
fn contain(inner: Rect, w: f64, h: f64) -> Rect {
    let scale = (inner.w / w).min(inner.h / h);
    let (w, h) = (w * scale, h * scale);
    Rect { x: inner.x + (inner.w - w) / 2.0, y: inner.y + (inner.h - h) / 2.0, w, h }
}

fn area(segments: Vec<Segment>, fill: Colour) -> Path {
    Path { segments, fill: Some(fill), even_odd: false, stroke: None, overprint: false }
}

fn ground(ground: &Ground, rect: Rect, on: Area) -> Option<Path> {
    if ground.fill.is_none() && ground.stroke.is_none() {
        return None;
    }
    let rect = to_bleed(rect, ground.bleed, on);
    let stroke = ground.stroke.as_ref().map(|(ink, width)| Stroke { ink: ink.clone(), width: *width, round: false });
    let segments = if ground.ellipse { ellipse(rect) } else { rounded(rect, ground.radius) };
    Some(Path { segments, fill: ground.fill.clone(), even_odd: false, stroke, overprint: false })
}

/// A rectangle with some of its edges moved out to the end of the bleed.
fn to_bleed(rect: Rect, [top, right, bottom, left]: [bool; 4], on: Area) -> Rect {
    let edge = |runs_on: bool, own: f64, end: f64| if runs_on { end } else { own };
    let x = edge(left, rect.x, -on.bleed);
    let y = edge(top, rect.y, -on.bleed);
    let w = edge(right, rect.right(), on.trim.w + on.bleed) - x;
    let h = edge(bottom, rect.bottom(), on.trim.h + on.bleed) - y;
    Rect { x, y, w, h }
}

fn tag(block: &Block, rect: Rect, meaning: Meaning) -> Item {
    Item::Tag(Tag {
        rect,
        in_box: block.name.clone(),
        spot: block.spot.clone(),
        language: block.language.clone(),
        mirrored: false,
        meaning,
    })
}

fn add_text(block: &Block, text: &TextBlock, set: &SetText, inner: Rect, items: &mut Vec<Item>) {
    let said: String = text.spans.iter().map(|s| s.text.as_str()).collect();
    items.push(tag(block, inner, Meaning::Text { role: block.role, size: set.size, text: said }));
    for line in &set.lines {
        add_line(&text.style, set.size, line, inner.x, inner.w, inner.y + line.baseline, items);
    }
}

fn add_line(style: &TypeStyle, size: f64, line: &Line, left: f64, width: f64, y: f64, items: &mut Vec<Item>) {
    let x = left
        + match style.align {
            Align::Start => 0.0,
            Align::Center => (width - line.width) / 2.0,
            Align::End => width - line.width,
        };
    for run in &line.runs {
        let glyphs = run.glyphs.clone();
        items.push(Item::Glyphs(GlyphRun { face: run.face, size, ink: style.ink.clone(), x, y, glyphs }));
    }
}

fn add_columns(block: &Block, columns: &Columns, set: &SetColumns, inner: Rect, items: &mut Vec<Item>) {
    let said: Vec<String> = columns.paragraphs.iter().map(|p| p.text.spans.iter().map(|s| s.text.as_str()).collect()).collect();
    items.push(tag(block, inner, Meaning::Text { role: block.role, size: set.size, text: said.join("\n") }));
    for placed in &set.lines {
        let style = &columns.paragraphs[placed.paragraph].text.style;
        let room = placed.room.unwrap_or(placed.line.width);
        let align = if placed.room.is_some() { style.align } else { Align::Start };
        let style = TypeStyle { align, ..style.clone() };
        add_line(&style, set.size, &placed.line, inner.x + placed.x, room, inner.y + placed.y, items);
    }
}

/// A symbol as one path in one fill: painted module by module it would show seams, which cameras read
/// as noise. Drawn in units of a module, so its numbers are whole.
fn add_code(block: &Block, symbol: &Arc<qr::Symbol>, side: f64, ink: &Colour, inner: Rect, items: &mut Vec<Item>) {
    let module = side / symbol.modules as f64;
    let rect = Rect { x: inner.x + (inner.w - side) / 2.0, y: inner.y + (inner.h - side) / 2.0, w: side, h: side };
    items.push(tag(block, rect, Meaning::Symbol { symbol: symbol.clone(), module }));
    let run = |(x, y, n): (usize, usize, usize)| Segment::Rect(Rect { x: x as f64, y: y as f64, w: n as f64, h: 1.0 });
    let path = area(symbol.runs().into_iter().map(run).collect(), ink.clone());
    let transform = Transform([module, 0.0, 0.0, module, rect.x, rect.y]);
    items.push(Item::Group(Group { transform, clip: Vec::new(), items: [Item::Path(path)].into() }));
}
