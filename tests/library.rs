//! The library as a program that calls it sees it: bytes in, bytes out, on any thread, and findings as data.

#[path = "../examples/embed.rs"]
#[allow(dead_code)]
mod embed;

use embed::{CAMPAIGN, RECORDS, Request, Response, handle};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use toroi::color::{Condition, Profile};
use toroi::data::Table;
use toroi::diag::{Finding, Lang, Problem};
use toroi::drawing::Drawing;
use toroi::files::{Disk, Files, Memory, World};
use toroi::inspect::Inspected;
use toroi::limits::Limits;
use toroi::page::Page;
use toroi::pdf::Writer;
use toroi::picture::Picture;
use toroi::preview::{Preview, Raster};
use toroi::qr::Symbol;
use toroi::render::{Artwork, Event, Options, Outcome, Proof, render, render_each};
use toroi::sheet::{Imposed, Plan};
use toroi::spec::campaign::Campaign;
use toroi::spec::press::Press;
use toroi::spec::printer::Printer;
use toroi::spec::sheet::SheetSpec;
use toroi::template::bind::{Binding, Bound, Job};
use toroi::template::format::Format;
use toroi::text::{Compounds, Fonts, Setter};

/// It holds if this compiles.
#[test]
fn what_it_gives_may_be_sent_and_shared() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<(Campaign, Press, SheetSpec, Printer)>();
    shared::<(Table, Format, Job<'_>, Binding<'_>, Bound)>();
    shared::<(Profile, Condition, Picture, Drawing, Fonts, Compounds)>();
    shared::<(Page, Plan, Imposed, Writer<'_>)>();
    shared::<(Preview, Raster, Symbol, Inspected)>();
    shared::<(Options, Limits, Artwork, Outcome, Finding, Problem)>();
    shared::<(Disk, Memory, Files<'_>)>();
    // One for each thread: it keeps scratch space.
    sent::<Setter<'_>>();
}

/// A campaign of every kind of content: the example with all formats, and with tables, drawings and codes, in memory.
fn example() -> Memory {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bluezone");
    let names = ["campaign.yaml", "hotels.csv", "vehicles.csv"];
    Memory(names.map(|name| (name.to_string(), fs::read(folder.join(name)).unwrap())).into())
}

#[test]
fn threads_that_render_at_once_make_the_same_bytes() {
    let world = example();
    let pieces = ["to-roi", "thong-bao-phong", "tem-xe"].map(String::from).to_vec();
    let options = Options { pieces, records: Some((1, 8)), ..Options::default() };
    let make = || -> Vec<(String, Vec<u8>)> {
        let outcome = render(&world, "campaign.yaml", &options);
        outcome.artworks.into_iter().map(|artwork| (artwork.file, artwork.bytes)).collect()
    };
    let alone = make();
    assert_eq!(alone.len(), 4);
    let at_once: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(make)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    // Not `assert_eq`: nobody reads a PDF in a panic.
    assert!(at_once.iter().all(|made| *made == alone));
}

#[test]
fn a_render_that_is_broken_off_makes_no_more_and_counts_what_is_left() {
    let world = example();
    let pieces = ["to-roi", "thong-bao-phong", "tem-xe"].map(String::from).to_vec();
    let options = Options { pieces, records: Some((1, 8)), split: true, proof: Proof::Off, ..Options::default() };
    let broken_off = |after: usize| {
        let mut made = 0;
        let findings = render_each(&world, "campaign.yaml", &options, &mut |event| {
            made += usize::from(matches!(event, Event::Made(_)));
            if made == after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let left = findings.into_iter().find_map(|finding| match finding.problem {
            Problem::Stopped { files, pieces } => Some((files, pieces)),
            _ => None,
        });
        (made, left)
    };
    // Two files of the first piece, then one for each record.
    for (after, left) in [(0, (0, 3)), (1, (1, 2)), (2, (0, 2)), (5, (5, 1)), (17, (1, 0))] {
        assert_eq!(broken_off(after), (after, Some(left)));
    }
    assert_eq!(broken_off(18), (18, None));
}

/// Memory that notes what it is asked for.
struct Noted(Memory, Mutex<Vec<String>>);

impl World for Noted {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        self.1.lock().unwrap().push(path.to_string());
        self.0.read(path, most)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.0.list(folder)
    }
}

#[test]
fn what_it_reads_it_asks_its_world_for() {
    let world = Noted(example(), Mutex::default());
    let options = Options { pieces: vec!["tem-xe".into()], records: Some((1, 2)), proof: Proof::Off, ..Options::default() };
    assert_eq!(render(&world, "campaign.yaml", &options).artworks.len(), 1);
    let asked = world.1.into_inner().unwrap();
    for file in ["campaign.yaml", "vehicles.csv", "bus-sticker.yaml", "press/vinyl.yaml"] {
        assert!(asked.iter().any(|path| path == file), "{file} is not among {asked:?}");
    }
}

/// Sources of the library, without the tests in them.
fn sources() -> Vec<(PathBuf, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("src/cli") => {}
                true => folders.push(path),
                false if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("src/main.rs") && !path.ends_with("tests.rs") => {
                    let text = fs::read_to_string(&path).unwrap();
                    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_string();
                    found.push((path, code));
                }
                false => {}
            }
        }
    }
    found
}

