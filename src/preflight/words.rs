//! What is written, before it is set: signs that were left over, garbled or mistyped.

use super::leftovers;
use crate::diag::Problem;
use crate::qr::payload::wanted_digits;
use crate::text::legacy::{Garbled, likely};
use crate::text::{is_syllable, is_unseen, near};

/// The longest address that is typed by hand without a slip.
const TYPED: usize = 40;
/// Accents that stand alone. Those of Unicode that join a letter are known to the fonts.
const ACCENTS: [char; 6] = ['´', 'ˋ', 'ˊ', 'ˆ', '˜', '¨'];
/// Signs that stand at the end of a word or a sentence.
const AFTER_WORDS: [char; 7] = [',', '.', ';', ':', '!', '?', ')'];
/// Judges the text of a page, in a language.
pub fn check_text(text: &str, language: &str) -> Vec<Problem> {
    let mut found = check_cell(text);
    if matches!(found.as_slice(), [Problem::OldEncoding { .. }]) {
        return found;
    }
    // What stands in a placeholder is no text.
    let mut depth = 0_i32;
    let signs = text.match_indices(['"', '{', '}']).filter_map(|(at, sign)| {
        depth += i32::from(sign == "{") - i32::from(sign == "}");
        (sign == "\"" && depth <= 0 && !text[..at].ends_with(|c: char| c.is_ascii_digit())).then_some(at)
    });
    found.extend(signs.into_iter().next().map(|at| Problem::StraightQuotes { near: near(text, at) }));
    // French sets a space there.
    if language != "fr" {
        found.extend(space_before_sign(text));
    }
    found.extend(
        text.split_whitespace().map(bare).find(|word| is_hard_address(word)).map(|word| Problem::HardAddress { address: word.into() }),
    );
    found.extend(space_missing(text));
    let inner = text.trim().strip_prefix('“').and_then(|text| text.strip_suffix('”'));
    found.extend(inner.filter(|inner| !inner.contains(['“', '”'])).map(|inner| Problem::QuotesPrinted { text: inner.to_string() }));
    found.extend(leftovers::markup(text).map(|sign| Problem::MarkupLeft { sign: sign.to_string() }));
    found.extend(phone_digits(text));
    found.extend(lost_letters(text).map(|word| Problem::LettersLost { word: word.to_string() }));
    found.extend(speaks_otherwise(text, language).then(|| Problem::WrongLanguage { language: language.into() }));
    found
}

/// Judges what any text may have wrong, a cell of a table too.
pub fn check_cell(text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    if !text.is_ascii() {
        if let Some(Garbled { word, reading, encoding }) = likely(beginning(text)) {
            // Whatever else is odd about it follows from that. A reading that is no Vietnamese is not worth offering.
            let is_whole = reading.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii()).all(is_syllable);
            let reading = if is_whole { reading } else { String::new() };
            return vec![Problem::OldEncoding { word, reading, garble: encoding }];
        }
        found.extend(stray_accent(text));
        found.extend(look_alike(text));
        let unseen = text.char_indices().find(|(_, c)| is_unseen(*c) || *c == '\u{ad}');
        found.extend(unseen.map(|(at, character)| Problem::InvisibleSign { character, near: near(text, at) }));
    }
    found.extend(leftovers::draft(text).map(|words| Problem::Unfinished { words: words.into() }));
    found.extend(leftovers::one_brace(text).map(|(found, meant)| Problem::OneBrace { found: found.to_string(), meant }));
    let double =
        text.match_indices("  ").find(|(at, _)| !text[..*at].ends_with(['\n', ' ']) && !text[*at..].trim_start().is_empty() && *at > 0);
    found.extend(double.map(|(at, _)| Problem::DoubleSpace { near: near(text, at) }));
    found
}

/// A placeholder of another kind in what a code says, where a sign of per cent begins an escaped letter.
pub(crate) fn misspelt_placeholder(text: &str) -> Option<Problem> {
    let (found, meant) = leftovers::one_brace(text).filter(|(found, _)| !found.starts_with('%'))?;
    Some(Problem::OneBrace { found: found.to_string(), meant })
}

