//! The questions that the window can ask. May use: `domain`, `formats`,
//! `app::command`.
//!
//! Invariant: at most one is open, and while one is, no other command than its answer is taken from
//! keys. Closing one by Escape is its Cancel.

use std::path::PathBuf;
use std::sync::Arc;

use super::beside::{Held, Reason};
use super::command::Command;
use super::effect::{Hindered, Holder, Recoverable, Version};
use super::export::Findings;
use super::queue::Ask;
use super::speakers::For;
use super::text::TemplateLine;
use crate::domain::Id;
use crate::domain::rules::Include;
use crate::formats::address::Checked;

/// What a chosen path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open.
    Open,
    /// To save the project to.
    Save,
    /// To export to, in that format.
    Export(&'static str, Include),
    /// To save a text to.
    Text,
    /// Of annotations that another tool made.
    Marks,
    /// To compare with the open article.
    Draft,
    /// To write a copy to send to; `true` for a redacted one.
    Copy(bool),
    /// To read a project beside the open one.
    Beside(Reason),
}

/// A question that waits for its answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Who is checking? Asked before the first change; then that change is made.
    Checker {
        /// What to do afterwards.
        then: Option<Box<Command>>,
    },
    /// There is unsaved work: save it?
    Unsaved {
        /// What to do afterwards.
        then: Box<Command>,
    },
    /// Why is it unverifiable?
    Reason {
        /// Which annotation.
        id: Id,
    },
    /// No dialog of the system can be shown: type a path.
    Path {
        /// What it is for.
        purpose: Purpose,
        /// What stands in the field at first.
        suggested: String,
    },
    /// There is a file already: replace it?
    Replace {
        /// What it is for.
        purpose: Purpose,
        /// The file.
        path: PathBuf,
    },
    /// Somebody else has changed the file: whose version is to stay?
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Something stands in the way of saving: put it aside?
    Hindered(Hindered),
    /// Somebody else works on the file: take it over, or read only?
    InUse {
        /// The file.
        path: PathBuf,
        /// Who.
        holder: Holder,
    },
    /// There is unsaved work of a window that is no more: recover it? Cancel keeps it for later.
    Recover {
        /// Each piece of work.
        found: Vec<Recoverable>,
        /// What to do afterwards.
        then: Option<Box<Command>>,
    },
    /// Previous versions, the newest first.
    Versions {
        /// Each.
        found: Vec<Version>,
    },
    /// An article was read ([`super::Model::incoming`]): is this it?
    Import,
    /// Annotations of another tool were read ([`super::Model::marks`]): take them?
    Marks,
    /// A new draft is compared with the article ([`super::Model::draft`]): take it?
    Draft,
    /// A question of the list.
    Queue(Ask),
    /// A project could not be read: open one of its previous versions?
    Lost {
        /// The file.
        path: PathBuf,
        /// The versions, the newest first.
        found: Vec<Version>,
    },
    /// Which rating?
    Rating {
        /// Of which annotation.
        id: Id,
    },
    /// Which priority?
    Priority {
        /// Of which annotation.
        id: Id,
    },
    /// Everything that was done to an annotation.
    History {
        /// Which.
        id: Id,
    },
    /// The ratings to choose from.
    Scale {
        /// Whether a rating is asked for afterwards.
        then_rate: bool,
    },
    /// A correction was accepted: put it into the text?
    Correct {
        /// Whose.
        id: Id,
    },
    /// Which lines are a page's template?
    Template {
        /// Every line with words.
        lines: Arc<Vec<TemplateLine>>,
    },
    /// Open this address in the browser?
    Address {
        /// It passed the check.
        checked: Checked,
        /// The question that was open before.
        under: Option<Box<Dialog>>,
    },
    /// What to export, and in which format?
    Export {
        /// The format that is chosen.
        format: &'static str,
        /// The annotations that are.
        include: Include,
        /// What would be left out, once it is known.
        findings: Option<Findings>,
    },
    /// Why something cannot be done now. It takes the letters that are typed after its key.
    Refused {
        /// The name of its row.
        what: &'static str,
        /// Why.
        why: &'static str,
    },
    /// What is the copy to send to have?
    Send {
        /// Whether it is redacted.
        redacted: bool,
        /// What a redacted one would not have, once it is known.
        held: Option<Held>,
    },
    /// Two copies were merged ([`super::Model::review`]): take it?
    Review,
    /// Title and details of the article.
    Details,
    /// All keys.
    Keys,
    /// All commands.
    Commands,
    /// Who said it?
    Speaker {
        /// Which annotation.
        id: Id,
    },
    /// Which source?
    Source {
        /// What for.
        purpose: For,
    },
    /// The call sheet of a source.
    CallSheet {
        /// Which source.
        id: Id,
    },
    /// Which facts are in a claim?
    Split {
        /// Which annotation.
        id: Id,
    },
}
