//! Another project beside the open one: read on the worker, never opened, never written.
//!
//! May use: `domain`, `app`. Invariant: what is read beside replaces nothing on the desk; what it is
//! for ([`Reason`]) comes back with it, and an answer for another desk than the one that asked is
//! dropped. Whoever needs a second project adds a reason here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dialog::Purpose;
use super::effect::{Effect, Problem};
use super::merging::{self, Asked, From, Review};
use super::{Model, comparing, files};
use crate::domain::agreement::Comparison;
use crate::domain::redaction::Withheld;
use crate::domain::{Project, Stamp};

/// What another project is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// To compare it with the open one.
    Compare,
    /// To merge it into the open one.
    Merge,
}

/// What is asked of the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Beside {
    /// Read a project file for the desk of that number.
    Read(Reason, u64, PathBuf),
    /// Read a copy and merge it.
    Merge(Asked),
    /// Find out what a redacted copy would not have.
    Withheld(Box<Project>),
    /// Compare the project of the desk of that number with the one of that path.
    Compare(u64, PathBuf, Box<Project>, Arc<Project>),
}

/// Another project as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Valid, after repairs where there was need.
    pub project: Arc<Project>,
    /// One sentence each.
    pub warnings: Vec<String>,
    /// Why not all of it is known here, where that is so.
    pub partial: Option<String>,
}

/// What a redacted copy does not have, and what it names all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// By number.
    pub withheld: Withheld,
    /// One line each.
    pub warnings: Vec<String>,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A project was read, or was not.
    Read(Reason, u64, PathBuf, Result<Other, Problem>),
    /// A copy was merged, or was not: desk, state, where it lies.
    Merged(u64, u64, From, Result<Box<Review>, Problem>),
    /// It was found out what a redacted copy would not have.
    Withheld(Held),
    /// Two projects were compared.
    Compared(u64, PathBuf, Arc<Project>, Arc<Comparison>),
}

/// Lets the person choose a project to read beside the open one.
pub fn ask(model: &mut Model, reason: Reason) -> Vec<Effect> {
    let folder = model.desk.as_ref().and_then(|desk| desk.path.as_deref()).and_then(Path::parent);
    let folder = folder.map(Path::to_owned);
    files::ask(model, Purpose::Beside(reason), String::new(), folder)
}

/// Reads it.
pub fn read(model: &mut Model, reason: Reason, path: PathBuf) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    model.busy = true;
    vec![Effect::Beside(Beside::Read(reason, desk.number, path))]
}

/// Takes in an answer.
pub fn take(model: &mut Model, found: Found, stamp: &mut Stamp) -> Vec<Effect> {
    match found {
        Found::Read(reason, desk, path, result) => {
            model.busy = false;
            if model.desk.as_ref().is_none_or(|now| now.number != desk) {
                return Vec::new();
            }
            match result {
                Ok(other) => arrived(model, reason, path, other),
                Err(problem) => {
                    model.fail(problem);
                    Vec::new()
                }
            }
        }
        Found::Merged(desk, state, from, result) => {
            merging::merged(model, (desk, state, from), result, stamp)
        }
        Found::Compared(desk, path, theirs, found) => {
            model.busy = false;
            if model.desk.as_ref().is_some_and(|now| now.number == desk) {
                comparing::show(model, path, theirs, found);
            }
            Vec::new()
        }
        Found::Withheld(held) => {
            super::send::examined(model, held);
            Vec::new()
        }
    }
}

/// Goes on with a project that was read.
fn arrived(model: &mut Model, reason: Reason, path: PathBuf, other: Other) -> Vec<Effect> {
    for warning in other.warnings.iter().take(3) {
        model.tell(format!("In {}: {warning}", files::name(&path)));
    }
    match reason {
        Reason::Compare => comparing::read(model, path, other.project),
        // A copy to merge is read and merged in one.
        Reason::Merge => Vec::new(),
    }
}
