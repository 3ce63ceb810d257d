//! A thousand records, as poppler and zbar read them: each page says what its record says, in order, and the parts of a
//! run on several machines make the whole.

use crate::tools;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use toroi::files::Memory;
use toroi::render::{Artwork, Options, Proof, manifest, render};

const RECORDS: usize = 1_000;

const CAMPAIGN: &str = "campaign: nghin-ban
pieces:
  the: {format: the, press: screen, data: rows.csv, file: \"{{ so }}\", qr: {app: \"{{ ma }}\"}}
  tem: {format: the, press: office, sheet: {name: a4, order: cut-and-stack}, data: rows.csv, file: \"{{ so }}\", qr: {app: \"{{ ma }}\"}}
";

/// Names shrink, break and push down what is below them, as they do in the formats that are built in.
const FORMAT: &str = "format: the
sizes:
  the: {trim: 80x50mm}
fields:
  ten: {type: text, required: true}
  dia_chi: {type: text}
  so: {type: text, required: true}
  app: {type: qr, required: true}
styles:
  ten: {weight: 700, size: 7pt..12pt, lines: 3}
  dia_chi: {size: 7pt..9pt}
  so: {size: 9pt, weight: 700}
sides:
  - name: front
    row:
      padding: 8mm
      gap: 3mm
      align: center
      children:
        - column:
            grow: 1
            gap: 2mm
            children:
              - text: {value: \"{{ ten }}\", style: ten}
              - text: {value: \"{{ dia_chi }}\", style: dia_chi, when: \"{{ dia_chi }}\"}
              - text: {value: \"Số {{ so }}\", style: so}
        - qr: {value: app, side: 20mm}
";

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// A record: its name, address, number, and what its code says.
struct Row([String; 4]);

fn rows() -> Vec<Row> {
    let mut chance = Chance(20_261_126);
    let words = [
        "Ấm",
        "Nguyễn",
        "Hoà",
        "thuỷ",
        "Ỷ",
        "quê",
        "Đỗ",
        "Ngọc",
        "Lữ",
        "bưởi",
        "*sao*",
        "_gạch_",
        "[nối]",
        "<b>",
        "A&B",
        "“ngoặc”",
        "\"kép\"",
        "#1",
        "a;b",
        "1.",
        "-",
    ];
    let mut text = |most: usize| {
        let count = 1 + chance.below(most);
        (0..count).map(|_| chance.of(&words)).collect::<Vec<_>>().join(" ")
    };
    let texts: Vec<(String, String)> =
        (0..RECORDS).map(|i| (text(6), if i % 7 == 3 { String::new() } else { format!("Khu {}, {}", i % 30, text(9)) })).collect();
    let row = |(i, (name, address)): (usize, (String, String))| {
        let code = match i % 4 {
            0 => format!("HTTPS://MO.VN/X/{i:05}"),
            1 => format!("https://mo.vn/x/{i}?k={:08x}", i * 2_654_435_761 % (1 << 32)),
            2 => format!("Nhà {i}; \"A&B\", số {}", i * i),
            _ => format!("{:0width$}", i, width = 8 + i % 20),
        };
        Row([name, address, format!("0{}-{:03}.{:02}", i % 10, i / 10, i % 97), code])
    };
    texts.into_iter().enumerate().map(row).collect()
}

fn made(options: &Options) -> Vec<Artwork> {
    let mut csv = String::from("ten,dia_chi,so,ma\n");
    for Row(cells) in rows() {
        let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        writeln!(csv, "{}", quoted.join(",")).unwrap();
    }
    let files = [("campaign.yaml", CAMPAIGN), ("templates/the.yaml", FORMAT), ("rows.csv", &csv)];
    let world = Memory(files.map(|(path, text)| (path.to_string(), text.to_string().into())).into());
    let outcome = render(&world, "campaign.yaml", options);
    let errors: Vec<_> = outcome.findings.iter().filter(|f| f.severity() == toroi::diag::Severity::Error).take(3).collect();
    assert!(errors.is_empty(), "{errors:?}");
    outcome.artworks
}

fn only(piece: &str) -> Options {
    Options { pieces: vec![piece.into()], allow: vec!["safe-area".into()], proof: Proof::Off, ..Options::default() }
}

/// All records, one on a page.
fn whole() -> &'static Artwork {
    static WHOLE: LazyLock<Artwork> = LazyLock::new(|| made(&only("the")).remove(0));
    &WHOLE
}

/// What pages say, each on one line.
fn said(name: &str, artwork: &Artwork) -> Vec<String> {
    let path = tools::folder(&format!("records-{name}")).join("made.pdf");
    fs::write(&path, &artwork.bytes).unwrap();
    let text = tools::ask("pdftotext", "-raw", &[&path, "-".as_ref()]);
    let mut pages: Vec<String> = text.split('\x0c').map(one_line).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "pdftotext ends each page with a form feed");
    pages
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_page_says_what_its_record_says_in_order() {
    if !tools::have(&["pdftotext", "pdftoppm", "zbarimg"]) {
        return;
    }
    let artwork = whole();
    assert_eq!((artwork.pages, artwork.records, artwork.codes.len()), (RECORDS, RECORDS, RECORDS));
    let pages = said("whole", artwork);
    for (i, (page, Row([name, address, number, code]))) in pages.iter().zip(rows()).enumerate() {
        let meant = one_line(&format!("{name} {address} Số {number}"));
        assert_eq!(*page, meant, "record {}", i + 1);
        assert_eq!((artwork.codes[i].record, artwork.codes[i].page, &artwork.codes[i].payload), (i + 1, i + 1, &code));
    }
    let folder = tools::folder("records-pictures");
    fs::write(folder.join("made.pdf"), &artwork.bytes).unwrap();
    tools::ask("pdftoppm", "-gray -r 130 -x 215 -y 0 -W 195 -H 256", &[&folder.join("made.pdf"), &folder.join("page")]);
    let mut pictures: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "pgm")).collect();
    pictures.sort();
    assert_eq!(pictures.len(), RECORDS);
    // One reader for each half.
    let read =
        |pictures: &[PathBuf]| tools::ask("zbarimg", "-q --raw --nodbus", &pictures.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    let (first, second) = pictures.split_at(RECORDS / 2);
    let (first, second) = rayon::join(|| read(first), || read(second));
    let read = first + &second;
    let meant: Vec<String> = rows().into_iter().map(|Row([.., code])| code).collect();
    let read: Vec<&str> = read.lines().collect();
    assert_eq!(read, meant);
    // A code that is looked for in the wrong place is not found.
    assert_ne!(read[1..], meant[..RECORDS - 1]);
}

#[test]
fn parts_of_a_run_make_the_whole() {
    if !tools::have(&["pdftotext"]) {
        return;
    }
    // The pages of a thousand records, and piles of a quarter of them on the sheets of an office.
    let some = Options { records: Some((1, 250)), ..only("tem") };
    for (whole, options) in [(whole().clone(), only("the")), (made(&some).remove(0), some)] {
        let piece = whole.piece.as_str();
        let part = |part: usize| made(&Options { shard: Some((part, 3)), ..options.clone() }).remove(0);
        let parts: Vec<Artwork> = (1..=3).map(part).collect();
        let names: Vec<&str> = parts.iter().map(|part| part.file.as_str()).collect();
        assert_eq!(
            (names[0], names[2]),
            (whole.file.replace(".pdf", "-1of3.pdf").as_str(), whole.file.replace(".pdf", "-3of3.pdf").as_str())
        );
        let joined: Vec<String> = parts.iter().flat_map(|part| said("part", part)).collect();
        assert_eq!(joined, said("whole", &whole), "{piece}");
        let placed = |artwork: &Artwork| -> Vec<(usize, usize, usize, String)> {
            artwork.codes.iter().map(|code| (code.page, code.slot, code.record, code.payload.clone())).collect()
        };
        assert_eq!(parts.iter().flat_map(placed).collect::<Vec<_>>(), placed(&whole), "{piece}");
        let mut before = 0;
        for part in &parts {
            assert_eq!(part.before, before);
            before += part.pages;
        }
        assert_eq!(before, whole.pages);
        // Manifests join by concatenation: the columns that name the file apart, they are that of the whole.
        let lines = |bytes: Vec<u8>| -> Vec<BTreeMap<String, String>> {
            let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
            let lines = reader.deserialize().map(|line| line.unwrap());
            lines
                .map(|mut line: BTreeMap<String, String>| {
                    line.retain(|column, _| column != "file" && column != "sha256");
                    line
                })
                .collect()
        };
        let joined: Vec<u8> = parts.iter().flat_map(manifest).collect();
        let all = lines(joined);
        assert_eq!(all.len(), whole.records);
        assert_eq!(all, lines(manifest(&whole)), "{piece}");
    }
}

#[test]
fn a_record_looks_alone_as_it_does_among_others() {
    if !tools::have(&["pdftotext"]) {
        return;
    }
    let words = |artwork: &Artwork, page: usize| -> Vec<String> {
        let path = tools::folder("records-alone").join("made.pdf");
        fs::write(&path, &artwork.bytes).unwrap();
        let all = tools::ask("pdftotext", &format!("-bbox -f {page} -l {page}"), &[&path, "-".as_ref()]);
        all.lines().filter(|line| line.contains("<word")).map(String::from).collect()
    };
    for record in (1..=RECORDS).step_by(83) {
        let alone = made(&Options { records: Some((record, record)), ..only("the") }).remove(0);
        let (alone, among) = (words(&alone, 1), words(whole(), record));
        assert!(!alone.is_empty());
        assert_eq!(alone, among, "record {record}");
    }
}
