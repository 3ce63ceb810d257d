//! Numbers and dates as a sheet shows them: number formats of Excel (ECMA-376 part 1, 18.8.31), with the signs that
//! Vietnamese writes: a dot between thousands, a comma before decimals. A number without a format keeps its digits, and a
//! point, so that coordinates and amounts can go into codes.

use super::dates::{DAYS_TO_1904, moment, plain_date};

/// What one format shows of a number. `Err` holds a plain text instead, where the format is beyond reach: words for
/// months, fractions, powers of ten, conditions.
pub(super) fn shown(value: f64, code: &str, from_1904: bool) -> Result<String, String> {
    if code.len() > LONGEST {
        return Err(general(value));
    }
    let code = match code {
        // The long date and the time of whoever's system it is.
        _ if code.contains("[$-F800]") => "dd/mm/yyyy",
        _ if code.contains("[$-F400]") => "hh:mm:ss",
        _ => code,
    };
    let Some(sections) = sections(code) else { return Err(general(value)) };
    let numbers: Vec<&Section> = sections.iter().filter(|section| !section.tokens.contains(&Token::Text)).collect();
    // Positive, negative, zero; where there is one section, a minus is written.
    let (section, signed) = match numbers.as_slice() {
        [] => return Ok(general(value)),
        [only] => (*only, true),
        [_, negative, ..] if value < 0.0 => (*negative, false),
        [_, _, zero, ..] if value == 0.0 => (*zero, false),
        [positive, ..] => (*positive, false),
    };
    if section.tokens.contains(&Token::General) {
        return Ok(general(value));
    }
    if section.tokens.iter().any(|token| matches!(token, Token::Time(..) | Token::Elapsed(..))) {
        let days = value + if from_1904 { DAYS_TO_1904 } else { 0.0 };
        return match (section.unreached, moment(days, &section.tokens)) {
            (false, Some(text)) => Ok(text),
            _ => Err(plain_date(days).unwrap_or_else(|| general(value))),
        };
    }
    if section.unreached { Err(general(value)) } else { number(value, signed, &section.tokens).ok_or_else(|| general(value)) }
}

/// Bytes of a format; Excel takes 255 signs.
const LONGEST: usize = 1000;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Literal(char),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `y`, `m`, `d`, `h` or `s`, and how many of them.
    Time(char, usize),
    /// Hours, minutes or seconds that run on: `[h]`.
    Elapsed(char, usize),
    HalfDay,
    General,
    Text,
}

#[derive(Default)]
struct Section {
    tokens: Vec<Token>,
    unreached: bool,
}

/// The sections of a format; none where a quote or bracket is left open.
fn sections(code: &str) -> Option<Vec<Section>> {
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if c == ';' {
            sections.push(Section::default());
            rest = after;
            continue;
        }
        let section = sections.last_mut()?;
        let run = rest.chars().take_while(|next| next.eq_ignore_ascii_case(&c)).count();
        rest = match c {
            '"' => {
                let (quoted, after) = after.split_once('"')?;
                section.tokens.extend(quoted.chars().map(Token::Literal));
                after
            }
            '\\' => {
                section.tokens.extend(after.chars().next().map(Token::Literal));
                skip(after)
            }
            // Room as wide as a sign, and a sign that fills the cell: neither is text.
            '_' | '*' => skip(after),
            '[' => {
                let (inside, after) = after.split_once(']')?;
                bracket(inside, section);
                after
            }
            '0' | '#' | '?' => push(section, Token::Digit(c), after),
            '.' => push(section, Token::Point, after),
            ',' => push(section, Token::Comma, after),
            '%' => push(section, Token::Percent, after),
            '@' => push(section, Token::Text, after),
            _ if starts(rest, "General") => push(section, Token::General, &rest["General".len()..]),
            _ if starts(rest, "AM/PM") => push(section, Token::HalfDay, &rest["AM/PM".len()..]),
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => {
                let c = c.to_ascii_lowercase();
                section.unreached |= matches!((c, run), ('m' | 'd', 3..) | ('h' | 's', 3..) | ('y', 5..));
                push(section, Token::Time(c, run), &rest[run..])
            }
            _ if c.is_ascii_alphabetic() => {
                section.unreached = true;
                after
            }
            _ => push(section, Token::Literal(c), after),
        };
    }
    Some(sections)
}

fn push<'t>(section: &mut Section, token: Token, after: &'t str) -> &'t str {
    section.tokens.push(token);
    after
}

fn skip(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// A colour, a currency, a language, hours that run on, or a condition.
fn bracket(inside: &str, section: &mut Section) {
    let lower = inside.to_ascii_lowercase();
    let colours = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];
    if let Some(rest) = inside.strip_prefix('$') {
        let sign = rest.rsplit_once('-').map_or(rest, |(sign, _)| sign);
        section.tokens.extend(sign.chars().map(Token::Literal));
    } else if let Some(first) = lower.chars().next().filter(|c| matches!(c, 'h' | 'm' | 's') && lower.chars().all(|other| other == *c)) {
        section.tokens.push(Token::Elapsed(first, lower.len()));
    } else if !colours.contains(&lower.as_str()) && !lower.starts_with("color") {
        section.unreached = true;
    }
}

