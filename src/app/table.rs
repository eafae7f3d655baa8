//! The table of commands: one row for everything that has a name and a key. May use: `domain`,
//! `app`.
//!
//! Menus, keys, tooltips, the page of keys and the README's list are read from here. Invariant: no
//! two rows clash (tested). Keys without a modifier work only while no field is being typed in.

use super::command::Command;
use super::settings::Theme;
use crate::domain::rules::Include;
use crate::domain::{Kind, Status};

pub use super::key_list::keys_as_markdown;

/// A key on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A letter, digit or sign.
    Char(char),
    /// Delete.
    Delete,
    /// Backspace.
    Backspace,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// F1.
    F1,
    /// F2.
    F2,
}

/// A key with its modifiers. `command` is Ctrl, and the command key on macOS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chord {
    /// Ctrl, or the command key.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// The key.
    pub key: Key,
}

const fn plain(key: Key) -> Chord {
    Chord { command: false, shift: false, key }
}
const fn char(key: char) -> Chord {
    plain(Key::Char(key))
}
const fn ctrl(key: char) -> Chord {
    Chord { command: true, shift: false, key: Key::Char(key) }
}
const fn ctrl_shift(key: char) -> Chord {
    Chord { command: true, shift: true, key: Key::Char(key) }
}

impl Chord {
    /// As shown: `Ctrl+Shift+S`, or with the signs of macOS.
    pub fn words(self, mac: bool) -> String {
        let mut words = String::new();
        let modifiers = if mac {
            [("⇧", self.shift), ("⌘", self.command)]
        } else {
            [("Ctrl+", self.command), ("Shift+", self.shift)]
        };
        for (name, held) in modifiers {
            if held {
                words.push_str(name);
            }
        }
        match self.key {
            Key::Char(' ') => words.push_str("Space"),
            Key::Char(char) => words.extend(char.to_uppercase()),
            Key::Delete => words.push_str("Delete"),
            Key::Backspace => words.push_str("Backspace"),
            Key::Escape => words.push_str("Escape"),
            Key::Tab => words.push_str("Tab"),
            Key::F1 => words.push_str("F1"),
            Key::F2 => words.push_str("F2"),
        }
        words
    }
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Projects and files.
    File,
    /// Undo, details.
    Edit,
    /// Marking and statuses.
    Annotation,
    /// How it looks.
    View,
    /// What helps.
    Help,
}

impl Menu {
    /// Every menu, in order.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Annotation, Self::View, Self::Help];

    /// As shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Annotation => "Annotation",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// One command with its name, place, keys and what it does.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is asked for.
    pub command: Command,
    /// In menus.
    pub name: &'static str,
    /// Where.
    pub menu: Menu,
    /// The first is shown.
    pub keys: &'static [Chord],
    /// What it does, in a sentence without a full stop.
    pub help: &'static str,
    /// Whether a line is drawn above it.
    pub rule: bool,
    /// Whether its keys work only while the article has the focus.
    pub in_article: bool,
}

const fn row(
    menu: Menu,
    command: Command,
    name: &'static str,
    keys: &'static [Chord],
    help: &'static str,
) -> Row {
    Row { command, name, menu, keys, help, rule: false, in_article: false }
}
const fn ruled(mut row: Row) -> Row {
    row.rule = true;
    row
}
const fn in_article(mut row: Row) -> Row {
    row.in_article = true;
    row
}

use Menu::{Annotation, Edit, File, Help, View};

