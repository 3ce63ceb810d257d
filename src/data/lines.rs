//! JSON: an object on each line, or one list of objects. Columns are the keys in the order in which they first appear.

use super::{Draft, MOST_TOLD, Refused, Stop, cell, column_name, encoding};
use crate::diag::{Finding, Problem, beginning};
use crate::limits::Limit;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// Reads a table of objects.
pub(super) fn read(bytes: &[u8], draft: &mut Draft) -> Result<(), Stop> {
    let (text, ansi) = encoding::decode(bytes).ok_or(Refused::Encoding)?;
    if ansi {
        return Err(Refused::Encoding.into());
    }
    let mut rows = Rows { draft, known: HashMap::new(), read: 0 };
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<&RawValue>>(&text) {
            Ok(items) => {
                let (mut line, mut read) = (1, 0);
                for item in items {
                    // Each item is a part of the text.
                    let at = item.get().as_ptr() as usize - text.as_ptr() as usize;
                    line += line_ends(&text[read..at]);
                    read = at;
                    rows.take(line, item.get())?;
                }
            }
            Err(e) => rows.fault(e.line() as u32, &e),
        }
    } else {
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            rows.take(i as u32 + 1, line)?;
        }
    }
    let width = draft.table.columns.len();
    for record in draft.table.records.iter_mut().filter(|record| !record.cells.is_empty()) {
        record.cells.resize(width, String::new());
    }
    Ok(())
}

fn line_ends(text: &str) -> u32 {
    text.bytes().filter(|b| *b == b'\n').count() as u32
}

struct Rows<'d> {
    draft: &'d mut Draft,
    known: HashMap<String, usize>,
    /// Objects so far, those that hold nothing too.
    read: u64,
}

/// What is wrong, without the place.
fn words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words).to_string()
}

impl Rows<'_> {
    fn fault(&mut self, line: u32, error: &serde_json::Error) {
        let mut spot = self.draft.spot(line);
        spot.at.column = (error.column() as u32).max(1);
        self.draft.told.push(Finding::at(spot, Problem::BadJson { detail: words(error) }));
    }

    /// Takes one object.
    fn take(&mut self, line: u32, text: &str) -> Result<(), Stop> {
        let object = match serde_json::from_str::<Object<'_>>(text) {
            Ok(object) => object,
            Err(e) => {
                self.fault(line + e.line() as u32 - 1, &e);
                return Ok(());
            }
        };
        let most = self.draft.limits.of(Limit::Cells);
        if object.0.len() as u64 > most {
            return Err(Stop::Over(Limit::Cells));
        }
        self.read += 1;
        let mut cells = vec![String::new(); self.draft.table.columns.len()];
        let mut given = vec![false; cells.len()];
        let mut problems = Vec::new();
        for (key, value) in object.0 {
            problems.truncate(MOST_TOLD);
            let column = column_name(&key);
            let at = *self.known.entry(column.clone()).or_insert_with(|| {
                self.draft.table.columns.push(column.clone());
                cells.push(String::new());
                given.push(false);
                self.draft.table.columns.len() - 1
            });
            if std::mem::replace(&mut given[at], true) {
                problems.push(Problem::DuplicateColumn { column: beginning(&column) });
                continue;
            }
            match value.get().as_bytes().first() {
                Some(b'{' | b'[') => problems.push(Problem::NestedValue { column: beginning(&column) }),
                Some(b'"') => match serde_json::from_str::<String>(value.get()) {
                    Ok(text) => cells[at] = cell(&text),
                    Err(e) => problems.push(Problem::BadJson { detail: words(&e) }),
                },
                Some(b'n') => {}
                // Numbers keep the digits that they are written with.
                _ => cells[at] = value.get().to_string(),
            }
        }
        if !problems.is_empty() {
            // Rows that are not whole are told, and not looked at further.
            cells.clear();
        }
        if !problems.is_empty() || cells.iter().any(|cell| !cell.is_empty()) {
            let number = self.draft.push(line, cells)?;
            problems.into_iter().for_each(|problem| self.draft.report_record(line, number, problem));
        }
        // All rows get a cell for each column, of those named later too; and so do objects that make no row, while they are read.
        let columns = self.draft.table.columns.len() as u64;
        if (self.read + 1).saturating_mul(columns) > most { Err(Stop::Over(Limit::Cells)) } else { Ok(()) }
    }
}

