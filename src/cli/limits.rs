//! `toroi limits`: what files may cost at most.

use super::report::{deliver, say};
use serde_json::json;
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::limits::{Limit, Limits};

/// Lists the limits, by the names that `--limit` takes.
pub fn list(as_json: bool, lang: Lang) -> ExitCode {
    let limits = Limits::default();
    if as_json {
        let row = |limit: Limit| json!({ "name": limit.name(), "most": limits.of(limit), "counts": limit.counts(lang) });
        let said = json!({ "limits": Limit::all().map(row).collect::<Vec<_>>() });
        return deliver(format!("{said:#}\n").as_bytes(), lang).map_or_else(|code| code, |()| ExitCode::SUCCESS);
    }
    let name = Limit::all().map(|limit| limit.name().len()).max().unwrap_or(0);
    let most = Limit::all().map(|limit| limits.of(limit).to_string().len()).max().unwrap_or(0);
    for limit in Limit::all() {
        say(&format!("{:name$}  {:>most$}  {}", limit.name(), limits.of(limit), limit.counts(lang)));
    }
    ExitCode::SUCCESS
}
