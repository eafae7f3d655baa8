//! Opening, saving, exporting, leaving. May use: `domain`, `formats`, `app`.
//!
//! Invariant: nothing replaces or closes a project with unsaved work before the person was asked;
//! a project that was opened read-only is never written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::command::Command;
use super::dialog::{Dialog, Purpose};
use super::effect::{Allow, Content, Effect, Hindered};
use super::import::{self, Import};
use super::marks::{self, Marks};
use super::{Desk, Model, beside, export, redraft, rescue, send};
use crate::domain::{Article, History, Project, Stamp};
use crate::formats;

/// The example that comes with the program, as its project file.
pub const SAMPLE: &[u8] = include_bytes!("../../projects/harbour-tunnel.ron");

/// Answers the commands that concern files.
pub fn update(model: &mut Model, command: Command, stamp: &mut Stamp) -> Vec<Effect> {
    // Annotations do not replace the project, so nothing is asked about it.
    let command = match command {
        Command::OpenPath(path) if marks::is_for_here(model, &path) => {
            return super::update(model, Command::Marks(Marks::Read(path)), stamp);
        }
        command => command,
    };
    let leaves = matches!(
        command,
        Command::Open
            | Command::OpenPath(_)
            | Command::Paste
            | Command::NewFromText(_)
            | Command::Import(Import::Take(..))
            | Command::OpenLast
            | Command::OpenSample
            | Command::Quit
    );
    if leaves && model.has_text_in_question() {
        model.tell("Say who is checking first: what you typed is not in the project yet");
        return Vec::new();
    }
    if leaves && model.would_lose_work() {
        model.dialog = Some(Dialog::Unsaved { then: Box::new(command) });
        return Vec::new();
    }
    match command {
        Command::Open => {
            let folder = model.desk.as_ref().and_then(|desk| desk.path.as_deref()).and_then(Path::parent);
            ask(model, Purpose::Open, String::new(), folder.map(Path::to_owned))
        }
        Command::OpenPath(path) => {
            model.busy = true;
            vec![Effect::Read(path)]
        }
        Command::OpenLast => {
            model.busy = true;
            vec![Effect::FindRecent(model.settings.recent.clone())]
        }
        Command::StopWaiting => stop_waiting(model, stamp),
        Command::Paste => vec![Effect::ReadClipboard],
        Command::NewFromText(text) => {
            new_from_text(model, &text, stamp);
            vec![rescue::hold(model, None, false)]
        }
        Command::Import(command) => import::update(model, command, stamp),
        Command::OpenSample => {
            open_sample(model, stamp);
            vec![rescue::hold(model, None, false)]
        }
        Command::Save => save(model),
        Command::SaveAs => save_as(model),
        Command::Export(export) => export::update(model, export),
        Command::TypedPath(purpose, path, replace) => take_path(model, purpose, path, replace, stamp),
        Command::Quit => {
            let mut effects = model.journal.close(model.desk.as_ref());
            effects.push(Effect::Quit);
            effects
        }
        _ => Vec::new(),
    }
}

/// A file that was opened is among the recent ones.
pub fn remember(model: &mut Model, path: &Path) -> Vec<Effect> {
    model.settings.remember(path);
    vec![Effect::Store(model.settings.clone())]
}

/// Lets the person choose a path, unless they are choosing one already.
pub fn ask(model: &mut Model, purpose: Purpose, suggested: String, folder: Option<PathBuf>) -> Vec<Effect> {
    if model.busy {
        return Vec::new();
    }
    model.busy = true;
    vec![Effect::Ask { purpose, suggested, folder }]
}

/// What a disk does not answer is left alone; all work stays as it is.
fn stop_waiting(model: &mut Model, stamp: &mut Stamp) -> Vec<Effect> {
    model.busy = false;
    model.stay();
    let mut effects = vec![Effect::StopWaiting];
    if let Some(desk) = &mut model.desk
        && let Some(state) = desk.saving.take()
    {
        desk.doubtful = Some(state);
        desk.failed = Some(
            "Not saved, because the disk did not answer; whether the file has the new version is not certain"
                .into(),
        );
    }
    model.tell(
        "The disk does not answer, and is not waited for any more. All work is here; save it elsewhere",
    );
    // What the program was started for may lie on another disk.
    if let Some(first) = model.first.take() {
        effects.extend(update(model, *first, stamp));
    }
    effects
}

/// The longest text that is taken from the clipboard: as much as an article's file may hold.
pub const LONGEST: usize = 64 << 20;

