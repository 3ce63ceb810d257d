//! The command line: arguments, the file system, the terminal.

mod args;
mod contact;
mod draw;
mod explain;
mod formats;
mod inspect;
mod new;
mod printer;
mod progress;
mod report;
mod schema;
mod sheets;
mod table;
mod write;

use args::{Cli, Command, Common, FileFormat, PrinterCommand};
use clap::Parser;
use progress::Progress;
use report::{Filed, Report};
use std::path::Path;
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::files::{Disk, day};
use toroi::render::{Artwork, Event, Options, render_each};
use write::{Manifests, Wanted};

/// Runs the command.
pub fn run() -> ExitCode {
    keep_quiet_of_guarded_panics();
    let cli = Cli::parse();
    let lang = cli.lang.map_or_else(locale, Lang::from);
    let (common, wanted) = match &cli.command {
        Command::Render { common, formats, ppi, pack, manifest } => {
            (common, Some(Wanted { formats: formats.clone(), ppi: *ppi, pack: *pack, manifest: *manifest }))
        }
        Command::Preview { common, ppi, contact: true } => return contact::make(common, *ppi, lang),
        Command::Preview { common, ppi, contact: false } => {
            (common, Some(Wanted { formats: vec![FileFormat::Png], ppi: *ppi, pack: false, manifest: false }))
        }
        Command::Check { common } => (common, None),
        Command::Printer { command: PrinterCommand::Calibrate(calibration) } => return printer::calibrate(calibration, lang),
        Command::Inspect { files, press, json } => return inspect::tell(files, press.as_deref(), *json, lang),
        Command::Explain { code } => return explain::tell(code.as_deref(), lang),
        Command::Sheets { json } => return sheets::list(*json, lang),
        Command::Schema { kind } => return schema::tell(kind.as_deref(), lang),
        Command::Formats { name, json } => return formats::list(name.as_deref(), *json, lang),
        Command::New(asked) => {
            return match new::make(asked, lang) {
                Ok(campaign) => first_pages(&campaign, lang),
                Err(code) => code,
            };
        }
    };
    make(common, wanted.as_ref(), lang)
}

/// Renders a campaign that was just begun, into its own folder.
fn first_pages(campaign: &Path, lang: Lang) -> ExitCode {
    let out = campaign.with_file_name("out");
    let common = Common { campaign: campaign.display().to_string(), out: out.display().to_string(), ..Common::default() };
    let wanted = Wanted { formats: vec![FileFormat::Pdf, FileFormat::Png], ppi: 150.0, pack: false, manifest: false };
    let code = make(&common, Some(&wanted), lang);
    new::farewell(campaign, lang);
    code
}

/// Makes what a campaign asks for; only looks at it where nothing is wanted.
fn make(common: &Common, wanted: Option<&Wanted>, lang: Lang) -> ExitCode {
    let options = Options { pack: wanted.is_some_and(|wanted| wanted.pack), ..options(common) };
    let mut desk = Desk { folder: &common.out, wanted, files: Vec::new(), manifests: Manifests::default(), failed: Vec::new() };
    let mut progress = Progress::new(lang);
    let mut findings = render_each(&Disk, &common.campaign, &options, &mut |event| match event {
        Event::LaidOut { piece, press, records, of } => progress.show(piece, press, records, of),
        Event::Made(artwork) => desk.take(*artwork),
    });
    progress.finish();
    desk.finish();
    findings.append(&mut desk.failed);
    let report = Report { files: &desk.files, contact: &[], findings: &findings, lang };
    if common.json {
        report.json()
    } else {
        report.people()
    }
    exit_code(&findings)
}

/// Libraries whose panics are caught where they are used: what they cannot read is no news to the user.
fn keep_quiet_of_guarded_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let guarded =
            panic.location().is_some_and(|at| ["rqrr-", "calamine-", "hayro-", "vello_"].iter().any(|name| at.file().contains(name)));
        if !guarded {
            usual(panic);
        }
    }));
}

/// Where files are put.
struct Desk<'a> {
    folder: &'a str,
    /// What of each file is written; nothing where the campaign is only checked.
    wanted: Option<&'a Wanted>,
    files: Vec<Filed>,
    manifests: Manifests,
    failed: Vec<Finding>,
}

impl Desk<'_> {
    /// Writes a file, and keeps what is to be said of it.
    fn take(&mut self, mut artwork: Artwork) {
        let written = self.wanted.map_or(Ok(Vec::new()), |wanted| write::artwork(&artwork, self.folder, wanted));
        match written {
            Ok(mut paths) => {
                let size = artwork.bytes.len();
                if self.wanted.is_some_and(|wanted| wanted.manifest) {
                    paths.push(self.manifests.add(&artwork, self.folder));
                }
                (artwork.bytes, artwork.pack) = (Vec::new(), None);
                self.files.push(Filed { artwork, paths, size });
            }
            Err(problem) => self.failed.push(Finding::in_file(self.folder, problem)),
        }
    }

    /// Writes what was kept for the end.
    fn finish(&mut self) {
        if let Err(problem) = self.manifests.write() {
            self.failed.push(Finding::in_file(self.folder, problem));
        }
    }
}

fn exit_code(findings: &[Finding]) -> ExitCode {
    let outside =
        |f: &Finding| matches!(f.problem, Problem::WriteFailed { .. } | Problem::FileUnreadable { .. } | Problem::PdfRefused { .. });
    match () {
        () if findings.iter().any(outside) => ExitCode::from(3),
        () if any_error(findings) => ExitCode::from(1),
        () => ExitCode::SUCCESS,
    }
}

fn options(common: &Common) -> Options {
    Options {
        pieces: common.piece.clone(),
        presses: common.press.clone(),
        data: common.data.clone(),
        set: common.set.clone(),
        records: common.records,
        only: common.only.clone(),
        sheet: common.sheet.clone(),
        first: common.first,
        split: common.split,
        shard: common.shard,
        printer: common.printer.as_deref().map(printer::path),
        proof: common.proof.into(),
        pack: false,
        items: false,
        allow: common.allow.clone(),
        date: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok()).filter(|s| (0..=LAST_SECOND).contains(s)).map(day),
    }
}

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    if set.is_some_and(|l| l.to_lowercase().starts_with("vi")) { Lang::Vi } else { Lang::En }
}
