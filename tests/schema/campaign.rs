//! Campaigns.

use crate::fields::{Codes, Images, Texts};
use crate::press::Icc;
use crate::words::{
    Cmyk, ColourOrColumn, Date, Digits, First, Flag, Hex, Language, Length, OneOrMore, Or, Plate, Row, SheetName, Start, Text, Words,
    described, text_such_as, value,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use toroi::diag::CODES;
use toroi::files::builtin_templates;

value!(FormatName, text_such_as(builtin_templates("")));
value!(PressName, text_such_as(builtin_templates("press/")));
value!(Judgement, {
    let codes: Vec<&str> = CODES.iter().filter(|code| code.may_pass).map(|code| code.name).collect();
    json_schema!({ "type": "string", "enum": codes })
});

/// Chiến dịch của toroi: nói gì (text), mã QR ghi gì (qr) và in những gì (pieces).
///
/// A toroi campaign: what is to be read (text), what the codes hold (qr), and what to print (pieces).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Campaign {
    /// Tên ngắn của chiến dịch. Bắt buộc.
    ///
    /// A short name. Needed.
    campaign: Text,
    /// Các ngôn ngữ, ngôn ngữ chính đứng đầu; không ghi thì là [vi].
    ///
    /// Language tags, the primary one first; [vi] where there is none.
    languages: Option<Vec<Language>>,
    /// Tiêu đề của các tệp PDF.
    ///
    /// Title of the documents.
    title: Option<Words>,
    /// Bên ban hành: in ở chân ấn phẩm và là tác giả của tệp.
    ///
    /// Who says so: printed in the imprint, and author of the documents.
    issuer: Option<Words>,
    /// Số văn bản giao việc này.
    ///
    /// Number of the paper that orders the campaign.
    document: Option<Words>,
    /// Ngày cuối còn hiệu lực, năm-tháng-ngày: 2020-12-31.
    ///
    /// Last day of validity, year-month-day: 2020-12-31.
    valid_until: Option<Date>,
    /// Ngày ghi vào tệp, năm-tháng-ngày: 2020-08-10.
    ///
    /// The day written into the files, year-month-day: 2020-08-10.
    date: Option<Date>,
    /// Hồ sơ màu (ICC) nhà in đưa, đặt cạnh chiến dịch, thay cho hồ sơ của kiểu in.
    ///
    /// The shop's colour profile (ICC), beside the campaign, instead of the press's.
    icc: Option<Or<Text, Icc>>,
    /// Mã của những nhận xét được cho qua ở mọi ấn phẩm.
    ///
    /// Codes of judgements that are let pass, for all pieces.
    allow: Option<Vec<Judgement>>,
    /// Màu, mỗi màu một tên. Các mẫu có sẵn dùng primary (màu chính) và accent (màu nhấn).
    ///
    /// Colours by name. The built-in formats use primary and accent.
    palette: Option<Palette>,
    /// Từ nhiều tiếng mà tiêu đề không được ngắt giữa chừng, ngoài những từ đã biết: [Lâm Thao].
    ///
    /// Words of several syllables that headlines must not part, besides the usual ones: [Lâm Thao].
    compounds: Option<Vec<Text>>,
    /// Tệp phông chữ đặt cạnh chiến dịch.
    ///
    /// Font files beside the campaign.
    fonts: Option<Vec<Text>>,
    /// Chữ của mọi ấn phẩm, theo tên ô nội dung của mẫu.
    ///
    /// Texts for all pieces, by field of the format.
    text: Option<Texts>,
    /// Nội dung các mã QR của mọi ấn phẩm, theo tên ô nội dung của mẫu.
    ///
    /// What codes say, for all pieces, by field of the format.
    qr: Option<Codes>,
    /// Ảnh của mọi ấn phẩm, theo tên ô nội dung của mẫu: một tệp PNG, JPEG, SVG, hoặc tên một hình vẽ có sẵn.
    ///
    /// Pictures for all pieces, by field of the format: a file (PNG, JPEG, SVG), or the name of a built-in drawing.
    images: Option<Images>,
    /// Những gì cần in, mỗi ấn phẩm một tên. Bắt buộc.
    ///
    /// What to print, by name. Needed.
    pieces: Pieces,
}

const A_NAME: &str = "Tên chỉ có chữ, số, -, _ và dấu chấm. A name is of letters, digits, -, _ and points.";

/// Pieces by name; a name begins the names of files.
pub struct Pieces;

impl JsonSchema for Pieces {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Pieces".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // Letters of any alphabet, digits, `-`, `_` and `.`: what is left of ASCII is not.
        let sign = r##"\s\x00-\x1f!"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~"##;
        json_schema!({
            "type": "object",
            "minProperties": 1,
            "propertyNames": { "pattern": format!("^[^.{sign}][^{sign}]*$"), "patternErrorMessage": A_NAME },
            "additionalProperties": generator.subschema_for::<Piece>(),
        })
    }
}

/// Một ấn phẩm: mẫu, khổ, kiểu in, và bảng dữ liệu nếu có.
///
/// A piece: its format, size and press, and a table if there is one.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields,
    extend("dependencies" = {"unique": ["data"], "pattern": ["data"], "required": ["data"], "serial": ["data"]}))]
