//! How long things take: `cargo bench`. The median of many runs, the quarters around it, and the least.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use toroi::diag::any_error;
use toroi::files::{Disk, Memory, World};
use toroi::qr::{Ecc, encode};
use toroi::render::{Options, Proof, render};

const CAMPAIGN: &str = "examples/bluezone/campaign.yaml";

/// Runs are repeated for so long, and at least so often.
const TIME: Duration = Duration::from_secs(4);
const LEAST: usize = 10;
/// Runs of what takes seconds.
const LARGE_RUNS: usize = 5;

fn main() {
    println!("{:<44} {:>9} {:>9} {:>9} {:>9} {:>6}", "ms", "median", "25 %", "75 %", "least", "runs");
    let library = [
        ("library: 1 leaflet, proof sample", "to-roi", "offset", Proof::Sample),
        ("library: 1 leaflet, proof off", "to-roi", "offset", Proof::Off),
        ("library: 30 notices, proof sample", "thong-bao-phong", "office", Proof::Sample),
        ("library: 30 notices, proof off", "thong-bao-phong", "office", Proof::Off),
        ("library: 200 stickers on sheets, proof sample", "tem-xe", "vinyl", Proof::Sample),
        ("library: 200 stickers on sheets, proof all", "tem-xe", "vinyl", Proof::All),
        ("library: 200 stickers on sheets, proof off", "tem-xe", "vinyl", Proof::Off),
    ];
    let world = loaded();
    for (name, piece, press, proof) in library {
        let options = Options { pieces: vec![piece.into()], presses: vec![press.into()], proof, ..Options::default() };
        time(name, || {
            let outcome = render(black_box(&world), CAMPAIGN, &options);
            assert!(!any_error(&outcome.findings) && outcome.artworks.len() == 1);
            black_box(outcome.artworks[0].bytes.len());
        });
    }
    imposition();
    codes();
    for (name, proof) in [("process: 1 leaflet, proof sample", "sample"), ("process: 1 leaflet, proof off", "off")] {
        process(name, &["--piece", "to-roi", "--press", "offset", "--proof", proof]);
    }
    process("process: the whole example", &[]);
    time("process: none (toroi --version)", || start(&["--version"]));
}

/// What it costs to set 10,000 stickers on sheets: one run after the other, so that both meet the same machine.
fn imposition() {
    let mut world = loaded();
    let rows: String = (0..10_000).map(|i| format!("19B-{:03}.{:02},PT-{i:05},HTTPS://MO.VN/X/{i:05}\n", i / 100, i % 100)).collect();
    world.0.insert("examples/bluezone/vehicles.csv".into(), format!("bien_so,so_hieu,url\n{rows}").into_bytes());
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..LARGE_RUNS {
        for (sheet, times) in ["none", "sra3"].into_iter().zip(&mut times) {
            let options = Options {
                pieces: vec!["tem-xe".into()],
                presses: vec!["vinyl".into()],
                sheet: Some(sheet.into()),
                proof: Proof::Off,
                ..Options::default()
            };
            let start = Instant::now();
            let outcome = render(black_box(&world), CAMPAIGN, &options);
            times.push(start.elapsed());
            assert!(!any_error(&outcome.findings) && outcome.artworks[0].records == 10_000);
        }
    }
    let [single, sheets] = times;
    report("library: 10,000 stickers, one a page", single);
    report("library: 10,000 stickers, twelve on a sheet", sheets);
}

/// What a code costs: so many are timed together, as one takes microseconds.
fn codes() {
    const CODES: u32 = 1000;
    let payload = |i: u32| format!("https://bv.example.vn/xe/{i:06}?k={:08x}", i.wrapping_mul(0x9e37_79b9));
    let symbols: Vec<_> = (0..CODES).map(|i| encode(&payload(i), Some(Ecc::M)).expect("it fits")).collect();
    assert!(symbols.iter().all(|s| (s.version, s.ecc) == (3, Ecc::M)));
    time("library: 1,000 codes encoded, version 3-M", || {
        for symbol in &symbols {
            black_box(encode(black_box(&symbol.payload), Some(Ecc::M)).expect("it fits"));
        }
    });
    time("library: 1,000 codes read, version 3-M", || {
        for symbol in &symbols {
            black_box(black_box(symbol).read().expect("it reads"));
        }
    });
    time("library: 1,000 codes as runs, version 3-M", || {
        for symbol in &symbols {
            black_box(black_box(symbol).runs());
        }
    });
}

/// The example's files in memory: the disk is not what is timed.
fn loaded() -> Memory {
    let read = |name: &str| {
        let path = format!("examples/bluezone/{name}");
        let bytes = Disk.read(&path, u64::MAX).unwrap_or_else(|_| panic!("{path}"));
        (path, bytes)
    };
    Memory(["campaign.yaml", "hotels.csv", "vehicles.csv"].map(read).into())
}

/// Times the program from start to exit, files written.
fn process(name: &str, arguments: &[&str]) {
    let out = std::env::temp_dir().join(format!("toroi-bench-{}", std::process::id()));
    let out_text = out.display().to_string();
    let all = [&["render", CAMPAIGN, "-o", &out_text], arguments].concat();
    time(name, || start(&all));
    std::fs::remove_dir_all(&out).expect("the program wrote there");
}

fn start(arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_toroi"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success());
}

fn time(name: &str, mut run: impl FnMut()) {
    for _ in 0..3 {
        run();
    }
    let began = Instant::now();
    let mut times = Vec::new();
    while times.len() < LEAST || began.elapsed() < TIME {
        let start = Instant::now();
        run();
        times.push(start.elapsed());
    }
    report(name, times);
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[(share * (times.len() - 1) as f64).round() as usize].as_secs_f64() * 1000.0;
    println!("{name:<44} {:>9.2} {:>9.2} {:>9.2} {:>9.2} {:>6}", at(0.5), at(0.25), at(0.75), at(0.0), times.len());
}
