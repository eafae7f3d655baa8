//! The article with the history of its text, and how places move when the text changes.
//!
//! May use: std, serde, the rest of `domain`. Invariant: an [`Edit`] names both sides and inverts;
//! a span that was not touched by an edit moves by arithmetic alone and comes back by it; one whose
//! words were touched is decided on by [`Edit::map`]. Positions within one list of edits refer to
//! the text after the edits before it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::log::Stamp;
use super::place::Place;
use super::text::{Span, Text};

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// The byte where it happens.
    pub at: u32,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

/// What became of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapped {
    /// Untouched: the same words, here.
    Same(Span),
    /// Its words were changed in part: what is left of it is here.
    Changed(Span),
    /// None of its words is left.
    Gone,
}

impl Edit {
    /// The edit that takes this one back.
    pub fn invert(&self) -> Self {
        Self { at: self.at, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }

    /// The smallest edit that makes the new text of the old one.
    pub fn between(old: &str, new: &str) -> Self {
        let same = |(a, b): &(char, char)| a == b;
        let bytes = |(a, _): (char, char)| a.len_utf8();
        let at: usize = old.chars().zip(new.chars()).take_while(same).map(bytes).sum();
        let (old, new) = (&old[at..], &new[at..]);
        let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(bytes).sum();
        let (removed, inserted) = (&old[..old.len() - end], &new[..new.len() - end]);
        Self { at: at as u32, removed: removed.to_owned(), inserted: inserted.to_owned() }
    }

    /// Whether it leaves every text as it is.
    pub fn is_empty(&self) -> bool {
        self.removed == self.inserted
    }

    /// Applies it; nothing where the text is not the one that the edit was made for.
    pub fn apply(&self, text: &str) -> Option<String> {
        let at = self.at as usize;
        let end = at.checked_add(self.removed.len())?;
        if text.get(at..end)? != self.removed {
            return None;
        }
        let mut changed = String::with_capacity(text.len() + self.inserted.len());
        changed.push_str(&text[..at]);
        changed.push_str(&self.inserted);
        changed.push_str(&text[end..]);
        Some(changed)
    }

    /// Where a span is after the edit. Text typed at an edge stays outside.
    pub fn map(&self, span: Span) -> Mapped {
        Self::map_through(
            Span::new(self.at as usize, self.at as usize + self.removed.len()),
            self.inserted.len(),
            span,
        )
    }

    /// The same of an edit that puts so many bytes in a range's place.
    pub(super) fn map_through(removed: Span, inserted: usize, span: Span) -> Mapped {
        let Span { start, end } = removed;
        let shift = |at: u32| (at as i64 + inserted as i64 - removed.len() as i64) as u32;
        if end <= span.start {
            Mapped::Same(Span { start: shift(span.start), end: shift(span.end) })
        } else if span.end <= start {
            Mapped::Same(span)
        } else if span.start < start && end < span.end {
            Mapped::Changed(Span { start: span.start, end: shift(span.end) })
        } else if span.start < start {
            Mapped::Changed(Span { start: span.start, end: start })
        } else if end < span.end {
            Mapped::Changed(Span { start: start + inserted as u32, end: shift(span.end) })
        } else {
            Mapped::Gone
        }
    }
}

/// One line of the text's history.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TextEntry {
    /// Random, the same in every copy.
    pub id: Id,
    /// When it was made, by the clock of the machine that made it.
    pub when: Timestamp,
    /// The name of the person who made it.
    pub by: Arc<str>,
    /// The entries whose text it changed. Empty for the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Id>,
    /// What it changed. Of an entry that joins several (`by` is empty then): what leads from the text of
    /// the first of those that it replaces to the joined text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
    /// The edits that two people made in the same words, where this entry decides between them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settles: Vec<Touching>,
    /// What was loaded, where the text is that of another file from here on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loaded: Option<Loaded>,
}

/// A file that a text was taken from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Loaded {
    /// Its name, without its folder.
    pub file: String,
    /// Its encoding.
    pub encoding: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// One edit of one entry, which touches one of somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Touching {
    /// The entry.
    pub entry: Id,
    /// Which of its edits.
    pub edit: u32,
}

