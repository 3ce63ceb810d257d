//! Files are whole or not there, and stand where the user has said: what lies in the way is left as it is, and told.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use toroi::files::Memory;
use toroi::render::{Options, manifest, render};

#[path = "../stickers/mod.rs"]
mod stickers;

use stickers::{ROWS, STICKER, STICKERS};

/// A folder of its own for one test, and the command run in it.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("writing").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let desk = Desk(folder);
        desk.put("campaign.yaml", STICKER);
        desk.put("stickers.yaml", &STICKERS.replace("data: xe.csv", "data: xe.csv\n    file: \"{{ plate }}\""));
        desk.put("xe.csv", ROWS);
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

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toroi"));
        command.args(line.split_whitespace()).current_dir(&self.0).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_HOME", self.path("config")).env("XDG_CACHE_HOME", self.path("cache"));
        command
    }

    #[track_caller]
    fn run(&self, line: &str, code: i32) -> Output {
        let output = self.command(line).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// What is told of a run that cannot write all: codes and messages.
    #[track_caller]
    fn refused(&self, line: &str) -> Vec<(String, String)> {
        let said: Value = serde_json::from_slice(&self.run(&format!("{line} --json"), 3).stdout).unwrap();
        let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_string();
        said["findings"].as_array().unwrap().iter().map(|f| (text(f, "code"), text(f, "message"))).collect()
    }

    /// Files and folders of a folder by their names.
    fn names(&self, under: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(under)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn files(&self, under: &str) -> BTreeMap<String, Vec<u8>> {
        self.names(under).into_iter().map(|name| (name.clone(), fs::read(self.path(under).join(name)).unwrap())).collect()
    }
}

fn told(code: &str, message: &str) -> Vec<(String, String)> {
    vec![(code.into(), message.into())]
}

#[test]
fn a_folder_with_the_name_of_a_file_stays() {
    let desk = Desk::new("folder-for-file");
    desk.put("out/tem-vinyl.pdf/của ai đó", "cũ");
    let found = desk.refused("render campaign.yaml");
    assert_eq!(found, told("write-failed", "“out/tem-vinyl.pdf” cannot be written: a folder of that name is there."));
    let found = desk.refused("render campaign.yaml --lang vi");
    assert_eq!(found, told("write-failed", "Không ghi được “out/tem-vinyl.pdf”: ở đó đã có thư mục cùng tên."));
    assert_eq!((desk.names("out"), desk.read("out/tem-vinyl.pdf/của ai đó")), (vec!["tem-vinyl.pdf".into()], "cũ".into()));
}

#[test]
fn where_one_file_cannot_be_written_the_others_are() {
    let desk = Desk::new("one-of-four");
    fs::create_dir_all(desk.path("out/tem-vinyl/19B-056.78.pdf")).unwrap();
    let found = desk.refused("render stickers.yaml --split");
    assert_eq!(found, told("write-failed", "“out/tem-vinyl/19B-056.78.pdf” cannot be written: a folder of that name is there."));
    assert_eq!(desk.names("out/tem-vinyl"), ["19B-012.34.pdf", "19B-034.56.pdf", "19B-056.78.pdf", "19B-090.12.pdf"]);
}

#[test]
fn a_manifest_lists_all_files_or_is_not_written() {
    let desk = Desk::new("no-manifest");
    desk.put("out/tem-vinyl-manifest.csv", "cũ");
    // The first: its part of the manifest has the names of the columns.
    fs::create_dir_all(desk.path("out/tem-vinyl/19B-012.34.pdf")).unwrap();
    let said: Value = serde_json::from_slice(&desk.run("render stickers.yaml --split --manifest --json", 3).stdout).unwrap();
    let listed: Vec<&Value> = said["artworks"].as_array().unwrap().iter().flat_map(|file| file["files"].as_array().unwrap()).collect();
    assert_eq!(listed, ["out/tem-vinyl/19B-056.78.pdf", "out/tem-vinyl/19B-090.12.pdf", "out/tem-vinyl/19B-034.56.pdf"]);
    assert_eq!(desk.read("out/tem-vinyl-manifest.csv"), "cũ");
}

#[cfg(unix)]
#[test]
fn a_file_larger_than_may_be_leaves_the_old_one() {
    let desk = Desk::new("limit");
    desk.put("out/tem-vinyl.pdf", "cũ");
    let render = "exec \"$0\" render campaign.yaml";
    for (signal, code) in [("trap '' XFSZ", Some(3)), (":", None)] {
        let script = format!("{signal}; ulimit -f 8; {render}");
        let output = Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_toroi")]).current_dir(&desk.0).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.contains("the file is too large")), (code, code.is_some()), "{said}");
        assert_eq!((desk.names("out"), desk.read("out/tem-vinyl.pdf")), (vec!["tem-vinyl.pdf".into()], "cũ".into()));
    }
}

#[test]
fn a_file_where_the_output_folder_is_to_be_stays_and_ends_the_run() {
    let desk = Desk::new("file-for-folder");
    desk.put("out", "cũ");
    let found = desk.refused("render stickers.yaml --split --lang vi");
    assert_eq!(found[0], ("write-failed".into(), "Không ghi được “out”: ở đó là một tệp, không phải thư mục.".into()));
    assert_eq!(found[1], ("stopped".into(), "Dừng ở đây; số tệp chưa ghi: 3.".into()));
    assert_eq!((found.len(), desk.read("out")), (2, "cũ".into()));
    // And deeper down.
    assert_eq!(desk.refused("render campaign.yaml -o out/a/b")[0].1, "“out” cannot be written: a file is there, not a folder.");
    desk.put("other/tem-vinyl", "cũ");
    let found = desk.refused("render stickers.yaml --split -o other");
    assert_eq!(found[0].1, "“other/tem-vinyl” cannot be written: a file is there, not a folder.");
    assert_eq!(desk.read("other/tem-vinyl"), "cũ");
}

#[test]
fn however_a_folder_is_written_it_is_the_one_that_is_meant() {
    let desk = Desk::new("spelt");
    for (out, folder) in [("a/b/", "a/b"), ("./c/.", "c"), ("a/../d", "d"), ("", ".")] {
        let output = desk.command("render stickers.yaml --split --manifest --proof off").args(["-o", out]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{out}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(desk.path(folder).join("tem-vinyl/19B-012.34.pdf").exists(), "{out}");
        assert!(desk.path(folder).join("tem-vinyl-manifest.csv").exists(), "{out}");
    }
}

#[test]
fn what_is_not_begun_is_counted_by_pieces() {
    let desk = Desk::new("pieces");
    let second = STICKER.split_once("  tem:").unwrap().1;
    desk.put("campaign.yaml", &format!("{STICKER}  tem-hai:{second}  tem-ba:{second}"));
    desk.put("out", "cũ");
    let found = desk.refused("render campaign.yaml");
    assert_eq!(found[1], ("stopped".into(), "It ends here; pieces of which nothing is written: 2.".into()));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_name_that_the_disk_does_not_take_is_told() {
    let desk = Desk::new("long-name");
    let found = desk.refused(&format!("render campaign.yaml -o {}", "dài".repeat(80)));
    assert!(found[0].1.ends_with("cannot be written: the disk does not take a name so long, or one of its signs."), "{found:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_gone_is_told() {
    let desk = Desk::new("gone");
    fs::create_dir_all(desk.path("gone")).unwrap();
    let script = "cd gone && rmdir ../gone && exec \"$0\" render ../campaign.yaml -o . --lang vi";
    let mut command = Command::new("sh");
    // Standing in it: by another path it would be made again.
    command.args(["-c", script, env!("CARGO_BIN_EXE_toroi")]).current_dir(&desk.0);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("Không ghi được “./tem-vinyl.pdf”: thư mục không còn ở đó.") && said.contains("→ Chạy lại"), "{said}");
}

#[test]
fn every_command_says_why_and_what_to_do() {
    let desk = Desk::new("commands");
    desk.put("file", "cũ");
    desk.put("config/toroi", "cũ");
    desk.put("cache", "cũ");
    for line in [
        "schema campaign --out file/campaign.json",
        "man --all file/man",
        "new leaflet file/first",
        "new --list",
        "printer calibrate may -o file",
        "printer calibrate may --left 20 --top 20 --length 150/200 --back 20/20",
        "preview campaign.yaml --contact -o file",
        "preview campaign.yaml -o file",
    ] {
        for (lang, why, then) in
            [("vi", "ở đó là một tệp, không phải thư mục.", "→ Đổi tên"), ("en", "a file is there, not a folder.", "→ Rename")]
        {
            let output = desk.run(&format!("{line} --lang {lang}"), 3);
            let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(why) && said.contains(then), "{line}: {said}");
        }
    }
    assert_eq!((desk.read("file"), desk.read("config/toroi"), desk.read("cache")), ("cũ".into(), "cũ".into(), "cũ".into()));
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_with_the_name_of_a_file_is_replaced_and_not_followed() {
        let desk = Desk::new("linked-file");
        desk.put("precious", "cũ");
        fs::create_dir_all(desk.path("out")).unwrap();
        for (to, name) in [("../precious", "tem-vinyl.pdf"), ("../nowhere", "tem-vinyl-1.png"), ("../precious", "tem-vinyl-manifest.csv")] {
            symlink(to, desk.path("out").join(name)).unwrap();
        }
        fs::hard_link(desk.path("precious"), desk.path("out/tem-vinyl.zip")).unwrap();
        desk.run("render campaign.yaml --format pdf --format png --manifest --pack", 0);
        assert_eq!(desk.read("precious"), "cũ");
        assert!(!desk.path("nowhere").exists());
        for name in desk.names("out") {
            let there = fs::symlink_metadata(desk.path("out").join(&name)).unwrap();
            assert!(there.is_file() && there.len() > 100, "{name}");
        }
        assert_eq!(desk.names("out").len(), 4);
    }

    #[test]
    fn every_command_replaces_links_and_does_not_follow_them() {
        let desk = Desk::new("linked-files");
        desk.put("precious", "cũ");
        let link = |name: &str| {
            fs::create_dir_all(desk.path(name).parent().unwrap()).unwrap();
            symlink(desk.path("precious"), desk.path(name)).unwrap();
        };
        let commands = [
            ("schema campaign --out campaign.json", "campaign.json"),
            ("man --all man", "man/toroi.1"),
            ("printer calibrate may -o out", "out/to-do-may-in.pdf"),
            ("printer calibrate may --left 20 --top 20 --length 150/200 --back 20/20", "config/toroi/printers/may.yaml"),
            ("preview campaign.yaml --contact -o out", "out/contact.pdf"),
            ("preview campaign.yaml -o out", "out/tem-vinyl-1.png"),
        ];
        for (line, name) in commands {
            link(name);
            desk.run(line, 0);
            assert!(fs::symlink_metadata(desk.path(name)).unwrap().is_file(), "{line}");
        }
        // A folder that holds anything of somebody's is not begun in.
        link("first/campaign.yaml");
        desk.run("new leaflet first", 2);
        assert_eq!(desk.read("precious"), "cũ");
    }

    #[test]
    fn a_folder_that_is_a_link_out_of_the_output_folder_is_refused() {
        let desk = Desk::new("linked-folder");
        fs::create_dir_all(desk.path("elsewhere")).unwrap();
        desk.put("elsewhere/19B-012.34.pdf", "cũ");
        desk.put("elsewhere/.toroi-0123456789abcdef.part", "");
        fs::create_dir_all(desk.path("out")).unwrap();
        symlink("../elsewhere", desk.path("out/tem-vinyl")).unwrap();
        let found = desk.refused("render stickers.yaml --split");
        let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["leads-elsewhere", "stopped"]);
        let to = desk.path("elsewhere").canonicalize().unwrap();
        let words =
            format!("“out/tem-vinyl” is a link that leads out of the output folder, to “{}”: nothing is written there.", to.display());
        assert_eq!(found[0].1, words);
        assert_eq!(desk.names("elsewhere"), [".toroi-0123456789abcdef.part", "19B-012.34.pdf"]);
        assert_eq!(desk.read("elsewhere/19B-012.34.pdf"), "cũ");
    }

    #[test]
    fn a_campaign_is_not_begun_through_a_link() {
        let desk = Desk::new("linked-schema");
        fs::create_dir_all(desk.path("elsewhere")).unwrap();
        fs::create_dir_all(desk.path("first")).unwrap();
        symlink("../elsewhere", desk.path("first/schema")).unwrap();
        let output = desk.run("new leaflet first", 3);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("“first/schema” is a link that leads out of the output folder"), "{said}");
        assert!(desk.names("elsewhere").is_empty());
    }

    #[test]
    fn the_output_folder_itself_may_be_a_link() {
        let desk = Desk::new("linked-out");
        fs::create_dir_all(desk.path("disk/inner")).unwrap();
        symlink("disk", desk.path("out")).unwrap();
        symlink("inner", desk.path("disk/tem-vinyl")).unwrap();
        desk.run("render stickers.yaml --split", 0);
        assert_eq!(desk.names("disk/inner").len(), 4);
    }

    #[test]
    fn what_has_the_name_of_a_file_and_is_none_stays() {
        let desk = Desk::new("pipe");
        let made = Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap();
        assert!(made.success());
        let output = desk.run("schema campaign --out pipe", 3);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.starts_with("“pipe” cannot be written: what has that name is no file."), "{said}");
        assert!(!fs::symlink_metadata(desk.path("pipe")).unwrap().is_file());
    }
}

