//! The habits of the source tree, read from the tree itself: which layer may use what, how files
//! begin, how long they are, what they are called, and that the map in `src/README.md` is whole.
//!
//! Known limit: the layers are read from the text, without a compiler. An import under another name
//! (`use std as s`) or a macro of another crate that reads the clock would go unseen.

#[path = "tidy/lexer.rs"]
mod lexer;
#[path = "tidy/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use lexer::without_comments_and_words;
use source::{Source, layer_faults, note_tests};

/// Files that may be longer than [`LONGEST`] lines, each with its reason.
const LONG: &[(&str, &str)] = &[];
const LONGEST: usize = 400;

/// What may stand at the top of the repository, beside what is not committed.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "assets",
    "projects",
    "benches",
    "tests",
    "README.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "rustfmt.toml",
    ".ci",
    ".gitignore",
    ".gitattributes",
];
const NOT_COMMITTED: &[&str] = &[".git", "target"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder with that ending, as path from there and content, in order.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    walk(folder, &mut found);
    found.sort();
    let named = found.into_iter().filter_map(|path| {
        let name = path.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
        // What the fuzz targets keep need not be text.
        let read = || match ending {
            "" => fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            _ => fs::read_to_string(&path),
        };
        let content = name.ends_with(ending).then(read)?;
        Some((name, content.unwrap_or_else(|error| panic!("{}: {error}", path.display()))))
    });
    named.collect()
}

fn sources() -> Vec<Source> {
    let all = files(&root().join("src"), ".rs");
    assert!(all.len() > 10, "the source was not found");
    let mut all: Vec<Source> =
        all.into_iter().map(|(name, content)| Source { name, content, is_test: false }).collect();
    note_tests(&mut all);
    all
}

#[track_caller]
fn assert_none(what: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

/// The words in front of a reader that say that something is not done, or may panic.
fn unfinished(source: &Source) -> Vec<String> {
    let code = without_comments_and_words(&source.code());
    let mut faults = Vec::new();
    for word in ["todo!", "unimplemented!", "dbg!", ".unwrap()", ".expect("] {
        let hits = code.lines().enumerate().filter(|(_, line)| line.contains(word));
        faults.extend(hits.map(|(i, _)| format!("{}:{}: {word}", source.name, i + 1)));
    }
    for word in ["FIXME", "XXX", "TODO"] {
        let hits = source.content.lines().enumerate().filter(|(_, line)| line.contains(word));
        faults.extend(hits.map(|(i, _)| format!("{}:{}: {word}", source.name, i + 1)));
    }
    faults
}

/// The files that a map does not name, and the names in it that are no file.
fn map_faults(map: &str, names: &[String]) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || "_-./".contains(c);
    let words: Vec<&str> =
        map.split(|c| !is_part(c)).map(|w| w.trim_end_matches('.')).filter(|w| w.ends_with(".rs")).collect();
    let missing = names.iter().filter(|name| !words.contains(&&***name));
    let stale = words.iter().filter(|word| names.iter().all(|name| name != *word));
    let missing = missing.map(|name| format!("not in the map: {name}"));
    missing.chain(stale.map(|word| format!("in the map, but no file: {word}"))).collect()
}

#[test]
fn every_layer_uses_only_what_lies_below_it() {
    assert_none("layers", sources().iter().flat_map(layer_faults).collect());
}

#[test]
fn every_file_says_what_it_is() {
    let mut faults = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (name, content) in files(&root().join(folder), ".rs") {
            let opens = content.starts_with("//!") || content.starts_with("#![doc = include_str!(");
            if !opens {
                faults.push(format!("{folder}/{name}"));
            }
        }
    }
    assert_none("files that do not begin with //!", faults);
}

#[test]
fn no_file_is_long() {
    let mut faults = Vec::new();
    for source in sources() {
        let (lines, excused) =
            (source.content.lines().count(), LONG.iter().any(|(name, _)| *name == source.name));
        if lines > LONGEST && !excused {
            faults.push(format!("{}: {lines} lines", source.name));
        }
        if lines <= LONGEST && excused {
            faults.push(format!("{}: needs no exception any more", source.name));
        }
    }
    assert_none("long files", faults);
    assert!(LONG.iter().all(|(_, reason)| !reason.is_empty()));
}

