//! What is said of PDFs that were made elsewhere.

use super::{Said, Words, addresses, said};
use crate::inspect::Refused;
use crate::qr::payload::Trap;

pub(super) fn pdf_refused(path: &str, why: Refused) -> Said {
    match why {
        Refused::NotPdf => said(
            say!("“{path}” không phải là tệp PDF.", "“{path}” is not a PDF."),
            say!("Xuất lại thành PDF từ chương trình đã tạo ra nó.", "Export it as PDF from the program that made it."),
        ),
        Refused::Locked => said(
            say!("“{path}” bị khóa bằng mật khẩu.", "“{path}” is locked with a password."),
            say!(
                "Xin tệp không đặt mật khẩu; nhà in cũng không mở được.",
                "Ask for one without a password: a print shop cannot open it either."
            ),
        ),
        Refused::Damaged => said(
            say!("“{path}” là PDF bị hỏng, không đọc được.", "“{path}” is a damaged PDF and cannot be read."),
            say!("Xin gửi lại tệp, hoặc xuất lại.", "Have it sent again, or export it again."),
        ),
        Refused::TooLarge => said(
            say!("“{path}” quá lớn, hoặc bung ra quá lớn, để xem.", "“{path}” is too large, or unpacks to too much, to look at."),
            say!(
                "Tách thành nhiều tệp nhỏ hơn, hoặc lưu lại không đặt mật khẩu; cỡ tệp bị chặn bởi pdf-bytes (xem toroi limits).",
                "Split it, or save it without protection; the size of a file is bounded by pdf-bytes (see toroi limits)."
            ),
        ),
    }
}

pub(super) fn pdf_encrypted() -> Said {
    said(
        say!("Tệp được mã hóa, dù mở được không cần mật khẩu.", "The file is encrypted, though it opens without a password."),
        say!("Xuất lại không đặt hạn chế; PDF/X không cho mã hóa.", "Export it without restrictions: PDF/X has no encryption."),
    )
}

pub(super) fn no_trim_box() -> Said {
    said(
        say!("Trang không ghi khổ cắt (TrimBox).", "The page does not say where it is cut (TrimBox)."),
        say!("Khi xuất PDF, chọn PDF/X, hoặc bật dấu cắt và phần chừa xén (bleed).", "Export as PDF/X, or with crop marks and bleed."),
    )
}

pub(super) fn bleed_missing(bleed_mm: f64, wanted_mm: f64) -> Said {
    said(
        say!(
            "Trang chỉ chừa xén {bleed_mm:.1} mm ngoài khổ cắt; cần {wanted_mm:.1} mm.",
            "The page has {bleed_mm:.1} mm of bleed beyond its trim; {wanted_mm:.1} mm are needed."
        ),
        say!(
            "Kéo nền và ảnh ra quá mép cắt, rồi xuất lại kèm phần chừa xén (bleed).",
            "Let grounds and pictures reach over the cut, and export with bleed."
        ),
    )
}

pub(super) fn boxes_not_nested(outer: &str, inner: &str) -> Said {
    said(
        say!("{inner} thò ra ngoài {outer}.", "{inner} reaches out of {outer}."),
        say!("Sửa khổ trang trong chương trình đã xuất tệp.", "Put the page boxes right in the program that exported the file."),
    )
}

pub(super) fn pages_differ(sizes: usize) -> Said {
    said(
        say!("Các trang có {sizes} khổ khác nhau.", "The pages have {sizes} different sizes."),
        say!("Xem có đúng ý không; nhà in thường muốn mỗi khổ một tệp.", "Check that it is meant: shops want a file for each size."),
    )
}

pub(super) fn font_not_embedded(font: &str) -> Said {
    said(
        say!("Phông “{font}” không nhúng trong tệp.", "The font “{font}” is not in the file."),
        say!(
            "Xuất lại với mọi phông được nhúng; nếu không, chữ in ra bằng phông khác.",
            "Export with all fonts embedded; else another font is printed."
        ),
    )
}

