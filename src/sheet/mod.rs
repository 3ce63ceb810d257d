//! Imposition: pages on the sheets that go through the press. A single piece is a 1×1 plan, so there is
//! one path. Crop marks and die lines are ordinary items.
//!
//! ```
//! use toroi::diag::{Located, Spot};
//! use toroi::files::{Files, Memory};
//! use toroi::geom::{Size, mm};
//! use toroi::limits::Limits;
//! use toroi::page::Page;
//! use toroi::sheet::{Plan, Wanted, impose};
//! use toroi::spec::{press, sheet};
//!
//! let world = Memory::default();
//! let files = Files::beside(&world, "campaign.yaml");
//! let office = files.template("press/", "office").unwrap().unwrap();
//! let office = press::read(&office.name, &office.bytes, &Limits::default()).0.unwrap();
//! let a4 = sheet::read("a4.yaml", b"sheet: a4\nstock: 210x297mm", &Limits::default()).0.unwrap();
//!
//! let a5 = Size { w: mm(148.0), h: mm(210.0) };
//! let wanted = Wanted { trim: a5, die: false, records: false, press: &office, margin: office.margin, first: 1 };
//! let how = sheet::Imposition::on(Located { value: "a4".into(), spot: Spot::default() });
//! let (plan, _) = Plan::on(&a4, &how, &wanted).unwrap();
//! let sheets = impose(vec![Page::blank(a5)], 1, &plan.fill(1), &plan, &office);
//! assert_eq!((sheets.len(), sheets[0].slots.len(), plan.turned), (1, 2, true));
//! ```

mod correct;
mod fold;
mod marks;
mod plan;

use crate::color::{Plate, Space};
use crate::geom::{PT_PER_MM, Rect, Size, Transform};
use crate::page::{self, Die, DieShape, Group, Item, Page, Polygons, Segment, Tag};
use crate::spec::press::Press;
use marks::Frame;
use plan::{MARK_LENGTH, MARK_OFFSET, SLUG};
use std::sync::Arc;

pub use correct::correct;
pub use fold::half_fold;
pub use plan::{Kind, Plan, Wanted};

/// One side of a sheet, ready to be written.
#[derive(Clone, Debug)]
pub struct Imposed {
    /// The whole sheet.
    pub media: Size,
    /// The trim of the piece, or of the sheet where it holds several.
    pub trim: Rect,
    /// The trim and its bleed.
    pub bleed: Rect,
    /// Everything on it; origin at the sheet's top left corner.
    pub items: Vec<Item>,
    /// The pages that it holds, and where their trims lie.
    pub slots: Vec<Slot>,
    /// Where a line may say what it is, outside the bleed.
    pub slug: Option<Rect>,
    /// Where the words of its ruler go: their room, under the transform of the ruler.
    pub ruler: Option<(Transform, Rect)>,
}

impl Imposed {
    /// A sheet with nothing around what is on it.
    pub fn of(media: Size, items: Vec<Item>) -> Imposed {
        let whole = Rect::of(media);
        Imposed { media, trim: whole, bleed: whole, items, slots: Vec::new(), slug: None, ruler: None }
    }
}

/// A page on a sheet.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Number of the slot on its sheet, from 1; the same on front and back.
    pub number: usize,
    /// Number of its record from 1; 0 for a piece without data.
    pub record: usize,
    /// Number of the side among its piece's sides, from 0.
    pub side: usize,
    /// Whether it is for the inner face of a window, and so left for right.
    pub inside_glass: bool,
    /// Its trim on the sheet, as it comes to lie on paper.
    pub rect: Rect,
    /// Which of the sheet's items is its art.
    item: usize,
}

/// From pieces to where guides to cut along begin, and how long they are, pt (1 mm and 6 mm).
const GUIDE_OFFSET: f64 = PT_PER_MM;
const GUIDE_LENGTH: f64 = PT_PER_MM * 6.0;

/// Faces of paper that so many sides take. On a desk both faces of the paper are printed one after the other: a last
/// face stays empty.
pub(crate) fn faces(sides: usize, press: &Press) -> usize {
    if press.margin.is_some() && sides > 1 { sides.next_multiple_of(2) } else { sides.max(1) }
}

