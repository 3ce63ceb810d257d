//! The first hour as the documents tell it: their commands are run word for word by somebody whose home is empty and who
//! has no network, their edits are made, and what they show of terminal and pages is what is there.
//!
//! `UPDATE=1 cargo test --test first_hour` makes the pictures anew.

#![cfg(unix)]

use image::imageops::{FilterType, resize};
use image::{RgbImage, load_from_memory};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

mod terminal;

/// Where the documents keep what they show.
const PICTURES: &str = "examples/first-hour";

/// Longer side of a picture of a page, pixels.
const LONGER: u32 = 640;

/// What a document does and shows, in its order.
#[derive(Debug)]
enum Part {
    /// A block of commands.
    Run(String),
    /// Lines of a file, each with what it becomes.
    Edit(String, Vec<(String, String)>),
    /// A picture of what the commands before it said.
    Terminal(String),
    /// A picture of a page that they made.
    Page(String),
}

fn parts(document: &str) -> Vec<Part> {
    let text = fs::read_to_string(document).unwrap();
    let mut lines = text.lines();
    let mut parts = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(fence) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match fence {
                // What is built from source is the job of `.ci/run`.
                "sh" if !block[0].starts_with("cargo ") => parts.push(Part::Run(block.join("\n"))),
                "diff" => parts.push(edit(&block)),
                _ => {}
            }
            continue;
        }
        for picture in line.split(['(', ')', '"']).filter(|piece| piece.starts_with(PICTURES)) {
            parts.push(match picture.ends_with(".svg") {
                true => Part::Terminal(picture.into()),
                false => Part::Page(picture.into()),
            });
        }
    }
    parts
}

/// `--- file`, then each line that goes, and behind it those that come in its place.
fn edit(block: &[&str]) -> Part {
    let file = block[0].strip_prefix("--- ").expect("a diff begins with the name of its file");
    let mut lines: Vec<(String, String)> = Vec::new();
    for line in &block[1..] {
        match line.split_at(1) {
            ("-", gone) => lines.push((format!("{gone}\n"), String::new())),
            ("+", come) => lines.last_mut().expect("a line goes first").1.extend([come, "\n"]),
            _ => panic!("{line}"),
        }
    }
    Part::Edit(file.into(), lines)
}

/// Somebody at a machine of their own.
struct Newcomer {
    root: PathBuf,
    /// Where the last command left them.
    folder: PathBuf,
    lang: &'static str,
    /// The last block, and what it said.
    said: Option<(String, String)>,
    alone: bool,
}

impl Newcomer {
    fn new(name: &str, lang: &'static str) -> Newcomer {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("first-hour").join(name);
        let _ = fs::remove_dir_all(&root);
        let (home, bin) = (root.join("home"), root.join("bin"));
        fs::create_dir_all(&home).unwrap();
        fs::create_dir_all(&bin).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_toroi"), bin.join("toroi")).unwrap();
        let alone = Command::new("unshare").args(["-rn", "true"]).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        if !alone {
            eprintln!("this system lets nobody leave the network: the commands are run with it");
        }
        Newcomer { root, folder: home, lang, said: None, alone }
    }

    fn run(&mut self, block: &str) {
        let after = self.root.join("after");
        let script = format!("exec 2>&1\n{block}\ncode=$?\npwd > '{}'\nexit $code", after.display());
        let mut command = if self.alone { Command::new("unshare") } else { Command::new("sh") };
        if self.alone {
            command.args(["-rn", "sh"]);
        }
        command.args(["-c", &script]).current_dir(&self.folder).env_clear().stdin(Stdio::null());
        command.env("PATH", format!("{}:/usr/bin:/bin", self.root.join("bin").display()));
        command.env("HOME", self.root.join("home")).env("LANG", self.lang).env("CLICOLOR_FORCE", "1");
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        // A finding may be what the document shows; a command that is not known, or used wrongly, never is.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{block}\n{said}");
        self.folder = fs::read_to_string(after).unwrap().trim_end().into();
        self.said = Some((block.to_string(), said));
    }

    fn edit(&self, file: &str, lines: &[(String, String)]) {
        let path = self.folder.join(file);
        let mut text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        for (gone, come) in lines {
            assert_eq!(text.matches(gone).count(), 1, "{file}: {gone}\n{text}");
            text = text.replacen(gone, come, 1);
        }
        fs::write(path, text).unwrap();
    }

    /// The page that a picture is of: a file of the same name, in a folder of files that were made.
    fn page(&self, picture: &str) -> RgbImage {
        let name = Path::new(picture).file_name().unwrap();
        let path = self.folder.join("out").join(name);
        let page = load_from_memory(&fs::read(&path).unwrap_or_else(|_| panic!("{} was not made", path.display()))).unwrap().to_rgb8();
        let scale = f64::from(LONGER) / f64::from(page.width().max(page.height()));
        let pixels = |side: u32| (f64::from(side) * scale).round() as u32;
        resize(&page, pixels(page.width()), pixels(page.height()), FilterType::CatmullRom)
    }
}

/// Whether two pictures show the same, but for how processors round.
fn same(a: &RgbImage, b: &RgbImage) -> bool {
    let far = a.pixels().zip(b.pixels()).filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 24)).count();
    a.dimensions() == b.dimensions() && far * 2000 < a.pixels().len()
}

fn follow(document: &str, lang: &'static str) {
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let mut newcomer = Newcomer::new(document, lang);
    let mut stale = Vec::new();
    let (mut shown, mut pages) = (0, 0);
    for part in parts(document) {
        match part {
            Part::Run(block) => newcomer.run(&block),
            Part::Edit(file, lines) => newcomer.edit(&file, &lines),
            Part::Terminal(path) => {
                let (block, said) = newcomer.said.as_ref().expect("commands stand before what they say");
                let svg = terminal::svg(block, said);
                shown += 1;
                if update {
                    fs::create_dir_all(PICTURES).unwrap();
                    fs::write(&path, svg).unwrap();
                } else if fs::read_to_string(&path).ok().as_ref() != Some(&svg) {
                    stale.push(path);
                }
            }
            Part::Page(path) => {
                let page = newcomer.page(&path);
                pages += 1;
                let stored = fs::read(&path).ok().and_then(|bytes| load_from_memory(&bytes).ok()).map(|picture| picture.to_rgb8());
                if stored.is_some_and(|stored| same(&stored, &page)) {
                    continue;
                }
                if update {
                    page.save(&path).unwrap();
                } else {
                    stale.push(path);
                }
            }
        }
    }
    assert!(shown >= 3 && pages >= 3, "{document}: {shown} pictures of a terminal, {pages} of pages");
    assert!(stale.is_empty(), "{document}: not what is there now: {stale:?}\nUPDATE=1 cargo test --test first_hour makes them anew");
}

#[test]
fn the_readme_leads_to_the_pages_that_it_shows() {
    follow("README.md", "en_GB.UTF-8");
}

#[test]
fn the_vietnamese_readme_leads_to_the_pages_that_it_shows() {
    follow("README.vi.md", "vi_VN.UTF-8");
}

#[test]
fn nothing_is_kept_that_no_document_shows() {
    let shown = ["README.md", "README.vi.md"].map(|path| fs::read_to_string(path).unwrap()).concat();
    for entry in fs::read_dir(PICTURES).unwrap() {
        let path = entry.unwrap().path();
        assert!(shown.contains(path.to_str().unwrap()), "{}", path.display());
    }
}
