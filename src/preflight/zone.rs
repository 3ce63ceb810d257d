//! What is around a code: its quiet zone, its ground, the edge of the piece, folds, and other codes.

use super::scene::{Below, CodeShown, Scene};
use crate::diag::Problem;
use crate::geom::{Rect, to_mm};
use crate::page::Tag;
use crate::qr::QUIET_ZONE;

/// Least contrast of a symbol: the difference of what its ground and its modules reflect (ISO/IEC 15415 §7.8.3, grade 2
/// asks for 0.40).
const CONTRAST: f64 = 0.4;
/// Room that a phone needs between two codes to see one alone, pt (10 mm).
const APART: f64 = crate::geom::PT_PER_MM * 10.0;
/// Where the zone is looked at, in modules from the symbol.
const RINGS: [f64; 4] = [0.5, 1.5, 2.5, QUIET_ZONE - 0.3];
/// Rounding of single precision, and of what is drawn to touch the zone, in modules.
const SLACK: f64 = 0.1;

/// Judges the codes of a page: each with its tag. `margin` gives the room between a rectangle and the edge of the piece,
/// pt.
pub(super) fn check<'i>(scene: &Scene<'i>, folds: &[f64], margin: impl Fn(&Rect) -> f64) -> Vec<(&'i Tag, Problem)> {
    let mut found = Vec::new();
    for (i, code) in scene.codes.iter().enumerate() {
        let mut tell = |problem: Problem| found.push((code.tag, problem));
        ground(scene, code).into_iter().for_each(&mut tell);
        let free = margin(&code.rect) / code.module;
        if (0.0..QUIET_ZONE - SLACK).contains(&free) {
            tell(Problem::QrQuietZone { free, at_trim: true, module_mm: to_mm(code.module), neighbour: None });
        }
        if folds.iter().any(|fold| (code.rect.x..code.rect.right()).contains(fold)) {
            tell(Problem::QrOnFold);
        }
        let off = scene.codes[..i].iter().map(|other| apart(&code.rect, &other.rect)).fold(f64::INFINITY, f64::min);
        if off < APART - 0.05 {
            tell(Problem::QrClose { off_mm: to_mm(off), least_mm: to_mm(APART) });
        }
    }
    found
}

/// The ground of a code, and what comes too near on it.
fn ground(scene: &Scene<'_>, code: &CodeShown<'_>) -> Vec<Problem> {
    let ink = code.ink.luminance();
    let seen = |ring: f64| -> Vec<f64> {
        let luminance = |(x, y): (f64, f64)| match scene.beside(code, x, y) {
            Below::Paint(colour) => colour.luminance(),
            Below::Picture(luminance) => luminance,
        };
        around(&code.rect, ring * code.module).map(luminance).collect()
    };
    let mut problems = Vec::new();
    let own = seen(RINGS[0]);
    let (darkest, lightest) = own.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), l| (low.min(*l), high.max(*l)));
    if lightest < ink {
        return vec![Problem::QrInverted];
    }
    if lightest - ink < CONTRAST {
        return vec![Problem::QrPale { contrast: (lightest - ink).max(0.0), least: CONTRAST }];
    }
    let is_light = |luminance: &f64| luminance - ink >= CONTRAST;
    if scene.is_code_covered(code) {
        return vec![Problem::QrCovered];
    }
    let (lettered, neighbour) = texts_off(scene, code).unzip();
    let painted = match is_light(&darkest) {
        false => Some(0.0),
        true => RINGS[1..].iter().zip(RINGS).find(|(ring, _)| !seen(**ring).iter().all(is_light)).map(|(_, inside)| inside),
    };
    let framed = frame_off(scene, code);
    let free = painted.into_iter().chain(lettered).chain(framed).fold(f64::INFINITY, f64::min);
    if free < QUIET_ZONE - SLACK {
        let neighbour = neighbour.filter(|_| lettered.is_some_and(|lettered| lettered <= free)).map(|tag| tag.in_box.clone());
        problems.push(Problem::QrQuietZone { free, at_trim: false, module_mm: to_mm(code.module), neighbour });
    }
    problems
}

/// Points at a distance from the four sides of a rectangle. Those off its corners do not count: cards have round ones.
fn around(rect: &Rect, off: f64) -> impl Iterator<Item = (f64, f64)> {
    let Rect { x, y, w, h } = *rect;
    const STEPS: usize = 8;
    (0..=STEPS).flat_map(move |i| {
        let share = i as f64 / STEPS as f64;
        let (across, down) = (x + share * w, y + share * h);
        [(across, y - off), (x + w + off, down), (across, y + h + off), (x - off, down)]
    })
}

/// Modules between a code and the nearest text, and which that is; none where no text is near.
fn texts_off<'i>(scene: &Scene<'i>, code: &CodeShown<'_>) -> Option<(f64, &'i Tag)> {
    let zone = code.rect.grown(QUIET_ZONE * code.module);
    let near = scene.texts.iter().filter_map(|text| {
        let last = text.run.glyphs.last()?;
        // From the height of small letters to the baseline: marks above a caption may reach into the zone by a hair.
        let run = Rect { x: text.run.x, y: text.run.y - 0.5 * text.run.size, w: last.x + 0.4 * text.run.size, h: 0.5 * text.run.size };
        let rect = text.at.rect(run);
        rect.overlaps(&zone, SLACK * code.module).then(|| (apart(&rect, &code.rect) / code.module, text.tag))
    });
    near.min_by(|a, b| a.0.total_cmp(&b.0))
}

