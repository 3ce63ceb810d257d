//! A text block set into lines at a width.

use super::fonts::Fonts;
use super::keep;
use super::{Glyph, Line, Run, SetText, TextBlock};
use parley::style::{FontFamily, FontFamilyName, FontFeature, FontFeatures, FontStyle, FontWeight, LineHeight, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};
use smol_str::format_smolstr;
use std::borrow::Cow;
use std::collections::HashMap;

/// Between the ink of one line and the next, em: marks that touch a descender read as another letter.
const INK_CLEARANCE: f64 = 0.05;
/// Room below the last baseline, em: descenders of this and most families end above it.
const DESCENT: f64 = 0.22;
/// Space between capitals, em: set as close as small letters they run together.
const CAPITALS: f64 = 0.04;
/// Sizes are tried in steps of this, pt.
const SIZE_STEP: f64 = 0.25;

/// Sets text; one for each thread, as shaping keeps scratch space.
pub struct Setter<'f> {
    fonts: &'f Fonts,
    context: FontContext,
    scratch: LayoutContext<()>,
    shaped: HashMap<(Key, u64, Keep), Shaped>,
    compounds: &'f keep::Compounds,
}

/// A block among those of one side: the number of its box, and of its paragraph there.
pub type Key = (usize, usize);

/// What lines must not part.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Keep {
    All,
    /// All but the last two words.
    AllButLast,
    Nothing,
}

/// A block shaped at one size, not yet broken into lines.
struct Shaped {
    text: String,
    layout: Layout<()>,
}

