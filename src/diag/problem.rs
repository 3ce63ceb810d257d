//! Everything that can be found, as data.

use crate::color::{Colour, Unfit};
use crate::data::Refused;
use crate::drawing::Loss;
use crate::limits::Limit;
use crate::qr::advice::Advice;
use crate::qr::payload::{Doubt, Fault, Trap};
use crate::text::legacy::Encoding;
use std::io::ErrorKind;

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
    FileMissing { path: String, meant: Option<String> },
    FileUnreadable { path: String, why: String },
    OutsideFolder { path: String, meant: Option<String> },
    OverLimit { limit: Limit, of: String, most: u64 },
    NotUtf8 { path: String },
    YamlEmpty,
    YamlSyntax { slip: Slip },
    CommentInText { text: String, comment: String },
    ColonInText { text: String },
    CommaInText { text: String },
    WrongType { key: String, expected: Expected, found: Glimpse },
    UnknownKey { key: String, nearest: Option<String>, known: Vec<String> },
    MissingKey { key: String },
    DuplicateKey { key: String, line: u32 },
    Nothing { key: String },
    BadValue { key: String, value: String, expected: Expected },
    UnknownName { kind: Kind, name: String, nearest: Option<String>, known: Vec<String> },
    NoPieces,
    PieceUnnamed { keys: Vec<String>, piece: Option<String> },
    MissingField { field: String, label: [String; 2], section: &'static str, in_data: bool },
    EmptyText { field: String, language: String },
    WrongSection { field: String, section: &'static str },
    EmptyField { field: String, label: [String; 2] },
    MissingTranslation { field: String, language: String },
    ItemCount { field: String, min: usize, max: usize, found: usize },
    UnknownPlaceholder { name: String, nearest: Option<String>, known: Vec<String> },
    NoTable { name: String },
    TemplateSyntax { detail: String },
    BadCsv { detail: String },
    OpenQuote,
    ShortRow { expected: usize, found: usize, read_as: Vec<(String, String)> },
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
    NoGlyph { characters: Vec<char>, font: String },
    EmptyBox,
    SideLeftOut,
    LooseMark { character: char },
    OldEncoding { word: String, reading: String, garble: Encoding },
    StrayAccent { sign: char, word: String },
    Unfinished { words: String },
    InvisibleSign { character: char, near: String },
    DoubleSpace { near: String },
    SpaceBeforeSign { sign: char, near: String },
    StraightQuotes { near: String },
    HardAddress { address: String },
    MarkupLeft { sign: String },
    OneBrace { found: String, meant: String },
    NameAsText { name: String },
    LookAlike { found: char, meant: char, word: String },
    SpaceMissing { near: String },
    PhoneDigits { number: String, found: usize, wanted: usize },
    QuotesPrinted { text: String },
    OneTextForAll { field: String, languages: Vec<String> },
    LanguageUnprinted { language: String },
    WrongLanguage { language: String },
    SameTranslation { one: String, other: String },
    ZeroLost { column: String, value: String },
    NumberShortened { column: String, value: String },
    ErrorInCell { column: String, value: String },
    NoteInCell { column: String, value: String },
    LetterInNumber { column: String, value: String, meant: String },
    ColumnsMissing { missing: Vec<(String, Option<String>)>, known: Vec<String> },
    HeaderElsewhere { row: u32, columns: Vec<String> },
    OtherSeparator { header: char, rows: char },
    TotalRow { word: String, kind: NoRecord },
    SameFile { file: String },
    SameName { name: String, other: usize },
    NoName,
    EmptyShard { part: usize, of: usize, sheets: usize },
    UnusedLanguage { language: String },
    Overflow { by_mm: f64, wide: bool, smallest_pt: f64, letters: usize, fits: Option<usize> },
    BoxTooLarge { by_mm: f64, wide: bool },
    QrEmpty,
    QrQuietZone { free: f64, at_trim: bool, module_mm: f64, neighbour: Option<String> },
    QrCovered,
    QrPale { contrast: f64, least: f64 },
    QrInverted,
    QrOnFold,
    QrClose { off_mm: f64, least_mm: f64 },
    QrWeak,
    QrFrail { pixels: f64, reads_from_m: f64, meant_m: f64 },
    WifiOpen { ssid: String },
    UrlBroken { address: String, doubt: Doubt },
    UrlDoubtful { address: String, doubt: Doubt },
    UrlHttp { address: String },
    UrlTracking { parts: String, address: String },
    UrlUnreachable { host: String },
    UrlLookAlike { host: String, sign: char, script: Option<&'static str> },
    QrTrap { trap: Trap },
    QrTooLong { bytes: usize },
    QrFault { fault: Fault },
    QrTooDense { code: Box<Dense> },
    QrMirrored { payload: String },
    QrUnread { payload: String, read: Option<String>, from: Stage },
    ImageUnreadable { path: String, why: String },
    ImageForeign { path: String, kind: &'static str },
    ImageCoarse { path: String, ppi: f64, least: f64 },
    DrawingLoss { path: String, lost: Vec<Loss> },
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
    TextOnPicture { ratio: f64, least: f64 },
    TextCovered { text: String },
    OrphanedSyllable { word: String },
    DemandUnmet { demand: Demand },
    Expired { until: String, today: String },
    PanelCount { panels: usize, found: usize },
    LowContrast { ratio: f64, least: f64, inks: Box<[Colour; 2]> },
    ReversedThin { size_pt: f64, weight: u16, least_pt: f64 },
    TypeSmall { size_pt: f64, least_pt: f64 },
    FileFault { detail: String },
    WriteFailed { path: String, kind: ErrorKind, why: String },
    LeadsElsewhere { path: String, to: String },
    Stopped { files: usize, pieces: usize },
    PdfRefused { path: String, why: crate::inspect::Refused },
    PdfEncrypted,
    NoTrimBox,
    BleedMissing { bleed_mm: f64, wanted_mm: f64 },
    BoxesNotNested { outer: String, inner: String },
    PagesDiffer { sizes: usize },
    FontNotEmbedded { font: String },
    RgbForPress { space: String },
    NoOutputIntent,
    SeesThrough,
    PageIsPicture { ppi: f64 },
    CodeTooFine { module_mm: f64, least_mm: f64 },
    CodeWithoutZone { free: f64 },
    CodeNearTrim { off_mm: f64, least_mm: f64 },
    CodeMirrored { payload: String },
    CodeInverted { payload: String },
    CodeTrap { trap: Trap },
    CodeLookAlike { host: String, sign: char, script: Option<&'static str> },
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
        Glimpse::Text(beginning(text))
    }
}

/// The first characters of a text.
pub(crate) fn beginning(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_string(),
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

/// What is wrong with the YAML of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Slip {
    /// A tab before the first word of a line.
    Tab,
    /// Another sign there that looks like a space.
    Space(char),
    /// An item of a list whose dash has no space behind it.
    Dash,
    /// A colon without a space behind it.
    NoSpace {
        /// The key before it.
        key: String,
    },
    /// A full-width colon, `：`.
    WideColon,
    /// A colon in a text without quotes.
    Colon {
        /// The text.
        text: String,
    },
    /// A quote that is not closed.
    Quote(char),
    /// A quote that is closed before the text ends: what follows it, after what was inside.
    Early {
        /// The quote.
        quote: char,
        /// The text as it was meant.
        meant: String,
    },
    /// A line that goes on with the text above it, or is to have a key.
    GoesOn {
        /// The line.
        text: String,
    },
    /// An equals sign for a colon.
    Equals {
        /// The line as it was meant.
        meant: String,
    },
    /// A key that stands beside the one that it belongs to.
    Beside {
        /// The key.
        key: String,
        /// The one before it, which is empty.
        above: String,
    },
    /// A text that begins with a sign of YAML.
    Sign(char),
    /// A placeholder without quotes.
    Placeholder,
    /// A bracket that is not closed.
    Open(char),
    /// A line further in than it may be.
    Deep,
    /// A line that is as far in as none above it.
    Uneven,
    /// A backslash in double quotes.
    Escape(char),
    /// A line without a key.
    NoColon {
        /// The line.
        text: String,
    },
    /// Several documents in one file.
    Documents,
    /// A tag, `!name`.
    Tags,
    /// An alias without its anchor before it.
    Alias {
        /// Its name.
        name: String,
        /// An anchor of nearly that name.
        near: Option<String>,
    },
    /// A key that is no word.
    OddKey,
    /// A control character, or an odd sign for the end of a line.
    Control(char),
    /// Entries without a comma between them.
    Comma,
    /// A bracket that closes nothing.
    Close(char),
    /// A remark of another language, `//`.
    Slashes,
    /// A fence of Markdown.
    Fence,
    /// Another kind of file.
    Foreign(&'static str),
    /// Something else, in the words of the parser.
    Other(String),
}

/// What a format demands of a campaign, besides its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Who says so.
    Issuer,
    /// The number of a paper.
    Document,
    /// A last day.
    ValidUntil,
    /// Content of one of these fields.
    OneOf(Vec<String>),
}

/// Why a row of a table is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRecord {
    /// It is a sum.
    Sum,
    /// It is a note in one cell.
    Note,
    /// It has a number in its first cell, and nothing else.
    NumberAlone,
    /// Its cells number the columns.
    Numbers,
}
