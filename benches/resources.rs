//! What large works cost in time and memory, each in a process of its own: `cargo bench --bench resources`. Linux alone, as
//! it asks `/proc`.

use std::fs::{read, read_to_string};
use std::process::Command;
use std::thread::scope;
use std::time::Instant;
use toroi::diag::any_error;
use toroi::files::Memory;
use toroi::render::{Event, Options, render, render_each};

/// The works and the sizes that each is done at, so that what grows faster than the work is seen.
const WORKS: [(&str, &[usize]); 6] = [
    ("records of a sticker, on SRA3", &[1_000, 10_000, 100_000]),
    ("pages of a leaflet", &[50, 100, 200]),
    ("characters of a text", &[5_000, 10_000, 20_000]),
    ("pieces of a campaign", &[125, 250, 500]),
    ("renders at once", &[16, 32, 64]),
    ("renders one after the other", &[100, 500, 1_000]),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, work, size, ..] = arguments.as_slice()
        && let (Some(work), Ok(size)) = (WORKS.iter().position(|(name, _)| name == work), size.parse())
    {
        let began = Instant::now();
        let note = done(work, size);
        println!("{:.2}\t{:.2}\t{}\t{note}", began.elapsed().as_secs_f64(), cpu(), memory("VmHWM") / 1024);
        return;
    }
    println!("{:<32} {:>8} {:>8} {:>8} {:>9}", "", "", "wall, s", "CPU, s", "peak, MiB");
    for (name, sizes) in WORKS {
        for size in sizes {
            let own = std::env::current_exe().expect("a bench has a path");
            let told = Command::new(own).args([name, &size.to_string()]).output().expect("the bench starts again");
            let line = String::from_utf8_lossy(&told.stdout).into_owned();
            let mut cells = line.trim_end().split('\t');
            let mut next = || cells.next().unwrap_or("–").to_string();
            println!("{name:<32} {size:>8} {:>8} {:>8} {:>9}  {}", next(), next(), next(), next());
        }
    }
}

/// Does a work; what else there is to say of it.
fn done(work: usize, size: usize) -> String {
    match work {
        0 => {
            let rows: String = (0..size).map(|i| format!("19B-{:03}.{:02},HTTPS://MO.VN/X/{i:06}\n", i / 100 % 1000, i % 100)).collect();
            let campaign = "campaign: xe\npieces:\n  tem:\n    format: bus-sticker\n    press: vinyl\n    sheet: sra3\n    data: xe.csv\n    \
                text: {message: Quét mã xem lịch xe}\n    qr: {app: '{{ url }}'}\n";
            made(&[("campaign.yaml", campaign.into()), ("xe.csv", format!("plate,url\n{rows}"))], 1)
        }
        1 => {
            let side = |n: usize| {
                format!(
                    "  - name: trang-{n}\n    column:\n      padding: 12mm\n      gap: 4mm\n      children:\n        - text: {{value: \"{{{{ title }}}} {n}\", \
                     style: title}}\n        - markdown: {{value: \"{{{{ body }}}}\", style: body}}\n        - qr: {{value: app, side: 30mm}}\n"
                )
            };
            let sides: String = (1..=size).map(side).collect();
            let body = "Rửa tay, đeo khẩu trang, giữ khoảng cách; khi có sốt, ho, khó thở thì gọi trạm y tế. ".repeat(8);
            let campaign = format!(
                "campaign: so-tay\npieces:\n  so:\n    format: so\n    press: office\n    sheet: none\n    text: {{title: Trang, body: \"{body}\"}}\n    \
                 qr: {{app: 'HTTPS://MO.VN/7KX2'}}\n"
            );
            made(&[("campaign.yaml", campaign), ("so.yaml", format!("{}{sides}", format("so", "148x210mm")))], 1)
        }
        2 => {
            let sentence = "Thông báo đến toàn thể nhân dân trong xã về lịch tiêm chủng mở rộng đợt hai. ";
            let text: String = sentence.chars().cycle().take(size).collect();
            let campaign = format!(
                "campaign: ap-phich\npieces:\n  ap:\n    format: ap\n    press: office\n    sheet: none\n    text: {{title: Áp phích, body: \"{}\"}}\n",
                text.trim()
            );
            let side =
                "  - name: front\n    column:\n      padding: 12mm\n      children: [{markdown: {value: \"{{ body }}\", style: body}}]\n";
            made(&[("campaign.yaml", campaign), ("ap.yaml", format!("{}{side}", format("ap", "594x841mm")))], 1)
        }
        3 => {
            let piece = |n: usize| {
                format!(
                    "  tem-{n}:\n    format: bus-sticker\n    press: vinyl\n    text: {{message: Xe số {n}}}\n    qr: {{app: 'HTTPS://MO.VN/{n}'}}\n"
                )
            };
            made(&[("campaign.yaml", format!("campaign: xe\npieces:\n{}", (1..=size).map(piece).collect::<String>()))], size)
        }
        4 => {
            let world = example();
            let one = || assert_eq!(render(&world, "campaign.yaml", &of_example()).artworks.len(), 1);
            scope(|scope| {
                for _ in 0..size {
                    scope.spawn(one);
                }
            });
            String::new()
        }
        _ => {
            let world = example();
            let mut early = 0;
            for run in 0..size {
                assert_eq!(render(&world, "campaign.yaml", &of_example()).artworks.len(), 1);
                if run == size / 10 {
                    early = memory("VmRSS");
                }
            }
            format!("held: {} MiB after a tenth of them, {} MiB after all", early / 1024, memory("VmRSS") / 1024)
        }
    }
}

/// A format of one text and one code.
fn format(name: &str, trim: &str) -> String {
    format!(
        "format: {name}\nlabel: {{vi: Thử, en: Trial}}\nsizes:\n  mot: {{trim: {trim}}}\nfields:\n  title: {{type: text, required: true, label: {{vi: Đề, en: \
         Title}}}}\n  body: {{type: text, label: {{vi: Bài, en: Body}}}}\n  app: {{type: qr, label: {{vi: Mã, en: Code}}}}\nstyles:\n  title: {{weight: 700, \
         size: 18pt, leading: 1.3}}\n  body: {{size: 10pt, leading: 1.45}}\nsides:\n"
    )
}

/// Renders files from memory, handing out each file that is made.
fn made(files: &[(&str, String)], files_wanted: usize) -> String {
    let world = Memory(files.iter().map(|(name, text)| (name.to_string(), text.clone().into_bytes())).collect());
    let (mut count, mut bytes) = (0, 0);
    let findings = render_each(&world, "campaign.yaml", &Options::default(), &mut |event| {
        if let Event::Made(artwork) = event {
            (count, bytes) = (count + 1, bytes + artwork.bytes.len());
        }
        std::ops::ControlFlow::Continue(())
    });
    assert!(!any_error(&findings) && count == files_wanted, "{count} {findings:?}");
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// The leaflet of the example.
fn example() -> Memory {
    Memory([("campaign.yaml".to_string(), read("examples/bluezone/campaign.yaml").expect("run in the project's folder"))].into())
}

fn of_example() -> Options {
    Options { pieces: vec!["to-roi".into()], presses: vec!["offset".into()], ..Options::default() }
}

/// Seconds of CPU that this process has used.
fn cpu() -> f64 {
    let stat = read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    // Linux tells its own ticks, a hundred a second on all of its kinds that matter here.
    ticks as f64 / 100.0
}

/// A line of the memory of this process, KiB.
fn memory(line: &str) -> u64 {
    let status = read_to_string("/proc/self/status").unwrap_or_default();
    let said = status.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
    said.and_then(|said| said.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
