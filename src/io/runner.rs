//! Runs effects off the window's thread and hands back what happened.
//!
//! May use: std's threads and channels, arboard, `io`. Invariant: effects on files run in the order
//! in which they were started, on one thread, those on journals on another, and all of them before
//! the runner is gone; nothing here waits while the window draws.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::browser::Browser;
use super::hold::{Hold, Mark};
use super::journal::Keeper;
use super::perform::Order;
use super::{RealDisk, clipboard, clock, dialogs, perform, settings, versions};
use crate::app::effect::{Content, Effect, Outcome, Problem};

type Wake = Arc<dyn Fn() + Send + Sync>;

/// What of the person's system the runner may use.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder that the settings are kept in; `None` keeps none.
    pub settings: Option<PathBuf>,
    /// Whether the system's dialogs are asked for; without them, paths are typed.
    pub dialogs: bool,
    /// What opens addresses.
    pub browser: Browser,
}

impl Surroundings {
    /// Everything, and the folder that the system names.
    pub fn system() -> Self {
        Self { settings: settings::folder(), dialogs: true, browser: Browser::system() }
    }

    /// Nothing but files: settings in that folder, typed paths. The same on every machine.
    pub fn bare(settings: PathBuf) -> Self {
        Self { settings: Some(settings), dialogs: false, browser: Browser::none() }
    }
}

/// The worker threads and the way back.
pub struct Runner {
    files: Lane,
    exports: Lane,
    journals: Lane,
    back: Sender<Outcome>,
    outcomes: Receiver<Outcome>,
    wake: Wake,
    dialogs: bool,
    browser: Browser,
}

/// A queue of effects and the thread that performs them.
struct Lane {
    work: Option<Sender<Effect>>,
    worker: Option<JoinHandle<()>>,
}

impl Lane {
    fn new(name: &str, serve: impl FnOnce(&Receiver<Effect>) + Send + 'static) -> Self {
        let (work, queue) = channel();
        let worker = std::thread::Builder::new().name(name.into()).spawn(move || serve(&queue));
        Self { work: Some(work), worker: worker.ok() }
    }

