//! A side as it is drawn small: a picture of the file itself, and over it in lines what is cut, kept free and noted.

use super::super::Face;
use super::pen::{Ink, Pen, RADIUS, cased, dashed, dashed_round, dashes, stroke};
use super::section::{Note, Shown, boxes};
use crate::color::Condition;
use crate::diag::Problem;
use crate::geom::{PT_PER_MM, Rect, Transform};
use crate::limits::Limits;
use crate::page::{DieShape, Item, Meaning, Placed, Polygons, Segment};
use crate::picture::Picture;
use crate::preview::{Preview, Raster};
use std::sync::Arc;

/// Resolution of pictures as they are printed, pixels per inch, and quality of those that are JPEG.
const PPI: f64 = 220.0;
const QUALITY: u8 = 88;
/// Dashes and gaps of lines, pt.
pub(super) const BLEED: (f64, f64) = (4.0, 2.5);
pub(super) const SAFE: (f64, f64) = (1.6, 2.0);
pub(super) const FOLD: (f64, f64) = (7.0, 2.5);
pub(super) const PERFORATION: (f64, f64) = (2.0, 2.0);
/// Widths of lines, pt.
pub(super) const LINE: f64 = 0.6;
pub(super) const FINE: f64 = 0.35;
const NOTED: f64 = 1.1;

/// Where a side is drawn: how much smaller, and where its trim's top left corner is.
pub(super) fn placed(shown: &Shown<'_>, scale: f64, (x, y): (f64, f64)) -> Transform {
    Transform([scale, 0.0, 0.0, scale, x - scale * shown.extent.x, y - scale * shown.extent.y])
}

/// The art, as the file has it.
pub(super) fn picture(shown: &Shown<'_>, preview: &Preview, at: Transform, condition: &Condition) -> Result<Item, Problem> {
    let fault = || Problem::FileFault { detail: format!("no picture of page {}", shown.page + 1) };
    let ppi = PPI * at.0[0];
    let onto = shown.art.transform;
    let raster = preview.look().part(shown.page, onto.rect(shown.extent), ppi).ok_or_else(fault)?;
    let raster = upright(raster, shown.extent, onto, ppi);
    // Flat art is smaller as it is, photographs as JPEG.
    let (flat, smooth) = (raster.png(), raster.jpeg(QUALITY));
    let smaller = if flat.len() < 2 * smooth.len() { flat } else { smooth };
    let picture = Picture::read("contact", &smaller, condition, &Limits::default()).map_err(|_| fault())?;
    Ok(Item::Image(Placed { picture: Arc::new(picture), rect: at.rect(shown.extent) }))
}

/// The part of a sheet where a piece lies, turned to how the piece is read.
fn upright(raster: Raster, extent: Rect, onto: Transform, ppi: f64) -> Raster {
    let [a, b, c, d, ..] = onto.0;
    if a > 0.0 && d > 0.0 && b == 0.0 && c == 0.0 {
        return raster;
    }
    let (scale, from) = (ppi / 72.0, onto.rect(extent));
    let pixels = |length: f64| ((length * scale).round() as usize).max(1);
    let (width, height) = (pixels(extent.w), pixels(extent.h));
    let mut rgb = Vec::with_capacity(3 * width * height);
    for row in 0..height {
        for column in 0..width {
            let middle = |pixel: usize, of: usize, length: f64| (pixel as f64 + 0.5) / of as f64 * length;
            let (x, y) = onto.point(extent.x + middle(column, width, extent.w), extent.y + middle(row, height, extent.h));
            let pixel = |at: f64, most: usize| ((at * scale).max(0.0) as usize).min(most.saturating_sub(1));
            let at = 3 * (pixel(y - from.y, raster.height) * raster.width + pixel(x - from.x, raster.width));
            rgb.extend_from_slice(&raster.rgb[at..at + 3]);
        }
    }
    Raster { width, height, rgb }
}

