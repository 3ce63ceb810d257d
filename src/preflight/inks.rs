//! What inks do on press: too much of them, and black text in more than one.

use crate::color::Colour;
use crate::diag::{Finding, Located, Problem};
use crate::page::{Item, Meaning, Page, Tag};
use crate::spec::press::Limits;

/// A share of ink that shows when its plate is off.
const SEEN: f64 = 0.1;
/// From this share of black on, a colour of several inks looks black.
const BLACK: f64 = 0.85;
/// Above this size a coloured fringe is thinner than the letters by far, pt.
const LARGE: f64 = 24.0;
/// Rounding.
const SLACK: f64 = 0.005;

/// How many inks of a colour show; one of a colour that is of one ink by nature.
pub(super) fn count(colour: &Colour) -> usize {
    match colour {
        Colour::Cmyk(shares) => shares.iter().filter(|share| **share > SEEN).count(),
        Colour::Gray(_) | Colour::Rgb(_) | Colour::Spot(..) => 1,
    }
}

/// Inks of a palette that are too much for a press, where a page is painted in them, each once.
pub fn check_palette(pages: &[Page], palette: &[(Located<String>, Colour)], limits: &Limits) -> Vec<Finding> {
    if palette.iter().all(|(_, colour)| colour.coverage() <= limits.ink + SLACK) {
        return Vec::new();
    }
    let mut painted: Vec<&Colour> = Vec::new();
    pages.iter().for_each(|page| heavy(&page.items, limits.ink, &mut painted));
    let is_painted = |colour: &Colour| painted.iter().any(|heavy| is_tint(heavy, colour));
    let over = palette.iter().filter(|(_, colour)| colour.coverage() > limits.ink + SLACK && is_painted(colour));
    let found =
        over.map(|(name, colour)| Finding::at(name.spot.clone(), Problem::InkOverLimit { ink: colour.coverage(), most: limits.ink }));
    found.collect()
}

/// Whether a colour is a share of another.
fn is_tint(tint: &Colour, whole: &Colour) -> bool {
    match (tint, whole.tinted(tint.coverage() / whole.coverage())) {
        (Colour::Cmyk(a), Colour::Cmyk(b)) => a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6),
        (a, b) => *a == b,
    }
}

fn heavy<'i>(items: &'i [Item], most: f64, found: &mut Vec<&'i Colour>) {
    for item in items {
        let inks: Vec<&Colour> = match item {
            Item::Path(path) => path.fill.iter().chain(path.stroke.as_ref().map(|s| &s.ink)).collect(),
            Item::Glyphs(run) => vec![&run.ink],
            Item::Group(group) => {
                heavy(&group.items, most, found);
                continue;
            }
            Item::Image(_) | Item::Tag(_) => continue,
        };
        found.extend(inks.into_iter().filter(|ink| ink.coverage() > most + SLACK && !found.contains(ink)).collect::<Vec<_>>());
    }
}

/// Texts in a black of several inks, and small ones in several inks at all.
pub(super) fn check_texts<'i>(items: &'i [Item], limits: &Limits) -> Vec<(&'i Tag, Problem)> {
    let mut found = Vec::new();
    texts(items, limits, &mut None, &mut found);
    found
}

fn texts<'i>(items: &'i [Item], limits: &Limits, tag: &mut Option<&'i Tag>, found: &mut Vec<(&'i Tag, Problem)>) {
    for item in items {
        match item {
            Item::Tag(next) => *tag = Some(next),
            Item::Group(group) => texts(&group.items, limits, tag, found),
            Item::Glyphs(run) if run.size <= LARGE => {
                let Some(tag) = tag.filter(|tag| matches!(tag.meaning, Meaning::Text { .. })) else { continue };
                let Colour::Cmyk(shares) = run.ink else { continue };
                let inks = count(&run.ink);
                let problem = if shares[3] >= BLACK && inks > 1 {
                    Problem::RichText { inks }
                } else if inks > 1 && run.size < limits.reversed - 1e-6 && run.size >= limits.text {
                    Problem::TypeSmall { size_pt: run.size, least_pt: limits.reversed }
                } else {
                    continue;
                };
                if !found.iter().any(|(known, other)| std::ptr::eq(*known, tag) && *other == problem) {
                    found.push((tag, problem));
                }
            }
            Item::Glyphs(_) | Item::Path(_) | Item::Image(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_is_known_by_its_proportions() {
        let whole = Colour::Cmyk([0.9, 0.8, 0.8, 0.9]);
        for share in [1.0, 0.95, 0.9 / 0.97, 1.0 / 3.0] {
            assert!(is_tint(&whole.tinted(share), &whole), "{share}");
        }
        assert!(!is_tint(&Colour::Cmyk([0.8, 0.9, 0.8, 0.9]), &whole));
    }
}
