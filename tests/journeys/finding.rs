//! Finding words and expressions in the article, in notes and in evidence, and marking every hit.

use egui::{Key, Modifiers};
use proofmark::app::find::Find;
use proofmark::app::finish::finish;
use proofmark::app::{Command, Effect, Outcome, studies};
use proofmark::domain::annotation::{AnnotationValue, Prose};
use proofmark::domain::{Kind, Span};

use crate::desk::Desk;
use crate::room::{Room, STORY, stamp};
use crate::table;

const FIELD: &str = "Find in the article";

fn hits(desk: &Desk) -> Vec<Span> {
    desk.model().find.hits.clone()
}

/// The words of the hit where one is.
fn at(desk: &Desk) -> Option<usize> {
    desk.model().find.at().map(|span| span.start as usize)
}

#[test]
fn words_are_found_gone_through_and_left_selected() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.ctrl(Key::F);
    assert_eq!(desk.focused().as_deref(), Some(FIELD));
    desk.types("the");
    let all: Vec<usize> = STORY.to_lowercase().match_indices("the").map(|(at, _)| at).collect();
    assert_eq!(hits(&desk).len(), all.len());
    assert!(desk.shows(&format!("1 of {}", all.len())));
    assert!(desk.draws(proofmark::ui::palette::Palette::LIGHT.hit));
    // Enter and F3 go on, with Shift back, round and round; the field keeps the keys.
    desk.press(Key::Enter);
    assert_eq!(at(&desk), Some(all[1]));
    desk.press(Key::F3);
    assert_eq!(at(&desk), Some(all[2]));
    desk.chord(Modifiers::SHIFT, Key::Enter);
    desk.chord(Modifiers::SHIFT, Key::F3);
    desk.chord(Modifiers::SHIFT, Key::F3);
    assert_eq!(at(&desk), all.last().copied());
    assert_eq!(desk.focused().as_deref(), Some(FIELD));
    desk.press(Key::Escape);
    assert_eq!(desk.selected(), STORY[*all.last().unwrap()..][..3]);
    assert!(desk.article_has_focus() && !desk.model().find.open);
    assert!(!desk.draws(proofmark::ui::palette::Palette::LIGHT.hit));
    // F3 goes on from there without the field.
    desk.press(Key::F3);
    assert_eq!(at(&desk), Some(all[0]));
    assert!(desk.article_has_focus() && desk.model().find.open);
    desk.press(Key::Escape);
    assert!(!desk.model().find.open);
}

#[test]
fn the_bar_begins_with_the_selection_and_options_change_what_is_found() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("council");
    desk.click("Find");
    assert_eq!(desk.value(FIELD), "council");
    assert_eq!((hits(&desk).len(), at(&desk)), (2, STORY.find("council approved")));
    desk.click_box("Match case");
    assert_eq!(hits(&desk).len(), 1);
    desk.click_box("Match case");
    desk.ctrl(Key::F);
    desk.types("vote");
    assert_eq!(hits(&desk).len(), 2);
    desk.click_box("Whole words");
    assert_eq!(hits(&desk).len(), 1);
    desk.click_box("Whole words");
    desk.click_box("Expression");
    desk.ctrl(Key::F);
    desk.types(r"\d+ (votes|million)");
    desk.until("both", |model| model.find.hits.len() == 2 && model.find.part.is_none());
    desk.ctrl(Key::F);
    desk.types("(");
    desk.until("why not", |model| !model.find.unfit.is_empty());
    assert!(desk.shows_words("a round bracket is not closed"));
    desk.ctrl(Key::F);
    desk.types("x*");
    desk.until("the end", |model| model.find.part.is_none() && model.find.unfit.is_empty());
    assert!(hits(&desk).iter().all(|hit| !hit.is_empty()));
}

/// F30.
#[test]
fn marking_all_hits_is_one_step_and_leaves_those_that_are_marked() {
    let room = Room::new().known();
    room.write("crlf.txt", "He said.\r\nSaid again, 10 \u{d7} more.\r\n\r\nShe said so.");
    let mut desk = Desk::open(&room, "crlf.txt");
    desk.select("said");
    desk.press(Key::C);
    desk.ctrl(Key::F);
    desk.types("said");
    assert_eq!(hits(&desk).len(), 3);
    desk.click("Mark all hits as…");
    desk.click("Mark all hits as claims");
    assert_eq!(desk.marked(), ["said", "Said", "said"]);
    assert!(desk.told().contains("2 hits marked as claims; 1 hit marked so already"), "{}", desk.told());
    desk.click("Edit");
    assert!(desk.shows("Undo: mark 2 hits as claims"));
    desk.click("Undo: mark 2 hits as claims");
    assert_eq!(desk.marked(), ["said"]);
}

