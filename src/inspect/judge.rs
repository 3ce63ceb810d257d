//! What a print shop would mind.

use super::{Inspected, Page, PageBox, Refused, Source};
use crate::color::Space;
use crate::diag::{At, Finding, Place, Problem, Spot};
use crate::geom::{Rect, mm, to_mm};
use crate::qr::QUIET_ZONE;
use crate::qr::payload::{Doubt, Trap, doubts, traps};
use crate::spec::press::{Limits, Press, Standard};

/// By how much boxes may be off, pt (a tenth of a millimetre).
const SLACK: f64 = 0.3;
/// Room that a code keeps to the cut, pt: the cut itself wanders by a millimetre.
const OFF_CUT: f64 = 2.0 * crate::geom::PT_PER_MM;
/// Letters of a payload that are told.
const TOLD: usize = 60;

/// Why a file was refused, as a finding.
pub fn refused(file: &str, why: Refused) -> Finding {
    Finding::in_file(file, Problem::PdfRefused { path: file.into(), why })
}

/// Judges a file: for a press where one is given, else by what holds for all. What several pages share is told once.
pub fn judge(found: &Inspected, file: &str, press: Option<&Press>) -> Vec<Finding> {
    let mut told: Vec<(Problem, Vec<usize>)> = Vec::new();
    for page in &found.pages {
        for problem in of_page(page, press) {
            match told.iter_mut().find(|(known, _)| *known == problem) {
                Some((_, pages)) if pages.last() == Some(&page.number) => {}
                Some((_, pages)) => pages.push(page.number),
                None => told.push((problem, vec![page.number])),
            }
        }
    }
    let spot = Spot { file: file.into(), at: At::default() };
    let name = press.map(|press| press.name.clone());
    let place = |side: Option<String>| Place { spot: spot.clone(), side, press: name.clone(), ..Place::default() };
    let whole = of_file(found, press).into_iter().map(|problem| Finding::placed(place(None), problem));
    whole.chain(told.into_iter().map(|(problem, pages)| Finding::placed(place(Some(words(&pages))), problem))).collect()
}

/// `page 3`, `pages 1–4, 7`.
fn words(pages: &[usize]) -> String {
    let runs = pages.chunk_by(|a, b| a + 1 == *b).filter_map(|run| Some((run.first()?, run.last()?)));
    let runs: Vec<String> = runs.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") }).collect();
    format!("{} {}", if pages.len() == 1 { "page" } else { "pages" }, runs.join(", "))
}

fn of_file(found: &Inspected, press: Option<&Press>) -> Vec<Problem> {
    let mut problems = Vec::new();
    if found.encrypted {
        problems.push(Problem::PdfEncrypted);
    }
    if press.is_some_and(|press| press.space == Space::Cmyk) && !found.intents.iter().any(|intent| intent.kind == "GTS_PDFX") {
        problems.push(Problem::NoOutputIntent);
    }
    let mut sizes: Vec<[i64; 2]> = found.pages.iter().map(|page| size(&page.trim.rect)).collect();
    sizes.sort_unstable();
    sizes.dedup();
    if sizes.len() > 1 {
        problems.push(Problem::PagesDiffer { sizes: sizes.len() });
    }
    problems
}

/// To a millimetre, the shorter side first: pages that are turned are of one size.
fn size(rect: &Rect) -> [i64; 2] {
    let [w, h] = [rect.w, rect.h].map(|side| to_mm(side).round() as i64);
    [w.min(h), w.max(h)]
}

