//! Comparing with a colleague's copy: reading it, going through the differences, adopting either.
//!
//! May use: `domain`, `app`. Invariants: their project is read beside this one and never changed;
//! the figures are of the moment of comparing, before anything was adopted; adopting is one step of
//! undo each, and what is undone counts as open again; nothing moves but where a person goes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::annotate::commit;
use super::beside::{self, Beside, Reason};
use super::effect::Effect;
use super::{Desk, Model, files};
use crate::domain::agreement::{Comparison, Difference};
use crate::domain::{Annotation, Id, Project, Stamp};

/// What a person asks for around comparing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// Choose a colleague's copy.
    Ask,
    /// Show list and fields again.
    Close,
    /// Go to the difference of that number.
    Pick(usize),
    /// Go to the next one that is open.
    Next,
    /// Go to the one before that is open.
    Previous,
    /// Make it here as it is there.
    Adopt,
    /// Leave it as it is here.
    Keep,
}

/// How far a difference is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Nobody has.
    Open,
    /// It is here as it is there.
    Adopted,
    /// It stays as it is here.
    Kept,
}

/// A comparison that is gone through.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// What the colleague is called: their name, or else their file's.
    pub name: String,
    /// Their file.
    pub path: PathBuf,
    /// Their project.
    pub theirs: Arc<Project>,
    /// What comparing gave.
    pub found: Arc<Comparison>,
    /// The difference that is shown.
    pub at: Option<usize>,
    /// One number for each time something was decided without changing the project.
    pub revision: u64,
    kept: BTreeSet<usize>,
    adopted: BTreeMap<usize, Id>,
}

impl Comparing {
    /// How far a difference is decided, as the project is now.
    pub fn decided(&self, mine: &Project, number: usize) -> Decided {
        let Some(what) = self.found.differences.get(number) else { return Decided::Open };
        if self.found.is_settled(mine, &self.theirs, what, self.adopted.get(&number).copied()) {
            Decided::Adopted
        } else if self.kept.contains(&number) {
            Decided::Kept
        } else {
            Decided::Open
        }
    }

    /// The difference that is shown.
    pub fn shown(&self) -> Option<(usize, &Difference)> {
        self.at.and_then(|at| Some((at, self.found.differences.get(at)?)))
    }

    /// Theirs of a difference.
    pub fn there(&self, what: &Difference) -> Option<&Annotation> {
        what.theirs.and_then(|id| self.theirs.annotations.get(&id)).map(AsRef::as_ref)
    }

    /// The next open difference, round and round; nothing where none is.
    fn next(&self, mine: &Project, forward: bool) -> Option<usize> {
        let count = self.found.differences.len();
        let from = self.at.unwrap_or(if forward { count.saturating_sub(1) } else { 0 });
        let step = |by: usize| if forward { (from + by) % count } else { (from + count - by) % count };
        (1..=count).map(step).find(|number| self.decided(mine, *number) == Decided::Open)
    }
}

/// Whether it can be done now.
pub fn can(model: &Model, asked: Compare) -> bool {
    let Some(desk) = &model.desk else { return false };
    let comparing = desk.comparing.as_deref();
    match asked {
        Compare::Ask => !model.busy,
        Compare::Close => comparing.is_some(),
        Compare::Pick(_) | Compare::Next | Compare::Previous => {
            comparing.is_some_and(|comparing| !comparing.found.differences.is_empty())
        }
        Compare::Adopt => desk.read_only.is_none() && is_open(desk),
        Compare::Keep => is_open(desk),
    }
}

fn is_open(desk: &Desk) -> bool {
    let comparing = desk.comparing.as_deref();
    comparing.is_some_and(|comparing| {
        comparing.shown().is_some_and(|(at, _)| comparing.decided(&desk.project, at) != Decided::Adopted)
    })
}

