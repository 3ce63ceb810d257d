//! What is wrong with a command line, in both languages.

use super::words;
use clap::builder::StyledStr;
use clap::builder::styling::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;
use std::fmt::Write as _;
use toroi::diag::{Lang, distance};

/// The most values that are named.
const NAMED: usize = 8;

/// Help as it is; what is wrong, in the language.
pub fn told(mut error: clap::Error, lang: Lang) -> StyledStr {
    let is_code = text(&error, ContextKind::InvalidArg).is_some_and(|argument| argument.starts_with("--allow"));
    let cut = name_few(&mut error);
    match (lang, error.kind()) {
        (_, ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) => error.render(),
        (Lang::En, _) => {
            if is_code && cut {
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec!["all of them: toroi explain".into()]));
            }
            error.render()
        }
        (Lang::Vi, _) => in_vietnamese(&error, is_code && cut),
    }
}

/// Keeps the few values that are nearest to what was written; whether there are more.
fn name_few(error: &mut clap::Error) -> bool {
    let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue) else { return false };
    let (mut values, written) = (values.clone(), text(error, ContextKind::InvalidValue).unwrap_or_default().to_string());
    let more = values.len() > NAMED;
    if more {
        values.sort_by_key(|value| (!value.contains(&written), distance(&written, value)));
        values.truncate(NAMED);
        error.insert(ContextKind::ValidValue, ContextValue::Strings(values));
    }
    more
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}

/// Texts of one kind.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

fn in_vietnamese(error: &clap::Error, more_codes: bool) -> StyledStr {
    let styles = Styles::styled();
    let (red, head) = (*styles.get_error(), *styles.get_usage());
    let mut told = format!("{red}lỗi:{red:#} {}", sentence(error));
    let known = [texts(error, ContextKind::ValidValue), texts(error, ContextKind::ValidSubcommand)].concat();
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    let meant: Vec<String> = meant.into_iter().flat_map(|kind| texts(error, kind)).map(|text| format!("“{text}”")).collect();
    // Writing to a string does not fail.
    if !known.is_empty() {
        let _ = write!(told, "\n  Có thể ghi: {}{}.", known.join(", "), if more_codes { ", … (tất cả: toroi explain)" } else { "" });
    }
    if !meant.is_empty() {
        let _ = write!(told, "\n  Có phải ý bạn là {}?", meant.join(" hay "));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let _ = write!(told, "\n\n{head}Cách dùng:{head:#} {}", usage.trim_start_matches("Usage: ").trim());
    }
    StyledStr::from(told + "\n\nMuốn xem hướng dẫn, thêm --help.\n")
}

/// What is wrong.
fn sentence(error: &clap::Error) -> String {
    let arguments = texts(error, ContextKind::InvalidArg);
    let argument = arguments.first().map_or("", String::as_str);
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("không có tùy chọn “{argument}”."),
        ErrorKind::UnknownArgument => format!("“{argument}” là thừa."),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {}.", arguments.join(", ")),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}” cần một giá trị đi sau."),
        ErrorKind::InvalidValue => format!("“{value}” không dùng được cho “{argument}”."),
        ErrorKind::ValueValidation => {
            let source = error.source().map(|source| source.to_string()).unwrap_or_default();
            format!("“{value}” không dùng được cho “{argument}”: {}.", words::demand(&source).unwrap_or(&source))
        }
        ErrorKind::ArgumentConflict => {
            let others = texts(error, ContextKind::PriorArg);
            match others.iter().any(|other| other != argument) {
                true => format!("“{argument}” không đi cùng với “{}”.", others.join("”, “")),
                false => format!("“{argument}” chỉ ghi được một lần."),
            }
        }
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”.", text(error, ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingSubcommand => {
            format!("“{}” cần thêm một lệnh đi sau.", text(error, ContextKind::InvalidSubcommand).unwrap_or("toroi"))
        }
        ErrorKind::TooManyValues => format!("“{value}” là thừa ở “{argument}”."),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("“{argument}” không đủ giá trị."),
        ErrorKind::NoEquals => format!("“{argument}” cần dấu “=” trước giá trị."),
        ErrorKind::InvalidUtf8 => "trên dòng lệnh có chữ không đúng mã UTF-8.".into(),
        _ => "dòng lệnh này không hiểu được.".into(),
    }
}
