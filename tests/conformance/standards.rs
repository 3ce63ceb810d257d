//! PDF/X-4 and PDF/A-2b, by veraPDF, fullbleed and page_validation: every file keeps to its standard, and what a
//! file lacks is found.

use crate::samples::{self, Sample};
use crate::syntax::objects;
use crate::tools;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toroi::limits::Limits;

/// What veraPDF finds in each file that is not PDF/A-2b: the rules, with their clauses.
fn verapdf(files: &[&Path]) -> BTreeMap<PathBuf, Vec<String>> {
    let said = tools::run("verapdf", "2b", files);
    assert!(matches!(said.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&said.stderr));
    let mut faults = BTreeMap::new();
    for line in String::from_utf8(said.stdout).unwrap().lines() {
        let (file, rule) = line.split_once('\t').unwrap();
        let found: &mut Vec<String> = faults.entry(file.into()).or_default();
        found.extend((rule != "compliant").then(|| rule.to_string()));
    }
    assert_eq!(faults.len(), files.len());
    faults
}

/// What speaks against each file that should be PDF/X-4.
fn fullbleed(files: &[&Path]) -> BTreeMap<PathBuf, Vec<String>> {
    let said = tools::run("fullbleed-check", "", files);
    assert!(matches!(said.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&said.stderr));
    let judge = |line: &str| {
        let told: Value = serde_json::from_str(line).unwrap();
        let words = |key: &str| told[key].as_array().unwrap().iter().map(|w| w.as_str().unwrap().to_string()).collect::<Vec<_>>();
        let unclaimed = (words("claims") != ["pdfx4"]).then(|| format!("claims {:?}", words("claims")));
        (PathBuf::from(told["file"].as_str().unwrap()), words("blockers").into_iter().chain(unclaimed).collect())
    };
    let faults: BTreeMap<_, _> = String::from_utf8(said.stdout).unwrap().lines().map(judge).collect();
    assert_eq!(faults.len(), files.len());
    faults
}

/// What page_validation finds against PDF/A-2b, but for two things that it is alone in: it knows no schema that
/// declares `pdf:Trapped`, which PDF/X-4 wants, and takes a stream that ends in a carriage return for too short.
fn page_validation(bytes: &[u8]) -> Vec<String> {
    let trapped = b"<pdf:Trapped>False</pdf:Trapped>";
    let mut bytes = bytes.to_vec();
    if let Some(at) = bytes.windows(trapped.len()).position(|w| w == trapped) {
        bytes[at..at + trapped.len()].fill(b' ');
    }
    let options = ValidationOptions::default().profile(ValidationProfile::PdfA2b);
    let report = match validate_pdf_bytes(&bytes, &options) {
        Ok(report) => report,
        Err(error) => return vec![error.to_string()],
    };
    let told = report.failures.iter().filter(|f| !f.message.contains("/Length does not match"));
    told.map(|f| format!("{} {}", f.rule_id, f.message)).collect()
}

/// The files in process inks: for presses, with an output intent of PDF/X-4.
fn for_print() -> impl Iterator<Item = &'static Sample> {
    all().filter(|s| matches!(s.artwork.press.as_str(), "offset" | "vinyl" | "card" | "clear-film"))
}

fn all() -> impl Iterator<Item = &'static Sample> {
    samples::example().iter().chain([samples::on_sheets()]).chain(samples::imposed()).chain(samples::others()).chain(samples::every_press())
}

fn paths<'s>(samples: impl Iterator<Item = &'s Sample>) -> Vec<&'s Path> {
    samples.map(|sample| sample.path.as_path()).collect()
}

