//! `toroi formats`.

use super::exit_code;
use super::report::{Report, decimal, deliver, in_lang, say, talk};
use serde_json::{Value as Json, json};
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, any_error};
use toroi::files::{Disk, Files, builtin_drawings, builtin_templates};
use toroi::geom::to_mm;
use toroi::limits::Limits;
use toroi::spec::campaign::Value;
use toroi::spec::words::Words;
use toroi::template::format::{self, Field, FieldKind, Format};

/// Lists the formats, or tells one.
pub fn list(name: Option<&str>, json: bool, lang: Lang) -> ExitCode {
    let names = name.map_or_else(|| builtin_templates(""), |n| vec![n.to_string()]);
    let mut formats = Vec::new();
    for name in &names {
        match read(name) {
            Ok(format) => formats.push(format),
            Err(findings) => return refused(name, &findings, lang),
        }
    }
    if json {
        let told = Json::from(formats.iter().map(|f| tell_json(f, lang)).collect::<Vec<_>>());
        return deliver(format!("{told:#}\n").as_bytes(), lang).err().unwrap_or(ExitCode::SUCCESS);
    }
    formats.iter().for_each(|f| tell(f, lang, name.is_some()));
    ExitCode::SUCCESS
}

/// Lists the drawings.
pub fn drawings() -> ExitCode {
    builtin_drawings().iter().for_each(|name| say(name));
    ExitCode::SUCCESS
}

/// A format beside the reader, or built in; else what is wrong with it, or nothing where there is none.
pub fn read(name: &str) -> Result<Format, Vec<Finding>> {
    match Files::beside(&Disk, "").template("", name) {
        Ok(Some(found)) => match format::read(&found.name, &found.bytes, &Limits::default()) {
            (Some(format), findings) if !any_error(&findings) => Ok(format),
            (_, findings) => Err(findings),
        },
        Ok(None) => Err(Vec::new()),
        Err(problem) => Err(vec![Finding::in_file(name, problem)]),
    }
}

/// Tells why there is no such format; the code to end with.
pub fn refused(name: &str, findings: &[Finding], lang: Lang) -> ExitCode {
    if findings.is_empty() {
        talk(&unknown(name, lang));
        return ExitCode::from(2);
    }
    Report { files: &[], contact: &[], findings, world: &Disk, lang }.talk();
    exit_code(findings)
}

/// What to say of a name that is no format's.
pub fn unknown(name: &str, lang: Lang) -> String {
    let known = Files::beside(&Disk, "").templates("").join(", ");
    match lang {
        Lang::Vi => format!("Không có mẫu nào tên “{name}”. Các mẫu: {known}."),
        Lang::En => format!("There is no format “{name}”. There are {known}."),
    }
}

/// One line: name, what people call it, its sizes.
pub fn line(f: &Format, lang: Lang) -> String {
    format!("{:<16} {} ({})", f.name, in_lang(&f.label, lang), f.size_names().join(", "))
}

fn kind(kind: &FieldKind, lang: Lang) -> String {
    match kind {
        FieldKind::Text => lang.pick("chữ", "text").into(),
        FieldKind::List { min, max } if lang == Lang::Vi => format!("{min}–{max} dòng"),
        FieldKind::List { min, max } => format!("{min}–{max} items"),
        FieldKind::Qr { .. } => lang.pick("mã QR", "code").into(),
        FieldKind::Image => lang.pick("hình", "picture").into(),
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
            say(&format!("{:indent$}{} {sample}", "", lang.pick("ví dụ:", "such as:")));
        }
    }
    say("");
    say(lang.pick("  * phải có. Bắt đầu với mẫu này:", "  * needed. To begin with this format:"));
    say(&format!("    toroi new {}", f.name));
}

/// A sample of a field; of a list, its first item.
fn sample(field: &Field, lang: Lang) -> Option<&str> {
    let words: Option<&Words> = field.example.as_ref().and_then(|example| example.words().first());
    words.map(|words| words.in_some(lang.pick("vi", "en"))).filter(|sample| !sample.is_empty())
}

/// To a tenth.
fn millimetres(points: f64, lang: Lang) -> String {
    decimal(to_mm(points), 1, lang)
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
    let said = |words: &Words| Json::from(words.in_some(lang.pick("vi", "en")));
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
