//! Much at once and often: thousands of cycles, thousands of marks over each other (F20, F21), and
//! text that comes from an input method. Work is counted, never timed.

use egui::{Event, ImeEvent, Key};
use proofmark::app::{Command, Desk as Table, Model, Settings, update};
use proofmark::domain::annotation::{AnnotationSpan, Place};
use proofmark::domain::places::Places;
use proofmark::domain::project::Checker;
use proofmark::domain::{Annotation, Article, History, Kind, Project, Span, Status, Text};

use crate::desk::Desk;
use crate::room::{Room, stamp};

fn model(text: &str) -> Model {
    let mut stamp = stamp(1);
    let article = Article::new(String::new(), String::new(), Text::new(text), &mut stamp);
    let project = Project::new(article, &mut stamp);
    let settings = Settings { checker: Some(Checker::named("Ada Kern")), ..Settings::default() };
    let mut model = Model::new(settings);
    model.desk = Some(Table::new(project, History::default(), None, "many.ron".into()));
    model
}

// F20
#[test]
fn ten_thousand_cycles_leave_nothing_behind() {
    let mut model = model("The council approved the harbour tunnel by 21 votes to 14.");
    let cycle = |model: &mut Model, turn: u128| {
        let select = Command::Select(Some(Span::new(4, 11)));
        let undo = || Command::Undo;
        let commands = [
            select,
            Command::Mark(Kind::Claim),
            Command::SetStatus(Status::Verified),
            Command::Remove,
            undo(),
            undo(),
            undo(),
        ];
        for (step, command) in commands.into_iter().enumerate() {
            update(model, command, &mut stamp(turn * 8 + step as u128 + 10));
        }
    };
    cycle(&mut model, 0);
    let before = model.desk.clone().expect("a desk");
    for turn in 1..10_000 {
        cycle(&mut model, turn);
    }
    let after = model.desk.expect("a desk");
    assert_eq!(after.project, before.project);
    assert_eq!(after.places, Places::of(&before.project));
    assert_eq!(after.history.next_undo(), None);
    assert!(model.notices.len() <= 5, "notices do not pile up");
}

/// A desk of `count` marks over the same kilobyte.
pub fn stacked(count: usize) -> (Project, Places) {
    let mut stamp = stamp(3);
    let words = "the harbour tunnel ".repeat(120);
    let article = Article::new(String::new(), String::new(), Text::new(words), &mut stamp);
    let mut project = Project::new(article, &mut stamp);
    let (text, head) = (project.article.text.clone(), project.article.head());
    for n in 0..count {
        let start = n * 7 % 900;
        let span = text.snapped(Span::new(start, start + 20 + n % 80));
        let mut annotation = Annotation::create(&mut stamp, Kind::ALL[n % 3]);
        annotation.spans.push(AnnotationSpan::create(&mut stamp, Place::of(&text, head, span)));
        project.annotations.insert(annotation.id, annotation.into());
    }
    let places = Places::of(&project);
    (project, places)
}

// F21
#[test]
fn marks_over_each_other_cost_what_they_are_and_not_their_square() {
    let room = Room::new().known();
    let work = |count: usize| {
        let mut desk = Desk::bare(&room);
        let (project, places) = stacked(count);
        desk.put(Table::with_places(project, places, History::default(), None, "many.ron".into()));
        desk.rest();
        desk.corners()
    };
    let (few, many) = (work(500), work(5_000));
    assert!(many <= few * 11, "{few} corners for 500 marks, {many} for 5000");
}

#[test]
fn words_from_an_input_method_arrive_in_a_field() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.enter("Note");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None });
    for event in [preedit("λ"), preedit("λογ"), preedit("λόγ"), Event::Ime(ImeEvent::Commit("λόγος".into()))]
    {
        desk.frame(vec![event]);
    }
    assert_eq!(desk.value("Note"), "λόγος");
    desk.press(Key::Escape);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("story.ron"));
    desk.until("the file", |model| !model.is_dirty());
    assert_eq!(room.project("story.ron").in_order()[0].note.as_str(), "λόγος");
}
