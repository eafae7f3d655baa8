//! Annotations of other tools on their way in: read beside the window, shown, then taken or left.
//!
//! May use: `domain`, `formats`, `app`. Invariant: nothing changes before the person takes them, and
//! then all of them come in one step; what is taken fits the article as it is in that moment, or is
//! read again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::command::Command;
use super::dialog::{Dialog, Purpose};
use super::effect::{Effect, Problem};
use super::{Model, annotate, files, text};
use crate::domain::adoption::Adopted;
use crate::domain::{Change, Kind, Project, Stamp, Transaction};
use crate::formats::exchange::{self, Arrival};
use crate::formats::loss::counted;

/// What a person can ask for about annotations of other tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Choose their file.
    Ask,
    /// Read this file and show what it holds.
    Read(PathBuf),
    /// Take what is shown; those that name nobody are by this person.
    Take(String),
}

/// Annotations that were read and wait to be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Arriving {
    /// What was read.
    pub arrival: Arrival,
    /// What of it would come in.
    pub adopted: Adopted,
    /// How many new ones there are of each kind.
    pub kinds: [usize; 3],
    /// Whether some name nobody who made them.
    pub are_unnamed: bool,
}

impl Arriving {
    /// What was read, and the transaction that would take it.
    pub fn new(arrival: Arrival, transaction: &Transaction, adopted: Adopted) -> Self {
        let of = |kind: Kind| {
            let is_one = |change: &&Change| matches!(change, Change::Annotation { after: Some(after), .. } if after.kind == kind);
            transaction.changes.iter().filter(is_one).count()
        };
        let are_unnamed = arrival.placed.incoming.iter().any(|one| one.by.is_none());
        Self { adopted, kinds: Kind::ALL.map(of), are_unnamed, arrival }
    }
}

/// Annotations that are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Their file.
    pub path: PathBuf,
    /// For which desk.
    pub desk: u64,
    /// And for which state of it.
    pub state: u64,
    /// What they are.
    pub arriving: Arc<Arriving>,
}

/// What is done beside the window.
#[derive(Clone, Debug, PartialEq)]
pub enum MarksJob {
    /// Read a file for a project.
    Read {
        /// The file.
        path: PathBuf,
        /// Which desk.
        desk: u64,
        /// In which state.
        state: u64,
        /// What is on it.
        project: Box<Project>,
    },
    /// Make the step that takes them.
    Adopt {
        /// Which desk.
        desk: u64,
        /// In which state.
        state: u64,
        /// What is on it.
        project: Box<Project>,
        /// What is taken.
        arriving: Arc<Arriving>,
        /// Who made those that name nobody.
        by: String,
    },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum MarksDone {
    /// A file was read, or not.
    Read {
        /// The file.
        path: PathBuf,
        /// For which desk.
        desk: u64,
        /// For which state of it.
        state: u64,
        /// What it holds.
        result: Result<Box<Arriving>, Problem>,
    },
    /// The step that takes them.
    Adopted {
        /// For which desk.
        desk: u64,
        /// For which state of it.
        state: u64,
        /// The step.
        transaction: Transaction,
        /// What it takes in.
        adopted: Adopted,
    },
}

/// Whether a file that is opened here is one of annotations by its name.
pub fn is_for_here(model: &Model, path: &Path) -> bool {
    model.desk.is_some() && path.extension().is_some_and(|name| exchange::is_name(&name.to_string_lossy()))
}

/// Answers the commands about annotations of other tools.
pub fn update(model: &mut Model, command: Marks, stamp: &mut Stamp) -> Vec<Effect> {
    match command {
        Marks::Ask => {
            let folder = model.desk.as_ref().and_then(|desk| desk.path.as_deref()).and_then(Path::parent);
            files::ask(model, Purpose::Marks, String::new(), folder.map(Path::to_owned))
        }
        Marks::Read(path) => {
            text::finish(model, stamp);
            read(model, path)
        }
        Marks::Take(by) => take(model, &by),
    }
}

fn read(model: &mut Model, path: PathBuf) -> Vec<Effect> {
    let Some(desk) = model.desk.as_ref().filter(|_| !model.busy) else { return Vec::new() };
    let project = Box::new(desk.project.clone());
    let (desk, state) = (desk.number, desk.history.state());
    model.busy = true;
    vec![Effect::Marks(MarksJob::Read { path, desk, state, project })]
}

fn take(model: &mut Model, by: &str) -> Vec<Effect> {
    let by = by.trim();
    let Some(shown) = model.marks.as_ref().filter(|_| !model.busy && !by.is_empty()) else {
        return Vec::new();
    };
    let Some(desk) = &model.desk else { return Vec::new() };
    let Shown { desk: number, state, .. } = **shown;
    let job = MarksJob::Adopt {
        desk: number,
        state,
        project: Box::new(desk.project.clone()),
        arriving: shown.arriving.clone(),
        by: by.to_owned(),
    };
    model.busy = true;
    vec![Effect::Marks(job)]
}

/// Answers what came of it.
pub fn finish(model: &mut Model, done: MarksDone, stamp: &mut Stamp) -> Vec<Effect> {
    model.busy = false;
    text::finish(model, stamp);
    let now = model.desk.as_ref().map(|desk| (desk.number, desk.history.state()));
    match done {
        MarksDone::Read { result: Err(problem), .. } => {
            model.stay();
            model.fail(problem);
        }
        // Another project is open by now: they were not meant for it.
        MarksDone::Read { desk, .. } if now.is_none_or(|(number, _)| number != desk) => {}
        MarksDone::Read { path, desk, state, result: Ok(_) } if now != Some((desk, state)) => {
            return read(model, path);
        }
        MarksDone::Read { path, desk, state, result: Ok(arriving) } => {
            // A question that was asked meanwhile is answered first.
            if model.dialog.is_some() {
                model.tell("The annotations were not shown, as a question is open; import them again");
                return Vec::new();
            }
            model.marks = Some(Box::new(Shown { path, desk, state, arriving: Arc::from(arriving) }));
            model.dialog = Some(Dialog::Marks);
        }
        MarksDone::Adopted { desk, state, transaction, adopted } => {
            let Some(shown) = model.marks.take() else { return Vec::new() };
            model.dialog = None;
            if now != Some((desk, state)) {
                return read(model, shown.path);
            }
            annotate::commit(model, transaction);
            told(model, adopted);
        }
    }
    Vec::new()
}

fn told(model: &mut Model, adopted: Adopted) {
    let what = counted(adopted.added, "annotation was imported", "annotations were imported");
    let more = match adopted.orphaned {
        0 => String::new(),
        1 => "One has words that are not in this text: it waits in the tray under the article".into(),
        count => {
            format!("{count} have words that are not in this text: they wait in the tray under the article")
        }
    };
    model.tell_more(what, more);
}

/// Lets what was read go.
pub fn cancel(model: &mut Model) {
    model.marks = None;
    model.stay();
}

/// A file that was opened as an article holds annotations: they come into the open project, or it is
/// said what to do.
pub fn instead(model: &mut Model, path: PathBuf, title: &str, stamp: &mut Stamp) -> Vec<Effect> {
    model.stay();
    if model.desk.is_some() {
        return super::update(model, Command::Marks(Marks::Read(path)), stamp);
    }
    model.fail(Problem {
        what: format!("This file holds annotations ({title}) and no article"),
        hint: "Open the article or its project first, then choose “Import annotations…” in the File menu"
            .into(),
        exists: false,
    });
    Vec::new()
}
