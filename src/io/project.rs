//! Writing a project's file: one routine for the window and for the command line.
//!
//! May use: save, read, versions, `formats`, `domain`, the application's effects. Invariants: what is
//! written reads back as the project; what is replaced is known, or was agreed to, and is among the
//! previous versions, or it was agreed to that it is not; a file is written in place only once both its
//! old and its new content are synced among the previous versions.
//! Known limit: without a folder of data nothing is kept, so nothing is written in place.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::save::{save_if, save_in_place, save_new};
use super::{Disk, PROJECT_LIMIT, ReadError, Reason, SaveError, Saved, clock, read, shown, versions};
pub use crate::app::effect::{Allow, Hindrance};
use crate::domain::Project;
use crate::formats;
use crate::formats::text::hash;

/// What is asked for, beside the project.
pub struct Job<'a> {
    /// The application's data.
    pub data: Option<&'a Path>,
    /// Where to write.
    pub path: &'a Path,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
    /// The hash of the only content that may be replaced; without one, any may.
    pub known: Option<&'a str>,
    /// What was agreed to.
    pub allow: Allow,
    /// Whether somebody has given up waiting: then nothing is replaced any more.
    pub given_up: &'a AtomicBool,
}

/// A project that was written.
#[must_use = "an unconfirmed save must stay marked as unsaved"]
pub struct Put {
    /// Where, and whether the disk confirmed it.
    pub saved: Saved,
    /// SHA-256 of what was written.
    pub sha256: String,
    /// What is to be told, one sentence each.
    pub told: Vec<String>,
}

/// Why a project was not written. The file is as it was.
pub enum Refused {
    /// Its text does not read back as it; what the reader says, where it says something.
    Unlike(Option<String>),
    /// Somebody else has changed the file.
    Changed,
    /// Something that can be put aside stands in the way; in words, and what to do.
    Hindered(Hindrance, String, &'static str),
    /// Anything else.
    Save(SaveError),
}

/// Writes a project.
pub fn put(disk: &dyn Disk, job: &Job<'_>, project: &Project) -> Result<Put, Refused> {
    put_text(disk, job, project, &formats::ron::write(project))
}

/// Writes the text of a project, if it is that.
pub(super) fn put_text(
    disk: &dyn Disk,
    job: &Job<'_>,
    project: &Project,
    text: &str,
) -> Result<Put, Refused> {
    match formats::ron::read(text.as_bytes(), &mut clock::stamp("")) {
        Ok(back) if !back.changed && back.project == *project => {}
        Ok(_) => return Err(Refused::Unlike(None)),
        // As far as we know, only what is too large.
        Err(damaged) => return Err(Refused::Unlike(Some(damaged.what))),
    }
    let bytes = text.as_bytes();
    let mut watch = Watch { disk, job, project, bytes, told: Vec::new(), unkept: None };
    let mut saved = if job.allow.in_place && job.data.is_some() {
        save_in_place(disk, job.path, bytes, &mut |target| watch.may_write_in_place(target))
    } else if job.replace {
        save_if(disk, job.path, bytes, job.allow.protected, &mut |target| watch.may_replace(target))
    } else {
        save_new(disk, job.path, bytes)
    };
    if let Err(error) = &mut saved
        && error.reason == Reason::Changed
        && let Some(why) = watch.unkept
    {
        let words = format!(
            "Not saved, because what is in the file now cannot be kept ({why}); it is unchanged: {}",
            shown(&error.path)
        );
        let hint = "Save under another name, or replace it without keeping it.";
        return Err(Refused::Hindered(Hindrance::Unkept, words, hint));
    }
    match saved {
        Ok(saved) => Ok(Put { saved, sha256: hash(bytes), told: watch.told }),
        Err(error) => Err(refused(disk, job, error)),
    }
}

/// Tells what a person may put aside from what he cannot.
fn refused(disk: &dyn Disk, job: &Job<'_>, error: SaveError) -> Refused {
    let hindrance = match error.reason {
        Reason::Changed => return Refused::Changed,
        Reason::ReadOnly if !job.allow.protected => Hindrance::WriteProtected,
        Reason::FolderLocked
            if !job.allow.in_place
                && job.replace
                && job.data.is_some()
                && error.existed
                && disk.may_write(&error.path).is_ok() =>
        {
            Hindrance::FolderLocked
        }
        _ => return Refused::Save(error),
    };
    Refused::Hindered(hindrance, error.to_string(), error.hint())
}

/// Looks at what is to be replaced, in the last moment, and keeps it.
struct Watch<'a> {
    disk: &'a dyn Disk,
    job: &'a Job<'a>,
    project: &'a Project,
    bytes: &'a [u8],
    told: Vec<String>,
    /// Why what is there cannot be kept.
    unkept: Option<String>,
}

impl Watch<'_> {
    fn may_replace(&mut self, target: &Path) -> bool {
        let job = self.job;
        if job.given_up.load(Ordering::Relaxed) {
            return false;
        }
        match read(target, PROJECT_LIMIT) {
            Ok(there) if there == self.bytes => true,
            Ok(there) => {
                let is_known = job.known.is_some();
                if job.known.is_some_and(|known| known != hash(&there)) {
                    return false;
                }
                match self.keep(&there) {
                    Ok(()) => true,
                    // Without a folder of data nothing is kept, and that was told at the start.
                    Err(_) if is_known && job.data.is_none() => true,
                    // What this window has read or written itself is no work of somebody else.
                    Err(why) if is_known || job.allow.unkept => {
                        self.told.push(format!(
                            "The project was saved, but its previous version was not kept. {why}"
                        ));
                        true
                    }
                    Err(why) => self.refuse(why),
                }
            }
            Err(ReadError::Missing { .. }) => {
                if job.known.is_some() {
                    self.told.push("The file was not there any more; it was written again".into());
                }
                true
            }
            // It cannot be compared: only who says "replace it" may, and it cannot be kept.
            Err(_) if job.known.is_some() => false,
            Err(_) if job.allow.unkept => true,
            Err(error) => self.refuse(error.to_string()),
        }
    }

    /// Both contents must be safe elsewhere, for an end in the middle leaves neither in the file.
    fn may_write_in_place(&mut self, target: &Path) -> bool {
        let job = self.job;
        if job.given_up.load(Ordering::Relaxed) {
            return false;
        }
        let there = match read(target, PROJECT_LIMIT) {
            Ok(there) => there,
            Err(_) if job.known.is_some() => return false,
            Err(error) => return self.refuse(error.to_string()),
        };
        if job.known.is_some_and(|known| known != hash(&there)) && there != self.bytes {
            return false;
        }
        let new = self.bytes;
        match self.keep(&there).and_then(|()| self.keep(new)) {
            Ok(()) => true,
            Err(why) => self.refuse(why),
        }
    }

    fn refuse(&mut self, why: String) -> bool {
        self.unkept = Some(why);
        false
    }

    fn keep(&self, bytes: &[u8]) -> Result<(), String> {
        let data = self.job.data.ok_or("there is no folder for the application's data")?;
        let of = (self.project.id, self.job.path);
        versions::keep(self.disk, data, of, bytes, clock::now()).map_err(|problem| problem.what)
    }
}

#[cfg(test)]
#[path = "project_tests.rs"]
mod tests;
