//! The window without a mouse: caret, panes, list, edges, looks.

use egui::{Key, Modifiers};
use proofmark::app::settings::{Measure, Theme, Typeface};
use proofmark::domain::Kind;

use crate::desk::Desk;
use crate::room::Room;

const EDGE: Modifiers = Modifiers { alt: true, ctrl: false, shift: true, mac_cmd: false, command: false };

fn caret(desk: &Desk) -> usize {
    desk.desk().caret.expect("a caret")
}

/// The window as it opens: the keys are in its article.
fn by_key(room: &Room) -> Desk {
    let desk = Desk::open(room, "story.txt");
    assert!(desk.article_has_focus());
    desk
}

#[test]
fn the_sentence_at_the_caret_is_marked_and_said() {
    let room = Room::with_story().known();
    let mut desk = by_key(&room);
    assert_eq!(caret(&desk), 0);
    desk.chord(Modifiers::COMMAND, Key::ArrowDown);
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    desk.press(Key::ArrowRight);
    let at = caret(&desk);
    desk.press(Key::C);
    let words = desk.picked().words();
    assert!(words.ends_with('.') || words.ends_with('”'), "{words}");
    assert!(desk.desk().project.article.text.sentence_at(at).range().contains(&at));
    let beginning: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(40).collect();
    assert!(desk.shows_words(&format!("Claim marked: {beginning}")));
    assert!(desk.article_has_focus(), "one goes on where one was");
    desk.press(Key::Escape);
    desk.chord(Modifiers::SHIFT | Modifiers::COMMAND, Key::ArrowRight);
    let selected = desk.selected();
    assert!(!selected.is_empty());
    desk.press(Key::Q);
    assert_eq!((desk.picked().words(), desk.picked().kind), (selected, Kind::Quote));
    desk.press(Key::Escape);
    desk.press(Key::O);
    assert_eq!(desk.picked().kind, Kind::Quote, "the innermost mark at the caret");
    desk.press(Key::O);
    assert_eq!(desk.picked().kind, Kind::Claim, "then the outer one");
}

#[test]
fn f6_goes_round_and_escape_leaves_the_article() {
    let room = Room::with_story().known();
    let mut desk = by_key(&room);
    let focus = |desk: &Desk| desk.focused();
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.press(Key::F6);
        seen.push(focus(&desk));
    }
    assert_eq!(seen[2].as_deref(), Some("Article"), "without a mark there are no fields: {seen:?}");
    assert!(seen[..2].iter().any(|name| name.as_deref() == Some("File")), "{seen:?}");
    assert!(seen[..2].iter().any(|name| name.as_deref().is_some_and(|name| name.starts_with("Claims"))));
    desk.chord(Modifiers::SHIFT, Key::F6);
    assert_eq!(focus(&desk).as_deref(), Some("File"));
    desk.press(Key::F6);
    desk.press(Key::Escape);
    assert!(!desk.article_has_focus());
}

#[test]
fn tab_brings_the_caret_along_enter_goes_to_the_fields_and_arrows_walk_the_list() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for (words, key) in [("21 votes to 14", Key::C), ("mayor Ines Halvard", Key::S)] {
        desk.select(words);
        desk.press(key);
    }
    desk.press(Key::Escape);
    desk.press(Key::Tab);
    assert_eq!(desk.picked().words(), "21 votes to 14");
    assert_eq!(caret(&desk), desk.find("21 votes to 14").0);
    assert!(desk.article_has_focus());
    desk.press(Key::Enter);
    assert_eq!(desk.focused().as_deref(), Some("The fact, in one sentence"), "the first field");
    desk.types("by seven votes");
    desk.chord(Modifiers::SHIFT, Key::F6);
    desk.press(Key::ArrowDown);
    assert_eq!(desk.picked().words(), "mayor Ines Halvard");
    assert!(desk.focused().is_some_and(|name| name.starts_with("Source, Unchecked: mayor")));
    desk.press(Key::Home);
    assert_eq!(desk.picked().words(), "21 votes to 14");
    assert_eq!(desk.picked().fact.as_str(), "by seven votes");
}

#[test]
fn the_edges_of_a_mark_move_by_keys_in_one_step_of_undo_each() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("votes");
    desk.press(Key::C);
    desk.press(Key::Num4);
    desk.chord(EDGE, Key::ArrowLeft);
    assert_eq!(desk.picked().words(), "vote");
    desk.chord(EDGE | Modifiers::COMMAND, Key::ArrowRight);
    desk.chord(EDGE | Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(desk.picked().words(), "votes to");
    desk.press(Key::E);
    desk.chord(EDGE | Modifiers::COMMAND, Key::ArrowLeft);
    assert_eq!(desk.picked().words(), "21 votes to");
    for expected in ["votes to", "votes", "vote", "votes"] {
        desk.ctrl(Key::Z);
        assert_eq!(desk.marked(), [expected]);
    }
}

#[test]
fn themes_type_and_width_are_chosen_in_the_menu_and_remembered() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.menu("View", "High contrast, dark");
    desk.menu("View", "Sans serif type");
    desk.menu("View", "Wide lines");
    let settings = &desk.model().settings;
    assert_eq!(
        (settings.theme, settings.face, settings.measure),
        (Theme::ContrastDark, Typeface::Sans, Measure::Wide)
    );
    assert!(desk.draws(egui::Color32::BLACK));
    desk.menu("View", "High contrast, light");
    desk.menu("View", "Light");
    desk.menu("View", "Serif type");
    desk.menu("View", "Narrow lines");
    assert_eq!(desk.model().settings.measure, Measure::Narrow);
}

#[test]
fn the_list_shows_the_row_of_whatever_is_picked_downwards_and_up_again() {
    let room = Room::new().known();
    let mut desk = Desk::bare(&room);
    let all = desk.desk().places.count();
    let ids: Vec<_> = desk.desk().places.in_order().collect();
    for place in [all - 1, 0, all / 2, 1] {
        desk.pick(ids[place]);
        desk.rest();
        let words = proofmark::ui::annotations::title(desk.picked());
        assert!(desk.list().iter().any(|row| row.contains(&words)), "{words} is not in {:?}", desk.list());
    }
}
