//! Formats: sizes, fields, styles and a tree of boxes, read from YAML and bound to a piece and a record.
//!
//! After [`bind()`] nothing is left to resolve: no placeholder, default, language choice, path, or unit
//! other than points, and every colour is one of the chosen press.

pub mod bind;
pub mod bound;
pub mod boxes;
pub mod format;
mod markup;
mod payload;
mod values;

pub use bind::bind;
