//! What is said of content: fields, languages, placeholders.

use super::{Said, Words, offer, said, tongue};
use crate::diag::Demand;

pub(super) fn missing_field(field: &str, [vi, en]: &[String; 2], section: &str, in_data: bool) -> Said {
    let (or_vi, or_en) = match in_data {
        true => (format!(", hoặc thêm cột “{field}” vào bảng"), format!(", or add a column “{field}” to the table")),
        false => Words::default(),
    };
    said(
        (format!("Thiếu nội dung bắt buộc “{field}” ({vi})."), format!("The required field “{field}” ({en}) has no content.")),
        (
            format!("Thêm “{field}: …” vào dưới “{section}:” của chiến dịch hay của ấn phẩm{or_vi}."),
            format!("Add “{field}: …” under “{section}:” of the campaign or of the piece{or_en}."),
        ),
    )
}

pub(super) fn empty_text(field: &str, language: &str) -> Said {
    let (vi, en) = tongue(language);
    said(
        say!("“{field}” còn trống (bản {vi}).", "“{field}” is empty (its text in {en})."),
        say!("Ghi nội dung vào đây, hoặc bỏ dòng này nếu không cần.", "Write the text here, or leave the line out if there is none."),
    )
}

pub(super) fn wrong_section(field: &str, section: &str) -> Said {
    let (vi, en) = match section {
        "qr" => ("mã QR", "a code"),
        "images" => ("hình", "a picture"),
        _ => ("chữ in", "a text"),
    };
    said(
        (format!("“{field}” là {vi}, không thuộc mục này."), format!("“{field}” is {en} and does not belong here.")),
        say!("Chuyển nó xuống dưới “{section}:”.", "Move it under “{section}:”."),
    )
}

pub(super) fn no_table(name: &str) -> Said {
    said(
        say!(
            "{{{{ {name} }}}} lấy từ bảng dữ liệu, nhưng ấn phẩm này không có bảng nào.",
            "{{{{ {name} }}}} is taken from a table, but this piece has none."
        ),
        say!("Thêm “data: tên-tệp.csv” (hoặc .xlsx) vào ấn phẩm.", "Add “data: file.csv” (or .xlsx) to the piece."),
    )
}

pub(super) fn empty_field(field: &str, label: &[String; 2]) -> Said {
    let [vi, en] = label;
    said(
        (format!("Bản ghi này để trống “{field}” ({vi})."), format!("This record leaves “{field}” ({en}) empty.")),
        say!("Điền ô đó trong bảng dữ liệu.", "Fill in that cell of the table."),
    )
}

pub(super) fn missing_translation(field: &str, language: &str) -> Said {
    let (vi, en) = tongue(language);
    said(
        say!("“{field}” chưa có bản {vi}.", "“{field}” has no text in {en}."),
        say!("Thêm “{language}: …” bên cạnh bản kia.", "Add “{language}: …” beside the other one."),
    )
}

pub(super) fn item_count(field: &str, min: usize, max: usize, found: usize) -> Said {
    let (vi, en) = if min == max { say!("{min}", "{min}") } else { say!("từ {min} đến {max}", "{min} to {max}") };
    said(
        (format!("“{field}” có {found} mục, ở đây cần {vi}."), format!("“{field}” has {found} items; here it takes {en}.")),
        say!("Thêm hoặc bớt mục.", "Add or remove items."),
    )
}

pub(super) fn unknown_placeholder(name: &str, nearest: &Option<String>, known: &[String]) -> Said {
    said(
        say!(
            "Không có gì tên là “{name}” để điền vào {{{{ {name} }}}}.",
            "Nothing is called “{name}”, so {{{{ {name} }}}} cannot be filled."
        ),
        offer(nearest, known),
    )
}

pub(super) fn template_syntax(detail: &str) -> Said {
    said(
        say!("Chỗ điền viết sai: {detail}.", "The placeholder is not well written: {detail}."),
        say!("Viết như {{{{ ten }}}}.", "Write it like {{{{ name }}}}."),
    )
}

pub(super) fn empty_box() -> Said {
    said(
        say!("Hộp này không có gì để in.", "This box has nothing to print."),
        say!("Điền nội dung, hoặc thêm điều kiện “when:” vào hộp.", "Give it content, or give the box a “when:”."),
    )
}

