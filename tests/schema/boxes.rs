//! The boxes of a format. What every box may have is told once, in [`Common`], and what a box says otherwise at some
//! sizes is made of its own words: `main.rs` joins them.

use crate::leaves::{Icon, Image, Markdown, Paragraph, Qr, Shape, Steps};
use crate::words::{Count, Degrees, Flag, Ink, Length, Or, Ordinal, Share, Text, Track, value};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Một mặt: tên, và một khung row, column, grid, layers hoặc panels rộng bằng khổ.
///
/// A side: its name, and one row, column, grid, layers or panels as large as the trim.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend("oneOf" = [
    {"properties": {"row": {"type": "object"}}, "required": ["row"]},
    {"properties": {"column": {"type": "object"}}, "required": ["column"]},
    {"properties": {"grid": {"type": "object"}}, "required": ["grid"]},
    {"properties": {"layers": {"type": "object"}}, "required": ["layers"]},
    {"properties": {"panels": {"type": "object"}}, "required": ["panels"]}]))]
pub struct Side {
    /// Tên mặt. Bắt buộc.
    ///
    /// Its name. Needed.
    #[schemars(extend("examples" = ["front", "back"]))]
    name: Text,
    row: Option<Row>,
    column: Option<Column>,
    grid: Option<Grid>,
    layers: Option<Layers>,
    panels: Option<Panels>,
}

/// Một khung: đúng một từ, ví dụ «text: {…}».
///
/// A box: exactly one word, such as “text: {…}”.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "box", rename_all = "lowercase", extend("required" = [], "minProperties" = 1, "maxProperties" = 1))]
pub struct OneBox {
    row: Row,
    column: Column,
    grid: Grid,
    layers: Layers,
    panels: Panels,
    text: Paragraph,
    markdown: Markdown,
    steps: Steps,
    qr: Qr,
    image: Image,
    icon: Icon,
    shape: Shape,
}

/// Những từ dùng được ở mọi khung.
///
/// What every box may have.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "common")]
pub struct Common {
    /// Tên khung, dùng trong thông báo.
    ///
    /// Its name in findings.
    name: Option<Text>,
    /// Chiều rộng, kể cả khoảng đệm.
    ///
    /// Outer width, padding included.
    width: Option<Length>,
    /// Chiều cao, kể cả khoảng đệm.
    ///
    /// Outer height, padding included.
    height: Option<Length>,
    /// Phần được chia của chỗ còn thừa; không ghi thì 0.
    ///
    /// Share of the room left over; 0 where there is none.
    grow: Option<Share>,
    /// Chỗ của riêng khung này theo chiều ngang qua khung cha, thay cho align của khung cha.
    ///
    /// Its own place across the parent, instead of the parent's align.
    align_self: Option<Across>,
    /// Khoảng đệm giữa mép và nội dung: 4mm, [trên dưới, trái phải] hoặc [trên, phải, dưới, trái].
    ///
    /// Space between edge and content: 4mm, [top and bottom, left and right], or [top, right, bottom, left].
    padding: Option<Or<Length, Padding>>,
    /// Màu nền.
    ///
    /// Ink behind the content.
    fill: Option<Ink>,
    /// Đường viền: {ink: primary, width: 0.75pt}.
    ///
    /// Line around it: {ink: primary, width: 0.75pt}.
    stroke: Option<Line>,
    /// Bán kính bo góc của nền và viền.
    ///
    /// Corner radius of fill and stroke.
    radius: Option<Length>,
    /// Những mép mà nền và viền chạy ra hết phần chừa xén.
    ///
    /// Edges where fill and stroke run on to the end of the bleed.
    bleed: Option<Vec<Edge>>,
    /// Điều kiện: khung chỉ có khi chữ này ra một nội dung khác false, ví dụ "{{ hours }}".
    ///
    /// A text with placeholders; the box is left out where it gives nothing or false, such as "{{ hours }}".
    when: Option<Text>,
    /// Khung nói ngôn ngữ thứ mấy của chiến dịch, đếm từ 1; chiến dịch không có thì bỏ khung.
    ///
    /// Number of the campaign's language that this box and those in it speak, from 1; left out where there is none.
    language: Option<Ordinal>,
    /// Chữ là gì: h1, h2 hoặc p; trên giấy không đổi.
    ///
    /// What a text is: h1, h2 or p. It changes nothing on paper.
    tag: Option<Tag>,
    /// Trong grid: chiếm mấy cột; không ghi thì 1.
    ///
    /// In a grid, columns that it takes; 1 where there is none.
    span: Option<Count>,
    /// Xoay bao nhiêu độ theo chiều kim đồng hồ quanh tâm; các khung bên cạnh không tránh ra.
    ///
    /// Degrees that it is turned clockwise about its middle; the boxes around it do not give way.
    rotate: Option<Degrees>,
    /// true: in ngược trái phải.
    ///
    /// true: shown left for right.
    mirror: Option<Flag>,
}