impl<'f> Setter<'f> {
    /// A setter over these fonts, that keeps these words whole in headlines.
    pub fn new(fonts: &'f Fonts, compounds: &'f keep::Compounds) -> Setter<'f> {
        Setter { fonts, context: fonts.context(), scratch: LayoutContext::new(), shaped: HashMap::new(), compounds }
    }

    /// The fonts that it sets in.
    pub fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// Forgets the blocks shaped so far: their keys may be given anew.
    pub fn forget(&mut self) {
        self.shaped.clear();
    }

    /// Sets a block at the largest size, `share` of the way from its floor to its ceiling, at which
    /// words and lines keep to the width. `key` names the block among those of one side.
    pub fn fit(&mut self, key: Key, block: &TextBlock, width: f64, share: f64) -> SetText {
        let (floor, ceiling) = block.style.size;
        let start = floor + (ceiling - floor) * share;
        // Sizes on the grid of steps between the floor and the start, largest first.
        let top = if share < 1.0 { (start / SIZE_STEP).floor() * SIZE_STEP } else { start }.max(floor);
        let (first, last) = ((floor / SIZE_STEP).ceil() as i64, (top / SIZE_STEP).ceil() as i64 - 1);
        let mut size = top;
        if size > floor && !self.keeps(key, block, size, width) {
            let (mut fits, mut too_large) = (first - 1, last + 1);
            while too_large - fits > 1 {
                let middle = (fits + too_large) / 2;
                if self.keeps(key, block, middle as f64 * SIZE_STEP, width) { fits = middle } else { too_large = middle }
            }
            size = if fits < first { floor } else { fits as f64 * SIZE_STEP };
        }
        self.set(key, block, size, width)
    }

    fn keeps(&mut self, key: Key, block: &TextBlock, size: f64, width: f64) -> bool {
        let layout = &mut self.shape(key, block, size, Keep::All).layout;
        if f64::from(layout.calculate_content_widths().min) > width + 0.01 {
            return false;
        }
        layout.break_all_lines(Some(width as f32));
        block.style.lines.is_none_or(|most| layout.len() <= most)
    }

    /// Width of the longest word at the smallest size, and of the whole text on one line at the size
    /// `share` of the way to the largest.
    pub fn content_widths(&mut self, key: Key, block: &TextBlock, share: f64) -> (f64, f64) {
        let (floor, ceiling) = block.style.size;
        let narrow = self.shape(key, block, floor, Keep::All).layout.calculate_content_widths().min;
        let wide = self.shape(key, block, floor + (ceiling - floor) * share, Keep::All).layout.calculate_content_widths().max;
        (f64::from(narrow), f64::from(wide))
    }

    /// Sets a block at a size and width.
    pub fn set(&mut self, key: Key, block: &TextBlock, size: f64, width: f64) -> SetText {
        let keep = self.keep(key, block, size, width);
        let layout = &mut self.shape(key, block, size, keep).layout;
        layout.break_all_lines(Some(width as f32));
        if block.style.balance && layout.len() > 1 {
            balance(layout, width as f32);
        }
        let shaped = &self.shaped[&(key, size.to_bits(), keep)];
        let mut lines: Vec<Line> = shaped.layout.lines().map(|line| self.line(&line, &shaped.text, size, block.style.tabular)).collect();
        let cap = lines.first().and_then(|l| l.runs.first()).map_or(0.7, |r| self.fonts.faces[r.face].cap_height) * size;
        let closest = lines.windows(2).map(|w| w[0].ink_bottom + w[1].ink_top + INK_CLEARANCE * size);
        let pitch = closest.fold(block.style.leading * size, f64::max);
        let top = lines.first().map_or(0.0, |l| l.ink_top.max(cap));
        for (i, line) in lines.iter_mut().enumerate() {
            line.baseline = top + pitch * i as f64;
        }
        let below = |l: &Line| if block.style.to_baseline { 0.0 } else { l.ink_bottom.max(DESCENT * size) };
        let height = lines.last().map_or(0.0, |l| l.baseline + below(l));
        SetText { size, width: lines.iter().fold(0.0, |w, l| l.width.max(w)), height, lines }
    }

    /// What can stay together at a width: what is wider than the room is better parted than not set at all.
    fn keep(&mut self, key: Key, block: &TextBlock, size: f64, width: f64) -> Keep {
        let lines = |setter: &mut Self, keep: Keep| {
            let layout = &mut setter.shape(key, block, size, keep).layout;
            let fits = f64::from(layout.calculate_content_widths().min) <= width + 0.01;
            layout.break_all_lines(Some(width as f32));
            fits.then(|| layout.len())
        };
        match lines(self, Keep::All) {
            // Rather a short last line than one more line with a single word on it.
            Some(most) if block.style.balance && most > 2 && lines(self, Keep::AllButLast).is_some_and(|less| less < most) => {
                Keep::AllButLast
            }
            Some(_) => Keep::All,
            None if lines(self, Keep::AllButLast).is_some() => Keep::AllButLast,
            None => Keep::Nothing,
        }
    }

    fn line(&self, line: &parley::layout::Line<'_, ()>, text: &str, size: f64, tabular: bool) -> Line {
        let mut set = Line { baseline: 0.0, width: 0.0, ink_top: 0.0, ink_bottom: 0.0, runs: Vec::new() };
        let mut pen = 0.0;
        for run in line.runs() {
            let face = self.fonts.face_of(run.font().data.id());
            let mut glyphs = Vec::new();
            for cluster in run.visual_clusters() {
                let said = &text[cluster.text_range()];
                if said.chars().all(is_silent) {
                    continue;
                }
                if cluster.is_ligature_continuation() {
                    // The “i” of an “fi” has no glyph of its own.
                    glyphs.last_mut().into_iter().for_each(|glyph: &mut Glyph| glyph.text = format_smolstr!("{}{said}", glyph.text));
                }
                let mut said_once = said;
                // What a narrow digit lacks stands half before it and half after it.
                let lacks = said.chars().next().filter(|_| tabular).map_or(0.0, |c| self.fonts.faces[face].lacks(c));
                for glyph in cluster.glyphs() {
                    let (top, bottom) = self.fonts.faces[face].ink(glyph.id);
                    let (x, y) = (pen + f64::from(glyph.x) + lacks * size / 2.0, -f64::from(glyph.y));
                    set.ink_top = set.ink_top.max(top * size + y);
                    set.ink_bottom = set.ink_bottom.max(-(bottom * size + y));
                    let text = std::mem::take(&mut said_once).chars().filter(|c| !is_silent(*c));
                    let text = text.map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
                    glyphs.push(Glyph { id: glyph.id, x, y, text });
                    pen += f64::from(glyph.advance);
                }
                if !cluster.is_space_or_nbsp() {
                    set.width = pen;
                }
            }
            // Where only the spacing changes, as at tabular digits, the run goes on.
            match set.runs.last_mut().filter(|last| last.face == face) {
                Some(last) => last.glyphs.append(&mut glyphs),
                None => set.runs.push(Run { face, glyphs }),
            }
        }
        while let Some(run) = set.runs.last_mut() {
            while run.glyphs.last().is_some_and(|g| g.text.chars().all(char::is_whitespace) && !g.text.is_empty()) {
                run.glyphs.pop();
            }
            if !run.glyphs.is_empty() {
                break;
            }
            set.runs.pop();
        }
        set
    }

    fn shape(&mut self, key: Key, block: &TextBlock, size: f64, keep: Keep) -> &mut Shaped {
        let at = (key, size.to_bits(), keep);
        if !self.shaped.contains_key(&at) {
            let shaped = self.build(block, size, keep);
            self.shaped.insert(at, shaped);
        }
        self.shaped.get_mut(&at).expect("put in just above")
    }

    fn build(&mut self, block: &TextBlock, size: f64, keep: Keep) -> Shaped {
        let (fonts, context, scratch) = (self.fonts, &mut self.context, &mut self.scratch);
        let style = &block.style;
        let spans: Vec<&str> = block.spans.iter().map(|s| s.text.as_str()).collect();
        let spans = match keep {
            Keep::Nothing => keep::apart(&spans),
            _ => keep::together(&spans, self.compounds, style.balance, keep == Keep::All),
        };
        let text = spans.concat();
        let mut builder = scratch.ranged_builder(context, &text, 1.0, false);
        let families: Vec<FontFamilyName<'_>> = std::iter::once(&style.family)
            .chain(fonts.families().iter().filter(|f| **f != style.family))
            .map(|f| FontFamilyName::Named(Cow::Borrowed(f)))
            .collect();
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(families.into())));
        builder.push_default(StyleProperty::FontSize(size as f32));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(f32::from(style.weight))));
        builder.push_default(StyleProperty::FontStyle(slope(style.italic)));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.0)));
        let tracking = style.tracking.unwrap_or(if !style.tabular && is_capitals(&text) { CAPITALS } else { 0.0 });
        builder.push_default(StyleProperty::LetterSpacing((tracking * size) as f32));
        if style.tabular {
            let tnum = [FontFeature { tag: parley::setting::Tag::new(b"tnum"), value: 1 }];
            builder.push_default(StyleProperty::FontFeatures(FontFeatures::List(Cow::Owned(tnum.to_vec()))));
        }
        let mut start = 0;
        for (span, text) in block.spans.iter().zip(&spans) {
            let range = start..start + text.len();
            start = range.end;
            if span.bold {
                let weight = bolder(style.weight);
                builder.push(StyleProperty::FontWeight(FontWeight::new(f32::from(weight))), range.clone());
            }
            if span.italic {
                builder.push(StyleProperty::FontStyle(slope(!style.italic)), range.clone());
            }
            let weight = if span.bold { bolder(style.weight) } else { style.weight };
            let face = fonts.nearest(&style.family, weight, span.italic != style.italic).filter(|_| style.tabular);
            for (at, c) in text.char_indices() {
                let spacing = match face {
                    // What has no width takes no space either.
                    _ if c == keep::WORD_JOINER => 0.0,
                    Some(face) if c.is_ascii_digit() => tracking + face.lacks(c),
                    _ => continue,
                };
                let at = range.start + at;
                builder.push(StyleProperty::LetterSpacing((spacing * size) as f32), at..at + c.len_utf8());
            }
        }
        let layout = builder.build(&text);
        Shaped { text, layout }
    }
}