/// Lays pages onto sheets: all sides of a sheet before the next. `pages` are in the order of copies, each with all
/// its sides; `filled` says for each sheet its slots and which copy is in each, as [`Plan::fill`] does for all.
pub fn impose(pages: Vec<Page>, sides: usize, filled: &[Vec<(usize, usize)>], plan: &Plan, press: &Press) -> Vec<Imposed> {
    let sides = sides.max(1);
    let faces = faces(sides, press);
    let apart = |mut page: Page| {
        let items: Arc<[Item]> = std::mem::take(&mut page.items).into();
        (page, items)
    };
    let pages: Vec<(Page, Arc<[Item]>)> = pages.into_iter().map(apart).collect();
    let mut sheets = Vec::new();
    for filled in filled {
        for side in 0..faces {
            let page = |copy: usize| pages.get(copy * sides + side).filter(|_| side < sides);
            let on_side = filled.iter().filter_map(|(slot, copy)| Some((*slot, page(*copy)?)));
            sheets.push(sheet(on_side, side, sides, plan, press));
        }
    }
    sheets
}

fn sheet<'p>(
    pages: impl Iterator<Item = (usize, &'p (Page, Arc<[Item]>))>,
    side: usize,
    sides: usize,
    plan: &Plan,
    press: &Press,
) -> Imposed {
    let back = side % 2 == 1;
    let mut imposed = Imposed::of(plan.stock, Vec::new());
    let mut folds: Vec<Fold> = Vec::new();
    let mut is_cut = false;
    for (slot, (page, items)) in pages {
        let at = plan.place(slot, back);
        let trim = Rect::of(page.trim);
        let rect = at.rect(trim);
        let bleed = share_of_gutter(plan, page);
        let clip = match page.die.as_ref().filter(|_| press.as_cut) {
            Some(die) => die.figures(trim).concat(),
            None => vec![Segment::Rect(bleed)],
        };
        imposed.slots.push(Slot {
            number: slot + 1,
            record: page.record,
            side: page.side,
            inside_glass: page.inside_glass,
            rect,
            item: imposed.items.len(),
        });
        imposed.items.push(Item::Group(Group { transform: at, clip, items: items.clone() }));
        let mut tools = Vec::new();
        if page.inside_glass || press.clear {
            tools.extend(marks::white(bleed, press));
        }
        let die = page
            .die
            .clone()
            .or_else(|| (plan.kind == Kind::ToCut && press.cuts_all()).then_some(Die { shape: DieShape::Rounded(0.0), hole: None }));
        // A sheet goes through a tool once, with its front up.
        if plan.kind == Kind::Single || plan.kind == Kind::ToCut && !back {
            if !(page.folds.is_empty() && page.perforations.is_empty()) {
                let shape = page.die.as_ref().map_or_else(|| vec![Segment::Rect(trim)], |die| die.figures(trim).concat());
                let piece = Polygons::of(&shape, Transform::IDENTITY);
                tools.extend(marks::creases(&page.folds, &piece, trim, press));
                tools.extend(marks::perforations(&page.perforations, &piece, trim, press));
            }
            tools.extend(die.iter().flat_map(|die| marks::die_line(die, trim, press)));
        }
        imposed.items.extend(tools.into_iter().map(|item| marks::moved(item, at)));
        for x in &page.folds {
            folds.push(Fold::between(at.point(*x, 0.0), at.point(*x, page.trim.h)));
        }
        is_cut |= die.is_some();
        if plan.kind == Kind::Single {
            imposed.trim = rect;
            imposed.bleed = rect.grown(page.bleed);
        }
    }
    folds.sort_by(|a, b| (a.upright, a.at).partial_cmp(&(b.upright, b.at)).unwrap_or(std::cmp::Ordering::Equal));
    folds.dedup_by(|a, b| a.upright == b.upright && (a.at - b.at).abs() < 1e-3);
    match (plan.kind, press.margin) {
        (Kind::Precut, _) => {}
        (Kind::Single | Kind::ToCut, None) => {
            let camera = is_cut && plan.kind == Kind::ToCut;
            press_marks(&mut imposed, plan, &folds, press, back, camera);
        }
        (Kind::ToCut, Some(_)) => desk_marks(&mut imposed, plan, &folds, press, side, sides),
        (Kind::Single, Some(_)) => {}
    }
    imposed
}

/// A fold across a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fold {
    /// Whether it runs from top to bottom.
    upright: bool,
    /// Its distance from the left, or from the top.
    at: f64,
}

