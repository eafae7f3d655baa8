//! What every feature produces: a transaction of changes, each of which names both its sides.
//!
//! May use: std, the rest of `domain`. Invariant: [`Project::apply`] is the only function that
//! alters a project; it applies all of a transaction or nothing, and refuses one that was made for
//! another state. A transaction inverts by reversing and swapping; applied again, it gives back the
//! very same records, logs included. What is in the file already is taken back by further entries
//! instead (see `compensation`).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationSpan, AnnotationValue, SpanValue};
use super::article::{Article, Edit};
use super::id::Id;
use super::log::{self, Stamp};
use super::mapping::Step;
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
    /// What the project does not know as a redacted copy: a whole one came to it.
    Redacted {
        /// As it was.
        before: Option<Arc<BTreeSet<Id>>>,
        /// As it is then.
        after: Option<Arc<BTreeSet<Id>>>,
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
            Self::Redacted { before, after } => Self::Redacted { before: after, after: before },
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
    /// Changes under a label.
    pub(super) fn of(label: impl Into<String>, changes: Vec<Change>) -> Self {
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
            Change::Redacted { before, after } => {
                if self.redacted != *before {
                    return Err(Stale);
                }
                self.redacted.clone_from(after);
                Ok(())
            }
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
                    let home = if after.is_removed() { &mut self.removed } else { &mut self.annotations };
                    home.insert(*id, after.clone());
                }
                Ok(())
            }
        }
    }

    /// Marks stretches of the text: one annotation of all of them. Those that the text does not
    /// admit (empty, blank, inside a letter) are left out; where none is left, nothing happens.
    pub fn mark(&self, kind: super::Kind, spans: &[super::Span], stamp: &mut Stamp) -> (Id, Transaction) {
        let mut annotation = Annotation::create(stamp, kind);
        for (i, span) in spans.iter().enumerate() {
            if !self.article.text.admits(*span) || spans[..i].contains(span) {
                continue;
            }
            let place = self.article.place(*span);
            annotation.spans.push(AnnotationSpan::create(stamp, place));
        }
        annotation.sort_spans();
        let id = annotation.id;
        if annotation.spans.is_empty() {
            return (id, Transaction::default());
        }
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
        after.sort_lists();
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

    /// Adds a further stretch to an annotation; nothing where the text does not admit it.
    pub fn extend(&self, id: Id, span: super::Span, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "add a span", |annotation| {
            if self.article.text.admits(span) && annotation.placed().all(|had| had != span) {
                let place = self.article.place(span);
                annotation.spans.push(AnnotationSpan::create(stamp, place));
            }
        })
    }

    /// Gives a span of an annotation another place and the words there; everything else stays.
    /// Nothing where the text does not admit it.
    pub fn reshape(&self, id: Id, span: Id, to: super::Span, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "move an edge", |annotation| {
            if !self.article.text.admits(to) {
                return;
            }
            if let Some(span) = annotation.spans.iter_mut().find(|known| known.id == span) {
                let place = self.article.place(to);
                log::set(span, SpanValue::Place(place), stamp);
                annotation.sort_spans();
            }
        })
    }

    /// Removes an annotation; its record is kept.
    pub fn remove(&self, id: Id, stamp: &mut Stamp) -> Transaction {
        let label = self.annotations.get(&id).map(|a| format!("remove a {}", a.kind.word()));
        self.alter(id, &label.unwrap_or_default(), |annotation| annotation.remove(stamp))
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
        let edits: Vec<Edit> = edits.into_iter().filter(|edit| !edit.is_empty()).collect();
        if edits.is_empty() {
            return Ok(Transaction::default());
        }
        let article = self.article.edited(edits.clone(), stamp).ok_or(Stale)?;
        Ok(self.follow_edits(article, &edits, |_, _, _| false, stamp))
    }

    /// The transaction that puts an edited article into place. `own` may move the spans of an
    /// annotation itself, and says so.
    pub(super) fn follow_edits(
        &self,
        article: Article,
        edits: &[Edit],
        mut own: impl FnMut(&mut Annotation, &Step<'_>, &mut Stamp) -> bool,
        stamp: &mut Stamp,
    ) -> Transaction {
        let article = Arc::new(article);
        let step = Step { old: &self.article.text, new: &article, edits };
        let mut changes = vec![Change::Article { before: self.article.clone(), after: article.clone() }];
        for (id, before) in self.annotations.iter().chain(&self.removed) {
            let mut after = Annotation::clone(before);
            if !own(&mut after, &step, stamp) {
                step.follow(&mut after, stamp);
            }
            if after != **before {
                let (before, after) = (Some(before.clone()), Some(Arc::new(after)));
                changes.push(Change::Annotation { id: *id, before, after });
            }
        }
        Transaction::of("edit the text", changes)
    }
}
