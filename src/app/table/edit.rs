//! Rows of the menu “Edit”: undo, the text, what is known of the article. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Edit, Row, row, ruled};
use crate::app::chord::{Key, ctrl, ctrl_shift, plain};
use crate::app::command::Command;
use crate::app::find::Find;
use crate::domain::Kind;

pub(super) static ROWS: &[Row] = &[
    row(Edit, Command::Undo, "Undo", &[ctrl('z')], "Take the last step back"),
    row(Edit, Command::Redo, "Redo", &[ctrl_shift('z'), ctrl('y')], "Do again what was taken back"),
    ruled(row(
        Edit,
        Command::Find(Find::Open),
        "Find…",
        &[ctrl('f')],
        "Find words or an expression in the article, in notes and in evidence",
    )),
    row(Edit, Command::Find(Find::Case), "Match case", &[], "Find only words with the same capital letters"),
    row(Edit, Command::Find(Find::Whole), "Whole words", &[], "Find no parts of words"),
    row(
        Edit,
        Command::Find(Find::Expression),
        "Regular expression",
        &[],
        "Take what is looked for as a regular expression",
    ),
    row(
        Edit,
        Command::Find(Find::Mark(Kind::Claim)),
        "Mark all hits as claims",
        &[],
        "Mark each hit as a claim of its own, in one step of undo; those that are one already are left as they are",
    ),
    row(
        Edit,
        Command::Find(Find::Mark(Kind::Quote)),
        "Mark all hits as quotes",
        &[],
        "Mark each hit as a quote of its own, in one step of undo; those that are one already are left as they are",
    ),
    row(
        Edit,
        Command::Find(Find::Mark(Kind::Source)),
        "Mark all hits as sources",
        &[],
        "Mark each hit as a source of its own, in one step of undo; those that are one already are left as they are",
    ),
    ruled(row(
        Edit,
        Command::EditDetails,
        "Title and details…",
        &[plain(Key::F2)],
        "Headline, byline, outlet, date and address",
    )),
    row(Edit, Command::EditChecker, "Who is checking…", &[], "The name that is written into the log"),
];
