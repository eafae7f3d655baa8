//! Taking over how a colleague saw it, one difference at a time.
//!
//! May use: the rest of `domain`. Invariants: one difference is one transaction; what is adopted is
//! marked, set or removed as if it had been done here, with an entry each; an annotation of another
//! copy of this project keeps its id and its log, so that a merge later finds it; one of another
//! project gets an id of its own and says where it comes from. Known limit: contacts and sign-offs of
//! another project are not taken over: they are that desk's.

use std::sync::Arc;

use super::{Comparison, Difference};
use crate::domain::adoption::{Incoming, Stretch};
use crate::domain::annotation::{
    Annotation, AnnotationField as F, AnnotationSpan, AnnotationValue as V, EvidenceField, EvidenceValue,
    Origin, Place, SpanValue, Speaker,
};
use crate::domain::log::{self, Record, Stamp};
use crate::domain::place::CONTEXT;
use crate::domain::{Article, Change, Id, Project, Span, Transaction};

/// The format that the origin of an annotation of another project names.
pub(super) const FORMAT: &str = "proofmark";

/// What adopting one difference does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adopted {
    /// The step.
    pub transaction: Transaction,
    /// The annotation that it is about here; nothing where it is gone then.
    pub id: Option<Id>,
}

impl Comparison {
    /// What makes one thing here as it is there. Nothing to do where it is already.
    pub fn adopt(&self, mine: &Project, theirs: &Project, what: &Difference, stamp: &mut Stamp) -> Adopted {
        let there = what.theirs.and_then(|id| theirs.annotations.get(&id));
        let transaction = match (what.mine, there) {
            (Some(id), Some(there)) => {
                return Adopted { transaction: self.agree(mine, id, there, what, stamp), id: Some(id) };
            }
            (Some(id), None) => mine.remove(id, stamp),
            (None, Some(there)) => return self.take(mine, theirs, there, stamp),
            (None, None) => Transaction::default(),
        };
        Adopted { transaction: labelled(transaction), id: None }
    }

    /// Whether a difference is none any more, as the project is now; `adopted` is what was made of it.
    pub fn is_settled(
        &self,
        mine: &Project,
        theirs: &Project,
        what: &Difference,
        adopted: Option<Id>,
    ) -> bool {
        let here = |id: Option<Id>| id.and_then(|id| mine.annotations.get(&id));
        match (what.mine, what.theirs.and_then(|id| theirs.annotations.get(&id))) {
            (None, _) => here(adopted).is_some(),
            (id @ Some(_), None) => here(id).is_none(),
            (id, Some(there)) => here(id).is_none_or(|here| {
                let same_place = !what.place || here.placed().eq(self.places(there));
                (here.kind, here.status) == (there.kind, there.status) && same_place
            }),
        }
    }

    /// Where an annotation of theirs stands in my text.
    pub fn places<'a>(&'a self, there: &'a Annotation) -> impl Iterator<Item = Span> + 'a {
        there.placed().filter_map(|span| self.carry.map(span))
    }

    /// Sets what differs.
    fn agree(
        &self,
        mine: &Project,
        id: Id,
        there: &Annotation,
        what: &Difference,
        stamp: &mut Stamp,
    ) -> Transaction {
        let wanted: Vec<Span> = if what.place { self.places(there).collect() } else { Vec::new() };
        let step = mine.alter(id, "", |here| {
            if what.kind {
                log::set(here, V::Kind(there.kind), stamp);
            }
            if what.status {
                log::set(here, V::Status(there.status), stamp);
                log::set(here, V::Reason(there.reason.clone()), stamp);
                if !there.proposed_wording.is_blank() {
                    log::set(here, V::ProposedWording(there.proposed_wording.clone()), stamp);
                }
            }
            if !wanted.is_empty() {
                move_to(here, &wanted, &mine.article, stamp);
            }
        });
        labelled(step)
    }

    /// Brings an annotation in.
    fn take(&self, mine: &Project, theirs: &Project, there: &Arc<Annotation>, stamp: &mut Stamp) -> Adopted {
        if let Some(gone) = mine.removed.get(&there.id) {
            let mut back = Annotation::clone(gone);
            log::set(&mut back, V::Removed(false), stamp);
            let change =
                Change::Annotation { id: there.id, before: Some(gone.clone()), after: Some(Arc::new(back)) };
            return Adopted { transaction: labelled(step(vec![change])), id: Some(there.id) };
        }
        if mine.id == theirs.id {
            let mut record = Annotation::clone(there);
            for span in &mut record.spans {
                if theirs.article.head() == mine.article.head() {
                    continue;
                }
                // As in a merge, moving along needs no entry; losing its words does.
                let Some(at) = span.place.at else {
                    span.place.text = mine.article.head();
                    continue;
                };
                match self.carry.map(at) {
                    Some(to) => span.place = mine.article.place(to),
                    None => {
                        let lost = there_orphan(&span.place, theirs, mine.article.head());
                        log::set(span, SpanValue::Place(lost), stamp);
                    }
                }
            }
            record.sort_lists();
            let change = Change::Annotation { id: there.id, before: None, after: Some(Arc::new(record)) };
            return Adopted { transaction: labelled(step(vec![change])), id: Some(there.id) };
        }
        let (transaction, _) = mine.adopt(vec![self.incoming(theirs, there)], stamp);
        let made = transaction.changes.iter().find_map(|change| match change {
            Change::Annotation { id, before: None, .. } => Some(*id),
            _ => None,
        });
        let id = made.or_else(|| known(mine, there.id));
        Adopted { transaction: labelled(transaction), id }
    }

