//! Content by field: any name may be given, and those of the built-in formats are offered.

use crate::payload::Payload;
use crate::words::{Drawing, Or, Words, described};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeMap;
use toroi::files::{Disk, Files, builtin_templates};
use toroi::limits::Limits;
use toroi::template::format::{self, FieldKind};

/// The fields of the built-in formats that a section gives, each with what it is called by most of those that have it.
fn offered(belongs: impl Fn(FieldKind) -> bool) -> BTreeMap<String, String> {
    let files = Files::beside(&Disk, "");
    let mut fields: BTreeMap<String, (Vec<[String; 2]>, Vec<String>)> = BTreeMap::new();
    for name in builtin_templates("") {
        let found = files.template("", &name).unwrap().unwrap();
        for field in
            format::read(&found.name, &found.bytes, &Limits::default()).0.unwrap().fields.iter().filter(|field| belongs(field.kind))
        {
            let called = |language: &str| field.label.as_ref().map_or("", |label| label.in_some(language)).to_string();
            let (labels, formats) = fields.entry(field.name.clone()).or_default();
            labels.push([called("vi"), called("en")]);
            formats.push(name.clone());
        }
    }
    let tell = |labels: &[[String; 2]], formats: &[String]| {
        let most = |label: &&[String; 2]| labels.iter().filter(|other| other == label).count();
        let [vi, en] = labels.iter().rev().max_by_key(most).unwrap();
        let formats = formats.join(", ");
        format!("{vi} (mẫu {formats}).\n\n{en} (formats {formats}).")
    };
    fields.into_iter().map(|(name, (labels, formats))| (name, tell(&labels, &formats))).collect()
}

/// What a text field says: one text or several.
pub struct Said;

impl JsonSchema for Said {
    fn schema_name() -> Cow<'static, str> {
        "said".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<Or<Words, Vec<Words>>>::json_schema(generator)
    }
}

/// A picture: a file, or a drawing.
pub struct Picture;

impl JsonSchema for Picture {
    fn schema_name() -> Cow<'static, str> {
        "picture".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<Drawing>::json_schema(generator)
    }
}

/// Declares a section of content. A name with nothing behind it is as good as not there.
macro_rules! section {
    ($section:ident, $name:literal, $content:ty, $belongs:expr) => {
        pub struct $section;

        impl JsonSchema for $section {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let tell = |(name, text): (String, String)| (name, described::<$content>(generator, &text));
                let offered: BTreeMap<String, Schema> = offered($belongs).into_iter().map(tell).collect();
                json_schema!({
                    "type": "object", "properties": offered, "additionalProperties": generator.subschema_for::<$content>(),
                })
            }
        }
    };
}

section!(Texts, "texts", Said, |kind| matches!(kind, FieldKind::Text | FieldKind::List { .. }));
section!(Codes, "codes", Payload, |kind| matches!(kind, FieldKind::Qr { .. }));
section!(Images, "images", Picture, |kind| matches!(kind, FieldKind::Image));
