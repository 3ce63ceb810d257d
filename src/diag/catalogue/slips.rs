//! What is said of YAML that is none.

use super::{Said, Words, said};
use crate::diag::Slip;

pub(super) fn yaml_syntax(slip: &Slip) -> Said {
    let quotes = || say!("Đặt cả đoạn chữ trong ngoặc kép: \"…\".", "Put the whole text in double quotes: \"…\".");
    let (message, hint): (Words, Words) = match slip {
        Slip::Tab => (
            say!("Dòng này thụt vào bằng phím Tab; YAML chỉ nhận dấu cách.", "This line is indented with a tab; YAML takes spaces only."),
            say!("Thay mỗi tab bằng hai dấu cách.", "Put two spaces for each tab."),
        ),
        Slip::Space(c) => (
            say!(
                "Đầu dòng có dấu cách lạ (U+{code:04X}), thường do chép từ Word hay trang mạng.",
                "This line begins with an odd space (U+{code:04X}), as comes along when copied from Word or the web.",
                code = u32::from(*c)
            ),
            say!("Xóa khoảng trống đầu dòng và gõ lại bằng phím cách.", "Delete the space before the line and type it anew."),
        ),
        Slip::Dash => (
            say!("Sau dấu gạch đầu dòng phải có dấu cách.", "A dash that begins an item needs a space behind it."),
            say!("Ghi “- …”.", "Write “- …”."),
        ),
        Slip::NoSpace { key } => (
            say!("Sau “{key}:” phải có dấu cách.", "“{key}:” needs a space behind its colon."),
            say!("Ghi “{key}: …”.", "Write “{key}: …”."),
        ),
        Slip::WideColon => (
            say!("Dấu hai chấm ở đây là dấu rộng kiểu chữ Hán (：).", "This colon is a full-width one (：)."),
            say!("Gõ lại dấu hai chấm thường và một dấu cách: “: ”.", "Type a plain colon and a space: “: ”."),
        ),
        Slip::Colon { text } => {
            (say!("“{text}” có dấu hai chấm mà không ở trong ngoặc kép.", "“{text}” has a colon and stands without quotes."), quotes())
        }
        Slip::Quote(quote) => (
            say!("Dấu ngoặc {quote} mở ở đây chưa được đóng.", "The quote {quote} that opens here is not closed."),
            say!("Thêm {quote} ở cuối đoạn chữ.", "Add a {quote} at the end of the text."),
        ),
        Slip::Early { quote, meant } => (
            say!("Ngoặc {quote} đóng trước khi hết đoạn chữ.", "The quote {quote} closes before the text ends."),
            say!(
                "Để một cặp ngoặc kép bao cả đoạn; bên trong dùng ngoặc cong: \"{meant}\".",
                "Let one pair of quotes hold the whole text, and use curly ones inside: \"{meant}\"."
            ),
        ),
        Slip::GoesOn { text } => (
            say!("“{text}” không phải là “khóa: giá trị”.", "“{text}” is no “key: value”."),
            say!(
                "Nếu nó nối tiếp dòng trên thì thụt vào thêm hai dấu cách.",
                "If it goes on from the line above, indent it by two spaces more."
            ),
        ),
        Slip::Equals { meant } => (
            say!("Giữa khóa và giá trị là dấu hai chấm, không phải dấu bằng.", "A colon stands between key and value, not an equals sign."),
            say!("Ghi “{meant}”.", "Write “{meant}”."),
        ),
        Slip::Beside { key, above } => (
            say!(
                "“{key}” đứng ngang với “{above}”, mà các dòng dưới lại thụt vào.",
                "“{key}” stands beside “{above}”, but the lines below are indented."
            ),
            say!("Nếu nó thuộc “{above}” thì thụt nó vào hai dấu cách.", "If it belongs inside “{above}”, indent it by two spaces."),
        ),
        Slip::Sign(sign) => {
            (say!("Đoạn chữ bắt đầu bằng “{sign}”, dấu riêng của YAML.", "The text begins with “{sign}”, a sign of YAML's own."), quotes())
        }
        Slip::Placeholder => (
            say!("{{{{ … }}}} ở đây không nằm trong ngoặc kép.", "Here {{{{ … }}}} stands without quotes."),
            say!("Ghi \"{{{{ … }}}}\".", "Write \"{{{{ … }}}}\"."),
        ),
        Slip::Open(bracket) => {
            let close = if *bracket == '{' { '}' } else { ']' };
            (
                say!("Dấu ngoặc “{bracket}” mở ở đây chưa được đóng.", "The bracket “{bracket}” that opens here is not closed."),
                say!(
                    "Thêm “{close}” vào chỗ kết thúc; giữa các mục có dấu phẩy, chữ có dấu phẩy thì đặt trong ngoặc kép.",
                    "Add “{close}” where it ends; commas stand between entries, and a text with a comma in quotes."
                ),
            )
        }
        Slip::Deep => (
            say!(
                "Dòng này thụt sâu hơn dòng trên, mà dòng trên đã có nội dung.",
                "This line stands further in than the one above, which has a value already."
            ),
            say!("Thụt dòng này bằng các dòng cùng cấp.", "Indent it as much as its neighbours."),
        ),
        Slip::Uneven => (
            say!("Dòng này không thẳng cột với dòng nào ở trên.", "This line begins below no other one."),
            say!(
                "Thụt dòng này bằng các dòng cùng cấp, mỗi bậc hai dấu cách.",
                "Indent it as much as its neighbours, two spaces for each step."
            ),
        ),
        Slip::Escape(sign) => (
            say!("Dấu “\\{sign}” trong ngoặc kép không có nghĩa.", "“\\{sign}” in double quotes means nothing."),
            say!(
                "Đường dẫn thì dùng dấu /; dấu \\ thật thì viết \\\\ hoặc đặt trong ngoặc đơn '…'.",
                "Paths take a /; for a real \\ write \\\\, or put the text in single quotes '…'."
            ),
        ),
        Slip::NoColon { text } => (
            say!("“{text}” không phải là “khóa: giá trị”.", "“{text}” is no “key: value”."),
            say!(
                "Thêm dấu hai chấm và một dấu cách sau khóa; đoạn chữ nhiều dòng thì ghi “khóa: |” rồi thụt các dòng vào.",
                "Add a colon and a space behind the key; for a text of several lines write “key: |” and indent the lines."
            ),
        ),
        Slip::Documents => (
            say!("Tệp có nhiều tài liệu YAML (dòng ---).", "The file holds several documents (a line ---)."),
            say!("Bỏ dòng ---, hoặc tách thành các tệp riêng.", "Remove the line ---, or make files of their own."),
        ),
        Slip::Tags => (say!("Ở đây không dùng nhãn (!…).", "Tags (!…) are not used here."), quotes()),
        Slip::Alias { name, near } => (
            say!(
                "“*{name}” gọi tới một tên chưa được đặt bằng “&{name}” ở phía trên.",
                "“*{name}” calls a name that no “&{name}” gave before it."
            ),
            match near {
                Some(near) if near == name => say!(
                    "Ghi thẳng giá trị ở đây, hoặc chuyển dòng có “&{name}” lên trên.",
                    "Write the value here, or move the line with “&{name}” above."
                ),
                Some(near) => say!(
                    "Có phải ý bạn là “*{near}”? Nếu * là chữ cần in thì đặt cả đoạn trong ngoặc kép.",
                    "Did you mean “*{near}”? If the * is to be printed, put the whole text in quotes."
                ),
                None => say!("Chữ bắt đầu bằng * thì đặt trong ngoặc kép.", "Put a text that begins with a * in quotes."),
            },
        ),
        Slip::OddKey => (
            say!("Khóa phải là một từ, không phải danh sách hay một nhóm “khóa: giá trị”.", "A key is a plain word, no list and no map."),
            say!("{{{{ … }}}} thì đặt trong ngoặc kép.", "Put {{{{ … }}}} in quotes."),
        ),
        Slip::Control(c @ '\u{80}'..='\u{9f}') => (
            say!(
                "Ở đây có ký tự hỏng (U+{code:04X}): chữ bị đọc sai bảng mã.",
                "Here is a broken sign (U+{code:04X}): the text was read in the wrong encoding.",
                code = u32::from(*c)
            ),
            say!("Chép lại từ bản gốc.", "Copy it again from the original."),
        ),
        Slip::Control(c) => (
            say!(
                "Ở đây có ký tự không nhìn thấy (U+{code:04X}), như dấu xuống dòng của Word.",
                "Here is a sign that is not seen (U+{code:04X}), such as a line break of Word.",
                code = u32::from(*c)
            ),
            say!("Xóa nó và gõ lại chỗ này.", "Delete it and type this place anew."),
        ),
        Slip::Comma => (
            say!("Thiếu dấu phẩy trước mục này.", "A comma is missing before this entry."),
            say!("Trong {{…}} và […] các mục cách nhau bằng dấu phẩy.", "In {{…}} and […] commas stand between entries."),
        ),
        Slip::Close(bracket) => (
            say!("Ngoặc “{bracket}” này không có ngoặc mở.", "This “{bracket}” closes nothing."),
            say!("Bỏ nó, hoặc thêm ngoặc mở.", "Remove it, or open one before it."),
        ),
        Slip::Slashes => (
            say!("“//” không phải là ghi chú của YAML.", "“//” is no comment of YAML."),
            say!("Ghi chú bắt đầu bằng dấu #.", "A comment begins with a #."),
        ),
        Slip::Fence => (
            say!("“```” là của Markdown, không thuộc YAML.", "“```” belongs to Markdown, not to YAML."),
            say!("Xóa dòng này.", "Delete this line."),
        ),
        Slip::Foreign(kind) => (
            say!("Đây là tệp {kind}, không phải tệp văn bản thuần.", "This is a {kind} file, not plain text."),
            say!(
                "Soạn bằng Notepad hay trình soạn thảo mã, lưu dạng văn bản thuần (UTF-8) với đuôi .yaml.",
                "Write it in Notepad or a code editor, and save it as plain text (UTF-8) with the ending .yaml."
            ),
        ),
        Slip::Other(detail) => (
            say!("Tệp YAML sai cú pháp gần chỗ này (nguyên văn: {detail}).", "Near here this is not valid YAML ({detail})."),
            say!(
                "Xem dòng này và dòng trên: thụt dòng bằng dấu cách; chữ có dấu hai chấm, dấu # hay {{{{ }}}} ở trong ngoặc kép.",
                "Look at this line and the one above: indent with spaces; a text with a colon, a # or {{{{ }}}} stands in quotes."
            ),
        ),
    };
    said(message, hint)
}

