//! The list as a queue: filter, orders, headings, what is open next, several rows at once.

use egui::{Key, Modifiers};
use proofmark::app::Dialog;
use proofmark::app::queue::Ask;
use proofmark::domain::{Kind, Status};

use crate::desk::Desk;
use crate::room::Room;

const FILTER: &str = "Filter the annotations";

/// Four annotations: a claim with a figure, a quote, its speaker, and another claim with a figure.
pub fn with_four(room: &Room) -> Desk {
    let mut desk = Desk::open(room, "story.txt");
    for (words, key) in [
        ("21 votes to 14", Key::C),
        ("“It is naïve,”", Key::Q),
        ("mayor Ines Halvard", Key::S),
        ("410 million", Key::C),
    ] {
        desk.select(words);
        desk.press(key);
    }
    desk
}

/// The row of these words, as it is called now.
pub fn row(desk: &Desk, words: &str) -> String {
    desk.list().into_iter().find(|name| name.contains(words)).unwrap_or_else(|| panic!("no row “{words}”"))
}

fn statuses(desk: &Desk) -> Vec<Status> {
    desk.desk().project.in_order().iter().map(|a| a.status).collect()
}

fn words(desk: &Desk) -> Vec<String> {
    let tail = |name: String| name.split(": ").nth(1).map(str::to_owned).unwrap_or_default();
    desk.list()
        .into_iter()
        .map(|name| tail(name).split(", ¶").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn n_goes_round_what_is_open_and_says_where_it_begins_again() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.press(Key::Num5);
    desk.press(Key::N);
    assert_eq!(desk.picked().words(), "21 votes to 14");
    assert!(desk.told().contains("From the beginning again"), "{}", desk.told());
    desk.press(Key::N);
    assert_eq!(desk.picked().words(), "“It is naïve,”");
    assert!(!desk.told().contains("beginning"), "{}", desk.told());
    desk.press(Key::N);
    desk.press(Key::N);
    assert_eq!(desk.picked().words(), "410 million", "a correction that nobody decided is open");
    for _ in 0..4 {
        desk.press(Key::Num4);
        desk.press(Key::N);
    }
    assert!(desk.told().contains("Nothing is open"), "{}", desk.told());
    assert_eq!(statuses(&desk), [Status::Verified; 4]);
}

#[test]
fn shift_n_goes_by_risk_and_goes_on_where_it_was() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.press(Key::Escape);
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.chord(Modifiers::SHIFT, Key::N);
        seen.push(desk.picked().words());
        // The second one is left open: going on does not come back to it.
        if seen.len() != 2 {
            desk.press(Key::Num4);
        }
    }
    assert_eq!(seen, ["21 votes to 14", "410 million", "“It is naïve,”", "mayor Ines Halvard"]);
    desk.chord(Modifiers::SHIFT, Key::N);
    assert_eq!(desk.picked().words(), "410 million");
    assert!(desk.told().contains("From the beginning again"), "{}", desk.told());
}

#[test]
fn going_to_the_next_stays_within_the_filter_and_says_so() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.press(Key::Escape);
    desk.fill(FILTER, "kind:claim");
    desk.press(Key::Enter);
    for expected in ["21 votes to 14", "410 million", "21 votes to 14"] {
        desk.press(Key::N);
        assert_eq!(desk.picked().words(), expected);
        assert!(desk.desk().said.contains("in the filtered list"), "{}", desk.desk().said);
    }
    assert!(desk.told().contains("From the beginning of the filtered list again"), "{}", desk.told());
    for _ in 0..2 {
        desk.press(Key::Num4);
        desk.press(Key::N);
    }
    assert!(
        desk.told().contains("Nothing in the filtered list is open; without the filter 2 are"),
        "{}",
        desk.told()
    );
}

