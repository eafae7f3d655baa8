//! The checked copy: the article with nothing but the proposed corrections, as tracked changes.
//!
//! May use: domain, similar. A correction stands at every span of its annotation that has the same
//! words; only the words that differ are struck and inserted; author and time are those of the
//! proposal. Invariants: with all changes rejected the text is the article, with all accepted it is
//! the article with the proposals in their places; changes never overlap. Known limits: a proposal
//! for a split quote, and one that changes the number of lines, are no tracked change and are told.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use super::super::export::{Cancelled, Export, Part, Progress};
use super::super::listed;
use super::super::loss::counted;
use super::package::{Document, attribute, is_rtl, paragraph, run};
use crate::domain::annotation::{AnnotationField, Resolution};
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Project, Span, Status, log};

/// The checked copy.
pub const EXPORT: Export = Export {
    title: "Checked copy (Word)",
    about: "the checked copy: proposed corrections as tracked changes",
    include: Include::All,
    ending: Some("checked-copy"),
    write,
    told,
    is_list: false,
    shows_text: true,
};

/// Longer words are replaced as a whole: finding what differs takes the square of it.
const COMPARED: usize = 20_000;

/// A change of one stretch of one line.
struct Change<'a> {
    at: Span,
    new: &'a str,
    by: String,
    when: String,
}

/// What is changed, and why other proposals are not.
#[derive(Default)]
struct Plan<'a> {
    changes: Vec<Change<'a>>,
    corrections: usize,
    rejected: usize,
    done: usize,
    split: usize,
    crossing: usize,
    unsettled: usize,
    other: usize,
}

fn plan(project: &Project, include: Include) -> Plan<'_> {
    let mut plan = Plan::default();
    let mut free = 0;
    for a in listed(project, include) {
        if a.status != Status::NeedsCorrection || a.proposed_wording.is_blank() {
            plan.other += 1;
        } else if a.resolution == Resolution::Rejected {
            plan.rejected += 1;
        } else if rules::is_in_text(a) {
            plan.done += 1;
        } else if a.is_conflicted() || a.has_orphan() || a.first_span().is_none() {
            plan.unsettled += 1;
        } else {
            match changes(project, a) {
                None => plan.split += 1,
                // The list is in text order, so that only what came before can be in the way.
                Some(found) if found.first().is_some_and(|change| change.at.start < free) => {
                    plan.crossing += 1;
                }
                Some(found) if found.is_empty() => plan.done += 1,
                Some(mut found) => {
                    plan.corrections += 1;
                    found.retain(|change| change.at.start >= free);
                    free = found.last().map_or(free, |change| change.at.end.max(free));
                    plan.changes.extend(found);
                }
            }
        }
    }
    plan.changes.sort_by_key(|change| change.at.start);
    plan
}

/// The changes of one annotation; nothing where its words cannot be replaced one for one.
fn changes<'a>(project: &Project, a: &'a Annotation) -> Option<Vec<Change<'a>>> {
    let heads = log::heads(a, AnnotationField::ProposedWording);
    let set = a.log.iter().filter(|e| heads.contains(&e.id)).max_by_key(|e| (e.when, e.id));
    let (by, when) = set.or(a.log.first()).map(|e| (attribute(&e.by), e.when))?;
    let when = when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let text = &project.article.text;
    let mut spans = a.placed();
    let first = text.slice(spans.next()?);
    if spans.any(|span| text.slice(span) != first) {
        return None;
    }
    let new = a.proposed_wording.as_str().trim();
    let outer = first.len() - first.trim_start().len();
    let old: Vec<&str> = first.trim().split('\n').collect();
    if new.split('\n').count() != old.len() {
        return None;
    }
    let mut changes = Vec::new();
    for span in a.placed() {
        let mut start = span.start + outer as u32;
        for (old, new) in old.iter().zip(new.split('\n')) {
            let at = Span { start, end: start + old.len() as u32 };
            if *old != new {
                changes.push(Change { at, new, by: by.clone(), when: when.clone() });
            }
            start = at.end + 1;
        }
    }
    Some(changes)
}

