//! Days and times as a sheet counts them: days from 1900, with their parts.

use super::numbers::Token;

/// Days from the first day of one calendar to that of the other.
pub(super) const DAYS_TO_1904: f64 = 1462.0;
/// The last day that Excel knows, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;

/// A date or a time; none where there is no such day.
pub(super) fn moment(days: f64, tokens: &[Token]) -> Option<String> {
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
pub(super) fn plain_date(days: f64) -> Option<String> {
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

/// The usual order.
fn day_month_year() -> Vec<Token> {
    vec![Token::Time('d', 2), Token::Literal('/'), Token::Time('m', 2), Token::Literal('/'), Token::Time('y', 4)]
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
