//! Performs effects: reads, parses, formats and writes. Blocking, so called on a thread.
//!
//! May use: `io`, `formats`, `domain`, the application's effects and outcomes. Invariant: every
//! error becomes a [`Problem`] here, with what failed, which file, and what to do.

use std::path::{Path, PathBuf};

use super::save::{save_if, save_new};
use super::{
    ARTICLE_LIMIT, Disk, PROJECT_LIMIT, ReadError, Reason, SaveError, Saved, clock, copies, read,
    read_problem, shown, sweep_stale, versions,
};
use crate::app::dialog::Purpose;
use crate::app::effect::{Content, Findings, Job, Loaded, Outcome, Problem, Written};
use crate::domain::places::Places;
use crate::domain::rules::Include;
use crate::domain::{Id, Project};
use crate::formats::{self, Cancelled, Progress};
use crate::formats::text::hash;

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
        let loaded = formats::text::read(&bytes).map_err(|error| Problem {
            what: format!("{error}: {}", shown(path)),
            hint: "Open a plain text in UTF-8".into(),
            exists: false,
        })?;
        Ok(Loaded::Article { text: loaded.text, sha256: loaded.sha256 })
    }
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
}

/// Writes a project or an export.
pub fn write(disk: &dyn Disk, order: Order<'_>, content: &Content) -> Outcome {
    let id = content.project().id;
    let Order { path, purpose, state, .. } = &order;
    let (path, purpose, state) = (path.clone(), *purpose, *state);
    let result = match content {
        Content::Project(whole) => {
            let bytes = formats::ron::write(whole);
            match write_project(disk, &order, whole, &bytes) {
                Ok(written) => written,
                Err(Refused::Changed) => return Outcome::Changed { path, project: id, state },
                Err(Refused::Failed(problem)) => Err(problem),
            }
        }
        Content::Export(of, name, include, job) => match export(disk, &order, of, (name, *include), job) {
            Ok(result) => result,
            Err(Cancelled) => return Outcome::Stopped(path),
        },
    };
    Outcome::Wrote { path, purpose, project: id, state, result }
}

/// Writes an export; what was stopped before the first byte is no file.
fn export(
    disk: &dyn Disk,
    order: &Order<'_>,
    project: &Project,
    (name, include): (&str, Include),
    job: &Job,
) -> Result<Result<Written, Problem>, Cancelled> {
    let Some((format, export)) = formats::find(name).and_then(|format| Some((format, format.write?))) else {
        let what = format!("There is no export named {name}");
        return Ok(Err(Problem { what, hint: String::new(), exists: false }));
    };
    let mut look = |done, total| job.look(done, total);
    let mut progress = Progress::new(&mut look);
    let parts = (export.write)(project, include, &mut progress)?;
    progress.ask()?;
    let bytes = parts.first().map(|part| part.bytes.as_slice()).unwrap_or_default();
    let saved = super::export::put(disk, &order.path, &parts, order.replace);
    Ok(saved
        .map(|saved| written(&saved, bytes, formats::leaves_out(project, format, include)))
        .map_err(Problem::from))
}

/// Finds out what an export would leave out.
pub fn examine(project: &Project, format: &'static str, include: Include) -> Outcome {
    let known = formats::find(format);
    let told = known.map(|known| formats::leaves_out(project, known, include)).unwrap_or_default();
    let is_list = known.and_then(|known| known.write).is_some_and(|export| export.is_list);
    let count = is_list.then(|| formats::listed(project, include).len());
    Outcome::Examined { format, include, findings: Findings { count, told } }
}

enum Refused {
    Changed,
    Failed(Problem),
}

fn written(saved: &Saved, bytes: &[u8], left_out: Vec<String>) -> Written {
    Written { at: clock::time_of_day(), confirmed: saved.confirmed, left_out, sha256: hash(bytes) }
}

/// Writes the bytes of a project: those that read back as it, and only over what is known, which
/// is kept among the previous versions.
fn write_project(
    disk: &dyn Disk,
    order: &Order<'_>,
    project: &Project,
    bytes: &str,
) -> Result<Result<Written, Problem>, Refused> {
    if !reads_back(project, bytes) {
        return Ok(Err(Problem {
            what: format!(
                "Not saved, because what would be written does not read back as your project; the file on disk is unchanged: {}",
                shown(&order.path)
            ),
            hint: "This is a mistake in Proofmark. Your work is in the recovery copy; please report it, and export a list meanwhile"
                .into(),
            exists: false,
        }));
    }
    let bytes = bytes.as_bytes();
    let mut told = Vec::new();
    let mut may = |target: &Path| match read(target, PROJECT_LIMIT) {
        Ok(there) => {
            if order.known.as_ref().is_some_and(|known| *known != hash(&there)) && there != bytes {
                return false;
            }
            let kept = order.data.map_or(Ok(()), |data| {
                versions::keep(disk, data, (project.id, &order.path), &there, clock::now())
            });
            if let Err(problem) = kept {
                told.push(format!(
                    "The project was saved, but its previous version was not kept. {}",
                    problem.what
                ));
            }
            true
        }
        Err(ReadError::Missing { .. }) => {
            if order.known.is_some() {
                told.push("The file was not there any more; it was written again".into());
            }
            true
        }
        // It cannot be compared: only who says "replace it" may.
        Err(_) => order.known.is_none(),
    };
    let saved = if order.replace {
        save_if(disk, &order.path, bytes, &mut may)
    } else {
        save_new(disk, &order.path, bytes)
    };
    match saved {
        Ok(saved) => Ok(Ok(written(&saved, bytes, told))),
        Err(error) if error.reason == Reason::Changed => Err(Refused::Changed),
        Err(error) => Err(Refused::Failed(error.into())),
    }
}

/// Whether bytes read back as that very project.
fn reads_back(project: &Project, bytes: &str) -> bool {
    formats::ron::read(bytes.as_bytes(), &mut clock::stamp(""))
        .is_ok_and(|opened| !opened.changed && opened.project == *project)
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
