//! What a line break must not part.

/// Words that a text needs before its last two are kept together.
const LONG: usize = 4;

/// The spans' texts as they are.
pub(super) fn apart(spans: &[&str]) -> Vec<String> {
    spans.iter().map(|s| s.chars().map(space).collect()).collect()
}

/// Tabs and the like have no glyph of their own.
fn space(c: char) -> char {
    if c.is_whitespace() && c != '\n' && c != '\u{a0}' { ' ' } else { c }
}

/// The spans' texts with no-break spaces inside groups of digits (`1900 9095`), and before the last
/// word, so that it never stands alone on the last line.
pub(super) fn together(spans: &[&str]) -> Vec<String> {
    let whole: Vec<char> = spans.concat().chars().collect();
    let digit = |i: usize| whole.get(i).is_some_and(char::is_ascii_digit);
    let words = whole.split(|c| c.is_whitespace()).filter(|w| !w.is_empty()).count();
    let last = whole.iter().rposition(|c| *c == ' ').filter(|_| words >= LONG);
    let joins = |i: usize| whole[i] == ' ' && (Some(i) == last || i > 0 && digit(i - 1) && digit(i + 1));
    let mut start = 0;
    let mut kept = |span: &&str| {
        let end = start + span.chars().count();
        let text = (start..end).map(|i| if joins(i) { '\u{a0}' } else { space(whole[i]) }).collect();
        start = end;
        text
    };
    spans.iter().map(&mut kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_stay_whole() {
        assert_eq!(together(&["Gọi ", "1900", " 9095 hoặc 0210 3744 991."]).concat(), "Gọi 1900\u{a0}9095 hoặc 0210\u{a0}3744\u{a0}991.");
    }

    #[test]
    fn the_last_word_never_stands_alone() {
        assert_eq!(together(&["**Giữ** Bluetooth ", "khi ra ngoài."]).concat(), "**Giữ** Bluetooth khi ra\u{a0}ngoài.");
        assert_eq!(together(&["Nhà nghỉ Ấm"]).concat(), "Nhà nghỉ Ấm");
    }
}
