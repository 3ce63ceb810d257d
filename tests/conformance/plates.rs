//! Printing plates, by Ghostscript: one for each ink, and which ink draws a code and a cut line.

use crate::codes::{PPI, is_inside_glass, meant, read, symbol_on};
use crate::pictures::Picture;
use crate::samples::{self, Sample};
use crate::tools;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toroi::color::Space;
use toroi::geom::{Rect, Transform};
use toroi::page::Item;

/// No ink on a plate.
const BARE: u8 = 255;

/// The plates of the first page, by ink.
pub fn plates(file: &Path, folder: &str) -> BTreeMap<String, Picture> {
    plates_of_page(file, 1, folder)
}

fn plates_of_page(file: &Path, page: usize, folder: &str) -> BTreeMap<String, Picture> {
    let folder = tools::folder(folder);
    // In bands: without them Ghostscript 10.0 loses spot plates of transparent pages at some sizes.
    let options = format!("-dFirstPage={page} -dLastPage={page} -sDEVICE=tiffsep -sCompression=none -r150 -dMaxBitmap=0");
    tools::ask("gs", &format!("-q -dNOPAUSE -dBATCH -dSAFER {options} -o"), &[&folder.join("plate%d.tif"), file]);
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

/// Faults of the names of plates.
fn misnamed(plates: &BTreeMap<String, Picture>, spots: &[&str]) -> Option<String> {
    let mut expected: Vec<&str> = ["Cyan", "Magenta", "Yellow", "Black"].iter().chain(spots).copied().collect();
    expected.sort_unstable();
    let names: Vec<&str> = plates.keys().map(String::as_str).collect();
    (names != expected).then(|| format!("plates {names:?}, not {expected:?}"))
}

/// What is wrong with the plates of a page: their names, and inks other than black in its first code. White lies
/// behind all of it.
fn faults(sample: &Sample, page: usize, plates: &BTreeMap<String, Picture>, spots: &[&str]) -> Vec<String> {
    let mut faults: Vec<String> = misnamed(plates, spots).into_iter().collect();
    let Some(code) = sample.artwork.codes.iter().find(|code| code.page == page) else { return faults };
    let symbol = symbol_on(sample, page - 1);
    let modules = f64::from(17 + 4 * u32::from(code.version));
    // Its quiet zone on all four sides, but for the corners, which a panel may round; less a pixel at
    // the edge.
    let [left, top, right, bottom] = symbol;
    let quiet = 4.0 * (right - left) / modules - 1.0;
    let code = [[left - quiet, top, right + quiet, bottom], [left, top - quiet, right, bottom + quiet]];
    for (ink, plate) in plates {
        let inked = |rect: [f64; 4], at_most: u8| plate.inside(rect).filter(|(x, y)| plate.bytes[plate.at(*x, *y)] <= at_most).count();
        match ink.as_str() {
            "White" => {
                let whole = code.iter().all(|rect| inked(*rect, 0) == plate.inside(*rect).count());
                faults.extend((!whole).then(|| format!("{ink} is not behind all of the code")));
            }
            "Black" => {
                let share = inked(symbol, 0) as f64 / plate.inside(symbol).count() as f64;
                faults.extend((!(0.3..=0.7).contains(&share)).then(|| format!("{ink} covers {share:.2} of the code")));
            }
            _ => {
                let pixels = code.map(|rect| inked(rect, BARE - 1)).into_iter().max().unwrap_or(0);
                faults.extend((pixels > 0).then(|| format!("{ink} has ink on {pixels} pixels of the code")));
            }
        }
    }
    faults
}

/// The plates that a press makes of a piece besides the process inks.
fn spots(sample: &Sample) -> Vec<&'static str> {
    let artwork = &sample.artwork;
    let is_cut = matches!(artwork.format.as_str(), "bus-sticker" | "door-hanger") && !artwork.size.starts_with("label-");
    let is_folded = matches!(artwork.format.as_str(), "leaflet-trifold" | "leaflet-half");
    let white = match artwork.press.as_str() {
        "clear-film" => true,
        "vinyl" => is_inside_glass(sample),
        _ => false,
    };
    let crease = is_folded && artwork.press == "card";
    let named = [(is_cut, "CutContour"), (crease, "Crease"), (white, "White")];
    named.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect()
}

