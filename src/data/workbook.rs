//! A sheet of a workbook as a table: which sheet, which row names the columns, and what stands in no table.

use super::{Draft, MOST_NAMED, Refused, Source, Stop, cell, column_name, ods, promises, xlsx};
use crate::diag::{Finding, Kind, Problem, beginning, nearest};
use crate::limits::{Limit, Limits};
use std::collections::HashSet;
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

/// A sheet as it is read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Cells that hold something, by row and column.
    pub(super) cells: Vec<Cell>,
    /// First and last cells of those that are merged.
    pub(super) merges: Vec<[(u32, u32); 2]>,
}

/// A cell: row and column from 0, and what it holds.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) at: (u32, u32),
    pub(super) value: Value,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    /// What it shows.
    Text(String),
    /// A number or date in plain words, as its format is beyond reach.
    Rough { text: String, format: String },
    /// An error such as `#N/A`.
    Error(String),
    /// A formula that was never worked out.
    Unworked,
    /// A number of more digits than a sheet keeps.
    Rounded,
}

impl Value {
    /// Bytes of its texts.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Value::Text(text) | Value::Error(text) => text.len() as u64,
            Value::Rough { text, format } => (text.len() + format.len()) as u64,
            Value::Unworked | Value::Rounded => 0,
        }
    }
}

/// What the cells of a workbook may still take: each text is kept as often as it is shown, however often it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) cells: u64,
    /// Of texts.
    pub(super) bytes: u64,
}

impl Room {
    pub(super) fn of(limits: &Limits) -> Room {
        Room { cells: limits.of(Limit::Cells), bytes: limits.of(Limit::TableUnpacked) }
    }

    /// Whether so many bytes of texts go into it.
    pub(super) fn hold(&self, bytes: u64) -> Result<(), Stop> {
        if bytes > self.bytes { Err(Stop::Over(Limit::TableUnpacked)) } else { Ok(()) }
    }
}

/// Rows and columns of a sheet at most.
pub(super) const MOST_ROWS: u32 = 1_048_576;
pub(super) const MOST_COLUMNS: u32 = 16_384;

impl Sheet {
    /// Takes a cell where there is room for it.
    pub(super) fn push(&mut self, at: (u32, u32), value: Value, room: &mut Room) -> Result<(), Stop> {
        if at.0 >= MOST_ROWS || at.1 >= MOST_COLUMNS {
            return Err(broken(cell_name(at)).into());
        }
        room.hold(value.bytes())?;
        room.bytes -= value.bytes();
        room.cells = room.cells.checked_sub(1).ok_or(Stop::Over(Limit::Cells))?;
        self.cells.push(Cell { at, value });
        Ok(())
    }
}

/// A sheet that was asked for, or the names of those that there are.
pub(super) enum Found {
    Sheet(Sheet),
    None(Vec<String>),
}

/// Files in a workbook at most, and sheets.
pub(super) const MOST_FILES: usize = 10_000;

/// Reads the sheet that was asked for.
pub(super) fn read(source: &Source<'_>, is_xlsx: bool, draft: &mut Draft) -> Result<(), Stop> {
    let mut archive = ZipArchive::new(Cursor::new(source.bytes)).map_err(broken)?;
    let room = Room::of(&source.limits);
    bound(&mut archive, room.bytes)?;
    let wanted = source.sheet.map(|sheet| sheet.value.as_str());
    let found = match is_xlsx {
        true => {
            promises::hold(&mut archive, &room)?;
            xlsx::read(source.bytes, wanted, room)?
        }
        false => ods::read(archive, wanted, room)?,
    };
    match (found, source.sheet) {
        (Found::Sheet(sheet), _) => tabulate(sheet, source, draft),
        (Found::None(known), Some(named)) => {
            let near = nearest(&named.value, known.iter().map(String::as_str));
            let known = known.iter().take(MOST_NAMED).map(|name| beginning(name)).collect();
            let problem = Problem::UnknownName { kind: Kind::Tab, name: named.value.clone(), nearest: near, known };
            draft.told.push(Finding::at(named.spot.clone(), problem));
            Ok(())
        }
        (Found::None(_), None) => Ok(()),
    }
}

/// What goes wrong below is of interest to nobody but whoever made the file.
pub(super) fn broken(error: impl std::fmt::Display) -> Refused {
    Refused::Broken(error.to_string())
}

/// Unpacks everything once, into nothing: what a file says of its own size may be a lie.
fn bound(archive: &mut ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<(), Stop> {
    if archive.len() > MOST_FILES {
        return Err(broken(format!("{} files", archive.len())).into());
    }
    let mut left = most.saturating_add(1);
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(broken)?;
        left -= copy(&mut file.take(left), &mut sink()).map_err(broken)?;
        if left == 0 {
            return Err(Stop::Over(Limit::TableUnpacked));
        }
    }
    Ok(())
}

/// Whether a sheet has the name that was asked for.
pub(super) fn is_called(name: &str, wanted: &str) -> bool {
    column_name(name) == column_name(wanted)
}