fn of_page(page: &Page, press: Option<&Press>) -> Vec<Problem> {
    let mut problems = of_boxes(page, press);
    let absent = page.fonts.iter().filter(|font| !font.embedded);
    problems.extend(absent.map(|font| Problem::FontNotEmbedded { font: font.name.clone() }));
    if press.is_some_and(|press| press.space == Space::Cmyk) {
        problems.extend(page.spaces.iter().filter(|space| space.is_rgb()).map(|space| Problem::RgbForPress { space: space.words() }));
    }
    if page.transparent && press.is_some_and(|press| press.standard == Standard::X1a) {
        problems.push(Problem::SeesThrough);
    }
    let limits = press.map_or_else(Limits::default, |press| press.limits);
    problems.extend(of_pictures(page, &limits));
    problems.extend(page.codes.iter().flat_map(|code| {
        let payload = || code.payload.chars().take(TOLD).collect::<String>();
        let off = inside(&page.trim.rect, &code.at);
        let needed = (QUIET_ZONE * code.module).max(OFF_CUT);
        [
            (code.module < limits.module - 0.01)
                .then(|| Problem::CodeTooFine { module_mm: to_mm(code.module), least_mm: to_mm(limits.module) }),
            (code.quiet < QUIET_ZONE - 0.6).then_some(Problem::CodeWithoutZone { free: code.quiet }),
            (off < needed - SLACK).then(|| Problem::CodeNearTrim { off_mm: to_mm(off), least_mm: to_mm(needed) }),
            code.mirrored.then(|| Problem::CodeMirrored { payload: payload() }),
            code.inverted.then(|| Problem::CodeInverted { payload: payload() }),
        ]
        .into_iter()
        .flatten()
        // What is not in UTF-8 seems to hold controls.
        .chain(traps(&code.payload).into_iter().filter(|trap| !matches!(trap, Trap::Control(_))).map(|trap| Problem::CodeTrap { trap }))
        .chain(look_alike(&code.payload))
    }));
    problems
}

/// A host that looks like another one.
fn look_alike(payload: &str) -> Option<Problem> {
    doubts(payload).into_iter().find_map(|doubt| match doubt {
        Doubt::LookAlike { host, sign, script } => Some(Problem::CodeLookAlike { host, sign, script }),
        _ => None,
    })
}

/// From the edges of a rectangle to another one in it, where that is least; negative where it reaches out.
fn inside(outer: &Rect, inner: &Rect) -> f64 {
    let off = [inner.x - outer.x, inner.y - outer.y, outer.right() - inner.right(), outer.bottom() - inner.bottom()];
    off.into_iter().fold(f64::INFINITY, f64::min)
}

fn of_boxes(page: &Page, press: Option<&Press>) -> Vec<Problem> {
    let boxes: [(&str, &PageBox); 3] = [("MediaBox", &page.media), ("BleedBox", &page.bleed), ("TrimBox", &page.trim)];
    let mut problems: Vec<Problem> = boxes
        .windows(2)
        .filter(|pair| !pair[0].1.rect.holds(&pair[1].1.rect, SLACK))
        .map(|pair| Problem::BoxesNotNested { outer: pair[0].0.into(), inner: pair[1].0.into() })
        .collect();
    if let Some(press) = press.filter(|press| press.bleed > 0.0) {
        let bleed = page.bleed_beyond_trim();
        if page.trim.source == Source::Default {
            problems.push(Problem::NoTrimBox);
        } else if bleed < press.bleed - SLACK {
            problems.push(Problem::BleedMissing { bleed_mm: to_mm(bleed), wanted_mm: to_mm(press.bleed) });
        }
    }
    problems
}

fn of_pictures(page: &Page, limits: &Limits) -> Vec<Problem> {
    let area = page.trim.rect.w * page.trim.rect.h;
    let covers = |rect: &Rect| rect.shared(&page.trim.rect).w * rect.shared(&page.trim.rect).h > 0.9 * area;
    if let Some(whole) = page.pictures.iter().find(|picture| covers(&picture.at)).filter(|_| page.fonts.is_empty()) {
        return vec![Problem::PageIsPicture { ppi: whole.least_ppi().round() }];
    }
    // A passage of colour may be a picture of a few pixels, and small marks need none.
    let matters = |picture: &&super::Picture| picture.pixels.iter().all(|side| *side > 16) && picture.at.w.min(picture.at.h) > mm(5.0);
    let coarse = page.pictures.iter().filter(matters).filter(|picture| picture.least_ppi() < limits.ppi - 0.5);
    coarse
        .map(|picture| Problem::ImageCoarse {
            path: format!("{}×{}", picture.pixels[0], picture.pixels[1]),
            ppi: picture.least_ppi(),
            least: limits.ppi,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_as_ranges() {
        assert_eq!(words(&[3]), "page 3");
        assert_eq!(words(&[1, 2, 3, 4, 7]), "pages 1–4, 7");
    }
}
