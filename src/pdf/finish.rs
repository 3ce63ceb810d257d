//! One pass over the document for what printpdf 0.12.8 cannot say or says wrong: boxes, resources,
//! separations, pictures, metadata, the ID.

use super::Meta;
use super::content::{Shared, deflate};
use super::subset::Subset;
use crate::diag::Problem;
use crate::geom::Rect;
use crate::picture::{Picture, Pixels};
use crate::sheet::Imposed;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const PRODUCER: &str = concat!("toroi ", env!("CARGO_PKG_VERSION"));

pub(super) fn finish(
    document: &mut Document,
    sheets: &[Imposed],
    streams: &[Vec<u8>],
    shared: &Shared,
    subsets: &BTreeMap<usize, Subset>,
    meta: &Meta,
) -> Result<(), Problem> {
    let fault = |e: lopdf::Error| Problem::FileFault { detail: e.to_string() };
    document.version = "1.6".into();
    let resources = resources(document, shared).map_err(fault)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for ((page, sheet), stream) in pages.iter().zip(sheets).zip(streams) {
        finish_page(document, *page, sheet, stream, resources).map_err(fault)?;
    }
    name_fonts(document, subsets).map_err(fault)?;
    compress(document);
    describe(document, meta).map_err(fault)?;
    // Taking objects out left gaps, which strict readers want listed as free.
    document.renumber_objects();
    identify(document);
    Ok(())
}

/// One dictionary of shared resources; printpdf makes one for each page.
fn resources(document: &mut Document, shared: &Shared) -> Result<ObjectId, lopdf::Error> {
    let first = document.get_pages().into_values().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let own = document.get_dictionary(first)?.get(b"Resources")?.as_reference()?;
    let mut resources = document.get_dictionary(own)?.clone();
    let (xobjects, states) = (resources.get(b"XObject")?.as_reference()?, resources.get(b"ExtGState")?.as_reference()?);
    for (i, picture) in shared.pictures.iter().enumerate() {
        let image = add_picture(document, picture);
        document.get_dictionary_mut(xobjects)?.set(format!("I{i}"), image);
    }
    let mut spaces = Dictionary::new();
    for (i, (name, alternate)) in shared.spots.iter().enumerate() {
        spaces.set(format!("S{i}"), separation(name, alternate));
    }
    if !shared.spots.is_empty() {
        resources.set("ColorSpace", spaces);
        // Both flags: printpdf swaps them, and a cut line must never knock out the art below.
        document.get_dictionary_mut(states)?.set("OP", dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 });
    }
    for (key, id) in [("XObject", xobjects), ("ExtGState", states)] {
        if document.get_dictionary(id)?.is_empty() {
            resources.remove(key.as_bytes());
            document.objects.remove(&id);
        }
    }
    if let Ok(shading) = resources.get(b"Shading").and_then(Object::as_reference) {
        resources.remove(b"Shading");
        document.objects.remove(&shading);
    }
    document.objects.insert(own, resources.into());
    Ok(own)
}

/// ISO 32000-1 §8.6.6.4: no ink is paper, full ink the stand-in.
fn separation(name: &str, alternate: &[f64; 4]) -> Object {
    let full: Vec<Object> = alternate.iter().map(|v| Object::Real(*v as f32)).collect();
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()], "C1" => full,
    };
    Object::Array(vec!["Separation".into(), Object::Name(name.as_bytes().to_vec()), "DeviceCMYK".into(), tint.into()])
}

fn add_picture(document: &mut Document, picture: &Picture) -> ObjectId {
    let image = |space: &str, bytes: &[u8]| {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "BitsPerComponent" => 8, "Filter" => "FlateDecode",
            "Width" => i64::from(picture.width), "Height" => i64::from(picture.height), "ColorSpace" => space,
        };
        Stream::new(dict, deflate(bytes)).with_compression(false)
    };
    let mut stream = match &picture.pixels {
        Pixels::Gray(bytes) => image("DeviceGray", bytes),
        Pixels::Rgb(bytes) => image("DeviceRGB", bytes),
        Pixels::Cmyk(bytes) => image("DeviceCMYK", bytes),
    };
    if let Some(alpha) = &picture.alpha {
        let mask = document.add_object(image("DeviceGray", alpha));
        stream.dict.set("SMask", mask);
    }
    document.add_object(stream)
}

