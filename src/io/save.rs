//! Writing a file so that it is always the complete old or the complete new one.
//!
//! May use: [`Disk`] only, so that each step can be made to fail. The sequence is §1.2 of the reference on
//! reliability: resolve links, temporary file beside the target, write, sync, rename, sync the folder.
//! Invariants: the target is touched by nothing but the rename (but in [`save_in_place`]); a file whose sync failed is never synced
//! again (the system may have dropped the data and would then report success); no step is repeated for ever.
//! Known limits: another hard link to the file keeps the old version; the owner is kept only as far as
//! the system allows; a folder that takes no new file is refused, and [`save_in_place`] is for who has asked;
//! where the disk knows no hard links, a crash during `save_new` can leave half a new file, and so can
//! an error after which not even removing works.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, DiskFile, FileKind, Stat};
use super::save_error::{Reason, SaveError, Step, reason};
use super::temp;

/// As many links as Linux itself follows.
const MAX_LINKS: usize = 40;
/// A stale file of an older process with our number may hold a name.
const NAME_TRIES: usize = 100;
/// Interruptions by signals; each leaves the step undone.
const INTERRUPTIONS: usize = 100;
/// Fresh temporary files after an interrupted sync.
const SYNC_TRIES: usize = 3;
/// 10 + 20 + … + 640 + 700 ms: just under two seconds.
const WAITS_MS: [u64; 8] = [10, 20, 40, 80, 160, 320, 640, 700];

/// A save that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an unconfirmed save must stay marked as unsaved"]
pub struct Saved {
    /// The file that was written, behind all links.
    pub path: PathBuf,
    /// Whether the disk confirmed that the file also survives a power cut.
    pub confirmed: bool,
}

