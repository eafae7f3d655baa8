//! What editing leaves behind: orphans in the tray, corrections that go into the text, template lines
//! (F11, A06, A12).

use egui::Key;
use proofmark::app::Dialog;
use proofmark::domain::rules::{self, Open};
use proofmark::domain::{Id, Kind};

use crate::desk::Desk;
use crate::room::{Room, STORY};

/// The story with claims on some words, and those words deleted from the text.
fn orphaned(room: &Room, words: &[&str]) -> (Desk, Vec<Id>) {
    let mut desk = Desk::open(room, "story.txt");
    let mut ids = Vec::new();
    for words in words {
        desk.select(words);
        desk.press(Key::C);
        ids.push(desk.picked().id);
        desk.press(Key::Escape);
    }
    desk.ctrl(Key::T);
    for words in words {
        desk.select(words);
        desk.press(Key::Delete);
    }
    desk.ctrl(Key::T);
    (desk, ids)
}

// A06
#[test]
fn an_orphan_is_listed_and_goes_only_where_a_person_says() {
    let room = Room::with_story().known();
    let (mut desk, ids) = orphaned(&room, &["harbour tunnel"]);
    assert!(desk.desk().project.annotations[&ids[0]].has_orphan());
    assert!(desk.shows("1 orphan") && desk.shows("Orphan of a claim: harbour tunnel"));
    assert!(!desk.can_press("Place the orphan here: harbour tunnel"), "nothing is selected");
    desk.click("Look for the orphan's words: harbour tunnel");
    assert!(desk.told().contains("stand nowhere"), "{}", desk.told());
    desk.select("long dispute");
    desk.click("Place the orphan here: harbour tunnel");
    let annotation = desk.desk().project.annotations[&ids[0]].clone();
    assert_eq!(annotation.words(), "long dispute");
    assert_eq!(annotation.check_again.as_deref(), Some("The words were: harbour tunnel"));
    assert!(!desk.shows("1 orphan"), "the tray goes with its last orphan");
    assert_eq!(desk.desk().history.undo_label(), Some("place an orphan"));
    desk.ctrl(Key::Z);
    assert!(desk.shows("1 orphan"));
    desk.ctrl(Key::Z);
    assert_eq!((desk.text().as_str(), desk.marked()), (STORY, vec!["harbour tunnel".to_owned()]));
}

#[test]
fn the_same_words_elsewhere_are_found_one_after_the_other_and_placing_there_flags_nothing() {
    let room = Room::new().known();
    room.write("story.txt", "Votes\n\nTwenty votes here.\n\nTwenty votes there.\n\nTwenty votes yonder.");
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("Twenty votes");
    desk.press(Key::C);
    desk.press(Key::Escape);
    desk.ctrl(Key::T);
    desk.select("Twenty votes here.");
    desk.press(Key::Delete);
    desk.press(Key::Escape);
    // By the menu alone, as without a mouse.
    desk.menu("Annotation", "Look for the orphan's words");
    let first = desk.desk().selection.expect("the first place");
    desk.menu("Annotation", "Look for the orphan's words");
    let second = desk.desk().selection.expect("the second place");
    assert!(second.start > first.start && desk.selected() == "Twenty votes");
    desk.menu("Annotation", "Place the orphan here");
    let annotation = desk.desk().project.in_order()[0].clone();
    assert_eq!((annotation.first_span(), annotation.check_again.clone()), (Some(second), None));
}

#[test]
fn an_orphan_can_be_dropped_and_comes_back_by_undo() {
    let room = Room::with_story().known();
    let (mut desk, ids) = orphaned(&room, &["harbour tunnel", "21 votes"]);
    assert!(desk.shows("2 orphans"));
    desk.click("Hide the orphans");
    assert!(!desk.shows("Orphan of a claim: harbour tunnel"));
    desk.click("Show the orphans");
    desk.click("Drop the orphan: 21 votes");
    assert!(!desk.desk().project.annotations.contains_key(&ids[1]), "it had no other words");
    assert!(desk.shows("1 orphan"));
    desk.ctrl(Key::Z);
    assert!(desk.desk().project.annotations.contains_key(&ids[1]));
    // Of an annotation with other words only the orphan goes.
    let mut desk = desk;
    desk.pick(ids[0]);
    desk.select("long dispute");
    desk.press(Key::A);
    desk.click("Drop the orphan: harbour tunnel");
    assert_eq!(desk.desk().project.annotations[&ids[0]].words(), "long dispute");
    assert_eq!(desk.desk().history.undo_label(), Some("drop an orphan"));
}