impl Fold {
    fn between((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> Fold {
        let upright = (x - to_x).abs() < (y - to_y).abs();
        Fold { upright, at: if upright { x } else { y } }
    }
}

/// The bleed of a page in its own directions, up to the middle of the gutters, so that none prints over its neighbour.
fn share_of_gutter(plan: &Plan, page: &Page) -> Rect {
    let [across, down] = plan.gutters();
    let [across, down] = if plan.turned { [down, across] } else { [across, down] };
    let share = |gutter: Option<f64>| gutter.map_or(page.bleed, |g| (g / 2.0).clamp(0.0, page.bleed));
    let (x, y) = (share(across), share(down));
    Rect { x: -x, y: -y, w: page.trim.w + 2.0 * x, h: page.trim.h + 2.0 * y }
}

/// Marks of a press around one piece, or around all pieces of a sheet.
fn press_marks(imposed: &mut Imposed, plan: &Plan, folds: &[Fold], press: &Press, back: bool, camera: bool) {
    let frame = frame(plan, press, back, (press.bleed.max(MARK_OFFSET), MARK_LENGTH));
    let inks = own_inks(&imposed.items);
    let marks = press.marks;
    if marks.crop {
        imposed.items.extend(frame.crop());
    }
    if marks.fold {
        imposed.items.extend(frame.fold(folds));
    }
    if marks.registration {
        imposed.items.extend(frame.registration(folds, &inks));
    }
    if marks.colour_bar && press.space == Space::Cmyk {
        imposed.items.extend(frame.colour_bar(folds, &inks));
    }
    if marks.camera && camera && !back {
        imposed.items.extend(frame.camera(press.bleed));
    }
    let below = Rect { y: frame.block.bottom() + frame.offset + frame.length, h: SLUG, ..frame.block };
    imposed.slug = (marks.slug && frame.room.holds(&below, 0.01)).then_some(below);
}

/// What helps at a desk: guides to cut along, where to fold, a ruler to see whether it was printed at its true size.
fn desk_marks(imposed: &mut Imposed, plan: &Plan, folds: &[Fold], press: &Press, side: usize, sides: usize) {
    let frame = frame(plan, press, side % 2 == 1, (GUIDE_OFFSET, GUIDE_LENGTH));
    let marks = press.marks;
    if marks.guides {
        imposed.items.extend(frame.crop());
    }
    // Folded to the inside, they do not show: the last side is the inner one.
    if marks.fold && side + 1 == sides {
        imposed.items.extend(frame.fold_or_tick(folds));
    }
    if marks.ruler && side.is_multiple_of(2) {
        let ruler = frame.room_for_ruler();
        imposed.items.extend(ruler.map(|at| marks::ruler(at, press)));
        imposed.ruler = ruler.map(|at| (at, marks::WORDS_OF_RULER));
    }
}

fn frame(plan: &Plan, press: &Press, back: bool, (offset, length): (f64, f64)) -> Frame {
    let slots: Vec<Rect> = (0..plan.slots()).map(|slot| plan.place(slot, back).rect(Rect::of(plan.piece))).collect();
    let cuts = |edges: Vec<f64>| {
        let mut edges = edges;
        edges.sort_by(f64::total_cmp);
        edges.dedup_by(|a, b| (*a - *b).abs() < 1e-3);
        edges
    };
    Frame {
        block: Rect::around(slots.iter().flat_map(|r| [(r.x, r.y), (r.right(), r.bottom())])),
        xs: cuts(slots.iter().flat_map(|r| [r.x, r.right()]).collect()),
        ys: cuts(slots.iter().flat_map(|r| [r.y, r.bottom()]).collect()),
        offset,
        length,
        room: Rect::of(plan.stock).grown(-plan.margin),
        space: press.space,
        over: back.then_some(plan.like_a_book()),
    }
}

/// Inks that are mixed before printing; not the plates of tools and white.
fn own_inks(items: &[Item]) -> Vec<Arc<Plate>> {
    let mut found = Vec::new();
    page::plates(items, &mut found);
    found.into_iter().filter(|plate| plate.step.is_none()).cloned().collect()
}

/// Every ink and tool of some sheets that has a plate of its own, in the order in which they are painted, each once.
pub fn plates(sheets: &[Imposed]) -> Vec<&Arc<Plate>> {
    let mut found = Vec::new();
    sheets.iter().for_each(|sheet| page::plates(&sheet.items, &mut found));
    found
}

/// The tags of a sheet with their places on it, and the slots that they are in.
pub fn tags(sheet: &Imposed) -> Vec<(&Slot, Tag)> {
    let placed = sheet.slots.iter().flat_map(|slot| {
        let group = art(sheet, slot);
        let at = move |tag: Tag| Tag { rect: group.map_or(tag.rect, |group| group.transform.rect(tag.rect)), ..tag };
        let items: &[Item] = group.map_or(&[], |group| &group.items);
        page::tags(items).into_iter().map(move |tag| (slot, at(tag)))
    });
    placed.collect()
}

/// What is printed in a slot, under the transform that brings it there.
pub fn art<'s>(sheet: &'s Imposed, slot: &Slot) -> Option<&'s Group> {
    match sheet.items.get(slot.item) {
        Some(Item::Group(group)) => Some(group),
        _ => None,
    }
}
