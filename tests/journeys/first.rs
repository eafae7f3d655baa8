//! The main job, end to end: an article becomes a project file, then a verified claim list.

use egui::Key;
use proofmark::app::Dialog;
use proofmark::domain::{Kind, Status};

use crate::desk::Desk;
use crate::room::{Room, STORY};

#[test]
fn an_article_becomes_a_project_and_a_verified_claim_list() {
    let room = Room::with_story();
    let mut desk = Desk::open(&room, "story.txt");
    assert_eq!(desk.text(), STORY);
    assert!(!desk.shows("Mark as claim"));

    desk.select("approved the harbour tunnel");
    assert_eq!(desk.selected(), "approved the harbour tunnel");
    assert!(desk.shows("Mark as quote") && desk.shows("Mark as source") && desk.shows("27 characters"));
    desk.click("Mark as claim");
    desk.is_asked("who is checking", |dialog| matches!(dialog, Dialog::Checker { .. }));
    assert!(desk.marked().is_empty(), "nothing is marked before the name is known");
    desk.types("Ana Núñez\n");
    assert_eq!(desk.marked(), ["approved the harbour tunnel"]);
    assert_eq!(desk.list(), ["Claim, Unchecked: approved the harbour tunnel, ¶ 2"]);
    assert!(desk.shows("1 unchecked") && desk.shows("Claims 1"));
    assert_eq!(desk.selected(), "");

    desk.press(Key::Num4);
    assert_eq!(desk.picked().status, Status::Verified);
    assert!(desk.shows("1 verified") && !desk.shows("1 unchecked"));
    assert_eq!(desk.list(), ["Claim, Verified: approved the harbour tunnel, ¶ 2"]);

    desk.fill("Note", "Minutes, p. 3:\n21 to 14");
    assert_eq!(desk.picked().note.as_str(), "", "a field is a change when it is left");
    desk.enter("Filter the annotations");
    assert_eq!(desk.picked().note.as_str(), "Minutes, p. 3:\n21 to 14");
    assert_eq!(desk.desk().history.undo_label(), Some("edit the note"));

    desk.ctrl(Key::S);
    desk.gives_path(&room.path("tunnel.ron"));
    desk.until("the file", |model| model.desk.as_ref().is_some_and(|desk| desk.path.is_some()));
    assert!(desk.title.contains("tunnel.ron · saved"), "{}", desk.title);
    assert!(desk.shows_words("tunnel.ron · saved"));
    let project = room.project("tunnel.ron");
    assert_eq!(project.article.text.as_str(), STORY);
    let annotation = project.in_order()[0].clone();
    let span = annotation.first_span().expect("a place");
    assert_eq!(&STORY[span.range()], "approved the harbour tunnel");
    assert_eq!((annotation.kind, annotation.words().as_str()), (Kind::Claim, "approved the harbour tunnel"));
    assert_eq!(annotation.note.as_str(), "Minutes, p. 3:\n21 to 14");
    assert!(annotation.log.iter().all(|entry| &*entry.by == "Ana Núñez"));

    let (list, before) = (desk.list(), desk.desk().project.clone());
    desk.close();
    assert!(desk.closed);
    drop(desk);

    // With no argument: the last file comes back.
    let mut desk = Desk::bare(&room);
    assert_eq!(desk.list(), list);
    assert_eq!(desk.desk().project, before);
    assert!(!desk.model().is_dirty());

    desk.menu("File", "Export…");
    desk.press(Key::Enter);
    desk.gives_path(&room.path("claims.csv"));
    desk.hears("Exported to claims.csv");
    let first = room.bytes("claims.csv");
    assert!(String::from_utf8_lossy(&first).contains("approved the harbour tunnel"));

    desk.menu("File", "Export…");
    desk.press(Key::Enter);
    desk.gives_path(&room.path("claims.csv"));
    desk.is_asked("whether to replace it", |dialog| matches!(dialog, Dialog::Replace { .. }));
    room.write("claims.csv", "something else");
    desk.press(Key::Escape);
    assert_eq!(room.bytes("claims.csv"), b"something else");
    desk.ctrl(Key::E);
    desk.press(Key::Enter);
    desk.gives_path(&room.path("claims.csv"));
    desk.is_asked("whether to replace it", |dialog| matches!(dialog, Dialog::Replace { .. }));
    desk.click("Replace");
    desk.until("the export", |_| room.bytes("claims.csv") == first);
    assert!(!desk.model().is_dirty(), "an export changes nothing");
}
