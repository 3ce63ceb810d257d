//! Bytes to text: UTF-8, UTF-16, and the Windows-1258 that Excel calls ANSI in Vietnam. What is not plainly one of them
//! is refused: a guess would print wrong names.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1258};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The text of a file, and whether it was read as Windows-1258; none where it is in no encoding that is known here.
pub(super) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, bool)> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..])?;
        return (!text.contains('\0')).then_some((text, false));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Some((text.into(), false)),
        _ if bytes.contains(&0) => utf_16(bytes).map(|text| (text, false)),
        _ => windows_1258(bytes).map(|text| (text.into(), true)),
    }
}

/// UTF-16 without its mark: every other byte of what is plain Latin is nought.
fn utf_16(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let noughts = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (encoding, most, least) = match (noughts(0), noughts(1)) {
        (first, second) if second > first => (UTF_16LE, second, first),
        (first, second) => (UTF_16BE, first, second),
    };
    let plain = bytes.len().is_multiple_of(2) && least == 0 && most * 4 >= bytes.len();
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).filter(|_| plain)?;
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n')).then_some(text)
}

/// Text in Windows-1258, if it reads as Vietnamese: its letters and signs only, marks on their vowels, and nearly all of
/// its words such as Vietnamese has. The bytes of TCVN3 and VNI do not read so.
fn windows_1258(bytes: &[u8]) -> Option<String> {
    let text: String = WINDOWS_1258.decode_without_bom_handling_and_without_replacement(bytes)?.nfc().collect();
    if !text.chars().all(|c| matches!(c, '\t' | '\r' | '\n' | ' '..='~') || is_letter(c) || SIGNS.contains(c)) {
        return None;
    }
    let (mut words, mut odd) = (0, 0);
    for token in text.split(TOKEN_ENDS) {
        if has_sign_in_word(token) || has_lost_letter(token) {
            return None;
        }
        for word in token.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii()) {
            words += 1;
            odd += usize::from(!is_word(word));
        }
    }
    (odd * 10 <= words).then_some(text)
}

const TOKEN_ENDS: [char; 8] = [' ', '\u{a0}', '\t', '\r', '\n', ',', ';', '"'];

/// Signs of Windows-1258 beyond ASCII that a table may hold.
const SIGNS: &str = "\u{a0}€‚…‘’“”•–—™§°±²³×÷½¼₫";

/// Whether a letter beyond ASCII is one of Vietnamese.
fn is_letter(c: char) -> bool {
    match c {
        'đ' | 'Đ' => true,
        _ => !c.is_ascii() && toneless(c).is_some_and(|(base, _)| "aăâeêioôơuưy".contains(base)),
    }
}

/// A small letter without its tone, and whether it has one; none where it bears other marks.
fn toneless(c: char) -> Option<(char, bool)> {
    let small = c.to_lowercase().next()?;
    let (mut base, mut toned) = (String::new(), false);
    for part in std::iter::once(small).nfd() {
        match part {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' if toned => return None,
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => toned = true,
            _ => base.push(part),
        }
    }
    let mut composed = base.nfc();
    composed.next().filter(|_| composed.next().is_none()).map(|base| (base, toned))
}

/// Vowels that stand together in Vietnamese, without their tones.
const VOWELS: &str = " a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôô ôi ơi ua uâ ue uê ui uô uơ uy ưa ưi ươ ưu \
    yê iêu yêu oai oao oay oeo uây uôi uya uyê uyu ươi ươu uyêu uai uao uay uau ";
/// Those whose last one never bears the tone.
const GLIDES: &str = " ai ao au ay âu ây eo êu iu oi ôi ơi ui ưi ưu iêu yêu oai oao oay oeo uây uôi uyu ươi ươu uyêu uai uao uay uau ";

/// Whether a word is one that Vietnamese could have: vowels that go together, one tone on the right one.
fn is_word(word: &str) -> bool {
    let letters = word.chars().map(|c| if c.is_ascii() { Some((c.to_ascii_lowercase(), false)) } else { toneless(c) });
    let Some(letters) = letters.collect::<Option<Vec<(char, bool)>>>() else { return false };
    let is_vowel = |letter: &(char, bool)| "aăâeêioôơuưy".contains(letter.0);
    let mut before = None;
    for run in letters.chunk_by(|a, b| is_vowel(a) == is_vowel(b)) {
        if is_vowel(&run[0]) {
            // In quả and giữ the first vowel belongs to the consonant.
            let own = match (before, run) {
                (Some('q'), [('u', false), rest @ ..]) | (Some('g'), [('i', false), rest @ ..]) if !rest.is_empty() => rest,
                _ => run,
            };
            let vowels: String = own.iter().map(|(base, _)| *base).collect();
            let is_one_of = |list: &str| list.contains(&format!(" {vowels} "));
            let tones = own.iter().filter(|(_, toned)| *toned).count();
            if !is_one_of(VOWELS) || tones > 1 || own.last().is_some_and(|(_, toned)| *toned) && is_one_of(GLIDES) {
                return false;
            }
        }
        before = run.last().map(|(base, _)| *base);
    }
    true
}

