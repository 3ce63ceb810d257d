//! Outside tools judge the files of the example campaigns: qpdf, poppler, zbar, Ghostscript, veraPDF, fullbleed
//! and page_validation, which share no code with this crate; jsonschema judges the YAML that they are made of, shells and troffs
//! what is made for them, and strace lets its writing fail. `judges/install` gets those that a machine lacks.
//!
//! A test whose tool is not installed says so and passes; where `CI` is set it fails. Each judge is a
//! function that gives the faults it finds, and is shown to find one in a file that has it.

mod codes;
mod first_hour;
mod fonts;
mod inspect;
mod pages;
mod pictures;
mod plates;
mod preview;
mod records;
mod samples;
mod schema;
mod sheets;
mod shells;
mod standards;
mod syntax;
mod text;
mod tools;
mod writing;
