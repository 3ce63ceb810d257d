//! Marks around the trim, and the lines that tools act on.

use crate::color::{Colour, Plate, Space};
use crate::geom::{PT_PER_MM, Rect};
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

/// Where marks stand: around a trim, from `offset` away to `length` further.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) trim: Rect,
    pub(super) offset: f64,
    pub(super) length: f64,
    pub(super) space: Space,
}

impl Frame {
    /// Two marks at each corner, so that none is left on the piece.
    pub(super) fn crop(&self) -> Item {
        let Frame { trim, offset, length, .. } = *self;
        let mut segments = Vec::new();
        for x in [trim.x, trim.right()] {
            segments.extend(self.beside().into_iter().flat_map(|(from, to)| [Segment::Move(x, from), Segment::Line(x, to)]));
        }
        for y in [trim.y, trim.bottom()] {
            for (from, to) in [(trim.x - offset, trim.x - offset - length), (trim.right() + offset, trim.right() + offset + length)] {
                segments.extend([Segment::Move(from, y), Segment::Line(to, y)]);
            }
        }
        line(segments, self.space.black(), false)
    }

    /// A dashed mark above and below each fold.
    pub(super) fn fold(&self, folds: &[f64]) -> Item {
        let segments = folds.iter().flat_map(|x| self.beside().into_iter().flat_map(|(from, to)| dashes((*x, from), (*x, to))));
        line(segments.collect(), self.space.black(), false)
    }

    /// Circles with a cross in the middle of each side, above and below that of the widest panel, in every ink.
    /// Those of a back fall on those of its front.
    pub(super) fn registration(&self, folds: &[f64], inks: &[Arc<Plate>], back: bool) -> Vec<Item> {
        let Frame { trim, offset, length, space } = *self;
        let edges: Vec<f64> = [trim.x].into_iter().chain(folds.iter().copied()).chain([trim.right()]).collect();
        let mut panels: Vec<(f64, f64)> = edges.iter().copied().zip(edges.iter().copied().skip(1)).collect();
        if back {
            panels.reverse();
        }
        let width = |(from, to): &(f64, f64)| ((to - from) * 1000.0).round() as i64;
        let first = panels.into_iter().min_by_key(|panel| -width(panel)).unwrap_or((trim.x, trim.right()));
        let (x, y) = ((first.0 + first.1) / 2.0, trim.y + trim.h / 2.0);
        let away = offset + length / 2.0;
        let targets = [(x, trim.y - away), (x, trim.bottom() + away), (trim.x - away, y), (trim.right() + away, y)];
        let figure = |(x, y): (f64, f64)| {
            let arm = length / 2.0;
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

    /// Patches of the inks beside the upper half of the trim, as many as there is room for.
    pub(super) fn colour_bar(&self, inks: &[Arc<Plate>]) -> Vec<Item> {
        let Frame { trim, offset, length, .. } = *self;
        let room = trim.h / 2.0 - length - PAST_CORNER;
        let own = inks.iter().map(|ink| Colour::Spot(ink.clone(), 1.0));
        let (first, rest) = PATCHES.split_at(4);
        let process = |inks: &[[f64; 4]]| inks.iter().map(|inks| Colour::Cmyk(*inks)).collect::<Vec<_>>();
        let colours = process(first).into_iter().chain(own).chain(process(rest));
        let patch = |(i, fill): (usize, Colour)| {
            let (w, h) = PATCH;
            let rect = Rect { x: trim.right() + offset + length - w, y: trim.y + PAST_CORNER + i as f64 * h, w, h };
            Item::Path(Path { segments: vec![Segment::Rect(rect)], fill: Some(fill), even_odd: false, stroke: None, overprint: false })
        };
        colours.take((room / PATCH.1).max(0.0) as usize).enumerate().map(patch).collect()
    }

    /// Start and end of marks above and below the trim.
    fn beside(&self) -> [(f64, f64); 2] {
        let Frame { trim, offset, length, .. } = *self;
        [(trim.y - offset, trim.y - offset - length), (trim.bottom() + offset, trim.bottom() + offset + length)]
    }
}

/// One closed stroke for each figure: on the cut plate, printed over the art, as cutters act on the
/// plate's name; else in black to cut along by hand, where the press asks for it.
pub(super) fn die_line(die: &Die, trim: Rect, press: &Press) -> Vec<Item> {
    let Some((ink, overprint)) = tool(press.spots.cut.as_ref(), press) else { return Vec::new() };
    die.figures(trim).into_iter().map(|figure| line(figure, ink.clone(), overprint)).collect()
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

fn line(segments: Vec<Segment>, ink: Colour, overprint: bool) -> Item {
    let stroke = Stroke { ink, width: HAIRLINE, round: false };
    Item::Path(Path { segments, fill: None, even_odd: false, stroke: Some(stroke), overprint })
}
