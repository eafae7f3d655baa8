//! What counts as verified, and what is still open.
//!
//! May use: the rest of `domain`. These are PRODUCT.md's rules, each in one place: exports, the
//! counts in the foot and the command `check` all ask here.

use std::collections::BTreeSet;

use super::annotation::{Annotation, AnnotationField, Priority, Resolution, SignOff};
use super::id::Id;
use super::log::{Entry, Value};
use super::project::Project;
use super::status::{Kind, Status};

/// Which annotations a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Include {
    /// The verified claim list: claims and quotes whose words hold, or whose correction is accepted.
    #[default]
    Verified,
    /// All with a result: the statuses of the keys 4 to 8.
    Checked,
    /// Everything.
    All,
}

impl Include {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Verified, Self::Checked, Self::All];

    /// On the command line: `verified`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Checked => "checked",
            Self::All => "all",
        }
    }

    /// Whether the list holds this annotation. A confidential source is in no list.
    pub fn holds(self, annotation: &Annotation) -> bool {
        !annotation.confidential
            && match self {
                Self::Verified => is_verified(annotation),
                Self::Checked => annotation.status.is_checked() && is_settled(annotation),
                Self::All => true,
            }
    }
}

/// Whether nothing stands against the result: no orphan, no conflict, no clash, no "check again".
pub fn is_settled(annotation: &Annotation) -> bool {
    !annotation.is_to_check()
        && !annotation.is_conflicted()
        && !annotation.is_removal_open()
        && !annotation.is_in_disputed_words()
        && !annotation.has_orphan()
        && annotation.first_span().is_some()
}

/// Whether it belongs in the verified claim list.
pub fn is_verified(annotation: &Annotation) -> bool {
    annotation.kind != Kind::Source
        && is_settled(annotation)
        && match annotation.status {
            Status::Verified => true,
            Status::NeedsCorrection => is_corrected(annotation),
            _ => false,
        }
}

/// Whether a correction was proposed and accepted.
pub fn is_corrected(annotation: &Annotation) -> bool {
    annotation.status == Status::NeedsCorrection
        && annotation.resolution == Resolution::Accepted
        && !annotation.proposed_wording.is_blank()
}

/// Whether an accepted correction stands in the text: one of the spans has just those words.
pub fn is_in_text(annotation: &Annotation) -> bool {
    let proposed = annotation.proposed_wording.as_str().trim();
    annotation
        .live_spans()
        .any(|span| span.place.at.is_some() && span.place.quote.as_str().trim() == proposed)
}

/// How bad a mark looks among others of the same sentence: the sentence shows the worst. A sentence is
/// only as good as its worst fact, so what is wrong comes before what is asked, that before what
/// nobody could show, that before what nobody has looked at; closed ones come last, "verified" last of
/// all. What is to be checked again is at least as bad as what is unchecked.
///
/// Known limit: a correction looks as bad once the editor has decided.
pub const fn badness(status: Status, check_again: bool) -> u8 {
    let own = match status {
        Status::NeedsCorrection => 7,
        Status::Query => 6,
        Status::Unverifiable => 5,
        Status::Unchecked => 4,
        Status::InProgress => 3,
        Status::OnAuthor => 2,
        Status::NotCheckable => 1,
        Status::Verified => 0,
    };
    // One more than unchecked alone, so that its dot is seen.
    if check_again && own < 5 { 2 * 4 + 1 } else { 2 * own }
}

/// Something that stands in front of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Unchecked, in progress or a query.
    Status(Status),
    /// A correction that was neither accepted nor rejected, or has no wording.
    Correction,
    /// A correction that was accepted and is not in the text.
    NotInText,
    /// Unverifiable, and nobody said why.
    NoReason,
    /// To be looked at again.
    CheckAgain,
    /// Words that are no longer in the text.
    Orphan,
    /// Two values, and nobody decided.
    Conflict,
    /// One person removed what another changed.
    Removal,
    /// Its words were changed in two ways.
    Wording,
}

impl Open {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Status(Status::InProgress) => "in progress",
            Self::Status(Status::Query) => "a query is out",
            Self::Status(_) => "unchecked",
            Self::Correction => "correction neither accepted nor rejected",
            Self::NotInText => "accepted correction not in the text yet",
            Self::NoReason => "unverifiable without a reason",
            Self::CheckAgain => "to be checked again",
            Self::Orphan => "words no longer in the text",
            Self::Conflict => "two values, undecided",
            Self::Removal => "removed by one person and changed by another, undecided",
            Self::Wording => "two wordings of the text, undecided",
        }
    }
}

/// What is open about one annotation.
pub fn open_matters(annotation: &Annotation) -> Vec<Open> {
    let mut open = Vec::new();
    match annotation.status {
        status @ (Status::Unchecked | Status::InProgress | Status::Query) => open.push(Open::Status(status)),
        Status::Unverifiable if annotation.reason.is_blank() => open.push(Open::NoReason),
        Status::NeedsCorrection => match annotation.resolution {
            Resolution::Open => open.push(Open::Correction),
            Resolution::Accepted if annotation.proposed_wording.is_blank() => open.push(Open::Correction),
            Resolution::Accepted if !is_in_text(annotation) => open.push(Open::NotInText),
            Resolution::Accepted | Resolution::Rejected => {}
        },
        _ => {}
    }
    if annotation.is_to_check() {
        open.push(Open::CheckAgain);
    }
    if annotation.has_orphan() || annotation.first_span().is_none() && !annotation.is_withheld() {
        open.push(Open::Orphan);
    }
    if annotation.is_conflicted() {
        open.push(Open::Conflict);
    }
    if annotation.is_removal_open() {
        open.push(Open::Removal);
    }
    if annotation.is_in_disputed_words() {
        open.push(Open::Wording);
    }
    open
}

