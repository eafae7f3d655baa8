//! Marking, setting, removing, moving between annotations. May use: `domain`, `app`.
//!
//! Invariant: every change goes through [`History::commit`](crate::domain::History::commit) and is
//! one step of undo; none moves the reading position, only going to an annotation does.

use super::command::Command;
use super::dialog::Dialog;
use super::{Desk, Model, edges, text};
use crate::domain::annotation::{AnnotationValue as V, Prose, SpanValue};
use crate::domain::{Annotation, Id, Kind, Project, Span, Stamp, Status, Transaction, log};

/// Answers the commands that concern annotations, selection and details.
pub fn update(model: &mut Model, command: Command, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let transaction = match command {
        Command::Mark(kind) => return mark(model, kind, stamp),
        Command::SetStatus(Status::Unverifiable) if desk.picked().is_some_and(|a| a.reason.is_blank()) => {
            model.dialog = desk.picked.map(|id| Dialog::Reason { id });
            return;
        }
        Command::SetStatus(status) => {
            let Some(id) = desk.picked else { return };
            desk.project.set(
                id,
                &format!("set {}", status.name().to_lowercase()),
                vec![V::Status(status)],
                stamp,
            )
        }
        Command::Unverifiable(id, reason) => {
            model.dialog = None;
            unverifiable(&desk.project, id, &reason, stamp)
        }
        Command::Confirm => {
            let Some(id) = desk.picked else { return };
            desk.project.confirm(id, stamp)
        }
        Command::AddSpan => return add_span(model, stamp),
        Command::Reshape(id, span, to) => return edges::reshape(model, (id, span), to, stamp),
        Command::MoveEdge { right, reach } => return edges::step(model, right, reach, stamp),
        Command::Remove => {
            let Some(id) = desk.picked else { return };
            desk.project.remove(id, stamp)
        }
        Command::RemoveSpan(id, span) => desk.project.alter(id, "remove a span", |annotation| {
            if annotation.live_spans().count() > 1
                && let Some(span) = annotation.spans.iter_mut().find(|s| s.id == span)
            {
                log::set(span, SpanValue::Removed(true), stamp);
            }
        }),
        Command::Set(id, label, values) => desk.project.set(id, label, values, stamp),
        Command::SetSpeaker(id, name) => set_speaker(&desk.project, id, &name, stamp),
        Command::Describe(values) => {
            model.dialog = None;
            desk.project.describe(values, stamp)
        }
        other => return look(desk, other),
    };
    commit(model, transaction);
}

fn unverifiable(project: &Project, id: Id, reason: &str, stamp: &mut Stamp) -> Transaction {
    let values = vec![V::Status(Status::Unverifiable), V::Reason(Prose::from(reason.trim()))];
    project.set(id, "set unverifiable", values, stamp)
}

fn set_speaker(project: &Project, id: Id, name: &str, stamp: &mut Stamp) -> Transaction {
    let speaker = project.speaker_named(name);
    project.set(id, "set the speaker", vec![V::Speaker(speaker)], stamp)
}

/// The project as it would be with what is being typed.
pub fn with(project: &Project, typed: &[Command], stamp: &mut Stamp) -> Project {
    let mut project = project.clone();
    for command in typed {
        let transaction = match command {
            Command::Set(id, label, values) => project.set(*id, label, values.clone(), stamp),
            Command::SetSpeaker(id, name) => set_speaker(&project, *id, name, stamp),
            Command::Unverifiable(id, reason) => unverifiable(&project, *id, reason, stamp),
            Command::Describe(values) => project.describe(values.clone(), stamp),
            Command::Record(command) if command.is_typed() => {
                super::records::made(&project, None, command, stamp)
            }
            _ => continue,
        };
        // Made for this very state, so it fits.
        let _ = project.apply(&transaction);
    }
    project
}

