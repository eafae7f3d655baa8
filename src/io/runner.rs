//! Runs effects off the window's thread and hands back what happened.
//!
//! May use: std's threads and channels, arboard, `io`. Invariant: effects other than dialogs run in
//! the order in which they were started, on one thread, and all of them before the runner is gone;
//! nothing here waits while the window draws.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::{dialogs, perform, settings};
use crate::app::effect::{Effect, Outcome, Problem};

type Wake = Arc<dyn Fn() + Send + Sync>;

/// What of the person's system the runner may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The folder that the settings are kept in; `None` keeps none.
    pub settings: Option<PathBuf>,
    /// Whether the system's dialogs are asked for; without them, paths are typed.
    pub dialogs: bool,
}

impl Surroundings {
    /// Everything, and the folder that the system names.
    pub fn system() -> Self {
        Self { settings: settings::folder(), dialogs: true }
    }

    /// Nothing but files: settings in that folder, typed paths. The same on every machine.
    pub fn bare(settings: PathBuf) -> Self {
        Self { settings: Some(settings), dialogs: false }
    }
}

/// The worker thread and the way back.
pub struct Runner {
    work: Option<Sender<Effect>>,
    worker: Option<JoinHandle<()>>,
    back: Sender<Outcome>,
    outcomes: Receiver<Outcome>,
    wake: Wake,
    dialogs: bool,
}

impl Runner {
    /// Starts the worker. `wake` is called whenever there is an outcome to fetch.
    pub fn new(surroundings: Surroundings, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let wake: Wake = Arc::new(wake);
        let (work, queue) = channel();
        let (back, outcomes) = channel();
        let (answer, ring) = (back.clone(), wake.clone());
        let Surroundings { settings, dialogs } = surroundings;
        let serve = move || serve(&queue, settings.as_deref(), &answer, &ring);
        let worker = std::thread::Builder::new().name("files".into()).spawn(serve);
        Self { work: Some(work), worker: worker.ok(), back, outcomes, wake, dialogs }
    }

    /// Starts an effect. [`Effect::Quit`] is the window's own business and does nothing here.
    pub fn start(&self, effect: Effect) {
        if let Effect::Ask { purpose, suggested, folder } = effect {
            let (back, wake) = (self.back.clone(), self.wake.clone());
            let ask = if self.dialogs { dialogs::ask } else { dialogs::none };
            let ask = move || {
                // The window may be gone by now; then nobody needs the answer.
                let _ = back.send(ask(purpose, suggested, folder));
                wake();
            };
            // A dialog on macOS must be on the main thread; rfd sees to that itself.
            let _ = std::thread::Builder::new().name("dialog".into()).spawn(ask);
        } else if let Some(work) = &self.work {
            let _ = work.send(effect);
        }
    }

    /// What has happened since the last call.
    pub fn poll(&self) -> Vec<Outcome> {
        self.outcomes.try_iter().collect()
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // Closing the queue ends the worker once it has done all that was asked.
        self.work = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn serve(queue: &Receiver<Effect>, folder: Option<&Path>, back: &Sender<Outcome>, wake: &Wake) {
    // One for as long as the program runs: on X11 what was copied dies with it.
    let mut clipboard = None;
    for effect in queue {
        if let Some(outcome) = perform_one(effect, folder, &mut clipboard) {
            let _ = back.send(outcome);
            wake();
        }
    }
}

fn perform_one(
    effect: Effect,
    folder: Option<&Path>,
    clipboard: &mut Option<arboard::Clipboard>,
) -> Option<Outcome> {
    match effect {
        Effect::Read(path) => {
            let result = perform::load(&path);
            Some(Outcome::Read(path, result))
        }
        Effect::Write { path, content, purpose, state, replace } => {
            Some(perform::write(path, content, purpose, state, replace))
        }
        Effect::ReadClipboard => Some(Outcome::Clipboard(read_clipboard(clipboard))),
        Effect::Store(settings) => {
            let error = settings::store(&settings, folder?).err()?;
            Some(Outcome::SettingsLost(Problem {
                what: format!("The settings were not kept. {error}"),
                hint: String::new(),
                exists: false,
            }))
        }
        Effect::Ask { .. } | Effect::Quit => None,
    }
}

fn read_clipboard(clipboard: &mut Option<arboard::Clipboard>) -> Result<String, Problem> {
    let problem = |error: arboard::Error| Problem {
        what: format!("There is no text to paste ({error})"),
        hint: "Copy the article's text first".into(),
        exists: false,
    };
    let clipboard = match clipboard {
        Some(clipboard) => clipboard,
        None => clipboard.insert(arboard::Clipboard::new().map_err(problem)?),
    };
    clipboard.get_text().map_err(problem)
}
