//! What a contact sheet shows: which sides of which records of each piece, and what is noted of them.

use super::super::{Artwork, Face, Outcome, Printed};
use crate::diag::{Finding, Place, Severity, Spot};
use crate::geom::{Rect, Size, Transform, mm};
use crate::page::{Group, Item, Meaning, Segment, Tag};
use crate::sheet::{self, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// The most records of a piece that are shown.
const MOST_RECORDS: usize = 4;

/// A piece in one size on one press.
pub(super) struct Section<'o> {
    /// Its file; the first where each record has its own.
    pub(super) artwork: &'o Artwork,
    /// How many files it has.
    pub(super) files: usize,
    /// Numbers of all of its records; none without data.
    pub(super) records: Vec<usize>,
    pub(super) shown: Vec<Shown<'o>>,
    pub(super) notes: Vec<Note<'o>>,
}

/// A side that is shown.
pub(super) struct Shown<'o> {
    /// Which of the outcome's files it is in, and on which of its pages.
    pub(super) artwork: usize,
    pub(super) page: usize,
    pub(super) slot: &'o Slot,
    /// Its art, under the transform that brings it to its slot.
    pub(super) art: &'o Group,
    pub(super) face: Option<&'o Face>,
    /// Its serial number, where it has one.
    pub(super) serial: Option<&'o str>,
    /// Size after cutting.
    pub(super) trim: Size,
    /// Its art with what is there of the bleed, from the trim's top left corner.
    pub(super) extent: Rect,
}

/// A finding, or the same about several records.
#[derive(Clone)]
pub(super) struct Note<'o> {
    /// Its number on the sheet, from 1.
    pub(super) number: usize,
    pub(super) finding: &'o Finding,
    /// Records that it is about; none where it is about all.
    pub(super) records: BTreeSet<usize>,
}

impl Note<'_> {
    pub(super) fn severity(&self) -> Severity {
        self.finding.severity()
    }

    fn is_about(&self, record: usize) -> bool {
        self.records.is_empty() || self.records.contains(&record)
    }

    /// The box on a side that it is about, from the trim's top left corner: that of its tag, or around those inside it.
    pub(super) fn rect(&self, shown: &Shown<'_>) -> Option<Rect> {
        let path = self.finding.place.in_box.as_deref().filter(|_| self.is_about(shown.slot.record))?;
        let inside = |in_box: &str| in_box == path || in_box.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        let rects: Vec<Rect> = boxes(&shown.art.items).iter().filter(|tag| inside(&tag.in_box)).map(|tag| tag.rect).collect();
        let corners = rects.iter().flat_map(|r| [(r.x, r.y), (r.right(), r.bottom())]);
        (!rects.is_empty()).then(|| Rect::around(corners))
    }
}

/// What stands where: the tags of a page's art. A text may end at its last baseline: its box takes in what hangs below.
pub(super) fn boxes(items: &[Item]) -> Vec<Tag> {
    let mut found = Vec::new();
    add_boxes(items, Transform::IDENTITY, &mut found);
    found
}

fn add_boxes(items: &[Item], at: Transform, found: &mut Vec<Tag>) {
    const HANGING: f64 = 0.25;
    for item in items {
        match item {
            Item::Tag(tag) => found.push(Tag { rect: at.rect(tag.rect), mirrored: at.mirrors(), ..tag.clone() }),
            Item::Group(group) => add_boxes(&group.items, group.transform.within(at), found),
            Item::Glyphs(run) => {
                let hanging = at.rect(Rect { x: run.x, y: run.y, w: 0.0, h: HANGING * run.size });
                if let Some(Tag { rect, meaning: Meaning::Text { .. }, .. }) = found.last_mut() {
                    *rect = Rect::around([*rect, hanging].iter().flat_map(|r| [(r.x, r.y), (r.right(), r.bottom())]));
                }
            }
            _ => {}
        }
    }
}

