//! What values are made of. Readers take a number or a truth value where they want a text, and a text of digits where
//! they want a number; so do these.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::marker::PhantomData;
use toroi::files::{builtin_drawings, builtin_templates};

/// A number without sign or exponent, as lengths have it.
const PLAIN: &str = r"([0-9]+\.?[0-9]*|\.[0-9]+)";
/// A number as Rust reads it.
const NUMBER: &str = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?";
const UNIT: &str = "(mm|cm|m|in|pt)";
/// Nothing of a length, with or without a unit.
const ZERO: &str = r"[+-]?(0+\.?0*|\.0+)\s*(mm|cm|m|in|pt)?";

const A_LENGTH: &str = "Một số kèm đơn vị mm, cm, m, in hoặc pt: 5mm, 9.5pt. A number and its unit, mm, cm, m, in or pt: 5mm, 9.5pt.";
const A_NUMBER: &str = "Một số, không kèm đơn vị. A number, without unit.";
const A_WHOLE_NUMBER: &str = "Một số nguyên. A whole number.";
const A_FLAG: &str = "true hoặc false. true or false.";
const A_LANGUAGE: &str = "Mã ngôn ngữ, không phải mã nước: vi, en. A language tag, not a country's: vi, en.";
const A_PLATE: &str = "Tên riêng, không trùng với mực in: CutContour. A name of its own, not of a process ink: CutContour.";
const A_SERIAL: &str = "Số đầu, tận cùng bằng chữ số: LT-00001. The first number, which ends in digits: LT-00001.";
const A_TRACK: &str = "Một bề rộng, 12mm, hoặc một phần chia, 1. A width, 12mm, or a share, 1.";
const A_SIZE: &str = "Rộng x cao kèm đơn vị: 148x210mm. Width and height with their unit: 148x210mm.";
const A_RANGE: &str = "Ít nhất và nhiều nhất: 3..6. Least and most: 3..6.";
const A_PERCENT: &str = "Số phần trăm: 98%. Per cent: 98%.";
const A_DATE: &str = "Ngày viết năm-tháng-ngày: 2026-12-31. A day as year-month-day: 2026-12-31.";
const A_COLOUR: &str = r##"Màu viết "#0B4F94" hoặc "cmyk(100 70 10 10)". A colour is "#0B4F94" or "cmyk(100 70 10 10)"."##;

