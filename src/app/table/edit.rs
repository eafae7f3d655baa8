//! Rows of the menu “Edit”: undo, the text, what is known of the article. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Edit, Row, row, ruled};
use crate::app::chord::{Key, ctrl, ctrl_shift, plain};
use crate::app::command::Command;
use crate::app::records::RecordCommand;
use crate::app::text::TextCommand;

pub(super) static ROWS: &[Row] = &[
    row(Edit, Command::Undo, "Undo", &[ctrl('z')], "Take the last step back"),
    row(Edit, Command::Redo, "Redo", &[ctrl_shift('z'), ctrl('y')], "Do again what was taken back"),
    ruled(row(
        Edit,
        Command::Text(TextCommand::Toggle),
        "Edit the text",
        &[ctrl('t')],
        "Type in the article, or stop it: marks move with their words, and it is one step of undo",
    )),
    row(
        Edit,
        Command::Text(TextCommand::FindTemplate),
        "Remove template lines…",
        &[],
        "List the lines that look like part of the page and not of the article, and remove those you tick",
    ),
    ruled(row(
        Edit,
        Command::EditDetails,
        "Title and details…",
        &[plain(Key::F2)],
        "Headline, byline, outlet, date and address",
    )),
    row(
        Edit,
        Command::Record(RecordCommand::EditScale),
        "Rating scale…",
        &[],
        "The ratings to choose from: one of the usual scales, or the house's own",
    ),
    row(Edit, Command::EditChecker, "Who is checking…", &[], "The name that is written into the log"),
];
