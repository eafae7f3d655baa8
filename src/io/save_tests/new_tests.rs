//! Tests of `save_new`: never overwrites, whoever writes meanwhile.

use super::*;

/// The error of a disk without hard links.
const EPERM: i32 = 1;

#[test]
fn a_new_file_is_written_and_an_existing_one_refused() {
    let place = Place::empty();
    assert!(save_new(&RealDisk, &place.file, NEW).unwrap().confirmed);
    assert_eq!(place.content(), NEW);
    let error = save_new(&RealDisk, &place.file, OLD).unwrap_err();
    assert_eq!(error.reason, Reason::Exists);
    assert!(error.to_string().contains("the file on disk is unchanged"));
    assert_eq!(place.content(), NEW);
    place.assert_tidy();
    assert_eq!(save_new(&RealDisk, place.dir.path(), OLD).unwrap_err().reason, Reason::Exists);
    let nowhere = place.dir.path().join("gone/x.csv");
    assert_eq!(save_new(&RealDisk, &nowhere, OLD).unwrap_err().reason, Reason::NoFolder);
}

#[test]
fn a_file_that_appears_before_any_step_is_never_overwritten() {
    for links in [true, false] {
        for step in ["create_new", "write", "sync", "link", "remove"] {
            let place = Place::empty();
            let mut disk = FaultDisk::new(When::Never, EIO);
            disk.links = links;
            let file = place.file.clone();
            // The other program has the same duty: it does not overwrite either.
            disk.before = Some((
                step,
                Box::new(move || {
                    let made = fs::OpenOptions::new().write(true).create_new(true).open(&file);
                    if let Ok(mut made) = made {
                        std::io::Write::write_all(&mut made, OLD).unwrap();
                    }
                }),
            ));
            match save_new(&disk, &place.file, NEW) {
                Ok(_) => assert_eq!(place.content(), NEW, "{step}"),
                Err(error) => {
                    assert_eq!(error.reason, Reason::Exists, "{step}");
                    assert_eq!(place.content(), OLD);
                }
            }
            place.assert_tidy();
        }
    }
}

#[test]
fn of_many_writers_at_once_exactly_one_wins() {
    let place = Place::empty();
    for round in 0..20 {
        let path = place.dir.path().join(format!("export-{round}.csv"));
        let texts: Vec<String> = (0..8).map(|n| format!("writer {n}").repeat(100)).collect();
        let winners: Vec<&String> = std::thread::scope(|scope| {
            let threads: Vec<_> = texts
                .iter()
                .map(|text| {
                    let path = &path;
                    scope.spawn(move || (text, save_new(&RealDisk, path, text.as_bytes())))
                })
                .collect();
            threads
                .into_iter()
                .filter_map(|thread| match thread.join().unwrap() {
                    (text, Ok(_)) => Some(text),
                    (_, Err(error)) => {
                        assert_eq!(error.reason, Reason::Exists);
                        None
                    }
                })
                .collect()
        });
        assert_eq!(winners.len(), 1);
        assert_eq!(fs::read(&path).unwrap(), winners[0].as_bytes());
    }
    assert_eq!(place.names().len(), 20);
}

#[test]
fn a_disk_without_hard_links_gets_the_file_too() {
    let place = Place::empty();
    let disk = FaultDisk::new(When::First("link", 1), EPERM);
    assert!(save_new(&disk, &place.file, NEW).unwrap().confirmed);
    assert_eq!(place.content(), NEW);
    place.assert_tidy();
}

#[test]
fn an_error_at_any_one_step_leaves_all_or_nothing() {
    for (links, errno) in [(true, EIO), (true, ENOSPC), (true, EPERM), (false, EIO), (false, ENOSPC)] {
        for n in 1..=12 {
            let place = Place::empty();
            let mut disk = FaultDisk::new(When::Once(n), errno);
            disk.links = links;
            match save_new(&disk, &place.file, NEW) {
                Ok(_) => {
                    assert_eq!(place.content(), NEW);
                    place.assert_tidy();
                }
                Err(error) => {
                    assert!(place.names().is_empty(), "step {n}: {:?}", place.names());
                    assert!(error.to_string().contains("nothing was written"));
                }
            }
        }
    }
}

#[test]
fn errors_from_any_step_on_end_and_report_what_is_there() {
    for errno in [EIO, ENOSPC, EINTR, EPERM] {
        for n in 1..=9 {
            let place = Place::empty();
            let disk = FaultDisk::new(When::From(n), errno);
            let result = save_new(&disk, &place.file, NEW);
            assert!(disk.count() < 4 * INTERRUPTIONS);
            assert_eq!(result.is_ok(), place.file.exists(), "{errno} from {n}");
            if result.is_ok() {
                assert_eq!(place.content(), NEW);
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_counts_as_something() {
    let place = Place::empty();
    std::os::unix::fs::symlink("nowhere", &place.file).unwrap();
    assert_eq!(save_new(&RealDisk, &place.file, NEW).unwrap_err().reason, Reason::Exists);
    assert_eq!(place.names(), ["story.ron"]);
    assert!(place.file.is_symlink());
}
