//! Web addresses (RFC 3986): what phones open, from what people write (RFC 3987).

use super::Why;
use std::fmt::Write;
use std::net::Ipv6Addr;
use unicode_normalization::UnicodeNormalization;

/// The address in ASCII, its host as in the DNS (RFC 3492), all else percent-encoded where it must be.
pub(super) fn write(address: &str) -> Result<String, Vec<Why>> {
    let mut wrong: Vec<Why> = address.chars().any(char::is_control).then_some(Why::Control).into_iter().collect();
    let split = address.split_once("://").filter(|(s, _)| s.eq_ignore_ascii_case("https") || s.eq_ignore_ascii_case("http"));
    let Some((scheme, rest)) = split else {
        wrong.push(Why::Scheme { address: address.into() });
        return Err(wrong);
    };
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => {
            wrong.push(Why::User);
            host
        }
        None => authority,
    };
    let Some(host) = ascii_authority(host) else {
        wrong.push(Why::Host { host: host.into() });
        return Err(wrong);
    };
    if wrong.is_empty() { Ok(format!("{scheme}://{host}{}", encoded(tail))) } else { Err(wrong) }
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
    let number = |l: &String| l.len() < 4 && l.parse::<u8>().is_ok();
    let named = last.bytes().any(|b| b.is_ascii_alphabetic());
    let plausible = if named { labels.len() > 1 && last.len() > 1 } else { labels.len() == 4 && labels.iter().all(number) };
    let host = labels.join(".");
    (plausible && host.len() <= 253).then(|| port.map_or(host.clone(), |port| format!("{host}:{port}")))
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
            format!("xn--{}", punycode(&folded)?)
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

/// The parameters of RFC 3492 §5.
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_N: u32 = 128;

/// A label in the letters of the DNS (RFC 3492 §6.3), without `xn--`. `None` where numbers grow too large.
fn punycode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut done) = (FIRST_N, 0u32, FIRST_BIAS, basic);
    let length = label.chars().count() as u32;
    while done < length {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(done + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                digits(delta, bias, &mut out);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

/// A number in digits whose thresholds follow the bias, the smallest first.
fn digits(number: u32, bias: u32, out: &mut String) {
    let digit = |d: u32| char::from(if d < 26 { b'a' + d as u8 } else { b'0' + (d - 26) as u8 });
    let mut rest = number;
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < threshold {
            out.push(digit(rest));
            return;
        }
        out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        k += BASE;
    }
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
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
        // RFC 3492 §7.1 (J), in lower case as RFC 3490 asks for, and (B), (P).
        assert_eq!(punycode("tạisaohọkhôngthểchỉnóitiếngviệt").as_deref(), Some("tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"));
        assert_eq!(punycode("他们为什么不说中文").as_deref(), Some("ihqwcrb4cv8a8dqg056pqjye"));
        assert_eq!(punycode("3年B組金八先生").as_deref(), Some("3B-ww4c5e180e575a65lsy2b"));
        assert_eq!(write("https://Bücher.example/").as_deref(), Ok("https://xn--bcher-kva.example/"));
    }

    #[test]
    fn what_no_phone_opens_is_refused() {
        let refused = |address: &str| write(address).unwrap_err();
        for address in ["mo.vn/x", "ftp://mo.vn", "javascript:alert(1)", "https:/mo.vn"] {
            assert_eq!(refused(address), [Why::Scheme { address: address.into() }]);
        }
        for host in
            ["", "localhost", "mo", "mo..vn", "-mo.vn", "mo_1.vn", "mo .vn", "1.2.3", "256.1.1.1", "mo.vn:0", "mo.vn:x", "mo.v", "[::x]"]
        {
            assert_eq!(refused(&format!("https://{host}/x")), [Why::Host { host: host.into() }], "{host}");
        }
        assert_eq!(refused("https://a@mo/\n"), [Why::Control, Why::User, Why::Host { host: "mo".into() }]);
    }
}
