//! Texts and lines on the pages of a contact sheet.

use super::super::notes;
use crate::color::Colour;
use crate::diag::{Lang, Severity};
use crate::geom::{PT_PER_MM, Rect};
use crate::page::{GlyphRun, Item, Path, Segment, Stroke, ellipse};
use crate::text::{Align, DEFAULT_FAMILY, Setter, Span, TextBlock, TypeStyle};

/// Radius of a finding's number, pt.
pub(super) const RADIUS: f64 = PT_PER_MM * 2.1;
/// Width of the white around lines and numbers, by which they stand out from art, pt on each side.
const CASING: f64 = 0.4;
/// From the middle of a number to the baseline of its digits, as a share of their size.
const DIGITS_BELOW: f64 = 0.355;
const DIGITS: f64 = 7.5;

/// Sets words on a page.
pub(super) struct Pen<'f> {
    pub(super) setter: Setter<'f>,
    pub(super) lang: Lang,
}

/// How words are set.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// Type size, pt.
    pub(super) size: f64,
    pub(super) weight: u16,
    pub(super) ink: Ink,
}

/// Colours of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ink {
    Text,
    Quiet,
    Faint,
    Paper,
    Trim,
    Bleed,
    Safe,
    Fold,
    Die,
    Boxes,
    Of(Severity),
}

impl Ink {
    pub(super) fn colour(self) -> Colour {
        let rgb = |hex: u32| Colour::Rgb([16, 8, 0].map(|shift| f64::from((hex >> shift) & 0xff) / 255.0));
        match self {
            Ink::Text => Colour::Gray(0.0),
            Ink::Quiet => Colour::Gray(0.36),
            Ink::Faint => Colour::Gray(0.78),
            Ink::Paper => Colour::Gray(1.0),
            Ink::Trim => rgb(0x00A0DC),
            Ink::Bleed => rgb(0xD5007F),
            Ink::Safe => rgb(0x1E9E3E),
            Ink::Fold => rgb(0x7B3FA0),
            Ink::Die => Colour::Gray(0.0),
            Ink::Boxes => rgb(0x7A8794),
            Ink::Of(Severity::Error) => rgb(0xC62828),
            Ink::Of(Severity::Warning) => rgb(0xD96A00),
            Ink::Of(Severity::Hint) => rgb(0x1550B0),
        }
    }
}

impl Pen<'_> {
    /// One of two words.
    pub(super) fn say(&self, vi: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Vi { vi } else { en }
    }

    /// To a tenth, as the language writes it.
    pub(super) fn number(&self, value: f64) -> String {
        let text = ((value * 10.0).round() / 10.0).to_string();
        if self.lang == Lang::Vi { text.replace('.', ",") } else { text }
    }

    /// A line from a place of its baseline on, no wider than it may be; its width too.
    pub(super) fn line(&mut self, text: &str, hand: Hand, (x, y, width): (f64, f64, f64)) -> (Vec<Item>, f64) {
        self.set(text, hand, (x, width), Some(1), |_| y)
    }

    /// A line that ends at a place of its baseline; its width too.
    pub(super) fn line_to(&mut self, text: &str, hand: Hand, (right, y, width): (f64, f64, f64)) -> (Vec<Item>, f64) {
        let (_, wide) = self.line(text, hand, (0.0, y, width));
        self.line(text, hand, (right - wide, y, width))
    }

    /// A paragraph below a place; its height too.
    pub(super) fn paragraph(&mut self, text: &str, hand: Hand, (x, top, width): (f64, f64, f64)) -> (Vec<Item>, f64) {
        let mut last = top;
        let (items, _) = self.set(text, hand, (x, width), None, |baseline| {
            last = top + baseline;
            last
        });
        (items, last - top + 0.3 * hand.size)
    }

    fn set(
        &mut self,
        text: &str,
        Hand { size, weight, ink }: Hand,
        (x, width): (f64, f64),
        lines: Option<usize>,
        mut y: impl FnMut(f64) -> f64,
    ) -> (Vec<Item>, f64) {
        // A point between two parts stays with the first.
        let text = notes::legible(text, self.setter.fonts()).replace(" · ", "\u{a0}· ");
        // Whatever was set in this place before had another text.
        self.setter.forget();
        let floor = if lines.is_some() { 0.75 * size } else { size };
        let style = TypeStyle {
            family: DEFAULT_FAMILY.into(),
            weight,
            italic: false,
            size: (floor, size),
            leading: 1.36,
            balance: false,
            ink: ink.colour(),
            align: Align::Start,
            tracking: Some(0.0),
            lines,
            tabular: true,
            to_baseline: false,
        };
        let block = TextBlock { spans: vec![Span { text, bold: false, italic: false }], style };
        let set = self.setter.fit((0, 0), &block, width, 1.0);
        let first =
            set.lines.first().map_or(String::new(), |line| line.runs.iter().flat_map(|run| &run.glyphs).map(|g| g.text.as_str()).collect());
        let too_wide = set.width > width + 0.01;
        if lines.is_some() && (set.lines.len() > 1 || too_wide) && first.chars().count() > 2 {
            // One sign gives way to the dots; of a word that cannot be broken, what is beyond.
            let share = if too_wide { width / set.width } else { 1.0 };
            let kept = ((first.trim_end_matches('…').chars().count() as f64 * share) as usize).saturating_sub(1);
            let cut: String = first.chars().take(kept).collect();
            return self.set(
                &format!("{}…", cut.trim_end_matches([' ', '\u{a0}', '·', '-', ','])),
                Hand { size, weight, ink },
                (x, width),
                lines,
                y,
            );
        }
        let mut items = Vec::new();
        for line in set.lines.into_iter().take(lines.unwrap_or(usize::MAX)) {
            let y = y(line.baseline);
            let run = |run: crate::text::Run| {
                Item::Glyphs(GlyphRun { face: run.face, size: set.size, ink: block.style.ink.clone(), x, y, glyphs: run.glyphs })
            };
            items.extend(line.runs.into_iter().map(run));
        }
        (items, set.width)
    }

    /// The number of a finding in a disc around a place.
    pub(super) fn disc(&mut self, number: usize, severity: Severity, (x, y): (f64, f64)) -> Vec<Item> {
        let size = if number > 99 { 0.72 * DIGITS } else { DIGITS };
        let mut items = vec![disc((x, y), RADIUS + CASING, Ink::Paper), disc((x, y), RADIUS, Ink::Of(severity))];
        let hand = Hand { size, weight: 700, ink: Ink::Paper };
        let (_, width) = self.line(&number.to_string(), hand, (0.0, 0.0, 4.0 * RADIUS));
        items.extend(self.line(&number.to_string(), hand, (x - width / 2.0, y + DIGITS_BELOW * size, 4.0 * RADIUS)).0);
        items
    }
}

