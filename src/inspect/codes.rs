//! QR codes of a page, from pictures of it at several resolutions.

use super::boxes::View;
use crate::geom::{Rect, to_mm};
use crate::preflight::reads_from_mm;
use crate::preview::Look;
use crate::qr::{Ecc, Grey, Seen, find as find_all, see_picture};

/// Pixels per inch at which the smallest modules that print, of 0.3 mm, have three and a half pixels.
const FINE: f64 = 300.0;
/// The same for small pages, where it costs no more.
const FINEST: f64 = 450.0;
/// Side of a picture that is searched in one piece, pixels.
const WHOLE: f64 = 3_600.0;
/// Side of a part of a larger page, pixels, and by how much parts overlap.
const PART: f64 = 3_000.0;
const OVERLAP: f64 = 600.0;
/// Parts of a page, at most; of a page that has more, only the whole is searched.
const MOST_PARTS: usize = 48;
/// Side of the picture in which codes are looked for that are seen aslant, pixels.
const ASLANT: f64 = 1_400.0;
/// How often a picture that the reader gave up on is quartered.
const MOST_QUARTERED: usize = 2;
/// Modules of light that are looked for around a symbol.
const QUIET: f64 = crate::qr::QUIET_ZONE;

/// A QR code on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// What it says. Bytes that are no UTF-8 are read as Latin-1.
    pub payload: String,
    /// Version 1 to 40.
    pub version: u8,
    /// Modules on a side.
    pub modules: usize,
    /// Error correction.
    pub ecc: Ecc,
    /// The upright rectangle around it, without its quiet zone, pt from the top left corner of the page's media box.
    pub at: Rect,
    /// Its side, pt.
    pub side: f64,
    /// Side of one of its modules, pt.
    pub module: f64,
    /// Light around it, modules; no more than 4 are looked for.
    pub quiet: f64,
    /// Whether it is left for right.
    pub mirrored: bool,
    /// Whether it is light on dark.
    pub inverted: bool,
}

impl Code {
    /// Distance from which a phone reads it well, m.
    pub fn reads_from_m(&self) -> f64 {
        reads_from_mm(self.module) / 1000.0
    }

    /// Side of one of its modules, mm.
    pub fn module_mm(&self) -> f64 {
        to_mm(self.module)
    }
}

/// The codes of a page, and whether the smallest were looked for. `None` where no picture can be made of it.
pub fn find(look: &Look<'_>, index: usize, view: &View) -> Option<(Vec<Code>, bool)> {
    let drawn = view.drawn;
    let longest = drawn.w.max(drawn.h) / 72.0;
    if !(drawn.w.is_finite() && drawn.h.is_finite() && longest > 0.0) {
        return None;
    }
    let ppi = (WHOLE / longest).min(FINEST);
    let mut found = Vec::new();
    search(&draw(look, index, view, drawn, ppi)?, &mut found);
    let parts = if ppi < FINE { parts(drawn, PART * 72.0 / FINE, OVERLAP * 72.0 / FINE) } else { Vec::new() };
    let fine = parts.len() <= MOST_PARTS;
    if fine {
        for part in parts {
            if let Some(drawing) = draw(look, index, view, part, FINE) {
                search(&drawing, &mut found);
            }
        }
    }
    found.sort_by(|a, b| (a.at.y, a.at.x).partial_cmp(&(b.at.y, b.at.x)).unwrap_or(std::cmp::Ordering::Equal));
    Some((found, fine))
}

/// Overlapping squares that cover a rectangle.
fn parts(all: Rect, side: f64, overlap: f64) -> Vec<Rect> {
    let starts = |length: f64| {
        let count = ((length - overlap) / (side - overlap)).ceil().clamp(1.0, 64.0) as usize;
        (0..count).map(move |i| i as f64 * (side - overlap))
    };
    let cut = |x: f64, y: f64| Rect { x: all.x + x, y: all.y + y, w: side.min(all.w - x), h: side.min(all.h - y) };
    starts(all.h).flat_map(|y| starts(all.w).map(move |x| (x, y))).map(|(x, y)| cut(x, y)).collect()
}

