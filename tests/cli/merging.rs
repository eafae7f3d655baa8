//! Two copies of one project: merging them, as git's merge driver too, and showing what differs.

use proofmark::domain::article::Edit;
use proofmark::domain::{Project, Stamp};
use proofmark::formats::ron as project_file;
use proofmark::io::hold::{Hold, Mark};

use super::Desk;

const STORY: &str = "The council met.\n\nMayor Jane Doe said: “It leaks.” It does, by 21 votes to 14.\n";

/// A desk with `a.ron`, in which a claim is marked, and `b.ron`, a copy of it; gives the claim's id.
fn two() -> (Desk, String) {
    let desk = Desk::with(STORY);
    let id = desk.mark("claim", "21 votes to 14", &["--by", "Ada"]);
    std::fs::copy(desk.at("a.ron"), desk.at("b.ron")).expect("a copy");
    (desk, id)
}

fn set(desk: &Desk, file: &str, id: &str, by: &str, options: &[&str]) {
    desk.ok(&[&["set", file, id, "--by", by], options].concat());
}

fn project(desk: &Desk, name: &str) -> Project {
    let mut stamp = Stamp::new("2026-11-20T10:00:00Z".parse().expect("a time"), "nobody", 1);
    let opened = project_file::read(desk.read(name).as_bytes(), &mut stamp).expect("a project");
    assert!(opened.warnings.is_empty() && !opened.changed, "{:?}", opened.warnings);
    opened.project
}

/// Everything in the folder but the application's data, with its content.
fn folder(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(desk.0.path()).expect("a folder").flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut all: Vec<_> = files
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("read"))
        })
        .collect();
    all.sort();
    all
}

/// What was printed without the times, which are those of this run.
fn timeless(out: &str) -> String {
    let mut parts = out.split(", 20");
    let first = parts.next().unwrap_or_default().to_owned();
    // The rest of `2026-11-24 10:00`.
    parts.fold(first, |all, part| all + part.get(14..).unwrap_or_default())
}

