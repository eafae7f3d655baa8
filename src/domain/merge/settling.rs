//! Deciding between what people made of the same words.
//!
//! May use: the rest of `domain`. Invariant: a decision is an entry of the text's log that names what it
//! settles, and one step of undo; letters that stay keep their marks, and a mark that reached the end of
//! the words reaches the end of those that take their place.

use super::Disagreement;
use crate::domain::Project;
use crate::domain::annotation::{Annotation, AnnotationSpan, AnnotationValue, Place, SpanValue};
use crate::domain::article::Edit;
use crate::domain::change::{Stale, Transaction};
use crate::domain::id::Id;
use crate::domain::log::{self, Stamp};
use crate::domain::mapping::{Step, old_words, words_were};
use crate::domain::text::Span;

/// How a disagreement about the text ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The text stays as it reads now.
    AsItIs,
    /// What one person made of it: the entry of the variant.
    Take(Id),
    /// Other words.
    Words(String),
}

impl Project {
    /// Decides a disagreement about the text.
    ///
    /// # Errors
    /// Where the text is not that of the disagreement any more, or the variant is none of it.
    pub fn decide_text(
        &self,
        open: &Disagreement,
        decision: &Decision,
        stamp: &mut Stamp,
    ) -> Result<Transaction, Stale> {
        let edits = match decision {
            Decision::AsItIs => Vec::new(),
            Decision::Take(entry) => {
                open.variants.iter().find(|variant| variant.entry == *entry).ok_or(Stale)?.edits.clone()
            }
            Decision::Words(words) => {
                let now = self.article.text.as_str().get(open.at.range()).ok_or(Stale)?;
                let mut edit = Edit::between(now, words);
                edit.at += open.at.start;
                if edit.is_empty() { Vec::new() } else { vec![edit] }
            }
        };
        let mut article = self.article.edited(edits.clone(), stamp).ok_or(Stale)?;
        if let Some(entry) = article.log.last_mut() {
            entry.settles = open.touching.clone();
        }
        article.disputed = article.disagreements().into_iter().map(|open| open.at).collect();
        let grows: i64 =
            edits.iter().map(|edit| edit.inserted.len() as i64 - edit.removed.len() as i64).sum();
        let now = Span { start: open.at.start, end: (i64::from(open.at.end) + grows) as u32 };
        let own = |annotation: &mut Annotation, step: &Step<'_>, stamp: &mut Stamp| {
            carry(annotation, step, (open.at, now), stamp);
            true
        };
        let mut step = self.follow_edits(article, &edits, own, stamp);
        step.label = "decide between two wordings".into();
        Ok(step)
    }
}

/// Brings an annotation through a decision; `words` are the disputed ones before and after it.
fn carry(annotation: &mut Annotation, step: &Step<'_>, words: (Span, Span), stamp: &mut Stamp) {
    if !annotation.spans.iter().any(|span| whole(span, step, words).is_some()) {
        return step.follow(annotation, stamp);
    }
    let mut was = None;
    for span in &mut annotation.spans {
        let Some(to) = whole(span, step, words) else {
            was = was.or(step.follow_span(span, stamp));
            continue;
        };
        let place = step.new.place(to);
        let heads = span.conflicts.iter().filter_map(|head| head.value.place());
        let known = heads.chain([&span.place]).find_map(Place::words_were);
        let old = known.unwrap_or(span.place.quote.as_str()).to_owned();
        let is_other = place.quote.as_str() != old && !span.removed;
        log::set(span, SpanValue::Place(place), stamp);
        was = was.or(is_other.then_some(old));
    }
    let known = annotation.check_again.as_deref().and_then(old_words).is_some();
    if let (Some(was), false, false) = (was, known, annotation.is_removed()) {
        log::set(annotation, AnnotationValue::CheckAgain(Some(words_were(&was))), stamp);
    }
    annotation.sort_lists();
}

/// Where a span has to stand that reached over disputed words and lost some of them, or that two people
/// placed and that the decision brings together; nothing where its letters say it already, or where the
/// two are still apart.
fn whole(span: &AnnotationSpan, step: &Step<'_>, words: (Span, Span)) -> Option<Span> {
    let mapped = step.place(&span.place).0.at;
    let wanted = reached(&span.place, step, words)?;
    let text = &step.new.text;
    let mut places = span.conflicts.iter().filter_map(|head| head.value.place());
    let agree =
        places.all(|place| reached(place, step, words).or_else(|| step.place(place).0.at) == Some(wanted));
    let is_news = mapped != Some(wanted) || !span.conflicts.is_empty();
    (agree && is_news && text.snapped(wanted) == wanted && text.admits(wanted)).then_some(wanted)
}

/// From where to where a place reaches: with all of the words that are there now where not all of its own
/// among those that were there are left. One that lay in them alone and lost all of its own is the
/// mapping's, which makes it an orphan.
fn reached(place: &Place, step: &Step<'_>, (was, now): (Span, Span)) -> Option<Span> {
    let at = place.at?;
    let inside =
        |at: Span, words: Span| Span { start: at.start.max(words.start), end: at.end.min(words.end) };
    let own = inside(at, was);
    if own.start >= own.end {
        return None;
    }
    let left = step.place(place).0.at.map(|to| inside(to, now)).filter(|left| left.start < left.end);
    let kept = left.filter(|left| step.new.text.slice(*left) == step.old.slice(own));
    let moved = |byte: u32| (i64::from(byte) + i64::from(now.end) - i64::from(was.end)) as u32;
    // Signs that the mark left out, a full stop say, it leaves out of the new words as well.
    let new = step.new.text.slice(now);
    let signs = |from: u32, to: u32| {
        let left_out = step.old.slice(Span { start: from, end: to });
        if left_out.contains(char::is_alphanumeric) { "" } else { left_out }
    };
    let before = Some(signs(was.start, own.start)).filter(|signs| new.starts_with(signs));
    let after = Some(signs(own.end, was.end)).filter(|signs| new.ends_with(signs));
    let start = match kept {
        _ if at.start <= was.start => at.start,
        Some(kept) => kept.start,
        None if was.end < at.end || left.is_some() => now.start + before.map_or(0, str::len) as u32,
        None => return None,
    };
    let end = match kept {
        _ if at.end >= was.end => moved(at.end),
        Some(kept) => kept.end,
        None if at.start < was.start || left.is_some() => now.end - after.map_or(0, str::len) as u32,
        None => return None,
    };
    Some(Span { start, end })
}
