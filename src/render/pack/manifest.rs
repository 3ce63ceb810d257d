//! What is where: a line for each code in each slot of each page.

use super::super::{Artwork, Code, Printed};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The manifest of a file as CSV in UTF-8, with a mark at its beginning by which spreadsheets know that it is: record,
/// serial, payload, file, page, slot, the SHA-256 of the file, and
/// the codes of judgements that were let pass. A record without codes has a line for its front. Of a
/// file in parts, and of those of a piece's records, only the first manifest has the mark and the names of the columns:
/// one after the other they are that of the whole. What a spreadsheet would take for a formula has an apostrophe before it,
/// and control characters are shown as their signs.
pub fn manifest(artwork: &Artwork) -> Vec<u8> {
    let (sum, allowed) = (super::sum(&artwork.bytes), artwork.allowed.join(" "));
    let mut writer = csv::Writer::from_writer(if artwork.begins { b"\xef\xbb\xbf".to_vec() } else { Vec::new() });
    if artwork.begins {
        // Writing to memory does not fail.
        let _ = writer.write_record(["record", "serial", "payload", "file", "page", "slot", "sha256", "allowed"]);
    }
    let with_codes: BTreeSet<usize> = artwork.codes.iter().map(|code| code.record).collect();
    let mut said: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for Code { page, slot, payload, .. } in &artwork.codes {
        said.entry((*page, *slot)).or_default().push(payload);
    }
    for Printed { page, slot, record, side, serial } in &artwork.printed {
        let payloads = said.get(&(*page, *slot)).map_or(&[][..], Vec::as_slice);
        let bare = payloads.is_empty() && *side == 0 && !with_codes.contains(record);
        for payload in payloads.iter().copied().chain(bare.then_some("")) {
            let record = if *record > 0 { record.to_string() } else { String::new() };
            let (page, slot) = (page.to_string(), slot.to_string());
            let serial = serial.as_deref().unwrap_or_default();
            // As above.
            let _ = writer.write_record([&*record, &cell(serial), &cell(payload), &cell(&artwork.file), &page, &slot, &sum, &allowed]);
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A text of a table as it is safe to open in a spreadsheet, where quotes do not keep a formula from being run. Numbers that
/// begin with a sign stay as they are, telephone numbers among them: they can do no harm.
fn cell(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '(' | ')' | '/');
    let runs = match text.chars().next() {
        Some('=' | '@' | '＝' | '＠' | '\t' | '\r' | '\n') => true,
        Some(sign @ ('+' | '-' | '＋' | '－')) => !text[sign.len_utf8()..].chars().all(harmless),
        _ => false,
    };
    let shown = |c: char| match c {
        '\t' | '\r' | '\n' => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    if !runs && text.chars().all(|c| shown(c) == c) {
        return text.into();
    }
    runs.then_some('\'').into_iter().chain(text.chars().map(shown)).collect()
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_would_run_as_a_formula_is_text() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"http://a.vn\")",
            "@SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            "-A1",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
        ] {
            assert_eq!(cell(text), format!("'{text}"));
        }
    }

    #[test]
    fn numbers_plates_and_addresses_stay_as_they_are() {
        for text in
            ["", "+84912345678", "+84 (0)912-345.678", "-5", "-1,5", "19B-012.34", "HTTPS://MO.VN/X", "SMS:+84912:=1", "a=b", "dòng\nhai"]
        {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn control_characters_are_shown_as_their_signs() {
        assert_eq!(cell("a\0b\u{1b}[31m\u{7f}\u{85}"), "a␀b␛[31m␡\u{fffd}");
    }
}
