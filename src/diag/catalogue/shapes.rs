//! What is said of die lines.

use super::{Said, said};

pub(super) fn die_open(figures: usize) -> Said {
    said(
        say!(
            "Đường bế phải là một nét kín duy nhất; nét này chưa khép, hoặc có nhiều nét ({figures} nét).",
            "A die line is one closed figure; this one is left open, or is several (figures: {figures})."
        ),
        say!("Vẽ một nét và kết thúc bằng Z; lỗ tròn thì dùng hole.", "Draw one figure and end it with Z; a round hole is given by hole."),
    )
}

pub(super) fn die_too_fine(sides: usize, most: usize) -> Said {
    said(
        say!("Đường bế có {sides} đoạn; nhiều nhất là {most}.", "The die line has {sides} sides; at most {most} are followed."),
        say!("Vẽ lại bằng ít điểm hơn.", "Redraw it with fewer points."),
    )
}

pub(super) fn die_crosses(x_mm: f64, y_mm: f64) -> Said {
    said(
        say!(
            "Đường bế tự cắt hoặc chạm chính nó tại {x_mm:.1} mm, {y_mm:.1} mm.",
            "The die line crosses or touches itself at {x_mm:.1} mm, {y_mm:.1} mm."
        ),
        say!("Sửa nét vẽ tại đó để dao đi một vòng.", "Redraw it there, so that the knife goes round once."),
    )
}

pub(super) fn die_not_trim(die_mm: [f64; 4], trim_mm: [f64; 2]) -> Said {
    let [x, y, w, h] = die_mm;
    let [trim_w, trim_h] = trim_mm;
    said(
        say!(
            "Đường bế chiếm {w:.1}×{h:.1} mm từ {x:.1} mm, {y:.1} mm; phải vừa khít khổ {trim_w:.1}×{trim_h:.1} mm.",
            "The die line takes {w:.1}×{h:.1} mm from {x:.1} mm, {y:.1} mm; it must just fill the trim of {trim_w:.1}×{trim_h:.1} mm."
        ),
        say!("Sửa trim theo đường bế, hoặc dời đường bế về góc 0 0.", "Make the trim that of the die line, or move the die line to 0 0."),
    )
}
