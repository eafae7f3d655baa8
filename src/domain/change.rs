//! What every feature produces: a transaction of changes, each of which names both its sides.
//!
//! May use: std, the rest of `domain`. Invariant: [`Project::apply`] is the only function that
//! alters a project; it applies all of a transaction or nothing, and refuses one that was made for
//! another state. A transaction inverts by reversing and swapping; applied again, it gives back the
//! very same records, logs included. What is in the file already is taken back by further entries
//! instead ([`Project::compensation`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationSpan, AnnotationValue, Place, SpanValue};
use super::article::{Article, Edit};
use super::id::Id;
use super::log::{self, Record, Stamp};
use super::project::{About, Checker, Dismissed, Project};

/// One record's two sides.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Title and metadata.
    About {
        /// As it was.
        before: Arc<About>,
        /// As it is then.
        after: Arc<About>,
    },
    /// The text.
    Article {
        /// As it was.
        before: Arc<Article>,
        /// As it is then.
        after: Arc<Article>,
    },
    /// An annotation that is added, altered, removed or brought back.
    Annotation {
        /// Which.
        id: Id,
        /// As it was; nothing where it did not exist.
        before: Option<Arc<Annotation>>,
        /// As it is then; nothing where it does not exist any more.
        after: Option<Arc<Annotation>>,
    },
    /// Who checked.
    Checkers {
        /// As it was.
        before: Arc<BTreeSet<Checker>>,
        /// As it is then.
        after: Arc<BTreeSet<Checker>>,
    },
    /// Which suggestions were dismissed.
    Dismissed {
        /// As it was.
        before: Arc<BTreeSet<Dismissed>>,
        /// As it is then.
        after: Arc<BTreeSet<Dismissed>>,
    },
}

impl Change {
    /// The change that takes this one back.
    pub fn invert(self) -> Self {
        match self {
            Self::About { before, after } => Self::About { before: after, after: before },
            Self::Article { before, after } => Self::Article { before: after, after: before },
            Self::Annotation { id, before, after } => Self::Annotation { id, before: after, after: before },
            Self::Checkers { before, after } => Self::Checkers { before: after, after: before },
            Self::Dismissed { before, after } => Self::Dismissed { before: after, after: before },
        }
    }
}

/// Changes that belong together: one step of undo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transaction {
    /// What it does, for the menu: "mark a claim".
    pub label: String,
    /// In order.
    pub changes: Vec<Change>,
}

impl Transaction {
    /// A transaction of one annotation.
    fn of(label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { label: label.into(), changes }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The transaction that takes this one back.
    pub fn invert(self) -> Self {
        Self { label: self.label, changes: self.changes.into_iter().rev().map(Change::invert).collect() }
    }
}

/// The transaction was made for another state of the project; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the project has changed meanwhile; nothing was done")]
pub struct Stale;

fn same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

impl Project {
    /// Applies a transaction, all of it or nothing.
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), Stale> {
        for (done, change) in transaction.changes.iter().enumerate() {
            if self.apply_one(change).is_err() {
                for undone in transaction.changes[..done].iter().rev() {
                    self.apply_one(&undone.clone().invert())?;
                }
                return Err(Stale);
            }
        }
        Ok(())
    }

    fn apply_one(&mut self, change: &Change) -> Result<(), Stale> {
        fn swap<T: PartialEq>(place: &mut Arc<T>, before: &Arc<T>, after: &Arc<T>) -> Result<(), Stale> {
            if !same(place, before) {
                return Err(Stale);
            }
            *place = after.clone();
            Ok(())
        }
        match change {
            Change::About { before, after } => swap(&mut self.about, before, after),
            Change::Article { before, after } => swap(&mut self.article, before, after),
            Change::Checkers { before, after } => swap(&mut self.checkers, before, after),
            Change::Dismissed { before, after } => swap(&mut self.dismissed, before, after),
            Change::Annotation { id, before, after } => {
                let fits = match (self.record(*id), before) {
                    (None, None) => true,
                    (Some(now), Some(before)) => same(now, before),
                    _ => false,
                };
                if !fits {
                    return Err(Stale);
                }
                self.annotations.remove(id);
                self.removed.remove(id);
                if let Some(after) = after {
                    let home = if after.removed { &mut self.removed } else { &mut self.annotations };
                    home.insert(*id, after.clone());
                }
                Ok(())
            }
        }
    }

