//! Formats.

use crate::boxes::Side;
use crate::campaign::Colours;
use crate::words::{Colour, Flag, Ink, Leading, Length, Lines, Or, Range, Scale, Size, Text, Tracking, TypeSize, Weight, Words};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Mẫu ấn phẩm của toroi: các khổ, ô nội dung, kiểu chữ, và các khung của từng mặt.
///
/// A format of toroi: its sizes, fields and type styles, and the boxes of each side.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Format {
    /// Tên mẫu, trùng với tên tệp. Bắt buộc.
    ///
    /// The name, the same as the file's. Needed.
    format: Text,
    /// Tên gọi cho người đọc; là một phần tiêu đề của PDF.
    ///
    /// What people call it; part of the PDF's title.
    label: Option<Words>,
    /// Tên cơ quan phát hành trong chiến dịch mẫu.
    ///
    /// Who issues such things, as a sample.
    issuer: Option<Words>,
    /// Các khổ, mỗi khổ một tên; khổ đầu là khổ mặc định, mọi số đo ghi theo khổ ấy. Bắt buộc.
    ///
    /// The sizes by name; the first is the default and the one that lengths are written in. Needed.
    #[schemars(extend("minProperties" = 1))]
    sizes: BTreeMap<String, Dimensions>,
    /// Ô nội dung mà chiến dịch điền vào, mỗi ô một tên.
    ///
    /// What the campaign gives, by name.
    fields: Option<BTreeMap<String, Field>>,
    /// Những gì khác chiến dịch phải có: issuer, document, valid_until, hoặc {one_of: [tên ô, …]}.
    ///
    /// What else a campaign must give: issuer, document, valid_until, or {one_of: [field, …]}.
    demands: Option<Vec<Demand>>,
    /// Màu dùng khi chiến dịch không cho màu cùng tên.
    ///
    /// Colours for campaigns that give none of that name.
    palette: Option<Colours<Colour>>,
    /// Các kiểu chữ, mỗi kiểu một tên.
    ///
    /// Type styles by name.
    styles: Option<BTreeMap<String, Style>>,
    /// Các mặt theo thứ tự, mỗi mặt một trang. Bắt buộc.
    ///
    /// The sides in order, each one page. Needed.
    #[schemars(extend("minItems" = 1))]
    sides: Vec<Side>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Dimensions {
    /// Khổ thành phẩm, rộng × cao: 148x210mm. Bắt buộc.
    ///
    /// Width and height after cutting: 148x210mm. Needed.
    trim: Size,
    /// Hệ số nhân mọi số đo của mẫu, kể cả cỡ chữ; không ghi thì 1.
    ///
    /// Factor on every length of the format, type included; 1 where there is none.
    scale: Option<Scale>,
    /// Đường bế, khi ấn phẩm được cắt theo hình.
    ///
    /// The die line, where the piece is cut to shape.
    die: Option<Die>,
    /// Các đường gấp, tính từ mép trái mặt đầu: [97mm, 197mm].
    ///
    /// Where it is folded, from the left edge of the first side: [97mm, 197mm].
    folds: Option<Vec<Length>>,
    /// Các đường răng cưa, tính từ mép trên: [240mm].
    ///
    /// Where it is torn, from the top edge: [240mm].
    perforations: Option<Vec<Length>>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend(
    "if" = {"properties": {"path": {"type": ["string", "number", "boolean"]}}, "required": ["path"]},
    "then" = {"properties": {"radius": {"type": "null"}, "round": {"enum": [false, "false", null]}}}))]
