//! What is doubtful about a payload that is an address, or would be one: it can be written, but phones may not open it.

use super::cards::fields;
use super::hosts;
use super::signs::{decoded, is_hidden, is_unseen};
use super::traps::opened;
use std::net::Ipv4Addr;

/// A doubt about an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// It begins with `http://`.
    Http,
    /// It carries parts by which a click is followed.
    Tracking {
        /// The parts.
        parts: String,
        /// The address without them.
        address: String,
    },
    /// Its host is known inside an office or nowhere.
    Unreachable {
        /// The host.
        host: String,
    },
    /// It holds a sign that is not seen.
    Invisible(char),
    /// Quotes stand around it, and would be part of it.
    Quotes,
    /// It holds a space.
    Space,
    /// It holds a line break or a tab.
    LineBreak,
    /// What comes before its host is misspelt.
    Scheme {
        /// The address as it was meant.
        meant: String,
    },
    /// It begins twice.
    Twice {
        /// The address as it was meant.
        meant: String,
    },
    /// It names a file of this computer.
    LocalFile,
    /// It has a part still to be filled in, `<…>`.
    Unfinished,
    /// It has no scheme.
    Bare {
        /// The address with one.
        meant: String,
    },
    /// It ends in a sign that ends a sentence.
    FullStop,
    /// It has letters that a plain text does not encode.
    Letters,
    /// It is where a form is edited, not filled in.
    EditLink,
    /// Its host holds a letter that is not what it looks like.
    LookAlike {
        /// The host, in its letters.
        host: String,
        /// The letter.
        sign: char,
        /// The script that the letter is of; none for a form that no keyboard has.
        script: Option<&'static str>,
    },
    /// A part of its host begins with `xn--`, but stands for no letters.
    Punycode {
        /// The part.
        label: String,
    },
}

impl Doubt {
    /// Whether it leads nowhere, or elsewhere, for certain.
    pub fn is_broken(&self) -> bool {
        use Doubt::{Invisible, LineBreak, LocalFile, Punycode, Quotes, Scheme, Space, Twice, Unfinished};
        matches!(self, Invisible(_) | Quotes | Space | LineBreak | Scheme { .. } | Twice { .. } | LocalFile | Unfinished | Punycode { .. })
    }
}

/// Parts of a query by which networks follow a click.
const TRACKING: [&str; 9] = ["fbclid", "gclid", "zarsrc", "igshid", "mc_eid", "mc_cid", "msclkid", "yclid", "_ga"];
/// Hosts that none has outside (RFC 2606, 6761, 6762, 8375), by their ends.
const NOWHERE: [&str; 9] = ["localhost", "local", "lan", "internal", "test", "example", "invalid", "home.arpa", "localdomain"];
const SAMPLES: [&str; 5] = ["example.com", "example.org", "example.net", "your-domain.com", "domain.com"];
/// Schemes and signs that are no addresses of the web.
const OTHERS: [&str; 9] = ["wifi:", "mecard:", "begin:", "tel:", "smsto:", "sms:", "mailto:", "geo:", "000201"];
/// Ends of hosts by which a word without a scheme is known as an address.
pub(super) const ENDS: [&str; 14] =
    [".vn", ".com", ".net", ".org", ".gov", ".edu", ".info", ".io", ".me", ".app", ".page", ".site", ".link", ".gle"];

/// What is doubtful about a payload as it is written into a symbol; what is no address at all is doubted only for the hosts
/// that it names.
pub fn doubts(payload: &str) -> Vec<Doubt> {
    let mut doubts = of_address(payload);
    let of_hosts = hosts::doubts(payload);
    if !of_hosts.is_empty() {
        doubts.retain(|doubt| *doubt != Doubt::Letters);
    }
    doubts.extend(of_hosts);
    doubts
}

