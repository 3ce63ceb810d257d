//! Writing PDF: printpdf makes the document (fonts, pages), pdf-writer the page streams, and one lopdf
//! pass finishes what printpdf cannot say. The only room that names them.

mod content;
mod document;
mod finish;
mod subset;

use crate::diag::Problem;
use crate::sheet::Imposed;
use crate::text::Fonts;

/// What a document says of itself.
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
}

/// Writes sheets as one PDF. The same sheets give the same bytes.
pub fn write(sheets: &[Imposed], fonts: &Fonts, meta: &Meta) -> Result<Vec<u8>, Problem> {
    let shared = content::Shared::of(sheets);
    let subsets = subset::cut(sheets, fonts)?;
    let mut document = document::make(sheets, &subsets)?;
    let streams = content::streams(sheets, &subsets, &shared);
    finish::finish(&mut document, sheets, &streams, &shared, &subsets, meta)?;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|e| Problem::FileFault { detail: e.to_string() })?;
    Ok(bytes)
}