fn none(faults: BTreeMap<PathBuf, Vec<String>>) {
    let faults: Vec<_> = faults.into_iter().filter(|(_, found)| !found.is_empty()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_file_but_those_of_older_workflows_is_pdf_a_2b() {
    if !tools::have(&["verapdf"]) {
        return;
    }
    let files = paths(all().filter(|s| s.artwork.press != "offset-x1a"));
    assert!(files.len() > 100, "{}", files.len());
    none(verapdf(&files));
}

#[test]
fn every_file_for_print_is_pdf_x_4() {
    if !tools::have(&["fullbleed-check"]) {
        return;
    }
    let files = paths(for_print());
    assert!(files.len() > 70, "{}", files.len());
    none(fullbleed(&files));
}

#[test]
fn another_library_agrees() {
    let files = all().filter(|s| s.artwork.press != "offset-x1a" && s.artwork.pages <= 60);
    none(files.map(|s| (s.path.clone(), page_validation(&s.artwork.bytes))).collect());
}

/// Of PDF/X-1a:2003 no free judge knows: by what the standard asks for, as qpdf reads it.
#[test]
fn files_of_older_workflows_hold_nothing_that_pdf_1_4_has_not() {
    if !tools::have(&["qpdf", "pdfinfo"]) {
        return;
    }
    let files: Vec<_> = all().filter(|s| s.artwork.press == "offset-x1a").collect();
    assert!(files.len() > 15, "{}", files.len());
    for sample in files {
        assert!(tools::ask("pdfinfo", "", &[&sample.path]).contains("PDF version:     1.4"), "{}", sample.name());
        let objects = objects(&sample.path);
        let info = &objects[objects["trailer"]["/Info"].as_str().unwrap()];
        assert_eq!((info["/GTS_PDFXVersion"].as_str(), info["/Trapped"].as_str()), (Some("PDF/X-1a:2003"), Some("/False")));
        let root = &objects[objects["trailer"]["/Root"].as_str().unwrap()];
        assert_eq!(root["/OutputIntents"].as_array().map(Vec::len), Some(1));
        let text = objects.to_string();
        for word in ["/OCG", "/OCProperties", "/SMask", "/BM", "/ca", "/CA", "/DeviceRGB", "/ICCBased", "/Group", "/ObjStm"] {
            assert!(!text.contains(&format!("\"{word}\"")), "{} has {word}", sample.name());
        }
    }
}

/// A way to break a file, and the judges that must see it.
struct Defect {
    name: &'static str,
    plant: fn(&mut Document),
    seen_by: &'static [&'static str],
}

const VERA: &str = "veraPDF";
const BLEED: &str = "fullbleed";
const PAGE: &str = "page_validation";
/// What reads each file back before it is handed out.
const OWN: &str = "preflight";

fn preflight(sample: &Sample, bytes: Vec<u8>) -> Vec<String> {
    let name = format!("{}.yaml", sample.artwork.press);
    let press = toroi::spec::press::read(&name, &std::fs::read(format!("templates/press/{name}")).unwrap(), &Limits::default()).0.unwrap();
    match toroi::preview::Preview::open(bytes) {
        Some(preview) => {
            let faults = toroi::preflight::check_file(&preview, &sample.artwork.sheets, &sample.artwork.plates, &press);
            faults.iter().map(|fault| format!("{fault:?}")).collect()
        }
        None => vec!["unreadable".into()],
    }
}

const DEFECTS: [Defect; 17] = [
    Defect {
        name: "the profile under another key",
        plant: |d| intents(d, |i| rename(i, "DestOutputProfile", "DestinationOutputProfile")),
        seen_by: &[VERA, BLEED, PAGE, OWN],
    },
    Defect { name: "no trim", plant: |d| page(d, |p| drop(p.remove(b"TrimBox"))), seen_by: &[BLEED, OWN] },
    Defect {
        name: "a trim beyond the bleed",
        plant: |d| page(d, |p| p.set("TrimBox", [0, 0, 420, 600].map(Object::Integer).to_vec())),
        seen_by: &[BLEED, OWN],
    },
    Defect {
        name: "an art box beside the trim",
        plant: |d| page(d, |p| p.set("ArtBox", [40, 40, 400, 500].map(Object::Integer).to_vec())),
        seen_by: &[BLEED, OWN],
    },
    Defect { name: "an older version", plant: |d| d.version = "1.3".into(), seen_by: &[BLEED, OWN] },
    Defect {
        name: "no name of the output condition",
        plant: |d| intents(d, |i| drop(i.remove(b"OutputConditionIdentifier"))),
        seen_by: &[BLEED, OWN],
    },
    Defect { name: "no registry", plant: |d| intents(d, |i| drop(i.remove(b"RegistryName"))), seen_by: &[OWN] },
    Defect {
        name: "no version of PDF/X",
        plant: |d| metadata(d, "GTS_PDFXVersion>PDF/X-4", "GTS_PDFYVersion>PDF/X-4"),
        seen_by: &[BLEED, OWN],
    },
    Defect { name: "no word on trapping", plant: |d| metadata(d, "<pdf:Trapped>False", "<pdf:Trapped>Unknown"), seen_by: &[BLEED] },
    Defect { name: "metadata that is no XML", plant: |d| metadata(d, "<dc:format>", "<dc:format&>"), seen_by: &[VERA, PAGE] },
    Defect { name: "another title in the metadata", plant: |d| metadata(d, "x-default\">", "x-default\">Khác "), seen_by: &[BLEED] },
    Defect { name: "a link over the art", plant: link, seen_by: &[BLEED, OWN] },
    Defect { name: "a script", plant: script, seen_by: &[VERA, BLEED, PAGE] },
    Defect { name: "screen colours", plant: |d| content(d, b"1 0 0 rg 50 50 20 20 re f\n"), seen_by: &[VERA, PAGE, OWN] },
    Defect { name: "a font that is not embedded", plant: unembedded, seen_by: &[VERA, OWN] },
    Defect { name: "no ID", plant: |d| drop(d.trailer.remove(b"ID")), seen_by: &[VERA, BLEED, PAGE] },
    Defect { name: "the profile of a scanner", plant: scanner, seen_by: &[VERA, PAGE] },
];

#[test]
fn planted_defects_are_found() {
    if !tools::have(&["verapdf", "fullbleed-check"]) {
        return;
    }
    let sample = samples::named("to-roi-offset.pdf");
    let sound = &sample.artwork.bytes;
    let folder = tools::folder("defects");
    let write = |defect: &Defect| {
        let mut document = Document::load_mem(sound).unwrap();
        (defect.plant)(&mut document);
        let path = folder.join(format!("{}.pdf", defect.name.replace([' ', '/'], "-")));
        document.save(&path).unwrap();
        path
    };
    let untouched = write(&Defect { name: "nothing", plant: |_| {}, seen_by: &[] });
    none([(untouched.clone(), page_validation(&std::fs::read(&untouched).unwrap()))].into());
    let files: Vec<PathBuf> = DEFECTS.iter().map(write).chain([untouched.clone()]).collect();
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let (vera, bleed) = (verapdf(&files), fullbleed(&files));
    assert!(vera[&untouched].is_empty() && bleed[&untouched].is_empty());
    assert_eq!(preflight(sample, std::fs::read(&untouched).unwrap()), [""; 0]);
    let mut unseen = Vec::new();
    for (defect, path) in DEFECTS.iter().zip(&files) {
        let bytes = std::fs::read(path).unwrap();
        let (page, own) = (page_validation(&bytes), preflight(sample, bytes));
        let found = [(VERA, &vera[*path]), (BLEED, &bleed[*path]), (PAGE, &page), (OWN, &own)];
        let seen: Vec<&str> = found.iter().filter(|(_, faults)| !faults.is_empty()).map(|(judge, _)| *judge).collect();
        let blind: Vec<&&str> = defect.seen_by.iter().filter(|judge| !seen.contains(judge)).collect();
        if !blind.is_empty() {
            unseen.push(format!("{}: not seen by {blind:?}", defect.name));
        }
    }
    assert!(unseen.is_empty(), "{unseen:#?}");
}

fn first_page(document: &Document) -> ObjectId {
    document.get_pages()[&1]
}

fn page(document: &mut Document, change: impl Fn(&mut Dictionary)) {
    let first = first_page(document);
    change(document.get_dictionary_mut(first).unwrap());
}

fn intents(document: &mut Document, change: impl Fn(&mut Dictionary)) {
    let intents = document.catalog_mut().unwrap().get_mut(b"OutputIntents").unwrap().as_array_mut().unwrap();
    intents.iter_mut().for_each(|intent| change(intent.as_dict_mut().unwrap()));
}

fn rename(dictionary: &mut Dictionary, from: &str, to: &str) {
    let value = dictionary.remove(from.as_bytes()).unwrap();
    dictionary.set(to, value);
}

fn metadata(document: &mut Document, from: &str, to: &str) {
    let id = document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    let packet = String::from_utf8(stream.content.clone()).unwrap();
    assert!(packet.contains(from), "{from}");
    stream.set_content(packet.replacen(from, to, 1).into_bytes());
}

fn link(document: &mut Document) {
    let link = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "F" => 4, "Rect" => [100, 100, 200, 200].map(Object::Integer).to_vec(),
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://mo.vn/x") },
    });
    page(document, |p| p.set("Annots", vec![link.into()]));
}

fn script(document: &mut Document) {
    let action = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    document.catalog_mut().unwrap().set("OpenAction", action);
}

fn content(document: &mut Document, operators: &[u8]) {
    let first = first_page(document);
    let own = document.get_dictionary(first).unwrap().get(b"Contents").unwrap().clone();
    let more = document.add_object(Stream::new(Dictionary::new(), operators.to_vec()));
    page(document, |p| p.set("Contents", vec![own.clone(), more.into()]));
}

fn unembedded(document: &mut Document) {
    let descriptor = document.objects.values_mut().filter_map(|o| o.as_dict_mut().ok()).find(|d| d.has(b"FontFile2"));
    descriptor.unwrap().remove(b"FontFile2");
}

/// Turns the profile of a press into that of an input device, which characterises no press.
fn scanner(document: &mut Document) {
    let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap();
    let profile = intents[0].as_dict().unwrap().get(b"DestOutputProfile").unwrap().as_reference().unwrap();
    let stream = document.get_object_mut(profile).unwrap().as_stream_mut().unwrap();
    let mut bytes = stream.decompressed_content().unwrap();
    bytes[12..16].copy_from_slice(b"scnr");
    stream.dict.remove(b"Filter");
    stream.set_content(bytes);
}
