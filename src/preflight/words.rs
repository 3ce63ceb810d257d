//! What is written, before it is set: signs that were left over, garbled or mistyped.

use crate::diag::Problem;

/// Signs around a place that a finding shows, on each side.
const AROUND: usize = 14;
/// The longest address that is typed by hand without a slip.
const TYPED: usize = 40;
/// Accents that stand alone. Those of Unicode that join a letter are known to the fonts.
const ACCENTS: [char; 7] = ['´', 'ˋ', 'ˊ', 'ˆ', '˜', '¨', '˚'];
/// Signs that stand at the end of a word or a sentence.
const AFTER_WORDS: [char; 7] = [',', '.', ';', ':', '!', '?', ')'];
/// Words of samples and drafts, in small letters.
const DRAFTS: [&str; 10] =
    ["lorem ipsum", "todo", "fixme", "tbd", "nội dung ở đây", "tiêu đề ở đây", "điền vào đây", "chưa điền", "ghi tên vào đây", "abc xyz"];

/// Judges the text of a page, in a language.
pub fn check_text(text: &str, language: &str) -> Vec<Problem> {
    let mut found = check_cell(text);
    let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let is_inch = |at: &usize| text[..*at].ends_with(|c: char| c.is_ascii_digit());
    found.extend(marks.iter().find(|at| !is_inch(at)).map(|at| Problem::StraightQuotes { near: near(text, *at) }));
    // French sets a space there.
    if language != "fr" {
        found.extend(space_before_sign(text));
    }
    found.extend(
        text.split_whitespace().map(bare).find(|word| is_hard_address(word)).map(|word| Problem::HardAddress { address: word.into() }),
    );
    found.extend(speaks_otherwise(text, language).then(|| Problem::WrongLanguage { language: language.into() }));
    found
}

/// Judges what any text may have wrong, a cell of a table too.
pub fn check_cell(text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    if !text.is_ascii() {
        found.extend(crate::text::legacy::likely(text).map(|garbled| Problem::OldEncoding {
            word: garbled.word,
            reading: garbled.reading,
            garble: garbled.encoding,
        }));
        found.extend(stray_accent(text));
        let unseen = text.char_indices().find(|(_, c)| is_unseen(*c));
        found.extend(unseen.map(|(at, character)| Problem::InvisibleSign { character, near: near(text, at) }));
    }
    found.extend(left_over(text).map(|words| Problem::Unfinished { words: words.into() }));
    let double =
        text.match_indices("  ").find(|(at, _)| !text[..*at].ends_with(['\n', ' ']) && !text[*at..].trim_start().is_empty() && *at > 0);
    found.extend(double.map(|(at, _)| Problem::DoubleSpace { near: near(text, at) }));
    found
}

/// The words around a place.
fn near(text: &str, at: usize) -> String {
    let before: Vec<char> = text[..at].chars().rev().take_while(|c| *c != '\n').take(AROUND).collect();
    let after = text[at..].chars().take_while(|c| *c != '\n').take(AROUND);
    before.into_iter().rev().chain(after).collect::<String>().trim().to_string()
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/')
}

fn is_unseen(c: char) -> bool {
    // Spaces without width, marks of direction, soft hyphens. A joiner is part of some signs (U+200D).
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{2064}' | '\u{feff}')
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
        before && after.is_none_or(char::is_whitespace)
    };
    signs.into_iter().find(stray).map(|(at, sign)| Problem::SpaceBeforeSign { sign, near: near(text, at) })
}

/// Whether an address is long, or has signs that people mistype.
fn is_hard_address(word: &str) -> bool {
    let is_address = word.contains("://") || word.starts_with("www.");
    is_address && (word.chars().count() > TYPED || word.contains(['?', '%', '&', '=']))
}

/// What a draft left to fill in.
fn left_over(text: &str) -> Option<&str> {
    let small = text.to_lowercase();
    let is_word = |at: usize, word: &str| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(small[..at].chars().next_back()) && edge(small[at + word.len()..].chars().next())
    };
    let draft = DRAFTS.iter().find(|draft| small.match_indices(**draft).any(|(at, word)| is_word(at, word)));
    draft.copied().or_else(|| in_brackets(text)).or_else(|| run_of(text)).or_else(|| sample_number(text))
}

/// `[tên xã]`, `<tên xã>`: no link and no formula, words to be replaced.
fn in_brackets(text: &str) -> Option<&str> {
    [('[', ']'), ('<', '>')].into_iter().find_map(|(open, close)| {
        let begin = text.find(open)?;
        let end = begin + text[begin..].find(close)? + close.len_utf8();
        let inside = &text[begin + 1..end - 1];
        let is_words = inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '…' | '_' | '/' | '-'))
            && inside.chars().any(|c| c.is_alphabetic() || matches!(c, '.' | '…' | '_'));
        (is_words && !text[end..].starts_with('(')).then(|| &text[begin..end])
    })
}

