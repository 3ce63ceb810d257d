//! A first campaign, written from a format: its fields by what people call them, filled with its own samples.

use super::format::{Field, FieldKind, Format};
use crate::diag::Lang;
use crate::geom::{self, Size};
use crate::spec::campaign::Value;
use crate::spec::words::Words;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a first campaign is to be about. What is not given is taken from the samples of the format.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// A size of the format; else its first.
    pub size: Option<String>,
    /// Languages of its texts, the primary one first; else [`usual_languages`].
    pub languages: Vec<String>,
    /// Who issues it.
    pub issuer: Option<String>,
    /// What its first code holds.
    pub link: Option<String>,
    /// A press; else `office`.
    pub press: Option<String>,
    /// Where the schema of campaigns lies, as seen from the campaign, so that editors know its words.
    pub schema: Option<String>,
}

/// A first campaign.
#[derive(Clone, Debug, PartialEq)]
pub struct Starter {
    /// Its YAML, with comments.
    pub campaign: String,
    /// The table that its second piece is printed from, where the format has fields that people give for each record.
    pub table: Option<SampleTable>,
}

/// A table of a few records.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleTable {
    /// Its name without an ending, as the campaign has it before `.xlsx`.
    pub stem: &'static str,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The records: a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// Vietnamese and English where the format has fields that are to be given in each language, else Vietnamese alone.
pub fn usual_languages(format: &Format) -> Vec<String> {
    let languages = if format.fields.iter().any(|field| field.each_language) { &["vi", "en"][..] } else { &["vi"] };
    languages.iter().map(|l| l.to_string()).collect()
}

/// Writes a first campaign. Its comments speak `speech`.
///
/// ```
/// use toroi::diag::Lang;
/// use toroi::files::{Files, Memory};
/// use toroi::limits::Limits;
/// use toroi::template::format;
/// use toroi::template::starter::{Wish, starter};
///
/// let world = Memory::default();
/// let found = Files::beside(&world, "").template("", "bus-sticker")?.unwrap();
/// let format = format::read(&found.name, &found.bytes, &Limits::default()).0.unwrap();
/// let wish = Wish { link: Some("https://mo.vn/x".into()), ..Wish::default() };
/// let first = starter(&format, &wish, Lang::En);
/// assert!(first.campaign.contains("app: https://mo.vn/x"));
/// assert_eq!(first.table.unwrap().columns[0], "Number plate");
/// # Ok::<(), toroi::diag::Problem>(())
/// ```
pub fn starter(format: &Format, wish: &Wish, speech: Lang) -> Starter {
    let languages = if wish.languages.is_empty() { usual_languages(format) } else { wish.languages.clone() };
    let table = Columns::of(format, wish, speech);
    let sample = table.sample(wish, &languages, speech);
    Starter { campaign: Writer { format, wish, speech, languages }.campaign(&table), table: sample }
}

/// A name that holds for files: small letters without marks, digits and hyphens.
pub fn slug(text: &str) -> String {
    let bare: String = text.to_lowercase().replace('đ', "d").nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<&str> = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The fields that a table gives, each with the name of its column.
struct Columns<'f> {
    format: &'f Format,
    named: Vec<(&'f Field, String)>,
}

impl<'f> Columns<'f> {
    fn of(format: &'f Format, wish: &Wish, speech: Lang) -> Columns<'f> {
        let mut named: Vec<(&Field, String)> = Vec::new();
        // A code that is the same for all is no column.
        let given = |field: &Field| wish.link.is_some() && is_first_code(format, field);
        for field in format.fields.iter().filter(|field| !field.records.is_empty() && !given(field)) {
            let heading = column(&label(field, speech));
            let free = !heading.is_empty() && named.iter().all(|(_, taken)| *taken != heading);
            named.push((field, if free { heading } else { field.name.clone() }));
        }
        Columns { format, named }
    }

    fn sample(&self, wish: &Wish, languages: &[String], speech: Lang) -> Option<SampleTable> {
        let rows = self.named.iter().map(|(field, _)| field.records.len()).max()?;
        let language = languages.first().map_or("vi", String::as_str);
        let first = |field: &Field| wish.issuer.clone().filter(|_| names_issuer(self.format, field));
        let cell = |field: &Field, row: usize| match first(field) {
            Some(issuer) if row == 0 => issuer,
            _ => field.records.get(row).map(|words| words.in_some(language).to_string()).unwrap_or_default(),
        };
        Some(SampleTable {
            stem: stem(speech),
            columns: self.named.iter().map(|(_, name)| name.clone()).collect(),
            rows: (0..rows).map(|row| self.named.iter().map(|(field, _)| cell(field, row)).collect()).collect(),
        })
    }
}

/// What a table is called in the reader's language.
fn stem(speech: Lang) -> &'static str {
    speech.pick("danh-sach", "list")
}

/// The heading of a column: what people call the field, without what is said beside it.
fn column(label: &str) -> String {
    label.split([',', ';', ':', '(']).next().unwrap_or(label).trim().to_string()
}

/// Whether a field is the first code of its format: the one that a link is for.
fn is_first_code(format: &Format, field: &Field) -> bool {
    format.fields.iter().find(|field| matches!(field.kind, FieldKind::Qr { .. })).is_some_and(|first| first.name == field.name)
}

/// Whether a field says who issues the piece: then its sample is that of the format's issuer.
fn names_issuer(format: &Format, field: &Field) -> bool {
    match (&format.issuer, &field.example) {
        (Some(issuer), Some(Value::Words(words))) => issuer.in_some("vi") == words.in_some("vi"),
        _ => false,
    }
}

fn label(field: &Field, speech: Lang) -> String {
    let said = field.label.as_ref().map(|words| words.in_some(speech.pick("vi", "en"))).filter(|label| !label.is_empty());
    said.unwrap_or(&field.name).to_string()
}

struct Writer<'a> {
    format: &'a Format,
    wish: &'a Wish,
    speech: Lang,
    languages: Vec<String>,
}

