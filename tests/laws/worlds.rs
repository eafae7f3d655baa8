//! Every small world, and what makes a project sound.

use std::collections::BTreeSet;

use proofmark::domain::annotation::CONTEXT;
use proofmark::domain::article::Edit;
use proofmark::domain::log;
use proofmark::domain::{Annotation, Id, Project, Span, Text};
use unicode_segmentation::UnicodeSegmentation;

/// One letter of one byte, one of two characters, one of four bytes, and a line end.
pub const ALPHABET: [&str; 4] = ["a", "e\u{301}", "😀", "\n"];

/// Every text of at most `length` letters of an alphabet.
pub fn texts(alphabet: &[&str], length: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..length {
        let to = all.len();
        for i in from..to {
            for letter in alphabet {
                all.push(format!("{}{letter}", all[i]));
            }
        }
        from = to;
    }
    all
}

/// Every byte offset between two characters.
pub fn boundaries(text: &str) -> Vec<usize> {
    (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect()
}

/// Every span that an annotation may have.
pub fn spans(text: &Text) -> Vec<Span> {
    let edges = boundaries(text.as_str());
    let pairs = edges.iter().flat_map(|a| edges.iter().map(|b| (*a, *b)));
    pairs.filter(|(a, b)| a < b).map(|(a, b)| Span::new(a, b)).filter(|span| text.admits(*span)).collect()
}

/// Every edit that removes some characters of a text and inserts one of some words.
pub fn edits(text: &str, words: &[&str]) -> Vec<Edit> {
    let edges = boundaries(text);
    let mut all = Vec::new();
    for (i, from) in edges.iter().enumerate() {
        for to in &edges[i..] {
            all.extend(words.iter().map(|words| Edit {
                at: *from as u32,
                removed: text[*from..*to].to_owned(),
                inserted: (*words).to_owned(),
            }));
        }
    }
    all
}

/// Every entry id of a project, in whatever log it stands.
pub fn entry_ids(project: &Project) -> BTreeSet<Id> {
    let annotations = project.annotations.values().chain(project.removed.values());
    let mut ids: BTreeSet<Id> = annotations.flat_map(|a| a.entry_ids().collect::<Vec<_>>()).collect();
    ids.extend(project.about.log.iter().map(|entry| entry.id));
    ids.extend(project.article.log.iter().map(|entry| entry.id));
    ids
}

/// What every project is at every time.
#[track_caller]
pub fn assert_sound(project: &Project) {
    assert!(project.annotations.values().all(|a| !a.is_removed()));
    assert!(project.removed.values().all(|a| a.is_removed()));
    assert!(project.annotations.keys().all(|id| !project.removed.contains_key(id)));
    assert_eq!(log::union(&*project.about, &project.about), *project.about);
    for (id, annotation) in project.annotations.iter().chain(&project.removed) {
        assert_eq!(*id, annotation.id);
        let annotation = &**annotation;
        let again = log::union(annotation, annotation);
        assert_eq!(again, *annotation, "a log or a list is not in its order");
        let ids: Vec<Id> = annotation.entry_ids().collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an entry stands twice");
    }
    assert_placed(project);
}

/// What every span of a project is at every time.
#[track_caller]
pub fn assert_placed(project: &Project) {
    for annotation in project.annotations.values().chain(project.removed.values()) {
        assert_annotation(project, annotation);
    }
    assert_text_history(project);
}

#[track_caller]
fn assert_annotation(project: &Project, annotation: &Annotation) {
    for span in &annotation.spans {
        let place = &span.place;
        assert_eq!(place.text, project.article.head(), "a span that names an older text");
        assert!(!place.quote.is_blank());
        match place.at {
            Some(at) => {
                assert!(project.article.text.admits(at), "{at:?} in {:?}", project.article.text.as_str());
                assert_eq!(project.article.text.slice(at), place.quote.as_str());
                assert!(place.prefix.is_empty() && place.suffix.is_empty());
            }
            None => {
                assert!(place.prefix.as_str().graphemes(true).count() <= CONTEXT);
                assert!(place.suffix.as_str().graphemes(true).count() <= CONTEXT);
            }
        }
    }
}

/// What a project is that copies were merged into.
#[track_caller]
pub fn assert_merged(project: &Project) {
    assert!(project.annotations.values().all(|a| !a.is_removed()));
    assert!(project.removed.values().all(|a| a.is_removed()));
    for (id, annotation) in project.annotations.iter().chain(&project.removed) {
        assert_eq!(*id, annotation.id);
        assert_annotation(project, annotation);
        let again = log::union(&**annotation, annotation);
        assert_eq!(again, **annotation, "a log or a list is not in its order");
        let ids: Vec<Id> = annotation.entry_ids().collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an entry stands twice");
    }
}

/// Every entry of the text's log applies backwards, from the present text to the first one.
#[track_caller]
fn assert_text_history(project: &Project) {
    let mut text = project.article.text.as_str().to_owned();
    for pair in project.article.log.windows(2) {
        assert_eq!(pair[1].replaces, [pair[0].id]);
    }
    for entry in project.article.log.iter().rev() {
        for edit in entry.edits.iter().rev() {
            text = edit.invert().apply(&text).expect("the log fits the text");
        }
    }
}
