//! Project files for the subcommands: opening, finding an annotation, saving.
//!
//! May use: io, formats, domain. Invariant: a project is written only where it was read in full by
//! this version and did not change since, and only after what is to be written was read back as the
//! same project.
//! Commands of one person wait for each other. Known limit: a change by the window or by another
//! person is seen up to the moment of saving, not during it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Console, Failure, words};
use crate::domain::change::Transaction;
use crate::domain::project::Checker;
use crate::domain::{Annotation, Id, Kind, Project, Span, Stamp};
use crate::formats::export::Part;
use crate::formats::ron::{self, limits};
use crate::io::turn::{self, Turn};
use crate::io::{PROJECT_LIMIT, RealDisk, Saved, export, read, save, save_new, shown, sweep_stale};

/// A project that was opened.
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub project: Project,
    read_only: Option<String>,
    dirty: bool,
    bytes: Vec<u8>,
    /// Kept until the file is dropped, which is after saving.
    turn: Option<Turn>,
}

/// Notes that whoever acts checks here; a script without a name is nobody.
pub fn enrol(project: &Project, stamp: &Stamp) -> Transaction {
    if *stamp.by == *super::by::NOBODY {
        return Transaction::default();
    }
    project.enrol(&Checker::named(&stamp.by))
}

/// Opens a project, to look at it.
pub fn open(path: &Path, stamp: &mut Stamp, console: &mut Console) -> Result<File, Failure> {
    let bytes = read(path, PROJECT_LIMIT)?;
    let opened = ron::read(&bytes, stamp).map_err(|damaged| Failure::damaged(path, &damaged))?;
    for warning in &opened.warnings {
        console.note(format!("warning: {}: {}", words::one_line(&warning.message), shown(path)));
    }
    let ron::Opened { project, read_only, changed, .. } = opened;
    Ok(File { path: path.into(), project, read_only, dirty: changed, bytes, turn: None })
}

/// Opens a project, to change it.
pub fn open_to_change(path: &Path, stamp: &mut Stamp, console: &mut Console) -> Result<File, Failure> {
    let turn = turn::wait();
    let mut file = open(path, stamp, console)?;
    file.turn = turn;
    match &file.read_only {
        Some(why) => Err(Failure::of(path, format!("This project cannot be changed here, {why}"))),
        None => Ok(file),
    }
}

impl File {
    /// A failure that names this file.
    pub fn failure(&self, reason: impl std::fmt::Display) -> Failure {
        Failure::of(&self.path, reason)
    }

