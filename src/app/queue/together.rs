//! Keys for one annotation while several are chosen: those that can be done to all of them are, the
//! others say that they cannot. May use: `domain`, `app`.
//!
//! Invariant: nothing is done to the picked one alone while others are chosen with it; what is done
//! to all is one step of undo.

use super::bulk;
use crate::app::annotate::commit;
use crate::app::chooser::refuse;
use crate::app::records::{self, Part, RecordCommand as R};
use crate::app::speakers::{self, Choice, Speakers};
use crate::app::table::row_of;
use crate::app::text::TextCommand;
use crate::app::{Command, Model};
use crate::domain::annotation::AnnotationValue as V;
use crate::domain::{Id, Kind, Stamp, Transaction, rules};

/// Answers the command for all that are chosen; true where it was answered here.
pub(super) fn takes(model: &mut Model, command: &Command, stamp: &mut Stamp) -> bool {
    match command {
        Command::Record(R::SetPriority(priority)) => {
            model.dialog = None;
            bulk::update(model, super::Queue::Priority(*priority), stamp);
        }
        Command::Record(R::Rate(verdict)) => {
            model.dialog = None;
            let values = |_: &_| vec![V::Verdict(verdict.clone())];
            bulk::set(model, values, |n| format!("set the rating of {n}"), stamp);
        }
        Command::Record(R::SignOff) => sign_off(model, stamp),
        Command::Speakers(Speakers::Link(id, choice)) => link(model, *id, choice.clone(), stamp),
        // Letters would follow its key.
        Command::Record(R::Go(Part::Evidence | Part::Wording)) => {
            if let Some(row) = row_of(command) {
                refuse(model, row, "Several are selected, and this is done to one at a time");
            }
        }
        Command::Facts(_) | Command::Record(R::Resolve(_)) | Command::Text(TextCommand::PutIn) => {
            model.advise("Several are selected, and this is done to one at a time");
        }
        _ => return false,
    }
    true
}

/// Signs off all that the checker has not signed as they are.
fn sign_off(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let mut changes = Vec::new();
    for id in desk.chosen_ids() {
        let Some(annotation) = desk.project.annotations.get(&id) else { continue };
        let mut mine = annotation.sign_offs.iter().filter(|sign| !sign.removed && *sign.name == *stamp.by);
        if !mine.any(|sign| !rules::is_lapsed(annotation, sign)) {
            changes.extend(records::made(&desk.project, Some(id), &R::SignOff, stamp).changes);
        }
    }
    if changes.is_empty() {
        return model.advise("You have signed these off, and nothing has changed since");
    }
    let label = format!("sign off {}", bulk::annotations(changes.len()));
    desk.said = format!("Done: {label}");
    commit(model, Transaction { label, changes });
}

/// Names the speaker of every claim and quote that is chosen; a new source is marked once.
fn link(model: &mut Model, id: Id, choice: Choice, stamp: &mut Stamp) {
    model.dialog = None;
    let Some(desk) = &mut model.desk else { return };
    let (first, said) = speakers::link(desk, id, choice, stamp);
    let mut project = desk.project.clone();
    if project.apply(&first).is_err() {
        return;
    }
    let speaker = project.annotations.get(&id).and_then(|annotation| annotation.speaker.clone());
    let is_said = |id: &Id| project.annotations.get(id).is_some_and(|a| a.kind != Kind::Source);
    let others: Vec<Id> =
        desk.chosen_ids().into_iter().filter(|other| *other != id && is_said(other)).collect();
    let mut all = first;
    for other in others {
        all.changes.extend(project.set(other, "", vec![V::Speaker(speaker.clone())], stamp).changes);
    }
    if all.is_empty() {
        return model.advise("They are so already");
    }
    let count = desk.chosen_ids().iter().filter(|id| is_said(id)).count();
    all.label = format!("set the speaker of {}", bulk::annotations(count));
    desk.said = said;
    commit(model, all);
}
