//! Odd texts, and what is revealed.

use egui::pos2;

use super::marks::mark;
use super::tests::{State, drag, harness, megabyte, wheel};
use super::*;
use crate::domain::{Kind, Status};

/// I06, I07: everything on one line, no spaces, thousands of marks on a letter.
#[test]
fn odd_texts_can_be_shown_dragged_over_and_scrolled() {
    let giant = "word and 🇩🇪 שלום ".repeat(40_000);
    let texts = [
        String::new(),
        " \n\n \t".to_owned(),
        "\u{2028}\u{2029}".to_owned(),
        "a\tb\u{0}c\u{85}d\u{7f}".to_owned(),
        "مرحبا abc שלום 123 def\n".repeat(50),
        format!("x{}", "\u{301}".repeat(9000)),
        "x".repeat(100_000),
        giant,
    ];
    for text in texts {
        let length = text.len();
        let mut state = State::new(&text);
        state.marks = vec![mark(1, 0, length, Kind::Quote, Status::OnAuthor)];
        let mut harness = harness(state);
        drag(&mut harness, pos2(500.0, 40.0), pos2(150.0, 580.0));
        wheel(&mut harness, -5000.0);
        drag(&mut harness, pos2(500.0, 40.0), pos2(790.0, 300.0));
        for width in [30.0, 200.0, 800.0] {
            harness.state_mut().width = width;
            harness.run();
        }
        for event in &harness.state().events {
            if let ArticleEvent::Select(span) | ArticleEvent::SelectionDone(span) = event {
                let text = &harness.state().text;
                assert!(text.is_edge(span.start as usize) && text.is_edge(span.end as usize));
            }
        }
        harness.state_mut().view.reveal(Span::new(length / 2, length));
        harness.run();
    }
}

#[test]
fn what_is_revealed_comes_no_further_than_necessary() {
    let text = megabyte();
    let mut harness = harness(State::new(&text));
    // In view already: nothing moves.
    harness.state_mut().view.reveal(Span::new(100, 120));
    harness.run();
    assert!(harness.state().view.top.is_some_and(|top| top.beginning));
    let mut below = 0;
    while harness.state_mut().at(below).y < 700.0 {
        below = text[below + 1..].find('P').map_or(below, |i| below + 1 + i);
    }
    harness.state_mut().view.reveal(Span::new(below, below + 9));
    harness.run();
    let y = harness.state_mut().at(below).y;
    assert!((480.0..560.0).contains(&y), "just above the lower edge: {y}");
}

/// In a paragraph of many pieces the signs stand where their words do, not all at its beginning.
#[test]
fn signs_of_a_long_paragraph_stand_beside_their_words() {
    let text = "word and more of them ".repeat(4_000);
    let mut state = State::new(&text);
    let at = |n: usize| n * 220;
    state.marks =
        (0..400).map(|n| mark(n as u128 + 1, at(n), at(n) + 4, Kind::Claim, Status::Query)).collect();
    let mut harness = harness(state);
    harness.run();
    let begin: Vec<_> =
        harness.state().view.signs.iter().map(|(_, sign)| sign.mark.span.start as usize).collect();
    assert!(!begin.is_empty() && begin.iter().all(|start| *start < 12_000), "{begin:?}");
    harness.state_mut().view.reveal(Span::new(at(300), at(300) + 4));
    harness.run();
    let shown = &harness.state().view.signs;
    assert!(!shown.is_empty(), "signs go along with the text");
    assert!(shown.iter().all(|(_, sign)| sign.mark.span.start as usize > at(250)), "{shown:?}");
}
