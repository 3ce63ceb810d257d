//! What must hold for the records of a table, and the numbers that they bear. All records are looked at, whichever are
//! taken: a mistake in a list is a mistake in a list.

use super::{Record, Table, Told, column_name};
use crate::diag::{At, Finding, Located, NoRecord, Problem, Spot, beginning};
use crate::spec::records::{Checks, Serial};
use std::collections::HashMap;

/// The column of the numbers that run on.
const SERIAL: &str = "serial";
/// Runs of numbers that are named.
const MOST_RUNS: usize = 10;

/// Looks at every record. Empty cells in the columns `elsewhere` are told elsewhere.
pub fn check(table: &Table, checks: &Checks, elsewhere: &[usize]) -> Vec<Finding> {
    let mut told = Told::default();
    let mut column =
        |name: &Located<String>| table.column(&name.value).map_err(|problem| told.push(Finding::at(name.spot.clone(), problem))).ok();
    let required: Vec<usize> = checks.required.iter().filter_map(&mut column).filter(|at| !elsewhere.contains(at)).collect();
    let patterns: Vec<(usize, &[String])> =
        checks.patterns.iter().filter_map(|(name, examples)| Some((column(name)?, examples.as_slice()))).collect();
    let unique: Vec<Vec<usize>> = checks
        .unique
        .iter()
        .map(|names| names.iter().map(&mut column).collect::<Vec<_>>())
        .filter_map(|found| found.into_iter().collect())
        .collect();
    let name = |at: usize| beginning(&table.columns[at]);
    // Rows of the wrong length have been told.
    let records = || table.records.iter().filter(|record| record.cells.len() == table.columns.len());
    for record in records() {
        for at in required.iter().filter(|at| record.cells[**at].is_empty()) {
            told.push(of(table, record, Problem::EmptyCell { column: name(*at) }));
        }
        for (at, examples) in &patterns {
            let value = &record.cells[*at];
            if !value.is_empty() && !examples.iter().any(|example| fits(value, example)) {
                let problem = Problem::PatternMiss { column: name(*at), value: beginning(value), examples: examples.to_vec() };
                told.push(of(table, record, problem));
            }
        }
    }
    for columns in &unique {
        let key = |record: &Record| columns.iter().map(|at| record.cells[*at].clone()).collect::<Vec<_>>();
        for (record, line) in repeated(records(), key) {
            let value = key(record).iter().map(|value| beginning(value)).collect::<Vec<_>>().join(", ");
            told.push(of(table, record, Problem::Duplicate { columns: columns.iter().map(|at| name(*at)).collect(), value, line }));
        }
    }
    if checks.unique.is_empty() {
        let same = repeated(records(), |record| record.cells.clone());
        same.into_iter().for_each(|(record, line)| told.push(of(table, record, Problem::SameRow { line })));
    }
    told.findings
}

/// The most rows at the end of a table that are looked at for its sum.
const LAST_ROWS: usize = 20;

/// Rows of a table that are no records: its sum at the end, a note in one cell of many, the numbers of its columns.
pub(crate) fn trailing_rows(table: &Table) -> Vec<Finding> {
    let mut found = Vec::new();
    // Where no row has more than one cell, the others are left empty on purpose.
    let is_filled = |record: &Record| record.cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let any_filled = table.records.iter().any(is_filled);
    let rows = table.records.iter().rev().take(LAST_ROWS.min(table.records.len().saturating_sub(1)));
    for record in rows.filter(|record| record.cells.len() == table.columns.len()) {
        let mut filled = record.cells.iter().filter(|cell| !cell.is_empty());
        let first = filled.next().map_or("", String::as_str);
        let is_alone = any_filled && filled.next().is_none() && table.columns.len() > 2;
        let is_number = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
        let kind = match () {
            () if is_sum(first) => NoRecord::Sum,
            () if is_alone && is_number => NoRecord::NumberAlone,
            () if is_alone => NoRecord::Note,
            () => break,
        };
        found.push(of(table, record, Problem::TotalRow { word: beginning(first), kind }));
    }
    // Forms number their columns in a row of its own: (1), (2), (3).
    let numbers = |record: &&Record| {
        let plain = |cell: &String| cell.trim_matches(['(', ')', '[', ']']).parse::<usize>().ok();
        record.cells.len() > 2 && record.cells.iter().enumerate().all(|(i, cell)| plain(cell) == Some(i + 1))
    };
    let first = table.records.first().filter(numbers);
    found.extend(first.map(|record| of(table, record, Problem::TotalRow { word: beginning(&record.cells[0]), kind: NoRecord::Numbers })));
    found
}

