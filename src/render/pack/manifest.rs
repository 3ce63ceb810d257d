//! What is where: a line for each code in each slot of each page.

use super::super::{Artwork, Code, Printed};
use std::collections::{BTreeMap, BTreeSet};

/// The manifest of a file as CSV in UTF-8, with a mark at its beginning by which spreadsheets know that it is: record,
/// serial, payload, file, page, slot, the SHA-256 of the file, and
/// the codes of judgements that were let pass. A record without codes has a line for its front. Of a
/// file in parts, and of those of a piece's records, only the first manifest has the mark and the names of the columns:
/// one after the other they are that of the whole.
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
            let _ = writer.write_record([&record, serial, payload, &artwork.file, &page, &slot, &sum, &allowed]);
        }
    }
    writer.into_inner().unwrap_or_default()
}
