//! Articles on their way in: shown before they become a project, and read again in another encoding.
//!
//! May use: `domain`, `formats`, `app`. Invariant: nothing of the open project changes before the
//! person takes the article, and unsaved work is asked about then; what was read stays in memory until
//! it is taken or cancelled, so that another encoding is read from the same bytes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dialog::Dialog;
use super::effect::Effect;
use super::{Desk, Model, files, rescue};
use crate::domain::{History, Stamp, Text, template};
use crate::formats::incoming::{Details, Imported, ReadOptions};

/// What a person can ask for about an article that comes in.
#[derive(Clone, Debug, PartialEq)]
pub enum Import {
    /// Read the open article again, to choose its encoding.
    Encoding,
    /// Show what came in in another encoding.
    Decode(&'static str),
    /// Make a project of it, with these details and without these lines.
    Take(Details, BTreeSet<usize>),
}

/// An article that was read and waits to be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Its file; nothing where it was copied.
    pub path: Option<PathBuf>,
    /// As it came.
    pub bytes: Arc<[u8]>,
    /// What was read of it.
    pub imported: Arc<Imported>,
    /// Lines that look like part of the page, each with the reason.
    pub template: Vec<(usize, &'static str)>,
}

/// The article that an open project was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its file.
    pub path: PathBuf,
    /// The format that it was read by.
    pub format: &'static str,
}

/// Read an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its file; nothing where it was copied.
    pub path: Option<PathBuf>,
    /// Its bytes, where they are known; else the file is read.
    pub bytes: Option<Arc<[u8]>>,
    /// Its format, where it is known.
    pub format: Option<&'static str>,
    /// How.
    pub options: ReadOptions,
}

impl Incoming {
    /// What was read, with the lines that look like a template's.
    pub fn new(path: Option<PathBuf>, bytes: Arc<[u8]>, imported: Imported) -> Self {
        let template = template_lines(&imported.text);
        Self { path, bytes, imported: Arc::new(imported), template }
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.path
            .as_deref()
            .and_then(Path::file_name)
            .map_or_else(|| "the clipboard".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

/// The lines of a text that look like part of a page around the article, each with the reason.
///
/// The one place where they are asked for.
pub fn template_lines(text: &Text) -> Vec<(usize, &'static str)> {
    template::find(text).into_iter().map(|found| (found.line, found.reason)).collect()
}

/// Whether the encoding of the open article can still be changed: it has one, and nothing was ever
/// marked in it.
pub fn can_change_encoding(desk: &Desk) -> bool {
    desk.original.as_ref().is_some_and(|original| original.format != "docx")
        && desk.read_only.is_none()
        && desk.project.annotations.is_empty()
        && desk.project.removed.is_empty()
}

/// Answers the commands about articles that come in.
pub fn update(model: &mut Model, command: Import, stamp: &mut Stamp) -> Vec<Effect> {
    match command {
        Import::Encoding => {
            let desk = model.desk.as_ref().filter(|desk| can_change_encoding(desk));
            let Some(original) = desk.and_then(|desk| desk.original.clone()) else { return Vec::new() };
            let options = ReadOptions { encoding: None, replace: true };
            model.draft.asked = super::redraft::Asked::default();
            read(
                model,
                Reading { path: Some(original.path), bytes: None, format: Some(original.format), options },
            )
        }
        Import::Decode(encoding) => {
            let Some(incoming) = &model.incoming else { return Vec::new() };
            let order = Reading {
                path: incoming.path.clone(),
                bytes: Some(incoming.bytes.clone()),
                format: Some(incoming.imported.format),
                options: ReadOptions { encoding: Some(encoding), replace: true },
            };
            read(model, order)
        }
        Import::Take(details, without) => take(model, details, &without, stamp),
    }
}

fn read(model: &mut Model, order: Reading) -> Vec<Effect> {
    if model.busy {
        return Vec::new();
    }
    model.busy = true;
    vec![Effect::Import(Box::new(order))]
}

/// Shows what was read.
pub fn show(model: &mut Model, incoming: Incoming) {
    model.incoming = Some(Box::new(incoming));
    model.dialog = Some(Dialog::Import);
}

/// Lets what was read go.
pub fn cancel(model: &mut Model) {
    model.incoming = None;
    model.draft.asked = super::redraft::Asked::default();
    model.stay();
}

fn take(model: &mut Model, details: Details, without: &BTreeSet<usize>, stamp: &mut Stamp) -> Vec<Effect> {
    let Some(incoming) = model.incoming.take() else { return Vec::new() };
    model.dialog = None;
    let mut imported = incoming.imported.without(without);
    imported.details = details;
    let name = incoming.path.as_ref().map(|_| incoming.name()).unwrap_or_default();
    let mut project = imported.project(&name, stamp);
    if let Some(checker) = model.settings.checker.as_ref().filter(|_| !imported.marks.is_empty()) {
        let enrolled = project.enrol(checker);
        // It was made for this very project.
        let _ = project.apply(&enrolled);
    }
    // A file can be read again; what was copied and what a person typed into the dialog is nowhere else.
    let history =
        if incoming.path.is_some() && without.is_empty() { History::default() } else { History::unsaved() };
    let suggested = match &incoming.path {
        Some(path) => path.with_extension("ron"),
        None => PathBuf::from("article.ron"),
    };
    let mut desk = Desk::new(project, history, None, suggested);
    desk.original = incoming.path.clone().map(|path| Original { path, format: imported.format });
    model.put(desk);
    let found = imported.found();
    if !found.is_empty() {
        model.tell(format!("{found} of the author's were taken as proposed sources and notes"));
    }
    let mut effects = Vec::new();
    if let Some(path) = &incoming.path {
        effects.extend(files::remember(model, path));
    }
    effects.push(rescue::hold(model, None, false));
    effects
}
