//! The files to judge, each rendered once: the example campaign, its stickers on SRA3 sheets, and the
//! example campaign in decomposed Unicode.

use crate::tools;
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use toroi::diag::any_error;
use toroi::files::{Disk, Memory, World};
use toroi::render::{Artwork, Options, Proof, render};
use unicode_normalization::{UnicodeNormalization, is_nfc};

const FOLDER: &str = "examples/bluezone";
const SECOND: &str = "examples/sot-xuat-huyet/campaign.yaml";
/// The pieces that are judged in all their records.
const WHOLE: [&str; 3] = ["to-roi", "thong-bao-phong", "tem-xe"];
const CAMPAIGN: &str = "examples/bluezone/campaign.yaml";

/// A finished file on disk.
pub struct Sample {
    pub artwork: Artwork,
    pub path: PathBuf,
}

impl Sample {
    pub fn name(&self) -> &str {
        &self.artwork.file
    }
}

/// Four files of the example campaign, with all their records.
pub fn example() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    let samples = SAMPLES.get_or_init(|| make("example", &Disk, CAMPAIGN, &whole()));
    let names: Vec<&str> = samples.iter().map(Sample::name).collect();
    assert_eq!(names, ["to-roi-offset.pdf", "to-roi-office.pdf", "thong-bao-phong-office.pdf", "tem-xe-vinyl.pdf"]);
    samples
}

/// One of them.
pub fn named(name: &str) -> &'static Sample {
    example().iter().find(|s| s.name() == name).unwrap_or_else(|| panic!("no {name}"))
}

/// All other pieces of the example campaign and the second campaign, so every format in every size: up to
/// two records of each.
pub fn others() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let pieces = campaign()["pieces"].as_mapping().unwrap().keys().map(|k| k.as_str().unwrap().to_string()).collect::<Vec<_>>();
        let pieces = pieces.into_iter().filter(|p| !WHOLE.contains(&p.as_str())).collect();
        let options = Options { pieces, records: Some((1, 2)), ..single() };
        let mut samples = make("others", &Disk, CAMPAIGN, &options);
        samples.extend(make("second", &Disk, SECOND, &single()));
        samples
    })
}

/// All pieces of the example campaign for every press, with one record.
pub fn every_press() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let presses = toroi::files::builtin_templates("press/");
        assert!(presses.len() >= 7, "{presses:?}");
        let options = Options { presses, records: Some((1, 1)), proof: Proof::Off, ..single() };
        make("every-press", &Disk, CAMPAIGN, &options)
    })
}

fn whole() -> Options {
    Options { pieces: WHOLE.map(String::from).to_vec(), ..single() }
}

/// Each piece on a page of its own size.
fn single() -> Options {
    Options { sheet: Some("none".into()), items: true, ..Options::default() }
}

/// 25 of its stickers, twelve on a sheet.
pub fn on_sheets() -> &'static Sample {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    let samples = SAMPLES.get_or_init(|| {
        let options = Options { pieces: vec!["tem-xe".into()], records: Some((1, 25)), items: true, ..Options::default() };
        make("on-sheets", &Disk, CAMPAIGN, &options)
    });
    &samples[0]
}

/// Pieces of both campaigns as they are imposed: on the office's paper, and on the sheets of a press.
pub fn imposed() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let on = |pieces: &[&str], press: &str, sheet: Option<&str>| Options {
            pieces: pieces.iter().map(|piece| piece.to_string()).collect(),
            presses: vec![press.into()],
            sheet: sheet.map(String::from),
            items: true,
            ..Options::default()
        };
        let jobs = [
            ("vehicles", CAMPAIGN, on(&["tem-xe"], "vinyl", Some("sra3"))),
            ("office", CAMPAIGN, on(&["thong-bao-phong", "to-roi", "to-gap-ba", "the-treo-cua"], "office", None)),
            ("press", CAMPAIGN, on(&["to-roi", "to-gap-ba", "the-treo-cua"], "offset", Some("sra3"))),
            ("second-office", SECOND, on(&["to-roi"], "office", None)),
        ];
        let all: Vec<Sample> =
            jobs.iter().flat_map(|(name, path, options)| make(&format!("imposed-{name}"), &Disk, path, options)).collect();
        assert!(all.len() >= 11 && all.iter().all(|s| s.artwork.on.is_some()), "{}", all.len());
        all
    })
}

/// The four files, from texts and tables in which every mark stands apart from its letter.
pub fn decomposed() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let world = changed(|text| text.nfd().collect());
        for (path, bytes) in &world.0 {
            assert!(!is_nfc(str::from_utf8(bytes).unwrap()), "{path} is not decomposed");
        }
        make("decomposed", &world, CAMPAIGN, &whole())
    })
}

/// The example's files with their texts changed.
fn changed(change: impl Fn(&str) -> String) -> Memory {
    let read = |name: &str| {
        let path = format!("{FOLDER}/{name}");
        let text = std::fs::read_to_string(&path).unwrap();
        (path, change(&text).into_bytes())
    };
    Memory(["campaign.yaml", "hotels.csv", "vehicles.csv"].map(read).into())
}

fn make(name: &str, world: &dyn World, path: &str, options: &Options) -> Vec<Sample> {
    let outcome = render(world, path, options);
    assert!(!any_error(&outcome.findings), "{name}: {:?}", outcome.findings);
    assert!(!outcome.artworks.is_empty(), "{name}");
    let folder = tools::folder(name);
    let write = |artwork: Artwork| {
        let path = folder.join(&artwork.file);
        std::fs::write(&path, &artwork.bytes).unwrap();
        Sample { artwork, path }
    };
    outcome.artworks.into_iter().map(write).collect()
}

/// The campaign as YAML.
pub fn campaign() -> Value {
    yaml(CAMPAIGN)
}

/// A YAML file.
pub fn yaml(path: impl AsRef<Path>) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The rows of a piece's table, by column; one without columns for a piece without a table.
pub fn rows(piece: &str) -> Vec<BTreeMap<String, String>> {
    let campaign = campaign();
    let Some(table) = campaign["pieces"][piece]["data"].as_str() else { return vec![BTreeMap::new()] };
    let mut reader = csv::Reader::from_path(format!("{FOLDER}/{table}")).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}
