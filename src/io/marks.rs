//! Reads a file of annotations that another tool made, for window and command line.
//!
//! May use: `read`, formats. Invariant: the file, and `X.txt` beside `X.ann`, are read and nothing is
//! written; why it cannot be done is said in words.

use std::path::Path;

use super::{ARTICLE_LIMIT, PROJECT_LIMIT, ReadError, clock, read};
use crate::app::effect::{Arriving, MarksDone, MarksJob, Problem};
use crate::domain::{Project, Text};
use crate::formats::exchange::{self, Arrival, NotTaken};
use crate::formats::incoming::{self, ReadOptions};

/// Why annotations are not read.
#[derive(Debug, thiserror::Error)]
pub enum NoMarks {
    /// The file cannot be read.
    #[error(transparent)]
    Unread(#[from] ReadError),
    /// It is no text.
    #[error("This is no UTF-8 text, from byte {0} on")]
    NoText(usize),
    /// It is no file of annotations.
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
}

/// Reads annotations of the format that is named, or that content and name show, for an article.
pub fn arrive(path: &Path, named: Option<&str>, article: &Text) -> Result<Arrival, NoMarks> {
    let bytes = read(path, PROJECT_LIMIT)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| NoMarks::NoText(error.valid_up_to()))?;
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let format = exchange::format_of(text, named, &extension).ok_or(NotTaken::Unknown)?;
    let beside = (format.extension == "ann").then(|| beside(path)).flatten();
    Ok(exchange::arrive(text, (Some(format.name), &extension), article, beside.as_deref())?)
}

/// The text of `X.txt` beside `X.ann`, where it can be read: what brat's offsets are for.
fn beside(path: &Path) -> Option<String> {
    let bytes = read(&path.with_extension("txt"), ARTICLE_LIMIT).ok()?;
    let imported = incoming::read(&bytes, Some("text"), "txt", ReadOptions::default()).ok()?;
    Some(imported.text.as_str().to_owned())
}

/// The title of the tool's format, where bytes that were opened as an article are annotations.
pub(super) fn is_no_article(bytes: &[u8]) -> Option<&'static str> {
    let text = std::str::from_utf8(bytes).ok()?;
    exchange::sniff(text).map(|format| format.title)
}

/// Does what the window asks for.
pub(super) fn perform(job: MarksJob) -> MarksDone {
    match job {
        MarksJob::Read { path, desk, state, project } => {
            let result = match arrive(&path, None, &project.article.text) {
                Ok(arrival) => arriving(&path, arrival, &project).map(Box::new),
                Err(error) => Err(problem(&path, &error)),
            };
            MarksDone::Read { path, desk, state, result }
        }
        MarksJob::Adopt { desk, state, project, arriving, by } => {
            let incoming = arriving.arrival.placed.incoming.clone();
            let (transaction, adopted) = project.adopt(incoming, &mut clock::stamp(&by));
            MarksDone::Adopted { desk, state, transaction, adopted }
        }
    }
}

fn arriving(path: &Path, arrival: Arrival, project: &Project) -> Result<Arriving, Problem> {
    // By nobody: this one is not kept, only counted.
    let (transaction, adopted) = project.adopt(arrival.placed.incoming.clone(), &mut clock::stamp(""));
    exchange::admits(project, adopted).map_err(|why| Problem {
        what: format!("Nothing was imported. {why}: {}", super::shown(path)),
        hint: "Import a part of them".into(),
        exists: false,
    })?;
    Ok(Arriving::new(arrival, &transaction, adopted))
}

fn problem(path: &Path, error: &NoMarks) -> Problem {
    let (what, hint) = match error {
        NoMarks::Unread(error) => (error.to_string(), error.hint().to_owned()),
        NoMarks::NoText(_) => (format!("{error}: {}", super::shown(path)), "Save it as UTF-8".to_owned()),
        NoMarks::NotTaken(NotTaken::Unknown) => {
            let titles: Vec<&str> = exchange::formats().map(|format| format.title).collect();
            let what = format!("There are no annotations that can be read: {}", super::shown(path));
            (what, format!("Export them from their tool in one of these: {}", titles.join(", ")))
        }
        NoMarks::NotTaken(error) => {
            (format!("{error}: {}", super::shown(path)), "Look whether it is the right file".to_owned())
        }
    };
    Problem { what, hint, exists: false }
}
