//! What is said of sheets and where pieces go on them.

use super::{Said, said};

pub(super) fn sheet_does_not_close(
    axis: char,
    start_mm: f64,
    pitches: usize,
    pitch_mm: f64,
    slot_mm: f64,
    sum_mm: f64,
    stock_mm: f64,
) -> Said {
    said(
        say!(
            "Tờ in không khít theo chiều {axis}: lề 2 × {start_mm:.2} mm + bước {pitches} × {pitch_mm:.2} mm + ô {slot_mm:.2} mm = {sum_mm:.2} mm, khổ giấy {stock_mm:.2} mm.",
            "The sheet does not close along {axis}: margin 2 × {start_mm:.2} mm + pitch {pitches} × {pitch_mm:.2} mm + slot {slot_mm:.2} mm = {sum_mm:.2} mm, the stock is {stock_mm:.2} mm."
        ),
        say!("Đo lại lề và bước; sai số tối đa 0.2 mm.", "Measure margin and pitch again; 0.2 mm is allowed."),
    )
}

pub(super) fn slots_overlap(axis: char, pitch_mm: f64, slot_mm: f64) -> Said {
    said(
        (
            format!("Các ô đè lên nhau theo chiều {axis}: bước {pitch_mm:.2} mm, ô {slot_mm:.2} mm."),
            format!("The slots overlap along {axis}: a pitch of {pitch_mm:.2} mm, slots of {slot_mm:.2} mm."),
        ),
        say!("Bước phải ít nhất bằng ô.", "A pitch is at least as long as a slot."),
    )
}

pub(super) fn piece_not_slot(piece_mm: [f64; 2], slot_mm: [f64; 2]) -> Said {
    let [pw, ph] = piece_mm;
    let [sw, sh] = slot_mm;
    said(
        say!(
            "Ấn phẩm {pw:.1}×{ph:.1} mm không đúng ô {sw:.1}×{sh:.1} mm của tờ in.",
            "A piece of {pw:.1}×{ph:.1} mm does not suit the sheet's slot of {sw:.1}×{sh:.1} mm."
        ),
        say!("Chọn khổ hoặc tờ in khác.", "Choose another size or sheet."),
    )
}

pub(super) fn piece_too_large(piece_mm: [f64; 2], sheet: &str, stock_mm: [f64; 2], around_mm: [f64; 2]) -> Said {
    let [pw, ph] = piece_mm;
    let [sw, sh] = stock_mm;
    let [x, y] = around_mm;
    said(
        say!(
            "Ấn phẩm {pw:.1}×{ph:.1} mm không vừa tờ “{sheet}” {sw:.1}×{sh:.1} mm, đặt đứng hay nằm đều không: hai bên cần chừa {x:.1} mm, trên dưới {y:.1} mm cho lề, chừa xén và dấu.",
            "A piece of {pw:.1}×{ph:.1} mm does not fit the sheet “{sheet}” of {sw:.1}×{sh:.1} mm, upright or turned: margin, bleed and marks need {x:.1} mm on both sides, {y:.1} mm above and below."
        ),
        say!(
            "Chọn khổ nhỏ hơn, hoặc tờ lớn hơn (xem “toroi sheets”); “sheet: none” cho mỗi trang đúng bằng ấn phẩm.",
            "Choose a smaller size, or a larger sheet (see “toroi sheets”); “sheet: none” makes pages of the piece's own size."
        ),
    )
}

pub(super) fn slots_fixed(sheet: &str) -> Said {
    said(
        say!(
            "Tờ “{sheet}” đã có sẵn các ô, không đặt thêm “margin” hay “gutter” được.",
            "The sheet “{sheet}” has slots of its own: “margin” and “gutter” mean nothing here."
        ),
        say!("Bỏ hai khóa ấy, hoặc chọn tờ không có ô, ví dụ a4.", "Leave them out, or name a sheet without slots, such as a4."),
    )
}

pub(super) fn slot_beyond(slot: usize, slots: usize) -> Said {
    said(
        say!("Không có ô thứ {slot}: tờ in chỉ có {slots} ô.", "There is no slot {slot}: the sheet has {slots}."),
        say!("Đếm ô từ trái sang phải, từ trên xuống, bắt đầu từ 1.", "Count the slots from the left, row by row, from 1."),
    )
}

