//! The ways to read a word of a garbled text: none where it cannot have been written so.

use crate::text::syllables::{is_syllable, toneless};
use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// The bytes of a word in a code page; Windows-1258 writes most tones apart.
pub(super) fn bytes(chunk: &str, page: &'static encoding_rs::Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut push = |c: char| {
        // What the page leaves free stays a control character.
        if c.is_ascii() || page == WINDOWS_1252 && c < '\u{100}' {
            bytes.push(c as u8);
            return true;
        }
        let text = c.to_string();
        let (encoded, _, lost) = page.encode(&text);
        bytes.extend(encoded.iter().filter(|_| !lost));
        !lost
    };
    let whole = chunk.chars().all(|c| {
        let (letter, tone) = toneless(c).unwrap_or((c, None));
        push(c)
            || page == WINDOWS_1258
                && (tone.map_or(c != letter, |tone| push(letter) && push(tone)) || letter == c && std::iter::once(c).nfd().all(&mut push))
    });
    whole.then_some(bytes)
}

pub(super) fn western(chunk: &str, page: &'static encoding_rs::Encoding) -> Option<String> {
    bytes(chunk, page).map(|bytes| WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned())
}

/// Bytes as UTF-8. What is easily lost is put back: the second byte of “à”, a non-breaking space that became a plain one or
/// was trimmed, and that of “Đ”, which Windows-1252 leaves free.
pub(super) fn utf8(bytes: &[u8]) -> Option<String> {
    let mut whole = Vec::with_capacity(bytes.len() + 1);
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        whole.push(byte);
        match (byte, rest.peek()) {
            (0xc2 | 0xc3, None | Some(b' ')) => {
                rest.next();
                whole.push(0xa0);
            }
            (0xc4, next) if next.is_none_or(|next| !(0x80..0xc0).contains(next)) => whole.push(0x90),
            _ => {}
        }
    }
    String::from_utf8(whole).ok().filter(|text| !text.is_ascii())
}

/// TCVN 5712:1993, VN3, from byte A1: what .VnTime and its kind have. A full stop where it has no letter.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";

pub(super) fn tcvn3(chunk: &str) -> Option<String> {
    // A sign that stands alone is one, but for the words “à”, “ạ” and “ô”.
    let mut chars = chunk.chars();
    if chars.next().is_some_and(|c| !c.is_alphabetic() && !matches!(c, 'µ' | '¹' | '«')) && chars.next().is_none() {
        return None;
    }
    let letter = |c: char| match (c as usize).checked_sub(0xa1).and_then(|i| TCVN3.chars().nth(i)) {
        None | Some('.') => Some(c).filter(|c| c.is_ascii() || !c.is_alphabetic()),
        letter => letter,
    };
    let mut text = chunk.chars().map(letter).collect::<Option<String>>()?;
    // Its letter ư is a soft hyphen, which much drops: “trêng” was “tr\u{ad}êng”.
    if let Some((i, _)) = text.char_indices().find(|(_, c)| toneless(*c).is_some_and(|(c, _)| c == 'ơ')).filter(|_| !is_syllable(&text)) {
        let whole = format!("{}ư{}", &text[..i], &text[i..]);
        text = if is_syllable(&whole) { whole } else { text };
    }
    let capitals = chunk.chars().skip(1).any(|c| c.is_ascii_uppercase()) && !chunk.contains(|c: char| c.is_ascii_lowercase());
    Some(if capitals { text.to_uppercase() } else { text })
}

/// VNI for Windows: letters of their own, and marks after vowels: which, what they add, and the tones in this order.
const VNI_LETTERS: &str = "ôơöưñđííììæỉóĩòịîỵ";
const VNI_MARKS: [(&str, &str, &str); 3] = [("aeouyơư", "", "-ùøûõï"), ("aeo", "\u{302}", "âáàåãä"), ("a", "\u{306}", "êéèúüë")];
const VNI_TONES: [&str; 6] = ["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"];

