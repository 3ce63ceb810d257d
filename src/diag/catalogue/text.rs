//! What is said of letters.

use super::{Said, said, tongue};
use crate::text::legacy::Encoding;

pub(super) fn no_glyph(characters: &[char], font: &str) -> Said {
    let list: Vec<String> = characters.iter().map(|c| format!("“{c}” (U+{:04X})", u32::from(*c))).collect();
    let list = list.join(", ");
    let first = characters.first().map_or(0, |c| u32::from(*c));
    said(
        say!("Không phông nào có ký tự {list}; phông đang dùng: {font}.", "No font has the character {list}; the font in use is {font}."),
        match first {
            0xff01..=0xff5e => {
                say!("Gõ lại bằng chữ và số thường, không phải loại toàn góc.", "Type plain letters and digits, not full-width ones.")
            }
            0x370..=0x52f => say!(
                "Đây là chữ Nga hoặc Hy Lạp trông giống chữ La-tinh: gõ lại.",
                "This is a Cyrillic or Greek letter that may look like a Latin one: type it again."
            ),
            0x1f000..=0x1faff | 0x2600..=0x27bf | 0xfe0f => say!(
                "Biểu tượng không in được: xóa đi, hoặc dùng hình có sẵn (icon).",
                "Emoji are not printed: delete it, or use a drawing (icon)."
            ),
            0xe000..=0xf8ff => say!(
                "Đây là ký hiệu của phông Wingdings hay Symbol: xóa đi, hoặc dùng hình có sẵn (icon).",
                "This is a sign of the fonts Wingdings or Symbol: delete it, or use a drawing (icon)."
            ),
            0x80..=0x9f | 0xfffd => say!(
                "Chữ đã bị đọc sai bảng mã: chép lại từ bản gốc.",
                "The text was read in the wrong encoding: copy it again from its source."
            ),
            _ => say!(
                "Thay ký tự đó, hoặc thêm phông có nó vào “fonts:”.",
                "Replace the character, or add a font that has it under “fonts:”."
            ),
        },
    )
}

pub(super) fn loose_mark(character: char) -> Said {
    said(
        say!(
            "Dấu rời U+{code:04X} không ghép được với chữ đứng trước.",
            "The loose mark U+{code:04X} joins no letter before it.",
            code = character as u32
        ),
        say!(
            "Gõ lại chữ đó; đặt bảng mã của bộ gõ là “Unicode”, không phải “Unicode tổ hợp”.",
            "Type that letter again, as one precomposed letter."
        ),
    )
}

pub(super) fn old_encoding(word: &str, reading: &str, garble: Encoding) -> Said {
    let (vi, en) = match garble {
        Encoding::Tcvn3 => {
            ("là chữ theo bảng mã TCVN3 (phông .VnTime), không phải Unicode", "is in the encoding TCVN3 (fonts .VnTime), not Unicode")
        }
        Encoding::Vni => ("là chữ theo bảng mã VNI, không phải Unicode", "is in the encoding VNI, not Unicode"),
        Encoding::Windows1258 => ("là chữ Windows-1258 bị đọc nhầm bảng mã", "is in Windows-1258 and was read as another encoding"),
        Encoding::Utf8 => ("là chữ Unicode bị đọc nhầm bảng mã", "is Unicode text that was read in the wrong encoding"),
        Encoding::Utf8Twice => ("là chữ Unicode bị đọc nhầm bảng mã hai lần", "is Unicode text that was read in the wrong encoding twice"),
        Encoding::Escapes => ("còn nguyên mã \\u của JSON, chưa đổi thành chữ", "still has the escapes of JSON (\\u) in place of letters"),
        Encoding::Entities => ("còn nguyên mã HTML, chưa đổi thành chữ", "still has the codes of HTML in place of letters"),
        Encoding::Viqr => ("gõ kiểu VIQR, dấu chưa thành chữ", "is written in VIQR, its signs not yet letters"),
    };
    said(
        (format!("“{word}” {vi}."), format!("“{word}” {en}.")),
        match reading.is_empty() {
            true => say!("Gõ lại bằng Unicode, hoặc đổi bảng mã bằng UniKey (Ctrl+Shift+F6).", "Type it again in Unicode, or convert it."),
            false => say!("Có lẽ là “{reading}”: gõ lại như vậy.", "It probably reads “{reading}”: type that."),
        },
    )
}

pub(super) fn stray_accent(sign: char, word: &str) -> Said {
    said(
        say!("Dấu “{sign}” đứng rời trong “{word}”.", "The accent “{sign}” stands alone in “{word}”."),
        say!("Gõ lại chữ có dấu bằng bộ gõ Unicode.", "Type the letter with its accent anew."),
    )
}

pub(super) fn unfinished(words: &str) -> Said {
    said(
        say!("“{words}” giống như chỗ chờ điền còn sót lại.", "“{words}” looks like something left to fill in."),
        say!(
            "Ghi nội dung thật; nếu đúng là nội dung thì cho qua bằng “allow: [unfinished-text]”.",
            "Write what is meant; if this is, let it pass with “allow: [unfinished-text]”."
        ),
    )
}

pub(super) fn invisible_sign(character: char, near: &str) -> Said {
    said(
        say!(
            "Có ký tự không nhìn thấy (U+{code:04X}) ở “{near}”.",
            "There is a sign that is not seen (U+{code:04X}) at “{near}”.",
            code = u32::from(character)
        ),
        say!("Xóa nó: gõ lại đoạn này thay vì chép.", "Delete it: type the words instead of copying them."),
    )
}

