//! The fields that are typed in, as a table: their labels, hints, tooltips and what undo calls them.
//!
//! May use: `domain`. Invariant: everything that is written at a field stands in one row here and nowhere else.

use crate::domain::Kind;

/// What is written at a field.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Above it.
    pub label: &'static str,
    /// In it while it is empty.
    pub hint: &'static str,
    /// Its tooltip.
    pub help: &'static str,
    /// How many rows it has at least; one is a field of one line.
    pub rows: usize,
    /// What undo calls a change of it.
    pub undo: &'static str,
}

/// Declares the fields: of each its name, its label, its hint in brackets, its help, its rows, what undo calls it.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $label:literal [$hint:literal] $help:literal, $rows:literal, $undo:literal;)*) => {
        /// A field that is typed in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// What is written at it.
            pub const fn words(self) -> Words {
                match self {
                    $(Self::$name => {
                        Words { label: $label, hint: $hint, help: $help, rows: $rows, undo: $undo }
                    })*
                }
            }
        }
    };
}

fields! {
    /// The fact in one sentence.
    Fact: "The fact, in one sentence" [""] "What has to be true for the words to hold", 2, "edit the fact";
    /// Who said it.
    Speaker: "Said by" ["A name, or a source of the article"]
        "Who said it: the name of a marked source, or any name", 1, "set the speaker";
    /// When it was said.
    SaidWhen: "Said when" ["Date, time"] "When it was said", 1, "edit when it was said";
    /// Where it was said.
    SaidWhere: "Said where" ["Place, occasion"] "Where it was said", 1, "edit where it was said";
    /// The house's own sorting.
    Category: "Category" [""] "The house's own sorting: figures, names, health", 1, "edit the category";
    /// What the words should be.
    ProposedWording: "Proposed wording" [""]
        "What the article should say instead (W)", 2, "edit the proposed wording";
    /// Why it got that rating.
    Rationale: "Why this rating" [""] "What the rating rests on", 2, "edit why it got its rating";
    /// What a quote was compared with.
    ComparedWith: "Compared with" ["Recording or transcript"]
        "The recording or the transcript that the quote was compared with", 1, "edit what it was compared with";
    /// Where in that.
    ComparedAt: "At" ["Time or page"] "Where in the recording or the transcript", 1, "edit where in it";
    /// Why it is unverifiable.
    Reason: "Why it cannot be verified" [""] "Required for Unverifiable", 2, "edit the reason";
    /// For everybody who gets the file.
    Note: "Note" ["For everybody who gets the file"]
        "What the next reader should know; exports of everything show it", 2, "edit the note";
    /// For the house only.
    PrivateNote: "Private note" ["For the house only"]
        "Kept in the project file, and in no export", 2, "edit the private note";
    /// Free words to sort by.
    Tags: "Tags" ["Words, with commas between"] "Free words to sort and filter by (T)", 1, "edit the tags";
    /// A source's name.
    Name: "Name" [""] "What the source is called; its words in the article where this is empty", 1, "edit the name";
    /// A source's role.
    Role: "Role" [""] "What the source is: mayor, agency, report", 1, "edit the role";
    /// A source's address on the net.
    Address: "Address" ["https://"] "The source's address on the net", 1, "edit the address";
    /// How a source can be reached.
    Contact: "How to reach it" ["Telephone, mail"]
        "How the source can be reached; never exported", 2, "edit how to reach it";
    /// A new piece of evidence: its address or its title.
    NewEvidence: "New evidence: its address or title" ["Paste an address, or type a title"]
        "Enter adds it, seen today; Up and Down choose what it does", 1, "add evidence";
    /// Of evidence: what it is called.
    EvidenceTitle: "Title" [""] "What the evidence is called", 1, "edit evidence: title";
    /// Of evidence: where it is on the net.
    EvidenceAddress: "Address" ["https://"] "Where the evidence is on the net", 1, "edit evidence: address";
    /// Of evidence: the page or the time.
    EvidenceLocation: "Page or time" [""]
        "Where in it: the page, the table, the minute", 1, "edit evidence: page or time";
    /// Of evidence: the words that matter.
    EvidenceExcerpt: "Excerpt" [""] "The words in it that matter", 2, "edit evidence: excerpt";
    /// Of evidence: where a copy is that stays.
    EvidenceArchived: "Archived address" ["https://"]
        "Where a copy is that stays", 1, "edit evidence: archived address";
    /// Of evidence: when it was looked at.
    EvidenceSeen: "Date seen" ["Year-month-day"] "The day it was looked at", 1, "edit evidence: date seen";
    /// Of a contact: when.
    ContactAt: "When" ["Date, time"] "When it was tried", 1, "edit a contact: when";
    /// Of a contact: how.
    ContactHow: "How" ["Telephone, mail, in person"] "How it was tried", 1, "edit a contact: how";
    /// Of a contact: what came of it.
    ContactOutcome: "Outcome" ["Confirmed, no answer"]
        "What came of it; never exported", 2, "edit a contact: outcome";
    /// Of a sign-off: in which role.
    SignOffRole: "In which role" ["Editor, lawyer"] "In which role it is signed", 1, "edit a sign-off: role";
}

impl Field {
    /// Those of an annotation, in the order in which they are shown where they are folded away.
    pub const OF_ANNOTATIONS: [Self; 17] = [
        Self::Fact,
        Self::Name,
        Self::Role,
        Self::Speaker,
        Self::SaidWhen,
        Self::SaidWhere,
        Self::ComparedWith,
        Self::ComparedAt,
        Self::Reason,
        Self::ProposedWording,
        Self::Rationale,
        Self::Category,
        Self::Tags,
        Self::Address,
        Self::Contact,
        Self::Note,
        Self::PrivateNote,
    ];

    /// Whether an annotation of a kind has it, folded away or not; others show it where it is filled.
    pub const fn belongs_to(self, kind: Kind) -> bool {
        match self {
            Self::Fact => matches!(kind, Kind::Claim),
            Self::Speaker | Self::SaidWhen | Self::SaidWhere => !matches!(kind, Kind::Source),
            Self::ProposedWording | Self::Rationale | Self::Category => !matches!(kind, Kind::Source),
            Self::ComparedWith | Self::ComparedAt => matches!(kind, Kind::Quote),
            Self::Name | Self::Role | Self::Address | Self::Contact => matches!(kind, Kind::Source),
            _ => true,
        }
    }
}
