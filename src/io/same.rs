//! Whether two paths name one file.
//!
//! May use: std. Invariant: links, `..`, and, where the system tells, hard links and the disk's own
//! ideas of upper and lower case do not hide that two paths lead to the same file. Known limit: a
//! path that leads nowhere is the same as nothing, and hard links are known on Unix only.

use std::path::Path;

/// Whether both paths lead to the same existing file.
pub fn is_same(a: &Path, b: &Path) -> bool {
    let (Ok(real_a), Ok(real_b)) = (a.canonicalize(), b.canonicalize()) else { return false };
    real_a == real_b || is_linked(&real_a, &real_b)
}

#[cfg(unix)]
fn is_linked(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(a), Ok(b)) = (a.metadata(), b.metadata()) else { return false };
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_linked(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_detours_do_not_hide_a_file() {
        let folder = tempfile::tempdir().expect("folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a"), "x").expect("file");
        std::fs::write(at("b"), "x").expect("file");
        std::fs::create_dir(at("c")).expect("folder");
        std::fs::hard_link(at("a"), at("hard")).expect("link");
        assert!(is_same(&at("a"), &at("a")) && is_same(&at("c/../a"), &at("a")));
        assert!(!is_same(&at("a"), &at("b")) && !is_same(&at("none"), &at("none")));
        if cfg!(unix) {
            assert!(is_same(&at("hard"), &at("a")));
        }
    }
}
