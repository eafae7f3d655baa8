//! Previous versions of projects, in the application's data folder.
//!
//! May use: save, read, `formats`, `domain`. They lie in `versions/<project id>-<hash of the path>/`,
//! outside the project's folder, so that no sync client and no colleague sees them, and by id and
//! path, so that two projects of one name never share them. Invariants: the newest [`GENERATIONS`]
//! of each file stay; their order is a number in their names, never the clock. What goes
//! beyond that is `clean`'s. Known limit: what is larger than 8 MB is listed by its size.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::Disk;
use super::read::{PROJECT_LIMIT, read};
use super::save::save_new;
use super::{clock, read_problem, settings};
use crate::app::effect::{Problem, Version};
use crate::domain::{Id, Project};
use crate::formats;
use crate::formats::text::hash;

/// How many previous versions of a file are kept.
pub const GENERATIONS: usize = 20;
/// The largest version that is read for the number of its annotations.
const COUNTED: u64 = 8 << 20;
/// Letters of a hash in a name.
const SHORT: usize = 16;

/// A version that is kept.
pub(super) struct Kept {
    /// The later, the larger.
    pub number: u64,
    /// When it was put there.
    pub when: Timestamp,
    short: String,
    /// Where it is.
    pub file: PathBuf,
}

fn short(mut hash: String) -> String {
    hash.truncate(SHORT);
    hash
}

/// The folder of the versions of one file.
fn folder(data: &Path, project: Id, path: &Path) -> PathBuf {
    data.join("versions").join(format!("{project}-{}", place(path)))
}

/// What stands for a path in the name of a folder.
fn place(path: &Path) -> String {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into());
    short(hash(whole.as_os_str().as_encoded_bytes()))
}

/// The versions of whatever project was at a path, the newest first: where the file itself does not tell.
pub fn of_path(data: &Path, path: &Path) -> Vec<Version> {
    let ending = format!("-{}", place(path));
    let ours = all(data).into_iter().filter(|folder| folder.to_string_lossy().ends_with(&ending));
    let mut kept: Vec<Kept> = ours.flat_map(|folder| kept(&folder)).collect();
    kept.sort_by_key(|kept| std::cmp::Reverse((kept.when, kept.number)));
    let version = |kept: Kept| Version {
        when: clock::local(kept.when),
        what: size_and_count(&kept.file),
        file: kept.file,
    };
    kept.into_iter().map(version).collect()
}

/// `000012-20261124T091200Z-0123456789abcdef.ron`
fn parsed(file: PathBuf) -> Option<Kept> {
    let name = file.file_name()?.to_str()?.strip_suffix(".ron")?.to_owned();
    let mut parts = name.split('-');
    let (number, when, short) = (parts.next()?, parts.next()?, parts.next()?);
    let when = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", when).ok()?;
    let when = when.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(Kept { number: number.parse().ok()?, when, short: short.to_owned(), file })
}

/// What lies in a folder, the oldest first.
pub(super) fn kept(folder: &Path) -> Vec<Kept> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut all: Vec<Kept> = entries.filter_map(|entry| parsed(entry.path())).collect();
    all.sort_by_key(|kept| kept.number);
    all
}

/// The folders of all files.
pub(super) fn all(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data.join("versions")).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}

/// Puts some content among the versions of a file, unless it is the newest of them already.
pub fn keep(
    disk: &dyn Disk,
    data: &Path,
    (project, path): (Id, &Path),
    bytes: &[u8],
    now: Timestamp,
) -> Result<(), Problem> {
    let folder = folder(data, project, path);
    settings::make_private(&folder).map_err(|error| Problem {
        what: format!("The folder for previous versions could not be made ({error})"),
        hint: String::new(),
        exists: false,
    })?;
    let all = kept(&folder);
    let short = short(hash(bytes));
    if all.last().is_some_and(|last| last.short == short) {
        return Ok(());
    }
    let number = all.last().map_or(1, |last| last.number.saturating_add(1));
    let name = format!("{number:06}-{}-{short}.ron", now.strftime("%Y%m%dT%H%M%SZ"));
    let _ = save_new(disk, &folder.join(name), bytes)?;
    let surplus = (all.len() + 1).saturating_sub(GENERATIONS);
    for old in all.iter().take(surplus) {
        // One that stays is no harm.
        let _ = disk.remove(&old.file);
    }
    Ok(())
}

/// The folders of a project: that of a path first, those of its other places then.
fn folders(data: &Path, project: Id, path: &Path) -> Vec<PathBuf> {
    let first = folder(data, project, path);
    let entries = fs::read_dir(data.join("versions")).into_iter().flatten().flatten();
    let ours =
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&format!("{project}-")));
    let mut others: Vec<PathBuf> = ours.map(|entry| entry.path()).filter(|path| *path != first).collect();
    others.sort();
    others.insert(0, first);
    others
}

/// The versions of a project, the newest of this path first.
pub fn list(data: &Path, project: Id, path: &Path) -> Vec<Version> {
    let now = read(path, PROJECT_LIMIT).ok().map(|bytes| short(hash(&bytes)));
    let mut found = Vec::new();
    for (place, folder) in folders(data, project, path).iter().enumerate() {
        for kept in kept(folder).into_iter().rev() {
            let mut what = size_and_count(&kept.file);
            if place > 0 {
                what.push_str(", of a copy elsewhere");
            } else if Some(&kept.short) == now.as_ref() {
                what.push_str(", as in the file now");
            }
            found.push(Version { when: clock::local(kept.when), what, file: kept.file });
        }
    }
    found
}

fn size_and_count(file: &Path) -> String {
    let size = fs::metadata(file).map_or(0, |metadata| metadata.len());
    let mut what = format!("{} KB", size.div_ceil(1000));
    if size <= COUNTED
        && let Ok(bytes) = read(file, COUNTED)
        && let Ok(opened) = formats::ron::read(&bytes, &mut clock::stamp(""))
    {
        let count = opened.project.annotations.len();
        what = format!("{count} annotation{}, {what}", if count == 1 { "" } else { "s" });
    }
    what
}

/// The content of that hash among the versions of a project.
pub fn find(data: &Path, project: Id, path: &Path, sha256: &str) -> Option<Vec<u8>> {
    let wanted = short(sha256.to_owned());
    let all = folders(data, project, path).into_iter().flat_map(|folder| kept(&folder));
    let mut files = all.filter(|kept| kept.short == wanted).map(|kept| kept.file);
    files.find_map(|file| read(&file, PROJECT_LIMIT).ok().filter(|bytes| hash(bytes) == sha256))
}

/// Reads a version.
pub fn open(file: &Path) -> Result<Box<Project>, Problem> {
    let bytes = read(file, PROJECT_LIMIT)?;
    let opened = formats::ron::read(&bytes, &mut clock::stamp("")).map_err(|e| read_problem(file, &e))?;
    if let Some(reason) = opened.read_only {
        return Err(Problem {
            what: format!("This version cannot be worked on: {reason}"),
            hint: "Open it with the version of Proofmark that made it".into(),
            exists: false,
        });
    }
    Ok(Box::new(opened.project))
}
