//! What two people did to one annotation at once that no field shows as two values: one moved the mark
//! while the other checked it, one removed what the other changed.
//!
//! May use: std, serde, the rest of `domain`. A [`Clash`] is a record whose id follows from the two
//! entries, made where copies that have one each are joined (`merge`). Invariant: it is open until a
//! person confirms, or until a later entry replaces one of the two: whoever made that knew both, or
//! else there is a clash with that entry too. An annotation that one side removed is kept while that is
//! open. Known limit: every pair of entries makes a record; what is shown is one reason for each sort.

use serde::{Deserialize, Serialize};

use super::annotation::{Annotation, AnnotationValue, EvidenceField, SignOffField, SpanField, SpanValue};
use super::change::Transaction;
use super::id::Id;
use super::log::{self, Entry, Head, Record, Stamp, Value, record};
use super::mapping::words_were;
use super::project::Project;

/// What sort of clash it is; `between` names the entries in the order of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClashSort {
    /// The annotation was removed, and changed.
    Removed,
    /// Something in it was removed, and changed.
    PartRemoved,
    /// The mark was moved, and a result noted.
    Moved,
    /// A result was noted, and the evidence changed.
    Evidence,
}

record! {
    /// Two entries that neither author knew of, and that together need a look.
    Clash, ClashField, ClashValue;
    born {
        /// What is wrong.
        sort Sort: ClashSort,
        /// The two entries.
        between Between: Vec<Id>,
    }
    set {}
    children {}
    order |a, b| a.sort.cmp(&b.sort)
}

impl Clash {
    /// The clash of two entries, each with its time: the same record in every copy.
    pub(super) fn of(sort: ClashSort, first: (Id, jiff::Timestamp), second: (Id, jiff::Timestamp)) -> Self {
        let between = vec![first.0, second.0];
        let name = format!("clash {sort:?}");
        let mut stamp = Stamp::new(first.1.max(second.1), "", 0);
        let mut clash = Self::create(&mut stamp, sort, between);
        clash.id = Id::derived(&name, &clash.between);
        for entry in &mut clash.log {
            entry.id = Id::derived(&format!("{name} made"), &clash.between);
        }
        clash
    }
}

/// A line of any of the logs in an annotation, and what it says there.
struct Deed<'a> {
    by: &'a str,
    /// What was done, after a name: `moved the mark`.
    did: String,
    /// Whether something replaced it.
    is_replaced: bool,
    /// Of a removal: the others that stand beside it.
    beside: Vec<Id>,
}

fn deed<'a, R: Record>(
    record: &'a R,
    id: Id,
    did: impl Fn(&Entry<R::Value>, Option<R::Value>) -> String,
) -> Option<Deed<'a>> {
    let entry = record.log().iter().find(|entry| entry.id == id)?;
    let is_replaced = record.log().iter().any(|other| {
        // A creation counts for every field; it is replaced where the record's removal is no question.
        other.replaces.contains(&id) && (other.field == entry.field || other.field == removal_of(record))
    });
    let removal = R::removal(true);
    let mut beside = Vec::new();
    if entry.field == R::REMOVED {
        let others = log::heads(record, R::REMOVED).into_iter().filter(|other| *other != id);
        beside.extend(
            others.filter(|other| log::value_after(record, R::REMOVED, *other).as_ref() == Some(&removal)),
        );
    }
    let did = did(entry, log::value_after(record, entry.field, id));
    Some(Deed { by: &entry.by, did, is_replaced, beside })
}

/// The field that says whether a record is removed.
fn removal_of<R: Record>(_: &R) -> <R::Value as Value>::Field {
    R::REMOVED
}

