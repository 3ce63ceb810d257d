//! What is said of letters.

use super::{Said, said};

pub(super) fn no_glyph(character: char, font: &str) -> Said {
    said(
        say!(
            "Không phông nào có ký tự “{character}” (U+{code:04X}); phông đang dùng: {font}.",
            "No font has the character “{character}” (U+{code:04X}); the font in use is {font}.",
            code = character as u32
        ),
        say!("Thay ký tự đó, hoặc thêm phông có nó vào “fonts:”.", "Replace the character, or add a font that has it under “fonts:”."),
    )
}

pub(super) fn loose_mark(character: char) -> Said {
    said(
        say!(
            "Dấu rời U+{code:04X} không ghép được với chữ đứng trước.",
            "The loose mark U+{code:04X} joins no letter before it.",
            code = character as u32
        ),
        say!("Gõ lại chữ đó bằng bộ gõ Unicode dựng sẵn.", "Type that letter again, as one precomposed letter."),
    )
}
