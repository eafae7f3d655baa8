//! What an export is: its parts, how far it is, and whether it is still wanted.
//!
//! May use: domain. Invariant: an export asks [`Progress`] once for each annotation and each
//! paragraph that it writes, so that it can be stopped between any two; what was stopped gives no
//! bytes at all. Known limit: packing an archive at the end is one step.

use super::{Format, Project};
use crate::domain::rules::Include;

/// Writes an export, all of it or nothing.
pub type Write = fn(&Project, Include, &mut Progress<'_>) -> Result<Vec<Part>, Cancelled>;

/// How a project is written in a format.
#[derive(Debug)]
pub struct Export {
    /// For people, in the window and in the README: `Report with the article`.
    pub title: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// Which annotations it holds where nobody said.
    pub include: Include,
    /// What the suggested name ends in, where that is not which annotations there are.
    pub ending: Option<&'static str>,
    /// Writes it.
    pub write: Write,
    /// What it cannot hold and what is to be looked at first, one line each.
    pub told: fn(&Project, Include) -> Vec<String>,
    /// Whether each annotation that is included has its own entry.
    pub is_list: bool,
    /// Whether the article's whole text stands in it.
    pub shows_text: bool,
}

/// The name of a file of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// What the person chose.
    Chosen,
    /// Beside it: the chosen name with this extension.
    Beside(&'static str),
    /// In the same folder under just this name. One with the same content may be there already.
    Fixed(&'static str),
}

/// A file of an export. The first part of every export is [`Name::Chosen`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: Name,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Part {
    /// The one file of an export.
    pub fn whole(bytes: impl Into<Vec<u8>>) -> Vec<Self> {
        vec![Self { name: Name::Chosen, bytes: bytes.into() }]
    }
}

/// The export is not wanted any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// How far an export is.
pub struct Progress<'a> {
    done: usize,
    total: usize,
    look: &'a mut dyn FnMut(usize, usize) -> bool,
}

/// A look takes longer than a step.
const STEPS: usize = 64;

impl<'a> Progress<'a> {
    /// `look` gets the steps that are done and all of them, and says whether to go on.
    pub fn new(look: &'a mut dyn FnMut(usize, usize) -> bool) -> Self {
        Self { done: 0, total: 0, look }
    }

    /// There will be so many steps more.
    pub fn ahead(&mut self, steps: usize) {
        self.total += steps;
    }

    /// One step is done.
    pub fn step(&mut self) -> Result<(), Cancelled> {
        self.done += 1;
        if self.done.is_multiple_of(STEPS) { self.ask() } else { Ok(()) }
    }

    /// Whether to go on, asked before something long.
    pub fn ask(&mut self) -> Result<(), Cancelled> {
        if (self.look)(self.done, self.total.max(self.done)) { Ok(()) } else { Err(Cancelled) }
    }

    /// The steps that were done: what an export costs, whatever the machine.
    pub fn steps(&self) -> usize {
        self.done
    }
}

/// All parts of an export that nobody stops; none where the format is no export.
pub fn parts(format: &Format, project: &Project, include: Include) -> Vec<Part> {
    let mut look = |_, _| true;
    let mut progress = Progress::new(&mut look);
    format.write.and_then(|export| (export.write)(project, include, &mut progress).ok()).unwrap_or_default()
}

/// The main part of an export that nobody stops.
pub fn bytes(format: &Format, project: &Project, include: Include) -> Vec<u8> {
    parts(format, project, include).into_iter().next().map(|part| part.bytes).unwrap_or_default()
}
