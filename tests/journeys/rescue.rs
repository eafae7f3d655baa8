//! Work that is not lost: recovery after a crash, previous versions, somebody else at the same file
//! (S25 to S38, U06, U07, U12, U16, F14 to F16).

use std::path::PathBuf;

use egui::{Event, Key};
use proofmark::app::Dialog;

use crate::desk::Desk;
use crate::room::Room;

fn is_changed(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Changed { .. })
}

pub fn is_recovery(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Recover { .. })
}

/// A saved project in `kept.ron`.
fn with_project() -> Room {
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

fn mark(desk: &mut Desk, words: &str) {
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

// S25, U06
#[test]
fn a_change_by_somebody_else_is_noticed_before_saving_and_theirs_is_kept() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    let theirs = room.bytes("kept.ron").to_vec();
    let theirs = String::from_utf8(theirs).expect("text") + "\n";
    mark(&mut desk, "21 votes to 14");
    room.write("kept.ron", &theirs);
    desk.ctrl(Key::S);
    desk.is_asked("whose version", is_changed);
    assert!(desk.title.contains("not saved"), "{}", desk.title);
    desk.press(Key::Escape);
    assert!(desk.model().is_dirty());
    assert_eq!(room.bytes("kept.ron"), theirs.as_bytes());
    desk.ctrl(Key::S);
    desk.is_asked("whose version", is_changed);
    desk.click("Keep mine");
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("kept.ron").in_order().len(), 2);
    desk.menu("File", "Previous versions…");
    desk.is_asked("which version", |dialog| matches!(dialog, Dialog::Versions { .. }));
    let Some(Dialog::Versions { found }) = &desk.model().dialog else { panic!("a list") };
    assert_eq!(std::fs::read(&found[0].file).expect("a file"), theirs.as_bytes());
}

#[test]
fn taking_theirs_keeps_mine_among_the_versions() {
    let room = with_project();
    let theirs = room.bytes("kept.ron");
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    mark(&mut desk, "no delay");
    room.write("kept.ron", &theirs);
    desk.frame(vec![Event::WindowFocused(true)]);
    desk.is_asked("whose version", is_changed);
    desk.click("Take theirs");
    desk.idle();
    assert_eq!(desk.marked(), ["410 million"]);
    assert!(!desk.model().is_dirty());
    desk.menu("File", "Previous versions…");
    desk.is_asked("which version", |dialog| matches!(dialog, Dialog::Versions { .. }));
    let Some(Dialog::Versions { found }) = &desk.model().dialog else { panic!("a list") };
    assert!(found[0].what.starts_with("3 annotations"), "{found:?}");
    let newest = format!("{}, {}", found[0].when, found[0].what);
    desk.click(&format!("Open: {newest}"));
    desk.idle();
    assert_eq!(desk.marked().len(), 3);
    assert!(desk.model().is_dirty() && desk.desk().path.is_none());
    save_as(&mut desk, &room, "mine.ron");
    assert_eq!(room.bytes("kept.ron"), theirs);
}

#[test]
fn theirs_does_not_come_where_mine_cannot_be_kept() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    room.write("kept.ron", "theirs");
    let _ = std::fs::remove_dir_all(room.settings().join("versions"));
    std::fs::write(room.settings().join("versions"), "a file in the folder's place").expect("a file");
    desk.ctrl(Key::S);
    desk.is_asked("whose version", is_changed);
    desk.click("Take theirs");
    desk.hears("could not be kept");
    assert_eq!(desk.marked().len(), 2);
    assert!(desk.model().is_dirty());
    desk.close();
    desk.is_asked("about unsaved work", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
}

#[test]
fn saving_elsewhere_keeps_both() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    mark(&mut desk, "21 votes to 14");
    room.write("kept.ron", "theirs");
    desk.ctrl(Key::S);
    desk.is_asked("whose version", is_changed);
    desk.click("Save mine elsewhere…");
    desk.gives_path(&room.path("mine.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.bytes("kept.ron"), b"theirs");
    assert_eq!(room.project("mine.ron").in_order().len(), 2);
    assert!(desk.title.contains("mine.ron"), "{}", desk.title);
}

#[test]
fn what_was_seen_and_left_is_not_asked_about_at_every_focus() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    desk.frame(vec![Event::WindowFocused(true)]);
    desk.idle();
    assert_eq!(desk.model().dialog, None);
    room.write("kept.ron", "theirs");
    desk.frame(vec![Event::WindowFocused(true)]);
    desk.is_asked("whose version", is_changed);
    desk.click("Not now");
    for _ in 0..3 {
        desk.frame(vec![Event::WindowFocused(true)]);
        desk.idle();
    }
    assert_eq!(desk.model().dialog, None);
}

// S28
#[test]
fn a_file_that_is_gone_is_told_and_written_again() {
    let room = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    std::fs::remove_file(room.path("kept.ron")).expect("a file");
    desk.frame(vec![Event::WindowFocused(true)]);
    desk.hears("is not there any more");
    mark(&mut desk, "21 votes to 14");
    desk.ctrl(Key::S);
    desk.hears("it was written again");
    assert_eq!(room.project("kept.ron").in_order().len(), 2);
}