#[test]
fn the_filter_is_reached_completed_and_left_by_keys() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.press(Key::Num3);
    desk.press(Key::Slash);
    assert_eq!(desk.focused().as_deref(), Some(FILTER));
    desk.types("st");
    assert!(desk.shows_words("status:"));
    desk.press(Key::Tab);
    assert_eq!(desk.value(FILTER), "status:");
    assert!(desk.shows_words("needs-correction"), "the values come at once");
    desk.types("qu");
    desk.press(Key::Enter);
    assert_eq!(desk.value(FILTER), "status:query");
    assert_eq!(desk.focused().as_deref(), Some(FILTER), "accepting does not leave the field");
    assert_eq!(words(&desk), ["410 million"]);
    desk.types(" k");
    desk.press(Key::Escape);
    assert_eq!(desk.focused().as_deref(), Some(FILTER), "Escape closes the offers first");
    desk.press(Key::Backspace);
    desk.press(Key::Backspace);
    desk.press(Key::Enter);
    assert!(desk.focused().is_some_and(|name| name.contains("410 million")), "{:?}", desk.focused());
    desk.press(Key::Slash);
    desk.press(Key::Escape);
    assert!(desk.article_has_focus());
    desk.click("Clear the filter");
    assert_eq!(desk.list().len(), 4);
}

#[test]
fn what_is_not_understood_is_said_under_the_field_and_the_rest_filters() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.fill(FILTER, "status:foo 410");
    assert!(desk.shows_words("Unknown status “foo”; statuses are unchecked"));
    assert_eq!(words(&desk), ["410 million"]);
    desk.click("What the filter understands");
    assert!(desk.shows("by:AK") && desk.shows("has:evidence"));
}

#[test]
fn the_list_is_sorted_grouped_and_folded() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    assert!(desk.shows("0 of 4 checked"));
    desk.press(Key::Num4);
    assert!(desk.shows("1 of 4 checked") && desk.shows_words("1 verified, 3 unchecked"));
    desk.click("Sorted by: text order");
    desk.click("Risk");
    assert_eq!(words(&desk), ["21 votes to 14", "“It is naïve,”", "mayor Ines Halvard", "410 million"]);
    desk.click("Grouped by: no groups");
    desk.click("Kind");
    for heading in ["Claims, 2", "Quotes, 1", "Sources, 1"] {
        assert!(desk.shows(heading), "{heading}");
    }
    desk.click("Claims, 2");
    assert_eq!(desk.list().len(), 2);
    desk.click("Claims, 2");
    assert_eq!(desk.list().len(), 4);
    desk.close();
    desk.click("Close without saving");
    drop(desk);
    let desk = Desk::open(&room, "story.txt");
    assert!(desk.desk().list.sort() == proofmark::domain::order::Sort::Risk, "it is remembered");
}

#[test]
fn several_rows_are_set_tagged_and_removed_in_one_step_each() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    let undo = |desk: &Desk| desk.desk().history.undo_label().unwrap_or_default().to_owned();
    desk.click(&row(&desk, "21 votes"));
    desk.click_holding(Modifiers::COMMAND, &row(&desk, "Ines"));
    assert!(desk.shows("2 selected"));
    desk.click_holding(Modifiers::COMMAND, &row(&desk, "Ines"));
    assert!(!desk.shows("2 selected"));
    desk.click_holding(Modifiers::SHIFT, &row(&desk, "Ines"));
    assert!(desk.shows("3 selected"));
    desk.press(Key::Num4);
    assert_eq!(undo(&desk), "set 3 to verified");
    assert_eq!(statuses(&desk), [Status::Verified, Status::Verified, Status::Verified, Status::Unchecked]);
    desk.ctrl(Key::Z);
    assert_eq!(statuses(&desk), [Status::Unchecked; 4]);
    desk.fill("Tags", "law");
    desk.press(Key::Enter);
    assert_eq!(undo(&desk), "add the tag “law” to 3");
    let tagged =
        |desk: &Desk| desk.desk().project.annotations.values().filter(|a| !a.tags.is_empty()).count();
    assert_eq!(tagged(&desk), 3);
    desk.click("Take the tag law from 3");
    assert_eq!((tagged(&desk), undo(&desk).as_str()), (0, "take the tag “law” from 3"));
    desk.ctrl(Key::Z);
    assert_eq!(tagged(&desk), 3);
    desk.click("Priority high");
    assert_eq!(undo(&desk), "set the priority of 3");
    desk.click("Remove 3 annotations");
    assert_eq!(undo(&desk), "remove 3 annotations");
    assert_eq!(desk.marked(), ["410 million"]);
    desk.ctrl(Key::Z);
    assert_eq!(desk.marked().len(), 4);
}

