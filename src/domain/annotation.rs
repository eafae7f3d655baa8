//! An annotation with everything that checking records about it.
//!
//! May use: std, serde, the rest of `domain`. All kinds share one set of fields, so that a change
//! of kind keeps everything. The words are PRODUCT.md's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::clash::Clash;
use super::id::Id;
use super::log::{Entry, Head, Record, Stamp, Value, record};
pub use super::place::{CONTEXT, Letters, Marked, Place, Prose};
use super::status::{Kind, Status};
use super::text::Span;

/// A finite number; ordered, so that logs with it can be joined.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(pub f64);

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Number {}
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Who said it: a source that is marked in the article, or a name that the article does not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Speaker {
    /// The id of an annotation of the kind source.
    Source(Id),
    /// A free name.
    Name(String),
}

/// How much hangs on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Priority {
    /// First.
    High,
    /// In turn.
    Medium,
    /// Last.
    Low,
}

/// What the editor decided about a proposed wording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Resolution {
    /// Nothing yet.
    #[default]
    Open,
    /// It goes into the text.
    Accepted,
    /// The words stay.
    Rejected,
}

/// A rating on the house's own scale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Verdict {
    /// As the house calls it.
    pub label: String,
    /// Its number on the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
}

/// How a quote renders what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuoteForm {
    /// Word for word, in quotation marks.
    Direct,
    /// In the author's words.
    Indirect,
    /// Both.
    Mixed,
}

/// What sort of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SourceType {
    /// Somebody.
    Person,
    /// A body, company or authority.
    Organisation,
    /// Something written.
    Document,
    /// Figures.
    Data,
    /// A news agency.
    Agency,
    /// The author was there.
    OwnObservation,
}

/// Where an annotation came from, so that importing twice adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The format's name.
    pub format: String,
    /// The id there.
    pub id: String,
}

/// What a piece of evidence does to a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stance {
    /// It shows that the words hold.
    #[default]
    Supports,
    /// It shows that they do not.
    Contradicts,
    /// It explains them.
    Context,
}

/// How near a piece of evidence is to what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// First hand.
    Primary,
    /// Somebody else's account.
    Secondary,
}

record! {
    /// One stretch of the article that an annotation covers.
    AnnotationSpan, SpanField, SpanValue;
    born {
        /// Where it is, and its words.
        place Place: Place,
    }
    set {}
    children {}
    order |a, b| a.place.at.is_none().cmp(&b.place.at.is_none()).then(a.place.at.cmp(&b.place.at))
}

record! {
    /// What supports or contradicts a claim or quote, or gives context.
    Evidence, EvidenceField, EvidenceValue;
    born {}
    set {
        /// What it does to the claim.
        stance Stance: Stance,
        /// What it is called.
        title Title: String,
        /// Where it is on the net.
        address Address: String,
        /// Where a copy is that stays.
        archived Archived: String,
        /// The page, or the minute of a recording.
        location Location: String,
        /// The words in it that matter.
        excerpt Excerpt: Prose,
        /// The day it was looked at.
        seen Seen: String,
        /// First hand or not.
        level Level: Option<Level>,
        /// Its place in the list.
        rank Rank: i64,
    }
    children {}
    order |a, b| a.rank.cmp(&b.rank)
}

record! {
    /// One attempt to reach a source.
    Contact, ContactField, ContactValue;
    born {}
    set {
        /// When.
        at At: String,
        /// How: telephone, mail …
        how How: String,
        /// What came of it.
        outcome Outcome: Prose,
    }
    children {}
    order |a, b| a.at.cmp(&b.at)
}

record! {
    /// Somebody's name under an annotation.
    SignOff, SignOffField, SignOffValue;
    born {
        /// Who signs.
        name Name: String,
        /// When.
        at At: Timestamp,
        /// The entries it covers; it lapses when newer ones replace them.
        covers Covers: Vec<Id>,
    }
    set {
        /// In which role: editor, lawyer …
        role Role: String,
    }
    children {}
    order |a, b| a.at.cmp(&b.at)
}

