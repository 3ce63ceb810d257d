//! Words about addresses, and about payloads that do harm.

use super::{Said, Words, said};
use crate::qr::payload::{Doubt, Trap};

pub(super) fn url_doubt(address: &str, doubt: &Doubt) -> Said {
    let (message, hint) = match doubt {
        Doubt::Invisible(c) => (
            say!(
                "Địa chỉ trong mã QR có ký tự không nhìn thấy (U+{code:04X}), thường do dán từ Zalo hay trang web; quét sẽ không mở được.",
                "The address in the code holds a sign that is not seen (U+{code:04X}), as comes along from a chat or a web page; it leads nowhere.",
                code = u32::from(*c)
            ),
            say!("Xóa rồi gõ lại địa chỉ.", "Delete the address and type it again."),
        ),
        Doubt::Quotes => (
            say!(
                "Địa chỉ “{address}” mang theo dấu ngoặc, và dấu ấy nằm trong mã QR.",
                "The address “{address}” has quotes around it, which go into the code."
            ),
            say!("Bỏ ngoặc, hoặc dùng ngoặc kép thẳng của YAML: \"…\".", "Take them away, or use the straight quotes of YAML: \"…\"."),
        ),
        Doubt::Space => (
            say!(
                "Địa chỉ “{address}” có dấu cách; nhiều máy chỉ đọc đến đó.",
                "The address “{address}” has a space; many phones stop there."
            ),
            say!(
                "Chép lại từ thanh địa chỉ của trình duyệt, hoặc ghi {{url: \"…\"}}.",
                "Copy it from the address bar of the browser, or write {{url: \"…\"}}."
            ),
        ),
        Doubt::Scheme { meant } | Doubt::Twice { meant } => (
            say!("Phần đầu của địa chỉ “{address}” viết sai.", "The beginning of the address “{address}” is not right."),
            say!("Ghi {meant}", "Write {meant}"),
        ),
        Doubt::LocalFile => (
            say!(
                "“{address}” là tệp trên máy này, điện thoại không mở được.",
                "“{address}” is a file of this computer, which no phone can open."
            ),
            say!("Đưa tệp lên mạng và ghi địa chỉ của nó.", "Put it on the web and write its address."),
        ),
        Doubt::Unfinished => (
            say!("Địa chỉ “{address}” còn chỗ chưa điền.", "The address “{address}” has a part still to be filled in."),
            say!("Thay phần trong ngoặc bằng giá trị thật.", "Put the real value for the part in brackets."),
        ),
        Doubt::Bare { meant } => (
            say!(
                "“{address}” giống địa chỉ trang web nhưng thiếu https://, nhiều máy chỉ hiện chữ.",
                "“{address}” looks like an address, but without https:// many phones only show it as text."
            ),
            say!("Ghi {meant}", "Write {meant}"),
        ),
        Doubt::FullStop => (
            say!("Địa chỉ “{address}” kết thúc bằng dấu câu.", "The address “{address}” ends in a sign of a sentence."),
            say!("Bỏ dấu ở cuối.", "Take the last sign away."),
        ),
        Doubt::Letters => (
            say!(
                "Địa chỉ “{address}” có chữ có dấu, chưa được mã hóa.",
                "The address “{address}” has letters with accents that are not encoded."
            ),
            say!("Ghi {{url: \"{address}\"}} để toroi mã hóa.", "Write {{url: \"{address}\"}} to have it encoded."),
        ),
        Doubt::LineBreak => (
            say!(
                "Địa chỉ “{line}” bị ngắt bởi dấu xuống dòng hoặc tab; nhiều máy chỉ đọc đến đó.",
                "The address “{line}” has a line break or a tab; many phones stop there.",
                line = address.split(char::is_control).next().unwrap_or_default(),
            ),
            say!(
                "Ghi địa chỉ trên một dòng, không có gì phía sau; lời dẫn thì in cạnh mã.",
                "Write it on one line with nothing behind it; print words beside the code."
            ),
        ),
        Doubt::Punycode { label } => (
            say!(
                "“{label}” trong địa chỉ không phải là tên miền có chữ viết dạng xn--.",
                "“{label}” in the address is no name of letters that is written with xn--."
            ),
            say!(
                "Ghi tên miền bằng chữ, ví dụ tìmkiếm.vn, hoặc chép lại từ trình duyệt.",
                "Write the host in its letters, such as tìmkiếm.vn, or copy it again from the browser."
            ),
        ),
        Doubt::EditLink => (
            say!(
                "“{address}” là trang sửa biểu mẫu, không phải trang điền.",
                "“{address}” is where the form is edited, not where it is filled in."
            ),
            say!("Lấy liên kết ở nút “Gửi” của biểu mẫu.", "Take the link behind its button “Send”."),
        ),
        // These have codes of their own.
        Doubt::Http => return url_http(address),
        Doubt::Tracking { parts, address } => return url_tracking(parts, address),
        Doubt::Unreachable { host } => return url_unreachable(host),
        Doubt::LookAlike { host, sign, script } => return url_look_alike(host, *sign, *script),
    };
    said(message, hint)
}