/// Whether a sign stands between letters: there it is a letter of an older encoding.
fn has_sign_in_word(token: &str) -> bool {
    let chars: Vec<char> = token.chars().collect();
    chars.windows(3).any(|three| three[0].is_alphabetic() && "§°±²³×÷½¼•".contains(three[1]) && three[2].is_alphabetic())
}

/// Whether a question mark stands for a letter that the encoding has not, as in “Vi?t Trì”. In an address it parts the query.
fn has_lost_letter(token: &str) -> bool {
    let Some((before, after)) = token.split_once('?').filter(|_| !token.contains(['/', '='])) else { return false };
    let letters = || before.chars().chain(after.chars()).filter(|c| c.is_alphabetic());
    let vowel = |c: char| !c.is_ascii() || "aeiouyAEIOUY".contains(c);
    after.starts_with(char::is_alphabetic) || letters().next().is_some() && !letters().any(vowel)
}

/// The first word of a table without any letter beyond ASCII that has a question mark inside: Excel puts it where
/// its “CSV” has no such letter. And its line.
pub(super) fn lost(text: &str) -> Option<(u32, &str)> {
    if !text.is_ascii() {
        return None;
    }
    let inside = |word: &&str| {
        let mut parts = word.split('?');
        parts.next().is_some_and(|part| part.ends_with(char::is_alphabetic)) && parts.any(|part| part.starts_with(char::is_alphabetic))
    };
    let mut words = text.lines().enumerate().flat_map(|(i, line)| line.split(TOKEN_ENDS).map(move |word| (i as u32 + 1, word)));
    words.find(|(_, word)| !word.contains(['/', '=']) && inside(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "tên,địa chỉ\r\nNhà nghỉ Sông Thao,\"Khu 5, xã Sơn Vi, huyện Lâm Thao\"\r\nQuý Hương,đường Nguyễn Huệ – 20 m²\r\nGiữ gìn,quả cà phê 50.000 ₫\r\n";

    /// As Windows writes it: the base with its own mark, then the tone.
    fn ansi(text: &str) -> Vec<u8> {
        let mut parts = String::new();
        for c in text.chars() {
            let whole = WINDOWS_1258.encode(&c.to_string()).2;
            match toneless(c).filter(|_| whole) {
                Some((base, _)) => {
                    let base = if c.is_uppercase() { base.to_uppercase().to_string() } else { base.to_string() };
                    parts.push_str(&base);
                    parts.extend(std::iter::once(c).nfd().filter(|mark| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*mark)));
                }
                None => parts.push(c),
            }
        }
        let (bytes, _, lost) = WINDOWS_1258.encode(&parts);
        assert!(!lost, "{text}");
        bytes.into_owned()
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn unicode_is_read_with_and_without_its_mark() {
        let marked = format!("\u{feff}{TEXT}");
        for bytes in [
            TEXT.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            utf16(TEXT, u16::to_le_bytes),
            utf16(TEXT, u16::to_be_bytes),
        ] {
            let (text, ansi) = decode(&bytes).unwrap();
            assert_eq!((&*text, ansi), (TEXT, false));
        }
    }

    #[test]
    fn vietnamese_ansi_is_recognised_and_composed() {
        let (text, is_ansi) = decode(&ansi(TEXT)).map(|(text, ansi)| (text.into_owned(), ansi)).unwrap();
        assert_eq!((text.as_str(), is_ansi), (TEXT, true));
        for name in ["QUÁN CÀ PHÊ", "Krông Bông, Đắk Lắk", "Thuỷ, Thúy", "Oong, xoong", "khuỷu, ngoèo, quýt, giếng", "Ê Đê"]
        {
            assert_eq!(decode(&ansi(&format!("{name} ấ"))).map(|(text, _)| text.into_owned()), Some(format!("{name} ấ")));
        }
    }

    #[test]
    fn letters_that_were_lost_are_noticed() {
        for text in ["a,b\nPh? Th?,Vi?t Tri\n", "a\nb\n\"Nguy?n V?n A\"\n"] {
            assert!(lost(text).is_some(), "{text}");
        }
        for text in ["a\nhttps://mo.vn/?id=1\n", "a\nWho? Me?\n", "a\nVi?t Trì\n", "a\n?x\n"] {
            assert_eq!(lost(text), None, "{text}");
        }
    }

    #[test]
    fn older_encodings_and_noise_are_refused() {
        let refused: [&[u8]; 8] = [
            // “Khách sạn Sông Thao” in TCVN3.
            b"ten\nKh\xb8ch s\xb9n S\xabng Thao\n",
            // “bình” in TCVN3.
            b"ten\nb\xd7nh\n",
            // “Khách sạn”, “Cà phê” and “đường” in VNI.
            b"ten\nKha\xf9ch sa\xefn\n",
            b"ten\nCa\xf8 phe\xe2\n",
            b"ten\nKha\xf9ch\n",
            b"ten\n\xf1\xf6\xf4\xf8ng\n",
            // Letters that were lost when it was saved.
            b"ten\nPh\xfa Th?, Vi?t Tr\xec\n",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        ];
        for bytes in refused {
            assert_eq!(decode(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(decode(b"a,b\n1,\0\n"), None);
        assert_eq!(decode(b"\xff\xfea"), None);
    }
}
