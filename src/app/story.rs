//! The log of an annotation as a person reads it: who, when, what, from which value to which.
//!
//! May use: `domain`, the words of `formats`. Invariant: every entry of the annotation and of the records inside is told in
//! exactly one line, the newest first; what a record was made with stands in the line of its making.
//! An entry never stands below one whose value it replaces, whatever the clocks said.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::annotation::{AnnotationField, EvidenceField, SpanField};
use crate::domain::clash::ClashField;
use crate::domain::log::{self, Entry, Record, Value};
use crate::domain::{Annotation, Id, Project};
use crate::formats::words::{
    annotation_name, annotation_words, clash_name, clash_words, contact_name, contact_words, evidence_name,
    evidence_words, sign_off_name, sign_off_words, span_name, span_words,
};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::RecordCommand as R;
    use crate::app::records::made;
    use crate::domain::annotation::{AnnotationValue, Stance};
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
