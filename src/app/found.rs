//! What the outside finds on the disk and tells. May use: `domain`.
//!
//! Invariant: texts are as they are shown, times are local; paths stay paths.

use std::path::PathBuf;

use crate::domain::{Id, Project, Transaction};

/// A previous version of a project's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where it is kept.
    pub file: PathBuf,
    /// When it was put there, in local time, as shown.
    pub when: String,
    /// How large it is and how many annotations it has, as shown.
    pub what: String,
}

/// Unsaved work of a window that is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoverable {
    /// Its journal.
    pub journal: PathBuf,
    /// The project.
    pub project: Id,
    /// Its title.
    pub title: String,
    /// Its file, if it had one.
    pub path: Option<PathBuf>,
    /// When the last change was made, in local time, as shown.
    pub when: String,
    /// What differs from the file, and how large the journal is, as shown.
    pub what: String,
}

/// Unsaved work that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovered {
    /// Its journal.
    pub journal: PathBuf,
    /// The project as it was saved, or as it was made where it never was.
    pub base: Project,
    /// What was done since, each piece a step of undo.
    pub steps: Vec<Transaction>,
    /// Its file, if it had one.
    pub path: Option<PathBuf>,
    /// The hash of the file then.
    pub sha256: Option<String>,
    /// Whether `base` is what was in the file then.
    pub was_saved: bool,
    /// What is to be told.
    pub told: Vec<String>,
}

/// Who works on a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who, where and since when, as shown.
    pub who: String,
    /// Why the file may be taken over; nothing where the other window is certainly there.
    pub gone: Option<String>,
    /// Whether it certainly is.
    pub is_dead: bool,
}
