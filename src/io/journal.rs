//! The recovery journals: written while somebody works, listed and read when the program starts.
//!
//! May use: the disk, save, read, versions, `formats`, `domain`. They lie in `recovery/` of the
//! application's data, one `<project id>-<window>-<number>.journal` per desk. While a window lives
//! it holds the lock of `<window>.lock`, so that its journals are nobody else's to recover.
//! Invariants: a journal is begun by a whole save and then only appended to, one line per change,
//! each synced; after an error it is begun anew, nothing is written behind a torn line; a journal
//! is removed only when its desk says so; one that cannot be read is set aside, and told.
//! Known limits: on a disk without locks, a journal of a living window is offered, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use super::disk::{Disk, DiskFile};
use super::read::{PROJECT_LIMIT, ReadError, read};
use super::save::save;
use super::{clock, read_problem, settings, shown, versions};
use crate::app::effect::{OnDisk, Problem, Recoverable, Recovered};
use crate::domain::{Id, Project};
use crate::formats;
use crate::formats::ron::journal::{self, Base, Chain, Delta, Head, Journal, Moment, Typing};
use crate::formats::text::hash;

/// A journal may hold a whole project and the changes since.
const LIMIT: u64 = 2 * PROJECT_LIMIT;

/// A journal that is written to.
struct Open {
    file: Box<dyn DiskFile>,
    chain: Chain,
    last: Project,
    typing: Option<Typing>,
    base: Option<String>,
    home: Option<PathBuf>,
}

/// Writes the journals of one window.
pub struct Keeper<'a> {
    disk: &'a dyn Disk,
    data: Option<PathBuf>,
    window: String,
    lock: Option<File>,
    open: BTreeMap<u64, Open>,
    /// The journals of its desks, the ones that could not be opened again, too.
    paths: BTreeMap<u64, PathBuf>,
}

fn problem(what: &str, error: impl std::fmt::Display) -> Problem {
    Problem {
        what: format!("{what} ({error}). Your work is only in this window until you save it"),
        hint: "Save now; if that fails too, save in another place".into(),
        exists: false,
    }
}

impl<'a> Keeper<'a> {
    /// Writes into this folder of the application's data; nothing without one.
    pub fn new(disk: &'a dyn Disk, data: Option<PathBuf>, window: String) -> Self {
        Self { disk, data, window, lock: None, open: BTreeMap::new(), paths: BTreeMap::new() }
    }

