//! What a workbook of Excel would have calamine keep, held before it reads one: it makes room for as much as is promised,
//! and copies fonts, formats and paths as often as they are named.

use super::Stop;
use super::workbook::{MOST_FILES, Room, broken};
use calamine::Style;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Whether all that would be kept goes into a room.
pub(super) fn hold(archive: &mut Archive<'_>, room: &Room) -> Result<(), Stop> {
    let names = archive.file_names().map(|name| name.map(|name| comparable(&name)));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(broken)?;
    for (part, name) in names.iter().enumerate() {
        match () {
            () if name.ends_with("sharedstrings.xml") => hold_texts(archive, part, room)?,
            () if name.ends_with("styles.xml") => hold_styles(archive, part, room)?,
            () => {}
        }
    }
    hold_sheets(archive, &names, room)
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

/// Fonts, fills and borders, and the formats of cells, of which each has copies of its own.
fn hold_styles(archive: &mut Archive<'_>, part: usize, room: &Room) -> Result<(), Stop> {
    let (mut styles, mut longest) = (0_u64, 0);
    tags(archive, part, |tag| {
        longest = longest.max(tag.attributes_raw().len());
        styles += u64::from(matches!(tag.local_name().as_ref(), "font" | "fill" | "border" | "xf"));
        room.hold(styles.saturating_mul((size_of::<Style>() + longest) as u64))
    })
}

/// The sheets of whatever may be the workbook. Each is looked through until one shows something, and has a part of its own.
fn hold_sheets(archive: &mut Archive<'_>, names: &[String], room: &Room) -> Result<(), Stop> {
    let (mut books, mut root) = (Vec::new(), 0);
    for part in parts(names, "_rels/.rels") {
        tags(archive, part, |tag| {
            if tag.local_name().as_ref() == "Relationship" {
                root = root.max(tag.attributes_raw().len());
                let target = named(tag, "Target")?.unwrap_or_default();
                books.push(quick_xml::escape::unescape(&target).map_err(broken)?.into_owned());
            }
            if books.len() > MOST_FILES { Err(broken("relationships").into()) } else { Ok(()) }
        })?;
    }
    for target in books {
        let target = target.strip_prefix('/').unwrap_or(&target);
        let (folder, file) = target.split_at(target.rfind('/').map_or(0, |at| at + 1));
        let file = if file.is_empty() { "workbook.xml" } else { file };
        for book in parts(names, &comparable(&format!("{folder}{file}"))) {
            let sheets = sheets(archive, book)?;
            for part in parts(names, &comparable(&format!("{folder}_rels/{file}.rels"))) {
                let (longest, paths) = related(archive, part, folder)?;
                room.hold((sheets.len() as u64).saturating_mul((root + longest) as u64))?;
                let mut seen = HashSet::new();
                if !sheets.iter().filter_map(|id| paths.get(id)).all(|path| seen.insert(path)) {
                    return Err(broken("sheets").into());
                }
            }
        }
    }
    Ok(())
}

/// What the sheets of a workbook are called in its relations.
fn sheets(archive: &mut Archive<'_>, book: usize) -> Result<HashSet<String>, Stop> {
    let mut sheets = HashSet::new();
    tags(archive, book, |tag| {
        if tag.local_name().as_ref() != "sheet" {
            return Ok(());
        }
        let id = attribute(tag, |key| key.rsplit(':').next() == Some("id"))?.unwrap_or_default();
        if sheets.len() == MOST_FILES || !sheets.insert(id) { Err(broken("sheets").into()) } else { Ok(()) }
    })?;
    Ok(sheets)
}

/// Where parts of a name are.
fn parts<'n>(names: &'n [String], name: &'n str) -> impl Iterator<Item = usize> + 'n {
    names.iter().enumerate().filter(move |(_, known)| *known == name).map(|(part, _)| part)
}

/// The length of the longest relation of a workbook in a folder, and the paths that they name.
fn related(archive: &mut Archive<'_>, part: usize, folder: &str) -> Result<(usize, HashMap<String, String>), Stop> {
    let (mut longest, mut paths) = (0, HashMap::new());
    tags(archive, part, |tag| {
        if tag.local_name().as_ref() == "Relationship"
            && let Some(id) = named(tag, "Id")?
        {
            longest = longest.max(tag.attributes_raw().len());
            let target = named(tag, "Target")?.unwrap_or_default();
            let path = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_string);
            paths.insert(id, comparable(&path));
            if paths.len() > MOST_FILES {
                return Err(broken("relationships").into());
            }
        }
        Ok(())
    })?;
    Ok((longest, paths))
}
