//! Marking, setting, removing, listing, checking.

use std::process::Stdio;

use super::Desk;

#[test]
fn an_annotation_goes_through_its_life() {
    let desk = Desk::with("Mayor Jane Doe said: “It leaks.” It does.");
    let source = desk.mark("source", "Mayor Jane Doe", &[]);
    let id = desk.mark(
        "quote",
        "“It leaks.”",
        &["--speaker", "Mayor Jane Doe", "--note", "from\ntape", "--by", "Ada"],
    );
    let item = &desk.list(&["--kind", "quote"])[0];
    let expected = serde_json::json!({
        "id": id, "kind": "quote", "status": "unchecked", "note": "from\ntape", "speaker": "Mayor Jane Doe",
        "spans": [{ "start": 21, "end": 36, "quote": "“It leaks.”" }],
    });
    assert_eq!(*item, expected);
    assert!(
        desk.read("a.ron").contains(&format!("Source(\"{source}\")")),
        "the speaker is the source, by id"
    );

    assert_eq!(desk.run(&["check", "a.ron"]).code, 1);
    assert_eq!(
        desk.ok(&["set", "a.ron", &id[..8], "--status", "verified", "--note", "", "--speaker", ""]),
        ""
    );
    desk.ok(&["set", "a.ron", &source.to_uppercase(), "--status", "not-checkable"]);
    let item = &desk.list(&["--status", "verified"])[0];
    assert_eq!((&item["note"], &item["speaker"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(desk.ok(&["check", "a.ron"]), "a.ron: nothing is open\n");

    desk.ok(&["set", "a.ron", &id, "--kind", "claim"]);
    assert_eq!(desk.list(&["--kind", "claim"]).len(), 1);
    desk.ok(&["remove", "a.ron", &id]);
    assert_eq!(desk.list(&[]).len(), 1);
    assert!(desk.read("a.ron").contains(&id), "the record is kept");
    assert!(desk.refused(&["remove", "a.ron", &id]).contains("was removed already: a.ron"));
    assert!(desk.refused(&["set", "a.ron", &id, "--status", "query"]).contains("was removed already"));
}

#[test]
fn every_kind_and_status_has_its_word() {
    let words = [
        "unchecked",
        "in-progress",
        "query",
        "verified",
        "needs-correction",
        "unverifiable",
        "on-author",
        "not-checkable",
    ];
    let desk = Desk::with(&words.join(" and "));
    for (n, status) in words.into_iter().enumerate() {
        let kind = ["claim", "quote", "source"][n % 3];
        desk.mark(kind, status, &["--status", status, "--note", "why"]);
    }
    let listed: Vec<String> =
        desk.list(&[]).iter().map(|a| a["status"].as_str().expect("word").to_owned()).collect();
    assert_eq!(listed, words);
    let table = desk.ok(&["list", "a.ron"]);
    for cell in [
        "○ Unchecked",
        "… In progress",
        "? Query",
        "✓ Verified",
        "✗ Needs correction",
        "⊘ Unverifiable",
        "✍ On author",
        "— Not checkable",
    ] {
        assert!(table.contains(cell), "{table}");
    }
    let columns: Vec<usize> =
        table.lines().map(|line| line.chars().position(|c| c == '¶').expect("¶")).collect();
    assert!(columns.iter().all(|column| *column == columns[0]), "{table}");
    // Lists have their filters, and check names what is open.
    assert_eq!(desk.list(&["--status", "query", "--kind", "claim"]).len(), 0);
    let check = desk.run(&["check", "a.ron"]);
    assert_eq!((check.code, check.out.lines().count()), (1, 4), "{check:?}");
    assert!(
        check
            .out
            .contains("a.ron: ¶ 1: correction neither accepted nor rejected: quote “needs-correction” (")
    );
}

#[test]
fn unverifiable_needs_its_reason() {
    let desk = Desk::with("one two");
    let line = desk.refused(&["mark", "a.ron", "claim", "one", "--status", "unverifiable"]);
    assert_eq!(line, "The status unverifiable needs its reason, with --note: a.ron");
    desk.refused(&["mark", "a.ron", "claim", "one", "--status", "unverifiable", "--note", "  "]);
    let id = desk.mark("claim", "one", &["--status", "unverifiable", "--note", "No record"]);
    assert_eq!(desk.list(&[])[0]["note"], "No record");
    assert!(
        desk.ok(&["export", "a.ron", "--to", "markdown", "--include", "checked"])
            .contains("Reason: No record")
    );
    let other = desk.mark("claim", "two", &[]);
    desk.refused(&["set", "a.ron", &other, "--status", "unverifiable"]);
    // The reason that stands there is enough.
    desk.ok(&["set", "a.ron", &id, "--status", "query"]);
    desk.ok(&["set", "a.ron", &id, "--status", "unverifiable"]);
}

#[test]
fn the_same_words_are_not_marked_twice() {
    let desk = Desk::with("rain and rain");
    let id = desk.mark("claim", "rain", &[]);
    let line = desk.refused(&["mark", "a.ron", "claim", "rain"]);
    let expected = format!(
        "These words are marked as a claim already ({id}); choose another place with --occurrence: a.ron"
    );
    assert_eq!(line, expected);
    desk.refused(&["mark", "a.ron", "claim", "rain", "--all"]);
    let quote = desk.mark("quote", "rain", &[]);
    desk.refused(&["set", "a.ron", &quote, "--kind", "claim"]);
    desk.mark("claim", "rain", &["--occurrence", "2"]);
    assert_eq!(desk.list(&[]).len(), 3);
}

#[test]
fn a_mark_moves_to_another_occurrence_or_to_all() {
    let desk = Desk::with("rain, rain, rain");
    let id = desk.mark("claim", "rain", &[]);
    desk.ok(&["set", "a.ron", &id, "--occurrence", "3"]);
    assert_eq!(desk.spans(), [(12, 16, "rain".into())]);
    desk.ok(&["set", "a.ron", &id, "--all"]);
    assert_eq!(desk.list(&[])[0]["spans"].as_array().map(Vec::len), Some(3));
    desk.ok(&["set", "a.ron", &id, "--occurrence", "2"]);
    assert_eq!(desk.spans(), [(6, 10, "rain".into())]);
    assert_eq!(desk.list(&[])[0]["spans"].as_array().map(Vec::len), Some(1));
    desk.refused(&["set", "a.ron", &id]);
}

#[test]
fn nearly_the_words_are_told() {
    let desk = Desk::with("Title\n\nHe said “It’s\u{a0}over”.");
    let line = desk.refused(&["mark", "a.ron", "quote", "said \"it's over\""]);
    let expected = "The article does not have the words “said \"it's over\"”; it has “said “It’s\u{a0}over”” (¶ 2): a.ron";
    assert_eq!(line, expected);
    assert_eq!(
        desk.refused(&["mark", "a.ron", "quote", "nothing"]),
        "The article does not have the words “nothing”: a.ron"
    );
    // F26.
    assert_eq!(
        desk.refused(&["mark", "a.ron", "quote", " \n"]),
        "There is nothing but white space to mark: a.ron"
    );
    desk.refused(&["mark", "a.ron", "quote", ""]);
    let line = desk.refused(&["mark", "a.ron", "source", "Title", "--speaker", "Doe"]);
    assert!(line.starts_with("A source has no speaker"), "{line}");
}

#[test]
fn names_come_from_the_argument_or_the_environment() {
    let desk = Desk::with("one two three");
    desk.mark("claim", "one", &["--by", "Ada Byron"]);
    let output = desk
        .command(&["mark", "a.ron", "claim", "two"])
        .env("PROOFMARK_BY", " Bo  Li ")
        .output()
        .expect("ran");
    assert!(output.status.success());
    std::fs::create_dir_all(desk.at("data")).expect("folder");
    desk.write("data/settings.ron", "(checker: Some((name: \"Cy Young\", initials: \"CY\")))");
    desk.mark("claim", "three", &[]);
    let file = desk.read("a.ron");
    for name in ["tester", "Ada Byron", "Bo Li", "Cy Young"] {
        assert!(
            file.contains(&format!("by: \"{name}\"")) && file.contains(&format!("name: \"{name}\"")),
            "{name}\n{file}"
        );
    }
    desk.refused(&["mark", "a.ron", "claim", "one two", "--by", " "]);
}

#[test]
fn a_change_that_changes_nothing_leaves_the_file_alone() {
    let desk = Desk::with("one two");
    let id = desk.mark("claim", "one", &["--status", "query", "--note", "n"]);
    let before = desk.read("a.ron");
    desk.ok(&["set", "a.ron", &id, "--status", "query", "--note", "n"]);
    desk.ok(&["list", "a.ron"]);
    assert_eq!(desk.read("a.ron"), before);
}

#[test]
fn commands_at_the_same_time_lose_nothing() {
    let words: Vec<String> = (0..12).map(|n| format!("word{n:02}")).collect();
    let desk = Desk::with(&words.join(" "));
    let start = |word: &String| {
        desk.command(&["mark", "a.ron", "claim", word]).stdout(Stdio::null()).spawn().expect("runs")
    };
    let all: Vec<_> = words.iter().map(start).collect();
    for mut child in all {
        assert!(child.wait().expect("ended").success());
    }
    assert_eq!(desk.list(&[]).len(), 12);
}
