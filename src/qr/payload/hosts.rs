//! Hosts that are not what they look like, as UTS #39 judges names (§5.2, “highly restrictive”).

use super::cards::fields;
use super::doubts::{Doubt, ENDS};
use super::punycode;
use super::signs::is_unseen;
use icu_properties::props::{GeneralCategory, Script};
use icu_properties::{CodePointMapData, PropertyNamesLong};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Scripts in which names are written today (UAX #31 table 5). All others hide more than they say.
const IN_USE: [Script; 31] = [
    Script::Arabic,
    Script::Armenian,
    Script::Bengali,
    Script::Bopomofo,
    Script::Cyrillic,
    Script::Devanagari,
    Script::Ethiopic,
    Script::Georgian,
    Script::Greek,
    Script::Gujarati,
    Script::Gurmukhi,
    Script::Han,
    Script::Hangul,
    Script::Hebrew,
    Script::Hiragana,
    Script::Kannada,
    Script::Katakana,
    Script::Khmer,
    Script::Lao,
    Script::Latin,
    Script::Malayalam,
    Script::Myanmar,
    Script::Oriya,
    Script::Sinhala,
    Script::Tamil,
    Script::Telugu,
    Script::Thaana,
    Script::Thai,
    Script::Tibetan,
    Script::Common,
    Script::Inherited,
];
/// Scripts that stand together in one name (UTS #39 §5.2).
const TOGETHER: [&[Script]; 3] = [
    &[Script::Latin, Script::Han, Script::Hiragana, Script::Katakana],
    &[Script::Latin, Script::Han, Script::Bopomofo],
    &[Script::Latin, Script::Han, Script::Hangul],
];
/// Letters that look like Latin ones (confusables.txt of UTS #39, those that are near to small letters).
const LIKE_LATIN: &str = "асԁеһіјӏорԛѕԝхуүѵгьҽѡԍαγηικνορτυωϲϳհոսօզցյլգւ";
/// Signs of Han and Kana that look like strokes, dots or Latin letters, beside which only their own kind may stand.
const LIKE_STROKES: &str = "一丨丶丿乀乁〇ノソゾンーエロニ工口二卜ト";

/// What is doubtful about the hosts to which a payload leads.
pub(super) fn doubts(payload: &str) -> Vec<Doubt> {
    let mut fields = fields(payload);
    fields.retain(|field| !field.value.is_ascii() || field.value.to_ascii_lowercase().contains("xn--"));
    let hosts: BTreeSet<&str> = fields.iter().flat_map(|field| named(&field.value)).collect();
    hosts.into_iter().filter_map(doubt).collect()
}

/// What stands behind `https:` or `http:` wherever that stands in a text, slashes and all, up to the colon of the next.
/// Where others stand before it, `;` and `&` may part it from what follows.
pub(super) fn addresses(text: &str) -> Vec<&str> {
    let small = text.to_ascii_lowercase();
    let begins: Vec<usize> = small
        .match_indices(':')
        .map(|(at, _)| at + 1)
        .filter(|at| small[..*at].ends_with("http:") || small[..*at].ends_with("https:"))
        .filter(|at| small[*at..].starts_with(['/', '\\']))
        .collect();
    let leads = |at: usize| matches!(small[..at].trim_start_matches(|c: char| !c.is_alphanumeric()), "http:" | "https:");
    let ends = begins.iter().copied().skip(1).chain([text.len()]);
    let address = |(nth, (begin, end)): (usize, (&usize, usize))| match &text[*begin..end] {
        whole if nth == 0 && leads(*begin) => whole,
        part => part.split([';', '&']).next().unwrap_or_default(),
    };
    begins.iter().zip(ends).enumerate().map(address).collect()
}

/// What stands behind the slashes, up to what ends it for a browser or in a sentence.
pub(super) fn authority(rest: &str) -> &str {
    let rest = rest.trim_start_matches(['/', '\\']);
    rest.split(|c: char| c.is_whitespace() || "/\\?#<>\"'“”‘’«»(){},;|".contains(c)).next().unwrap_or_default()
}

/// The host of an authority, without what ends a sentence behind it.
fn host(text: &str) -> &str {
    let host = authority(text).rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
}

/// Hosts of addresses and of e-mail, wherever they stand in a payload.
fn named(payload: &str) -> Vec<&str> {
    let words = payload.split(|c: char| c.is_whitespace() || ",;<>()\"".contains(c));
    let is_www = |word: &&str| word.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("www."));
    let bare = words.clone().filter(|word| is_www(word) || word.contains('@') && !word.contains("://"));
    let is_known = ENDS.iter().any(|end| host(payload).ends_with(end)) && words.count() == 1 && !payload.contains(':');
    addresses(payload).into_iter().chain(bare).chain(is_known.then_some(payload)).map(host).filter(|host| host.contains('.')).collect()
}

