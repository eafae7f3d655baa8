//! What differs between two states of one project: what came, went and changed, by whom and when.
//!
//! May use: std, the rest of `domain`. The report of a merge, `proofmark diff` and "what changed since
//! I last looked" all ask here. Invariants: it is pure and looks only at what is not the same record;
//! every record that differs is told or counted; nothing is told twice. Who and when come from the
//! entries that one state's logs have and the other's have not, so no clock decides anything.
//! Known limit: a mark that moved because the text before it changed is only counted.

pub mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::annotation::{
    AnnotationField, AnnotationValue, ContactValue, EvidenceField, EvidenceValue, SignOffField, SignOffValue,
    SpanField, SpanValue,
};
use super::article::TextEntry;
use super::clash::{ClashField, ClashValue};
use super::id::Id;
use super::log::{self, Entry, Record, Value};
use super::project::{AboutValue, Checker};
use super::{Annotation, Article, Project};

/// An entry that only one of the two states has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub entry: Id,
    /// When, by the clock of whoever made it.
    pub when: Timestamp,
    /// Who.
    pub by: Arc<str>,
}

impl Made {
    /// What an entry says of its making.
    pub fn of<V: Value>(entry: &Entry<V>) -> Self {
        Self { entry: entry.id, when: entry.when, by: entry.by.clone() }
    }

    /// The same of an edit of the text.
    pub fn of_text(entry: &TextEntry) -> Self {
        Self { entry: entry.id, when: entry.when, by: entry.by.clone() }
    }
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is new, and removed already.
    Passing,
    /// It was there and is there, with other values.
    Changed,
    /// It was removed.
    Removed,
    /// It had been removed and is there again.
    BroughtBack,
    /// The new state does not know it: it is the older one, or another copy.
    Missing,
}

/// A field that has another value, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange<V: Value> {
    /// Which.
    pub field: V::Field,
    /// Its value before: several where it was undecided, none where the record was not there.
    pub before: Vec<V>,
    /// Its value after, likewise.
    pub after: Vec<V>,
    /// The entries about it that only the new state has.
    pub made: Vec<Made>,
    /// The entries about it that only the old state has.
    pub unmade: Vec<Made>,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange<V: Value> {
    /// Its id.
    pub id: Id,
    /// What became of it.
    pub fate: Fate,
    /// The entries of its making, its removal or its return, where that is its fate.
    pub made: Vec<Made>,
    /// What differs in it; of one that was added, every value that was set.
    pub fields: Vec<FieldChange<V>>,
}

/// An annotation that differs, with what differs inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationChange {
    /// Itself.
    pub own: RecordChange<AnnotationValue>,
    /// Its spans.
    pub spans: Vec<RecordChange<SpanValue>>,
    /// Its evidence.
    pub evidence: Vec<RecordChange<EvidenceValue>>,
    /// Attempts to reach it.
    pub contacts: Vec<RecordChange<ContactValue>>,
    /// Its sign-offs.
    pub sign_offs: Vec<RecordChange<SignOffValue>>,
    /// What joining copies found to need a look.
    pub clashes: Vec<RecordChange<ClashValue>>,
}

/// What differs in the text. Which words, [`texts::passages`] tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextChange {
    /// Whether the words differ.
    pub differs: bool,
    /// The entries that only the new state has.
    pub made: Vec<Made>,
    /// The entries that only the old state has.
    pub unmade: Vec<Made>,
}

/// What differs between two states of one project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Title and details.
    pub details: Vec<FieldChange<AboutValue>>,
    /// The text.
    pub text: TextChange,
    /// The annotations that were there already, or are new, by id.
    pub annotations: Vec<AnnotationChange>,
    /// Checkers that are new, and those that are not there any more.
    pub checkers: (Vec<Checker>, Vec<Checker>),
    /// Whether one of the two is a redacted copy and the other is whole.
    pub redaction: bool,
    /// How many dismissed suggestions only one of the two has.
    pub dismissed: usize,
    /// How many records have other places or further entries, and the same values.
    pub silent: usize,
}

impl Differences {
    /// Whether the two states are the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many annotations had this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.annotations.iter().filter(|change| change.own.fate == fate).count()
    }
}

