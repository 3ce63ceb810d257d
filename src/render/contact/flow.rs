//! Pieces and what is noted of them, one below the other, from page to page.

use super::frame::{BODY, SEVERITIES, joined, rule, severity_word};
use super::overlay;
use super::pen::{Hand, Ink, Pen, RADIUS};
use super::section::{Note, Section, Shown};
use crate::diag::Severity;
use crate::geom::{PT_PER_MM, Transform};
use crate::page::Item;

/// The largest that a side is drawn, as a share of its true size.
const LARGEST: f64 = 0.62;
/// How much smaller than on a page of its own a piece may be to stand below another one.
const SMALLER: f64 = 0.86;
/// Between sides, between pieces, and the heights of heads of two lines and of one, pt.
const BETWEEN: f64 = PT_PER_MM * 6.0;
const BETWEEN_PIECES: f64 = PT_PER_MM * 7.0;
const HEAD: f64 = PT_PER_MM * 14.5;
const SHORT_HEAD: f64 = PT_PER_MM * 9.0;
/// A side's name below it, and the room before the next row, pt.
const CAPTION: f64 = PT_PER_MM * 8.0;
const CAPTION_BELOW: f64 = PT_PER_MM * 3.6;
/// Between columns and rows of notes, pt, and the room of a number before its words.
const COLUMN_GAP: f64 = PT_PER_MM * 6.0;
const ROW_GAP: f64 = PT_PER_MM * 2.2;
const INDENT: f64 = PT_PER_MM * 6.4;
/// About the height of a note, pt.
const NOTE: f64 = PT_PER_MM * 17.5;
/// Share of a page that notes may take from a piece, before they go on on the next page.
const NOTES_SHARE: f64 = 0.3;
/// The most notes of a piece that are told: of more, how many there are.
const MOST_NOTES: usize = 40;
/// The most records that a note names.
const MOST_NAMED: usize = 4;
/// Digits of a file's sum.
const DIGITS: usize = 16;

const NAME: Hand = Hand { size: 11.0, weight: 700, ink: Ink::Text };
const FACTS: Hand = Hand { size: 7.5, weight: 400, ink: Ink::Quiet };
const MESSAGE: Hand = Hand { size: 8.0, weight: 400, ink: Ink::Text };

/// A page to be.
#[derive(Default)]
pub(super) struct Page<'s, 'o> {
    /// Sides, and where they are.
    pub(super) pictures: Vec<(&'s Shown<'o>, Transform)>,
    /// What is over and beside them.
    pub(super) items: Vec<Item>,
}

/// The pages so far, and where on the last one is still room.
struct Flow<'s, 'o> {
    pages: Vec<Page<'s, 'o>>,
    y: f64,
}

impl<'s, 'o> Flow<'s, 'o> {
    fn room(&self) -> f64 {
        BODY.bottom() - self.y
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = BODY.y;
    }

    fn add(&mut self, items: Vec<Item>) {
        if self.pages.is_empty() {
            self.turn();
        }
        if let Some(page) = self.pages.last_mut() {
            page.items.extend(items);
        }
    }

    /// Some room below what is there, and a rule, unless the page is fresh.
    fn part(&mut self) {
        if self.y > BODY.y {
            self.add(vec![rule(self.y + BETWEEN_PIECES / 2.0, Ink::Faint)]);
            self.y += BETWEEN_PIECES;
        }
    }
}

/// Sides in columns, so much smaller.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grid {
    columns: usize,
    rows: usize,
    scale: f64,
}

impl Grid {
    /// As large as so many sides of a size can be in a room.
    fn fit(count: usize, (w, h): (f64, f64), room: f64) -> Grid {
        let one = |columns: usize| {
            let rows = count.div_ceil(columns);
            let across = (BODY.w - (columns - 1) as f64 * BETWEEN) / (columns as f64 * w);
            let down = (room - rows as f64 * CAPTION) / (rows as f64 * h);
            Grid { columns, rows, scale: LARGEST.min(across).min(down) }
        };
        let better = |a: Grid, b: Grid| if b.scale > a.scale + 1e-9 || b.scale > a.scale - 1e-9 && b.rows < a.rows { b } else { a };
        (1..=count.max(1)).map(one).reduce(better).unwrap_or(Grid { columns: 1, rows: 0, scale: 0.0 })
    }

