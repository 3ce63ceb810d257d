//! Judging what was made: pages, codes, and the file. Layout reports overflow; nothing is measured anew.
//!
//! ```
//! use toroi::diag::Spot;
//! use toroi::files::{Files, Memory};
//! use toroi::geom::{Rect, Size, mm};
//! use toroi::limits::Limits;
//! use toroi::page::{Item, Meaning, Page, Tag};
//! use toroi::preflight::check_page;
//! use toroi::spec::press;
//! use toroi::text::Fonts;
//!
//! let world = Memory::default();
//! let offset = Files::beside(&world, "campaign.yaml").template("press/", "offset").unwrap().unwrap();
//! let offset = press::read(&offset.name, &offset.bytes, &Limits::default()).0.unwrap();
//! let rect = Rect { x: mm(1.0), y: mm(20.0), w: mm(30.0), h: mm(2.0) };
//! let meaning = Meaning::Text { role: None, size: 5.0, text: "Số 12".into() };
//! let note = Tag { rect, meaning, in_box: "front/note".into(), spot: Spot::default(), language: "vi".into(), mirrored: false };
//! let page = Page { items: vec![Item::Tag(note)], ..Page::blank(Size { w: mm(105.0), h: mm(148.0) }) };
//!
//! let findings = check_page(&page, "front", &offset, offset.safe, &Fonts::load(Vec::new()).0);
//! assert_eq!(findings.iter().map(|f| f.code()).collect::<Vec<_>>(), ["type-too-small", "safe-area"]);
//! ```

mod contrast;
mod file;
mod inks;
mod leftovers;
mod lines;
mod page;
mod reach;
mod scene;
mod symbol;
mod words;
mod zone;

pub use file::check_file;
pub use inks::check_palette;
pub use page::check_page;
pub(crate) use reach::Reach;
pub use symbol::{check_modules, check_raster};
pub(crate) use symbol::{judge_pixels, least_pixels, reads_from_mm};
pub use words::{check_cell, check_text};
pub(crate) use words::{is_vietnamese, misspelt_placeholder, without_placeholders};
