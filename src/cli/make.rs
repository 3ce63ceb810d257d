//! One render: files are written as they are finished, and what was found is told at the end.

use super::args::{Common, FileFormat};
use super::progress::Progress;
use super::report::{Filed, Report, talk};
use super::world::{self, Outside};
use super::write::{self, Folders, Listing, Manifests, Wanted};
use super::{exit_code, options};
use std::ops::ControlFlow;
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::files::World;
use toroi::render::{Artwork, Event, Options, render_each};

/// What was made, and what was found.
pub struct Made {
    pub files: Vec<Filed>,
    pub findings: Vec<Finding>,
    /// The first file, where it goes to standard output.
    held: Option<Vec<u8>>,
}

/// Renders a campaign, and writes what is wanted of it; where nothing is, it is only checked.
pub fn make(world: &dyn World, common: &Common, wanted: Option<&Wanted>, lang: Lang) -> Made {
    let options = Options { pack: wanted.is_some_and(|wanted| wanted.pack), ..options(common) };
    let mut desk = Desk {
        folder: &common.out,
        wanted,
        folders: Folders::default(),
        files: Vec::new(),
        held: None,
        manifests: Manifests::default(),
        failed: Vec::new(),
    };
    let mut progress = Progress::new(lang);
    let mut findings = render_each(world, world::campaign(&common.campaign), &options, &mut |event| match event {
        Event::LaidOut { piece, press, records, of } => {
            progress.show(piece, press, records, of);
            ControlFlow::Continue(())
        }
        Event::Made(artwork) => desk.take(*artwork),
    });
    progress.finish();
    desk.finish();
    findings.append(&mut desk.failed);
    // First why, then what follows from it.
    findings.sort_by_key(|finding| matches!(finding.problem, Problem::Stopped { .. }));
    Made { files: desk.files, findings, held: desk.held }
}

/// Does so once, as the command line has it.
pub fn once(common: &Common, wanted: Option<&Wanted>, lang: Lang) -> ExitCode {
    let to_stdout = common.out == "-" && wanted.is_some();
    let only_pdf = |wanted: &Wanted| wanted.formats == [FileFormat::Pdf] && !wanted.pack && !wanted.manifest;
    if to_stdout && (common.json || !wanted.is_some_and(only_pdf)) {
        talk(lang.pick(
            "Ra đầu ra chuẩn (-o -) chỉ có một tệp PDF, không kèm ảnh, tệp zip, tệp kê hay JSON.",
            "Standard output (-o -) takes one PDF, and no pictures, packs, manifests or JSON with it.",
        ));
        return ExitCode::from(2);
    }
    let world = match Outside::of(common, lang) {
        Ok(world) => world,
        Err(code) => return code,
    };
    let mut made = make(&world, common, wanted, lang);
    if !to_stdout {
        return match made.report(&world, common.json, lang) {
            Ok(()) => exit_code(&made.findings),
            Err(code) => code,
        };
    }
    if !any_error(&made.findings) && made.files.len() != 1 {
        let names: Vec<&str> = made.files.iter().map(|file| file.artwork.file.as_str()).take(5).collect();
        let (count, names) = (made.files.len(), names.join(", ") + if made.files.len() > 5 { ", …" } else { "" });
        talk(&match lang {
            Lang::Vi if count == 0 => "Lần này không có tệp nào để ghi ra đầu ra chuẩn.".to_string(),
            Lang::En if count == 0 => "There is no file to write to standard output.".to_string(),
            Lang::Vi => format!("Ra đầu ra chuẩn chỉ được một tệp, mà ở đây có {count}: {names}. Chọn một bằng --piece và --press."),
            Lang::En => format!("Standard output takes one file, and there are {count}: {names}. Choose one with --piece and --press."),
        });
        return ExitCode::from(2);
    }
    if let Some(bytes) = made.held.take().filter(|_| !any_error(&made.findings))
        && let Err(problem) = write::stdout(&bytes)
    {
        made.findings.push(Finding::in_file("<stdout>", problem));
    }
    Report { files: &made.files, contact: &[], findings: &made.findings, world: &world, lang }.talk();
    exit_code(&made.findings)
}

impl Made {
    /// Tells what was made and found.
    pub fn report(&self, world: &dyn World, json: bool, lang: Lang) -> Result<(), ExitCode> {
        let report = Report { files: &self.files, contact: &[], findings: &self.findings, world, lang };
        if json {
            return report.json();
        }
        report.people();
        Ok(())
    }
}

/// Where files are put.
struct Desk<'a> {
    folder: &'a str,
    /// What of each file is written; nothing where the campaign is only checked.
    wanted: Option<&'a Wanted>,
    folders: Folders,
    files: Vec<Filed>,
    /// The first file, where the folder is standard output: it is written once it is known to be the only one.
    held: Option<Vec<u8>>,
    manifests: Manifests,
    failed: Vec<Finding>,
}

impl Desk<'_> {
    /// Writes a file, and keeps what is to be said of it. Breaks off where no other could be written either.
    fn take(&mut self, mut artwork: Artwork) -> ControlFlow<()> {
        let with_manifest = self.wanted.is_some_and(|wanted| wanted.manifest);
        if with_manifest {
            let complete = self.manifests.complete(&artwork, self.folder);
            self.list(complete);
        }
        let written = match self.wanted {
            Some(_) if self.folder == "-" => {
                let bytes = &artwork.bytes;
                self.held.get_or_insert_with(|| bytes.clone());
                Ok(Vec::new())
            }
            Some(wanted) => self.folders.artwork(&artwork, self.folder, wanted),
            None => Ok(Vec::new()),
        };
        let listed = with_manifest.then(|| self.manifests.add(&artwork, self.folder, written.is_ok()));
        match written {
            Ok(mut paths) => {
                paths.extend(listed);
                let size = artwork.bytes.len();
                (artwork.bytes, artwork.pack) = (Vec::new(), None);
                self.files.push(Filed { artwork, paths, size });
                ControlFlow::Continue(())
            }
            Err(problem) => {
                let ends = write::ends_the_run(&problem);
                self.failed.push(Finding::in_file(self.folder, problem));
                if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }
        }
    }

    /// Writes a manifest; it is none of the files of what it would list where it cannot be.
    fn list(&mut self, listing: Option<Listing>) {
        let Some(Listing { path, bytes }) = listing else { return };
        let written = bytes.map(|bytes| self.folders.file(&path, &bytes));
        if !matches!(written, Some(Ok(()))) {
            self.files.iter_mut().for_each(|file| file.paths.retain(|known| *known != path));
        }
        self.failed.extend(written.and_then(Result::err).map(|problem| Finding::in_file(self.folder, problem)));
    }

    /// Writes what was kept for the end, and makes all of it last.
    fn finish(&mut self) {
        let last = self.manifests.take();
        self.list(last);
        self.failed.extend(self.folders.settled().err().map(|problem| Finding::in_file(self.folder, problem)));
    }
}
