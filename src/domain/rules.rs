//! What counts as verified, and what is still open.
//!
//! May use: the rest of `domain`. These are PRODUCT.md's rules, each in one place: exports, the
//! counts in the foot and the command `check` all ask here.

use super::annotation::{Annotation, Resolution};
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

/// Whether nothing stands against the result: no orphan, no conflict, no "check again".
pub fn is_settled(annotation: &Annotation) -> bool {
    annotation.check_again.is_none()
        && !annotation.is_conflicted()
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
    if annotation.check_again.is_some() {
        open.push(Open::CheckAgain);
    }
    if annotation.has_orphan() || annotation.first_span().is_none() {
        open.push(Open::Orphan);
    }
    if annotation.is_conflicted() {
        open.push(Open::Conflict);
    }
    open
}

/// How many annotations have each status, in the order of [`Status::ALL`], and how many are to be
/// checked again.
pub fn counts(project: &Project) -> ([usize; 8], usize) {
    let mut by_status = [0; 8];
    let mut again = 0;
    for annotation in project.annotations.values() {
        by_status[annotation.status as usize] += 1;
        again += usize::from(annotation.check_again.is_some());
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
