//! What pages share: pictures, separations, graphics states, layers.

use super::content::{KNOCK_OUT, OVERPRINT, WHITE, deflate};
use super::finish::{Common, number, text};
use super::shared::Shared;
use super::standard::Rules;
use crate::color::{Plate, Space, Step};
use crate::geom::Rect;
use crate::picture::{Picture, Pixels};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// One dictionary of shared resources: printpdf makes one for each page, as many copies as there are pages.
pub(super) fn share(
    document: &mut Document,
    first: ObjectId,
    Common { forms, shared, .. }: &Common<'_>,
    rules: &Rules,
    space: Space,
) -> Result<ObjectId, lopdf::Error> {
    let own = document.get_dictionary(first)?.get(b"Resources")?.as_reference()?;
    let mut resources = document.get_dictionary(own)?.clone();
    for key in ["XObject", "ExtGState", "Shading"] {
        if let Some(Object::Reference(id)) = resources.remove(key.as_bytes()) {
            document.objects.remove(&id);
        }
    }
    let pictures = shared.pictures.iter().enumerate().map(|(i, picture)| (format!("I{i}"), add_picture(document, picture, rules).into()));
    let pictures: Vec<(String, Object)> = pictures.collect();
    set(&mut resources, "XObject", pictures.clone());
    let spaces = shared.plates.iter().enumerate().map(|(i, plate)| (format!("S{i}"), separation(plate, space)));
    set(&mut resources, "ColorSpace", spaces.collect());
    set(&mut resources, "ExtGState", states(shared, rules, space));
    if rules.layers {
        let layers = add_layers(document, shared)?;
        set(&mut resources, "Properties", layers);
    }
    if !forms.is_empty() {
        // Forms have the same but for forms.
        let without_forms = document.add_object(resources.clone());
        let forms = forms.iter().enumerate().map(|(i, form)| (format!("F{i}"), add_form(document, form, without_forms).into()));
        let forms: Vec<(String, Object)> = forms.collect();
        set(&mut resources, "XObject", pictures.into_iter().chain(forms).collect());
    }
    document.objects.insert(own, resources.into());
    Ok(own)
}

fn add_form(document: &mut Document, (stream, around): &(Vec<u8>, Rect), resources: ObjectId) -> ObjectId {
    let corners = [around.x, around.y, around.right(), around.bottom()].map(number).to_vec();
    let dict =
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => corners, "Resources" => resources, "Filter" => "FlateDecode" };
    document.add_object(Stream::new(dict, stream.clone()).with_compression(false))
}

fn set(resources: &mut Dictionary, key: &str, entries: Vec<(String, Object)>) {
    if !entries.is_empty() {
        resources.set(key, Dictionary::from_iter(entries));
    }
}

/// Both flags: printpdf swaps them, and a cut line must never knock out the art below. Mode 1 leaves inks of
/// which there is none as they are (ISO 32000-1 §8.6.7).
fn states(shared: &Shared, rules: &Rules, space: Space) -> Vec<(String, Object)> {
    if space == Space::Rgb && shared.plates.is_empty() {
        return Vec::new();
    }
    let state =
        |overprint: bool| dictionary! { "Type" => "ExtGState", "OP" => overprint, "op" => overprint, "OPM" => i64::from(overprint) };
    let mut states: Vec<(String, Object)> = vec![(OVERPRINT.into(), state(true).into()), (KNOCK_OUT.into(), state(false).into())];
    if rules.transparency && shared.plates.iter().any(|p| p.step == Some(Step::White)) {
        states.push((WHITE.into(), dictionary! { "Type" => "ExtGState", "BM" => "Multiply" }.into()));
    }
    states
}

