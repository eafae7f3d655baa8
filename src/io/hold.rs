//! Who works on a file: a small file beside it, for everybody who shares the folder.
//!
//! May use: std, ron, `domain`'s words. It lies beside the project (`.~lock.story.ron#`), because
//! in the data folder it would be seen on one computer only; and it is not the project file itself
//! that is locked, because a save puts another file in its place. Invariants: it is made in one step
//! that fails where there is one; it is removed only while it is still ours; nothing depends on it:
//! where it cannot be made, work goes on, and saving compares contents anyway. Known limits: whether
//! another computer's window is still there cannot be known, and without `/proc` not even one's own.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{clock, temp};
use crate::app::effect::Holder;
use crate::formats::text::hash;

/// File names are not longer than this anywhere.
const NAME_BYTES: usize = 255;
const LIMIT: u64 = 1 << 16;

/// What stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The checker.
    pub name: String,
    /// The computer.
    pub host: String,
    /// What this start of the computer is called.
    pub boot: String,
    /// The process, and when it began.
    pub process: u32,
    /// Apart from others of the same number.
    pub began: String,
    /// The window.
    pub window: String,
    /// Local time, as shown.
    pub since: String,
}

impl Mark {
    /// The mark of a window of this process.
    pub fn own(name: &str, window: &str) -> Self {
        let process = std::process::id();
        Self {
            name: name.to_owned(),
            host: host(),
            boot: boot(),
            process,
            began: began(process).unwrap_or_default(),
            window: window.to_owned(),
            since: clock::local(clock::now()),
        }
    }

    fn holder(&self) -> Holder {
        let name = if self.name.trim().is_empty() { "somebody" } else { self.name.trim() };
        let who = format!("{} on {} since {}", plain(name), plain(&self.host), plain(&self.since));
        let (gone, is_dead) = self.gone();
        Holder { who, gone, is_dead }
    }

    /// Why the window that made it may be gone; nothing where it is certainly there.
    /// And whether it certainly is.
    fn gone(&self) -> (Option<String>, bool) {
        let words = |words: &str| Some(words.to_owned());
        if self.host != host() {
            return (words("Whether it is still open there cannot be seen from here: ask first."), false);
        }
        if self.boot != boot() {
            let text = "This computer has been started again since, so it is not open there any more.";
            return (words(text), true);
        }
        match temp::is_running(self.process) {
            Some(true) if began(self.process).is_none_or(|began| began == self.began) => (None, false),
            Some(_) => (words("That window ended without closing the file."), true),
            None => (words("Check first whether another window has it open."), false),
        }
    }
}

/// A name of somebody else in a sentence: short, and on one line.
fn plain(text: &str) -> String {
    super::shown(Path::new(&text.chars().take(60).collect::<String>()))
}

/// Which file this window holds.
#[derive(Debug, Default)]
pub struct Hold {
    held: Option<(PathBuf, PathBuf, Mark)>,
}

/// Who says to work on a file, if anybody does.
pub fn holder(path: &Path) -> Option<Holder> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let lock = beside(&path);
    lock.symlink_metadata().ok()?;
    Some(found(&lock).map_or_else(unreadable, |mark| mark.holder()))
}

fn unreadable() -> Holder {
    Holder {
        who: "somebody whose name cannot be read".into(),
        gone: Some("The mark beside the file is damaged.".into()),
        is_dead: false,
    }
}

/// The file beside a project.
pub fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let mut own = std::ffi::OsString::from(".~lock.");
    own.push(name);
    own.push("#");
    if own.len() > NAME_BYTES {
        own = format!(".~lock.{}#", &hash(name.as_encoded_bytes())[..16]).into();
    }
    path.with_file_name(own)
}

impl Hold {
    /// Lets go of what was held and holds this file; `Err` names who has it.
    pub fn hold(&mut self, path: &Path, mark: Mark, take: bool) -> Result<(), Holder> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if self.held.as_ref().is_some_and(|(held, lock, _)| *held == path && lock.exists()) {
            return Ok(());
        }
        self.release();
        let lock = beside(&path);
        if take {
            let _ = fs::remove_file(&lock);
        }
        match made(&lock, &mark) {
            Ok(()) => self.held = Some((path, lock, mark)),
            Err(ErrorKind::AlreadyExists) => match found(&lock) {
                Some(other) if other.window != mark.window => return Err(other.holder()),
                Some(_) => self.held = Some((path, lock, mark)),
                None => return Err(unreadable()),
            },
            // A folder for reading only, a disk without room: there is nothing to tell.
            Err(_) => {}
        }
        Ok(())
    }

    /// Knows of nothing held any more, and leaves its mark where it is.
    pub fn forget(&mut self) {
        self.held = None;
    }

    /// Lets go of what was held.
    pub fn release(&mut self) {
        let Some((_, lock, mark)) = self.held.take() else { return };
        // Somebody may have taken it over meanwhile.
        if found(&lock).is_some_and(|now| now.window == mark.window) {
            let _ = fs::remove_file(lock);
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.release();
    }
}

