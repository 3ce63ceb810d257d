//! The boxes of a page, as it is shown.

use crate::geom::{Rect, Transform};
use hayro::hayro_syntax::object::{Dict, Rect as PdfRect};
use hayro::hayro_syntax::page::Page;

/// Ancestors of a page that are asked for what it inherits.
const MOST_ANCESTORS: usize = 64;

/// Where a box comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The page has it.
    Page,
    /// A node above the page has it.
    Inherited,
    /// Nothing has it: it is another box's, or A4.
    Default,
}

/// A box of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageBox {
    /// Where it is, pt from the top left corner of the media box as the page is shown.
    pub rect: Rect,
    /// Where it comes from.
    pub source: Source,
}

/// How a page is shown.
pub struct View {
    pub media: PageBox,
    pub crop: PageBox,
    pub bleed: PageBox,
    pub trim: PageBox,
    /// What is drawn of it: where crop and media overlap.
    pub drawn: Rect,
    /// Degrees clockwise: 0, 90, 180, 270.
    pub rotate: u16,
    /// Points in a unit of its.
    pub unit: f64,
    /// From the page's units to points as shown.
    pub to_view: Transform,
}

impl View {
    pub fn of(page: &Page<'_>) -> View {
        let raw = page.raw();
        let unit = raw.get::<f64>("UserUnit").filter(|unit| (1e-3..=1e5).contains(unit)).unwrap_or(1.0);
        let rotate = inherited(raw, |node| node.get::<i32>("Rotate")).map_or(0, |(degrees, _)| degrees.rem_euclid(360) as u16);
        let rotate = if rotate % 90 == 0 { rotate } else { 0 };
        let media = page.media_box();
        let PdfRect { x0, y0, x1, y1 } = media;
        let turn = match rotate {
            90 => [0.0, 1.0, 1.0, 0.0, -y0, -x0],
            180 => [-1.0, 0.0, 0.0, 1.0, x1, -y0],
            270 => [0.0, -1.0, -1.0, 0.0, y1, x1],
            _ => [1.0, 0.0, 0.0, -1.0, -x0, y1],
        };
        let to_view = Transform(turn.map(|n| n * unit));
        let shown = |r: PdfRect| to_view.rect(Rect { x: r.x0, y: r.y0, w: r.x1 - r.x0, h: r.y1 - r.y0 });
        let source = |key: &str| inherited(raw, |node| node.get::<PdfRect>(key)).map_or(Source::Default, |(_, source)| source);
        let media_box = PageBox { rect: shown(media), source: source("MediaBox") };
        let crop = PageBox { rect: shown(page.crop_box()), source: source("CropBox") };
        // Bleed and trim are those of the page alone, else the crop box (ISO 32000-1 table 30).
        let own = |key: &str| {
            let own = raw.get::<PdfRect>(key).map(|r| PageBox { rect: shown(r), source: Source::Page });
            own.unwrap_or(PageBox { source: Source::Default, ..crop })
        };
        View {
            media: media_box,
            crop,
            bleed: own("BleedBox"),
            trim: own("TrimBox"),
            drawn: shown(page.intersected_crop_box()),
            rotate,
            unit,
            to_view,
        }
    }
}

/// What a page or a node above it has.
fn inherited<'a, T>(page: &Dict<'a>, get: impl Fn(&Dict<'a>) -> Option<T>) -> Option<(T, Source)> {
    if let Some(own) = get(page) {
        return Some((own, Source::Page));
    }
    let ancestors = std::iter::successors(page.get::<Dict<'a>>("Parent"), |node| node.get::<Dict<'a>>("Parent"));
    ancestors.take(MOST_ANCESTORS).find_map(|node| get(&node)).map(|value| (value, Source::Inherited))
}
