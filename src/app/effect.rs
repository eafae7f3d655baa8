//! What the application asks of the outside, and what comes back. May use: `domain`, `formats`
//! (their results), `app`.
//!
//! Invariant: `io` performs an [`Effect`] and answers with [`Outcome`]s; the application never
//! names `io`. Reading, parsing, formatting and writing happen there, off the window's thread.
//! Errors arrive here as a [`Problem`], already in words.

use std::path::PathBuf;
use std::sync::Arc;

pub use super::beside::{Beside, Found, Held, Other};
use super::dialog::Purpose;
pub use super::export::{ExportJob, Findings, Form};
pub use super::found::{Holder, Loaded, Recoverable, Recovered, Version};
pub use super::hindrance::{Allow, Hindered, Hindrance};
pub use super::import::{Incoming, Reading};
pub use super::marks::{Arriving, MarksDone, MarksJob};
pub use super::merging::{Asked, Review};
pub use super::seen::{Ask, News};
use super::settings::Settings;
use crate::domain::rules::Include;
use crate::domain::study::{Finding, Job};
use crate::domain::{Id, Project};
use crate::formats::address::Checked;
use crate::formats::ron::journal::Typing;

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
    /// Read annotations of another tool, or make the step that takes them.
    Marks(MarksJob),
    /// Read an article to be shown first, or show its bytes in another encoding.
    Import(Box<Reading>),
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
        /// The hash of the only content that may be replaced; without one, any may.
        known: Option<String>,
        /// What the person agreed to.
        allow: Allow,
    },
    /// Compare a file with the hash that it had when it was read or written here.
    Look {
        /// The project's file.
        path: PathBuf,
        /// Its hash then.
        known: String,
    },
    /// Say on the disk that this window works on a file, and on no other; nothing for none.
    Hold {
        /// The project's file.
        path: Option<PathBuf>,
        /// Who works on it.
        name: String,
        /// Take it from whoever else said so.
        take: bool,
    },
    /// Put a project among the previous versions of a file.
    Preserve {
        /// The file.
        path: PathBuf,
        /// What to keep.
        project: Box<Project>,
    },
    /// Put the content that a file has now among its previous versions.
    Secure {
        /// The file.
        path: PathBuf,
        /// Of which project.
        project: Id,
        /// The hash that the content must have.
        known: String,
    },
    /// List the previous versions of a project.
    ListVersions {
        /// Of which project.
        project: Id,
        /// Its file.
        path: PathBuf,
    },
    /// Read a previous version.
    ReadVersion {
        /// Where it is kept.
        file: PathBuf,
        /// Whether it comes into the place of the file as it is now.
        back: bool,
    },
    /// Bring the recovery journal of a desk up to date.
    Keep {
        /// Which desk.
        desk: u64,
        /// What is on the screen, half-typed fields included.
        project: Box<Project>,
        /// What is being typed in its article.
        typing: Option<Typing>,
        /// Its file.
        path: Option<PathBuf>,
        /// What is in the file.
        on_disk: Option<OnDisk>,
        /// The journal that the desk was recovered from; it goes once this one is written.
        adopted: Option<PathBuf>,
    },
    /// Remove the recovery journal of a desk, whose work is saved or let go.
    Forget {
        /// Which desk.
        desk: u64,
        /// The journal that it was recovered from.
        adopted: Option<PathBuf>,
    },
    /// Clear away what nobody needs of the application's own data.
    CleanUp,
    /// List what can be recovered: everything, or the work on one project.
    ListRecovery(Option<Id>),
    /// Read a journal and the version that it builds on.
    Recover {
        /// The journal.
        journal: PathBuf,
        /// Where its project's file lies now, if it is known.
        at: Option<PathBuf>,
    },
    /// Throw a journal away, because the person said so.
    DropRecovery(PathBuf),
    /// Find out what an export would leave out.
    Examine {
        /// Of what.
        project: Box<Project>,
        /// In which format.
        format: &'static str,
        /// Of which annotations.
        include: Include,
    },
    /// Something about a project beside the open one.
    Beside(Beside),
    /// What somebody has seen, in the application's data.
    Seen(Ask),
    /// Leave an export alone whose disk does not answer.
    LeaveExport,
    /// Copy annotations.
    Copy {
        /// Of which project.
        project: Box<Project>,
        /// Which.
        ids: Vec<Id>,
        /// In which form.
        form: Form,
    },
    /// Find the first of these files that is there.
    FindRecent(Vec<PathBuf>),
    /// Leave alone what a disk does not answer.
    StopWaiting,
    /// Read the text on the clipboard.
    ReadClipboard,
    /// Open an address in the person's browser.
    OpenAddress(Checked),
    /// Keep the settings.
    Store(Settings),
    /// Look at the whole project for something; a later question of that sort takes its place.
    Study(u64, Job),
    /// Close the window.
    Quit,
}

