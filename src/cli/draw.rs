//! Findings drawn for people: what, the lines that it is about, and what to do.

use super::colour::is_wanted;
use super::world::STDIN;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
use std::collections::HashMap;
use std::fmt;
use toroi::diag::{At, Finding, Lang, Severity};
use toroi::files::{World, read_named};

/// The most of a line that is shown, characters; what is longer loses its beginning or its end.
const WIDEST: usize = 96;
/// Characters before a place that are still shown where a line is cut.
const BEFORE: usize = 24;

/// Draws findings, and keeps the files that they point at.
pub struct Drawing<'w> {
    world: &'w dyn World,
    lang: Lang,
    handler: GraphicalReportHandler,
    /// Lines by file; none where a file is no text.
    files: HashMap<String, Option<Vec<String>>>,
}

impl Drawing<'_> {
    pub fn new(world: &dyn World, lang: Lang) -> Drawing<'_> {
        let colour = is_wanted(&std::io::stderr());
        let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDEST + 12).without_primary_span_start();
        Drawing { world, lang, handler, files: HashMap::new() }
    }

    /// A finding in some lines.
    pub fn finding(&mut self, finding: &Finding) -> String {
        let Finding { place, .. } = finding;
        // In a table people count rows.
        let in_table = &*place.spot.file != STDIN && !matches!(place.spot.file.rsplit_once('.'), Some((_, "yaml" | "yml")));
        let record = place.record.map(|r| match in_table && place.spot.at.line > 0 {
            true => format!("{} {}", self.lang.pick("hàng", "row"), place.spot.at.line),
            false => format!("{} {r}", self.lang.pick("bản ghi", "record")),
        });
        let column = place.column.as_ref().map(|c| format!("{} {c}", self.lang.pick("cột", "column")));
        let about =
            [place.piece.clone(), place.size.clone(), place.press.clone(), record, column, place.in_box.clone().or(place.side.clone())];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let word = match (finding.severity(), finding.allowed) {
            (Severity::Error, _) => self.lang.pick("lỗi", "error"),
            (Severity::Warning, false) => self.lang.pick("cảnh báo", "warning"),
            (Severity::Warning, true) => self.lang.pick("cảnh báo, cho qua", "warning, let pass"),
            (Severity::Hint, false) => self.lang.pick("gợi ý", "hint"),
            (Severity::Hint, true) => self.lang.pick("gợi ý, cho qua", "hint, let pass"),
        };
        let snippet = self.snippet(&place.spot.file, place.spot.at, place.record.is_some() && place.in_box.is_none());
        let mut head = format!("{word}[{}]", finding.code());
        if snippet.is_none() && !place.spot.file.is_empty() {
            head += &format!(" {}", named(&place.spot.file, place.spot.at));
        }
        if !about.is_empty() {
            head += &format!(" ({})", about.join(", "));
        }
        let drawn = Drawn { head, message: finding.message(self.lang), severity: finding.severity(), snippet };
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.handler.render_report(&mut text, &drawn);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let lines: Vec<&str> = lines.map(str::trim_end).collect();
        format!("{}\n{}\n", lines.join("\n"), wrapped(&finding.hint(self.lang)))
    }

    /// The line of a place, and the one before it.
    fn snippet(&mut self, file: &str, at: At, whole_line: bool) -> Option<Snippet> {
        let lines = self.files.entry(file.to_string()).or_insert_with(|| lines(self.world, file)).as_ref()?;
        let index = (at.line as usize).checked_sub(1)?;
        let line = lines.get(index)?;
        let column = (at.column as usize).saturating_sub(1).min(line.chars().count());
        let length = if whole_line { line.chars().count().max(1) } else { extent(line, column) };
        let from = if column > WIDEST - BEFORE && !whole_line { column - BEFORE } else { 0 };
        let shown = |line: &str| {
            let cut: String = line.chars().skip(from).take(WIDEST).collect();
            let more = if line.chars().count() > from + WIDEST { "…" } else { "" };
            format!("{}{cut}{more}", if from > 0 && !cut.is_empty() { "…" } else { "" })
        };
        let before = index.checked_sub(1).and_then(|before| lines.get(before)).filter(|line| !line.trim().is_empty() && !whole_line);
        let mut text = before.map_or(String::new(), |line| format!("{}\n", shown(line)));
        let begin = text.len();
        text += &shown(line);
        let ahead = usize::from(from > 0) + column - from;
        let byte = |characters: usize| text[begin..].char_indices().nth(characters).map_or(text.len(), |(at, _)| begin + at);
        let (start, end) = (byte(ahead), byte(ahead + length));
        Some(Snippet {
            name: named(file, at),
            first: index - usize::from(before.is_some()),
            marked: (start, end.max(start + usize::from(start < text.len())) - start),
            text,
        })
    }
}

