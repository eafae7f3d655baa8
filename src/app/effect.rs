//! What the application asks of the outside, and what comes back. May use: `domain`, `formats`
//! (their results), `app`.
//!
//! Invariant: `io` performs an [`Effect`] and answers with [`Outcome`]s; the application never
//! names `io`. Reading, parsing, formatting and writing happen there, off the window's thread.
//! Errors arrive here as a [`Problem`], already in words.

use std::path::PathBuf;

use super::dialog::Purpose;
use super::settings::Settings;
use crate::domain::rules::Include;
use crate::domain::{Id, Project, Text};

/// Please do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Let the person choose a path.
    Ask {
        /// What for.
        purpose: Purpose,
        /// The file's name to begin with.
        suggested: String,
        /// The folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Read a project or an article.
    Read(PathBuf),
    /// Write a project or an export of it.
    Write {
        /// Where.
        path: PathBuf,
        /// What.
        content: Content,
        /// What for.
        purpose: Purpose,
        /// The state of the project that this is.
        state: u64,
        /// Whether a file that is there may be replaced.
        replace: bool,
    },
    /// Read the text on the clipboard.
    ReadClipboard,
    /// Keep the settings.
    Store(Settings),
    /// Close the window.
    Quit,
}

/// What is written: a snapshot, so that work can go on meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The project file.
    Project(Box<Project>),
    /// An export of it, in that format.
    Export(Box<Project>, &'static str, Include),
}

impl Content {
    /// The project that it is, or is made of.
    pub fn project(&self) -> &Project {
        match self {
            Self::Project(project) | Self::Export(project, ..) => project,
        }
    }
}

/// Why something could not be done: what failed, with the file, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What failed, which file, what was kept.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// A file was there that may be replaced if the person says so.
    pub exists: bool,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Loaded {
    /// A project file.
    Project {
        /// Validated.
        project: Box<Project>,
        /// One sentence each.
        warnings: Vec<String>,
        /// Why it must not be written back.
        read_only: Option<String>,
        /// Something in it was mended, so that it differs from the file.
        mended: bool,
    },
    /// An article.
    Article {
        /// Line ends and byte order mark are normalised.
        text: Text,
        /// Of the bytes that were loaded.
        sha256: String,
    },
}

/// This happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A path was chosen. The system's dialog has asked whether to replace a file that is there.
    Chosen(Purpose, PathBuf),
    /// None was chosen.
    Cancelled,
    /// No dialog can be shown here.
    NoDialog {
        /// What it was for.
        purpose: Purpose,
        /// What to suggest.
        suggested: String,
    },
    /// A file was read.
    Read(PathBuf, Result<Loaded, Problem>),
    /// A file was written, or not.
    Wrote {
        /// Where.
        path: PathBuf,
        /// What for.
        purpose: Purpose,
        /// Of which project.
        project: Id,
        /// The state that it was.
        state: u64,
        /// How it went.
        result: Result<Written, Problem>,
    },
    /// The text on the clipboard.
    Clipboard(Result<String, Problem>),
    /// The settings could not be kept.
    SettingsLost(Problem),
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The local time, as shown.
    pub at: String,
    /// Whether the disk confirmed.
    pub confirmed: bool,
    /// What an export left out, one sentence each.
    pub left_out: Vec<String>,
}
