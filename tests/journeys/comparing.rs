//! Comparing with a colleague's copy: the figures, going through the differences, adopting and undoing.

use egui::{Key, vec2};
use proofmark::app::Command;
use proofmark::app::comparing::{Compare, Decided};
use proofmark::domain::annotation::AnnotationValue as V;
use proofmark::domain::project::Checker;
use proofmark::domain::{Article, Kind, Project, Status, Text};
use proofmark::formats::ron;

use crate::desk::Desk;
use crate::room::{Room, STORY, stamp};

/// A project of the story by one person.
fn project(by: &str, seed: u128, marks: &[(&str, Kind, Status)]) -> Project {
    let mut stamp = stamp(seed);
    stamp.by = by.into();
    let mut project = Project::new(
        Article::new("story.txt".into(), String::new(), Text::new(STORY), &mut stamp),
        &mut stamp,
    );
    for (words, kind, status) in marks {
        let span = project.article.text.occurrences(words)[0];
        let (id, marking) = project.mark(*kind, &[span], &mut stamp);
        project.apply(&marking).expect("fresh");
        let set = project.set(id, "set", vec![V::Status(*status), V::Reason("none".into())], &mut stamp);
        project.apply(&set).expect("fresh");
    }
    let enrol = project.enrol(&Checker::named(by));
    project.apply(&enrol).expect("fresh");
    project
}

fn room() -> Room {
    let room = Room::with_story().known();
    let mine = project(
        "Ana Núñez",
        100,
        &[
            ("21 votes to 14", Kind::Claim, Status::Verified),
            ("410 million", Kind::Claim, Status::Unchecked),
            ("long dispute", Kind::Claim, Status::Query),
        ],
    );
    let theirs = project(
        "Ben Okri",
        900,
        &[
            ("21 votes to 14", Kind::Claim, Status::Verified),
            ("410 million", Kind::Claim, Status::Unverifiable),
            ("mayor Ines Halvard", Kind::Source, Status::Verified),
        ],
    );
    room.write("mine.ron", ron::write(&mine));
    room.write("theirs.ron", ron::write(&theirs));
    room
}

fn compared(room: &Room) -> Desk {
    let mut desk = Desk::open(room, "mine.ron");
    desk.ctrl_shift(Key::D);
    desk.gives_path(&room.path("theirs.ron"));
    desk.until("the comparison", |model| {
        !model.busy && model.desk.as_ref().is_some_and(|desk| desk.comparing.is_some())
    });
    desk
}

fn decided(desk: &Desk) -> Vec<Decided> {
    let comparing = desk.desk().comparing.as_ref().expect("a comparison");
    (0..comparing.found.differences.len()).map(|n| comparing.decided(&desk.desk().project, n)).collect()
}

#[test]
fn the_differences_are_gone_through_and_adopted_and_each_can_be_undone() {
    let room = room();
    let mut desk = compared(&room);
    assert!(desk.shows("Compared with Ben Okri"));
    assert!(desk.shows("2 the same · 0 overlap · 0 of another kind"));
    assert!(desk.shows("1 only mine · 1 only theirs"));
    assert!(desk.shows_words("kappa"));
    assert_eq!(decided(&desk), [Decided::Open; 3]);
    // In the order of the text: a source that only they have, a claim of mine alone, another status.
    assert!(desk.shows("Difference 1 of 3 · 3 open"));
    assert_eq!(desk.selected(), "mayor Ines Halvard");
    desk.click("Adopt theirs: mark it");
    assert_eq!(desk.marked().len(), 4);
    assert_eq!((desk.picked().kind, desk.picked().status), (Kind::Source, Status::Verified));
    assert_eq!(&*desk.picked().log[0].by, "Ben Okri");
    assert!(desk.shows("adopted") && desk.shows("Difference 1 of 3 · 2 open"));
    // Going on, by key; what is mine alone stays.
    desk.ctrl(Key::J);
    assert_eq!(desk.picked().words(), "long dispute");
    desk.ctrl_shift(Key::K);
    assert!(desk.shows("mine is kept"));
    desk.ctrl(Key::J);
    assert_eq!(desk.picked().words(), "410 million");
    desk.ctrl_shift(Key::A);
    assert_eq!((desk.picked().status, desk.picked().reason.as_str()), (Status::Unverifiable, "none"));
    assert_eq!(decided(&desk), [Decided::Adopted, Decided::Kept, Decided::Adopted]);
    desk.ctrl(Key::J);
    assert!(desk.told().contains("Every difference is decided"));
    // One step each; what is undone is open again.
    desk.ctrl(Key::Z);
    assert_eq!(decided(&desk), [Decided::Adopted, Decided::Kept, Decided::Open]);
    desk.ctrl(Key::Z);
    assert_eq!(decided(&desk), [Decided::Open, Decided::Kept, Decided::Open]);
    assert_eq!(desk.marked().len(), 3);
    // The colleague's file is as it was, and the list comes back.
    desk.click("Back to the list");
    assert!(desk.desk().comparing.is_none() && desk.shows_words("Claims 3"));
}

