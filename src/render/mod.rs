//! The whole path: a campaign in, finished files and findings out. Nothing is written here.

use crate::diag::{Finding, Located, Problem, Spot, any_error, tidy};
use crate::files::{Files, World};
use crate::sheet::Imposed;
use crate::spec::campaign::{self, Campaign, Value};
use crate::spec::printer::{self, Printer};
use crate::spec::words::Words;
use crate::text::{Compounds, Fonts};
use shop::Shop;
use std::collections::{BTreeMap, HashMap};

mod calibration;
mod make;
mod notes;
mod pack;
mod records;
mod shop;

pub use calibration::{Readings, calibration};
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
    /// Profile of the printer on the desk; its path as it stands.
    pub printer: Option<String>,
    /// Which codes are read again from the picture of their page.
    pub proof: Proof,
    /// Whether to make a pack for the print shop of each file.
    pub pack: bool,
    /// Codes of judgements that do not count.
    pub allow: Vec<String>,
    /// Day the files are made, `2020-08-10`, where the campaign names none.
    pub date: Option<String>,
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
    /// Name of the file: `to-roi-offset.pdf`.
    pub file: String,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// The standard that it keeps to: `pdf/x-4`.
    pub standard: &'static str,
    /// Names of its plates besides the process inks, in the order in which they are painted.
    pub plates: Vec<String>,
    /// Pages in it.
    pub pages: usize,
    /// Records in it; 1 for a piece without data.
    pub records: usize,
    /// Names of the records by their numbers, where the piece has a pattern for them.
    pub names: BTreeMap<usize, String>,
    /// Width and height after cutting.
    pub trim_mm: [f64; 2],
    /// Art beyond the trim.
    pub bleed_mm: f64,
    /// The sheet that its pieces are set on, where they are.
    pub on: Option<OnSheet>,
    /// Its codes in the order of the pages.
    pub codes: Vec<Code>,
    /// What is on its pages, as placed.
    pub sheets: Vec<Imposed>,
    /// What a print shop is handed, where it was asked for.
    pub pack: Option<Pack>,
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
    /// Distance at which a phone reads it.
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

/// What came of it. A piece with an error has no artwork.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The finished files.
    pub artworks: Vec<Artwork>,
    /// Everything found, in the order of files and lines.
    pub findings: Vec<Finding>,
}

/// Renders the campaign at `path`.
pub fn render(world: &dyn World, path: &str, options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    let bytes = match world.read(path) {
        Ok(bytes) => bytes,
        Err(problem) => {
            outcome.findings.push(Finding::in_file(path, problem));
            return outcome;
        }
    };
    let (campaign, findings) = campaign::read(path, &bytes);
    outcome.findings = findings;
    let Some(mut campaign) = campaign else { return outcome };
    if any_error(&outcome.findings) && campaign.pieces.is_empty() {
        return outcome;
    }
    for (name, text) in &options.set {
        let spot = Spot { file: "--set".into(), ..Spot::default() };
        let value = Value::Words(Words::plain(Located { value: text.clone(), spot: spot.clone() }));
        campaign.pieces.iter_mut().for_each(|p| p.content.text.retain(|(n, _)| n.value != *name));
        campaign.content.text.retain(|(n, _)| n.value != *name);
        campaign.content.text.push((Located { value: name.clone(), spot }, value));
    }
    let files = Files::beside(world, path);
    let (fonts, problems) = load_fonts(&campaign, &files);
    outcome.findings.extend(problems);
    let printer = options.printer.as_ref().and_then(|path| load_printer(path, &files, &mut outcome.findings));
    let compounds = Compounds::with(campaign.compounds.iter().map(|word| word.value.clone()));
    let mut shop = Shop::new(&campaign, options, &files, (&fonts, &compounds));
    shop.printer = printer.as_ref();
    shop.broken = any_error(&outcome.findings);
    outcome.artworks = shop.make_all();
    outcome.findings.append(&mut shop.findings);
    outcome.findings.retain(|f| !options.allow.iter().any(|code| code == f.code()));
    tidy(&mut outcome.findings);
    outcome
}

fn load_printer(path: &str, files: &Files<'_>, findings: &mut Vec<Finding>) -> Option<Printer> {
    match files.given(path) {
        Ok(found) => {
            let (printer, found) = printer::read(&found.name, &found.bytes);
            findings.extend(found);
            printer
        }
        Err(problem) => {
            let problem = match problem {
                Problem::FileMissing { path } => Problem::NoPrinter { path },
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
    for font in campaign.fonts.iter().cloned().chain(folder) {
        match files.user(&font.value) {
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
