//! What is said of codes: of the parts of a payload, and of symbols that are too dense.

use super::addresses::trap;
use super::{Said, Words, said};
use crate::diag::{Dense, Stage, nearest};
use crate::qr::payload::{Fault, Why, known_banks};
use crate::qr::{MODULES_AT_MOST, MODULES_TO_READ, QUIET_ZONE};

pub(super) fn qr_empty() -> Said {
    said(
        say!("Mã QR không có nội dung.", "The code has no content."),
        say!("Ghi địa chỉ vào “qr:” hoặc điền ô trong dữ liệu.", "Write the address under “qr:” or fill in the cell of the data."),
    )
}

pub(super) fn qr_too_long(bytes: usize) -> Said {
    said(
        say!(
            "Nội dung {bytes} byte không vừa mã QR nào ở mức sửa lỗi này.",
            "A content of {bytes} bytes fits no QR code at this error correction."
        ),
        say!("Dùng địa chỉ ngắn hơn.", "Use a shorter address."),
    )
}

pub(super) fn qr_fault(fault: &Fault) -> Said {
    let (message, hint) = of_part(fault);
    said(message, hint)
}

pub(super) fn qr_too_dense(code: &Dense) -> Said {
    let (message, hint) = too_dense(code);
    said(message, hint)
}

pub(super) fn qr_mirrored(payload: &str) -> Said {
    said(
        say!(
            "Mã QR “{payload}” bị lật trái phải, nhiều máy không đọc được.",
            "The code “{payload}” is mirrored, which many readers cannot read."
        ),
        say!(
            "Bỏ “mirror” quanh mã; tem dán mặt trong kính thì ghi “inside_glass: true” ở ấn phẩm.",
            "Take “mirror” from the boxes around it; for the inner face of a window say “inside_glass: true” of the piece."
        ),
    )
}

pub(super) fn qr_unread(payload: &str, read: &Option<String>, from: Stage) -> Said {
    let (vi, en) = match from {
        Stage::Modules => ("chính các ô của nó", "its own modules"),
        Stage::Raster => ("trang đã dựng thành ảnh", "the picture of the page"),
    };
    let got = read.as_deref().unwrap_or("–");
    said(
        (
            format!("Mã QR “{payload}” đọc lại từ {vi} không đúng (đọc được: “{got}”)."),
            format!("The code “{payload}” does not read back from {en} (read: “{got}”)."),
        ),
        say!("Phóng to mã, chừa lề trắng và đừng để gì đè lên.", "Enlarge the code, keep its quiet zone free and nothing over it."),
    )
}

pub(super) fn qr_quiet_zone((free, at_trim): (f64, bool), module_mm: f64, neighbour: &Option<String>) -> Said {
    let (free_mm, zone_mm) = (free * module_mm, QUIET_ZONE * module_mm);
    let message = match (at_trim, neighbour) {
        (true, _) => say!(
            "Mã QR chỉ cách mép cắt {free_mm:.1} mm; vùng trắng quanh mã phải rộng {zone_mm:.1} mm (4 ô).",
            "The code is only {free_mm:.1} mm off the cut; its quiet zone must be {zone_mm:.1} mm wide (4 modules)."
        ),
        (false, Some(name)) => say!(
            "“{name}” chỉ cách mã QR {free_mm:.1} mm; vùng trắng quanh mã phải rộng {zone_mm:.1} mm (4 ô).",
            "“{name}” is only {free_mm:.1} mm off the code; its quiet zone must be {zone_mm:.1} mm wide (4 modules)."
        ),
        (false, None) => say!(
            "Có nét hay mảng màu chỉ cách mã QR {free_mm:.1} mm; vùng trắng quanh mã phải rộng {zone_mm:.1} mm (4 ô).",
            "A line or a ground is only {free_mm:.1} mm off the code; its quiet zone must be {zone_mm:.1} mm wide (4 modules)."
        ),
    };
    said(
        message,
        say!(
            "Dời mã hoặc vật bên cạnh, hay nới khoảng trắng (gap, padding).",
            "Move the code or its neighbour, or give more room (gap, padding)."
        ),
    )
}

pub(super) fn qr_covered() -> Said {
    said(
        say!("Mã QR bị một hộp vẽ sau che mất.", "The code is covered by something painted after it."),
        say!("Dời hộp đó, bỏ “fill” của nó, hoặc đặt nó trước mã.", "Move that box, take its “fill” away, or put it before the code."),
    )
}

