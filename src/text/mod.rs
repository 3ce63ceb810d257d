//! Setting text: fonts, shaping and breaking by parley, and what print adds to them: clearance by the
//! ink of stacked Vietnamese marks, balanced headlines, and fitting between two sizes.

mod block;
mod fonts;
mod keep;
pub mod legacy;
mod set;
mod syllables;

/// Whether a sign is not seen and parts nothing: marks of direction, of bytes and of variants, spaces without width. A
/// joiner is part of some signs (U+200D), and a soft hyphen may become one that is seen.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{2064}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}

/// Signs around a place that a finding shows, on each side.
const AROUND: usize = 14;

/// The words around a place in a text.
pub(crate) fn near(text: &str, at: usize) -> String {
    let before: Vec<char> = text[..at].chars().rev().take_while(|c| *c != '\n').take(AROUND).collect();
    let after = text[at..].chars().take_while(|c| *c != '\n').take(AROUND);
    before.into_iter().rev().chain(after).collect::<String>().trim().to_string()
}

pub use block::{Align, Glyph, Line, Run, SetText, Span, TextBlock, TypeStyle};
pub use fonts::{DEFAULT_FAMILY, Embedding, Face, Fonts, vietnamese};
pub use keep::Compounds;
pub use set::{Key, Setter};
pub(crate) use syllables::is_syllable;
