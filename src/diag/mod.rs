//! Findings: what is wrong or doubtful, where, and what to do. Data only; the command line prints them.

mod catalogue;

use crate::color::Unfit;
use crate::data::Refused;
use crate::qr::advice::Advice;
use crate::qr::payload::Fault;
use std::sync::Arc;

/// The language of messages. What a piece says is in the campaign's own languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The piece cannot be printed: its file is not written.
    Error,
    /// It prints, but look at it.
    Warning,
    /// Better done otherwise.
    Hint,
}

impl Severity {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// Line and column in a file, both from 1; 0 where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Path as the user gave it, or `builtin:…` for what is compiled in.
    pub file: Arc<str>,
    /// Where in it.
    pub at: At,
}

/// A value and the place it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub spot: Spot,
}

/// Where a finding belongs. What does not apply is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File, line and column.
    pub spot: Spot,
    /// Name of the piece in the campaign.
    pub piece: Option<String>,
    /// Name of the size, where it depends on it.
    pub size: Option<String>,
    /// Name of the press, where it depends on it.
    pub press: Option<String>,
    /// Number of the record in the data, from 1 (the header is not counted).
    pub record: Option<usize>,
    /// Side of the piece.
    pub side: Option<String>,
    /// The box of the format, as its path from the side.
    pub in_box: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is the matter.
    pub problem: Problem,
    /// Where.
    pub place: Place,
}

impl Finding {
    /// A finding at a place in a file.
    pub fn at(spot: Spot, problem: Problem) -> Finding {
        Finding { problem, place: Place { spot, ..Place::default() } }
    }

    /// A finding about a whole file.
    pub fn in_file(file: &str, problem: Problem) -> Finding {
        Finding::at(Spot { file: file.into(), at: At::default() }, problem)
    }

    /// The stable short name of this kind of finding.
    pub fn code(&self) -> &'static str {
        catalogue::entry(&self.problem).code
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        catalogue::entry(&self.problem).severity
    }

    /// What is wrong, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        catalogue::entry(&self.problem).message.pick(lang)
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        catalogue::entry(&self.problem).hint.pick(lang)
    }
}

/// Whether any finding forbids writing.
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity() == Severity::Error)
}

/// Orders findings by file, line, record and severity, and drops what is said twice.
pub fn tidy(findings: &mut Vec<Finding>) {
    findings.sort_by_cached_key(|f| (f.place.clone(), f.severity(), f.code(), format!("{:?}", f.problem)));
    findings.dedup();
}

/// What a value should have been.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Keys and values.
    Map,
    /// A list.
    List,
    /// A text.
    Text,
    /// A text, or one for each language.
    Words,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A length with a unit.
    Length,
    /// A reading distance.
    Distance,
    /// A type size, or a range of two.
    TypeSize,
    /// Two lengths: `148x210mm`.
    Size,
    /// `#rrggbb` or `cmyk(c m y k)`.
    Colour,
    /// `cmyk(c m y k)`.
    Inks,
    /// A name of a plate of its own.
    Plate,
    /// Ink in per cent.
    Coverage,
    /// The name of a printing condition.
    Condition,
    /// A width up to 2 mm.
    Choke,
    /// The path data of SVG.
    PathData,
    /// A date `2020-12-31`.
    Date,
    /// A range such as `3..6`.
    Range,
    /// A side, or a smallest and a largest one.
    Sides,
    /// A width of a column: a length, or a share.
    Track,
    /// Growing distances inside the trim.
    Positions,
    /// A hole inside the trim.
    Hole,
    /// One box: a map with one key.
    OneKey,
    /// A name: letters, digits, `-`, `_`, `.`.
    Name,
    /// A factor in per cent.
    Scale,
    /// The words of a date, `dd/mm/yyyy`.
    DateWords,
    /// A row of a sheet, from 1.
    Row,
    /// The first of numbers that run on, `LT-00001`.
    Serial,
    /// One kind of code.
    Payload,
    /// One of these words.
    OneOf(Vec<String>),
}

