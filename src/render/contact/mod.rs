//! A contact sheet to sign: each piece small, with what is cut, kept free and found drawn over it.

mod flow;
mod frame;
mod overlay;
mod pen;
mod section;

use super::{Outcome, shop};
use crate::diag::{Lang, Problem};
use crate::pdf::{self, Intent, Meta};
use crate::preview::Preview;
use crate::sheet::Imposed;
use crate::spec::press::Standard;
use crate::text::{Compounds, Fonts, Setter};
use pen::Pen;
use rayon::prelude::*;

/// A PDF of A4 pages on which every piece in every size on every press is drawn small, as its file has it, with trim,
/// bleed, margins, folds and boxes in lines, what was found as numbers at the boxes that it is about, and what the
/// numbers mean, in a language: for who has to approve of a campaign and does not run the tool. Of a piece with records
/// it shows those of which something was found, else the first and the last, four at most.
///
/// The outcome must have been rendered with [`Options::items`](super::Options::items). On each page is a place to sign.
pub fn contact_sheet(outcome: &Outcome, lang: Lang) -> Result<Vec<u8>, Problem> {
    let (fonts, _) = Fonts::load(Vec::new());
    let compounds = Compounds::with(Vec::new());
    let mut pen = Pen { setter: Setter::new(&fonts, &compounds), lang };
    let condition = shop::screen()?;
    let (sections, others) = section::sections(outcome);
    let mut pages = flow::pages(&sections, &others, &mut pen);
    let total = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        frame::add(&mut page.items, outcome, (index + 1, total), &mut pen);
    }
    let fault = |file: &str| Problem::FileFault { detail: format!("{file}: unreadable") };
    let open = |(i, artwork): (usize, &super::Artwork)| {
        let is_shown = sections.iter().flat_map(|section| &section.shown).any(|shown| shown.artwork == i);
        if !is_shown {
            return Ok(None);
        }
        Preview::open(artwork.bytes.clone()).map(Some).ok_or_else(|| fault(&artwork.file))
    };
    let previews: Vec<Option<Preview>> = outcome.artworks.iter().enumerate().map(open).collect::<Result<_, Problem>>()?;
    let sheet = |page: flow::Page<'_, '_>| {
        let picture = |(shown, at): &(&section::Shown<'_>, _)| {
            let preview = previews.get(shown.artwork).and_then(Option::as_ref).ok_or_else(|| fault("?"))?;
            overlay::picture(shown, preview, *at, &condition)
        };
        let mut items = page.pictures.par_iter().map(picture).collect::<Result<Vec<_>, Problem>>()?;
        items.extend(page.items);
        Ok(Imposed::of(frame::PAPER, items))
    };
    let sheets: Vec<Imposed> = pages.into_par_iter().map(sheet).collect::<Result<_, Problem>>()?;
    pdf::write(&sheets, &fonts, Intent { standard: Standard::A2b, condition: &condition }, &meta(outcome, lang))
}

fn meta(outcome: &Outcome, lang: Lang) -> Meta {
    let language = if lang == Lang::Vi { "vi" } else { "en" };
    let said = frame::Said::of(outcome, language);
    let what = if lang == Lang::Vi { "Tờ duyệt mẫu" } else { "Proof sheet" };
    Meta {
        title: pdf::one_line(&format!("{what}: {}", said.title)),
        author: said.issuer,
        language: language.into(),
        date: said.date,
        duplex: None,
    }
}
