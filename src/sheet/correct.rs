//! What a printer on a desk does to a sheet, undone beforehand.

use super::{Imposed, Plan};
use crate::geom::Transform;
use crate::page::{Group, Item};
use crate::spec::printer::{Printer, Turn};

/// Moves and stretches everything on sheets so that it lands where it should once the printer has shifted and shrunk it.
pub fn correct(sheets: &mut [Imposed], plan: &Plan, printer: &Printer) {
    for sheet in sheets {
        let back = sheet.slots.first().is_some_and(|slot| slot.side % 2 == 1);
        let onto = onto_paper(plan, printer.landscape, back);
        let at = onto.within(before(printer, back)).within(onto.inverse());
        for item in &mut sheet.items {
            let group = match &*item {
                Item::Group(group) => Group { transform: group.transform.within(at), ..group.clone() },
                other => Group { transform: at, clip: Vec::new(), items: [other.clone()].into() },
            };
            *item = Item::Group(group);
        }
    }
}

/// Where a place of a page is on the paper as it runs through the printer: upright, and for its back turned over its
/// long edge, as the calibration sheet was.
fn onto_paper(plan: &Plan, turn: Turn, back: bool) -> Transform {
    let (w, h) = (plan.stock.w, plan.stock.h);
    let (front, width) = match (w > h, turn) {
        (false, _) => (Transform::IDENTITY, w),
        (true, Turn::CounterClockwise) => (Transform([0.0, -1.0, 1.0, 0.0, 0.0, w]), h),
        (true, Turn::Clockwise) => (Transform([0.0, 1.0, -1.0, 0.0, h, 0.0]), h),
    };
    match back {
        // What is behind a place of the front is there on the paper too.
        true => plan.turn_over().within(front).within(Transform::mirrored(width)),
        false => front,
    }
}

/// What has to be done to a place on paper for the printer to bring it back to where it was.
fn before(printer: &Printer, back: bool) -> Transform {
    let beyond = if back { printer.back } else { (0.0, 0.0) };
    let (sx, sy) = printer.scale;
    let (x, y) = (printer.shift.0 + beyond.0, printer.shift.1 + beyond.1);
    Transform([1.0 / sx, 0.0, 0.0, 1.0 / sy, -x / sx, -y / sy])
}
