//! Press profiles.

use crate::words::{Condition, Flag, Length, Or, Percent, Plate, Share, SheetName, Text, Words};
use schemars::JsonSchema;

/// Một kiểu in của toroi: máy in, mực và những gì nhà in cần.
///
/// A press of toroi: a way of printing, and what it needs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend(
    "allOf" = [
        {
            "if": {"properties": {"colour": {"enum": ["rgb"]}}, "required": ["colour"]},
            "then": {"properties": {"icc": false, "standard": {"enum": ["pdf/a-2b", null]}}}
        },
        {
            "if": {"properties": {"clear": {"enum": [true, "true"]}}, "required": ["clear"]},
            "then": {"properties": {"spots": {"required": ["white"]}}, "required": ["spots"]}
        }
    ]))]
pub struct Press {
    /// Tên kiểu in, trùng với tên tệp. Bắt buộc.
    ///
    /// The name, the same as the file's. Needed.
    press: Text,
    /// Tên gọi cho người đọc.
    ///
    /// What people call it.
    label: Option<Words>,
    /// Hệ màu. Bắt buộc.
    ///
    /// The colours it speaks. Needed.
    colour: Space,
    /// Chuẩn của tệp PDF; không ghi thì là pdf/x-4, với rgb luôn là pdf/a-2b.
    ///
    /// The standard of its files; pdf/x-4 where there is none, and for rgb always pdf/a-2b.
    standard: Option<Standard>,
    /// Hồ sơ màu (ICC) của máy in, chỉ với cmyk: tệp cạnh chiến dịch hoặc có sẵn.
    ///
    /// Colour profile (ICC) of the press, with cmyk alone: a file beside the campaign or built in.
    icc: Option<Or<Text, Icc>>,
    /// Phần hình chừa ra ngoài đường xén.
    ///
    /// Art beyond the trim.
    bleed: Option<Length>,
    /// Lề an toàn bên trong đường xén: chữ và mã không được vào.
    ///
    /// Margin inside the trim that texts and codes keep free.
    safe: Option<Length>,
    /// Tờ giấy dùng khi ấn phẩm không ghi tờ nào.
    ///
    /// The sheet that pieces are set on where they name none.
    sheet: Option<SheetName>,
    /// Lề mà máy in để bàn không in tới; có ghi thì dùng nét cắt thay cho dấu xén.
    ///
    /// What a printer on a desk leaves white along the edges; a press that says so sets guides instead of crop marks.
    margin: Option<Length>,
    /// true: hiện ấn phẩm như đã cắt xong, không có gì ngoài đường bế.
    ///
    /// true: pieces are shown as they are once cut, nothing beyond their die line.
    as_cut: Option<Flag>,
    /// Các dấu in thêm quanh ấn phẩm.
    ///
    /// Marks that are set around pieces.
    marks: Option<Vec<Mark>>,
    /// Tên các bản riêng cho dao, răng cưa, cấn, mực trắng; viết đúng như nhà in gọi.
    ///
    /// Names of the plates that tools and white ink act on, spelt as the shop does.
    spots: Option<Spots>,
    /// true: in trên màng trong, nên ấn phẩm nào cũng lót trắng; cần có spots: {white: …}.
    ///
    /// true: the stock is clear film, so that every piece gets white; needs spots: {white: …}.
    clear: Option<Flag>,
    /// Lớp trắng thụt vào bao nhiêu so với mép hình, nhiều nhất 2mm; không ghi thì 0.2mm.
    ///
    /// How far white stays inside the edge of the art, up to 2mm; 0.2mm where there is none.
    choke: Option<Length>,
    /// Những gì nhỏ nhất máy còn in rõ, và lượng mực nhiều nhất.
    ///
    /// Smallest sizes that the press keeps clear, and the most ink that it dries.
    limits: Option<Limits>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Space {
    /// Mực in.
    ///
    /// Process inks.
    Cmyk,
    /// Màn hình và máy in văn phòng.
    ///
    /// Screens and office printers.
    Rgb,
}

#[derive(JsonSchema)]
#[schemars(inline)]
pub enum Standard {
    /// PDF/X-4, đồng thời là PDF/A-2b.
    ///
    /// PDF/X-4, which is PDF/A-2b too.
    #[schemars(rename = "pdf/x-4")]
    X4,
    /// PDF/X-1a:2003, cho quy trình cũ: không có gì trong suốt.
    ///
    /// PDF/X-1a:2003, for older workflows: nothing transparent.
    #[schemars(rename = "pdf/x-1a")]
    X1a,
    /// PDF/A-2b, cho lưu trữ, màn hình, máy in văn phòng.
    ///
    /// PDF/A-2b, for archives, screens and office printers.
    #[schemars(rename = "pdf/a-2b")]
    A2b,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Icc {
    /// Tệp hồ sơ màu. Bắt buộc.
    ///
    /// The profile's file. Needed.
    #[schemars(extend("examples" = ["ISOcoated_v2_300_bas.icc"]))]
    file: Text,
    /// Tên điều kiện in trong danh mục ICC.
    ///
    /// The printing condition that it is registered for.
    condition: Option<Condition>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "kebab-case")]
pub enum Mark {
    /// Dấu xén.
    ///
    /// Crop marks.
    Crop,
    /// Dấu chồng màu, trên mọi bản mực.
    ///
    /// Registration marks, in every ink.
    Registration,
    /// Dấu gấp.
    ///
    /// Fold marks.
    Fold,
    /// Thang màu, với cmyk.
    ///
    /// Patches of the inks, with cmyk.
    ColourBar,
    /// Dòng ghi tên tờ, mặt, khổ, kiểu in, ngày và tệp.
    ///
    /// A line that names sheet, side, size, press, date and file.
    Slug,
    /// Đường bế màu đen để cắt tay, khi không có bản riêng cho dao.
    ///
    /// The die line in black, where there is no cut plate.
    Die,
    /// Nét mảnh để cắt theo, trên tờ nhiều bản.
    ///
    /// Hairlines to cut along, on sheets of several pieces.
    Guides,
    /// Thước 100 mm để kiểm tra tỷ lệ in.
    ///
    /// 100 mm to measure whether it was printed at its true size.
    Ruler,
    /// Chấm để máy bế tìm đường cắt, trên tờ nhiều bản.
    ///
    /// Dots by which a cutter's camera finds the cut lines, on sheets of several pieces.
    Camera,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Spots {
    /// Bản của đường bế.
    ///
    /// The cutter's plate.
    #[schemars(extend("examples" = ["CutContour"]))]
    cut: Option<Plate>,
    /// Bản của đường răng cưa.
    ///
    /// The perforator's plate.
    #[schemars(extend("examples" = ["PerfCutContour"]))]
    perforation: Option<Plate>,
    /// Bản của đường cấn.
    ///
    /// The creaser's plate.
    #[schemars(extend("examples" = ["Crease"]))]
    crease: Option<Plate>,
    /// Bản mực trắng.
    ///
    /// The plate of white ink.
    #[schemars(extend("examples" = ["White"]))]
    white: Option<Plate>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Limits {
    /// Tổng lượng mực nhiều nhất ở một chỗ; không ghi thì 300%.
    ///
    /// Most ink on one place; 300% where there is none.
    ink: Option<Percent>,
    /// Cỡ chữ nhỏ nhất; không ghi thì 7pt.
    ///
    /// Smallest type; 7pt where there is none.
    text: Option<Length>,
    /// Cỡ nhỏ nhất của chữ sáng trên nền tối và chữ nhiều mực; không ghi thì 8pt.
    ///
    /// Smallest light text on a dark ground or text in several inks; 8pt where there is none.
    reversed: Option<Length>,
    /// Nét mảnh nhất; không ghi thì 0.25pt.
    ///
    /// Thinnest line; 0.25pt where there is none.
    line: Option<Length>,
    /// Cạnh nhỏ nhất của một ô vuông trong mã QR; không ghi thì 0.4mm.
    ///
    /// Smallest side of a module of a code; 0.4mm where there is none.
    module: Option<Length>,
    /// Độ phân giải thấp nhất của ảnh, điểm ảnh mỗi inch; không ghi thì 150.
    ///
    /// Least resolution of pictures, pixels per inch; 150 where there is none.
    ppi: Option<Share>,
}