/// `xxx`, `......`, `____`.
fn run_of(text: &str) -> Option<&str> {
    let mut runs = text.char_indices().peekable();
    while let Some((begin, c)) = runs.next() {
        let least = match c {
            'x' | 'X' | '…' | '_' => 3,
            '.' => 4,
            '0'..='9' => continue,
            _ => continue,
        };
        let mut end = begin + c.len_utf8();
        let mut count = 1;
        while let Some((at, _)) = runs.next_if(|(_, next)| *next == c) {
            (end, count) = (at + c.len_utf8(), count + 1);
        }
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
        if count >= least && (!c.is_alphabetic() || alone(text[..begin].chars().next_back()) && alone(text[end..].chars().next())) {
            return Some(&text[begin..end]);
        }
    }
    None
}

/// A telephone number that nobody has.
fn sample_number(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-');
    let runs = text.split(|c: char| !is_part(c)).map(str::trim);
    runs.into_iter().find(|run| {
        let digits: Vec<u8> = run.bytes().filter(u8::is_ascii_digit).collect();
        let counts_up =
            (9..=11).contains(&digits.len()) && digits.windows(2).all(|two| two[1] == two[0] + 1 || (two[0], two[1]) == (b'9', b'0'));
        let repeats = (9..=11).contains(&digits.len()) && digits[1..].windows(2).all(|two| two[0] == two[1]);
        counts_up || repeats
    })
}

/// Whether a text is plainly not in the language that it is given as: Vietnamese without any mark, or another language
/// with those of Vietnamese.
fn speaks_otherwise(text: &str, language: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).collect();
    let words: Vec<&&str> =
        words.iter().filter(|word| !word.contains(['/', '@', '{', '.', '_']) && !word.contains(|c: char| c.is_ascii_digit())).collect();
    let vietnamese = words.iter().filter(|word| word.chars().any(is_vietnamese)).count();
    match language {
        "vi" => words.len() >= 5 && vietnamese == 0 && words.iter().all(|word| word.is_ascii()),
        _ => words.len() >= 3 && vietnamese * 2 > words.len(),
    }
}

/// Whether a letter is of Vietnamese and of hardly any other language.
fn is_vietnamese(c: char) -> bool {
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
    fn what_was_left_over_is_told() {
        for (text, words) in [
            ("Lorem ipsum dolor", "lorem ipsum"),
            ("TODO: hỏi lại", "todo"),
            ("UBND xã [tên xã]", "[tên xã]"),
            ("Kính gửi <tên khách sạn>,", "<tên khách sạn>"),
            ("Gọi 0210 xxx xxx", "xxx"),
            ("Ngày ...... tháng", "......"),
            ("Họ tên: ____", "____"),
            ("Gọi 0123 456 789 để hỏi", "0123 456 789"),
            ("Số 0999.999.999", "0999.999.999"),
        ] {
            let found = check_cell(text);
            assert_eq!(found, [Problem::Unfinished { words: words.into() }], "{text}");
        }
        for text in ["Gọi 0210 3744 991…", "[Bản đồ](https://mo.vn)", "5 < 6 > 4", "Max, xx, xe", "Chờ...", "1234567", "a_b", "methodology"]
        {
            assert_eq!(check_cell(text), [], "{text}");
        }
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
        ] {
            assert_eq!(codes(text, "vi"), [code], "{text}");
        }
        for text in ["Màn hình 5\" giá 10.000 ₫.", "Xem mo.vn/x; hỏi 0210 3744 991 (giờ hành chính).", "Một\n  hai", "Ba lần: .5 độ"]
        {
            assert_eq!(codes(text, "vi"), [""; 0], "{text}");
        }
        assert_eq!(codes("Attention : porte !", "fr"), [""; 0]);
    }

    #[test]
    fn a_text_in_another_language_is_told() {
        assert_eq!(codes("Please wear a mask at all times", "vi"), ["wrong-language"]);
        assert_eq!(codes("Moi ba con den tram y te", "vi"), ["wrong-language"]);
        assert_eq!(codes("Mời bà con đến trạm y tế xã", "en"), ["wrong-language"]);
        for (text, language) in
            [("Free Wi-Fi", "vi"), ("Vui lòng đeo khẩu trang", "vi"), ("Ask at Lâm Thao district office", "en"), ("Lâm Thao", "en")]
        {
            assert_eq!(codes(text, language), [""; 0], "{text}");
        }
    }
}
