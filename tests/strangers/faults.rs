//! The outside world fails at every call in turn: a file is gone, cannot be read, or comes only in part. Whatever it is, it
//! is told, and no file is made of it.

use image::{DynamicImage, ImageFormat};
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use toroi::diag::{Problem, any_error};
use toroi::files::{Memory, World};
use toroi::render::{Options, Outcome, Proof, render};

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Missing,
    Unreadable,
    /// Only so much of a file comes, in hundredths.
    Short(usize),
    /// One byte in so many is another.
    Noise(usize),
}

const FAULTS: [Fault; 8] = [
    Fault::Missing,
    Fault::Unreadable,
    Fault::Short(0),
    Fault::Short(1),
    Fault::Short(50),
    Fault::Short(99),
    Fault::Noise(7),
    Fault::Noise(500),
];

/// A world whose n-th call fails.
struct Faulty<'w> {
    sound: &'w Memory,
    at: usize,
    fault: Fault,
    calls: AtomicUsize,
    /// The path that was asked for when it failed.
    asked: Mutex<String>,
    /// Which calls read files.
    reads: Mutex<Vec<usize>>,
}

fn faulty(sound: &Memory, at: usize, fault: Fault) -> Faulty<'_> {
    Faulty { sound, at, fault, calls: AtomicUsize::new(0), asked: Mutex::default(), reads: Mutex::default() }
}

impl Faulty<'_> {
    fn fails(&self, path: &str) -> bool {
        let fails = self.calls.fetch_add(1, Ordering::Relaxed) == self.at;
        if fails {
            *self.asked.lock().unwrap() = path.into();
        }
        fails
    }
}

impl World for Faulty<'_> {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        let read = self.sound.read(path, most);
        self.reads.lock().unwrap().push(self.calls.load(Ordering::Relaxed));
        if !self.fails(path) {
            return read;
        }
        match self.fault {
            Fault::Missing => Err(Problem::FileMissing { path: path.into(), meant: None }),
            Fault::Unreadable => Err(Problem::FileUnreadable { path: path.into(), why: "input/output error".into() }),
            Fault::Short(hundredths) => read.map(|mut bytes| {
                bytes.truncate(bytes.len() * hundredths / 100);
                bytes
            }),
            Fault::Noise(one_in) => read.map(|mut bytes| {
                bytes.iter_mut().skip(one_in / 2).step_by(one_in).for_each(|byte| *byte = byte.wrapping_mul(31).wrapping_add(17));
                bytes
            }),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let mut names = self.sound.list(folder);
        if self.fails(folder) {
            names.push("gone.ttf".into());
        }
        names
    }

    fn real(&self, path: &str) -> Option<PathBuf> {
        let gone = self.fails(path) && self.fault == Fault::Unreadable;
        gone.then(|| PathBuf::from("/elsewhere").join(path))
    }

    fn today(&self) -> Option<String> {
        None
    }
}

const CAMPAIGN: &str = "campaign: the-ten
fonts: [own.ttf]
icc: {file: own.icc, condition: FOGRA39}
pieces:
  bien:
    format: the
    press: own
    text: {title: Sông Thao}
    qr: {app: 'HTTPS://MO.VN/7KX2'}
    images: {logo: logo.svg, photo: anh.png}
  so:
    format: the
    press: office
    data: ten.csv
    qr: {app: 'HTTPS://MO.VN/{{ ma }}'}
    images: {photo: anh.jpg}
  bang:
    format: the
    press: office
    data: ten.ods
    text: {title: '{{ bien_so }}'}
  tu:
    format: the
    press: screen
    data: ten.jsonl
";
const FORMAT: &str = "format: the
label: {vi: Thẻ, en: Card}
sizes:
  nho: {trim: 90x60mm}
fields:
  title: {type: text, required: true, label: {vi: Tiêu đề, en: Title}}
  app: {type: qr, label: {vi: Mã, en: Code}}
  logo: {type: image, label: {vi: Biểu trưng, en: Logo}}
  photo: {type: image, label: {vi: Ảnh, en: Photograph}}
styles:
  title: {weight: 700, size: 14pt, leading: 1.3}