    /// Marks stretches of the text: one annotation of all of them.
    pub fn mark(&self, kind: super::Kind, spans: &[super::Span], stamp: &mut Stamp) -> (Id, Transaction) {
        let mut annotation = Annotation::create(stamp, kind);
        for span in spans {
            let place = Place::of(&self.article.text, self.article.head(), *span);
            annotation.spans.push(AnnotationSpan::create(stamp, place));
        }
        annotation.sort_spans();
        let id = annotation.id;
        let change = Change::Annotation { id, before: None, after: Some(Arc::new(annotation)) };
        (id, Transaction::of(format!("mark a {}", kind.word()), vec![change]))
    }

    /// Alters one annotation by a function that uses [`log::set`] and pushes records; empty where
    /// nothing changed or the annotation is not there.
    pub fn alter(&self, id: Id, label: &str, change: impl FnOnce(&mut Annotation)) -> Transaction {
        let Some(before) = self.annotations.get(&id) else { return Transaction::default() };
        let mut after = Annotation::clone(before);
        change(&mut after);
        if after == **before {
            return Transaction::default();
        }
        after.sort_spans();
        let change = Change::Annotation { id, before: Some(before.clone()), after: Some(Arc::new(after)) };
        Transaction::of(label, vec![change])
    }

    /// Sets fields of one annotation.
    pub fn set(&self, id: Id, label: &str, values: Vec<AnnotationValue>, stamp: &mut Stamp) -> Transaction {
        self.alter(id, label, |annotation| {
            for value in values {
                log::set(annotation, value, stamp);
            }
        })
    }