/// Modules between a code and a line around it or beside it; none where none is near.
fn frame_off(scene: &Scene<'_>, code: &CodeShown<'_>) -> Option<f64> {
    let off = scene.frames.iter().map(|frame| {
        let hull = frame.bounds();
        if hull.holds(&code.rect, 0.0) { frame.margin(&code.rect) } else { apart(&hull, &code.rect) }
    });
    off.map(|off| off.max(0.0) / code.module).reduce(f64::min)
}

/// The room between two rectangles; 0 where they touch.
fn apart(a: &Rect, b: &Rect) -> f64 {
    let across = (a.x - b.right()).max(b.x - a.right()).max(0.0);
    let down = (a.y - b.bottom()).max(b.y - a.bottom()).max(0.0);
    across.hypot(down)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Colour;
    use crate::diag::{Finding, Spot};
    use crate::geom::mm;
    use crate::page::{Item, Meaning, Path, Segment};
    use std::sync::Arc;

    fn fill(rect: Rect, colour: Colour) -> Item {
        let Rect { x, y, w, h } = rect;
        let segments =
            vec![Segment::Move(x, y), Segment::Line(x + w, y), Segment::Line(x + w, y + h), Segment::Line(x, y + h), Segment::Close];
        Item::Path(Path { segments, fill: Some(colour), even_odd: false, stroke: None, overprint: false })
    }

    /// A code of 25 modules of 1 mm, 30 mm from the left and the top.
    fn code(ink: Colour) -> [Item; 2] {
        let rect = Rect { x: mm(30.0), y: mm(30.0), w: mm(25.0), h: mm(25.0) };
        let symbol = Arc::new(crate::qr::encode("https://www.bluezone.gov.vn/", None).unwrap());
        let tag = Tag {
            rect,
            in_box: "front/qr".into(),
            spot: Spot::default(),
            language: "vi".into(),
            mirrored: false,
            meaning: Meaning::Symbol { symbol, module: mm(1.0) },
        };
        [Item::Tag(tag), fill(rect, ink)]
    }

    fn codes(items: &[Item], margin_mm: f64, folds: &[f64]) -> Vec<&'static str> {
        let scene = Scene::of(items);
        check(&scene, folds, |_| mm(margin_mm)).into_iter().map(|(_, p)| Finding::in_file("a", p).code()).collect()
    }

    fn square(from: f64, side: f64) -> Rect {
        Rect { x: mm(from), y: mm(from), w: mm(side), h: mm(side) }
    }

    #[test]
    fn a_code_on_paper_has_its_zone() {
        assert_eq!(codes(&code(Colour::Gray(0.0)), 5.0, &[]), [""; 0]);
        assert_eq!(codes(&code(Colour::Gray(0.0)), 3.0, &[]), ["qr-quiet-zone"]);
        assert_eq!(codes(&code(Colour::Gray(0.0)), 5.0, &[mm(40.0)]), ["qr-on-fold"]);
    }

    #[test]
    fn a_dark_ground_must_leave_four_modules() {
        let on_card = |card: f64| {
            let [tag, modules] = code(Colour::Gray(0.0));
            let side = 25.0 + 2.0 * card;
            vec![fill(square(0.0, 100.0), Colour::Gray(0.1)), fill(square(30.0 - card, side), Colour::Gray(1.0)), tag, modules]
        };
        assert_eq!(codes(&on_card(4.0), 5.0, &[]), [""; 0]);
        assert_eq!(codes(&on_card(3.0), 5.0, &[]), ["qr-quiet-zone"]);
        assert_eq!(codes(&on_card(-1.0), 5.0, &[]), ["qr-low-contrast"]);
    }

    #[test]
    fn light_codes_and_pale_grounds_are_told() {
        let [tag, modules] = code(Colour::Gray(1.0));
        assert_eq!(codes(&[fill(square(0.0, 100.0), Colour::Gray(0.0)), tag, modules], 5.0, &[]), ["qr-inverted"]);
        let [tag, modules] = code(Colour::Gray(0.6));
        assert_eq!(codes(&[fill(square(0.0, 100.0), Colour::Gray(0.8)), tag, modules], 5.0, &[]), ["qr-low-contrast"]);
    }

    #[test]
    fn a_frame_keeps_off_too() {
        let frame = |off: f64| {
            let Item::Path(path) = fill(square(30.0 - off, 25.0 + 2.0 * off), Colour::Gray(0.0)) else { unreachable!() };
            let stroke = Some(crate::page::Stroke { ink: Colour::Gray(0.0), width: 1.0, round: false });
            Item::Path(Path { fill: None, stroke, ..path })
        };
        for (off, told) in [(5.0, vec![]), (2.0, vec!["qr-quiet-zone"])] {
            let [tag, modules] = code(Colour::Gray(0.0));
            assert_eq!(codes(&[tag, modules, frame(off)], 5.0, &[]), told, "{off}");
        }
    }

    #[test]
    fn what_is_painted_later_counts_too() {
        let [tag, modules] = code(Colour::Gray(0.0));
        let patch = fill(Rect { x: mm(57.0), y: mm(30.0), w: mm(10.0), h: mm(25.0) }, Colour::Gray(0.2));
        assert_eq!(codes(&[tag, modules, patch], 5.0, &[]), ["qr-quiet-zone"]);
    }
}
