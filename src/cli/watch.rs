//! `toroi watch`: renders again when a file is saved.
//!
//! It looks at the files from time to time instead of being told by the system: that also works on network shares and USB
//! sticks, and with editors that put a new file in the place of the old.

use super::args::{Common, FileFormat};
use super::make::{Made, make};
use super::report::{say, talk};
use super::write::Wanted;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, SystemTime};
use toroi::diag::{Lang, Problem, Severity};
use toroi::files::{Disk, World};

/// How long it waits before it looks again.
const PAUSE: Duration = Duration::from_millis(250);

/// Renders, and again whenever something has changed that the last render asked for. Ends when it is stopped.
pub fn watch(common: &Common, ppi: f64, lang: Lang) -> ExitCode {
    if [common.campaign.as_str(), &common.out].contains(&"-") || common.data.as_deref() == Some("-") {
        talk(lang.pick("`watch` cần tệp và thư mục thật, không dùng được `-`.", "`watch` takes files and a folder, not `-`."));
        return ExitCode::from(2);
    }
    let wanted = Wanted { formats: vec![FileFormat::Pdf, FileFormat::Png], ppi, pack: false, manifest: false };
    let mut own = BTreeSet::new();
    for round in 1_u32.. {
        let world = Watched::default();
        let made = make(&world, common, Some(&wanted), lang);
        if let Err(code) = made.report(&world, common.json, lang) {
            return code;
        }
        own.extend(made.files.iter().flat_map(|file| &file.paths).flat_map(|path| with_folders(path)));
        told(round, &made, common.json, lang);
        world.wait(&own);
    }
    ExitCode::SUCCESS
}

/// That a round is done, and what came of it.
fn told(round: u32, made: &Made, json: bool, lang: Lang) {
    let count = |severity: Severity| made.findings.iter().filter(|finding| finding.severity() == severity).count();
    let (files, errors, warnings) = (made.files.len(), count(Severity::Error), count(Severity::Warning));
    let counted = |n: usize, word: &str| if n == 1 { format!("{n} {word}") } else { format!("{n} {word}s") };
    let line = match lang {
        Lang::Vi => format!("#{round}: {files} tệp, {errors} lỗi, {warnings} cảnh báo. Đang chờ bạn lưu tệp; Ctrl-C để thôi."),
        Lang::En => format!(
            "#{round}: {}, {}, {}. Waiting for a file to be saved; Ctrl-C ends.",
            counted(files, "file"),
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    };
    if json { talk(&line) } else { say(&line) }
}

/// A path as the system knows it, and the folders that it is in.
fn with_folders(path: &Path) -> Vec<PathBuf> {
    path.canonicalize().map_or_else(|_| Vec::new(), |whole| whole.ancestors().map(Path::to_path_buf).collect())
}

/// The disk, and how that stood which was asked of it, when it was first asked.
#[derive(Default)]
struct Watched {
    files: Mutex<BTreeMap<String, Stamp>>,
    folders: Mutex<BTreeMap<String, Vec<String>>>,
}

/// When a file was written and how long it is; none where there is no file.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &str) -> Stamp {
    let known = std::fs::metadata(path).ok()?;
    Some((known.modified().ok()?, known.len()))
}

impl World for Watched {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        // Before it is read: what is saved meanwhile is seen as a change.
        let stamp = stamp(path);
        // Whoever panicked with it has left it whole: it is only ever added to.
        self.files.lock().unwrap_or_else(PoisonError::into_inner).entry(path.into()).or_insert(stamp);
        Disk.read(path, most)
    }

    fn real(&self, path: &str) -> Option<PathBuf> {
        Disk.real(path)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let names = Disk.list(folder);
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).entry(folder.into()).or_insert_with(|| names.clone());
        names
    }

    fn today(&self) -> Option<String> {
        Disk.today()
    }
}

/// How files and folders stand at one moment, but for our own.
#[derive(PartialEq)]
struct Standing {
    files: Vec<(String, Stamp)>,
    folders: Vec<(String, Vec<String>)>,
}

impl Watched {
    /// Waits until something has changed, and then until nothing changes any more: an editor may write a file in parts.
    fn wait(self, own: &BTreeSet<PathBuf>) {
        let is_own = |path: &Path| path.canonicalize().is_ok_and(|whole| own.contains(&whole));
        let others = |folder: &str, names: Vec<String>| -> Vec<String> {
            names.into_iter().filter(|name| !is_own(&Path::new(folder).join(name))).collect()
        };
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files: Vec<(String, Stamp)> = files.into_iter().filter(|(path, _)| !is_own(Path::new(path))).collect();
        let folders = self.folders.into_inner().unwrap_or_else(PoisonError::into_inner);
        let folders = folders.into_iter().map(|(folder, names)| (folder.clone(), others(&folder, names))).collect();
        let then = Standing { files, folders };
        let now = || Standing {
            files: then.files.iter().map(|(path, _)| (path.clone(), stamp(path))).collect(),
            folders: then.folders.iter().map(|(folder, _)| (folder.clone(), others(folder, Disk.list(folder)))).collect(),
        };
        let mut last = now();
        let mut changed = last != then;
        loop {
            sleep(PAUSE);
            let current = now();
            let settled = current == last;
            if changed && settled {
                return;
            }
            changed |= current != then;
            last = current;
        }
    }
}
