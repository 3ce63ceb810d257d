//! Cards for the address book: vCard 3.0 (RFC 2426), the version that phones read.

use super::{Fault, Why, Written, phone, url};

/// A person or an office.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vcard {
    /// What they are called; an office may have `org` alone.
    pub name: Name,
    /// The organisation.
    pub org: String,
    /// Position in it.
    pub title: String,
    /// Telephone numbers.
    pub tel: Vec<String>,
    /// E-mail.
    pub email: String,
    /// Web address.
    pub url: String,
    /// Postal address, on one line.
    pub address: String,
    /// Anything else.
    pub note: String,
}

/// A name of a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Name {
    /// As Vietnamese is written: the family name first, the given name last.
    Whole(String),
    /// In its parts, for names of another order.
    Parts {
        /// Family name.
        family: String,
        /// What stands between.
        middle: String,
        /// Given name.
        given: String,
        /// All of it as it is said; family, middle and given name where it is empty.
        full: String,
    },
}

impl Default for Name {
    fn default() -> Self {
        Name::Whole(String::new())
    }
}

impl Name {
    /// The whole name, and family, given and middle name on their own. A name of one word is a given name.
    fn parts(&self) -> (String, [String; 3]) {
        match self {
            Name::Whole(whole) => {
                let words: Vec<&str> = whole.split_whitespace().collect();
                let parts = match words.as_slice() {
                    [] => [String::new(), String::new(), String::new()],
                    [given] => [String::new(), given.to_string(), String::new()],
                    [family, middle @ .., given] => [family.to_string(), given.to_string(), middle.join(" ")],
                };
                (whole.clone(), parts)
            }
            Name::Parts { family, middle, given, full } => {
                let joined = [family, middle, given].into_iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" ");
                (if full.is_empty() { joined } else { full.clone() }, [family.clone(), given.clone(), middle.clone()])
            }
        }
    }
}

pub(super) fn write(card: &Vcard) -> Result<Option<Written>, Vec<Fault>> {
    let Vcard { name, org, title, tel, email, url, address, note } = card;
    let (whole, [family, given, middle]) = name.parts();
    let tel: Vec<(usize, &String)> = tel.iter().enumerate().filter(|(_, t)| !t.is_empty()).collect();
    if [&whole, org, title, email, url, address, note].iter().all(|t| t.is_empty()) && tel.is_empty() {
        return Ok(None);
    }
    let mut faults = Vec::new();
    if whole.is_empty() && org.is_empty() {
        faults.push(Why::Missing.of("name"));
    }
    let mut collect = |part: &'static str, nth: usize, read: Result<String, Vec<Why>>| match read {
        Ok(text) => text,
        Err(whys) => {
            faults.extend(whys.into_iter().map(|why| Fault { nth, ..why.of(part) }));
            String::new()
        }
    };
    let tel: Vec<String> = tel.into_iter().map(|(nth, number)| collect("tel", nth, phone::dialled(number))).collect();
    let email = if email.is_empty() { String::new() } else { collect("email", 0, mail(email)) };
    let url = if url.is_empty() { String::new() } else { collect("url", 0, url::write(url)) };
    if !faults.is_empty() {
        return Err(faults);
    }
    let called = if whole.is_empty() { org } else { &whole };
    let mut lines = vec!["BEGIN:VCARD".to_string(), "VERSION:3.0".to_string()];
    // RFC 2426 §3.1.2: family; given; additional; prefixes; suffixes.
    lines.push(format!("N:{};{};{};;", escaped(&family), escaped(&given), escaped(&middle)));
    lines.push(format!("FN:{}", escaped(called)));
    let mut line = |key: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{key}:{text}"));
        }
    };
    line("ORG", &escaped(org));
    line("TITLE", &escaped(title));
    tel.iter().for_each(|number| line("TEL", number));
    line("EMAIL", &email);
    line("URL", &url);
    // §3.2.1: post office box; extended; street; locality; region; code; country. One line is a street.
    if !address.is_empty() {
        line("ADR", &format!(";;{};;;;", escaped(address)));
    }
    line("NOTE", &escaped(note));
    line("END", "VCARD");
    Ok(Some(Written { text: lines.join("\r\n") + "\r\n", short: called.clone() }))
}

