//! Tests of saving that need modes, links, pipes and free names.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn is_root() -> bool {
    let dir = tempfile::tempdir().unwrap();
    fs::metadata(dir.path()).unwrap().uid() == 0
}

// S16
#[test]
fn mode_and_where_possible_owner_are_kept() {
    for wanted in [0o664, 0o640, 0o600, 0o666, 0o755, 0o622] {
        let place = Place::with_old();
        set_mode(&place.file, wanted);
        let _ = save(&RealDisk, &place.file, NEW).unwrap();
        assert_eq!(mode(&place.file), wanted, "{wanted:o}");
    }
    if is_root() {
        let place = Place::with_old();
        std::os::unix::fs::chown(&place.file, Some(12_345), Some(54_321)).unwrap();
        set_mode(&place.file, 0o664);
        let _ = save(&RealDisk, &place.file, NEW).unwrap();
        let metadata = fs::metadata(&place.file).unwrap();
        assert_eq!((metadata.uid(), metadata.gid(), mode(&place.file)), (12_345, 54_321, 0o664));
    }
}

#[test]
fn rights_of_a_group_that_cannot_be_kept_do_not_go_to_another_one() {
    let place = Place::empty();
    let mut like = RealDisk.stat(place.dir.path()).unwrap();
    let (user, group) = like.owner.unwrap();
    for (mode_before, narrowed) in [(0o664, 0o644), (0o660, 0o600), (0o666, 0o666)] {
        for other in [group, 54_321] {
            let mut file = RealDisk.create_new(&place.file, Some(0o600)).unwrap();
            (like.mode, like.owner) = (Some(mode_before), Some((user, other)));
            file.adopt(&like).unwrap();
            let kept = fs::metadata(&place.file).unwrap().gid() == other;
            assert!(kept || !is_root());
            assert_eq!(mode(&place.file), if kept { mode_before } else { narrowed });
            fs::remove_file(&place.file).unwrap();
        }
    }
}

#[test]
fn a_new_file_has_the_mode_that_any_program_gives() {
    let place = Place::empty();
    let other = place.dir.path().join("other");
    fs::write(&other, "x").unwrap();
    let _ = save(&RealDisk, &place.file, NEW).unwrap();
    assert_eq!(mode(&place.file), mode(&other));
    fs::remove_file(&place.file).unwrap();
    let _ = save_new(&RealDisk, &place.file, NEW).unwrap();
    assert_eq!(mode(&place.file), mode(&other));
}

#[test]
fn a_successor_is_private_until_it_has_the_rights_of_the_file() {
    let place = Place::with_old();
    set_mode(&place.file, 0o644);
    let mut disk = FaultDisk::new(When::Never, EIO);
    let dir = place.dir.path().to_path_buf();
    let seen = std::rc::Rc::new(std::cell::Cell::new(0));
    let found = seen.clone();
    disk.before = Some((
        "rename",
        Box::new(move || {
            let temps = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path());
            found.set(mode(&temps.into_iter().find(|path| !path.ends_with("story.ron")).unwrap()));
        }),
    ));
    let _ = save(&disk, &place.file, NEW).unwrap();
    assert_eq!(seen.get(), 0o644);
    // Without the taking over it stays as private as it was made.
    let disk = FaultDisk::new(When::First("adopt", 1), EIO);
    let _ = save(&disk, &place.file, NEW).unwrap();
    assert_eq!(mode(&place.file), 0o600);
}

// S20
#[test]
fn a_write_protected_file_is_refused() {
    let place = Place::with_old();
    set_mode(&place.file, 0o444);
    let error = save(&RealDisk, &place.file, NEW).unwrap_err();
    assert_eq!(error.reason, Reason::ReadOnly);
    assert_eq!(place.content(), OLD);
    place.assert_tidy();
    assert_eq!(mode(&place.file), 0o444);
}

#[test]
fn a_file_that_others_only_may_write_is_refused() {
    let place = Place::with_old();
    let disk = FaultDisk::new(When::First("may_write", 1), 13);
    assert_eq!(save(&disk, &place.file, NEW).unwrap_err().reason, Reason::Denied);
    place.assert_tidy();
    assert_eq!(place.content(), OLD);
}

// S19
#[test]
fn a_folder_that_takes_no_new_file_has_its_own_error() {
    for errno in [13, 30] {
        let place = Place::with_old();
        let disk = FaultDisk::new(When::First("create_new", 1), errno);
        assert_eq!(save(&disk, &place.file, NEW).unwrap_err().reason, Reason::FolderLocked);
        assert_eq!(place.content(), OLD);
    }
}

