//! Text that was written in an older Vietnamese encoding, or garbled on its way, and what it was likely meant to say.
//!
//! A text is tried in each way that is known. What counts for one are words that are no Vietnamese as they stand, with
//! signs or capitals inside them as no European language has them, and that read as Vietnamese syllables. What counts
//! against it are accented words that do not read so: those are French or German.

use super::syllables::{is_syllable, toneless};
use encoding_rs::{MACINTOSH, WINDOWS_1252, WINDOWS_1258};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// A text that is likely garbled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garbled {
    /// How it came to be so.
    pub encoding: Encoding,
    /// The first words, up to three, as they were found.
    pub word: String,
    /// The whole text as it was likely meant, composed (NFC).
    pub reading: String,
}

/// How a text came to be garbled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// TCVN3, also called ABC: typed for fonts such as .VnTime, where capitals with tones look like small letters.
    Tcvn3,
    /// VNI for Windows: typed for fonts such as VNI-Times.
    Vni,
    /// Windows-1258, Vietnamese “ANSI”, that was read as Western European.
    Windows1258,
    /// UTF-8 that was read byte by byte, as Windows-1252, Windows-1258 or Mac Roman.
    Utf8,
    /// UTF-8 that was read byte by byte twice.
    Utf8Twice,
    /// Entities of HTML such as `&#7879;`, `&#x1EC7;` and `&ocirc;`.
    Entities,
    /// Escapes of JSON such as `\u1ec7`.
    Escapes,
    /// VIQR, marks typed after their letters: `Vie^.t`.
    Viqr,
}

/// What a text was likely meant to say, if it is in an older encoding or garbled. A text without any sign of it, which
/// nearly all are, costs one pass over its bytes.
pub fn likely(text: &str) -> Option<Garbled> {
    if !is_suspicious(text.as_bytes()) {
        return None;
    }
    // Of those that score the same, the last.
    WAYS.iter().filter_map(|(encoding, read)| weigh(*encoding, *read, text)).max_by_key(|(score, _)| *score).map(|(_, found)| found)
}

type Read = fn(&str) -> Option<String>;

const WAYS: [(Encoding, Read); 11] = [
    (Encoding::Tcvn3, |chunk| tcvn3(&western(chunk, WINDOWS_1258)?)),
    (Encoding::Utf8, |chunk| utf8(&bytes(chunk, WINDOWS_1258)?)),
    (Encoding::Utf8, |chunk| utf8(&bytes(chunk, MACINTOSH)?)),
    (Encoding::Windows1258, |chunk| Some(WINDOWS_1258.decode_without_bom_handling(&bytes(chunk, WINDOWS_1252)?).0.nfc().collect())),
    (Encoding::Vni, |chunk| vni(&western(chunk, WINDOWS_1252)?)),
    (Encoding::Tcvn3, |chunk| tcvn3(&western(chunk, WINDOWS_1252)?)),
    (Encoding::Viqr, viqr),
    (Encoding::Escapes, |chunk| Some(escapes(chunk))),
    (Encoding::Entities, |chunk| Some(entities(chunk))),
    (Encoding::Utf8Twice, |chunk| utf8(&bytes(&utf8(&bytes(chunk, WINDOWS_1252)?)?, WINDOWS_1252)?)),
    (Encoding::Utf8, |chunk| utf8(&bytes(chunk, WINDOWS_1252)?)),
];

/// Whether there is any sign by which a garbled text differs from good Vietnamese. Most of what has one is good nevertheless.
fn is_suspicious(text: &[u8]) -> bool {
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
            (0xc2, 0xa0) => before >= 0x80,
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

/// A stretch of text and how one way of reading sees it.
struct Part<'t> {
    raw: &'t str,
    /// Where it differs.
    reading: Option<String>,
    kind: Kind,
    weight: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Tells nothing.
    Neutral,
    /// Vietnamese as it stands, and not when read.
    Clean,
    /// Goes with the words around it.
    Either,
    /// No Vietnamese at all.
    Foreign,
    /// Vietnamese when read, and not as it stands.
    Garbled,
}

/// The weight of a word that cannot well be chance.
const STRONG: u32 = 3;

impl<'t> Part<'t> {
    fn new(raw: &'t str, encoding: Encoding, read: Read) -> Self {
        let found = Some(raw).filter(|_| encoding.is_ascii() || !raw.is_ascii()).and_then(read);
        let is_same = found.as_deref() == Some(raw) || raw.is_ascii();
        let reading = found.filter(|reading| reading != raw);
        let weight = reading.as_deref().map_or(0, |reading| encoding.evidence(raw, reading));
        let kind = match &reading {
            Some(text) if is_plain(text) && weight > 0 && has_accents(text) => Kind::Garbled,
            Some(text) if is_plain(text) => Kind::Either,
            _ if !is_same && is_plain(raw) && has_accents(raw) => Kind::Clean,
            Some(_) => Kind::Foreign,
            // Accented as in French, and never so in this encoding.
            None if !is_same && !is_plain(raw) && raw.chars().all(|c| c < '\u{100}') => Kind::Foreign,
            None => Kind::Neutral,
        };
        Self { raw, reading, kind, weight }
    }

