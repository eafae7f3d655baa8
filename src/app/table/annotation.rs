//! Rows of the menu “Annotation”: marking, statuses, edges. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Annotation, Row, in_article, row, ruled};
use crate::app::chord::{Key, char, edge, edge_by_word, plain, shift_char};
use crate::app::command::Command;
use crate::app::edges::Reach;
use crate::app::facts::Facts;
use crate::app::speakers::Speakers;
use crate::domain::{Kind, Status};

pub(super) static ROWS: &[Row] = &[
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
    ruled(row(
        Annotation,
        Command::Speakers(Speakers::Ask),
        "Speaker…",
        &[char('l')],
        "Say who said it: a source of the article, a name, or a new source that is marked on the spot",
    )),
    row(
        Annotation,
        Command::Speakers(Speakers::Sheet),
        "Call sheet…",
        &[char('d')],
        "List what a source is to confirm, for a mail, without any quote",
    ),
    row(
        Annotation,
        Command::Facts(Facts::Ask),
        "Split into facts…",
        &[char('x')],
        "Make one annotation of each fact in the selected one",
    ),
    row(
        Annotation,
        Command::Facts(Facts::Mark),
        "Mark all occurrences",
        &[char('m')],
        "Add every further place where the same words stand to the selected annotation",
    ),
    row(
        Annotation,
        Command::Facts(Facts::Unmark),
        "Remove the other occurrences",
        &[shift_char('m')],
        "Take the other places with the same words out of the selected annotation",
    ),
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
];
