//! The log of an annotation as a person reads it: who, when, what, from which value to which.
//!
//! May use: `domain`. Invariant: every entry of the annotation and of the records inside is told in
//! exactly one line, the newest first; what a record was made with stands in the line of its making.
//! An entry never stands below one whose value it replaces, whatever the clocks said.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::records::{priority_word, stance_word};
use crate::domain::annotation::{
    AnnotationField, AnnotationValue, ContactField, ContactValue, EvidenceField, EvidenceValue, Level, Place,
    Prose, QuoteForm, Resolution, SignOffField, SignOffValue, SourceType, SpanField, SpanValue,
};
use crate::domain::clash::{ClashField, ClashSort, ClashValue};
use crate::domain::log::{self, Entry, Record, Value};
use crate::domain::{Annotation, Id, Project};

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When, by the clock of whoever did it.
    pub when: Timestamp,
    /// Who.
    pub by: Arc<str>,
    /// What was changed, or what was done.
    pub what: String,
    /// The value before, in words; empty for none.
    pub before: String,
    /// The value after.
    pub after: String,
}

impl Line {
    /// In one piece: `Status: Unchecked → Verified`.
    pub fn words(&self) -> String {
        match (self.before.is_empty(), self.after.is_empty()) {
            (true, true) => self.what.clone(),
            (true, false) => format!("{}: {}", self.what, self.after),
            (false, true) => format!("{}: {} → nothing", self.what, self.before),
            (false, false) => format!("{}: {} → {}", self.what, self.before, self.after),
        }
    }
}

/// The history of an annotation, the newest first.
pub fn history(project: &Project, annotation: &Annotation) -> Vec<Line> {
    let mut lines = Vec::new();
    // What is done to an annotation is a step of its own, even in the second in which it was marked.
    let kind = (&[AnnotationField::Kind][..], false);
    tell(annotation, &mut lines, kind, &|value| annotation_words(project, value), &annotation_name);
    for span in &annotation.spans {
        tell(span, &mut lines, (&[SpanField::Place], true), &span_words, &span_name);
    }
    for found in &annotation.evidence {
        tell(found, &mut lines, (&[EvidenceField::Stance], true), &evidence_words, &evidence_name);
    }
    for contact in &annotation.contacts {
        tell(contact, &mut lines, (&[], true), &contact_words, &contact_name);
    }
    for sign in &annotation.sign_offs {
        tell(sign, &mut lines, (&[], true), &sign_off_words, &sign_off_name);
    }
    for clash in &annotation.clashes {
        tell(clash, &mut lines, (&[ClashField::Sort], true), &clash_words, &clash_name);
    }
    // Where the time is the same, the making comes first, so that it stands below.
    lines.sort_by_key(|(at, made, _)| (*at, !made));
    lines.into_iter().rev().map(|(_, _, line)| line).collect()
}

/// The line of the newest entry.
pub fn last_change(project: &Project, annotation: &Annotation) -> Option<Line> {
    history(project, annotation).into_iter().next()
}

type FieldOf<R> = <<R as Record>::Value as Value>::Field;

