//! Blocks as taffy's boxes: CSS flexbox and grid.

use crate::qr::QUIET_ZONE;
use crate::template::bound::{Block, BlockKind, Turn};
use crate::template::boxes::{Flow, Place, Track, Tracks};
use taffy::prelude::*;

/// The style of a block inside its parent.
pub(super) fn of(block: &Block, parent: Option<&Block>) -> Style {
    let around = parent.and_then(|p| match &p.kind {
        BlockKind::Container { flow, align, .. } => Some((flow, *align)),
        _ => None,
    });
    let (in_row, in_column) = (matches!(around, Some((Flow::Row, _))), matches!(around, Some((Flow::Column, _))));
    let m = &block.measure;
    let [top, right, bottom, left] = m.padding.map(|p| taffy::LengthPercentage::length(p as f32));
    let side = |l: Option<f64>| l.map_or(Dimension::auto(), |l| Dimension::length(l as f32));
    let mut style = Style {
        display: Display::Flex,
        box_sizing: BoxSizing::BorderBox,
        size: taffy::Size { width: side(m.width), height: side(m.height) },
        padding: taffy::Rect { top, right, bottom, left },
        flex_grow: m.grow as f32,
        // In a row what has no width gives way, so that its lines break; in a column nothing does.
        flex_shrink: if in_row && m.width.is_none() { 1.0 } else { 0.0 },
        align_self: m.align_self.map(across),
        ..Style::default()
    };
    if m.grow > 0.0 && in_row && !m.grows_from_content {
        style.flex_basis = Dimension::length(0.0);
    }
    match &block.kind {
        BlockKind::Container { flow, gap, align, justify, .. } => {
            style.gap = taffy::Size { width: length(gap[0] as f32), height: length(gap[1] as f32) };
            style.align_items = across(*align);
            match flow {
                Flow::Column => style.flex_direction = FlexDirection::Column,
                Flow::Row | Flow::Panels => style.flex_direction = FlexDirection::Row,
                Flow::Grid(tracks) => grid(&mut style, tracks),
                Flow::Layers => {
                    style.display = Display::Grid;
                    style.grid_template_columns = vec![share(1.0)];
                    style.justify_items = across(*justify);
                }
            }
            style.justify_content = match justify {
                Place::Center => JustifyContent::CENTER,
                Place::End => JustifyContent::FLEX_END,
                Place::Between => JustifyContent::SPACE_BETWEEN,
                Place::Start | Place::Stretch | Place::Baseline => JustifyContent::FLEX_START,
            };
        }
        BlockKind::Code { symbol, side, .. } => {
            let outer = side * (symbol.modules as f64 + 2.0 * QUIET_ZONE) / symbol.modules as f64;
            let padding = m.padding;
            let outer = taffy::Size { width: outer + padding[1] + padding[3], height: outer + padding[0] + padding[2] };
            style.size = taffy::Size { width: length(outer.width as f32), height: length(outer.height as f32) };
            style.flex_shrink = 0.0;
            if in_column {
                style.align_self = style.align_self.or(Some(AlignItems::CENTER));
            }
        }
        BlockKind::Drawing(..) => {
            let (left, up) = blank(block, parent);
            style.margin.left = taffy::LengthPercentageAuto::length(-left as f32);
            style.margin.top = taffy::LengthPercentageAuto::length(-up as f32);
        }
        BlockKind::Picture { cover: true, .. } => style.min_size = taffy::Size { width: length(0.0), height: length(0.0) },
        _ => {}
    }
    // The tracks of grids and layers do not ask for what their boxes hold.
    match around {
        Some((Flow::Layers, _)) => {
            style.grid_column = line(1);
            style.grid_row = line(1);
            style.min_size.width = length(0.0);
        }
        Some((Flow::Grid(_), _)) => {
            style.grid_column = taffy::Line { start: taffy::GridPlacement::Auto, end: taffy::GridPlacement::Span(m.span as u16) };
            style.min_size.width = length(0.0);
        }
        _ => {}
    }
    style
}

/// The ink of a drawing begins inside its box. Beside a text, whose box begins at its capitals, it is the ink
/// that must be level with them, and below a text flush with its left edge: by how much a drawing is moved
/// left and up for it, pt.
pub(super) fn blank(block: &Block, parent: Option<&Block>) -> (f64, f64) {
    let BlockKind::Drawing(drawing, _) = &block.kind else { return (0.0, 0.0) };
    let Some(Block { kind: BlockKind::Container { flow, align, .. }, .. }) = parent else { return (0.0, 0.0) };
    let m = &block.measure;
    let own_room = m.padding != [0.0; 4] || block.turn != Turn::default();
    if m.align_self.unwrap_or(*align) != Place::Start || own_room {
        return (0.0, 0.0);
    }
    let scale = (m.width.unwrap_or(0.0) / drawing.width).min(m.height.unwrap_or(0.0) / drawing.height);
    match flow {
        Flow::Row => (0.0, drawing.ink.y.max(0.0) * scale),
        Flow::Column => (drawing.ink.x.max(0.0) * scale, 0.0),
        _ => (0.0, 0.0),
    }
}

fn grid(style: &mut Style, tracks: &Tracks) {
    style.display = Display::Grid;
    style.grid_template_columns = tracks
        .columns
        .iter()
        .map(|track| match track {
            Track::Fixed(width) => length(*width as f32),
            Track::Share(part) => share(*part as f32),
        })
        .collect();
    let empty = match tracks.row {
        Some(height) => length(height as f32),
        None => share(1.0),
    };
    style.grid_template_rows = (0..tracks.rows).map(|row| if row < tracks.filled { auto() } else { empty.clone() }).collect();
    style.align_content = AlignContent::FLEX_START;
}

/// A share of the room left, however wide what it holds: words break, and what does not fit is told.
fn share(part: f32) -> GridTemplateComponent<String> {
    minmax(length(0.0), fr(part))
}

fn across(place: Place) -> AlignItems {
    match place {
        Place::Start | Place::Between => AlignItems::FLEX_START,
        Place::Center => AlignItems::CENTER,
        Place::End => AlignItems::FLEX_END,
        Place::Stretch => AlignItems::STRETCH,
        Place::Baseline => AlignItems::BASELINE,
    }
}
