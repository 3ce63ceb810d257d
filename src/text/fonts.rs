//! The fonts of a render: the user's before the built-in ones.

use crate::diag::Problem;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, FontStyle, FontWeight, SourceCache};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use unicode_normalization::UnicodeNormalization;

/// The built-in family.
pub const DEFAULT_FAMILY: &str = "Be Vietnam Pro";

/// One font file.
pub struct Face {
    /// Path of the file, or `builtin:…`.
    pub file: String,
    /// Family name.
    pub family: String,
    /// Weight, 100 to 900.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// PostScript name, the name in the PDF.
    pub name: String,
    /// The file.
    pub data: Blob<u8>,
    /// Height of capitals, em.
    pub cap_height: f64,
    /// Units in one em.
    pub units_per_em: f64,
    /// For each digit, how much narrower it is than digits are on average, em: set so wide all are equally
    /// wide, and numbers as dense as ever. Nothing where the font itself can do it (feature `tnum`).
    lacking: [f64; 10],
    ink: OnceLock<Vec<[f32; 2]>>,
}

/// What may be done with a font in a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// Anything.
    Free,
    /// It may be put into files that are edited.
    Editable,
    /// It may be put into files that are read and printed.
    Print,
    /// Only the whole font may be put into files (OS/2 fsType, bit 8), and ours hold what is used of it.
    Whole,
    /// It may not be put into files without leave.
    Forbidden,
}

/// What Vietnamese is set in: its letters with and without marks, digits, and the signs of prices, quotations and ranges.
pub fn vietnamese() -> Vec<char> {
    let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    let toned =
        "aăâeêioôơuưy".chars().flat_map(|vowel| tones.iter().flat_map(move |tone| std::iter::once(vowel).chain(tone.chars()).nfc()));
    let small: Vec<char> = toned.chain("bcdđghklmnpqrstvxfjwz".chars()).collect();
    let capitals: Vec<char> = small.iter().flat_map(|letter| letter.to_uppercase()).collect();
    [small, capitals, "0123456789₫“”…–".chars().collect()].concat()
}

/// All fonts that a render may use.
pub struct Fonts {
    /// The faces; runs of glyphs name them by index.
    pub faces: Vec<Face>,
    families: Vec<String>,
    by_blob: HashMap<u64, usize>,
    context: FontContext,
}

