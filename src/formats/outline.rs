//! A whole project as lines that a person reads: what `git diff` compares in place of the file.
//!
//! May use: `domain`, the words of this layer. Invariant: equal projects give equal lines, and what
//! somebody changes alters just the lines that tell of it, so nothing is numbered and no line speaks
//! of its neighbours. Everything is in it that is in the file, private notes and contacts too, but for
//! older values: it is a view of the file, no export.

use super::{changes, disputes, own_words, words};
use crate::domain::differences::Made;
use crate::domain::log::{self, Record, Value};
use crate::domain::{Annotation, Project};

/// The lines.
pub fn outline(project: &Project) -> Vec<String> {
    let mut lines = Vec::new();
    let about = &*project.about;
    let name = |field, _: &str| words::about_name(field).to_owned();
    fields(about, "", &name, &words::about_words, &mut lines);
    if project.is_redacted() {
        lines.push("Redacted copy".into());
    }
    for checker in &*project.checkers {
        lines.push(format!("Checker: {} ({})", checker.name, checker.initials));
    }
    let article = &project.article;
    let named = [("File", &article.file), ("Encoding", &article.encoding)];
    lines.extend(named.into_iter().filter(|(_, v)| !v.is_empty()).map(|(name, v)| format!("{name}: {v}")));
    lines.push(String::new());
    lines.extend(article.text.lines().map(|line| format!("    {line}").trim_end().to_owned()));
    // The entry of the loading changed nothing, and one of nobody only joins others.
    for edit in article.log.iter().filter(|entry| !entry.replaces.is_empty() && !entry.by.is_empty()) {
        lines.push(format!("Text edited · {}", changes::who(&[Made::of_text(edit)])));
    }
    for open in article.disagreements() {
        let sides: Vec<String> = open.variants.iter().map(disputes::variant).collect();
        lines.push(format!("Text, undecided: {}", sides.join(" or ")));
    }
    for annotation in project.in_order() {
        lines.push(String::new());
        told(project, annotation, &mut lines);
    }
    for annotation in project.removed.values() {
        lines.push(String::new());
        told(project, annotation, &mut lines);
    }
    lines
}

fn told(project: &Project, annotation: &Annotation, lines: &mut Vec<String>) {
    let a = annotation;
    let shown = own_words(a).split_whitespace().collect::<Vec<_>>().join(" ");
    let removed = if a.is_removed() { "removed " } else { "" };
    let made = created(a).map(|who| format!(" · {who}")).unwrap_or_default();
    lines.push(format!("{removed}{} “{shown}” ({}){made}", a.kind.word(), a.id));
    let said = |value: &_| words::annotation_in_full(project, value);
    fields(a, "    ", &words::annotation_name, &said, lines);
    // One span without a history of its own stands in the heading.
    let is_plain =
        a.spans.len() == 1 && a.spans.iter().all(|span| span.log.len() == 1 && span.place.at.is_some());
    if !is_plain {
        children(&a.spans, "Words", &words::span_words, lines);
    }
    children(&a.evidence, "Evidence", &words::evidence_in_full, lines);
    children(&a.contacts, "Contact", &words::contact_words, lines);
    children(&a.sign_offs, "Signed off", &words::sign_off_words, lines);
    lines.extend(a.open_clashes().into_iter().map(|(_, words)| format!("    Undecided: {words}")));
}

type FieldOf<R> = <<R as Record>::Value as Value>::Field;

/// Every field of a record that was ever set, with its value and who set it.
fn fields<R: Record>(
    record: &R,
    indent: &str,
    name: &dyn Fn(FieldOf<R>, &str) -> String,
    said: &dyn Fn(&R::Value) -> String,
    lines: &mut Vec<String>,
) {
    for field in R::FIELDS {
        let values = log::values(record, *field);
        let set: Vec<Made> = heads(record, *field);
        if values.len() < 2 && set.is_empty() {
            continue;
        }
        let shown: Vec<String> = values.iter().map(said).collect();
        if *field == R::REMOVED && values.len() < 2 {
            if values == [R::removal(true)] {
                lines.push(format!("{indent}Removed · {}", changes::who(&set)));
            }
            continue;
        }
        let (shown, undecided) = (shown.join(" or "), if values.len() > 1 { ", undecided" } else { "" });
        let what = match name(*field, &shown) {
            what if what == "Brought back" => "Removed".to_owned(),
            what => what,
        };
        let value =
            if what.ends_with('.') || shown.is_empty() { String::new() } else { format!(": {shown}") };
        let what = what.trim_end_matches('.');
        lines.push(format!("{indent}{what}{undecided}{value} · {}", changes::who(&set)));
    }
}

/// Each record of a list in one line.
fn children<R: Record>(list: &[R], what: &str, said: &dyn Fn(&R::Value) -> String, lines: &mut Vec<String>) {
    for record in list {
        let mut parts = Vec::new();
        for field in R::FIELDS
            .iter()
            .filter(|field| **field != R::REMOVED || record.get(**field) == Some(R::removal(true)))
        {
            let values = log::values(record, *field);
            let mut words: Vec<String> = values.iter().map(said).filter(|words| !words.is_empty()).collect();
            // Two people may mean the same words and have marked other letters.
            words.dedup();
            let undecided = if words.len() > 1 { "undecided: " } else { "" };
            if !words.is_empty() {
                parts.push(format!("{undecided}{}", words.join(" or ")));
            }
        }
        let last = record.log().last().map(Made::of);
        let who = changes::who(last.as_slice());
        lines.push(format!("    {what}: {} · {who}", parts.join(" · ")));
    }
}

/// The entries that gave a field its value, or its values; none where it is as it was made.
fn heads<R: Record>(record: &R, field: FieldOf<R>) -> Vec<Made> {
    let heads = log::heads(record, field);
    record
        .log()
        .iter()
        .filter(|entry| entry.field != R::CREATED && heads.contains(&entry.id))
        .map(Made::of)
        .collect()
}

fn created<R: Record>(record: &R) -> Option<String> {
    let entry = record.log().iter().find(|entry| entry.field == R::CREATED)?;
    Some(changes::who(&[Made::of(entry)]))
}
