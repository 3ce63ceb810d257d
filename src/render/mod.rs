//! The whole path: a campaign in, finished files and findings out. Nothing is written here.
//!
//! ```
//! use std::ops::ControlFlow;
//! use toroi::diag::any_error;
//! use toroi::files::Memory;
//! use toroi::render::{Event, Options, render_each};
//!
//! let campaign = "campaign: xe-khach\npieces:\n  tem:\n    format: bus-sticker\n    press: vinyl\n    data: xe.csv\n    \
//!     file: '{{ plate }}'\n    text: {message: Quét mã xem lịch xe}\n    qr: {app: 'HTTPS://MO.VN/{{ ma }}'}\n";
//! let table = "plate,ma\n19B-012.34,7KX2\n19B-056.78,7KX3\n";
//! let world = Memory([("campaign.yaml".into(), campaign.into()), ("xe.csv".into(), table.into())].into());
//!
//! let mut files = Vec::new();
//! let options = Options { split: true, ..Options::default() };
//! let findings = render_each(&world, "campaign.yaml", &options, &mut |event| {
//!     if let Event::Made(artwork) = event {
//!         files.push((artwork.file, artwork.codes[0].payload.clone()));
//!     }
//!     ControlFlow::Continue(())
//! });
//! assert!(!any_error(&findings));
//! assert_eq!(files[1], ("tem-vinyl/19B-056.78.pdf".into(), "HTTPS://MO.VN/7KX3".into()));
//! ```

use crate::diag::{Finding, Kind, Located, Problem, Spot, any_error, tidy};
use crate::files::{Files, World};
use crate::limits::{Limit, Limits};
use crate::page::Die;
use crate::sheet::Imposed;
use crate::spec::campaign::{self, Campaign, Value};
use crate::spec::printer::{self, Printer};
use crate::spec::words::Words;
use crate::text::{Compounds, Fonts};
use shop::Shop;
use std::collections::HashMap;
use std::ops::ControlFlow;

mod assemble;
mod calibration;
mod contact;
mod lay;
mod make;
mod names;
mod notes;
mod pack;
mod pieces;
mod proofread;
mod prove;
mod records;
mod shop;
mod split;
mod told;

pub use calibration::{Readings, calibration};
pub use contact::contact_sheet;
pub use pack::{Pack, manifest};

/// What to make of a campaign.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these pieces; all where there is none.
    pub pieces: Vec<String>,
    /// Only for these presses, instead of those that the pieces name.
    pub presses: Vec<String>,
    /// A table instead of the one that the pieces name; its path as it stands.
    pub data: Option<String>,
    /// Texts that go before the campaign's.
    pub set: Vec<(String, String)>,
    /// First and last record, from 1.
    pub records: Option<(usize, usize)>,
    /// Only records that have these values in these columns.
    pub only: Vec<(String, String)>,
    /// A sheet instead of those that pieces and presses name.
    pub sheet: Option<String>,
    /// The slot to begin with on the first sheet, from 1.
    pub first: Option<usize>,
    /// Whether each record of a table has a file of its own.
    pub split: bool,
    /// Only this part, from 1, of so many that the sheets of each file are shared out to, for a run on several machines.
    pub shard: Option<(usize, usize)>,
    /// Profile of the printer on the desk; its path as it stands.
    pub printer: Option<String>,
    /// Which codes are read again from the picture of their page.
    pub proof: Proof,
    /// Whether to make a pack for the print shop of each file.
    pub pack: bool,
    /// Whether to keep what is on the pages, for who wants to look further. A national run does not fit in memory so.
    pub items: bool,
    /// Codes of judgements that are let pass, for all pieces: an error is told as a warning, a warning as a hint.
    pub allow: Vec<String>,
    /// Day the files are made, `2020-08-10`, where the campaign names none.
    pub date: Option<String>,
    /// Folders that files of the campaign may come from, besides its own.
    pub from: Vec<String>,
    /// What it may cost.
    pub limits: Limits,
}