fn finish_page(document: &mut Document, page: ObjectId, sheet: &Imposed, stream: &[u8], resources: ObjectId) -> Result<(), lopdf::Error> {
    let height = sheet.media.h;
    let media = Rect::of(sheet.media);
    let dict = document.get_dictionary_mut(page)?;
    let (contents, old) = (dict.get(b"Contents")?.as_reference()?, dict.get(b"Resources")?.as_reference()?);
    dict.remove(b"CropBox");
    dict.remove(b"Annots");
    for (name, rect) in [("MediaBox", media), ("BleedBox", sheet.bleed), ("TrimBox", sheet.trim)] {
        // [llx lly urx ury] from the bottom; printpdf would write a width and height.
        let corners = [rect.x, height - rect.bottom(), rect.right(), height - rect.y];
        dict.set(name, corners.iter().map(|v| number(*v)).collect::<Vec<Object>>());
    }
    dict.set("Resources", resources);
    if old != resources {
        document.objects.remove(&old);
    }
    let stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, stream.to_vec()).with_compression(false);
    document.set_object(contents, stream);
    Ok(())
}

/// A length to a ten-thousandth of a point.
fn number(value: f64) -> Object {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    if rounded == rounded.trunc() { Object::Integer(rounded as i64) } else { Object::Real(rounded as f32) }
}

/// Subset tags (ISO 32000-1 §9.6.4), the same on all three names of a font.
fn name_fonts(document: &mut Document, subsets: &BTreeMap<usize, Subset>) -> Result<(), lopdf::Error> {
    let first = document.get_pages().into_values().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let resources = document.get_dictionary(first)?.get(b"Resources")?.as_reference()?;
    let Ok(fonts) = document.get_dictionary(resources)?.get(b"Font").and_then(Object::as_reference) else { return Ok(()) };
    for subset in subsets.values() {
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

/// Title, author, language, dates and XMP.
fn describe(document: &mut Document, meta: &Meta) -> Result<(), lopdf::Error> {
    let mut info = dictionary! {
        "Title" => text(&meta.title), "Author" => text(&meta.author),
        "Creator" => text(PRODUCER), "Producer" => text(PRODUCER), "Trapped" => "False",
    };
    if let Some(date) = &meta.date {
        let stamp = Object::String(format!("D:{}000000Z", date.replace('-', "")).into_bytes(), StringFormat::Literal);
        info.set("CreationDate", stamp.clone());
        info.set("ModDate", stamp);
    }
    let old_info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = match old_info {
        Ok(id) => {
            document.objects.insert(id, info.into());
            id
        }
        Err(_) => document.add_object(info),
    };
    // After everything is compressed: XMP stays readable to tools that know nothing of PDF.
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(meta).into_bytes()).with_compression(false);
    let metadata = document.add_object(xmp);
    let catalog = document.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Metadata", metadata);
    catalog.set("Lang", text(&meta.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" });
    document.trailer.set("Info", info);
    Ok(())
}

/// An ID from the content: the same content, the same ID.
fn identify(document: &mut Document) {
    let mut hash = Sha256::new();
    for object in document.objects.values() {
        match object {
            Object::Stream(stream) => hash.update(&stream.content),
            other => hash.update(format!("{other:?}")),
        }
    }
    let id = Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
}

/// A text string: ASCII as it is, else UTF-16 with its mark (ISO 32000-1 §7.9.2.2).
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn xmp(meta: &Meta) -> String {
    // XML 1.0 §2.2 has no place for control characters.
    let legal = |t: &str| t.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect::<String>();
    let escape = |t: &str| legal(t).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let (title, author, language) = (escape(&meta.title), escape(&meta.author), escape(&meta.language));
    let dates = meta.date.as_ref().map_or(String::new(), |d| {
        format!("\n   <xmp:CreateDate>{d}T00:00:00Z</xmp:CreateDate>\n   <xmp:ModifyDate>{d}T00:00:00Z</xmp:ModifyDate>")
    });
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n   \
         <dc:format>application/pdf</dc:format>\n   \
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n   \
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n   \
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n   \
         <xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>{dates}\n   \
         <pdf:Producer>{PRODUCER}</pdf:Producer>\n   <pdf:Trapped>False</pdf:Trapped>\n  \
         </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}