/// An address of e-mail, as far as it can be seen to be one.
fn mail(text: &str) -> Result<String, Vec<Why>> {
    let plain = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    match text.split_once('@') {
        Some((user, host)) if plain(user) && url::is_host(host) => Ok(text.into()),
        _ => Err(vec![Why::Mail { value: text.into() }]),
    }
}

/// The signs that have a meaning in a value (RFC 2426 §4). Other control characters vanish.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(card: &Vcard) -> String {
        write(card).unwrap().unwrap().text
    }

    #[test]
    fn a_card_has_the_lines_of_rfc_2426() {
        // RFC 2426 §7, the card of Frank Dawson, with the properties that are written here.
        let dawson = Vcard {
            name: Name::Parts { family: "Dawson".into(), middle: String::new(), given: "Frank".into(), full: "Frank Dawson".into() },
            org: "Lotus Development Corporation".into(),
            tel: vec!["+1-919-676-9515".into(), "+1-919-676-9564".into()],
            email: "Frank_Dawson@Lotus.com".into(),
            url: "http://home.earthlink.net/~fdawson".into(),
            address: "6544 Battleford Drive, Raleigh, NC 27613-3502, U.S.A.".into(),
            ..Vcard::default()
        };
        assert_eq!(
            card(&dawson),
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Dawson;Frank;;;\r\nFN:Frank Dawson\r\nORG:Lotus Development Corporation\r\n\
             TEL:+19196769515\r\nTEL:+19196769564\r\nEMAIL:Frank_Dawson@Lotus.com\r\nURL:http://home.earthlink.net/~fdawson\r\n\
             ADR:;;6544 Battleford Drive\\, Raleigh\\, NC 27613-3502\\, U.S.A.;;;;\r\nEND:VCARD\r\n"
        );
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        // RFC 2426 §2.4.2 and §5: "This is a value with a comma\, semi-colon\; and a line break\n".
        let named = |note: &str| Vcard { name: Name::Whole("An".into()), note: note.into(), ..Vcard::default() };
        assert!(card(&named("một, hai; ba\\\nbốn")).contains("NOTE:một\\, hai\\; ba\\\\\\nbốn\r\n"));
    }

    #[test]
    fn a_vietnamese_name_begins_with_the_family() {
        let name = |whole: &str| card(&Vcard { name: Name::Whole(whole.into()), ..Vcard::default() });
        assert!(name("Nguyễn Văn An").contains("N:Nguyễn;An;Văn;;\r\nFN:Nguyễn Văn An\r\n"));
        assert!(name("Trần Thị Mai Hương").contains("N:Trần;Hương;Thị Mai;;\r\n"));
        assert!(name("Lê An").contains("N:Lê;An;;;\r\n"));
        assert!(name("An").contains("N:;An;;;\r\nFN:An\r\n"));
        let parts = Name::Parts { family: "Tôn Nữ".into(), middle: "Thị".into(), given: "Ninh".into(), full: String::new() };
        assert!(card(&Vcard { name: parts, ..Vcard::default() }).contains("N:Tôn Nữ;Ninh;Thị;;\r\nFN:Tôn Nữ Thị Ninh\r\n"));
        let office = Vcard { org: "UBND xã Lâm Thao".into(), ..Vcard::default() };
        assert!(card(&office).contains("N:;;;;\r\nFN:UBND xã Lâm Thao\r\nORG:UBND xã Lâm Thao\r\n"));
    }

    #[test]
    fn everything_wrong_is_told_and_nothing_is_nothing() {
        let bad = Vcard { tel: vec!["113".into(), "x".into()], email: "a@b".into(), url: "mo.vn".into(), ..Vcard::default() };
        let parts: Vec<_> = write(&bad).unwrap_err().iter().map(|f| (f.part, f.nth)).collect();
        assert_eq!(parts, [("name", 0), ("tel", 1), ("email", 0), ("url", 0)]);
        assert_eq!(write(&Vcard { tel: vec![String::new()], ..Vcard::default() }), Ok(None));
        for mail in ["a@mo.vn", "van.thu+1@lamthao.phutho.gov.vn"] {
            assert!(super::mail(mail).is_ok());
        }
        for mail in ["mo.vn", "@mo.vn", "a@", "a b@mo.vn", "a@b@mo.vn", "a@mo.vn/x"] {
            assert!(super::mail(mail).is_err(), "{mail}");
        }
    }
}