/// The keys of an object and what they hold, in the order written.
struct Object<'t>(Vec<(String, &'t RawValue)>);

impl<'t> Deserialize<'t> for Object<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Object<'t>, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'t> Visitor<'t> for Entries {
    type Value = Object<'t>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object {…}")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Object<'t>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use crate::data::{Source, read};
    use crate::limits::{Limit, Limits};

    fn told(text: &str) -> Vec<(&'static str, u32)> {
        read(&Source::of("h.jsonl", text.as_bytes())).1.iter().map(|f| (f.code(), f.place.spot.at.line)).collect()
    }

    #[test]
    fn columns_come_from_all_objects_and_numbers_keep_their_digits() {
        let text = "{\"te\u{302}n\": \" A \", \"phí\": 1250000.50}\n\n{\"ma\": 1e3, \"tên\": null, \"có\": true, \"x\": \"\\u00ea\"}\n";
        let (table, findings) = read(&Source::of("h.ndjson", text.as_bytes()));
        assert_eq!((findings, table.columns), (vec![], ["tên", "phí", "ma", "có", "x"].map(String::from).to_vec()));
        let cells: Vec<_> = table.records.iter().map(|r| (r.number, r.line, r.cells.join("|"))).collect();
        assert_eq!(cells, [(1, 1, "A|1250000.50|||".to_string()), (2, 3, "||1e3|true|ê".to_string())]);
    }

    #[test]
    fn a_list_of_objects_knows_their_lines() {
        let text = "[\n  {\"a\": 1,\n   \"b\": 2},\n  {\"b\": 3}\n]\n";
        let (table, findings) = read(&Source::of("h.json", text.as_bytes()));
        assert_eq!(findings, []);
        assert_eq!(table.records.iter().map(|r| (r.line, r.cells.join("|"))).collect::<Vec<_>>(), [(2, "1|2".into()), (4, "|3".into())]);
    }

    #[test]
    fn what_is_no_table_is_told_with_its_line() {
        assert_eq!(told("{\"a\": 1}\n{\"a\": [1]}\n{\"a\": {}}\n"), [("nested-value", 2), ("nested-value", 3)]);
        assert_eq!(told("{\"a\": 1}\n[1]\n{\"a\": 2\n"), [("bad-json", 2), ("bad-json", 3)]);
        assert_eq!(told("{\"a\": 1, \"a \": 2}\n"), [("duplicate-column", 1)]);
        assert_eq!(told("[{\"a\": 1},\n oops]"), [("bad-json", 2)]);
        assert_eq!(told("{}\n"), [("no-records", 0)]);
        assert_eq!(told(""), [("no-records", 0)]);
    }

    #[test]
    fn objects_without_a_value_cost_their_columns_too() {
        let keys: String = (0..10).map(|n| format!("\"{n}\": null, ")).collect();
        let text = |objects: usize| format!("{{{keys}\"a\": null}}\n{}", "{}\n".repeat(objects - 1));
        let codes = |text: &str| {
            let limits = Limits::default().with(Limit::Cells, 110);
            read(&Source { limits, ..Source::of("h.jsonl", text.as_bytes()) }).1.iter().map(|f| f.code()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&text(9)), ["no-records"]);
        assert_eq!(codes(&text(10)), ["over-limit"]);
        assert_eq!(codes(&format!("{{{}\"a\": 1}}\n", "\"a\": 1, ".repeat(110))), ["over-limit"]);
    }
}
