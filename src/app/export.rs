//! Exports and copies: the question before one, how far it is, stopping it.
//!
//! May use: `domain`, `formats`, `app`. Invariants: what an export leaves out is shown before a file
//! is chosen, and found out on the worker; one export at a time; a stopped one leaves no file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::dialog::{Dialog, Purpose};
use super::effect::{Allow, Content, Effect};
use super::{Model, Problem, files};
use crate::domain::Id;
use crate::domain::rules::Include;
use crate::formats;

/// In which form annotations are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With headings and links, and as Markdown for programs that take text only.
    Rich,
    /// As Markdown.
    Markdown,
}

/// What a person asks for around exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// Ask what to export: in the format of the last time, or in this one.
    Ask(Option<&'static str>),
    /// The question shows this format and these annotations.
    Choose(&'static str, Include),
    /// Choose a file for what the question shows.
    Go,
    /// Stop the export that is being written.
    Stop,
    /// Copy the picked annotation, or all that are chosen in the list.
    Copy(Form),
    /// Copy the annotations that the list shows.
    CopyList(Form),
}

/// What an export would leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// How many annotations it holds, where each is an entry of its own.
    pub count: Option<usize>,
    /// One line each, see [`formats::leaves_out`].
    pub told: Vec<String>,
}

/// An export in the making, shared with the worker.
#[derive(Clone, Debug, Default)]
pub struct ExportJob(Arc<Steps>);

#[derive(Debug, Default)]
struct Steps {
    done: AtomicUsize,
    total: AtomicUsize,
    stopped: AtomicBool,
}

impl PartialEq for ExportJob {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl ExportJob {
    /// How much is done, from 0 to 1.
    pub fn part(&self) -> f32 {
        let total = self.0.total.load(Ordering::Relaxed).max(1);
        (self.0.done.load(Ordering::Relaxed) as f32 / total as f32).min(1.0)
    }

    /// The worker tells how far it is, and hears whether to go on.
    pub fn look(&self, done: usize, total: usize) -> bool {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// It is not wanted any more.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it is not wanted any more.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }
}

/// An export that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Exporting {
    /// Where.
    pub path: PathBuf,
    /// How far it is.
    pub job: ExportJob,
}

/// Whether it can be done now.
pub fn can(model: &Model, export: &Export) -> bool {
    let desk = model.desk.as_ref();
    match export {
        Export::Ask(_) | Export::Choose(..) | Export::Go => desk.is_some() && model.exporting.is_none(),
        Export::Stop => model.exporting.is_some(),
        Export::Copy(_) => desk.is_some_and(|desk| desk.picked.is_some()),
        Export::CopyList(_) => desk.is_some_and(|desk| desk.places.count() > 0),
    }
}

/// Answers what concerns exports.
pub fn update(model: &mut Model, export: Export) -> Vec<Effect> {
    if !can(model, &export) {
        return Vec::new();
    }
    match export {
        Export::Ask(format) => {
            if model.dialog.is_some() {
                return Vec::new();
            }
            let (last, include) = model.last_export.unwrap_or(("csv", Include::Verified));
            match format {
                Some(format) => show(model, format, include_of(format)),
                None => show(model, last, include),
            }
        }
        Export::Choose(format, include) => match &model.dialog {
            Some(Dialog::Export { format: shown, .. }) if *shown != format => {
                show(model, format, include_of(format))
            }
            Some(Dialog::Export { .. }) => show(model, format, include),
            _ => Vec::new(),
        },
        Export::Go => {
            let Some(Dialog::Export { format, include, .. }) = model.dialog else { return Vec::new() };
            model.dialog = None;
            model.last_export = Some((format, include));
            choose(model, format, include)
        }
        Export::Stop => {
            let Some(exporting) = &model.exporting else { return Vec::new() };
            if exporting.job.is_stopped() {
                // Its disk does not answer.
                model.exporting = None;
                return vec![Effect::LeaveExport];
            }
            exporting.job.stop();
            Vec::new()
        }
        Export::Copy(form) => {
            let ids = model.desk.as_ref().map(|desk| {
                let shown: Vec<Id> = desk.list.shown(&desk.places).filter(|id| desk.is_chosen(*id)).collect();
                // In the list's order, but for what the filter hides.
                if shown.len() == desk.chosen_count() { shown } else { desk.chosen_ids() }
            });
            copy(model, form, ids.unwrap_or_default())
        }
        Export::CopyList(form) => {
            let all = model.desk.as_ref().map(|desk| desk.list.shown(&desk.places).collect());
            copy(model, form, all.unwrap_or_default())
        }
    }
}

fn include_of(format: &str) -> Include {
    formats::find(format).and_then(|format| format.write).map_or(Include::Verified, |export| export.include)
}

/// Shows the question, and has found out what would be left out.
fn show(model: &mut Model, format: &'static str, include: Include) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    let project = Box::new(desk.project.clone());
    model.dialog = Some(Dialog::Export { format, include, findings: None });
    vec![Effect::Examine { project, format, include }]
}

/// It was found out what an export would leave out.
pub fn examined(model: &mut Model, format: &str, include: Include, found: Findings) {
    if let Some(Dialog::Export { format: shown, include: which, findings }) = &mut model.dialog
        && *shown == format
        && *which == include
    {
        *findings = Some(found);
    }
}

fn choose(model: &mut Model, format: &'static str, include: Include) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    let known = formats::find(format);
    let extension = known.map_or(format, |format| format.extension);
    let ending = known.and_then(|format| format.write).and_then(|export| export.ending);
    let base = desk.path.as_ref().unwrap_or(&desk.suggested);
    let stem = base.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = base.parent().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned);
    let suggested = format!("{stem}-{}.{extension}", ending.unwrap_or(include.word()));
    files::ask(model, Purpose::Export(format, include), suggested, folder)
}

