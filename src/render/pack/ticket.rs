//! The job ticket: a piece of its own, bound to the facts of another one. It is in Vietnamese, as the shop is.

use super::super::make::Made;
use super::super::notes;
use super::super::shop::Shop;
use super::super::{Artwork, Options, Proof};
use crate::color::{Condition, Space, Step};
use crate::data::{Record, Table};
use crate::diag::{Finding, Located, Problem, Severity, Spot};
use crate::files::{Files, Memory};
use crate::geom::to_mm;
use crate::limits::Limits;
use crate::pdf::Meta;
use crate::preview::Preview;
use crate::sheet::{Imposed, Kind, Plan};
use crate::spec::campaign::{self, Campaign};
use crate::spec::press::{self, Standard};
use crate::spec::sheet::{Flip, Order};
use crate::spec::words::Words;
use crate::template::bind::Job;
use crate::template::format;
use std::ops::ControlFlow;

/// The ticket as a campaign of one piece.
const CAMPAIGN: &str = "campaign: ticket\nlanguages: [vi]\npieces: {ticket: {format: job-ticket, press: office, sheet: none}}\n";
/// Quality of its pictures, and their longest side, pixels.
const QUALITY: u8 = 75;
const LONGEST: f64 = 900.0;
/// The longest texts that are tried, in signs: the ticket is one page, so what does not fit loses its end.
const LONGEST_TEXTS: [usize; 4] = [600, 300, 150, 60];
/// The longest title.
const LONGEST_TITLE: usize = 120;
/// Texts of the sender, of any length.
const FREE: [&str; 4] = ["issuer", "quantity", "paper", "note"];

/// What a ticket says besides what the piece and the file do.
pub(super) struct Facts<'a> {
    pub(super) plan: &'a Plan,
    pub(super) sum: &'a str,
    pub(super) others: &'a [&'a str],
    pub(super) meta: &'a Meta,
}

impl Shop<'_> {
    /// The ticket as a PDF for an office printer.
    pub(super) fn ticket(&mut self, job: &Job<'_>, artwork: &Artwork, facts: &Facts<'_>, preview: &Preview) -> Result<Vec<u8>, Problem> {
        let fault = |detail: &str| Problem::FileFault { detail: format!("job ticket: {detail}") };
        let found = self.files.template("pack/", "job-ticket")?.ok_or_else(|| fault("no format"))?;
        let (format, findings) = format::read(&found.name, &found.bytes, &Limits::default());
        let format = self.sound(format, findings).ok_or_else(|| fault("its format cannot be used"))?;
        let size = format.sizes.first().ok_or_else(|| fault("its format has no size"))?;
        // As it is built in: the user's own may be of other colours.
        let mut world = Memory::default();
        let office = Files::beside(&world, "ticket.yaml").template("press/", "office")?.ok_or_else(|| fault("no office press"))?;
        let press = press::read(&office.name, &office.bytes, &Limits::default()).0.ok_or_else(|| fault("no office press"))?;
        let (campaign, _) = campaign::read("ticket.yaml", CAMPAIGN.as_bytes(), &Limits::default());
        let title = Words::plain(Located { value: facts.meta.title.clone(), spot: Spot::default() });
        let campaign = campaign.ok_or_else(|| fault("no campaign"))?;
        let campaign = Campaign { date: job.campaign.date.clone(), title: Some(title), ..campaign };
        let piece = campaign.pieces.first().ok_or_else(|| fault("no piece"))?;
        let mut pictures = Vec::new();
        let sides = if faces(job) > 1 { &["front", "back"][..] } else { &["front"] };
        for (page, name) in sides.iter().enumerate() {
            let Some(sheet) = artwork.sheets.get(page) else { continue };
            let Some(raster) = preview.page(page, 72.0 * LONGEST / sheet.media.w.max(sheet.media.h)) else { continue };
            world.0.insert(format!("{name}.jpg"), raster.jpeg(QUALITY));
            pictures.push((*name, format!("{name}.jpg")));
        }
        let (files, condition) = (Files::beside(&world, "ticket.yaml"), Condition::screen()?);
        let options = Options { proof: Proof::Off, ..Options::default() };
        let said = cells(job, artwork, facts);
        for most in LONGEST_TEXTS {
            let longest = |name: &str| match name {
                "title" => LONGEST_TITLE,
                free if FREE.contains(&free) => most,
                _ => usize::MAX,
            };
            let cells = said.iter().map(|(name, text)| (*name, self.legible(text, longest(name))));
            let (columns, cells) = cells.chain(pictures.clone()).map(|(column, cell)| (column.to_string(), cell)).unzip();
            let table = Table { file: "ticket".into(), columns, records: vec![Record { number: 1, line: 1, cells }] };
            let mut desk = Shop::new(&campaign, &options, &files, (self.fonts, self.compounds));
            let ticket = Job {
                campaign: &campaign,
                piece,
                format: &format,
                size,
                press: &press,
                condition: &condition,
                table: Some(&table),
                fonts: self.fonts,
                files: &files,
            };
            if let Some(Made::Whole(made)) = desk.make(&ticket, None, false, &mut |_| ControlFlow::Continue(())) {
                let cut = said.iter().filter(|(name, text)| FREE.contains(name) && text.chars().count() > most);
                let spot = &job.piece.name.spot;
                self.findings.extend(cut.map(|(key, _)| Finding::at(spot.clone(), Problem::TicketCut { key: key.to_string() })));
                return Ok(made.bytes);
            }
            if most == LONGEST_TEXTS[LONGEST_TEXTS.len() - 1] {
                desk.findings.retain(|finding| finding.severity() == Severity::Error);
                self.findings.append(&mut desk.findings);
            }
        }
        Err(fault("does not come about"))
    }

    /// A text on one line, of no more than so many signs.
    fn legible(&self, text: &str, most: usize) -> String {
        let line = notes::legible(text, self.fonts);
        match line.char_indices().nth(most) {
            Some((cut, _)) => format!("{}…", line[..cut].rsplit_once(' ').map_or(&line[..cut], |(whole, _)| whole)),
            None => line,
        }
    }
}