fn made(lock: &Path, mark: &Mark) -> Result<(), ErrorKind> {
    let text = ron::ser::to_string(mark).map_err(|_| ErrorKind::InvalidData)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(lock).map_err(|e| e.kind())?;
    file.write_all(text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(lock);
        error.kind()
    })
}

fn found(lock: &Path) -> Option<Mark> {
    ron::de::from_bytes(&super::read(lock, LIMIT).ok()?).ok()
}

fn first_line(path: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

fn host() -> String {
    first_line("/proc/sys/kernel/hostname")
        .or_else(|| ["COMPUTERNAME", "HOSTNAME"].iter().find_map(|name| std::env::var(name).ok()))
        .unwrap_or_else(|| "this computer".into())
}

fn boot() -> String {
    first_line("/proc/sys/kernel/random/boot_id").unwrap_or_default()
}

/// When a process began, in the kernel's own ticks.
fn began(process: u32) -> Option<String> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything; after it the twentieth field is the time.
    text.rsplit_once(')')?.1.split_whitespace().nth(19).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("story.ron");
        fs::write(&path, "a project").unwrap();
        (folder, path)
    }

    // S29
    #[test]
    fn a_second_window_is_told_who_has_the_file_and_nothing_is_left_behind() {
        let (folder, path) = story();
        let (mut first, mut second) = (Hold::default(), Hold::default());
        first.hold(&path, Mark::own("Ana", "1"), false).unwrap();
        first.hold(&path, Mark::own("Ana", "1"), false).unwrap();
        // A save puts another file in the place of this one.
        fs::write(folder.path().join("new"), "saved").unwrap();
        fs::rename(folder.path().join("new"), &path).unwrap();
        let holder = second.hold(&path, Mark::own("Bo", "2"), false).unwrap_err();
        assert!(holder.who.starts_with("Ana on "), "{}", holder.who);
        if cfg!(target_os = "linux") {
            assert_eq!(holder.gone, None);
        }
        drop(first);
        second.hold(&path, Mark::own("Bo", "2"), false).unwrap();
        drop(second);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    // S30
    #[test]
    fn a_stale_mark_is_never_taken_over_without_a_word() {
        let (_folder, path) = story();
        let own = Mark::own("Ana", "1");
        let dead = Mark { process: 4_194_305, ..own.clone() };
        let reused = Mark { began: "1".into(), ..own.clone() };
        let elsewhere = Mark { host: "another\nhost".into(), ..own.clone() };
        let before = Mark { boot: "another start".into(), ..own };
        for mark in [dead, reused, elsewhere, before] {
            fs::write(beside(&path), ron::ser::to_string(&mark).unwrap()).unwrap();
            let mut hold = Hold::default();
            let holder = hold.hold(&path, Mark::own("Bo", "2"), false).unwrap_err();
            assert!(holder.gone.is_some() && !holder.who.contains('\n'), "{holder:?}");
            assert_eq!(found(&beside(&path)), Some(mark));
            hold.hold(&path, Mark::own("Bo", "2"), true).unwrap();
            assert_eq!(found(&beside(&path)).unwrap().name, "Bo");
        }
        fs::write(beside(&path), "rubbish").unwrap();
        assert!(Hold::default().hold(&path, Mark::own("Bo", "2"), false).unwrap_err().gone.is_some());
    }

    #[test]
    fn what_was_taken_over_is_not_removed_by_the_one_who_had_it() {
        let (_folder, path) = story();
        let (mut first, mut second) = (Hold::default(), Hold::default());
        first.hold(&path, Mark::own("Ana", "1"), false).unwrap();
        second.hold(&path, Mark::own("Bo", "2"), true).unwrap();
        drop(first);
        assert_eq!(found(&beside(&path)).unwrap().name, "Bo");
    }

    #[test]
    fn the_name_fits_and_a_folder_that_takes_no_file_is_no_matter() {
        let long = format!("{}.ron", "a".repeat(251));
        assert!(beside(Path::new(&long)).as_os_str().len() < 64);
        assert_eq!(beside(Path::new("a/story.ron")), Path::new("a/.~lock.story.ron#"));
        Hold::default().hold(Path::new("/proc/none.ron"), Mark::own("Ana", "1"), false).unwrap();
    }
}
