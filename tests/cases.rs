//! Golden cases: `tests/cases/<topic>/<case>/` holds a campaign, what it needs, and what must come of it.
//!
//! `findings.txt` is always compared, `page.txt` where it is there; `UPDATE=1` writes both anew. A new
//! case begins with a campaign (and an empty `page.txt`, if its places matter). `options.txt` holds
//! options of the render, one `key=value` a line; `same=CASE` there wants the `page.txt` of a sibling.
//! Pieces stand on pages of their own size unless `sheet=NAME` or `sheet=own`, the campaign's, says else there.
//! A case under `bad-input` must be told something.
//!
//! `tests/mistakes/<topic>/<case>/` holds campaigns, formats and data with one mistake that people really make, as they
//! would stand on a desk: what is told of them must name the place and the remedy, in both languages. Of those under
//! `right-as-it-is` nothing must be told.

use rayon::prelude::*;
use std::collections::HashSet;
use std::fmt::Write;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use toroi::color::Colour;
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::files::{Disk, Files, World};
use toroi::geom::{Rect, Transform, to_mm};
use toroi::limits::{Limit, Limits};
use toroi::page::{GlyphRun, Item, Meaning, Segment, Tag};
use toroi::picture::{Picture, Pixels};
use toroi::render::{Artwork, Options, Outcome, Proof, render};
use toroi::sheet::Imposed;
use toroi::spec::campaign;
use toroi::text::Fonts;

#[test]
fn every_case_keeps_its_goldens() {
    let cases = cases();
    assert!(cases.len() > 100, "only {} cases found", cases.len());
    let faults: Vec<String> = cases.par_iter().flat_map_iter(|case| judge(case)).collect();
    assert!(faults.is_empty(), "{} faults in {} cases\n\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// The disk, on one day or none: what a case is told does not depend on when it is told.
struct Timeless {
    today: Option<&'static str>,
}

impl World for Timeless {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        Disk.read(path, most)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        Disk.list(folder)
    }

    fn today(&self) -> Option<String> {
        self.today.map(String::from)
    }
}

fn is_mistake(case: &Path) -> bool {
    case.starts_with("tests/mistakes")
}

fn cases() -> Vec<PathBuf> {
    ["tests/cases", "tests/mistakes"].iter().flat_map(|root| folders(Path::new(root))).flat_map(|topic| folders(&topic)).collect()
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|e| e.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

/// What is wrong with a case; empty where nothing is.
fn judge(case: &Path) -> Vec<String> {
    match catch_unwind(AssertUnwindSafe(|| compare(case))) {
        Ok(faults) => faults,
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            vec![format!("{}: panicked: {}\n", case.display(), words.unwrap_or("?"))]
        }
    }
}

fn compare(case: &Path) -> Vec<String> {
    let path = format!("{}/campaign.yaml", case.display());
    let Settings { options, same } = settings(case);
    let outcome = render(&Timeless { today: is_mistake(case).then_some("2026-11-26") }, &path, &options);
    let mut faults = slips(&outcome, case);
    faults.extend(golden(&case.join("findings.txt"), &findings(&outcome, case)));
    if let Some(sibling) = same {
        faults.extend(differs(&case.with_file_name(sibling).join("page.txt"), &pages(&outcome, &path)));
    } else if case.join("page.txt").exists() {
        faults.extend(golden(&case.join("page.txt"), &pages(&outcome, &path)));
    }
    faults
}

/// What no case may do, whatever its goldens say.
fn slips(outcome: &Outcome, case: &Path) -> Vec<String> {
    let findings = &outcome.findings;
    let nowhere = findings.iter().any(|f| f.place.spot.file.is_empty());
    let nothing = outcome.artworks.is_empty() && !any_error(findings);
    let is_right = case.starts_with("tests/mistakes/right-as-it-is");
    let unsaid = (case.starts_with("tests/cases/bad-input") || is_mistake(case) && !is_right) && findings.is_empty();
    let needless = is_right && !findings.is_empty();
    let slips = [
        (nowhere, "a finding without a file"),
        (nothing, "nothing is made and no error is told"),
        (unsaid, "the mistake is not told"),
        (needless, "something is told of what is right"),
    ];
    slips.iter().filter(|(is, _)| *is).map(|(_, words)| format!("{}: {words}\n", case.display())).collect()
}

#[derive(Default)]
struct Settings {
    options: Options,
    same: Option<String>,
}

fn settings(case: &Path) -> Settings {
    // Most cases are of pages, not of the paper that an office has.
    let sheet = (!is_mistake(case)).then(|| "none".into());
    let mut settings = Settings { options: Options { sheet, items: true, ..Options::default() }, same: None };
    let options = &mut settings.options;
    for line in fs::read_to_string(case.join("options.txt")).unwrap_or_default().lines() {
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("options.txt: {line}"));
        match key {
            "records" => options.records = value.split_once('-').map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap())),
            "proof" => options.proof = proof(value),
            "set" => options.set.extend(value.split_once('=').map(|(k, v)| (k.to_string(), v.to_string()))),
            "piece" => options.pieces.push(value.into()),
            "press" => options.presses.push(value.into()),
            "data" => options.data = Some(case.join(value).display().to_string()),
            "sheet" => options.sheet = Some(value.into()).filter(|v| v != "own"),
            "split" => options.split = value == "yes",
            "first" => options.first = Some(value.parse().unwrap()),
            "where" => options.only.extend(value.split_once('=').map(|(k, v)| (k.to_string(), v.to_string()))),
            "printer" => options.printer = Some(case.join(value).display().to_string()),
            "allow" => options.allow.push(value.into()),
            "from" => options.from.push(value.into()),
            "same" => settings.same = Some(value.into()),
            _ => panic!("options.txt: {line}"),
        }
    }
    settings
}

