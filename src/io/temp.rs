//! Temporary files of a save: their names, and clearing away those that a crash left behind.
//!
//! May use: std only. Invariant: a name is short and our own, never derived from the target (whose
//! name may be as long as the file system allows); nothing is removed unless its name is exactly of
//! this pattern, it is a regular file, its process is gone and nobody holds its lock.
//! Known limits: on a network disk without locks, a save on another computer looks abandoned when its
//! process number is free here; that save then fails, keeping the old file, and can be repeated.
//! A stale file whose number another program has now stays until that program has ended.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

static COUNTER: AtomicU64 = AtomicU64::new(0);

/// The next name for a temporary file of this process.
pub(crate) fn next_name() -> String {
    format!(".proofmark-{}-{}.tmp", process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

/// The process that a name of our pattern belongs to.
fn process_of(name: &OsStr) -> Option<u32> {
    let middle = name.to_str()?.strip_prefix(".proofmark-")?.strip_suffix(".tmp")?;
    let (process, count) = middle.split_once('-')?;
    // `parse` alone would take "+1" and "007", which we never write.
    let number = process.parse::<u32>().ok().filter(|n| n.to_string() == process)?;
    count.parse::<u64>().ok().filter(|n| n.to_string() == count)?;
    Some(number)
}

/// Whether a process runs; `None` where the system does not tell without unsafe calls.
pub(super) fn is_running(process: u32) -> Option<bool> {
    if process == process::id() {
        return Some(true);
    }
    if !Path::new("/proc/self").exists() {
        return None;
    }
    Some(Path::new("/proc").join(process.to_string()).exists())
}

/// Removes what interrupted saves left in a folder, and says how many files that were.
///
/// To be called when a project in the folder is opened. Files of others are never touched; an error
/// only leaves a file where it is, because nothing depends on its removal.
pub fn sweep_stale(dir: &Path) -> usize {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries
        .filter_map(Result::ok)
        .filter(|entry| {
            process_of(&entry.file_name()).is_some_and(|process| is_running(process) != Some(true))
        })
        // Of the entry itself: a link of such a name is not ours.
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|entry| remove_abandoned(&entry.path()))
        .count()
}

fn remove_abandoned(path: &Path) -> bool {
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return false };
    if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
        return false;
    }
    // Closed first: Windows removes no open file.
    drop(file);
    fs::remove_file(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::disk::{Disk, RealDisk};
    use super::*;

    /// Above the largest number that Linux gives to a process.
    const DEAD: u32 = 4_194_305;

    #[test]
    fn only_our_own_pattern_is_recognised() {
        assert_eq!(process_of(OsStr::new(&next_name())), Some(process::id()));
        assert!(next_name().len() < 64);
        for foreign in [
            "proofmark-1-1.tmp",
            ".proofmark-1-1.tmp~",
            ".proofmark-1.tmp",
            ".proofmark--1.tmp",
            ".proofmark-1-.tmp",
            ".proofmark-1-1-1.tmp",
            ".proofmark-+1-1.tmp",
            ".proofmark-01-1.tmp",
            ".proofmark-x-1.tmp",
            ".proofmark-99999999999-1.tmp",
            ".Proofmark-1-1.tmp",
            ".proofmark-1-1.ron",
        ] {
            assert_eq!(process_of(OsStr::new(foreign)), None, "{foreign}");
        }
    }

    // S41
    #[test]
    fn thirty_stale_files_go_and_foreign_ones_stay() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..30 {
            fs::write(dir.path().join(format!(".proofmark-{DEAD}-{n}.tmp")), "half").unwrap();
        }
        let kept = [
            next_name(),
            format!(".proofmark-{DEAD}-1.tmp.bak"),
            format!("proofmark-{DEAD}-1.tmp"),
            format!(".proofmark-{DEAD}-a.tmp"),
            "story.ron".into(),
        ];
        for name in &kept {
            fs::write(dir.path().join(name), "keep").unwrap();
        }
        let folder = dir.path().join(format!(".proofmark-{DEAD}-77.tmp"));
        fs::create_dir(&folder).unwrap();
        assert_eq!(sweep_stale(dir.path()), 30);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), kept.len() + 1);
        assert!(folder.is_dir());
        assert_eq!(sweep_stale(dir.path()), 0);
    }

    #[test]
    fn a_file_that_somebody_still_writes_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(format!(".proofmark-{DEAD}-1.tmp"));
        let file = RealDisk.create_new(&path, None).unwrap();
        assert_eq!(sweep_stale(dir.path()), 0);
        drop(file);
        assert_eq!(sweep_stale(dir.path()), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_of_our_name_stays_and_so_does_its_target() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("story.ron");
        fs::write(&target, "keep").unwrap();
        let link = dir.path().join(format!(".proofmark-{DEAD}-1.tmp"));
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert_eq!(sweep_stale(dir.path()), 0);
        assert!(link.is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"keep");
    }

    #[test]
    fn a_folder_that_is_not_there_has_nothing_to_sweep() {
        assert_eq!(sweep_stale(Path::new("/nonexistent/proofmark")), 0);
    }
}
