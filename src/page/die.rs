//! The shape that a piece is cut to.

use super::outline::{Polygons, Segment, ellipse, rounded};
use crate::geom::{Rect, Transform};
use std::sync::Arc;

/// The shape that a piece is cut to.
#[derive(Clone, Debug, PartialEq)]
pub struct Die {
    /// Its outline.
    pub shape: DieShape,
    /// A hole in it.
    pub hole: Option<Hole>,
}

/// The outline of a die.
#[derive(Clone, Debug, PartialEq)]
pub enum DieShape {
    /// The trim with round corners of this radius, pt.
    Rounded(f64),
    /// The ellipse that fills the trim.
    Round,
    /// Any closed figure that fills the trim, from the trim's top left corner.
    Outline(Arc<[Segment]>),
}

/// A round hole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hole {
    /// Its centre from the trim's left edge, pt.
    pub x: f64,
    /// Its centre from the trim's top edge, pt.
    pub y: f64,
    /// Its diameter, pt.
    pub diameter: f64,
}

impl Die {
    /// The same left for right in a width, as it is seen from behind.
    pub fn mirrored(self, width: f64) -> Die {
        let turned = |outline: Arc<[Segment]>| outline.iter().map(|s| s.under(Transform::mirrored(width))).collect();
        Die {
            shape: match self.shape {
                DieShape::Outline(outline) => DieShape::Outline(turned(outline)),
                same => same,
            },
            hole: self.hole.map(|h| Hole { x: width - h.x, ..h }),
        }
    }

    /// The closed figures of the cut around a trim: the outline, then the hole. Together they are the piece
    /// itself, by the even-odd rule.
    pub fn figures(&self, trim: Rect) -> Vec<Vec<Segment>> {
        let hole = self.hole.map(|h| ellipse(h.bounds().moved(trim.x, trim.y)));
        std::iter::once(self.shape.outline(trim)).chain(hole).collect()
    }
}

impl DieShape {
    /// The outline around a trim.
    pub fn outline(&self, trim: Rect) -> Vec<Segment> {
        match self {
            DieShape::Rounded(radius) => rounded(trim, *radius),
            DieShape::Round => ellipse(trim),
            DieShape::Outline(outline) => outline.iter().map(|s| s.under(Transform::moved(trim.x, trim.y))).collect(),
        }
    }

    /// From the outline around a trim to the nearest point of a rectangle inside it, pt; negative where the
    /// rectangle reaches over it.
    pub fn margin(&self, trim: Rect, rect: &Rect) -> f64 {
        Polygons::of(&self.outline(trim), Transform::IDENTITY).margin(rect)
    }
}

impl Hole {
    /// The square around it.
    pub fn bounds(&self) -> Rect {
        let r = self.diameter / 2.0;
        Rect { x: self.x - r, y: self.y - r, w: self.diameter, h: self.diameter }
    }

    /// From its edge to the nearest point of a rectangle, pt; negative where they overlap.
    pub fn distance(&self, rect: &Rect) -> f64 {
        let beyond = |at: f64, from: f64, to: f64| (from - at).max(at - to).max(0.0);
        beyond(self.x, rect.x, rect.right()).hypot(beyond(self.y, rect.y, rect.bottom())) - self.diameter / 2.0
    }
}
