//! What is said of keys and values.

use super::{Said, Words, offer, said};
use crate::diag::{Expected, Glimpse, Kind};

pub(super) fn yaml_empty() -> Said {
    said(
        say!("Tệp trống.", "The file is empty."),
        say!(
            "Bắt đầu bằng “campaign: ten”, rồi “pieces: {{to-roi: {{format: leaflet}}}}”.",
            "Begin with “campaign: name”, then “pieces: {{flyer: {{format: leaflet}}}}”."
        ),
    )
}

pub(super) fn wrong_type(key: &str, expected: &Expected, found: &Glimpse) -> Said {
    let ((vi, en), (here_vi, here_en)) = (wanted(expected), seen(found));
    let hint = match (expected, found) {
        (Expected::List, Glimpse::Text(_)) => say!(
            "Ghi mỗi mục một dòng, bắt đầu bằng gạch và dấu cách: “- …”; hoặc tất cả trong ngoặc vuông: [a, b].",
            "Write one item a line, each after a dash and a space: “- …”; or all of them in brackets: [a, b]."
        ),
        (Expected::List, Glimpse::Nothing) => {
            say!("Ghi các mục ở dòng dưới, mỗi mục sau “- ”, hoặc [a, b].", "Write the items below, each after “- ”, or [a, b].")
        }
        (Expected::List, _) => say!("Bỏ các khóa, để lại các mục “- …”.", "Leave out the keys and keep the items, “- …”."),
        (Expected::Map, Glimpse::List) => {
            say!("Bỏ các dấu gạch: mỗi dòng là “tên: …”.", "Take the dashes away: each line is “name: …”.")
        }
        (Expected::Map, _) => say!(
            "Ghi “{key}:” rồi xuống dòng, các khóa của nó thụt vào hai dấu cách; hoặc “{key}: {{…}}”.",
            "Write “{key}:” and its keys on the lines below, two spaces further in; or “{key}: {{…}}”."
        ),
        (Expected::Text | Expected::Words, Glimpse::List) => {
            say!("Bỏ dấu gạch hay ngoặc vuông: đây là một đoạn chữ.", "Take the dash or the brackets away: this is one text.")
        }
        _ => say!("Sửa giá trị ở chỗ này.", "Mend the value at this place."),
    };
    said((format!("“{key}” phải là {vi}; ở đây là {here_vi}."), format!("“{key}” must be {en}; here stands {here_en}.")), hint)
}

pub(super) fn unknown_key(key: &str, nearest: &Option<String>, known: &[String]) -> Said {
    said(say!("Không có khóa “{key}” ở đây.", "There is no key “{key}” here."), offer(nearest, known))
}

pub(super) fn missing_key(key: &str) -> Said {
    let hint = match key {
        "pieces" => say!(
            "Thêm một dòng ở cuối tệp: “pieces: {{to-roi: {{format: leaflet}}}}”.",
            "Add a line at the end of the file: “pieces: {{flyer: {{format: leaflet}}}}”."
        ),
        _ => say!("Thêm “{key}: …” vào đây.", "Add “{key}: …” here."),
    };
    said(say!("Thiếu khóa “{key}”.", "The key “{key}” is missing."), hint)
}

pub(super) fn duplicate_key(key: &str, line: u32) -> Said {
    said(
        say!("“{key}” đã có ở dòng {line}.", "“{key}” stands on line {line} already."),
        say!("Chuyển nội dung ở đây vào chỗ trên, hoặc bỏ một trong hai.", "Move what stands here up to it, or remove one of the two."),
    )
}

pub(super) fn nothing(key: &str) -> Said {
    said(say!("“{key}” để trống.", "“{key}” is empty."), say!("Ghi ít nhất một mục.", "Give it at least one entry."))
}

pub(super) fn bad_value(key: &str, value: &str, expected: &Expected) -> Said {
    let (vi, en) = wanted(expected);
    let (more_vi, more_en) = slip_in(value, expected).unwrap_or_default();
    said(
        say!("“{key}: {value}” không đúng.", "“{key}: {value}” is not right."),
        (format!("Cần {vi}.{more_vi}"), format!("It takes {en}.{more_en}")),
    )
}

/// A day that no calendar has.
fn no_such_day(year: &str, month: &str, day: &str) -> Option<Words> {
    let (y, m, d): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let days = match m {
        2 if y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => {
            return Some(say!(
                " Không có tháng {m}: năm đứng trước, rồi tháng, rồi ngày.",
                " There is no month {m}: the year comes first, then month and day."
            ));
        }
    };
    (d > days).then(|| say!(" Tháng {m} năm {y} chỉ có {days} ngày.", " Month {m} of {y} has {days} days only."))
}

