//! Performs effects: reads, parses, formats and writes. Blocking, so called on a thread.
//!
//! May use: `io`, `formats`, `domain`, the application's effects and outcomes. Invariant: every
//! error becomes a [`Problem`] here, with what failed, which file, and what to do.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::project::{self, Refused};
use super::save::{save_if, save_new};
use super::{
    ARTICLE_LIMIT, Disk, PROJECT_LIMIT, ReadError, Reason, SaveError, Saved, beside, clock, copies, read,
    read_problem, shown, sweep_stale, versions,
};
use crate::app::dialog::Purpose;
use crate::app::effect::{
    Allow, Content, ExportJob, Findings, Hindered, Incoming, Loaded, Outcome, Problem, Reading, Written,
};
use crate::domain::places::Places;
use crate::domain::rules::Include;
use crate::domain::{Id, Project};
use crate::formats::incoming::{Imported, ReadOptions};
use crate::formats::text::hash;
use crate::formats::{self, Cancelled, Progress};

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        Self { what: error.to_string(), hint: error.hint().to_owned(), exists: false }
    }
}

impl From<SaveError> for Problem {
    fn from(error: SaveError) -> Self {
        let exists = error.reason == Reason::Exists;
        Self { what: error.to_string(), hint: error.hint().to_owned(), exists }
    }
}

/// Whether a file is a project by its name; everything else is an article.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}

/// Reads a project or an article.
pub fn load(path: &Path) -> Result<Loaded, Problem> {
    if is_project(path) {
        if let Some(folder) = path.parent() {
            sweep_stale(folder);
        }
        let bytes = read(path, PROJECT_LIMIT)?;
        let opened = formats::ron::read(&bytes, &mut clock::stamp("")).map_err(|e| read_problem(path, &e))?;
        Ok(Loaded::Project {
            places: Box::new(Places::of(&opened.project)),
            project: Box::new(opened.project),
            warnings: opened.warnings.iter().map(ToString::to_string).collect(),
            read_only: opened.read_only,
            mended: opened.changed,
            sha256: hash(&bytes),
            copies: copies::beside(path),
        })
    } else {
        let bytes = read(path, ARTICLE_LIMIT)?;
        if let Some(title) = super::marks::is_no_article(&bytes) {
            return Ok(Loaded::Marks(title));
        }
        let options = ReadOptions { encoding: None, replace: true };
        let imported = article(Some(path), &bytes, None, options)?;
        if imported.is_plain() {
            return Ok(Loaded::Article { text: imported.text, sha256: imported.sha256 });
        }
        Ok(Loaded::Incoming(Box::new(Incoming::new(Some(path.to_owned()), bytes.into(), imported))))
    }
}

fn article(
    path: Option<&Path>,
    bytes: &[u8],
    format: Option<&str>,
    options: ReadOptions,
) -> Result<Imported, Problem> {
    let extension = path.and_then(Path::extension).unwrap_or_default().to_string_lossy();
    let copied = path.is_none() && format == Some("html");
    let read = match str::from_utf8(bytes) {
        Ok(html) if copied => formats::incoming::html::read_copied(html),
        _ => formats::incoming::read(bytes, format, &extension, options),
    };
    read.map_err(|error| {
        let whose = path.map(|path| format!(": {}", shown(path))).unwrap_or_default();
        Problem { what: format!("{error}{whose}"), hint: error.advice, exists: false }
    })
}

/// Reads an article to be shown before it is taken.
pub fn import(mut order: Reading) -> Outcome {
    if let (Some(path), None, None) = (order.path.clone(), &order.bytes, order.format) {
        // What was dropped as a draft may be annotations of another tool.
        match read(&path, ARTICLE_LIMIT) {
            Ok(bytes) => match super::marks::is_no_article(&bytes) {
                Some(title) => return Outcome::Read(path, Ok(Loaded::Marks(title))),
                None => order.bytes = Some(bytes.into()),
            },
            Err(error) => return Outcome::Incoming(Err(error.into())),
        }
    }
    let read_it = || -> Result<Box<Incoming>, Problem> {
        let bytes: Arc<[u8]> = match (order.bytes, &order.path) {
            (Some(bytes), _) => bytes,
            (None, Some(path)) => read(path, ARTICLE_LIMIT)?.into(),
            (None, None) => Arc::default(),
        };
        let imported = article(order.path.as_deref(), &bytes, order.format, order.options)?;
        Ok(Box::new(Incoming::new(order.path, bytes, imported)))
    };
    Outcome::Incoming(read_it())
}

/// What a write is about, beside its content.
pub struct Order<'a> {
    /// The application's data.
    pub data: Option<&'a Path>,
    /// Where to write.
    pub path: PathBuf,
    /// What for.
    pub purpose: Purpose,
    /// Which state of the project it is.
    pub state: u64,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
    /// The hash of the only content that may be replaced.
    pub known: Option<String>,
    /// What the person agreed to.
    pub allow: Allow,
    /// Whether somebody has given up waiting: then nothing is replaced any more.
    pub given_up: &'a AtomicBool,
}

