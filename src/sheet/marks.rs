//! Crop marks and die lines.

use crate::color::{BLACK, Colour, Space};
use crate::geom::Rect;
use crate::page::{Item, Path, Segment, Stroke, rounded};

/// Width of a mark or die line, pt.
const HAIRLINE: f64 = 0.25;

/// Two marks at each corner, `offset` away from the trim, so that none is left on the piece.
pub(super) fn crop(trim: Rect, offset: f64, length: f64, space: Space) -> Item {
    let mut segments = Vec::new();
    for x in [trim.x, trim.right()] {
        for (from, to) in [(trim.y - offset, trim.y - offset - length), (trim.bottom() + offset, trim.bottom() + offset + length)] {
            segments.extend([Segment::Move(x, from), Segment::Line(x, to)]);
        }
    }
    for y in [trim.y, trim.bottom()] {
        for (from, to) in [(trim.x - offset, trim.x - offset - length), (trim.right() + offset, trim.right() + offset + length)] {
            segments.extend([Segment::Move(from, y), Segment::Line(to, y)]);
        }
    }
    let stroke = Stroke { ink: BLACK.on(space, 1.0), width: HAIRLINE, round: false, overprint: false };
    Item::Path(Path { segments, fill: None, even_odd: false, stroke: Some(stroke) })
}

/// One closed stroke on the cut plate, printed over the art: cutters act on the plate's name.
pub(super) fn die_line(trim: Rect, radius: f64, name: &str) -> Item {
    // Stands for the cut plate on screen and on a press that has no such plate: magenta, as shops expect.
    let ink = Colour::Spot { name: name.into(), alternate: [0.0, 1.0, 0.0, 0.0] };
    let stroke = Stroke { ink, width: HAIRLINE, round: false, overprint: true };
    Item::Path(Path { segments: rounded(trim, radius), fill: None, even_odd: false, stroke: Some(stroke) })
}