/// As much of a text as is looked at for letters of another encoding: a whole text is in one.
fn beginning(text: &str) -> &str {
    const MOST: usize = 4_000;
    text.char_indices().nth(MOST).map_or(text, |(at, _)| &text[..at])
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/')
}

fn stray_accent(text: &str) -> Option<Problem> {
    text.split_whitespace().find_map(|word| {
        let sign = word.chars().find(|c| ACCENTS.contains(c))?;
        word.contains(char::is_alphabetic).then(|| Problem::StrayAccent { sign, word: word.to_string() })
    })
}

fn space_before_sign(text: &str) -> Option<Problem> {
    let signs = text.char_indices().filter(|(_, c)| AFTER_WORDS.contains(c));
    let stray = |(at, sign): &(usize, char)| {
        let before = text[..*at].strip_suffix(' ').is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let after = text[at + sign.len_utf8()..].chars().next();
        // `1 : 500` is a ratio.
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_ratio =
            sign == &':' && digit(text[..*at].trim_end().chars().next_back()) && digit(text[at + 1..].trim_start().chars().next());
        before && !is_ratio && after.is_none_or(char::is_whitespace)
    };
    signs.into_iter().find(stray).map(|(at, sign)| Problem::SpaceBeforeSign { sign, near: near(text, at) })
}

/// Whether an address is long, or has signs that people mistype.
fn is_hard_address(word: &str) -> bool {
    let is_address = word.contains("://") || word.starts_with("www.");
    is_address && (word.chars().count() > TYPED || word.contains(['?', '%', '&', '=']))
}

/// The Icelandic letter that stands for đ on some keyboards.
fn look_alike(text: &str) -> Option<Problem> {
    let word = text.split_whitespace().find(|word| word.contains(['ð', 'Ð']))?;
    let found = if word.contains('ð') { 'ð' } else { 'Ð' };
    Some(Problem::LookAlike { found, meant: if found == 'ð' { 'đ' } else { 'Đ' }, word: word.to_string() })
}

/// A comma between two letters: the space behind it is missing.
fn space_missing(text: &str) -> Option<Problem> {
    let words = text.split_whitespace().filter(|word| !word.contains(['/', '&', '{', '|']));
    let is_missing = |word: &&str| {
        let parts: Vec<&str> = word.split([',', ';']).collect();
        let are_sizes = parts.iter().all(|part| part.len() < 3 && part.chars().all(|c| c.is_ascii_uppercase()));
        !are_sizes && parts.windows(2).any(|two| two[0].ends_with(char::is_alphabetic) && two[1].starts_with(char::is_alphabetic))
    };
    words.into_iter().find(is_missing).map(|word| Problem::SpaceMissing { near: word.to_string() })
}

/// A Vietnamese telephone number with a digit too few or too many.
fn phone_digits(text: &str) -> Option<Problem> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.');
    text.split(|c: char| !is_part(c)).map(|run| run.trim_matches([' ', '.'])).find_map(|number| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let wanted = wanted_digits(&digits)?;
        let is_off = (9..=12).contains(&digits.len()) && digits.len() != wanted && !is_of_papers(text, number);
        is_off.then(|| Problem::PhoneDigits { number: number.to_string(), found: digits.len(), wanted })
    })
}

/// Whether a number is said to be of a card, an account or a customer: nobody calls it.
pub(super) fn is_of_papers(text: &str, number: &str) -> bool {
    const PAPERS: [&str; 9] = ["cccd", "cmnd", "căn cước", "stk", "tài khoản", "mst", "mã số", "mã kh", "số thẻ"];
    let before = text.find(number).map_or("", |at| &text[..at]).to_lowercase();
    let from = before.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
    PAPERS.iter().any(|word| before[from..].contains(word))
}

/// The first of several words whose letters were lost when they were saved: `Kh?m s?c kh?e`.
fn lost_letters(text: &str) -> Option<&str> {
    let is_lost = |word: &&str| {
        let mut parts = word.split('?');
        let begins = parts.next().is_some_and(|part| part.ends_with(char::is_alphabetic));
        begins && parts.any(|part| part.starts_with(char::is_alphabetic)) && !word.contains(['/', '=', '&'])
    };
    let lost: Vec<&str> = text.split_whitespace().filter(is_lost).collect();
    lost.first().filter(|_| lost.len() > 1).copied()
}