#[test]
fn only_the_disk_knows_of_a_file_system_and_nothing_is_global() {
    let sources = sources();
    assert!(sources.len() > 100, "{}", sources.len());
    for (path, code) in sources {
        let code: Vec<&str> = code.lines().map(str::trim_start).filter(|line| !line.starts_with("//")).collect();
        let names = |word: &str| code.iter().any(|line| line.contains(word));
        let outside = [
            "std::fs",
            "{fs",
            "std::env",
            "TcpStream",
            "UdpSocket",
            "std::process",
            "File::open",
            "print!",
            "println!",
            "SystemTime",
            "Instant::now",
        ];
        let known: Vec<&str> = outside.into_iter().filter(|word| names(word)).collect();
        let allowed: &[&str] = if path.ends_with("src/files.rs") { &["std::fs", "File::open", "SystemTime"] } else { &[] };
        assert_eq!(known, allowed, "{}", path.display());
        // Tables may be static, what changes may not.
        let changes = ["mut ", "Mutex", "RwLock", "Atomic", "OnceLock", "Cell<"];
        let is_global = |line: &&&str| {
            line.contains("thread_local!") || format!(" {line}").contains(" static ") && changes.iter().any(|c| line.contains(c))
        };
        let global = code.iter().find(is_global);
        assert_eq!(global, None, "{}", path.display());
    }
}

fn ask(records: &str) -> Response {
    let (campaign, records) = (CAMPAIGN.as_bytes(), records.as_bytes());
    handle(&Request { campaign, records, piece: "tem-xe", press: "vinyl", lang: Lang::Vi })
}

#[test]
fn a_request_goes_back_as_a_file_or_as_what_is_wrong() {
    let made = ask(RECORDS);
    assert_eq!((made.status, made.content_type), (200, "application/pdf"));
    assert!(made.body.starts_with(b"%PDF-1.6"));

    let told = ask(&RECORDS.replace("056.78", "012.34"));
    assert_eq!((told.status, told.content_type), (422, "application/json"));
    let told: serde_json::Value = serde_json::from_slice(&told.body).unwrap();
    let first = &told["findings"][0];
    assert_eq!((&first["severity"], &first["file"], &first["line"]), (&"error".into(), &"records.csv".into(), &3.into()));
    assert!(first["message"].as_str().is_some_and(|message| message.contains("19B-012.34")), "{first}");
}

#[test]
fn bytes_that_are_no_campaign_are_told_too() {
    let none = handle(&Request { campaign: b"\xff\xfe\x00", records: b"", piece: "x", press: "y", lang: Lang::En });
    assert_eq!(none.status, 422);
    let told: serde_json::Value = serde_json::from_slice(&none.body).unwrap();
    assert_eq!(told["findings"][0]["file"], "campaign.yaml");
}
