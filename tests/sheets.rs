//! Imposition, on any piece, stock, margin, gutter, order and count.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use toroi::color::Colour;
use toroi::diag::{Located, Problem, Spot};
use toroi::files::Disk;
use toroi::geom::{Rect, Size, mm, to_mm};
use toroi::limits::Limits;
use toroi::page::{Die, DieShape, Item, Page, Path, Segment, hull};
use toroi::render::{Artwork, Options, Proof, render};
use toroi::sheet::{Imposed, Plan, Wanted, art, correct, impose};
use toroi::spec::press::{self, Press};
use toroi::spec::printer::{Printer, Turn};
use toroi::spec::sheet::{Flip, Imposition, Order, SheetSpec};

/// A hundredth of a millimetre, pt.
const NEAR: f64 = 0.028;

#[derive(Clone, Debug)]
struct Job {
    piece: Size,
    stock: Size,
    margin: Option<f64>,
    gutter: Option<f64>,
    order: Order,
    flip: Flip,
    sides: usize,
    copies: usize,
    first: usize,
    desk: bool,
}

impl Job {
    fn plan(&self) -> Result<Plan, Problem> {
        let sheet = SheetSpec { name: "s".into(), label: None, stock: self.stock, slots: None, margin: None, gutter: None };
        let name = Located { value: "s".to_string(), spot: Spot::default() };
        let how = Imposition {
            margin: self.margin.map(mm),
            gutter: self.gutter.map(mm),
            order: Some(self.order),
            flip: Some(self.flip),
            ..Imposition::on(name)
        };
        let press = self.press();
        let wanted = Wanted { trim: self.piece, die: false, records: true, press: &press, margin: press.margin, first: self.first };
        Plan::on(&sheet, &how, &wanted).map(|(plan, _)| plan)
    }

    fn press(&self) -> Press {
        let text = if self.desk { "press: p\ncolour: rgb\nmargin: 7mm\n" } else { "press: p\ncolour: cmyk\nbleed: 2mm\n" };
        press::read("p.yaml", text.as_bytes(), &Limits::default()).0.unwrap()
    }

    fn sheets(&self, plan: &Plan) -> Vec<Imposed> {
        let page = |i: usize| Page { record: i / self.sides + 1, side: i % self.sides, ..Page::blank(self.piece) };
        let pages = (0..self.copies * self.sides).map(page).collect();
        impose(pages, self.sides, &plan.fill(self.copies), plan, &self.press())
    }
}

fn size(least: f64, most: f64) -> impl Strategy<Value = Size> {
    (least..most, least..most).prop_map(|(w, h)| Size { w: mm(w), h: mm(h) })
}

fn job() -> impl Strategy<Value = Job> {
    let order = prop_oneof![Just(Order::Repeat), Just(Order::Sequence), Just(Order::CutAndStack)];
    let flip = prop_oneof![Just(Flip::LongEdge), Just(Flip::ShortEdge)];
    let piece = prop_oneof![size(20.0, 330.0), Just(a(148.0, 210.0)), Just(a(105.0, 148.0)), Just(a(99.0, 210.0))];
    let stock = prop_oneof![size(100.0, 500.0), Just(a(210.0, 297.0)), Just(a(297.0, 210.0)), Just(a(450.0, 320.0))];
    let room = (proptest::option::of(0.0..20.0), proptest::option::of(0.0..12.0));
    let counts = (1usize..=5, 1usize..=60, 1usize..=6);
    (piece, stock, room, order, flip, counts, any::<bool>()).prop_map(
        |(piece, stock, (margin, gutter), order, flip, (sides, copies, first), desk)| Job {
            piece,
            stock,
            margin,
            gutter,
            order,
            flip,
            sides,
            copies,
            first: if order == Order::CutAndStack { 1 } else { first },
            desk,
        },
    )
}

fn a(w: f64, h: f64) -> Size {
    Size { w: mm(w), h: mm(h) }
}

