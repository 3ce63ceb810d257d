//! The JSON Schemas of `assets/schema`, by jsonschema for Python: what readers take is valid, and what they refuse for its
//! structure is not.

use crate::tools;
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use toroi::diag::{Finding, Severity};
use toroi::limits::Limits;
use toroi::spec::{campaign, press, printer, sheet};
use toroi::template::format;

const KINDS: [&str; 5] = ["campaign", "format", "press", "sheet", "printer"];

/// Codes of what structure tells. (Whether a name is known, mostly a look at other files does.)
const STRUCTURAL: [&str; 6] = ["unknown-key", "missing-key", "wrong-type", "bad-value", "nothing-given", "no-pieces"];

/// What the reader of a kind finds.
fn found(kind: &str, file: &str, bytes: &[u8]) -> Vec<Finding> {
    let findings = match kind {
        "campaign" => campaign::read(file, bytes, &Limits::default()).1,
        "format" => format::read(file, bytes, &Limits::default()).1,
        "press" => press::read(file, bytes, &Limits::default()).1,
        "sheet" => sheet::read(file, bytes, &Limits::default()).1,
        _ => printer::read(file, bytes, &Limits::default()).1,
    };
    findings.into_iter().filter(|finding| finding.severity() == Severity::Error).collect()
}

/// A document, and what its reader finds wrong.
struct Job {
    name: String,
    judged: Value,
    wrong: Vec<Finding>,
}

impl Job {
    fn new(kind: &str, name: String, what: &str, document: Value, bytes: &[u8], file: &str) -> Job {
        let judged = json!({ "schema": format!("assets/schema/{kind}.schema.json"), what: document });
        Job { name, judged, wrong: found(kind, file, bytes) }
    }

    /// A file, if it is of a kind that has a schema.
    fn of_file(path: &Path) -> Option<Job> {
        let bytes = fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let kind = KINDS.into_iter().find(|kind| text.lines().any(|line| line.starts_with(&format!("{kind}:"))))?;
        let name = path.to_str().unwrap();
        Some(Job::new(kind, name.into(), "file", name.into(), &bytes, name))
    }

    /// Whether its reader refuses it for nothing but its structure.
    fn is_misshapen(&self) -> bool {
        !self.wrong.is_empty() && self.wrong.iter().all(|finding| STRUCTURAL.contains(&finding.code()))
    }
}

/// What the judge says of each: nothing where it is valid. One process for all.
fn judge(name: &str, jobs: &[Job]) -> Vec<String> {
    let path = tools::folder(name).join("jobs.jsonl");
    let lines = jobs.iter().fold(String::new(), |mut lines, job| {
        let _ = writeln!(lines, "{}", job.judged);
        lines
    });
    fs::write(&path, lines).unwrap();
    let said: Vec<String> = tools::ask("schema-check", "", &[&path]).lines().map(String::from).collect();
    assert_eq!(said.len(), jobs.len());
    said
}

/// All YAML below a folder.
fn yaml(folder: &str) -> Vec<PathBuf> {
    let mut open = vec![PathBuf::from(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => open.push(path),
                false if path.extension().is_some_and(|ending| ending == "yaml") => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_shipped_yaml_is_valid() {
    if !tools::have(&["schema-check"]) {
        return;
    }
    let files = ["examples", "templates", "benches", "tests/schema/samples", "tests/mistakes/right-as-it-is"];
    let jobs: Vec<Job> = files.into_iter().flat_map(yaml).filter_map(|path| Job::of_file(&path)).collect();
    assert!(jobs.len() > 60);
    for (job, said) in jobs.iter().zip(judge("shipped", &jobs)) {
        assert!(job.wrong.is_empty() && said.is_empty(), "{}: {said} {:?}", job.name, job.wrong);
    }
}

/// What schemas take and readers refuse for their structure alone.
fn passed<'j>(jobs: &'j [Job], said: &[String]) -> Vec<&'j Job> {
    jobs.iter().zip(said).filter(|(job, said)| job.is_misshapen() && said.is_empty()).map(|(job, _)| job).collect()
}

/// What schemas refuse and readers take.
fn refused<'j>(jobs: &'j [Job], said: &'j [String]) -> Vec<(&'j str, &'j str)> {
    let wrongly = |(job, said): &(&Job, &String)| job.wrong.is_empty() && !said.is_empty();
    jobs.iter().zip(said).filter(wrongly).map(|(job, said)| (job.name.as_str(), said.as_str())).collect()
}

