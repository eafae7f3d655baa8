//! What is undecided in a project, as questions with their answers, and what an answer does.
//!
//! May use: `domain`, `formats`, `app`. Invariants: every question that can be answered stands here once,
//! in the order title, text, annotations; an answer is looked up again in the project that it is applied
//! to, so one that does not fit any more does nothing. Known limit: what is undecided inside an annotation
//! that everybody removed is not asked.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::disputes;
use crate::domain::clash::ClashSort;
use crate::domain::log::{Entry, Record};
use crate::domain::merge::Decision;
use crate::domain::{Annotation, Id, Project, Stamp, Transaction};
use crate::formats::changes;

/// Whose answer it is, seen from the person at the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// It was in the open project.
    Mine,
    /// It came with the copy.
    Theirs,
    /// Both copies knew it, or it is nobody's.
    Neither,
}

/// What finds a question again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A field with several values: its record and what it is called.
    Field(Id, String),
    /// What two people did at once.
    Clash(ClashSort, String),
    /// Words that were changed in different ways: the entries.
    Text(Vec<Id>),
}

/// What an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The value that this entry set.
    Value(Id),
    /// The annotation, or the part of it, stays.
    Keep,
    /// It goes.
    Remove,
    /// Somebody looked again, and it holds.
    Confirm,
    /// The words that this entry made of it.
    Words(Id),
    /// The words as they read now.
    AsItReads,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Whose it is.
    pub owner: Owner,
    /// What would be so; empty for nothing.
    pub words: String,
    /// Who said so; may be empty.
    pub by: String,
    /// When.
    pub when: Option<Timestamp>,
    /// What it does.
    pub act: Act,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The annotation that it is about; nothing for the text, title and details.
    pub of: Option<Id>,
    /// What it is about, in words.
    pub heading: String,
    /// The question: a field's name, or a sentence.
    pub question: String,
    /// When the last of what it is about was done, where its answers do not say.
    pub when: Option<Timestamp>,
    /// What finds it again.
    pub key: Key,
    /// The answers, one's own first.
    pub choices: Vec<Choice>,
}

/// The two copies that a project was merged from: mine and theirs.
pub type Sides<'a> = Option<(&'a Project, &'a Project)>;

/// Everything that is undecided.
pub fn of_project(project: &Project, sides: Sides<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for dispute in disputes::of_details(project) {
        let entries = |side: &Project| -> Vec<Id> { side.about.log.iter().map(|entry| entry.id).collect() };
        items.push(field(None, "Title and details", dispute, sides.map(|(a, b)| (entries(a), entries(b)))));
    }
    items.extend(of_text(project, sides));
    for annotation in project.in_order() {
        items.extend(of_annotation(project, annotation, sides));
    }
    items
}

/// What is undecided about the words of the text.
pub fn of_text(project: &Project, sides: Sides<'_>) -> Vec<Item> {
    let article = &project.article;
    if article.disputed.is_empty() {
        return Vec::new();
    }
    let knows = |side: &Project, id: Id| side.article.log.iter().any(|entry| entry.id == id);
    let item = |open: crate::domain::merge::Disagreement| {
        let mut choices: Vec<Choice> = open
            .variants
            .iter()
            .map(|variant| Choice {
                owner: owner(sides.map(|(a, b)| (knows(a, variant.entry), knows(b, variant.entry)))),
                words: flat(&variant.words),
                by: variant.by.to_string(),
                when: Some(variant.when),
                act: Act::Words(variant.entry),
            })
            .collect();
        choices.sort_by_key(|choice| choice.owner);
        let now = flat(article.text.slice(open.at));
        if choices.iter().all(|choice| choice.words != now) {
            let (owner, by) = (Owner::Neither, String::new());
            choices.push(Choice { owner, words: now, by, when: None, act: Act::AsItReads });
        }
        let paragraph = article.text.paragraph_of(open.at.start as usize);
        Item {
            of: None,
            heading: format!("The text, ¶ {paragraph}"),
            question: "These words were changed in different ways".into(),
            when: None,
            key: Key::Text(open.variants.iter().map(|variant| variant.entry).collect()),
            choices,
        }
    };
    article.disagreements().into_iter().map(item).collect()
}

/// What is undecided about an annotation.
pub fn of_annotation(project: &Project, annotation: &Annotation, sides: Sides<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let (conflicted, clashes) = (annotation.is_conflicted(), annotation.open_clashes());
    if !conflicted && clashes.is_empty() {
        return items;
    }
    let heading = capital(&changes::heading(project, annotation));
    let of = Some(annotation.id);
    if conflicted {
        let entries = |side: &Project| -> Vec<Id> {
            side.record(annotation.id).map(|record| record.entry_ids().collect()).unwrap_or_default()
        };
        let known = sides.map(|(a, b)| (entries(a), entries(b)));
        let found = disputes::of_annotation(project, annotation);
        items.extend(found.into_iter().map(|dispute| field(of, &heading, dispute, known.clone())));
    }
    for (clash, words) in clashes {
        let made = clash.between.iter().filter_map(|id| maker(annotation, *id));
        let latest = made.map(|(_, when)| when).max();
        let choice = |words: &str, act| Choice {
            owner: Owner::Neither,
            words: words.into(),
            by: String::new(),
            when: None,
            act,
        };
        let choices = match clash.sort {
            ClashSort::Removed => vec![choice("Keep it", Act::Keep), choice("Remove it", Act::Remove)],
            ClashSort::PartRemoved => {
                vec![choice("Keep it", Act::Keep), choice("Leave it removed", Act::Remove)]
            }
            ClashSort::Moved | ClashSort::Evidence => vec![choice("It still holds", Act::Confirm)],
        };
        items.push(Item {
            of,
            heading: heading.clone(),
            question: words.clone(),
            when: latest,
            key: Key::Clash(clash.sort, words),
            choices,
        });
    }
    items
}

