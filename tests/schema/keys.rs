//! Whether schemas and readers know the same keys. Into each map of the samples a key is put that nobody knows; what the
//! reader then offers instead is what the schema has there.

use crate::schemas;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use toroi::diag::{Finding, Problem};
use toroi::limits::Limits;
use toroi::spec::{campaign, press, printer, sheet};
use toroi::template::format;

const NOBODYS: &str = "zzzzzzzz";

/// What the reader of a kind finds.
pub fn read(kind: &str, file: &str, text: &str) -> Vec<Finding> {
    let bytes = text.as_bytes();
    match kind {
        "campaign" => campaign::read(file, bytes, &Limits::default()).1,
        "format" => format::read(file, bytes, &Limits::default()).1,
        "press" => press::read(file, bytes, &Limits::default()).1,
        "sheet" => sheet::read(file, bytes, &Limits::default()).1,
        "printer" => printer::read(file, bytes, &Limits::default()).1,
        _ => panic!("{kind}"),
    }
}

/// Samples that have every map of every kind.
fn samples() -> Vec<(&'static str, String, Value)> {
    let names = ["campaign", "format", "press", "press-rgb", "sheet", "sheet-grid", "printer", "printer-once"];
    let sample = |name: &'static str| {
        let file = format!("tests/schema/samples/{name}.yaml");
        let document = serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        (name.split('-').next().unwrap(), file, document)
    };
    names.map(sample).into()
}

/// A step from a value to one in it.
#[derive(Clone)]
enum Step {
    Key(String),
    Item(usize),
}

/// The ways to all maps in a value.
fn maps(value: &Value, way: &[Step], found: &mut Vec<Vec<Step>>) {
    let next = |step: Step| way.iter().cloned().chain([step]).collect::<Vec<_>>();
    match value {
        Value::Object(map) => {
            found.push(way.to_vec());
            map.iter().for_each(|(key, value)| maps(value, &next(Step::Key(key.clone())), found));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| maps(item, &next(Step::Item(i)), found)),
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, way: &[Step]) -> &'v mut Value {
    way.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Item(i) => &mut value[i],
    })
}

/// Where in a schema stands what holds for a value: a JSON pointer, references followed.
fn place(schema: &Value, way: &[Step]) -> String {
    way.iter().fold(String::new(), |place, step| {
        let here = schema.pointer(&place).unwrap();
        let next = match step {
            Step::Key(key) if !here["properties"][key].is_null() => format!("{place}/properties/{key}"),
            Step::Key(_) => format!("{place}/additionalProperties"),
            Step::Item(_) => format!("{place}/items"),
        };
        let reference = |value: &Value| value["$ref"].as_str().map(|to| to.trim_start_matches('#').to_string());
        let target = schema.pointer(&next).unwrap_or_else(|| panic!("{next}"));
        [target, &target["anyOf"][0], &target["allOf"][0]].into_iter().find_map(reference).unwrap_or(next)
    })
}

/// Whether a schema is that of a map whose keys are all known.
fn is_closed(schema: &Value) -> bool {
    schema["additionalProperties"] == json!(false) && schema["patternProperties"].is_null()
}

/// The places of all such maps in a schema.
fn closed(schema: &Value, place: &str, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if is_closed(schema) {
                found.insert(place.into());
            }
            map.iter().for_each(|(key, value)| closed(value, &format!("{place}/{key}"), found));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| closed(item, &format!("{place}/{i}"), found)),
        _ => {}
    }
}

fn keys(map: &Value) -> BTreeSet<String> {
    map.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect()
}

#[test]
fn samples_are_right() {
    for (kind, file, document) in samples() {
        let findings = read(kind, &file, &format!("{document:#}"));
        assert!(findings.is_empty(), "{file}: {findings:?}");
    }
}

#[test]
fn schemas_and_readers_know_the_same_keys() {
    for (kind, schema) in schemas() {
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (_, file, document) in samples().into_iter().filter(|(of, ..)| *of == kind) {
            let mut ways = Vec::new();
            maps(&document, &[], &mut ways);
            for way in ways {
                let place = place(&schema, &way);
                let here = schema.pointer(&place).unwrap();
                if !is_closed(here) {
                    continue;
                }
                let mut document = document.clone();
                let map = at(&mut document, &way);
                if here["maxProperties"] == 1 {
                    *map = json!({});
                }
                map[NOBODYS] = "x".into();
                let findings = read(kind, &file, &format!("{document:#}"));
                let offered = findings.iter().find_map(|finding| match &finding.problem {
                    Problem::UnknownKey { key, known, .. } if key == NOBODYS => Some(known.iter().cloned()),
                    _ => None,
                });
                let offered = offered.unwrap_or_else(|| panic!("{file}{place}: an unknown key is not told"));
                let inside_at = place.ends_with("/at/additionalProperties");
                known.entry(place).or_default().extend(offered.filter(|key| !inside_at || key != "at"));
            }
        }
        let mut all = BTreeSet::new();
        closed(&schema, "", &mut all);
        assert_eq!(known.keys().cloned().collect::<BTreeSet<_>>(), all, "{kind}: samples do not have every map");
        for (place, known) in known {
            assert_eq!(known, keys(&schema.pointer(&place).unwrap()["properties"]), "{kind}{place}");
        }
    }
}

/// What a schema needs, the reader needs: without it something is told.
#[test]
fn what_schemas_need_readers_need() {
    for (kind, file, document) in samples() {
        let schema = schemas().into_iter().find(|(of, _)| *of == kind).unwrap().1;
        let mut ways = Vec::new();
        maps(&document, &[], &mut ways);
        let mut needed = 0;
        for way in ways {
            let place = place(&schema, &way);
            for key in schema.pointer(&place).unwrap()["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let mut document = document.clone();
                at(&mut document, &way).as_object_mut().unwrap().remove(key).unwrap_or_else(|| panic!("{file}{place}: no {key}"));
                assert!(!read(kind, &file, &format!("{document:#}")).is_empty(), "{file}{place}: {key} is not missed");
                needed += 1;
            }
        }
        assert!(needed > 0, "{file}");
    }
}