#[test]
fn mistakes_of_structure_are_invalid_and_nothing_else_is() {
    if !tools::have(&["schema-check"]) {
        return;
    }
    let files = ["tests/mistakes", "tests/cases"].into_iter().flat_map(yaml);
    let jobs: Vec<Job> = files.filter_map(|path| Job::of_file(&path)).collect();
    let jobs: Vec<Job> = jobs.into_iter().filter(|job| job.wrong.is_empty() || job.is_misshapen()).collect();
    let said = judge("mistakes", &jobs);
    assert_eq!(refused(&jobs, &said), []);
    let misshapen = jobs.iter().filter(|job| job.is_misshapen()).count();
    assert!(misshapen > 150, "{misshapen}");
    let passed: Vec<&str> = passed(&jobs, &said).iter().map(|job| job.name.as_str()).collect();
    let listed = |name: &str| BEYOND_STRUCTURE.iter().flat_map(|(_, cases)| *cases).any(|case| name.contains(&format!("/{case}/")));
    let unlisted: Vec<&&str> = passed.iter().filter(|name| !listed(name)).collect();
    assert!(unlisted.is_empty(), "valid, though its reader refuses it: {unlisted:#?}");
    for case in BEYOND_STRUCTURE.iter().flat_map(|(_, cases)| *cases) {
        assert!(passed.iter().any(|name| name.contains(&format!("/{case}/"))), "{case} is invalid now: no exception any more");
    }
}

/// Why some mistakes are valid: structure cannot tell them.
const BEYOND_STRUCTURE: [(&str, &[&str]); 5] = [
    (
        "a name must be that of its file",
        &["first-line-copied-from-the-original", "name-unlike-its-file", "name-unlike-the-file", "format-name-not-of-its-file"],
    ),
    ("a month has its own number of days", &["last-day-that-does-not-exist", "value-date-not-a-day"]),
    (
        "lengths are compared with each other",
        &[
            "fold-outside-the-sheet",
            "folds-of-thirds-that-do-not-add-up",
            "folds-in-disorder",
            "folds-outside-the-trim",
            "perforations-in-disorder",
            "hole-outside-the-trim",
            "hole-over-the-die-line",
            "size-range-upside-down",
            "code-range-upside-down",
            "value-type-size-reversed",
        ],
    ),
    (
        "a number inside a text has bounds",
        &[
            "ink-limit-of-three-hundred-meant-as-three",
            "press-of-a-choke-of-centimetres",
            "press-that-dries-five-solids",
            "value-colour-beyond-full-ink",
            "value-trim-huge",
        ],
    ),
    ("path data have a grammar of their own", &["die-of-no-path", "die-path-with-a-slip"]),
];

/// Other things that may stand where something stands.
fn others() -> Vec<Value> {
    vec![json!(null), json!(true), json!(0), json!(-1.5), json!("x"), json!("12.5mm"), json!(["x"]), json!({})]
}

/// A document with one value left out, or another in its place.
fn changed(document: &Value, pointer: &str, changes: &mut Vec<(String, Value)>) {
    for other in others() {
        let mut copy = document.clone();
        *copy.pointer_mut(pointer).unwrap() = other.clone();
        changes.push((format!("{pointer} = {other}"), copy));
    }
    let steps: Vec<String> = match document.pointer(pointer).unwrap() {
        Value::Object(map) => map.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|i| i.to_string()).collect(),
        _ => Vec::new(),
    };
    for step in steps {
        if document.pointer(pointer).unwrap().is_object() {
            let mut copy = document.clone();
            copy.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(&step);
            changes.push((format!("{pointer} without {step}"), copy));
        }
        changed(document, &format!("{pointer}/{step}"), changes);
    }
}

#[test]
fn what_readers_take_is_valid_wherever_a_value_is_another() {
    if !tools::have(&["schema-check"]) {
        return;
    }
    let mut jobs = Vec::new();
    for path in yaml("tests/schema/samples") {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let kind = path.file_stem().unwrap().to_str().unwrap().split('-').next().unwrap().to_string();
        let mut changes = Vec::new();
        changed(&document, "", &mut changes);
        for (change, document) in changes {
            let text = format!("{document:#}");
            let file = path.to_str().unwrap();
            jobs.push(Job::new(&kind, format!("{file}: {change}"), "document", document, text.as_bytes(), file));
        }
    }
    let said = judge("changed", &jobs);
    let refused = refused(&jobs, &said);
    assert!(refused.is_empty(), "{refused:#?}");
    // What is left are names of files, bounds of numbers in texts, and what is needed and may stand under `at`.
    let (misshapen, passed) = (jobs.iter().filter(|job| job.is_misshapen()).count(), passed(&jobs, &said).len());
    assert!(misshapen > 2000 && passed * 20 < misshapen, "{passed} of {misshapen} mistakes of structure are valid");
}
