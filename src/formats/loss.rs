//! What an export leaves out, told before it is written.
//!
//! May use: domain, the texts that exports print. Invariant: every annotation that an export does
//! not hold is counted once, under the first reason that applies; so is every note, excerpt, tag …
//! of those it holds that the format has no place for ([`list`]). A line begins with `left out: `
//! or `warning: `.

use super::exposed::exposed;
use super::{Format, listed};
use crate::domain::annotation::Annotation;
use crate::domain::rules::{self, Include, Open};
use crate::domain::{Kind, Project};

/// A reason to leave an annotation out, with words for one and for several.
struct LeftOut {
    one: &'static str,
    many: &'static str,
    applies: fn(&Annotation, Include) -> bool,
}

/// Each annotation is counted once, under the first reason that applies.
const LEFT_OUT: [LeftOut; 8] = [
    LeftOut { one: "confidential source", many: "confidential sources", applies: |a, _| a.confidential },
    LeftOut {
        one: "source (the verified list holds claims and quotes)",
        many: "sources (the verified list holds claims and quotes)",
        applies: |a, include| a.kind == Kind::Source && include == Include::Verified,
    },
    LeftOut {
        one: "annotation with two values, undecided",
        many: "annotations with two values, undecided",
        applies: |a, _| a.is_conflicted(),
    },
    LeftOut {
        one: "annotation that people changed in ways that clash, undecided",
        many: "annotations that people changed in ways that clash, undecided",
        applies: |a, _| a.is_removal_open() || a.is_in_disputed_words(),
    },
    LeftOut {
        one: "orphan (its words are no longer in the text)",
        many: "orphans (their words are no longer in the text)",
        applies: |a, _| a.has_orphan() || a.first_span().is_none(),
    },
    LeftOut {
        one: "annotation to be checked again",
        many: "annotations to be checked again",
        applies: |a, _| a.is_to_check(),
    },
    LeftOut {
        one: "annotation still open",
        many: "annotations still open",
        applies: |a, _| {
            let still = |open: &Open| matches!(open, Open::Status(_) | Open::Correction);
            rules::open_matters(a).iter().any(still)
        },
    },
    LeftOut {
        one: "annotation closed but not verified",
        many: "annotations closed but not verified",
        applies: |_, _| true,
    },
];

/// Something that an annotation carries and a format may have no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A note for everybody who gets the file.
    Note,
    /// A piece of evidence.
    Evidence,
    /// The words of a piece of evidence.
    Excerpt,
    /// A tag.
    Tag,
    /// What a quote was compared with.
    Comparison,
    /// Name, role, type or address of a source.
    SourceDetail,
    /// A proposed wording.
    Wording,
    /// A name under an annotation.
    SignOff,
}

impl Piece {
    const ALL: [Self; 8] = [
        Self::Evidence,
        Self::Excerpt,
        Self::Note,
        Self::Wording,
        Self::Comparison,
        Self::SourceDetail,
        Self::Tag,
        Self::SignOff,
    ];

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Note => ("note", "notes"),
            Self::Evidence => ("piece of evidence", "pieces of evidence"),
            Self::Excerpt => ("excerpt of evidence", "excerpts of evidence"),
            Self::Tag => ("tag", "tags"),
            Self::Comparison => ("comparison of a quote", "comparisons of quotes"),
            Self::SourceDetail => ("name or role of a source", "names and roles of sources"),
            Self::Wording => ("proposed wording", "proposed wordings"),
            Self::SignOff => ("sign-off", "sign-offs"),
        }
    }

    fn count(self, a: &Annotation) -> usize {
        let evidence = || a.evidence.iter().filter(|e| !e.removed);
        match self {
            Self::Note => usize::from(!a.note.is_blank()),
            Self::Evidence => evidence().count(),
            Self::Excerpt => evidence().filter(|e| !e.excerpt.is_blank()).count(),
            Self::Tag => a.tags.len(),
            Self::Comparison => usize::from(!a.compared_with.trim().is_empty()),
            Self::SourceDetail => {
                let told = [&a.name, &a.role, &a.address].iter().any(|text| !text.trim().is_empty());
                usize::from(a.kind == Kind::Source && (told || a.source_type.is_some()))
            }
            Self::Wording => usize::from(!a.proposed_wording.is_blank()),
            Self::SignOff => a.sign_offs.iter().filter(|s| !s.removed).count(),
        }
    }
}

/// `3 notes` or `1 note`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The annotations that a list does not hold, by reason, and what of the others has no place in a
/// format: all pieces but those it `holds`.
pub fn list(project: &Project, include: Include, holds: &[Piece]) -> Vec<String> {
    let mut lines = annotations(project, include);
    lines.extend(pieces(&listed(project, include), holds));
    lines
}

/// The annotations that a list does not hold, by reason.
pub fn annotations(project: &Project, include: Include) -> Vec<String> {
    let mut counts = [0; LEFT_OUT.len()];
    for annotation in project.annotations.values().filter(|a| !include.holds(a)) {
        if let Some(place) = LEFT_OUT.iter().position(|reason| (reason.applies)(annotation, include)) {
            counts[place] += 1;
        }
    }
    let told = LEFT_OUT.iter().zip(counts).filter(|(_, count)| *count > 0);
    told.map(|(reason, count)| format!("left out: {}", counted(count, reason.one, reason.many))).collect()
}

/// What some annotations carry that has no place in a format.
pub fn pieces(held: &[&Annotation], holds: &[Piece]) -> Option<String> {
    let mut lost = Vec::new();
    for piece in Piece::ALL.into_iter().filter(|piece| !holds.contains(piece)) {
        // An excerpt goes with its evidence, and is counted with it.
        if piece == Piece::Excerpt && !holds.contains(&Piece::Evidence) {
            continue;
        }
        let count = held.iter().map(|a| piece.count(a)).sum();
        if count > 0 {
            let (one, many) = piece.words();
            lost.push(counted(count, one, many));
        }
    }
    (!lost.is_empty()).then(|| format!("left out: {}, which this format has no place for", lost.join(", ")))
}

/// Everything that is to be known before an export is written, one line each: what it leaves out,
/// what is wrong with it, and the confidential sources that are named in what is exported.
pub fn leaves_out(project: &Project, format: &Format, include: Include) -> Vec<String> {
    let Some(export) = format.write else { return Vec::new() };
    let mut lines = (export.told)(project, include);
    let held = listed(project, include);
    let private = held.iter().filter(|a| !a.private_note.is_blank()).count();
    if private > 0 {
        lines.push(format!("left out: {}", counted(private, "private note", "private notes")));
    }
    let contacts = held.iter().filter(|a| !a.contact.is_blank() || a.contacts.iter().any(|c| !c.removed));
    let contacts = contacts.count();
    if contacts > 0 {
        lines.push(format!("left out: how to reach {}", counted(contacts, "source", "sources")));
    }
    lines.extend(exposed(project, &held, export.shows_text));
    lines
}
