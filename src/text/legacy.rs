//! Text that was written in an older Vietnamese encoding, or garbled on its way, and what it was likely meant to say.
//!
//! A text is tried in each way that is known. What counts for one are words that are no Vietnamese as they stand, with
//! signs or capitals inside them as no European language has them, and that read as Vietnamese syllables. What counts
//! against it are accented words that do not read so: those are French or German.

mod readings;
mod signs;

use crate::text::syllables::is_syllable;
use encoding_rs::{MACINTOSH, WINDOWS_1252, WINDOWS_1258};
use readings::{bytes, entities, escapes, tcvn3, utf8, viqr, vni, western};
use signs::{STRONG, has_accents, is_plain, is_suspicious};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// A text that is likely garbled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Garbled {
    /// How it came to be so.
    pub encoding: Encoding,
    /// The first garbled words, up to three, as they were found.
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
pub(crate) fn likely(text: &str) -> Option<Garbled> {
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
        Self { raw, reading: reading.filter(|_| kind != Kind::Clean), kind, weight }
    }

    /// Whether it is so in a garbled text only, and not in French or German.
    fn is_strong(&self) -> bool {
        self.weight >= STRONG
    }
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
    if words.is_empty() {
        return false;
    }
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
    // Punctuation parts more than spaces do.
    let gap = |between: &[Part]| {
        between.iter().map(|part| if part.raw.contains(|c: char| c.is_ascii_punctuation()) { 5 } else { 1 }).sum::<usize>()
    };
    for i in (0..parts.len()).filter(|i| matches!(parts[*i].kind, Kind::Either | Kind::Foreign)).collect::<Vec<_>>() {
        let before = parts[..i].iter().rposition(sure).map(|at| (gap(&parts[at + 1..i]), parts[at].kind));
        let after = parts[i + 1..].iter().position(sure).map(|length| (gap(&parts[i + 1..][..length]), parts[i + 1 + length].kind));
        let nearest = before.into_iter().chain(after).min_by_key(|(gap, _)| *gap);
        if nearest.is_some_and(|(_, kind)| kind == Kind::Clean) {
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
    for pair in parts[first..].chunks(2).take(3).take_while(|pair| pair[0].reading.is_some()) {
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

#[cfg(test)]
mod tests;
