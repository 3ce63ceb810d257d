//! Sheets.

use crate::words::{Count, Flag, Length, Size, Text, Words};
use schemars::JsonSchema;

/// Tờ giấy của toroi: khổ giấy, và các ô nếu đã định sẵn.
///
/// A sheet of toroi: its stock, and the slots on it where they are fixed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend(
    "if" = {"anyOf": [{"required": ["slot"]}, {"required": ["grid"]}]},
    "then" = {"required": ["slot", "grid"], "properties": {"margin": false, "gutter": false}},
    "else" = {"properties": {"precut": false}}))]
pub struct Sheet {
    /// Tên tờ giấy, trùng với tên tệp. Bắt buộc.
    ///
    /// The name, the same as the file's. Needed.
    sheet: Text,
    /// Tên gọi cho người đọc.
    ///
    /// What people call it.
    label: Option<Words>,
    /// Khổ giấy, rộng × cao: 210x297mm. Bắt buộc.
    ///
    /// Size of the stock, width and height: 210x297mm. Needed.
    stock: Size,
    /// Khi không có grid: lề để trống quanh tờ giấy.
    ///
    /// Without grid: what is kept free along the edges.
    margin: Option<Length>,
    /// Khi không có grid: khe giữa các bản.
    ///
    /// Without grid: room between pieces.
    gutter: Option<Length>,
    /// Khổ một ô, rộng × cao: 63.5x38.1mm. Đi cùng với grid.
    ///
    /// Size of one slot, width and height: 63.5x38.1mm. Goes with grid.
    #[schemars(extend("type" = "string"))]
    slot: Option<Size>,
    /// Lưới ô, sáu số đo bằng thước. Lề, các bước và một ô cộng lại phải bằng khổ giấy, sai nhiều nhất 0,2 mm.
    ///
    /// The grid of slots, six numbers. Margins, steps and one slot must make the stock within 0.2 mm.
    #[schemars(extend("type" = "object"))]
    grid: Option<Grid>,
    /// Với grid, true: nhãn đã cắt sẵn, không in dấu và đường bế.
    ///
    /// With grid, true: labels, which are cut already; they get no marks and no cut lines.
    precut: Option<Flag>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Grid {
    /// Số ô mỗi hàng. Bắt buộc.
    ///
    /// Slots in a row. Needed.
    nx: Count,
    /// Số hàng. Bắt buộc.
    ///
    /// Rows. Needed.
    ny: Count,
    /// Mép trái của ô đầu. Bắt buộc.
    ///
    /// Left edge of the first slot. Needed.
    x0: Length,
    /// Mép trên của ô đầu. Bắt buộc.
    ///
    /// Top edge of the first slot. Needed.
    y0: Length,
    /// Từ mép trái ô này đến mép trái ô kế bên. Bắt buộc.
    ///
    /// From one slot's left edge to the next one's. Needed.
    dx: Length,
    /// Từ mép trên hàng này đến mép trên hàng dưới. Bắt buộc.
    ///
    /// From one row's top edge to the next one's. Needed.
    dy: Length,
}
