//! Payloads that are made of fields, taken apart as phones do it.

use super::signs::{encoded_by, is_unseen};

/// A field of a payload.
#[derive(Debug, PartialEq)]
pub(super) struct Field {
    /// Its name in small letters; none for a payload that is one text.
    pub(super) name: Option<String>,
    /// Its value as it is read, without what browsers pass over where it is, or begins with, an address.
    pub(super) value: String,
}

impl Field {
    fn new(name: Option<String>, value: &str) -> Field {
        let mut field = Field { name, value: String::new() };
        // WHATWG URL §4.4; who reads a text may end its address at a line end.
        let value = if field.is_address() { value.replace(BETWEEN, "") } else { value.into() };
        field.value = begun(&value).unwrap_or(value);
        field
    }

    /// A part of a card. One without a name is what it says.
    fn part(head: &str, value: &str, whole: impl FnOnce() -> String) -> Field {
        match key(head) {
            Some(name) if !matches!(name.as_str(), "http" | "https") => Field::new(Some(name), value),
            _ => Field::new(Some("note".into()), &whole()),
        }
    }

    /// Whether its value is opened.
    pub(super) fn is_address(&self) -> bool {
        self.name.as_deref().is_some_and(|name| matches!(name, "url" | "uri" | "urlto"))
    }
}

/// What browsers pass over wherever it stands in an address.
const BETWEEN: [char; 3] = ['\t', '\r', '\n'];

/// Kinds of what is written in lines (RFC 2426, RFC 5545).
const IN_LINES: [&str; 3] = ["vcard", "vcalendar", "vevent"];
/// Properties whose values have parts (RFC 2426 §3.1.2, §3.2.1, §3.5.5).
const IN_PARTS: [&str; 3] = ["n", "adr", "org"];

/// The fields of a payload; the whole of it where it is no card.
pub(super) fn fields(payload: &str) -> Vec<Field> {
    let (head, rest) = payload.split_once(':').unwrap_or_default();
    match key(head).as_deref() {
        Some("begin") if is_in_lines(rest) => of_lines(payload),
        Some("mecard" | "mebkm" | "bizcard" | "matmsg" | "wifi") => of_parts(rest),
        Some(name @ ("url" | "uri" | "urlto")) => vec![Field::new(Some(name.into()), &rest.replace("\\:", ":"))],
        _ => vec![Field::new(None, &payload.replace("\\:", ":"))],
    }
}

fn is_in_lines(rest: &str) -> bool {
    let kind: String = rest.chars().filter(char::is_ascii_alphabetic).take(9).collect::<String>().to_ascii_lowercase();
    IN_LINES.iter().any(|name| kind.starts_with(name))
}

/// The name that stands before a colon, with nothing around it that is not seen, or quotes.
fn key(head: &str) -> Option<String> {
    let seen: String = head.chars().filter(|c| !c.is_control() && !is_unseen(*c)).collect();
    let name = seen.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')).then_some(name)
}

/// The lines of a vCard or of what is written alike.
fn of_lines(payload: &str) -> Vec<Field> {
    // RFC 2426 §2.6, RFC 6350 §3.2: a line that begins with a space or a tab goes on with that before.
    let unfolded = payload.replace("\r\n", "\n").replace('\r', "\n").replace("\n ", "").replace("\n\t", "");
    let mut lines = unfolded.split('\n');
    let mut fields = Vec::new();
    while let Some(line) = lines.next() {
        let (head, value) = line.split_once(':').unwrap_or_default();
        let (name, kinds) = head.split_once(';').unwrap_or((head, ""));
        let name = name.rsplit('.').next().unwrap_or_default();
        let is_quoted = |kind: &str| kind.rsplit('=').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("quoted-printable"));
        let value = match kinds.split(';').any(is_quoted) {
            true => quoted(value, &mut lines),
            false => value.into(),
        };
        // RFC 2426 §2.4.2, RFC 6350 §3.4; some escape a colon too.
        let sign = |c| match c {
            'n' | 'N' => Some('\n'),
            '\\' | ',' | ';' | ':' => Some(c),
            _ => None,
        };
        let is_in_parts = IN_PARTS.iter().any(|part| name.eq_ignore_ascii_case(part));
        let values = if is_in_parts { parts(&value) } else { vec![value.as_str()] };
        fields.extend(values.iter().map(|value| Field::part(name, &unescaped(value, sign), || unescaped(line, sign))));
    }
    fields
}

/// A value that is quoted-printable, which goes on in the next line behind an equals sign (RFC 2045 §6.7).
fn quoted<'a>(value: &str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut whole = value.to_string();
    while whole.ends_with('=') {
        let Some(line) = lines.next() else { break };
        whole.pop();
        whole.push_str(line);
    }
    encoded_by('=', &whole)
}

/// The parts of a card of NTT Docomo, or of what is written alike: there a backslash escapes any sign.
fn of_parts(rest: &str) -> Vec<Field> {
    let field = |part: &str| {
        let (head, value) = part.split_once(':').unwrap_or_default();
        Field::part(head, &unescaped(value, Some), || unescaped(part, Some))
    };
    parts(rest).into_iter().map(field).collect()
}

