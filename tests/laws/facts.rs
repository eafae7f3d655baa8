//! Marking all occurrences and splitting, over every small world: what comes out is sound, and undo gives
//! the state before.

use std::collections::BTreeSet;

use proofmark::domain::occurrences::Further;
use proofmark::domain::{Annotation, History, Id, Kind, Project, Span};
use proptest::prelude::*;

use crate::notation::{project, stamp};
use crate::worlds::{ALPHABET, assert_sound, spans, texts};

/// A project with one mark.
fn marked(text: &str, places: &[Span]) -> (Project, Id) {
    let mut project = project(text);
    let (id, transaction) = project.mark(Kind::Claim, places, &mut stamp(7));
    project.apply(&transaction).expect("made for this state");
    (project, id)
}

#[track_caller]
fn assert_apart(annotation: &Annotation) {
    let placed: Vec<Span> = annotation.placed().collect();
    assert!(placed.windows(2).all(|pair| pair[0].end <= pair[1].start), "{placed:?}");
}

/// Marks the rest, takes it out again, undoes both; says how many there were.
#[track_caller]
fn check_occurrences(text: &str, place: Span) -> usize {
    let (first, id) = marked(text, &[place]);
    let Further::Places(places) = first.further_occurrences(id) else { panic!("too many") };
    let words = first.article.text.slice(place);
    assert!(places.iter().all(|span| first.article.text.admits(*span)));
    assert!(places.iter().all(|span| first.article.text.slice(*span) == words && !span.overlaps(place)));
    let (mut now, mut history) = (first.clone(), History::default());
    let all = now.mark_occurrences(id, &places, &mut stamp(8));
    history.commit(&mut now, all).expect("made for this state");
    assert_sound(&now);
    assert_apart(&now.annotations[&id]);
    let count = now.annotations[&id].placed().count();
    assert_eq!(count, places.len() + 1);
    assert_eq!(now.further_occurrences(id), Further::Places(Vec::new()), "none is left");
    let kept = now.annotations[&id].spans[count / 2].id;
    let (removed, step) = now.unmark_occurrences(id, kept, &mut stamp(9));
    assert_eq!(removed, places.len());
    history.commit(&mut now, step).expect("made for this state");
    assert_sound(&now);
    assert_eq!(now.annotations[&id].live_spans().map(|span| span.id).collect::<Vec<_>>(), [kept]);
    for _ in 0..2 {
        history.undo(&mut now, &mut stamp(10)).expect("undo works");
    }
    assert_eq!(now, first);
    places.len()
}

#[test]
fn occurrences_of_every_span_of_every_small_text_are_sound_and_come_back() {
    let mut found = 0;
    for text in texts(&ALPHABET, 4) {
        let places = spans(&project(&text).article.text);
        found += places.into_iter().map(|place| check_occurrences(&text, place)).sum::<usize>();
    }
    assert!(found > 100, "{found}");
}

#[test]
fn a_split_is_sound_whatever_the_facts_are_and_comes_back() {
    for text in texts(&["a", "e\u{301}", " ", "😀"], 4) {
        let places = spans(&project(&text).article.text);
        for place in places {
            let (first, id) = marked(&text, &[place]);
            for facts in [["a", "e\u{301}"], ["e", "\u{301}"], ["a a", "nowhere"], ["😀", "a"]] {
                let facts = facts.map(str::to_owned);
                let (mut now, mut history) = (first.clone(), History::default());
                let step = first.split(id, &facts, &mut stamp(8));
                history.commit(&mut now, step).expect("made for this state");
                assert_sound(&now);
                assert_eq!(now.annotations.len(), 2);
                assert!(now.annotations.contains_key(&id));
                assert!(now.annotations.values().all(|a| a.first_span().is_some_and(|s| place.contains(s))));
                history.undo(&mut now, &mut stamp(10)).expect("undo works");
                assert_eq!(now, first);
            }
            assert!(first.split(id, &["a".to_owned()], &mut stamp(8)).is_empty());
        }
    }
}

proptest! {
    /// The fast search finds what a look at every place finds.
    #[test]
    fn whole_occurrences_are_those_of_a_slow_search(text in "[ab é\u{301}.’1]{0,40}", words in "[ab é1]{1,3}") {
        let text = project(&text).article.text.clone();
        let found: Vec<Span> = text.whole_occurrences(&words).collect();
        let known: BTreeSet<Span> = text.occurrences(&words).into_iter().collect();
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for span in &found {
            prop_assert!(text.admits(*span) && text.slice(*span) == words);
        }
        // Where none of the words' letters stands beside them, each that is admitted is found.
        let alone = |span: &Span| {
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "’.\u{301}".contains(c));
            let all = text.as_str();
            !letter(all[..span.start as usize].chars().next_back()) && !letter(all[span.end as usize..].chars().next())
        };
        let trimmed = words.trim() == words;
        for span in known.iter().filter(|span| trimmed && alone(span)) {
            prop_assert!(found.contains(span), "{span:?} of {words:?} in {:?}", text.as_str());
        }
    }
}