fn told(project: &Project, include: Include) -> Vec<String> {
    let plan = plan(project, include);
    let mut lines = Vec::new();
    let mut line = |kind: &str, count: usize, one: &str, many: &str| {
        if count > 0 {
            lines.push(format!("{kind}: {}", counted(count, one, many)));
        }
    };
    let confidential = project.annotations.values().filter(|a| a.confidential).count();
    line("left out", confidential, "confidential source", "confidential sources");
    line("left out", plan.other, "mark without a proposed correction", "marks without a proposed correction");
    line("left out", plan.rejected, "rejected correction", "rejected corrections");
    line("left out", plan.done, "correction that stands in the text", "corrections that stand in the text");
    line(
        "left out",
        plan.unsettled,
        "correction of lost or undecided words",
        "corrections of lost or undecided words",
    );
    let (one, many) = (
        "correction of a split quote or of several lines: see the checking copy",
        "corrections of split quotes or of several lines: see the checking copy",
    );
    line("left out", plan.split, one, many);
    line(
        "left out",
        plan.crossing,
        "correction of words that another one changes: see the checking copy",
        "corrections of words that others change: see the checking copy",
    );
    if plan.corrections == 0 {
        lines.push("warning: no correction is proposed, so the copy is the article as it is".into());
    }
    lines
}

/// Writes the checked copy.
fn write(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<Vec<Part>, Cancelled> {
    let text = &project.article.text;
    let plan = plan(project, include);
    progress.ahead(text.line_count() + plan.changes.len());
    let mut body = String::new();
    let mut head = String::new();
    run(&mut head, "<w:b/>", "t", "Checked copy");
    let (one, many) = ("proposed correction", "proposed corrections");
    run(&mut head, "", "t", &format!(" · {}, as tracked changes", counted(plan.corrections, one, many)));
    paragraph(&mut body, "About", false, &head);
    let mut changes = plan.changes.iter().peekable();
    let mut number = 0;
    for line in 0..text.line_count() {
        let span = text.line(line);
        let (mut at, mut runs) = (span.start, String::new());
        while let Some(change) = changes.next_if(|change| change.at.end <= span.end) {
            run(&mut runs, "", "t", text.slice(Span { start: at, end: change.at.start }));
            tracked(&mut runs, text.slice(change.at), change, &mut number);
            at = change.at.end;
            progress.step()?;
        }
        run(&mut runs, "", "t", text.slice(Span { start: at, end: span.end }));
        let words = text.slice(span);
        if !words.trim().is_empty() || runs.contains("<w:ins") {
            paragraph(&mut body, super::style(project, line), is_rtl(words), &runs);
        }
        progress.step()?;
    }
    progress.ask()?;
    let made = project.article.log.first().map(|entry| entry.when).unwrap_or_default();
    let title = project.about.title.clone();
    let document = Document { body, comments: String::new(), tracks: true, title, made };
    Ok(Part::whole(document.packed()))
}

/// Adds the words that stay, those that go and those that come.
fn tracked(out: &mut String, old: &str, change: &Change<'_>, number: &mut usize) {
    let mut group = (String::new(), String::new());
    let mut between = String::new();
    for (tag, words) in differences(old, change.new) {
        match tag {
            ChangeTag::Equal if words.trim().is_empty() && (!group.0.is_empty() || !group.1.is_empty()) => {
                between.push_str(words);
            }
            ChangeTag::Equal => {
                flush(out, &mut group, change, number);
                run(out, "", "t", &std::mem::take(&mut between));
                run(out, "", "t", words);
            }
            ChangeTag::Delete | ChangeTag::Insert => {
                // A space between two changed words is changed with them.
                group.0.push_str(&between);
                group.1.push_str(&between);
                between.clear();
                if tag == ChangeTag::Delete { &mut group.0 } else { &mut group.1 }.push_str(words);
            }
        }
    }
    flush(out, &mut group, change, number);
    run(out, "", "t", &between);
}

fn differences<'a>(old: &'a str, new: &'a str) -> Vec<(ChangeTag, &'a str)> {
    if old.len() + new.len() > COMPARED {
        return vec![(ChangeTag::Delete, old), (ChangeTag::Insert, new)];
    }
    let diff = TextDiff::from_unicode_words(old, new);
    let (mut found, mut before, mut after) = (Vec::new(), 0, 0);
    for change in diff.iter_all_changes() {
        let length = change.value().len();
        let words = match change.tag() {
            ChangeTag::Insert => &new[after..after + length],
            _ => &old[before..before + length],
        };
        before += if change.tag() == ChangeTag::Insert { 0 } else { length };
        after += if change.tag() == ChangeTag::Delete { 0 } else { length };
        found.push((change.tag(), words));
    }
    found
}

fn flush(out: &mut String, group: &mut (String, String), change: &Change<'_>, number: &mut usize) {
    let (gone, come) = std::mem::take(group);
    for (element, text, words) in [("del", "delText", gone), ("ins", "t", come)] {
        if !words.is_empty() {
            let (by, when) = (&change.by, &change.when);
            let _ = write!(out, "<w:{element} w:id=\"{number}\" w:author=\"{by}\" w:date=\"{when}\">");
            *number += 1;
            run(out, "", text, &words);
            let _ = write!(out, "</w:{element}>");
        }
    }
}
