//! How annotations of other tools come into an open project: shown first, then taken in one step.

use egui::{Key, vec2};
use proofmark::app::Dialog;
use proofmark::domain::{Kind, Status};

use crate::desk::Desk;
use crate::room::Room;

fn is_marks(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Marks)
}

/// Offsets in code points of the room's story.
fn ann(room: &Room) -> std::path::PathBuf {
    let mut file = String::new();
    for (number, (kind, words)) in
        [("Claim", "21 votes to 14"), ("Source", "Ines Halvard"), ("Quote", "It is naïve")]
            .into_iter()
            .enumerate()
    {
        let at = crate::room::STORY.find(words).expect("words of the story");
        let start = crate::room::STORY[..at].chars().count();
        let end = start + words.chars().count();
        file.push_str(&format!("T{}\t{kind} {start} {end}\t{words}\n", number + 1));
    }
    file.push_str("A1\tStatus T1 Verified\n#1\tAnnotatorNotes T1\tcounted twice\nR1\tSays Arg1:T3 Arg2:T2\n");
    file.push_str("R2\tSupports Arg1:T1 Arg2:T3\nT9\tClaim 3 4\tnot in it\nT10\tClaim x\n");
    room.write("story.ann", file)
}

#[test]
fn a_dropped_file_is_shown_and_taken_in_one_step() {
    let room = Room::with_story().known();
    let file = ann(&room);
    let mut desk = Desk::open(&room, "story.txt");
    desk.drop_file(&file);
    desk.is_asked("whether to take them", is_marks);
    assert!(desk.marked().is_empty(), "nothing has changed yet");
    for words in [
        "Import annotations from story.ann",
        "brat",
        "4 annotations are new: 2 claims, 1 quote, 1 source",
        "3 stand in this text",
        "1 has words that are not in this text",
        "so 3 of 4 words stand there",
        "1 relation is kept in the notes",
        "Line 9: offsets that are not two numbers",
    ] {
        assert!(desk.shows_words(words), "{words}");
    }
    assert_eq!(desk.value("Made by, where the file names nobody"), "Ana Núñez");
    desk.enter("Made by, where the file names nobody");
    desk.ctrl(Key::A);
    desk.types("Ben Kato");
    desk.click("Take 4 annotations");
    desk.until("them", |model| model.dialog.is_none() && !model.busy);
    assert_eq!(desk.marked(), ["21 votes to 14", "It is naïve", "Ines Halvard", "not in it"]);
    let project = &desk.desk().project;
    let claim = project.annotations.values().find(|a| a.words() == "21 votes to 14").expect("the claim");
    assert_eq!((claim.kind, claim.status), (Kind::Claim, Status::Verified));
    assert_eq!(claim.note.as_str(), "counted twice\nSupports: “It is naïve”");
    let by: std::collections::BTreeSet<&str> = claim.log.iter().map(|entry| &*entry.by).collect();
    assert_eq!(by.into_iter().collect::<Vec<_>>(), ["Ben Kato"]);
    assert!(
        desk.told().contains("4 annotations were imported") && desk.told().contains("tray"),
        "{}",
        desk.told()
    );
    assert!(desk.shows_words("Orphan of a claim: not in it"), "it is in the tray");
    // One step back and forth.
    desk.click("Edit");
    assert!(desk.shows_words("Undo: import 4 annotations"));
    desk.press(Key::Escape);
    desk.ctrl(Key::Z);
    assert!(desk.marked().is_empty());
    desk.ctrl(Key::Y);
    assert_eq!(desk.marked().len(), 4);
    // Once more adds nothing.
    desk.drop_file(&file);
    desk.is_asked("about what is known", is_marks);
    assert!(desk.shows_words("Nothing in it is new") && desk.shows_words("4 are here already"));
    assert!(desk.find_button("Take 4 annotations").is_none());
    desk.press(Key::Enter);
    desk.rest();
    assert!(desk.model().dialog.is_none() && desk.model().marks.is_none());
    assert_eq!(desk.marked().len(), 4);
}