/// Every command that has a name.
pub static TABLE: &[Row] = &[
    row(File, Command::Open, "Open…", &[ctrl('o')], "Open a project, or an article for a new one"),
    row(
        File,
        Command::Paste,
        "New from clipboard",
        &[ctrl_shift('n')],
        "Make a project of the text that was copied",
    ),
    ruled(row(File, Command::Save, "Save", &[ctrl('s')], "Write the project to its file")),
    row(File, Command::SaveAs, "Save as…", &[ctrl_shift('s')], "Write the project to another file"),
    row(
        File,
        Command::PreviousVersions,
        "Previous versions…",
        &[],
        "Earlier contents of the project's file, to look at or to put back",
    ),
    ruled(row(
        File,
        Command::Export("csv", Include::Verified),
        "Export verified claims as CSV…",
        &[ctrl('e')],
        "A table of the claims and quotes that hold",
    )),
    row(
        File,
        Command::Export("markdown", Include::Verified),
        "Export verified claims as Markdown…",
        &[ctrl_shift('e')],
        "A list of the claims and quotes that hold, to publish",
    ),
    row(
        File,
        Command::Export("csv", Include::Checked),
        "Export everything checked as CSV…",
        &[],
        "A table of all that has a result",
    ),
    row(
        File,
        Command::Export("csv", Include::All),
        "Export everything as CSV…",
        &[],
        "A table of all annotations with their statuses",
    ),
    row(
        File,
        Command::Export("markdown", Include::All),
        "Export everything as Markdown…",
        &[],
        "A list of all annotations with their statuses",
    ),
    ruled(row(File, Command::Quit, "Quit", &[ctrl('q')], "Close the window; unsaved work is asked about")),
    row(Edit, Command::Undo, "Undo", &[ctrl('z')], "Take the last step back"),
    row(Edit, Command::Redo, "Redo", &[ctrl_shift('z'), ctrl('y')], "Do again what was taken back"),
    ruled(row(
        Edit,
        Command::EditDetails,
        "Title and details…",
        &[plain(Key::F2)],
        "Headline, byline, outlet, date and address",
    )),
    row(Edit, Command::EditChecker, "Who is checking…", &[], "The name that is written into the log"),
    row(
        Annotation,
        Command::Mark(Kind::Claim),
        "Claim",
        &[char('c')],
        "Mark the selection as a claim, or change the selected annotation to one",
    ),
    row(
        Annotation,
        Command::Mark(Kind::Quote),
        "Quote",
        &[char('q')],
        "Mark the selection as a quote, or change the selected annotation to one",
    ),
    row(
        Annotation,
        Command::Mark(Kind::Source),
        "Source",
        &[char('s')],
        "Mark the selection as a source, or change the selected annotation to one",
    ),
    row(
        Annotation,
        Command::AddSpan,
        "Add the selection",
        &[char('a')],
        "Add the selection to the selected annotation: the second half of a split quote",
    ),
    row(
        Annotation,
        Command::Remove,
        "Remove",
        &[plain(Key::Delete), plain(Key::Backspace)],
        "Remove the selected annotation",
    ),
    ruled(row(
        Annotation,
        Command::SetStatus(Status::Unchecked),
        "Unchecked",
        &[char('1')],
        "Nobody has looked",
    )),
    row(Annotation, Command::SetStatus(Status::InProgress), "In progress", &[char('2')], "Being checked"),
    row(Annotation, Command::SetStatus(Status::Query), "Query", &[char('3')], "A question is out"),
    row(Annotation, Command::SetStatus(Status::Verified), "Verified", &[char('4')], "The words hold"),
    row(
        Annotation,
        Command::SetStatus(Status::NeedsCorrection),
        "Needs correction",
        &[char('5')],
        "The words do not hold",
    ),
    row(
        Annotation,
        Command::SetStatus(Status::Unverifiable),
        "Unverifiable…",
        &[char('6')],
        "Neither could be shown: a reason is asked for",
    ),
    row(
        Annotation,
        Command::SetStatus(Status::OnAuthor),
        "On author",
        &[char('7')],
        "Stands on the author's authority alone",
    ),
    row(
        Annotation,
        Command::SetStatus(Status::NotCheckable),
        "Not checkable",
        &[char('8')],
        "Opinion, prediction, own experience",
    ),
    row(
        Annotation,
        Command::Confirm,
        "Confirm again",
        &[char('k')],
        "It was to be checked again, and it holds",
    ),
    ruled(in_article(row(
        Annotation,
        Command::Next,
        "Next",
        &[plain(Key::Tab)],
        "Go to the next annotation in the text",
    ))),
    in_article(row(
        Annotation,
        Command::Previous,
        "Previous",
        &[Chord { command: false, shift: true, key: Key::Tab }],
        "Go to the annotation before",
    )),
    row(
        Annotation,
        Command::NextUnchecked,
        "Next unchecked",
        &[char('n')],
        "Go to the next annotation that is not checked",
    ),
    row(
        Annotation,
        Command::Escape,
        "Let go",
        &[plain(Key::Escape)],
        "Drop the selection, then the selected annotation",
    ),
    row(View, Command::ZoomIn, "Larger", &[ctrl('+'), ctrl('=')], "Show the article larger"),
    row(View, Command::ZoomOut, "Smaller", &[ctrl('-')], "Show the article smaller"),
    row(View, Command::ZoomReset, "Ordinary size", &[ctrl('0')], "Show the article at its ordinary size"),
    ruled(row(
        View,
        Command::SetTheme(Theme::System),
        "As the system",
        &[],
        "Light or dark as the system is",
    )),
    row(View, Command::SetTheme(Theme::Light), "Light", &[], "Always light"),
    row(View, Command::SetTheme(Theme::Dark), "Dark", &[], "Always dark"),
    row(Help, Command::ShowKeys, "All keys", &[plain(Key::F1)], "Show every key"),
    row(Help, Command::OpenSample, "Open the sample", &[], "A finished project to look at"),
];

/// The row of a command.
pub fn row_of(command: &Command) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.command == *command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_keys_clash() {
        let mut seen = std::collections::BTreeMap::new();
        for row in TABLE {
            for chord in row.keys {
                let other = seen.insert(*chord, row.name);
                assert_eq!(
                    other,
                    None,
                    "{} and {} share {}",
                    row.name,
                    other.unwrap_or_default(),
                    chord.words(false)
                );
            }
        }
        assert!(seen.len() > 30);
    }

    #[test]
    fn names_are_in_sentence_case_without_a_full_stop_and_help_is_there() {
        for row in TABLE {
            assert!(
                !row.name.ends_with('.') && !row.help.ends_with('.') && !row.help.is_empty(),
                "{}",
                row.name
            );
            assert!(row.name.starts_with(char::is_uppercase), "{}", row.name);
            assert_eq!(row_of(&row.command).map(|found| found.name), Some(row.name), "a command has one row");
        }
    }

    #[test]
    fn every_status_has_the_key_of_its_place() {
        for status in Status::ALL {
            let row = row_of(&Command::SetStatus(status)).unwrap();
            assert_eq!(row.keys, [char(char::from(b'0' + status.key()))]);
        }
    }
}
