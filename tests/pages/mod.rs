//! What is on finished pages, with every transform carried out: for tests that judge places by numbers.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;
use toroi::color::Colour;
use toroi::geom::{Rect, Transform, to_mm};
use toroi::page::{GlyphRun, Item, Meaning, Segment, Tag};
use toroi::render::Artwork;
use toroi::sheet::{self, Imposed, Slot};
use toroi::text::Fonts;

/// Something on a page, at its place from the trim's top left corner, pt.
pub enum Placed {
    /// What the items after it are.
    Box(Tag),
    /// The ink of a run of glyphs.
    Ink { rect: Rect, size: f64, said: String },
    /// A path and its fill.
    Path { rect: Rect, fill: Option<Colour> },
    /// A picture.
    Picture(Rect),
}

/// One side of one record.
pub struct Side {
    pub file: String,
    pub size: String,
    pub slot: Slot,
    pub placed: Vec<Placed>,
}

impl Side {
    pub fn trim(&self) -> Rect {
        Rect { x: 0.0, y: 0.0, ..self.slot.rect }
    }

    pub fn boxes(&self) -> impl Iterator<Item = &Tag> {
        self.placed.iter().filter_map(|p| match p {
            Placed::Box(tag) => Some(tag),
            _ => None,
        })
    }

    /// Texts and codes with the quiet zones of the codes: what may never lie over another.
    pub fn content(&self) -> Vec<(&Tag, Rect)> {
        let with_quiet = |tag: &Tag| match &tag.meaning {
            Meaning::Symbol { module, .. } => Some(tag.rect.grown(4.0 * module)),
            Meaning::Text { .. } => Some(tag.rect),
            _ => None,
        };
        self.boxes().filter_map(|tag| Some((tag, with_quiet(tag)?))).collect()
    }
}

/// Ink of glyphs by face.
pub struct Glyphs<'f> {
    fonts: &'f Fonts,
    bounds: HashMap<(usize, u32), Option<[f64; 4]>>,
}

impl<'f> Glyphs<'f> {
    pub fn new(fonts: &'f Fonts) -> Glyphs<'f> {
        Glyphs { fonts, bounds: HashMap::new() }
    }

    /// Left, top, right, bottom of a glyph's ink from its origin, em, y downwards.
    fn bounds(&mut self, face: usize, glyph: u32) -> Option<[f64; 4]> {
        let fonts = self.fonts;
        *self.bounds.entry((face, glyph)).or_insert_with(|| {
            let face = &fonts.faces[face];
            let font = FontRef::new(face.data.as_ref()).unwrap();
            let b = font.glyph_metrics(Size::unscaled(), LocationRef::default()).bounds(GlyphId::new(glyph))?;
            let em = face.units_per_em;
            Some([b.x_min, -b.y_max, b.x_max, -b.y_min].map(|v| f64::from(v) / em)).filter(|[l, t, r, b]| l < r && t < b)
        })
    }

    fn ink(&mut self, run: &GlyphRun, at: Transform) -> Placed {
        let mut corners = Vec::new();
        for glyph in &run.glyphs {
            if let Some([l, t, r, b]) = self.bounds(run.face, glyph.id) {
                let (x, y) = (run.x + glyph.x, run.y - glyph.y);
                let rect = Rect { x: x + l * run.size, y: y + t * run.size, w: (r - l) * run.size, h: (b - t) * run.size };
                let rect = at.rect(rect);
                corners.extend([(rect.x, rect.y), (rect.right(), rect.bottom())]);
            }
        }
        let said = run.glyphs.iter().map(|g| g.text.as_str()).collect();
        Placed::Ink { rect: Rect::around(corners), size: run.size, said }
    }

    /// The sides of an artwork, in order.
    pub fn sides(&mut self, artwork: &Artwork) -> Vec<Side> {
        artwork.sheets.iter().flat_map(|sheet| self.sheet(artwork, sheet)).collect()
    }

    fn sheet(&mut self, artwork: &Artwork, sheet: &Imposed) -> Vec<Side> {
        let mut sides = Vec::new();
        for slot in &sheet.slots {
            let group = sheet::art(sheet, slot).unwrap();
            let mut placed = Vec::new();
            self.items(&group.items, Transform::IDENTITY, &mut placed);
            sides.push(Side { file: artwork.file.clone(), size: artwork.size.clone(), slot: slot.clone(), placed });
        }
        sides
    }

    fn items(&mut self, items: &[Item], at: Transform, placed: &mut Vec<Placed>) {
        for item in items {
            match item {
                Item::Tag(tag) => placed.push(Placed::Box(Tag { rect: at.rect(tag.rect), ..tag.clone() })),
                Item::Group(group) => self.items(&group.items, group.transform.within(at), placed),
                Item::Glyphs(run) => placed.push(self.ink(run, at)),
                Item::Image(image) => placed.push(Placed::Picture(at.rect(image.rect))),
                Item::Path(path) => {
                    let rect = hull(&path.segments, at);
                    placed.push(Placed::Path { rect, fill: path.fill.clone() });
                }
            }
        }
    }
}

/// The box around all points of an outline, handles included.
pub fn hull(segments: &[Segment], at: Transform) -> Rect {
    let points = segments.iter().flat_map(|segment| match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => vec![(x, y)],
        Segment::Curve([a, b, c, d, e, f]) => vec![(a, b), (c, d), (e, f)],
        Segment::Rect(r) => vec![(r.x, r.y), (r.right(), r.y), (r.right(), r.bottom()), (r.x, r.bottom())],
        Segment::Close => Vec::new(),
    });
    Rect::around(points.map(|(x, y)| at.point(x, y)))
}