/// What leads from one state of a project to another.
pub fn differences(old: &Project, new: &Project) -> Differences {
    let mut found = Differences::default();
    if !same(&old.about, &new.about) {
        let born: &[super::project::AboutField] = &[];
        match record(Some(&*old.about), Some(&*new.about), born, |_, _| false) {
            Some(change) => found.details = change.fields,
            None => found.silent += 1,
        }
    }
    if !same(&old.article, &new.article) {
        found.text = text(&old.article, &new.article);
        found.silent += usize::from(found.text == TextChange::default());
    }
    found.redaction = old.is_redacted() != new.is_redacted();
    let ids = |state: &Project| -> Vec<Id> {
        state.annotations.keys().chain(state.removed.keys()).copied().collect()
    };
    let known = ids(new);
    let lost = ids(old).into_iter().filter(|id| new.record(*id).is_none());
    for id in known.into_iter().chain(lost) {
        let (before, after) = (old.record(id), new.record(id));
        if let (Some(a), Some(b)) = (before, after)
            && same(a, b)
        {
            continue;
        }
        match annotation(before.map(AsRef::as_ref), after.map(AsRef::as_ref)) {
            Some(change) => found.annotations.push(change),
            None => found.silent += 1,
        }
    }
    if !same(&old.checkers, &new.checkers) {
        let only = |a: &BTreeSet<Checker>, b: &BTreeSet<Checker>| a.difference(b).cloned().collect();
        found.checkers = (only(&new.checkers, &old.checkers), only(&old.checkers, &new.checkers));
    }
    if !same(&old.dismissed, &new.dismissed) {
        found.dismissed = old.dismissed.symmetric_difference(&new.dismissed).count();
    }
    found
}

fn same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

fn text(old: &Article, new: &Article) -> TextChange {
    let only = |a: &Article, b: &Article| -> Vec<Made> {
        let known: BTreeSet<Id> = b.log.iter().map(|entry| entry.id).collect();
        // An entry of nobody only joins others.
        let fresh = a.log.iter().filter(|entry| !known.contains(&entry.id) && !entry.by.is_empty());
        fresh.map(Made::of_text).collect()
    };
    TextChange { differs: old.text != new.text, made: only(new, old), unmade: only(old, new) }
}

fn annotation(old: Option<&Annotation>, new: Option<&Annotation>) -> Option<AnnotationChange> {
    // One that somebody removed is kept while it is open whether it is to be.
    let own = record_as(old, new, &[AnnotationField::Kind], |_, _| false, Annotation::is_removed);
    macro_rules! children {
        ($list:ident, $born:expr, $moved:expr) => {
            children(
                old.map(|a| a.$list.as_slice()).unwrap_or_default(),
                new.map(|a| a.$list.as_slice()).unwrap_or_default(),
                $born,
                $moved,
            )
        };
    }
    let spans = children!(spans, &[SpanField::Place], moved_with_the_text);
    let evidence = children!(evidence, &[EvidenceField::Stance], |_, _| false);
    let contacts = children!(contacts, &[], |_, _| false);
    let sign_offs = children!(sign_offs, &[SignOffField::Name], |_, _| false);
    let clashes = children!(clashes, &[ClashField::Sort], |_, _| false);
    let quiet = spans.is_empty() && evidence.is_empty() && contacts.is_empty() && sign_offs.is_empty();
    if own.is_none() && quiet && clashes.is_empty() {
        return None;
    }
    let id = new.or(old).map(|a| a.id).unwrap_or_default();
    let unchanged = RecordChange { id, fate: Fate::Changed, made: Vec::new(), fields: Vec::new() };
    Some(AnnotationChange { own: own.unwrap_or(unchanged), spans, evidence, contacts, sign_offs, clashes })
}

/// Whether a span has the same words and stands elsewhere only because the text before it changed.
fn moved_with_the_text(old: &SpanValue, new: &SpanValue) -> bool {
    match (old, new) {
        (SpanValue::Place(old), SpanValue::Place(new)) => {
            old.quote == new.quote && old.at.is_some() == new.at.is_some()
        }
        _ => false,
    }
}

type FieldOf<R> = <<R as Record>::Value as Value>::Field;

