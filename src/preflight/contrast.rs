//! Whether texts stand out from what is printed below them. Contrast is that of luminance, so what holds
//! in colour holds on a printer that knows only grey.

use crate::color::Colour;
use crate::diag::Problem;
use crate::geom::{Rect, Transform};
use crate::page::{GlyphRun, Item, Meaning, Path, Role, Segment, Tag};
use crate::text::Fonts;

/// Least contrast of running text, and of headlines (WCAG 2.2, 1.4.3).
const TEXT: f64 = 4.5;
const HEADLINE: f64 = 3.0;
/// From this size on a text is large (WCAG 2.2, 1.4.3), pt.
const LARGE: f64 = 18.0;
/// Light text on a dark ground is at least so large, and so heavy where it is not large: ink spreads into it.
const REVERSED_SIZE: f64 = 8.0;
const REVERSED_WEIGHT: u16 = 600;
/// The stock itself.
static WHITE: Colour = Colour::Gray(1.0);
/// Straight pieces that a curve is taken for.
const FACETS: usize = 12;

/// What is printed below a point.
enum Ground<'i> {
    /// An area of a colour.
    Area(Rect, Vec<Vec<(f64, f64)>>, bool, &'i Colour),
    /// A picture: of any colour.
    Picture(Rect),
}

/// Texts that do not stand out, each with its tag.
pub(super) fn check<'i>(items: &'i [Item], fonts: &Fonts) -> Vec<(&'i Tag, Problem)> {
    let mut judge = Judge { fonts, grounds: Vec::new(), tag: None, found: Vec::new() };
    judge.items(items, Transform::IDENTITY, None);
    judge.found
}

struct Judge<'i, 'f> {
    fonts: &'f Fonts,
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
                    let clip = (!group.clip.is_empty()).then(|| Rect::around(polygons(&group.clip, at).into_iter().flatten()));
                    self.items(&group.items, at, clip.or(window));
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
        let grounds = inked.filter_map(|glyph| {
            let (x, y) = at.point(run.x + glyph.x + 0.2 * run.size, run.y - 0.25 * run.size);
            self.below(x, y)
        });
        let worst = grounds.map(|ground| (run.ink.contrast(ground), ground)).min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((ratio, ground)) = worst else { return };
        let reversed = run.ink.luminance() > ground.luminance();
        if ratio < least - 0.05 {
            self.tell(tag, Problem::LowContrast { ratio, least });
        }
        let weight = self.fonts.faces.get(run.face).map_or(REVERSED_WEIGHT, |face| face.weight);
        let thin = run.size < REVERSED_SIZE - 1e-6 || weight < REVERSED_WEIGHT && run.size < LARGE;
        if reversed && thin {
            self.tell(tag, Problem::ReversedThin { size_pt: run.size, weight, least_pt: REVERSED_SIZE });
        }
    }

    /// The colour below a point; none where a picture is.
    fn below(&self, x: f64, y: f64) -> Option<&Colour> {
        let covers = |ground: &&Ground<'_>| match ground {
            Ground::Picture(rect) => holds(rect, x, y),
            Ground::Area(rect, figures, even_odd, _) => holds(rect, x, y) && inside(figures, *even_odd, x, y),
        };
        match self.grounds.iter().rev().find(covers) {
            Some(Ground::Area(.., colour)) => Some(colour),
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
    let fill = path.fill.as_ref()?;
    let figures = polygons(&path.segments, at);
    Some(Ground::Area(Rect::around(figures.iter().flatten().copied()), figures, path.even_odd, fill))
}

/// An outline's figures as polygons.
fn polygons(segments: &[Segment], at: Transform) -> Vec<Vec<(f64, f64)>> {
    let mut figures: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut from = (0.0, 0.0);
    for segment in segments {
        match *segment {
            Segment::Move(x, y) => {
                from = (x, y);
                figures.push(vec![at.point(x, y)]);
            }
            Segment::Line(x, y) => {
                from = (x, y);
                figures.last_mut().into_iter().for_each(|f| f.push(at.point(x, y)));
            }
            Segment::Curve([ax, ay, bx, by, x, y]) => {
                let on = |t: f64, p: [f64; 4]| {
                    let u = 1.0 - t;
                    u * u * u * p[0] + 3.0 * u * u * t * p[1] + 3.0 * u * t * t * p[2] + t * t * t * p[3]
                };
                let (x0, y0) = from;
                let points =
                    (1..=FACETS).map(|i| i as f64 / FACETS as f64).map(|t| at.point(on(t, [x0, ax, bx, x]), on(t, [y0, ay, by, y])));
                figures.last_mut().into_iter().for_each(|f| f.extend(points.clone()));
                from = (x, y);
            }
            Segment::Close => {}
            Segment::Rect(r) => {
                let corners = [(r.x, r.y), (r.right(), r.y), (r.right(), r.bottom()), (r.x, r.bottom())];
                figures.push(corners.map(|(x, y)| at.point(x, y)).to_vec());
            }
        }
    }
    figures
}

/// Whether a point is inside an outline (ISO 32000-1 §8.5.3.3).
fn inside(figures: &[Vec<(f64, f64)>], even_odd: bool, x: f64, y: f64) -> bool {
    let mut winding = 0;
    for figure in figures {
        for (a, b) in figure.iter().zip(figure.iter().cycle().skip(1)) {
            if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                winding += if b.1 > a.1 { 1 } else { -1 };
            }
        }
    }
    if even_odd { winding % 2 != 0 } else { winding != 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{ellipse, rounded};

    #[test]
    fn a_point_is_inside_where_ink_would_be() {
        let square = Rect { x: 0.0, y: 0.0, w: 10.0, h: 10.0 };
        for (segments, x, y, is) in [
            (vec![Segment::Rect(square)], 5.0, 5.0, true),
            (rounded(square, 4.0), 0.3, 0.3, false),
            (rounded(square, 4.0), 0.3, 5.0, true),
            (ellipse(square), 1.0, 1.0, false),
            (ellipse(square), 5.0, 0.2, true),
        ] {
            assert_eq!(inside(&polygons(&segments, Transform::IDENTITY), false, x, y), is, "{segments:?} {x} {y}");
        }
        let ring = [Segment::Rect(square), Segment::Rect(square.grown(-3.0))];
        assert!(!inside(&polygons(&ring, Transform::IDENTITY), true, 5.0, 5.0));
        assert!(inside(&polygons(&ring, Transform::IDENTITY), true, 1.0, 5.0));
    }
}
