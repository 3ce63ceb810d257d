//! Files are whole or not there, at whatever moment the command is stopped, and stay where they were put.

use super::args::FileFormat;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use toroi::diag::Problem;
use toroi::preview::Preview;
use toroi::render::{Artwork, manifest};

/// What of each file is to be written.
pub struct Wanted {
    pub formats: Vec<FileFormat>,
    /// Resolution of pictures.
    pub ppi: f64,
    pub pack: bool,
    pub manifest: bool,
}

/// The folders that one run writes to. What it has written is safe from a power cut once it is [`Folders::settled`].
#[derive(Default)]
pub struct Folders(BTreeSet<PathBuf>);

impl Folders {
    /// Writes a piece as it is wanted into a folder; gives the paths.
    pub fn artwork(&mut self, artwork: &Artwork, folder: &str, wanted: &Wanted) -> Result<Vec<PathBuf>, Problem> {
        let folder = Path::new(if folder.is_empty() { "." } else { folder });
        let pdf = folder.join(&artwork.file);
        let own = pdf.parent().unwrap_or(folder);
        self.enter(own, folder)?;
        let mut written = Vec::new();
        let mut put = |path: PathBuf, bytes: &[u8]| {
            whole(&path, bytes).map_err(|e| failed(&path, &e))?;
            written.push(path);
            Ok(())
        };
        let stem = artwork.file.strip_suffix(".pdf").unwrap_or(&artwork.file);
        if wanted.formats.contains(&FileFormat::Pdf) {
            put(pdf.clone(), &artwork.bytes)?;
        }
        if let Some(pack) = &artwork.pack {
            put(folder.join(&pack.file), &pack.bytes)?;
        }
        if wanted.formats.contains(&FileFormat::Png) {
            written.extend(pictures(artwork.bytes.clone(), &folder.join(stem), artwork.before, wanted.ppi)?);
        }
        Ok(written)
    }

    /// Writes a file, and the folder that it belongs in where there is none.
    pub fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Problem> {
        self.open(folder_of(path))?;
        whole(path, bytes).map_err(|e| failed(path, &e))
    }

    /// Writes a file of a folder, by its name from there, which may lead deeper.
    pub fn inside(&mut self, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        let path = folder.join(name);
        self.enter(folder_of(&path), folder)?;
        whole(&path, bytes).map_err(|e| failed(&path, &e))
    }

    /// Opens a folder, which must not be elsewhere than in another one, or that itself.
    fn enter(&mut self, own: &Path, folder: &Path) -> Result<(), Problem> {
        made(own)?;
        if own != folder {
            stays_within(own, folder)?;
        }
        self.open(own)
    }

    /// Makes a folder where there is none; what killed runs have left in it is cleared away once.
    fn open(&mut self, folder: &Path) -> Result<(), Problem> {
        made(folder)?;
        if self.0.insert(folder.to_path_buf()) {
            sweep(folder);
        }
        Ok(())
    }

    /// Sees to it that the names of all files survive a power cut: once for a folder, not for each file in it.
    pub fn settled(&self) -> Result<(), Problem> {
        self.0.iter().try_for_each(|folder| settle(folder))
    }
}

/// Writes one file as [`Folders::file`] does, for good.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let mut folders = Folders::default();
    folders.file(path, bytes)?;
    folders.settled()
}

/// Writes a PDF of ours and a picture of each of its pages, for good; gives the paths.
pub fn pages(bytes: Vec<u8>, folder: &Path, stem: &str, ppi: f64) -> Result<Vec<PathBuf>, Problem> {
    let mut folders = Folders::default();
    let pdf = folder.join(format!("{stem}.pdf"));
    folders.file(&pdf, &bytes)?;
    let mut written = vec![pdf];
    written.extend(pictures(bytes, &folder.join(stem), 0, ppi)?);
    folders.settled().map(|()| written)
}

/// Writes a picture of each page, numbered on from those that come before.
fn pictures(pdf: Vec<u8>, stem: &Path, before: usize, ppi: f64) -> Result<Vec<PathBuf>, Problem> {
    let stem = stem.display();
    let preview = Preview::open(pdf).ok_or_else(|| Problem::FileFault { detail: "unreadable".into() })?;
    let digits = (before + preview.pages()).to_string().len();
    let page = |index: usize| {
        let path = PathBuf::from(format!("{stem}-{:0digits$}.png", before + index + 1));
        let raster = preview.page(index, ppi).ok_or_else(|| failed(&path, &ErrorKind::FileTooLarge.into()))?;
        whole(&path, &raster.png()).map_err(|e| failed(&path, &e))?;
        Ok(path)
    };
    (0..preview.pages()).into_par_iter().map(page).collect()
}