fn children<'a, R: Record>(
    old: &'a [R],
    new: &'a [R],
    born: &[FieldOf<R>],
    moved: impl Fn(&R::Value, &R::Value) -> bool + Copy,
) -> Vec<RecordChange<R::Value>> {
    if old == new {
        return Vec::new();
    }
    let by_id = |list: &'a [R]| -> BTreeMap<Id, &'a R> { list.iter().map(|one| (one.id(), one)).collect() };
    let (known, kept) = (by_id(old), by_id(new));
    let here = new.iter().map(|after| (known.get(&after.id()).copied(), Some(after)));
    let lost =
        old.iter().filter(|before| !kept.contains_key(&before.id())).map(|before| (Some(before), None));
    here.chain(lost)
        .filter(|(before, after)| before != after)
        .filter_map(|(before, after)| record(before, after, born, moved))
        .collect()
}

/// What differs in one record; nothing where every value is the same. `born` are the fields that a
/// new record is told with even where nobody set them.
fn record<R: Record>(
    old: Option<&R>,
    new: Option<&R>,
    born: &[FieldOf<R>],
    moved: impl Fn(&R::Value, &R::Value) -> bool,
) -> Option<RecordChange<R::Value>> {
    let is_removed = |record: &R| record.get(R::REMOVED) == Some(R::removal(true));
    record_as(old, new, born, moved, is_removed)
}

/// The same where it counts as removed for other reasons.
fn record_as<R: Record>(
    old: Option<&R>,
    new: Option<&R>,
    born: &[FieldOf<R>],
    moved: impl Fn(&R::Value, &R::Value) -> bool,
    is_removed: impl Fn(&R) -> bool,
) -> Option<RecordChange<R::Value>> {
    let one = new.or(old)?;
    let fate = match (old.map(&is_removed), new.map(&is_removed)) {
        (_, None) => Fate::Missing,
        (None, Some(true)) => Fate::Passing,
        (None, Some(false)) => Fate::Added,
        (Some(false), Some(true)) => Fate::Removed,
        (Some(true), Some(false)) => Fate::BroughtBack,
        _ => Fate::Changed,
    };
    let (came, went) = (fresh(new, old), fresh(old, new));
    let mut fields = Vec::new();
    for field in R::FIELDS {
        let values = |state: Option<&R>| state.map(|one| log::values(one, *field)).unwrap_or_default();
        let (before, after) = (values(old), values(new));
        let told_by_its_fate = *field == R::REMOVED && fate != Fate::Changed && after.len() < 2;
        if before == after || told_by_its_fate {
            continue;
        }
        let was_set =
            one.log().iter().any(|entry| entry.field == *field) || before.len().max(after.len()) > 1;
        if (old.is_none() || new.is_none()) && !born.contains(field) && !was_set {
            continue;
        }
        let (made, unmade) = (about(&came, *field), about(&went, *field));
        let has_moved = made.is_empty()
            && unmade.is_empty()
            && matches!((&before[..], &after[..]), ([a], [b]) if moved(a, b));
        if !has_moved {
            fields.push(FieldChange { field: *field, before, after, made, unmade });
        }
    }
    let made = match fate {
        Fate::Changed if fields.is_empty() => return None,
        Fate::Changed => Vec::new(),
        Fate::Missing => about(&went, R::CREATED),
        Fate::Added => about(&came, R::CREATED),
        Fate::Passing | Fate::Removed | Fate::BroughtBack => about(&came, R::REMOVED),
    };
    Some(RecordChange { id: one.id(), fate, made, fields })
}

/// The entries that only the first of two states has.
fn fresh<'a, R: Record>(a: Option<&'a R>, b: Option<&R>) -> Vec<&'a Entry<R::Value>> {
    let known: BTreeSet<Id> = b.map(R::log).unwrap_or_default().iter().map(|entry| entry.id).collect();
    a.map(R::log).unwrap_or_default().iter().filter(|entry| !known.contains(&entry.id)).collect()
}

fn about<V: Value>(entries: &[&Entry<V>], field: V::Field) -> Vec<Made> {
    let about = entries.iter().filter(|entry| entry.field == field);
    about.map(|entry| Made::of(entry)).collect()
}
