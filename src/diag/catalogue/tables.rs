//! What is said of tables of records.

use super::{Said, Words, said};
use crate::data::Refused;
use crate::diag::NoRecord;

pub(super) fn bad_csv(detail: &str) -> Said {
    said(
        say!("Không đọc được bảng dữ liệu: {detail}.", "The table cannot be read: {detail}."),
        say!("Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng “CSV UTF-8”.", "Open it in Excel or LibreOffice and save it as “CSV UTF-8”."),
    )
}

pub(super) fn open_quote() -> Said {
    said(
        say!("Dấu ngoặc kép mở ở đây không được đóng đúng chỗ.", "The quote that opens here is not closed where it should be."),
        say!(
            "Đóng ngoặc kép ở cuối ô; dấu ngoặc kép bên trong ô phải viết đôi (\"\").",
            "Close it at the end of the cell; a quote inside a cell is written twice (\"\")."
        ),
    )
}

pub(super) fn short_row(expected: usize, found: usize, read_as: &[(String, String)]) -> Said {
    let list = read_as.iter().map(|(column, cell)| format!("{column} = {cell}")).collect::<Vec<_>>().join("; ");
    let list = if read_as.len() < expected { list + "; …" } else { list };
    said(
        say!(
            "Hàng này có {found} ô, tiêu đề có {expected} cột. Đang hiểu là: {list}.",
            "This row has {found} cells, the header {expected} columns. It is read as: {list}."
        ),
        say!(
            "Thêm ô còn thiếu vào đúng chỗ của nó; ô trống vẫn phải có dấu phẩy.",
            "Put the missing cell where it belongs; an empty cell still has its comma."
        ),
    )
}

pub(super) fn long_row(expected: usize, found: usize) -> Said {
    said(
        say!("Hàng này có {found} ô, tiêu đề chỉ có {expected} cột.", "This row has {found} cells, the header only {expected} columns."),
        say!("Bỏ ô thừa; chữ có dấu phẩy phải ở trong ngoặc kép.", "Remove the extra cells; a text with a comma must stand in quotes."),
    )
}

pub(super) fn duplicate_column(column: &str) -> Said {
    said(say!("Có hai cột cùng tên “{column}”.", "Two columns are called “{column}”."), say!("Đổi tên một cột.", "Rename one of them."))
}

pub(super) fn no_records(path: &str) -> Said {
    said(
        say!("“{path}” không có hàng dữ liệu nào.", "“{path}” has no row of data."),
        say!("Thêm ít nhất một hàng dưới hàng tiêu đề.", "Add at least one row below the header."),
    )
}

pub(super) fn table_refused(path: &str, why: &Refused) -> Said {
    let ((vi, en), advice) = refused(why);
    let message = (format!("Không đọc được bảng “{path}”: {vi}."), format!("The table “{path}” cannot be read: {en}."));
    said(message, advice)
}

pub(super) fn read_as_ansi(path: &str) -> Said {
    said(
        say!(
            "“{path}” không dùng UTF-8; đã đọc theo Windows-1258 (tiếng Việt ANSI).",
            "“{path}” is not in UTF-8; it was read as Windows-1258 (Vietnamese ANSI)."
        ),
        say!(
            "Xem lại dấu trên bản in thử; lần sau lưu dạng “CSV UTF-8”.",
            "Check the accents on a proof; next time save it as “CSV UTF-8”."
        ),
    )
}

pub(super) fn letters_lost(word: &str) -> Said {
    said(
        say!(
            "“{word}” có lẽ đã mất chữ có dấu: tệp không còn chữ tiếng Việt nào, chỉ có dấu “?”.",
            "“{word}” has probably lost its accented letters: the file has none at all, only “?”."
        ),
        say!(
            "Mở lại bảng gốc bằng Excel và lưu dạng “CSV UTF-8”, hoặc dùng thẳng tệp .xlsx.",
            "Open the original list in Excel and save it as “CSV UTF-8”, or use the .xlsx itself."
        ),
    )
}

