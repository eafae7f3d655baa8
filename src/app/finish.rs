//! Answers what came back from outside. May use: `domain`, `app`.
//!
//! Invariant: a project is called saved only for the state that was written; a dialog that was
//! closed without an answer never closes the window.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::Command;
use super::dialog::{Dialog, Purpose};
use super::effect::{Effect, Hindered, Loaded, OnDisk, Outcome, Problem, Written};
use super::{
    Desk, Model, beside, export, files, import, marks, redraft, rescue, seen, send, studies, update,
};
use crate::domain::{Article, History, Id, Project, Stamp};

/// What is told when a redacted copy is opened.
const REDACTED: &str =
    "This is a redacted copy: confidential sources, contacts and private notes are not in it";
const REDACTED_MORE: &str = "They are not lost: what is done here is merged into the whole project";

/// Takes in what happened.
pub fn finish(model: &mut Model, outcome: Outcome, stamp: &mut Stamp) -> Vec<Effect> {
    match outcome {
        Outcome::Chosen(purpose, path) => {
            model.busy = false;
            files::take_path(model, purpose, path, true, stamp)
        }
        Outcome::Cancelled => {
            model.busy = false;
            model.stay();
            Vec::new()
        }
        Outcome::NoDialog { purpose, suggested } => {
            model.busy = false;
            model.dialog = Some(Dialog::Path { purpose, suggested });
            Vec::new()
        }
        Outcome::Read(path, result) => {
            model.busy = false;
            match result {
                Ok(Loaded::Marks(title)) => marks::instead(model, path, title, stamp),
                // Work that was done while the file was read must not go with the old project.
                Ok(_) if model.would_lose_work() => update(model, Command::OpenPath(path), stamp),
                Ok(loaded) => open(model, path, loaded, stamp),
                Err(problem) => {
                    model.stay();
                    model.settings.recent.retain(|known| *known != path);
                    model.fail(problem);
                    Vec::new()
                }
            }
        }
        Outcome::Lost { path, problem, found } => {
            let effects = finish(model, Outcome::Read(path.clone(), Err(problem)), stamp);
            if model.dialog.is_none() {
                model.dialog = Some(Dialog::Lost { path, found });
            }
            effects
        }
        Outcome::Wrote { path, purpose: Purpose::Save, project, state, result } => {
            let is_this = |desk: &Desk| {
                let late = desk.saving.is_none() && desk.doubtful == Some(state) && result.is_ok();
                desk.project.id == project && (desk.saving == Some(state) || late)
            };
            if model.desk.as_ref().is_some_and(is_this) {
                saved(model, path, state, result, stamp)
            } else {
                // Another project is open by now: the file of this one is none of its business.
                result.map_or_else(|problem| model.fail(problem), drop);
                Vec::new()
            }
        }
        Outcome::Wrote { path, purpose: Purpose::Copy(redacted), result, .. } => {
            send::written(model, path, redacted, result);
            Vec::new()
        }
        Outcome::Beside(found) => beside::take(model, found, stamp),
        Outcome::News(desk, news) => {
            seen::found(model, desk, *news);
            Vec::new()
        }
        Outcome::Wrote { path, purpose, result, .. } => {
            exported(model, path, purpose, result);
            Vec::new()
        }
        Outcome::Stopped(path) => {
            model.exporting = None;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            model.tell(format!("The export was stopped, and {name} was not written"));
            Vec::new()
        }
        Outcome::Examined { format, include, findings } => {
            export::examined(model, format, include, findings);
            Vec::new()
        }
        Outcome::Copied(result) => {
            export::copied(model, result);
            Vec::new()
        }
        Outcome::Changed { path, project, state } => {
            changed(model, path, project, state);
            Vec::new()
        }
        Outcome::Hindered { project, state, by } => {
            hindered(model, project, state, by);
            Vec::new()
        }
        Outcome::Looked { path, known, found } => {
            rescue::looked(model, path, &known, found);
            Vec::new()
        }
        Outcome::InUse { path, holder } => rescue::in_use(model, path, holder),
        Outcome::Taken(path) => rescue::taken(model, &path).into_iter().collect(),
        Outcome::Preserved(path, result) => rescue::preserved(model, path, result),
        Outcome::Versions(found) => {
            if model.dialog.is_none() {
                model.dialog = Some(Dialog::Versions { found });
            }
            Vec::new()
        }
        Outcome::VersionRead { result, back } => rescue::version(model, result, back),
        Outcome::Recoverable { found, told } => rescue::recoverable(model, found, told, stamp),
        Outcome::Recovered(result) => rescue::recovered(model, result),
        Outcome::FoundRecent(found) => {
            model.busy = false;
            update(model, found.map_or(Command::OpenSample, Command::OpenPath), stamp)
        }
        Outcome::Kept(result) => {
            kept(model, result);
            Vec::new()
        }
        Outcome::Told(text) => {
            model.tell(text);
            Vec::new()
        }
        Outcome::Marks(done) => marks::finish(model, *done, stamp),
        Outcome::Incoming(result) => {
            model.busy = false;
            match result {
                Ok(incoming) => redraft::came(model, *incoming),
                Err(problem) => {
                    model.draft.asked = redraft::Asked::default();
                    model.fail(problem);
                    Vec::new()
                }
            }
        }
        Outcome::Clipboard(Ok(text)) => update(model, Command::NewFromText(text), stamp),
        Outcome::Clipboard(Err(problem)) => {
            model.stay();
            model.fail(problem);
            Vec::new()
        }
        Outcome::Studied(number, finding) => {
            studies::take(model, number, finding);
            Vec::new()
        }
        Outcome::SettingsLost(problem) | Outcome::NotOpened(problem) => {
            model.fail(problem);
            Vec::new()
        }
    }
}

