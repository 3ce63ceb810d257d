//! Writing on a system that fails: strace stops the command at each call by which it writes, or lets the call fail, and
//! disks of a few kilobytes fill up. Whatever happens, each file is the old or the new one, whole, and nothing else is left.

use super::tools::{folder, have};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

/// Files by their paths in a folder.
type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().into_string().unwrap())).unwrap();
        match path.is_dir() {
            true => found.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes))),
            false => drop(found.insert(name, fs::read(&path).unwrap())),
        }
    }
    found
}

fn put(folder: &Path, files: &Files) {
    let _ = fs::remove_dir_all(folder);
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

const STICKERS: &str = "campaign: xe-khach
pieces:
  tem:
    format: bus-sticker
    press: screen
    data: xe.csv
    file: \"{{ plate }}\"
    text: {message: Quét mã xem lịch xe}
    qr: {app: \"{{ url }}\"}
";

/// A folder with a campaign of so many vehicles.
fn desk(name: &str, vehicles: usize) -> PathBuf {
    let desk = folder(name);
    fs::write(desk.join("campaign.yaml"), STICKERS).unwrap();
    let rows: String = (1..=vehicles).map(|i| format!("19B-{i:03}.{i:02},HTTPS://MO.VN/X/{i}\n")).collect();
    fs::write(desk.join("xe.csv"), format!("plate,url\n{rows}")).unwrap();
    desk
}

/// A file, a picture, a pack and a manifest; and the same without a pack for each record. Of one page each: pictures of
/// several are made on threads, which strace counts apart.
const WHOLE: &str = "render campaign.yaml --records 1 --proof off --format pdf --format png --ppi 20 --manifest --pack";
const SPLIT: &str = "render campaign.yaml --proof off --format pdf --format png --ppi 20 --manifest --split";

fn toroi(desk: &Path, line: &str) -> Output {
    judged(desk, &[], line)
}

/// Runs the command under another one.
fn judged(desk: &Path, under: &[&str], line: &str) -> Output {
    let toroi = env!("CARGO_BIN_EXE_toroi");
    let (first, rest) = under.split_first().map_or((toroi, None), |(first, rest)| (*first, Some(rest)));
    let mut command = Command::new(first);
    if let Some(rest) = rest {
        command.args(rest).arg(toroi);
    }
    command.args(line.split_whitespace()).current_dir(desk).stdin(Stdio::null());
    command.env_remove("SOURCE_DATE_EPOCH").env("LC_ALL", "C.UTF-8").env("RAYON_NUM_THREADS", "2");
    command.output().unwrap()
}

/// What stops a call, or makes it fail.
#[derive(Clone, Copy, Debug)]
enum Inject {
    Kill,
    /// In turn.
    Errors(&'static [&'static str]),
}

/// What may be wrong with a disk, and with a folder.
const DISK: &[&str] = &["ENOSPC", "EDQUOT", "EIO", "EFBIG"];
const FOLDER: &[&str] = &["EACCES", "EROFS", "ENOSPC", "EIO", "ENOENT"];

/// A walk through all calls of a kind in a run, one run for each.
#[derive(Clone, Copy, Debug)]
struct Walk {
    line: &'static str,
    /// Whether older files lie there.
    over_old: bool,
    /// Whether files can be linked to their names: where not, they are written under another one.
    links: bool,
    call: &'static str,
    inject: Inject,
}

/// strace before a command: what happens to the nth call.
fn strace(walk: &Walk, nth: usize, log: &str) -> Vec<String> {
    let what = match walk.inject {
        Inject::Kill => "signal=KILL".to_string(),
        Inject::Errors(errors) => format!("error={}", errors[nth % errors.len()]),
    };
    let call = walk.call;
    let mut words = vec!["strace", "-f", "-qq", "-o", log];
    // Of all that is opened only the folders count, and files in the making.
    let of_folders = ["-P", "out", "-P", "out/tem-screen"];
    if call == "openat" {
        words.extend(of_folders);
    }
    let (traced, injected) = (format!("trace={call},linkat"), format!("inject={call}:{what}:when={nth}"));
    words.extend(["-e", &traced, "-e", &injected]);
    if !walk.links {
        words.extend(["-e", "inject=linkat:error=EPERM"]);
    }
    words.into_iter().map(String::from).collect()
}

/// What is wrong after a run that was meddled with.
fn fault(walk: &Walk, output: &Output, left: &Files, old: &Files, new: &Files) -> Option<String> {
    for (name, bytes) in left {
        let is_part = name.rsplit('/').next().is_some_and(|file| file.starts_with(".toroi-") && file.ends_with(".part"));
        let allowed = match (is_part, walk.inject) {
            // What has a name is whole, where files can do without one.
            (true, Inject::Kill) => !walk.links || new.values().any(|whole| whole == bytes),
            (true, Inject::Errors(_)) => false,
            (false, _) => old.get(name) == Some(bytes) || new.get(name) == Some(bytes),
        };
        if !allowed {
            return Some(format!("{name} is left, {} bytes", bytes.len()));
        }
    }
    let lost: Vec<&String> = old.keys().filter(|name| !left.contains_key(*name)).collect();
    if !lost.is_empty() {
        return Some(format!("lost: {lost:?}"));
    }
    let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    match (walk.inject, output.status.code()) {
        (Inject::Kill, None) => None,
        (Inject::Errors(_), Some(0)) => (left != new).then(|| "it ends with 0, and not all is new".into()),
        (Inject::Errors(_), Some(3)) => {
            let told = said.contains("[write-failed]") && said.contains("cannot be written: ") && said.contains(" → ");
            (!told).then(|| format!("not told: {said}"))
        }
        (_, code) => Some(format!("it ends with {code:?}: {said}")),
    }
}

/// Goes through a walk; gives how many points it has, and the faults.
fn walk(desk: &Path, walk: &Walk, old: &Files, new: &Files) -> (usize, Vec<String>) {
    let (out, mut faults, none) = (desk.join("out"), Vec::new(), Files::new());
    let old = if walk.over_old { old } else { &none };
    for nth in 1.. {
        put(&out, old);
        let words = strace(walk, nth, "log");
        let output = judged(desk, &words.iter().map(String::as_str).collect::<Vec<_>>(), walk.line);
        let met = match walk.inject {
            Inject::Kill => output.status.code().is_none(),
            Inject::Errors(_) => {
                let log = fs::read_to_string(desk.join("log")).unwrap();
                log.lines().any(|line| line.contains(&format!(" {}(", walk.call)) && line.contains("(INJECTED)") && !line.contains("EPERM"))
            }
        };
        if !met {
            return (nth - 1, faults);
        }
        let left = files(&out);
        faults.extend(fault(walk, &output, &left, old, new).map(|fault| format!("{walk:?} {nth}: {fault}")));
        if left.keys().any(|name| name.ends_with(".part")) {
            toroi(desk, walk.line);
            if files(&out) != *new {
                faults.push(format!("{walk:?} {nth}: the next run leaves {:?}", files(&out).keys()));
            }
        }
    }
    unreachable!("a run makes so many calls");
}

/// Whether a command may be traced here.
fn may_trace() -> bool {
    let may = have(&["strace"]) && Command::new("strace").args(["-o", "/dev/null", "true"]).output().unwrap().status.success();
    assert!(may || std::env::var_os("CI").is_none(), "CI needs to trace processes");
    if !may {
        eprintln!("skipped: no process may be traced here");
    }
    may
}

/// Goes through walks on two threads; gives how many points they have in all.
fn walks(name: &str, walks: Vec<Walk>) -> usize {
    let todo = Mutex::new(walks);
    let done = Mutex::new((0, Vec::new()));
    std::thread::scope(|threads| {
        for thread in 0..2 {
            let (todo, done) = (&todo, &done);
            threads.spawn(move || {
                let desk = desk(&format!("{name}-{thread}"), 2);
                let mut fresh = BTreeMap::new();
                for line in [WHOLE, SPLIT] {
                    let made = toroi(&desk, line);
                    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
                    let new = files(&desk.join("out"));
                    assert!(new.len() >= 4, "{:?}", new.keys());
                    let old: Files = new.keys().map(|file| (file.clone(), format!("cũ: {file}").into_bytes())).collect();
                    fresh.insert(line, (old, new));
                    fs::remove_dir_all(desk.join("out")).unwrap();
                }
                loop {
                    let Some(next) = todo.lock().unwrap().pop() else { return };
                    let (old, new) = &fresh[next.line];
                    let (points, faults) = walk(&desk, &next, old, new);
                    let mut done = done.lock().unwrap();
                    done.0 += points;
                    done.1.extend(faults);
                }
            });
        }
    });
    let (points, faults) = done.into_inner().unwrap();
    assert!(faults.is_empty(), "{} of {points}\n{}", faults.len(), faults.join("\n"));
    points
}

#[test]
fn half_a_file_and_one_that_is_lost_are_found() {
    let one = |bytes: &str| Files::from([("a.pdf".to_string(), bytes.as_bytes().to_vec())]);
    let (old, new) = (one("old"), one("new"));
    let ended = |script: &str| Command::new("sh").args(["-c", script]).output().unwrap();
    let killed = Walk { line: WHOLE, over_old: true, links: true, call: "write", inject: Inject::Kill };
    let judged = |left: &Files| fault(&killed, &ended("kill -9 $$"), left, &old, &new);
    assert_eq!((judged(&old), judged(&new)), (None, None));
    assert_eq!(judged(&one("ne")).unwrap(), "a.pdf is left, 2 bytes");
    assert_eq!(judged(&Files::new()).unwrap(), "lost: [\"a.pdf\"]");
    let mut with_part = old.clone();
    with_part.insert(".toroi-1.part".into(), b"ne".to_vec());
    assert_eq!(judged(&with_part).unwrap(), ".toroi-1.part is left, 2 bytes");
    let fails = Walk { inject: Inject::Errors(DISK), ..killed };
    let judged = |script: &str| fault(&fails, &ended(script), &old, &old, &new);
    assert!(judged("exit 0").unwrap().contains("not all is new"));
    assert!(judged("exit 3").unwrap().contains("not told"));
    assert!(judged("kill -9 $$").is_some() && judged("exit 101").is_some());
    assert_eq!(judged("echo 'error[write-failed] out “a.pdf” cannot be written: full. → Free some space.' >&2; exit 3"), None);
}

#[test]
fn killed_at_any_call_it_leaves_whole_files() {
    if !may_trace() {
        return;
    }
    let killed = |line, over_old, links, call| Walk { line, over_old, links, call, inject: Inject::Kill };
    let mut all = Vec::new();
    for line in [WHOLE, SPLIT] {
        all.extend(["openat", "write", "fsync", "linkat", "rename"].map(|call| killed(line, true, true, call)));
    }
    all.extend(["mkdir", "fsync", "linkat"].map(|call| killed(SPLIT, false, true, call)));
    all.extend(["write", "rename"].map(|call| killed(WHOLE, true, false, call)));
    let points = walks("killed", all);
    assert!(points >= 80, "{points}");
}

#[test]
fn whichever_call_fails_files_are_whole_and_the_fault_is_told() {
    if !may_trace() {
        return;
    }
    let fails = |line, over_old, links, call, errors| Walk { line, over_old, links, call, inject: Inject::Errors(errors) };
    let mut all = vec![
        fails(WHOLE, true, true, "openat", FOLDER),
        fails(WHOLE, true, true, "linkat", FOLDER),
        fails(WHOLE, true, false, "write", DISK),
        fails(WHOLE, true, false, "fsync", DISK),
        fails(WHOLE, true, false, "rename", FOLDER),
        fails(SPLIT, false, true, "mkdir", FOLDER),
    ];
    for line in [WHOLE, SPLIT] {
        all.push(fails(line, true, true, "write", DISK));
        all.push(fails(line, true, true, "fsync", DISK));
        all.push(fails(line, true, true, "rename", FOLDER));
    }
    let points = walks("fails", all);
    assert!(points >= 60, "{points}");
}

#[test]
fn folders_that_cannot_be_synced_are_no_fault() {
    if !may_trace() {
        return;
    }
    let desk = desk("no-sync", 1);
    fs::create_dir_all(desk.join("out")).unwrap();
    let of_folder = ["strace", "-f", "-qq", "-o", "log", "-P", "out", "-e", "trace=fsync", "-e", "inject=fsync:error=EINVAL"];
    let output = judged(&desk, &of_folder, WHOLE);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let log = fs::read_to_string(desk.join("log")).unwrap();
    // Once for the folder, however many files it gets; those themselves are not it.
    assert_eq!(log.matches("fsync(").count(), 1, "{log}");
    assert!(log.contains("INJECTED"), "{log}");
}

/// Runs the command with a disk of its own at `out`, and says how it ended and what is on the disk then. None where no
/// disk may be mounted here.
fn on_disk(desk: &Path, options: &str, before: &Files, line: &str) -> Option<(Option<i32>, Value, Files)> {
    if !have(&["unshare", "mount"]) {
        return None;
    }
    let may = Command::new("unshare").args(["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output().unwrap().status.success();
    if !may {
        // Containers forbid it; that a call fails for want of space is tried by strace too.
        eprintln!("skipped: no disk may be mounted here");
        return None;
    }
    put(&desk.join("before"), before);
    fs::create_dir_all(desk.join("before")).unwrap();
    fs::create_dir_all(desk.join("out")).unwrap();
    let size = options.split(' ').next().unwrap();
    let then = if options.ends_with(" ro") { "mount -o remount,ro out" } else { ":" };
    let script = format!(
        "mount -t tmpfs -o size={size} tmpfs out && cp -r before/. out && {then} || exit 99\n\"$@\"\ncode=$?\ncp -r out after\nexit $code"
    );
    let _ = fs::remove_dir_all(desk.join("after"));
    let output = judged(desk, &["unshare", "-Urm", "sh", "-c", &script, "sh"], &format!("{line} --json"));
    let said = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
    Some((output.status.code(), said, files(&desk.join("after"))))
}

fn codes(said: &Value) -> Vec<&str> {
    said["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn a_full_disk_ends_the_run_and_what_is_not_written_is_counted_once() {
    let desk = desk("full", 40);
    let Some((code, said, left)) = on_disk(&desk, "160k", &Files::new(), SPLIT) else { return };
    assert_eq!((code, codes(&said)), (Some(3), vec!["write-failed", "stopped"]), "{said:#}");
    let written = said["artworks"].as_array().unwrap().len();
    let count = left.keys().filter(|name| name.ends_with(".pdf")).count();
    assert!(written > 0 && written < 40, "{written}");
    // Of the last one its picture may be what did not fit.
    assert!(count == written || count == written + 1, "{count} of {written}");
    let words = said["findings"][1]["message"].as_str().unwrap();
    assert!(words.ends_with(&format!(": {}.", 40 - written - 1)), "{words}");
    assert!(said["findings"][0]["message"].as_str().unwrap().ends_with("the disk is full."));
    toroi(&desk, &format!("{SPLIT} -o whole"));
    let whole = files(&desk.join("whole"));
    assert!(left.iter().all(|(name, bytes)| whole.get(name) == Some(bytes)), "{:?}", left.keys());
    // A manifest lists all files of a piece, and they are not all there.
    assert!(!left.contains_key("tem-screen-manifest.csv"));
    assert!(!said["artworks"].to_string().contains("manifest.csv"));
}

#[test]
fn on_a_full_disk_old_files_stay() {
    let desk = desk("full-old", 1);
    toroi(&desk, &format!("{WHOLE} -o new"));
    let new = files(&desk.join("new"));
    let mut old: Files = new.keys().map(|name| (name.clone(), b"old".to_vec())).collect();
    old.insert("fills".into(), vec![0; 44 << 10]);
    let Some((code, said, left)) = on_disk(&desk, "64k", &old, WHOLE) else { return };
    assert_eq!((code, codes(&said)), (Some(3), vec!["write-failed"]), "{said:#}");
    assert_eq!(left, old);
}

#[test]
fn a_read_only_disk_is_told_once() {
    let desk = desk("read-only", 3);
    let old = Files::from([("tem-screen/19B-001.01.pdf".to_string(), b"old".to_vec())]);
    let Some((code, said, left)) = on_disk(&desk, "1m ro", &old, SPLIT) else { return };
    assert_eq!((code, codes(&said)), (Some(3), vec!["write-failed", "stopped"]), "{said:#}");
    assert!(said["findings"][0]["message"].as_str().unwrap().ends_with("the disk is read-only."));
    assert_eq!(left, old);
}
