//! `toroi formats`.

use super::report::{in_lang, pick, say, talk};
use serde_json::{Value as Json, json};
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::files::{Disk, Files, builtin_drawings, builtin_templates};
use toroi::geom::to_mm;
use toroi::spec::campaign::Value;
use toroi::spec::words::Words;
use toroi::template::format::{self, Field, FieldKind, Format};

/// Lists the formats, or tells one.
pub fn list(name: Option<&str>, json: bool, lang: Lang) -> ExitCode {
    let names = name.map_or_else(|| builtin_templates(""), |n| vec![n.to_string()]);
    let formats: Vec<Format> = names.iter().filter_map(|n| read(n)).collect();
    if formats.is_empty() {
        talk(&unknown(name.unwrap_or_default(), lang));
        return ExitCode::from(1);
    }
    if json {
        say(&format!("{:#}", Json::from(formats.iter().map(|f| tell_json(f, lang)).collect::<Vec<_>>())));
    } else {
        formats.iter().for_each(|f| tell(f, lang, name.is_some()));
    }
    ExitCode::SUCCESS
}

/// Lists the drawings.
pub fn drawings() -> ExitCode {
    builtin_drawings().iter().for_each(|name| say(name));
    ExitCode::SUCCESS
}

/// A format beside the reader, or built in.
pub fn read(name: &str) -> Option<Format> {
    let found = Files::beside(&Disk, "").template("", name).ok().flatten()?;
    format::read(&found.name, &found.bytes).0
}

/// What to say of a name that is no format's.
pub fn unknown(name: &str, lang: Lang) -> String {
    let known = builtin_templates("").join(", ");
    match lang {
        Lang::Vi => format!("Không có mẫu nào tên “{name}”. Các mẫu có sẵn: {known}."),
        Lang::En => format!("There is no format “{name}”. There are {known}."),
    }
}

/// One line: name, what people call it, its sizes.
pub fn line(f: &Format, lang: Lang) -> String {
    format!("{:<16} {} ({})", f.name, in_lang(&f.label, lang), f.size_names().join(", "))
}

fn kind(kind: &FieldKind, lang: Lang) -> String {
    match kind {
        FieldKind::Text => pick(lang, "chữ", "text").into(),
        FieldKind::List { min, max } if lang == Lang::Vi => format!("{min}–{max} dòng"),
        FieldKind::List { min, max } => format!("{min}–{max} items"),
        FieldKind::Qr { .. } => pick(lang, "mã QR", "code").into(),
        FieldKind::Image => pick(lang, "hình", "picture").into(),
    }
}

fn tell(f: &Format, lang: Lang, whole: bool) {
    say(&line(f, lang));
    if !whole {
        return;
    }
    for size in f.size_names().iter().filter_map(|name| f.size(name)) {
        let folds: Vec<String> = size.folds.iter().map(|x| millimetres(*x, lang)).collect();
        let folds = if folds.is_empty() { String::new() } else { format!("  | {} mm", folds.join(" | ")) };
        say(&format!("  · {:<14} {} × {} mm{folds}", size.name, millimetres(size.trim.w, lang), millimetres(size.trim.h, lang)));
    }
    say("");
    let kinds: Vec<String> = f.fields.iter().map(|field| kind(&field.kind, lang)).collect();
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let name = widest(&mut f.fields.iter().map(|field| field.name.chars().count()));
    let what = widest(&mut kinds.iter().map(|kind| kind.chars().count()));
    for (field, kind) in f.fields.iter().zip(kinds) {
        let need = if field.required { "*" } else { " " };
        say(&format!("  {need} {:<name$}  {kind:<what$}  {}", field.name, in_lang(&field.label, lang)));
        if let Some(sample) = sample(field, lang) {
            let indent = name + what + 8;
            say(&format!("{:indent$}{} {sample}", "", pick(lang, "ví dụ:", "such as:")));
        }
    }
    say("");
    say(pick(lang, "  * phải có. Bắt đầu với mẫu này:", "  * needed. To begin with this format:"));
    say(&format!("    toroi new {}", f.name));
}

/// A sample of a field; of a list, its first item.
fn sample(field: &Field, lang: Lang) -> Option<&str> {
    let words: Option<&Words> = field.example.as_ref().and_then(|example| example.words().first());
    words.map(|words| words.in_some(pick(lang, "vi", "en"))).filter(|sample| !sample.is_empty())
}

/// To a tenth, without a needless nought.
fn millimetres(points: f64, lang: Lang) -> String {
    let tenths = format!("{}", (to_mm(points) * 10.0).round() / 10.0);
    if lang == Lang::Vi { tenths.replace('.', ",") } else { tenths }
}

fn tell_json(f: &Format, lang: Lang) -> Json {
    let tenth = |points: f64| (to_mm(points) * 10.0).round() / 10.0;
    let sizes = f.size_names().into_iter().filter_map(|n| f.size(&n)).map(|s| {
        let folds: Vec<f64> = s.folds.iter().map(|x| tenth(*x)).collect();
        json!({ "name": s.name, "trim_mm": [tenth(s.trim.w), tenth(s.trim.h)], "folds_mm": folds })
    });
    json!({ "format": f.name, "label": in_lang(&f.label, lang), "sizes": sizes.collect::<Vec<_>>(), "fields": f.fields.iter().map(|x| field_json(x, lang)).collect::<Vec<_>>() })
}

fn field_json(field: &Field, lang: Lang) -> Json {
    let kind = match field.kind {
        FieldKind::Text => "text",
        FieldKind::List { .. } => "list",
        FieldKind::Qr { .. } => "qr",
        FieldKind::Image => "image",
    };
    let said = |words: &Words| Json::from(words.in_some(pick(lang, "vi", "en")));
    let example = match &field.example {
        Some(Value::Words(words)) => said(words),
        Some(Value::List(items)) => items.iter().map(said).collect(),
        None => Json::Null,
    };
    let mut told = json!({
        "name": field.name, "type": kind, "required": field.required, "each_language": field.each_language,
        "label": in_lang(&field.label, lang), "example": example, "default": field.default.as_ref().map(said), "records": field.records.iter().map(said).collect::<Vec<_>>(),
    });
    if let FieldKind::List { min, max } = field.kind {
        told["items"] = json!([min, max]);
    }
    told
}
