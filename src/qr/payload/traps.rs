//! What no code on a wall may do to who scans it: act on the phone, or lead elsewhere than it shows.

use super::cards::{Field, fields};
use super::hosts::{addresses, authority};
use super::signs::{decoded, is_for_machines, is_turning, is_unseen};
use unicode_normalization::UnicodeNormalization;

/// Something that makes a code a trap.
#[derive(Clone, Debug, PartialEq)]
pub enum Trap {
    /// It begins with a scheme that runs something, or opens what is not on the web.
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// It dials a code by which the network or the phone does something.
    Dialling {
        /// The code.
        code: String,
    },
    /// It holds a sign for machines.
    Control(char),
    /// It holds a sign that turns the direction of reading.
    Turning(char),
    /// A name stands before the host, as if it were the host.
    User {
        /// What it leads to.
        host: String,
    },
    /// It holds a backslash, at which readers part the address differently.
    Backslash,
    /// Its host is a number in another form than `1.2.3.4`.
    Number {
        /// The host.
        host: String,
    },
    /// Its host holds a sign that looks like one that ends or parts a host.
    HostSign {
        /// The host.
        host: String,
        /// The sign.
        sign: char,
    },
}

/// Schemes that no text begins with. Abused ones of Windows among them: CVE-2022-30190 and after.
const ACTING: [&str; 11] = [
    "javascript",
    "vbscript",
    "livescript",
    "view-source",
    "search-ms",
    "itms-services",
    "mhtml",
    "jar",
    "tsdevice",
    "wyciwyg",
    "android_secret_code",
];
/// Schemes that are words too: they are meant where something follows at once, without a space.
const WORDS: [&str; 4] = ["blob", "filesystem", "shell", "hcp"];
/// Beginnings that open what is not on the web, or hand an account to whoever made the code.
const BEGINNINGS: [&str; 9] =
    ["content://", "intent://", "smb://", "chrome://", "resource://", "search:query=", "mk:@", "sgnl://linkdevice", "tg://login"];
/// Kinds of data that a `data:` address names (RFC 2397, IANA's top-level media types).
const MEDIA: [&str; 10] = ["application/", "audio/", "example/", "font/", "image/", "message/", "model/", "multipart/", "text/", "video/"];
/// Those that show as a page, which browsers take after a space too.
const PAGES: [&str; 4] = ["text/html", "text/xml", "image/svg", "application/x"];
/// What calls a number.
const CALLS: [&str; 5] = ["tel", "telprompt", "callto", "facetime", "facetime-audio"];
/// What writes to one.
const MESSAGES: [&str; 4] = ["sms", "smsto", "mms", "mmsto"];
/// Signs that look like those that part an address, `.` `/` `:` `@` `?` `#` `\`, and the beginning of an escaped one.
const LIKE_PARTS: &str = "․‧。．｡︒／⁄∕╱⧸⟋：︓∶꞉＠﹫？﹖＃﹟＼﹨∖⧵%％";

/// What makes a payload a trap, however it was written.
pub fn traps(payload: &str) -> Vec<Trap> {
    let fields = fields(payload);
    let opened = opened(&fields);
    let mut found = of_signs(payload);
    found.extend(fields.iter().flat_map(|field| of_signs(&field.value)));
    found.extend(opened.iter().filter_map(|text| acting(text)));
    found.extend(opened.iter().filter_map(|text| dialling(text)));
    found.extend(fields.iter().flat_map(|field| addresses(&field.value)).flat_map(of_address));
    let mut told: Vec<Trap> = Vec::new();
    for trap in found {
        if !told.contains(&trap) {
            told.push(trap);
        }
    }
    told
}

/// Signs that no payload may hold, nor what is printed beside its code.
pub(crate) fn of_signs(text: &str) -> Vec<Trap> {
    let encoded = if text.contains('%') { decoded(text) } else { String::new() };
    let control = text.chars().find(|c| is_for_machines(*c)).or(encoded.chars().find(|c| *c == '\0'));
    let turning = text.chars().chain(encoded.chars()).find(|c| is_turning(*c));
    control.map(Trap::Control).into_iter().chain(turning.map(Trap::Turning)).collect()
}

/// The texts that a phone may open: the whole, or addresses and numbers among the fields of a card. They are without signs
/// that browsers pass over (WHATWG URL §4.4) or that are not seen.
pub(super) fn opened(fields: &[Field]) -> Vec<String> {
    let plain = |text: &str| -> String {
        let seen = text.chars().filter(|c| !c.is_control() && !is_unseen(*c));
        seen.collect::<String>().trim_matches([' ', '“', '”', '‘', '’', '"', '\'', '<', '>']).to_ascii_lowercase()
    };
    let text = |field: &Field| match field.name.as_deref() {
        None => Some(plain(&field.value)),
        Some("tel") => Some(format!("tel:{}", plain(&field.value).trim_start_matches("tel:"))),
        Some(_) => field.is_address().then(|| plain(&field.value)),
    };
    fields.iter().filter_map(text).collect()
}