/// A grey picture of a part of a page.
struct Drawing {
    grey: Grey,
    /// The part.
    part: Rect,
    /// Points a pixel.
    pixel: f64,
}

fn draw(look: &Look<'_>, index: usize, view: &View, part: Rect, ppi: f64) -> Option<Drawing> {
    // The renderer knows nothing of units, and begins at the corner of what is drawn.
    let in_units = part.moved(-view.drawn.x, -view.drawn.y);
    let in_units = Rect { x: in_units.x / view.unit, y: in_units.y / view.unit, w: in_units.w / view.unit, h: in_units.h / view.unit };
    Some(Drawing { grey: look.grey(index, in_units, ppi * view.unit)?, part, pixel: 72.0 / ppi })
}

/// A smaller copy.
fn shrunk(grey: &Grey, by: f64) -> Grey {
    let size = |length: usize| ((length as f64 * by) as usize).max(1);
    let (width, height) = (size(grey.width), size(grey.height));
    let mut levels = Vec::with_capacity(width * height);
    for y in 0..height {
        let (top, bottom) = span(y, 1.0 / by, grey.height);
        for x in 0..width {
            let (left, right) = span(x, 1.0 / by, grey.width);
            let row = |y: usize| grey.levels[y * grey.width..][left..right].iter().map(|l| u32::from(*l)).sum::<u32>();
            levels.push(((top..bottom).map(row).sum::<u32>() / ((bottom - top) * (right - left)) as u32) as u8);
        }
    }
    Grey { width, height, levels }
}

fn span(at: usize, step: f64, most: usize) -> (usize, usize) {
    let from = ((at as f64 * step) as usize).min(most - 1);
    (from, (((at + 1) as f64 * step) as usize).clamp(from + 1, most))
}

/// Adds the codes of a drawing to those that are known.
fn search(drawing: &Drawing, found: &mut Vec<Code>) {
    let grey = &drawing.grey;
    if grey.levels.iter().all(|level| *level == grey.levels[0]) {
        return;
    }
    let mut add = |code: Code| {
        if !found.iter().any(|known| same_place(known, &code)) {
            found.push(code);
        }
    };
    find_all(grey).iter().for_each(|found| add(measure(drawing, &found.seen, found.inverted)));
    // Codes in photographs are seen aslant: for them, a reader that knows perspective.
    let by = (ASLANT / grey.width.max(grey.height) as f64).min(1.0);
    let small = shrunk(grey, by);
    for mut seen in see(&small, [0, 0, small.width, small.height], MOST_QUARTERED) {
        seen.corners = seen.corners.map(|(x, y)| (x / by, y / by));
        add(measure(drawing, &seen, false));
    }
}

fn same_place(a: &Code, b: &Code) -> bool {
    let middle = |code: &Code| (code.at.x + code.at.w / 2.0, code.at.y + code.at.h / 2.0);
    let ((ax, ay), (bx, by)) = (middle(a), middle(b));
    (ax - bx).hypot(ay - by) < a.side * 0.3
}

/// Codes in a part (left, top, width, height) of a picture.
fn see(grey: &Grey, [left, top, width, height]: [usize; 4], quarters: usize) -> Vec<Seen> {
    match see_picture(width, height, |x, y| grey.at(left + x, top + y)) {
        Some(mut seen) => {
            for code in &mut seen {
                code.corners = code.corners.map(|(x, y)| (x + left as f64, y + top as f64));
            }
            seen
        }
        None if quarters > 0 && width.min(height) > 200 => {
            // Three fifths each way, so that quarters overlap.
            let (w, h) = (width * 3 / 5, height * 3 / 5);
            let corners = [(left, top), (left + width - w, top), (left, top + height - h), (left + width - w, top + height - h)];
            corners.into_iter().flat_map(|(x, y)| see(grey, [x, y, w, h], quarters - 1)).collect()
        }
        None => Vec::new(),
    }
}

/// A symbol's own system of modules in a picture.
struct Frame<'g> {
    grey: &'g Grey,
    origin: (f64, f64),
    across: (f64, f64),
    down: (f64, f64),
    inverted: bool,
}

