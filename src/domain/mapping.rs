//! How an annotation follows the text when that changes.
//!
//! May use: the rest of `domain`. Invariant: a span whose words are untouched keeps them, moves by
//! arithmetic and gets no entry; one whose words changed gets an entry and a reason to check it
//! again; one whose words are gone becomes an orphan with what stood around it. Never a silent
//! move to a look-alike. Edges stay on grapheme clusters of the new text.

use super::annotation::{Annotation, AnnotationSpan, AnnotationValue, Place, SpanValue};
use super::article::{Article, Edit, Mapped};
use super::log::{self, Stamp};
use super::merge;
use super::text::Text;

/// How the reason begins, where the words of a span changed.
const WORDS_WERE: &str = "The words were: ";

/// The reason to check again where other words stand in a span than before.
pub fn words_were(words: &str) -> String {
    format!("{WORDS_WERE}{words}")
}

/// The old words in a reason, where it is that one.
pub fn old_words(reason: &str) -> Option<&str> {
    reason.strip_prefix(WORDS_WERE)
}

/// A change of the text, as places need it.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The text before.
    pub old: &'a Text,
    /// The article after.
    pub new: &'a Article,
    /// What leads from one to the other.
    pub edits: &'a [Edit],
}

impl Step<'_> {
    /// Where a place is after it, and whether that is worth an entry.
    pub fn place(&self, place: &Place) -> (Place, bool) {
        let head = self.new.head();
        let Some(at) = place.at else { return (Place { text: head, ..place.clone() }, false) };
        let mut mapped = Mapped::Same(at);
        let mut touched = false;
        for edit in self.edits.iter().filter(|edit| !edit.is_empty()) {
            mapped = match mapped {
                Mapped::Same(span) => edit.map(span),
                Mapped::Changed(span) => match edit.map(span) {
                    Mapped::Same(span) | Mapped::Changed(span) => Mapped::Changed(span),
                    Mapped::Gone => Mapped::Gone,
                },
                Mapped::Gone => Mapped::Gone,
            };
            touched |= !matches!(mapped, Mapped::Same(_));
        }
        // An edit beside a span can join its first or last letter with a mark: then its edge is
        // inside a cluster, and its words are no longer just these.
        let text = &self.new.text;
        let to = match mapped {
            Mapped::Same(to) | Mapped::Changed(to) => Some(text.snapped(to)).filter(|to| text.admits(*to)),
            Mapped::Gone => None,
        };
        match to {
            Some(to) => {
                let mut is = self.new.place(to);
                if is.quote != place.quote {
                    return (is, true);
                }
                if !touched {
                    is.marked.clone_from(&place.marked);
                    return (is, false);
                }
                // Letters that were taken out and put in again are other ones, for whoever joins copies.
                let mut letters = place.clone();
                let is_known = merge::through_last(self.new, [&mut letters].into_iter());
                if is_known && letters.agrees(&is) { (letters, false) } else { (is, true) }
            }
            None => (place.orphaned(self.old, head), true),
        }
    }

    /// Moves a span. Returns its old words, where it has others now.
    pub fn follow_span(&self, span: &mut AnnotationSpan, stamp: &mut Stamp) -> Option<String> {
        let (place, worth_an_entry) = self.place(&span.place);
        // An entry would decide between places; so these come along letter by letter until somebody does.
        let mut open = span.conflicts.iter().filter_map(|head| head.value.place()).peekable();
        if open.peek().is_some() && (worth_an_entry || open.any(|place| self.place(place).1)) {
            let heads = span.conflicts.iter_mut().filter_map(|head| match &mut head.value {
                SpanValue::Place(place) => Some(place),
                SpanValue::Removed(_) => None,
            });
            if merge::through_last(self.new, heads.chain([&mut span.place])) {
                return None;
            }
        }
        if !worth_an_entry {
            span.place = place;
            // The values of a conflict move as well: one of them may be the value some day.
            for head in &mut span.conflicts {
                if let SpanValue::Place(place) = &mut head.value {
                    *place = self.place(place).0;
                }
            }
            return None;
        }
        let was = span.place.quote.as_str().to_owned();
        let changed = place.at.is_some() && place.quote.as_str() != was && !span.removed;
        log::set(span, SpanValue::Place(place), stamp);
        changed.then_some(was)
    }

    /// Moves all spans of an annotation, and flags it where words changed. A flag that nobody
    /// confirmed meanwhile keeps the words that it has: those were checked, not what came between.
    pub fn follow(&self, annotation: &mut Annotation, stamp: &mut Stamp) {
        let mut was = None;
        for span in &mut annotation.spans {
            let words = self.follow_span(span, stamp);
            was = was.or(words);
        }
        let known = annotation.check_again.as_deref().and_then(old_words).is_some();
        if let (Some(was), false, false) = (was, known, annotation.is_removed()) {
            log::set(annotation, AnnotationValue::CheckAgain(Some(words_were(&was))), stamp);
        }
        annotation.sort_lists();
    }
}
