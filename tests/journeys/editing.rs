//! Editing the text: typing, its undo, what it does to marks, and that nothing typed is lost (F11,
//! A02, A09, A10).

use egui::{Event, ImeEvent, Key, Modifiers};
use proofmark::app::{Command, TextCommand};
use proofmark::domain::rules;

use crate::desk::Desk;
use crate::rescue::{is_recovery, killed, save_as, two_seconds};
use crate::room::Room;

/// The story with a verified claim, and the caret before words, while the text is edited.
fn edited(room: &Room, before: &str) -> Desk {
    let mut desk = Desk::open(room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.press(Key::Num4);
    desk.press(Key::Escape);
    desk.ctrl(Key::T);
    put_caret(&mut desk, before);
    desk
}

fn put_caret(desk: &mut Desk, before: &str) {
    let (at, _) = desk.find(before);
    let pos = desk.seen(at);
    desk.click_at(pos);
    assert_eq!(desk.desk().caret, Some(at));
}

fn entries(desk: &Desk) -> usize {
    desk.desk().project.article.log.len()
}

// A02
#[test]
fn words_that_change_are_flagged_with_the_old_ones_until_somebody_confirms() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "0 million");
    let id = desk.desk().project.in_order()[0].id;
    assert!(rules::is_verified(&desk.desk().project.annotations[&id]));
    desk.types("7");
    desk.press(Key::Backspace);
    desk.press(Key::Delete);
    desk.types("2");
    assert!(desk.text().ends_with("costs 412 million."));
    assert!(desk.model().is_dirty() && entries(&desk) == 1, "no step before the session ends");
    desk.press(Key::Escape);
    assert!(!desk.desk().writing.on);
    assert_eq!(entries(&desk), 2);
    let annotation = desk.desk().project.annotations[&id].clone();
    assert_eq!(annotation.words(), "412 million");
    assert!(!rules::is_verified(&annotation), "verified nowhere before somebody confirms");
    desk.press(Key::N);
    assert!(desk.shows("The words were") && desk.shows("410 million"));
    assert!(desk.shows("Now they are") && desk.shows_words("412 million"));
    desk.press(Key::K);
    assert!(rules::is_verified(desk.picked()));
    desk.click("Edit");
    assert!(desk.shows("Undo: confirm"));
    desk.press(Key::Escape);
    desk.ctrl(Key::Z);
    desk.click("Edit");
    desk.click("Undo: edit the text");
    assert!(desk.text().ends_with("costs 410 million."));
    assert!(rules::is_verified(&desk.desk().project.annotations[&id]));
}

#[test]
fn a_session_is_one_step_and_small_steps_are_its_own() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "harbour tunnel by");
    let first = desk.text();
    for letter in "new and ".chars() {
        desk.frame(vec![Event::Text(letter.to_string())]);
    }
    desk.rest();
    assert!(desk.text().contains("the new and harbour tunnel"));
    desk.ctrl(Key::Z);
    assert!(desk.text().contains("the new harbour tunnel"), "{}", desk.text());
    desk.ctrl(Key::Y);
    assert!(desk.text().contains("the new and harbour tunnel"));
    for _ in 0..2 {
        desk.ctrl(Key::Z);
    }
    assert_eq!(desk.text(), first);
    desk.ctrl_shift(Key::Z);
    desk.ctrl(Key::T);
    assert!(desk.text().contains("the new harbour tunnel"));
    assert_eq!(entries(&desk), 2);
    desk.ctrl(Key::Z);
    assert_eq!((desk.text(), entries(&desk)), (first, 1));
    assert!(desk.desk().project.annotations.values().all(|a| a.check_again.is_none()));
}

#[test]
fn words_that_were_typed_back_change_nothing() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "410 million");
    let before = desk.desk().project.clone();
    desk.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(desk.selected(), "410");
    desk.press(Key::Backspace);
    assert_eq!(desk.text().len() + 3, before.article.text.len());
    desk.types("410");
    desk.press(Key::Escape);
    assert_eq!(desk.desk().project, before, "no entry, no flag");
    assert_eq!(desk.desk().history.undo_label(), Some("set verified"));
}