pub(super) fn not_for_table(key: &str, path: &str) -> Said {
    said(
        say!("“{key}” không có nghĩa với “{path}”.", "“{key}” says nothing about “{path}”."),
        say!(
            "Bỏ nó đi: “sheet” dành cho .xlsx và .ods, “header” cho .csv, .xlsx và .ods.",
            "Remove it: “sheet” is for .xlsx and .ods, “header” for .csv, .xlsx and .ods."
        ),
    )
}

pub(super) fn empty_header(row: u32) -> Said {
    said(
        say!("Hàng {row} không có tên cột nào.", "Row {row} names no column."),
        say!("Ghi số của hàng có tên các cột.", "Give the number of the row that names the columns."),
    )
}

pub(super) fn merged_cells(sheet: &str, cells: &str, header: bool) -> Said {
    if header {
        return said(
            say!(
                "Các ô tiêu đề {cells} của trang “{sheet}” bị gộp, nên không rõ tên từng cột.",
                "The header cells {cells} of sheet “{sheet}” are merged, so it is not clear what each column is called."
            ),
            say!(
                "Bỏ gộp ô và đặt tên cho từng cột; nếu đó là tựa của bảng, ghi hàng tên cột: data: {{file: …, header: 3}}.",
                "Unmerge them and name each column; if that is the title of the list, say which row names the columns: data: {{file: …, header: 3}}."
            ),
        );
    }
    said(
        say!(
            "Các ô {cells} của trang “{sheet}” bị gộp: chỉ ô đầu có nội dung, các hàng còn lại để trống.",
            "The cells {cells} of sheet “{sheet}” are merged: only the first holds anything, the others are empty."
        ),
        say!("Bỏ gộp ô rồi điền nội dung vào từng ô.", "Unmerge them and fill in every cell."),
    )
}

pub(super) fn digits_lost(sheet: &str, cell: &str, column: &str) -> Said {
    said(
        say!(
            "Ô {cell} (cột “{column}”) của trang “{sheet}” là số dài hơn 15 chữ số: bảng tính đã làm tròn các chữ số cuối.",
            "Cell {cell} (column “{column}”) of sheet “{sheet}” is a number of more than 15 digits: the spreadsheet has rounded the last ones."
        ),
        say!("Đổi cột sang kiểu Văn bản (Text) rồi gõ lại các số.", "Make the column Text, and type the numbers again."),
    )
}

pub(super) fn cell_error(sheet: &str, cell: &str, column: &str, value: &str) -> Said {
    said(
        say!(
            "Ô {cell} (cột “{column}”) của trang “{sheet}” báo lỗi {value}.",
            "Cell {cell} (column “{column}”) of sheet “{sheet}” is in error: {value}."
        ),
        say!("Sửa công thức, hoặc gõ thẳng giá trị.", "Mend its formula, or type the value."),
    )
}

pub(super) fn cell_without_value(sheet: &str, cell: &str, column: &str) -> Said {
    said(
        say!(
            "Công thức ở ô {cell} (cột “{column}”) của trang “{sheet}” chưa được tính.",
            "The formula in cell {cell} (column “{column}”) of sheet “{sheet}” was never worked out."
        ),
        say!("Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại.", "Open the file in Excel or LibreOffice and save it again."),
    )
}

pub(super) fn format_beyond(sheet: &str, cell: &str, format: &str, text: &str) -> Said {
    said(
        say!(
            "Không hiểu định dạng số “{format}” ở ô {cell} của trang “{sheet}”; in là “{text}”.",
            "The number format “{format}” of cell {cell} of sheet “{sheet}” is not understood; it is printed as “{text}”."
        ),
        say!(
            "Nếu không vừa ý, đổi định dạng của cột (ví dụ dd/mm/yyyy) hoặc định dạng là Văn bản.",
            "If that will not do, give the column another format, such as dd/mm/yyyy, or make it Text."
        ),
    )
}