/// What is drawn over it.
pub(super) fn lines(shown: &Shown<'_>, at: Transform) -> Vec<Item> {
    let mut items = Vec::new();
    let trim = Rect::of(shown.trim);
    let boxed = |meaning: &Meaning| matches!(meaning, Meaning::Text { .. } | Meaning::Symbol { .. } | Meaning::Picture { .. });
    let boxes = boxes(&shown.art.items)
        .into_iter()
        .filter(|tag| boxed(&tag.meaning))
        .filter_map(|tag| seen(tag.rect, shown, at))
        .map(Segment::Rect);
    items.push(stroke(boxes.collect(), Ink::Boxes, FINE));
    let face = shown.face;
    items.extend(face.and_then(|face| kept_free(face, trim, at)).into_iter().flat_map(|line| cased(line, Ink::Safe, LINE)));
    if shown.extent != trim {
        items.extend(cased(dashed(at.rect(shown.extent), BLEED), Ink::Bleed, LINE));
    }
    items.extend(cased(vec![Segment::Rect(at.rect(trim))], Ink::Trim, LINE));
    let Some(face) = face else { return items };
    let figures = face.die.as_ref().map(|die| die.figures(trim).concat());
    let piece = Polygons::of(figures.as_deref().unwrap_or(&[Segment::Rect(trim)]), Transform::IDENTITY);
    let across = |places: &[f64], upright: bool, pattern: (f64, f64)| -> Vec<Segment> {
        let ends = places.iter().flat_map(|place| piece.chords(*place, upright).into_iter().map(move |ends| (*place, ends)));
        let line = |(place, (from, to)): (f64, (f64, f64))| {
            let [from, to] = [from, to].map(|along| if upright { at.point(place, along) } else { at.point(along, place) });
            dashes(from, to, pattern)
        };
        ends.flat_map(line).collect()
    };
    for (places, upright, pattern) in [(&face.folds, true, FOLD), (&face.perforations, false, PERFORATION)] {
        let segments = across(places, upright, pattern);
        if !segments.is_empty() {
            items.extend(cased(segments, Ink::Fold, LINE));
        }
    }
    items.extend(figures.into_iter().flat_map(|f| cased(f.iter().map(|s| s.under(at)).collect(), Ink::Die, LINE)));
    items
}

/// Within which line content keeps. There is none to draw inside a die of any shape.
fn kept_free(face: &Face, trim: Rect, at: Transform) -> Option<Vec<Segment>> {
    let inside = at.rect(trim.grown(-face.safe));
    match face.die.as_ref().map(|die| &die.shape) {
        _ if face.safe <= 0.0 => None,
        Some(DieShape::Outline(_)) => None,
        Some(DieShape::Round) => Some(dashed_round(inside, SAFE)),
        Some(DieShape::Rounded(_)) | None => Some(dashed(inside, SAFE)),
    }
}

/// What of a box is in the picture; none where it is beside it.
fn seen(rect: Rect, shown: &Shown<'_>, at: Transform) -> Option<Rect> {
    let seen = rect.shared(&shown.extent);
    (seen.w > 0.0 && seen.h > 0.0).then(|| at.rect(seen))
}

/// The boxes of what is noted, and its numbers at their edges. The number of a box beside the picture is at its edge.
pub(super) fn marks(shown: &Shown<'_>, notes: &[Note<'_>], at: Transform, pen: &mut Pen<'_>) -> Vec<Item> {
    let whole = shown.extent;
    let nearest = |rect: Rect| {
        let (x, y) = (rect.x.clamp(whole.x, whole.right()), rect.y.clamp(whole.y, whole.bottom()));
        at.rect(Rect { x, y, w: 0.0, h: 0.0 })
    };
    let found: Vec<(&Note<'_>, Rect)> = notes.iter().filter_map(|note| Some((note, note.rect(shown)?))).collect();
    let mut items = Vec::new();
    // The worst comes last, over the others.
    for (note, rect) in found.iter().rev() {
        let outline = seen(*rect, shown, at).map(|rect| cased(vec![Segment::Rect(rect.grown(NOTED))], Ink::Of(note.severity()), NOTED));
        items.extend(outline.into_iter().flatten());
    }
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (note, rect) in &found {
        let place = free(&seen(*rect, shown, at).unwrap_or_else(|| nearest(*rect)), &taken);
        taken.push(place);
        items.extend(pen.disc(note.number, note.severity(), place));
    }
    items
}

/// A place for a number at the edge of a box where none is yet: along the top from its left corner, then along the
/// bottom, then to the right of it.
fn free(rect: &Rect, taken: &[(f64, f64)]) -> (f64, f64) {
    let pitch = 2.0 * RADIUS + 0.4 * PT_PER_MM;
    // Beyond the corner, so that what is in the box can be read.
    let off = RADIUS;
    let (x, y) = (rect.x - off, rect.y - off);
    let along = |y: f64| (0..).map(move |i| (x + f64::from(i) * pitch, y)).take_while(|(x, _)| *x <= rect.right());
    let beside = (1..64).map(|i| (rect.right() + off + f64::from(i) * pitch, y));
    let is_free = |(x, y): &(f64, f64)| taken.iter().all(|(u, v)| (x - u).hypot(y - v) >= pitch - 1e-6);
    along(y).chain(along(rect.bottom() + off)).chain(beside).find(is_free).unwrap_or((x, y))
}
