//! Work that is not lost: recovery after a crash, journals, a file that a crash destroyed (S33, S34, L03, U12, U16,
//! F14).

use std::path::PathBuf;

use egui::Key;
use proofmark::app::Dialog;

use crate::desk::Desk;
use crate::room::Room;

pub fn is_recovery(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Recover { .. })
}

/// A saved project in `kept.ron`.
pub fn with_project() -> Room {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    save_as(&mut desk, &room, "kept.ron");
    room
}

pub fn save_as(desk: &mut Desk, room: &Room, name: &str) {
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path(name));
    desk.until("the file", |model| !model.is_dirty());
    desk.idle();
}

pub fn mark(desk: &mut Desk, words: &str) {
    desk.select(words);
    desk.press(Key::C);
}

fn journals(room: &Room) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(room.settings().join("recovery")).into_iter().flatten().flatten();
    let mut all: Vec<_> = entries.map(|entry| entry.path()).collect();
    all.retain(|path| path.extension().is_some_and(|ending| ending == "journal"));
    all.sort();
    all
}

/// Lets two seconds pass and waits for the disk.
pub fn two_seconds(desk: &mut Desk, room: &Room) {
    let before =
        journals(room).iter().map(|path| std::fs::metadata(path).map_or(0, |m| m.len())).sum::<u64>();
    desk.pause();
    desk.pause();
    let room = room.settings();
    desk.until("the journal", move |_| {
        let entries = std::fs::read_dir(room.join("recovery")).into_iter().flatten().flatten();
        let journals = entries.filter(|e| e.path().extension().is_some_and(|ending| ending == "journal"));
        journals.map(|entry| entry.metadata().map_or(0, |m| m.len())).sum::<u64>() > before
    });
}

/// The window goes without a word, as when it is killed: everything that it wrote stays.
pub fn killed(desk: Desk, room: &Room) {
    let folder = room.settings().join("recovery");
    let kept: Vec<_> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| (entry.path(), std::fs::read(entry.path()).expect("a file")))
        .collect();
    drop(desk);
    for (path, bytes) in kept {
        std::fs::write(path, bytes).expect("a file");
    }
}

