//! What is said of printers on a desk.

use super::{Said, said};

pub(super) fn out_of_reach(by_mm: f64, margin_mm: f64, places: usize) -> Said {
    said(
        say!(
            "Nội dung lấn {by_mm:.1} mm vào lề {margin_mm:.1} mm mà máy in không in tới ({places} chỗ).",
            "Content reaches {by_mm:.1} mm into the margin of {margin_mm:.1} mm that the printer cannot print on (places: {places})."
        ),
        say!(
            "Tăng “padding”, chọn tờ lớn hơn, hoặc đo máy in bằng “toroi printer calibrate” nếu lề của nó nhỏ hơn.",
            "Give more padding, take a larger sheet, or measure the printer with “toroi printer calibrate” if its margin is smaller."
        ),
    )
}

pub(super) fn edges_lost(margin_mm: f64, to_cut: bool) -> Said {
    said(
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
    )
}

pub(super) fn printer_margin(margin_mm: f64, most_mm: f64) -> Said {
    said(
        say!(
            "Lề {margin_mm:.1} mm quá rộng: không máy in nào chừa trắng hơn {most_mm:.1} mm.",
            "A margin of {margin_mm:.1} mm is too wide: no printer leaves more than {most_mm:.1} mm white."
        ),
        say!(
            "Đọc lại số của khung ngoài cùng còn đủ bốn cạnh trên tờ đo.",
            "Read the number of the outermost whole frame on the calibration sheet again."
        ),
    )
}

pub(super) fn printer_shift(key: &str, value_mm: f64, most_mm: f64) -> Said {
    said(
        say!(
            "Máy in lệch {value_mm:.1} mm ở “{key}”: quá {most_mm:.1} mm thì không phải do máy mà do đo nhầm hoặc in sai khổ giấy.",
            "The printer is off by {value_mm:.1} mm in “{key}”: more than {most_mm:.1} mm comes from a wrong reading or another paper size, not from the printer."
        ),
        say!("In lại tờ đo ở tỷ lệ 100 % rồi đo lại.", "Print the calibration sheet again at 100 % and measure again."),
    )
}

pub(super) fn no_printer(path: &str) -> Said {
    said(
        say!("Không có hồ sơ máy in “{path}”.", "There is no printer profile “{path}”."),
        say!(
            "Tạo hồ sơ bằng “toroi printer calibrate TÊN”, hoặc chỉ đúng đường dẫn của tệp.",
            "Make one with “toroi printer calibrate NAME”, or give the path of its file."
        ),
    )
}

pub(super) fn printer_scale(key: &str, value: f64) -> Said {
    said(
        say!(
            "Máy in ở tỷ lệ {per_cent:.1} % ở “{key}”: chỉ nhận từ 90 % đến 110 %.",
            "The printer prints at {per_cent:.1} % in “{key}”: 90 % to 110 % are taken.",
            per_cent = value * 100.0
        ),
        say!(
            "Tắt “vừa khít trang” trong hộp thoại in, in lại tờ đo rồi đo lại.",
            "Switch off “fit to page” in the print dialogue, print the calibration sheet again and measure again."
        ),
    )
}

pub(super) fn not_for_press(press: &str) -> Said {
    said(
        say!(
            "Hồ sơ máy in chỉ dùng cho máy in văn phòng, không dùng cho kiểu in “{press}”.",
            "A printer profile is for printers on a desk: it changes nothing on “{press}”."
        ),
        say!("Dùng kèm --press office.", "Give --press office as well."),
    )
}