    fn folder(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|data| data.join("recovery"))
    }

    /// Brings the journal of a desk up to date.
    pub fn keep(
        &mut self,
        desk: u64,
        moment: Moment<'_>,
        path: Option<&Path>,
        on_disk: Option<&OnDisk>,
        adopted: Option<&Path>,
    ) -> Result<(), Problem> {
        let Some(folder) = self.folder() else { return Ok(()) };
        let base = on_disk.filter(|on_disk| on_disk.project.is_some()).map(|on_disk| &on_disk.sha256);
        if let Some(open) = self.open.get_mut(&desk)
            && open.base.as_ref() == base
            && open.home.as_deref() == path
        {
            let result = append(open, moment);
            if result.is_err() {
                // What is there stays and counts as far as it is whole; the next one begins anew.
                open.base = Some(String::new());
            }
            return result.map_err(|error| problem("The recovery copy could not be written", error));
        }
        self.begin(&folder, desk, moment, path, on_disk)?;
        if let Some(adopted) = adopted {
            self.throw_away(adopted);
        }
        Ok(())
    }

    fn begin(
        &mut self,
        folder: &Path,
        desk: u64,
        moment: Moment<'_>,
        path: Option<&Path>,
        on_disk: Option<&OnDisk>,
    ) -> Result<(), Problem> {
        const WHAT: &str = "The recovery copy could not be written";
        let project = moment.0;
        settings::make_private(folder).map_err(|error| problem(WHAT, error))?;
        self.lock(folder).map_err(|error| problem(WHAT, error))?;
        let saved = on_disk.and_then(|on_disk| Some((&on_disk.sha256, on_disk.project.as_ref()?)));
        let (base, from) = match saved {
            Some((_, saved)) => (Base::File, &**saved),
            None => (Base::Whole(formats::ron::write(project)), project),
        };
        let mut chain = Chain::default();
        let home = path.and_then(Path::to_str).map(str::to_owned);
        let head = Head::new(project, home, on_disk.map(|on_disk| on_disk.sha256.clone()), base);
        let mut text = chain.line(&head).map_err(|error| problem(WHAT, error))?;
        if let Some(delta) = Delta::between((from, None), moment, clock::now()) {
            text.push_str(&chain.line(&delta).map_err(|error| problem(WHAT, error))?);
        }
        let name = format!("{}-{}-{desk}.journal", project.id, self.window);
        let file = folder.join(name);
        self.paths.insert(desk, file.clone());
        // The old handle must not write behind the new one's back, whatever fails now.
        self.open.remove(&desk);
        let saved_now = save(self.disk, &file, text.as_bytes()).map_err(|error| problem(WHAT, error))?;
        if !saved_now.confirmed {
            return Err(problem(WHAT, "the disk did not confirm it"));
        }
        let open = Open {
            file: self.disk.append(&file).map_err(|error| problem(WHAT, error))?,
            chain,
            last: project.clone(),
            typing: moment.1.cloned(),
            base: saved.map(|(sha256, _)| sha256.clone()),
            home: path.map(Path::to_owned),
        };
        self.open.insert(desk, open);
        Ok(())
    }

    fn lock(&mut self, folder: &Path) -> std::io::Result<()> {
        if self.lock.is_none() {
            let path = folder.join(format!("{}.lock", self.window));
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            let _ = file.try_lock();
            self.lock = Some(file);
        }
        Ok(())
    }

    /// Removes the journal of a desk, whose work is in its file or let go.
    pub fn forget(&mut self, desk: u64, adopted: Option<&Path>) {
        self.open.remove(&desk);
        if let Some(path) = self.paths.remove(&desk) {
            let _ = self.disk.remove(&path);
        }
        if let Some(adopted) = adopted {
            self.throw_away(adopted);
        }
    }

    /// Everything that can be recovered, or the work on one project; and what is to be told.
    pub fn list(&self, project: Option<Id>) -> (Vec<Recoverable>, Vec<String>) {
        let (mut found, mut told) = (Vec::new(), Vec::new());
        let Some(folder) = self.folder() else { return (found, told) };
        let mut living: BTreeMap<String, bool> = BTreeMap::new();
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let Some((id, window)) = parts(&path) else { continue };
            if project.is_some_and(|wanted| wanted != id) {
                continue;
            }
            if *living.entry(window.clone()).or_insert_with(|| self.is_living(&folder, &window)) {
                continue;
            }
            match self.recoverable(&path) {
                Ok(one) => found.extend(one),
                Err(()) => {
                    let aside = path.with_extension("damaged");
                    let fate = match fs::rename(&path, &aside) {
                        Ok(()) => format!("It was set aside: {}", shown(&aside)),
                        Err(error) => format!("It could not be set aside ({error}): {}", shown(&path)),
                    };
                    told.push(format!("A recovery copy is damaged and cannot be read. {fate}"));
                }
            }
        }
        (found, told)
    }

    /// What can be said of a journal; nothing where it holds no work, an error where it is damaged.
    fn recoverable(&self, path: &Path) -> Result<Option<Recoverable>, ()> {
        let bytes = match read(path, LIMIT) {
            Ok(bytes) => bytes,
            // Another window was faster.
            Err(ReadError::Missing { .. }) => return Ok(None),
            Err(_) => return Err(()),
        };
        let read = journal::read(&bytes).ok_or(())?;
        if !read.is_damaged && self.is_in_file(&read) {
            self.throw_away(path);
            return Ok(None);
        }
        let records: BTreeSet<_> = read.deltas.iter().flat_map(Delta::touches).collect();
        let marks = records.iter().flatten().count();
        let mut what: Vec<String> = match (&read.head.base, marks) {
            (Base::Whole(_), _) if read.head.path.is_none() => vec!["in no file yet".into()],
            (_, 0) => Vec::new(),
            (_, 1) => vec!["1 annotation differs from the file".into()],
            (_, marks) => vec![format!("{marks} annotations differ from the file")],
        };
        if records.contains(&None) {
            what.push("title or text differ".into());
        }
        if read.is_damaged {
            what.push("partly damaged".into());
        }
        what.push(format!("{} KB", bytes.len().div_ceil(1000)));
        let when = read.deltas.last().map(|delta| delta.when).or_else(|| {
            let modified = fs::metadata(path).ok()?.modified().ok()?;
            jiff::Timestamp::try_from(modified).ok()
        });
        Ok(Some(Recoverable {
            journal: path.to_owned(),
            project: read.head.project,
            title: read.head.title,
            path: read.head.path.map(PathBuf::from),
            when: when.map(clock::local).unwrap_or_default(),
            what: what.join(", "),
        }))
    }

    /// Whether the file holds all that the journal does: it was saved, and the end came before the
    /// journal was removed.
    fn is_in_file(&self, read: &Journal) -> bool {
        if read.head.base != Base::File {
            return false;
        }
        if read.deltas.is_empty() {
            return true;
        }
        let Some(home) = read.head.path.as_ref().map(PathBuf::from) else { return false };
        let Ok(now) = super::read(&home, PROJECT_LIMIT) else { return false };
        if read.head.sha256.as_ref() == Some(&hash(&now)) {
            return false;
        }
        let base = self.base(&read.head, Some(&home), None).and_then(|(bytes, _)| project(&home, &bytes));
        let (Ok(mut kept), Ok(now)) = (base, project(&home, &now)) else { return false };
        let (steps, left) = journal::steps(&kept, read.deltas.clone());
        left == 0 && steps.iter().all(|step| kept.apply(step).is_ok()) && kept == now
    }

    fn is_living(&self, folder: &Path, window: &str) -> bool {
        if window == self.window {
            return true;
        }
        let path = folder.join(format!("{window}.lock"));
        let Ok(file) = OpenOptions::new().write(true).open(path) else { return false };
        matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))
    }

    /// Throws a journal away.
    pub fn throw_away(&self, journal: &Path) {
        let _ = self.disk.remove(journal);
        // And the lock of its window, which lives no more.
        if let Some((_, window)) = parts(journal)
            && let Some(folder) = self.folder()
            && !self.is_living(&folder, &window)
        {
            let _ = self.disk.remove(&folder.join(format!("{window}.lock")));
        }
    }

    /// Reads a journal and the version that it builds on. `at` is where its file may lie now.
    pub fn recover(&self, journal: &Path, at: Option<&Path>) -> Result<Box<Recovered>, Problem> {
        let bytes = read(journal, LIMIT).map_err(|error| match error {
            ReadError::Missing { .. } => Problem {
                what: "This work is not there any more: another window has recovered or discarded it".into(),
                hint: String::new(),
                exists: false,
            },
            error => error.into(),
        })?;
        let read = journal::read(&bytes).ok_or_else(|| Problem {
            what: format!("The recovery copy is damaged: {}", shown(journal)),
            hint: "Open the project's file, or one of its previous versions".into(),
            exists: false,
        })?;
        let mut told = Vec::new();
        if read.is_damaged {
            told.push("The recovery copy is damaged: what follows the damage is missing".into());
        }
        let home = read.head.path.as_ref().map(PathBuf::from);
        let sha256 = read.head.sha256.clone();
        let (base, mut path) = match &read.head.base {
            Base::Whole(text) => (project(journal, text.as_bytes())?, home),
            Base::File => {
                let (bytes, path) = self.base(&read.head, home.as_deref(), at)?;
                (project(journal, &bytes)?, path)
            }
        };
        if let Some(gone) = path.take_if(|path| !path.exists()) {
            told.push(format!("Its file is not where it was, so saving asks where: {}", shown(&gone)));
        }
        let (steps, left) = journal::steps(&base, read.deltas);
        if left > 0 {
            told.push(format!("{left} changes of the recovery copy do not fit and are missing"));
        }
        let (journal, was_saved) = (journal.to_owned(), read.head.base == Base::File);
        Ok(Box::new(Recovered { journal, base, steps, path, sha256, was_saved, told }))
    }

    /// The content that a journal builds on, and where its file lies.
    fn base(
        &self,
        head: &Head,
        home: Option<&Path>,
        at: Option<&Path>,
    ) -> Result<(Vec<u8>, Option<PathBuf>), Problem> {
        let sha256 = head.sha256.as_deref().unwrap_or_default();
        for path in [at, home].into_iter().flatten() {
            if let Ok(bytes) = read(path, PROJECT_LIMIT)
                && hash(&bytes) == sha256
            {
                return Ok((bytes, Some(path.to_owned())));
            }
        }
        let home = home.or(at).map(Path::to_owned);
        let looked_for = home.clone().unwrap_or_default();
        self.data
            .as_ref()
            .and_then(|data| versions::find(data, head.project, &looked_for, sha256))
            .map(|bytes| (bytes, home))
            .ok_or_else(|| Problem {
                what: format!(
                    "The version that the recovery copy builds on is nowhere to be found: {}",
                    shown(&looked_for)
                ),
                hint: "If the file was moved or renamed, open it first. The recovery copy stays".into(),
                exists: false,
            })
    }
}

