//! The signs by which a garbled text differs from Vietnamese, and from what other languages write.

use super::Encoding;
use crate::text::syllables::is_syllable;

/// Whether there is any sign by which a garbled text differs from good Vietnamese. Most of what has one is good nevertheless.
pub(super) fn is_suspicious(text: &[u8]) -> bool {
    let at = |i: usize| text.get(i).copied().unwrap_or(b' ');
    let is_letter = |byte: u8| byte >= 0x80 || byte.is_ascii_alphabetic();
    let mut previous = b' ';
    text.iter().enumerate().any(|(i, &byte)| {
        let before = std::mem::replace(&mut previous, byte);
        let vowel = b"aeouyAEOUY".contains(&before);
        match (byte, at(i + 1)) {
            (b'&', next) => next == b'#' || next.is_ascii_alphabetic(),
            (b'\\', next) => next == b'u',
            (b'^' | b'`' | b'~' | b'+' | b'(', _) => vowel || before == b'i' || before == b'I' || b"+^(".contains(&before),
            // No letters of TCVN3: a non-breaking space and the signs of m², m³, 5° and ±.
            (0xc2, 0xa0 | 0xb0..=0xb3) => before >= 0x80,
            (0xc2, _) | (0xc3, 0x97 | 0xb7) | (0xe2, 0x88..=0x97) => is_letter(before) || is_letter(at(i + 2)),
            (0xc3, next) => match next & 0xdf {
                // Capitals inside words, and marks where VNI has them.
                0x80..=0x83 | 0x88..=0x8a | 0x8c | 0x8d | 0x92..=0x95 | 0x99 | 0x9a | 0x9d => match next < 0xa0 {
                    true => {
                        before.is_ascii_lowercase()
                            || before >= 0xa0 && text[i - 2] == 0xc3
                            || at(i + 2) == 0xe2
                            || is_odd_pair(before, next)
                    }
                    false => at(i + 2).is_ascii_uppercase() || is_odd_pair(before, next),
                },
                _ => true,
            },
            (0xc4, next) => !matches!(next, 0x82 | 0x83 | 0x90 | 0x91 | 0xa8 | 0xa9),
            (0xc5, next) => !matches!(next, 0xa8 | 0xa9),
            (0xc6, next) => !matches!(next, 0xa0 | 0xa1 | 0xaf | 0xb0) || at(i + 2) == 0xc2,
            (0xcb, _) => true,
            _ => false,
        }
    })
}

/// Whether VNI or Windows-1258 has the second byte of a letter of Latin-1 after a vowel after which Vietnamese has not.
fn is_odd_pair(vowel: u8, byte: u8) -> bool {
    let marks: &[u8] = match vowel | 0x20 {
        b'a' => b"\xa0\xa1\xa2\xa3\xa8\xa9\xaa\xac\xb2\xb5\xb9\xba",
        b'e' => b"\xa0\xa1\xa2\xa3\xac\xb2\xb5\xb9",
        b'i' => b"\xac",
        b'o' => b"\xa2\xac\xb5\xb9",
        b'u' | b'y' => b"\xb5\xb9",
        _ => b"",
    };
    marks.contains(&(byte | 0x20))
}

/// The weight of a word that cannot well be chance.
pub(super) const STRONG: u32 = 3;

impl Encoding {
    /// Whether it writes all letters in ASCII.
    pub(super) fn is_ascii(self) -> bool {
        matches!(self, Self::Entities | Self::Escapes | Self::Viqr)
    }

    /// How much a word that can be read so speaks for this encoding; nought where it may well be meant as it stands.
    pub(super) fn evidence(self, raw: &str, reading: &str) -> u32 {
        let accents = |text: &str| text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
        let chars = || std::iter::once(' ').chain(raw.chars()).chain([' ']).collect::<Vec<_>>();
        match self {
            Self::Entities | Self::Escapes => 2 * STRONG * u32::from(accents(reading) > accents(raw)),
            Self::Viqr => match chars().windows(3).filter(|three| is_viqr_sign(three[0], three[1], three[2])).count() {
                0 => 0,
                1 if raw.chars().filter(|c| c.is_alphabetic()).count() < 4 || !raw.contains(['^', '+', '(', '`', '~']) => 1,
                _ => STRONG,
            },
            _ if is_plain(raw) => 0,
            Self::Utf8 | Self::Utf8Twice => 2 * STRONG * u32::from(chars().windows(2).any(|two| !two[0].is_ascii() && !two[1].is_ascii())),
            _ => 1 + u32::from(has_odd_capitals(raw)) + chars().windows(3).map(|three| oddity(three[0], three[1], three[2])).sum::<u32>(),
        }
    }
}

/// Whether there are small letters among capitals, as in TCVN3 “CHñ”.
fn has_odd_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1 && word.contains(char::is_lowercase)
}

/// Whether a sign is one that VIQR puts after a vowel, or the second d of đ. A tone counts inside a word or after such a sign.
fn is_viqr_sign(before: char, c: char, after: char) -> bool {
    match c {
        '^' => "aeoAEO".contains(before),
        '(' => matches!(before, 'a' | 'A'),
        '+' => "ouOU".contains(before),
        '\'' | '`' | '?' | '~' | '.' => matches!(before, '^' | '+') || after.is_alphabetic() && "aeiouyAEIOUY(".contains(before),
        'd' | 'D' => matches!(before, 'd' | 'D') && "aeiouAEIOU".contains(after),
        _ => false,
    }
}

/// How odd a letter or sign is where it stands: 2 where no European language has it so.
fn oddity(before: char, c: char, after: char) -> u32 {
    let (led, followed) = (before.is_alphabetic(), after.is_alphabetic());
    match c {
        _ if c.is_ascii() => 0,
        // Multiplication, units and hyphenation.
        '×' | '÷' | '·' | '\u{ad}' => 1,
        '®' => 1 + u32::from(followed),
        'µ' | '¸' | '¶' | '¨' | '¬' => 1 + u32::from(led),
        'ª' => 1 + u32::from(led && followed),
        _ if !c.is_alphabetic() => 1 + u32::from(led && followed),
        _ if c.is_uppercase() && before.is_lowercase() || c.is_lowercase() && after.is_ascii_uppercase() => 2,
        _ if led && !before.is_ascii() => 2,
        _ => match before.to_ascii_lowercase() {
            'a' => 1 + u32::from("ùøûõâáàåãäêèìòÙØÛÕÂÁÀÅÃÄÊÈÌÒ".contains(c)),
            'e' => 1 + u32::from("ùøûõâàåãäìòÙØÛÕÂÀÅÃÄÌÒ".contains(c)),
            'o' => 1 + u32::from("øõâàåäìòØÕÂÀÅÄÌÒ".contains(c)),
            'u' | 'y' => 1 + u32::from("ùøûõÙØÛÕ".contains(c)),
            _ => 1,
        },
    }
}

/// Whether all words are Vietnamese or ASCII as they stand, but for signs around them.
pub(super) fn is_plain(raw: &str) -> bool {
    let is_between = |c: char| c.is_ascii() && !c.is_ascii_alphabetic() || "’–—…\u{a0}".contains(c);
    let is_around = |c: char| "“”„‘’«»…•©®™°²³½×±·§´".contains(c);
    raw.trim_matches(is_around).split(is_between).all(|word| word.is_ascii() || is_syllable(word))
}

/// Whether there is a word, of two letters or more, with a letter beyond ASCII.
pub(super) fn has_accents(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| !word.is_ascii() && word.chars().nth(1).is_some())
}
