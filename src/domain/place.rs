//! Where a stretch of an annotation stands, with its exact words.
//!
//! May use: std, serde, the rest of `domain`. Invariant: a [`Place`] with offsets has just the
//! words that stand there; one without is an orphan and keeps what stood around them. A text of
//! several lines is one text with line feeds here and a list of lines in the file ([`Prose`]).

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::text::{Span, Text};

/// How many grapheme clusters an orphan keeps on each side of its words.
pub const CONTEXT: usize = 32;

/// A text of possibly several lines; in the file a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(pub String);

impl Prose {
    /// The text, lines separated by line feeds.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is nothing in it but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        Self(Text::normalised(text).as_str().to_owned())
    }
}

impl Serialize for Prose {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.split('\n'))
    }
}

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Vec::<String>::deserialize(deserializer)?.join("\n")))
    }
}

/// Where a span of an annotation is, with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The entry of the article's log that the offsets refer to.
    pub text: Id,
    /// Where the words stand; nothing for an orphan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// The exact words.
    pub quote: Prose,
    /// Of an orphan: what stood before its words, [`CONTEXT`] graphemes at most.
    #[serde(default, skip_serializing_if = "Prose::is_empty")]
    pub prefix: Prose,
    /// Of an orphan: what stood after its words.
    #[serde(default, skip_serializing_if = "Prose::is_empty")]
    pub suffix: Prose,
    /// The words that were marked, where somebody else changed the text in them at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<Box<Marked>>,
    /// It touches words that people changed in different ways, and nobody decided yet.
    #[serde(default, skip_serializing_if = "crate::domain::log::is_default")]
    pub disputed: bool,
}

/// The very letters that somebody marked, whatever became of them since: what joining copies in any
/// order needs to come to the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Marked {
    /// The words.
    pub words: Prose,
    /// Who wrote them, stretch by stretch.
    pub letters: Vec<Letters>,
}

/// Some letters that one edit of the text put in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Letters {
    /// The entry of the text's log; the first one for those that were loaded.
    pub entry: Id,
    /// Which of its edits.
    #[serde(default, skip_serializing_if = "crate::domain::log::is_default")]
    pub edit: u32,
    /// The first byte of what was put in.
    pub from: u32,
    /// The byte after the last one.
    pub to: u32,
}

impl Place {
    /// A span of `article` (whose last entry is `text`) with the words in it.
    pub fn of(article: &Text, text: Id, at: Span) -> Self {
        let quote = Prose(article.slice(at).to_owned());
        Self { text, at: Some(at), quote, ..Self::default() }
    }

    /// The same words as an orphan, with what stood around them in `article`.
    pub fn orphaned(&self, article: &Text, text: Id) -> Self {
        let (prefix, suffix) = self.at.map_or_else(
            || (self.prefix.0.clone(), self.suffix.0.clone()),
            |span| article.context(span, CONTEXT),
        );
        let (prefix, suffix) = (Prose(prefix), Prose(suffix));
        Self { text, at: None, quote: self.quote.clone(), prefix, suffix, ..Self::default() }
    }

    /// Whether two people mean the same place, whatever each of them had marked.
    pub fn agrees(&self, other: &Self) -> bool {
        (self.text, self.at, &self.quote) == (other.text, other.at, &other.quote)
    }

    /// The words that were marked here, where joining copies put other words in their place and nobody
    /// looked at them since.
    pub fn words_were(&self) -> Option<&str> {
        self.marked.as_ref().map(|marked| marked.words.as_str()).filter(|words| *words != self.quote.as_str())
    }
}
