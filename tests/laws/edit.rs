//! What an edit of the text does to it and to the spans: against a model that moves each
//! character by itself.

use proofmark::domain::annotation::{AnnotationSpan, CONTEXT};
use proofmark::domain::article::{Edit, Mapped};
use proofmark::domain::{Kind, Project, Span, Text};
use proptest::prelude::*;

use crate::notation::{project, stamp};
use crate::reference::Marked;
use crate::worlds::{ALPHABET, assert_placed, edits, spans, texts};

/// A project in which each of these groups of spans is one annotation, in this order.
fn marked(text: &str, groups: &[Vec<Span>]) -> (Project, Vec<proofmark::domain::Id>) {
    let mut project = project(text);
    let mut ids = Vec::new();
    for (number, spans) in groups.iter().enumerate() {
        let kind = Kind::ALL[number % 3];
        let (id, marking) = project.mark(kind, spans, &mut stamp(100 + number as u128));
        project.apply(&marking).expect("fresh");
        ids.push(id);
    }
    (project, ids)
}

/// What must have become of one span. Says whether its words changed.
#[track_caller]
fn assert_followed(
    was: &AnnotationSpan,
    is: &AnnotationSpan,
    old: &Text,
    new: &Text,
    edits: &[Edit],
) -> bool {
    let at = was.place.at.expect("a place");
    let mut model = Marked::new(old.as_str(), at);
    for edit in edits {
        model.edit(edit);
    }
    assert_eq!(model.text(), new.as_str());
    match model.place() {
        Some((span, words)) => {
            assert_eq!(is.place.at, Some(span), "{:?} after {edits:?} is {:?}", old.as_str(), new.as_str());
            assert_eq!(is.place.quote.as_str(), words);
            let changed = words != was.place.quote.as_str();
            // Two edits can bring the same words about at a place where its own letters are not: whoever
            // joins copies must know that.
            let is_known = changed || model.touched && edits.len() > 1 && is.log.len() > was.log.len();
            assert_eq!(is.log.len() > was.log.len(), is_known, "an entry exactly where the words changed");
            assert!(model.touched || !changed || words.contains(was.place.quote.as_str()));
            changed
        }
        None => {
            assert_eq!(is.place.at, None, "{:?} after {edits:?}", old.as_str());
            assert_eq!(is.place.quote, was.place.quote);
            assert_eq!(is.log.len(), was.log.len() + 1);
            let (before, after) = (&old.as_str()[..at.start as usize], &old.as_str()[at.end as usize..]);
            assert!(
                before.ends_with(is.place.prefix.as_str()) && after.starts_with(is.place.suffix.as_str())
            );
            let kept =
                [&is.place.prefix, &is.place.suffix].map(|part| crate::reference::edges(part.as_str()).len());
            let had = [before, after].map(|part| crate::reference::edges(part).len().min(CONTEXT + 1));
            assert_eq!(kept, had);
            false
        }
    }
}

/// Everything that must hold of some edits of a project.
#[track_caller]
fn assert_edit(first: &Project, ids: &[proofmark::domain::Id], list: &[Edit]) {
    let transaction = first.edit(list.to_vec(), &mut stamp(500)).expect("fits");
    let list: Vec<Edit> = list.iter().filter(|edit| edit.removed != edit.inserted).cloned().collect();
    let mut after = first.clone();
    after.apply(&transaction).expect("fresh");
    assert_placed(&after);
    for id in ids {
        let (was, is) = (&first.annotations[id], &after.annotations[id]);
        let mut old_words = Vec::new();
        for span in &was.spans {
            let now = is.spans.iter().find(|s| s.id == span.id).expect("no span vanishes");
            if assert_followed(span, now, &first.article.text, &after.article.text, &list) {
                old_words.push(span.place.quote.as_str());
            }
        }
        match &is.check_again {
            Some(reason) => assert!(old_words.iter().any(|words| reason.contains(words)), "{reason}"),
            None => assert!(old_words.is_empty(), "words changed without a flag"),
        }
    }
    after.apply(&transaction.clone().invert()).expect("comes back");
    assert_eq!(after, *first);
}

#[test]
fn every_span_of_every_small_text_follows_every_edit() {
    for content in texts(&ALPHABET, 4) {
        let groups: Vec<Vec<Span>> =
            spans(&Text::new(&*content)).into_iter().map(|span| vec![span]).collect();
        let (first, ids) = marked(&content, &groups);
        for edit in edits(&content, &["", "a", "\u{301}"]) {
            assert_edit(&first, &ids, &[edit]);
        }
    }
}

#[test]
fn every_pair_of_spans_of_one_annotation_follows_every_edit() {
    for content in texts(&ALPHABET, 3) {
        let all = spans(&Text::new(&*content));
        let pairs = all.iter().enumerate().flat_map(|(i, a)| all[i + 1..].iter().map(move |b| vec![*a, *b]));
        let (first, ids) = marked(&content, &pairs.collect::<Vec<_>>());
        for edit in edits(&content, &["", "a", "\u{301}"]) {
            assert_edit(&first, &ids, &[edit]);
        }
    }
}

