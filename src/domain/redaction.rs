//! A copy of a project that can be sent: without confidential sources, contacts and private notes.
//!
//! May use: std, the rest of `domain`. Invariants: no value that is withheld stands anywhere in the
//! copy, logs, conflicts and removed records included; ids stay, and an entry of what is withheld
//! stays without its values, so that the copy merges back as one in which these are not known;
//! a copy of a copy is the same. Known limits: the article's own words and what people wrote in
//! notes for everybody stay (`formats::exposed` warns of names there); who made an entry that is
//! withheld, and when, can be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationField, AnnotationValue, Speaker};
use super::id::Id;
use super::log::{self, Record, Stamp, Value};
use super::project::{Project, WITHHELD, source_name};

/// What a redacted copy does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Confidential sources, those that were removed from the list among them.
    pub sources: usize,
    /// Entries of contact logs.
    pub contacts: usize,
    /// Other sources whose telephone or mail address is on record.
    pub reach: usize,
    /// Private notes.
    pub notes: usize,
    /// Speakers that are written as a free name, the name of a confidential source.
    pub speakers: usize,
    /// Annotations of which only older values were withheld.
    pub earlier: usize,
}

impl Withheld {
    /// In words, one item each: `2 contacts`.
    pub fn words(&self) -> Vec<String> {
        let all = [
            (self.sources, "confidential source", "confidential sources"),
            (self.contacts, "contact", "contacts"),
            (self.reach, "way to reach a source", "ways to reach a source"),
            (self.notes, "private note", "private notes"),
            (
                self.speakers,
                "speaker by the name of a confidential source",
                "speakers by the name of a confidential source",
            ),
            (self.earlier, "annotation's older values", "annotations' older values"),
        ];
        let told = all.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect()
    }

    /// In one sentence: `2 contacts, 1 confidential source`, or that there was nothing.
    pub fn sentence(&self) -> String {
        let words = self.words();
        if words.is_empty() { "nothing that is confidential or private".into() } else { words.join(", ") }
    }
}

impl Annotation {
    /// Whether it is a confidential source of which a redacted copy says no more than that it is there.
    pub fn is_withheld(&self) -> bool {
        self.confidential && self.spans.is_empty()
    }
}

impl Project {
    /// The copy that can be sent, and what it does not have.
    pub fn redact(&self) -> (Self, Withheld) {
        let mut copy = self.clone();
        let mut withheld = Withheld::default();
        let mut left_out = Vec::new();
        let names = self.confidential_names();
        for record in copy.annotations.values_mut().chain(copy.removed.values_mut()) {
            if let Some(bare) = redacted(record, &names) {
                withheld.count(record, &bare);
                let stays: BTreeSet<Id> = bare.entry_ids().collect();
                left_out.extend(record.entry_ids().filter(|id| !stays.contains(id)));
                *record = Arc::new(bare);
            }
        }
        let before = copy.redacted.as_deref().into_iter().flatten().copied();
        copy.redacted = Some(Arc::new(before.chain(left_out).collect()));
        (copy, withheld)
    }

    /// Whether this is a redacted copy.
    pub fn is_redacted(&self) -> bool {
        self.redacted.is_some()
    }

    /// The entries of all records that were left out of this copy.
    pub(super) fn left_out(&self) -> &BTreeSet<Id> {
        static NOTHING: BTreeSet<Id> = BTreeSet::new();
        self.redacted.as_deref().unwrap_or(&NOTHING)
    }

    /// What confidential sources are or were called, in lower case.
    pub fn confidential_names(&self) -> BTreeSet<String> {
        let all = self.annotations.values().chain(self.removed.values());
        let mut names = BTreeSet::new();
        for source in all.filter(|record| is_confidential(record)) {
            names.insert(source_name(source).replace(WITHHELD, ""));
            names.extend(values(source, AnnotationField::Name).filter_map(|value| match value {
                AnnotationValue::Name(name) => Some(name),
                _ => None,
            }));
        }
        let plain = names.iter().map(|name| name.trim().to_lowercase());
        plain.filter(|name| !name.is_empty()).collect()
    }
}

/// Whether an annotation is confidential, or one of two people says so.
pub fn is_confidential(record: &Annotation) -> bool {
    record.confidential
        || record.conflicts.iter().any(|head| head.value == AnnotationValue::Confidential(true))
}

/// Every value that a field has or had.
fn values(record: &Annotation, field: AnnotationField) -> impl Iterator<Item = AnnotationValue> + '_ {
    let earlier = record.log.iter().flat_map(|entry| &entry.before);
    let open = record.conflicts.iter().map(|head| &head.value);
    earlier.chain(open).filter(move |value| value.field() == field).cloned().chain(record.get(field))
}

/// The record without what is withheld; nothing where nothing is.
fn redacted(record: &Annotation, names: &BTreeSet<String>) -> Option<Annotation> {
    use AnnotationField as F;
    let mut bare = record.clone();
    bare.contacts.clear();
    let mut fields = vec![F::PrivateNote, F::Contact];
    if is_confidential(record) {
        bare.spans.clear();
        bare.evidence.clear();
        bare.sign_offs.clear();
        let stay = [F::Removed, F::Kind, F::Status, F::Confidential, F::Rank];
        fields = Annotation::FIELDS.iter().copied().filter(|field| !stay.contains(field)).collect();
    } else if values(record, F::Speaker).any(|value| match value {
        AnnotationValue::Speaker(Some(Speaker::Name(name))) => names.contains(&name.trim().to_lowercase()),
        _ => false,
    }) {
        fields.push(F::Speaker);
    }
    // Only for the values that a record is created with; nothing of the stamp is kept.
    let fresh = Annotation::create(&mut Stamp::new(jiff::Timestamp::UNIX_EPOCH, "", 0), record.kind);
    for first in fields.into_iter().filter_map(|field| fresh.get(field)) {
        log::withhold(&mut bare, first);
    }
    (bare != *record).then_some(bare)
}

impl Withheld {
    fn count(&mut self, record: &Annotation, bare: &Annotation) {
        let contacts = record.contacts.iter().filter(|contact| !contact.removed).count();
        self.contacts += contacts;
        if is_confidential(record) {
            self.sources += 1;
            return;
        }
        let note = !record.private_note.is_blank();
        let reach = !record.contact.is_blank();
        let speaker = record.speaker != bare.speaker;
        self.notes += usize::from(note);
        self.reach += usize::from(reach);
        self.speakers += usize::from(speaker);
        self.earlier += usize::from(!note && !reach && !speaker && contacts == 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_withheld_is_told_by_number() {
        let some = Withheld { contacts: 2, sources: 1, notes: 3, ..Withheld::default() };
        assert_eq!(some.sentence(), "1 confidential source, 2 contacts, 3 private notes");
        assert_eq!(Withheld::default().sentence(), "nothing that is confidential or private");
        let all = Withheld { sources: 2, contacts: 1, reach: 1, notes: 1, speakers: 1, earlier: 1 };
        assert_eq!(
            all.sentence(),
            "2 confidential sources, 1 contact, 1 way to reach a source, 1 private note, \
             1 speaker by the name of a confidential source, 1 annotation's older values"
        );
    }
}
