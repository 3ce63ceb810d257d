//! Formats: sizes, fields, styles and a tree of boxes, read from YAML and bound to a piece and a record.
//!
//! After [`Binding::bind`] nothing is left to resolve: no placeholder, default, language choice, path, or unit
//! other than points, and every colour is one of the chosen press.

pub mod bind;
pub mod bound;
pub mod boxes;
mod filters;
pub mod format;
mod markup;
mod payload;
pub mod size;
pub mod starter;
pub mod style;
mod values;

pub use bind::Binding;
pub(crate) use values::placeholders;
