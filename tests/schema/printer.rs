//! Printer profiles.

use crate::words::{Length, Or, Percent, Shift, Text};
use schemars::JsonSchema;

/// Một máy in văn phòng đã đo bằng toroi printer calibrate.
///
/// An office printer, as toroi printer calibrate measured it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Printer {
    /// Tên máy in. Bắt buộc.
    ///
    /// Its name. Needed.
    printer: Text,
    /// Lề máy in không in tới, thay cho lề của kiểu in; nhiều nhất 25mm.
    ///
    /// What it leaves white along the edges, instead of what the press says; 25mm at most.
    margin: Option<Length>,
    /// In lệch sang phải và xuống dưới bao nhiêu, nhiều nhất 10mm.
    ///
    /// How far to the right and down it prints, 10mm at most.
    shift: Option<Shifts>,
    /// In to ra hay nhỏ đi, từ góc trên bên trái: một tỷ lệ, hoặc riêng ngang và dọc; 90% đến 110%.
    ///
    /// How large it prints, from the paper's top left corner: one factor, or one across and one down; 90% to 110%.
    #[schemars(extend("examples" = ["98%"]))]
    scale: Option<Or<Percent, Scales>>,
    /// Mặt sau lệch thêm bao nhiêu, nhìn khi đã lật giấy theo cạnh dài.
    ///
    /// How much further it shifts backs, as they are seen once the paper is turned over its long edge.
    back: Option<Shifts>,
    /// Trang nằm ngang được xoay về phía nào.
    ///
    /// Which way it turns pages that lie across.
    landscape: Option<Turn>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Shifts {
    /// Sang phải; số âm là sang trái.
    ///
    /// To the right; to the left where it is below 0.
    #[schemars(extend("examples" = ["1.2mm"]))]
    x: Option<Shift>,
    /// Xuống dưới; số âm là lên trên.
    ///
    /// Down; up where it is below 0.
    #[schemars(extend("examples" = ["-0.8mm"]))]
    y: Option<Shift>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Scales {
    /// Chiều ngang.
    ///
    /// Across.
    #[schemars(extend("examples" = ["98%"]))]
    x: Option<Percent>,
    /// Chiều dọc.
    ///
    /// Down.
    #[schemars(extend("examples" = ["98.4%"]))]
    y: Option<Percent>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "kebab-case")]
pub enum Turn {
    /// Đầu trang về bên trái; thường là như vậy.
    ///
    /// Its top comes to the left, as is usual.
    CounterClockwise,
    /// Đầu trang về bên phải.
    ///
    /// Its top comes to the right.
    Clockwise,
}
