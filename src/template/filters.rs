//! Filters that a placeholder may put a value through: `{{ ngay | date("dd/mm/yyyy") }}`. They see what stands in the
//! table; what they give is text, which is escaped like any other.

use super::markup;
use crate::diag::{Expected, Kind, Problem, nearest};
use crate::spec::campaign::is_date;
use minijinja::value::Rest;
use minijinja::{Environment, Error, ErrorKind, Value};
use std::fmt;

/// Adds the filters to those of minijinja (`upper`, `lower`, `trim`, …).
pub(super) fn add(env: &mut Environment<'_>) {
    env.add_filter("default", default);
    env.add_filter("date", date);
    env.add_filter("money", money);
    env.add_filter("plain", plain);
    env.add_filter("number", |value: &Value| number(value).map(|n| n.unwrap_or_default()));
}

/// Wrong in a value, not in how a placeholder is written.
#[derive(Debug)]
struct Unfit(Problem);

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.0)
    }
}

impl std::error::Error for Unfit {}

/// Those that there are, besides what minijinja has for programmers.
const NAMES: [&str; 7] = ["date", "default", "lower", "money", "number", "plain", "upper"];

/// What is wrong with a filter or with what it was given, if that is what an error is about.
pub(super) fn problem(error: &Error) -> Option<Problem> {
    if error.kind() == ErrorKind::UnknownFilter {
        let name = error.detail()?.strip_prefix("filter ")?.strip_suffix(" is unknown")?.to_string();
        let known = NAMES.map(String::from).to_vec();
        return Some(Problem::UnknownName { kind: Kind::Filter, nearest: nearest(&name, NAMES), name, known });
    }
    std::error::Error::source(error)?.downcast_ref::<Unfit>().map(|unfit| unfit.0.clone())
}

fn unfit(problem: Problem) -> Error {
    Error::new(ErrorKind::InvalidOperation, "the value does not fit the filter").with_source(Unfit(problem))
}

/// The value, or another where it is empty: a cell that holds nothing is as good as none.
fn default(value: &Value, other: Rest<Value>) -> Value {
    let empty = value.is_undefined() || value.as_str().is_some_and(|text| text.trim().is_empty());
    if empty { other.first().cloned().unwrap_or_else(|| Value::from("")) } else { value.clone() }
}

/// A text as it is printed, without its markup: for counting letters and comparing.
fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), String::from);
    if value.is_safe() { markup::inline(&text).into_iter().map(|span| span.text).collect() } else { text }
}

/// The text of a value; none where it is empty.
fn text(value: &Value) -> Option<String> {
    let text = value.as_str().map_or_else(|| value.to_string(), String::from);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

/// A day, written as `dd/mm/yyyy` or in any order of the words `dd`, `d`, `mm`, `m`, `yyyy` and `yy`. Letters that
/// make other words stay: `ngày d tháng m năm yyyy`.
fn date(value: &Value, pattern: Option<&str>) -> Result<String, Error> {
    let Some(text) = text(value) else { return Ok(String::new()) };
    let date = read_date(&text).ok_or_else(|| unfit(Problem::NotADate { value: text.clone() }))?;
    let pattern = pattern.unwrap_or("dd/mm/yyyy");
    let mut out = String::new();
    for run in pattern.split_inclusive(|c: char| !c.is_alphabetic()) {
        let end = run.trim_end_matches(char::is_alphabetic).chars().next_back().map_or(run.len(), |c| run.len() - c.len_utf8());
        let (word, sign) = if run.ends_with(char::is_alphabetic) { (run, "") } else { run.split_at(end) };
        if word.is_empty() || !word.chars().all(|c| "dmy".contains(c)) {
            out.push_str(word);
        } else {
            let expected = || unfit(Problem::BadValue { key: "date".into(), value: pattern.into(), expected: Expected::DateWords });
            out.push_str(&date_word(word, date).ok_or_else(expected)?);
        }
        out.push_str(sign);
    }
    Ok(out)
}

/// The parts of a date that a word such as `dd` or `ddmmyy` names.
fn date_word(word: &str, (year, month, day): (u32, u32, u32)) -> Option<String> {
    let mut out = String::new();
    for part in word.as_bytes().chunk_by(|a, b| a == b) {
        out.push_str(&match part {
            b"d" => day.to_string(),
            b"dd" => format!("{day:02}"),
            b"m" => month.to_string(),
            b"mm" => format!("{month:02}"),
            b"yy" => format!("{:02}", year % 100),
            b"yyyy" => format!("{year:04}"),
            _ => return None,
        });
    }
    Some(out)
}

/// Year, month and day of `2026-11-26`, `26/11/2026`, `26-11-2026`, `26.11.2026` or `26/11/26`, whatever time follows.
fn read_date(text: &str) -> Option<(u32, u32, u32)> {
    let day = text.split(['T', ' ']).next()?;
    let sign = day.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = day.split(sign).collect();
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok())?;
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 && sign != '.' => (number(year)?, number(month)?, number(day)?),
        [day, month, year] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        // Two digits as Excel takes them.
        [day, month, year] if year.len() == 2 => {
            let year = number(year)?;
            (year + if year < 30 { 2000 } else { 1900 }, number(month)?, number(day)?)
        }
        _ => return None,
    };
    is_date(&format!("{year:04}-{month:02}-{day:02}")).then_some((year, month, day))
}

