//! A session of typing: against the text letter by letter, and against the edits that it becomes.

use proofmark::domain::article::{Edit, Mapped};
use proofmark::domain::places::{Mark, Places};
use proofmark::domain::session::{Cursor, Session};
use proofmark::domain::{Id, Kind, Project, Span, Text};
use proptest::prelude::*;

use crate::edit::some_text;
use crate::notation::{project, stamp};
use crate::reference::Marked;
use crate::worlds::{ALPHABET, assert_placed, edits, spans, texts};

fn marked(text: &str, spans: &[Span]) -> Project {
    let mut project = project(text);
    for (number, span) in spans.iter().enumerate() {
        let (_, marking) = project.mark(Kind::ALL[number % 3], &[*span], &mut stamp(100 + number as u128));
        project.apply(&marking).expect("fresh");
    }
    project
}

fn type_in(session: &mut Session, edit: &Edit) {
    let range = Span::new(edit.at as usize, edit.at as usize + edit.removed.len());
    session.replace(range, &edit.inserted, Cursor::default());
}

/// Everything that must hold after a script was typed into a project.
#[track_caller]
fn assert_session(first: &Project, script: &[Edit]) -> Project {
    let old = &first.article.text;
    let mut session = Session::new(old, &mut stamp(7));
    let mut now = old.as_str().to_owned();
    for edit in script {
        now = edit.apply(&now).expect("fits");
        type_in(&mut session, edit);
        assert_eq!(session.text().as_str(), now);
    }
    // The lines are those of a text that was read anew.
    let fresh = Text::new(&*now);
    let lines = |text: &Text| {
        (0..text.line_count()).map(|line| (text.line(line), text.paragraph_of_line(line))).collect::<Vec<_>>()
    };
    assert_eq!(lines(session.text()), lines(&fresh), "{script:?}");
    // What it becomes leads to the same text, and to nothing where the words were typed back.
    let list = session.edits();
    assert_eq!(session.is_changed(), now != old.as_str(), "{script:?}");
    assert_eq!(list.is_empty(), now == old.as_str());
    let led = list.iter().fold(old.as_str().to_owned(), |text, edit| edit.apply(&text).expect("fits"));
    assert_eq!(led, now, "{list:?}");
    assert!(list.windows(2).all(|pair| pair[0].at as usize + pair[0].inserted.len() < pair[1].at as usize));
    // The end of the session is the edit of the project by that list, and shows what was shown.
    let places = Places::of(first);
    let finished = session.finish(first, &mut stamp(900));
    let mut after = first.clone();
    after.apply(&finished).expect("fresh");
    let mut edited = first.clone();
    edited.apply(&first.edit(list.clone(), &mut stamp(900)).expect("fits")).expect("fresh");
    assert_eq!((&after.article, &after.annotations), (&edited.article, &edited.annotations), "{list:?}");
    assert_placed(&after);
    let plain = |marks: &[Mark]| marks.iter().map(|mark| (mark.span, mark.annotation)).collect::<Vec<_>>();
    let then = Places::of(&after);
    for line in 0..fresh.line_count() {
        assert_eq!(
            plain(&session.marks(&places, line)),
            plain(then.of_line(line)),
            "line {line}, {script:?}"
        );
    }
    for (id, annotation) in &first.annotations {
        let (was, is) = (annotation.spans[0].place.at.expect("a place"), &after.annotations[id]);
        // Letter by letter, through what the session became.
        let mut model = Marked::new(old.as_str(), was);
        list.iter().for_each(|edit| model.edit(edit));
        assert_eq!(is.placed().next(), model.place().map(|(span, _)| span), "{was:?} {script:?}");
        assert_eq!(session.place(was), is.first_span());
        let words = old.slice(was);
        let changed = is.first_span().is_some_and(|span| fresh.slice(span) != words);
        assert_eq!(is.check_again.is_some(), changed, "flagged exactly where the words are others");
        // Letter by letter, through what was typed: no letter that was never removed is lost.
        let mut model = Marked::new(old.as_str(), was);
        script.iter().for_each(|edit| model.edit(edit));
        // Words that were typed back count as never removed.
        if let Some(left) = model.survivors().filter(|_| now != old.as_str()) {
            let span = session.place(was);
            let blank = fresh.slice(left).trim().is_empty();
            assert!(blank || span.is_some_and(|span| span.contains(left)), "{was:?} {script:?}");
        }
    }
    // Small steps back to the start and forth to the end.
    let end = session.text().clone();
    while session.undo().is_some() {}
    assert_eq!((session.text(), session.is_changed()), (old, false));
    for annotation in first.annotations.values() {
        assert_eq!(session.place(annotation.first_span().expect("a place")), annotation.first_span());
    }
    while session.redo().is_some() {}
    assert_eq!((session.text(), session.edits()), (&end, list));
    after
}

