//! Merging a colleague's copy: chosen, seen, decided, taken or left (M01 to M18 and F16 in the window).

use std::path::PathBuf;

use egui::Key;
use proofmark::app::{Command, Dialog};
use proofmark::domain::annotation::AnnotationValue;
use proofmark::domain::article::Edit;
use proofmark::domain::{Id, Kind, Project, Span, Stamp, Status, Transaction};
use proofmark::formats;

use crate::desk::Desk;
use crate::rescue::save_as;
use crate::room::{Room, read};

fn is_review(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Review)
}

/// A saved project in `kept.ron` with a mark, and its id.
pub fn with_project() -> (Room, Id) {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    let id = desk.picked().id;
    save_as(&mut desk, &room, "kept.ron");
    (room, id)
}

pub fn ben(seed: u128) -> Stamp {
    Stamp::new("2026-11-25T10:00:00Z".parse().expect("a time"), "Ben Ott", seed)
}

/// Something that Ben does.
type Step<'a> = &'a dyn Fn(&Project, &mut Stamp) -> Transaction;

/// What Ben makes of a file, in another one.
pub fn bens(room: &Room, (from, to): (&str, &str), steps: &[Step<'_>]) -> PathBuf {
    let mut project = room.project(from);
    let made = project.annotations.len() + project.removed.len() + to.len();
    let seed = 10_000 * made as u128;
    for (number, step) in steps.iter().enumerate() {
        let step = step(&project, &mut ben(seed + 100 * number as u128));
        project.apply(&step).expect("a step that fits");
    }
    room.write(to, formats::ron::write(&project))
}

pub fn marks(words: &'static str) -> impl Fn(&Project, &mut Stamp) -> Transaction {
    move |project, stamp| {
        let at = project.article.text.as_str().find(words).expect("the words");
        project.mark(Kind::Claim, &[Span::new(at, at + words.len())], stamp).1
    }
}

pub fn sets(id: Id, status: Status) -> impl Fn(&Project, &mut Stamp) -> Transaction {
    move |project, stamp| project.set(id, "set", vec![AnnotationValue::Status(status)], stamp)
}

fn writes(from: &'static str, to: &'static str) -> impl Fn(&Project, &mut Stamp) -> Transaction {
    move |project, stamp| {
        let at = project.article.text.as_str().find(from).expect("the words") as u32;
        let edit = Edit { at, removed: from.into(), inserted: to.into() };
        project.edit(vec![edit], stamp).expect("an edit that fits")
    }
}

/// Asks for a merge and waits for the review.
pub fn review(desk: &mut Desk, room: &Room, name: &str) {
    desk.ctrl(Key::M);
    desk.gives_path(&room.path(name));
    desk.is_asked("to review", is_review);
}

#[test]
fn what_a_colleague_did_is_seen_taken_as_one_step_and_given_back() {
    let (room, id) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&marks("21 votes to 14"), &sets(id, Status::Verified)]);
    let (kept, bens) = (room.bytes("kept.ron"), room.bytes("ben.ron"));
    let mut desk = Desk::open(&room, "kept.ron");
    let before = desk.desk().project.clone();
    review(&mut desk, &room, "ben.ron");
    assert!(desk.shows("Merge the copy of Ben Ott"));
    assert!(desk.shows_words("1 new, 1 changed · nothing conflicts"));
    assert!(desk.shows_words("Ben Ott"));
    assert_eq!(desk.desk().project, before, "nothing is taken yet");
    desk.press(Key::Enter);
    assert_eq!(desk.marked(), ["21 votes to 14", "410 million"]);
    assert_eq!(desk.desk().history.undo_label(), Some("merge the copy of Ben Ott"));
    assert!(desk.model().is_dirty());
    assert_eq!((room.bytes("kept.ron"), room.bytes("ben.ron")), (kept, bens), "both stay as they are");
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project, before);
    desk.ctrl(Key::Y);
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    // Again, there is nothing new.
    review(&mut desk, &room, "ben.ron");
    assert!(desk.shows("Nothing new in this copy"));
    desk.click("Go on");
    assert!(!desk.model().is_dirty());
}

