//! Marks around the trim, and the lines that tools act on.

use super::Fold;
use super::plan::{DOT, DOT_CLEAR};
use crate::color::{Colour, Plate, Space};
use crate::geom::{PT_PER_MM, Rect, Transform};
use crate::page::{Die, Item, Path, Polygons, Segment, Stroke, ellipse};
use crate::spec::press::Press;
use std::sync::Arc;

/// Width of a mark or die line, pt.
const HAIRLINE: f64 = 0.25;
/// A dash of a fold mark, and the gap after it, pt (1 mm).
const DASH: f64 = PT_PER_MM;
/// Radius of a registration mark's circle, pt (1.5 mm).
const TARGET: f64 = PT_PER_MM * 1.5;
/// Width and height of a patch of the colour bar, pt: densitometers see 3 to 4 mm.
const PATCH: (f64, f64) = (PT_PER_MM * 4.0, PT_PER_MM * 5.0);
/// From the corner to the first patch, past the crop mark, pt.
const PAST_CORNER: f64 = PT_PER_MM * 5.0;
/// A fold mark on a piece that fills the sheet, pt (4 mm).
const TICK: f64 = PT_PER_MM * 4.0;
/// From the fourth dot for a camera to the fifth, pt.
const DOT_APART: f64 = PT_PER_MM * 15.0;
/// Width of the white on which hairlines stand out from dark art, pt: a tenth of a millimetre on each side.
const CASING: f64 = 0.75;
/// Width and height of a ruler with its words, the room of the words below its longest tick, and what it keeps clear of
/// the guides, pt.
const RULER: (f64, f64) = (PT_PER_MM * 100.0, PT_PER_MM * 8.0);
pub(super) const WORDS_OF_RULER: Rect = Rect { x: 0.0, y: PT_PER_MM * 3.0, w: RULER.0, h: PT_PER_MM * 5.0 };
const RULER_CLEAR: f64 = PT_PER_MM * 2.0;
/// Solids, overprints of two, half tones and a balanced grey, in the order in which they are measured first.
const PATCHES: [[f64; 4]; 12] = [
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [0.5, 0.4, 0.4, 0.0],
    [0.5, 0.0, 0.0, 0.0],
    [0.0, 0.5, 0.0, 0.0],
    [0.0, 0.0, 0.5, 0.0],
    [0.0, 0.0, 0.0, 0.5],
    [1.0, 1.0, 0.0, 0.0],
    [1.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 1.0, 0.0],
];

/// Where marks stand: around the pieces of a sheet, from `offset` away to `length` further, if there is room.
pub(super) struct Frame {
    /// The box around all pieces.
    pub(super) block: Rect,
    /// The cuts from top to bottom and from left to right: the edges of the pieces, growing.
    pub(super) xs: Vec<f64>,
    pub(super) ys: Vec<f64>,
    pub(super) offset: f64,
    pub(super) length: f64,
    /// What can be printed on.
    pub(super) room: Rect,
    pub(super) space: Space,
    /// On a back: whether the sheet was turned over like the page of a book.
    pub(super) over: Option<bool>,
}

