//! What a printer on a desk cannot print on: the outer margin of the paper.

use crate::color::Colour;
use crate::diag::{Finding, Place, Problem, Spot};
use crate::geom::{Rect, to_mm};
use crate::page::{Item, Meaning, hull};
use crate::sheet::{self, Imposed, Kind, Plan};
use std::collections::BTreeMap;

/// Overhang that is none, pt: rounding of single precision.
const SLACK: f64 = 0.05;

/// What of some sheets reaches into the margin.
pub(crate) struct Reach<'p> {
    plan: &'p Plan,
    worst: BTreeMap<(Spot, String), Worst>,
    lost: bool,
}

impl<'p> Reach<'p> {
    /// Of no sheets yet.
    pub(crate) fn new(plan: &'p Plan) -> Reach<'p> {
        Reach { plan, worst: BTreeMap::new(), lost: false }
    }

    /// Looks at sheets.
    pub(crate) fn add(&mut self, sheets: &[Imposed]) {
        for sheet in sheets {
            let reach = Rect::of(sheet.media).grown(-self.plan.margin);
            // Pieces that keep off the margin have nothing in it.
            let near: Vec<usize> = sheet.slots.iter().filter(|slot| beyond(&reach, &slot.rect) > SLACK).map(|slot| slot.number).collect();
            if near.is_empty() {
                continue;
            }
            for (slot, tag) in sheet::tags(sheet) {
                let by = beyond(&reach, &tag.rect);
                if by > SLACK && matches!(tag.meaning, Meaning::Text { .. } | Meaning::Symbol { .. }) {
                    let known = self.worst.entry((tag.spot, tag.in_box)).or_default();
                    known.places += 1;
                    if by > known.by {
                        (known.by, known.record) = (by, slot.record);
                    }
                }
            }
            self.lost = self.lost
                || sheet.slots.iter().filter(|slot| near.contains(&slot.number)).any(|slot| {
                    let art = sheet::art(sheet, slot);
                    art.is_some_and(|art| grounds(&art.items).any(|r| beyond(&reach, &art.transform.rect(r)) > SLACK))
                });
        }
    }

    /// Texts and codes that reach into the margin, each box once at its worst place. Where there is none: whether the
    /// ground does, at the place of the piece.
    pub(crate) fn findings(&self, piece: &Spot) -> Vec<Finding> {
        let plan = self.plan;
        let margin_mm = to_mm(plan.margin);
        if self.worst.is_empty() {
            let to_cut = plan.kind == Kind::ToCut && plan.slots() > 1;
            return self.lost.then(|| Finding::at(piece.clone(), Problem::EdgesLost { margin_mm, to_cut })).into_iter().collect();
        }
        let out = self.worst.iter().map(|((spot, in_box), Worst { by, record, places })| {
            let problem = Problem::OutOfReach { by_mm: to_mm(*by), margin_mm, places: *places };
            let record = Some(*record).filter(|record| *record > 0);
            Finding::placed(Place { spot: spot.clone(), in_box: Some(in_box.clone()), record, ..Place::default() }, problem)
        });
        out.collect()
    }
}

/// The place of a box that reaches furthest into the margin.
#[derive(Default)]
struct Worst {
    by: f64,
    record: usize,
    places: usize,
}

/// By how much a rectangle reaches out of another.
fn beyond(room: &Rect, rect: &Rect) -> f64 {
    [room.x - rect.x, room.y - rect.y, rect.right() - room.right(), rect.bottom() - room.bottom()].into_iter().fold(0.0, f64::max)
}

/// Boxes of what is painted and shows, pictures included.
fn grounds(items: &[Item]) -> Box<dyn Iterator<Item = Rect> + '_> {
    Box::new(items.iter().flat_map(|item| -> Box<dyn Iterator<Item = Rect> + '_> {
        match item {
            Item::Path(path) if path.stroke.is_none() && path.fill.as_ref().is_none_or(Colour::is_paper) => Box::new(std::iter::empty()),
            Item::Path(path) => Box::new(std::iter::once(hull(&path.segments))),
            Item::Image(placed) => Box::new(std::iter::once(placed.rect)),
            Item::Group(group) => Box::new(grounds(&group.items).map(|r| group.transform.rect(r))),
            Item::Glyphs(_) | Item::Tag(_) => Box::new(std::iter::empty()),
        }
    }))
}
