//! Rows of the menu “Help”. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Help, Row, row};
use crate::app::chooser::Chooser;
use crate::app::chord::{Key, ctrl, plain};
use crate::app::command::Command;

pub(super) static ROWS: &[Row] = &[
    row(
        Help,
        Command::Chooser(Chooser::Open),
        "All commands…",
        &[ctrl('k')],
        "Find a command by a few letters of its name",
    ),
    row(Help, Command::ShowKeys, "All keys", &[plain(Key::F1)], "Show every key"),
    row(Help, Command::OpenSample, "Open the sample", &[], "A finished project to look at"),
];
