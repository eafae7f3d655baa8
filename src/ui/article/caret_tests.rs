//! The article without a mouse: the caret, selecting, paging, edges, as a person at the keyboard has
//! it. F23, F24, F28 of the failure modes and U01 to U03 of the catalogue are here.

use egui::{Key, Modifiers, pos2};
use egui_kittest::Harness;

use super::marks::mark;
use super::tests::{State, click, drag, harness, megabyte, wheel};
use super::*;
use crate::domain::{Kind, Status};

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL: Modifiers = Modifiers { alt: false, ctrl: true, shift: false, mac_cmd: false, command: true };

pub(super) fn press(harness: &mut Harness<'static, State>, held: Modifiers, key: Key) -> usize {
    harness.key_press_modifiers(held, key);
    harness.run();
    caret(harness)
}

fn caret(harness: &Harness<'static, State>) -> usize {
    harness.state().caret.expect("a caret")
}

/// A harness with the focus in the article and the caret at a byte.
pub(super) fn at(text: &str, byte: usize) -> Harness<'static, State> {
    let mut state = State::new(text);
    state.caret = Some(byte);
    let mut harness = harness(state);
    focus(&mut harness);
    harness
}

pub(super) fn focus(harness: &mut Harness<'static, State>) {
    let id = harness.state().output.as_ref().expect("a frame").id;
    harness.ctx.memory_mut(|memory| memory.request_focus(id));
    harness.run();
    harness.run();
}

/// Long enough that the next press is no double click.
fn wait(harness: &mut Harness<'static, State>) {
    (0..30).for_each(|_| harness.step());
}

const TEXT: &str = "One “naïve” town. It had 1,234 people, once.\n\nThe mayor said: no. Then she left for the coast, where nobody asked her anything about the harbour, the tunnel or the bill that both had left behind.\nEnd";

#[test]
fn arrows_words_sentences_and_paragraphs_move_the_caret() {
    let mut harness = at(TEXT, 0);
    let second = TEXT.find("The mayor").expect("it");
    for (held, key, expected) in [
        (NONE, Key::ArrowRight, 1),
        (CTRL, Key::ArrowRight, 3),
        (CTRL, Key::ArrowRight, TEXT.find("” town").expect("it")),
        (CTRL, Key::ArrowLeft, TEXT.find("naïve").expect("it")),
        (ALT, Key::ArrowDown, TEXT.find("It had").expect("it")),
        (ALT, Key::ArrowDown, second),
        (ALT, Key::ArrowDown, TEXT.find("Then").expect("it")),
        (ALT, Key::ArrowUp, second),
        (CTRL, Key::ArrowDown, TEXT.find("End").expect("it")),
        (CTRL, Key::ArrowUp, second),
        (CTRL, Key::ArrowUp, 0),
        (CTRL, Key::End, TEXT.len()),
        (CTRL, Key::Home, 0),
        (NONE, Key::End, TEXT.find("\n\n").expect("it")),
        (NONE, Key::ArrowRight, second),
        (NONE, Key::ArrowLeft, TEXT.find("\n\n").expect("it")),
    ] {
        assert_eq!(press(&mut harness, held, key), expected, "{held:?} {key:?}");
    }
    assert!(harness.state().selection.is_none());
}

#[test]
fn up_and_down_keep_the_column_over_short_rows() {
    let text = "A row that is rather long, as rows go\nShort\nAnother row that is just as long as the first";
    let mut harness = at(text, 30);
    let x = harness.state_mut().at(30).x;
    assert_eq!(press(&mut harness, NONE, Key::ArrowDown), text.find("\nAnother").expect("it"));
    let third = press(&mut harness, NONE, Key::ArrowDown);
    assert!((harness.state_mut().at(third).x - x).abs() < 8.0);
    press(&mut harness, NONE, Key::ArrowUp);
    assert_eq!(press(&mut harness, NONE, Key::ArrowUp), 30);
    assert_eq!(press(&mut harness, NONE, Key::ArrowUp), 0);
}

