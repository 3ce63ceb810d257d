//! The command as shells, pipes and other systems meet it: help and refusals in both languages, colours, completions,
//! pages, standard streams, files as Windows writes them, fonts, and watching.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

mod stickers;

use stickers::{ROWS, STICKER, STICKERS};

/// An empty folder for one test.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shell").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The command in a folder, in a plain environment.
fn toroi(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toroi"));
    command.args(line.split_whitespace()).current_dir(folder).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command.env("XDG_CONFIG_HOME", folder.join("config"));
    command
}

fn run(folder: &Path, line: &str) -> Output {
    toroi(folder, line).output().unwrap()
}

/// Runs it with something on standard input.
fn fed(folder: &Path, line: &str, input: &[u8]) -> Output {
    let mut child = toroi(folder, line).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that refuses its line reads nothing.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[track_caller]
fn expect(output: Output, code: i32) -> Output {
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn help_is_a_result_in_the_language_asked_for() {
    let here = folder("help", &[]);
    for line in ["render --help --lang vi", "--lang=vi render -h", "help render --lang vi"] {
        let help = expect(run(&here, line), 0);
        assert!(out(&help).contains("Cách dùng: toroi render [TÙY-CHỌN] <CHIẾN-DỊCH>") && help.stderr.is_empty(), "{}", out(&help));
    }
    let help = expect(toroi(&here, "render --help").env("LANG", "vi_VN.UTF-8").output().unwrap(), 0);
    assert!(out(&help).contains("Cách dùng:"), "{}", out(&help));
    let help = expect(run(&here, "render --help"), 0);
    assert!(out(&help).contains("Usage: toroi render [OPTIONS] <CAMPAIGN>"), "{}", out(&help));
    // Nothing said is no result.
    let bare = expect(toroi(&here, "").env("LANG", "vi_VN.UTF-8").output().unwrap(), 2);
    assert!(bare.stdout.is_empty() && err(&bare).contains("Các lệnh:"), "{}", err(&bare));
}

#[test]
fn a_wrong_line_is_refused_in_vietnamese() {
    let here = folder("refused", &[]);
    let refused = [
        ("rendr x", "không có lệnh “rendr”.\n  Có phải ý bạn là “render”?"),
        ("printer --lang vi", "“toroi printer” cần thêm một lệnh đi sau.\n  Có thể ghi: calibrate."),
        ("render", "còn thiếu <CHIẾN-DỊCH>."),
        ("render x --sett a=b", "không có tùy chọn “--sett”.\n  Có phải ý bạn là “--set”?"),
        ("render x y", "“y” là thừa."),
        ("render x --out", "“--out <THƯ-MỤC>” cần một giá trị đi sau."),
        ("render x -o a -o b", "“--out <THƯ-MỤC>” chỉ ghi được một lần."),
        ("render x --first 2 --split", "“--first <Ô>” không đi cùng với “--split”."),
        ("render x --format jpg", "“jpg” không dùng được cho “--format <LOẠI>”.\n  Có thể ghi: pdf, png."),
        ("render x --allow overflw", "Có phải ý bạn là “overflow”?"),
        ("render x --set a", "cần một tên, dấu “=” rồi giá trị"),
        ("render x --where a", "cần một tên, dấu “=” rồi giá trị"),
        ("render x --records 0", "cần số của một bản ghi hoặc một khoảng"),
        ("render x --records 5-2", "số đầu lớn hơn số cuối"),
        ("render x --shard 4/3", "cần số của phần và tổng số phần"),
        ("render x --first 0", "cần một số đếm từ 1"),
        ("render x --ppi 9", "cần một số từ 10 đến 1200"),
        ("printer calibrate a/b", "tên chỉ gồm chữ, số, dấu - và dấu _"),
        ("printer calibrate a --left xa", "cần số milimét từ 0 đến 400"),
        ("printer calibrate a --length 1/xa", "cần số milimét từ 0 đến 400"),
        ("man nope", "Không có lệnh “nope”."),
    ];
    for (line, words) in refused {
        let said = expect(run(&here, &format!("--lang vi {line}")), 2);
        assert!(said.stdout.is_empty() && err(&said).contains(words), "{line}: {}", err(&said));
        for english in ["error", "value", "argument", "Usage", "possible", "it takes", "For more"] {
            assert!(!err(&said).contains(english), "{line}: {english} in {}", err(&said));
        }
    }
}

#[test]
fn of_the_codes_that_may_be_let_pass_the_nearest_few_are_named() {
    let here = folder("allow", &[]);
    for (lang, all) in [("vi", "tất cả: toroi explain"), ("en", "all of them: toroi explain")] {
        let said = expect(run(&here, &format!("--lang {lang} check x --allow contrast")), 2);
        let list = err(&said).lines().nth(1).unwrap();
        assert!(list.matches(", ").count() <= 8, "{list}");
        assert!(list.contains(": low-contrast, qr-low-contrast, ") && err(&said).contains(all), "{}", err(&said));
    }
}

const LINES: [&str; 12] = [
    "--help",
    "render -h",
    "rendr",
    "check bad.yaml",
    "check good.yaml --lang vi",
    "check long.yaml",
    "render good.yaml --sett a",
    "explain overflow",
    "fonts",
    "completions zsh",
    "man",
    "formats leaflet",
];

fn coloured(name: &str) -> PathBuf {
    let rows: String = (0..300).map(|i| format!("19B-{:03}.{:02},HTTPS://MO.VN/X/{i}\n", i / 100, i % 100)).collect();
    let long = STICKERS.replace("xe.csv", "long.csv");
    folder(
        name,
        &[
            ("good.yaml", STICKER),
            ("bad.yaml", &STICKER.replace("plate:", "palte:")),
            ("long.yaml", &long),
            ("long.csv", &format!("plate,url\n{rows}")),
        ],
    )
}

#[test]
fn what_is_no_terminal_gets_no_colours() {
    let here = coloured("plain");
    for line in LINES {
        let output = run(&here, line);
        assert!(![&output.stdout, &output.stderr].into_iter().any(|said| said.contains(&0x1b)), "{line}");
    }
}

#[test]
fn colours_may_be_forced_but_never_against_no_color() {
    let here = coloured("forced");
    for line in ["--help", "rendr", "check bad.yaml", "--lang vi --help", "--lang vi rendr"] {
        for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
            let coloured = |command: &mut Command| {
                let output = command.output().unwrap();
                [output.stdout, output.stderr].concat().contains(&0x1b)
            };
            assert!(coloured(toroi(&here, line).env(name, "1")), "{line}: {name}");
            assert!(!coloured(toroi(&here, line).env(name, "1").env("NO_COLOR", "1")), "{line}: {name}");
        }
    }
}

#[test]
fn every_command_is_completed_and_has_its_page() {
    let here = folder("pages", &[]);
    let help = expect(run(&here, "--help --lang en"), 0);
    let commands = out(&help).split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 12, "{names:?}");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = expect(run(&here, &format!("completions {shell}")), 0);
        for name in &names {
            assert!(out(&script).contains(name), "{shell}: {name}");
        }
        assert!(script.stderr.is_empty());
    }
    for (lang, title) in [("en", ".SH EXAMPLES\n"), ("vi", ".SH \"VÍ DỤ\"\n")] {
        let listed = expect(run(&here, &format!("man --all {lang} --lang {lang}")), 0);
        let mut pages: Vec<PathBuf> = fs::read_dir(here.join(lang)).unwrap().map(|e| e.unwrap().path()).collect();
        pages.sort();
        assert_eq!(pages.len(), out(&listed).lines().count());
        for name in names.iter().map(|name| format!("toroi-{name}.1")).chain(["toroi.1".into(), "toroi-printer-calibrate.1".into()]) {
            assert!(pages.iter().any(|page| page.ends_with(&name)), "{lang}: {name}");
        }
        for page in &pages {
            let text = fs::read_to_string(page).unwrap();
            assert!(text.contains(title), "{}: {text}", page.display());
        }
        let one = expect(run(&here, &format!("man printer calibrate --lang {lang}")), 0);
        assert_eq!(one.stdout, fs::read(here.join(lang).join("toroi-printer-calibrate.1")).unwrap());
    }
}