impl Frame<'_> {
    fn pixel(&self, u: f64, v: f64) -> (f64, f64) {
        (self.origin.0 + u * self.across.0 + v * self.down.0, self.origin.1 + u * self.across.1 + v * self.down.1)
    }

    fn level(&self, u: f64, v: f64) -> f64 {
        let (x, y) = self.pixel(u, v);
        let level = self.grey.between(x, y);
        if self.inverted { 255.0 - level } else { level }
    }

    /// Where dark ends on the way from `from` by `step`; `from` and 32 steps at most.
    fn edge(&self, from: (f64, f64), step: (f64, f64), middle: f64) -> Option<f64> {
        let level = |i: usize| self.level(from.0 + step.0 * i as f64, from.1 + step.1 * i as f64);
        let first = (1..=32).find(|i| level(*i) > middle)?;
        let (before, after) = (level(first - 1), level(first));
        (before <= middle).then(|| first as f64 - (after - middle) / (after - before).max(1e-9))
    }
}

/// Where exactly a symbol ends, how large it is, and how much light is around it.
fn measure(drawing: &Drawing, seen: &Seen, inverted: bool) -> Code {
    let n = seen.modules as f64;
    let [origin, right, _, below] = seen.corners;
    let per_module = |(x, y): (f64, f64)| ((x - origin.0) / n, (y - origin.1) / n);
    let mut frame = Frame { grey: &drawing.grey, origin, across: per_module(right), down: per_module(below), inverted };
    let middle = (frame.level(3.5, 3.5) + frame.level(1.5, 3.5)) / 2.0;
    const STEP: f64 = 1.0 / 16.0;
    // From inside the dark ring of a finder outwards.
    let by = |edge: Option<f64>| edge.map_or(0.0, |steps| steps * STEP - 0.5);
    let left = by(frame.edge((0.5, 3.5), (-STEP, 0.0), middle));
    let far_right = by(frame.edge((n - 0.5, 3.5), (STEP, 0.0), middle));
    let top = by(frame.edge((3.5, 0.5), (0.0, -STEP), middle));
    let bottom = by(frame.edge((3.5, n - 0.5), (0.0, STEP), middle));
    let (wide, high) = ((n + left + far_right) / n, (n + top + bottom) / n);
    frame.origin = frame.pixel(-left, -top);
    frame.across = (frame.across.0 * wide, frame.across.1 * wide);
    frame.down = (frame.down.0 * high, frame.down.1 * high);
    let module = (frame.across.0.hypot(frame.across.1) + frame.down.0.hypot(frame.down.1)) / 2.0 * drawing.pixel;
    let corners = [(0.0, 0.0), (n, 0.0), (n, n), (0.0, n)].map(|(u, v)| frame.pixel(u, v));
    let at = Rect::around(corners.map(|(x, y)| (x * drawing.pixel + drawing.part.x, y * drawing.pixel + drawing.part.y)));
    Code {
        payload: String::from_utf8(seen.payload.clone()).unwrap_or_else(|e| e.as_bytes().iter().map(|b| char::from(*b)).collect()),
        version: ((seen.modules - 17) / 4) as u8,
        modules: seen.modules,
        ecc: seen.ecc,
        at,
        side: module * n,
        module,
        quiet: quiet(&frame, n, middle),
        mirrored: seen.mirrored,
        inverted,
    }
}

/// Light around a symbol on its narrowest side, modules.
fn quiet(frame: &Frame<'_>, n: f64, middle: f64) -> f64 {
    const STEP: f64 = 0.5;
    let rings = (QUIET / STEP) as usize;
    let is_light = |ring: usize| {
        let off = (ring as f64 + 0.5) * STEP;
        let samples = ((n + 2.0 * off) / STEP) as usize;
        (0..=samples).map(|i| i as f64 * STEP - off).all(|along| {
            let around = [(along, -off), (along, n + off), (-off, along), (n + off, along)];
            around.iter().all(|(u, v)| frame.level(*u, *v) > middle)
        })
    };
    (0..rings).take_while(|ring| is_light(*ring)).count() as f64 * STEP
}
