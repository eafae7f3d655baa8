//! Tags and categories as a whole, and what is destroyed in one step (F13, F14).

use egui::{Key, Modifiers};
use proofmark::app::Dialog;
use proofmark::app::queue::Ask;

use crate::desk::Desk;
use crate::queue::{row, with_four};
use crate::rescue::{is_recovery, killed, save_as, two_seconds};
use crate::room::Room;

/// Four annotations, three of which have the tag "law".
fn with_tags(room: &Room) -> Desk {
    let mut desk = with_four(room);
    desk.click(&row(&desk, "21 votes"));
    desk.click_holding(Modifiers::SHIFT, &row(&desk, "Ines"));
    desk.fill("Tags", "law");
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    desk
}

fn tags(desk: &Desk) -> Vec<Vec<String>> {
    desk.desk().project.in_order().iter().map(|a| a.tags.clone()).collect()
}

fn is_fate(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Queue(Ask::Fate { count: 3, .. }))
}

// F13
#[test]
fn deleting_a_tag_asks_what_becomes_of_its_annotations_and_one_undo_restores_all() {
    let room = Room::with_story().known();
    let mut desk = with_tags(&room);
    let (tagged, first) = (tags(&desk), desk.desk().project.clone());
    assert_eq!(tagged.iter().filter(|tags| **tags == ["law"]).count(), 3);

    let ask = |desk: &mut Desk| {
        desk.menu("List", "Tags and categories…");
        assert!(desk.shows("3 annotations"));
        desk.click("Delete the tag law…");
        desk.is_asked("what becomes of them", is_fate);
        assert!(desk.shows_words("3 annotations have it"));
    };
    ask(&mut desk);
    desk.press(Key::Escape);
    assert_eq!(desk.desk().project, first, "leaving the question changes nothing");

    ask(&mut desk);
    desk.click("Cancel");
    desk.press(Key::Escape);
    assert_eq!(desk.desk().project, first);

    ask(&mut desk);
    desk.click("Take it off 3 annotations");
    desk.press(Key::Escape);
    assert_eq!((desk.marked().len(), tags(&desk).concat().len()), (4, 0));
    assert_eq!(desk.desk().history.undo_label(), Some("delete the tag “law”"));
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project, first);

    ask(&mut desk);
    desk.fill("Another tag", "legal");
    desk.click("Put in its place");
    desk.press(Key::Escape);
    assert_eq!(tags(&desk).iter().filter(|tags| **tags == ["legal"]).count(), 3);
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project, first);

    ask(&mut desk);
    desk.click("Remove 3 annotations too");
    desk.press(Key::Escape);
    assert_eq!(desk.marked(), ["410 million"]);
    assert_eq!(desk.desk().history.undo_label(), Some("delete the tag “law” with 3 annotations"));
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project, first);
}

#[test]
fn a_tag_is_renamed_and_merged() {
    let room = Room::with_story().known();
    let mut desk = with_tags(&room);
    desk.menu("List", "Tags and categories…");
    desk.click("Rename the tag law…");
    desk.ctrl(Key::A);
    desk.types("legal");
    desk.press(Key::Enter);
    assert_eq!(tags(&desk).concat(), ["legal", "legal", "legal"]);
    assert_eq!(desk.desk().history.undo_label(), Some("rename the tag “law” to “legal”"));
    desk.press(Key::Escape);
    desk.click(&row(&desk, "410"));
    desk.click_holding(Modifiers::SHIFT, &row(&desk, "Ines"));
    desk.fill("Tags", "Budget");
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    desk.menu("List", "Tags and categories…");
    desk.click("Rename the tag legal…");
    desk.ctrl(Key::A);
    desk.types("Budget");
    assert!(desk.shows("is there already"));
    desk.click("Merge");
    assert_eq!(tags(&desk), [["Budget"], ["Budget"], ["Budget"], ["Budget"]]);
    desk.ctrl(Key::Z);
    desk.press(Key::Escape);
    desk.ctrl(Key::Z);
    assert_eq!(tags(&desk)[2], ["legal", "Budget"]);
}

// F14
#[test]
fn what_is_destroyed_at_once_is_one_undo_and_outlives_the_window() {
    let room = Room::with_story().known();
    let mut desk = with_tags(&room);
    save_as(&mut desk, &room, "kept.ron");
    let saved = desk.desk().project.clone();
    desk.click(&row(&desk, "21 votes"));
    desk.ctrl(Key::A);
    desk.press(Key::Delete);
    assert!(desk.marked().is_empty());
    assert_eq!(desk.desk().history.undo_label(), Some("remove 4 annotations"));
    two_seconds(&mut desk, &room);
    let seen = desk.desk().project.clone();
    killed(desk, &room);

    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    desk.click("Recover: Council approves the tunnel");
    desk.idle();
    assert_eq!(desk.desk().project, seen);
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project.annotations, saved.annotations, "one undo brings all of them back");
    desk.ctrl_shift(Key::Z);
    assert!(desk.marked().is_empty());
    desk.ctrl(Key::Z);
    desk.menu("List", "Tags and categories…");
    desk.click("Delete the tag law…");
    desk.click("Remove 3 annotations too");
    desk.press(Key::Escape);
    two_seconds(&mut desk, &room);
    let seen = desk.desk().project.clone();
    killed(desk, &room);

    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    desk.click("Recover: Council approves the tunnel");
    desk.idle();
    assert_eq!(desk.desk().project, seen);
    assert_eq!(desk.marked(), ["410 million"]);
    desk.ctrl(Key::Z);
    assert_eq!(desk.marked().len(), 4);
}
