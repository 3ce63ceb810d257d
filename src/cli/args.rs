//! Arguments.

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use toroi::diag::{CODES, Lang};
use toroi::files::SCHEMAS;
use toroi::limits::Limit;
use toroi::render::Proof;

/// Print-ready Vietnamese leaflets, notices and stickers from a YAML campaign, with QR codes proved to scan.
#[derive(Parser)]
#[command(version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// Language of messages; without it that of the system.
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Speech>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Make the PDFs of a campaign.
    Render {
        #[command(flatten)]
        common: Common,
        /// What to write.
        #[arg(long = "format", value_enum, value_delimiter = ',', value_name = "KIND", default_value = "pdf")]
        formats: Vec<FileFormat>,
        /// Resolution of PNG, pixels per inch.
        #[arg(long, value_name = "PPI", default_value_t = 150.0, value_parser = ppi)]
        ppi: f64,
        /// Also a zip of each file for the print shop: the PDF, a proof, a manifest, a job ticket.
        #[arg(long, conflicts_with_all = ["split", "shard"])]
        pack: bool,
        /// Also a CSV of what is where: record, serial, payload, file, page, slot.
        #[arg(long)]
        manifest: bool,
    },
    /// Find what is wrong, and write nothing.
    Check {
        #[command(flatten)]
        common: Common,
    },
    /// Make a PNG of every page, or a proof sheet to sign.
    Preview {
        #[command(flatten)]
        common: Common,
        /// A proof sheet instead: every piece small, with trim, bleed, boxes and findings drawn over it, as PDF and PNG.
        #[arg(long, alias = "contact-sheet", conflicts_with_all = ["split", "shard"])]
        contact: bool,
        /// Resolution, pixels per inch.
        #[arg(long, value_name = "PPI", default_value_t = 150.0, value_parser = ppi)]
        ppi: f64,
    },
    /// Look at any PDF: what it is, its codes, and what a print shop would mind.
    Inspect {
        /// PDF files; `-` for standard input.
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<String>,
        /// Judge by what this press asks for.
        #[arg(long, value_name = "NAME")]
        press: Option<String>,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
        /// Let a file cost more, or less, such as pdf-pages=5000 (may be given several times); names: toroi limits.
        #[arg(long, value_name = "NAME=NUMBER", value_parser = limit)]
        limit: Vec<(Limit, u64)>,
    },
    /// Tell more about a kind of finding, with an example; without a code, list them all.
    Explain {
        /// What stands in brackets before a message, such as qr-too-dense.
        code: Option<String>,
    },
    /// List the sheets that pieces are set on.
    Sheets {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List what files may cost at most, by the names that --limit takes.
    Limits {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of a kind of YAML, for editors; without a kind, list them.
    Schema {
        /// A kind of YAML.
        #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(SCHEMAS))]
        kind: Option<String>,
        /// Write it to this file.
        #[arg(short, long, value_name = "FILE", requires = "kind")]
        out: Option<String>,
    },
    /// Render again whenever a file is saved: the campaign, its tables, pictures, formats.
    Watch {
        #[command(flatten)]
        common: Common,
        /// Resolution of the pictures, pixels per inch.
        #[arg(long, value_name = "PPI", default_value_t = 150.0, value_parser = ppi)]
        ppi: f64,
    },
    /// List the font families, built in and the campaign's, and what of Vietnamese they lack.
    Fonts {
        /// The campaign's YAML file; without one, the built-in families.
        #[arg(value_hint = ValueHint::FilePath)]
        campaign: Option<String>,
        /// Let fonts come from this folder too, and not from beside the campaign alone (may be given several times).
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        from: Vec<String>,
        /// Let input cost more, or less, such as font-bytes=99000000 (may be given several times); names: toroi limits.
        #[arg(long, value_name = "NAME=NUMBER", value_parser = limit)]
        limit: Vec<(Limit, u64)>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Profiles of office printers.
    Printer {
        #[command(subcommand)]
        command: PrinterCommand,
    },
    /// Begin a campaign: a folder with its YAML, a sample table, and the first pages.
    New(New),
    /// List the drawings that are built in, by the names that campaigns call them.
    Drawings,
    /// List the formats, or the sizes and fields of one.
    Formats {
        /// Name of a format.
        name: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print what completes the command while it is typed in a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: ShellName,
    },
    /// Print the manual page of a command, for `man`.
    Man {
        /// The command, such as `render` or `printer calibrate`; without one, the page of `toroi`.
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
        /// Write the pages of all commands into this folder.
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
        all: Option<String>,
    },
    /// Print the help of a command.
    Help {
        /// The command.
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
}

/// Shells that completions are made for.
#[derive(Clone, Copy, ValueEnum)]
pub enum ShellName {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
}

#[derive(Subcommand)]
pub enum PrinterCommand {
    /// Measure a printer: print a sheet, read four measures off it, keep them as a profile.
    Calibrate(Calibration),
}

#[derive(Args)]
pub struct Calibration {
    /// Name of the profile.
    #[arg(value_parser = plain_name)]
    pub name: String,
    /// Folder for the sheet that is to be printed.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "out")]
    pub out: String,
    /// From the paper's left edge to the upright line, millimetres (meant: 20).
    #[arg(long, value_name = "MM", value_parser = measure, allow_negative_numbers = true)]
    pub left: Option<f64>,
    /// From the paper's top edge to the level line, millimetres (meant: 20).
    #[arg(long, value_name = "MM", value_parser = measure, allow_negative_numbers = true)]
    pub top: Option<f64>,
    /// The level stretch, or both: level/upright, millimetres (meant: 150/200).
    #[arg(long, value_name = "MM[/MM]", value_parser = measures)]
    pub length: Option<Measures>,
    /// The back from its left edge, or both: left/top, millimetres (meant: 20/20).
    #[arg(long, value_name = "MM[/MM]", value_parser = measures)]
    pub back: Option<Measures>,
    /// Number of the outermost frame with all four sides: the margin that the printer cannot print on, millimetres.
    #[arg(long, value_name = "MM", value_parser = measure, allow_negative_numbers = true)]
    pub margin: Option<f64>,
}

/// One measure, or two.
#[derive(Clone, Copy)]
pub struct Measures(pub f64, pub Option<f64>);

#[derive(Args, Default)]
pub struct New {
    /// Name of a format, as `toroi formats` lists them; without one, everything is asked for.
    #[arg(value_name = "FORMAT", index = 1)]
    pub format: Option<String>,
    /// Folder to make.
    #[arg(value_name = "DIR", index = 2)]
    pub folder: Option<String>,
    /// A size of the format.
    #[arg(long, value_name = "SIZE")]
    pub size: Option<String>,
    /// Languages in print: vi, en, or vi,en.
    #[arg(long, value_name = "LANGUAGES")]
    pub languages: Option<String>,
    /// Name of the office or firm.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Address that the code opens.
    #[arg(long, value_name = "ADDRESS")]
    pub link: Option<String>,
    /// A press: office, offset, vinyl, screen, …
    #[arg(long, value_name = "NAME")]
    pub press: Option<String>,
    /// Only list the formats, each with a picture.
    #[arg(long)]
    pub list: bool,
}

#[derive(Args, Default)]
pub struct Common {
    /// The campaign's YAML file; `-` for standard input, with the files that it names in the current folder.
    #[arg(value_hint = ValueHint::FilePath)]
    pub campaign: String,
    /// Folder to write to; `-` writes the one PDF to standard output.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "out")]
    pub out: String,
    /// Only this piece (may be given several times).
    #[arg(long, value_name = "NAME")]
    pub piece: Vec<String>,
    /// For this press, instead of those that the campaign names (may be given several times).
    #[arg(long, value_name = "NAME")]
    pub press: Vec<String>,
    /// Another table of records; `-` for a CSV on standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub data: Option<String>,
    /// A text that goes before the campaign's (may be given several times).
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
    /// Only these records, such as 3-20 or 7.
    #[arg(long, value_name = "A-B", value_parser = range)]
    pub records: Option<(usize, usize)>,
    /// Only records with this value in this column (may be given several times).
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = key_value)]
    pub only: Vec<(String, String)>,
    /// On this sheet, instead of those that pieces and presses name; `none` for pages of the pieces' own size.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Slot of the first sheet to begin with, counted from the left, row by row.
    #[arg(long, value_name = "SLOT", value_parser = slot)]
    pub first: Option<usize>,
    /// A file for each record, named by the piece's `file:`, in a folder of the piece.
    #[arg(long, conflicts_with = "first")]
    pub split: bool,
    /// Only one of so many parts, such as 3/10; page numbers are those of the whole.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(usize, usize)>,
    /// Profile of the office printer: a name given to `printer calibrate`, or a file.
    #[arg(long, value_name = "NAME|FILE")]
    pub printer: Option<String>,
    /// Which codes are read again from the picture of their page.
    #[arg(long, value_enum, value_name = "WHICH", default_value = "sample")]
    pub proof: ProofArg,
    /// Let a judgement pass: an error is told as a warning, a warning as a hint. Codes: toroi explain.
    #[arg(long, value_name = "CODE", hide_possible_values = true, value_parser = PossibleValuesParser::new(may_pass()))]
    pub allow: Vec<String>,
    /// Let files of the campaign come from this folder too, and not from beside it alone (may be given several times).
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub from: Vec<String>,
    /// Let input cost more, or less, such as records=5000 (may be given several times); names: toroi limits.
    #[arg(long, value_name = "NAME=NUMBER", value_parser = limit)]
    pub limit: Vec<(Limit, u64)>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Speech {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<Speech> for Lang {
    fn from(speech: Speech) -> Lang {
        match speech {
            Speech::Vi => Lang::Vi,
            Speech::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// The files to print.
    Pdf,
    /// A picture of each page.
    Png,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum ProofArg {
    /// None.
    Off,
    /// Those of the first two, the middle and the last sheet.
    #[default]
    Sample,
    /// Every one.
    All,
}

impl From<ProofArg> for Proof {
    fn from(proof: ProofArg) -> Proof {
        match proof {
            ProofArg::Off => Proof::Off,
            ProofArg::Sample => Proof::Sample,
            ProofArg::All => Proof::All,
        }
    }
}

/// Codes of judgements that may be let pass.
pub fn may_pass() -> impl Iterator<Item = &'static str> {
    CODES.iter().filter(|code| code.may_pass).map(|code| code.name)
}

/// What a value must be like. Each is put into Vietnamese in `words`.
pub const PAIR: &str = "it takes a name, “=” and a value, such as phone=\"0210 3825 115\"";
pub const RANGE: &str = "it takes one record or a range, counted from 1, such as 7 or 3-20";
pub const BACKWARDS: &str = "the first record comes after the last; turn them round";
pub const PART: &str = "it takes a part and how many there are, such as 3/10 for the third of ten";
pub const LENGTH: &str = "it takes millimetres from 0 to 400, such as 20.5";
pub const PLAIN: &str = "a name is made of letters, digits, - and _";
pub const COUNT: &str = "it takes a number from 1 on: 1, 2, 3, …";
pub const PIXELS: &str = "it takes a number from 10 to 1200";
pub const BOUND: &str = "it takes a name that `toroi limits` lists, “=” and a whole number, such as records=5000";

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or(PAIR)?;
    Ok((key.trim().to_string(), value.to_string()))
}

fn limit(text: &str) -> Result<(Limit, u64), String> {
    let (name, most) = text.split_once('=').ok_or(BOUND)?;
    let most = most.trim().replace('_', "").parse().map_err(|_| BOUND)?;
    Ok((Limit::named(name.trim()).ok_or(BOUND)?, most))
}

fn range(text: &str) -> Result<(usize, usize), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |t: &str| t.trim().parse::<usize>().ok().filter(|n| *n > 0).ok_or(RANGE);
    let (first, last) = (number(first)?, number(last)?);
    if first <= last { Ok((first, last)) } else { Err(BACKWARDS.into()) }
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let number = |t: &str| t.trim().parse::<usize>().ok().filter(|n| (1..=100_000).contains(n));
    let parts = text.split_once('/').and_then(|(part, of)| Some((number(part)?, number(of)?)));
    parts.filter(|(part, of)| part <= of).ok_or(PART.into())
}

/// Millimetres, with a decimal point or comma.
pub fn measure(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches("mm").trim_end().replace(',', ".");
    number.parse().ok().filter(|n| (0.0..=400.0).contains(n)).ok_or(LENGTH.into())
}

/// One or two of them: `147`, `147/196`.
pub fn measures(text: &str) -> Result<Measures, String> {
    match text.split_once('/') {
        Some((first, second)) => Ok(Measures(measure(first)?, Some(measure(second)?))),
        None => Ok(Measures(measure(text)?, None)),
    }
}

fn plain_name(text: &str) -> Result<String, String> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    if plain { Ok(text.into()) } else { Err(PLAIN.into()) }
}

fn slot(text: &str) -> Result<usize, String> {
    text.trim().parse().ok().filter(|n| (1..=10_000).contains(n)).ok_or(COUNT.into())
}

fn ppi(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|p| (10.0..=1200.0).contains(p)).ok_or(PIXELS.into())
}
