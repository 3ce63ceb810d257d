//! What is left in a text that was meant to be replaced, or to be read by another program.

use super::words::is_of_papers;

/// Words of samples and drafts, in small letters.
const DRAFTS: [&str; 10] =
    ["lorem ipsum", "todo", "fixme", "tbd", "nội dung ở đây", "tiêu đề ở đây", "điền vào đây", "chưa điền", "ghi tên vào đây", "abc xyz"];

/// What a draft left to fill in.
pub(super) fn draft(text: &str) -> Option<&str> {
    let small = text.to_lowercase();
    let is_word = |at: usize, word: &str| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(small[..at].chars().next_back()) && edge(small[at + word.len()..].chars().next())
    };
    let draft = DRAFTS.iter().find(|draft| small.match_indices(**draft).any(|(at, word)| is_word(at, word)));
    draft.copied().or_else(|| in_brackets(text)).or_else(|| dots_for_a_name(text)).or_else(|| run_of(text)).or_else(|| sample_number(text))
}

/// `[tên xã]`, `<tên xã>`: no link and no formula, words to be replaced.
fn in_brackets(text: &str) -> Option<&str> {
    let mut opened =
        [('[', ']'), ('<', '>')].into_iter().flat_map(|(open, close)| text.match_indices(open).map(move |(begin, _)| (begin, open, close)));
    opened.find_map(|(begin, open, close)| {
        let end = begin + text[begin..].find(close)? + close.len_utf8();
        let inside = &text[begin + 1..end - 1];
        let is_words = inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '…' | '_' | '/' | '-'))
            && inside.chars().any(|c| c.is_alphabetic() || matches!(c, '.' | '…' | '_'))
            // `[x]` is a ticked box, and `a < b` less than.
            && inside.chars().count() > 1
            && !(open == '<' && inside.starts_with(|c: char| c == ' ' || c.is_ascii_digit()));
        // Tags of HTML are told as such.
        let is_tag = open == '<' && markup(&text[begin..end]).is_some();
        (is_words && !is_tag && !text[end..].starts_with('(')).then(|| &text[begin..end])
    })
}

/// `xxx`, `......`, `____`. A long row of `…` is a line to write on by hand.
fn run_of(text: &str) -> Option<&str> {
    let mut runs = text.char_indices().peekable();
    while let Some((begin, c)) = runs.next() {
        let least = match c {
            'x' | 'X' | '…' | '_' | '?' => 3,
            '.' => 4,
            _ => continue,
        };
        let to_write_on = if c == '…' { 5 } else { usize::MAX };
        let mut end = begin + c.len_utf8();
        let mut count = 1;
        while let Some((at, _)) = runs.next_if(|(_, next)| *next == c) {
            (end, count) = (at + c.len_utf8(), count + 1);
        }
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
        if (least..to_write_on).contains(&count)
            && (!c.is_alphabetic() || alone(text[..begin].chars().next_back()) && alone(text[end..].chars().next()))
        {
            return Some(&text[begin..end]);
        }
    }
    None
}

/// A telephone number that nobody has.
fn sample_number(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-');
    let mut runs = text.split(|c: char| !is_part(c)).map(str::trim);
    runs.find(|run| {
        let digits: Vec<u8> = run.bytes().filter(u8::is_ascii_digit).collect();
        let counts_up =
            (9..=11).contains(&digits.len()) && digits.windows(2).all(|two| two[1] == two[0] + 1 || (two[0], two[1]) == (b'9', b'0'));
        // Lucky numbers, of 6 and 8, are sold dear.
        let repeats =
            (9..=11).contains(&digits.len()) && !matches!(digits[1], b'6' | b'8') && digits[1..].windows(2).all(|two| two[0] == two[1]);
        (counts_up || repeats) && !is_of_papers(text, run)
    })
}

/// `UBND xã ...`, `Số …/KH-UBND`: dots that stand for a word.
fn dots_for_a_name(text: &str) -> Option<&str> {
    ["...", "…"].into_iter().find(|dots| {
        text.match_indices(dots).any(|(at, _)| {
            let alone = text[..at].ends_with(' ') && at + dots.len() == text.len();
            alone || text[at + dots.len()..].starts_with('/') && (at == 0 || text[..at].ends_with(' '))
        })
    })
}

