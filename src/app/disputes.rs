//! Fields that two people set to different values: all of them, with who and when, and the decision.
//!
//! May use: `domain`, the words of [`super::story`]. Invariant: every value that a record keeps in
//! conflict stands here, equal ones once; a decision is one entry that replaces them all, and one step
//! of undo. Known limit: an annotation that one side removed is decided where it is shown only.

use jiff::Timestamp;

use super::story as words;
use crate::domain::annotation::{AnnotationValue, EvidenceValue};
use crate::domain::log::{self, Head, Record, Stamp, Value};
use crate::domain::project::{About, AboutField, AboutValue};
use crate::domain::{Annotation, Change, Id, Project, Transaction};

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Where it stands among the record's conflicts.
    pub place: usize,
    /// The entry that set it.
    pub entry: Id,
    /// The value in words; empty for none.
    pub words: String,
    /// Who set it.
    pub by: String,
    /// When, by the clock of the first of them.
    pub when: Option<Timestamp>,
}

/// A field with several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The record whose field it is.
    pub record: Id,
    /// What the field is called.
    pub field: String,
    /// The values, in the order of their entries.
    pub sides: Vec<Side>,
}

/// What is undecided in an annotation and in the records inside.
pub fn of_annotation(project: &Project, annotation: &Annotation) -> Vec<Dispute> {
    let mut found = Vec::new();
    let said = |value: &AnnotationValue| match value {
        AnnotationValue::Removed(false) => "kept".into(),
        AnnotationValue::Rank(Some(rank)) => format!("place {rank}"),
        value => words::annotation_words(project, value),
    };
    collect(annotation, "", &|field| words::annotation_name(field, ""), &said, &mut found);
    for span in annotation.spans.iter().filter(|span| span.is_conflicted()) {
        collect(span, gone(span.removed), &|f| words::span_name(f, ""), &words::span_words, &mut found);
    }
    for evidence in &annotation.evidence {
        let said = |value: &EvidenceValue| match value {
            EvidenceValue::Rank(rank) => format!("place {rank}"),
            value => words::evidence_words(value),
        };
        collect(evidence, gone(evidence.removed), &|f| words::evidence_name(f, ""), &said, &mut found);
    }
    for contact in &annotation.contacts {
        let name = |field| words::contact_name(field, "");
        collect(contact, gone(contact.removed), &name, &words::contact_words, &mut found);
    }
    for sign in &annotation.sign_offs {
        let name = |field| words::sign_off_name(field, "");
        collect(sign, gone(sign.removed), &name, &words::sign_off_words, &mut found);
    }
    found
}

/// What is undecided in the title and the details of a project.
pub fn of_details(project: &Project) -> Vec<Dispute> {
    let mut found = Vec::new();
    collect(&*project.about, "", &|field| about_name(field).to_owned(), &about_words, &mut found);
    found
}

const fn gone(removed: bool) -> &'static str {
    if removed { " (removed)" } else { "" }
}

const fn about_name(field: AboutField) -> &'static str {
    use AboutField as F;
    match field {
        F::Created | F::Removed => "Removed",
        F::Title => "Title",
        F::Byline => "Byline",
        F::Outlet => "Outlet",
        F::Date => "Date",
        F::Address => "Address",
        F::Scale => "Rating scale",
    }
}

