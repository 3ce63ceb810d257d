//! Codes in a picture without perspective, such as that of a page: their finders are looked for, and modules read between
//! them. It finds every one of many codes, turned, mirrored or light on dark, and tells where it is to a part of a pixel.

use super::see::{self, Seen};
use rqrr::SimpleGrid;

/// Levels that part dark from light, one after the other.
const LEVELS: [u8; 3] = [128, 192, 64];
/// Rows from one that is looked at to the next: the middle of a finder is three modules high.
const STEP: usize = 3;
/// Least pixels in a module.
const LEAST_UNIT: f64 = 1.6;
/// Finders of a picture, at most: all triples of them are tried.
const MOST_FINDERS: usize = 600;
/// Triples whose modules are read, at most.
const MOST_TRIPLES: usize = 20_000;

/// A grey picture, 0 is black.
pub(crate) struct Grey {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Row by row.
    pub levels: Vec<u8>,
}

impl Grey {
    /// A pixel.
    pub(crate) fn at(&self, x: usize, y: usize) -> u8 {
        self.levels[y * self.width + x]
    }

    /// Between four pixels; paper beyond the edge.
    pub(crate) fn between(&self, x: f64, y: f64) -> f64 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let level = |x: f64, y: f64| {
            let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64 && y < self.height as f64;
            if inside { f64::from(self.at(x as usize, y as usize)) } else { 255.0 }
        };
        let (fx, fy) = (x - left, y - top);
        let upper = level(left, top) * (1.0 - fx) + level(left + 1.0, top) * fx;
        let lower = level(left, top + 1.0) * (1.0 - fx) + level(left + 1.0, top + 1.0) * fx;
        upper * (1.0 - fy) + lower * fy
    }
}

/// A code, and whether it is light on dark.
pub(crate) struct Found {
    /// The code.
    pub seen: Seen,
    /// Whether it is light on dark.
    pub inverted: bool,
}

/// What looks like a finder: its middle, and the side of its modules along the picture's axes.
#[derive(Clone, Copy)]
struct Finder {
    x: f64,
    y: f64,
    unit: f64,
    light: bool,
}

/// The codes of a picture.
pub(crate) fn find(grey: &Grey) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for level in LEVELS {
        let finders = finders(grey, level);
        let mut tries = MOST_TRIPLES;
        for light in [false, true] {
            let alike: Vec<Finder> = finders.iter().filter(|f| f.light == light).copied().collect();
            for code in codes(grey, &alike, light, &mut tries) {
                let middle = |c: &[(f64, f64); 4]| ((c[0].0 + c[2].0) / 2.0, (c[0].1 + c[2].1) / 2.0);
                let (x, y) = middle(&code.corners);
                let is_known = found.iter().any(|known| {
                    let (kx, ky) = middle(&known.seen.corners);
                    (kx - x).hypot(ky - y) < code.modules as f64
                });
                if !is_known {
                    found.push(Found { seen: code, inverted: light });
                }
            }
        }
    }
    found
}

fn finders(grey: &Grey, level: u8) -> Vec<Finder> {
    let mut finders: Vec<Finder> = Vec::new();
    for y in (0..grey.height).step_by(STEP) {
        let row = &grey.levels[y * grey.width..(y + 1) * grey.width];
        // Ends of the last six runs, the newest last.
        let mut ends = [0_usize; 6];
        let mut runs = 0;
        for x in 1..=row.len() {
            if x < row.len() && (row[x] < level) == (row[x - 1] < level) {
                continue;
            }
            ends.rotate_left(1);
            ends[5] = x;
            runs += 1;
            let lengths = [0, 1, 2, 3, 4].map(|i| (ends[i + 1] - ends[i]) as f64);
            if runs < 5 || !is_finder(lengths) {
                continue;
            }
            // The run that has just ended is of the ring, and so of the middle's colour.
            let light = row[x - 1] >= level;
            let middle = (ends[2] + ends[3]) as f64 / 2.0;
            if finders
                .iter()
                .rev()
                .take(64)
                .any(|f| f.light == light && (f.x - middle).abs() < f.unit && (f.y - y as f64).abs() < 2.0 * f.unit)
            {
                continue;
            }
            let Some(finder) = crossed(grey, level, light, middle, y, lengths.iter().sum()) else { continue };
            if !finders.iter().any(|f| f.light == light && (f.x - finder.x).hypot(f.y - finder.y) < f.unit) {
                if finders.len() == MOST_FINDERS {
                    return finders;
                }
                finders.push(finder);
            }
        }
    }
    finders
}