/// Puts `bytes` in the place of the file at `path`, or creates it.
///
/// Symbolic links stay, their final target is written. On an error the old file is untouched.
pub fn save(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<Saved, SaveError> {
    save_if(disk, path, bytes, false, &mut |_| true)
}

/// The same, over a write-protected file where `protected` says so, and if `may` says so of the target: asked once the new version is written and nothing but
/// the rename is left, so that next to no time lies between the answer and the replacement.
pub fn save_if(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    protected: bool,
    may: &mut dyn FnMut(&Path) -> bool,
) -> Result<Saved, SaveError> {
    let Target { path, old } = resolve(disk, path)?;
    let failed = |(step, error)| system_error(&path, old.is_some(), step, error);
    if let Some(stat) = &old {
        let refused = |reason| SaveError { reason, path: path.clone(), existed: true, source: None };
        if let Some(reason) = no_file(stat.kind) {
            return Err(refused(reason));
        }
        // A rename asks the folder only. Who may not write to the file must not replace it either.
        let denied = match patiently(|| disk.may_write(&path)) {
            Err(error) => error.kind() == ErrorKind::PermissionDenied,
            Ok(()) => false,
        };
        if stat.read_only && !protected {
            return Err(refused(Reason::ReadOnly));
        }
        if denied && !stat.read_only {
            return Err(refused(Reason::Denied));
        }
    }
    let temp = write_temp(disk, &path, bytes, old.as_ref()).map_err(failed)?;
    if !may(&path) {
        discard(disk, &temp);
        return Err(SaveError { reason: Reason::Changed, path, existed: old.is_some(), source: None });
    }
    if let Err(error) = replace(disk, &temp, &path) {
        discard(disk, &temp);
        if disk.is_contended(&error) {
            return Err(SaveError {
                reason: Reason::Busy,
                path,
                existed: old.is_some(),
                source: Some(error),
            });
        }
        return Err(failed((Step::Replace, error)));
    }
    let confirmed = confirm(disk, &path);
    Ok(Saved { path, confirmed })
}

/// Writes `bytes` into the file that is there, for folders that take no new file, if `may` says so.
///
/// Not safe by itself: an end in the middle leaves neither the old file nor the new one. The caller must
/// have both in another place, synced; `may` is the last moment for that.
pub fn save_in_place(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    may: &mut dyn FnMut(&Path) -> bool,
) -> Result<Saved, SaveError> {
    let Target { path, old } = resolve(disk, path)?;
    let failed = |reason, source| SaveError { reason, path: path.clone(), existed: old.is_some(), source };
    let Some(stat) = &old else {
        return Err(failed(Reason::FolderLocked, None));
    };
    if let Some(reason) = no_file(stat.kind) {
        return Err(failed(reason, None));
    }
    if !may(&path) {
        return Err(failed(Reason::Changed, None));
    }
    let opened = patiently(|| disk.overwrite(&path));
    let mut file = opened.map_err(|error| failed(reason(Step::Write, &error), Some(error)))?;
    let done = write_all(&mut *file, bytes)
        .and_then(|()| patiently(|| file.cut(bytes.len() as u64)))
        .and_then(|()| file.sync());
    done.map_err(|error| failed(Reason::HalfWritten, Some(error)))?;
    Ok(Saved { path, confirmed: true })
}

/// Why what stands at a path is nothing to write to.
fn no_file(kind: FileKind) -> Option<Reason> {
    match kind {
        FileKind::File => None,
        FileKind::Folder => Some(Reason::Folder),
        FileKind::Link | FileKind::Other => Some(Reason::NotAFile),
    }
}

/// Writes `bytes` to a file that must not exist yet: never overwrites, whoever else writes meanwhile.
pub fn save_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<Saved, SaveError> {
    let failed = |(step, error): Failure| {
        if error.kind() == ErrorKind::AlreadyExists {
            return SaveError {
                reason: Reason::Exists,
                path: path.into(),
                existed: true,
                source: Some(error),
            };
        }
        system_error(path, false, step, error)
    };
    // Only saves the work of writing first; the link below decides.
    match patiently(|| disk.stat(path)) {
        Ok(_) => return Err(failed((Step::Look, ErrorKind::AlreadyExists.into()))),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed((Step::Look, error))),
    }
    let temp = write_temp(disk, path, bytes, None).map_err(failed)?;
    let linked = patiently(|| disk.link(&temp, path));
    discard(disk, &temp);
    match linked {
        Ok(()) => {}
        Err(error) if cannot_link(&error) => {
            write_directly(disk, path, bytes).map_err(failed)?;
        }
        Err(error) => return Err(failed((Step::Replace, error))),
    }
    Ok(Saved { path: path.into(), confirmed: confirm(disk, path) })
}

type Failure = (Step, io::Error);

struct Target {
    path: PathBuf,
    old: Option<Stat>,
}

/// Follows links at the end of the path; those in its folders the system follows itself.
fn resolve(disk: &dyn Disk, path: &Path) -> Result<Target, SaveError> {
    let mut path = path.to_path_buf();
    for _ in 0..=MAX_LINKS {
        let failed = |error| system_error(&path, true, Step::Look, error);
        let old = match patiently(|| disk.stat(&path)) {
            Ok(stat) => stat,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Target { path, old: None }),
            Err(error) => return Err(failed(error)),
        };
        if old.kind != FileKind::Link {
            return Ok(Target { path, old: Some(old) });
        }
        let next = patiently(|| disk.read_link(&path)).map_err(failed)?;
        // Not simplified: `..` behind a linked folder means the parent of that folder's target.
        path = folder_of(&path).join(next);
    }
    Err(SaveError { reason: Reason::LinkLoop, path, existed: true, source: None })
}

/// A complete and synced temporary file beside the target, or none at all.
fn write_temp(disk: &dyn Disk, target: &Path, bytes: &[u8], old: Option<&Stat>) -> Result<PathBuf, Failure> {
    let mut tries = 0;
    loop {
        tries += 1;
        let (temp, file) = create_temp(disk, target, old.is_some())?;
        // `fill` closes the file: Windows neither renames nor removes an open one.
        match fill(file, bytes, old) {
            Ok(()) => return Ok(temp),
            Err((Step::Sync, error)) if error.kind() == ErrorKind::Interrupted && tries < SYNC_TRIES => {
                discard(disk, &temp);
            }
            Err(failure) => {
                discard(disk, &temp);
                return Err(failure);
            }
        }
    }
}

