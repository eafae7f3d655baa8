//! Editing in the view, without a window: what is laid out again, and where the caret can stand.

use egui::Key;

use super::tests::{State, harness};
use super::*;

fn paragraphs(count: usize) -> String {
    (0..count).map(|n| format!("Paragraph {n} about the harbour tunnel and what it costs.\n\n")).collect()
}

#[test]
fn a_letter_lays_its_own_paragraph_out_again_and_no_other() {
    let text = paragraphs(2000);
    let mut harness = harness(State::new(&text));
    let at = text.find("Paragraph 1000 ").expect("it");
    harness.state_mut().view.reveal(Span::new(at, at + 9));
    harness.run();
    let place = harness.state_mut().at(at);
    let state = harness.state_mut();
    let piece = state.view.store.piece_of(at);
    let count = state.view.store.pieces().len();
    let before: Vec<usize> = (0..count).filter(|piece| state.view.store.entry(*piece).is_some()).collect();
    assert!(before.contains(&piece) && before.len() > 5);
    for (words, added) in [("x", 0), ("\n\n", 2)] {
        let range = Span::new(at + 3, at + 3);
        let new = state.text.replaced(range, words).expect("whole letters");
        let setting = state.view.store.setting();
        assert!(state.view.store.prepare(&new, setting));
        assert_eq!(state.view.store.pieces().len(), count + added);
        let lost: Vec<usize> = before
            .iter()
            .copied()
            .filter(|index| {
                let now = if *index > piece { index + added } else { *index };
                state.view.store.entry(now).is_none()
            })
            .collect();
        assert_eq!(lost, [piece], "after {words:?}");
        // Back, for the next; the paragraph is laid out when it is drawn.
        let old = state.text.clone();
        state.view.store.prepare(&old, setting);
        state.view.store.measure(&mut state.view.fonts, piece);
    }
    harness.run();
    let after = harness.state_mut().at(at);
    assert!((place - after).length() < 1.0, "the view stays where it is");
}

#[test]
fn blank_lines_are_places_for_the_caret_only_where_the_text_is_edited() {
    for (editing, expected) in [(false, 5), (true, 4)] {
        let mut state = State::new("One\n\nTwo");
        state.editing = editing;
        state.caret = Some(3);
        let mut harness = harness(state);
        harness.key_press(Key::Tab);
        harness.run();
        harness.key_press(Key::ArrowRight);
        harness.run();
        assert_eq!(harness.state().caret, Some(expected), "editing: {editing}");
    }
}
