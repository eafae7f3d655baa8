//! Why a file was not saved, in words for the person at the keyboard.
//!
//! May use: std, thiserror. Invariant: the message says what failed, what was kept and which file, with
//! the path last; [`SaveError::hint`] says what to do. Known limits: English only.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::shown;

/// What stood in the way of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Symbolic links that lead to each other.
    LinkLoop,
    /// The path names a folder.
    Folder,
    /// The path names a pipe, a device or a socket.
    NotAFile,
    /// The file is write-protected.
    ReadOnly,
    /// This user may not write to the file.
    Denied,
    /// Writing into the file itself was begun, and failed.
    HalfWritten,
    /// `save_new` found something at the path.
    Exists,
    /// A file that goes with an export is there already, with other content.
    Companion,
    /// The folder of the file is not there.
    NoFolder,
    /// The folder takes no new file, although the file itself might be written to.
    FolderLocked,
    /// The disk or a quota is full.
    Full,
    /// The file system does not take this name.
    Name,
    /// What stands at the path is not what the caller wanted to replace.
    Changed,
    /// Another program held the file for longer than we wait.
    Busy,
    /// Anything else, with the step that failed.
    Failed(Step),
}

/// The steps of a save that can fail in a way without a better name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Look,
    Create,
    Write,
    Sync,
    Replace,
}

/// A save that did not happen. The file is as it was before, unless it was written in place.
#[derive(Debug, thiserror::Error)]
#[error("Not saved, because {}{}; {}: {}", self.what(), self.detail(), self.kept(), shown(.path))]
pub struct SaveError {
    pub reason: Reason,
    /// The file that was to be written, behind all links.
    pub path: PathBuf,
    /// A file stood there before, and still does.
    pub existed: bool,
    #[source]
    pub source: Option<io::Error>,
}

impl SaveError {
    fn what(&self) -> &'static str {
        match self.reason {
            Reason::LinkLoop => "its links lead in a circle",
            Reason::Folder => "this is a folder, not a file",
            Reason::NotAFile => "this is a pipe or a device, not a file",
            Reason::ReadOnly => "the file is write-protected",
            Reason::Denied => "you may not write to this file",
            Reason::HalfWritten => "writing into the file failed half-way",
            Reason::Exists => "something of this name exists already",
            Reason::Companion => "a file that goes with it is there already, and has other content",
            Reason::NoFolder => "its folder does not exist",
            Reason::FolderLocked => "its folder takes no new files",
            Reason::Full => "the disk, or your share of it, is full",
            Reason::Name => "the disk does not accept this name",
            Reason::Changed => "somebody else has changed the file",
            Reason::Busy => "another program keeps the file open",
            Reason::Failed(Step::Look) => "the file could not be looked at",
            Reason::Failed(Step::Create) => "no new file could be made beside it",
            Reason::Failed(Step::Write) => "writing the new version failed",
            Reason::Failed(Step::Sync) => "the disk did not confirm the new version",
            Reason::Failed(Step::Replace) => "the new version could not take the place of the old one",
        }
    }

    /// The system's own words, where ours leave the cause open.
    fn detail(&self) -> String {
        match (&self.reason, &self.source) {
            (Reason::Failed(_) | Reason::HalfWritten, Some(source)) => format!(" ({source})"),
            _ => String::new(),
        }
    }

    fn kept(&self) -> &'static str {
        if self.reason == Reason::HalfWritten {
            "its old and its new content are among the previous versions"
        } else if self.existed {
            "the file on disk is unchanged"
        } else {
            "nothing was written"
        }
    }

    /// What the person can do now, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self.reason {
            Reason::LinkLoop => "Save under another name, or repair the links.",
            Reason::Folder | Reason::NotAFile | Reason::Name => "Choose another name.",
            Reason::ReadOnly => "Allow writing to the file, or save a copy under another name.",
            Reason::Denied => {
                "Ask its owner for the right to write to it, or save a copy under another name."
            }
            Reason::HalfWritten => "Save in another place now; the file itself may be damaged.",
            Reason::Exists => "Choose another name; nothing is overwritten here.",
            Reason::Companion => "Choose another name or folder, or move that file away.",
            Reason::NoFolder => "Save in another folder, or connect the disk again and repeat.",
            Reason::FolderLocked => "Save in another folder, or ask for the right to write in this one.",
            Reason::Full => "Make room and save again, or save on another disk.",
            Reason::Changed => "Decide which of the two versions is to stay.",
            Reason::Busy => "Close the other program and save again, or save under another name.",
            Reason::Failed(_) => "Save again; if that fails too, save in another place.",
        }
    }
}

/// The reason behind an error of the system at a step.
pub(super) fn reason(step: Step, error: &io::Error) -> Reason {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Reason::Full,
        ErrorKind::InvalidFilename => Reason::Name,
        ErrorKind::IsADirectory => Reason::Folder,
        ErrorKind::NotFound | ErrorKind::NotADirectory if matches!(step, Step::Look | Step::Create) => {
            Reason::NoFolder
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem if step == Step::Create => {
            Reason::FolderLocked
        }
        _ => Reason::Failed(step),
    }
}