/// A rectangle in millimetres, for messages.
pub fn mm(r: Rect) -> String {
    let [x, y, w, h] = [r.x, r.y, r.w, r.h].map(to_mm);
    format!("{x:.1} {y:.1} {w:.1}×{h:.1} mm")
}

/// What of a side is not where it should be: ink outside its box, content outside the trim, over other
/// content, or in a code's quiet zone.
pub fn misplaced(side: &Side) -> Vec<String> {
    let mut faults = Vec::new();
    let mut tell = |fault: String| faults.push(format!("{} {} record {}: {fault}", side.file, side.size, side.slot.record));
    let mut current: Option<&Tag> = None;
    for placed in &side.placed {
        match placed {
            Placed::Box(tag) => current = Some(tag),
            Placed::Ink { rect, size, said } => {
                let Some(tag) = current else { continue };
                // Side bearings may be negative; descenders hang below a box that ends at its baseline.
                let (beside, below) = (0.08 * size, 0.3 * size);
                let room =
                    Rect { x: tag.rect.x - beside, y: tag.rect.y - 0.02 * size, w: tag.rect.w + 2.0 * beside, h: tag.rect.h + below };
                if rect.w > 0.0 && !room.holds(rect, 0.05) {
                    tell(format!("“{said}” at {} is outside {} at {}", mm(*rect), tag.in_box, mm(tag.rect)));
                }
            }
            _ => {}
        }
    }
    for tag in side.boxes().filter(|tag| !side.trim().holds(&tag.rect, 0.05) && !matches!(tag.meaning, Meaning::Picture { .. })) {
        tell(format!("{} at {} is outside the trim", tag.in_box, mm(tag.rect)));
    }
    let content = side.content();
    for (i, (tag, rect)) in content.iter().enumerate() {
        for (other, over) in &content[i + 1..] {
            if rect.overlaps(over, 0.1) {
                tell(format!("{} at {} lies over {} at {}", tag.in_box, mm(*rect), other.in_box, mm(*over)));
            }
        }
    }
    faults.extend(quiet(side));
    faults
}

/// What stands in the quiet zones of a side's codes.
fn quiet(side: &Side) -> Vec<String> {
    let mut faults = Vec::new();
    for (i, placed) in side.placed.iter().enumerate() {
        let Placed::Box(Tag { rect, meaning: Meaning::Symbol { module, .. }, in_box, .. }) = placed else { continue };
        let zone = rect.grown(4.0 * module);
        // The item before is the code's panel, the item after its modules; nothing later may touch either.
        let later = side.placed[i + 2..].iter().filter_map(|p| match p {
            Placed::Ink { rect, .. } | Placed::Path { rect, .. } | Placed::Picture(rect) => Some(*rect),
            Placed::Box(_) => None,
        });
        let over = later.filter(|r| r.overlaps(&zone, 0.05)).map(|r| format!("{}: {in_box} has {} in its quiet zone", side.file, mm(r)));
        faults.extend(over);
        let panel = matches!(&side.placed[i - 1], Placed::Path { rect, fill: Some(fill), .. } if rect.holds(&zone, 0.05) && fill.luminance() > 0.999);
        if !panel {
            faults.push(format!("{}: {in_box} does not stand on paper", side.file));
        }
    }
    faults
}
