//! What a format of another tool has no place for, counted before it is written.
//!
//! May use: domain, the exports' list. Invariant: [`PARTS`] holds everything that an annotation can
//! carry beside its kind; what a format does not name as carried is told as a loss.

use crate::domain::annotation::Speaker;
use crate::domain::rules::Include;
use crate::domain::{Annotation, Project, Status};
use crate::formats::{listed, loss};

/// Something that an annotation can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How far checking got.
    Status,
    /// The note.
    Note,
    /// The fact in one sentence.
    Fact,
    /// A speaker that is a source of the article.
    SpeakerLink,
    /// A speaker by name alone.
    SpeakerName,
    /// Free words.
    Tags,
    /// Why it is unverifiable.
    Reason,
    /// Why it is to be checked again.
    CheckAgain,
    /// The proposed wording, and what the editor decided.
    Wording,
    /// Evidence.
    Evidence,
    /// The rating, and why.
    Verdict,
    /// When and where it was said.
    Said,
    /// Category and priority.
    Sorting,
    /// Form of a quote, and what it was compared with.
    Comparison,
    /// A source's name, role, type and address.
    SourceDetails,
    /// Names under it.
    SignOffs,
    /// Words that are no longer in the text.
    Orphan,
}

struct Row {
    part: Part,
    one: &'static str,
    many: &'static str,
    count: fn(&Annotation) -> usize,
}

const fn row(part: Part, one: &'static str, many: &'static str, count: fn(&Annotation) -> usize) -> Row {
    Row { part, one, many, count }
}

/// Everything that an annotation can carry, with words for one and for several.
const PARTS: [Row; 17] = [
    row(Part::Status, "status", "statuses", |a| usize::from(a.status != Status::Unchecked)),
    row(Part::Note, "note", "notes", |a| usize::from(!a.note.is_blank())),
    row(Part::Fact, "fact in one sentence", "facts in one sentence", |a| usize::from(!a.fact.is_blank())),
    row(Part::SpeakerLink, "link to a speaker", "links to speakers", |a| {
        usize::from(matches!(a.speaker, Some(Speaker::Source(_))))
    }),
    row(Part::SpeakerName, "speaker’s name", "speakers’ names", |a| {
        usize::from(matches!(a.speaker, Some(Speaker::Name(_))))
    }),
    row(Part::Tags, "tag", "tags", |a| a.tags.len()),
    row(Part::Reason, "reason", "reasons", |a| usize::from(!a.reason.is_blank())),
    row(Part::CheckAgain, "“check again”", "times “check again”", |a| {
        usize::from(a.check_again.is_some())
    }),
    row(Part::Wording, "proposed wording", "proposed wordings", |a| {
        usize::from(!a.proposed_wording.is_blank() || !a.corrected_from.is_blank())
    }),
    row(Part::Evidence, "piece of evidence", "pieces of evidence", |a| {
        a.evidence.iter().filter(|evidence| !evidence.removed).count()
    }),
    row(Part::Verdict, "verdict", "verdicts", |a| {
        usize::from(a.verdict.is_some() || !a.rationale.is_blank())
    }),
    row(Part::Said, "time or place of saying", "times or places of saying", |a| {
        usize::from(!a.said_when.is_empty() || !a.said_where.is_empty())
    }),
    row(Part::Sorting, "category or priority", "categories or priorities", |a| {
        usize::from(!a.category.is_empty() || a.priority.is_some() || a.rank.is_some())
    }),
    row(Part::Comparison, "form or comparison of a quote", "forms or comparisons of quotes", |a| {
        usize::from(a.form.is_some() || !a.compared_with.is_empty() || !a.compared_at.is_empty())
    }),
    row(Part::SourceDetails, "source’s details", "sources’ details", |a| {
        let plain = [&a.name, &a.role, &a.address];
        usize::from(a.source_type.is_some() || plain.iter().any(|text| !text.is_empty()))
    }),
    row(Part::SignOffs, "sign-off", "sign-offs", |a| a.sign_offs.iter().filter(|sign| !sign.removed).count()),
    row(Part::Orphan, "orphan", "orphans", |a| a.live_spans().filter(|span| span.place.at.is_none()).count()),
];

/// Everything that is to be told before an export that carries only some parts: the annotations that
/// it does not hold, and what of the others it has no place for.
pub fn told(project: &Project, include: Include, carried: &[Part]) -> Vec<String> {
    let mut lines = loss::annotations(project, include);
    lines.extend(losses(&listed(project, include), carried));
    lines
}

/// What some annotations carry that has no place in a format, in one line.
fn losses(held: &[&Annotation], carried: &[Part]) -> Option<String> {
    let lost = PARTS.iter().filter(|row| !carried.contains(&row.part)).filter_map(|row| {
        let count: usize = held.iter().map(|annotation| (row.count)(annotation)).sum();
        (count > 0).then(|| loss::counted(count, row.one, row.many))
    });
    let lost: Vec<String> = lost.collect();
    (!lost.is_empty()).then(|| format!("left out: {}, which this format has no place for", lost.join(", ")))
}
