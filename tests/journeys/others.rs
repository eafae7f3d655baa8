//! Somebody else at the same file, and previous versions (S25, S28 to S30, U06, U07, M18).

use egui::{Event, Key};
use proofmark::app::Dialog;

use crate::desk::Desk;
use crate::rescue::{mark, save_as, with_project};

fn is_changed(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Changed { .. })
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