/// Declares a kind of value that stands where it is used.
macro_rules! value {
    ($(#[$doc:meta])* $name:ident, $schema:expr) => {
        $(#[$doc])*
        pub struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}
pub(crate) use value;

/// What is told of in one place and stands in several, with a meaning of its own here.
pub fn described<T: JsonSchema>(generator: &mut SchemaGenerator, description: &str) -> Schema {
    json_schema!({ "description": description, "allOf": [generator.subschema_for::<T>()] })
}

/// A text with some that editors offer.
pub fn text_such_as(examples: Vec<String>) -> Schema {
    json_schema!({ "type": ["string", "number", "boolean"], "examples": examples })
}

/// A text that a pattern takes. Editors of YAML say in place of the pattern what was wanted.
fn matching(pattern: &str, wanted: &str) -> Schema {
    json_schema!({
        "type": "string", "errorMessage": wanted, "pattern": format!("^({pattern})$"), "patternErrorMessage": wanted,
    })
}

fn number(least: f64, most: f64) -> Schema {
    json_schema!({
        "type": ["number", "string"], "minimum": least, "maximum": most,
        "pattern": format!("^{NUMBER}$"), "patternErrorMessage": A_NUMBER,
    })
}

fn integer(least: u64, most: Option<u64>) -> Schema {
    let pattern = if least == 0 { r"^\+?[0-9]+$" } else { r"^\+?0*[1-9][0-9]*$" };
    let mut schema =
        json_schema!({ "type": ["integer", "string"], "minimum": least, "pattern": pattern, "patternErrorMessage": A_WHOLE_NUMBER });
    if let Some(most) = most {
        schema.insert("maximum".into(), most.into());
    }
    schema
}

/// A text that a pattern takes; the only number that it takes is 0.
fn length(patterns: &[String]) -> Schema {
    json_schema!({
        "type": ["string", "number"], "errorMessage": A_LENGTH,
        "pattern": format!(r"^\s*({})\s*$", patterns.join("|")), "patternErrorMessage": A_LENGTH,
        "if": { "type": "number" }, "then": { "enum": [0], "errorMessage": A_LENGTH },
    })
}

value!(/** Any text. */ Text, json_schema!({ "type": ["string", "number", "boolean"] }));
value!(/** `true` or `false`. */ Flag, json_schema!({
    "type": ["boolean", "string"], "errorMessage": A_FLAG, "pattern": "^(true|false)$", "patternErrorMessage": A_FLAG,
}));
value!(/** A length, not below nothing. */ Length, length(&[format!(r"\+?{PLAIN}\s*{UNIT}"), ZERO.into()]));
value!(/** A length either way. */ Shift, length(&[format!(r"[+-]?{PLAIN}\s*{UNIT}"), ZERO.into()]));
value!(
    /** One length, or the smallest and the largest. */
    Side,
    length(&[format!(r"(\+?{PLAIN}\s*{UNIT}|{ZERO})(\s*\.\.\s*(\+?{PLAIN}\s*{UNIT}|{ZERO}))?")])
);
value!(TypeSize, matching(&format!(r"\s*\+?{PLAIN}\s*{UNIT}\s*(\.\.\s*\+?{PLAIN}\s*{UNIT}\s*)?"), A_LENGTH));
value!(/** `148x210mm`. */ Size, matching(&format!(r"\s*\+?{PLAIN}\s*[x×]\s*{PLAIN}\s*{UNIT}\s*"), A_SIZE));
value!(/** `3..6`. */ Range, matching(r"\s*\+?[0-9]+\s*\.\.\s*\+?[0-9]+\s*", A_RANGE));
value!(/** `98%`. */ Percent, matching(&format!(r"\s*{NUMBER}\s*%\s*"), A_PERCENT));
value!(Date, matching("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", A_DATE));
value!(Colour, matching(&colour(), A_COLOUR));
value!(/** Of a campaign: columns may give it. */ ColourOrColumn, matching(&format!(r"{}|[\s\S]*\{{\{{[\s\S]*", colour()), A_COLOUR));
value!(Cmyk, matching(&cmyk(), A_COLOUR));
value!(Hex, matching(r"\s*#[0-9A-Fa-f]{6}\s*", A_COLOUR));
value!(Ink, text_such_as(["primary", "primary 16%", "accent", "black", "paper"].map(String::from).into()));
value!(Drawing, text_such_as(builtin_drawings()));
value!(SheetName, text_such_as(builtin_templates("sheets/")));
value!(/** The name of a plate: of no process ink, nor one that PDF keeps for itself. */ Plate, json_schema!({
    "type": ["string", "number", "boolean"], "patternErrorMessage": A_PLATE,
    "pattern": r"^(?!(All|None|Cyan|Magenta|Yellow|Black)?$)\s*[^\x00-\x1f\x7f-\x9f]*\s*$",
}));
value!(
    Condition,
    json_schema!({
        "type": ["string", "number", "boolean"], "pattern": "^[A-Za-z0-9 _.-]{1,64}$", "examples": ["FOGRA39", "FOGRA51"],
    })
);
value!(Share, number(0.0, 1000.0));
value!(Leading, number(0.5, 10.0));
value!(Tracking, number(-0.2, 2.0));
value!(Scale, number(0.01, 100.0));
value!(Degrees, number(-360.0, 360.0));
value!(Weight, integer(100, Some(900)));
value!(Count, integer(1, Some(100)));
value!(Ordinal, integer(1, Some(9)));
value!(Lines, integer(1, None));
value!(Row, integer(1, Some(1_048_576)));
value!(Digits, integer(1, Some(12)));
value!(Start, integer(0, Some(999_999_999_999)));
value!(/** What ends in digits. */ First, json_schema!({
    "type": ["string", "number"], "pattern": "(^|[^0-9])[0-9]{1,12}$", "patternErrorMessage": A_SERIAL,
}));
value!(/** Width of a column: a share, or a length. */ Track, json_schema!({
    "type": ["number", "string"], "minimum": 0.01, "maximum": 100, "pattern": format!(r"^({NUMBER}|\s*\+?{PLAIN}\s*{UNIT}\s*)$"),
    "patternErrorMessage": A_TRACK,
}));
value!(/** A language tag; not a country, such as `vn`. */ Language, json_schema!({
    "type": "string", "pattern": format!("^(?!({NO_LANGUAGES})$){TAG}$"), "patternErrorMessage": A_LANGUAGE, "examples": ["vi", "en"],
}));

const TAG: &str = "[a-z]{2,3}(-[A-Za-z0-9]{1,8})*";
const NO_LANGUAGES: &str = "vn|us|gb|kr|jp|cn|vie|eng";

fn colour() -> String {
    format!(r"\s*(#[0-9A-Fa-f]{{6}}|{})\s*", cmyk())
}

fn cmyk() -> String {
    format!(r"\s*cmyk\([ ,]*{NUMBER}([ ,]+{NUMBER}){{3}}[ ,]*\)\s*")
}

value!(/** One text, or one for each language. */ Words, {
    let text = json!({ "type": ["string", "number", "boolean"] });
    let said = |name: &str| {
        let mut text = text.clone();
        text["description"] = name.into();
        text
    };
    json_schema!({
        "type": ["string", "number", "boolean", "object"],
        "properties": { "vi": said("Tiếng Việt.\n\nVietnamese."), "en": said("Tiếng Anh.\n\nEnglish.") },
        "patternProperties": { (format!("^(?!(vie|eng)$){TAG}$")): text },
        "additionalProperties": false,
    })
});

/// A value of one kind or of another, told apart by their types: keywords of each speak of its types alone.
pub struct Or<A, B>(PhantomData<(A, B)>);

impl<A: JsonSchema, B: JsonSchema> JsonSchema for Or<A, B> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}_or_{}", A::schema_name(), B::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut both = Map::new();
        for one in [A::json_schema(generator), B::json_schema(generator)] {
            for (key, value) in one.as_object().into_iter().flatten() {
                match both.get_mut(key) {
                    None => drop(both.insert(key.clone(), value.clone())),
                    Some(there) if key == "type" => *there = types(there).into_iter().chain(types(value)).collect(),
                    Some(_) => assert_eq!(key, "description", "{} says {key} twice", Self::schema_name()),
                }
            }
        }
        both.into()
    }
}

/// The types that a schema allows.
pub fn types(of: &Value) -> Vec<Value> {
    of.as_array().cloned().unwrap_or_else(|| vec![of.clone()])
}

/// One, or a list of them.
pub type OneOrMore<T> = Or<T, Vec<T>>;
