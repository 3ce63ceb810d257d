//! Page boxes, by poppler and qpdf.

use crate::samples;
use crate::syntax::objects;
use crate::tools;
use std::path::Path;

/// What a press and a size mean for a page, mm.
#[derive(Clone, Copy)]
struct Sheet {
    trim: [f64; 2],
    bleed: f64,
    /// From the trim to the edge of the media.
    margin: f64,
}

impl Sheet {
    /// MediaBox, BleedBox and TrimBox: left, bottom, right, top, mm.
    fn boxes(self) -> [(&'static str, [f64; 4]); 3] {
        let [w, h] = self.trim;
        let m = self.margin;
        let around = |by: f64| [m - by, m - by, m + w + by, m + h + by];
        [("MediaBox", around(m)), ("BleedBox", around(self.bleed)), ("TrimBox", around(0.0))]
    }
}

const A5: [f64; 2] = [148.0, 210.0];

/// 3 mm of bleed, then marks of 5 mm and a slug line of 3 mm.
const OFFSET: Sheet = Sheet { trim: A5, bleed: 3.0, margin: 11.0 };
const OFFICE: Sheet = Sheet { trim: A5, bleed: 0.0, margin: 0.0 };
const VINYL: Sheet = Sheet { trim: [100.0, 100.0], bleed: 2.0, margin: 2.0 };
const SRA3: Sheet = Sheet { trim: [450.0, 320.0], bleed: 0.0, margin: 0.0 };

const POINTS: f64 = 72.0 / 25.4;

/// Boxes that are not where they should be, or not written on the page itself.
fn faults(file: &Path, pages: usize, sheet: Sheet) -> Vec<String> {
    let mut faults = Vec::new();
    let said = tools::ask("pdfinfo", &format!("-box -f 1 -l {pages}"), &[file]);
    for page in 1..=pages {
        for (name, corners) in sheet.boxes() {
            let found = said.lines().find_map(|line| box_of(line, page, name));
            let close = |found: &Vec<f64>| found.len() == 4 && found.iter().zip(corners).all(|(f, mm)| (f / POINTS - mm).abs() <= 0.01);
            if !found.as_ref().is_some_and(close) {
                faults.push(format!("page {page} {name}: {found:?} pt, not {corners:?} mm"));
            }
        }
    }
    // Poppler puts the media in place of a box that is not there; qpdf tells what is written.
    let objects = objects(file);
    let written: Vec<_> = objects.as_object().unwrap().values().filter(|o| o["/Type"] == "/Page").collect();
    if written.len() != pages {
        faults.push(format!("{} pages, not {pages}", written.len()));
    }
    for page in written {
        let absent = ["/MediaBox", "/BleedBox", "/TrimBox"].into_iter().filter(|name| page[name].as_array().is_none_or(|b| b.len() != 4));
        faults.extend(absent.map(|name| format!("a page without {name}")));
        let foreign = ["/CropBox", "/ArtBox", "/Rotate", "/UserUnit", "/Annots"].into_iter().filter(|name| !page[name].is_null());
        faults.extend(foreign.map(|name| format!("a page with {name}")));
    }
    faults
}

/// The corners in a line of `pdfinfo -box`: `Page    1 TrimBox:      5.67     5.67   289.13   289.13`.
fn box_of(line: &str, page: usize, name: &str) -> Option<Vec<f64>> {
    let (head, corners) = line.split_once(':')?;
    let head: Vec<&str> = head.split_whitespace().collect();
    (head == ["Page", page.to_string().as_str(), name]).then(|| corners.split_whitespace().filter_map(|c| c.parse().ok()).collect())
}

#[test]
fn boxes_are_what_press_and_size_mean() {
    if !tools::have(&["pdfinfo", "qpdf"]) {
        return;
    }
    let expected = [
        ("to-roi-offset.pdf", 2, OFFSET),
        ("to-roi-office.pdf", 2, OFFICE),
        ("thong-bao-phong-office.pdf", 30, OFFICE),
        ("tem-xe-vinyl.pdf", 200, VINYL),
    ];
    for (name, pages, sheet) in expected {
        assert_eq!(faults(&samples::named(name).path, pages, sheet), [""; 0], "{name}");
    }
    assert_eq!(faults(&samples::on_sheets().path, 3, SRA3), [""; 0], "stickers on sheets");
}

/// Every format in every size: the trim of its size, the bleed of its press, and room for marks.
#[test]
fn boxes_of_every_size_are_right() {
    if !tools::have(&["pdfinfo", "qpdf"]) {
        return;
    }
    for sample in samples::others().iter().chain(samples::every_press()) {
        let artwork = &sample.artwork;
        let (bleed, margin) = match artwork.press.as_str() {
            "offset" | "offset-x1a" | "card" => (3.0, 11.0),
            "vinyl" | "clear-film" => (2.0, 2.0),
            _ => (0.0, 0.0),
        };
        let sheet = Sheet { trim: artwork.trim_mm, bleed, margin };
        assert_eq!(faults(&sample.path, artwork.pages, sheet), [""; 0], "{}", sample.name());
    }
}

#[test]
fn a_box_that_is_off_or_not_there_is_found() {
    if !tools::have(&["pdfinfo", "qpdf"]) {
        return;
    }
    let path = &samples::named("to-roi-offset.pdf").path;
    let bare = tools::spoiled("no-bleed", path, "/BleedBox", "/BleadBox");
    assert_eq!(faults(&bare, 2, OFFSET).iter().filter(|f| f.contains("BleedBox")).count(), 4);
    let small = Sheet { trim: [148.0, 209.98], ..OFFSET };
    assert_ne!(faults(path, 2, small), [""; 0]);
}