/// Whether a first cell is that of a sum.
fn is_sum(cell: &str) -> bool {
    let small = cell.trim_end_matches(':').trim().to_lowercase();
    matches!(small.as_str(), "tổng" | "cộng" | "tổng số" | "total" | "sum") || small.starts_with("tổng cộng") || small.starts_with("total ")
}

/// The line of the first of the first rows that has all of some columns' names in its cells.
pub(crate) fn header_in_rows(table: &Table, names: &[String]) -> Option<u32> {
    let holds = |record: &&Record| names.iter().all(|name| record.cells.iter().any(|cell| column_name(cell) == *name));
    table.records.iter().take(LAST_ROWS).find(holds).map(|record| record.line)
}

fn of(table: &Table, record: &Record, problem: Problem) -> Finding {
    let mut finding = Finding::at(Spot { file: table.file.clone(), at: At { line: record.line, column: 1 } }, problem);
    finding.place.record = Some(record.number);
    finding
}

/// Records whose key another has had, and the line of the first that had it. A key of empty cells is none.
fn repeated<'t>(records: impl Iterator<Item = &'t Record>, key: impl Fn(&Record) -> Vec<String>) -> Vec<(&'t Record, u32)> {
    let mut first: HashMap<Vec<String>, u32> = HashMap::new();
    let mut repeated = Vec::new();
    for record in records {
        let key = key(record);
        if key.iter().all(String::is_empty) {
            continue;
        }
        match first.get(&key) {
            Some(line) => repeated.push((record, *line)),
            None => {
                first.insert(key, record.line);
            }
        }
    }
    repeated
}

/// Whether a value looks like an example: digits for digits, capitals for capitals, small letters for small letters, every
/// other sign for itself.
fn fits(value: &str, example: &str) -> bool {
    let alike = |(a, b): (char, char)| {
        let both = |of: fn(&char) -> bool| of(&a) && of(&b);
        a == b || both(char::is_ascii_digit) || both(|c| c.is_uppercase()) || both(|c| c.is_lowercase())
    };
    value.chars().count() == example.chars().count() && value.chars().zip(example.chars()).all(alike)
}

/// Adds the numbers that run on, as a column called `serial`; what is wrong with them, if anything.
pub fn add_serials(table: &mut Table, serial: &Serial) -> Option<Finding> {
    let last = table.records.last().map_or(0, |record| record.number);
    let at = |problem: Problem| Some(Finding::at(serial.spot.clone(), problem));
    if table.column(SERIAL).is_ok() {
        return at(Problem::SerialColumn { path: table.file.to_string() });
    }
    let width = table.columns.len();
    table.columns.push(SERIAL.into());
    for record in table.records.iter_mut().filter(|record| record.cells.len() == width) {
        record.cells.push(serial.of(record.number));
    }
    if serial.fits(last) { None } else { at(Problem::SerialTooWide { serial: serial.of(last), width: serial.width }) }
}

