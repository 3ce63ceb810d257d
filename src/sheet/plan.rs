//! Where pieces go on a stock: a grid that it comes with, or the best one for a piece.

use crate::diag::Problem;
use crate::geom::{PT_PER_MM, Rect, Size, Transform, mm, to_mm};
use crate::spec::press::Press;
use crate::spec::sheet::{Flip, Grid, Imposition, Order, SheetSpec};
use std::cmp::Reverse;

/// From the trim to where crop marks begin, at least; and how long they are, pt (3 mm and 5 mm).
pub(super) const MARK_OFFSET: f64 = PT_PER_MM * 3.0;
pub(super) const MARK_LENGTH: f64 = PT_PER_MM * 5.0;
/// Height of the slug line, pt (3 mm): with the marks A3 stays within the 320 mm of SRA3.
pub(super) const SLUG: f64 = PT_PER_MM * 3.0;
/// The shortest crop mark to cut by, pt (2 mm).
const SHORTEST_MARK: f64 = PT_PER_MM * 2.0;
/// Radius of a dot for a cutter's camera, and what it keeps clear of all else, pt: cutters look for 5 mm.
pub(super) const DOT: f64 = PT_PER_MM * 2.5;
pub(super) const DOT_CLEAR: f64 = PT_PER_MM * 2.0;
/// What presses leave unprinted along the edges of a sheet, where nobody says, pt (4 mm).
const EDGE: f64 = PT_PER_MM * 4.0;
/// From cut to cut, so that neither knife lifts the other's piece, pt (4 mm).
const BETWEEN_CUTS: f64 = PT_PER_MM * 4.0;
/// What pieces that fill a sheet may leave of it in width or height, pt (2 mm): two A5 are 1 mm lower than A4.
const LEFT_OVER: f64 = PT_PER_MM * 2.0;
/// How far a piece may be larger than its slot, pt (0.2 mm): sizes of labels are rounded.
const OVERHANG: f64 = PT_PER_MM * 0.2;
const SLACK: f64 = 1e-6;

/// Where pages go.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The stock.
    pub stock: Size,
    /// Where the slots are.
    pub grid: Grid,
    /// Size of a slot, as it lies on the sheet.
    pub slot: Size,
    /// Size of the piece, before it is turned.
    pub piece: Size,
    /// Whether pieces lie a quarter turn clockwise in their slots.
    pub turned: bool,
    /// Which piece goes into which slot.
    pub order: Order,
    /// The edge over which the sheet is turned for its back.
    pub flip: Flip,
    /// Slots of the first sheet that are used up.
    pub used: usize,
    /// Margin of the stock that is not printed on, pt; 0 where the page is the piece's.
    pub margin: f64,
    /// What a sheet is.
    pub kind: Kind,
}

/// What a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One piece with room around it for bleed and marks: the page of the file is the piece's.
    Single,
    /// Several pieces to be cut apart.
    ToCut,
    /// Labels that are cut already.
    Precut,
}

/// What is to be set on a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Size of the piece after cutting.
    pub trim: Size,
    /// Whether it is cut to shape.
    pub die: bool,
    /// Whether each copy is another record.
    pub records: bool,
    /// The press.
    pub press: &'a Press,
    /// Margin that its printer cannot print on, pt, where it is a printer on a desk.
    pub margin: Option<f64>,
    /// The slot to begin with, from 1.
    pub first: usize,
}

impl Plan {
    /// One page on a sheet of its own, with room for bleed and marks.
    pub fn single(trim: Size, press: &Press) -> Plan {
        let slug = if press.marks.slug { SLUG } else { 0.0 };
        let outside = press.marks.any_outside() && press.margin.is_none();
        let margin = if outside { press.bleed.max(MARK_OFFSET) + MARK_LENGTH + slug } else { press.bleed };
        let stock = Size { w: trim.w + 2.0 * margin, h: trim.h + 2.0 * margin };
        Plan {
            stock,
            grid: Grid { nx: 1, ny: 1, x0: margin, y0: margin, dx: 0.0, dy: 0.0 },
            slot: trim,
            piece: trim,
            turned: false,
            order: Order::Sequence,
            flip: upright(stock),
            used: 0,
            margin: 0.0,
            kind: Kind::Single,
        }
    }