/// A number by its digits' places; none where it is a fraction.
fn number(value: f64, signed: bool, tokens: &[Token]) -> Option<String> {
    let is_digit = |t: &Token| matches!(t, Token::Digit(_));
    let end = tokens.iter().position(|t| *t == Token::Point).unwrap_or(tokens.len());
    let Some(last) = tokens[..end].iter().rposition(is_digit).or(tokens.iter().position(is_digit)) else {
        // Words alone, such as "miễn phí".
        return Some(
            tokens.iter().filter_map(|t| if let Token::Literal(c) = t { Some(*c) } else { None }).collect::<String>().trim().into(),
        );
    };
    if tokens.contains(&Token::Literal('/')) || !value.is_finite() {
        return None;
    }
    let first = tokens.iter().position(is_digit)?;
    let groups = tokens[first..last.max(first)].contains(&Token::Comma);
    let thousands = tokens[last + 1..].iter().take_while(|t| **t == Token::Comma).count();
    let percents = tokens.iter().filter(|t| **t == Token::Percent).count();
    let decimals: Vec<char> = tokens[end..].iter().filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None }).collect();
    let (whole, mut fraction) = rounded(plain(value.abs(), 2 * percents as i32 - 3 * thousands as i32), decimals.len());
    for place in decimals.iter().rev() {
        if *place == '0' || !fraction.ends_with('0') {
            break;
        }
        fraction.pop();
    }
    let places = tokens[..end].iter().filter(|t| is_digit(t)).count();
    let shown_zeros = tokens[..end].iter().filter(|t| is_digit(t)).position(|t| *t == Token::Digit('0')).map_or(0, |at| places - at);
    let whole = if whole == "0" && (shown_zeros == 0) { String::new() } else { format!("{whole:0>shown_zeros$}") };
    let negative = signed && value < 0.0 && whole.chars().chain(fraction.chars()).any(|c| c != '0');

    // From the right: each place takes a digit, the first takes all that are left.
    let mut digits: Vec<char> = whole.chars().collect();
    let mut out: Vec<char> = Vec::new();
    let mut placed = 0;
    for (i, token) in tokens[..end].iter().enumerate().rev() {
        match token {
            Token::Digit(_) => {
                let take = if i == first { digits.len() } else { digits.len().min(1) };
                for _ in 0..take {
                    if groups && placed > 0 && placed % 3 == 0 {
                        out.push('.');
                    }
                    out.extend(digits.pop());
                    placed += 1;
                }
                if i == first && negative {
                    out.push('-');
                }
            }
            Token::Literal(c) => out.push(*c),
            Token::Percent => out.push('%'),
            _ => {}
        }
    }
    out.reverse();
    if places == 0 && negative {
        out.push('-');
    }
    let mut fraction = fraction.chars();
    for token in &tokens[end..] {
        match token {
            Token::Point if fraction.as_str().is_empty() => {}
            Token::Point => out.push(','),
            Token::Digit(_) => out.extend(fraction.next()),
            Token::Literal(c) => out.push(*c),
            Token::Percent => out.push('%'),
            _ => {}
        }
    }
    Some(out.into_iter().collect::<String>().trim().to_string())
}