#[test]
fn what_conflicts_is_decided_with_one_key_before_merging() {
    let (room, id) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&sets(id, Status::Verified)]);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.pick(id);
    desk.press(Key::Num3);
    let before = desk.desk().project.clone();
    review(&mut desk, &room, "ben.ron");
    assert!(desk.shows_words("Status: yours, “Query”, Ana Núñez"));
    assert!(desk.shows_words("Status: theirs, “Verified”, Ben Ott"));
    assert!(desk.shows_words("1 undecided"));
    desk.press(Key::ArrowRight);
    assert!(desk.shows_words("all decided"));
    desk.press(Key::Backspace);
    assert!(desk.shows_words("1 undecided"));
    desk.press(Key::Num1);
    desk.press(Key::Num2);
    desk.press(Key::Enter);
    let record = &desk.desk().project.annotations[&id];
    assert!(!record.is_conflicted() && record.status == Status::Verified);
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project, before, "the merge and the decision are one step");
}

#[test]
fn what_conflicts_can_be_left_and_decided_later_where_it_stands() {
    let (room, id) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&sets(id, Status::Verified)]);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.pick(id);
    desk.press(Key::Num3);
    review(&mut desk, &room, "ben.ron");
    desk.press(Key::Enter);
    assert!(desk.told().contains("1 question still open"), "{}", desk.told());
    assert!(desk.list()[0].contains(", undecided"), "{:?}", desk.list());
    desk.press(Key::Escape);
    desk.press(Key::N);
    assert!(desk.shows("Two values, undecided"));
    desk.click("Status: take “Verified” of Ben Ott");
    assert_eq!(desk.picked().status, Status::Verified);
    assert!(!desk.list()[0].contains(", undecided"), "{:?}", desk.list());
    // In the review of what is undecided, too.
    desk.ctrl(Key::Z);
    desk.asks(Command::Merge(proofmark::app::merging::Merge::Undecided));
    desk.rest();
    assert!(desk.shows("What is undecided"));
    desk.press(Key::Num2);
    desk.press(Key::Enter);
    assert!(!desk.desk().project.annotations[&id].is_conflicted());
    assert_eq!(desk.desk().history.undo_label(), Some("decide 1 question"));
}

#[test]
fn a_removal_against_a_change_is_a_question_with_two_answers() {
    for (key, stays) in [(Some(Key::K), true), (Some(Key::Delete), false), (None, true)] {
        let (room, id) = with_project();
        bens(&room, ("kept.ron", "ben.ron"), &[&|project, stamp| project.remove(id, stamp)]);
        let mut desk = Desk::open(&room, "kept.ron");
        desk.pick(id);
        desk.press(Key::Num4);
        review(&mut desk, &room, "ben.ron");
        assert!(desk.shows_words("Ben Ott removed it while"));
        if let Some(key) = key {
            desk.press(key);
            desk.press(Key::Enter);
            assert_eq!(desk.desk().project.annotations.contains_key(&id), stays);
            continue;
        }
        desk.press(Key::Enter);
        desk.pick(id);
        assert!(desk.list()[0].contains(", undecided"), "{:?}", desk.list());
        let name = desk.buttons().into_iter().find(|name| name.ends_with("“Remove it”"));
        desk.click(&name.expect("the question in the inspector"));
        assert!(!desk.desk().project.annotations.contains_key(&id));
    }
}