/// A sum with a dot between thousands, and its unit: `1.250.000 ₫`. A sign before three digits parts thousands, as sums
/// in đồng have no decimals of three.
fn money(value: &Value, unit: Option<&str>) -> Result<String, Error> {
    let Some(text) = text(value) else { return Ok(String::new()) };
    let bare = ["₫", "đồng", "đ", "VNĐ", "VND"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text).trim_end();
    let sum = Parts::read(bare).ok_or_else(|| unfit(Problem::NotANumber { value: text.clone(), readings: None }))?;
    Ok(format!("{}\u{a0}{}", sum.written(), unit.unwrap_or("₫")))
}

/// A number with a dot between thousands and a comma before decimals; none where it is empty.
fn number(value: &Value) -> Result<Option<String>, Error> {
    let Some(text) = text(value) else { return Ok(None) };
    let number = Parts::read(&text).ok_or_else(|| unfit(Problem::NotANumber { value: text.clone(), readings: None }))?;
    if number.doubtful {
        let decimal = format!("{}{},{}", number.sign, &number.whole[..number.whole.len() - 3], &number.whole[number.whole.len() - 3..]);
        let readings = Some([format!("{}{}", number.sign, number.whole), decimal]);
        return Err(unfit(Problem::NotANumber { value: text, readings }));
    }
    Ok(Some(number.written()))
}

/// A number as it was read.
struct Parts {
    sign: &'static str,
    whole: String,
    decimals: String,
    /// Whether its one sign may part thousands as well as decimals: `1.250`.
    doubtful: bool,
}

