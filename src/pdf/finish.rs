//! One pass over the document for what printpdf 0.12.8 cannot say or says wrong: boxes, resources, output
//! intent, metadata, the ID.

use super::content::deflate;
use super::shared::Shared;
use super::standard::{Print, Rules};
use super::subset::Subset;
use super::{Drawn, Duplex, Meta, PRODUCER, resources, stamp, xmp};
use crate::color::{Condition, Space};
use crate::diag::Problem;
use crate::geom::Rect;
use crate::spec::sheet::Flip;
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// What the whole document keeps to and says of itself.
pub(super) struct Claims<'a> {
    pub(super) rules: Rules,
    pub(super) condition: &'a Condition,
    pub(super) meta: &'a Meta,
    /// Pages of the whole that come before, where it is a part of one.
    pub(super) before: Option<usize>,
}

/// What its pages have in common.
pub(super) struct Common<'a> {
    pub(super) forms: &'a [(Vec<u8>, Rect)],
    pub(super) shared: &'a Shared,
    pub(super) subsets: &'a [Subset],
}

pub(super) fn finish(document: &mut Document, drawn: Vec<Drawn>, common: &Common<'_>, claims: &Claims<'_>) -> Result<(), Problem> {
    let Common { shared, subsets, .. } = *common;
    let fault = |e: lopdf::Error| Problem::FileFault { detail: e.to_string() };
    let Claims { rules, condition, meta, before } = claims;
    document.version = rules.version.into();
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let first = *pages.first().ok_or(lopdf::Error::PageNumberNotFound(1)).map_err(fault)?;
    let resources = resources::share(document, first, common, rules, condition.space).map_err(fault)?;
    let group = (rules.transparency && shared.is_transparent()).then_some(condition.space);
    for (page, drawn) in pages.iter().zip(drawn) {
        finish_page(document, *page, drawn, resources).map_err(fault)?;
        blend(document, *page, group).map_err(fault)?;
    }
    name_fonts(document, resources, subsets).map_err(fault)?;
    compress(document);
    add_intents(document, condition, rules).map_err(fault)?;
    describe(document, meta, rules).map_err(fault)?;
    number_pages(document, *before).map_err(fault)?;
    let digest = fingerprint(document);
    add_metadata(document, meta, rules, &digest).map_err(fault)?;
    document.trailer.set("ID", [&digest[..16], &digest[..16]].map(|id| Object::String(id.to_vec(), StringFormat::Hexadecimal)).to_vec());
    // Taking objects out left gaps, which strict readers want listed as free.
    document.renumber_objects();
    Ok(())
}

fn finish_page(document: &mut Document, page: ObjectId, drawn: Drawn, resources: ObjectId) -> Result<(), lopdf::Error> {
    let height = drawn.media.h;
    let media = Rect::of(drawn.media);
    let dict = document.get_dictionary_mut(page)?;
    let (contents, old) = (dict.get(b"Contents")?.as_reference()?, dict.get(b"Resources")?.as_reference()?);
    dict.remove(b"CropBox");
    dict.remove(b"Annots");
    for (name, rect) in [("MediaBox", media), ("BleedBox", drawn.bleed), ("TrimBox", drawn.trim)] {
        // [llx lly urx ury] from the bottom; printpdf would write a width and height.
        let corners = [rect.x, height - rect.bottom(), rect.right(), height - rect.y];
        dict.set(name, corners.iter().map(|v| number(*v)).collect::<Vec<Object>>());
    }
    dict.set("Resources", resources);
    if old != resources {
        document.objects.remove(&old);
    }
    let stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, drawn.stream).with_compression(false);
    document.set_object(contents, stream);
    Ok(())
}

/// A length to a ten-thousandth of a point.
pub(super) fn number(value: f64) -> Object {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    if rounded == rounded.trunc() { Object::Integer(rounded as i64) } else { Object::Real(rounded as f32) }
}

/// Subset tags (ISO 32000-1 §9.6.4), the same on all three names of a font.
fn name_fonts(document: &mut Document, resources: ObjectId, subsets: &[Subset]) -> Result<(), lopdf::Error> {
    let Ok(fonts) = document.get_dictionary(resources)?.get(b"Font").and_then(Object::as_reference) else { return Ok(()) };
    for subset in subsets {
        let name = Object::Name(subset.name.as_bytes().to_vec());
        let font = document.get_dictionary(fonts)?.get(subset.resource.as_bytes())?.as_reference()?;
        let font = document.get_dictionary_mut(font)?;
        font.set("BaseFont", name.clone());
        let descendant = font
            .get_mut(b"DescendantFonts")?
            .as_array_mut()?
            .first_mut()
            .ok_or(lopdf::Error::DictKey("DescendantFonts".into()))?
            .as_dict_mut()?;
        descendant.set("BaseFont", name.clone());
        let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
        document.get_dictionary_mut(descriptor)?.set("FontName", name);
    }
    Ok(())
}

/// Deflates what is not yet: `lopdf` would take level 9, at twice the time.
fn compress(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Filter").is_err()
        {
            stream.set_content(deflate(&stream.content));
            stream.dict.set("Filter", "FlateDecode");
        }
    }
}

