//! What is recorded about an annotation: evidence, contacts, ratings, sign-offs, history, all by keys and
//! names; each change is one step of undo with its name.

use egui::{Key, Modifiers};
use proofmark::app::Dialog;
use proofmark::domain::annotation::{
    Contact, Evidence, Level, Priority, QuoteForm, Resolution, SignOff, SourceType, Stance,
};
use proofmark::domain::{Status, rules};

use crate::desk::Desk;
use crate::room::Room;

const ADDRESS: &str = "https://city.example/accounts/2025.pdf";

/// A desk with one mark, picked, and the keys in the article.
fn with(room: &Room, words: &str, key: Key) -> Desk {
    let mut desk = Desk::open(room, "story.txt");
    desk.select(words);
    desk.press(key);
    desk
}

fn evidence(desk: &Desk) -> Vec<&Evidence> {
    desk.picked().evidence.iter().filter(|found| !found.removed).collect()
}

fn contacts(desk: &Desk) -> Vec<&Contact> {
    desk.picked().contacts.iter().filter(|contact| !contact.removed).collect()
}

fn signs(desk: &Desk) -> Vec<&SignOff> {
    desk.picked().sign_offs.iter().filter(|sign| !sign.removed).collect()
}

fn undo_is(desk: &Desk, label: &str) {
    assert_eq!(desk.desk().history.undo_label(), Some(label));
}

/// Takes the last step back and does it again, and expects the two states.
fn there_and_back<T: PartialEq + std::fmt::Debug>(desk: &mut Desk, look: impl Fn(&Desk) -> T) {
    let after = look(desk);
    desk.ctrl(Key::Z);
    assert_ne!(look(desk), after, "undo did nothing");
    desk.ctrl_shift(Key::Z);
    assert_eq!(look(desk), after, "redo");
}

#[test]
fn an_address_is_evidence_after_three_keys_beside_typing_it() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    let mut keys = 0;
    let mut press = |desk: &mut Desk, key: Key| {
        keys += 1;
        desk.press(key);
    };
    press(&mut desk, Key::V);
    assert_eq!(desk.focused().as_deref(), Some("New evidence: its address or title"));
    desk.paste(ADDRESS);
    press(&mut desk, Key::Enter);
    // Pasting is one more chord.
    assert!(keys < 8, "{keys} keys");
    let found = evidence(&desk)[0].clone();
    assert_eq!((found.address.as_str(), found.stance), (ADDRESS, Stance::Supports));
    assert!(found.title.is_empty());
    let today = found.log[0].when.strftime("%Y-%m-%d").to_string();
    assert_eq!(found.seen, today);
    assert!(desk.article_has_focus(), "one goes on in the article at once");
    desk.press(Key::Num4);
    assert_eq!(desk.picked().status, Status::Verified);
    desk.ctrl(Key::Z);
    undo_is(&desk, "add evidence");
    there_and_back(&mut desk, |desk| evidence(desk).len());
    // A title, which contradicts, by the arrows.
    desk.press(Key::V);
    desk.press(Key::ArrowDown);
    desk.types("City accounts, p. 88\n");
    let titles: Vec<_> = evidence(&desk).iter().map(|e| (e.title.clone(), e.stance)).collect();
    assert_eq!(titles[1], ("City accounts, p. 88".to_owned(), Stance::Contradicts));
    assert!(desk.shows("Evidence · 2"));
    // Nothing typed adds nothing.
    desk.press(Key::V);
    desk.press(Key::Escape);
    assert_eq!(evidence(&desk).len(), 2);
    assert!(desk.desk().picked.is_some() && desk.article_has_focus(), "Escape only leaves the field");
}