pub(super) fn url_http(address: &str) -> Said {
    said(
        say!("“{address}” dùng http, điện thoại báo là không an toàn.", "“{address}” uses http, which phones call not secure."),
        say!("Ghi https:// nếu trang có; mở thử trước khi in.", "Write https:// if the site has it; try it before printing."),
    )
}

pub(super) fn url_tracking(parts: &str, address: &str) -> Said {
    said(
        say!(
            "Địa chỉ có phần theo dõi lượt bấm ({parts}), làm mã QR nhiều ô hơn.",
            "The address carries tracking parts ({parts}), which make the code denser."
        ),
        say!("Bỏ phần ấy: {address}", "Leave them out: {address}"),
    )
}

pub(super) fn url_unreachable(host: &str) -> Said {
    said(
        say!(
            "Người ngoài không mở được “{host}”: đây là địa chỉ nội bộ, hoặc tên chỉ dùng làm ví dụ.",
            "Nobody outside can open “{host}”: it is a name for local use or for examples."
        ),
        say!(
            "Ghi địa chỉ công khai của trang; mở thử bằng điện thoại, không dùng Wi-Fi cơ quan.",
            "Write the public address; try it on a phone without the office's Wi-Fi."
        ),
    )
}

pub(super) fn url_look_alike(host: &str, sign: char, script: Option<&str>) -> Said {
    said(
        look_alike(host, sign, script),
        say!(
            "Xóa rồi gõ lại địa chỉ bằng bàn phím, đừng dán; mở thử và đọc tên trang.",
            "Delete the address and type it again instead of pasting; open it and read whose site it is."
        ),
    )
}

pub(super) fn look_alike(host: &str, sign: char, script: Option<&str>) -> Words {
    let code = u32::from(sign);
    match script {
        Some(script) => {
            let (vi, en) = (vietnamese(script), script.replace('_', " "));
            (
                format!("Chữ “{sign}” trong “{host}” là chữ {vi} (U+{code:04X}), trông như chữ khác: mã QR dẫn đến trang khác."),
                format!("The “{sign}” in “{host}” is {en} (U+{code:04X}) and looks like another letter: the code leads to another site."),
            )
        }
        None => say!(
            "Ký tự “{sign}” trong “{host}” (U+{code:04X}) không có trên bàn phím và trông như ký tự khác: mã QR dẫn đến trang khác.",
            "The sign “{sign}” in “{host}” (U+{code:04X}) is on no keyboard and looks like another: the code leads to another site."
        ),
    }
}

/// What a script is called, where Vietnamese has another name for it.
fn vietnamese(script: &str) -> &str {
    match script {
        "Cyrillic" => "Kirin (Nga)",
        "Greek" => "Hy Lạp",
        "Han" => "Hán",
        "Arabic" => "Ả Rập",
        "Hebrew" => "Do Thái",
        "Georgian" => "Gruzia",
        "Thai" => "Thái",
        "Lao" => "Lào",
        "Hangul" => "Hàn",
        other => other,
    }
}

pub(super) fn qr_trap(found: &Trap) -> Said {
    let (message, hint) = trap(found);
    said(message, hint)
}

