//! The boxes of a format that hold content.

use crate::words::{Count, Drawing, Flag, Ink, Length, Side, Text};
use schemars::JsonSchema;

/// Một đoạn chữ.
///
/// One paragraph.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "text")]
pub struct Paragraph {
    /// Chữ, với {{ tên ô }} và **in đậm**. Bắt buộc.
    ///
    /// The text, with {{ field }} and **bold**. Needed.
    value: Text,
    /// Tên kiểu chữ trong styles. Bắt buộc.
    ///
    /// Name of its style. Needed.
    style: Text,
}

/// Nhiều đoạn chữ và danh sách.
///
/// Paragraphs and lists.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "markdown")]
pub struct Markdown {
    /// Chữ; dòng trống tách đoạn, «- » và «1. » bắt đầu mục. Bắt buộc.
    ///
    /// The text; an empty line parts paragraphs, “- ” and “1. ” begin items. Needed.
    value: Text,
    /// Tên kiểu chữ trong styles. Bắt buộc.
    ///
    /// Name of the style of all of it. Needed.
    style: Text,
    /// Khoảng cách giữa các đoạn và mục.
    ///
    /// Space between paragraphs and items.
    gap: Option<Length>,
    /// Chia các dòng ra mấy cột; không ghi thì 1.
    ///
    /// Columns that the lines are shared out to; 1 where there is none.
    columns: Option<Count>,
    /// Khoảng cách giữa các cột.
    ///
    /// Space between columns.
    column_gap: Option<Length>,
    /// true: không đoạn nào bị tách sang hai cột.
    ///
    /// true: no paragraph is parted between columns.
    keep: Option<Flag>,
}

