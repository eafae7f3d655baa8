//! Narrow windows, dense screens, large type: nothing breaks, everything can be reached.

use egui::{Key, vec2};
use egui_kittest::kittest::Queryable;

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
    assert!(desk.in_sight("Export…") && desk.in_sight("Cancel"), "the export can be made and left");
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

#[test]
fn nothing_lies_over_anything_else_at_the_foot_and_no_status_is_cut() {
    let room = Room::new().known();
    for width in [560.0, 640.0, 720.0, 900.0, 1100.0, 1440.0] {
        let mut desk = Desk::start(&room, None, vec2(width, 600.0));
        desk.rest();
        let position = desk.harness.get_by_label_contains("¶ 1 of").rect();
        let counts = ["18 verified", "3 need correction", "1 query", "1 on author", "1 unchecked"];
        let mut right = 0.0;
        for name in counts {
            let count = desk.harness.get_by_label(name).rect();
            assert!(count.left() > right, "{name} lies over the count before it at {width}");
            right = count.right();
        }
        assert!(right < position.left(), "the counts reach into the position at {width}");
        assert!(position.right() <= width, "the position is out of sight at {width}");
        assert!(desk.list()[0].contains("410 million × 2, ¶ 1, 8"), "{:?}", desk.list()[0]);
        desk.press(Key::F1);
        desk.rest();
        assert!(desk.in_sight("Close"), "the keys can be closed at {width}");
    }
}

#[test]
fn a_question_is_as_high_as_it_needs_whatever_was_asked_before() {
    let room = Room::with_story();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes");
    desk.press(Key::C);
    desk.is_asked("the name", |dialog| matches!(dialog, proofmark::app::Dialog::Checker { .. }));
    desk.types("Ada Kern\n");
    desk.press(Key::F2);
    let (last, keep) = (desk.field("Address").rect(), desk.find_button("Keep").expect("a button").rect());
    assert!(last.bottom() < keep.top(), "the last field is cut off: {last:?} over {keep:?}");
}
