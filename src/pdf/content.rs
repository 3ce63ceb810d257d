//! Items as page operators: one deflated stream a sheet.

use super::shared::Shared;
use super::standard::Rules;
use super::subset::{Glyphs, Used};
use crate::color::{Colour, Space, Step};
use crate::geom::{Rect, Transform};
use crate::page::{self, GlyphRun, Group, Item, Path, Placed, Segment, Stroke};
use crate::sheet::Imposed;
use crate::text::Glyph;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name, Str, TextStr};
use rayon::prelude::*;
use std::io::Write;
use std::sync::Arc;

/// Graphics states by resource name.
pub(super) const OVERPRINT: &str = "OP";
pub(super) const KNOCK_OUT: &str = "KO";
pub(super) const WHITE: &str = "WH";

/// The deflated stream of each sheet, in order.
pub(super) fn streams(sheets: &[Imposed], glyphs: &Glyphs, shared: &Shared, rules: &Rules) -> Vec<Vec<u8>> {
    sheets.par_iter().map(|sheet| deflate(&Writer::new(glyphs, shared, rules).sheet(sheet))).collect()
}

/// The deflated stream of each form, and a box around its ink.
pub(super) fn forms(glyphs: &Glyphs, shared: &Shared, rules: &Rules) -> Vec<(Vec<u8>, Rect)> {
    let form = |items: &Arc<[Item]>| {
        let writer = Writer { in_form: true, ..Writer::new(glyphs, shared, rules) };
        (deflate(&writer.form(items)), bounds(items, Transform::IDENTITY))
    };
    shared.forms.par_iter().map(form).collect()
}

/// A box that holds all ink of items.
fn bounds(items: &[Item], at: Transform) -> Rect {
    let boxes = items.iter().filter_map(|item| match item {
        Item::Path(path) => {
            let width = path.stroke.as_ref().map_or(0.0, |stroke| stroke.width);
            // Mitred corners reach out to ten times half the width (ISO 32000-1 §8.4.3.5).
            Some(at.rect(page::hull(&path.segments).grown(5.0 * width)))
        }
        // No letter reaches further than its type size and a half from its origin.
        Item::Glyphs(run) => {
            let ends = run.glyphs.iter().map(|glyph| (run.x + glyph.x, run.y - glyph.y));
            Some(at.rect(Rect::around(ends).grown(1.5 * run.size)))
        }
        Item::Image(placed) => Some(at.rect(placed.rect)),
        Item::Group(group) => Some(bounds(&group.items, group.transform.within(at))),
        Item::Tag(_) => None,
    });
    Rect::around(boxes.flat_map(|r| [(r.x, r.y), (r.right(), r.bottom())]))
}

/// Deflates at level 6.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Numbers are written to a thousandth of a point, 0.35 µm.
fn n(value: f64) -> f32 {
    ((value * 1000.0).round() / 1000.0) as f32
}

/// Shares of ink to a hundredth of a per cent.
fn share(value: f64) -> f32 {
    ((value * 10_000.0).round() / 10_000.0) as f32
}

struct Writer<'a> {
    content: Content,
    glyphs: &'a Glyphs,
    shared: &'a Shared,
    rules: &'a Rules,
    /// What the graphics state holds, one level for each group.
    state: Vec<State>,
    /// Whether this is a form. No form holds another, so that nothing can go round in a circle.
    in_form: bool,
}

#[derive(Clone, Default)]
struct State {
    fill: Option<Colour>,
    overprint: bool,
}

/// Up to this size black text prints over what is below, pt: knocked out it would show a fringe as soon as the
/// plates are off.
const OVERPRINTED_TEXT: f64 = 24.0;

