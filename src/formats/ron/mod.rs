//! The project file: one RON file, readable by a person and diffable line by line.
//!
//! May use: `domain`, ron, serde, serde_ignored, sha2, thiserror, jiff's timestamp. Pure: bytes in,
//! values out. Invariants: equal projects give equal bytes; what [`write()`] gives, [`read()`] gives
//! back without a warning; whatever the bytes are, [`read()`] neither panics nor drops a record, and
//! every repair is told. The checksum is the last line and covers all bytes before it.
//! Known limits: comments are lost by saving (told); fields of a newer version cannot be carried
//! through, so such a file opens read-only; reading takes up to about ten times the file's size in
//! memory, in the worst file that the limits of [`limits`] admit.

mod damaged;
pub mod journal;
pub mod limits;
mod logs;
mod places;
mod reader;
mod sniff;
mod validate;
mod writer;

#[cfg(test)]
mod tests_damage;
#[cfg(test)]
mod tests_hand;
#[cfg(test)]
mod tests_layout;
#[cfg(test)]
mod tests_repair;
#[cfg(test)]
mod tests_round;
#[cfg(test)]
pub(in crate::formats) mod worlds;

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use damaged::Damaged;

use crate::domain::log::Stamp;
use crate::domain::project::{About, Checker, Dismissed};
use crate::domain::{Annotation, Article, Id, Project};

/// The version of the format that this program writes, and the newest that it knows.
pub const FORMAT: u32 = 1;

/// By whom the entries are that reading appends, where the file was changed by hand.
pub const EDITED_OUTSIDE: &str = "edited outside";

/// One thing that a person should know about a file that was opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The annotation that it concerns, if it is one.
    pub record: Option<Id>,
    /// One plain sentence; it names the record, too.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A project as it was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Valid in every respect, after repairs where there was need.
    pub project: Project,
    /// What a person should know, repairs included.
    pub warnings: Vec<Warning>,
    /// Why it must not be written back, in plain words.
    pub read_only: Option<String>,
    /// Whether repairs were made, so that the project counts as unsaved.
    pub changed: bool,
}

/// The file's fields in their order. The checksum follows as the last line.
#[derive(Serialize)]
struct Layout<'a> {
    format: u32,
    id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    redacted: Option<&'a BTreeSet<Id>>,
    about: &'a About,
    article: &'a Article,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    checkers: &'a BTreeSet<Checker>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<&'a Annotation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<&'a Annotation>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    dismissed: &'a BTreeSet<Dismissed>,
}

/// The bytes of a project's file.
pub fn write(project: &Project) -> String {
    let layout = Layout {
        format: FORMAT,
        id: project.id,
        redacted: project.redacted.as_deref(),
        about: &project.about,
        article: &project.article,
        checkers: &project.checkers,
        annotations: project.in_order().into_iter().map(AsRef::as_ref).collect(),
        removed: project.removed.values().map(AsRef::as_ref).collect(),
        dismissed: &project.dismissed,
    };
    // None of the domain's types can fail to be written. Should one ever, then what comes out has
    // no checksum and does not read back, which saving checks before it touches the disk.
    let mut out = writer::to_string(&layout).unwrap_or_default();
    if out.ends_with(')') {
        out.pop();
    }
    let last = checksum_line(&out);
    out.push_str(&last);
    out
}

/// Reads a project's file. `stamp` gives the time and the ids of repairs; who made them is
/// [`EDITED_OUTSIDE`].
pub fn read(bytes: &[u8], stamp: &mut Stamp) -> Result<Opened, Damaged> {
    reader::read(bytes, stamp)
}

/// The last line of a file whose other bytes are `body`.
fn checksum_line(body: &str) -> String {
    use fmt::Write as _;
    let mut line = String::from("    checksum: \"sha256:");
    for byte in Sha256::digest(body.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(line, "{byte:02x}");
    }
    line.push_str("\")\n");
    line
}
