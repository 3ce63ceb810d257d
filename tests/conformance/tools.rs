//! Running the judges.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Whether all these tools are installed. Where one is not, the test has nothing to judge with.
pub fn have(names: &[&str]) -> bool {
    let missing = |name: &str| {
        let tried = Command::new(command(name)).arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        tried.is_err_and(|e| e.kind() == ErrorKind::NotFound)
    };
    let missing: Vec<&str> = names.iter().copied().filter(|name| missing(name)).collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "CI needs {}", missing.join(", "));
    eprintln!("skipped: {} not installed", missing.join(", "));
    false
}

/// A tool of `judges/install`, or one of the system.
fn command(name: &str) -> PathBuf {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/judges").join(name);
    if installed.exists() { installed } else { name.into() }
}

/// Runs a tool to its end: the words of its options, then paths.
pub fn run(name: &str, options: &str, paths: &[&Path]) -> Output {
    let mut command = Command::new(command(name));
    command.args(options.split_whitespace()).args(paths).stdin(Stdio::null());
    command.output().unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What a tool says. It must succeed.
pub fn ask(name: &str, options: &str, paths: &[&Path]) -> String {
    let said = run(name, options, paths);
    assert!(said.status.success(), "{name} {options} {paths:?}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap_or_else(|e| panic!("{name} {options} {paths:?}: {e}"))
}

/// An empty folder for a test's own files.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file with some bytes changed for others of the same length, so that every offset still holds.
pub fn spoiled(name: &str, file: &Path, from: &str, to: &str) -> PathBuf {
    assert_eq!(from.len(), to.len());
    let mut bytes = std::fs::read(file).unwrap();
    let places: Vec<usize> = bytes.windows(from.len()).enumerate().filter(|(_, w)| *w == from.as_bytes()).map(|(i, _)| i).collect();
    assert!(!places.is_empty(), "{} has no {from}", file.display());
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to.as_bytes());
    }
    let path = folder(name).join("spoiled.pdf");
    std::fs::write(&path, bytes).unwrap();
    path
}
