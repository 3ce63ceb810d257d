//! `toroi printer`: measuring office printers, and where their profiles are kept.

use super::args::{self, Calibration, Measures};
use super::report::{fail, say, talk};
use super::write;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toroi::diag::{Finding, Lang};
use toroi::geom::mm;
use toroi::render::{Readings, calibration};
use toroi::spec::printer::Printer;

/// The file of a profile: a path as it is given, or a name among those that are kept.
pub fn path(name: &str) -> String {
    let is_file = name.contains(['/', '\\']) || name.ends_with(".yaml") || name.ends_with(".yml");
    if is_file { name.into() } else { kept(name).display().to_string() }
}

/// `~/.config/toroi/printers/<name>.yaml`, or where the XDG directories are else.
fn kept(name: &str) -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config"))).unwrap_or_else(|| ".config".into());
    config.join("toroi").join("printers").join(format!("{name}.yaml"))
}

/// Writes the sheet where nothing was read off it yet; else, or once it was read, the profile.
pub fn calibrate(asked: &Calibration, lang: Lang) -> ExitCode {
    let given = [asked.left.is_some(), asked.top.is_some(), asked.length.is_some(), asked.back.is_some()];
    if !given.contains(&true) {
        let sheet = Path::new(&asked.out).join("to-do-may-in.pdf");
        let written = calibration().and_then(|bytes| write::file(&sheet, &bytes));
        if let Err(problem) = written {
            return fail(problem, lang);
        }
        say(&sheet.display().to_string());
        talk(lang.pick(
            "In tờ này hai mặt, lật theo cạnh dài, ở tỷ lệ 100 %, rồi đo bốn chỗ ghi trên giấy.",
            "Print it on both sides, long edge, at 100 %, then measure the four places that it names.",
        ));
        if !std::io::stdin().is_terminal() {
            talk(&format!("toroi printer calibrate {} --left MM --top MM --length MM/MM --back MM/MM", asked.name));
            return ExitCode::SUCCESS;
        }
    } else if given.contains(&false) && !std::io::stdin().is_terminal() {
        talk(lang.pick("Cần đủ --left, --top, --length và --back.", "It takes all of --left, --top, --length and --back."));
        return ExitCode::from(2);
    }
    match ask(asked, lang) {
        Some(readings) => keep(&readings.printer(&asked.name, asked.margin.map(mm)), lang),
        None => {
            talk(lang.pick("Chưa lưu gì; đo xong hãy chạy lại.", "Nothing was kept; run it again once you have measured."));
            ExitCode::SUCCESS
        }
    }
}

/// Asks for what was not given; none where the reader has nothing to say yet.
fn ask(asked: &Calibration, lang: Lang) -> Option<Readings> {
    let one = |text: &str| args::measure(text).map(|first| Measures(first, None));
    let single = |given: Option<f64>| given.map(|first| Measures(first, None));
    let left = ask_for(single(asked.left), "1. trái, mm (đúng ra 20)", "1. left, mm (meant: 20)", one, lang)?;
    let top = ask_for(single(asked.top), "2. trên, mm (đúng ra 20)", "2. top, mm (meant: 20)", one, lang)?;
    let length = ask_for(
        asked.length,
        "3. dài ngang/đứng, mm (đúng ra 150/200)",
        "3. length level/upright, mm (meant: 150/200)",
        args::measures,
        lang,
    )?;
    let back = ask_for(asked.back, "4. sau trái/trên, mm (đúng ra 20/20)", "4. back left/top, mm (meant: 20/20)", args::measures, lang)?;
    Some(Readings { left: left.0, top: top.0, length: (length.0, length.1), back: (back.0, back.1) })
}

fn keep(printer: &Printer, lang: Lang) -> ExitCode {
    let doubts = printer.doubts();
    if !doubts.is_empty() {
        for problem in doubts {
            let finding = Finding::in_file(&printer.name, problem);
            talk(&format!("{}\n  → {}", finding.message(lang), finding.hint(lang)));
        }
        return ExitCode::from(1);
    }
    let file = kept(&printer.name);
    match write::file(&file, printer.to_yaml().as_bytes()) {
        Ok(()) => {
            say(&file.display().to_string());
            talk(printer.to_yaml().trim_end());
            talk(&format!("{} --printer {}", lang.pick("Khi in, thêm", "When you render, add"), printer.name));
            ExitCode::SUCCESS
        }
        Err(problem) => fail(problem, lang),
    }
}

/// Asks until it is a measure; none at the end of input or on an empty line.
fn ask_for(
    given: Option<Measures>,
    vi: &'static str,
    en: &'static str,
    read: impl Fn(&str) -> Result<Measures, String>,
    lang: Lang,
) -> Option<Measures> {
    if given.is_some() {
        return given;
    }
    loop {
        talk(lang.pick(vi, en));
        let mut line = String::new();
        let read_bytes = std::io::stdin().lock().read_line(&mut line).ok()?;
        if read_bytes == 0 || line.trim().is_empty() {
            return None;
        }
        match read(&line) {
            Ok(measures) => return Some(measures),
            Err(_) => talk(lang.pick(
                "Ghi số milimét, ví dụ 20,5; hai số thì cách bằng dấu “/”.",
                "Millimetres, such as 20.5; two of them with a “/” between.",
            )),
        }
    }
}
