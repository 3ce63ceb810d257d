//! The proof sheet of a campaign.

use super::args::{Common, may_pass};
use super::report::{Filed, Report, say};
use super::{exit_code, options, write};
use std::path::Path;
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::files::Disk;
use toroi::render::{Artwork, Options, Outcome, Proof, contact_sheet, render};

/// The name of its files.
const STEM: &str = "contact";

/// Makes it, of the files as they would be printed: on their sheets, and also where something about their looks forbids
/// to print them.
pub fn make(common: &Common, ppi: f64, lang: Lang) -> ExitCode {
    let asked = Options { items: true, allow: may_pass().map(String::from).collect(), ..options(common) };
    let mut outcome = render(&Disk, &common.campaign, &asked);
    if any_error(&outcome.findings) {
        // A piece whose codes cannot be read on its page has no file: whoever is to mend it must see it all the same.
        outcome.artworks = render(&Disk, &common.campaign, &Options { proof: Proof::Off, ..asked }).artworks;
    }
    judge_as_usual(&mut outcome, &common.allow);
    let sheet = contact_sheet(&outcome, lang);
    let written = sheet.and_then(|bytes| write::pages(bytes, Path::new(&common.out), STEM, ppi));
    let (paths, failed): (Vec<_>, Option<Problem>) = match written {
        Ok(paths) => (paths, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    outcome.findings.extend(failed.map(|problem| Finding::in_file(&common.out, problem)));
    let filed = |artwork: Artwork| Filed { size: artwork.bytes.len(), paths: Vec::new(), artwork };
    let files: Vec<Filed> = outcome.artworks.into_iter().map(filed).collect();
    let report = Report { files: &files, contact: &paths, findings: &outcome.findings, lang };
    if common.json {
        report.json();
    } else {
        report.tell_findings();
        paths.iter().for_each(|path| say(&path.display().to_string()));
    }
    exit_code(&outcome.findings)
}

/// Judgements that neither the command nor the campaign lets pass are told as bad as they are: only for the sheet did
/// they not count.
fn judge_as_usual(outcome: &mut Outcome, allow: &[String]) {
    let pieces = outcome.campaign.as_ref().map_or(&[][..], |campaign| &campaign.pieces);
    for finding in &mut outcome.findings {
        let own = pieces.iter().filter(|piece| finding.place.piece.as_ref() == Some(&piece.name.value));
        let mut codes = own.flat_map(|piece| &piece.allow).map(|code| &code.value).chain(allow);
        finding.allowed &= codes.any(|code| code == finding.code());
    }
}