value!(
    Padding,
    json_schema!({
        "type": "array", "minItems": 2, "maxItems": 4, "items": Length::json_schema(&mut SchemaGenerator::default()),
        "not": { "type": "array", "minItems": 3, "maxItems": 3 },
    })
);
value!(
    Gaps,
    json_schema!({
        "type": "array", "minItems": 2, "maxItems": 2, "items": Length::json_schema(&mut SchemaGenerator::default()),
    })
);
value!(
    Tracks,
    json_schema!({
        "type": "array", "minItems": 1, "maxItems": 100, "items": Track::json_schema(&mut SchemaGenerator::default()),
    })
);

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Line {
    /// Màu nét. Bắt buộc.
    ///
    /// Its ink. Needed.
    ink: Ink,
    /// Bề dày nét. Bắt buộc.
    ///
    /// Its width. Needed.
    width: Length,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Edge {
    Top,
    Right,
    Bottom,
    Left,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Tag {
    H1,
    H2,
    P,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Across {
    Start,
    Center,
    End,
    Stretch,
    Baseline,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Along {
    Start,
    Center,
    End,
    Between,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum InLayers {
    Start,
    Center,
    End,
    Stretch,
}

/// Các khung con đặt cạnh nhau, từ trái sang phải.
///
/// Boxes side by side, from left to right.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "row")]
pub struct Row {
    /// Các khung con.
    ///
    /// The boxes.
    children: Option<Vec<OneBox>>,
    /// Khoảng cách giữa các khung con.
    ///
    /// Space between them.
    gap: Option<Or<Length, Gaps>>,
    /// Chỗ theo chiều ngang; mặc định start.
    ///
    /// Their place along; start where there is none.
    justify: Option<Along>,
    /// Chỗ theo chiều dọc; mặc định stretch.
    ///
    /// Their place across; stretch where there is none.
    align: Option<Across>,
}

/// Các khung con đặt chồng từ trên xuống.
///
/// Boxes one below the other.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "column")]
pub struct Column {
    /// Các khung con.
    ///
    /// The boxes.
    children: Option<Vec<OneBox>>,
    /// Khoảng cách giữa các khung con.
    ///
    /// Space between them.
    gap: Option<Or<Length, Gaps>>,
    /// Chỗ theo chiều dọc; mặc định start.
    ///
    /// Their place along; start where there is none.
    justify: Option<Along>,
    /// Chỗ theo chiều ngang; mặc định stretch.
    ///
    /// Their place across; stretch where there is none.
    align: Option<Across>,
}

/// Các khung con xếp theo hàng vào các cột; thêm rules là thành bảng hoặc biểu mẫu.
///
/// Boxes row by row in columns; with rules a table or a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "grid")]
pub struct Grid {
    /// Số cột rộng bằng nhau, hoặc danh sách bề rộng; số trơn là phần chia chỗ còn lại: [12mm, 1, 2]. Bắt buộc.
    ///
    /// A number of equal columns, or a list of widths; bare numbers are shares of what is left: [12mm, 1, 2]. Needed.
    columns: Or<Count, Tracks>,
    /// Số hàng ít nhất; không ghi thì 1.
    ///
    /// Rows that there are at least; 1 where there is none.
    rows: Option<Count>,
    /// Chiều cao cố định của các hàng không có khung.
    ///
    /// Height of the rows without a box, where it is fixed.
    row: Option<Length>,
    /// Khoảng cách giữa các cột và hàng, hoặc [giữa cột, giữa hàng].
    ///
    /// Space between columns and rows, or [between columns, between rows].
    gap: Option<Or<Length, Gaps>>,
    /// Đường kẻ quanh mọi ô, cả ô trống: {ink: primary, width: 0.5pt}.
    ///
    /// Lines around all cells, empty ones too: {ink: primary, width: 0.5pt}.
    rules: Option<Line>,
    /// Chỗ của khung theo chiều cao ô; mặc định stretch.
    ///
    /// Place of the boxes in the height of their cell; stretch where there is none.
    align: Option<Across>,
    /// Chỗ của các cột khi còn thừa bề ngang; mặc định start.
    ///
    /// Place of the columns, where lengths leave room; start where there is none.
    justify: Option<Along>,
    /// Các khung con.
    ///
    /// The boxes.
    children: Option<Vec<OneBox>>,
}

/// Các khung con chồng lên nhau, cái đầu nằm dưới cùng.
///
/// Boxes one over the other, the first at the back.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "layers")]
pub struct Layers {
    /// Các khung con.
    ///
    /// The boxes.
    children: Option<Vec<OneBox>>,
    /// Không có tác dụng ở đây.
    ///
    /// Does nothing here.
    gap: Option<Or<Length, Gaps>>,
    /// Chỗ theo chiều ngang; mặc định stretch.
    ///
    /// Their place across; stretch where there is none.
    justify: Option<InLayers>,
    /// Chỗ theo chiều dọc; mặc định stretch.
    ///
    /// Their place down; stretch where there is none.
    align: Option<Across>,
}

/// Mỗi khung con một trang của tờ gấp; bề rộng theo các đường gấp của khổ.
///
/// One box for each panel of a folded sheet, as wide as the folds of the size say.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "panels")]
pub struct Panels {
    /// Các khung con.
    ///
    /// The boxes.
    children: Option<Vec<OneBox>>,
}