/// The fields of the ticket that have something to say.
fn cells(job: &Job<'_>, artwork: &Artwork, facts: &Facts<'_>) -> Vec<(&'static str, String)> {
    let words = |words: &Option<Words>| words.as_ref().map(|words| words.in_some("vi").to_string());
    let day =
        facts.meta.date.as_ref().map(|date| date.split('-').rev().map(|part| part.trim_start_matches('0')).collect::<Vec<_>>().join("/"));
    let [w, h] = artwork.trim_mm;
    let said = [
        ("title", Some(facts.meta.title.clone())),
        ("issuer", words(&job.campaign.issuer)),
        ("piece", Some(job.piece.name.value.clone())),
        ("date", day),
        ("file", Some(artwork.file.clone())),
        ("standard", Some(standard(job.press.standard).into())),
        ("pages", Some(format!("{} trang", artwork.pages))),
        ("trim", Some(format!("{} × {} mm{}", decimal(w), decimal(h), if fold(job).is_some() { ", trải phẳng" } else { "" }))),
        ("bleed", Some(if artwork.bleed_mm > 0.0 { format!("{} mm mỗi cạnh", decimal(artwork.bleed_mm)) } else { "không".into() })),
        ("sides", Some(sides(job, facts.plan))),
        ("colours", Some(colours(job))),
        ("spots", spots(job, artwork)),
        ("cut", plates(job, artwork).find(|(_, step)| *step == Some(Step::Cut)).map(|(name, _)| name.to_string())),
        ("fold", fold(job)),
        ("stock", Some(stock(artwork, facts.plan))),
        ("order", order(facts.plan, artwork)),
        ("quantity", quantity(job, artwork, words(&job.piece.quantity))),
        ("paper", words(&job.piece.paper)),
        ("codes", codes(artwork)),
        ("sha256", Some(facts.sum.to_string())),
        ("contents", Some(facts.others.join(", "))),
        ("note", words(&job.piece.note)),
    ];
    said.into_iter().filter_map(|(name, text)| Some((name, text?))).filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// To a tenth, with a decimal comma.
fn decimal(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0).replace('.', ",")
}

fn standard(standard: Standard) -> &'static str {
    match standard {
        Standard::X4 => "PDF/X-4, PDF/A-2b",
        Standard::X1a => "PDF/X-1a:2003",
        Standard::A2b => "PDF/A-2b",
    }
}

fn sides(job: &Job<'_>, plan: &Plan) -> String {
    let over = match plan.flip {
        Flip::LongEdge => "lật theo cạnh dài của tờ in",
        Flip::ShortEdge => "lật theo cạnh ngắn của tờ in",
    };
    match (faces(job), plan.kind) {
        (1, _) => "1 mặt".into(),
        (sides, Kind::Single) => format!("{sides} mặt"),
        (sides, _) => format!("{sides} mặt, {over}"),
    }
}

/// Printed faces of one copy.
fn faces(job: &Job<'_>) -> usize {
    if job.piece.half_fold.is_some() { 2 } else { job.size.sides.len().max(1) }
}

