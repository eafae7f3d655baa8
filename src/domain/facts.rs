//! Several facts in one claim: proposing where to split it, and splitting it.
//!
//! May use: the rest of `domain`, unicode-segmentation. Invariant: a proposal is a list of pieces that
//! stand in the words as they are, in order, on grapheme edges; the first fact keeps the annotation with
//! its status, evidence and log, each further one is an annotation of its own, and all are one step.
//! Known limit: pieces end at sentences, marks of punctuation and a few words like "and"; whether a
//! piece is a fact, the person says.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::annotation::{Annotation, AnnotationSpan, AnnotationValue as V, Prose, SpanValue};
use super::change::{Change, Transaction};
use super::id::Id;
use super::log::{self, Stamp};
use super::project::Project;
use super::text::Span;

/// Marks between two statements, wherever they stand.
const STOPS: &str = ";；؛⁏।。！？!?，、،՝﹐";
/// Marks between two statements where white space follows: `1,000` and `10:30` stay whole.
const STOPS_BEFORE_SPACE: &str = ",:—–";
/// Words that join two statements, in the languages with the most readers here.
const JOINTS: &[&str] = &[
    "and",
    "but",
    "while",
    "whereas",
    "although",
    "because",
    "which",
    "who",
    "und",
    "aber",
    "sondern",
    "während",
    "weil",
    "obwohl",
    "et",
    "mais",
    "tandis",
    "parce",
    "qui",
    "y",
    "pero",
    "mientras",
    "porque",
    "e",
    "ma",
    "mas",
    "mentre",
    "perché",
    "enquanto",
    "och",
    "men",
    "og",
    "en",
    "maar",
    "i",
    "ale",
    "oraz",
    "а",
    "и",
    "но",
    "и́",
    "або",
    "та",
    "και",
    "αλλά",
    "ve",
    "ama",
    "او",
    "و",
    "لكن",
    "और",
    "लेकिन",
    "dan",
    "tetapi",
];