/// The commands that change what is looked at, not the project.
fn look(desk: &mut Desk, command: Command) {
    match command {
        Command::Select(span) => desk.selection = span.filter(|span| !span.is_empty()),
        Command::ClickAt(at) => {
            (desk.selection, desk.walked_from) = (None, None);
            desk.picked = innermost_or_next(desk, at, false);
        }
        Command::Caret(at) => {
            let at = at.map(|at| desk.text().edge_before(at));
            if let Some(session) = desk.writing.session.as_mut().filter(|_| at != desk.caret) {
                session.pause();
            }
            desk.caret = at;
        }
        Command::Walked if has_left(desk) => desk.walked_from = desk.picked.take(),
        Command::PickAtCaret => pick_at_caret(desk),
        Command::EditPicked if desk.picked.is_none() => pick_at_caret(desk),
        Command::OtherEdge => desk.edge = desk.edge.other(),
        Command::Pick(id) => go_to(desk, id),
        Command::Next => {
            let id = desk.places.after(desk.picked, |_| true);
            go_to(desk, id);
        }
        Command::Previous => {
            let id = desk.places.before(desk.picked);
            go_to(desk, id);
        }
        Command::Escape if desk.selection.is_some() => desk.selection = None,
        Command::Escape => (desk.picked, desk.walked_from) = (None, None),
        _ => {}
    }
}

/// Whether the caret stands outside of the picked mark, so that a key would mean what nobody looks at. One that
/// has lost words stays picked: a place for them is being looked for.
pub(super) fn has_left(desk: &Desk) -> bool {
    let (Some(picked), Some(at)) = (desk.picked(), desk.caret) else { return false };
    let holds = |span: Span| (span.start as usize..=span.end as usize).contains(&at);
    super::orphans::orphans(picked).next().is_none() && !picked.placed().any(holds)
}

impl Desk {
    /// The annotation that a selection is added to.
    pub fn adds_to(&self) -> Option<Id> {
        self.picked.or(self.walked_from)
    }
}

/// Picks an annotation and brings it into view.
pub(super) fn go_to(desk: &mut Desk, id: Option<Id>) {
    (desk.picked, desk.walked_from) = (id, None);
    let Some(span) = desk.picked().and_then(|annotation| annotation.first_span()) else { return };
    desk.reveal = Some(span);
    // The caret goes along, so that arrows and a screen reader go on from there.
    desk.caret = Some(span.start as usize);
    desk.selection = None;
}

/// Whether the caret stands at a mark.
pub(super) fn is_at_mark(desk: &Desk) -> bool {
    desk.caret.is_some_and(|at| innermost_or_next(desk, at, true).is_some())
}

fn pick_at_caret(desk: &mut Desk) {
    let Some(at) = desk.caret else { return };
    desk.selection = None;
    desk.picked = innermost_or_next(desk, at, true);
    if let Some(id) = desk.picked {
        desk.said =
            desk.project.annotations.get(&id).map_or_else(String::new, |annotation| spoken(annotation));
    }
}

/// An annotation in words: kind, status and the beginning of what is marked.
pub fn spoken(annotation: &Annotation) -> String {
    let status = if annotation.is_to_check() { "check again" } else { annotation.status.name() };
    format!("{}, {status}: {}", annotation.kind.name(), beginning(&annotation.words()))
}

/// The first words of a text, on one line.
fn beginning(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &flat[..end]),
        None => flat,
    }
}

/// The shortest mark at a byte; where it is picked already, the next longer one, round and round. A
/// caret behind its last letter is at it too.
fn innermost_or_next(desk: &Desk, at: usize, ends_count: bool) -> Option<Id> {
    let line = desk.project.article.text.line_of(at);
    let here = desk
        .places
        .of_line(line)
        .iter()
        .filter(|mark| mark.span.range().contains(&at) || ends_count && mark.span.end as usize == at);
    let mut marks: Vec<_> = here.map(|mark| (mark.span.len(), mark.annotation)).collect();
    marks.sort_unstable();
    let now = marks.iter().position(|(_, id)| Some(*id) == desk.picked);
    let next = now.map_or(0, |place| (place + 1) % marks.len());
    marks.get(next).map(|(_, id)| *id)
}

