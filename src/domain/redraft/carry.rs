//! A plan as one transaction: the new text, and every mark where the plan has it.
//!
//! May use: std, the rest of `domain`. Invariant: what the mapping of the text's edits says already is not
//! written, whatever else is; so another copy that follows the text entry puts those spans where they are
//! here. A span that was removed moves and is flagged for nothing.

use std::collections::HashMap;

use super::{Fate, Plan, Tier, Why};
use crate::domain::annotation::{Annotation, AnnotationSpan, AnnotationValue, SpanValue};
use crate::domain::article::{Edit, Loaded, Mapped};
use crate::domain::change::Transaction;
use crate::domain::log::{self, Stamp};
use crate::domain::mapping::{Step, old_words, words_were};
use crate::domain::patch::Patch;
use crate::domain::{Id, Project, Span};

/// The project's text is not the one that the plan was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text has changed since the new draft was compared with it")]
pub struct NotFit;

impl Why {
    /// The reason that is written into the annotation.
    fn reason(self, words: &str) -> String {
        match self {
            Self::Words => words_were(words),
            Self::Around => "In the new draft, other words stand around these".into(),
            Self::Twice => "These words stand more than once, and the new draft changed near them".into(),
            Self::Moved => "These words stand elsewhere in the new draft".into(),
            Self::Found => "These words were gone and are there again in the new draft".into(),
        }
    }
}

impl Plan {
    /// The edits that make the new text of the old one, each for the text after those before it.
    pub fn edits(&self) -> Vec<Edit> {
        self.hunks.iter().map(|hunk| hunk.edit(&self.old, &self.new)).collect()
    }

    /// The one step that takes the new draft; empty where it has the same text.
    ///
    /// # Errors
    /// Where the project's text is another one now.
    pub fn transaction(
        &self,
        project: &Project,
        loaded: Option<Loaded>,
        stamp: &mut Stamp,
    ) -> Result<Transaction, NotFit> {
        if project.article.text != self.old {
            return Err(NotFit);
        }
        if self.is_empty() {
            return Ok(Transaction::default());
        }
        let edits = self.edits();
        let mut article = project.article.edited_to(self.new.clone(), edits.clone(), stamp);
        if let Some(loaded) = loaded {
            article.set_loaded(loaded);
        }
        let patch = Patch::of(self.hunks.iter().map(|hunk| (hunk.old, self.new.slice(hunk.new))));
        let fates: HashMap<(Id, Id), &Fate> =
            self.fates.iter().map(|fate| ((fate.annotation, fate.span), fate)).collect();
        let own = |annotation: &mut Annotation, step: &Step<'_>, stamp: &mut Stamp| {
            let mut reason = None;
            for index in 0..annotation.spans.len() {
                let span = &mut annotation.spans[index];
                let fate = fates.get(&(annotation.id, span.id));
                let Some(fate) = fate.filter(|fate| fate.was == span.place.at && span.conflicts.is_empty())
                else {
                    let words = step.follow_span(span, stamp).map(|words| words_were(&words));
                    reason = reason.or(words);
                    continue;
                };
                let why = self.carry(fate, span, &patch, step, stamp);
                reason = reason.or(why.filter(|_| !fate.removed));
            }
            let known = annotation.check_again.as_deref().and_then(old_words).is_some();
            if let (Some(reason), false) = (reason, known) {
                log::set(annotation, AnnotationValue::CheckAgain(Some(reason)), stamp);
            }
            annotation.sort_lists();
            true
        };
        let mut transaction = project.follow_edits(article, &edits, own, stamp);
        transaction.label = "take a new draft".into();
        Ok(transaction)
    }

    /// Puts a span where the plan has it. Returns why it must be looked at again.
    fn carry(
        &self,
        fate: &Fate,
        span: &mut AnnotationSpan,
        patch: &Patch,
        step: &Step<'_>,
        stamp: &mut Stamp,
    ) -> Option<String> {
        let head = step.new.head();
        let words = span.place.quote.as_str().to_owned();
        match fate.is {
            Some(to) => {
                let mut place = step.new.place(to);
                let is_same = place.quote.as_str() == words;
                if is_same && fate.was.is_some_and(|was| self.mapped(patch, was, &words) == Some(to)) {
                    place.marked = span.place.marked.take();
                    span.place = place;
                } else {
                    log::set(span, SpanValue::Place(place), stamp);
                }
                match fate.tier {
                    Tier::Again(why) => Some(why.reason(&words)),
                    Tier::Certain | Tier::Orphan => None,
                }
            }
            None if fate.was.is_some() => {
                log::set(span, SpanValue::Place(span.place.orphaned(step.old, head)), stamp);
                Some(words_were(&words))
            }
            None => {
                span.place.text = head;
                None
            }
        }
    }

    /// Where the mapping alone leaves a span's words untouched; nothing where it does not.
    fn mapped(&self, patch: &Patch, was: Span, words: &str) -> Option<Span> {
        match patch.map(was) {
            Mapped::Same(to) => {
                let is_fit = self.new.slice(to) == words && self.new.snapped(to) == to && self.new.admits(to);
                is_fit.then_some(to)
            }
            Mapped::Changed(_) | Mapped::Gone => None,
        }
    }
}
