//! The glyphs in use, by face: the font programs that go into the file, and what their glyphs say.

use super::unhint;
use crate::diag::Problem;
use crate::page::Item;
use crate::sheet::Imposed;
use crate::text::{Fonts, Glyph};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

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
    /// Width of each glyph of the program, 1/1000 em, as written to `/W`.
    pub(super) widths: Vec<f64>,
    remapper: GlyphRemapper,
}

impl Subset {
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
        self.says.get(&self.glyph(glyph.id)).is_some_and(|said| *said == glyph.text)
    }
}

/// Cuts every face in use, by index of the face.
pub(super) fn cut(sheets: &[Imposed], fonts: &Fonts) -> Result<BTreeMap<usize, Subset>, Problem> {
    let mut used: BTreeMap<usize, BTreeMap<u32, String>> = BTreeMap::new();
    for sheet in sheets {
        collect(&sheet.items, &mut used);
    }
    used.into_iter().map(|(face, glyphs)| Ok((face, subset(fonts, face, &glyphs)?))).collect()
}

fn collect(items: &[Item], used: &mut BTreeMap<usize, BTreeMap<u32, String>>) {
    for item in items {
        match item {
            Item::Group(group) => collect(&group.items, used),
            Item::Glyphs(run) => {
                let glyphs = used.entry(run.face).or_default();
                for glyph in &run.glyphs {
                    let says = glyphs.entry(glyph.id).or_default();
                    if says.is_empty() {
                        says.clone_from(&glyph.text);
                    }
                }
            }
            Item::Path(_) | Item::Image(_) | Item::Tag(_) => {}
        }
    }
}

fn subset(fonts: &Fonts, face: usize, glyphs: &BTreeMap<u32, String>) -> Result<Subset, Problem> {
    let face_data = &fonts.faces[face];
    let fault = |detail: String| Problem::FileFault { detail: format!("{}: {detail}", face_data.name) };
    let mut remapper = GlyphRemapper::new();
    let mut says = BTreeMap::new();
    for (id, text) in glyphs {
        let id = u16::try_from(*id).map_err(|_| fault("glyph index beyond 65,535".into()))?;
        says.insert(remapper.remap(id), text.clone());
    }
    let program = unhint::bare(subsetter::subset(face_data.data.as_ref(), 0, &remapper).map_err(|e| fault(e.to_string()))?);
    let font = FontRef::new(face_data.data.as_ref()).map_err(|e| fault(e.to_string()))?;
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    // Cut, not rounded, to whole thousandths: printpdf writes them so, and readers advance by them.
    let width = |id: u16| f64::from(metrics.advance_width(GlyphId::new(id.into())).unwrap_or(0.0)) * 1000.0 / face_data.units_per_em;
    let widths = remapper.remapped_gids().map(|id| width(id).trunc()).collect();
    let tag: String = Sha256::digest(&program).iter().take(6).map(|b| char::from(b'A' + b % 26)).collect();
    Ok(Subset { resource: format!("F{face}"), name: format!("{tag}+{}", face_data.name), program, says, widths, remapper })
}
