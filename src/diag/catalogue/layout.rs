//! What is said of pages as they look.

use super::{Said, said};
use crate::color::Colour;

pub(super) fn overflow((by_mm, wide): (f64, bool), smallest_pt: f64, letters: usize, fits: Option<usize>) -> Said {
    let (vi, en) = if wide { ("chiều ngang", "in width") } else { ("chiều cao", "in height") };
    let message = (
        format!("Chữ không vừa: thừa {by_mm:.1} mm theo {vi}, dù đã thu đến cỡ nhỏ nhất {smallest_pt} pt."),
        format!("The text does not fit: {by_mm:.1} mm too much {en}, already at its smallest size of {smallest_pt} pt."),
    );
    let hint = match fits {
        Some(fits) if fits > 0 => say!(
            "Rút từ {letters} ký tự xuống còn khoảng {fits}, hoặc chọn khổ lớn hơn.",
            "Shorten it from {letters} characters to about {fits}, or choose a larger size."
        ),
        _ if wide => {
            say!("Rút ngắn hoặc tách từ dài nhất ra, hoặc chọn khổ lớn hơn.", "Shorten or split its longest word, or choose a larger size.")
        }
        _ => say!("Rút ngắn nội dung, hoặc chọn khổ lớn hơn.", "Shorten the text, or choose a larger size."),
    };
    said(message, hint)
}

pub(super) fn box_too_large(by_mm: f64, wide: bool) -> Said {
    let (vi, en) = if wide { ("chiều ngang", "in width") } else { ("chiều cao", "in height") };
    said(
        (
            format!("Hộp này lớn hơn chỗ dành cho nó: thừa {by_mm:.1} mm theo {vi}."),
            format!("This box is larger than its place: {by_mm:.1} mm too much {en}."),
        ),
        say!("Thu nhỏ hộp trong mẫu, hoặc chọn khổ lớn hơn.", "Make it smaller in the format, or choose a larger size."),
    )
}

pub(super) fn safe_area(by_mm: f64, safe_mm: f64) -> Said {
    said(
        say!(
            "Nội dung lấn {by_mm:.1} mm vào lề an toàn {safe_mm:.1} mm, có thể bị xén.",
            "Content reaches {by_mm:.1} mm into the safe margin of {safe_mm:.1} mm and may be cut."
        ),
        say!("Tăng “padding” của hộp ngoài.", "Give the outer box more padding."),
    )
}

pub(super) fn off_trim(by_mm: f64) -> Said {
    said(
        say!("Nội dung ra ngoài khổ {by_mm:.1} mm và sẽ bị cắt mất.", "Content reaches {by_mm:.1} mm beyond the trim and will be cut off."),
        say!(
            "Dời hộp vào trong, hoặc thu nhỏ; hộp xoay không đẩy các hộp quanh nó.",
            "Move the box inside or make it smaller; a turned box does not push the boxes around it."
        ),
    )
}

pub(super) fn fold_margin(off_mm: f64, least_mm: f64) -> Said {
    if off_mm < 0.0 {
        return said(
            say!("Nội dung vắt qua nếp gấp.", "Content crosses a fold."),
            say!("Đặt mỗi nội dung gọn trong một phần gấp.", "Keep each text, code and drawing on one panel."),
        );
    }
    said(
        say!(
            "Nội dung chỉ cách nếp gấp {off_mm:.1} mm; nên cách {least_mm:.1} mm.",
            "Content is only {off_mm:.1} mm off a fold; {least_mm:.1} mm are wanted."
        ),
        say!(
            "Tăng “padding” ở phía nếp gấp; không để gì vắt qua nếp gấp.",
            "Give the panel more padding there, and let nothing cross a fold."
        ),
    )
}

pub(super) fn tear_margin(off_mm: f64, least_mm: f64) -> Said {
    said(
        say!(
            "Nội dung cách đường răng cưa {off_mm:.1} mm; cần ít nhất {least_mm:.0} mm.",
            "Content is {off_mm:.1} mm off a perforation; it needs at least {least_mm:.0} mm."
        ),
        say!("Dời nội dung ra xa đường răng cưa.", "Move it away from the perforation."),
    )
}

