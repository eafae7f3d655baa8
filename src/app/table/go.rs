//! Rows of the menu “Go”: from one annotation, one part of the window to the next. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::Go, Row, in_article, row, ruled};
use crate::app::chord::{Key, char, ctrl, ctrl_shift, plain, shift};
use crate::app::command::Command;
use crate::app::comparing::Compare;
use crate::app::merging::Merge;
use crate::app::queue::Queue;
use crate::app::seen::Seen;
use crate::app::show::Show;
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
        Command::Queue(Queue::NextOpen),
        "Next open",
        &[char('n')],
        "Go to the next annotation that is open, of those in the list",
    ),
    row(
        Go,
        Command::Queue(Queue::NextByRisk),
        "Next open by risk",
        &[shift(Key::Char('n'))],
        "Go to the open annotation with the next greatest risk, of those in the list",
    ),
    row(
        Go,
        Command::Merge(Merge::Undecided),
        "What is undecided…",
        &[],
        "See all that people set in different ways, side by side, and decide it",
    ),
    row(
        Go,
        Command::Seen(Seen::Next),
        "Next change of others",
        &[ctrl_shift('m')],
        "Go to the next annotation that somebody else changed since you last looked",
    ),
    row(Go, Command::Seen(Seen::All), "Mark all as seen", &[], "Take the marks of what others changed away"),
    row(
        Go,
        Command::Show(Show::NextBare),
        "Next sentence without a mark",
        &[char('u')],
        "Select the next sentence in which nobody has marked anything",
    ),
    row(
        Go,
        Command::Show(Show::NextInvisible),
        "Next invisible character",
        &[],
        "Go to the next character that cannot be seen, or word of two alphabets",
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
    ruled(row(
        Go,
        Command::Compare(Compare::Next),
        "Next difference",
        &[ctrl('j')],
        "Go to the next open difference from the colleague's copy",
    )),
    row(
        Go,
        Command::Compare(Compare::Previous),
        "Previous difference",
        &[ctrl_shift('j')],
        "Go to the open difference before",
    ),
    row(
        Go,
        Command::Compare(Compare::Adopt),
        "Adopt theirs",
        &[ctrl_shift('a')],
        "Mark, set or remove it as the colleague did, in one step that can be undone",
    ),
    row(
        Go,
        Command::Compare(Compare::Keep),
        "Keep mine",
        &[ctrl_shift('k')],
        "Leave it as it is here, and count it as decided",
    ),
    row(
        Go,
        Command::Compare(Compare::Close),
        "Back to the list",
        &[],
        "Show the list and the fields again; what was adopted stays",
    ),
];
