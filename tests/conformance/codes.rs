//! Codes, by zbar, from pages drawn by poppler.

use crate::pictures::Picture;
use crate::samples::{self, Sample};
use crate::tools;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use toroi::page::Meaning;
use toroi::sheet;

/// Pixels per inch at which pages are drawn.
pub const PPI: f64 = 150.0;

/// What zbar reads in a picture, sorted. It is not told the encoding: without ECI it takes a short
/// Vietnamese text for Big5 or Shift-JIS.
pub fn read(picture: &Path) -> Vec<String> {
    let said = tools::run("zbarimg", "-q --raw --nodbus", &[picture]);
    // 4 is for a picture without a code.
    assert!(matches!(said.status.code(), Some(0 | 4)), "{}: {}", picture.display(), String::from_utf8_lossy(&said.stderr));
    let mut codes: Vec<String> = String::from_utf8(said.stdout).unwrap().lines().map(String::from).collect();
    codes.sort();
    codes
}

/// Every page as a grey picture, in order.
fn drawn(sample: &Sample, folder: &str) -> Vec<PathBuf> {
    let folder = tools::folder(folder);
    tools::ask("pdftoppm", "-r 150 -gray", &[&sample.path, &folder.join("page")]);
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    pages
}

/// What the codes of a page should say, sorted.
pub fn meant(sample: &Sample, page: usize) -> Vec<String> {
    let on_page = sample.artwork.codes.iter().filter(|c| c.page == page);
    let mut payloads: Vec<String> = on_page.map(|c| c.payload.clone()).collect();
    payloads.sort();
    payloads
}

/// Pages on which zbar does not read just what they should say.
fn faults(sample: &Sample, pages: &[PathBuf]) -> Vec<String> {
    let judge = |(i, picture): (usize, &PathBuf)| {
        let (meant, read) = (meant(sample, i + 1), read(picture));
        (meant != read).then(|| format!("page {}: {read:?}, not {meant:?}", i + 1))
    };
    pages.par_iter().enumerate().filter_map(judge).collect()
}

#[test]
fn every_code_is_read_from_the_drawn_page() {
    if !tools::have(&["pdftoppm", "zbarimg"]) {
        return;
    }
    for sample in samples::example().iter().chain([samples::on_sheets()]).chain(samples::others()) {
        let folder = format!("drawn-{}", sample.path.parent().unwrap().file_name().unwrap().display());
        let pages = drawn(sample, &folder);
        if is_inside_glass(sample) {
            pages.iter().for_each(|page| from_behind(page));
        }
        assert_eq!(pages.len(), sample.artwork.pages, "{}", sample.name());
        assert_eq!(faults(sample, &pages), [""; 0], "{}", sample.name());
        std::fs::remove_dir_all(pages[0].parent().unwrap()).unwrap();
    }
}

pub fn is_inside_glass(sample: &Sample) -> bool {
    sample.artwork.sheets[0].slots.iter().any(|slot| slot.inside_glass)
}

/// Turns a picture left for right, as one sees a page through it.
fn from_behind(path: &Path) {
    let mut picture = Picture::pnm(path);
    let width = picture.width;
    picture.bytes.chunks_exact_mut(width).for_each(<[u8]>::reverse);
    picture.write_pgm(path);
}

/// Some readers turn a code over by themselves, others do not: so it must read as one sees it.
#[test]
fn a_code_inside_glass_reads_from_the_other_side() {
    if !tools::have(&["pdftoppm", "zbarimg"]) {
        return;
    }
    let sample = samples::others().iter().find(|s| is_inside_glass(s)).unwrap();
    let pages = drawn(sample, "inside-glass");
    let before = Picture::pnm(&pages[0]).bytes;
    from_behind(&pages[0]);
    assert!(Picture::pnm(&pages[0]).bytes != before);
    assert_eq!(read(&pages[0]), meant(sample, 1));
}

#[test]
fn each_record_has_its_own_codes() {
    for sample in samples::example() {
        for (i, row) in samples::rows(&sample.artwork.piece).iter().enumerate() {
            let mut expected = vec![row.get("url").cloned().unwrap_or("https://www.bluezone.gov.vn/".into())];
            if let (Some(name), Some(password)) = (row.get("wifi_ten"), row.get("wifi_mat_khau")) {
                expected.insert(0, format!("WIFI:T:WPA;S:{name};P:{};;", password.replace(';', "\\;")));
            }
            assert_eq!(meant(sample, i + 1), expected, "{} page {}", sample.name(), i + 1);
        }
    }
    let sheets: Vec<usize> = (1..=3).map(|page| meant(samples::on_sheets(), page).len()).collect();
    assert_eq!(sheets, [12, 12, 1]);
}

#[test]
fn a_code_that_is_painted_over_is_not_read() {
    if !tools::have(&["pdftoppm", "zbarimg"]) {
        return;
    }
    let sample = samples::named("to-roi-offset.pdf");
    let pages = drawn(sample, "painted");
    assert_eq!(faults(sample, &pages), [""; 0]);
    let mut page = Picture::pnm(&pages[0]);
    // One of three finders is enough.
    let [left, top, right, bottom] = symbol_on(sample, 0);
    for (x, y) in page.inside([left, top, (left + right) / 2.0, (top + bottom) / 2.0]) {
        let at = page.at(x, y);
        page.bytes[at] = 255;
    }
    page.write_pgm(&pages[0]);
    assert_eq!(faults(sample, &pages).len(), 1);
}

/// The first code of a page: left, top, right, bottom, in pixels.
pub fn symbol_on(sample: &Sample, page: usize) -> [f64; 4] {
    let tags = sheet::tags(&sample.artwork.sheets[page]);
    let symbol = tags.iter().find(|(_, tag)| matches!(tag.meaning, Meaning::Symbol { .. })).map(|(_, tag)| tag.rect).unwrap();
    [symbol.x, symbol.y, symbol.right(), symbol.bottom()].map(|points| points / 72.0 * PPI)
}
