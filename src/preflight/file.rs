//! The finished bytes, as another library reads them: pages, boxes, fonts, colours, what the file claims.

use crate::color::Space;
use crate::diag::Problem;
use crate::geom::Rect;
use crate::preview::Preview;
use crate::sheet::Imposed;
use crate::spec::press::{Press, Standard};
use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Rect as PdfRect, Stream, String as PdfString};
use hayro::hayro_syntax::page::Page;
use std::collections::BTreeSet;

/// A hundredth of a millimetre, pt.
const TOLERANCE: f64 = 0.028;
/// Pages whose operators are read, at most: all are written in the same way.
const READ: usize = 50;

/// Judges a file against the sheets that it was made from, the plates that they need and what its press asks for.
pub fn check_file(preview: &Preview, sheets: &[Imposed], plates: &[String], press: &Press) -> Vec<Problem> {
    let mut faults = Vec::new();
    let pages = preview.pdf().pages();
    if pages.len() != sheets.len() {
        faults.push(format!("{} pages, {} sheets", pages.len(), sheets.len()));
    }
    for (i, (page, sheet)) in pages.iter().zip(sheets).enumerate() {
        faults.extend(boxes(page, sheet).into_iter().map(|fault| format!("page {}: {fault}", i + 1)));
    }
    let step = pages.len().div_ceil(READ).max(1);
    for (i, page) in pages.iter().enumerate().step_by(step) {
        faults.extend(colours(page.typed_operations(), press.space).into_iter().map(|fault| format!("page {}: {fault}", i + 1)));
    }
    if let Some(resources) = pages.first().and_then(|p| p.raw().get::<Dict<'_>>("Resources")) {
        faults.extend(fonts(&resources));
        faults.extend(separations(&resources, plates));
        faults.extend(pictures(&resources, press.space));
        faults.extend(colours_of_forms(&resources, press.space));
    }
    faults.extend(claims(preview, press));
    faults.into_iter().map(|detail| Problem::FileFault { detail }).collect()
}

fn boxes(page: &Page<'_>, sheet: &Imposed) -> Vec<String> {
    let meant = [("MediaBox", Rect::of(sheet.media)), ("BleedBox", sheet.bleed), ("TrimBox", sheet.trim)];
    let read = |(name, meant): (&str, Rect)| {
        let read = page.raw().get::<PdfRect>(name);
        (!read.is_some_and(|r| same(&r, &meant, sheet.media.h))).then(|| format!("{name} {read:?}"))
    };
    // Links in the bleed, and boxes that say otherwise (ISO 15930-7 §6.11 and §6.17).
    let foreign = ["CropBox", "ArtBox", "Annots", "Rotate", "UserUnit"].into_iter().filter(|key| page.raw().contains_key(key));
    meant.into_iter().filter_map(read).chain(foreign.map(|key| format!("has a {key}"))).collect()
}

fn same(read: &PdfRect, meant: &Rect, height: f64) -> bool {
    let meant = [meant.x, height - meant.bottom(), meant.right(), height - meant.y];
    [read.x0, read.y0, read.x1, read.y1].iter().zip(meant).all(|(a, b)| (a - b).abs() < TOLERANCE)
}

/// Operators that set colours of another space than the press speaks.
fn colours(mut operations: TypedIter<'_>, space: Space) -> BTreeSet<String> {
    let mut foreign = BTreeSet::new();
    while let Some(operation) = operations.next() {
        foreign.extend(match (operation, space) {
            (TypedInstruction::StrokeColorDeviceRgb(_) | TypedInstruction::NonStrokeColorDeviceRgb(_), Space::Cmyk) => Some("RGB"),
            (TypedInstruction::StrokeColorCmyk(_) | TypedInstruction::NonStrokeColorCmyk(_), Space::Rgb) => Some("CMYK"),
            _ => None,
        });
    }
    foreign.into_iter().map(|name| format!("colours in {name}")).collect()
}