impl<'a> Writer<'a> {
    fn new(glyphs: &'a Glyphs, shared: &'a Shared, rules: &'a Rules) -> Writer<'a> {
        Writer { content: Content::new(), glyphs, shared, rules, state: vec![State::default()], in_form: false }
    }

    /// Turns y around once, so that all below is as on the page: downwards.
    fn sheet(mut self, sheet: &Imposed) -> Vec<u8> {
        self.content.transform([1.0, 0.0, 0.0, -1.0, 0.0, n(sheet.media.h)]);
        self.items(&sheet.items);
        self.content.finish().to_vec()
    }

    /// In the directions of the page that shows it.
    fn form(mut self, items: &[Item]) -> Vec<u8> {
        self.items(items);
        self.content.finish().to_vec()
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Glyphs(run) => self.glyphs(run),
                Item::Path(path) => self.path(path),
                Item::Image(placed) => self.image(placed),
                Item::Group(group) => self.group(group),
                Item::Tag(_) => {}
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let form = self.shared.form(group).filter(|_| !self.in_form);
        let plain = group.transform == Transform::IDENTITY && group.clip.is_empty();
        if form.is_some() {
            // Forms begin with what a page begins with.
            self.set_overprint(false);
        }
        if !plain {
            self.save();
            let [a, b, c, d, e, f] = group.transform.0;
            self.content.transform([a as f32, b as f32, c as f32, d as f32, n(e), n(f)]);
            if !group.clip.is_empty() {
                self.outline(&group.clip);
                self.content.clip_even_odd().end_path();
            }
        }
        match form {
            // What a form sets ends with it (ISO 32000-1 §8.10.1).
            Some(form) => {
                self.content.x_object(Name(format!("F{form}").as_bytes()));
            }
            None => self.items(&group.items),
        }
        if !plain {
            self.restore();
        }
    }

    fn save(&mut self) {
        self.content.save_state();
        self.state.push(self.state.last().cloned().unwrap_or_default());
    }

    fn restore(&mut self) {
        self.content.restore_state();
        self.state.pop();
    }

    fn set_fill(&mut self, ink: &Colour) {
        if self.state.last().is_some_and(|s| s.fill.as_ref() == Some(ink)) {
            return;
        }
        match ink {
            Colour::Gray(v) => self.content.set_fill_gray(share(*v)),
            Colour::Rgb([r, g, b]) => self.content.set_fill_rgb(share(*r), share(*g), share(*b)),
            Colour::Cmyk([c, m, y, k]) => self.content.set_fill_cmyk(share(*c), share(*m), share(*y), share(*k)),
            Colour::Spot(plate, tint) => {
                let space = format!("S{}", self.shared.plate(plate));
                self.content.set_fill_color_space(Name(space.as_bytes())).set_fill_color([share(*tint)])
            }
        };
        if let Some(state) = self.state.last_mut() {
            state.fill = Some(ink.clone());
        }
    }

    fn set_overprint(&mut self, overprint: bool) {
        if let Some(state) = self.state.last_mut().filter(|state| state.overprint != overprint) {
            state.overprint = overprint;
            self.content.set_parameters(Name(if overprint { OVERPRINT } else { KNOCK_OUT }.as_bytes()));
        }
    }

    fn set_stroke(&mut self, stroke: &Stroke) {
        match &stroke.ink {
            Colour::Gray(v) => self.content.set_stroke_gray(share(*v)),
            Colour::Rgb([r, g, b]) => self.content.set_stroke_rgb(share(*r), share(*g), share(*b)),
            Colour::Cmyk([c, m, y, k]) => self.content.set_stroke_cmyk(share(*c), share(*m), share(*y), share(*k)),
            Colour::Spot(plate, tint) => {
                let space = format!("S{}", self.shared.plate(plate));
                self.content.set_stroke_color_space(Name(space.as_bytes())).set_stroke_color([share(*tint)])
            }
        };
        self.content.set_line_width(n(stroke.width));
        let (cap, join) = match stroke.round {
            true => (LineCapStyle::RoundCap, LineJoinStyle::RoundJoin),
            false => (LineCapStyle::ButtCap, LineJoinStyle::MiterJoin),
        };
        self.content.set_line_cap(cap).set_line_join(join);
    }

    fn path(&mut self, path: &Path) {
        let inks = path.fill.iter().chain(path.stroke.as_ref().map(|s| &s.ink));
        let step = inks.into_iter().find_map(|ink| match ink {
            Colour::Spot(plate, _) => Some((self.shared.plate(plate), plate.step?)),
            _ => None,
        });
        let Some((number, step)) = step else { return self.painted(path, path.overprint) };
        let layer = format!("L{number}");
        if self.rules.layers {
            self.content.begin_marked_content_with_properties(Name(b"OC")).properties_named(Name(layer.as_bytes()));
        }
        self.save();
        // Overprinted, white would hide all art from viewers that show no overprint; multiplied, it hides
        // nothing, and its plate is the same. Not both: what is below would be multiplied with itself.
        let multiplied = step == Step::White && self.rules.transparency;
        if multiplied {
            self.content.set_parameters(Name(WHITE.as_bytes()));
        }
        self.painted(path, path.overprint && !multiplied);
        self.restore();
        if self.rules.layers {
            self.content.end_marked_content();
        }
    }

    fn painted(&mut self, path: &Path, overprint: bool) {
        self.set_overprint(overprint);
        if let Some(fill) = &path.fill {
            self.set_fill(fill);
        }
        if let Some(stroke) = &path.stroke {
            self.set_stroke(stroke);
        }
        self.outline(&path.segments);
        match (path.fill.is_some(), path.stroke.is_some(), path.even_odd) {
            (true, true, false) => self.content.fill_nonzero_and_stroke(),
            (true, true, true) => self.content.fill_even_odd_and_stroke(),
            (true, false, false) => self.content.fill_nonzero(),
            (true, false, true) => self.content.fill_even_odd(),
            (false, true, _) => self.content.stroke(),
            (false, false, _) => self.content.end_path(),
        };
    }

    fn outline(&mut self, segments: &[Segment]) {
        for segment in segments {
            match *segment {
                Segment::Move(x, y) => self.content.move_to(n(x), n(y)),
                Segment::Line(x, y) => self.content.line_to(n(x), n(y)),
                Segment::Curve(c) => {
                    let [a, b, c, d, e, f] = c.map(n);
                    self.content.cubic_to(a, b, c, d, e, f)
                }
                Segment::Close => self.content.close_path(),
                Segment::Rect(r) => self.content.rect(n(r.x), n(r.y), n(r.w), n(r.h)),
            };
        }
    }

    fn image(&mut self, placed: &Placed) {
        let name = format!("I{}", self.shared.picture(&placed.picture).unwrap_or(0));
        let r = placed.rect;
        self.save();
        self.content.transform([n(r.w), 0.0, 0.0, n(-r.h), n(r.x), n(r.y + r.h)]);
        self.content.x_object(Name(name.as_bytes()));
        self.restore();
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        let Some(subset) = self.glyphs.face(run.face) else { return };
        self.set_fill(&run.ink);
        self.set_overprint(run.ink == Space::Cmyk.black() && run.size <= OVERPRINTED_TEXT);
        for (glyphs, told) in told_apart(run, subset) {
            if !told {
                let said: String = glyphs.iter().map(|g| g.text.as_str()).collect();
                self.content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(&said));
            }
            self.show(run, glyphs, subset);
            if !told {
                self.content.end_marked_content();
            }
        }
    }

