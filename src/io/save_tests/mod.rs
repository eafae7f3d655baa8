//! Tests of saving on a real disk, with faults at every step. Numbers are those of the catalogue (S03 …).
//!
//! Invariant of all: after an error the old file is complete and unchanged, and no temporary file remains.

use std::fs;

use super::super::disk::RealDisk;
use super::super::fault_disk::{FaultDisk, When};
use super::*;

mod new_tests;
#[cfg(unix)]
mod unix_tests;

const OLD: &[u8] = b"the old version";
const NEW: &[u8] = b"the new version, which is longer";

const EINTR: i32 = 4;
const EIO: i32 = 5;
const EINVAL: i32 = 22;
const ENOSPC: i32 = 28;

struct Place {
    dir: tempfile::TempDir,
    file: PathBuf,
}

impl Place {
    fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("story.ron");
        Self { dir, file }
    }

    fn with_old() -> Self {
        let place = Self::empty();
        fs::write(&place.file, OLD).unwrap();
        place
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn content(&self) -> Vec<u8> {
        fs::read(&self.file).unwrap()
    }

    /// Old or new, and nothing beside it.
    fn assert_tidy(&self) {
        assert_eq!(self.names(), ["story.ron"]);
        assert!(self.content() == OLD || self.content() == NEW);
    }
}

/// How many steps a save takes when nothing fails.
fn steps() -> usize {
    let place = Place::with_old();
    let disk = FaultDisk::new(When::Never, EIO);
    assert_eq!(save(&disk, &place.file, NEW).unwrap(), Saved { path: place.file.clone(), confirmed: true });
    place.assert_tidy();
    assert_eq!(place.content(), NEW);
    let names: Vec<_> = disk.trace().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["stat", "may_write", "create_new", "write", "adopt", "sync", "rename", "sync_dir"],
        "the sequence of a save"
    );
    disk.count()
}

// S03, S07
#[test]
fn an_error_at_any_one_step_keeps_the_old_file_and_leaves_no_temporary() {
    for errno in [EIO, ENOSPC] {
        for n in 1..=steps() + 1 {
            let place = Place::with_old();
            let disk = FaultDisk::new(When::Once(n), errno);
            let result = save(&disk, &place.file, NEW);
            place.assert_tidy();
            match result {
                Ok(saved) => {
                    assert_eq!(place.content(), NEW, "step {n}");
                    let failed = disk.trace().get(n - 1).map(|(name, _)| *name);
                    // The check of rights and the taking over of them are only best effort.
                    assert!(matches!(failed, None | Some("may_write" | "adopt" | "sync_dir")), "step {n}");
                    assert_eq!(saved.confirmed, failed != Some("sync_dir"));
                }
                Err(error) => {
                    assert_eq!(place.content(), OLD, "step {n}");
                    let text = error.to_string();
                    assert!(text.contains("the file on disk is unchanged: "), "{text}");
                    assert!(text.ends_with("story.ron") && !error.hint().is_empty());
                    assert_eq!(errno == ENOSPC, error.reason == Reason::Full);
                }
            }
        }
    }
}

// S04
#[test]
fn errors_from_any_step_on_end_and_keep_the_old_file() {
    for errno in [EIO, ENOSPC, EINTR] {
        for n in 1..=steps() {
            let place = Place::with_old();
            let disk = FaultDisk::new(When::From(n), errno);
            let result = save(&disk, &place.file, NEW);
            // Bounded: no step is repeated for ever.
            assert!(disk.count() < 4 * INTERRUPTIONS, "{} steps", disk.count());
            let renamed = disk.trace()[..n - 1].iter().any(|(name, _)| *name == "rename");
            assert_eq!(place.content(), if renamed { NEW } else { OLD });
            assert_eq!(renamed, result.is_ok());
            assert!(!result.is_ok_and(|saved| saved.confirmed));
        }
    }
}

// S05
#[test]
fn an_interruption_at_any_step_is_got_over() {
    let names = ["stat", "may_write", "create_new", "write", "adopt", "sync", "rename", "sync_dir"];
    for name in names {
        let place = Place::with_old();
        let times = if name == "sync" { SYNC_TRIES - 1 } else { 5 };
        let disk = FaultDisk::new(When::First(name, times), EINTR);
        assert!(save(&disk, &place.file, NEW).unwrap().confirmed, "{name}");
        place.assert_tidy();
        assert_eq!(place.content(), NEW);
        assert_eq!(disk.calls(name), times + 1, "{name}");
    }
}

// S06
#[test]
fn short_writes_make_the_same_file() {
    let bytes: Vec<u8> = (0..20_000u32).map(|n| n as u8).collect();
    for at_most in [1, 7, 4096] {
        let place = Place::with_old();
        let mut disk = FaultDisk::new(When::Never, EIO);
        disk.at_most = at_most;
        let _ = save(&disk, &place.file, &bytes).unwrap();
        assert_eq!(place.content(), bytes);
        assert_eq!(disk.calls("write"), bytes.len().div_ceil(at_most));
    }
    let place = Place::with_old();
    let mut disk = FaultDisk::new(When::Never, EIO);
    disk.at_most = 0;
    assert_eq!(save(&disk, &place.file, NEW).unwrap_err().reason, Reason::Failed(Step::Write));
    assert_eq!(place.content(), OLD);
    place.assert_tidy();
}

