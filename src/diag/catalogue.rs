//! The words of every finding, in Vietnamese and English, side by side so that neither falls behind.

use super::{Expected, Glimpse, Kind, Lang, Problem, Severity, Stage};
use crate::color::Unfit;
use crate::data::Refused;
use crate::picture::{MOST_BYTES, MOST_PIXELS};

/// A text in both languages.
pub(super) struct Both(String, String);

impl Both {
    pub(super) fn pick(self, lang: Lang) -> String {
        match lang {
            Lang::Vi => decimal_commas(&self.0),
            Lang::En => self.1,
        }
    }
}

/// Measures as Vietnamese writes them: `1.7 mm` becomes `1,7 mm`. Other points stay: plates, addresses.
fn decimal_commas(text: &str) -> String {
    let measure = |rest: &str| {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        after.len() < rest.len() && [" mm", " pt", " %", "×", ":1"].iter().any(|unit| after.starts_with(unit))
    };
    let digit_before = |at: usize| text[..at].ends_with(|c: char| c.is_ascii_digit());
    text.char_indices().map(|(i, c)| if c == '.' && digit_before(i) && measure(&text[i + 1..]) { ',' } else { c }).collect()
}

/// Code, severity, message and hint of a problem.
pub(super) struct Entry {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: Both,
    pub(super) hint: Both,
}

fn error(code: &'static str, message: (String, String), hint: (String, String)) -> Entry {
    Entry { code, severity: Severity::Error, message: Both(message.0, message.1), hint: Both(hint.0, hint.1) }
}

fn warning(code: &'static str, message: (String, String), hint: (String, String)) -> Entry {
    Entry { severity: Severity::Warning, ..error(code, message, hint) }
}

fn hint(code: &'static str, message: (String, String), hint: (String, String)) -> Entry {
    Entry { severity: Severity::Hint, ..error(code, message, hint) }
}

/// Both languages of one sentence: the two formats share their captured names.
macro_rules! say {
    ($vi:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        (format!($vi $(, $name = $value)*), format!($en $(, $name = $value)*))
    };
}

mod codes;

fn expected(e: &Expected) -> (String, String) {
    match e {
        Expected::Map => say!("các cặp khóa: giá trị", "keys and values"),
        Expected::List => say!("một danh sách, ví dụ [a, b]", "a list, such as [a, b]"),
        Expected::Text => say!("một đoạn chữ", "a text"),
        Expected::Words => {
            say!(
                "một đoạn chữ, hoặc mỗi ngôn ngữ một đoạn ({{vi: …, en: …}}); chữ có dấu phẩy hay dấu hai chấm phải đặt trong ngoặc kép",
                "a text, or one for each language ({{vi: …, en: …}}); a text with a comma or a colon must stand in quotes"
            )
        }
        Expected::Number => say!("một số trong khoảng cho phép", "a number within its range"),
        Expected::Bool => say!("true hoặc false", "true or false"),
        Expected::Length => say!("độ dài có đơn vị, dưới 5m, ví dụ 10mm hoặc 9pt", "a length with its unit, below 5m, such as 10mm or 9pt"),
        Expected::Distance => say!("khoảng cách có đơn vị, đến 100m, ví dụ 1.5m", "a distance with its unit, up to 100m, such as 1.5m"),
        Expected::TypeSize => say!("cỡ chữ, ví dụ 9.5pt, hoặc khoảng 19pt..24pt", "a type size such as 9.5pt, or a range 19pt..24pt"),
        Expected::Size => say!("khổ rộng x cao, ví dụ 148x210mm", "width x height, such as 148x210mm"),
        Expected::Colour => say!(
            "màu \"#0B63B0\", hoặc \"cmyk(90 60 0 5)\" với mỗi mực từ 0 đến 100",
            "a colour \"#0B63B0\", or \"cmyk(90 60 0 5)\" with each ink from 0 to 100"
        ),
        Expected::Inks => say!("\"cmyk(90 60 0 5)\" với mỗi mực từ 0 đến 100", "\"cmyk(90 60 0 5)\" with each ink from 0 to 100"),
        Expected::Plate => say!(
            "tên của một bản kẽm riêng, ví dụ CutContour; không phải Cyan, Magenta, Yellow, Black, All hay None",
            "the name of a plate of its own, such as CutContour; not Cyan, Magenta, Yellow, Black, All or None"
        ),
        Expected::Coverage => say!("lượng mực từ 100% đến 400%, ví dụ 300%", "an amount of ink from 100% to 400%, such as 300%"),
        Expected::Condition => say!(
            "tên điều kiện in như trong danh mục của ICC, ví dụ FOGRA51",
            "the name of a printing condition as the ICC registry has it, such as FOGRA51"
        ),
        Expected::Choke => say!("bề rộng đến 2mm, ví dụ 0.2mm", "a width up to 2mm, such as 0.2mm"),
        Expected::PathData => say!(
            "nét vẽ như trong SVG, tính bằng milimét từ góc trên trái, ví dụ \"M0 0 H100 V50 H0 Z\"",
            "path data as in SVG, in millimetres from the top left corner, such as \"M0 0 H100 V50 H0 Z\""
        ),
        Expected::Date => say!("ngày dạng 2020-12-31", "a date such as 2020-12-31"),
        Expected::Range => say!("khoảng như 3..6", "a range such as 3..6"),
        Expected::Sides => say!("một cạnh, ví dụ 40mm, hoặc khoảng 60mm..150mm", "a side such as 40mm, or a range 60mm..150mm"),
        Expected::Track => {
            say!("bề rộng cột: độ dài như 30mm, hoặc phần chia như 1", "a width of a column: a length such as 30mm, or a share such as 1")
        }
        Expected::Positions => {
            say!("các vị trí tăng dần, nằm trong khổ giấy, ví dụ [97mm, 197mm]", "growing positions inside the trim, such as [97mm, 197mm]")
        }
        Expected::Hole => say!("một lỗ nằm trọn trong đường cắt", "a hole that lies inside the edge of the piece"),
        Expected::OneKey => say!("một hộp: đúng một khóa, ví dụ text: {{…}}", "one box: exactly one key, such as text: {{…}}"),
        Expected::Name => say!("tên chỉ gồm chữ, số và các dấu “-”, “_”, “.”", "a name of letters, digits and the signs “-”, “_”, “.”"),
        Expected::Scale => say!("tỷ lệ, ví dụ 98.5%", "a scale such as 98.5%"),
        Expected::DateWords => {
            say!("các chữ dd, d, mm, m, yyyy và yy, ví dụ dd/mm/yyyy", "the words dd, d, mm, m, yyyy and yy, such as dd/mm/yyyy")
        }
        Expected::Row => say!("số của một hàng trong bảng, tính từ 1", "the number of a row of the table, from 1"),
        Expected::Serial => say!(
            "số đầu tiên, kết thúc bằng không quá 12 chữ số, ví dụ LT-00001",
            "the first number, ending with no more than 12 digits, such as LT-00001"
        ),
        Expected::Payload => say!(
            "đoạn chữ, hoặc đúng một trong các khóa url, text, wifi, tel, sms, geo, vcard, vietqr",
            "a text, or just one of the keys url, text, wifi, tel, sms, geo, vcard, vietqr"
        ),
        Expected::OneOf(words) => say!("một trong các giá trị: {list}", "one of: {list}", list = words.join(", ")),
    }
}

fn found(glimpse: &Glimpse) -> (String, String) {
    match glimpse {
        Glimpse::Nothing => say!("chỗ trống", "nothing"),
        Glimpse::Text(text) => say!("“{text}”", "“{text}”"),
        Glimpse::List => say!("một danh sách", "a list"),
        Glimpse::Map => say!("các cặp khóa: giá trị", "keys and values"),
    }
}

fn kind(k: Kind) -> (&'static str, &'static str) {
    match k {
        Kind::Format => ("mẫu", "format"),
        Kind::Size => ("khổ", "size"),
        Kind::Press => ("kiểu in", "press"),
        Kind::Sheet => ("tờ in", "sheet"),
        Kind::Style => ("kiểu chữ", "style"),
        Kind::Ink => ("màu", "ink"),
        Kind::Field => ("trường", "field"),
        Kind::Piece => ("ấn phẩm", "piece"),
        Kind::Font => ("họ phông", "font family"),
        Kind::Language => ("ngôn ngữ", "language"),
        Kind::Icon => ("hình vẽ", "drawing"),
        Kind::Column => ("cột", "column"),
        Kind::Tab => ("trang tính", "worksheet"),
        Kind::Filter => ("bộ lọc", "filter"),
    }
}