/// The facts that some words may hold, each a part of them. One where there is nothing to split.
pub fn proposed(words: &str) -> Vec<String> {
    let mut pieces: Vec<&str> = Vec::new();
    for sentence in words.split('\n').flat_map(|line| line.split_sentence_bounds()) {
        let mut start = 0;
        for (at, next) in breaks(sentence) {
            // What is too short for a statement belongs to the one beside it: "on Thursday, May 4".
            if is_statement(&sentence[start..at]) && is_statement(&sentence[next..]) {
                pieces.push(&sentence[start..at]);
                start = next;
            }
        }
        pieces.push(&sentence[start..]);
    }
    let trimmed = pieces.into_iter().map(trim).filter(|piece| piece.chars().any(char::is_alphanumeric));
    trimmed.map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Where a sentence may be split: the end of what is before, and the beginning of what is after.
fn breaks(sentence: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut letters = sentence.grapheme_indices(true).peekable();
    while let Some((at, letter)) = letters.next() {
        let spaced = letters.peek().is_none_or(|(_, next)| next.trim().is_empty());
        if STOPS.contains(letter) || STOPS_BEFORE_SPACE.contains(letter) && spaced {
            found.push((at, at + letter.len()));
        }
    }
    for (at, word) in sentence.unicode_word_indices() {
        let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let alone =
            space(sentence[..at].chars().next_back()) && space(sentence[at + word.len()..].chars().next());
        if alone && JOINTS.contains(&word.to_lowercase().as_str()) {
            found.push((at, at + word.len()));
        }
    }
    found.sort_unstable();
    found
}

/// Whether it can say something: three words, or as many letters as three words have where a script
/// writes no spaces.
fn is_statement(words: &str) -> bool {
    let is_spaced = words.trim().contains(char::is_whitespace);
    let all = words.unicode_words();
    let (count, words) = all.fold((0, 0), |(count, words), word| {
        (count + 1, words + usize::from(word.chars().any(char::is_alphabetic)))
    });
    if is_spaced { count >= 3 && words >= 2 } else { count >= 5 }
}

/// Without white space and the marks that joined it to what stands beside it.
fn trim(piece: &str) -> &str {
    let joins = |c: char| c.is_whitespace() || STOPS_BEFORE_SPACE.contains(c) || ";；؛，、،".contains(c);
    let piece = piece.trim_start_matches(joins).trim_end_matches(joins);
    let first = piece.split_whitespace().next().unwrap_or_default();
    let is_joint = first.chars().all(char::is_lowercase) && JOINTS.contains(&first);
    if is_joint { piece[first.len()..].trim_start_matches(joins) } else { piece }
}

/// The lines of a text that are facts.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Project {
    /// Splits an annotation into facts. A fact whose words stand in the marked ones gets just those
    /// words, in every place of the annotation that has them; another one keeps all its places and the
    /// fact as a sentence. Nothing for fewer than two facts.
    pub fn split(&self, id: Id, facts: &[String], stamp: &mut Stamp) -> Transaction {
        let Some(before) = self.annotations.get(&id) else { return Transaction::default() };
        if facts.len() < 2 {
            return Transaction::default();
        }
        let found: Vec<Vec<(Id, Span)>> = facts.iter().map(|fact| self.stretches(before, fact)).collect();
        let mut changes = Vec::new();
        let mut first = Annotation::clone(before);
        self.narrow(&mut first, &facts[0], &found, stamp);
        first.sort_lists();
        if first != **before {
            changes.push(Change::Annotation {
                id,
                before: Some(before.clone()),
                after: Some(Arc::new(first)),
            });
        }
        for (fact, stretches) in facts.iter().zip(&found).skip(1) {
            let fresh = self.further_fact(before, fact, stretches, stamp);
            changes.push(Change::Annotation { id: fresh.id, before: None, after: Some(Arc::new(fresh)) });
        }
        Transaction { label: format!("split into {} facts", facts.len()), changes }
    }

    /// Where the words of a fact stand in the spans of an annotation, each with that span's id.
    fn stretches(&self, annotation: &Annotation, fact: &str) -> Vec<(Id, Span)> {
        let text = &self.article.text;
        let placed = annotation.live_spans().filter_map(|span| Some((span.id, span.place.at?)));
        let part = |(id, at): (Id, Span)| {
            let start = at.start as usize + text.slice(at).find(fact)?;
            let span = Span::new(start, start + fact.len());
            text.admits(span).then_some((id, span))
        };
        placed.filter_map(part).collect()
    }

    /// Makes an annotation the first of its facts.
    fn narrow(&self, first: &mut Annotation, fact: &str, found: &[Vec<(Id, Span)>], stamp: &mut Stamp) {
        let Some((own, others)) = found.split_first() else { return };
        if own.is_empty() {
            log::set(first, V::Fact(Prose::from(fact)), stamp);
            return;
        }
        for span in first.spans.iter_mut().filter(|span| !span.removed) {
            let part = own.iter().find(|(id, _)| *id == span.id).map(|(_, at)| *at);
            if let Some(at) = part {
                let place = self.article.place(at);
                log::set(span, SpanValue::Place(place), stamp);
            } else if others.iter().flatten().any(|(id, _)| *id == span.id) {
                // What stands there is another fact's now.
                log::set(span, SpanValue::Removed(true), stamp);
            }
        }
    }

    fn further_fact(
        &self,
        of: &Annotation,
        fact: &str,
        parts: &[(Id, Span)],
        stamp: &mut Stamp,
    ) -> Annotation {
        let mut fresh = Annotation::create(stamp, of.kind);
        if parts.is_empty() {
            for span in of.live_spans() {
                fresh.spans.push(AnnotationSpan::create(stamp, span.place.clone()));
            }
            log::set(&mut fresh, V::Fact(Prose::from(fact)), stamp);
        }
        for (_, at) in parts {
            let place = self.article.place(*at);
            fresh.spans.push(AnnotationSpan::create(stamp, place));
        }
        // Who said it, when and where holds for each of the facts.
        for value in [
            V::Speaker(of.speaker.clone()),
            V::SaidWhen(of.said_when.clone()),
            V::SaidWhere(of.said_where.clone()),
            V::Category(of.category.clone()),
            V::Priority(of.priority),
            V::Tags(of.tags.clone()),
        ] {
            log::set(&mut fresh, value, stamp);
        }
        fresh.sort_lists();
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_split_at_sentences_marks_and_joints() {
        let all = |words: &str| proposed(words).join(" | ");
        assert_eq!(
            all("The tunnel cost 410 million, it opened in May, and nobody was hurt in the works."),
            "The tunnel cost 410 million | it opened in May | nobody was hurt in the works."
        );
        assert_eq!(
            all("He took the oath on Thursday, May 4, 2017"),
            "He took the oath on Thursday, May 4, 2017"
        );
        assert_eq!(
            all("It was built in 1931. It burned down twice"),
            "It was built in 1931. | It burned down twice"
        );
        assert_eq!(all("1,000 people and 20 dogs"), "1,000 people and 20 dogs");
        assert_eq!(
            all("Der Turm ist 90 Meter hoch und er wurde 1931 gebaut"),
            "Der Turm ist 90 Meter hoch | er wurde 1931 gebaut"
        );
        assert_eq!(all("隧道耗资四亿元，明年五月开通。"), "隧道耗资四亿元 | 明年五月开通。");
        assert_eq!(all(""), "");
    }

    #[test]
    fn pieces_stand_in_the_words_and_never_cut_a_letter() {
        for words in [
            "e\u{301}te\u{301} one two, e\u{301} three four;\u{301} five six seven",
            "👩‍👩‍👧‍👦 one two three — 👩‍👩‍👧‍👦 four five six",
            "شارك ألف شخص في المسيرة، وانتهت في المساء بلا حوادث",
        ] {
            let mut rest = words;
            for piece in proposed(words) {
                let at = rest.find(&piece).unwrap_or_else(|| panic!("{piece:?} is not in {rest:?}"));
                let end = words.len() - rest.len() + at + piece.len();
                assert!(
                    words.grapheme_indices(true).any(|(i, _)| i == end) || end == words.len(),
                    "{piece:?}"
                );
                rest = &rest[at + piece.len()..];
            }
        }
    }

    #[test]
    fn lines_are_facts() {
        assert_eq!(lines(" one \n\n two\n"), ["one", "two"]);
    }
}
