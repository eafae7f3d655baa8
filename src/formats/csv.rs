//! A spreadsheet of what was checked: one row an annotation, for newsrooms.
//!
//! May use: domain, the csv crate. RFC 4180: UTF-8 without a byte order mark, commas, CRLF after
//! each record, cells quoted where they must be. The columns are fixed but for the evidence:
//! `source_1_title` … `source_n_seen`, as many as the row with the most has, and at least one.
//! `exact_text` of an accepted correction is the accepted wording, `corrected_from` the words as
//! they were. `checked_by` and `checked_at` come from the log: who set the status last, where it is
//! a result. `reason` is there only while a status needs one.
//!
//! Invariant: no cell can run as a formula. One that begins with `=`, `+`, `-`, `@`, a tab, a line
//! end, NUL or a full-width form of the first four, even after quotation marks, white space or
//! invisible characters, gets one `'` before it. [`unguarded`] takes exactly that off again.
//! Known limits: contradicting evidence that is added after a sign-off does not lapse it (no entry
//! says what a sign-off did not see); bidirectional text is left to the spreadsheet, cell by cell.

use std::collections::BTreeSet;

use crate::domain::annotation::{Evidence, Level, Priority, Resolution, Stance};
use crate::domain::log::{self, Entry};
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Project, Status};

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

/// Writes the list as CSV.
pub fn write(project: &Project, include: Include) -> String {
    let (rows, hidden) = (super::listed(project, include), super::hidden_names(project));
    let most = rows.iter().map(|a| evidence(a).len()).max().unwrap_or(0).max(1);
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let mut record = |cells: Vec<String>| {
        // Writing to memory cannot fail, and all records have the same length.
        let _ = writer.write_record(cells.iter().map(|cell| guarded(cell)));
    };
    record(header(most));
    for (place, annotation) in rows.iter().enumerate() {
        record(row(project, annotation, &hidden, (place + 1, most)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
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
        a.check_again.clone().unwrap_or_default(),
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
    let level = match e.level {
        Some(Level::Primary) => "primary",
        Some(Level::Secondary) => "secondary",
        None => "",
    };
    let stance = match e.stance {
        Stance::Supports => "supports",
        Stance::Contradicts => "contradicts",
        Stance::Context => "context",
    };
    let text = [&e.title, &e.address, &e.archived, &e.location].map(Clone::clone);
    let [title, address, archived, location] = text;
    [title, address, archived, location, level.into(), stance.into(), e.seen.clone()]
}

fn resolution(a: &Annotation) -> &'static str {
    match a.resolution {
        Resolution::Accepted => "accepted",
        Resolution::Rejected => "rejected",
        Resolution::Open if a.status == Status::NeedsCorrection => "open",
        Resolution::Open => "",
    }
}

fn priority(priority: Option<Priority>) -> &'static str {
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
fn checked(a: &Annotation) -> Option<&Entry<crate::domain::annotation::AnnotationValue>> {
    use crate::domain::annotation::AnnotationField::Status as Field;
    let heads = log::heads(a, Field);
    let set = a.log.iter().filter(|e| e.field == Field && heads.contains(&e.id));
    set.max_by_key(|e| (e.when, e.id)).filter(|_| a.status.is_checked())
}

/// Who signed, where that has not lapsed.
fn signed_off(a: &Annotation) -> String {
    let live = a.sign_offs.iter().filter(|s| !s.removed && !rules::is_lapsed(a, s));
    let names =
        live.map(|s| if s.role.is_empty() { s.name.clone() } else { format!("{} ({})", s.name, s.role) });
    names.collect::<Vec<_>>().join("; ")
}

/// Whether a spreadsheet could take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    for c in cell.chars() {
        match c {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠' => return true,
            '\'' | '"' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '«' | '»' | '‹' | '›' =>
                {}
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            c if c.is_whitespace() => {}
            _ => return false,
        }
    }
    false
}

/// The cell as it is written: with a `'` where it could run as a formula.
pub fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_could_run_are_neutral_and_come_back() {
        let evil = [
            "=1+1",
            "+49 30",
            "-5 %",
            "@handle",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\0=1",
            "\"=1",
            "'=1",
            "\u{feff}=1",
            "\u{200b}=1",
            " =1",
            "  \t=1",
            "“-5” he said",
            "''=1",
            "\u{2068}=1\u{2069}",
            "\u{a0}@x",
        ];
        for cell in evil {
            assert_eq!(guarded(cell), format!("'{cell}"));
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        for cell in ["", "'tis", "'", "5 - 3", "a=b", "— he said", "“Yes”", "40 %", "''"] {
            assert_eq!(guarded(cell), cell);
            assert_eq!(unguarded(cell), cell);
        }
    }

    proptest::proptest! {
        #[test]
        fn guarding_is_reversible(cell in "[-=+@'\"“\t \r\n\u{200b}a,]{0,6}") {
            let written = guarded(&cell);
            proptest::prop_assert_eq!(unguarded(&written), cell.as_str());
            let first = written.chars().next();
            proptest::prop_assert!(!first.is_some_and(|c| "=+-@\t\r\n\0".contains(c)));
        }
    }
}
