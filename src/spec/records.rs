//! The records of a piece: the table that they stand in, and what must hold for them.

use super::read::{Fields, Reader};
use super::yaml::{Content, Node};
use crate::diag::{Expected, Located, Problem, Spot};

/// A table of records.
#[derive(Clone, Debug)]
pub struct Data {
    /// Path of the file; none where it is missing, which has been told.
    pub file: Option<Located<String>>,
    /// The sheet of a workbook; its first one where there is none.
    pub sheet: Option<Located<String>>,
    /// The row that names the columns, from 1; the first that holds anything where there is none.
    pub header: Option<Located<u32>>,
}

/// What must hold for the records.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    /// Columns that together are different in every record.
    pub unique: Vec<Vec<Located<String>>>,
    /// Columns whose cells look like one of the examples.
    pub patterns: Vec<(Located<String>, Vec<String>)>,
    /// Columns without empty cells.
    pub required: Vec<Located<String>>,
    /// Numbers that run on from record to record.
    pub serial: Option<Serial>,
}

/// Numbers that run on from record to record: `LT-00001`, `LT-00002`, …
#[derive(Clone, Debug)]
pub struct Serial {
    /// Where it is asked for.
    pub spot: Spot,
    /// What stands before each number.
    pub prefix: String,
    /// Digits that each number has; 0 for no more than it needs.
    pub width: usize,
    /// The number of the first record.
    pub start: u64,
}

impl Serial {
    /// What the record of a number bears, the first being 1.
    pub fn of(&self, record: usize) -> String {
        let (number, width) = (self.number(record), self.width);
        format!("{}{number:0width$}", self.prefix)
    }

    /// Whether the record of a number has a place among so many digits.
    pub fn fits(&self, record: usize) -> bool {
        self.width == 0 || self.number(record).to_string().len() <= self.width
    }

    fn number(&self, record: usize) -> u64 {
        self.start + (record as u64).saturating_sub(1)
    }
}

/// Digits that a number has at most.
const MOST_DIGITS: usize = 12;
/// The last row of a sheet.
const LAST_ROW: u32 = 1_048_576;

impl Checks {
    /// Whether nothing is asked of the records.
    pub fn is_empty(&self) -> bool {
        self.unique.is_empty() && self.patterns.is_empty() && self.required.is_empty() && self.serial.is_none()
    }
}

/// Reads `data: FILE` or `data: {file: FILE, sheet: NAME, header: ROW}`.
pub(crate) fn data(r: &mut Reader, key: &str, node: &Node) -> Option<Data> {
    let Content::Map(_) = node.value else {
        return Some(Data { file: r.text(key, node), sheet: None, header: None });
    };
    let mut f = r.fields(key, node)?;
    let file = f.need(r, "file").and_then(|n| r.text("file", n));
    let sheet = f.read(r, "sheet", Reader::text);
    let header = f.read(r, "header", |r, key, node| {
        let row = r.value(key, node, Expected::Row, |t| t.parse().ok().filter(|row| (1..=LAST_ROW).contains(row)))?;
        Some(Located { value: row, spot: node.spot.clone() })
    });
    f.finish(r);
    Some(Data { file, sheet, header })
}

/// Reads what must hold for the records of a piece. Without any, there is nothing that could hold.
pub(crate) fn checks(r: &mut Reader, f: &mut Fields<'_>) -> Checks {
    let checks = Checks {
        unique: f.read(r, "unique", unique).unwrap_or_default(),
        patterns: f.take("pattern").map(|n| patterns(r, n)).unwrap_or_default(),
        required: f.take("required").map(|n| names(r, "required", n)).unwrap_or_default(),
        serial: f.read(r, "serial", serial),
    };
    if f.take("data").is_none()
        && let Some(spot) = ["unique", "pattern", "required", "serial"].iter().find_map(|key| f.spot_of(key))
    {
        r.report(spot, Problem::MissingKey { key: "data".into() });
    }
    checks
}

fn names(r: &mut Reader, key: &str, node: &Node) -> Vec<Located<String>> {
    match &node.value {
        Content::List(items) => items.iter().filter_map(|item| r.text(key, item)).collect(),
        _ => r.text(key, node).into_iter().collect(),
    }
}

/// Columns; a list in the list is of columns that are compared together.
fn unique(r: &mut Reader, key: &str, node: &Node) -> Option<Vec<Vec<Located<String>>>> {
    let items = match &node.value {
        Content::List(items) => items.iter().map(|item| names(r, key, item)).collect(),
        _ => vec![names(r, key, node)],
    };
    Some(items.into_iter().filter(|columns| !columns.is_empty()).collect())
}

