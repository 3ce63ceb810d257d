//! Records: rows of a table by column name, from CSV, workbooks and JSON. Text is in NFC, trimmed, otherwise as written
//! or as its sheet shows it.
//!
//! ```
//! use toroi::data::{Source, read};
//!
//! let csv = "Biển số;Tuyến\n19B-012.34;Việt Trì – Hà Nội\n19B-056.78\n";
//! let (table, findings) = read(&Source::of("xe.csv", csv.as_bytes()));
//! assert_eq!(table.columns, ["Biển số", "Tuyến"]);
//! assert_eq!(table.records[0].cells, ["19B-012.34", "Việt Trì – Hà Nội"]);
//! assert_eq!((findings[0].code(), findings[0].place.spot.at.line), ("short-row", 3));
//! ```

use crate::diag::{At, Finding, Kind, Located, Problem, Spot, any_error, beginning, nearest};
use crate::limits::{Limit, Limits};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

mod checks;
mod csv;
mod dates;
mod encoding;
mod lines;
mod numbers;
mod ods;
mod promises;
mod workbook;
mod xlsx;

pub use checks::{add_serials, check};
pub(crate) use checks::{gaps, header_in_rows, trailing_rows};

/// A table of records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Path of the file.
    pub file: Arc<str>,
    /// Column names: NFC, trimmed, one space where there were several signs of space or line ends.
    pub columns: Vec<String>,
    /// The records in order.
    pub records: Vec<Record>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Number from 1, the header not counted.
    pub number: usize,
    /// Line of the file where the row starts, from 1; in a workbook the row as its sheet numbers it.
    pub line: u32,
    /// Cells in the order of the columns; more or fewer of them where the row is not whole, which has been told.
    pub cells: Vec<String>,
}

/// A file of records.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Path of the file; its ending says what kind of table it is.
    pub file: &'a str,
    /// Content.
    pub bytes: &'a [u8],
    /// The sheet of a workbook; its first one that shows anything where there is none.
    pub sheet: Option<&'a Located<String>>,
    /// The row that names the columns, from 1, and where that is said; the first with anything in it where there is none.
    pub header: Option<&'a Located<u32>>,
    /// What it may cost.
    pub limits: Limits,
}

impl<'a> Source<'a> {
    /// A file of which nothing more is said.
    pub fn of(file: &'a str, bytes: &'a [u8]) -> Source<'a> {
        Source { file, bytes, sheet: None, header: None, limits: Limits::default() }
    }

    /// Without words that say nothing about a file of its kind: they were meant for the file that it stands in for.
    pub(crate) fn in_place(self) -> Source<'a> {
        let form = Form::of(&ending(self.file), self.bytes).unwrap_or(Form::Csv);
        let sheet = self.sheet.filter(|_| matches!(form, Form::Xlsx | Form::Ods));
        Source { sheet, header: self.header.filter(|_| form != Form::Lines), ..self }
    }
}