    /// An annotation of another project as one from elsewhere.
    fn incoming(&self, theirs: &Project, there: &Annotation) -> Incoming {
        let born = there.log.iter().find(|entry| entry.field == F::Created);
        let mut throwaway = Stamp::new(jiff::Timestamp::UNIX_EPOCH, "", 0);
        let bare = Annotation::create(&mut throwaway, there.kind);
        let own = [F::Created, F::Removed, F::Kind, F::Origin, F::Rank, F::Speaker];
        let fields = Annotation::FIELDS.iter().filter(|field| !own.contains(field));
        let set = fields.filter(|field| there.get(**field) != bare.get(**field));
        let mut values: Vec<V> = set.filter_map(|field| there.get(*field)).collect();
        values.extend(self.speaker(theirs, there).map(|speaker| V::Speaker(Some(speaker))));
        let evidence = there.evidence.iter().filter(|found| !found.removed).map(|found| {
            let inside = crate::domain::annotation::Evidence::FIELDS.iter();
            let inside =
                inside.filter(|field| !matches!(field, EvidenceField::Removed | EvidenceField::Rank));
            inside.filter_map(|field| found.get(*field)).collect::<Vec<EvidenceValue>>()
        });
        let stretches =
            there.live_spans().map(|span| match span.place.at.and_then(|at| self.carry.map(at)) {
                Some(at) => Stretch::At(at),
                None => {
                    let place = there_orphan(&span.place, theirs, Id::default());
                    Stretch::Lost { words: place.quote.0, before: place.prefix.0, after: place.suffix.0 }
                }
            });
        Incoming {
            origin: Origin { format: FORMAT.into(), id: there.id.to_string() },
            kind: there.kind,
            by: born.map(|entry| entry.by.to_string()),
            when: born.map(|entry| entry.when),
            stretches: stretches.collect(),
            values,
            evidence: evidence.collect(),
            speaker: None,
        }
    }

    /// Who said it, as this project knows them: the same source here, else by name; of a confidential
    /// source nobody.
    fn speaker(&self, theirs: &Project, there: &Annotation) -> Option<Speaker> {
        let speaker = there.speaker.as_ref()?;
        match speaker {
            Speaker::Name(name) => Some(Speaker::Name(name.clone())),
            Speaker::Source(id) => match self.known.get(id) {
                Some(here) => Some(Speaker::Source(*here)),
                None if theirs.record(*id).is_none_or(|source| source.confidential) => None,
                None => Some(Speaker::Name(theirs.speaker_name(speaker))),
            },
        }
    }
}

/// Gives an annotation these places: spans that have one stay, others move there, further ones are
/// made, and what is left over is removed.
fn move_to(here: &mut Annotation, wanted: &[Span], article: &Article, stamp: &mut Stamp) {
    let has = |span: &AnnotationSpan, at: &Span| !span.removed && span.place.at == Some(*at);
    let mut missing: Vec<Span> =
        wanted.iter().filter(|at| !here.spans.iter().any(|span| has(span, at))).copied().collect();
    missing.reverse();
    for span in here.spans.iter_mut().filter(|span| !span.removed) {
        if span.place.at.is_some_and(|at| wanted.contains(&at)) {
            continue;
        }
        match missing.pop() {
            Some(to) => log::set(span, SpanValue::Place(article.place(to)), stamp),
            None => log::set(span, SpanValue::Removed(true), stamp),
        };
    }
    for to in missing.into_iter().rev() {
        here.spans.push(AnnotationSpan::create(stamp, article.place(to)));
    }
}

/// A place whose words are not in my text, with what stood around them in theirs.
fn there_orphan(place: &Place, theirs: &Project, head: Id) -> Place {
    let (prefix, suffix) = place.at.map_or_else(
        || (place.prefix.0.clone(), place.suffix.0.clone()),
        |at| theirs.article.text.context(at, CONTEXT),
    );
    Place {
        text: head,
        at: None,
        quote: place.quote.clone(),
        prefix: prefix.as_str().into(),
        suffix: suffix.as_str().into(),
        ..Place::default()
    }
}

/// The annotation here that came from one of that id.
fn known(mine: &Project, id: Id) -> Option<Id> {
    let origin = Origin { format: FORMAT.into(), id: id.to_string() };
    mine.annotations.values().find(|a| a.origin.as_ref() == Some(&origin)).map(|a| a.id)
}

fn step(changes: Vec<Change>) -> Transaction {
    Transaction { label: String::new(), changes }
}

fn labelled(mut transaction: Transaction) -> Transaction {
    transaction.label = "adopt how a colleague saw it".into();
    transaction
}
