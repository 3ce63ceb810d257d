//! The proof sheet, by what is seen on it.

use std::collections::BTreeMap;
use toroi::diag::Lang;
use toroi::files::{Disk, Memory};
use toroi::geom::{Rect, mm, to_mm};
use toroi::page::tags;
use toroi::preview::{Preview, Raster};
use toroi::render::{Options, Outcome, Proof, contact_sheet, render};
use toroi::sheet::art;

const PPI: f64 = 300.0;
/// Colours of the sheet.
const TRIM: [u8; 3] = [0x00, 0xA0, 0xDC];
const WARNING: [u8; 3] = [0xD9, 0x6A, 0x00];
/// Above this are pieces, below it what lines mean; pt.
const BODY_END: f64 = 745.0;

const LONG: &str = "Lên xe, quét mã cài ứng dụng xem giờ chạy và điểm dừng của tất cả các tuyến xe trong tỉnh";

fn options() -> Options {
    Options { proof: Proof::Off, items: true, allow: vec!["overflow".into(), "box-too-large".into()], ..Options::default() }
}

fn stickers(message: &str, records: usize) -> Outcome {
    let campaign = format!(
        "campaign: xe-buyt\ntitle: Xe buýt\npieces:\n  tem:\n    format: bus-sticker\n    size: label-80\n    press: office\n    data: xe.csv\n    \
         text: {{message: \"{message}\", plate: \"{{{{ bien }}}}\"}}\n    qr: {{app: \"HTTPS://MO.VN/{{{{ bien }}}}\"}}\n"
    );
    let rows: String = (1..=records).map(|i| format!("B{i:04}\n")).collect();
    let world = Memory(BTreeMap::from([
        ("campaign.yaml".to_string(), campaign.into_bytes()),
        ("xe.csv".to_string(), format!("bien\n{rows}").into_bytes()),
    ]));
    let outcome = render(&world, "campaign.yaml", &options());
    assert!(!outcome.artworks.is_empty(), "{:#?}", outcome.findings);
    outcome
}

fn pages(outcome: &Outcome) -> Vec<Raster> {
    let preview = Preview::open(contact_sheet(outcome, Lang::Vi).unwrap()).unwrap();
    (0..preview.pages()).map(|page| preview.page(page, PPI).unwrap()).collect()
}

fn is_near(raster: &Raster, x: usize, y: usize, colour: [u8; 3]) -> bool {
    let at = 3 * (y * raster.width + x);
    raster.rgb[at..at + 3].iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= 24)
}

/// The trim of the first piece of a page, pt.
fn first_trim(raster: &Raster) -> Rect {
    let (scale, end) = (72.0 / PPI, (BODY_END * PPI / 72.0) as usize);
    // The number of a finding may lie on it, narrower than what is between two pieces.
    let row = |y: usize| (0..raster.width).filter(|x| is_near(raster, *x, y, TRIM)).collect::<Vec<_>>();
    let top = (0..end).find(|y| row(*y).len() > 200).unwrap();
    let line = row(top);
    let right = line.windows(2).find(|pair| pair[1] - pair[0] > 60).map_or(line[line.len() - 1], |pair| pair[0]);
    let (left, right) = (line[0] as f64, right as f64 + 1.0);
    let bottom = (top + 1..end)
        .find(|y| row(*y).iter().filter(|x| (left..right).contains(&(**x as f64))).count() as f64 > 0.8 * (right - left) && *y > top + 80);
    let bottom = bottom.unwrap() as f64 + 1.0;
    Rect { x: left * scale, y: top as f64 * scale, w: (right - left) * scale, h: (bottom - top as f64) * scale }
}

/// The share of a square around a place that has a colour.
fn share(raster: &Raster, (x, y): (f64, f64), half: f64, colour: [u8; 3]) -> f64 {
    let pixel = |at: f64| (at * PPI / 72.0).max(0.0) as usize;
    let (xs, ys) = (pixel(x - half)..pixel(x + half), pixel(y - half)..pixel(y + half));
    let all = xs.len() * ys.len();
    let hits = ys.flat_map(|y| xs.clone().map(move |x| (x, y))).filter(|(x, y)| is_near(raster, *x, *y, colour)).count();
    hits as f64 / all as f64
}

