//! Places (RFC 5870).

use super::url::component;
use super::{Fault, Why, Written};

/// A place, in degrees of WGS 84.
#[derive(Clone, Debug, PartialEq)]
pub enum Geo {
    /// Latitude and longitude on their own.
    Parts {
        /// Latitude, north of the equator above zero.
        lat: String,
        /// Longitude, east of Greenwich above zero.
        lon: String,
        /// What the map shall call it; may be empty.
        label: String,
    },
    /// Both in one text, `21.3,105.2`.
    Pair(String),
}

pub(super) fn write(geo: &Geo) -> Result<Option<Written>, Vec<Fault>> {
    let (lat, lon, label, parts) = match geo {
        Geo::Parts { lat, lon, label } => (lat.as_str(), lon.as_str(), label.as_str(), ["lat", "lon"]),
        Geo::Pair(pair) if pair.is_empty() => return Ok(None),
        Geo::Pair(pair) => match pair.split_once(',').filter(|(_, lon)| !lon.contains(',')) {
            Some((lat, lon)) => (lat.trim(), lon.trim(), "", ["geo"; 2]),
            None => {
                let value = pair.clone();
                let why = if pair.matches(',').count() > 1 { Why::DecimalComma { value } } else { Why::Degrees { value } };
                return Err(vec![why.of("geo")]);
            }
        },
    };
    if [lat, lon, label].iter().all(|t| t.is_empty()) {
        return Ok(None);
    }
    let read = [degrees(lat), degrees(lon)];
    let mut faults = Vec::new();
    for ((read, part), (most, other)) in read.iter().zip(parts).zip([(90, &read[1]), (180, &read[0])]) {
        match read {
            Err(why) => faults.push(why.clone().of(part)),
            Ok((value, degrees)) if degrees.abs() > f64::from(most) => {
                let swapped = most == 90 && degrees.abs() <= 180.0 && matches!(other, Ok((_, other)) if other.abs() <= 90.0);
                faults.push(Why::Beyond { value: value.to_string(), most, swapped }.of(part));
            }
            Ok(_) => {}
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // RFC 5870 has no name of a place; this query is Android's, and others pass over it.
    let query = if label.is_empty() { String::new() } else { format!("?q={lat},{lon}({})", component(label)) };
    Ok(Some(Written { text: format!("geo:{lat},{lon}{query}"), short: format!("{lat}, {lon}") }))
}

/// A coordinate as the grammar has it (RFC 5870 §3.3): digits, a point, no sign but `-`.
fn degrees(text: &str) -> Result<(&str, f64), Why> {
    if text.is_empty() {
        return Err(Why::Missing);
    }
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let number = |point: char| {
        let plain = text.strip_prefix('-').unwrap_or(text);
        plain.split_once(point).map_or(digits(plain), |(whole, part)| digits(whole) && digits(part))
    };
    match text.parse() {
        Ok(value) if number('.') => Ok((text, value)),
        _ if number(',') => Err(Why::DecimalComma { value: text.into() }),
        _ => Err(Why::Degrees { value: text.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lat: &str, lon: &str, label: &str) -> Result<String, Vec<Fault>> {
        write(&Geo::Parts { lat: lat.into(), lon: lon.into(), label: label.into() }).map(|w| w.unwrap().text)
    }

    #[test]
    fn places_are_written_as_rfc_5870_has_them() {
        // RFC 5870 §1 (Vienna) and §6.1; the range of §3.4.2.
        assert_eq!(place("13.4125", "103.8667", "").unwrap(), "geo:13.4125,103.8667");
        assert_eq!(place("48.2010", "16.3695", "").unwrap(), "geo:48.2010,16.3695");
        assert_eq!(place("-90", "-180.0", "").unwrap(), "geo:-90,-180.0");
        assert_eq!(write(&Geo::Pair("21.3, 105.2".into())).unwrap().unwrap().text, "geo:21.3,105.2");
        assert_eq!(place("21.3", "105.2", "Chợ Lâm Thao").unwrap(), "geo:21.3,105.2?q=21.3,105.2(Ch%E1%BB%A3%20L%C3%A2m%20Thao)");
    }

    #[test]
    fn what_is_not_on_the_globe_is_refused() {
        let beyond = |value: &str, most, swapped| Why::Beyond { value: value.into(), most, swapped };
        assert_eq!(place("105.2", "21.3", "").unwrap_err(), [beyond("105.2", 90, true).of("lat")]);
        assert_eq!(place("91", "181", "").unwrap_err(), [beyond("91", 90, false).of("lat"), beyond("181", 180, false).of("lon")]);
        assert_eq!(
            place("21,3", "x", "").unwrap_err(),
            [Why::DecimalComma { value: "21,3".into() }.of("lat"), Why::Degrees { value: "x".into() }.of("lon"),]
        );
        assert_eq!(place("", "105.2", "").unwrap_err(), [Why::Missing.of("lat")]);
        for odd in ["1e1", "inf", "+21.3", "21.", ".5", "21°18'"] {
            assert_eq!(place(odd, "1", "").unwrap_err(), [Why::Degrees { value: odd.into() }.of("lat")]);
        }
        let pair = |text: &str| write(&Geo::Pair(text.into())).unwrap_err().remove(0).why;
        assert_eq!(pair("21,3,105,2"), Why::DecimalComma { value: "21,3,105,2".into() });
        assert_eq!(pair("21.3"), Why::Degrees { value: "21.3".into() });
    }
}
