//! Merging in the window: a copy is read and merged beside it, reviewed, and taken as one step.
//!
//! May use: `domain`, `formats`, `app`. Invariants: nothing changes before the person takes the merge;
//! what was read for another desk or another state of this one is merged again, never taken. Where the
//! copy is what somebody else wrote into the project's own file, saving goes over that very content
//! afterwards and over no other.

pub mod items;
pub mod review;

use std::path::PathBuf;
use std::sync::Arc;

use super::beside::{Beside, Reason};
use super::dialog::Dialog;
use super::effect::{Effect, OnDisk, Problem};
use super::{Model, annotate, beside, files, text};
use crate::domain::merge::Refused;
use crate::domain::{Id, Stamp};
pub use review::{Asked, From, Review};

/// What a person asks for around merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Choose a copy to merge.
    Ask,
    /// Merge this copy.
    Copy(PathBuf),
    /// Merge what somebody else wrote into the project's own file.
    OnDisk(PathBuf),
    /// Review what is undecided in the project itself.
    Undecided,
    /// Answer a question of the review, or take its answer back.
    Answer(usize, Option<usize>),
    /// Go to a question of the review.
    At(usize),
    /// Go to the next question without an answer.
    NextQuestion,
    /// Take the merge with the answers.
    Accept,
    /// Answer one question of the picked annotation where it stands.
    Decide(Id, items::Key, items::Act),
}

/// Whether it can be done now.
pub fn can(model: &Model, asked: &Merge) -> bool {
    let Some(desk) = model.desk.as_ref().filter(|desk| desk.read_only.is_none()) else { return false };
    match asked {
        Merge::Ask | Merge::Copy(_) | Merge::OnDisk(_) => !model.busy && desk.saving.is_none(),
        Merge::Undecided | Merge::Decide(..) => true,
        Merge::Answer(..) | Merge::At(_) | Merge::NextQuestion | Merge::Accept => model.review.is_some(),
    }
}

/// Whether somebody's name will stand beside what it does.
pub fn changes(asked: &Merge) -> bool {
    matches!(asked, Merge::Ask | Merge::Copy(_) | Merge::OnDisk(_) | Merge::Undecided | Merge::Decide(..))
}

/// Answers what concerns merging.
pub fn update(model: &mut Model, asked: Merge, stamp: &mut Stamp) -> Vec<Effect> {
    if !can(model, &asked) {
        return Vec::new();
    }
    match asked {
        Merge::Ask => return beside::ask(model, Reason::Merge),
        Merge::Copy(path) => {
            model.notices.retain(|notice| notice.copy.as_ref() != Some(&path));
            let is_own = model.desk.as_ref().is_some_and(|desk| desk.path.as_ref() == Some(&path));
            return begin(model, From { path, is_own });
        }
        Merge::OnDisk(path) => {
            model.dialog = None;
            model.stay();
            return begin(model, From { path, is_own: true });
        }
        Merge::Undecided => {
            let Some(desk) = model.desk.as_ref().filter(|_| model.dialog.is_none()) else {
                return Vec::new();
            };
            let review = Review::of_own(&desk.project, (desk.number, desk.history.state()));
            model.review = Some(Box::new(review));
            model.dialog = Some(Dialog::Review);
        }
        Merge::Answer(place, choice) => {
            if let Some(review) = &mut model.review {
                review.answer(place, choice, stamp);
            }
        }
        Merge::At(place) => {
            if let Some(review) = &mut model.review {
                review.at = place.min(review.items.len().saturating_sub(1));
            }
        }
        Merge::NextQuestion => {
            if let Some(review) = &mut model.review {
                review.next();
            }
        }
        Merge::Accept => return accept(model),
        Merge::Decide(of, key, act) => {
            let Some(desk) = &model.desk else { return Vec::new() };
            let found = match &key {
                items::Key::Text(_) => items::of_text(&desk.project, None),
                _ => desk
                    .project
                    .annotations
                    .get(&of)
                    .map(|annotation| items::of_annotation(&desk.project, annotation, None))
                    .unwrap_or_default(),
            };
            let Some(item) = found.into_iter().find(|item| item.key == key) else { return Vec::new() };
            let step = items::decide(&desk.project, &item, act, stamp);
            annotate::commit(model, step);
        }
    }
    Vec::new()
}

/// Reads and merges beside the window.
fn begin(model: &mut Model, from: From) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    model.busy = true;
    let (number, state) = (desk.number, desk.history.state());
    let asked = Asked { desk: number, state, mine: Arc::new(desk.project.clone()), from };
    vec![Effect::Beside(Beside::Merge(asked))]
}

/// A copy was chosen.
pub fn chosen(model: &mut Model, path: PathBuf, stamp: &mut Stamp) -> Vec<Effect> {
    update(model, Merge::Copy(path), stamp)
}

