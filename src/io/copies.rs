//! Copies that sync clients make beside a file when two people changed it at once.
//!
//! May use: std. Invariant: only names that a sync client gives are meant, and only those made of
//! the file's own name. Known limit: names of clients that translate "conflicted copy" are not known.

use std::fs;
use std::path::Path;

/// The names of the conflicted copies beside a file, in order.
pub fn beside(path: &Path) -> Vec<String> {
    let Some(own) = path.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let Some(folder) = path.parent() else { return Vec::new() };
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut found: Vec<String> = names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| is_copy(name, own))
        .map(|name| super::shown(Path::new(&name)))
        .collect();
    found.sort();
    found
}

/// Whether a name is that of a conflicted copy of the file of the other name.
fn is_copy(name: &str, of: &str) -> bool {
    let (stem, ending) = of.rsplit_once('.').map_or((of, ""), |(stem, _)| (stem, &of[stem.len()..]));
    let Some(added) = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending)) else {
        return false;
    };
    let added = added.to_lowercase();
    let bracketed = added.starts_with(" (") && added.ends_with(')');
    // Dropbox, ownCloud, Nextcloud; Syncthing; older ownCloud; Synology; Resilio.
    bracketed && (added.contains("conflicted copy") || added.contains("case conflict"))
        || added.starts_with(".sync-conflict-")
        || added.starts_with("_conflict-")
        || added.starts_with('_') && (added.contains("conflict") && added.len() > 12)
        || added == ".conflict"
}

#[cfg(test)]
mod tests {
    use super::*;

    // M18
    #[test]
    fn the_names_of_sync_clients_are_known_and_others_are_not() {
        for copy in [
            "story (conflicted copy 2025-04-10 093612).ron",
            "story (Ana's conflicted copy 2026-11-24).ron",
            "story (Ana Núñez's conflicted copy).ron",
            "story (Case Conflict).ron",
            "story.sync-conflict-20261124-091200-ABCDEFG.ron",
            "story_conflict-20261124-091200.ron",
            "story_NAS_Nov-24-0912-2026_Conflict.ron",
            "story_laptop_2026-11-24_CaseConflict_1.ron",
            "story.Conflict.ron",
        ] {
            assert!(is_copy(copy, "story.ron"), "{copy}");
        }
        for other in [
            "story.ron",
            "story (1).ron",
            "story (final).ron",
            "story-previous.ron",
            "stories (conflicted copy).ron",
            "story (conflicted copy).txt",
            "story_conflict.ron",
            "other.sync-conflict-20261124-091200-ABCDEFG.ron",
        ] {
            assert!(!is_copy(other, "story.ron"), "{other}");
        }
    }

    #[test]
    fn they_are_found_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["story.ron", "b.ron", "story.sync-conflict-20261124-091200-ABCDEFG.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = beside(&folder.path().join("story.ron"));
        assert_eq!(found, ["story.sync-conflict-20261124-091200-ABCDEFG.ron"]);
        assert!(beside(Path::new("nowhere/at all.ron")).is_empty());
    }
}
