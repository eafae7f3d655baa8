//! Marks: nested, split, over paragraphs, removed and brought back (F22 to F26, F31).

use egui::Key;
use proofmark::app::settings::Theme;
use proofmark::domain::{Kind, Status};
use proofmark::ui::palette::Palette;

use crate::desk::Desk;
use crate::room::Room;

fn open(room: &Room) -> Desk {
    Desk::open(room, "story.txt")
}

// F26
#[test]
fn white_space_alone_makes_nothing_and_says_so() {
    let room = Room::new().known();
    room.write("story.txt", "One    two.\n\n\nThree.");
    let mut desk = open(&room);
    for white in ["    ", "\n\n\n"] {
        desk.select(white);
        desk.press(Key::C);
        assert!(desk.marked().is_empty());
    }
    desk.select("    ");
    assert_eq!(desk.selected(), "    ");
    desk.press(Key::Q);
    assert!(desk.told().contains("Only white space"), "{}", desk.told());
    assert!(!desk.model().is_dirty());
}

// F22
#[test]
fn a_mark_is_drawn_in_the_very_next_frame() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    desk.select("410 million");
    let fill = Palette::LIGHT.wash(Kind::Source);
    let before = desk.draws(fill);
    desk.frame(vec![key(Key::S)]);
    desk.frame(Vec::new());
    assert!(!before && desk.draws(fill));
}

fn key(key: Key) -> egui::Event {
    egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    }
}

// F25
#[test]
fn a_click_takes_the_inner_mark_and_again_the_outer() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        // A room for each: work that is left unsaved would be offered again.
        let room = Room::with_story().known();
        let mut desk = open(&room);
        let words =
            ["Ines Halvard", "mayor Ines Halvard said", "“It is naïve,” mayor Ines Halvard said, “to"];
        for index in order {
            desk.select(words[index]);
            desk.press([Key::S, Key::C, Key::Q][index]);
        }
        desk.press(Key::Escape);
        for index in [0, 1, 2, 0] {
            desk.click_on("Halvard");
            assert_eq!(desk.picked().words(), words[index]);
        }
        assert_eq!(desk.list().len(), 3);
        desk.click_on("long dispute");
        assert!(desk.desk().picked.is_none());
    }
}

// F23, F24
#[test]
fn what_is_dragged_over_is_what_is_selected_both_ways_and_over_paragraphs() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    let parts = [
        "tunnel\n\nThe council",
        "It is naïve",
        "Tuesday.\n\n“It is naïve,” mayor Ines Halvard said, “to expect no delay.” The vote",
        " ",
        ",” mayor",
    ];
    for words in parts {
        desk.select(words);
        assert_eq!(desk.selected(), words);
        desk.press(Key::Escape);
        desk.select_backwards(words);
        assert_eq!(desk.selected(), words);
        // The small bar must not stand in the way of the next drag.
        desk.press(Key::Escape);
    }
    desk.select(",” mayor");
    desk.press(Key::C);
    let span = desk.picked().first_span().expect("a place");
    assert_eq!(&desk.text()[span.range()], ",” mayor");
    // Across a mark that is there already.
    desk.select("naïve,” mayor Ines");
    assert_eq!(desk.selected(), "naïve,” mayor Ines");
}

#[test]
fn a_double_click_takes_a_word_and_a_third_the_sentence() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    let (at, _) = desk.find("vote ended");
    let pos = desk.seen(at) + egui::vec2(4.0, 0.0);
    desk.click_at(pos);
    desk.pause();
    desk.click_again_at(pos);
    desk.click_again_at(pos);
    assert_eq!(desk.selected(), "vote");
    desk.click_again_at(pos);
    assert_eq!(desk.selected().trim(), "The vote ended a long dispute.");
    desk.click_again_at(pos);
    assert!(desk.selected().starts_with("“It is naïve"), "{}", desk.selected());
    assert!(desk.selected().ends_with("dispute."), "{}", desk.selected());
}

#[test]
fn a_split_quote_is_one_annotation_and_its_places_come_and_go() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    desk.select("“It is naïve,”");
    desk.press(Key::Q);
    assert!(!desk.shows("Remove this place"));
    desk.select("“to expect no delay.”");
    assert!(desk.shows("Add to the selected annotation"));
    desk.press(Key::A);
    assert_eq!(desk.marked().len(), 1);
    let places = |desk: &Desk| desk.picked().placed().count();
    assert_eq!(places(&desk), 2);
    assert!(desk.shows("Quotes 1"));
    // The same words once more are refused in words.
    desk.select("to expect");
    desk.press(Key::A);
    assert_eq!(places(&desk), 2);
    assert!(desk.told().contains("belong to the annotation already"));
    desk.press(Key::Escape);
    desk.scroll_to_button("Remove this place");
    desk.click("Remove this place");
    assert_eq!(places(&desk), 1);
    assert_eq!(desk.picked().words(), "“It is naïve,”", "the lower button is the second place's");
    desk.ctrl(Key::Z);
    assert_eq!(places(&desk), 2);
    desk.ctrl(Key::Z);
    assert_eq!(desk.picked().words(), "“It is naïve,”");
}