/// The numbers of those of so many records that are not taken, if any.
pub(crate) fn gaps(table: &Table, serial: &Serial, records: usize) -> Option<Finding> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut next = 1;
    for number in table.records.iter().map(|record| record.number).chain([records + 1]) {
        if number > next {
            runs.push((next, number - 1));
        }
        next = number + 1;
    }
    let count: usize = runs.iter().map(|(first, last)| last - first + 1).sum();
    let mut said: Vec<String> = runs
        .iter()
        .take(MOST_RUNS)
        .map(|(first, last)| if first == last { serial.of(*first) } else { format!("{}–{}", serial.of(*first), serial.of(*last)) })
        .collect();
    if runs.len() > MOST_RUNS {
        said.push("…".into());
    }
    (count > 0).then(|| Finding::at(serial.spot.clone(), Problem::SerialGaps { count, gaps: said.join(", ") }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Source, read};
    use crate::diag::Lang;

    fn table(text: &str) -> Table {
        read(&Source::of("h.csv", text.as_bytes())).0
    }

    fn named(name: &str) -> Located<String> {
        Located { value: name.into(), spot: Spot::default() }
    }

    fn told(table: &Table, checks: &Checks) -> Vec<(&'static str, u32)> {
        check(table, checks, &[]).iter().map(|f| (f.code(), f.place.spot.at.line)).collect()
    }

    fn serial(width: usize, start: u64) -> Serial {
        Serial { spot: Spot::default(), prefix: "LT-".into(), width, start }
    }

    #[test]
    fn an_example_stands_for_all_that_look_like_it() {
        for (value, example, is) in [
            ("19B-012.34", "29A-999.99", true),
            ("19b-012.34", "29A-999.99", false),
            ("19B-1234", "29A-999.99", false),
            ("Đ1", "A0", true),
            ("ấ", "a", true),
            ("", "", true),
            ("19B 012.34", "29A-999.99", false),
        ] {
            assert_eq!(fits(value, example), is, "{value} {example}");
        }
    }

    #[test]
    fn values_that_are_there_twice_name_both_rows() {
        let table = table("a,b\n1,x\n2,x\n1,y\n,x\n,y\n1,x\n");
        let unique = |names: &[&str]| Checks { unique: vec![names.iter().map(|n| named(n)).collect()], ..Checks::default() };
        assert_eq!(told(&table, &unique(&["a"])), [("duplicate-value", 4), ("duplicate-value", 7)]);
        assert_eq!(told(&table, &unique(&["a", "b"])), [("duplicate-value", 7)]);
        let finding = &check(&table, &unique(&["a"]), &[])[0];
        assert_eq!(finding.problem, Problem::Duplicate { columns: vec!["a".into()], value: "1".into(), line: 2 });
        assert_eq!(told(&table, &Checks::default()), [("same-row", 7)]);
        assert_eq!(told(&table, &unique(&["aa"])), [("unknown-name", 0)]);
    }

    #[test]
    fn empty_cells_and_odd_ones_are_told_with_their_rows() {
        let table = table("Biển  số,b\n19B-012.34,1\n,2\n19B-01234,3\n");
        let checks =
            Checks {
                required: vec![named("Biển số")], patterns: vec![(named("Biển số"), vec!["19B-012.34".into()])], ..Checks::default()
            };
        assert_eq!(told(&table, &checks), [("empty-cell", 3), ("pattern-miss", 4)]);
        assert_eq!(check(&table, &checks, &[0]).len(), 1);
    }

    #[test]
    fn a_rule_that_no_row_keeps_is_told_a_thousand_times_and_in_short() {
        let long = "x".repeat(10_000);
        let table = table(&format!("{long},b\n{}{long},2\n{long},3\n", ",1\n".repeat(1_500)));
        let unique = vec![vec![named(&long)]];
        let checks = Checks { required: vec![named(&long)], patterns: vec![(named(&long), vec!["1".into()])], unique, ..Checks::default() };
        let findings = check(&table, &checks, &[]);
        let of = |code: &str| findings.iter().filter(|f| f.code() == code).count();
        assert_eq!((of("empty-cell"), of("pattern-miss"), of("duplicate-value")), (1_000, 2, 1));
        assert!(findings.iter().all(|f| f.message(Lang::Vi).len() < 300));
    }

    #[test]
    fn serials_keep_to_the_whole_table() {
        let mut some = table(&format!("a\n{}", "x\n".repeat(12)));
        assert_eq!(add_serials(&mut some, &serial(5, 1)), None);
        assert_eq!(gaps(&some, &serial(5, 1), 12), None);
        some.records.retain(|record| [1, 2, 4, 9].contains(&record.number));
        assert_eq!(some.records[2].cells, ["x", "LT-00004"]);
        let Some(Finding { problem: Problem::SerialGaps { count, gaps }, .. }) = gaps(&some, &serial(5, 1), 12) else { panic!() };
        assert_eq!((count, gaps.as_str()), (8, "LT-00003, LT-00005–LT-00008, LT-00010–LT-00012"));
    }

    #[test]
    fn gaps_beyond_the_tenth_are_not_named() {
        let mut some = table(&format!("a\n{}", "x\n".repeat(30)));
        some.records.retain(|record| record.number % 2 == 0);
        let Some(Finding { problem: Problem::SerialGaps { count, gaps }, .. }) = gaps(&some, &serial(2, 1), 30) else { panic!() };
        assert_eq!((count, gaps.split(", ").count(), gaps.ends_with("LT-19, …")), (15, 11, true));
    }

    #[test]
    fn serials_that_do_not_go_are_told_at_once() {
        let codes = |text: &str, of: &Serial| add_serials(&mut table(text), of).map(|f| f.code());
        assert_eq!(codes("a\nx\ny\n", &serial(1, 9)), Some("serial-too-wide"));
        assert_eq!(codes("a\nx\ny\n", &serial(0, 9)), None);
        assert_eq!(codes("a,serial\nx,1\n", &serial(5, 1)), Some("serial-column"));
    }
}
