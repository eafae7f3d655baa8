//! Undo and redo.
//!
//! May use: the rest of `domain`. Invariant: a step whose entries are not in the file yet is taken
//! back by swapping its sides, which gives the very same state; one that was written is taken back
//! by further entries, for what another copy may have seen must never vanish from a log. Redo is
//! the same the other way round. Known limit: the history is of this session only.

use super::change::{Stale, Transaction};
use super::log::Stamp;
use super::project::Project;

#[derive(Clone, Debug)]
struct Step {
    transaction: Transaction,
    /// Whether applying it added entries (true) or took entries out (false).
    adds: bool,
    /// Whether the entries that it added are in the file.
    written: bool,
    /// The state before and after it, as numbers.
    before: u64,
    after: u64,
}

/// What was done and undone since the project was opened.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    state: u64,
    last: u64,
    saved: u64,
}

impl History {
    /// A history of a project that was just made and is in no file.
    pub fn unsaved() -> Self {
        Self { saved: u64::MAX, ..Self::default() }
    }

    /// Applies a transaction and remembers it. An empty one is no step.
    pub fn commit(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), Stale> {
        if transaction.is_empty() {
            return Ok(());
        }
        project.apply(&transaction)?;
        let before = self.state;
        let after = self.advance();
        self.done.push(Step { transaction, adds: true, written: false, before, after });
        self.undone.clear();
        Ok(())
    }

    /// Takes back the last step.
    pub fn undo(&mut self, project: &mut Project, stamp: &mut Stamp) -> Result<(), Stale> {
        let Some(step) = self.done.pop() else { return Ok(()) };
        match self.reverse(project, &step, stamp) {
            Ok(opposite) => self.undone.push(opposite),
            Err(stale) => {
                self.done.push(step);
                return Err(stale);
            }
        }
        Ok(())
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, project: &mut Project, stamp: &mut Stamp) -> Result<(), Stale> {
        let Some(step) = self.undone.pop() else { return Ok(()) };
        match self.reverse(project, &step, stamp) {
            Ok(opposite) => self.done.push(opposite),
            Err(stale) => {
                self.undone.push(step);
                return Err(stale);
            }
        }
        Ok(())
    }

    fn reverse(&mut self, project: &mut Project, step: &Step, stamp: &mut Stamp) -> Result<Step, Stale> {
        let wanted = step.transaction.clone().invert();
        // Swapping sides is exact, so it needs the very state that the step led to. That may have
        // gained entries since, where a later step was written and taken back.
        let by_entries = (step.adds && step.written) || self.state != step.after;
        let transaction = if by_entries { project.compensation(wanted, stamp) } else { wanted };
        project.apply(&transaction)?;
        let before = self.state;
        if !by_entries {
            self.state = step.before;
        } else if !transaction.is_empty() {
            self.advance();
        }
        let adds = by_entries || !step.adds;
        Ok(Step { transaction, adds, written: false, before, after: self.state })
    }

    fn advance(&mut self) -> u64 {
        self.last += 1;
        self.state = self.last;
        self.state
    }

    /// Notes that what the last step brought is in a file already: somebody else wrote it there.
    pub fn is_in_file(&mut self) {
        if let Some(step) = self.done.last_mut() {
            step.written |= step.adds;
        }
    }

    /// The number of the present state: equal numbers mean equal states.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// Whether the present state is not the saved one.
    pub fn is_dirty(&self) -> bool {
        self.state != self.saved
    }

    /// Notes that the present state is being written: to be called when its bytes are made. From
    /// then on its entries may be in a file, even before the answer comes or where it never does,
    /// so that what is taken back meanwhile is taken back by further entries.
    pub fn writing(&mut self) {
        for step in self.done.iter_mut().chain(&mut self.undone) {
            step.written |= step.adds;
        }
    }

    /// Notes that state `state` is in the file, and so are the steps that led to it. For one that
    /// was written in the background, [`History::writing`] noted them in time.
    pub fn saved(&mut self, state: u64) {
        self.saved = state;
        if state == self.state {
            self.writing();
        } else if let Some(last) = self.done.iter().rposition(|step| step.after == state) {
            self.done[..=last].iter_mut().for_each(|step| step.written |= step.adds);
        }
    }

    /// The transaction that undo would take back.
    pub fn next_undo(&self) -> Option<&Transaction> {
        self.done.last().map(|step| &step.transaction)
    }

    /// The transaction that redo would do again.
    pub fn next_redo(&self) -> Option<&Transaction> {
        self.undone.last().map(|step| &step.transaction)
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.transaction.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.transaction.label.as_str())
    }
}