#[test]
fn every_two_edits_of_every_small_text_are_one_session() {
    for content in texts(&["a", "e\u{301}", "\n"], 3) {
        let first = marked(&content, &spans(&Text::new(&*content)));
        for one in edits(&content, &["", "a", "\u{301}", "\n"]) {
            let between = one.apply(&content).expect("fits");
            for two in edits(&between, &["", "a"]) {
                assert_session(&first, &[one.clone(), two]);
            }
        }
    }
}

#[test]
fn every_edit_taken_back_by_typing_leaves_everything_as_it_was() {
    for content in texts(&ALPHABET, 4) {
        let first = marked(&content, &spans(&Text::new(&*content)));
        for edit in edits(&content, &["", "a", "😀\n"]) {
            let after = assert_session(&first, &[edit.clone(), edit.invert()]);
            assert_eq!(after, first, "{edit:?}");
        }
    }
}

#[test]
fn a_patch_maps_as_its_edits_do_one_after_the_other() {
    for content in texts(&["a", "b"], 4) {
        for one in edits(&content, &["", "x"]) {
            let between = one.apply(&content).expect("fits");
            for two in edits(&between, &["", "yz"]) {
                let first = Text::new(&*content);
                let mut patch = proofmark::domain::patch::Patch::default();
                for edit in [&one, &two] {
                    let range = Span::new(edit.at as usize, edit.at as usize + edit.removed.len());
                    patch = patch.and(&first, range, &edit.inserted);
                }
                for span in spans(&first) {
                    let mut slow = Mapped::Same(span);
                    for edit in patch.edits(&first) {
                        slow = match slow {
                            Mapped::Same(span) => edit.map(span),
                            Mapped::Changed(span) => match edit.map(span) {
                                Mapped::Same(span) => Mapped::Changed(span),
                                other => other,
                            },
                            Mapped::Gone => Mapped::Gone,
                        };
                    }
                    assert_eq!(patch.map(span), slow, "{span:?} {one:?} {two:?}");
                }
            }
        }
    }
}

#[test]
fn an_empty_text_and_another_article_make_orphans_of_all_and_nothing_is_lost() {
    let content = "One tunnel 👩‍👩‍👧‍👦, two votes.\n\nक्षत्रिय said 한국어.";
    let all: Vec<Span> = ["One", "👩‍👩‍👧‍👦", "two votes.\n\nक्षत्रिय", "क्षत्रिय", "한국어", "."]
        .iter()
        .map(|words| content.find(words).map(|at| Span::new(at, at + words.len())).expect("there"))
        .collect();
    let first = marked(content, &all);
    let whole = Edit { at: 0, removed: content.into(), inserted: String::new() };
    for inserted in ["", "Quite another text, about bread"] {
        let after = assert_session(&first, &[Edit { inserted: inserted.into(), ..whole.clone() }]);
        assert_eq!(after.annotations.len(), all.len());
        assert!(after.annotations.values().all(|annotation| annotation.has_orphan()));
        let back = first.edit(vec![Edit { inserted: inserted.into(), ..whole.clone() }], &mut stamp(900));
        let (mut restored, back) = (first.clone(), back.expect("fits"));
        restored.apply(&back).expect("fresh");
        assert_eq!(restored.annotations, after.annotations);
        restored.apply(&back.invert()).expect("comes back");
        assert_eq!(restored, first);
    }
    assert_eq!(assert_session(&first, &[]), first, "an unchanged text changes nothing");
}

