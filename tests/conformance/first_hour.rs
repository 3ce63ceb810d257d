//! What `toroi new` leaves goes through other hands: its workbook is opened, changed and saved by openpyxl, as a spreadsheet
//! would, and what was changed is printed.

use super::tools::{ask, folder, have};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use toroi::files::builtin_templates;

/// Changes the first cell of the first record and the last cell of the last one; says what they hold now.
const CHANGE: &str = r#"
import re, sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
sheet = book.active
for cell in (sheet.cell(2, 1), sheet.cell(sheet.max_row, sheet.max_column)):
    assert cell.number_format == "@" and cell.data_type == "s", (cell.value, cell.number_format)
    cell.value = re.sub(r"\d$", "8", cell.value) if cell.value[-1].isdigit() else cell.value.rstrip(".") + " mới"
    print(cell.value)
assert sheet.freeze_panes == "A2" and sheet.cell(1, 1).font.b
book.save(sys.argv[1])
"#;

fn toroi(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_toroi")).args(arguments).current_dir(folder).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

#[test]
fn workbooks_changed_in_a_spreadsheet_are_printed() {
    if !have(&["python-run", "pdftotext"]) {
        return;
    }
    let here = folder("first-hour");
    let script = here.join("change.py");
    std::fs::write(&script, CHANGE).unwrap();
    for format in builtin_templates("") {
        toroi(&here, &["new", &format, &format, "--lang", "vi"]);
        let own = here.join(&format);
        let changed = ask("python-run", "", &[&script, &own.join("danh-sach.xlsx")]);
        let outcome = toroi(&own, &["render", "campaign.yaml", "--sheet", "none", "--json"]);
        let of_table = outcome["artworks"].as_array().unwrap().iter().find(|artwork| artwork["records"] == 3).unwrap();
        let pdf = own.join(of_table["file"].as_str().unwrap());
        // A line may end anywhere in what was typed.
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let printed = bare(&ask("pdftotext", "-raw", &[&pdf, Path::new("-")]));
        let codes = of_table["qr"].to_string();
        for cell in changed.lines() {
            assert!(printed.contains(&bare(cell)) || codes.contains(cell), "{format}: {cell}\n{printed}\n{codes}");
        }
    }
}
