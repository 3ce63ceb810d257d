//! The outside world as commands see it: the disk, and standard input where it is asked for by `-`.

use super::args::Common;
use super::report::talk;
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use toroi::diag::{Lang, Problem};
use toroi::files::{Disk, World};
use toroi::limits::Limit;

/// Standard input in findings, as a campaign or any file, and as a table.
pub const STDIN: &str = "<stdin>";
const TABLE: &str = "<stdin>.csv";

/// The path by which the world knows a campaign.
pub fn campaign(asked: &str) -> &str {
    if asked == "-" { STDIN } else { asked }
}

/// And a table.
pub fn table(asked: &str) -> &str {
    if asked == "-" { TABLE } else { asked }
}

/// All of standard input, but for what goes beyond so many bytes and one.
pub fn stdin(most: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|e| Problem::FileUnreadable { path: STDIN.into(), why: e.to_string() })
}

/// The disk, and standard input, which can be read but once.
#[derive(Default)]
pub struct Outside {
    stdin: Option<Result<Vec<u8>, Problem>>,
}

impl Outside {
    /// Reads standard input where a campaign or a table stands in it. Where both would, that is told.
    pub fn of(common: &Common, lang: Lang) -> Result<Outside, ExitCode> {
        let asked = [common.campaign == "-", common.data.as_deref() == Some("-")];
        if asked == [true, true] {
            talk(lang.pick(
                "Đầu vào chuẩn chỉ có một: hoặc chiến dịch là `-`, hoặc --data là `-`.",
                "There is but one standard input: either the campaign is `-`, or --data is.",
            ));
            return Err(ExitCode::from(2));
        }
        let bound = if asked[0] { Limit::YamlBytes } else { Limit::TableBytes };
        let most = super::limits(common).of(bound);
        Ok(Outside { stdin: asked.contains(&true).then(|| stdin(most)) })
    }
}

impl World for Outside {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        match &self.stdin {
            Some(bytes) if path == STDIN || path == TABLE => bytes.clone(),
            _ => Disk.read(path, most),
        }
    }

    fn real(&self, path: &str) -> Option<PathBuf> {
        Disk.real(path)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        Disk.list(folder)
    }

    fn today(&self) -> Option<String> {
        Disk.today()
    }
}