fn new_from_text(model: &mut Model, text: &str, stamp: &mut Stamp) {
    if text.len() > LONGEST {
        model.stay();
        return model.fail(super::Problem {
            what: "The text was not taken: it is longer than the 64 MiB that can be opened here".into(),
            hint: "Copy a part of it".into(),
            exists: false,
        });
    }
    match formats::text::read(text.as_bytes()) {
        Ok(loaded) => {
            let article = Article::new(String::new(), loaded.sha256, loaded.text, stamp);
            let project = Project::new(article, stamp);
            // The text is in no file yet, so closing must ask.
            let suggested = PathBuf::from("article.ron");
            model.put(Desk::new(project, History::unsaved(), None, suggested));
        }
        Err(error) => {
            model.stay();
            model.fail(super::Problem {
                what: format!("The text was not taken: {error}"),
                hint: String::new(),
                exists: false,
            });
        }
    }
}

fn open_sample(model: &mut Model, stamp: &mut Stamp) {
    // The sample is a golden file, so it can be read; should it ever not be, the window is empty.
    if let Ok(opened) = formats::ron::read(SAMPLE, stamp) {
        let suggested = PathBuf::from("harbour-tunnel.ron");
        model.put(Desk::new(opened.project, History::default(), None, suggested));
    }
}

/// The project in its file.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(desk) = model.desk.as_ref().filter(|desk| desk.read_only.is_none()) else { return Vec::new() };
    let Some(path) = desk.path.clone() else { return save_as(model) };
    let known = desk.on_disk.as_ref().map(|on_disk| on_disk.sha256.clone());
    write_project(model, path, true, known, Allow::default())
}

/// Writes the project over whatever is in the file now, because the person said so.
pub fn write_over(model: &mut Model, path: PathBuf) -> Vec<Effect> {
    write_project(model, path, true, None, Allow::default())
}

/// Writes it although something stands in the way, because the person said so.
pub fn write_anyway(model: &mut Model, hindered: Hindered) -> Vec<Effect> {
    let Hindered { path, why, known, allow, .. } = hindered;
    write_project(model, path, true, known, allow.and(why))
}

/// Asks where to save.
pub fn save_as(model: &mut Model) -> Vec<Effect> {
    let Some(desk) = model.desk.as_ref().filter(|desk| desk.read_only.is_none()) else { return Vec::new() };
    let suggested = desk.path.clone().unwrap_or_else(|| desk.suggested.clone());
    let name = suggested.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = suggested.parent().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned);
    ask(model, Purpose::Save, name, folder)
}

fn write_project(
    model: &mut Model,
    path: PathBuf,
    replace: bool,
    known: Option<String>,
    allow: Allow,
) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else { return Vec::new() };
    if desk.saving.is_some() || desk.read_only.is_some() {
        return Vec::new();
    }
    let state = desk.history.state();
    (desk.saving, desk.doubtful) = (Some(state), None);
    // From here on its entries may be in a file, whatever is undone before the answer comes.
    desk.history.writing();
    let whole = Arc::new(desk.project.clone());
    desk.written = Some(whole.clone());
    let content = Content::Project(whole);
    vec![Effect::Write { path, content, purpose: Purpose::Save, state, replace, known, allow }]
}

/// The name of a file, without its folder.
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The path of a project file: under another name it would be opened as an article. A name that is
/// made here was not asked about, so it replaces nothing.
pub fn as_project(path: PathBuf, replace: bool) -> (PathBuf, bool) {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) {
        return (path, replace);
    }
    let mut name = path.into_os_string();
    name.push(".ron");
    (name.into(), false)
}

/// Goes on with a path that the person chose or typed.
pub fn take_path(
    model: &mut Model,
    purpose: Purpose,
    path: PathBuf,
    replace: bool,
    stamp: &mut Stamp,
) -> Vec<Effect> {
    model.dialog = None;
    match purpose {
        // Work may have been done while the dialog was open.
        Purpose::Open => update(model, Command::OpenPath(path), stamp),
        Purpose::Save => {
            let (path, replace) = as_project(path, replace);
            write_project(model, path, replace, None, Allow::default())
        }
        Purpose::Export(format, include) => export::begin(model, path, (format, include), replace),
        Purpose::Copy(redacted) => send::begin(model, path, redacted, replace),
        Purpose::Beside(beside::Reason::Merge) => super::merging::chosen(model, path, stamp),
        Purpose::Beside(reason) => beside::read(model, reason, path),
        Purpose::Text => export::begin_text(model, path, replace),
        Purpose::Marks => super::update(model, Command::Marks(Marks::Read(path)), stamp),
        Purpose::Draft => redraft::read(model, path, redraft::Asked::Draft),
    }
}
