//! Printing plates, by Ghostscript: one for each ink, and which ink draws a code and a cut line.

use crate::codes::{PPI, read, symbol_on};
use crate::pictures::Picture;
use crate::samples::{self, Sample};
use crate::tools;
use std::collections::BTreeMap;
use std::path::Path;

/// No ink on a plate.
const BARE: u8 = 255;

/// The plates of the first page, by ink.
fn plates(file: &Path, folder: &str) -> BTreeMap<String, Picture> {
    let folder = tools::folder(folder);
    let options = "-q -dNOPAUSE -dBATCH -dSAFER -dFirstPage=1 -dLastPage=1 -sDEVICE=tiffsep -sCompression=none -r150 -o";
    tools::ask("gs", options, &[&folder.join("plate%d.tif"), file]);
    let mut plates = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        // `plate1(Cyan).tif`; `plate1.tif` is all of them together.
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if let Some((_, ink)) = name.trim_end_matches(')').split_once('(') {
            plates.insert(ink.to_string(), Picture::tiff(&path));
        }
    }
    plates
}

/// What is wrong with the plates of a piece: their names, and inks other than black in its first code.
fn faults(sample: &Sample, plates: &BTreeMap<String, Picture>, spot: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expected: Vec<&str> = ["Cyan", "Magenta", "Yellow", "Black"].iter().chain(spot).copied().collect();
    expected.sort_unstable();
    let names: Vec<&str> = plates.keys().map(String::as_str).collect();
    if names != expected {
        faults.push(format!("plates {names:?}, not {expected:?}"));
    }
    let symbol = symbol_on(sample, 0);
    let modules = f64::from(17 + 4 * u32::from(sample.artwork.codes[0].version));
    // Its quiet zone on all four sides, but for the corners, which a panel may round; less a pixel at
    // the edge.
    let [left, top, right, bottom] = symbol;
    let quiet = 4.0 * (right - left) / modules - 1.0;
    let code = [[left - quiet, top, right + quiet, bottom], [left, top - quiet, right, bottom + quiet]];
    for (ink, plate) in plates {
        let inked = |rect: [f64; 4], at_most: u8| plate.inside(rect).filter(|(x, y)| plate.bytes[plate.at(*x, *y)] <= at_most).count();
        if ink != "Black" {
            let pixels = code.map(|rect| inked(rect, BARE - 1)).into_iter().max().unwrap_or(0);
            faults.extend((pixels > 0).then(|| format!("{ink} has ink on {pixels} pixels of the code")));
        } else {
            let share = inked(symbol, 0) as f64 / plate.inside(symbol).count() as f64;
            faults.extend((!(0.3..=0.7).contains(&share)).then(|| format!("{ink} covers {share:.2} of the code")));
        }
    }
    faults
}

const LEAFLET: &str = "to-roi-offset.pdf";
const STICKER: &str = "tem-xe-vinyl.pdf";

#[test]
fn plates_are_the_process_inks_and_the_cut_line() {
    if !tools::have(&["gs"]) {
        return;
    }
    for (name, spot) in [(LEAFLET, &[][..]), (STICKER, &["CutContour"])] {
        let sample = samples::named(name);
        let plates = plates(&sample.path, &format!("plates-{}", sample.artwork.piece));
        assert_eq!(faults(sample, &plates, spot), [""; 0], "{name}");
        for ink in ["Cyan", "Magenta", "Yellow"] {
            assert!(plates[ink].bytes.iter().any(|v| *v != BARE), "{name}: nothing on {ink}");
        }
    }
}

#[test]
fn a_hanger_has_its_cut_line_and_its_hole_on_the_cut_plate() {
    if !tools::have(&["gs"]) {
        return;
    }
    let sample = samples::others().iter().find(|s| s.artwork.format == "door-hanger" && s.artwork.press == "offset").unwrap();
    let plates = plates(&sample.path, "plates-hanger");
    let cut = &plates["CutContour"];
    // 105×270 mm behind a margin of 11 mm, its hole 40 mm wide around 52.5 mm, 35 mm.
    let pixels = |mm: f64| mm / 25.4 * PPI;
    let at = |x: f64, y: f64| {
        let (x, y) = (pixels(11.0 + x), pixels(11.0 + y));
        cut.inside([x - 2.0, y - 2.0, x + 2.0, y + 2.0]).any(|(x, y)| cut.bytes[cut.at(x, y)] != BARE)
    };
    for (x, y) in [(0.0, 100.0), (105.0, 100.0), (50.0, 0.0), (50.0, 270.0), (32.5, 35.0), (72.5, 35.0), (52.5, 15.0), (52.5, 55.0)] {
        assert!(at(x, y), "no cut at {x}, {y}");
    }
    for (x, y) in [(0.0, 0.0), (52.5, 35.0), (52.5, 100.0)] {
        assert!(!at(x, y), "a cut at {x}, {y}");
    }
}

