//! Narrow windows, dense screens, large type: nothing breaks, everything can be reached.

use egui::{Key, vec2};

use crate::desk::Desk;
use crate::room::Room;

#[test]
fn the_smallest_window_does_the_whole_job() {
    let room = Room::with_story().known();
    let mut desk = Desk::start(&room, Some(room.path("story.txt")), vec2(560.0, 380.0));
    desk.select("21 votes");
    assert_eq!(desk.selected(), "21 votes");
    for name in ["Mark as claim", "Mark as quote", "Mark as source"] {
        assert!(desk.in_sight(name), "{name} is out of sight");
    }
    desk.click("Mark as claim");
    assert_eq!(desk.marked(), ["21 votes"]);
    for name in ["File", "Edit", "Annotation", "View", "Help", "Export", "Save", "Claims 1"] {
        assert!(desk.in_sight(name), "{name} is out of sight");
    }
    desk.click("Save");
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    desk.scroll_to_button("Verified");
    desk.click("Verified");
    assert!(desk.list()[0].starts_with("Claim, Verified"), "{:?}", desk.list());
    desk.scroll_to_field("Note");
    desk.fill("Note", "reached");
    desk.click("Export");
    assert!(desk.in_sight("Verified claims as CSV…"));
    desk.press(Key::Escape);
    desk.press(Key::F1);
    desk.rest();
    assert!(desk.in_sight("Close"), "all keys can be closed");
    desk.press(Key::Escape);
    desk.press(Key::F2);
    assert!(desk.in_sight("Keep"), "the details can be kept");
    desk.press(Key::Escape);
    desk.close();
    for name in ["Save", "Close without saving", "Cancel"] {
        assert!(desk.in_sight(name), "{name} is out of sight");
    }
}

#[test]
fn large_type_and_dense_screens_select_what_is_dragged_over() {
    let room = Room::with_story().known();
    for (scale, zooms) in [(1.0, 9), (2.0, 0), (1.5, 2), (2.0, 9)] {
        let mut desk = Desk::open(&room, "story.txt");
        desk.scale(scale);
        for _ in 0..zooms {
            desk.ctrl(Key::Plus);
        }
        desk.select("21 votes to 14");
        assert_eq!(desk.selected(), "21 votes to 14", "at {scale} and {zooms} steps");
        desk.press(Key::C);
        assert_eq!(desk.marked(), ["21 votes to 14"]);
        desk.ctrl(Key::Num0);
        assert!((desk.model().settings.zoom - 1.0).abs() < 0.01);
    }
}

#[test]
fn odd_windows_do_not_break_it() {
    let room = Room::with_story().known();
    for size in [vec2(1.0, 1.0), vec2(120.0, 80.0), vec2(3000.0, 200.0), vec2(200.0, 2000.0)] {
        let mut desk = Desk::start(&room, None, size);
        desk.press(Key::F1);
        desk.press(Key::Escape);
        desk.press(Key::N);
        desk.ctrl(Key::Plus);
        desk.rest();
    }
}