/// What is written: a snapshot, so that work can go on meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The project file.
    Project(Arc<Project>),
    /// An export of it, in that format.
    Export(Box<Project>, &'static str, Include, ExportJob),
    /// A text that was made from it.
    Text(Box<Project>, String),
    /// A copy of it to send, which must not take the place of its own file.
    Copy { of: Box<Project>, redacted: bool, own: Option<PathBuf> },
}

impl Content {
    /// The project that it is, or is made of.
    pub fn project(&self) -> &Project {
        match self {
            Self::Project(project) => project,
            Self::Export(project, ..) | Self::Text(project, _) | Self::Copy { of: project, .. } => project,
        }
    }
}

/// What is known of the project's file: its content when it was read or written here last.
#[derive(Clone, Debug, PartialEq)]
pub struct OnDisk {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The project that it holds; nothing where reading mended it, so that the two differ.
    pub project: Option<Arc<Project>>,
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
    /// A project could not be read, but there are previous versions of it.
    Lost {
        /// Where.
        path: PathBuf,
        /// Why.
        problem: Problem,
        /// The versions, the newest first.
        found: Vec<Version>,
    },
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
    /// An export was stopped, and nothing was written.
    Stopped(PathBuf),
    /// It was found out what an export would leave out.
    Examined {
        /// In which format.
        format: &'static str,
        /// Of which annotations.
        include: Include,
        /// What it holds and what not.
        findings: Findings,
    },
    /// What was found out about a project beside the open one.
    Beside(Found),
    /// What others changed since the person last looked, for the desk of that number.
    News(u64, Box<News>),
    /// So many annotations are on the clipboard, and whether they stay there when the program ends.
    Copied(Result<(usize, bool), Problem>),
    /// A file was not written, because somebody else has changed it.
    Changed {
        /// Where.
        path: PathBuf,
        /// Of which project.
        project: Id,
        /// Of which state.
        state: u64,
    },
    /// A file was not written, because something stands in the way that can be put aside.
    Hindered {
        /// Of which project.
        project: Id,
        /// Of which state.
        state: u64,
        /// What.
        by: Hindered,
    },
    /// A file was looked at.
    Looked {
        /// Where.
        path: PathBuf,
        /// The hash that it was compared with.
        known: String,
        /// Its hash; nothing where there is no such file any more.
        found: Option<String>,
    },
    /// Somebody else works on a file.
    InUse {
        /// Where.
        path: PathBuf,
        /// Who.
        holder: Holder,
    },
    /// The file is ours now.
    Taken(PathBuf),
    /// The person's own version is among the previous ones of the file, or is not.
    Preserved(PathBuf, Result<(), Problem>),
    /// Previous versions, the newest first.
    Versions(Vec<Version>),
    /// A previous version was read.
    VersionRead {
        /// What is in it.
        result: Result<Box<Project>, Problem>,
        /// Whether it comes into the place of the file as it is now.
        back: bool,
    },
    /// What can be recovered, and what is to be told of what cannot.
    Recoverable {
        /// Each piece of work.
        found: Vec<Recoverable>,
        /// One sentence each.
        told: Vec<String>,
    },
    /// A journal was read.
    Recovered(Result<Box<Recovered>, Problem>),
    /// Which of the recent files is there.
    FoundRecent(Option<PathBuf>),
    /// The recovery journal was brought up to date, or not.
    Kept(Result<(), Problem>),
    /// Something of little weight went wrong or is worth to be told.
    Told(String),
    /// What came of annotations of another tool.
    Marks(Box<MarksDone>),
    /// An article came in, or did not.
    Incoming(Result<Box<Incoming>, Problem>),
    /// The text on the clipboard.
    Clipboard(Result<String, Problem>),
    /// What was found, or a part of it, under the number of the question.
    Studied(u64, Finding),
    /// An address could not be opened.
    NotOpened(Problem),
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
    /// What an export left out, or what else is to be told; one sentence each.
    pub left_out: Vec<String>,
    /// SHA-256 of what was written.
    pub sha256: String,
}
