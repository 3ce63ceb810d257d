//! A campaign of one sticker, one of a table, and the table.

/// One sticker.
pub const STICKER: &str = "campaign: xe-khach
pieces:
  tem:
    format: bus-sticker
    press: vinyl
    text: {message: Quét mã xem lịch xe, plate: 19B-012.34}
    qr: {app: HTTPS://MO.VN/X/0001}
";

/// One for each row of `xe.csv`.
pub const STICKERS: &str = "campaign: xe-khach
pieces:
  tem:
    format: bus-sticker
    press: vinyl
    data: xe.csv
    text: {message: Quét mã xem lịch xe}
    qr: {app: \"{{ url }}\"}
";

/// The rows.
pub const ROWS: &str = "plate,url
19B-012.34,HTTPS://MO.VN/X/0001
19B-056.78,HTTPS://MO.VN/X/0002
19B-090.12,HTTPS://MO.VN/X/0003
19B-034.56,HTTPS://MO.VN/X/0004
";