    /// Does what a transaction says.
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), Failure> {
        self.project.apply(transaction).map_err(|stale| self.failure(stale))?;
        self.dirty |= !transaction.is_empty();
        Ok(())
    }

    /// Writes the project where it came from, if anything changed.
    pub fn save(mut self, stamp: &Stamp, console: &mut Console) -> Result<(), Failure> {
        if !self.dirty {
            return Ok(());
        }
        let enrolment = enrol(&self.project, stamp);
        self.apply(&enrolment)?;
        let text = written(&self.project, &self.path, stamp)?;
        if read(&self.path, PROJECT_LIMIT)? != self.bytes {
            return Err(
                self.failure("Not saved, because another program changed the file meanwhile; try again")
            );
        }
        put(&self.path, text.as_bytes(), true, console)
    }

    /// The annotation of an id, or of the beginning of one.
    pub fn annotation(&self, id: &str) -> Result<&Arc<Annotation>, Failure> {
        let wanted = id.trim().to_ascii_lowercase();
        if wanted.is_empty() {
            return Err(self.failure("An empty id means no annotation"));
        }
        let begins = |all: &std::collections::BTreeMap<Id, Arc<Annotation>>| {
            let found = all.iter().filter(|(id, _)| id.to_string().starts_with(&wanted));
            found.map(|(id, _)| *id).collect::<Vec<_>>()
        };
        match begins(&self.project.annotations).as_slice() {
            [one] => Ok(&self.project.annotations[one]),
            [] if !begins(&self.project.removed).is_empty() => {
                Err(self.failure(format!("The annotation {wanted} was removed already")))
            }
            [] => Err(self.failure(format!("No annotation has the id {}", words::short(&wanted, 40)))),
            [first, second, ..] => Err(self.failure(format!(
                "Several annotations have an id that begins with {wanted} ({first}, {second} …)"
            ))),
        }
    }

    /// Refuses what would mark the same words at the same place as the same kind twice.
    pub fn refuse_twice(&self, kind: Kind, spans: &[Span], except: Option<Id>) -> Result<(), Failure> {
        let twice = |a: &&Arc<Annotation>| {
            Some(a.id) != except && a.kind == kind && a.placed().any(|span| spans.contains(&span))
        };
        let Some(annotation) = self.project.annotations.values().find(twice) else { return Ok(()) };
        Err(self.failure(format!(
            "These words are marked as a {} already ({}); choose another place with --occurrence",
            kind.word(),
            annotation.id
        )))
    }

    /// Every place of some words; refuses where there is none, and says what comes near.
    pub fn places(&self, words: &str) -> Result<Vec<Span>, Failure> {
        if words.trim().is_empty() {
            return Err(self.failure("There is nothing but white space to mark"));
        }
        let spans = self.project.article.text.occurrences(words);
        if spans.is_empty() {
            let hint = super::near::hint(&self.project.article.text, words);
            let shown = words::short(words, 60);
            return Err(self.failure(format!("The article does not have the words “{shown}”{hint}")));
        }
        Ok(spans)
    }

    /// All places, if a project file can hold so many spans in one annotation.
    pub fn all(&self, places: Vec<Span>) -> Result<Vec<Span>, Failure> {
        if places.len() > limits::SPANS {
            let (found, most) = (places.len(), limits::SPANS);
            return Err(self.failure(format!(
                "The article has these words {found} times, and one annotation can cover {most} places"
            )));
        }
        Ok(places)
    }

    /// The place with the number `occurrence`, from 1.
    pub fn place(&self, places: &[Span], occurrence: usize) -> Result<Span, Failure> {
        let place = places.get(occurrence.saturating_sub(1)).copied();
        place.ok_or_else(|| {
            let times =
                if places.len() == 1 { "only once".into() } else { format!("only {} times", places.len()) };
            self.failure(format!("There is no occurrence {occurrence}: the article has these words {times}"))
        })
    }
}

/// Writes a new project. Overwrites what is there only where `force` says so.
pub fn create(
    project: &Project,
    path: &Path,
    force: bool,
    stamp: &Stamp,
    console: &mut Console,
) -> Result<(), Failure> {
    let text = written(project, path, stamp)?;
    put(path, text.as_bytes(), force, console)
}

/// Writes a file. Overwrites what is there only where `force` says so. First clears away what saves
/// that were killed left beside it.
pub fn put(path: &Path, bytes: &[u8], force: bool, console: &mut Console) -> Result<(), Failure> {
    sweep_stale(folder_of(path));
    let saved = if force { save(&RealDisk, path, bytes) } else { save_new(&RealDisk, path, bytes) };
    let saved = saved.map_err(|error| Failure::save(&error, path))?;
    unconfirmed(&saved, path, console);
    Ok(())
}

/// Writes the files of an export. Overwrites what is there only where `force` says so.
pub fn put_parts(path: &Path, parts: &[Part], force: bool, console: &mut Console) -> Result<(), Failure> {
    sweep_stale(folder_of(path));
    let saved = export::put(&RealDisk, path, parts, force);
    let saved = saved.map_err(|error| Failure::save(&error, &error.path))?;
    unconfirmed(&saved, path, console);
    Ok(())
}

fn unconfirmed(saved: &Saved, path: &Path, console: &mut Console) {
    if !saved.confirmed {
        let shown = shown(path);
        console.note(format!("warning: the disk did not confirm that this survives a power cut: {shown}"));
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The bytes of a project, read back before they may touch the disk.
fn written(project: &Project, path: &Path, stamp: &Stamp) -> Result<String, Failure> {
    let text = ron::write(project);
    match ron::read(text.as_bytes(), &mut stamp.clone()) {
        Ok(back) if back.project == *project && !back.changed => Ok(text),
        Ok(_) => Err(Failure::of(
            path,
            "Not saved, because the project does not read back as it is (please report this)",
        )),
        // As far as we know, only what is too large.
        Err(damaged) => Err(Failure::of(
            path,
            format!("Not saved, because it could not be opened again: {}", damaged.what),
        )),
    }
}
