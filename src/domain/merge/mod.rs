//! Two copies of one project become one, from their logs alone: no base file, no clock, no order.
//!
//! May use: std, the rest of `domain`. Invariant: [`Project::merge`] is commutative, associative and
//! idempotent, and no entry of either copy is lost. What two people decided differently stands in the
//! result with both values until a person decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationField, Place, SpanValue};
use super::article::{Article, Edit};
use super::change::{Change, Transaction};
use super::id::Id;
use super::log;
use super::project::Project;

mod joined;
mod meeting;
mod settling;
mod touching;
mod versions;
mod weave;

use joined::{Joined, Way, beginning};
use meeting::Known;
pub use settling::Decision;
pub use touching::{Disagreement, Variant};

/// Why two projects cannot be merged; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They are not copies of one project.
    #[error("these are two different projects, not two copies of one")]
    OtherProject,
    /// Their texts do not come from the same article.
    #[error("the two copies do not begin with the same text")]
    OtherArticle,
    /// The text of one of them is not what its history says.
    #[error(
        "the text of one of the copies was changed outside Proofmark, so that its history does not lead to it"
    )]
    History,
    /// More than anybody could decide.
    #[error("more than {} changes of one annotation clash", meeting::MOST)]
    TooMany,
}

type Records = BTreeMap<Id, Arc<Annotation>>;

impl Project {
    /// Joins another copy of this project into a new one.
    ///
    /// # Errors
    /// Where the two are no copies of one project. Neither is changed.
    pub fn merge(&self, other: &Self) -> Result<Self, Refused> {
        if self.id != other.id {
            return Err(Refused::OtherProject);
        }
        let (mut mine, mut theirs) = (self.records(), other.records());
        let article = if self.article.log == other.article.log {
            if self.article.text != other.article.text {
                return Err(Refused::History);
            }
            let key = |article: &Article| {
                (
                    article.disputed.clone(),
                    article.file.clone(),
                    article.encoding.clone(),
                    article.sha256.clone(),
                )
            };
            if key(&self.article) < key(&other.article) {
                other.article.clone()
            } else {
                self.article.clone()
            }
        } else {
            let first = beginning(&self.article, &other.article)?;
            let joined = Joined::of(&self.article, &other.article, &first)?;
            for (side, records) in [(self, &mut mine), (other, &mut theirs)] {
                if side.article.head() != joined.article.head() {
                    let way = joined.way(&side.article);
                    records.values_mut().for_each(|record| *record = Arc::new(along(record, &way)));
                }
            }
            joined.article
        };
        for id in collisions(&mine, &theirs) {
            let later = |records: &Records| records.get(&id).and_then(|record| made(record));
            let copy = if later(&mine) < later(&theirs) { &mut theirs } else { &mut mine };
            if let Some(record) = copy.remove(&id) {
                let id = derived(&record);
                copy.insert(id, Arc::new(Annotation { id, ..Annotation::clone(&record) }));
            }
        }
        let mut all = mine;
        for (id, record) in theirs {
            let joined = match all.get(&id) {
                Some(known) if Arc::ptr_eq(known, &record) || *known == record => continue,
                Some(known) => Arc::new(union((known, self.left_out()), (&record, other.left_out()))?),
                None => record,
            };
            all.insert(id, joined);
        }
        // Its id never differs but by a hand; the order of the copies must not choose one.
        let (first, second) = if self.about.id <= other.about.id { (self, other) } else { (other, self) };
        let (removed, annotations) = all.into_iter().partition(|(_, record)| record.is_removed());
        Ok(Self {
            id: self.id,
            about: Arc::new(log::union(&*first.about, &*second.about)),
            article,
            checkers: Arc::new(self.checkers.union(&other.checkers).cloned().collect()),
            annotations,
            removed,
            dismissed: Arc::new(self.dismissed.union(&other.dismissed).cloned().collect()),
            // With a whole copy, nothing is missing any more.
            redacted: self.redacted.as_ref().zip(other.redacted.as_ref()).map(|(a, b)| Arc::new(&**a | &**b)),
        })
    }

    /// Ids that two copies use for annotations that were made apart: merging keeps both and gives the
    /// second of each pair the new id that stands here.
    pub fn collisions_with(&self, other: &Self) -> Vec<(Id, Id)> {
        let (mine, theirs) = (self.records(), other.records());
        let second = |id: &Id| {
            let both = mine.get(id).into_iter().chain(theirs.get(id));
            both.max_by_key(|record| made(record)).map(|record| derived(record))
        };
        collisions(&mine, &theirs).into_iter().filter_map(|id| Some((id, second(&id)?))).collect()
    }