#[test]
fn f6_comes_by_the_tray() {
    let room = Room::with_story().known();
    let (mut desk, _) = orphaned(&room, &["harbour tunnel"]);
    desk.press(Key::F6);
    assert!(desk.focused().is_some_and(|name| name.contains("orphan")), "{:?}", desk.focused());
}

// A12
#[test]
fn an_emptied_text_leaves_every_mark_in_the_tray_and_undo_brings_all_back() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for words in ["harbour tunnel", "naïve", "410 million"] {
        desk.select(words);
        desk.press(Key::Q);
        desk.press(Key::Escape);
    }
    let before = desk.desk().project.clone();
    desk.ctrl(Key::T);
    desk.ctrl(Key::A);
    desk.press(Key::Delete);
    desk.ctrl(Key::T);
    assert!(desk.text().is_empty() && desk.shows("3 orphans"));
    assert_eq!(desk.desk().project.annotations.len(), 3);
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project, before);
}

fn accept(desk: &mut Desk, words: &str, proposed: &str) -> Id {
    desk.select(words);
    desk.press(Key::C);
    desk.press(Key::Num5);
    let id = desk.picked().id;
    desk.scroll_to_field("Proposed wording");
    desk.fill("Proposed wording", proposed);
    // Out of the field; a click on what is picked goes on to the mark around it.
    desk.click_on(words);
    desk.pick(id);
    desk.press(Key::Y);
    id
}

#[test]
fn an_accepted_correction_goes_into_the_text_in_one_step() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("plan costs 410 million");
    desk.press(Key::Q);
    let around = desk.picked().id;
    desk.press(Key::Escape);
    let id = accept(&mut desk, "410 million", "401 million");
    desk.is_asked("about the text", |dialog| matches!(dialog, Dialog::Correct { .. }));
    assert!(desk.shows("Put the correction into the text?"));
    desk.press(Key::Enter);
    assert!(desk.text().ends_with("The plan costs 401 million."), "{}", desk.text());
    let claim = desk.desk().project.annotations[&id].clone();
    assert_eq!((claim.words().as_str(), claim.corrected_from.as_str()), ("401 million", "410 million"));
    assert_eq!(claim.check_again, None);
    assert!(rules::is_verified(&claim) && !rules::open_matters(&claim).contains(&Open::NotInText));
    let quote = &desk.desk().project.annotations[&around];
    assert_eq!(quote.kind, Kind::Quote);
    assert_eq!(quote.words(), "plan costs 401 million");
    assert!(quote.check_again.is_some(), "whoever else has these words is told");
    assert_eq!(desk.desk().history.undo_label(), Some("put a correction into the text"));
    desk.ctrl(Key::Z);
    assert_eq!(desk.text(), STORY);
    assert_eq!(desk.desk().project.annotations[&id].corrected_from.as_str(), "");
}

#[test]
fn a_correction_can_wait_and_be_put_in_from_the_menu() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    let id = accept(&mut desk, "a long dispute", "an old dispute");
    desk.click("Not now");
    assert_eq!(desk.text(), STORY);
    assert!(rules::open_matters(desk.picked()).contains(&Open::NotInText));
    desk.menu("Annotation", "Put the correction into the text");
    assert!(desk.text().contains("The vote ended an old dispute."));
    assert!(rules::is_verified(&desk.desk().project.annotations[&id]));
    desk.click("Annotation");
    assert!(!desk.can_press("Put the correction into the text"), "it is there");
}

#[test]
fn template_lines_are_picked_from_a_list_and_go_in_one_step() {
    let room = Room::new().known();
    let text = "Tunnel voted\n\nAdvertisement\n\nThe council met.\n\nRead more: The long way\n\nshowLinks: true\n\nIt ended late.";
    room.write("story.txt", text);
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("The long way");
    desk.press(Key::S);
    desk.press(Key::Escape);
    desk.menu("Edit", "Remove template lines…");
    assert!(desk.shows_words("3 lines look like part of the page"));
    // The one with a mark is not ticked, and says why.
    assert!(desk.shows_words("which would become an orphan"));
    desk.click("Remove 2 lines");
    assert_eq!(desk.text(), "Tunnel voted\n\nThe council met.\n\nRead more: The long way\n\nIt ended late.");
    assert_eq!(desk.desk().history.undo_label(), Some("remove 2 template lines"));
    assert_eq!(desk.marked(), ["The long way"]);
    desk.ctrl(Key::Z);
    assert_eq!(desk.text(), text);
    // Any line can be ticked, found or not.
    desk.menu("Edit", "Remove template lines…");
    desk.click_box("It ended late.");
    desk.click("Remove 3 lines");
    assert!(!desk.text().contains("ended"), "{}", desk.text());
}
