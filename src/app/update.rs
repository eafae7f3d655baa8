//! Answers commands. May use: `domain`, `app`.
//!
//! Invariant: a command that cannot be done now ([`can`]) does nothing but say so. The first change
//! asks who is checking, then goes on. Files are in [`super::files`], annotations in
//! [`super::annotate`].

use super::command::{Answer, Command};
use super::comparing::{self, Compare};
use super::dialog::Dialog;
use super::effect::Effect;
use super::find::Find;
use super::import::{self, Import};
use super::marks::{self, Marks};
use super::settings::WindowSize;
use super::{
    Model, address, annotate, chooser, export, facts, files, find, merging, queue, records, redraft, rescue,
    seen, send, show, speakers, text,
};
use crate::domain::Stamp;
use crate::domain::project::Checker;

/// The zoom steps.
const ZOOM: [f32; 9] = [0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0];

/// Whether a command can be done now; menus show the others as disabled.
pub fn can(model: &Model, command: &Command) -> bool {
    use Command as C;
    let desk = model.desk.as_ref();
    let writable = desk.is_some_and(|desk| desk.read_only.is_none());
    let picked = writable && desk.is_some_and(|desk| desk.picked.is_some());
    let selected = writable && desk.is_some_and(|desk| desk.selection.is_some());
    match command {
        C::Save | C::SaveAs | C::Describe(_) | C::EditDetails => writable,
        C::Export(export) => export::can(model, export),
        C::Send(_) => send::can(model),
        C::Merge(asked) => merging::can(model, asked),
        C::Seen(_) => desk.is_some_and(seen::can),
        C::Compare(asked) => comparing::can(model, *asked),
        C::PreviousVersions => desk.is_some_and(|desk| desk.path.is_some()),
        C::Undo => writable && desk.is_some_and(|desk| desk.steps().0.is_some()),
        C::Redo => writable && desk.is_some_and(|desk| desk.steps().1.is_some()),
        C::Text(command) => desk.is_some_and(|desk| text::can(desk, command)),
        C::Mark(_) => selected || picked || writable && desk.is_some_and(|desk| desk.caret.is_some()),
        C::SetStatus(_) | C::Remove | C::MoveEdge { .. } | C::OtherEdge => picked,
        C::PickAtCaret => desk.is_some_and(|desk| desk.caret.is_some()),
        C::EditPicked => desk.is_some_and(|desk| desk.picked.is_some() || desk.caret.is_some()),
        C::Pane { .. } => desk.is_some(),
        C::Confirm => picked && desk.is_some_and(queue::can_confirm),
        C::AddSpan => selected && desk.is_some_and(|desk| desk.adds_to().is_some()),
        C::Find(find) => find::can(model, find),
        C::Show(show) => show::can(model, *show),
        C::Record(command) => records::can(model, command),
        C::Queue(queue) => desk.is_some_and(|desk| queue::can(desk, queue)),
        C::Next | C::Previous => desk.is_some_and(|desk| desk.places.count() > 0),
        C::Draft(draft) => redraft::can(model, draft),
        C::Open | C::Paste => !model.busy,
        C::Marks(Marks::Ask) => writable && !model.busy,
        C::Import(Import::Encoding) => !model.busy && desk.is_some_and(import::can_change_encoding),
        C::StopWaiting => model.busy || desk.is_some_and(|desk| desk.saving.is_some()),
        C::Speakers(asked) => desk.is_some_and(|desk| asked.can(desk)),
        C::Facts(asked) => writable && desk.is_some_and(|desk| asked.can(desk)),
        _ => true,
    }
}