/// What stands between semicolons that no backslash escapes.
fn parts(text: &str) -> Vec<&str> {
    let mut is_escaped = false;
    let ends = |c| {
        let ends = c == ';' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    };
    text.split(ends).collect()
}

/// A text whose escaped signs stand for what is told of them; a backslash before others stays.
fn unescaped(text: &str, sign: impl Fn(char) -> Option<char>) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let mut after = rest.clone();
        match after.next().filter(|_| c == '\\').and_then(&sign) {
            Some(meant) => {
                out.push(meant);
                rest = after;
            }
            None => out.push(c),
        }
    }
    out
}

/// A text that begins with an address of the web, as browsers read it up to the host: without tabs and line ends (WHATWG
/// URL §4.4), and with slashes where none stand (“special authority slashes state”).
fn begun(text: &str) -> Option<String> {
    let (head, rest) = text.split_once(':')?;
    let scheme = key(head).filter(|name| matches!(name.as_str(), "http" | "https"))?;
    let host = rest.trim_start_matches(|c| BETWEEN.contains(&c) || matches!(c, '/' | '\\'));
    let slashes = rest[..rest.len() - host.len()].replace(BETWEEN, "");
    let is_bare = slashes.is_empty() && host.starts_with(char::is_alphanumeric);
    Some(format!("{scheme}:{}{host}", if is_bare { "//" } else { &slashes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(payload: &str) -> Vec<(String, String)> {
        fields(payload).into_iter().map(|field| (field.name.unwrap_or_default(), field.value)).collect()
    }

    fn told(payload: &str, name: &str) -> String {
        read(payload).into_iter().find(|field| field.0 == name).unwrap_or_default().1
    }

    #[test]
    fn values_of_a_card_are_read_as_they_were_before_they_were_escaped() {
        // RFC 2426 §2.4.2, §2.6; RFC 6350 §3.2, §3.4.
        for (line, value) in [
            ("NOTE:a\\, b\\; c\\\\d\\ne\\Nf", "a, b; c\\d\ne\nf"),
            (
                "NOTE:Mythical Manager\\nHyjinx Software Division\\nBabsCo\\, Inc.\\n",
                "Mythical Manager\nHyjinx Software Division\nBabsCo, Inc.\n",
            ),
            (
                "NOTE:This is a long descrip\n tion that exists o\r\n\tn a long line.",
                "This is a long description that exists on a long line.",
            ),
            ("NOTE:\\\\n\\\\\\n", "\\n\\\n"),
            ("NOTE:a\\x\\", "a\\x\\"),
            ("home.Note;LANGUAGE=vi:a:b", "a:b"),
            ("NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B4ng=\n=20Thao=3D=\n=3B=4", "Sông Thao=;=4"),
            ("NOTE;quoted-printable:a=", "a="),
            ("NOTE;ENCODING=8BIT:a=41", "a=41"),
        ] {
            assert_eq!(told(&format!("BEGIN:VCARD\n{line}"), "note"), value, "{line}");
        }
    }

    #[test]
    fn a_backslash_escapes_any_sign_of_a_card_of_docomo() {
        for (payload, name, value) in [
            ("MECARD:N:An;URL:https\\://mo.vn/x\\;y;;", "url", "https://mo.vn/x;y"),
            ("MECARD:N:An;URL:java\\script\\:x;;", "url", "javascript:x"),
            ("mecard:N:An\\\\;TEL:113;;", "tel", "113"),
            ("MECARD:N:An\\\\;TEL:113;;", "n", "An\\"),
            ("WIFI:T:WPA;S:\\\"a\\;b\\\\c\\\";P:x\\:y;;", "s", "\"a;b\\c\""),
            ("WIFI:T:WPA;S:a;P:x\\:y", "p", "x:y"),
            ("Wifi: mật khẩu ở quầy: a", "note", " mật khẩu ở quầy: a"),
            ("Wifi: https://mo.vn", "note", "https://mo.vn"),
        ] {
            assert_eq!(told(payload, name), value, "{payload}");
        }
    }

    #[test]
    fn what_is_no_card_is_one_text() {
        for text in ["", ":", "Mời bà con", "Begin: 7 giờ\n đến: 9 giờ", "Lưu ý: MECARD:N:An;;", "Điều 1; URL:x", "tel:113"]
        {
            assert_eq!(fields(text), [Field { name: None, value: text.into() }], "{text}");
        }
        assert_eq!(read("“url: https:\\n//mo.vn"), [("url".to_string(), "https:\\n//mo.vn".to_string())]);
        assert_eq!(read("URI:https\\://mo.vn\n/x"), [("uri".to_string(), "https://mo.vn/x".to_string())]);
        for (text, value) in [
            ("\n ht\ttp\ns:\r\n/\t\\\nmo.vn/a\nb", "https:/\\mo.vn/a\nb"),
            ("Https:mo.vn", "https://mo.vn"),
            ("https: mo.vn", "https: mo.vn"),
            ("https:", "https:"),
        ] {
            assert_eq!(told(text, ""), value, "{text:?}");
        }
    }
}