impl Annotation {
    fn deed(&self, id: Id) -> Option<Deed<'_>> {
        let own = deed(self, id, |_, value| match value {
            Some(AnnotationValue::Removed(true)) => "removed it".into(),
            Some(AnnotationValue::Removed(false)) => "brought it back".into(),
            Some(AnnotationValue::Status(status)) => format!("set it to {}", status.name().to_lowercase()),
            Some(AnnotationValue::Reason(_)) => "said why it cannot be verified".into(),
            Some(AnnotationValue::Verdict(_)) => "rated it".into(),
            Some(AnnotationValue::Rationale(_)) => "said why it is rated so".into(),
            Some(AnnotationValue::ProposedWording(_)) => "proposed other words".into(),
            Some(AnnotationValue::Resolution(_)) => "decided about the correction".into(),
            _ => "changed it".into(),
        });
        let span = |id| {
            self.spans.iter().find_map(|span| {
                deed(span, id, |entry, value| match (entry.field, value) {
                    (SpanField::Created, _) => "marked further words".into(),
                    (_, Some(SpanValue::Removed(true))) => "took words out of the mark".into(),
                    (_, Some(SpanValue::Removed(false))) => "took words into the mark again".into(),
                    _ => "changed the marked words".into(),
                })
            })
        };
        let evidence = |id| {
            self.evidence.iter().find_map(|found| {
                deed(found, id, |entry, _| match entry.field {
                    EvidenceField::Created => "added evidence".into(),
                    EvidenceField::Removed => "removed evidence".into(),
                    _ => "changed the evidence".into(),
                })
            })
        };
        let sign_off = |id| {
            self.sign_offs.iter().find_map(|sign| {
                deed(sign, id, |entry, _| match entry.field {
                    SignOffField::Created => "signed off".into(),
                    SignOffField::Removed => "took a sign-off back".into(),
                    _ => "changed a sign-off".into(),
                })
            })
        };
        let contact = |id| {
            self.contacts.iter().find_map(|contact| {
                deed(contact, id, |entry, _| {
                    if entry.field == super::annotation::ContactField::Removed {
                        "removed a contact".into()
                    } else {
                        "changed the contacts".into()
                    }
                })
            })
        };
        own.or_else(|| span(id)).or_else(|| evidence(id)).or_else(|| sign_off(id)).or_else(|| contact(id))
    }

    /// A clash in words; nothing where it is open no more.
    fn told(&self, clash: &Clash) -> Option<String> {
        let [one, other] = clash.between[..] else { return None };
        let (first, second) = (self.deed(one)?, self.deed(other)?);
        // Another who removed it, and whose removal does not clash, knew the change.
        let clashes = |removal: &Id| {
            self.clashes
                .iter()
                .any(|clash| clash.between.first() == Some(removal) && clash.between[1..] == [other])
        };
        if first.beside.iter().any(|removal| !clashes(removal)) {
            return None;
        }
        if clash.removed || first.is_replaced || second.is_replaced && clash.sort.is_about_values() {
            return None;
        }
        Some(format!("{} {} while {} {}", first.by, first.did, second.by, second.did))
    }

    /// What two people did at once that needs a decision, each with its words; one of each sort and
    /// words.
    pub fn open_clashes(&self) -> Vec<(&Clash, String)> {
        let mut open: Vec<(&Clash, String)> = Vec::new();
        for clash in &self.clashes {
            if let Some(words) = self.told(clash)
                && open.iter().all(|(known, told)| (known.sort, told) != (clash.sort, &words))
            {
                open.push((clash, words));
            }
        }
        open
    }

    fn has_open(&self, wanted: impl Fn(ClashSort) -> bool) -> bool {
        self.clashes.iter().any(|clash| wanted(clash.sort) && self.told(clash).is_some())
    }

    /// Whether it counts as removed: somebody removed it, and nobody changed it at the same time.
    pub fn is_removed(&self) -> bool {
        self.removed && !self.has_open(|sort| sort == ClashSort::Removed)
    }

    /// Whether one person removed what another changed, and nobody decided yet.
    pub fn is_removal_open(&self) -> bool {
        self.has_open(|sort| matches!(sort, ClashSort::Removed | ClashSort::PartRemoved))
    }

    /// Whether it touches words of the text that people changed in different ways.
    pub fn is_in_disputed_words(&self) -> bool {
        self.live_spans().any(|span| span.place.disputed)
    }

    /// Whether it must be looked at again, for whatever reason.
    pub fn is_to_check(&self) -> bool {
        self.check_again.is_some()
            || self.live_spans().any(|span| span.place.words_were().is_some())
            || self.has_open(ClashSort::is_checked_again)
    }

    /// Why it must be looked at again: what is noted, else what joining copies brought about.
    pub fn why_check(&self) -> Option<String> {
        let were = || self.live_spans().find_map(|span| span.place.words_were()).map(words_were);
        let clashes = || {
            let open = self.open_clashes().into_iter().filter(|(clash, _)| clash.sort.is_checked_again());
            let words: Vec<String> = open.map(|(_, words)| words).collect();
            (!words.is_empty()).then(|| words.join("; "))
        };
        self.check_again.clone().or_else(were).or_else(clashes)
    }

    /// Notes that somebody looked at it again: the reason goes, what joining copies put in the place of
    /// its words stands, and clashes are settled, those about removals not.
    pub fn confirm(&mut self, stamp: &mut Stamp) {
        log::set(self, AnnotationValue::CheckAgain(None), stamp);
        for span in self.spans.iter_mut().filter(|span| !span.removed && span.place.words_were().is_some()) {
            let mut place = span.place.clone();
            place.marked = None;
            log::set(span, SpanValue::Place(place), stamp);
        }
        self.settle(ClashSort::is_checked_again, stamp);
    }

    /// Settles clashes of some sorts.
    fn settle(&mut self, wanted: impl Fn(ClashSort) -> bool, stamp: &mut Stamp) {
        let open: Vec<bool> =
            self.clashes.iter().map(|clash| wanted(clash.sort) && self.told(clash).is_some()).collect();
        for (clash, _) in self.clashes.iter_mut().zip(open).filter(|(_, open)| *open) {
            log::set(clash, ClashValue::Removed(true), stamp);
        }
    }

    /// Removes it, or confirms that it is to be removed although somebody changed it.
    pub fn remove(&mut self, stamp: &mut Stamp) {
        log::set(self, AnnotationValue::Removed(true), stamp);
        self.settle(|sort| sort == ClashSort::Removed, stamp);
    }
}