// S17
#[test]
fn links_stay_and_their_target_is_written() {
    let place = Place::with_old();
    let other = place.dir.path().join("other");
    fs::create_dir(&other).unwrap();
    symlink(&place.file, other.join("one")).unwrap();
    symlink("one", other.join("two")).unwrap();
    symlink("other/two", place.dir.path().join("three")).unwrap();
    symlink("other", place.dir.path().join("folder")).unwrap();
    for link in ["other/one", "other/two", "three", "folder/two", "folder/../three"] {
        fs::write(&place.file, OLD).unwrap();
        let saved = save(&RealDisk, &place.dir.path().join(link), NEW).unwrap();
        assert_eq!(place.content(), NEW, "{link}");
        assert_eq!(fs::canonicalize(saved.path).unwrap(), fs::canonicalize(&place.file).unwrap());
    }
    for link in ["other/one", "other/two", "three", "folder"] {
        assert!(place.dir.path().join(link).is_symlink(), "{link}");
    }
    assert_eq!(place.names(), ["folder", "other", "story.ron", "three"]);
    assert_eq!(fs::read_dir(&other).unwrap().count(), 2);
}

// S17
#[test]
fn behind_a_dangling_link_the_target_is_made() {
    let place = Place::empty();
    symlink("later.ron", &place.file).unwrap();
    let saved = save(&RealDisk, &place.file, NEW).unwrap();
    assert_eq!(saved.path, place.dir.path().join("later.ron"));
    assert!(place.file.is_symlink());
    assert_eq!(place.content(), NEW);
    fs::remove_file(&place.file).unwrap();
    symlink("no/such/folder.ron", &place.file).unwrap();
    assert_eq!(save(&RealDisk, &place.file, NEW).unwrap_err().reason, Reason::NoFolder);
}

// S17
#[test]
fn links_in_a_circle_are_a_clear_error() {
    let place = Place::empty();
    symlink("b", place.dir.path().join("a")).unwrap();
    symlink("a", place.dir.path().join("b")).unwrap();
    symlink("self", place.dir.path().join("self")).unwrap();
    for link in ["a", "b", "self"] {
        let error = save(&RealDisk, &place.dir.path().join(link), NEW).unwrap_err();
        assert_eq!(error.reason, Reason::LinkLoop);
        assert!(error.to_string().contains("circle"));
    }
    assert_eq!(place.names(), ["a", "b", "self"]);
}

// S18: documented in save.rs.
#[test]
fn another_hard_link_keeps_the_old_version() {
    let place = Place::with_old();
    let other = place.dir.path().join("other.ron");
    fs::hard_link(&place.file, &other).unwrap();
    let _ = save(&RealDisk, &place.file, NEW).unwrap();
    assert_eq!((place.content(), fs::read(&other).unwrap()), (NEW.to_vec(), OLD.to_vec()));
}

// S22
#[test]
fn names_of_any_kind_are_saved() {
    let place = Place::empty();
    let long = "n".repeat(255);
    let names: [&[u8]; 7] = [
        long.as_bytes(),
        b"two words.ron",
        b"new\nline.ron",
        b"quotes ' \" `.ron",
        b"not \xff\xfe unicode.ron",
        b"-rf",
        b".proofmark-1-1.tmp",
    ];
    for name in names {
        let path = place.dir.path().join(OsStr::from_bytes(name));
        for bytes in [OLD, NEW] {
            match save(&RealDisk, &path, bytes) {
                Ok(_) => assert_eq!(fs::read(&path).unwrap(), bytes),
                // Some disks take only Unicode; then the error is one line.
                Err(error) => assert_eq!(error.to_string().lines().count(), 1),
            }
        }
    }
    assert_eq!(place.names().len(), names.len());
    let error = save(&RealDisk, &place.dir.path().join("n".repeat(256)), NEW).unwrap_err();
    assert_eq!(error.reason, Reason::Name);
    assert_eq!(place.names().len(), names.len());
}

// S22
#[test]
fn a_path_of_four_thousand_bytes_is_saved_or_refused_in_words() {
    let place = Place::empty();
    let mut path = place.dir.path().to_path_buf();
    while path.as_os_str().len() < 4_000 {
        path.push("d".repeat(100));
    }
    // As deep as the system goes.
    let _ = fs::create_dir_all(&path);
    match save(&RealDisk, &path.join("story.ron"), NEW) {
        Ok(_) => assert_eq!(fs::read(path.join("story.ron")).unwrap(), NEW),
        Err(error) => assert!(matches!(error.reason, Reason::Name | Reason::NoFolder), "{error}"),
    }
}

// S24
#[test]
fn pipes_devices_and_sockets_are_refused_without_waiting() {
    let place = Place::empty();
    let socket = place.dir.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let mut paths = vec![socket, "/dev/null".into()];
    let fifo = place.dir.path().join("fifo");
    if std::process::Command::new("mkfifo").arg(&fifo).status().is_ok_and(|status| status.success()) {
        symlink("fifo", place.dir.path().join("link")).unwrap();
        paths.extend([fifo, place.dir.path().join("link")]);
    }
    let names = place.names();
    for path in paths {
        assert_eq!(save(&RealDisk, &path, NEW).unwrap_err().reason, Reason::NotAFile);
    }
    assert_eq!(place.names(), names);
}