    /// Whether it is so in a garbled text only, and not in French or German.
    fn is_strong(&self) -> bool {
        self.weight >= STRONG
    }
}

/// Whether there is a word, of two letters or more, with a letter beyond ASCII.
fn has_accents(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| !word.is_ascii() && word.chars().nth(1).is_some())
}

/// What a text says when it is read so, and how much speaks for it; none where that is too little.
fn weigh(encoding: Encoding, read: Read, text: &str) -> Option<(i64, Garbled)> {
    let mut parts: Vec<Part> = chunks(text, encoding).into_iter().map(|raw| Part::new(raw, encoding, read)).collect();
    if !is_likely(&parts) {
        return None;
    }
    let count = |kind: Kind| parts.iter().filter(move |part| part.kind == kind);
    let score = count(Kind::Garbled).map(|part| i64::from(part.weight)).sum::<i64>() + count(Kind::Either).count() as i64
        - 2 * count(Kind::Foreign).filter(|part| !part.is_strong()).count() as i64;
    if !encoding.is_ascii() {
        settle(&mut parts);
    }
    if encoding == Encoding::Tcvn3 {
        capitalise(&mut parts);
    }
    let reading = parts.iter().flat_map(|part| part.reading.as_deref().unwrap_or(part.raw).nfc()).nfc().collect();
    Some((score, Garbled { encoding, word: first_words(&parts), reading }))
}

fn is_likely(parts: &[Part]) -> bool {
    let of = |kind: Kind| parts.iter().filter(move |part| part.kind == kind);
    let words: BTreeSet<(String, u32)> = of(Kind::Garbled).map(|part| (part.raw.to_lowercase(), part.weight)).collect();
    let gain: u32 = words.iter().map(|(_, weight)| weight).sum();
    let foreign = of(Kind::Foreign).filter(|part| !part.is_strong()).count() as u32;
    let is_mixed = of(Kind::Clean).next().is_some();
    let plain = of(Kind::Neutral).map(|part| part.raw).filter(|raw| raw.len() > 1 && raw.bytes().all(|b| b.is_ascii_alphabetic()));
    let (plain, odd): (Vec<&str>, Vec<&str>) = plain.partition(|raw| is_syllable(raw));
    if words.iter().any(|(_, weight)| *weight >= STRONG) {
        let is_enough = gain >= STRONG + 2 * foreign + if is_mixed { STRONG } else { 0 };
        return is_enough && (gain >= 2 * STRONG || odd.len() <= 2 + plain.len());
    }
    let signs: BTreeSet<char> = of(Kind::Garbled).flat_map(|part| part.raw.chars()).filter(|c| !c.is_ascii_alphanumeric()).collect();
    !is_mixed && signs.len() >= 3 && gain >= 2 * (STRONG + foreign + odd.len() as u32)
}

/// Reads what could be either as the nearest word that could not.
fn settle(parts: &mut [Part]) {
    let sure = |part: &Part| matches!(part.kind, Kind::Clean | Kind::Garbled);
    for i in (0..parts.len()).filter(|i| matches!(parts[*i].kind, Kind::Either | Kind::Foreign)).collect::<Vec<_>>() {
        let before = parts[..i].iter().rev().enumerate().find(|(_, part)| sure(part));
        let after = parts[i + 1..].iter().enumerate().find(|(_, part)| sure(part));
        let nearest = before.into_iter().chain(after).min_by_key(|(gap, _)| *gap);
        if nearest.is_some_and(|(_, part)| part.kind == Kind::Clean) {
            parts[i].reading = None;
        }
    }
}

/// TCVN3 has no capitals with tones: a word such as “X·”, whose own letters do not tell, goes with those beside it.
fn capitalise(parts: &mut [Part]) {
    let has_small = |part: &Part| part.raw.contains(|c: char| c.is_ascii_lowercase());
    let tells = |part: &Part| part.raw.chars().skip(1).any(|c| c.is_ascii_alphabetic()).then(|| !has_small(part));
    for i in (0..parts.len()).filter(|i| parts[*i].reading.is_some()).collect::<Vec<_>>() {
        let mut beside = parts[..i].iter().rev().find_map(tells).into_iter().chain(parts[i + 1..].iter().find_map(tells)).peekable();
        if !has_small(&parts[i]) && beside.peek().is_some() && beside.all(|is_capital| is_capital) {
            parts[i].reading = parts[i].reading.take().map(|reading| reading.to_uppercase());
        }
    }
}

fn first_words(parts: &[Part]) -> String {
    let mut shown = String::new();
    let first = parts.iter().position(|part| part.reading.is_some()).unwrap_or(0);
    for pair in parts[first..].chunks(2).take(3) {
        shown.push_str(pair[0].raw);
        match pair {
            [_, space] if space.raw == " " => shown.push(' '),
            _ => break,
        }
    }
    shown.trim_end().into()
}

