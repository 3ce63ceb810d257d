//! `templates/README.md` keeps its word: each step of its format prints as it stands there, and what it says of mistakes
//! is what is told.

use std::fs;
use std::path::Path;
use toroi::diag::{Finding, Lang};
use toroi::files::Memory;
use toroi::render::{Options, Outcome, render};

const HANDBOOK: &str = "templates/README.md";

/// A block of the handbook.
struct Block {
    /// Words behind its fence.
    fence: Vec<String>,
    /// Its first line in the document.
    line: usize,
    text: String,
}

fn handbook() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(HANDBOOK)).unwrap()
}

fn blocks() -> Vec<Block> {
    let (text, mut found, mut inside) = (handbook(), Vec::<Block>::new(), false);
    for (i, line) in text.lines().enumerate() {
        match (inside, line.strip_prefix("```")) {
            (false, Some(words)) => {
                found.push(Block { fence: words.split(' ').map(String::from).collect(), line: i + 2, text: String::new() })
            }
            (true, None) => found.last_mut().unwrap().text.extend([line, "\n"]),
            _ => {}
        }
        inside ^= line.starts_with("```");
    }
    found
}

/// The folder as it is after each step, with the line of the format that was shown last.
fn steps() -> Vec<(usize, Memory)> {
    let (mut folder, mut steps) = (Memory::default(), Vec::new());
    for Block { fence, line, text } in blocks() {
        match fence.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["yaml", "campaign"] => drop(folder.0.insert("campaign.yaml".into(), text.into())),
            ["csv", name] => drop(folder.0.insert(name.into(), text.into())),
            ["yaml", "format"] => {
                let name = text.lines().find_map(|line| line.strip_prefix("format: ")).unwrap().to_string();
                folder.0.insert(format!("{name}.yaml"), text.into());
                steps.push((line, Memory(folder.0.clone())));
            }
            _ => {}
        }
    }
    steps
}

fn made(folder: &Memory) -> Outcome {
    render(folder, "campaign.yaml", &Options::default())
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(|f| format!("{:?} {} {}\n", f.place.spot, f.code(), f.message(Lang::En))).collect()
}

#[test]
fn every_step_prints_and_nothing_else_is_told_of_it() {
    let steps = steps();
    assert!(steps.len() >= 5, "{}", steps.len());
    for (line, folder) in steps {
        let outcome = made(&folder);
        // Its addresses are nobody's, and it says so.
        let findings: Vec<Finding> = outcome.findings.into_iter().filter(|f| f.code() != "url-unreachable").collect();
        assert!(findings.is_empty(), "{HANDBOOK}:{line}\n{}", told(&findings));
        assert!(!outcome.artworks.is_empty(), "{HANDBOOK}:{line}");
    }
}

#[test]
fn the_last_step_is_what_it_says() {
    let (_, folder) = steps().pop().unwrap();
    let artworks = made(&folder).artworks;
    let facts: Vec<(&str, usize, usize)> =
        artworks.iter().map(|a| (a.file.as_str(), a.records, a.on.as_ref().map_or(1, |on| on.slots))).collect();
    assert_eq!(facts, [("the-ban-nho-office.pdf", 3, 4), ("the-ban-a5-office.pdf", 3, 2)]);
}

/// Rows of the table of mistakes: ``| `what stands there` | `what was written` | `code` | …``.
fn mistakes() -> Vec<[String; 3]> {
    let text = handbook();
    let section = text.split("### What goes wrong").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let cells = |row: &str| row.split(" | ").map(|cell| cell.trim_matches('`').to_string()).collect::<Vec<_>>();
    rows.map(|row| cells(row)[..3].to_vec().try_into().unwrap()).collect()
}

#[test]
fn every_mistake_is_told_by_its_code_and_line() {
    let (_, folder) = steps().pop().unwrap();
    let format = String::from_utf8(folder.0["the-ban.yaml"].clone()).unwrap();
    let mistakes = mistakes();
    assert!(mistakes.len() >= 6, "{}", mistakes.len());
    for [right, wrong, code] in mistakes {
        let broken = format.replacen(&right, &wrong, 1);
        assert_ne!(broken, format, "{right} does not stand in the format");
        let mut folder = Memory(folder.0.clone());
        folder.0.insert("the-ban.yaml".into(), broken.into());
        let findings = made(&folder).findings;
        let line = 1 + format[..format.find(&right).unwrap()].matches('\n').count();
        // What is placed badly is told at its box, or at the text in it; the rest where the mistake is.
        let here = |f: &Finding| f.place.spot.at.line as usize == line && f.place.spot.file.ends_with("the-ban.yaml");
        let elsewhere = |f: &Finding| f.place.in_box.is_some() && f.place.spot.at.line > 0;
        let found = findings.iter().find(|f| f.code() == code);
        assert!(found.is_some_and(|f| here(f) || elsewhere(f)), "{wrong}, line {line}\n{}", told(&findings));
    }
}