/// ISO 32000-1 §8.6.6.4: no ink is paper, full ink the stand-in.
fn separation(plate: &Plate, space: Space) -> Object {
    let reals = |values: &[f64]| values.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>();
    let [c, m, y, k] = plate.alternate;
    let (base, none, full) = match space {
        Space::Cmyk => ("DeviceCMYK", reals(&[0.0; 4]), reals(&plate.alternate)),
        Space::Rgb => ("DeviceRGB", reals(&[1.0; 3]), reals(&[c, m, y].map(|ink| (1.0 - ink) * (1.0 - k)))),
    };
    let tint = dictionary! { "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1, "C0" => none, "C1" => full };
    Object::Array(vec!["Separation".into(), Object::Name(plate.name.as_bytes().to_vec()), base.into(), tint.into()])
}

/// A layer for each step (ISO 19593-1), named in both languages.
fn add_layers(document: &mut Document, shared: &Shared) -> Result<Vec<(String, Object)>, lopdf::Error> {
    let mut layers = Vec::new();
    for (i, plate) in shared.plates.iter().enumerate() {
        let Some(step) = plate.step else { continue };
        let (name, group, kind) = match step {
            Step::Cut => ("Cắt / Cutting", "Structural", Some("Cutting")),
            Step::Perforate => ("Răng cưa / Perforating", "Structural", Some("Perforating")),
            Step::Crease => ("Cấn / Creasing", "Structural", Some("Creasing")),
            Step::White => ("Lót trắng / White", "White", None),
        };
        let mut about = dictionary! { "GTS_ProcStepsGroup" => group };
        if let Some(kind) = kind {
            about.set("GTS_ProcStepsType", kind);
        }
        let layer = dictionary! { "Type" => "OCG", "Name" => text(name), "GTS_Metadata" => about };
        layers.push((format!("L{i}"), Object::Reference(document.add_object(layer))));
    }
    if !layers.is_empty() {
        let all: Vec<Object> = layers.iter().map(|(_, layer)| layer.clone()).collect();
        // PDF/A-2 §6.9: a name, every layer in the order, nothing that switches by itself.
        let shown = dictionary! { "Name" => text("toroi"), "BaseState" => "ON", "Order" => all.clone() };
        document.catalog_mut()?.set("OCProperties", dictionary! { "OCGs" => all, "D" => shown });
    }
    Ok(layers)
}

fn add_picture(document: &mut Document, picture: &Picture, rules: &Rules) -> ObjectId {
    let image = |space: Object, filter: &str, bytes: Vec<u8>| {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "BitsPerComponent" => 8, "Filter" => filter,
            "Width" => i64::from(picture.width), "Height" => i64::from(picture.height), "ColorSpace" => space,
        };
        Stream::new(dict, bytes).with_compression(false)
    };
    let flattened = picture.alpha.as_deref().filter(|_| !rules.transparency);
    let on_paper = |bytes: &[u8], channels: usize, paper: u8| match flattened {
        Some(alpha) => deflate(&over_paper(bytes, channels, paper, alpha)),
        None => deflate(bytes),
    };
    let is_rgb = matches!(picture.pixels, Pixels::Rgb(_) | Pixels::Jpeg { channels: 3, .. });
    let rgb = match picture.profile.as_ref().filter(|_| is_rgb) {
        Some(profile) => {
            let stream = Stream::new(dictionary! { "N" => 3, "Filter" => "FlateDecode" }, deflate(profile)).with_compression(false);
            Object::Array(vec!["ICCBased".into(), document.add_object(stream).into()])
        }
        None => "DeviceRGB".into(),
    };
    let mut stream = match &picture.pixels {
        Pixels::Gray(bytes) => image("DeviceGray".into(), "FlateDecode", on_paper(bytes, 1, 255)),
        Pixels::Rgb(bytes) => image(rgb, "FlateDecode", on_paper(bytes, 3, 255)),
        Pixels::Cmyk(bytes) => image("DeviceCMYK".into(), "FlateDecode", on_paper(bytes, 4, 0)),
        Pixels::Jpeg { bytes, channels, inverted } => {
            let space = match channels {
                1 => "DeviceGray".into(),
                3 => rgb,
                _ => "DeviceCMYK".into(),
            };
            let mut stream = image(space, "DCTDecode", bytes.clone());
            if *inverted {
                stream.dict.set("Decode", [1, 0, 1, 0, 1, 0, 1, 0].map(Object::Integer).to_vec());
            }
            stream
        }
    };
    if let Some(alpha) = picture.alpha.as_ref().filter(|_| rules.transparency) {
        let mask = document.add_object(image("DeviceGray".into(), "FlateDecode", deflate(alpha)));
        stream.dict.set("SMask", mask);
    }
    document.add_object(stream)
}

/// Pixels as they look on paper.
fn over_paper(bytes: &[u8], channels: usize, paper: u8, alpha: &[u8]) -> Vec<u8> {
    let over = |value: u8, alpha: u8| {
        let (value, paper, share) = (f64::from(value), f64::from(paper), f64::from(alpha) / 255.0);
        (paper + (value - paper) * share).round() as u8
    };
    bytes.chunks_exact(channels).zip(alpha).flat_map(|(pixel, alpha)| pixel.iter().map(|value| over(*value, *alpha))).collect()
}
