//! Signs that change what one sees, or are not seen at all.

/// Whether a sign turns the direction of what follows (UAX #9 §2): what one reads is then not what is there.
pub(super) fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign is for machines alone. Phones show a line break or a tab of a text as such.
pub(super) fn is_for_machines(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Whether a sign is not seen in an address: spaces other than that of the keyboard, fillers, marks of direction, tags,
/// variants, and signs without width (UTS #39 table 1, “default ignorable”).
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{1680}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{2800}'
        | '\u{3000}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a sign is not seen in a text, where it is no part of a picture (joiners, variants, tags of flags) and no space.
pub(crate) fn is_hidden(c: char) -> bool {
    is_unseen(c) && !c.is_whitespace() && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

/// The bytes that are percent-encoded, as letters. What is no UTF-8 shows as such.
pub(super) fn decoded(text: &str) -> String {
    encoded_by('%', text)
}

/// The same for bytes that another sign of ASCII encodes.
pub(super) fn encoded_by(sign: char, text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| bytes.get(at + i).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(1), hex(2)) {
            (byte, Some(high), Some(low)) if char::from(byte) == sign => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_drops_is_unseen_in_an_address_too() {
        for c in '\0'..=char::MAX {
            assert!(!crate::text::is_unseen(c) || is_unseen(c), "{c:?}");
            assert!(!is_turning(c) || is_unseen(c), "{c:?}");
        }
    }
}