    fn height(&self, h: f64) -> f64 {
        self.rows as f64 * (self.scale * h + CAPTION)
    }
}

/// What is to be told of a note, set: its items below a place at the left edge, and its height.
struct Told {
    items: Vec<Item>,
    height: f64,
}

/// All pieces, and at the end what is noted of none.
pub(super) fn pages<'s, 'o>(sections: &'s [Section<'o>], others: &[Note<'o>], pen: &mut Pen<'_>) -> Vec<Page<'s, 'o>> {
    let mut flow = Flow { pages: Vec::new(), y: BODY.y };
    flow.turn();
    for section in sections {
        add_section(&mut flow, section, pen);
    }
    if !others.is_empty() || sections.is_empty() {
        let name = match (sections.is_empty(), others.is_empty()) {
            (true, true) => pen.say("Không có ấn phẩm nào", "No pieces"),
            (true, false) => pen.say("Không có ấn phẩm nào, vì:", "No pieces, because:"),
            _ => pen.say("Chung, hoặc về ấn phẩm không có hình ở trên", "General, or about pieces not shown above"),
        };
        if flow.room() < BETWEEN_PIECES + 3.0 * HEAD {
            flow.turn();
        }
        flow.part();
        let head = pen.line(name, NAME, (BODY.x, flow.y + NAME.size, BODY.w)).0;
        flow.add(head);
        flow.y += SHORT_HEAD;
        add_notes(&mut flow, others, name, true, pen);
    }
    flow.pages
}

fn add_section<'s, 'o>(flow: &mut Flow<'s, 'o>, section: &'s Section<'o>, pen: &mut Pen<'_>) {
    let extent = section.shown.first().map_or((1.0, 1.0), |shown| (shown.extent.w, shown.extent.h));
    let notes = section.notes.len().min(MOST_NOTES).div_ceil(2) as f64 * NOTE;
    let kept = HEAD + notes.min(NOTES_SHARE * BODY.h);
    let alone = Grid::fit(section.shown.len(), extent, BODY.h - kept);
    let below = Grid::fit(section.shown.len(), extent, flow.room() - BETWEEN_PIECES - kept);
    let grid = if below.scale >= SMALLER * alone.scale || flow.y == BODY.y { below } else { alone };
    if grid != below {
        flow.turn();
    }
    let grid = if flow.y == BODY.y { alone } else { grid };
    flow.part();
    let head = head(section, grid.scale, flow.y, pen);
    flow.add(head);
    flow.y += HEAD;
    let pitch = (grid.scale * extent.0 + BETWEEN, grid.scale * extent.1 + CAPTION);
    for (i, shown) in section.shown.iter().enumerate() {
        let place = (BODY.x + (i % grid.columns) as f64 * pitch.0, flow.y + (i / grid.columns) as f64 * pitch.1);
        let at = overlay::placed(shown, grid.scale, place);
        let mut items = overlay::lines(shown, at);
        items.extend(overlay::marks(shown, &section.notes, at, pen));
        let caption = (place.0, place.1 + grid.scale * extent.1 + CAPTION_BELOW, grid.scale * extent.0);
        items.extend(pen.line(&caption_of(shown, pen), Hand { size: 7.0, ..FACTS }, caption).0);
        flow.add(items);
        if let Some(page) = flow.pages.last_mut() {
            page.pictures.push((shown, at));
        }
    }
    flow.y += grid.height(extent.1);
    let artwork = section.artwork;
    add_notes(flow, &section.notes, &joined(&[&artwork.piece, &artwork.size, &artwork.press]), false, pen);
}

