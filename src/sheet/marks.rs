//! Crop marks, fold marks and die lines.

use crate::color::{BLACK, Colour, Space};
use crate::geom::{PT_PER_MM, Rect};
use crate::page::{Die, Item, Path, Segment, Stroke};
use crate::spec::press::Press;

/// Width of a mark or die line, pt.
const HAIRLINE: f64 = 0.25;
/// A dash of a fold mark, and the gap after it, pt (1 mm).
const DASH: f64 = PT_PER_MM;

/// Two marks at each corner, `offset` away from the trim, so that none is left on the piece.
pub(super) fn crop(trim: Rect, offset: f64, length: f64, space: Space) -> Item {
    let mut segments = Vec::new();
    for x in [trim.x, trim.right()] {
        segments.extend(beside(trim, offset, length).into_iter().flat_map(|(from, to)| [Segment::Move(x, from), Segment::Line(x, to)]));
    }
    for y in [trim.y, trim.bottom()] {
        for (from, to) in [(trim.x - offset, trim.x - offset - length), (trim.right() + offset, trim.right() + offset + length)] {
            segments.extend([Segment::Move(from, y), Segment::Line(to, y)]);
        }
    }
    line(segments, BLACK.on(space, 1.0), false)
}

/// A dashed mark above and below each fold, outside the bleed.
pub(super) fn fold(trim: Rect, folds: &[f64], offset: f64, length: f64, space: Space) -> Item {
    let mut segments = Vec::new();
    for x in folds {
        for (from, to) in beside(trim, offset, length) {
            let way = (to - from).signum();
            let dashes = (length / (2.0 * DASH)).round() as usize;
            let starts = (0..=dashes).map(|i| from + way * i as f64 * 2.0 * DASH).filter(|start| (to - start) * way > 0.0);
            segments.extend(starts.flat_map(|start| [Segment::Move(*x, start), Segment::Line(*x, start + way * DASH)]));
        }
    }
    line(segments, BLACK.on(space, 1.0), false)
}

/// Start and end of marks above and below a trim.
fn beside(trim: Rect, offset: f64, length: f64) -> [(f64, f64); 2] {
    [(trim.y - offset, trim.y - offset - length), (trim.bottom() + offset, trim.bottom() + offset + length)]
}

/// One closed stroke for each figure: on the cut plate, printed over the art, as cutters act on the
/// plate's name; else in black to cut along by hand, where the press asks for it.
pub(super) fn die_line(die: &Die, trim: Rect, press: &Press) -> Vec<Item> {
    let (ink, overprint) = match &press.cut {
        // Stands for the cut plate on screen and on a press that has no such plate: magenta, as shops expect.
        Some(name) => (Colour::Spot { name: name.clone(), alternate: [0.0, 1.0, 0.0, 0.0] }, true),
        None if press.marks.die => (BLACK.on(press.space, 1.0), false),
        None => return Vec::new(),
    };
    die.figures(trim).into_iter().map(|figure| line(figure, ink.clone(), overprint)).collect()
}

fn line(segments: Vec<Segment>, ink: Colour, overprint: bool) -> Item {
    let stroke = Stroke { ink, width: HAIRLINE, round: false, overprint };
    Item::Path(Path { segments, fill: None, even_odd: false, stroke: Some(stroke) })
}
