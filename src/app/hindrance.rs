//! What can stand in the way of a save and be put aside. May use: std.
//!
//! Invariant: nothing is put aside but what the person was asked about, and only for that one save.

use std::path::PathBuf;

/// What a person agreed to, after it stood in the way of a save.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// Write into the file itself, because its folder takes no new file.
    pub in_place: bool,
    /// Replace a write-protected file.
    pub protected: bool,
    /// Replace what cannot be kept among the previous versions.
    pub unkept: bool,
}

/// What stands in the way of a save, and can be put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The folder takes no new file, but the file can be written to.
    FolderLocked,
    /// The file is write-protected.
    WriteProtected,
    /// What is in the file now cannot be kept among the previous versions.
    Unkept,
}

impl Allow {
    /// With this put aside, too.
    #[must_use]
    pub fn and(mut self, hindrance: Hindrance) -> Self {
        match hindrance {
            Hindrance::FolderLocked => self.in_place = true,
            Hindrance::WriteProtected => self.protected = true,
            Hindrance::Unkept => self.unkept = true,
        }
        self
    }
}

/// A save that waits for the person's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hindered {
    /// Where.
    pub path: PathBuf,
    /// What stands in the way.
    pub why: Hindrance,
    /// The same in words, with the file.
    pub words: String,
    /// The hash of the only content that may be replaced.
    pub known: Option<String>,
    /// What was agreed to already.
    pub allow: Allow,
}