fn changes_the_project(command: &Command) -> bool {
    use Command as C;
    match command {
        C::Text(asked) => return text::changes(asked),
        C::Draft(draft) => return draft.changes(),
        C::Speakers(asked) => return asked.changes(),
        C::Facts(asked) => return asked.changes(),
        C::Record(asked) => return asked.is_change(),
        C::Merge(asked) => return merging::changes(asked),
        _ => {}
    }
    matches!(
        command,
        C::Mark(_)
            | C::SetStatus(_)
            | C::Unverifiable(..)
            | C::Confirm
            | C::AddSpan
            | C::Reshape(..)
            | C::MoveEdge { .. }
            | C::Remove
            | C::RemoveSpan(..)
            | C::Set(..)
            | C::SetSpeaker(..)
            | C::Describe(_)
            | C::Find(Find::Mark(_))
            | C::Compare(Compare::Adopt)
            | C::Marks(_)
    ) || matches!(command, C::Queue(queue) if queue.changes())
}

/// Does what a person asks for. Time and ids come in with the stamp; the name in it is that of the
/// checker.
pub fn update(model: &mut Model, command: Command, stamp: &mut Stamp) -> Vec<Effect> {
    if let Some(checker) = &model.settings.checker {
        stamp.by = checker.name.as_str().into();
    }
    if model.desk.as_ref().is_some_and(|desk| !text::goes_on(desk, &command)) {
        text::finish(model, stamp);
    }
    if changes_the_project(&command) || matches!(command, Command::Undo | Command::Redo) {
        let reason = model.desk.as_ref().and_then(|desk| desk.read_only.clone());
        if let Some(reason) = reason {
            model.tell(format!("Nothing was changed. {reason}"));
            return Vec::new();
        }
    }
    let is_possible = model.desk.is_some() && (can(model, &command) || !matches!(command, Command::Mark(_)));
    if changes_the_project(&command) && model.settings.checker.is_none() && is_possible {
        model.dialog = Some(Dialog::Checker { then: Some(Box::new(command)) });
        return Vec::new();
    }
    if queue::takes(model, &command, stamp) {
        return Vec::new();
    }
    match command {
        Command::Queue(queue) => queue::update(model, queue, stamp),
        Command::Draft(draft) => redraft::update(model, draft, stamp),
        Command::Compare(asked) => comparing::update(model, asked, stamp),
        Command::Send(asked) => send::update(model, asked, stamp),
        Command::Merge(asked) => merging::update(model, asked, stamp),
        Command::Seen(asked) => seen::update(model, asked),
        Command::Open
        | Command::OpenPath(_)
        | Command::Paste
        | Command::NewFromText(_)
        | Command::Import(_)
        | Command::OpenLast
        | Command::StopWaiting
        | Command::OpenSample
        | Command::Save
        | Command::SaveAs
        | Command::Export(..)
        | Command::TypedPath(..)
        | Command::Quit => files::update(model, command, stamp),
        Command::Marks(command) => marks::update(model, command, stamp),
        Command::PreviousVersions
        | Command::OpenVersion(..)
        | Command::Recover(_)
        | Command::DropRecovery(_) => rescue::update(model, command, stamp),
        Command::Record(command) => {
            records::update(model, &command, stamp);
            Vec::new()
        }
        Command::OpenAddress(text) => {
            address::ask(model, &text);
            Vec::new()
        }
        Command::Chooser(asked) => chooser::update(model, asked),
        Command::Speakers(asked) => speakers::update(model, asked, stamp),
        Command::Facts(asked) => {
            facts::update(model, asked, stamp);
            Vec::new()
        }
        Command::Undo | Command::Redo => {
            let forward = command == Command::Redo;
            if !model.desk.as_mut().is_some_and(|desk| text::undo(desk, forward)) {
                annotate::undo(model, forward, stamp);
            }
            Vec::new()
        }
        Command::Text(command) => {
            text::update(model, command, stamp);
            Vec::new()
        }
        Command::SetTheme(theme) => {
            model.settings.theme = theme;
            vec![Effect::Store(model.settings.clone())]
        }
        Command::SetFace(face) => {
            model.settings.face = face;
            vec![Effect::Store(model.settings.clone())]
        }
        Command::SetMeasure(measure) => {
            model.settings.measure = measure;
            vec![Effect::Store(model.settings.clone())]
        }
        Command::ZoomIn => zoom(model, |now| ZOOM.into_iter().find(|step| *step > now + 0.01)),
        Command::ZoomOut => zoom(model, |now| ZOOM.into_iter().rev().find(|step| *step < now - 0.01)),
        Command::ZoomReset => zoom(model, |_| Some(1.0)),
        Command::EditDetails => ask(model, Dialog::Details),
        Command::EditChecker => ask(model, Dialog::Checker { then: None }),
        Command::ShowKeys => ask(model, Dialog::Keys),
        Command::SetChecker(name) => set_checker(model, &name, stamp),
        Command::Answer(answer) => self::answer(model, answer, stamp),
        Command::CloseNotice(number) => {
            model.notices.retain(|notice| notice.number != number);
            Vec::new()
        }
        Command::Resized(width, height) => {
            model.settings.window = Some(WindowSize { width, height });
            vec![Effect::Store(model.settings.clone())]
        }
        Command::Show(show) => show::update(model, show),
        Command::Find(find) => {
            find::update(model, find, stamp);
            Vec::new()
        }
        Command::Escape if model.find.open => {
            find::close(model);
            Vec::new()
        }
        other => {
            annotate::update(model, other, stamp);
            Vec::new()
        }
    }
}

