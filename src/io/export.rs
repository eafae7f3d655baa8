//! Writes the files of an export: all of them or, as far as can be seen before, none.
//!
//! May use: `save`, `formats`. Invariants: every file is written by the one save routine; a file that
//! must be replaced and may not be, and a name beside it that is taken by another content, are found
//! before anything is written: who agreed to replace the chosen file was not asked about that one. The
//! chosen file comes last, so that where it is, the others are.
//! Known limit: where the disk fails between two files, those before it stay.

use std::path::{Path, PathBuf};

use super::save::{save_if, save_new};
use super::save_error::{Reason, SaveError};
use super::{Disk, Saved};
use crate::formats::export::{Name, Part};

/// Where a part goes, where the person chose `path`.
pub fn place(path: &Path, name: Name) -> PathBuf {
    match name {
        Name::Chosen => path.to_owned(),
        Name::Beside(extension) => path.with_extension(extension),
        Name::Fixed(name) => path.with_file_name(name),
    }
}

/// Writes the parts of an export; `replace` where the person said that files may be replaced.
/// Asks `goes_on` last of all whether it is still wanted: where not, the reason is [`Reason::Changed`].
pub fn put(
    disk: &dyn Disk,
    path: &Path,
    parts: &[Part],
    replace: bool,
    goes_on: &dyn Fn() -> bool,
) -> Result<Saved, SaveError> {
    let taken = |reason, path: PathBuf| SaveError { reason, path, existed: true, source: None };
    // A pair that was exported before is replaced as one.
    let is_pair = replace && disk.stat(path).is_ok();
    let mut wanted: Vec<(PathBuf, &Part)> = Vec::new();
    for part in parts {
        let target = place(path, part.name);
        let there = disk.stat(&target).is_ok();
        match part.name {
            // The same may lie there already; other content is somebody's work.
            Name::Fixed(_) if there => {
                if !has(&target, &part.bytes) {
                    return Err(taken(Reason::Companion, target));
                }
            }
            Name::Beside(_) if there && !is_pair => {
                if !has(&target, &part.bytes) {
                    return Err(taken(Reason::Companion, target));
                }
            }
            Name::Chosen if there && !replace => return Err(taken(Reason::Exists, target)),
            _ => wanted.push((target, part)),
        }
    }
    wanted.sort_by_key(|(_, part)| part.name == Name::Chosen);
    let mut last = Saved { path: path.to_owned(), confirmed: true };
    for (target, part) in wanted {
        let saved = match part.name {
            Name::Fixed(_) => save_new(disk, &target, &part.bytes)?,
            _ if replace => save_if(disk, &target, &part.bytes, false, &mut |_| goes_on())?,
            _ => save_new(disk, &target, &part.bytes)?,
        };
        last = Saved { confirmed: last.confirmed && saved.confirmed, ..saved };
    }
    Ok(last)
}

/// Whether a file has just this content.
fn has(path: &Path, content: &[u8]) -> bool {
    let is_as_long = std::fs::metadata(path).is_ok_and(|about| about.len() == content.len() as u64);
    is_as_long && std::fs::read(path).is_ok_and(|found| found == content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::RealDisk;

    fn parts(text: &str, settings: &str) -> Vec<Part> {
        let part = |name, text: &str| Part { name, bytes: text.into() };
        vec![
            part(Name::Chosen, "marks"),
            part(Name::Beside("txt"), text),
            part(Name::Fixed("annotation.conf"), settings),
        ]
    }

    #[test]
    fn several_files_are_written_or_none_and_equal_settings_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("story.ann");
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
        let _ = put(&RealDisk, &path, &parts("text", "a"), false, &|| true).unwrap();
        assert_eq!((read("story.ann"), read("story.txt")), ("marks".into(), "text".into()));
        assert_eq!(
            put(&RealDisk, &path, &parts("new", "a"), false, &|| true).unwrap_err().reason,
            Reason::Exists
        );
        assert_eq!(read("story.txt"), "text");
        let _ = put(&RealDisk, &path, &parts("new", "a"), true, &|| true).unwrap();
        assert_eq!(read("story.txt"), "new");
        let refused = put(&RealDisk, &path, &parts("newer", "b"), true, &|| true).unwrap_err();
        assert!(refused.reason == Reason::Companion && refused.path.ends_with("annotation.conf"));
        // It is told where it is read: no option of the command line in the window.
        assert!(!refused.to_string().contains("--") && refused.hint().contains("Choose another name"));
        assert_eq!((read("story.txt"), read("annotation.conf")), ("new".into(), "a".into()));
        let stopped = put(&RealDisk, &path, &parts("newest", "a"), true, &|| false).unwrap_err();
        assert!(stopped.reason == Reason::Changed && read("story.txt") == "new");
    }

    #[test]
    fn a_text_of_that_name_that_nobody_was_asked_about_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (path, article) = (folder.path().join("story.ann"), folder.path().join("story.txt"));
        std::fs::write(&article, "The article, as it came\r\n").unwrap();
        // Where there is no file of the chosen name, agreeing to replace it said nothing about this one.
        for replace in [false, true] {
            let refused = put(&RealDisk, &path, &parts("text", "a"), replace, &|| true).unwrap_err();
            assert!(refused.reason == Reason::Companion && refused.path == article);
        }
        assert_eq!(std::fs::read_to_string(&article).unwrap(), "The article, as it came\r\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        // The very same text may be there.
        std::fs::write(&article, "text").unwrap();
        let _ = put(&RealDisk, &path, &parts("text", "a"), false, &|| true).unwrap();
    }
}
