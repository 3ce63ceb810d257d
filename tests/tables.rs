//! Workbooks that no writer makes by itself: wide, false, hostile. Each is put together here from a few lines of XML.

use std::io::{Cursor, Write};
use toroi::data::{Record, Refused, Source, Table, read};
use toroi::diag::{Finding, Problem, any_error};
use toroi::limits::{Limit, Limits};
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

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relation(id: u32, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="rId{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

/// A workbook of one sheet: what stands in `sheetData`, what follows it, and further parts.
fn workbook(rows: &str, after: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    book(r#"<sheet name="Xe" sheetId="1" r:id="rId1"/>"#, &relation(1, "worksheet", "worksheets/sheet1.xml"), rows, after, more)
}

/// A workbook of these sheets, by these relations; the first part holds these rows.
fn book(sheets: &str, related: &str, rows: &str, after: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let relations = |all: &str| {
        format!(r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#)
    };
    let book = format!(r#"{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>"#);
    let sheet = format!("{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>");
    let roots = relations(&relation(1, "officeDocument", "xl/workbook.xml"));
    let others = relation(98, "sharedStrings", "sharedStrings.xml") + &relation(99, "styles", "styles.xml");
    let parts = relations(&(related.to_string() + &others));
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

fn within(bytes: &[u8], limit: Limit, most: u64) -> (Table, Vec<Finding>) {
    read(&Source { limits: Limits::default().with(limit, most), ..Source::of("xe.xlsx", bytes) })
}

fn is_over(told: &(Table, Vec<Finding>), limit: Limit) -> bool {
    matches!(told.1.as_slice(), [Finding { problem: Problem::OverLimit { limit: met, .. }, .. }] if *met == limit)
}

fn is_broken(bytes: &[u8]) -> bool {
    matches!(table(bytes).1.as_slice(), [Finding { problem: Problem::TableRefused { why: Refused::Broken(_), .. }, .. }])
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
fn a_merged_header_is_told_however_many_cells_are_merged_below() {
    let merge = |n: u32| format!(r#"<mergeCell ref="A{n}:B{n}"/>"#);
    let merges = format!("<mergeCells>{}{}</mergeCells>", (2..1_200).map(merge).collect::<String>(), merge(1));
    let rows: String =
        row(1, &(text("A1", "a") + &text("C1", "b"))) + &(2..1_200).map(|n| row(n, &text(&format!("A{n}"), "x"))).collect::<String>();
    let (_, findings) = table(&workbook(&rows, &merges, &[]));
    assert!(findings.iter().any(|f| matches!(f.problem, Problem::MergedCells { header: true, .. })));
    assert_eq!(findings.len(), 1_000);
}

#[test]
fn a_sheet_may_not_be_larger_than_a_list() {
    let far = row(1, &text("A1", "a")) + &row(1_048_576, &text("XFD1048576", "x"));
    let codes: Vec<_> = table(&workbook(&far, "", &[])).1.iter().map(Finding::code).collect();
    assert_eq!(codes, ["cells-beside", "no-records"]);
    let wide: String =
        row(1, &(text("A1", "a") + &text("XFD1", "b"))) + &(2..400).map(|n| row(n, &text(&format!("A{n}"), "x"))).collect::<String>();
    assert!(is_over(&table(&workbook(&wide, "", &[])), Limit::Cells));
    for beyond in [row(1_048_577, &text("A1048577", "x")), row(2, &text("XFE2", "x"))] {
        assert!(is_broken(&workbook(&(row(1, &text("A1", "a")) + &beyond), "", &[])), "{beyond}");
    }
}

#[test]
fn a_file_that_unpacks_without_end_is_refused() {
    let noughts = vec![0; 600 << 20];
    assert!(is_over(&table(&workbook(&row(1, &text("A1", "a")), "", &[("xl/media/x.png", &noughts)])), Limit::TableUnpacked));
}

#[test]
fn no_limit_is_named_that_would_not_help() {
    let names: Vec<String> = (0..10_001).map(|n| format!("{n}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(is_broken(&workbook(&row(1, &text("A1", "a")), "", &files)));
}

/// A table of texts that several cells share.
fn shared(texts: &str) -> Vec<u8> {
    format!("{HEAD}<sst {MAIN}>{texts}</sst>").into_bytes()
}

/// So many rows of one cell.
fn rows(count: u32, cell: &str) -> String {
    (1..=count).map(|n| row(n, &cell.replace("A1", &format!("A{n}")))).collect()
}

#[test]
fn a_text_costs_as_much_as_the_cells_that_show_it() {
    let texts = shared(&format!("<si><t>{}</t></si>", "x".repeat(1_000)));
    let bytes = workbook(&rows(100, r#"<c r="A1" t="s"><v>0</v></c>"#), "", &[("xl/sharedStrings.xml", &texts)]);
    assert!(is_over(&within(&bytes, Limit::TableUnpacked, 99_999), Limit::TableUnpacked));
    assert_eq!(within(&bytes, Limit::TableUnpacked, 100_000).0.records.len(), 99);
}

/// Styles: what stands before the formats of cells, and these.
fn styles(before: &str, formats: &str) -> Vec<u8> {
    format!("{HEAD}<styleSheet {MAIN}>{before}<cellXfs>{formats}</cellXfs></styleSheet>").into_bytes()
}

#[test]
fn a_format_costs_as_much_as_the_cells_that_have_it() {
    let code = format!("[&gt;5]{}", "0".repeat(900));
    let styles = styles(
        &format!(r#"<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>"#),
        r#"<xf numFmtId="0"/><xf numFmtId="200" applyNumberFormat="1"/>"#,
    );
    let bytes = workbook(&rows(100, r#"<c r="A1" s="1"><v>7</v></c>"#), "", &[("xl/styles.xml", &styles)]);
    assert!(is_over(&within(&bytes, Limit::TableUnpacked, 50_000), Limit::TableUnpacked));
    assert_eq!(within(&bytes, Limit::TableUnpacked, 100_000).0.records.len(), 99);
}

#[test]
fn formulas_without_a_value_are_cells() {
    let bytes = workbook(&rows(100, r#"<c r="A1"><f>X()</f></c>"#), "", &[]);
    assert!(is_over(&within(&bytes, Limit::Cells, 99), Limit::Cells));
}

#[test]
fn styles_cost_what_a_reader_keeps_of_them() {
    let font = format!(r#"<fonts><font><name val="{}"/></font></fonts>"#, "x".repeat(10_000));
    let styles = styles(&font, &r#"<xf fontId="0"/>"#.repeat(100));
    let bytes = workbook(&rows(2, r#"<c r="A1" s="1"><v>7</v></c>"#), "", &[("xl/styles.xml", &styles)]);
    assert!(is_over(&within(&bytes, Limit::TableUnpacked, 500_000), Limit::TableUnpacked));
    assert_eq!(within(&bytes, Limit::TableUnpacked, 2_000_000).0.records.len(), 1);
}

#[test]
fn texts_cost_what_a_reader_keeps_of_them() {
    let texts = shared(&"<si/>".repeat(2_000));
    let bytes = workbook(&rows(2, &text("A1", "a")), "", &[("xl/sharedStrings.xml", &texts)]);
    assert!(is_over(&within(&bytes, Limit::TableUnpacked, 20_000), Limit::TableUnpacked));
    assert_eq!(within(&bytes, Limit::TableUnpacked, 100_000).0.records.len(), 1);
}

#[test]
fn each_sheet_has_a_part_of_its_own() {
    let sheet = |n: u32, id: u32| format!(r#"<sheet name="{n}" sheetId="{n}" r:id="rId{id}"/>"#);
    let related = |paths: [&str; 2]| relation(1, "worksheet", paths[0]) + &relation(2, "worksheet", paths[1]);
    let two = |ids: [u32; 2], paths| {
        let empty = format!("{HEAD}<worksheet {MAIN}><sheetData/></worksheet>");
        book(
            &(sheet(1, ids[0]) + &sheet(2, ids[1])),
            &related(paths),
            &rows(2, &text("A1", "a")),
            "",
            &[("xl/worksheets/sheet2.xml", empty.as_bytes())],
        )
    };
    let (first, second) = ("worksheets/sheet1.xml", "worksheets/sheet2.xml");
    assert_eq!(table(&two([2, 1], [first, second])).0.records.len(), 1);
    assert!(is_broken(&two([1, 1], [first, second])));
    for same in [first, "/xl/worksheets/sheet1.xml", r"worksheets\SHEET1.xml"] {
        assert!(is_broken(&two([1, 2], [first, same])), "{same}");
    }
}

#[test]
fn a_path_costs_as_much_as_the_sheets_that_have_it() {
    let path = format!("worksheets/{}.xml", "x".repeat(10_000));
    let sheets: String = (1..=50).map(|n| format!(r#"<sheet name="{n}" sheetId="{n}" state="hidden" r:id="rId{n}"/>"#)).collect();
    let related: String = (2..=50).map(|n| relation(n, "worksheet", &format!("{n}"))).collect();
    let bytes = book(&sheets, &(relation(1, "worksheet", &path) + &related), "", "", &[]);
    assert!(is_over(&within(&bytes, Limit::TableUnpacked, 400_000), Limit::TableUnpacked));
    assert_eq!(within(&bytes, Limit::TableUnpacked, 2_000_000).1[0].code(), "no-records");
}

#[test]
fn a_file_that_lies_is_refused() {
    let promise = |head: &str, count: u64, p: &str| {
        let strings = format!(
            r#"{head}<{p}sst xmlns{q}="x" count="1" uniqueCount="{count}"><{p}si><{p}t>a</{p}t></{p}si></{p}sst>"#,
            q = ["", ":x"][p.len() / 2]
        );
        workbook(&rows(2, r#"<c r="A1" t="s"><v>0</v></c>"#), "", &[("xl/sharedStrings.xml", strings.as_bytes())])
    };
    for (head, count, prefix) in [
        (HEAD, 99_999_999_999_999, ""),
        (HEAD, 100_000_000_000, "x:"),
        (r#"<!--uniqueCount="1"-->"#, 100_000_000_000, ""),
        (r#"<?x uniqueCount="1"?>"#, 100_000_000_000, ""),
        (r#"<!DOCTYPE sst [<!ENTITY x "uniqueCount='1'">]>"#, 100_000_000_000, ""),
        (&format!("<!--{}-->", "x".repeat(5_000)), 100_000_000_000, ""),
        (r#"<x uniqueCount="1"/>"#, 100_000_000_000, ""),
    ] {
        assert!(is_broken(&promise(head, count, prefix)), "{head} {count} {prefix}");
    }
    // Some writers count each cell.
    assert_eq!(table(&promise(HEAD, 1_000, "")).0.records.len(), 1);
    for cell in
        [text("AAAAAAAAAAAAAAAA1", "a"), text("A99999999999999999999", "a"), r#"<c r="A1" t="s"><v>7</v></c>"#.into(), "<c><v>".into()]
    {
        assert!(is_broken(&workbook(&row(1, &cell), "", &[])), "{cell}");
    }
    assert!(is_broken(&packed(&[("hello.txt", b"x")])));
    assert!(is_broken(b"PK\x03\x04"));
}

/// A workbook of OpenDocument: what stands in it.
fn ods(content: &str) -> Vec<u8> {
    packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", format!("<x>{content}</x>").as_bytes())])
}

fn ods_row(attributes: &str, cell: &str, text: &str) -> String {
    format!(
        "<table:table-row {attributes}><table:table-cell office:value-type=\"string\" {cell}><text:p>{text}</text:p></table:table-cell></table:table-row>"
    )
}

#[test]
fn what_is_repeated_costs_as_much_as_if_it_were_written() {
    let told = |rows: &str, limit, most| {
        let bytes = ods(&format!("<table:table table:name=\"A\">{}{rows}</table:table>", ods_row("", "", "a")));
        read(&Source { limits: Limits::default().with(limit, most), ..Source::of("xe.ods", &bytes) })
    };
    let text = "x".repeat(1_000);
    let rows = ods_row("table:number-rows-repeated=\"100\"", "", &text);
    assert!(is_over(&told(&rows, Limit::TableUnpacked, 100_000), Limit::TableUnpacked));
    assert_eq!(told(&rows, Limit::TableUnpacked, 100_001).0.records.len(), 100);
    assert!(is_over(&told(&rows, Limit::Cells, 100), Limit::Cells));
    let spaces = ods_row("", "", &format!("x{}x", "<text:s text:c=\"1000\"/>".repeat(10)));
    assert!(is_over(&told(&spaces, Limit::TableUnpacked, 10_002), Limit::TableUnpacked));
    assert_eq!(told(&spaces, Limit::TableUnpacked, 10_003).0.records.len(), 1);
    for beyond in [
        ods_row("table:number-rows-repeated=\"4000000000\"", "", "x"),
        ods_row("", "table:number-columns-repeated=\"16385\"", "x"),
        format!("<table:table-row table:number-rows-repeated=\"4294967295\"/>{}", ods_row("", "", "x")),
    ] {
        let findings = told(&beyond, Limit::Cells, 4_000_000).1;
        assert!(matches!(&findings[..], [Finding { problem: Problem::TableRefused { why: Refused::Broken(_), .. }, .. }]), "{findings:?}");
    }
    let many = ods(&"<table:table/>".repeat(10_001));
    assert!(matches!(&read(&Source::of("xe.ods", &many)).1[..], [Finding { problem: Problem::TableRefused { .. }, .. }]));
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