// A09, A10
#[test]
fn keys_of_an_editor_do_what_they_do_in_one() {
    let room = Room::new().known();
    room.write("story.txt", "Title here\n\nThe cafe\u{301} of 🇩🇪🇫🇷 opens.\n\nThe end.");
    let mut desk = Desk::open(&room, "story.txt");
    desk.ctrl(Key::T);
    put_caret(&mut desk, " of");
    desk.press(Key::Backspace);
    assert!(desk.text().contains("The caf of"), "a letter goes with its mark");
    put_caret(&mut desk, "🇩🇪");
    desk.press(Key::Delete);
    assert!(desk.text().contains("of 🇫🇷"), "a flag goes as a whole: {}", desk.text());
    desk.chord(Modifiers::COMMAND, Key::Backspace);
    assert!(desk.text().contains("The caf 🇫🇷"), "{}", desk.text());
    desk.chord(Modifiers::COMMAND, Key::Delete);
    assert!(desk.text().contains("The caf  opens."), "{}", desk.text());
    // Letters that are keys of commands elsewhere are letters.
    desk.press(Key::C);
    desk.press(Key::Num4);
    desk.types(" ");
    assert!(desk.text().contains("The caf c4  opens."), "{}", desk.text());
    assert!(desk.marked().is_empty());
    // Line ends are made and removed, and what is pasted has the article's.
    desk.press(Key::Enter);
    assert!(desk.text().contains("c4 \n opens."));
    desk.press(Key::Backspace);
    desk.paste("one\r\ntwo\rthree");
    assert!(desk.text().contains("c4 one\ntwo\nthree opens."), "{}", desk.text());
    desk.chord(Modifiers::SHIFT, Key::Home);
    assert_eq!(desk.selected(), "three");
    desk.frame(vec![Event::Cut]);
    assert_eq!(desk.copied().as_deref(), Some("three"));
    desk.rest();
    assert!(desk.text().contains("two\n opens."));
    desk.ctrl(Key::A);
    desk.frame(vec![Event::Copy]);
    assert_eq!(desk.copied().as_deref(), Some(&*desk.text()));
    desk.types("x");
    assert_eq!(desk.text(), "x");
    desk.press(Key::Enter);
    desk.press(Key::Enter);
    desk.press(Key::ArrowUp);
    assert_eq!(desk.desk().caret, Some(2), "blank lines are places for a caret");
    desk.press(Key::Escape);
    assert_eq!(desk.text(), "x\n\n");
    desk.ctrl(Key::Z);
    assert!(desk.text().starts_with("Title here\n\nThe cafe\u{301} of 🇩🇪🇫🇷"));
}

#[test]
fn keys_that_come_in_one_frame_count_in_their_order() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "The plan costs");
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let text = |words: &str| Event::Text(words.into());
    desk.frame(vec![text("a"), text("b"), key(Key::ArrowLeft), text("c"), key(Key::Home), text("d")]);
    desk.rest();
    assert!(desk.text().contains("\n\ndacbThe plan costs"), "{}", desk.text());
}

#[test]
fn what_an_input_method_composes_is_text_when_it_is_done() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "million.");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None });
    let before = desk.text();
    desk.frame(vec![preedit("n")]);
    desk.frame(vec![preedit("nin")]);
    assert_eq!(desk.text(), before);
    desk.frame(vec![Event::Ime(ImeEvent::Commit("niño ".into()))]);
    desk.rest();
    assert!(desk.text().ends_with("410 niño million."), "{}", desk.text());
    assert!(desk.harness.output().platform_output.ime.is_some(), "it is told where the caret is");
    desk.press(Key::Escape);
    assert!(desk.harness.output().platform_output.ime.is_none());
}

