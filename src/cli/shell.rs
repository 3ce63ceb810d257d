//! What a system takes in beside the command: completions and manual pages.

use super::args::ShellName;
use super::report::{deliver, fail, say, talk};
use super::write::Folders;
use super::{usage, words};
use clap::Command;
use clap_complete::aot;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::path::Path;
use std::process::ExitCode;
use toroi::diag::Lang;

/// Prints the completions for a shell.
pub fn completions(shell: ShellName, lang: Lang) -> ExitCode {
    let shell = match shell {
        ShellName::Bash => aot::Shell::Bash,
        ShellName::Zsh => aot::Shell::Zsh,
        ShellName::Fish => aot::Shell::Fish,
        ShellName::PowerShell => aot::Shell::PowerShell,
    };
    let mut script = Vec::new();
    aot::generate(shell, &mut usage::for_shells(lang), "toroi", &mut script);
    delivered(&script, lang)
}

/// Prints the page of a command.
pub fn page(path: &[String], lang: Lang) -> ExitCode {
    let mut root = built(lang);
    let mut command = &mut root;
    for name in path {
        let Some(found) = command.find_subcommand_mut(name.clone()) else {
            let unknown = lang.pick("Không có lệnh", "There is no command");
            talk(&format!("{unknown} “{}”. → toroi --help", path.join(" ")));
            return ExitCode::from(2);
        };
        command = found;
    }
    delivered(&manual(command, &path.join(" "), lang), lang)
}

fn delivered(bytes: &[u8], lang: Lang) -> ExitCode {
    deliver(bytes, lang).err().unwrap_or(ExitCode::SUCCESS)
}

/// Writes the pages of all commands into a folder: `toroi.1`, `toroi-render.1`, …
pub fn pages(folder: &str, lang: Lang) -> ExitCode {
    fn each(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
        found.push((path.to_string(), command.clone()));
        command.get_subcommands().for_each(|sub| each(sub, &usage::below(path, sub.get_name()), found));
    }
    let mut commands = Vec::new();
    each(&built(lang), "", &mut commands);
    let mut folders = Folders::default();
    for (path, command) in commands {
        let file = Path::new(folder).join(format!("{}.1", page_name(&path)));
        match folders.file(&file, &manual(&command, &path, lang)) {
            Ok(()) => say(&file.display().to_string()),
            Err(problem) => return fail(problem, lang),
        }
    }
    folders.settled().map_or_else(|problem| fail(problem, lang), |()| ExitCode::SUCCESS)
}

fn built(lang: Lang) -> Command {
    let mut command = usage::command(lang);
    command.build();
    command
}

/// `toroi-printer-calibrate`.
fn page_name(path: &str) -> String {
    format!("toroi {path}").trim_end().replace(' ', "-")
}

/// What `roff` puts before each of its texts; a page takes it once.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// The page of a command that is built.
fn manual(command: &Command, path: &str, lang: Lang) -> Vec<u8> {
    let mut examples = Roff::new();
    examples.control("SH", [lang.pick("VÍ DỤ", "EXAMPLES")]);
    for example in words::command(path).map_or(&[][..], |command| command.examples) {
        examples.control("TP", []).text([bold(example.line)]).text([roman(lang.pick(example.vi, example.en))]);
    }
    let man = Man::new(command.clone());
    let mut body = Vec::new();
    // Writing to memory does not fail.
    let _ = man.render_name_section(&mut body);
    let _ = man.render_synopsis_section(&mut body);
    let _ = man.render_options_section(&mut body);
    if command.has_subcommands() {
        let _ = man.render_subcommands_section(&mut body);
    }
    let _ = examples.to_writer(&mut body);
    let body = String::from_utf8_lossy(&body).replace(PREAMBLE, "");
    // Two breaks around nothing are a space; and each line of a list, which stands in the text of the help, is one.
    let body = body.replace("\n.br\n\n.br\n", "\n.sp\n").replace("\n\\- ", "\n.br\n\\- ");
    // clap_mangen writes its headings in English.
    let headings: &[(&str, &str)] = match lang {
        Lang::En => &[("SUBCOMMANDS", "COMMANDS")],
        Lang::Vi => &[("NAME", "TÊN"), ("SYNOPSIS", "CÁCH DÙNG"), ("OPTIONS", "TÙY CHỌN"), ("SUBCOMMANDS", "CÁC LỆNH")],
    };
    let heading = |body: String, (from, to): &(&str, &str)| body.replace(&format!(".SH {from}\n"), &format!(".SH \"{to}\"\n"));
    let body = headings.iter().fold(body, heading);
    let head = format!(".TH {} 1 \"\" \"toroi {}\" \"toroi\"\n", page_name(path).to_uppercase(), env!("CARGO_PKG_VERSION"));
    format!("{PREAMBLE}{head}{body}").into_bytes()
}
