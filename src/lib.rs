//! From a YAML campaign to print-ready Vietnamese PDFs whose QR codes are proved to scan.
//!
//! # The flow
//!
//! ```text
//! campaign.yaml ─ spec ──┐
//! rows.xlsx ───── data ──┼─ bind ─ layout ─▶ page ─ sheet ─ pdf ─▶ file.pdf
//! format.yaml ─ template ┘                     │             │
//!                                              └─ preflight ─┘─▶ findings
//! ```
//!
//! 1. [`spec`] reads the campaign: what is said, and which pieces are wanted.
//! 2. [`data`] reads records, from Excel, OpenDocument, CSV or JSON, and checks them.
//! 3. [`template`] reads a format and binds it to a piece and a record. After that nothing is left to
//!    resolve: lengths are points, colours are inks of the press (by its ICC profile, [`color`]), texts are
//!    plain.
//! 4. [`layout`] measures and places, with [`text`] and [`qr`]. Out comes a [`page::Page`]: positioned
//!    items as plain data.
//! 5. [`sheet`] imposes pages on the sheets that go through the press, with marks, cut lines and white.
//! 6. [`pdf`] writes them by the standard of the press, PDF/X-4 for print, and [`preview`] reads the finished file back as a picture.
//! 7. [`preflight`] judges pages, codes and the file. Whatever is wrong comes back as a
//!    [`diag::Finding`]: what, where, and what to do.
//!
//! [`inspect`] goes the other way: any PDF, ours or not, as facts and findings.
//!
//! The page of each stage begins with a short program: plain data in, plain data out, and findings beside it. There is no
//! state between calls, and nothing is global: what a call needs it is given, and all that it gives may be sent to other
//! threads and shared by them. `examples/embed.rs` is the handler of a web service, bytes in and bytes out.
//!
//! # The whole way
//!
//! [`render::render`] walks the whole path, and [`render::render_each`] hands out each file as it is finished. They never
//! print, write or exit (panics of libraries that read pictures, workbooks and PDFs are caught, but reach the panic hook); the world that it reads
//! from is a [`files::World`], on disk or in memory:
//!
//! ```
//! use toroi::files::Memory;
//! use toroi::render::{Options, render};
//!
//! let campaign = r#"
//! campaign: xe-buyt
//! pieces:
//!   tem:
//!     format: bus-sticker
//!     press: vinyl
//!     text: {message: Quét mã xem lịch xe, plate: 19B-012.34}
//!     qr: {app: "HTTPS://MO.VN/7KX2"}
//! "#;
//! let world = Memory([("campaign.yaml".to_string(), campaign.into())].into());
//! let outcome = render(&world, "campaign.yaml", &Options::default());
//! assert_eq!(outcome.findings, []);
//! let tem = &outcome.artworks[0];
//! assert_eq!((tem.file.as_str(), tem.trim_mm, tem.codes.len()), ("tem-vinyl.pdf", [100.0, 100.0], 1));
//! assert!(tem.bytes.starts_with(b"%PDF-1.6"));
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod color;
pub mod data;
pub mod diag;
pub mod drawing;
pub mod files;
pub mod geom;
pub mod inspect;
pub mod layout;
pub mod limits;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod preflight;
pub mod preview;
pub mod qr;
pub mod render;
pub mod sheet;
pub mod spec;
pub mod template;
pub mod text;

/// The programs of the README, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
