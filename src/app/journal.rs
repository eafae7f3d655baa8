//! When the recovery journal is written and when it goes. May use: `domain`, `app`.
//!
//! Invariant: as long as frames are drawn, what is on the screen is asked to be kept [`AFTER`] seconds
//! after it changed, half-typed fields included; a journal is asked to be removed only when its work
//! is in the file again, or its desk is gone, which happens to unsaved work only where the person
//! let it go. Time comes in as the seconds of the window. What is half typed in a question counts as
//! if it had been answered.

use std::path::PathBuf;

use super::command::Command;
use super::effect::Effect;
use super::{Desk, Model, annotate};
use crate::domain::{Id, Stamp};

/// Seconds from a change to its writing: one of the two that are promised, the other is for the disk.
pub const AFTER: f64 = 1.0;
/// Seconds until a journal that could not be written is tried again.
const RETRY: f64 = 10.0;

/// The state, the half-typed fields, and of a session of typing its id and revision.
type Kept = (u64, Vec<Command>, Option<(Id, u64)>);

/// What was asked to be kept.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The desk that has a journal, with the one that it was recovered from.
    live: Option<(u64, Option<PathBuf>)>,
    /// The state, the half-typed fields and the session of typing that are in it.
    kept: Option<Kept>,
    /// Since when something is not.
    since: Option<f64>,
    /// The last writing failed.
    failed: bool,
    not_before: f64,
    /// The hash of the version that is among the previous ones.
    secured: Option<String>,
    /// The window closes.
    closed: bool,
}

impl Journal {
    /// The last writing failed: it is tried again, later and as a whole.
    pub fn failed(&mut self) {
        self.failed = true;
    }

    /// The window closes, and all work is saved or let go.
    pub fn close(&mut self, desk: Option<&Desk>) -> Vec<Effect> {
        self.closed = true;
        let adopted = desk.and_then(|desk| desk.adopted.clone().map(|adopted| (desk.number, Some(adopted))));
        self.live.take().or(adopted).map(forget).into_iter().collect()
    }
}

fn forget((desk, adopted): (u64, Option<PathBuf>)) -> Effect {
    Effect::Forget { desk, adopted }
}

/// What is to be done at this moment, and in how many seconds to ask again at the latest.
pub fn tick(
    model: &mut Model,
    typed: Vec<Command>,
    now: f64,
    stamp: &mut Stamp,
) -> (Vec<Effect>, Option<f64>) {
    let mut effects = Vec::new();
    let mut journal = std::mem::take(&mut model.journal);
    let wait = journal.tick(model.desk.as_ref(), typed, now, stamp, &mut effects);
    model.journal = journal;
    (effects, wait)
}

impl Journal {
    fn tick(
        &mut self,
        desk: Option<&Desk>,
        typed: Vec<Command>,
        now: f64,
        stamp: &mut Stamp,
        effects: &mut Vec<Effect>,
    ) -> Option<f64> {
        if self.closed {
            return None;
        }
        let number = desk.map(|desk| desk.number);
        if self.live.as_ref().is_some_and(|(live, _)| Some(*live) != number) {
            effects.extend(self.live.take().map(forget));
            (self.kept, self.since) = (None, None);
        }
        let desk = desk?;
        if self.live.is_none() && desk.adopted.is_some() {
            self.live = Some((desk.number, desk.adopted.clone()));
        }
        if desk.read_only.is_some() || (!desk.is_dirty() && typed.is_empty()) {
            effects.extend(self.live.take().map(forget));
            (self.kept, self.since) = (None, None);
            return None;
        }
        if std::mem::take(&mut self.failed) {
            self.kept = None;
            self.not_before = now + RETRY;
        }
        let state = desk.history.state();
        let session = desk.writing.session.as_ref().map(|session| (session.id, session.revision));
        let is_kept =
            |(kept, fields, typing): &Kept| *kept == state && *fields == typed && *typing == session;
        if self.kept.as_ref().is_some_and(is_kept) {
            self.since = None;
            return None;
        }
        let due = (*self.since.get_or_insert(now) + AFTER).max(self.not_before);
        if now < due {
            return Some(due - now);
        }
        self.since = None;
        let adopted = desk.adopted.clone();
        if let (Some(path), Some(on_disk)) = (&desk.path, &desk.on_disk)
            && self.secured.as_ref() != Some(&on_disk.sha256)
        {
            self.secured = Some(on_disk.sha256.clone());
            effects.push(Effect::Secure {
                path: path.clone(),
                project: desk.project.id,
                known: on_disk.sha256.clone(),
            });
        }
        effects.push(Effect::Keep {
            desk: desk.number,
            project: Box::new(annotate::with(&desk.project, &typed, stamp)),
            typing: desk.writing.typing(stamp),
            path: desk.path.clone(),
            on_disk: desk.on_disk.clone(),
            adopted: adopted.clone(),
        });
        self.live = Some((desk.number, adopted));
        self.kept = Some((state, typed, session));
        None
    }
}
