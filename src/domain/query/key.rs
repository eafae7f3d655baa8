//! The keys of the query language with what they mean and which values they take.
//!
//! May use: the rest of `domain`. Invariant: [`KEYS`] holds every key once, and each list of values
//! every value once; reading, completion, the page of help and the README read them from here.

use super::Progress;
use crate::domain::annotation::Priority;
use crate::domain::{Kind, Status};

/// What stands before the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// How far checking got.
    Status,
    /// Claim, quote or source.
    Kind,
    /// What must be there.
    Has,
    /// What must not be there.
    No,
    /// What it is.
    Is,
    /// Who said it.
    Speaker,
    /// A source, and what rests on it.
    Source,
    /// Who worked on it.
    By,
    /// A tag.
    Tag,
    /// The house's own sorting.
    Category,
    /// How much hangs on it.
    Priority,
    /// The rating.
    Verdict,
    /// Where in the article.
    Para,
    /// The day of the last change.
    Changed,
}

/// One row of the table of keys.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow {
    /// Which.
    pub key: Key,
    /// As it is typed, without the colon.
    pub name: &'static str,
    /// What it asks for.
    pub help: &'static str,
    /// As it may be typed.
    pub example: &'static str,
}

const fn row(key: Key, name: &'static str, help: &'static str, example: &'static str) -> KeyRow {
    KeyRow { key, name, help, example }
}

/// Every key, in the order in which they are offered.
pub static KEYS: [KeyRow; 14] = [
    row(Key::Status, "status", "How far checking got; also open, checked", "status:query,unchecked"),
    row(Key::Kind, "kind", "Claim, quote or source", "kind:claim"),
    row(Key::Has, "has", "What is filled in", "has:evidence"),
    row(Key::No, "no", "What is missing", "no:evidence"),
    row(Key::Is, "is", "What is true of it", "is:verified"),
    row(Key::Speaker, "speaker", "Who said it", "speaker:halvard"),
    row(Key::Source, "source", "A source, and all that it said", "source:mayor"),
    row(Key::By, "by", "Who worked on it: name or initials", "by:AK"),
    row(Key::Tag, "tag", "A tag", "tag:legal"),
    row(Key::Category, "category", "A category", "category:budget"),
    row(Key::Priority, "priority", "How much hangs on it", "priority:high"),
    row(Key::Verdict, "verdict", "The rating", "verdict:false"),
    row(Key::Para, "para", "Paragraphs of the article", "para:2-5"),
    row(Key::Changed, "changed", "The day, month or year of the last change", "changed:2026-11-24"),
];

impl Key {
    /// Its row.
    pub fn row(self) -> &'static KeyRow {
        // The table has every key (tested).
        KEYS.iter().find(|row| row.key == self).unwrap_or(&KEYS[0])
    }

    /// As it is typed.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The key of that name, in whatever case.
    pub fn named(name: &str) -> Option<Self> {
        KEYS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.key)
    }
}

/// What can be there or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A piece of evidence.
    Evidence,
    /// A note, private or not.
    Note,
    /// The fact in one sentence.
    Fact,
    /// A proposed wording.
    Wording,
    /// A reason.
    Reason,
    /// Somebody who said it.
    Speaker,
    /// A rating.
    Verdict,
    /// A name under it.
    SignOff,
    /// A tag.
    Tag,
    /// A category.
    Category,
    /// A priority.
    Priority,
    /// Two values that nobody decided between.
    Conflict,
    /// Words that are no longer in the text.
    Orphan,
    /// The flag "check again".
    Again,
}

/// What an annotation can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In the verified list.
    Verified,
    /// Something about it is open.
    Open,
    /// Checked, and not to be checked again.
    Checked,
    /// To be checked again.
    Again,
    /// Not in the text any more, or a part of it.
    Orphan,
    /// Two values that nobody decided between.
    Conflicted,
    /// Left out of every export.
    Confidential,
}

/// The words for [`Thing`]s.
pub static THINGS: &[(Thing, &str)] = &[
    (Thing::Evidence, "evidence"),
    (Thing::Note, "note"),
    (Thing::Fact, "fact"),
    (Thing::Wording, "wording"),
    (Thing::Reason, "reason"),
    (Thing::Speaker, "speaker"),
    (Thing::Verdict, "verdict"),
    (Thing::SignOff, "signoff"),
    (Thing::Tag, "tag"),
    (Thing::Category, "category"),
    (Thing::Priority, "priority"),
    (Thing::Conflict, "conflict"),
    (Thing::Orphan, "orphan"),
    (Thing::Again, "again"),
];

/// The words for [`State`]s.
pub static STATES: &[(State, &str)] = &[
    (State::Verified, "verified"),
    (State::Open, "open"),
    (State::Checked, "checked"),
    (State::Again, "again"),
    (State::Orphan, "orphan"),
    (State::Conflicted, "conflicted"),
    (State::Confidential, "confidential"),
];

/// The words for [`Progress`].
pub static PROGRESS: &[(Progress, &str)] = &[
    (Progress::Is(Status::Unchecked), Status::Unchecked.word()),
    (Progress::Is(Status::InProgress), Status::InProgress.word()),
    (Progress::Is(Status::Query), Status::Query.word()),
    (Progress::Is(Status::Verified), Status::Verified.word()),
    (Progress::Is(Status::NeedsCorrection), Status::NeedsCorrection.word()),
    (Progress::Is(Status::Unverifiable), Status::Unverifiable.word()),
    (Progress::Is(Status::OnAuthor), Status::OnAuthor.word()),
    (Progress::Is(Status::NotCheckable), Status::NotCheckable.word()),
    (Progress::Open, "open"),
    (Progress::Checked, "checked"),
];

/// The words for kinds.
pub static KINDS: &[(Kind, &str)] = &[
    (Kind::Claim, Kind::Claim.word()),
    (Kind::Quote, Kind::Quote.word()),
    (Kind::Source, Kind::Source.word()),
];

/// The words for priorities.
pub static PRIORITIES: &[(Option<Priority>, &str)] = &[
    (Some(Priority::High), "high"),
    (Some(Priority::Medium), "medium"),
    (Some(Priority::Low), "low"),
    (None, "none"),
];

/// The word of a value.
pub(super) fn word_of<T: PartialEq>(words: &[(T, &'static str)], value: &T) -> String {
    words.iter().find(|(known, _)| known == value).map(|(_, word)| (*word).to_owned()).unwrap_or_default()
}

/// The value of a word: the whole word, or a beginning that only one has; else those it could be.
pub(super) fn value_of<T: Copy>(words: &[(T, &'static str)], typed: &str) -> Result<T, Vec<&'static str>> {
    let typed: String = typed.trim().to_lowercase().replace([' ', '_'], "-");
    if let Some((value, _)) = words.iter().find(|(_, word)| *word == typed) {
        return Ok(*value);
    }
    let could: Vec<_> = words.iter().filter(|(_, word)| word.starts_with(&typed)).collect();
    match could.as_slice() {
        [(value, _)] => Ok(*value),
        [] => Err(Vec::new()),
        several => Err(several.iter().map(|(_, word)| *word).collect()),
    }
}

/// What the filter takes, as a line of Markdown: for the README.
pub fn keys_as_markdown() -> String {
    let examples: Vec<String> = KEYS.iter().map(|row| format!("`{}`", row.example)).collect();
    format!(
        "The list's filter and `proofmark list` take words and terms: {}. All must fit; commas separate alternatives, \
         a minus turns a term round, quotation marks keep words together.\n",
        examples.join(", ")
    )
}