/// Lets two seconds pass and waits until the journal grows no more.
fn kept(desk: &mut Desk, room: &Room) {
    desk.pause();
    desk.pause();
    desk.until("the journal", |_| !journals(room).is_empty());
    let content =
        || journals(room).iter().map(|path| std::fs::read(path).unwrap_or_default()).collect::<Vec<_>>();
    let mut last = Vec::new();
    for _ in 0..1000 {
        for _ in 0..10 {
            desk.rest();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let now = content();
        if now == last {
            return;
        }
        last = now;
    }
    panic!("the journal never rests");
}

/// What is recovered after the window was killed while that was being done.
fn recovered_after(room: &Room, does: impl FnOnce(&mut Desk)) -> Desk {
    let mut desk = Desk::open(room, "kept.ron");
    does(&mut desk);
    kept(&mut desk, room);
    killed(desk, room);
    let mut desk = Desk::open(room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    desk.click("Recover: Council approves the tunnel");
    desk.idle();
    desk
}

// L03
#[test]
fn a_file_that_a_crash_filled_with_zeros_gives_its_previous_versions() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    drop(desk);
    let zeros = vec![0; room.bytes("kept.ron").len()];
    room.write("kept.ron", &zeros);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("which version", |dialog| matches!(dialog, Dialog::Lost { .. }));
    assert!(desk.told().contains("filled with zeros: lost at a crash?"), "{}", desk.told());
    let Some(Dialog::Lost { found, .. }) = &desk.model().dialog else { panic!("a list") };
    let name = format!("Open: {}, {}", found[0].when, found[0].what);
    desk.click(&name);
    desk.idle();
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(desk.model().is_dirty() && desk.desk().path.is_none());
    assert_eq!(room.bytes("kept.ron"), zeros, "the damaged file stays as it is");
}

// S33, S35: what is half typed in a question counts as if it had been answered.
#[test]
fn what_is_half_typed_in_a_question_comes_back() {
    let room = with_project();
    let bytes = room.bytes("kept.ron");
    let desk = recovered_after(&room, |desk| {
        desk.press(Key::F2);
        desk.fill("Byline", "Mira Kost");
        desk.fill("Address", "https://gazette.example/tunnel");
        // Even while another question stands over it.
        desk.scroll_to_button("Open address…");
        desk.click("Open address…");
    });
    let about = &desk.desk().project.about;
    assert_eq!((&*about.byline, &*about.address), ("Mira Kost", "https://gazette.example/tunnel"));
    assert_eq!(about.title, "Council approves the tunnel");
    drop(desk);

    let room = with_project();
    let desk = recovered_after(&room, |desk| {
        desk.click_on("410 million");
        desk.press(Key::Num6);
        desk.types("the minutes are not pub");
    });
    let marked = desk.desk().project.in_order()[0];
    assert_eq!(marked.reason.as_str(), "the minutes are not pub");
    assert_eq!(marked.status, proofmark::domain::Status::Unverifiable);
    drop(desk);

    let room = with_project();
    std::fs::remove_file(room.settings().join("settings.ron")).expect("settings");
    let desk = recovered_after(&room, |desk| {
        desk.click_on("410 million");
        desk.fill("Note", "ask the treasurer");
        desk.press(Key::F2);
        desk.is_asked("the checker", |dialog| matches!(dialog, Dialog::Checker { .. }));
        desk.types("Bo Li");
    });
    let marked = desk.desk().project.in_order()[0];
    assert_eq!(marked.note.as_str(), "ask the treasurer");
    assert!(marked.log.iter().any(|entry| &*entry.by == "Bo Li"));
    assert_eq!(room.bytes("kept.ron").len(), bytes.len());
}

#[test]
fn closing_over_half_typed_words_keeps_them() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    desk.press(Key::F2);
    desk.close();
    assert!(desk.closed, "nothing was typed");
    drop(desk);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.press(Key::F2);
    desk.fill("Byline", "Mira Kost");
    desk.close();
    assert!(!desk.closed && desk.told().contains("What you are typing is not in the project yet"));
    desk.click("Cancel");
    desk.close();
    assert!(desk.closed);
}

// S33 to S35, F14
#[test]
fn work_of_a_window_that_was_killed_is_offered_and_comes_back_as_it_was() {
    let room = with_project();
    let bytes = room.bytes("kept.ron");
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    two_seconds(&mut desk, &room);
    desk.click_on("410 million");
    desk.press(Key::Delete);
    two_seconds(&mut desk, &room);
    let seen = desk.desk().project.clone();
    killed(desk, &room);

    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    assert!(desk.shows_words("2 annotations differ from the file"));
    desk.click("Recover: Council approves the tunnel");
    desk.idle();
    assert_eq!(desk.desk().project, seen);
    assert!(desk.model().is_dirty() && desk.title.contains("kept.ron · unsaved changes"), "{}", desk.title);
    assert_eq!(room.bytes("kept.ron"), bytes, "nothing is written before it is saved");
    // What was removed can still be brought back, a step at a time.
    desk.ctrl(Key::Z);
    assert_eq!(desk.marked(), ["21 votes to 14", "410 million"]);
    desk.ctrl(Key::Z);
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(!desk.model().is_dirty());
    desk.ctrl_shift(Key::Z);
    desk.ctrl_shift(Key::Z);
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("kept.ron"), seen);
    desk.close();
    drop(desk);
    assert!(journals(&room).is_empty());
    let desk = Desk::open(&room, "kept.ron");
    assert_eq!(desk.model().dialog, None);
}

