//! `toroi formats`.

use super::report::{in_lang, say, talk};
use serde_json::{Value, json};
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::files::{Disk, Files, builtin_templates};
use toroi::geom::to_mm;
use toroi::template::format::{self, FieldKind, Format};

/// Lists the formats, or tells one.
pub fn list(name: Option<&str>, json: bool, lang: Lang) -> ExitCode {
    let files = Files::beside(&Disk, "");
    let read = |name: &str| {
        let found = files.template("", name).ok().flatten()?;
        format::read(&found.name, &found.bytes).0
    };
    let names = name.map_or_else(|| builtin_templates(""), |n| vec![n.to_string()]);
    let formats: Vec<Format> = names.iter().filter_map(|n| read(n)).collect();
    if formats.is_empty() {
        talk(&format!("{}: {}", name.unwrap_or_default(), builtin_templates("").join(", ")));
        return ExitCode::from(1);
    }
    if json {
        say(&format!("{:#}", Value::from(formats.iter().map(|f| tell_json(f, lang)).collect::<Vec<_>>())));
    } else {
        formats.iter().for_each(|f| tell(f, lang, name.is_some()));
    }
    ExitCode::SUCCESS
}

fn kind(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text => "text".into(),
        FieldKind::List { min, max } => format!("list {min}..{max}"),
        FieldKind::Qr { .. } => "qr".into(),
        FieldKind::Image => "image".into(),
    }
}

fn tell(f: &Format, lang: Lang, whole: bool) {
    say(&format!("{:<16} {} ({})", f.name, in_lang(&f.label, lang), f.size_names().join(", ")));
    if whole {
        for size in f.size_names().iter().filter_map(|name| f.size(name)) {
            let folds: Vec<String> = size.folds.iter().map(|x| millimetres(*x)).collect();
            let folds = if folds.is_empty() { String::new() } else { format!("  | {} mm", folds.join(" | ")) };
            say(&format!("  · {:<12} {} × {} mm{folds}", size.name, millimetres(size.trim.w), millimetres(size.trim.h)));
        }
        for field in &f.fields {
            let need = if field.required { "*" } else { " " };
            say(&format!(
                "  {need} {:<12} {:<10} {}  {}",
                field.name,
                kind(&field.kind),
                in_lang(&field.label, lang),
                in_lang(&field.example, lang)
            ));
        }
    }
}

/// To a tenth, without a needless nought.
fn millimetres(points: f64) -> String {
    let tenths = (to_mm(points) * 10.0).round() / 10.0;
    format!("{tenths}")
}

fn tell_json(f: &Format, lang: Lang) -> Value {
    let sizes: Vec<Value> = f
        .size_names()
        .iter()
        .filter_map(|n| f.size(n))
        .map(|s| json!({ "name": s.name, "trim_mm": [to_mm(s.trim.w).round(), to_mm(s.trim.h).round()], "folds_mm": s.folds.iter().map(|x| (to_mm(*x) * 10.0).round() / 10.0).collect::<Vec<_>>() }))
        .collect();
    let field = |x: &format::Field| json!({ "name": x.name, "type": kind(&x.kind), "required": x.required, "label": in_lang(&x.label, lang), "example": in_lang(&x.example, lang) });
    json!({ "format": f.name, "label": in_lang(&f.label, lang), "sizes": sizes, "fields": f.fields.iter().map(field).collect::<Vec<_>>() })
}
