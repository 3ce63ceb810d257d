//! The outcome for people and for machines.

use super::draw::Drawing;
use super::write;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem, Severity};
use toroi::files::World;
use toroi::render::Artwork;
use toroi::spec::words::Words;

/// A line on stdout. A reader that leaves early (`| head`) is no fault.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line on stderr.
pub fn talk(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Writes a result that programs read: it arrives whole, or that is told.
pub fn deliver(bytes: &[u8], lang: Lang) -> Result<(), ExitCode> {
    write::stdout(bytes).map_err(|problem| fail(problem, lang))
}

/// Tells why the outside world failed, and what to do; gives the code for that.
pub fn fail(problem: Problem, lang: Lang) -> ExitCode {
    let finding = Finding::in_file("", problem);
    talk(&format!("{}\n  → {}", finding.message(lang), finding.hint(lang)));
    ExitCode::from(3)
}

/// A measure to some decimals, without needless noughts, as a language writes it.
pub fn decimal(value: f64, places: i32, lang: Lang) -> String {
    let unit = 10_f64.powi(places);
    let text = ((value * unit).round() / unit).to_string();
    if lang == Lang::Vi { text.replace('.', ",") } else { text }
}

/// What people call something, in their language.
pub fn in_lang(words: &Option<Words>, lang: Lang) -> &str {
    words.as_ref().map_or("", |words| words.in_some(lang.pick("vi", "en")))
}

/// A file that was made.
pub struct Filed {
    /// What it is; its bytes have been written.
    pub artwork: Artwork,
    /// What was written of it.
    pub paths: Vec<PathBuf>,
    /// Its size, bytes.
    pub size: usize,
}

pub struct Report<'a> {
    pub files: &'a [Filed],
    /// The proof sheet, where it was asked for.
    pub contact: &'a [PathBuf],
    pub findings: &'a [Finding],
    /// Where the files are that findings are about.
    pub world: &'a dyn World,
    pub lang: Lang,
}

/// Findings of one kind at one place that are all shown; of more, so many are, how many others there are, and the
/// records of some.
const MOST_ALIKE: usize = 4;
const SHOWN: usize = 2;
const ROWS_NAMED: usize = 8;
/// Pieces that are named where the same is found in several.
const PLACES_NAMED: usize = 6;

/// A finding, and those that say the same of other pieces, sizes and presses.
struct Told<'f> {
    finding: &'f Finding,
    elsewhere: Vec<&'f Finding>,
}

/// What findings have in common that are folded: code, file, piece, press, and what they say where that does not depend
/// on a row.
type Alike<'f> = (&'f str, &'f str, Option<&'f str>, Option<&'f str>, String);

fn alike(finding: &Finding) -> Alike<'_> {
    let place = &finding.place;
    let said = if place.record.is_some() { String::new() } else { finding.message(Lang::En) };
    (finding.code(), &*place.spot.file, place.piece.as_deref(), place.press.as_deref(), said)
}

/// Columns of the table of results; which of them are numbers, and which one is there only where it says something.
const COLUMNS: usize = 6;
const NUMBERS: [usize; 2] = [3, 5];
const SHEET: usize = 2;