/// Why a file is no table, and what to do.
fn refused(why: &Refused) -> ((String, String), (String, String)) {
    let save = || say!("Mở bằng Excel rồi lưu dạng “Excel Workbook (.xlsx)”.", "Open it in Excel and save it as “Excel Workbook (.xlsx)”.");
    match why {
        Refused::Encoding => (
            say!("chữ không phải UTF-8, UTF-16 hay Windows-1258", "its letters are not in UTF-8, UTF-16 or Windows-1258"),
            say!(
                "Mở bằng Excel, chọn Lưu dưới dạng → “CSV UTF-8”; chữ theo bảng mã cũ (TCVN3, VNI) phải chuyển sang Unicode trước.",
                "Open it in Excel and choose Save as → “CSV UTF-8”; text in an older encoding (TCVN3, VNI) must be converted to Unicode first."
            ),
        ),
        Refused::OldWorkbook => (say!("đây là sổ tính .xls kiểu cũ", "it is an old workbook, .xls"), save()),
        Refused::BinaryWorkbook => (say!("đây là sổ tính .xlsb", "it is a binary workbook, .xlsb"), save()),
        Refused::Locked => (
            say!("sổ tính được khóa bằng mật khẩu", "the workbook is locked with a password"),
            say!(
                "Mở bằng Excel và bỏ mật khẩu: Tệp → Thông tin → Bảo vệ Sổ làm việc.",
                "Open it in Excel and take the password off: File → Info → Protect Workbook."
            ),
        ),
        Refused::IsWorkbook(kind) => (
            say!("đuôi tệp nói khác, nhưng đây là sổ tính .{kind}", "whatever its ending says, it is a workbook, .{kind}"),
            say!("Đổi đuôi tệp thành .{kind}.", "Change its ending to .{kind}."),
        ),
        Refused::Archive => (
            say!("đây là tệp nén, không phải bảng", "it is a zip, not a table"),
            say!("Giải nén và ghi tên của bảng ở bên trong.", "Unpack it and name the table inside."),
        ),
        Refused::NoWorkbook => (
            say!("đuôi tệp là sổ tính, nhưng nội dung không phải", "its ending is that of a workbook, its content is not"),
            say!(
                "Nếu là CSV, đổi đuôi thành .csv; nếu không, lưu lại từ Excel.",
                "If it is CSV, change the ending to .csv; else save it again from Excel."
            ),
        ),
        Refused::Broken(detail) => (
            say!("sổ tính bị hỏng ({detail})", "the workbook is damaged ({detail})"),
            say!("Mở bằng Excel hoặc LibreOffice rồi lưu lại.", "Open it in Excel or LibreOffice and save it again."),
        ),
        Refused::TooLarge => (
            say!("bảng quá lớn", "the table is too large"),
            say!(
                "Xóa các hàng và cột thừa, hoặc chia thành nhiều tệp; tối đa bốn triệu ô.",
                "Remove rows and columns that are not needed, or make several files of it; four million cells at most."
            ),
        ),
    }
}

/// "did you mean", or the list of what there is.
fn offer(nearest: &Option<String>, known: &[String]) -> (String, String) {
    match nearest {
        Some(n) => say!("Có phải ý bạn là “{n}”?", "Did you mean “{n}”?"),
        None if known.is_empty() => say!("Hãy bỏ nó đi.", "Remove it."),
        None => say!("Có thể dùng: {list}.", "There are: {list}.", list = known.join(", ")),
    }
}

