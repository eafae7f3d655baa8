//! Where everything stands: the marks of each line, the text order, the counts.
//!
//! May use: the rest of `domain`. Derived from the project and kept up to date by the ids that a transaction
//! touched, so that a change costs what it touches. Invariant: equal to a rebuild from scratch
//! (tested). Known limit: a span over k lines is listed k times.

use std::collections::{BTreeSet, HashMap};

use super::{Annotation, Id, Kind, Project, Span, Status};

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

#[derive(Clone, Debug, PartialEq)]
struct Known {
    key: Key,
    kind: Kind,
    status: Status,
    check_again: bool,
    lines: Vec<usize>,
}

/// The index of an open project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    lines: HashMap<usize, Vec<Mark>>,
    /// Sorted, so that the place of one is found by halving.
    order: Vec<Key>,
    known: HashMap<Id, Known>,
    statuses: [usize; 8],
    kinds: [usize; 3],
    again: usize,
    orphaned: BTreeSet<Id>,
    checked: usize,
}

impl Places {
    /// The index of a project.
    pub fn of(project: &Project) -> Self {
        let mut places = Self::default();
        for annotation in project.annotations.values() {
            let key = places.add(project, annotation);
            places.order.push(key);
        }
        places.order.sort_unstable();
        places
    }

    /// Brings the index up to date about some annotations. The order costs only what moved in it, and
    /// many that moved cost one pass.
    pub fn refresh(&mut self, project: &Project, ids: impl IntoIterator<Item = Id>) {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for id in ids {
            let before = self.drop(id);
            let after = project.annotations.get(&id).map(|annotation| self.add(project, annotation));
            if before != after {
                gone.extend(before);
                come.extend(after);
            }
        }
        if gone.len() + come.len() > 64 {
            gone.sort_unstable();
            self.order.retain(|key| gone.binary_search(key).is_err());
            come.sort_unstable();
            self.order.extend(come);
            // Two runs in order are merged in one pass.
            self.order.sort();
            return;
        }
        for key in gone {
            if let Ok(place) = self.order.binary_search(&key) {
                self.order.remove(place);
            }
        }
        for key in come {
            let place = self.order.partition_point(|known| *known < key);
            self.order.insert(place, key);
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

    /// The annotation at a place of the text order, from 0.
    pub fn nth(&self, place: usize) -> Option<Id> {
        self.order.get(place).map(|(_, _, id)| *id)
    }

    /// Whether an annotation is of a kind.
    pub fn is_kind(&self, id: Id, kind: Kind) -> bool {
        self.known.get(&id).is_some_and(|known| known.kind == kind)
    }

    /// The next annotation after `id` in text order that fits.
    pub fn after(&self, id: Option<Id>, fits: impl Fn(Id) -> bool) -> Option<Id> {
        let key = id.and_then(|id| self.known.get(&id)).map(|known| known.key);
        let from = key.map_or(0, |key| self.order.partition_point(|known| *known <= key));
        let (before, rest) = self.order.split_at(from);
        rest.iter().chain(before).map(|(_, _, id)| *id).find(|id| fits(*id))
    }

    /// The one before `id`.
    pub fn before(&self, id: Option<Id>) -> Option<Id> {
        let key = id.and_then(|id| self.known.get(&id)).map(|known| known.key);
        let until = key.map_or(self.order.len(), |key| self.order.partition_point(|known| *known < key));
        self.order[..until].last().or(self.order.last()).map(|(_, _, id)| *id)
    }

    /// The place of an annotation in text order, from 1.
    pub fn number(&self, id: Id) -> Option<usize> {
        let known = self.known.get(&id)?;
        Some(self.order.partition_point(|key| *key < known.key) + 1)
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

    /// The annotations of which a span has lost its words.
    pub fn orphaned(&self) -> impl Iterator<Item = Id> + '_ {
        self.orphaned.iter().copied()
    }

    /// How many are checked; those to be checked again are not.
    pub fn checked(&self) -> usize {
        self.checked
    }

    /// How many annotations there are.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// Takes in everything about an annotation but its place in the order, which it returns.
    fn add(&mut self, project: &Project, annotation: &Annotation) -> Key {
        let text = &project.article.text;
        let mut lines = Vec::new();
        for span in annotation.placed() {
            let mark = Mark {
                annotation: annotation.id,
                span,
                kind: annotation.kind,
                status: annotation.status,
                check_again: annotation.is_to_check(),
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
        self.statuses[annotation.status as usize] += 1;
        self.kinds[annotation.kind as usize] += 1;
        self.again += usize::from(annotation.is_to_check());
        if annotation.has_orphan() {
            self.orphaned.insert(annotation.id);
        }
        self.checked += usize::from(annotation.status.is_checked() && !annotation.is_to_check());
        let (kind, status) = (annotation.kind, annotation.status);
        let check_again = annotation.is_to_check();
        self.known.insert(annotation.id, Known { key, kind, status, check_again, lines });
        key
    }

    /// Takes out everything about an annotation but its place in the order, which it returns.
    fn drop(&mut self, id: Id) -> Option<Key> {
        let known = self.known.remove(&id)?;
        self.orphaned.remove(&id);
        for line in known.lines {
            if let Some(marks) = self.lines.get_mut(&line) {
                marks.retain(|mark| mark.annotation != id);
                if marks.is_empty() {
                    self.lines.remove(&line);
                }
            }
        }
        self.statuses[known.status as usize] -= 1;
        self.kinds[known.kind as usize] -= 1;
        self.again -= usize::from(known.check_again);
        self.checked -= usize::from(known.status.is_checked() && !known.check_again);
        Some(known.key)
    }
}

fn sort_key(mark: &Mark) -> (u32, std::cmp::Reverse<u32>, Id) {
    (mark.span.start, std::cmp::Reverse(mark.span.end), mark.annotation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::annotation::AnnotationValue;
    use crate::domain::{Article, Change, Stamp, Text};

    fn project(stamp: &mut Stamp) -> Project {
        let text = Text::new("One line of words\n\nand a second one with more words in it\nand a third");
        Project::new(Article::new(String::new(), String::new(), text, stamp), stamp)
    }

    #[test]
    fn what_is_kept_up_to_date_equals_what_is_built_anew() {
        let mut stamp = Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 7);
        let mut project = project(&mut stamp);
        let mut places = Places::of(&project);
        let mut ids = Vec::new();
        for step in 0..60_usize {
            let (start, kind) = (step * 7 % 50, Kind::ALL[step % 3]);
            let span = project.article.text.snapped(Span::new(start, start + 1 + step % 23));
            let transaction = match step % 5 {
                3 if !ids.is_empty() => {
                    let status = Status::ALL[step % 8];
                    project.set(ids[step % ids.len()], "", vec![AnnotationValue::Status(status)], &mut stamp)
                }
                4 if !ids.is_empty() => project.remove(ids.swap_remove(step % ids.len()), &mut stamp),
                _ => {
                    let (id, transaction) = project.mark(kind, &[span], &mut stamp);
                    ids.push(id);
                    transaction
                }
            };
            project.apply(&transaction).unwrap();
            let touched = transaction.changes.iter().filter_map(|change| match change {
                Change::Annotation { id, .. } => Some(*id),
                _ => None,
            });
            places.refresh(&project, touched);
            assert_eq!(places, Places::of(&project), "step {step}");
        }
        let expected: Vec<Id> = project.in_order().iter().map(|annotation| annotation.id).collect();
        assert_eq!(places.in_order().collect::<Vec<_>>(), expected);
        for (place, id) in expected.iter().enumerate() {
            assert_eq!(places.number(*id), Some(place + 1));
            assert_eq!(places.after(Some(*id), |_| true), Some(expected[(place + 1) % expected.len()]));
            assert_eq!(places.before(places.after(Some(*id), |_| true)), Some(*id));
        }
    }
}