impl Report<'_> {
    /// A measure in millimetres, to a hundredth.
    fn measure(&self, value: f64) -> String {
        decimal(value, 2, self.lang)
    }

    fn count(&self, number: usize) -> String {
        count(number, self.lang)
    }

    /// Findings on stderr, a table of files on stdout.
    pub fn people(&self) {
        self.tell_findings();
        self.table();
        self.afterwards();
    }

    /// The same without the table, where standard output is a file itself.
    pub fn talk(&self) {
        self.tell_findings();
        self.afterwards();
    }

    /// The files, on stdout.
    fn table(&self) {
        let rows: Vec<[String; COLUMNS]> = self.files.chunk_by(of_one_piece).map(|files| self.row(files)).collect();
        if !rows.is_empty() {
            let head = [
                self.lang.pick("tệp", "file"),
                self.lang.pick("khổ", "size"),
                self.lang.pick("tờ in", "sheet"),
                self.lang.pick("trang", "pages"),
                self.lang.pick("mã QR đã đọc lại", "codes read back"),
                "kB",
            ]
            .map(String::from);
            let shown: Vec<usize> = (0..COLUMNS).filter(|c| *c != SHEET || rows.iter().any(|row| !row[SHEET].is_empty())).collect();
            let width = |c: usize| rows.iter().chain([&head]).map(|r| r[c].chars().count()).max().unwrap_or(0);
            for row in std::iter::once(&head).chain(&rows) {
                let cell = |c: &usize| {
                    let (cell, w) = (&row[*c], width(*c));
                    if NUMBERS.contains(c) { format!("{cell:>w$}") } else { format!("{cell:<w$}") }
                };
                let cells: Vec<String> = shown.iter().map(cell).collect();
                say(cells.join("  ").trim_end());
            }
        }
    }

    /// What is to be known once they are printed, and how many findings there are.
    fn afterwards(&self) {
        for (artwork, on) in self.files.iter().filter_map(|Filed { artwork, .. }| Some((artwork, artwork.on.as_ref()?))) {
            let [across, down] = &on.cuts_mm;
            let edges = [(across, self.lang.pick("mép trái", "the left edge")), (down, self.lang.pick("mép trên", "the top edge"))];
            for (cuts, edge) in edges.into_iter().filter(|(cuts, _)| !cuts.is_empty()) {
                let cuts: Vec<String> = cuts.iter().map(|cut| self.measure(*cut)).collect();
                let (cut, from) = (self.lang.pick("cắt ở", "cut at"), self.lang.pick("tính từ", "from"));
                talk(&format!("{}: {cut} {} mm {from} {edge}", artwork.file, cuts.join(", ")));
            }
            if let Some(next) = on.next {
                let words = self.lang.pick("tờ cuối còn trống từ ô", "the last sheet is free from slot");
                talk(&format!("{}: {words} {next} (--first {next})", artwork.file));
            }
        }
        self.tell_summary();
    }

    /// How many findings there are, on stderr.
    pub fn tell_summary(&self) {
        if !self.findings.is_empty() {
            talk(&self.summary());
        }
    }

    /// Findings on stderr, of those that rows of a table have in common only the first ones.
    pub fn tell_findings(&self) {
        let mut drawing = Drawing::new(self.world, self.lang);
        let told = self.told();
        let mut groups: Vec<Vec<&Told<'_>>> = Vec::new();
        let mut known: HashMap<Alike<'_>, usize> = HashMap::new();
        for told in &told {
            let at = *known.entry(alike(told.finding)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(told);
        }
        for group in groups {
            let shown = if group.len() > MOST_ALIKE { SHOWN } else { group.len() };
            for Told { finding, elsewhere } in &group[..shown] {
                let elsewhere = if elsewhere.is_empty() { String::new() } else { self.elsewhere(elsewhere) };
                talk(&format!("{}{elsewhere}", drawing.finding(finding)));
            }
            if group.len() > shown {
                let others: Vec<&Finding> = group[shown..].iter().map(|told| told.finding).collect();
                talk(&format!("{}\n", self.more(&others)));
            }
        }
    }

    /// The findings, each with those that only say of another piece, size or press what it says.
    fn told(&self) -> Vec<Told<'_>> {
        let mut told: Vec<Told<'_>> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for finding in self.findings {
            let place = &finding.place;
            let said = (finding.severity().word(), finding.code(), finding.message(self.lang), finding.hint(self.lang));
            let key = (said, place.record, &place.column, &place.side, &place.in_box, &place.language);
            match known.get(&key).filter(|_| place.piece.is_some()) {
                Some(first) => told[*first].elsewhere.push(finding),
                None => {
                    known.insert(key, told.len());
                    told.push(Told { finding, elsewhere: Vec::new() });
                }
            }
        }
        told
    }

    /// Where else the same is so.
    fn elsewhere(&self, others: &[&Finding]) -> String {
        let name = |finding: &&Finding| {
            let place = &finding.place;
            let words: Vec<&str> = [&place.piece, &place.size, &place.press].into_iter().flatten().map(String::as_str).collect();
            words.join(" ")
        };
        let mut names: Vec<String> = others.iter().map(name).collect();
        names.dedup();
        let rest = names.len().saturating_sub(PLACES_NAMED);
        let more = match (rest, self.lang) {
            (0, _) => String::new(),
            (_, Lang::Vi) => format!(" và {} nữa", self.count(rest)),
            (_, Lang::En) => format!(" and {} more", self.count(rest)),
        };
        names.truncate(PLACES_NAMED);
        format!("  {}: {}{more}\n", self.lang.pick("cũng vậy ở", "the same in"), names.join(", "))
    }

    /// How many more rows have the same, and which.
    fn more(&self, others: &[&Finding]) -> String {
        let lines = || others.iter().map(|f| f.place.spot.at.line).filter(|line| *line > 0).map(|line| line.to_string()).collect();
        let at = |one: &str, rows: &str| if rows.is_empty() { String::new() } else { format!(": {one} {rows}") };
        let of_records = others[0].place.record.is_some();
        // In a table people count rows.
        let in_table = of_records && others.iter().all(|f| f.place.spot.at.line > 0 && !f.place.spot.file.ends_with(".yaml"));
        let rows: Vec<String> = match of_records {
            true if in_table => lines(),
            true => others.iter().filter_map(|f| f.place.record).map(|record| record.to_string()).collect(),
            false => lines(),
        };
        let named = rows.len().min(ROWS_NAMED);
        let rest = if rows.len() > named { ", …" } else { "" };
        let (count, code, rows) = (self.count(others.len()), others[0].code(), rows[..named].join(", "));
        match (self.lang, of_records) {
            (Lang::Vi, false) => format!("  … và {count} chỗ nữa như vậy [{code}]{}{rest} (xem hết: --json)", at("dòng", &rows)),
            (Lang::En, false) => format!("  … and {count} more of these [{code}]{}{rest} (all of them: --json)", at("lines", &rows)),
            (Lang::Vi, true) => format!(
                "  … và {count} hàng nữa như vậy [{code}]{}{rest} (xem hết: --json)",
                at(if in_table { "hàng" } else { "bản ghi" }, &rows)
            ),
            (Lang::En, true) => format!(
                "  … and {count} more rows like this [{code}]{}{rest} (all of them: --json)",
                at(if in_table { "rows" } else { "records" }, &rows)
            ),
        }
    }

    /// How many findings there are, the worst first, and where to read more.
    fn summary(&self) -> String {
        let part = |severity: Severity, one: &str, many: &str| {
            let found: Vec<&Finding> = self.findings.iter().filter(|f| f.severity() == severity).collect();
            let mut codes: Vec<(&str, usize)> = Vec::new();
            for code in found.iter().map(|f| f.code()) {
                match codes.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, count)) => *count += 1,
                    None => codes.push((code, 1)),
                }
            }
            codes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let codes: Vec<String> = codes
                .into_iter()
                .map(|(code, count)| if count > 1 { format!("{code} ×{}", self.count(count)) } else { code.to_string() })
                .collect();
            let word = if found.len() == 1 { one } else { many };
            (!found.is_empty()).then(|| format!("{} {word}: {}", self.count(found.len()), codes.join(", ")))
        };
        let parts = match self.lang {
            Lang::Vi => [(Severity::Error, "lỗi", "lỗi"), (Severity::Warning, "cảnh báo", "cảnh báo"), (Severity::Hint, "gợi ý", "gợi ý")],
            Lang::En => {
                [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings"), (Severity::Hint, "hint", "hints")]
            }
        };
        let parts: Vec<String> = parts.into_iter().filter_map(|(severity, one, many)| part(severity, one, many)).collect();
        let worst = self.findings.iter().min_by_key(|f| f.severity()).map_or("", |f| f.code());
        format!("{}\n{}", parts.join("\n"), self.lang.pick("đọc thêm", "read more").to_string() + &format!(": toroi explain {worst}"))
    }

    /// A line of the table: a file, or those of the records of a piece.
    fn row(&self, files: &[Filed]) -> [String; COLUMNS] {
        let [Filed { artwork: a, paths, .. }, ..] = files else { return Default::default() };
        let name = match (paths.as_slice(), files.len()) {
            ([], _) => a.file.clone(),
            ([first, ..], many) if many > 1 => {
                let folder = first.parent().unwrap_or(first);
                format!("{}/ ({} {})", folder.display(), self.count(many), self.lang.pick("tệp", "files"))
            }
            ([one], _) => one.display().to_string(),
            ([first, ..], _) => format!("{} (+{})", first.display(), paths.len() - 1),
        };
        let codes = || files.iter().flat_map(|file| &file.artwork.codes);
        let nearest = codes().map(|c| c.reads_from_m).fold(f64::INFINITY, f64::min);
        let codes = match codes().count() {
            0 => "–".to_string(),
            n => {
                format!("{} × ≤ {} m", self.count(n), decimal(nearest, 2, self.lang))
            }
        };
        let [w, h] = a.trim_mm;
        let sheet = a.on.as_ref().map_or(String::new(), |on| format!("{} × {}", on.slots, on.name));
        let pages: usize = files.iter().map(|file| file.artwork.pages).sum();
        let size: usize = files.iter().map(|file| file.size).sum();
        [name, format!("{}×{} mm", self.measure(w), self.measure(h)), sheet, self.count(pages), codes, self.count((size + 500) / 1000)]
    }

    /// One JSON object on stdout.
    pub fn json(&self) -> Result<(), ExitCode> {
        let artworks: Vec<Value> = self.files.iter().map(|file| self.artwork(file)).collect();
        let findings: Vec<Value> = self.findings.iter().map(|f| self.finding_json(f)).collect();
        let mut said = json!({ "artworks": artworks, "findings": findings });
        if !self.contact.is_empty() {
            said["contact"] = self.contact.iter().map(|path| path.display().to_string()).collect();
        }
        deliver(format!("{said:#}\n").as_bytes(), self.lang)
    }

    fn artwork(&self, Filed { artwork: a, paths, size }: &Filed) -> Value {
        let paths: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        let qr: Vec<Value> = a
            .codes
            .iter()
            .map(|c| {
                json!({
                    "page": c.page, "slot": c.slot, "record": (c.record > 0).then_some(c.record), "payload": c.payload, "version": c.version, "ecc": c.ecc, "module_mm": c.module_mm,
                    "side_mm": c.side_mm, "decoded": true, "decoded_from": if c.decoded == toroi::render::Decoded::Raster { "page" } else { "modules" },
                    "pixels_a_module": c.pixels, "reads_from_m": c.reads_from_m,
                })
            })
            .collect();
        json!({
            "piece": a.piece, "format": a.format, "size": a.size, "press": a.press, "file": paths.first(), "files": paths,
            "standard": a.standard, "allowed": a.allowed, "plates": a.plates, "pages": a.pages, "records": a.records, "trim_mm": a.trim_mm, "bleed_mm": a.bleed_mm,
            "sheet": a.on.as_ref().map(|on| json!({ "name": on.name, "stock_mm": on.stock_mm, "slots": on.slots, "cuts_mm": on.cuts_mm, "next_free": on.next })), "bytes": size, "qr": qr,
        })
    }

    /// A finding for machines.
    pub fn finding_json(&self, f: &Finding) -> Value {
        let at = f.place.spot.at;
        let number = |n: u32| if n > 0 { Value::from(n) } else { Value::Null };
        json!({
            "severity": f.severity().word(), "allowed": f.allowed, "code": f.code(), "message": f.message(self.lang), "hint": f.hint(self.lang),
            "file": &*f.place.spot.file, "line": number(at.line), "column": number(at.column), "record": f.place.record,
            "piece": f.place.piece, "size": f.place.size, "press": f.place.press, "side": f.place.side, "box": f.place.in_box, "language": f.place.language, "data_column": f.place.column,
            "format": f.place.of_box.as_ref().map(|spot| json!({ "file": &*spot.file, "line": spot.at.line, "column": spot.at.column })),
        })
    }
}

/// A number of things in groups of three digits, as the language writes it: `12.000`.
pub fn count(number: usize, lang: Lang) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(if lang == Lang::Vi { '.' } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// Whether two files are those of two records of a piece.
fn of_one_piece(a: &Filed, b: &Filed) -> bool {
    let key = |file: &Filed| (file.artwork.piece.clone(), file.artwork.size.clone(), file.artwork.press.clone());
    a.artwork.file.contains('/') && key(a) == key(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped_as_the_language_groups_them() {
        for (number, vi, en) in [(0, "0", "0"), (999, "999", "999"), (1_000, "1.000", "1,000"), (12_345_678, "12.345.678", "12,345,678")] {
            assert_eq!((count(number, Lang::Vi).as_str(), count(number, Lang::En).as_str()), (vi, en));
        }
    }
}
