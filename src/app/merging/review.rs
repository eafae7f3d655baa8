//! The review of a merge: what came in, what is undecided, and the answers so far.
//!
//! May use: `domain`, `formats`, `app`. Invariants: neither copy is changed by it; `current` is the
//! merged project with every answer that was given, and taking an answer back gives the question again.
//! It is made beside the window ([`Review::of`]); what the window does afterwards looks at one annotation,
//! but for an answer about the text.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::items::{self, Act, Item, Key};
use crate::domain::differences::{Fate, differences};
use crate::domain::merge::Refused;
use crate::domain::{Id, Project, Stamp};
use crate::formats::changes::{self, Group};

/// Where the other copy lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The file.
    pub path: PathBuf,
    /// Whether it is the open project's own file, which somebody else has written.
    pub is_own: bool,
}

/// What is asked of the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// For the desk of that number.
    pub desk: u64,
    /// In that state.
    pub state: u64,
    /// The open project.
    pub mine: Arc<Project>,
    /// The other copy.
    pub from: From,
}

/// Two copies that were merged, before the person takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// The other copy's file; nothing where only open questions of the project itself are answered.
    pub from: Option<From>,
    /// SHA-256 of that file, and the project that it holds, nothing where reading mended it.
    pub on_disk: (String, Option<Arc<Project>>),
    /// Whose copy it is, in words: whoever made what came in.
    pub whose: String,
    /// When the last of it was made.
    pub when: Option<Timestamp>,
    /// By the number of the desk and its state.
    pub of: (u64, u64),
    /// What came in.
    pub groups: Vec<Group>,
    /// How much of it, in words; empty for nothing.
    pub counts: Vec<String>,
    /// What is undecided.
    pub items: Vec<Item>,
    /// The answers, by place.
    pub answers: Vec<Option<usize>>,
    /// The question that keys answer.
    pub at: usize,
    /// What is to be told of reading, one sentence each.
    pub warnings: Vec<String>,
    /// The merged project.
    merged: Project,
    /// The same with the answers about the text.
    texts: Project,
    /// The same with all answers.
    pub current: Project,
}

impl Review {
    /// Merges; this is what takes long.
    ///
    /// # Errors
    /// Where the two are no copies of one project.
    pub fn of(asked: &Asked, theirs: &Arc<Project>) -> Result<Self, Refused> {
        let mine = &asked.mine;
        let merged = mine.merge(theirs)?;
        let found = differences(mine, &merged);
        let groups = changes::told(mine, &merged, &found);
        let mut makers: BTreeMap<&str, usize> = BTreeMap::new();
        let made = || groups.iter().flat_map(|group| &group.lines).flat_map(|line| &line.who);
        for one in made().filter(|one| !one.by.is_empty()) {
            *makers.entry(&one.by).or_default() += 1;
        }
        let when = made().map(|one| one.when).max();
        let mut makers: Vec<(&str, usize)> = makers.into_iter().collect();
        makers.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let names: Vec<&str> = makers.iter().map(|(name, _)| *name).collect();
        let whose = match names[..] {
            [] => String::new(),
            [one] => one.to_owned(),
            [one, other] => format!("{one} and {other}"),
            [one, ..] => format!("{one} and others"),
        };
        let counted = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let edits = found.text.made.len();
        let counts = [
            counted(found.count(Fate::Added), "new"),
            counted(found.count(Fate::Changed), "changed"),
            counted(found.count(Fate::Removed) + found.count(Fate::Passing), "removed"),
            counted(found.count(Fate::BroughtBack), "brought back"),
            counted(edits, if edits == 1 { "edit of the text" } else { "edits of the text" }),
            counted(
                found.details.len(),
                if found.details.len() == 1 { "detail of the article" } else { "details of the article" },
            ),
        ];
        let items = items::of_project(&merged, Some((mine, theirs)));
        Ok(Self {
            from: Some(asked.from.clone()),
            on_disk: (String::new(), None),
            whose,
            when,
            of: (asked.desk, asked.state),
            groups,
            counts: counts.into_iter().flatten().collect(),
            answers: vec![None; items.len()],
            items,
            at: 0,
            warnings: Vec::new(),
            texts: merged.clone(),
            current: merged.clone(),
            merged,
        })
    }

    /// The open questions of a project itself.
    pub fn of_own(project: &Project, of: (u64, u64)) -> Self {
        let items = items::of_project(project, None);
        Self {
            from: None,
            on_disk: (String::new(), None),
            whose: String::new(),
            when: None,
            of,
            groups: Vec::new(),
            counts: Vec::new(),
            answers: vec![None; items.len()],
            items,
            at: 0,
            warnings: Vec::new(),
            merged: project.clone(),
            texts: project.clone(),
            current: project.clone(),
        }
    }

    /// How many questions have no answer yet.
    pub fn open(&self) -> usize {
        self.answers.iter().filter(|answer| answer.is_none()).count()
    }

    /// Whether the copy has anything that the open project has not.
    pub fn has_news(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Answers a question, or takes its answer back, and goes on to the next open one.
    pub fn answer(&mut self, place: usize, choice: Option<usize>, stamp: &mut Stamp) {
        let Some(item) = self.items.get(place) else { return };
        if choice.is_some_and(|choice| choice >= item.choices.len()) {
            return;
        }
        let is_text = matches!(item.key, Key::Text(_));
        let of = item.of;
        let was_open = self.answers[place].is_none();
        self.answers[place] = choice;
        self.at = place;
        if is_text {
            self.texts = self.merged.clone();
            let texts = self.given(|item| matches!(item.key, Key::Text(_)));
            apply(&mut self.texts, texts, stamp);
            self.current = self.texts.clone();
            let others = self.given(|item| !matches!(item.key, Key::Text(_)));
            apply(&mut self.current, others, stamp);
        } else {
            match of {
                Some(id) => self.put_back(id),
                None => self.current.about = self.texts.about.clone(),
            }
            let of_this = self.given(|item| item.of == of && !matches!(item.key, Key::Text(_)));
            apply(&mut self.current, of_this, stamp);
        }
        if choice.is_some() && was_open {
            self.next();
        }
    }

    /// Goes to the next question without an answer, round and round.
    pub fn next(&mut self) {
        let count = self.items.len();
        let next = (1..=count).map(|step| (self.at + step) % count);
        if let Some(next) = next.into_iter().find(|place| self.answers[*place].is_none()) {
            self.at = next;
        }
    }

    /// The annotation as it is without answers.
    fn put_back(&mut self, id: Id) {
        self.current.annotations.remove(&id);
        self.current.removed.remove(&id);
        if let Some(record) = self.texts.annotations.get(&id) {
            self.current.annotations.insert(id, record.clone());
        } else if let Some(record) = self.texts.removed.get(&id) {
            self.current.removed.insert(id, record.clone());
        }
    }

    fn given(&self, wanted: impl Fn(&Item) -> bool) -> Vec<(Item, Act)> {
        let both = self.items.iter().zip(&self.answers).filter(|(item, _)| wanted(item));
        both.filter_map(|(item, answer)| Some((item.clone(), item.choices.get((*answer)?)?.act))).collect()
    }
}

fn apply(project: &mut Project, answers: Vec<(Item, Act)>, stamp: &mut Stamp) {
    for (item, act) in answers {
        let step = items::decide(project, &item, act, stamp);
        // Made for this very state, so it fits.
        let _ = project.apply(&step);
    }
}