pub struct Die {
    /// Bán kính bo góc.
    ///
    /// Radius of the corners.
    radius: Option<Length>,
    /// true: hình bầu dục.
    ///
    /// true: an ellipse.
    round: Option<Flag>,
    /// Hình bất kỳ: dữ liệu path của SVG, tính bằng milimét từ góc trên bên trái; một nét khép kín, không tự cắt, vừa khít khổ.
    ///
    /// Any outline: path data of SVG in millimetres from the top left corner; one closed figure that does not cross itself and just
    /// fills the trim.
    #[schemars(extend("examples" = ["M0 30 L40 0 L80 30 V90 H0 Z"]))]
    path: Option<Text>,
    /// Lỗ tròn.
    ///
    /// A round hole.
    hole: Option<Hole>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Hole {
    /// Tâm lỗ, tính từ mép trái. Bắt buộc.
    ///
    /// Its middle, from the left edge. Needed.
    x: Length,
    /// Tâm lỗ, tính từ mép trên. Bắt buộc.
    ///
    /// Its middle, from the top edge. Needed.
    y: Length,
    /// Đường kính. Bắt buộc.
    ///
    /// Its diameter. Needed.
    diameter: Length,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Field {
    /// Loại nội dung. Bắt buộc.
    ///
    /// What it takes. Needed.
    r#type: FieldType,
    /// true: thiếu ô này thì không dựng được ấn phẩm.
    ///
    /// true: a piece cannot be without it.
    required: Option<Flag>,
    /// Phải có bằng những ngôn ngữ nào.
    ///
    /// The languages that it must be given in.
    languages: Option<Languages>,
    /// Với list: ít nhất và nhiều nhất bao nhiêu mục, 3..6; không ghi thì 1..12.
    ///
    /// Of a list: least and most items, 3..6; 1..12 where there is none.
    items: Option<Range>,
    /// Với qr: khoảng cách phải quét được, ví dụ 0.4m.
    ///
    /// Of a code: distance that it must be read from, such as 0.4m.
    scan_from: Option<Length>,
    /// Nội dung dùng khi chiến dịch không cho, với text hoặc image.
    ///
    /// Of a text or picture: content where the campaign gives none.
    default: Option<Words>,
    /// Tên gọi cho người đọc.
    ///
    /// What people call it.
    label: Option<Words>,
    /// Nội dung ví dụ; của một danh sách thì ghi từng dòng.
    ///
    /// A sample; of a list, its items.
    example: Option<Or<Words, Vec<Words>>>,
    /// Vài giá trị cho những hàng đầu của bảng mẫu mà toroi new ghi ra, khi mỗi bản ghi có giá trị riêng.
    ///
    /// Some values for the sample table of toroi new, where people give it for each record.
    records: Option<Vec<Words>>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum FieldType {
    /// Một đoạn chữ.
    ///
    /// A text.
    Text,
    /// Nhiều đoạn chữ.
    ///
    /// A list of texts.
    List,
    /// Một mã QR.
    ///
    /// A code.
    Qr,
    /// Một ảnh.
    ///
    /// A picture.
    Image,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Languages {
    /// Mọi ngôn ngữ của chiến dịch.
    ///
    /// Every language of the campaign.
    Each,
    /// Ngôn ngữ chính; mặc định.
    ///
    /// The primary one; the default.
    Primary,
}

/// A word, or fields of which one must have content.
pub struct Demand;

impl JsonSchema for Demand {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Demand".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = ["issuer", "document", "valid_until"];
        let one_of = "Các ô mà ít nhất một phải có nội dung. Bắt buộc.\n\nFields of which one must have content. Needed.";
        json_schema!({
            "type": ["string", "object"],
            "pattern": format!("^({})$", words.join("|")),
            "examples": words,
            "properties": {
                "one_of": {
                    "description": one_of, "type": "array", "minItems": 1, "items": { "type": ["string", "number", "boolean"] },
                },
            },
            "required": ["one_of"],
            "additionalProperties": false,
        })
    }
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "style")]
pub struct Style {
    /// Cỡ chữ, 9.5pt, hoặc từ nhỏ nhất đến lớn nhất, 19pt..24pt: lấy cỡ lớn nhất còn vừa. Bắt buộc.
    ///
    /// Size, 9.5pt, or a range, 19pt..24pt: the largest that fits. Needed.
    size: TypeSize,
    /// Độ đậm, 100 đến 900; không ghi thì 400. Có sẵn 400, 500, 600, 700, 800.
    ///
    /// Weight, 100 to 900; 400 where there is none. Built in are 400, 500, 600, 700, 800.
    #[schemars(extend("examples" = [400, 500, 600, 700, 800]))]
    weight: Option<Weight>,
    /// true: chữ nghiêng.
    ///
    /// true: slanted.
    italic: Option<Flag>,
    /// Họ phông; không ghi thì là Be Vietnam Pro.
    ///
    /// Font family; Be Vietnam Pro where there is none.
    family: Option<Text>,
    /// Giãn dòng, bội số của cỡ chữ; không ghi thì 1.45.
    ///
    /// From baseline to baseline, as a multiple of the size; 1.45 where there is none.
    leading: Option<Leading>,
    /// Màu chữ; không ghi thì là black.
    ///
    /// Colour; black where there is none.
    ink: Option<Ink>,
    /// Canh dòng.
    ///
    /// Where lines start.
    align: Option<TextAlign>,
    /// true: tiêu đề, các dòng dài gần bằng nhau và không ngắt giữa từ nhiều tiếng.
    ///
    /// true: a headline: lines of near-equal length, and words of several syllables never parted.
    balance: Option<Flag>,
    /// Số dòng nhiều nhất: chữ thu nhỏ để vừa.
    ///
    /// Most lines: the text shrinks to keep to them.
    lines: Option<Lines>,
    /// Giãn thêm giữa các chữ cái, bội số của cỡ chữ; không ghi thì 0.04 với chữ hoa, 0 với chữ khác.
    ///
    /// Extra space between letters, as a multiple of the size; 0.04 for texts in capitals, else none.
    tracking: Option<Tracking>,
    /// true: mọi chữ số rộng bằng nhau.
    ///
    /// true: all digits equally wide.
    tabular: Option<Flag>,
    /// true: khung kết thúc ở chân dòng cuối, để canh giữa trong dải màu.
    ///
    /// true: the box ends at the last baseline and descenders hang below, for text centred in a band.
    to_baseline: Option<Flag>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum TextAlign {
    /// Canh trái; mặc định.
    ///
    /// At the left; the default.
    Start,
    /// Canh giữa.
    ///
    /// In the middle.
    Center,
    /// Canh phải.
    ///
    /// At the right.
    End,
}