/// The same of what pages share.
fn colours_of_forms(resources: &Dict<'_>, space: Space) -> Vec<String> {
    let Some(objects) = resources.get::<Dict<'_>>("XObject") else { return Vec::new() };
    let forms = objects.keys().filter_map(|name| Some((name.clone(), objects.get::<Stream<'_>>(&*name)?)));
    let forms = forms.filter(|(_, form)| form.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| &*kind == b"Form"));
    let told = |(name, form): (Name<'_>, Stream<'_>)| match form.decoded() {
        Ok(bytes) => colours(TypedIter::new(&bytes), space).into_iter().map(|fault| format!("form {}: {fault}", shown(&name))).collect(),
        Err(_) => vec![format!("form {} cannot be read", shown(&name))],
    };
    forms.flat_map(told).collect()
}

fn shown(name: &Name<'_>) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn fonts(resources: &Dict<'_>) -> Vec<String> {
    let Some(fonts) = resources.get::<Dict<'_>>("Font") else { return Vec::new() };
    let is_embedded = |name: &Name<'_>| {
        let font = fonts.get::<Dict<'_>>(&**name);
        let descendant = font.and_then(|f| f.get::<Array<'_>>("DescendantFonts")).and_then(|a| a.iter::<Dict<'_>>().next());
        let descriptor = descendant.and_then(|d| d.get::<Dict<'_>>("FontDescriptor"));
        descriptor.is_some_and(|d| ["FontFile2", "FontFile3"].iter().any(|key| d.contains_key(key)))
    };
    let absent = fonts.keys().filter(|name| !is_embedded(name));
    absent.map(|name| format!("font {} is not embedded", String::from_utf8_lossy(&name))).collect()
}

/// The separations of the file are those that are painted, each once.
fn separations(resources: &Dict<'_>, plates: &[String]) -> Option<String> {
    let mut meant = plates.to_vec();
    meant.sort();
    let spaces = resources.get::<Dict<'_>>("ColorSpace");
    let names = spaces.iter().flat_map(|spaces| spaces.keys().filter_map(|key| spaces.get::<Array<'_>>(&*key)));
    let second = |space: Array<'_>| space.iter::<Object<'_>>().nth(1)?.into_name().map(|name| String::from_utf8_lossy(&name).into_owned());
    let mut found: Vec<String> = names.filter_map(second).collect();
    found.sort();
    (found != meant).then(|| format!("plates {found:?}, not {meant:?}"))
}

fn pictures(resources: &Dict<'_>, space: Space) -> Vec<String> {
    let Some(objects) = resources.get::<Dict<'_>>("XObject") else { return Vec::new() };
    let foreign = if space == Space::Cmyk { "DeviceRGB" } else { "DeviceCMYK" };
    let is_foreign = |name: &Name<'_>| {
        let image = objects.get::<Stream<'_>>(&**name);
        image.and_then(|image| image.dict().get::<Name<'_>>("ColorSpace")).is_some_and(|space| &*space == foreign.as_bytes())
    };
    objects.keys().filter(is_foreign).map(|name| format!("picture {} is {foreign}", String::from_utf8_lossy(&name))).collect()
}

/// Version, output intents and metadata.
fn claims(preview: &Preview, press: &Press) -> Vec<String> {
    let pdf = preview.pdf();
    let mut faults = Vec::new();
    let (version, intents, said): (&[u8], &[&str], &[&str]) = match press.standard {
        Standard::X4 => {
            (b"%PDF-1.6", &["GTS_PDFX", "GTS_PDFA1"], &["<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>", "<pdfaid:part>2<"])
        }
        Standard::X1a => (b"%PDF-1.4", &["GTS_PDFX"], &[]),
        Standard::A2b => (b"%PDF-1.6", &["GTS_PDFA1"], &["<pdfaid:part>2<", "<pdfaid:conformance>B<"]),
    };
    if !pdf.data().as_ref().starts_with(version) {
        faults.push(format!("does not begin with {}", String::from_utf8_lossy(version)));
    }
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return vec!["no catalogue".into()] };
    let found: Vec<Dict<'_>> = catalog.get::<Array<'_>>("OutputIntents").map(|a| a.iter::<Dict<'_>>().collect()).unwrap_or_default();
    let kinds: Vec<String> = found.iter().filter_map(|i| Some(String::from_utf8_lossy(&i.get::<Name<'_>>("S")?).into_owned())).collect();
    if kinds != intents {
        faults.push(format!("output intents {kinds:?}, not {intents:?}"));
    }
    let channels = if press.space == Space::Cmyk { 4 } else { 3 };
    for intent in &found {
        if intent.get::<PdfString<'_>>("OutputConditionIdentifier").is_none() {
            faults.push("an output intent without a name".into());
        }
        let condition = intent.get::<PdfString<'_>>("OutputConditionIdentifier");
        if condition.is_some_and(|name| &*name != b"Custom") && intent.get::<PdfString<'_>>("RegistryName").is_none() {
            faults.push("an output intent of a registered condition without its registry".into());
        }
        let profile = intent.get::<Stream<'_>>("DestOutputProfile");
        if profile.and_then(|p| p.dict().get::<i32>("N")) != Some(channels) {
            faults.push(format!("an output intent without a profile of {channels} inks"));
        }
    }
    match catalog.get::<Stream<'_>>("Metadata") {
        Some(metadata) if !metadata.dict().contains_key("Filter") => {
            let packet = String::from_utf8_lossy(&metadata.raw_data()).into_owned();
            let lacking = said.iter().chain(&["<dc:title>"]).filter(|words| !packet.contains(**words));
            faults.extend(lacking.map(|words| format!("metadata without {words}")));
        }
        _ => faults.push("no readable metadata".into()),
    }
    faults
}
