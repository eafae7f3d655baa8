//! Tests of reading: kinds of files, limits, files that change (S24, L28).

use std::cell::{Cell, RefCell};
use std::fs;

use super::*;

fn dir() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_file_is_read_up_to_the_limit() {
    let dir = dir();
    let path = dir.path().join("story.ron");
    for bytes in [&b""[..], b"x", b"1234567890"] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(read(&path, 10).unwrap(), bytes);
    }
    assert_eq!(read(&path, u64::MAX).unwrap(), b"1234567890");
    fs::write(&path, b"12345678901").unwrap();
    let error = read(&path, 10).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { limit: 10, .. }));
    assert!(error.to_string().contains("10 bytes") && error.to_string().ends_with("story.ron"));
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let dir = dir();
    let path = dir.path().join("huge.ron");
    fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let error = read(&path, PROJECT_LIMIT).unwrap_err();
    assert!(error.to_string().contains("256 MiB"), "{error}");
}

#[test]
fn what_is_missing_or_a_folder_is_named_so() {
    let dir = dir();
    let missing = read(&dir.path().join("no.ron"), 10).unwrap_err();
    assert!(matches!(missing, ReadError::Missing { .. }));
    let folder = read(dir.path(), 10).unwrap_err();
    assert!(matches!(folder, ReadError::Folder { .. }));
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(read(&file.join("under"), 10).unwrap_err(), ReadError::Missing { .. }));
    for error in [missing, folder] {
        assert!(error.hint().ends_with('.'));
    }
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_sockets_are_refused_without_waiting() {
    let dir = dir();
    let socket = dir.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let mut paths = vec![socket, "/dev/null".into(), "/dev/zero".into()];
    let fifo = dir.path().join("fifo");
    if std::process::Command::new("mkfifo").arg(&fifo).status().is_ok_and(|status| status.success()) {
        // Straight past the first look, as if the pipe had come after it.
        drop(open(&fifo).unwrap());
        paths.push(fifo);
    }
    for path in paths {
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        for path in [&path, &link] {
            assert!(matches!(read(path, 10).unwrap_err(), ReadError::NotAFile { .. }), "{path:?}");
        }
        fs::remove_file(link).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_a_circle_is_an_error() {
    use std::os::unix::fs::symlink;
    let dir = dir();
    fs::write(dir.path().join("story.ron"), "text").unwrap();
    symlink("story.ron", dir.path().join("one")).unwrap();
    symlink("one", dir.path().join("two")).unwrap();
    assert_eq!(read(&dir.path().join("two"), 10).unwrap(), b"text");
    symlink("b", dir.path().join("a")).unwrap();
    symlink("a", dir.path().join("b")).unwrap();
    assert!(read(&dir.path().join("a"), 10).is_err());
}

#[cfg(unix)]
#[test]
fn names_of_any_kind_are_read_and_shown_on_one_line() {
    use std::os::unix::ffi::OsStrExt;
    let dir = dir();
    let long = "n".repeat(255);
    let names: [&[u8]; 4] = [b"two words ' \" .ron", b"new\nline.ron", b"not \xff unicode", long.as_bytes()];
    for name in names {
        let path = dir.path().join(std::ffi::OsStr::from_bytes(name));
        match fs::write(&path, "12345") {
            Ok(()) => assert_eq!(read(&path, 10).unwrap(), b"12345"),
            // Some disks take only Unicode.
            Err(_) => continue,
        }
        assert_eq!(read(&path, 1).unwrap_err().to_string().lines().count(), 1);
    }
}

fn stamp(size: u64) -> Stamp {
    Stamp { size, modified: None }
}

#[test]
fn a_file_that_grows_is_read_again_until_it_rests() {
    let sizes = RefCell::new([(1, 2), (2, 3), (3, 3)].into_iter());
    let waits = Cell::new(0);
    let result = stable(
        Path::new("growing"),
        || {
            let (before, after) = sizes.borrow_mut().next().unwrap();
            Ok(Attempt { bytes: vec![b'x'; after as usize], before: stamp(before), after: stamp(after) })
        },
        |_| waits.set(waits.get() + 1),
    );
    assert_eq!(result.unwrap(), b"xxx");
    assert_eq!(waits.get(), 2);
}

#[test]
fn a_change_of_the_same_size_is_seen_by_its_time() {
    let times =
        RefCell::new([0, 1, 1, 1].into_iter().map(|s| SystemTime::UNIX_EPOCH + Duration::from_secs(s)));
    let next = || Stamp { size: 1, modified: times.borrow_mut().next() };
    let mut count = 0;
    let attempt = || {
        count += 1;
        Ok(Attempt { bytes: vec![count], before: next(), after: next() })
    };
    assert_eq!(stable(Path::new("overwritten"), attempt, |_| {}).unwrap(), [2]);
}

#[test]
fn a_file_that_never_rests_is_refused_after_three_tries() {
    let (tries, waits) = (Cell::new(0), Cell::new(0));
    let result = stable(
        Path::new("growing"),
        || {
            tries.set(tries.get() + 1);
            Ok(Attempt { bytes: vec![0; 2], before: stamp(1), after: stamp(2) })
        },
        |_| waits.set(waits.get() + 1),
    );
    assert!(matches!(result.unwrap_err(), ReadError::Unstable { .. }));
    assert_eq!((tries.get(), waits.get()), (3, 2));
}

#[test]
fn bytes_that_do_not_fill_the_size_are_not_taken() {
    let result = stable(
        Path::new("cut"),
        || Ok(Attempt { bytes: vec![0; 1], before: stamp(2), after: stamp(2) }),
        |_| {},
    );
    assert!(matches!(result.unwrap_err(), ReadError::Unstable { .. }));
}

#[test]
fn a_file_that_grows_past_the_limit_is_not_read_to_its_end() {
    assert_eq!(at_most(io::repeat(1), 3, 100).unwrap(), None);
    assert_eq!(at_most(&[1u8; 100][..], 3, 100).unwrap(), Some(vec![1; 100]));
    assert_eq!(at_most(&[1u8; 101][..], 3, 100).unwrap(), None);
    assert_eq!(at_most(io::empty(), u64::MAX, u64::MAX).unwrap_err().kind(), ErrorKind::OutOfMemory);
}