pub(super) fn cells_beside(sheet: &str, cell: &str, count: usize) -> Said {
    said(
        say!(
            "{count} ô của trang “{sheet}”, từ ô {cell}, nằm ngoài các cột có tên; chúng không được dùng.",
            "{count} cells of sheet “{sheet}”, from {cell} on, stand beside the columns that have a name; they are not used."
        ),
        say!("Đặt tên cho cột đó, hoặc xóa các ô này.", "Name their column, or clear them."),
    )
}

pub(super) fn bad_json(detail: &str) -> Said {
    said(
        say!("JSON sai cú pháp: {detail}.", "Not valid JSON: {detail}."),
        say!(
            "Mỗi dòng một đối tượng {{\"ten\": \"…\"}}, hoặc cả tệp là một danh sách đối tượng.",
            "Write one object {{\"name\": \"…\"}} a line, or make the whole file one list of objects."
        ),
    )
}

pub(super) fn nested_value(column: &str) -> Said {
    said(
        say!("“{column}” chứa danh sách hoặc đối tượng, không phải một giá trị.", "“{column}” holds a list or an object, not one value."),
        say!("Tách thành các khóa riêng.", "Make keys of their own of it."),
    )
}

pub(super) fn records_beyond(first: usize, last: usize, records: usize) -> Said {
    said(
        say!(
            "Không có đủ bản ghi {first}–{last}: bảng chỉ có {records} bản ghi.",
            "Not all of the records {first}–{last} are there: the table has {records}."
        ),
        say!("Xem lại --records, hoặc chọn ấn phẩm bằng --piece.", "Look at --records again, or choose the piece with --piece."),
    )
}

pub(super) fn no_match(column: &str, value: &str) -> Said {
    said(
        say!(
            "Trong các bản ghi được chọn không có bản nào có cột “{column}” là “{value}”.",
            "None of the chosen records has “{value}” as its {column}."
        ),
        say!("Viết đúng như trong bảng, kể cả dấu.", "Write it as it stands in the table, accents included."),
    )
}

pub(super) fn zero_lost(column: &str, value: &str) -> Said {
    said(
        say!(
            "Số điện thoại “{value}” ở cột “{column}” có lẽ đã mất số 0 đầu.",
            "The telephone number “{value}” in column “{column}” seems to have lost its first 0."
        ),
        say!("Đổi cột sang kiểu Văn bản (Text) rồi gõ lại: 0{value}.", "Make the column Text and type it again: 0{value}."),
    )
}

pub(super) fn number_shortened(column: &str, value: &str) -> Said {
    said(
        say!(
            "“{value}” ở cột “{column}” là số đã bị bảng tính rút gọn, mất các chữ số cuối.",
            "“{value}” in column “{column}” is a number that the spreadsheet shortened; its last digits are lost."
        ),
        say!("Đổi cột sang kiểu Văn bản (Text) rồi gõ lại đủ các chữ số.", "Make the column Text and type all digits again."),
    )
}

pub(super) fn total_row(word: &str, kind: NoRecord) -> Said {
    let message = match kind {
        NoRecord::Sum => say!(
            "Hàng “{word}” giống dòng tổng cộng ở cuối bảng, không phải một bản ghi.",
            "The row “{word}” looks like the sum below a list, not like a record."
        ),
        NoRecord::Note => say!(
            "Hàng “{word}” giống ghi chú dưới bảng, không phải một bản ghi.",
            "The row “{word}” looks like a note below a list, not like a record."
        ),
        NoRecord::NumberAlone => {
            say!("Hàng này chỉ có “{word}”, các ô khác để trống.", "This row holds “{word}” alone, its other cells are empty.")
        }
        NoRecord::Numbers => say!(
            "Hàng này chỉ đánh số các cột (“{word}”…), không phải một bản ghi.",
            "This row only numbers the columns (“{word}”…); it is no record."
        ),
    };
    said(
        message,
        say!(
            "Xóa hàng này khỏi bảng; đúng là bản ghi thì cho qua bằng “allow: [total-row]”.",
            "Remove it from the table; if it is a record, let it pass with “allow: [total-row]”."
        ),
    )
}

