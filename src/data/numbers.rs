//! Numbers and dates as a sheet shows them: number formats of Excel (ECMA-376 part 1, 18.8.31), with the signs that
//! Vietnamese writes: a dot between thousands, a comma before decimals. A number without a format keeps its digits, and a
//! point, so that coordinates and amounts can go into codes.

/// What one format shows of a number. `Err` holds a plain text instead, where the format is beyond reach: words for
/// months, fractions, powers of ten, conditions.
pub(super) fn shown(value: f64, code: &str, from_1904: bool) -> Result<String, String> {
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

/// Days from the first day of one calendar to that of the other.
pub(super) const DAYS_TO_1904: f64 = 1462.0;
/// The last day that Excel knows, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;

#[derive(Clone, Debug, PartialEq)]
enum Token {
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

fn day_month_year() -> Vec<Token> {
    vec![Token::Time('d', 2), Token::Literal('/'), Token::Time('m', 2), Token::Literal('/'), Token::Time('y', 4)]
}

/// A date or a time; none where there is no such day.
fn moment(days: f64, tokens: &[Token]) -> Option<String> {
    let decimals = match tokens.iter().position(|t| matches!(t, Token::Time('s', _) | Token::Elapsed('s', _))) {
        Some(at) if tokens.get(at + 1) == Some(&Token::Point) => tokens[at + 2..].iter().take_while(|t| **t == Token::Digit('0')).count(),
        _ => 0,
    };
    if !(0.0..LAST_DAY).contains(&days) || decimals > 3 {
        return None;
    }
    let fine = 10_u64.pow(decimals as u32);
    let ticks = (days * 86_400.0 * fine as f64).round() as u64;
    let (seconds, fraction) = (ticks / fine, ticks % fine);
    let (year, month, day) = calendar(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let half_day = tokens.contains(&Token::HalfDay);
    let is_time = |token: Option<&Token>, letter: char| matches!(token, Some(Token::Time(c, _) | Token::Elapsed(c, _)) if *c == letter);
    let parts = |token: &&Token| matches!(token, Token::Time(..) | Token::Elapsed(..));
    let mut out = String::new();
    let mut tokens_left = tokens.iter().enumerate();
    while let Some((i, token)) = tokens_left.next() {
        let number = |value: u64, width: usize| format!("{value:0width$}");
        match token {
            Token::Time('y', 1 | 2) => out.push_str(&number(year % 100, 2)),
            Token::Time('y', _) => out.push_str(&number(year, 4)),
            Token::Time('m', width) => {
                let minutes = is_time(tokens[..i].iter().rfind(parts), 'h') || is_time(tokens[i + 1..].iter().find(parts), 's');
                out.push_str(&number(if minutes { minute } else { month }, *width));
            }
            Token::Time('d', width) => out.push_str(&number(day, *width)),
            Token::Time('h', width) => out.push_str(&number(if half_day { (hour + 11) % 12 + 1 } else { hour }, *width)),
            Token::Time(_, width) => out.push_str(&number(second, *width)),
            Token::Elapsed('h', width) => out.push_str(&number(seconds / 3600, *width)),
            Token::Elapsed('m', width) => out.push_str(&number(seconds / 60, *width)),
            Token::Elapsed(_, width) => out.push_str(&number(seconds, *width)),
            Token::HalfDay => out.push_str(if hour < 12 { "AM" } else { "PM" }),
            Token::Point if decimals > 0 => {
                out.push_str(&format!(",{fraction:0decimals$}"));
                tokens_left.nth(decimals - 1);
            }
            Token::Literal(c) => out.push(*c),
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            _ => return None,
        }
    }
    Some(out.trim().to_string())
}

/// Day, month and year, and the time where there is one.
fn plain_date(days: f64) -> Option<String> {
    let mut tokens = day_month_year();
    if (days * 86_400.0).round() % 86_400.0 != 0.0 {
        tokens.extend([Token::Literal(' '), Token::Time('h', 2), Token::Literal(':'), Token::Time('m', 2)]);
    }
    moment(days, &tokens)
}

/// Year, month and day of a day counted from 1900-01-01 as 1. Excel takes 1900 for a leap year.
fn calendar(days: u64) -> (u64, u64, u64) {
    if days == 60 {
        return (1900, 2, 29);
    }
    // Days from 0000-03-01, so that the leap day ends its year.
    let since = days + u64::from(days < 60) + 693_899;
    let (era, of_era) = (since / 146_097, since % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// The day, counted as above, of `2026-11-26` or `2026-11-26T13:30:00`.
pub(super) fn of_iso(text: &str) -> Option<f64> {
    let (date, time) = text.split_once('T').unwrap_or((text, "0:0:0"));
    let numbers = |text: &str, sign: char| text.split(sign).map(|part| part.parse::<f64>().ok()).collect::<Option<Vec<f64>>>();
    let (date, time) = (numbers(date, '-')?, numbers(time.trim_end_matches('Z'), ':')?);
    let (&[year, month, day], &[hour, minute, second]) = (date.as_slice(), time.as_slice()) else { return None };
    if !(1900.0..=9999.0).contains(&year) || !(1.0..=12.0).contains(&month) || !(1.0..=31.0).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2.0 { (year, month - 3.0) } else { (year - 1.0, month + 9.0) };
    let days = 365.0 * year + (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    let days = days + ((153.0 * month + 2.0) / 5.0).floor() + day - 1.0 - 693_899.0;
    Some(days - f64::from(days <= 60.0) + (hour * 3600.0 + minute * 60.0 + second) / 86_400.0)
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
    fn days_of_iso_are_those_of_the_calendar() {
        for (text, days) in [
            ("2026-11-26", 46352.0),
            ("2026-11-26T13:30:00", 46352.5625),
            ("1900-03-01", 61.0),
            ("1900-01-01", 1.0),
            ("2000-02-29", 36585.0),
        ] {
            assert_eq!(of_iso(text), Some(days), "{text}");
            assert_eq!(plain_date(days.floor()).map(|d| d.split('/').rev().collect::<Vec<_>>().join("-")).as_deref(), text.get(..10));
        }
        assert_eq!([of_iso("PT10H"), of_iso("2026-13-01"), of_iso("x")], [None; 3]);
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
            for code in ["General", "0", "#,##0.00", "dd/mm/yyyy", "0%", "[h]"] {
                let _ = shown(odd, code, true);
            }
        }
    }
}