/// Which codes are read again from the picture of their page. From its modules, every one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// None.
    Off,
    /// Those of the first two, the middle and the last sheet.
    #[default]
    Sample,
    /// All.
    All,
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Artwork {
    /// Name of the piece.
    pub piece: String,
    /// Name of its format.
    pub format: String,
    /// Name of its size.
    pub size: String,
    /// Name of its press.
    pub press: String,
    /// Name of the file: `to-roi-offset.pdf`; of a record's own in the folder of its piece: `tem-xe-vinyl/19B-012.34.pdf`.
    pub file: String,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// The standard that it keeps to: `pdf/x-4`.
    pub standard: &'static str,
    /// Names of its plates besides the process inks, in the order in which they are painted.
    pub plates: Vec<String>,
    /// Pages in it.
    pub pages: usize,
    /// Pages of the whole file that come before it, where it is a part of one. All page numbers are those of the whole.
    pub before: usize,
    /// Name of the file for its [`manifest`]: one for all files of a piece's records.
    pub manifest: String,
    /// Whether its manifest is the beginning of one, with the names of the columns.
    pub begins: bool,
    /// Records in it; 1 for a piece without data.
    pub records: usize,
    /// Width and height after cutting.
    pub trim_mm: [f64; 2],
    /// Art beyond the trim.
    pub bleed_mm: f64,
    /// The sheet that its pieces are set on, where they are.
    pub on: Option<OnSheet>,
    /// Codes of the judgements on its piece that were let pass, in alphabetical order.
    pub allowed: Vec<&'static str>,
    /// Its codes in the order of the pages.
    pub codes: Vec<Code>,
    /// What of each record is where, in the order of the pages.
    pub printed: Vec<Printed>,
    /// Its pages: their sizes and slots, and with [`Options::items`] what is on them, as placed.
    pub sheets: Vec<Imposed>,
    /// The sides of its piece, as they are printed.
    pub faces: Vec<Face>,
    /// What a print shop is handed, where it was asked for.
    pub pack: Option<Pack>,
}

/// What is to be known of a side of a piece besides its art.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Its name.
    pub name: String,
    /// Margin inside the trim that content keeps free, pt.
    pub safe: f64,
    /// The die line, where the piece is cut to shape.
    pub die: Option<Die>,
    /// Where it is folded: distances from its left edge, pt.
    pub folds: Vec<f64>,
    /// Where it is perforated: distances from its top edge, pt.
    pub perforations: Vec<f64>,
}

/// The sheet that pieces are set on.
#[derive(Clone, Debug, PartialEq)]
pub struct OnSheet {
    /// Its name.
    pub name: String,
    /// What people call it, in Vietnamese where it says so.
    pub label: Option<String>,
    /// Width and height of its stock, as its pages lie.
    pub stock_mm: [f64; 2],
    /// Slots on a side of it.
    pub slots: usize,
    /// Cuts to be made where pieces that fill the paper of an office touch, from the left and from the top edge.
    pub cuts_mm: [Vec<f64>; 2],
    /// The first slot of its last sheet that is still free, from 1, where these are labels and one is.
    pub next: Option<usize>,
}

/// A side of a record in a finished file.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Page, from 1.
    pub page: usize,
    /// Slot on its sheet, from 1.
    pub slot: usize,
    /// Number of its record from 1; 0 for a piece without data.
    pub record: usize,
    /// Number of the side among its piece's sides, from 0.
    pub side: usize,
    /// Its serial number: what its box `serial` says, else the record's name by the piece's pattern.
    pub serial: Option<String>,
}

/// A code in a finished file.
#[derive(Clone, Debug)]
pub struct Code {
    /// Page, from 1.
    pub page: usize,
    /// Slot on its sheet, from 1.
    pub slot: usize,
    /// Number of its record from 1; 0 for a piece without data.
    pub record: usize,
    /// What it says.
    pub payload: String,
    /// Version, 1 to 40.
    pub version: u8,
    /// Letter of its error correction.
    pub ecc: &'static str,
    /// Side of a module.
    pub module_mm: f64,
    /// Side of the symbol without its quiet zone.
    pub side_mm: f64,
    /// Whether it was read again from its modules, or from the picture of its page too.
    pub decoded: Decoded,
    /// The fewest pixels a module at which a blurred picture of its page is read, where it was tried.
    pub pixels: Option<f64>,
    /// Distance at which a phone reads it: by its modules, or less where more pixels than a phone has there are needed.
    pub reads_from_m: f64,
}