impl Frame {
    /// A mark at both ends of each cut, so that none is left on a piece.
    pub(super) fn crop(&self) -> Option<Item> {
        let upright = self.xs.iter().flat_map(|x| self.above_and_below().map(|(from, to)| ((*x, from), (*x, to))));
        let level = self.ys.iter().flat_map(|y| self.beside().map(|(from, to)| ((from, *y), (to, *y))));
        self.lines(upright.chain(level).flat_map(|(from, to)| [Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)]).collect())
    }

    /// A dashed mark at both ends of each fold.
    pub(super) fn fold(&self, folds: &[Fold]) -> Option<Item> {
        let marks = folds.iter().flat_map(|fold| match fold.upright {
            true => self.above_and_below().map(|(from, to)| dashes((fold.at, from), (fold.at, to))),
            false => self.beside().map(|(from, to)| dashes((from, fold.at), (to, fold.at))),
        });
        self.lines(marks.flatten().collect())
    }

    /// The same; where the pieces fill the sheet, ticks on them at its edges, as there is nothing outside.
    pub(super) fn fold_or_tick(&self, folds: &[Fold]) -> Vec<Item> {
        if let Some(marks) = self.fold(folds) {
            return vec![marks];
        }
        let Rect { x, y, .. } = self.room;
        let (right, bottom) = (self.room.right(), self.room.bottom());
        let ticks = folds.iter().flat_map(|fold| match fold.upright {
            true => [(y, y + TICK), (bottom, bottom - TICK)].map(|(from, to)| [Segment::Move(fold.at, from), Segment::Line(fold.at, to)]),
            false => [(x, x + TICK), (right, right - TICK)].map(|(from, to)| [Segment::Move(from, fold.at), Segment::Line(to, fold.at)]),
        });
        let ticks: Vec<Segment> = ticks.flatten().collect();
        if ticks.is_empty() { Vec::new() } else { cased(ticks, self.space).into() }
    }

    /// Circles with a cross on all four sides, in the middle of a piece or of its widest panel, in every ink.
    /// Those of a back fall on those of its front.
    pub(super) fn registration(&self, folds: &[Fold], inks: &[Arc<Plate>]) -> Vec<Item> {
        let Frame { block, offset, length, space, .. } = *self;
        let (x, y) = self.targets(folds);
        let away = offset + length / 2.0;
        let targets = [(x, block.y - away), (x, block.bottom() + away), (block.x - away, y), (block.right() + away, y)];
        let arm = length / 2.0;
        let around = |(x, y): (f64, f64)| Rect { x, y, w: 0.0, h: 0.0 }.grown(arm);
        if targets.iter().any(|target| !self.room.holds(&around(*target), 0.01)) {
            return Vec::new();
        }
        let figure = |(x, y): (f64, f64)| {
            let circle = ellipse(Rect { x, y, w: 0.0, h: 0.0 }.grown(TARGET));
            let cross = [Segment::Move(x - arm, y), Segment::Line(x + arm, y), Segment::Move(x, y - arm), Segment::Line(x, y + arm)];
            circle.into_iter().chain(cross)
        };
        let segments: Vec<Segment> = targets.into_iter().flat_map(figure).collect();
        let process = match space {
            Space::Cmyk => Colour::Cmyk([1.0; 4]),
            Space::Rgb => space.black(),
        };
        // Not the reserved name All: it would draw on the plates of cutters too.
        let own = inks.iter().map(|ink| line(segments.clone(), Colour::Spot(ink.clone(), 1.0), true));
        std::iter::once(line(segments.clone(), process, false)).chain(own).collect()
    }

    /// Patches of the inks at the right, from below the topmost cut on, as many as there is room for.
    pub(super) fn colour_bar(&self, folds: &[Fold], inks: &[Arc<Plate>]) -> Vec<Item> {
        let Frame { block, offset, length, .. } = *self;
        let (w, h) = PATCH;
        let x = block.right() + offset + length - w;
        if x + w > self.room.right() + 0.01 {
            return Vec::new();
        }
        let (_, target) = self.targets(folds);
        let next = self.ys.get(1).map_or(block.bottom(), |cut| cut - PAST_CORNER);
        let room = (target - length).min(next) - block.y - PAST_CORNER;
        let own = inks.iter().map(|ink| Colour::Spot(ink.clone(), 1.0));
        let (first, rest) = PATCHES.split_at(4);
        let process = |inks: &[[f64; 4]]| inks.iter().map(|inks| Colour::Cmyk(*inks)).collect::<Vec<_>>();
        let colours = process(first).into_iter().chain(own).chain(process(rest));
        let patch = |(i, fill): (usize, Colour)| {
            let rect = Rect { x, y: block.y + PAST_CORNER + i as f64 * h, w, h };
            area(vec![Segment::Rect(rect)], fill)
        };
        colours.take((room / h + 1e-6).max(0.0) as usize).enumerate().map(patch).collect()
    }

    /// Dots at the corners of the pieces, and a fifth that says which way up the sheet lies.
    pub(super) fn camera(&self, bleed: f64) -> Option<Item> {
        let Frame { block, room, .. } = *self;
        let away = bleed + DOT_CLEAR + DOT;
        let (left, right, top, bottom) = (block.x - away, block.right() + away, block.y - away, block.bottom() + away);
        let (up, down) = (block.y + DOT, block.bottom() - DOT);
        let (near, far) = (block.x + DOT, block.right() - DOT);
        // On a small block the fifth would touch another.
        let fifth = |extent: f64| extent >= DOT_APART + 6.0 * DOT;
        let beside = [(left, up), (left, down), (right, up), (right, down)].into_iter();
        let beside = beside.chain(fifth(block.h).then_some((left, down - DOT_APART))).collect::<Vec<_>>();
        let above = [(near, top), (near, bottom), (far, top), (far, bottom)].into_iter();
        let above = above.chain(fifth(block.w).then_some((near + DOT_APART, bottom))).collect();
        let round = |(x, y): (f64, f64)| Rect { x, y, w: 0.0, h: 0.0 }.grown(DOT);
        let dots = [beside, above].into_iter().find(|dots| dots.iter().all(|dot| room.holds(&round(*dot), 0.01)))?;
        Some(area(dots.into_iter().flat_map(|dot| ellipse(round(dot))).collect(), self.space.black()))
    }

    /// Where a ruler stands clear of the pieces and their guides: below them, above, or upright beside them.
    pub(super) fn room_for_ruler(&self) -> Option<Transform> {
        let (block, room) = (self.block, self.room);
        let clear = self.offset + self.length + RULER_CLEAR;
        let (w, h) = RULER;
        let (x, y) = (room.x + (room.w - w) / 2.0, room.y + (room.h - w) / 2.0);
        let level = [block.bottom() + clear, block.y - clear - h].map(|y| (Rect { x, y, w, h }, Transform::moved(x, y)));
        let upright = [block.right() + clear, block.x - clear - h];
        let upright = upright.map(|x| (Rect { x, y, w: h, h: w }, Transform([0.0, 1.0, -1.0, 0.0, x + h, y])));
        level.into_iter().chain(upright).find(|(place, _)| room.holds(place, 0.01)).map(|(_, at)| at)
    }

    /// The middle of a piece, or of its widest panel, across and down.
    fn targets(&self, folds: &[Fold]) -> (f64, f64) {
        let across = folds.iter().filter(|fold| fold.upright).map(|fold| fold.at);
        let down = folds.iter().filter(|fold| !fold.upright).map(|fold| fold.at);
        (middle(&self.xs, across, self.over == Some(true)), middle(&self.ys, down, self.over == Some(false)))
    }

    /// Start and end of marks above and below the pieces.
    fn above_and_below(&self) -> [(f64, f64); 2] {
        let Frame { block, offset, length, room, .. } = *self;
        let (top, bottom) = (block.y - offset, block.bottom() + offset);
        [(top, (top - length).max(room.y)), (bottom, (bottom + length).min(room.bottom()))]
    }

    /// Start and end of marks at the left and at the right of the pieces.
    fn beside(&self) -> [(f64, f64); 2] {
        let Frame { block, offset, length, room, .. } = *self;
        let (left, right) = (block.x - offset, block.right() + offset);
        [(left, (left - length).max(room.x)), (right, (right + length).min(room.right()))]
    }

    /// Straight marks in black, without those that there is no room for.
    fn lines(&self, segments: Vec<Segment>) -> Option<Item> {
        let room = self.room.grown(0.01);
        let is_in = |(x, y): (f64, f64)| room.x <= x && x <= room.right() && room.y <= y && y <= room.bottom();
        let kept = segments.chunks(2).filter(|pair| match pair {
            [Segment::Move(x, y), Segment::Line(to_x, to_y)] => {
                is_in((*x, *y)) && is_in((*to_x, *to_y)) && (to_x - x).hypot(to_y - y) > 0.1
            }
            _ => true,
        });
        let segments: Vec<Segment> = kept.flatten().copied().collect();
        (!segments.is_empty()).then(|| line(segments, self.space.black(), false))
    }
}