/// Weight of what is bold inside a text.
fn bolder(weight: u16) -> u16 {
    if weight >= 600 { 800 } else { 700 }
}

fn slope(italic: bool) -> FontStyle {
    if italic { FontStyle::Italic } else { FontStyle::Normal }
}

/// Whether a text is in capitals, more of them than digits, so that a number plate is none.
fn is_capitals(text: &str) -> bool {
    let (mut capitals, mut digits) = (0, 0);
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
        digits += usize::from(c.is_ascii_digit());
    }
    capitals > 1 && capitals > digits
}

/// Characters that steer breaking and have no glyph: line ends, joiners, zero-width spaces.
pub(super) fn is_silent(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Narrows a broken layout to the least width that keeps its number of lines.
fn balance(layout: &mut Layout<()>, width: f32) {
    let lines = layout.len();
    let (mut narrow, mut wide) = (layout.calculate_content_widths().min, width);
    for _ in 0..12 {
        let middle = (narrow + wide) / 2.0;
        layout.break_all_lines(Some(middle));
        if layout.len() > lines {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    layout.break_all_lines(Some(wide));
}

#[cfg(test)]
mod tests {
    use super::super::{Align, Span, TypeStyle};
    use super::*;
    use crate::color::Colour;

    fn width(text: &str, tabular: bool) -> f64 {
        let (fonts, _) = Fonts::load(Vec::new());
        let compounds = keep::Compounds::with([]);
        let style = TypeStyle {
            family: super::super::DEFAULT_FAMILY.into(),
            weight: 700,
            italic: false,
            size: (20.0, 20.0),
            leading: 1.3,
            balance: false,
            ink: Colour::Gray(0.0),
            align: Align::Start,
            tracking: None,
            lines: None,
            tabular,
            to_baseline: false,
        };
        let block = TextBlock { spans: vec![Span { text: text.into(), bold: false, italic: false }], style };
        Setter::new(&fonts, &compounds).set((0, 0), &block, 20.0, 1000.0).width
    }

    #[test]
    fn tabular_digits_are_equally_wide() {
        let wide = width("0000", true);
        for digits in ["1111", "7171", "2024"] {
            assert!((width(digits, true) - wide).abs() < 0.01, "{digits}");
        }
        assert!(width("1111", false) < width("0000", false) - 1.0);
    }
}
