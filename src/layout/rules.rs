//! The lines of a ruled grid.

use crate::color::Colour;
use crate::geom::Rect;
use crate::page::{Path, Segment, Stroke};

/// An edge of a cell.
struct Edge {
    is_level: bool,
    /// Its height, or its distance from the left.
    at: f64,
    from: f64,
    to: f64,
}

impl Edge {
    /// Cells of one row end at the same height but for rounding.
    fn line(&self) -> (bool, i64) {
        (self.is_level, (self.at * 100.0).round() as i64)
    }
}

/// Lines along the edges of some cells, as one path; what two cells share is drawn once.
pub(super) fn around(cells: &[Rect], ink: &Colour, width: f64) -> Option<Path> {
    let edges = |c: &Rect| {
        let level = [c.y, c.bottom()].map(|at| Edge { is_level: true, at, from: c.x, to: c.right() });
        let upright = [c.x, c.right()].map(|at| Edge { is_level: false, at, from: c.y, to: c.bottom() });
        level.into_iter().chain(upright)
    };
    let mut edges: Vec<Edge> = cells.iter().flat_map(edges).collect();
    edges.sort_by(|a, b| a.line().cmp(&b.line()).then(a.from.total_cmp(&b.from)));
    let mut lines: Vec<Edge> = Vec::new();
    for edge in edges {
        match lines.last_mut() {
            Some(line) if line.line() == edge.line() && edge.from <= line.to + 0.01 => line.to = line.to.max(edge.to),
            _ => lines.push(edge),
        }
    }
    let segments = lines.iter().flat_map(|l| match l.is_level {
        true => [Segment::Move(l.from, l.at), Segment::Line(l.to, l.at)],
        false => [Segment::Move(l.at, l.from), Segment::Line(l.at, l.to)],
    });
    let segments: Vec<Segment> = segments.collect();
    let stroke = Stroke { ink: ink.clone(), width, round: false };
    (!segments.is_empty()).then_some(Path { segments, fill: None, even_odd: false, stroke: Some(stroke), overprint: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_that_cells_share_is_drawn_once() {
        let cell = |x: f64, y: f64, w: f64| Rect { x, y, w, h: 10.0 };
        // One wide cell over two narrow ones.
        let cells = [cell(0.0, 0.0, 20.0), cell(0.0, 10.0, 10.0), cell(10.0, 10.0, 10.0)];
        let path = around(&cells, &Colour::Gray(0.0), 0.5).unwrap();
        let lines: Vec<_> = path.segments.chunks(2).map(|s| (s[0], s[1])).collect();
        assert_eq!(
            lines,
            [
                (Segment::Move(0.0, 0.0), Segment::Line(0.0, 20.0)),
                (Segment::Move(10.0, 10.0), Segment::Line(10.0, 20.0)),
                (Segment::Move(20.0, 0.0), Segment::Line(20.0, 20.0)),
                (Segment::Move(0.0, 0.0), Segment::Line(20.0, 0.0)),
                (Segment::Move(0.0, 10.0), Segment::Line(20.0, 10.0)),
                (Segment::Move(0.0, 20.0), Segment::Line(20.0, 20.0)),
            ]
        );
    }
}
