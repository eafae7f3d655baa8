//! Clears away, at each start, what nobody needs any more of the application's own data.
//!
//! May use: versions, temp, std. The rule: nothing goes while all previous versions together are at most
//! [`ROOM`]; beyond that, the oldest go that are older than a year ([`OLD`]), but never the newest of any
//! file, and none of a project with unsaved work in a journal; temporary files of ended processes go, and locks a day old of windows that are gone and left no
//! journal. Invariant: no journal goes here, not even a damaged one, and the last content of every file
//! that was ever saved stays, so no work is lost. Known limit: files that are gone for ever keep that
//! last content; a person may remove the folder `versions`.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};

use super::{journal, seen, sweep_stale, versions};

/// What all previous versions together may take before old ones go: 2 GB.
pub const ROOM: u64 = 2_000_000_000;
/// Younger ones never go.
pub const OLD: SignedDuration = SignedDuration::from_hours(365 * 24);
/// A lock is made a moment before it is held.
const LOCK: Duration = Duration::from_secs(24 * 3600);

/// Clears away; says how many files went.
pub fn clean(data: &Path, now: Timestamp) -> usize {
    let recovery = data.join("recovery");
    let mut gone = sweep_stale(data) + sweep_stale(&recovery) + stale_locks(&recovery);
    for folder in versions::all(data) {
        gone += sweep_stale(&folder);
    }
    gone += seen::old(data, SystemTime::now());
    gone + old_versions(data, now, ROOM)
}

fn old_versions(data: &Path, now: Timestamp, room: u64) -> usize {
    let (mut total, mut old) = (0, Vec::new());
    let awaited = projects_with_journals(&data.join("recovery"));
    for folder in versions::all(data) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // A journal may build on any of them.
        let is_awaited = awaited.iter().any(|project| name.starts_with(&**project));
        let kept = versions::kept(&folder);
        let newest = kept.last().map(|newest| newest.number);
        for one in kept {
            let size = fs::metadata(&one.file).map_or(0, |metadata| metadata.len());
            total += size;
            if !is_awaited && Some(one.number) != newest && now.duration_since(one.when) > OLD {
                old.push((one.when, one.number, one.file, size));
            }
        }
    }
    old.sort();
    let mut gone = 0;
    for (.., file, size) in old {
        if total <= room {
            break;
        }
        if fs::remove_file(file).is_ok() {
            total -= size;
            gone += 1;
        }
    }
    gone
}

/// The ids of projects that have a journal, whole or damaged.
fn projects_with_journals(recovery: &Path) -> Vec<String> {
    let names = fs::read_dir(recovery).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let names = names.filter_map(|name| name.into_string().ok());
    names.filter_map(|name| name.split_once('-').map(|(project, _)| project.to_owned())).collect()
}

fn stale_locks(recovery: &Path) -> usize {
    let names = || fs::read_dir(recovery).into_iter().flatten().flatten().map(|entry| entry.path());
    let windows: Vec<String> = names().filter_map(|path| journal::window(&path)).collect();
    let is_old = |path: &Path| {
        let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
        modified.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age > LOCK))
    };
    names()
        .filter(|path| path.extension().is_some_and(|ending| ending == "lock") && is_old(path))
        .filter(|path| path.file_stem().is_some_and(|stem| windows.iter().all(|window| stem != &**window)))
        .filter(|path| fs::File::options().write(true).open(path).is_ok_and(|file| file.try_lock().is_ok()))
        .filter(|path| fs::remove_file(path).is_ok())
        .count()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::domain::Id;
    use crate::io::RealDisk;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn kept(data: &Path) -> Vec<PathBuf> {
        versions::all(data).iter().flat_map(|folder| versions::kept(folder)).map(|one| one.file).collect()
    }

    #[test]
    fn old_versions_go_only_beyond_the_room_and_never_the_newest_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let keep = |id: u128, content: &str, when: &str| {
            let of = (Id::from_bits(id), Path::new("/stories/a.ron"));
            versions::keep(&RealDisk, data, of, content.as_bytes(), time(when)).unwrap();
        };
        for (content, when) in [
            ("aaaa", "2020-01-01T00:00:00Z"),
            ("bbbb", "2024-01-01T00:00:00Z"),
            ("cccc", "2026-09-01T00:00:00Z"),
        ] {
            keep(1, content, when);
        }
        // Another file, whose only version is the oldest of all.
        keep(2, "dddd", "1999-01-01T00:00:00Z");
        let now = time("2026-11-24T00:00:00Z");
        assert_eq!(clean(data, now), 0, "there is room for all of them");
        assert_eq!(old_versions(data, now, 16), 0);
        assert_eq!(old_versions(data, now, 12), 1, "the oldest that may go");
        assert_eq!(kept(data).len(), 3);
        let journal = data.join("recovery").join(format!("{}-w-1.journal", Id::from_bits(1)));
        fs::create_dir(data.join("recovery")).unwrap();
        fs::write(&journal, "work").unwrap();
        assert_eq!(old_versions(data, now, 0), 0, "a journal may build on them");
        fs::remove_file(&journal).unwrap();
        // However little room there is, the last of each file and what is younger than a year stay.
        assert_eq!(old_versions(data, now, 0), 1);
        let left: Vec<String> = kept(data).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        assert!(left.contains(&"cccc".to_owned()) && left.contains(&"dddd".to_owned()) && left.len() == 2);
        // A clock that is wrong changes nothing about that.
        assert_eq!(old_versions(data, time("2099-01-01T00:00:00Z"), 0), 0);
        assert_eq!(old_versions(data, time("1970-01-01T00:00:00Z"), 0), 0);
    }

    #[test]
    fn locks_of_the_dead_go_and_journals_and_their_locks_stay() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = folder.path().join("recovery");
        fs::create_dir(&recovery).unwrap();
        let yesterday = SystemTime::now() - Duration::from_secs(3 * 24 * 3600);
        let make = |name: &str| {
            let file = fs::File::create(recovery.join(name)).unwrap();
            file.set_modified(yesterday).unwrap();
            file
        };
        make("dead.lock");
        make("withwork.lock");
        make(&format!("{}-withwork-1.journal", Id::from_bits(1)));
        make(&format!("{}-withwork-2.damaged", Id::from_bits(1)));
        make(".proofmark-4194305-1.tmp");
        make("something else");
        let living = make("living.lock");
        living.try_lock().unwrap();
        fs::File::create(recovery.join("fresh.lock")).unwrap();
        assert_eq!(clean(folder.path(), Timestamp::now()), 2);
        let mut left: Vec<_> =
            fs::read_dir(&recovery).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left.len(), 6);
        for name in ["fresh.lock", "living.lock", "withwork.lock", "something else"] {
            assert!(left.contains(&name.to_owned()), "{name}");
        }
    }
}