/// A number without a format: all its digits, never a power of ten.
pub(super) fn general(value: f64) -> String {
    let (whole, fraction) = plain(value.abs(), 0);
    let sign = if value < 0.0 && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The digits before and after the point of a number times a power of ten. A sheet keeps fifteen digits.
fn plain(value: f64, power: i32) -> (String, String) {
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or(("0", "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or(0) + power + 1;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point >= digits.len() => (format!("{digits:0<point$}"), String::new()),
        Ok(point) => (digits[..point].to_string(), digits[point..].to_string()),
        Err(_) => (String::new(), "0".repeat(point.unsigned_abs() as usize) + &digits),
    };
    let whole = whole.trim_start_matches('0');
    (if whole.is_empty() { "0" } else { whole }.to_string(), fraction.trim_end_matches('0').to_string())
}

/// Rounded to so many decimals, a half away from zero.
fn rounded((whole, fraction): (String, String), decimals: usize) -> (String, String) {
    if fraction.len() <= decimals {
        return (whole, format!("{fraction:0<decimals$}"));
    }
    let up = fraction.as_bytes()[decimals] >= b'5';
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes().take(decimals)).collect();
    if up {
        let nines = digits.iter().rev().take_while(|d| **d == b'9').count();
        let len = digits.len();
        digits[len - nines..].fill(b'0');
        match len.checked_sub(nines + 1) {
            Some(at) => digits[at] += 1,
            None => digits.insert(0, b'1'),
        }
    }
    let text: String = digits.iter().map(|d| char::from(*d)).collect();
    let (whole, fraction) = text.split_at(text.len() - decimals);
    (whole.to_string(), fraction.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_in_their_sheet() {
        for (value, code, text) in [
            (19.0, "General", "19"),
            (1e15, "General", "1000000000000000"),
            (21.0285, "General", "21.0285"),
            (0.1 + 0.2, "General", "0.3"),
            (-0.000_000_5, "General", "-0.0000005"),
            (7.0, "0000", "0007"),
            (12345.0, "0000", "12345"),
            (1_250_000.0, "#,##0", "1.250.000"),
            (-1_250_000.4, "#,##0", "-1.250.000"),
            (0.0, "#,##0", "0"),
            (1.5, "0.00", "1,50"),
            (2.675, "0.00", "2,68"),
            (999.995, "#,##0.00", "1.000,00"),
            (5.0, "0.##", "5"),
            (0.5, "#.##", ",5"),
            (0.125, "0%", "13%"),
            (0.125, "0.0%", "12,5%"),
            (2_103_744_991.0, "0000 000 0000", "0210 374 4991"),
            (912_345_678.0, "00\\.000\\.000\\.00", "09.123.456.78"),
            (1_250_000.0, "#,##0\\ \"đồng\"", "1.250.000 đồng"),
            (1_250_000.0, "#,##0 [$₫-42A]", "1.250.000 ₫"),
            (1_250_000.0, "#,##0,", "1.250"),
            (-5.0, "0;(0)", "(5)"),
            (-5.0, "[Red]0;[Blue]-0.0", "-5,0"),
            (0.0, "0;-0;\"miễn phí\"", "miễn phí"),
            (3.0, "\"Xe \"0", "Xe 3"),
            (-0.4, "0", "0"),
            (1234.0, "_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", "1.234"),
            (5.0, "@", "5"),
            (5.0, ";;;", ""),
        ] {
            assert_eq!(shown(value, code, false).as_deref(), Ok(text), "{value} {code}");
        }
    }

    #[test]
    fn dates_look_as_in_their_sheet() {
        for (value, code, text) in [
            (46352.0, "dd/mm/yyyy", "26/11/2026"),
            (46352.0, "d/m/yy", "26/11/26"),
            (46352.0, "yyyy\\-mm\\-dd;@", "2026-11-26"),
            (46352.5625, "dd/mm/yyyy hh:mm", "26/11/2026 13:30"),
            (0.5625, "h:mm AM/PM", "1:30 PM"),
            (1.5, "[h]:mm", "36:00"),
            (0.000_694_5, "mm:ss", "01:00"),
            (0.5, "hh:mm:ss.00", "12:00:00,00"),
            (46352.0, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "26/11/2026"),
            (1.0, "dd/mm/yyyy", "01/01/1900"),
            (60.0, "dd/mm/yyyy", "29/02/1900"),
            (61.0, "dd/mm/yyyy", "01/03/1900"),
            (36525.0, "d/m/yyyy", "31/12/1999"),
            (45351.0, "d/m/yyyy", "29/2/2024"),
            (46352.0, "\"ngày \"d\" tháng \"m\" năm \"yyyy", "ngày 26 tháng 11 năm 2026"),
        ] {
            assert_eq!(shown(value, code, false).as_deref(), Ok(text), "{value} {code}");
        }
        assert_eq!(shown(44890.0, "dd/mm/yyyy", true).as_deref(), Ok("26/11/2026"));
    }

    #[test]
    fn what_is_beyond_reach_stays_legible() {
        for (value, code, text) in [
            (46352.0, "d-mmm-yy", "26/11/2026"),
            (46352.25, "dddd, d mmmm yyyy", "26/11/2026 06:00"),
            (1234.5, "0.00E+00", "1234.5"),
            (0.5, "# ?/?", "0.5"),
            (5.0, "[>3]0;0.0", "5"),
            (5.0, "\"open", "5"),
            (-4.0, "dd/mm/yyyy", "-4"),
            (1e300, "dd/mm/yyyy", general(1e300).as_str()),
        ] {
            assert_eq!(shown(value, code, false), Err(text.to_string()), "{value} {code}");
        }
        for odd in [f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, f64::MAX] {
            let long = ["0", "s", "%0", "0.0"].map(|of| of.repeat(70_000));
            let codes = ["General", "0", "#,##0.00", "dd/mm/yyyy", "0%", "[h]", ".", "0.", ",", "%", "s.000000"];
            for code in codes.into_iter().chain(long.iter().map(String::as_str)) {
                let _ = (shown(odd, code, true), shown(-0.0, code, false), shown(1.5, code, false));
            }
        }
    }
}