#[test]
fn saving_takes_what_is_typed_along_and_typing_goes_on() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "million.");
    save_as(&mut desk, &room, "kept.ron");
    desk.types("new ");
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    let kept = room.project("kept.ron");
    assert!(kept.article.text.as_str().ends_with("410 new million."));
    assert_eq!(kept.article.log.len(), 2);
    assert!(desk.desk().writing.on);
    desk.types("x");
    assert!(desk.text().ends_with("410 new xmillion."), "the caret stayed: {}", desk.text());
    assert!(desk.title.contains("unsaved changes"), "{}", desk.title);
    // What is in the file is taken back by a further entry.
    desk.press(Key::Escape);
    desk.ctrl(Key::Z);
    desk.ctrl(Key::Z);
    assert!(desk.text().ends_with("costs 410 million."));
    assert_eq!(entries(&desk), 3);
}

#[test]
fn closing_asks_about_what_is_typed_and_saves_it() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "million.");
    save_as(&mut desk, &room, "kept.ron");
    desk.types("new ");
    desk.close();
    desk.is_asked("about the work", |dialog| matches!(dialog, proofmark::app::Dialog::Unsaved { .. }));
    desk.click("Save");
    desk.until("the file", |model| !model.is_dirty());
    assert!(room.project("kept.ron").article.text.as_str().ends_with("410 new million."));
}

// S33 to S35
#[test]
fn an_unfinished_session_is_in_the_journal_and_comes_back() {
    let room = Room::with_story().known();
    let mut desk = edited(&room, "million.");
    save_as(&mut desk, &room, "kept.ron");
    let bytes = room.bytes("kept.ron");
    desk.types("new ");
    two_seconds(&mut desk, &room);
    desk.types("and newer ");
    two_seconds(&mut desk, &room);
    let seen = desk.text();
    assert!(desk.desk().is_typing());
    killed(desk, &room);
    assert_eq!(room.bytes("kept.ron"), bytes);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.is_asked("about the work", is_recovery);
    desk.click("Recover: Council approves the tunnel");
    desk.idle();
    assert_eq!(desk.text(), seen);
    assert_eq!(entries(&desk), 2);
    assert_eq!(desk.desk().history.undo_label(), Some("edit the text"));
    let annotation = desk.desk().project.in_order()[0].clone();
    assert!(annotation.check_again.is_some() && annotation.words() == "410 new and newer million");
    desk.ctrl(Key::Z);
    assert!(desk.desk().project.in_order()[0].check_again.is_none());
}

#[test]
fn the_control_and_the_key_switch_and_the_reading_position_stays() {
    let room = Room::new().known();
    let paragraphs: Vec<String> =
        (0..120).map(|n| format!("Paragraph {n} says that the tunnel costs {n} million.")).collect();
    room.write("story.txt", paragraphs.join("\n\n"));
    let mut desk = Desk::open(&room, "story.txt");
    desk.seen(desk.find("Paragraph 60 ").0);
    let before = desk.place(desk.find("Paragraph 60 ").0);
    desk.click("Edit text");
    assert!(desk.desk().writing.on && desk.article_has_focus());
    put_caret(&mut desk, "tunnel costs 60");
    desk.press(Key::Enter);
    desk.types("long ");
    assert_eq!(desk.place(desk.find("Paragraph 60 ").0), before);
    desk.click("Annotate");
    assert_eq!(desk.place(desk.find("Paragraph 60 ").0), before);
    assert!(!desk.desk().writing.on && desk.desk().caret.is_some());
    desk.ctrl(Key::Z);
    assert_eq!(desk.place(desk.find("Paragraph 60 ").0), before);
    assert!(!desk.text().contains("long"));
}

#[test]
fn a_project_for_reading_cannot_be_typed_in() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    let context = desk.harness.ctx.clone();
    let shell = desk.harness.state_mut().shell.as_mut().expect("a window");
    shell.model.desk.as_mut().expect("a desk").read_only = Some("It is for reading only".into());
    shell.run(&context, Command::Text(TextCommand::Edit(true)));
    shell.run(&context, Command::Text(TextCommand::Type("zzz".into())));
    desk.rest();
    assert!(!desk.desk().writing.on && !desk.text().contains("zzz"));
    assert!(desk.told().contains("for reading only"));
}
