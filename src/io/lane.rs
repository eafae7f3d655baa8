//! A queue of effects and the thread that performs them, one after the other.
//!
//! May use: std's threads and channels, the application's effects and outcomes. Invariants: a mistake of
//! ours in one effect ends only that one; a lane that is given up ([`Lane::give_up`]) begins nothing more
//! and tells nothing more, but for how a write ended; nobody waits for a lane longer than he says.
//! Known limit: a call that the system never answers keeps its thread until the program ends.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Instant;

use crate::app::effect::{Effect, Outcome, Problem};

/// Called whenever there is an outcome to fetch.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Whether somebody has given up waiting for a lane.
pub type GivenUp = Arc<AtomicBool>;

/// What is called on a lane's thread before each effect: nothing, but in tests of disks that hang.
#[derive(Clone)]
pub struct Gate(Arc<dyn Fn(&Effect) + Send + Sync>);

impl Gate {
    /// Nothing stands in the way.
    pub fn open() -> Self {
        Self::new(|_| {})
    }

    /// Something does.
    pub fn new(before: impl Fn(&Effect) + Send + Sync + 'static) -> Self {
        Self(Arc::new(before))
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate")
    }
}

/// Where a lane's outcomes go, and what stands before its effects.
#[derive(Clone)]
pub struct Way {
    /// The outcomes.
    pub back: Sender<Outcome>,
    /// Tells that there is one.
    pub wake: Wake,
    /// Before each effect.
    pub gate: Gate,
}

/// A queue and its thread.
pub struct Lane {
    work: Option<Sender<Effect>>,
    ended: Receiver<()>,
    given_up: GivenUp,
    pending: Arc<AtomicUsize>,
}

impl Lane {
    /// Starts the thread; `make` makes there what performs the effects.
    pub fn new<P: FnMut(Effect) -> Option<Outcome>>(
        name: &str,
        way: &Way,
        make: impl FnOnce(GivenUp) -> P + Send + 'static,
    ) -> Self {
        let (work, queue) = channel();
        let (end, ended) = channel::<()>();
        let lane = Self {
            work: Some(work),
            ended,
            given_up: GivenUp::default(),
            pending: Arc::new(AtomicUsize::new(0)),
        };
        let (given_up, pending, way) = (lane.given_up.clone(), lane.pending.clone(), way.clone());
        let run = move || {
            let _end = end;
            let perform = make(given_up.clone());
            serve(&queue, &way, &given_up, &pending, perform);
        };
        // Without a thread nothing is done, and nothing is said to be done.
        let _ = std::thread::Builder::new().name(name.into()).spawn(run);
        lane
    }

    /// Puts an effect into the queue.
    pub fn start(&self, effect: Effect) {
        if let Some(work) = &self.work {
            self.pending.fetch_add(1, Ordering::Relaxed);
            let _ = work.send(effect);
        }
    }

    /// Whether something is being done, or waits to be.
    pub fn is_busy(&self) -> bool {
        self.pending.load(Ordering::Relaxed) > 0
    }

    /// Nothing more is begun, and what is being done is not waited for.
    pub fn give_up(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
        self.work = None;
    }

    /// Lets the thread do what was asked, waits for that until then, and gives up.
    pub fn close(&mut self, until: Instant) {
        self.work = None;
        let patience = until.saturating_duration_since(Instant::now());
        if self.ended.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            self.give_up();
        }
    }

    /// Asks the thread to end once all is done; [`Self::close`] waits for it.
    pub fn shut(&mut self) {
        self.work = None;
    }
}

/// Performs what comes until the window closes.
fn serve(
    queue: &Receiver<Effect>,
    way: &Way,
    given_up: &AtomicBool,
    pending: &AtomicUsize,
    mut perform: impl FnMut(Effect) -> Option<Outcome>,
) {
    for effect in queue {
        if given_up.load(Ordering::Relaxed) {
            break;
        }
        let if_it_fails = after_mistake(&effect);
        let done = catch_unwind(AssertUnwindSafe(|| {
            (way.gate.0)(&effect);
            if given_up.load(Ordering::Relaxed) { None } else { perform(effect) }
        }));
        pending.fetch_sub(1, Ordering::Relaxed);
        let Some(outcome) = done.unwrap_or(if_it_fails) else { continue };
        // Nobody waits any more; but that a file was written must be known.
        if !given_up.load(Ordering::Relaxed) || matches!(outcome, Outcome::Wrote { result: Ok(_), .. }) {
            let _ = way.back.send(outcome);
            (way.wake)();
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
        Effect::FindRecent(_) => Outcome::FoundRecent(None),
        Effect::Preserve { path, .. } => {
            Outcome::Preserved(path.clone(), Err(problem("Your version was not kept")))
        }
        Effect::Copy { .. } => Outcome::Copied(Err(problem("Nothing was copied"))),
        Effect::Import(_) => Outcome::Incoming(Err(problem("The article was not read"))),
        Effect::ReadClipboard => Outcome::Clipboard(Err(problem("The clipboard was not read"))),
        _ => return None,
    })
}

#[cfg(test)]
#[path = "lane_tests.rs"]
mod tests;
