//! A contact sheet to sign: each piece small, with what is cut, kept free and found drawn over it.

mod flow;
mod frame;
mod overlay;
mod pen;
mod section;

use super::Outcome;
use crate::color::Condition;
use crate::diag::{Lang, Problem, Severity};
use crate::pdf::{self, Intent, Meta};
use crate::preview::Preview;
use crate::sheet::Imposed;
use crate::spec::press::Standard;
use crate::text::{Compounds, Fonts, Setter};
use pen::Pen;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A PDF of A4 pages on which every piece in every size on every press is drawn small, as its file has it, with trim,
/// bleed, margins, folds and boxes in lines, what was found as numbers at the boxes that it is about, and what the
/// numbers mean, in a language: for who has to approve of a campaign and does not run the tool. Of a piece with records
/// it shows those of which something was found, else the first ones and the last, four at most.
///
/// The outcome must have been rendered with [`Options::items`](super::Options::items). On each page is a place to sign.
pub fn contact_sheet(outcome: &Outcome, lang: Lang) -> Result<Vec<u8>, Problem> {
    let (fonts, _) = Fonts::load(Vec::new());
    let compounds = Compounds::with(Vec::new());
    let mut pen = Pen { setter: Setter::new(&fonts, &compounds), lang };
    let condition = Condition::screen()?;
    let (sections, others) = section::sections(outcome);
    let mut pages = flow::pages(&sections, &others, &mut pen);
    let total = pages.len();
    let notes: BTreeMap<usize, Severity> =
        sections.iter().flat_map(|section| &section.notes).chain(&others).map(|note| (note.number, note.severity())).collect();
    let found = frame::SEVERITIES.map(|severity| notes.values().filter(|one| **one == severity).count());
    for (index, page) in pages.iter_mut().enumerate() {
        frame::add(&mut page.items, outcome, (index + 1, total), found, &mut pen);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;
    use crate::page::Item;
    use crate::render::{Options, render};

    /// What is said on the pages, without white space.
    fn said(outcome: &Outcome, lang: Lang) -> Vec<String> {
        let (fonts, _) = Fonts::load(Vec::new());
        let compounds = Compounds::with(Vec::new());
        let mut pen = Pen { setter: Setter::new(&fonts, &compounds), lang };
        let (sections, others) = section::sections(outcome);
        let one = |item: &Item| match item {
            Item::Glyphs(run) => run.glyphs.iter().map(|glyph| glyph.text.as_str()).collect(),
            _ => String::new(),
        };
        let text = |page: &flow::Page<'_, '_>| page.items.iter().map(one).collect::<String>().split_whitespace().collect();
        flow::pages(&sections, &others, &mut pen).iter().map(text).collect()
    }

    fn stickers(records: usize, dense: usize) -> Outcome {
        let campaign = "campaign: xe\npieces:\n  tem:\n    format: bus-sticker\n    press: vinyl\n    data: xe.csv\n    \
            text: {message: Quét mã, plate: \"{{ bien }}\"}\n    qr: {app: \"{{ url }}\"}\n  hong: {format: poster, press: offset}\n";
        let url = |i: usize| if i == dense { format!("https://mo.vn/{}", "dai-".repeat(40)) } else { format!("HTTPS://MO.VN/{i}") };
        let rows: String = (1..=records).map(|i| format!("B{i},{}\n", url(i))).collect();
        let world = Memory([("c.yaml".to_string(), campaign.into()), ("xe.csv".to_string(), format!("bien,url\n{rows}").into())].into());
        let allow = crate::diag::CODES.iter().filter(|code| code.may_pass).map(|code| code.name.to_string()).collect();
        render(&world, "c.yaml", &Options { items: true, allow, ..Options::default() })
    }

    #[test]
    fn records_of_which_something_was_found_are_shown_and_told() {
        let outcome = stickers(20, 7);
        for (lang, shown, about, unmade) in
            [(Lang::Vi, "20bảnghi,ởđâycó1,2,7,20", "bảnghi7·", "khôngcóhình"), (Lang::En, "20records,here1,2,7,20", "record7·", "notshown")]
        {
            let pages = said(&outcome, lang).concat();
            for words in [shown, about, unmade, "qr-too-dense", "missing-field", "tem-vinyl.pdf", "SHA-256", "c.yaml:"] {
                assert!(pages.contains(words), "{words}: {pages}");
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_ends_in_dots_within_its_width() {
        let (fonts, _) = Fonts::load(Vec::new());
        let compounds = Compounds::with(Vec::new());
        let mut pen = Pen { setter: Setter::new(&fonts, &compounds), lang: Lang::Vi };
        let hand = pen::Hand { size: 9.0, weight: 400, ink: pen::Ink::Text };
        for (text, is_cut) in [("Tên ngắn".to_string(), false), ("Tên dài ".repeat(30), true), ("X".repeat(300), true)] {
            let (items, wide) = pen.line(&text, hand, (0.0, 0.0, 120.0));
            let said: String = items
                .iter()
                .flat_map(|item| if let Item::Glyphs(run) = item { run.glyphs.as_slice() } else { &[] })
                .map(|glyph| glyph.text.as_str())
                .collect();
            assert_eq!((said.ends_with('…'), wide <= 120.01), (is_cut, true), "{said}, {wide} pt");
        }
    }

    #[test]
    fn the_box_of_a_text_takes_in_what_hangs_below_its_last_line() {
        let outcome = stickers(1, 0);
        let (sections, _) = section::sections(&outcome);
        let items = &sections[0].shown[0].art.items;
        let bottom = |tags: Vec<crate::page::Tag>| tags.iter().find(|tag| tag.in_box.ends_with("/message")).map(|tag| tag.rect.bottom());
        let (drawn, ends) = (bottom(section::boxes(items)).unwrap(), bottom(crate::page::tags(items)).unwrap());
        assert!(drawn > ends + 1.0, "{drawn} pt, where the box ends at {ends} pt");
    }

    #[test]
    fn notes_are_numbered_through_the_worst_of_a_piece_first() {
        let outcome = stickers(20, 7);
        let (sections, others) = section::sections(&outcome);
        let numbers: Vec<usize> = sections.iter().flat_map(|section| &section.notes).chain(&others).map(|note| note.number).collect();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
        assert!(sections[0].notes.is_sorted_by_key(|note| note.severity()));
        let told = |code: &str| sections[0].notes.iter().filter(|note| note.finding.code() == code).count();
        assert_eq!(told("qr-too-dense"), 1);
    }
}
