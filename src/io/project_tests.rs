//! Tests of what stands in the way of a save and can be put aside (S19, S20, S27).

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use super::*;
use crate::domain::Kind;
use crate::formats::samples;
use crate::io::RealDisk;
use crate::io::fault_disk::{FaultDisk, When};

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

struct Place {
    folder: tempfile::TempDir,
    old: Project,
    new: Project,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let old = samples::project("The council met.", &mut samples::stamp());
        let mut new = old.clone();
        samples::mark(&mut new, Kind::Claim, "council", Vec::new(), &mut samples::stamp());
        let place = Self { folder, old, new };
        fs::write(place.path(), formats::ron::write(&place.old)).unwrap();
        place
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("story.ron")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn put(&self, disk: &dyn Disk, data: bool, known: Option<&str>, allow: Allow) -> Result<Put, Refused> {
        let (folder, path) = (self.data(), self.path());
        let given_up = AtomicBool::new(false);
        let data = data.then_some(&*folder);
        let job = Job { data, path: &path, replace: true, known, allow, given_up: &given_up };
        put(disk, &job, &self.new)
    }

    fn is_old(&self) -> bool {
        fs::read_to_string(self.path()).unwrap() == formats::ron::write(&self.old)
    }

    fn is_new(&self) -> bool {
        fs::read_to_string(self.path()).unwrap() == formats::ron::write(&self.new)
    }

    fn versions(&self) -> Vec<String> {
        let all = versions::list(&self.data(), self.old.id, &self.path());
        all.iter().map(|version| fs::read_to_string(&version.file).unwrap()).collect()
    }
}

/// A disk with a folder that takes no new file.
fn locked(place: &Place, when: When, errno: i32) -> FaultDisk {
    let mut disk = FaultDisk::new(when, errno);
    disk.locked = Some(place.folder.path().to_owned());
    disk
}

fn hindrance<T>(result: Result<T, Refused>) -> Hindrance {
    match result {
        Err(Refused::Hindered(why, words, hint)) => {
            assert!(
                words.starts_with("Not saved, because ") && words.contains("story.ron") && !hint.is_empty()
            );
            why
        }
        Err(Refused::Save(error)) => panic!("{error}"),
        Err(_) => panic!("another refusal"),
        Ok(_) => panic!("written"),
    }
}

// S19
#[test]
fn into_the_file_itself_only_when_asked_and_once_both_contents_are_kept() {
    let place = Place::new();
    let disk = locked(&place, When::Never, EIO);
    let known = hash(formats::ron::write(&place.old).as_bytes());
    assert_eq!(hindrance(place.put(&disk, true, Some(&known), Allow::default())), Hindrance::FolderLocked);
    assert!(place.is_old());
    let allow = Allow::default().and(Hindrance::FolderLocked);
    let put = place.put(&disk, true, Some(&known), allow).unwrap_or_else(|_| panic!("not written"));
    assert!(place.is_new() && put.saved.confirmed);
    assert_eq!(place.versions(), [formats::ron::write(&place.new), formats::ron::write(&place.old)]);
    // A longer file that becomes shorter has nothing behind its end.
    fs::write(place.path(), format!("{}{}", formats::ron::write(&place.old), " ".repeat(5000))).unwrap();
    assert!(place.put(&disk, true, None, allow).is_ok() && place.is_new());
    // What somebody else wrote meanwhile stays.
    fs::write(place.path(), "theirs").unwrap();
    assert!(matches!(place.put(&disk, true, Some(&known), allow), Err(Refused::Changed)));
    assert_eq!(fs::read(place.path()).unwrap(), b"theirs");
}

