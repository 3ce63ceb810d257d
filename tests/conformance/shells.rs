//! Shells take in the completions and complete with them, and troffs set the pages without a complaint. PowerShell is in
//! no package of Debian: its script is only looked at by the tests beside these.

use super::tools::{folder, have, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn toroi(arguments: &str) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toroi"));
    let said = command.args(arguments.split_whitespace()).stdin(Stdio::null()).output().unwrap();
    assert!(said.status.success(), "{arguments}: {}", String::from_utf8_lossy(&said.stderr));
    said.stdout
}

/// What a shell says of a script that has taken in the completions, in a language.
fn completed(shell: &str, options: &str, lang: &str, script: &str) -> String {
    let here = folder(&format!("completions-{shell}-{lang}"));
    let completions = here.join("completions");
    fs::write(&completions, toroi(&format!("completions {shell} --lang {lang}"))).unwrap();
    let file = here.join("script");
    fs::write(&file, script.replace("COMPLETIONS", &completions.display().to_string())).unwrap();
    let said = run(shell, options, &[&file]);
    assert!(said.status.success() && said.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn bash_completes() {
    if !have(&["bash"]) {
        return;
    }
    let script = "source COMPLETIONS\ncomplete -p toroi | grep -o '[-]F _toroi toroi'\nCOMP_WORDS=(toroi ren); COMP_CWORD=1\n\
        _toroi toroi ren toroi; echo \"${COMPREPLY[@]}\"\nCOMP_WORDS=(toroi render x --proof ''); COMP_CWORD=4\n\
        _toroi toroi '' --proof; echo \"${COMPREPLY[@]}\"\n";
    for lang in ["vi", "en"] {
        assert_eq!(completed("bash", "--norc", lang, script), "-F _toroi toroi\nrender\noff sample all\n");
    }
}

#[test]
fn zsh_takes_the_completions_in() {
    if !have(&["zsh"]) {
        return;
    }
    let script = "autoload -U compinit; compinit -u -D\nsource COMPLETIONS\necho $_comps[toroi]; whence -w _toroi\n";
    for lang in ["vi", "en"] {
        assert_eq!(completed("zsh", "-f", lang, script), "_toroi\n_toroi: function\n");
    }
}

#[test]
fn fish_completes() {
    if !have(&["fish"]) {
        return;
    }
    let script = "source COMPLETIONS\ncomplete -C'toroi ren'\ncomplete -C'toroi render x --proof '\n";
    let said = completed("fish", "--no-config", "en", script);
    assert!(said.starts_with("render\tMake the PDFs of a campaign\n") && said.contains("\nsample\tThose of"), "{said}");
    let said = completed("fish", "--no-config", "vi", script);
    assert!(said.starts_with("render\tDựng các tệp PDF của một chiến dịch\n") && said.contains("\nsample\tmã trên hai tờ đầu"), "{said}");
}

/// The pages of all commands in a language.
fn pages(lang: &str) -> Vec<PathBuf> {
    let here = folder(&format!("pages-{lang}"));
    toroi(&format!("man --all {} --lang {lang}", here.display()));
    let pages: Vec<PathBuf> = fs::read_dir(&here).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(pages.len() > 12);
    pages
}

/// What groff and mandoc mind about a page.
fn complaints(page: &Path) -> String {
    let groff = run("groff", "-man -ww -Tutf8 -k", &[page]);
    let mandoc = run("mandoc", "-T lint -W warning", &[page]);
    let said = [groff.stderr, mandoc.stdout, mandoc.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    // A page has no date, so that it is the same whenever it is made.
    said.lines().filter(|line| !line.contains("missing date")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn pages_are_set_without_a_complaint() {
    if !have(&["groff", "mandoc"]) {
        return;
    }
    for page in ["vi", "en"].into_iter().flat_map(pages) {
        assert_eq!(complaints(&page), "", "{}", page.display());
    }
    let page = folder("pages-wrong").join("wrong.1");
    fs::write(&page, ".TH WRONG 1\n.SH NAME\nwrong \\- a page\n.XX\n").unwrap();
    assert!(complaints(&page).contains("XX"), "a macro that is not there is not minded");
}

#[test]
fn a_page_says_what_the_help_says() {
    if !have(&["groff"]) {
        return;
    }
    let page = pages("vi").into_iter().find(|page| page.ends_with("toroi-render.1")).unwrap();
    let set = String::from_utf8(run("groff", "-man -Tutf8 -k -P-cbou", &[&page]).stdout).unwrap();
    for words in ["CÁCH DÙNG", "VÍ DỤ", "chiến dịch", "- sample: mã trên"] {
        assert!(set.contains(words), "{words}: {set}");
    }
}
