//! What is left behind when the program ends by a mistake of its own: a note, and plain words.
//!
//! May use: std, the settings' folder. Invariant: a person never reads a panic message; the work is
//! in the recovery journal already, so the note holds where it happened and nothing of a project.
//! Known limit: a stack overflow or the system's own end of the program leaves no note.

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use super::{clock, settings, shown};

const NOTE: &str = "crash-note.txt";
const TOLD: &str = "crash-note-told.txt";

/// What is said on the terminal.
fn words(note: Option<&Path>) -> String {
    let place = note.map(|note| format!(" A note about it lies in {}.", shown(note))).unwrap_or_default();
    format!(
        "Proofmark has to stop because of a mistake in it.{place} Every saved file is whole, and what was not saved in a window can be recovered at the next start."
    )
}

/// From now on a panic writes a note into this folder and says so in plain words.
pub fn prepare(data: Option<PathBuf>) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let what = info.payload_as_str().unwrap_or("no message");
        let trace = std::backtrace::Backtrace::force_capture();
        let note = format!(
            "Proofmark {} on {}, {}\n{place}\n{what}\n\n{trace}\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            clock::now()
        );
        let written = data.as_ref().and_then(|data| leave(data, &note));
        // Standard error may be closed; then there is nobody to tell.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            format!("{}\n", words(written.as_deref())).as_bytes(),
        );
    }));
}

/// Names a file in the environment; where it is there, a debug build makes a mistake, for the tests.
#[cfg(debug_assertions)]
const DEMAND: &str = "PROOFMARK_CRASH_AT";

/// The mistake that a test of the real window asks for. A release has no such thing.
#[cfg(debug_assertions)]
pub fn on_demand() {
    if std::env::var_os(DEMAND).is_some_and(|file| Path::new(&file).exists()) {
        panic::panic_any("a test asked for this");
    }
}

fn leave(data: &Path, note: &str) -> Option<PathBuf> {
    settings::make_private(data).ok()?;
    let path = data.join(NOTE);
    fs::write(&path, note).ok()?;
    Some(path)
}

/// What is to be told of a note of the last time; it is told once.
pub fn told(data: &Path) -> Option<String> {
    let aside = data.join(TOLD);
    fs::rename(data.join(NOTE), &aside).ok()?;
    Some(format!(
        "Proofmark ended last time because of a mistake in it. A note for whoever looks after it lies here: {}",
        shown(&aside)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_left_and_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        assert_eq!(told(&data), None);
        let path = leave(&data, "where and what").unwrap();
        assert!(words(Some(&path)).contains(NOTE) && !words(None).contains("panic"));
        assert!(told(&data).unwrap().contains(TOLD));
        assert_eq!(told(&data), None);
        assert_eq!(fs::read_to_string(data.join(TOLD)).unwrap(), "where and what");
    }
}
