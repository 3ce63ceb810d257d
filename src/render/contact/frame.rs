//! What is on every page of a contact sheet: whose campaign it is, what its lines mean, a place to sign.

use super::super::Outcome;
use super::overlay::{BLEED, FINE, FOLD, LINE, PERFORATION, SAFE};
use super::pen::{Hand, Ink, Pen, RADIUS, dashes, stroke};
use crate::diag::{Lang, Severity};
use crate::geom::{PT_PER_MM, Rect, Size};
use crate::page::{Item, Segment};
use crate::pdf;
use crate::spec::words::Words;

/// A4.
pub(super) const PAPER: Size = Size { w: PT_PER_MM * 210.0, h: PT_PER_MM * 297.0 };
/// Where pieces and findings go.
pub(super) const BODY: Rect = Rect { x: PT_PER_MM * 14.0, y: PT_PER_MM * 32.0, w: PT_PER_MM * 182.0, h: PT_PER_MM * 231.0 };

/// Baselines of the head, the lines' meanings and the place to sign, from the top, pt.
const TITLE: f64 = PT_PER_MM * 19.0;
const ISSUER: f64 = PT_PER_MM * 24.6;
const HEAD_RULE: f64 = PT_PER_MM * 27.6;
const KEY_RULE: f64 = PT_PER_MM * 267.0;
const KEY: f64 = PT_PER_MM * 271.6;
const SIGN: f64 = PT_PER_MM * 284.0;
/// Room of the head's right part, pt.
const ASIDE: f64 = PT_PER_MM * 58.0;
/// A sample of a line, and what is before the next, pt.
const SAMPLE: f64 = PT_PER_MM * 6.0;
const BEFORE_WORD: f64 = PT_PER_MM * 1.4;
const AFTER_WORD: f64 = PT_PER_MM * 4.0;

const SMALL: Hand = Hand { size: 7.5, weight: 400, ink: Ink::Quiet };

/// What the campaign says of itself; empty where it does not.
pub(super) struct Said {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) issuer: String,
    pub(super) document: String,
    pub(super) date: Option<String>,
}

impl Said {
    pub(super) fn of(outcome: &Outcome, language: &str) -> Said {
        let campaign = outcome.campaign.as_ref();
        let words = |words: Option<&Words>| words.map_or(String::new(), |words| pdf::one_line(words.in_some(language)));
        let name = campaign.map_or(String::new(), |campaign| pdf::one_line(&campaign.name));
        let title = words(campaign.and_then(|c| c.title.as_ref()));
        Said {
            title: if title.is_empty() { name.clone() } else { title },
            name,
            issuer: words(campaign.and_then(|c| c.issuer.as_ref())),
            document: words(campaign.and_then(|c| c.document.as_ref())),
            date: campaign.and_then(|c| c.date.as_ref()).map(|date| date.value.clone()),
        }
    }
}

/// How bad findings are, the worst first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Hint];

/// Adds head and foot to a page of so many. `found` says how many things were found of each severity on all pages.
pub(super) fn add(items: &mut Vec<Item>, outcome: &Outcome, (page, total): (usize, usize), found: [usize; 3], pen: &mut Pen<'_>) {
    let said = Said::of(outcome, pen.say("vi", "en"));
    let right = BODY.right();
    let wide = BODY.w - ASIDE;
    let bold = Hand { size: 14.0, weight: 700, ink: Ink::Text };
    items.extend(pen.line(&said.title, bold, (BODY.x, TITLE, wide)).0);
    let what = joined(&[pen.say("Tờ duyệt mẫu", "Proof sheet"), &said.name]);
    items.extend(pen.line_to(&what, Hand { weight: 600, ..SMALL }, (right, TITLE, ASIDE - AFTER_WORD)).0);
    let number = format!("{} {page}/{total}", pen.say("trang", "page"));
    let dated = joined(&[&said.date.map_or(String::new(), |date| day(&date, pen.lang)), &number]);
    let (dated, taken) = pen.line_to(&dated, SMALL, (right, ISSUER, ASIDE));
    items.extend(dated);
    items.extend(pen.line(&joined(&[&said.issuer, &said.document]), SMALL, (BODY.x, ISSUER, BODY.w - taken - AFTER_WORD)).0);
    items.push(rule(HEAD_RULE, Ink::Text));
    items.push(rule(KEY_RULE, Ink::Faint));
    items.extend(key(found, pen));
    items.extend(sign(pen));
}

