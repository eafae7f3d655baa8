//! Several facts in one claim, one fact in several places, and the sign of the worst of a sentence.

use egui::Key;
use proofmark::app::Dialog;
use proofmark::domain::Status;

use crate::desk::Desk;
use crate::room::Room;

const TEXT: &str = "Tunnel\n\nThe tunnel cost 410 million, it opened in May and nobody was hurt. The mayor spoke.\n\n👩‍🚒 Lena, Lenas, cafe\u{301} Lena’s cafe; cafe\u{301}s, cafe\u{301}. Lena 👩‍🚒";

fn open(room: &Room, words: &str, key: Key) -> Desk {
    room.write("story.txt", TEXT);
    let mut desk = Desk::open(room, "story.txt");
    desk.select(words);
    desk.press(key);
    desk
}

#[test]
fn a_claim_is_split_into_its_facts_in_one_step() {
    let room = Room::new().known();
    let mut desk = open(&room, "The tunnel cost 410 million, it opened in May and nobody was hurt", Key::C);
    desk.press(Key::Num4);
    desk.fill("Note", "kept");
    desk.click_on("The tunnel cost");
    desk.press(Key::X);
    assert!(matches!(desk.model().dialog, Some(Dialog::Split { .. })));
    assert_eq!(
        desk.value("One fact a line"),
        "The tunnel cost 410 million\nit opened in May\nnobody was hurt"
    );
    desk.click("Split into 3 facts");
    assert_eq!(desk.marked(), ["The tunnel cost 410 million", "it opened in May", "nobody was hurt"]);
    assert_eq!(desk.desk().history.undo_label(), Some("split into 3 facts"));
    let first = desk.picked();
    assert_eq!((first.status, first.note.as_str()), (Status::Verified, "kept"));
    assert_eq!(desk.desk().places.statuses()[Status::Unchecked as usize], 2);
    desk.ctrl(Key::Z);
    assert_eq!(desk.marked().len(), 1);
    assert_eq!(desk.picked().status, Status::Verified);
}

#[test]
fn facts_in_other_words_share_the_place_and_are_told_apart() {
    let room = Room::new().known();
    let mut desk = open(&room, "it opened in May", Key::C);
    desk.press(Key::X);
    assert!(!desk.can_press("Split"), "one line is one fact");
    desk.ctrl(Key::A);
    desk.types("It was opened in May");
    desk.chord(egui::Modifiers::NONE, Key::Enter);
    desk.types("It was open by the first of May");
    desk.chord(egui::Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.marked(), ["it opened in May", "it opened in May"]);
    let mut rows = desk.list();
    rows.sort();
    assert_eq!(
        rows,
        [
            "Claim, Unchecked: It was open by the first of May, ¶ 2",
            "Claim, Unchecked: It was opened in May, ¶ 2"
        ]
    );
    // One click takes the one, the next the other.
    desk.press(Key::Escape);
    desk.click_on("it opened");
    let one = desk.picked().id;
    desk.click_on("it opened");
    assert_ne!(desk.picked().id, one);
}

#[test]
fn every_occurrence_is_marked_and_removed_again_among_emoji_and_combining_marks() {
    let room = Room::new().known();
    let mut desk = open(&room, "Lena", Key::S);
    let places = |desk: &Desk| -> Vec<usize> { desk.picked().placed().map(|s| s.start as usize).collect() };
    let all: Vec<usize> =
        [0, 2, 3].into_iter().map(|n| desk.text().match_indices("Lena").nth(n).expect("a place").0).collect();
    desk.press(Key::M);
    assert_eq!(places(&desk), all, "not in Lenas");
    assert!(desk.told().contains("2 further occurrences are marked"), "{}", desk.told());
    assert_eq!(desk.desk().history.undo_label(), Some("mark 2 occurrences"));
    desk.press(Key::M);
    assert!(desk.told().contains("nowhere else"), "{}", desk.told());
    // The one at the caret stays.
    desk.click_on("Lena 👩‍🚒");
    desk.chord(egui::Modifiers::SHIFT, Key::M);
    assert_eq!(places(&desk), all[2..]);
    assert_eq!(desk.desk().history.undo_label(), Some("remove 2 occurrences"));
    desk.press(Key::M);
    assert_eq!(places(&desk), all, "they come back");
    for _ in 0..3 {
        desk.ctrl(Key::Z);
    }
    assert_eq!(places(&desk), all[..1]);
    desk.press(Key::Escape);
    desk.press(Key::Escape);
    desk.select("cafe\u{301}");
    desk.press(Key::C);
    desk.press(Key::M);
    assert_eq!(desk.picked().placed().count(), 2, "neither half a letter nor a part of a word");
    let text = &desk.desk().project.article.text;
    assert!(desk.picked().placed().all(|span| text.admits(span) && text.slice(span) == "cafe\u{301}"));
}

#[test]
fn a_sentence_has_one_sign_and_a_click_picks_its_worst_fact() {
    let room = Room::new().known();
    let mut desk = open(&room, "410 million", Key::C);
    desk.press(Key::Num4);
    desk.select("nobody was hurt");
    desk.press(Key::C);
    desk.press(Key::Num5);
    desk.select("The mayor spoke");
    desk.press(Key::C);
    desk.press(Key::Num4);
    let signs = desk.signs();
    let shown: Vec<Status> = signs.iter().map(|(_, status)| *status).collect();
    assert_eq!(shown, [Status::NeedsCorrection, Status::Verified]);
    let (first, _) = signs[0];
    desk.press(Key::Escape);
    desk.click_at(first);
    assert_eq!(desk.picked().words(), "nobody was hurt");
    desk.click_at(first);
    assert_eq!(desk.picked().words(), "410 million", "again, the next of the sentence");
    assert!(desk.explains(first));
    assert!(desk.shows_words("Claim: needs correction · nobody was hurt"));
}
