//! What the placed items show: type size, safe margin, resolution of pictures.

use crate::diag::{Finding, Place, Problem};
use crate::geom::{Rect, to_mm};
use crate::page::{Meaning, Page, Tag, tags};
use crate::spec::press::Press;

/// Judges one page against its press.
pub fn check_page(page: &Page, side: &str, press: &Press) -> Vec<Finding> {
    let safe = Rect::of(page.trim).grown(-press.safe);
    let mut findings = Vec::new();
    for tag in tags(&page.items) {
        let mut tell = |problem: Problem| findings.push(finding(tag, side, problem));
        match &tag.meaning {
            Meaning::Text { size, .. } if *size < press.limits.text - 1e-6 => {
                tell(Problem::TypeSmall { size_pt: *size, least_pt: press.limits.text })
            }
            Meaning::Picture { path, ppi } if *ppi < press.limits.ppi => {
                tell(Problem::ImageCoarse { path: path.clone(), ppi: *ppi, least: press.limits.ppi });
            }
            _ => {}
        }
        if !safe.holds(&tag.rect, 0.05) && !matches!(tag.meaning, Meaning::Picture { .. }) {
            tell(Problem::SafeArea { by_mm: to_mm(outside(&safe, &tag.rect)), safe_mm: to_mm(press.safe) });
        }
    }
    findings
}

fn outside(safe: &Rect, rect: &Rect) -> f64 {
    [safe.x - rect.x, safe.y - rect.y, rect.right() - safe.right(), rect.bottom() - safe.bottom()].into_iter().fold(0.0, f64::max)
}

fn finding(tag: &Tag, side: &str, problem: Problem) -> Finding {
    Finding {
        problem,
        place: Place { spot: tag.spot.clone(), side: Some(side.into()), in_box: Some(tag.in_box.clone()), ..Place::default() },
    }
}
