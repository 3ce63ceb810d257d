//! The index of findings: of each its code, how bad it is, whether it may be let pass, and where its words are. The words
//! stand in Vietnamese and English side by side, so that neither falls behind.

use super::{Lang, Problem, Severity};

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its stable short name: `type-too-small`.
    pub name: &'static str,
    /// How bad it is, unless it is let pass.
    pub severity: Severity,
    /// Whether it is a judgement of what can be printed all the same, and so may be let pass (`--allow`): an error is a
    /// warning then, a warning a hint, and a hint is not told.
    pub may_pass: bool,
}

/// A text in Vietnamese and in English.
type Words = (String, String);

/// What is said of a problem.
pub(super) struct Said {
    message: Words,
    hint: Words,
}

impl Said {
    pub(super) fn message(self, lang: Lang) -> String {
        pick(self.message, lang)
    }

    pub(super) fn hint(self, lang: Lang) -> String {
        pick(self.hint, lang)
    }
}

fn said(message: Words, hint: Words) -> Said {
    Said { message, hint }
}

fn pick((vi, en): Words, lang: Lang) -> String {
    match lang {
        Lang::Vi => decimal_commas(&vi),
        Lang::En => en,
    }
}

/// What stands behind a measure.
const UNITS: [&str; 9] = [" mm", " m", " pt", " %", "×", ":1", " ô", " điểm ảnh", " MB"];

/// Measures as Vietnamese writes them: `1.7 mm` becomes `1,7 mm`. Other points stay: plates, addresses.
fn decimal_commas(text: &str) -> String {
    let measure = |rest: &str| {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let ends = |unit: &&str| after.strip_prefix(*unit).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
        after.len() < rest.len() && UNITS.iter().any(ends)
    };
    let digit_before = |at: usize| text[..at].ends_with(|c: char| c.is_ascii_digit());
    // What users have written stands in quotes.
    let mut quoted = 0_i32;
    let turned = text.char_indices().map(|(i, c)| {
        quoted += i32::from(c == '“') - i32::from(c == '”');
        if c == '.' && quoted <= 0 && digit_before(i) && measure(&text[i + 1..]) { ',' } else { c }
    });
    turned.collect()
}

/// Both languages of one sentence: the two formats share their captured names.
macro_rules! say {
    ($vi:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        (format!($vi $(, $name = $value)*), format!($en $(, $name = $value)*))
    };
}

mod addresses;
mod checks;
mod codes;
mod content;
mod files;
mod inspected;
mod layout;
mod pictures;
mod press;
mod printer;
mod shapes;
mod sheets;
mod slips;
mod tables;
mod text;
mod yaml;

/// From one table: the list of codes, the code of a problem, and its words.
macro_rules! index {
    ($($problem:ident $fields:tt => $severity:ident $name:literal $($judgement:ident)?, $words:expr;)*) => {
        /// Every kind of finding, by topic.
        pub static CODES: &[Code] = &[$(index!(@code $severity $name $($judgement)?)),*];

        pub(super) fn code(problem: &Problem) -> Code {
            match problem {
                $(Problem::$problem { .. } => index!(@code $severity $name $($judgement)?),)*
            }
        }

        pub(super) fn words(problem: &Problem) -> Said {
            match problem {
                $(Problem::$problem $fields => $words,)*
            }
        }
    };
    (@code $severity:ident $name:literal) => {
        Code { name: $name, severity: Severity::$severity, may_pass: matches!(Severity::$severity, Severity::Hint) }
    };
    (@code $severity:ident $name:literal judgement) => {
        Code { name: $name, severity: Severity::$severity, may_pass: true }
    };
}