pub struct Piece {
    /// Tên mẫu, có sẵn hoặc là tệp NAME.yaml cạnh chiến dịch. Bắt buộc.
    ///
    /// Name of the format, built in or a file NAME.yaml beside the campaign. Needed.
    format: FormatName,
    /// Khổ của mẫu, hoặc danh sách khổ; không ghi thì là khổ đầu của mẫu.
    ///
    /// A size of the format, or a list of them; else its first.
    #[schemars(extend("type" = ["string", "number", "boolean", "array"], "minItems" = 1, "examples" = ["a5", "a4", "a6", "a3", "a2"]))]
    size: Option<OneOrMore<Text>>,
    /// Kiểu in, hoặc danh sách kiểu in; không ghi thì là office, máy in văn phòng.
    ///
    /// A press, or a list of them; else office.
    #[schemars(extend("type" = ["string", "number", "boolean", "array"], "minItems" = 1))]
    press: Option<OneOrMore<PressName>>,
    /// Bảng dữ liệu (.xlsx, .ods, .csv, .jsonl): mỗi hàng in một bản.
    ///
    /// A table (.xlsx, .ods, .csv, .jsonl): one copy for each row.
    data: Option<Or<Text, Data>>,
    /// Cột không được trùng; một danh sách con là các cột so chung với nhau.
    ///
    /// Columns that differ in every row; a list in the list is of columns that are compared together.
    unique: Option<Or<Text, Vec<OneOrMore<Text>>>>,
    /// Ví dụ mà ô của cột phải giống: chữ số thay cho mọi chữ số, chữ hoa cho chữ hoa, chữ thường cho chữ thường.
    ///
    /// Examples that cells of a column look like: a digit stands for any digit, a capital for any capital, a small letter for any.
    pattern: Option<BTreeMap<String, OneOrMore<Text>>>,
    /// Cột không được có ô trống.
    ///
    /// Columns without empty cells.
    required: Option<OneOrMore<Text>>,
    /// Số thứ tự chạy theo hàng, dùng bằng {{ serial }}: số đầu, ví dụ LT-00001.
    ///
    /// Numbers that run on from row to row, for {{ serial }}: the first one, such as LT-00001.
    serial: Option<Or<First, Serial>>,
    /// Tên tệp của từng bản ghi khi dùng --split, ví dụ "{{ bien_so }}".
    ///
    /// What the file of a record is called under --split, such as "{{ bien_so }}".
    file: Option<Text>,
    /// Tờ giấy để xếp các bản lên, hoặc none: mỗi trang một bản; không ghi thì theo kiểu in.
    ///
    /// The sheet to set copies on, or none for pages of the piece's own size; else the press's.
    sheet: Option<Or<PieceSheet, Imposition>>,
    /// half: bốn mặt của mẫu là bốn trang của một tờ gấp đôi.
    ///
    /// half: the four sides of the format are the pages of a sheet folded once.
    fold: Option<Fold>,
    /// Số lượng in, ghi vào phiếu giao việc.
    ///
    /// How many are to be printed, for the job ticket.
    quantity: Option<Words>,
    /// Giấy in, ghi vào phiếu giao việc.
    ///
    /// What they are to be printed on, for the job ticket.
    paper: Option<Words>,
    /// Lời nhắn cho nhà in, ghi vào phiếu giao việc.
    ///
    /// What else the shop is to know, for the job ticket.
    note: Option<Words>,
    /// true: dán mặt trong kính, nhìn từ ngoài vào, nên in ngược trái phải.
    ///
    /// true: stuck to the inner face of a window and read from outside, so printed left for right.
    inside_glass: Option<Flag>,
    /// Khoảng cách phải quét được mã, ví dụ 1.5m, thay cho khoảng cách của mẫu.
    ///
    /// Distance that its code must be read from, such as 1.5m, instead of the format's.
    scan_from: Option<Length>,
    /// Mã của những nhận xét được cho qua ở ấn phẩm này.
    ///
    /// Codes of judgements on this piece that are let pass.
    allow: Option<Vec<Judgement>>,
    /// Màu riêng của ấn phẩm, dùng trước màu của chiến dịch.
    ///
    /// Colours of its own, which go before the campaign's.
    palette: Option<Palette>,
    /// Chữ riêng của ấn phẩm, dùng trước chữ của chiến dịch.
    ///
    /// Texts of its own, which go before the campaign's.
    text: Option<Texts>,
    /// Mã QR riêng của ấn phẩm, dùng trước mã của chiến dịch.
    ///
    /// Codes of its own, which go before the campaign's.
    qr: Option<Codes>,
    /// Ảnh riêng của ấn phẩm, dùng trước ảnh của chiến dịch.
    ///
    /// Pictures of its own, which go before the campaign's.
    images: Option<Images>,
}