#[test]
fn a_campaign_comes_in_and_a_file_goes_out_by_standard_streams() {
    let here = folder("streams", &[("campaign.yaml", STICKER)]);
    expect(run(&here, "render campaign.yaml"), 0);
    let file = fs::read(here.join("out/tem-vinyl.pdf")).unwrap();
    let piped = expect(fed(&here, "render - -o -", STICKER.as_bytes()), 0);
    assert!(piped.stdout == file && piped.stderr.is_empty(), "{}", err(&piped));
    let inspected = expect(fed(&here, "inspect - --json", &piped.stdout), 0);
    let said: Value = serde_json::from_slice(&inspected.stdout).unwrap();
    assert_eq!(
        (&said["files"][0]["file"], &said["files"][0]["pages"][0]["qr"][0]["payload"]),
        (&"<stdin>".into(), &"HTTPS://MO.VN/X/0001".into())
    );
    expect(fed(&here, "preview - -o anh --ppi 30", STICKER.as_bytes()), 0);
    assert!(here.join("anh/tem-vinyl-1.png").exists());
}

#[test]
fn findings_name_standard_input_and_show_its_line() {
    let here = folder("stdin-findings", &[("campaign.yaml", STICKERS)]);
    let said = expect(fed(&here, "check -", STICKER.replace("plate:", "palte:").as_bytes()), 1);
    assert!(err(&said).contains("[<stdin>:6:42]") && err(&said).contains("palte: 19B"), "{}", err(&said));
    let said = expect(fed(&here, "check campaign.yaml --data -", ROWS.replace("HTTPS://MO.VN/X/0002", "").as_bytes()), 1);
    assert!(err(&said).contains("<stdin>.csv:3:"), "{}", err(&said));
}

