//! Web addresses (RFC 3986): what phones open, from what people write (RFC 3987).

use super::signs::is_unseen;
use super::traps::{Trap, is_odd_number, of_address};
use super::{Why, punycode};
use std::fmt::Write;
use std::net::Ipv6Addr;
use unicode_normalization::UnicodeNormalization;

/// The address in ASCII, its host as in the DNS (RFC 3492), all else percent-encoded where it must be.
pub(super) fn write(address: &str) -> Result<String, Vec<Why>> {
    let mut wrong: Vec<Why> = address.chars().any(char::is_control).then_some(Why::Control).into_iter().collect();
    wrong.extend(address.chars().find(|c| is_unseen(*c)).map(|sign| Why::Unseen { sign }));
    let split = address.split_once("://").filter(|(s, _)| s.eq_ignore_ascii_case("https") || s.eq_ignore_ascii_case("http"));
    let Some((scheme, rest)) = split else {
        wrong.push(Why::Scheme { address: address.into() });
        return Err(wrong);
    };
    wrong.extend(of_address(&address[scheme.len() + 1..]).into_iter().map(Why::Trap));
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    match ascii_authority(host) {
        Some(host) if wrong.is_empty() => Ok(format!("{scheme}://{host}{}", encoded(tail))),
        // What is no host because of what was told is not told again.
        None if wrong.iter().all(|why| matches!(why, Why::Control | Why::Trap(Trap::User { .. }))) => {
            wrong.push(Why::Host { host: host.into() });
            Err(wrong)
        }
        _ => Err(wrong),
    }
}

/// Whether a text is a name of a host.
pub(super) fn is_host(text: &str) -> bool {
    !text.contains([':', '[']) && ascii_authority(text).is_some()
}

/// Host and port, if they can be such.
fn ascii_authority(authority: &str) -> Option<String> {
    if let Some((six, port)) = authority.strip_prefix('[').and_then(|a| a.split_once(']')) {
        return (six.parse::<Ipv6Addr>().is_ok() && (port.is_empty() || is_port(port.strip_prefix(':')?))).then(|| authority.into());
    }
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    if port.is_some_and(|p| !is_port(p)) {
        return None;
    }
    let labels: Vec<String> = host.split('.').map(ascii_label).collect::<Option<_>>()?;
    let last = labels.last()?;
    let named = last.bytes().any(|b| b.is_ascii_alphabetic());
    let plausible = if named { labels.len() > 1 && last.len() > 1 } else { labels.len() == 4 };
    let host = labels.join(".");
    (plausible && !is_odd_number(&host) && host.len() <= 253).then(|| port.map_or(host.clone(), |port| format!("{host}:{port}")))
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// One label of a host as it stands in the DNS.
fn ascii_label(label: &str) -> Option<String> {
    let ascii = match label.is_ascii() {
        true => label.to_string(),
        false => {
            let folded: String = label.nfc().flat_map(char::to_lowercase).nfc().collect();
            let letters = |c: char| c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c);
            if !folded.chars().all(letters) {
                return None;
            }
            format!("xn--{}", punycode::encode(&folded)?)
        }
    };
    let signs = ascii.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (signs && (1..=63).contains(&ascii.len()) && !ascii.starts_with('-') && !ascii.ends_with('-')).then_some(ascii)
}

/// Path, query and fragment, with what RFC 3986 does not allow there percent-encoded, and no more: what is
/// encoded already stays.
fn encoded(tail: &str) -> String {
    let mut out = String::new();
    let mut fragment = false;
    for (at, c) in tail.char_indices() {
        let hex = |i: usize| tail.as_bytes().get(at + i).is_some_and(u8::is_ascii_hexdigit);
        let stays = match c {
            '%' => hex(1) && hex(2),
            '#' => !std::mem::replace(&mut fragment, true),
            c => is_unreserved(c) || ":/?@!$&'()*+,;=".contains(c),
        };
        if stays { out.push(c) } else { encode(c, &mut out) }
    }
    out
}

/// A text as one component of an address: only letters, digits and `-._~` stay (RFC 3986 §2.3), so that no sign
/// of it ends the component.
pub(crate) fn component(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if is_unreserved(c) { out.push(c) } else { encode(c, &mut out) }
    }
    out
}

fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~".contains(c)
}

fn encode(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_rfc_3986_stay() {
        // RFC 3986 §1.1.2, those of the web; the upper-case one makes an alphanumeric symbol.
        for address in
            ["http://www.ietf.org/rfc/rfc2396.txt", "HTTPS://MO.VN/7KX2", "https://a.vn:8080/x?y=1&z=%20#f", "http://[2001:db8::7]/c"]
        {
            assert_eq!(write(address).as_deref(), Ok(address));
        }
    }

    #[test]
    fn what_is_not_ascii_is_percent_encoded_and_what_is_encoded_stays() {
        // RFC 3987 §3.1, the step from an IRI to a URI.
        assert_eq!(write("http://example.org/rosé").as_deref(), Ok("http://example.org/ros%C3%A9"));
        assert_eq!(
            write("https://mo.vn/tìm kiếm?q=100%&x=%C3%A9#a#b").as_deref(),
            Ok("https://mo.vn/t%C3%ACm%20ki%E1%BA%BFm?q=100%25&x=%C3%A9#a%23b")
        );
    }

    #[test]
    fn a_component_keeps_no_sign_that_ends_it() {
        assert_eq!(component("Nhà nghỉ A&B 50%"), "Nh%C3%A0%20ngh%E1%BB%89%20A%26B%2050%25");
        // RFC 3986 §2.5.
        assert_eq!(component("À"), "%C3%80");
        assert_eq!(component("a-z_0.9~"), "a-z_0.9~");
    }

    #[test]
    fn a_host_of_vietnamese_letters_is_written_as_the_dns_has_it() {
        assert_eq!(write("https://Bücher.example/").as_deref(), Ok("https://xn--bcher-kva.example/"));
    }

    #[test]
    fn what_no_phone_opens_is_refused() {
        let refused = |address: &str| write(address).unwrap_err();
        for address in ["mo.vn/x", "ftp://mo.vn", "javascript:alert(1)", "https:/mo.vn"] {
            assert_eq!(refused(address), [Why::Scheme { address: address.into() }]);
        }
        for host in ["", "localhost", "mo", "mo..vn", "-mo.vn", "mo_1.vn", "mo .vn", "mo.vn:0", "mo.vn:x", "mo.v", "[::x]"] {
            assert_eq!(refused(&format!("https://{host}/x")), [Why::Host { host: host.into() }], "{host}");
        }
        let host = "mo".to_string();
        assert_eq!(refused("https://a@mo/\n"), [Why::Control, Why::Trap(Trap::User { host: host.clone() }), Why::Host { host }]);
        for host in ["1.2.3", "256.1.1.1", "2130706433", "0x7f.1", "0x7F000001", "0177.0.0.1", "127.0.0.1.5"] {
            assert_eq!(refused(&format!("http://{host}/x")), [Why::Trap(Trap::Number { host: host.into() })], "{host}");
        }
        assert_eq!(refused("https://mo.vn/\u{200b}x"), [Why::Unseen { sign: '\u{200b}' }]);
        assert_eq!(refused("https://mo.vn\\@a.vn"), [Why::Trap(Trap::Backslash), Why::Trap(Trap::User { host: "a.vn".into() })]);
    }
}