    /// Pieces on a sheet, and what is to be said of it.
    pub fn on(sheet: &SheetSpec, how: &Imposition, wanted: &Wanted<'_>) -> Result<(Plan, Vec<Problem>), Problem> {
        let (stock, grid, turned, kind) = match &sheet.slots {
            Some(_) if how.margin.is_some() || how.gutter.is_some() => return Err(Problem::SlotsFixed { sheet: sheet.name.clone() }),
            Some(slots) => {
                let turned = lies(wanted.trim, slots.slot)
                    .ok_or_else(|| Problem::PieceNotSlot { piece_mm: wanted.trim.in_mm(), slot_mm: slots.slot.in_mm() })?;
                (sheet.stock, slots.grid, turned, if slots.precut { Kind::Precut } else { Kind::ToCut })
            }
            None => {
                let (stock, grid, turned) = computed(sheet, how, wanted)?;
                (stock, grid, turned, Kind::ToCut)
            }
        };
        let slot = sheet.slots.as_ref().map_or_else(|| laid(wanted.trim, turned), |slots| slots.slot);
        let plan = Plan {
            stock,
            grid,
            slot,
            piece: wanted.trim,
            turned,
            order: how.order.unwrap_or(if wanted.records { Order::Sequence } else { Order::Repeat }),
            flip: how.flip.unwrap_or(upright(stock)),
            used: wanted.first.saturating_sub(1),
            margin: wanted.margin.or(how.margin).or(sheet.margin).unwrap_or(EDGE),
            kind,
        };
        if !(1..=plan.slots()).contains(&wanted.first) {
            return Err(Problem::SlotBeyond { slot: wanted.first, slots: plan.slots() });
        }
        if plan.used > 0 && plan.order == Order::CutAndStack {
            return Err(Problem::FirstOfPile);
        }
        let findings = plan.doubts(wanted);
        Ok((plan, findings))
    }

    /// Slots on one side of a sheet.
    pub fn slots(&self) -> usize {
        self.grid.nx * self.grid.ny
    }

    /// From one slot to the next, across and down; none where there is no next.
    pub fn gutters(&self) -> [Option<f64>; 2] {
        let Grid { nx, ny, dx, dy, .. } = self.grid;
        let laid = laid(self.piece, self.turned);
        [(nx > 1).then_some(dx - laid.w), (ny > 1).then_some(dy - laid.h)]
    }

    /// Cuts between pieces that touch, from the left and from the top edge of the front: nothing marks them.
    pub fn shared_cuts(&self) -> [Vec<f64>; 2] {
        let Grid { nx, ny, x0, y0, dx, dy } = self.grid;
        let [across, down] = self.gutters();
        let cuts = |gutter: Option<f64>, count: usize, start: f64, pitch: f64| match gutter {
            Some(gutter) if gutter.abs() < SLACK => (1..count).map(|i| start + i as f64 * pitch).collect(),
            _ => Vec::new(),
        };
        [cuts(across, nx, x0, dx), cuts(down, ny, y0, dy)]
    }

    /// Where a slot is, on the front.
    pub fn slot_at(&self, slot: usize) -> Rect {
        let (row, column) = (slot / self.grid.nx, slot % self.grid.nx);
        let (x, y) = (self.grid.x0 + column as f64 * self.grid.dx, self.grid.y0 + row as f64 * self.grid.dy);
        Rect { x, y, w: self.slot.w, h: self.slot.h }
    }

    /// From a piece's own corner to its place in a slot, on the front or the back of the sheet.
    pub fn place(&self, slot: usize, back: bool) -> Transform {
        let laid = laid(self.piece, self.turned);
        let at = self.slot_at(slot);
        let (x, y) = (at.x + (at.w - laid.w) / 2.0, at.y + (at.h - laid.h) / 2.0);
        let front = match self.turned {
            true => Transform([0.0, 1.0, -1.0, 0.0, x + laid.w, y]),
            false => Transform::moved(x, y),
        };
        match back {
            // The back of a piece is its front left for right, and that of the sheet is turned over with it.
            true => Transform::mirrored(self.piece.w).within(front).within(self.turn_over()),
            false => front,
        }
    }

    /// Whether the sheet is turned about an upright edge, like the page of a book.
    pub fn like_a_book(&self) -> bool {
        self.flip == upright(self.stock)
    }

    /// From a place on the front of a sheet to the place behind it, as the back is seen.
    pub fn turn_over(&self) -> Transform {
        match self.like_a_book() {
            true => Transform::mirrored(self.stock.w),
            false => Transform([1.0, 0.0, 0.0, -1.0, 0.0, self.stock.h]),
        }
    }

