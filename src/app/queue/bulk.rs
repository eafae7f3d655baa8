//! Changes of several annotations at once. May use: `domain`, `app`.
//!
//! Invariant: one transaction, so one step of undo, whose label says how many it was.

use super::Queue;
use crate::app::annotate::commit;
use crate::app::{Command, Model};
use crate::domain::annotation::{AnnotationValue as V, Prose};
use crate::domain::query::fits::fold;
use crate::domain::{Annotation, Change, Id, Project, Stamp, Status, Transaction, log};

/// Gives annotations values that depend on each of them, in one step. `label` gets how many there are.
pub(super) fn set_all(
    project: &Project,
    ids: &[Id],
    values: impl Fn(&Annotation) -> Vec<V>,
    label: impl FnOnce(usize) -> String,
    stamp: &mut Stamp,
) -> Transaction {
    let mut changes: Vec<Change> = Vec::new();
    for id in ids {
        let one = project.alter(*id, "", |annotation| {
            for value in values(annotation) {
                match value {
                    // These two answer what joining copies asked, as well.
                    V::CheckAgain(None) => annotation.confirm(stamp),
                    V::Removed(true) => annotation.remove(stamp),
                    value => {
                        log::set(annotation, value, stamp);
                    }
                }
            }
        });
        changes.extend(one.changes);
    }
    Transaction { label: label(changes.len()), changes }
}

/// `1 annotation`, `7 annotations`.
pub fn annotations(count: usize) -> String {
    if count == 1 { "1 annotation".to_owned() } else { format!("{count} annotations") }
}

/// Does to all that are chosen what the command does to one.
pub(super) fn as_all(model: &mut Model, command: &Command, stamp: &mut Stamp) {
    match command {
        Command::SetStatus(status) => {
            let status = *status;
            let word = status.name().to_lowercase();
            set(model, |_| vec![V::Status(status)], |n| format!("set {n} to {word}"), stamp);
        }
        Command::Mark(kind) => {
            let kind = *kind;
            let many = kind.plural().to_lowercase();
            set(model, |_| vec![V::Kind(kind)], |n| format!("change {n} to {many}"), stamp);
        }
        Command::Confirm => set(model, |_| vec![V::CheckAgain(None)], |n| format!("confirm {n}"), stamp),
        Command::Remove => {
            set(model, |_| vec![V::Removed(true)], |n| format!("remove {}", annotations(n)), stamp);
        }
        _ => {}
    }
}

/// Answers the commands for those chosen.
pub(super) fn update(model: &mut Model, queue: Queue, stamp: &mut Stamp) {
    match queue {
        Queue::Tag(tag) => {
            let Some(tag) = known_tag(model, &tag) else { return };
            let with = |a: &Annotation| {
                if a.tags.contains(&tag) {
                    return Vec::new();
                }
                vec![V::Tags(a.tags.iter().cloned().chain([tag.clone()]).collect())]
            };
            set(model, with, |n| format!("add the tag “{tag}” to {n}"), stamp);
        }
        Queue::Untag(tag) => {
            let without =
                |a: &Annotation| vec![V::Tags(a.tags.iter().filter(|t| **t != tag).cloned().collect())];
            set(model, without, |n| format!("take the tag “{tag}” from {n}"), stamp);
        }
        Queue::Priority(priority) => {
            let values = |_: &Annotation| vec![V::Priority(priority)];
            set(model, values, |n| format!("set the priority of {n}"), stamp);
        }
        Queue::Unverifiable(reason) => {
            model.dialog = None;
            let reason = Prose::from(reason.trim());
            let values = |_: &Annotation| vec![V::Status(Status::Unverifiable), V::Reason(reason.clone())];
            set(model, values, |n| format!("set {n} to unverifiable"), stamp);
        }
        _ => {}
    }
}

/// The tag as the project writes it already, else as it was typed.
fn known_tag(model: &Model, typed: &str) -> Option<String> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = fold(&typed);
    let mut known = model.desk.iter().flat_map(|desk| desk.project.annotations.values());
    let same = known.find_map(|a| a.tags.iter().find(|tag| fold(tag) == folded).cloned());
    (!typed.is_empty()).then(|| same.unwrap_or(typed))
}

pub(super) fn set(
    model: &mut Model,
    values: impl Fn(&Annotation) -> Vec<V>,
    label: impl FnOnce(usize) -> String,
    stamp: &mut Stamp,
) {
    let Some(desk) = &mut model.desk else { return };
    let transaction = set_all(&desk.project, &desk.chosen_ids(), values, label, stamp);
    if transaction.is_empty() {
        return model.advise("They are so already");
    }
    desk.said = format!("Done: {}", transaction.label);
    commit(model, transaction);
}
