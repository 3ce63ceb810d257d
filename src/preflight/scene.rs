//! A page taken apart: what is painted, in order, and the texts and codes on it.

use crate::color::Colour;
use crate::geom::{Rect, Transform};
use crate::page::{GlyphRun, Item, Meaning, Path, Placed, Polygons, Tag, hull};
use std::cell::OnceCell;

/// The stock itself.
static WHITE: Colour = Colour::Gray(1.0);

/// What a page shows.
#[derive(Default)]
pub(super) struct Scene<'i> {
    /// Areas and pictures, from back to front.
    grounds: Vec<Ground<'i>>,
    pub(super) texts: Vec<Text<'i>>,
    /// Lines around and between boxes: their outlines.
    pub(super) frames: Vec<Polygons>,
    pub(super) codes: Vec<CodeShown<'i>>,
}

/// A line of a text.
pub(super) struct Text<'i> {
    pub(super) tag: &'i Tag,
    pub(super) run: &'i GlyphRun,
    pub(super) at: Transform,
    /// Grounds painted before it.
    pub(super) above: usize,
}

/// A code.
pub(super) struct CodeShown<'i> {
    pub(super) tag: &'i Tag,
    /// Where it is on the page, without its quiet zone.
    pub(super) rect: Rect,
    /// Side of a module, pt.
    pub(super) module: f64,
    /// Colour of its modules.
    pub(super) ink: &'i Colour,
    /// Which of the grounds its modules are.
    own: usize,
}

/// What is printed at a point.
pub(super) enum Below<'s> {
    Paint(&'s Colour),
    /// A picture; its luminance there, 0 to 1.
    Picture(f64),
}

/// What is painted over a part of the page.
enum Ground<'i> {
    /// An area of a colour, and the box that its outline is in.
    Area { around: Rect, path: &'i Path, at: Transform, colour: &'i Colour, figures: OnceCell<Polygons> },
    /// A picture, what of it shows, and where it lies.
    Picture { shown: Rect, placed: &'i Placed, at: Transform },
}

impl<'i> Scene<'i> {
    pub(super) fn of(items: &'i [Item]) -> Scene<'i> {
        let mut scene = Scene::default();
        scene.add(items, Transform::IDENTITY, None, &mut None);
        scene
    }

    fn add(&mut self, items: &'i [Item], at: Transform, window: Option<Rect>, tag: &mut Option<(&'i Tag, Rect)>) {
        for item in items {
            match item {
                Item::Tag(next) => *tag = Some((next, at.rect(next.rect))),
                Item::Group(group) => {
                    let at = group.transform.within(at);
                    let clip = (!group.clip.is_empty()).then(|| Polygons::of(&group.clip, at).bounds());
                    let both = clip.zip(window).map(|(clip, window)| clip.shared(&window));
                    self.add(&group.items, at, both.or(clip).or(window), tag);
                }
                Item::Image(placed) => {
                    let shown = at.rect(placed.rect);
                    let shown = window.map_or(shown, |window| window.shared(&shown));
                    self.grounds.push(Ground::Picture { shown, placed, at });
                }
                Item::Path(path) => self.add_path(path, at, *tag),
                Item::Glyphs(run) => {
                    let text = tag.filter(|(tag, _)| matches!(tag.meaning, Meaning::Text { .. }));
                    self.texts.extend(text.map(|(tag, _)| Text { tag, run, at, above: self.grounds.len() }));
                }
            }
        }
    }

    fn add_path(&mut self, path: &'i Path, at: Transform, tag: Option<(&'i Tag, Rect)>) {
        if path.stroke.as_ref().is_some_and(|stroke| !stroke.ink.is_paper()) && !path.overprint {
            self.frames.push(Polygons::of(&path.segments, at));
        }
        // What overprints covers nothing.
        let Some(colour) = path.fill.as_ref().filter(|_| !path.overprint) else { return };
        // The first path behind the tag of a code is that of its modules.
        if let Some((tag @ Tag { meaning: Meaning::Symbol { module, .. }, .. }, rect)) = tag
            && !self.codes.iter().any(|code| std::ptr::eq(code.tag, tag) && code.rect == rect)
        {
            self.codes.push(CodeShown { tag, rect, module: *module, ink: colour, own: self.grounds.len() });
        }
        let around = at.rect(hull(&path.segments));
        self.grounds.push(Ground::Area { around, path, at, colour, figures: OnceCell::new() });
    }

    /// What is printed at a point below a text.
    pub(super) fn below(&self, text: &Text<'i>, x: f64, y: f64) -> Below<'_> {
        seen(self.grounds[..text.above].iter(), x, y)
    }

    /// What is printed at a point beside a code, before or after it.
    pub(super) fn beside(&self, code: &CodeShown<'i>, x: f64, y: f64) -> Below<'_> {
        let others = self.grounds.iter().enumerate().filter(|(i, _)| *i != code.own).map(|(_, ground)| ground);
        seen(others, x, y)
    }

    /// Whether something is painted over a code after it: more than what its error correction stands.
    pub(super) fn is_code_covered(&self, code: &CodeShown<'i>) -> bool {
        const STEPS: usize = 12;
        let at = |i: usize, from: f64, length: f64| from + (i as f64 + 0.5) / STEPS as f64 * length;
        let points = (0..STEPS * STEPS).map(|i| (at(i % STEPS, code.rect.x, code.rect.w), at(i / STEPS, code.rect.y, code.rect.h)));
        let covered = points.filter(|(x, y)| self.grounds[code.own + 1..].iter().any(|ground| ground.covers(*x, *y))).count();
        covered * 20 > STEPS * STEPS
    }

    /// Whether something is painted over a point of a text after it.
    pub(super) fn is_covered(&self, text: &Text<'i>, x: f64, y: f64) -> bool {
        self.grounds[text.above..].iter().any(|ground| ground.covers(x, y))
    }
}

/// The uppermost of some grounds at a point.
fn seen<'s, 'i: 's>(grounds: impl DoubleEndedIterator<Item = &'s Ground<'i>>, x: f64, y: f64) -> Below<'s> {
    match grounds.rev().find(|ground| ground.covers(x, y)) {
        Some(Ground::Area { colour, .. }) => Below::Paint(colour),
        Some(Ground::Picture { placed, at, .. }) => {
            let (x, y) = at.inverse().point(x, y);
            let share = |at: f64, from: f64, length: f64| ((at - from) / length).clamp(0.0, 1.0);
            let Rect { x: left, y: top, w, h } = placed.rect;
            Below::Picture(placed.picture.luminance(share(x, left, w), share(y, top, h)))
        }
        None => Below::Paint(&WHITE),
    }
}

impl Ground<'_> {
    fn covers(&self, x: f64, y: f64) -> bool {
        match self {
            Ground::Picture { shown, .. } => holds(shown, x, y),
            // Few areas are at a point: the others are not worth taking apart.
            Ground::Area { around, path, at, figures, .. } => {
                holds(around, x, y) && figures.get_or_init(|| Polygons::of(&path.segments, *at)).hold(path.even_odd, x, y)
            }
        }
    }
}

fn holds(rect: &Rect, x: f64, y: f64) -> bool {
    (rect.x..=rect.right()).contains(&x) && (rect.y..=rect.bottom()).contains(&y)
}
