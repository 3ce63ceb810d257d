//! `toroi sheets`.

use super::report::{deliver, in_lang, say};
use serde_json::{Value, json};
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::files::{Disk, Files, builtin_templates};
use toroi::geom::Size;
use toroi::limits::Limits;
use toroi::spec::sheet::{self, SheetSpec};

/// Lists the built-in sheets.
pub fn list(json: bool, lang: Lang) -> ExitCode {
    let files = Files::beside(&Disk, "");
    let read = |name: &String| {
        let found = files.template("sheets/", name).ok().flatten()?;
        sheet::read(&found.name, &found.bytes, &Limits::default()).0
    };
    let sheets: Vec<SheetSpec> = builtin_templates("sheets/").iter().filter_map(read).collect();
    if json {
        let told = Value::from(sheets.iter().map(|s| tell_json(s, lang)).collect::<Vec<_>>());
        return deliver(format!("{told:#}\n").as_bytes(), lang).err().unwrap_or(ExitCode::SUCCESS);
    }
    for sheet in &sheets {
        let [w, h] = millimetres(sheet.stock);
        say(format!("{:<16} {:<11} {}", sheet.name, format!("{w}×{h} mm"), in_lang(&sheet.label, lang)).trim_end());
    }
    ExitCode::SUCCESS
}

/// To a tenth.
fn millimetres(size: Size) -> [f64; 2] {
    size.in_mm().map(|side| (side * 10.0).round() / 10.0)
}

fn tell_json(sheet: &SheetSpec, lang: Lang) -> Value {
    let slots = sheet
        .slots
        .as_ref()
        .map(|slots| json!({ "slot_mm": millimetres(slots.slot), "across": slots.grid.nx, "down": slots.grid.ny, "precut": slots.precut }));
    json!({ "sheet": sheet.name, "label": in_lang(&sheet.label, lang), "stock_mm": millimetres(sheet.stock), "slots": slots })
}
