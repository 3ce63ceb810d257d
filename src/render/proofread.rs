//! Proofreading: what is written in a campaign and in its tables, at its place.

use super::make::may_pass;
use super::shop::Shop;
use crate::data::{Record, Table, column_name};
use crate::diag::{At, Finding, Located, Place, Problem, Spot, any_error};
use crate::preflight::{check_cell, check_text, is_vietnamese, misspelt_placeholder, without_placeholders};
use crate::spec::campaign::{Content, Piece};
use crate::spec::words::Words;
use crate::template::boxes::{BoxKind, BoxSpec};
use crate::template::format::Format;
use rayon::prelude::*;

/// The shortest text that is not the same in two languages, words.
const SENTENCE: usize = 4;
/// What spreadsheets show where a formula fails.
const ERRORS: [&str; 8] = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"];
/// What people write into a cell for want of something else, in small letters.
const NOTES: [&str; 15] = [
    "nt",
    "n.t",
    "như trên",
    "-",
    "--",
    "không có",
    "ko có",
    "chưa có",
    "n/a",
    "null",
    "none",
    "xem tại đây",
    "bấm vào đây",
    "tại đây",
    "click here",
];
/// Columns that hold telephone numbers, without accents.
const TELEPHONES: [&str; 12] = [
    "dien thoai",
    "dien_thoai",
    "sdt",
    "so dt",
    "so_dt",
    "phone",
    "hotline",
    "mobile",
    "le tan",
    "duong day nong",
    "reception number",
    "lien he",
];

