//! Files are whole or not there, at whatever moment the command is stopped.

use super::args::FileFormat;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
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

/// Writes a piece as it is wanted; gives the paths.
pub fn artwork(artwork: &Artwork, folder: &str, wanted: &Wanted) -> Result<Vec<PathBuf>, Problem> {
    let folder = Path::new(folder);
    let pdf = folder.join(&artwork.file);
    let own = pdf.parent().unwrap_or(folder);
    fs::create_dir_all(own).map_err(|e| failed(own, &e))?;
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

/// Writes a PDF of ours and a picture of each of its pages; gives the paths.
pub fn pages(bytes: Vec<u8>, folder: &Path, stem: &str, ppi: f64) -> Result<Vec<PathBuf>, Problem> {
    fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    let pdf = folder.join(format!("{stem}.pdf"));
    whole(&pdf, &bytes).map_err(|e| failed(&pdf, &e))?;
    let mut written = vec![pdf];
    written.extend(pictures(bytes, &folder.join(stem), 0, ppi)?);
    Ok(written)
}

/// Writes a picture of each page, numbered on from those that come before.
fn pictures(pdf: Vec<u8>, stem: &Path, before: usize, ppi: f64) -> Result<Vec<PathBuf>, Problem> {
    let stem = stem.display();
    let path = |end: &str| PathBuf::from(format!("{stem}{end}"));
    let preview = Preview::open(pdf).ok_or_else(|| failed(&path(".pdf"), &io::Error::other("unreadable")))?;
    let digits = (before + preview.pages()).to_string().len();
    let page = |index: usize| {
        let path = path(&format!("-{:0digits$}.png", before + index + 1));
        let raster = preview.page(index, ppi).ok_or_else(|| failed(&path, &io::Error::other("too large")))?;
        whole(&path, &raster.png()).map_err(|e| failed(&path, &e))?;
        Ok(path)
    };
    (0..preview.pages()).into_par_iter().map(page).collect()
}

/// Manifests by their paths, kept until all files are written: those of a piece's records have one.
#[derive(Default)]
pub struct Manifests(BTreeMap<PathBuf, Vec<u8>>);

impl Manifests {
    /// Takes in what is in a file.
    pub fn add(&mut self, artwork: &Artwork, folder: &str) -> PathBuf {
        let path = Path::new(folder).join(&artwork.manifest);
        self.0.entry(path.clone()).or_default().extend(manifest(artwork));
        path
    }

    /// Writes them.
    pub fn write(&self) -> Result<(), Problem> {
        self.0.iter().try_for_each(|(path, bytes)| whole(path, bytes).map_err(|e| failed(path, &e)))
    }
}

/// Writes a file, and the folder that it belongs in where there is none.
pub fn in_folder(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    whole(path, bytes).map_err(|e| failed(path, &e))
}

/// Writes a file to standard output. A reader that leaves early is no fault.
pub fn stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

fn failed(path: &Path, error: &io::Error) -> Problem {
    Problem::WriteFailed { path: path.display().to_string(), why: error.to_string() }
}

/// Writes a file that is there whole or not at all.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let done = match unnamed(&part, bytes) {
        Some(done) => done,
        None => File::create(&part).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all())),
    };
    let done = done.and_then(|()| fs::rename(&part, path));
    if done.is_err() {
        // Nothing to do where even that fails: the error itself is told.
        let _ = fs::remove_file(&part);
    }
    done
}

/// Writes a file that gets its name only once it is whole: it is gone with the process that is killed before. None where
/// the file system knows no such files.
#[cfg(target_os = "linux")]
fn unnamed(path: &Path, bytes: &[u8]) -> Option<io::Result<()>> {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags};
    use std::os::fd::AsRawFd;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = rustix::fs::open(folder, OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC, Mode::from_raw_mode(0o666)).ok()?;
    let mut file = File::from(file);
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        return Some(Err(error));
    }
    let nameless = format!("/proc/self/fd/{}", file.as_raw_fd());
    // One left over from a process of the same number.
    let _ = fs::remove_file(path);
    rustix::fs::linkat(CWD, nameless.as_str(), CWD, path, AtFlags::SYMLINK_FOLLOW).ok().map(Ok)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path, _: &[u8]) -> Option<io::Result<()>> {
    None
}
