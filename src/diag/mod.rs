//! Findings: what is wrong or doubtful, where, and what to do. Data only; the command line prints them.

mod catalogue;
mod explain;
mod nearest;
mod problem;

use std::sync::Arc;

pub use catalogue::{CODES, Code};
pub use explain::explain;
pub use nearest::{distance, nearest};
pub(crate) use problem::beginning;
pub use problem::{Demand, Dense, Expected, Glimpse, Kind, NoRecord, Problem, Slip, Stage};

/// The language of messages. What a piece says is in the campaign's own languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// One of two sentences.
    pub fn pick<'t>(self, vi: &'t str, en: &'t str) -> &'t str {
        if self == Lang::Vi { vi } else { en }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The piece cannot be printed: its file is not written.
    Error,
    /// It prints, but look at it.
    Warning,
    /// Better done otherwise.
    Hint,
}

impl Severity {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }

    /// One step less bad.
    fn lowered(self) -> Severity {
        match self {
            Severity::Error => Severity::Warning,
            Severity::Warning | Severity::Hint => Severity::Hint,
        }
    }
}

/// Line and column in a file, both from 1; 0 where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Path as the user gave it, or `builtin:…` for what is compiled in.
    pub file: Arc<str>,
    /// Where in it.
    pub at: At,
}

/// A value and the place it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub spot: Spot,
}

/// Where a finding belongs. What does not apply is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File, line and column.
    pub spot: Spot,
    /// Name of the piece in the campaign.
    pub piece: Option<String>,
    /// Name of the size, where it depends on it.
    pub size: Option<String>,
    /// Name of the press, where it depends on it.
    pub press: Option<String>,
    /// Number of the record in the data, from 1 (the header is not counted).
    pub record: Option<usize>,
    /// Side of the piece.
    pub side: Option<String>,
    /// The box of the format, as its path from the side.
    pub in_box: Option<String>,
    /// Where that box is written, where `spot` is the place of what it says.
    pub of_box: Option<Spot>,
    /// Language of what it says.
    pub language: Option<String>,
    /// Name of the column in the data.
    pub column: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is the matter.
    pub problem: Problem,
    /// Where.
    pub place: Place,
    /// Whether it is let pass: then it is one step less bad.
    pub allowed: bool,
}

impl Finding {
    /// A finding at a place in a file.
    pub fn at(spot: Spot, problem: Problem) -> Finding {
        Finding::placed(Place { spot, ..Place::default() }, problem)
    }

    /// A finding at a place.
    pub fn placed(place: Place, problem: Problem) -> Finding {
        Finding { problem, place, allowed: false }
    }

    /// A finding about a whole file.
    pub fn in_file(file: &str, problem: Problem) -> Finding {
        Finding::at(Spot { file: file.into(), at: At::default() }, problem)
    }

    /// Its kind.
    pub fn kind(&self) -> Code {
        catalogue::code(&self.problem)
    }

    /// The stable short name of its kind.
    pub fn code(&self) -> &'static str {
        self.kind().name
    }

    /// How bad it is: one step less where it is let pass.
    pub fn severity(&self) -> Severity {
        let severity = self.kind().severity;
        if self.allowed { severity.lowered() } else { severity }
    }

    /// What is wrong, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        catalogue::words(&self.problem).message(lang)
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        catalogue::words(&self.problem).hint(lang)
    }

    /// Whether it is not to be told: a hint that is let pass.
    pub fn is_silent(&self) -> bool {
        self.allowed && self.kind().severity == Severity::Hint
    }

    /// Lets it pass, if its code is one of these and it may be.
    pub fn allow(&mut self, codes: &[&str]) {
        self.allowed |= self.kind().may_pass && codes.contains(&self.code());
    }
}

/// Whether any finding forbids writing.
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity() == Severity::Error)
}

/// Orders findings by file, line, record and severity, and drops what is said twice.
pub fn tidy(findings: &mut Vec<Finding>) {
    findings.sort_by_cached_key(|f| (f.place.clone(), f.severity(), f.code(), format!("{:?}", f.problem)));
    findings.dedup();
}
