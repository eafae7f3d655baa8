//! Files that parse and are no projects: every record is kept, every repair told.

use proptest::prelude::*;

use super::tests_round::back_but_for_notes;
use super::worlds::*;
use super::{EDITED_OUTSIDE, Opened, read, validate, write};
use crate::domain::annotation::{Annotation, AnnotationField, Number, Speaker};
use crate::domain::log::Record;
use crate::domain::{Id, Project, Span};

const AT: &str = "at: Some((start: 72, end: 83)),";
const QUOTE: &str = "quote: [\"240 workers\"],";
const NOTE: &str = "note: [\"Ask the registry.\"],";
const CLAIM: &str = "xnnxx7sp9zqt1nvw";
const CREATED: &str = "81ffrdveerdmsmee";
const SET_NOTE: &str = "7p6b4qzb68mvk7tq";
const SET_VERDICT: &str = "nwnmfs9g16k2pa97";

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(write(&sample()), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// Opens a file that needs repair; the repaired project needs none.
fn mended(text: &str) -> Opened {
    let opened = read(text.as_bytes(), &mut stamp(42)).unwrap_or_else(|e| panic!("{e}"));
    assert!(opened.changed, "{:?}", opened.warnings);
    back_but_for_notes(&opened.project);
    opened
}

fn claim(project: &Project) -> &Annotation {
    project.record(CLAIM.parse().unwrap()).unwrap()
}

fn told(opened: &Opened, words: &str) {
    let found = opened.warnings.iter().filter(|w| w.message.contains(words)).count();
    assert_eq!(found, 1, "{words}: {:#?}", opened.warnings);
}

#[test]
fn l11_l12_a_span_that_does_not_fit_is_placed_at_its_only_words_and_flagged() {
    for (at, doubt) in [
        ("at: Some((start: 83, end: 72)),", "its start is after its end"),
        ("at: Some((start: 72, end: 4294967295)),", "its end is after the end of the text"),
        ("at: Some((start: 72, end: 72)),", "it is empty"),
        ("at: Some((start: 72, end: 84)),", "other words stand there"),
        ("at: Some((start: 25, end: 47)),", "its edges are inside a character"),
        ("at: Some((start: 13, end: 15)),", "other words stand there"),
        ("at: Some((start: 0, end: 11)),", "other words stand there"),
    ] {
        let opened = mended(&edited(&[(AT, at)]));
        let claim = claim(&opened.project);
        assert_eq!(claim.first_span(), Some(Span { start: 72, end: 83 }), "{at}");
        let reason = claim.check_again.as_deref().unwrap();
        assert_eq!(reason, format!("Its place in the file was wrong: {doubt}"));
        told(
            &opened,
            &format!("does not fit the text ({doubt}): its words occur once in the text and were placed"),
        );
        let warning = opened.warnings.iter().find(|w| w.message.contains("does not fit the text")).unwrap();
        assert_eq!(warning.record, Some(claim.id));
        let entries = [claim.log.last().map(|e| &*e.by), claim.spans[0].log.last().map(|e| &*e.by)];
        assert!(entries.contains(&Some(EDITED_OUTSIDE)));
        assert_eq!(claim.spans[0].log.len(), 2);
    }
}

#[test]
fn words_that_occur_twice_or_never_become_an_orphan() {
    for (quote, words) in [
        ("quote: [\"mill\"],", "mill"),
        ("quote: [\"250 workers\"],", "250 workers"),
        ("quote: [\"  \"],", "  "),
        ("quote: [],", ""),
        ("quote: [\"closed\", \"\", \"The\"],", "closed\n\nThe"),
    ] {
        let opened = mended(&edited(&[(QUOTE, quote)]));
        let claim = claim(&opened.project);
        assert!(claim.has_orphan() && claim.first_span().is_none());
        assert_eq!(claim.words(), words);
        assert_eq!(claim.check_again, None);
        told(&opened, "it is kept as an orphan with its words");
        // What the file said is still in the log.
        let before = format!("{:?}", claim.spans[0].log.last().unwrap().before);
        assert!(before.contains("start: 72"), "{before}");
    }
    let blank =
        mended(&edited(&[(AT, "at: Some((start: 13, end: 15)),"), (QUOTE, "quote: [\"\", \"\", \"\"],")]));
    assert!(claim(&blank.project).has_orphan());
    told(&blank, "there is only white space");
}

#[test]
fn a_text_changed_by_hand_moves_nothing_silently() {
    let opened = mended(&edited(&[(
        "\"Mill to close\",\n            \"\"",
        "\"Mill will close\",\n            \"\"",
    )]));
    for annotation in opened.project.annotations.values() {
        let span = annotation.first_span().unwrap();
        assert_eq!(opened.project.article.text.slice(span), annotation.words());
        assert!(annotation.check_again.is_some());
    }
    assert_eq!(opened.project.annotations.len(), 3);
    assert_eq!(opened.project.removed.len(), 1);
}

#[test]
fn a_place_of_another_text_is_moved_along_or_taken_for_the_present_one() {
    let head = "4gzm42d7fy0dzr0y";
    let other = "text: \"0000000000000000\",";
    let text = write(&sample());
    let at = text.find(AT).unwrap();
    let before = text[..at].rfind(&format!("text: \"{head}\",")).unwrap();
    let unknown = format!("{}{other}{}", &text[..before], &text[before + other.len()..]);
    let opened = mended(&unknown);
    told(&opened, "refers to a text that the file does not know");
    assert_eq!(claim(&opened.project).first_span(), Some(Span { start: 72, end: 83 }));
    assert_eq!(claim(&opened.project).check_again, None);

    let later = |edit: &str| {
        let entry = format!(
            "(id: \"zzzzzzzzzzzzzzzz\", when: \"2025-10-09T08:53:20Z\", by: \"\", replaces: [\"{head}\"], edits: [{edit}]),\n        ]"
        );
        text.replacen("by: \"Ada Běhal\"),\n        ]", &format!("by: \"Ada Běhal\"),\n{entry}"), 1)
    };
    let opened = mended(
        &later(r#"(at: 0, removed: "A m", inserted: "M")"#)
            .replace("start: 72, end: 83", "start: 74, end: 85"),
    );
    let moved = claim(&opened.project);
    told(&opened, "A span of the claim “240 workers” (xnnxx7sp9zqt1nvw) referred to an earlier text");
    assert_eq!((moved.first_span(), &moved.check_again), (Some(Span { start: 72, end: 83 }), &None));
    let opened = mended(&later(r#"(at: 73, removed: "", inserted: "4")"#));
    let touched = claim(&opened.project);
    assert!(touched.check_again.as_deref().unwrap().ends_with("its words were changed"));
}

#[test]
fn l13_the_second_of_two_ids_gets_a_new_one_and_both_are_kept() {
    let opened = mended(&edited(&[("id: \"3hp8b82xprrryr00\"", "id: \"mwpxfpzwvsqf47zg\"")]));
    assert_eq!(opened.project.annotations.len(), 3);
    told(&opened, "Two annotations have the id mwpxfpzwvsqf47zg: the source “Jana Orel”");
    told(&opened, "names a source as its speaker that is not in the file (3hp8b82xprrryr00)");
    let quote = &opened.project.annotations[&"mwpxfpzwvsqf47zg".parse::<Id>().unwrap()];
    assert_eq!(quote.speaker, Some(Speaker::Source("3hp8b82xprrryr00".parse().unwrap())));

    let across = mended(&edited(&[("id: \"qz604fkrkbtnj3ts\"", &format!("id: \"{CLAIM}\""))]));
    assert_eq!((across.project.annotations.len(), across.project.removed.len()), (3, 1));
    assert!(!across.project.removed.contains_key(&CLAIM.parse().unwrap()));

    let span = "(id: \"sdc4kqjdw9swxqr9\", place: (text: \"4gzm42d7fy0dzr0y\", at: Some((start: 4, end: 8)), quote: [\" to \"]), log: []), ";
    let text = edited(&[(NOTE, NOTE)]);
    let at = text.rfind("spans: [").map(|_| text.find("id: \"sdc4kqjdw9swxqr9\"").unwrap()).unwrap();
    let list = text[..at].rfind("spans: [").unwrap() + "spans: [".len();
    let twice = mended(&format!("{}{span}{}", &text[..list], &text[list..]));
    assert_eq!(claim(&twice.project).spans.len(), 2);
    told(&twice, "The id sdc4kqjdw9swxqr9 stands twice; a span of");
    told(&twice, "has no creation; one was added");
}

#[test]
fn removed_annotations_stand_where_they_belong() {
    let opened = mended(&edited(&[(NOTE, &format!("{NOTE} removed: true,"))]));
    assert!(opened.project.removed.contains_key(&CLAIM.parse().unwrap()));
    told(&opened, "is marked as removed, but stood among the annotations; it was moved");
    told(&opened, "Removed of the claim “240 workers” (xnnxx7sp9zqt1nvw) was edited outside Proofmark");

    let opened = mended(&edited(&[("            removed: true,\n", "")]));
    assert_eq!(opened.project.annotations.len(), 4);
    told(&opened, "stood among the removed ones, but is not marked as removed; it was moved");
}

#[test]
fn a_field_written_by_hand_gets_an_entry() {
    let opened = mended(&edited(&[(NOTE, &format!("{NOTE} status: Verified, tags: [\"a\"],"))]));
    let claim = claim(&opened.project);
    for (field, before) in
        [(AnnotationField::Status, "[Status(Unchecked)]"), (AnnotationField::Tags, "[Tags([])]")]
    {
        let entry = claim.log.iter().find(|entry| entry.field == field).unwrap();
        assert_eq!(&*entry.by, EDITED_OUTSIDE);
        assert_eq!(entry.replaces, [CREATED.parse().unwrap()]);
        assert_eq!(format!("{:?}", entry.before), before);
    }
    told(&opened, "Status of the claim “240 workers” (xnnxx7sp9zqt1nvw) was edited outside Proofmark");
    let opened = mended(&edited(&[("title: \"Mill to close\",", "title: \"Mill\", outlet: \"Orel Post\",")]));
    told(&opened, "Outlet of the project's details was edited outside Proofmark");
}

#[test]
fn l10_numbers_that_are_none_are_taken_out() {
    for number in ["NaN", "inf", "-inf", "1e999"] {
        let opened = mended(&edited(&[("number: Some(4.0)", &format!("number: Some({number})"))]));
        let verdict = claim(&opened.project).verdict.clone().unwrap();
        assert_eq!((verdict.label.as_str(), verdict.number), ("True", None));
        told(
            &opened,
            "The number in the verdict of the claim “240 workers” (xnnxx7sp9zqt1nvw) was not a finite number",
        );
        let log = edited(&[(
            "before: [Verdict(None)]",
            &format!("before: [Verdict(Some((label: \"\", number: {number})))]"),
        )]);
        told(&mended(&log), "was not a finite number");
        let scale = format!(
            "scale: [(label: \"True\", number: {number}), (label: \"False\", number: 0)],\n        log"
        );
        let opened = mended(&edited(&[("log", &scale)]));
        let numbers: Vec<_> = opened.project.about.scale.iter().map(|rating| rating.number).collect();
        assert_eq!(numbers, [None, Some(Number(0.0))]);
        told(&opened, "A number of the verdict scale was not a finite number");
    }
}

#[test]
fn logs_that_cannot_be_are_made_sound_and_keep_their_entries() {
    let created = format!("\"{CREATED}\"], before: [Note([\"\"])]");
    for (from, to, words) in [
        (created.as_str(), format!("\"{CREATED}\"], before: []"), "names values that do not fit it"),
        (
            &created,
            format!("\"{CREATED}\"], before: [Note([\"\"]), Note([\"a\"])]"),
            "names values that do not fit it",
        ),
        (&created, format!("\"{CREATED}\"], before: [Fact([\"\"])]"), "names values that do not fit it"),
        (&created, format!("\"{SET_NOTE}\"], before: [Note([\"\"])]"), "names values that do not fit it"),
        (&created, format!("\"{SET_VERDICT}\"], before: [Note([\"\"])]"), ""),
        (SET_VERDICT, SET_NOTE.into(), "have the id 7p6b4qzb68mvk7tq; the second got a new one"),
        ("field: Note", "field: Fact".into(), "names values that do not fit it"),
    ] {
        let text = edited(&[(from, &to)]);
        let opened =
            if words.is_empty() { read(text.as_bytes(), &mut stamp(42)).unwrap() } else { mended(&text) };
        let claim = claim(&opened.project);
        assert!(claim.log.len() >= 3, "{to}");
        assert_eq!(claim.note.as_str(), "Ask the registry.");
        if !words.is_empty() {
            told(&opened, words);
        }
    }
    let circle = edited(&[
        (&created, &format!("\"{SET_VERDICT}\"], before: [Note([\"\"])]")),
        (&format!("\"{CREATED}\"], before: [Verdict"), &format!("\"{SET_NOTE}\"], before: [Verdict")),
    ]);
    let opened = mended(&circle);
    told(&opened, "replaced each other in a circle");
    assert_eq!(claim(&opened.project).log().len(), 3);

    let at = circle.find("(id: \"81ffrdveerdmsmee\"").unwrap();
    let line = circle[at..].lines().next().unwrap();
    told(&mended(&edited(&[(line, "")])), "has no creation; one was added");
    let twice = mended(&edited(&[(line, &format!("{line} {line}"))]));
    told(&twice, "it is kept once");
    assert_eq!(twice.project, sample());
}

#[test]
fn the_history_of_the_text_is_made_sound() {
    let entry = "(id: \"4gzm42d7fy0dzr0y\", when: \"2025-10-09T08:53:20Z\", by: \"Ada Běhal\"),";
    let opened = mended(&edited(&[(entry, "")]));
    told(&opened, "The article has no history; it starts anew");
    assert_eq!(claim(&opened.project).spans[0].place.text, opened.project.article.head());
    told(&mended(&edited(&[(entry, &format!("{entry}{entry}"))])), "in the history of the text have the id");
    let loose = entry.replace("\"Ada Běhal\")", "\"\", replaces: [\"0000000000000000\"])");
    told(&mended(&edited(&[(entry, &loose)])), "follows one that is not before it");
    let wrong = entry.replace("\"Ada Běhal\")", "\"\", edits: [(at: 0, removed: \"\", inserted: \"Mall\")])");
    let opened = read(edited(&[(entry, &wrong)]).as_bytes(), &mut stamp(42)).unwrap();
    told(&opened, "is not the one that its history leads to");
    told(
        &mended(&edited(&[(
            "\"Mill to close\",\n            \"\"",
            "\"Mill to close\\r\",\n            \"\"",
        )])),
        "had carriage returns",
    );
}

#[test]
fn addresses_that_are_none_are_told_and_kept() {
    for good in ["https://example.org", "HTTP://a.b:8080/x?y#z", "http://[::1]:80/", "https://пример.рф/ä"]
    {
        assert!(validate::is_web_address(good), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\host\\share",
        "data:text/html,x",
        "http://",
        "https:///x",
        "http://user:pw@example.org",
        "http://exa\tmple.org",
        "http://a b",
        " https://a.b",
        "example.org",
        "ftp://a.b",
        "http://a:b",
        "http://[x]/",
        "http://:80/",
        "https://a.b\u{202e}",
        "http:\\\\a.b",
        "C:\\x",
        "../../x",
        "http://...",
    ] {
        assert!(!validate::is_web_address(bad), "{bad}");
    }
    let opened =
        read(edited(&[(NOTE, &format!("{NOTE} address: \"javascript:x\","))]).as_bytes(), &mut stamp(42))
            .unwrap();
    told(&opened, "An address of the claim “240 workers” (xnnxx7sp9zqt1nvw) is no address on the web");
    assert_eq!(claim(&opened.project).address, "javascript:x");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn ids_mixed_up_lose_no_record_and_no_entry(
        project in project(),
        mix in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..9),
    ) {
        let mut text = write(&project);
        let is_id = |text: &str| text.parse::<Id>().is_ok();
        let mut quoted: Vec<usize> = text.match_indices('"').map(|(at, _)| at + 1).collect();
        quoted.retain(|at| text.get(*at..at + 16).is_some_and(is_id) && text[at + 16..].starts_with('"'));
        for (from, to) in mix {
            let (from, to) = (quoted[from.index(quoted.len())], quoted[to.index(quoted.len())]);
            let id = text[from..from + 16].to_owned();
            text.replace_range(to..to + 16, &id);
        }
        let opened = read(text.as_bytes(), &mut stamp(42)).unwrap();
        let count = |p: &Project| p.annotations.len() + p.removed.len();
        let entries = |p: &Project| -> usize {
            let all = p.annotations.values().chain(p.removed.values());
            all.map(|a| a.entry_ids().count()).sum::<usize>() + p.about.log.len() + p.article.log.len()
        };
        prop_assert_eq!(count(&opened.project), count(&project));
        prop_assert!(entries(&opened.project) >= entries(&project));
        back_but_for_notes(&opened.project);
    }

    #[test]
    fn any_offsets_are_kept_or_told(start in 0u32..130, end in 0u32..130, quote in "(240 workers|mill|The mill|x|)") {
        let text = edited(&[
            (AT, &format!("at: Some((start: {start}, end: {end})),")),
            (QUOTE, &format!("quote: [\"{quote}\"],")),
        ]);
        let opened = read(text.as_bytes(), &mut stamp(42)).unwrap();
        let claim = claim(&opened.project);
        let whole = sample().article.text.clone();
        let fits = start < end && whole.admits(Span { start, end }) && whole.slice(Span { start, end }) == quote;
        prop_assert_eq!(opened.changed, !fits);
        prop_assert_eq!(claim.words(), quote.as_str());
        if let Some(span) = claim.first_span() {
            prop_assert_eq!(whole.slice(span), quote.as_str());
            prop_assert_eq!(fits, claim.check_again.is_none());
        }
        back_but_for_notes(&opened.project);
    }
}
