//! What cannot be done: one line, exit 2, and no file touched.

use super::Desk;

#[test]
fn damaged_files_are_told_with_their_place_and_left_alone() {
    let desk = Desk::with("one two");
    desk.mark("claim", "one", &[]);
    let whole = desk.read("a.ron");
    for broken in [
        whole[..whole.len() / 2].to_owned(),
        whole.replacen("format: 1", "format: x", 1),
        "Just words.".into(),
    ] {
        desk.write("b.ron", &broken);
        for args in [
            &["list", "b.ron"][..],
            &["mark", "b.ron", "claim", "two"],
            &["export", "b.ron", "--to", "csv"],
            &["remove", "b.ron", "abc"],
        ] {
            let ran = desk.run(args);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
            let first = ran.err.lines().next().expect("line");
            assert!(
                first.starts_with("proofmark: The project is damaged, ") && first.ends_with(": b.ron"),
                "{first}"
            );
        }
        assert_eq!(desk.read("b.ron"), broken);
    }
    // One bad file does not hide the others, and 2 wins over 1.
    let ran = desk.run(&["check", "b.ron", "a.ron", "none.ron"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("a.ron: ¶ 1: unchecked: claim “one”"), "{ran:?}");
    assert!(ran.err.contains("b.ron") && ran.err.contains("There is no such file: none.ron"), "{ran:?}");
}

#[test]
fn a_file_of_a_newer_version_is_read_and_never_written() {
    let desk = Desk::with("one two");
    desk.mark("claim", "one", &["--status", "verified"]);
    let newer = desk.read("a.ron").replacen("format: 1", "format: 2", 1);
    desk.write("a.ron", &newer);
    let ran = desk.run(&["list", "a.ron", "--json"]);
    assert!(ran.code == 0 && ran.out.contains("\"one\"") && ran.err.contains("for reading only"), "{ran:?}");
    assert!(desk.ok(&["export", "a.ron", "--to", "markdown"]).contains("one"));
    let ran = desk.run(&["mark", "a.ron", "claim", "two"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("cannot be changed here"), "{ran:?}");
    assert_eq!(desk.read("a.ron"), newer);
}

#[test]
fn a_file_that_was_edited_by_hand_loads_with_a_warning() {
    let desk = Desk::with("one two");
    desk.mark("claim", "one", &["--note", "first words"]);
    desk.write("a.ron", desk.read("a.ron").replacen("first words", "other words", 1));
    let ran = desk.run(&["list", "a.ron", "--json"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.lines().all(|line| line.starts_with("proofmark: warning: ") && line.ends_with(": a.ron")),
        "{ran:?}"
    );
    assert!(!ran.err.is_empty() && ran.out.contains("other words"));
    // The change is kept and told once; then the file is whole again.
    desk.mark("claim", "two", &[]);
    let ran = desk.run(&["list", "a.ron", "--json"]);
    assert_eq!((ran.err.as_str(), ran.out.contains("other words")), ("", true));
}

#[test]
fn offsets_that_do_not_fit_are_told_and_nothing_is_lost() {
    // F27.
    let desk = Desk::with("one two");
    let id = desk.mark("claim", "two", &[]);
    let file = desk.read("a.ron");
    for (from, to) in [("end: 7", "end: 9999"), ("start: 4", "start: 7"), ("start: 4", "start: 4000000000")] {
        assert!(file.contains(from), "{file}");
        desk.write("a.ron", file.replace(from, to));
        let ran = desk.run(&["list", "a.ron", "--json"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(
            ran.out.contains(&id) && ran.out.contains("\"two\"") && ran.err.contains("warning"),
            "{ran:?}"
        );
        assert!(desk.run(&["check", "a.ron"]).code == 1);
    }
}

#[test]
fn exports_never_overwrite_unasked_and_never_a_project() {
    // E11.
    let desk = Desk::with("one two");
    desk.mark("claim", "one", &["--status", "verified"]);
    let project = desk.read("a.ron");
    assert_eq!(desk.ok(&["export", "a.ron", "--to", "csv", "-o", "out.csv"]), "");
    let line = desk.refused(&["export", "a.ron", "--to", "csv", "-o", "out.csv"]);
    assert_eq!(line, "This file exists already, --force overwrites it: out.csv");
    desk.ok(&["export", "a.ron", "--to", "markdown", "-o", "out.csv", "--force"]);
    assert!(desk.read("out.csv").starts_with("# one two"));
    for target in ["a.ron", "./a.ron", "data/../a.ron"] {
        std::fs::create_dir_all(desk.at("data")).expect("folder");
        let line = desk.refused(&["export", "a.ron", "--to", "csv", "-o", target, "--force"]);
        assert!(line.starts_with("The export would overwrite the project itself"), "{line}");
    }
    std::fs::hard_link(desk.at("a.ron"), desk.at("hard.csv")).expect("link");
    if cfg!(unix) {
        desk.refused(&["export", "a.ron", "--to", "csv", "-o", "hard.csv", "--force"]);
    }
    desk.write("other.ron", "x");
    desk.refused(&["export", "a.ron", "--to", "csv", "-o", "other.ron", "--force"]);
    desk.refused(&["export", "a.ron", "--to", "csv", "-o", "none/out.csv"]);
    assert_eq!((desk.read("a.ron"), desk.read("other.ron")), (project, "x".into()));
    assert_eq!(
        desk.ok(&["export", "a.ron", "--to", "csv", "-o", "-"]),
        desk.ok(&["export", "a.ron", "--to", "csv"])
    );
}

#[test]
fn ids_that_mean_nothing_or_too_much_are_refused() {
    let desk = Desk::with("one two");
    assert_eq!(
        desk.refused(&["set", "a.ron", "zz", "--status", "query"]),
        "No annotation has the id zz: a.ron"
    );
    let words: Vec<String> = (0..40).map(|n| format!("w{n}.")).collect();
    desk.write("b.txt", words.join(" "));
    desk.ok(&["import", "b.txt", "-o", "a.ron", "--force"]);
    let mut first = std::collections::BTreeMap::<char, usize>::new();
    for word in &words {
        let id = desk.mark("claim", word, &[]);
        *first.entry(id.chars().next().expect("id")).or_default() += 1;
    }
    // 40 ids on 32 letters: two of them begin alike.
    let common = first.iter().find(|(_, count)| **count > 1).expect("two").0.to_string();
    assert!(
        desk.refused(&["remove", "a.ron", &common])
            .contains("Several annotations have an id that begins with")
    );
    assert_eq!(desk.list(&[]).len(), 40);
}

#[test]
fn usage_is_told_in_one_line_and_help_is_no_error() {
    let desk = Desk::new();
    for args in
        [&["mark"][..], &["list", "--nope"], &["export", "a.ron", "--to", "pdf"], &["mark", "a", "fact", "b"]]
    {
        desk.refused(args);
    }
    for command in ["import", "mark", "set", "remove", "list", "export", "check"] {
        assert!(desk.ok(&[command, "--help"]).contains("Usage: proofmark"));
    }
    assert!(desk.ok(&["--help"]).contains("Exit status"));
    assert!(desk.ok(&["--version"]).starts_with("proofmark "));
    desk.write("evil\u{1b}[31m.txt", "");
    let line = desk.refused(&["import", "evil\u{1b}[31m.txt"]);
    assert!(!line.contains('\u{1b}'), "{line:?}");
}

#[test]
#[cfg(unix)]
fn output_that_is_cut_is_no_failure() {
    use std::process::Stdio;
    let words: Vec<String> = (0..20_000).map(|n| format!("w{n}")).collect();
    let desk = Desk::with(&words.join(" "));
    desk.mark("claim", &words.join(" "), &[]);
    let mut child = desk
        .command(&["list", "a.ron", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert_eq!(
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()),
        (Some(0), String::new())
    );
}
