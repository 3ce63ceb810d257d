//! Files that are whole or not there, at whatever moment the command is stopped, and whoever else writes there.

use super::write::folder_of;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

const PART: (&str, &str) = (".toroi-", ".part");

/// A name for a file in the making, which no other run has: those in containers and on network shares may have the same
/// process number.
fn part_in(folder: &Path) -> PathBuf {
    let number = RandomState::new().build_hasher().finish();
    folder.join(format!("{}{number:016x}{}", PART.0, PART.1))
}

/// Removes what killed runs have left. Whoever makes a file holds its lock, which goes with the process, however that
/// ends: no clock and no process number says so, and those of other runs stay. Where a file system has no locks, all do.
pub fn sweep(folder: &Path) {
    let is_part = |name: &str| name.starts_with(PART.0) && name.ends_with(PART.1);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        // Not opened where it is something else than a file: a pipe would wait.
        if entry.file_name().to_str().is_some_and(is_part) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let path = entry.path();
            let Ok(part) = File::open(&path) else { continue };
            if part.try_lock().is_ok() {
                // It does no harm where it stays.
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// A file that is whole, but has not the name that it is to have. It is locked while it is held.
struct Part {
    path: PathBuf,
    _held: File,
}

/// Writes a file that is there whole or not at all. Whatever has its name is replaced, not written through.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let part = match nameless(path, bytes) {
        Some(Err(error)) => return Err(error),
        Some(Ok(None)) => return Ok(()),
        Some(Ok(Some(part))) => part,
        None => named(folder_of(path), bytes)?,
    };
    fs::rename(&part.path, path).map_err(|error| {
        // Nothing to do where even that fails: the error itself is told.
        let _ = fs::remove_file(&part.path);
        match error.kind() {
            // The folder lets files be made, as this one was: it is the old file that may not be touched.
            ErrorKind::PermissionDenied => ErrorKind::ResourceBusy.into(),
            _ => error,
        }
    })
}

/// Writes a file beside the one that it is to become.
fn named(folder: &Path, bytes: &[u8]) -> io::Result<Part> {
    loop {
        let path = part_in(folder);
        let mut file = match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            file => file?,
        };
        // The sweep of another run may come before the lock.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || !path.exists() {
            continue;
        }
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        return Ok(Part { path, _held: file });
    }
}

/// Writes a file that gets a name only once it is whole: it is gone with the process that is killed before. No part where
/// it has its own name already, as nothing had that before. None where the file system knows no such files.
#[cfg(target_os = "linux")]
fn nameless(path: &Path, bytes: &[u8]) -> Option<io::Result<Option<Part>>> {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags};
    use rustix::io::Errno;
    use std::os::fd::AsRawFd;
    let folder = folder_of(path);
    let file = rustix::fs::open(folder, OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC, Mode::from_raw_mode(0o666)).ok()?;
    let mut file = File::from(file);
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        return Some(Err(error));
    }
    let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |to: &Path| rustix::fs::linkat(CWD, itself.as_str(), CWD, to, AtFlags::SYMLINK_FOLLOW);
    match link(path) {
        Ok(()) => return Some(Ok(None)),
        Err(Errno::EXIST) => {}
        Err(_) => return None,
    }
    // Where there are no locks, nobody sweeps.
    let _ = file.try_lock();
    loop {
        let path = part_in(folder);
        match link(&path) {
            Ok(()) => return Some(Ok(Some(Part { path, _held: file }))),
            Err(Errno::EXIST) => {}
            Err(_) => return None,
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path, _: &[u8]) -> Option<io::Result<Option<Part>>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::{scope, sleep};
    use std::time::Duration;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("toroi-write-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn threads_that_write_one_file_leave_one_of_theirs_whole() {
        let folder = folder("threads");
        let path = folder.join("a.pdf");
        let text = |thread: u8| vec![thread; 100_000 + usize::from(thread)];
        scope(|threads| {
            for thread in 0..8 {
                let path = &path;
                threads.spawn(move || (0..10).for_each(|_| whole(path, &text(thread)).unwrap()));
            }
            for _ in 0..50 {
                if let Ok(bytes) = fs::read(&path) {
                    assert_eq!(bytes, text(bytes[0]));
                }
                sleep(Duration::from_millis(1));
            }
        });
        assert_eq!(names(&folder), ["a.pdf"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_a_killed_run_has_left_goes_and_what_is_being_made_stays() {
        let folder = folder("sweep");
        fs::write(part_in(&folder), "dở").unwrap();
        fs::write(folder.join("của người khác.part"), "").unwrap();
        let part = named(&folder, b"whole").unwrap();
        let own = part.path.file_name().unwrap().to_str().unwrap();
        sweep(&folder);
        assert_eq!(names(&folder), [own, "của người khác.part"]);
        fs::rename(&part.path, folder.join("a.pdf")).unwrap();
        assert_eq!(fs::read(folder.join("a.pdf")).unwrap(), b"whole");
        let killed = named(&folder, b"whole").unwrap();
        drop(killed);
        sweep(&folder);
        assert_eq!(names(&folder), ["a.pdf", "của người khác.part"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn sweeps_amid_writers_harm_none() {
        let folder = folder("amid");
        let to_do = AtomicUsize::new(4);
        scope(|threads| {
            let (folder, to_do) = (&folder, &to_do);
            for thread in 0..4 {
                threads.spawn(move || {
                    let write = |i: usize| {
                        let part = named(folder, b"whole")?;
                        fs::rename(&part.path, folder.join(format!("{thread}-{}", i % 2)))
                    };
                    let failed: Vec<io::Error> = (0..200).filter_map(|i| write(i).err()).collect();
                    // Before anything may panic: the sweeps end with it.
                    to_do.fetch_sub(1, Ordering::Relaxed);
                    assert!(failed.is_empty(), "{failed:?}");
                });
            }
            for _ in 0..4 {
                threads.spawn(move || {
                    while to_do.load(Ordering::Relaxed) > 0 {
                        sweep(folder);
                    }
                });
            }
        });
        assert_eq!(names(&folder).len(), 8);
        fs::remove_dir_all(folder).unwrap();
    }
}
