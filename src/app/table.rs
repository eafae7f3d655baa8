//! The table of commands: one row for everything that has a name and a key. May use: `domain`,
//! `app`.
//!
//! Menus, keys, tooltips, the page of keys and the README's list are read from here. Invariant: no
//! two rows clash (tested). Keys without a modifier work only while no field is being typed in.

use super::chord::{Chord, Key, char, ctrl, ctrl_shift, edge, edge_by_word, plain, shift};
use super::command::Command;
use super::edges::Reach;
pub use super::menu::Menu;
use super::settings::{Measure, Theme, Typeface};
use crate::domain::rules::Include;
use crate::domain::{Kind, Status};

pub use super::key_list::keys_as_markdown;

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
        "Mark the selection or the sentence at the caret as a claim, or change the selected annotation to one",
    ),
    row(
        Annotation,
        Command::Mark(Kind::Quote),
        "Quote",
        &[char('q')],
        "Mark the selection or the sentence at the caret as a quote, or change the selected annotation to one",
    ),
    row(
        Annotation,
        Command::Mark(Kind::Source),
        "Source",
        &[char('s')],
        "Mark the selection or the sentence at the caret as a source, or change the selected annotation to one",
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
        &[shift(Key::Tab)],
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
        Command::PickAtCaret,
        "Pick here",
        &[char('o')],
        "Pick the innermost mark at the caret; again, the next outer one",
    ),
    in_article(row(
        Annotation,
        Command::EditPicked,
        "Go to the fields",
        &[plain(Key::Enter)],
        "Go from the picked mark to its fields; where none is picked, pick the one at the caret",
    )),
    ruled(in_article(row(
        Annotation,
        Command::MoveEdge { right: false, reach: Reach::Grapheme },
        "Move the edge left",
        &[edge(Key::Left)],
        "Move the edge with the full dot by one character; at first that is the end",
    ))),
    in_article(row(
        Annotation,
        Command::MoveEdge { right: true, reach: Reach::Grapheme },
        "Move the edge right",
        &[edge(Key::Right)],
        "Move the edge with the full dot by one character",
    )),
    in_article(row(
        Annotation,
        Command::MoveEdge { right: false, reach: Reach::Word },
        "Move the edge a word left",
        &[edge_by_word(Key::Left)],
        "Move the edge with the full dot by one word",
    )),
    in_article(row(
        Annotation,
        Command::MoveEdge { right: true, reach: Reach::Word },
        "Move the edge a word right",
        &[edge_by_word(Key::Right)],
        "Move the edge with the full dot by one word",
    )),
    row(
        Annotation,
        Command::OtherEdge,
        "Other edge",
        &[char('e')],
        "Let the keys above move the other edge of the mark: the dot there gets full",
    ),
    row(
        Annotation,
        Command::Escape,
        "Let go",
        &[plain(Key::Escape)],
        "Drop the selection, then the selected annotation, then leave the article",
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
    row(
        View,
        Command::SetTheme(Theme::Contrast),
        "High contrast, light",
        &[],
        "Black on white, with strong colours",
    ),
    row(
        View,
        Command::SetTheme(Theme::ContrastDark),
        "High contrast, dark",
        &[],
        "White on black, with strong colours",
    ),
    ruled(row(
        View,
        Command::SetFace(Typeface::Serif),
        "Serif type",
        &[],
        "Set the article in a type with serifs",
    )),
    row(
        View,
        Command::SetFace(Typeface::Sans),
        "Sans serif type",
        &[],
        "Set the article in a type without serifs",
    ),
    ruled(row(
        View,
        Command::SetMeasure(Measure::Narrow),
        "Narrow lines",
        &[],
        "About 54 characters in a line",
    )),
    row(View, Command::SetMeasure(Measure::Ordinary), "Ordinary lines", &[], "About 72 characters in a line"),
    row(View, Command::SetMeasure(Measure::Wide), "Wide lines", &[], "About 96 characters in a line"),
    ruled(row(
        View,
        Command::Pane { back: false },
        "Next part",
        &[plain(Key::F6)],
        "Go on to the article, the list, the fields, the bar at the top, and round again",
    )),
    row(View, Command::Pane { back: true }, "Previous part", &[shift(Key::F6)], "Go round the other way"),
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
