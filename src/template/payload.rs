//! What a code says, by its grammar.

use super::values::{Filler, Names, Use};
use crate::diag::{Located, Problem};
use crate::spec::campaign::Payload;

/// The payload with its placeholders filled; empty where there is nothing to say.
pub(super) fn write(payload: &Payload, filler: &Filler, names: &Names) -> Result<String, Vec<Problem>> {
    let fill = |text: &Located<String>| filler.fill(text, names, Use::Plain).map(|t| t.trim().to_string());
    match payload {
        Payload::Text(text) => fill(text),
        Payload::Wifi { ssid, password, hidden } => {
            let ssid = fill(ssid)?;
            let password = password.as_ref().map(fill).transpose()?.filter(|p| !p.is_empty());
            if ssid.is_empty() {
                return if password.is_some() { Err(vec![Problem::QrEmpty]) } else { Ok(String::new()) };
            }
            let kind = if password.is_some() { "WPA" } else { "nopass" };
            let password = password.map(|p| format!("P:{};", wifi_escape(&p))).unwrap_or_default();
            let hidden = if *hidden { "H:true;" } else { "" };
            Ok(format!("WIFI:T:{kind};S:{};{password}{hidden};", wifi_escape(&ssid)))
        }
    }
}

/// The signs that the WIFI: grammar (ZXing, read by Android and iOS alike) gives a meaning.
fn wifi_escape(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '\\' | ';' | ',' | ':' | '"').then_some('\\').into_iter().chain([c])).collect()
}

/// An address as one would type it: no scheme, no slash at the end.
pub(super) fn short(payload: &str) -> &str {
    let start =
        ["https://", "http://"].iter().find(|s| payload.get(..s.len()).is_some_and(|p| p.eq_ignore_ascii_case(s))).map_or(0, |s| s.len());
    payload[start..].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Spot;

    #[test]
    fn a_wifi_password_may_hold_any_sign() {
        let text = |t: &str| Located { value: t.to_string(), spot: Spot::default() };
        let wifi = Payload::Wifi { ssid: text("Sông Thao Wifi"), password: Some(text("chao1496;an")), hidden: false };
        assert_eq!(write(&wifi, &Filler::new(), &Names::new()).unwrap(), "WIFI:T:WPA;S:Sông Thao Wifi;P:chao1496\\;an;;");
        let open = Payload::Wifi { ssid: text("a"), password: None, hidden: true };
        assert_eq!(write(&open, &Filler::new(), &Names::new()).unwrap(), "WIFI:T:nopass;S:a;H:true;;");
    }

    #[test]
    fn a_short_address_can_be_typed() {
        assert_eq!(short("https://www.bluezone.gov.vn/"), "www.bluezone.gov.vn");
        assert_eq!(short("HTTPS://BLUEZONE.GOV.VN/X/0001"), "BLUEZONE.GOV.VN/X/0001");
        assert_eq!(short("WIFI:T:nopass;S:a;;"), "WIFI:T:nopass;S:a;;");
    }
}