/// One, one, three, one, one.
fn is_finder(lengths: [f64; 5]) -> bool {
    let unit = lengths.iter().sum::<f64>() / 7.0;
    let off = |length: f64, modules: f64| (length - modules * unit).abs() <= 0.5 * unit + 0.6;
    unit >= LEAST_UNIT && off(lengths[2], 3.0) && [0, 1, 3, 4].iter().all(|i| off(lengths[*i], 1.0))
}

/// A finder that is one upwards and sideways too.
fn crossed(grey: &Grey, level: u8, light: bool, x: f64, y: usize, wide: f64) -> Option<Finder> {
    let down = |x: usize| move |i: usize| grey.at(x, i) < level;
    let column = (x as usize).min(grey.width - 1);
    let (cy, high) = across(down(column), grey.height, y, light, wide)?;
    let row = (cy as usize).min(grey.height - 1);
    let (cx, wide) = across(|i| grey.at(i, row) < level, grey.width, column, light, high)?;
    let alike = wide.max(high) < 1.35 * wide.min(high);
    alike.then_some(Finder { x: cx, y: cy, unit: (wide + high) / 14.0, light })
}

/// Middle and length of a finder on a line through it.
fn across(is_dark: impl Fn(usize) -> bool, length: usize, from: usize, light: bool, expected: f64) -> Option<(f64, f64)> {
    let reach = (expected * 0.7) as usize + 3;
    let ring = |i: usize| is_dark(i) != light;
    if !ring(from) {
        return None;
    }
    // Lengths of the middle's half, the gap and the ring, each way.
    let walk = |step: isize| {
        let mut lengths = [0_usize; 3];
        let mut at = from as isize + if step > 0 { 0 } else { -1 };
        for (part, length_of) in lengths.iter_mut().enumerate() {
            while at >= 0 && (at as usize) < length && ring(at as usize) == (part != 1) {
                *length_of += 1;
                at += step;
                if *length_of > reach {
                    return None;
                }
            }
        }
        Some(lengths)
    };
    let (back, on) = (walk(-1)?, walk(1)?);
    let lengths = [back[2], back[1], back[0] + on[0], on[1], on[2]].map(|l| l as f64);
    let start = from as f64 - (back[0] + back[1] + back[2]) as f64;
    let whole: f64 = lengths.iter().sum();
    is_finder(lengths).then_some((start + lengths[0] + lengths[1] + lengths[2] / 2.0, whole))
}

/// Reads the modules between every three finders that may belong together.
fn codes(grey: &Grey, finders: &[Finder], light: bool, tries: &mut usize) -> Vec<Seen> {
    let mut found = Vec::new();
    for corner in finders {
        let arms: Vec<(f64, f64, f64)> = finders
            .iter()
            .filter(|f| f.unit.max(corner.unit) < 1.3 * f.unit.min(corner.unit))
            .map(|f| (f.x - corner.x, f.y - corner.y, (f.x - corner.x).hypot(f.y - corner.y)))
            .filter(|(_, _, length)| *length > 9.0 * corner.unit && *length < 180.0 * corner.unit)
            .collect();
        for (i, a) in arms.iter().enumerate() {
            for b in &arms[i + 1..] {
                let slack = 0.03 * a.2 + 1.5;
                let level = (a.2 - b.2).abs() < slack && (a.0 * b.0 + a.1 * b.1).abs() < slack * a.2;
                if !level || *tries == 0 {
                    continue;
                }
                *tries -= 1;
                // Clockwise, as y grows downwards: the second arm to the right of the first.
                let (across, down) = if a.0 * b.1 - a.1 * b.0 > 0.0 { (a, b) } else { (b, a) };
                found.extend(read(grey, corner, (across.0, across.1), (down.0, down.1), light));
            }
        }
    }
    found
}