#[test]
fn words_that_two_people_changed_are_shown_side_by_side() {
    let (room, _) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&writes("on Tuesday", "on Wednesday")]);
    let mut desk = Desk::open(&room, "kept.ron");
    let mine = writes("on Tuesday", "on Monday")(&desk.desk().project.clone(), &mut crate::room::stamp(77));
    let mut table = desk.desk().clone();
    table.history.commit(&mut table.project, mine).expect("an edit");
    desk.put(proofmark::app::Desk {
        on_disk: table.on_disk.clone(),
        number: table.number,
        ..proofmark::app::Desk::new(table.project, table.history, table.path, table.suggested)
    });
    desk.rest();
    review(&mut desk, &room, "ben.ron");
    assert!(desk.shows_words("These words were changed in different ways"));
    desk.press(Key::Num2);
    desk.press(Key::Enter);
    assert!(desk.text().contains("on Wednesday."), "{}", desk.text());
    assert!(!desk.shows_words("passage undecided"));
    desk.ctrl(Key::Z);
    assert!(desk.text().contains("on Monday."));
    review(&mut desk, &room, "ben.ron");
    desk.press(Key::Enter);
    assert!(desk.shows("1 passage undecided"));
    desk.click("Decide…");
    desk.is_asked("to decide", is_review);
    desk.press(Key::Num1);
    desk.press(Key::Enter);
    assert!(!desk.shows("1 passage undecided"), "{}", desk.text());
}

#[test]
fn leaving_a_review_leaves_everything() {
    let (room, id) = with_project();
    bens(&room, ("kept.ron", "ben.ron"), &[&sets(id, Status::Verified)]);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.pick(id);
    desk.press(Key::Num3);
    let (before, state) = (desk.desk().project.clone(), desk.desk().history.state());
    review(&mut desk, &room, "ben.ron");
    desk.press(Key::Num2);
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none() && desk.model().review.is_none());
    assert_eq!((desk.desk().project.clone(), desk.desk().history.state()), (before, state));
}

// M15
#[test]
fn what_cannot_be_merged_is_told_with_what_to_do_and_nothing_changes() {
    let (room, _) = with_project();
    let kept = String::from_utf8(room.bytes("kept.ron")).expect("UTF-8");
    let mut stamp = ben(5);
    let article = proofmark::domain::Article::new(
        "x.txt".into(),
        String::new(),
        proofmark::domain::Text::new("Another article altogether."),
        &mut stamp,
    );
    room.write("other.ron", formats::ron::write(&Project::new(article, &mut stamp)));
    room.write("damaged.ron", kept.replacen("kind: ", "kind; ", 1));
    let version = kept.lines().find(|line| line.contains("format")).expect("the version");
    room.write("newer.ron", kept.replacen(version, &version.replace('1', "9"), 1));
    let mut desk = Desk::open(&room, "kept.ron");
    let before = desk.desk().project.clone();
    for (name, words) in [
        ("other.ron", "Compare with a colleague's copy"),
        ("damaged.ron", "Nothing was merged"),
        ("newer.ron", "Update Proofmark"),
        ("nowhere.ron", "nowhere.ron"),
    ] {
        desk.ctrl(Key::M);
        desk.gives_path(&room.path(name));
        desk.hears(words);
        assert!(desk.model().dialog.is_none() && !desk.model().busy);
        assert_eq!(desk.desk().project, before);
        desk.click("Close");
    }
}

// F16, M18
#[test]
fn a_file_that_somebody_else_wrote_is_merged_and_saved_over_that_and_nothing_else() {
    let (room, id) = with_project();
    let mut desk = Desk::open(&room, "kept.ron");
    desk.select("21 votes to 14");
    desk.press(Key::C);
    bens(&room, ("kept.ron", "kept.ron"), &[&marks("long dispute"), &sets(id, Status::Verified)]);
    let theirs = room.project("kept.ron");
    desk.ctrl(Key::S);
    desk.is_asked("whose version", |dialog| matches!(dialog, Dialog::Changed { .. }));
    let mine = desk.desk().project.clone();
    desk.click("Merge…");
    desk.is_asked("to review", is_review);
    assert!(desk.shows("Merge what Ben Ott saved"));
    desk.press(Key::Enter);
    desk.ctrl(Key::S);
    desk.until("the file", |model| !model.is_dirty());
    assert!(desk.model().dialog.is_none());
    let saved = room.project("kept.ron");
    let whoever = theirs.merge(&mine).expect("copies of one project");
    assert_eq!(formats::ron::write(&saved), formats::ron::write(&whoever), "the same whoever merges");
    assert_eq!(desk.marked(), ["21 votes to 14", "long dispute", "410 million"]);
    // What is in the file already is taken back by further entries, so it is in no danger.
    desk.ctrl(Key::Z);
    assert_eq!(desk.marked(), ["21 votes to 14", "410 million"]);
    assert!(desk.desk().project.removed.len() == 1);
    desk.ctrl(Key::Y);
    // The next one who writes it is asked about again.
    bens(&room, ("kept.ron", "kept.ron"), &[&marks("expect no delay")]);
    desk.ctrl(Key::S);
    desk.is_asked("whose version", |dialog| matches!(dialog, Dialog::Changed { .. }));
}

