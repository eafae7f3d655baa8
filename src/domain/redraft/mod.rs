//! The next version of an article: what became of its text, and where the marks are in it.
//!
//! May use: std, the rest of `domain`. Invariant: every span of every annotation has one fate in a
//! [`Plan`] (laws: the sum is what it was); nothing is moved to a look-alike without a word. A plan becomes
//! one transaction, whose text entry holds all edits, so the old text stays in the log: a span that its
//! mapping carries along writes nothing, every other one has an entry with its place. A plan is made in
//! steps that can be left, and changes nothing.
//!
//! Reading order: `words` (what is compared), `align` and `tidy` (which word is which), `hunks` (the edits),
//! `tiers` and `search` (where a mark is), `carry` (the transaction), `shown` (both texts as one).

use std::cell::Cell;

mod align;
mod carry;
mod hunks;
mod letters;
mod search;
mod shown;
mod tidy;
mod tiers;
mod words;

pub use super::article::Loaded;
use align::Alignment;
pub use carry::NotFit;
pub use hunks::Hunk;
use hunks::hunks;
use search::{Ground, Quote, Seen};
pub use shown::{Paragraph, Part, Piece};
use tiers::{Texts, is_short};
pub use tiers::{Tier, Why};
use words::{Keys, Words};

use super::annotation::AnnotationSpan;
use super::{Id, Project, Span, Text};

/// After so many marks it is asked whether to go on.
const BATCH: usize = 64;

/// What becomes of one span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Whose it is.
    pub annotation: Id,
    /// Which.
    pub span: Id,
    /// Where it stands in the old text; nothing for an orphan.
    pub was: Option<Span>,
    /// Where it stands in the new text.
    pub is: Option<Span>,
    /// How sure that is.
    pub tier: Tier,
    /// Whether it, or its annotation, was removed: it moves along and counts for nothing.
    pub removed: bool,
}

/// How many spans have which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Certain ones.
    pub certain: usize,
    /// Placed, to be checked again.
    pub again: usize,
    /// Orphans, those that were some before among them.
    pub orphans: usize,
}

/// What a new draft does to a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The text that it was made for.
    pub old: Text,
    /// The new draft's text.
    pub new: Text,
    /// What differs, in text order.
    pub hunks: Vec<Hunk>,
    /// Of every span, those in the text in its order, orphans last.
    pub fates: Vec<Fate>,
    /// How many pairs of words were compared to find marks that had gone from their place.
    pub work: usize,
}

/// Where the marks of a project are in another text, whether or not that has a history in common with
/// the project's. `look` is asked now and then whether to go on, with the part that is done in percent;
/// nothing comes back where it says no.
pub fn anchor(project: &Project, new: &Text, mut look: impl FnMut(u8) -> bool) -> Option<Plan> {
    let old = &project.article.text;
    let mut keys = Keys::new();
    let old_words = keys.read(old);
    let new_words = keys.read(new);
    if !look(5) {
        return None;
    }
    let alignment = Alignment::of(&old_words, &new_words, &mut |part| look(5 + part / 3))?;
    let marks: Vec<(Id, bool, &AnnotationSpan)> = project
        .annotations
        .values()
        .chain(project.removed.values())
        .flat_map(|mark| mark.spans.iter().map(|span| (mark.id, mark.removed || span.removed, span)))
        .collect();
    // The words of orphans need their numbers before it is noted where each word stands.
    let orphans: Vec<Option<Quote>> = marks.iter().map(|(_, _, span)| orphan(&mut keys, span)).collect();
    let texts = Texts {
        old,
        new,
        old_words: &old_words,
        alignment: &alignment,
        old_seen: Seen::new(&old_words.keys, keys.len()),
        ground: Ground {
            new: &new_words,
            from: &alignment.from,
            seen: Seen::new(&new_words.keys, keys.len()),
            work: Cell::new(0),
        },
    };
    let mut fates = Vec::with_capacity(marks.len());
    for (number, ((annotation, removed, span), orphan)) in marks.iter().zip(&orphans).enumerate() {
        if number % BATCH == 0 && !look((40 + number * 60 / marks.len()) as u8) {
            return None;
        }
        let (is, tier) = match (span.place.at, orphan) {
            (Some(at), _) => texts.fate(at),
            (None, Some(quote)) if !removed => texts.found(quote),
            (None, _) => (None, Tier::Orphan),
        };
        let (annotation, was, removed) = (*annotation, span.place.at, *removed);
        fates.push(Fate { annotation, span: span.id, was, is, tier, removed });
    }
    fates.sort_by_key(|fate| (fate.was.is_none(), fate.was, fate.annotation, fate.span));
    let hunks = hunks(old, new, &old_words, &new_words, &alignment.runs);
    let work = texts.ground.work.get();
    Some(Plan { old: old.clone(), new: new.clone(), hunks, fates, work })
}

/// The words of an orphan, with what it keeps of what stood around.
fn orphan(keys: &mut Keys, span: &AnnotationSpan) -> Option<Quote> {
    if span.place.at.is_some() {
        return None;
    }
    let mut read = |words: &str| -> Words { keys.read(&Text::new(words)) };
    let (words, mut before, mut after) =
        (read(span.place.quote.as_str()), read(span.place.prefix.as_str()), read(span.place.suffix.as_str()));
    // The outermost word is cut off, unless the text began or ended there.
    if before.keys.len() > 1 {
        before.keys.remove(0);
    }
    if after.keys.len() > 1 {
        after.keys.pop();
    }
    Some(Quote {
        letters: words.list.iter().map(|word| word.letters).collect(),
        words: words.keys,
        before: before.keys,
        after: after.keys,
        own: 0..0,
        is_short: is_short(span.place.quote.as_str()),
    })
}

impl Plan {
    /// Whether the new draft has the same text.
    pub fn is_empty(&self) -> bool {
        self.hunks.is_empty()
    }

    /// How many spans have which fate.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for fate in self.fates.iter().filter(|fate| !fate.removed) {
            match fate.tier {
                Tier::Certain => counts.certain += 1,
                Tier::Again(_) => counts.again += 1,
                Tier::Orphan => counts.orphans += 1,
            }
        }
        counts
    }
}
