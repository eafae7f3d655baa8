//! All commands in one list: which come first, and why some cannot be done now. May use: `domain`, `app`.
//!
//! Invariant: the list has every row of the table once; those used last come first, those that can be
//! done before those that cannot, and each of the latter has its reason.

use super::command::Command;
use super::dialog::Dialog;
use super::effect::Effect;
use super::table::{Row, rows};
use super::{Model, can};

/// So many commands are remembered as used last.
pub const USED: usize = 8;

const FIRST: &str = "Select an annotation first";
const AT_CARET: &str = "Select an annotation first: O selects the one at the caret";

/// What is asked about the list of all commands.
#[derive(Clone, Debug, PartialEq)]
pub enum Chooser {
    /// Show it.
    Open,
    /// The row of that name was chosen from it; the command itself follows.
    Chose(&'static str),
    /// The key of the row of that name was pressed, and it cannot be done now: say why.
    Refused(&'static str),
}

/// Answers.
pub fn update(model: &mut Model, asked: Chooser) -> Vec<Effect> {
    match asked {
        Chooser::Open => {
            if model.dialog.is_none() {
                model.dialog = Some(Dialog::Commands);
            }
            Vec::new()
        }
        Chooser::Chose(name) => {
            if model.dialog == Some(Dialog::Commands) {
                model.dialog = None;
            }
            let used = &mut model.settings.used;
            used.retain(|known| known != name);
            used.insert(0, name.to_owned());
            used.truncate(USED);
            vec![Effect::Store(model.settings.clone())]
        }
        Chooser::Refused(name) => {
            if let Some(row) = rows().find(|row| row.name == name)
                && let Some(why) = why_not(model, &row.command)
            {
                let at_mark = model.desk.as_ref().is_some_and(super::annotate::is_at_mark);
                refuse(model, row, if at_mark && why == FIRST { AT_CARET } else { why });
            }
            Vec::new()
        }
    }
}

/// Says why something is not done. Where letters would be typed next, a question takes them, so that they are
/// not read as commands.
pub(super) fn refuse(model: &mut Model, row: &'static Row, why: &'static str) {
    use super::records::{Part, RecordCommand};
    use super::speakers::Speakers;
    let is_typed_into = matches!(
        row.command,
        Command::Speakers(Speakers::Ask)
            | Command::Record(RecordCommand::Go(Part::Evidence | Part::Wording | Part::Tags))
    );
    if is_typed_into && model.dialog.is_none() {
        model.dialog = Some(Dialog::Refused { what: row.name, why });
    } else {
        model.advise(why);
    }
}

/// Every row but that of the list itself, in the order in which they are shown while nothing is typed.
pub fn listed(model: &Model) -> Vec<&'static Row> {
    let mut all: Vec<&Row> = rows().filter(|row| row.command != Command::Chooser(Chooser::Open)).collect();
    let used = |row: &Row| model.settings.used.iter().position(|name| name == row.name);
    all.sort_by_key(|row| (!can(model, &row.command), used(row).unwrap_or(usize::MAX)));
    all
}

/// Why a command cannot be done now; nothing where it can.
pub fn why_not(model: &Model, command: &Command) -> Option<&'static str> {
    use super::text::TextCommand as T;
    use Command as C;
    if can(model, command) {
        return None;
    }
    let Some(desk) = &model.desk else { return Some("No project is open") };
    let looks = matches!(command, C::Next | C::Previous | C::Queue(_) | C::PickAtCaret | C::EditPicked);
    if desk.read_only.is_some() && !looks {
        return Some("The project is for reading only");
    }
    Some(match command {
        C::Undo => "There is nothing to take back",
        C::Redo => "Nothing was taken back",
        C::PreviousVersions => "The project is in no file yet",
        C::Open | C::Paste => "A file is being read",
        C::Next | C::Previous => "Nothing is marked yet",
        C::Queue(queue) => super::queue::why_not(desk, queue),
        C::Speakers(super::speakers::Speakers::Rests) => "No source is marked yet",
        C::Mark(_) | C::PickAtCaret | C::EditPicked => "Put the caret into the article first",
        C::Find(_) => "Nothing is looked for yet",
        C::Show(_) => "There is none in the text",
        C::StopWaiting => "No disk is waited for",
        C::Text(T::NextOrphan | T::FindOrphan | T::PlaceOrphan | T::DropOrphan)
            if desk.places.orphaned().next().is_none() =>
        {
            "Every mark has its words"
        }
        _ if desk.picked.is_none() => FIRST,
        C::AddSpan => "Select words in the article first",
        C::Confirm => "It is not to be checked again",
        C::Speakers(super::speakers::Speakers::Ask) => "A source has no speaker",
        C::Speakers(super::speakers::Speakers::Sheet) => "No source is marked yet",
        C::Facts(super::facts::Facts::Unmark) => "It has one place only",
        _ => "Not possible for this annotation",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_comes_first_and_what_cannot_be_done_last_with_its_reason() {
        let mut model = Model::default();
        for name in ["Dark", "All keys", "Dark", "Undo"] {
            update(&mut model, Chooser::Chose(name));
        }
        let names: Vec<&str> = listed(&model).iter().map(|row| row.name).collect();
        assert_eq!(names[..2], ["Dark", "All keys"], "Undo cannot be done");
        assert_eq!(names.len() + 1, rows().count());
        for row in listed(&model) {
            assert_eq!(why_not(&model, &row.command).is_none(), can(&model, &row.command), "{}", row.name);
        }
        assert_eq!(why_not(&model, &Command::Save), Some("No project is open"));
        (0..20).for_each(|_| drop(update(&mut model, Chooser::Chose("Light"))));
        assert_eq!(model.settings.used.len(), 4);
    }
}
