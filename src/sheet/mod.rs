//! Imposition: pages on the sheets that go through the press. A single piece is a 1×1 plan, so there is
//! one path. Crop marks and die lines are ordinary items.

mod marks;

use crate::color::{Plate, Space};
use crate::geom::{Rect, Size, Transform};
use crate::page::{self, Group, Item, Page, Polygons, Segment, Tag};
use crate::spec::press::Press;
use crate::spec::sheet::{Grid, SheetSpec};
use marks::Frame;
use std::sync::Arc;

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
}

/// A page on a sheet.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Number of its record from 1; 0 for a piece without data.
    pub record: usize,
    /// Number of the side among its piece's sides, from 0.
    pub side: usize,
    /// Whether it is for the inner face of a window, and so left for right.
    pub inside_glass: bool,
    /// Its trim on the sheet.
    pub rect: Rect,
}

/// Where pages go.
#[derive(Clone, Debug)]
pub struct Plan {
    stock: Option<Size>,
    grid: Grid,
    margin: f64,
}

/// From the trim to where crop marks begin, at least; and how long they are, pt (3 mm and 5 mm).
const MARK_OFFSET: f64 = crate::geom::PT_PER_MM * 3.0;
const MARK_LENGTH: f64 = crate::geom::PT_PER_MM * 5.0;
/// Height of the slug line, pt (3 mm): with the marks A3 stays within the 320 mm of SRA3.
const SLUG: f64 = crate::geom::PT_PER_MM * 3.0;

impl Plan {
    /// One page on a sheet of its own, with room for bleed and marks.
    pub fn single(press: &Press) -> Plan {
        let slug = if press.marks.slug { SLUG } else { 0.0 };
        let marks = if press.marks.any_outside() { press.bleed.max(MARK_OFFSET) + MARK_LENGTH + slug } else { press.bleed };
        Plan { stock: None, grid: Grid { nx: 1, ny: 1, x0: marks, y0: marks, dx: 0.0, dy: 0.0 }, margin: marks }
    }

    /// A grid of slots on a stock.
    pub fn grid(sheet: &SheetSpec) -> Plan {
        Plan { stock: Some(sheet.stock), grid: sheet.grid, margin: 0.0 }
    }

    /// Pages on one side of a sheet.
    fn slots(&self) -> usize {
        self.grid.nx * self.grid.ny
    }

    /// The bleed of a page, up to the middle of the gutters between slots, so that none prints over its neighbour.
    fn share_of_gutter(&self, bleed: Rect, trim: Size) -> Rect {
        let half = |count: usize, pitch: f64, extent: f64| if count > 1 { ((pitch - extent) / 2.0).max(0.0) } else { f64::INFINITY };
        let (x, y) = (half(self.grid.nx, self.grid.dx, trim.w).min(-bleed.x), half(self.grid.ny, self.grid.dy, trim.h).min(-bleed.y));
        Rect { x: -x, y: -y, w: trim.w + 2.0 * x, h: trim.h + 2.0 * y }
    }

    /// Left top corner of a slot. Backs run from the right, so that they fall on their fronts when the
    /// sheet is turned over its long edge.
    fn corner(&self, slot: usize, back: bool) -> (f64, f64) {
        let (row, column) = (slot / self.grid.nx, slot % self.grid.nx);
        let column = if back { self.grid.nx - 1 - column } else { column };
        (self.grid.x0 + column as f64 * self.grid.dx, self.grid.y0 + row as f64 * self.grid.dy)
    }
}

/// Lays pages onto sheets, in order: all sides of a sheet's records before the next sheet. The last
/// sheet may be part filled.
pub fn impose(mut pages: Vec<Page>, sides: usize, plan: &Plan, press: &Press) -> Vec<Imposed> {
    let mut sheets = Vec::new();
    for filled in pages.chunks_mut((plan.slots() * sides).max(1)) {
        for side in 0..sides {
            sheets.push(sheet(filled.iter_mut().filter(|page| page.side == side), side % 2 == 1, plan, press));
        }
    }
    sheets
}

