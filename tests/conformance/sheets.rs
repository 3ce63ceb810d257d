//! Sheets: the right piece in the right slot, cut lines alone on their plate, a printer put right, a pack that opens.

use crate::codes::{PPI, read};
use crate::pictures::Picture;
use crate::plates::plates;
use crate::samples::{self, Sample};
use crate::tools;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use toroi::geom::{Rect, Transform, mm, to_mm};
use toroi::page::{Item, hull};
use toroi::render::manifest;

/// A line of a manifest.
type Line = BTreeMap<String, String>;

fn lines(sample: &Sample) -> Vec<Line> {
    let bytes = manifest(&sample.artwork);
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a mark for spreadsheets");
    csv::Reader::from_reader(text).deserialize().map(|line| line.unwrap()).collect()
}

fn number(line: &Line, column: &str) -> usize {
    line[column].parse().unwrap()
}

/// Pixels of a rectangle in points.
fn pixels(r: Rect) -> [f64; 4] {
    [r.x, r.y, r.right(), r.bottom()].map(|points| points / 72.0 * PPI)
}

fn drawn(path: &Path, folder: &str, ppi: f64) -> Vec<Picture> {
    let folder = tools::folder(folder);
    tools::ask("pdftoppm", &format!("-r {ppi} -gray"), &[path, &folder.join("page")]);
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    let pictures = pages.iter().map(|page| Picture::pnm(page)).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    pictures
}

