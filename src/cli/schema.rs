//! `toroi schema`.

use super::report::{deliver, fail, say};
use super::write;
use std::path::Path;
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::files::{SCHEMAS, builtin_schema};

/// Prints the schema of a kind of YAML or writes it to a file, or tells which there are and how an editor is given one.
pub fn tell(kind: Option<&str>, file: Option<&str>, lang: Lang) -> ExitCode {
    let Some(schema) = kind.and_then(builtin_schema) else {
        overview(lang);
        return ExitCode::SUCCESS;
    };
    let Some(file) = file else { return deliver(&schema.bytes, lang).err().unwrap_or(ExitCode::SUCCESS) };
    match write::file(Path::new(file), &schema.bytes) {
        Ok(()) => say(file),
        Err(problem) => return fail(problem, lang),
    }
    ExitCode::SUCCESS
}

fn overview(lang: Lang) {
    for kind in SCHEMAS {
        say(&format!("{kind:<10} {}", meaning(kind, lang)));
    }
    say("");
    say(match lang {
        Lang::Vi => {
            "Để trình soạn thảo gợi ý và bắt lỗi ngay khi gõ: lưu lược đồ cạnh tệp YAML,\n\n    \
             toroi schema campaign --out campaign.schema.json\n\nrồi ghi ở dòng đầu tệp YAML:\n\n    \
             # yaml-language-server: $schema=campaign.schema.json\n\nVS Code cần cài thêm phần mở rộng YAML của Red Hat."
        }
        Lang::En => {
            "For an editor to complete and check while you type, save the schema beside the YAML file,\n\n    \
             toroi schema campaign --out campaign.schema.json\n\nand begin the YAML file with the line\n\n    \
             # yaml-language-server: $schema=campaign.schema.json\n\nVS Code needs the extension YAML by Red Hat."
        }
    });
}

fn meaning(kind: &str, lang: Lang) -> &'static str {
    let (vi, en) = match kind {
        "campaign" => ("chiến dịch: nói gì và in những gì", "a campaign: what is said, and what to print"),
        "format" => ("mẫu ấn phẩm: khổ, ô nội dung, kiểu chữ, khung", "a format: sizes, fields, styles, boxes"),
        "press" => ("kiểu in", "a press: a way of printing"),
        "sheet" => ("tờ giấy và các ô trên đó", "a sheet: a stock, and the slots on it"),
        _ => ("máy in văn phòng đã đo", "an office printer, as it was measured"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}