/// Why a file cannot be read as a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// Its letters are in no encoding that is known.
    Encoding,
    /// A workbook of Excel 97–2003, `.xls`.
    OldWorkbook,
    /// A workbook with a password.
    Locked,
    /// A workbook in Excel's binary format, `.xlsb`.
    BinaryWorkbook,
    /// A workbook by its bytes, of this kind, though its ending says something else.
    IsWorkbook(&'static str),
    /// A zip that holds no workbook.
    Archive,
    /// A document of another kind.
    Foreign(&'static str),
    /// No workbook, though its ending says so.
    NoWorkbook,
    /// A workbook that cannot be read: why.
    Broken(String),
}

/// Why reading ends before the file does.
enum Stop {
    Refused(Refused),
    /// There is more of something than there may be.
    Over(Limit),
}

impl From<Refused> for Stop {
    fn from(why: Refused) -> Stop {
        Stop::Refused(why)
    }
}

/// Reads a table of any kind. What is wrong with it comes with its lines.
pub fn read(source: &Source<'_>) -> (Table, Vec<Finding>) {
    let mut draft = Draft::new(source.file, source.limits);
    let outcome = match Form::of(&ending(source.file), source.bytes) {
        Err(why) => Err(why.into()),
        Ok(kind) => {
            draft.judge_words(source, kind);
            match kind {
                Form::Csv => csv::read(source, &mut draft),
                Form::Lines => lines::read(source.bytes, &mut draft),
                Form::Xlsx | Form::Ods => workbook::read(source, kind == Form::Xlsx, &mut draft),
            }
        }
    };
    match outcome {
        Ok(()) => {}
        Err(Stop::Over(limit)) => {
            let problem = Problem::OverLimit { limit, of: source.file.into(), most: source.limits.of(limit) };
            draft.table = Table { file: draft.table.file, ..Table::default() };
            draft.report(0, problem);
        }
        Err(Stop::Refused(why)) => draft.report(0, Problem::TableRefused { path: source.file.into(), why }),
    }
    draft.finish()
}

fn ending(file: &str) -> String {
    file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

/// What kind of table a file is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Csv,
    Lines,
    Xlsx,
    Ods,
}

impl Form {
    /// By its ending, which its first bytes must bear out.
    fn of(ending: &str, bytes: &[u8]) -> Result<Form, Refused> {
        let form = match ending {
            "xlsx" | "xlsm" => Form::Xlsx,
            "ods" => Form::Ods,
            "xlsb" => return Err(Refused::BinaryWorkbook),
            "xls" => return Err(Refused::OldWorkbook),
            "jsonl" | "ndjson" | "json" => Form::Lines,
            _ => Form::Csv,
        };
        if bytes.starts_with(b"%PDF-") {
            return Err(Refused::Foreign("PDF"));
        }
        // A container of OLE: an old workbook, or a new one behind a password.
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            return Err(if bytes.windows(package.len()).any(|part| part == package) { Refused::Locked } else { Refused::OldWorkbook });
        }
        let holds = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
        // A zip keeps the names of its parts in plain bytes, and OpenDocument its type too.
        let really = match bytes.starts_with(b"PK\x03\x04") {
            false => None,
            true if holds(b"word/document.xml") => return Err(Refused::Foreign("Word")),
            true if holds(b"xl/workbook.bin") => return Err(Refused::BinaryWorkbook),
            true if holds(b"xl/work") => Some("xlsx"),
            true if holds(b"opendocument.spreadsheet") => Some("ods"),
            true => Some("zip"),
        };
        match (form, really) {
            (Form::Xlsx | Form::Ods, None) => Err(Refused::NoWorkbook),
            (Form::Csv | Form::Lines, Some("zip")) => Err(Refused::Archive),
            (Form::Csv | Form::Lines | Form::Ods, Some("xlsx")) => Err(Refused::IsWorkbook("xlsx")),
            (Form::Csv | Form::Lines | Form::Xlsx, Some("ods")) => Err(Refused::IsWorkbook("ods")),
            _ => Ok(form),
        }
    }
}

