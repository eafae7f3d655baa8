//! Choosing by a few letters: commands, speakers, sources, and the page of keys.

use egui::Key;
use egui_kittest::kittest::NodeT;
use proofmark::app::Dialog;
use proofmark::domain::annotation::Speaker;
use proofmark::domain::{Kind, Status};

use crate::desk::Desk;
use crate::room::Room;

const STORY: &str = "Council approves the tunnel\n\nMayor Ines Halvard said the vote was right. “We had to decide,” she said.\n\nOla Berg doubts it. The works cost 410 million, according to Надежда Орлова.\n\nHalvard’s party agrees with Ines Halvard.";

fn with_marks(room: &Room, marks: &[(&str, Key)]) -> Desk {
    room.write("story.txt", STORY);
    let mut desk = Desk::open(room, "story.txt");
    for (words, key) in marks {
        desk.select(words);
        desk.press(*key);
    }
    desk
}

fn speaker(desk: &Desk) -> String {
    let speaker = desk.picked().speaker.as_ref();
    speaker.map(|speaker| desk.desk().project.speaker_name(speaker)).unwrap_or_default()
}

#[test]
fn a_command_is_found_by_a_few_letters_and_comes_first_the_next_time() {
    let room = Room::new().known();
    let mut desk = with_marks(&room, &[("410 million", Key::C)]);
    desk.ctrl(Key::K);
    assert!(desk.model().dialog == Some(Dialog::Commands) && desk.shows("All commands"));
    assert!(
        desk.field("Find a command").accesskit_node().is_focused() || desk.focused() == Some(desk.chosen())
    );
    desk.types("verif");
    let choices = desk.choices();
    assert!(choices[0].starts_with("Verified, Annotation, "), "{choices:?}");
    desk.press(Key::Enter);
    assert!(desk.model().dialog.is_none());
    assert_eq!(desk.picked().status, Status::Verified);
    assert_eq!(desk.desk().history.undo_label(), Some("set verified"));
    // From within a field, too; and what was used last stands at the top.
    desk.enter("Note");
    desk.types("seen");
    desk.ctrl(Key::K);
    assert_eq!(desk.picked().note.as_str(), "seen", "the field is finished first");
    assert!(desk.choices()[0].starts_with("Verified, "), "{:?}", desk.choices());
    // Arrows and page keys move the choice, and come round.
    let chosen = |desk: &Desk| desk.chosen();
    desk.press(Key::ArrowDown);
    assert_eq!(chosen(&desk), desk.choices()[1]);
    desk.press(Key::ArrowUp);
    desk.press(Key::ArrowUp);
    let last = chosen(&desk);
    desk.press(Key::PageUp);
    assert_ne!(chosen(&desk), last);
    desk.press(Key::PageDown);
    assert_eq!(chosen(&desk), last);
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none() && desk.picked().status == Status::Verified);
    desk.rest();
    assert!(desk.article_has_focus(), "keys go to the article again");
    desk.press(Key::Num3);
    assert_eq!(desk.picked().status, Status::Query);
}

#[test]
fn what_cannot_be_done_says_why_and_does_nothing() {
    let room = Room::new().known();
    let mut desk = with_marks(&room, &[]);
    desk.click("Commands");
    desk.types("split");
    assert!(desk.choices()[0].contains("Select an annotation first"), "{:?}", desk.choices());
    desk.press(Key::Enter);
    assert_eq!(desk.model().dialog, Some(Dialog::Commands));
    desk.ctrl(Key::A);
    desk.types("zzzz");
    assert!(desk.choices().is_empty());
    desk.press(Key::Enter);
    desk.ctrl(Key::A);
    desk.types("dark");
    // A click does what Enter does.
    let place = desk.choice_place("Dark, ");
    desk.click_at(place);
    assert!(desk.model().dialog.is_none());
    assert_eq!(desk.model().settings.theme, proofmark::app::settings::Theme::Dark);
    assert_eq!(desk.model().settings.used, ["Dark"]);
}

#[test]
fn undo_is_in_the_list_with_what_it_would_take_back() {
    let room = Room::new().known();
    let mut desk = with_marks(&room, &[("410 million", Key::C)]);
    desk.ctrl(Key::K);
    desk.types("undo");
    assert!(desk.choices()[0].starts_with("Undo: mark a claim"), "{:?}", desk.choices());
    desk.press(Key::Enter);
    assert!(desk.marked().is_empty());
}

#[test]
fn the_page_of_keys_is_filtered_by_words_and_by_keys() {
    let room = Room::new().known();
    let mut desk = with_marks(&room, &[]);
    desk.press(Key::F1);
    assert!(desk.shows("All keys") && desk.shows("Next open") && desk.shows("Mark all occurrences"));
    assert_eq!(desk.focused().as_deref(), Some("Find a key"));
    desk.types("occurr");
    assert!(desk.shows("Mark all occurrences") && !desk.shows("Next open"));
    desk.ctrl(Key::A);
    desk.types("ctrl+k");
    assert!(desk.shows("All commands") && !desk.shows("Mark all occurrences"));
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none());
}

