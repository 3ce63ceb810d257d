//! What a syllable of Vietnamese looks like in writing: onset, rime, and one tone where it belongs.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_canonical};

/// Longest first where one begins another. “q” stands only before “u”; the last is none at all.
const ONSETS: &str = "ngh ng nh gh gi ch kh ph qu th tr b c d đ g h k l m n p r s t v x";

/// All that may follow an onset, without tones, as they stand in dictionaries (Hoàng Phê's and the usual lists of rimes).
const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêu ui um un ung uôc uôi uôm uôn uông uôt \
    uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
    y ych yêm yên yêng yêt yêu ynh yt";

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| RIMES.split(' ').collect());

/// A letter without its tone, in its own case, and the tone as a combining mark; none where it bears any other mark.
pub(crate) fn toneless(c: char) -> Option<(char, Option<char>)> {
    let (mut letter, mut tone) = (None, None);
    let mut whole = true;
    decompose_canonical(c, |part| match part {
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => whole &= tone.replace(part).is_none(),
        '\u{302}' | '\u{306}' | '\u{31b}' => letter = letter.and_then(|base| compose(base, part)),
        _ => whole &= letter.replace(part).is_none(),
    });
    let is_vowel = |c: char| "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".contains(c);
    let is_letter = |c: char| is_vowel(c) || tone.is_none() && (c.is_ascii_alphabetic() || matches!(c, 'đ' | 'Đ'));
    letter.filter(|c| whole && is_letter(*c)).map(|letter| (letter, tone))
}

/// Whether a word is one syllable that Vietnamese could have: small, capitalised or all in capitals, and spelt by the rules.
pub(crate) fn is_syllable(word: &str) -> bool {
    let (mut letters, mut tone, mut capitals) = (String::new(), None, 0);
    for (i, c) in word.nfc().enumerate() {
        let Some((letter, mark)) = toneless(c).filter(|_| i < 7) else { return false };
        // A capital after a small letter is no usual writing.
        if letter.is_uppercase() {
            if capitals != i {
                return false;
            }
            capitals += 1;
        }
        letters.extend(letter.to_lowercase());
        if let Some(mark) = mark
            && tone.replace((i, mark)).is_some()
        {
            return false;
        }
    }
    let length = letters.chars().count();
    (capitals < 2 || capitals == length) && splits(&letters).any(|(onset, rime)| is_spelt(onset, rime) && bears(onset, rime, tone))
}

/// The ways to part a syllable into onset and rime: “giêng” is g and iêng, “gia” gi and a.
fn splits(letters: &str) -> impl Iterator<Item = (&str, &str)> {
    let onsets = ONSETS.split(' ').chain([""]);
    onsets.filter_map(|onset| letters.strip_prefix(onset).map(|rime| (onset, rime)))
}

/// Whether the rime is one, and the onset is written so before it: k, gh and ngh before e, ê and i, and c, g and ng elsewhere.
fn is_spelt(onset: &str, rime: &str) -> bool {
    let Some(first) = rime.chars().next() else { return false };
    let before = |vowels: &str| vowels.contains(first);
    let fits = match onset {
        "k" => before("eêiy"),
        "gh" | "ngh" => before("eêi"),
        "c" | "ng" => !before("eêiy"),
        "g" => !before("eêy"),
        "gi" => !before("iy"),
        "qu" => !before("ouư") && (first != 'ô' || rime == "ôc"),
        "" => !rime.starts_with("iê") && (first != 'y' || rime == "y" || rime.starts_with("yê")),
        _ => first != 'y' || rime == "y",
    };
    fits && KNOWN.contains(rime)
}

/// Whether the tone stands where it may, by the older rule (hòa) or the newer one (hoà), and goes with how the rime ends.
fn bears(onset: &str, rime: &str, tone: Option<(usize, char)>) -> bool {
    let stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    let Some((at, mark)) = tone else { return !stopped };
    if stopped && !matches!(mark, '\u{301}' | '\u{323}') {
        return false;
    }
    let Some(at) = at.checked_sub(onset.chars().count()) else {
        // “Qúy” and “gía” are slips that many make.
        return matches!(onset, "qu" | "gi") && at == 1;
    };
    let place = |list: &str| rime.chars().enumerate().filter(|(_, c)| list.contains(*c)).last();
    match place("ăâêôơ").or_else(|| place("ư")) {
        Some((marked, _)) => at == marked,
        None => at == 0 || at == 1 && ["oa", "oe", "oo", "uy"].iter().any(|pair| rime.starts_with(pair)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_vietnamese_are_known() {
        let words = "Việt Nam nghiêng giếng giêng gì gìn già quốc quý quyển Quỳnh quýt hoà hòa thuỷ thủy thuý Nguyễn khuỷu ngoèo khuya \
            xoong goòng huênh huơ thuở ưu ươu rượu bưởi yêu yến ý ỷ ơi ăn ấm ông ở ẩm uống ướt oai oà ỉa kẻ ghế nghỉ Huỳnh uyên tuýp ĐƯỜNG XÃ Đ";
        for word in words.split_whitespace().filter(|word| *word != "Đ") {
            assert!(is_syllable(word), "{word}");
            assert!(is_syllable(&word.to_uppercase()), "{word} in capitals");
            assert!(is_syllable(&word.nfd().collect::<String>()), "{word} decomposed");
        }
    }

    #[test]
    fn what_breaks_a_rule_is_no_syllable() {
        let words = "Đ đ Krông Đắk Bluezone cat mát1 kà cê ghá nga\u{301}\u{300} Vịêt bàt mảc hÔm HÔm XÃã trờng nớc aé oâi iêu mâ ă â zô fa wá ñô Noël où";
        for word in words.split_whitespace() {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn a_letter_is_parted_from_its_tone() {
        assert_eq!(toneless('Ộ'), Some(('Ô', Some('\u{323}'))));
        assert_eq!(toneless('ữ'), Some(('ư', Some('\u{303}'))));
        assert_eq!(toneless('đ'), Some(('đ', None)));
        for c in ['ñ', 'ä', '1', '·', 'ż', '한'] {
            assert_eq!(toneless(c), None, "{c}");
        }
    }
}