impl Shop<'_> {
    /// Proofreads what is said for all pieces. True where something is found that forbids to print.
    pub(super) fn proofread_campaign(&mut self) -> bool {
        let campaign = self.campaign;
        let imprint = [&campaign.title, &campaign.issuer, &campaign.document].into_iter().flatten();
        let mut found: Vec<Finding> = imprint.flat_map(|words| self.words(words)).collect();
        found.extend(self.content(&campaign.content));
        found.extend(self.expired());
        self.tell_allowed(found, None)
    }

    /// The same of what a piece alone says, and what is written in a format of one's own.
    pub(super) fn proofread_piece(&mut self, piece: &Piece, format: &Format) -> bool {
        let mut found = self.content(&piece.content);
        let is_own = |spec: &&BoxSpec| !spec.spot.file.starts_with("builtin:");
        for root in format.sizes.iter().flat_map(|size| &size.sides).map(|side| &side.root).filter(is_own) {
            literals(root, format, &mut found);
        }
        found.extend(self.one_text_for_all(piece, format));
        found.iter_mut().for_each(|finding| finding.place.piece = Some(piece.name.value.clone()));
        self.tell_allowed(found, Some(piece))
    }

    /// One Vietnamese text where a format asks for one in each language.
    fn one_text_for_all(&self, piece: &Piece, format: &Format) -> Vec<Finding> {
        let languages = &self.campaign.languages;
        let asked = format.fields.iter().filter(|field| field.each_language && languages.len() > 1);
        let mut found = Vec::new();
        for field in asked {
            let contents = [&piece.content, &self.campaign.content].into_iter();
            let Some((_, value)) = contents.flat_map(|content| &content.text).find(|(name, _)| name.value == field.name) else { continue };
            let words = value.words();
            let mut plain = words.iter().flat_map(Words::by_language).filter(|(language, _)| language.is_none()).map(|(_, text)| text);
            if let Some(text) = plain.find(|text| is_vietnamese_sentence(&text.value)) {
                let problem = Problem::OneTextForAll { field: field.name.clone(), languages: languages.clone() };
                found.push(Finding::at(text.spot.clone(), problem));
            }
        }
        found
    }

    /// Texts that are no more than the name of a column.
    fn names_as_texts(&self, piece: &Piece, table: &Table) -> Vec<Finding> {
        let contents = [&piece.content, &self.campaign.content].into_iter();
        let texts = contents.flat_map(|content| &content.text).flat_map(|(_, value)| value.words());
        let codes = piece.content.qr.iter().flat_map(|(_, payload)| payload.texts());
        let said = texts.flat_map(Words::all).chain(codes).chain(&piece.file);
        let is_name = |text: &&Located<String>| table.columns.contains(&column_name(&text.value)) && !text.value.is_empty();
        said.filter(is_name).map(|text| Finding::at(text.spot.clone(), Problem::NameAsText { name: text.value.clone() })).collect()
    }

    /// The same of a piece's table.
    pub(super) fn proofread_table(&mut self, piece: &Piece, table: &Table) -> bool {
        let telephones: Vec<bool> = table.columns.iter().map(|column| is_telephone(column)).collect();
        let used = self.used_columns(piece, table);
        let of_record = |record: &Record| {
            let cells =
                record.cells.iter().zip(&table.columns).zip(&telephones).zip(&used).filter(|(_, used)| **used).map(|(cell, _)| cell);
            let problems = |((cell, column), is_telephone): ((&String, &String), &bool)| {
                let problems = check_cell(cell).into_iter().chain(number_doubt(cell, column, *is_telephone));
                problems.map(|problem| (column.clone(), problem)).collect::<Vec<_>>()
            };
            let spot = || Spot { file: table.file.clone(), at: At { line: record.line, column: 1 } };
            let place = |column| Place { spot: spot(), record: Some(record.number), column: Some(column), ..Place::default() };
            cells.flat_map(problems).map(|(column, problem)| Finding::placed(place(column), problem)).collect::<Vec<_>>()
        };
        let mut found: Vec<Finding> = table.records.par_iter().flat_map_iter(of_record).collect();
        found.extend(self.names_as_texts(piece, table));
        self.tell_allowed(found, Some(piece))
    }

    /// A last day that is past: on the day of the campaign where it has one, else today.
    fn expired(&self) -> Option<Finding> {
        let campaign = self.campaign;
        let until = campaign.valid_until.as_ref()?;
        let today = campaign.date.as_ref().map(|date| date.value.clone()).or_else(|| self.options.date.clone());
        let today = today.or_else(|| self.files.today())?;
        // Years first: days are in order as texts are.
        let problem = Problem::Expired { until: until.value.clone(), today: today.clone() };
        (until.value < today).then(|| Finding::at(until.spot.clone(), problem))
    }

    /// Notes findings, some of them let pass. True where one forbids to print.
    fn tell_allowed(&mut self, mut found: Vec<Finding>, piece: Option<&Piece>) -> bool {
        let allow = may_pass(self.options, self.campaign, piece);
        found.iter_mut().for_each(|finding| finding.allow(&allow));
        let forbids = any_error(&found);
        self.findings.extend(found);
        forbids
    }

    fn content(&self, content: &Content) -> Vec<Finding> {
        let words = content.text.iter().flat_map(|(_, value)| value.words());
        let codes = content.qr.iter().flat_map(|(_, payload)| payload.texts());
        let misspelt = codes.filter_map(|text| Some(Finding::at(text.spot.clone(), misspelt_placeholder(&text.value)?)));
        words.flat_map(|words| self.words(words)).chain(misspelt).collect()
    }

    fn words(&self, words: &Words) -> Vec<Finding> {
        let primary = self.campaign.languages.first().map_or("vi", String::as_str);
        let mut found = Vec::new();
        let mut told: Vec<(&str, &str)> = Vec::new();
        for (language, text) in words.by_language() {
            let problems = check_text(&text.value, language.unwrap_or(primary));
            // One text for all languages may be in any of them.
            let is_known = language.is_some() || self.campaign.languages.len() == 1;
            let problems = problems.into_iter().filter(|p| is_known || !matches!(p, Problem::WrongLanguage { .. }));
            found.extend(problems.map(|problem| Finding::at(text.spot.clone(), problem)));
            let Some(language) = language else { continue };
            let is_sentence = text.value.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= SENTENCE;
            if let Some((other, _)) = told.iter().find(|(_, said)| is_sentence && *said == text.value) {
                let problem = Problem::SameTranslation { one: other.to_string(), other: language.to_string() };
                found.push(Finding::at(text.spot.clone(), problem));
            }
            // Short texts say little of themselves; two that are each in the other's language say enough.
            let has_marks = |text: &str| text.chars().any(is_vietnamese);
            let swapped = |one: &str, said: &str| if one == "vi" { said.is_ascii() } else { has_marks(said) };
            if let Some((other, _)) = told.iter().find(|(other, said)| swapped(other, said) && swapped(language, &text.value)) {
                let is_pair = *other == "vi" || language == "vi";
                let already = found.iter().any(|finding| matches!(finding.problem, Problem::WrongLanguage { .. }));
                if is_pair && !already {
                    found.push(Finding::at(text.spot.clone(), Problem::WrongLanguage { language: language.to_string() }));
                }
            }
            told.push((language, &text.value));
        }
        found
    }
}

