//! Copies to send: the question before one, and writing it.
//!
//! May use: `domain`, `formats`, `app`. Invariants: what a redacted copy does not have, and what it
//! names all the same, is shown before a file is chosen; the project's own file is never the copy (`io::beside`).

use std::path::{Path, PathBuf};

use super::beside::{Beside, Held};
use super::dialog::{Dialog, Purpose};
use super::effect::{Allow, Content, Effect, Problem, Written};
use super::{Model, files};
use crate::domain::Stamp;
use crate::formats::file_name;

/// What a person asks for around copies to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Send {
    /// Ask what the copy is to have.
    Ask,
    /// The question shows a redacted copy, or a whole one.
    Choose(bool),
    /// Choose a file for what the question shows.
    Go,
}

/// Whether it can be done now. What this version does not know in full cannot be copied in full.
pub fn can(model: &Model) -> bool {
    model.desk.as_ref().is_some_and(|desk| desk.read_only.is_none())
}

/// Answers what concerns copies to send.
pub fn update(model: &mut Model, send: Send, stamp: &Stamp) -> Vec<Effect> {
    let Some(desk) = model.desk.as_ref().filter(|desk| desk.read_only.is_none()) else { return Vec::new() };
    match (send, &mut model.dialog) {
        (Send::Ask, None) => {
            let project = Box::new(desk.project.clone());
            model.dialog = Some(Dialog::Send { redacted: true, held: None });
            vec![Effect::Beside(Beside::Withheld(project))]
        }
        (Send::Choose(wanted), Some(Dialog::Send { redacted, .. })) => {
            *redacted = wanted;
            Vec::new()
        }
        (Send::Go, Some(Dialog::Send { redacted, .. })) => {
            let redacted = *redacted;
            model.dialog = None;
            let base = desk.path.as_ref().unwrap_or(&desk.suggested);
            let stem = base.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let folder = base.parent().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned);
            let date = stamp.now.strftime("%Y-%m-%d").to_string();
            let suggested = file_name::of_copy(&stem, redacted, &date);
            files::ask(model, Purpose::Copy(redacted), suggested, folder)
        }
        _ => Vec::new(),
    }
}

/// It was found out what a redacted copy would not have.
pub fn examined(model: &mut Model, found: Held) {
    if let Some(Dialog::Send { held, .. }) = &mut model.dialog {
        *held = Some(found);
    }
}

/// Goes on with a path that the person chose or typed.
pub fn begin(model: &mut Model, path: PathBuf, redacted: bool, replace: bool) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    let (path, replace) = files::as_project(path, replace);
    let content = Content::Copy { of: Box::new(desk.project.clone()), redacted, own: desk.path.clone() };
    let (purpose, state) = (Purpose::Copy(redacted), desk.history.state());
    vec![Effect::Write { path, content, purpose, state, replace, known: None, allow: Allow::default() }]
}

/// A copy was written, or was not.
pub fn written(model: &mut Model, path: PathBuf, redacted: bool, result: Result<Written, Problem>) {
    match result {
        Ok(written) => {
            let what = if redacted { "Redacted copy" } else { "Copy" };
            let mut more = written.left_out;
            if !written.confirmed {
                more.push("The disk did not confirm it: look before you switch off".into());
            }
            model.tell_more(format!("{what} written to {}", files::name(&path)), more.join(". "));
        }
        Err(problem) if problem.exists => {
            model.dialog = Some(Dialog::Replace { purpose: Purpose::Copy(redacted), path });
        }
        Err(problem) => model.fail(problem),
    }
}