/// A manifest. It has nothing in it where one of the files that it would list is not there.
pub struct Listing {
    pub path: PathBuf,
    pub bytes: Option<Vec<u8>>,
}

/// The manifest in the making: that of all files of a piece's records is one, written once the last of them is there.
#[derive(Default)]
pub struct Manifests(Option<Listing>);

impl Manifests {
    /// Gives the one before, where a file begins another.
    pub fn complete(&mut self, next: &Artwork, folder: &str) -> Option<Listing> {
        self.0.take_if(|listing| listing.path != Path::new(folder).join(&next.manifest))
    }

    /// Takes in what is in a file, or that it is not written; gives the path.
    pub fn add(&mut self, artwork: &Artwork, folder: &str, is_written: bool) -> PathBuf {
        let path = Path::new(folder).join(&artwork.manifest);
        let listing = self.0.get_or_insert_with(|| Listing { path: path.clone(), bytes: Some(Vec::new()) });
        match &mut listing.bytes {
            Some(bytes) if is_written => bytes.extend(manifest(artwork)),
            bytes => *bytes = None,
        }
        path
    }

    /// The last one.
    pub fn take(&mut self) -> Option<Listing> {
        self.0.take()
    }
}

/// Writes a file to standard output. A reader that leaves early is no fault.
pub fn stdout(bytes: &[u8]) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|e| failed(Path::new("<stdout>"), &e)),
    }
}

/// Whether what keeps a file from being written keeps the next ones too: it does unless it is about that file alone.
pub fn ends_the_run(problem: &Problem) -> bool {
    let of_one = [
        ErrorKind::NotFound,
        ErrorKind::IsADirectory,
        ErrorKind::AlreadyExists,
        ErrorKind::ResourceBusy,
        ErrorKind::FileTooLarge,
        ErrorKind::InvalidFilename,
    ];
    match problem {
        Problem::WriteFailed { kind, .. } => !of_one.contains(kind),
        Problem::LeadsElsewhere { .. } => true,
        _ => false,
    }
}

fn failed(path: &Path, error: &io::Error) -> Problem {
    Problem::WriteFailed { path: path.display().to_string(), kind: error.kind(), why: error.to_string() }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder and those that it is in, each for good.
fn made(folder: &Path) -> Result<(), Problem> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder_of(folder);
    if parent != folder {
        made(parent)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => settle(parent),
        // Another run was quicker.
        Err(_) if folder.is_dir() => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(failed(folder, &ErrorKind::NotADirectory.into())),
        Err(error) => Err(failed(folder, &error)),
    }
}

/// A folder that lies elsewhere by a link is not written to: only the user says where files go.
fn stays_within(own: &Path, folder: &Path) -> Result<(), Problem> {
    let real = |path: &Path| path.canonicalize().map_err(|e| failed(path, &e));
    let (to, within) = (real(own)?, real(folder)?);
    match to.starts_with(within) {
        true => Ok(()),
        false => Err(Problem::LeadsElsewhere { path: own.display().to_string(), to: to.display().to_string() }),
    }
}

/// Writes the names in a folder to its disk. File systems that cannot are not to blame.
fn settle(folder: &Path) -> Result<(), Problem> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied) => {
            Err(failed(folder, &error))
        }
        _ => Ok(()),
    }
}

const PART: (&str, &str) = (".toroi-", ".part");

/// A name for a file in the making, which no other run has: those in containers and on network shares may have the same
/// process number.
fn part_in(folder: &Path) -> PathBuf {
    let number = RandomState::new().build_hasher().finish();
    folder.join(format!("{}{number:016x}{}", PART.0, PART.1))
}

/// Removes what killed runs have left. Whoever makes a file holds its lock, which goes with the process, however that
/// ends: no clock and no process number says so, and those of other runs stay. Where a file system has no locks, all do.
fn sweep(folder: &Path) {
    let is_part = |name: &str| name.starts_with(PART.0) && name.ends_with(PART.1);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        // Not opened where it is something else than a file: a pipe would wait.
        if entry.file_name().to_str().is_some_and(is_part) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let path = entry.path();
            let Ok(part) = File::open(&path) else { continue };
            if part.try_lock().is_ok() {
                // It does no harm where it stays.
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// A file that is whole, but has not the name that it is to have. It is locked while it is held.
struct Part {
    path: PathBuf,
    _held: File,
}

/// Writes a file that is there whole or not at all. Whatever has its name is replaced, not written through.
fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let part = match nameless(path, bytes) {
        Some(Err(error)) => return Err(error),
        Some(Ok(None)) => return Ok(()),
        Some(Ok(Some(part))) => part,
        None => named(folder_of(path), bytes)?,
    };
    fs::rename(&part.path, path).map_err(|error| {
        // Nothing to do where even that fails: the error itself is told.
        let _ = fs::remove_file(&part.path);
        match error.kind() {
            // The folder lets files be made, as this one was: it is the old file that may not be touched.
            ErrorKind::PermissionDenied => ErrorKind::ResourceBusy.into(),
            _ => error,
        }
    })
}

/// Writes a file beside the one that it is to become.
fn named(folder: &Path, bytes: &[u8]) -> io::Result<Part> {
    loop {
        let path = part_in(folder);
        let mut file = match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            file => file?,
        };
        // The sweep of another run may come before the lock.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || !path.exists() {
            continue;
        }
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        return Ok(Part { path, _held: file });
    }
}