#[test]
fn every_two_edits_in_one_step_are_followed_one_after_the_other() {
    for content in texts(&["a", "e\u{301}", " "], 2) {
        let groups: Vec<Vec<Span>> =
            spans(&Text::new(&*content)).into_iter().map(|span| vec![span]).collect();
        let (first, ids) = marked(&content, &groups);
        for one in edits(&content, &["", "a", "\u{301}"]) {
            let between = one.apply(&content).expect("fits");
            for two in edits(&between, &["", "a", "\u{301}"]) {
                assert_edit(&first, &ids, &[one.clone(), two]);
            }
        }
    }
}

#[test]
fn an_edit_inverts_and_untouched_spans_come_back_by_arithmetic() {
    for content in texts(&ALPHABET, 4) {
        for edit in edits(&content, &["", "a", "😀\n"]) {
            let changed = edit.apply(&content).expect("fits");
            assert_eq!(edit.invert().invert(), edit);
            assert_eq!(edit.invert().apply(&changed).as_deref(), Some(&*content));
            for span in spans(&Text::new(&*content)) {
                match edit.map(span) {
                    Mapped::Same(to) => {
                        assert_eq!(changed[to.range()], content[span.range()]);
                        assert_eq!(edit.invert().map(to), Mapped::Same(span));
                    }
                    Mapped::Changed(to) => {
                        assert!(!to.is_empty() && to.end as usize <= changed.len());
                        let removed = Span::new(edit.at as usize, edit.at as usize + edit.removed.len());
                        assert!(removed.overlaps(span) || (span.start < edit.at && edit.at < span.end));
                    }
                    Mapped::Gone => assert!(edit.removed.contains(&content[span.range()])),
                }
            }
        }
    }
}

#[test]
fn the_edit_between_two_texts_is_the_smallest_that_leads_from_one_to_the_other() {
    for old in texts(&ALPHABET, 3) {
        for new in texts(&ALPHABET, 3) {
            let edit = Edit::between(&old, &new);
            assert_eq!(edit.apply(&old).as_deref(), Some(&*new));
            assert_eq!(edit.is_empty(), old == new);
            let ends = |text: &str| (text.chars().next(), text.chars().next_back());
            let ((a, b), (c, d)) = (ends(&edit.removed), ends(&edit.inserted));
            assert!(a.is_none() || (a != c && b != d), "{old:?} to {new:?}: {edit:?}");
        }
    }
}

#[test]
fn an_edit_for_another_text_is_refused() {
    for (at, removed) in [(0, "b"), (1, "a"), (5, ""), (2, ""), (u32::MAX, "a"), (u32::MAX, "")] {
        let edit = Edit { at, removed: removed.into(), inserted: "x".into() };
        assert_eq!(edit.apply("aé"), None, "{edit:?}");
        assert!(project("aé").edit(vec![edit], &mut stamp(500)).is_err());
    }
}

#[test]
fn edits_that_change_nothing_are_no_step() {
    let (first, _) = marked("aaa", &[vec![Span::new(0, 3)]]);
    let nothing = Edit { at: 1, removed: String::new(), inserted: String::new() };
    let same = Edit { at: 1, removed: "a".into(), inserted: "a".into() };
    for list in [vec![], vec![nothing], vec![same]] {
        assert!(first.edit(list.clone(), &mut stamp(500)).expect("fits").is_empty(), "{list:?}");
    }
}

/// A random text of words, spaces and line ends in several scripts.
pub fn some_text() -> impl Strategy<Value = String> {
    let letter = prop::sample::select(vec![
        "a",
        "e\u{301}",
        "😀",
        "\n",
        " ",
        ". ",
        "the ",
        "שלום",
        "東京",
        "👩\u{200d}❤\u{fe0f}\u{200d}👩",
        "🇩",
        "กำ",
        "\u{600}",
    ]);
    prop::collection::vec(letter, 0..120).prop_map(|letters| letters.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_of_random_texts_are_followed(
        content in some_text(),
        marks in prop::collection::vec((any::<u16>(), any::<u16>()), 1..12),
        script in prop::collection::vec((any::<u16>(), 0u16..30, some_text()), 1..5),
    ) {
        let text = Text::new(&*content);
        let pick = |at: u16| text.edge_before(at as usize % (text.len() + 1));
        let groups: Vec<Vec<Span>> = marks
            .iter()
            .map(|(a, b)| Span::new(pick(*a), pick(*b)))
            .filter(|span| text.admits(*span))
            .map(|span| vec![span])
            .collect();
        let (first, ids) = marked(&content, &groups);
        let mut now = content.clone();
        let mut list = Vec::new();
        for (at, len, inserted) in script {
            let from = now.floor_char_boundary(at as usize % (now.len() + 1));
            let to = now.ceil_char_boundary((from + len as usize).min(now.len()));
            let inserted: String = inserted.chars().take(12).collect();
            let edit = Edit { at: from as u32, removed: now[from..to].into(), inserted };
            now = edit.apply(&now).expect("fits");
            list.push(edit);
        }
        if now != content {
            assert_edit(&first, &ids, &list);
        }
    }
}
