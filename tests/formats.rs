//! The rules that every built-in format keeps, at every size, with short, typical and long content: by
//! numbers, from the cases under `tests/cases/layout` and from both examples.

mod pages;

use pages::{Glyphs, Placed, Side, misplaced, mm};
use rayon::prelude::*;
use std::fs;
use std::sync::LazyLock;
use toroi::color::Colour;
use toroi::diag::{Finding, Lang, any_error};
use toroi::files::{Disk, Memory, builtin_templates};
use toroi::geom::{Rect, Transform, to_mm};
use toroi::limits::Limits;
use toroi::page::{Item, Meaning, Role, Segment};
use toroi::render::{Artwork, Options, Outcome, Proof, render};
use toroi::spec::campaign::Value;
use toroi::template::format::{self, Format};
use toroi::text::Fonts;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(Vec::new()).0);

const EXAMPLES: [&str; 2] = ["examples/bluezone/campaign.yaml", "examples/sot-xuat-huyet/campaign.yaml"];

/// The campaigns that show a format with short, typical and long content.
fn variants() -> Vec<String> {
    let named = |format: &String| ["short", "typical", "long"].map(|length| format!("tests/cases/layout/{format}-{length}/campaign.yaml"));
    builtin_templates("").iter().flat_map(named).collect()
}

/// Everything to judge: the variants, and the first records of the examples.
static MADE: LazyLock<Vec<(String, Outcome)>> = LazyLock::new(|| {
    let some = Options { proof: Proof::Off, records: Some((1, 30)), sheet: Some("none".into()), items: true, ..Options::default() };
    let all: Vec<String> = variants().into_iter().chain(EXAMPLES.map(String::from)).collect();
    all.into_par_iter()
        .map(|path| {
            let outcome = render(&Disk, &path, &some);
            (path, outcome)
        })
        .collect()
});

fn artworks() -> impl Iterator<Item = &'static Artwork> {
    MADE.iter().flat_map(|(_, outcome)| &outcome.artworks)
}

fn sides() -> Vec<Side> {
    let mut glyphs = Glyphs::new(&FONTS);
    artworks().flat_map(|artwork| glyphs.sides(artwork)).collect()
}

fn sides_of(format: &str) -> Vec<Side> {
    let mut glyphs = Glyphs::new(&FONTS);
    let sides: Vec<Side> = artworks().filter(|a| a.format == format).flat_map(|artwork| glyphs.sides(artwork)).collect();
    assert!(!sides.is_empty(), "{format}");
    sides
}