/// The scheme by which a text acts.
fn acting(text: &str) -> Option<Trap> {
    let (scheme, rest) = text.split_once(':')?;
    let is_name = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_'));
    if !is_name {
        return None;
    }
    let follows = rest.starts_with(|c: char| c.is_ascii_graphic());
    let is_data = || {
        let is_given = rest.starts_with([',', ';']) && rest.contains(',') || rest.contains("base64,");
        follows && (is_given || MEDIA.iter().any(|kind| rest.starts_with(kind)))
            || PAGES.iter().any(|kind| rest.trim_start().starts_with(kind))
    };
    let is_one_word = || follows && rest.chars().all(|c| c.is_ascii_graphic());
    // Names of customers and of rooms have digits, those of Windows have none.
    let of_windows = || {
        let name = scheme.strip_prefix("ms-").unwrap_or_default();
        name.len() > 2 && name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(|c: char| c.is_ascii_digit())
    };
    let acts = ACTING.contains(&scheme)
        || WORDS.contains(&scheme) && follows
        || BEGINNINGS.iter().any(|begin| text.starts_with(begin))
        || scheme == "data" && is_data()
        || scheme == "about" && is_one_word()
        || scheme == "intent" && (rest.contains("#intent;") || is_one_word())
        || of_windows() && (follows || rest.is_empty());
    acts.then(|| Trap::Scheme { scheme: scheme.into() })
}

/// The code of the network (3GPP TS 22.030 §6.5) that a number is.
fn dialling(text: &str) -> Option<Trap> {
    let (calls, number) = match text.split_once(':') {
        Some((scheme, rest)) if CALLS.contains(&scheme) => (true, decoded(rest)),
        Some((scheme, rest)) if MESSAGES.contains(&scheme) => (false, decoded(rest)),
        Some(_) => return None,
        None => {
            let is_code = text.len() > 3
                && text.starts_with(['*', '#'])
                && text.ends_with(['*', '#'])
                && text.contains(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#' | ' '));
            return is_code.then(|| Trap::Dialling { code: text.into() });
        }
    };
    // Dialers drop what cannot be dialled; letters of a keypad can.
    let number = number.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '*' | '#' | '+'));
    // What follows a pause is keyed in once the call is answered.
    let code = number.split([',', ';', '?', '&', ':', 'p', 'w']).next().unwrap_or_default().trim();
    // RFC 3966 §5.1.1 for what parts the digits. Others are of words, unless the code has begun.
    let is_number = code.chars().all(|c| c.is_ascii_digit() || "*#+ -.()".contains(c));
    let acts = code.contains(['*', '#']) && is_number || calls && code.starts_with(['*', '#']);
    acts.then(|| Trap::Dialling { code: code.into() })
}

/// What hides where an address leads, given from behind its scheme.
pub(super) fn of_address(rest: &str) -> Vec<Trap> {
    let line = rest.split(char::is_whitespace).next().unwrap_or_default();
    let slashes = line.trim_start_matches(['/', '\\']);
    // RFC 3986 ends the authority here, browsers at a backslash too.
    let whole = slashes.split(['/', '?', '#']).next().unwrap_or_default();
    let mut found = Vec::new();
    if line.split(['?', '#']).next().is_some_and(|before| before.contains('\\')) {
        found.push(Trap::Backslash);
    }
    let host = whole.rsplit('@').next().unwrap_or_default();
    if host.len() < whole.len() {
        found.push(Trap::User { host: authority(host).into() });
    }
    let shown = authority(rest);
    let parts = |(at, c): &(usize, char)| LIKE_PARTS.contains(*c) && shown[at + c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric());
    if let Some((_, sign)) = shown.char_indices().find(parts) {
        found.push(Trap::HostSign { host: shown.into(), sign });
    }
    let name = authority(host).split(':').next().unwrap_or_default();
    if is_odd_number(name) {
        found.push(Trap::Number { host: name.into() });
    }
    found
}

/// Whether browsers read a host as a number (WHATWG URL §3.5, “ends in a number”) that is not written as one is shown. They
/// read other forms of digits as those of ASCII before, and drop what is not seen (UTS #46 §4).
pub(super) fn is_odd_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let mapped: String = host.nfkc().filter(|c| !is_unseen(*c)).flat_map(char::to_lowercase).collect();
    let last = mapped.rsplit('.').next().unwrap_or_default();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_hex = last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    (is_digits(last) || is_hex) && host.parse::<std::net::Ipv4Addr>().is_err()
}

#[cfg(test)]
mod tests;
