//! Sheets: a stock, and a grid of slots as six numbers where it has one; and how pieces are set on them.

use super::read::{self, Reader};
use super::words::Words;
use super::yaml::{Content, Node};
use crate::diag::{Expected, Finding, Located, Problem};
use crate::geom::{self, Size, mm, to_mm};
use crate::limits::Limits;

/// A stock, and the slots on it.
#[derive(Clone, Debug)]
pub struct SheetSpec {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Option<Words>,
    /// Size of the stock.
    pub stock: Size,
    /// Its slots; where it has none, they are computed for each piece.
    pub slots: Option<Slots>,
    /// What is kept free along its edges, pt, instead of what the press asks for.
    pub margin: Option<f64>,
    /// Room between pieces, pt, instead of what bleeds and cuts ask for.
    pub gutter: Option<f64>,
}

/// The slots of a stock.
#[derive(Clone, Debug)]
pub struct Slots {
    /// Size of each.
    pub slot: Size,
    /// Where they are.
    pub grid: Grid,
    /// Whether they are cut already, as labels are: no marks, no cut lines.
    pub precut: bool,
}

/// A grid of slots: six numbers, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Slots in a row.
    pub nx: usize,
    /// Rows.
    pub ny: usize,
    /// Left edge of the first slot.
    pub x0: f64,
    /// Top edge of the first slot.
    pub y0: f64,
    /// From one slot's left edge to the next one's.
    pub dx: f64,
    /// From one row's top edge to the next one's.
    pub dy: f64,
}

/// Which piece goes into which slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// One piece fills the sheet.
    Repeat,
    /// One after the other, row by row.
    Sequence,
    /// Such that the piles, once the stack of sheets is cut, give one after the other when they are put on each other.
    CutAndStack,
}

impl Order {
    /// The words for it.
    pub const WORDS: [(&str, Order); 3] = [("repeat", Order::Repeat), ("sequence", Order::Sequence), ("cut-and-stack", Order::CutAndStack)];
}

/// The edge over which a sheet is turned for its back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flip {
    /// The longer one.
    LongEdge,
    /// The shorter one.
    ShortEdge,
}

impl Flip {
    /// The words for it.
    pub const WORDS: [(&str, Flip); 2] = [("long-edge", Flip::LongEdge), ("short-edge", Flip::ShortEdge)];
}

/// The name that stands for no sheet: each piece on a page of its own size.
pub const NO_SHEET: &str = "none";

/// How a piece is set on sheets. What it leaves open, the sheet or the press says.
#[derive(Clone, Debug)]
pub struct Imposition {
    /// Name of the sheet, or [`NO_SHEET`].
    pub sheet: Located<String>,
    /// What is kept free along the edges, pt.
    pub margin: Option<f64>,
    /// Room between pieces, pt.
    pub gutter: Option<f64>,
    /// Which piece goes where.
    pub order: Option<Order>,
    /// The edge over which it is turned.
    pub flip: Option<Flip>,
}

impl Imposition {
    /// On a sheet, with nothing else said.
    pub fn on(sheet: Located<String>) -> Imposition {
        Imposition { sheet, margin: None, gutter: None, order: None, flip: None }
    }
}

/// Reads a sheet and checks that it closes.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> (Option<SheetSpec>, Vec<Finding>) {
    read::document(file, bytes, limits, sheet)
}

/// Reads `sheet: NAME` or `sheet: {name: NAME, order: cut-and-stack, …}`.
pub(crate) fn imposition(r: &mut Reader, key: &str, node: &Node) -> Option<Imposition> {
    let Content::Map(_) = node.value else { return r.text(key, node).map(Imposition::on) };
    let mut f = r.fields(key, node)?;
    let sheet = f.need(r, "name").and_then(|n| r.text("name", n));
    let margin = f.read(r, "margin", Reader::length);
    let gutter = f.read(r, "gutter", Reader::length);
    let order = f.read(r, "order", |r, k, n| r.choice(k, n, &Order::WORDS));
    let flip = f.read(r, "flip", |r, k, n| r.choice(k, n, &Flip::WORDS));
    if sheet.as_ref().is_some_and(|name| name.value == NO_SHEET) {
        // Where there is no sheet, nothing can be said of it.
        for key in ["margin", "gutter", "order", "flip"] {
            if let Some(spot) = f.spot_of(key) {
                r.report(spot, Problem::UnknownKey { key: key.into(), nearest: None, known: vec!["name".into()] });
            }
        }
    }
    f.finish(r);
    Some(Imposition { sheet: sheet?, margin, gutter, order, flip })
}

