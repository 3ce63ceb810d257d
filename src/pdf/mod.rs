//! Writing PDF: printpdf makes the document (fonts, pages), pdf-writer the page streams, and one lopdf
//! pass finishes what printpdf cannot say. The only room that names them.
//!
//! ```
//! use toroi::color::{Condition, Space};
//! use toroi::geom::{Size, mm};
//! use toroi::layout::{LineStyle, line};
//! use toroi::pdf::{Intent, Meta, write};
//! use toroi::sheet::Imposed;
//! use toroi::spec::press::Standard;
//! use toroi::text::{Compounds, Fonts, Setter};
//!
//! let (fonts, _) = Fonts::load(Vec::new());
//! let compounds = Compounds::with([]);
//! let style = LineStyle { size: (9.0, 24.0), weight: 800, ink: Space::Rgb.black() };
//! let items = line("Thẻ gửi xe", &style, (mm(10.0), mm(30.0), mm(65.0)), &mut Setter::new(&fonts, &compounds));
//! let card = [Imposed::of(Size { w: mm(85.0), h: mm(55.0) }, items)];
//! let condition = Condition::screen().unwrap();
//! let intent = Intent { standard: Standard::A2b, condition: &condition };
//! let meta = Meta { title: "Thẻ gửi xe".into(), language: "vi".into(), ..Meta::default() };
//!
//! let bytes = write(&card, &fonts, intent, &meta).unwrap();
//! assert!(bytes.starts_with(b"%PDF-1.6"));
//! assert_eq!(write(&card, &fonts, intent, &meta).unwrap(), bytes);
//! ```

mod content;
mod document;
mod finish;
mod resources;
mod shared;
mod standard;
mod subset;
mod unhint;
mod xmp;

use crate::color::{Condition, Plate};
use crate::diag::Problem;
use crate::geom::{Rect, Size};
use crate::sheet::Imposed;
use crate::spec::press::Standard;
use crate::spec::sheet::Flip;
use crate::text::Fonts;
use shared::Shared;
use standard::Rules;
use std::sync::Arc;
use subset::Glyphs;

const PRODUCER: &str = concat!("toroi ", env!("CARGO_PKG_VERSION"));

/// What a document says of itself: see [`one_line`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    /// Language of its content.
    pub language: String,
    /// Day it was made, `2020-08-10`.
    pub date: Option<String>,
    /// How a printer on a desk is to print it.
    pub duplex: Option<Duplex>,
}

/// On which sides of the paper a document is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplex {
    /// On one.
    Simplex,
    /// On both, the paper turned over this edge.
    Over(Flip),
}

/// A text as it may stand in a title: on one line, without what XML has no place for (XML 1.0 §2.2), so that Info
/// and XMP say the same.
pub fn one_line(text: &str) -> String {
    let legal: String = text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect();
    legal.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a document is printed.
#[derive(Clone, Copy, Debug)]
pub struct Intent<'a> {
    /// The standard that it keeps to.
    pub standard: Standard,
    /// What its colours are made for.
    pub condition: &'a Condition,
}

/// Writes sheets as one PDF. The same sheets give the same bytes.
pub fn write(sheets: &[Imposed], fonts: &Fonts, intent: Intent<'_>, meta: &Meta) -> Result<Vec<u8>, Problem> {
    let mut writer = Writer::new(fonts, intent);
    writer.add(sheets)?;
    writer.finish(meta, None)
}

/// Writes a PDF some sheets at a time: what is on a sheet is needed no more once it has been added, so that a file of a
/// hundred thousand pages takes the memory of its bytes.
pub struct Writer<'a> {
    fonts: &'a Fonts,
    intent: Intent<'a>,
    rules: Rules,
    glyphs: Glyphs,
    shared: Shared,
    pages: Vec<Drawn>,
}

/// A sheet as it is in the file.
struct Drawn {
    media: Size,
    bleed: Rect,
    trim: Rect,
    /// Its operators, deflated.
    stream: Vec<u8>,
}

impl<'a> Writer<'a> {
    /// A file without pages.
    pub fn new(fonts: &'a Fonts, intent: Intent<'a>) -> Writer<'a> {
        let rules = standard::rules(intent.standard);
        Writer { fonts, intent, rules, glyphs: Glyphs::default(), shared: Shared::default(), pages: Vec::new() }
    }

    /// Adds sheets. What several of them have in common, by [`page::Group`](crate::page::Group), is held once, also
    /// where they are added one after the other.
    pub fn add(&mut self, sheets: &[Imposed]) -> Result<(), Problem> {
        self.shared.add(sheets);
        self.glyphs.add(sheets, self.fonts)?;
        let streams = content::streams(sheets, &self.glyphs, &self.shared, &self.rules);
        let drawn = |(sheet, stream): (&Imposed, Vec<u8>)| Drawn { media: sheet.media, bleed: sheet.bleed, trim: sheet.trim, stream };
        self.pages.extend(sheets.iter().zip(streams).map(drawn));
        Ok(())
    }

    /// The file. Where it is a part of a whole, so many pages come before: readers count on from them.
    pub fn finish(self, meta: &Meta, before: Option<usize>) -> Result<Vec<u8>, Problem> {
        let forms = content::forms(&self.glyphs, &self.shared, &self.rules);
        let subsets = self.glyphs.cut(self.fonts)?;
        let mut document = document::make(&self.pages, &subsets)?;
        let claims = finish::Claims { rules: self.rules, condition: self.intent.condition, meta, before };
        finish::finish(&mut document, self.pages, &finish::Common { forms: &forms, shared: &self.shared, subsets: &subsets }, &claims)?;
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).map_err(|e| Problem::FileFault { detail: e.to_string() })?;
        Ok(bytes)
    }

    /// Every ink and tool with a plate of its own so far, in the order in which they first came up.
    pub fn plates(&self) -> &[Arc<Plate>] {
        &self.shared.plates
    }
}

/// The day that a file says it was made: for print it must say one (ISO 15930-7 §6.14), and there is no clock
/// in a file that is the same whenever it is made.
fn stamp(meta: &Meta, rules: &Rules) -> Option<String> {
    meta.date.clone().or(rules.print.map(|_| "1970-01-01".to_string()))
}