fn patterns(r: &mut Reader, node: &Node) -> Vec<(Located<String>, Vec<String>)> {
    let mut patterns = Vec::new();
    for (column, node) in r.entries("pattern", node) {
        let examples: Vec<String> = names(r, &column.value, node).into_iter().map(|text| text.value.trim().to_string()).collect();
        if examples.is_empty() || examples.iter().any(String::is_empty) {
            r.report(&node.spot, Problem::Nothing { key: column.value.clone() });
        } else {
            patterns.push((column.clone(), examples));
        }
    }
    patterns
}

/// Reads the first number, `serial: LT-00001`, or `serial: {prefix: LT-, width: 5, start: 1}`.
fn serial(r: &mut Reader, key: &str, node: &Node) -> Option<Serial> {
    let spot = node.spot.clone();
    let Content::Map(_) = node.value else {
        return r.value(key, node, Expected::Serial, |text| {
            let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
            let digits = &text[prefix.len()..];
            let start = digits.parse().ok().filter(|_| digits.len() <= MOST_DIGITS)?;
            Some(Serial { spot: spot.clone(), prefix: prefix.into(), width: digits.len(), start })
        });
    };
    let mut f = r.fields(key, node)?;
    let prefix = f.read(r, "prefix", Reader::text).map_or(String::new(), |text| text.value);
    let width = f.read(r, "width", |r, key, node| {
        r.value(key, node, Expected::Number, |t| t.parse().ok().filter(|width| (1..=MOST_DIGITS).contains(width)))
    });
    let start = f.read(r, "start", |r, key, node| {
        r.value(key, node, Expected::Number, |t| t.parse().ok().filter(|start| *start < 10_u64.pow(MOST_DIGITS as u32)))
    });
    f.finish(r);
    Some(Serial { spot, prefix, width: width.unwrap_or(0), start: start.unwrap_or(1) })
}

#[cfg(test)]
mod tests {
    use crate::limits::Limits;
    use crate::spec::campaign;

    fn piece(keys: &str) -> (Option<campaign::Piece>, Vec<(&'static str, u32)>) {
        let text = format!("campaign: x\npieces:\n  a:\n    format: bus-sticker\n{keys}");
        let (campaign, findings) = campaign::read("c.yaml", text.as_bytes(), &Limits::default());
        let told = findings.iter().map(|f| (f.code(), f.place.spot.at.line)).collect();
        (campaign.and_then(|c| c.pieces.into_iter().next()), told)
    }

    #[test]
    fn a_table_is_a_file_or_a_part_of_one() {
        let (read, told) = piece("    data: xe.csv\n");
        assert_eq!((read.unwrap().data.unwrap().file.unwrap().value.as_str(), told.len()), ("xe.csv", 0));
        let (read, told) = piece("    data: {file: xe.xlsx, sheet: Xe khách, header: 3}\n");
        let data = read.unwrap().data.unwrap();
        assert_eq!((data.sheet.unwrap().value.as_str(), data.header.unwrap().value, told.len()), ("Xe khách", 3, 0));
        assert_eq!(piece("    data: {sheet: A, header: 0, tab: x}\n").1, [("missing-key", 5), ("bad-value", 5), ("unknown-key", 5)]);
    }

    #[test]
    fn serials_are_said_in_parts_or_by_the_first() {
        let of = |keys: &str| piece(&format!("    data: x.csv\n    serial: {keys}\n")).0.unwrap().checks.serial.unwrap();
        for (keys, third) in [
            ("LT-00001", "LT-00003"),
            ("\"0099\"", "0101"),
            ("{prefix: LT-, width: 5, start: 1}", "LT-00003"),
            ("{prefix: A}", "A3"),
            ("{width: 2, start: 97}", "99"),
        ] {
            assert_eq!(of(keys).of(3), third, "{keys}");
        }
        assert!(of("{width: 2, start: 97}").fits(3) && !of("{width: 2, start: 97}").fits(4));
        for bad in ["LT-", "{width: 0}", "{start: -1}", "LT-1234567890123"] {
            assert_eq!(piece(&format!("    data: x.csv\n    serial: {bad}\n")).1, [("bad-value", 6)], "{bad}");
        }
    }

    #[test]
    fn checks_name_columns_one_or_more() {
        let (read, told) = piece("    data: x.csv\n    unique: [a, [b, c]]\n    required: a\n    pattern: {a: 19B-012.34, b: [A1, B22]}\n");
        let checks = read.unwrap().checks;
        assert_eq!(checks.unique.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((checks.required.len(), checks.patterns[1].1.len(), told.len()), (1, 2, 0));
        assert_eq!(piece("    data: x.csv\n    pattern: {a: []}\n").1, [("nothing-given", 6)]);
        assert_eq!(piece("    unique: a\n    serial: A1\n").1, [("missing-key", 5)]);
    }
}