/// The copies were merged, or could not be.
pub fn merged(
    model: &mut Model,
    (desk, state, from): (u64, u64, From),
    result: Result<Box<Review>, Problem>,
    stamp: &mut Stamp,
) -> Vec<Effect> {
    model.busy = false;
    if model.desk.as_ref().is_none_or(|now| now.number != desk) {
        return Vec::new();
    }
    match result {
        Err(problem) => model.fail(problem),
        Ok(review) => {
            // What was typed meanwhile belongs to it.
            text::finish(model, stamp);
            if model.desk.as_ref().is_some_and(|now| now.history.state() != state) {
                return begin(model, from);
            }
            if model.dialog.is_some() {
                model
                    .tell("The copy was not merged, because a question is open. Answer it, then merge again");
                return Vec::new();
            }
            model.review = Some(review);
            model.dialog = Some(Dialog::Review);
        }
    }
    Vec::new()
}

/// The review is closed, and nothing was changed.
pub fn cancel(model: &mut Model) {
    model.review = None;
}

fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(review) = model.review.take() else { return Vec::new() };
    model.dialog = None;
    let Review { from, on_disk, whose, of, mut current, .. } = *review;
    let Some(desk) = model.desk.as_mut().filter(|desk| desk.number == of.0) else { return Vec::new() };
    if desk.history.state() != of.1 {
        // Nothing changes under an open question, but for a mistake of ours.
        return from.map_or_else(Vec::new, |from| begin(model, from));
    }
    let answered = review.answers.iter().flatten().count();
    if answered > 0
        && let Some(checker) = &model.settings.checker
    {
        let enrol = current.enrol(checker);
        let _ = current.apply(&enrol);
    }
    let label = match (&from, whose.as_str()) {
        (None, _) => format!("decide {}", counted(answered, "question")),
        (Some(from), "") => format!("merge {}", files::name(&from.path)),
        (Some(_), whose) => format!("merge the copy of {whose}"),
    };
    let step = desk.project.transaction_to(&current, label);
    let has_changed = !step.is_empty();
    let before = Arc::new(desk.project.clone());
    let is_own = from.as_ref().is_some_and(|from| from.is_own);
    if has_changed {
        let result = desk.history.commit(&mut desk.project, step.clone());
        desk.follow(&step);
        if result.is_err() {
            model.tell("The project has changed meanwhile; nothing was done");
            return Vec::new();
        }
        if is_own {
            // Their entries are in the file: what is taken back is taken back by further ones.
            desk.history.is_in_file();
        }
    }
    if is_own {
        let (sha256, project) = on_disk;
        let is_all = project.as_ref().is_some_and(|project| **project == desk.project);
        desk.on_disk = Some(OnDisk { sha256, project });
        (desk.seen, desk.failed) = (None, None);
        if is_all {
            let state = desk.history.state();
            desk.history.saved(state);
        }
    }
    let open = review.answers.len() - answered;
    if let Some(from) = from {
        let what = match (has_changed, whose.as_str()) {
            (false, _) => "Nothing new was in the copy".to_owned(),
            (true, "") => format!("{} is merged", files::name(&from.path)),
            (true, whose) => format!("The copy of {whose} is merged"),
        };
        let more = match open {
            0 => String::new(),
            _ => format!("{} still open: N goes from one to the next", counted(open, "question")),
        };
        model.tell_more(what, more);
        if has_changed {
            return super::seen::compare(model, Some(before)).into_iter().collect();
        }
    }
    Vec::new()
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

impl From {
    /// Why two files cannot be merged, in words, and what to do.
    pub fn refused(&self, why: &Refused) -> Problem {
        let name = files::name(&self.path);
        let (what, hint) = match why {
            Refused::OtherProject => (
                format!("{name} was not merged: it is another project, not a copy of the open one"),
                "To see two checks of one article side by side, use “Compare with a colleague's copy…” (File menu)",
            ),
            Refused::OtherArticle => (
                format!("{name} was not merged: it begins with another text"),
                "To see two checks of one article side by side, use “Compare with a colleague's copy…” (File menu)",
            ),
            Refused::History => (
                format!("{name} was not merged: {why}"),
                "Ask for a copy that Proofmark has saved; a previous version may do (File menu)",
            ),
            Refused::TooMany => {
                (format!("{name} was not merged: {why}"), "This file was not made by people's work")
            }
        };
        Problem { what, hint: hint.into(), exists: false }
    }

    /// Why a copy cannot be merged that is not read in full.
    pub fn partial(&self, why: &str) -> Problem {
        Problem {
            what: format!(
                "{} was not merged, because not all of it can be read here. {why}",
                files::name(&self.path)
            ),
            hint: "Update Proofmark, then merge it".into(),
            exists: false,
        }
    }
}