impl ClashSort {
    /// Whether looking again settles it.
    pub fn is_checked_again(self) -> bool {
        matches!(self, Self::Moved | Self::Evidence)
    }

    /// Whether both of the entries stand for a value: later ones bring another clash or an answer.
    const fn is_about_values(self) -> bool {
        matches!(self, Self::Moved | Self::Evidence)
    }
}

impl Project {
    /// Somebody looked at an annotation again, and it holds.
    pub fn confirm(&self, id: Id, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "confirm", |annotation| annotation.confirm(stamp))
    }

    /// Keeps an annotation that one person removed while another changed it.
    pub fn keep(&self, id: Id, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "keep the annotation", |annotation| {
            log::set(annotation, AnnotationValue::Removed(false), stamp);
            annotation.settle(|sort| sort == ClashSort::Removed, stamp);
        })
    }

    /// Settles one clash as things stand now. Of a removal that means: it stays removed.
    pub fn settle(&self, id: Id, clash: Id, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "settle a clash", |annotation| {
            let same = annotation.clashes.iter().find(|known| known.id == clash);
            let Some(words) = same.and_then(|same| annotation.told(same)) else { return };
            let sort = same.map(|same| same.sort);
            let alike: Vec<bool> = annotation
                .clashes
                .iter()
                .map(|other| Some(other.sort) == sort && annotation.told(other).as_ref() == Some(&words))
                .collect();
            for (clash, _) in annotation.clashes.iter_mut().zip(alike).filter(|(_, alike)| *alike) {
                log::set(clash, ClashValue::Removed(true), stamp);
            }
        })
    }

    /// Brings back a part that one person removed while another changed it: evidence, a contact …
    pub fn keep_part(&self, id: Id, clash: Id, stamp: &mut Stamp) -> Transaction {
        use super::annotation::{ContactValue, EvidenceValue, SignOffValue};
        fn back<R: Record>(records: &mut [R], entry: Id, value: R::Value, stamp: &mut Stamp) {
            for record in records.iter_mut().filter(|record| record.log().iter().any(|line| line.id == entry))
            {
                log::set(record, value.clone(), stamp);
            }
        }
        self.alter(id, "keep what was removed", |annotation| {
            let same = annotation.clashes.iter().find(|known| known.id == clash);
            let Some(entry) = same.and_then(|clash| clash.between.first().copied()) else { return };
            back(&mut annotation.spans, entry, SpanValue::Removed(false), stamp);
            back(&mut annotation.evidence, entry, EvidenceValue::Removed(false), stamp);
            back(&mut annotation.contacts, entry, ContactValue::Removed(false), stamp);
            back(&mut annotation.sign_offs, entry, SignOffValue::Removed(false), stamp);
        })
    }
}
