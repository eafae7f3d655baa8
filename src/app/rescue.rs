//! Work that is not lost: recovery, previous versions, and others at the same file. May use:
//! `domain`, `app`.
//!
//! Invariant: nothing that could be recovered goes before the person chose; whatever takes the place
//! of unsaved work is asked about first, and what is replaced on disk is among the previous versions.

use std::path::{Path, PathBuf};

use super::command::{Answer, Command};
use super::dialog::Dialog;
use super::effect::{Effect, Holder, OnDisk, Problem, Recoverable, Recovered};
use super::update::update as proceed;
use super::{Desk, Model, files};
use crate::domain::{History, Id, Project, Stamp};

/// Answers the commands of recovery and previous versions.
pub fn update(model: &mut Model, command: Command, stamp: &mut Stamp) -> Vec<Effect> {
    match command {
        Command::PreviousVersions => {
            let Some((project, path)) = file_of(model) else { return Vec::new() };
            vec![Effect::ListVersions { project, path }]
        }
        Command::OpenVersion(file, back) => {
            model.dialog = None;
            let read_only = model.desk.as_ref().and_then(|desk| desk.read_only.clone());
            if let Some(reason) = read_only.filter(|_| back) {
                model.tell(format!("Nothing was put back. {reason}"));
                return Vec::new();
            }
            if model.would_lose_work() {
                let then = Box::new(Command::OpenVersion(file, back));
                model.dialog = Some(Dialog::Unsaved { then });
                return Vec::new();
            }
            model.busy = true;
            vec![Effect::ReadVersion { file, back }]
        }
        Command::Recover(journal) => {
            let found = match model.dialog.take() {
                Some(Dialog::Recover { found, .. }) => found,
                _ => Vec::new(),
            };
            if model.would_lose_work() {
                model.dialog = Some(Dialog::Unsaved { then: Box::new(Command::Recover(journal)) });
                return Vec::new();
            }
            model.busy = true;
            // The others stay where they are.
            model.later.extend(found.into_iter().map(|one| one.journal));
            let at = model.desk.as_ref().and_then(|desk| desk.path.clone());
            vec![Effect::Recover { journal, at }]
        }
        Command::DropRecovery(journal) => {
            let mut then = None;
            if let Some(Dialog::Recover { found, then: next }) = &mut model.dialog {
                found.retain(|one| one.journal != journal);
                if found.is_empty() {
                    then = next.take();
                    model.dialog = None;
                }
            }
            let mut effects = vec![Effect::DropRecovery(journal)];
            if let Some(then) = then {
                effects.extend(proceed(model, *then, stamp));
            }
            effects
        }
        _ => Vec::new(),
    }
}

fn file_of(model: &Model) -> Option<(Id, PathBuf)> {
    let desk = model.desk.as_ref()?;
    Some((desk.project.id, desk.path.clone()?))
}

/// Answers the questions of this module.
pub fn answer(model: &mut Model, dialog: Dialog, answer: Answer, stamp: &mut Stamp) -> Vec<Effect> {
    match (dialog, answer) {
        (Dialog::Changed { path }, Answer::TakeTheirs) => {
            model.after_save = None;
            model.busy = true;
            let Some(desk) = model.desk.as_ref().filter(|desk| desk.history.is_dirty()) else {
                return vec![Effect::Read(path)];
            };
            // Theirs comes only once mine is safe.
            model.let_go = Some(desk.history.state());
            vec![Effect::Preserve { path, project: Box::new(desk.project.clone()) }]
        }
        (Dialog::Changed { path }, Answer::KeepMine) => files::write_over(model, path),
        (Dialog::Hindered(by), Answer::Anyway) => files::write_anyway(model, by),
        (Dialog::Changed { .. } | Dialog::Hindered(_), Answer::Elsewhere) => files::save_as(model),
        (Dialog::Changed { .. } | Dialog::Hindered(_), _) => {
            model.stay();
            Vec::new()
        }
        (Dialog::InUse { path, holder }, Answer::TakeOver) if holder.gone.is_some() => {
            vec![hold(model, Some(path), true)]
        }
        (Dialog::Recover { found, then }, _) => {
            model.later.extend(found.into_iter().map(|one| one.journal));
            then.map_or_else(Vec::new, |then| proceed(model, *then, stamp))
        }
        _ => Vec::new(),
    }
}

/// The effect that says on the disk who works on a file.
pub fn hold(model: &Model, path: Option<PathBuf>, take: bool) -> Effect {
    let name = model.settings.checker.as_ref().map(|checker| checker.name.clone()).unwrap_or_default();
    Effect::Hold { path, name, take }
}

/// What is done when the window gets the focus: somebody else may have written the file.
pub fn focused(model: &Model) -> Option<Effect> {
    let desk = model.desk.as_ref().filter(|desk| desk.read_only.is_none() && desk.saving.is_none())?;
    let (path, on_disk) = (desk.path.clone()?, desk.on_disk.as_ref()?);
    Some(Effect::Look { path, known: on_disk.sha256.clone() })
}

/// Takes in what a look at the file gave.
pub fn looked(model: &mut Model, path: PathBuf, known: &str, found: Option<String>) {
    let Some(desk) = &mut model.desk else { return };
    // It was written or replaced meanwhile: what was seen is old.
    let is_news = desk.path.as_ref() == Some(&path)
        && desk.saving.is_none()
        && desk.on_disk.as_ref().is_some_and(|on_disk| on_disk.sha256 == known);
    if !is_news || found.as_deref() == Some(known) || desk.seen == found && found.is_some() {
        return;
    }
    match found {
        None => model.tell(format!("{} is not there any more. Saving writes it again", name(&path))),
        Some(_) if model.dialog.is_some() => {}
        Some(found) => {
            desk.seen = Some(found);
            model.dialog = Some(Dialog::Changed { path });
        }
    }
}