#[test]
fn a_finding_is_marked_at_the_box_that_it_is_about() {
    let outcome = stickers(LONG, 1);
    let finding = outcome.findings.iter().find(|finding| finding.code() == "overflow").unwrap();
    let artwork = &outcome.artworks[0];
    let sheet = &artwork.sheets[0];
    let tags = tags(&art(sheet, &sheet.slots[0]).unwrap().items);
    let in_box = tags.iter().find(|tag| Some(&tag.in_box) == finding.place.in_box.as_ref()).unwrap().rect;
    // What overflows reaches over the edge; of that nothing is seen.
    let [w, h] = artwork.trim_mm.map(mm);
    let in_box = in_box.shared(&Rect { x: 0.0, y: 0.0, w, h });
    let raster = &pages(&outcome)[0];
    assert_eq!((raster.width, raster.height), (2480, 3508), "A4 at 300 ppi");
    let trim = first_trim(raster);
    let scale = to_mm(trim.w) / artwork.trim_mm[0];
    assert!((0.5..=0.63).contains(&scale), "{scale}");
    let place = |x: f64, y: f64| (trim.x + scale * x, trim.y + scale * y);
    // Its number at the corner, its outline along all four sides, and none of it in its midst or elsewhere.
    let (x, y) = place(in_box.x, in_box.y);
    assert!(share(raster, (x - 3.0, y - 3.0), 5.0, WARNING) > 0.4);
    let (middle_x, middle_y) = (in_box.x + in_box.w / 2.0, in_box.y + in_box.h / 2.0);
    for (x, y) in [(in_box.right(), middle_y), (in_box.x, middle_y), (middle_x, in_box.y), (middle_x, in_box.bottom())] {
        assert!(share(raster, place(x, y), 2.5, WARNING) > 0.1, "{x} {y}");
    }
    assert_eq!(share(raster, place(middle_x, middle_y), 4.0, WARNING), 0.0);
    assert_eq!(share(raster, place(middle_x, in_box.bottom() + 30.0), 8.0, WARNING), 0.0);
}

#[test]
fn a_thousand_records_are_few_pages_and_the_same_bytes_twice() {
    let outcome = stickers("Quét mã xem lịch xe", 1000);
    let sheet = contact_sheet(&outcome, Lang::En).unwrap();
    assert_eq!(Preview::open(sheet.clone()).unwrap().pages(), 1);
    assert!(sheet == contact_sheet(&outcome, Lang::En).unwrap());
}

#[test]
fn a_piece_turned_on_its_sheet_is_shown_upright() {
    let seen = |sheet: Option<&str>| {
        let asked = Options { pieces: vec!["to-roi".into()], presses: vec!["office".into()], sheet: sheet.map(String::from), ..options() };
        let outcome = render(&Disk, "examples/bluezone/campaign.yaml", &asked);
        let [a, b, ..] = art(&outcome.artworks[0].sheets[0], &outcome.artworks[0].sheets[0].slots[0]).unwrap().transform.0;
        let raster = pages(&outcome).remove(0);
        let trim = first_trim(&raster);
        let at = |i: usize| {
            let share = |n: usize| (n as f64 + 0.5) / 40.0;
            let (x, y) = (trim.x + share(i % 40) * trim.w, trim.y + share(i / 40) * trim.h);
            f64::from(raster.grey((x * PPI / 72.0) as usize, (y * PPI / 72.0) as usize))
        };
        (a.abs() < b.abs(), (0..1600).map(at).collect::<Vec<f64>>())
    };
    let ((turned, on_sheet), (alone_turned, alone)) = (seen(None), seen(Some("none")));
    assert_eq!((turned, alone_turned), (true, false));
    let far = on_sheet.iter().zip(&alone).filter(|(a, b)| (*a - *b).abs() > 60.0).count();
    assert!(far < 160, "{far} of 1600 places differ");
}

/// What is wrong with the whole campaign is said, also where there is nothing to show.
#[test]
fn without_pieces_there_is_a_sheet() {
    let outcome = render(&Memory::default(), "campaign.yaml", &options());
    assert_eq!(pages(&outcome).len(), 1);
}