/// Goes on with a path that the person chose or typed.
pub fn begin(
    model: &mut Model,
    path: PathBuf,
    (format, include): (&'static str, Include),
    replace: bool,
) -> Vec<Effect> {
    if refuses(model, &path) {
        return Vec::new();
    }
    let Some(desk) = &model.desk else { return Vec::new() };
    let job = ExportJob::default();
    let content = Content::Export(Box::new(desk.project.clone()), format, include, job.clone());
    let state = desk.history.state();
    model.exporting = Some(Exporting { path: path.clone(), job });
    let purpose = Purpose::Export(format, include);
    vec![Effect::Write { path, content, purpose, state, replace, known: None, allow: Allow::default() }]
}

/// The same with a text that was made from the project.
pub fn begin_text(model: &mut Model, path: PathBuf, replace: bool) -> Vec<Effect> {
    if refuses(model, &path) {
        return Vec::new();
    }
    let Some(desk) = &model.desk else { return Vec::new() };
    let content = Content::Text(Box::new(desk.project.clone()), model.text.clone());
    let (purpose, state) = (Purpose::Text, desk.history.state());
    vec![Effect::Write { path, content, purpose, state, replace, known: None, allow: Allow::default() }]
}

/// Whether a path is no place for an export; says so.
fn refuses(model: &mut Model, path: &Path) -> bool {
    let Some(desk) = &model.desk else { return true };
    let refused = if desk.path.as_deref() == Some(path) {
        Some("Nothing was written: that is the project's own file")
    } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) {
        Some("Nothing was written: an export is no project, and that is a project's name")
    } else {
        None
    };
    if let Some(what) = refused {
        let hint = "Choose another name for the export".into();
        model.fail(Problem { what: what.into(), hint, exists: false });
    }
    refused.is_some()
}

fn copy(model: &mut Model, form: Form, ids: Vec<Id>) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    vec![Effect::Copy { project: Box::new(desk.project.clone()), ids, form }]
}

/// What was copied is on the clipboard, or is not.
pub fn copied(model: &mut Model, result: Result<(usize, bool), Problem>) {
    match result {
        Ok((0, _)) => model.tell("Nothing was copied: confidential sources are never copied"),
        Ok((count, stays)) => {
            let what = formats::loss::counted(count, "annotation", "annotations");
            let more = if stays {
                ""
            } else {
                "It can be pasted while this window is open; later only where a clipboard manager keeps it"
            };
            model.tell_more(format!("{what} copied"), more);
        }
        Err(problem) => model.fail(problem),
    }
}
