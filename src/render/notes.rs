//! Words beside the pieces of a sheet: the slug line, and what a ruler is for.

use crate::layout::{LineStyle, line};
use crate::page::{Group, Item};
use crate::pdf;
use crate::sheet::Imposed;
use crate::spec::words::Words;
use crate::template::bind::Job;
use crate::text::{Fonts, Setter};
use std::sync::Arc;

/// The smallest to which a long line shrinks, and its type size, pt.
const SIZE: (f64, f64) = (4.0, 6.0);
const SIZE_OF_RULER: f64 = 7.0;
/// From the top of a line's room to its baseline, as a share of the room.
const BASELINE: f64 = 0.8;
const BASELINE_OF_RULER: f64 = 0.64;

/// Adds to each sheet that has room for it: its number, side, size, press, date, format and file, so that whoever finds
/// it on the floor of the shop knows what it is. What is too long loses its end. The sheets follow the `first` ones of
/// `total`.
pub(super) fn add_slugs(
    sheets: &mut [Imposed],
    job: &Job<'_>,
    (file, (first, total)): (&str, (usize, usize)),
    date: Option<&str>,
    setter: &mut Setter<'_>,
) {
    for (i, sheet) in (first..).zip(sheets) {
        let Some(room) = sheet.slug else { continue };
        let side = sheet.slots.first().map_or("", |slot| match (&job.piece.half_fold, slot.side) {
            (Some(_), 0) => "outside",
            (Some(_), _) => "inside",
            (None, side) => job.size.sides.get(side).map_or("", |side| side.name.as_str()),
        });
        let (number, press) = (format!("{}/{total}", i + 1), label(job, &job.press.label, &job.press.name));
        let format = label(job, &job.format.label, &job.format.name);
        let parts = [number.as_str(), side, &job.size.name, &press, date.unwrap_or_default(), &format, file];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        sheet.items.extend(line(
            &legible(&parts.join(" · "), job.fonts),
            &style(SIZE, job),
            (room.x, room.y + BASELINE * room.h, room.w),
            setter,
        ));
    }
}

/// Adds below each ruler what it is to be measured for, in Vietnamese and English: whoever prints reads one of them.
pub(super) fn add_words_of_rulers(sheets: &mut [Imposed], job: &Job<'_>, setter: &mut Setter<'_>) {
    let mut words: Option<Arc<[Item]>> = None;
    for sheet in sheets {
        let Some((at, room)) = sheet.ruler else { continue };
        let text = "100 mm · in ở tỷ lệ 100 % / print at 100 %";
        let set = || {
            line(text, &style((SIZE_OF_RULER, SIZE_OF_RULER), job), (room.x, room.y + BASELINE_OF_RULER * room.h, room.w), setter).into()
        };
        let items = words.get_or_insert_with(set);
        sheet.items.push(Item::Group(Group { transform: at, clip: Vec::new(), items: items.clone() }));
    }
}

/// A text on one line, without signs that no font has: each would be an empty box, which PDF/A forbids.
pub(super) fn legible(text: &str, fonts: &Fonts) -> String {
    pdf::one_line(text).chars().map(|c| if fonts.covers(c) { c } else { '?' }).collect()
}

fn label(job: &Job<'_>, label: &Option<Words>, name: &str) -> String {
    let language = job.campaign.languages.first().map_or("vi", String::as_str);
    label.as_ref().map_or(name, |words| words.in_some(language)).to_string()
}

fn style(size: (f64, f64), job: &Job<'_>) -> LineStyle {
    LineStyle { size, weight: 400, ink: job.press.space.black() }
}