#[test]
fn rows_end_before_the_break_and_begin_after_it() {
    let start = TEXT.find("The mayor").expect("it");
    let mut harness = at(TEXT, start + 5);
    let end = press(&mut harness, NONE, Key::End);
    assert!(TEXT[end..].starts_with(' ') && end < TEXT.len() - 10, "{:?}", &TEXT[end..]);
    let y = harness.state_mut().at(start).y;
    assert!((harness.state_mut().at(end - 1).y - y).abs() < 1.0, "still on the first row");
    assert_eq!(press(&mut harness, NONE, Key::ArrowRight), end + 1);
    assert!(harness.state_mut().at(end + 1).y > y + 20.0);
    assert_eq!(press(&mut harness, NONE, Key::End).max(end + 1), caret(&harness));
    press(&mut harness, NONE, Key::Home);
    assert_eq!(caret(&harness), end + 1);
}

#[test]
fn shift_extends_and_an_arrow_lets_go_on_its_side() {
    let mut harness = at(TEXT, 4);
    press(&mut harness, CTRL | SHIFT, Key::ArrowRight);
    assert_eq!(harness.state().words(), "“naïve");
    press(&mut harness, SHIFT, Key::ArrowRight);
    assert_eq!(harness.state().words(), "“naïve”");
    press(&mut harness, SHIFT | CTRL, Key::Home);
    assert_eq!(harness.state().words(), "One ");
    press(&mut harness, NONE, Key::ArrowRight);
    assert_eq!((caret(&harness), harness.state().selection), (4, None));
    press(&mut harness, SHIFT | ALT, Key::ArrowDown);
    assert_eq!(harness.state().words(), "“naïve” town. ");
    press(&mut harness, SHIFT, Key::ArrowDown);
    press(&mut harness, NONE, Key::ArrowLeft);
    assert_eq!(caret(&harness), 4);
}

#[test]
fn a_click_places_the_caret_and_shift_click_extends_from_it() {
    let mut harness = harness(State::new(TEXT));
    let town = TEXT.find("town").expect("it");
    let there = harness.state_mut().at(town);
    click(&mut harness, there);
    assert_eq!(caret(&harness), town);
    press(&mut harness, SHIFT, Key::ArrowRight);
    assert_eq!(harness.state().words(), "t");
    wait(&mut harness);
    // F24: a drag selects exactly what it covers, and the caret is at its end.
    let (a, b) = (harness.state_mut().at(4), harness.state_mut().at(town));
    drag(&mut harness, b, a);
    assert_eq!((harness.state().words(), caret(&harness)), ("“naïve” ", 4));
    press(&mut harness, SHIFT, Key::ArrowLeft);
    assert_eq!(harness.state().words(), " “naïve” ");
}

#[test]
fn paging_goes_on_from_what_is_read_and_the_caret_comes_into_view() {
    let text = megabyte();
    let mut harness = at(&text, 0);
    let first = press(&mut harness, NONE, Key::PageDown);
    assert!(first > 500);
    let y = harness.state_mut().at(first).y;
    assert!((0.0..120.0).contains(&y), "the caret keeps its place on the page: {y}");
    assert!(press(&mut harness, NONE, Key::Space) > first);
    press(&mut harness, SHIFT, Key::Space);
    assert_eq!(caret(&harness), first);
    // The wheel leaves the caret alone; an arrow comes back to it; paging does not.
    harness.hover_at(pos2(400.0, 300.0));
    harness.run();
    wheel(&mut harness, -9000.0);
    assert_eq!(caret(&harness), first);
    let seen = harness.state().view.top.expect("a place").at;
    assert!(seen > first + 3000);
    assert!(press(&mut harness, NONE, Key::PageDown) > seen);
    wheel(&mut harness, 90_000.0);
    let at = press(&mut harness, NONE, Key::ArrowDown);
    let y = harness.state_mut().at(at).y;
    assert!((0.0..600.0).contains(&y), "the caret is in view: {y}");
    // A move within what is in view scrolls nothing.
    let top = harness.state().view.top;
    press(&mut harness, NONE, Key::ArrowRight);
    press(&mut harness, NONE, Key::ArrowUp);
    assert_eq!(harness.state().view.top, top);
}

#[test]
fn every_page_shows_what_follows_and_the_end_is_reached() {
    let text = "A line of words that is there.\n\n".repeat(300);
    let mut harness = at(&text, 0);
    let mut last = 0;
    for _ in 0..60 {
        let now = press(&mut harness, NONE, Key::PageDown);
        assert!(now >= last);
        last = now;
    }
    assert_eq!(last, text.len());
    for _ in 0..60 {
        press(&mut harness, NONE, Key::PageUp);
    }
    assert_eq!(caret(&harness), 0);
}