fn builtin(name: &str) -> Format {
    let path = format!("templates/{name}.yaml");
    format::read(&path, &fs::read(&path).unwrap(), &Limits::default()).0.unwrap()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Formats and sizes that must be there: what commune, transport firm, hotel, school and office print on.
#[test]
fn the_set_is_complete() {
    let set: [(&str, &[&str]); 9] = [
        ("bus-sticker", &["square-100", "wide-200", "round-100", "label-99", "label-80"]),
        ("door-hanger", &["hanger"]),
        ("entry-log", &["a4"]),
        ("handout", &["a5"]),
        ("hotel-notice", &["a5", "a4"]),
        ("leaflet", &["a5", "a4", "a6", "dl"]),
        ("leaflet-half", &["a4"]),
        ("leaflet-trifold", &["roll", "z"]),
        ("poster", &["a3", "a4", "a2"]),
    ];
    assert_eq!(builtin_templates(""), set.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, sizes) in set {
        let format = builtin(name);
        let written: Vec<&str> = format.sizes.iter().map(|s| s.name.as_str()).collect();
        assert!(sizes.iter().all(|size| written.contains(size)), "{name}: {written:?}");
    }
}

#[test]
fn every_field_says_in_both_languages_what_it_is() {
    for name in builtin_templates("") {
        for field in &builtin(&name).fields {
            assert!(field.label.is_some() && field.example.is_some(), "{name}: {}", field.name);
            let example = field.example.iter().flat_map(Value::words);
            for (what, words) in field.label.iter().map(|label| ("label", label)).chain(example.map(|words| ("example", words))) {
                for language in ["vi", "en"] {
                    assert!(
                        words.in_language(language).is_some_and(|t| !t.value.trim().is_empty()),
                        "{name}: {} {what} {language}",
                        field.name
                    );
                }
            }
        }
    }
}

/// The examples and the variants have no findings: no error, and no warning of margins, folds, holes,
/// contrast, light type on a dark ground, or type too small for the press.
#[test]
fn nothing_is_found_wrong() {
    let told = |(path, outcome): &(String, Outcome)| {
        // Labels stand in the middle of a sheet, not at the edge of its paper.
        let on_label = |f: &&Finding| f.code() == "safe-area" && f.place.size.as_ref().is_some_and(|size| size.starts_with("label-"));
        // The variants speak of hosts that nobody owns, and of days that are past.
        let found = outcome.findings.iter().filter(|f| !on_label(f) && !matches!(f.code(), "url-unreachable" | "expired"));
        found.map(|f| format!("{path}: {} {}", f.place.in_box.as_deref().unwrap_or(""), f.message(Lang::En))).collect()
    };
    let faults: Vec<Vec<String>> = MADE.iter().map(told).collect();
    none(faults.concat());
    assert!(MADE.iter().all(|(_, outcome)| !outcome.artworks.is_empty() && !any_error(&outcome.findings)));
}

#[test]
fn the_examples_hold_every_format_in_every_size() {
    let made: Vec<(&str, &str)> = MADE
        .iter()
        .filter(|(path, _)| EXAMPLES.contains(&path.as_str()))
        .flat_map(|(_, o)| &o.artworks)
        .map(|a| (a.format.as_str(), a.size.as_str()))
        .collect();
    for name in builtin_templates("") {
        for size in &builtin(&name).sizes {
            assert!(made.contains(&(name.as_str(), size.name.as_str())), "{name} {}", size.name);
        }
    }
}

#[test]
fn each_variant_shows_its_format_in_every_size() {
    for path in variants() {
        let (_, outcome) = MADE.iter().find(|(p, _)| *p == path).unwrap();
        let format = &outcome.artworks[0].format;
        for size in &builtin(format).sizes {
            assert!(outcome.artworks.iter().any(|a| a.format == *format && a.size == size.name), "{path}: {}", size.name);
        }
    }
}

#[test]
fn content_stays_in_its_box_and_off_other_content() {
    none(sides().iter().flat_map(misplaced).collect());
}

/// Smallest type by format and size, pt: the imprint, and all other text.
#[test]
fn type_is_as_large_as_its_reader_needs() {
    let least = |format: &str, size: &str| match (format, size) {
        ("bus-sticker", "label-99") => (12.5, 12.5),
        ("bus-sticker", "label-80") => (10.0, 10.0),
        ("bus-sticker", _) => (14.0, 14.0),
        ("poster", "a4") => (8.4, 16.9),
        ("poster", "a2") => (16.9, 33.9),
        ("poster", _) => (12.0, 24.0),
        _ => (7.5, 7.5),
    };
    let mut faults = Vec::new();
    for format in builtin_templates("") {
        for side in sides_of(&format) {
            let (imprint, text) = least(&format, &side.size);
            for tag in side.boxes() {
                let Meaning::Text { size, text: said, .. } = &tag.meaning else { continue };
                let need = if tag.in_box.ends_with("/imprint") { imprint } else { text };
                if *size < need - 0.05 {
                    faults.push(format!("{format} {}: {} is {size:.2} pt, not {need}: {said}", side.size, tag.in_box));
                }
            }
        }
    }
    faults.dedup();
    none(faults);
}

/// The headline is the largest thing that is read, in three lines at most.
#[test]
fn the_headline_leads() {
    let mut faults = Vec::new();
    for format in ["leaflet", "leaflet-half", "leaflet-trifold", "poster", "hotel-notice", "door-hanger", "handout"] {
        for side in sides_of(format).iter().filter(|s| s.slot.side == 0) {
            let headline = side.boxes().filter_map(|t| match &t.meaning {
                Meaning::Text { role: Some(Role::H1), size, .. } => Some((t, *size)),
                _ => None,
            });
            let Some((headline, size)) = headline.max_by(|a, b| a.1.total_cmp(&b.1)) else {
                faults.push(format!("{} {format} {}: no headline", side.file, side.size));
                continue;
            };
            let lines = side.placed.iter().scan(false, |on, p| {
                if let Placed::Box(tag) = p {
                    *on = tag.in_box == headline.in_box;
                }
                Some(*on && matches!(p, Placed::Ink { .. }))
            });
            let lines = lines.filter(|is| *is).count();
            let larger = side.boxes().filter(
                |t| matches!(&t.meaning, Meaning::Text { size: s, text, .. } if *s > size + 0.05 && text.chars().any(char::is_alphabetic)),
            );
            faults.extend(larger.map(|t| format!("{} {}: {} is larger than the headline", side.file, side.size, t.in_box)));
            if lines > 3 {
                faults.push(format!("{} {}: the headline has {lines} lines", side.file, side.size));
            }
        }
    }
    none(faults);
}

#[test]
fn codes_are_as_large_as_their_reader_needs() {
    let least = |format: &str, size: &str| match (format, size) {
        ("poster", "a4") => 56.0,
        ("poster", "a2") => 113.0,
        ("poster", _) => 80.0,
        ("bus-sticker", "round-100") => 50.0,
        ("bus-sticker", "label-99") => 42.0,
        ("bus-sticker", "label-80") => 33.0,
        ("bus-sticker", _) => 60.0,
        _ => 28.0,
    };
    for artwork in artworks() {
        let need = least(&artwork.format, &artwork.size);
        assert!(!artwork.codes.is_empty(), "{}", artwork.file);
        let largest = artwork.codes.iter().map(|c| c.side_mm).fold(0.0, f64::max);
        assert!(largest >= need - 0.01, "{} {}: {largest} mm", artwork.file, artwork.size);
        let reads = artwork.codes.iter().map(|c| c.reads_from_m).fold(0.0, f64::max);
        assert!(artwork.format != "poster" || reads > 0.6, "{}: reads from {reads} m", artwork.file);
    }
}

#[test]
fn nothing_but_ground_is_at_a_fold_or_in_a_hole() {
    let mut faults = Vec::new();
    for name in ["leaflet-trifold", "leaflet-half", "door-hanger"] {
        let format = builtin(name);
        for side in sides_of(name) {
            let size = format.size(&side.size).unwrap();
            let folds = size.folds_of(side.slot.side);
            let hole = size.die_of(side.slot.side).and_then(|die| die.hole);
            for placed in &side.placed {
                let rect = match placed {
                    Placed::Ink { rect, .. } | Placed::Picture(rect) => rect,
                    Placed::Box(tag) => &tag.rect,
                    // Grounds run over folds and around the hole.
                    Placed::Path { .. } => continue,
                };
                let near_fold = folds.iter().any(|x| rect.x < x + KEEP && rect.right() > x - KEEP && rect.w > 0.0);
                let near_hole = hole.is_some_and(|hole| rect.w > 0.0 && hole.distance(rect) < KEEP);
                if near_fold || near_hole {
                    faults.push(format!("{} {}: content at {}", side.file, side.size, mm(*rect)));
                }
            }
        }
    }
    none(faults);
}

/// 5 mm, less the rounding of single precision.
const KEEP: f64 = 5.0 * 72.0 / 25.4 - 0.05;

#[test]
fn panels_lie_between_the_folds_and_the_cover_is_outermost_right() {
    for (name, size, front, back) in [
        ("leaflet-trifold", "roll", [0.0, 97.0, 197.0, 297.0].as_slice(), [0.0, 100.0, 200.0, 297.0].as_slice()),
        ("leaflet-trifold", "z", &[0.0, 99.0, 198.0, 297.0], &[0.0, 99.0, 198.0, 297.0]),
        ("leaflet-half", "a4", &[0.0, 148.5, 297.0], &[0.0, 148.5, 297.0]),
    ] {
        for side in sides_of(name).iter().filter(|s| s.size == size) {
            let edges = if side.slot.side == 0 { front } else { back };
            let panel_of = |rect: &Rect| edges.windows(2).position(|w| to_mm(rect.x) >= w[0] + 4.99 && to_mm(rect.right()) <= w[1] - 4.99);
            for tag in side.boxes() {
                assert!(panel_of(&tag.rect).is_some(), "{} {name} {size}: {} at {}", side.file, tag.in_box, mm(tag.rect));
            }
            if side.slot.side == 0 {
                let headline = side.boxes().find(|t| matches!(t.meaning, Meaning::Text { role: Some(Role::H1), .. })).unwrap();
                assert_eq!(panel_of(&headline.rect), Some(edges.len() - 2), "{}", side.file);
            }
        }
    }
}

/// Every item of a sticker for the inner face of a window is where the plain one has it, left for right.
#[test]
fn the_sticker_inside_glass_is_the_exact_mirror() {
    let (_, outcome) = MADE.iter().find(|(path, _)| path == EXAMPLES[0]).unwrap();
    let mut glyphs = Glyphs::new(&FONTS);
    let mut of = |piece: &str| glyphs.sides(outcome.artworks.iter().find(|a| a.piece == piece).unwrap());
    let (plain, mirrored) = (of("tem-xe"), of("tem-kinh-xe"));
    assert_eq!(plain.len(), mirrored.len());
    for (a, b) in plain.iter().zip(&mirrored) {
        let width = a.trim().w;
        assert_eq!(a.placed.len(), b.placed.len());
        for (p, m) in a.placed.iter().zip(&b.placed) {
            let rect = |p: &Placed| match p {
                Placed::Box(tag) => tag.rect,
                Placed::Ink { rect, .. } | Placed::Path { rect, .. } => *rect,
                Placed::Picture(rect) => *rect,
            };
            let (p, m) = (rect(p), rect(m));
            let same = [(width - p.right(), m.x), (p.y, m.y), (p.w, m.w), (p.h, m.h)];
            assert!(same.iter().all(|(a, b)| (a - b).abs() < 1e-6), "{} against {}", mm(p), mm(m));
        }
    }
}

/// A third of a leaflet's or poster's face is free: neither text, picture nor code.
#[test]
fn there_is_room_to_breathe() {
    let mut faults = Vec::new();
    for format in ["leaflet", "leaflet-half", "leaflet-trifold", "poster", "hotel-notice", "door-hanger"] {
        for side in sides_of(format) {
            let trim = side.trim();
            let taken: f64 = side
                .boxes()
                .map(|tag| match &tag.meaning {
                    // Lines of text are shorter than their box.
                    Meaning::Text { .. } => 0.0,
                    _ => tag.rect.w * tag.rect.h,
                })
                .sum();
            let ink: f64 = side.placed.iter().map(|p| if let Placed::Ink { rect, .. } = p { rect.w * rect.h } else { 0.0 }).sum();
            let free = 1.0 - (taken + ink) / (trim.w * trim.h);
            if free < 1.0 / 3.0 {
                faults.push(format!("{} {} side {}: only {:.0} % free", side.file, side.size, side.slot.side, free * 100.0));
            }
        }
    }
    none(faults);
}

/// The short campaign of a format, with a copy of the format beside it as `change` makes it.
fn with_copy(name: &str, change: impl Fn(&str) -> String) -> Outcome {
    let campaign = fs::read(format!("tests/cases/layout/{name}-short/campaign.yaml")).unwrap();
    let copy = change(&fs::read_to_string(format!("templates/{name}.yaml")).unwrap());
    let world = Memory([("campaign.yaml".to_string(), campaign), (format!("{name}.yaml"), copy.into_bytes())].into());
    render(&world, "campaign.yaml", &Options { proof: Proof::Off, sheet: Some("none".into()), items: true, ..Options::default() })
}

#[test]
fn a_copied_and_edited_format_goes_before_the_built_in_one() {
    for name in builtin_templates("") {
        let same = with_copy(&name, |text| text.into());
        // Every drawing's and panel's blue becomes another.
        let edited = with_copy(&name, |text| text.replace("cmyk(100 70 10 10)", "cmyk(20 90 80 10)").replace("#0B4F94", "#8A1C1C"));
        assert!(!any_error(&edited.findings), "{name}: {:?}", edited.findings);
        let (_, built_in) = MADE.iter().find(|(path, _)| *path == format!("tests/cases/layout/{name}-short/campaign.yaml")).unwrap();
        for ((copy, edited), built_in) in same.artworks.iter().zip(&edited.artworks).zip(&built_in.artworks) {
            assert!(copy.bytes == built_in.bytes, "{name}: a copy prints as the built-in one does");
            assert!(edited.bytes != copy.bytes, "{name}: the edit is printed");
        }
        assert_eq!((same.artworks.len(), edited.artworks.len()), (built_in.artworks.len(), built_in.artworks.len()));
    }
}

#[test]
fn a_broken_copy_is_told_with_its_own_file_and_line() {
    for name in builtin_templates("") {
        let source = fs::read_to_string(format!("templates/{name}.yaml")).unwrap();
        let line = source.lines().position(|l| l == "styles:").unwrap() as u32 + 1;
        let broken = with_copy(&name, |text| text.replace("\nstyles:\n", "\nstylse:\n"));
        assert!(broken.artworks.is_empty(), "{name}");
        let told = broken.findings.iter().find(|f| f.code() == "unknown-key").unwrap();
        assert_eq!((&*told.place.spot.file, told.place.spot.at.line), (format!("{name}.yaml").as_str(), line));
    }
}

/// Rectangles around the strokes and areas of a mark, one for each figure.
fn figures(item: &Item) -> Vec<Rect> {
    match item {
        Item::Path(path) => {
            let mut figures: Vec<Vec<Segment>> = Vec::new();
            for segment in &path.segments {
                if matches!(segment, Segment::Move(..) | Segment::Rect(_)) || figures.is_empty() {
                    figures.push(Vec::new());
                }
                figures.last_mut().unwrap().push(*segment);
            }
            figures.iter().map(|figure| pages::hull(figure, Transform::IDENTITY)).collect()
        }
        Item::Glyphs(run) => {
            let width = run.glyphs.last().map_or(0.0, |g| g.x + run.size);
            vec![Rect { x: run.x, y: run.y - 0.9 * run.size, w: width, h: 1.1 * run.size }]
        }
        _ => Vec::new(),
    }
}

fn is_tool(item: &Item) -> bool {
    let Item::Path(path) = item else { return false };
    let inks = path.fill.iter().chain(path.stroke.as_ref().map(|s| &s.ink));
    inks.into_iter().any(|ink| matches!(ink, Colour::Spot(plate, _) if plate.step.is_some()))
}

#[test]
fn marks_stand_clear_of_the_art_and_of_each_other() {
    let mut faults = Vec::new();
    let mut judged = 0;
    for artwork in artworks().filter(|a| a.press == "offset") {
        for (i, sheet) in artwork.sheets.iter().enumerate() {
            let marks = sheet.items.iter().filter(|item| !matches!(item, Item::Group(_)) && !is_tool(item));
            let figures: Vec<Vec<Rect>> = marks.map(figures).collect();
            assert!(figures.len() >= 4, "{}: {} marks", artwork.file, figures.len());
            let mut tell = |fault: String| faults.push(format!("{} {} sheet {i}: {fault}", artwork.file, artwork.size));
            let media = Rect::of(sheet.media);
            for (n, mark) in figures.iter().enumerate() {
                for rect in mark {
                    let drawn = rect.grown(0.13);
                    if sheet.bleed.grown(-0.2).overlaps(&drawn, 0.05) {
                        tell(format!("a mark at {} in the bleed", pages::mm(*rect)));
                    }
                    if !media.holds(rect, 0.05) {
                        tell(format!("a mark at {} off the sheet", pages::mm(*rect)));
                    }
                    let others = figures[n + 1..].iter().flatten().filter(|other| other.overlaps(&drawn, 0.2));
                    others.for_each(|other| tell(format!("marks at {} and {} overlap", pages::mm(*rect), pages::mm(*other))));
                    judged += 1;
                }
            }
        }
    }
    assert!(judged > 1000, "{judged}");
    none(faults);
}

/// What an office has is A4, and a printer that leaves 7 mm white: every format goes there in every size that it holds.
#[test]
fn every_format_goes_on_the_paper_of_an_office() {
    let office = Options { presses: vec!["office".into()], records: Some((1, 1)), proof: Proof::Off, items: true, ..Options::default() };
    let mut made = 0;
    let mut faults = Vec::new();
    for path in variants().into_iter().chain(EXAMPLES.map(String::from)) {
        let outcome = render(&Disk, &path, &office);
        made += outcome.artworks.iter().filter(|a| a.on.is_some()).count();
        let known = |code: &str| ["piece-too-large", "records-beyond", "edges-lost", "url-unreachable", "expired"].contains(&code);
        faults.extend(
            outcome
                .findings
                .iter()
                .filter(|f| !known(f.code()))
                .map(|f| format!("{path}: {} {:?} {}", f.code(), f.place.in_box, f.message(Lang::En))),
        );
    }
    none(faults);
    assert!(made > 30, "only {made} files");
}