/// A placeholder of another kind, and as it is written here.
pub(super) fn one_brace(text: &str) -> Option<(&str, String)> {
    const KINDS: [(&str, &str); 6] = [("«", "»"), ("<<", ">>"), ("[[", "]]"), ("${", "}"), ("{", "}"), ("%", "%")];
    let mut opened = KINDS.iter().flat_map(|(open, close)| text.match_indices(open).map(move |(begin, _)| (begin, open, close)));
    opened.find_map(|(begin, open, close)| {
        let from = begin + open.len();
        let end = from + text[from..].find(close)?;
        // Quotes of French stand off the words.
        let inside = if *open == "«" { &text[from..end] } else { text[from..end].trim() };
        // `{x}` is a set.
        let is_name = inside.starts_with(char::is_alphabetic)
            && inside.chars().count() > 1
            && inside.chars().all(|c| c.is_alphanumeric() || c == '_');
        // Two braces are the right ones, and a share in per cent is a number.
        let is_right = *open == "{" && (text[from..].starts_with('{') || text[..begin].ends_with('{'));
        let is_share = *open == "%" && !inside.contains('_');
        (is_name && !is_right && !is_share).then(|| (&text[begin..end + close.len()], format!("{{{{ {inside} }}}}")))
    })
}

/// Markup that is not known here, or not closed.
pub(super) fn markup(text: &str) -> Option<&str> {
    const TAGS: [&str; 8] = ["<br", "</", "<b>", "<i>", "<p>", "<u>", "<strong", "<span"];
    const ENTITIES: [&str; 6] = ["&amp;", "&nbsp;", "&lt;", "&gt;", "&quot;", "&#39;"];
    let small = text.to_ascii_lowercase();
    let tag = TAGS.iter().chain(&ENTITIES).find_map(|tag| {
        let begin = small.find(tag)?;
        let end = text[begin..].find(['>', ';']).map_or(begin + tag.len(), |at| begin + at + 1);
        Some(&text[begin..end])
    });
    let one_line = !text.trim().contains('\n');
    let heading = ["## ", "# ", "- ", "* ", "• ", "+ "].into_iter().find(|sign| one_line && text.trim_start().starts_with(sign));
    let stars = text.matches("**").count();
    let parts: Vec<&str> = text.split("**").collect();
    let stands_off =
        parts.iter().enumerate().any(|(i, part)| i % 2 == 1 && i + 1 < parts.len() && (part.starts_with(' ') || part.ends_with(' ')));
    let is_open = stars % 2 == 1 && text.contains(char::is_alphabetic) || stands_off;
    tag.or(heading).or(text.contains("\\n").then_some("\\n")).or((stars > 0 && is_open).then_some("**"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("UBND xã ...", "..."),
            ("Số …/KH-UBND", "…"),
            ("Hỏi lại ???", "???"),
            ("Gọi 0123 456 789 để hỏi", "0123 456 789"),
            ("Số 0999.999.999", "0999.999.999"),
        ] {
            assert_eq!(draft(text), Some(words), "{text}");
        }
        for text in [
            "Gọi 0210 3744 991…",
            "[Bản đồ](https://mo.vn)",
            "5 < 6 > 4",
            "Max, xx, xe",
            "Chờ...",
            "1234567",
            "a_b",
            "methodology",
            "[x] Đã đọc",
            "Trẻ <5 tuổi và người >80 tuổi",
            "a < b và b > c",
            "STK 0123456789 tại Vietcombank",
        ] {
            assert_eq!(draft(text), None, "{text}");
        }
    }

    #[test]
    fn placeholders_of_other_programs_are_told() {
        for (text, found, meant) in [
            ("Xe {bien_so}", "{bien_so}", "{{ bien_so }}"),
            ("{{ ten }} ở {dia_chi}", "{dia_chi}", "{{ dia_chi }}"),
            ("Xe «bien_so»", "«bien_so»", "{{ bien_so }}"),
            ("Xe <<Ten>>", "<<Ten>>", "{{ Ten }}"),
            ("Xe ${ten}", "${ten}", "{{ ten }}"),
            ("Xe %bien_so%", "%bien_so%", "{{ bien_so }}"),
        ] {
            assert_eq!(one_brace(text), Some((found, meant.to_string())), "{text}");
        }
        for text in ["Xe {{ bien_so }}", "Giảm 5 % đến 10 %", "{% if a %}", "{1}", "Appuyez sur « Installer »"] {
            assert_eq!(one_brace(text), None, "{text}");
        }
    }

    #[test]
    fn markup_of_other_kinds_is_told() {
        for (text, sign) in [
            ("Một<br>hai", "<br>"),
            ("<b>Một</b>", "</b>"),
            ("Rác &amp; nước", "&amp;"),
            ("Một\\nhai", "\\n"),
            ("**Miễn phí cho", "**"),
            ("** Miễn phí ** cho", "**"),
            ("## Tiêu đề", "## "),
            ("- Một", "- "),
        ] {
            assert_eq!(markup(text), Some(sign), "{text}");
        }
        for text in ["**Miễn phí** cho **mọi** người", "- một\n- hai", "a < b > c", "2 ** 3 = 8"] {
            assert_eq!(markup(text), None, "{text}");
        }
    }
}