fn about_words(value: &AboutValue) -> String {
    use AboutValue as V;
    match value {
        V::Removed(removed) => if *removed { "removed" } else { "kept" }.into(),
        V::Title(text) | V::Byline(text) | V::Outlet(text) | V::Date(text) | V::Address(text) => text.clone(),
        V::Scale(scale) => scale.iter().map(|rating| rating.label.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn collect<R: Record>(
    record: &R,
    note: &str,
    name: &dyn Fn(<R::Value as Value>::Field) -> String,
    said: &dyn Fn(&R::Value) -> String,
    found: &mut Vec<Dispute>,
) {
    let first = found.len();
    let all = record.conflicts();
    let mut fields = Vec::new();
    for (place, Head { entry, value }) in all.iter().enumerate() {
        let field = value.field();
        let known = fields.iter().position(|known| *known == field).unwrap_or_else(|| {
            let called = name(field);
            let called = called.trim_end_matches('.').trim_end_matches(" brought back");
            let called = if called == "Brought back" { "Removed" } else { called };
            found.push(Dispute { record: record.id(), field: format!("{called}{note}"), sides: Vec::new() });
            fields.push(field);
            fields.len() - 1
        });
        let sides = &mut found[first + known].sides;
        let made = record.log().iter().find(|line| line.id == *entry);
        let by = made.map(|line| line.by.to_string()).unwrap_or_default();
        match sides.iter_mut().find(|side| all.get(side.place).is_some_and(|head| head.value == *value)) {
            Some(same) if !same.by.contains(&by) => same.by += &format!(", {by}"),
            Some(_) => {}
            None => {
                let when = made.map(|line| line.when);
                sides.push(Side { place, entry: *entry, words: said(value), by, when });
            }
        }
    }
}

/// The decision for one value: which record, which place among its conflicts, which entry set it.
/// Empty where that is decided already.
pub fn decided(project: &Project, of: Id, side: (Id, usize, Id), stamp: &mut Stamp) -> Transaction {
    const LABEL: &str = "decide between two values";
    if of == project.id {
        let mut after = About::clone(&project.about);
        if !decide(std::slice::from_mut(&mut after), side, stamp) {
            return Transaction::default();
        }
        let change = Change::About { before: project.about.clone(), after: after.into() };
        return Transaction { label: LABEL.into(), changes: vec![change] };
    }
    project.alter(of, LABEL, |annotation| {
        let _ = decide(std::slice::from_mut(annotation), side, stamp)
            || decide(&mut annotation.spans, side, stamp)
            || decide(&mut annotation.evidence, side, stamp)
            || decide(&mut annotation.contacts, side, stamp)
            || decide(&mut annotation.sign_offs, side, stamp);
    })
}

fn decide<R: Record>(records: &mut [R], (id, place, entry): (Id, usize, Id), stamp: &mut Stamp) -> bool {
    let Some(record) = records.iter_mut().find(|record| record.id() == id) else { return false };
    let head = record.conflicts().get(place).filter(|head| head.entry == entry);
    let Some(value) = head.map(|head| head.value.clone()) else { return false };
    log::set(record, value, stamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::annotation::Evidence;
    use crate::domain::{Article, Kind, Span, Status, Text};

    fn at(second: i64, by: &str) -> Stamp {
        Stamp::new(Timestamp::from_second(1_790_000_000 + second).unwrap(), by, second as u128)
    }

    /// A project in which Ada and Ben set a status, a title of evidence and the headline at once.
    fn disputed() -> (Project, Id) {
        let mut stamp = at(0, "Ada");
        let article = Article::new("a.txt".into(), String::new(), Text::new("One two three."), &mut stamp);
        let mut project = Project::new(article, &mut stamp);
        let (id, mark) = project.mark(Kind::Claim, &[Span::new(0, 3)], &mut at(1, "Ada"));
        project.apply(&mark).unwrap();
        let mut first = Annotation::clone(&project.annotations[&id]);
        first.evidence.push(Evidence::create(&mut at(2, "Ada")));
        let sides = [("Ada", 3, Status::Verified), ("Ben", 4, Status::Query), ("Cem", 5, Status::Query)];
        let sides = sides.map(|(by, second, status)| {
            let (mut copy, mut about) = (first.clone(), About::clone(&project.about));
            log::set(&mut copy, AnnotationValue::Status(status), &mut at(second, by));
            log::set(&mut copy.evidence[0], EvidenceValue::Title(by.into()), &mut at(second + 9, by));
            log::set(&mut about, AboutValue::Title(by.into()), &mut at(second + 20, by));
            (copy, about)
        });
        let [a, b, c] = sides;
        project.annotations.insert(id, log::union(&log::union(&a.0, &b.0), &c.0).into());
        project.about = log::union(&log::union(&a.1, &b.1), &c.1).into();
        (project, id)
    }

    #[test]
    fn every_value_is_told_with_who_set_it_and_equal_ones_once() {
        let (project, id) = disputed();
        let found = of_annotation(&project, &project.annotations[&id]);
        let told = |dispute: &Dispute| {
            let mut sides: Vec<_> = dispute.sides.iter().map(|s| (s.words.clone(), s.by.clone())).collect();
            sides.sort();
            (dispute.field.clone(), sides)
        };
        let (field, sides) = told(&found[0]);
        assert_eq!(field, "Status");
        assert_eq!(sides.len(), 2);
        assert!(sides[0].0 == "Query" && sides[0].1.contains("Ben") && sides[0].1.contains("Cem"));
        assert_eq!(sides[1], ("Verified".into(), "Ada".into()));
        assert_eq!((found[1].field.as_str(), found[1].sides.len()), ("Evidence, title", 3));
        assert_eq!(
            (of_details(&project)[0].field.as_str(), of_details(&project)[0].sides.len()),
            ("Title", 3)
        );
    }

    #[test]
    fn each_value_can_be_chosen_and_the_choice_taken_back() {
        let (first, id) = disputed();
        for (of, disputes) in
            [(id, of_annotation(&first, &first.annotations[&id])), (first.id, of_details(&first))]
        {
            for dispute in disputes {
                for side in &dispute.sides {
                    let mut project = first.clone();
                    let chosen = (dispute.record, side.place, side.entry);
                    let step = decided(&project, of, chosen, &mut at(99, "Dee"));
                    project.apply(&step).unwrap();
                    let open = of_annotation(&project, &project.annotations[&id]);
                    let open = [open, of_details(&project)].concat();
                    assert!(open.iter().all(|o| (o.record, &o.field) != (dispute.record, &dispute.field)));
                    assert_eq!(open.len(), 2);
                    assert!(decided(&project, of, chosen, &mut at(100, "Dee")).is_empty());
                    project.apply(&step.invert()).unwrap();
                    assert_eq!(project, first);
                }
            }
        }
    }
}
