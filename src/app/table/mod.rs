//! The table of commands: one row for everything that has a name and a key. May use: `domain`,
//! `app`.
//!
//! Menus, keys, tooltips, the page of keys and the README's list are read from here. Invariant: no
//! two rows clash (tested). Keys without a modifier work only while no field is being typed in.

mod annotation;
mod edit;
mod file;
mod go;
mod help;
mod list;
mod view;

use super::chord::Chord;
use super::command::Command;
pub use super::key_list::keys_as_markdown;
pub use super::menu::Menu;

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

/// Every command that has a name, menu by menu.
static TABLE: [&[Row]; 7] =
    [file::ROWS, edit::ROWS, annotation::ROWS, list::ROWS, go::ROWS, view::ROWS, help::ROWS];

/// Every row, in the order of the menus.
pub fn rows() -> impl Iterator<Item = &'static Row> + Clone {
    TABLE.into_iter().flatten()
}

/// The row of a command.
pub fn row_of(command: &Command) -> Option<&'static Row> {
    rows().find(|row| row.command == *command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::chord::char;
    use crate::domain::Status;

    #[test]
    fn no_two_keys_clash() {
        let mut seen = std::collections::BTreeMap::new();
        for row in rows() {
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
        for row in rows() {
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
