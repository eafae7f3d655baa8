//! What others changed is marked until this person has looked at it.

use egui::Key;
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::merging::{bens, marks, review, sets, with_project};

#[test]
fn what_others_changed_is_marked_until_it_was_picked_once() {
    let (room, id) = with_project();
    drop(Desk::open(&room, "kept.ron"));
    bens(&room, ("kept.ron", "kept.ron"), &[&marks("21 votes to 14"), &sets(id, Status::Verified)]);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.hears("Ben Ott changed 2 annotations since you last looked");
    let fresh = |desk: &Desk| desk.list().iter().filter(|name| name.contains(", changed by Ben Ott")).count();
    assert_eq!(fresh(&desk), 2, "{:?}", desk.list());
    desk.ctrl_shift(Key::M);
    assert_eq!(desk.picked().words(), "21 votes to 14");
    assert_eq!(fresh(&desk), 1);
    assert!(desk.shows("Changed by Ben Ott"), "it says so as long as it is picked");
    desk.ctrl_shift(Key::M);
    assert_eq!(desk.picked().id, id);
    assert!(desk.shows_words("Status · "));
    assert_eq!(fresh(&desk), 0);
    desk.press(Key::Escape);
    assert!(!desk.shows("Changed by Ben Ott"));
    drop(desk);
    let desk = Desk::open(&room, "kept.ron");
    assert_eq!(fresh(&desk), 0, "seen once is seen");
}

#[test]
fn all_can_be_seen_at_once_and_a_merge_brings_news() {
    let (room, id) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&marks("21 votes to 14"), &sets(id, Status::Verified)]);
    let kept = room.bytes("kept.ron");
    let mut desk = Desk::open(&room, "kept.ron");
    review(&mut desk, &room, "ben.ron");
    desk.press(Key::Enter);
    desk.hears("since you last looked");
    assert!(desk.list().iter().all(|name| name.contains(", changed by Ben Ott")), "{:?}", desk.list());
    desk.menu("Go", "Mark all as seen");
    assert!(desk.list().iter().all(|name| !name.contains(", changed by")), "{:?}", desk.list());
    assert_eq!(room.bytes("kept.ron"), kept, "nothing of that is in the file");
    drop(desk);
    let desk = Desk::open(&room, "ben.ron");
    assert!(desk.list().iter().all(|name| !name.contains(", changed by")), "{:?}", desk.list());
}

#[test]
fn a_colleagues_project_has_nothing_new_the_first_time() {
    let (room, id) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&sets(id, Status::Verified)]);
    std::fs::remove_dir_all(room.settings().join("seen")).expect("the folder");
    let desk = Desk::open(&room, "ben.ron");
    assert!(desk.list().iter().all(|name| !name.contains(", changed by")), "{:?}", desk.list());
}
