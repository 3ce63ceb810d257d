//! The proof sheet of a campaign.

use super::args::{Common, may_pass};
use super::report::{Filed, Report, say, talk};
use super::world::{self, Outside};
use super::{exit_code, options, write};
use std::path::Path;
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::render::{Artwork, Options, Proof, contact_sheet, render};

/// The name of its files.
const STEM: &str = "contact";

/// Makes it, of the files as they would be printed: on their sheets, and also where something about their looks forbids
/// to print them.
pub fn make(common: &Common, ppi: f64, lang: Lang) -> ExitCode {
    if common.out == "-" {
        talk(lang.pick("Tờ duyệt có nhiều tệp: ghi tên một thư mục sau -o.", "A proof sheet is several files: name a folder after -o."));
        return ExitCode::from(2);
    }
    let asked = Options { items: true, ..options(common) };
    let outside = match Outside::of(common, lang) {
        Ok(outside) => outside,
        Err(code) => return code,
    };
    let campaign = world::campaign(&common.campaign);
    let mut outcome = render(&outside, campaign, &asked);
    if any_error(&outcome.findings) {
        // Whoever is to mend a piece must see it: for the pictures alone everything is let pass that may be, and codes that
        // cannot be read on their page are not looked at.
        let lenient = Options { allow: may_pass().map(String::from).collect(), proof: Proof::Off, ..asked };
        outcome.artworks = render(&outside, campaign, &lenient).artworks;
    }
    let sheet = contact_sheet(&outcome, lang);
    let written = sheet.and_then(|bytes| write::pages(bytes, Path::new(&common.out), STEM, ppi));
    let (paths, failed): (Vec<_>, Option<Problem>) = match written {
        Ok(paths) => (paths, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    outcome.findings.extend(failed.map(|problem| Finding::in_file(&common.out, problem)));
    let filed = |artwork: Artwork| Filed { size: artwork.bytes.len(), paths: Vec::new(), artwork };
    let files: Vec<Filed> = outcome.artworks.into_iter().map(filed).collect();
    let report = Report { files: &files, contact: &paths, findings: &outcome.findings, world: &outside, lang };
    if common.json {
        if let Err(code) = report.json() {
            return code;
        }
    } else {
        report.tell_findings();
        paths.iter().for_each(|path| say(&path.display().to_string()));
        report.tell_summary();
    }
    exit_code(&outcome.findings)
}
