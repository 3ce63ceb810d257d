//! The finished bytes, as another library reads them: pages, boxes, fonts.

use crate::diag::Problem;
use crate::geom::Rect;
use crate::preview::Preview;
use crate::sheet::Imposed;
use hayro::hayro_syntax::object::{Array, Dict, Rect as PdfRect};

/// A hundredth of a millimetre, pt.
const TOLERANCE: f64 = 0.028;

/// Judges a file against the sheets that it was made from.
pub fn check_file(preview: &Preview, sheets: &[Imposed]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut tell = |detail: String| problems.push(Problem::FileFault { detail });
    let pages = preview.pdf().pages();
    if pages.len() != sheets.len() {
        tell(format!("{} pages, {} sheets", pages.len(), sheets.len()));
    }
    for (i, (page, sheet)) in pages.iter().zip(sheets).enumerate() {
        for (name, meant) in [("MediaBox", Rect::of(sheet.media)), ("BleedBox", sheet.bleed), ("TrimBox", sheet.trim)] {
            let read = page.raw().get::<PdfRect>(name);
            if !read.is_some_and(|r| same(&r, &meant, sheet.media.h)) {
                tell(format!("{name} of page {}: {read:?}", i + 1));
            }
        }
    }
    if let Some(fonts) = pages.first().and_then(|p| p.raw().get::<Dict<'_>>("Resources")).and_then(|r| r.get::<Dict<'_>>("Font")) {
        for name in fonts.keys() {
            let font = fonts.get::<Dict<'_>>(&*name);
            let descendant = font.and_then(|f| f.get::<Array<'_>>("DescendantFonts")).and_then(|a| a.iter::<Dict<'_>>().next());
            let descriptor = descendant.and_then(|d| d.get::<Dict<'_>>("FontDescriptor"));
            if !descriptor.is_some_and(|d| ["FontFile2", "FontFile3"].iter().any(|key| d.contains_key(key))) {
                tell(format!("font {} is not embedded", String::from_utf8_lossy(&name)));
            }
        }
    }
    problems
}

fn same(read: &PdfRect, meant: &Rect, height: f64) -> bool {
    let meant = [meant.x, height - meant.bottom(), meant.right(), height - meant.y];
    [read.x0, read.y0, read.x1, read.y1].iter().zip(meant).all(|(a, b)| (a - b).abs() < TOLERANCE)
}