#[test]
fn a_headline_that_is_the_title_stays_it() {
    let first = project("Tunnel voted\n\nThe council met.");
    let mut session = Session::new(&first.article.text, &mut stamp(7));
    session.replace(Span::new(7, 12), "approved", Cursor::default());
    let mut after = first.clone();
    after.apply(&session.finish(&first, &mut stamp(900))).expect("fresh");
    assert_eq!(after.about.title, "Tunnel approved");
    let mut session = Session::new(&first.article.text, &mut stamp(7));
    session.replace(Span::new(14, 17), "A", Cursor::default());
    let mut after = first.clone();
    after.apply(&session.finish(&first, &mut stamp(900))).expect("fresh");
    assert_eq!(after.about, first.about);
}

#[test]
fn the_difference_of_two_texts_is_where_they_are_not_the_same() {
    let all = texts(&ALPHABET, 3);
    for old in &all {
        for new in &all {
            let (old, new) = (Text::new(&**old), Text::new(&**new));
            let (was, is) = old.difference(&new);
            assert_eq!(old.replaced(was, new.slice(is)).expect("whole letters"), new);
        }
    }
    let long = "abcdefghi ".repeat(700);
    let (old, mut changed) = (Text::new(&*long), long.clone());
    changed.replace_range(4321..4325, "zz");
    assert_eq!(old.difference(&Text::new(changed)), (Span::new(4321, 4325), Span::new(4321, 4323)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_scripts_over_random_marks_keep_the_laws(
        content in some_text(),
        marks in prop::collection::vec((any::<u16>(), any::<u16>()), 1..12),
        script in prop::collection::vec((any::<u16>(), 0u16..40, some_text(), 0u8..4), 1..14),
    ) {
        let text = Text::new(&*content);
        let pick = |at: u16| text.edge_before(at as usize % (text.len() + 1));
        let spans: Vec<Span> = marks
            .iter()
            .map(|(a, b)| Span::new(pick(*a), pick(*b)))
            .filter(|span| text.admits(*span))
            .collect();
        let first = marked(&content, &spans);
        let mut now = content.clone();
        let mut list = Vec::new();
        for (at, len, inserted, sort) in script {
            // At the edge of a mark, a whole mark, typing, or a paste over anything.
            let edge = spans.get(at as usize % spans.len().max(1));
            let (from, len) = match (sort, edge) {
                (0, Some(span)) => (span.start as usize, 0),
                (1, Some(span)) => (span.end as usize, 0),
                (2, Some(span)) => (span.start as usize, span.len()),
                _ => (at as usize, len as usize),
            };
            let from = now.floor_char_boundary(from.min(now.len()) % (now.len() + 1));
            let to = now.ceil_char_boundary((from + len).min(now.len()));
            let inserted: String = inserted.chars().take(9).collect();
            let edit = Edit { at: from as u32, removed: now[from..to].into(), inserted };
            now = edit.apply(&now).expect("fits");
            list.push(edit);
        }
        assert_session(&first, &list);
    }

    #[test]
    fn letters_typed_one_after_the_other_are_steps_by_word(words in "[a-c ]{0,30}") {
        let first = Text::new("The end.");
        let mut session = Session::new(&first, &mut stamp(7));
        let mut at = 4;
        for letter in words.chars() {
            at = session.replace(Span::new(at, at), letter.encode_utf8(&mut [0; 4]), Cursor { at, selection: None });
        }
        prop_assert_eq!(session.text().as_str(), format!("The {words}end."));
        let mut steps = 0;
        while session.undo().is_some() {
            steps += 1;
        }
        prop_assert_eq!(session.text(), &first);
        prop_assert!(steps <= words.split_whitespace().count() + 1);
    }
}

#[test]
fn a_session_costs_nothing_that_grows_with_the_annotations() {
    // The index of the project is asked for the lines in view alone: an index that knows nothing
    // shows nothing, and the session does not look elsewhere.
    let first = marked("One two\n\nthree", &[Span::new(0, 3), Span::new(9, 14)]);
    let mut session = Session::new(&first.article.text, &mut stamp(7));
    session.replace(Span::new(4, 4), "and ", Cursor::default());
    let none = Places::default();
    assert!((0..3).all(|line| session.marks(&none, line).is_empty()));
    let known = Places::of(&first);
    let ids: Vec<Id> =
        (0..3).flat_map(|line| session.marks(&known, line)).map(|mark| mark.annotation).collect();
    assert_eq!(ids.len(), 2);
}
