//! What others changed since this person last looked, until it has been looked at.
//!
//! May use: `domain`, `formats`, `app`. Which entries of others a person has seen is kept in the
//! application's own data, never in the file; a project that is opened for the first time has nothing
//! new in it. Invariants: an annotation is marked exactly while it has an entry by somebody else that was
//! never seen; it counts as seen once it was picked. Looking through a whole project is done beside the
//! window. Known limit: who somebody else is, the name tells.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::effect::Effect;
use super::{Desk, Model, annotate};
use crate::domain::log::{self, Entry, Record, Value};
use crate::domain::{Annotation, Id, Project};
use crate::formats::words;

/// What a person asks for around what others changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Go to the next annotation that others changed.
    Next,
    /// Nothing is new any more.
    All,
}

/// What others did to an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Who, each name once.
    pub by: Vec<String>,
    /// When, the latest.
    pub when: Timestamp,
    /// What they set, in words, each once.
    pub what: Vec<String>,
}

impl Fresh {
    /// In one line: `changed by Ben Ott`.
    pub fn words(&self) -> String {
        format!("changed by {}", self.by.join(" and "))
    }
}

/// What is new in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// By annotation.
    pub marks: BTreeMap<Id, Fresh>,
    /// What else is new, in words: the text, the title, a removal.
    pub beside: Vec<String>,
    /// The picked annotation, as long as it stays picked.
    pub shown: Option<(Id, Fresh)>,
}

/// What is asked of the application's data.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// What is new for somebody in this project; where nothing is known of it yet, what was not in it
    /// before.
    Compare {
        /// For the desk of that number.
        desk: u64,
        /// The name of the person.
        me: String,
        /// The project.
        project: Arc<Project>,
        /// What it was before others' work came to it here.
        before: Option<Arc<Project>>,
    },
    /// These entries were seen.
    Saw {
        /// In which project.
        project: Id,
        /// Their keys.
        entries: Vec<u64>,
    },
}

/// What stands for an entry among those that were seen.
pub fn key(entry: Id) -> u64 {
    // Half of a random number is random.
    entry.bits() as u64
}

fn others(project: &Project, me: &str) -> Vec<u64> {
    let mut found = Vec::new();
    let mut add = |id: Id, by: &str| {
        if by != me && !by.is_empty() {
            found.push(key(id));
        }
    };
    project.about.log.iter().for_each(|entry| add(entry.id, &entry.by));
    project.article.log.iter().for_each(|entry| add(entry.id, &entry.by));
    for annotation in project.annotations.values().chain(project.removed.values()) {
        each(annotation, &mut |id, by, _, _| add(id, by));
    }
    found
}

/// The keys of the entries of others in an annotation.
fn of_annotation(annotation: &Annotation, me: &str) -> Vec<u64> {
    let mut found = Vec::new();
    each(annotation, &mut |id, by, _, _| {
        if by != me && !by.is_empty() {
            found.push(key(id));
        }
    });
    found
}

impl News {
    /// What is new in a project for somebody who has seen some entries.
    pub fn of(project: &Project, me: &str, saw: &dyn Fn(u64) -> bool) -> Self {
        news(project, me, saw)
    }

    /// The keys of all entries of others in a project.
    pub fn others(project: &Project, me: &str) -> Vec<u64> {
        others(project, me)
    }
}

fn news(project: &Project, me: &str, saw: &dyn Fn(u64) -> bool) -> News {
    let mut news = News::default();
    let is_new = |id: Id, by: &str| by != me && !by.is_empty() && !saw(key(id));
    let makers = |made: Vec<&str>| {
        let mut names: Vec<&str> = made;
        names.sort_unstable();
        names.dedup();
        names.join(" and ")
    };
    let log = &project.about.log;
    let about: Vec<&str> = log.iter().filter(|e| is_new(e.id, &e.by)).map(|e| &*e.by).collect();
    if !about.is_empty() {
        news.beside.push(format!("title or details changed by {}", makers(about)));
    }
    let log = &project.article.log;
    let text: Vec<&str> = log.iter().filter(|e| is_new(e.id, &e.by)).map(|e| &*e.by).collect();
    if !text.is_empty() {
        news.beside.push(format!("the text changed by {}", makers(text)));
    }
    for (id, annotation) in &project.annotations {
        let mut fresh: Option<Fresh> = None;
        each(annotation, &mut |entry, by, when, what| {
            if !is_new(entry, by) {
                return;
            }
            let fresh = fresh.get_or_insert(Fresh { by: Vec::new(), when, what: Vec::new() });
            fresh.when = fresh.when.max(when);
            if fresh.by.iter().all(|known| known != by) {
                fresh.by.push(by.to_owned());
            }
            let what = what();
            if !what.is_empty() && !fresh.what.contains(&what) {
                fresh.what.push(what);
            }
        });
        if let Some(fresh) = fresh {
            news.marks.insert(*id, fresh);
        }
    }
    let (mut gone, mut by) = (0, Vec::new());
    for annotation in project.removed.values() {
        let mut is_fresh = false;
        each(annotation, &mut |entry, who, _, _| {
            if is_new(entry, who) {
                is_fresh = true;
                if !by.contains(&who.to_owned()) {
                    by.push(who.to_owned());
                }
            }
        });
        gone += usize::from(is_fresh);
    }
    if gone > 0 {
        let annotations = if gone == 1 { "annotation" } else { "annotations" };
        news.beside.push(format!("{gone} {annotations} removed by {}", by.join(" and ")));
    }
    news
}

