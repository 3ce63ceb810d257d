//! Sample tables, as a workbook and as CSV.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use toroi::template::starter::SampleTable;

/// A workbook with one sheet. All cells are text, so that `0007` and telephone numbers stay as they are typed.
pub fn xlsx(table: &SampleTable) -> Result<Vec<u8>, String> {
    workbook(table).map_err(|error| error.to_string())
}

fn workbook(table: &SampleTable) -> Result<Vec<u8>, XlsxError> {
    let text = Format::new().set_num_format("@");
    let head = text.clone().set_bold();
    let mut book = Workbook::new();
    // The same bytes on any day.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?));
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0u16..).zip(&table.columns) {
        let cells = || table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = cells().chain([name]).map(|cell| cell.chars().count()).max().unwrap_or(0);
        // The format of a column holds for rows that are typed in later.
        sheet.set_column_format(column, &text)?;
        sheet.set_column_width(column, u16::try_from(widest + 2).unwrap_or(60).min(60))?;
        sheet.write_string_with_format(0, column, name, &head)?;
        for (row, cell) in (1u32..).zip(cells()) {
            sheet.write_string_with_format(row, column, cell, &text)?;
        }
    }
    book.save_to_buffer()
}

/// Comma-separated values in UTF-8, with the mark by which Excel knows that it is.
pub fn csv(table: &SampleTable) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for record in [&table.columns].into_iter().chain(&table.rows) {
        writer.write_record(record).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
