//! Sheets of Excel (`.xlsx`, `.xlsm`), read by calamine and shown by their number formats.

use super::dates::{DAYS_TO_1904, of_iso};
use super::numbers::shown;
use super::workbook::{Found, Room, Sheet, Value, broken, is_called, is_rounded};
use super::{Refused, Stop};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx};
use std::collections::HashSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a sheet by its name, or the first visible one that shows anything.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>, room: Room) -> Result<Found, Stop> {
    // Its arithmetic on references of cells is not made for files that lie.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        find(&mut book, wanted, room)
    }));
    read.unwrap_or_else(|_| Err(Refused::Broken("cell references".into()).into()))
}

fn find(book: &mut Xlsx<Cursor<&[u8]>>, wanted: Option<&str>, mut room: Room) -> Result<Found, Stop> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<(String, bool)> = sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
    let mut seen = HashSet::new();
    for (name, visible) in &sheets {
        // Of two that are called the same the reader knows the first.
        if wanted.map_or(*visible, |wanted| is_called(name, wanted)) && seen.insert(name) {
            let sheet = self::sheet(book, name, &mut room)?;
            if wanted.is_some() || !sheet.cells.is_empty() {
                return Ok(Found::Sheet(sheet));
            }
        }
    }
    Ok(Found::None(sheets.into_iter().map(|(name, _)| name).collect()))
}

/// The cells of a sheet, in two walks: the reader tells either formats or formulas.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut Room) -> Result<Sheet, Stop> {
    let from_1904 = book.has_1904_epoch();
    let mut sheet = Sheet { name: name.into(), ..Sheet::default() };
    {
        let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
        let formats: Vec<String> = cells.styles().iter().map(format).collect();
        while let Some((read, style)) = cells.next_cell_with_style_id().map_err(broken)? {
            let format = formats.get(style).map_or("General", String::as_str);
            if let Some(value) = value(read.get_value(), format, from_1904) {
                sheet.push(read.get_position(), value, room)?;
            }
        }
    }
    {
        // A formula that has no value leaves no trace above.
        let mut formulas = book.worksheet_cells_reader(name).map_err(broken)?;
        while let Some(read) = formulas.next_cell_with_formula_metadata().map_err(broken)? {
            if read.formula.is_some() && read.value == DataRef::Empty {
                sheet.push(read.pos, Value::Unworked, room)?;
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