#[test]
fn a_speaker_is_one_key_a_few_letters_and_enter() {
    let room = Room::new().known();
    let marks = [("Ines Halvard", Key::S), ("Надежда Орлова", Key::S), ("the vote was right", Key::C)];
    let mut desk = with_marks(&room, &marks);
    desk.press(Key::L);
    desk.types("ihal");
    desk.press(Key::Enter);
    assert_eq!(speaker(&desk), "Ines Halvard");
    desk.rest();
    assert!(desk.article_has_focus(), "one goes on where one was");
    assert!(matches!(desk.picked().speaker, Some(Speaker::Source(_))));
    assert_eq!(desk.desk().history.undo_label(), Some("link Ines Halvard"));
    // The speaker before is the first that is offered.
    desk.select("“We had to decide,”");
    desk.press(Key::Q);
    desk.press(Key::L);
    desk.press(Key::Enter);
    assert_eq!(speaker(&desk), "Ines Halvard");
    desk.select("410 million");
    desk.press(Key::C);
    desk.press(Key::L);
    desk.types("ОРЛ");
    desk.press(Key::Enter);
    assert_eq!(speaker(&desk), "Надежда Орлова");
    // And nobody, again.
    desk.press(Key::L);
    desk.types("nobody");
    desk.press(Key::Enter);
    assert_eq!(speaker(&desk), "");
    desk.ctrl(Key::Z);
    assert_eq!(speaker(&desk), "Надежда Орлова");
}

#[test]
fn a_new_source_is_marked_and_linked_in_one_step_and_a_strange_name_is_kept() {
    let room = Room::new().known();
    let mut desk = with_marks(&room, &[("the vote was right", Key::C)]);
    desk.press(Key::L);
    desk.types("ola berg");
    assert!(
        desk.choices()[0].starts_with("New source “Ola Berg”, marks its words in ¶ 3"),
        "{:?}",
        desk.choices()
    );
    desk.press(Key::Enter);
    assert_eq!(speaker(&desk), "Ola Berg");
    assert_eq!(desk.marked(), ["the vote was right", "Ola Berg"]);
    assert_eq!(desk.desk().history.undo_label(), Some("link the new source Ola Berg"));
    desk.ctrl(Key::Z);
    assert_eq!((desk.marked().len(), speaker(&desk)), (1, String::new()));
    desk.ctrl_shift(Key::Z);
    assert_eq!(desk.marked().len(), 2);
    desk.press(Key::L);
    desk.types("Kari Vik");
    assert!(desk.choices()[0].contains("does not stand in the article"), "{:?}", desk.choices());
    desk.press(Key::Enter);
    assert_eq!(desk.picked().speaker, Some(Speaker::Name("Kari Vik".into())));
    assert_eq!(desk.marked().len(), 2);
    // A name that was used is offered to the next one.
    desk.select("410 million");
    desk.press(Key::C);
    desk.press(Key::L);
    desk.types("vik");
    desk.press(Key::Enter);
    assert_eq!(speaker(&desk), "Kari Vik");
}

#[test]
fn a_source_shows_all_that_rests_on_it() {
    let room = Room::new().known();
    let marks = [("Ines Halvard", Key::S), ("the vote was right", Key::C)];
    let mut desk = with_marks(&room, &marks);
    desk.press(Key::L);
    desk.press(Key::Enter);
    desk.select("410 million");
    desk.press(Key::C);
    assert_eq!(desk.list().len(), 3);
    // From a claim its speaker; from one without a speaker, a list of sources.
    desk.press(Key::B);
    assert_eq!(desk.choices(), ["Ines Halvard, ¶ 2"]);
    desk.press(Key::Enter);
    assert_eq!(desk.list(), ["Claim, Unchecked: the vote was right, ¶ 2"]);
    assert!(desk.shows("Rests on Ines Halvard"));
    desk.click("Rests on Ines Halvard");
    assert_eq!(desk.list().len(), 3);
    desk.click_on("Ines Halvard said");
    assert!(desk.shows("Attributed: 1 claim"), "the inspector of a source counts");
    desk.press(Key::B);
    assert_eq!(desk.list().len(), 1);
    desk.press(Key::B);
    assert_eq!(desk.list().len(), 3);
    assert_eq!(desk.picked().kind, Kind::Source);
}

#[test]
fn a_call_sheet_has_the_facts_and_no_quote_and_is_copied_and_saved() {
    let room = Room::new().known();
    let marks = [("Ines Halvard", Key::S), ("the vote was right", Key::C)];
    let mut desk = with_marks(&room, &marks);
    desk.press(Key::L);
    desk.press(Key::Enter);
    desk.select("“We had to decide,”");
    desk.press(Key::Q);
    desk.press(Key::L);
    desk.press(Key::Enter);
    desk.press(Key::D);
    assert!(desk.shows("Call sheet: Ines Halvard") && desk.shows("1 fact · 1 quote withheld"));
    let text = desk.value("Text of the mail");
    assert!(text.contains("1. the vote was right") && !text.contains("decide"), "{text}");
    let copy = desk.find_button("Copy").expect("a button").rect().center();
    desk.pause();
    desk.click_again_at(copy);
    assert_eq!(desk.copied().as_deref(), Some(text.as_str()));
    desk.rest();
    assert!(desk.shows("Copied"));
    desk.click("Save as text…");
    desk.gives_path(&room.path("sheet.txt"));
    desk.hears("Exported to sheet.txt");
    assert_eq!(String::from_utf8(room.bytes("sheet.txt")).expect("text"), text);
    assert!(desk.model().dialog.is_none());
}
