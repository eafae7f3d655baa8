//! What stands in the way of a save is asked about, with a way out (S19, S20, S27).

use egui::Key;
use proofmark::app::Dialog;
use proofmark::app::effect::{Allow, Effect, Hindered, Hindrance, Outcome};
use proofmark::app::finish::finish;
use proofmark::app::{Answer, Command};

use crate::desk::Desk;
use crate::room::{Room, stamp};
use crate::table::{asks, mark, model};

fn is_hindered(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Hindered(_))
}

/// A window with a saved project and one mark more than in the file.
fn with_work() -> (Room, Desk) {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    desk.idle();
    desk.select("21 votes to 14");
    desk.press(Key::C);
    (room, desk)
}

// S20
#[cfg(unix)]
#[test]
fn a_write_protected_file_is_asked_about() {
    use std::os::unix::fs::PermissionsExt;
    let (room, mut desk) = with_work();
    let before = room.bytes("kept.ron");
    let protect = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(room.path("kept.ron"), protect).expect("protected");
    desk.ctrl(Key::S);
    desk.is_asked("what to do", is_hindered);
    assert!(desk.shows_words("the file is write-protected"));
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    assert!(desk.model().is_dirty() && desk.title.contains("not saved: the file is write-protected"));
    assert_eq!(room.bytes("kept.ron"), before);
    desk.ctrl(Key::S);
    desk.is_asked("what to do", is_hindered);
    desk.click("Replace it");
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("kept.ron").annotations.len(), 2);
    let mode = std::fs::metadata(room.path("kept.ron")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o444);
}

// S27
#[test]
fn keeping_mine_asks_again_where_theirs_cannot_be_kept() {
    let (room, mut desk) = with_work();
    let _ = std::fs::remove_dir_all(room.settings().join("versions"));
    std::fs::write(room.settings().join("versions"), "in the way of the folder").expect("a file");
    room.write("kept.ron", "theirs");
    desk.ctrl(Key::S);
    desk.is_asked("whose version", |dialog| matches!(dialog, Dialog::Changed { .. }));
    desk.click("Keep mine");
    desk.is_asked("whether it may be lost", is_hindered);
    assert_eq!(room.bytes("kept.ron"), b"theirs");
    desk.click("Save elsewhere…");
    desk.gives_path(&room.path("mine.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("mine.ron").annotations.len(), 2);
    assert_eq!(room.bytes("kept.ron"), b"theirs");
}

// S19
#[test]
fn what_was_agreed_to_is_what_is_asked_of_the_disk() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    model.after_save = Some(Command::Quit);
    let effects = asks(&mut model, Command::Save, 20);
    let [Effect::Write { path, state, known, allow, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(*allow, Allow::default());
    let project = model.desk.as_ref().expect("a project").project.id;
    let by = |why, allow| Hindered {
        path: path.clone(),
        why,
        words: "Not saved, because its folder takes no new files; the file on disk is unchanged: a.ron"
            .into(),
        known: known.clone(),
        allow,
    };
    let outcome = Outcome::Hindered { project, state: *state, by: by(Hindrance::FolderLocked, *allow) };
    assert!(finish(&mut model, outcome, &mut stamp(30)).is_empty());
    let effects = asks(&mut model, Command::Answer(Answer::Anyway), 40);
    let [Effect::Write { known: again, allow, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((again, allow.in_place, allow.protected, allow.unkept), (known, true, false, false));
    // A second obstacle adds to what was agreed to; saying no to it ends the wish to leave.
    let outcome = Outcome::Hindered { project, state: *state, by: by(Hindrance::Unkept, *allow) };
    finish(&mut model, outcome, &mut stamp(50));
    assert!(model.after_save.is_some());
    asks(&mut model, Command::Answer(Answer::Cancel), 60);
    assert!(model.after_save.is_none() && model.is_dirty() && model.dialog.is_none());
}