fn tell<R: Record>(
    record: &R,
    lines: &mut Vec<(Timestamp, bool, Line)>,
    (shown_at_first, folds): (&[FieldOf<R>], bool),
    words: &dyn Fn(&R::Value) -> String,
    name: &dyn Fn(FieldOf<R>, &str) -> String,
) {
    let created = record.log().iter().find(|entry| entry.field == R::CREATED);
    let made_with = |entry: &Entry<R::Value>| {
        created.is_some_and(|made| {
            folds
                && entry.id != made.id
                && (entry.when, &entry.by) == (made.when, &made.by)
                && entry.replaces == [made.id]
        })
    };
    // No entry is shown as older than what it replaces.
    let mut shown: BTreeMap<Id, Timestamp> = BTreeMap::new();
    for entry in record.log() {
        let after_these = entry.replaces.iter().filter_map(|id| shown.get(id)).copied();
        let at = after_these.fold(entry.when, Timestamp::max);
        shown.insert(entry.id, at);
        if made_with(entry) {
            continue;
        }
        let (before, after) = if entry.withheld {
            (String::new(), "withheld in this copy".to_owned())
        } else if entry.field == R::CREATED {
            let first = R::FIELDS.iter().filter_map(|field| {
                let set = record.log().iter().find(|e| e.field == *field && made_with(e));
                let by = set.map(|e| e.id).or(shown_at_first.contains(field).then_some(entry.id));
                let value = log::value_after(record, *field, by?)?;
                Some(words(&value)).filter(|words| !words.is_empty())
            });
            (String::new(), first.collect::<Vec<_>>().join(" · "))
        } else {
            let mut before: Vec<String> = entry.before.iter().map(words).collect();
            before.dedup();
            let after = log::value_after(record, entry.field, entry.id);
            (before.join(" or "), after.map(|value| words(&value)).unwrap_or_default())
        };
        let what = name(entry.field, &after);
        let bare = matches!(what.as_str(), "Removed" | "Brought back") || what.ends_with('.');
        let (before, after) = if bare { Default::default() } else { (before, after) };
        let what = what.trim_end_matches('.').to_owned();
        lines.push((
            at,
            entry.field == R::CREATED,
            Line { when: entry.when, by: entry.by.clone(), what, before, after },
        ));
    }
}

/// The words of a removal, which the names below read.
fn removed(is_removed: bool) -> String {
    if is_removed { "removed".into() } else { String::new() }
}

/// A name that stands alone ends with a full stop, which is not shown.
fn gone(what: &str, after: &str) -> String {
    if after == "removed" { format!("{what} removed.") } else { format!("{what} brought back.") }
}

pub(super) fn annotation_name(field: AnnotationField, after: &str) -> String {
    use AnnotationField as F;
    match field {
        F::Created => "Marked",
        F::Removed if after == "removed" => "Removed",
        F::Removed => "Brought back",
        F::CheckAgain if after.is_empty() => "Confirmed.",
        F::CheckAgain => "To be checked again",
        F::Kind => "Kind",
        F::Status => "Status",
        F::Reason => "Why it cannot be verified",
        F::Fact => "The fact",
        F::Speaker => "Said by",
        F::SaidWhen => "Said when",
        F::SaidWhere => "Said where",
        F::Category => "Category",
        F::Priority => "Priority",
        F::ProposedWording => "Proposed wording",
        F::Resolution => "The editor",
        F::CorrectedFrom => "Corrected from",
        F::Verdict => "Rating",
        F::Rationale => "Why this rating",
        F::Form => "Form",
        F::ComparedWith => "Compared with",
        F::ComparedAt => "Compared at",
        F::Name => "Name",
        F::Role => "Role",
        F::SourceType => "Type",
        F::Address => "Address",
        F::Contact => "How to reach it",
        F::Confidential => "Confidential",
        F::Note => "Note",
        F::PrivateNote => "Private note",
        F::Tags => "Tags",
        F::Rank => "Moved in the list.",
        F::Origin => "Imported from",
    }
    .into()
}

pub(super) fn annotation_words(project: &Project, value: &AnnotationValue) -> String {
    use AnnotationValue as V;
    match value {
        V::Removed(value) => removed(*value),
        V::Kind(kind) => kind.name().into(),
        V::Status(status) => status.name().into(),
        V::CheckAgain(reason) => reason.clone().unwrap_or_default(),
        V::Speaker(speaker) => speaker.as_ref().map(|s| project.speaker_name(s)).unwrap_or_default(),
        V::Priority(None) | V::Rank(_) => String::new(),
        V::Priority(priority) => priority_word(*priority).into(),
        V::Resolution(resolution) => resolution_word(*resolution).into(),
        V::Verdict(verdict) => verdict.as_ref().map(|verdict| verdict.words()).unwrap_or_default(),
        V::Form(form) => form.map_or("", form_word).into(),
        V::SourceType(sort) => sort.map_or("", source_word).into(),
        V::Confidential(value) => if *value { "yes" } else { "no" }.into(),
        V::Tags(tags) => tags.join(", "),
        V::Origin(origin) => origin.as_ref().map(|o| format!("{} {}", o.format, o.id)).unwrap_or_default(),
        V::SaidWhen(text) | V::SaidWhere(text) | V::Category(text) => text.clone(),
        V::ComparedWith(text) | V::ComparedAt(text) => text.clone(),
        V::Name(text) | V::Role(text) | V::Address(text) => text.clone(),
        V::Reason(text) | V::Fact(text) | V::ProposedWording(text) | V::CorrectedFrom(text) => flat(text),
        V::Rationale(text) | V::Contact(text) | V::Note(text) | V::PrivateNote(text) => flat(text),
    }
}