/// Answers what concerns comparing.
pub fn update(model: &mut Model, asked: Compare, stamp: &mut Stamp) -> Vec<Effect> {
    if !can(model, asked) {
        return Vec::new();
    }
    if asked == Compare::Ask {
        return beside::ask(model, Reason::Compare);
    }
    let Some(desk) = &mut model.desk else { return Vec::new() };
    let Some(comparing) = &mut desk.comparing else { return Vec::new() };
    match asked {
        Compare::Close => desk.comparing = None,
        Compare::Pick(number) => go(desk, number),
        Compare::Next | Compare::Previous => match comparing.next(&desk.project, asked == Compare::Next) {
            Some(number) => go(desk, number),
            None => model.advise("Every difference is decided"),
        },
        Compare::Keep => {
            if let Some(at) = comparing.at {
                comparing.kept.insert(at);
                comparing.revision += 1;
                desk.said = "Mine is kept".into();
            }
        }
        Compare::Adopt => {
            let Some((at, what)) = comparing.shown() else { return Vec::new() };
            let adopted = comparing.found.adopt(&desk.project, &comparing.theirs, what, stamp);
            if let Some(id) = adopted.id {
                comparing.adopted.insert(at, id);
            }
            comparing.kept.remove(&at);
            comparing.revision += 1;
            desk.said = format!("Adopted from {}", comparing.name);
            commit(model, adopted.transaction);
            if let Some(desk) = &mut model.desk {
                desk.selection = None;
                desk.picked = adopted.id.filter(|id| desk.project.annotations.contains_key(id));
            }
        }
        Compare::Ask => {}
    }
    Vec::new()
}

/// Shows a difference, and where it is in the article.
fn go(desk: &mut Desk, number: usize) {
    let Some(comparing) = &mut desk.comparing else { return };
    let Some(what) = comparing.found.differences.get(number).cloned() else { return };
    comparing.at = Some(number);
    let adopted = comparing.adopted.get(&number).copied();
    desk.picked = what.mine.or(adopted).filter(|id| desk.project.annotations.contains_key(id));
    let text = &desk.project.article.text;
    let now = desk.picked().and_then(Annotation::first_span);
    // The text may have changed since.
    let at = now.or(what.at.filter(|at| text.admits(*at)));
    desk.selection = at.filter(|_| desk.picked.is_none());
    desk.reveal = at;
    desk.caret = at.map(|at| at.start as usize).or(desk.caret);
}

/// A colleague's project was read: it is compared on the worker.
pub fn read(model: &mut Model, path: PathBuf, theirs: Arc<Project>) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    model.busy = true;
    let mine = Box::new(desk.project.clone());
    vec![Effect::Beside(Beside::Compare(desk.number, path, mine, theirs))]
}

/// It was compared.
pub fn show(model: &mut Model, path: PathBuf, theirs: Arc<Project>, found: Arc<Comparison>) {
    let Some(desk) = &mut model.desk else { return };
    let name = colleague(&theirs, &desk.project).unwrap_or_else(|| files::name(&path));
    if found.figures.annotations.1 > 0 && found.not_placed > 0 && found.pairs.is_empty() {
        model.tell("None of their marks has a place in this text: is it the same article?");
    }
    let Some(desk) = &mut model.desk else { return };
    let first = (!found.differences.is_empty()).then_some(0);
    let comparing = Comparing {
        name,
        path,
        theirs,
        found,
        at: None,
        revision: 0,
        kept: BTreeSet::new(),
        adopted: BTreeMap::new(),
    };
    desk.comparing = Some(Box::new(comparing));
    if let Some(first) = first {
        go(desk, first);
    }
}

/// The one person who checked there and not here.
fn colleague(theirs: &Project, mine: &Project) -> Option<String> {
    let known: BTreeSet<&str> = mine.checkers.iter().map(|checker| checker.name.as_str()).collect();
    let mut others = theirs.checkers.iter().filter(|checker| !known.contains(checker.name.as_str()));
    let first = others.next()?;
    others.next().is_none().then(|| first.name.clone())
}
