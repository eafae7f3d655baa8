//! One after the other: commands of one person that change projects wait for each other.
//!
//! May use: std, the settings' folder. A command takes its turn before it reads and keeps it until it
//! has saved, so that scripts may run many at once and lose nothing. Invariant: waiting never turns
//! into failing: where there is no turn to be had, the command goes on without. Known limits: the
//! window, other people and other machines do not wait; one turn serves all projects.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::time::{Duration, Instant};

use super::settings;

/// Longer than any save that somebody would wait for.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(5);

/// A turn, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

/// Waits for a turn among all commands of this person.
pub fn wait() -> Option<Turn> {
    wait_in(&settings::folder()?, PATIENCE)
}

fn wait_in(folder: &Path, patience: Duration) -> Option<Turn> {
    settings::make_private(folder).ok()?;
    let mut options = OpenOptions::new();
    let file = options.create(true).truncate(false).write(true).open(folder.join("turn.lock")).ok()?;
    let end = Instant::now() + patience;
    loop {
        match file.try_lock() {
            Ok(()) => return Some(Turn { _lock: file }),
            Err(std::fs::TryLockError::WouldBlock) if Instant::now() < end => std::thread::sleep(PAUSE),
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_lasts_until_it_is_dropped_and_nobody_waits_for_ever() {
        let folder = tempfile::tempdir().expect("folder");
        let first = wait_in(folder.path(), Duration::ZERO).expect("first");
        assert!(wait_in(folder.path(), Duration::from_millis(20)).is_none());
        drop(first);
        assert!(wait_in(folder.path(), Duration::ZERO).is_some());
        let file = folder.path().join("turn.lock");
        assert!(wait_in(&file, Duration::ZERO).is_none(), "a file is no folder");
    }
}