pub(super) fn qr_pale(contrast: f64, least: f64) -> Said {
    let (percent, wanted) = (contrast * 100.0, least * 100.0);
    said(
        say!(
            "Mã QR chỉ tương phản {percent:.0} % với nền; cần {wanted:.0} %.",
            "The code has a contrast of only {percent:.0} % to its ground; it needs {wanted:.0} %."
        ),
        say!("Đặt mã trên nền trắng hoặc thật nhạt.", "Put the code on white or on something very pale."),
    )
}

pub(super) fn qr_inverted() -> Said {
    said(
        say!("Mã QR sáng trên nền tối: nhiều máy không đọc được.", "The code is light on dark: many readers cannot read that."),
        say!("Đặt mã trên nền trắng, ví dụ trong hộp có fill: paper.", "Put the code on white, such as in a box with fill: paper."),
    )
}

pub(super) fn qr_on_fold() -> Said {
    said(
        say!("Nếp gấp chạy qua mã QR.", "A fold runs through the code."),
        say!("Dời mã gọn vào một phần gấp.", "Move the code onto one panel."),
    )
}

pub(super) fn qr_close(off_mm: f64, least_mm: f64) -> Said {
    said(
        say!(
            "Hai mã QR chỉ cách nhau {off_mm:.1} mm: điện thoại dễ quét nhầm; nên cách {least_mm:.0} mm.",
            "Two codes are only {off_mm:.1} mm apart: a phone may take the wrong one; keep {least_mm:.0} mm."
        ),
        say!("Đặt hai mã xa nhau hoặc ở hai phía của trang.", "Set them further apart, or on two sides of the page."),
    )
}

pub(super) fn qr_weak() -> Said {
    said(
        say!("Mã QR dùng mức sửa lỗi L: một vết bẩn nhỏ đã làm hỏng mã.", "The code has error correction L: a small stain spoils it."),
        say!(
            "Rút ngắn nội dung, hoặc ghi ecc: M trong mẫu (mã sẽ nhiều ô hơn).",
            "Shorten the content, or say ecc: M in the format (which makes more modules)."
        ),
    )
}

pub(super) fn qr_frail(pixels: f64, reads_from_m: f64, meant_m: f64) -> Said {
    said(
        say!(
            "Mã QR khó đọc hơn thường: xa nhất là {reads_from_m:.2} m, không phải {meant_m:.2} m (cần {pixels:.1} điểm ảnh mỗi ô).",
            "The code is harder to read than it should be: from {reads_from_m:.2} m at most, not {meant_m:.2} m (it needs {pixels:.1} pixels a module)."
        ),
        say!(
            "Xem có gì đè lên mã, nền có hoa văn hay mã bị xoay không.",
            "See whether something lies over the code, a pattern behind it, or whether it is turned."
        ),
    )
}

pub(super) fn wifi_open(ssid: &str) -> Said {
    said(
        say!(
            "Mã Wi-Fi “{ssid}” không có mật khẩu, nên điện thoại coi là mạng mở.",
            "The Wi-Fi code of “{ssid}” has no password, so phones take the network for open."
        ),
        say!(
            "Ghi password (ô mật khẩu để trống?); nếu mạng mở thật thì ghi security: none.",
            "Give the password (is its cell empty?); if the network is open, say security: none."
        ),
    )
}