pub(super) fn hole_margin(off_mm: f64, least_mm: f64) -> Said {
    if off_mm < 0.0 {
        return said(
            say!("Nội dung nằm đè lên lỗ treo.", "Content lies over the hole."),
            say!("Dời nội dung xuống dưới lỗ treo.", "Move the content below the hole."),
        );
    }
    said(
        say!(
            "Nội dung chỉ cách lỗ treo {off_mm:.1} mm; phải cách {least_mm:.1} mm.",
            "Content is only {off_mm:.1} mm off the hole; it must keep {least_mm:.1} mm."
        ),
        say!("Dời nội dung xuống dưới lỗ treo.", "Move the content below the hole."),
    )
}

pub(super) fn panel_count(panels: usize, found: usize) -> Said {
    said(
        say!(
            "Nếp gấp chia mặt này thành {panels} phần, nhưng “panels” có {found} hộp.",
            "The folds part this side into {panels} panels, but “panels” holds {found} boxes."
        ),
        say!("Ghi mỗi phần một hộp.", "Give each panel one box."),
    )
}

pub(super) fn low_contrast(ratio: f64, least: f64, [ink, ground]: &[Colour; 2]) -> Said {
    let message = say!(
        "Chữ chỉ tương phản {ratio:.1}:1 với nền; cần {least:.1}:1.",
        "Text has a contrast of only {ratio:.1}:1 to its ground; {least:.1}:1 is needed."
    );
    let hint = match ink.luminance() > ground.luminance() {
        true => say!(
            "Chữ sáng, nền cũng sáng: chọn màu nền đậm hơn, hoặc chữ đậm màu.",
            "Light text on a light ground: choose a darker ground, or a dark ink."
        ),
        false => say!(
            "Chữ sẫm trên nền: chọn màu chữ đậm hơn, hoặc nền nhạt hơn.",
            "Dark text: choose a darker ink for it, or a lighter ground."
        ),
    };
    said(message, hint)
}

pub(super) fn reversed_thin(size_pt: f64, weight: u16, least_pt: f64) -> Said {
    said(
        say!(
            "Chữ sáng trên nền đậm cỡ {size_pt:.1} pt, độ đậm {weight} dễ bị mực lấp; cần từ {least_pt:.1} pt, độ đậm từ 600.",
            "Light text of {size_pt:.1} pt and weight {weight} on a dark ground fills in; it needs {least_pt:.1} pt and a weight of 600."
        ),
        say!("Dùng chữ đậm hơn hoặc lớn hơn.", "Use a heavier or larger type."),
    )
}

pub(super) fn type_small(size_pt: f64, least_pt: f64) -> Said {
    said(
        say!(
            "Chữ {size_pt:.1} pt nhỏ hơn mức {least_pt:.1} pt mà kiểu in này còn in rõ.",
            "Type of {size_pt:.1} pt is below the {least_pt:.1} pt that this press keeps clear."
        ),
        say!("Tăng cỡ chữ, hoặc chọn khổ lớn hơn.", "Enlarge the type, or choose a larger size."),
    )
}

pub(super) fn text_on_picture(ratio: f64, least: f64) -> Said {
    said(
        say!(
            "Chữ đè lên hình, chỗ kém nhất chỉ tương phản {ratio:.1}:1; cần {least:.1}:1.",
            "Text lies on a picture, where its contrast falls to {ratio:.1}:1; {least:.1}:1 is needed."
        ),
        say!(
            "Đặt một mảng màu giữa chữ và hình, hoặc dời chữ ra ngoài.",
            "Put a ground of one colour between them, or move the text off it."
        ),
    )
}

pub(super) fn text_covered(text: &str) -> Said {
    said(
        say!("“{text}” bị một hộp vẽ sau che mất.", "“{text}” is covered by something painted after it."),
        say!("Dời hộp đó, bỏ fill của nó, hoặc đặt nó trước chữ.", "Move that box, take its fill away, or put it before the text."),
    )
}

pub(super) fn orphaned_syllable(word: &str) -> Said {
    said(
        say!("Dòng cuối chỉ còn một tiếng “{word}”.", "The last line holds only one syllable, “{word}”."),
        say!("Bớt hoặc thêm vài chữ, hoặc ghi balance: true ở kiểu chữ.", "Take or add a few words, or say balance: true in its style."),
    )
}
