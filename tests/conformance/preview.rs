//! Our own picture of a page beside poppler's.

use crate::pictures::Picture;
use crate::samples;
use crate::tools;
use std::path::Path;
use toroi::preview::{Preview, Raster};

const PPI: f64 = 100.0;

/// Poppler's picture of a page, from 1.
fn drawn(file: &Path, page: usize, folder: &Path) -> Picture {
    let root = folder.join(format!("page-{page}"));
    tools::ask("pdftoppm", &format!("-r 100 -singlefile -f {page} -l {page}"), &[file, &root]);
    Picture::pnm(&root.with_extension("ppm"))
}

/// Mean difference of the colours of all pixels, as a share of the whole range.
fn difference(ours: &Raster, theirs: &Picture) -> f64 {
    // A part of a pixel at the edge is rounded here and kept there.
    let (width, height) = (ours.width.min(theirs.width), ours.height.min(theirs.height));
    assert!(ours.width.abs_diff(theirs.width) <= 1 && ours.height.abs_diff(theirs.height) <= 1);
    let mut sum = 0;
    for y in 0..height {
        let (a, b) = (y * ours.width * 3, theirs.at(0, y));
        let rows = ours.rgb[a..a + width * 3].iter().zip(&theirs.bytes[b..b + width * 3]);
        sum += rows.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
    }
    sum as f64 / (width * height * 3 * 255) as f64
}

#[test]
fn the_preview_shows_what_poppler_draws() {
    if !tools::have(&["pdftoppm"]) {
        return;
    }
    let folder = tools::folder("preview");
    // On RGB pages only the smoothing of edges differs. On CMYK pages the two also turn inks into light
    // by formulas of their own.
    let pages = [
        ("to-roi-office.pdf", 1, 0.02),
        ("to-roi-office.pdf", 2, 0.02),
        ("thong-bao-phong-office.pdf", 17, 0.02),
        ("to-roi-offset.pdf", 1, 0.04),
        ("to-roi-offset.pdf", 2, 0.04),
        ("tem-xe-vinyl.pdf", 99, 0.04),
    ];
    for (name, page, most) in pages {
        let sample = samples::named(name);
        let preview = Preview::open(sample.artwork.bytes.clone()).unwrap();
        let ours = preview.page(page - 1, PPI).unwrap();
        let found = difference(&ours, &drawn(&sample.path, page, &folder));
        assert!(found <= most, "{name} page {page}: {:.2} % apart", found * 100.0);
        let png = image::load_from_memory(&ours.png()).unwrap().into_rgb8();
        assert!((png.width() as usize, png.height() as usize) == (ours.width, ours.height) && *png.as_raw() == ours.rgb, "{name}: PNG");
    }
}

#[test]
fn another_page_is_told_apart() {
    if !tools::have(&["pdftoppm"]) {
        return;
    }
    let sample = samples::named("to-roi-office.pdf");
    let preview = Preview::open(sample.artwork.bytes.clone()).unwrap();
    let found = difference(&preview.page(0, PPI).unwrap(), &drawn(&sample.path, 2, &tools::folder("preview-other")));
    assert!(found > 0.1, "{:.2} %", found * 100.0);
}
