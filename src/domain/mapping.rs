//! How an annotation follows the text when that changes.
//!
//! May use: the rest of `domain`. Invariant: a span whose words are untouched keeps them, moves by
//! arithmetic and gets no entry; one whose words changed gets an entry and a reason to check it
//! again; one whose words are gone becomes an orphan with what stood around it. Never a silent
//! move to a look-alike. Edges stay on grapheme clusters of the new text.

use super::annotation::{Annotation, Place, SpanValue};
use super::article::{Article, Edit, Mapped};
use super::log::{self, Stamp};
use super::text::Text;

/// Moves all spans of an annotation from the old text to the new one. Returns why the annotation
/// must be checked again, where its words changed.
pub fn follow(
    annotation: &mut Annotation,
    old: &Text,
    new: &Article,
    edits: &[Edit],
    stamp: &mut Stamp,
) -> Option<String> {
    let mut reason = None;
    for span in &mut annotation.spans {
        let Some(at) = span.place.at else {
            span.place.text = new.head();
            continue;
        };
        let mut mapped = Mapped::Same(at);
        for edit in edits {
            mapped = match mapped {
                Mapped::Same(span) => edit.map(span),
                Mapped::Changed(span) => match edit.map(span) {
                    Mapped::Same(span) | Mapped::Changed(span) => Mapped::Changed(span),
                    Mapped::Gone => Mapped::Gone,
                },
                Mapped::Gone => Mapped::Gone,
            };
        }
        // An edit beside a span can join its first or last letter with a mark: then its edge is
        // inside a cluster, and its words are no longer just these.
        match mapped {
            Mapped::Same(to) if new.text.admits(to) => {
                span.place = Place { text: new.head(), at: Some(to), ..span.place.clone() };
            }
            Mapped::Same(to) | Mapped::Changed(to) if new.text.admits(new.text.snapped(to)) => {
                let place = Place::of(&new.text, new.head(), new.text.snapped(to));
                let was = span.place.quote.as_str().to_owned();
                log::set(span, SpanValue::Place(place), stamp);
                reason = reason.or_else(|| (!span.removed).then(|| format!("The words were: {was}")));
            }
            _ => {
                let orphan = span.place.orphaned(old, new.head());
                log::set(span, SpanValue::Place(orphan), stamp);
            }
        }
    }
    reason
}