#[test]
fn every_piece_has_its_plates_and_its_code_in_black_alone() {
    if !tools::have(&["gs", "zbarimg"]) {
        return;
    }
    let for_print = |s: &&Sample| !matches!(s.artwork.press.as_str(), "office" | "screen");
    let samples: Vec<&Sample> = samples::others().iter().chain(samples::every_press()).filter(for_print).collect();
    assert!(samples.len() > 90, "{}", samples.len());
    // The front of the first record, and the back of the last.
    let pages = samples.iter().flat_map(|sample| BTreeSet::from([1, sample.artwork.pages]).into_iter().map(move |page| (*sample, page)));
    let pages: Vec<(&Sample, usize)> = pages.collect();
    assert!(pages.len() > 140, "{}", pages.len());
    let judge = |(i, (sample, page)): (usize, &(&Sample, usize))| {
        let folder = format!("plates-of-{i}");
        let plates = plates_of_page(&sample.path, *page, &folder);
        let mut faults = faults(sample, *page, &plates, &spots(sample));
        if !is_inside_glass(sample) {
            let path = tools::folder(&folder).join("black.pgm");
            plates["Black"].write_pgm(&path);
            let (said, meant) = (read(&path), meant(sample, *page));
            faults.extend((said != meant).then(|| format!("the black plate says {said:?}, not {meant:?}")));
        }
        std::fs::remove_dir_all(tools::folder(&folder)).unwrap();
        (format!("{} page {page}", sample.path.display()), faults)
    };
    let faults: Vec<_> = pages.par_iter().enumerate().map(judge).filter(|(_, faults)| !faults.is_empty()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Black text adds nothing to the other plates, whether it stands on paper or prints over a colour; on paper they
/// are empty.
#[test]
fn black_text_is_on_the_black_plate_alone() {
    if !tools::have(&["gs"]) {
        return;
    }
    let sample = samples::named(LEAFLET);
    let plates = plates(&sample.path, "plates-text");
    let (mut on_paper, mut on_colour) = (0, 0);
    for rect in black_texts(sample) {
        let mut empty = true;
        for ink in ["Cyan", "Magenta", "Yellow"] {
            let plate = &plates[ink];
            let values: BTreeSet<u8> = plate.inside(rect).map(|(x, y)| plate.bytes[plate.at(x, y)]).collect();
            assert_eq!(values.len(), 1, "{ink} is uneven at {rect:?}");
            empty &= values.contains(&BARE);
        }
        *(if empty { &mut on_paper } else { &mut on_colour }) += 1;
        let black = &plates["Black"];
        assert!(black.inside(rect).any(|(x, y)| black.bytes[black.at(x, y)] == 0), "no black at {rect:?}");
    }
    assert!(on_paper >= 4 && on_colour >= 2, "{on_paper} on paper, {on_colour} on a colour");
}

/// The ink of each run of black glyphs on the first page: left, top, right, bottom, in pixels.
fn black_texts(sample: &Sample) -> Vec<[f64; 4]> {
    fn collect(items: &[Item], at: Transform, found: &mut Vec<[f64; 4]>) {
        for item in items {
            match item {
                Item::Group(group) => collect(&group.items, group.transform.within(at), found),
                Item::Glyphs(run) if run.ink == Space::Cmyk.black() && run.size > 7.0 => {
                    let width = run.glyphs.last().unwrap().x;
                    // Between the baseline and the height of small letters, which every line has ink in.
                    let rect = at.rect(Rect { x: run.x, y: run.y - 0.5 * run.size, w: width, h: 0.5 * run.size });
                    found.push([rect.x, rect.y, rect.right(), rect.bottom()].map(|points| points / 72.0 * PPI));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(&sample.artwork.sheets[0].items, Transform::IDENTITY, &mut found);
    found
}

#[test]
fn white_stays_inside_the_art_and_changes_no_colour() {
    if !tools::have(&["gs"]) {
        return;
    }
    let sample = samples::others().iter().find(|s| s.artwork.piece == "tem-kinh-xe").unwrap();
    let plates = plates(&sample.path, "plates-white");
    let white = &plates["White"];
    let (width, height) = (white.width as f64, white.height as f64);
    // 0.2 mm inside the bleed, to a pixel.
    let choke = 0.2 / 25.4 * PPI;
    let inner = [choke + 1.0, choke + 1.0, width - choke - 1.0, height - choke - 1.0];
    assert!(white.inside(inner).all(|(x, y)| white.bytes[white.at(x, y)] == 0));
    let rim = |x: usize, y: usize| x == 0 || y == 0 || x + 1 == white.width || y + 1 == white.height;
    let on_rim = white.inside([0.0, 0.0, width, height]).filter(|(x, y)| rim(*x, *y));
    assert!(on_rim.into_iter().all(|(x, y)| white.bytes[white.at(x, y)] == BARE));
    // Its ground is cmyk(100 70 10 10).
    for (ink, share) in [("Cyan", 1.0), ("Magenta", 0.7), ("Yellow", 0.1), ("Black", 0.1)] {
        let plate = &plates[ink];
        let found = 1.0 - f64::from(plate.bytes[plate.at(plate.width / 2, 12)]) / 255.0;
        assert!((found - share).abs() < 0.01, "{ink}: {found}");
    }
}

#[test]
fn creases_run_down_the_folds_and_stay_on_the_piece() {
    if !tools::have(&["gs"]) {
        return;
    }
    let roll = |s: &&Sample| s.artwork.piece == "to-gap-ba" && s.artwork.size == "roll" && s.artwork.press == "card";
    let sample = samples::every_press().iter().find(roll).unwrap();
    let plates = plates(&sample.path, "plates-crease");
    let crease = &plates["Crease"];
    let all = crease.inside([0.0, 0.0, crease.width as f64, crease.height as f64]);
    let inked: Vec<(usize, usize)> = all.filter(|(x, y)| crease.bytes[crease.at(*x, *y)] != BARE).collect();
    let millimetres = |v: usize| (v as f64 + 0.5) / PPI * 25.4 - 11.0;
    for (x, y) in &inked {
        let (x, y) = (millimetres(*x), millimetres(*y));
        assert!([97.0, 197.0].iter().any(|fold| (x - fold).abs() < 0.2) && (-0.1..=210.1).contains(&y), "a crease at {x}, {y}");
    }
    assert!(inked.len() as f64 > 1.9 * 210.0 / 25.4 * PPI, "{}", inked.len());
}

const LEAFLET: &str = "to-roi-offset.pdf";
const STICKER: &str = "tem-xe-vinyl.pdf";

#[test]
fn every_process_ink_is_in_use() {
    if !tools::have(&["gs"]) {
        return;
    }
    for (name, spot) in [(LEAFLET, &[][..]), (STICKER, &["CutContour"])] {
        let sample = samples::named(name);
        let plates = plates(&sample.path, &format!("plates-{}", sample.artwork.piece));
        assert_eq!(faults(sample, 1, &plates, spot), [""; 0], "{name}");
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
    let plates_of = plates(&sample.path, "overprint");
    let (line, bare) = cut_line(&plates_of);
    assert_eq!(bare, 0);
    // On no other plate: below it lies the ground, cmyk(100 70 10 10), and nothing else.
    for (ink, share) in [("Cyan", 1.0), ("Magenta", 0.7), ("Yellow", 0.1), ("Black", 0.1)] {
        let plate = &plates_of[ink];
        let off = |(x, y): &&(usize, usize)| (1.0 - f64::from(plate.bytes[plate.at(*x, *y)]) / 255.0 - share).abs() > 0.01;
        assert_eq!(line.iter().filter(off).count(), 0, "{ink} below the cut line");
    }
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
    assert_eq!(faults(sample, 1, &plates(&renamed, "plates-renamed"), &["CutContour"]).len(), 1);
    let mut plates = plates(&sample.path, "plates-tinted");
    let [left, top, _, _] = symbol_on(sample, 0);
    let yellow = plates.get_mut("Yellow").unwrap();
    let at = yellow.at(left as usize - 3, top as usize + 3);
    yellow.bytes[at] = 250;
    assert_eq!(faults(sample, 1, &plates, &["CutContour"]), ["Yellow has ink on 1 pixels of the code"]);
}
