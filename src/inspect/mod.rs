//! Any PDF, ours or not, as facts: what it claims, its boxes, fonts, colours, pictures and codes. [`judge()`] says what of
//! that a print shop would mind.
//!
//! ```
//! use toroi::inspect::{Refused, inspect};
//! use toroi::limits::Limits;
//!
//! let page = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
//!     3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283.5 141.75]>>endobj\ntrailer<</Root 1 0 R>>";
//! let found = inspect(page.to_vec(), &Limits::default()).unwrap();
//! assert_eq!((found.version, found.pages[0].media.rect.w), ("1.4", 283.5));
//! assert_eq!(inspect(b"A letter".to_vec(), &Limits::default()), Err(Refused::NotPdf));
//! ```

mod before;
mod boxes;
mod claims;
mod codes;
mod dashes;
mod fonts;
mod judge;
mod nest;
mod packed;
mod spaces;
mod unpack;
mod walk;

pub use boxes::{PageBox, Source};
pub use claims::Intent;
pub use codes::Code;
pub use fonts::{Font, FontKind};
pub use judge::{judge, refused};
pub use spaces::Space;
pub use walk::Picture;

use crate::limits::{Limit, Limits};
use crate::preview::Preview;
use hayro::hayro_syntax::object::Array;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a file is.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    /// Version of PDF that it says it is, such as `1.6`.
    pub version: &'static str,
    /// Whether it is encrypted; it opens without a password.
    pub encrypted: bool,
    /// Its title.
    pub title: Option<String>,
    /// The program that wrote it.
    pub producer: Option<String>,
    /// Standards that it says it keeps to, such as `PDF/X-4`.
    pub standards: Vec<String>,
    /// Printing conditions that it is meant for.
    pub intents: Vec<Intent>,
    /// Number of its pages.
    pub page_count: usize,
    /// Its pages, as many as were looked at.
    pub pages: Vec<Page>,
    /// What was not looked at.
    pub left_out: Vec<LeftOut>,
}

/// A page. Places are points from the top left corner of its media box as the page is shown, at its true size.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// The paper.
    pub media: PageBox,
    /// What is shown on screen.
    pub crop: PageBox,
    /// Art for the knife to cut through.
    pub bleed: PageBox,
    /// The finished page.
    pub trim: PageBox,
    /// By how much it is turned to be shown, degrees clockwise.
    pub rotate: u16,
    /// Size of its unit, pt.
    pub user_unit: f64,
    /// Fonts of texts on it.
    pub fonts: Vec<Font>,
    /// Colour spaces of what is painted.
    pub spaces: Vec<Space>,
    /// Plates that it needs where it is printed as it stands: process inks, then the others.
    pub plates: Vec<String>,
    /// Pictures on it, each as often as it is placed.
    pub pictures: Vec<Picture>,
    /// Whether anything on it is transparent.
    pub transparent: bool,
    /// Links, notes, fields.
    pub annotations: usize,
    /// QR codes on it, from top to bottom.
    pub codes: Vec<Code>,
}

impl Page {
    /// How far the bleed box reaches over the trim box where it does so least, pt; 0 where it does not.
    pub fn bleed_beyond_trim(&self) -> f64 {
        let (bleed, trim) = (&self.bleed.rect, &self.trim.rect);
        let over = [trim.x - bleed.x, trim.y - bleed.y, bleed.right() - trim.right(), bleed.bottom() - trim.bottom()];
        over.into_iter().fold(f64::INFINITY, f64::min).max(0.0)
    }
}

/// Why a file cannot be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no PDF.
    NotPdf,
    /// It asks for a password, or for a key.
    Locked,
    /// It is a PDF that cannot be read.
    Damaged,
    /// It is larger, or unpacks to more, than is read.
    TooLarge,
}

/// What was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// All after so many pages.
    Pages(usize),
    /// Codes after so many pages.
    Codes(usize),
    /// Part of what a page paints: it is too much, or nested too deep.
    Content(usize),
    /// Small codes of a page that is large.
    SmallCodes(usize),
    /// The picture of a page, and so its codes: it is not drawable, would cost too much, or its cost cannot be told
    /// before (JBIG2 with symbols).
    Drawing(usize),
}

