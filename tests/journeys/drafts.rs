//! The next draft of an article: chosen or dropped, shown, taken in one step or left.

use egui::Key;
use proofmark::app::{Dialog, Model};
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::room::{Room, STORY};

fn is_import(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Import)
}

/// The next version: a figure is another one, a paragraph is new, the last one is gone.
const NEXT: &str = "Council approves the tunnel\n\nIt was a long evening in the town hall.\n\nThe council approved the harbour tunnel by 22 votes to 13 on Tuesday.\n\n“It is naïve,” mayor Ines Halvard said, “to expect no delay.” The vote ended a long dispute.";

/// A window with the story and four verified claims.
fn checked(room: &Room) -> Desk {
    let mut desk = Desk::open(room, "story.txt");
    for words in
        ["approved the harbour tunnel by 21 votes", "mayor Ines Halvard", "long dispute", "410 million"]
    {
        desk.select(words);
        desk.press(Key::C);
        desk.press(Key::Num4);
    }
    desk
}

fn is_compared(model: &Model) -> bool {
    model.draft.coming.as_ref().is_some_and(|coming| coming.plan.is_some())
}

fn shown(desk: &mut Desk) {
    desk.is_asked("whether to take the draft", |dialog| matches!(dialog, Dialog::Draft));
    desk.until("the comparison", is_compared);
}

/// F12, I19: every annotation has one fate, seen before and taken in one step.
#[test]
fn a_draft_is_shown_with_every_annotation_and_taken_in_one_step() {
    let room = Room::with_story().known();
    room.write("second.txt", NEXT.replace('\n', "\r\n"));
    let mut desk = checked(&room);
    let before = desk.desk().project.clone();
    desk.ctrl_shift(Key::T);
    desk.gives_path(&room.path("second.txt"));
    shown(&mut desk);
    assert_eq!(desk.text(), STORY, "nothing has changed yet");
    assert!(desk.shows("New draft: second.txt"));
    assert!(desk.shows_words("3 paragraphs changed · annotations: 2 certain, 1 to check again, 1 orphan"));
    assert!(desk.shows_words("[removed: 21]") && desk.shows_words("[added: 22]"));
    assert!(desk.shows("1 paragraph unchanged"), "what is the same is folded");
    for heading in ["Check again, 1", "Orphans, 1", "Certain, 2"] {
        assert!(desk.can_press(heading), "{heading}: {:?}", desk.buttons());
    }
    // Each is reachable, with its words before and now.
    desk.click("Claim, check again: approved the harbour tunnel by 21 votes, now: approved the harbour tunnel by 22 votes");
    assert!(
        desk.shows("Other words stand there now") && desk.shows("approved the harbour tunnel by 22 votes")
    );
    desk.click("Claim, orphans: 410 million, The words are gone");
    assert!(desk.shows("The words are gone"));
    desk.click("Certain, 2");
    desk.click("Claim, certain: mayor Ines Halvard, The same words in the same place");
    assert!(desk.shows_words("The vote ended a long dispute"), "its paragraph is unfolded");
    desk.click("Take the new draft");
    assert_eq!(desk.text(), NEXT);
    desk.hears("The new draft is taken: 2 certain, 1 to check again, 1 orphan");
    let project = desk.desk().project.clone();
    assert_eq!((project.article.file.as_str(), project.article.log.len()), ("second.txt", 2));
    assert_eq!(project.annotations.len(), 4, "none is lost");
    assert!(project.annotations.values().all(|annotation| annotation.status == Status::Verified));
    // What is to be looked at is listed.
    assert_eq!(desk.list().len(), 2, "{:?}", desk.list());
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project.article, before.article);
    assert_eq!(desk.desk().project.annotations, before.annotations);
    desk.ctrl(Key::Y);
    assert_eq!(desk.text(), NEXT);
}

#[test]
fn by_the_keyboard_alone_and_left_without_a_trace() {
    let room = Room::with_story().known();
    room.write("second.txt", NEXT);
    let mut desk = checked(&room);
    desk.ctrl_shift(Key::T);
    desk.gives_path(&room.path("second.txt"));
    shown(&mut desk);
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none() && desk.model().draft.coming.is_none());
    assert_eq!(desk.text(), STORY);
    desk.ctrl_shift(Key::T);
    desk.gives_path(&room.path("second.txt"));
    shown(&mut desk);
    desk.press(Key::Enter);
    assert_eq!(desk.text(), NEXT);
}