impl Face {
    fn read(file: String, bytes: Cow<'static, [u8]>) -> Option<Face> {
        let data = Blob::new(Arc::new(bytes));
        let font = FontRef::new(data.as_ref()).ok()?;
        let name = |id: StringId| font.localized_strings(id).english_or_first().map(|s| s.to_string());
        let attributes = font.attributes();
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let em = f64::from(metrics.units_per_em);
        // A variable font would be set at one weight and drawn at another.
        if !font.axes().is_empty() || metrics.units_per_em == 0 || font.outline_glyphs().format().is_none() {
            return None;
        }
        let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME))?;
        Some(Face {
            weight: attributes.weight.value() as u16,
            italic: attributes.style != skrifa::attribute::Style::Normal,
            name: name(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', "")),
            cap_height: metrics.cap_height.map_or(0.7, |h| f64::from(h) / em),
            units_per_em: em,
            lacking: lacking(&font, em),
            file,
            family,
            data: data.clone(),
            ink: OnceLock::new(),
        })
    }

    /// How much narrower a digit is than those of its face on average, em; 0 for other characters.
    pub(super) fn lacks(&self, character: char) -> f64 {
        character.to_digit(10).map_or(0.0, |digit| self.lacking[digit as usize])
    }

    /// Those of [`vietnamese`] that it has no glyph for.
    pub fn lacks_letters(&self) -> Vec<char> {
        vietnamese().into_iter().filter(|letter| !self.has(*letter)).collect()
    }

    /// What its maker lets be done with it in a PDF, by its table OS/2; none where it does not say.
    pub fn embedding(&self) -> Option<Embedding> {
        let font = FontRef::new(self.data.as_ref()).ok()?;
        // OpenType, OS/2: of the bits that exclude each other the least restrictive holds.
        let bits = font.os2().ok()?.fs_type();
        if bits & 0x100 != 0 {
            return Some(Embedding::Whole);
        }
        Some(match bits & 0xe {
            0 => Embedding::Free,
            bits if bits & 8 != 0 => Embedding::Editable,
            bits if bits & 4 != 0 => Embedding::Print,
            _ => Embedding::Forbidden,
        })
    }

    /// Its licence in the words of its maker, where the file holds them.
    pub fn licence(&self) -> Option<String> {
        let font = FontRef::new(self.data.as_ref()).ok()?;
        let words = |id: StringId| font.localized_strings(id).english_or_first().map(|s| s.to_string().trim().to_string());
        let mut found = words(StringId::LICENSE_DESCRIPTION).into_iter().chain(words(StringId::LICENSE_URL));
        found.find(|words| !words.is_empty())
    }

    fn has(&self, character: char) -> bool {
        FontRef::new(self.data.as_ref()).is_ok_and(|font| font.charmap().map(character).is_some_and(|g| g.to_u32() != 0))
    }

    /// Highest and lowest ink of a glyph above the baseline, em; both 0 for a blank.
    pub fn ink(&self, glyph: u32) -> (f64, f64) {
        let table = self.ink.get_or_init(|| {
            let Ok(font) = FontRef::new(self.data.as_ref()) else { return Vec::new() };
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let count = metrics.glyph_count();
            (0..count).map(|g| metrics.bounds(GlyphId::new(g)).map_or([0.0; 2], |b| [b.y_max, b.y_min])).collect()
        });
        let [top, bottom] = table.get(glyph as usize).copied().unwrap_or([self.units_per_em as f32, 0.0]);
        (f64::from(top) / self.units_per_em, f64::from(bottom) / self.units_per_em)
    }
}

fn lacking(font: &FontRef<'_>, em: f64) -> [f64; 10] {
    let features = font.gsub().and_then(|gsub| gsub.feature_list());
    if features.is_ok_and(|list| list.feature_records().iter().any(|record| record.feature_tag() == Tag::new(b"tnum"))) {
        return [0.0; 10];
    }
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let advance = |digit: usize| {
        let glyph = font.charmap().map(char::from(b'0' + digit as u8))?;
        metrics.advance_width(glyph).map(|width| f64::from(width) / em)
    };
    let widths: [Option<f64>; 10] = std::array::from_fn(advance);
    let average = widths.iter().flatten().sum::<f64>() / widths.iter().flatten().count().max(1) as f64;
    widths.map(|width| width.map_or(0.0, |width| average - width))
}

impl Fonts {
    /// The user's fonts (name and bytes), then the built-in faces that they do not replace.
    pub fn load(user: Vec<(String, Vec<u8>)>) -> (Fonts, Vec<(String, Problem)>) {
        let collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut fonts = Fonts {
            faces: Vec::new(),
            families: vec![DEFAULT_FAMILY.to_string()],
            by_blob: HashMap::new(),
            context: FontContext { collection, source_cache: SourceCache::default() },
        };
        let mut problems = Vec::new();
        for (path, bytes) in user {
            if !fonts.add(path.clone(), bytes.into()) {
                problems.push((path.clone(), Problem::FontUnreadable { path }));
            }
        }
        for found in crate::files::builtin_fonts() {
            fonts.add(found.name, found.bytes);
        }
        (fonts, problems)
    }

    /// Adds a face unless one of the same family, weight and slope is there. False if it is no font.
    fn add(&mut self, file: String, bytes: Cow<'static, [u8]>) -> bool {
        let Some(face) = Face::read(file, bytes) else { return false };
        if self.faces.iter().any(|f| f.family == face.family && f.weight == face.weight && f.italic == face.italic) {
            return true;
        }
        let info = FontInfoOverride {
            family_name: Some(&face.family),
            weight: Some(FontWeight::new(f32::from(face.weight))),
            style: Some(if face.italic { FontStyle::Italic } else { FontStyle::Normal }),
            ..FontInfoOverride::default()
        };
        if self.context.collection.register_fonts(face.data.clone(), Some(info)).is_empty() {
            return false;
        }
        self.by_blob.insert(face.data.id(), self.faces.len());
        if !self.families.contains(&face.family) {
            self.families.push(face.family.clone());
        }
        self.faces.push(face);
        true
    }