fn of_address(payload: &str) -> Vec<Doubt> {
    if opened(&fields(payload)).iter().any(|text| is_local_file(text)) {
        return vec![Doubt::LocalFile];
    }
    let small = payload.to_ascii_lowercase();
    if OTHERS.iter().any(|other| small.starts_with(other)) {
        return Vec::new();
    }
    let inner = payload.trim_matches(['“', '”', '‘', '’', '"', '\'', '«', '»', ' ']);
    let is_quoted = inner.len() < payload.trim().len();
    let bare: String = inner.chars().filter(|c| !is_unseen(*c)).collect();
    let Some((scheme, rest)) = split(&bare) else { return Vec::new() };
    let mut doubts = Vec::new();
    // What a row brings into an address is encoded by then.
    let path = inner.split(['?', '#']).next().filter(|path| path.contains('%')).map(decoded).unwrap_or_default();
    doubts.extend(payload.chars().find(|c| is_unseen(*c)).or(path.chars().find(|c| is_hidden(*c))).map(Doubt::Invisible));
    doubts.extend(is_quoted.then_some(Doubt::Quotes));
    match scheme {
        Scheme::File => return vec![Doubt::LocalFile],
        Scheme::Web(secure) => doubts.extend((!secure).then_some(Doubt::Http)),
        Scheme::None => doubts.push(Doubt::Bare { meant: format!("https://{rest}") }),
        Scheme::Misspelt => doubts.push(Doubt::Scheme { meant: format!("https://{rest}") }),
    }
    let twice = split(rest).filter(|(scheme, _)| matches!(scheme, Scheme::Web(_)));
    doubts.extend(twice.map(|(_, rest)| Doubt::Twice { meant: format!("https://{rest}") }));
    doubts.extend(rest.trim().contains(' ').then_some(Doubt::Space));
    doubts.extend(rest.trim().contains(['\n', '\r', '\t']).then_some(Doubt::LineBreak));
    doubts.extend((rest.contains('<') || rest.chars().skip(1).any(|c| c == '[')).then_some(Doubt::Unfinished));
    doubts.extend(rest.ends_with(['.', ',', ';']).then_some(Doubt::FullStop));
    doubts.extend((!rest.is_ascii() && matches!(scheme, Scheme::Web(_))).then_some(Doubt::Letters));
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let is_web = matches!(scheme, Scheme::Web(_));
    doubts.extend((is_web && host.trim().is_empty()).then_some(Doubt::Unfinished));
    if is_web && host.trim_end_matches(',').contains(',') {
        doubts.push(Doubt::Scheme { meant: format!("https://{}{}", host.replace(',', "."), &rest[host.len()..]) });
    }
    doubts.extend(is_nowhere(&host).then(|| Doubt::Unreachable { host: host.clone() }));
    doubts.extend((host == "docs.google.com" && rest.contains("/edit")).then_some(Doubt::EditLink));
    doubts.extend(tracking(&bare));
    if doubts.contains(&Doubt::LineBreak) {
        // Words on another line are what broke it.
        doubts.retain(|doubt| !matches!(doubt, Doubt::Space | Doubt::Letters | Doubt::FullStop));
    }
    if doubts.iter().any(|doubt| matches!(doubt, Doubt::Unreachable { .. })) {
        doubts.retain(|doubt| *doubt != Doubt::Http);
    }
    doubts
}

enum Scheme {
    /// Whether it is `https`.
    Web(bool),
    File,
    Misspelt,
    None,
}

/// Scheme and what follows it, of what is or was meant as an address.
fn split(text: &str) -> Option<(Scheme, &str)> {
    let small = text.to_ascii_lowercase();
    for (begin, secure) in [("https://", true), ("http://", false)] {
        if small.starts_with(begin) {
            return Some((Scheme::Web(secure), &text[begin.len()..]));
        }
    }
    let is_drive =
        small.len() > 2 && small.as_bytes()[0].is_ascii_alphabetic() && (small[1..].starts_with(":\\") || small[1..].starts_with(":/"));
    if is_drive && !small[1..].starts_with("://") {
        return Some((Scheme::File, text));
    }
    let end = small.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(small.len());
    let (word, after) = (&small[..end], &text[end..]);
    let is_near = word.starts_with(['h', 't']) && word.contains('t') && word.len() <= 6 && word.ends_with(['p', 's', 't']);
    let is_whole = matches!(word, "http" | "https") && after.starts_with(':');
    let begins = |rest: &&str| rest.starts_with(['/', '\\']) || is_whole && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let slashes = after.strip_prefix(':').or(after.strip_prefix(';')).or(Some(after)).filter(begins);
    // With one slash alone only the word itself is a scheme: HT/2024/001 is a number of a paper.
    let is_meant = matches!(word, "http" | "https") || is_near && (after.starts_with([':', ';']) || after.starts_with("//"));
    if let Some(rest) = slashes.filter(|_| is_meant) {
        return Some((Scheme::Misspelt, rest.trim_start_matches(['/', '\\'])));
    }
    let host = small.split(['/', '?', '#', ' ']).next().unwrap_or_default().trim_end_matches(['.', ',']);
    let is_host = host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let is_named = host.starts_with("www.") || ENDS.iter().any(|end| host.ends_with(end)) || small.contains(".vn/");
    (is_host && is_named && !small.contains('@')).then_some((Scheme::None, text))
}

/// A word with a colon and a space behind it begins a sentence.
fn is_local_file(text: &str) -> bool {
    text.strip_prefix("file:").is_some_and(|rest| !rest.starts_with(' ') && !rest.is_empty() || rest.trim_start().starts_with(['/', '\\']))
}