/// What is probably wrong with a value, if it can be seen.
fn slip_in(value: &str, expected: &Expected) -> Option<Words> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let comma = value.split_once(',').filter(|(before, after)| digit(before.chars().last()) && digit(after.chars().next()));
    let is_measure =
        matches!(expected, Expected::Length | Expected::Distance | Expected::TypeSize | Expected::Size | Expected::Sides | Expected::Scale);
    match expected {
        _ if value.contains(['“', '”']) => {
            Some(say!(" Dùng ngoặc kép thẳng (\"), không phải ngoặc cong.", " Use straight quotes (\"), not curly ones."))
        }
        Expected::Bool => Some(say!(" true là có, false là không.", " true means yes, false means no.")),
        _ if is_measure && comma.is_some() => {
            let meant = value.replace(',', ".");
            Some(say!(" Dấu thập phân là dấu chấm: {meant}.", " The decimal sign is a point: {meant}."))
        }
        Expected::Date => {
            let parts: Vec<&str> = value.split(['/', '.', '-']).map(str::trim).collect();
            match parts.as_slice() {
                [day, month, year] if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
                    Some(say!(" Năm đứng trước: {year}-{month:0>2}-{day:0>2}.", " The year comes first: {year}-{month:0>2}-{day:0>2}."))
                }
                [year, month, day] if year.len() == 4 => no_such_day(year, month, day),
                _ => None,
            }
        }
        Expected::Colour if value.starts_with('#') && value.len() != 7 => {
            let digits = value.len() - 1;
            Some(say!(" “{value}” có {digits} chữ số, cần 6.", " “{value}” has {digits} digits; it takes 6."))
        }
        Expected::Colour if value.len() == 6 && value.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Some(say!(" Thiếu dấu #: \"#{value}\".", " The # is missing: \"#{value}\"."))
        }
        _ if is_measure && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'x' | 'X' | '×')) => {
            let unit = match expected {
                Expected::Distance => "m",
                Expected::TypeSize => "pt",
                Expected::Scale => "%",
                _ => "mm",
            };
            Some(say!(" Thiếu đơn vị: ghi {value}{unit}.", " Its unit is missing: write {value}{unit}."))
        }
        _ => None,
    }
}

pub(super) fn unknown_name(kind: Kind, name: &str, nearest: &Option<String>, known: &[String]) -> Said {
    if kind == Kind::Judgement {
        return said(
            say!("Không có mã nào cho qua được tên là “{name}”.", "No finding that may be let pass is called “{name}”."),
            offer(nearest, known),
        );
    }
    let (vi, en) = called(kind);
    if name.contains(',') && name.split(',').all(|part| known.iter().any(|known| known == part.trim())) {
        let message = (format!("“{name}” là nhiều {vi}, không phải một."), format!("“{name}” is several {en}s, not one."));
        return said(message, say!("Ghi trong ngoặc vuông: [{name}].", "Write them in brackets: [{name}]."));
    }
    said((format!("Không có {vi} “{name}”."), format!("There is no {en} “{name}”.")), offer(nearest, known))
}

pub(super) fn piece_unnamed(keys: &[String], piece: &Option<String>) -> Said {
    let list = keys.join(", ");
    match piece {
        Some(piece) => said(
            say!("{list} phải nằm bên trong ấn phẩm “{piece}”.", "{list} belong inside the piece “{piece}”."),
            say!("Thụt các dòng này thêm hai dấu cách.", "Indent these lines by two spaces more."),
        ),
        None => said(
            say!("{list} thuộc về một ấn phẩm, và ấn phẩm phải có tên.", "{list} belong to a piece, and a piece has a name."),
            say!(
                "Thêm một dòng tên, ví dụ “to-roi:”, và thụt các dòng này vào dưới nó.",
                "Put a line with its name above, such as “to-roi:”, and indent these lines below it."
            ),
        ),
    }
}

pub(super) fn no_pieces() -> Said {
    said(
        say!("Chiến dịch chưa có ấn phẩm nào.", "The campaign asks for no piece."),
        say!(
            "Thêm vào “pieces:” ít nhất một dòng, ví dụ to-roi: {{format: leaflet, size: a5}}.",
            "Add at least one line to “pieces:”, such as to-roi: {{format: leaflet, size: a5}}."
        ),
    )
}

pub(super) fn reserved_name(name: &str) -> Said {
    said(
        say!("Tên màu “{name}” đã có sẵn và không đổi được.", "The colour “{name}” is always there and cannot be another."),
        say!("Đặt tên khác cho màu này.", "Give this colour another name."),
    )
}

fn wanted(e: &Expected) -> Words {
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
            "màu, ví dụ \"#0B63B0\", hoặc \"cmyk(90 60 0 5)\" với mỗi mực từ 0 đến 100",
            "a colour, such as \"#0B63B0\", or \"cmyk(90 60 0 5)\" with each ink from 0 to 100"
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
        Expected::Date => say!("ngày dạng năm-tháng-ngày, ví dụ 2030-12-31", "a date, year-month-day, such as 2030-12-31"),
        Expected::Range => say!("khoảng như 3..6", "a range such as 3..6"),
        Expected::Sides => say!("một cạnh, ví dụ 40mm, hoặc khoảng 60mm..150mm", "a side such as 40mm, or a range 60mm..150mm"),
        Expected::Track => {
            say!("bề rộng cột: độ dài như 30mm, hoặc phần chia như 1", "a width of a column: a length such as 30mm, or a share such as 1")
        }
        Expected::Positions => {
            say!("các vị trí tăng dần, nằm trong khổ cắt, ví dụ [97mm, 197mm]", "growing positions inside the trim, such as [97mm, 197mm]")
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

fn seen(glimpse: &Glimpse) -> Words {
    match glimpse {
        Glimpse::Nothing => say!("chỗ trống", "nothing"),
        Glimpse::Text(text) => say!("“{text}”", "“{text}”"),
        Glimpse::List => say!("một danh sách", "a list"),
        Glimpse::Map => say!("các cặp khóa: giá trị", "keys and values"),
    }
}

fn called(k: Kind) -> (&'static str, &'static str) {
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
        Kind::Judgement => ("đánh giá có thể bỏ qua", "judgement that may pass"),
    }
}