/// The middle of the widest room between lines; of several, the first, from the other end on a back.
fn middle(cuts: &[f64], folds: impl Iterator<Item = f64>, from_the_end: bool) -> f64 {
    let mut edges: Vec<f64> = cuts.iter().copied().chain(folds).collect();
    edges.sort_by(f64::total_cmp);
    let mut rooms: Vec<(f64, f64)> = edges.iter().copied().zip(edges.iter().copied().skip(1)).collect();
    if from_the_end {
        rooms.reverse();
    }
    let width = |(from, to): &(f64, f64)| ((to - from) * 1000.0).round() as i64;
    rooms.into_iter().min_by_key(|room| -width(room)).map_or(0.0, |(from, to)| (from + to) / 2.0)
}

/// 100 mm, every one marked, in a box of the size [`RULER`] under a transform.
pub(super) fn ruler(at: Transform, press: &Press) -> Item {
    let tick = |i: u32| {
        let x = f64::from(i) * PT_PER_MM;
        let length = match i {
            long if long.is_multiple_of(50) => 3.0,
            middling if middling.is_multiple_of(10) => 2.0,
            _ => 1.0,
        };
        [Segment::Move(x, 0.0), Segment::Line(x, length * PT_PER_MM)]
    };
    let base = [Segment::Move(0.0, 0.0), Segment::Line(100.0 * PT_PER_MM, 0.0)];
    moved(line(base.into_iter().chain((0..=100).flat_map(tick)).collect(), press.space.black(), false), at)
}

