//! Rows of the menu “Annotation”: marking, statuses, edges. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Annotation, Row, in_article, row, ruled};
use crate::app::chord::{Key, char, edge, edge_by_word, plain, shift_char};
use crate::app::command::Command;
use crate::app::edges::Reach;
use crate::app::facts::Facts;
use crate::app::records::{Part, RecordCommand};
use crate::app::speakers::Speakers;
use crate::app::text::TextCommand;
use crate::domain::annotation::Resolution;
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
    row(
        Annotation,
        Command::Text(TextCommand::PutIn),
        "Put the correction into the text",
        &[],
        "Replace the words by the proposed wording that the editor accepted",
    ),
    ruled(row(
        Annotation,
        Command::Text(TextCommand::NextOrphan),
        "Next orphan",
        &[],
        "Go to the next words that are no longer in the text",
    )),
    row(
        Annotation,
        Command::Text(TextCommand::FindOrphan),
        "Look for the orphan's words",
        &[],
        "Select the next place in the text where the orphan's exact words stand",
    ),
    row(
        Annotation,
        Command::Text(TextCommand::PlaceOrphan),
        "Place the orphan here",
        &[],
        "Give the orphan the selected words; it is to be checked again where they are others",
    ),
    row(
        Annotation,
        Command::Text(TextCommand::DropOrphan),
        "Drop the orphan",
        &[],
        "Take the orphan out of its annotation, or remove the annotation where it has no other words",
    ),
    ruled(row(
        Annotation,
        Command::Record(RecordCommand::Go(Part::Evidence)),
        "Add evidence…",
        &[char('v')],
        "Add evidence: paste its address or type its title, then Enter",
    )),
    row(
        Annotation,
        Command::Record(RecordCommand::Go(Part::Wording)),
        "Proposed wording…",
        &[char('w')],
        "Go to what the article should say instead",
    ),
    row(
        Annotation,
        Command::Record(RecordCommand::Resolve(Resolution::Accepted)),
        "Accept the correction",
        &[char('y')],
        "The editor accepts the proposed wording of what needs correction",
    ),
    row(
        Annotation,
        Command::Record(RecordCommand::ChooseRating),
        "Rating…",
        &[char('g')],
        "Choose a rating on the house's scale",
    ),
    row(
        Annotation,
        Command::Record(RecordCommand::ChoosePriority),
        "Priority…",
        &[char('p')],
        "Choose how much hangs on it",
    ),
    row(
        Annotation,
        Command::Record(RecordCommand::Go(Part::Tags)),
        "Tags…",
        &[char('t')],
        "Go to the tags: free words to sort and filter by",
    ),
    row(
        Annotation,
        Command::Record(RecordCommand::SignOff),
        "Sign off",
        &[char('j')],
        "Put your name under it; that lapses when it is changed",
    ),
    row(
        Annotation,
        Command::Record(RecordCommand::ShowHistory),
        "History…",
        &[char('h')],
        "Who changed what, when, from which value to which",
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
