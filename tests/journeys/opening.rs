//! How articles and projects come into the window: dropped, pasted, recent, the sample.

use egui::Key;
use proofmark::app::Dialog;
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::room::{Room, STORY};

fn is_unsaved(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Unsaved { .. })
}

#[test]
fn the_sample_opens_when_there_is_nothing_else() {
    let room = Room::new();
    let mut desk = Desk::bare(&room);
    assert!(!desk.marked().is_empty() && !desk.model().is_dirty());
    assert!(desk.title.contains("not saved yet"), "{}", desk.title);
    desk.close();
    assert!(desk.closed, "nobody has to save the sample");
}

#[test]
fn a_dropped_file_opens_and_unsaved_work_is_asked_about() {
    let room = Room::with_story().known();
    let second = room.write("second.txt", "A second story.");
    let mut desk = Desk::bare(&room);
    desk.drop_file(&room.path("story.txt"));
    desk.until("the story", |model| {
        model.desk.as_ref().is_some_and(|desk| desk.project.article.text.as_str() == STORY)
    });
    desk.select("410 million");
    desk.press(Key::C);
    desk.drop_file(&second);
    desk.is_asked("what it is", |dialog| matches!(dialog, Dialog::Import));
    desk.click("New project");
    desk.is_asked("about unsaved work", is_unsaved);
    desk.click("Cancel");
    assert_eq!((desk.text().as_str(), desk.marked().len()), (STORY, 1));
    desk.drop_file(&second);
    desk.is_asked("what it is", |dialog| matches!(dialog, Dialog::Import));
    desk.click("New project");
    desk.is_asked("about unsaved work", is_unsaved);
    desk.click("Save");
    desk.gives_path(&room.path("story.ron"));
    desk.until("the second story", |model| {
        model.desk.as_ref().is_some_and(|desk| desk.project.article.text.as_str() == "A second story.")
    });
    assert_eq!(room.project("story.ron").in_order()[0].words(), "410 million");
    assert!(!room.has("second.ron") && desk.marked().is_empty());
    desk.select("second");
    desk.press(Key::C);
    desk.drop_file(&room.path("story.ron"));
    desk.is_asked("about unsaved work", is_unsaved);
    desk.click("Go on without saving");
    desk.until("the first story", |model| {
        model.desk.as_ref().is_some_and(|desk| desk.project.article.text.as_str() == STORY)
    });
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(!desk.model().is_dirty());
}

#[test]
fn a_half_typed_note_is_not_lost_when_a_file_is_dropped() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("story.ron"));
    desk.until("the file", |model| !model.is_dirty());
    desk.fill("Note", "half a thought");
    desk.drop_file(&room.path("story.txt"));
    desk.is_asked("what it is", |dialog| matches!(dialog, Dialog::Import));
    desk.click("New project");
    desk.is_asked("about unsaved work", is_unsaved);
    desk.click("Save");
    desk.idle();
    assert_eq!(room.project("story.ron").in_order()[0].note.as_str(), "half a thought");
}

#[test]
fn pasted_text_becomes_a_project_that_closing_asks_about() {
    let room = Room::new().known();
    let mut desk = Desk::bare(&room);
    desk.paste("One line.\r\nAnother “line”.\r\n");
    assert_eq!(desk.text(), "One line.\nAnother “line”.\n");
    assert!(desk.model().is_dirty());
    desk.paste("Something else");
    assert_eq!(desk.text(), "One line.\nAnother “line”.\n", "a page in use is not replaced by a paste");
    assert!(desk.told().contains("New from clipboard"));
    desk.select("line”");
    desk.press(Key::Q);
    desk.enter("Note");
    desk.paste("pasted into a field");
    assert_eq!(desk.value("Note"), "pasted into a field");
    desk.close();
    desk.is_asked("about unsaved work", is_unsaved);
    assert!(!desk.closed);
}

#[test]
fn recent_files_are_listed_and_open() {
    let room = Room::with_story().known();
    room.write("second.txt", "A second story.");
    drop(Desk::open(&room, "story.txt"));
    drop(Desk::open(&room, "second.txt"));
    let mut desk = Desk::bare(&room);
    assert_eq!(desk.text(), "A second story.", "the last one comes first");
    desk.menu("File", "story.txt");
    desk.idle();
    assert_eq!(desk.text(), STORY);
    std::fs::remove_file(room.path("second.txt")).expect("a file");
    desk.menu("File", "second.txt");
    desk.hears("There is no such file");
    assert_eq!(desk.text(), STORY);
    desk.click("File");
    assert!(!desk.shows("second.txt"), "what is gone is not offered again");
}

#[test]
fn the_sample_can_be_opened_from_the_menu_and_be_worked_on() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.menu("Help", "Open the sample");
    let first = desk.list()[0].clone();
    desk.click(&first);
    desk.press(Key::Num3);
    assert_eq!(desk.picked().status, Status::Query);
    desk.menu("File", "Open…");
    desk.is_asked("about unsaved work", is_unsaved);
    desk.click("Go on without saving");
    desk.is_asked("a path", |dialog| matches!(dialog, Dialog::Path { .. }));
    desk.press(Key::Escape);
    assert!(desk.model().desk.is_some(), "nothing was opened, so nothing went");
    assert_eq!(desk.picked().status, Status::Query);
}

#[test]
fn the_article_shows_the_text_of_whatever_is_open() {
    let room = Room::new().known();
    let [first, second] = ["first", "second"].map(|word| {
        let text = format!("The {word} story\n\nWords of the {word} one.");
        room.write(&format!("{word}.txt"), text)
    });
    let mut desk = Desk::start(&room, Some(first), egui::vec2(1440.0, 900.0));
    desk.until("the first story", |model| model.desk.is_some());
    desk.rest();
    assert!(desk.shows("Words of the first one."));
    desk.drop_file(&second);
    desk.until("the second story", |model| {
        model.desk.as_ref().is_some_and(|desk| desk.project.article.text.as_str().contains("second"))
    });
    desk.rest();
    assert!(desk.shows("Words of the second one.") && !desk.shows("Words of the first one."));
}

// I17
#[test]
fn a_hundred_megabytes_of_pasted_text_are_refused_in_words() {
    assert_eq!(proofmark::app::files::LONGEST as u64, proofmark::io::ARTICLE_LIMIT);
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.asks(proofmark::app::Command::NewFromText("a".repeat(100 << 20)));
    desk.hears("longer than the 64 MiB");
    assert!(desk.text().starts_with("Council approves"));
}