    /// Names of the families, the built-in one first.
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// Whether some font has a character, or it needs none (spaces and line ends).
    pub fn covers(&self, character: char) -> bool {
        character.is_whitespace() || super::set::is_silent(character) || self.faces.iter().any(|f| f.has(character))
    }

    /// The face of a family that is nearest to a weight, slanted or not.
    pub(super) fn nearest(&self, family: &str, weight: u16, italic: bool) -> Option<&Face> {
        // CSS Fonts 4 §5.2: light weights look for lighter faces first, heavy ones for heavier, and those
        // between 400 and 500 up to 500 first.
        let off = |w: u16| match weight {
            ..400 => (w > weight, w.abs_diff(weight)),
            400..=500 => (!(weight..=500).contains(&w), if w > 500 { w.abs_diff(weight) + 1000 } else { w.abs_diff(weight) }),
            _ => (w < weight, w.abs_diff(weight)),
        };
        let faces = self.faces.iter().filter(|f| f.family == family);
        faces.min_by_key(|f| (f.italic != italic, off(f.weight)))
    }

    pub(super) fn context(&self) -> FontContext {
        self.context.clone()
    }

    pub(super) fn face_of(&self, blob: u64) -> usize {
        self.by_blob.get(&blob).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_family_has_seven_faces() {
        let (fonts, problems) = Fonts::load(Vec::new());
        assert!(problems.is_empty());
        let mut faces: Vec<_> = fonts.faces.iter().map(|f| (f.family.as_str(), f.weight, f.italic)).collect();
        faces.sort();
        let b = DEFAULT_FAMILY;
        assert_eq!(
            faces,
            [(b, 400, false), (b, 400, true), (b, 500, false), (b, 600, false), (b, 700, false), (b, 700, true), (b, 800, false)]
        );
    }

    #[test]
    fn a_file_that_is_no_font_is_told() {
        let (_, problems) = Fonts::load(vec![("fonts/x.ttf".into(), b"no font".to_vec())]);
        assert_eq!(problems.len(), 1);
    }

    /// OpenType, OS/2, fsType: the ninth byte of the table and the one behind it.
    #[test]
    fn what_a_maker_allows_is_read_from_the_font() {
        let plain = crate::files::builtin_fonts()[0].bytes.to_vec();
        let record = plain.windows(4).position(|tag| tag == b"OS/2").unwrap();
        let table = u32::from_be_bytes(plain[record + 8..record + 12].try_into().unwrap()) as usize;
        let allowed =
            [(0, Embedding::Free), (2, Embedding::Forbidden), (4, Embedding::Print), (8, Embedding::Editable), (0x100, Embedding::Whole)];
        for (bits, meant) in allowed {
            let mut font = plain.clone();
            font[table + 8..table + 10].copy_from_slice(&u16::to_be_bytes(bits));
            let (fonts, problems) = Fonts::load(vec![("fonts/own.ttf".into(), font)]);
            let own = fonts.faces.iter().find(|face| face.file == "fonts/own.ttf").unwrap();
            assert_eq!((own.embedding(), problems.len()), (Some(meant), 0), "{bits:#x}");
        }
    }

    #[test]
    fn the_built_in_family_has_all_of_vietnamese_and_may_be_embedded() {
        let marked = vietnamese().into_iter().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
        assert_eq!(marked, 134);
        let (fonts, _) = Fonts::load(Vec::new());
        for face in &fonts.faces {
            assert!(face.lacks_letters().is_empty(), "{}: {:?}", face.file, face.lacks_letters());
            assert_eq!(face.embedding(), Some(Embedding::Free), "{}", face.file);
            assert!(face.licence().is_some_and(|licence| licence.contains("Open Font License")), "{}", face.file);
        }
    }
}
