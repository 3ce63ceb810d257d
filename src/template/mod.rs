//! Formats: sizes, fields, styles and a tree of boxes, read from YAML and bound to a piece and a record.
//!
//! After [`Binding::bind`] nothing is left to resolve: no placeholder, default, language choice, path, or unit
//! other than points, and every colour is one of the chosen press.
//!
//! ```
//! use toroi::color::Condition;
//! use toroi::files::{Files, Memory};
//! use toroi::limits::Limits;
//! use toroi::spec::{campaign, press};
//! use toroi::template::bind::{Binding, Job};
//! use toroi::template::{bound::BlockKind, format};
//! use toroi::text::Fonts;
//!
//! let campaign = "campaign: mot-cua\npieces: {bien: {format: bien, text: {loi: Lấy số}}}";
//! let format = "format: bien\nsizes: {a6: {trim: 105x148mm}}\nfields: {loi: {type: text}}\nstyles: {to: {size: 20pt}}\n\
//!     sides: [{name: front, column: {padding: 10mm, children: [{text: {value: '{{ loi }}!', style: to}}]}}]";
//! let campaign = campaign::read("campaign.yaml", campaign.as_bytes(), &Limits::default()).0.unwrap();
//! let format = format::read("bien.yaml", format.as_bytes(), &Limits::default()).0.unwrap();
//! let world = Memory::default();
//! let files = Files::beside(&world, "campaign.yaml");
//! let office = files.template("press/", "office").unwrap().unwrap();
//! let press = press::read(&office.name, &office.bytes, &Limits::default()).0.unwrap();
//! let condition = Condition::builtin(press.space, press.limits.ink).unwrap();
//! let (fonts, _) = Fonts::load(Vec::new());
//! let (piece, size) = (&campaign.pieces[0], &format.sizes[0]);
//! let (campaign, format, press, condition, fonts, files) = (&campaign, &format, &press, &condition, &fonts, &files);
//! let job = Job { campaign, piece, format, size, press, condition, table: None, fonts, files };
//!
//! let bound = Binding::new(&job).bind(None);
//! assert_eq!(bound.findings, []);
//! let BlockKind::Container { children, .. } = &bound.sides[0].root.kind else { unreachable!() };
//! assert!(matches!(&children[0].kind, BlockKind::Text(text) if text.spans[0].text == "Lấy số!"));
//! ```

pub mod bind;
pub mod bound;
pub mod boxes;
mod filters;
pub mod format;
mod frugal;
mod markup;
mod payload;
pub mod size;
pub mod starter;
pub mod style;
mod values;

pub use bind::Binding;
pub(crate) use values::placeholders;
