//! What is said of records that break the checks of their table.

use super::{Said, said};

pub(super) fn duplicate(columns: &[String], value: &str, line: u32) -> Said {
    said(
        say!(
            "“{value}” ở cột {list} đã có ở hàng {line}.",
            "“{value}” in column {list} is already in row {line}.",
            list = columns.join(" + ")
        ),
        say!("Sửa một trong hai hàng, hoặc bỏ hàng thừa.", "Mend one of the two rows, or remove the one too many."),
    )
}

pub(super) fn same_row(line: u32) -> Said {
    said(
        say!("Hàng này giống hệt hàng {line}.", "This row is the same as row {line}."),
        say!(
            "Bỏ một hàng; hoặc ghi “unique: [cột]” để không cho trùng.",
            "Remove one of them; or say “unique: [column]” so that none may be there twice."
        ),
    )
}

pub(super) fn pattern_miss(column: &str, value: &str, examples: &[String]) -> Said {
    said(
        say!(
            "“{value}” ở cột “{column}” không giống mẫu {list}.",
            "“{value}” in column “{column}” does not look like {list}.",
            list = examples.join(" / ")
        ),
        say!(
            "Sửa ô này, hoặc thêm một ví dụ vào “pattern:” (chữ số thay cho mọi chữ số, chữ hoa cho mọi chữ hoa, chữ thường cho mọi chữ thường).",
            "Mend the cell, or add an example to “pattern:” (a digit stands for any digit, a capital for any capital, a small letter for any small letter)."
        ),
    )
}

pub(super) fn empty_cell(column: &str) -> Said {
    said(
        say!("Ô ở cột “{column}” để trống.", "The cell in column “{column}” is empty."),
        say!("Điền ô đó, hoặc bỏ cột này khỏi “required:”.", "Fill it in, or take the column out of “required:”."),
    )
}

pub(super) fn serial_column(path: &str) -> Said {
    said(
        say!("“{path}” đã có cột “serial”.", "“{path}” has a column “serial” of its own."),
        say!("Đổi tên cột đó, hoặc bỏ khóa “serial:”.", "Rename that column, or remove the key “serial:”."),
    )
}

pub(super) fn serial_too_wide(serial: &str, width: usize) -> Said {
    said(
        say!("Số cuối cùng là {serial}, nhiều hơn {width} chữ số.", "The last number is {serial}, of more than {width} digits."),
        say!("Tăng “width”, hoặc thêm số 0 vào số đầu tiên.", "Raise “width”, or put more noughts into the first number."),
    )
}

pub(super) fn serial_gaps(count: usize, gaps: &str) -> Said {
    said(
        say!("{count} số không được in lần này: {gaps}.", "{count} serial numbers are left out this time: {gaps}."),
        say!("Không cần làm gì nếu đúng ý; các số còn lại giữ nguyên.", "Nothing to do if that is meant; the others keep their numbers."),
    )
}
