//! In which order a list of annotations stands, and under which headings.
//!
//! May use: the rest of `domain`. Invariant: an order is total and a function of the project alone:
//! whatever is alike stands in text order, then by id. The [`Row`] of an annotation is all that is
//! compared, so that one changed annotation finds its place by halving.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::annotation::Priority;
use super::query::fits::fold;
use super::{Annotation, Id, Project, rules};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// The text.
    #[default]
    Text,
    /// The greatest risk first.
    Risk,
    /// Unchecked first.
    Status,
    /// High first.
    Priority,
    /// What was changed last first.
    Changed,
    /// Who said it.
    Speaker,
    /// As a person put it.
    ByHand,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Risk, Self::Status, Self::Priority, Self::Changed, Self::Speaker, Self::ByHand];

    /// As shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "Text order",
            Self::Risk => "Risk",
            Self::Status => "Status",
            Self::Priority => "Priority",
            Self::Changed => "Last changed",
            Self::Speaker => "Speaker",
            Self::ByHand => "By hand",
        }
    }
}

/// What the headings of a list say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    /// There are none.
    #[default]
    Flat,
    /// How far checking got.
    Status,
    /// Claim, quote or source.
    Kind,
    /// Who said it.
    Speaker,
    /// Where in the article.
    Paragraph,
    /// The house's own sorting.
    Category,
    /// How much hangs on it.
    Priority,
    /// Who changed it last.
    Checker,
}

impl Group {
    /// Every sort of heading.
    pub const ALL: [Self; 8] = [
        Self::Flat,
        Self::Status,
        Self::Kind,
        Self::Speaker,
        Self::Paragraph,
        Self::Category,
        Self::Priority,
        Self::Checker,
    ];

    /// As shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flat => "No groups",
            Self::Status => "Status",
            Self::Kind => "Kind",
            Self::Speaker => "Speaker",
            Self::Paragraph => "Paragraph",
            Self::Category => "Category",
            Self::Priority => "Priority",
            Self::Checker => "Checker",
        }
    }
}

type Part = (i64, Arc<str>);

/// Where an annotation stands in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    group: Part,
    sort: Part,
    at: (u32, u32),
    /// Whose row.
    pub id: Id,
}

impl Row {
    /// The row of an annotation under a sort and headings.
    pub fn of(project: &Project, annotation: &Annotation, sort: Sort, group: Group) -> Self {
        let at = annotation.first_span().map_or((u32::MAX, u32::MAX), |span| (span.start, span.end));
        Self {
            group: group_part(project, annotation, group),
            sort: sort_part(project, annotation, sort),
            at,
            id: annotation.id,
        }
    }

    /// Whether two rows stand under one heading.
    pub fn is_with(&self, other: &Self) -> bool {
        self.group == other.group
    }

    /// Whether this row stands under a later heading.
    pub fn is_beyond(&self, other: &Self) -> bool {
        self.group > other.group
    }
}

fn number(number: i64) -> Part {
    (number, Arc::default())
}

/// Those with a name by it, those without last.
fn named(name: &str) -> Part {
    let name = name.trim();
    if name.is_empty() { number(1) } else { (0, fold(name).into()) }
}

fn speaker(project: &Project, annotation: &Annotation) -> String {
    annotation.speaker.as_ref().map(|speaker| project.speaker_name(speaker)).unwrap_or_default()
}

fn priority(priority: Option<Priority>) -> i64 {
    priority.map_or(3, |priority| priority as i64)
}

fn sort_part(project: &Project, a: &Annotation, sort: Sort) -> Part {
    match sort {
        Sort::Text => number(0),
        Sort::Risk => number(-i64::from(rules::risk(a))),
        Sort::Status => number(a.status as i64),
        Sort::Priority => number(priority(a.priority)),
        Sort::Changed => number(-last_change(a).map_or(0, |(when, _)| when.as_second())),
        Sort::Speaker => named(&speaker(project, a)),
        Sort::ByHand => number(a.rank.unwrap_or(i64::MAX)),
    }
}

fn group_part(project: &Project, a: &Annotation, group: Group) -> Part {
    match group {
        Group::Flat => number(0),
        Group::Status => number(a.status as i64),
        Group::Kind => number(a.kind as i64),
        Group::Speaker => named(&speaker(project, a)),
        Group::Paragraph => number(project.paragraph(a).map_or(i64::MAX, |number| number as i64)),
        Group::Category => named(&a.category),
        Group::Priority => number(priority(a.priority)),
        Group::Checker => named(last_change(a).map_or("", |(_, by)| by)),
    }
}

/// The heading that an annotation stands under.
pub fn heading(project: &Project, a: &Annotation, group: Group) -> String {
    let or = |name: &str, without: &str| {
        let name = name.trim();
        if name.is_empty() { without.to_owned() } else { name.to_owned() }
    };
    match group {
        Group::Flat => String::new(),
        Group::Status => a.status.name().to_owned(),
        Group::Kind => a.kind.plural().to_owned(),
        Group::Speaker => or(&speaker(project, a), "Nobody named"),
        Group::Paragraph => {
            project.paragraph(a).map_or("Not in the text".into(), |n| format!("Paragraph {n}"))
        }
        Group::Category => or(&a.category, "No category"),
        Group::Priority => match a.priority {
            Some(Priority::High) => "High priority".to_owned(),
            Some(Priority::Medium) => "Medium priority".to_owned(),
            Some(Priority::Low) => "Low priority".to_owned(),
            None => "No priority".to_owned(),
        },
        Group::Checker => or(last_change(a).map_or("", |(_, by)| by), "Nobody"),
    }
}

/// When an annotation was changed last, by whatever log inside it, and by whom.
pub fn last_change(a: &Annotation) -> Option<(Timestamp, &str)> {
    let own = a.log.iter().map(|e| (e.when, e.id, &e.by));
    let own = own.chain(a.spans.iter().flat_map(|r| r.log.iter().map(|e| (e.when, e.id, &e.by))));
    let own = own.chain(a.evidence.iter().flat_map(|r| r.log.iter().map(|e| (e.when, e.id, &e.by))));
    let own = own.chain(a.contacts.iter().flat_map(|r| r.log.iter().map(|e| (e.when, e.id, &e.by))));
    let own = own.chain(a.sign_offs.iter().flat_map(|r| r.log.iter().map(|e| (e.when, e.id, &e.by))));
    // That two things clash was noted by nobody.
    let own = own.chain(a.clashes.iter().flat_map(|r| r.log.iter().skip(1).map(|e| (e.when, e.id, &e.by))));
    own.max().map(|(when, _, by)| (when, &**by))
}