#[test]
fn the_keyboard_does_it_alone_and_escape_leaves_everything() {
    let room = Room::with_story().known();
    let file = ann(&room);
    let mut desk = Desk::open(&room, "story.txt");
    desk.ctrl_shift(Key::O);
    desk.gives_path(&file);
    desk.is_asked("whether to take them", is_marks);
    desk.press(Key::Escape);
    desk.rest();
    assert!(desk.marked().is_empty() && desk.model().marks.is_none() && !desk.model().is_dirty());
    desk.menu("File", "Import annotations…");
    desk.gives_path(&file);
    desk.is_asked("again", is_marks);
    desk.press(Key::Enter);
    desk.until("them", |model| model.dialog.is_none() && !model.busy);
    assert_eq!(desk.marked().len(), 4);
}

#[test]
fn unsaved_work_is_not_asked_about_and_stays() {
    let room = Room::with_story().known();
    let file = ann(&room);
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.drop_file(&file);
    desk.is_asked("whether to take them", is_marks);
    desk.press(Key::Enter);
    desk.until("them", |model| model.dialog.is_none() && !model.busy);
    assert_eq!(desk.marked().len(), 5);
}

#[test]
fn the_name_is_asked_for_first_where_nobody_is_known() {
    let room = Room::with_story();
    let file = ann(&room);
    let mut desk = Desk::open(&room, "story.txt");
    desk.drop_file(&file);
    desk.is_asked("who is checking", |dialog| matches!(dialog, Dialog::Checker { .. }));
    desk.fill("Your name", "Ada Keller");
    desk.press(Key::Enter);
    desk.is_asked("whether to take them", is_marks);
    assert_eq!(desk.value("Made by, where the file names nobody"), "Ada Keller");
}

#[test]
fn without_an_article_it_is_said_what_to_do_and_another_name_leads_here_too() {
    let room = Room::with_story().known();
    let file = ann(&room);
    let text = std::fs::read(&file).expect("the file");
    let other = room.write("story-marks.txt", text);
    let mut desk = Desk::start(&room, Some(other.clone()), vec2(1440.0, 900.0));
    desk.until("why not", |model| !model.notices.is_empty());
    assert!(desk.told().contains("annotations (brat) and no article"), "{}", desk.told());
    assert!(desk.told().contains("Import annotations…"), "{}", desk.told());
    assert!(desk.model().desk.is_none());
    let mut desk = Desk::open(&room, "story.txt");
    desk.drop_file(&other);
    desk.is_asked("whether to take them", is_marks);
}

#[test]
fn what_is_none_is_refused_in_words() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for (name, content, words) in [
        ("a.json", "[1, 2]", "no annotations that can be read"),
        ("b.jsonl", "{", "no document of doccano"),
        ("c.ann", "\u{fffd}", "no brat annotation"),
    ] {
        let file = room.write(name, content);
        desk.drop_file(&file);
        desk.until("why not", |model| model.notices.iter().any(|notice| notice.text.contains(words)));
        assert!(desk.model().dialog.is_none() && !desk.model().busy);
    }
    let file = room.write("d.ann", b"T1\tClaim 0 1\t\xff".as_slice());
    desk.drop_file(&file);
    desk.until("why not", |model| model.notices.iter().any(|notice| notice.text.contains("no UTF-8")));
}

#[test]
fn in_a_small_window_all_of_it_can_be_reached() {
    let room = Room::with_story().known();
    let file = ann(&room);
    let mut desk = Desk::start(&room, Some(room.path("story.txt")), vec2(700.0, 480.0));
    desk.until("the article", |model| model.desk.is_some());
    desk.drop_file(&file);
    desk.is_asked("whether to take them", is_marks);
    desk.rest();
    assert!(desk.in_sight("Take 4 annotations") && desk.in_sight("Cancel"));
}