value!(PieceSheet, text_such_as(builtin_templates("sheets/").into_iter().chain(["none".into()]).collect()));

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "kebab-case")]
pub enum Fold {
    Half,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Data {
    /// Tệp bảng, tính từ thư mục của chiến dịch. Bắt buộc.
    ///
    /// The file, from the campaign's folder. Needed.
    file: Text,
    /// Tên trang tính; không ghi thì là trang đầu có gì đó.
    ///
    /// Name of the sheet of a workbook; else its first one that shows anything.
    sheet: Option<Text>,
    /// Hàng ghi tên cột, đếm từ 1; không ghi thì là hàng đầu có chữ.
    ///
    /// The row that names the columns, from 1; else the first that holds anything.
    header: Option<Row>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Serial {
    /// Phần chữ đứng trước mỗi số.
    ///
    /// What stands before each number.
    prefix: Option<Text>,
    /// Số chữ số, thêm số 0 phía trước cho đủ.
    ///
    /// Digits that each number has, filled up with zeros.
    width: Option<Digits>,
    /// Số của hàng đầu; không ghi thì là 1.
    ///
    /// The number of the first row; 1 where there is none.
    start: Option<Start>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend(
    "if" = {"properties": {"name": {"enum": ["none"]}}, "required": ["name"]},
    "then" = {"properties": {"margin": false, "gutter": false, "order": false, "flip": false}}))]
pub struct Imposition {
    /// Tên tờ giấy. Bắt buộc.
    ///
    /// Name of the sheet. Needed.
    name: SheetName,
    /// Lề để trống quanh tờ giấy.
    ///
    /// What is kept free along the edges.
    margin: Option<Length>,
    /// Khe giữa các bản.
    ///
    /// Room between pieces.
    gutter: Option<Length>,
    /// Bản nào nằm ở đâu.
    ///
    /// Which piece goes where.
    order: Option<Order>,
    /// Lật tờ giấy theo cạnh nào để in mặt sau.
    ///
    /// The edge over which the sheet is turned for its back.
    flip: Option<Flip>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "kebab-case")]
pub enum Order {
    /// Một bản lặp lại đầy tờ.
    ///
    /// One piece fills the sheet.
    Repeat,
    /// Lần lượt từng bản ghi, theo hàng ngang.
    ///
    /// One record after the other, row by row.
    Sequence,
    /// Để khi cắt cả xấp, các chồng đặt lên nhau là đúng thứ tự.
    ///
    /// So that the piles, once the stack is cut, give one after the other when they are put on each other.
    CutAndStack,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "kebab-case")]
pub enum Flip {
    /// Cạnh dài.
    ///
    /// The longer edge.
    LongEdge,
    /// Cạnh ngắn.
    ///
    /// The shorter edge.
    ShortEdge,
}

/// Colours of a campaign.
pub type Palette = Colours<ColourOrColumn>;

const RESERVED: &str = "black và paper luôn có sẵn. black and paper are always there.";

/// Colours by name; `black` and `paper` are always there, and not to be given.
pub struct Colours<C>(PhantomData<C>);

impl<C: JsonSchema> JsonSchema for Colours<C> {
    fn schema_name() -> Cow<'static, str> {
        "palette".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let primary = "Màu chính: nền, tiêu đề, hình vẽ.\n\nThe main colour: grounds, headlines, drawings.";
        let accent = "Màu nhấn.\n\nThe colour that stands out.";
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": "^(?!(black|paper)$)", "patternErrorMessage": RESERVED },
            "properties": { "primary": described::<Paint<C>>(generator, primary), "accent": described::<Paint<C>>(generator, accent) },
            "additionalProperties": generator.subschema_for::<Paint<C>>(),
        })
    }
}

/// A colour as one text, or in parts.
pub struct Paint<C>(PhantomData<C>);

impl<C: JsonSchema> JsonSchema for Paint<C> {
    fn schema_name() -> Cow<'static, str> {
        "paint".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Or::<C, Mixed>::json_schema(generator)
    }
}

/// Màu: "#0B4F94", "cmyk(100 70 10 10)", cả hai {rgb: …, cmyk: …}, hoặc mực pha {spot: …, cmyk: …}.
///
/// A colour: "#0B4F94", "cmyk(100 70 10 10)", both as {rgb: …, cmyk: …}, or an ink of its own, {spot: …, cmyk: …}.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend("anyOf" = [{"required": ["rgb"]}, {"required": ["spot"]}]))]
pub struct Mixed {
    /// Màu trên màn hình và máy in văn phòng.
    ///
    /// What is shown on screens and office printers.
    #[schemars(extend("examples" = ["#0B4F94"]))]
    rgb: Option<Hex>,
    /// Tên mực pha, viết đúng như nhà in gọi; cmyk khi ấy là màu thay thế.
    ///
    /// Name of an ink of its own, spelt as the shop does; cmyk is then what stands for it.
    #[schemars(extend("examples" = ["PANTONE 287 C"]))]
    spot: Option<Plate>,
    /// Tỷ lệ mực in, phần trăm. Bắt buộc.
    ///
    /// Process inks in per cent. Needed.
    #[schemars(extend("examples" = ["cmyk(100 70 10 10)"]))]
    cmyk: Cmyk,
}
