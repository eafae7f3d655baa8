//! Another project beside the open one: reading it, and writing copies to send.
//!
//! May use: `io`, `formats`, `domain`, the application's effects. Invariant: a copy never takes the
//! place of the project that it is of, whatever the two paths look like.

use std::path::Path;
use std::sync::Arc;

use super::project::{self, Job, Put, Refused};
use super::{Disk, PROJECT_LIMIT, clock, read, read_problem, same};
use crate::app::effect::{Asked, Beside, Found, Held, Other, Outcome, Problem, Review};
use crate::domain::Project;
use crate::domain::agreement::compare;
use crate::formats::text::hash;
use crate::formats::{self, exposed};

/// Performs it.
pub fn perform(asked: Beside) -> Outcome {
    Outcome::Beside(match asked {
        Beside::Read(reason, desk, path) => {
            let result = open(&path);
            Found::Read(reason, desk, path, result)
        }
        Beside::Merge(asked) => {
            let result = merge(&asked).map(Box::new);
            Found::Merged(asked.desk, asked.state, asked.from, result)
        }
        Beside::Compare(desk, path, mine, theirs) => {
            let found = Arc::new(compare(&mine, &theirs));
            Found::Compared(desk, path, theirs, found)
        }
        Beside::Withheld(project) => {
            let (copy, withheld) = project.redact();
            Found::Withheld(Held { withheld, warnings: exposed::exposed_in_copy(&project, &copy) })
        }
    })
}

fn open(path: &Path) -> Result<Other, Problem> {
    let bytes = read(path, PROJECT_LIMIT)?;
    let opened = formats::ron::read(&bytes, &mut clock::stamp("")).map_err(|e| read_problem(path, &e))?;
    Ok(Other {
        project: Arc::new(opened.project),
        warnings: opened.warnings.iter().map(ToString::to_string).collect(),
        partial: opened.read_only,
    })
}

fn merge(asked: &Asked) -> Result<Review, Problem> {
    let path = &asked.from.path;
    let bytes = read(path, PROJECT_LIMIT)?;
    let opened = formats::ron::read(&bytes, &mut clock::stamp("")).map_err(|e| {
        let hint = "Nothing was merged. Ask for the copy again";
        Problem { hint: hint.into(), ..read_problem(path, &e) }
    })?;
    if let Some(why) = &opened.read_only {
        return Err(asked.from.partial(why));
    }
    let theirs = Arc::new(opened.project);
    let mut review = Review::of(asked, &theirs).map_err(|why| asked.from.refused(&why))?;
    review.on_disk = (hash(&bytes), (!opened.changed).then_some(theirs));
    review.warnings = opened.warnings.iter().map(ToString::to_string).collect();
    Ok(review)
}

/// Writes a copy; with it come what it does not have and what it names, one sentence each.
pub fn copy(
    disk: &dyn Disk,
    job: &Job<'_>,
    (of, redacted, own): (&Project, bool, Option<&Path>),
) -> Result<(Put, Vec<String>), Problem> {
    if own.is_some_and(|own| same::is_same(job.path, own)) {
        return Err(Problem {
            what: "Nothing was written: that is the project's own file".into(),
            hint: "Choose another name for the copy".into(),
            exists: false,
        });
    }
    let (copy, told) = if redacted {
        let (copy, withheld) = of.redact();
        let mut told = vec![format!("Not in it: {}", withheld.sentence())];
        told.extend(exposed::exposed_in_copy(of, &copy).into_iter().map(sentence));
        (copy, told)
    } else {
        (of.clone(), Vec::new())
    };
    match project::put(disk, job, &copy) {
        Ok(put) => Ok((put, told)),
        Err(Refused::Save(error)) => Err(error.into()),
        Err(Refused::Hindered(_, what, _)) => {
            Err(Problem { what, hint: "Choose another name for the copy".into(), exists: false })
        }
        Err(Refused::Changed | Refused::Unlike(_)) => Err(Problem {
            what: "The copy was not written, because it does not read back as the project".into(),
            hint: "This is a mistake in Proofmark; please report it".into(),
            exists: false,
        }),
    }
}

fn sentence(line: String) -> String {
    let mut chars = line.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