pub(super) fn error_in_cell(column: &str, value: &str) -> Said {
    said(
        say!(
            "“{value}” ở cột “{column}” là lỗi công thức đã bị lưu thành chữ.",
            "“{value}” in column “{column}” is an error of a formula that was saved as text."
        ),
        say!(
            "Sửa công thức trong bảng tính rồi lưu lại, hoặc gõ giá trị.",
            "Mend the formula in the spreadsheet and save it again, or type the value."
        ),
    )
}

pub(super) fn note_in_cell(column: &str, value: &str) -> Said {
    said(
        say!(
            "“{value}” ở cột “{column}” giống ghi chú; nếu in sẽ ra nguyên như thế.",
            "“{value}” in column “{column}” looks like a note, and would be printed so."
        ),
        say!(
            "Ghi đủ nội dung, hoặc để trống ô; đúng là nội dung thì cho qua.",
            "Write what is meant, or leave the cell empty; let it pass if it is meant so."
        ),
    )
}

pub(super) fn letter_in_number(column: &str, value: &str, meant: &str) -> Said {
    said(
        say!("“{value}” ở cột “{column}” có chữ cái thay cho chữ số.", "“{value}” in column “{column}” has a letter for a digit."),
        say!("Gõ lại “{meant}”.", "Type “{meant}”."),
    )
}

pub(super) fn columns_missing(missing: &[(String, Option<String>)], known: &[String]) -> Said {
    let list = missing.iter().map(|(name, _)| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    let known = known.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    let meant: Vec<String> = missing.iter().filter_map(|(name, near)| Some(format!("“{}” → “{name}”", near.as_ref()?))).collect();
    let hint = match meant.is_empty() {
        true => say!(
            "Xem hàng này có phải hàng tên cột không; tên trong chiến dịch và trong bảng phải giống nhau.",
            "See whether this is the row of names; the campaign and the table must use the same."
        ),
        false => say!("Đổi tên cột trong bảng: {list}.", "Rename columns in the table: {list}.", list = meant.join(", ")),
    };
    said(say!("Bảng không có cột {list}; các cột là {known}.", "The table has no column {list}; its columns are {known}."), hint)
}

pub(super) fn header_elsewhere(row: u32, columns: &[String]) -> Said {
    let list = columns.join(", ");
    said(
        say!("Hàng tên cột không có {list}; các tên ấy ở hàng {row}.", "The row of names has no {list}; these are in row {row}."),
        say!("Ghi data: {{file: …, header: {row}}}.", "Write data: {{file: …, header: {row}}}."),
    )
}

pub(super) fn other_separator(header: char, rows: char) -> Said {
    let shown = |sign: char| if sign == '\t' { "Tab".to_string() } else { sign.to_string() };
    let (header, rows) = (shown(header), shown(rows));
    said(
        say!(
            "Hàng tên cột ngăn bằng “{header}”, các hàng dưới bằng “{rows}”.",
            "The names are parted by “{header}”, the rows by “{rows}”."
        ),
        say!(
            "Dùng một dấu cho cả tệp; tốt nhất là lưu lại “CSV UTF-8” từ Excel.",
            "Use one sign in the whole file; best save it again from Excel as “CSV UTF-8”."
        ),
    )
}

/// Why a file is no table, and what to do.
fn refused(why: &Refused) -> (Words, Words) {
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
            say!(
                "Đổi đuôi tệp thành .{kind} và ghi tên mới vào “data”.",
                "Change its ending to .{kind}, and write the new name under “data”."
            ),
        ),
        Refused::Archive => (
            say!("đây là tệp nén, không phải bảng", "it is a zip, not a table"),
            say!("Giải nén và ghi tên của bảng ở bên trong.", "Unpack it and name the table inside."),
        ),
        Refused::Foreign(kind) => (
            say!("đây là tài liệu {kind}, không phải bảng", "it is a {kind} document, not a table"),
            say!(
                "Chép bảng sang Excel, lưu dạng .xlsx hoặc “CSV UTF-8”, rồi ghi tên tệp đó.",
                "Copy the table into Excel, save it as .xlsx or “CSV UTF-8”, and write that name."
            ),
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
    }
}