impl Parts {
    /// Reads `1250000`, `1.250.000`, `1,250,000`, `1.250.000,5` or `12.5`.
    fn read(text: &str) -> Option<Parts> {
        let (sign, text) = text.strip_prefix(['-', '−']).map_or(("", text), |rest| ("-", rest));
        let signs: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
        let last = text.rfind(['.', ',']);
        let (whole, decimals) = match (signs.as_slice(), last) {
            ([], _) => (text, ""),
            // Where two differ, the last one is before the decimals.
            ([.., before, after], Some(at)) if before != after => (&text[..at], &text[at + 1..]),
            ([_], Some(at)) if text.len() - at - 1 != 3 || !(1..=3).contains(&at) || text.starts_with('0') => {
                (&text[..at], &text[at + 1..])
            }
            _ => (text, ""),
        };
        let doubtful = signs.len() == 1 && decimals.is_empty();
        let groups: Vec<&str> = whole.split(['.', ',']).collect();
        let one_sign = whole.chars().filter(|c| matches!(c, '.' | ',')).collect::<Vec<_>>().windows(2).all(|two| two[0] == two[1]);
        let parted = groups.len() == 1 || (groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()));
        let whole = groups.concat();
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let is_number = one_sign && parted && !whole.is_empty() && digits(&whole) && digits(decimals) && !text.ends_with(['.', ',']);
        is_number.then(|| Parts { sign, whole, decimals: decimals.into(), doubtful })
    }

    /// As Vietnamese writes it.
    fn written(&self) -> String {
        let trimmed = self.whole.trim_start_matches('0');
        let whole = if trimmed.is_empty() { "0" } else { trimmed };
        let mut out = self.sign.to_string();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push('.');
            }
            out.push(digit);
        }
        if !self.decimals.is_empty() {
            out.push(',');
            out.push_str(&self.decimals);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, value: &str) -> Result<String, Option<Problem>> {
        let mut env = Environment::new();
        add(&mut env);
        env.render_str(text, minijinja::context!(x => value)).map_err(|e| problem(&e))
    }

    #[test]
    fn dates_are_written_as_asked() {
        for value in ["2026-08-06", "06/08/2026", "6/8/2026", "6-8-2026", "6.8.2026", "6/8/26", "2026-08-06T07:30:00", "06/08/2026 07:30"] {
            assert_eq!(filled("{{ x | date }}", value).as_deref(), Ok("06/08/2026"), "{value}");
        }
        assert_eq!(filled("{{ x | date('ngày d tháng m năm yyyy') }}", "2026-08-06").as_deref(), Ok("ngày 6 tháng 8 năm 2026"));
        assert_eq!(filled("{{ x | date('(yyyymmdd)') }}", "2026-08-06").as_deref(), Ok("(20260806)"));
        assert!(matches!(filled("{{ x | date('ddd/mm') }}", "2026-08-06"), Err(Some(Problem::BadValue { .. }))));
        assert_eq!(filled("{{ x | date('d/m/yy') }}", "2026-08-06").as_deref(), Ok("6/8/26"));
        assert_eq!(filled("{{ x | date('yyyy.mm.dd') }}", "29/02/2024").as_deref(), Ok("2024.02.29"));
        assert_eq!(filled("{{ x | date }}", " ").as_deref(), Ok(""));
        for value in ["31/04/2026", "29/02/2026", "08/13/2026", "mai", "2026", "1/2/3", "46352", "2026-8-"] {
            assert_eq!(filled("{{ x | date }}", value), Err(Some(Problem::NotADate { value: value.into() })), "{value}");
        }
    }

    #[test]
    fn an_unknown_filter_offers_the_nearest() {
        let Err(Some(Problem::UnknownName { name, nearest, .. })) = filled("{{ x | mony }}", "5") else { panic!() };
        assert_eq!((name.as_str(), nearest.as_deref()), ("mony", Some("money")));
    }

    #[test]
    fn sums_have_dots_and_their_unit() {
        for (value, sum) in [
            ("1250000", "1.250.000"),
            ("1.250.000", "1.250.000"),
            ("1,250,000", "1.250.000"),
            ("1.250", "1.250"),
            ("50,000 đ", "50.000"),
            ("1250.5", "1.250,5"),
            ("1.250.000,50", "1.250.000,50"),
            ("1,250,000.5", "1.250.000,5"),
            ("-999", "-999"),
            ("0", "0"),
            ("0,5", "0,5"),
            ("007", "7"),
        ] {
            assert_eq!(filled("{{ x | money }}", value), Ok(format!("{sum}\u{a0}₫")), "{value}");
        }
        assert_eq!(filled("{{ x | money(\"đồng\") }}", "5000").as_deref(), Ok("5.000\u{a0}đồng"));
        assert_eq!(filled("{{ x | money }}", "").as_deref(), Ok(""));
        for value in ["miễn phí", "1.25.000", "12.5000.000", "1.250,000.5", "1.", ".", "-", "1 250", "1,2,3", "1e5"] {
            assert_eq!(filled("{{ x | money }}", value), Err(Some(Problem::NotANumber { value: value.into(), readings: None })), "{value}");
        }
    }

    #[test]
    fn a_number_that_may_be_read_in_two_ways_is_refused() {
        for (value, number) in
            [("21.0285", "21,0285"), ("1250", "1.250"), ("1.250.000", "1.250.000"), ("0.125", "0,125"), ("1250.125", "1.250,125")]
        {
            assert_eq!(filled("{{ x | number }}", value).as_deref(), Ok(number), "{value}");
        }
        for value in ["1.250", "1,250"] {
            let readings = Some(["1250".into(), "1,250".into()]);
            assert_eq!(filled("{{ x | number }}", value), Err(Some(Problem::NotANumber { value: value.into(), readings })));
        }
    }

    #[test]
    fn an_empty_cell_takes_the_default() {
        assert_eq!(filled("{{ x | default('–') }}", "").as_deref(), Ok("–"));
        assert_eq!(filled("{{ x | default('–') }}", "A").as_deref(), Ok("A"));
        assert_eq!(filled("{{ x | date | default('chưa rõ') }}", "").as_deref(), Ok("chưa rõ"));
    }
}