fn is_nowhere(host: &str) -> bool {
    let ends = |name: &str| host == name || host.strip_suffix(name).is_some_and(|before| before.ends_with('.'));
    let is_private = host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_private() || address.is_loopback() || address.is_link_local());
    is_private || NOWHERE.iter().any(|name| ends(name)) || SAMPLES.iter().any(|name| ends(name))
}

fn tracking(address: &str) -> Option<Doubt> {
    let (before, query) = address.split_once('?')?;
    let (query, fragment) = query.split_once('#').map_or((query, ""), |(query, fragment)| (query, fragment));
    let follows = |part: &&str| {
        let name = part.split('=').next().unwrap_or(part).to_ascii_lowercase();
        name.starts_with("utm_") || name.starts_with("_ga_") || TRACKING.contains(&name.as_str())
    };
    let (parts, kept): (Vec<&str>, Vec<&str>) = query.split('&').partition(|part| follows(part));
    if parts.is_empty() {
        return None;
    }
    let names: Vec<&str> = parts.iter().map(|part| part.split('=').next().unwrap_or(part)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    Some(Doubt::Tracking { parts: names.join(", "), address: format!("{before}{query}{fragment}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_nowhere_are_doubted() {
        let meant = |text: &str| text.to_string();
        for (payload, doubt) in [
            ("http://mo.vn/x", Doubt::Http),
            ("https://mo.vn/\u{200b}x", Doubt::Invisible('\u{200b}')),
            ("“https://mo.vn/x”", Doubt::Quotes),
            ("https://mo.vn/khai báo", Doubt::Space),
            ("htps://mo.vn/x", Doubt::Scheme { meant: meant("https://mo.vn/x") }),
            ("https:/mo.vn/x", Doubt::Scheme { meant: meant("https://mo.vn/x") }),
            ("https:mo.vn/x", Doubt::Scheme { meant: meant("https://mo.vn/x") }),
            ("ttps://mo.vn/x", Doubt::Scheme { meant: meant("https://mo.vn/x") }),
            ("https://mo,vn/x", Doubt::Scheme { meant: meant("https://mo.vn/x") }),
            ("https://", Doubt::Unfinished),
            ("https//mo.vn/x", Doubt::Scheme { meant: meant("https://mo.vn/x") }),
            ("https://https://mo.vn/x", Doubt::Twice { meant: meant("https://mo.vn/x") }),
            ("file:///C:/x.html", Doubt::LocalFile),
            ("C:\\Users\\x.html", Doubt::LocalFile),
            ("https://mo.vn/<ten-xa>", Doubt::Unfinished),
            ("https://đường.vn/[ten-xa]", Doubt::Unfinished),
            ("www.mo.vn/x", Doubt::Bare { meant: meant("https://www.mo.vn/x") }),
            ("mo.vn/x", Doubt::Bare { meant: meant("https://mo.vn/x") }),
            ("https://mo.vn/x.", Doubt::FullStop),
            ("https://docs.google.com/forms/d/1a/edit", Doubt::EditLink),
            ("https://localhost:8080/x", Doubt::Unreachable { host: meant("localhost") }),
            ("https://192.168.1.20/x", Doubt::Unreachable { host: meant("192.168.1.20") }),
            ("https://example.com/x", Doubt::Unreachable { host: meant("example.com") }),
            ("https://xa.example/x", Doubt::Unreachable { host: meant("xa.example") }),
            (
                "https://mo.vn/x?id=1&utm_source=zalo&fbclid=2#a",
                Doubt::Tracking { parts: meant("utm_source, fbclid"), address: meant("https://mo.vn/x?id=1#a") },
            ),
        ] {
            assert!(doubts(payload).contains(&doubt), "{payload}: {:?}", doubts(payload));
        }
    }

    #[test]
    fn sound_payloads_are_not_doubted() {
        for payload in [
            "https://www.bluezone.gov.vn/",
            "HTTPS://MO.VN/X/0001",
            "https://mo.vn/x?id=12&ma=3#a",
            "https://172.15.0.1/",
            "WIFI:T:nopass;S:Quan ca phe;;",
            "tel:+842103744991",
            "Mời bà con đến trạm y tế.",
            "000201010212",
            "BEGIN:VCARD\nURL:http://mo.vn\nEND:VCARD",
            "Hộp thư vanthu@lamthao.gov.vn",
            "19B-012.34",
            "8.30 sáng",
            "HT/2024/001",
            "https://mo.vn/?_gallery=2",
            "https://10.0.0.1.nip.io/",
        ] {
            assert_eq!(doubts(payload), [], "{payload}");
        }
        assert_eq!(doubts("https://mo.vn/khám"), [Doubt::Letters]);
    }
}