/// The text cut into words and what is between them: where marks are typed in ASCII only spaces are.
fn chunks(text: &str, encoding: Encoding) -> Vec<&str> {
    let is_inside = |i: usize, c: char| match encoding {
        Encoding::Viqr if matches!(c, '.' | '?') => !ends_sentence(&text[..i], c, &text[i + 1..]),
        _ if encoding.is_ascii() => !c.is_ascii_whitespace(),
        Encoding::Utf8 | Encoding::Utf8Twice if c == ' ' => is_lost_nbsp(&text[..i], &text[i + 1..]),
        Encoding::Utf8 | Encoding::Utf8Twice => c.is_ascii_alphabetic() || !c.is_ascii(),
        _ => c.is_ascii_alphabetic() || !c.is_ascii() && c != '\u{a0}' && !('\u{2000}'..='\u{206f}').contains(&c),
    };
    let (mut found, mut start, mut was_inside) = (Vec::new(), 0, false);
    for (i, c) in text.char_indices() {
        let inside = is_inside(i, c);
        if inside != was_inside && i > start {
            found.push(&text[start..i]);
            start = i;
        }
        was_inside = inside;
    }
    found.push(&text[start..]);
    found
}

/// Whether a full stop or question mark of VIQR is that and no tone: it ends the text, or is a full stop before a capital and
/// not in a name.
fn ends_sentence(before: &str, sign: char, after: &str) -> bool {
    let next = after.trim_start();
    let is_in_name = || before.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with(char::is_uppercase));
    match sign {
        '?' => next.is_empty() && !before.ends_with(['^', '+', '(']),
        _ => next.is_empty() || next.len() < after.len() && !next.starts_with(char::is_lowercase) && !is_in_name(),
    }
}

/// Whether a space was a non-breaking one, the second byte of “à”, before something made it plain.
fn is_lost_nbsp(before: &str, after: &str) -> bool {
    let mut back = before.chars().rev();
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    matches!(back.next(), Some('Ã' | 'Â'))
        && (!is_capital(back.next()) || !is_capital(back.next()) && !after.starts_with(char::is_uppercase))
}

/// Whether all words are Vietnamese or ASCII as they stand, but for signs around them.
fn is_plain(raw: &str) -> bool {
    let is_between = |c: char| c.is_ascii() && !c.is_ascii_alphabetic() || "’–—…\u{a0}".contains(c);
    let is_around = |c: char| "“”„‘’«»…•©®™°²³½×±·§´".contains(c);
    raw.trim_matches(is_around).split(is_between).all(|word| word.is_ascii() || is_syllable(word))
}

impl Encoding {
    fn is_ascii(self) -> bool {
        matches!(self, Self::Entities | Self::Escapes | Self::Viqr)
    }