/// What a piece is, in two lines.
fn head(section: &Section<'_>, scale: f64, y: f64, pen: &mut Pen<'_>) -> Vec<Item> {
    let artwork = section.artwork;
    let count = |severity: Severity| section.notes.iter().filter(|note| note.severity() == severity).count();
    let counted: Vec<String> = SEVERITIES
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| format!("{} {}", count(severity), severity_word(severity, count(severity), pen)))
        .collect();
    let (found, ink) = match section.notes.iter().map(Note::severity).min() {
        Some(worst) => (counted.join(" · "), Ink::Of(worst)),
        None => (pen.say("không có gì phải lưu ý", "nothing found").to_string(), Ink::Safe),
    };
    let [w, h] = artwork.trim_mm.map(|side| pen.number(side));
    let bleed = match artwork.bleed_mm {
        none if none <= 0.0 => String::new(),
        mm => format!("{} {} mm", pen.say("chừa xén", "bleed"), pen.number(mm)),
    };
    let pages = format!("{} {}", artwork.pages, pen.say("trang", if artwork.pages == 1 { "page" } else { "pages" }));
    let on = artwork.on.as_ref().map_or(String::new(), |on| format!("{} {} {}", on.slots, pen.say("bản trên", "up on"), on.name));
    let drawn = format!("{} {:.0} %", pen.say("vẽ ở", "drawn at"), 100.0 * scale);
    let facts = joined(&[&artwork.format, &artwork.size, &artwork.press, &format!("{w} × {h} mm"), &bleed, &on, &drawn]);
    let sum = super::super::pack::sum(&artwork.bytes);
    let file = match section.files {
        1 => joined(&[&artwork.file, &pages, &standard(artwork.standard), &format!("SHA-256 {}…", &sum[..DIGITS.min(sum.len())])]),
        many => format!("{} … ({many} {})", artwork.file, pen.say("tệp", "files")),
    };
    let file = joined(&[&file, &records(section, pen)]);
    let status = Hand { size: 8.5, weight: 600, ink };
    let (mut items, width) = pen.line_to(&found, status, (BODY.right(), y + NAME.size, BODY.w / 2.0));
    let (name, wide) = pen.line(&artwork.piece, NAME, (BODY.x, y + NAME.size, BODY.w / 3.0));
    items.extend(name);
    let x = BODY.x + wide + PT_PER_MM * 3.0;
    items.extend(pen.line(&facts, FACTS, (x, y + NAME.size, BODY.right() - width - PT_PER_MM * 4.0 - x)).0);
    items.extend(pen.line(&file, FACTS, (BODY.x, y + NAME.size + 12.5, BODY.w)).0);
    items
}

/// `pdf/x-4` as it is written elsewhere.
fn standard(word: &str) -> String {
    word.replace("pdf/x", "PDF/X").replace("pdf/a", "PDF/A")
}

/// How many records there are, and which are shown.
fn records(section: &Section<'_>, pen: &Pen<'_>) -> String {
    let mut shown: Vec<usize> = section.shown.iter().map(|shown| shown.slot.record).collect();
    shown.dedup();
    match section.records.len() {
        0 => String::new(),
        all if all == shown.len() => {
            format!("{all} {}", pen.say("bản ghi, có đủ ở đây", if all == 1 { "record, shown" } else { "records, all shown" }))
        }
        all => format!("{all} {} {}", pen.say("bản ghi, ở đây có", "records, here"), list(&shown)),
    }
}

