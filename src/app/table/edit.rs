//! Rows of the menu “Edit”: undo, the text, what is known of the article. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Edit, Row, row, ruled};
use crate::app::chord::{Key, ctrl, ctrl_shift, plain};
use crate::app::command::Command;
use crate::app::export::{Export, Form};

pub(super) static ROWS: &[Row] = &[
    row(Edit, Command::Undo, "Undo", &[ctrl('z')], "Take the last step back"),
    row(Edit, Command::Redo, "Redo", &[ctrl_shift('z'), ctrl('y')], "Do again what was taken back"),
    ruled(row(
        Edit,
        Command::Export(Export::Copy(Form::Rich)),
        "Copy the annotation",
        &[ctrl_shift('c')],
        "Copy the selected annotation with its evidence, for a mail or a document",
    )),
    row(
        Edit,
        Command::Export(Export::Copy(Form::Markdown)),
        "Copy the annotation as Markdown",
        &[],
        "Copy the selected annotation with its evidence, for programs that take text only",
    ),
    row(
        Edit,
        Command::Export(Export::CopyList(Form::Rich)),
        "Copy the list",
        &[],
        "Copy all annotations that the list shows, for a mail or a document",
    ),
    row(
        Edit,
        Command::Export(Export::CopyList(Form::Markdown)),
        "Copy the list as Markdown",
        &[],
        "Copy all annotations that the list shows, for programs that take text only",
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