/// Everything that can be found wrong. Each has a text in Vietnamese and English in `catalogue.rs`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the catalogue gives each its sentence")]
pub enum Problem {
    FileMissing { path: String },
    FileUnreadable { path: String, why: String },
    NotUtf8 { path: String },
    YamlEmpty,
    YamlSyntax { detail: String },
    WrongType { key: String, expected: Expected, found: Glimpse },
    UnknownKey { key: String, nearest: Option<String>, known: Vec<String> },
    MissingKey { key: String },
    DuplicateKey { key: String },
    Nothing { key: String },
    BadValue { key: String, value: String, expected: Expected },
    UnknownName { kind: Kind, name: String, nearest: Option<String>, known: Vec<String> },
    NoPieces,
    MissingField { field: String, label: [String; 2] },
    EmptyField { field: String, label: [String; 2] },
    MissingTranslation { field: String, language: String },
    ItemCount { field: String, min: usize, max: usize, found: usize },
    UnknownPlaceholder { name: String, nearest: Option<String>, known: Vec<String> },
    TemplateSyntax { detail: String },
    BadCsv { detail: String },
    OpenQuote,
    ShortRow { expected: usize, found: usize, missing: String },
    LongRow { expected: usize, found: usize },
    DuplicateColumn { column: String },
    NoRecords { path: String },
    TableRefused { path: String, why: Refused },
    ReadAsAnsi { path: String },
    LettersLost { word: String },
    NotForTable { key: String, path: String },
    EmptyHeader { row: u32 },
    MergedCells { sheet: String, cells: String, header: bool },
    DigitsLost { sheet: String, cell: String, column: String },
    CellError { sheet: String, cell: String, column: String, value: String },
    CellWithoutValue { sheet: String, cell: String, column: String },
    FormatBeyond { sheet: String, cell: String, format: String, text: String },
    CellsBeside { sheet: String, cell: String, count: usize },
    BadJson { detail: String },
    NestedValue { column: String },
    Duplicate { columns: Vec<String>, value: String, line: u32 },
    SameRow { line: u32 },
    PatternMiss { column: String, value: String, examples: Vec<String> },
    EmptyCell { column: String },
    SerialColumn { path: String },
    SerialTooWide { serial: String, width: usize },
    SerialGaps { count: usize, gaps: String },
    NotADate { value: String },
    NotANumber { value: String, readings: Option<[String; 2]> },
    FontUnreadable { path: String },
    NoGlyph { character: char, font: String },
    EmptyBox,
    SideLeftOut,
    LooseMark { character: char },
    SameFile { file: String },
    SameName { name: String, other: usize },
    NoName,
    EmptyShard { part: usize, of: usize, sheets: usize },
    UnusedLanguage { language: String },
    Overflow { by_mm: f64, wide: bool, smallest_pt: f64 },
    BoxTooLarge { by_mm: f64, wide: bool },
    QrEmpty,
    QrTooLong { bytes: usize },
    QrFault { fault: Fault },
    QrTooDense { code: Box<Dense> },
    QrMirrored { payload: String },
    QrUnread { payload: String, read: Option<String>, from: Stage },
    ImageUnreadable { path: String, why: String },
    ImageTooLarge { path: String, width: u32, height: u32, bytes: usize },
    ImageCoarse { path: String, ppi: f64, least: f64 },
    DrawingLoss { path: String, what: String },
    SheetDoesNotClose { axis: char, start_mm: f64, pitches: usize, pitch_mm: f64, slot_mm: f64, sum_mm: f64, stock_mm: f64 },
    SlotsOverlap { axis: char, pitch_mm: f64, slot_mm: f64 },
    PieceNotSlot { piece_mm: [f64; 2], slot_mm: [f64; 2] },
    PieceTooLarge { piece_mm: [f64; 2], sheet: String, stock_mm: [f64; 2], around_mm: [f64; 2] },
    SlotsFixed { sheet: String },
    SlotBeyond { slot: usize, slots: usize },
    NoSlots { slot: usize },
    FirstOfPile,
    GutterNarrow { axis: char, gutter_mm: f64, bleed_mm: f64, kept_mm: f64 },
    CutsClose { axis: char, gap_mm: f64, least_mm: f64 },
    NoRegistration { needed_mm: f64 },
    NoCameraMarks { margin_mm: f64, least_mm: f64 },
    OutOfReach { by_mm: f64, margin_mm: f64, places: usize },
    EdgesLost { margin_mm: f64, to_cut: bool },
    TicketCut { key: String },
    PrinterShift { key: String, value_mm: f64, most_mm: f64 },
    NoPrinter { path: String },
    PrinterScale { key: String, value: f64 },
    PrinterMargin { margin_mm: f64, most_mm: f64 },
    NotForPress { press: String },
    HalfFold { sides: usize, shaped: bool, glass: bool },
    RecordsBeyond { first: usize, last: usize, records: usize },
    NoMatch { column: String, value: String },
    SpotTwice { name: String },
    SpotClash { name: String },
    IccUnfit { path: String, why: Unfit },
    DieOpen { figures: usize },
    DieTooFine { sides: usize, most: usize },
    DieCrosses { x_mm: f64, y_mm: f64 },
    DieNotTrim { die_mm: [f64; 4], trim_mm: [f64; 2] },
    InkOverLimit { ink: f64, most: f64 },
    ImageOverLimit { path: String, ink: f64, most: f64 },
    AlphaLost { path: String },
    NoWhite,
    ReservedName { name: String },
    Hairline { width_pt: f64, least_pt: f64 },
    RichText { inks: usize },
    SafeArea { by_mm: f64, safe_mm: f64 },
    OffTrim { by_mm: f64 },
    FoldMargin { off_mm: f64, least_mm: f64 },
    TearMargin { off_mm: f64, least_mm: f64 },
    HoleMargin { off_mm: f64, least_mm: f64 },
    PanelCount { panels: usize, found: usize },
    LowContrast { ratio: f64, least: f64 },
    ReversedThin { size_pt: f64, weight: u16, least_pt: f64 },
    TypeSmall { size_pt: f64, least_pt: f64 },
    FileFault { detail: String },
    WriteFailed { path: String, why: String },
}