#[test]
fn half_typed_words_come_back_too() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    desk.click_on("410 million");
    desk.fill("Note", "half a thou");
    assert!(!desk.model().is_dirty());
    two_seconds(&mut desk, &room);
    killed(desk, &room);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    desk.click("Recover: Council approves the tunnel");
    desk.idle();
    assert_eq!(desk.desk().project.in_order()[0].note.as_str(), "half a thou");
}

#[test]
fn pasted_text_that_is_in_no_file_comes_back() {
    let room = Room::new().known();
    let mut desk = Desk::bare(&room);
    desk.paste("A headline\n\nA claim that nobody saved.");
    mark(&mut desk, "nobody saved");
    two_seconds(&mut desk, &room);
    killed(desk, &room);
    let mut desk = Desk::bare(&room);
    desk.is_asked("what to recover", is_recovery);
    assert!(desk.shows_words("in no file yet"));
    desk.click("Recover: A headline");
    desk.idle();
    assert_eq!(desk.marked(), ["nobody saved"]);
    assert!(desk.model().is_dirty() && desk.title.contains("not saved yet"), "{}", desk.title);
    save_as(&mut desk, &room, "saved.ron");
    assert!(journals(&room).is_empty() || journals(&room).len() == 1);
    desk.close();
    drop(desk);
    assert!(journals(&room).is_empty());
}

#[test]
fn later_keeps_it_and_discard_removes_it_and_nothing_else() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    two_seconds(&mut desk, &room);
    killed(desk, &room);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    desk.press(Key::Escape);
    desk.idle();
    assert_eq!(desk.marked(), ["410 million"], "what was asked for is opened");
    assert_eq!(journals(&room).len(), 1);
    desk.close();
    drop(desk);
    assert_eq!(journals(&room).len(), 1, "closing removes nothing that was not chosen");
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    desk.click("Discard: Council approves the tunnel");
    desk.idle();
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(journals(&room).is_empty());
    assert_eq!(room.project("kept.ron").in_order().len(), 1);
}

#[test]
fn going_back_to_what_is_saved_and_letting_go_leave_no_journal() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    two_seconds(&mut desk, &room);
    assert_eq!(journals(&room).len(), 1);
    desk.ctrl(Key::Z);
    desk.until("no journal", |_| journals(&room).is_empty());
    desk.ctrl_shift(Key::Z);
    two_seconds(&mut desk, &room);
    desk.close();
    desk.click("Close without saving");
    assert!(desk.closed);
    for _ in 0..3 {
        desk.pause();
        desk.rest();
    }
    drop(desk);
    assert!(journals(&room).is_empty());
}

// U16
#[test]
fn three_journals_of_which_one_is_broken() {
    let room = with_project();
    for name in ["a.txt", "b.txt", "c.txt"] {
        room.write(name, format!("Story {name}\n\nSome words of it"));
        let mut desk = Desk::open(&room, name);
        if desk.model().dialog.is_some() {
            desk.press(Key::Escape);
            desk.idle();
        }
        mark(&mut desk, "words");
        two_seconds(&mut desk, &room);
        killed(desk, &room);
    }
    assert_eq!(journals(&room).len(), 3);
    std::fs::write(&journals(&room)[1], "broken").expect("a file");
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("what to recover", is_recovery);
    let Some(Dialog::Recover { found, .. }) = &desk.model().dialog else { panic!("a question") };
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|one| !one.when.is_empty() && one.what.ends_with("KB")));
    desk.hears("damaged");
    assert_eq!(journals(&room).len(), 2);
}

// U12
#[test]
fn a_journal_that_cannot_be_written_is_told_once_and_work_goes_on() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    std::fs::write(room.settings().join("recovery"), "a file in the folder's place").expect("a file");
    mark(&mut desk, "21 votes to 14");
    desk.pause();
    desk.pause();
    desk.hears("only in this window");
    desk.click("Close");
    for _ in 0..60 {
        desk.pause();
        desk.rest();
    }
    assert!(!desk.told().contains("only in this window"));
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("kept.ron").in_order().len(), 2);
}