fn flat(text: &Prose) -> String {
    text.as_str().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the editor decided, after "The editor".
pub const fn resolution_word(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Open => "has not decided",
        Resolution::Accepted => "accepts",
        Resolution::Rejected => "rejects",
    }
}

/// A quote's form in words.
pub const fn form_word(form: QuoteForm) -> &'static str {
    match form {
        QuoteForm::Direct => "Direct",
        QuoteForm::Indirect => "Indirect",
        QuoteForm::Mixed => "Mixed",
    }
}

/// The sort of a source in words.
pub const fn source_word(sort: SourceType) -> &'static str {
    match sort {
        SourceType::Person => "Person",
        SourceType::Organisation => "Organisation",
        SourceType::Document => "Document",
        SourceType::Data => "Data",
        SourceType::Agency => "News agency",
        SourceType::OwnObservation => "Own observation",
    }
}

/// How near a piece of evidence is, in words.
pub const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Primary => "primary",
        Level::Secondary => "secondary",
    }
}

pub(super) fn span_name(field: SpanField, after: &str) -> String {
    match field {
        SpanField::Created => "Words marked".into(),
        SpanField::Removed => gone("Words", after),
        SpanField::Place => "Words".into(),
    }
}

pub(super) fn span_words(value: &SpanValue) -> String {
    match value {
        SpanValue::Removed(value) => removed(*value),
        SpanValue::Place(place) => place_words(place),
    }
}

fn place_words(place: &Place) -> String {
    let gone = if place.at.is_some() { "" } else { " (not in the text any more)" };
    format!("“{}”{gone}", flat(&place.quote))
}

pub(super) fn evidence_name(field: EvidenceField, after: &str) -> String {
    use EvidenceField as F;
    match field {
        F::Created => "Evidence added".into(),
        F::Removed => gone("Evidence", after),
        F::Rank => "Evidence moved in the list.".into(),
        field => format!("Evidence, {}", evidence_field(field)),
    }
}

const fn evidence_field(field: EvidenceField) -> &'static str {
    use EvidenceField as F;
    match field {
        F::Created | F::Removed | F::Rank => "",
        F::Stance => "what it does",
        F::Title => "title",
        F::Address => "address",
        F::Archived => "archived address",
        F::Location => "page or time",
        F::Excerpt => "excerpt",
        F::Seen => "date seen",
        F::Level => "level",
    }
}

pub(super) fn evidence_words(value: &EvidenceValue) -> String {
    use EvidenceValue as V;
    match value {
        V::Removed(value) => removed(*value),
        V::Stance(stance) => stance_word(*stance).into(),
        V::Level(level) => level.map_or("", level_word).into(),
        V::Excerpt(text) => flat(text),
        V::Title(text) | V::Address(text) | V::Archived(text) | V::Location(text) | V::Seen(text) => {
            text.clone()
        }
        V::Rank(_) => String::new(),
    }
}

pub(super) fn contact_name(field: ContactField, after: &str) -> String {
    match field {
        ContactField::Created => "Contact noted".into(),
        ContactField::Removed => gone("Contact", after),
        ContactField::At => "Contact, when".into(),
        ContactField::How => "Contact, how".into(),
        ContactField::Outcome => "Contact, outcome".into(),
    }
}

