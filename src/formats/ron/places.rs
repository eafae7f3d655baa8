//! Spans against the text that they claim to stand in.
//!
//! May use: `domain`. Invariant: a span is trusted only where the text has its very words at its
//! offsets, on grapheme edges; one that is not gets its only place in the text, flagged, or becomes
//! an orphan that keeps its words. Nothing is dropped, nothing moved without a word. Known limit:
//! after [`SEARCHED`] bytes of searching, what is left becomes orphans unsearched.

use std::collections::HashMap;

use super::validate::{Check, Name};
use crate::domain::annotation::{Annotation, AnnotationValue, Place, SpanValue};
use crate::domain::article::{Article, Mapped};
use crate::domain::log;
use crate::domain::{Id, Span};

/// How many bytes of text are searched for lost words in one file: seconds, not hours.
const SEARCHED: usize = 8 << 30;

/// What became of a place of an earlier text.
enum Moved {
    /// It is here now; an orphan stays one.
    To(Option<Span>),
    /// The words in it were changed, so that it is not known where it is.
    Touched,
}

/// The text, and what was found in it already.
pub(super) struct Places<'a> {
    article: &'a Article,
    known: HashMap<Id, usize>,
    found: HashMap<String, Option<Span>>,
    budget: usize,
}

impl<'a> Places<'a> {
    /// Of an article whose log is sound.
    pub(super) fn new(article: &'a Article) -> Self {
        let known = article.log.iter().enumerate().map(|(place, entry)| (entry.id, place)).collect();
        Self { article, known, found: HashMap::new(), budget: SEARCHED }
    }

    /// Checks every span of an annotation.
    pub(super) fn check(&mut self, annotation: &mut Annotation, check: &mut Check<'_>) {
        let (id, head) = (annotation.id, self.article.head());
        let mut flag = None;
        let name = Name::of(annotation);
        for index in 0..annotation.spans.len() {
            let span = &mut annotation.spans[index];
            let mut touched = false;
            if span.place.text != head {
                match self.moved(&span.place) {
                    Some(Moved::To(at)) => {
                        span.place.at = at;
                        let message =
                            format!("A span of {name} referred to an earlier text; it was moved along.");
                        check.mended(id, message);
                    }
                    // Told below, with what became of it.
                    Some(Moved::Touched) => touched = true,
                    None => check.mended(
                        id,
                        format!(
                            "A span of {name} refers to a text that the file does not know; \
                             it is taken for the present one."
                        ),
                    ),
                }
                span.place.text = head;
            }
            let Some(at) = span.place.at else { continue };
            let doubt = if touched {
                Some("its words were changed")
            } else {
                self.doubt(at, span.place.quote.as_str())
            };
            let Some(doubt) = doubt else { continue };
            let words = span.place.quote.as_str().to_owned();
            let (place, outcome) = match self.only_place(&words) {
                Some(to) => (
                    Place::of(&self.article.text, head, to),
                    "its words occur once in the text and were placed there, to be checked again",
                ),
                None => (Place { at: None, ..span.place.clone() }, "it is kept as an orphan with its words"),
            };
            if place.at.is_some() && !span.removed {
                flag.get_or_insert_with(|| format!("Its place in the file was wrong: {doubt}"));
            }
            let was = format!("{} to {}", at.start, at.end);
            log::set(span, SpanValue::Place(place), check.stamp);
            check.mended(id, format!("The span {was} of {name} does not fit the text ({doubt}): {outcome}."));
        }
        // A reason that stands already says why to look; the log would show two for one look.
        if let (Some(reason), None) = (flag, &annotation.check_again) {
            log::set(annotation, AnnotationValue::CheckAgain(Some(reason)), check.stamp);
        }
        annotation.sort_lists();
    }

    /// Where a place of an earlier text is now, as editing would have moved it; nothing where the
    /// file does not know that text.
    fn moved(&mut self, place: &Place) -> Option<Moved> {
        let known = *self.known.get(&place.text)?;
        let Some(mut at) = place.at.filter(|at| at.start <= at.end) else { return Some(Moved::To(place.at)) };
        // Through joined histories the way is not simply forward; then its words are looked for.
        let pairs = self.article.log[known..].windows(2);
        if pairs.into_iter().any(|pair| pair[1].replaces != [pair[0].id]) {
            return Some(Moved::Touched);
        }
        for edit in self.article.log[known + 1..].iter().flat_map(|entry| &entry.edits) {
            self.budget = self.budget.saturating_sub(1);
            match edit.map(at) {
                Mapped::Same(to) if self.budget > 0 => at = to,
                _ => return Some(Moved::Touched),
            }
        }
        Some(Moved::To(Some(at)))
    }

    /// What is wrong with a place, if anything is.
    fn doubt(&self, at: Span, quote: &str) -> Option<&'static str> {
        let text = &self.article.text;
        if at.start > at.end {
            Some("its start is after its end")
        } else if at.end as usize > text.len() {
            Some("its end is after the end of the text")
        } else if at.is_empty() {
            Some("it is empty")
        } else if !text.is_edge(at.start as usize) || !text.is_edge(at.end as usize) {
            Some("its edges are inside a character")
        } else if text.slice(at) != quote {
            Some("other words stand there")
        } else if !text.admits(at) {
            Some("there is only white space")
        } else {
            None
        }
    }

    /// Where some words stand, if that is exactly one place.
    fn only_place(&mut self, words: &str) -> Option<Span> {
        let text = &self.article.text;
        if words.trim().is_empty() || words.len() > text.len() {
            return None;
        }
        if let Some(known) = self.found.get(words) {
            return *known;
        }
        self.budget = self.budget.saturating_sub(text.len());
        if self.budget == 0 {
            return None;
        }
        let spans = text.as_str().match_indices(words).map(|(at, found)| Span::new(at, at + found.len()));
        // The second place settles it: a word of every line need not be searched to the end.
        let mut spans = spans.filter(|span| text.admits(*span)).take(2);
        let only = spans.next().filter(|_| spans.next().is_none());
        self.found.insert(words.to_owned(), only);
        only
    }
}