fn proof(word: &str) -> Proof {
    match word {
        "off" => Proof::Off,
        "sample" => Proof::Sample,
        "all" => Proof::All,
        _ => panic!("options.txt: proof={word}"),
    }
}

fn golden(path: &Path, now: &str) -> Option<String> {
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let new = !path.exists();
    if update || new {
        fs::write(path, now).unwrap();
    }
    if new && !update {
        return Some(format!("{}: new golden written, look at it\n{}", path.display(), indented(now)));
    }
    differs(path, now)
}

fn differs(path: &Path, now: &str) -> Option<String> {
    let was = fs::read_to_string(path).unwrap();
    (was != now).then(|| format!("{}: - golden, + now\n{}", path.display(), diff(&was, now)))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// The lines that differ, each with a line of what is around it.
fn diff(was: &str, now: &str) -> String {
    let (was, now): (Vec<&str>, Vec<&str>) = (was.lines().collect(), now.lines().collect());
    let lines = script(&was, &now);
    let near = |i: usize| lines[i.saturating_sub(1)..(i + 2).min(lines.len())].iter().any(|(sign, _)| *sign != ' ');
    let mut out = String::new();
    let mut gap = false;
    for (i, (sign, line)) in lines.iter().enumerate() {
        if near(i) {
            out += if std::mem::take(&mut gap) { "  …\n" } else { "" };
            writeln!(out, "  {sign} {line}").unwrap();
        } else {
            gap = true;
        }
    }
    out
}

/// The shortest way from one list of lines to the other.
fn script<'t>(was: &[&'t str], now: &[&'t str]) -> Vec<(char, &'t str)> {
    let mut common = vec![vec![0; now.len() + 1]; was.len() + 1];
    for i in (0..was.len()).rev() {
        for j in (0..now.len()).rev() {
            common[i][j] = if was[i] == now[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < was.len() || j < now.len() {
        if i < was.len() && j < now.len() && was[i] == now[j] {
            lines.push((' ', was[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == now.len() || i < was.len() && common[i + 1][j] >= common[i][j + 1] {
            lines.push(('-', was[i]));
            i += 1;
        } else {
            lines.push(('+', now[j]));
            j += 1;
        }
    }
    lines
}

fn findings(outcome: &Outcome, case: &Path) -> String {
    let blocks: Vec<String> = outcome.findings.iter().map(block).collect();
    blocks.join("\n").replace(&format!("{}/", case.display()), "")
}

fn block(f: &Finding) -> String {
    let at = f.place.spot.at;
    let mut file = f.place.spot.file.to_string();
    if at.line > 0 {
        write!(file, ":{}:{}", at.line, at.column).unwrap();
    }
    let record = f.place.record.map(|r| format!("record {r}"));
    let place = [Some(file), f.place.piece.clone(), record, f.place.side.clone(), f.place.in_box.clone()];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let words = [f.message(Lang::Vi), f.hint(Lang::Vi), f.message(Lang::En), f.hint(Lang::En)];
    let words: String = words.iter().map(|w| format!("  {}\n", w.replace('\n', "\n    "))).collect();
    format!("{} {} {}\n{words}", f.severity().word(), f.code(), place.join(" · "))
}

fn pages(outcome: &Outcome, path: &str) -> String {
    let faces = faces(path);
    outcome.artworks.iter().map(|artwork| artwork_text(artwork, &faces)).collect::<Vec<_>>().join("\n")
}

/// Names of the faces, in the order that runs of glyphs number them.
fn faces(path: &str) -> Vec<String> {
    let (campaign, _) = campaign::read(path, &fs::read(path).unwrap(), &Limits::default());
    let files = Files::beside(&Disk, path).within(Limits::default(), &["fonts".into()]);
    let named = campaign.into_iter().flat_map(|c| c.fonts).map(|f| f.value);
    let user = named.chain(files.font_folder()).filter_map(|name| files.user(&name, Limit::FontBytes).ok());
    let (fonts, _) = Fonts::load(user.map(|f| (f.name, f.bytes.into_owned())).collect());
    fonts.faces.into_iter().map(|f| f.name).collect()
}

fn artwork_text(artwork: &Artwork, faces: &[String]) -> String {
    let mut out = format!("artwork {} {} {}\n", artwork.file, artwork.format, artwork.size);
    for sheet in &artwork.sheets {
        sheet_text(sheet, artwork.on.is_some(), faces, &mut out);
    }
    out
}

fn sheet_text(sheet: &Imposed, several: bool, faces: &[String], out: &mut String) {
    let media = Rect::of(sheet.media);
    writeln!(out, "sheet media {} {} trim {} bleed {}", mm(media.w), mm(media.h), rect(sheet.trim), rect(sheet.bleed)).unwrap();
    if several {
        for slot in &sheet.slots {
            writeln!(out, "slot {} record {} {}", slot.number, slot.record, rect(slot.rect)).unwrap();
        }
    }
    items(&sheet.items, Transform::IDENTITY, faces, out);
}

fn items(list: &[Item], at: Transform, faces: &[String], out: &mut String) {
    for item in list {
        match item {
            Item::Group(group) => {
                let at = group.transform.within(at);
                if !group.clip.is_empty() {
                    writeln!(out, "clip {}", rect(hull(&group.clip, at))).unwrap();
                }
                items(&group.items, at, faces, out);
            }
            Item::Glyphs(run) => writeln!(out, "{}", run_text(run, at, faces)).unwrap(),
            Item::Path(path) => {
                let fill = path.fill.as_ref().map_or("–".into(), ink);
                let over = if path.overprint { " overprint" } else { "" };
                let stroke = path.stroke.as_ref().map_or("–".into(), |s| format!("{} {}", ink(&s.ink), mm(s.width * scale(at))));
                writeln!(out, "path {} {fill} {stroke}{over}", rect(hull(&path.segments, at))).unwrap();
            }
            Item::Image(placed) => writeln!(out, "image {} {}", rect(at.rect(placed.rect)), picture(&placed.picture)).unwrap(),
            Item::Tag(tag) => code(tag, at, out),
        }
    }
}

/// How much larger a transform makes things.
fn scale(Transform([a, b, ..]): Transform) -> f64 {
    a.hypot(b)
}

/// How a transform turns and mirrors; nothing where it does neither.
fn turn(at: Transform) -> String {
    let Transform([a, b, ..]) = at;
    let degrees = b.atan2(a).to_degrees().round();
    match (degrees, at.mirrors()) {
        (0.0, false) => String::new(),
        // Left for right is the mirror image of no turn.
        (_, true) => format!(" mirrored {}", (degrees + 180.0) % 360.0),
        (_, false) => format!(" turned {degrees}"),
    }
}

fn run_text(run: &GlyphRun, at: Transform, faces: &[String]) -> String {
    let start = run.glyphs.first().map_or(0.0, |g| g.x);
    let (x, y) = at.point(run.x + start, run.y);
    let said: String = run.glyphs.iter().map(|g| g.text.as_str()).collect();
    format!("text {} {} {:.2} {} {}{} {said:?}", mm(x), mm(y), run.size * scale(at), faces[run.face], ink(&run.ink), turn(at))
}

fn code(tag: &Tag, at: Transform, out: &mut String) {
    if let Meaning::Symbol { symbol, .. } = &tag.meaning {
        let r = at.rect(tag.rect);
        let ecc = symbol.ecc.letter();
        writeln!(out, "code {} {} {} {} {ecc} {}", mm(r.x), mm(r.y), mm(r.w), symbol.version, symbol.payload.replace("\r\n", "\\r\\n"))
            .unwrap();
    }
}

fn picture(picture: &Picture) -> String {
    let pixels = match &picture.pixels {
        Pixels::Gray(_) => "gray",
        Pixels::Rgb(_) => "rgb",
        Pixels::Cmyk(_) => "cmyk",
        Pixels::Jpeg { channels, .. } => ["jpeg gray", "jpeg rgb", "jpeg cmyk"][usize::from(*channels) / 2],
    };
    let alpha = picture.alpha.as_ref().map(|alpha| alpha.iter().collect::<HashSet<_>>().len());
    let alpha = alpha.map_or("opaque".into(), |levels| format!("alpha of {levels} levels"));
    format!("{}×{} {pixels} {alpha}", picture.width, picture.height)
}

/// The box around all points of an outline, handles included.
fn hull(segments: &[Segment], at: Transform) -> Rect {
    let points = segments.iter().flat_map(|segment| match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => vec![(x, y)],
        Segment::Curve([a, b, c, d, e, f]) => vec![(a, b), (c, d), (e, f)],
        Segment::Rect(r) => vec![(r.x, r.y), (r.right(), r.y), (r.right(), r.bottom()), (r.x, r.bottom())],
        Segment::Close => Vec::new(),
    });
    Rect::around(points.map(|(x, y)| at.point(x, y)))
}

fn ink(colour: &Colour) -> String {
    let shares = |name: &str, shares: &[f64]| format!("{name}({})", shares.iter().map(|s| format!("{s:.3}")).collect::<Vec<_>>().join(" "));
    match colour {
        Colour::Gray(v) => shares("gray", &[*v]),
        Colour::Rgb(rgb) => shares("rgb", rgb),
        Colour::Cmyk(inks) => shares("cmyk", inks),
        Colour::Spot(plate, tint) => format!("spot({} {tint:.3})", plate.name),
    }
}

fn rect(r: Rect) -> String {
    [r.x, r.y, r.w, r.h].map(mm).join(" ")
}

fn mm(points: f64) -> String {
    let text = format!("{:.3}", to_mm(points));
    if text == "-0.000" { "0.000".into() } else { text }
}
