//! Which rows are chosen beside the picked one. May use: `domain`, `app`.
//!
//! Invariant: the picked annotation is the first of those chosen and never among the others; where
//! others are chosen, one is picked; all of them exist.

use std::collections::BTreeSet;

use crate::app::Desk;
use crate::domain::{Id, Project};

/// The rows that are chosen beside the picked one.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    also: BTreeSet<Id>,
    /// Where choosing a stretch began.
    anchor: Option<Id>,
    revision: u64,
}

impl Chosen {
    /// Whether there are any beside the picked one.
    pub fn are_several(&self) -> bool {
        !self.also.is_empty()
    }

    /// Those beside the picked one.
    pub const fn also(&self) -> &BTreeSet<Id> {
        &self.also
    }

    /// Changes when they do.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Keeps the picked one only.
    pub fn let_go(&mut self) {
        self.set(BTreeSet::new(), None);
    }

    fn set(&mut self, also: BTreeSet<Id>, anchor: Option<Id>) {
        (self.also, self.anchor) = (also, anchor);
        self.revision += 1;
    }

    /// Drops those that do not exist any more. One of the others is picked where the picked one is
    /// gone.
    pub(in crate::app) fn follow(&mut self, project: &Project, picked: &mut Option<Id>) {
        if self.also.is_empty() {
            return;
        }
        self.also.retain(|id| project.annotations.contains_key(id));
        if picked.is_none() {
            *picked = self.also.pop_first();
        }
        self.revision += 1;
    }

    /// Drops those that are not so.
    fn keep(&mut self, is_so: impl Fn(Id) -> bool) {
        self.also.retain(|id| is_so(*id));
        self.revision += 1;
    }
}

impl Desk {
    /// How many annotations are chosen, the picked one included.
    pub fn chosen_count(&self) -> usize {
        usize::from(self.picked.is_some()) + self.chosen.also.len()
    }

    /// All that are chosen, the picked one first.
    pub fn chosen_ids(&self) -> Vec<Id> {
        self.picked.into_iter().chain(self.chosen.also.iter().copied()).collect()
    }

    /// Whether a row is chosen.
    pub fn is_chosen(&self, id: Id) -> bool {
        self.picked == Some(id) || self.chosen.also.contains(&id)
    }

    /// Chooses a row too; one that is chosen, not any more.
    pub(super) fn choose_also(&mut self, id: Id) {
        if !self.project.annotations.contains_key(&id) {
            return;
        }
        let mut also = std::mem::take(&mut self.chosen.also);
        let mut anchor = Some(id);
        if self.picked == Some(id) {
            self.picked = also.pop_last();
            anchor = self.picked;
        } else if !also.remove(&id) {
            also.extend(self.picked.replace(id));
        }
        self.chosen.set(also, anchor);
        self.say_chosen();
    }

    /// Chooses all rows from where choosing began to this one.
    pub(super) fn choose_through(&mut self, id: Id) {
        let from = self.chosen.anchor.or(self.picked).unwrap_or(id);
        let ids = self.list.between(&self.places, from, id);
        if ids.is_empty() {
            return;
        }
        self.picked = Some(id);
        self.chosen.set(ids.into_iter().filter(|other| *other != id).collect(), Some(from));
        self.say_chosen();
    }

    /// Chooses every row that is shown.
    pub(super) fn choose_all(&mut self) {
        let mut ids: BTreeSet<Id> = self.list.shown(&self.places).collect();
        self.picked =
            self.picked.filter(|id| ids.contains(id)).or_else(|| self.list.shown(&self.places).next());
        if let Some(picked) = self.picked {
            ids.remove(&picked);
        }
        self.chosen.set(ids, self.picked);
        self.say_chosen();
    }

    /// Shows what fits a query only. Of those chosen, the ones that are not shown are let go, so that
    /// nothing unseen is changed with them.
    pub(super) fn filter(&mut self, text: String) {
        self.list.filter(&self.project, text);
        self.let_unseen_go();
    }

    /// Shows what rests on a source only.
    pub(in crate::app) fn narrow(&mut self, source: Option<Id>) {
        self.rests_on = source;
        self.list.narrow(&self.project, source);
        self.let_unseen_go();
    }

    fn let_unseen_go(&mut self) {
        if self.chosen.are_several() {
            let list = &self.list;
            self.chosen.keep(|id| list.holds(id));
            if self.picked.is_some_and(|id| !self.list.holds(id)) {
                self.picked = self.chosen.also.pop_first().or(self.picked);
            }
        }
    }

    fn say_chosen(&mut self) {
        self.said = format!("{} selected", self.chosen_count());
    }
}
