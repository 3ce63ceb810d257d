//! Writing PDF: printpdf makes the document (fonts, pages), pdf-writer the page streams, and one lopdf
//! pass finishes what printpdf cannot say. The only room that names them.

mod content;
mod document;
mod finish;
mod resources;
mod shared;
mod standard;
mod subset;
mod unhint;
mod xmp;

use crate::color::Condition;
use crate::diag::Problem;
use crate::sheet::Imposed;
use crate::spec::press::Standard;
use crate::spec::sheet::Flip;
use crate::text::Fonts;
use standard::Rules;

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
    let rules = standard::rules(intent.standard);
    let shared = shared::Shared::of(sheets);
    let subsets = subset::cut(sheets, fonts)?;
    let mut document = document::make(sheets, &subsets)?;
    let streams = content::streams(sheets, &subsets, &shared, &rules);
    let forms = content::forms(&subsets, &shared, &rules);
    let drawn = finish::Drawn { sheets, streams: &streams, forms: &forms, shared: &shared };
    finish::finish(&mut document, &drawn, &subsets, &finish::Claims { rules, condition: intent.condition, meta })?;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|e| Problem::FileFault { detail: e.to_string() })?;
    Ok(bytes)
}

/// The day that a file says it was made: for print it must say one (ISO 15930-7 §6.14), and there is no clock
/// in a file that is the same whenever it is made.
fn stamp(meta: &Meta, rules: &Rules) -> Option<String> {
    meta.date.clone().or(rules.print.map(|_| "1970-01-01".to_string()))
}