/// Message and hint of what is wrong with a part of a payload.
fn of_part(fault: &Fault) -> (Words, Words) {
    let part = fault.part;
    match &fault.why {
        Why::Missing => (
            say!("Mã QR thiếu “{part}”, dù các phần khác đã có.", "The code lacks its “{part}”, though other parts are given."),
            say!(
                "Ghi giá trị cho “{part}” hoặc điền ô trong dữ liệu; mã không cần thì để trống mọi phần.",
                "Give “{part}” or fill in the cell of the data; for no code at all leave all parts empty."
            ),
        ),
        Why::Control => (
            say!("“{part}” có dấu xuống dòng, tab hoặc ký tự điều khiển.", "“{part}” holds a line break, a tab or a control character."),
            say!(
                "Ghi lại trên một dòng; hay gặp khi chép từ bảng tính.",
                "Write it on one line; such signs come along when copied from a spreadsheet."
            ),
        ),
        Why::Scheme { address } => (
            say!(
                "Địa chỉ “{address}” không bắt đầu bằng https:// hoặc http://.",
                "The address “{address}” does not begin with https:// or http://."
            ),
            say!(
                "Ghi đủ, ví dụ https://mo.vn/x; số điện thoại, tin nhắn, chữ thường thì dùng tel, sms, text.",
                "Write it whole, such as https://mo.vn/x; a telephone number, a message or a text goes under tel, sms or text."
            ),
        ),
        Why::Host { host } => (
            say!("“{host}” không phải là tên miền trên mạng.", "“{host}” is no host of the web."),
            say!(
                "Xem lại phần giữa :// và dấu / đầu tiên, ví dụ www.phutho.gov.vn.",
                "Look at what stands between :// and the first slash, such as www.phutho.gov.vn."
            ),
        ),
        // These have a code of their own.
        Why::Trap(found) => trap(found),
        Why::Unseen { sign } => (
            say!(
                "“{part}” có ký tự không nhìn thấy (U+{code:04X}), thường do dán từ Zalo hay trang web.",
                "“{part}” holds a sign that is not seen (U+{code:04X}), as comes along from a chat or a web page.",
                code = u32::from(*sign)
            ),
            say!("Xóa rồi gõ lại, đừng dán.", "Delete it and type it again instead of pasting."),
        ),
        Why::TooLong { found, most, bytes: true } => (
            say!("“{part}” dài {found} byte; nhiều nhất là {most}.", "“{part}” has {found} bytes; it may have {most}."),
            say!("Rút ngắn; chữ có dấu chiếm 2–3 byte.", "Shorten it; a letter with marks takes 2 or 3 bytes."),
        ),
        Why::TooLong { found, most, bytes: false } => (
            say!("“{part}” dài {found} ký tự; nhiều nhất là {most}.", "“{part}” has {found} characters; it may have {most}."),
            say!("Rút ngắn đi {by} ký tự.", "Shorten it by {by}.", by = found - most),
        ),
        Why::Passphrase { sign: Some(sign), .. } => (
            say!("Mật khẩu Wi-Fi có ký tự “{sign}”.", "The Wi-Fi password holds the sign “{sign}”."),
            say!(
                "Mật khẩu WPA chỉ gồm chữ không dấu, số và dấu câu thông thường.",
                "A password of WPA has letters without marks, digits and common signs."
            ),
        ),
        Why::Passphrase { found, sign: None } => (
            say!("Mật khẩu Wi-Fi có {found} ký tự; WPA cần 8 đến 63.", "The Wi-Fi password has {found} characters; WPA asks for 8 to 63."),
            say!(
                "Xem lại mật khẩu trên bộ phát; mạng chỉ WPA3 thì ghi security: sae.",
                "Look at the router again; for a network of WPA3 alone say security: sae."
            ),
        ),
        Why::WepKey { found } => (
            say!("Khóa WEP có {found} ký tự.", "The WEP key has {found} characters."),
            say!(
                "Khóa WEP có 5 hoặc 13 ký tự, hoặc 10 hay 26 chữ số thập lục phân.",
                "A WEP key has 5 or 13 characters, or 10 or 26 hexadecimal digits."
            ),
        ),
        Why::OpenWithPassword => (
            say!(
                "Mạng ghi là không khóa (security: none) nhưng lại có mật khẩu.",
                "The network is said to be open (security: none), yet has a password."
            ),
            say!("Bỏ một trong hai.", "Leave out one of them."),
        ),
        Why::Sign { sign } => (
            say!("“{part}” không được có ký tự “{sign}”.", "“{part}” cannot hold the sign “{sign}”."),
            match part {
                "tel" | "to" => say!(
                    "Ghi một số duy nhất, chỉ gồm chữ số, ví dụ 0210 3744 991 hoặc +84 210 3744 991.",
                    "Write one number in digits, such as 0210 3744 991 or +84 210 3744 991."
                ),
                "account" | "card" => {
                    say!("Ghi đúng số như trên sổ hoặc thẻ.", "Write the number as it stands on the statement or the card.")
                }
                _ => say!(
                    "Ngân hàng chỉ nhận chữ La-tinh, số và dấu câu thông thường.",
                    "Banks take Latin letters, digits and common signs alone."
                ),
            },
        ),
        Why::Digits { found } => (
            say!("Số điện thoại có {found} chữ số.", "The telephone number has {found} digits."),
            say!("Số trong nước có 3 đến 15 chữ số; số có + thì từ 7.", "A number has 3 to 15 digits; one with a + has 7 or more."),
        ),
        Why::Trunk => (
            say!("Số điện thoại vừa có mã nước vừa có (0).", "The telephone number has both a country code and a (0)."),
            say!("Ghi +84 210 3744 991 hoặc 0210 3744 991.", "Write +84 210 3744 991 or 0210 3744 991."),
        ),
        Why::Degrees { value } => (
            say!("“{value}” không phải là tọa độ.", "“{value}” is no coordinate."),
            say!("Ghi độ thập phân: vĩ độ rồi kinh độ, ví dụ 21.3,105.2.", "Write decimal degrees, latitude before longitude: 21.3,105.2."),
        ),
        Why::DecimalComma { value } => (
            say!("Tọa độ “{value}” dùng dấu phẩy thập phân.", "The coordinate “{value}” has a decimal comma."),
            say!("Dùng dấu chấm: 21.3,105.2.", "Write a point: 21.3,105.2."),
        ),
        Why::Beyond { value, most, swapped } => (
            say!("Tọa độ {value} vượt quá ±{most}°.", "The coordinate {value} is beyond ±{most}°."),
            match swapped {
                true => say!(
                    "Vĩ độ đứng trước kinh độ; có lẽ hai số bị đảo chỗ.",
                    "Latitude comes before longitude; the two seem to have changed places."
                ),
                false => say!("Vĩ độ từ −90 đến 90, kinh độ từ −180 đến 180.", "Latitude is −90 to 90, longitude −180 to 180."),
            },
        ),
        Why::Mail { value } => (
            say!("“{value}” không phải là địa chỉ thư điện tử.", "“{value}” is no address of e-mail."),
            say!("Ghi như vanthu@lamthao.gov.vn.", "Write it like vanthu@lamthao.gov.vn."),
        ),
        Why::Bank { name } => bank(name),
        Why::Both => (
            say!("Mã chuyển khoản có cả số tài khoản và số thẻ.", "The transfer has both an account and a card."),
            say!("Bỏ một trong hai.", "Leave out one of them."),
        ),
        Why::Card { found } => (
            say!("Số thẻ có {found} chữ số; phải có 16 đến 19.", "The card has {found} digits; it must have 16 to 19."),
            say!("Số tài khoản thì ghi ở account.", "The number of an account goes under account."),
        ),
        Why::Amount { value, meant } => (
            say!("Số tiền “{value}” không phải là số đồng nguyên.", "The amount “{value}” is no whole number of dong."),
            match meant {
                Some(meant) => {
                    say!("Ghi {meant}, không có dấu chấm, dấu phẩy hay chữ.", "Write {meant}, without points, commas or letters.")
                }
                None => say!(
                    "Chỉ ghi chữ số, ví dụ 150000; để người trả tự nhập thì bỏ amount.",
                    "Write digits alone, such as 150000; leave it out for the payer to type."
                ),
            },
        ),
        Why::NotEmv => (
            say!(
                "Đây không phải là mã thanh toán: mã thanh toán bắt đầu bằng 000201.",
                "This is no payment code: those begin with 000201."
            ),
            say!("Dán nguyên chuỗi của mã, hoặc ghi bank và account.", "Paste the whole text of the code, or give bank and account."),
        ),
        Why::Broken { at, field } => (
            say!("Mã thanh toán bị hỏng từ ký tự thứ {at}: “{field}”.", "The payment code is broken at character {at}: “{field}”."),
            say!(
                "Chép lại nguyên chuỗi, hoặc ghi bank và account để toroi tự lập mã.",
                "Copy it again whole, or give bank and account for toroi to make it."
            ),
        ),
        Why::NoChecksum => (
            say!("Mã thanh toán không có mã kiểm tra (trường 63) ở cuối.", "The payment code has no checksum (field 63) at its end."),
            say!(
                "Chép lại nguyên chuỗi, hoặc ghi bank và account để toroi tự lập mã.",
                "Copy it again whole, or give bank and account for toroi to make it."
            ),
        ),
        Why::Checksum { found, expected } => (
            say!(
                "Mã thanh toán có mã kiểm tra {found}, lẽ ra phải là {expected}.",
                "The payment code has the checksum {found}; it must be {expected}."
            ),
            say!(
                "Chuỗi đã bị sửa hoặc gõ sai, tiền có thể đi nhầm; chép lại từ ngân hàng, hoặc ghi bank và account.",
                "It was changed or mistyped, and money could go astray; copy it again from the bank, or give bank and account."
            ),
        ),
    }
}

