//! What is said of inks, plates and profiles.

use super::{Said, said};
use crate::color::Unfit;

pub(super) fn spot_twice(name: &str) -> Said {
    said(
        say!("Hai bản kẽm cùng mang tên “{name}”.", "Two plates bear the name “{name}”."),
        say!(
            "Đặt cho mỗi việc (cắt, răng cưa, cấn, lót trắng) một tên riêng, đúng như nhà in dùng.",
            "Give each job (cut, perforation, crease, white) a name of its own, as the shop spells it."
        ),
    )
}

pub(super) fn spot_clash(name: &str) -> Said {
    said(
        say!(
            "Mực “{name}” đã được định nghĩa khác ở chỗ khác; một bản kẽm chỉ có một định nghĩa.",
            "The ink “{name}” is defined in another way elsewhere; a plate has one definition."
        ),
        say!(
            "Dùng cùng một trị số cmyk cho tên này, hoặc đổi tên; tên của đường cắt, cấn, lót trắng không dùng làm màu.",
            "Give this name the same cmyk everywhere, or rename it; names of cut, crease and white plates are no colours."
        ),
    )
}

pub(super) fn icc_unfit(path: &str, why: &Unfit) -> Said {
    let (vi, en) = match why {
        Unfit::Unreadable => ("không đọc được, tệp hỏng hoặc không phải hồ sơ màu ICC", "it cannot be read: broken, or no ICC profile"),
        Unfit::NotOutput => ("là hồ sơ của máy ảnh, máy quét hay màn hình", "it is one of a camera, scanner or screen"),
        Unfit::NotCmyk => ("không phải hồ sơ CMYK", "it is not for cyan, magenta, yellow and black"),
        Unfit::TooNew => ("là hồ sơ phiên bản 4, PDF/X-1a không chứa được", "it is of version 4, which PDF/X-1a cannot hold"),
        Unfit::OneWay => {
            ("chỉ dùng để xem thử, không có bảng đổi màu sang mực (B2A)", "it is for proofs only: no table leads to inks (B2A)")
        }
    };
    said(
        (format!("Hồ sơ màu “{path}” không dùng cho in được: {vi}."), format!("The profile “{path}” does not serve for print: {en}.")),
        say!(
            "Xin nhà in tệp hồ sơ màu CMYK của máy in (lớp “prtr”), hoặc bỏ khóa icc để dùng ISO Coated v2.",
            "Ask the shop for the CMYK profile of its press (class “prtr”), or leave out icc for ISO Coated v2."
        ),
    )
}

pub(super) fn ink_over_limit(ink: f64, most: f64) -> Said {
    said(
        say!(
            "Tổng lượng mực {ink:.0} % vượt mức {most:.0} % mà giấy ở kiểu in này kịp khô.",
            "Inks add up to {ink:.0} %, more than the {most:.0} % that dry on this press.",
            ink = ink * 100.0,
            most = most * 100.0,
        ),
        say!("Bớt mực, ví dụ đen đậm cmyk(60 40 40 100).", "Use less ink, such as cmyk(60 40 40 100) for a deep black."),
    )
}

pub(super) fn no_white() -> Said {
    said(
        say!(
            "Kiểu in này không có mực trắng, nên tem dán mặt trong kính sẽ trong suốt.",
            "This press has no white ink, so what is inside glass will be seen through."
        ),
        say!(
            "Dùng kiểu in vinyl, hoặc thêm spots: {{white: White}} vào kiểu in; bỏ qua nếu in trên decal đục.",
            "Use the press vinyl, or add spots: {{white: White}} to the press; let it be where the film is opaque."
        ),
    )
}

pub(super) fn hairline(width_pt: f64, least_pt: f64) -> Said {
    said(
        say!(
            "Nét {width_pt:.2} pt mảnh hơn mức {least_pt:.2} pt mà kiểu in này còn in được.",
            "A line of {width_pt:.2} pt is thinner than the {least_pt:.2} pt that this press holds."
        ),
        say!("Dùng nét dày hơn.", "Use a heavier line."),
    )
}

pub(super) fn rich_text(inks: usize) -> Said {
    said(
        say!(
            "Chữ sẫm in bằng {inks} mực, dễ nhòe viền màu khi lệch bản.",
            "Dark text in {inks} inks shows coloured fringes when plates are off."
        ),
        say!(
            "Chữ nhỏ dùng một mực đen: \"#000000\" hoặc \"cmyk(0 0 0 100)\".",
            "Print small text in black alone: \"#000000\" or \"cmyk(0 0 0 100)\"."
        ),
    )
}
