//! Fonts, by what a file says of them.

use hayro::hayro_syntax::object::{Array, Dict, Name, Stream};

/// A font.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Font {
    /// Its name, without the tag of a subset.
    pub name: String,
    /// Its kind.
    pub kind: FontKind,
    /// Whether its outlines are in the file.
    pub embedded: bool,
    /// Whether only the letters in use are.
    pub subset: bool,
}

/// The kind of a font: what its outlines are, and for `Cid…` that its letters are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the variants are the words")]
pub enum FontKind {
    Type1,
    Cff,
    TrueType,
    OpenType,
    Type3,
    CidTrueType,
    CidCff,
    CidOpenType,
    Unknown,
}

impl FontKind {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            FontKind::Type1 => "Type 1",
            FontKind::Cff => "Type 1C",
            FontKind::TrueType => "TrueType",
            FontKind::OpenType => "OpenType",
            FontKind::Type3 => "Type 3",
            FontKind::CidTrueType => "CID TrueType",
            FontKind::CidCff => "CID Type 0C",
            FontKind::CidOpenType => "CID OpenType",
            FontKind::Unknown => "?",
        }
    }
}

/// What a dictionary says of a font.
pub fn describe(font: &Dict<'_>) -> Font {
    let kind = |dict: &Dict<'_>| dict.get::<Name<'_>>("Subtype").map(|n| n.to_vec()).unwrap_or_default();
    let descendant = font.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let inner = descendant.as_ref().unwrap_or(font);
    let descriptor = inner.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let third = descriptor.get::<Stream<'_>>("FontFile3").map(|s| kind(s.dict()));
    let embedded = third.is_some() || ["FontFile", "FontFile2"].iter().any(|key| descriptor.contains_key(key));
    let open = third.as_deref() == Some(b"OpenType");
    let font_kind = match (&*kind(font), &*kind(inner)) {
        (b"Type3", _) => FontKind::Type3,
        (b"Type0", _) if open => FontKind::CidOpenType,
        (b"Type0", b"CIDFontType2") => FontKind::CidTrueType,
        (b"Type0", b"CIDFontType0") => FontKind::CidCff,
        (b"Type1" | b"MMType1" | b"TrueType", _) if open => FontKind::OpenType,
        (b"Type1" | b"MMType1", _) if third.is_some() => FontKind::Cff,
        (b"Type1" | b"MMType1", _) => FontKind::Type1,
        (b"TrueType", _) => FontKind::TrueType,
        _ => FontKind::Unknown,
    };
    let named = |dict: &Dict<'_>, key: &str| dict.get::<Name<'_>>(key).map(|n| String::from_utf8_lossy(&n).into_owned());
    let name = named(inner, "BaseFont").or_else(|| named(font, "BaseFont")).or_else(|| named(font, "Name")).unwrap_or_default();
    let (name, subset) = without_tag(&name);
    Font { name: name.to_string(), kind: font_kind, embedded: embedded || font_kind == FontKind::Type3, subset }
}

/// `ABCDEF+Name` is a subset of `Name` (ISO 32000-1 §9.6.4).
fn without_tag(name: &str) -> (&str, bool) {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => (rest, true),
        _ => (name, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::hayro_syntax::object::FromBytes;

    #[test]
    fn a_tag_is_six_capitals() {
        assert_eq!(without_tag("ABCDEF+Arial"), ("Arial", true));
        assert_eq!(without_tag("A+Arial"), ("A+Arial", false));
    }

    #[test]
    fn kinds_are_those_of_outlines_and_numbering() {
        let plain = "/FontDescriptor<</FontFile 1 0 R>>".to_string();
        for (dict, word) in [
            (format!("/Subtype/Type1{plain}"), "Type 1"),
            (format!("/Subtype/MMType1{plain}"), "Type 1"),
            (format!("/Subtype/TrueType{plain}"), "TrueType"),
            ("/Subtype/Type3".into(), "Type 3"),
            (format!("/Subtype/Type0/DescendantFonts[<</Subtype/CIDFontType2{plain}>>]"), "CID TrueType"),
            (format!("/Subtype/Type0/DescendantFonts[<</Subtype/CIDFontType0{plain}>>]"), "CID Type 0C"),
            ("/Subtype/Type9".into(), "?"),
        ] {
            let found = describe(&Dict::from_bytes(format!("<</Type/Font{dict}>>").as_bytes()).unwrap());
            assert_eq!(found.kind.word(), word, "{dict}");
            assert_eq!(found.embedded, word != "?", "{dict}");
        }
    }

    #[test]
    fn a_font_without_its_file_is_not_embedded() {
        let font = Dict::from_bytes(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>").unwrap();
        let expected = Font { name: "Helvetica".into(), kind: FontKind::Type1, embedded: false, subset: false };
        assert_eq!(describe(&font), expected);
    }
}