// S19
#[test]
fn an_error_at_any_step_of_writing_in_place_leaves_both_contents_somewhere() {
    let allow = Allow::default().and(Hindrance::FolderLocked);
    for errno in [EIO, ENOSPC] {
        let mut step = 1;
        loop {
            let place = Place::new();
            let disk = locked(&place, When::Once(step), errno);
            let result = place.put(&disk, true, None, allow);
            if disk.count() < step {
                assert!(place.is_new());
                break;
            }
            match result {
                Ok(_) => assert!(place.is_new(), "step {step}"),
                Err(Refused::Save(error)) if error.reason == Reason::HalfWritten => {
                    assert!(error.to_string().contains("previous versions"));
                    let kept = place.versions();
                    assert!(kept.contains(&formats::ron::write(&place.new)), "step {step}");
                    assert!(kept.contains(&formats::ron::write(&place.old)), "step {step}");
                }
                Err(_) => assert!(place.is_old(), "step {step}"),
            }
            step += 1;
        }
        assert!(step > 12, "{step} steps");
    }
}

// S19: what cannot be made safe first is not begun.
#[test]
fn without_a_place_for_both_contents_nothing_is_written_in_place() {
    let place = Place::new();
    let disk = locked(&place, When::Never, EIO);
    let allow = Allow::default().and(Hindrance::FolderLocked);
    assert!(matches!(place.put(&disk, false, None, allow), Err(Refused::Save(_))));
    fs::write(place.data(), "in the way of the folder").unwrap();
    assert_eq!(hindrance(place.put(&disk, true, None, allow)), Hindrance::Unkept);
    assert!(place.is_old());
}

// S20
#[cfg(unix)]
#[test]
fn a_write_protected_file_is_replaced_only_when_asked_and_stays_protected() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(hindrance(place.put(&RealDisk, true, None, Allow::default())), Hindrance::WriteProtected);
    assert!(place.is_old());
    let allow = Allow::default().and(Hindrance::WriteProtected);
    assert!(place.put(&RealDisk, true, None, allow).is_ok() && place.is_new());
    assert_eq!(fs::metadata(place.path()).unwrap().permissions().mode() & 0o777, 0o444);
    assert_eq!(place.versions(), [formats::ron::write(&place.old)]);
}

// S27
#[test]
fn what_cannot_be_kept_is_replaced_only_when_asked_again() {
    let place = Place::new();
    fs::write(place.path(), "theirs").unwrap();
    fs::write(place.data(), "in the way of the folder").unwrap();
    for data in [true, false] {
        assert_eq!(hindrance(place.put(&RealDisk, data, None, Allow::default())), Hindrance::Unkept);
        assert_eq!(fs::read(place.path()).unwrap(), b"theirs");
    }
    let allow = Allow::default().and(Hindrance::Unkept);
    let put = place.put(&RealDisk, true, None, allow).unwrap_or_else(|_| panic!("not written"));
    assert!(place.is_new() && put.told[0].contains("was not kept"));
    // What is known is one's own, and no reason to ask at every saving; it is told.
    let known = hash(formats::ron::write(&place.old).as_bytes());
    fs::write(place.path(), formats::ron::write(&place.old)).unwrap();
    let put =
        place.put(&RealDisk, true, Some(&known), Allow::default()).unwrap_or_else(|_| panic!("not written"));
    assert!(place.is_new() && put.told[0].contains("was not kept"));
}

// U13
#[test]
fn a_save_that_was_given_up_replaces_nothing_any_more() {
    let place = Place::new();
    let (data, path, given_up) = (place.data(), place.path(), AtomicBool::new(false));
    let job = |allow| Job {
        data: Some(&*data),
        path: &path,
        replace: true,
        known: None,
        allow,
        given_up: &given_up,
    };
    let mut disk = FaultDisk::new(When::Never, EIO);
    let asked = std::rc::Rc::new(Cell::new(0));
    let count = asked.clone();
    disk.before = Some(("create_new", Box::new(move || count.set(count.get() + 1))));
    given_up.store(true, Ordering::Relaxed);
    assert!(matches!(put(&disk, &job(Allow::default()), &place.new), Err(Refused::Changed)));
    let in_place = Allow::default().and(Hindrance::FolderLocked);
    assert!(matches!(put(&disk, &job(in_place), &place.new), Err(Refused::Changed)));
    assert!(place.is_old() && asked.get() == 1);
    assert_eq!(fs::read_dir(place.folder.path()).unwrap().count(), 1);
}