pub(super) fn side_left_out() -> Said {
    said(
        say!(
            "Hộp ngoài cùng của một mặt không được có “when:” hay “language:”.",
            "The outermost box of a side takes no “when:” or “language:”."
        ),
        say!("Chuyển điều kiện vào các hộp bên trong.", "Move the condition to the boxes inside."),
    )
}

pub(super) fn unused_language(language: &str) -> Said {
    let (vi, en) = tongue(language);
    said(
        say!("Có bản {vi}, nhưng “languages:” không có ngôn ngữ này.", "There is a text in {en}, but “languages:” does not name it."),
        say!("Thêm “{language}” vào “languages:”, hoặc bỏ bản này.", "Add “{language}” to “languages:”, or remove the text."),
    )
}

pub(super) fn not_a_date(value: &str) -> Said {
    said(
        say!("“{value}” không phải là ngày.", "“{value}” is not a date."),
        say!("Viết như 26/11/2026 hoặc 2026-11-26.", "Write it like 26/11/2026 or 2026-11-26."),
    )
}

pub(super) fn not_a_number(value: &str, readings: &Option<[String; 2]>) -> Said {
    let message = match readings {
        None => say!("“{value}” không phải là số.", "“{value}” is not a number."),
        Some([one, other]) => say!("“{value}” có thể là {one} hoặc {other}.", "“{value}” may mean {one} or {other}."),
    };
    let hint = match readings {
        None => say!("Viết như 1250000 hoặc 1.250.000.", "Write it like 1250000 or 1.250.000."),
        Some([one, other]) => say!(
            "Viết số nguyên không có dấu ({one}), hoặc thêm một số 0 vào phần thập phân ({other}0).",
            "Write a whole number without signs ({one}), or one nought more after the decimal sign ({other}0)."
        ),
    };
    said(message, hint)
}

pub(super) fn demand_unmet(demand: &Demand) -> Said {
    let (message, hint) = match demand {
        Demand::Issuer => (
            say!("Mẫu này đòi ghi nơi ban hành.", "This format demands to know who issues it."),
            say!("Thêm “issuer: …” vào chiến dịch.", "Add “issuer: …” to the campaign."),
        ),
        Demand::Document => (
            say!("Mẫu này đòi ghi số văn bản.", "This format demands the number of a document."),
            say!("Thêm “document: …” vào chiến dịch.", "Add “document: …” to the campaign."),
        ),
        Demand::ValidUntil => (
            say!("Mẫu này đòi ghi ngày hết hiệu lực.", "This format demands a last day of validity."),
            say!("Thêm “valid_until: 2026-12-31” vào chiến dịch.", "Add “valid_until: 2026-12-31” to the campaign."),
        ),
        Demand::OneOf(fields) => (
            say!(
                "Mẫu này đòi ít nhất một trong các nội dung: {list}.",
                "This format demands one of these at least: {list}.",
                list = fields.join(", ")
            ),
            say!("Thêm một trong số đó vào “text:”.", "Add one of them under “text:”."),
        ),
    };
    said(message, hint)
}

pub(super) fn expired(until: &str, today: &str) -> Said {
    let turned = |day: &str| day.split('-').rev().collect::<Vec<_>>().join("/");
    let (until, today) = (turned(until), turned(today));
    said(
        say!("Ngày hết hiệu lực {until} đã qua (tính đến {today}).", "It was valid until {until}; the day taken is {today}."),
        say!(
            "Ghi ngày mới vào “valid_until”, hoặc ngày của chiến dịch vào “date”.",
            "Give a later day as “valid_until”, or the day of the campaign as “date”."
        ),
    )
}

pub(super) fn one_text_for_all(field: &str, languages: &[String]) -> Said {
    let list = languages.join(", ");
    said(
        say!(
            "“{field}” chỉ có một bản tiếng Việt cho mọi ngôn ngữ ({list}).",
            "“{field}” has one Vietnamese text for all languages ({list})."
        ),
        say!("Ghi {{vi: \"…\", en: \"…\"}}.", "Write {{vi: \"…\", en: \"…\"}}."),
    )
}

pub(super) fn language_unprinted(language: &str) -> Said {
    let (vi, en) = tongue(language);
    said(
        say!(
            "Bản {vi} không được in, vì “languages:” không có ngôn ngữ này.",
            "Texts in {en} are not printed, as “languages:” does not name it."
        ),
        say!("Thêm “{language}” vào “languages:”, hoặc để nguyên.", "Add “{language}” to “languages:”, or leave it so."),
    )
}