/// Takes in an entry: its id, who, when, and what it set.
type Tell<'a> = &'a mut dyn FnMut(Id, &str, Timestamp, &dyn Fn() -> String);

/// Calls a function with each entry of an annotation: id, who, when, and what it set.
fn each(annotation: &Annotation, tell: Tell<'_>) {
    fn list<R: Record>(
        records: &[R],
        name: &dyn Fn(<R::Value as Value>::Field, &str) -> String,
        tell: Tell<'_>,
    ) {
        for record in records {
            for entry in record.log() {
                let what = || said(record, entry, name);
                tell(entry.id, &entry.by, entry.when, &what);
            }
        }
    }
    fn said<R: Record>(
        record: &R,
        entry: &Entry<R::Value>,
        name: &dyn Fn(<R::Value as Value>::Field, &str) -> String,
    ) -> String {
        let removed = log::value_after(record, entry.field, entry.id) == Some(R::removal(true));
        let after = if removed { "removed" } else { "something" };
        name(entry.field, after).trim_end_matches('.').to_owned()
    }
    list(std::slice::from_ref(annotation), &words::annotation_name, tell);
    list(&annotation.spans, &words::span_name, tell);
    list(&annotation.evidence, &words::evidence_name, tell);
    list(&annotation.contacts, &words::contact_name, tell);
    list(&annotation.sign_offs, &words::sign_off_name, tell);
}

/// Asks what is new, where it is known who asks; `before` is the project without what came just now.
pub fn compare(model: &Model, before: Option<Arc<Project>>) -> Option<Effect> {
    let (desk, me) = (model.desk.as_ref()?, model.settings.checker.as_ref()?);
    let project = Arc::new(desk.project.clone());
    Some(Effect::Seen(Ask::Compare { desk: desk.number, me: me.name.clone(), project, before }))
}

/// Notes that what is in the file was made here: what others do to it from now on is new.
pub fn saved(model: &Model) -> Option<Effect> {
    let desk = model.desk.as_ref()?;
    Some(Effect::Seen(Ask::Saw { project: desk.project.id, entries: Vec::new() }))
}

/// Takes in what is new.
pub fn found(model: &mut Model, desk: u64, news: News) {
    let Some(now) = model.desk.as_mut().filter(|now| now.number == desk) else { return };
    let (count, beside) = (news.marks.len(), news.beside.join(", "));
    let mut names: Vec<&String> = news.marks.values().flat_map(|fresh| &fresh.by).collect();
    names.sort_unstable();
    names.dedup();
    let who = match names[..] {
        [] => "Others".to_owned(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, ..] => format!("{one} and others"),
    };
    now.news = News { shown: now.news.shown.take(), ..news };
    if count == 0 && beside.is_empty() {
        return;
    }
    let annotations = if count == 1 { "annotation" } else { "annotations" };
    let also = if beside.is_empty() { String::new() } else { format!("{}. ", capital(&beside)) };
    if count > 0 {
        let go = "Ctrl+Shift+M goes from one to the next";
        model.tell_more(
            format!("{who} changed {count} {annotations} since you last looked"),
            format!("{also}{go}"),
        );
    } else {
        model.tell_more("Others worked on this since you last looked", also);
    }
}

/// Whether it can be done now.
pub fn can(desk: &Desk) -> bool {
    !desk.news.marks.is_empty()
}

/// Answers what concerns what others changed.
pub fn update(model: &mut Model, asked: Seen) -> Vec<Effect> {
    let me = model.settings.checker.as_ref().map(|checker| checker.name.clone()).unwrap_or_default();
    let Some(desk) = &mut model.desk else { return Vec::new() };
    match asked {
        Seen::Next => {
            let next = desk.places.after(desk.picked, |id| desk.news.marks.contains_key(&id));
            // One without a place in the text comes last.
            let next = next.or_else(|| desk.news.marks.keys().next().copied());
            if next.is_some() {
                annotate::go_to(desk, next);
                desk.said = desk.picked().map(annotate::spoken).unwrap_or_default();
            }
            Vec::new()
        }
        Seen::All => {
            let marks = std::mem::take(&mut desk.news).marks;
            let records = marks.keys().filter_map(|id| desk.project.annotations.get(id));
            let entries = records.flat_map(|annotation| of_annotation(annotation, &me)).collect();
            vec![Effect::Seen(Ask::Saw { project: desk.project.id, entries })]
        }
    }
}

/// What is picked has been seen; once a frame.
pub fn due(model: &mut Model) -> Option<Effect> {
    let desk = model.desk.as_mut()?;
    if desk.news.shown.as_ref().is_some_and(|(id, _)| desk.picked != Some(*id)) {
        desk.news.shown = None;
    }
    let id = desk.picked?;
    let fresh = desk.news.marks.remove(&id)?;
    desk.news.shown = Some((id, fresh));
    let me = model.settings.checker.as_ref().map(|checker| checker.name.as_str()).unwrap_or_default();
    let annotation = desk.project.annotations.get(&id)?;
    Some(Effect::Seen(Ask::Saw { project: desk.project.id, entries: of_annotation(annotation, me) }))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