#[test]
fn every_record_stands_once_in_its_slot_and_backs_fall_on_their_fronts() {
    let mut runner = TestRunner::new(Config { cases: 3000, failure_persistence: None, ..Config::default() });
    let planned = std::cell::Cell::new(0);
    let judged = runner.run(&job(), |job| {
        match job.plan() {
            Ok(plan) => {
                planned.set(planned.get() + 1);
                judge(&job, &plan)?;
            }
            Err(Problem::SlotBeyond { slot, slots }) => prop_assert!(slot == job.first && slots < job.first),
            Err(Problem::PieceTooLarge { .. }) => {
                // What is refused fits no way.
                let margin = mm(if job.desk { job.margin.unwrap_or(7.0) } else { job.margin.unwrap_or(4.0) + 2.0 });
                let room = Size { w: job.stock.w - 2.0 * margin, h: job.stock.h - 2.0 * margin };
                let Size { w, h } = job.piece;
                prop_assert!((w > room.w || h > room.h) && (h > room.w || w > room.h), "{job:?}");
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
        Ok(())
    });
    judged.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(planned.get() > 1000, "only {} plans were judged", planned.get());
}

fn judge(job: &Job, plan: &Plan) -> Result<(), TestCaseError> {
    let sheets = job.sheets(plan);
    let stock = Rect::of(plan.stock);
    let slots: Vec<Rect> = (0..plan.slots()).map(|slot| plan.slot_at(slot)).collect();
    for (i, slot) in slots.iter().enumerate() {
        prop_assert!(stock.holds(slot, NEAR), "slot {i} off the stock");
        prop_assert!(slots[..i].iter().all(|other| !slot.overlaps(other, NEAR)), "slot {i} over another");
    }
    let gutter = mm(job.gutter.unwrap_or(if job.desk { 0.0 } else { 4.0 }));
    let asked = Rect::of(plan.stock).grown(-mm(job.margin.unwrap_or(if job.desk { 7.0 } else { 4.0 })));
    // On a desk pieces may fill the paper, where nothing is said of margin and gutter.
    let fills = job.desk && job.margin.is_none() && job.gutter.is_none() && !slots.iter().all(|slot| asked.holds(slot, NEAR));
    if fills {
        let area: f64 = slots.iter().map(|slot| slot.w * slot.h).sum();
        let left = plan.stock.w * plan.stock.h - area;
        prop_assert!(left <= mm(2.0) * (plan.stock.w + plan.stock.h), "{left} is left of the paper");
    } else {
        prop_assert!(slots.iter().all(|slot| asked.holds(slot, NEAR)), "a slot in the margin");
        for (i, slot) in slots.iter().enumerate() {
            let apart = |other: &Rect| !slot.grown(gutter - NEAR).overlaps(other, NEAR);
            prop_assert!(slots[..i].iter().all(apart), "slots closer than the gutter");
        }
    }
    let faces = if job.desk && job.sides > 1 { job.sides.next_multiple_of(2) } else { job.sides };
    prop_assert_eq!(sheets.len() % faces, 0);
    let fronts: Vec<&Imposed> = sheets.iter().step_by(faces).collect();
    let places: Vec<(usize, usize, usize)> =
        fronts.iter().enumerate().flat_map(|(i, sheet)| sheet.slots.iter().map(move |s| (i, s.number, s.record))).collect();
    let free = plan.slots() - (job.first - 1);
    match job.order {
        Order::Repeat => {
            prop_assert_eq!(fronts.len(), job.copies);
            prop_assert!(places.iter().all(|(sheet, _, record)| *record == sheet + 1));
            prop_assert_eq!(places.len(), free + (job.copies - 1) * plan.slots());
        }
        Order::Sequence => {
            let read: Vec<usize> = places.iter().map(|(_, _, record)| *record).collect();
            prop_assert_eq!(read, (1..=job.copies).collect::<Vec<_>>());
            prop_assert_eq!(fronts.len(), 1 + job.copies.saturating_sub(free).div_ceil(plan.slots()));
        }
        Order::CutAndStack => {
            let mut piles = places.clone();
            piles.sort_by_key(|(sheet, slot, _)| (*slot, *sheet));
            let read: Vec<usize> = piles.iter().map(|(_, _, record)| *record).collect();
            prop_assert_eq!(read, (1..=job.copies).collect::<Vec<_>>());
            prop_assert_eq!(fronts.len(), job.copies.div_ceil(plan.slots()));
        }
    }
    prop_assert!(places.iter().all(|(sheet, slot, _)| *sheet > 0 || *slot >= job.first));
    prop_assert!(fronts.iter().all(|sheet| !sheet.slots.is_empty()), "an empty sheet");
    for sheet in &fronts {
        for slot in &sheet.slots {
            prop_assert!(slots[slot.number - 1].holds(&slot.rect, NEAR), "record {} out of its slot", slot.record);
        }
    }
    for pair in sheets.chunks(faces).flat_map(|sheet| sheet.chunks(2)).filter(|pair| pair.len() == 2 && !pair[1].slots.is_empty()) {
        for (front, back) in pair[0].slots.iter().zip(&pair[1].slots) {
            prop_assert_eq!((front.record, front.number, front.side + 1), (back.record, back.number, back.side));
            prop_assert!(front.side % 2 == 0);
            prop_assert_eq!(pair[0].slots.len(), pair[1].slots.len());
            let (over, up) = (plan.place(front.number - 1, false), plan.place(front.number - 1, true));
            // A pin through a corner of the front comes out behind it.
            for (u, v) in [(0.0, 0.0), (job.piece.w, 0.0), (job.piece.w / 3.0, job.piece.h)] {
                let (x, y) = over.point(u, v);
                let Size { w, h } = plan.stock;
                let long_edge_is_upright = h >= w;
                let behind = if long_edge_is_upright == (job.flip == Flip::LongEdge) { (w - x, y) } else { (x, h - y) };
                let found = up.point(job.piece.w - u, v);
                prop_assert!((behind.0 - found.0).hypot(behind.1 - found.1) < NEAR, "{behind:?} {found:?}");
            }
            prop_assert!(!up.mirrors());
        }
    }
    Ok(())
}

#[test]
fn the_last_sheet_is_kept() {
    let job = |copies: usize, piece: Size| Job {
        piece,
        stock: a(210.0, 297.0),
        margin: None,
        gutter: None,
        order: Order::Sequence,
        flip: Flip::LongEdge,
        sides: 1,
        copies,
        first: 1,
        desk: true,
    };
    let ten = Job { margin: Some(0.0), ..job(11, a(100.0, 58.0)) };
    let jobs = [(job(7, a(105.0, 148.0)), 4, 2), (ten, 10, 2), (job(4, a(148.0, 210.0)), 2, 2), (job(5, a(148.0, 210.0)), 2, 3)];
    for (job, up, sheets) in jobs {
        let plan = job.plan().unwrap();
        assert_eq!((plan.slots(), job.sheets(&plan).len()), (up, sheets));
    }
}

fn marked(marks: &str) -> Press {
    press::read("p.yaml", format!("press: p\ncolour: cmyk\nbleed: 3mm\nmarks: [{marks}]\n").as_bytes(), &Limits::default()).0.unwrap()
}

fn round(r: Rect) -> [f64; 4] {
    [r.x, r.y, r.w, r.h].map(|v| (to_mm(v) * 100.0).round() / 100.0)
}

fn squares(records: usize) -> Vec<Page> {
    (1..=records).map(|record| Page { record, bleed: mm(3.0), ..Page::blank(a(100.0, 100.0)) }).collect()
}

#[test]
fn a_single_page_has_bleed_and_room_for_marks() {
    let single = |press: &Press| {
        let plan = Plan::single(a(100.0, 100.0), press);
        impose(squares(1), 1, &plan.fill(1), &plan, press).remove(0)
    };
    let sheet = single(&marked("crop"));
    assert_eq!((round(Rect::of(sheet.media)), round(sheet.trim)), ([0.0, 0.0, 116.0, 116.0], [8.0, 8.0, 100.0, 100.0]));
    assert_eq!(round(sheet.bleed), [5.0, 5.0, 106.0, 106.0]);
    let plain = single(&marked(""));
    assert_eq!((round(Rect::of(plain.media)), round(plain.bleed)), ([0.0, 0.0, 106.0, 106.0], [0.0, 0.0, 106.0, 106.0]));
}

#[test]
fn art_ends_with_its_bleed_and_in_the_middle_of_a_gutter() {
    let clip = |gutter: f64| {
        let how = Imposition { gutter: Some(mm(gutter)), ..Imposition::on(Located { value: "s".to_string(), spot: Spot::default() }) };
        let sheet = SheetSpec { name: "s".into(), label: None, stock: a(450.0, 120.0), slots: None, margin: None, gutter: None };
        let press = marked("");
        let wanted = Wanted { trim: a(100.0, 100.0), die: false, records: true, press: &press, margin: None, first: 1 };
        let (plan, doubts) = Plan::on(&sheet, &how, &wanted).unwrap();
        let imposed = impose(squares(4), 1, &plan.fill(4), &plan, &press).remove(0);
        let clip = round(hull(&art(&imposed, &imposed.slots[1]).unwrap().clip));
        (clip, doubts)
    };
    assert_eq!(clip(6.0), ([-3.0, -3.0, 106.0, 106.0], Vec::new()));
    let (narrow, doubts) = clip(2.0);
    assert_eq!(narrow, [-1.0, -3.0, 102.0, 106.0]);
    assert!(matches!(doubts.as_slice(), [Problem::GutterNarrow { axis: 'x', .. }]), "{doubts:?}");
}

/// What the guides of a sheet say: lines from top to bottom, and from left to right, pt.
fn guides(sheet: &Imposed) -> (Vec<f64>, Vec<f64>) {
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    // Ticks of the ruler are shorter, sides of cut lines longer.
    let is_guide = |length: f64| (mm(4.0)..mm(10.0)).contains(&length.abs());
    for item in &sheet.items {
        let Item::Path(Path { segments, fill: None, .. }) = item else { continue };
        for pair in segments.chunks(2) {
            match pair {
                [Segment::Move(x, y), Segment::Line(to_x, to_y)] if (x - to_x).abs() < 1e-9 && is_guide(y - to_y) => xs.push(*x),
                [Segment::Move(x, y), Segment::Line(to_x, to_y)] if (y - to_y).abs() < 1e-9 && is_guide(x - to_x) => ys.push(*y),
                _ => {}
            }
        }
    }
    (xs, ys)
}

fn made(piece: &str) -> Artwork {
    let options = Options {
        pieces: vec![piece.into()],
        presses: vec!["office".into()],
        records: Some((1, 2)),
        sheet: Some("a4".into()),
        proof: Proof::Off,
        items: true,
        ..Options::default()
    };
    render(&Disk, "examples/bluezone/campaign.yaml", &options).artworks.remove(0)
}

#[test]
fn a4_cut_along_its_middle_is_two_of_a5() {
    for sheet in &made("to-roi").sheets {
        assert_eq!((sheet.media, sheet.slots.len()), (a(210.0, 297.0), 2));
        let middle = sheet.media.h / 2.0;
        for slot in &sheet.slots {
            let half = if slot.rect.y < middle {
                Rect { h: middle, ..Rect::of(sheet.media) }
            } else {
                Rect { y: middle, h: middle, ..Rect::of(sheet.media) }
            };
            // The half is 210 × 148.5 mm, the piece 210 × 148, and within it.
            assert!(half.holds(&slot.rect, NEAR));
            assert!((half.h - slot.rect.h).abs() <= mm(0.5) + 1e-9 && (half.w - slot.rect.w).abs() < NEAR);
        }
    }
}

#[test]
fn stickers_cut_along_their_guides_are_exact() {
    let sheet = made("tem-xe").sheets.remove(0);
    let (xs, ys) = guides(&sheet);
    assert_eq!(sheet.slots.len(), 2);
    for slot in &sheet.slots {
        for (lines, edges) in [(&xs, [slot.rect.x, slot.rect.right()]), (&ys, [slot.rect.y, slot.rect.bottom()])] {
            for edge in edges {
                // One at each end of the cut.
                assert_eq!(lines.iter().filter(|line| (*line - edge).abs() < NEAR).count(), 2, "{} in {lines:?}", to_mm(edge));
            }
        }
        assert!((to_mm(slot.rect.w) - 100.0).abs() < 0.01 && (to_mm(slot.rect.h) - 100.0).abs() < 0.01);
    }
}

#[test]
fn an_odd_number_of_sides_leaves_the_last_back_empty_on_a_desk() {
    let job = |desk: bool| Job {
        piece: a(105.0, 148.0),
        stock: a(210.0, 297.0),
        margin: None,
        gutter: None,
        order: Order::Sequence,
        flip: Flip::LongEdge,
        sides: 3,
        copies: 5,
        first: 1,
        desk,
    };
    let slots = |job: Job| -> Vec<usize> { job.sheets(&job.plan().unwrap()).iter().map(|sheet| sheet.slots.len()).collect() };
    assert_eq!(slots(job(true)), [4, 4, 4, 0, 1, 1, 1, 0]);
    assert!(slots(job(false)).iter().all(|slots| *slots > 0));
}

/// What a printer does to a place on paper that runs through it upright; backs as seen once the paper is turned over its
/// long edge; pt.
fn printed((x, y): (f64, f64), back: bool) -> (f64, f64) {
    (0.98 * x + mm(1.2) + if back { mm(0.6) } else { 0.0 }, 0.985 * y - mm(0.8))
}

#[test]
fn fronts_and_backs_are_put_right_whichever_way_the_paper_lies_and_turns() {
    let (portrait, across) = (a(210.0, 297.0), a(297.0, 210.0));
    let papers = [(portrait, Flip::LongEdge), (portrait, Flip::ShortEdge), (across, Flip::LongEdge), (across, Flip::ShortEdge)];
    for ((stock, flip), landscape) in
        papers.into_iter().flat_map(|paper| [Turn::CounterClockwise, Turn::Clockwise].map(|turn| (paper, turn)))
    {
        let printer = Printer { shift: (mm(1.2), mm(-0.8)), scale: (0.98, 0.985), back: (mm(0.6), 0.0), landscape, ..Printer::exact("p") };
        let job = Job {
            piece: a(80.0, 50.0),
            stock,
            margin: None,
            gutter: None,
            order: Order::Sequence,
            flip,
            sides: 2,
            copies: 3,
            first: 1,
            desk: true,
        };
        let plan = job.plan().unwrap();
        let meant = job.sheets(&plan);
        let mut sent = job.sheets(&plan);
        correct(&mut sent, &plan, &printer);
        for (page, (meant, sent)) in meant.iter().zip(&sent).enumerate() {
            let back = page % 2 == 1;
            // Paper that lies across runs through turned a quarter; a back that is turned over the short edge of
            // its paper is the other way up.
            let paper = |(u, v): (f64, f64)| {
                let Size { w, h } = stock;
                let other_way_up = back && flip == Flip::ShortEdge;
                match (w > h, other_way_up != (landscape == Turn::Clockwise && w > h)) {
                    (false, false) => (u, v),
                    (false, true) => (w - u, h - v),
                    (true, false) => (v, w - u),
                    (true, true) => (h - v, u),
                }
            };
            for (was, now) in meant.slots.iter().zip(&sent.slots) {
                let (was, now) = (art(meant, was).unwrap().transform, art(sent, now).unwrap().transform);
                for corner in [(0.0, 0.0), (mm(80.0), 0.0), (mm(30.0), mm(50.0))] {
                    let wanted = paper(was.point(corner.0, corner.1));
                    let landed = printed(paper(now.point(corner.0, corner.1)), back);
                    assert!(
                        (wanted.0 - landed.0).hypot(wanted.1 - landed.1) < NEAR,
                        "{stock:?} {flip:?} page {page}: {wanted:?} {landed:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn marks_give_way_to_pieces_and_stay_where_the_sheet_is_printed_on() {
    let sra3 = SheetSpec { name: "sra3".into(), label: None, stock: a(450.0, 320.0), slots: None, margin: Some(mm(4.0)), gutter: None };
    let offset =
        press::read("offset.yaml", std::fs::read("templates/press/offset.yaml").unwrap().as_slice(), &Limits::default()).0.unwrap();
    let vinyl = press::read("vinyl.yaml", std::fs::read("templates/press/vinyl.yaml").unwrap().as_slice(), &Limits::default()).0.unwrap();
    for (press, piece, die, copies) in [
        (&offset, a(148.0, 210.0), false, 4),
        (&offset, a(105.0, 148.0), false, 6),
        (&offset, a(210.0, 297.0), false, 2),
        (&vinyl, a(100.0, 100.0), true, 12),
        (&vinyl, a(148.0, 210.0), false, 4),
    ] {
        let how = Imposition::on(Located { value: "sra3".to_string(), spot: Spot::default() });
        let wanted = Wanted { trim: piece, die: die || press.cuts_all(), records: false, press, margin: None, first: 1 };
        let (plan, doubts) = Plan::on(&sra3, &how, &wanted).unwrap();
        assert_eq!(plan.slots(), copies, "{piece:?}");
        assert!(doubts.iter().all(|doubt| matches!(doubt, Problem::NoRegistration { .. })), "{doubts:?}");
        let die = die.then_some(Die { shape: DieShape::Rounded(mm(5.0)), hole: None });
        let page = Page { bleed: press.bleed, die, ..Page::blank(piece) };
        let sheet = impose(vec![page], 1, &plan.fill(1), &plan, press).remove(0);
        let room = Rect::of(plan.stock).grown(-mm(4.0));
        let marks = sheet.items.iter().filter_map(|item| match item {
            Item::Path(path) => Some(hull(&path.segments)),
            _ => None,
        });
        let marks: Vec<Rect> = marks.collect();
        assert!(!marks.is_empty() && marks.iter().all(|mark| room.holds(mark, NEAR)), "{piece:?}: {marks:?}");
        let cuts = sheet
            .items
            .iter()
            .filter(|item| matches!(item, Item::Path(Path { stroke: Some(s), .. }) if matches!(&s.ink, Colour::Spot(..))))
            .count();
        // A cutter cuts straight edges too; a guillotine has its crop marks.
        assert_eq!(cuts, if press.cuts_all() { copies } else { 0 }, "{piece:?}");
    }
}