index! {
    FileMissing { path, meant } => Error "file-missing", files::file_missing(path, meant);
    FileUnreadable { path, why } => Error "file-unreadable", files::file_unreadable(path, why);
    OutsideFolder { path, meant } => Error "outside-folder", files::outside_folder(path, meant);
    OverLimit { limit, of, most } => Error "over-limit", files::over_limit(*limit, of, *most);
    NotUtf8 { path } => Error "not-utf8", files::not_utf8(path);
    FontUnreadable { path } => Error "font-unreadable", files::font_unreadable(path);
    FileFault { detail } => Error "file-fault", files::file_fault(detail);
    WriteFailed { path, kind, why } => Error "write-failed", files::write_failed(path, *kind, why);
    LeadsElsewhere { path, to } => Error "leads-elsewhere", files::leads_elsewhere(path, to);
    Stopped { files, pieces } => Error "stopped", files::stopped(*files, *pieces);
    SameFile { file } => Error "same-file", files::same_file(file);
    SameName { name, other } => Error "same-name", files::same_name(name, *other);
    NoName {} => Error "no-name", files::no_name();
    EmptyShard { part, of, sheets } => Hint "empty-shard", files::empty_shard(*part, *of, *sheets);
    TicketCut { key } => Warning "ticket-cut", files::ticket_cut(key);

    YamlEmpty {} => Error "yaml-empty", yaml::yaml_empty();
    YamlSyntax { slip } => Error "yaml-syntax", slips::yaml_syntax(slip);
    CommentInText { text, comment } => Warning "comment-in-text", slips::comment_in_text(text, comment);
    ColonInText { text } => Error "colon-in-text", slips::colon_in_text(text);
    CommaInText { text } => Error "comma-in-text", slips::comma_in_text(text);
    WrongType { key, expected, found } => Error "wrong-type", yaml::wrong_type(key, expected, found);
    UnknownKey { key, nearest, known } => Error "unknown-key", yaml::unknown_key(key, nearest, known);
    MissingKey { key } => Error "missing-key", yaml::missing_key(key);
    DuplicateKey { key, line } => Error "duplicate-key", yaml::duplicate_key(key, *line);
    Nothing { key } => Error "nothing-given", yaml::nothing(key);
    BadValue { key, value, expected } => Error "bad-value", yaml::bad_value(key, value, expected);
    UnknownName { kind, name, nearest, known } => Error "unknown-name", yaml::unknown_name(*kind, name, nearest, known);
    PieceUnnamed { keys, piece } => Error "piece-unnamed", yaml::piece_unnamed(keys, piece);
    NoPieces {} => Error "no-pieces", yaml::no_pieces();
    ReservedName { name } => Error "reserved-name", yaml::reserved_name(name);

    MissingField { field, label, section, in_data } => Error "missing-field", content::missing_field(field, label, section, *in_data);
    EmptyText { field, language } => Error "empty-text", content::empty_text(field, language);
    WrongSection { field, section } => Error "wrong-section", content::wrong_section(field, section);
    EmptyField { field, label } => Error "empty-field", content::empty_field(field, label);
    MissingTranslation { field, language } => Error "missing-translation", content::missing_translation(field, language);
    ItemCount { field, min, max, found } => Error "item-count", content::item_count(field, *min, *max, *found);
    UnknownPlaceholder { name, nearest, known } => Error "unknown-placeholder", content::unknown_placeholder(name, nearest, known);
    NoTable { name } => Error "no-table", content::no_table(name);
    TemplateSyntax { detail } => Error "template-syntax", content::template_syntax(detail);
    EmptyBox {} => Error "empty-box", content::empty_box();
    SideLeftOut {} => Error "side-left-out", content::side_left_out();
    DemandUnmet { demand } => Error "demand-unmet" judgement, content::demand_unmet(demand);
    Expired { until, today } => Warning "expired" judgement, content::expired(until, today);
    UnusedLanguage { language } => Error "unused-language", content::unused_language(language);
    NotADate { value } => Error "not-a-date", content::not_a_date(value);
    NotANumber { value, readings } => Error "not-a-number", content::not_a_number(value, readings);

    NoGlyph { characters, font } => Error "no-glyph", text::no_glyph(characters, font);
    LooseMark { character } => Error "loose-mark", text::loose_mark(*character);
    OldEncoding { word, reading, garble } => Error "old-encoding" judgement, text::old_encoding(word, reading, *garble);
    StrayAccent { sign, word } => Warning "stray-accent" judgement, text::stray_accent(*sign, word);
    Unfinished { words } => Warning "unfinished-text" judgement, text::unfinished(words);
    InvisibleSign { character, near } => Hint "invisible-sign", text::invisible_sign(*character, near);
    DoubleSpace { near } => Hint "double-space", text::double_space(near);
    SpaceBeforeSign { sign, near } => Hint "space-before-sign", text::space_before_sign(*sign, near);
    StraightQuotes { near } => Hint "straight-quotes", text::straight_quotes(near);
    HardAddress { address } => Hint "hard-address", text::hard_address(address);
    MarkupLeft { sign } => Warning "markup-left" judgement, text::markup_left(sign);
    OneBrace { found, meant } => Warning "placeholder-misspelt" judgement, text::one_brace(found, meant);
    NameAsText { name } => Warning "name-as-text" judgement, text::name_as_text(name);
    LookAlike { found, meant, word } => Warning "look-alike" judgement, text::look_alike(*found, *meant, word);
    SpaceMissing { near } => Hint "space-missing", text::space_missing(near);
    PhoneDigits { number, found, wanted } => Warning "phone-digits" judgement, text::phone_digits(number, *found, *wanted);
    QuotesPrinted { text } => Hint "quotes-printed", text::quotes_printed(text);
    OneTextForAll { field, languages } => Warning "one-text-for-all" judgement, content::one_text_for_all(field, languages);
    LanguageUnprinted { language } => Hint "language-unprinted", content::language_unprinted(language);
    WrongLanguage { language } => Warning "wrong-language" judgement, text::wrong_language(language);
    SameTranslation { one, other } => Warning "same-translation" judgement, text::same_translation(one, other);

    BadCsv { detail } => Error "bad-csv", tables::bad_csv(detail);
    OpenQuote {} => Error "open-quote", tables::open_quote();
    ShortRow { expected, found, read_as } => Error "short-row", tables::short_row(*expected, *found, read_as);
    LongRow { expected, found } => Error "long-row", tables::long_row(*expected, *found);
    DuplicateColumn { column } => Error "duplicate-column", tables::duplicate_column(column);
    NoRecords { path } => Error "no-records", tables::no_records(path);
    TableRefused { path, why } => Error "table-refused", tables::table_refused(path, why);
    ReadAsAnsi { path } => Hint "read-as-ansi", tables::read_as_ansi(path);
    LettersLost { word } => Warning "letters-lost", tables::letters_lost(word);
    NotForTable { key, path } => Error "not-for-table", tables::not_for_table(key, path);
    EmptyHeader { row } => Error "empty-header", tables::empty_header(*row);
    MergedCells { sheet, cells, header } => Error "merged-cells", tables::merged_cells(sheet, cells, *header);
    DigitsLost { sheet, cell, column } => Error "digits-lost", tables::digits_lost(sheet, cell, column);
    CellError { sheet, cell, column, value } => Error "cell-error", tables::cell_error(sheet, cell, column, value);
    CellWithoutValue { sheet, cell, column } => Error "cell-without-value", tables::cell_without_value(sheet, cell, column);
    FormatBeyond { sheet, cell, format, text } => Hint "format-beyond", tables::format_beyond(sheet, cell, format, text);
    CellsBeside { sheet, cell, count } => Warning "cells-beside", tables::cells_beside(sheet, cell, *count);
    BadJson { detail } => Error "bad-json", tables::bad_json(detail);
    ZeroLost { column, value } => Warning "zero-lost" judgement, tables::zero_lost(column, value);
    NumberShortened { column, value } => Warning "number-shortened" judgement, tables::number_shortened(column, value);
    ErrorInCell { column, value } => Error "error-in-cell" judgement, tables::error_in_cell(column, value);
    NoteInCell { column, value } => Warning "note-in-cell" judgement, tables::note_in_cell(column, value);
    LetterInNumber { column, value, meant } => Warning "letter-in-number" judgement, tables::letter_in_number(column, value, meant);
    ColumnsMissing { missing, known } => Error "columns-missing", tables::columns_missing(missing, known);
    HeaderElsewhere { row, columns } => Error "header-elsewhere", tables::header_elsewhere(*row, columns);
    OtherSeparator { header, rows } => Error "other-separator", tables::other_separator(*header, *rows);
    TotalRow { word, kind } => Error "total-row" judgement, tables::total_row(word, *kind);
    NestedValue { column } => Error "nested-value", tables::nested_value(column);
    RecordsBeyond { first, last, records } => Error "records-beyond", tables::records_beyond(*first, *last, *records);
    NoMatch { column, value } => Error "no-match", tables::no_match(column, value);

    Duplicate { columns, value, line } => Error "duplicate-value", checks::duplicate(columns, value, *line);
    SameRow { line } => Warning "same-row", checks::same_row(*line);
    PatternMiss { column, value, examples } => Error "pattern-miss", checks::pattern_miss(column, value, examples);
    EmptyCell { column } => Error "empty-cell", checks::empty_cell(column);
    SerialColumn { path } => Error "serial-column", checks::serial_column(path);
    SerialTooWide { serial, width } => Error "serial-too-wide", checks::serial_too_wide(serial, *width);
    SerialGaps { count, gaps } => Hint "serial-gaps", checks::serial_gaps(*count, gaps);

    QrEmpty {} => Error "qr-empty", codes::qr_empty();
    QrQuietZone { free, at_trim, module_mm, neighbour } => Error "qr-quiet-zone" judgement, codes::qr_quiet_zone((*free, *at_trim), *module_mm, neighbour);
    QrCovered {} => Error "qr-covered", codes::qr_covered();
    QrPale { contrast, least } => Error "qr-low-contrast" judgement, codes::qr_pale(*contrast, *least);
    QrInverted {} => Error "qr-inverted" judgement, codes::qr_inverted();
    QrOnFold {} => Error "qr-on-fold" judgement, codes::qr_on_fold();
    QrClose { off_mm, least_mm } => Warning "qr-close" judgement, codes::qr_close(*off_mm, *least_mm);
    QrWeak {} => Hint "qr-weak", codes::qr_weak();
    QrFrail { pixels, reads_from_m, meant_m } => Warning "qr-frail" judgement, codes::qr_frail(*pixels, *reads_from_m, *meant_m);
    WifiOpen { ssid } => Warning "wifi-open" judgement, codes::wifi_open(ssid);
    UrlBroken { address, doubt } => Error "url-broken" judgement, addresses::url_doubt(address, doubt);
    UrlDoubtful { address, doubt } => Warning "url-doubtful" judgement, addresses::url_doubt(address, doubt);
    UrlHttp { address } => Hint "url-http", addresses::url_http(address);
    UrlTracking { parts, address } => Hint "url-tracking", addresses::url_tracking(parts, address);
    UrlUnreachable { host } => Warning "url-unreachable" judgement, addresses::url_unreachable(host);
    UrlLookAlike { host, sign, script } => Error "url-look-alike" judgement, addresses::url_look_alike(host, *sign, *script);
    QrTrap { trap } => Error "qr-trap", addresses::qr_trap(trap);
    QrTooLong { bytes } => Error "qr-too-long", codes::qr_too_long(*bytes);
    QrFault { fault } => Error "qr-payload", codes::qr_fault(fault);
    QrTooDense { code } => Error "qr-too-dense" judgement, codes::qr_too_dense(code);
    QrMirrored { payload } => Error "qr-mirrored", codes::qr_mirrored(payload);
    QrUnread { payload, read, from } => Error "qr-unread", codes::qr_unread(payload, read, *from);

    ImageUnreadable { path, why } => Error "image-unreadable", pictures::image_unreadable(path, why);
    ImageForeign { path, kind } => Error "image-format", pictures::image_foreign(path, kind);
    ImageCoarse { path, ppi, least } => Warning "image-coarse" judgement, pictures::image_coarse(path, *ppi, *least);
    DrawingLoss { path, lost } => Error "drawing-loss", pictures::drawing_loss(path, lost);
    ImageOverLimit { path, ink, most } => Warning "image-ink-over-limit" judgement, pictures::image_over_limit(path, *ink, *most);
    AlphaLost { path } => Warning "alpha-lost" judgement, pictures::alpha_lost(path);

    Overflow { by_mm, wide, smallest_pt, letters, fits } => Error "overflow" judgement, layout::overflow((*by_mm, *wide), *smallest_pt, *letters, *fits);
    BoxTooLarge { by_mm, wide } => Error "box-too-large" judgement, layout::box_too_large(*by_mm, *wide);
    SafeArea { by_mm, safe_mm } => Warning "safe-area" judgement, layout::safe_area(*by_mm, *safe_mm);
    OffTrim { by_mm } => Error "off-trim", layout::off_trim(*by_mm);
    FoldMargin { off_mm, least_mm } => Warning "fold-margin" judgement, layout::fold_margin(*off_mm, *least_mm);
    TearMargin { off_mm, least_mm } => Warning "tear-margin" judgement, layout::tear_margin(*off_mm, *least_mm);
    HoleMargin { off_mm, least_mm } => Error "hole-margin" judgement, layout::hole_margin(*off_mm, *least_mm);
    TextOnPicture { ratio, least } => Warning "text-on-picture" judgement, layout::text_on_picture(*ratio, *least);
    TextCovered { text } => Error "text-covered" judgement, layout::text_covered(text);
    OrphanedSyllable { word } => Hint "orphaned-syllable", layout::orphaned_syllable(word);
    PanelCount { panels, found } => Error "panel-count", layout::panel_count(*panels, *found);
    LowContrast { ratio, least, inks } => Warning "low-contrast" judgement, layout::low_contrast(*ratio, *least, inks);
    ReversedThin { size_pt, weight, least_pt } => Warning "reversed-too-thin" judgement, layout::reversed_thin(*size_pt, *weight, *least_pt);
    TypeSmall { size_pt, least_pt } => Warning "type-too-small" judgement, layout::type_small(*size_pt, *least_pt);

    SheetDoesNotClose { axis, start_mm, pitches, pitch_mm, slot_mm, sum_mm, stock_mm } => Error "sheet-does-not-close", sheets::sheet_does_not_close(*axis, *start_mm, *pitches, *pitch_mm, *slot_mm, *sum_mm, *stock_mm);
    SlotsOverlap { axis, pitch_mm, slot_mm } => Error "slots-overlap", sheets::slots_overlap(*axis, *pitch_mm, *slot_mm);
    PieceNotSlot { piece_mm, slot_mm } => Error "piece-not-slot", sheets::piece_not_slot(*piece_mm, *slot_mm);
    PieceTooLarge { piece_mm, sheet, stock_mm, around_mm } => Error "piece-too-large", sheets::piece_too_large(*piece_mm, sheet, *stock_mm, *around_mm);
    SlotsFixed { sheet } => Error "slots-fixed", sheets::slots_fixed(sheet);
    SlotBeyond { slot, slots } => Error "slot-beyond", sheets::slot_beyond(*slot, *slots);
    NoSlots { slot } => Error "no-slots", sheets::no_slots(*slot);
    FirstOfPile {} => Error "first-of-pile", sheets::first_of_pile();
    GutterNarrow { axis, gutter_mm, bleed_mm, kept_mm } => Warning "gutter-narrow", sheets::gutter_narrow(*axis, *gutter_mm, *bleed_mm, *kept_mm);
    CutsClose { axis, gap_mm, least_mm } => Error "cuts-close" judgement, sheets::cuts_close(*axis, *gap_mm, *least_mm);
    NoRegistration { needed_mm } => Hint "no-registration", sheets::no_registration(*needed_mm);
    NoCameraMarks { margin_mm, least_mm } => Warning "no-camera-marks", sheets::no_camera_marks(*margin_mm, *least_mm);
    HalfFold { sides, shaped, glass } => Error "half-fold", sheets::half_fold(*sides, *shaped, *glass);

    OutOfReach { by_mm, margin_mm, places } => Error "out-of-reach" judgement, printer::out_of_reach(*by_mm, *margin_mm, *places);
    EdgesLost { margin_mm, to_cut } => Hint "edges-lost", printer::edges_lost(*margin_mm, *to_cut);
    PrinterMargin { margin_mm, most_mm } => Error "printer-margin", printer::printer_margin(*margin_mm, *most_mm);
    PrinterShift { key, value_mm, most_mm } => Error "printer-shift", printer::printer_shift(key, *value_mm, *most_mm);
    NoPrinter { path } => Error "no-printer", printer::no_printer(path);
    PrinterScale { key, value } => Error "printer-scale", printer::printer_scale(key, *value);
    NotForPress { press } => Hint "not-for-press", printer::not_for_press(press);

    SpotTwice { name } => Error "spot-twice", press::spot_twice(name);
    SpotClash { name } => Error "spot-clash", press::spot_clash(name);
    IccUnfit { path, why } => Error "icc-unfit", press::icc_unfit(path, why);
    InkOverLimit { ink, most } => Error "ink-over-limit" judgement, press::ink_over_limit(*ink, *most);
    NoWhite {} => Warning "no-white" judgement, press::no_white();
    Hairline { width_pt, least_pt } => Warning "hairline" judgement, press::hairline(*width_pt, *least_pt);
    RichText { inks } => Warning "rich-text" judgement, press::rich_text(*inks);

    DieOpen { figures } => Error "die-open", shapes::die_open(*figures);
    DieTooFine { sides, most } => Error "die-too-fine", shapes::die_too_fine(*sides, *most);
    DieCrosses { x_mm, y_mm } => Error "die-crosses", shapes::die_crosses(*x_mm, *y_mm);
    DieNotTrim { die_mm, trim_mm } => Error "die-not-trim", shapes::die_not_trim(*die_mm, *trim_mm);

    PdfRefused { path, why } => Error "pdf-refused", inspected::pdf_refused(path, *why);
    PdfEncrypted {} => Warning "pdf-encrypted", inspected::pdf_encrypted();
    NoTrimBox {} => Warning "pdf-no-trim", inspected::no_trim_box();
    BleedMissing { bleed_mm, wanted_mm } => Warning "pdf-no-bleed", inspected::bleed_missing(*bleed_mm, *wanted_mm);
    BoxesNotNested { outer, inner } => Warning "pdf-boxes", inspected::boxes_not_nested(outer, inner);
    PagesDiffer { sizes } => Hint "pdf-pages-differ", inspected::pages_differ(*sizes);
    FontNotEmbedded { font } => Warning "pdf-font-missing", inspected::font_not_embedded(font);
    RgbForPress { space } => Warning "pdf-rgb", inspected::rgb_for_press(space);
    NoOutputIntent {} => Warning "pdf-no-intent", inspected::no_output_intent();
    SeesThrough {} => Warning "pdf-transparent", inspected::sees_through();
    PageIsPicture { ppi } => Hint "pdf-page-is-picture", inspected::page_is_picture(*ppi);
    CodeTooFine { module_mm, least_mm } => Warning "pdf-code-fine", inspected::code_too_fine(*module_mm, *least_mm);
    CodeWithoutZone { free } => Warning "pdf-code-quiet-zone", inspected::code_without_zone(*free);
    CodeNearTrim { off_mm, least_mm } => Warning "pdf-code-near-trim", inspected::code_near_trim(*off_mm, *least_mm);
    CodeMirrored { payload } => Warning "pdf-code-mirrored", inspected::code_mirrored(payload);
    CodeInverted { payload } => Warning "pdf-code-inverted", inspected::code_inverted(payload);
    CodeTrap { trap } => Warning "pdf-code-trap", inspected::code_trap(trap);
    CodeLookAlike { host, sign, script } => Warning "pdf-code-look-alike", inspected::code_look_alike(host, *sign, *script);
}

