//! Rows of the menu “List”: what it shows, several rows at once. May use: `domain`, `app`.
//!
//! Invariant: see [`super`]. The keys that a row of the list takes itself are in [`super::super::list_keys`].

use super::{Menu::List, Row, row, ruled};
use crate::app::chord::char;
use crate::app::command::Command;
use crate::app::queue::Queue;
use crate::domain::order::{Group, Sort};

const fn sort(sort: Sort, name: &'static str, help: &'static str) -> Row {
    row(List, Command::Queue(Queue::Sort(sort)), name, &[], help)
}

const fn group(group: Group, name: &'static str, help: &'static str) -> Row {
    row(List, Command::Queue(Queue::Group(group)), name, &[], help)
}

pub(super) static ROWS: &[Row] = &[
    row(
        List,
        Command::Queue(Queue::GoToFilter),
        "Filter the list",
        &[char('/')],
        "Show only annotations that have these words, or status:query, by:AK, has:evidence",
    ),
    row(
        List,
        Command::Queue(Queue::All),
        "Select all rows",
        &[],
        "Select every row of the list, in it with Ctrl+A; keys and fields then do to all what they do to one",
    ),
    row(
        List,
        Command::Queue(Queue::Labels),
        "Tags and categories…",
        &[],
        "Rename, merge or delete tags and categories",
    ),
    ruled(sort(Sort::Text, "Sort by text order", "The list as the article has it")),
    sort(
        Sort::Risk,
        "Sort by risk",
        "What could do most harm first: priority, trouble, figures, names, no evidence",
    ),
    sort(Sort::Status, "Sort by status", "Unchecked first"),
    sort(Sort::Priority, "Sort by priority", "High first"),
    sort(Sort::Changed, "Sort by last change", "What was changed last first"),
    sort(Sort::Speaker, "Sort by speaker", "By the name of whoever said it"),
    sort(Sort::ByHand, "Sort by hand", "As you put the rows, with Alt+Up and Alt+Down in the list"),
    row(
        List,
        Command::Queue(Queue::Move { down: false }),
        "Move the row up",
        &[],
        "Move the selected row up in the order by hand, in the list with Alt+Up",
    ),
    row(
        List,
        Command::Queue(Queue::Move { down: true }),
        "Move the row down",
        &[],
        "Move the selected row down in the order by hand, in the list with Alt+Down",
    ),
    ruled(group(Group::Flat, "No groups", "The list without headings")),
    group(Group::Status, "Group by status", "A heading for each status"),
    group(Group::Kind, "Group by kind", "A heading each for claims, quotes and sources"),
    group(Group::Speaker, "Group by speaker", "A heading for everybody who said something"),
    group(Group::Paragraph, "Group by paragraph", "A heading for each paragraph"),
    group(Group::Category, "Group by category", "A heading for each category"),
    group(Group::Priority, "Group by priority", "A heading for each priority"),
    group(Group::Checker, "Group by checker", "A heading for whoever changed it last"),
];