/// Danh sách, mỗi mục sau một số hoặc một hình vẽ.
///
/// A list, each item behind a number or a drawing.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "steps")]
pub struct Steps {
    /// Tên một ô loại list, không có ngoặc nhọn. Bắt buộc.
    ///
    /// Name of a list field, without braces. Needed.
    value: Text,
    /// Kiểu chữ của các mục. Bắt buộc.
    ///
    /// Style of the items. Needed.
    style: Text,
    /// Kiểu chữ của cùng mục ở ngôn ngữ tiếp theo, nằm bên dưới.
    ///
    /// Style of the same items in the next language, each below its own.
    second: Option<Text>,
    /// Kiểu chữ của các số; không ghi thì số viết «1.» theo kiểu của mục.
    ///
    /// Style of the numbers; without it they are set as 1. in the style of the items.
    numeral: Option<Text>,
    /// Hình vẽ thay cho số.
    ///
    /// Name of a drawing that stands in place of the numbers.
    icon: Option<Drawing>,
    /// Tên một ô loại list ghi hình vẽ của từng mục.
    ///
    /// Name of a list field that names a drawing for each item.
    icons: Option<Text>,
    /// Chỗ của số hoặc hình so với chữ.
    ///
    /// Place of number or drawing beside the text.
    align: Option<MarkAlign>,
    /// Số hoặc hình nằm bên cạnh hay bên trên chữ.
    ///
    /// Whether number or drawing is beside or above the text.
    mark: Option<MarkPlace>,
    /// Mấy mục trên một hàng; không ghi thì 1.
    ///
    /// Items side by side; 1 where there is none.
    columns: Option<Count>,
    /// Khoảng cách giữa các mục trên một hàng.
    ///
    /// Space between items side by side.
    column_gap: Option<Length>,
    /// Màu hình tròn sau mỗi số.
    ///
    /// Ink of a disc behind each number.
    disc: Option<Ink>,
    /// Với icon: mực thay cho màu đen của hình.
    ///
    /// With icon, the ink for the drawing's black.
    ink: Option<Ink>,
    /// Bề rộng cột số, đường kính hình tròn, cạnh hình vẽ; không ghi thì 14pt.
    ///
    /// Width of the column of numbers, diameter of the disc, side of the drawing; 14pt where there is none.
    side: Option<Length>,
    /// Khoảng cách giữa số và chữ.
    ///
    /// Space between number and text.
    indent: Option<Length>,
    /// Khoảng cách giữa các mục.
    ///
    /// Space between items.
    gap: Option<Length>,
    /// Khoảng cách giữa hai ngôn ngữ của một mục.
    ///
    /// Space between the two languages of an item.
    inner: Option<Length>,
    /// true: mục đầu ở đỉnh khung, mục cuối ở chân khung.
    ///
    /// true: the first item stands at the top of the box, the last at its foot.
    spread: Option<Flag>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum MarkAlign {
    /// Trên dòng đầu của chữ; mặc định.
    ///
    /// On the first line of the text; the default.
    Baseline,
    /// Đỉnh ngang với chữ hoa.
    ///
    /// Its top level with the capitals.
    Start,
    /// Ở giữa.
    ///
    /// In the middle.
    Center,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum MarkPlace {
    /// Bên cạnh; mặc định.
    ///
    /// Beside; the default.
    Beside,
    /// Bên trên.
    ///
    /// Above.
    Above,
}

/// Một mã QR.
///
/// A code.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "qr")]
pub struct Qr {
    /// Tên một ô loại qr, không có ngoặc nhọn. Bắt buộc.
    ///
    /// Name of a code field, without braces. Needed.
    value: Text,
    /// Cạnh của mã, không kể vùng trắng; hoặc từ nhỏ nhất đến lớn nhất, 60mm..110mm: to theo khoảng cách phải quét. Bắt buộc.
    ///
    /// Side of the symbol without its quiet zone; a range, 60mm..110mm, makes it as large as its reading distance asks for. Needed.
    side: Side,
    /// Mức sửa lỗi ít nhất; không ghi thì L.
    ///
    /// Least error correction; L where there is none.
    ecc: Option<Ecc>,
}

#[derive(JsonSchema)]
#[schemars(inline)]
pub enum Ecc {
    L,
    M,
    Q,
    H,
}

/// Ảnh của chiến dịch.
///
/// A picture of the campaign.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "image")]
pub struct Image {
    /// Tên một ô loại image, không có ngoặc nhọn. Bắt buộc.
    ///
    /// Name of an image field, without braces. Needed.
    value: Text,
    /// Ảnh nằm trọn trong khung hay lấp đầy khung.
    ///
    /// Whether all of it is inside the box, or it fills the box.
    fit: Option<Fit>,
    /// Với hình vẽ có sẵn: mực thay cho màu đen.
    ///
    /// For a built-in drawing: ink for its black.
    ink: Option<Ink>,
    /// Với hình vẽ có sẵn: mực thay cho màu đỏ.
    ///
    /// For a built-in drawing: ink for its red.
    accent: Option<Ink>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Fit {
    /// Nằm trọn trong khung; mặc định.
    ///
    /// All of it inside the box; the default.
    Contain,
    /// Lấp đầy khung, phần thừa bị cắt.
    ///
    /// It fills the box, and what stands out is cut off.
    Cover,
}

/// Một hình vẽ.
///
/// A drawing.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "icon")]
pub struct Icon {
    /// Tên hình vẽ có sẵn, hoặc của icons/ cạnh chiến dịch. Bắt buộc.
    ///
    /// Its name: built in, or of icons/ beside the campaign. Needed.
    value: Drawing,
    /// Mực thay cho màu đen; không ghi thì là black.
    ///
    /// Ink for its black; black where there is none.
    ink: Option<Ink>,
    /// Mực thay cho màu đỏ; không ghi thì là accent.
    ///
    /// Ink for its red; accent where there is none.
    accent: Option<Ink>,
}

/// Hình chữ nhật hoặc bầu dục, tô bằng fill, stroke và radius.
///
/// A rectangle or ellipse, painted with fill, stroke and radius.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "shape")]
pub struct Shape {
    /// Hình gì; mặc định rect.
    ///
    /// Which of them; rect where there is none.
    form: Option<Form>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Form {
    /// Hình chữ nhật.
    ///
    /// A rectangle.
    Rect,
    /// Hình bầu dục.
    ///
    /// An ellipse.
    Ellipse,
}
