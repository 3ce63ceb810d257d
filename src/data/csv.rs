//! CSV (RFC 4180): cells parted by commas, semicolons or tabs.

use super::{Draft, MOST_NAMED, Refused, Source, Stop, cell, encoding};
use crate::diag::{Problem, beginning};
use crate::limits::Limit;
use csv::StringRecord;

/// Reads a table with a header row.
pub(super) fn read(source: &Source<'_>, draft: &mut Draft) -> Result<(), Stop> {
    let (text, ansi) = encoding::decode(source.bytes).ok_or(Refused::Encoding)?;
    if ansi {
        draft.report(0, Problem::ReadAsAnsi { path: source.file.into() });
    }
    if let Some((line, word)) = encoding::lost(&text) {
        draft.report(line, Problem::LettersLost { word: beginning(word) });
    }
    let bytes = text.as_bytes();
    let said = said_delimiter(bytes);
    let named = source.header.map_or(if said.is_some() { 2 } else { 1 }, |header| header.value);
    let delimiter = said.unwrap_or_else(|| delimiter(bytes, named));
    if let Some(line) = open_quote(bytes, delimiter) {
        draft.report(line, Problem::OpenQuote);
        return Ok(());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut separators = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, |p| p.line() as u32);
                draft.report(line, Problem::BadCsv { detail: e.to_string() });
                break;
            }
        };
        let line = row.position().map_or(0, |p| p.line() as u32 + blank_lines(&bytes[p.byte() as usize..]));
        if line < named || row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // A cell takes more room than the sign before it.
        if row.len() as u64 > draft.limits.of(Limit::Cells) {
            return Err(Stop::Over(Limit::Cells));
        }
        let cells: Vec<String> = row.iter().map(cell).collect();
        if draft.table.columns.is_empty() {
            if source.header.is_some_and(|header| header.value != line) {
                break;
            }
            draft.name_columns(line, cells.into_iter())?;
            continue;
        }
        let (expected, found) = (draft.table.columns.len(), cells.len());
        let short = (found < expected).then(|| read_as(&draft.table.columns, &cells));
        let number = draft.push(line, cells)?;
        if let Some(rows) = other_separator(&row, delimiter, expected) {
            if !separators.contains(&rows) {
                separators.push(rows);
                draft.report(line, Problem::OtherSeparator { header: char::from(delimiter), rows });
            }
        } else if found != expected {
            let problem = match short {
                Some(read_as) => Problem::ShortRow { expected, found, read_as },
                None => Problem::LongRow { expected, found },
            };
            draft.report_record(line, number, problem);
        }
    }
    if draft.table.columns.is_empty()
        && let Some(header) = source.header
    {
        draft.no_header(header);
    }
    Ok(())
}

/// The first columns, and what a row that is too short has in them.
fn read_as(columns: &[String], cells: &[String]) -> Vec<(String, String)> {
    let cells = cells.iter().map(|cell| beginning(cell)).chain(std::iter::repeat("–".to_string()));
    columns.iter().map(|column| beginning(column)).zip(cells).take(MOST_NAMED).collect()
}

/// The sign that parts a row, where it is another than that of the header.
fn other_separator(row: &StringRecord, delimiter: u8, expected: usize) -> Option<char> {
    let count = |sign: char| row.iter().map(|cell| cell.matches(sign).count()).sum::<usize>();
    let others = [',', ';', '\t'].into_iter().filter(|sign| u32::from(*sign) != u32::from(delimiter));
    (row.len() < expected).then(|| others.into_iter().find(|sign| expected > 1 && count(*sign) + 1 >= expected)).flatten()
}

/// What the first line says of it, `sep=;`, as some programs write for Excel.
fn said_delimiter(bytes: &[u8]) -> Option<u8> {
    match bytes.strip_prefix(b"sep=")? {
        [sign @ (b',' | b';' | b'\t'), b'\r' | b'\n', ..] => Some(*sign),
        _ => None,
    }
}

/// What parts the cells: the sign that the header has most of. Excel writes semicolons where the comma
/// is the decimal sign, as in Vietnam.
fn delimiter(bytes: &[u8], header: u32) -> u8 {
    let mut lines = bytes.split(|b| *b == b'\n').skip(header as usize - 1);
    let header = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
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
    use crate::data::{Source, Table, read};
    use crate::diag::{Finding, Located, Spot};

    fn read_csv(file: &str, bytes: &[u8]) -> (Table, Vec<Finding>) {
        read(&Source::of(file, bytes))
    }

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

    #[test]
    fn a_first_line_may_say_what_parts_the_cells() {
        let (table, findings) = read_csv("h.csv", b"sep=;\r\na;b,c,d\r\n1;2\r\n");
        assert_eq!((findings.len(), table.columns, table.records[0].line), (0, vec!["a".to_string(), "b,c,d".into()], 3));
    }

    #[test]
    fn names_of_columns_are_on_one_line() {
        let text = "\" Bie\u{302}\u{309}n \r\n  số\",Tuyến\n1,2\n";
        assert_eq!(read_csv("h.csv", text.as_bytes()).0.columns, ["Biển số", "Tuyến"]);
    }

    #[test]
    fn the_header_may_stand_below_a_title() {
        let text = b"Danh s\xc3\xa1ch, th\xc3\xa1ng 8\n\na;b\n1,5;2\n";
        let header = |value| Located { value, spot: Spot::default() };
        let (table, findings) = read(&Source { header: Some(&header(3)), ..Source::of("h.csv", text) });
        assert_eq!((findings, table.columns, table.records[0].line), (vec![], vec!["a".to_string(), "b".into()], 4));
        for row in [2, 9] {
            assert_eq!(read(&Source { header: Some(&header(row)), ..Source::of("h.csv", text) }).1[0].code(), "empty-header", "{row}");
        }
    }

    #[test]
    fn three_hundred_columns_are_read() {
        let row = |of: &str| (1..=300).map(|n| format!("{of}{n}")).collect::<Vec<_>>().join(",");
        let (table, findings) = read_csv("h.csv", format!("{}\n{}\n", row("c"), row("v")).as_bytes());
        assert_eq!((findings.len(), table.columns.len(), table.records[0].cells[299].as_str()), (0, 300, "v300"));
    }
}
