//! Why a command cannot be done, in one line.
//!
//! May use: io's and formats' errors, clap. Invariant: the first line says the reason and, last, the
//! file; only a damaged file adds its line and a caret below. Nothing from outside reaches the
//! terminal with its control characters. Known limit: English only.

use std::fmt;
use std::path::Path;

use crate::domain::change::Stale;
use crate::formats::ron::Damaged;
use crate::io::{ReadError, Reason, SaveError, shown};

/// Why a command cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    line: String,
    below: String,
}

impl Failure {
    /// A reason without a file.
    pub fn new(reason: impl AsRef<str>) -> Self {
        Self { line: super::words::one_line(reason.as_ref()), below: String::new() }
    }

    /// A reason, and the file.
    pub fn of(path: &Path, reason: impl fmt::Display) -> Self {
        Self::new(format!("{reason}: {}", shown(path)))
    }

    /// A damaged project file: with the line and the place in it.
    pub fn damaged(path: &Path, damaged: &Damaged) -> Self {
        let mut failure = Self::of(path, format!("The project is damaged, {}", damaged.brief()));
        let message = damaged.to_string();
        failure.below = message.split_once('\n').map(|(_, below)| format!("\n{below}")).unwrap_or_default();
        failure
    }

    /// What could not be written.
    pub fn save(error: &SaveError, asked: &Path) -> Self {
        if error.reason == Reason::Exists {
            return Self::of(asked, "This file exists already, --force overwrites it");
        }
        Self::new(error.to_string())
    }

    /// Arguments that were not understood: clap's words in one line.
    pub fn usage(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let wanted = lines.filter(|line| !line.starts_with("For more information"));
        let mut reason = String::new();
        let mut in_usage = false;
        for line in wanted {
            in_usage |= line.starts_with("Usage:");
            if in_usage && !line.starts_with("Usage:") {
                continue;
            }
            let line = line.strip_prefix("error: ").unwrap_or(line);
            if !reason.is_empty() {
                reason.push_str(if line.starts_with("Usage:") || line.starts_with("tip:") {
                    ". "
                } else {
                    " "
                });
            }
            reason.push_str(line);
        }
        Self::new(reason)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.line, self.below)
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<Stale> for Failure {
    fn from(error: Stale) -> Self {
        Self::new(error.to_string())
    }
}