/// What is doubtful about a host.
fn doubt(host: &str) -> Option<Doubt> {
    let labels: Vec<&str> = host.split('.').collect();
    let mut shown = Vec::new();
    for label in &labels {
        let coded = label.get(..4).filter(|begin| begin.eq_ignore_ascii_case("xn--")).map(|_| &label[4..]);
        let read = |letters| punycode::decode(letters).filter(|name| !name.chars().any(|c| c.is_control() || is_unseen(c)));
        match coded.map(|letters| (read(letters), label)) {
            Some((None, label)) => return Some(Doubt::Punycode { label: label.to_string() }),
            Some((Some(letters), _)) => shown.push(letters),
            None => shown.push(label.nfc().flat_map(char::to_lowercase).nfc().collect()),
        }
    }
    let is_latin = labels.last().is_some_and(|last| last.is_ascii() && !last.to_ascii_lowercase().starts_with("xn--"));
    let sign = shown.iter().filter(|label| !label.is_ascii()).find_map(|label| odd(label, is_latin))?;
    let script = Some(script(sign)).filter(|script| ![Script::Latin, Script::Common, Script::Inherited].contains(script));
    let script = script.and_then(|script| PropertyNamesLong::<Script>::new().get(script));
    Some(Doubt::LookAlike { host: shown.join("."), sign, script })
}

/// The first sign of a label that is not what it looks like.
fn odd(label: &str, under_latin: bool) -> Option<char> {
    let signs = || label.chars().filter(|c| !c.is_ascii());
    let strange = signs().find(|c| {
        let is_letter = c.is_alphanumeric() || is_combining_mark(*c) || LIKE_STROKES.contains(*c);
        let is_other_form = c.nfkc().ne([*c]) && !matches!(c, 'ำ' | 'ຳ');
        !is_letter || is_other_form || !IN_USE.contains(&script(*c)) || is_stray_mark(*c) || script(*c) == Script::Latin && !is_common(*c)
    });
    strange.or_else(|| mixed(label)).or_else(|| of_other_digits(label)).or_else(|| {
        let letters: Vec<char> = label.chars().filter(|c| c.is_alphabetic()).collect();
        let is_like = under_latin && !letters.is_empty() && letters.iter().all(|c| LIKE_LATIN.contains(*c));
        is_like.then(|| letters[0])
    })
}

/// A letter of a script that does not stand beside the others: the one of which there are fewer.
fn mixed(label: &str) -> Option<char> {
    let is_of_all = |c: &char| [Script::Common, Script::Inherited].contains(&script(*c));
    let letters: Vec<char> = label.chars().filter(|c| !is_of_all(c)).collect();
    let mut counts: BTreeMap<Script, usize> = BTreeMap::new();
    for c in &letters {
        *counts.entry(script(*c)).or_default() += 1;
    }
    let has_latin = counts.contains_key(&Script::Latin);
    if counts.len() < 2 || TOGETHER.iter().any(|set| counts.keys().all(|script| set.contains(script))) {
        let others = || label.chars().filter(|c| !c.is_ascii() && (!is_of_all(c) || LIKE_STROKES.contains(*c)));
        let is_stroke = has_latin && others().all(|c| LIKE_STROKES.contains(c) && script(c) != Script::Latin);
        return if is_stroke { others().next() } else { None };
    }
    letters.iter().copied().filter(|c| script(*c) != Script::Latin).min_by_key(|c| counts.get(&script(*c)))
}

/// A digit that is not of the keyboard, beside Latin letters or digits of another kind.
fn of_other_digits(label: &str) -> Option<char> {
    let digits = label.chars().filter(|c| CodePointMapData::<GeneralCategory>::new().get(*c) == GeneralCategory::DecimalNumber);
    let foreign = digits.clone().find(|c| !c.is_ascii())?;
    // Each set of ten lies within 16 code points.
    let is_mixed = digits.clone().any(|c| u32::from(c) >> 4 != u32::from(foreign) >> 4);
    (is_mixed || label.chars().any(|c| script(c) == Script::Latin)).then_some(foreign)
}

