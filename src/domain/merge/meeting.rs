//! Entries of two copies that meet when those are joined: which of them clash.
//!
//! May use: std, the rest of `domain`. An entry that only one copy has and one that only the other has
//! were made without knowledge of each other, for a copy has everything that its entries build on. Two
//! such entries meet for the first time in exactly one join, whatever the order of joining, so the set
//! of clashes is the same in every order. Invariant: whether two entries clash follows from the two
//! alone. Known limit: more than [`MOST`] clashes of one annotation are refused, not listed.

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;

use super::Refused;
use crate::domain::annotation::{Annotation, AnnotationField, AnnotationValue};
use crate::domain::clash::{Clash, ClashSort};
use crate::domain::id::Id;
use crate::domain::log::{self, Entry, Record, Value};

/// A copy of an annotation, and the entries that were left out of its project.
pub(super) type Known<'a> = (&'a Annotation, &'a BTreeSet<Id>);

/// How many clashes one annotation may have: far more than people bring about.
pub const MOST: usize = 20_000;

/// What an entry is to others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// The annotation as a whole: brought back, or removed.
    Removal(bool),
    /// The mark.
    Mark,
    /// The result, or the grounds for it in words.
    Result { is_verdict: bool },
    /// A piece of evidence.
    Evidence,
    /// A name under it.
    SignOff,
    /// Anything else.
    Else,
}

/// An entry that one copy alone has.
#[derive(Clone, Copy)]
struct Line {
    id: Id,
    when: Timestamp,
    about: About,
    /// The record inside that it belongs to, and whether it removed that or brought it back.
    part: Option<(Id, Option<bool>)>,
}

/// The clashes of what only `a` knows with what only `b` knows of an annotation.
/// An entry that was left out of a redacted copy was known when it was made.
pub(super) fn clashes((a, out_a): Known<'_>, (b, out_b): Known<'_>) -> Result<Vec<Clash>, Refused> {
    let known_b: HashSet<Id> = b.entry_ids().collect();
    let mine = lines(a, &|id| known_b.contains(&id) || out_b.contains(&id));
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let known_a: HashSet<Id> = a.entry_ids().collect();
    let theirs = lines(b, &|id| known_a.contains(&id) || out_a.contains(&id));
    let mut found = Vec::new();
    for x in &mine {
        for y in &theirs {
            found.extend(clash(x, y).or_else(|| clash(y, x)));
            if found.len() > MOST {
                return Err(Refused::TooMany);
            }
        }
    }
    Ok(found)
}

fn clash(x: &Line, y: &Line) -> Option<Clash> {
    let sort = match (x.about, y.about) {
        (About::Removal(true), About::Removal(_)) => return None,
        (About::Removal(true), _) => ClashSort::Removed,
        (About::Removal(_), _) | (_, About::Removal(_)) => return None,
        _ if x.part.is_some_and(|(part, removed)| {
            removed == Some(true) && y.part.is_some_and(|(other, removed)| part == other && removed.is_none())
        }) =>
        {
            ClashSort::PartRemoved
        }
        (About::Mark, About::Result { .. } | About::Evidence | About::SignOff) => ClashSort::Moved,
        (About::Result { is_verdict: true }, About::Evidence) => ClashSort::Evidence,
        _ => return None,
    };
    Some(Clash::of(sort, (x.id, x.when), (y.id, y.when)))
}

/// The entries of an annotation that another copy does not know.
fn lines(annotation: &Annotation, known: &dyn Fn(Id) -> bool) -> Vec<Line> {
    use AnnotationField as F;
    let mut lines = Vec::new();
    for entry in annotation.log.iter().filter(|entry| !known(entry.id)) {
        let about = match entry.field {
            F::Removed => {
                let now = log::value_after(annotation, F::Removed, entry.id);
                About::Removal(now == Some(AnnotationValue::Removed(true)))
            }
            F::Status | F::Verdict => About::Result { is_verdict: true },
            F::Reason | F::Rationale | F::ProposedWording | F::Resolution => {
                About::Result { is_verdict: false }
            }
            _ => About::Else,
        };
        lines.push(Line { id: entry.id, when: entry.when, about, part: None });
    }
    for span in &annotation.spans {
        inside(span, |_| About::Mark, known, &mut lines);
    }
    for evidence in &annotation.evidence {
        inside(evidence, |_| About::Evidence, known, &mut lines);
    }
    for sign in &annotation.sign_offs {
        inside(sign, |_| About::SignOff, known, &mut lines);
    }
    for contact in &annotation.contacts {
        inside(contact, |_| About::Else, known, &mut lines);
    }
    lines
}

fn inside<R: Record>(
    record: &R,
    about: impl Fn(<R::Value as Value>::Field) -> About,
    known: &dyn Fn(Id) -> bool,
    lines: &mut Vec<Line>,
) {
    let made = record.log().iter().find(|entry| entry.field == R::CREATED);
    // What a record was made with is part of its making.
    let is_making = |entry: &Entry<R::Value>| {
        made.is_some_and(|made| {
            entry.id != made.id
                && (entry.when, &entry.by) == (made.when, &made.by)
                && entry.replaces == [made.id]
        })
    };
    for entry in record.log().iter().filter(|entry| !known(entry.id) && !is_making(entry)) {
        let removed = (entry.field == R::REMOVED)
            .then(|| log::value_after(record, R::REMOVED, entry.id) == Some(R::removal(true)));
        let (id, when, part) = (entry.id, entry.when, Some((record.id(), removed)));
        lines.push(Line { id, when, about: about(entry.field), part });
    }
}
