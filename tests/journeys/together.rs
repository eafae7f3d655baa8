//! Several rows selected: the keys for one are done to all of them, in one step, or say that they
//! cannot. Two values of one field: both shown, and one chosen. F6 comes to the bar for finding.

use std::sync::Arc;

use egui::{Key, Modifiers};
use proofmark::domain::annotation::{AnnotationValue, Priority};
use proofmark::domain::project::AboutValue;
use proofmark::domain::{Annotation, Stamp, Status, log};

use crate::desk::Desk;
use crate::queue::{row, with_four};
use crate::room::Room;

/// All four rows are selected, the keys are in the list.
fn all_four(room: &Room) -> Desk {
    let mut desk = with_four(room);
    let first = row(&desk, "21 votes");
    desk.click(&first);
    desk.ctrl(Key::A);
    assert_eq!(desk.desk().chosen_count(), 4);
    desk
}

#[test]
fn priority_sign_off_speaker_and_tags_are_for_all_that_are_selected() {
    let room = Room::with_story().known();
    let mut desk = all_four(&room);
    desk.press(Key::P);
    desk.press(Key::Num1);
    let all = |desk: &Desk, is: fn(&Annotation) -> bool| {
        desk.desk().project.annotations.values().filter(|a| is(a)).count()
    };
    assert_eq!(all(&desk, |a| a.priority == Some(Priority::High)), 4);
    assert_eq!(desk.desk().history.undo_label(), Some("set the priority of 4"));
    desk.press(Key::J);
    assert_eq!(all(&desk, |a| a.sign_offs.len() == 1), 4);
    assert_eq!(desk.desk().history.undo_label(), Some("sign off 4 annotations"));
    desk.press(Key::L);
    desk.types("Halvard\n");
    assert_eq!(all(&desk, |a| a.speaker.is_some()), 3, "{:?}", desk.desk().history.undo_label());
    assert_eq!(desk.desk().history.undo_label(), Some("set the speaker of 3 annotations"));
    desk.press(Key::T);
    assert_eq!(desk.focused().as_deref(), Some("Tags"));
    desk.types("figures\n");
    assert_eq!(all(&desk, |a| a.tags == ["figures"]), 4);
    desk.press(Key::Escape);
    for _ in 0..4 {
        desk.ctrl(Key::Z);
    }
    assert_eq!(all(&desk, |a| a.tags.is_empty() && a.priority.is_none() && a.speaker.is_none()), 4);
}

#[test]
fn what_is_for_one_says_so_and_leaves_nothing_behind() {
    let room = Room::with_story().known();
    let mut desk = all_four(&room);
    let state = desk.desk().history.state();
    for key in [Key::M, Key::X, Key::Y] {
        desk.press(key);
        assert!(desk.told().contains("done to one at a time"), "{key:?}: {}", desk.told());
    }
    // Where letters follow the key, a question takes them.
    for key in [Key::V, Key::W] {
        desk.press(key);
        desk.types("4cqs");
        assert!(desk.shows_words("done to one at a time"), "{key:?}");
        desk.press(Key::Escape);
        assert!(desk.model().dialog.is_none());
    }
    assert_eq!(desk.desk().history.state(), state);
    desk.press(Key::Escape);
    let focused = desk.focused();
    desk.rest();
    assert_eq!(desk.focused(), focused, "a field that was asked for then takes the focus now");
    assert_eq!(desk.desk().chosen_count(), 1);
}

fn by(name: &str, seed: u128) -> Stamp {
    Stamp::new("2026-11-20T10:00:00Z".parse().expect("a time"), name, seed)
}

#[test]
fn of_two_values_the_one_is_chosen_that_a_person_chooses() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    let mut table = desk.desk().clone();
    let id = table.project.in_order()[0].id;
    let sides = [("Ada", Status::Verified, 1), ("Ben", Status::Query, 2)].map(|(name, status, seed)| {
        let mut copy = Annotation::clone(&table.project.annotations[&id]);
        log::set(&mut copy, AnnotationValue::Status(status), &mut by(name, seed));
        let mut about = (*table.project.about).clone();
        log::set(&mut about, AboutValue::Title(format!("Headline of {name}")), &mut by(name, seed + 7));
        (copy, about)
    });
    table.project.annotations.insert(id, Arc::new(log::union(&sides[0].0, &sides[1].0)));
    table.project.about = Arc::new(log::union(&sides[0].1, &sides[1].1));
    desk.put(table);
    desk.pick(id);
    desk.rest();
    assert!(desk.shows("Two values, undecided"));
    assert!(desk.shows_words("Ada · 20 Nov 2026") && desk.shows_words("Ben · 20 Nov 2026"));
    for (name, status) in [("Ada", Status::Verified), ("Ben", Status::Query)] {
        let button = format!("Status: take “{}” of {name}", status.name());
        desk.click(&button);
        assert_eq!(desk.picked().status, status);
        assert!(!desk.picked().is_conflicted() && !desk.shows("Two values, undecided"));
        assert_eq!(desk.desk().history.undo_label(), Some("decide between two values"));
        desk.ctrl(Key::Z);
        assert!(desk.picked().is_conflicted());
    }
    // The headline, where fields that are left as they are decide nothing.
    desk.asks(proofmark::app::Command::EditDetails);
    desk.rest();
    desk.fill("Byline", "Dee");
    desk.click("Keep");
    let about = desk.desk().project.about.clone();
    assert_eq!((about.byline.as_str(), about.conflicts.len()), ("Dee", 2));
    desk.asks(proofmark::app::Command::EditDetails);
    desk.rest();
    let other = if about.title.ends_with("Ada") { "Ben" } else { "Ada" };
    let name = format!("Title: take “Headline of {other}” of {other}");
    desk.scroll_to_button(&name);
    desk.click(&name);
    desk.click("Keep");
    let about = desk.desk().project.about.clone();
    assert_eq!((about.title.clone(), about.conflicts.len()), (format!("Headline of {other}"), 0));
}

#[test]
fn f6_comes_to_the_bar_for_finding() {
    let room = Room::with_story().known();
    let mut desk = with_four(&room);
    desk.ctrl(Key::F);
    desk.types("mayor");
    assert_eq!(desk.focused().as_deref(), Some("Find in the article"));
    desk.chord(Modifiers::SHIFT, Key::F6);
    assert!(desk.article_has_focus());
    desk.press(Key::F6);
    assert_eq!(desk.focused().as_deref(), Some("Find in the article"));
    desk.press(Key::F6);
    assert!(!desk.article_has_focus() && desk.focused().as_deref() != Some("Find in the article"));
}