#[test]
fn whoever_comes_by_key_begins_at_what_is_in_view_and_sees_the_ring() {
    let text = megabyte();
    let mut harness = harness(State::new(&text));
    harness.hover_at(pos2(400.0, 300.0));
    wheel(&mut harness, -4000.0);
    let seen = harness.state().view.top.expect("a place").at;
    focus(&mut harness);
    assert_eq!(caret(&harness), seen);
    assert!(harness.state().view.by_keyboard);
    click(&mut harness, pos2(300.0, 300.0));
    assert!(!harness.state().view.by_keyboard, "a pointer needs no ring");
}

#[test]
fn a_still_caret_asks_for_no_frames() {
    let mut harness = at(TEXT, 4);
    harness.run();
    let delay = harness.output().viewport_output.values().map(|output| output.repaint_delay).min();
    assert!(delay.is_some_and(|delay| delay.as_secs() > 60), "{delay:?}");
}

/// U01, F28: the caret walks through mixed directions, and Shift selects what is between in the text.
#[test]
fn arrows_pass_through_every_direction_without_stopping() {
    let text = "abc שלום 123 מילים def\nمرحبا بالعالم 12.5% abc";
    let mut harness = at(text, 0);
    let mut steps = 0;
    while caret(&harness) != text.len() && steps < 80 {
        press(&mut harness, NONE, Key::ArrowRight);
        steps += 1;
        if caret(&harness) > text.find('\n').expect("it") {
            break;
        }
    }
    assert!(steps < 40, "the second paragraph is reached");
    press(&mut harness, CTRL, Key::End);
    press(&mut harness, CTRL | SHIFT, Key::Home);
    assert_eq!(harness.state().words(), text);
    for key in [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End] {
        for held in [NONE, SHIFT, CTRL, ALT, CTRL | SHIFT, ALT | SHIFT] {
            let at = press(&mut harness, held, key);
            assert!(harness.state().text.is_edge(at));
        }
    }
}

/// U02: combining marks, flags, joined emoji, conjuncts, soft hyphens and zero width spaces.
#[test]
fn no_key_stops_inside_a_letter() {
    let text = "e\u{301}a🇩🇪🇫🇷👩\u{200d}👩\u{200d}👧क्षत्रिय\u{ad}x\u{200b}y";
    let mut edges: Vec<usize> =
        unicode_segmentation::UnicodeSegmentation::grapheme_indices(text, true).map(|(i, _)| i).collect();
    edges.push(text.len());
    let mut harness = at(text, 0);
    let mut seen = vec![0];
    for _ in 1..edges.len() {
        seen.push(press(&mut harness, NONE, Key::ArrowRight));
    }
    assert_eq!(seen, edges);
    for edge in edges.iter().rev().skip(1) {
        assert_eq!(press(&mut harness, SHIFT, Key::ArrowLeft), *edge);
    }
    assert_eq!(harness.state().words(), text);
}

/// U03: backwards, out of the window, over everything.
#[test]
fn a_drag_out_of_the_window_and_select_all_take_the_right_span() {
    let mut harness = harness(State::new(TEXT));
    let from = TEXT.find("said").expect("it");
    let start = harness.state_mut().at(from);
    drag(&mut harness, start, pos2(-200.0, -300.0));
    assert_eq!(harness.state().selection, Some(Span::new(0, from)));
    wait(&mut harness);
    drag(&mut harness, start, pos2(1500.0, 590.0));
    assert_eq!(harness.state().selection, Some(Span::new(from, TEXT.len())));
    press(&mut harness, CTRL, Key::A);
    assert_eq!(harness.state().words(), TEXT);
    assert_eq!(caret(&harness), TEXT.len());
}

#[test]
fn an_edge_of_the_picked_mark_is_dragged_and_a_click_on_it_is_a_click() {
    let (from, to) = (TEXT.find("naïve").expect("it"), TEXT.find("”").expect("it"));
    let mut state = State::new(TEXT);
    state.marks = vec![mark(7, from, to, Kind::Claim, Status::Query)];
    let mut harness = harness(state);
    let knobs: Vec<_> = harness.state().view.handles.iter().map(super::reshape::Handle::knob).collect();
    let (start, end) = (knobs[0], knobs[1]);
    let farther = TEXT.find(" had").expect("it");
    let there = harness.state_mut().at(farther);
    harness.hover_at(end);
    harness.run();
    assert_eq!(harness.output().platform_output.cursor_icon, egui::CursorIcon::ResizeHorizontal);
    drag(&mut harness, end, there);
    let annotation = Id::from_bits(7);
    let reshape = |a, b| ArticleEvent::Reshape { annotation, from: Span::new(from, to), to: Span::new(a, b) };
    let events: Vec<_> = harness.state_mut().events.drain(..).collect();
    assert_eq!(events[1..], [reshape(from, farther), ArticleEvent::Caret(farther)]);
    // Over the other edge: one letter is left.
    drag(&mut harness, start, there);
    assert!(harness.state().events.contains(&reshape(to - 1, to)), "{:?}", harness.state().events);
    harness.state_mut().events.clear();
    click(&mut harness, end);
    let clicks = harness.state().events.iter().filter(|event| matches!(event, ArticleEvent::Click { .. }));
    assert_eq!(clicks.count(), 1);
}

