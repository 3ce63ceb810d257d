//! Text, by poppler: all of it there, on its page, in order and in NFC.

use crate::samples::{self, Sample};
use crate::tools;
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::path::Path;
use toroi::render::Artwork;
use unicode_normalization::is_nfc;

type Row = BTreeMap<String, String>;

/// Runs of white space become one space.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of each page, in the order in which it is drawn.
fn page_texts(file: &Path) -> Vec<String> {
    let said = tools::ask("pdftotext", "-raw -enc UTF-8", &[file, Path::new("-")]);
    // A form feed ends each page.
    let mut pages: Vec<String> = said.split('\u{c}').map(collapsed).collect();
    pages.pop();
    pages
}

/// What a piece must show for a row of its table, by the campaign and the format alone: texts of fields
/// that the format has, in each language where it asks for that, and the imprint.
fn expected(artwork: &Artwork, row: &Row) -> Vec<String> {
    let campaign = samples::campaign();
    let piece = &campaign["pieces"][&*artwork.piece];
    let format = format!("templates/{}.yaml", piece["format"].as_str().unwrap());
    let (format, source) = (samples::yaml(&format), std::fs::read_to_string(&format).unwrap());
    let languages: Vec<&str> = campaign["languages"].as_sequence().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    let mut texts = Vec::new();
    for (name, field) in format["fields"].as_mapping().unwrap() {
        // The names of drawings are not read but seen.
        if name.as_str().unwrap().ends_with("icons") {
            continue;
        }
        let given = or(&piece["text"][name], &campaign["text"][name]);
        let each = field["languages"] == "each";
        for language in if each { &languages[..] } else { &languages[..1] } {
            spoken(given, language, &mut texts);
        }
    }
    for name in ["issuer", "document"].into_iter().filter(|name| source.contains(&format!("{{{{ {name} }}}}"))) {
        spoken(&campaign[name], languages[0], &mut texts);
    }
    if source.contains("{{ valid_until }}") {
        texts.push(campaign["valid_until"].as_str().unwrap().split('-').rev().collect::<Vec<_>>().join("/"));
    }
    // Of the stickers only the wide one has room for it.
    if source.contains("app.short") && (artwork.format != "bus-sticker" || artwork.size == "wide-200") {
        // As one would type it.
        let address = filled(or(&piece["qr"]["app"], &campaign["qr"]["app"]).as_str().unwrap(), row);
        let address = address.strip_prefix("https://").or(address.strip_prefix("HTTPS://")).unwrap_or(&address);
        texts.push(address.trim_end_matches('/').into());
    }
    texts.iter().map(|text| collapsed(&filled(text, row).replace("**", ""))).collect()
}

fn or<'v>(own: &'v Value, other: &'v Value) -> &'v Value {
    if own.is_null() { other } else { own }
}

fn spoken(value: &Value, language: &str, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Sequence(items) => items.iter().for_each(|item| spoken(item, language, texts)),
        Value::Mapping(_) => texts.push(value[language].as_str().unwrap().into()),
        _ => {}
    }
}

/// A text with the row's cells in place of `{{ column }}`.
fn filled(text: &str, row: &Row) -> String {
    let fill = |text: String, (column, cell): (&String, &String)| text.replace(&format!("{{{{ {column} }}}}"), cell);
    let text = row.iter().fold(text.to_string(), fill);
    assert!(!text.contains("{{"), "{text}");
    text
}

/// Texts that a file should show and does not, and pages whose text is not in NFC.
fn faults(sample: &Sample, file: &Path, least: usize) -> Vec<String> {
    let pages = page_texts(file);
    let rows = &samples::rows(&sample.artwork.piece)[..sample.artwork.records];
    let sides = pages.len() / rows.len();
    assert_eq!(pages.len(), rows.len() * sides);
    let mut faults = Vec::new();
    for (i, (row, sides)) in rows.iter().zip(pages.chunks(sides)).enumerate() {
        let expected = expected(&sample.artwork, row);
        assert!(expected.len() >= least, "only {expected:?}");
        let absent = expected.iter().filter(|text| !sides.iter().any(|side| side.contains(*text)));
        faults.extend(absent.map(|text| format!("record {}: {text}", i + 1)));
        faults.extend(sides.iter().filter(|side| !is_nfc(side)).map(|side| format!("not NFC: {side}")));
    }
    faults
}

/// Pieces, and how many texts one copy shows at least.
const LEAST: [(&str, usize); 4] =
    [("to-roi-offset.pdf", 18), ("to-roi-office.pdf", 18), ("thong-bao-phong-office.pdf", 16), ("tem-xe-vinyl.pdf", 3)];

#[test]
fn every_text_and_cell_is_on_its_page() {
    if !tools::have(&["pdftotext"]) {
        return;
    }
    for (name, least) in LEAST {
        let sample = samples::named(name);
        let faults = faults(sample, &sample.path, least);
        assert!(faults.is_empty(), "{name} lacks {} texts\n{}", faults.len(), faults.join("\n"));
    }
}

#[test]
fn every_format_shows_what_it_is_given() {
    if !tools::have(&["pdftotext"]) {
        return;
    }
    let pieces = samples::campaign()["pieces"].clone();
    // What is left for right has no order that one could read.
    let plain = samples::others()
        .iter()
        .filter(|s| s.path.parent().unwrap().ends_with("others") && pieces[&*s.artwork.piece]["inside_glass"].is_null());
    let mut judged = 0;
    for sample in plain {
        let faults = faults(sample, &sample.path, 2);
        assert!(faults.is_empty(), "{} lacks {} texts\n{}", sample.name(), faults.len(), faults.join("\n"));
        judged += 1;
    }
    assert!(judged >= 15, "{judged}");
}

#[test]
fn decomposed_text_comes_out_composed() {
    if !tools::have(&["pdftotext"]) {
        return;
    }
    for ((name, least), apart) in LEAST.into_iter().zip(samples::decomposed()) {
        let composed = samples::named(name);
        let faults = faults(composed, &apart.path, least);
        assert!(faults.is_empty(), "{name} lacks {} texts\n{}", faults.len(), faults.join("\n"));
        assert!(apart.artwork.bytes == composed.artwork.bytes, "{name}: composed and decomposed text give different files");
    }
}

#[test]
fn glyphs_without_text_are_found() {
    if !tools::have(&["pdftotext"]) {
        return;
    }
    let sample = samples::named("to-roi-offset.pdf");
    let mute = tools::spoiled("mute-glyphs", &sample.path, "/ToUnicode", "/ToUnikode");
    assert!(faults(sample, &mute, 18).len() >= 18);
}
