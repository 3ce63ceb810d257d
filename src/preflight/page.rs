//! What the placed items show: type size, margins, resolution of pictures.

use super::scene::Scene;
use super::{contrast, inks, lines, zone};
use crate::color::Colour;
use crate::diag::{Finding, Place, Problem};
use crate::geom::{Rect, to_mm};
use crate::page::{DieShape, Meaning, Page, Tag, tags};
use crate::qr::Ecc;
use crate::spec::press::{Press, Standard};
use crate::text::Fonts;

/// Room that content keeps on each side of a fold, and around a hole, pt (5 mm).
const KEEP_OFF: f64 = crate::geom::PT_PER_MM * 5.0;
/// Overhang that is none, pt: it is told in tenths of a millimetre.
const SLACK: f64 = crate::geom::PT_PER_MM * 0.05;

/// Judges one page against its press, as it is seen: not yet left for right for a window. `safe` is the margin that
/// content keeps free, pt.
pub fn check_page(page: &Page, side: &str, press: &Press, safe: f64, fonts: &Fonts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in &tags(&page.items) {
        let mut tell = |problem: Problem| findings.push(finding(tag, side, problem));
        match &tag.meaning {
            Meaning::Text { size, .. } if *size < press.limits.text - 1e-6 => {
                tell(Problem::TypeSmall { size_pt: *size, least_pt: press.limits.text })
            }
            Meaning::Picture { path, ppi, coverage, transparent } => {
                if *transparent && press.standard == Standard::X1a {
                    tell(Problem::AlphaLost { path: path.clone() });
                }
                if *ppi < press.limits.ppi {
                    tell(Problem::ImageCoarse { path: path.clone(), ppi: *ppi, least: press.limits.ppi });
                }
                if *coverage > press.limits.ink + 0.02 {
                    tell(Problem::ImageOverLimit { path: path.clone(), ink: *coverage, most: press.limits.ink });
                }
            }
            Meaning::Line { width, ink } => thin(*width, ink, press).into_iter().for_each(&mut tell),
            Meaning::Drawing { thinnest: Some((width, ink)) } => thin(*width, ink, press).into_iter().for_each(&mut tell),
            // Readers need not know mirrored symbols (ISO/IEC 18004 has it as an option).
            // What is stuck on vehicles and doors gets dirty.
            Meaning::Symbol { symbol, .. } if !tag.mirrored && symbol.ecc == Ecc::L && press.cuts_all() => tell(Problem::QrWeak),
            Meaning::Symbol { symbol, .. } if tag.mirrored => tell(Problem::QrMirrored { payload: symbol.payload.clone() }),
            _ => {}
        }
        let margin = margin(page, &tag.rect);
        let off = -margin;
        if off > SLACK && matches!(tag.meaning, Meaning::Text { .. } | Meaning::Symbol { .. }) {
            tell(Problem::OffTrim { by_mm: to_mm(off) });
            continue;
        }
        if matches!(tag.meaning, Meaning::Picture { .. } | Meaning::Line { .. }) {
            continue;
        }
        let by = safe - margin;
        if by > SLACK {
            tell(Problem::SafeArea { by_mm: to_mm(by), safe_mm: to_mm(safe) });
        }
        let off = page.folds.iter().map(|fold| (tag.rect.x - fold).max(fold - tag.rect.right())).fold(f64::INFINITY, f64::min);
        // A code that a fold runs through is told as such.
        let is_folded_code = off < 0.0 && matches!(tag.meaning, Meaning::Symbol { .. });
        if off < KEEP_OFF - SLACK && !is_folded_code {
            tell(Problem::FoldMargin { off_mm: to_mm(off), least_mm: to_mm(KEEP_OFF) });
        }
        let across = page.perforations.iter().map(|y| (tag.rect.y - y).max(y - tag.rect.bottom())).fold(f64::INFINITY, f64::min);
        if across < KEEP_OFF - SLACK {
            tell(Problem::TearMargin { off_mm: to_mm(across).max(0.0), least_mm: to_mm(KEEP_OFF) });
        }
        let off = page.die.as_ref().and_then(|die| die.hole).map_or(f64::INFINITY, |hole| hole.distance(&tag.rect));
        if off < KEEP_OFF - SLACK {
            tell(Problem::HoleMargin { off_mm: to_mm(off), least_mm: to_mm(KEEP_OFF) });
        }
    }
    let scene = Scene::of(&page.items);
    findings.extend(
        contrast::check(&scene, fonts, &press.limits)
            .into_iter()
            .chain(inks::check_texts(&page.items, &press.limits))
            .chain(zone::check(&scene, &page.folds, |rect| margin(page, rect)))
            .chain(lines::check(&scene))
            .map(|(tag, problem)| finding(tag, side, problem)),
    );
    findings
}

/// A line that is too thin for a press: one in several inks, or left open in them, wants twice the width.
fn thin(width: f64, ink: &Colour, press: &Press) -> Option<Problem> {
    let least = if inks::count(ink) == 1 { press.limits.line } else { 2.0 * press.limits.line };
    (width < least - 1e-6).then_some(Problem::Hairline { width_pt: width, least_pt: least })
}

/// From the edge of a piece, as it is cut, to the nearest point of a rectangle on it; negative, by how far it
/// reaches over, where it does.
fn margin(page: &Page, rect: &Rect) -> f64 {
    let trim = Rect::of(page.trim);
    match page.die.as_ref().map(|die| &die.shape) {
        Some(shape @ (DieShape::Round | DieShape::Outline(_))) => shape.margin(trim, rect),
        // The corners of a box are seldom inked, and those of a label round by a few millimetres.
        Some(DieShape::Rounded(_)) | None => {
            [rect.x, rect.y, trim.right() - rect.right(), trim.bottom() - rect.bottom()].into_iter().fold(f64::INFINITY, f64::min)
        }
    }
}

fn finding(tag: &Tag, side: &str, problem: Problem) -> Finding {
    let place = Place {
        spot: tag.spot.clone(),
        side: Some(side.into()),
        in_box: Some(tag.in_box.clone()),
        language: Some(tag.language.clone()),
        ..Place::default()
    };
    Finding::placed(place, problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Size, mm};
    use crate::page::{Die, Hole};

    fn page(die: Option<Die>) -> Page {
        Page { die, ..Page::blank(Size { w: mm(100.0), h: mm(100.0) }) }
    }

    fn square(x: f64, y: f64, side: f64) -> Rect {
        Rect { x: mm(x), y: mm(y), w: mm(side), h: mm(side) }
    }

    #[test]
    fn a_round_piece_has_no_corners_to_print_in() {
        let round = page(Some(Die { shape: DieShape::Round, hole: None }));
        let corner = square(10.0, 10.0, 20.0);
        assert!((to_mm(margin(&page(None), &corner)) - 10.0).abs() < 1e-9);
        // The corner is 56.6 mm from the middle.
        assert!((to_mm(margin(&round, &corner)) + 6.6).abs() < 0.2);
        // This one 28.3 mm.
        assert!((to_mm(margin(&round, &square(30.0, 30.0, 40.0))) - 21.7).abs() < 0.2);
    }

    #[test]
    fn a_hole_is_measured_to_its_edge() {
        let hole = Hole { x: mm(52.5), y: mm(35.0), diameter: mm(40.0) };
        assert!((to_mm(hole.distance(&square(40.0, 60.0, 20.0))) - 5.0).abs() < 1e-9);
        assert!(hole.distance(&square(50.0, 30.0, 10.0)) < 0.0);
    }
}
