//! What a run writes, and where: nowhere but in the folder that the user has named.

use super::args::FileFormat;
use super::whole::{sweep, whole};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File};
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

/// Whether what keeps a file from being written keeps the next ones too: it does unless it is about that file alone. What is
/// wrong with a folder is taken to be wrong with all.
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

/// The folder that a path is in.
pub fn folder_of(path: &Path) -> &Path {
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
