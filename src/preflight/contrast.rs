//! Whether texts stand out from what is printed below them. Contrast is that of luminance, so what holds
//! in colour holds on a printer that knows only grey.

use crate::color::Colour;
use crate::diag::Problem;
use crate::geom::{Rect, Transform};
use crate::page::{GlyphRun, Item, Meaning, Path, Polygons, Role, Tag, hull};
use crate::spec::press::Limits;
use crate::text::Fonts;
use std::cell::OnceCell;

/// Least contrast of running text, and of headlines (WCAG 2.2, 1.4.3).
const TEXT: f64 = 4.5;
const HEADLINE: f64 = 3.0;
/// From this size on a text is large (WCAG 2.2, 1.4.3), pt.
const LARGE: f64 = 18.0;
/// Light text on a dark ground is at least so heavy where it is not large: ink spreads into it.
const REVERSED_WEIGHT: u16 = 600;
/// The stock itself.
static WHITE: Colour = Colour::Gray(1.0);
/// What is printed below a point.
enum Ground<'i> {
    /// An area of a colour, and the box that its outline is in.
    Area { around: Rect, path: &'i Path, at: Transform, colour: &'i Colour, figures: OnceCell<Polygons> },
    /// A picture: of any colour.
    Picture(Rect),
}

/// Texts that do not stand out, each with its tag.
pub(super) fn check<'i>(items: &'i [Item], fonts: &Fonts, limits: &Limits) -> Vec<(&'i Tag, Problem)> {
    let mut judge = Judge { fonts, limits, grounds: Vec::new(), tag: None, found: Vec::new() };
    judge.items(items, Transform::IDENTITY, None);
    judge.found
}

struct Judge<'i, 'f> {
    fonts: &'f Fonts,
    limits: &'f Limits,
    grounds: Vec<Ground<'i>>,
    tag: Option<&'i Tag>,
    found: Vec<(&'i Tag, Problem)>,
}

impl<'i> Judge<'i, '_> {
    fn items(&mut self, items: &'i [Item], at: Transform, window: Option<Rect>) {
        for item in items {
            match item {
                Item::Tag(tag) => self.tag = Some(tag),
                Item::Group(group) => {
                    let at = group.transform.within(at);
                    let clip = (!group.clip.is_empty()).then(|| Polygons::of(&group.clip, at).bounds());
                    let both = clip.zip(window).map(|(clip, window)| clip.shared(&window));
                    self.items(&group.items, at, both.or(clip).or(window));
                }
                Item::Image(placed) => {
                    let shown = at.rect(placed.rect);
                    self.grounds.push(Ground::Picture(window.map_or(shown, |window| window.shared(&shown))));
                }
                Item::Path(path) => self.grounds.extend(area(path, at)),
                Item::Glyphs(run) => self.run(run, at),
            }
        }
    }

    fn run(&mut self, run: &GlyphRun, at: Transform) {
        let Some(tag) = self.tag else { return };
        let Meaning::Text { role, .. } = &tag.meaning else { return };
        let least = if matches!(role, Some(Role::H1 | Role::H2)) || run.size >= LARGE { HEADLINE } else { TEXT };
        let inked = run.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
        // The middle of a small letter, at each glyph.
        let mut grounds: Vec<&Colour> = Vec::new();
        for glyph in inked {
            let (x, y) = at.point(run.x + glyph.x + 0.2 * run.size, run.y - 0.25 * run.size);
            grounds.extend(self.below(x, y).filter(|ground| grounds.last().is_none_or(|last| !std::ptr::eq(*last, *ground))));
        }
        let worst = grounds.into_iter().map(|ground| (run.ink.contrast(ground), ground)).min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((ratio, ground)) = worst else { return };
        let reversed = run.ink.luminance() > ground.luminance();
        if ratio < least - 0.05 {
            self.tell(tag, Problem::LowContrast { ratio, least });
        }
        let weight = self.fonts.faces.get(run.face).map_or(REVERSED_WEIGHT, |face| face.weight);
        let thin = run.size < self.limits.reversed - 1e-6 || weight < REVERSED_WEIGHT && run.size < LARGE;
        if reversed && thin {
            self.tell(tag, Problem::ReversedThin { size_pt: run.size, weight, least_pt: self.limits.reversed });
        }
    }

    /// The colour below a point; none where a picture is.
    fn below(&self, x: f64, y: f64) -> Option<&Colour> {
        let covers = |ground: &&Ground<'_>| match ground {
            Ground::Picture(rect) => holds(rect, x, y),
            // Few areas are below a text: the others are not worth taking apart.
            Ground::Area { around, path, at, figures, .. } => {
                holds(around, x, y) && figures.get_or_init(|| Polygons::of(&path.segments, *at)).hold(path.even_odd, x, y)
            }
        };
        match self.grounds.iter().rev().find(covers) {
            Some(Ground::Area { colour, .. }) => Some(colour),
            Some(Ground::Picture(_)) => None,
            None => Some(&WHITE),
        }
    }

    fn tell(&mut self, tag: &'i Tag, problem: Problem) {
        // Once for a text, not for each of its lines.
        if !self.found.iter().any(|(known, other)| std::ptr::eq(*known, tag) && *other == problem) {
            self.found.push((tag, problem));
        }
    }
}

fn holds(rect: &Rect, x: f64, y: f64) -> bool {
    (rect.x..=rect.right()).contains(&x) && (rect.y..=rect.bottom()).contains(&y)
}

fn area(path: &Path, at: Transform) -> Option<Ground<'_>> {
    let colour = path.fill.as_ref()?;
    Some(Ground::Area { around: at.rect(hull(&path.segments)), path, at, colour, figures: OnceCell::new() })
}
