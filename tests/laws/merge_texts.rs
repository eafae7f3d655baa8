//! Texts that were edited on both sides, and the marks in them: by example, and a small world whole.

use proofmark::domain::annotation::{AnnotationValue as V, SpanValue};
use proofmark::domain::article::Edit;
use proofmark::domain::mapping::old_words;
use proofmark::domain::merge::Decision;
use proofmark::domain::rules::{self, Open};
use proofmark::domain::{Span, Status};
use proofmark::formats::ron;

use crate::merge::{project, stamp};
use crate::worlds::edits;

use crate::copies::{Copy, TEXT, merged, two, words};

#[test]
fn texts_that_were_edited_in_different_places_are_joined_and_marks_go_along() {
    let (id, mut a, mut b) = two("1200 people");
    a.edit("The mayor", "Mayor Orel");
    b.edit("twice", "three times");
    let late = b.mark("said it three times");
    let both = merged(&a, &b);
    assert_eq!(both.article.text.as_str(), "Mayor Orel said 1200 people came. She said it three times.");
    assert_eq!(both.article.disagreements(), []);
    assert_eq!((words(&both, id), words(&both, late)), ("1200 people".into(), "said it three times".into()));
    assert!(both.annotations.values().all(|annotation| !annotation.is_to_check()));
    let join = both.article.log.last().expect("a join");
    assert_eq!((join.replaces.len(), &*join.by), (2, ""));
    assert!(join.replaces.is_sorted());
}

#[test]
fn words_changed_under_a_new_mark_ask_with_the_old_words() {
    let mut a = Copy::of(&project(TEXT), 0);
    let mut b = a.clone();
    b.who = 1;
    a.edit("1200", "1300");
    let id = b.mark("1200 people");
    b.set(id, V::Status(Status::Verified));
    let gone = b.mark("twice");
    a.edit(" twice", "");
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert_eq!(annotation.words(), "1300 people");
    assert_eq!(annotation.why_check().as_deref().and_then(old_words), Some("1200 people"));
    assert!(!rules::is_verified(annotation));
    let orphan = &both.annotations[&gone];
    assert!(orphan.has_orphan() && orphan.words() == "twice", "no look-alike");
    let mut seen = Copy { project: both, who: 0, done: 50 };
    seen.act(|project, stamp| project.confirm(id, stamp));
    assert!(rules::is_verified(&seen.project.annotations[&id]));
    assert_eq!(merged(&seen, &b), seen.project);
}

#[test]
fn two_who_changed_other_words_of_one_mark_agree_on_its_place() {
    let (id, mut a, mut b) = two("The mayor said 1200 people came");
    a.edit("mayor", "bishop");
    b.edit("people", "persons");
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert_eq!(annotation.words(), "The bishop said 1200 persons came");
    assert!(!annotation.is_conflicted(), "{:?}", annotation.spans[0].conflicts);
    assert_eq!(rules::open_matters(annotation), [Open::Status(Status::Unchecked), Open::CheckAgain]);
}

#[test]
fn the_same_correction_by_two_people_stands_once() {
    let (_, mut a, mut b) = two("twice");
    a.edit("1200 people", "1300 people");
    b.edit("1200 people", "1300 people");
    let both = merged(&a, &b);
    assert_eq!(both.article.text.as_str(), TEXT.replace("1200", "1300"));
    assert_eq!(both.article.disagreements(), []);
}

#[test]
fn words_changed_by_both_are_a_conflict_that_lives_in_the_file() {
    for take in 0..4 {
        let (id, mut a, mut b) = two("1200 people");
        let other = a.mark("twice");
        a.edit("1200", "1300");
        b.edit("1200", "1209");
        b.set(id, V::CheckAgain(None));
        let both = merged(&a, &b);
        let bytes = ron::write(&both);
        let read = ron::read(bytes.as_bytes(), &mut stamp(900, 0, 0)).expect("it reads");
        assert_eq!(read.warnings, []);
        let open = read.project.article.disagreements();
        assert_eq!(open.len(), 1);
        let mut variants: Vec<(&str, &str)> =
            open[0].variants.iter().map(|variant| (&*variant.by, variant.words.as_str())).collect();
        variants.sort_unstable();
        assert_eq!(variants, [("Ada Kern", "1300"), ("Ben Ott", "1209")]);
        assert_eq!(read.project.article.disputed, [open[0].at]);
        let annotation = &read.project.annotations[&id];
        assert!(rules::open_matters(annotation).contains(&Open::Wording));
        assert!(!rules::open_matters(&read.project.annotations[&other]).contains(&Open::Wording));
        // A mark that is made in it now is not verified either.
        let mut late = Copy { project: read.project.clone(), who: 0, done: 40 };
        let new = late.mark("people came");
        late.set(new, V::Status(Status::Verified));
        assert!(rules::is_verified(&late.project.annotations[&new]), "it does not touch");
        let mut decided = Copy { project: read.project, who: 1, done: 50 };
        let choice = |n: usize| Decision::Take(open[0].variants[n].entry);
        let (decision, wanted) = match take {
            0 | 1 => (choice(take), open[0].variants[take].words.clone()),
            2 => (Decision::Words("some".into()), "some".into()),
            _ => (Decision::AsItIs, both.article.text.slice(open[0].at).to_owned()),
        };
        decided.act(|project, stamp| project.decide_text(&open[0], &decision, stamp).expect("it fits"));
        assert_eq!(decided.project.article.text.as_str(), TEXT.replace("1200", &wanted));
        assert_eq!(
            (decided.project.article.disagreements(), &decided.project.article.disputed),
            (vec![], &vec![])
        );
        assert!(!decided.project.annotations[&id].is_in_disputed_words());
        for copy in [&a, &b, &late] {
            let again = merged(&decided, copy);
            assert_eq!(again.article.disagreements(), [], "the decision stands");
        }
    }
}

