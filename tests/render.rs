//! The whole example: the same bytes from run to run, from one thread or many, from composed or
//! decomposed text; and everything that was asked for is on the pages.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;
use toroi::data::{Source, read};
use toroi::diag::any_error;
use toroi::files::{Disk, Memory, World};
use toroi::limits::Limits;
use toroi::page::Item;
use toroi::render::{Artwork, Code, Options, Outcome, Proof, render};
use toroi::sheet::{self, Imposed, Slot};
use toroi::spec::campaign::{self, Campaign, Content, Value};
use unicode_normalization::{UnicodeNormalization, is_nfd};

const FOLDER: &str = "examples/bluezone";

static MADE: LazyLock<Outcome> = LazyLock::new(|| made(&Disk));

/// Codes read again from pictures change no byte.
fn made(world: &dyn World) -> Outcome {
    let options = Options { proof: Proof::Off, items: true, ..Options::default() };
    let outcome = render(world, &format!("{FOLDER}/campaign.yaml"), &options);
    assert!(!any_error(&outcome.findings), "{:#?}", outcome.findings);
    outcome
}

fn assert_same(outcome: &Outcome) {
    assert_eq!(names(outcome), names(&MADE));
    assert_eq!(outcome.findings, MADE.findings);
    for (now, first) in outcome.artworks.iter().zip(&MADE.artworks) {
        let differs = now.bytes.iter().zip(&first.bytes).position(|(a, b)| a != b);
        assert!(now.bytes == first.bytes, "{} differs from byte {differs:?}", now.file);
    }
}

fn names(outcome: &Outcome) -> Vec<&str> {
    outcome.artworks.iter().map(|a| a.file.as_str()).collect()
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    assert_same(&made(&Disk));
}

#[test]
fn one_thread_gives_the_same_bytes() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_same(&pool.install(|| made(&Disk)));
}

#[test]
fn decomposed_text_gives_the_same_bytes() {
    let files = fs::read_dir(FOLDER).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file());
    let decomposed = |text: String| text.nfd().collect::<String>().into_bytes();
    let world: BTreeMap<String, Vec<u8>> =
        files.map(|path| (path.display().to_string(), decomposed(fs::read_to_string(&path).unwrap()))).collect();
    assert!(world.values().all(|bytes| is_nfd(std::str::from_utf8(bytes).unwrap())));
    assert_same(&made(&Memory(world)));
}

/// A text without its markup and white space, as glyphs spell it.
fn bare(text: &str) -> String {
    text.nfc().filter(|c| !c.is_whitespace() && *c != '*' && *c != '\u{a0}').collect()
}

fn said(items: &[Item]) -> String {
    let one = |item: &Item| match item {
        Item::Glyphs(run) => run.glyphs.iter().map(|g| g.text.as_str()).collect(),
        Item::Group(group) => said(&group.items),
        _ => String::new(),
    };
    items.iter().map(one).collect()
}

fn pages(artwork: &Artwork) -> Vec<String> {
    artwork.sheets.iter().map(|sheet: &Imposed| bare(&said(&sheet.items))).collect()
}

fn artworks(piece: &str) -> Vec<&'static Artwork> {
    let found: Vec<&Artwork> = MADE.artworks.iter().filter(|a| a.piece == piece).collect();
    assert!(!found.is_empty(), "{piece}");
    found
}

fn example() -> Campaign {
    let path = format!("{FOLDER}/campaign.yaml");
    campaign::read(&path, &fs::read(&path).unwrap(), &Limits::default()).0.unwrap()
}

/// The texts of some content that hold no placeholder, in the languages given.
fn texts(content: &Content, languages: &[String]) -> Vec<String> {
    let words = content.text.iter().flat_map(|(_, value)| match value {
        Value::Words(words) => vec![words],
        Value::List(items) => items.iter().collect(),
    });
    let given = words.flat_map(|w| languages.iter().filter_map(|l| w.in_language(l)));
    given.map(|t| t.value.clone()).filter(|t| !t.contains("{{")).collect()
}

#[test]
fn every_text_of_a_piece_is_on_its_pages() {
    let campaign = example();
    let primary = &campaign.languages[..1];
    for piece in &campaign.pieces {
        for artwork in artworks(&piece.name.value) {
            let all = pages(artwork).concat();
            for text in texts(&piece.content, primary) {
                assert!(all.contains(&bare(&text)), "{}: {text}", artwork.file);
            }
        }
    }
}