/// A rule over the width of the page.
pub(super) fn rule(y: f64, ink: Ink) -> Item {
    stroke(vec![Segment::Move(BODY.x, y), Segment::Line(BODY.right(), y)], ink, 0.5)
}

/// Parts of a line that are not empty.
pub(super) fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn day(date: &str, lang: Lang) -> String {
    if lang == Lang::Vi { date.split('-').rev().collect::<Vec<_>>().join("/") } else { date.into() }
}

/// What lines and numbers mean.
fn key(found: [usize; 3], pen: &mut Pen<'_>) -> Vec<Item> {
    let solid = (f64::INFINITY, 0.0);
    let lines = [
        (pen.say("mép cắt", "trim"), Ink::Trim, solid),
        (pen.say("chừa xén", "bleed"), Ink::Bleed, BLEED),
        (pen.say("vùng an toàn", "safe area"), Ink::Safe, SAFE),
        (pen.say("đường gấp", "fold"), Ink::Fold, FOLD),
        (pen.say("răng cưa", "perforation"), Ink::Fold, PERFORATION),
        (pen.say("đường bế, lỗ", "die line, hole"), Ink::Die, solid),
        (pen.say("chữ, mã, ảnh", "texts, codes, pictures"), Ink::Boxes, solid),
    ];
    let hand = Hand { size: 6.8, ..SMALL };
    let (mut x, mut items) = (BODY.x, Vec::new());
    let middle = KEY - 0.35 * hand.size;
    for (word, ink, pattern) in lines {
        let segments = match pattern.0.is_finite() {
            true => dashes((x, middle), (x + SAMPLE, middle), pattern),
            false => vec![Segment::Move(x, middle), Segment::Line(x + SAMPLE, middle)],
        };
        items.push(stroke(segments, ink, if ink == Ink::Boxes { FINE } else { 1.5 * LINE }));
        x += SAMPLE + BEFORE_WORD;
        let (word, width) = pen.line(word, hand, (x, KEY, BODY.w));
        items.extend(word);
        x += width + AFTER_WORD;
    }
    let mut x = BODY.x;
    let below = KEY + PT_PER_MM * 4.6;
    for (severity, found) in SEVERITIES.into_iter().zip(found) {
        let middle = below - 0.35 * hand.size;
        items.push(super::pen::disc((x + RADIUS / 2.0, middle), RADIUS / 2.0, Ink::Of(severity)));
        x += RADIUS + BEFORE_WORD;
        let (word, width) = pen.line(&format!("{}: {found}", severity_word(severity, 0, pen)), hand, (x, below, BODY.w));
        items.extend(word);
        x += width + AFTER_WORD;
    }
    if found[0] > 0 {
        let hand = Hand { weight: 700, ink: Ink::Of(Severity::Error), ..hand };
        items.extend(
            pen.line_to(pen.say("còn lỗi: chưa in được", "errors left: not to be printed yet"), hand, (BODY.right(), below, BODY.w / 2.0))
                .0,
        );
    }
    items
}

/// What so many findings of a severity are called.
pub(super) fn severity_word(severity: Severity, count: usize, pen: &Pen<'_>) -> &'static str {
    match (severity, count) {
        (Severity::Error, 1) => pen.say("lỗi", "error"),
        (Severity::Error, _) => pen.say("lỗi", "errors"),
        (Severity::Warning, 1) => pen.say("cảnh báo", "warning"),
        (Severity::Warning, _) => pen.say("cảnh báo", "warnings"),
        (Severity::Hint, 1) => pen.say("gợi ý", "hint"),
        (Severity::Hint, _) => pen.say("gợi ý", "hints"),
    }
}

/// Where who has seen it signs: in both languages, as it goes to either.
fn sign(pen: &mut Pen<'_>) -> Vec<Item> {
    let hand = Hand { size: 9.0, weight: 600, ink: Ink::Text };
    let mut items = Vec::new();
    let date = BODY.right() - PT_PER_MM * 56.0;
    for (words, from, to) in [("Đã xem và đồng ý / Approved:", BODY.x, date - AFTER_WORD), ("Ngày / Date:", date, BODY.right())] {
        let (word, width) = pen.line(words, hand, (from, SIGN, BODY.w));
        items.extend(word);
        let line = vec![Segment::Move(from + width + BEFORE_WORD, SIGN + 1.0), Segment::Line(to, SIGN + 1.0)];
        items.push(stroke(line, Ink::Text, 0.5));
    }
    items
}