pub(super) fn no_slots(slot: usize) -> Said {
    said(
        say!(
            "--first {slot} không có nghĩa: ấn phẩm này mỗi trang một bản, không nằm trên tờ in nào.",
            "--first {slot} means nothing: this piece is on no sheet, one a page."
        ),
        say!("Thêm --sheet, hoặc khóa “sheet” cho ấn phẩm.", "Add --sheet, or the key “sheet” to the piece."),
    )
}

pub(super) fn first_of_pile() -> Said {
    said(
        say!(
            "--first không đi cùng “order: cut-and-stack”: chồng nào cũng cần ô của tờ đầu.",
            "--first does not go with “order: cut-and-stack”: every pile needs its slot of the first sheet."
        ),
        say!("Dùng “order: sequence”, hoặc tờ in còn nguyên.", "Take “order: sequence”, or whole sheets."),
    )
}

pub(super) fn gutter_narrow(axis: char, gutter_mm: f64, bleed_mm: f64, kept_mm: f64) -> Said {
    said(
        say!(
            "Khe {gutter_mm:.1} mm theo chiều {axis} hẹp hơn hai lần chừa xén {bleed_mm:.1} mm: chỉ còn {kept_mm:.1} mm mỗi bên, phần còn lại bị cắt bỏ.",
            "A gutter of {gutter_mm:.1} mm along {axis} is narrower than two bleeds of {bleed_mm:.1} mm: {kept_mm:.1} mm of each is kept, the rest is cut off."
        ),
        say!(
            "Để khe rộng hơn, hoặc xén thật chính xác; nhãn bế sẵn thì dùng nền trắng.",
            "Leave a wider gutter, or cut with great care; on labels that are cut already, take a white ground."
        ),
    )
}

pub(super) fn cuts_close(axis: char, gap_mm: f64, least_mm: f64) -> Said {
    said(
        say!(
            "Hai đường bế cách nhau {gap_mm:.1} mm theo chiều {axis}, ít nhất phải {least_mm:.1} mm.",
            "Cut lines {gap_mm:.1} mm apart along {axis}; they need {least_mm:.1} mm."
        ),
        say!(
            "Đặt “gutter” rộng hơn; tờ đã có sẵn ô thì bớt một hàng ô.",
            "Give a wider “gutter”; on a sheet with slots of its own, leave out a row of them."
        ),
    )
}

pub(super) fn no_registration(needed_mm: f64) -> Said {
    said(
        say!(
            "Tờ in xếp kín, không còn chỗ cho dấu chồng màu: cần chừa {needed_mm:.1} mm cả bốn cạnh.",
            "The sheet is full, with no room for registration marks: they need {needed_mm:.1} mm on all four sides."
        ),
        say!(
            "Nhà in cần dấu thì chọn tờ lớn hơn, hoặc để nhà in tự bình với “sheet: none”.",
            "If the shop needs them, take a larger sheet, or leave imposition to the shop with “sheet: none”."
        ),
    )
}

pub(super) fn no_camera_marks(margin_mm: f64, least_mm: f64) -> Said {
    said(
        say!(
            "Lề {margin_mm:.1} mm không đủ chỗ cho dấu định vị của máy bế (cần {least_mm:.1} mm ở hai cạnh đối nhau).",
            "Margins of {margin_mm:.1} mm have no room for the marks of the cutter's camera, which need {least_mm:.1} mm on two sides."
        ),
        say!("Bớt một hàng ô, hoặc hỏi nhà in có cần dấu không.", "Leave out a row of slots, or ask the shop whether it needs them."),
    )
}

pub(super) fn half_fold(sides: usize, shaped: bool, glass: bool) -> Said {
    said(
        match shaped || glass {
            true if glass => say!(
                "Ấn phẩm dán mặt trong kính không gấp đôi thành bốn trang được.",
                "A piece for the inner face of a window cannot be the page of a folded sheet."
            ),
            true => say!(
                "Ấn phẩm bế theo khuôn không gấp đôi thành bốn trang được.",
                "A piece that is cut to shape cannot be the page of a folded sheet."
            ),
            false => say!(
                "Tờ gấp đôi có đúng bốn trang, mẫu này có {sides} mặt.",
                "A sheet folded once has four pages; this format has {sides} sides."
            ),
        },
        say!("Bỏ “fold: half”, hoặc dùng mẫu có bốn mặt.", "Leave out “fold: half”, or take a format of four sides."),
    )
}
