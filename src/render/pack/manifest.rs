//! What is where: a line for each code in each slot of each page.

use super::super::Artwork;
use crate::page::{Meaning, Tag};
use crate::sheet::{self, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// The box whose text is a piece's serial number.
const SERIAL: &str = "serial";

/// The manifest of a file as CSV in UTF-8, with a mark at its beginning by which spreadsheets know that it is: record,
/// serial, payload, file, page, slot, and the SHA-256 of the file. A record without codes has a line for its front.
pub fn manifest(artwork: &Artwork) -> Vec<u8> {
    let sum = super::sum(&artwork.bytes);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(["record", "serial", "payload", "file", "page", "slot", "sha256"]);
    let with_codes: BTreeSet<usize> = artwork.codes.iter().map(|code| code.record).collect();
    for (page, imposed) in artwork.sheets.iter().enumerate() {
        let mut in_slot: BTreeMap<usize, Vec<Tag>> = BTreeMap::new();
        for (slot, tag) in sheet::tags(imposed) {
            in_slot.entry(slot.number).or_default().push(tag);
        }
        for Slot { number, record, side, .. } in &imposed.slots {
            let tags = in_slot.get(number).map_or(&[][..], Vec::as_slice);
            let serial = serial(tags).or_else(|| artwork.names.get(record).cloned()).unwrap_or_default();
            let payloads = tags.iter().filter_map(|tag| match &tag.meaning {
                Meaning::Symbol { symbol, .. } => Some(symbol.payload.as_str()),
                _ => None,
            });
            let payloads: Vec<&str> = payloads.collect();
            let bare = payloads.is_empty() && *side == 0 && !with_codes.contains(record);
            for payload in payloads.into_iter().chain(bare.then_some("")) {
                let record = if *record > 0 { record.to_string() } else { String::new() };
                let (page, number) = ((page + 1).to_string(), number.to_string());
                let _ = writer.write_record([&record, &serial, payload, &artwork.file, &page, &number, &sum]);
            }
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn serial(tags: &[Tag]) -> Option<String> {
    tags.iter().find_map(|tag| match &tag.meaning {
        Meaning::Text { text, .. } if tag.in_box.rsplit('/').next() == Some(SERIAL) => Some(text.clone()),
        _ => None,
    })
}