#[test]
fn evidence_is_edited_moved_and_removed_in_one_step_each() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    for title in ["First\n", "Second\n"] {
        desk.press(Key::V);
        desk.types(title);
    }
    let titles = |desk: &Desk| evidence(desk).iter().map(|e| e.title.clone()).collect::<Vec<_>>();
    let first =
        desk.buttons().into_iter().find(|name| name.starts_with("Evidence 1: supports, First, seen "));
    let first = first.expect("the first card");
    desk.scroll_to_button(&first);
    desk.click(&first);
    desk.scroll_to_button("Evidence: contradicts");
    desk.click("Evidence: contradicts");
    undo_is(&desk, "set what evidence does");
    there_and_back(&mut desk, |desk| evidence(desk)[0].stance);
    desk.click("Level: primary");
    undo_is(&desk, "set the level of evidence");
    assert_eq!(evidence(&desk)[0].level, Some(Level::Primary));
    for (field, text, undo) in [
        ("Page or time", "p. 88", "edit evidence: page or time"),
        ("Excerpt", "spent so far: 401 million", "edit evidence: excerpt"),
        ("Archived address", "https://archive.example/1", "edit evidence: archived address"),
        ("Title", " of two", "edit evidence: title"),
        ("Date seen", "x", "edit evidence: date seen"),
    ] {
        let state = desk.desk().history.state();
        desk.scroll_to_field(field);
        desk.fill(field, text);
        assert_eq!(desk.desk().history.state(), state, "{field} is no step before it is left");
        desk.press(Key::Escape);
        assert_eq!(desk.desk().history.state(), state + 1, "{field} is one step");
        undo_is(&desk, undo);
        there_and_back(&mut desk, |desk| evidence(desk)[0].clone());
    }
    assert_eq!(titles(&desk), ["First of two", "Second"]);
    for button in ["Open the archived address…", "Move this evidence down"] {
        desk.scroll_to_button(button);
        assert!(desk.can_press(button));
    }
    assert!(!desk.can_press("Move this evidence up"), "it is the first");
    desk.click("Move this evidence down");
    assert_eq!(titles(&desk), ["Second", "First of two"]);
    undo_is(&desk, "move evidence");
    there_and_back(&mut desk, titles);
    desk.scroll_to_button("Remove this evidence");
    desk.click("Remove this evidence");
    assert_eq!(titles(&desk), ["Second"]);
    undo_is(&desk, "remove evidence");
    there_and_back(&mut desk, titles);
}

#[test]
fn evidence_is_moved_by_keys_too() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    for title in ["First\n", "Second\n", "Third\n"] {
        desk.press(Key::V);
        desk.types(title);
    }
    let third = desk.buttons().into_iter().find(|name| name.contains("Third")).expect("a card");
    desk.scroll_to_button(&third);
    desk.click(&third);
    desk.chord(Modifiers::ALT, Key::ArrowUp);
    desk.chord(Modifiers::ALT, Key::ArrowUp);
    desk.chord(Modifiers::ALT, Key::ArrowUp);
    let titles = |desk: &Desk| evidence(desk).iter().map(|e| e.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&desk), ["Third", "First", "Second"]);
    desk.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(titles(&desk), ["First", "Third", "Second"]);
}

#[test]
fn a_correction_is_written_and_accepted_by_keys() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    desk.press(Key::Y);
    assert_eq!(desk.picked().resolution, Resolution::Open, "there is nothing to accept");
    desk.press(Key::Num5);
    desk.press(Key::W);
    assert_eq!(desk.focused().as_deref(), Some("Proposed wording"));
    desk.types("401 million");
    desk.press(Key::Escape);
    assert_eq!(desk.picked().proposed_wording.as_str(), "401 million");
    undo_is(&desk, "edit the proposed wording");
    desk.press(Key::Y);
    assert_eq!(desk.picked().resolution, Resolution::Accepted);
    undo_is(&desk, "accept the correction");
    assert!(rules::is_verified(desk.picked()));
    // To put it into the text is offered; not now.
    desk.press(Key::Escape);
    there_and_back(&mut desk, |desk| desk.picked().resolution);
    // It is rejected by a control and a key of its own, never by a second click on the other one.
    let place = desk.find_button("The editor: accepts").expect("a button").rect().center();
    desk.pause();
    desk.click_again_at(place);
    desk.click_again_at(place);
    desk.rest();
    assert!(desk.model().dialog.is_none());
    assert_eq!(desk.picked().resolution, Resolution::Accepted);
    for by_key in [true, false] {
        if by_key {
            desk.chord(Modifiers::SHIFT, Key::Y);
        } else {
            desk.click("The editor: rejects");
        }
        undo_is(&desk, "reject the correction");
        assert_eq!(desk.picked().resolution, Resolution::Rejected);
        assert!(!rules::is_verified(desk.picked()) && desk.model().dialog.is_none());
        there_and_back(&mut desk, |desk| desk.picked().resolution);
        desk.ctrl(Key::Z);
        assert_eq!(desk.picked().resolution, Resolution::Accepted, "what was rejected can be taken back");
    }
    // Deciding while the wording is still being typed finishes it first.
    desk.fill("Proposed wording", " or so");
    desk.click("The editor: accepts");
    assert_eq!(desk.picked().proposed_wording.as_str(), "401 million or so");
    assert_eq!(desk.picked().resolution, Resolution::Accepted);
}

