//! Workbooks that no writer makes by itself: wide, false, hostile. Each is put together here from a few lines of XML.

use std::io::{Cursor, Write};
use toroi::data::{Record, Refused, Source, Table, read};
use toroi::diag::{Finding, Problem, any_error};
use toroi::limits::Limit;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;

/// A zip of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet: what stands in `sheetData`, what follows it, and further parts.
fn workbook(rows: &str, after: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: u32, kind: &str, target: &str| format!(r#"<Relationship Id="rId{id}" Type="{office}/{kind}" Target="{target}"/>"#);
    let relations = |all: &str| {
        format!(r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#)
    };
    let book =
        format!(r#"{HEAD}<workbook {MAIN} xmlns:r="{office}"><sheets><sheet name="Xe" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
    let sheet = format!("{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>");
    let roots = relations(&relation(1, "officeDocument", "xl/workbook.xml"));
    let parts = relations(
        &(relation(1, "worksheet", "worksheets/sheet1.xml")
            + &relation(2, "sharedStrings", "sharedStrings.xml")
            + &relation(3, "styles", "styles.xml")),
    );
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", roots.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    all.extend_from_slice(more);
    packed(&all)
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

fn row(number: u32, cells: &str) -> String {
    format!(r#"<row r="{number}">{cells}</row>"#)
}

fn table(bytes: &[u8]) -> (Table, Vec<Finding>) {
    read(&Source::of("xe.xlsx", bytes))
}

fn refused(bytes: &[u8]) -> Refused {
    match table(bytes).1.as_slice() {
        [Finding { problem: Problem::TableRefused { why, .. }, .. }] => why.clone(),
        [Finding { problem: Problem::OverLimit { limit, .. }, .. }] => Refused::Over(*limit),
        other => panic!("{other:?}"),
    }
}

/// What a sheet calls its columns: A, B, …, Z, AA, …
fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

#[test]
fn a_sheet_is_read_with_its_rows_as_it_numbers_them() {
    let rows = [
        row(2, &(text("B2", " Bie\u{302}\u{309}n&#10; số ") + &text("C2", "tuyến"))),
        row(5, &(text("B5", "19B-012.34 ") + r#"<c r="C5" t="str"><f>X()</f><v>Việt Trì</v></c>"#)),
        row(6, r#"<c r="B6" s="9"/>"#),
        row(9, r#"<c r="C9" t="d"><v>2026-11-26</v></c>"#),
    ];
    let (table, findings) = table(&workbook(&rows.concat(), "", &[]));
    assert!(!any_error(&findings), "{findings:?}");
    assert_eq!(table.columns, ["Biển số", "tuyến"]);
    let record = |number, line, cells: [&str; 2]| Record { number, line, cells: cells.map(String::from).to_vec() };
    assert_eq!(table.records, [record(1, 5, ["19B-012.34", "Việt Trì"]), record(2, 9, ["", "26/11/2026"])]);
}

#[test]
fn three_hundred_columns_are_read() {
    let cells = |number: u32, of: &str| (0..300).map(|n| text(&format!("{}{number}", letters(n)), &format!("{of}{n}"))).collect::<String>();
    let (table, findings) = table(&workbook(&(row(1, &cells(1, "c")) + &row(2, &cells(2, "v"))), "", &[]));
    assert_eq!((findings, table.columns.len(), table.records[0].cells[299].as_str()), (vec![], 300, "v299"));
}

#[test]
fn merged_cells_beside_the_table_are_nobodys_business() {
    let rows = row(1, &text("A1", "DANH SÁCH")) + &row(3, &(text("A3", "a") + &text("B3", "b"))) + &row(4, &text("A4", "1"));
    let merges = r#"<mergeCells count="3"><mergeCell ref="A1:F1"/><mergeCell ref="D4:D9"/><mergeCell ref="A7:B7"/></mergeCells>"#;
    let header = toroi::diag::Located { value: 3, spot: toroi::diag::Spot::default() };
    let bytes = workbook(&rows, merges, &[]);
    let (table, findings) = read(&Source { header: Some(&header), ..Source::of("xe.xlsx", &bytes) });
    assert_eq!((findings, table.records.len()), (vec![], 1));
}

#[test]
fn a_sheet_may_not_be_larger_than_a_list() {
    let far = row(1, &text("A1", "a")) + &row(1_048_576, &text("XFD1048576", "x"));
    let codes: Vec<_> = table(&workbook(&far, "", &[])).1.iter().map(Finding::code).collect();
    assert_eq!(codes, ["cells-beside", "no-records"]);
    let wide: String =
        row(1, &(text("A1", "a") + &text("XFD1", "b"))) + &(2..400).map(|n| row(n, &text(&format!("A{n}"), "x"))).collect::<String>();
    assert_eq!(refused(&workbook(&wide, "", &[])), Refused::Over(Limit::Cells));
    let beyond = row(1, &text("A1", "a")) + &row(1_048_577, &text("A1048577", "x"));
    assert!(matches!(refused(&workbook(&beyond, "", &[])), Refused::Over(_) | Refused::Broken(_)));
}

#[test]
fn a_file_that_unpacks_without_end_is_refused() {
    let noughts = vec![0; 600 << 20];
    assert_eq!(refused(&workbook(&row(1, &text("A1", "a")), "", &[("xl/media/x.png", &noughts)])), Refused::Over(Limit::TableUnpacked));
}

#[test]
fn a_file_that_lies_is_refused() {
    let strings = format!(r#"{HEAD}<sst {MAIN} count="1" uniqueCount="99999999999999"><si><t>a</t></si></sst>"#);
    assert_eq!(
        refused(&workbook(&row(1, r#"<c r="A1" t="s"><v>0</v></c>"#), "", &[("xl/sharedStrings.xml", strings.as_bytes())])),
        Refused::Over(Limit::Cells)
    );
    for cell in
        [text("AAAAAAAAAAAAAAAA1", "a"), text("A99999999999999999999", "a"), r#"<c r="A1" t="s"><v>7</v></c>"#.into(), "<c><v>".into()]
    {
        assert!(matches!(refused(&workbook(&row(1, &cell), "", &[])), Refused::Broken(_) | Refused::Over(_)), "{cell}");
    }
    assert!(matches!(refused(&packed(&[("hello.txt", b"x")])), Refused::Broken(_)));
    assert!(matches!(refused(b"PK\x03\x04"), Refused::Broken(_)));
}

#[test]
fn a_damaged_workbook_is_never_a_crash() {
    let rows =
        row(1, &(text("A1", "a") + &text("B1", "b"))) + &row(2, r#"<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="e"><v>#N/A</v></c>"#);
    for width in [1, 3, 9] {
        for start in (0..rows.len() - width).step_by(width) {
            if let (Some(before), Some(after)) = (rows.get(..start), rows.get(start + width..)) {
                table(&workbook(&format!("{before}{after}"), "", &[]));
            }
        }
    }
    let whole = workbook(&rows, "", &[]);
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        table(&bytes);
    }
}
