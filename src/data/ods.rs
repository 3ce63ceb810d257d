//! Sheets of OpenDocument (`.ods`). Each cell holds what it shows as text beside its value; only where a writer leaves
//! that out is the value itself put into words.

use super::dates::of_iso;
use super::numbers::{general, shown};
use super::workbook::{Found, MOST_COLUMNS, MOST_FILES, MOST_ROWS, Room, Sheet, Value, broken, is_called, is_rounded};
use super::{Refused, Stop};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::ops::Range;
use zip::ZipArchive;

/// Reads a sheet by its name, or the first visible one that shows anything.
pub(super) fn read(mut archive: ZipArchive<Cursor<&[u8]>>, wanted: Option<&str>, room: Room) -> Result<Found, Stop> {
    if part(&mut archive, "META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Refused::Locked.into());
    }
    let content = part(&mut archive, "content.xml")?;
    let mut names = Vec::new();
    for (sheet, visible) in sheets(&content, room)? {
        let chosen = wanted.map_or(visible && !sheet.cells.is_empty(), |wanted| is_called(&sheet.name, wanted));
        if chosen {
            return Ok(Found::Sheet(sheet));
        }
        names.push(sheet.name);
    }
    Ok(Found::None(names))
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Refused> {
    let mut text = String::new();
    archive.by_name(name).map_err(broken)?.read_to_string(&mut text).map_err(broken)?;
    Ok(text)
}

/// The sheets of a document in order, and whether they are shown.
fn sheets(content: &str, mut room: Room) -> Result<Vec<(Sheet, bool)>, Stop> {
    let mut xml = Reader::from_str(content);
    xml.config_mut().expand_empty_elements = true;
    let mut sheets: Vec<(Sheet, bool)> = Vec::new();
    let (mut style, mut hidden) = (String::new(), HashSet::new());
    let (mut at, mut row) = (0_u32, Row::default());
    loop {
        match xml.read_event().map_err(broken)? {
            Event::Start(e) => match e.name().as_ref() {
                "style:style" => style = attribute(&e, "style:name").unwrap_or_default(),
                "style:table-properties" if attribute(&e, "table:display").as_deref() == Some("false") => {
                    hidden.insert(std::mem::take(&mut style));
                }
                "table:table" if sheets.len() == MOST_FILES => return Err(broken(format!("{} sheets", MOST_FILES + 1)).into()),
                "table:table" => {
                    let name = attribute(&e, "table:name").unwrap_or_default();
                    let visible = attribute(&e, "table:style-name").is_none_or(|style| !hidden.contains(&style));
                    sheets.push((Sheet { name, ..Sheet::default() }, visible));
                    at = 0;
                }
                "table:table-row" => row = Row { repeated: count(&e, "table:number-rows-repeated"), ..Row::default() },
                "table:table-cell" | "table:covered-table-cell" => {
                    let said = Said::of(&e);
                    let text = text(&mut xml, &room)?;
                    row.take(&said, &text, &room)?;
                }
                _ => {}
            },
            Event::End(e) if e.name().as_ref() == "table:table-row" => {
                let Some((sheet, _)) = sheets.last_mut() else { continue };
                row.add_to(sheet, at, &mut room)?;
                at = at.saturating_add(row.repeated);
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A row while it is read: of its cells those that hold something, so that the others cost nothing where it repeats.
#[derive(Default)]
struct Row {
    repeated: u32,
    columns: u32,
    filled: Vec<Filled>,
    /// Of the texts of these.
    bytes: u64,
}

struct Filled {
    columns: Range<u32>,
    /// Rows and columns that it takes.
    spans: (u32, u32),
    value: Value,
}

impl Row {
    /// Takes the next cell.
    fn take(&mut self, said: &Said, text: &str, room: &Room) -> Result<(), Stop> {
        let columns = self.columns..self.columns.saturating_add(said.repeated);
        self.columns = columns.end;
        if let Some(value) = said.value(text) {
            if columns.end > MOST_COLUMNS {
                return Err(broken("columns").into());
            }
            self.bytes += value.bytes();
            room.hold(self.bytes)?;
            self.filled.push(Filled { columns, spans: said.spans, value });
        }
        Ok(())
    }

    /// Adds it as often as it repeats.
    fn add_to(&self, sheet: &mut Sheet, at: u32, room: &mut Room) -> Result<(), Stop> {
        if self.filled.is_empty() {
            return Ok(());
        }
        let end = at.saturating_add(self.repeated);
        if end > MOST_ROWS {
            return Err(broken("rows").into());
        }
        for row in at..end {
            for Filled { columns, spans, value } in &self.filled {
                for column in columns.clone() {
                    sheet.push((row, column), value.clone(), room)?;
                    if *spans != (1, 1) {
                        let last = (row.saturating_add(spans.0 - 1), column.saturating_add(spans.1 - 1));
                        sheet.merges.push([(row, column), last]);
                    }
                }
            }
        }
        Ok(())
    }
}

/// What a cell says of itself.
struct Said {
    repeated: u32,
    /// Rows and columns that it takes.
    spans: (u32, u32),
    kind: String,
    value: String,
    formula: bool,
    error: bool,
}

impl Said {
    fn of(e: &BytesStart<'_>) -> Said {
        let kind = attribute(e, "office:value-type").unwrap_or_default();
        let named = match kind.as_str() {
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            "string" => "office:string-value",
            _ => "office:value",
        };
        Said {
            repeated: count(e, "table:number-columns-repeated"),
            spans: (count(e, "table:number-rows-spanned"), count(e, "table:number-columns-spanned")),
            value: attribute(e, named).unwrap_or_default(),
            kind,
            formula: attribute(e, "table:formula").is_some(),
            error: attribute(e, "calcext:value-type").as_deref() == Some("error"),
        }
    }

    /// What a cell with this text holds; nothing where it is empty.
    fn value(&self, text: &str) -> Option<Value> {
        let text = text.trim();
        let scientific = self.kind == "float" && text.contains('E') && text.replace(',', ".").parse::<f64>().is_ok();
        if self.error || self.formula && (text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A'])) {
            return Some(Value::Error(text.into()));
        }
        if matches!(self.kind.as_str(), "float" | "currency") && self.value.parse().is_ok_and(is_rounded) {
            return Some(Value::Rounded);
        }
        if !text.is_empty() && !scientific {
            return Some(Value::Text(text.into()));
        }
        let number = || self.value.parse::<f64>().ok().map(general);
        let said = match self.kind.as_str() {
            "float" | "currency" => number(),
            "percentage" => self.value.parse().ok().and_then(|share| shown(share, "0.##%", false).ok()),
            "date" => of_iso(&self.value).and_then(|days| shown(days.floor(), "dd/mm/yyyy", false).ok()),
            "boolean" => Some(self.value.to_uppercase()),
            _ => None,
        };
        let said = said.unwrap_or_else(|| self.value.trim().to_string());
        match said.is_empty() {
            false => Some(Value::Text(said)),
            true if self.formula && self.kind.is_empty() => Some(Value::Unworked),
            true => None,
        }
    }
}

/// The text of a cell up to its end: paragraphs on lines of their own, notes left out.
fn text(xml: &mut Reader<&[u8]>, room: &Room) -> Result<String, Stop> {
    let (mut out, mut depth, mut note, mut paragraphs) = (String::new(), 0, None, 0);
    loop {
        room.hold(out.len() as u64)?;
        match xml.read_event().map_err(broken)? {
            Event::Start(e) => {
                depth += 1;
                match e.name().as_ref() {
                    "office:annotation" => note = note.or(Some(depth)),
                    _ if note.is_some() => {}
                    "text:p" => {
                        out.push_str(if paragraphs > 0 { "\n" } else { "" });
                        paragraphs += 1;
                    }
                    "text:s" => out.extend(std::iter::repeat_n(' ', count(&e, "text:c").min(1000) as usize)),
                    "text:tab" => out.push('\t'),
                    "text:line-break" => out.push('\n'),
                    _ => {}
                }
            }
            Event::End(_) if depth == 0 => return Ok(out),
            Event::End(_) => {
                note = note.filter(|of| *of != depth);
                depth -= 1;
            }
            Event::Text(text) if note.is_none() && paragraphs > 0 => out.push_str(&text.xml10_content()),
            Event::CData(text) if note.is_none() && paragraphs > 0 => out.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if note.is_none() => match name.resolve_char_ref().map_err(broken)? {
                Some(c) => out.push(c),
                None => out.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::Eof => return Err(broken("content.xml").into()),
            _ => {}
        }
    }
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e.try_get_attribute(name).ok()??;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// How many of something; one where it is not said.
fn count(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &str) -> Vec<String> {
        let content = format!("<x><table:table table:name=\"A\">{rows}</table:table></x>");
        let Ok(mut sheets) = sheets(&content, Room { cells: 100, bytes: 1_000 }) else { panic!("{content}") };
        let (sheet, _) = sheets.remove(0);
        sheet.cells.iter().map(|cell| format!("{:?} {:?}", cell.at, cell.value)).collect()
    }

    #[test]
    fn a_cell_is_what_it_shows() {
        let said = cells(
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>0007</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><office:annotation><text:p>n</text:p></office:annotation>\
             <text:p>A &amp; <text:span>B</text:span></text:p><text:p>C</text:p></table:table-cell></table:table-row>\
             <table:table-row table:number-rows-repeated=\"9\"><table:table-cell/></table:table-row>\
             <table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-26\"/>\
             <table:table-cell office:value-type=\"float\" office:value=\"1E14\"><text:p>1E+14</text:p></table:table-cell>\
             <table:table-cell table:formula=\"of:=X()\" calcext:value-type=\"error\" office:value-type=\"string\" office:string-value=\"\"><text:p>#NAME?</text:p></table:table-cell>\
             <table:table-cell table:formula=\"of:=1\"/></table:table-row>",
        );
        let text = |at: &str, text: &str| format!("{at} Text({text:?})");
        let expected = [
            text("(0, 0)", "0007"),
            text("(0, 1)", "A & B\nC"),
            text("(0, 2)", "A & B\nC"),
            text("(10, 0)", "26/11/2026"),
            text("(10, 1)", "100000000000000"),
            "(10, 2) Error(\"#NAME?\")".into(),
            "(10, 3) Unworked".into(),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn cells_that_hold_nothing_are_not_kept() {
        let room = Room { cells: 100, bytes: 100 };
        let said =
            |kind: &str, repeated| Said { repeated, spans: (1, 1), kind: kind.into(), value: String::new(), formula: false, error: false };
        let mut row = Row { repeated: 3, ..Row::default() };
        for (kind, repeated, text) in [("", 10_000, ""), ("string", 2, " "), ("string", 2, "x"), ("", 4_000_000_000, "")] {
            assert!(row.take(&said(kind, repeated), text, &room).is_ok());
        }
        assert_eq!(row.filled.iter().map(|filled| (filled.columns.start, filled.columns.end)).collect::<Vec<_>>(), [(10_002, 10_004)]);
    }
}
