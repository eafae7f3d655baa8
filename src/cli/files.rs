//! Project files for the subcommands: opening, finding an annotation, saving.
//!
//! May use: io, formats, domain. Invariant: a project is written only where it was read in full by
//! this version and did not change since, by the same routine as the window's (`io::project`), so what is
//! replaced is among the previous versions.
//! Commands of one person wait for each other. Known limit: a change by the window or by another
//! person is seen up to the moment of saving, not during it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::force::Force;
use super::{Console, Failure, words};
use crate::domain::change::Transaction;
use crate::domain::project::Checker;
use crate::domain::{Annotation, Id, Kind, Project, Span, Stamp};
use crate::formats::export::Part;
use crate::formats::ron::{self, limits};
use crate::formats::text::hash;
use crate::io::project::{self, Allow, Job, Refused};
use crate::io::turn::{self, Turn};
use crate::io::{PROJECT_LIMIT, RealDisk, Saved, export, read, settings, shown, sweep_stale};

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
    open_as(path, path, stamp, console)
}

/// The same of a file that goes by another name in what is said of it.
pub fn open_as(path: &Path, name: &Path, stamp: &mut Stamp, console: &mut Console) -> Result<File, Failure> {
    let bytes = read(path, PROJECT_LIMIT)?;
    let opened = ron::read(&bytes, stamp).map_err(|damaged| Failure::damaged(name, &damaged))?;
    for warning in &opened.warnings {
        console.note(format!("warning: {}: {}", words::one_line(&warning.message), shown(name)));
    }
    let ron::Opened { project, read_only, changed, .. } = opened;
    if project.is_redacted() {
        console.note(format!(
            "this is a redacted copy: confidential sources, contacts and private notes are not in it: {}",
            shown(path)
        ));
    }
    Ok(File { path: path.into(), project, read_only, dirty: changed, bytes, turn: None })
}

/// Opens a project, to change it.
pub fn open_to_change(
    path: &Path,
    over: Force,
    stamp: &mut Stamp,
    console: &mut Console,
) -> Result<File, Failure> {
    over.admit(path)?;
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

    /// Refuses a file that this version does not know in full: a copy would not have all of it.
    pub fn refuse_partial(&self) -> Result<(), Failure> {
        match &self.read_only {
            Some(why) => Err(self.failure(format!("This project cannot be copied here, {why}"))),
            None => Ok(()),
        }
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
        let known = hash(&self.bytes);
        // What was read here is what is replaced, or the routine refuses.
        write(&self.project, &self.path, true, (Some(&known), true), console)
    }

    /// Whether it was read in full by this version, so that nothing of it is lost in another file.
    pub fn whole(self, name: &Path) -> Result<Self, Failure> {
        match &self.read_only {
            Some(why) => Err(Failure::of(name, format!("This project cannot be merged here, {why}"))),
            None => Ok(self),
        }
    }

    /// Writes another state of the project where it came from, if that differs; `keep` says whether
    /// what is replaced goes among the previous versions. Nobody is enrolled.
    pub fn replace(self, project: &Project, keep: bool, console: &mut Console) -> Result<(), Failure> {
        if !self.dirty && self.project == *project {
            return Ok(());
        }
        let known = hash(&self.bytes);
        write(project, &self.path, true, (Some(&known), keep), console)
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
pub fn create(project: &Project, path: &Path, force: bool, console: &mut Console) -> Result<(), Failure> {
    write(project, path, force, (None, true), console)
}

/// Writes a project by the routine of the window; what is replaced is the `known` content, where there
/// is one, and goes among the previous versions unless it need not be kept.
fn write(
    project: &Project,
    path: &Path,
    replace: bool,
    (known, keep): (Option<&str>, bool),
    console: &mut Console,
) -> Result<(), Failure> {
    sweep_stale(folder_of(path));
    let data = settings::folder().filter(|_| keep);
    let job = Job {
        data: data.as_deref(),
        path,
        replace,
        known,
        // Who says --force means what is there, whether or not it can be kept.
        allow: Allow { unkept: true, ..Allow::default() },
        given_up: &AtomicBool::new(false),
    };
    let put = project::put(&RealDisk, &job, project).map_err(|refused| match refused {
        Refused::Unlike(None) => Failure::of(
            path,
            "Not saved, because the project does not read back as it is (please report this)",
        ),
        Refused::Unlike(Some(why)) => {
            Failure::of(path, format!("Not saved, because it could not be opened again: {why}"))
        }
        Refused::Changed => {
            Failure::of(path, "Not saved, because another program changed the file meanwhile; try again")
        }
        Refused::Hindered(_, words, _) => Failure::new(words),
        Refused::Save(error) => Failure::save(&error, path),
    })?;
    for line in &put.told {
        console.note(format!("warning: {}: {}", words::one_line(line), shown(path)));
    }
    warn_if_unconfirmed(&put.saved, path, console);
    Ok(())
}

fn warn_if_unconfirmed(saved: &Saved, path: &Path, console: &mut Console) {
    if !saved.confirmed {
        console.note(format!(
            "warning: the disk did not confirm that this survives a power cut: {}",
            shown(path)
        ));
    }
}

/// Writes the files of an export. Overwrites what is there only where `force` says so. First clears
/// away what saves that were killed left beside it.
pub fn put_parts(path: &Path, parts: &[Part], force: bool, console: &mut Console) -> Result<(), Failure> {
    sweep_stale(folder_of(path));
    let saved = export::put(&RealDisk, path, parts, force, &|| true);
    let saved = saved.map_err(|error| Failure::save(&error, &error.path))?;
    warn_if_unconfirmed(&saved, path, console);
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
