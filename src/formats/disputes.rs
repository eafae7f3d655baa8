//! Fields that two people set to different values: all of them, with who and when.
//!
//! May use: `domain`, [`super::words`]. Invariant: every value that a record keeps in conflict stands
//! here, equal ones once.

use jiff::Timestamp;

use super::words;
use crate::domain::annotation::AnnotationValue;
use crate::domain::log::{Head, Record, Value};
use crate::domain::merge::Variant;
use crate::domain::{Annotation, Id, Project};

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
    let said = |value: &AnnotationValue| words::annotation_in_full(project, value);
    collect(annotation, "", &|field| words::annotation_name(field, ""), &said, &mut found);
    for span in annotation.spans.iter().filter(|span| span.is_conflicted()) {
        let (name, said) =
            (|field| words::span_name(field, ""), |value: &_| words::span_in_full(project, value));
        collect(span, gone(span.removed), &name, &said, &mut found);
    }
    for evidence in &annotation.evidence {
        let name = |field| words::evidence_name(field, "");
        collect(evidence, gone(evidence.removed), &name, &words::evidence_in_full, &mut found);
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
    collect(
        &*project.about,
        "",
        &|field| words::about_name(field).to_owned(),
        &words::about_words,
        &mut found,
    );
    found
}

const fn gone(removed: bool) -> &'static str {
    if removed { " (removed)" } else { "" }
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

/// All that is undecided in a project, in one line each: what it is about, the field, and its values with
/// who set them. The annotations stand in the order of the text, removed ones last; of what two people
/// did to one at once, it is told what each of them did.
pub fn told(project: &Project) -> Vec<String> {
    let side = |side: &Side| {
        let words = if side.words.is_empty() { "nothing" } else { &side.words };
        let when = side.when.map(|when| format!(", {}", super::changes::time(when))).unwrap_or_default();
        format!("{words} ({}{when})", side.by)
    };
    let line = |about: &str, dispute: &Dispute| {
        let sides: Vec<String> = dispute.sides.iter().map(side).collect();
        format!("{about}: {}: {}", dispute.field, sides.join(" or "))
    };
    let mut lines: Vec<String> =
        of_details(project).iter().map(|dispute| line("title and details", dispute)).collect();
    let text = &project.article.text;
    for open in project.article.disagreements() {
        let sides: Vec<String> = open.variants.iter().map(variant).collect();
        let number = text.paragraph_of(open.at.start as usize);
        lines.push(format!("text ¶ {number}: {}", sides.join(" or ")));
    }
    for annotation in project.in_order().into_iter().chain(project.removed.values()) {
        let about = || format!("{} ({})", super::changes::heading(project, annotation), annotation.id);
        lines.extend(of_annotation(project, annotation).iter().map(|dispute| line(&about(), dispute)));
        lines.extend(annotation.open_clashes().iter().map(|(_, words)| format!("{}: {words}", about())));
    }
    lines
}

/// What one person made of words that others changed too.
pub fn variant(variant: &Variant) -> String {
    let words = variant.words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("“{words}” ({}, {})", variant.by, super::changes::time(variant.when))
}