#[test]
fn runs_at_the_same_time_leave_whole_files() {
    let desk = Desk::new("at-once");
    let line = |message: &str, out: &str| {
        format!("render stickers.yaml --proof off --manifest --pack --format pdf --format png --ppi 20 --set message={message} -o {out}")
    };
    let versions = ["Một", "Hai"].map(|message| {
        desk.run(&line(message, message), 0);
        desk.files(message)
    });
    assert_ne!(versions[0], versions[1]);
    let began: Vec<Child> = (0..8)
        .map(|i| desk.command(&line(["Một", "Hai"][i % 2], "out")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
        .collect();
    let is_whole = |(name, bytes): (&String, &Vec<u8>)| versions.iter().any(|version| version.get(name) == Some(bytes));
    let mut running = began;
    while !running.is_empty() {
        for name in versions[0].keys() {
            // Until it is there.
            if let Ok(bytes) = fs::read(desk.path("out").join(name)) {
                assert!(is_whole((name, &bytes)), "{name}");
            }
        }
        running.retain_mut(|child| match child.try_wait().unwrap() {
            Some(ended) => {
                assert!(ended.success());
                false
            }
            None => true,
        });
    }
    let left = desk.files("out");
    assert!(left.iter().all(is_whole), "{:?}", left.keys());
    assert!(left.keys().eq(versions[0].keys()), "{:?}", left.keys());
}

#[test]
fn a_folder_that_is_removed_again_and_again_is_told_or_made_anew() {
    let desk = Desk::new("removed");
    let rows: String = (1..=40).map(|i| format!("19B-{i:03}.{i:02},HTTPS://MO.VN/X/{i}\n")).collect();
    desk.put("xe.csv", &format!("plate,url\n{rows}"));
    let line = "render stickers.yaml --split --proof off";
    desk.run(&format!("{line} -o whole"), 0);
    let whole = desk.files("whole/tem-vinyl");
    let mut running = desk.command(line).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    while running.try_wait().unwrap().is_none() {
        let _ = fs::remove_dir_all(desk.path("out"));
    }
    let output = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let is_told = output.status.code() == Some(3) && said.contains("[write-failed]");
    assert!(is_told || output.status.success(), "{:?}: {said}", output.status);
    // What came after the last time.
    for entry in fs::read_dir(desk.path("out/tem-vinyl")).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        assert!(whole.get(&name) == Some(&fs::read(entry.path()).unwrap()), "{name}");
    }
}

#[test]
fn what_a_killed_run_has_left_goes_with_the_next() {
    let desk = Desk::new("left");
    for folder in ["out", "out/tem-vinyl"] {
        desk.put(&format!("{folder}/.toroi-0123456789abcdef.part"), "dở");
        desk.put(&format!("{folder}/bản nháp.part"), "của ai đó");
    }
    desk.run("render stickers.yaml --split --manifest", 0);
    assert_eq!(desk.names("out"), ["bản nháp.part", "tem-vinyl", "tem-vinyl-manifest.csv"]);
    assert!(!desk.names("out/tem-vinyl").iter().any(|name| name.starts_with('.')));
}

#[test]
fn what_a_table_says_is_no_formula_in_a_manifest() {
    let rows = "plate,url\n=1+1,HTTPS://MO.VN/1\n+84912345678,HTTPS://MO.VN/2\n\"-2+cmd|' /C calc'!A0\",HTTPS://MO.VN/3\n";
    let campaign = STICKERS.replace("data: xe.csv", "data: xe.csv\n    file: \"{{ plate }}\"");
    let world = Memory([("campaign.yaml".into(), campaign.into()), ("xe.csv".into(), rows.into())].into());
    let outcome = render(&world, "campaign.yaml", &Options::default());
    let bytes = manifest(&outcome.artworks[0]);
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let mut serials: Vec<String> = reader.records().map(|line| line.unwrap()[1].to_string()).collect();
    serials.dedup();
    assert_eq!(serials, ["'=1+1", "+84912345678", "'-2+cmd|' /C calc'!A0"]);
}