#[test]
fn while_an_edge_is_dragged_the_mark_is_shown_where_it_would_be_and_escape_leaves_it() {
    let mut state = State::new(TEXT);
    state.marks = vec![mark(7, 0, 3, Kind::Claim, Status::Query)];
    let mut harness = harness(state);
    focus(&mut harness);
    let end = harness.state().view.handles[1].knob();
    let there = harness.state_mut().at(TEXT.find("had").expect("it"));
    harness.drag_at(end);
    harness.step();
    harness.hover_at(there);
    harness.step();
    harness.step();
    let wash = Palette::LIGHT.wash(Kind::Claim);
    let right = harness.output().shapes.iter().filter_map(|shape| match &shape.shape {
        egui::Shape::Mesh(mesh) => mesh
            .vertices
            .iter()
            .filter(|vertex| vertex.color == wash)
            .map(|vertex| vertex.pos.x)
            .reduce(f32::max),
        _ => None,
    });
    assert!((right.fold(0.0, f32::max) - there.x).abs() < 3.0);
    harness.key_press(Key::Escape);
    harness.step();
    harness.drop_at(there);
    harness.run();
    let reshaped = harness.state().events.iter().any(|event| matches!(event, ArticleEvent::Reshape { .. }));
    assert!(!reshaped);
}

#[test]
fn zoom_type_and_width_keep_the_row_that_is_read() {
    let text = megabyte();
    let middle = text.find("Paragraph 700:").expect("it") + 300;
    let mut harness = harness(State::new(&text));
    harness.state_mut().view.reveal(Span::new(middle, middle + 9));
    harness.run();
    let before = harness.state().view.top.expect("a place");
    for (zoom, look) in [
        (1.5, (Typeface::Serif, Measure::Ordinary)),
        (0.8, (Typeface::Sans, Measure::Ordinary)),
        (1.0, (Typeface::Sans, Measure::Narrow)),
        (1.0, (Typeface::Serif, Measure::Wide)),
    ] {
        (harness.state_mut().zoom, harness.state_mut().look) = (zoom, look);
        harness.run();
        let y = harness.state_mut().at(before.at).y;
        assert!((-60.0..80.0).contains(&y), "the row stands at {y} with {zoom} {look:?}");
    }
}

#[test]
fn thai_and_khmer_rows_break_between_words_and_a_double_click_takes_one() {
    let words = ["ภาษา", "ไทย", "เป็น", "ภาษา", "ที่", "มี", "ระดับ", "เสียง"];
    let text = words.concat().repeat(6);
    let mut bounds = vec![0];
    for word in words.iter().cycle().take(48) {
        bounds.push(bounds.last().expect("one") + word.len());
    }
    let entry = super::layout::tests::entry(&text, 200.0);
    assert!(entry.rows.len() > 3);
    for row in &entry.rows {
        assert!(bounds.contains(&(row.bytes.start as usize)), "{:?}", &text[row.bytes.start as usize..]);
    }
    assert_eq!(entry.unit_at(&text, 14), 12..21);
    let khmer = "ភាសាខ្មែរជាភាសាផ្លូវការរបស់ប្រទេសកម្ពុជា".repeat(4);
    let entry = super::layout::tests::entry(&khmer, 200.0);
    let begins = ["ភាសា", "ខ្មែរ", "ជា", "ផ្លូវការ", "ផ្លូវ", "ការ", "របស់", "ប្រទេស", "កម្ពុជា"];
    for row in &entry.rows {
        let rest = &khmer[row.bytes.start as usize..];
        assert!(begins.iter().any(|word| rest.starts_with(word)), "{rest:?}");
    }
}
