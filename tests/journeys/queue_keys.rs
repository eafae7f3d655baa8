//! The list by keys: where F6 comes to, where one is after a tag, several rows moved by hand, a filter half typed.

use egui::{Key, Modifiers};
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::queue::{row, with_four};
use crate::room::Room;

fn order(desk: &Desk) -> String {
    let words = desk.list().into_iter().map(|name| match name {
        name if name.contains("21 votes") => 'a',
        name if name.contains("naïve") => 'b',
        name if name.contains("mayor") => 'c',
        _ => 'd',
    });
    words.collect()
}

#[test]
fn f6_comes_to_the_first_row_where_nothing_is_picked() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.press(Key::Escape);
    assert!(desk.article_has_focus() && desk.desk().picked.is_none());
    desk.press(Key::F6);
    assert!(desk.focused().is_some_and(|name| name.contains("21 votes")), "{:?}", desk.focused());
    assert!(desk.desk().picked.is_none(), "being there changes nothing");
    desk.press(Key::ArrowDown);
    assert_eq!(desk.picked().words(), "“It is naïve,”");
    desk.press(Key::Num4);
    assert_eq!(desk.picked().status, Status::Verified, "a row that was walked to stays picked");
}

#[test]
fn after_a_tag_for_several_one_is_in_the_list_again() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.click(&row(&desk, "21 votes"));
    desk.ctrl(Key::A);
    desk.press(Key::T);
    assert_eq!(desk.focused().as_deref(), Some("Tags"));
    desk.types("figures\n");
    assert!(desk.focused().is_some_and(|name| name.contains("21 votes")), "{:?}", desk.focused());
    desk.press(Key::Num4);
    assert!(desk.desk().project.annotations.values().all(|a| a.status == Status::Verified));
    // Without a tag, too.
    desk.press(Key::T);
    desk.press(Key::Enter);
    assert!(desk.focused().is_some_and(|name| name.contains("21 votes")), "{:?}", desk.focused());
}

#[test]
fn several_rows_are_moved_by_hand_in_one_step() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.click("Sorted by: text order");
    desk.click("By hand");
    desk.click(&row(&desk, "21 votes"));
    desk.chord(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(desk.desk().chosen_count(), 2);
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(order(&desk), "cabd");
    assert_eq!(desk.desk().history.undo_label(), Some("move 2 in the list"));
    assert_eq!(desk.desk().chosen_count(), 2, "they stay selected");
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(order(&desk), "cdab");
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(order(&desk), "cdab", "they are at the end");
    desk.chord(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(order(&desk), "cabd");
    for expected in ["cdab", "cabd", "abcd"] {
        desk.ctrl(Key::Z);
        assert_eq!(order(&desk), expected);
    }
    // Two that do not stand together: each passes its own neighbour.
    desk.click(&row(&desk, "naïve"));
    desk.click_holding(Modifiers::COMMAND, &row(&desk, "410"));
    desk.chord(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(order(&desk), "badc");
    desk.ctrl(Key::Z);
    assert_eq!(order(&desk), "abcd");
}

#[test]
fn a_term_without_a_value_says_that_it_leaves_nothing_out() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.fill("Filter the annotations", "status:");
    assert!(desk.shows("“status:” needs a value, as in status:query,unchecked"));
    assert_eq!(desk.list().len(), 4);
    desk.types("unchecked");
    assert!(!desk.shows_words("needs a value"));
}