#[test]
fn a_change_of_kind_keeps_status_and_note_and_delete_can_be_undone() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.press(Key::Num4);
    desk.fill("Note", "minutes");
    desk.click_on("long dispute");
    desk.click_on("21 votes");
    desk.press(Key::Q);
    assert_eq!(desk.picked().kind, Kind::Quote);
    assert_eq!((desk.picked().status, desk.picked().note.as_str()), (Status::Verified, "minutes"));
    assert!(desk.shows("Quotes 1") && desk.shows("Claims 0"));
    desk.press(Key::Delete);
    assert!(desk.marked().is_empty() && desk.list().is_empty());
    desk.ctrl(Key::Z);
    desk.click_on("21 votes");
    assert_eq!((desk.picked().status, desk.picked().note.as_str()), (Status::Verified, "minutes"));
    // The same words as the same kind are one annotation.
    desk.select("21 votes to 14");
    desk.press(Key::Q);
    assert_eq!(desk.marked().len(), 1);
    assert!(desk.told().contains("marked as a quote already"));
}

#[test]
fn copy_takes_the_selected_words() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    desk.select("“It is naïve,” mayor");
    desk.frame(vec![egui::Event::Copy]);
    assert_eq!(desk.copied().as_deref(), Some("“It is naïve,” mayor"));
    assert_eq!(desk.selected(), "“It is naïve,” mayor");
}

// F31
#[test]
fn no_action_moves_the_reading_position() {
    let room = Room::new().known();
    let long: String = (0..60)
        .map(|n| format!("Paragraph {n}: the council approved it, and the mayor said nothing at all.\n\n"))
        .collect();
    room.write("story.txt", long);
    let mut desk = open(&room);
    let (at, _) = desk.find("Paragraph 40:");
    desk.seen(at);
    desk.select("Paragraph 40: the council");
    let before = desk.place(at);
    let still = |desk: &mut Desk, what: &str| {
        let now = desk.place(at);
        assert!((now.y - before.y).abs() < 1.0, "{what} moved the text from {before:?} to {now:?}");
    };
    desk.press(Key::C);
    still(&mut desk, "marking");
    desk.press(Key::Num4);
    desk.press(Key::Num6);
    still(&mut desk, "a question");
    desk.press(Key::Escape);
    desk.press(Key::F1);
    desk.press(Key::Escape);
    desk.press(Key::F2);
    desk.press(Key::Escape);
    still(&mut desk, "dialogs");
    desk.ctrl(Key::Z);
    desk.ctrl(Key::Z);
    still(&mut desk, "undo");
    desk.ctrl_shift(Key::Z);
    still(&mut desk, "redo");
    desk.menu("View", "Dark");
    assert_eq!(desk.model().settings.theme, Theme::Dark);
    still(&mut desk, "another theme");
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("long.ron"));
    desk.until("the file", |model| !model.is_dirty());
    still(&mut desk, "saving");
    desk.wheel(-900.0);
    let scrolled = desk.place(at);
    desk.ctrl(Key::Z);
    let now = desk.place(at);
    assert!((now.y - scrolled.y).abs() < 1.0, "undo out of sight moved the text");
}

#[test]
fn the_space_that_a_drag_takes_along_is_not_marked_and_advice_goes_with_the_next_step() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    desk.press(Key::Escape);
    desk.select(" 410 million");
    assert_eq!(desk.selected(), " 410 million");
    desk.press(Key::C);
    assert_eq!(desk.marked(), ["410 million"]);
    desk.select("410 million");
    desk.press(Key::C);
    assert!(desk.told().contains("marked as a claim already"), "{}", desk.told());
    desk.press(Key::Num4);
    assert!(!desk.told().contains("already"), "{}", desk.told());
}

#[test]
fn keys_go_to_the_article_again_when_a_question_is_answered() {
    let room = Room::with_story().known();
    let mut desk = open(&room);
    desk.select("410 million");
    desk.press(Key::C);
    desk.press(Key::F2);
    desk.rest();
    assert!(!desk.article_has_focus());
    desk.press(Key::Escape);
    desk.rest();
    assert!(desk.article_has_focus());
}