/// A remedy behind its arrow, in lines as wide as messages. What cannot be parted, such as an address, is left whole.
fn wrapped(hint: &str) -> String {
    let mut lines = vec![String::from("  →")];
    for (i, line) in hint.lines().enumerate() {
        if i > 0 {
            lines.push(String::from("   "));
        }
        for word in line.split(' ') {
            let full = lines.last().is_some_and(|last| last.chars().count() + 1 + word.chars().count() > WIDEST + 12);
            if full {
                lines.push(String::from("   "));
            }
            if let Some(last) = lines.last_mut() {
                last.extend([" ", word]);
            }
        }
    }
    lines.join("\n")
}

/// A place as editors take it.
fn named(file: &str, at: At) -> String {
    if at.line > 0 { format!("{file}:{}:{}", at.line, at.column) } else { file.to_string() }
}

/// The lines of a file that people edit.
fn lines(world: &dyn World, file: &str) -> Option<Vec<String>> {
    let ending = file.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
    if file != STDIN && !matches!(ending.as_str(), "yaml" | "yml" | "csv" | "tsv" | "txt" | "json" | "jsonl" | "ndjson") {
        return None;
    }
    let text = String::from_utf8(read_named(world, file)?).ok()?;
    // What a terminal would take for a command is shown as a sign.
    let plain = |line: &str| line.chars().map(|c| if c.is_control() && c != '\t' { '␣' } else { c }).collect::<String>();
    Some(text.trim_start_matches('\u{feff}').lines().map(plain).collect())
}

/// How much of a line a value takes from its first character on.
fn extent(line: &str, column: usize) -> usize {
    let rest: Vec<char> = line.chars().skip(column).collect();
    let in_brackets = line.chars().take(column).any(|c| matches!(c, '{' | '['));
    let end = match rest.first() {
        Some(quote @ ('"' | '\'')) => rest.iter().skip(1).position(|c| c == quote).map(|at| at + 2),
        _ => rest.iter().enumerate().position(|(i, c)| match c {
            ',' | '}' | ']' => in_brackets,
            '#' => i > 0 && rest[i - 1] == ' ',
            ':' => rest.get(i + 1).is_none_or(|c| *c == ' ') && i > 0,
            _ => false,
        }),
    };
    let end = end.unwrap_or(rest.len());
    rest[..end].iter().rposition(|c| *c != ' ').map_or(1, |last| last + 1)
}

/// Some lines of a file, and what of them is meant.
#[derive(Debug)]
struct Snippet {
    name: String,
    /// The first line, from 0.
    first: usize,
    text: String,
    /// Begin and length, bytes.
    marked: (usize, usize),
}

impl SourceCode for Snippet {
    fn read_span<'a>(&'a self, _: &SourceSpan, _: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (whole, lines) = ((0, self.text.len()).into(), self.text.lines().count());
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, self.first, 0, lines)))
    }
}

/// A finding as miette draws it.
#[derive(Debug)]
struct Drawn {
    head: String,
    message: String,
    severity: Severity,
    snippet: Option<Snippet>,
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.head))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.snippet.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new(None, snippet.marked.0, snippet.marked.1))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_the_next_begins() {
        for (line, column, marked) in [
            ("headline: Nước sạch", 10, "Nước sạch"),
            ("headline: Nước  # sửa", 10, "Nước"),
            ("a: {b: x, c: y}", 7, "x"),
            ("a: {b: \"x, y\", c: 1}", 7, "\"x, y\""),
            ("palte: 1", 0, "palte"),
            ("a: https://mo.vn", 3, "https://mo.vn"),
        ] {
            let shown: String = line.chars().skip(column).take(extent(line, column)).collect();
            assert_eq!(shown, marked);
        }
    }
}