/// Writes a file that gets a name only once it is whole: it is gone with the process that is killed before. No part where
/// it has its own name already, as nothing had that before. None where the file system knows no such files.
#[cfg(target_os = "linux")]
fn nameless(path: &Path, bytes: &[u8]) -> Option<io::Result<Option<Part>>> {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags};
    use rustix::io::Errno;
    use std::os::fd::AsRawFd;
    let folder = folder_of(path);
    let file = rustix::fs::open(folder, OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC, Mode::from_raw_mode(0o666)).ok()?;
    let mut file = File::from(file);
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        return Some(Err(error));
    }
    let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |to: &Path| rustix::fs::linkat(CWD, itself.as_str(), CWD, to, AtFlags::SYMLINK_FOLLOW);
    match link(path) {
        Ok(()) => return Some(Ok(None)),
        Err(Errno::EXIST) => {}
        Err(_) => return None,
    }
    // Where there are no locks, nobody sweeps.
    let _ = file.try_lock();
    loop {
        let path = part_in(folder);
        match link(&path) {
            Ok(()) => return Some(Ok(Some(Part { path, _held: file }))),
            Err(Errno::EXIST) => {}
            Err(_) => return None,
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path, _: &[u8]) -> Option<io::Result<Option<Part>>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::{scope, sleep};
    use std::time::Duration;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("toroi-write-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn threads_that_write_one_file_leave_one_of_theirs_whole() {
        let folder = folder("threads");
        let path = folder.join("a.pdf");
        let text = |thread: u8| vec![thread; 100_000 + usize::from(thread)];
        scope(|threads| {
            for thread in 0..8 {
                let path = &path;
                threads.spawn(move || (0..10).for_each(|_| whole(path, &text(thread)).unwrap()));
            }
            for _ in 0..50 {
                if let Ok(bytes) = fs::read(&path) {
                    assert_eq!(bytes, text(bytes[0]));
                }
                sleep(Duration::from_millis(1));
            }
        });
        assert_eq!(names(&folder), ["a.pdf"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_a_killed_run_has_left_goes_and_what_is_being_made_stays() {
        let folder = folder("sweep");
        fs::write(part_in(&folder), "dở").unwrap();
        fs::write(folder.join("của người khác.part"), "").unwrap();
        let part = named(&folder, b"whole").unwrap();
        let own = part.path.file_name().unwrap().to_str().unwrap();
        sweep(&folder);
        assert_eq!(names(&folder), [own, "của người khác.part"]);
        fs::rename(&part.path, folder.join("a.pdf")).unwrap();
        assert_eq!(fs::read(folder.join("a.pdf")).unwrap(), b"whole");
        let killed = named(&folder, b"whole").unwrap();
        drop(killed);
        sweep(&folder);
        assert_eq!(names(&folder), ["a.pdf", "của người khác.part"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn sweeps_amid_writers_harm_none() {
        let folder = folder("amid");
        let to_do = AtomicUsize::new(4);
        scope(|threads| {
            let (folder, to_do) = (&folder, &to_do);
            for thread in 0..4 {
                threads.spawn(move || {
                    let write = |i: usize| {
                        let part = named(folder, b"whole")?;
                        fs::rename(&part.path, folder.join(format!("{thread}-{}", i % 2)))
                    };
                    let failed: Vec<io::Error> = (0..200).filter_map(|i| write(i).err()).collect();
                    // Before anything may panic: the sweeps end with it.
                    to_do.fetch_sub(1, Ordering::Relaxed);
                    assert!(failed.is_empty(), "{failed:?}");
                });
            }
            for _ in 0..4 {
                threads.spawn(move || {
                    while to_do.load(Ordering::Relaxed) > 0 {
                        sweep(folder);
                    }
                });
            }
        });
        assert_eq!(names(&folder).len(), 8);
        fs::remove_dir_all(folder).unwrap();
    }
}