pub(super) fn entry(problem: &Problem) -> Entry {
    use Problem as P;
    match problem {
        P::FileMissing { path } => error(
            "file-missing",
            say!("Không có tệp “{path}”.", "There is no file “{path}”."),
            say!(
                "Kiểm tra tên và thư mục; đường dẫn tính từ nơi đặt tệp chiến dịch.",
                "Check the name and folder; paths start where the campaign file is."
            ),
        ),
        P::FileUnreadable { path, why } => error(
            "file-unreadable",
            say!("Không đọc được tệp “{path}”: {why}.", "The file “{path}” cannot be read: {why}."),
            say!("Kiểm tra quyền đọc và xem đó có phải là một tệp không.", "Check that it is a file and that you may read it."),
        ),
        P::NotUtf8 { path } => error(
            "not-utf8",
            say!("Tệp “{path}” không dùng bảng mã UTF-8.", "The file “{path}” is not in UTF-8."),
            say!("Lưu lại với mã UTF-8 (Notepad: Lưu dưới dạng → Mã hóa).", "Save it again as UTF-8 (Notepad: Save as → Encoding)."),
        ),
        P::YamlEmpty => error(
            "yaml-empty",
            say!("Tệp trống.", "The file is empty."),
            say!("Chép một chiến dịch trong examples/ rồi sửa lại.", "Start from a campaign in examples/."),
        ),
        P::YamlSyntax { detail } => error(
            "yaml-syntax",
            say!("Tệp YAML sai cú pháp: {detail}.", "Not valid YAML: {detail}."),
            say!(
                "Xem thụt dòng (dùng dấu cách, không dùng tab); chữ có dấu hai chấm, dấu # hay {{{{ }}}} phải ở trong ngoặc kép.",
                "Check the indent (spaces, never tabs); a text with a colon, a # or {{{{ }}}} must stand in quotes."
            ),
        ),
        P::WrongType { key, expected: e, found: glimpse } => {
            let ((vi, en), (here_vi, here_en)) = (expected(e), found(glimpse));
            error(
                "wrong-type",
                (format!("“{key}” phải là {vi}; ở đây là {here_vi}."), format!("“{key}” must be {en}; here stands {here_en}.")),
                say!("Sửa giá trị ở chỗ này.", "Mend the value at this place."),
            )
        }
        P::UnknownKey { key, nearest, known } => {
            error("unknown-key", say!("Không có khóa “{key}” ở đây.", "There is no key “{key}” here."), offer(nearest, known))
        }
        P::MissingKey { key } => error(
            "missing-key",
            say!("Thiếu khóa “{key}”.", "The key “{key}” is missing."),
            say!("Thêm “{key}: …” vào đây.", "Add “{key}: …” here."),
        ),
        P::DuplicateKey { key } => error(
            "duplicate-key",
            say!("Khóa “{key}” viết hai lần trong cùng một chỗ.", "The key “{key}” stands twice in the same place."),
            say!("Bỏ một trong hai, hoặc đổi tên.", "Remove one of the two, or rename it."),
        ),
        P::Nothing { key } => error(
            "nothing-given",
            say!("“{key}” để trống.", "“{key}” is empty."),
            say!("Ghi ít nhất một mục.", "Give it at least one entry."),
        ),
        P::BadValue { key, value, expected: e } => {
            let (vi, en) = expected(e);
            error(
                "bad-value",
                (format!("“{key}: {value}” không đúng."), format!("“{key}: {value}” is not right.")),
                (format!("Cần {vi}."), format!("It takes {en}.")),
            )
        }
        P::UnknownName { kind: k, name, nearest, known } => {
            let (vi, en) = kind(*k);
            error("unknown-name", (format!("Không có {vi} “{name}”."), format!("There is no {en} “{name}”.")), offer(nearest, known))
        }
        P::NoPieces => error(
            "no-pieces",
            say!("Chiến dịch chưa có ấn phẩm nào.", "The campaign asks for no piece."),
            say!(
                "Thêm vào “pieces:” ít nhất một dòng, ví dụ to-roi: {{format: leaflet, size: a5}}.",
                "Add at least one line to “pieces:”, such as to-roi: {{format: leaflet, size: a5}}."
            ),
        ),
        P::MissingField { field, label } => {
            let [vi, en] = label;
            error(
                "missing-field",
                (format!("Thiếu nội dung bắt buộc “{field}” ({vi})."), format!("The required field “{field}” ({en}) has no content.")),
                (
                    format!(
                        "Thêm “{field}” vào “text:”, “qr:” hoặc “images:” của chiến dịch hay của ấn phẩm, hoặc một cột cùng tên trong dữ liệu."
                    ),
                    format!(
                        "Add “{field}” under “text:”, “qr:” or “images:” of the campaign or of the piece, or a column of that name to the data."
                    ),
                ),
            )
        }
        P::EmptyField { field, label } => {
            let [vi, en] = label;
            error(
                "empty-field",
                (format!("Bản ghi này để trống “{field}” ({vi})."), format!("This record leaves “{field}” ({en}) empty.")),
                say!("Điền ô đó trong bảng dữ liệu.", "Fill in that cell of the table."),
            )
        }
        P::MissingTranslation { field, language } => error(
            "missing-translation",
            say!("“{field}” chưa có bản tiếng “{language}”.", "“{field}” has no text in “{language}”."),
            say!("Thêm “{language}: …” bên cạnh bản kia.", "Add “{language}: …” beside the other one."),
        ),
        P::ItemCount { field, min, max, found } => {
            let (vi, en) = if min == max { say!("{min}", "{min}") } else { say!("từ {min} đến {max}", "{min} to {max}") };
            error(
                "item-count",
                (format!("“{field}” có {found} mục, ở đây cần {vi}."), format!("“{field}” has {found} items; here it takes {en}.")),
                say!("Thêm hoặc bớt mục.", "Add or remove items."),
            )
        }
        P::UnknownPlaceholder { name, nearest, known } => error(
            "unknown-placeholder",
            say!(
                "Không có gì tên là “{name}” để điền vào {{{{ {name} }}}}.",
                "Nothing is called “{name}”, so {{{{ {name} }}}} cannot be filled."
            ),
            offer(nearest, known),
        ),
        P::TemplateSyntax { detail } => error(
            "template-syntax",
            say!("Chỗ điền viết sai: {detail}.", "The placeholder is not well written: {detail}."),
            say!("Viết như {{{{ ten }}}}.", "Write it like {{{{ name }}}}."),
        ),
        P::BadCsv { detail } => error(
            "bad-csv",
            say!("Không đọc được bảng dữ liệu: {detail}.", "The table cannot be read: {detail}."),
            say!(
                "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng “CSV UTF-8”.",
                "Open it in Excel or LibreOffice and save it as “CSV UTF-8”."
            ),
        ),
        P::OpenQuote => error(
            "open-quote",
            say!("Dấu ngoặc kép mở ở đây không được đóng đúng chỗ.", "The quote that opens here is not closed where it should be."),
            say!(
                "Đóng ngoặc kép ở cuối ô; dấu ngoặc kép bên trong ô phải viết đôi (\"\").",
                "Close it at the end of the cell; a quote inside a cell is written twice (\"\")."
            ),
        ),
        P::ShortRow { expected, found, missing } => error(
            "short-row",
            say!(
                "Hàng này có {found} ô, tiêu đề có {expected} cột; thiếu từ cột “{missing}”.",
                "This row has {found} cells, the header {expected} columns; “{missing}” and what follows is missing."
            ),
            say!("Điền đủ các ô; chữ có dấu phẩy phải ở trong ngoặc kép.", "Fill in the cells; a text with a comma must stand in quotes."),
        ),
        P::LongRow { expected, found } => error(
            "long-row",
            say!(
                "Hàng này có {found} ô, tiêu đề chỉ có {expected} cột.",
                "This row has {found} cells, the header only {expected} columns."
            ),
            say!("Bỏ ô thừa; chữ có dấu phẩy phải ở trong ngoặc kép.", "Remove the extra cells; a text with a comma must stand in quotes."),
        ),
        P::DuplicateColumn { column } => error(
            "duplicate-column",
            say!("Có hai cột cùng tên “{column}”.", "Two columns are called “{column}”."),
            say!("Đổi tên một cột.", "Rename one of them."),
        ),
        P::NoRecords { path } => error(
            "no-records",
            say!("“{path}” không có hàng dữ liệu nào.", "“{path}” has no row of data."),
            say!("Thêm ít nhất một hàng dưới hàng tiêu đề.", "Add at least one row below the header."),
        ),
        P::TableRefused { path, why } => {
            let (said, advice) = refused(why);
            let message = (format!("Không đọc được bảng “{path}”: {}.", said.0), format!("The table “{path}” cannot be read: {}.", said.1));
            error("table-refused", message, advice)
        }
        P::ReadAsAnsi { path } => hint(
            "read-as-ansi",
            say!(
                "“{path}” không dùng UTF-8; đã đọc theo Windows-1258 (tiếng Việt ANSI).",
                "“{path}” is not in UTF-8; it was read as Windows-1258 (Vietnamese ANSI)."
            ),
            say!(
                "Xem lại dấu trên bản in thử; lần sau lưu dạng “CSV UTF-8”.",
                "Check the accents on a proof; next time save it as “CSV UTF-8”."
            ),
        ),
        P::LettersLost { word } => warning(
            "letters-lost",
            say!(
                "“{word}” có lẽ đã mất chữ có dấu: tệp không còn chữ tiếng Việt nào, chỉ có dấu “?”.",
                "“{word}” has probably lost its accented letters: the file has none at all, only “?”."
            ),
            say!(
                "Mở lại bảng gốc bằng Excel và lưu dạng “CSV UTF-8”, hoặc dùng thẳng tệp .xlsx.",
                "Open the original list in Excel and save it as “CSV UTF-8”, or use the .xlsx itself."
            ),
        ),
        P::NotForTable { key, path } => error(
            "not-for-table",
            say!("“{key}” không có nghĩa với “{path}”.", "“{key}” says nothing about “{path}”."),
            say!(
                "Bỏ nó đi: “sheet” dành cho .xlsx và .ods, “header” cho .csv, .xlsx và .ods.",
                "Remove it: “sheet” is for .xlsx and .ods, “header” for .csv, .xlsx and .ods."
            ),
        ),
        P::EmptyHeader { row } => error(
            "empty-header",
            say!("Hàng {row} không có tên cột nào.", "Row {row} names no column."),
            say!("Ghi số của hàng có tên các cột.", "Give the number of the row that names the columns."),
        ),
        P::MergedCells { sheet, cells, header: true } => error(
            "merged-cells",
            say!(
                "Các ô tiêu đề {cells} của trang “{sheet}” bị gộp, nên không rõ tên từng cột.",
                "The header cells {cells} of sheet “{sheet}” are merged, so it is not clear what each column is called."
            ),
            say!(
                "Bỏ gộp ô và đặt tên cho từng cột; nếu đó là tựa của bảng, ghi hàng tên cột: data: {{file: …, header: 3}}.",
                "Unmerge them and name each column; if that is the title of the list, say which row names the columns: data: {{file: …, header: 3}}."
            ),
        ),
        P::MergedCells { sheet, cells, header: false } => error(
            "merged-cells",
            say!(
                "Các ô {cells} của trang “{sheet}” bị gộp: chỉ ô đầu có nội dung, các hàng còn lại để trống.",
                "The cells {cells} of sheet “{sheet}” are merged: only the first holds anything, the others are empty."
            ),
            say!("Bỏ gộp ô rồi điền nội dung vào từng ô.", "Unmerge them and fill in every cell."),
        ),
        P::CellError { sheet, cell, column, value } => error(
            "cell-error",
            say!(
                "Ô {cell} (cột “{column}”) của trang “{sheet}” báo lỗi {value}.",
                "Cell {cell} (column “{column}”) of sheet “{sheet}” is in error: {value}."
            ),
            say!("Sửa công thức, hoặc gõ thẳng giá trị.", "Mend its formula, or type the value."),
        ),
        P::DigitsLost { sheet, cell, column } => error(
            "digits-lost",
            say!(
                "Ô {cell} (cột “{column}”) của trang “{sheet}” là số dài hơn 15 chữ số: bảng tính đã làm tròn các chữ số cuối.",
                "Cell {cell} (column “{column}”) of sheet “{sheet}” is a number of more than 15 digits: the spreadsheet has rounded the last ones."
            ),
            say!("Đổi cột sang kiểu Văn bản (Text) rồi gõ lại các số.", "Make the column Text, and type the numbers again."),
        ),
        P::CellWithoutValue { sheet, cell, column } => error(
            "cell-without-value",
            say!(
                "Công thức ở ô {cell} (cột “{column}”) của trang “{sheet}” chưa được tính.",
                "The formula in cell {cell} (column “{column}”) of sheet “{sheet}” was never worked out."
            ),
            say!("Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại.", "Open the file in Excel or LibreOffice and save it again."),
        ),
        P::FormatBeyond { sheet, cell, format, text } => hint(
            "format-beyond",
            say!(
                "Không hiểu định dạng số “{format}” ở ô {cell} của trang “{sheet}”; in là “{text}”.",
                "The number format “{format}” of cell {cell} of sheet “{sheet}” is not understood; it is printed as “{text}”."
            ),
            say!(
                "Nếu không vừa ý, đổi định dạng của cột (ví dụ dd/mm/yyyy) hoặc định dạng là Văn bản.",
                "If that will not do, give the column another format, such as dd/mm/yyyy, or make it Text."
            ),
        ),
        P::CellsBeside { sheet, cell, count } => warning(
            "cells-beside",
            say!(
                "{count} ô của trang “{sheet}”, từ ô {cell}, nằm ngoài các cột có tên; chúng không được dùng.",
                "{count} cells of sheet “{sheet}”, from {cell} on, stand beside the columns that have a name; they are not used."
            ),
            say!("Đặt tên cho cột đó, hoặc xóa các ô này.", "Name their column, or clear them."),
        ),
        P::BadJson { detail } => error(
            "bad-json",
            say!("JSON sai cú pháp: {detail}.", "Not valid JSON: {detail}."),
            say!(
                "Mỗi dòng một đối tượng {{\"ten\": \"…\"}}, hoặc cả tệp là một danh sách đối tượng.",
                "Write one object {{\"name\": \"…\"}} a line, or make the whole file one list of objects."
            ),
        ),
        P::NestedValue { column } => error(
            "nested-value",
            say!(
                "“{column}” chứa danh sách hoặc đối tượng, không phải một giá trị.",
                "“{column}” holds a list or an object, not one value."
            ),
            say!("Tách thành các khóa riêng.", "Make keys of their own of it."),
        ),
        P::Duplicate { columns, value, line } => error(
            "duplicate-value",
            say!(
                "“{value}” ở cột {list} đã có ở hàng {line}.",
                "“{value}” in column {list} is already in row {line}.",
                list = columns.join(" + ")
            ),
            say!("Sửa một trong hai hàng, hoặc bỏ hàng thừa.", "Mend one of the two rows, or remove the one too many."),
        ),
        P::SameRow { line } => warning(
            "same-row",
            say!("Hàng này giống hệt hàng {line}.", "This row is the same as row {line}."),
            say!(
                "Bỏ một hàng; hoặc ghi “unique: [cột]” để không cho trùng.",
                "Remove one of them; or say “unique: [column]” so that none may be there twice."
            ),
        ),
        P::PatternMiss { column, value, examples } => error(
            "pattern-miss",
            say!(
                "“{value}” ở cột “{column}” không giống mẫu {list}.",
                "“{value}” in column “{column}” does not look like {list}.",
                list = examples.join(" / ")
            ),
            say!(
                "Sửa ô này, hoặc thêm một ví dụ vào “pattern:” (chữ số thay cho mọi chữ số, chữ hoa cho mọi chữ hoa, chữ thường cho mọi chữ thường).",
                "Mend the cell, or add an example to “pattern:” (a digit stands for any digit, a capital for any capital, a small letter for any small letter)."
            ),
        ),
        P::EmptyCell { column } => error(
            "empty-cell",
            say!("Ô ở cột “{column}” để trống.", "The cell in column “{column}” is empty."),
            say!("Điền ô đó, hoặc bỏ cột này khỏi “required:”.", "Fill it in, or take the column out of “required:”."),
        ),
        P::SerialColumn { path } => error(
            "serial-column",
            say!("“{path}” đã có cột “serial”.", "“{path}” has a column “serial” of its own."),
            say!("Đổi tên cột đó, hoặc bỏ khóa “serial:”.", "Rename that column, or remove the key “serial:”."),
        ),
        P::SerialTooWide { serial, width } => error(
            "serial-too-wide",
            say!("Số cuối cùng là {serial}, nhiều hơn {width} chữ số.", "The last number is {serial}, of more than {width} digits."),
            say!("Tăng “width”, hoặc thêm số 0 vào số đầu tiên.", "Raise “width”, or put more noughts into the first number."),
        ),
        P::SerialGaps { count, gaps } => hint(
            "serial-gaps",
            say!("{count} số không được in lần này: {gaps}.", "{count} serial numbers are left out this time: {gaps}."),
            say!(
                "Không cần làm gì nếu đúng ý; các số còn lại giữ nguyên.",
                "Nothing to do if that is meant; the others keep their numbers."
            ),
        ),
        P::NotADate { value } => error(
            "not-a-date",
            say!("“{value}” không phải là ngày.", "“{value}” is not a date."),
            say!("Viết như 26/11/2026 hoặc 2026-11-26.", "Write it like 26/11/2026 or 2026-11-26."),
        ),
        P::NotANumber { value, readings: None } => error(
            "not-a-number",
            say!("“{value}” không phải là số.", "“{value}” is not a number."),
            say!("Viết như 1250000 hoặc 1.250.000.", "Write it like 1250000 or 1.250.000."),
        ),
        P::NotANumber { value, readings: Some([one, other]) } => error(
            "not-a-number",
            say!("“{value}” có thể là {one} hoặc {other}.", "“{value}” may mean {one} or {other}."),
            say!(
                "Viết số nguyên không có dấu ({one}), hoặc thêm một số 0 vào phần thập phân ({other}0).",
                "Write a whole number without signs ({one}), or one nought more after the decimal sign ({other}0)."
            ),
        ),
        P::FontUnreadable { path } => error(
            "font-unreadable",
            say!(
                "“{path}” không phải là phông TrueType hoặc OpenType đọc được.",
                "“{path}” is not a TrueType or OpenType font that can be read."
            ),
            say!("Dùng tệp .ttf hoặc .otf tĩnh.", "Use a static .ttf or .otf file."),
        ),
        P::NoGlyph { character, font } => error(
            "no-glyph",
            say!(
                "Không phông nào có ký tự “{character}” (U+{code:04X}); phông đang dùng: {font}.",
                "No font has the character “{character}” (U+{code:04X}); the font in use is {font}.",
                code = *character as u32
            ),
            say!("Thay ký tự đó, hoặc thêm phông có nó vào “fonts:”.", "Replace the character, or add a font that has it under “fonts:”."),
        ),
        P::EmptyBox => error(
            "empty-box",
            say!("Hộp này không có gì để in.", "This box has nothing to print."),
            say!("Điền nội dung, hoặc cho hộp một điều kiện “when:”.", "Give it content, or give the box a “when:”."),
        ),
        P::SideLeftOut => error(
            "side-left-out",
            say!(
                "Hộp ngoài cùng của một mặt không được có “when:” hay “language:”.",
                "The outermost box of a side takes no “when:” or “language:”."
            ),
            say!("Chuyển điều kiện vào các hộp bên trong.", "Move the condition to the boxes inside."),
        ),
        P::LooseMark { character } => error(
            "loose-mark",
            say!(
                "Dấu rời U+{code:04X} không ghép được với chữ đứng trước.",
                "The loose mark U+{code:04X} joins no letter before it.",
                code = *character as u32
            ),
            say!("Gõ lại chữ đó bằng bộ gõ Unicode dựng sẵn.", "Type that letter again, as one precomposed letter."),
        ),
        P::SameFile { file } => error(
            "same-file",
            say!("Hai ấn phẩm cùng ghi vào tệp “{file}”.", "Two pieces would write the same file “{file}”."),
            say!("Đổi tên một ấn phẩm.", "Rename one of the pieces."),
        ),
        P::SameName { name, other } => error(
            "same-name",
            say!(
                "Tệp của bản ghi này sẽ có tên “{name}” như tệp của bản ghi {other}.",
                "The file of this record would be named “{name}”, as that of record {other} is."
            ),
            say!(
                "Đặt “file:” theo một cột không trùng nhau; tên chỉ khác chữ hoa, chữ thường cũng là trùng.",
                "Let “file:” name a column without duplicates; names that differ in capitals alone are the same."
            ),
        ),
        P::NoName => error(
            "no-name",
            say!("Mẫu tên tệp “file:” không cho tên nào với bản ghi này.", "The pattern “file:” gives no name for this record."),
            say!(
                "Ghi chữ hay số vào ô mà mẫu tên dùng, hoặc bỏ “file:” để đặt tên theo số.",
                "Put letters or digits into the cell that the pattern names, or leave “file:” out to name files by number."
            ),
        ),
        P::EmptyShard { part, of, sheets } => hint(
            "empty-shard",
            say!(
                "Phần {part}/{of} không có tờ nào: cả bản in có {sheets} tờ.",
                "Part {part}/{of} has no sheet: there are {sheets} in all."
            ),
            say!("Không cần làm gì; các phần khác có đủ.", "There is nothing to do: the other parts have them all."),
        ),
        P::UnusedLanguage { language } => error(
            "unused-language",
            say!(
                "Có bản tiếng “{language}”, nhưng “languages:” không có ngôn ngữ này.",
                "There is a text in “{language}”, but “languages:” does not name it."
            ),
            say!("Thêm “{language}” vào “languages:”, hoặc bỏ bản này.", "Add “{language}” to “languages:”, or remove the text."),
        ),
        P::Overflow { by_mm, wide, smallest_pt } => {
            let (vi, en) = if *wide { ("chiều ngang", "in width") } else { ("chiều cao", "in height") };
            error(
                "overflow",
                (
                    format!("Chữ không vừa: thừa {by_mm:.1} mm theo {vi}, dù đã thu đến cỡ nhỏ nhất {smallest_pt} pt."),
                    format!("The text does not fit: {by_mm:.1} mm too much {en}, already at its smallest size of {smallest_pt} pt."),
                ),
                say!("Rút ngắn nội dung, hoặc chọn khổ lớn hơn.", "Shorten the text, or choose a larger size."),
            )
        }
        P::BoxTooLarge { by_mm, wide } => {
            let (vi, en) = if *wide { ("chiều ngang", "in width") } else { ("chiều cao", "in height") };
            error(
                "box-too-large",
                (
                    format!("Hộp này lớn hơn chỗ dành cho nó: thừa {by_mm:.1} mm theo {vi}."),
                    format!("This box is larger than its place: {by_mm:.1} mm too much {en}."),
                ),
                say!("Thu nhỏ hộp trong mẫu, hoặc chọn khổ lớn hơn.", "Make it smaller in the format, or choose a larger size."),
            )
        }
        P::QrEmpty => error(
            "qr-empty",
            say!("Mã QR không có nội dung.", "The code has no content."),
            say!("Ghi địa chỉ vào “qr:” hoặc điền ô trong dữ liệu.", "Write the address under “qr:” or fill in the cell of the data."),
        ),
        P::QrTooLong { bytes } => error(
            "qr-too-long",
            say!(
                "Nội dung {bytes} byte không vừa mã QR nào ở mức sửa lỗi này.",
                "A content of {bytes} bytes fits no QR code at this error correction."
            ),
            say!("Dùng địa chỉ ngắn hơn.", "Use a shorter address."),
        ),
        P::QrFault { fault } => {
            let (message, hint) = codes::fault(fault);
            error("qr-payload", message, hint)
        }
        P::QrTooDense { code } => {
            let (message, hint) = codes::dense(code);
            error("qr-too-dense", message, hint)
        }
        P::QrUnread { payload, read, from } => {
            let (vi, en) = match from {
                Stage::Modules => ("chính các ô của nó", "its own modules"),
                Stage::Raster => ("trang đã dựng thành ảnh", "the picture of the page"),
            };
            let got = read.as_deref().unwrap_or("–");
            error(
                "qr-unread",
                (
                    format!("Mã QR “{payload}” đọc lại từ {vi} không đúng (đọc được: “{got}”)."),
                    format!("The code “{payload}” does not read back from {en} (read: “{got}”)."),
                ),
                say!("Phóng to mã, chừa lề trắng và đừng để gì đè lên.", "Enlarge the code, keep its quiet zone free and nothing over it."),
            )
        }
        P::QrMirrored { payload } => error(
            "qr-mirrored",
            say!(
                "Mã QR “{payload}” bị lật trái phải, nhiều máy không đọc được.",
                "The code “{payload}” is left for right, which many readers cannot read."
            ),
            say!(
                "Bỏ “mirror” quanh mã; tem dán mặt trong kính thì ghi “inside_glass: true” ở ấn phẩm.",
                "Take “mirror” from the boxes around it; for the inner face of a window say “inside_glass: true” of the piece."
            ),
        ),
        P::ImageUnreadable { path, why } => error(
            "image-unreadable",
            say!("Không đọc được hình “{path}”: {why}.", "The picture “{path}” cannot be read: {why}."),
            say!("Dùng tệp PNG, JPEG hoặc SVG còn nguyên vẹn.", "Use a sound PNG, JPEG or SVG file."),
        ),
        P::ImageTooLarge { path, width, height, bytes } => error(
            "image-too-large",
            say!(
                "Hình “{path}” quá lớn: {width}×{height} điểm ảnh, {mb:.1} MB.",
                "The picture “{path}” is too large: {width}×{height} pixels, {mb:.1} MB.",
                mb = *bytes as f64 / 1e6,
            ),
            say!(
                "Thu nhỏ còn dưới {pixels} triệu điểm ảnh và {mb} MB; in khổ A2 ở 300 điểm/inch chỉ cần 35 triệu.",
                "Make it smaller than {pixels} million pixels and {mb} MB; A2 at 300 ppi needs only 35 million.",
                pixels = MOST_PIXELS / 1_000_000,
                mb = MOST_BYTES / 1_000_000,
            ),
        ),
        P::ImageCoarse { path, ppi, least } => warning(
            "image-coarse",
            say!(
                "Hình “{path}” chỉ có {ppi:.0} điểm/inch ở cỡ in này; cần {least:.0}.",
                "The picture “{path}” has only {ppi:.0} ppi at this size; it needs {least:.0}."
            ),
            say!("Dùng hình lớn hơn, hoặc in nhỏ hơn.", "Use a larger picture, or print it smaller."),
        ),
        P::DrawingLoss { path, what } => error(
            "drawing-loss",
            say!(
                "Hình vẽ “{path}” dùng {what}, không in được dưới dạng nét.",
                "The drawing “{path}” uses {what}, which cannot be carried over as vectors."
            ),
            say!("Đổi thành nét và mảng màu đơn giản, hoặc lưu thành PNG.", "Turn it into plain paths, or save it as PNG."),
        ),
        P::SheetDoesNotClose { axis, start_mm, pitches, pitch_mm, slot_mm, sum_mm, stock_mm } => error(
            "sheet-does-not-close",
            say!(
                "Tờ in không khít theo chiều {axis}: lề 2 × {start_mm:.2} mm + bước {pitches} × {pitch_mm:.2} mm + ô {slot_mm:.2} mm = {sum_mm:.2} mm, khổ giấy {stock_mm:.2} mm.",
                "The sheet does not close along {axis}: margin 2 × {start_mm:.2} mm + pitch {pitches} × {pitch_mm:.2} mm + slot {slot_mm:.2} mm = {sum_mm:.2} mm, the stock is {stock_mm:.2} mm."
            ),
            say!("Đo lại lề và bước; sai số tối đa 0.2 mm.", "Measure margin and pitch again; 0.2 mm is allowed."),
        ),
        P::SlotsOverlap { axis, pitch_mm, slot_mm } => error(
            "slots-overlap",
            (
                format!("Các ô đè lên nhau theo chiều {axis}: bước {pitch_mm:.2} mm, ô {slot_mm:.2} mm."),
                format!("The slots overlap along {axis}: a pitch of {pitch_mm:.2} mm, slots of {slot_mm:.2} mm."),
            ),
            say!("Bước phải ít nhất bằng ô.", "A pitch is at least as long as a slot."),
        ),
        P::PieceNotSlot { piece_mm: [pw, ph], slot_mm: [sw, sh] } => error(
            "piece-not-slot",
            say!(
                "Ấn phẩm {pw:.1}×{ph:.1} mm không đúng ô {sw:.1}×{sh:.1} mm của tờ in.",
                "A piece of {pw:.1}×{ph:.1} mm does not suit the sheet's slot of {sw:.1}×{sh:.1} mm."
            ),
            say!("Chọn khổ hoặc tờ in khác.", "Choose another size or sheet."),
        ),
        P::PieceTooLarge { piece_mm: [pw, ph], sheet, stock_mm: [sw, sh], around_mm: [x, y] } => error(
            "piece-too-large",
            say!(
                "Ấn phẩm {pw:.1}×{ph:.1} mm không vừa tờ “{sheet}” {sw:.1}×{sh:.1} mm, đặt đứng hay nằm đều không: hai bên cần chừa {x:.1} mm, trên dưới {y:.1} mm cho lề, chừa xén và dấu.",
                "A piece of {pw:.1}×{ph:.1} mm does not fit the sheet “{sheet}” of {sw:.1}×{sh:.1} mm, upright or turned: margin, bleed and marks need {x:.1} mm on both sides, {y:.1} mm above and below."
            ),
            say!(
                "Chọn khổ nhỏ hơn, hoặc tờ lớn hơn (xem “toroi sheets”); “sheet: none” cho mỗi trang đúng bằng ấn phẩm.",
                "Choose a smaller size, or a larger sheet (see “toroi sheets”); “sheet: none” makes pages of the piece's own size."
            ),
        ),
        P::SlotsFixed { sheet } => error(
            "slots-fixed",
            say!(
                "Tờ “{sheet}” đã có sẵn các ô, không đặt thêm “margin” hay “gutter” được.",
                "The sheet “{sheet}” has slots of its own: “margin” and “gutter” mean nothing here."
            ),
            say!("Bỏ hai khóa ấy, hoặc chọn tờ không có ô, ví dụ a4.", "Leave them out, or name a sheet without slots, such as a4."),
        ),
        P::SlotBeyond { slot, slots } => error(
            "slot-beyond",
            say!("Không có ô thứ {slot}: tờ in chỉ có {slots} ô.", "There is no slot {slot}: the sheet has {slots}."),
            say!("Đếm ô từ trái sang phải, từ trên xuống, bắt đầu từ 1.", "Count the slots from the left, row by row, from 1."),
        ),
        P::NoSlots { slot } => error(
            "no-slots",
            say!(
                "--first {slot} không có nghĩa: ấn phẩm này mỗi trang một bản, không nằm trên tờ in nào.",
                "--first {slot} means nothing: this piece is on no sheet, one a page."
            ),
            say!("Thêm --sheet, hoặc khóa “sheet” cho ấn phẩm.", "Add --sheet, or the key “sheet” to the piece."),
        ),
        P::FirstOfPile => error(
            "first-of-pile",
            say!(
                "--first không đi cùng “order: cut-and-stack”: chồng nào cũng cần ô của tờ đầu.",
                "--first does not go with “order: cut-and-stack”: every pile needs its slot of the first sheet."
            ),
            say!("Dùng “order: sequence”, hoặc tờ in còn nguyên.", "Take “order: sequence”, or whole sheets."),
        ),
        P::GutterNarrow { axis, gutter_mm, bleed_mm, kept_mm } => warning(
            "gutter-narrow",
            say!(
                "Khe {gutter_mm:.1} mm theo chiều {axis} hẹp hơn hai lần chừa xén {bleed_mm:.1} mm: chỉ còn {kept_mm:.1} mm mỗi bên, phần còn lại bị cắt bỏ.",
                "A gutter of {gutter_mm:.1} mm along {axis} is narrower than two bleeds of {bleed_mm:.1} mm: {kept_mm:.1} mm of each is kept, the rest is cut off."
            ),
            say!(
                "Để khe rộng hơn, hoặc xén thật chính xác; nhãn bế sẵn thì dùng nền trắng.",
                "Leave a wider gutter, or cut with great care; on labels that are cut already, take a white ground."
            ),
        ),
        P::CutsClose { axis, gap_mm, least_mm } => error(
            "cuts-close",
            say!(
                "Hai đường bế cách nhau {gap_mm:.1} mm theo chiều {axis}, ít nhất phải {least_mm:.1} mm.",
                "Cut lines {gap_mm:.1} mm apart along {axis}; they need {least_mm:.1} mm."
            ),
            say!(
                "Đặt “gutter” rộng hơn; tờ đã có sẵn ô thì bớt một hàng ô.",
                "Give a wider “gutter”; on a sheet with slots of its own, leave out a row of them."
            ),
        ),
        P::NoRegistration { needed_mm } => hint(
            "no-registration",
            say!(
                "Tờ in xếp kín, không còn chỗ cho dấu chồng màu: cần chừa {needed_mm:.1} mm cả bốn cạnh.",
                "The sheet is full, with no room for registration marks: they need {needed_mm:.1} mm on all four sides."
            ),
            say!(
                "Nhà in cần dấu thì chọn tờ lớn hơn, hoặc để nhà in tự bình với “sheet: none”.",
                "If the shop needs them, take a larger sheet, or leave imposition to the shop with “sheet: none”."
            ),
        ),
        P::NoCameraMarks { margin_mm, least_mm } => warning(
            "no-camera-marks",
            say!(
                "Lề {margin_mm:.1} mm không đủ chỗ cho dấu định vị của máy bế (cần {least_mm:.1} mm ở hai cạnh đối nhau).",
                "Margins of {margin_mm:.1} mm have no room for the marks of the cutter's camera, which need {least_mm:.1} mm on two sides."
            ),
            say!("Bớt một hàng ô, hoặc hỏi nhà in có cần dấu không.", "Leave out a row of slots, or ask the shop whether it needs them."),
        ),
        P::OutOfReach { by_mm, margin_mm, places } => error(
            "out-of-reach",
            say!(
                "Nội dung lấn {by_mm:.1} mm vào lề {margin_mm:.1} mm mà máy in không in tới (số chỗ: {places}).",
                "Content reaches {by_mm:.1} mm into the margin of {margin_mm:.1} mm that the printer cannot print on (places: {places})."
            ),
            say!(
                "Tăng “padding”, chọn tờ lớn hơn, hoặc đo máy in bằng “toroi printer calibrate” nếu lề của nó nhỏ hơn.",
                "Give more padding, take a larger sheet, or measure the printer with “toroi printer calibrate” if its margin is smaller."
            ),
        ),
        P::EdgesLost { margin_mm, to_cut } => hint(
            "edges-lost",
            say!(
                "Nền chạy tới mép giấy: máy in không in tới {margin_mm:.1} mm ngoài cùng nên nền có thể mất ở đó; chữ và mã không sao.",
                "The ground runs to the edge of the paper: the printer leaves the outer {margin_mm:.1} mm white, so it may be lost there; text and codes are safe."
            ),
            match to_cut {
                false => say!(
                    "Máy in có lề nhỏ hơn thì đo bằng “toroi printer calibrate” rồi thêm --printer; cần nền đủ đến mép thì gửi nhà in.",
                    "If the printer's margin is smaller, measure it with “toroi printer calibrate” and add --printer; for a ground up to the edge, send it to a print shop."
                ),
                true => say!(
                    "Muốn nền đủ đến mép thì đặt “margin” cho tờ in để xén cả bốn cạnh, hoặc gửi nhà in.",
                    "For a ground up to the edge, give the sheet a “margin” and cut all four sides, or send it to a print shop."
                ),
            },
        ),
        P::TicketCut { key } => warning(
            "ticket-cut",
            say!(
                "“{key}” dài quá, phiếu giao việc chỉ in được phần đầu.",
                "“{key}” is too long: the job ticket prints its beginning only."
            ),
            say!("Viết ngắn lại, hoặc gửi kèm một tờ riêng.", "Say it in fewer words, or on a sheet of its own."),
        ),
        P::PrinterMargin { margin_mm, most_mm } => error(
            "printer-margin",
            say!(
                "Lề {margin_mm:.1} mm quá rộng: không máy in nào chừa trắng hơn {most_mm:.1} mm.",
                "A margin of {margin_mm:.1} mm is too wide: no printer leaves more than {most_mm:.1} mm white."
            ),
            say!(
                "Đọc lại số của khung ngoài cùng còn đủ bốn cạnh trên tờ đo.",
                "Read the number of the outermost whole frame on the calibration sheet again."
            ),
        ),
        P::PrinterShift { key, value_mm, most_mm } => error(
            "printer-shift",
            say!(
                "Máy in lệch {value_mm:.1} mm ở “{key}”: quá {most_mm:.1} mm thì không phải do máy mà do đo nhầm hoặc in sai khổ giấy.",
                "The printer is off by {value_mm:.1} mm in “{key}”: more than {most_mm:.1} mm comes from a wrong reading or another paper size, not from the printer."
            ),
            say!("In lại tờ đo ở tỷ lệ 100 % rồi đo lại.", "Print the calibration sheet again at 100 % and measure again."),
        ),
        P::NoPrinter { path } => error(
            "no-printer",
            say!("Không có hồ sơ máy in “{path}”.", "There is no printer profile “{path}”."),
            say!(
                "Tạo hồ sơ bằng “toroi printer calibrate TÊN”, hoặc chỉ đúng đường dẫn của tệp.",
                "Make one with “toroi printer calibrate NAME”, or give the path of its file."
            ),
        ),
        P::PrinterScale { key, value } => error(
            "printer-scale",
            say!(
                "Máy in ở tỷ lệ {per_cent:.1} % ở “{key}”: chỉ nhận từ 90 % đến 110 %.",
                "The printer prints at {per_cent:.1} % in “{key}”: 90 % to 110 % are taken.",
                per_cent = value * 100.0
            ),
            say!(
                "Tắt “vừa khít trang” trong hộp thoại in, in lại tờ đo rồi đo lại.",
                "Switch off “fit to page” in the print dialogue, print the calibration sheet again and measure again."
            ),
        ),
        P::NotForPress { press } => hint(
            "not-for-press",
            say!(
                "Hồ sơ máy in chỉ dùng cho máy in văn phòng, không dùng cho kiểu in “{press}”.",
                "A printer profile is for printers on a desk: it changes nothing on “{press}”."
            ),
            say!("Dùng kèm --press office.", "Give --press office as well."),
        ),
        P::HalfFold { sides, shaped, glass } => error(
            "half-fold",
            match *shaped || *glass {
                true if *glass => say!(
                    "Ấn phẩm dán mặt trong kính không gấp đôi thành bốn trang được.",
                    "A piece for the inner face of a window cannot be the page of a folded sheet."
                ),
                true => say!(
                    "Ấn phẩm bế theo khuôn không gấp đôi thành bốn trang được.",
                    "A piece that is cut to shape cannot be the page of a folded sheet."
                ),
                false => say!(
                    "Tờ gấp đôi có đúng bốn trang, mẫu này có {sides} mặt.",
                    "A sheet folded once has four pages; this format has {sides} sides."
                ),
            },
            say!("Bỏ “fold: half”, hoặc dùng mẫu có bốn mặt.", "Leave out “fold: half”, or take a format of four sides."),
        ),
        P::RecordsBeyond { first, last, records } => error(
            "records-beyond",
            say!(
                "Không có đủ bản ghi {first}–{last}: bảng chỉ có {records} bản ghi.",
                "Not all of the records {first}–{last} are there: the table has {records}."
            ),
            say!("Xem lại --records, hoặc chọn ấn phẩm bằng --piece.", "Look at --records again, or choose the piece with --piece."),
        ),
        P::NoMatch { column, value } => error(
            "no-match",
            say!(
                "Trong các bản ghi được chọn không có bản nào có {column} là “{value}”.",
                "None of the chosen records has “{value}” as its {column}."
            ),
            say!("Viết đúng như trong bảng, kể cả dấu.", "Write it as it stands in the table, accents included."),
        ),
        P::SpotTwice { name } => error(
            "spot-twice",
            say!("Hai bản kẽm cùng mang tên “{name}”.", "Two plates bear the name “{name}”."),
            say!(
                "Đặt cho mỗi việc (cắt, răng cưa, cấn, lót trắng) một tên riêng, đúng như nhà in dùng.",
                "Give each job (cut, perforation, crease, white) a name of its own, as the shop spells it."
            ),
        ),
        P::SpotClash { name } => error(
            "spot-clash",
            say!(
                "Mực “{name}” đã được định nghĩa khác ở chỗ khác; một bản kẽm chỉ có một định nghĩa.",
                "The ink “{name}” is defined in another way elsewhere; a plate has one definition."
            ),
            say!(
                "Dùng cùng một trị số cmyk cho tên này, hoặc đổi tên; tên của đường cắt, cấn, lót trắng không dùng làm màu.",
                "Give this name the same cmyk everywhere, or rename it; names of cut, crease and white plates are no colours."
            ),
        ),
        P::IccUnfit { path, why } => {
            let (vi, en) = match why {
                Unfit::Unreadable => {
                    ("không đọc được, tệp hỏng hoặc không phải hồ sơ màu ICC", "it cannot be read: broken, or no ICC profile")
                }
                Unfit::NotOutput => ("là hồ sơ của máy ảnh, máy quét hay màn hình", "it is one of a camera, scanner or screen"),
                Unfit::NotCmyk => ("không phải hồ sơ CMYK", "it is not for cyan, magenta, yellow and black"),
                Unfit::TooLarge => ("tệp lớn quá 16 MB", "it is larger than 16 MB"),
                Unfit::TooNew => ("là hồ sơ phiên bản 4, PDF/X-1a không chứa được", "it is of version 4, which PDF/X-1a cannot hold"),
                Unfit::OneWay => {
                    ("chỉ dùng để xem thử, không có bảng đổi màu sang mực (B2A)", "it is for proofs only: no table leads to inks (B2A)")
                }
            };
            error(
                "icc-unfit",
                (
                    format!("Hồ sơ màu “{path}” không dùng cho in được: {vi}."),
                    format!("The profile “{path}” does not serve for print: {en}."),
                ),
                say!(
                    "Xin nhà in tệp hồ sơ màu CMYK của máy in (lớp “prtr”), hoặc bỏ khóa icc để dùng ISO Coated v2.",
                    "Ask the shop for the CMYK profile of its press (class “prtr”), or leave out icc for ISO Coated v2."
                ),
            )
        }
        P::DieOpen { figures } => error(
            "die-open",
            say!(
                "Đường bế phải là một nét kín duy nhất; nét này chưa khép, hoặc có nhiều nét (đếm được {figures}).",
                "A die line is one closed figure; this one is left open, or is several (figures: {figures})."
            ),
            say!(
                "Vẽ một nét và kết thúc bằng Z; lỗ tròn thì dùng hole.",
                "Draw one figure and end it with Z; a round hole is given by hole."
            ),
        ),
        P::DieTooFine { sides, most } => error(
            "die-too-fine",
            say!("Đường bế có {sides} đoạn; nhiều nhất là {most}.", "The die line has {sides} sides; at most {most} are followed."),
            say!("Vẽ lại bằng ít điểm hơn.", "Redraw it with fewer points."),
        ),
        P::DieCrosses { x_mm, y_mm } => error(
            "die-crosses",
            say!(
                "Đường bế tự cắt hoặc chạm chính nó tại {x_mm:.1} mm, {y_mm:.1} mm.",
                "The die line crosses or touches itself at {x_mm:.1} mm, {y_mm:.1} mm."
            ),
            say!("Sửa nét vẽ tại đó để dao đi một vòng.", "Redraw it there, so that the knife goes round once."),
        ),
        P::DieNotTrim { die_mm: [x, y, w, h], trim_mm: [trim_w, trim_h] } => error(
            "die-not-trim",
            say!(
                "Đường bế chiếm {w:.1}×{h:.1} mm từ {x:.1} mm, {y:.1} mm; phải vừa khít khổ {trim_w:.1}×{trim_h:.1} mm.",
                "The die line takes {w:.1}×{h:.1} mm from {x:.1} mm, {y:.1} mm; it must just fill the trim of {trim_w:.1}×{trim_h:.1} mm."
            ),
            say!(
                "Sửa trim theo đường bế, hoặc dời đường bế về góc 0 0.",
                "Make the trim that of the die line, or move the die line to 0 0."
            ),
        ),
        P::InkOverLimit { ink, most } => error(
            "ink-over-limit",
            say!(
                "Tổng lượng mực {ink:.0} % vượt mức {most:.0} % mà kiểu in này kịp khô.",
                "Inks add up to {ink:.0} %, more than the {most:.0} % that this press dries.",
                ink = ink * 100.0,
                most = most * 100.0,
            ),
            say!("Bớt mực, ví dụ đen đậm cmyk(60 40 40 100).", "Use less ink, such as cmyk(60 40 40 100) for a deep black."),
        ),
        P::ImageOverLimit { path, ink, most } => warning(
            "image-ink-over-limit",
            say!(
                "Hình “{path}” có chỗ mực tới {ink:.0} %, vượt mức {most:.0} % mà kiểu in này kịp khô.",
                "The picture “{path}” has up to {ink:.0} % of ink, more than the {most:.0} % that this press dries.",
                ink = ink * 100.0,
                most = most * 100.0,
            ),
            say!(
                "Đổi hình sang CMYK theo hồ sơ màu của nhà in, hoặc để hình RGB cho toroi đổi.",
                "Convert it with the profile of the shop, or leave it in RGB for toroi to convert."
            ),
        ),
        P::AlphaLost { path } => warning(
            "alpha-lost",
            say!(
                "Kiểu in này không cho phép trong suốt: hình “{path}” được đặt trên nền trắng.",
                "This press knows nothing transparent: the picture “{path}” is laid on white."
            ),
            say!("Đặt hình trên nền giấy, hoặc dùng kiểu in PDF/X-4.", "Place it on bare paper, or use a press of PDF/X-4."),
        ),
        P::NoWhite => warning(
            "no-white",
            say!(
                "Kiểu in này không có mực trắng, nên tem dán mặt trong kính sẽ trong suốt.",
                "This press has no white ink, so what is inside glass will be seen through."
            ),
            say!(
                "Dùng kiểu in vinyl, hoặc thêm spots: {{white: White}} vào kiểu in; bỏ qua nếu in trên decal đục.",
                "Use the press vinyl, or add spots: {{white: White}} to the press; let it be where the film is opaque."
            ),
        ),
        P::ReservedName { name } => error(
            "reserved-name",
            say!("Tên màu “{name}” đã có sẵn và không đổi được.", "The colour “{name}” is always there and cannot be another."),
            say!("Đặt tên khác cho màu này.", "Give this colour another name."),
        ),
        P::Hairline { width_pt, least_pt } => warning(
            "hairline",
            say!(
                "Nét {width_pt:.2} pt mảnh hơn mức {least_pt:.2} pt mà kiểu in này còn in được.",
                "A line of {width_pt:.2} pt is thinner than the {least_pt:.2} pt that this press holds."
            ),
            say!("Dùng nét dày hơn.", "Use a heavier line."),
        ),
        P::RichText { inks } => warning(
            "rich-text",
            say!(
                "Chữ sẫm in bằng {inks} mực, dễ nhòe viền màu khi lệch bản.",
                "Dark text in {inks} inks shows coloured fringes when plates are off."
            ),
            say!(
                "Chữ nhỏ dùng một mực đen: \"#000000\" hoặc \"cmyk(0 0 0 100)\".",
                "Print small text in black alone: \"#000000\" or \"cmyk(0 0 0 100)\"."
            ),
        ),
        P::SafeArea { by_mm, safe_mm } => warning(
            "safe-area",
            say!(
                "Nội dung lấn {by_mm:.1} mm vào mép an toàn {safe_mm:.1} mm, có thể bị xén.",
                "Content reaches {by_mm:.1} mm into the safe margin of {safe_mm:.1} mm and may be cut."
            ),
            say!("Tăng “padding” của hộp ngoài.", "Give the outer box more padding."),
        ),
        P::OffTrim { by_mm } => error(
            "off-trim",
            say!(
                "Nội dung ra ngoài khổ {by_mm:.1} mm và sẽ bị cắt mất.",
                "Content reaches {by_mm:.1} mm beyond the trim and will be cut off."
            ),
            say!(
                "Dời hộp vào trong, hoặc thu nhỏ; hộp xoay không đẩy các hộp quanh nó.",
                "Move the box inside or make it smaller; a turned box does not push the boxes around it."
            ),
        ),
        P::FoldMargin { off_mm, .. } if *off_mm < 0.0 => warning(
            "fold-margin",
            say!("Nội dung vắt qua nếp gấp.", "Content crosses a fold."),
            say!("Đặt mỗi nội dung gọn trong một phần gấp.", "Keep each text, code and drawing on one panel."),
        ),
        P::TearMargin { off_mm, least_mm } => warning(
            "tear-margin",
            say!(
                "Nội dung cách đường răng cưa {off_mm:.1} mm; cần ít nhất {least_mm:.0} mm.",
                "Content is {off_mm:.1} mm off a perforation; it needs at least {least_mm:.0} mm."
            ),
            say!("Dời nội dung ra xa đường răng cưa.", "Move it away from the perforation."),
        ),
        P::HoleMargin { off_mm, .. } if *off_mm < 0.0 => error(
            "hole-margin",
            say!("Nội dung nằm đè lên lỗ treo.", "Content lies over the hole."),
            say!("Dời nội dung xuống dưới lỗ treo.", "Move the content below the hole."),
        ),
        P::FoldMargin { off_mm, least_mm } => warning(
            "fold-margin",
            say!(
                "Nội dung chỉ cách nếp gấp {off_mm:.1} mm; nên cách {least_mm:.1} mm.",
                "Content is only {off_mm:.1} mm off a fold; {least_mm:.1} mm are wanted."
            ),
            say!(
                "Tăng “padding” ở phía nếp gấp; không để gì vắt qua nếp gấp.",
                "Give the panel more padding there, and let nothing cross a fold."
            ),
        ),
        P::HoleMargin { off_mm, least_mm } => error(
            "hole-margin",
            say!(
                "Nội dung chỉ cách lỗ treo {off_mm:.1} mm; phải cách {least_mm:.1} mm.",
                "Content is only {off_mm:.1} mm off the hole; it must keep {least_mm:.1} mm."
            ),
            say!("Dời nội dung xuống dưới lỗ treo.", "Move the content below the hole."),
        ),
        P::PanelCount { panels, found } => error(
            "panel-count",
            say!(
                "Nếp gấp chia mặt này thành {panels} phần, nhưng “panels” có {found} hộp.",
                "The folds part this side into {panels} panels, but “panels” holds {found} boxes."
            ),
            say!("Ghi mỗi phần một hộp.", "Give each panel one box."),
        ),
        P::LowContrast { ratio, least } => warning(
            "low-contrast",
            say!(
                "Chữ chỉ tương phản {ratio:.1}:1 với nền; cần {least:.1}:1.",
                "Text has a contrast of only {ratio:.1}:1 to its ground; {least:.1}:1 is needed."
            ),
            say!("Chọn màu chữ đậm hơn, hoặc nền nhạt hơn.", "Choose a darker ink for the text, or a lighter ground."),
        ),
        P::ReversedThin { size_pt, weight, least_pt } => warning(
            "reversed-too-thin",
            say!(
                "Chữ sáng trên nền đậm cỡ {size_pt:.1} pt, độ đậm {weight} dễ bị mực lấp; cần từ {least_pt:.1} pt và 600.",
                "Light text of {size_pt:.1} pt and weight {weight} on a dark ground fills in; it needs {least_pt:.1} pt and 600."
            ),
            say!("Dùng chữ đậm hơn hoặc lớn hơn.", "Use a heavier or larger type."),
        ),
        P::TypeSmall { size_pt, least_pt } => warning(
            "type-too-small",
            say!(
                "Chữ {size_pt:.1} pt nhỏ hơn mức {least_pt:.1} pt mà kiểu in này còn in rõ.",
                "Type of {size_pt:.1} pt is below the {least_pt:.1} pt that this press keeps clear."
            ),
            say!("Tăng cỡ chữ, hoặc chọn khổ lớn hơn.", "Enlarge the type, or choose a larger size."),
        ),
        P::FileFault { detail } => error(
            "file-fault",
            say!("Tệp PDF vừa dựng không đạt: {detail}.", "The PDF just made fails its own check: {detail}."),
            say!(
                "Đây là lỗi của toroi; hãy gửi chiến dịch này cho người bảo trì.",
                "This is a fault of toroi; please send this campaign to its maintainers."
            ),
        ),
        P::WriteFailed { path, why } => error(
            "write-failed",
            say!("Không ghi được “{path}”: {why}.", "“{path}” cannot be written: {why}."),
            say!("Kiểm tra quyền ghi và chỗ trống trên đĩa.", "Check the permission and the free space."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_have_decimal_commas_and_plates_keep_their_points() {
        assert_eq!(
            decimal_commas("thừa 1.7 mm, 148.0×210.0 mm, 19B-014.62, cỡ 7.5 pt"),
            "thừa 1,7 mm, 148,0×210,0 mm, 19B-014.62, cỡ 7,5 pt"
        );
    }

    #[test]
    fn both_languages_carry_the_same_facts() {
        let e = entry(&Problem::NoGlyph { character: '☎', font: "Be Vietnam Pro".into() });
        for text in [e.message.0, e.message.1] {
            assert!(text.contains("U+260E") && text.contains("Be Vietnam Pro"), "{text}");
        }
    }
}
