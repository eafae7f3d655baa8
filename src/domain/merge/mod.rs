//! Two copies of one project become one, from their logs alone: no base file, no clock, no order.
//!
//! May use: std, the rest of `domain`. Invariant: [`Project::merge`] is commutative, associative and
//! idempotent, and no entry of either copy is lost. What two people decided differently stands in the
//! result with both values until a person decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annotation::Annotation;
use super::change::{Change, Transaction};
use super::id::Id;
use super::log;
use super::project::Project;

/// Why two projects cannot be merged; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They are not copies of one project.
    #[error("these are two different projects, not two copies of one")]
    OtherProject,
    /// Their texts do not come from the same article.
    #[error("the two copies do not begin with the same text")]
    OtherArticle,
}

impl Project {
    /// Joins another copy of this project into a new one.
    ///
    /// # Errors
    /// Where the two are no copies of one project. Neither is changed.
    pub fn merge(&self, other: &Self) -> Result<Self, Refused> {
        if self.id != other.id {
            return Err(Refused::OtherProject);
        }
        if self.article.log != other.article.log {
            return Err(Refused::OtherArticle);
        }
        let mut all: BTreeMap<Id, Arc<Annotation>> = BTreeMap::new();
        for record in
            [self, other].iter().flat_map(|copy| copy.annotations.values().chain(copy.removed.values()))
        {
            let joined = match all.get(&record.id) {
                Some(known) if Arc::ptr_eq(known, record) || known == record => continue,
                Some(known) => Arc::new(log::union(&**known, &**record)),
                None => record.clone(),
            };
            all.insert(record.id, joined);
        }
        let (removed, annotations) = all.into_iter().partition(|(_, record)| record.removed);
        Ok(Self {
            id: self.id,
            about: Arc::new(log::union(&*self.about, &*other.about)),
            article: self.article.clone(),
            checkers: Arc::new(self.checkers.union(&other.checkers).cloned().collect()),
            annotations,
            removed,
            dismissed: Arc::new(self.dismissed.union(&other.dismissed).cloned().collect()),
        })
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
