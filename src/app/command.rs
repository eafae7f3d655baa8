//! Everything a person can ask for. May use: `domain`, `app::settings`.
//!
//! Invariant: the enum is closed; menus, keys, the pointer and drops all come down to one of these,
//! and [`super::update()`] is the only place that answers them.

use std::path::PathBuf;

use super::chooser::Chooser;
use super::comparing::Compare;
use super::dialog::Purpose;
use super::edges::Reach;
use super::export::Export;
use super::facts::Facts;
use super::find::Find;
use super::import::Import;
use super::marks::Marks;
use super::merging::Merge;
use super::queue::Queue;
use super::records::RecordCommand;
use super::redraft::Draft;
use super::seen::Seen;
use super::send::Send;
use super::settings::{Measure, Theme, Typeface};
use super::show::Show;
use super::speakers::Speakers;
use super::text::TextCommand;
use crate::domain::annotation::AnnotationValue;
use crate::domain::project::AboutValue;
use crate::domain::{Id, Kind, Span, Status};

/// One thing that a person asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A copy to send.
    Send(Send),
    /// Merging copies.
    Merge(Merge),
    /// What others changed.
    Seen(Seen),
    /// Comparing with a colleague's copy.
    Compare(Compare),
    /// Choose a project or an article and open it.
    Open,
    /// Open this file: a project, or an article for a new project.
    OpenPath(PathBuf),
    /// A new draft of the open article.
    Draft(Draft),
    /// Make a project of the text on the clipboard.
    Paste,
    /// Make a project of this text.
    NewFromText(String),
    /// Open the file that was open last, else the example.
    OpenLast,
    /// Do not wait any longer for a disk that does not answer.
    StopWaiting,
    /// Something about an article that comes in.
    Import(Import),
    /// Something about annotations of another tool.
    Marks(Marks),
    /// Open the example that comes with the program.
    OpenSample,
    /// Write the project to its file.
    Save,
    /// Write the project to another file.
    SaveAs,
    /// Export or copy annotations.
    Export(Export),
    /// The path that was typed where no dialog could be shown; `true` replaces what is there.
    TypedPath(Purpose, PathBuf, bool),
    /// List the previous versions of the project.
    PreviousVersions,
    /// Open a previous version; `true` puts it into its file's place.
    OpenVersion(PathBuf, bool),
    /// Open the unsaved work of this journal.
    Recover(PathBuf),
    /// Throw the unsaved work of this journal away.
    DropRecovery(PathBuf),
    /// Ask whether to open this address in the browser.
    OpenAddress(String),
    /// Close the window.
    Quit,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Mark the selection, or change the kind of the selected annotation.
    Mark(Kind),
    /// Set the status of the selected annotation.
    SetStatus(Status),
    /// Set Unverifiable with its reason.
    Unverifiable(Id, String),
    /// Confirm an annotation that was to be checked again.
    Confirm,
    /// Add the selection to the selected annotation.
    AddSpan,
    /// Remove the selected annotation.
    Remove,
    /// Remove one span of an annotation that has several.
    RemoveSpan(Id, Id),
    /// Set fields of an annotation, from the inspector.
    Set(Id, &'static str, Vec<AnnotationValue>),
    /// Name the speaker of an annotation; empty for nobody.
    SetSpeaker(Id, String),
    /// What is recorded beside: evidence, contacts, ratings, sign-offs.
    Record(RecordCommand),
    /// Set the title and the details of the article.
    Describe(Vec<AboutValue>),
    /// Select text.
    Select(Option<Span>),
    /// A click in the article at this byte: picks the innermost mark there, then the next outer.
    ClickAt(usize),
    /// The caret of the article is here now.
    Caret(Option<usize>),
    /// It was walked there: a picked mark that it has left is let go.
    Walked,
    /// Pick the innermost mark at the caret, then the next outer.
    PickAtCaret,
    /// Go from the picked annotation to its fields; without one, pick what is at the caret.
    EditPicked,
    /// Go to the next part of the window, or to the one before.
    Pane {
        /// To the one before.
        back: bool,
    },
    /// Give a span of an annotation other edges: annotation, span, new place.
    Reshape(Id, Id, Span),
    /// Move one edge of the picked mark, to the right or to the left.
    MoveEdge {
        /// To the right.
        right: bool,
        /// How far.
        reach: Reach,
    },
    /// Let [`Self::MoveEdge`] move the other edge from now on.
    OtherEdge,
    /// Pick an annotation, and bring it into view.
    Pick(Option<Id>),
    /// Pick the next annotation in text order.
    Next,
    /// Pick the one before.
    Previous,
    /// What concerns the list and several annotations at once.
    Queue(Queue),
    /// Find words.
    Find(Find),
    /// Show more than the words of the article, or go to it.
    Show(Show),
    /// Drop the selection, else the picked annotation.
    Escape,
    /// All commands in one list.
    Chooser(Chooser),
    /// Who said it, and what rests on whom.
    Speakers(Speakers),
    /// Several facts in one claim, one fact in several places.
    Facts(Facts),
    /// Light, dark or as the system.
    SetTheme(Theme),
    /// The type that the article is set in.
    SetFace(Typeface),
    /// How wide the article's column is.
    SetMeasure(Measure),
    /// Show the article larger.
    ZoomIn,
    /// Show it smaller.
    ZoomOut,
    /// Show it at its ordinary size.
    ZoomReset,
    /// Show title and details.
    EditDetails,
    /// Show who is checking.
    EditChecker,
    /// Say who is checking.
    SetChecker(String),
    /// Show all keys.
    ShowKeys,
    /// Edit the text, place orphans, put corrections in.
    Text(TextCommand),
    /// The answer of the question that is open.
    Answer(Answer),
    /// Close the notice of that number.
    CloseNotice(u64),
    /// The window's size, when it is about to close.
    Resized(f32, f32),
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save, then go on.
    Save,
    /// Go on without saving.
    Discard,
    /// Replace the file that is there.
    Replace,
    /// Open what somebody else wrote.
    TakeTheirs,
    /// Write over what somebody else wrote.
    KeepMine,
    /// Save under another name.
    Elsewhere,
    /// Work on a file although somebody else said to.
    TakeOver,
    /// Open the address in the browser.
    Open,
    /// Save although something stands in the way.
    Anyway,
    /// Leave everything as it is.
    Cancel,
}