/// Whether a text is plainly not in the language that it is given as: Vietnamese without any mark, or another language
/// with those of Vietnamese.
fn speaks_otherwise(text: &str, language: &str) -> bool {
    let text = without_placeholders(text);
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).collect();
    let words: Vec<&&str> =
        words.iter().filter(|word| !word.contains(['/', '@', '{', '.', '_']) && !word.contains(|c: char| c.is_ascii_digit())).collect();
    let vietnamese = words.iter().filter(|word| word.chars().any(is_vietnamese)).count();
    match language {
        "vi" => words.len() >= 5 && vietnamese == 0 && words.iter().all(|word| word.is_ascii()),
        // Names stay Vietnamese: “Trấn Quốc Pagoda”.
        _ => words.len() >= 3 && vietnamese * 2 > words.len() && vietnamese > 2,
    }
}

/// A text without its placeholders: `{{ Biển số }}` names a column, and says nothing itself.
pub(crate) fn without_placeholders(text: &str) -> String {
    let mut parts = text.split("{{");
    let first = parts.next().unwrap_or("").to_string();
    first + &parts.map(|part| part.split_once("}}").map_or(part, |(_, after)| after)).collect::<Vec<_>>().join(" ")
}

/// Whether a letter is of Vietnamese and of hardly any other language.
pub(crate) fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Finding;

    fn codes(text: &str, language: &str) -> Vec<&'static str> {
        check_text(text, language).into_iter().map(|p| Finding::in_file("a", p).code()).collect()
    }

    #[test]
    fn spaces_and_signs_are_told() {
        for (text, code) in [
            ("Mở cửa  từ 7 giờ", "double-space"),
            ("Kính gửi : các hộ", "space-before-sign"),
            ("Đeo \"khẩu trang\"", "straight-quotes"),
            ("Ca´c hộ", "stray-accent"),
            ("Khử\u{200b} khuẩn", "invisible-sign"),
            ("Xem https://mo.vn/x?id=12&ma=3", "hard-address"),
            ("Rác hữu cơ,rác tái chế", "space-missing"),
            ("“Nước sạch về từng nhà”", "quotes-printed"),
            ("Gọi 0210 3744 99", "phone-digits"),
            ("Gọi 0912 345 6789 ngay", "phone-digits"),
            ("Kh?m s?c kh?e", "letters-lost"),
            ("ðưa đón", "look-alike"),
            ("Xe {bien_so}", "placeholder-misspelt"),
            ("**Miễn phí cho mọi người", "markup-left"),
        ] {
            assert_eq!(codes(text, "vi"), [code], "{text}");
        }
        for text in [
            "Màn hình 5\" giá 10.000 ₫.",
            "Xem mo.vn/x; hỏi 0210 3744 991 (giờ hành chính).",
            "Một\n  hai",
            "Ba lần: .5 độ",
            "Từ 02.03.2026 gọi 0210 3744 991",
            "Ai? Ở đâu?",
        ] {
            assert_eq!(codes(text, "vi"), [""; 0], "{text}");
        }
        assert_eq!(codes("Attention : porte !", "fr"), [""; 0]);
    }

    #[test]
    fn a_text_in_another_language_is_told() {
        assert_eq!(codes("Please wear a mask at all times", "vi"), ["wrong-language"]);
        assert_eq!(codes("Moi ba con den tram y te", "vi"), ["wrong-language"]);
        assert_eq!(codes("Mời bà con đến trạm y tế xã", "en"), ["wrong-language"]);
        assert_eq!(codes("Room of {{ Địa chỉ khách sạn }}, {{ Tên khách sạn }}", "en"), [] as [&str; 0]);
        for (text, language) in
            [("Free Wi-Fi", "vi"), ("Vui lòng đeo khẩu trang", "vi"), ("Ask at Lâm Thao district office", "en"), ("Lâm Thao", "en")]
        {
            assert_eq!(codes(text, language), [""; 0], "{text}");
        }
    }
}