    /// For each sheet, its slots in order and the copy in each, both from 0.
    pub fn fill(&self, copies: usize) -> Vec<Vec<(usize, usize)>> {
        let slots = self.slots();
        let free = |sheet: usize| if sheet == 0 { self.used..slots } else { 0..slots };
        match self.order {
            Order::Repeat => (0..copies).map(|copy| free(copy).map(|slot| (slot, copy)).collect()).collect(),
            Order::Sequence => {
                let places = (0..).flat_map(|sheet| free(sheet).map(move |slot| (sheet, slot)));
                deal(places.take(copies))
            }
            Order::CutAndStack => {
                let sheets = copies.div_ceil(slots);
                deal((0..slots).flat_map(|slot| (0..sheets).map(move |sheet| (sheet, slot))).take(copies))
            }
        }
    }

    /// What is cut off, or lies too close, in gutters that are too narrow.
    fn doubts(&self, wanted: &Wanted<'_>) -> Vec<Problem> {
        let bleed = wanted.press.bleed;
        let mut found = Vec::new();
        for (axis, gutter) in ['x', 'y'].into_iter().zip(self.gutters()) {
            let Some(gutter) = gutter else { continue };
            if bleed > 0.0 && gutter < 2.0 * bleed - mm(0.01) {
                let [gutter_mm, bleed_mm, kept_mm] = [gutter, bleed, (gutter / 2.0).max(0.0)].map(to_mm);
                found.push(Problem::GutterNarrow { axis, gutter_mm, bleed_mm, kept_mm });
            }
            if self.kind == Kind::ToCut && wanted.die && wanted.press.spots.cut.is_some() && gutter < BETWEEN_CUTS - mm(0.01) {
                found.push(Problem::CutsClose { axis, gap_mm: to_mm(gutter), least_mm: to_mm(BETWEEN_CUTS) });
            }
        }
        let marks = wanted.press.marks;
        let frame = super::frame(self, wanted.press, false, (bleed.max(MARK_OFFSET), MARK_LENGTH));
        if self.kind == Kind::ToCut && marks.registration && frame.registration(&[], &[]).is_empty() {
            found.push(Problem::NoRegistration { needed_mm: to_mm(self.margin + frame.offset + frame.length) });
        }
        let dots = marks.camera && wanted.die && self.kind == Kind::ToCut;
        if dots && frame.camera(bleed).is_none() {
            let [margin_mm, least_mm] = [self.grid.x0.max(self.grid.y0), self.margin + beside_dots(wanted.press)].map(to_mm);
            found.push(Problem::NoCameraMarks { margin_mm, least_mm });
        }
        found
    }
}

