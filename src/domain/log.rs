//! Records with a log: the one mechanism behind the audit trail, undo and merging.
//!
//! May use: std, serde, jiff's timestamp. A [`Record`] is a set of fields; every change of one is
//! an [`Entry`] that names the entries whose values it overwrites, and those values. The value
//! after stands in the entries that replace it, or in the record itself. A field's *heads* are the
//! entries that nothing replaces: one head (or several that agree) is the value, several that
//! differ are a conflict, kept with all its values.
//!
//! Invariant: [`union`] is commutative, associative and idempotent and loses no entry, whatever
//! the clocks said; it needs neither a base nor an order. Every record is created bare: all fields
//! that an entry can set have their default then, but for those that a record is born with.
//! An entry of a redacted copy can be *withheld*: only that it was made is known, and until its
//! values come from another copy the field is as though it had not been made.
//! Known limit: a value changed by hand in a file, without an entry, is seen only where the field
//! was never changed before (see `formats::ron`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::Id;
pub(crate) use super::record::record;

/// Who acts, when, and the ids for what they make: all that comes from outside, as one argument.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The time, to the second.
    pub now: Timestamp,
    /// The checker's name.
    pub by: Arc<str>,
    seed: u128,
}

impl Stamp {
    /// A stamp for one command. `seed` is random, from the operating system; in tests a number.
    pub fn new(now: Timestamp, by: impl Into<Arc<str>>, seed: u128) -> Self {
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        Self { now, by: by.into(), seed }
    }

    /// The next fresh id. The ids of one stamp follow from its seed (SplitMix64, twice).
    pub fn fresh(&mut self) -> Id {
        let mut half = |add: u64| {
            self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
            let mut z = (self.seed >> 64) as u64 ^ (self.seed as u64).wrapping_add(add);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            u128::from(z ^ (z >> 31))
        };
        Id::from_bits(half(1) << 64 | half(2))
    }
}

/// A value of one field of one sort of record. Its variant says which field.
pub trait Value: Clone + Debug + Ord {
    /// The names of the fields.
    type Field: Copy + Debug + Ord + 'static;
    /// The field this value belongs to.
    fn field(&self) -> Self::Field;
}

/// One line of a record's history.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(bound(
    serialize = "V: Serialize, V::Field: Serialize",
    deserialize = "V: Deserialize<'de>, V::Field: Deserialize<'de>"
))]
pub struct Entry<V: Value> {
    /// Random, the same in every copy.
    pub id: Id,
    /// When it was made, by the clock of the machine that made it. Shown, never trusted.
    pub when: Timestamp,
    /// The name of the person who made it.
    pub by: Arc<str>,
    /// Which field it set, or that it created the record.
    pub field: V::Field,
    /// The entries whose values it overwrote. Empty for the creation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Id>,
    /// Those values, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<V>,
    /// Neither what it set nor what it overwrote is known in this copy.
    #[serde(default, skip_serializing_if = "is_default")]
    pub withheld: bool,
}

/// One of several values that a field has at once, because two people set it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Head<V> {
    /// The entry that set it.
    pub entry: Id,
    /// What it set.
    pub value: V,
}

/// A record's log and its conflicts.
pub type Parts<'a, V> = (&'a mut Vec<Entry<V>>, &'a mut Vec<Head<V>>);

/// Something with fields and a log. Implemented by the macro `record!` only.
pub trait Record: Clone + Debug + PartialEq {
    /// A value of one of its fields.
    type Value: Value;
    /// The field that stands for the record's creation.
    const CREATED: <Self::Value as Value>::Field;
    /// The field that says whether the record is removed.
    const REMOVED: <Self::Value as Value>::Field;
    /// Every field that an entry can set.
    const FIELDS: &'static [<Self::Value as Value>::Field];

    /// The value that removes the record, or brings it back.
    fn removal(is_removed: bool) -> Self::Value;
    /// Its id, the same in every copy.
    fn id(&self) -> Id;
    /// Its history, in topological order, ties by id.
    fn log(&self) -> &[Entry<Self::Value>];
    /// The values of fields that have several.
    fn conflicts(&self) -> &[Head<Self::Value>];
    /// The value of a field; nothing for [`Record::CREATED`].
    fn get(&self, field: <Self::Value as Value>::Field) -> Option<Self::Value>;
    /// Sets a field without an entry: for this module and for reading a file.
    fn put(&mut self, value: Self::Value);
    /// The log and the conflicts, for this module and for reading a file.
    fn parts_mut(&mut self) -> Parts<'_, Self::Value>;
    /// Joins the records inside (spans, evidence …) of another copy into these.
    fn join_children(&mut self, other: &Self);
    /// How the records of a list stand: a derived order, never merged.
    fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
        a.id().cmp(&b.id())
    }
}

type FieldOf<R> = <<R as Record>::Value as Value>::Field;