#[test]
fn nothing_is_unfinished() {
    assert_none("unfinished or may panic", sources().iter().flat_map(unfinished).collect());
}

#[test]
fn no_file_is_a_drawer_for_the_rest() {
    let bad =
        |part: &str| ["util", "helper", "manager", "common", "misc"].iter().any(|word| part.contains(word));
    let faults =
        sources().into_iter().map(|source| source.name).filter(|name| name.split(['/', '.']).any(bad));
    assert_none("names that say nothing", faults.collect());
}

#[test]
fn the_map_names_every_file() {
    let map = fs::read_to_string(root().join("src/README.md")).expect("the map");
    let names: Vec<String> = sources().into_iter().map(|source| source.name).collect();
    assert_none("src/README.md", map_faults(&map, &names));
}

/// Ways to start another program, or to have the toolkit start one; only the checked door may.
#[test]
fn only_the_checked_door_starts_another_program() {
    let mut faults = Vec::new();
    for source in sources() {
        let code = without_comments_and_words(&source.code());
        for word in [".hyperlink(", "Hyperlink::", "open_url", "OpenUrl", "process::Command", "webbrowser::"]
        {
            if code.contains(word) && source.name != "io/browser.rs" {
                faults.push(format!("{}: {word}", source.name));
            }
        }
    }
    assert_none("other doors", faults);
    let door = sources().into_iter().find(|source| source.name == "io/browser.rs").expect("the door");
    assert!(door.content.contains("webbrowser::open(url)") && door.content.contains("checked: &Checked"));
}

/// A disk that does not answer must hold up a worker, never the window.
#[test]
fn the_window_asks_no_disk() {
    let mut faults = Vec::new();
    let is_window = |name: &str| name.starts_with("ui/") || name.starts_with("app/");
    for source in sources().iter().filter(|source| is_window(&source.name)) {
        let code = without_comments_and_words(&source.code());
        for word in
            [".exists()", ".is_file()", ".is_dir()", ".canonicalize(", ".metadata(", "read_dir(", "fs::"]
        {
            if code.contains(word) {
                faults.push(format!("{}: {word}", source.name));
            }
        }
    }
    assert_none("the disk, asked by the window's thread", faults);
}

#[test]
fn the_top_level_is_clean() {
    let entries = fs::read_dir(root()).expect("the repository").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let known = |name: &str| TOP.contains(&name) || NOT_COMMITTED.contains(&name);
    assert_none("at the top of the repository", names.filter(|name| !known(name)).collect());
}

#[test]
fn no_path_of_the_build_machine() {
    let bad = [["/wo", "rk/"].concat(), ["../sha", "red"].concat()];
    let mut all =
        vec![("README.md".to_owned(), fs::read_to_string(root().join("README.md")).unwrap_or_default())];
    for folder in ["src", "tests", "benches"] {
        let inside = files(&root().join(folder), "").into_iter();
        all.extend(inside.map(|(name, content)| (format!("{folder}/{name}"), content)));
    }
    let hits = all.into_iter().filter(|(_, content)| bad.iter().any(|path| content.contains(path)));
    assert_none("paths of the build machine", hits.map(|(name, _)| name).collect());
}

#[test]
fn the_checks_find_what_they_look_for() {
    let source =
        |content: &str| Source { name: "domain/a.rs".into(), content: content.into(), is_test: false };
    for bad in ["fn a() { b.unwrap(); }", "let a = b.expect(\"c\");", "// FIXME: later", "todo!()", "dbg!(a)"]
    {
        assert_eq!(unfinished(&source(bad)).len(), 1, "{bad}");
    }
    for good in [
        "//! Never calls `.unwrap()`.",
        "let a = \".unwrap()\";",
        "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() { c.unwrap() }\n}\n",
        "b.unwrap_or_default();",
    ] {
        assert_eq!(unfinished(&source(good)), Vec::<String>::new());
    }
    let names = ["domain/mod.rs".to_owned(), "domain/text.rs".to_owned()];
    assert_eq!(map_faults("`domain/mod.rs`: a; see domain/text.rs.", &names), Vec::<String>::new());
    assert_eq!(map_faults("`domain/mod.rs`, `mod.rs`", &names).len(), 2);
}
