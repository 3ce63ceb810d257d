//! Outside tools judge the files of the example campaign: qpdf, poppler, zbar and Ghostscript, none of
//! which shares code with this crate.
//!
//! A test whose tool is not installed says so and passes; where `CI` is set it fails. Each judge is a
//! function that gives the faults it finds, and is shown to find one in a file that has it.

mod codes;
mod fonts;
mod pages;
mod pictures;
mod plates;
mod preview;
mod samples;
mod syntax;
mod text;
mod tools;