pub(super) fn trap(trap: &Trap) -> (Words, Words) {
    match trap {
        Trap::Scheme { scheme } => (
            say!(
                "Mã QR bắt đầu bằng “{scheme}:”: điện thoại sẽ chạy lệnh hoặc mở thứ không phải trang web.",
                "The code begins with “{scheme}:”: phones run it, or open what is no page."
            ),
            say!(
                "Ghi địa chỉ https://…; nếu là chữ để đọc, mở đầu bằng từ khác.",
                "Write an address, https://…; where it is a text to be read, begin with another word."
            ),
        ),
        Trap::Dialling { code } => (
            say!(
                "Quét mã là gọi “{code}”: mã lệnh này có thể chuyển cuộc gọi, mất tiền hoặc đổi máy.",
                "Scanning dials “{code}”: such a code can divert calls, cost money or change the phone."
            ),
            say!(
                "Ghi số điện thoại thường; mã lệnh thì in thành chữ cạnh mã để người dùng tự bấm.",
                "Write an ordinary number; print the code as words, for people to key in themselves."
            ),
        ),
        Trap::Control(sign) => (
            say!(
                "Nội dung mã QR có ký tự điều khiển (U+{code:04X}), thường do chép từ phần mềm khác.",
                "The code holds a control character (U+{code:04X}), as comes along from other software.",
                code = u32::from(*sign)
            ),
            say!("Xóa rồi gõ lại, đừng dán.", "Delete it and type it again instead of pasting."),
        ),
        Trap::Turning(sign) => (
            say!(
                "Nội dung mã QR có ký tự đảo chiều chữ (U+{code:04X}): cái đọc được không phải cái được mở.",
                "The code holds a sign that turns the direction of reading (U+{code:04X}): what one reads is not what opens.",
                code = u32::from(*sign)
            ),
            say!("Xóa rồi gõ lại, đừng dán.", "Delete it and type it again instead of pasting."),
        ),
        Trap::User { host } => (
            say!(
                "Địa chỉ có dấu @ trước tên máy chủ: nó dẫn đến “{host}”, không phải đến tên đứng trước; điện thoại coi đó là lừa đảo.",
                "The address has an @ before its host: it leads to “{host}”, not to the name before it; phones take that for fraud."
            ),
            say!("Bỏ phần trước dấu @.", "Leave out what stands before the @."),
        ),
        Trap::Backslash => (
            say!(
                "Địa chỉ có dấu \\: mỗi máy hiểu tên máy chủ một khác.",
                "The address has a backslash: phones do not agree where its host ends."
            ),
            say!("Ghi dấu / thay cho \\.", "Write / instead of \\."),
        ),
        Trap::Number { host } => (
            say!(
                "Máy chủ “{host}” là một con số: không ai biết nó dẫn đến đâu.",
                "The host “{host}” is a number: nobody can tell where it leads."
            ),
            say!("Ghi tên miền, ví dụ www.phutho.gov.vn.", "Write its name, such as www.phutho.gov.vn."),
        ),
        Trap::HostSign { host, sign: '%' | '％' } => (
            say!(
                "Tên miền “{host}” bị mã hóa bằng dấu %: không ai đọc được nó dẫn đến đâu.",
                "The host “{host}” is encoded with a percent sign: nobody can read where it leads."
            ),
            say!(
                "Ghi tên miền bằng chữ; nếu lấy từ bảng thì để cả địa chỉ https://… trong một cột.",
                "Write it in its letters; where it comes from a table, keep the whole address, https://…, in one column."
            ),
        ),
        Trap::HostSign { host, sign } => (
            say!(
                "Dấu “{sign}” trong “{host}” (U+{code:04X}) không phải dấu thường của địa chỉ: cái đọc được không phải cái được mở.",
                "The sign “{sign}” in “{host}” (U+{code:04X}) is none that parts an address: what one reads is not what opens.",
                code = u32::from(*sign)
            ),
            say!("Xóa rồi gõ lại địa chỉ bằng bàn phím, đừng dán.", "Delete the address and type it again instead of pasting."),
        ),
    }
}