    fn start(&self, effect: Effect) {
        if let Some(work) = &self.work {
            let _ = work.send(effect);
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        // Closing the queue ends the worker once it has done all that was asked.
        self.work = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

impl Runner {
    /// Starts the workers. `wake` is called whenever there is an outcome to fetch.
    pub fn new(surroundings: Surroundings, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let wake: Wake = Arc::new(wake);
        let (back, outcomes) = channel();
        let Surroundings { settings: data, dialogs, browser } = surroundings;
        let window = clock::letters();
        let (answer, ring, folder, name) = (back.clone(), wake.clone(), data.clone(), window.clone());
        let files = Lane::new("files", move |queue| {
            let mut desk = Files { data: folder, window: name, clipboard: None, hold: Hold::default() };
            serve(queue, &answer, &ring, |effect| desk.perform(effect));
        });
        let (answer, ring) = (back.clone(), wake.clone());
        let exports = Lane::new("exports", move |queue| serve(queue, &answer, &ring, export));
        let (answer, ring) = (back.clone(), wake.clone());
        let journals = Lane::new("journals", move |queue| {
            let mut keeper = Keeper::new(&RealDisk, data, window);
            serve(queue, &answer, &ring, |effect| keep(&mut keeper, effect));
        });
        Self { files, exports, journals, back, outcomes, wake, dialogs, browser }
    }

    /// Starts an effect. [`Effect::Quit`] is the window's own business and does nothing here.
    pub fn start(&self, effect: Effect) {
        match effect {
            Effect::Ask { purpose, suggested, folder } => {
                let (back, wake) = (self.back.clone(), self.wake.clone());
                let ask = if self.dialogs { dialogs::ask } else { dialogs::none };
                let ask = move || {
                    // The window may be gone by now; then nobody needs the answer.
                    let _ = back.send(ask(purpose, suggested, folder));
                    wake();
                };
                // A dialog on macOS must be on the main thread; rfd sees to that itself.
                let _ = std::thread::Builder::new().name("dialog".into()).spawn(ask);
            }
            Effect::OpenAddress(checked) => {
                let (back, wake, browser) = (self.back.clone(), self.wake.clone(), self.browser.clone());
                let open = move || {
                    if let Err(problem) = browser.open(&checked) {
                        let _ = back.send(Outcome::NotOpened(problem));
                        wake();
                    }
                };
                let _ = std::thread::Builder::new().name("browser".into()).spawn(open);
            }
            // On a thread of its own: a slow save must not keep the work from being kept.
            Effect::Keep { .. }
            | Effect::Forget { .. }
            | Effect::ListRecovery(_)
            | Effect::Recover { .. }
            | Effect::DropRecovery(_) => self.journals.start(effect),
            // On one of their own, too: a large export must not keep the project from being saved.
            Effect::Write { content: Content::Export(..), .. } | Effect::Examine { .. } => {
                self.exports.start(effect);
            }
            effect => self.files.start(effect),
        }
    }

    /// What has happened since the last call.
    pub fn poll(&self) -> Vec<Outcome> {
        self.outcomes.try_iter().collect()
    }
}

/// Performs what comes until the window closes. A mistake of ours in one effect ends only that one.
fn serve(
    queue: &Receiver<Effect>,
    back: &Sender<Outcome>,
    wake: &Wake,
    mut perform: impl FnMut(Effect) -> Option<Outcome>,
) {
    for effect in queue {
        let if_it_fails = after_mistake(&effect);
        let outcome = catch_unwind(AssertUnwindSafe(|| perform(effect))).unwrap_or(if_it_fails);
        if let Some(outcome) = outcome {
            let _ = back.send(outcome);
            wake();
        }
    }
}

/// What is answered where performing an effect ended in a panic.
fn after_mistake(effect: &Effect) -> Option<Outcome> {
    let problem = |what: &str| Problem {
        what: format!("{what} because of a mistake in Proofmark"),
        hint: "A note about it lies in the application's data folder; please report it".into(),
        exists: false,
    };
    Some(match effect {
        Effect::Read(path) => Outcome::Read(path.clone(), Err(problem("The file was not opened"))),
        Effect::Write { path, content, purpose, state, .. } => Outcome::Wrote {
            path: path.clone(),
            purpose: *purpose,
            project: content.project().id,
            state: *state,
            result: Err(problem("It is not certain whether the file was written,")),
        },
        Effect::ReadVersion { back, .. } => {
            Outcome::VersionRead { result: Err(problem("The version was not opened")), back: *back }
        }
        Effect::Recover { .. } => Outcome::Recovered(Err(problem("The work was not recovered"))),
        Effect::Keep { .. } => Outcome::Kept(Err(problem("The recovery copy was not written"))),
        Effect::ListRecovery(_) => {
            let told = vec![problem("It was not seen what can be recovered").what];
            Outcome::Recoverable { found: Vec::new(), told }
        }
        Effect::Preserve { path, .. } => {
            Outcome::Preserved(path.clone(), Err(problem("Your version was not kept")))
        }
        Effect::Copy { .. } => Outcome::Copied(Err(problem("Nothing was copied"))),
        Effect::ReadClipboard => Outcome::Clipboard(Err(problem("The clipboard was not read"))),
        _ => return None,
    })
}

/// What the thread for files has.
struct Files {
    data: Option<PathBuf>,
    window: String,
    /// One for as long as the program runs: on X11 what was copied dies with it.
    clipboard: Option<arboard::Clipboard>,
    hold: Hold,
}

impl Files {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        let data = self.data.as_deref();
        match effect {
            Effect::Read(path) => {
                let result = perform::load(&path);
                Some(Outcome::Read(path, result))
            }
            Effect::Write { path, content, purpose, state, replace, known } => {
                let order = Order { data, path, purpose, state, replace, known };
                Some(perform::write(&RealDisk, order, &content))
            }
            Effect::Look { path, known } => perform::look(path, known),
            Effect::Hold { path: None, .. } => {
                self.hold.release();
                None
            }
            Effect::Hold { path: Some(path), name, take } => {
                match self.hold.hold(&path, Mark::own(&name, &self.window), take) {
                    Ok(()) => take.then_some(Outcome::Taken(path)),
                    Err(holder) => Some(Outcome::InUse { path, holder }),
                }
            }
            Effect::Preserve { path, project } => Some(perform::preserve(&RealDisk, data, path, &project)),
            Effect::Secure { path, project, known } => {
                perform::secure(&RealDisk, data?, &path, project, &known)
            }
            Effect::ListVersions { project, path } => {
                let found = data.map(|data| versions::list(data, project, &path)).unwrap_or_default();
                Some(Outcome::Versions(found))
            }
            Effect::ReadVersion { file, back } => {
                Some(Outcome::VersionRead { result: versions::open(&file), back })
            }
            Effect::Copy { project, ids, form } => {
                Some(Outcome::Copied(clipboard::copy(&mut self.clipboard, &project, &ids, form)))
            }
            Effect::ReadClipboard => Some(Outcome::Clipboard(clipboard::read(&mut self.clipboard))),
            Effect::Store(settings) => {
                let error = settings::store(&settings, data?).err()?;
                Some(Outcome::SettingsLost(Problem {
                    what: format!("The settings were not kept. {error}"),
                    hint: String::new(),
                    exists: false,
                }))
            }
            _ => None,
        }
    }
}

/// Performs what concerns exports.
fn export(effect: Effect) -> Option<Outcome> {
    match effect {
        Effect::Write { path, content, purpose, state, replace, known } => {
            let order = Order { data: None, path, purpose, state, replace, known };
            Some(perform::write(&RealDisk, order, &content))
        }
        Effect::Examine { project, format, include } => Some(perform::examine(&project, format, include)),
        _ => None,
    }
}

/// Performs what concerns the recovery journals.
fn keep(keeper: &mut Keeper<'_>, effect: Effect) -> Option<Outcome> {
    match effect {
        Effect::Keep { desk, project, path, on_disk, adopted } => {
            let result = keeper.keep(desk, &project, path.as_deref(), on_disk.as_ref(), adopted.as_deref());
            Some(Outcome::Kept(result))
        }
        Effect::Forget { desk, adopted } => {
            keeper.forget(desk, adopted.as_deref());
            None
        }
        Effect::ListRecovery(project) => {
            let (found, told) = keeper.list(project);
            Some(Outcome::Recoverable { found, told })
        }
        Effect::Recover { journal, at } => Some(Outcome::Recovered(keeper.recover(&journal, at.as_deref()))),
        Effect::DropRecovery(journal) => {
            keeper.throw_away(&journal);
            None
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_one_effect_is_answered_and_the_next_one_is_done() {
        let (work, queue) = channel();
        let (back, outcomes) = channel();
        let wake: Wake = Arc::new(|| {});
        for path in ["bad.ron", "good.ron"] {
            work.send(Effect::Read(path.into())).unwrap();
        }
        drop(work);
        serve(&queue, &back, &wake, |effect| match effect {
            Effect::Read(path) if path.ends_with("good.ron") => Some(Outcome::Told("read".into())),
            _ => panic!("a mistake"),
        });
        let found: Vec<_> = outcomes.try_iter().collect();
        let [Outcome::Read(path, Err(problem)), Outcome::Told(_)] = &found[..] else { panic!("{found:?}") };
        assert!(path.ends_with("bad.ron") && problem.what.contains("mistake") && !problem.hint.is_empty());
    }
}
