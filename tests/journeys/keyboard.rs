//! Everything that the keys do, and what they leave alone.

use egui::Key;
use proofmark::app::Dialog;
use proofmark::domain::{Kind, Status};

use crate::desk::Desk;
use crate::room::Room;

const STATUS_KEYS: [Key; 8] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];

fn with_marks(room: &Room) -> Desk {
    let mut desk = Desk::open(room, "story.txt");
    for (words, key) in
        [("21 votes to 14", Key::C), ("“It is naïve,”", Key::Q), ("mayor Ines Halvard", Key::S)]
    {
        desk.select(words);
        desk.press(key);
    }
    assert_eq!(desk.marked(), ["21 votes to 14", "“It is naïve,”", "mayor Ines Halvard"]);
    desk
}

#[test]
fn letters_mark_and_digits_set_the_status() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    let kinds: Vec<_> = desk.desk().project.in_order().iter().map(|a| a.kind).collect();
    assert_eq!(kinds, [Kind::Claim, Kind::Quote, Kind::Source]);
    for (key, status) in STATUS_KEYS.into_iter().zip(Status::ALL) {
        desk.press(key);
        if status == Status::Unverifiable {
            desk.is_asked("for a reason", |dialog| matches!(dialog, Dialog::Reason { .. }));
            assert!(!desk.can_press("Set unverifiable"));
            desk.types("no records before 1990");
            desk.click("Set unverifiable");
            assert_eq!(desk.picked().reason.as_str(), "no records before 1990");
        }
        assert_eq!(desk.picked().status, status);
    }
    let kind = |desk: &Desk| (desk.picked().kind, desk.picked().status);
    desk.press(Key::C);
    assert_eq!(kind(&desk), (Kind::Claim, Status::NotCheckable), "a change of kind keeps the rest");
    assert_eq!(desk.picked().reason.as_str(), "no records before 1990");
}

#[test]
fn a_reason_that_is_not_given_sets_nothing() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    desk.press(Key::Num6);
    desk.press(Key::Escape);
    assert_eq!(desk.picked().status, Status::Unchecked);
    assert!(desk.model().dialog.is_none());
}

#[test]
fn tab_goes_from_mark_to_mark_while_the_article_has_the_keys() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    desk.click_on("21 votes");
    assert!(desk.article_has_focus());
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.press(Key::Tab);
        assert!(desk.article_has_focus(), "Tab stays in the article");
        seen.push(desk.picked().words());
    }
    assert_eq!(seen, ["“It is naïve,”", "mayor Ines Halvard", "21 votes to 14", "“It is naïve,”"]);
    desk.chord(egui::Modifiers::SHIFT, Key::Tab);
    assert_eq!(desk.picked().words(), "21 votes to 14");
}

#[test]
fn n_goes_to_the_next_one_that_is_unchecked() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    desk.press(Key::Num4);
    desk.press(Key::N);
    assert_eq!(desk.picked().words(), "21 votes to 14");
    desk.press(Key::Num4);
    desk.press(Key::N);
    assert_eq!(desk.picked().words(), "“It is naïve,”");
    desk.press(Key::N);
    assert_eq!(desk.picked().words(), "“It is naïve,”", "there is no other");
}

#[test]
fn escape_drops_the_selection_then_the_annotation() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    desk.select("long dispute");
    desk.press(Key::Escape);
    assert_eq!(desk.selected(), "");
    assert!(desk.desk().picked.is_some());
    desk.press(Key::Escape);
    assert!(desk.desk().picked.is_none());
}

#[test]
fn digits_and_letters_in_a_note_are_text() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    desk.enter("Note");
    for key in [Key::Num4, Key::C, Key::Q, Key::Num2, Key::A, Key::N] {
        desk.press(key);
    }
    assert_eq!(desk.value("Note"), "4cq2an");
    assert_eq!((desk.picked().status, desk.picked().kind), (Status::Unchecked, Kind::Source));
    desk.press(Key::Backspace);
    desk.press(Key::Delete);
    assert_eq!(desk.value("Note"), "4cq2a");
    assert_eq!(desk.marked().len(), 3);
}

#[test]
fn a_field_is_undone_as_a_whole_once_it_was_left() {
    let room = Room::with_story().known();
    let mut desk = with_marks(&room);
    desk.fill("Note", "one two three");
    desk.click_on("long dispute");
    desk.click_on("mayor Ines");
    assert_eq!(desk.value("Note"), "one two three");
    desk.ctrl(Key::Z);
    assert_eq!(desk.value("Note"), "");
    desk.ctrl_shift(Key::Z);
    assert_eq!(desk.value("Note"), "one two three");
    desk.ctrl(Key::Z);
    desk.ctrl(Key::Y);
    assert_eq!(desk.picked().note.as_str(), "one two three");
}

#[test]
fn undo_to_the_start_gives_the_first_state() {
    let room = Room::with_story().known();
    let first = Desk::open(&room, "story.txt").desk().project.about.clone();
    let mut desk = with_marks(&room);
    desk.press(Key::Num4);
    desk.press(Key::Delete);
    assert_eq!(desk.marked().len(), 2);
    for _ in 0..9 {
        desk.ctrl(Key::Z);
    }
    assert!(desk.marked().is_empty() && desk.desk().project.removed.is_empty());
    assert_eq!(desk.desk().project.about.title, first.title);
    assert!(!desk.model().is_dirty());
    for _ in 0..9 {
        desk.ctrl_shift(Key::Z);
    }
    assert_eq!(desk.marked().len(), 2);
}

#[test]
fn f1_shows_the_keys_and_f2_the_details() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.press(Key::F1);
    assert!(desk.shows("All keys") && desk.shows("Next open"));
    desk.press(Key::C);
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none());
    desk.press(Key::F2);
    assert_eq!(desk.value("Title"), "Council approves the tunnel");
    desk.ctrl(Key::A);
    desk.types("A new title");
    desk.fill("Outlet", "The Gazette");
    desk.press(Key::Enter);
    assert_eq!(desk.desk().project.about.title, "A new title");
    assert_eq!(desk.desk().project.about.outlet, "The Gazette");
    assert!(desk.title.starts_with("A new title"), "{}", desk.title);
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project.about.title, "Council approves the tunnel");
}
