//! Performs effects: reads, parses, formats and writes. Blocking, so called on a thread.
//!
//! May use: `io`, `formats`, `domain`, the application's effects and outcomes. Invariant: every
//! error becomes a [`Problem`] here, with what failed, which file, and what to do.

use std::path::{Path, PathBuf};

use super::save::{save, save_new};
use super::{
    ARTICLE_LIMIT, PROJECT_LIMIT, ReadError, RealDisk, Reason, SaveError, Saved, clock, read, shown,
    sweep_stale,
};
use crate::app::dialog::Purpose;
use crate::app::effect::{Content, Loaded, Outcome, Problem, Written};
use crate::formats;

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
        let opened = formats::ron::read(&bytes, &mut clock::stamp("")).map_err(|damaged| Problem {
            what: format!("{}\n{damaged}", shown(path)),
            hint: String::new(),
            exists: false,
        })?;
        Ok(Loaded::Project {
            project: Box::new(opened.project),
            warnings: opened.warnings.iter().map(ToString::to_string).collect(),
            read_only: opened.read_only,
            mended: opened.changed,
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

/// Writes a project or an export.
pub fn write(path: PathBuf, content: Content, purpose: Purpose, state: u64, replace: bool) -> Outcome {
    let project = content.project().id;
    let (bytes, left_out) = match content {
        Content::Project(whole) => (formats::ron::write(&whole), Vec::new()),
        Content::Export(of, name, include) => {
            let Some(write) = formats::find(name).and_then(|format| format.write) else {
                let what = format!("There is no export named {name}");
                let result = Err(Problem { what, hint: String::new(), exists: false });
                return Outcome::Wrote { path, purpose, project, state, result };
            };
            (write(&of, include), formats::leaves_out(&of, include))
        }
    };
    let write = |bytes: &[u8]| {
        if replace { save(&RealDisk, &path, bytes) } else { save_new(&RealDisk, &path, bytes) }
    };
    let result = match write(bytes.as_bytes()) {
        Ok(Saved { confirmed, .. }) => Ok(Written { at: clock::time_of_day(), confirmed, left_out }),
        Err(error) => Err(Problem::from(error)),
    };
    Outcome::Wrote { path, purpose, project, state, result }
}
