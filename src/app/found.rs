//! What the outside finds on the disk and tells. May use: `domain`, `app`'s imports.
//!
//! Invariant: texts are as they are shown, times are local; paths stay paths.

use std::path::PathBuf;

use super::import::Incoming;
use crate::domain::places::Places;
use crate::domain::{Id, Project, Text, Transaction};

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

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Loaded {
    /// A project file.
    Project {
        /// Validated.
        project: Box<Project>,
        /// Its index, made while nobody waits.
        places: Box<Places>,
        /// One sentence each.
        warnings: Vec<String>,
        /// Why it must not be written back.
        read_only: Option<String>,
        /// Something in it was mended, so that it differs from the file.
        mended: bool,
        /// SHA-256 of the file.
        sha256: String,
        /// Names of files beside it that a sync client made of it.
        copies: Vec<String>,
    },
    /// An article.
    Article {
        /// Line ends and byte order mark are normalised.
        text: Text,
        /// Of the bytes that were loaded.
        sha256: String,
    },
    /// An article that a person looks at before it is taken.
    Incoming(Box<Incoming>),
    /// No article but annotations of that format.
    Marks(&'static str),
}