// U07
#[test]
fn a_previous_version_can_be_put_back() {
    let room = with_project();
    let first = room.bytes("kept.ron");
    let mut desk = Desk::open(&room, "kept.ron");
    desk.click_on("410 million");
    desk.press(Key::Delete);
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    let second = room.bytes("kept.ron");
    desk.menu("File", "Previous versions…");
    desk.is_asked("which version", |dialog| matches!(dialog, Dialog::Versions { .. }));
    let Some(Dialog::Versions { found }) = &desk.model().dialog else { panic!("a list") };
    assert!(found[0].what.starts_with("1 annotation,"), "{found:?}");
    let when = format!("{}, {}", found[0].when, found[0].what);
    desk.click(&format!("Put back: {when}"));
    desk.hears("is back");
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.bytes("kept.ron"), first);
    desk.menu("File", "Previous versions…");
    desk.is_asked("which version", |dialog| matches!(dialog, Dialog::Versions { .. }));
    let Some(Dialog::Versions { found }) = &desk.model().dialog else { panic!("a list") };
    assert_eq!(std::fs::read(&found[0].file).expect("a file"), second);
}

#[test]
fn nothing_is_put_back_into_a_file_that_is_for_reading_only() {
    let room = with_project();
    let mut first = Desk::open(&room, "kept.ron");
    mark(&mut first, "21 votes to 14");
    first.ctrl(Key::S);
    first.until("the file", |model| !model.is_dirty());
    let bytes = room.bytes("kept.ron");
    let mut second = Desk::open(&room, "kept.ron");
    second.is_asked("who has it", |dialog| matches!(dialog, Dialog::InUse { .. }));
    second.click("Open for reading");
    second.menu("File", "Previous versions…");
    second.is_asked("which version", |dialog| matches!(dialog, Dialog::Versions { .. }));
    let Some(Dialog::Versions { found }) = &second.model().dialog else { panic!("a list") };
    let oldest = found.last().map(|one| format!("{}, {}", one.when, one.what)).expect("a version");
    second.click(&format!("Put back: {oldest}"));
    second.hears("Nothing was put back");
    assert_eq!(room.bytes("kept.ron"), bytes);
    assert!(second.title.contains("for reading only"), "{}", second.title);
}

// S29
#[test]
fn a_second_window_is_told_who_has_the_file_and_reads_only() {
    let room = with_project();
    let mut first = Desk::open(&room, "kept.ron");
    let mut second = Desk::open(&room, "kept.ron");
    second.is_asked("who has it", |dialog| matches!(dialog, Dialog::InUse { .. }));
    assert!(second.shows_words("Ana Núñez on "));
    assert!(second.find_button("Take over").is_none() || !cfg!(target_os = "linux"));
    second.click("Open for reading");
    assert!(second.title.contains("for reading only"), "{}", second.title);
    mark(&mut second, "21 votes to 14");
    assert_eq!(second.marked(), ["410 million"]);
    // The mark outlives a save.
    mark(&mut first, "21 votes to 14");
    first.ctrl(Key::S);
    first.until("the file", |model| !model.is_dirty());
    drop(second);
    let mut second = Desk::open(&room, "kept.ron");
    second.is_asked("who has it", |dialog| matches!(dialog, Dialog::InUse { .. }));
    second.click("Open for reading");
    first.close();
    drop(first);
    drop(second);
    let names: Vec<_> =
        std::fs::read_dir(room.path(".")).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains("lock")), "{names:?}");
    let desk = Desk::open(&room, "kept.ron");
    assert_eq!(desk.model().dialog, None);
}

// S30
#[test]
fn a_stale_mark_is_asked_about_and_can_be_taken_over() {
    let room = with_project();
    let mark_of = "(name:\"Bo Lind\",host:\"elsewhere\",boot:\"b\",process:1,began:\"1\",window:\"w\",since:\"1 Nov 2026, 08:00\")";
    room.write(".~lock.kept.ron#", mark_of);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("who has it", |dialog| matches!(dialog, Dialog::InUse { .. }));
    assert!(desk.shows_words("Bo Lind on elsewhere since 1 Nov 2026, 08:00"));
    assert_eq!(room.bytes(".~lock.kept.ron#"), mark_of.as_bytes());
    desk.click("Take over");
    desk.until("the project", |model| model.desk.as_ref().is_some_and(|desk| desk.read_only.is_none()));
    mark(&mut desk, "21 votes to 14");
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    desk.close();
    drop(desk);
    assert!(!room.has(".~lock.kept.ron#"));
}

// M18
#[test]
fn conflicted_copies_beside_the_file_are_pointed_out() {
    let room = with_project();
    room.write("kept (Bo's conflicted copy 2026-11-24).ron", "");
    let mut desk = Desk::open(&room, "kept.ron");
    desk.hears("kept (Bo's conflicted copy 2026-11-24).ron");
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