fn open(model: &mut Model, path: PathBuf, loaded: Loaded, stamp: &mut Stamp) -> Vec<Effect> {
    match loaded {
        Loaded::Project { project, places, warnings, read_only, mended, sha256, copies } => {
            // What may not be written back is nobody's unsaved work.
            let history = if mended && read_only.is_none() { History::unsaved() } else { History::default() };
            let id = project.id;
            let undecided = !project.about.conflicts.is_empty();
            let exact = (!mended).then(|| Arc::new(Project::clone(&project)));
            let mut desk = Desk::with_places(*project, *places, history, Some(path.clone()), path.clone());
            desk.on_disk = Some(OnDisk { sha256, project: exact });
            desk.read_only.clone_from(&read_only);
            let redacted = desk.project.is_redacted();
            model.put(desk);
            if redacted {
                model.tell_more(REDACTED, REDACTED_MORE);
            }
            for warning in warnings.iter().take(3) {
                model.tell(warning.clone());
            }
            if warnings.len() > 3 {
                model.tell(format!(
                    "And {} more warnings of this kind: “proofmark check” lists them",
                    warnings.len() - 3
                ));
            }
            if undecided {
                model
                    .tell("Title and details have a field with two values, undecided: choose one there (F2)");
            }
            let more = copies.len().saturating_sub(3);
            for copy in copies.into_iter().take(3) {
                let also = if more > 0 { format!(", and {more} more") } else { String::new() };
                let text = "Beside it lies what a sync client kept of another copy, with work that may be missing here";
                model.offer(format!("{text}: {copy}{also}"), path.with_file_name(&copy));
            }
            let held = path.clone();
            let mut effects = files::remember(model, &path);
            effects.extend(seen::compare(model, None));
            // Why it is for reading only is among the warnings.
            if read_only.is_some() {
                effects.push(rescue::hold(model, None, false));
            } else {
                effects.extend([rescue::hold(model, Some(held), false), Effect::ListRecovery(Some(id))]);
            }
            effects
        }
        Loaded::Marks(title) => marks::instead(model, path, title, stamp),
        Loaded::Incoming(incoming) => {
            model.draft.asked = redraft::Asked::default();
            import::show(model, *incoming);
            Vec::new()
        }
        Loaded::Article { text, sha256 } => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let article = Article::new(name, sha256, text, stamp);
            let project = Project::new(article, stamp);
            let mut desk = Desk::new(project, History::default(), None, path.with_extension("ron"));
            desk.original = Some(import::Original { path: path.clone(), format: "text" });
            model.put(desk);
            let mut effects = files::remember(model, &path);
            effects.push(rescue::hold(model, None, false));
            effects
        }
    }
}