#[test]
fn page_and_slot_of_the_manifest_are_where_a_code_is() {
    if !tools::have(&["pdftoppm", "zbarimg"]) {
        return;
    }
    for (i, sample) in samples::imposed().iter().enumerate() {
        let pages = drawn(&sample.path, &format!("slots-{i}"), PPI);
        let folder = tools::folder(&format!("slot-{i}"));
        let mut meant: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        for line in lines(sample) {
            assert_eq!(line["file"], sample.artwork.file);
            meant.entry((number(&line, "page"), number(&line, "slot"))).or_default().push(line["payload"].clone());
        }
        let judge = |((page, slot), meant): (&(usize, usize), &Vec<String>)| {
            let slot_on = sample.artwork.sheets[page - 1].slots.iter().find(|s| s.number == *slot).expect("the slot is there");
            let part = folder.join(format!("{page}-{slot}.pgm"));
            pages[page - 1].part(pixels(slot_on.rect)).write_pgm(&part);
            let mut meant = meant.clone();
            meant.sort();
            let read = read(&part);
            (read != meant).then(|| format!("page {page} slot {slot}: {read:?}, not {meant:?}"))
        };
        let faults: Vec<String> = meant.par_iter().filter_map(judge).collect();
        assert_eq!(faults, [""; 0], "{}", sample.path.display());
        // Each slot of a side that has codes is in it.
        let with_codes: BTreeSet<usize> = meant.keys().map(|(page, _)| *page).collect();
        for page in with_codes {
            let slots: BTreeSet<(usize, usize)> = sample.artwork.sheets[page - 1].slots.iter().map(|s| (page, s.number)).collect();
            assert!(slots.iter().all(|slot| meant.contains_key(slot)), "{} page {page}", sample.name());
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn the_manifest_lists_all_vehicles_and_hotels_in_order() {
    let listed = |piece: &str, column: &str| -> Vec<String> {
        let sample = samples::imposed().iter().find(|s| s.artwork.piece == piece && s.artwork.records > 1).unwrap();
        let mut seen = BTreeSet::new();
        lines(sample).into_iter().filter(|line| seen.insert(line["record"].clone())).map(|line| line[column].clone()).collect()
    };
    let rows = |piece: &str, column: &str| -> Vec<String> { samples::rows(piece).iter().map(|row| row[column].clone()).collect() };
    assert_eq!(listed("tem-xe", "serial"), rows("tem-xe", "so_hieu"));
    assert_eq!(listed("tem-xe", "payload"), rows("tem-xe", "url"));
    // A format without a serial number: what the piece calls its records.
    assert_eq!(listed("thong-bao-phong", "serial"), rows("thong-bao-phong", "ma"));
    assert_eq!((listed("tem-xe", "record").len(), listed("thong-bao-phong", "record").len()), (200, 30));
}

/// Boxes of the lines on a plate, pt.
fn lines_on(items: &[Item], plate: &str, at: Transform, found: &mut Vec<Rect>) {
    for item in items {
        match item {
            Item::Group(group) => lines_on(&group.items, plate, group.transform.within(at), found),
            Item::Path(path) => {
                let ink = path.stroke.as_ref().map(|s| &s.ink);
                if matches!(ink, Some(toroi::color::Colour::Spot(spot, _)) if spot.name == plate) {
                    found.push(at.rect(hull(&path.segments)));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn cut_lines_are_alone_on_their_plate_and_four_millimetres_apart() {
    if !tools::have(&["gs"]) {
        return;
    }
    let sample = samples::imposed().iter().find(|s| s.artwork.press == "vinyl").unwrap();
    let mut cuts = Vec::new();
    lines_on(&sample.artwork.sheets[0].items, "CutContour", Transform::IDENTITY, &mut cuts);
    assert_eq!(cuts.len(), 12);
    for (i, cut) in cuts.iter().enumerate() {
        assert!(cuts[..i].iter().all(|other| !cut.grown(mm(3.99)).overlaps(other, 0.0)), "cut {i} is close to another");
    }
    let plates = plates(&sample.path, "cut-plate");
    let cut = &plates["CutContour"];
    let strays = |cuts: &[Rect]| {
        let on_line = |x: f64, y: f64| {
            let (near, far) = (3.0, 3.0);
            cuts.iter().any(|cut| {
                let [l, t, r, b] = pixels(*cut);
                let inner = l + near < x && x < r - near && t + near < y && y < b - near;
                let outer = l - far <= x && x <= r + far && t - far <= y && y <= b + far;
                // Corners are round.
                let corner = mm(6.0) / 72.0 * PPI;
                let at_corner = (x < l + corner || x > r - corner) && (y < t + corner || y > b - corner);
                outer && (!inner || at_corner)
            })
        };
        let inked = (0..cut.height).flat_map(|y| (0..cut.width).map(move |x| (x, y))).filter(|(x, y)| cut.bytes[cut.at(*x, *y)] < 255);
        let inked: Vec<(usize, usize)> = inked.collect();
        assert!(inked.len() > 5000, "{} pixels on the cut plate", inked.len());
        inked.iter().filter(|(x, y)| !on_line(*x as f64 + 0.5, *y as f64 + 0.5)).count()
    };
    assert_eq!(strays(&cuts), 0);
    // One line less is seen.
    assert!(strays(&cuts[1..]) > 100);
    // The dots for the camera are on the black plate: five of 5 mm, one of them at the left above the lowest.
    let black = &plates["Black"];
    let dots: Vec<Rect> = [(12.5, 8.5), (12.5, 311.5), (12.5, 296.5), (437.5, 8.5), (437.5, 311.5)]
        .map(|(x, y)| Rect { x: mm(x), y: mm(y), w: 0.0, h: 0.0 }.grown(mm(1.5)))
        .into();
    for dot in dots {
        assert!(black.inside(pixels(dot)).all(|(x, y)| black.bytes[black.at(x, y)] == 0), "no dot at {:?}", dot);
        assert!(cut.inside(pixels(dot)).all(|(x, y)| cut.bytes[cut.at(x, y)] == 255));
    }
}

fn toroi(arguments: &[&str], config: &Path) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_toroi")).args(arguments).env("XDG_CONFIG_HOME", config).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// What a printer does to a place on paper, mm.
fn printed((x, y): (f64, f64), back: bool) -> (f64, f64) {
    let beyond = if back { 0.6 } else { 0.0 };
    (0.98 * x + 1.2 + beyond, 0.98 * y - 0.8)
}

/// The middle of the first dark line that is met from the left along a row of a picture, or from the top down a column, mm.
fn line_from(picture: &Picture, ppi: f64, along: impl Fn(usize) -> (usize, usize), from_mm: f64) -> f64 {
    let from = (from_mm / 25.4 * ppi) as usize;
    let dark = |at: &usize| {
        let (x, y) = along(*at);
        picture.bytes[picture.at(x, y)] < 128
    };
    let first = (from..).find(dark).unwrap();
    let last = (first..).take_while(dark).last().unwrap();
    (first + last + 1) as f64 / 2.0 / ppi * 25.4
}

/// Left, top, right, bottom of every word of a page, mm, by poppler.
fn words(path: &Path) -> Vec<Vec<(String, [f64; 4])>> {
    let said = tools::ask("pdftotext", "-bbox", &[path, Path::new("-")]);
    let value = |line: &str, name: &str| -> f64 {
        let rest = line.split_once(&format!("{name}=\"")).unwrap().1;
        to_mm(rest.split_once('"').unwrap().0.parse().unwrap())
    };
    let pages = said.split("<page ").skip(1);
    let word = |line: &str| {
        let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_string();
        (text, ["xMin", "yMin", "xMax", "yMax"].map(|name| value(line, name)))
    };
    pages.map(|page| page.lines().map(str::trim).filter(|line| line.starts_with("<word ")).map(word).collect()).collect()
}

#[test]
fn a_printer_that_shrinks_and_shifts_is_put_right() {
    if !tools::have(&["pdftoppm", "pdftotext"]) {
        return;
    }
    let folder = tools::folder("printer");
    let (config, out) = (folder.join("config"), folder.display().to_string());
    toroi(&["printer", "calibrate", "van-thu", "-o", &out], &config);
    // The sheet as it comes out of the printer, measured.
    let ppi = 600.0;
    let pages = drawn(&folder.join("to-do-may-in.pdf"), "calibration", ppi);
    let pixel = |millimetres: f64| (millimetres / 25.4 * ppi) as usize;
    let (front, back) = (&pages[0], &pages[1]);
    let row = |picture: &Picture, y: f64, from: f64| line_from(picture, ppi, |x| (x, pixel(y)), from);
    let column = |picture: &Picture, x: f64, from: f64| line_from(picture, ppi, |y| (pixel(x), y), from);
    let (left, top) = printed((row(front, 270.0, 15.0), column(front, 160.0, 15.0)), false);
    let (back_left, back_top) = printed((row(back, 270.0, 15.0), column(back, 160.0, 15.0)), true);
    let (from, to) = (row(front, 242.0, 38.0), row(front, 242.0, 188.0));
    let (upper, lower) = (column(front, 28.0, 38.0), column(front, 28.0, 238.0));
    let across = printed((to, 0.0), false).0 - printed((from, 0.0), false).0;
    let down = printed((0.0, lower), false).1 - printed((0.0, upper), false).1;
    let mm_of = |value: f64| format!("{value:.2}");
    let readings = [
        "--left".into(),
        mm_of(left),
        "--top".into(),
        mm_of(top),
        "--length".into(),
        format!("{across:.2}/{down:.2}"),
        "--back".into(),
        format!("{back_left:.2}/{back_top:.2}"),
    ];
    let arguments: Vec<&str> = ["printer", "calibrate", "van-thu"].into_iter().chain(readings.iter().map(String::as_str)).collect();
    let profile = toroi(&arguments, &config);
    assert!(profile.trim_end().ends_with("printers/van-thu.yaml"), "{profile}");

    let render = |extra: &[&str], name: &str| {
        let out = folder.join(name);
        let out_text = out.display().to_string();
        let fixed = ["render", "examples/bluezone/campaign.yaml", "--piece", "to-roi", "--press", "office", "-o", &out_text];
        toroi(&[&fixed, extra].concat(), &config);
        words(&out.join("to-roi-office.pdf"))
    };
    let (meant, sent) = (render(&[], "meant"), render(&["--printer", "van-thu"], "sent"));
    assert_eq!((meant.len(), sent.len()), (2, 2));
    let off = |page: usize, sent: &[f64; 4], meant: &[f64; 4]| {
        let (l, t) = printed((sent[0], sent[1]), page == 1);
        let (r, b) = printed((sent[2], sent[3]), page == 1);
        [l, t, r, b].iter().zip(meant).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    };
    for (page, (meant, sent)) in meant.iter().zip(&sent).enumerate() {
        assert!(meant.len() > 50 && meant.len() == sent.len());
        for ((word, meant), (same, sent)) in meant.iter().zip(sent) {
            assert_eq!(word, same);
            let after = off(page, sent, meant);
            assert!(after < 0.1, "“{word}” lands {after:.3} mm off on page {}", page + 1);
        }
        // Not put right, it is off by millimetres.
        assert!(meant.iter().any(|(_, meant)| off(page, meant, meant) > 3.0));
    }
}

#[test]
fn a_pack_opens_its_sums_match_and_its_files_are_sound() {
    if !tools::have(&["unzip", "sha256sum", "verapdf", "pdftotext", "pdftoppm", "zbarimg"]) {
        return;
    }
    let folder = tools::folder("pack");
    let out = folder.display().to_string();
    let fixed =
        ["render", "examples/bluezone/campaign.yaml", "--piece", "tem-xe", "--sheet", "sra3", "--records", "1-14", "--pack", "-o", &out];
    toroi(&fixed, &folder);
    let zip = folder.join("tem-xe-vinyl.zip");
    let first = std::fs::read(&zip).unwrap();
    let opened = folder.join("opened");
    tools::ask("unzip", "-q", &[&zip, Path::new("-d"), &opened]);
    let mut names: Vec<String> = std::fs::read_dir(&opened).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let meant = ["SHA256SUMS", "tem-xe-vinyl-manifest.csv", "tem-xe-vinyl-proof.pdf", "tem-xe-vinyl-ticket.pdf", "tem-xe-vinyl.pdf"];
    assert_eq!(names, meant);
    let checked = Command::new("sha256sum").args(["-c", "--strict", "SHA256SUMS"]).current_dir(&opened).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    assert_eq!(String::from_utf8(checked.stdout).unwrap().matches(": OK").count(), 4);
    assert_eq!(std::fs::read(opened.join("tem-xe-vinyl.pdf")).unwrap(), std::fs::read(folder.join("tem-xe-vinyl.pdf")).unwrap());

    let sums = std::fs::read_to_string(opened.join("SHA256SUMS")).unwrap();
    let sum = sums.lines().find(|line| line.ends_with("  tem-xe-vinyl.pdf")).unwrap().split(' ').next().unwrap();
    let listed = std::fs::read_to_string(opened.join("tem-xe-vinyl-manifest.csv")).unwrap();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines[0], "\u{feff}record,serial,payload,file,page,slot,sha256,allowed");
    assert_eq!(lines.len(), 15);
    assert_eq!(lines[13], format!("13,PT-0013,HTTPS://BLUEZONE.GOV.VN/X/0013,tem-xe-vinyl.pdf,2,1,{sum},"));

    let ticket = opened.join("tem-xe-vinyl-ticket.pdf");
    let said = tools::ask("pdftotext", "-layout", &[&ticket, Path::new("-")]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for fact in [
        "Cài đặt Bluezone – Tem dán xe",
        "100 × 100 mm",
        "2 mm mỗi cạnh",
        "CutContour (đường bế)",
        "Giấy SRA3, 450 × 320 mm",
        "10/8/2020",
        sum,
    ] {
        assert!(said.contains(fact), "the ticket does not say {fact}: {said}");
    }
    assert_eq!(drawn(&ticket, "ticket", 50.0).len(), 1);
    let proof = opened.join("tem-xe-vinyl-proof.pdf");
    assert!(std::fs::metadata(&proof).unwrap().len() < std::fs::metadata(opened.join("tem-xe-vinyl.pdf")).unwrap().len());
    let judged = tools::ask("verapdf", "2b", &[&ticket, &proof, &opened.join("tem-xe-vinyl.pdf")]);
    assert_eq!(judged.matches("compliant").count(), 3, "{judged}");
    // The proof shows the sheets: their codes can be scanned from it.
    let pages = drawn(&proof, "proof", 144.0);
    assert_eq!(pages.len(), 2);
    let page = folder.join("proof.pgm");
    pages[1].write_pgm(&page);
    assert_eq!(read(&page), ["HTTPS://BLUEZONE.GOV.VN/X/0013", "HTTPS://BLUEZONE.GOV.VN/X/0014"]);

    // Packed again, it is the same to the last byte.
    toroi(&fixed, &folder);
    assert!(std::fs::read(&zip).unwrap() == first);
}

#[test]
fn shared_art_is_in_the_file_once() {
    if !tools::have(&["qpdf"]) {
        return;
    }
    let sample = samples::imposed().iter().find(|s| s.artwork.press == "vinyl").unwrap();
    let plain = tools::folder("shared").join("plain.pdf");
    tools::ask("qpdf", "--qdf --object-streams=disable", &[&sample.path, &plain]);
    let bytes = std::fs::read(&plain).unwrap();
    let count = |words: &[u8]| bytes.windows(words.len()).filter(|w| *w == words).count();
    // The ground and the message are the same on all 200 stickers.
    assert_eq!((count(b"/Subtype /Form"), count(b"/F0 Do")), (1, 200));
}

#[test]
fn a_file_for_a_desk_asks_for_its_true_size_and_the_right_edge() {
    if !tools::have(&["qpdf"]) {
        return;
    }
    let preferences = |piece: &str, press: &str| {
        let sample = samples::imposed().iter().find(|s| s.artwork.piece == piece && s.artwork.press == press).unwrap();
        let catalogue = tools::ask("qpdf", "--json --json-key=qpdf", &[&sample.path]);
        let json: serde_json::Value = serde_json::from_str(&catalogue).unwrap();
        let objects = json["qpdf"][1].as_object().unwrap();
        objects.values().find_map(|o| o["value"].get("/ViewerPreferences").cloned()).unwrap()
    };
    let asked =
        |piece: &str, press: &str| (preferences(piece, press)["/PrintScaling"].clone(), preferences(piece, press)["/Duplex"].clone());
    assert_eq!(asked("to-roi", "office"), ("/None".into(), "/DuplexFlipLongEdge".into()));
    // Its paper lies across, so it is turned over its short edge.
    assert_eq!(asked("to-gap-ba", "office"), ("/None".into(), "/DuplexFlipShortEdge".into()));
    assert_eq!(asked("thong-bao-phong", "office"), ("/None".into(), "/Simplex".into()));
    assert_eq!(asked("to-roi", "offset").1, serde_json::Value::Null);
}

/// The words of the ticket of a campaign's only piece, and the codes of what was found.
fn ticket_of(name: &str, campaign: &str, own: Option<&str>) -> (String, Vec<String>) {
    let folder = tools::folder(name);
    ["press", "pack"].iter().for_each(|sub| std::fs::create_dir_all(folder.join(sub)).unwrap());
    own.iter().for_each(|format| std::fs::write(folder.join("pack/job-ticket.yaml"), format).unwrap());
    // Whatever the user's own office prints in, a ticket comes about.
    let office = std::fs::read_to_string("templates/press/office.yaml")
        .unwrap()
        .replace("colour: rgb", "colour: cmyk")
        .replace("pdf/a-2b", "pdf/x-4");
    std::fs::write(folder.join("press/office.yaml"), office).unwrap();
    let path = folder.join("campaign.yaml");
    std::fs::write(&path, campaign).unwrap();
    let (path, out) = (path.display().to_string(), folder.join("out"));
    let said = toroi(&["render", &path, "--pack", "--json", "-o", &out.display().to_string()], &folder);
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    let codes = json["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_string()).collect();
    let zip = std::fs::read_dir(&out).unwrap().map(|e| e.unwrap().path()).find(|p| p.extension().is_some_and(|e| e == "zip")).unwrap();
    tools::ask("unzip", "-q", &[&zip, Path::new("-d"), &folder]);
    let ticket =
        std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).find(|p| p.display().to_string().ends_with("-ticket.pdf")).unwrap();
    let said = tools::ask("pdftotext", "-layout", &[&ticket, Path::new("-")]);
    (said.split_whitespace().collect::<Vec<_>>().join(" "), codes)
}

#[test]
fn a_ticket_comes_about_whatever_it_has_to_say() {
    if !tools::have(&["unzip", "pdftotext"]) {
        return;
    }
    let sticker = |more: &str, piece: &str| {
        format!(
            "campaign: xe\n{more}pieces:\n  tem:\n    format: bus-sticker\n    {piece}\n    text: {{message: Quét mã xem lịch xe}}\n    qr: {{app: HTTPS://MO.VN/X/0001}}\n"
        )
    };
    let title = "Cài đặt 🎉 ứng dụng {{ x }} **đậm** & “ngoặc” ".repeat(12);
    let note = "Xin gọi trước khi giao hàng. ".repeat(60);
    let long =
        sticker(&format!("title: {title:?}\n"), &format!("press: vinyl\n    note: {note:?}\n    quantity: 2.000 tem 🚌\n    paper: Decal"));
    let (said, codes) = ticket_of("ticket-long", &long, None);
    assert!(said.contains("Cài đặt ? ứng dụng {{ x }} **đậm** & “ngoặc”") && said.contains("2.000 tem ?"), "{said}");
    assert!(said.contains("tên CutContour"), "{said}");
    assert_eq!(codes, ["ticket-cut"]);

    // An ink of its own is no cut.
    let ink = sticker("palette: {accent: {spot: PANTONE 123 C, cmyk: \"cmyk(0 24 94 0)\"}}\n", "size: label-99\n    press: offset");
    let (said, codes) = ticket_of("ticket-ink", &ink, None);
    assert!(said.contains("PANTONE 123 C (mực pha)") && !said.contains("Đường bế"), "{said}");
    assert!(!codes.iter().any(|code| code == "ticket-cut"));

    // A shop may have a ticket of its own.
    let own = "format: job-ticket\nsizes: {the: {trim: 210x297mm}}\nfields: {trim: {type: text}, note: {type: text}}\nstyles: {p: {size: 12pt}}\nsides:\n  - name: front\n    column: {padding: 20mm, children: [text: {value: \"Khổ: {{ trim }}. {{ note }}\", style: p}]}\n";
    let (said, _) = ticket_of("ticket-own", &sticker("", "press: vinyl\n    note: Giao buổi sáng"), Some(own));
    assert_eq!(said, "Khổ: 100 × 100 mm. Giao buổi sáng");
}
