//! What a printer on a desk cannot print on: the outer margin of the paper.

use crate::diag::{Finding, Place, Problem, Spot};
use crate::geom::{Rect, to_mm};
use crate::page::{Item, Meaning};
use crate::sheet::{self, Imposed, Plan};

/// Overhang that is none, pt: rounding of single precision.
const SLACK: f64 = 0.05;

/// Texts and codes that reach into the margin; and once, at the place of the piece, whether its ground does.
pub fn check_reach(sheets: &[Imposed], plan: &Plan, piece: &Spot) -> Vec<Finding> {
    if plan.margin <= 0.0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut lost = false;
    for sheet in sheets {
        let reach = Rect::of(sheet.media).grown(-plan.margin);
        for (slot, tag) in sheet::tags(sheet) {
            let by = beyond(&reach, &tag.rect);
            if by > SLACK && matches!(tag.meaning, Meaning::Text { .. } | Meaning::Symbol { .. }) {
                let problem = Problem::OutOfReach { by_mm: to_mm(by), margin_mm: to_mm(plan.margin) };
                let record = Some(slot.record).filter(|record| *record > 0);
                found.push(Finding { problem, place: Place { spot: tag.spot, in_box: Some(tag.in_box), record, ..Place::default() } });
            }
        }
        lost |= sheet.slots.iter().any(|slot| {
            let art = sheet::art(sheet, slot);
            beyond(&reach, &slot.rect) > SLACK
                && art.is_some_and(|art| grounds(&art.items).any(|r| beyond(&reach, &art.transform.rect(r)) > SLACK))
        });
    }
    if lost {
        found.push(Finding::at(piece.clone(), Problem::EdgesLost { margin_mm: to_mm(plan.margin) }));
    }
    found
}

/// By how much a rectangle reaches out of another.
fn beyond(room: &Rect, rect: &Rect) -> f64 {
    [room.x - rect.x, room.y - rect.y, rect.right() - room.right(), rect.bottom() - room.bottom()].into_iter().fold(0.0, f64::max)
}

/// Boxes of what is painted, pictures included.
fn grounds(items: &[Item]) -> Box<dyn Iterator<Item = Rect> + '_> {
    Box::new(items.iter().flat_map(|item| -> Box<dyn Iterator<Item = Rect> + '_> {
        match item {
            Item::Path(path) => Box::new(std::iter::once(crate::page::hull(&path.segments))),
            Item::Image(placed) => Box::new(std::iter::once(placed.rect)),
            Item::Group(group) => Box::new(grounds(&group.items).map(|r| group.transform.rect(r))),
            Item::Glyphs(_) | Item::Tag(_) => Box::new(std::iter::empty()),
        }
    }))
}