fn saved(
    model: &mut Model,
    path: PathBuf,
    state: u64,
    result: Result<Written, Problem>,
    stamp: &mut Stamp,
) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else { return Vec::new() };
    (desk.saving, desk.doubtful) = (None, None);
    match result {
        Ok(written) => {
            desk.history.saved(state);
            desk.failed = None;
            desk.saved_at = Some(written.at);
            desk.on_disk = Some(OnDisk { sha256: written.sha256, project: desk.written.take() });
            let moved = desk.path.as_ref() != Some(&path);
            desk.path = Some(path.clone());
            desk.suggested.clone_from(&path);
            if !written.confirmed {
                model.tell("The project was saved, but the disk did not confirm it: save again before you switch off");
            }
            for line in written.left_out {
                model.tell(line);
            }
            let mut effects = files::remember(model, &path);
            if moved {
                effects.extend(seen::saved(model));
                effects.push(rescue::hold(model, Some(path), false));
            }
            if let Some(then) = model.after_save.take() {
                effects.extend(update(model, then, stamp));
            }
            effects
        }
        Err(problem) if problem.exists => {
            model.dialog = Some(Dialog::Replace { purpose: Purpose::Save, path });
            Vec::new()
        }
        Err(problem) => {
            desk.failed = Some(problem.what.clone());
            model.after_save = None;
            model.fail(problem);
            Vec::new()
        }
    }
}

/// What an export left out, as one sentence; what it warns of stands behind.
fn left_out(lines: &[String]) -> String {
    let (counts, warnings): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.starts_with("left out: "));
    let counts: Vec<_> = counts.iter().filter_map(|line| line.strip_prefix("left out: ")).collect();
    let mut sentences: Vec<String> = Vec::new();
    if !counts.is_empty() {
        sentences.push(format!("Left out: {}", counts.join("; ")));
    }
    for warning in warnings {
        let mut chars = warning.chars();
        sentences.extend(chars.next().map(|first| first.to_uppercase().chain(chars).collect()));
    }
    sentences.join(". ")
}

/// The file was not written: somebody else has changed it, and the person decides.
fn changed(model: &mut Model, path: PathBuf, project: Id, state: u64) {
    let Some(desk) = &mut model.desk else { return };
    if desk.project.id != project || desk.saving != Some(state) {
        return;
    }
    desk.saving = None;
    desk.failed = Some("Not saved, because somebody else has changed the file; it is as they left it".into());
    model.dialog = Some(Dialog::Changed { path });
}

/// The file was not written, and the person decides whether it is all the same.
fn hindered(model: &mut Model, project: Id, state: u64, by: Hindered) {
    let Some(desk) = &mut model.desk else { return };
    if desk.project.id != project || desk.saving != Some(state) {
        return;
    }
    desk.saving = None;
    desk.failed = Some(by.words.clone());
    model.dialog = Some(Dialog::Hindered(by));
}

/// Tells once that the journal cannot be written, and not again until it could be.
fn kept(model: &mut Model, result: Result<(), Problem>) {
    match result {
        Ok(()) => model.unkept = false,
        Err(problem) => {
            model.journal.failed();
            if !std::mem::replace(&mut model.unkept, true) {
                model.fail(problem);
            }
        }
    }
}

fn exported(model: &mut Model, path: PathBuf, purpose: Purpose, result: Result<Written, Problem>) {
    model.exporting = None;
    match result {
        Ok(written) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            model.tell_more(format!("Exported to {name}"), left_out(&written.left_out));
        }
        Err(problem) if problem.exists => model.dialog = Some(Dialog::Replace { purpose, path }),
        Err(problem) => model.fail(problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_export_left_out_is_one_sentence_and_a_warning_another() {
        let lines =
            |lines: &[&str]| left_out(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        assert_eq!(lines(&[]), "");
        assert_eq!(lines(&["left out: 1 source", "left out: 2 notes"]), "Left out: 1 source; 2 notes");
        let both = lines(&["left out: 1 source", "warning: a name is named"]);
        assert_eq!(both, "Left out: 1 source. Warning: a name is named");
    }
}
