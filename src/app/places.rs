//! Where everything stands: the marks of each line, the text order, the counts.
//!
//! May use: `domain`. Derived from the project and kept up to date by the ids that a transaction
//! touched, so that a change costs what it touches. Invariant: equal to a rebuild from scratch
//! (tested). Known limit: a span over k lines is listed k times.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{Annotation, Id, Kind, Project, Span, Status};

/// A span as the article view draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Whose it is.
    pub annotation: Id,
    /// The whole span, in bytes of the text.
    pub span: Span,
    /// Claim, quote or source.
    pub kind: Kind,
    /// How far checking got.
    pub status: Status,
    /// Whether it must be looked at again.
    pub check_again: bool,
}

type Key = (u32, u32, Id);

#[derive(Clone, Debug)]
struct Known {
    key: Key,
    kind: Kind,
    status: Status,
    check_again: bool,
    lines: Vec<usize>,
}

/// The index of an open project.
#[derive(Clone, Debug, Default)]
pub struct Places {
    lines: HashMap<usize, Vec<Mark>>,
    order: BTreeSet<Key>,
    known: BTreeMap<Id, Known>,
    statuses: [usize; 8],
    kinds: [usize; 3],
    again: usize,
}

impl Places {
    /// The index of a project.
    pub fn of(project: &Project) -> Self {
        let mut places = Self::default();
        for annotation in project.annotations.values() {
            places.add(project, annotation);
        }
        places
    }

    /// Brings the index up to date about some annotations.
    pub fn refresh(&mut self, project: &Project, ids: impl IntoIterator<Item = Id>) {
        for id in ids {
            self.drop(id);
            if let Some(annotation) = project.annotations.get(&id) {
                self.add(project, annotation);
            }
        }
    }

    /// The marks that touch a line, by start, the longest first.
    pub fn of_line(&self, line: usize) -> &[Mark] {
        self.lines.get(&line).map_or(&[], Vec::as_slice)
    }

    /// All annotations in text order, those without a place last.
    pub fn in_order(&self) -> impl DoubleEndedIterator<Item = Id> + '_ {
        self.order.iter().map(|(_, _, id)| *id)
    }

    /// The next annotation after `id` in text order that fits.
    pub fn after(&self, id: Option<Id>, fits: impl Fn(Id) -> bool) -> Option<Id> {
        let key = id.and_then(|id| self.known.get(&id)).map(|known| known.key);
        let rest = self.order.iter().filter(|k| key.is_none_or(|key| **k > key));
        let around = self.order.iter();
        rest.chain(around).map(|(_, _, id)| *id).find(|id| fits(*id))
    }

    /// The one before `id`.
    pub fn before(&self, id: Option<Id>) -> Option<Id> {
        let key = id.and_then(|id| self.known.get(&id)).map(|known| known.key);
        let rest = self.order.iter().rev().filter(|k| key.is_none_or(|key| **k < key));
        rest.chain(self.order.iter().rev()).map(|(_, _, id)| *id).next()
    }

    /// The place of an annotation in text order, from 1.
    pub fn number(&self, id: Id) -> Option<usize> {
        let known = self.known.get(&id)?;
        Some(self.order.range(..known.key).count() + 1)
    }

    /// How many annotations have each status.
    pub fn statuses(&self) -> &[usize; 8] {
        &self.statuses
    }

    /// How many annotations there are of a kind.
    pub fn of_kind(&self, kind: Kind) -> usize {
        self.kinds[kind as usize]
    }

    /// How many are to be checked again.
    pub fn to_check_again(&self) -> usize {
        self.again
    }

    /// How many annotations there are.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    fn add(&mut self, project: &Project, annotation: &Annotation) {
        let text = &project.article.text;
        let mut lines = Vec::new();
        for span in annotation.placed() {
            let mark = Mark {
                annotation: annotation.id,
                span,
                kind: annotation.kind,
                status: annotation.status,
                check_again: annotation.check_again.is_some(),
            };
            let last = text.line_of((span.end as usize).saturating_sub(1));
            for line in text.line_of(span.start as usize)..=last {
                let marks = self.lines.entry(line).or_default();
                let place = marks.partition_point(|m| sort_key(m) <= sort_key(&mark));
                marks.insert(place, mark);
                lines.push(line);
            }
        }
        let key = annotation
            .first_span()
            .map_or((u32::MAX, u32::MAX, annotation.id), |span| (span.start, span.end, annotation.id));
        self.order.insert(key);
        self.statuses[annotation.status as usize] += 1;
        self.kinds[annotation.kind as usize] += 1;
        self.again += usize::from(annotation.check_again.is_some());
        let (kind, status) = (annotation.kind, annotation.status);
        let check_again = annotation.check_again.is_some();
        self.known.insert(annotation.id, Known { key, kind, status, check_again, lines });
    }

    fn drop(&mut self, id: Id) {
        let Some(known) = self.known.remove(&id) else { return };
        for line in known.lines {
            if let Some(marks) = self.lines.get_mut(&line) {
                marks.retain(|mark| mark.annotation != id);
                if marks.is_empty() {
                    self.lines.remove(&line);
                }
            }
        }
        self.order.remove(&known.key);
        self.statuses[known.status as usize] -= 1;
        self.kinds[known.kind as usize] -= 1;
        self.again -= usize::from(known.check_again);
    }
}

fn sort_key(mark: &Mark) -> (u32, std::cmp::Reverse<u32>, Id) {
    (mark.span.start, std::cmp::Reverse(mark.span.end), mark.annotation)
}
