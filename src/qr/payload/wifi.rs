//! Access to a Wi-Fi network: the `WIFI:` text of ZXing, which Android and iOS read alike
//! (<https://github.com/zxing/zxing/wiki/Barcode-Contents>; WPA3 specification §7.1).
//!
//! That page asks for double quotes around a name of hexadecimal digits. They are left out: Android's own
//! reader takes every name as a text and adds quotes itself, the WPA3 specification knows none, and iPhones
//! take them as part of the name and do not join (github.com/Shane32/QRCoder, issue 440).

use super::signs::is_hidden;
use super::{Fault, Why, Written};

/// A network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wifi {
    /// Its name, up to 32 bytes.
    pub ssid: String,
    /// Its password; empty for an open network.
    pub password: String,
    /// Whether it hides its name.
    pub hidden: bool,
    /// How it is protected; WPA where there is a password and nothing else is said.
    pub security: Option<Security>,
}

/// How a network is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// By WPA or WPA2, or WPA3 beside them.
    Wpa,
    /// By WPA3 alone, whose passwords may have any length.
    Sae,
    /// By WEP.
    Wep,
    /// Not at all.
    None,
}

pub(super) fn write(wifi: &Wifi) -> Result<Option<Written>, Vec<Fault>> {
    let Wifi { ssid, password, hidden, security } = wifi;
    if ssid.is_empty() && password.is_empty() {
        return Ok(None);
    }
    let security = security.unwrap_or(if password.is_empty() { Security::None } else { Security::Wpa });
    let mut faults = Vec::new();
    match ssid.as_str() {
        "" => faults.push(Why::Missing.of("ssid")),
        name if name.chars().any(char::is_control) => faults.push(Why::Control.of("ssid")),
        name if let Some(sign) = name.chars().find(|c| is_hidden(*c)) => faults.push(Why::Unseen { sign }.of("ssid")),
        name if name.len() > 32 => faults.push(Why::TooLong { found: name.len(), most: 32, bytes: true }.of("ssid")),
        _ => {}
    }
    faults.extend(password_fault(password, security).map(|why| why.of("password")));
    if !faults.is_empty() {
        return Err(faults);
    }
    let kind = match security {
        // “WPA” stands for WPA3 as well (WPA3 specification §7.1); not all readers know “SAE”.
        Security::Wpa | Security::Sae => "WPA",
        Security::Wep => "WEP",
        Security::None => "nopass",
    };
    let password = if password.is_empty() { String::new() } else { format!("P:{};", escaped(password)) };
    let hidden = if *hidden { "H:true;" } else { "" };
    Ok(Some(Written { text: format!("WIFI:T:{kind};S:{};{password}{hidden};", escaped(ssid)), short: ssid.clone() }))
}

/// What is wrong with a password (IEEE 802.11 annex J.4.1 for a passphrase).
fn password_fault(password: &str, security: Security) -> Option<Why> {
    let found = password.chars().count();
    let hex = password.bytes().all(|b| b.is_ascii_hexdigit());
    let odd = password.chars().find(|c| !matches!(c, ' '..='~'));
    match security {
        Security::None => (found > 0).then_some(Why::OpenWithPassword),
        _ if found == 0 => Some(Why::Missing),
        Security::Wpa if odd.is_some() => Some(Why::Passphrase { found, sign: odd }),
        Security::Wpa => (!((8..=63).contains(&found) || found == 64 && hex)).then_some(Why::Passphrase { found, sign: None }),
        Security::Wep => (odd.is_some() || !(matches!(found, 5 | 13) || matches!(found, 10 | 26) && hex)).then_some(Why::WepKey { found }),
        Security::Sae if password.chars().any(char::is_control) => Some(Why::Control),
        Security::Sae => (password.len() > 128).then_some(Why::TooLong { found: password.len(), most: 128, bytes: true }),
    }
}

/// The signs that the grammar gives a meaning.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '\\' | ';' | ',' | ':' | '"').then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(ssid: &str, password: &str, security: Option<Security>) -> Result<String, Vec<Fault>> {
        write(&Wifi { ssid: ssid.into(), password: password.into(), hidden: false, security }).map(|w| w.unwrap().text)
    }

    #[test]
    fn networks_are_written_as_the_zxing_wiki_has_them() {
        // zxing/zxing wiki, “Barcode Contents”: WIFI:T:WPA;S:mynetwork;P:mypass;; (a longer password here),
        // and S:\"foo\;bar\\baz\" for the name "foo;bar\baz".
        assert_eq!(text("mynetwork", "mypass12", None).unwrap(), "WIFI:T:WPA;S:mynetwork;P:mypass12;;");
        assert_eq!(text(r#""foo;bar\baz""#, "", None).unwrap(), r#"WIFI:T:nopass;S:\"foo\;bar\\baz\";;"#);
    }

    #[test]
    fn a_password_may_hold_any_sign() {
        assert_eq!(text("Sông Thao Wifi", "chao1496;an", None).unwrap(), "WIFI:T:WPA;S:Sông Thao Wifi;P:chao1496\\;an;;");
        let open = Wifi { ssid: "a".into(), hidden: true, ..Wifi::default() };
        assert_eq!(write(&open).unwrap().unwrap().text, "WIFI:T:nopass;S:a;H:true;;");
    }

    #[test]
    fn a_name_of_hexadecimal_digits_has_no_quotes() {
        assert_eq!(text("ABCD", "0123456789", None).unwrap(), "WIFI:T:WPA;S:ABCD;P:0123456789;;");
    }

    #[test]
    fn passwords_are_of_their_kind() {
        assert_eq!(text("a", "abcde", Some(Security::Wep)).unwrap(), "WIFI:T:WEP;S:a;P:abcde;;");
        assert_eq!(text("a", "ngắn", Some(Security::Sae)).unwrap(), "WIFI:T:WPA;S:a;P:ngắn;;");
        assert!(text("a", &"0f".repeat(32), None).is_ok());
        let fault = |password: &str, security| text("a", password, security).unwrap_err().remove(0).why;
        assert_eq!(fault("1234567", None), Why::Passphrase { found: 7, sign: None });
        assert_eq!(fault(&"x".repeat(64), None), Why::Passphrase { found: 64, sign: None });
        assert_eq!(fault("mật khẩu", None), Why::Passphrase { found: 8, sign: Some('ậ') });
        assert_eq!(fault("abcdef", Some(Security::Wep)), Why::WepKey { found: 6 });
        assert_eq!(fault("abcdefgh", Some(Security::None)), Why::OpenWithPassword);
        assert_eq!(fault("", Some(Security::Wpa)), Why::Missing);
    }

    #[test]
    fn everything_wrong_is_told_and_nothing_is_nothing() {
        let faults = text("Nhà nghỉ Sông Thao tầng hai phòng lớn", "short", None).unwrap_err();
        assert_eq!(faults.iter().map(|f| f.part).collect::<Vec<_>>(), ["ssid", "password"]);
        assert_eq!(text("", "chao1496", None).unwrap_err(), [Why::Missing.of("ssid")]);
        assert_eq!(write(&Wifi { hidden: true, ..Wifi::default() }), Ok(None));
    }
}
