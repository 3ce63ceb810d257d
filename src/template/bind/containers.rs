//! Containers whose boxes depend on more than themselves: the folds of the side, the cells of a grid.

use super::Binder;
use crate::diag::Problem;
use crate::template::bound::{Block, BlockKind};
use crate::template::boxes::{BoxSpec, Flow, Place, Track, Tracks};
use std::sync::Arc;

impl Binder<'_, '_> {
    /// One box for each panel between the folds, as wide as it; a box that is left out leaves its panel bare.
    pub(super) fn panels(&mut self, spec: &BoxSpec, bound: Vec<Option<Arc<Block>>>, voice: usize, path: &str) -> (Flow, Vec<Arc<Block>>) {
        let edges: Vec<f64> = [0.0].into_iter().chain(self.folds.iter().copied()).chain([self.job.size.trim.w]).collect();
        let widths: Vec<f64> = edges.windows(2).map(|w| w[1] - w[0]).collect();
        if widths.len() != bound.len() {
            let problem = Problem::PanelCount { panels: widths.len(), found: bound.len() };
            self.report(&spec.spot, Some(path), problem);
        }
        let panel = |(block, width): (Option<Arc<Block>>, f64)| {
            let mut panel =
                block.map(Arc::unwrap_or_clone).unwrap_or_else(|| self.container(spec, voice, path, Flow::Column, 0.0, Vec::new()));
            (panel.measure.width, panel.measure.grow) = (Some(width), 0.0);
            Arc::new(panel)
        };
        (Flow::Row, bound.into_iter().zip(widths).map(panel).collect())
    }

    /// The tracks and boxes of a grid. Where it is `ruled`, each box stands in a cell, placed in its height,
    /// and cells without a box are cells all the same.
    pub(super) fn grid(
        &mut self,
        spec: &BoxSpec,
        tracks: &Tracks,
        ruled: Option<Place>,
        boxes: Vec<Arc<Block>>,
        voice: usize,
        path: &str,
    ) -> (Flow, Vec<Arc<Block>>) {
        let s = self.job.size.scale;
        let across = tracks.columns.len();
        let (mut rows, mut column) = (0, across);
        let mut cells = Vec::new();
        for mut block in boxes.into_iter().map(Arc::unwrap_or_clone) {
            let span = block.measure.span.min(across);
            block.measure.span = span;
            if column + span > across {
                cells.extend(ruled.map(|_| self.empty_cells(spec, across - column, voice, path)).into_iter().flatten());
                (rows, column) = (rows + 1, 0);
            }
            column += span;
            cells.push(match ruled {
                Some(place) => self.in_cell(spec, block, place, voice, path),
                None => block,
            });
        }
        if ruled.is_some() {
            let empty = across - column + across * tracks.rows.saturating_sub(rows);
            cells.extend(self.empty_cells(spec, empty, voice, path));
        }
        let wide = |track: &Track| match track {
            Track::Fixed(width) => Track::Fixed(width * s),
            share => *share,
        };
        let columns = tracks.columns.iter().map(wide).collect();
        let row = tracks.row.map(|height| height * s);
        (Flow::Grid(Tracks { columns, rows: tracks.rows.max(rows), filled: rows, row }), cells.into_iter().map(Arc::new).collect())
    }

    fn empty_cells(&self, spec: &BoxSpec, count: usize, voice: usize, path: &str) -> Vec<Block> {
        (0..count).map(|_| self.bare(spec, voice, path, BlockKind::Cell)).collect()
    }

    /// A cell around a box: as large as the tracks have it, whatever the box takes of it.
    fn in_cell(&self, spec: &BoxSpec, mut block: Block, place: Place, voice: usize, path: &str) -> Block {
        let span = std::mem::replace(&mut block.measure.span, 1);
        let place = block.measure.align_self.take().unwrap_or(place);
        if place == Place::Stretch && block.measure.height.is_none() {
            block.measure.grow = 1.0;
        }
        let mut cell = self.container(spec, voice, path, Flow::Column, 0.0, vec![block]);
        if let BlockKind::Container { justify, .. } = &mut cell.kind {
            *justify = place;
        }
        cell.measure.span = span;
        cell
    }
}