#[test]
fn priority_tags_and_what_is_folded_away() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    desk.press(Key::P);
    desk.is_asked("a priority", |dialog| matches!(dialog, Dialog::Priority { .. }));
    desk.press(Key::Num1);
    assert_eq!(desk.picked().priority, Some(Priority::High));
    undo_is(&desk, "set the priority");
    there_and_back(&mut desk, |desk| desk.picked().priority);
    desk.press(Key::P);
    desk.press(Key::Num0);
    assert_eq!(desk.picked().priority, None);
    desk.press(Key::T);
    assert_eq!(desk.focused().as_deref(), Some("Tags"));
    desk.types("money, money,  to the lawyer");
    desk.press(Key::Enter);
    assert_eq!(desk.picked().tags, ["money", "to the lawyer"]);
    undo_is(&desk, "edit the tags");
    there_and_back(&mut desk, |desk| desk.picked().tags.clone());
    assert!(!desk.shows("Category") && desk.shows("Tags"), "what is filled is shown");
    desk.scroll_to_button("More fields");
    desk.click("More fields");
    for (field, undo) in [
        ("Said when", "edit when it was said"),
        ("Said where", "edit where it was said"),
        ("Category", "edit the category"),
        ("Private note", "edit the private note"),
    ] {
        desk.scroll_to_field(field);
        desk.fill(field, "some words");
        desk.press(Key::Escape);
        undo_is(&desk, undo);
        there_and_back(&mut desk, |desk| desk.picked().clone());
    }
    desk.scroll_to_button("Fewer fields");
    desk.click("Fewer fields");
    for field in ["Said when", "Said where", "Category", "Private note"] {
        assert_eq!(desk.value(field), "some words", "what is filled is shown");
    }
}

#[test]
fn a_claim_is_rated_on_a_scale_of_the_house() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    desk.press(Key::G);
    desk.is_asked("a rating", |dialog| matches!(dialog, Dialog::Rating { .. }));
    desk.click("Choose a scale…");
    desk.click("Three steps");
    desk.fill("Label of rating 2", " only");
    desk.click("Keep");
    undo_is(&desk, "set the rating scale");
    let labels = |desk: &Desk| {
        desk.desk().project.about.scale.iter().map(|rating| rating.label.clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&desk), ["Correct", "Partly correct only", "Incorrect"]);
    desk.is_asked("the rating after all", |dialog| matches!(dialog, Dialog::Rating { .. }));
    desk.press(Key::Num2);
    let rated = |desk: &Desk| desk.picked().verdict.as_ref().map(|verdict| verdict.words());
    assert_eq!(rated(&desk).as_deref(), Some("Partly correct only (2)"));
    undo_is(&desk, "set the rating");
    there_and_back(&mut desk, rated);
    desk.fill("Why this rating", "half of it");
    desk.press(Key::Escape);
    assert_eq!(desk.picked().rationale.as_str(), "half of it");
    desk.press(Key::G);
    desk.press(Key::Num0);
    assert_eq!(rated(&desk), None);
    // One's own, from nothing.
    desk.menu("Edit", "Rating scale…");
    for _ in 0..3 {
        desk.click("Remove rating 1");
    }
    for (place, label) in [(1, "Right"), (2, "Wrong")] {
        desk.click("Add a rating");
        desk.fill(&format!("Label of rating {place}"), label);
    }
    desk.fill("Number of rating 2", "none");
    assert!(!desk.can_press("Keep"), "that is no number");
    desk.ctrl(Key::A);
    desk.types("0,5");
    desk.press(Key::Enter);
    assert_eq!(labels(&desk), ["Right", "Wrong"]);
    assert_eq!(desk.desk().project.about.scale[1].number.map(|number| number.0), Some(0.5));
    desk.ctrl(Key::Z);
    assert_eq!(labels(&desk).len(), 3);
}