/// The person's own version was kept, so theirs may come; or it was not, and everything stays.
pub fn preserved(model: &mut Model, path: PathBuf, result: Result<(), Problem>) -> Vec<Effect> {
    match result {
        Ok(()) => {
            model.tell("Your own version is among the previous versions (File menu)");
            vec![Effect::Read(path)]
        }
        Err(problem) => {
            model.busy = false;
            model.stay();
            model.fail(problem);
            Vec::new()
        }
    }
}

/// Somebody else works on the file: it is for reading until the person takes it over.
pub fn in_use(model: &mut Model, path: PathBuf, holder: Holder) -> Vec<Effect> {
    let Some(desk) = model.desk.as_mut().filter(|desk| desk.path.as_ref() == Some(&path)) else {
        return Vec::new();
    };
    if desk.adopted.is_some() && holder.is_dead {
        // Whoever recovers the work of a window that is no more takes its place.
        model.tell(format!("Taken over from the window that ended: {}", holder.who));
        return vec![hold(model, Some(path), true)];
    }
    if desk.history.is_dirty() {
        // Work that was recovered or begun already is not locked away; saving still compares.
        model.tell(format!("{} is also open elsewhere: {}", name(&path), holder.who));
        return Vec::new();
    }
    desk.read_only = Some(format!("It is open elsewhere: {}", holder.who));
    if model.dialog.is_none() {
        model.dialog = Some(Dialog::InUse { path, holder });
    } else {
        model.tell(format!("Opened for reading only. It is open elsewhere: {}", holder.who));
    }
    Vec::new()
}

/// The file was taken over.
pub fn taken(model: &mut Model, path: &Path) -> Option<Effect> {
    let desk = model.desk.as_mut().filter(|desk| desk.path.as_deref() == Some(path))?;
    desk.read_only = None;
    focused(model)
}

/// Offers what can be recovered, or goes on with what the program was started for.
pub fn recoverable(
    model: &mut Model,
    mut found: Vec<Recoverable>,
    told: Vec<String>,
    stamp: &mut Stamp,
) -> Vec<Effect> {
    let then = model.first.take();
    if then.is_some() {
        model.busy = false;
    }
    for line in told {
        model.fail(Problem { what: line, hint: String::new(), exists: false });
    }
    found.retain(|one| !model.later.contains(&one.journal));
    if found.is_empty() || model.dialog.is_some() {
        return then.map_or_else(Vec::new, |then| proceed(model, *then, stamp));
    }
    model.dialog = Some(Dialog::Recover { found, then });
    Vec::new()
}

/// Puts recovered work on the desk, unsaved, its steps undoable.
pub fn recovered(model: &mut Model, recovered: Result<Box<Recovered>, Problem>) -> Vec<Effect> {
    model.busy = false;
    let Recovered { journal, base, steps, path, sha256, was_saved, told } = match recovered {
        Ok(recovered) => *recovered,
        Err(problem) => {
            model.stay();
            model.fail(problem);
            return Vec::new();
        }
    };
    let mut project = base.clone();
    let mut history = if was_saved { History::default() } else { History::unsaved() };
    let mut left = 0;
    for step in steps {
        left += usize::from(history.commit(&mut project, step).is_err());
    }
    let suggested = path.clone().unwrap_or_else(|| PathBuf::from("recovered.ron"));
    let mut desk = Desk::new(project, history, path.clone(), suggested);
    let exact = was_saved.then(|| base.into());
    desk.on_disk = sha256.map(|sha256| OnDisk { sha256, project: exact });
    desk.adopted = Some(journal);
    model.put(desk);
    model.tell("This is the recovered work. It is not saved yet");
    told.into_iter().for_each(|line| model.tell(line));
    if left > 0 {
        model.tell(format!("{left} changes did not fit and were left out"));
    }
    vec![hold(model, path, false)]
}

/// Puts a previous version on the desk: to be saved elsewhere, or at once in its file's place.
pub fn version(model: &mut Model, result: Result<Box<Project>, Problem>, back: bool) -> Vec<Effect> {
    model.busy = false;
    let project = match result {
        Ok(project) => project,
        Err(problem) => {
            model.stay();
            model.fail(problem);
            return Vec::new();
        }
    };
    let writable = model.desk.as_ref().filter(|desk| desk.read_only.is_none());
    let now = writable.map(|desk| (desk.path.clone(), desk.on_disk.clone(), desk.project.id));
    let (path, on_disk, _) = now.filter(|(.., id)| *id == project.id).unwrap_or_default();
    let suggested = path.clone().unwrap_or_else(|| PathBuf::from("version.ron"));
    let is_back = back && path.is_some();
    let mut desk = Desk::new(
        *project,
        History::unsaved(),
        path.clone().filter(|_| is_back),
        beside(&suggested, is_back),
    );
    // Not the project of the file: what the journal builds on must be whole.
    desk.on_disk = on_disk.filter(|_| is_back).map(|on_disk| OnDisk { project: None, ..on_disk });
    model.put(desk);
    if is_back {
        model.tell("The previous version is back; the one before it is among the previous versions");
        return files::save(model);
    }
    model.tell("This is a previous version, for looking at. Saving asks where");
    vec![hold(model, None, false)]
}

/// A name for a previous version that does not take the file's own.
fn beside(path: &Path, is_back: bool) -> PathBuf {
    if is_back {
        return path.to_owned();
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{stem}-previous.ron"))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
