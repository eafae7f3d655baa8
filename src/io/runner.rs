//! Runs effects off the window's thread and hands back what happened.
//!
//! May use: lanes, `io`. Invariants: effects on files run in the order in which they were
//! started, on one thread; nothing here waits while the window draws; what touches a person's own
//! files never shares a thread with the application's data, so a disk that does not answer holds up
//! neither the recovery journal nor the settings. When the runner goes, all that was asked is done,
//! unless the disk takes longer than [`Surroundings::patience`].

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::browser::Browser;
use super::hold::{Hold, Mark};
use super::journal::Keeper;
use super::lane::{Gate, GivenUp, Lane, Wake, Way};
use super::perform::Order;
use super::study::Desks;
use super::{RealDisk, beside, clean, clipboard, clock, dialogs, perform, seen, settings, versions};
use crate::app::effect::{Content, Effect, Outcome, Problem};

/// How long the end of the program waits for disks.
const PATIENCE: Duration = Duration::from_secs(5);

/// What of the person's system the runner may use.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder that the settings are kept in; `None` keeps none.
    pub settings: Option<PathBuf>,
    /// Whether the system's dialogs are asked for; without them, paths are typed.
    pub dialogs: bool,
    /// What opens addresses.
    pub browser: Browser,
    /// What stands before each effect: nothing, but in tests.
    pub gate: Gate,
    /// How long the end waits for disks.
    pub patience: Duration,
}

impl Surroundings {
    /// Everything, and the folder that the system names.
    pub fn system() -> Self {
        Self {
            settings: settings::folder(),
            dialogs: true,
            browser: Browser::system(),
            gate: Gate::open(),
            patience: PATIENCE,
        }
    }

    /// Nothing but files: settings in that folder, typed paths. The same on every machine.
    pub fn bare(settings: PathBuf) -> Self {
        Self { settings: Some(settings), dialogs: false, browser: Browser::none(), ..Self::system() }
    }
}

/// The worker threads and the way back.
pub struct Runner {
    /// A person's own files.
    files: Lane,
    /// Whether somebody else wrote the open one.
    looks: Lane,
    /// Exports, and what they would leave out.
    exports: Lane,
    /// What can be recovered, and what was open last.
    recovery: Lane,
    /// The application's data: journals and settings.
    data: Lane,
    way: Way,
    outcomes: Receiver<Outcome>,
    folder: Option<PathBuf>,
    window: String,
    dialogs: bool,
    browser: Browser,
    patience: Duration,
    studies: Desks,
}

impl Runner {
    /// Starts the workers. `wake` is called whenever there is an outcome to fetch.
    pub fn new(surroundings: Surroundings, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let wake: Wake = Arc::new(wake);
        let (back, outcomes) = channel();
        let Surroundings { settings: folder, dialogs, browser, gate, patience } = surroundings;
        let way = Way { back, wake, gate };
        let window = clock::letters();
        let (data, name) = (folder.clone(), window.clone());
        let journals = Lane::new("data", &way, move |_| {
            let mut keeper = Keeper::new(&RealDisk, data.clone(), name);
            move |effect| keep(&mut keeper, data.as_deref(), effect)
        });
        Self {
            files: files(&way, folder.clone(), window.clone()),
            looks: looks(&way),
            exports: exports(&way),
            recovery: recovery(&way, folder.clone(), window.clone()),
            data: journals,
            way,
            outcomes,
            folder,
            window,
            dialogs,
            browser,
            patience,
            studies: Desks::default(),
        }
    }

    /// Starts an effect. [`Effect::Quit`] is the window's own business and does nothing here.
    pub fn start(&mut self, effect: Effect) {
        match effect {
            Effect::Ask { purpose, suggested, folder } => {
                let Way { back, wake, .. } = self.way.clone();
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
                let (Way { back, wake, .. }, browser) = (self.way.clone(), self.browser.clone());
                let open = move || {
                    if let Err(problem) = browser.open(&checked) {
                        let _ = back.send(Outcome::NotOpened(problem));
                        wake();
                    }
                };
                let _ = std::thread::Builder::new().name("browser".into()).spawn(open);
            }
            Effect::StopWaiting => self.stop_waiting(),
            Effect::Study(number, job) => self.studies.start(number, job, &self.way.back, &self.way.wake),
            Effect::Keep { .. } | Effect::Forget { .. } | Effect::Store(_) | Effect::Seen(_) => {
                self.data.start(effect);
            }
            Effect::ListRecovery(_)
            | Effect::Recover { .. }
            | Effect::DropRecovery(_)
            | Effect::CleanUp
            | Effect::FindRecent(_) => self.recovery.start(effect),
            // One look at a time: the next focus looks again.
            Effect::Look { .. } if self.looks.is_busy() => {}
            Effect::Look { .. } => self.looks.start(effect),
            // On a thread of their own: a large export must not keep the project from being saved.
            Effect::Write { content: Content::Export(..), .. } | Effect::Examine { .. } => {
                self.exports.start(effect);
            }
            Effect::LeaveExport => {
                self.exports.give_up();
                self.exports = exports(&self.way);
            }
            effect => self.files.start(effect),
        }
    }

    /// Whether a disk has not answered yet.
    pub fn is_waiting(&self) -> bool {
        self.files.is_busy() || self.recovery.is_busy()
    }