/// A name of a column as it is compared: NFC, trimmed, one space for any space or line end in it.
pub fn column_name(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// A name as it is compared where people mistype: without accents, capitals, spaces and dashes.
fn bare_name(name: &str) -> String {
    let letters = name.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// The column that a name was meant to be, if any is near.
pub(crate) fn nearest_column(name: &str, columns: &[String]) -> Option<String> {
    let columns = columns.iter().map(String::as_str).filter(|column| !column.is_empty() && is_short(column));
    let bare = bare_name(name);
    let same = columns.clone().find(|column| bare_name(column) == bare);
    same.map(str::to_string).or_else(|| nearest(name, columns))
}

/// Whether a name is worth comparing: each is, for every name that is looked for.
fn is_short(name: &str) -> bool {
    name.chars().nth(200).is_none()
}

/// Findings of one kind that are told of a table. Whoever mends so many reads it again.
const MOST_TOLD: usize = 1_000;
/// Names that one finding lists.
const MOST_NAMED: usize = 100;

/// Findings of a table. A fault of every row of a large one would fill the memory.
#[derive(Default)]
struct Told {
    findings: Vec<Finding>,
    of_kind: HashMap<&'static str, usize>,
}

impl Told {
    fn push(&mut self, finding: Finding) {
        let told = self.of_kind.entry(finding.code()).or_default();
        *told += 1;
        if *told <= MOST_TOLD {
            self.findings.push(finding);
        }
    }
}

/// A table that is being read.
struct Draft {
    table: Table,
    limits: Limits,
    /// Cells so far, those of the header too; a row that is too short counts as if it were whole.
    cells: u64,
    told: Told,
}

impl Draft {
    fn new(file: &str, limits: Limits) -> Draft {
        Draft { table: Table { file: file.into(), ..Table::default() }, limits, cells: 0, told: Told::default() }
    }

    fn spot(&self, line: u32) -> Spot {
        Spot { file: self.table.file.clone(), at: At { line, column: u32::from(line > 0) } }
    }

    fn report(&mut self, line: u32, problem: Problem) {
        self.told.push(Finding::at(self.spot(line), problem));
    }

    /// The same of one record.
    fn report_record(&mut self, line: u32, record: usize, problem: Problem) {
        let mut finding = Finding::at(self.spot(line), problem);
        finding.place.record = Some(record);
        self.told.push(finding);
    }

    /// Nothing stands where the columns should be named.
    fn no_header(&mut self, header: &Located<u32>) {
        let problem = Problem::EmptyHeader { row: header.value };
        self.told.push(Finding::at(header.spot.clone(), problem));
    }

    /// Says where words about the table are of no use to its kind.
    fn judge_words(&mut self, source: &Source<'_>, form: Form) {
        let sheet = source.sheet.map(|sheet| (&sheet.spot, "sheet")).filter(|_| matches!(form, Form::Csv | Form::Lines));
        let header = source.header.map(|header| (&header.spot, "header")).filter(|_| form == Form::Lines);
        for (spot, key) in sheet.into_iter().chain(header) {
            let problem = Problem::NotForTable { key: key.into(), path: source.file.into() };
            self.told.push(Finding::at(spot.clone(), problem));
        }
    }

    fn name_columns(&mut self, line: u32, names: impl Iterator<Item = String>) -> Result<(), Stop> {
        self.table.columns = names.map(|name| column_name(&name)).collect();
        self.count(self.table.columns.len())?;
        let mut seen = HashSet::new();
        let twice = self.table.columns.iter().filter(|name| !name.is_empty() && !seen.insert(*name));
        let twice: Vec<String> = twice.take(MOST_TOLD).map(|name| beginning(name)).collect();
        for column in twice {
            self.report(line, Problem::DuplicateColumn { column });
        }
        Ok(())
    }

    fn count(&mut self, cells: usize) -> Result<(), Stop> {
        self.cells += cells as u64;
        if self.cells > self.limits.of(Limit::Cells) { Err(Stop::Over(Limit::Cells)) } else { Ok(()) }
    }

    /// Takes a row of cells; its number.
    fn push(&mut self, line: u32, cells: Vec<String>) -> Result<usize, Stop> {
        let number = self.table.records.len() + 1;
        if number as u64 > self.limits.of(Limit::Records) {
            return Err(Stop::Over(Limit::Records));
        }
        self.count(cells.len().max(self.table.columns.len()))?;
        self.table.records.push(Record { number, line, cells });
        Ok(number)
    }

    fn finish(mut self) -> (Table, Vec<Finding>) {
        if self.table.records.is_empty() && !any_error(&self.told.findings) {
            self.report(0, Problem::NoRecords { path: self.table.file.to_string() });
        }
        (self.table, self.told.findings)
    }
}

/// A cell as it is kept.
fn cell(text: &str) -> String {
    text.trim().nfc().collect()
}

impl Table {
    /// Where a column of this name is, written in any normal form.
    pub fn column(&self, name: &str) -> Result<usize, Problem> {
        let name = column_name(name);
        self.columns.iter().position(|known| *known == name).ok_or_else(|| {
            let known = self.columns.iter().filter(|column| !column.is_empty()).take(MOST_NAMED).map(|column| beginning(column)).collect();
            Problem::UnknownName { kind: Kind::Column, nearest: nearest_column(&name, &self.columns), name, known }
        })
    }

    /// The record of a number, if it was not left out.
    pub fn record(&self, number: usize) -> Option<&Record> {
        self.records.binary_search_by_key(&number, |record| record.number).ok().map(|at| &self.records[at])
    }

    /// Keeps the records from one number to another, both included. Some of them may not be there.
    pub fn keep_range(&mut self, first: usize, last: usize) -> Result<(), Problem> {
        // By number, not by count: some may have been left out before.
        let records = self.records.last().map_or(0, |record| record.number);
        self.records.retain(|record| (first..=last).contains(&record.number));
        if last > records { Err(Problem::RecordsBeyond { first, last, records }) } else { Ok(()) }
    }

    /// Keeps the records with a value in a column, written in any normal form.
    pub fn keep_where(&mut self, column: &str, value: &str) -> Result<(), Problem> {
        let (at, value) = (self.column(column)?, cell(value));
        self.records.retain(|record| record.cells.get(at).is_some_and(|cell| *cell == value));
        if self.records.is_empty() { Err(Problem::NoMatch { column: column_name(column), value }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Lang;

    #[test]
    fn records_are_kept_by_number_and_by_what_they_say() {
        let table = || read(&Source::of("h.csv", "te\u{302}n,ma\nHoà,1\nHồ,2\nHoà,3\n".as_bytes())).0;
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
    fn the_ending_says_what_a_file_is_and_its_bytes_must_agree() {
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
        for (file, bytes, why) in [
            ("xe.csv", &b"PK\x03\x04 xl/workbook.xml"[..], Refused::IsWorkbook("xlsx")),
            ("xe.ods", b"PK\x03\x04 xl/workbook.xml", Refused::IsWorkbook("xlsx")),
            ("xe.json", b"PK\x03\x04 opendocument.spreadsheet", Refused::IsWorkbook("ods")),
            ("xe.xlsx", b"PK\x03\x04 opendocument.spreadsheet", Refused::IsWorkbook("ods")),
            ("xe.xlsx", b"PK\x03\x04 xl/workbook.bin", Refused::BinaryWorkbook),
            ("xe.csv", b"PK\x03\x04 word/document.xml", Refused::Foreign("Word")),
            ("xe.csv", b"%PDF-1.6", Refused::Foreign("PDF")),
            ("xe.csv", b"PK\x03\x04 x.csv", Refused::Archive),
            ("xe.xlsx", b"a,b\n1,2\n", Refused::NoWorkbook),
            ("xe.XLSX", ole, Refused::Locked),
            ("xe.csv", &ole[..20], Refused::OldWorkbook),
            ("xe.xls", b"<html>", Refused::OldWorkbook),
            ("xe.xlsb", b"PK\x03\x04", Refused::BinaryWorkbook),
        ] {
            let problem = Problem::TableRefused { path: file.into(), why };
            assert_eq!(read(&Source::of(file, bytes)).1, [Finding::at(Spot { file: file.into(), ..Spot::default() }, problem)]);
        }
    }

    /// Codes of findings, and how often each is told.
    fn counted(findings: &[Finding]) -> Vec<(&'static str, usize)> {
        findings.chunk_by(|a, b| a.code() == b.code()).map(|same| (same[0].code(), same.len())).collect()
    }

    #[test]
    fn a_fault_of_every_row_is_told_a_thousand_times() {
        let rows = |row: &str| row.repeat(1_500);
        for (file, text, code) in [
            ("h.csv", format!("a,b\n{}", rows("x\n")), "short-row"),
            ("h.csv", format!("a,b\n{}", rows("x,y,z\n")), "long-row"),
            ("h.csv", format!("{}b\nx\n", rows("a,")), "duplicate-column"),
            ("h.json", rows("{\"a\": [1]}\n"), "nested-value"),
            ("h.json", rows("1\n"), "bad-json"),
            ("h.json", format!("{{{}\"a\": 1}}\n", rows("\"a\": 1, ")), "duplicate-column"),
        ] {
            let (_, findings) = read(&Source::of(file, text.as_bytes()));
            assert_eq!(counted(&findings)[0], (code, 1_000), "{file} {code}");
        }
    }

    #[test]
    fn findings_quote_no_more_than_the_beginning_of_a_text() {
        let long = "x".repeat(10_000);
        for (file, text) in [
            ("h.csv", format!("a,{long}\n1\n{long},1,1\n{long}\n")),
            ("h.csv", format!("{long},{long}\n1,2\n")),
            ("h.json", format!("{{\"{long}\": [1]}}\n{{\"{long}\": 1, \"{long}\": 1}}\n")),
        ] {
            let (_, findings) = read(&Source::of(file, text.as_bytes()));
            let said: Vec<usize> = findings.iter().map(|f| f.message(Lang::En).len()).collect();
            assert!(!said.is_empty() && said.iter().all(|length| *length < 300), "{said:?}");
        }
        let names = format!("{}\n1\n", vec!["a"; 1_000].join(","));
        let (table, findings) = read(&Source::of("h.csv", names.as_bytes()));
        let told = |problem: &Problem| matches!(problem, Problem::ShortRow { read_as, .. } if read_as.len() == 100);
        assert!(findings.iter().any(|f| told(&f.problem) && f.message(Lang::En).ends_with("; ….")), "{:?}", findings.last());
        let Err(Problem::UnknownName { known, nearest, .. }) = table.column("xyz") else { panic!() };
        assert_eq!((known.len(), nearest), (100, None));
    }

    #[test]
    fn the_names_of_columns_are_cells() {
        let limits = |limit, most| Limits::default().with(limit, most);
        let codes = |file: &str, text: &str, limits| {
            let (table, findings) = read(&Source { limits, ..Source::of(file, text.as_bytes()) });
            (table.columns.len(), findings.iter().map(|f| f.code()).collect::<Vec<_>>())
        };
        assert_eq!(codes("h.csv", "a;b;c;d\n", limits(Limit::Cells, 3)), (0, vec!["over-limit"]));
        assert_eq!(codes("h.csv", "a;b\nx;y\n", limits(Limit::Cells, 4)), (2, vec![]));
        assert_eq!(codes("h.csv", "a;b\nx;y\n", limits(Limit::Cells, 3)), (0, vec!["over-limit"]));
        assert_eq!(codes("h.json", "{\"a\": 1, \"b\": 2}\n", limits(Limit::Cells, 4)), (2, vec![]));
        assert_eq!(codes("h.json", "{\"a\": 1, \"b\": 2}\n", limits(Limit::Cells, 3)), (0, vec!["over-limit"]));
    }

    #[test]
    fn a_name_too_long_to_be_mistyped_is_like_no_other() {
        let long = "x".repeat(1_000);
        let columns = [format!("{long}a"), "tuyến".into()];
        assert_eq!(nearest_column(&format!("{long}b"), &columns), None);
        assert_eq!(nearest_column("tuyen", &columns).as_deref(), Some("tuyến"));
        assert_eq!(nearest_column("tuyếm", &columns).as_deref(), Some("tuyến"));
    }
}
