//! toroi
#![forbid(unsafe_code)]
#![warn(missing_docs)]
pub mod color;
pub mod data;
pub mod diag;
pub mod files;
pub mod geom;
pub mod layout;
pub mod page;
pub mod pdf;
pub mod preflight;
pub mod preview;
pub mod qr;
pub mod render;
pub mod sheet;
pub mod spec;
pub mod template;
pub mod text;