record! {
    /// One marked thing.
    Annotation, AnnotationField, AnnotationValue;
    born {
        /// Claim, quote or source.
        kind Kind: Kind,
    }
    set {
        /// How far checking got.
        status Status: Status,
        /// Why it is Unverifiable.
        reason Reason: Prose,
        /// Why it must be looked at again; until a person confirms it, it counts as not checked.
        check_again CheckAgain: Option<String>,
        /// The fact in one sentence.
        fact Fact: Prose,
        /// Who said it.
        speaker Speaker: Option<Speaker>,
        /// When it was said.
        said_when SaidWhen: String,
        /// Where it was said.
        said_where SaidWhere: String,
        /// The house's own sorting.
        category Category: String,
        /// How much hangs on it.
        priority Priority: Option<Priority>,
        /// What the words should be.
        proposed_wording ProposedWording: Prose,
        /// What the editor decided about that.
        resolution Resolution: Resolution,
        /// The original words, once the correction is in the text.
        corrected_from CorrectedFrom: Prose,
        /// The rating on the house's scale.
        verdict Verdict: Option<Verdict>,
        /// Why that rating.
        rationale Rationale: Prose,
        /// How a quote renders what was said.
        form Form: Option<QuoteForm>,
        /// The recording or transcript that a quote was compared with.
        compared_with ComparedWith: String,
        /// Where in it.
        compared_at ComparedAt: String,
        /// A source's name.
        name Name: String,
        /// A source's role.
        role Role: String,
        /// What sort of source it is.
        source_type SourceType: Option<SourceType>,
        /// A source's address on the net.
        address Address: String,
        /// How a source can be reached. Never exported.
        contact Contact: Prose,
        /// Left out of redacted copies and of every export.
        confidential Confidential: bool,
        /// For everybody who gets the file.
        note Note: Prose,
        /// For the house only.
        private_note PrivateNote: Prose,
        /// Free words to sort by.
        tags Tags: Vec<String>,
        /// Its place in the list, where a person gave it one.
        rank Rank: Option<i64>,
        /// Where it came from.
        origin Origin: Option<Origin>,
    }
    children {
        /// The stretches of the article it covers.
        spans: AnnotationSpan,
        /// What was found.
        evidence: Evidence,
        /// Attempts to reach a source.
        contacts: Contact,
        /// Names under it.
        sign_offs: SignOff,
        /// What two people did to it at once and that needs a look.
        clashes: Clash,
    }
    order |a, b| a.first_span().is_none().cmp(&b.first_span().is_none()).then(a.first_span().cmp(&b.first_span()))
}

impl AnnotationSpan {
    /// Whether two people gave it different places, or one removed it and one did not. Places that agree
    /// are kept for each of them, because each had marked other letters.
    pub fn is_conflicted(&self) -> bool {
        let places = || self.conflicts.iter().filter_map(|head| head.value.place());
        places().count() < self.conflicts.len()
            || places().any(|place| places().next().is_some_and(|first| !first.agrees(place)))
    }
}

impl SpanValue {
    /// The place, where it is one.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Place(place) => Some(place),
            Self::Removed(_) => None,
        }
    }
}

impl Annotation {
    /// The spans that are not removed, orphans last.
    pub fn live_spans(&self) -> impl Iterator<Item = &AnnotationSpan> {
        self.spans.iter().filter(|span| !span.removed)
    }

    /// Where its spans stand in the text, in text order.
    pub fn placed(&self) -> impl Iterator<Item = Span> + '_ {
        self.live_spans().filter_map(|span| span.place.at)
    }

    /// Its first span in the text.
    pub fn first_span(&self) -> Option<Span> {
        self.placed().next()
    }

    /// Its exact words; those of several spans are joined by an ellipsis.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for span in self.live_spans() {
            if !words.is_empty() {
                words.push_str(" … ");
            }
            words.push_str(span.place.quote.as_str());
        }
        words
    }

    /// Whether a span of it has lost its words.
    pub fn has_orphan(&self) -> bool {
        self.live_spans().any(|span| span.place.at.is_none())
    }

    /// Whether two people set something in it to different values and nobody decided yet.
    pub fn is_conflicted(&self) -> bool {
        !self.conflicts.is_empty()
            || self.spans.iter().any(AnnotationSpan::is_conflicted)
            || self.evidence.iter().any(|r| !r.conflicts.is_empty())
            || self.contacts.iter().any(|r| !r.conflicts.is_empty())
            || self.sign_offs.iter().any(|r| !r.conflicts.is_empty())
    }

    /// Puts its spans into text order, after one of them moved.
    pub fn sort_spans(&mut self) {
        self.spans.sort_by(AnnotationSpan::order);
    }

    /// Puts the records inside into their order: what [`super::log::union`] gives too.
    pub fn sort_lists(&mut self) {
        self.sort_spans();
        self.evidence.sort_by(Evidence::order);
        self.contacts.sort_by(Contact::order);
        self.sign_offs.sort_by(SignOff::order);
        self.clashes.sort_by(Clash::order);
    }

    /// Every entry of its log and of the logs inside, as id.
    pub fn entry_ids(&self) -> impl Iterator<Item = Id> + '_ {
        fn ids<R: Record>(records: &[R]) -> impl Iterator<Item = Id> + '_ {
            records.iter().flat_map(|r| r.log().iter().map(|e| e.id))
        }
        self.log
            .iter()
            .map(|e| e.id)
            .chain(ids(&self.spans))
            .chain(ids(&self.evidence))
            .chain(ids(&self.contacts))
            .chain(ids(&self.sign_offs))
            .chain(ids(&self.clashes))
    }
}