pub(super) fn double_space(near: &str) -> Said {
    said(say!("Có hai dấu cách liền nhau ở “{near}”.", "There are two spaces in a row at “{near}”."), say!("Bỏ một dấu.", "Remove one."))
}

pub(super) fn space_before_sign(sign: char, near: &str) -> Said {
    said(
        say!("Có dấu cách trước “{sign}” ở “{near}”.", "There is a space before “{sign}” at “{near}”."),
        say!("Bỏ dấu cách: “{sign}” đứng liền chữ trước nó.", "Remove it: “{sign}” follows the word at once."),
    )
}

pub(super) fn straight_quotes(near: &str) -> Said {
    said(
        say!("Ngoặc kép thẳng ở “{near}” trông như chữ đánh máy.", "Straight quotes at “{near}” look like a typewriter's."),
        say!("Dùng ngoặc kép cong: “…”.", "Use curly quotes: “…”."),
    )
}

pub(super) fn hard_address(address: &str) -> Said {
    said(
        say!("Địa chỉ in trên giấy “{address}” khó gõ bằng tay.", "The printed address “{address}” is hard to type by hand."),
        say!(
            "In một địa chỉ ngắn, không có ?, % hay dấu; địa chỉ dài để trong mã QR.",
            "Print a short one, without ?, % or accents; the long one can stay in the code."
        ),
    )
}

pub(super) fn same_translation(one: &str, other: &str) -> Said {
    let ((one_vi, one_en), (other_vi, other_en)) = (tongue(one), tongue(other));
    said(
        (format!("Bản {one_vi} và bản {other_vi} giống hệt nhau."), format!("The texts in {one_en} and in {other_en} are the same.")),
        say!(
            "Dịch bản này; chữ chung cho mọi ngôn ngữ thì ghi một lần, không chia theo ngôn ngữ.",
            "Translate this one; a text for all languages is written once, without languages."
        ),
    )
}

pub(super) fn wrong_language(language: &str) -> Said {
    match language {
        "vi" => said(
            say!("Bản tiếng Việt này không có dấu nào.", "This Vietnamese text has no accents at all."),
            say!("Gõ lại có dấu; hay hai bản bị đổi chỗ?", "Type it with its accents; or have two texts changed places?"),
        ),
        _ => {
            let (vi, en) = tongue(language);
            said(
                say!("Bản {vi} lại viết bằng tiếng Việt.", "This text in {en} is written in Vietnamese.",),
                say!("Dịch bản này; hay hai bản bị đổi chỗ?", "Translate it; or have two texts changed places?"),
            )
        }
    }
}

pub(super) fn markup_left(sign: &str) -> Said {
    said(
        say!("“{sign}” sẽ bị in nguyên như thế.", "“{sign}” would be printed as it stands."),
        say!(
            "Chữ đậm ghi **…** sát chữ, mở và đóng đều ghi **; xuống dòng ghi \\n trong ngoặc kép; thẻ HTML và dấu đầu dòng thì bỏ đi; ghi & thay cho &amp;.",
            "For bold write **…** close to the words, ** before and after; for a new line write \\n in double quotes; leave out tags of HTML and bullets; write & for &amp;."
        ),
    )
}

pub(super) fn one_brace(found: &str, meant: &str) -> Said {
    said(
        say!("“{found}” không phải là chỗ điền nên sẽ bị in nguyên.", "“{found}” is no placeholder, and would be printed as it stands."),
        say!("Ghi \"{meant}\".", "Write \"{meant}\"."),
    )
}

pub(super) fn name_as_text(name: &str) -> Said {
    said(
        say!(
            "“{name}” là tên của một cột hay một trường, nhưng thiếu ngoặc nhọn nên bản nào cũng nhận đúng chữ “{name}”.",
            "“{name}” is the name of a column or a field, but without braces every copy gets that very word."
        ),
        say!("Ghi \"{{{{ {name} }}}}\".", "Write \"{{{{ {name} }}}}\"."),
    )
}

pub(super) fn look_alike(found: char, meant: char, word: &str) -> Said {
    said(
        say!(
            "Chữ “{found}” trong “{word}” trông giống “{meant}” nhưng là chữ của bảng chữ cái khác.",
            "The letter “{found}” in “{word}” looks like “{meant}”, but is another."
        ),
        say!("Gõ lại chữ “{meant}”.", "Type “{meant}” anew."),
    )
}

pub(super) fn space_missing(near: &str) -> Said {
    said(
        say!("Thiếu dấu cách sau dấu phẩy hay chấm phẩy ở “{near}”.", "A space is missing after the comma or semicolon at “{near}”."),
        say!("Thêm một dấu cách.", "Add one."),
    )
}

pub(super) fn phone_digits(number: &str, found: usize, wanted: usize) -> Said {
    said(
        say!(
            "Số điện thoại “{number}” có {found} chữ số; số có đầu như thế phải có {wanted}.",
            "The telephone number “{number}” has {found} digits; one that begins so has {wanted}."
        ),
        say!("Gọi thử và ghi đủ số.", "Call it, and write all of its digits."),
    )
}

pub(super) fn quotes_printed(text: &str) -> Said {
    said(
        say!("Ngoặc kép cong quanh “{text}” sẽ được in ra.", "The curly quotes around “{text}” will be printed."),
        say!("Nếu chỉ để bao đoạn chữ thì dùng ngoặc kép thẳng: \"…\".", "If they only hold the text together, use straight ones: \"…\"."),
    )
}
