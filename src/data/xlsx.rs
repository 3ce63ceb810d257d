//! Sheets of Excel (`.xlsx`, `.xlsm`), read by calamine and shown by their number formats.

use super::Refused;
use super::dates::{DAYS_TO_1904, of_iso};
use super::numbers::shown;
use super::workbook::{Cell, Found, Sheet, Value, broken, is_called, is_rounded};
use crate::limits::Limit;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Rows and columns of a sheet at most.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// Reads a sheet by its name, or the first visible one that shows anything.
pub(super) fn read(bytes: &[u8], mut archive: ZipArchive<Cursor<&[u8]>>, wanted: Option<&str>, most: u64) -> Result<Found, Refused> {
    if promises_too_much(&mut archive) {
        return Err(Refused::Over(Limit::Cells));
    }
    // Its arithmetic on references of cells is not made for files that lie.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        find(&mut book, wanted, most)
    }));
    read.unwrap_or_else(|_| Err(Refused::Broken("cell references".into())))
}

/// Whether the table of texts says that it holds more than its bytes could: room for all of them would be kept.
fn promises_too_much(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    (0..archive.len()).any(|i| {
        let Ok(file) = archive.by_index(i) else { return true };
        if !file.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
            return false;
        }
        let mut text = Vec::new();
        if file.take(4096).read_to_end(&mut text).is_err() {
            return true;
        }
        let head = String::from_utf8_lossy(&text);
        let count = head.split_once("uniqueCount").map(|(_, rest)| rest.chars().skip_while(|c| !c.is_ascii_digit()));
        count.is_some_and(|digits| digits.take_while(char::is_ascii_digit).count() > 7)
    })
}

fn find(book: &mut Xlsx<Cursor<&[u8]>>, wanted: Option<&str>, most: u64) -> Result<Found, Refused> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<(String, bool)> = sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
    for (name, visible) in &sheets {
        if wanted.map_or(*visible, |wanted| is_called(name, wanted)) {
            let sheet = self::sheet(book, name, most)?;
            if wanted.is_some() || !sheet.cells.is_empty() {
                return Ok(Found::Sheet(sheet));
            }
        }
    }
    Ok(Found::None(sheets.into_iter().map(|(name, _)| name).collect()))
}

/// The cells of a sheet, in two walks: the reader tells either formats or formulas.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Sheet, Refused> {
    let from_1904 = book.has_1904_epoch();
    let mut sheet = Sheet { name: name.into(), ..Sheet::default() };
    {
        let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
        let formats: Vec<String> = cells.styles().iter().map(format).collect();
        while let Some((read, style)) = cells.next_cell_with_style_id().map_err(broken)? {
            let at = read.get_position();
            if at.0 >= MOST_ROWS || at.1 >= MOST_COLUMNS || sheet.cells.len() as u64 >= most {
                return Err(Refused::Over(Limit::Cells));
            }
            let format = formats.get(style).map_or("General", String::as_str);
            sheet.cells.extend(value(read.get_value(), format, from_1904).map(|value| Cell { at, value }));
        }
    }
    {
        // A formula that has no value leaves no trace above.
        let mut formulas = book.worksheet_cells_reader(name).map_err(broken)?;
        while let Some(read) = formulas.next_cell_with_formula_metadata().map_err(broken)? {
            if read.formula.is_some() && read.value == DataRef::Empty {
                sheet.cells.push(Cell { at: read.pos, value: Value::Unworked });
            }
        }
    }
    let merges = book.merge_cells_by_sheet_name(name).map_err(broken)?;
    sheet.merges = merges.into_iter().map(|range| [range.start, range.end]).collect();
    Ok(sheet)
}

/// The code of a number format. Those of the reader's own country are taken for Vietnam's.
fn format(style: &Style) -> String {
    match &style.number_format {
        Some(format) => match format.format_id {
            Some(14 | 27..=31 | 34..=36 | 50..=54 | 57 | 58) => "dd/mm/yyyy".into(),
            Some(22) => "dd/mm/yyyy hh:mm".into(),
            _ => format.format_code.clone(),
        },
        None => "General".into(),
    }
}

/// What a cell shows; none where it is empty.
fn value(data: &DataRef<'_>, format: &str, from_1904: bool) -> Option<Value> {
    let number = |number: f64| match shown(number, format, from_1904) {
        _ if is_rounded(number) => Value::Rounded,
        Ok(text) => Value::Text(text),
        Err(text) => Value::Rough { text, format: format.into() },
    };
    let value = match data {
        DataRef::Empty => return None,
        DataRef::Int(value) => number(*value as f64),
        DataRef::Float(value) => number(*value),
        DataRef::DateTime(value) => number(value.as_f64()),
        DataRef::Bool(value) => Value::Text(if *value { "TRUE" } else { "FALSE" }.into()),
        DataRef::String(text) => Value::Text(text.clone()),
        DataRef::SharedString(text) => Value::Text(text.to_string()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match of_iso(text) {
            Some(days) if format == "General" => Value::Text(shown(days.floor(), "dd/mm/yyyy", false).unwrap_or_else(|text| text)),
            Some(days) => number(if from_1904 { days - DAYS_TO_1904 } else { days }),
            None => Value::Text(text.clone()),
        },
        DataRef::Error(error) => Value::Error(error.to_string()),
    };
    match value {
        Value::Text(text) | Value::Rough { text, .. } if text.trim().is_empty() => None,
        value => Some(value),
    }
}
