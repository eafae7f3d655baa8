//! The README is true: its tables are those of the program, its links lead somewhere, it is one page.
//!
//! `UPDATE=1 cargo test --test readme` writes the tables anew.

use std::path::{Path, PathBuf};

/// More lines than these are no page any more.
const PAGE: usize = 130;

fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn read(inside: &str) -> String {
    std::fs::read_to_string(path(inside)).unwrap_or_else(|error| panic!("{inside}: {error}"))
}

/// Where the text between two markers stands.
fn between(text: &str, name: &str) -> std::ops::Range<usize> {
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let start = text.find(&begin).unwrap_or_else(|| panic!("README.md has no {begin}")) + begin.len();
    let stop = text[start..].find(&end).unwrap_or_else(|| panic!("README.md has no {end}"));
    start..start + stop
}

#[test]
fn the_tables_are_those_of_the_program() {
    let mut text = read("README.md");
    for (name, table) in [
        ("keys", proofmark::app::table::keys_as_markdown()),
        ("filter", proofmark::domain::query::key::keys_as_markdown()),
        ("formats", proofmark::formats::table_as_markdown()),
    ] {
        let place = between(&text, name);
        if text[place.clone()] == table {
            continue;
        }
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            text.replace_range(place, &table);
            std::fs::write(path("README.md"), &text).expect("README.md can be written");
        } else {
            panic!(
                "The table of {name} in README.md is out of date; UPDATE=1 cargo test --test readme writes\n{table}"
            );
        }
    }
}

#[test]
fn it_is_one_page_with_the_two_commands() {
    let text = read("README.md");
    assert!(text.lines().count() <= PAGE, "README.md has {} lines", text.lines().count());
    for command in ["    cargo run --release\n", "    cargo test\n"] {
        assert!(text.contains(command), "README.md does not name {command}");
    }
    between(&text, "numbers");
}

#[test]
fn the_command_line_it_shows_is_the_one_there_is() {
    let text = read("README.md");
    let shown: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("    proofmark ")).collect();
    assert!(shown.len() >= 6, "README.md shows {} examples", shown.len());
    for line in shown {
        let name = line.split(' ').next().unwrap_or_default();
        let help = std::process::Command::new(env!("CARGO_BIN_EXE_proofmark"))
            .args([name, "--help"])
            .output()
            .expect("the program runs");
        assert!(help.status.success(), "proofmark {name} is no subcommand");
        let help = String::from_utf8_lossy(&help.stdout).into_owned();
        for option in line.split(' ').filter(|word| word.starts_with('-')) {
            assert!(help.contains(option), "proofmark {name} has no {option}");
        }
    }
}

#[test]
fn every_link_leads_to_a_file() {
    for page in ["README.md", "src/README.md"] {
        let text = read(page);
        let folder = Path::new(page).parent().expect("a folder");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.contains("://") && !link.starts_with('#') {
                assert!(
                    path("").join(folder).join(link).exists(),
                    "{page} links to {link}, which is not there"
                );
            }
        }
    }
}