pub(super) fn rgb_for_press(space: &str) -> Said {
    said(
        say!("Có màu {space}, trong khi kiểu in này cần CMYK.", "There are colours in {space}, where this press wants CMYK."),
        say!("Xuất lại với màu đổi sang CMYK theo hồ sơ của nhà in.", "Export with colours converted by the profile of the shop."),
    )
}

pub(super) fn no_output_intent() -> Said {
    said(
        say!("Tệp không ghi điều kiện in (output intent).", "The file does not say for which printing condition it is (output intent)."),
        say!("Xuất theo PDF/X với điều kiện in của nhà in.", "Export as PDF/X with the condition of the shop."),
    )
}

pub(super) fn sees_through() -> Said {
    said(
        say!("Có phần trong suốt, kiểu in này không cho phép.", "There is something transparent, which this press does not take."),
        say!(
            "Xuất theo PDF/X-1a để các phần ấy được làm phẳng, hoặc hỏi nhà in có nhận PDF/X-4 không.",
            "Export as PDF/X-1a, which flattens it, or ask whether the shop takes PDF/X-4."
        ),
    )
}

pub(super) fn page_is_picture(ppi: f64) -> Said {
    said(
        say!(
            "Cả trang là một ảnh {ppi:.0} điểm/inch, không có phông chữ nào.",
            "The page is one picture of {ppi:.0} ppi, and has no fonts."
        ),
        say!("Chữ nhỏ sẽ in mờ; xuất sao cho chữ vẫn là chữ, không thành ảnh.", "Small type prints blurred: export text as text."),
    )
}

pub(super) fn code_too_fine(module_mm: f64, least_mm: f64) -> Said {
    said(
        say!(
            "Mã QR có ô {module_mm:.2} mm; dưới {least_mm:.2} mm khó in rõ và khó quét.",
            "The code has modules of {module_mm:.2} mm; below {least_mm:.2} mm they print and scan badly."
        ),
        say!("In mã lớn hơn, hoặc rút ngắn nội dung.", "Print it larger, or let it say less."),
    )
}

pub(super) fn code_without_zone(free: f64) -> Said {
    said(
        say!(
            "Quanh mã QR chỉ trống {free:.1} ô; cần trống 4 ô.",
            "There are only {free:.1} modules of free space around the code; it needs 4."
        ),
        say!("Dời những gì ở sát mã ra xa.", "Move away what is close to it."),
    )
}

pub(super) fn code_near_trim(off_mm: f64, least_mm: f64) -> Said {
    said(
        say!(
            "Mã QR chỉ cách mép cắt {off_mm:.1} mm; cần {least_mm:.1} mm.",
            "The code is only {off_mm:.1} mm off the cut; it needs {least_mm:.1} mm."
        ),
        say!("Dời mã vào trong.", "Move it inwards."),
    )
}

pub(super) fn code_mirrored(payload: &str) -> Said {
    said(
        say!("Mã QR “{payload}” bị lật trái phải.", "The code “{payload}” is mirrored."),
        say!(
            "Chỉ đúng khi dán mặt trong kính; nếu không, nhiều máy không đọc được.",
            "That is right on the inner face of a window only; else many readers cannot read it."
        ),
    )
}

pub(super) fn code_inverted(payload: &str) -> Said {
    said(
        say!("Mã QR “{payload}” sáng trên nền tối.", "The code “{payload}” is light on dark."),
        say!("Nhiều máy không đọc được; in tối trên nền sáng.", "Many readers cannot read that: print it dark on light."),
    )
}

pub(super) fn code_trap(trap: &Trap) -> Said {
    said(addresses::trap(trap).0, ask_whose())
}

pub(super) fn code_look_alike(host: &str, sign: char, script: Option<&str>) -> Said {
    said(addresses::look_alike(host, sign, script), ask_whose())
}

fn ask_whose() -> Words {
    say!(
        "Trước khi in, hỏi người gửi tệp xem mã dẫn đến đâu và của ai.",
        "Before it is printed, ask who sent the file where the code should lead, and whose it is."
    )
}