    /// Adds a further stretch to an annotation.
    pub fn extend(&self, id: Id, span: super::Span, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "add a span", |annotation| {
            if annotation.placed().all(|had| had != span) {
                let place = Place::of(&self.article.text, self.article.head(), span);
                annotation.spans.push(AnnotationSpan::create(stamp, place));
            }
        })
    }

    /// Removes an annotation; its record is kept.
    pub fn remove(&self, id: Id, stamp: &mut Stamp) -> Transaction {
        let label = self.annotations.get(&id).map(|a| format!("remove a {}", a.kind.word()));
        self.set(id, &label.unwrap_or_default(), vec![AnnotationValue::Removed(true)], stamp)
    }

    /// Sets fields of the title and metadata.
    pub fn describe(&self, values: Vec<super::project::AboutValue>, stamp: &mut Stamp) -> Transaction {
        let mut after = About::clone(&self.about);
        let mut changed = false;
        for value in values {
            changed |= log::set(&mut after, value, stamp);
        }
        let change = Change::About { before: self.about.clone(), after: Arc::new(after) };
        Transaction::of("edit title and details", if changed { vec![change] } else { Vec::new() })
    }

    /// Notes that somebody checks here; empty where they are known.
    pub fn enrol(&self, checker: &Checker) -> Transaction {
        if self.checkers.iter().any(|known| known.name == checker.name) {
            return Transaction::default();
        }
        let mut after = BTreeSet::clone(&self.checkers);
        after.insert(checker.clone());
        let change = Change::Checkers { before: self.checkers.clone(), after: Arc::new(after) };
        Transaction::of("add a checker", vec![change])
    }

    /// Changes the text. Spans move with it: untouched ones by arithmetic and without an entry;
    /// those whose words changed are flagged; those whose words are gone become orphans.
    pub fn edit(&self, edits: Vec<Edit>, stamp: &mut Stamp) -> Result<Transaction, Stale> {
        let article = self.article.edited(edits.clone(), stamp).ok_or(Stale)?;
        let mut changes =
            vec![Change::Article { before: self.article.clone(), after: Arc::new(article.clone()) }];
        for (id, before) in self.annotations.iter().chain(&self.removed) {
            let mut after = Annotation::clone(before);
            let flag = super::mapping::follow(&mut after, &self.article.text, &article, &edits, stamp);
            if let (Some(reason), false) = (flag, after.removed) {
                log::set(&mut after, AnnotationValue::CheckAgain(Some(reason)), stamp);
            }
            if after != **before {
                after.sort_spans();
                changes.push(Change::Annotation {
                    id: *id,
                    before: Some(before.clone()),
                    after: Some(Arc::new(after)),
                });
            }
        }
        Ok(Transaction::of("edit the text", changes))
    }

    /// A transaction that brings about the "after" sides of `wanted` by further entries, where
    /// some entries may stand in the file already: nothing is taken out of any log.
    pub fn compensation(&self, wanted: Transaction, stamp: &mut Stamp) -> Transaction {
        let mut changes = Vec::new();
        let mut head = self.article.head();
        for change in wanted.changes {
            match change {
                Change::About { after: target, .. } => {
                    let mut after = About::clone(&self.about);
                    log::set_all(&mut after, &target, stamp);
                    changes.push(Change::About { before: self.about.clone(), after: Arc::new(after) });
                }
                Change::Article { after: target, .. } => {
                    let known: BTreeSet<Id> = target.log.iter().map(|entry| entry.id).collect();
                    let newer = self.article.log.iter().rev().filter(|entry| !known.contains(&entry.id));
                    let back: Vec<Edit> =
                        newer.flat_map(|entry| entry.edits.iter().rev().map(Edit::invert)).collect();
                    if let Some(article) = self.article.edited(back, stamp) {
                        head = article.head();
                        changes
                            .push(Change::Article { before: self.article.clone(), after: Arc::new(article) });
                    }
                }
                Change::Annotation { id, after: target, .. } => {
                    let Some(before) = self.record(id) else { continue };
                    let mut after = Annotation::clone(before);
                    match target {
                        None => {
                            log::set(&mut after, AnnotationValue::Removed(true), stamp);
                        }
                        Some(target) => compensate_annotation(&mut after, &target, head, stamp),
                    }
                    changes.push(Change::Annotation {
                        id,
                        before: Some(before.clone()),
                        after: Some(Arc::new(after)),
                    });
                }
                // Sets that only grow: what is in the file stays.
                Change::Checkers { .. } | Change::Dismissed { .. } => {}
            }
        }
        // Text first, then what stands on it, in whatever order the wanted changes came.
        changes.sort_by_key(|change| !matches!(change, Change::Article { .. }));
        Transaction::of(wanted.label, changes)
    }
}

/// Brings an annotation back to `target` by entries. Places are taken over with the text entry
/// that they now refer to; one that only moved gets no entry.
fn compensate_annotation(after: &mut Annotation, target: &Annotation, head: Id, stamp: &mut Stamp) {
    fn list<R: Record>(mine: &mut Vec<R>, target: &[R], removal: R::Value, stamp: &mut Stamp) {
        for record in mine.iter_mut() {
            match target.iter().find(|t| t.id() == record.id()) {
                Some(wanted) => log::set_all(record, wanted, stamp),
                None => {
                    log::set(record, removal.clone(), stamp);
                }
            }
        }
        for missing in target {
            if mine.iter().all(|r| r.id() != missing.id()) {
                mine.push(missing.clone());
            }
        }
    }
    log::set_all(after, target, stamp);
    for span in &mut after.spans {
        match target.spans.iter().find(|t| t.id == span.id) {
            Some(wanted) => {
                let place = Place { text: head, ..wanted.place.clone() };
                if span.place.quote == place.quote && span.place.at.is_some() == place.at.is_some() {
                    span.place = place;
                } else {
                    log::set(span, SpanValue::Place(place), stamp);
                }
                log::set(span, SpanValue::Removed(wanted.removed), stamp);
            }
            None => {
                log::set(span, SpanValue::Removed(true), stamp);
            }
        }
    }
    use super::annotation::{ContactValue, EvidenceValue, SignOffValue};
    list(&mut after.evidence, &target.evidence, EvidenceValue::Removed(true), stamp);
    list(&mut after.contacts, &target.contacts, ContactValue::Removed(true), stamp);
    list(&mut after.sign_offs, &target.sign_offs, SignOffValue::Removed(true), stamp);
    after.sort_spans();
}