fn sheet(r: &mut Reader, node: &Node) -> Option<SheetSpec> {
    let mut f = r.fields("sheet", node)?;
    let name = f.own_name(r, "sheet");
    let label = f.read(r, "label", Words::read);
    let stock = f.need(r, "stock").and_then(|n| r.value("stock", n, Expected::Size, geom::size));
    // A grid says where pieces are; else margin and gutter do.
    let fixed = f.spot_of("slot").is_some() || f.spot_of("grid").is_some();
    let (mut margin, mut gutter, mut slots, mut grid_node) = (None, None, None, None);
    if fixed {
        let slot = f.need(r, "slot").and_then(|n| r.value("slot", n, Expected::Size, geom::size));
        grid_node = f.need(r, "grid");
        let grid = grid_node.and_then(|n| grid(r, n));
        let precut = f.read(r, "precut", Reader::boolean).unwrap_or(false);
        slots = slot.zip(grid).map(|(slot, grid)| Slots { slot, grid, precut });
    } else {
        margin = f.read(r, "margin", Reader::length);
        gutter = f.read(r, "gutter", Reader::length);
    }
    f.finish(r);
    let sheet = SheetSpec { name: name?, label, stock: stock?, slots, margin, gutter };
    let sound = match (&sheet.slots, grid_node) {
        (Some(slots), Some(node)) => closes(r, node, sheet.stock, slots),
        _ => !fixed,
    };
    sound.then_some(sheet)
}

fn grid(r: &mut Reader, node: &Node) -> Option<Grid> {
    let mut g = r.fields("grid", node)?;
    let count = |r: &mut Reader, g: &mut super::read::Fields<'_>, key: &'static str| {
        g.need(r, key).and_then(|n| r.value(key, n, Expected::Number, |t| t.parse().ok().filter(|n: &usize| (1..=100).contains(n))))
    };
    let (nx, ny) = (count(r, &mut g, "nx"), count(r, &mut g, "ny"));
    let mut length = |r: &mut Reader, key: &'static str| g.need(r, key).and_then(|n| r.length(key, n));
    let (x0, y0, dx, dy) = (length(r, "x0"), length(r, "y0"), length(r, "dx"), length(r, "dy"));
    g.finish(r);
    Some(Grid { nx: nx?, ny: ny?, x0: x0?, y0: y0?, dx: dx?, dy: dy? })
}

/// A margin, the pitches, one slot and the margin again make the stock, within 0.2 mm: label sheets
/// are symmetric, and an error of the pitch adds up over the rows.
fn closes(r: &mut Reader, node: &Node, stock: Size, Slots { slot, grid, .. }: &Slots) -> bool {
    let mut closes = true;
    for (axis, n, pitch, slot) in [('x', grid.nx, grid.dx, slot.w), ('y', grid.ny, grid.dy, slot.h)] {
        if n > 1 && pitch < slot - 1e-6 {
            r.report(&node.spot, Problem::SlotsOverlap { axis, pitch_mm: to_mm(pitch), slot_mm: to_mm(slot) });
            closes = false;
        }
    }
    for (axis, n, start, pitch, slot, stock) in
        [('x', grid.nx, grid.x0, grid.dx, slot.w, stock.w), ('y', grid.ny, grid.y0, grid.dy, slot.h, stock.h)]
    {
        let sum = 2.0 * start + (n - 1) as f64 * pitch + slot;
        if (sum - stock).abs() > mm(0.2) {
            let [start_mm, pitch_mm, slot_mm, sum_mm, stock_mm] = [start, pitch, slot, sum, stock].map(to_mm);
            r.report(&node.spot, Problem::SheetDoesNotClose { axis, start_mm, pitches: n - 1, pitch_mm, slot_mm, sum_mm, stock_mm });
            closes = false;
        }
    }
    closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(rest: &str) -> Vec<&'static str> {
        let text = format!("sheet: s\nstock: 210x297mm\n{rest}\n");
        read("s.yaml", text.as_bytes(), &Limits::default()).1.iter().map(Finding::code).collect()
    }

    #[test]
    fn a_sheet_that_does_not_close_is_refused() {
        let codes = |grid: &str| codes(&format!("slot: 63.5x38.1mm\ngrid: {grid}"));
        assert_eq!(codes("{nx: 3, ny: 7, x0: 7.25mm, y0: 15.15mm, dx: 66mm, dy: 38.1mm}"), [""; 0]);
        assert_eq!(codes("{nx: 3, ny: 7, x0: 7.25mm, y0: 15.15mm, dx: 66mm, dy: 38.2mm}"), ["sheet-does-not-close"]);
        assert_eq!(codes("{nx: 3, ny: 7, x0: 7mm, y0: 15mm, dx: 66mm, dy: 38.1mm}"), ["sheet-does-not-close"; 2]);
    }

    #[test]
    fn a_stock_has_a_grid_or_what_one_is_computed_from() {
        assert_eq!(codes("margin: 5mm\ngutter: 4mm"), [""; 0]);
        assert_eq!(codes("slot: 63.5x38.1mm"), ["missing-key"]);
        let both = "slot: 63.5x38.1mm\ngrid: {nx: 3, ny: 7, x0: 7.25mm, y0: 15.15mm, dx: 66mm, dy: 38.1mm}\nmargin: 5mm";
        assert_eq!(codes(both), ["unknown-key"]);
        assert_eq!(codes("precut: true"), ["unknown-key"]);
    }
}
