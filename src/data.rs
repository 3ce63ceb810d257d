//! Records: rows of a CSV table, by column name. Text is in NFC, trimmed, otherwise as written.

use crate::diag::{At, Finding, Kind, Problem, Spot, nearest};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A table of records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Path of the file.
    pub file: Arc<str>,
    /// Column names, NFC, trimmed.
    pub columns: Vec<String>,
    /// The records in order.
    pub records: Vec<Record>,
}

impl Table {
    /// Keeps the records from one number to another, both included. Some of them may not be there.
    pub fn keep_range(&mut self, first: usize, last: usize) -> Result<(), Problem> {
        // By number, not by count: some may have been left out before.
        let records = self.records.last().map_or(0, |record| record.number);
        self.records.retain(|record| (first..=last).contains(&record.number));
        if last > records { Err(Problem::RecordsBeyond { first, last, records }) } else { Ok(()) }
    }

    /// Keeps the records with a value in a column, written in any normal form.
    pub fn keep_where(&mut self, column: &str, value: &str) -> Result<(), Problem> {
        let (column, value): (String, String) = (column.trim().nfc().collect(), value.trim().nfc().collect());
        let Some(at) = self.columns.iter().position(|known| *known == column) else {
            let known = self.columns.clone();
            let near = nearest(&column, known.iter().map(String::as_str));
            return Err(Problem::UnknownName { kind: Kind::Column, name: column, nearest: near, known });
        };
        self.records.retain(|record| record.cells.get(at).is_some_and(|cell| *cell == value));
        if self.records.is_empty() { Err(Problem::NoMatch { column, value }) } else { Ok(()) }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Number from 1, the header not counted.
    pub number: usize,
    /// Line of the file where the row starts, from 1.
    pub line: u32,
    /// Cells in the order of the columns.
    pub cells: Vec<String>,
}

/// Reads a CSV table with a header row: commas, semicolons or tabs, quotes as in RFC 4180, UTF-8 with or
/// without BOM.
pub fn read_csv(file: &str, bytes: &[u8]) -> (Table, Vec<Finding>) {
    let file: Arc<str> = file.into();
    let mut table = Table { file: file.clone(), ..Table::default() };
    let at = |line: u32, problem: Problem| Finding::at(Spot { file: file.clone(), at: At { line, column: 1 } }, problem);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_err() {
        return (table, vec![at(0, Problem::NotUtf8 { path: file.to_string() })]);
    }
    let delimiter = delimiter(bytes);
    if let Some(line) = open_quote(bytes, delimiter) {
        return (table, vec![at(line, Problem::OpenQuote)]);
    }
    let mut findings = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, |p| p.line() as u32);
                findings.push(at(line, Problem::BadCsv { detail: e.to_string() }));
                break;
            }
        };
        let line = row.position().map_or(0, |p| p.line() as u32 + blank_lines(&bytes[p.byte() as usize..]));
        let cells: Vec<String> = row.iter().map(|cell| cell.trim().nfc().collect()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if table.columns.is_empty() {
            for (i, column) in cells.iter().enumerate() {
                if !column.is_empty() && cells[..i].contains(column) {
                    findings.push(at(line, Problem::DuplicateColumn { column: column.clone() }));
                }
            }
            table.columns = cells;
            continue;
        }
        let (expected, found) = (table.columns.len(), cells.len());
        let number = table.records.len() + 1;
        if found != expected {
            let problem = match table.columns.get(found) {
                Some(missing) => Problem::ShortRow { expected, found, missing: missing.clone() },
                None => Problem::LongRow { expected, found },
            };
            let mut finding = at(line, problem);
            finding.place.record = Some(number);
            findings.push(finding);
        }
        table.records.push(Record { number, line, cells });
    }
    if table.records.is_empty() && findings.is_empty() {
        findings.push(at(0, Problem::NoRecords { path: file.to_string() }));
    }
    (table, findings)
}

/// What parts the cells: the sign that the header has most of. Excel writes semicolons where the comma
/// is the decimal sign, as in Vietnam.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|b| *b == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |sign: u8| header.iter().filter(|b| **b == sign).count();
    // Where two are equal the last wins: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// Line of a quote that opens a cell and is not closed at its end. A reader would swallow the rest of the