impl Drop for Keeper<'_> {
    fn drop(&mut self) {
        // Journals that are still there are work that nobody saved or let go.
        if let (Some(folder), Some(_)) = (self.folder(), self.lock.take()) {
            let _ = fs::remove_file(folder.join(format!("{}.lock", self.window)));
        }
    }
}

fn append(open: &mut Open, moment: Moment<'_>) -> std::io::Result<()> {
    let last = (&open.last, open.typing.as_ref());
    let Some(delta) = Delta::between(last, moment, clock::now()) else { return Ok(()) };
    let line = open.chain.line(&delta).map_err(std::io::Error::other)?;
    let mut rest = line.as_bytes();
    while !rest.is_empty() {
        match open.file.write(rest) {
            Ok(0) => return Err(std::io::ErrorKind::WriteZero.into()),
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    open.file.sync()?;
    open.last = moment.0.clone();
    open.typing = moment.1.cloned();
    Ok(())
}

fn project(journal: &Path, bytes: &[u8]) -> Result<Project, Problem> {
    let opened = formats::ron::read(bytes, &mut clock::stamp(""))
        .map_err(|damaged| read_problem(journal, &damaged))?;
    Ok(opened.project)
}

/// The window of a journal.
pub(super) fn window(path: &Path) -> Option<String> {
    parts(path).map(|(_, window)| window)
}

/// The project and the window of a journal, by its name.
fn parts(path: &Path) -> Option<(Id, String)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".journal")?;
    let mut parts = name.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.to_owned()))
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
