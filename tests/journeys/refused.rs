//! Keys that cannot do anything now say why, and what is typed after them is not read as commands.

use egui::Key;
use proofmark::app::Dialog;
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::queue::{row, with_four};
use crate::room::Room;

#[test]
fn letters_after_a_key_that_asks_for_them_are_no_commands() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.press(Key::Escape);
    let state = desk.desk().history.state();
    for (key, what) in
        [(Key::L, "Speaker"), (Key::T, "Tags"), (Key::V, "Add evidence"), (Key::W, "Proposed wording")]
    {
        desk.press(key);
        assert!(desk.shows(what) && desk.shows_words("Select an annotation first"), "{key:?}");
        for letter in [Key::C, Key::N, Key::R, Key::Num4, Key::Q, Key::S] {
            desk.press(letter);
        }
        assert!(matches!(desk.model().dialog, Some(Dialog::Refused { .. })), "{key:?}");
        desk.press(Key::Enter);
        assert!(desk.model().dialog.is_none() && desk.desk().picked.is_none());
        desk.rest();
        assert!(desk.article_has_focus(), "{key:?}");
    }
    assert_eq!(desk.desk().history.state(), state);
    assert!(!desk.model().settings.red_pencil);
    assert!(desk.desk().project.annotations.values().all(|a| a.status == Status::Unchecked));
}

#[test]
fn other_keys_say_why_beside_the_article() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for key in [Key::Num4, Key::Delete, Key::G, Key::X, Key::E] {
        desk.press(key);
        assert!(desk.told().contains("Select an annotation first"), "{key:?}: {}", desk.told());
        assert!(desk.model().dialog.is_none());
    }
    assert_eq!(desk.model().notices.len(), 1, "said once");
}

#[test]
fn the_speaker_of_several_is_asked_for_although_a_source_is_the_last_of_them() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.click(&row(&desk, "mayor Ines"));
    desk.press(Key::L);
    assert!(desk.shows("A source has no speaker"));
    desk.press(Key::Escape);
    desk.click(&row(&desk, "21 votes"));
    desk.click_holding(egui::Modifiers::COMMAND, &row(&desk, "mayor Ines"));
    assert_eq!(desk.picked().words(), "mayor Ines Halvard");
    desk.press(Key::L);
    desk.types("Halvard\n");
    assert_eq!(desk.desk().history.undo_label(), Some("set the speaker of 1 annotation"));
    assert!(desk.desk().project.in_order()[0].speaker.is_some());
}
