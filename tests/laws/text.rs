//! Places in a text, against slow references, on every small text and on random large ones.

use proofmark::domain::{Span, Text};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::edit::some_text;
use crate::reference::edges;
use crate::worlds::{boundaries, texts};

const LETTERS: [&str; 6] = ["a", "e\u{301}", "😀", "\n", " ", "🇩"];

/// The golden string of the failure modes, after its line end was normalised.
const GOLDEN: &str = "De\u{301}j\u{e0} 😀 said 👩\u{200d}❤\u{fe0f}\u{200d}👩: שלום 東京\nEND";

#[track_caller]
fn assert_lines(text: &Text) {
    let content = text.as_str();
    let lines: Vec<&str> = content.split('\n').collect();
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    assert_eq!(text.line_count(), lines.len());
    let (mut start, mut number) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        let span = Span::new(start, start + line.len());
        assert_eq!(text.line(i), span);
        let blank = line.chars().all(char::is_whitespace);
        number += usize::from(!blank);
        assert_eq!(text.paragraph_of_line(i), (!blank).then_some(number));
        for at in start..=start + line.len() {
            assert_eq!((text.line_of(at), text.paragraph_of(at), text.paragraph_at(at)), (i, number, span));
        }
        start += line.len() + 1;
    }
    assert_eq!(text.paragraph_count(), number);
    let beyond = content.len() + 5;
    assert_eq!((text.line_of(beyond), text.paragraph_of(beyond)), (lines.len() - 1, number));
    assert_eq!(
        (text.line(lines.len()), text.paragraph_of_line(lines.len())),
        (Span::new(content.len(), content.len()), None)
    );
}

#[track_caller]
fn assert_edges(text: &Text) {
    let content = text.as_str();
    let edges = edges(content);
    let last = content.len();
    for at in 0..=last + 2 {
        assert_eq!(text.is_edge(at), edges.contains(&at), "{at} in {content:?}");
        assert_eq!(text.edge_before(at), *edges.iter().rfind(|edge| **edge <= at).unwrap_or(&0));
        assert_eq!(text.edge_after(at), *edges.iter().find(|edge| **edge >= at).unwrap_or(&last));
    }
}

#[track_caller]
fn assert_span(text: &Text, span: Span) {
    let content = text.as_str();
    let edges = edges(content);
    let words = content.get(span.range());
    let on_edges = edges.contains(&(span.start as usize)) && edges.contains(&(span.end as usize));
    let wanted = !span.is_empty() && on_edges && words.is_some_and(|words| !words.trim().is_empty());
    assert_eq!(text.admits(span), wanted, "{span:?} in {content:?}");
    assert_eq!(text.slice(span), words.unwrap_or_default());
    let snapped = text.snapped(span);
    assert!(edges.contains(&(snapped.start as usize)) && edges.contains(&(snapped.end as usize)));
    assert!(span.end as usize > content.len() || snapped.contains(span));
    assert_eq!(text.snapped(snapped), snapped);
    if on_edges {
        assert_eq!(snapped, span);
        let clusters: Vec<Span> = edges.windows(2).map(|w| Span::new(w[0], w[1])).collect();
        let inside = clusters.into_iter().filter(|cluster| span.contains(*cluster));
        let solid: Vec<Span> = inside.filter(|cluster| !text.slice(*cluster).trim().is_empty()).collect();
        let trimmed = solid.first().zip(solid.last()).map(|(a, b)| Span { start: a.start, end: b.end });
        assert_eq!(text.trimmed(span), trimmed, "{span:?} in {content:?}");
        assert!(trimmed.is_none_or(|trimmed| text.admits(trimmed)));
        for count in [0, 1, 2, 32] {
            let (before, after) = text.context(span, count);
            let start: Vec<&str> = content[..span.start as usize].graphemes(true).collect();
            let end: Vec<&str> = content[span.end as usize..].graphemes(true).collect();
            assert_eq!(
                before,
                start[start.len().saturating_sub(count)..].concat(),
                "{count} before {span:?}"
            );
            assert_eq!(after, end[..count.min(end.len())].concat(), "{count} after {span:?}");
        }
    }
}

#[track_caller]
fn assert_units(text: &Text) {
    let content = text.as_str();
    for at in boundaries(content) {
        let (word, sentence, line) = (text.word_at(at), text.sentence_at(at), text.paragraph_at(at));
        for unit in [word, sentence] {
            assert!(line.contains(unit), "{unit:?} of {at} in {content:?}");
            assert_eq!(text.snapped(unit), unit, "{unit:?} of {at} in {content:?}");
        }
        assert!(word.is_empty() == line.is_empty());
        assert!(line.is_empty() || word.start as usize <= at && at <= word.end as usize);
        assert!((at as u32) < word.end || at as u32 == line.end, "the word at {at} in {content:?}");
        assert!(
            sentence.start as usize <= at || text.slice(line)[..at - line.start as usize].trim().is_empty()
        );
        let bounds: Vec<usize> = text.slice(line).split_word_bound_indices().map(|(i, _)| i).collect();
        let starts = bounds.iter().map(|i| text.edge_before(line.start as usize + i)).collect::<Vec<_>>();
        assert!(line.is_empty() || starts.contains(&(word.start as usize)));
    }
}

/// From left to right; one that does not stand on edges hides none that does.
fn naive_occurrences(text: &Text, words: &str) -> Vec<Span> {
    let (mut found, mut from) = (Vec::new(), 0);
    for at in boundaries(text.as_str()) {
        let span = Span::new(at, at + words.len());
        if at >= from && text.as_str()[at..].starts_with(words) && text.admits(span) {
            found.push(span);
            from = span.end as usize;
        }
    }
    found
}

