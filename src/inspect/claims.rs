//! What a file says of itself: version, title, standards, output intents.

use super::{Refused, nest, unpack};
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro::hayro_syntax::{Pdf, PdfVersion};

/// Bytes that one stream may unpack to.
pub(super) const MOST_UNPACKED: u64 = 1 << 30;
/// Bytes that are counted of all those streams which might unpack to more than that.
const MOST_COUNTED: u64 = 16 << 30;

/// An output intent.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    /// For what: `GTS_PDFX`, `GTS_PDFA1`.
    pub kind: String,
    /// Name of the printing condition.
    pub condition: Option<String>,
    /// Inks of the profile that is embedded; none where none is.
    pub inks: Option<u8>,
}

/// What a walk over all objects tells.
pub struct Objects {
    /// `GTS_PDFXVersion` and `GTS_PDFXConformance` of the information dictionary.
    pub info_standard: Option<String>,
}

/// Looks at every object once. Streams that would fill the memory refuse the file.
pub fn objects(pdf: &Pdf) -> Result<Objects, Refused> {
    let mut info_standard = None;
    let mut counted = 0;
    let mut refused = |stream: &Stream<'_>| {
        let (raw, filters) = (stream.raw_data(), stream.filters());
        if unpack::worst(raw.len() as u64, &filters) <= MOST_UNPACKED {
            return None;
        }
        match unpack::count(MOST_UNPACKED, &raw, &filters) {
            // A page with a picture that is damaged is not drawn.
            None => (stream.dict().get::<Name<'_>>("Subtype").as_deref() != Some(b"Image")).then_some(Refused::Damaged),
            Some(bytes) => {
                counted += bytes;
                (bytes > MOST_UNPACKED || counted > MOST_COUNTED).then_some(Refused::TooLarge)
            }
        }
    };
    for object in pdf.objects() {
        if let Object::Stream(stream) = &object
            && let Some(why) = refused(stream)
        {
            return Err(why);
        }
        match object {
            object if nest::is_too_deep(&object) => return Err(Refused::Damaged),
            Object::Dict(dict) => {
                let said = |key: &str| dict.get::<PdfString<'_>>(key).map(|s| text(&s));
                info_standard = said("GTS_PDFXConformance").or_else(|| said("GTS_PDFXVersion")).or(info_standard);
            }
            _ => {}
        }
    }
    Ok(Objects { info_standard })
}

/// Whether the trailer names an encryption: it is never packed nor encrypted itself.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == b'/') {
        rest = &rest[at + 1..];
        if is_key(rest, b"Encrypt") {
            return true;
        }
    }
    false
}

/// Whether a name stands here, its letters as they are or as numbers (ISO 32000-1 §7.3.5).
fn is_key(mut rest: &[u8], name: &[u8]) -> bool {
    for letter in name {
        let numbered = format!("#{letter:02x}");
        rest = match rest {
            [first, after @ ..] if first == letter => after,
            [_, _, _, after @ ..] if rest[..3].eq_ignore_ascii_case(numbered.as_bytes()) => after,
            _ => return false,
        };
    }
    rest.first().is_some_and(|next| b"\0\t\n\x0c\r %<".contains(next))
}

pub fn version(pdf: &Pdf) -> &'static str {
    match pdf.version() {
        PdfVersion::Pdf10 => "1.0",
        PdfVersion::Pdf11 => "1.1",
        PdfVersion::Pdf12 => "1.2",
        PdfVersion::Pdf13 => "1.3",
        PdfVersion::Pdf14 => "1.4",
        PdfVersion::Pdf15 => "1.5",
        PdfVersion::Pdf16 => "1.6",
        PdfVersion::Pdf17 => "1.7",
        PdfVersion::Pdf20 => "2.0",
    }
}

fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// The packet of metadata (XMP).
pub fn packet(pdf: &Pdf) -> String {
    let stream = catalog(pdf).and_then(|c| c.get::<Stream<'_>>("Metadata"));
    stream.and_then(|s| s.decoded_data().ok()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// What a packet says under a name: as an element, or as an attribute.
pub fn said(packet: &str, name: &str) -> Option<String> {
    packet.match_indices(name).find_map(|(at, _)| {
        let after = packet[at + name.len()..].trim_start();
        let value = match after.as_bytes().first()? {
            b'>' => after[1..].split('<').next()?,
            b'=' => {
                let quoted = after[1..].trim_start();
                let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                quoted[1..].split(quote).next()?
            }
            _ => return None,
        };
        Some(unescaped(value.trim())).filter(|value| !value.is_empty())
    })
}

fn unescaped(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_string(), |text, (name, sign)| text.replace(name, sign))
}

/// The first of the titles.
pub fn title(packet: &str) -> Option<String> {
    let (_, inside) = packet.split_once("<dc:title")?;
    let (inside, _) = inside.split_once("</dc:title>")?;
    let (_, item) = inside.split_once("<rdf:li")?;
    let (_, item) = item.split_once('>')?;
    Some(unescaped(item.split('<').next()?.trim())).filter(|title| !title.is_empty())
}

pub fn standards(packet: &str, info: Option<String>) -> Vec<String> {
    let mut standards: Vec<String> = ["pdfxid:GTS_PDFXVersion", "pdfx:GTS_PDFXConformance", "pdfx:GTS_PDFXVersion"]
        .iter()
        .filter_map(|name| said(packet, name))
        .take(1)
        .chain(info)
        .filter(|name| name.starts_with("PDF/X"))
        .collect();
    if let Some(part) = said(packet, "pdfaid:part") {
        let level = said(packet, "pdfaid:conformance").unwrap_or_default().to_lowercase();
        standards.push(format!("PDF/A-{part}{level}"));
    }
    if let Some(part) = said(packet, "pdfuaid:part") {
        standards.push(format!("PDF/UA-{part}"));
    }
    standards.dedup();
    standards
}

pub fn intents(pdf: &Pdf) -> Vec<Intent> {
    let Some(intents) = catalog(pdf).and_then(|c| c.get::<Array<'_>>("OutputIntents")) else { return Vec::new() };
    let tell = |intent: Dict<'_>| {
        let said = |key: &str| intent.get::<PdfString<'_>>(key).map(|s| text(&s)).filter(|s| !s.is_empty());
        let profile = intent.get::<Stream<'_>>("DestOutputProfile");
        Intent {
            kind: intent.get::<Name<'_>>("S").map(|n| String::from_utf8_lossy(&n).into_owned()).unwrap_or_default(),
            condition: said("OutputConditionIdentifier").or_else(|| said("OutputCondition")),
            inks: profile.map(|p| p.dict().get::<u8>("N").unwrap_or(0)),
        }
    };
    intents.iter::<Dict<'_>>().map(tell).collect()
}

/// A text string (ISO 32000-1 §7.9.2.2). What is neither UTF-16 nor UTF-8 is read as Latin-1, from which its own encoding
/// differs in few signs.
pub fn text(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    text.trim().trim_matches('\0').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_says_things_as_elements_and_as_attributes() {
        let packet = "<r pdfaid:part=\"2\" pdfaid:conformance='B'><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></r>";
        assert_eq!(standards(packet, None), ["PDF/X-4", "PDF/A-2b"]);
        assert_eq!(standards("", Some("PDF/X-1a:2003".into())), ["PDF/X-1a:2003"]);
        assert_eq!(title("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Lâm &amp; Thao</rdf:li>").as_deref(), None);
        assert_eq!(title("<dc:title><rdf:Alt><rdf:li>A &amp; B</rdf:li></rdf:Alt></dc:title>").as_deref(), Some("A & B"));
    }

    #[test]
    fn a_text_is_in_one_of_three_encodings() {
        assert_eq!(text(b"\xFE\xFF\x1E\xA4"), "Ấ");
        assert_eq!(text("\u{FEFF}Ấ".as_bytes()), "Ấ");
        assert_eq!(text(b"caf\xE9"), "café");
    }

    #[test]
    fn only_a_key_of_its_own_says_that_a_file_is_encrypted() {
        assert!(is_encrypted(b"trailer<</Encrypt 9 0 R>>"));
        assert!(is_encrypted(b"trailer<</#45ncryp#74%\n9 0 R>>") && is_encrypted(b"/Encrypt\09 0 R"));
        assert!(!is_encrypted(b"/EncryptMetadata true /Root") && !is_encrypted(b"/Encrypt"));
    }
}
