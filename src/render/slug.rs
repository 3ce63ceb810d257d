//! The slug line: what a sheet is, beside it, for whoever finds it on the floor of the shop.

use crate::geom::PT_PER_MM;
use crate::page::{GlyphRun, Item};
use crate::pdf;
use crate::sheet::Imposed;
use crate::spec::words::Words;
use crate::template::bind::Job;
use crate::text::{Align, DEFAULT_FAMILY, Run, Setter, Span, TextBlock, TypeStyle};

/// Type size, and the smallest to which a long line shrinks, pt.
const SIZE: (f64, f64) = (4.0, 6.0);
/// From the top of its room to its baseline, pt (2.4 mm of 3 mm).
const BASELINE: f64 = PT_PER_MM * 2.4;

/// Adds to each sheet that has room for it: its number, side, size, press, date, format and file. What is too long
/// loses its end.
pub(super) fn add(sheets: &mut [Imposed], job: &Job<'_>, file: &str, date: Option<&str>, setter: &mut Setter<'_>) {
    let total = sheets.len();
    for (i, sheet) in sheets.iter_mut().enumerate() {
        let Some(room) = sheet.slug else { continue };
        let side = sheet.slots.first().and_then(|slot| job.size.sides.get(slot.side)).map_or("", |side| side.name.as_str());
        let (number, press) = (format!("{}/{total}", i + 1), label(job, &job.press.label, &job.press.name));
        let format = label(job, &job.format.label, &job.format.name);
        let parts = [number.as_str(), side, &job.size.name, &press, date.unwrap_or_default(), &format, file];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        // Whatever was set in this place on another sheet had another text.
        setter.forget();
        let set = setter.fit((0, 0), &block(parts.join(" · "), job), room.w, 1.0);
        let Some(line) = set.lines.into_iter().next() else { continue };
        let ink = job.press.space.black();
        let run = |run: Run| {
            Item::Glyphs(GlyphRun { face: run.face, size: set.size, ink: ink.clone(), x: room.x, y: room.y + BASELINE, glyphs: run.glyphs })
        };
        sheet.items.extend(line.runs.into_iter().map(run));
    }
}

fn label(job: &Job<'_>, label: &Option<Words>, name: &str) -> String {
    let language = job.campaign.languages.first().map_or("vi", String::as_str);
    label.as_ref().map_or(name, |words| words.in_some(language)).to_string()
}

fn block(text: String, job: &Job<'_>) -> TextBlock {
    // A sign that no font has would be an empty box, which PDF/A forbids.
    let text = pdf::one_line(&text).chars().map(|c| if job.fonts.covers(c) { c } else { '?' }).collect();
    TextBlock {
        spans: vec![Span { text, bold: false, italic: false }],
        style: TypeStyle {
            family: DEFAULT_FAMILY.into(),
            weight: 400,
            italic: false,
            size: SIZE,
            leading: 1.2,
            balance: false,
            ink: job.press.space.black(),
            align: Align::Start,
            tracking: Some(0.0),
            lines: Some(1),
            tabular: false,
            to_baseline: false,
        },
    }
}