fn list(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// What a side is called, and whose it is.
fn caption_of(shown: &Shown<'_>, pen: &Pen<'_>) -> String {
    let name = shown.face.map_or("", |face| face.name.as_str());
    let side = match name {
        "front" => pen.say("mặt trước", "front"),
        "back" => pen.say("mặt sau", "back"),
        "outside" => pen.say("mặt ngoài", "outside"),
        "inside" => pen.say("mặt trong", "inside"),
        other => other,
    };
    let record = match shown.slot.record {
        0 => String::new(),
        record => format!("{} {record}", pen.say("bản ghi", "record")),
    };
    let glass = if shown.slot.inside_glass { pen.say("in ngược, dán trong kính", "left for right, inside glass") } else { "" };
    joined(&[side, &record, shown.serial.unwrap_or_default(), glass])
}

/// Notes in two columns, row by row; what has no room goes on on the next page.
fn add_notes<'o>(flow: &mut Flow<'_, 'o>, notes: &[Note<'o>], about: &str, with_piece: bool, pen: &mut Pen<'_>) {
    let width = (BODY.w - COLUMN_GAP) / 2.0;
    for row in notes[..notes.len().min(MOST_NOTES)].chunks(2) {
        let mut set = |y: f64| -> (Vec<Item>, f64) {
            let told = (0..).zip(row).map(|(i, one)| note(one, with_piece, (BODY.x + f64::from(i) * (width + COLUMN_GAP), y, width), pen));
            told.fold((Vec::new(), 0.0), |(items, height), told| ([items, told.items].concat(), told.height.max(height)))
        };
        let (mut items, height) = set(flow.y);
        if height > flow.room() {
            flow.turn();
            items = set(flow.y + SHORT_HEAD).0;
            let again = format!("{about} {}", pen.say("(tiếp)", "(continued)"));
            items.extend(pen.line(&again, NAME, (BODY.x, flow.y + NAME.size, BODY.w)).0);
            flow.y += SHORT_HEAD;
        }
        flow.add(items);
        flow.y += height + ROW_GAP;
    }
    if let Some(more) = notes.len().checked_sub(MOST_NOTES).filter(|more| *more > 0) {
        let text = match pen.lang {
            crate::diag::Lang::Vi => format!("… và {more} điều nữa (xem hết: toroi check)"),
            crate::diag::Lang::En => format!("… and {more} more (all of them: toroi check)"),
        };
        let items = pen.line(&text, MESSAGE, (BODY.x, flow.y + MESSAGE.size, BODY.w)).0;
        flow.add(items);
        flow.y += 2.0 * MESSAGE.size;
    }
}

/// One note: its number, what kind it is, where, and what it says.
fn note(note: &Note<'_>, with_piece: bool, (x, y, width): (f64, f64, f64), pen: &mut Pen<'_>) -> Told {
    let severity = note.severity();
    let mut items = pen.disc(note.number, severity, (x + RADIUS + 0.5, y + RADIUS));
    let (x, width) = (x + INDENT, width - INDENT);
    let allowed = if note.finding.allowed { pen.say("đã cho qua", "let pass") } else { "" };
    let kind = Hand { size: 7.5, weight: 600, ink: Ink::Of(severity) };
    let kinds = joined(&[note.finding.code(), severity_word(severity, 1, pen), allowed]);
    items.extend(pen.line(&kinds, kind, (x, y + RADIUS + 0.36 * kind.size, width)).0);
    let top = y + 2.0 * RADIUS + 1.0;
    let (message, tall) = pen.paragraph(&note.finding.message(pen.lang), MESSAGE, (x, top, width));
    items.extend(message);
    let (place, below) = pen.paragraph(&place(note, with_piece, pen), Hand { size: 6.8, ..FACTS }, (x, top + tall + 1.4, width));
    items.extend(place);
    Told { items, height: top + tall + 1.4 + below - y }
}

/// Where a note belongs: the piece where it is not clear, records, box, and the place in the file.
fn place(note: &Note<'_>, with_piece: bool, pen: &Pen<'_>) -> String {
    let place = &note.finding.place;
    let text = |text: &Option<String>| text.clone().filter(|_| with_piece).unwrap_or_default();
    let named: Vec<usize> = note.records.iter().copied().take(MOST_NAMED).collect();
    let records = match note.records.len() {
        0 => String::new(),
        all if all > named.len() => format!("{} {} … ({all})", pen.say("bản ghi", "records"), list(&named)),
        1 => format!("{} {}", pen.say("bản ghi", "record"), list(&named)),
        _ => format!("{} {}", pen.say("bản ghi", "records"), list(&named)),
    };
    let in_box = place.in_box.as_deref().or(place.side.as_deref()).unwrap_or_default();
    let file = match place.spot.at.line {
        0 => place.spot.file.to_string(),
        line => format!("{}:{line}", place.spot.file),
    };
    joined(&[&text(&place.piece), &text(&place.size), &text(&place.press), in_box, &records, &file])
}