#[test]
fn a_table_comes_in_by_standard_input() {
    let here = folder("stdin-table", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    let from_file = expect(run(&here, "render campaign.yaml -o -"), 0);
    fs::remove_file(here.join("xe.csv")).unwrap();
    let piped = expect(fed(&here, "render campaign.yaml --data - -o -", ROWS.as_bytes()), 0);
    assert!(piped.stdout == from_file.stdout);
    let both = expect(fed(&here, "render - --data - -o - --lang vi", STICKERS.as_bytes()), 2);
    assert!(both.stdout.is_empty() && err(&both).contains("Đầu vào chuẩn chỉ có một"), "{}", err(&both));
}

#[test]
fn standard_output_takes_one_file_or_nothing() {
    let two = format!("{STICKER}{}", STICKER.split_once("pieces:\n").unwrap().1.replace("tem:", "tem2:"));
    let here =
        folder("stdout-one", &[("two.yaml", &two), ("bad.yaml", &two.replace("tem2:\n    format: bus-sticker", "tem2:\n    format: bus"))]);
    let many = expect(run(&here, "render two.yaml -o - --lang vi"), 2);
    assert!(many.stdout.is_empty() && err(&many).contains("có 2: tem-vinyl.pdf, tem2-vinyl.pdf"), "{}", err(&many));
    let one = expect(run(&here, "render two.yaml -o - --piece tem2"), 0);
    assert!(one.stdout.starts_with(b"%PDF-"));
    // Where something is wrong, nothing comes out that might be taken for the whole.
    assert!(expect(run(&here, "render bad.yaml -o -"), 1).stdout.is_empty());
    for line in [
        "render two.yaml -o - --json",
        "render two.yaml -o - --format png",
        "render two.yaml -o - --manifest",
        "preview two.yaml -o -",
        "preview two.yaml --contact -o -",
    ] {
        assert!(expect(run(&here, line), 2).stdout.is_empty(), "{line}");
    }
    assert!(!here.join("-").exists() && !here.join("out").exists());
}

#[test]
fn files_as_windows_writes_them_make_the_same_pdf() {
    let format = "format: the\nsizes: {a6: {trim: 105x148mm}}\nfields: {ten: {type: text, required: true}}\nstyles: {t: {size: 10pt}}\n\
        sides: [{name: front, column: {padding: 15mm, children: [{image: {value: logo, width: 30mm, height: 30mm}}, {text: {value: \"{{ ten }}\", style: t}}]}}]\n"
        .replace("fields: {", "fields: {logo: {type: image, required: true}, ");
    let campaign = "campaign: the\nlanguages: [vi]\nimages: {logo: pictures/logo.svg}\npieces:\n  the: {format: the, press: offset, sheet: none, data: du-lieu/ten.csv}\n";
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path d=\"M0 0h10v10h-10z\" fill=\"#000\"/></svg>\n";
    let rows = "ten,ghi_chu\nPhạm Thị Hằng,a\nĐỗ Văn Ước,b\n";
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let marked = |text: &str| format!("\u{feff}{}", crlf(text));
    let pdf = |name: &str, campaign: &str, format: &str, rows: &str| {
        let here =
            folder(name, &[("campaign.yaml", campaign), ("the.yaml", format), ("pictures/logo.svg", logo), ("du-lieu/ten.csv", rows)]);
        let made = expect(run(&here, "render campaign.yaml --allow safe-area -o -"), 0);
        assert!(made.stdout.starts_with(b"%PDF-"));
        made.stdout
    };
    let plain = pdf("unix", campaign, &format, rows);
    assert!(pdf("windows-lines", &crlf(campaign), &crlf(&format), &crlf(rows)) == plain, "line ends");
    assert!(pdf("windows-marks", &marked(campaign), &marked(&format), &marked(rows)) == plain, "marks of byte order");
    assert!(pdf("windows-paths", &campaign.replace('/', "\\"), &format, rows) == plain, "backslashes");
}

#[test]
fn fonts_are_listed_with_what_they_lack() {
    let here = folder("fonts", &[("campaign.yaml", STICKER)]);
    fs::create_dir(here.join("fonts")).unwrap();
    fs::write(here.join("fonts/no-font.ttf"), "none").unwrap();
    let said: Value = serde_json::from_slice(&expect(run(&here, "fonts --json"), 0).stdout).unwrap();
    let family = &said["families"][0];
    assert_eq!(
        (&family["family"], &family["builtin"], family["faces"].as_array().unwrap().len()),
        (&"Be Vietnam Pro".into(), &true.into(), 7)
    );
    for face in family["faces"].as_array().unwrap() {
        assert_eq!((&face["lacks"], &face["embedding"]), (&serde_json::json!([]), &"free".into()));
    }
    let told = expect(run(&here, "fonts campaign.yaml --lang vi"), 1);
    assert!(out(&told).contains("400, 400 nghiêng, 500") && err(&told).contains("fonts/no-font.ttf"), "{}", err(&told));
    fs::remove_file(here.join("fonts/no-font.ttf")).unwrap();
    expect(run(&here, "fonts campaign.yaml"), 0);
}

#[test]
fn fonts_come_from_where_they_are_let_in_and_cost_what_they_may() {
    let named = format!("{STICKER}fonts: [../shared/own.ttf]\n");
    let here = folder("fonts-elsewhere", &[("commune/campaign.yaml", named.as_str()), ("shared/README", "")]);
    fs::copy("fonts/BeVietnamPro-Bold.ttf", here.join("shared/own.ttf")).unwrap();
    let told = expect(run(&here, "fonts commune/campaign.yaml"), 1);
    assert!(err(&told).contains("outside-folder"), "{}", err(&told));
    for from in ["shared".to_string(), here.join("shared").display().to_string()] {
        let told = expect(run(&here, &format!("fonts commune/campaign.yaml --from {from}")), 0);
        assert!(out(&told).contains("own.ttf"), "{}", out(&told));
    }
    let told = expect(run(&here, "fonts commune/campaign.yaml --from shared --limit font-bytes=1000"), 1);
    assert!(err(&told).contains("over-limit"), "{}", err(&told));
}

/// A running `watch`, which ends with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, line: &str) -> Watching {
        let mut child = toroi(folder, line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] = [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        }
        Watching { child, lines }
    }

    /// Waits until all of these have been said, on whichever stream and in whichever order.
    fn until(&self, words: &[&str]) {
        let (begun, mut seen) = (Instant::now(), Vec::<String>::new());
        while !words.iter().all(|words| seen.iter().any(|line| line.contains(words))) {
            let line = self.lines.recv_timeout(Duration::from_secs(60).saturating_sub(begun.elapsed()));
            seen.push(line.unwrap_or_else(|e| panic!("not all of {words:?}: {e}\n{}", seen.join("\n"))));
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watching_renders_again_when_a_file_is_saved_and_survives_mistakes() {
    let here = folder("watch", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    let picture = || fs::read(here.join("tem-vinyl-1.png")).unwrap();
    // Whole at once, so that on a loaded machine no half of a file is taken for the file.
    let save = |name: &str, text: &str| {
        let beside = here.with_extension("saving");
        fs::write(&beside, text).unwrap();
        fs::rename(&beside, here.join(name)).unwrap();
    };
    let watching = Watching::start(&here, "watch campaign.yaml -o . --ppi 40 --lang en --records 1");
    watching.until(&["#1: 1 file, 0 errors"]);
    let first = picture();
    save("campaign.yaml", &STICKERS.replace("lịch xe", "giờ chạy"));
    watching.until(&["#2: 1 file, 0 errors"]);
    let second = picture();
    assert!(first != second);
    // What cannot be read is told, and leaves the files as they are.
    save("campaign.yaml", "campaign: [");
    watching.until(&["error[yaml-syntax]", "#3: 0 files, 1 error"]);
    assert!(picture() == second);
    save("campaign.yaml", STICKERS);
    watching.until(&["#4: 1 file, 0 errors"]);
    assert!(picture() == first);
    // A table is watched as well, also when it is gone and comes back.
    fs::remove_file(here.join("xe.csv")).unwrap();
    watching.until(&["error[file-missing]", "#5: 0 files, 1 error"]);
    save("xe.csv", &ROWS.replace("19B-012.34", "19B-999.99"));
    // Its own files in the same folder have never made it render: the rounds are those of the files saved.
    watching.until(&["#6: 1 file, 0 errors"]);
    assert!(picture() != first);
}

#[test]
fn watching_takes_files_only() {
    let here = folder("watch-files", &[("campaign.yaml", STICKER)]);
    for line in ["watch -", "watch campaign.yaml -o -", "watch campaign.yaml --data -"] {
        assert!(expect(run(&here, line), 2).stdout.is_empty(), "{line}");
    }
}