#[track_caller]
fn assert_all(text: &Text) {
    assert_lines(text);
    assert_edges(text);
    assert_units(text);
    let places = boundaries(text.as_str());
    for a in &places {
        for b in places.iter().filter(|b| a <= b) {
            assert_span(text, Span::new(*a, *b));
            let words = &text.as_str()[*a..*b];
            assert_eq!(
                text.occurrences(words),
                naive_occurrences(text, words),
                "{words:?} in {:?}",
                text.as_str()
            );
        }
    }
    assert_span(text, Span::new(0, text.len() + 1));
    assert_span(text, Span::new(text.len() + 1, text.len() + 2));
}

#[test]
fn every_small_text_agrees_with_the_references() {
    for content in texts(&LETTERS, 4) {
        assert_all(&Text::new(content));
    }
}

#[test]
fn every_small_text_of_awkward_letters_agrees_with_the_references() {
    // Thai vowels and Arabic number signs join what words separate; flags pair; marks join spaces.
    for content in texts(&["ก", "\u{e33}", "\u{600}", "1", "🇩", "\u{301}", " ", ".", "\u{200d}"], 3) {
        assert_all(&Text::new(content));
    }
}

#[test]
fn line_ends_and_the_byte_order_mark_make_no_difference() {
    for content in texts(&["a", "e\u{301}", "\n"], 5) {
        let plain = Text::new(&*content);
        let mut mixed = String::new();
        for (i, line) in content.split('\n').enumerate() {
            mixed.push_str(if i == 0 { "" } else { ["\r\n", "\r", "\n"][i % 3] });
            mixed.push_str(line);
        }
        // A line feed after a lone CR would be read as one line end: no text can hold that apart.
        let mixed =
            if mixed.replace("\r\n", "\n").replace('\r', "\n") == content { mixed } else { content.clone() };
        for raw in [content.clone(), content.replace('\n', "\r\n"), content.replace('\n', "\r"), mixed] {
            assert_eq!(Text::normalised(&raw), plain);
            assert_eq!(Text::normalised(&format!("\u{feff}{raw}")), plain);
        }
    }
    assert_eq!(
        Text::normalised("a\u{feff}b\u{2028}c\u{85}d\u{b}").as_str(),
        "a\u{feff}b\u{2028}c\u{85}d\u{b}"
    );
}

#[test]
fn the_golden_string_has_its_offsets() {
    let golden = GOLDEN.replace('\n', "\r\n");
    assert_eq!((golden.len(), golden.graphemes(true).count()), (60, 26));
    let text = Text::normalised(&golden);
    // Bytes and graphemes of the table; after the line end both are as if CRLF were one byte.
    let table = [
        ("De\u{301}j\u{e0}", 0..7, 0..4),
        ("😀", 8..12, 5..6),
        ("said", 13..17, 7..11),
        ("👩\u{200d}❤\u{fe0f}\u{200d}👩", 18..38, 12..13),
        ("שלום", 40..48, 15..19),
        ("東京", 49..55, 20..22),
        ("END", 56..59, 23..26),
    ];
    for (words, bytes, graphemes) in table {
        let span = Span::new(bytes.start, bytes.end);
        assert_eq!(text.occurrences(words), [span], "{words}");
        assert!(text.admits(span));
        assert_eq!(text.word_at(span.start as usize).start, span.start, "{words}");
        let count = |end: usize| text.as_str()[..end].graphemes(true).count();
        assert_eq!(count(bytes.start)..count(bytes.end), graphemes, "{words}");
    }
    assert_all(&text);
}

#[test]
fn white_space_stays_as_it_came() {
    let text = Text::normalised("  Berlin,  Germany.  ");
    assert_eq!(text.as_str(), "  Berlin,  Germany.  ");
    assert_eq!(text.occurrences("Berlin,  Germany"), [Span::new(2, 18)]);
    assert_eq!(text.trimmed(Span::new(0, text.len())), Some(Span::new(2, 19)));
    assert_eq!(text.trimmed(Span::new(0, 2)), None);
    assert_eq!(text.sentence_at(4), Span::new(2, 19));
}

#[test]
fn words_and_sentences_are_what_a_person_would_take() {
    let text = Text::new("He came. \u{201c}It isn't so,\u{201d} she said.\nNext.");
    let words = |span: Span| text.slice(span).to_owned();
    assert_eq!(words(text.word_at(4)), "came");
    assert_eq!(words(text.word_at(text.as_str().find("isn").unwrap_or(0) + 3)), "isn't");
    assert_eq!(words(text.sentence_at(0)), "He came.");
    assert_eq!(words(text.sentence_at(text.len() - 1)), "Next.");
    assert_eq!(words(text.paragraph_at(text.len())), "Next.");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_texts_agree_with_the_references(content in some_text(), places in prop::collection::vec(any::<(u16, u16)>(), 20)) {
        let text = Text::new(&*content);
        assert_lines(&text);
        assert_edges(&text);
        assert_units(&text);
        for (a, b) in places {
            let (a, b) = (a as usize % (text.len() + 2), b as usize % (text.len() + 2));
            assert_span(&text, Span::new(a, b));
            let words = text.slice(Span::new(content.floor_char_boundary(a.min(b)), content.floor_char_boundary(a.max(b))));
            prop_assert_eq!(text.occurrences(words), naive_occurrences(&text, words));
        }
    }

    #[test]
    fn any_characters_at_all_agree_with_the_references(content in "\\PC{0,12}") {
        let text = Text::normalised(&content);
        assert_edges(&text);
        assert_units(&text);
    }
}