/// The entries that nothing replaces in `field`, by id. The creation counts for every field.
pub fn heads<R: Record>(record: &R, field: FieldOf<R>) -> Vec<Id> {
    let known = || record.log().iter().filter(|e| !e.withheld);
    let of_field = |e: &&Entry<R::Value>| e.field == field || e.field == R::CREATED;
    let replaced: BTreeSet<Id> =
        known().filter(|e| e.field == field).flat_map(|e| e.replaces.iter().copied()).collect();
    let all = known().filter(of_field).map(|e| e.id);
    let mut heads: Vec<Id> = all.filter(|id| !replaced.contains(id)).collect();
    heads.sort_unstable();
    heads
}

/// The value that entry `id` gave to `field`, as this copy knows it.
pub fn value_after<R: Record>(record: &R, field: FieldOf<R>, id: Id) -> Option<R::Value> {
    let known = record.log().iter().filter(|e| e.field == field).find_map(|e| {
        let place = e.replaces.iter().position(|r| *r == id)?;
        e.before.get(place).cloned()
    });
    known
        .or_else(|| {
            let open = record.conflicts().iter().find(|h| h.entry == id && h.value.field() == field);
            open.map(|h| h.value.clone())
        })
        .or_else(|| {
            let mine = record.log().iter().any(|e| e.id == id && !e.withheld);
            if mine { record.get(field) } else { None }
        })
}

/// The value of a field; all of them, by value, where it has several.
pub fn values<R: Record>(record: &R, field: FieldOf<R>) -> Vec<R::Value> {
    let open: Vec<R::Value> = contested(record, field).into_iter().collect();
    if open.is_empty() { record.get(field).into_iter().collect() } else { open }
}

/// Sets a field and writes the entry that says so. Nothing happens where the value is the same
/// already and not in conflict. Setting a field resolves its conflict.
pub fn set<R: Record>(record: &mut R, value: R::Value, stamp: &mut Stamp) -> bool {
    let field = value.field();
    let contested = record.conflicts().iter().any(|h| h.value.field() == field);
    if !contested && record.get(field).as_ref() == Some(&value) {
        return false;
    }
    let entry = replacing(record, field, stamp);
    let (log, conflicts) = record.parts_mut();
    insert(log, entry);
    conflicts.retain(|h| h.value.field() != field);
    record.put(value);
    true
}

/// An entry that overwrites whatever a field holds now.
fn replacing<R: Record>(record: &R, field: FieldOf<R>, stamp: &mut Stamp) -> Entry<R::Value> {
    let known = heads(record, field).into_iter().filter_map(|id| Some((id, value_after(record, field, id)?)));
    let (replaces, before) = known.unzip();
    let (id, when, by) = (stamp.fresh(), stamp.now, stamp.by.clone());
    Entry { id, when, by, field, replaces, before, withheld: false }
}

/// Gives a field several values again: how the decision of a conflict is taken back.
fn reopen<R: Record>(record: &mut R, field: FieldOf<R>, values: BTreeSet<R::Value>, stamp: &mut Stamp) {
    let mut open = Vec::new();
    let first = replacing(record, field, stamp);
    for value in values {
        let id = if open.is_empty() { first.id } else { stamp.fresh() };
        open.push((Entry { id, ..first.clone() }, value));
    }
    open.sort_by_key(|(entry, _)| entry.id);
    if let Some((_, value)) = open.first() {
        record.put(value.clone());
    }
    let (log, conflicts) = record.parts_mut();
    conflicts.retain(|h| h.value.field() != field);
    for (entry, value) in open {
        conflicts.push(Head { entry: entry.id, value });
        insert(log, entry);
    }
    conflicts.sort_by_key(|h| (h.value.field(), h.entry));
}

/// The values that a field has at once, where two people set it; else none.
fn contested<R: Record>(record: &R, field: FieldOf<R>) -> BTreeSet<R::Value> {
    let of_field = record.conflicts().iter().filter(|h| h.value.field() == field);
    of_field.map(|h| h.value.clone()).collect()
}

/// The entry that creates a record.
pub fn creation<V: Value>(field: V::Field, stamp: &mut Stamp) -> Vec<Entry<V>> {
    let (id, when, by) = (stamp.fresh(), stamp.now, stamp.by.clone());
    vec![Entry { id, when, by, field, replaces: Vec::new(), before: Vec::new(), withheld: false }]
}

/// Sets every field of `record` that differs to its value in `target`: how a change that is in the
/// file already is taken back, by further entries. A conflict that was decided since is open again
/// then. Records inside are the caller's work.
pub fn set_all<R: Record>(record: &mut R, target: &R, stamp: &mut Stamp) {
    for field in R::FIELDS {
        set_as(record, target, *field, stamp);
    }
}

/// Sets one field to its value in `target`, or to its values where it is in conflict there.
/// What the target does not know is left alone.
pub fn set_as<R: Record>(record: &mut R, target: &R, field: FieldOf<R>, stamp: &mut Stamp) {
    if target.log().iter().any(|e| e.withheld && e.field == field) {
        return;
    }
    let (mine, wanted) = (contested(record, field), contested(target, field));
    if !wanted.is_empty() {
        if mine != wanted {
            reopen(record, field, wanted, stamp);
        }
    } else if let Some(value) = target.get(field) {
        set(record, value, stamp);
    }
}