#[test]
fn what_both_did_is_in_the_result_whoever_merges() {
    let (desk, id) = two();
    set(&desk, "a.ron", &id, "Ada", &["--status", "verified"]);
    set(&desk, "b.ron", &id, "Ben", &["--note", "page 3"]);
    let theirs = desk.ok(&["mark", "b.ron", "source", "Mayor Jane Doe", "--by", "Ben"]);
    let (a, b) = (desk.read("a.ron"), desk.read("b.ron"));
    let ran = desk.run(&["merge", "a.ron", "b.ron", "-o", "out.ron"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert_eq!(ran.err, "proofmark: came in: annotations (1 new, 1 changed): b.ron\n");
    assert_eq!((desk.read("a.ron"), desk.read("b.ron")), (a, b), "with -o both stay as they are");
    desk.ok(&["merge", "b.ron", "a.ron", "-o", "other.ron"]);
    assert_eq!(desk.read("out.ron"), desk.read("other.ron"));
    // Without -o the result is in the first, and once more changes nothing.
    desk.ok(&["merge", "a.ron", "b.ron"]);
    assert_eq!(desk.read("a.ron"), desk.read("out.ron"));
    let ran = desk.run(&["merge", "a.ron", "b.ron"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "proofmark: nothing new came in: b.ron\n"));
    let claim = &desk.list(&["--kind", "claim"])[0];
    assert_eq!((&claim["status"], &claim["note"]), (&"verified".into(), &"page 3".into()));
    assert_eq!(desk.list(&["--kind", "source"])[0]["id"], *theirs.trim());
    // Nobody is a checker for having merged.
    let checkers = project(&desk, "a.ron").checkers.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    assert_eq!(checkers, ["Ada", "Ben", "tester"]);
}

#[test]
fn what_two_people_decided_differently_stays_open_until_somebody_chooses() {
    let (desk, id) = two();
    set(&desk, "a.ron", &id, "Ada", &["--status", "verified"]);
    set(&desk, "b.ron", &id, "Ben", &["--status", "query"]);
    let ran = desk.run(&["merge", "a.ron", "b.ron"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{ran:?}");
    let line = ran.out.lines().next().expect("a line");
    assert!(line.starts_with(&format!("claim “21 votes to 14” ¶ 2 ({id}): Status: ")), "{line}");
    assert!(line.contains("Verified (Ada, ") && line.contains("Query (Ben, "), "{line}");
    let kept = project(&desk, "a.ron");
    assert_eq!(kept.annotations.values().flat_map(|a| &a.conflicts).count(), 2);
    assert!(!desk.ok(&["export", "a.ron", "--to", "csv"]).contains("21 votes"));
    assert_eq!(desk.run(&["merge", "a.ron", "b.ron"]).code, 1, "it is open still");
    set(&desk, "a.ron", &id, "Cem", &["--status", "verified"]);
    assert_eq!(desk.run(&["merge", "a.ron", "b.ron"]).code, 0);
    assert!(desk.ok(&["export", "a.ron", "--to", "csv"]).contains("21 votes"));
    // Whoever merges the decision gets it.
    desk.ok(&["merge", "b.ron", "a.ron"]);
    assert_eq!(desk.read("a.ron"), desk.read("b.ron"));
}

// M03, M06
#[test]
fn what_one_moved_or_removed_and_the_other_checked_is_asked_about() {
    let desk = Desk::with("rain, rain and wind");
    let (moved, gone) = (desk.mark("claim", "rain", &[]), desk.mark("claim", "wind", &[]));
    std::fs::copy(desk.at("a.ron"), desk.at("b.ron")).expect("a copy");
    set(&desk, "a.ron", &moved, "Ada", &["--status", "verified"]);
    set(&desk, "a.ron", &gone, "Ada", &["--status", "verified"]);
    set(&desk, "b.ron", &moved, "Ben", &["--occurrence", "2"]);
    desk.ok(&["remove", "b.ron", &gone, "--by", "Ben"]);
    let ran = desk.run(&["merge", "a.ron", "b.ron"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 2), "{ran:?}");
    assert!(
        ran.out.contains(&format!("({moved}): Ben changed the marked words while Ada set it to verified"))
    );
    assert!(ran.out.contains(&format!("({gone}): Ben removed it while Ada set it to verified")), "{ran:?}");
    assert_eq!(desk.ok(&["export", "a.ron", "--to", "csv"]).lines().count(), 1, "neither is verified");
    assert_eq!(desk.run(&["check", "a.ron"]).out.lines().count(), 2);
    let shown = desk.ok(&["diff", "a.ron"]);
    assert_eq!(shown.matches("    Undecided: Ben ").count(), 2, "{shown}");
    let differing = desk.run(&["diff", "b.ron", "a.ron"]).out;
    assert_eq!(differing.matches("    Undecided: {+Ben ").count(), 2, "{differing}");
    std::fs::copy(desk.at("a.ron"), desk.at("c.ron")).expect("a copy");
    set(&desk, "a.ron", &moved, "Cem", &["--confirm"]);
    set(&desk, "a.ron", &gone, "Cem", &["--keep"]);
    assert_eq!(desk.run(&["merge", "a.ron", "b.ron"]).code, 0);
    assert_eq!(desk.ok(&["check", "a.ron"]), "a.ron: nothing is open\n");
    // Or it goes, when whoever decides says so.
    desk.ok(&["remove", "c.ron", &gone]);
    assert!(!desk.run(&["merge", "c.ron", "b.ron"]).out.contains("removed it"));
    assert!(!desk.ok(&["list", "c.ron"]).contains("wind"));
}

// M10
#[test]
fn edits_of_the_text_are_joined_and_those_of_the_same_words_are_asked_about() {
    let desk = Desk::with("The council met on Monday. The mayor was there.\n");
    let id = desk.mark("claim", "The mayor was there", &[]);
    let first = project(&desk, "a.ron");
    let edited = |name: &str, by: &str, removed: &str, inserted: &str| {
        let stamp = Stamp::new("2026-11-20T10:00:00Z".parse().expect("a time"), by, by.len() as u128);
        let at = first.article.text.as_str().find(removed).expect("words") as u32;
        let edit = Edit { at, removed: removed.into(), inserted: inserted.into() };
        let mut copy = first.clone();
        copy.apply(&copy.edit(vec![edit], &mut { stamp }).expect("an edit")).expect("applied");
        desk.write(name, project_file::write(&copy));
    };
    edited("a.ron", "Ada", "Monday", "Tuesday");
    edited("b.ron", "Benedict", "The mayor", "Yesterday the mayor");
    let ran = desk.run(&["merge", "a.ron", "b.ron", "-o", "out.ron"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.contains("edits of the text"), "{ran:?}");
    let text = "The council met on Tuesday. Yesterday the mayor was there.\n";
    assert_eq!(project(&desk, "out.ron").article.text.as_str(), text);
    let told = desk.run(&["diff", "a.ron", "out.ron"]).out;
    assert!(told.contains("    ¶ 1: The council met on Tuesday. "), "{told}");
    assert!(told.contains("{+Yesterday the+}") && told.contains("    1 edit · Benedict, "), "{told}");
    // The same words in two ways.
    edited("b.ron", "Benedict", "Monday", "Wednesday");
    let ran = desk.run(&["merge", "a.ron", "b.ron"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{ran:?}");
    let said = ["text ¶ 1: “", "Tuesday", "(Ada, ", " or “", "Wednesday", "(Benedict, "];
    assert!(said.iter().all(|words| ran.out.contains(words)), "{ran:?}");
    let shown = desk.ok(&["diff", "a.ron"]);
    assert!(shown.contains("Text, undecided: “") && shown.contains(&id), "{shown}");
    let check = desk.run(&["check", "a.ron"]);
    assert!(check.out.contains("a.ron: ¶ 1: two wordings of the text, undecided: "), "{check:?}");
}

#[test]
fn what_is_replaced_is_asked_for_and_kept() {
    let (desk, id) = two();
    set(&desk, "b.ron", &id, "Ben", &["--status", "query"]);
    desk.write("out.ron", "mine");
    let line = desk.refused_with_notes(&["merge", "a.ron", "b.ron", "-o", "out.ron"]);
    assert!(line.ends_with("This file exists already, --force overwrites it: out.ron"), "{line}");
    assert_eq!(desk.read("out.ron"), "mine");
    desk.ok(&["merge", "a.ron", "b.ron", "-o", "out.ron", "--force"]);
    let mut window = Hold::default();
    window.hold(&desk.at("a.ron"), Mark::own("Ana Núñez", "w"), false).expect("nobody else");
    let before = desk.read("a.ron");
    assert!(desk.refused(&["merge", "a.ron", "b.ron"]).contains("open in a window: Ana Núñez"));
    assert_eq!(desk.read("a.ron"), before);
    desk.ok(&["merge", "a.ron", "b.ron", "--force"]);
    drop(window);
    assert!(super::others::versions(&desk).contains(&before), "the previous version is kept");
}

// M15
#[test]
fn a_hostile_copy_is_an_error_and_touches_nothing() {
    let (desk, id) = two();
    set(&desk, "a.ron", &id, "Ada", &["--status", "verified"]);
    let valid = desk.read("b.ron");
    let other = Desk::with(STORY);
    let mut bad: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "empty"),
        ("zeros", vec![0; 5000], "zeros"),
        ("half", valid.as_bytes()[..valid.len() / 2].to_vec(), "damaged"),
        (
            "markers",
            valid.replace("    article:", "<<<<<<< ours\n    article:").into_bytes(),
            "merge conflicts",
        ),
        ("nested", "[".repeat(5_000_000).into_bytes(), "damaged"),
        ("web page", b"<!DOCTYPE html><p>No".to_vec(), "damaged"),
        ("other project", other.read("a.ron").into_bytes(), "two different projects"),
    ];
    let huge = valid.replace("    removed:", "    annotations:");
    bad.push(("unknown", huge.replace("format: 1,", "format: 1,\n    odd: 1,").into_bytes(), "cannot be "));
    for (what, bytes, said) in bad {
        desk.write("b.ron", bytes);
        desk.write("o", "");
        let before = folder(&desk);
        for args in [
            &["merge", "a.ron", "b.ron"][..],
            &["merge", "b.ron", "a.ron"],
            &["merge", "a.ron", "b.ron", "-o", "never.ron"],
            &["merge", "--git-driver", "o", "a.ron", "b.ron", "story.ron"],
            &["merge", "--git-driver", "o", "b.ron", "a.ron", "story.ron"],
        ] {
            let ran = desk.run(args);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{what}: {args:?} {ran:?}");
            assert!(ran.err.contains(said), "{what}: {args:?} {ran:?}");
            assert!(ran.err.len() < 2000 && folder(&desk) == before, "{what}: {args:?}");
        }
    }
}

// M12
#[test]
fn a_copy_of_a_newer_version_is_not_merged_and_that_version_is_named() {
    let (desk, id) = two();
    set(&desk, "a.ron", &id, "Ada", &["--status", "verified"]);
    let newer = desk.read("b.ron").replace("format: 1,", "format: 2,");
    desk.write("b.ron", &newer);
    let ours = desk.read("a.ron");
    for args in [
        &["merge", "a.ron", "b.ron"][..],
        &["merge", "b.ron", "a.ron"],
        &["merge", "--git-driver", "none", "a.ron", "b.ron", "story.ron"],
        &["merge", "--git-driver", "none", "b.ron", "a.ron", "story.ron"],
    ] {
        let ran = desk.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?} {ran:?}");
        assert!(ran.err.contains("newer version of Proofmark (format 2;"), "{args:?} {ran:?}");
        assert_eq!((desk.read("a.ron"), desk.read("b.ron")), (ours.clone(), newer.clone()));
    }
}

// M17
#[test]
fn the_driver_writes_what_git_asks_and_nothing_else() {
    let (desk, id) = two();
    set(&desk, "a.ron", &id, "Ada", &["--status", "verified"]);
    set(&desk, "b.ron", &id, "Ben", &["--status", "query"]);
    std::fs::rename(desk.at("a.ron"), desk.at(".merge_file_A")).expect("renamed");
    std::fs::rename(desk.at("b.ron"), desk.at(".merge_file_B")).expect("renamed");
    desk.write(".merge_file_O", "");
    let (before, versions) = (folder(&desk), super::others::versions(&desk));
    let args =
        ["merge", "--git-driver", ".merge_file_O", ".merge_file_A", ".merge_file_B", "Über uns/-story 1.ron"];
    let ran = desk.run(&args);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    assert_eq!(
        ran.err,
        "proofmark: 1 conflict kept in Über uns/-story 1.ron: open it in Proofmark to decide\n"
    );
    assert_eq!(project(&desk, ".merge_file_A").annotations.values().flat_map(|a| &a.conflicts).count(), 2);
    let names = |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let after = folder(&desk);
    assert_eq!(names(&after), names(&before), "nothing lies beside it");
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.0.as_str());
    assert_eq!(changed.collect::<Vec<_>>(), [".merge_file_A"]);
    assert_eq!(super::others::versions(&desk), versions, "git's own file is no version of anything");
    // An %O that is not there, or is no project, is none of its business.
    for base in ["gone", "a.txt", "."] {
        assert_eq!(desk.run(&["merge", "--git-driver", base, ".merge_file_A", ".merge_file_B", "s"]).code, 1);
    }
    assert_eq!(folder(&desk), after, "merging again changes nothing");
    for args in [&["merge", "--git-driver", "a", "b", "c"][..], &["merge", "a.ron"], &["merge"]] {
        desk.refused(args);
    }
}

#[test]
fn differences_are_told_in_one_notation_with_who() {
    let (desk, id) = two();
    let gone = desk.mark("claim", "The council met", &["--by", "Ada"]);
    std::fs::copy(desk.at("a.ron"), desk.at("b.ron")).expect("a copy");
    assert_eq!(desk.ok(&["diff", "a.ron", "b.ron"]), "");
    set(&desk, "b.ron", &id, "Ben", &["--status", "verified", "--note", "it says so on page three"]);
    set(&desk, "b.ron", &id, "Cem", &["--note", "it says so on page four"]);
    desk.ok(&["remove", "b.ron", &gone, "--by", "Cem"]);
    let added =
        desk.ok(&["mark", "b.ron", "quote", "“It leaks.”", "--speaker", "Jane\u{202e} Doe", "--by", "Ben"]);
    let ran = desk.run(&["diff", "a.ron", "b.ron"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
    let told = timeless(&ran.out);
    let added = added.trim();
    let expected = [
        "--- a.ron".to_owned(),
        "+++ b.ron".into(),
        "~ checkers".into(),
        "    {+Ben+}".into(),
        "    {+Cem+}".into(),
        format!("+ quote ““It leaks.”” ¶ 2 ({added})"),
        "    marked · Ben".into(),
        // The direction of a name ends with the name.
        "    \u{2068}Said by: {+\u{2068}Jane\u{202e} Doe\u{2069}+} · Ben\u{2069}".into(),
        format!("~ claim “21 votes to 14” ¶ 2 ({id})"),
        "    Status: [-Unchecked-]{+Verified+} · Ben".into(),
        "    Note: {+it says so on page four+} · Ben; Cem".into(),
        format!("- claim “The council met” ¶ 1 ({gone})"),
        "    removed · Cem".into(),
    ];
    assert_eq!(told.lines().collect::<Vec<_>>(), expected, "{}", ran.out);
    // The other way round it is what the older one lacks.
    let back = desk.run(&["diff", "b.ron", "a.ron"]);
    assert!(back.out.contains("Status: [-Verified-]{+Unchecked+} · only in the old one: Ben, "), "{back:?}");
    assert!(back.out.contains("marked · only in the old one: Ben, "), "{back:?}");
    assert!(desk.refused(&["diff", "a.ron", "none.ron"]).contains("no such file"));
    let other = Desk::with(STORY);
    desk.write("c.ron", other.read("a.ron"));
    assert!(desk.refused(&["diff", "a.ron", "c.ron"]).contains("two different projects"));
}

#[test]
fn a_project_is_shown_as_lines_that_change_only_where_it_changes() {
    let (desk, id) = two();
    desk.ok(&["mark", "a.ron", "quote", "“It leaks.”", "--note", "from tape", "--by", "Ada"]);
    let before = desk.ok(&["diff", "a.ron"]);
    assert_eq!(before, desk.ok(&["diff", "--textconv", "a.ron"]));
    assert!(
        before.contains("\n    Mayor Jane Doe said: “It leaks.” It does, by 21 votes to 14.\n"),
        "{before}"
    );
    assert!(before.contains("    Note: from tape · Ada, "), "{before}");
    set(&desk, "a.ron", &id, "Ben", &["--status", "verified"]);
    let after = desk.ok(&["diff", "a.ron"]);
    let only = |a: &str, b: &str| -> Vec<String> {
        a.lines().filter(|line| b.lines().all(|other| other != *line)).map(str::to_owned).collect()
    };
    let (gone, came) = (only(&before, &after), only(&after, &before));
    assert_eq!((gone.len(), came.len()), (0, 2), "{came:?}");
    assert!(
        came[0].starts_with("Checker: Ben") && came[1].starts_with("    Status: Verified · Ben"),
        "{came:?}"
    );
    // What git has to show even where it is no project.
    desk.write("markers.ron", "<<<<<<< ours\n(\n");
    assert_eq!(desk.ok(&["diff", "--textconv", "markers.ron"]), "<<<<<<< ours\n(\n");
    assert!(desk.run(&["diff", "markers.ron"]).err.contains("merge conflicts"));
    desk.refused(&["diff", "--textconv", "a.ron", "b.ron"]);
}
