//! What a code says.

use crate::words::{Flag, OneOrMore, Or, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;

/// What the code of a field says.
pub struct Payload;

impl JsonSchema for Payload {
    fn schema_name() -> Cow<'static, str> {
        "payload".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<Or<Text, Kinds>>::json_schema(generator)
    }
}

/// Nội dung mã QR: một dòng chữ được đưa nguyên vào mã, hoặc đúng một loại nội dung như «wifi: …» để toroi kiểm tra và ghi đúng
/// cách điện thoại đọc. Chỗ nào cũng có thể ghi cột của bảng, ví dụ "{{ url }}".
///
/// What the code says: a text that goes into it as it is, or exactly one kind, such as “wifi: …”, which toroi checks and writes
/// the way phones read it. Every part may hold columns of the table, such as "{{ url }}".
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend("minProperties" = 1, "maxProperties" = 1, "required" = []))]
pub struct Kinds {
    /// Địa chỉ trang web, có https:// ở đầu; dấu cách và chữ có dấu được mã hóa giúp.
    ///
    /// A web address with https://; spaces and letters with marks are encoded.
    #[schemars(extend("examples" = ["https://", "{{ url }}"]))]
    url: Text,
    /// Một dòng chữ để điện thoại hiện lên.
    ///
    /// A text that the phone shows.
    text: Text,
    /// Mạng Wi-Fi để điện thoại kết nối.
    ///
    /// A Wi-Fi network to join.
    wifi: Wifi,
    /// Số điện thoại để gọi; quay đúng như đã ghi.
    ///
    /// A telephone number; it is dialled as written.
    tel: Text,
    /// Tin nhắn soạn sẵn: số nhận, hoặc {to: …, text: …}.
    ///
    /// A message to send: the number, or {to: …, text: …}.
    sms: Or<Text, Sms>,
    /// Vị trí trên bản đồ: "vĩ độ, kinh độ" với dấu chấm thập phân, hoặc {lat: …, lon: …, label: …}.
    ///
    /// A place: "latitude, longitude" with decimal points, or {lat: …, lon: …, label: …}.
    #[schemars(extend("examples" = ["21.3190, 105.2890"]))]
    geo: Or<Text, Geo>,
    /// Danh bạ: cần có name hoặc org.
    ///
    /// A contact: needs name or org.
    vcard: Vcard,
    /// Chuyển khoản VietQR: {bank: …, account: …}, hoặc cả chuỗi ngân hàng đã cấp, bắt đầu bằng 000201.
    ///
    /// A bank transfer by VietQR: {bank: …, account: …}, or a code that you have already, which begins with 000201.
    vietqr: Or<Text, VietQr>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Wifi {
    /// Tên mạng, nhiều nhất 32 byte. Bắt buộc.
    ///
    /// Name of the network, 32 bytes or less. Needed.
    ssid: Text,
    /// Mật khẩu, 8 đến 63 ký tự.
    ///
    /// Password, 8 to 63 signs.
    password: Option<Text>,
    /// true nếu mạng không hiện tên.
    ///
    /// true where the network does not show its name.
    hidden: Option<Flag>,
    /// Cách bảo mật; bình thường không cần ghi.
    ///
    /// Security; usually not needed.
    security: Option<Security>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
pub enum Security {
    /// WPA, WPA2, WPA3.
    Wpa,
    /// Chỉ WPA3.
    ///
    /// WPA3 alone.
    Sae,
    /// WEP, đời cũ.
    ///
    /// WEP, of old routers.
    Wep,
    /// Không có mật khẩu.
    ///
    /// No password.
    None,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Sms {
    /// Số nhận tin. Bắt buộc.
    ///
    /// The number. Needed.
    to: Text,
    /// Nội dung tin.
    ///
    /// The message.
    text: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Geo {
    /// Vĩ độ. Bắt buộc.
    ///
    /// Latitude. Needed.
    lat: Text,
    /// Kinh độ. Bắt buộc.
    ///
    /// Longitude. Needed.
    lon: Text,
    /// Tên địa điểm.
    ///
    /// Name of the place.
    label: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend("anyOf" = [{"required": ["name"]}, {"required": ["org"]}]))]
pub struct Vcard {
    /// Họ và tên; chữ đầu là họ, chữ cuối là tên. Tên theo thứ tự khác thì ghi từng phần.
    ///
    /// The name: the first word is the family name, the last the given name. Say names of another order in parts.
    name: Option<Or<Text, Name>>,
    /// Cơ quan, đơn vị.
    ///
    /// Organisation.
    org: Option<Text>,
    /// Chức vụ.
    ///
    /// Title or position.
    title: Option<Text>,
    /// Số điện thoại, một hoặc nhiều số.
    ///
    /// Telephone numbers, one or a list.
    tel: Option<OneOrMore<Text>>,
    /// Thư điện tử.
    ///
    /// E-mail address.
    email: Option<Text>,
    /// Trang web.
    ///
    /// Web address.
    url: Option<Text>,
    /// Địa chỉ.
    ///
    /// Postal address.
    address: Option<Text>,
    /// Ghi chú.
    ///
    /// Note.
    note: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub struct Name {
    /// Họ.
    ///
    /// Family name.
    family: Option<Text>,
    /// Tên đệm.
    ///
    /// Middle name.
    middle: Option<Text>,
    /// Tên.
    ///
    /// Given name.
    given: Option<Text>,
    /// Cả họ và tên, như khi đọc lên.
    ///
    /// The whole name, as it is said.
    full: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields, extend("anyOf" = [{"required": ["account"]}, {"required": ["card"]}]))]
pub struct VietQr {
    /// Ngân hàng: tên thường gọi hoặc mã BIN 6 chữ số. Bắt buộc.
    ///
    /// The bank: what people call it, or its BIN of six digits. Needed.
    #[schemars(extend("examples" = ["Vietcombank", "VietinBank", "BIDV", "Agribank", "MB", "Techcombank", "ACB"]))]
    bank: Text,
    /// Số tài khoản; đặt trong ngoặc kép nếu bắt đầu bằng số 0.
    ///
    /// Number of the account; in quotes if it begins with 0.
    account: Option<Text>,
    /// Số thẻ, thay cho số tài khoản.
    ///
    /// Number of a card, instead of the account.
    card: Option<Text>,
    /// Số tiền bằng đồng, viết liền: 150000. Không ghi thì người trả tự nhập.
    ///
    /// A whole number of dong: 150000. Without it the payer types it.
    amount: Option<Text>,
    /// Nội dung chuyển khoản, nhiều nhất 25 ký tự; dấu được bỏ giúp.
    ///
    /// What the transfer is for, 25 letters at most; marks are taken off.
    purpose: Option<Text>,
    /// Số hóa đơn.
    ///
    /// Number of the bill.
    bill: Option<Text>,
    /// Tên người nhận; dấu được bỏ giúp.
    ///
    /// Name of the payee; marks are taken off.
    name: Option<Text>,
    /// Tỉnh, thành phố, nhiều nhất 15 ký tự; dấu được bỏ giúp.
    ///
    /// City, 15 letters at most; marks are taken off.
    city: Option<Text>,
}