// F16
#[test]
fn of_two_windows_on_one_file_the_second_that_saves_merges() {
    let (room, _) = with_project();
    let mut one = Desk::open(&room, "kept.ron");
    std::fs::remove_file(room.path(".~lock.kept.ron#")).expect("a folder that carries no marks");
    let mut other = Desk::open(&room, "kept.ron");
    one.select("21 votes to 14");
    one.press(Key::C);
    one.ctrl(Key::S);
    one.until("the file", |model| !model.is_dirty());
    other.select("long dispute");
    other.press(Key::C);
    other.ctrl(Key::S);
    other.is_asked("whose version", |dialog| matches!(dialog, Dialog::Changed { .. }));
    other.click("Merge…");
    other.is_asked("to review", is_review);
    other.press(Key::Enter);
    other.ctrl(Key::S);
    other.until("the file", |model| !model.is_dirty());
    // The first one saves again, and merges in its turn.
    one.select("expect no delay");
    one.press(Key::C);
    one.ctrl(Key::S);
    one.is_asked("whose version", |dialog| matches!(dialog, Dialog::Changed { .. }));
    one.click("Merge…");
    one.is_asked("to review", is_review);
    one.press(Key::Enter);
    one.ctrl(Key::S);
    one.until("the file", |model| !model.is_dirty());
    let words: Vec<String> =
        read(&room.path("kept.ron")).in_order().iter().map(|annotation| annotation.words()).collect();
    assert_eq!(words, ["21 votes to 14", "expect no delay", "long dispute", "410 million"]);
}

// M18
#[test]
fn a_conflicted_copy_that_is_pointed_out_is_merged_from_there() {
    let (room, _) = with_project();
    let name = "kept (Ben's conflicted copy 2026-11-24).ron";
    bens(&room, ("kept.ron", name), &[&marks("21 votes to 14")]);
    let mut desk = Desk::open(&room, "kept.ron");
    desk.hears(name);
    desk.click("Merge…");
    desk.is_asked("to review", is_review);
    desk.press(Key::Enter);
    assert_eq!(desk.marked(), ["21 votes to 14", "410 million"]);
    assert!(!desk.told().contains("conflicted copy"));
}

#[test]
fn of_many_changes_the_first_are_drawn_and_the_window_goes_on_meanwhile() {
    let (room, _) = with_project();
    let words = "One two three four five six seven eight nine ten. ".repeat(300);
    room.write("long.txt", &words);
    let mut desk = Desk::open(&room, "long.txt");
    desk.click_on("One");
    save_as(&mut desk, &room, "long.ron");
    let mut project = room.project("long.ron");
    for number in 0..1500_usize {
        let at = number * 10;
        if let Some(span) = project.article.text.trimmed(Span::new(at, at + 9)) {
            let step = project.mark(Kind::Claim, &[span], &mut ben(50_000 + 10 * number as u128)).1;
            project.apply(&step).expect("a mark");
        }
    }
    let count = project.annotations.len();
    room.write("many.ron", formats::ron::write(&project));
    desk.ctrl(Key::M);
    desk.gives_path(&room.path("many.ron"));
    desk.is_asked("to review", is_review);
    assert!(desk.shows_words(&format!("{count} new")));
    assert!(desk.shows_words("Show 80 more"));
    desk.press(Key::Enter);
    assert_eq!(desk.desk().project.annotations.len(), count);
    desk.ctrl(Key::Z);
    assert_eq!(desk.desk().project.annotations.len(), 0);
}
