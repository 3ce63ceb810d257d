//! The command as a user meets it: exit codes, files, streams; and the texts that show how it is used.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use toroi::diag::{Finding, Lang, Problem, any_error};
use toroi::files::{Disk, Memory, SCHEMAS, World};
use toroi::render::{Options, render};
use toroi::spec::{printer, sheet};
use toroi::template::format;

mod stickers;

use stickers::{ROWS, STICKER, STICKERS};
use toroi::limits::Limits;

/// A folder of its own for one test, and the command run in it.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str, files: &[(&str, &str)]) -> Desk {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let desk = Desk(folder);
        files.iter().for_each(|(path, text)| desk.put(path, text));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn toroi(&self, args: &[&str]) -> Run {
        self.toroi_with(args, &[])
    }

    fn toroi_with(&self, args: &[&str], env: &[(&str, &str)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toroi"));
        command.args(args).current_dir(&self.0);
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        // Profiles of printers are kept beside the rest.
        command.env("XDG_CONFIG_HOME", self.path("config")).stdin(Stdio::null());
        command.envs(env.iter().copied());
        Run::new(command.output().unwrap())
    }

    /// Names of everything under the folder, in order.
    fn names(&self, under: &str) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(self.path(under)).into_iter().flatten().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// What came of one run.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn new(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }

    fn expect(self, code: i32) -> Run {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

fn codes(json: &Value) -> Vec<&str> {
    json["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect()
}

/// On a page of its own, of which a printer leaves the edges white: a warning.
fn on_a_desk() -> String {
    STICKER.replace("press: vinyl", "press: office\n    sheet: none")
}

fn wrong_plate() -> String {
    STICKER.replace("plate:", "palte:")
}

#[test]
fn a_sound_campaign_exits_with_0() {
    let desk = Desk::new("exit-0", &[("campaign.yaml", STICKER)]);
    desk.toroi(&["render", "campaign.yaml"]).expect(0);
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf"]);
    assert!(fs::read(desk.path("out/tem-vinyl.pdf")).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_finding_of_severity_error_exits_with_1() {
    let desk = Desk::new("exit-1", &[("campaign.yaml", &wrong_plate())]);
    for command in ["render", "check", "preview"] {
        desk.toroi(&[command, "campaign.yaml"]).expect(1);
    }
}

#[test]
fn a_warning_does_not_fail_the_run() {
    let desk = Desk::new("exit-0-warning", &[("campaign.yaml", &on_a_desk())]);
    let run = desk.toroi(&["render", "campaign.yaml", "--json"]).expect(0);
    assert!(codes(&run.json()).contains(&"safe-area"));
}

#[test]
fn wrong_usage_exits_with_2() {
    let desk = Desk::new("exit-2", &[("campaign.yaml", STICKER)]);
    let wrong: [&[&str]; 9] = [
        &[],
        &["print"],
        &["render"],
        &["render", "campaign.yaml", "--sett", "a=b"],
        &["render", "campaign.yaml", "--set", "a"],
        &["render", "campaign.yaml", "--records", "5-2"],
        &["render", "campaign.yaml", "--records", "0"],
        &["render", "campaign.yaml", "--allow", "everything"],
        &["preview", "campaign.yaml", "--ppi", "9"],
    ];
    for args in wrong {
        let run = desk.toroi(args).expect(2);
        assert!(run.out.is_empty() && !run.err.is_empty(), "{args:?}");
    }
    assert_eq!(desk.names("."), ["campaign.yaml"]);
}

#[test]
fn an_output_folder_that_is_a_file_exits_with_3() {
    let desk = Desk::new("exit-3-file", &[("campaign.yaml", STICKER), ("out", "tệp")]);
    let run = desk.toroi(&["render", "campaign.yaml", "--json"]).expect(3);
    assert_eq!(codes(&run.json()), ["write-failed"]);
    assert_eq!(fs::read_to_string(desk.path("out")).unwrap(), "tệp");
}

#[test]
fn what_cannot_be_read_exits_with_3() {
    let desk = Desk::new("exit-3-unreadable", &[("campaign.yaml", STICKERS), ("xe.csv/giu-cho", "")]);
    for campaign in [".", "campaign.yaml"] {
        let run = desk.toroi(&["render", campaign, "--json"]).expect(3);
        assert_eq!(codes(&run.json()), ["file-unreadable"]);
    }
}

#[test]
#[cfg(unix)]
fn an_output_folder_that_cannot_be_written_to_exits_with_3() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new("exit-3-locked", &[("campaign.yaml", STICKER), ("out/old.txt", "cũ")]);
    fs::set_permissions(desk.path("out"), fs::Permissions::from_mode(0o555)).unwrap();
    let lock_holds = fs::write(desk.path("out/probe"), "").is_err();
    if lock_holds {
        desk.toroi(&["render", "campaign.yaml"]).expect(3);
        assert_eq!(desk.names("out"), ["old.txt"]);
    }
    fs::set_permissions(desk.path("out"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_no_part_behind() {
    let desk = Desk::new("no-part", &[("campaign.yaml", STICKER), ("out/tem-vinyl.pdf/giu-cho", "")]);
    desk.toroi(&["render", "campaign.yaml"]).expect(3);
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf"]);
    assert_eq!(desk.names("out/tem-vinyl.pdf"), ["giu-cho"]);
}

#[test]
fn a_campaign_that_is_not_there_is_told_by_its_name() {
    let desk = Desk::new("missing", &[]);
    let run = desk.toroi(&["render", "nope/campaign.yaml", "--json"]).expect(1);
    let json = run.json();
    assert_eq!(codes(&json), ["file-missing"]);
    assert_eq!(json["findings"][0]["file"], "nope/campaign.yaml");
    assert!(desk.names(".").is_empty());
}

#[test]
fn an_error_leaves_older_output_untouched() {
    let desk = Desk::new("older", &[("campaign.yaml", &wrong_plate()), ("out/tem-vinyl.pdf", "older")]);
    let before = fs::metadata(desk.path("out/tem-vinyl.pdf")).unwrap().modified().unwrap();
    for args in [&["render", "campaign.yaml"][..], &["render", "campaign.yaml", "--format", "pdf,png"], &["preview", "campaign.yaml"]] {
        desk.toroi(args).expect(1);
    }
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf"]);
    assert_eq!(fs::read_to_string(desk.path("out/tem-vinyl.pdf")).unwrap(), "older");
    assert_eq!(fs::metadata(desk.path("out/tem-vinyl.pdf")).unwrap().modified().unwrap(), before);
}

#[test]
fn an_error_makes_no_output_folder() {
    let desk = Desk::new("no-folder", &[("campaign.yaml", &wrong_plate())]);
    desk.toroi(&["render", "campaign.yaml"]).expect(1);
    assert_eq!(desk.names("."), ["campaign.yaml"]);
}

#[test]
fn one_bad_record_stops_the_whole_piece() {
    let rows = ROWS.replace("HTTPS://MO.VN/X/0003", "");
    let desk = Desk::new("bad-record", &[("campaign.yaml", STICKERS), ("xe.csv", &rows)]);
    let run = desk.toroi(&["render", "campaign.yaml", "--json"]).expect(1);
    assert_eq!(run.json()["findings"][0]["record"], 3);
    assert!(desk.names("out").is_empty());
}

#[test]
fn a_good_piece_is_written_beside_a_bad_one() {
    let bad = "  hong:\n    format: bus-sticker\n    press: vinyl\n    text: {plate: 19B-056.78}\n    qr: {app: HTTPS://MO.VN/X/0002}\n";
    let desk = Desk::new("good-beside-bad", &[("campaign.yaml", &format!("{STICKER}{bad}"))]);
    let run = desk.toroi(&["render", "campaign.yaml", "--json"]).expect(1);
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf"]);
    let json = run.json();
    assert_eq!(json["artworks"].as_array().unwrap().len(), 1);
    assert_eq!(json["findings"][0]["piece"], "hong");
}

#[test]
fn a_broken_table_stops_its_own_piece_alone() {
    let sticker = STICKER.split_once("pieces:\n").unwrap().1.replace("tem:", "sau:");
    let desk = Desk::new("broken-table", &[("campaign.yaml", &format!("{STICKERS}{sticker}")), ("xe.csv", "plate,url\n19B-012.34\n")]);
    let run = desk.toroi(&["render", "campaign.yaml", "--json"]).expect(1);
    assert_eq!(codes(&run.json()), ["short-row"]);
    assert_eq!(desk.names("out"), ["sau-vinyl.pdf"]);
}

#[test]
fn json_is_one_object_with_the_promised_keys() {
    let desk = Desk::new("json", &[("campaign.yaml", &on_a_desk())]);
    let json = desk.toroi(&["render", "campaign.yaml", "--json"]).expect(0).json();
    let artwork = &json["artworks"][0];
    for key in ["piece", "format", "size", "press", "file", "pages", "records", "trim_mm", "bleed_mm", "qr"] {
        assert!(!artwork[key].is_null(), "artwork without {key}");
    }
    for key in ["page", "payload", "version", "ecc", "module_mm", "side_mm", "decoded", "reads_from_m"] {
        assert!(!artwork["qr"][0][key].is_null(), "code without {key}");
    }
    let finding = json["findings"][0].as_object().unwrap();
    for key in ["severity", "code", "message", "hint", "file", "line", "column", "record"] {
        assert!(finding.contains_key(key), "finding without {key}");
    }
    assert_eq!(artwork["file"], "out/tem-office.pdf");
    assert_eq!(artwork["trim_mm"], serde_json::json!([100.0, 100.0]));
    assert_eq!((&artwork["standard"], &artwork["plates"]), (&"pdf/a-2b".into(), &serde_json::json!([])));
    assert_eq!(artwork["qr"][0]["payload"], "HTTPS://MO.VN/X/0001");
    assert_eq!(artwork["qr"][0]["decoded"], true);
}

#[test]
fn json_without_a_result_is_still_one_object() {
    let desk = Desk::new("json-errors", &[("campaign.yaml", "campaign: [\n")]);
    for command in ["render", "check", "preview"] {
        let json = desk.toroi(&[command, "campaign.yaml", "--json"]).expect(1).json();
        assert_eq!(json["artworks"], serde_json::json!([]));
        assert_eq!(codes(&json), ["yaml-syntax"]);
    }
}

#[test]
fn results_go_to_stdout_and_talk_to_stderr() {
    let desk = Desk::new("streams", &[("campaign.yaml", &on_a_desk())]);
    let run = desk.toroi(&["render", "campaign.yaml", "--lang", "en"]).expect(0);
    assert!(run.out.contains("out/tem-office.pdf") && !run.out.contains("safe-area"), "{}", run.out);
    assert!(run.err.contains("warning[safe-area]") && !run.err.contains(".pdf"), "{}", run.err);
    let sound = Desk::new("streams-sound", &[("campaign.yaml", STICKER)]).toroi(&["render", "campaign.yaml"]).expect(0);
    assert_eq!(sound.err, "");
    let wrong = Desk::new("streams-wrong", &[("campaign.yaml", &wrong_plate())]).toroi(&["render", "campaign.yaml"]).expect(1);
    assert_eq!(wrong.out, "");
}

#[test]
fn a_reader_that_leaves_early_is_no_crash() {
    let desk = Desk::new("pipe", &[("campaign.yaml", STICKER)]);
    for args in [&["check", "campaign.yaml", "--json"][..], &["check", "campaign.yaml"], &["formats"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toroi"));
        let mut child = command.args(args).current_dir(&desk.0).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let err = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
        assert!(!err.contains("panicked"), "{args:?}: {err}");
    }
}

#[test]
fn findings_name_file_line_and_column() {
    let desk = Desk::new("place", &[("to/campaign.yaml", &wrong_plate())]);
    let run = desk.toroi(&["check", "to/campaign.yaml", "--lang", "en"]).expect(1);
    assert!(run.err.contains("error[unknown-name]") && run.err.contains("[to/campaign.yaml:6:42]"), "{}", run.err);
}

#[test]
fn messages_speak_the_language_asked_for() {
    let desk = Desk::new("lang", &[("campaign.yaml", &wrong_plate())]);
    let vietnamese = "Có phải ý bạn là “plate”?";
    let english = "Did you mean “plate”?";
    for (args, env, words) in [
        (&["--lang", "vi"][..], &[][..], vietnamese),
        (&["--lang", "en"], &[("LANG", "vi_VN.UTF-8")], english),
        (&[], &[("LANG", "vi_VN.UTF-8")], vietnamese),
        (&[], &[("LC_ALL", "C"), ("LANG", "vi_VN.UTF-8")], english),
        (&[], &[], english),
    ] {
        let run = desk.toroi_with(&[&["check", "campaign.yaml"], args].concat(), env).expect(1);
        assert!(run.err.contains(words), "{args:?} {env:?}: {}", run.err);
        let json = desk.toroi_with(&[&["check", "campaign.yaml", "--json"], args].concat(), env).json();
        let hints: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|f| f["hint"].as_str().unwrap()).collect();
        assert!(hints.contains(&words), "{hints:?}");
    }
}

#[test]
fn check_writes_nothing() {
    let desk = Desk::new("check", &[("campaign.yaml", STICKER)]);
    let json = desk.toroi(&["check", "campaign.yaml", "--json"]).expect(0).json();
    assert_eq!(desk.names("."), ["campaign.yaml"]);
    assert_eq!(json["artworks"][0]["piece"], "tem");
}

/// Pixels across and down, from the header of a PNG.
fn png_size(path: &Path) -> [u32; 2] {
    let bytes = fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    [16, 20].map(|at| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()))
}

/// Pixels of a length at a resolution.
fn pixels(mm: f64, ppi: f64) -> u32 {
    (mm / 25.4 * ppi).round() as u32
}

#[test]
fn preview_makes_a_picture_of_each_page() {
    let desk = Desk::new("preview", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    desk.toroi(&["preview", "campaign.yaml", "-o", "anh"]).expect(0);
    assert_eq!(desk.names("anh"), ["tem-vinyl-1.png", "tem-vinyl-2.png", "tem-vinyl-3.png", "tem-vinyl-4.png"]);
    let with_bleed = 104.0;
    assert_eq!(png_size(&desk.path("anh/tem-vinyl-1.png")), [pixels(with_bleed, 150.0); 2]);
    desk.toroi(&["preview", "campaign.yaml", "-o", "nho", "--ppi", "30", "--records", "1"]).expect(0);
    assert_eq!(desk.names("nho"), ["tem-vinyl-1.png"]);
    assert_eq!(png_size(&desk.path("nho/tem-vinyl-1.png")), [pixels(with_bleed, 30.0); 2]);
}

#[test]
fn a_proof_sheet_shows_what_cannot_be_printed_yet_and_says_so() {
    let too_long = STICKER.replace("Quét mã xem lịch xe", &"Quét mã xem lịch xe ".repeat(12));
    let desk = Desk::new("contact", &[("campaign.yaml", &too_long)]);
    let json = desk.toroi(&["preview", "campaign.yaml", "--contact", "--json"]).expect(1).json();
    assert_eq!(desk.names("out"), ["contact-1.png", "contact.pdf"]);
    assert_eq!(json["contact"], serde_json::json!(["out/contact.pdf", "out/contact-1.png"]));
    let overflow = json["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "overflow").unwrap();
    assert_eq!((&overflow["severity"], &overflow["allowed"]), (&"error".into(), &false.into()));
    // It says what a check says, and shows a picture of it all the same.
    assert_eq!(json["findings"], desk.toroi(&["check", "campaign.yaml", "--json"]).expect(1).json()["findings"]);
    assert_eq!(json["artworks"][0]["file"], Value::Null);
    assert_eq!(json["artworks"][0]["pages"], 1);
    assert_eq!(png_size(&desk.path("out/contact-1.png")), [pixels(210.0, 150.0), pixels(297.0, 150.0)]);
    let run = desk
        .toroi(&[
            "preview",
            "campaign.yaml",
            "--contact",
            "--allow",
            "overflow",
            "--allow",
            "box-too-large",
            "--proof",
            "off",
            "--ppi",
            "30",
        ])
        .expect(0);
    assert_eq!(run.out, "out/contact.pdf\nout/contact-1.png\n");
}

#[test]
fn render_writes_the_formats_asked_for() {
    let desk = Desk::new("formats-asked", &[("campaign.yaml", STICKER)]);
    let json = desk.toroi(&["render", "campaign.yaml", "--format", "pdf,png", "--ppi", "40", "--json"]).expect(0).json();
    assert_eq!(desk.names("out"), ["tem-vinyl-1.png", "tem-vinyl.pdf"]);
    assert_eq!(json["artworks"][0]["files"], serde_json::json!(["out/tem-vinyl.pdf", "out/tem-vinyl-1.png"]));
    assert_eq!(png_size(&desk.path("out/tem-vinyl-1.png")), [pixels(104.0, 40.0); 2]);
}

fn payloads(json: &Value) -> Vec<&str> {
    json["artworks"][0]["qr"].as_array().unwrap().iter().map(|c| c["payload"].as_str().unwrap()).collect()
}

#[test]
fn records_chooses_rows() {
    let desk = Desk::new("records", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    let json = |range: &str| desk.toroi(&["check", "campaign.yaml", "--json", "--records", range]).expect(0).json();
    assert_eq!(payloads(&json("2-3")), ["HTTPS://MO.VN/X/0002", "HTTPS://MO.VN/X/0003"]);
    assert_eq!(payloads(&json("4")), ["HTTPS://MO.VN/X/0004"]);
    assert_eq!(json("2-4")["artworks"][0]["records"], 3);
    for beyond in ["8-9", "2-9"] {
        let run = desk.toroi(&["render", "campaign.yaml", "--json", "--records", beyond]).expect(1);
        assert_eq!(codes(&run.json()), ["records-beyond"]);
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn piece_chooses_pieces() {
    let other = STICKER.split_once("  tem:").unwrap().1;
    let desk = Desk::new("piece", &[("campaign.yaml", &format!("{STICKER}  tem2:{other}  tem3:{other}"))]);
    desk.toroi(&["render", "campaign.yaml", "--piece", "tem3", "--piece", "tem"]).expect(0);
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf", "tem3-vinyl.pdf"]);
    let run = desk.toroi(&["check", "campaign.yaml", "--piece", "tem9", "--json"]).expect(1);
    assert_eq!(codes(&run.json()), ["unknown-name"]);
}

#[test]
fn press_goes_before_the_campaigns() {
    let desk = Desk::new("press", &[("campaign.yaml", STICKER)]);
    desk.toroi(&["render", "campaign.yaml", "--press", "screen", "--press", "offset"]).expect(0);
    assert_eq!(desk.names("out"), ["tem-offset.pdf", "tem-screen.pdf"]);
}

#[test]
fn set_goes_before_the_campaign() {
    let desk = Desk::new("set", &[("campaign.yaml", &STICKER.replace("message: Quét mã xem lịch xe, ", ""))]);
    desk.toroi(&["check", "campaign.yaml"]).expect(1);
    desk.toroi(&["check", "campaign.yaml", "--set", "message=Quét mã"]).expect(0);
    let run = desk.toroi(&["check", "campaign.yaml", "--set", "message=Quét mã", "--set", "palte=x", "--json"]).expect(1);
    assert_eq!(codes(&run.json()), ["unknown-name"]);
}

#[test]
fn set_goes_before_the_piece() {
    let desk = Desk::new("set-piece", &[("campaign.yaml", STICKER)]);
    let pdf = |args: &[&str], out: &str| {
        desk.toroi(&[&["render", "campaign.yaml", "-o", out], args].concat()).expect(0);
        fs::read(desk.path(out).join("tem-vinyl.pdf")).unwrap()
    };
    assert_ne!(pdf(&[], "a"), pdf(&["--set", "plate=19B-056.78"], "b"));
}

#[test]
fn data_goes_before_the_campaigns() {
    let desk = Desk::new("data", &[("to/campaign.yaml", STICKERS), ("to/xe.csv", ROWS), ("khac.csv", &ROWS.replace("000", "100"))]);
    let json = desk.toroi(&["check", "to/campaign.yaml", "--data", "khac.csv", "--records", "1", "--json"]).expect(0).json();
    assert_eq!(payloads(&json), ["HTTPS://MO.VN/X/1001"]);
}

#[test]
fn allow_lets_a_judgement_pass() {
    let long = STICKER.replace("19B-012.34", &"19B".repeat(14));
    let desk = Desk::new("allow", &[("campaign.yaml", &long)]);
    desk.toroi(&["render", "campaign.yaml"]).expect(1);
    let run = desk.toroi(&["render", "campaign.yaml", "--allow", "overflow", "--allow", "safe-area", "--json"]).expect(0);
    let json = run.json();
    assert_eq!(codes(&json), ["overflow"]);
    assert_eq!((&json["findings"][0]["severity"], &json["findings"][0]["allowed"]), (&"warning".into(), &true.into()));
    assert_eq!(json["artworks"][0]["allowed"], serde_json::json!(["overflow"]));
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf"]);
}

#[test]
fn proof_says_how_codes_were_read() {
    let desk = Desk::new("proof", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    let from = |proof: &str| {
        let json = desk.toroi(&["check", "campaign.yaml", "--json", "--proof", proof]).expect(0).json();
        json["artworks"][0]["qr"].as_array().unwrap().iter().map(|c| c["decoded_from"] == "page").collect::<Vec<_>>()
    };
    assert_eq!(from("off"), [false; 4]);
    assert_eq!(from("all"), [true; 4]);
}

#[test]
fn a_day_given_by_the_environment_dates_the_file() {
    let desk = Desk::new("epoch", &[("campaign.yaml", STICKER)]);
    let pdf = |epoch: &str, out: &str| {
        desk.toroi_with(&["render", "campaign.yaml", "-o", out], &[("SOURCE_DATE_EPOCH", epoch)]).expect(0);
        fs::read(desk.path(out).join("tem-vinyl.pdf")).unwrap()
    };
    let first = pdf("1597017600", "a");
    assert_eq!(first, pdf("1597017601", "b"));
    assert_ne!(first, pdf("1697017600", "c"));
}

#[test]
fn formats_lists_what_there_is() {
    let desk = Desk::new("formats", &[]);
    let list = desk.toroi(&["formats", "--lang", "en"]).expect(0).out;
    for name in ["leaflet", "hotel-notice", "bus-sticker", "Vehicle sticker", "square-100"] {
        assert!(list.contains(name), "{list}");
    }
    let one = desk.toroi(&["formats", "leaflet", "--lang", "vi"]).expect(0).out;
    for word in ["headline", "Tiêu đề lớn", "a5", "mã QR", "toroi new leaflet"] {
        assert!(one.contains(word), "{one}");
    }
    let json = desk.toroi(&["formats", "bus-sticker", "--json"]).expect(0).json();
    assert_eq!(json[0]["format"], "bus-sticker");
    assert_eq!(json[0]["sizes"][0]["trim_mm"], serde_json::json!([100.0, 100.0]));
    assert_eq!(json[0]["fields"][0]["required"], true);
    let run = desk.toroi(&["formats", "leafet"]).expect(2);
    assert!(run.out.is_empty() && run.err.contains("leaflet"), "{}", run.err);
}

#[test]
fn schema_prints_what_editors_need() {
    let desk = Desk::new("schema", &[]);
    for kind in SCHEMAS {
        let printed = desk.toroi(&["schema", kind]).expect(0).out;
        assert_eq!(printed, fs::read_to_string(format!("assets/schema/{kind}.schema.json")).unwrap(), "{kind}");
        for lang in ["vi", "en"] {
            let list = desk.toroi(&["schema", "--lang", lang]).expect(0).out;
            assert!(list.lines().any(|line| line.starts_with(kind)) && list.contains("# yaml-language-server: $schema="), "{list}");
        }
    }
    let run = desk.toroi(&["schema", "campagne"]).expect(2);
    assert!(run.out.is_empty() && run.err.contains("campaign"), "{}", run.err);
}

const READMES: [&str; 2] = ["README.md", "README.vi.md"];

/// The blocks of a document that open with a fence of these words, and their first lines.
fn blocks(path: &str, fence: &str) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (i, line) in text.lines().enumerate() {
        match inside {
            false if line == format!("```{fence}") => {
                found.push((i + 2, String::new()));
                inside = true;
            }
            true if line == "```" => inside = false,
            true => found.last_mut().unwrap().1.extend([line, "\n"]),
            false => {}
        }
    }
    found
}

fn told(findings: &[Finding]) -> String {
    let tell = |f: &Finding| format!("{:?} {} {}\n", f.place.spot, f.code(), f.message(Lang::En));
    findings.iter().map(tell).collect()
}

/// A campaign of a document, beside the files of the example.
struct Shown(String);

impl World for Shown {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        match path {
            "campaign.yaml" => Ok(self.0.clone().into()),
            other => Disk.read(&format!("examples/bluezone/{other}"), most),
        }
    }

    fn list(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

#[test]
fn every_campaign_in_the_readme_renders() {
    for readme in READMES {
        let found = blocks(readme, "yaml campaign");
        assert!(!found.is_empty(), "{readme}");
        for (line, block) in found {
            let outcome = render(&Shown(block), "campaign.yaml", &Options::default());
            assert!(!any_error(&outcome.findings), "{readme}:{line}\n{}", told(&outcome.findings));
            assert!(!outcome.artworks.is_empty(), "{readme}:{line}");
        }
    }
}

/// The rows of the table of kinds: each example makes a code.
#[test]
fn every_kind_of_code_in_the_readme_is_written() {
    let kinds = |readme: &str, title: &str| -> Vec<String> {
        let text = fs::read_to_string(readme).unwrap();
        let section = text.split(title).nth(1).and_then(|s| s.split("###").next()).unwrap_or_default();
        section.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).map(String::from).collect()
    };
    let examples = kinds("README.md", "### What a code says");
    assert!(examples.len() >= 9);
    assert_eq!(examples, kinds("README.vi.md", "### Mã QR nói gì"));
    let format = "format: the\nsizes: {a6: {trim: 105x148mm}}\nfields: {ma: {type: qr, required: true}}\nstyles: {}\n\
        sides: [{name: front, column: {padding: 15mm, children: [{qr: {value: ma, side: 50mm}}]}}]\n";
    for example in examples {
        let campaign = format!("campaign: x\nqr:\n  ma:\n    {example}\npieces: {{p: {{format: the, sheet: none}}}}\n");
        let world = Memory([("campaign.yaml".to_string(), campaign.into()), ("the.yaml".to_string(), format.into())].into());
        let outcome = render(&world, "campaign.yaml", &Options::default());
        assert!(!any_error(&outcome.findings), "{example}\n{}", told(&outcome.findings));
        assert_eq!(outcome.artworks[0].codes.len(), 1, "{example}");
    }
}

#[test]
fn every_format_in_the_handbook_reads() {
    let found = blocks("templates/README.md", "yaml format");
    assert_eq!(found.is_empty(), !Path::new("templates/README.md").exists());
    for (line, block) in found {
        let name = block.lines().find_map(|l| l.strip_prefix("format: ")).unwrap_or_default();
        let (format, findings) = format::read(&format!("{name}.yaml"), block.as_bytes(), &Limits::default());
        assert!(format.is_some() && findings.is_empty(), "templates/README.md:{line}\n{}", told(&findings));
    }
}

#[test]
fn every_sheet_and_printer_in_the_documents_reads() {
    for (path, least) in [("README.md", 1), ("README.vi.md", 1), ("templates/README.md", 2)] {
        let found = blocks(path, "yaml sheet");
        assert_eq!(found.len() >= least, Path::new(path).exists());
        for (line, block) in found {
            let name = block.lines().find_map(|l| l.strip_prefix("sheet: ")).unwrap_or_default();
            let (sheet, findings) = sheet::read(&format!("{name}.yaml"), block.as_bytes(), &Limits::default());
            assert!(sheet.is_some() && findings.is_empty(), "{path}:{line}\n{}", told(&findings));
        }
    }
    let found = blocks("templates/README.md", "yaml printer");
    assert_eq!(found.is_empty(), !Path::new("templates/README.md").exists());
    for (line, block) in found {
        let (printer, findings) = printer::read("p.yaml", block.as_bytes(), &Limits::default());
        assert!(printer.is_some() && findings.is_empty(), "templates/README.md:{line}\n{}", told(&findings));
    }
}

#[test]
fn sheet_goes_before_the_campaigns() {
    let desk = Desk::new("sheet", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    let sheet = |arguments: &[&str]| {
        let json = desk.toroi(&[&["check", "campaign.yaml", "--json"], arguments].concat()).expect(0).json();
        (json["artworks"][0]["sheet"]["name"].as_str().map(String::from), json["artworks"][0]["pages"].as_u64().unwrap())
    };
    assert_eq!(sheet(&[]), (None, 4));
    assert_eq!(sheet(&["--sheet", "sra3"]), (Some("sra3".into()), 1));
    assert_eq!(sheet(&["--press", "office", "--allow", "safe-area"]), (Some("a4".into()), 2));
    assert_eq!(sheet(&["--press", "office", "--sheet", "none"]), (None, 4));
    let run = desk.toroi(&["check", "campaign.yaml", "--sheet", "sra9", "--json"]).expect(1);
    assert_eq!(codes(&run.json()), ["unknown-name"]);
}

#[test]
fn where_to_cut_and_where_to_go_on_is_told() {
    let desk = Desk::new("told", &[]);
    let example = format!("{}/examples/bluezone/campaign.yaml", env!("CARGO_MANIFEST_DIR"));
    let fixed = ["check", &example, "--piece", "to-roi", "--piece", "tem-nhan", "--press", "office", "--records", "1-5"];
    let run = desk.toroi(&[&fixed[..], &["--lang", "en"]].concat()).expect(0);
    assert!(run.err.contains("to-roi-office.pdf: cut at 148.5 mm from the top edge\n"), "{}", run.err);
    assert!(run.err.contains("tem-nhan-office.pdf: the last sheet is free from slot 6 (--first 6)\n"), "{}", run.err);
    let json = desk.toroi(&[&fixed[..], &["--json"]].concat()).expect(0).json();
    assert_eq!(json["artworks"][0]["sheet"]["cuts_mm"], serde_json::json!([[], [148.5]]));
    assert_eq!(json["artworks"][1]["sheet"]["next_free"], 6);
}

#[test]
fn one_record_goes_into_the_slot_that_is_free() {
    let desk = Desk::new("first", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    let fixed = ["check", "campaign.yaml", "--sheet", "sra3", "--json"];
    let json = desk.toroi(&[&fixed[..], &["--where", "plate=19B-090.12", "--first", "7"]].concat()).expect(0).json();
    let code = &json["artworks"][0]["qr"][0];
    assert_eq!(
        (code["slot"].as_u64(), code["record"].as_u64(), code["payload"].as_str()),
        (Some(7), Some(3), Some("HTTPS://MO.VN/X/0003"))
    );
    assert_eq!(json["artworks"][0]["records"], 1);
    for (arguments, code) in [
        (["--first", "13"], "slot-beyond"),
        (["--where", "splate=19B-090.12"], "unknown-name"),
        (["--where", "plate=19B-000.00"], "no-match"),
    ] {
        let run = desk.toroi(&[&fixed[..], &arguments].concat()).expect(1);
        assert_eq!(codes(&run.json()), [code]);
    }
    desk.toroi(&["check", "campaign.yaml", "--first", "0"]).expect(2);
    desk.toroi(&["check", "campaign.yaml", "--where", "so"]).expect(2);
}

#[test]
fn a_pack_is_written_beside_its_file() {
    let desk = Desk::new("pack", &[("campaign.yaml", STICKER)]);
    let run = desk.toroi(&["render", "campaign.yaml", "--pack", "--json"]).expect(0);
    assert_eq!(desk.names("out"), ["tem-vinyl.pdf", "tem-vinyl.zip"]);
    assert!(fs::read(desk.path("out/tem-vinyl.zip")).unwrap().starts_with(b"PK"));
    assert_eq!(run.json()["artworks"][0]["files"].as_array().unwrap().len(), 2);
    desk.toroi(&["check", "campaign.yaml", "--pack"]).expect(2);
}

#[test]
fn a_printer_is_measured_by_four_readings() {
    let desk = Desk::new("printer", &[("campaign.yaml", STICKER)]);
    let calibrate = |arguments: &[&str]| desk.toroi(&[&["printer", "calibrate", "van-thu"], arguments].concat());
    calibrate(&[]).expect(0);
    assert_eq!(desk.names("out"), ["to-do-may-in.pdf"]);
    let kept = desk.path("config/toroi/printers/van-thu.yaml");
    assert!(!kept.exists());
    calibrate(&["--left", "20"]).expect(2);
    let run = calibrate(&["--left", "40", "--top", "20", "--length", "150", "--back", "40", "--lang", "en"]).expect(1);
    assert!(run.err.contains("20.0 mm") && !kept.exists(), "{}", run.err);
    calibrate(&["--left", "20,8", "--top", "18.8", "--length", "147/196", "--back", "21,4", "--margin", "5"]).expect(0);
    let profile = fs::read_to_string(&kept).unwrap();
    assert_eq!(
        profile,
        "printer: \"van-thu\"\nmargin: 5mm\nshift: {x: 1.2mm, y: -0.8mm}\nscale: {x: 98%, y: 98%}\nback: {x: 0.6mm, y: 0mm}\n"
    );
    // What is wrong leaves what is there.
    calibrate(&["--left", "40", "--top", "20", "--length", "150", "--back", "40"]).expect(1);
    assert_eq!(fs::read_to_string(&kept).unwrap(), profile);
    desk.toroi(&["render", "campaign.yaml", "--press", "office", "--printer", "van-thu"]).expect(0);
    desk.toroi(&["render", "campaign.yaml", "--press", "office", "--printer", "config/toroi/printers/van-thu.yaml"]).expect(0);
    let run = desk.toroi(&["check", "campaign.yaml", "--press", "office", "--printer", "ke-toan", "--json"]).expect(1);
    assert_eq!(codes(&run.json())[0], "no-printer");
    desk.toroi(&["printer", "calibrate", "../etc"]).expect(2);
}

#[test]
fn every_example_renders() {
    let folders: Vec<PathBuf> =
        fs::read_dir("examples").unwrap().map(|e| e.unwrap().path()).filter(|p| p.join("campaign.yaml").exists()).collect();
    assert!(folders.len() > 1);
    for folder in folders {
        let path = folder.join("campaign.yaml").display().to_string();
        let outcome = render(&Disk, &path, &Options::default());
        assert!(!any_error(&outcome.findings), "{path}\n{}", told(&outcome.findings));
        assert!(!outcome.artworks.is_empty(), "{path}");
    }
}

#[test]
fn each_record_may_have_a_file_of_its_own() {
    let campaign = STICKERS.replace("press: vinyl", "press: office\n    file: \"{{ plate }}\"");
    let desk = Desk::new("split", &[("campaign.yaml", &campaign), ("xe.csv", ROWS)]);
    let run = desk.toroi(&["render", "campaign.yaml", "--split", "--manifest"]).expect(0);
    assert!(run.out.contains("tem-office/") && run.out.contains("4 files"), "{}", run.out);
    let names = ["19B-012.34", "19B-034.56", "19B-056.78", "19B-090.12"];
    assert_eq!(desk.names("out/tem-office"), names.map(|name| format!("{name}.pdf")));
    let manifest = fs::read_to_string(desk.path("out/tem-office-manifest.csv")).unwrap();
    // Two copies of each on its sheet.
    let mut files: Vec<&str> = manifest.lines().skip(1).map(|line| line.split(',').nth(3).unwrap()).collect();
    files.dedup();
    let rows = ["19B-012.34", "19B-056.78", "19B-090.12", "19B-034.56"];
    assert_eq!(files, rows.map(|name| format!("tem-office/{name}.pdf")));
    // In two parts, the manifests one after the other are that of the whole.
    for part in ["1/2", "2/2"] {
        desk.toroi(&["render", "campaign.yaml", "--split", "--manifest", "--shard", part, "-o", "parts"]).expect(0);
    }
    let part = |part: &str| fs::read_to_string(desk.path("parts").join(format!("tem-office-{part}-manifest.csv"))).unwrap();
    assert_eq!(part("1of2") + &part("2of2"), manifest);
    assert_eq!(desk.names("parts/tem-office"), desk.names("out/tem-office"));
    // Each is what the record would be as a piece without a table.
    let alone = Desk::new("split-alone", &[("campaign.yaml", STICKER), ("xe.csv", ROWS)]);
    alone.toroi(&["render", "campaign.yaml", "--press", "office"]).expect(0);
    assert_eq!(fs::read(desk.path("out/tem-office/19B-012.34.pdf")).unwrap(), fs::read(alone.path("out/tem-office.pdf")).unwrap());
    let json = desk.toroi(&["render", "campaign.yaml", "--split", "--records", "2-3", "-o", "some", "--json"]).expect(0).json();
    let files: Vec<&str> = json["artworks"].as_array().unwrap().iter().map(|a| a["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["some/tem-office/19B-056.78.pdf", "some/tem-office/19B-090.12.pdf"]);
    assert_eq!(json["artworks"][1]["qr"][0]["record"], 3);
}

#[test]
fn files_of_records_without_a_pattern_are_numbered_as_in_the_whole_table() {
    let campaign = STICKERS.replace("press: vinyl", "press: office");
    let rows: String =
        ["plate,url\n".to_string()].into_iter().chain((0..12).map(|i| format!("19B-012.{i:02},HTTPS://MO.VN/X/{i}\n"))).collect();
    let desk = Desk::new("split-numbers", &[("campaign.yaml", &campaign), ("xe.csv", &rows)]);
    desk.toroi(&["render", "campaign.yaml", "--split", "--records", "9-10"]).expect(0);
    assert_eq!(desk.names("out/tem-office"), ["09.pdf", "10.pdf"]);
}

#[test]
fn two_records_never_share_a_file() {
    let campaign = STICKERS.replace("press: vinyl", "press: office\n    file: \"{{ ten }}\"");
    let rows = "plate,url,ten\n1,HTTPS://MO.VN/1,Bến Gót\n2,HTTPS://MO.VN/2,bến gót\n3,HTTPS://MO.VN/3,..\n4,HTTPS://MO.VN/4,a/b\n5,HTTPS://MO.VN/5,a:b\n";
    let desk = Desk::new("split-collision", &[("campaign.yaml", &campaign), ("xe.csv", rows)]);
    let json = desk.toroi(&["render", "campaign.yaml", "--split", "--json"]).expect(1).json();
    let told: Vec<(String, u64)> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["severity"] == "error")
        .map(|f| (f["code"].as_str().unwrap().into(), f["record"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("same-name".into(), 2), ("no-name".into(), 3), ("same-name".into(), 5)]);
    assert!(json["findings"][0]["message"].as_str().unwrap().contains("record 1"), "{json}");
    assert!(desk.names("out").is_empty(), "nothing is written of a piece that has a mistake");
}

#[test]
fn parts_of_a_run_have_names_of_their_own() {
    let desk = Desk::new("shards", &[("campaign.yaml", STICKERS), ("xe.csv", ROWS)]);
    for part in 1..=12 {
        let run = desk.toroi(&["render", "campaign.yaml", "--sheet", "none", "--shard", &format!("{part}/12"), "--manifest"]).expect(0);
        // Four sheets in twelve parts: every third has one.
        assert_eq!(run.err.contains("empty-shard"), part % 3 != 0, "{part}: {}", run.err);
    }
    let pdfs: Vec<String> = desk.names("out").into_iter().filter(|name| name.ends_with(".pdf")).collect();
    assert_eq!(pdfs, ["tem-vinyl-03of12.pdf", "tem-vinyl-06of12.pdf", "tem-vinyl-09of12.pdf", "tem-vinyl-12of12.pdf"]);
    let joined: String = desk
        .names("out")
        .iter()
        .filter(|name| name.ends_with(".csv"))
        .map(|name| fs::read_to_string(desk.path("out").join(name)).unwrap())
        .collect();
    let pages: Vec<&str> = joined.lines().skip(1).map(|line| line.split(',').nth(4).unwrap()).collect();
    assert_eq!(pages, ["1", "2", "3", "4"]);
    for wrong in ["0/3", "4/3", "3", "a/b", "1/0"] {
        desk.toroi(&["render", "campaign.yaml", "--shard", wrong]).expect(2);
    }
}

#[test]
fn inspect_tells_what_a_file_is_and_what_its_codes_say() {
    let desk = Desk::new("inspect", &[("campaign.yaml", STICKER), ("letter.pdf", "Dear all"), ("cut.pdf", "%PDF-1.7")]);
    desk.toroi(&["render", "campaign.yaml"]).expect(0);
    let run = desk.toroi(&["--lang", "en", "inspect", "out/tem-vinyl.pdf", "--press", "vinyl"]).expect(0);
    for words in ["PDF 1.6", "PDF/X-4", "100×100 mm", "bleed 2 mm", "CutContour", "HTTPS://MO.VN/X/0001"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let run = desk.toroi(&["inspect", "out/tem-vinyl.pdf", "--json"]).expect(0);
    let said = run.json();
    let page = &said["files"][0]["pages"][0];
    assert_eq!((&page["qr"][0]["payload"], &page["trim"]["source"]), (&"HTTPS://MO.VN/X/0001".into(), &"page".into()));
    assert_eq!(said["findings"], serde_json::json!([]));
    // One file that cannot be read does not keep the others from being told.
    let run = desk.toroi(&["inspect", "letter.pdf", "cut.pdf", "out/tem-vinyl.pdf", "--json"]).expect(3);
    let said = run.json();
    assert_eq!(codes(&said), ["pdf-refused"; 2]);
    assert_eq!(said["files"].as_array().unwrap().len(), 1);
    desk.toroi(&["inspect", "absent.pdf"]).expect(1);
    let run = desk.toroi(&["inspect", "out/tem-vinyl.pdf", "--press", "ofset", "--json"]).expect(1);
    assert_eq!(codes(&run.json()), ["unknown-name"]);
    desk.toroi(&["inspect"]).expect(2);
}

/// A file as programs of an office write it: two pages alike, and one that is turned, with all kinds of things on it.
fn file_of_others() -> String {
    let symbol = toroi::qr::encode("https://mo.vn/7KX2", None).unwrap();
    let mut code = String::from("q -3 0 0 3 250 100 cm 0 g\n");
    for (x, y, length) in symbol.runs() {
        code += &format!("{x} {} {length} 1 re f\n", symbol.modules - y - 1);
    }
    let content = format!(
        "1 0 0 rg BT /F 9 Tf (a) Tj /G 9 Tf (a) Tj ET q 72 0 0 36 40 40 cm /I Do Q q 36 0 0 36 40 300 cm /M Do Q /T gs 0 0 9 9 re f {code}Q"
    );
    let boxes = "/MediaBox[0 0 300 400]/TrimBox[10 10 290 390]/BleedBox[5 5 295 395]";
    let odd = "/MediaBox[0 0 300 400]/CropBox[0 0 300 390]/Rotate 90/UserUnit 2/Annots[<</Subtype/Link/Rect[0 0 9 9]>>]";
    let stream = |dict: &str, data: &str| format!("<<{dict}/Length {}>>stream\n{data}\nendstream", data.len());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/OutputIntents[<</S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)>>]>>".into(),
        "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>".into(),
        format!("<</Type/Page/Parent 2 0 R{boxes}>>"),
        format!("<</Type/Page/Parent 2 0 R{boxes}>>"),
        format!(
            "<</Type/Page/Parent 2 0 R{odd}/Contents 6 0 R/Resources<</Font<</F 7 0 R/G 8 0 R>>/XObject<</I 9 0 R/M 10 0 R>>/ExtGState<</T<</ca .5>>>>>>>>"
        ),
        stream("", &content),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".into(),
        "<</Type/Font/Subtype/TrueType/BaseFont/Arial/FontDescriptor<</FontFile2 11 0 R>>>>".into(),
        stream("/Subtype/Image/Width 100/Height 50/ColorSpace/DeviceRGB/BitsPerComponent 8", "x"),
        stream("/Subtype/Image/Width 100/Height 100/ImageMask true", "x"),
        stream("", "x"),
    ];
    let objects: String = (1..).zip(objects).map(|(i, object)| format!("{i} 0 obj{object}endobj\n")).collect();
    format!("%PDF-1.7\n{objects}trailer<</Root 1 0 R>>")
}

#[test]
fn inspect_tells_all_that_is_in_a_file_of_others() {
    let desk = Desk::new("inspect-others", &[("cua-ho.pdf", &file_of_others())]);
    let run = desk.toroi(&["inspect", "cua-ho.pdf", "--lang", "vi"]).expect(0);
    let said = "cua-ho.pdf: PDF 1.7, 3 trang
  điều kiện in: FOGRA39 (GTS_PDFX; không kèm hồ sơ màu)
  trang 1–2: 105,8×141,1 mm, khổ cắt 98,8×134,1 mm, chừa xén 1,8 mm
  trang 3: 282,2×211,7 mm, hiện 275,2×211,7 mm, không có khổ cắt, xoay 90°, UserUnit 2
  phông: Arial (TrueType, nhúng cả phông), Courier (Type 1, không nhúng)
  màu: Gray, RGB
  bản kẽm: Black
  ảnh: 1 × RGB 8 bit, 50 ppi; 1 × khuôn một bit, 100 ppi
  có phần trong suốt: trang 3
  có liên kết hay ghi chú: trang 3
  trang  cạnh     ô        phiên bản  đọc được từ  nội dung mã QR
  3      52,9 mm  2,12 mm  2-Q        ≤ 0,64 m     https://mo.vn/7KX2 (lật gương)
";
    assert_eq!(run.out, said);
    let run = desk.toroi(&["inspect", "cua-ho.pdf", "--lang", "en", "--press", "offset"]).expect(0);
    let said = "cua-ho.pdf: PDF 1.7, 3 pages
  printing conditions: FOGRA39 (GTS_PDFX; no profile)
  pages 1–2: 105.8×141.1 mm, trim 98.8×134.1 mm, bleed 1.8 mm
  page 3: 282.2×211.7 mm, crop 275.2×211.7 mm, no trim box, turned 90°, UserUnit 2
  fonts: Arial (TrueType, whole), Courier (Type 1, not embedded)
  colours: Gray, RGB
  plates: Black
  pictures: 1 × RGB 8 bit, 50 ppi; 1 × stencil, 100 ppi
  transparent parts: page 3
  links or notes: page 3
  page  side     module   version  reads from  code says
  3     52.9 mm  2.12 mm  2-Q      ≤ 0.64 m    https://mo.vn/7KX2 (mirrored)
";
    assert_eq!(run.out, said);
    let run = desk.toroi(&["inspect", "cua-ho.pdf", "--json"]).expect(0).json();
    let page = &run["files"][0]["pages"][2];
    assert_eq!((&page["rotate"], &page["user_unit"], &page["annotations"]), (&90.into(), &2.0.into(), &1.into()));
    assert_eq!((&page["qr"][0]["mirrored"], &page["pictures"][1]["stencil"]), (&true.into(), &true.into()));
    // Where a file may have fewer pages, it is said what was not looked at.
    let less = ["inspect", "cua-ho.pdf", "--limit", "pdf-pages=2", "--limit", "pdf-drawn=1", "--lang", "en"];
    let run = desk.toroi(&less).expect(0);
    assert!(run.out.contains("not looked at: pages after 2") && run.out.contains("no codes looked for on pages after 1"), "{}", run.out);
    assert_eq!(desk.toroi(&[&less[..6], &["--json"]].concat()).expect(0).json()["files"][0]["left_out"].as_array().unwrap().len(), 2);
}

#[test]
fn sheets_and_limits_are_listed_for_people_and_for_programs() {
    let desk = Desk::new("lists", &[]);
    let sheets = desk.toroi(&["sheets", "--lang", "en"]).expect(0).out;
    let json = desk.toroi(&["sheets", "--json"]).expect(0).json();
    let rows = json.as_array().unwrap();
    assert_eq!(sheets.lines().count(), rows.len());
    let a4 = rows.iter().find(|row| row["sheet"] == "a4").unwrap();
    assert_eq!(a4["stock_mm"], serde_json::json!([210.0, 297.0]));
    assert!(sheets.lines().any(|line| line.starts_with("a4 ") && line.contains("210×297 mm")), "{sheets}");
    // Labels that are cut already say how many there are.
    let labels = rows.iter().find(|row| row["slots"]["precut"] == true).unwrap();
    assert!(labels["slots"]["across"].as_u64().unwrap() > 1 && labels["slots"]["slot_mm"].is_array(), "{labels}");

    let limits = desk.toroi(&["limits", "--lang", "vi"]).expect(0).out;
    let json = desk.toroi(&["limits", "--json", "--lang", "vi"]).expect(0).json();
    let rows = json["limits"].as_array().unwrap();
    assert_eq!(limits.lines().count(), rows.len());
    for (line, row) in limits.lines().zip(rows) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((words[0], words[1]), (row["name"].as_str().unwrap(), row["most"].to_string().as_str()));
        assert!(line.ends_with(row["counts"].as_str().unwrap()), "{line}");
    }
}

#[test]
fn a_code_is_explained_in_the_language_of_messages() {
    let desk = Desk::new("explain", &[]);
    let told = desk.toroi(&["explain", "qr-quiet-zone", "--lang", "vi"]).expect(0);
    assert!(told.out.starts_with("qr-quiet-zone: lỗi (có thể cho qua: --allow)"), "{}", told.out);
    let told = desk.toroi(&["explain", "[overflow]", "--lang", "en"]).expect(0);
    assert!(told.out.starts_with("overflow: error"), "{}", told.out);
    let all = desk.toroi(&["explain", "--lang", "en"]).expect(0);
    assert_eq!(all.out.lines().count(), toroi::diag::CODES.len());
    let unknown = desk.toroi(&["explain", "overflw", "--lang", "vi"]).expect(2);
    assert!(unknown.err.contains("“overflow”"), "{}", unknown.err);
}

#[test]
fn a_finding_is_drawn_over_the_line_that_it_is_about() {
    let desk = Desk::new("drawn", &[("campaign.yaml", &wrong_plate())]);
    let err = desk.toroi(&["check", "campaign.yaml", "--lang", "vi"]).expect(1).err;
    let line = wrong_plate().lines().position(|line| line.contains("palte")).unwrap() + 1;
    for part in
        [format!("[campaign.yaml:{line}:"), format!("{line} │"), "palte".into(), "─────".into(), "→ ".into(), "toroi explain ".into()]
    {
        assert!(err.contains(&part), "{part}: {err}");
    }
}

#[test]
fn the_commands_of_the_readme_run() {
    let desk = Desk::new("readme", &[]);
    for readme in READMES {
        let shown = blocks(readme, "text").into_iter().flat_map(|(_, block)| block.lines().map(String::from).collect::<Vec<_>>());
        let whole: Vec<String> = shown.filter(|line| line.starts_with("toroi ") && line.contains("examples/")).collect();
        assert!(!whole.is_empty(), "{readme}");
        for line in whole {
            let line = line.replace("examples/", &format!("{}/examples/", env!("CARGO_MANIFEST_DIR")));
            let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
            let run = desk.toroi(&arguments).expect(0);
            assert!(run.out.contains("tem-nhan-office.pdf"), "{}", run.out);
        }
    }
}

/// A slip in the campaign's own content is told whichever piece is made.
#[test]
fn one_piece_does_not_hide_a_slip() {
    let two =
        format!("{}text: {{palte: 19B-012.34}}\n", STICKER.replace("  tem:", "  to-roi: {format: leaflet, text: {headline: X}}\n  tem:"));
    let desk = Desk::new("one-piece", &[("campaign.yaml", &two), ("sound.yaml", &two.replace("palte:", "lead:"))]);
    let run = desk.toroi(&["check", "campaign.yaml", "--piece", "tem"]).expect(1);
    assert!(run.err.contains("palte"), "{}", run.err);
    // What only the other piece has a place for is none.
    desk.toroi(&["check", "sound.yaml", "--piece", "tem"]).expect(0);
}

#[test]
fn new_writes_a_folder_and_prints_it_at_once() {
    let desk = Desk::new("new", &[]);
    let run = desk.toroi(&["new", "bus-sticker", "xe", "--size", "label-99", "--name", "HTX Sông Lô", "--lang", "vi"]).expect(0);
    assert_eq!(desk.names("xe"), ["campaign.yaml", "danh-sach.csv", "danh-sach.xlsx", "out", "schema"]);
    assert_eq!(
        desk.names("xe/out"),
        ["tem-dan-xe-danh-sach-office-1.png", "tem-dan-xe-danh-sach-office.pdf", "tem-dan-xe-office-1.png", "tem-dan-xe-office.pdf"]
    );
    assert!(run.out.contains("xe/danh-sach.xlsx") && run.err.contains("cd xe\n  toroi render campaign.yaml"), "{}\n{}", run.out, run.err);
    let campaign = fs::read_to_string(desk.path("xe/campaign.yaml")).unwrap();
    for line in ["issuer: HTX Sông Lô", "    size: label-99", "  # Lời nhắn (bắt buộc)", "      plate: \"{{ Biển số xe }}\""]
    {
        assert!(campaign.contains(line), "{line}\n{campaign}");
    }
    // As a newcomer goes on: the same in CSV, the same again.
    desk.put("xe/campaign.yaml", &campaign.replace("danh-sach.xlsx", "danh-sach.csv"));
    desk.toroi(&["check", "xe/campaign.yaml"]).expect(0);
}

#[test]
fn new_leaves_what_is_there_as_it_was() {
    let desk = Desk::new("new-there", &[("a/campaign.yaml", "mine"), ("b/danh-sach.csv", "mine")]);
    for (folder, said) in [("a", "chưa có campaign.yaml"), ("b", "đã có")] {
        let run = desk.toroi(&["new", "poster", folder, "--lang", "vi"]).expect(2);
        assert!(run.err.contains(said), "{}", run.err);
        assert_eq!(desk.names(folder).len(), 1);
    }
    assert_eq!(fs::read_to_string(desk.path("a/campaign.yaml")).unwrap(), "mine");
}

#[test]
fn new_says_what_it_could_not_take() {
    let desk = Desk::new("new-wrong", &[]);
    for (args, said) in [
        (&["new"][..], "toroi new leaflet"),
        (&["new", "leafet"], "leaflet"),
        (&["new", "poster", "x", "--size", "a9"], "a3, a4, a2"),
        (&["new", "hotel-notice", "x", "--languages", "fr"], "vi, en"),
        (&["new", "poster", "x", "--languages", "vi,en"], "one language"),
        (&["new", "poster", "x", "--link", "mo.vn"], "https://"),
        (&["new", "poster", "x", "--press", "a: b"], "office"),
        (&["new", "poster", "x", "--press", "offset, office"], "office"),
        (&["new", "poster", ""], "folder"),
    ] {
        let run = desk.toroi(args).expect(2);
        assert!(run.err.contains(said) && run.out.is_empty(), "{args:?}: {}", run.err);
    }
    assert_eq!(desk.names("."), [] as [&str; 0]);
}

#[test]
fn new_lists_pictures_of_the_formats() {
    let desk = Desk::new("new-list", &[]);
    let cache = desk.path("cache");
    let run = desk.toroi_with(&["new", "--list", "--lang", "en"], &[("XDG_CACHE_HOME", cache.to_str().unwrap())]).expect(0);
    let pictures: Vec<&str> = run.out.lines().map(str::trim).filter(|line| line.ends_with(".png")).collect();
    assert_eq!(pictures.len(), 9, "{}", run.out);
    for picture in pictures {
        let size = image::image_dimensions(picture).unwrap();
        assert!(size.0.max(size.1).abs_diff(800) <= 1, "{picture}: {size:?}");
    }
}

/// A format of one's own goes with the campaign that is begun from it.
#[test]
fn new_takes_a_format_that_lies_beside() {
    let leaflet = fs::read_to_string("templates/bus-sticker.yaml").unwrap();
    let desk = Desk::new("new-own", &[("tem-cua-toi.yaml", &leaflet.replace("format: bus-sticker", "format: tem-cua-toi"))]);
    desk.toroi(&["new", "tem-cua-toi", "x"]).expect(0);
    assert!(desk.path("x/templates/tem-cua-toi.yaml").exists());
    // And where it lies there already.
    desk.toroi(&["new", "tem-cua-toi", "."]).expect(0);
    assert!(desk.names("out").len() >= 2);
}

#[test]
fn a_broken_format_is_told_where_it_is_broken() {
    let desk = Desk::new("new-broken", &[("poster.yaml", "format: poster\nsizes: {a4: {trim: wide}}\nsides: []\n")]);
    for args in [&["new", "poster", "x"][..], &["formats", "poster"], &["formats"]] {
        let run = desk.toroi(args).expect(1);
        assert!(run.err.contains("poster.yaml:2") && run.err.contains("wide"), "{args:?}: {}", run.err);
    }
    assert_eq!(desk.names("."), ["poster.yaml"]);
}

#[test]
fn new_goes_on_where_it_was_stopped() {
    let desk = Desk::new("new-stopped", &[]);
    desk.toroi(&["new", "hotel-notice", "x", "--lang", "vi"]).expect(0);
    let csv = fs::read_to_string(desk.path("x/danh-sach.csv")).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.contains("\"Khu 5, xã Sơn Vi\"") && csv.contains("\r\n"), "{csv}");
    // As if it had been killed before the last file.
    fs::remove_file(desk.path("x/campaign.yaml")).unwrap();
    desk.toroi(&["new", "hotel-notice", "x", "--lang", "vi"]).expect(0);
}

/// A full disk, or a pipe that is broken, is no success.
#[cfg(target_os = "linux")]
#[test]
fn results_for_programs_arrive_whole_or_fail() {
    let desk = Desk::new("full", &[("campaign.yaml", STICKER)]);
    for args in
        [&["check", "campaign.yaml", "--json"][..], &["formats", "--json"], &["schema", "campaign"], &["completions", "bash"], &["man"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_toroi"));
        let output = command.args(args).current_dir(&desk.0).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}");
    }
}