#[test]
fn what_only_i_marked_can_be_given_up() {
    let room = room();
    let mut desk = compared(&room);
    desk.asks(Command::Compare(Compare::Pick(1)));
    desk.rest();
    assert_eq!(desk.picked().words(), "long dispute");
    desk.click("Adopt theirs: remove it");
    assert_eq!(desk.marked().len(), 2);
    assert!(desk.shows("Not marked any more"));
    assert!(!desk.can_press("Keep mine"));
}

#[test]
fn a_copy_of_the_same_project_and_the_very_same_compare_too() {
    let room = room();
    let mut copy = room.project("mine.ron");
    let ids: Vec<_> = copy.annotations.keys().copied().collect();
    let set = copy.set(ids[0], "set", vec![V::Status(Status::InProgress)], &mut stamp(7));
    copy.apply(&set).expect("fresh");
    room.write("theirs.ron", ron::write(&copy));
    let mut desk = compared(&room);
    assert!(desk.shows("Compared with theirs.ron") && desk.shows("Difference 1 of 1 · 1 open"));
    desk.ctrl_shift(Key::A);
    assert_eq!(desk.desk().project.annotations[&ids[0]].status, Status::InProgress);
    room.write("theirs.ron", ron::write(&desk.desk().project));
    desk.ctrl_shift(Key::D);
    desk.gives_path(&room.path("theirs.ron"));
    desk.until("no difference", |model| {
        let comparing = model.desk.as_ref().and_then(|desk| desk.comparing.as_ref());
        comparing.is_some_and(|comparing| comparing.found.differences.is_empty())
    });
    assert!(desk.shows("You marked the same and came to the same results"));
}

#[test]
fn a_file_that_cannot_be_read_leaves_everything_as_it_is() {
    let room = room();
    room.write("theirs.ron", "(format: 1, id: ");
    let mut desk = Desk::open(&room, "mine.ron");
    desk.ctrl_shift(Key::D);
    desk.gives_path(&room.path("theirs.ron"));
    desk.until("words", |model| !model.busy && !model.notices.is_empty());
    assert!(desk.told().contains("theirs.ron"), "{}", desk.told());
    assert!(desk.desk().comparing.is_none() && desk.marked().len() == 3);
}

#[test]
fn it_fits_into_the_smallest_window() {
    let room = room();
    let mut desk = Desk::start(&room, Some(room.path("mine.ron")), vec2(760.0, 480.0));
    desk.ctrl_shift(Key::D);
    desk.gives_path(&room.path("theirs.ron"));
    desk.until("the comparison", |model| model.desk.as_ref().is_some_and(|desk| desk.comparing.is_some()));
    for name in ["Adopt theirs: mark it", "Keep mine", "Back to the list", "Next", "Previous"] {
        let rect = desk.find_button(name).map(|node| node.rect()).expect(name);
        assert!(rect.right() <= 760.0 && rect.bottom() <= 480.0, "{name} {rect:?}");
    }
}
