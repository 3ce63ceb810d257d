//! Fonts, by poppler: embedded, cut to the glyphs in use, and able to say what their glyphs mean.

use crate::samples;
use crate::tools;
use std::path::Path;

/// Fonts that lack something, and what.
fn faults(file: &Path) -> Vec<String> {
    let said = tools::ask("pdffonts", "", &[file]);
    let rows: Vec<&str> = said.lines().skip(2).collect();
    let mut faults: Vec<String> = if rows.is_empty() { vec!["no fonts".into()] } else { Vec::new() };
    for row in rows {
        // name, type, encoding, emb, sub, uni, object and generation: the last five never hold spaces.
        let words: Vec<&str> = row.split_whitespace().collect();
        let [emb, sub, uni, _, _] = words[words.len() - 5..] else { unreachable!() };
        let tag = words[0].split_once('+').map(|(tag, _)| tag).unwrap_or("");
        let tagged = tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase());
        if (emb, sub, uni) != ("yes", "yes", "yes") || !tagged {
            faults.push(row.into());
        }
    }
    faults
}

#[test]
fn every_font_is_embedded_cut_and_mapped_to_text() {
    if !tools::have(&["pdffonts"]) {
        return;
    }
    for sample in samples::example().iter().chain([samples::on_sheets()]).chain(samples::imposed()).chain(samples::others()) {
        assert_eq!(faults(&sample.path), [""; 0], "{}", sample.name());
    }
}

#[test]
fn a_font_that_lacks_its_program_or_its_text_is_found() {
    if !tools::have(&["pdffonts"]) {
        return;
    }
    let path = &samples::named("tem-xe-vinyl.pdf").path;
    let fonts = tools::ask("pdffonts", "", &[path]).lines().count() - 2;
    assert_eq!(faults(&tools::spoiled("no-program", path, "/FontFile2", "/FontFail2")).len(), fonts);
    assert_eq!(faults(&tools::spoiled("no-text", path, "/ToUnicode", "/ToUnikode")).len(), fonts);
}
