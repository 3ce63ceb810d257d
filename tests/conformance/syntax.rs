//! Syntax, by qpdf; what a file says of itself, by qpdf and poppler.

use crate::samples::{self, Sample};
use crate::tools;
use serde_json::Value;
use std::path::Path;

/// Whether qpdf finds neither errors nor warnings.
fn is_clean(file: &Path) -> bool {
    tools::run("qpdf", "--check", &[file]).status.code() == Some(0)
}

#[test]
fn qpdf_finds_nothing_wrong() {
    if !tools::have(&["qpdf"]) {
        return;
    }
    for sample in samples::example()
        .iter()
        .chain([samples::on_sheets()])
        .chain(samples::imposed())
        .chain(samples::decomposed())
        .chain(samples::others())
    {
        assert!(is_clean(&sample.path), "{}", sample.path.display());
    }
}

#[test]
fn qpdf_rejects_a_file_that_is_cut_short_or_points_to_wrong_places() {
    if !tools::have(&["qpdf"]) {
        return;
    }
    let folder = tools::folder("broken");
    let bytes = &samples::named("to-roi-offset.pdf").artwork.bytes;
    let mut shifted = bytes.clone();
    let start = shifted.windows(9).rposition(|w| w == b"startxref").unwrap() + 10;
    shifted[start] = if shifted[start] == b'1' { b'2' } else { b'1' };
    for (name, bytes) in [("cut.pdf", &bytes[..bytes.len() * 2 / 3]), ("shifted.pdf", &shifted)] {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        assert!(!is_clean(&path), "{name}");
    }
}

/// A file that was never updated has one cross-reference section without gaps (ISO 32000-1 §7.5.4).
fn gaps(bytes: &[u8]) -> usize {
    let table = bytes.windows(5).rposition(|w| w == b"\nxref").unwrap();
    let text = String::from_utf8_lossy(&bytes[table..]);
    let lines = text.lines().skip(2).take_while(|l| !l.starts_with("trailer"));
    lines.filter(|l| l.trim().split(' ').count() == 2).count() - 1
}

#[test]
fn the_cross_reference_table_has_no_gaps() {
    for sample in samples::example() {
        assert_eq!(gaps(&sample.artwork.bytes), 0, "{}", sample.name());
    }
    assert_eq!(gaps(b"\nxref\n0 1\n0000000000 65535 f \n2 1\n0000000009 00000 n \ntrailer"), 1);
}

/// All objects of a file by reference, `trailer` among them, as qpdf reads them.
pub fn objects(file: &Path) -> Value {
    let said: Value = serde_json::from_str(&tools::ask("qpdf", "--json=1 --json-key=objects", &[file])).unwrap();
    said["objects"].clone()
}

/// The catalogue's language.
fn language(file: &Path) -> Option<String> {
    let objects = objects(file);
    let root = objects["trailer"]["/Root"].as_str().unwrap();
    objects[root]["/Lang"].as_str().map(String::from)
}

/// A line of what pdfinfo says.
fn told<'s>(said: &'s str, key: &str) -> &'s str {
    said.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).unwrap_or("").trim()
}

#[test]
fn title_author_language_and_version_are_told() {
    if !tools::have(&["qpdf", "pdfinfo"]) {
        return;
    }
    let campaign = samples::campaign();
    let word = |v: &serde_yaml::Value| v["vi"].as_str().unwrap().to_string();
    for Sample { artwork, path } in samples::example() {
        let said = tools::ask("pdfinfo", "", &[path]);
        let format = samples::yaml(format!("templates/{}.yaml", artwork.format));
        assert_eq!(told(&said, "Title"), format!("{} – {}", word(&campaign["title"]), word(&format["label"])));
        assert_eq!(told(&said, "Author"), word(&campaign["issuer"]));
        assert_eq!(told(&said, "PDF version"), "1.6");
        assert_eq!(told(&said, "Pages"), artwork.pages.to_string());
        assert_eq!(told(&said, "Encrypted"), "no");
        assert_eq!(told(&said, "JavaScript"), "no");
        assert_eq!(language(path).as_deref(), Some("vi"));
    }
    let mute = tools::spoiled("mute", &samples::named("to-roi-office.pdf").path, "/Lang", "/Lqng");
    assert_eq!(language(&mute), None);
}