impl Writer<'_> {
    fn campaign(&self, table: &Columns<'_>) -> String {
        let name = self.format.label.as_ref().map_or(self.format.name.as_str(), |words| words.in_some(self.speech.pick("vi", "en")));
        let piece = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| self.format.name.clone());
        let mut lines: Vec<String> = self.wish.schema.iter().map(|path| format!("# yaml-language-server: $schema={path}")).collect();
        lines.push(format!("# {name}"));
        lines.extend(self.speech.pick(HEAD.0, HEAD.1).lines().map(|line| format!("# {line}")));
        lines.push(String::new());
        lines.push(format!("campaign: {piece}"));
        lines.push(beside(
            format!("languages: [{}]", self.languages.join(", ")),
            self.speech.pick("ngôn ngữ đầu là ngôn ngữ chính", "the first is the primary one"),
        ));
        lines.extend(self.said("issuer", &self.issuer()));
        lines.push(beside("#document: 12/TB-UBND".into(), self.speech.pick("số văn bản", "number of the paper")));
        lines.push(beside("#valid_until: 2030-12-31".into(), self.speech.pick("ngày hết hạn", "last day of validity")));
        lines.push(String::new());
        lines.push(beside("#palette:".into(), self.speech.pick("màu riêng, thay màu có sẵn", "colours of your own")));
        lines.push("#  primary: \"#0B4F94\"".into());
        lines.push("#  accent: \"#FFB114\"".into());
        self.section(&mut lines, "text", |kind| matches!(kind, FieldKind::Text | FieldKind::List { .. }));
        self.section(&mut lines, "qr", |kind| matches!(kind, FieldKind::Qr { .. }));
        self.section(&mut lines, "images", |kind| *kind == FieldKind::Image);
        lines.push(String::new());
        lines.push("pieces:".into());
        lines.push(format!("  {piece}:"));
        lines.extend(self.piece(true));
        if !table.named.is_empty() {
            lines.push(String::new());
            lines.push(format!(
                "  # {}",
                self.speech.pick(
                    "Mỗi hàng của bảng một bản in. Không cần thì xóa từ đây đến hết.",
                    "A copy for each row of the table. If you need none, delete all from here."
                )
            ));
            lines.push(format!("  {piece}-{}:", stem(self.speech)));
            lines.extend(self.piece(false));
            let named = format!("    data: {}.xlsx", stem(self.speech));
            lines.push(beside(named, &format!("{} {}.csv", self.speech.pick("hoặc", "or"), stem(self.speech))));
            for (key, is_code) in [("text", false), ("qr", true)] {
                let fields: Vec<_> =
                    table.named.iter().filter(|(field, _)| matches!(field.kind, FieldKind::Qr { .. }) == is_code).collect();
                if !fields.is_empty() {
                    lines.push(format!("    {key}:"));
                    lines.extend(fields.iter().map(|(field, column)| format!("      {}: \"{{{{ {column} }}}}\"", field.name)));
                }
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn issuer(&self) -> Words {
        match (&self.wish.issuer, &self.format.issuer) {
            (Some(name), _) => Words::of(name),
            (None, Some(words)) => words.clone(),
            (None, None) => Words::of(self.speech.pick("UBND xã Sơn Vi", "Sơn Vi Commune People's Committee")),
        }
    }

    /// Format, size and press of a piece; with what else may be said, where it is the first.
    fn piece(&self, first: bool) -> Vec<String> {
        let chosen = self.wish.size.clone().or_else(|| self.format.sizes.first().map(|size| size.name.clone())).unwrap_or_default();
        let others: Vec<String> = self.format.size_names().into_iter().filter(|name| *name != chosen).collect();
        let sizes = if others.is_empty() { String::new() } else { format!("{} {}", self.speech.pick("hoặc:", "or:"), others.join(", ")) };
        let presses = self.speech.pick(
            "office: máy in văn phòng; offset: nhà in; vinyl: decal bế; screen: màn hình",
            "office: the printer on the desk; offset: a print shop; vinyl: a cutter; screen",
        );
        let formats = self.speech.pick("các mẫu: toroi formats", "what there is: toroi formats");
        let sheet = self.sheet(&chosen);
        let said = [("format", self.format.name.as_str(), formats), ("size", &chosen, &sizes), ("press", self.press(&chosen), presses)];
        let line =
            |(key, value, comment): (&str, &str, &str)| beside(format!("    {key}: {}", scalar(value)), if first { comment } else { "" });
        said.into_iter().chain(sheet.map(|sheet| ("sheet", sheet, ""))).map(line).collect()
    }

    /// The paper for the printer on the desk, where the piece was asked for on it and is larger than its A4.
    fn sheet(&self, size: &str) -> Option<&'static str> {
        let trim = self.format.size(size)?.trim;
        if self.press(size) != "office" || fits_on("a4", trim) {
            return None;
        }
        Some(if fits_on("a3", trim) { "a3" } else { "none" })
    }

    /// The press that was asked for, else the printer on the desk, where the piece fits on its A4.
    fn press(&self, size: &str) -> &str {
        let usual = || if self.format.size(size).is_none_or(|size| fits_on("a4", size.trim)) { "office" } else { "offset" };
        self.wish.press.as_deref().unwrap_or_else(usual)
    }

    /// A section of content: first what is filled in, then, as comments, what may be.
    fn section(&self, lines: &mut Vec<String>, key: &str, of: impl Fn(&FieldKind) -> bool) {
        let fields = || self.format.fields.iter().filter(|field| of(&field.kind) && field.example.is_some());
        let filled: Vec<&Field> = fields().filter(|field| self.is_filled(field)).collect();
        let left: Vec<&Field> = fields().filter(|field| !self.is_filled(field)).collect();
        if filled.is_empty() && left.is_empty() {
            return;
        }
        lines.push(String::new());
        lines.push(if filled.is_empty() { format!("#{key}:") } else { format!("{key}:") });
        for field in filled {
            lines.push(format!("  # {}{}", label(field, self.speech), self.asks(field)));
            lines.extend(self.content(field).into_iter().map(|line| format!("  {line}")));
        }
        if !left.is_empty() {
            lines.push(format!("  # – {} –", self.speech.pick("không bắt buộc", "not needed")));
        }
        for field in left {
            lines.push(format!("  # {}", label(field, self.speech)));
            lines.extend(self.content(field).into_iter().map(|line| format!("#  {line}")));
        }
    }

    /// Whether a field is worth its line: it cannot be left out, or its sample says more than what stands there anyway.
    fn is_filled(&self, field: &Field) -> bool {
        let primary = self.languages.first().map_or("vi", String::as_str);
        let says_more = match (&field.default, &field.example) {
            (Some(default), Some(Value::Words(example))) => {
                !default.in_some(primary).contains("{{") && default.in_some(primary) != example.in_some(primary)
            }
            _ => true,
        };
        field.required || field.kind != FieldKind::Image && says_more
    }

    fn asks(&self, field: &Field) -> String {
        let needed = field.required.then(|| self.speech.pick("bắt buộc", "needed").to_string());
        let items = match field.kind {
            FieldKind::List { min, max } => Some(match self.speech {
                Lang::Vi => format!("{min} đến {max} dòng"),
                Lang::En => format!("{min} to {max} items"),
            }),
            _ => None,
        };
        let asks: Vec<String> = needed.into_iter().chain(items).collect();
        if asks.is_empty() { String::new() } else { format!(" ({})", asks.join(", ")) }
    }

    /// The lines of a field with its sample.
    fn content(&self, field: &Field) -> Vec<String> {
        match (&self.wish.link, &field.example) {
            (Some(link), _) if is_first_code(self.format, field) => vec![format!("{}: {}", field.name, scalar(link))],
            (_, Some(Value::Words(_))) if names_issuer(self.format, field) => vec![format!("{}: \"{{{{ issuer }}}}\"", field.name)],
            (_, Some(Value::Words(words))) => match words.in_some("vi") {
                // A typed payload is written as it is: a map.
                map if matches!(field.kind, FieldKind::Qr { .. }) && map.starts_with('{') && !map.starts_with("{{") => {
                    vec![format!("{}: {map}", field.name)]
                }
                _ => self.said(&field.name, words),
            },
            (_, Some(Value::List(items))) => {
                let mut lines = vec![format!("{}:", field.name)];
                for item in items {
                    let mut texts = self.by_language(item).into_iter();
                    let first = texts.next().map(|line| format!("  - {line}"));
                    lines.extend(first.into_iter().chain(texts.map(|line| format!("    {line}"))));
                }
                lines
            }
            (_, None) => Vec::new(),
        }
    }

    /// A name with its text, or with a line for each language below it.
    fn said(&self, name: &str, words: &Words) -> Vec<String> {
        let texts = self.by_language(words);
        match texts.as_slice() {
            [one] => vec![format!("{name}: {one}")],
            _ => [format!("{name}:")].into_iter().chain(texts.iter().map(|line| format!("  {line}"))).collect(),
        }
    }

    /// One text where it is the same in all languages of the campaign; else `vi: …`, `en: …`.
    fn by_language(&self, words: &Words) -> Vec<String> {
        let texts: Vec<&str> = self.languages.iter().map(|language| words.in_some(language)).collect();
        match texts.first() {
            Some(first) if texts.iter().all(|text| text == first) => vec![scalar(first)],
            _ => self.languages.iter().zip(texts).map(|(language, text)| format!("{language}: {}", scalar(text))).collect(),
        }
    }
}

