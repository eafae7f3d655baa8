//! The policy of edits, example by example: where a law would hold either way.

use proofmark::domain::{Kind, Project, Span, Transaction};

use crate::notation::{check, inserting, parse, print, replacing, stamp};

#[track_caller]
fn edited(before: &str, words: &str, by: &str, after: &str) {
    check(before, |p, stamp| p.edit(vec![replacing(p, words, by)], stamp).expect("fits"), after);
}

#[track_caller]
fn inserted(before: &str, words: &str, in_front_of: &str, after: &str) {
    check(before, |p, stamp| p.edit(vec![inserting(p, words, in_front_of)], stamp).expect("fits"), after);
}

#[test]
fn marking_extending_and_removing() {
    let words = |p: &Project, words: &str| p.article.text.occurrences(words)[0];
    check("The mayor said", |p, s| p.mark(Kind::Source, &[words(p, "mayor")], s).1, "The {s:mayor} said");
    let further = |p: &Project, s: &mut _| p.extend(p.in_order()[0].id, words(p, "go"), s);
    check("{q:We}, he said, go", further, "{q1:We}, he said, {q1:go}");
    check("{q:go}, he said, go", further, "{q:go}, he said, go");
    let removed = |p: &Project, s: &mut _| p.remove(p.in_order()[0].id, s);
    check("The [mayor] {q:said}", removed, "The mayor {q:said}");
}

#[test]
fn what_cannot_be_a_span_is_not_marked() {
    let project = parse("De\u{301}ja\n \n");
    let bad = [
        Span::new(2, 2),
        Span::new(0, 2),
        Span::new(2, 4),
        Span::new(6, 8),
        Span::new(3, 99),
        Span::new(98, 99),
    ];
    for span in bad {
        assert!(project.mark(Kind::Claim, &[span], &mut stamp(5)).1.is_empty(), "{span:?}");
    }
    assert!(project.mark(Kind::Claim, &[], &mut stamp(5)).1.is_empty());
    let marked = parse("[De\u{301}ja]\n \n");
    let id = marked.in_order()[0].id;
    assert!(bad.iter().all(|span| marked.extend(id, *span, &mut stamp(5)).is_empty()));
    let twice = |p: &Project, s: &mut _| p.mark(Kind::Claim, &[Span::new(0, 1), Span::new(0, 1)], s).1;
    check("abc", twice, "[a]bc");
}

#[test]
fn typing_at_an_edge_stays_outside_and_typing_inside_is_flagged() {
    inserted("The [mayor] said", "old ", "mayor", "The old [mayor] said");
    inserted("The [mayor] said", "'s wife", " said", "The [mayor]'s wife said");
    inserted("The [mayor] said", "-", "yor", "The [!ma-yor] said");
    inserted("{q:We {s:go}}", "!", "go", "{q:!We !{s:go}}");
}

#[test]
fn what_is_left_of_a_span_is_kept_and_what_is_gone_is_an_orphan() {
    edited("The [mayor] said", "e may", "", "Th[!or] said");
    edited("The [mayor] said", "yor s", "", "The [!ma]aid");
    edited("The [mayor] said", "ayo", "", "The [!mr] said");
    edited("The [mayor] said", "The mayor", "", " said ~ [mayor]");
    edited("The [mayor] said", "mayor", "chief", "The chief said ~ [mayor]");
    edited("{q:We {s:go}}", "go", "stay", "{q:!We }stay ~ {s:go}");
    edited("{q1:We} say {q1:go}", "go", "", "{q1:We} say  ~ {q1:go}");
}

#[test]
fn a_mark_never_moves_to_a_look_alike() {
    // F9: the old word stands earlier too; the sentence has a twin.
    edited("Robin and [Robin] came", "Robin", "Maria", "Maria and [Robin] came");
    let second = |p: &Project, s: &mut _| {
        let at = p.article.text.occurrences("Robin")[1];
        let removed = p.article.text.slice(at).to_owned();
        let edit = proofmark::domain::article::Edit { at: at.start, removed, inserted: "Maria".into() };
        p.edit(vec![edit], s).expect("fits")
    };
    check("Robin and [Robin] came", second, "Robin and Maria came ~ [Robin]");
    // F10, F12: a paragraph inserted above.
    check(
        "It is so.\n[It is so.]",
        |p, s| {
            let edit =
                proofmark::domain::article::Edit { at: 0, removed: String::new(), inserted: "New\n".into() };
            p.edit(vec![edit], s).expect("fits")
        },
        "New\nIt is so.\n[It is so.]",
    );
}

#[test]
fn edges_stay_on_letters_with_their_marks() {
    check(
        "caf[e] x",
        |p, s| {
            let edit = proofmark::domain::article::Edit {
                at: 4,
                removed: String::new(),
                inserted: "\u{301}".into(),
            };
            p.edit(vec![edit], s).expect("fits")
        },
        "caf[!e\u{301}] x",
    );
    edited("a[😀]b", "😀", "", "ab ~ [😀]");
}

#[test]
fn the_flag_keeps_the_words_that_were_checked() {
    let mut project = parse("The [mayor] said");
    for (number, (words, by)) in [("ayo", "ay"), ("ay", "a")].into_iter().enumerate() {
        let edit = replacing(&project, words, by);
        let step = project.edit(vec![edit], &mut stamp(600 + number as u128)).expect("fits");
        project.apply(&step).expect("fresh");
    }
    assert_eq!(print(&project), "The [!mar] said");
    let reason = project.in_order()[0].check_again.clone();
    assert_eq!(reason.as_deref(), Some("The words were: mayor"));
}

#[test]
fn a_step_is_made_for_one_state() {
    let project = parse("The [mayor] said");
    let id = project.in_order()[0].id;
    let steps: [Transaction; 2] = [
        project.remove(id, &mut stamp(7)),
        project.edit(vec![replacing(&project, "The", "A")], &mut stamp(8)).expect("fits"),
    ];
    for (one, other) in [(0, 1), (1, 0)] {
        let mut changed = project.clone();
        changed.apply(&steps[one]).expect("fresh");
        let before = changed.clone();
        assert!(changed.apply(&steps[other]).is_err());
        assert_eq!(changed, before);
    }
}
