//! What a print shop is handed: the press PDF, a proof to look at, a manifest of every slot, a job ticket, and the
//! sums of all of them, in one zip.

mod manifest;
mod proof;
mod ticket;

use super::Artwork;
use super::shop::Shop;
use crate::diag::{Finding, Problem};
use crate::pdf::Meta;
use crate::preview::Preview;
use crate::sheet::Plan;
use crate::template::bind::Job;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Write};
use ticket::Facts;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use manifest::manifest;

/// A pack for a print shop.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Name of its file: `tem-xe-vinyl.zip`.
    pub file: String,
    /// The zip.
    pub bytes: Vec<u8>,
}

impl Shop<'_> {
    /// Packs a finished file; none where its ticket cannot be made, which is told.
    pub(super) fn pack(&mut self, job: &Job<'_>, artwork: &Artwork, plan: &Plan, meta: &Meta) -> Option<Pack> {
        let stem = artwork.file.trim_end_matches(".pdf");
        let sum = sum(&artwork.bytes);
        let [proof, listed, ticket] = ["proof.pdf", "manifest.csv", "ticket.pdf"].map(|end| format!("{stem}-{end}"));
        let preview = Preview::open(artwork.bytes.clone());
        let made = preview.ok_or(Problem::FileFault { detail: "unreadable".into() }).and_then(|preview| {
            let seen = proof::seen(&preview, artwork, self.fonts, meta)?;
            let proof_told = proof::told(artwork.pages).map_or(proof.clone(), |pages| format!("{proof} ({pages})"));
            let facts = Facts { plan, sum: &sum, others: &[proof_told.as_str(), listed.as_str()], meta };
            let ticket_pdf = self.ticket(job, artwork, &facts, &preview)?;
            let files =
                [(artwork.file.as_str(), artwork.bytes.as_slice()), (&proof, &seen), (&listed, &manifest(artwork)), (&ticket, &ticket_pdf)];
            zipped(&files, meta.date.as_deref()).map_err(|detail| Problem::FileFault { detail })
        });
        match made {
            Ok(bytes) => Some(Pack { file: format!("{stem}.zip"), bytes }),
            Err(problem) => {
                self.findings.push(Finding::in_file(&format!("{stem}.zip"), problem));
                None
            }
        }
    }
}

/// A sum as its tools write it.
pub(super) fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files and their sums. The same files give the same bytes: the day is the campaign's.
fn zipped(files: &[(&str, &[u8])], date: Option<&str>) -> Result<Vec<u8>, String> {
    let mut numbers = date.unwrap_or_default().split('-').filter_map(|part| part.parse::<u16>().ok());
    let day = match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(year), Some(month), Some(day)) => DateTime::from_date_and_time(year, month as u8, day as u8, 0, 0, 0).ok(),
        _ => None,
    };
    // What weighs something is deflated by itself.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(day.unwrap_or_default())
        .unix_permissions(0o644);
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", sum(bytes))).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files.iter().copied().chain([("SHA256SUMS", sums.as_bytes())]) {
        zip.start_file(name, options).map_err(|e| e.to_string())?;
        zip.write_all(bytes).map_err(|e| e.to_string())?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|e| e.to_string())
}