/// Proofreads what a format says itself.
fn literals(spec: &BoxSpec, format: &Format, found: &mut Vec<Finding>) {
    let is_name = |text: &Located<String>| format.field(text.value.trim()).is_some();
    let name_as_text = |text: &Located<String>| Finding::at(text.spot.clone(), Problem::NameAsText { name: text.value.trim().to_string() });
    found.extend(spec.common.when.iter().filter(|when| is_name(when)).map(name_as_text));
    match &spec.kind {
        BoxKind::Container { children, .. } => children.iter().for_each(|child| literals(child, format, found)),
        BoxKind::Text { value, .. } | BoxKind::Markdown { value, .. } if is_name(value) => found.push(name_as_text(value)),
        BoxKind::Text { value, .. } | BoxKind::Markdown { value, .. } if !value.value.contains("{%") => {
            found.extend(check_cell(&value.value).into_iter().map(|problem| Finding::at(value.spot.clone(), problem)));
        }
        _ => {}
    }
}

/// Whether a text is plainly Vietnamese, and more than a name.
fn is_vietnamese_sentence(text: &str) -> bool {
    let text = without_placeholders(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() >= SENTENCE && words.iter().filter(|word| !word.is_ascii()).count() * 2 > words.len()
}

/// Whether a column is called like one of telephone numbers.
fn is_telephone(column: &str) -> bool {
    let plain: String = column_name(column).to_lowercase().chars().map(without_accent).collect();
    TELEPHONES.iter().any(|name| plain.contains(name)) || plain.split(['_', ' ', '.']).any(|word| matches!(word, "dt" | "tel"))
}

/// A letter as a name of a column without accents has it.
fn without_accent(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    if c == 'đ' { 'd' } else { std::iter::once(c).nfd().next().unwrap_or(c) }
}

/// What a spreadsheet did to a number: shortened it, or took its first 0.
fn number_doubt(cell: &str, column: &str, is_telephone: bool) -> Option<Problem> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (column, value) = (column.to_string(), cell.to_string());
    if ERRORS.iter().any(|error| cell.eq_ignore_ascii_case(error)) {
        return Some(Problem::ErrorInCell { column, value });
    }
    if NOTES.contains(&cell.to_lowercase().as_str()) {
        return Some(Problem::NoteInCell { column, value });
    }
    let digit_for = |c: char| match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        c => c,
    };
    let meant: String = cell.chars().map(digit_for).collect();
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+'));
    if is_telephone && meant != cell && is_number(&meant) && cell.contains(|c: char| c.is_ascii_digit()) {
        return Some(Problem::LetterInNumber { column, value, meant });
    }
    if let Some((number, power)) = cell.split_once(['e', 'E']) {
        let number = number.replacen([',', '.'], "", 1);
        let power = power.strip_prefix('+').unwrap_or(power);
        return (is_digits(&number) && is_digits(power) && cell.contains('+')).then_some(Problem::NumberShortened { column, value });
    }
    let digits: String = cell.strip_suffix(".0").unwrap_or(cell).chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    // Of numbers of mobiles (10 digits) and of landlines (11) the 0 is one.
    let is_short = matches!(digits.len(), 9 | 10) && is_digits(&digits) && digits.starts_with(|c: char| ('2'..='9').contains(&c));
    (is_telephone && is_short).then_some(Problem::ZeroLost { column, value: digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_that_lost_their_zero_are_doubted() {
        for column in ["Điện thoại", "dien_thoai", "SĐT", "so_dt", "Phone", "ĐT liên hệ", "tel"] {
            assert!(is_telephone(column), "{column}");
        }
        assert!(!is_telephone("dtich") && !is_telephone("hotel"));
        for cell in ["912345678", "2103898796", "2103898796.0", "912 345 678"] {
            assert!(matches!(number_doubt(cell, "sdt", true), Some(Problem::ZeroLost { .. })), "{cell}");
        }
        for cell in ["0912345678", "114", "1800 1234", "+84 912 345 678", ""] {
            assert_eq!(number_doubt(cell, "sdt", true), None, "{cell}");
        }
    }

    #[test]
    fn shortened_numbers_are_doubted_in_any_column() {
        for cell in ["8,4E+10", "1.23457E+11", "8e+10"] {
            assert!(matches!(number_doubt(cell, "x", false), Some(Problem::NumberShortened { .. })), "{cell}");
        }
        for cell in ["19E-012", "E10", "5E", "2E3"] {
            assert_eq!(number_doubt(cell, "x", false), None, "{cell}");
        }
    }
}