    fn records(&self) -> Records {
        let all = self.annotations.iter().chain(&self.removed);
        all.map(|(id, record)| (*id, record.clone())).collect()
    }

    /// What leads from this state to another of the same project, as one step of undo.
    pub fn transaction_to(&self, target: &Self, label: impl Into<String>) -> Transaction {
        let mut changes = Vec::new();
        if self.article != target.article {
            changes.push(Change::Article { before: self.article.clone(), after: target.article.clone() });
        }
        if self.about != target.about {
            changes.push(Change::About { before: self.about.clone(), after: target.about.clone() });
        }
        if self.checkers != target.checkers {
            changes.push(Change::Checkers { before: self.checkers.clone(), after: target.checkers.clone() });
        }
        if self.dismissed != target.dismissed {
            changes
                .push(Change::Dismissed { before: self.dismissed.clone(), after: target.dismissed.clone() });
        }
        if self.redacted != target.redacted {
            changes.push(Change::Redacted { before: self.redacted.clone(), after: target.redacted.clone() });
        }
        let ids = |project: &Self| -> Vec<Id> {
            project.annotations.keys().chain(project.removed.keys()).copied().collect()
        };
        let mut all = ids(self);
        all.extend(ids(target));
        all.sort_unstable();
        all.dedup();
        for id in all {
            let (before, after) = (self.record(id).cloned(), target.record(id).cloned());
            let same = match (&before, &after) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
                (None, None) => true,
                _ => false,
            };
            if !same {
                changes.push(Change::Annotation { id, before, after });
            }
        }
        Transaction::of(label, changes)
    }
}

/// The edits that lead from one state of a project's text to another, where both histories are known.
pub(super) fn edits_between(before: &Arc<Article>, after: &Arc<Article>) -> Option<Vec<Edit>> {
    let first = beginning(before, after).ok()?;
    let joined = Joined::of(before, after, &first).ok()?;
    let known = |side: &Article| joined.versions.known_to(&side.log);
    Some(joined.edits(&known(before), &known(after)))
}

/// Brings places through the last entry of an article's history, letter by letter: for those that may not
/// get an entry of their own. Says whether it could: the history may be spoilt.
pub(super) fn through_last<'p>(article: &Article, places: impl Iterator<Item = &'p mut Place>) -> bool {
    let article = Arc::new(article.clone());
    let Ok(first) = beginning(&article, &article) else { return false };
    let Ok(joined) = Joined::of(&article, &article, &first) else { return false };
    let mut before = vec![true; joined.versions.entries.len()];
    if let Some(last) = joined.versions.place(article.head()) {
        before[last] = false;
    }
    let way = joined.way_from(&before);
    for place in places {
        *place = way.place(place);
    }
    true
}

/// The annotation in the joined text. Values that entries overwrote stay as they are, with the text that
/// they name.
fn along(record: &Annotation, way: &Way<'_>) -> Annotation {
    let mut record = record.clone();
    for span in &mut record.spans {
        span.place = way.place(&span.place);
        for head in &mut span.conflicts {
            if let SpanValue::Place(place) = &mut head.value {
                *place = way.place(place);
            }
        }
    }
    record.sort_spans();
    record
}

/// The entry with which an annotation was made.
fn made(record: &Annotation) -> Option<Id> {
    record.log.iter().filter(|entry| entry.field == AnnotationField::Created).map(|entry| entry.id).min()
}

/// The ids of annotations that were made apart.
fn collisions(mine: &Records, theirs: &Records) -> Vec<Id> {
    let apart = mine.iter().filter(|(id, record)| {
        theirs.get(id).is_some_and(|other| !Arc::ptr_eq(record, other) && made(record) != made(other))
    });
    apart.map(|(id, _)| *id).collect()
}

/// The id of the second of two annotations that have one id.
fn derived(record: &Annotation) -> Id {
    Id::derived("annotation", &[record.id, made(record).unwrap_or_default()])
}

/// Joins two copies of one annotation; beside each the entries that were left out of its project.
fn union((a, out_a): Known<'_>, (b, out_b): Known<'_>) -> Result<Annotation, Refused> {
    let clashes = meeting::clashes((a, out_a), (b, out_b))?;
    let mut joined = log::union(a, b);
    joined.clashes = log::union_lists(&joined.clashes, &clashes);
    Ok(joined)
}
