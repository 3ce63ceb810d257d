//! Containers whose boxes depend on more than themselves: the folds of the side, the cells of a grid.

use super::Binder;
use crate::diag::Problem;
use crate::template::bound::{Block, BlockKind};
use crate::template::boxes::{BoxSpec, Flow, Track, Tracks};

impl Binder<'_, '_> {
    /// One box for each panel between the folds, as wide as it.
    pub(super) fn panels(&mut self, spec: &BoxSpec, children: &mut [Block], path: &str) -> Flow {
        let edges: Vec<f64> = [0.0].into_iter().chain(self.folds.iter().copied()).chain([self.job.size.trim.w]).collect();
        let widths: Vec<f64> = edges.windows(2).map(|w| w[1] - w[0]).collect();
        if widths.len() != children.len() {
            let problem = Problem::PanelCount { panels: widths.len(), found: children.len() };
            self.report(&spec.spot, Some(path), problem);
        }
        for (child, width) in children.iter_mut().zip(widths) {
            child.measure.width = Some(width);
        }
        Flow::Row
    }

    /// The tracks of a grid; where it is ruled, cells without a box are cells all the same.
    pub(super) fn grid(
        &mut self,
        spec: &BoxSpec,
        tracks: &Tracks,
        ruled: bool,
        children: &mut Vec<Block>,
        voice: usize,
        path: &str,
    ) -> Flow {
        let s = self.job.size.scale;
        let across = tracks.columns.len();
        for child in children.iter_mut() {
            child.measure.span = child.measure.span.min(across);
        }
        let (mut rows, mut column) = (1, 0);
        for child in children.iter() {
            if column + child.measure.span > across {
                (rows, column) = (rows + 1, 0);
            }
            column += child.measure.span;
        }
        if ruled {
            let empty = across - column + across * tracks.rows.saturating_sub(rows);
            let cells = (0..empty).map(|_| self.bare(spec, voice, path, BlockKind::Cell));
            children.extend(cells.collect::<Vec<_>>());
        }
        let wide = |track: &Track| match track {
            Track::Fixed(width) => Track::Fixed(width * s),
            share => *share,
        };
        Flow::Grid(Tracks {
            columns: tracks.columns.iter().map(wide).collect(),
            rows: tracks.rows.max(rows),
            row: tracks.row.map(|h| h * s),
            filled: rows,
        })
    }
}