/// What shines through is mixed in the inks of the press.
fn blend(document: &mut Document, page: ObjectId, group: Option<Space>) -> Result<(), lopdf::Error> {
    if let Some(space) = group {
        let space = if space == Space::Cmyk { "DeviceCMYK" } else { "DeviceRGB" };
        let group = dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => space };
        document.get_dictionary_mut(page)?.set("Group", group);
    }
    Ok(())
}

/// Output intents of PDF/X and PDF/A, with one profile between them (ISO 15930-7 §6.2.2, ISO 19005-2 §6.2.3).
fn add_intents(document: &mut Document, condition: &Condition, rules: &Rules) -> Result<(), lopdf::Error> {
    let profile = &condition.profile;
    let channels = if condition.space == Space::Cmyk { 4 } else { 3 };
    let deflated = profile.deflated.as_ref().map_or_else(|| deflate(&profile.bytes), |kept| kept.to_vec());
    let stream = Stream::new(dictionary! { "N" => channels, "Filter" => "FlateDecode" }, deflated).with_compression(false);
    let stream = document.add_object(stream);
    let described = if profile.description.is_empty() { "ICC profile without a name" } else { &profile.description };
    let intent = |kind: &str| {
        let mut intent = dictionary! {
            "Type" => "OutputIntent", "S" => kind, "DestOutputProfile" => stream, "Info" => text(described),
            "OutputConditionIdentifier" => text(profile.registered.as_deref().unwrap_or("Custom")),
            "OutputCondition" => text(described),
        };
        if profile.registered.is_some() {
            intent.set("RegistryName", text("http://www.color.org"));
        }
        Object::Dictionary(intent)
    };
    let kinds = rules.print.map(|_| "GTS_PDFX").into_iter().chain(rules.archive.map(|_| "GTS_PDFA1"));
    let intents: Vec<Object> = kinds.map(intent).collect();
    document.catalog_mut()?.set("OutputIntents", intents);
    Ok(())
}

/// Numbers of the pages in the whole (ISO 32000-1 §12.4.2).
fn number_pages(document: &mut Document, before: Option<usize>) -> Result<(), lopdf::Error> {
    if let Some(before) = before {
        let on = dictionary! { "S" => "D", "St" => before as i64 + 1 };
        document.catalog_mut()?.set("PageLabels", dictionary! { "Nums" => vec![0.into(), on.into()] });
    }
    Ok(())
}

/// Title, author, language and dates.
fn describe(document: &mut Document, meta: &Meta, rules: &Rules) -> Result<(), lopdf::Error> {
    let mut info =
        dictionary! { "Title" => text(&meta.title), "Creator" => text(PRODUCER), "Producer" => text(PRODUCER), "Trapped" => "False" };
    if !meta.author.is_empty() {
        info.set("Author", text(&meta.author));
    }
    if let Some(date) = stamp(meta, rules) {
        let stamp = Object::String(format!("D:{}000000Z", date.replace('-', "")).into_bytes(), StringFormat::Literal);
        info.set("CreationDate", stamp.clone());
        info.set("ModDate", stamp);
    }
    if let Some(Print::InInfo(version)) = rules.print {
        info.set("GTS_PDFXVersion", text(version));
    }
    let old_info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = match old_info {
        Ok(id) => {
            document.objects.insert(id, info.into());
            id
        }
        Err(_) => document.add_object(info),
    };
    let catalog = document.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Lang", text(&meta.language));
    let mut preferences = dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" };
    if let Some(duplex) = meta.duplex {
        // ISO 32000-1 table 150.
        let word = match duplex {
            Duplex::Simplex => "Simplex",
            Duplex::Over(Flip::LongEdge) => "DuplexFlipLongEdge",
            Duplex::Over(Flip::ShortEdge) => "DuplexFlipShortEdge",
        };
        preferences.set("Duplex", word);
    }
    catalog.set("ViewerPreferences", preferences);
    document.trailer.set("Info", info);
    Ok(())
}

/// The XMP, after everything was compressed: it stays readable to tools that know nothing of PDF.
fn add_metadata(document: &mut Document, meta: &Meta, rules: &Rules, digest: &[u8; 32]) -> Result<(), lopdf::Error> {
    let packet = xmp::packet(meta, rules, &uuid(&digest[..16]), &uuid(&digest[16..]));
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes()).with_compression(false);
    let metadata = document.add_object(xmp);
    document.catalog_mut()?.set("Metadata", metadata);
    Ok(())
}

/// A hash of all that the file is, its XMP apart: the same file, the same IDs.
fn fingerprint(document: &Document) -> [u8; 32] {
    let mut hash = Sha256::new();
    for object in document.objects.values() {
        match object {
            Object::Stream(stream) => hash.update(&stream.content),
            other => hash.update(format!("{other:?}")),
        }
    }
    hash.finalize().into()
}

/// Sixteen bytes as a UUID of the free kind (RFC 9562 §5.8).
fn uuid(bytes: &[u8]) -> String {
    let mut hex: Vec<char> = bytes.iter().flat_map(|b| format!("{b:02x}").chars().collect::<Vec<_>>()).collect();
    hex[12] = '8';
    hex[16] = '8';
    let groups: Vec<String> = [0..8, 8..12, 12..16, 16..20, 20..32].into_iter().map(|range| hex[range].iter().collect()).collect();
    groups.join("-")
}

/// A text string: ASCII as it is, else UTF-16 with its mark (ISO 32000-1 §7.9.2.2).
pub(super) fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}