/// Lines and areas under a transform.
pub(super) fn moved(item: Item, at: Transform) -> Item {
    match item {
        Item::Path(path) => Item::Path(Path { segments: path.segments.iter().map(|s| s.under(at)).collect(), ..path }),
        other => other,
    }
}

/// One closed stroke for each figure: on the cut plate, printed over the art, as cutters act on the
/// plate's name; else in black to cut along by hand, where the press asks for it.
pub(super) fn die_line(die: &Die, trim: Rect, press: &Press) -> Vec<Item> {
    let figures = die.figures(trim).into_iter();
    match &press.spots.cut {
        Some(plate) => figures.map(|figure| line(figure, Colour::Spot(plate.clone(), 1.0), true)).collect(),
        None if press.marks.die => figures.flat_map(|figure| cased(figure, press.space)).collect(),
        None => Vec::new(),
    }
}

/// Lines across a piece: on the perforator's plate, else dashed in black where the press sets die lines.
pub(super) fn perforations(ys: &[f64], piece: &Polygons, trim: Rect, press: &Press) -> Option<Item> {
    let (ink, overprint) = tool(press.spots.perforation.as_ref(), press)?;
    let across = |y: f64| piece.chords(y, false).into_iter().map(move |(from, to)| ((from, y), (to, y)));
    let ends = ys.iter().flat_map(|y| across(trim.y + y));
    // A perforator makes the dashes itself.
    let segments: Vec<Segment> = match press.spots.perforation {
        Some(_) => ends.flat_map(|(from, to)| [Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)]).collect(),
        None => ends.flat_map(|(from, to)| dashes(from, to)).collect(),
    };
    (!segments.is_empty()).then(|| line(segments, ink, overprint))
}

/// Lines down a piece on the creaser's plate, where the press has one.
pub(super) fn creases(xs: &[f64], piece: &Polygons, trim: Rect, press: &Press) -> Option<Item> {
    let plate = press.spots.crease.as_ref().filter(|_| !xs.is_empty())?;
    let down = |x: f64| piece.chords(x, true).into_iter().flat_map(move |(from, to)| [Segment::Move(x, from), Segment::Line(x, to)]);
    Some(line(xs.iter().flat_map(|x| down(trim.x + x)).collect(), Colour::Spot(plate.clone(), 1.0), true))
}

/// White below or behind all art, inside its edge.
pub(super) fn white(art: Rect, press: &Press) -> Option<Item> {
    let ink = Colour::Spot(press.spots.white.clone()?, 1.0);
    let inner = art.grown(-press.choke);
    if inner.w <= 0.0 || inner.h <= 0.0 {
        return None;
    }
    let segments = vec![Segment::Rect(inner)];
    Some(Item::Path(Path { segments, fill: Some(ink), even_odd: false, stroke: None, overprint: true }))
}

/// What a tool's line is drawn in, and whether over the art.
fn tool(plate: Option<&Arc<Plate>>, press: &Press) -> Option<(Colour, bool)> {
    match plate {
        Some(plate) => Some((Colour::Spot(plate.clone(), 1.0), true)),
        None => press.marks.die.then(|| (press.space.black(), false)),
    }
}

/// Dashes along a level or upright line.
fn dashes(from: (f64, f64), to: (f64, f64)) -> Vec<Segment> {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let at = |along: f64| (from.0 + (to.0 - from.0) * along / length, from.1 + (to.1 - from.1) * along / length);
    let starts = (0..).map(|i| f64::from(i) * 2.0 * DASH).take_while(|start| *start < length - 1e-6);
    let dash = |start: f64| {
        let ((x, y), (to_x, to_y)) = (at(start), at((start + DASH).min(length)));
        [Segment::Move(x, y), Segment::Line(to_x, to_y)]
    };
    starts.flat_map(dash).collect()
}

/// A hairline in black, and white below it.
fn cased(segments: Vec<Segment>, space: Space) -> [Item; 2] {
    let casing = Stroke { ink: space.paper(), width: CASING, round: false };
    let below = Path { segments: segments.clone(), fill: None, even_odd: false, stroke: Some(casing), overprint: false };
    [Item::Path(below), line(segments, space.black(), false)]
}

fn line(segments: Vec<Segment>, ink: Colour, overprint: bool) -> Item {
    let stroke = Stroke { ink, width: HAIRLINE, round: false };
    Item::Path(Path { segments, fill: None, even_odd: false, stroke: Some(stroke), overprint })
}

fn area(segments: Vec<Segment>, fill: Colour) -> Item {
    Item::Path(Path { segments, fill: Some(fill), even_odd: false, stroke: None, overprint: false })
}
