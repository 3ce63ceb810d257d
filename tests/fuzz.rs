//! The targets of the fuzzer (`tests/fuzz/README.md`) without it: every input that it found worth keeping, and inputs made
//! of those by chance, the same on each run. `TOROI_FUZZ=100000` makes so many of each.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::path::Path;
use targets::{Target, fault};

#[path = "fuzz/targets.rs"]
mod targets;

/// Inputs made of the corpus of each target, unless it is said otherwise.
const INPUTS: u32 = 1_000;
/// Most bytes of an input.
const LONGEST: usize = 4096;

/// What stands often, or at a limit, in the files that are read.
const WORDS: &[&str] = &[
    "\n",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "<<: *a",
    "|",
    "? ",
    "!!binary ",
    "\u{feff}",
    "\u{301}",
    "Ậ",
    "\0",
    "null",
    "-1",
    "0",
    "1e308",
    "NaN",
    "99999999999999999999",
    "4294967295",
    "-2147483648",
    "65535",
    "{{ x }}",
    "{{ x | upper }}",
    "{% for i in x %}",
    "mm",
    "0mm",
    "1000000mm",
    "cmyk(0 0 0 100)",
    "#0B63B0",
    "<use href=\"#a\"/>",
    "<path d=\"M0 0A1 1 0 0 1 9 9z\"/>",
    "transform=\"scale(1e30)\"",
    "<c r=\"XFD1048576\">",
    "table:number-columns-repeated=\"16384\"",
    "\u{ff}\u{d8}",
    "stream\n",
    "endstream",
    " 0 R",
    "<<",
    ">>",
    "/Length 9",
    "1 0 obj",
    " Do ",
    " cm ",
];

#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Set(Index, u8),
    Insert(Index, String),
    Delete(Index, Index),
    Repeat(Index, Index),
    /// The end of another input in place of its own.
    Splice(Index, Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        (place(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (place(), select(WORDS)).prop_map(|(at, word)| Change::Insert(at, word.into())),
        (place(), place()).prop_map(|(from, to)| Change::Delete(from, to)),
        (place(), place()).prop_map(|(from, to)| Change::Repeat(from, to)),
        (place(), place(), place()).prop_map(|(at, other, from)| Change::Splice(at, other, from)),
    ]
}

fn apply(change: &Change, mut bytes: Vec<u8>, corpus: &[(String, Vec<u8>)]) -> Vec<u8> {
    let place = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
    let part = |a: &Index, b: &Index| {
        let (a, b) = (place(a, &bytes), place(b, &bytes));
        // Short parts, so that most of an input stays what it is.
        a.min(b)..a.max(b).min(a.min(b) + 64)
    };
    match change {
        Change::Flip(at, bit) if !bytes.is_empty() => *at.get_mut(&mut bytes) ^= 1 << bit,
        Change::Set(at, byte) if !bytes.is_empty() => *at.get_mut(&mut bytes) = *byte,
        Change::Flip(..) | Change::Set(..) => {}
        Change::Insert(at, word) => {
            let at = place(at, &bytes);
            bytes.splice(at..at, word.bytes());
        }
        Change::Delete(from, to) => drop(bytes.drain(part(from, to))),
        Change::Repeat(from, to) => {
            let part = part(from, to);
            let again = bytes[part.clone()].to_vec();
            bytes.splice(part.end..part.end, again);
        }
        Change::Splice(at, other, from) => {
            let (_, other) = other.get(corpus);
            bytes.truncate(place(at, &bytes));
            bytes.extend(&other[place(from, other)..]);
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

/// The inputs of a target, in the order of their names.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into(), std::fs::read(path).unwrap())).collect()
}

fn holds(name: &str, target: Target) {
    targets::ready();
    let corpus = corpus(name);
    let faults: Vec<String> =
        corpus.iter().filter_map(|(file, bytes)| fault(target, bytes).map(|fault| format!("{name}/{file}: {fault}"))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let cases = std::env::var("TOROI_FUZZ").map_or(INPUTS, |count| count.parse().expect("TOROI_FUZZ is a number"));
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let outcome = runner.run(&(any::<Index>(), vec(change(), 1..6)), |(first, changes)| {
        let bytes = changes.iter().fold(first.get(&corpus).1.clone(), |bytes, change| apply(change, bytes, &corpus));
        match fault(target, &bytes) {
            Some(fault) => Err(TestCaseError::fail(format!("{fault}\n{}", bytes.escape_ascii()))),
            None => Ok(()),
        }
    });
    assert!(outcome.is_ok(), "{name}: {}", outcome.unwrap_err());
}

#[test]
fn whatever_stands_in_a_campaign_no_code_of_ours_panics() {
    holds("campaign", targets::campaign);
}

#[test]
fn whatever_stands_in_a_format_no_code_of_ours_panics() {
    holds("format", targets::format);
}

#[test]
fn whatever_stands_in_a_table_no_code_of_ours_panics() {
    holds("data", targets::data);
}

#[test]
fn whatever_stands_in_a_drawing_no_code_of_ours_panics() {
    holds("svg", targets::svg);
}

#[test]
fn whatever_stands_in_a_picture_or_profile_no_code_of_ours_panics() {
    holds("image", targets::image);
}

#[test]
fn whatever_stands_in_a_pdf_no_code_of_ours_panics() {
    holds("inspect", targets::inspect);
}

#[test]
fn what_inputs_are_bound_to_is_sound() {
    let (format, findings) = toroi::template::format::read("bien.yaml", targets::FORMAT.as_bytes(), &toroi::limits::Limits::default());
    assert!(format.is_some() && findings.is_empty(), "{findings:?}");
}

#[test]
fn a_panic_of_ours_is_found_though_it_is_caught_and_one_of_a_library_only_where_it_is_not() {
    targets::ready();
    let caught = |_: &[u8]| drop(std::panic::catch_unwind(|| [0].get(1).copied().unwrap()));
    assert!(fault(caught, b"").is_some());
    fn foreign() -> usize {
        any::<Index>().new_tree(&mut TestRunner::deterministic()).unwrap().current().index(0)
    }
    assert_eq!(fault(|_| drop(std::panic::catch_unwind(foreign)), b""), None);
    assert!(fault(|_| assert!(foreign() == 0), b"").is_some());
}
