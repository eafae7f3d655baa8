//! Rows of the menu “File”: projects, files, exports. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::File, Row, row, ruled};
use crate::app::chord::{ctrl, ctrl_shift};
use crate::app::command::Command;
use crate::app::comparing::Compare;
use crate::app::export::Export;
use crate::app::import::Import;
use crate::app::marks::Marks;
use crate::app::merging::Merge;
use crate::app::redraft::Draft;
use crate::app::send::Send;

pub(super) static ROWS: &[Row] = &[
    row(File, Command::Open, "Open…", &[ctrl('o')], "Open a project, or an article for a new one"),
    row(
        File,
        Command::Paste,
        "New from clipboard",
        &[ctrl_shift('n')],
        "Make a project of the text that was copied",
    ),
    row(
        File,
        Command::Draft(Draft::Ask),
        "New draft…",
        &[ctrl_shift('t')],
        "Take the next version of this article; all marks move into it, and you see how first",
    ),
    row(
        File,
        Command::Import(Import::Encoding),
        "Text encoding…",
        &[],
        "Read the article's file again in another encoding, as long as nothing was marked",
    ),
    row(
        File,
        Command::Marks(Marks::Ask),
        "Import annotations…",
        &[ctrl_shift('o')],
        "Bring what was marked with another tool into this project",
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
        Command::Export(Export::Ask(None)),
        "Export…",
        &[ctrl('e')],
        "Write claims for others: as a table, a list, a report, for Word, for other programs",
    )),
    row(
        File,
        Command::Export(Export::Ask(Some("markdown"))),
        "Export a list for readers…",
        &[ctrl_shift('e')],
        "Write the claims and quotes that hold, to publish",
    ),
    row(
        File,
        Command::Send(Send::Ask),
        "Copy to send…",
        &[],
        "Write a copy for a colleague: redacted, or with everything, to sign off",
    ),
    row(
        File,
        Command::Merge(Merge::Ask),
        "Merge a colleague's copy…",
        &[ctrl('m')],
        "Bring in what a colleague did in a copy of this project; you see it first",
    ),
    row(
        File,
        Command::Compare(Compare::Ask),
        "Compare with a colleague's copy…",
        &[ctrl_shift('d')],
        "See where somebody who checked the same article agrees with you, and adopt what is better there",
    ),
    row(
        File,
        Command::StopWaiting,
        "Stop waiting for the disk",
        &[],
        "Go on without what a disk does not answer; nothing that you did is lost",
    ),
    ruled(row(File, Command::Quit, "Quit", &[ctrl('q')], "Close the window; unsaved work is asked about")),
];