#[test]
fn a_sign_off_is_by_name_and_lapses_when_what_it_covers_changes() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    desk.press(Key::Num4);
    desk.press(Key::J);
    assert_eq!(signs(&desk)[0].name, "Ana Núñez");
    undo_is(&desk, "sign off");
    there_and_back(&mut desk, |desk| signs(desk).len());
    desk.press(Key::J);
    assert_eq!(signs(&desk).len(), 1);
    assert!(desk.told().contains("nothing has changed since"));
    desk.scroll_to_field("In which role");
    desk.fill("In which role", "second check");
    desk.press(Key::Escape);
    assert_eq!(signs(&desk)[0].role, "second check");
    undo_is(&desk, "edit a sign-off: role");
    // Where it stands in the list of work is no matter of what was found.
    desk.press(Key::P);
    desk.press(Key::Num3);
    assert!(!desk.shows_words("Lapsed"));
    desk.press(Key::V);
    desk.types("Another count\n");
    assert!(desk.shows_words("Lapsed"), "there is evidence that nobody signed");
    desk.ctrl(Key::Z);
    assert!(!desk.shows_words("Lapsed"));
    desk.press(Key::Num2);
    assert!(desk.shows_words("Lapsed"));
    desk.press(Key::J);
    assert_eq!(signs(&desk).len(), 2);
    desk.scroll_to_button("Take away the sign-off of Ana Núñez");
    desk.click("Take away the sign-off of Ana Núñez");
    undo_is(&desk, "take a sign-off away");
    assert_eq!(signs(&desk).len(), 1);
}

#[test]
fn the_history_is_read_with_both_values_the_newest_first() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    desk.press(Key::Num2);
    desk.press(Key::Num4);
    desk.press(Key::V);
    desk.paste(ADDRESS);
    desk.press(Key::Enter);
    desk.press(Key::H);
    desk.is_asked("the history", |dialog| matches!(dialog, Dialog::History { .. }));
    for line in [
        "Status: In progress → Verified",
        "Status: Unchecked → In progress",
        "Words marked: “410 million”",
        "Marked: Claim",
    ] {
        assert!(desk.shows(line), "{line}");
    }
    assert!(desk.shows_words(&format!("Evidence added: supports · {ADDRESS}")));
    assert!(desk.shows_words("Ana Núñez · "));
    desk.click("Close");
    assert!(desk.model().dialog.is_none());
    // A long one shows its newest lines, and all on request.
    for _ in 0..40 {
        desk.press(Key::Num1);
        desk.press(Key::Num2);
    }
    desk.press(Key::H);
    assert!(!desk.shows("Marked: Claim"));
    for _ in 0..4 {
        desk.scroll_to_button("Show all 85");
    }
    desk.click("Show all 85");
    assert!(desk.shows("Marked: Claim"));
}

#[test]
fn attempts_to_reach_a_source_are_noted_with_their_outcome() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "mayor Ines Halvard", Key::S);
    desk.click("Type: Person");
    assert_eq!(desk.picked().source_type, Some(SourceType::Person));
    undo_is(&desk, "set the type of source");
    desk.scroll_to_button("Add a contact");
    desk.click("Add a contact");
    undo_is(&desk, "add a contact");
    assert_eq!(desk.focused().as_deref(), Some("How"), "the new one is open");
    desk.types("telephone");
    desk.press(Key::Tab);
    undo_is(&desk, "edit a contact: how");
    desk.types("confirmed all figures");
    desk.press(Key::Escape);
    let contact = contacts(&desk)[0].clone();
    assert_eq!((contact.how.as_str(), contact.outcome.as_str()), ("telephone", "confirmed all figures"));
    assert_eq!(contact.at, contact.log[0].when.strftime("%Y-%m-%d").to_string());
    there_and_back(&mut desk, |desk| contacts(desk)[0].clone());
    desk.scroll_to_button("Remove this contact");
    desk.click("Remove this contact");
    undo_is(&desk, "remove a contact");
    assert!(contacts(&desk).is_empty());
    there_and_back(&mut desk, |desk| contacts(desk).len());
    desk.scroll_to_button("More fields");
    desk.click("More fields");
    for (field, undo) in [("Address", "edit the address"), ("How to reach it", "edit how to reach it")] {
        desk.scroll_to_field(field);
        desk.fill(field, "https://halvard.example");
        desk.press(Key::Escape);
        undo_is(&desk, undo);
    }
    assert!(desk.can_press("Open the source's address…"));
}

