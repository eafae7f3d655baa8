//! The table of what was checked: one row an annotation, the same cells for CSV and Excel.
//!
//! May use: domain. The columns are fixed but for the evidence: `source_1_title` … `source_n_seen`,
//! as many as the row with the most has, and at least one. `exact_text` of an accepted correction is
//! the accepted wording, `corrected_from` the words as they were. `checked_by` and `checked_at` come
//! from the log: who set the status last, where it is a result. `reason` is there only while a
//! status needs one. Invariant: every row has as many cells as the header. Known limit:
//! contradicting evidence that is added after a sign-off does not lapse it (no entry says what a
//! sign-off did not see).

use std::collections::BTreeSet;

use super::loss::Piece;
use crate::domain::annotation::{AnnotationValue, Evidence, Level, Priority, Resolution, Stance};
use crate::domain::log::{self, Entry};
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Project, Status};

/// What a table has columns for.
pub(super) const HOLDS: &[Piece] = &[Piece::Evidence, Piece::Note, Piece::Wording, Piece::SignOff];
/// The columns before the evidence.
const BEFORE: [&str; 20] = [
    "id",
    "order",
    "paragraph",
    "kind",
    "status",
    "exact_text",
    "fact",
    "corrected_from",
    "proposed_wording",
    "resolution",
    "category",
    "speaker",
    "said_on",
    "where",
    "verdict",
    "verdict_number",
    "rationale",
    "reason",
    "check_again",
    "open",
];
/// The columns of one piece of evidence, each after `source_1_`.
const EVIDENCE: [&str; 7] = ["title", "address", "archived", "location", "level", "stance", "seen"];
/// The columns after the evidence.
const AFTER: [&str; 5] = ["note", "priority", "checked_by", "checked_at", "signed_off_by"];

/// The rows of a list, and how many pieces of evidence the row with the most has.
pub(super) struct Table<'a> {
    project: &'a Project,
    rows: Vec<&'a Annotation>,
    hidden: BTreeSet<String>,
    most: usize,
}

impl<'a> Table<'a> {
    /// The table of a list.
    pub(super) fn of(project: &'a Project, include: Include) -> Self {
        let (rows, hidden) = (super::listed(project, include), super::hidden_names(project));
        let most = rows.iter().map(|a| evidence(a).len()).max().unwrap_or(0).max(1);
        Self { project, rows, hidden, most }
    }

    /// How many rows there are, without the header.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> Vec<String> {
        header(self.most)
    }

    /// The cells of each row.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let numbered = self.rows.iter().enumerate();
        numbered.map(|(place, a)| row(self.project, a, &self.hidden, (place + 1, self.most)))
    }
}

fn header(most: usize) -> Vec<String> {
    let mut names: Vec<String> = BEFORE.map(String::from).into();
    for n in 1..=most {
        names.extend(EVIDENCE.map(|name| format!("source_{n}_{name}")));
    }
    names.extend(AFTER.map(String::from));
    names
}

fn row(
    project: &Project,
    a: &Annotation,
    hidden: &BTreeSet<String>,
    (order, most): (usize, usize),
) -> Vec<String> {
    let open: Vec<&str> = rules::open_matters(a).into_iter().map(rules::Open::words).collect();
    let reason = if a.status == Status::Unverifiable { a.reason.as_str() } else { "" };
    let mut cells = vec![
        a.id.to_string(),
        order.to_string(),
        project.paragraph(a).map(|p| p.to_string()).unwrap_or_default(),
        a.kind.word().into(),
        a.status.word().into(),
        super::exact_words(a),
        a.fact.as_str().into(),
        super::corrected_from(a),
        a.proposed_wording.as_str().into(),
        resolution(a).into(),
        a.category.clone(),
        super::printed_speaker(project, a, hidden),
        a.said_when.clone(),
        a.said_where.clone(),
        a.verdict.as_ref().map(|v| v.label.clone()).unwrap_or_default(),
        a.verdict.as_ref().and_then(|v| v.number).map(|n| n.0.to_string()).unwrap_or_default(),
        a.rationale.as_str().into(),
        reason.into(),
        a.why_check().unwrap_or_default(),
        open.join("; "),
    ];
    let found = evidence(a);
    for place in 0..most {
        let piece = found.get(place);
        cells.extend(piece.map(|e| evidence_cells(e)).unwrap_or_default());
    }
    let (by, at) = checked(a).map(|e| (e.by.to_string(), e.when.to_string())).unwrap_or_default();
    cells.extend([a.note.as_str().into(), priority(a.priority).into(), by, at, signed_off(a)]);
    cells
}

fn evidence_cells(e: &Evidence) -> [String; EVIDENCE.len()] {
    let (level, stance) = (level(e.level), stance(e.stance));
    let text = [&e.title, &e.address, &e.archived, &e.location].map(Clone::clone);
    let [title, address, archived, location] = text;
    [title, address, archived, location, level.into(), stance.into(), e.seen.clone()]
}

/// How near a piece of evidence is, as a word.
pub(super) const fn level(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Primary) => "primary",
        Some(Level::Secondary) => "secondary",
        None => "",
    }
}

/// What a piece of evidence does, as a word.
pub(super) const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports",
        Stance::Contradicts => "contradicts",
        Stance::Context => "context",
    }
}

/// What was decided about a correction, as a word.
pub(super) fn resolution(a: &Annotation) -> &'static str {
    match a.resolution {
        Resolution::Accepted => "accepted",
        Resolution::Rejected => "rejected",
        Resolution::Open if a.status == Status::NeedsCorrection => "open",
        Resolution::Open => "",
    }
}

/// A priority as a word.
pub(super) fn priority(priority: Option<Priority>) -> &'static str {
    match priority {
        Some(Priority::High) => "high",
        Some(Priority::Medium) => "medium",
        Some(Priority::Low) => "low",
        None => "",
    }
}

/// The evidence that is not removed, in the list's order.
pub(super) fn evidence(a: &Annotation) -> Vec<&Evidence> {
    a.evidence.iter().filter(|e| !e.removed).collect()
}

/// The entry that set the status, where that is a result; of several heads the latest.
pub(super) fn checked(a: &Annotation) -> Option<&Entry<AnnotationValue>> {
    use crate::domain::annotation::AnnotationField::Status as Field;
    let heads = log::heads(a, Field);
    let set = a.log.iter().filter(|e| e.field == Field && heads.contains(&e.id));
    set.max_by_key(|e| (e.when, e.id)).filter(|_| a.status.is_checked())
}

/// Who signed, where that has not lapsed.
pub(super) fn signed_off(a: &Annotation) -> String {
    let live = a.sign_offs.iter().filter(|s| !s.removed && !rules::is_lapsed(a, s));
    let names =
        live.map(|s| if s.role.is_empty() { s.name.clone() } else { format!("{} ({})", s.name, s.role) });
    names.collect::<Vec<_>>().join("; ")
}