#[test]
fn one_reason_is_asked_for_all_that_are_unverifiable() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.click(&row(&desk, "21 votes"));
    desk.chord(Modifiers::SHIFT, Key::ArrowDown);
    desk.chord(Modifiers::SHIFT, Key::ArrowDown);
    desk.chord(Modifiers::SHIFT, Key::ArrowUp);
    assert!(desk.shows("2 selected"));
    desk.press(Key::Num6);
    desk.is_asked("for one reason", |dialog| *dialog == Dialog::Queue(Ask::Reason { count: 2 }));
    assert!(!desk.can_press("Set 2 unverifiable"));
    desk.types("no minutes");
    desk.click("Set 2 unverifiable");
    let reasons =
        desk.desk().project.annotations.values().filter(|a| a.reason.as_str() == "no minutes").count();
    assert_eq!((reasons, desk.desk().history.undo_label()), (2, Some("set 2 to unverifiable")));
    desk.press(Key::Escape);
    assert!(!desk.shows("2 selected"), "Escape keeps one");
}

#[test]
fn ctrl_a_takes_the_rows_that_are_shown_and_nothing_unseen() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.press(Key::Escape);
    desk.fill(FILTER, "kind:claim");
    desk.press(Key::Escape);
    desk.press(Key::Enter);
    desk.click(&row(&desk, "410"));
    desk.ctrl(Key::A);
    assert!(desk.shows("2 selected"));
    desk.press(Key::Delete);
    assert_eq!(desk.marked(), ["“It is naïve,”", "mayor Ines Halvard"]);
    desk.ctrl(Key::Z);
    // What a new filter hides is let go, so that nothing unseen is changed.
    desk.click("Clear the filter");
    desk.click(&row(&desk, "410"));
    desk.ctrl(Key::A);
    assert!(desk.shows("4 selected"));
    desk.fill(FILTER, "kind:claim");
    assert!(desk.shows("2 selected"));
    desk.click("Verified");
    let kinds = desk.desk().project.annotations.values().filter(|a| a.status == Status::Verified);
    assert!(kinds.map(|a| a.kind).eq([Kind::Claim, Kind::Claim]));
}

#[test]
fn rows_change_places_by_hand() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.click("Sorted by: text order");
    desk.click("By hand");
    desk.click(&row(&desk, "21 votes"));
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(words(&desk), ["“It is naïve,”", "21 votes to 14", "mayor Ines Halvard", "410 million"]);
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(words(&desk)[3], "21 votes to 14");
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    desk.chord(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(words(&desk), ["“It is naïve,”", "mayor Ines Halvard", "21 votes to 14", "410 million"]);
    assert_eq!(desk.desk().history.undo_label(), Some("move in the list"));
    for _ in 0..4 {
        desk.ctrl(Key::Z);
    }
    assert_eq!(words(&desk)[0], "21 votes to 14");
}

#[test]
fn ten_thousand_rows_are_not_drawn() {
    let room = Room::new().known();
    let drawn = |count: usize| {
        let mut desk = Desk::bare(&room);
        let (project, places) = crate::many::stacked(count);
        let history = proofmark::domain::History::default();
        desk.put(proofmark::app::Desk::with_places(project, places, history, None, "many.ron".into()));
        desk.rest();
        desk.fill(FILTER, "kind:claim");
        (desk.desk().list.row_count(&desk.desk().places), desk.list().len())
    };
    let (few, many) = (drawn(1_000), drawn(10_000));
    assert_eq!((few.0, many.0), (334, 3334));
    assert_eq!(few.1, many.1, "only what is in view is laid out");
}
