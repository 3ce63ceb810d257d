//! Whatever is written, of whatever length: every item of a page stays in its box and off the others, or
//! a finding names the box that does not.

mod pages;

use pages::{Glyphs, misplaced};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::sync::LazyLock;
use toroi::diag::any_error;
use toroi::files::{Memory, builtin_templates};
use toroi::limits::Limits;
use toroi::render::{Options, Proof, render};
use toroi::template::format::{self, Field, FieldKind, Format};
use toroi::text::Fonts;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(Vec::new()).0);

static FORMATS: LazyLock<Vec<Format>> = LazyLock::new(|| {
    let read = |name: &String| {
        format::read(&format!("{name}.yaml"), &fs::read(format!("templates/{name}.yaml")).unwrap(), &Limits::default()).0.unwrap()
    };
    builtin_templates("").iter().map(read).collect()
});

const SYLLABLES: [&str; 24] = [
    "Ấn",
    "mã",
    "nghiêng",
    "ở",
    "xã",
    "Lâm",
    "Thao",
    "điện",
    "thoại",
    "1900",
    "9095",
    "Ệ",
    "ứng",
    "dụng",
    "www.bluezone.gov.vn",
    "20",
    "m²",
    "khuỷu",
    "–",
    "an",
    "toàn",
    "ĐƯỜNG",
    "Quảng-Ngãi",
    "phường",
];

/// What fills one text: how long it is beside the field's example, and where in the list of syllables it
/// begins.
#[derive(Clone, Debug)]
struct Filling {
    length: f64,
    from: usize,
    step: usize,
}

impl Filling {
    /// A text as long as `words` words, times what this one and its whole piece have.
    fn text(&self, words: usize, verbosity: f64) -> String {
        let words = (words as f64 * self.length * verbosity).round().max(1.0) as usize;
        let words = (0..words).map(|i| SYLLABLES[(self.from + i * self.step) % SYLLABLES.len()]);
        words.collect::<Vec<_>>().join(" ")
    }
}

fn filling() -> impl Strategy<Value = Filling> {
    // Mostly near the example, at times far too much.
    let length = prop_oneof![12 => 0.3..1.3_f64, 3 => 1.3..2.0_f64, 1 => 2.0..12.0_f64];
    (length, 0..SYLLABLES.len(), 1..SYLLABLES.len()).prop_map(|(length, from, step)| Filling { length, from, step })
}

/// A format, one of its sizes, languages, a press, a choice for each field, and what fills it.
#[derive(Clone, Debug)]
struct Piece {
    format: usize,
    size: usize,
    languages: usize,
    press: usize,
    verbosity: f64,
    given: Vec<bool>,
    items: Vec<usize>,
    fillings: Vec<Filling>,
}

fn piece() -> impl Strategy<Value = Piece> {
    let lists = (prop::collection::vec(any::<bool>(), 32), prop::collection::vec(0..6_usize, 32), prop::collection::vec(filling(), 97));
    (0..FORMATS.len(), 0..8_usize, 1..3_usize, 0..4_usize, 0.2..1.2_f64, lists).prop_map(
        |(format, size, languages, press, verbosity, (given, items, fillings))| Piece {
            format,
            size,
            languages,
            press,
            verbosity,
            given,
            items,
            fillings,
        },
    )
}

impl Piece {
    fn campaign(&self) -> String {
        let format = &FORMATS[self.format];
        let languages = &["vi", "en"][..self.languages];
        let mut fillings = self.fillings.iter().cycle();
        let mut words = |out: &mut String, field: &Field| {
            let example = field.example.as_ref().and_then(|e| e.words().first()).map_or(1, |e| e.in_some("vi").split_whitespace().count());
            let texts = languages.iter().map(|l| format!("{l}: \"{}\"", fillings.next().unwrap().text(example, self.verbosity)));
            write!(out, "{{{}}}", texts.collect::<Vec<_>>().join(", ")).unwrap();
        };
        let (mut text, mut qr) = (String::new(), String::new());
        for (i, field) in format.fields.iter().enumerate() {
            if !field.required && !self.given[i % self.given.len()] {
                continue;
            }
            match field.kind {
                FieldKind::Text => {
                    write!(text, "  {}: ", field.name).unwrap();
                    words(&mut text, field);
                    text.push('\n');
                }
                // Names of drawings, not texts.
                FieldKind::List { .. } if field.name.ends_with("icons") => {}
                FieldKind::List { min, max } => {
                    writeln!(text, "  {}:", field.name).unwrap();
                    for _ in 0..(min + self.items[i % self.items.len()]).min(max) {
                        text.push_str("    - ");
                        words(&mut text, field);
                        text.push('\n');
                    }
                }
                FieldKind::Qr { .. } => {
                    writeln!(qr, "  {}: \"https://mo.vn/{}\"", field.name, "x".repeat(self.items[i % self.items.len()] * 4)).unwrap()
                }
                FieldKind::Image => {}
            }
        }
        let size = &format.sizes[self.size % format.sizes.len()].name;
        let press = ["offset", "vinyl", "office", "screen"][self.press];
        format!(
            "campaign: bat-ky\nlanguages: [{}]\nissuer: Ủy ban nhân dân xã\ntext:\n{text}qr:\n{qr}pieces:\n  tam: {{format: {}, size: {size}, press: {press}}}\n",
            languages.join(", "),
            format.name
        )
    }
}

#[test]
fn items_stay_in_their_boxes_or_a_finding_says_which_does_not() {
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 300, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let made = std::cell::Cell::new([0; 2]);
    let told = std::cell::RefCell::new(BTreeMap::<String, usize>::new());
    let outcome = runner.run(&piece(), |piece| {
        let campaign = piece.campaign();
        let world = Memory([("campaign.yaml".to_string(), campaign.clone().into_bytes())].into());
        let outcome =
            render(&world, "campaign.yaml", &Options { proof: Proof::Off, sheet: Some("none".into()), items: true, ..Options::default() });
        let [fit, not] = made.get();
        made.set(if outcome.artworks.is_empty() { [fit, not + 1] } else { [fit + 1, not] });
        if any_error(&outcome.findings) {
            for finding in &outcome.findings {
                *told.borrow_mut().entry(finding.code().to_string()).or_default() += 1;
            }
            return Ok(());
        }
        let mut glyphs = Glyphs::new(&FONTS);
        let faults: Vec<String> = outcome.artworks.iter().flat_map(|a| glyphs.sides(a)).flat_map(|side| misplaced(&side)).collect();
        // Content in the safe margin is a warning of its own, and so are folds.
        let warned = outcome.findings.iter().any(|f| f.code() == "safe-area");
        let faults: Vec<String> = faults.into_iter().filter(|f| !(warned && f.contains("outside the trim"))).collect();
        prop_assert!(faults.is_empty(), "{campaign}\n{}", faults.join("\n"));
        Ok(())
    });
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
    // Both happen, so that both are tested.
    let [fit, not] = made.get();
    assert!(fit > 60 && not > 30, "{fit} fit, {not} do not: {:?}", told.borrow());
}
