//! Writes the files of an export: all of them or, as far as can be seen before, none.
//!
//! May use: `save`, `formats`. Invariants: every file is written by the one save routine; a file that
//! must be replaced and may not be, and a fixed name that is taken by another content, are found
//! before anything is written; the chosen file comes last, so that where it is, the others are.
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
    let taken = |path: PathBuf| SaveError { reason: Reason::Exists, path, existed: true, source: None };
    let mut wanted: Vec<(PathBuf, &Part)> = Vec::new();
    for part in parts {
        let target = place(path, part.name);
        let there = disk.stat(&target).is_ok();
        match part.name {
            Name::Fixed(_) if there => {
                // The same settings may lie there already; others are somebody's work.
                if std::fs::read(&target).ok().as_deref() != Some(part.bytes.as_slice()) {
                    return Err(taken(target));
                }
            }
            Name::Chosen | Name::Beside(_) if there && !replace => return Err(taken(target)),
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
        assert!(refused.reason == Reason::Exists && refused.path.ends_with("annotation.conf"));
        assert_eq!((read("story.txt"), read("annotation.conf")), ("new".into(), "a".into()));
        let stopped = put(&RealDisk, &path, &parts("newest", "a"), true, &|| false).unwrap_err();
        assert!(stopped.reason == Reason::Changed && read("story.txt") == "new");
    }
}
