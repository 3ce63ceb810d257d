//! The glyphs in use, by face: the font programs that go into the file, and what their glyphs say.

use super::unhint;
use crate::diag::Problem;
use crate::page::Item;
use crate::sheet::Imposed;
use crate::text::{Face, Fonts, Glyph};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use subsetter::GlyphRemapper;

/// The glyphs in use, by face. They get their numbers as they come up, so that pages can be written before the last
/// one is known.
#[derive(Default)]
pub(super) struct Glyphs {
    faces: BTreeMap<usize, Used>,
    /// Art whose glyphs are known, held for as long as its address is.
    known: HashMap<usize, Arc<[Item]>>,
}

/// Glyphs of a face in use.
pub(super) struct Used {
    /// Name of the face in the page resources.
    pub(super) resource: String,
    /// Glyphs by their new numbers, and the text that each stands for.
    says: BTreeMap<u16, String>,
    /// Width of each glyph by its new number, 1/1000 em, as written to `/W`.
    widths: Vec<f64>,
    remapper: GlyphRemapper,
}

/// A face cut down to the glyphs in use.
pub(super) struct Subset {
    /// Name in the page resources.
    pub(super) resource: String,
    /// `ABCDEF+Name`.
    pub(super) name: String,
    /// The font program.
    pub(super) program: Vec<u8>,
    /// Glyphs of the program, and the text that each stands for.
    pub(super) says: BTreeMap<u16, String>,
}

impl Used {
    /// A glyph of the face in the program.
    pub(super) fn glyph(&self, id: u32) -> u16 {
        u16::try_from(id).ok().and_then(|id| self.remapper.get(id)).unwrap_or(0)
    }

    /// Advance of a glyph, em.
    pub(super) fn width(&self, glyph: &Glyph) -> f64 {
        self.widths.get(usize::from(self.glyph(glyph.id))).copied().unwrap_or(0.0) / 1000.0
    }

    /// Whether a reader gets a glyph's text from the font alone.
    pub(super) fn tells(&self, glyph: &Glyph) -> bool {
        self.says.get(&self.glyph(glyph.id)).is_some_and(|said| *said == *glyph.text)
    }
}

impl Glyphs {
    /// Gives a number to every glyph of some sheets that has none yet.
    pub(super) fn add(&mut self, sheets: &[Imposed], fonts: &Fonts) -> Result<(), Problem> {
        let mut met = BTreeMap::new();
        sheets.iter().for_each(|sheet| self.collect(&sheet.items, &mut met));
        for (face, glyphs) in met {
            let used = self.faces.entry(face).or_insert_with(|| Used::none_of(face));
            used.add(&glyphs, fonts.faces.get(face).ok_or_else(|| Problem::FileFault { detail: format!("no face {face}") })?)?;
        }
        Ok(())
    }

    /// Glyphs without a number, and what the first of each stands for.
    fn collect<'i>(&mut self, items: &'i [Item], met: &mut BTreeMap<usize, BTreeMap<u32, &'i str>>) {
        for item in items {
            match item {
                Item::Group(group) if Arc::strong_count(&group.items) == 1 => self.collect(&group.items, met),
                Item::Group(group) => {
                    if self.known.insert(group.items.as_ptr().addr(), group.items.clone()).is_none() {
                        self.collect(&group.items, met);
                    }
                }
                Item::Glyphs(run) => {
                    let used = self.faces.get(&run.face);
                    let glyphs = met.entry(run.face).or_default();
                    for glyph in run.glyphs.iter().filter(|glyph| !used.is_some_and(|used| used.holds(glyph.id))) {
                        let says = glyphs.entry(glyph.id).or_default();
                        if says.is_empty() {
                            *says = &glyph.text;
                        }
                    }
                }
                Item::Path(_) | Item::Image(_) | Item::Tag(_) => {}
            }
        }
    }

    /// A face in use.
    pub(super) fn face(&self, face: usize) -> Option<&Used> {
        self.faces.get(&face)
    }

    /// Cuts every face in use.
    pub(super) fn cut(self, fonts: &Fonts) -> Result<Vec<Subset>, Problem> {
        self.faces.into_iter().map(|(face, used)| used.cut(&fonts.faces[face])).collect()
    }
}

impl Used {
    fn none_of(face: usize) -> Used {
        Used { resource: format!("F{face}"), says: BTreeMap::new(), widths: Vec::new(), remapper: GlyphRemapper::new() }
    }

    fn holds(&self, id: u32) -> bool {
        u16::try_from(id).is_ok_and(|id| self.remapper.get(id).is_some())
    }

    fn add(&mut self, glyphs: &BTreeMap<u32, &str>, face: &Face) -> Result<(), Problem> {
        let fault = |detail: String| Problem::FileFault { detail: format!("{}: {detail}", face.name) };
        for (id, text) in glyphs {
            let id = u16::try_from(*id).map_err(|_| fault("glyph index beyond 65,535".into()))?;
            self.says.insert(self.remapper.remap(id), text.to_string());
        }
        let font = FontRef::new(face.data.as_ref()).map_err(|e| fault(e.to_string()))?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        // Cut, not rounded, to whole thousandths: printpdf writes them so, and readers advance by them.
        let width = |id: u16| f64::from(metrics.advance_width(GlyphId::new(id.into())).unwrap_or(0.0)) * 1000.0 / face.units_per_em;
        self.widths.extend(self.remapper.remapped_gids().skip(self.widths.len()).map(|id| width(id).trunc()));
        Ok(())
    }

    fn cut(self, face: &Face) -> Result<Subset, Problem> {
        let fault = |detail: String| Problem::FileFault { detail: format!("{}: {detail}", face.name) };
        let program = unhint::bare(subsetter::subset(face.data.as_ref(), 0, &self.remapper).map_err(|e| fault(e.to_string()))?);
        let tag: String = Sha256::digest(&program).iter().take(6).map(|b| char::from(b'A' + b % 26)).collect();
        Ok(Subset { resource: self.resource, name: format!("{tag}+{}", face.name), program, says: self.says })
    }
}
