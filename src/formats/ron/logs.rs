//! Logs as a file has them: made sound, and compared with the fields they speak of.
//!
//! May use: `domain`. Invariant: afterwards every log has a creation, unique ids, pairs of
//! `replaces` and `before` that fit, no circle, and stands in its one order; an entry that is
//! withheld has no `before`; an entry is dropped only where the very same one stands there twice. Known limits: a value changed by hand is seen
//! only where no entry had set that field; a deleted entry is not seen at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use jiff::Timestamp;

use super::validate::Check;
use crate::domain::Id;
use crate::domain::annotation::{Annotation, AnnotationSpan, Contact, Evidence, SignOff};
use crate::domain::clash::Clash;
use crate::domain::log::{self, Entry, Record, Stamp, Value};
use crate::domain::project::About;

type Field<R> = <<R as Record>::Value as Value>::Field;

/// A record as it was at its creation: what it has without any entry.
pub(super) trait Bare: Record {
    /// The same with every field that has a default at its default.
    fn bare(&self, stamp: &mut Stamp) -> Self;
}

impl Bare for About {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp)
    }
}
impl Bare for Annotation {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp, self.kind)
    }
}
impl Bare for AnnotationSpan {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp, self.place.clone())
    }
}
impl Bare for Evidence {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp)
    }
}
impl Bare for Contact {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp)
    }
}
impl Bare for SignOff {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp, self.name.clone(), self.at, self.covers.clone())
    }
}

impl Bare for Clash {
    fn bare(&self, stamp: &mut Stamp) -> Self {
        Self::create(stamp, self.sort, self.between.clone())
    }
}

