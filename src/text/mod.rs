//! Setting text: fonts, shaping and breaking by parley, and what print adds to them: clearance by the
//! ink of stacked Vietnamese marks, balanced headlines, and fitting between two sizes.

mod block;
mod fonts;
mod keep;
pub mod legacy;
mod set;
mod syllables;

pub use block::{Align, Glyph, Line, Run, SetText, Span, TextBlock, TypeStyle};
pub use fonts::{DEFAULT_FAMILY, Face, Fonts};
pub use keep::Compounds;
pub use set::{Key, Setter};