/// table in silence.
fn open_quote(bytes: &[u8], delimiter: u8) -> Option<u32> {
    let (mut line, mut opened, mut starts) = (1, None, true);
    let mut bytes = bytes.iter().copied().peekable();
    while let Some(b) = bytes.next() {
        match (opened, b) {
            (Some(at), b'"') => match bytes.peek() {
                Some(b'"') => {
                    bytes.next();
                }
                Some(next) if *next == delimiter || matches!(next, b'\r' | b'\n') => opened = None,
                None => opened = None,
                Some(_) => return Some(at),
            },
            (None, b'"') if starts => opened = Some(line),
            _ => {}
        }
        starts = opened.is_none() && (b == delimiter || b == b'\n');
        line += u32::from(b == b'\n');
    }
    opened
}

/// Line ends at the start: the reader counts a row from the blank lines before it.
fn blank_lines(bytes: &[u8]) -> u32 {
    bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bom_quotes_and_decomposed_text_are_read() {
        let text = "\u{feff}ma,te\u{302}n\nKS1,\"Khu 5, xa\u{303} Sơn Vi\"\n\n  KS2 ,\"hai\ndòng\"\nKS3,x\n";
        let (table, findings) = read_csv("h.csv", text.as_bytes());
        assert_eq!(findings, []);
        assert_eq!(table.columns, ["ma", "tên"]);
        assert_eq!(table.records[0].cells, ["KS1", "Khu 5, xã Sơn Vi"]);
        assert_eq!((table.records[1].line, table.records[1].cells[0].as_str()), (4, "KS2"));
        assert_eq!(table.records[2].line, 6);
    }

    #[test]
    fn records_are_kept_by_number_and_by_what_they_say() {
        let table = || read_csv("h.csv", "te\u{302}n,ma\nHoà,1\nHồ,2\nHoà,3\n".as_bytes()).0;
        let numbers = |table: &Table| table.records.iter().map(|r| r.number).collect::<Vec<_>>();
        let mut some = table();
        assert_eq!((some.keep_where("tên", " Hoà "), numbers(&some)), (Ok(()), vec![1, 3]));
        assert_eq!((some.keep_range(2, 3), numbers(&some)), (Ok(()), vec![3]));
        assert_eq!(table().keep_range(2, 4), Err(Problem::RecordsBeyond { first: 2, last: 4, records: 3 }));
        let mut one = table();
        assert_eq!((one.keep_range(2, 2), numbers(&one)), (Ok(()), vec![2]));
        assert!(matches!(one.keep_where("tên", "Hoà"), Err(Problem::NoMatch { .. })));
        assert!(matches!(table().keep_where("ten", "Hoà"), Err(Problem::UnknownName { kind: Kind::Column, .. })));
    }

    #[test]
    fn short_and_long_rows_are_found_with_their_lines() {
        let (_, findings) = read_csv("h.csv", b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n");
        let told: Vec<_> = findings.iter().map(|f| (f.code(), f.place.spot.at.line, f.place.record)).collect();
        assert_eq!(told, [("short-row", 2, Some(1)), ("long-row", 4, Some(3))]);
    }

    #[test]
    fn a_quote_left_open_is_told_where_it_opens() {
        for (text, line) in [("a,b\n1,\"2\n3,4\n", 2), ("a,b\n1,2\n\"3,4\n5,\"6\"\n", 3), ("a,b\n1,\"x\"y\n", 2)] {
            let findings = read_csv("h.csv", text.as_bytes()).1;
            assert_eq!(findings.iter().map(|f| (f.code(), f.place.spot.at.line)).collect::<Vec<_>>(), [("open-quote", line)], "{text:?}");
        }
        assert_eq!(read_csv("h.csv", b"a,b\n\"1 \"\"x\"\"\",\"2\n3\"\n").1, []);
    }

    #[test]
    fn semicolons_and_tabs_part_cells_too() {
        for text in ["a;b\n1,5;2\n", "a\tb\n1,5\t2\n"] {
            let (table, findings) = read_csv("h.csv", text.as_bytes());
            assert_eq!((findings.len(), table.columns.len(), table.records[0].cells[0].as_str()), (0, 2, "1,5"));
        }
    }

    #[test]
    fn an_empty_table_is_a_finding() {
        for text in ["", "a,b\n", "\n\n"] {
            assert_eq!(read_csv("h.csv", text.as_bytes()).1[0].code(), "no-records", "{text:?}");
        }
    }
}