/// The table of a sheet.
fn tabulate(mut sheet: Sheet, source: &Source<'_>, draft: &mut Draft) -> Result<(), Stop> {
    sheet.cells.sort_by_key(|cell| cell.at);
    sheet.cells.dedup_by_key(|cell| cell.at);
    // Those of the header say most of a table, however many there are below.
    sheet.merges.sort_unstable();
    let Sheet { name, cells, merges } = sheet;
    let named = source.header.map_or(0, |header| header.value - 1);
    let mut rows = cells.chunk_by(|a, b| a.at.0 == b.at.0).skip_while(|row| row[0].at.0 < named);
    let Some(header) = rows.next().filter(|row| source.header.is_none() || row[0].at.0 == named) else {
        if let Some(row) = source.header.filter(|_| !cells.is_empty()) {
            draft.no_header(row);
        }
        return Ok(());
    };
    let (top, left, width) = (header[0].at.0, header[0].at.1, (header[header.len() - 1].at.1 - header[0].at.1 + 1) as usize);
    let name = beginning(&name);
    let mut reading = Reading { name: &name, draft, left, width, formats: HashSet::new(), beside: Vec::new() };
    let names = reading.row(header, None);
    reading.draft.name_columns(top + 1, names.into_iter())?;
    for row in rows {
        // A row beside the table takes no room of it.
        if row.iter().all(|cell| reading.place(cell).is_none()) {
            reading.beside.extend(row.iter().map(|cell| cell.at));
            continue;
        }
        let number = reading.draft.table.records.len() + 1;
        let texts = reading.row(row, Some(number));
        reading.draft.push(row[0].at.0 + 1, texts)?;
    }
    let filled: HashSet<(u32, u32)> = cells.iter().map(|cell| cell.at).collect();
    for [first, last] in merges {
        let reaches = last.0 >= top && first.1 < left + width as u32 && last.1 >= left;
        if reaches && first != last && filled.contains(&first) {
            let cells = format!("{}:{}", cell_name(first), cell_name(last));
            let problem = Problem::MergedCells { sheet: name.clone(), cells, header: first.0 <= top };
            reading.report(first, None, problem);
        }
    }
    if let Some(first) = reading.beside.first().copied() {
        let count = reading.beside.len();
        reading.report(first, None, Problem::CellsBeside { sheet: name.clone(), cell: cell_name(first), count });
    }
    Ok(())
}

struct Reading<'r> {
    name: &'r str,
    draft: &'r mut Draft,
    left: u32,
    width: usize,
    /// Formats beyond reach, each told once.
    formats: HashSet<String>,
    /// Cells left or right of the columns that have a name.
    beside: Vec<(u32, u32)>,
}

impl Reading<'_> {
    /// The column of a cell, where it is in the table.
    fn place(&self, cell: &Cell) -> Option<usize> {
        cell.at.1.checked_sub(self.left).map(|at| at as usize).filter(|at| *at < self.width)
    }

    /// The texts of a row; of the header where it has no number. Rows that are not whole are told, and not looked at further.
    fn row(&mut self, row: &[Cell], record: Option<usize>) -> Vec<String> {
        let mut texts = vec![String::new(); self.width];
        let mut is_whole = true;
        for cell_read in row {
            let at = cell_read.at;
            let Some(place) = self.place(cell_read) else {
                self.beside.push(at);
                continue;
            };
            match &cell_read.value {
                Value::Text(text) => texts[place] = cell(text),
                Value::Rough { text, format } => {
                    texts[place] = cell(text);
                    if self.formats.insert(format.clone()) {
                        let (sheet, cell) = (self.name.to_string(), cell_name(at));
                        let problem = Problem::FormatBeyond { sheet, cell, format: beginning(format), text: text.clone() };
                        self.report(at, record, problem);
                    }
                }
                Value::Error(_) | Value::Unworked | Value::Rounded => {
                    is_whole = record.is_none();
                    let (sheet, cell) = (self.name.to_string(), cell_name(at));
                    let column = self.draft.table.columns.get(place).map(|column| beginning(column)).unwrap_or_default();
                    let problem = match &cell_read.value {
                        Value::Error(value) => Problem::CellError { sheet, cell, column, value: beginning(value) },
                        Value::Rounded => Problem::DigitsLost { sheet, cell, column },
                        _ => Problem::CellWithoutValue { sheet, cell, column },
                    };
                    self.report(at, record, problem);
                }
            }
        }
        if is_whole { texts } else { Vec::new() }
    }

    /// Row and column as the sheet numbers them.
    fn report(&mut self, (row, column): (u32, u32), record: Option<usize>, problem: Problem) {
        let mut finding = Finding::at(self.draft.spot(row + 1), problem);
        finding.place.spot.at.column = column + 1;
        finding.place.record = record;
        self.draft.told.push(finding);
    }
}

/// Whether a number has more digits than the fifteen that spreadsheets keep: what is printed would be another one.
pub(super) fn is_rounded(number: f64) -> bool {
    number.abs() >= 1e15
}

/// What a sheet calls a cell: `B7`.
fn cell_name((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_sheets_give_them() {
        let names = [(0, 0), (6, 1), (9, 25), (0, 26), (0, 701), (0, 702), (1_048_575, 16_383)].map(cell_name);
        assert_eq!(names, ["A1", "B7", "Z10", "AA1", "ZZ1", "AAA1", "XFD1048576"]);
    }
}