/// Whether a piece fits on a paper, upright or turned.
fn fits_on(paper: &str, trim: Size) -> bool {
    geom::iso_a(paper).is_some_and(|paper| trim.w.min(trim.h) <= paper.w && trim.w.max(trim.h) <= paper.h)
}

const HEAD: (&str, &str) = (
    "Sửa chữ ở sau dấu hai chấm, lưu lại, rồi chạy trong thư mục này:  toroi render campaign.yaml\n\
     Giữ nguyên các dấu cách ở đầu dòng. Chữ có dấu hai chấm hay dấu # thì đặt giữa hai dấu \"ngoặc kép\".\n\
     Những gì đứng sau dấu # là lời dặn cho người đọc, máy bỏ qua. Muốn dùng dòng như #document: thì xóa dấu #.",
    "Change what stands after the colons, save, and run in this folder:  toroi render campaign.yaml\n\
     Keep the spaces that lines begin with. A text with a colon or a # goes between \"quotes\".\n\
     What stands after a # is for you to read; the machine passes over it. To use a line such as #document: take its # away.",
);

/// A line with a comment at its end, in a column of its own where there is room.
fn beside(line: String, comment: &str) -> String {
    if comment.is_empty() { line } else { format!("{line:<31} # {comment}") }
}

/// A text as YAML reads it back: plain, or in double quotes where a plain one would be read as something else.
fn scalar(text: &str) -> String {
    let line = format!("k: {text}");
    let read: Option<serde_yaml::Value> = serde_yaml::from_str(&line).ok();
    let plain = read.as_ref().and_then(|map| map.get("k")).and_then(serde_yaml::Value::as_str) == Some(text);
    if plain && !text.contains(['"', '\'', '{']) { text.to_string() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(slug("Tờ rơi hai mặt"), "to-roi-hai-mat");
        assert_eq!(slug("  Đường – dây (nóng) 24/7 "), "duong-day-nong-24-7");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn texts_are_read_back_as_they_were() {
        let texts =
            ["Lễ tân", "**Miễn phí**", "Trạm: 0210", "0007", "yes", "a # b", "# a", "\"a\"", "{{ x }}", "- a", "2020-12-31", "1.5", ""];
        for text in texts {
            let line = format!("k: {}", scalar(text));
            let read: serde_yaml::Value = serde_yaml::from_str(&line).unwrap();
            assert_eq!(read["k"].as_str(), Some(text), "{line}");
        }
    }
}