/// The pieces in the order of their files, and what is noted of none of them. What is about a piece whatever its size
/// and press is noted with each of them, under the same number.
pub(super) fn sections(outcome: &Outcome) -> (Vec<Section<'_>>, Vec<Note<'_>>) {
    let key = |artwork: &Artwork| (artwork.piece.clone(), artwork.size.clone(), artwork.press.clone());
    let mut groups: Vec<Vec<(usize, &Artwork)>> = Vec::new();
    for (i, artwork) in outcome.artworks.iter().enumerate() {
        match groups.iter_mut().find(|group| key(group[0].1) == key(artwork)) {
            Some(group) => group.push((i, artwork)),
            None => groups.push(vec![(i, artwork)]),
        }
    }
    let mut all = notes(&outcome.findings);
    let mut last = 0;
    let mut next = move |note: &mut Note<'_>| {
        if note.number == 0 {
            last += 1;
            note.number = last;
        }
    };
    let mut sections = Vec::new();
    for artworks in groups {
        let own = all.iter_mut().filter(|note| is_of(note.finding, &artworks));
        let notes: Vec<Note<'_>> = own
            .map(|note| {
                next(note);
                note.clone()
            })
            .collect();
        let records = records(&artworks);
        let chosen = chosen(&records, &notes);
        let shown = artworks.iter().flat_map(|(i, artwork)| shown(*i, artwork, &chosen)).collect();
        sections.push(Section { artwork: artworks[0].1, files: artworks.len(), records, shown, notes });
    }
    all.retain(|note| note.number == 0);
    all.iter_mut().for_each(next);
    (sections, all)
}

/// Whether a finding is about a piece in its size on its press.
fn is_of(finding: &Finding, artworks: &[(usize, &Artwork)]) -> bool {
    let place = &finding.place;
    let agrees = |own: &Option<String>, name: &str| own.as_deref().is_none_or(|own| own == name);
    artworks.iter().any(|(_, artwork)| match &place.piece {
        Some(piece) => *piece == artwork.piece && agrees(&place.size, &artwork.size) && agrees(&place.press, &artwork.press),
        None => *place.spot.file == *artwork.file,
    })
}

/// Findings in the order of their severity, those that differ in nothing but the record together; not yet numbered.
fn notes(findings: &[Finding]) -> Vec<Note<'_>> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| finding.severity());
    let mut notes: Vec<Note<'_>> = Vec::new();
    let mut known = BTreeMap::new();
    for finding in sorted {
        let place = &finding.place;
        // What is about a box of one record says the same of another one, with other measures, or of another row.
        let spot = if place.in_box.is_some() { Spot::default() } else { place.spot.clone() };
        let key = place.record.map(|_| (finding.code(), Place { record: None, spot, ..place.clone() }));
        match key.as_ref().and_then(|key| known.get(key)) {
            Some(at) => {
                let note: &mut Note<'_> = &mut notes[*at];
                note.records.extend(place.record);
            }
            None => {
                known.extend(key.map(|key| (key, notes.len())));
                notes.push(Note { number: 0, finding, records: place.record.into_iter().collect() });
            }
        }
    }
    notes
}

/// Numbers of the records in some files, in their order, each once.
fn records(artworks: &[(usize, &Artwork)]) -> Vec<usize> {
    let printed = artworks.iter().flat_map(|(_, artwork)| &artwork.printed);
    let numbers: BTreeSet<usize> = printed.map(|printed| printed.record).filter(|record| *record > 0).collect();
    numbers.into_iter().collect()
}

/// The records that are shown: those of which something is noted, else the first and the last.
fn chosen(records: &[usize], notes: &[Note<'_>]) -> BTreeSet<usize> {
    let noted = notes.iter().flat_map(|note| note.records.iter().copied().filter(|record| records.contains(record)).take(MOST_RECORDS));
    let usual = records.first().into_iter().chain(records.last()).chain(records).copied();
    let mut chosen = BTreeSet::new();
    for record in noted.chain(usual) {
        if chosen.len() < MOST_RECORDS {
            chosen.insert(record);
        }
    }
    if records.is_empty() { [0].into() } else { chosen }
}

/// The sides of some records in a file, each once, also where the same is on a sheet several times.
fn shown<'o>(index: usize, artwork: &'o Artwork, chosen: &BTreeSet<usize>) -> Vec<Shown<'o>> {
    let mut known = BTreeSet::new();
    let mut shown = Vec::new();
    let [w, h] = artwork.trim_mm;
    let trim = Size { w: mm(w), h: mm(h) };
    for (page, imposed) in artwork.sheets.iter().enumerate() {
        for slot in imposed.slots.iter().filter(|slot| chosen.contains(&slot.record)) {
            let Some(art) = sheet::art(imposed, slot) else { continue };
            if !known.insert((slot.record, slot.side)) {
                continue;
            }
            let extent = match art.clip.as_slice() {
                [Segment::Rect(art)] => *art,
                _ => Rect::of(trim),
            };
            let is_it = |printed: &&Printed| (printed.record, printed.side) == (slot.record, slot.side);
            let serial = artwork.printed.iter().find(is_it).and_then(|printed| printed.serial.as_deref());
            let face = artwork.faces.get(slot.side);
            shown.push(Shown { artwork: index, page, slot, art, face, serial, trim, extent });
        }
    }
    shown.sort_by_key(|shown| (shown.slot.record, shown.slot.side));
    shown
}
