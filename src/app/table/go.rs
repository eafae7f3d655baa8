//! Rows of the menu “Go”: from one annotation, one part of the window to the next. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Go, Row, in_article, row, ruled};
use crate::app::chord::{Key, char, plain, shift};
use crate::app::command::Command;
use crate::app::speakers::Speakers;

pub(super) static ROWS: &[Row] = &[
    ruled(in_article(row(
        Go,
        Command::Next,
        "Next",
        &[plain(Key::Tab)],
        "Go to the next annotation in the text",
    ))),
    in_article(row(Go, Command::Previous, "Previous", &[shift(Key::Tab)], "Go to the annotation before")),
    row(
        Go,
        Command::NextUnchecked,
        "Next unchecked",
        &[char('n')],
        "Go to the next annotation that is not checked",
    ),
    row(
        Go,
        Command::PickAtCaret,
        "Pick here",
        &[char('o')],
        "Pick the innermost mark at the caret; again, the next outer one",
    ),
    row(
        Go,
        Command::Speakers(Speakers::Rests),
        "What rests on this source",
        &[char('b')],
        "List only the claims and quotes of the selected source or speaker; again, everything",
    ),
    in_article(row(
        Go,
        Command::EditPicked,
        "Go to the fields",
        &[plain(Key::Enter)],
        "Go from the picked mark to its fields; where none is picked, pick the one at the caret",
    )),
    row(
        Go,
        Command::Escape,
        "Let go",
        &[plain(Key::Escape)],
        "Drop the selection, then the selected annotation, then leave the article",
    ),
    ruled(row(
        Go,
        Command::Pane { back: false },
        "Next part",
        &[plain(Key::F6)],
        "Go on to the article, the list, the fields, the bar at the top, and round again",
    )),
    row(Go, Command::Pane { back: true }, "Previous part", &[shift(Key::F6)], "Go round the other way"),
];
