//! Which entries of others a person has seen, one small file for each project.
//!
//! May use: std, `app`, `domain`, the application's data folder. A file `seen/<project id>.seen` is a
//! head and eight bytes for each entry; what is seen is put behind it. Invariants: it is no part of any
//! project file; one that is damaged or too long is as if it were not there, so nothing more than marks
//! is lost. Files that nobody wrote for a year go (`clean`).

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::app::effect::{Ask, News, Outcome};
use crate::domain::Id;

/// What such a file begins with.
const HEAD: &[u8] = b"proofmark seen 1\n";
/// The longest that is read: four million entries.
const LONGEST: u64 = 32 << 20;

fn file(data: &Path, project: Id) -> PathBuf {
    data.join("seen").join(format!("{project}.seen"))
}

/// Performs it.
pub fn perform(data: &Path, asked: Ask) -> Option<Outcome> {
    match asked {
        Ask::Saw { project, entries } => {
            note(data, project, &entries);
            None
        }
        Ask::Compare { desk, me, project, before } => {
            let known = read(data, project.id);
            let is_first = known.is_none();
            let mut saw = known.unwrap_or_default();
            // Everything is seen of what a person looks at for the first time.
            let base = before.as_ref().or_else(|| is_first.then_some(&project));
            let of_base = base.map(|base| News::others(base, &me)).unwrap_or_default();
            let mut fresh: Vec<u64> = of_base.into_iter().filter(|entry| saw.insert(*entry)).collect();
            let news = News::of(&project, &me, &|entry| saw.contains(&entry));
            if !news.beside.is_empty() {
                fresh.extend(beside(&project, &me));
            }
            if is_first || !fresh.is_empty() {
                note(data, project.id, &fresh);
            }
            (news != News::default()).then_some(Outcome::News(desk, Box::new(news)))
        }
    }
}

/// What has no mark to be looked at is told once.
fn beside(project: &crate::domain::Project, me: &str) -> Vec<u64> {
    let without = crate::domain::Project { annotations: Default::default(), ..project.clone() };
    News::others(&without, me)
}

/// What was seen of a project; nothing where that is not known.
fn read(data: &Path, project: Id) -> Option<HashSet<u64>> {
    let path = file(data, project);
    if fs::metadata(&path).ok()?.len() > LONGEST {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let entries = bytes.strip_prefix(HEAD)?.chunks_exact(8);
    Some(entries.filter_map(|eight| eight.try_into().ok().map(u64::from_le_bytes)).collect())
}

/// Puts entries behind the others. Where it fails, something is marked once more: nobody needs to know.
fn note(data: &Path, project: Id, entries: &[u64]) {
    let path = file(data, project);
    let sound = fs::read(&path).is_ok_and(|bytes| bytes.starts_with(HEAD) && bytes.len() as u64 <= LONGEST);
    let mut bytes = Vec::with_capacity(HEAD.len() + entries.len() * 8);
    if !sound {
        let _ = fs::create_dir_all(data.join("seen"));
        let _ = fs::remove_file(&path);
        bytes.extend_from_slice(HEAD);
    }
    bytes.extend(entries.iter().flat_map(|entry| entry.to_le_bytes()));
    if let Ok(mut file) = fs::File::options().create(true).append(true).open(&path) {
        let _ = file.write_all(&bytes);
    }
}

/// The files of projects that nobody looked at for a year.
pub(super) fn old(data: &Path, now: std::time::SystemTime) -> usize {
    let year = std::time::Duration::from_secs(365 * 24 * 3600);
    let files = fs::read_dir(data.join("seen")).into_iter().flatten().flatten().map(|entry| entry.path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "seen"))
        .filter(|path| {
            let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
            modified.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > year))
        })
        .filter(|path| fs::remove_file(path).is_ok())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_kept_and_a_damaged_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (data, id) = (folder.path(), Id::from_bits(7));
        assert_eq!(read(data, id), None);
        note(data, id, &[]);
        assert_eq!(read(data, id), Some(HashSet::new()));
        note(data, id, &[1, u64::MAX]);
        note(data, id, &[2]);
        assert_eq!(read(data, id), Some(HashSet::from([1, 2, u64::MAX])));
        fs::write(file(data, id), "something else").unwrap();
        assert_eq!(read(data, id), None);
        note(data, id, &[3]);
        assert_eq!(read(data, id), Some(HashSet::from([3])));
    }

    #[test]
    fn files_that_nobody_wrote_for_a_year_go() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        note(data, Id::from_bits(1), &[1]);
        note(data, Id::from_bits(2), &[1]);
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(400 * 24 * 3600);
        let old_one = fs::File::options().write(true).open(file(data, Id::from_bits(1))).unwrap();
        old_one.set_modified(long_ago).unwrap();
        assert_eq!(old(data, std::time::SystemTime::now()), 1);
        assert!(read(data, Id::from_bits(1)).is_none() && read(data, Id::from_bits(2)).is_some());
    }
}