/// Writes a project or an export.
pub fn write(disk: &dyn Disk, order: Order<'_>, content: &Content) -> Outcome {
    let id = content.project().id;
    let Order { path, purpose, state, .. } = &order;
    let (path, purpose, state) = (path.clone(), *purpose, *state);
    let result = match content {
        Content::Project(whole) => {
            let Order { data, replace, allow, given_up, .. } = order;
            let job =
                project::Job { data, path: &path, replace, known: order.known.as_deref(), allow, given_up };
            match project::put(disk, &job, whole) {
                Ok(put) => Ok(written(&put.saved, put.sha256, put.told)),
                Err(Refused::Changed) => return Outcome::Changed { path, project: id, state },
                Err(Refused::Hindered(why, words, _)) => {
                    let by = Hindered { path, why, words, known: order.known, allow };
                    return Outcome::Hindered { project: id, state, by };
                }
                Err(Refused::Unlike(_)) => Err(unlike(&path)),
                Err(Refused::Save(error)) => Err(error.into()),
            }
        }
        Content::Export(of, name, include, job) => match export(disk, &order, of, (name, *include), job) {
            Ok(result) => result,
            Err(Cancelled) => return Outcome::Stopped(path),
        },
        Content::Copy { of, redacted, own } => {
            let Order { data, replace, allow, given_up, .. } = order;
            let job = project::Job { data, path: &path, replace, known: None, allow, given_up };
            let put = beside::copy(disk, &job, (of, *redacted, own.as_deref()));
            put.map(|(put, told)| written(&put.saved, put.sha256, [put.told, told].concat()))
        }
        Content::Text(_, text) => write_text(disk, &order, text, Vec::new()),
    };
    Outcome::Wrote { path, purpose, project: id, state, result }
}

fn written(saved: &Saved, sha256: String, left_out: Vec<String>) -> Written {
    Written { at: clock::time_of_day(), confirmed: saved.confirmed, left_out, sha256 }
}

/// Writes an export; of what was stopped before the last moment there is no file.
fn export(
    disk: &dyn Disk,
    order: &Order<'_>,
    project: &Project,
    (name, include): (&str, Include),
    job: &ExportJob,
) -> Result<Result<Written, Problem>, Cancelled> {
    let Some((format, export)) = formats::find(name).and_then(|format| Some((format, format.write?))) else {
        let what = format!("There is no export named {name}");
        return Ok(Err(Problem { what, hint: String::new(), exists: false }));
    };
    let goes_on = || !job.is_stopped() && !order.given_up.load(Ordering::Relaxed);
    let mut look = |done, total| job.look(done, total) && goes_on();
    let mut progress = Progress::new(&mut look);
    let parts = (export.write)(project, include, &mut progress)?;
    progress.ask()?;
    let bytes = parts.first().map(|part| part.bytes.as_slice()).unwrap_or_default();
    match super::export::put(disk, &order.path, &parts, order.replace, &goes_on) {
        Ok(saved) => {
            let left_out = formats::leaves_out(project, format, include);
            Ok(Ok(written(&saved, hash(bytes), left_out)))
        }
        Err(error) if error.reason == Reason::Changed => Err(Cancelled),
        Err(error) => Ok(Err(error.into())),
    }
}

/// Finds out what an export would leave out.
pub fn examine(project: &Project, format: &'static str, include: Include) -> Outcome {
    let known = formats::find(format);
    let told = known.map(|known| formats::leaves_out(project, known, include)).unwrap_or_default();
    let is_list = known.and_then(|known| known.write).is_some_and(|export| export.is_list);
    let count = is_list.then(|| formats::listed(project, include).len());
    Outcome::Examined { format, include, findings: Findings { count, told } }
}

/// Writes an export or another text, unless it was given up.
fn write_text(
    disk: &dyn Disk,
    order: &Order<'_>,
    text: &str,
    left_out: Vec<String>,
) -> Result<Written, Problem> {
    let bytes = text.as_bytes();
    let saved = if order.replace {
        let mut may = |_: &Path| !order.given_up.load(Ordering::Relaxed);
        save_if(disk, &order.path, bytes, false, &mut may)
    } else {
        save_new(disk, &order.path, bytes)
    };
    saved.map(|saved| written(&saved, hash(bytes), left_out)).map_err(Problem::from)
}

/// What is said where a project does not read back as itself.
fn unlike(path: &Path) -> Problem {
    Problem {
        what: format!(
            "Not saved, because what would be written does not read back as your project; the file on disk is unchanged: {}",
            shown(path)
        ),
        hint: "This is a mistake in Proofmark. Your work is in the recovery copy; please report it, and export a list meanwhile"
            .into(),
        exists: false,
    }
}

/// Compares a file with what it was.
pub fn look(path: PathBuf, known: String) -> Option<Outcome> {
    let found = match read(&path, PROJECT_LIMIT) {
        Ok(bytes) => Some(hash(&bytes)),
        Err(ReadError::Missing { .. }) => None,
        // Nothing is known, so nothing is told: saving looks again.
        Err(_) => return None,
    };
    Some(Outcome::Looked { path, known, found })
}

/// Puts the content of a file among its previous versions, if it is still the known one.
pub fn secure(disk: &dyn Disk, data: &Path, path: &Path, project: Id, known: &str) -> Option<Outcome> {
    let bytes = read(path, PROJECT_LIMIT).ok().filter(|bytes| hash(bytes) == known)?;
    let problem = versions::keep(disk, data, (project, path), &bytes, clock::now()).err()?;
    Some(Outcome::Told(format!("The saved version was not kept among the previous ones. {}", problem.what)))
}

/// Puts a project among the previous versions of a file.
pub fn preserve(disk: &dyn Disk, data: Option<&Path>, path: PathBuf, project: &Project) -> Outcome {
    let bytes = formats::ron::write(project);
    let kept = match data {
        Some(data) => versions::keep(disk, data, (project.id, &path), bytes.as_bytes(), clock::now()),
        None => Err(Problem {
            what: "there is no folder for the application's data".into(),
            hint: String::new(),
            exists: false,
        }),
    };
    let result = kept.map_err(|problem| Problem {
        what: format!("Your version could not be kept, so it stays open. {}", problem.what),
        hint: "Save it under another name, then open the file again".into(),
        exists: false,
    });
    Outcome::Preserved(path, result)
}

#[cfg(test)]
#[path = "perform_tests.rs"]
mod tests;
