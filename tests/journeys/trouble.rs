//! Files that are newer, damaged, changed by hand or by accident, gone (F15, L01 to L18).

use egui::Key;
use proofmark::app::Dialog;

use crate::desk::Desk;
use crate::room::Room;

/// A room with a saved project in `kept.ron`, made in the window.
fn with_project() -> Room {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    drop(desk);
    room
}

fn text(room: &Room, name: &str) -> String {
    String::from_utf8(room.bytes(name)).expect("UTF-8")
}

#[test]
fn a_newer_file_is_for_reading_only() {
    let room = with_project();
    let kept = text(&room, "kept.ron");
    let version = kept.lines().find(|line| line.contains("format")).expect("the version").to_owned();
    let newer = version.replace('1', "9");
    assert_ne!(version, newer);
    room.write("newer.ron", kept.replacen(&version, &newer, 1));
    let bytes = room.bytes("newer.ron");
    let mut desk = Desk::open(&room, "newer.ron");
    desk.hears("for reading only");
    assert!(desk.title.contains("for reading only"), "{}", desk.title);
    assert_eq!(desk.list(), ["Claim, Unchecked: 410 million, ¶ 4"]);
    desk.select("The plan");
    assert!(!desk.shows("Mark as claim"));
    desk.press(Key::C);
    desk.click_on("410 million");
    desk.press(Key::Num4);
    desk.press(Key::Delete);
    assert!(!desk.can_press("Verified"));
    desk.ctrl(Key::S);
    desk.ctrl_shift(Key::S);
    desk.idle();
    assert!(desk.model().dialog.is_none());
    assert_eq!(desk.list(), ["Claim, Unchecked: 410 million, ¶ 4"]);
    desk.close();
    assert!(desk.closed);
    assert_eq!(room.bytes("newer.ron"), bytes);
}

#[test]
fn a_damaged_file_is_told_with_its_line_and_what_was_open_stays_open() {
    let room = with_project();
    let kept = text(&room, "kept.ron");
    let damaged = kept.replacen("kind: ", "kind; ", 1);
    assert_ne!(kept, damaged);
    let line = damaged.lines().position(|line| line.contains("kind; ")).expect("the line") + 1;
    room.write("damaged.ron", &damaged);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.drop_file(&room.path("damaged.ron"));
    desk.hears("damaged.ron");
    let told = desk.told();
    assert!(told.contains(&format!("Line {line}")), "{told}");
    assert!(told.contains("kind; "), "the line itself: {told}");
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(desk.title.contains("kept.ron"), "{}", desk.title);
    assert_eq!(text(&room, "damaged.ron"), damaged);
    desk.click("Close");
    assert_eq!(desk.told(), "");
}

#[test]
fn unsaved_work_outlives_a_file_that_cannot_be_opened() {
    let room = with_project();
    room.write("damaged.ron", "(");
    let mut desk = Desk::open(&room, "kept.ron");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.drop_file(&room.path("damaged.ron"));
    desk.is_asked("about unsaved work", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
    desk.click("Go on without saving");
    desk.hears("damaged.ron");
    assert_eq!(desk.marked(), ["21 votes to 14", "410 million"], "nothing came in its place");
    desk.close();
    desk.is_asked("about unsaved work", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
}

#[test]
fn a_flipped_bit_is_told_and_the_rest_loads() {
    let room = with_project();
    let kept = text(&room, "kept.ron");
    let last = kept.lines().last().expect("a line").to_owned();
    let sum = kept.lines().rev().find(|line| line.contains("checksum")).expect("the checksum").to_owned();
    let digit = sum.rfind(|c: char| c.is_ascii_hexdigit()).expect("a digit");
    let other = if sum.as_bytes()[digit] == b'0' { "1" } else { "0" };
    let mut wrong = sum.clone();
    wrong.replace_range(digit..=digit, other);
    room.write("flipped.ron", kept.replacen(&sum, &wrong, 1));
    let mut desk = Desk::open(&room, "flipped.ron");
    desk.hears("was changed outside");
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(!last.is_empty());
}

#[test]
fn a_file_that_is_gone_leaves_the_window_empty_and_the_list_of_recent_files() {
    let room = with_project();
    let mut desk = Desk::open(&room, "not there.ron");
    desk.hears("There is no such file");
    assert!(desk.model().desk.is_none());
    assert!(desk.shows("Open the sample"));
    desk.click("kept.ron");
    desk.until("the project", |model| model.desk.is_some());
    assert_eq!(desk.marked(), ["410 million"]);
}

#[test]
fn what_is_not_text_is_refused_in_words() {
    let room = Room::new().known();
    room.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    room.write("nothing.txt", b" \n\t\n");
    for name in ["picture.txt", "nothing.txt"] {
        let mut desk = Desk::open(&room, name);
        desk.hears(name);
        assert!(desk.model().desk.is_none());
    }
}

#[test]
fn a_project_keeps_its_ending_so_that_the_article_is_never_overwritten() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    let article = room.bytes("story.txt");
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("story.txt"));
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.bytes("story.txt"), article);
    assert!(room.has("story.txt.ron"));
}
