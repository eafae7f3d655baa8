//! The language of the list's filter: from words to a test of annotations, and back.
//!
//! May use: regex, the rest of `domain`. A query is words and `key:value` terms with white space between
//! them; all must fit, several values of one term are alternatives, and `-` before a term turns it
//! round. The keys stand in one table ([`key::KEYS`]), which feeds reading, completion and help.
//! Invariant: reading never fails: what is not understood is told as a [`Fault`] and left out; a
//! query that is printed reads as itself. Known limit: letters are compared without regard to case,
//! but `é` of one character is not `é` of two.

pub mod fits;
pub mod key;
pub mod offer;
mod parse;

use std::fmt;
use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::annotation::Priority;
use super::status::{Kind, Status};
use fits::fold;
use key::{Key, State, Thing};

/// A query that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must fit.
    pub terms: Vec<Term>,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether the test must fail.
    pub not: bool,
    /// What is tested.
    pub test: Test,
}

/// What a term tests. Of several values one is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Words anywhere in what is known of it.
    Words(Needle),
    /// How far checking got.
    Status(Vec<Progress>),
    /// Claim, quote or source.
    Kind(Vec<Kind>),
    /// How much hangs on it; nothing for those without.
    Priority(Vec<Option<Priority>>),
    /// What must be there.
    Has(Vec<Thing>),
    /// What must not be there, none of them.
    No(Vec<Thing>),
    /// What it is.
    Is(Vec<State>),
    /// Paragraphs, first and last.
    Paragraphs(Vec<(usize, usize)>),
    /// A part of a text: whose, and what.
    Text(Key, Vec<Needle>),
}

/// A status, or what several have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Just this one.
    Is(Status),
    /// Something about it is open.
    Open,
    /// Checked, and not to be checked again.
    Checked,
}

/// Words that are looked for.
#[derive(Clone, Debug)]
pub struct Needle {
    text: String,
    folded: String,
    /// Finds them in most texts without folding these; nothing where there are no words.
    quick: Option<Regex>,
}

impl PartialEq for Needle {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.folded) == (&other.text, &other.folded)
    }
}

impl Eq for Needle {}

impl Needle {
    /// Words as they were typed.
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        let words = regex::escape(&folded);
        let quick = RegexBuilder::new(&words).case_insensitive(true).build().ok();
        Self { quick: quick.filter(|_| !folded.is_empty()), text: text.to_owned(), folded }
    }

    /// As they were typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Why a part of a query is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In words.
    pub message: String,
    /// Which part, in bytes.
    pub range: Range<usize>,
    /// Whether it only lacks its value, as while it is typed.
    pub unfinished: bool,
}

impl Query {
    /// Reads a query. What is not understood is left out and told.
    pub fn read(text: &str) -> (Self, Vec<Fault>) {
        parse::read(text)
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it asks for one kind, as the chips above the list do.
    pub fn asks_for(&self, kind: Kind) -> bool {
        self.terms.iter().any(|term| !term.not && term.test == Test::Kind(vec![kind]))
    }
}

/// The text of a query with its terms about kinds replaced by one, or by none.
pub fn with_kind(text: &str, kind: Option<Kind>) -> String {
    let kept = parse::tokens(text).into_iter().filter(|token| token.key() != Some(Key::Kind));
    let mut parts: Vec<String> = kept.map(|token| text[token.range.clone()].to_owned()).collect();
    parts.extend(kind.map(|kind| format!("{}:{}", Key::Kind.name(), kind.word())));
    parts.join(" ")
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, term) in self.terms.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{term}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: Vec<String> = match &self.test {
            Test::Words(needle) => vec![quoted(&needle.text)],
            Test::Status(all) => all.iter().map(|one| key::word_of(key::PROGRESS, one)).collect(),
            Test::Kind(all) => all.iter().map(|kind| kind.word().to_owned()).collect(),
            Test::Priority(all) => all.iter().map(|one| key::word_of(key::PRIORITIES, one)).collect(),
            Test::Has(all) | Test::No(all) => all.iter().map(|one| key::word_of(key::THINGS, one)).collect(),
            Test::Is(all) => all.iter().map(|one| key::word_of(key::STATES, one)).collect(),
            Test::Paragraphs(all) => all.iter().map(|range| stretch(*range)).collect(),
            Test::Text(_, all) => all.iter().map(|needle| quoted(&needle.text)).collect(),
        };
        f.write_str(if self.not { "-" } else { "" })?;
        if let Some(key) = self.test.key() {
            write!(f, "{}:", key.name())?;
        }
        f.write_str(&values.join(","))
    }
}

impl Test {
    /// The key that it is written with; none for words.
    pub const fn key(&self) -> Option<Key> {
        Some(match self {
            Self::Words(_) => return None,
            Self::Status(_) => Key::Status,
            Self::Kind(_) => Key::Kind,
            Self::Priority(_) => Key::Priority,
            Self::Has(_) => Key::Has,
            Self::No(_) => Key::No,
            Self::Is(_) => Key::Is,
            Self::Paragraphs(_) => Key::Para,
            Self::Text(key, _) => *key,
        })
    }
}

fn stretch((from, to): (usize, usize)) -> String {
    match to {
        usize::MAX => format!("{from}-"),
        to if to == from => from.to_string(),
        to => format!("{from}-{to}"),
    }
}

/// Words as they can be read again: in quotation marks where they must be.
pub fn quoted(text: &str) -> String {
    let is_special = |c: char| c.is_whitespace() || matches!(c, '"' | ':' | ',');
    if text.is_empty() || text.starts_with('-') || text.contains(is_special) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