// S09
#[test]
fn a_file_whose_sync_failed_is_never_synced_again() {
    let place = Place::with_old();
    let disk = FaultDisk::new(When::First("sync", 1), EIO);
    assert_eq!(save(&disk, &place.file, NEW).unwrap_err().reason, Reason::Failed(Step::Sync));
    assert_eq!(place.content(), OLD);
    place.assert_tidy();
    assert!(save(&disk, &place.file, NEW).unwrap().confirmed);
    assert_eq!(place.content(), NEW);
    assert_each_synced_once(&disk, 2);

    // An interrupted one neither: the save goes on with a fresh file.
    let place = Place::with_old();
    let disk = FaultDisk::new(When::First("sync", 2), EINTR);
    assert!(save(&disk, &place.file, NEW).unwrap().confirmed);
    place.assert_tidy();
    assert_each_synced_once(&disk, 3);
}

fn assert_each_synced_once(disk: &FaultDisk, count: usize) {
    let synced: Vec<_> = disk.trace().into_iter().filter(|(name, _)| *name == "sync").collect();
    let distinct: std::collections::BTreeSet<_> = synced.iter().map(|(_, path)| path).collect();
    assert_eq!((synced.len(), distinct.len()), (count, count));
}

// S10
#[test]
fn a_folder_that_is_not_confirmed_is_said() {
    let place = Place::with_old();
    let disk = FaultDisk::new(When::First("sync_dir", 1), EIO);
    assert!(!save(&disk, &place.file, NEW).unwrap().confirmed);
    assert_eq!(place.content(), NEW);
}

// S11
#[test]
fn a_disk_that_cannot_sync_folders_is_no_reason_to_warn() {
    let unsupported = if cfg!(target_os = "linux") { 95 } else { 45 };
    let codes: &[i32] = if cfg!(unix) { &[EINVAL, unsupported] } else { &[] };
    for &errno in codes {
        let place = Place::with_old();
        let disk = FaultDisk::new(When::First("sync_dir", 1), errno);
        assert!(save(&disk, &place.file, NEW).unwrap().confirmed, "error {errno}");
    }
}

// S40; the numbers are those of Windows, the rule which of them count is the disk's.
#[test]
fn another_program_that_holds_the_file_is_waited_for_at_most_two_seconds() {
    for errno in [5, 32] {
        let place = Place::with_old();
        let mut disk = FaultDisk::new(When::First("rename", 3), errno);
        disk.contended = Some(errno);
        assert!(save(&disk, &place.file, NEW).unwrap().confirmed);
        assert_eq!(disk.paused(), Duration::from_millis(10 + 20 + 40));
        place.assert_tidy();

        let place = Place::with_old();
        let mut disk = FaultDisk::new(When::First("rename", usize::MAX), errno);
        disk.contended = Some(errno);
        assert_eq!(save(&disk, &place.file, NEW).unwrap_err().reason, Reason::Busy);
        assert!(disk.paused() > Duration::from_secs(1) && disk.paused() <= Duration::from_secs(2));
        assert_eq!(place.content(), OLD);
        place.assert_tidy();
        assert!(disk.trace().iter().all(|(name, path)| *name != "remove" || *path != place.file));
    }
}

#[test]
fn a_first_save_makes_the_file() {
    let place = Place::empty();
    assert!(save(&RealDisk, &place.file, NEW).unwrap().confirmed);
    assert_eq!(place.content(), NEW);
    place.assert_tidy();
    for n in 1..=7 {
        let place = Place::empty();
        let disk = FaultDisk::new(When::Once(n), EIO);
        match save(&disk, &place.file, NEW) {
            Ok(_) => place.assert_tidy(),
            Err(error) => {
                assert!(place.names().is_empty(), "step {n}");
                assert_eq!(error.to_string().contains("nothing was written"), n > 1, "{error}");
            }
        }
    }
}

#[test]
fn an_empty_and_a_large_file_are_saved() {
    let place = Place::with_old();
    for bytes in [Vec::new(), vec![7; 3 << 20]] {
        let _ = save(&RealDisk, &place.file, &bytes).unwrap();
        assert_eq!(place.content(), bytes);
    }
}

// S24, S23
#[test]
fn a_folder_or_a_missing_folder_is_refused_in_words() {
    let place = Place::empty();
    let error = save(&RealDisk, place.dir.path(), NEW).unwrap_err();
    assert_eq!(error.reason, Reason::Folder);
    let error = save(&RealDisk, &place.dir.path().join("gone/story.ron"), NEW).unwrap_err();
    assert_eq!(error.reason, Reason::NoFolder);
    assert!(error.to_string().contains("nothing was written"));
    for path in ["", "/", ".."] {
        assert!(save(&RealDisk, Path::new(path), NEW).is_err(), "{path:?}");
    }
    assert!(place.names().is_empty());
}

// S24: it becomes a folder after the look.
#[test]
fn a_target_that_becomes_a_folder_meanwhile_is_an_error() {
    let place = Place::with_old();
    let mut disk = FaultDisk::new(When::Never, EIO);
    let file = place.file.clone();
    disk.before = Some((
        "rename",
        Box::new(move || {
            fs::remove_file(&file).unwrap();
            fs::create_dir(&file).unwrap();
        }),
    ));
    assert!(save(&disk, &place.file, NEW).is_err());
    assert!(place.file.is_dir());
    assert_eq!(place.names(), ["story.ron"]);
}

#[test]
fn a_taken_temporary_name_is_passed_over_and_is_not_the_target() {
    let eexist = if cfg!(windows) { 80 } else { 17 };
    let place = Place::with_old();
    let disk = FaultDisk::new(When::First("create_new", 3), eexist);
    assert!(save(&disk, &place.file, NEW).unwrap().confirmed);
    assert_eq!(place.content(), NEW);
    let place = Place::empty();
    let disk = FaultDisk::new(When::First("create_new", usize::MAX), eexist);
    assert_eq!(save_new(&disk, &place.file, NEW).unwrap_err().reason, Reason::Failed(Step::Create));
    assert_eq!(disk.calls("create_new"), NAME_TRIES);
}