/// Sheets with their slots, from places in any order of sheets.
fn deal(places: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<(usize, usize)>> {
    let mut sheets: Vec<Vec<(usize, usize)>> = Vec::new();
    for (copy, (sheet, slot)) in places.enumerate() {
        sheets.resize(sheets.len().max(sheet + 1), Vec::new());
        sheets[sheet].push((slot, copy));
    }
    sheets
}

/// The edge over which a sheet is turned like the page of a book.
fn upright(stock: Size) -> Flip {
    if stock.h >= stock.w { Flip::LongEdge } else { Flip::ShortEdge }
}

/// A piece as it lies on the sheet.
fn laid(piece: Size, turned: bool) -> Size {
    if turned { Size { w: piece.h, h: piece.w } } else { piece }
}

/// Whether a piece must be turned to lie in a slot; none where it does not fit either way.
fn lies(piece: Size, slot: Size) -> Option<bool> {
    let fits = |turned: &bool| {
        let laid = laid(piece, *turned);
        laid.w <= slot.w + OVERHANG && laid.h <= slot.h + OVERHANG
    };
    [false, true].into_iter().find(fits)
}

/// The grid on which most copies of a piece fit, in the middle of the stock. Marks have what room that leaves them.
fn computed(sheet: &SheetSpec, how: &Imposition, wanted: &Wanted<'_>) -> Result<(Size, Grid, bool), Problem> {
    let Wanted { trim, die, press, .. } = *wanted;
    let own = how.margin.or(sheet.margin);
    let margin = own.or(wanted.margin).unwrap_or(EDGE);
    let least = if die { BETWEEN_CUTS } else { 0.0 };
    let gutter = how.gutter.or(sheet.gutter).unwrap_or(least.max(2.0 * press.bleed));
    let around: Vec<(f64, f64)> = around(press, die).into_iter().map(|(x, y)| (margin + x, margin + y)).collect();
    let tried = around
        .iter()
        .enumerate()
        .flat_map(|(rank, margins)| [false, true].map(|turned| (grid(sheet.stock, laid(trim, turned), *margins, gutter), rank, turned)));
    let best = tried.min_by_key(|(grid, rank, turned)| (Reverse(grid.nx * grid.ny), *rank, *turned));
    let best = best.filter(|(grid, ..)| grid.nx * grid.ny > 0).map(|(grid, _, turned)| (grid, turned));
    let count = best.map_or(0, |(grid, _)| grid.nx * grid.ny);
    // Where a printer on a desk prints pieces that fill its paper, their edges fall into its margin.
    let free = own.is_none() && how.gutter.or(sheet.gutter).is_none();
    let filling = (press.margin.is_some() && free && !die).then(|| filled(sheet.stock, trim)).flatten();
    match (filling, best) {
        // Alone on its sheet it is as it is read, and the paper lies across.
        (Some((grid, true)), None) if grid.nx * grid.ny == 1 => {
            Ok((laid(sheet.stock, true), Grid { x0: grid.y0, y0: grid.x0, ..grid }, false))
        }
        (Some((grid, turned)), _) if grid.nx * grid.ny > count => Ok((sheet.stock, grid, turned)),
        (_, Some((grid, turned))) => Ok((sheet.stock, grid, turned)),
        (_, None) => {
            let (x, y) = around.last().copied().unwrap_or((margin, margin));
            Err(Problem::PieceTooLarge {
                piece_mm: trim.in_mm(),
                sheet: sheet.name.clone(),
                stock_mm: sheet.stock.in_mm(),
                around_mm: [to_mm(x), to_mm(y)],
            })
        }
    }
}

/// What is printed around the pieces, beside them and above and below, from all that a press would have to the least
/// that they can be cut by.
fn around(press: &Press, cut: bool) -> Vec<(f64, f64)> {
    let even = |room: f64| (room, room);
    match press.marks {
        _ if press.margin.is_some() => vec![even(0.0)],
        marks if marks.any_outside() => {
            let offset = press.bleed.max(MARK_OFFSET);
            let whole = offset + MARK_LENGTH;
            let with_slug = marks.slug.then_some((whole, whole + SLUG));
            with_slug.into_iter().chain([even(whole), even(offset + SHORTEST_MARK)]).collect()
        }
        // The dots stand beside the pieces, or above and below them.
        marks if marks.camera && cut => vec![(beside_dots(press), press.bleed), (press.bleed, beside_dots(press))],
        _ => vec![even(press.bleed)],
    }
}

/// From pieces to the far side of dots for a camera.
fn beside_dots(press: &Press) -> f64 {
    press.bleed + DOT_CLEAR + 2.0 * DOT
}

/// As many slots as fit between margins, gutters apart.
fn grid(stock: Size, slot: Size, (mx, my): (f64, f64), gutter: f64) -> Grid {
    let count = |extent: f64, margin: f64, slot: f64| {
        (((extent - 2.0 * margin + gutter + SLACK) / (slot + gutter)).floor().max(0.0) as usize).min(100)
    };
    let (nx, ny) = (count(stock.w, mx, slot.w), count(stock.h, my, slot.h));
    centred(stock, slot, (nx, ny), gutter)
}

/// Slots side by side that leave next to nothing of the stock, and whether pieces are turned in them.
fn filled(stock: Size, trim: Size) -> Option<(Grid, bool)> {
    let fills = |turned: &bool| {
        let slot = laid(trim, *turned);
        let grid = grid(stock, slot, (0.0, 0.0), 0.0);
        let left = |extent: f64, count: usize, slot: f64| extent - count as f64 * slot;
        (left(stock.w, grid.nx, slot.w) <= LEFT_OVER && left(stock.h, grid.ny, slot.h) <= LEFT_OVER).then_some((grid, *turned))
    };
    [false, true].iter().find_map(fills)
}

fn centred(stock: Size, slot: Size, (nx, ny): (usize, usize), gutter: f64) -> Grid {
    let (dx, dy) = (slot.w + gutter, slot.h + gutter);
    let start = |extent: f64, count: usize, pitch: f64| (extent - count as f64 * pitch + gutter) / 2.0;
    Grid { nx, ny, x0: start(stock.w, nx, dx), y0: start(stock.h, ny, dy), dx, dy }
}
