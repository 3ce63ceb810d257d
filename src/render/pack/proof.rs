//! A proof to look at: pictures of the pages of the file itself.

use super::super::Artwork;
use crate::color::Condition;
use crate::diag::Problem;
use crate::geom::{Rect, Size};
use crate::limits::Limits;
use crate::page::{Item, Placed};
use crate::pdf::{self, Intent, Meta};
use crate::picture::Picture;
use crate::preview::Preview;
use crate::sheet::Imposed;
use crate::spec::press::Standard;
use crate::text::Fonts;
use rayon::prelude::*;
use std::sync::Arc;

/// Resolution, pixels per inch: words can be read, and codes be scanned from a screen.
const PPI: f64 = 72.0;
/// Quality of its pictures.
const QUALITY: u8 = 75;
/// The most pages that it shows: of more, those at the beginning, and the last.
const MOST_PAGES: usize = 60;

/// The pages as pictures in one small PDF.
pub(super) fn seen(preview: &Preview, artwork: &Artwork, fonts: &Fonts, meta: &Meta) -> Result<Vec<u8>, Problem> {
    let condition = Condition::screen()?;
    let shown = shown(artwork.pages);
    let page = |index: &usize| {
        let fault = || Problem::FileFault { detail: format!("no picture of page {}", index + 1) };
        let raster = preview.page(*index, PPI).ok_or_else(fault)?;
        // Flat art is smaller as it is, photographs as JPEG.
        let (flat, smooth) = (raster.png(), raster.jpeg(QUALITY));
        let smaller = if flat.len() < smooth.len() { flat } else { smooth };
        let picture = Picture::read("proof", &smaller, &condition, &Limits::default()).map_err(|_| fault())?;
        let media = artwork.sheets.get(*index).map_or(Size::default(), |sheet| sheet.media);
        Ok(Imposed::of(media, vec![Item::Image(Placed { picture: Arc::new(picture), rect: Rect::of(media) })]))
    };
    let sheets: Vec<Imposed> = shown.par_iter().map(page).collect::<Result<_, Problem>>()?;
    let meta = Meta { title: format!("Bản xem trước: {}", meta.title), duplex: None, ..meta.clone() };
    pdf::write(&sheets, fonts, Intent { standard: Standard::A2b, condition: &condition }, &meta)
}

/// The pages that it shows, from 0.
fn shown(pages: usize) -> Vec<usize> {
    match pages {
        few if few <= MOST_PAGES => (0..few).collect(),
        many => (0..MOST_PAGES - 1).chain([many - 1]).collect(),
    }
}

/// Which pages it shows, where these are not all, in Vietnamese.
pub(super) fn told(pages: usize) -> Option<String> {
    (pages > MOST_PAGES).then(|| format!("trang 1–{} và {pages}", MOST_PAGES - 1))
}
