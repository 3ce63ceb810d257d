//! Judging what was made: pages, codes, and the file. Layout reports overflow; nothing is measured anew.

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
pub use reach::Reach;
pub use symbol::{check_modules, check_raster, judge_pixels, least_pixels, reads_from_mm};
pub use words::{check_cell, check_text, is_vietnamese, misspelt_placeholder, without_placeholders};
