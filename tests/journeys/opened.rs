//! What was opened has the keys, and keys mean what one looks at: a mark that the caret was walked out of is let go.

use egui::{Key, Modifiers};
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::room::Room;

#[test]
fn what_was_opened_has_the_keys_with_the_caret_at_its_beginning() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    assert!(desk.article_has_focus());
    desk.press(Key::C);
    assert_eq!(desk.marked(), ["Council approves the tunnel"], "the sentence at the caret");
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("story.ron"));
    desk.until("the file", |model| !model.is_dirty());
    // Another one, and one that is made of what is pasted.
    let other = room.write("other.txt", "Another headline\n\nWith one line.");
    desk.drop_file(&other);
    desk.is_asked("what it is", |dialog| matches!(dialog, proofmark::app::Dialog::Import));
    desk.click("New project");
    desk.until("the other one", |model| {
        model.desk.as_ref().is_some_and(|desk| desk.text().as_str().starts_with("Another"))
    });
    assert!(desk.article_has_focus() && desk.desk().caret == Some(0));
    desk.press(Key::Q);
    assert_eq!(desk.marked(), ["Another headline"]);
    desk.ctrl(Key::Z);
    desk.paste("Pasted words\n\nAre an article, too.");
    desk.until("what was pasted", |model| {
        model.desk.as_ref().is_some_and(|desk| desk.text().as_str().starts_with("Pasted"))
    });
    desk.rest();
    assert!(desk.article_has_focus());
    // Leaving it stays possible, and coming back.
    desk.press(Key::Escape);
    assert!(!desk.article_has_focus());
    desk.press(Key::F6);
    assert!(desk.article_has_focus());
}

#[test]
fn a_caret_that_is_out_of_sight_marks_nothing() {
    let room = Room::new().known();
    room.write("long.txt", "A line of a long text.\n\n".repeat(200));
    let mut desk = Desk::open(&room, "long.txt");
    desk.wheel(-4000.0);
    desk.press(Key::C);
    assert!(desk.marked().is_empty() && desk.told().contains("out of sight"), "{}", desk.told());
    // A key brings it into view again.
    desk.press(Key::ArrowRight);
    desk.press(Key::C);
    assert_eq!(desk.marked().len(), 1);
}

#[test]
fn a_mark_is_let_go_when_the_caret_is_walked_out_of_it() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.press(Key::Escape);
    desk.press(Key::Tab);
    assert_eq!(desk.picked().words(), "21 votes to 14");
    // Inside of it, at its edges too, it stays.
    for _ in 0..3 {
        desk.press(Key::ArrowRight);
        assert!(desk.desk().picked.is_some());
    }
    desk.chord(Modifiers::COMMAND, Key::ArrowDown);
    assert!(desk.desk().picked.is_none(), "the next paragraph is another place");
    desk.press(Key::Num4);
    assert_eq!(desk.desk().project.in_order()[0].status, Status::Unchecked);
    assert!(desk.told().contains("Select an annotation first"), "{}", desk.told());
    desk.press(Key::Q);
    assert_eq!(desk.marked().len(), 2, "the sentence at the caret, and not the claim");
    assert_eq!(desk.picked().kind, proofmark::domain::Kind::Quote);
}

#[test]
fn words_are_added_by_keys_to_the_mark_that_was_walked_out_of() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.chord(Modifiers::COMMAND, Key::ArrowDown);
    assert!(desk.desk().picked.is_none());
    for _ in 0..2 {
        desk.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    }
    assert!(desk.shows("Add to the selected annotation"), "{:?}", desk.selected());
    desk.press(Key::A);
    assert_eq!(desk.marked().len(), 1);
    assert_eq!(desk.picked().placed().count(), 2);
    // Once it was let go for good, nothing is added to it.
    desk.press(Key::Escape);
    desk.select("long dispute");
    desk.press(Key::A);
    assert!(desk.told().contains("Select an annotation first"), "{}", desk.told());
    assert_eq!(desk.desk().project.in_order()[0].placed().count(), 2);
}

#[test]
fn a_click_on_plain_text_lets_go_and_a_drag_does_not() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.select("long dispute");
    assert!(desk.desk().picked.is_some(), "words are selected to be added");
    desk.press(Key::Escape);
    desk.click_on("council approved");
    assert!(desk.desk().picked.is_none());
    desk.press(Key::Num4);
    assert_eq!(desk.desk().project.in_order()[0].status, Status::Unchecked);
    // Several rows are let go with it.
    desk.select("long dispute");
    desk.press(Key::C);
    desk.press(Key::F6);
    desk.ctrl(Key::A);
    assert_eq!(desk.desk().chosen_count(), 2);
    desk.chord(Modifiers::SHIFT, Key::F6);
    assert!(desk.article_has_focus());
    desk.chord(Modifiers::COMMAND, Key::Home);
    assert_eq!(desk.desk().chosen_count(), 0);
}