sides:
  - name: front
    row:
      padding: 8mm
      gap: 4mm
      children:
        - column:
            gap: 2mm
            children:
              - image: {value: logo, height: 10mm, when: \"{{ logo }}\"}
              - image: {value: photo, width: 8mm, height: 10mm, when: \"{{ photo }}\"}
              - icon: {value: sao, width: 5mm}
              - text: {value: \"{{ title }}\", style: title}
        - qr: {value: app, side: 26mm, when: \"{{ app.payload }}\"}
";
const PRESS: &str = "press: own\ncolour: cmyk\nbleed: 3mm\nsafe: 4mm\nmarks: [crop]\n";
const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M1 1h8v8z"/></svg>"#;

/// A campaign that asks for a file of every kind.
fn sound() -> Memory {
    let picture = |format: ImageFormat| {
        let mut bytes = Vec::new();
        let image = DynamicImage::ImageRgb8(image::RgbImage::from_fn(200, 200, |x, y| image::Rgb([x as u8, y as u8, 90])));
        image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    };
    let file = |path: &str| fs::read(path).unwrap();
    Memory(
        [
            ("campaign.yaml", CAMPAIGN.into()),
            ("the.yaml", FORMAT.into()),
            ("press/own.yaml", PRESS.into()),
            ("icons/sao.svg", DRAWING.into()),
            ("logo.svg", DRAWING.into()),
            ("anh.png", picture(ImageFormat::Png)),
            ("anh.jpg", picture(ImageFormat::Jpeg)),
            ("ten.csv", "title,ma\nMột,7KX2\nHai,7KX3\n".into()),
            ("ten.jsonl", "{\"title\": \"Một\"}\n{\"title\": \"Hai\"}\n".into()),
            ("ten.ods", file("tests/cases/good/workbook-of-opendocument/xe.ods")),
            ("own.ttf", file("fonts/BeVietnamPro-Regular.ttf")),
            ("own.icc", file("assets/icc/ISOcoated_v2_300_bas.icc")),
        ]
        .map(|(name, bytes): (&str, Vec<u8>)| (name.to_string(), bytes))
        .into(),
    )
}

fn made(outcome: &Outcome) -> Vec<(&str, &[u8])> {
    outcome.artworks.iter().map(|artwork| (artwork.file.as_str(), artwork.bytes.as_slice())).collect()
}

#[test]
fn whatever_call_fails_is_told_or_does_no_harm() {
    let sound = sound();
    let options = Options { proof: Proof::Off, ..Options::default() };
    let clean = render(&sound, "campaign.yaml", &options);
    assert!(!any_error(&clean.findings), "{:?}", clean.findings);
    assert_eq!(clean.artworks.len(), 4);
    let counted = faulty(&sound, usize::MAX, Fault::Missing);
    render(&counted, "campaign.yaml", &options);
    let (calls, reads) = (counted.calls.into_inner(), counted.reads.into_inner().unwrap());
    assert!(calls > 40, "{calls}");
    let (mut told, mut harmless) = (0, 0);
    for at in 0..calls {
        let is_read = reads.contains(&at);
        for fault in FAULTS.into_iter().filter(|fault| is_read || *fault == Fault::Unreadable) {
            let world = faulty(&sound, at, fault);
            let outcome = render(&world, "campaign.yaml", &options);
            let asked = world.asked.into_inner().unwrap();
            // What is made is made as if nothing had happened, or of other bytes, but whole.
            for (file, bytes) in made(&outcome) {
                assert!(
                    bytes.starts_with(b"%PDF-1.6") && bytes.ends_with(b"%%EOF\n") || bytes.ends_with(b"%%EOF"),
                    "{asked} {fault:?}: {file}"
                );
            }
            if any_error(&outcome.findings) {
                told += 1;
                assert!(outcome.artworks.len() < 4, "{asked} {fault:?}: {:?}", outcome.findings);
            } else if made(&outcome) == made(&clean) {
                harmless += 1;
            } else {
                // Only what can be read in another sense makes another file: words, colours, pixels.
                assert!(matches!(fault, Fault::Short(_) | Fault::Noise(_) | Fault::Missing), "{asked} {fault:?}");
            }
            if fault == Fault::Unreadable && sound.0.contains_key(&asked) {
                let named = |problem: &Problem| matches!(problem, Problem::FileUnreadable { .. } | Problem::OutsideFolder { .. });
                assert!(outcome.findings.iter().any(|f| named(&f.problem)), "{asked}: {:?}", outcome.findings);
            }
        }
    }
    assert!(told > 60 && harmless > 20, "{told} {harmless}");
}