pub(super) fn vni(chunk: &str) -> Option<String> {
    let (mut text, mut vowel) = (String::new(), None);
    for c in chunk.chars() {
        let small = c.to_lowercase().next()?;
        let tone = |marks: &str| marks.chars().position(|mark| mark == small);
        let mark = |(vowels, added, marks): &(&str, &'static str, &str)| {
            Some((*added, tone(marks)?)).filter(|_| vowel.is_some_and(|v| vowels.contains(v)))
        };
        if let Some((added, tone)) = VNI_MARKS.iter().find_map(mark) {
            text.push_str(added);
            text.push_str(VNI_TONES[tone]);
            vowel = None;
            continue;
        }
        let letter = match VNI_LETTERS.chars().position(|letter| letter == small) {
            Some(i) => VNI_LETTERS.chars().nth(i | 1)?,
            None if small.is_ascii() || !small.is_alphabetic() => small,
            None => return None,
        };
        vowel = Some(letter);
        if c.is_uppercase() { text.extend(letter.to_uppercase()) } else { text.push(if small == c { letter } else { c }) }
    }
    Some(text.nfc().collect())
}

/// VIQR (RFC 1456). No address, path or formula is read so.
pub(super) fn viqr(chunk: &str) -> Option<String> {
    if chunk.contains(|c: char| c.is_ascii_digit() || "/@=\\_".contains(c)) {
        return None;
    }
    let (mut text, mut vowel, mut has_tone, mut before) = (String::new(), None, false, ' ');
    for c in chunk.chars() {
        let vowel_in = |vowels: &str| vowel.is_some_and(|v: char| vowels.contains(v.to_ascii_lowercase()));
        let tone = "'`?~.".find(c).filter(|_| !has_tone && vowel_in("aeiouy")).map(|i| VNI_TONES[i + 1]);
        match (c, tone) {
            ('^', _) if vowel_in("aeo") => text.push('\u{302}'),
            ('(', _) if vowel_in("a") => text.push('\u{306}'),
            ('+', _) if vowel_in("ou") => text.push('\u{31b}'),
            (_, Some(tone)) => {
                text.push_str(tone);
                has_tone = true;
            }
            ('d' | 'D', _) if matches!(before, 'd' | 'D') => {
                text.pop();
                text.push(if before == 'D' { 'Đ' } else { 'đ' });
            }
            _ => {
                text.push(c);
                vowel = Some(c);
                has_tone &= c.is_alphabetic();
            }
        }
        before = c;
    }
    Some(text.nfc().collect())
}

/// Entities of HTML: numbers, letters with one mark, and the commonest signs.
pub(super) fn entities(chunk: &str) -> String {
    // Some write them twice.
    let text = chunk.replace("&amp;", "&");
    replace_each(&text, "&", |rest| {
        // The longest name has seven letters.
        let end = rest.bytes().take(12).position(|byte| byte == b';')?;
        let name = &rest[..end];
        let number = || match name.strip_prefix("#")? {
            hex if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
            decimal => decimal.parse().ok(),
        };
        let c = number().and_then(char::from_u32).or_else(|| named(name))?;
        Some((c, name.len() + 1))
    })
}

const SIGNS: [(&str, char); 9] = [
    ("nbsp", '\u{a0}'),
    ("quot", '"'),
    ("lt", '<'),
    ("gt", '>'),
    ("ndash", '–'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("dstrok", 'đ'),
];
const MARKS: [(&str, char); 5] =
    [("grave", '\u{300}'), ("acute", '\u{301}'), ("circ", '\u{302}'), ("tilde", '\u{303}'), ("breve", '\u{306}')];

fn named(name: &str) -> Option<char> {
    let of = |list: &[(&str, char)], name: &str| list.iter().find(|(other, _)| *other == name).map(|(_, c)| *c);
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let sign = || of(&SIGNS, name).or((name == "Dstrok").then_some('Đ'));
    of(&MARKS, &name[1..]).and_then(|mark| compose(letter, mark)).or_else(sign)
}

/// Escapes of JSON.
pub(super) fn escapes(chunk: &str) -> String {
    replace_each(chunk, "\\u", |rest| Some((char::from_u32(u32::from_str_radix(rest.get(..4)?, 16).ok()?)?, 4)))
}

/// The text with what each occurrence of a sign and the bytes after it stand for, where they stand for anything.
fn replace_each(text: &str, sign: &str, read: impl Fn(&str) -> Option<(char, usize)>) -> String {
    let (mut found, mut at) = (String::new(), 0);
    while let Some(next) = text[at..].find(sign).map(|i| at + i) {
        found.push_str(&text[at..next]);
        let after = next + sign.len();
        match read(&text[after..]) {
            Some((c, length)) => {
                found.push(c);
                at = after + length;
            }
            None => {
                found.push_str(sign);
                at = after;
            }
        }
    }
    found + &text[at..]
}
