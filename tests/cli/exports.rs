//! The exports of the built program: what is in them, what is not, and the same bytes again.

use std::sync::Arc;

use proofmark::domain::annotation::{AnnotationValue as V, Resolution};
use proofmark::domain::article::Edit;
use proofmark::domain::{Annotation, Article, Kind, Project, Stamp, Status, Text, log};
use proofmark::formats::{csv::unguarded, ron};

use super::Desk;

type Row = std::collections::BTreeMap<String, String>;

fn rows(csv: &str) -> Vec<Row> {
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("header").clone();
    let row = |record: Result<::csv::StringRecord, _>| {
        let record = record.expect("record");
        header.iter().zip(record.iter()).map(|(k, v)| (k.to_owned(), unguarded(v).to_owned())).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn another_reader_gets_the_cells_that_the_list_has() {
    let desk = Desk::with("“=1+1,” said Doe; -5 % “or more”.\r\nA second,\tline: “x”.");
    desk.mark("quote", "“=1+1,”", &["--speaker", "Doe, \"J\"", "--note", "@note\nof two lines"]);
    desk.mark("claim", "-5 % “or more”.\nA second", &["--status", "needs-correction"]);
    desk.mark("claim", "second,\tline", &["--status", "verified", "--note", "'quoted, \"twice\""]);
    desk.mark("source", "Doe", &["--status", "on-author"]);
    let csv = desk.ok(&["export", "a.ron", "--to", "csv", "--include", "all"]);
    let rows = rows(&csv);
    let list = desk.list(&[]);
    assert_eq!((rows.len(), list.len()), (4, 4));
    for (row, item) in rows.iter().zip(&list) {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        for (column, value) in [
            ("id", text(&item["id"])),
            ("kind", text(&item["kind"])),
            ("status", text(&item["status"])),
            ("exact_text", text(&item["spans"][0]["quote"])),
            ("note", text(&item["note"])),
            ("speaker", text(&item["speaker"])),
        ] {
            assert_eq!(row[column], value, "{column}");
        }
    }
    for line in csv.split("\r\n").flat_map(|line| line.split(',')) {
        assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
    }
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    // E15: neither the zone, nor the language, nor the folder comes in.
    let desk = Desk::with("one two three");
    desk.mark("claim", "two", &["--status", "verified", "--by", "Ada"]);
    for format in proofmark::formats::exports().map(|format| format.name) {
        let export = |name: &str, zone: &str, language: &str| {
            let mut command = desk.command(&["export", "a.ron", "--to", format, "-o", name]);
            let ran = command.env("TZ", zone).env("LC_ALL", language).output().expect("ran");
            assert!(ran.status.success(), "{format} {ran:?}");
            std::fs::read(desk.at(name)).expect("written")
        };
        let first = export("out", "UTC", "C");
        assert!(!first.is_empty() && first == export("again", "Asia/Tokyo", "de_DE.UTF-8"), "{format}");
        let printed = desk.command(&["export", "a.ron", "--to", format]).output().expect("ran");
        // One of several files is not printed.
        assert!(printed.stdout == first || format == "brat" && !printed.status.success(), "{format}");
        std::fs::remove_file(desk.at("again")).expect("removed");
        std::fs::remove_file(desk.at("out")).expect("removed");
    }
}

/// A project with everything that may stand in no verified list, and two that may.
fn project() -> Project {
    let mut stamp = Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "Ada", 3);
    let words: Vec<String> = (0..16).map(|n| format!("word{n:02} here.")).collect();
    let text = format!("Title\n\n{}", words.join("\n\n"));
    let mut p =
        Project::new(Article::new("a.txt".into(), "0".repeat(64), Text::new(text), &mut stamp), &mut stamp);
    let mut mark = |p: &mut Project, kind, n: usize, values: Vec<V>| {
        let span = p.article.text.occurrences(&format!("word{n:02}"))[0];
        let (id, transaction) = p.mark(kind, &[span], &mut stamp);
        p.apply(&transaction).expect("marked");
        let transaction = p.set(id, "set", values, &mut stamp);
        p.apply(&transaction).expect("set");
        id
    };
    for (n, status) in Status::ALL.into_iter().enumerate() {
        let reason = if status == Status::Unverifiable { "why" } else { "" };
        mark(&mut p, Kind::Claim, n, vec![V::Status(status), V::Reason(reason.into())]);
    }
    let wording = |resolution| {
        vec![
            V::Status(Status::NeedsCorrection),
            V::ProposedWording("better".into()),
            V::Resolution(resolution),
        ]
    };
    mark(&mut p, Kind::Quote, 8, wording(Resolution::Accepted));
    mark(&mut p, Kind::Quote, 9, wording(Resolution::Rejected));
    let verified = || vec![V::Status(Status::Verified)];
    mark(&mut p, Kind::Claim, 10, [verified(), vec![V::CheckAgain(Some("moved".into()))]].concat());
    mark(&mut p, Kind::Source, 11, verified());
    mark(
        &mut p,
        Kind::Source,
        12,
        [verified(), vec![V::Confidential(true), V::Name("Deep Throat".into())]].concat(),
    );
    mark(&mut p, Kind::Claim, 13, verified());
    let conflicted = mark(&mut p, Kind::Claim, 14, vec![]);
    let at = p.article.text.as_str().find("word13").expect("there") as u32;
    let edit = Edit { at, removed: "word13".into(), inserted: String::new() };
    let mut stamp = Stamp::new(jiff::Timestamp::from_second(1_790_000_001).expect("time"), "Bo", 4);
    let transaction = p.edit(vec![edit], &mut stamp).expect("edit");
    p.apply(&transaction).expect("edited");
    let sides = [Status::Verified, Status::Query].map(|status| {
        let mut copy = Annotation::clone(&p.annotations[&conflicted]);
        log::set(&mut copy, V::Status(status), &mut stamp);
        copy
    });
    p.annotations.insert(conflicted, Arc::new(log::union(&sides[0], &sides[1])));
    p
}

#[test]
fn nothing_that_is_open_slips_into_the_verified_list() {
    // E10.
    let desk = Desk::new();
    desk.write("a.ron", ron::write(&project()));
    let ran = desk.run(&["export", "a.ron", "--to", "csv"]);
    assert_eq!(ran.code, 0);
    let listed: Vec<(String, String)> =
        rows(&ran.out).iter().map(|row| (row["exact_text"].clone(), row["corrected_from"].clone())).collect();
    assert_eq!(listed, [("word03".into(), "".into()), ("better".into(), "word08".into())]);
    for line in [
        "left out: 1 confidential source",
        "left out: 1 orphan (its words are no longer in the text)",
        "left out: 1 annotation to be checked again",
        "left out: 1 annotation with two values, undecided",
        "left out: 4 annotations still open",
    ] {
        assert!(ran.err.contains(line), "{}", ran.err);
    }
    let markdown = desk.ok(&["export", "a.ron", "--to", "markdown"]);
    assert!(markdown.contains("2 verified claims and quotes") && markdown.contains("Corrected from: word08"));
    for n in [0, 1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14] {
        assert!(!markdown.contains(&format!("word{n:02}")) && !ran.out.contains(&format!("word{n:02}")));
    }
    for include in ["verified", "checked", "all"] {
        for format in ["csv", "markdown"] {
            let text = desk.ok(&["export", "a.ron", "--to", format, "--include", include]);
            assert!(!text.contains("Deep Throat") && !text.contains("word12"), "{format} {include}");
        }
    }
    let checked = rows(&desk.ok(&["export", "a.ron", "--to", "csv", "--include", "checked"])).len();
    assert_eq!(
        (checked, rows(&desk.ok(&["export", "a.ron", "--to", "csv", "--include", "all"])).len()),
        (8, 14)
    );
    // check tells each of them, with orphans as null in the list.
    let check = desk.run(&["check", "a.ron"]);
    assert_eq!(check.code, 1);
    for matter in [
        "a query is out",
        "to be checked again",
        "words no longer in the text",
        "two values, undecided",
        "accepted correction not in the text yet",
    ] {
        assert!(check.out.contains(matter), "{}", check.out);
    }
    let list = desk.list(&[]);
    let orphan = list.iter().find(|a| a["spans"][0]["quote"] == "word13").expect("orphan");
    assert!(orphan["spans"][0]["start"].is_null() && orphan["spans"][0]["end"].is_null());
    assert!(desk.ok(&["list", "a.ron"]).contains("orphan"));
}

#[test]
fn check_again_goes_by_confirming_and_a_conflict_by_deciding() {
    let desk = Desk::new();
    desk.write("a.ron", ron::write(&project()));
    let id = |words: &str| {
        let list = desk.list(&[]);
        let found = list.iter().find(|a| a["spans"][0]["quote"] == words).expect("listed");
        found["id"].as_str().expect("id").to_owned()
    };
    desk.ok(&["set", "a.ron", &id("word10"), "--note", "only a note", "--status", "verified"]);
    assert_eq!(rows(&desk.ok(&["export", "a.ron", "--to", "csv"])).len(), 2);
    desk.ok(&["set", "a.ron", &id("word10"), "--confirm"]);
    desk.ok(&["set", "a.ron", &id("word14"), "--status", "verified"]);
    assert_eq!(rows(&desk.ok(&["export", "a.ron", "--to", "csv"])).len(), 4);
}

#[test]
fn an_export_without_claims_says_so() {
    let desk = Desk::with("Title\n\nWords.");
    assert_eq!(
        desk.ok(&["export", "a.ron", "--to", "markdown"]),
        "# Title\n\nNo verified claims or quotes.\n"
    );
    let csv = desk.ok(&["export", "a.ron", "--to", "csv"]);
    assert!(
        csv.starts_with("id,order,paragraph,kind,status,exact_text,fact,")
            && csv.ends_with("signed_off_by\r\n")
    );
    assert_eq!(csv.lines().count(), 1);
    assert_eq!(desk.run(&["check", "a.ron"]).out, "a.ron: nothing is open, and nothing is marked\n");
}