    /// One `TJ`: pen positions follow shaping, corrected by whole thousandths of an em, so that errors
    /// never add up along a line.
    fn show(&mut self, run: &GlyphRun, glyphs: &[Glyph], subset: &Used) {
        let Some(mut start) = glyphs.first() else { return };
        self.content.begin_text().set_font(Name(subset.resource.as_bytes()), n(run.size));
        let mut rest = glyphs;
        while !rest.is_empty() {
            let level = rest.iter().position(|g| (g.y - start.y).abs() > 1e-6).unwrap_or(rest.len());
            let (same, after) = rest.split_at(level);
            self.content.set_text_matrix([1.0, 0.0, 0.0, -1.0, n(run.x + start.x), n(run.y - start.y)]);
            let mut shown = self.content.show_positioned();
            let mut items = shown.items();
            let mut bytes: Vec<u8> = Vec::with_capacity(same.len() * 2);
            let mut pen = start.x;
            for (i, glyph) in same.iter().enumerate() {
                let id = subset.glyph(glyph.id);
                bytes.extend(id.to_be_bytes());
                pen += subset.width(glyph) * run.size;
                let Some(next) = same.get(i + 1) else { break };
                let adjust = ((pen - next.x) * 1000.0 / run.size).round();
                if adjust != 0.0 {
                    items.show(Str(&bytes)).adjust(adjust as f32);
                    bytes.clear();
                    pen -= adjust * run.size / 1000.0;
                }
            }
            items.show(Str(&bytes));
            drop(items);
            drop(shown);
            rest = after;
            start = rest.first().unwrap_or(start);
        }
        self.content.end_text();
    }
}

/// A gap from which on readers take it for a space between words, em.
const WORD_GAP: f64 = 0.08;

/// A run in parts, and whether the glyphs of each say by themselves what they mean. A number whose digits
/// are set apart, so that all are equally wide, does not: `1900` would be read as `1 900`.
fn told_apart<'r>(run: &'r GlyphRun, subset: &Used) -> Vec<(&'r [Glyph], bool)> {
    let mut parts: Vec<(usize, usize, bool)> = Vec::new();
    let mut from = 0;
    let is_space = |g: &Glyph| g.text == " ";
    for word in run.glyphs.chunk_by(|a, b| is_space(a) == is_space(b)) {
        let gap = |pair: &[Glyph]| (pair[1].x - pair[0].x) / run.size - subset.width(&pair[0]);
        let told = word.iter().all(|g| subset.tells(g)) && word.windows(2).all(|pair| gap(pair) < WORD_GAP);
        match parts.last_mut() {
            Some((_, to, known)) if *known && told => *to += word.len(),
            _ => parts.push((from, from + word.len(), told)),
        }
        from += word.len();
    }
    parts.into_iter().map(|(from, to, told)| (&run.glyphs[from..to], told)).collect()
}
