//! The table of `tests/README.md` against the tests: no case is missing, and every test it names exists.
//!
//! May use: the sources, as text. Known limit: that a test does what its case asks for, people must see.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The cases that the table must answer for: letter, first and last number, digits of a number.
const CASES: &[(&str, u32, u32, usize)] = &[
    ("S", 1, 42, 2),
    ("L", 1, 30, 2),
    ("I", 1, 20, 2),
    ("E", 1, 18, 2),
    ("U", 1, 16, 2),
    ("M", 1, 18, 2),
    ("A", 1, 10, 2),
    ("A", 12, 12, 2),
    ("F", 1, 18, 1),
    ("F", 20, 36, 1),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the table: case and what tests it.
fn table() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("tests/README.md")).expect("the table");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows = rows.filter_map(|row| row.split_once(" | "));
    rows.map(|(case, rest)| (case.to_owned(), rest.to_owned())).collect()
}

/// What stands between backticks.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Why a named test does not exist, or nothing.
fn fault(name: &str) -> Option<String> {
    let (path, test) = match name.split_once("::") {
        Some((path, test)) => (path, Some(test)),
        None => (name.split(' ').next().unwrap_or_default(), None),
    };
    let Ok(source) = fs::read_to_string(root().join(path)) else { return Some(format!("no file {path}")) };
    match test {
        Some(test) if !source.contains(&format!("fn {test}(")) => Some(format!("no test {test} in {path}")),
        Some(_) if !source.contains("#[test]") => Some(format!("no tests in {path}")),
        None if path.ends_with(".rs") => Some(format!("{path} without the name of a test")),
        None if name == ".ci/faults" => Some("which part of .ci/faults?".into()),
        None => {
            let part = name.split_once(' ').map(|(_, part)| part);
            let known = part.is_none_or(|part| source.contains(&format!("\"{part}\": ")));
            (!known).then(|| format!("{path} has no part {part:?}"))
        }
        Some(_) => None,
    }
}

#[test]
fn every_case_is_in_the_table_once() {
    let mut found: BTreeMap<String, u32> = BTreeMap::new();
    for (case, _) in table() {
        *found.entry(case).or_default() += 1;
    }
    let mut wanted = Vec::new();
    for (letter, first, last, digits) in CASES {
        wanted.extend((*first..=*last).map(|n| format!("{letter}{n:0digits$}")));
    }
    let faults: Vec<&String> = wanted.iter().filter(|case| found.get(*case) != Some(&1)).collect();
    assert!(faults.is_empty(), "not in tests/README.md exactly once: {faults:?}");
}

#[test]
fn every_test_that_the_table_names_exists() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (case, text) in table() {
        for name in names(&text) {
            count += 1;
            faults.extend(fault(name).map(|fault| format!("{case}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 150, "only {count} names were found in the table");
}

#[test]
fn every_case_has_a_test_or_a_reason() {
    let is_case = |case: &str| {
        case.starts_with(|c: char| "SLIEUFM".contains(c)) && case.ends_with(|c: char| c.is_ascii_digit())
    };
    let open = ["not built yet: issue ", "does not apply: "];
    let answered = |text: &str| names(text).next().is_some() || open.iter().any(|words| text.contains(words));
    let faults: Vec<String> = table()
        .into_iter()
        .filter(|(case, text)| is_case(case) && !answered(text))
        .map(|(case, _)| case)
        .collect();
    assert!(faults.is_empty(), "neither tested nor explained: {faults:?}");
}

#[test]
fn the_check_finds_what_it_looks_for() {
    assert_eq!(fault("tests/cases.rs::the_check_finds_what_it_looks_for"), None);
    assert_eq!(fault(".ci/faults sweep"), None);
    for wrong in [
        "tests/cases.rs::no_such_test",
        "tests/cases.rs",
        "tests/no.rs::a",
        ".ci/faults",
        ".ci/faults nothing",
    ] {
        assert!(fault(wrong).is_some(), "{wrong}");
    }
}
