//! What is said of pictures and drawings.

use super::{Said, said};
use crate::drawing::Loss;

pub(super) fn image_unreadable(path: &str, why: &str) -> Said {
    said(
        say!("Không đọc được hình “{path}”: {why}.", "The picture “{path}” cannot be read: {why}."),
        say!("Dùng tệp PNG, JPEG hoặc SVG còn nguyên vẹn.", "Use a sound PNG, JPEG or SVG file."),
    )
}

pub(super) fn image_foreign(path: &str, kind: &str) -> Said {
    let hint = match kind {
        "HEIC" => say!(
            "Trên iPhone hay máy tính, xuất ảnh thành JPEG; đổi đuôi tệp là chưa đủ.",
            "Export it as JPEG on the phone or a computer; another ending does not change it."
        ),
        "PDF" | "PostScript" => say!("Xin người thiết kế tệp SVG hoặc PNG.", "Ask the designer for SVG or PNG."),
        _ => say!(
            "Mở bằng Paint rồi lưu dạng PNG; đổi đuôi tệp là chưa đủ.",
            "Open it in Paint and save it as PNG; another ending does not change it."
        ),
    };
    said(say!("“{path}” là hình {kind}, chưa dùng được.", "“{path}” is a {kind} picture, which is not taken."), hint)
}

pub(super) fn image_coarse(path: &str, ppi: f64, least: f64) -> Said {
    said(
        say!(
            "Hình “{path}” chỉ có {ppi:.0} điểm/inch ở cỡ in này; cần {least:.0}.",
            "The picture “{path}” has only {ppi:.0} ppi at this size; it needs {least:.0}."
        ),
        say!("Dùng hình lớn hơn, hoặc in nhỏ hơn.", "Use a larger picture, or print it smaller."),
    )
}

pub(super) fn drawing_loss(path: &str, lost: &[Loss]) -> Said {
    let names: Vec<&str> = lost.iter().filter_map(|loss| if let Loss::Feature(name) = loss { Some(*name) } else { None }).collect();
    let mut says = Vec::new();
    if !names.is_empty() {
        says.push(say!("dùng {names}", "uses {names}", names = names.join(", ")));
    }
    if lost.contains(&Loss::Outside) {
        says.push(say!("có nét nằm ngoài khung hình (viewBox)", "has art outside its viewBox"));
    }
    if lost.contains(&Loss::Nothing) {
        says.push(say!("không có gì để vẽ", "holds nothing that can be drawn"));
    }
    let (vi, en): (Vec<String>, Vec<String>) = says.into_iter().unzip();
    let (vi, en) = (vi.join(", "), en.join(" and "));
    let hint = match lost {
        [Loss::Outside] => say!(
            "Trong chương trình vẽ, chỉnh trang vừa khít hình rồi lưu lại.",
            "In the drawing program, fit the page to the drawing and save it again."
        ),
        [Loss::Nothing] => say!("Mở tệp xem có hình không, rồi lưu lại.", "Open it, see whether anything is in it, and save it again."),
        _ => say!("Đổi thành nét và mảng màu đơn giản, hoặc lưu thành PNG.", "Turn it into plain paths, or save it as PNG."),
    };
    said(
        say!("Hình vẽ “{path}” {vi}: không in được dưới dạng nét.", "The drawing “{path}” {en}: it cannot be carried over as vectors."),
        hint,
    )
}

pub(super) fn image_over_limit(path: &str, ink: f64, most: f64) -> Said {
    said(
        say!(
            "Hình “{path}” có chỗ mực tới {ink:.0} %, vượt mức {most:.0} % mà giấy ở kiểu in này kịp khô.",
            "The picture “{path}” has up to {ink:.0} % of ink, more than the {most:.0} % that dry on this press.",
            ink = ink * 100.0,
            most = most * 100.0,
        ),
        say!(
            "Đổi hình sang CMYK theo hồ sơ màu của nhà in, hoặc để hình RGB cho toroi đổi.",
            "Convert it with the profile of the shop, or leave it in RGB for toroi to convert."
        ),
    )
}

pub(super) fn alpha_lost(path: &str) -> Said {
    said(
        say!(
            "Kiểu in này không cho phép trong suốt: hình “{path}” được đặt trên nền trắng.",
            "This press takes no transparency: the picture “{path}” is laid on white."
        ),
        say!("Đặt hình trên nền giấy, hoặc dùng kiểu in PDF/X-4.", "Place it on bare paper, or use a press of PDF/X-4."),
    )
}