/// What a language is called, with its code.
fn tongue(code: &str) -> Words {
    let (vi, en) = match code {
        "vi" => ("tiếng Việt", "Vietnamese"),
        "en" => ("tiếng Anh", "English"),
        "fr" => ("tiếng Pháp", "French"),
        "zh" => ("tiếng Trung", "Chinese"),
        "ja" => ("tiếng Nhật", "Japanese"),
        "ko" => ("tiếng Hàn", "Korean"),
        "ru" => ("tiếng Nga", "Russian"),
        "uk" => ("tiếng Ukraina", "Ukrainian"),
        _ => return (format!("ngôn ngữ “{code}”"), format!("“{code}”")),
    };
    (format!("{vi} ({code})"), format!("{en} ({code})"))
}

/// "did you mean", or the list of what there is.
fn offer(nearest: &Option<String>, known: &[String]) -> Words {
    match nearest {
        Some(n) => say!("Có phải ý bạn là “{n}”?", "Did you mean “{n}”?"),
        None if known.is_empty() => say!("Bỏ nó đi.", "Remove it."),
        None => say!("Có thể dùng: {list}.", "There are: {list}.", list = known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_have_decimal_commas_and_plates_keep_their_points() {
        assert_eq!(
            decimal_commas("thừa 1.7 mm, 148.0×210.0 mm, 19B-014.62, cỡ 7.5 pt, từ 0.64 m, “10.000 m”"),
            "thừa 1,7 mm, 148,0×210,0 mm, 19B-014.62, cỡ 7,5 pt, từ 0,64 m, “10.000 m”"
        );
    }

    #[test]
    fn both_languages_carry_the_same_facts() {
        let sources = [
            include_str!("addresses.rs"),
            include_str!("checks.rs"),
            include_str!("codes.rs"),
            include_str!("content.rs"),
            include_str!("files.rs"),
            include_str!("inspected.rs"),
            include_str!("layout.rs"),
            include_str!("pictures.rs"),
            include_str!("press.rs"),
            include_str!("printer.rs"),
            include_str!("shapes.rs"),
            include_str!("sheets.rs"),
            include_str!("slips.rs"),
            include_str!("tables.rs"),
            include_str!("text.rs"),
            include_str!("yaml.rs"),
        ];
        let mut pairs = 0;
        for source in sources {
            for said in source.split("say!(").skip(1) {
                let (vi, after) = literal(said);
                let (en, _) = literal(after.trim_start_matches([',', ' ', '\n']));
                assert_eq!(facts(vi), facts(en), "{vi} / {en}");
                pairs += 1;
            }
        }
        assert!(pairs > 2 * CODES.len(), "{pairs}");
    }

    /// The literal at the beginning of some Rust, and what follows it.
    fn literal(source: &str) -> (&str, &str) {
        let text = source.trim_start().strip_prefix('"').unwrap_or_else(|| panic!("no literal: {source:.80}"));
        let end = text.match_indices('"').find(|(at, _)| !text[..*at].ends_with('\\')).unwrap().0;
        (&text[..end], &text[end + 1..])
    }

    /// What a sentence is filled with: names, and how their numbers are written.
    fn facts(sentence: &str) -> std::collections::BTreeSet<String> {
        let sentence = sentence.replace("{{", "").replace("}}", "");
        sentence
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| if matches!(name, "vi" | "en") { "words".into() } else { name.to_string() })
            .collect()
    }

    #[test]
    fn what_harms_who_scans_it_cannot_be_let_pass() {
        let trap = CODES.iter().find(|code| code.name == "qr-trap").unwrap();
        assert_eq!((trap.severity, trap.may_pass), (Severity::Error, false));
        let look_alike = CODES.iter().find(|code| code.name == "url-look-alike").unwrap();
        assert_eq!((look_alike.severity, look_alike.may_pass), (Severity::Error, true));
    }

    #[test]
    fn every_code_is_one_kind() {
        let mut names: Vec<&str> = CODES.iter().map(|code| code.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CODES.len());
    }
}
