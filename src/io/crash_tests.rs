//! S14: whatever a power cut during a save leaves is the complete old or the complete new file.
//!
//! May use: save, the crash disk. Invariant: the disk itself is tested with careless ways to save, which
//! it must catch, so that an empty enumeration cannot pass. Known limits: those of the crash disk.

use std::collections::BTreeSet;
use std::path::Path;

use super::crash_disk::{CrashDisk, Files};
use super::disk::{Disk, DiskFile};
use super::save::{save, save_new};

const STORY: &str = "story.ron";
const OTHER: &str = "other.ron";
const OLD: &[u8] = b"the old version";
const NEW: &[u8] = b"the new version, longer";

fn story() -> &'static Path {
    Path::new(STORY)
}

/// The contents of the target over all crashes; `None` when it is not there.
fn stories(crashes: &BTreeSet<Files>) -> BTreeSet<Option<Vec<u8>>> {
    crashes.iter().map(|files| files.get(story()).cloned()).collect()
}

fn set<const N: usize>(contents: [Option<&[u8]>; N]) -> BTreeSet<Option<Vec<u8>>> {
    contents.into_iter().map(|bytes| bytes.map(<[u8]>::to_vec)).collect()
}

fn write_all(file: &mut dyn DiskFile, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        let count = file.write(bytes).unwrap();
        bytes = &bytes[count..];
    }
}

#[test]
fn overwriting_leaves_old_or_new_and_afterwards_new() {
    let disk = CrashDisk::new(&[(STORY, OLD), (OTHER, b"untouched")], true);
    assert!(save(&disk, story(), NEW).unwrap().confirmed);
    let crashes = disk.crashes();
    assert!(crashes.len() > 20, "only {} states", crashes.len());
    assert_eq!(stories(&crashes), set([Some(OLD), Some(NEW)]));
    assert!(crashes.iter().all(|files| files[Path::new(OTHER)] == b"untouched"));
    assert_eq!(stories(&disk.crashes_now()), set([Some(NEW)]));
    assert_eq!(disk.files().len(), 2);
}

#[test]
fn three_saves_never_leave_a_version_before_the_last_confirmed_one() {
    let disk = CrashDisk::new(&[(STORY, OLD)], true);
    let versions: [&[u8]; 3] = [b"first", b"", b"third time"];
    let mut last = OLD;
    for version in versions {
        assert!(save(&disk, story(), version).unwrap().confirmed);
        assert_eq!(stories(&disk.crashes_now()), set([Some(version)]));
        last = version;
    }
    assert_eq!(disk.files()[story()], last);
    assert_eq!(stories(&disk.crashes()), set([Some(OLD), Some(b"first"), Some(b""), Some(b"third time")]));
}

#[test]
fn a_first_save_leaves_nothing_or_new_and_afterwards_new() {
    let disk = CrashDisk::new(&[], true);
    assert!(save(&disk, story(), NEW).unwrap().confirmed);
    assert_eq!(stories(&disk.crashes()), set([None, Some(NEW)]));
    assert_eq!(stories(&disk.crashes_now()), set([Some(NEW)]));
}

#[test]
fn a_new_file_leaves_nothing_or_new_and_afterwards_new() {
    let disk = CrashDisk::new(&[(OTHER, b"untouched")], true);
    assert!(save_new(&disk, story(), NEW).unwrap().confirmed);
    assert_eq!(stories(&disk.crashes()), set([None, Some(NEW)]));
    assert_eq!(stories(&disk.crashes_now()), set([Some(NEW)]));
    assert_eq!(disk.files().len(), 2);
}

#[test]
fn a_new_file_on_a_disk_without_links_is_safe_once_saved() {
    let disk = CrashDisk::new(&[], false);
    assert!(save_new(&disk, story(), NEW).unwrap().confirmed);
    assert_eq!(stories(&disk.crashes_now()), set([Some(NEW)]));
    assert_eq!(disk.files().len(), 1);
}

#[test]
fn the_crash_disk_catches_careless_ways_to_save() {
    // Writing in place: half a file, or none.
    let disk = CrashDisk::new(&[(STORY, OLD)], true);
    disk.remove(story()).unwrap();
    let mut file = disk.create_new(story(), None).unwrap();
    write_all(&mut *file, NEW);
    let found = stories(&disk.crashes());
    assert!(found.contains(&None) && found.contains(&Some(Vec::new())));
    assert!(found.contains(&Some(NEW[..4].to_vec())));

    // Renaming without a sync of the file: zeros under the name.
    let disk = CrashDisk::new(&[(STORY, OLD)], true);
    let mut file = disk.create_new(Path::new("temp"), None).unwrap();
    write_all(&mut *file, NEW);
    disk.rename(Path::new("temp"), story()).unwrap();
    disk.sync_dir(Path::new(".")).unwrap();
    assert!(stories(&disk.crashes_now()).contains(&Some(vec![0; NEW.len()])));

    // Without a sync of the folder: "saved", and the old version comes back.
    let disk = CrashDisk::new(&[(STORY, OLD)], true);
    let mut file = disk.create_new(Path::new("temp"), None).unwrap();
    write_all(&mut *file, NEW);
    file.sync().unwrap();
    disk.rename(Path::new("temp"), story()).unwrap();
    assert_eq!(stories(&disk.crashes_now()), set([Some(OLD), Some(NEW)]));

    // Removing the target first, as if Windows needed it: no file at all.
    let disk = CrashDisk::new(&[(STORY, OLD)], true);
    let mut file = disk.create_new(Path::new("temp"), None).unwrap();
    write_all(&mut *file, NEW);
    file.sync().unwrap();
    disk.remove(story()).unwrap();
    disk.rename(Path::new("temp"), story()).unwrap();
    assert!(stories(&disk.crashes_now()).contains(&None));
}
