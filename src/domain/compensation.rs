//! Taking back what is in a file already: by further entries, so that nothing vanishes from a log.
//!
//! May use: std, the rest of `domain`. Invariant: after a compensation every value is that of the
//! wanted state (conflicts included), every log is longer or the same, and every span of every
//! record names the present text. Known limit: who checked and what was dismissed are sets that
//! only grow, so what is in the file stays.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationValue, ContactValue, EvidenceValue, SignOffValue};
use super::annotation::{AnnotationSpan, SpanField, SpanValue};
use super::article::{Article, Edit};
use super::change::{Change, Transaction};
use super::clash::ClashValue;
use super::id::Id;
use super::log::{self, Record, Stamp};
use super::mapping::Step;
use super::project::{About, Project};

impl Project {
    /// A transaction that brings about the "after" sides of `wanted` by further entries, where
    /// some entries may stand in the file already. It fits this state, whatever `wanted` was made
    /// for.
    pub fn compensation(&self, wanted: Transaction, stamp: &mut Stamp) -> Transaction {
        let mut changes = Vec::new();
        let (article, edits) = self.article_back(&wanted, stamp);
        if !Arc::ptr_eq(&article, &self.article) {
            changes.push(Change::Article { before: self.article.clone(), after: article.clone() });
        }
        let step = Step { old: &self.article.text, new: &article, edits: &edits };
        // The last word on each record counts; those that the wanted changes do not name only
        // follow the text.
        let mut targets: BTreeMap<Id, Option<Arc<Annotation>>> = BTreeMap::new();
        let mut about = None;
        for change in wanted.changes {
            match change {
                Change::About { after, .. } => about = Some(after),
                Change::Annotation { id, after, .. } => {
                    targets.insert(id, after);
                }
                Change::Article { .. }
                | Change::Checkers { .. }
                | Change::Dismissed { .. }
                | Change::Redacted { .. } => {}
            }
        }
        if let Some(target) = about {
            let mut after = About::clone(&self.about);
            log::set_all(&mut after, &target, stamp);
            if after != *self.about {
                changes.push(Change::About { before: self.about.clone(), after: Arc::new(after) });
            }
        }
        for (id, before) in self.annotations.iter().chain(&self.removed) {
            let mut after = Annotation::clone(before);
            match targets.remove(id) {
                None => step.follow(&mut after, stamp),
                Some(target) => restore(&mut after, target.as_deref(), step, stamp),
            }
            if after != **before {
                let (before, after) = (Some(before.clone()), Some(Arc::new(after)));
                changes.push(Change::Annotation { id: *id, before, after });
            }
        }
        for (id, target) in targets {
            if let Some(target) = target {
                let mut after = Annotation::clone(&target);
                after.spans.iter_mut().for_each(|span| name_text(span, article.head()));
                changes.push(Change::Annotation { id, before: None, after: Some(Arc::new(after)) });
            }
        }
        Transaction::of(wanted.label, changes)
    }

    /// The article with the text that is wanted, and the edits that lead there.
    fn article_back(&self, wanted: &Transaction, stamp: &mut Stamp) -> (Arc<Article>, Vec<Edit>) {
        let mut edits = Vec::new();
        let mut target = &self.article;
        for change in &wanted.changes {
            if let Change::Article { before, after } = change {
                edits.extend(edits_between(before, after));
                target = after;
            }
        }
        if target.text == self.article.text {
            return (self.article.clone(), Vec::new());
        }
        // The edits of the step itself say best what happened; should they not fit, the smallest
        // one that leads to the wanted text does.
        // What it says of the file that was loaded goes with the text.
        let named = |mut article: Article| {
            (article.file, article.encoding, article.sha256) =
                (target.file.clone(), target.encoding.clone(), target.sha256.clone());
            Arc::new(article)
        };
        if let Some(article) = self.article.edited(edits.clone(), stamp).filter(|a| a.text == target.text) {
            return (named(article), edits);
        }
        let edits = vec![Edit::between(self.article.text.as_str(), target.text.as_str())];
        match self.article.edited(edits.clone(), stamp) {
            Some(article) => (named(article), edits),
            None => (self.article.clone(), Vec::new()),
        }
    }
}

/// The edits that lead from one state of an article to another, of which one has a part of the
/// other's log.
fn edits_between(before: &Arc<Article>, after: &Arc<Article>) -> Vec<Edit> {
    let is_joined = |article: &Article| article.log.iter().any(|entry| entry.replaces.len() > 1);
    if is_joined(before) || is_joined(after) {
        return super::merge::edits_between(before, after).unwrap_or_default();
    }
    let same = before.log.iter().zip(&after.log).take_while(|(a, b)| a.id == b.id).count();
    let back = before.log[same..].iter().rev().flat_map(|entry| entry.edits.iter().rev().map(Edit::invert));
    let forth = after.log[same..].iter().flat_map(|entry| entry.edits.iter().cloned());
    back.chain(forth).collect()
}

/// Makes a span, with all the places that people gave it, one of that text.
fn name_text(span: &mut AnnotationSpan, text: Id) {
    span.place.text = text;
    for head in &mut span.conflicts {
        if let SpanValue::Place(place) = &mut head.value {
            place.text = text;
        }
    }
}

/// Brings an annotation to `target` by entries; to its removal where it did not exist then.
fn restore(after: &mut Annotation, target: Option<&Annotation>, step: Step, stamp: &mut Stamp) {
    let Some(target) = target else {
        step.follow(after, stamp);
        log::set(after, AnnotationValue::Removed(true), stamp);
        return;
    };
    log::set_all(after, target, stamp);
    let head = step.new.head();
    for span in &mut after.spans {
        let Some(wanted) = target.spans.iter().find(|t| t.id == span.id) else {
            step.follow_span(span, stamp);
            log::set(span, SpanValue::Removed(true), stamp);
            continue;
        };
        let mut wanted = wanted.clone();
        name_text(&mut wanted, head);
        // What only moved with the text gets no entry.
        let (followed, worth_an_entry) = step.place(&span.place);
        if !worth_an_entry && followed == wanted.place && span.conflicts.len() == wanted.conflicts.len() {
            step.follow_span(span, stamp);
        } else {
            log::set_as(span, &wanted, SpanField::Place, stamp);
        }
        log::set_as(span, &wanted, SpanField::Removed, stamp);
    }
    for missing in target
        .spans
        .iter()
        .filter(|t| after.spans.iter().all(|span| span.id != t.id))
        .cloned()
        .collect::<Vec<_>>()
    {
        let mut missing = missing;
        name_text(&mut missing, head);
        after.spans.push(missing);
    }
    list(&mut after.evidence, &target.evidence, EvidenceValue::Removed(true), stamp);
    list(&mut after.contacts, &target.contacts, ContactValue::Removed(true), stamp);
    list(&mut after.sign_offs, &target.sign_offs, SignOffValue::Removed(true), stamp);
    list(&mut after.clashes, &target.clashes, ClashValue::Removed(true), stamp);
    after.sort_lists();
}

fn list<R: Record>(mine: &mut Vec<R>, target: &[R], removal: R::Value, stamp: &mut Stamp) {
    for record in mine.iter_mut() {
        match target.iter().find(|t| t.id() == record.id()) {
            Some(wanted) => log::set_all(record, wanted, stamp),
            None => {
                log::set(record, removal.clone(), stamp);
            }
        }
    }
    for missing in target {
        if mine.iter().all(|record| record.id() != missing.id()) {
            mine.push(missing.clone());
        }
    }
}