fn field(
    of: Option<Id>,
    heading: &str,
    dispute: disputes::Dispute,
    known: Option<(Vec<Id>, Vec<Id>)>,
) -> Item {
    let mut choices: Vec<Choice> = dispute
        .sides
        .into_iter()
        .map(|side| Choice {
            owner: owner(known.as_ref().map(|(a, b)| (a.contains(&side.entry), b.contains(&side.entry)))),
            words: side.words,
            by: side.by,
            when: side.when,
            act: Act::Value(side.entry),
        })
        .collect();
    choices.sort_by_key(|choice| choice.owner);
    let key = Key::Field(dispute.record, dispute.field.clone());
    Item { of, heading: heading.into(), question: dispute.field, when: None, key, choices }
}

fn owner(known: Option<(bool, bool)>) -> Owner {
    match known {
        Some((true, false)) => Owner::Mine,
        Some((false, true)) => Owner::Theirs,
        _ => Owner::Neither,
    }
}

/// Who made an entry of an annotation or of a record inside, and when.
fn maker(annotation: &Annotation, id: Id) -> Option<(Arc<str>, Timestamp)> {
    fn one<V: crate::domain::log::Value>(log: &[Entry<V>], id: Id) -> Option<(Arc<str>, Timestamp)> {
        log.iter().find(|entry| entry.id == id).map(|entry| (entry.by.clone(), entry.when))
    }
    fn any<R: Record>(records: &[R], id: Id) -> Option<(Arc<str>, Timestamp)> {
        records.iter().find_map(|record| one(record.log(), id))
    }
    one(&annotation.log, id)
        .or_else(|| any(&annotation.spans, id))
        .or_else(|| any(&annotation.evidence, id))
        .or_else(|| any(&annotation.contacts, id))
        .or_else(|| any(&annotation.sign_offs, id))
}

/// The step that gives an answer; empty where the question is not open.
pub fn decide(project: &Project, item: &Item, act: Act, stamp: &mut Stamp) -> Transaction {
    match (&item.key, act) {
        (Key::Field(record, name), Act::Value(entry)) => {
            let of = item.of.unwrap_or(project.id);
            let found = match item.of.map(|id| project.annotations.get(&id)) {
                Some(Some(annotation)) => disputes::of_annotation(project, annotation),
                Some(None) => Vec::new(),
                None => disputes::of_details(project),
            };
            let dispute = found.iter().find(|open| open.record == *record && open.field == *name);
            let side = dispute.and_then(|open| open.sides.iter().find(|side| side.entry == entry));
            side.map(|side| disputes::decided(project, of, (*record, side.place, entry), stamp))
                .unwrap_or_default()
        }
        (Key::Text(entries), Act::Words(_) | Act::AsItReads) => {
            let same = |open: &crate::domain::merge::Disagreement| {
                open.variants.iter().map(|variant| variant.entry).eq(entries.iter().copied())
            };
            let Some(open) = project.article.disagreements().into_iter().find(same) else {
                return Transaction::default();
            };
            let decision = match act {
                Act::Words(entry) => Decision::Take(entry),
                _ => Decision::AsItIs,
            };
            project.decide_text(&open, &decision, stamp).unwrap_or_default()
        }
        (Key::Clash(sort, words), act) => {
            let Some(annotation) = item.of.and_then(|id| project.annotations.get(&id)) else {
                return Transaction::default();
            };
            let open = annotation.open_clashes();
            let same = open.iter().find(|(clash, told)| clash.sort == *sort && told == words);
            let Some(clash) = same.map(|(clash, _)| clash.id) else { return Transaction::default() };
            match (sort, act) {
                (ClashSort::Removed, Act::Keep) => project.keep(annotation.id, stamp),
                (ClashSort::Removed, Act::Remove) => project.remove(annotation.id, stamp),
                (ClashSort::PartRemoved, Act::Keep) => project.keep_part(annotation.id, clash, stamp),
                (ClashSort::PartRemoved, Act::Remove) => project.settle(annotation.id, clash, stamp),
                (ClashSort::Moved | ClashSort::Evidence, Act::Confirm) => {
                    project.confirm(annotation.id, stamp)
                }
                _ => Transaction::default(),
            }
        }
        _ => Transaction::default(),
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

impl Choice {
    /// The value, where even nothing has to be said.
    pub fn said(&self) -> &str {
        if self.words.trim().is_empty() { "(nothing)" } else { &self.words }
    }
}