pub(super) fn comment_in_text(text: &str, comment: &str) -> Said {
    if text.is_empty() {
        return said(
            say!(
                "“{comment}” không ở trong ngoặc kép nên là ghi chú; giá trị để trống.",
                "“{comment}” stands without quotes, so it is a comment, and the value is empty."
            ),
            say!("Ghi \"{comment}\".", "Write \"{comment}\"."),
        );
    }
    said(
        say!(
            "Chỉ “{text}” được đọc; từ “{comment}” trở đi là ghi chú của YAML.",
            "Only “{text}” is read; “{comment}” and what follows is a comment of YAML."
        ),
        say!(
            "Là nội dung thì đặt cả đoạn trong ngoặc kép; là ghi chú thì để hai dấu cách trước dấu #.",
            "If it belongs to the text, put all of it in quotes; if it is a comment, put two spaces before the #."
        ),
    )
}

pub(super) fn colon_in_text(text: &str) -> Said {
    said(
        say!("“{text}” có dấu hai chấm nên bị đọc thành khóa và giá trị.", "“{text}” has a colon, so it is read as a key and a value."),
        say!("Đặt cả đoạn chữ trong ngoặc kép: \"…\".", "Put the whole text in double quotes: \"…\"."),
    )
}

pub(super) fn comma_in_text(text: &str) -> Said {
    said(
        say!(
            "“{text}” bị đọc thành một mục riêng, vì đoạn chữ trước đó có dấu phẩy.",
            "“{text}” is read as an entry of its own, since the text before it has a comma."
        ),
        say!(
            "Trong {{…}}, chữ có dấu phẩy hay dấu hai chấm phải ở trong ngoặc kép: vi: \"…\".",
            "Inside {{…}} a text with a comma or a colon stands in quotes: vi: \"…\"."
        ),
    )
}
