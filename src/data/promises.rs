//! What a workbook of Excel would have calamine keep, held before it reads one: it makes room for as much as is promised.

use super::Stop;
use super::workbook::{Room, broken};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Whether all that would be kept goes into a room.
pub(super) fn hold(archive: &mut Archive<'_>, room: &Room) -> Result<(), Stop> {
    let names = archive.file_names().map(|name| name.map(|name| comparable(&name)));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(broken)?;
    for (part, _) in names.iter().enumerate().filter(|(_, name)| name.ends_with("sharedstrings.xml")) {
        hold_texts(archive, part, room)?;
    }
    Ok(())
}

/// A name of a part as calamine compares it.
fn comparable(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// Shows each tag that starts in a part, up to what is no XML: there calamine gives up, and says why.
fn tags(archive: &mut Archive<'_>, part: usize, mut each: impl FnMut(&BytesStart<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
    let mut xml = Reader::from_reader(BufReader::new(archive.by_index(part).map_err(broken)?));
    // As calamine reads it, or a tag could hide from here that it finds.
    let config = xml.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => each(&tag)?,
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// The value of an attribute as it is written. Of two that are called the same, readers take this or that one.
fn attribute(tag: &BytesStart<'_>, is: impl Fn(&str) -> bool) -> Result<Option<String>, Stop> {
    let mut found = None;
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(broken)?;
        if is(attribute.key.as_ref()) && found.replace(attribute.value.into_owned()).is_some() {
            return Err(broken(format!("{0} {0}", attribute.key.as_ref())).into());
        }
    }
    Ok(found)
}

fn named(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Stop> {
    attribute(tag, |key| key == name)
}

/// The texts that cells share: as many as there are, and as many as the table says that there are.
fn hold_texts(archive: &mut Archive<'_>, part: usize, room: &Room) -> Result<(), Stop> {
    let (mut promised, mut texts) = (None, 0_u64);
    tags(archive, part, |tag| {
        match tag.local_name().as_ref() {
            "sst" if promised.is_none() => promised = Some(named(tag, "uniqueCount")?.and_then(|count| count.parse().ok()).unwrap_or(0)),
            "si" => texts += 1,
            _ => {}
        }
        room.hold(texts * size_of::<String>() as u64)
    })?;
    // Some writers say how many cells show a text instead.
    match promised {
        Some(promised) if promised > texts.max(room.cells) => Err(broken("uniqueCount").into()),
        _ => Ok(()),
    }
}