fn colours(job: &Job<'_>) -> String {
    let profile = &job.condition.profile;
    let named: Vec<&str> = [profile.description.as_str(), profile.registered.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|name| !name.is_empty())
        .collect();
    match job.press.space {
        Space::Cmyk => format!("4 màu CMYK ({})", named.join(", ")),
        Space::Rgb => "màu RGB, in trên máy in văn phòng".into(),
    }
}

/// Plates besides those of the process inks, and what each is for.
fn plates<'a>(job: &'a Job<'_>, artwork: &'a Artwork) -> impl Iterator<Item = (&'a str, Option<Step>)> {
    let step = |name: &str| job.press.spots.all().find(|plate| plate.name == name).and_then(|plate| plate.step);
    artwork.plates.iter().map(move |name| (name.as_str(), step(name)))
}

fn spots(job: &Job<'_>, artwork: &Artwork) -> Option<String> {
    let described = plates(job, artwork).map(|(name, step)| {
        let what = match step {
            Some(Step::Cut) => "đường bế",
            Some(Step::Perforate) => "đường răng cưa",
            Some(Step::Crease) => "đường cấn",
            Some(Step::White) => "lót trắng",
            None => "mực pha",
        };
        format!("{name} ({what})")
    });
    let described: Vec<String> = described.collect();
    (!described.is_empty()).then(|| described.join(", "))
}

fn fold(job: &Job<'_>) -> Option<String> {
    let folds: Vec<f64> = match job.piece.half_fold {
        Some(_) => vec![job.size.trim.w],
        None => job.size.folds.clone(),
    };
    let (last, others) = folds.split_last()?;
    let at = |x: &f64| format!("{} mm", decimal(to_mm(*x)));
    let places = match others {
        [] => at(last),
        _ => format!("{} và {}", others.iter().map(at).collect::<Vec<_>>().join(", "), at(last)),
    };
    Some(format!("Gấp {} đường, cách mép trái mặt ngoài {places}", folds.len()))
}

fn stock(artwork: &Artwork, plan: &Plan) -> String {
    let [w, h] = [plan.stock.w, plan.stock.h].map(|side| decimal(to_mm(side)));
    let Some(on) = artwork.on.as_ref() else {
        return format!("Mỗi trang một bản, khổ trang {w} × {h} mm; bình bản do nhà in");
    };
    let gutters: Vec<String> = plan.gutters().into_iter().flatten().map(|gutter| decimal(to_mm(gutter))).collect();
    let gutters = match gutters.as_slice() {
        [] => String::new(),
        [x, y] if x != y => format!(", khe {x} và {y} mm"),
        [x, ..] => format!(", khe {x} mm"),
    };
    let name = on.label.as_ref().unwrap_or(&on.name);
    format!("{name}, {w} × {h} mm, {} bản mỗi tờ ({} × {}){gutters}", on.slots, plan.grid.nx, plan.grid.ny)
}

fn order(plan: &Plan, artwork: &Artwork) -> Option<String> {
    let several = artwork.on.as_ref().is_some_and(|on| on.slots > 1);
    let said = match plan.order {
        Order::Repeat => "Một bản lặp lại trên cả tờ",
        Order::Sequence => "Theo thứ tự bản ghi, từ trái sang phải, từ trên xuống",
        Order::CutAndStack => "Cắt cả chồng rồi xếp các chồng lên nhau theo thứ tự ô: bản ghi liền mạch",
    };
    several.then(|| said.to_string())
}

fn quantity(job: &Job<'_>, artwork: &Artwork, asked: Option<String>) -> Option<String> {
    let different = job.table.map(|_| match &artwork.on {
        Some(_) => {
            let is_front = |sheet: &&Imposed| sheet.slots.first().is_some_and(|slot| slot.side.is_multiple_of(2));
            format!("{} bản khác nhau trên {} tờ", artwork.records, artwork.sheets.iter().filter(is_front).count())
        }
        None => format!("{} bản khác nhau", artwork.records),
    });
    match (asked, different) {
        (Some(asked), Some(different)) => Some(format!("{asked} ({different})")),
        (asked, different) => asked.or(different),
    }
}

fn codes(artwork: &Artwork) -> Option<String> {
    let payloads: std::collections::BTreeSet<&str> = artwork.codes.iter().map(|code| code.payload.as_str()).collect();
    match payloads.len() {
        0 => None,
        1 => Some("1 mã QR, đã đọc lại và khớp nội dung".into()),
        many => Some(format!("{many} mã QR khác nhau, mỗi mã đã được đọc lại và khớp nội dung")),
    }
}
