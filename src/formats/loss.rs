//! What an export leaves out, told before it is written.
//!
//! May use: domain, the texts that exports print. Invariant: every annotation that an export does
//! not hold is counted once, under the first reason that applies; so is every note, excerpt, tag …
//! of those it holds that the format has no place for ([`told`]). A line begins with `left out: `
//! or `warning: `.

use super::exposed::exposed;
use super::{Format, listed};
use crate::domain::annotation::{Annotation, Speaker};
use crate::domain::rules::{self, Include, Open};
use crate::domain::{Kind, Project, Status};

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
    /// How far checking got.
    Status,
    /// The fact in one sentence.
    Fact,
    /// A piece of evidence.
    Evidence,
    /// The words of a piece of evidence.
    Excerpt,
    /// A note for everybody who gets the file.
    Note,
    /// A proposed wording, and what the editor decided.
    Wording,
    /// Whether a quote is direct, indirect or mixed.
    Form,
    /// What a quote was compared with.
    Comparison,
    /// Name, role, type or address of a source.
    SourceDetail,
    /// A speaker that is a source of the article.
    SpeakerLink,
    /// A speaker by name alone.
    SpeakerName,
    /// A tag.
    Tag,
    /// Why it is unverifiable.
    Reason,
    /// Why it is to be checked again.
    CheckAgain,
    /// The rating, and why.
    Verdict,
    /// When and where it was said.
    Said,
    /// Category and priority.
    Sorting,
    /// A name under an annotation.
    SignOff,
    /// Words that are no longer in the text.
    Orphan,
}

/// What every list for people has a place for.
const IN_EVERY_LIST: [Piece; 11] = [
    Piece::Status,
    Piece::Fact,
    Piece::Form,
    Piece::SpeakerLink,
    Piece::SpeakerName,
    Piece::Reason,
    Piece::CheckAgain,
    Piece::Verdict,
    Piece::Said,
    Piece::Sorting,
    Piece::Orphan,
];

impl Piece {
    const ALL: [Self; 19] = [
        Self::Status,
        Self::Fact,
        Self::Evidence,
        Self::Excerpt,
        Self::Note,
        Self::Wording,
        Self::Form,
        Self::Comparison,
        Self::SourceDetail,
        Self::SpeakerLink,
        Self::SpeakerName,
        Self::Tag,
        Self::Reason,
        Self::CheckAgain,
        Self::Verdict,
        Self::Said,
        Self::Sorting,
        Self::SignOff,
        Self::Orphan,
    ];

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Status => ("status", "statuses"),
            Self::Fact => ("fact in one sentence", "facts in one sentence"),
            Self::Evidence => ("piece of evidence", "pieces of evidence"),
            Self::Excerpt => ("excerpt of evidence", "excerpts of evidence"),
            Self::Note => ("note", "notes"),
            Self::Wording => ("proposed wording", "proposed wordings"),
            Self::Form => ("form of a quote", "forms of quotes"),
            Self::Comparison => ("comparison of a quote", "comparisons of quotes"),
            Self::SourceDetail => ("name or role of a source", "names and roles of sources"),
            Self::SpeakerLink => ("link to a speaker", "links to speakers"),
            Self::SpeakerName => ("speaker’s name", "speakers’ names"),
            Self::Tag => ("tag", "tags"),
            Self::Reason => ("reason", "reasons"),
            Self::CheckAgain => ("“check again”", "times “check again”"),
            Self::Verdict => ("verdict", "verdicts"),
            Self::Said => ("time or place of saying", "times or places of saying"),
            Self::Sorting => ("category or priority", "categories or priorities"),
            Self::SignOff => ("sign-off", "sign-offs"),
            Self::Orphan => ("orphan", "orphans"),
        }
    }

    fn count(self, a: &Annotation) -> usize {
        let evidence = || a.evidence.iter().filter(|e| !e.removed);
        let filled = |texts: &[&String]| texts.iter().any(|text| !text.trim().is_empty());
        let has = match self {
            Self::Evidence => return evidence().count(),
            Self::Excerpt => return evidence().filter(|e| !e.excerpt.is_blank()).count(),
            Self::Tag => return a.tags.len(),
            Self::SignOff => return a.sign_offs.iter().filter(|s| !s.removed).count(),
            Self::Orphan => return a.live_spans().filter(|span| span.place.at.is_none()).count(),
            Self::Status => a.status != Status::Unchecked,
            Self::Fact => !a.fact.is_blank(),
            Self::Note => !a.note.is_blank(),
            Self::Wording => !a.proposed_wording.is_blank() || !a.corrected_from.is_blank(),
            Self::Form => a.form.is_some(),
            Self::Comparison => filled(&[&a.compared_with, &a.compared_at]),
            Self::SourceDetail => {
                a.kind == Kind::Source && (filled(&[&a.name, &a.role, &a.address]) || a.source_type.is_some())
            }
            Self::SpeakerLink => matches!(a.speaker, Some(Speaker::Source(_))),
            Self::SpeakerName => matches!(a.speaker, Some(Speaker::Name(_))),
            Self::Reason => !a.reason.is_blank(),
            Self::CheckAgain => a.check_again.is_some(),
            Self::Verdict => a.verdict.is_some() || !a.rationale.is_blank(),
            Self::Said => filled(&[&a.said_when, &a.said_where]),
            Self::Sorting => !a.category.is_empty() || a.priority.is_some() || a.rank.is_some(),
        };
        usize::from(has)
    }
}

/// `3 notes` or `1 note`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The annotations that a list for people does not hold, by reason, and what of the others has no
/// place in it: all pieces but those of every list and those that it `holds` beside these.
pub fn list(project: &Project, include: Include, holds: &[Piece]) -> Vec<String> {
    told(project, include, &[&IN_EVERY_LIST, holds].concat())
}

/// The same of a format that holds these pieces and no others.
pub fn told(project: &Project, include: Include, holds: &[Piece]) -> Vec<String> {
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
