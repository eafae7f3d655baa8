//! An annotation as exports for people print it: texts in their order, without any markup.
//!
//! May use: domain. Markdown, the report, Word's comments and what is copied are made of these.
//! Invariant: nothing private is in an [`Entry`]; whoever prints one escapes every text in it.

use std::collections::BTreeSet;

use super::table::{self, evidence, level};
use super::{corrected_from, exact_words, printed_speaker};
use crate::domain::annotation::{Evidence, Stance};
use crate::domain::rules::{self, Open};
use crate::domain::{Annotation, Kind, Project, Status};

/// What is printed of one annotation.
pub(super) struct Entry {
    /// The fact, the source's name, or else the words.
    pub heading: String,
    /// The exact words.
    pub words: String,
    /// Whether the heading is the words.
    pub is_words: bool,
    /// Who said it; of a source, its role.
    pub speaker: String,
    /// Where and when.
    pub circumstances: String,
    /// `Claim`.
    pub kind: Kind,
    /// `¶ 2`.
    pub place: String,
    /// Its status.
    pub status: Status,
    /// `Half true (3)`, where there is a rating.
    pub verdict: Option<String>,
    /// What stands against the result, so that no status is read without it.
    pub flags: Vec<String>,
    /// Name and text: what was corrected, proposed, why.
    pub matters: Vec<(&'static str, String)>,
    /// Of a source.
    pub address: String,
    /// What was found.
    pub evidence: Vec<Proof>,
    /// For colleagues: only exports that say so print it.
    pub note: String,
}

/// A piece of evidence.
pub(super) struct Proof {
    /// `Supports`.
    pub stance: &'static str,
    /// Its title, or else its address.
    pub title: String,
    /// Where it is.
    pub address: String,
    /// The page or the minute.
    pub location: String,
    /// `primary`, `secondary` or nothing.
    pub level: &'static str,
    /// The day it was looked at.
    pub seen: String,
    /// Where a copy is.
    pub archived: String,
    /// Its words.
    pub excerpt: String,
}

impl Entry {
    /// What is printed of an annotation; `hidden` are the names that no export prints.
    pub(super) fn of(project: &Project, a: &Annotation, hidden: &BTreeSet<String>) -> Self {
        let words = exact_words(a);
        let heading = match a.kind {
            Kind::Source if !a.name.trim().is_empty() => a.name.clone(),
            _ if !a.fact.is_blank() => a.fact.as_str().to_owned(),
            _ => words.clone(),
        };
        let speaker =
            if a.kind == Kind::Source { a.role.clone() } else { printed_speaker(project, a, hidden) };
        let verdict = a.verdict.as_ref().map(|verdict| {
            let number = verdict.number.map(|n| format!(" ({})", n.0)).unwrap_or_default();
            format!("{}{number}", verdict.label)
        });
        let reason = if a.status == Status::Unverifiable { a.reason.0.clone() } else { String::new() };
        let matters = [
            ("Corrected from", corrected_from(a)),
            ("Proposed", proposed(a)),
            ("Reason", reason),
            ("Why", a.rationale.0.clone()),
            ("Compared with", joined(&[&a.compared_with, &a.compared_at])),
        ];
        let address = if a.kind == Kind::Source { a.address.trim().to_owned() } else { String::new() };
        Self {
            is_words: heading == words,
            heading,
            words,
            speaker: speaker.trim().to_owned(),
            circumstances: joined(&[&a.said_where, &a.said_when]),
            kind: a.kind,
            place: place(project, a),
            status: a.status,
            verdict,
            flags: flags(a),
            matters: matters.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect(),
            address,
            evidence: evidence(a).into_iter().filter_map(Proof::of).collect(),
            note: a.note.as_str().trim().to_owned(),
        }
    }
}

impl Proof {
    /// What is printed of a piece of evidence; nothing where it says nothing.
    pub(super) fn of(e: &Evidence) -> Option<Self> {
        let first = [&e.title, &e.address, &e.archived].into_iter().find(|text| !text.trim().is_empty());
        let proof = Self {
            stance: match e.stance {
                Stance::Supports => "Supports",
                Stance::Contradicts => "Contradicts",
                Stance::Context => "Context",
            },
            title: first.map(|text| text.trim().to_owned()).unwrap_or_default(),
            address: e.address.trim().to_owned(),
            location: e.location.trim().to_owned(),
            level: level(e.level),
            seen: e.seen.trim().to_owned(),
            archived: e.archived.trim().to_owned(),
            excerpt: e.excerpt.as_str().trim().to_owned(),
        };
        let texts = [&proof.title, &proof.location, &proof.seen, &proof.excerpt];
        (!proof.level.is_empty() || texts.iter().any(|text| !text.is_empty())).then_some(proof)
    }
}

/// Who set the status, and when, where it is a result: `Ada Kern, 2026-09-21`.
pub(super) fn checked(a: &Annotation) -> Option<(String, jiff::Timestamp)> {
    table::checked(a).map(|entry| (entry.by.to_string(), entry.when))
}

/// The numbers of the paragraphs in which it stands.
fn place(project: &Project, a: &Annotation) -> String {
    let text = &project.article.text;
    let mut numbers: Vec<usize> = a.placed().map(|span| text.paragraph_of(span.start as usize)).collect();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    if numbers.is_empty() { "no longer in the text".into() } else { format!("¶ {}", numbers.join(", ")) }
}

/// What stands against the result.
fn flags(a: &Annotation) -> Vec<String> {
    let mut flags = Vec::new();
    for open in rules::open_matters(a) {
        match open {
            // The status says this itself, and "not in the text yet" is the editor's matter.
            Open::Status(_) | Open::NotInText => {}
            Open::Orphan if a.first_span().is_none() => {}
            Open::CheckAgain => {
                let why = a.why_check().filter(|why| !why.trim().is_empty());
                let why = why.map(|why| format!(": {why}")).unwrap_or_default();
                flags.push(format!("to be checked again{why}"));
            }
            open => flags.push(open.words().to_owned()),
        }
    }
    flags
}

/// The proposed wording, where it does not stand in the place of the words already.
fn proposed(a: &Annotation) -> String {
    let shown = a.status == Status::NeedsCorrection && !rules::is_corrected(a);
    if shown { a.proposed_wording.0.clone() } else { String::new() }
}

/// What is not blank of some texts, with commas.
pub(super) fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The lines of a text, whatever separates them.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect()
}

/// How many annotations a list has, in words.
pub(super) fn count(rows: &[&Annotation], include: rules::Include) -> String {
    use rules::Include;
    let adjective = match include {
        Include::Verified => "verified ",
        Include::Checked => "checked ",
        Include::All => "",
    };
    let [claims, quotes, sources] = Kind::ALL.map(|kind| rows.iter().any(|a| a.kind == kind));
    let several = usize::from(claims) + usize::from(quotes) + usize::from(sources) > 1;
    match (rows, several) {
        ([], _) if include == Include::Verified => "No verified claims or quotes.".into(),
        ([], _) => format!("No {adjective}annotations."),
        ([one], _) => format!("1 {adjective}{}", one.kind.word()),
        ([first, ..], false) => format!("{} {adjective}{}", rows.len(), first.kind.plural().to_lowercase()),
        (_, true) if !sources => format!("{} {adjective}claims and quotes", rows.len()),
        (_, true) => format!("{} {adjective}annotations", rows.len()),
    }
}
