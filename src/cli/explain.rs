//! `toroi explain`: more about a kind of finding.

use super::report::{say, talk};
use std::process::ExitCode;
use toroi::diag::{CODES, Code, Lang, Severity, explain, nearest};

/// Explains a code, or lists all of them.
pub fn tell(code: Option<&str>, lang: Lang) -> ExitCode {
    let Some(name) = code else {
        CODES.iter().for_each(|code| say(&line(code, lang)));
        return ExitCode::SUCCESS;
    };
    // What stands in brackets in a report may be copied with them.
    let name = name.trim_matches(['[', ']', ' ']);
    match CODES.iter().find(|code| code.name == name).zip(explain(name, lang)) {
        Some((code, text)) => {
            say(&format!("{}\n\n{text}", line(code, lang)));
            ExitCode::SUCCESS
        }
        None => {
            let near = nearest(name, CODES.iter().map(|code| code.name));
            let unknown = lang.pick("Không có mã", "There is no code");
            let offer = match near {
                Some(near) => format!("{} “{near}”?", lang.pick("Có phải ý bạn là", "Did you mean")),
                None => lang.pick("Xem danh sách: toroi explain", "All of them: toroi explain").to_string(),
            };
            talk(&format!("{unknown} “{name}”. {offer}"));
            ExitCode::from(2)
        }
    }
}

/// A code, how bad it is, and whether it may be let pass.
fn line(code: &Code, lang: Lang) -> String {
    let severity = match code.severity {
        Severity::Error => lang.pick("lỗi", "error"),
        Severity::Warning => lang.pick("cảnh báo", "warning"),
        Severity::Hint => lang.pick("gợi ý", "hint"),
    };
    let may_pass = if code.may_pass { lang.pick(" (có thể cho qua: --allow)", " (may be let pass: --allow)") } else { "" };
    format!("{}: {severity}{may_pass}", code.name)
}