/// F30: whatever the expression, what is marked is what an annotation may have.
#[test]
fn an_expression_marks_whole_letters_only() {
    let text = "D\u{e9}j\u{e0} 😀 said 👩\u{200d}❤\u{fe0f}\u{200d}👩: שלום 東京\r\ne\u{301}tude 👩 and said\u{301}.\r\n\r\nEND";
    for pattern in [".", r"\S+", r"\W", "[^x]+?", "(?s)..", "x*", r"\b|e", "$"] {
        let mut model = table::with_text(text, 1);
        table::asks(&mut model, Find::Expression.into(), 2);
        table::asks(&mut model, Find::Type(pattern.into()).into(), 3);
        for effect in studies::due(&mut model) {
            let Effect::Study(number, job) = effect else { continue };
            job.run(
                || true,
                |finding| {
                    finish(&mut model, Outcome::Studied(number, finding), &mut stamp(4));
                },
            );
        }
        let hits = model.find.hits.clone();
        assert!(model.find.part.is_none() && model.find.unfit.is_empty());
        table::asks(&mut model, Find::Mark(Kind::Source).into(), 5);
        let desk = model.desk.as_ref().unwrap();
        let (project, text) = (&desk.project, &desk.project.article.text);
        assert_eq!(project.annotations.len(), hits.len(), "{pattern}");
        assert!(hits.iter().all(|hit| text.admits(*hit)), "{pattern}");
        assert!(project.in_order().iter().flat_map(|a| a.placed()).eq(hits), "{pattern}");
        table::asks(&mut model, Command::Undo, 6);
        assert!(model.desk.as_ref().unwrap().project.annotations.is_empty());
    }
}

/// F30: the window goes on while a heavy expression is looked for, and it can be left.
#[test]
fn a_heavy_expression_never_holds_the_window() {
    let room = Room::new().known();
    room.write("long.txt", "word and another word, \n".repeat(40_000));
    let mut desk = Desk::open(&room, "long.txt");
    desk.ctrl(Key::F);
    desk.click_box("Expression");
    desk.ctrl(Key::F);
    desk.types(r"[dn].{200}\d|(\w+\s+){1,30}nowhere");
    assert!(desk.model().find.part.is_some(), "it is being looked for");
    assert!(desk.shows_words("Searching…"));
    desk.ctrl(Key::F);
    desk.types("another");
    desk.until("the next question", |model| model.find.hits.len() == 40_000);
    assert!(desk.shows("1 of 40,000"));
    desk.press(Key::Escape);
    assert!(!desk.model().find.open && desk.model().find.hits.is_empty());
}

#[test]
fn notes_and_evidence_are_searched_too() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    desk.fill("Note", "the minutes say so");
    desk.click_on("plan");
    desk.press(Key::Escape);
    assert!(desk.desk().picked.is_none());
    desk.ctrl(Key::F);
    desk.types("minutes");
    assert!(desk.shows("Not found"));
    desk.click("In notes and evidence: 1");
    desk.click("Note: the minutes say so, 21 votes to 14");
    assert_eq!(desk.picked().words(), "21 votes to 14");
}

/// The model alone: what is found belongs to the text that is there.
#[test]
fn another_text_is_looked_through_anew() {
    let mut model = table::model(1);
    table::asks(&mut model, Find::Open.into(), 2);
    table::asks(&mut model, Find::Type("tunnel".into()).into(), 3);
    assert!(studies::due(&mut model).is_empty(), "a short text needs no other thread");
    let before = model.find.hits.clone();
    assert_eq!(before.len(), 2);
    table::asks(&mut model, Command::Find(Find::Mark(Kind::Quote)), 4);
    assert_eq!(model.desk.as_ref().unwrap().project.annotations.len(), 2);
    table::asks(&mut model, Command::Find(Find::Mark(Kind::Quote)), 5);
    assert_eq!(model.desk.as_ref().unwrap().project.annotations.len(), 2);
    let desk = model.desk.as_mut().unwrap();
    let id = *desk.project.annotations.keys().next().unwrap();
    let values = vec![AnnotationValue::Note(Prose::from("a tunnel"))];
    table::asks(&mut model, Command::Set(id, "note", values), 6);
    studies::due(&mut model);
    assert_eq!((model.find.note_count, model.find.hits.len()), (1, 2));
    table::asks(&mut model, Find::Close.into(), 7);
    assert_eq!(model.desk.as_ref().unwrap().selection, Some(before[0]));
}

#[test]
fn other_words_are_looked_for_from_where_one_was_and_not_from_where_the_last_words_stood() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.ctrl(Key::F);
    desk.types("long");
    desk.press(Key::Escape);
    desk.click_on("Council approves");
    desk.ctrl(Key::F);
    desk.types("the");
    assert_eq!(at(&desk), STORY.find("the"));
    // Letters taken back lead back, too.
    desk.types("zz");
    assert_eq!(at(&desk), None);
    desk.press(Key::Backspace);
    desk.press(Key::Backspace);
    assert_eq!(at(&desk), STORY.find("the"));
}
