//! The document as printpdf makes it: fonts with widths and ToUnicode, and empty pages.

use super::Drawn;
use super::subset::Subset;
use crate::diag::Problem;
use printpdf::{Codepoint, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem};

pub(super) fn make(pages: &[Drawn], subsets: &[Subset]) -> Result<lopdf::Document, Problem> {
    let fault = |detail: &str| Problem::FileFault { detail: detail.into() };
    let mut document = PdfDocument::new("");
    // printpdf learns widths and ToUnicode from what pages show: the first page shows every glyph once.
    let mut shown = vec![Op::StartTextSection];
    for subset in subsets {
        let font = ParsedFont::from_bytes(&subset.program, 0, &mut Vec::new()).ok_or_else(|| fault("a cut font cannot be read again"))?;
        let id = FontId(subset.resource.clone());
        document.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
        shown.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        let glyphs = subset.says.iter().map(|(gid, text)| Codepoint { gid: *gid, offset: 0.0, cid: Some(text.clone()) });
        shown.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
    }
    shown.push(Op::EndTextSection);
    let mut first = Some(shown);
    let page =
        |page: &Drawn| PdfPage::new(Pt(page.media.w as f32).into(), Pt(page.media.h as f32).into(), first.take().unwrap_or_default());
    document.pages = pages.iter().map(page).collect();
    let options = PdfSaveOptions { optimize: false, image_optimization: None, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let made = printpdf::serialize::to_lopdf_doc(&document, &options, &mut warnings);
    match warnings.iter().find(|w| !w.msg.is_empty()) {
        Some(warning) => Err(fault(&warning.msg)),
        None => Ok(made),
    }
}