#[test]
fn the_campaigns_texts_are_on_its_leaflet_and_in_both_languages_on_its_notice() {
    let campaign = example();
    let leaflet: String = artworks("to-roi").into_iter().flat_map(pages).collect();
    let notice: String = artworks("thong-bao-phong").into_iter().flat_map(pages).collect();
    for text in texts(&campaign.content, &campaign.languages[..1]) {
        assert!(leaflet.contains(&bare(&text)), "{text}");
    }
    let own = &campaign.pieces.iter().find(|p| p.name.value == "thong-bao-phong").unwrap().content;
    for text in texts(own, &campaign.languages) {
        assert!(notice.contains(&bare(&text)), "{text}");
    }
}

/// Each record's cells of these columns are in its own slot, and the cell of `code` is in its code.
fn assert_records(piece: &str, data: &str, columns: &[&str], code: &str) {
    let path = format!("{FOLDER}/{data}");
    let (table, findings) = read(&Source::of(&path, &fs::read(&path).unwrap()));
    assert_eq!(findings, []);
    let column = |name: &str| table.columns.iter().position(|c| c == name).unwrap();
    for artwork in artworks(piece) {
        let slots: Vec<(usize, &Imposed, &Slot)> =
            artwork.sheets.iter().enumerate().flat_map(|(i, sheet)| sheet.slots.iter().map(move |slot| (i + 1, sheet, slot))).collect();
        assert_eq!((artwork.records, slots.len()), (table.records.len(), table.records.len()));
        for (record, (page, sheet, slot)) in table.records.iter().zip(slots) {
            assert_eq!(record.number, slot.record);
            let said = bare(&said(&sheet::art(sheet, slot).unwrap().items));
            for name in columns {
                let cell = &record.cells[column(name)];
                assert!(said.contains(&bare(cell)), "{} page {page}: {cell}", artwork.file);
            }
            let payload = &record.cells[column(code)];
            let is_here = |c: &Code| (c.page, c.slot, c.record, &c.payload) == (page, slot.number, slot.record, payload);
            assert!(artwork.codes.iter().any(is_here), "{} page {page}: {payload}", artwork.file);
        }
    }
}

#[test]
fn every_hotel_is_on_its_notice() {
    assert_records("thong-bao-phong", "hotels.csv", &["ten", "dia_chi", "dien_thoai", "wifi_ten"], "url");
}

#[test]
fn every_vehicle_is_on_its_sticker() {
    assert_records("tem-xe", "vehicles.csv", &["bien_so", "so_hieu"], "url");
}

#[test]
fn every_notice_has_its_hotels_wifi_code() {
    for artwork in artworks("thong-bao-phong") {
        let wifi = artwork.codes.iter().filter(|c| c.payload.starts_with("WIFI:T:WPA;S:"));
        assert_eq!(wifi.count(), artwork.records);
    }
}

/// With its fonts, its profile and two pages.
#[test]
fn a_leaflet_without_pictures_is_small() {
    let most = BTreeMap::from([("to-roi-offset.pdf", 900_000), ("to-roi-office.pdf", 60_000)]);
    for (name, most) in most {
        let bytes = MADE.artworks.iter().find(|a| a.file == name).unwrap().bytes.len();
        assert!(bytes <= most, "{name}: {bytes} bytes");
    }
}

/// A file of forty megabytes is refused for its size, before its pixels are looked at.
#[test]
fn a_picture_of_forty_megabytes_is_refused() {
    let case = "tests/cases/good/image-jpeg-of-greys-becomes-black";
    let read = |name: &str| (name.to_string(), fs::read(format!("{case}/{name}")).unwrap());
    let mut files = BTreeMap::from(["campaign.yaml", "the.yaml", "logo.jpg"].map(read));
    let picture = files.get_mut("logo.jpg").unwrap();
    picture.resize(40_000_000, 0);
    picture.extend([0xff, 0xd9]);
    let outcome = render(&Memory(files), "campaign.yaml", &Options::default());
    let codes: Vec<&str> = outcome.findings.iter().map(|f| f.code()).collect();
    assert_eq!((codes.as_slice(), outcome.artworks.len()), (&["over-limit"][..], 0));
}

/// What the presses name is what is compiled in, and its deflated copy is the same profile.
#[test]
fn the_profile_is_kept_deflated() {
    use std::io::Read;
    let (profile, deflated) = toroi::files::builtin_profile("ISOcoated_v2_300_bas.icc").unwrap();
    let mut inflated = Vec::new();
    flate2::read::ZlibDecoder::new(&*deflated.unwrap()).read_to_end(&mut inflated).unwrap();
    assert!(inflated == *profile.bytes);
    let leaflet = &MADE.artworks.iter().find(|a| a.file == "to-roi-offset.pdf").unwrap().bytes;
    let kept = fs::read("assets/icc/ISOcoated_v2_300_bas.icc.zlib").unwrap();
    assert!(leaflet.windows(kept.len()).any(|w| w == kept));
}
