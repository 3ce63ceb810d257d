//! The command line: arguments, the file system, the terminal.

mod args;
mod colour;
mod contact;
mod draw;
mod explain;
mod fonts;
mod formats;
mod inspect;
mod limits;
mod make;
mod new;
mod printer;
mod progress;
mod refusal;
mod report;
mod schema;
mod sheets;
mod shell;
mod table;
mod usage;
mod watch;
mod whole;
mod words;
mod world;
mod write;

use args::{Command, Common, FileFormat, PrinterCommand};
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::files::day;
use toroi::limits::{Limit, Limits};
use toroi::render::Options;
use write::Wanted;

/// Runs the command.
pub fn run() -> ExitCode {
    keep_quiet_of_guarded_panics();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let (cli, lang) = match usage::read(&arguments) {
        Ok(read) => read,
        Err(code) => return code,
    };
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
        Command::Inspect { files, press, json, limit } => return inspect::tell(files, press.as_deref(), *json, &raised(limit), lang),
        Command::Explain { code } => return explain::tell(code.as_deref(), lang),
        Command::Sheets { json } => return sheets::list(*json, lang),
        Command::Limits { json } => return limits::list(*json, lang),
        Command::Schema { kind, out } => return schema::tell(kind.as_deref(), out.as_deref(), lang),
        Command::Completions { shell } => return shell::completions(*shell, lang),
        Command::Man { all: Some(folder), .. } => return shell::pages(folder, lang),
        Command::Man { command, all: None } => return shell::page(command, lang),
        Command::Help { command } => return usage::help(command, lang),
        Command::Watch { common, ppi } => return watch::watch(common, *ppi, lang),
        Command::Fonts { campaign, from, limit, json } => {
            let asked = Options { from: from.clone(), limits: raised(limit), ..Options::default() };
            return fonts::tell(campaign.as_deref(), &asked, *json, lang);
        }
        Command::Drawings => return formats::drawings(),
        Command::Formats { name, json } => return formats::list(name.as_deref(), *json, lang),
        Command::New(asked) => {
            return match new::make(asked, lang) {
                Ok(campaign) => first_pages(&campaign, lang),
                Err(code) => code,
            };
        }
    };
    make::once(common, wanted.as_ref(), lang)
}

/// Renders a campaign that was just begun, into its own folder.
fn first_pages(campaign: &Path, lang: Lang) -> ExitCode {
    let out = campaign.with_file_name("out");
    let common = Common { campaign: campaign.display().to_string(), out: out.display().to_string(), ..Common::default() };
    let wanted = Wanted { formats: vec![FileFormat::Pdf, FileFormat::Png], ppi: 150.0, pack: false, manifest: false };
    let code = make::once(&common, Some(&wanted), lang);
    new::farewell(campaign, lang);
    code
}

/// Libraries whose panics are caught where they are used: what they cannot read is no news to the user.
fn keep_quiet_of_guarded_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let guarded = panic.location().is_some_and(|at| {
            ["rqrr-", "calamine-", "hayro-", "vello_", "image-", "png-", "zune-"].iter().any(|name| at.file().contains(name))
        });
        if !guarded {
            usual(panic);
        }
    }));
}

fn exit_code(findings: &[Finding]) -> ExitCode {
    let outside = |f: &Finding| {
        matches!(
            f.problem,
            Problem::WriteFailed { .. } | Problem::LeadsElsewhere { .. } | Problem::FileUnreadable { .. } | Problem::PdfRefused { .. }
        )
    };
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
        data: common.data.as_deref().map(|data| world::table(data).to_string()),
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
        from: common.from.clone(),
        limits: limits(common),
        date: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok()).filter(|s| (0..=LAST_SECOND).contains(s)).map(day),
    }
}

fn limits(common: &Common) -> Limits {
    raised(&common.limit)
}

/// The bounds, but for those that are named.
fn raised(named: &[(Limit, u64)]) -> Limits {
    named.iter().fold(Limits::default(), |limits, (limit, most)| limits.with(*limit, *most))
}

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;
