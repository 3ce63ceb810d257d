//! Sheets: a stock and a grid of slots as six numbers.

use super::read::{self, Reader};
use super::words::Words;
use super::yaml::Node;
use crate::diag::{Expected, Finding, Problem};
use crate::geom::{self, Size, mm, to_mm};

/// A stock with its grid of slots.
#[derive(Clone, Debug)]
pub struct SheetSpec {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Option<Words>,
    /// Size of the stock.
    pub stock: Size,
    /// Size of one slot: the trim of a piece.
    pub slot: Size,
    /// Where the slots are.
    pub grid: Grid,
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

/// Reads a sheet and checks that it closes.
pub fn read(file: &str, bytes: &[u8]) -> (Option<SheetSpec>, Vec<Finding>) {
    read::document(file, bytes, sheet)
}

fn sheet(r: &mut Reader, node: &Node) -> Option<SheetSpec> {
    let mut f = r.fields("sheet", node)?;
    let name = f.own_name(r, "sheet");
    let label = f.read(r, "label", Words::read);
    let stock = f.need(r, "stock").and_then(|n| r.value("stock", n, Expected::Size, geom::size));
    let slot = f.need(r, "slot").and_then(|n| r.value("slot", n, Expected::Size, geom::size));
    let grid_node = f.need(r, "grid");
    let grid = grid_node.and_then(|n| grid(r, n));
    f.finish(r);
    let sheet = SheetSpec { name: name?, label, stock: stock?, slot: slot?, grid: grid? };
    closes(r, grid_node?, &sheet).then_some(sheet)
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
fn closes(r: &mut Reader, node: &Node, s: &SheetSpec) -> bool {
    let mut closes = true;
    for (axis, n, pitch, slot) in [('x', s.grid.nx, s.grid.dx, s.slot.w), ('y', s.grid.ny, s.grid.dy, s.slot.h)] {
        if n > 1 && pitch < slot - 1e-6 {
            r.report(&node.spot, Problem::SlotsOverlap { axis, pitch_mm: to_mm(pitch), slot_mm: to_mm(slot) });
            closes = false;
        }
    }
    for (axis, n, start, pitch, slot, stock) in
        [('x', s.grid.nx, s.grid.x0, s.grid.dx, s.slot.w, s.stock.w), ('y', s.grid.ny, s.grid.y0, s.grid.dy, s.slot.h, s.stock.h)]
    {
        let sum = 2.0 * start + (n - 1) as f64 * pitch + slot;
        if (sum - stock).abs() > mm(0.2) {
            r.report(&node.spot, Problem::SheetDoesNotClose { axis, sum_mm: to_mm(sum), stock_mm: to_mm(stock) });
            closes = false;
        }
    }
    closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(grid: &str) -> Vec<&'static str> {
        let text = format!("sheet: s\nstock: 210x297mm\nslot: 63.5x38.1mm\ngrid: {grid}\n");
        read("s.yaml", text.as_bytes()).1.iter().map(Finding::code).collect()
    }

    #[test]
    fn a_sheet_that_does_not_close_is_refused() {
        assert_eq!(codes("{nx: 3, ny: 7, x0: 7.25mm, y0: 15.15mm, dx: 66mm, dy: 38.1mm}"), [""; 0]);
        assert_eq!(codes("{nx: 3, ny: 7, x0: 7.25mm, y0: 15.15mm, dx: 66mm, dy: 38.2mm}"), ["sheet-does-not-close"]);
        assert_eq!(codes("{nx: 3, ny: 7, x0: 7mm, y0: 15mm, dx: 66mm, dy: 38.1mm}"), ["sheet-does-not-close"; 2]);
    }
}
