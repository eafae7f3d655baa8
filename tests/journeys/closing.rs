//! Unsaved work is never lost by closing (U08).

use egui::Key;
use proofmark::app::Dialog;

use crate::desk::Desk;
use crate::room::Room;

fn is_unsaved(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Unsaved { .. })
}

fn with_work(room: &Room) -> Desk {
    let mut desk = Desk::open(room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    assert_eq!(desk.marked(), ["410 million"]);
    desk
}

#[test]
fn a_window_without_unsaved_work_closes_at_once() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.close();
    assert!(desk.closed);
}

#[test]
fn cancel_keeps_the_window_and_everything_in_it() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.close();
    desk.is_asked("about unsaved work", is_unsaved);
    desk.click("Cancel");
    assert!(!desk.closed && desk.model().dialog.is_none());
    desk.close();
    desk.press(Key::Escape);
    assert!(!desk.closed && desk.model().dialog.is_none());
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(desk.model().is_dirty());
}

#[test]
fn saving_asks_for_a_path_then_closes() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.close();
    desk.is_asked("about unsaved work", is_unsaved);
    desk.press(Key::Enter);
    desk.gives_path(&room.path("kept"));
    desk.until("the file", |model| !model.is_dirty());
    assert!(desk.closed);
    assert_eq!(room.project("kept.ron").in_order()[0].words(), "410 million");
}

#[test]
fn closing_without_saving_leaves_no_file() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.ctrl(Key::Q);
    desk.click("Close without saving");
    assert!(desk.closed);
    assert!(!room.has("story.ron"));
}

#[test]
fn a_path_that_is_not_given_keeps_the_window_and_a_later_saving_does_not_close_it() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.close();
    desk.press(Key::Enter);
    desk.is_asked("a path", |dialog| matches!(dialog, Dialog::Path { .. }));
    desk.press(Key::Escape);
    assert!(!desk.closed);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert!(!desk.closed);
}

#[test]
fn a_saving_that_fails_keeps_the_window_and_names_the_file() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.close();
    desk.press(Key::Enter);
    desk.gives_path(&room.path("no such folder/kept.ron"));
    desk.hears("kept.ron");
    assert!(!desk.closed && desk.model().is_dirty());
    assert!(desk.model().notices.iter().any(|notice| notice.is_problem && !notice.hint.is_empty()));
    assert!(desk.title.contains("not saved"), "{}", desk.title);
    assert_eq!(desk.marked(), ["410 million"]);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert!(!desk.closed && room.has("kept.ron"));
}

#[test]
fn a_half_typed_note_is_asked_about_and_saved() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    desk.fill("Note", "half a thou");
    assert!(desk.title.contains("unsaved changes"), "{}", desk.title);
    desk.close();
    desk.is_asked("about unsaved work", is_unsaved);
    desk.press(Key::Escape);
    assert!(!desk.closed);
    assert_eq!(desk.value("Note"), "half a thou");
    desk.fill("Note", "ght");
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("kept.ron").in_order()[0].note.as_str(), "half a thought");
    assert_eq!(desk.value("Note"), "half a thought");
    desk.close();
    assert!(desk.closed);
}

#[test]
fn a_half_typed_note_of_somebody_without_a_name_is_kept_too() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    drop(desk);
    std::fs::remove_file(room.settings().join("settings.ron")).expect("settings");
    let mut desk = Desk::open(&room, "kept.ron");
    desk.click(&desk.list()[0].clone());
    desk.fill("Note", "by nobody yet");
    desk.close();
    assert!(!desk.closed, "the note is in no file");
    desk.is_asked("who is checking", |dialog| matches!(dialog, Dialog::Checker { .. }));
    desk.types("Bo Lind\n");
    assert_eq!(desk.picked().note.as_str(), "by nobody yet");
    desk.close();
    desk.is_asked("about unsaved work", is_unsaved);
    desk.press(Key::Enter);
    desk.until("the file", |model| !model.is_dirty());
    assert!(desk.closed);
    assert_eq!(room.project("kept.ron").in_order()[0].note.as_str(), "by nobody yet");
}

#[test]
fn enter_on_a_button_presses_that_one() {
    let room = Room::with_story().known();
    let mut desk = with_work(&room);
    desk.close();
    desk.is_asked("about unsaved work", is_unsaved);
    while !desk.find_button("Cancel").expect("a button").is_focused() {
        desk.press(Key::Tab);
    }
    desk.press(Key::Enter);
    assert!(desk.model().dialog.is_none() && !desk.model().busy && !desk.closed);
    assert!(desk.model().is_dirty());
}