/// Reads a symbol by the middle of its first finder and the ways to the two others.
fn read(grey: &Grey, corner: &Finder, across: (f64, f64), down: (f64, f64), light: bool) -> Option<Seen> {
    let length = (across.0.hypot(across.1) + down.0.hypot(down.1)) / 2.0;
    // A line along an axis cuts a turned finder aslant.
    let unit = corner.unit * (across.0.abs().max(across.1.abs()) / length).min(1.0);
    let version = (length / unit + 7.0 - 17.0) / 4.0;
    let mut versions: Vec<usize> =
        (-2..=2).map(|by| version.round() as i64 + by).filter(|v| (1..=40).contains(v)).map(|v| v as usize).collect();
    versions.sort_by(|a, b| (*a as f64 - version).abs().total_cmp(&(*b as f64 - version).abs()));
    versions.into_iter().find_map(|version| {
        let n = 17 + 4 * version;
        let between = (n - 7) as f64;
        let step = |(x, y): (f64, f64)| (x / between, y / between);
        let (u, v) = (step(across), step(down));
        let point = |x: f64, y: f64| (corner.x + (x - 3.5) * u.0 + (y - 3.5) * v.0, corner.y + (x - 3.5) * u.1 + (y - 3.5) * v.1);
        let level = |x: f64, y: f64| {
            let (px, py) = point(x, y);
            grey.between(px, py)
        };
        let middle = (level(3.5, 3.5) + level(1.5, 3.5)) / 2.0;
        let dark = |x: usize, y: usize| (level(x as f64 + 0.5, y as f64 + 0.5) < middle) != light;
        let timing = (8..n - 8).flat_map(|i| [dark(i, 6), dark(6, i)].map(|is| is == i.is_multiple_of(2)));
        let wrong = timing.filter(|right| !right).count();
        if wrong * 8 > 2 * (n - 16) {
            return None;
        }
        let corners = [(0.0, 0.0), (n as f64, 0.0), (n as f64, n as f64), (0.0, n as f64)].map(|(x, y)| point(x, y));
        see::read_modules(SimpleGrid::from_func(n, dark), corners)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr;

    /// Symbols of a payload each, drawn at their places: left, top, side of a module, degrees.
    fn drawn(codes: &[(&str, f64, f64, f64, f64)]) -> Grey {
        let (width, height) = (900, 700);
        let mut levels = vec![255; width * height];
        for (payload, left, top, module, degrees) in codes {
            let symbol = qr::encode(payload, None).unwrap();
            let (sin, cos) = degrees.to_radians().sin_cos();
            for y in 0..height {
                for x in 0..width {
                    let (dx, dy) = (x as f64 + 0.5 - left, y as f64 + 0.5 - top);
                    let at =
                        |along: f64| Some((along / module).floor()).filter(|m| *m >= 0.0 && *m < symbol.modules as f64).map(|m| m as usize);
                    let (u, v) = (at(dx * cos + dy * sin), at(dy * cos - dx * sin));
                    if u.zip(v).is_some_and(|(u, v)| symbol.is_dark(u, v)) {
                        levels[y * width + x] = 0;
                    }
                }
            }
        }
        Grey { width, height, levels }
    }

    fn read(grey: &Grey) -> Vec<(String, bool, bool)> {
        let mut read: Vec<_> = find(grey)
            .into_iter()
            .map(|found| (String::from_utf8(found.seen.payload).unwrap(), found.seen.mirrored, found.inverted))
            .collect();
        read.sort();
        read
    }

    #[test]
    fn all_of_many_codes_are_found() {
        let payloads: Vec<String> = (0..24).map(|i| format!("HTTPS://MO.VN/{i:04}")).collect();
        let codes: Vec<_> = payloads
            .iter()
            .enumerate()
            .map(|(i, p)| (p.as_str(), 20.0 + (i % 6) as f64 * 145.0, 20.0 + (i / 6) as f64 * 160.0, 3.9, 0.0))
            .collect();
        let expected: Vec<_> = payloads.iter().map(|p| (p.clone(), false, false)).collect();
        assert_eq!(read(&drawn(&codes)), expected);
    }

    #[test]
    fn turned_mirrored_and_light_codes_are_told() {
        let mut grey = drawn(&[("https://mo.vn/7KX2", 400.0, 100.0, 5.3, 33.0)]);
        let is = |mirrored, inverted| vec![("https://mo.vn/7KX2".to_string(), mirrored, inverted)];
        assert_eq!(read(&grey), is(false, false));
        grey.levels.iter_mut().for_each(|l| *l = 255 - *l);
        assert_eq!(read(&grey), is(false, true));
        let width = grey.width;
        grey.levels.chunks_exact_mut(width).for_each(<[u8]>::reverse);
        assert_eq!(read(&grey), is(true, true));
    }

    #[test]
    fn a_large_symbol_is_read() {
        let payload = "0123456789 abcdefghij ".repeat(40);
        assert_eq!(read(&drawn(&[(&payload, 30.0, 30.0, 5.0, 0.0)])), [(payload, false, false)]);
    }
}