fn sheet<'p>(pages: impl Iterator<Item = &'p mut Page>, back: bool, plan: &Plan, press: &Press) -> Imposed {
    let mut imposed =
        Imposed { media: Size::default(), trim: Rect::default(), bleed: Rect::default(), items: Vec::new(), slots: Vec::new(), slug: None };
    let mut folds: Vec<f64> = Vec::new();
    for (slot, page) in pages.enumerate() {
        let (x, y) = plan.corner(slot, back);
        let rect = Rect { x, y, w: page.trim.w, h: page.trim.h };
        let items = std::mem::take(&mut page.items);
        let bleed = Rect::of(page.trim).grown(page.bleed);
        let clip = match page.die.as_ref().filter(|_| press.as_cut) {
            Some(die) => die.figures(Rect::of(page.trim)).concat(),
            None => vec![Segment::Rect(plan.share_of_gutter(bleed, page.trim))],
        };
        imposed.items.push(Item::Group(Group { transform: Transform::moved(x, y), clip, items: items.into() }));
        if page.inside_glass || press.clear {
            imposed.items.extend(marks::white(plan.share_of_gutter(bleed, page.trim).moved(x, y), press));
        }
        if !(page.folds.is_empty() && page.perforations.is_empty()) {
            let shape = page.die.as_ref().map_or_else(|| vec![Segment::Rect(rect)], |die| die.figures(rect).concat());
            let piece = Polygons::of(&shape, Transform::IDENTITY);
            imposed.items.extend(marks::creases(&page.folds, &piece, rect, press));
            imposed.items.extend(marks::perforations(&page.perforations, &piece, rect, press));
        }
        imposed.items.extend(page.die.iter().flat_map(|die| marks::die_line(die, rect, press)));
        folds = page.folds.iter().map(|fold| x + fold).collect();
        imposed.slots.push(Slot { record: page.record, side: page.side, inside_glass: page.inside_glass, rect });
        imposed.trim = rect;
        imposed.media = Size { w: rect.w + 2.0 * plan.margin, h: rect.h + 2.0 * plan.margin };
        imposed.bleed = rect.grown(page.bleed);
    }
    if let Some(stock) = plan.stock {
        (imposed.media, imposed.trim, imposed.bleed) = (stock, Rect::of(stock), Rect::of(stock));
        return imposed;
    }
    let frame = Frame { trim: imposed.trim, offset: press.bleed.max(MARK_OFFSET), length: MARK_LENGTH, space: press.space };
    let inks = own_inks(&imposed.items);
    let marks = press.marks;
    if marks.crop {
        imposed.items.push(frame.crop());
    }
    if marks.fold && !folds.is_empty() {
        imposed.items.push(frame.fold(&folds));
    }
    if marks.registration {
        imposed.items.extend(frame.registration(&folds, &inks, back));
    }
    if marks.colour_bar && press.space == Space::Cmyk {
        imposed.items.extend(frame.colour_bar(&inks));
    }
    let below = imposed.trim.bottom() + frame.offset + frame.length;
    imposed.slug = marks.slug.then_some(Rect { y: below, h: SLUG, ..imposed.trim });
    imposed
}

/// Inks that are mixed before printing; not the plates of tools and white.
fn own_inks(items: &[Item]) -> Vec<Arc<Plate>> {
    let mut found = Vec::new();
    page::plates(items, &mut found);
    found.into_iter().filter(|plate| plate.step.is_none()).cloned().collect()
}

