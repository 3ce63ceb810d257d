//! Everything that can be found, as data.

use crate::color::Unfit;
use crate::data::Refused;
use crate::qr::advice::Advice;
use crate::qr::payload::Fault;

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

/// Everything that can be found wrong. Each has its words in Vietnamese and English in the catalogue.
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
    Judgement,
}

/// Where a code was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The matrix of modules.
    Modules,
    /// The picture of the finished page.
    Raster,
}
