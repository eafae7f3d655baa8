//! What is looked for in a whole project beside the window: asked once, taken in when it comes.
//!
//! May use: `domain`, `app`. Invariant: of each sort only the answer to the latest question counts.

use std::sync::Arc;

use super::effect::Effect;
use super::{Desk, Model, find, redraft, show};
use crate::domain::Project;
use crate::domain::study::{Finding, Job};

/// A text of so many bytes is looked through for plain words while the window waits.
pub const INLINE: usize = 48 << 10;

/// Which questions are open.
#[derive(Clone, Debug, Default)]
pub struct Studies {
    next: u64,
    latest: [u64; Job::SORTS],
    /// Whether somebody may be looking for words.
    looking: bool,
    /// The copy that is looked through: desk, state.
    copy: Option<(u64, u64, Arc<Project>)>,
}

impl Studies {
    /// Asks; the answer comes with that number.
    pub(super) fn ask(&mut self, job: Job) -> (u64, Effect) {
        self.next += 1;
        self.latest[job.sort()] = self.next;
        self.looking |= job.sort() == 0;
        (self.next, Effect::Study(self.next, job))
    }

    /// A copy of a project to look through, the same one as long as nothing changes.
    pub(super) fn copy(&mut self, desk: &Desk) -> Arc<Project> {
        let state = (desk.number, desk.history.state());
        match &self.copy {
            Some((number, at, copy)) if (*number, *at) == state => Arc::clone(copy),
            _ => {
                let copy = Arc::new(desk.project.clone());
                self.copy = Some((state.0, state.1, Arc::clone(&copy)));
                copy
            }
        }
    }

    /// Nobody wants to know any more where some words are.
    pub(super) fn stop(&mut self) -> Option<Effect> {
        self.copy = None;
        let stop = Job::Hits(Default::default(), Default::default());
        std::mem::take(&mut self.looking).then(|| {
            let effect = self.ask(stop).1;
            self.looking = false;
            effect
        })
    }
}

/// What is to be looked for now; once a frame, before it is drawn.
pub fn due(model: &mut Model) -> Vec<Effect> {
    let mut effects = show::due(model);
    effects.extend(find::due(model));
    effects.extend(super::seen::due(model));
    effects
}

/// Takes in an answer.
pub fn take(model: &mut Model, number: u64, finding: Finding) {
    let sort = match finding {
        Finding::Draft(_) | Finding::Drafted(_) => 4,
        Finding::Unfit(_) if model.studies.latest[4] == number => 4,
        Finding::Hits { .. } | Finding::Unfit(_) => 0,
        Finding::Notes(..) => 1,
        Finding::Coverage(_) => 2,
        Finding::Survey(_) => 3,
    };
    if model.studies.latest[sort] != number {
        return;
    }
    match (sort, &mut model.desk) {
        (0 | 1, Some(desk)) if model.find.open => find::take(&mut model.find, desk, finding),
        (2 | 3, _) => show::take(model, number, finding),
        (4, _) => redraft::compared(model, number, finding),
        _ => {}
    }
}