    /// What does not answer is left alone, with a thread of its own; what comes is done by fresh ones.
    fn stop_waiting(&mut self) {
        if self.files.is_busy() {
            self.files.give_up();
            self.files = files(&self.way, self.folder.clone(), self.window.clone());
        }
        if self.looks.is_busy() {
            self.looks.give_up();
            self.looks = looks(&self.way);
        }
        if self.recovery.is_busy() {
            self.recovery.give_up();
            self.recovery = recovery(&self.way, self.folder.clone(), self.window.clone());
        }
    }

    /// What has happened since the last call.
    pub fn poll(&self) -> Vec<Outcome> {
        self.outcomes.try_iter().collect()
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        let until = Instant::now() + self.patience;
        // All of them at once; nothing is lost by a look that is not awaited.
        self.looks.give_up();
        self.recovery.shut();
        self.exports.shut();
        self.files.shut();
        self.data.close(until);
        self.recovery.close(until);
        self.exports.close(until);
        self.files.close(until);
    }
}

/// The thread for a person's own files.
fn files(way: &Way, data: Option<PathBuf>, window: String) -> Lane {
    Lane::new("files", way, move |given_up| {
        let mut files = Files { data, window, clipboard: None, hold: Hold::default(), given_up };
        move |effect| files.perform(effect)
    })
}

/// The thread that compares the open file with what it was.
fn looks(way: &Way) -> Lane {
    Lane::new("looks", way, |_| {
        |effect| match effect {
            Effect::Look { path, known } => perform::look(path, known),
            _ => None,
        }
    })
}

/// The thread for exports.
fn exports(way: &Way) -> Lane {
    Lane::new("exports", way, |given_up| {
        move |effect| match effect {
            Effect::Write { path, content, purpose, state, replace, known, allow } => {
                let given_up = &given_up;
                let order = Order { data: None, path, purpose, state, replace, known, allow, given_up };
                Some(perform::write(&RealDisk, order, &content))
            }
            Effect::Examine { project, format, include } => Some(perform::examine(&project, format, include)),
            _ => None,
        }
    })
}

/// The thread that looks for what can be recovered, which may be on any disk.
fn recovery(way: &Way, data: Option<PathBuf>, window: String) -> Lane {
    Lane::new("recovery", way, move |_| {
        let keeper = Keeper::new(&RealDisk, data.clone(), window);
        move |effect| recover(&keeper, data.as_deref(), effect)
    })
}

/// What the thread for files has.
struct Files {
    data: Option<PathBuf>,
    window: String,
    /// One for as long as the program runs: on X11 what was copied dies with it.
    clipboard: Option<arboard::Clipboard>,
    hold: Hold,
    given_up: GivenUp,
}

impl Drop for Files {
    fn drop(&mut self) {
        if is_given_up(&self.given_up) {
            // Another thread of this window may hold the file by now.
            self.hold.forget();
        }
    }
}

fn is_given_up(flag: &AtomicBool) -> bool {
    flag.load(Ordering::Relaxed)
}

impl Files {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        let data = self.data.as_deref();
        match effect {
            Effect::Read(path) => {
                let result = perform::load(&path);
                match (result, data) {
                    (Err(problem), Some(data)) if perform::is_project(&path) => {
                        let found = versions::of_path(data, &path);
                        Some(if found.is_empty() {
                            Outcome::Read(path, Err(problem))
                        } else {
                            Outcome::Lost { path, problem, found }
                        })
                    }
                    (result, _) => Some(Outcome::Read(path, result)),
                }
            }
            Effect::Write { path, content, purpose, state, replace, known, allow } => {
                let given_up = &self.given_up;
                let order = Order { data, path, purpose, state, replace, known, allow, given_up };
                Some(perform::write(&RealDisk, order, &content))
            }
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
            Effect::Marks(job) => Some(Outcome::Marks(Box::new(super::marks::perform(job)))),
            Effect::Beside(asked) => Some(beside::perform(asked)),
            Effect::Import(order) => Some(perform::import(*order)),
            Effect::ReadClipboard => Some(clipboard::read(&mut self.clipboard)),
            _ => None,
        }
    }
}

/// Performs what concerns the application's data: the journals of this window, and the settings.
fn keep(keeper: &mut Keeper<'_>, data: Option<&std::path::Path>, effect: Effect) -> Option<Outcome> {
    match effect {
        Effect::Keep { desk, project, typing, path, on_disk, adopted } => {
            let moment = (&*project, typing.as_ref());
            let result = keeper.keep(desk, moment, path.as_deref(), on_disk.as_ref(), adopted.as_deref());
            Some(Outcome::Kept(result))
        }
        Effect::Forget { desk, adopted } => {
            keeper.forget(desk, adopted.as_deref());
            None
        }
        Effect::Seen(asked) => seen::perform(data?, asked),
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

/// Performs what concerns the work of windows that are no more.
fn recover(keeper: &Keeper<'_>, data: Option<&std::path::Path>, effect: Effect) -> Option<Outcome> {
    match effect {
        Effect::ListRecovery(project) => {
            let (found, told) = keeper.list(project);
            Some(Outcome::Recoverable { found, told })
        }
        Effect::Recover { journal, at } => Some(Outcome::Recovered(keeper.recover(&journal, at.as_deref()))),
        Effect::DropRecovery(journal) => {
            keeper.throw_away(&journal);
            None
        }
        Effect::CleanUp => {
            clean::clean(data?, clock::now());
            None
        }
        Effect::FindRecent(paths) => Some(Outcome::FoundRecent(paths.into_iter().find(|path| path.exists()))),
        _ => None,
    }
}