#[test]
fn a_quote_is_compared_with_a_pasted_transcript() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "to expect no delay", Key::Q);
    desk.click("Form: Direct");
    assert_eq!(desk.picked().form, Some(QuoteForm::Direct));
    desk.fill("Compared with", "Recording of the sitting");
    desk.fill("At", "1:10:04");
    desk.press(Key::Tab);
    undo_is(&desk, "edit where in it");
    desk.click("Compare with a transcript…");
    assert_eq!(desk.focused().as_deref(), Some("What was said; it is not stored in the project"));
    let state = desk.desk().history.state();
    desk.paste("Well. It is naive, frankly, to expect no more delay, she said. Thank you.");
    desk.press(Key::Escape);
    assert_eq!(desk.desk().history.state(), state, "a transcript is no change of the project");
    desk.scroll_to_button("Keep the passage as evidence");
    assert!(desk.shows("1 word left out"));
    assert!(desk.shows_words("to expect no [said: more] delay"));
    desk.click("Keep the passage as evidence");
    undo_is(&desk, "keep a passage as evidence");
    let found = evidence(&desk)[0];
    assert_eq!(found.title, "Recording of the sitting");
    assert_eq!(found.location, "1:10:04");
    assert_eq!(found.excerpt.as_str(), "to expect no more delay");
    assert_eq!((found.stance, found.level), (Stance::Context, Some(Level::Primary)));
    // It serves the next quote too.
    desk.select("It is naïve");
    desk.press(Key::Q);
    assert!(
        desk.shows_words("It is [in the quote only: naïve,”] [said: naive,]")
            || desk.shows_words("[said: naive")
    );
}

#[test]
fn an_unfinished_field_of_evidence_is_saved_and_recovered() {
    let room = Room::with_story().known();
    let mut desk = with(&room, "410 million", Key::C);
    desk.press(Key::V);
    desk.types("City accounts\n");
    let card = desk.buttons().into_iter().find(|name| name.contains("City accounts")).expect("a card");
    desk.scroll_to_button(&card);
    desk.click(&card);
    desk.scroll_to_field("Excerpt");
    desk.fill("Excerpt", "half a sent");
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("kept.ron"));
    desk.until("the file", |model| !model.is_dirty());
    let kept = room.project("kept.ron");
    let annotation = kept.annotations.values().next().expect("an annotation");
    assert_eq!(annotation.evidence[0].excerpt.as_str(), "half a sent", "saving finishes it first");
    // And where nobody saves, it is in the recovery data, a new piece of evidence too.
    desk.press(Key::Escape);
    desk.click_on("410 million");
    desk.press(Key::V);
    desk.types("https://half.example/typ");
    desk.pause();
    desk.pause();
    let journals = room.settings().join("recovery");
    let holds = move || {
        let entries = std::fs::read_dir(&journals).into_iter().flatten().flatten();
        let mut texts = entries.filter_map(|entry| std::fs::read(entry.path()).ok());
        texts.any(|bytes| String::from_utf8_lossy(&bytes).contains("https://half.example/typ"))
    };
    desk.until("the recovery data", |_| holds());
    assert_eq!(evidence(&desk).len(), 1, "it is no change of the project yet");
}

#[test]
fn everything_can_be_reached_in_narrow_and_wide_panels() {
    for size in [egui::vec2(560.0, 380.0), egui::vec2(1100.0, 700.0), egui::vec2(2560.0, 1440.0)] {
        let room = Room::with_story().known();
        let mut desk = Desk::start(&room, Some(room.path("story.txt")), size);
        desk.select("21 votes");
        desk.press(Key::Q);
        desk.press(Key::V);
        desk.types(
            "https://city.example/a/very/long/path/that/does/not/fit/into/a/narrow/panel/at/all.pdf\n",
        );
        let card = desk.buttons().into_iter().find(|name| name.starts_with("Evidence 1")).expect("a card");
        desk.scroll_to_button(&card);
        desk.click(&card);
        desk.scroll_to_button("More fields");
        desk.click("More fields");
        let side =
            desk.buttons_with_places().into_iter().filter(|(_, rect)| rect.left() > desk.pane().right());
        for (name, rect) in side {
            assert!(rect.right() <= size.x + 0.5, "{name} reaches out of the window at {size:?}");
        }
        for name in ["Evidence: context", "Level: not said", "Remove this evidence", "Sign off", "History…"]
        {
            desk.scroll_to_button(name);
            assert!(desk.in_sight(name), "{name} at {size:?}");
        }
        for name in ["Said when", "Private note", "Excerpt", "Date seen"] {
            desk.scroll_to_field(name);
            desk.enter(name);
            desk.press(Key::Escape);
        }
    }
}