fn create_temp(
    disk: &dyn Disk,
    target: &Path,
    private: bool,
) -> Result<(PathBuf, Box<dyn DiskFile>), Failure> {
    // Nobody else reads a successor before it has the rights of the file that it follows.
    let mode = private.then_some(0o600);
    let mut tries = 0;
    loop {
        tries += 1;
        let path = folder_of(target).join(temp::next_name());
        match patiently(|| disk.create_new(&path, mode)) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < NAME_TRIES => {}
            // Must not look as if the target existed.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err((Step::Create, io::Error::other("all temporary names are taken")));
            }
            Err(error) => return Err((Step::Create, error)),
        }
    }
}

fn fill(mut file: Box<dyn DiskFile>, bytes: &[u8], old: Option<&Stat>) -> Result<(), Failure> {
    write_all(&mut *file, bytes).map_err(|error| (Step::Write, error))?;
    if let Some(old) = old {
        // Best effort: a disk without owners and modes is still good enough to save on.
        let _ = patiently(|| file.adopt(old));
    }
    file.sync().map_err(|error| (Step::Sync, error))
}

fn write_all(file: &mut dyn DiskFile, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match patiently(|| file.write(rest))? {
            0 => return Err(ErrorKind::WriteZero.into()),
            count => rest = rest.get(count..).unwrap_or_default(),
        }
    }
    Ok(())
}

/// Renames, and waits a little while another program holds the target. The target is never removed first.
fn replace(disk: &dyn Disk, temp: &Path, target: &Path) -> io::Result<()> {
    let mut waits = WAITS_MS.iter();
    loop {
        match patiently(|| disk.rename(temp, target)) {
            Err(error) if disk.is_contended(&error) => match waits.next() {
                Some(&wait) => disk.pause(Duration::from_millis(wait)),
                None => return Err(error),
            },
            result => return result,
        }
    }
}

/// For disks without hard links: `create_new` claims the name, so still nothing can be overwritten.
fn write_directly(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let file = patiently(|| disk.create_new(target, None)).map_err(|error| (Step::Create, error))?;
    fill(file, bytes, None).inspect_err(|_| discard(disk, target))
}

/// Whether the disk knows no hard links, or not for this user.
fn cannot_link(error: &io::Error) -> bool {
    match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotFound | ErrorKind::StorageFull => false,
        ErrorKind::PermissionDenied
        | ErrorKind::Unsupported
        | ErrorKind::InvalidInput
        | ErrorKind::TooManyLinks
        | ErrorKind::CrossesDevices => true,
        // FAT on Windows answers "invalid function", which has no kind.
        _ => cfg!(windows),
    }
}

/// Makes the name last; says whether the disk confirmed it.
fn confirm(disk: &dyn Disk, target: &Path) -> bool {
    match patiently(|| disk.sync_dir(folder_of(target))) {
        Ok(()) => true,
        // Disks that know no such thing: EINVAL, ENOTSUP.
        Err(error) => matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported),
    }
}

/// Removes a file of ours; once more if that failed, then it is left to `sweep_stale`.
fn discard(disk: &dyn Disk, temp: &Path) {
    let _ = disk.remove(temp).or_else(|_| disk.remove(temp));
}

/// Repeats a step that a signal interrupted. Not for sync: see the invariant.
fn patiently<T>(mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..INTERRUPTIONS {
        match step() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
    step()
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn system_error(path: &Path, existed: bool, step: Step, error: io::Error) -> SaveError {
    SaveError { reason: reason(step, &error), path: path.into(), existed, source: Some(error) }
}

#[cfg(test)]
#[path = "save_tests/mod.rs"]
mod tests;