/// The tags of a sheet with their places on it, and the slots that they are in.
pub fn tags(sheet: &Imposed) -> Vec<(&Slot, Tag)> {
    let groups = sheet.items.iter().filter_map(|item| match item {
        Item::Group(group) => Some(group),
        _ => None,
    });
    let placed = groups.zip(&sheet.slots).flat_map(|(group, slot)| {
        let at = |tag: Tag| Tag { rect: group.transform.rect(tag.rect), ..tag };
        crate::page::tags(&group.items).into_iter().map(move |tag| (slot, at(tag)))
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{mm, to_mm};

    fn press(crop_marks: bool) -> Press {
        let text = "press: p\ncolour: cmyk\nbleed: 3mm\nmarks: [MARKS]\n".replace("MARKS", if crop_marks { "crop" } else { "" });
        crate::spec::press::read("p.yaml", text.as_bytes()).0.unwrap()
    }

    fn pages(records: usize, sides: usize) -> Vec<Page> {
        let page = |i: usize| Page {
            trim: Size { w: mm(100.0), h: mm(100.0) },
            bleed: mm(3.0),
            die: None,
            folds: Vec::new(),
            perforations: Vec::new(),
            side: i % sides,
            record: i / sides + 1,
            inside_glass: false,
            items: Vec::new(),
        };
        (0..records * sides).map(page).collect()
    }

    fn sra3() -> Plan {
        let text = "sheet: s\nstock: 450x320mm\nslot: 100x100mm\ngrid: {nx: 4, ny: 3, x0: 16mm, y0: 4mm, dx: 106mm, dy: 106mm}\n";
        Plan::grid(&crate::spec::sheet::read("s.yaml", text.as_bytes()).0.unwrap())
    }

    #[test]
    fn a_single_page_has_bleed_and_room_for_marks() {
        let sheet = &impose(pages(1, 1), 1, &Plan::single(&press(true)), &press(true))[0];
        assert!((to_mm(sheet.media.w) - 116.0).abs() < 1e-9);
        assert!((to_mm(sheet.trim.x) - 8.0).abs() < 1e-9 && (to_mm(sheet.bleed.x) - 5.0).abs() < 1e-9);
        let plain = &impose(pages(1, 1), 1, &Plan::single(&press(false)), &press(false))[0];
        assert!((to_mm(plain.media.w) - 106.0).abs() < 1e-9 && plain.bleed.x.abs() < 1e-9);
    }

    #[test]
    fn art_ends_with_its_bleed_and_in_the_middle_of_a_gutter() {
        let clip = |sheet: &Imposed| match &sheet.items[0] {
            Item::Group(group) => match group.clip.as_slice() {
                [Segment::Rect(r)] => [r.x, r.y, r.w, r.h].map(|v| (to_mm(v) * 100.0).round() / 100.0),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        assert_eq!(clip(&impose(pages(1, 1), 1, &Plan::single(&press(true)), &press(true))[0]), [-3.0, -3.0, 106.0, 106.0]);
        assert_eq!(clip(&impose(pages(1, 1), 1, &sra3(), &press(false))[0]), [-3.0, -3.0, 106.0, 106.0]);
        let text = "sheet: s\nstock: 420x200mm\nslot: 100x100mm\ngrid: {nx: 4, ny: 1, x0: 7mm, y0: 50mm, dx: 102mm, dy: 0mm}\n";
        let tight = Plan::grid(&crate::spec::sheet::read("s.yaml", text.as_bytes()).0.unwrap());
        assert_eq!(clip(&impose(pages(1, 1), 1, &tight, &press(false))[0]), [-1.0, -3.0, 102.0, 106.0]);
    }

    #[test]
    fn every_record_is_printed_once_and_the_last_sheet_is_kept() {
        let sheets = impose(pages(25, 1), 1, &sra3(), &press(false));
        assert_eq!(sheets.iter().map(|s| s.slots.len()).collect::<Vec<_>>(), [12, 12, 1]);
        let order: Vec<usize> = sheets.iter().flat_map(|s| s.slots.iter().map(|slot| slot.record)).collect();
        assert_eq!(order, (1..=25).collect::<Vec<_>>());
    }

    #[test]
    fn backs_fall_on_their_fronts() {
        let sheets = impose(pages(5, 2), 2, &sra3(), &press(false));
        let [front, back] = sheets.as_slice() else { panic!() };
        for (f, b) in front.slots.iter().zip(&back.slots) {
            assert_eq!((f.record, f.side, b.side), (b.record, 0, 1));
            assert!((f.rect.x + b.rect.right() - mm(450.0)).abs() < 1e-9 && f.rect.y == b.rect.y);
        }
    }
}