fn mark(model: &mut Model, kind: Kind, stamp: &mut Stamp) {
    let seen = model.find.seen;
    let Some(desk) = &mut model.desk else { return };
    let span = match (desk.selection, desk.picked, desk.caret) {
        // A hand takes the space beside a word along; it is no part of what is marked.
        (Some(span), ..) => desk.project.article.text.trimmed(span).unwrap_or(span),
        (None, Some(id), _) => {
            let label = format!("change to a {}", kind.word());
            let transaction = desk.project.set(id, &label, vec![V::Kind(kind)], stamp);
            desk.said = format!("Changed to a {}", kind.word());
            return commit(model, transaction);
        }
        // Somebody has scrolled away from it, and means what is before the eyes.
        (None, None, Some(at)) if !seen.is_empty() && !(seen.start..=seen.end).contains(&(at as u32)) => {
            model.advise("The caret is out of sight: click or select words here first, then mark them");
            return;
        }
        (None, None, Some(at)) => desk.project.article.text.sentence_at(at),
        (None, None, None) => {
            model.advise("Select words in the article first, then mark them");
            return;
        }
    };
    if !desk.project.article.text.admits(span) {
        let selected = desk.selection.is_some();
        model.advise(if selected {
            "Only white space is selected: there is nothing to mark"
        } else {
            "The caret is in no sentence: there is nothing to mark"
        });
        return;
    }
    let line = desk.project.article.text.line_of(span.start as usize);
    let same = desk.places.of_line(line).iter().find(|mark| mark.kind == kind && mark.span == span);
    let same = same.filter(|mark| {
        let annotation = desk.project.annotations.get(&mark.annotation);
        annotation.is_some_and(|annotation| annotation.placed().eq([span]))
    });
    if let Some(id) = same.map(|mark| mark.annotation) {
        desk.picked = Some(id);
        desk.selection = None;
        model.advise(format!("These words are marked as a {} already", kind.word()));
        return;
    }
    let (id, transaction) = desk.project.mark(kind, &[span], stamp);
    desk.selection = None;
    desk.said = format!("{} marked: {}", kind.name(), beginning(desk.project.article.text.slice(span)));
    commit(model, transaction);
    if let Some(desk) = &mut model.desk {
        desk.picked = Some(id);
    }
}

fn add_span(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let (Some(id), Some(span)) = (desk.adds_to(), desk.selection) else { return };
    let span = desk.project.article.text.trimmed(span).unwrap_or(span);
    if !desk.project.article.text.admits(span) {
        model.advise("Only white space is selected: there is nothing to add");
        return;
    }
    let touches = |had: Span| had.overlaps(span);
    if desk.project.annotations.get(&id).is_some_and(|annotation| annotation.placed().any(touches)) {
        model.advise("These words belong to the annotation already");
        return;
    }
    (desk.selection, desk.picked) = (None, Some(id));
    let transaction = desk.project.extend(id, span, stamp);
    commit(model, transaction);
}

/// Applies a transaction as one step of undo and brings what is derived up to date.
pub fn commit(model: &mut Model, mut transaction: Transaction) {
    let Some(desk) = &mut model.desk else { return };
    if transaction.is_empty() {
        return;
    }
    if let Some(checker) = &model.settings.checker {
        transaction.changes.extend(desk.project.enrol(checker).changes);
    }
    let result = desk.history.commit(&mut desk.project, transaction.clone());
    desk.follow(&transaction);
    text::offer(model, &transaction);
    model.notices.retain(|notice| !notice.is_advice);
    if result.is_err() {
        model.tell("The project has changed meanwhile; nothing was done");
    }
}

/// Takes back the last step, or does it again.
pub fn undo(model: &mut Model, forward: bool, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let next = if forward { desk.history.next_redo() } else { desk.history.next_undo() };
    let Some(transaction) = next.cloned() else { return };
    let result = if forward {
        desk.history.redo(&mut desk.project, stamp)
    } else {
        desk.history.undo(&mut desk.project, stamp)
    };
    desk.follow(&transaction);
    if result.is_err() {
        model.tell("That step does not fit the project any more; nothing was done");
    }
}