fn bank(name: &str) -> (Words, Words) {
    let digits = name.bytes().all(|b| b.is_ascii_digit());
    let hint = match nearest(name, known_banks()) {
        Some(near) if !digits => say!("Có phải ý bạn là “{near}”?", "Did you mean “{near}”?"),
        _ => say!(
            "Ghi mã BIN gồm 6 chữ số, hoặc một trong các tên: {list}.",
            "Write its BIN of six digits, or one of: {list}.",
            list = known_banks().collect::<Vec<_>>().join(", "),
        ),
    };
    (say!("Không biết ngân hàng “{name}”.", "There is no bank “{name}” here."), hint)
}

/// Message and hint of a symbol whose modules are too small: figures, and each remedy that would do.
fn too_dense(code: &Dense) -> (Words, Words) {
    let Dense { modules, side_mm, least_mm, from_m, reads_from_m, enlarge_mm, advice } = code;
    let module_mm = side_mm / *modules as f64;
    let message = match from_m {
        Some(from) => {
            let (vi, en) = metres(*from);
            let well_mm = least_mm * MODULES_AT_MOST / MODULES_TO_READ;
            (
                format!(
                    "Mã QR {modules}×{modules} ô rộng {side_mm:.1} mm có ô {module_mm:.2} mm; đọc từ {vi} cần ô ít nhất {least_mm:.2} mm, tốt nhất là {well_mm:.2} mm."
                ),
                format!(
                    "The code of {modules}×{modules} modules on {side_mm:.1} mm has modules of {module_mm:.2} mm; from {en} they need {least_mm:.2} mm at least, and {well_mm:.2} mm to be read well."
                ),
            )
        }
        None => say!(
            "Mã QR {modules}×{modules} ô rộng {side_mm:.1} mm có ô {module_mm:.2} mm; kiểu in này cần ô {least_mm:.2} mm.",
            "The code of {modules}×{modules} modules on {side_mm:.1} mm has modules of {module_mm:.2} mm; this press needs {least_mm:.2} mm."
        ),
    };
    let mut ways: Vec<Words> = Vec::new();
    if let Some(s) = &advice.shorten {
        let (vi, en) = if s.address { ("địa chỉ", "address") } else { ("nội dung", "content") };
        let (vi_too, en_too) = s.ecc.map_or_else(Default::default, |ecc| {
            (format!(" và hạ mức sửa lỗi xuống {}", ecc.letter()), format!(" and lower the error correction to {}", ecc.letter()))
        });
        let (from, to, side) = (s.from, s.to, 17 + 4 * usize::from(s.version));
        ways.push((
            format!("rút {vi} từ {from} xuống còn nhiều nhất {to} ký tự{vi_too} ({side}×{side} ô)"),
            format!("shorten the {en} from {from} to at most {to} characters{en_too} ({side}×{side} modules)"),
        ));
    }
    if let Some(c) = &advice.capitals {
        let (address, side) = (&c.address, 17 + 4 * usize::from(c.version));
        ways.push(say!("viết hoa phần đầu: {address} ({side}×{side} ô)", "write it as {address} ({side}×{side} modules)"));
    }
    if let Some(w) = &advice.weaken {
        let (from, to, side) = (w.from.letter(), w.to.letter(), 17 + 4 * usize::from(w.version));
        ways.push(say!(
            "hạ mức sửa lỗi (ecc) trong mẫu từ {from} xuống {to} ({side}×{side} ô)",
            "lower the error correction (ecc) in the format from {from} to {to} ({side}×{side} modules)"
        ));
    }
    if let Some(side) = enlarge_mm {
        ways.push(say!(
            "phóng mã lên ít nhất {side:.0} mm (side trong mẫu, hoặc khổ lớn hơn)",
            "enlarge the code to at least {side:.0} mm (its side in the format, or a larger size)"
        ));
    }
    if from_m.is_some() && *reads_from_m >= 0.1 {
        let (vi, en) = metres((reads_from_m * 10.0).floor() / 10.0);
        ways.push((format!("chỉ yêu cầu đọc từ {vi} (scan_from)"), format!("let it be read from {en} at most (scan_from)")));
    }
    (message, choice(ways))
}

/// A distance in both languages.
fn metres(metres: f64) -> Words {
    let text = format!("{metres:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    (format!("{} m", text.replace('.', ",")), format!("{text} m"))
}

/// Ways to choose from, the best first.
fn choice(ways: Vec<Words>) -> Words {
    match ways.as_slice() {
        [] => {
            say!("Không cách nào riêng lẻ đủ cho khổ này: chọn khổ lớn hơn.", "Nothing alone suffices at this size: choose a larger one.")
        }
        [(vi, en)] => (sentence(vi), sentence(en)),
        _ => {
            let list = |of: fn(&Words) -> &String| {
                let numbered = ways.iter().enumerate().map(|(i, way)| format!("({}) {}", i + 1, of(way)));
                numbered.collect::<Vec<_>>().join("; ")
            };
            (format!("Một trong các cách: {}.", list(|w| &w.0)), format!("One of these: {}.", list(|w| &w.1)))
        }
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
}