#[test]
fn the_black_plate_alone_reads() {
    if !tools::have(&["gs", "zbarimg"]) {
        return;
    }
    for name in [LEAFLET, STICKER] {
        let sample = samples::named(name);
        let plates = plates(&sample.path, &format!("black-{}", sample.artwork.piece));
        let path = tools::folder(&format!("black-{name}")).join("black.pgm");
        plates["Black"].write_pgm(&path);
        assert_eq!(read(&path), [sample.artwork.codes[0].payload.clone()], "{name}");
    }
}

/// Pixels of the cut line, and how many of them are bare of cyan, which is under all of it.
fn cut_line(plates: &BTreeMap<String, Picture>) -> (Vec<(usize, usize)>, usize) {
    let (cut, cyan) = (&plates["CutContour"], &plates["Cyan"]);
    let all = cut.inside([0.0, 0.0, cut.width as f64, cut.height as f64]);
    let line: Vec<(usize, usize)> = all.filter(|(x, y)| cut.bytes[cut.at(*x, *y)] != BARE).collect();
    let bare = line.iter().filter(|(x, y)| cyan.bytes[cyan.at(*x, *y)] == BARE).count();
    (line, bare)
}

#[test]
fn the_cut_line_runs_along_the_trim() {
    if !tools::have(&["gs"]) {
        return;
    }
    let plates = plates(&samples::named(STICKER).path, "cut");
    let (line, _) = cut_line(&plates);
    // From 2 mm of bleed to 102 mm, in pixels; the corners are round.
    let [near, far] = [2.0, 102.0].map(|mm: f64| mm / 25.4 * PPI);
    let edge = |v: usize| [near, far].iter().any(|e| (v as f64 + 0.5 - e).abs() <= 1.5);
    let corner = |v: usize| (v as f64) < near + 30.0 || (v as f64) > far - 30.0;
    for (x, y) in &line {
        assert!(edge(*x) || edge(*y) || (corner(*x) && corner(*y)), "a cut at {x}, {y}");
    }
    for (name, along) in
        [("across", line.iter().filter(|(_, y)| edge(*y)).count()), ("down", line.iter().filter(|(x, _)| edge(*x)).count())]
    {
        assert!(along > 2 * 500, "{name}: {along} pixels of two straight sides");
    }
}

#[test]
fn the_cut_line_knocks_nothing_out() {
    if !tools::have(&["gs"]) {
        return;
    }
    let sample = samples::named(STICKER);
    assert_eq!(cut_line(&plates(&sample.path, "overprint")).1, 0);
    let without = tools::spoiled("knock-out", &sample.path, "/OP true", "/OP null");
    let (line, bare) = cut_line(&plates(&without, "knocked-out"));
    assert!(bare > line.len() / 2, "{bare} of {}", line.len());
}

#[test]
fn a_cut_line_of_another_name_and_a_coloured_code_are_found() {
    if !tools::have(&["gs"]) {
        return;
    }
    let sample = samples::named(STICKER);
    let renamed = tools::spoiled("renamed", &sample.path, "/CutContour", "/Cutcontour");
    assert_eq!(faults(sample, &plates(&renamed, "plates-renamed"), &["CutContour"]).len(), 1);
    let mut plates = plates(&sample.path, "plates-tinted");
    let [left, top, _, _] = symbol_on(sample, 0);
    let yellow = plates.get_mut("Yellow").unwrap();
    let at = yellow.at(left as usize - 3, top as usize + 3);
    yellow.bytes[at] = 250;
    assert_eq!(faults(sample, &plates, &["CutContour"]), ["Yellow has ink on 1 pixels of the code"]);
}
