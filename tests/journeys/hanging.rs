//! A disk that does not answer (U13): frames go on, waiting can be stopped, work goes elsewhere, and the
//! window closes. Every effect on a file of the folder `share` waits until the test lets it go.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use egui::{Key, Vec2};
use proofmark::app::Dialog;
use proofmark::app::effect::Effect;
use proofmark::io::{Gate, Surroundings};

use crate::desk::Desk;
use crate::room::Room;

/// Whether the share answers.
#[derive(Clone, Default)]
struct Share(Arc<(Mutex<bool>, Condvar)>);

impl Share {
    fn answers(&self, does: bool) {
        *self.0.0.lock().expect("a share") = does;
        self.0.1.notify_all();
    }

    fn gate(&self) -> Gate {
        let share = self.clone();
        Gate::new(move |effect| {
            let is_there = |path: &Path| path.components().any(|part| part.as_os_str() == "share");
            let concerned = match effect {
                Effect::Read(path) | Effect::Write { path, .. } | Effect::Look { path, .. } => is_there(path),
                Effect::Secure { path, .. } | Effect::Hold { path: Some(path), .. } => is_there(path),
                Effect::FindRecent(paths) => paths.iter().any(|path| is_there(path)),
                _ => false,
            };
            if concerned {
                let answers = share.0.0.lock().expect("a share");
                drop(share.0.1.wait_while(answers, |answers| !*answers).expect("a share"));
            }
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        // Whatever fails, no thread is left hanging.
        self.answers(true);
    }
}

fn room() -> Room {
    let room = Room::with_story().known();
    std::fs::create_dir(room.path("share")).expect("a folder");
    std::fs::copy(room.path("story.txt"), room.path("share/story.txt")).expect("a file");
    room
}

fn start(room: &Room, share: &Share, path: Option<&str>) -> Desk {
    let surroundings = Surroundings {
        gate: share.gate(),
        patience: Duration::from_millis(100),
        ..Surroundings::bare(room.settings())
    };
    Desk::within(surroundings, path.map(|name| room.path(name)), Vec2::new(1100.0, 700.0))
}

/// Lets more seconds pass than a person waits without a word.
fn waits(desk: &mut Desk) {
    for _ in 0..6 {
        desk.pause();
        desk.rest();
    }
}

#[test]
fn opening_from_a_disk_that_hangs_can_be_stopped_and_work_goes_on_elsewhere() {
    let (room, share) = (room(), Share::default());
    let mut desk = start(&room, &share, Some("share/story.txt"));
    desk.until("reading", |model| model.first.is_none());
    assert!(desk.model().busy && desk.model().desk.is_none());
    assert!(!desk.buttons().contains(&"Stop waiting".into()), "a moment is nobody's business");
    waits(&mut desk);
    desk.click("Stop waiting");
    desk.hears("is not waited for any more");
    assert!(!desk.model().busy);
    desk.drop_file(&room.path("story.txt"));
    desk.idle();
    desk.select("410 million");
    desk.press(Key::C);
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("here.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("here.ron").annotations.len(), 1);
    // What answers late comes into nobody's way.
    share.answers(true);
    desk.idle();
    assert_eq!(desk.desk().path.as_deref(), Some(&*room.path("here.ron")));
    desk.close();
    assert!(desk.closed);
}

#[test]
fn a_save_that_hangs_keeps_nobody_from_working_keeping_and_saving_elsewhere() {
    let (room, share) = (room(), Share::default());
    share.answers(true);
    let mut desk = start(&room, &share, Some("share/story.txt"));
    desk.idle();
    desk.select("410 million");
    desk.press(Key::C);
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("share/story.ron"));
    desk.until("the file", |model| !model.is_dirty());
    desk.idle();
    let before = room.bytes("share/story.ron");

    share.answers(false);
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.ctrl(Key::S);
    assert!(desk.title.contains("saving"), "{}", desk.title);
    desk.select("ended a long dispute");
    desk.press(Key::C);
    assert_eq!(desk.marked().len(), 3);
    waits(&mut desk);
    let journals = room.settings().join("recovery");
    desk.until("the journal", move |_| {
        let entries = std::fs::read_dir(&journals).into_iter().flatten().flatten();
        entries.filter(|entry| entry.path().extension().is_some_and(|e| e == "journal")).count() == 1
    });
    desk.click("Stop waiting");
    desk.until("an end of waiting", |model| model.desk.as_ref().is_some_and(|desk| desk.saving.is_none()));
    assert!(desk.title.contains("not saved: the disk did not answer"), "{}", desk.title);
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("elsewhere.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("elsewhere.ron").annotations.len(), 3);
    // The save that was given up must not come after all.
    share.answers(true);
    desk.idle();
    drop(desk);
    assert_eq!(room.bytes("share/story.ron"), before);
}

// S34
#[test]
fn closing_during_a_save_waits_for_it() {
    let (room, share) = (room(), Share::default());
    share.answers(true);
    let mut desk = start(&room, &share, Some("share/story.txt"));
    desk.idle();
    desk.select("410 million");
    desk.press(Key::C);
    share.answers(false);
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("share/story.ron"));
    desk.rest();
    desk.close();
    assert!(!desk.closed && !room.has("share/story.ron"));
    desk.is_asked("whether to save", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
    desk.click("Save");
    for _ in 0..20 {
        desk.rest();
    }
    assert!(!desk.closed, "nothing is written yet");
    share.answers(true);
    desk.until("the end", |model| !model.is_dirty());
    for _ in 0..20 {
        desk.rest();
    }
    assert!(desk.closed);
    assert_eq!(room.project("share/story.ron").annotations.len(), 1);
}

#[test]
fn the_window_starts_and_closes_while_the_last_file_s_disk_hangs() {
    let (room, share) = (room(), Share::default());
    let settings = format!("(recent: [{:?}])", room.path("share/story.txt"));
    std::fs::write(room.settings().join("settings.ron"), settings).expect("settings");
    let mut desk = start(&room, &share, None);
    for _ in 0..20 {
        desk.rest();
    }
    assert!(desk.model().busy && desk.model().desk.is_none());
    desk.close();
    assert!(desk.closed);
    drop(desk);

    let mut desk = start(&room, &share, None);
    waits(&mut desk);
    desk.click("Stop waiting");
    desk.click("Open the sample");
    desk.idle();
    assert!(!desk.marked().is_empty());
}