/// How a code was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// From its modules.
    Modules,
    /// From its modules and from the picture of its page.
    Raster,
}

/// Something that happens while a campaign is rendered.
#[derive(Debug)]
pub enum Event<'e> {
    /// So many records of a piece have been laid out.
    LaidOut {
        /// Name of the piece.
        piece: &'e str,
        /// Name of the press.
        press: &'e str,
        /// How many.
        records: usize,
        /// Of how many.
        of: usize,
    },
    /// A file is finished. The first file of a piece comes once all of its records are known to be sound.
    Made(Box<Artwork>),
}

/// Takes what happens, and says whether to go on. Where it breaks off nothing more is made, and how much that would have
/// been is told.
pub type Watch<'w> = dyn FnMut(Event<'_>) -> ControlFlow<()> + 'w;

/// What came of it. A piece with an error has no artwork.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The campaign, where it can be read.
    pub campaign: Option<Campaign>,
    /// The finished files.
    pub artworks: Vec<Artwork>,
    /// Everything found, in the order of files and lines.
    pub findings: Vec<Finding>,
}

/// Renders the campaign at `path`.
pub fn render(world: &dyn World, path: &str, options: &Options) -> Outcome {
    let mut artworks = Vec::new();
    let (campaign, findings) = walk(world, path, options, &mut |event| {
        if let Event::Made(artwork) = event {
            artworks.push(*artwork);
        }
        ControlFlow::Continue(())
    });
    Outcome { campaign, artworks, findings }
}

/// Renders the campaign at `path`, and hands out each file as soon as it is finished, so that not all have to be held at
/// once. Gives what was found, in the order of files and lines.
pub fn render_each(world: &dyn World, path: &str, options: &Options, watch: &mut Watch<'_>) -> Vec<Finding> {
    walk(world, path, options, watch).1
}

/// The campaign, where it can be read, and what was found.
fn walk(world: &dyn World, path: &str, options: &Options, watch: &mut Watch<'_>) -> (Option<Campaign>, Vec<Finding>) {
    let (campaign, mut findings) = read_campaign(world, path, &options.limits);
    let Some(mut campaign) = campaign else { return (None, findings) };
    if any_error(&findings) && campaign.pieces.is_empty() {
        return (Some(campaign), findings);
    }
    for (name, text) in &options.set {
        let spot = Spot { file: "--set".into(), ..Spot::default() };
        let value = Value::Words(Words::plain(Located { value: text.clone(), spot: spot.clone() }));
        campaign.pieces.iter_mut().for_each(|p| p.content.text.retain(|(n, _)| n.value != *name));
        campaign.content.text.retain(|(n, _)| n.value != *name);
        campaign.content.text.push((Located { value: name.clone(), spot }, value));
    }
    let files = Files::beside(world, path).within(options.limits, &options.from);
    let (fonts, problems) = load_fonts(&campaign, &files);
    findings.extend(problems);
    let printer = options.printer.as_ref().and_then(|path| load_printer(path, &files, &mut findings));
    let compounds = Compounds::with(campaign.compounds.iter().map(|word| word.value.clone()));
    let mut shop = Shop::new(&campaign, options, &files, (&fonts, &compounds));
    shop.printer = printer.as_ref();
    shop.broken = any_error(&findings);
    shop.campaign_findings = findings.clone();
    shop.make_all(watch);
    findings.append(&mut shop.findings);
    drop_echoes(&mut findings);
    let allow = make::may_pass(options, &campaign, None);
    for finding in &mut findings {
        finding.allow(&allow);
        let own = campaign.pieces.iter().find(|piece| finding.place.piece.as_ref() == Some(&piece.name.value));
        finding.allow(&own.map_or_else(Vec::new, |piece| piece.allow.iter().map(|code| code.value.as_str()).collect()));
    }
    findings.retain(|finding| !finding.is_silent());
    tidy(&mut findings);
    (Some(campaign), findings)
}

