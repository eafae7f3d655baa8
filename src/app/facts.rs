//! Splitting a claim into facts, and one fact in many places. May use: `domain`, `app`.
//!
//! Invariant: each is one step of undo, and nothing but the annotation and its new sisters changes.

use super::annotate::commit;
use super::dialog::Dialog;
use super::{Desk, Model};
use crate::domain::occurrences::{Further, MOST};
use crate::domain::{Annotation, Id, Kind, Stamp};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Facts {
    /// Show where the picked claim could be split.
    Ask,
    /// Split an annotation into these facts.
    Split(Id, Vec<String>),
    /// Mark every further occurrence of the picked words.
    Mark,
    /// Remove them again.
    Unmark,
}

impl Facts {
    /// Whether it changes the project.
    pub const fn changes(&self) -> bool {
        !matches!(self, Self::Ask)
    }

    /// Whether it can be done now, where the project may be changed.
    pub fn can(&self, desk: &Desk) -> bool {
        match self {
            Self::Ask => desk.picked().is_some_and(|picked| picked.kind != Kind::Source),
            Self::Split(id, _) => desk.project.annotations.contains_key(id),
            Self::Mark => desk.picked().is_some_and(|picked| picked.first_span().is_some()),
            Self::Unmark => desk.picked().is_some_and(|picked| picked.placed().nth(1).is_some()),
        }
    }
}

/// Answers.
pub fn update(model: &mut Model, asked: Facts, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    match asked {
        Facts::Ask => {
            let id = desk.picked().filter(|picked| picked.kind != Kind::Source).map(|picked| picked.id);
            if let Some(id) = id.filter(|_| model.dialog.is_none()) {
                model.dialog = Some(Dialog::Split { id });
            }
        }
        Facts::Split(id, facts) => {
            model.dialog = None;
            let transaction = desk.project.split(id, &facts, stamp);
            desk.said = format!("Split into {} facts", facts.len());
            commit(model, transaction);
        }
        Facts::Mark => mark(model, stamp),
        Facts::Unmark => unmark(model, stamp),
    }
}

fn mark(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some(id) = desk.picked().map(|picked| picked.id) else { return };
    let places = match desk.project.further_occurrences(id) {
        Further::Places(places) => places,
        Further::TooMany => {
            model.advise(format!("The words occur more than {MOST} times: nothing was marked"));
            return;
        }
    };
    if places.is_empty() {
        model.advise("The words occur nowhere else in the article");
        return;
    }
    let transaction = desk.project.mark_occurrences(id, &places, stamp);
    let words = if places.len() == 1 {
        "1 further occurrence is marked".to_owned()
    } else {
        format!("{} further occurrences are marked", places.len())
    };
    desk.said.clone_from(&words);
    commit(model, transaction);
    model.advise(words);
}

fn unmark(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some(picked) = desk.picked() else { return };
    let (id, Some(kept)) = (picked.id, kept(desk, picked)) else { return };
    let (count, transaction) = desk.project.unmark_occurrences(id, kept, stamp);
    if count == 0 {
        model.advise("Its other places have other words: nothing was removed");
        return;
    }
    let words =
        if count == 1 { "1 occurrence removed".to_owned() } else { format!("{count} occurrences removed") };
    desk.said.clone_from(&words);
    commit(model, transaction);
    model.advise(words);
}

/// The place that stays: the one that the caret is at, else the first.
fn kept(desk: &Desk, picked: &Annotation) -> Option<Id> {
    let placed = || picked.live_spans().filter_map(|span| Some((span.id, span.place.at?)));
    let at = |at: usize| placed().find(|(_, span)| span.start as usize <= at && at <= span.end as usize);
    desk.caret.and_then(at).or_else(|| placed().next()).map(|(id, _)| id)
}