/// Makes a record's log sound and tells what was done. `what` names the record in a sentence.
pub(super) fn mend<R: Bare>(record: &mut R, what: &dyn Display, about: Option<Id>, check: &mut Check<'_>)
where
    Field<R>: std::fmt::Debug,
{
    let mut log = std::mem::take(record.parts_mut().0);
    unique(&mut log, what, about, check);
    pairs(&mut log, what, about, check);
    let circle = sort(&mut log);
    if !circle.is_empty() {
        for entry in &mut log {
            if circle.contains(&entry.id) {
                keep_pairs(entry, |target, _| !circle.contains(&target));
            }
        }
        sort(&mut log);
        check.mended(
            about,
            format!("Entries in the log of {what} replaced each other in a circle; they no longer do."),
        );
    }
    *record.parts_mut().0 = log;
    for entry in record.parts_mut().0.iter_mut().filter(|entry| entry.withheld && entry.field == R::CREATED) {
        entry.withheld = false;
        check.mended(
            about,
            format!("The creation of {what} was marked as withheld, which cannot be; it no longer is."),
        );
    }
    if record.log().iter().all(|entry| entry.field != R::CREATED) {
        let new = log::creation(R::CREATED, check.stamp);
        let log = record.parts_mut().0;
        log.extend(new);
        sort(log);
        check.mended(about, format!("The log of {what} has no creation; one was added."));
    }
    fields(record, what, about, check);
}

/// Gives the second of two entries of one id a new one; the very same entry is kept once.
fn unique<V: Value>(log: &mut Vec<Entry<V>>, what: &dyn Display, about: Option<Id>, check: &mut Check<'_>) {
    let ids: BTreeSet<Id> = log.iter().map(|entry| entry.id).collect();
    if ids.len() == log.len() {
        return;
    }
    let mut kept: BTreeMap<Id, Entry<V>> = BTreeMap::new();
    for mut entry in std::mem::take(log) {
        match kept.get(&entry.id) {
            Some(first) if *first == entry => {
                check.mended(about, format!("An entry stands twice in the log of {what}; it is kept once."));
            }
            Some(_) => {
                check.mended(
                    about,
                    format!(
                        "Two entries in the log of {what} have the id {}; the second got a new one.",
                        entry.id
                    ),
                );
                entry.id = check.stamp.fresh();
                kept.insert(entry.id, entry);
            }
            None => {
                kept.insert(entry.id, entry);
            }
        }
    }
    log.extend(kept.into_values());
}

/// Keeps of an entry only the pairs of `replaces` and `before` that pass.
fn keep_pairs<V: Value>(entry: &mut Entry<V>, pass: impl Fn(Id, &V) -> bool) {
    let pairs = std::mem::take(&mut entry.replaces).into_iter().zip(std::mem::take(&mut entry.before));
    (entry.replaces, entry.before) = pairs.filter(|(target, value)| pass(*target, value)).unzip();
}

/// Takes out pairs that cannot be: without a partner, of another field, of the entry itself.
fn pairs<V: Value>(log: &mut [Entry<V>], what: &dyn Display, about: Option<Id>, check: &mut Check<'_>) {
    for entry in log {
        let (id, field) = (entry.id, entry.field);
        if entry.withheld && entry.before.is_empty() && entry.replaces.iter().all(|target| *target != id) {
            continue;
        }
        let mixed = std::mem::take(&mut entry.withheld);
        let fits = !mixed
            && entry.replaces.len() == entry.before.len()
            && entry.replaces.iter().all(|target| *target != id)
            && entry.before.iter().all(|value| value.field() == field);
        if !fits {
            keep_pairs(entry, |target, value| target != id && value.field() == field);
            check.mended(about, format!("The entry {id} in the log of {what} names values that do not fit it; they were taken out."));
        }
    }
}

/// Puts a log into its order, as [`log::sort`] does, but in time that a hostile file cannot
/// stretch; gives the entries of circles, which stay at the end.
fn sort<V: Value>(log: &mut Vec<Entry<V>>) -> BTreeSet<Id> {
    if log.len() < 2 {
        return BTreeSet::new();
    }
    let ids: BTreeSet<Id> = log.iter().map(|entry| entry.id).collect();
    let mut waiting: BTreeMap<Id, (usize, Entry<V>)> = BTreeMap::new();
    let mut after: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let mut free = BTreeSet::new();
    for entry in log.drain(..) {
        let known = entry.replaces.iter().filter(|target| ids.contains(target));
        let mut count = 0;
        for target in known {
            after.entry(*target).or_default().push(entry.id);
            count += 1;
        }
        if count == 0 {
            free.insert(entry.id);
        }
        waiting.insert(entry.id, (count, entry));
    }
    while let Some(id) = free.pop_first() {
        log.extend(waiting.remove(&id).map(|(_, entry)| entry));
        for next in after.remove(&id).unwrap_or_default() {
            if let Some((count, _)) = waiting.get_mut(&next) {
                *count -= 1;
                if *count == 0 {
                    free.insert(next);
                }
            }
        }
    }
    let circle = waiting.keys().copied().collect();
    log.extend(waiting.into_values().map(|(_, entry)| entry));
    circle
}

/// Appends an entry for each field that has another value than at the creation, without an entry
/// that says so: somebody wrote it into the file.
fn fields<R: Bare>(record: &mut R, what: &dyn Display, about: Option<Id>, check: &mut Check<'_>)
where
    Field<R>: std::fmt::Debug,
{
    let mut told: BTreeSet<Field<R>> = record.log().iter().map(|entry| entry.field).collect();
    told.extend(record.conflicts().iter().map(|head| head.value.field()));
    let mut throwaway = Stamp::new(Timestamp::UNIX_EPOCH, "", 0);
    let bare = record.bare(&mut throwaway);
    for field in R::FIELDS {
        if told.contains(field) {
            continue;
        }
        let (Some(now), Some(first)) = (record.get(*field), bare.get(*field)) else { continue };
        if now != first {
            record.put(first);
            log::set(record, now, check.stamp);
            check.mended(
                about,
                format!("{field:?} of {what} was edited outside Proofmark; its log now says so."),
            );
        }
    }
}