/// The text under check, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The name of the file that was loaded, without its folder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The encoding of what was loaded.
    pub encoding: String,
    /// SHA-256 of the bytes that were loaded.
    pub sha256: String,
    /// The text, in the file as a list of its lines.
    pub text: Text,
    /// The stretches that two people changed in different ways, until somebody decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<Span>,
    /// The history of the text.
    pub log: Vec<TextEntry>,
}

impl Loaded {
    /// What an article says that it was taken from.
    pub fn of(article: &Article) -> Self {
        let Article { file, encoding, sha256, .. } = article;
        Self { file: file.clone(), encoding: encoding.clone(), sha256: sha256.clone() }
    }
}

impl Article {
    /// A fresh article, with the first entry of its log.
    pub fn new(file: String, sha256: String, text: Text, stamp: &mut Stamp) -> Self {
        let (id, when, by) = (stamp.fresh(), stamp.now, stamp.by.clone());
        let (replaces, edits, settles) = (Vec::new(), Vec::new(), Vec::new());
        let log = vec![TextEntry { id, when, by, replaces, edits, settles, loaded: None }];
        Self { file, encoding: "UTF-8".into(), sha256, text, disputed: Vec::new(), log }
    }

    /// Notes that the present text, with its last entry, is that of another file.
    pub fn set_loaded(&mut self, loaded: Loaded) {
        if let Some(entry) = self.log.last_mut() {
            entry.loaded = Some(loaded.clone());
        }
        (self.file, self.encoding, self.sha256) = (loaded.file, loaded.encoding, loaded.sha256);
    }

    /// A stretch of the present text with its words.
    pub fn place(&self, at: Span) -> Place {
        Place { disputed: self.is_disputed(at), ..Place::of(&self.text, self.head(), at) }
    }

    /// Whether a place of the present text touches words that people changed in different ways.
    pub fn is_disputed_at(&self, place: &Place) -> bool {
        place.at.is_some_and(|at| self.is_disputed(at))
    }

    /// Whether a stretch touches words that people changed in different ways.
    pub fn is_disputed(&self, at: Span) -> bool {
        let touches = |open: &Span| {
            open.overlaps(at) || open.is_empty() && at.start <= open.start && open.start <= at.end
        };
        self.disputed.iter().any(touches)
    }

    /// The entry that the present text came with: what spans refer to.
    pub fn head(&self) -> Id {
        self.log.last().map(|entry| entry.id).unwrap_or_default()
    }

    /// The article after some edits, which become one entry; nothing where they do not fit.
    pub fn edited(&self, edits: Vec<Edit>, stamp: &mut Stamp) -> Option<Self> {
        let mut text = self.text.as_str().to_owned();
        for edit in &edits {
            text = edit.apply(&text)?;
        }
        Some(self.edited_to(Text::new(text), edits, stamp))
    }

    /// The same where the text that the edits lead to is known already.
    pub fn edited_to(&self, text: Text, edits: Vec<Edit>, stamp: &mut Stamp) -> Self {
        let mut article = self.clone();
        let (id, when, by) = (stamp.fresh(), stamp.now, stamp.by.clone());
        article.disputed = self.disputed.iter().map(|open| moved(*open, &edits)).collect();
        let (replaces, settles) = (vec![self.head()], Vec::new());
        article.log.push(TextEntry { id, when, by, replaces, edits, settles, loaded: None });
        article.text = text;
        article
    }
}

/// Where a stretch is after some edits; where none of it is left, the place at which it was.
fn moved(at: Span, edits: &[Edit]) -> Span {
    edits.iter().fold(at, |at, edit| {
        let end = edit.at + edit.removed.len() as u32;
        if at.is_empty() && edit.at < at.start && at.start < end {
            return Span { start: edit.at, end: edit.at };
        }
        match edit.map(at) {
            Mapped::Same(to) | Mapped::Changed(to) => to,
            Mapped::Gone => Span { start: edit.at, end: edit.at + edit.inserted.len() as u32 },
        }
    })
}
