//! The JSON Schemas of `assets/schema`, by which editors complete and check what users write. They are made of the types
//! here, which say the words of YAML as the readers of `spec` and `template` take them, each with its meaning in Vietnamese
//! and, after an empty line, in English. `UPDATE=1 cargo test --test schema` writes them anew.
//!
//! A schema may refuse nothing that a reader takes. Nothing behind a key is as good as no key, so what may be left out may
//! be null.
#![allow(dead_code, reason = "the types are only told of")]

mod boxes;
mod campaign;
mod fields;
mod format;
mod keys;
mod leaves;
mod payload;
mod press;
mod printer;
mod sheet;
mod shipped;
mod words;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::fs;

/// The schema of every kind of YAML.
fn schemas() -> [(&'static str, Value); 5] {
    [
        ("campaign", schema::<campaign::Campaign>("toroi campaign")),
        ("format", format()),
        ("press", schema::<press::Press>("toroi press")),
        ("printer", schema::<printer::Printer>("toroi printer")),
        ("sheet", schema::<sheet::Sheet>("toroi sheet")),
    ]
}

/// A schema by draft 7, the one that editors of YAML know best.
fn schema<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    schema["title"] = title.into();
    flat(&mut schema);
    schema
}

/// The schema of formats. What all boxes may have is told once.
fn format() -> Value {
    let mut format = schema::<format::Format>("toroi format");
    let common = schema::<boxes::Common>("");
    let definitions = format["definitions"].as_object_mut().unwrap();
    let shared: Vec<&String> = common["properties"].as_object().unwrap().keys().collect();
    for (name, word) in definitions.iter_mut().filter(|(name, _)| !["box", "palette", "paint"].contains(&name.as_str())) {
        differs_by_size(name, word, if name == "style" { &[] } else { &shared });
    }
    definitions.insert("common".into(), json!({ "description": common["description"], "properties": common["properties"] }));
    format
}

/// Says “this or nothing” by types where it can: what an editor then tells is plainer than of two alternatives.
fn flat(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(flat),
        Value::Object(map) => {
            map.values_mut().for_each(flat);
            if let Some(Value::Object(mut one)) = map.get("anyOf").and_then(or_nothing) {
                if let Some(known) = one.get_mut("type") {
                    *known = words::types(known).into_iter().chain(["null".into()]).collect();
                } else if let Some(Value::Array(words)) = one.get_mut("oneOf") {
                    words.push(json!({ "type": "null" }));
                } else {
                    return;
                }
                map.remove("anyOf");
                for (key, value) in one {
                    map.entry(key).or_insert(value);
                }
            }
        }
        _ => {}
    }
}

/// The other one of two alternatives of which one is nothing.
fn or_nothing(alternatives: &Value) -> Option<Value> {
    match alternatives.as_array()?.as_slice() {
        [one, nothing] if *nothing == json!({ "type": "null" }) => Some(one.clone()),
        _ => None,
    }
}

/// Gives the words behind a box or a style those of all boxes, and `at`, under which each may be said otherwise at a size.
/// What is needed may then stand there alone.
fn differs_by_size(name: &str, word: &mut Value, common: &[&String]) {
    let refer = |to: &str, key: &str| json!({ "$ref": format!("#/definitions/{to}/properties/{key}") });
    let word = word.as_object_mut().unwrap();
    let needed: Vec<String> = word.remove("required").map(|keys| serde_json::from_value(keys).unwrap()).unwrap_or_default();
    let properties = word.entry("properties").or_insert_with(|| json!({})).as_object_mut().unwrap();
    let mut something = Map::new();
    for key in &needed {
        let known = words::types(&properties[key]["type"]);
        let told = properties[key].get("errorMessage").map(|told| ("errorMessage".to_string(), told.clone()));
        something.insert(key.clone(), [("type".to_string(), json!(known))].into_iter().chain(told).collect());
        properties[key]["type"] = known.into_iter().chain(["null".into()]).collect();
    }
    let own: Map<String, Value> = properties.keys().map(|key| (key.clone(), refer(name, key))).collect();
    properties.extend(common.iter().map(|key| ((*key).clone(), refer("common", key))));
    let mut here = own;
    here.extend(common.iter().map(|key| ((*key).clone(), refer("common", key))));
    let at = "Những gì khác đi ở một số khổ: {a4: {…}}.\n\nWhat is said otherwise at some sizes: {a4: {…}}.";
    properties.insert(
        "at".into(),
        json!({
            "description": at,
            "type": ["object", "null"],
            "additionalProperties": { "type": ["object", "null"], "properties": here, "additionalProperties": false },
        }),
    );
    if !needed.is_empty() {
        word.insert("if".into(), json!({ "not": { "required": ["at"] } }));
        word.insert("then".into(), json!({ "required": needed, "properties": something }));
    }
}

#[test]
fn schemas_are_fresh() {
    for (kind, schema) in schemas() {
        let path = format!("assets/schema/{kind}.schema.json");
        let made = format!("{schema:#}\n");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == made, "{path} is not what the types say: UPDATE=1 cargo test --test schema");
    }
}

/// Every description says its meaning twice.
#[test]
fn descriptions_are_in_both_languages() {
    fn of(schema: &Value, told: &mut Vec<String>) {
        match schema {
            Value::Array(items) => items.iter().for_each(|item| of(item, told)),
            Value::Object(map) => {
                told.extend(map.get("description").and_then(Value::as_str).map(String::from));
                map.values().for_each(|value| of(value, told));
            }
            _ => {}
        }
    }
    for (kind, schema) in schemas() {
        let mut told = Vec::new();
        of(&schema, &mut told);
        assert!(told.len() > 5, "{kind}");
        for text in told {
            let parts: Vec<&str> = text.split("\n\n").collect();
            let names = !text.contains(char::is_whitespace) || text == "WPA, WPA2, WPA3.";
            assert!(parts.len() == 2 && parts.iter().all(|part| part.ends_with('.')) || names, "{kind}: {text}");
        }
    }
}