/// Joins two copies of one record from their logs alone. See the head of this file for the laws.
pub fn union<R: Record>(a: &R, b: &R) -> R {
    let mut entries: BTreeMap<Id, Entry<R::Value>> = BTreeMap::new();
    for entry in a.log().iter().chain(b.log()) {
        // The same id means the same entry; should a hand have changed one, the choice between
        // the two may depend on nothing but the two. One that is known comes before one that is not.
        let kept = entries.entry(entry.id).or_insert_with(|| entry.clone());
        if (!kept.withheld, &*kept) < (!entry.withheld, entry) {
            *kept = entry.clone();
        }
    }
    let mut joined = a.clone();
    {
        let (log, conflicts) = joined.parts_mut();
        *log = entries.into_values().collect();
        sort(log);
        conflicts.clear();
    }
    let told: BTreeSet<FieldOf<R>> = joined.log().iter().map(|entry| entry.field).collect();
    for field in R::FIELDS {
        // What nobody ever set is the same in both, and need not be looked for in the logs.
        if !told.contains(field) && a.get(*field) == b.get(*field) {
            continue;
        }
        let mut found: Vec<Head<R::Value>> = Vec::new();
        for entry in heads(&joined, *field) {
            let values = [value_after(a, *field, entry), value_after(b, *field, entry)];
            if let Some(value) = values.into_iter().flatten().max() {
                found.push(Head { entry, value });
            }
        }
        let Some(first) = found.first().cloned() else { continue };
        if found.iter().any(|head| head.value != first.value) {
            joined.parts_mut().1.extend(found);
        }
        joined.put(first.value);
    }
    joined.join_children(b);
    joined
}

/// Joins two lists of records by id, in the order of their sort.
pub fn union_lists<R: Record>(a: &[R], b: &[R]) -> Vec<R> {
    if a == b && a.is_sorted_by(|one, other| R::order(one, other).is_le()) {
        return a.to_vec();
    }
    let mut by_id: BTreeMap<Id, R> = a.iter().map(|r| (r.id(), r.clone())).collect();
    for record in b {
        let joined = match by_id.get(&record.id()) {
            Some(mine) if mine == record => continue,
            Some(mine) => union(mine, record),
            None => record.clone(),
        };
        by_id.insert(record.id(), joined);
    }
    let mut all: Vec<R> = by_id.into_values().collect();
    all.sort_by(R::order);
    all
}

/// Puts an entry that nothing replaces yet where [`sort`] would: nothing waits for it, so the others
/// keep their order, and it stands before the first that could have waited and has a greater id.
fn insert<V: Value>(log: &mut Vec<Entry<V>>, entry: Entry<V>) {
    let replaced = log.iter().rposition(|e| entry.replaces.contains(&e.id)).map_or(0, |last| last + 1);
    let place = log[replaced..].iter().position(|e| e.id > entry.id).map_or(log.len(), |i| replaced + i);
    log.insert(place, entry);
}

/// Puts entries into topological order (what is replaced first), ties by id.
pub fn sort<V: Value>(log: &mut Vec<Entry<V>>) {
    if log.windows(2).all(|w| w[0].id < w[1].id) && log.iter().all(|e| e.replaces.is_empty()) {
        return;
    }
    let mut waiting: BTreeMap<Id, Entry<V>> = log.drain(..).map(|e| (e.id, e)).collect();
    // For each entry, those that wait for it, and for how many it waits itself.
    let mut followers: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let mut open: BTreeMap<Id, usize> = BTreeMap::new();
    for (id, entry) in &waiting {
        let known = entry.replaces.iter().filter(|r| *r != id && waiting.contains_key(r));
        let known: BTreeSet<Id> = known.copied().collect();
        open.insert(*id, known.len());
        for first in known {
            followers.entry(first).or_default().push(*id);
        }
    }
    let mut free: BTreeSet<Id> = open.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    // A circle can only come from a hostile file; reading refuses it, and here it ends.
    while let Some(next) = free.pop_first().or_else(|| waiting.keys().next().copied()) {
        log.extend(waiting.remove(&next));
        for follower in followers.remove(&next).unwrap_or_default() {
            if let Some(count) = open.get_mut(&follower).filter(|count| **count > 0) {
                *count -= 1;
                if *count == 0 && waiting.contains_key(&follower) {
                    free.insert(follower);
                }
            }
        }
    }
}

/// Makes every entry of a field one of which only is known that it was made, and the field what it
/// was at the record's creation; `first` is that value.
pub(super) fn withhold<R: Record>(record: &mut R, first: R::Value) {
    let field = first.field();
    let (log, conflicts) = record.parts_mut();
    for entry in log.iter_mut().filter(|entry| entry.field == field) {
        entry.before.clear();
        entry.withheld = true;
    }
    conflicts.retain(|head| head.value.field() != field);
    record.put(first);
}

/// Whether a value is the default one and so need not be written.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
