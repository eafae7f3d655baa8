//! Rows of the menu “Edit”: undo, the text, what is known of the article. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Edit, Row, row, ruled};
use crate::app::chord::{Key, ctrl, ctrl_shift, plain, shift};
use crate::app::command::Command;
use crate::app::export::{Export, Form};
use crate::app::find::Find;
use crate::app::records::RecordCommand;
use crate::app::text::TextCommand;
use crate::domain::Kind;

pub(super) static ROWS: &[Row] = &[
    row(Edit, Command::Undo, "Undo", &[ctrl('z')], "Take the last step back"),
    row(Edit, Command::Redo, "Redo", &[ctrl_shift('z'), ctrl('y')], "Do again what was taken back"),
    ruled(row(
        Edit,
        Command::Export(Export::Copy(Form::Rich)),
        "Copy the annotation",
        &[ctrl_shift('c')],
        "Copy the selected annotation, or the chosen rows, with the evidence, for a mail or a document",
    )),
    row(
        Edit,
        Command::Export(Export::Copy(Form::Markdown)),
        "Copy the annotation as Markdown",
        &[],
        "Copy the selected annotation, or the chosen rows, for programs that take text only",
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
        Command::Find(Find::Open),
        "Find…",
        &[ctrl('f')],
        "Find words or an expression in the article, in notes and in evidence",
    )),
    row(
        Edit,
        Command::Find(Find::Next),
        "Next hit",
        &[plain(Key::F3)],
        "Go to the next place of what is looked for",
    ),
    row(Edit, Command::Find(Find::Previous), "Previous hit", &[shift(Key::F3)], "Go to the place before"),
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