fn zoom(model: &mut Model, step: impl Fn(f32) -> Option<f32>) -> Vec<Effect> {
    let Some(zoom) = step(model.settings.zoom) else { return Vec::new() };
    model.settings.zoom = zoom;
    vec![Effect::Store(model.settings.clone())]
}

fn ask(model: &mut Model, dialog: Dialog) -> Vec<Effect> {
    if model.dialog.is_none() {
        model.dialog = Some(dialog);
    }
    Vec::new()
}

fn set_checker(model: &mut Model, name: &str, stamp: &mut Stamp) -> Vec<Effect> {
    let checker = Checker::named(name);
    if checker.name.is_empty() {
        return Vec::new();
    }
    model.settings.checker = Some(checker);
    let mut effects = vec![Effect::Store(model.settings.clone())];
    if let Some(Dialog::Checker { then: Some(then) }) = model.dialog.take() {
        effects.extend(update(model, *then, stamp));
    }
    effects
}

fn answer(model: &mut Model, answer: Answer, stamp: &mut Stamp) -> Vec<Effect> {
    match (model.dialog.take(), answer) {
        (Some(Dialog::Unsaved { then }), Answer::Save) => {
            model.after_save = Some(*then);
            let effects = files::update(model, Command::Save, stamp);
            if effects.is_empty() && model.desk.as_ref().is_none_or(|desk| desk.saving.is_none()) {
                model.stay();
            }
            effects
        }
        (Some(Dialog::Unsaved { then }), Answer::Discard) => {
            // It stays on the desk until something is in its place, for that may fail.
            model.let_go = model.desk.as_ref().map(|desk| desk.history.state());
            update(model, *then, stamp)
        }
        (Some(Dialog::Replace { purpose, path }), Answer::Replace) => {
            files::update(model, Command::TypedPath(purpose, path, true), stamp)
        }
        (Some(Dialog::Replace { .. } | Dialog::Path { .. }), _) => {
            model.stay();
            Vec::new()
        }
        (Some(Dialog::Review), _) => {
            merging::cancel(model);
            Vec::new()
        }
        (Some(Dialog::Marks), _) => {
            marks::cancel(model);
            Vec::new()
        }
        (Some(Dialog::Draft), _) => redraft::cancel(model),
        (Some(Dialog::Import), _) => {
            import::cancel(model);
            Vec::new()
        }
        (Some(Dialog::Address { checked, under }), answer) => address::answer(model, checked, under, answer),
        (Some(dialog), answer) => rescue::answer(model, dialog, answer, stamp),
        (None, _) => Vec::new(),
    }
}