/// Drops what follows from another finding: a field is missing because its name is mistyped, or stands elsewhere.
fn drop_echoes(findings: &mut Vec<Finding>) {
    let meant = |problem: &Problem| match problem {
        Problem::UnknownName { kind: Kind::Field, name, nearest, .. } => Some(nearest.clone().unwrap_or_else(|| name.clone())),
        Problem::WrongSection { field, .. } => Some(field.clone()),
        Problem::UnknownKey { nearest: Some(near), .. } if matches!(near.as_str(), "text" | "qr" | "images") => Some(String::new()),
        _ => None,
    };
    let told: Vec<String> = findings.iter().filter_map(|finding| meant(&finding.problem)).collect();
    findings.retain(|finding| match &finding.problem {
        // Where a whole section is not read, any field may be meant.
        Problem::MissingField { field, .. } => !told.iter().any(|name| name == field || name.is_empty()),
        _ => true,
    });
}

/// The fonts of the campaign at `path`, its own and the built-in ones, and what is wrong with them; no fonts where it
/// cannot be read. Of the options, folders and limits count.
pub fn fonts(world: &dyn World, path: &str, options: &Options) -> (Option<Fonts>, Vec<Finding>) {
    let (campaign, findings) = read_campaign(world, path, &options.limits);
    let Some(campaign) = campaign else { return (None, findings) };
    let (fonts, findings) = load_fonts(&campaign, &Files::beside(world, path).within(options.limits, &options.from));
    (Some(fonts), findings)
}

fn read_campaign(world: &dyn World, path: &str, limits: &Limits) -> (Option<Campaign>, Vec<Finding>) {
    match world.read(path, limits.of(Limit::YamlBytes)) {
        Ok(bytes) => campaign::read(path, &bytes, limits),
        Err(problem) => (None, vec![Finding::in_file(path, problem)]),
    }
}

fn load_printer(path: &str, files: &Files<'_>, findings: &mut Vec<Finding>) -> Option<Printer> {
    match files.given(path, Limit::YamlBytes) {
        Ok(found) => {
            let (printer, found) = printer::read(&found.name, &found.bytes, &files.limits);
            findings.extend(found);
            printer
        }
        Err(problem) => {
            let problem = match problem {
                Problem::FileMissing { path, .. } => Problem::NoPrinter { path },
                other => other,
            };
            findings.push(Finding::at(Spot { file: "--printer".into(), ..Spot::default() }, problem));
            None
        }
    }
}

fn load_fonts(campaign: &Campaign, files: &Files<'_>) -> (Fonts, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut user = Vec::new();
    let mut spots = HashMap::new();
    let named = |path: &str| campaign.fonts.iter().any(|f| f.value == path);
    let folder = files.font_folder().into_iter().filter(|path| !named(path));
    let folder = folder.map(|path| Located { spot: Spot { file: files.path(&path).into(), ..Spot::default() }, value: path });
    let all: Vec<Located<String>> = campaign.fonts.iter().cloned().chain(folder).collect();
    if let Err(problem) = files.limits.hold(Limit::Fonts, all.len() as u64, "fonts") {
        findings.push(Finding::at(all[all.len() - 1].spot.clone(), problem));
    }
    for font in all.into_iter().take(usize::try_from(files.limits.of(Limit::Fonts)).unwrap_or(usize::MAX)) {
        match files.user(&font.value, Limit::FontBytes) {
            Ok(found) => {
                spots.insert(found.name.clone(), font.spot);
                user.push((found.name, found.bytes.into_owned()));
            }
            Err(problem) => findings.push(Finding::at(font.spot, problem)),
        }
    }
    let (fonts, problems) = Fonts::load(user);
    findings.extend(problems.into_iter().map(|(name, problem)| Finding::at(spots.remove(&name).unwrap_or_default(), problem)));
    (fonts, findings)
}
