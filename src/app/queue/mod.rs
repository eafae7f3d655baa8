//! The queue: what the list shows, in which order, and what is done to several annotations at once.
//!
//! May use: `domain`, `app`. One file each: what is shown ([`view`], [`rows`]), which rows are chosen
//! ([`chosen`]), going to the next open one ([`go`]), changes of several ([`bulk`], `together`), the
//! order by hand ([`by_hand`]), tags and categories ([`labels`]). Invariant: every change of several annotations is
//! one step of undo; what is shown is brought up to date by what a change touched, never in a frame.

pub mod bulk;
pub mod by_hand;
pub mod chosen;
pub mod go;
pub mod labels;
pub mod rows;
mod together;
pub mod view;

pub use chosen::Chosen;
pub use labels::{Fate, Label};
pub use view::{Line, View};

use super::command::Command;
use super::dialog::Dialog;
use super::effect::Effect;
use super::{Desk, Model};
use crate::domain::annotation::Priority;
use crate::domain::order::{Group, Sort};
use crate::domain::{Id, Kind, Stamp, Status};

/// What can be asked of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Queue {
    /// Go to the filter and type.
    GoToFilter,
    /// Show what fits this query only.
    Filter(String),
    /// Show one kind only; again, all kinds.
    OnlyKind(Kind),
    /// Sort the list.
    Sort(Sort),
    /// Put headings into it.
    Group(Group),
    /// Fold what stands under a heading, or show it again.
    Fold(String),
    /// Go to the next that is open, in text order.
    NextOpen,
    /// Go to the next that is open, by risk.
    NextByRisk,
    /// Choose a row too, or not any more.
    Also(Id),
    /// Choose all rows from the one that was chosen first to this one.
    Through(Id),
    /// Choose every row that is shown.
    All,
    /// Move the row up or down in the order by hand.
    Move {
        /// Down.
        down: bool,
    },
    /// Give those chosen a tag.
    Tag(String),
    /// Take a tag from those chosen.
    Untag(String),
    /// Say how much hangs on those chosen.
    Priority(Option<Priority>),
    /// Set those chosen to Unverifiable, with this reason.
    Unverifiable(String),
    /// Show all tags and categories.
    Labels,
    /// Call a tag or category otherwise; where there is one of that name, both are one then.
    Rename(Label, String),
    /// Ask what is to become of the annotations that have it.
    AskFate(Label),
    /// Delete it.
    Delete(Label, Fate),
}

/// What the list asks a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Why can these not be verified?
    Reason {
        /// How many.
        count: usize,
    },
    /// The tags and categories.
    Labels,
    /// What is to become of the annotations that have it?
    Fate {
        /// Which.
        label: Label,
        /// How many have it.
        count: usize,
    },
}

impl Queue {
    /// Whether it changes the project.
    pub const fn changes(&self) -> bool {
        use Queue as Q;
        matches!(
            self,
            Q::Move { .. }
                | Q::Tag(_)
                | Q::Untag(_)
                | Q::Priority(_)
                | Q::Unverifiable(_)
                | Q::Rename(..)
                | Q::Delete(..)
        )
    }
}

/// Whether it can be done now.
pub fn can(desk: &Desk, queue: &Queue) -> bool {
    use Queue as Q;
    let writable = desk.read_only.is_none();
    match queue {
        Q::NextOpen | Q::NextByRisk | Q::All | Q::Labels => desk.places.count() > 0,
        Q::Tag(_) | Q::Untag(_) | Q::Priority(_) | Q::Unverifiable(_) => writable && desk.picked.is_some(),
        Q::Move { .. } => writable && desk.picked.is_some() && desk.list.sort() == Sort::ByHand,
        Q::Rename(..) | Q::AskFate(_) | Q::Delete(..) => writable,
        _ => true,
    }
}

/// Why it cannot be done now.
pub fn why_not(desk: &Desk, queue: &Queue) -> &'static str {
    match queue {
        _ if desk.places.count() == 0 => "Nothing is marked yet",
        Queue::Move { .. } if desk.list.sort() != Sort::ByHand => "Sort the list by hand first",
        _ if desk.read_only.is_some() => "The project is for reading only",
        _ => "Select an annotation first",
    }
}

/// Whether the picked annotation is to be checked again; of several that are chosen any may be.
pub fn can_confirm(desk: &Desk) -> bool {
    desk.chosen.are_several() || desk.picked().is_some_and(|annotation| annotation.is_to_check())
}

/// Does it.
pub fn update(model: &mut Model, queue: Queue, stamp: &mut Stamp) -> Vec<Effect> {
    use Queue as Q;
    let Some(desk) = &mut model.desk else { return Vec::new() };
    match queue {
        Q::GoToFilter => {}
        Q::Filter(text) => desk.filter(text),
        Q::OnlyKind(kind) => {
            let wanted = if desk.list.query().asks_for(kind) { None } else { Some(kind) };
            desk.filter(crate::domain::query::with_kind(desk.list.text(), wanted));
        }
        Q::Sort(sort) => return arrange(model, sort, None),
        Q::Group(group) => return arrange(model, None, group),
        Q::Fold(name) => desk.list.fold(name),
        Q::NextOpen => go::next(model, false),
        Q::NextByRisk => go::next(model, true),
        Q::Also(id) => desk.choose_also(id),
        Q::Through(id) => desk.choose_through(id),
        Q::All => desk.choose_all(),
        Q::Move { down } => by_hand::step(model, down, stamp),
        Q::Tag(_) | Q::Untag(_) | Q::Priority(_) | Q::Unverifiable(_) => bulk::update(model, queue, stamp),
        Q::Labels | Q::Rename(..) | Q::AskFate(_) | Q::Delete(..) => labels::update(model, queue, stamp),
    }
    Vec::new()
}

fn arrange(model: &mut Model, sort: impl Into<Option<Sort>>, group: impl Into<Option<Group>>) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else { return Vec::new() };
    let sort = sort.into().unwrap_or(desk.list.sort());
    let group = group.into().unwrap_or(desk.list.group());
    desk.list.arrange(&desk.project, sort, group);
    (model.settings.sort, model.settings.group) = (sort, group);
    vec![Effect::Store(model.settings.clone())]
}

/// What a command means while several rows are chosen: true where it was answered here. Going to
/// another annotation lets the others go; what is done to the picked one is done to all of them.
pub fn takes(model: &mut Model, command: &Command, stamp: &mut Stamp) -> bool {
    let Some(desk) = &mut model.desk else { return false };
    if !desk.chosen.are_several() {
        return false;
    }
    match command {
        Command::Escape if desk.selection.is_none() => {
            desk.chosen.let_go();
            return true;
        }
        Command::Walked if super::annotate::has_left(desk) => desk.chosen.let_go(),
        Command::Pick(_)
        | Command::ClickAt(_)
        | Command::PickAtCaret
        | Command::Next
        | Command::Previous
        | Command::Queue(Queue::NextOpen | Queue::NextByRisk) => desk.chosen.let_go(),
        Command::Mark(_) if desk.selection.is_some() => desk.chosen.let_go(),
        Command::SetStatus(Status::Unverifiable) => {
            let count = desk.chosen_count();
            model.dialog = Some(Dialog::Queue(Ask::Reason { count }));
            return true;
        }
        Command::Mark(_) | Command::SetStatus(_) | Command::Confirm | Command::Remove => {
            bulk::as_all(model, command, stamp);
            return true;
        }
        _ => return together::takes(model, command, stamp),
    }
    false
}