#[test]
fn a_dropped_text_is_a_new_project_or_a_new_draft() {
    let room = Room::with_story().known();
    let second = room.write("second.txt", NEXT);
    let mut desk = checked(&room);
    desk.drop_file(&second);
    desk.is_asked("what it is", is_import);
    assert!(desk.can_press("New project") && desk.can_press("New draft of this article…"));
    desk.click("New draft of this article…");
    shown(&mut desk);
    desk.click("Cancel");
    assert_eq!((desk.text().as_str(), desk.marked().len()), (STORY, 4));
    desk.drop_file(&second);
    desk.is_asked("what it is", is_import);
    desk.click("New project");
    desk.is_asked("about unsaved work", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
    desk.click("Go on without saving");
    desk.idle();
    assert_eq!((desk.text().as_str(), desk.marked().len()), (NEXT, 0));
}

#[test]
fn dropped_annotations_of_another_tool_are_no_draft() {
    let room = Room::with_story().known();
    let marks = room.write("other.ann", "T1\tclaim 0 7\tCouncil\n");
    let mut desk = checked(&room);
    desk.drop_file(&marks);
    desk.is_asked("whether to take them", |dialog| matches!(dialog, Dialog::Marks));
    desk.press(Key::Escape);
    assert_eq!((desk.text().as_str(), desk.marked().len()), (STORY, 4));
}

#[test]
fn a_page_is_a_draft_too_and_its_template_lines_are_left_out() {
    let room = Room::with_story().known();
    let body: String = NEXT.split("\n\n").skip(1).map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let page = format!(
        "<html><head><title>The tunnel</title></head><body><nav><a href=/>Home</a></nav><article>\
         <h1>Council approves the tunnel</h1>{body}</article></body></html>"
    );
    let page = room.write("second.html", page);
    let mut desk = checked(&room);
    desk.ctrl_shift(Key::T);
    desk.gives_path(&page);
    desk.is_asked("whether this is the article", is_import);
    assert!(desk.shows("New draft: second.html"));
    desk.click("Compare…");
    shown(&mut desk);
    desk.press(Key::Enter);
    assert_eq!(desk.text().trim_end(), NEXT);
    assert_eq!(desk.desk().project.about.title, "Council approves the tunnel", "details stay as they are");
}

#[test]
fn the_same_text_is_nothing_to_take() {
    let room = Room::with_story().known();
    room.write("second.txt", STORY);
    let mut desk = checked(&room);
    let state = desk.desk().history.state();
    desk.ctrl_shift(Key::T);
    desk.gives_path(&room.path("second.txt"));
    desk.hears("second.txt has the same text as the article");
    assert!(desk.model().dialog.is_none());
    assert_eq!(desk.desk().history.state(), state);
}

/// A08: comparing a long text says how far it is, and Escape leaves it at once.
#[test]
fn comparing_a_long_text_can_be_left() {
    let room = Room::with_story().known();
    let long: String = (0..60_000).map(|i: u64| format!("w{} ", i * i % 7919)).collect();
    room.write("second.txt", long);
    let mut desk = checked(&room);
    desk.ctrl_shift(Key::T);
    desk.gives_path(&room.path("second.txt"));
    desk.is_asked("whether to take the draft", |dialog| matches!(dialog, Dialog::Draft));
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none() && desk.model().draft.coming.is_none());
    desk.select("long dispute");
    assert_eq!(desk.text(), STORY);
    desk.rest();
    assert!(desk.model().dialog.is_none(), "an answer that nobody waits for opens nothing");
}

#[test]
fn a_file_that_is_no_text_and_a_missing_one_change_nothing() {
    let room = Room::with_story().known();
    room.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let mut desk = checked(&room);
    for (name, words) in [("picture.txt", "PNG"), ("gone.txt", "There is no such file")] {
        desk.ctrl_shift(Key::T);
        desk.gives_path(&room.path(name));
        desk.hears(words);
        assert_eq!((desk.text().as_str(), desk.marked().len()), (STORY, 4));
    }
    // What comes next by another way is no draft.
    let second = room.write("mill.txt", NEXT);
    desk.ctrl(Key::O);
    desk.is_asked("about unsaved work", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
    desk.click("Go on without saving");
    desk.gives_path(&second);
    desk.idle();
    assert_eq!(desk.text(), NEXT);
}
