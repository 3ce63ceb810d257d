//! Pictures of the finished PDF, by hayro: the picture proves the file, not a second renderer.
//!
//! ```
//! use toroi::preview::Preview;
//!
//! let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
//!     3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 36]/Contents 4 0 R>>endobj\n4 0 obj<</Length 15>>stream\n\
//!     0 0 36 36 re f\nendstream endobj\ntrailer<</Root 1 0 R>>";
//! let raster = Preview::open(pdf.to_vec()).unwrap().page(0, 144.0).unwrap();
//! assert_eq!((raster.width, raster.height), (144, 72));
//! assert_eq!((raster.grey(20, 36), raster.grey(120, 36)), (0, 255));
//! assert!(raster.png().starts_with(b"\x89PNG"));
//! ```

use crate::geom::Rect;
use crate::qr::Grey;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// A finished file, read again by another library.
pub struct Preview {
    pdf: Pdf,
}

/// Pixels, three bytes each.
pub struct Raster {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Red, green, blue.
    pub rgb: Vec<u8>,
}

impl Raster {
    /// Lightness of a pixel, 0 to 255.
    pub fn grey(&self, x: usize, y: usize) -> u8 {
        let at = (y * self.width + x) * 3;
        let [r, g, b] = [0, 1, 2].map(|i| u32::from(self.rgb[at + i]));
        ((r * 299 + g * 587 + b * 114) / 1000) as u8
    }

    /// The picture as PNG.
    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        // Three bytes a pixel by construction, and writing to memory does not fail.
        let _ = encoder.write_image(&self.rgb, self.width as u32, self.height as u32, ExtendedColorType::Rgb8);
        bytes
    }

    /// The picture as JPEG, of a quality from 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        // As above.
        let _ = encoder.write_image(&self.rgb, self.width as u32, self.height as u32, ExtendedColorType::Rgb8);
        bytes
    }
}

impl Preview {
    /// Reads a PDF. `None` if it is none.
    pub fn open(pdf: Vec<u8>) -> Option<Preview> {
        Pdf::new(pdf).ok().map(|pdf| Preview { pdf })
    }

    pub(crate) fn of(pdf: Pdf) -> Preview {
        Preview { pdf }
    }

    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The file as its reader sees it.
    pub(crate) fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    /// A whole page at a resolution in pixels per inch.
    pub fn page(&self, index: usize, ppi: f64) -> Option<Raster> {
        let (w, h) = self.pdf.pages().get(index)?.render_dimensions();
        self.look().part(index, Rect { x: 0.0, y: 0.0, w: w.into(), h: h.into() }, ppi)
    }

    /// A look at the file that remembers its fonts, for one thread.
    pub fn look(&self) -> Look<'_> {
        Look { preview: self, cache: RenderCache::new() }
    }
}

/// A page in black, to look at.
const IN_INK: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Length 22>>stream\n0 0 0 1 k 0 0 9 9 re f\n\
    endstream endobj\ntrailer<</Root 1 0 R>>";

/// Readies what the first picture of process inks needs, once in a process: its reader works out how they look, which
/// takes longer than a leaflet takes to be laid out. Best done on another thread, meanwhile.
pub(crate) fn ready_inks() -> Option<Raster> {
    Preview::open(IN_INK.to_vec())?.page(0, 72.0)
}

/// A look at a file.
pub struct Look<'p> {
    preview: &'p Preview,
    cache: RenderCache<'p>,
}

impl Look<'_> {
    /// A rectangle of a page, in points from its top left corner.
    pub fn part(&self, index: usize, rect: Rect, ppi: f64) -> Option<Raster> {
        let pixmap = self.pixmap(index, rect, ppi)?;
        let rgb = pixmap.data().iter().flat_map(|p| [p.r, p.g, p.b]).collect();
        Some(Raster { width: pixmap.width().into(), height: pixmap.height().into(), rgb })
    }

    /// The same in grey.
    pub(crate) fn grey(&self, index: usize, rect: Rect, ppi: f64) -> Option<Grey> {
        let pixmap = self.pixmap(index, rect, ppi)?;
        let mut levels = Vec::with_capacity(pixmap.data().len());
        for p in pixmap.data() {
            // 299, 587 and 114 parts of 1000.
            levels.push(((p.r as u32 * 306 + p.g as u32 * 601 + p.b as u32 * 117) >> 10) as u8);
        }
        Some(Grey { width: pixmap.width().into(), height: pixmap.height().into(), levels })
    }

    fn pixmap(&self, index: usize, rect: Rect, ppi: f64) -> Option<Pixmap> {
        let page = self.preview.pdf.pages().get(index)?;
        let scale = ppi / 72.0;
        let pixels = |length: f64| u16::try_from((length * scale).round() as i64).ok().filter(|p| *p > 0);
        let (width, height) = (pixels(rect.w)?, pixels(rect.h)?);
        let transform = Affine::scale(scale) * Affine::translate((-rect.x, -rect.y)) * page.initial_transform(true).to_kurbo();
        let mut context = RenderContext::new(width, height);
        render_into(
            page,
            &self.cache,
            &InterpreterSettings::default(),
            &RenderSettings { hinting: false, ..RenderSettings::default() },
            &mut context,
            transform,
        );
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        let clear = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        context.render_with(&mut pixmap, &mut Resources::default(), clear);
        Some(pixmap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_ink_is_seen_dark() {
        let raster = ready_inks().unwrap();
        assert_eq!((raster.width, raster.height), (9, 9));
        assert!(raster.grey(4, 4) < 80, "{}", raster.grey(4, 4));
    }
}