#[test]
fn the_mark_of_a_variant_keeps_its_words_until_and_after_the_decision() {
    let (_, mut a, mut b) = two("twice");
    a.edit("mayor", "bishop");
    b.edit("mayor", "warden");
    let id = b.mark("warden");
    let both = merged(&a, &b);
    assert!(!both.annotations[&id].has_orphan());
    let open = both.article.disagreements();
    let entry = open[0].variants.iter().find(|variant| variant.words == "warden").expect("a variant").entry;
    let mut decided = Copy { project: both, who: 0, done: 50 };
    let decision = Decision::Take(entry);
    decided.act(|project, stamp| project.decide_text(&open[0], &decision, stamp).expect("it fits"));
    assert_eq!(decided.project.article.text.as_str(), TEXT.replace("mayor", "warden"));
    assert_eq!(words(&decided.project, id), "warden");
}

#[test]
fn a_mark_that_reached_over_disputed_words_reaches_over_those_that_stay() {
    for (before, after) in [("came ", ""), ("", ", twice"), ("came ", ", twice"), ("", "")] {
        for take in 0..2 {
            let mut first = Copy::of(&project("They came on Monday, twice."), 2);
            let id = first.mark(&format!("{before}on Monday{after}"));
            let (mut a, mut b) = (Copy::of(&first.project, 0), Copy::of(&first.project, 1));
            for (copy, words) in [(&mut a, "on Sunday"), (&mut b, "late on Tuesday")] {
                copy.edit("on Monday", words);
                let whole = format!("{before}{words}{after}");
                if self::words(&copy.project, id) != whole {
                    copy.reshape(id, &whole);
                }
            }
            let both = merged(&a, &b);
            let open = both.article.disagreements();
            let variant = open[0].variants[take].clone();
            let mut decided = Copy { project: both, who: 0, done: 60 };
            let decision = Decision::Take(variant.entry);
            decided.act(|project, stamp| project.decide_text(&open[0], &decision, stamp).expect("it fits"));
            let wanted = format!("{before}{}{after}", variant.words.trim_end_matches(','));
            assert_eq!(words(&decided.project, id), wanted);
            assert_eq!(decided.project.annotations[&id].spans[0].conflicts, []);
            assert!(decided.project.annotations[&id].is_to_check());
            for copy in [&a, &b] {
                assert_eq!(words(&merged(&decided, copy), id), wanted);
            }
        }
    }
}

#[test]
fn every_two_edits_of_a_short_text_are_joined() {
    let first = project("ab c");
    let text = first.article.text.as_str().to_owned();
    let all: Vec<Edit> = edits(&text, &["", "x", "yz"]).into_iter().filter(|edit| !edit.is_empty()).collect();
    let done = |edit: &Edit, who: usize| {
        let mut copy = Copy::of(&first, who);
        copy.act(|project, stamp| project.edit(vec![edit.clone()], stamp).expect("it fits"));
        copy.project
    };
    for one in &all {
        let a = done(one, 0);
        for other in &all {
            let b = done(other, 1);
            let both = a.merge(&b).expect("copies");
            assert_eq!(b.merge(&a).as_ref(), Ok(&both));
            let joined = both.article.text.as_str();
            if one == other {
                assert_eq!(joined, a.article.text.as_str());
                assert_eq!(both.article.disagreements(), []);
                continue;
            }
            let (end, start) = (one.at as usize + one.removed.len(), other.at as usize);
            if end < start && text[end..start].contains(' ') {
                let then = one.apply(&other.apply(&text).expect("it fits")).expect("it fits");
                assert_eq!((joined, both.article.disagreements()), (then.as_str(), vec![]));
            } else if end >= start && other.at as usize + other.removed.len() >= one.at as usize {
                assert_eq!(both.article.disagreements().len(), 1, "{one:?} {other:?} {joined:?}");
            }
            for edit in [one, other] {
                assert!(joined.contains(&edit.inserted), "{one:?} {other:?} {joined:?}");
            }
            let kept = |at: usize| {
                let gone =
                    |edit: &Edit| (edit.at as usize..edit.at as usize + edit.removed.len()).contains(&at);
                !gone(one) && !gone(other)
            };
            let left: String = text.char_indices().filter(|(at, _)| kept(*at)).map(|(_, c)| c).collect();
            let of_first: String = joined.chars().filter(|c| !"xyz".contains(*c)).collect();
            assert_eq!(of_first, left);
        }
    }
}

#[test]
fn a_span_keeps_exact_words_on_whole_letters_whatever_comes_in_beside_it() {
    let first = project("cafe au lait");
    let (mut a, mut b) = (Copy::of(&first, 0), Copy::of(&first, 1));
    let id = a.mark("cafe");
    // A mark that joins the last letter.
    b.act(|project, stamp| {
        let edit = Edit { at: 4, removed: String::new(), inserted: "\u{301}".into() };
        project.edit(vec![edit], stamp).expect("it fits")
    });
    let both = merged(&a, &b);
    let place = &both.annotations[&id].spans[0].place;
    let at = place.at.expect("it has a place");
    assert_eq!((both.article.text.slice(at), both.article.text.snapped(at)), (place.quote.as_str(), at));
    assert_eq!(place.quote.as_str(), "cafe\u{301}");
    assert_eq!(place.words_were(), Some("cafe"));
    let value = SpanValue::Place(place.clone());
    assert!(value.place().is_some() && Span::new(0, 4) != at);
}