/// Looks at a PDF.
pub fn inspect(bytes: Vec<u8>, limits: &Limits) -> Result<Inspected, Refused> {
    if bytes.len() as u64 > limits.of(Limit::PdfBytes) {
        return Err(Refused::TooLarge);
    }
    if !bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Err(Refused::NotPdf);
    }
    // The reader of PDF is sound on what programs write; nothing is promised for what they did not.
    catch_unwind(AssertUnwindSafe(|| read(bytes, limits))).unwrap_or(Err(Refused::Damaged))
}

fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Inspected, Refused> {
    let encrypted = claims::is_encrypted(&bytes);
    before::hold(&bytes, encrypted, claims::MOST_UNPACKED)?;
    let pdf = Pdf::new(bytes).map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => Refused::Locked,
        _ => Refused::Damaged,
    })?;
    let objects = claims::objects(&pdf)?;
    if pdf.pages().is_empty() {
        return Err(Refused::Damaged);
    }
    let preview = Preview::of(pdf);
    let pdf = preview.pdf();
    let page_count = pdf.pages().len();
    let count = |limit| usize::try_from(limits.of(limit)).unwrap_or(usize::MAX);
    let (most, drawn) = (count(Limit::PdfPages), count(Limit::PdfDrawn));
    let indices: Vec<usize> = (0..page_count.min(most)).collect();
    let looked: Vec<(Page, Vec<LeftOut>)> =
        indices.into_par_iter().map_init(|| preview.look(), |look, index| page(pdf, look, index, index < drawn)).collect();
    let (pages, left): (Vec<Page>, Vec<Vec<LeftOut>>) = looked.into_iter().unzip();
    let many = [(most, LeftOut::Pages(most)), (drawn, LeftOut::Codes(drawn))];
    let many = many.into_iter().filter(|(most, _)| page_count > *most).map(|(_, left)| left);
    let left_out = many.chain(left.into_iter().flatten()).collect();
    let metadata = pdf.metadata();
    let packet = claims::packet(pdf);
    let title = metadata.title.as_deref().map(claims::text).filter(|t| !t.is_empty()).or_else(|| claims::title(&packet));
    let producer = metadata.producer.as_deref().map(claims::text).filter(|t| !t.is_empty());
    Ok(Inspected {
        version: claims::version(pdf),
        encrypted,
        title,
        producer: producer.or_else(|| claims::said(&packet, "pdf:Producer")),
        standards: claims::standards(&packet, objects.info_standard),
        intents: claims::intents(pdf),
        page_count,
        pages,
        left_out,
    })
}

fn page(pdf: &Pdf, look: &crate::preview::Look<'_>, index: usize, is_drawn: bool) -> (Page, Vec<LeftOut>) {
    let page = &pdf.pages()[index];
    let number = index + 1;
    let view = boxes::View::of(page);
    let mut left = Vec::new();
    // What stops the walk would stop the picture too.
    let stopped = |_| walk::Walked::stopped();
    let walked = catch_unwind(AssertUnwindSafe(|| walk::walk(page, &view))).unwrap_or_else(stopped);
    if !walked.whole {
        left.push(LeftOut::Content(number));
    }
    let mut found = Vec::new();
    if is_drawn {
        let drawn = (!walked.vast).then(|| catch_unwind(AssertUnwindSafe(|| codes::find(look, index, &view))).ok().flatten()).flatten();
        match drawn {
            Some((codes, fine)) => {
                found = codes;
                left.extend((!fine).then_some(LeftOut::SmallCodes(number)));
            }
            None => left.push(LeftOut::Drawing(number)),
        }
    }
    let annotations = page.raw().get::<Array<'_>>("Annots").map_or(0, |a| a.raw_iter().count());
    let facts = Page {
        number,
        media: view.media,
        crop: view.crop,
        bleed: view.bleed,
        trim: view.trim,
        rotate: view.rotate,
        user_unit: view.unit,
        plates: walked.plates(),
        fonts: walked.fonts,
        spaces: walked.spaces.into_iter().collect(),
        pictures: walked.pictures,
        transparent: walked.transparent,
        annotations,
        codes: found,
    };
    (facts, left)
}