/// Whether a field says nothing of what was found out, so that a sign-off outlives its change.
const fn is_aside(field: AnnotationField) -> bool {
    use AnnotationField as F;
    matches!(field, F::Tags | F::Rank | F::Priority | F::PrivateNote | F::Origin)
}

/// The entries that a sign-off made now covers: all that was found out, every older value included,
/// so that a change in another copy is seen as one even where it replaced an older value.
pub fn covered_now(annotation: &Annotation) -> Vec<Id> {
    let own = annotation.log.iter().filter(|entry| !is_aside(entry.field)).map(|entry| entry.id);
    let spans = annotation.spans.iter().flat_map(|span| span.log.iter().map(|entry| entry.id));
    let evidence = annotation.evidence.iter().flat_map(|found| found.log.iter().map(|entry| entry.id));
    own.chain(spans).chain(evidence).collect()
}

/// Whether what somebody signed is no more what stands there: something that the sign-off covers was
/// replaced by an entry that it does not cover, or a piece of evidence or a place was added.
pub fn is_lapsed(annotation: &Annotation, sign_off: &SignOff) -> bool {
    fn replaced<V: Value>(
        log: &[Entry<V>],
        covers: &BTreeSet<Id>,
        counts: impl Fn(V::Field) -> bool,
    ) -> bool {
        let unknown = log.iter().filter(|entry| counts(entry.field) && !covers.contains(&entry.id));
        unknown.flat_map(|entry| &entry.replaces).any(|id| covers.contains(id))
    }
    let covers: BTreeSet<Id> = sign_off.covers.iter().copied().collect();
    fn inside<V: Value>(log: &[Entry<V>], removed: bool, covers: &BTreeSet<Id>) -> bool {
        let is_new = log.iter().all(|entry| !covers.contains(&entry.id));
        replaced(log, covers, |_| true) || is_new && !removed
    }
    replaced(&annotation.log, &covers, |field| !is_aside(field))
        || annotation.spans.iter().any(|span| inside(&span.log, span.removed, &covers))
        || annotation.evidence.iter().any(|found| inside(&found.log, found.removed, &covers))
}

/// Whether something about an annotation is open.
pub fn is_open(annotation: &Annotation) -> bool {
    !open_matters(annotation).is_empty()
}

/// How much could go wrong with an annotation as it stands, in points; 0 where nothing is open.
///
/// | for | points |
/// | --- | --- |
/// | anything open | 1 |
/// | its priority: high, medium, none, low | 100, 50, 30, 0 |
/// | a conflict, an orphan, "check again", each | 20 |
/// | a correction that is not through | 20 |
/// | a query, an unverifiable one without a reason | 10 |
/// | a figure in its words | 15 |
/// | somebody's words, or a person named for them | 10 |
/// | a claim or quote without evidence | 10 |
///
/// So a high priority outweighs a medium one with any two of the others, and a figure comes before
/// a name, as in newsrooms.
pub fn risk(annotation: &Annotation) -> u32 {
    let open = open_matters(annotation);
    if open.is_empty() {
        return 0;
    }
    let priority = match annotation.priority {
        Some(Priority::High) => 100,
        Some(Priority::Medium) => 50,
        None => 30,
        Some(Priority::Low) => 0,
    };
    let open = open.into_iter().map(|open| match open {
        Open::Status(Status::Query) | Open::NoReason => 10,
        Open::Status(_) => 0,
        _ => 20,
    });
    let has_figure = annotation.live_spans().any(|s| s.place.quote.as_str().chars().any(char::is_numeric));
    let is_attributed = annotation.kind == Kind::Quote || annotation.speaker.is_some();
    let has_evidence = annotation.evidence.iter().any(|evidence| !evidence.removed);
    1 + priority
        + open.sum::<u32>()
        + if has_figure { 15 } else { 0 }
        + if is_attributed { 10 } else { 0 }
        + if annotation.kind != Kind::Source && !has_evidence { 10 } else { 0 }
}

/// How many annotations have each status, in the order of [`Status::ALL`], and how many are to be
/// checked again.
pub fn counts(project: &Project) -> ([usize; 8], usize) {
    let mut by_status = [0; 8];
    let mut again = 0;
    for annotation in project.annotations.values() {
        by_status[annotation.status as usize] += 1;
        again += usize::from(annotation.is_to_check());
    }
    (by_status, again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_fact_of_a_sentence_comes_first_and_every_status_has_its_place() {
        use Status as S;
        let order = [
            S::NeedsCorrection,
            S::Query,
            S::Unverifiable,
            S::Unchecked,
            S::InProgress,
            S::OnAuthor,
            S::NotCheckable,
            S::Verified,
        ];
        for pair in order.windows(2) {
            assert!(badness(pair[0], false) > badness(pair[1], false), "{pair:?}");
        }
        for status in Status::ALL {
            assert!(badness(status, true) > badness(S::Unchecked, false), "{status:?}");
            assert!(badness(status, true) >= badness(status, false));
        }
        assert!(badness(S::Verified, true) < badness(S::Unverifiable, false));
    }
}
