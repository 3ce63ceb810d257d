//! What a printer on a desk does to a sheet, undone beforehand.

use super::Imposed;
use crate::geom::Transform;
use crate::page::{Group, Item};
use crate::spec::printer::Printer;

/// Moves and stretches everything on sheets so that it lands where it should once the printer has shifted and shrunk it.
pub fn correct(sheets: &mut [Imposed], printer: &Printer) {
    for sheet in sheets {
        let back = sheet.slots.first().is_some_and(|slot| slot.side % 2 == 1);
        let before = before(printer, back);
        let at = match sheet.media.w > sheet.media.h {
            // Printers turn what lies across counter-clockwise (RFC 8011 §5.2.10): its top comes to the paper's left.
            true => {
                let (onto_paper, from_paper) = ([0.0, -1.0, 1.0, 0.0, 0.0, sheet.media.w], [0.0, 1.0, -1.0, 0.0, sheet.media.w, 0.0]);
                Transform(onto_paper).within(before).within(Transform(from_paper))
            }
            false => before,
        };
        for item in &mut sheet.items {
            *item = match std::mem::replace(item, Item::Group(Group { transform: at, clip: Vec::new(), items: [].into() })) {
                Item::Group(group) => Item::Group(Group { transform: group.transform.within(at), ..group }),
                other => Item::Group(Group { transform: at, clip: Vec::new(), items: [other].into() }),
            };
        }
    }
}

/// What has to be done to a place on paper for the printer to bring it back to where it was.
fn before(printer: &Printer, back: bool) -> Transform {
    let beyond = if back { printer.back } else { (0.0, 0.0) };
    let (sx, sy) = printer.scale;
    let (x, y) = (printer.shift.0 + beyond.0, printer.shift.1 + beyond.1);
    Transform([1.0 / sx, 0.0, 0.0, 1.0 / sy, -x / sx, -y / sy])
}