pub(super) fn disc((x, y): (f64, f64), radius: f64, ink: Ink) -> Item {
    let segments = ellipse(Rect { x, y, w: 0.0, h: 0.0 }.grown(radius));
    Item::Path(Path { segments, fill: Some(ink.colour()), even_odd: false, stroke: None, overprint: false })
}

/// A line along an outline.
pub(super) fn stroke(segments: Vec<Segment>, ink: Ink, width: f64) -> Item {
    let stroke = Stroke { ink: ink.colour(), width, round: false };
    Item::Path(Path { segments, fill: None, even_odd: false, stroke: Some(stroke), overprint: false })
}

/// The same on white.
pub(super) fn cased(segments: Vec<Segment>, ink: Ink, width: f64) -> [Item; 2] {
    [stroke(segments.clone(), Ink::Paper, width + 2.0 * CASING), stroke(segments, ink, width)]
}

/// A straight line from one place to another, in dashes: how long each and the gap after it are.
pub(super) fn dashes(from: (f64, f64), to: (f64, f64), (dash, gap): (f64, f64)) -> Vec<Segment> {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let at = |along: f64| (from.0 + (to.0 - from.0) * along / length, from.1 + (to.1 - from.1) * along / length);
    let count = ((length + gap) / (dash + gap)).floor().max(1.0) as usize;
    // Each line ends as it begins, so that corners are closed.
    let pitch = if count > 1 { (length - dash) / (count - 1) as f64 } else { 0.0 };
    let one = |i: usize| {
        let start = i as f64 * pitch;
        let ((x, y), (to_x, to_y)) = (at(start), at((start + dash).min(length)));
        [Segment::Move(x, y), Segment::Line(to_x, to_y)]
    };
    (0..count).flat_map(one).collect()
}

/// The four sides of a rectangle in dashes.
pub(super) fn dashed(rect: Rect, pattern: (f64, f64)) -> Vec<Segment> {
    let (right, bottom) = (rect.right(), rect.bottom());
    let corners = [(rect.x, rect.y), (right, rect.y), (right, bottom), (rect.x, bottom)];
    (0..4).flat_map(|i| dashes(corners[i], corners[(i + 1) % 4], pattern)).collect()
}

/// The ellipse that fills a rectangle in dashes.
pub(super) fn dashed_round(rect: Rect, (dash, gap): (f64, f64)) -> Vec<Segment> {
    let (rx, ry) = (rect.w / 2.0, rect.h / 2.0);
    let count = (std::f64::consts::PI * (rx + ry) / (dash + gap)).floor().max(8.0);
    let at = |share: f64| {
        let (sin, cos) = (share * std::f64::consts::TAU).sin_cos();
        (rect.x + rx + rx * cos, rect.y + ry + ry * sin)
    };
    let one = |i: usize| {
        let ((x, y), (to_x, to_y)) = (at(i as f64 / count), at((i as f64 + dash / (dash + gap)) / count));
        [Segment::Move(x, y), Segment::Line(to_x, to_y)]
    };
    (0..count as usize).flat_map(one).collect()
}
