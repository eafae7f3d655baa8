//! Tags and categories as a whole: renamed, made one, deleted. May use: `domain`, `app`.
//!
//! Invariant: a label never takes an annotation along unless the person said so; whatever is done to
//! one is one step of undo that restores all that had it. Known limit: labels are what annotations
//! have; there is none that none has.

use std::collections::BTreeMap;

use super::bulk::{annotations, set_all};
use super::{Ask, Queue};
use crate::app::annotate::commit;
use crate::app::{Dialog, Model};
use crate::domain::annotation::AnnotationValue as V;
use crate::domain::{Annotation, Id, Project, Stamp, Transaction};

/// A tag or a category.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// A tag.
    Tag(String),
    /// A category.
    Category(String),
}

/// What becomes of the annotations that have a deleted label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They get this one in its place.
    Become(String),
    /// They do without.
    Clear,
    /// They are removed.
    Remove,
}

impl Label {
    /// What it is called.
    pub fn name(&self) -> &str {
        let (Self::Tag(name) | Self::Category(name)) = self;
        name
    }

    /// Which of the two it is, in words.
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Tag(_) => "tag",
            Self::Category(_) => "category",
        }
    }

    fn is_on(&self, annotation: &Annotation) -> bool {
        match self {
            Self::Tag(name) => annotation.tags.contains(name),
            Self::Category(name) => annotation.category == *name,
        }
    }

    /// The annotation's value with another label in place of this one, or without it.
    fn replaced(&self, annotation: &Annotation, by: Option<&str>) -> V {
        match self {
            Self::Category(_) => V::Category(by.unwrap_or_default().to_owned()),
            Self::Tag(name) => {
                let mut tags: Vec<String> = Vec::new();
                for tag in &annotation.tags {
                    let tag = if tag == name { by } else { Some(tag.as_str()) };
                    tags.extend(tag.filter(|tag| !tags.iter().any(|t| t == tag)).map(str::to_owned));
                }
                V::Tags(tags)
            }
        }
    }

    /// The annotations that have it.
    pub fn on(&self, project: &Project) -> Vec<Id> {
        project.annotations.values().filter(|a| self.is_on(a)).map(|a| a.id).collect()
    }
}

/// Every tag, then every category, with how many annotations have it.
pub fn all(project: &Project) -> Vec<(Label, usize)> {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    for annotation in project.annotations.values() {
        let category = Some(&annotation.category).filter(|name| !name.trim().is_empty());
        let labels = annotation.tags.iter().cloned().map(Label::Tag);
        for label in labels.chain(category.cloned().map(Label::Category)) {
            *counts.entry(label).or_default() += 1;
        }
    }
    counts.into_iter().collect()
}

/// Answers the commands about labels.
pub(super) fn update(model: &mut Model, queue: Queue, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let transaction = match queue {
        Queue::AskFate(label) => {
            let count = label.on(&desk.project).len();
            model.dialog = Some(Dialog::Queue(Ask::Fate { label, count }));
            return;
        }
        Queue::Rename(label, name) => renamed(&desk.project, &label, &name, stamp),
        Queue::Delete(label, fate) => deleted(&desk.project, &label, &fate, stamp),
        _ => Transaction::default(),
    };
    if !transaction.is_empty() {
        desk.said = format!("Done: {}", transaction.label);
        commit(model, transaction);
    }
    model.dialog = Some(Dialog::Queue(Ask::Labels));
}

fn renamed(project: &Project, label: &Label, name: &str, stamp: &mut Stamp) -> Transaction {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name == label.name() {
        return Transaction::default();
    }
    let target = match label {
        Label::Tag(_) => Label::Tag(name.clone()),
        Label::Category(_) => Label::Category(name.clone()),
    };
    let (verb, joint) = if target.on(project).is_empty() { ("rename", "to") } else { ("merge", "into") };
    let text = format!("{verb} the {} “{}” {joint} “{name}”", label.sort(), label.name());
    let values = |a: &Annotation| vec![label.replaced(a, Some(&name))];
    set_all(project, &label.on(project), values, |_| text, stamp)
}

fn deleted(project: &Project, label: &Label, fate: &Fate, stamp: &mut Stamp) -> Transaction {
    let ids = label.on(project);
    let text = format!("delete the {} “{}”", label.sort(), label.name());
    match fate {
        Fate::Become(name) => renamed(project, label, name, stamp),
        Fate::Clear => set_all(project, &ids, |a| vec![label.replaced(a, None)], |_| text, stamp),
        Fate::Remove => {
            let text = |n| format!("{text} with {}", annotations(n));
            set_all(project, &ids, |_| vec![V::Removed(true)], text, stamp)
        }
    }
}