pub(super) fn contact_words(value: &ContactValue) -> String {
    match value {
        ContactValue::Removed(value) => removed(*value),
        ContactValue::At(text) | ContactValue::How(text) => text.clone(),
        ContactValue::Outcome(text) => flat(text),
    }
}

fn clash_name(field: ClashField, after: &str) -> String {
    match field {
        ClashField::Created => "Came together with something else when copies were merged".into(),
        ClashField::Removed if after == "removed" => "Clash settled.".into(),
        ClashField::Removed => "Clash open again.".into(),
        ClashField::Sort | ClashField::Between => "Clash.".into(),
    }
}

fn clash_words(value: &ClashValue) -> String {
    match value {
        ClashValue::Removed(value) => removed(*value),
        ClashValue::Sort(ClashSort::Removed) => {
            "the whole was removed by one side and changed by the other".into()
        }
        ClashValue::Sort(ClashSort::PartRemoved) => {
            "a part was removed by one side and changed by the other".into()
        }
        ClashValue::Sort(ClashSort::Moved) => "one side changed the mark, the other the result".into(),
        ClashValue::Sort(ClashSort::Evidence) => "one side changed the result, the other the evidence".into(),
        ClashValue::Between(_) => String::new(),
    }
}

pub(super) fn sign_off_name(field: SignOffField, after: &str) -> String {
    match field {
        SignOffField::Created => "Signed off".into(),
        SignOffField::Removed => gone("Sign-off", after),
        SignOffField::Role => "Sign-off, role".into(),
        SignOffField::Name => "Sign-off, name".into(),
        SignOffField::At | SignOffField::Covers => "Sign-off.".into(),
    }
}

pub(super) fn sign_off_words(value: &SignOffValue) -> String {
    match value {
        SignOffValue::Removed(value) => removed(*value),
        SignOffValue::Name(text) | SignOffValue::Role(text) => text.clone(),
        SignOffValue::At(_) | SignOffValue::Covers(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::RecordCommand as R;
    use crate::app::records::made;
    use crate::domain::annotation::Stance;
    use crate::domain::{Article, Kind, Span, Stamp, Status, Text};

    #[test]
    fn every_change_is_told_with_both_values_the_newest_first() {
        let at = |second: i64, by: &str| {
            Stamp::new(Timestamp::from_second(1_790_000_000 + second).unwrap(), by, second as u128)
        };
        let mut stamp = at(0, "Ada");
        let article = Article::new("a.txt".into(), String::new(), Text::new("One two three."), &mut stamp);
        let mut project = Project::new(article, &mut stamp);
        let (id, mark) = project.mark(Kind::Claim, &[Span::new(0, 3)], &mut at(1, "Ada"));
        project.apply(&mark).unwrap();
        for (second, value) in [
            (2, AnnotationValue::Status(Status::InProgress)),
            (3, AnnotationValue::Note("first".into())),
            (4, AnnotationValue::Status(Status::Verified)),
        ] {
            let set = project.set(id, "set", vec![value], &mut at(second, "Ben"));
            project.apply(&set).unwrap();
        }
        let add = R::AddEvidence(id, Stance::Contradicts, "https://a.example/x".into());
        project.apply(&made(&project.clone(), Some(id), &add, &mut at(5, "Ada"))).unwrap();
        let found = project.annotations[&id].evidence[0].id;
        // A clock that went wrong does not put the removal below what it removes.
        let remove = R::RemoveEvidence(id, found);
        project.apply(&made(&project.clone(), Some(id), &remove, &mut at(-99, "Ben"))).unwrap();
        let told: Vec<_> = history(&project, &project.annotations[&id]).iter().map(Line::words).collect();
        assert_eq!(
            told,
            [
                "Evidence removed",
                "Evidence added: contradicts · https://a.example/x · 2026-09-21",
                "Status: In progress → Verified",
                "Note: first",
                "Status: Unchecked → In progress",
                "Words marked: “One”",
                "Marked: Claim",
            ]
        );
        assert_eq!(last_change(&project, &project.annotations[&id]).unwrap().by.as_ref(), "Ben");
    }
}
