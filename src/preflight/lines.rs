//! How texts are broken: a last line of one short syllable.

use super::scene::Scene;
use crate::diag::Problem;
use crate::page::{Meaning, Tag};

/// The longest syllable that looks lost on a line of its own, letters.
const SHORT: usize = 6;

/// Texts whose last line holds one short word alone, each with its tag.
pub(super) fn check<'i>(scene: &Scene<'i>) -> Vec<(&'i Tag, Problem)> {
    let of_one = scene.texts.chunk_by(|a, b| std::ptr::eq(a.tag, b.tag));
    let orphan = |lines: &[super::scene::Text<'i>]| {
        let [first, ..] = lines else { return None };
        let Meaning::Text { text, .. } = &first.tag.meaning else { return None };
        let last = lines.iter().map(|text| text.run.y).fold(f64::NEG_INFINITY, f64::max);
        let above = lines.iter().any(|text| text.run.y < last - 0.5);
        let runs = lines.iter().filter(|text| text.run.y >= last - 0.5);
        let word: String = runs.flat_map(|text| &text.run.glyphs).map(|glyph| glyph.text.as_str()).collect();
        let word = word.trim();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        // Of two words one is always alone; and what was broken on purpose is no accident.
        let is_long = text.split_whitespace().count() > 2 && !text.contains('\n');
        let is_lost = above && is_long && (1..=SHORT).contains(&letters) && !word.contains(char::is_whitespace);
        is_lost.then(|| (first.tag, Problem::OrphanedSyllable { word: word.trim_end_matches(['.', ',', '!', '?']).to_string() }))
    };
    of_one.filter_map(orphan).collect()
}
