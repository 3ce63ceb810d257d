//! Whether texts stand out from what is printed below them, and are not covered by what is printed after them. Contrast
//! is that of luminance, so what holds in colour holds on a printer that knows only grey.

use super::scene::{Below, Scene, Text};
use crate::color::Colour;
use crate::diag::Problem;
use crate::page::{Meaning, Role, Tag};
use crate::spec::press::Limits;
use crate::text::Fonts;

/// Least contrast of running text, and of headlines (WCAG 2.2, 1.4.3).
const TEXT: f64 = 4.5;
const HEADLINE: f64 = 3.0;
/// From this size on a text is large (WCAG 2.2, 1.4.3), pt.
const LARGE: f64 = 18.0;
/// Light text on a dark ground is at least so heavy where it is not large: ink spreads into it.
const REVERSED_WEIGHT: u16 = 600;
/// Share of a line that is covered where it is no touch at its edge.
const COVERED: f64 = 0.3;

/// Texts that do not stand out, each with its tag.
pub(super) fn check<'i>(scene: &Scene<'i>, fonts: &Fonts, limits: &Limits) -> Vec<(&'i Tag, Problem)> {
    let mut found: Vec<(&Tag, Problem)> = Vec::new();
    for text in &scene.texts {
        for problem in judge(text, scene, fonts, limits) {
            // Once for a text, not for each of its lines.
            let alike = |(known, other): &(&Tag, Problem)| {
                std::ptr::eq(*known, text.tag) && std::mem::discriminant(other) == std::mem::discriminant(&problem)
            };
            if !found.iter().any(alike) {
                found.push((text.tag, problem));
            }
        }
    }
    found
}

fn judge(text: &Text<'_>, scene: &Scene<'_>, fonts: &Fonts, limits: &Limits) -> Vec<Problem> {
    let Text { tag, run, at, .. } = text;
    let Meaning::Text { role, text: said, .. } = &tag.meaning else { return Vec::new() };
    let least = if matches!(role, Some(Role::H1 | Role::H2)) || run.size >= LARGE { HEADLINE } else { TEXT };
    let inked = run.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    // The middle of a small letter, at each glyph.
    let points: Vec<(f64, f64)> = inked.map(|glyph| at.point(run.x + glyph.x + 0.2 * run.size, run.y - 0.25 * run.size)).collect();
    let mut grounds: Vec<&Colour> = Vec::new();
    let mut on_picture = f64::INFINITY;
    let own = run.ink.luminance();
    for (x, y) in &points {
        match scene.below(text, *x, *y) {
            Below::Paint(ground) if grounds.last().is_none_or(|last| !std::ptr::eq(*last, ground)) => grounds.push(ground),
            Below::Paint(_) => {}
            Below::Picture(luminance) => on_picture = on_picture.min((own.max(luminance) + 0.05) / (own.min(luminance) + 0.05)),
        }
    }
    let mut problems = Vec::new();
    let worst = grounds.into_iter().map(|ground| (run.ink.contrast(ground), ground)).min_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((ratio, ground)) = worst {
        if ratio < least - 0.05 {
            problems.push(Problem::LowContrast { ratio, least, inks: Box::new([run.ink.clone(), ground.clone()]) });
        }
        let weight = fonts.faces.get(run.face).map_or(REVERSED_WEIGHT, |face| face.weight);
        let thin = run.size < limits.reversed - 1e-6 || weight < REVERSED_WEIGHT && run.size < LARGE;
        if own > ground.luminance() && thin {
            problems.push(Problem::ReversedThin { size_pt: run.size, weight, least_pt: limits.reversed });
        }
    }
    if on_picture < least - 0.05 {
        problems.push(Problem::TextOnPicture { ratio: on_picture, least });
    }
    let covered = points.iter().filter(|(x, y)| scene.is_covered(text, *x, *y)).count();
    if covered as f64 > COVERED * points.len() as f64 {
        problems.push(Problem::TextCovered { text: beginning(said) });
    }
    problems
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_string(),
    }
}