/// Whether a mark belongs to no letter: those of common letters are part of them once they are composed.
fn is_stray_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}')
}

/// Whether a Latin letter is of Vietnamese or of another language of Europe, and no look-alike of another there.
fn is_common(c: char) -> bool {
    match c {
        'ı' | 'ĸ' | 'ŉ' | 'ŀ' | 'ſ' => false,
        'a'..='z' | 'ß'..='ÿ' | 'ā'..='ž' | 'ơ' | 'ư' | 'ș' | 'ț' | 'ẁ'..='ẅ' | 'ạ'..='ỹ' => true,
        _ => false,
    }
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(host: &str) -> Option<(char, Option<&'static str>)> {
        match doubt(host) {
            Some(Doubt::LookAlike { sign, script, .. }) => Some((sign, script)),
            Some(doubt) => panic!("{host}: {doubt:?}"),
            None => None,
        }
    }

    #[test]
    fn letters_that_look_like_others_are_named() {
        let (cyrillic, greek) = (Some("Cyrillic"), Some("Greek"));
        for (host, found) in [
            // One foreign letter among Latin ones.
            ("vietcombаnk.com.vn", ('а', cyrillic)),
            ("www.vietcоmbank.com.vn", ('о', cyrillic)),
            ("VIETCOMBАNK.COM.VN", ('а', cyrillic)),
            ("vietinbank.com.vո", ('ո', Some("Armenian"))),
            ("bidν.com.vn", ('ν', greek)),
            ("mοmo.vn", ('ο', greek)),
            ("zalо.me", ('о', cyrillic)),
            ("аgribank.com.vn", ('а', cyrillic)),
            ("paypаl.com", ('а', cyrillic)),
            ("gооgle.com", ('о', cyrillic)),
            ("goоgle.vn", ('о', cyrillic)),
            ("faсebook.com", ('с', cyrillic)),
            ("dichvucong.gоv.vn", ('о', cyrillic)),
            ("ѕhopee.vn", ('ѕ', cyrillic)),
            ("mоmo.vn.com", ('о', cyrillic)),
            ("εbay.com", ('ε', greek)),
            // All of a label of another script, under a Latin top level.
            ("аррӏе.com", ('а', cyrillic)),
            ("хх.com", ('х', cyrillic)),
            ("сосо.vn", ('с', cyrillic)),
            ("αρα.com", ('α', greek)),
            ("օսո.com", ('օ', Some("Armenian"))),
            ("www.рау.com", ('р', cyrillic)),
            // Scripts in which nobody writes addresses.
            ("ꭰꮳ.com", ('ꭰ', Some("Cherokee"))),
            ("Ꭺmazon.com", ('ꭺ', Some("Cherokee"))),
            ("ⲥⲟⲙ.vn", ('ⲥ', Some("Coptic"))),
            // Forms of Latin letters that no keyboard has.
            ("ɡoogle.com", ('ɡ', None)),
            ("vıetcombank.vn", ('ı', None)),
            ("ʙank.vn", ('ʙ', None)),
            ("ᴠietcombank.vn", ('ᴠ', None)),
            ("ｖｉｅｔｃｏｍｂａｎｋ.com.vn", ('ｖ', None)),
            ("ℊoogle.com", ('ℊ', None)),
            ("𝐯cb.vn", ('𝐯', None)),
            ("oﬃce.vn", ('ﬃ', None)),
            ("ⓥcb.vn", ('ⓥ', None)),
            ("vcḇ.vn", ('ḇ', None)),
            ("vcx\u{323}.vn", ('\u{323}', None)),
            // Digits of other scripts, and signs that look like strokes.
            ("vcb٢.vn", ('٢', Some("Arabic"))),
            ("१२3.com", ('१', Some("Devanagari"))),
            ("vcbー.vn", ('ー', None)),
            ("mo.vnノx.com", ('ノ', Some("Katakana"))),
            ("vcb〇.vn", ('〇', Some("Han"))),
            ("mo–cua.vn", ('–', None)),
            ("i❤.vn", ('❤', None)),
            ("mo․vn.com", ('․', None)),
            // As the DNS has them.
            ("xn--80ak6aa92e.com", ('а', cyrillic)),
            ("XN--80AK6AA92E.COM", ('а', cyrillic)),
            ("xn--vietcombnk-6qi.com.vn", ('а', cyrillic)),
        ] {
            assert_eq!(told(host), Some(found), "{host}");
        }
    }

    #[test]
    fn names_in_any_language_are_left_alone() {
        for host in [
            "tìmkiếm.vn",
            "TÌMKIẾM.VN",
            "ti\u{300}mkie\u{302}\u{301}m.vn",
            "xn--tmkim-tsa2654c.vn",
            "báođiệntửđảngcộngsản.vn",
            "đườngsắt.vn",
            "ubndxãsơnvi.vn",
            "bücher.de",
            "smørrebrød.dk",
            "łódź.pl",
            "știri.ro",
            "café-hà-nội.vn",
            "例え.jp",
            "東京タワー.jp",
            "日本語.com",
            "中国.cn",
            "中文taipei.tw",
            "ㄅㄆ台.tw",
            "한국어.kr",
            "大韓민국.kr",
            "почта.рф",
            "москва.com",
            "яндекс.рф",
            "україна.ua",
            "ххх.рф",
            "ελλάδα.gr",
            "հայաստան.հայ",
            "ไทย.ไทย",
            "भारत.भारत",
            "مصر.مصر",
            "ישראל.co.il",
            "xn--p1ai",
            "mo.vn",
        ] {
            assert_eq!(doubt(host), None, "{host}");
        }
    }

    #[test]
    fn a_name_that_none_has_written_is_broken() {
        for label in ["xn--", "xn--mo-", "xn--99999999", "xn--a", "XN--ZZZZZZ"] {
            assert_eq!(doubt(&format!("{label}.vn")), Some(Doubt::Punycode { label: label.into() }), "{label}");
        }
    }

    #[test]
    fn hosts_are_found_wherever_they_stand() {
        for payload in [
            "https://vietcombаnk.vn",
            "HTTPS://VIETCOMBАNK.VN/x",
            "https:\\\\vietcombаnk.vn",
            "https://a.vn@vietcombаnk.vn:8080/",
            "www.vietcombаnk.vn",
            "vietcombаnk.vn/x",
            "Mời bà con vào https://vietcombаnk.vn.",
            "Mời bà con vào (www.vietcombаnk.vn), nhé",
            "mailto:vanthu@vietcombаnk.vn?subject=x",
            "BEGIN:VCARD\nEMAIL:a@vietcombаnk.vn\nEND:VCARD",
            "MECARD:N:An;URL:https\\://vietcombаnk.vn;;",
            "BEGIN:VCARD\nURL:http://vietcombаnk.vn\nEND:VCARD",
            "SMSTO:0912345678:https://xn--vietcombnk-6qi.vn",
            "MECARD:N:An;URL:vietcombаnk.vn;;",
            "BEGIN:VCARD\nURL;ENCODING=QUOTED-PRINTABLE:https://vietcomb=D0=B0nk.vn\nEND:VCARD",
            "BEGIN:VCARD\nURL:https://vietcomb\n аnk.vn\nEND:VCARD",
            "ht\ttps://vietcombаnk.vn",
            "Wifi: www.vietcombаnk.vn",
        ] {
            let found = doubts(payload);
            assert!(matches!(found.as_slice(), [Doubt::LookAlike { sign: 'а', .. }]), "{payload}: {found:?}");
        }
        for payload in [
            "Лето: а у нас жара",
            "https://mo.vn/рау",
            "Αθήνα 8.30",
            "Vào https://mo.vn…",
            "Thư: a@mo.vn🎉 nhé",
            "Trang @Тhanh",
            "BEGIN:VCARD\nNOTE:https://mo.vn\\nЛето\nEND:VCARD",
            "Hộp thư vanthu@lamthao.vn",
            "a@",
            "www.",
            "https://",
        ] {
            assert_eq!(doubts(payload), [], "{payload}");
        }
    }

    #[test]
    fn long_texts_take_no_longer_than_their_length() {
        for text in ["http:/", "аb", "a@", "https://xn--", "\\:", "а."] {
            let payload = format!("https://mo.vn{}.vn", text.repeat(50_000));
            doubts(&payload);
            crate::qr::payload::traps(&payload);
        }
    }
}