    /// How much a word that can be read so speaks for this encoding; nought where it may well be meant as it stands.
    fn evidence(self, raw: &str, reading: &str) -> u32 {
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

/// Whether a sign is one that VIQR puts after a vowel, or the second d of đ. A tone counts inside a word only.
fn is_viqr_sign(before: char, c: char, after: char) -> bool {
    match c {
        '^' => "aeoAEO".contains(before),
        '(' => matches!(before, 'a' | 'A'),
        '+' => "ouOU".contains(before),
        '\'' | '`' | '?' | '~' | '.' => after.is_alphabetic() && "aeiouyAEIOUY^(+".contains(before),
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
            'e' | 'o' => 1 + u32::from("ùøûõâàåäìòÙØÛÕÂÀÅÄÌÒ".contains(c) && !matches!((before, c), ('o' | 'O', 'ù' | 'û' | 'Ù' | 'Û'))),
            'u' | 'y' => 1 + u32::from("ùøûõÙØÛÕ".contains(c)),
            _ => 1,
        },
    }
}

/// The bytes of a word in a code page; Windows-1258 writes most tones apart.
fn bytes(chunk: &str, page: &'static encoding_rs::Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut push = |c: char| {
        // What the page leaves free stays a control character.
        if c.is_ascii() || page == WINDOWS_1252 && c < '\u{100}' {
            return bytes.push(c as u8) == ();
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

fn western(chunk: &str, page: &'static encoding_rs::Encoding) -> Option<String> {
    bytes(chunk, page).map(|bytes| WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned())
}

/// Bytes as UTF-8. What is easily lost is put back: the second byte of “à”, a non-breaking space that became a plain one or
/// was trimmed, and that of “Đ”, which Windows-1252 leaves free.
fn utf8(bytes: &[u8]) -> Option<String> {
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

fn tcvn3(chunk: &str) -> Option<String> {
    // A sign that stands alone is one, but for the words “à” and “ạ”.
    let mut chars = chunk.chars();
    if chars.next().is_some_and(|c| !c.is_alphabetic() && !matches!(c, 'µ' | '¹')) && chars.next().is_none() {
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

fn vni(chunk: &str) -> Option<String> {
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
fn viqr(chunk: &str) -> Option<String> {
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
fn entities(chunk: &str) -> String {
    // Some write them twice.
    let text = chunk.replace("&amp;", "&");
    replace_each(&text, "&", |rest| {
        let (name, _) = rest.split_once(';')?;
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
fn escapes(chunk: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of notices, names and addresses, mostly of the examples.
    const CORPUS: &str = "\
Về việc triển khai cài đặt và sử dụng
Độc lập - Tự do - Hạnh phúc
Lâm Thao, ngày 10 tháng 8 năm 2020
Ủy ban MTTQ, các tổ chức chính trị-xã hội huyện
Các phòng, ban, ngành, cơ quan, đơn vị có liên quan
Ủy ban nhân dân các xã, thị trấn
Thực hiện Văn bản số 3384/UBND-KGVX ngày 03/8/2020 của UBND tỉnh Phú Thọ
công tác phòng, chống dịch bệnh Covid-19. Chủ tịch UBND huyện yêu cầu:
Tuyên truyền, vận động, triển khai tới cán bộ, công chức, viên chức
người lao động trong các cơ quan, đơn vị, địa phương có sử dụng điện thoại
thông minh thực hiện cài đặt và sử dụng, ứng dụng BlueZone phục vụ công tác
phòng, chống dịch bệnh Covid-19 theo hướng dẫn của các nhà mạng
Cử người ghi nhận các hoạt động ra vào trụ sở cơ quan
cầu mọi người đến làm việc biết, cài đặt và chạy ứng dụng trên
chi tiết, ứng dụng Bluezone và tài liệu tuyên truyền xem tại địa chỉ: https://www.bluezone.gov.vn/
Phòng Văn hóa -TT, Trung tâm Văn hóa-TT&Du lịch huyện
Phối hợp nhà mạng (cung cấp dịch vụ Internet) trên địa bàn hiển thị
nhắn tin Zalo, SMS (Định kỳ nhắc lại cài đặt BlueZone trên điện thoại thông minh)
Triển khai tuyên truyền bằng hình ảnh, bản in nơi công cộng, điểm đông người.
Chỉ đạo các nhà hàng, khách sạn, nhà nghỉ, cơ sở lưu trú khách tuyên truyền
dán các tờ in nội dung hướng dẫn khách du lịch đến địa bàn biết
vào địa điểm hoạt động kinh doanh để phòng, chống dịch bệnh Covid-19.
Phòng Kinh tế-Hạ tầng
Phối hợp các doanh nghiệp kinh doanh vận tải chỉ đạo hướng dẫn dán tờ
công cộng, liên tỉnh, liên huyện, hộ kinh doanh vận tải trên địa bàn theo chỉ đạo.
hướng dẫn của Sở Giao thông Vận tải.
Phòng Giáo dục &ĐT, Lao động-TB&XH; Các trường Đại học
Cao đẳng&Dạy nghề, Trung học Phổ thông trên địa bàn
Phối hợp chỉ đạo, tuyên truyền, hướng dẫn, yêu cầu học sinh, sinh viên
BlueZone cho mình và người thân phòng, chống dịch bệnh Covid-19 theo chỉ đạo
Đài Truyền thanh-Truyền hình huyện
Thực hiện tuyên truyền trên trang thông tin điện tử của huyện
tăng cường công tác tuyên truyền đưa tin về lợi ích khi cài đặt và sử dụng
kỳ nhắc lại trên trang thông tin điện tử huyện, phương tiện phát thanh
Đề nghị Ủy ban MTTQ, các tổ chức chính trị-xã hội huyện
Chỉ đạo các tổ chức đoàn thể của đơn vị phối hợp với trưởng khu dân cư
hình thức tuyên truyền đến từng hộ gia đình phát tờ rơi
chức năng địa phương thực hiện các hình thức tuyên truyền tới khu dân cư
Yêu cầu Thủ trưởng các phòng, ban, ngành, cơ quan, đơn vị có liên quan
của huyện, UBND các xã, thị trấn quan tâm, phối hợp triển khai thực hiện.
Cao Xuân Hải
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN HUYỆN LÂM THAO
THÔNG BÁO
PHÒNG CHỐNG DỊCH BỆNH COVID-19
KÍNH MỜI QUÝ KHÁCH CÀI BLUEZONE
Cài Bluezone để giữ an toàn cho cả nhà
Biết sớm nếu bạn từng ở gần người mắc Covid-19. Miễn phí, ẩn danh, tốn rất ít pin.
Quét mã để cài đặt
**Miễn phí**, dùng trên cả iPhone và Android
**Ẩn danh**, dữ liệu nằm trong máy của bạn
**Tiết kiệm pin**, chạy âm thầm cả ngày
Cài đặt trong bốn bước
**Quét mã** bằng máy ảnh điện thoại, hoặc tìm “Bluezone” trên App Store, Google Play.
**Cho phép Bluetooth và thông báo** khi ứng dụng hỏi. Ứng dụng không lấy vị trí của bạn.
**Nhập số điện thoại** nếu bạn muốn được liên hệ khi cần. Bước này không bắt buộc.
**Giữ Bluetooth luôn bật** khi ra ngoài, và giúp người thân, hàng xóm cùng cài.
Bluezone giúp gì cho bạn?
Ghi nhận những điện thoại ở cách bạn dưới 2 m, vào lúc nào và trong bao lâu.
Nếu có người mắc bệnh từng ở gần, máy của bạn báo ngay và chỉ nơi cần gọi.
Không thu thập vị trí; mã nguồn công khai để ai cũng kiểm tra được.
Ghi họ tên, số điện thoại và giờ đến vào **sổ ra vào**.
Thực hiện **5K**: khẩu trang, khử khuẩn, khoảng cách, không tụ tập, khai báo y tế.
Cần giúp, hãy gọi trạm y tế xã.
Đường dây nóng Bộ Y tế: **1900 9095** hoặc **1900 3228**
Kính mời quý khách cài Bluezone trong thời gian lưu trú
**Cài ứng dụng** và cho phép Bluetooth, thông báo.
Không có điện thoại thông minh, xin ghi tên vào sổ tại lễ tân.
Cài đặt trong ba bước
Cần giúp, xin gọi lễ tân hoặc **1900 9095**.
Decal PVC trắng, keo tháo được, cán mờ
Lên xe, quét mã cài Bluezone
Em cài cho mình, rồi giúp cả nhà cùng cài
Cần giúp, gia đình hỏi thầy cô chủ nhiệm hoặc gọi **1900 9095**.
Sổ ghi người ra vào trụ sở
Xin ghi đủ các cột. Có điện thoại thông minh, xin cài Bluezone trong khi chờ.
Chiến dịch Bluezone của huyện Lâm Thao, tháng 8 năm 2020
Phòng sốt xuất huyết
Trạm Y tế xã Cao Xá
Không loăng quăng, không sốt xuất huyết
Mỗi tuần mười phút, cả nhà cùng làm bốn việc để muỗi không còn chỗ đẻ trứng.
Quét mã xem tin của Bộ Y tế
**Muỗi vằn** đẻ trứng ở nước sạch, ngay trong nhà
**Chưa có thuốc** đặc trị, phòng bệnh là chính
**Chỉ hơn một tuần**, trứng đã thành muỗi
Bốn việc làm mỗi tuần
**Lật úp dụng cụ chứa nước** không dùng đến: xô, chậu, lon, lốp xe.
Nhặt bỏ vỏ dừa, hộp nhựa đọng nước quanh nhà.
**Thả cá** vào bể, chum, chậu cảnh để cá ăn loăng quăng.
Thay nước lọ hoa, bỏ muối vào bát kê chân chạn.
**Đậy kín** bể, chum, vại ngay sau khi lấy nước, để muỗi không vào đẻ trứng.
**Ngủ màn**, kể cả ban ngày. Mặc áo dài tay lúc sáng sớm và chiều tối
Có một dấu hiệu này, đến trạm y tế ngay
Đau bụng nhiều, nôn liên tục.
Chảy máu cam, chảy máu chân răng, nôn ra máu hoặc đi ngoài phân đen.
Vật vã, li bì, tay chân lạnh, tiểu ít.
Hết sốt mà người mệt hơn, nhất là từ ngày thứ ba đến ngày thứ bảy.
Bị sốt thì làm gì?
Sốt cao đột ngột, hãy **đến trạm y tế khám**, không tự điều trị.
Uống nhiều nước, oresol; hạ sốt bằng **paracetamol** theo lời dặn của cán bộ y tế.
**Không dùng aspirin, ibuprofen** vì dễ gây chảy máu.
Nhà nghỉ Sông Thao
Khu 5, xã Sơn Vi
Nhà khách Hùng Vương
Khu 1, thị trấn Lâm Thao
Nhà khách Đất Tổ
Khu 6, xã Bản Nguyên
Khu 2, xã Tiên Kiên
Homestay Hương Trà
Khu 12, xã Tứ Xã
Nhà khách Bạch Hạc
Nhà khách Minh Châu
Homestay Ánh Dương
Khu 8, xã Phùng Nguyên
Khách sạn Cao Xá
Nhà nghỉ Hồng Ngọc
Khu 10, xã Xuân Huy
Nhà khách Thành Đạt
Khách sạn Mường Thanh Sơn Vi
Nhà khách Việt Trì Xanh
Khách sạn Thảo Nguyên
Nhà nghỉ Bình Minh
Homestay Hoàng Gia
Khách sạn Nghĩa Lĩnh
Nhà nghỉ Thạch Sơn
Khách sạn Phương Nam
Khách sạn An Bình
Khu 11, xã Xuân Lũng
Homestay Hải Yến
Khách sạn Long Hưng
Nhà khách Ngã Ba Hạc
Nhà khách Vĩnh Lại
Nhà nghỉ Kim Đức
Tứ Xã – Việt Trì – Vĩnh Yên
Hùng Sơn – Thanh Sơn
Lâm Thao – Lào Cai
Cao Xá – Đền Hùng
Lâm Thao – Hà Nội (Mỹ Đình)
Ủy ban nhân dân huyện Lâm Thao
Quán cà phê Thuỷ Tiên, đường Nguyễn Huệ
Số 12, ngõ 34, phố Hàng Bạc, quận Hoàn Kiếm, Hà Nội
Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ
Nguyễn Văn An
Trần Thị Bích Ngọc
Lê Hoàng Phương Uyên
Phạm Quỳnh Hương
Đặng Thuỳ Trâm
Bùi Xuân Phái
Võ Nguyên Giáp
Hồ Chí Minh
Thành phố Hồ Chí Minh
Tỉnh Thừa Thiên Huế
Bà Rịa – Vũng Tàu
Kính thưa quý vị đại biểu
Xin trân trọng cảm ơn!
Giá vé: 50.000 đồng/người
Mở cửa từ 7 giờ đến 22 giờ hằng ngày
Cấm hút thuốc lá
Giữ gìn vệ sinh chung
Không phận sự miễn vào
Giữ trật tự, đi nhẹ, nói khẽ
Đóng cửa sau khi vào
Xin vui lòng để giày dép bên ngoài
Nước uống đóng chai
Chúc mừng năm mới
Tết Nguyên đán
Trường Trung học cơ sở Lê Quý Đôn
Bệnh viện Đa khoa tỉnh
Chợ đầu mối
Hội Liên hiệp Phụ nữ Việt Nam
Đoàn Thanh niên Cộng sản Hồ Chí Minh
Quỹ tín dụng nhân dân
Bưu điện
Vườn quốc gia Xuân Sơn
Rửa tay bằng xà phòng
Đeo khẩu trang nơi công cộng
Giữ khoảng cách 2 mét
Tiêm phòng đầy đủ, đúng lịch
Chủ động phòng chống bão lũ
Bảo vệ môi trường là trách nhiệm của mọi người
Khuyến mãi giảm giá 20%
Liên hệ: bà Nguyệt, số 0912 345 678
Hướng dẫn sử dụng
Điểm hẹn du lịch
Nghiêm cấm đổ rác
Khúc khuỷu, ngoằn ngoèo
Rượu nếp, bưởi, xoài
Kỷ niệm 75 năm Quốc khánh
Huyện Krông Bông, tỉnh Đắk Lắk
Thư viện tỉnh mở cửa cả ngày thứ bảy
Vé xe khách liên tỉnh
Thực đơn hôm nay: phở bò, bún chả, nem rán";

    fn corpus() -> impl Iterator<Item = &'static str> {
        CORPUS.lines()
    }

    /// What a table has for a letter of Vietnamese: found by reading every one or two signs.
    fn inverse(read: fn(&str) -> Option<String>, marks: &str) -> std::collections::HashMap<char, String> {
        let latin = || ('\u{a1}'..='\u{ff}').chain('A'..='Z').chain('a'..='z');
        let mut table = std::collections::HashMap::new();
        for first in latin() {
            for second in std::iter::once(None).chain(marks.chars().map(Some)) {
                // Capitals with small marks occur too, and are not those that are written here.
                if second.is_some_and(|mark| mark.is_uppercase() != first.is_uppercase()) {
                    continue;
                }
                let raw: String = std::iter::once(first).chain(second).collect();
                let read = read(&format!("{raw}x")).and_then(|read| read.strip_suffix('x').map(String::from));
                let mut chars = read.as_deref().unwrap_or("").chars();
                if let (Some(c), None) = (chars.next(), chars.next())
                    && !c.is_ascii()
                    && toneless(c).is_some()
                {
                    table.entry(c).or_insert(raw);
                }
            }
        }
        table
    }

    fn with(table: &std::collections::HashMap<char, String>, text: &str) -> String {
        text.chars().map(|c| table.get(&c).cloned().unwrap_or_else(|| c.to_string())).collect()
    }

    fn as_tcvn3(text: &str) -> String {
        let table = inverse(tcvn3, "");
        // Capitals with tones are small letters of another font.
        let small = |c: char| if table.contains_key(&c) || c.is_ascii() { c } else { c.to_lowercase().next().unwrap() };
        with(&table, &text.chars().map(small).collect::<String>())
    }

    fn as_vni(text: &str) -> String {
        with(&inverse(vni, "ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË"), text)
    }

    fn as_page(bytes: &[u8], page: &'static encoding_rs::Encoding) -> String {
        page.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn as_utf8(text: &str) -> String {
        as_page(text.as_bytes(), WINDOWS_1252)
    }

    fn as_viqr(text: &str) -> String {
        let sign = |c| match c {
            '\u{300}' => '`',
            '\u{301}' => '\'',
            '\u{303}' => '~',
            '\u{309}' => '?',
            '\u{323}' => '.',
            '\u{302}' => '^',
            '\u{306}' => '(',
            '\u{31b}' => '+',
            c => c,
        };
        let letters = text.chars().map(|c| match toneless(c) {
            Some((letter, tone)) => letter.nfd().chain(tone).map(sign).collect::<String>(),
            None => c.to_string(),
        });
        letters.collect::<String>().replace('đ', "dd").replace('Đ', "DD")
    }

    fn as_1258(text: &str) -> String {
        let apart = text.chars().map(|c| match toneless(c) {
            Some((letter, tone)) => std::iter::once(letter).chain(tone).collect::<String>(),
            None => c.to_string(),
        });
        as_page(&WINDOWS_1258.encode(&apart.collect::<String>()).0, WINDOWS_1252)
    }

    fn as_entities(text: &str) -> String {
        text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#{};", c as u32) }).collect()
    }

    fn as_escapes(text: &str) -> String {
        text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", c as u32) }).collect()
    }

    type Write = fn(&str) -> String;

    const WAYS_BACK: [(&str, Encoding, Write); 11] = [
        ("TCVN3", Encoding::Tcvn3, as_tcvn3),
        ("TCVN3 as 1258", Encoding::Tcvn3, |text| as_page(&bytes(&as_tcvn3(text), WINDOWS_1252).unwrap(), WINDOWS_1258).nfc().collect()),
        ("VNI", Encoding::Vni, as_vni),
        ("1258 as 1252", Encoding::Windows1258, as_1258),
        ("UTF-8", Encoding::Utf8, as_utf8),
        ("UTF-8 as 1258", Encoding::Utf8, |text| as_page(text.as_bytes(), WINDOWS_1258).nfc().collect()),
        ("UTF-8 as Mac Roman", Encoding::Utf8, |text| as_page(text.as_bytes(), MACINTOSH)),
        ("UTF-8 twice", Encoding::Utf8Twice, |text| as_utf8(&as_utf8(text))),
        ("entities", Encoding::Entities, as_entities),
        ("escapes", Encoding::Escapes, as_escapes),
        ("VIQR", Encoding::Viqr, as_viqr),
    ];

    #[test]
    fn rates() {
        for (name, encoding, write) in WAYS_BACK {
            let mut rates = [(0, 0, 0); 4];
            for text in corpus().filter(|text| !text.is_ascii()) {
                let words = text.split_whitespace().filter(|word| !word.is_ascii()).count();
                let slot = match words {
                    1 => 0,
                    2 => 1,
                    3..=5 => 2,
                    _ => 3,
                };
                let raw = write(text);
                let found = likely(&raw);
                let same = |a: &str, b: &str| if encoding == Encoding::Tcvn3 { a.to_lowercase() == b.to_lowercase() } else { a == b };
                let exact = found.as_ref().is_some_and(|found| found.encoding == encoding && same(&found.reading, text));
                rates[slot].0 += 1;
                rates[slot].1 += usize::from(exact);
                if !exact {
                    rates[slot].2 += usize::from(found.is_some());
                    println!("  {name}: {text} | {raw} -> {found:?}");
                }
            }
            println!("{name}: {rates:?}");
        }
    }

    const OTHERS: &str = r#"Crêpes à l'ancienne, où déjà vu, naïve, Noël, façade
Où est-il ? Où va-t-elle ?
où
Où
haï
thaï
laïc
Loïc
Loïc est où
Thé, café, crème brûlée, pâté, hôtel, goût, août, maïs, bœuf, œuvre
Îles Kerguelen, Saint-Étienne, Besançon
« Bonjour », dit-il. L’été dernier, à Noël, nous étions là-bas.
Le côté obscur de la forêt; tôt ou tard, il a dû dîner
Müller, Böll, Größe, Straße, für, Äpfel, über, Köln, schön, heiß, groß
Ein schöner Tag für die Gäste: Grüße aus München, Äon, Öl, süß
ÖFFNUNGSZEITEN TÄGLICH FÜR GÄSTE
Año, señor
Mañana por la mañana el niño comerá piñas en España. ¿Dónde está? ¡Aquí!
aún, baúl, Raúl, país, María, José, corazón
São Paulo, não, João, coração, três, mês, você, põe, avô
NÃO FUMAR. INFORMAÇÕES: ATENÇÃO, MANHÃ, PÃO
Perché no? È già più di un caffè; città, lunedì, ciò, così, virtù, Gesù
På norsk: Jeg må gå nå. Så, når får vi øl på Ås?
Vi må gå nå så på
Smörgåsbord på Öland, köp nöt, kött och bröd, håll tåg
Rødgrød med fløde, København, Århus, Færøerne, sø, ø, å
Työ, hyvää päivää, äiti, yö, leveä, Jyväskylä
Ísland, við, það, Þór, Reykjavík, ðað
Tõnu, Võru, õun, mõõt, tänav
Příliš žluťoučký kůň úpěl ďábelské ódy
Zażółć gęślą jaźń
Árvíztűrő tükörfúrógép, öt hűtőház
Türkçe: gün, gözlük, çok güzel, İstanbul, ölüm
Seán, Ó Briain, Éire
안녕하세요, 하노이에 오신 것을 환영합니다
请扫描二维码,欢迎光临 河内
ようこそ、ハノイへ。10×20㎝
Добро пожаловать в Ханой
Krông Bông, Đắk Lắk, Ea H'Leo
Ea H’Leo, Cư M’gar, Krông Pắc, Buôn Đôn, Đăk Tô, Kon Plông, Ia H’Drai, Pleiku, Sêrêpôk
20 m² × 3
20 m² × 3, 5 m³, ±5°C, 30 °C, 37,5°
½ chai, ¼ lít, ¾
©
®
µm
5 µm × 3 µm, 10 µg/ml
b×a, m×n, N·m, kg·m, a·b
m×n × b×a + k×n
€ 5
§ 3
§3, §5a, 5 ¢, £5, ¥100
Samsung® Galaxy™ © 2020 Toroi®
Hà Nội · Đắk Lắk · Lào Cai
Hà Nội·Huế·Sài Gòn
0210 3744 991
+84 (0)210 3744 991
1900 9095 (phím 1)
https://www.bluezone.gov.vn/?k=KS001
https://vi.wikipedia.org/wiki/Vi%E1%BB%87t_Nam?a=1&b=2
https://mo.vn/?a=1&b=2&copy=3&eacute=4
http://a.b/o+`e^.n
x² + y² ≤ r², α ≠ β, ∑ ∞ √2 ∫ f(x) dx, a^n + b^n = c^n
e^n, e^(a+b), f(a(n)), o+, C++, a+b
a^n = e^n
∆t = 5, √a, ∞
CHÚ Ý: KHÔNG PHẬN SỰ MIỄN VÀO
“XÃ”
“NGÃ” Ba Hạc
XÃ SƠN VI – HUYỆN LÂM THAO
XÃ ba NGÃ tư
Ã
à
ý
é
×
·
a
Đ
I'm sure it's what they're after, ma'am; don't, o'clock, a.m., i.e., U.S.A.
Who? Me? What is it? (maybe)
Wi-Fi: chao1496;an
pass^word`~!@#$%^&*()_+
Tom & Jerry; AT&T; R&D &c.
&amp; &lt;b&gt; &nbsp;
C:\users\u\nam
Donau­dampf­schiff
Hoà, Toái, Hoàng, thuý, quý, hòan tòan, qúy, gía
CÔng ty, SÔng Thao, TRường, HÒa Bình, hÔm nay em đi học
Ðức, Ðà Nẵng, Ðiện thoại, ÐT: 0210
Nguyễn Thị Mỹ Lệ, Lò Văn Ỏm, Giàng A Páo, Hạng Mí Dế
Cà phê “Phin” – 25.000 ₫ • Trà đá 5.000đ
Vừa “học” vừa “làm”… xã “Sơn Vi”
Quán Café Noël, Crème & Thé
Nhà hàng Müller’s Bräu, số 5 phố Tạ Hiện
Hotel Métropole Hà Nội, phở bò à la carte
El Niño, La Niña; señorita Peña
Résumé, fiancée, über-cool, jalapeño
Từ 8h–17h, T2–T7; nghỉ CN
A – B – C
tel: (024) 3825 1234 – fax: (024) 3825 1235
<b>đậm</b> & *nghiêng*
{{ ten }} {% if x %}
José, Zoë, Chloë, Anaïs, Raphaël, Gaël, Thaïs
Hawai'i, Xi'an, Ya'an, Qur'an, Côte d'Ivoire
1ª, 2º, Nª Sª, Mª José
¿Qué? ¡No! «sí»
Thao¹ và Sơn², x¹
10÷20, 6÷8 tuổi, 2×3"#;

    #[test]
    fn others() {
        for text in OTHERS.lines() {
            for (encoding, read) in WAYS {
                if let Some((score, found)) = weigh(encoding, read, text) {
                    println!("FALSE {text} {score} {found:?} {}", is_suspicious(text.as_bytes()));
                }
            }
            if !is_suspicious(text.as_bytes()) {
                println!("fast {text}")
            }
        }
    }

    #[test]
    fn clean() {
        for text in corpus() {
            assert_eq!(likely(text), None, "{text}");
            assert_eq!(likely(&text.to_uppercase()), None);
            for (encoding, read) in WAYS {
                assert!(weigh(encoding, read, text).is_none(), "{text} {encoding:?}");
            }
        }
        for word in corpus().flat_map(|t| t.split(|c: char| !c.is_alphabetic())).filter(|w| !w.is_ascii() && !is_syllable(w)) {
            println!("no syllable {word}");
        }
    }
}
