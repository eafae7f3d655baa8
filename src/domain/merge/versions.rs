//! The history of a text as the graph that two copies together know.
//!
//! May use: std, the rest of `domain`. Invariant: only entries that a person made count; an entry that
//! joins others stands for those, so that what a graph says depends on the set of real entries alone.
//! Known limit: a log that a hand changed so that it has two beginnings or a gap is refused.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Refused;
use crate::domain::Id;
use crate::domain::article::TextEntry;

/// Which entries belong to a version: one place for each entry of the graph.
pub(super) type Known = Vec<bool>;

/// Every real entry of one log or of two, each with those that it builds on.
pub(super) struct Versions<'a> {
    /// In topological order, ties by id.
    pub entries: Vec<&'a TextEntry>,
    /// On which each builds, as places in `entries`.
    pub parents: Vec<Vec<usize>>,
    /// Joins that a real entry builds on: they stay in the log.
    pub joins: Vec<&'a TextEntry>,
    index: HashMap<Id, usize>,
}

/// Whether an entry joins others, and was made by no person.
pub(super) fn is_join(entry: &TextEntry) -> bool {
    entry.replaces.len() > 1
}

impl<'a> Versions<'a> {
    /// The graph of some logs.
    pub(super) fn of(logs: &[&'a [TextEntry]]) -> Result<Self, Refused> {
        let mut all: BTreeMap<Id, &TextEntry> = BTreeMap::new();
        for entry in logs.iter().flat_map(|log| log.iter()) {
            // The same id means the same entry: of two that a hand made different, one at least does not
            // lead to the text of its copy.
            if *all.entry(entry.id).or_insert(entry) != entry {
                return Err(Refused::History);
            }
        }
        let mut parents_of: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        let mut used = BTreeSet::new();
        for entry in all.values().filter(|entry| !is_join(entry)) {
            let mut parents = Vec::new();
            for before in &entry.replaces {
                match all.get(before) {
                    Some(join) if is_join(join) => {
                        used.insert(join.id);
                        parents.extend(join.replaces.iter().copied());
                    }
                    Some(_) => parents.push(*before),
                    None => return Err(Refused::History),
                }
            }
            parents_of.insert(entry.id, parents);
        }
        if parents_of.values().filter(|parents| parents.is_empty()).count() != 1 {
            return Err(Refused::OtherArticle);
        }
        let order = in_order(&parents_of);
        let index: HashMap<Id, usize> = order.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut parents = Vec::with_capacity(order.len());
        for id in &order {
            let before = parents_of.get(id).map(Vec::as_slice).unwrap_or_default();
            let places: Option<Vec<usize>> = before.iter().map(|id| index.get(id).copied()).collect();
            parents.push(places.ok_or(Refused::History)?);
        }
        // A circle leaves some out.
        if order.len() != parents_of.len() {
            return Err(Refused::History);
        }
        let entries = order.iter().filter_map(|id| all.get(id).copied()).collect();
        let joins = used.iter().filter_map(|id| all.get(id).copied()).collect();
        Ok(Self { entries, parents, joins, index })
    }

    /// Where an entry stands.
    pub(super) fn place(&self, id: Id) -> Option<usize> {
        self.index.get(&id).copied()
    }

    /// The version of a copy: all that its log knows.
    pub(super) fn known_to(&self, log: &[TextEntry]) -> Known {
        let mut known = vec![false; self.entries.len()];
        for entry in log {
            if let Some(place) = self.place(entry.id) {
                known[place] = true;
            }
        }
        known
    }

    /// What an entry builds on, however far back, and the entry itself.
    pub(super) fn up_to(&self, entry: usize) -> Known {
        let mut known = vec![false; self.entries.len()];
        known[entry] = true;
        // Parents come before their children, so that one way back is enough.
        for place in (0..=entry).rev() {
            if known[place] {
                for parent in &self.parents[place] {
                    known[*parent] = true;
                }
            }
        }
        known
    }

    /// The entries on which none builds, in the order of their ids.
    pub(super) fn heads(&self) -> Vec<usize> {
        let mut is_head = vec![true; self.entries.len()];
        for parent in self.parents.iter().flatten() {
            is_head[*parent] = false;
        }
        let mut heads: Vec<usize> = (0..self.entries.len()).filter(|place| is_head[*place]).collect();
        heads.sort_by_key(|place| self.entries[*place].id);
        heads
    }

    /// Which entries have another beside them that neither knew of. In a history without joins: none.
    pub(super) fn beside_others(&self) -> Known {
        let count = self.entries.len();
        // The first entry that those from here on build on.
        let mut from = vec![count; count + 1];
        for place in (0..count).rev() {
            let first = self.parents[place].iter().copied().min().unwrap_or(count);
            from[place] = from[place + 1].min(first);
        }
        let mut open: BTreeSet<usize> = BTreeSet::new();
        let mut beside = vec![true; count];
        for place in 0..count {
            for parent in &self.parents[place] {
                open.remove(parent);
            }
            open.insert(place);
            beside[place] = open.len() > 1 || from[place + 1] < place;
        }
        beside
    }
}

/// Ids in topological order, ties by id.
pub(super) fn in_order(parents_of: &BTreeMap<Id, Vec<Id>>) -> Vec<Id> {
    let mut children: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let mut waits: BTreeMap<Id, usize> = BTreeMap::new();
    let mut free = BTreeSet::new();
    for (id, parents) in parents_of {
        let known: BTreeSet<&Id> = parents.iter().filter(|parent| parents_of.contains_key(parent)).collect();
        if known.is_empty() {
            free.insert(*id);
        }
        waits.insert(*id, known.len());
        for parent in known {
            children.entry(*parent).or_default().push(*id);
        }
    }
    let mut order = Vec::with_capacity(parents_of.len());
    while let Some(id) = free.pop_first() {
        order.push(id);
        for child in children.remove(&id).unwrap_or_default() {
            if let Some(count) = waits.get_mut(&child) {
                *count -= 1;
                if *count == 0 {
                    free.insert(child);
                }
            }
        }
    }
    order
}
