//! Files are whole or not there: each is written under a temporary name beside its own and renamed.

use super::args::FileFormat;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use toroi::diag::Problem;
use toroi::preview::Preview;
use toroi::render::Artwork;

/// Writes a piece in the formats asked for; gives the paths.
pub fn artwork(artwork: &Artwork, folder: &str, formats: &[FileFormat], ppi: f64) -> Result<Vec<PathBuf>, Problem> {
    let folder = Path::new(folder);
    let failed = |path: &Path, e: &io::Error| Problem::WriteFailed { path: path.display().to_string(), why: e.to_string() };
    fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    let mut written = Vec::new();
    let pdf = folder.join(&artwork.file);
    if formats.contains(&FileFormat::Pdf) {
        whole(&pdf, &artwork.bytes).map_err(|e| failed(&pdf, &e))?;
        written.push(pdf.clone());
    }
    if let Some(pack) = &artwork.pack {
        let path = folder.join(&pack.file);
        whole(&path, &pack.bytes).map_err(|e| failed(&path, &e))?;
        written.push(path);
    }
    if formats.contains(&FileFormat::Png) {
        let preview = Preview::open(artwork.bytes.clone()).ok_or_else(|| failed(&pdf, &io::Error::other("unreadable")))?;
        let digits = artwork.pages.to_string().len();
        let stem = artwork.file.trim_end_matches(".pdf");
        let page = |index: usize| {
            let path = folder.join(format!("{stem}-{:0digits$}.png", index + 1));
            let raster = preview.page(index, ppi).ok_or_else(|| failed(&path, &io::Error::other("too large")))?;
            whole(&path, &raster.png()).map_err(|e| failed(&path, &e))?;
            Ok(path)
        };
        let pages: Result<Vec<PathBuf>, Problem> = (0..artwork.pages).into_par_iter().map(page).collect();
        written.extend(pages?);
    }
    Ok(written)
}

pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let done = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    if done.is_err() {
        // Nothing to do where even that fails: the error itself is told.
        let _ = fs::remove_file(&part);
    }
    done
}
