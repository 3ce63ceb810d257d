//! Whether every YAML that is shipped names its schema, so that editors know it.

use std::fs;
use std::path::{Path, PathBuf};

/// All YAML in a folder.
fn yaml(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries
        .flat_map(|path| match path.is_dir() {
            true => yaml(&path),
            false if path.extension().is_some_and(|ending| ending == "yaml") => vec![path],
            false => Vec::new(),
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_yaml_names_its_schema_on_line_1() {
    let folders = ["examples", "templates", "benches", "tests/schema/samples"];
    let files: Vec<PathBuf> = folders.iter().flat_map(|folder| yaml(Path::new(folder))).collect();
    assert!(files.len() > 30);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", file.display()));
        let kinds = ["campaign", "format", "press", "sheet", "printer"];
        let kind = kinds.iter().find(|kind| text.lines().any(|line| line.starts_with(&format!("{kind}:")))).unwrap();
        assert!(named.ends_with(&format!("/{kind}.schema.json")), "{}: {named}", file.display());
        assert!(file.with_file_name(named).is_file(), "{}: no {named}", file.display());
    }
}