/// A code whose modules are too small, and what would help.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Modules on a side.
    pub modules: usize,
    /// Side of the symbol, mm.
    pub side_mm: f64,
    /// Side that a module needs, mm.
    pub least_mm: f64,
    /// Distance in metres that asks for it; none where it is the press.
    pub from_m: Option<f64>,
    /// Distance in metres from which it can be read as it is.
    pub reads_from_m: f64,
    /// Side that the symbol needs as it is, mm; none where the piece has no room for that.
    pub enlarge_mm: Option<f64>,
    /// What else would help.
    pub advice: Advice,
}

/// What stands where something else should.
#[derive(Clone, Debug, PartialEq)]
pub enum Glimpse {
    /// Nothing.
    Nothing,
    /// The first characters of a text or number.
    Text(String),
    /// A list.
    List,
    /// Keys and values.
    Map,
}

impl Glimpse {
    /// The first characters of a text.
    pub fn of(text: &str) -> Glimpse {
        Glimpse::Text(match text.char_indices().nth(40) {
            Some((cut, _)) => format!("{}…", &text[..cut]),
            None => text.to_string(),
        })
    }
}

/// What an unknown name should have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are the words")]
pub enum Kind {
    Format,
    Size,
    Press,
    Sheet,
    Style,
    Ink,
    Field,
    Piece,
    Font,
    Language,
    Icon,
    Column,
    Tab,
    Filter,
}

/// Where a code was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The matrix of modules.
    Modules,
    /// The picture of the finished page.
    Raster,
}

/// The known name nearest to a mistyped one, if any is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let reach = (name.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|k| (distance(name, k), k))
        .filter(|(d, _)| *d <= reach)
        .min_by_key(|(d, k)| (*d, k.len()))
        .map(|(_, k)| k.to_string())
}

/// Edits (insert, delete, replace, swap neighbours) that turn one word into another.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_near() {
        assert_eq!(nearest("formt", ["format", "size"]).as_deref(), Some("format"));
        assert_eq!(nearest("sizzle", ["format", "size"]).as_deref(), Some("size"));
        assert_eq!(nearest("colour", ["format", "size"]), None);
        assert_eq!(nearest("bein_so", ["bien_so", "tuyen"]).as_deref(), Some("bien_so"));
    }
}
