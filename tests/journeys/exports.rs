//! Exports: what is left out stands in the question, a long one can be stopped, copies take the right rows.

use egui::{Key, vec2};
use egui_kittest::kittest::Queryable;
use proofmark::app::export::{Export, ExportJob, Exporting, Form};
use proofmark::app::{Command, Dialog, Effect};
use proofmark::domain::annotation::AnnotationValue as V;
use proofmark::domain::rules::Include;

use crate::desk::Desk;
use crate::room::{Room, stamp};
use crate::table::{asks, mark, model};

// F8
#[test]
fn what_is_left_out_is_shown_before_there_is_a_file() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes");
    desk.press(Key::C);
    desk.press(Key::Num4);
    desk.fill("Note", "for colleagues");
    desk.select("harbour");
    desk.press(Key::C);
    let known = |dialog: &Dialog| matches!(dialog, Dialog::Export { findings: Some(_), .. });
    desk.ctrl(Key::E);
    desk.is_asked("what to export", known);
    assert!(
        desk.shows("1 annotation to export") && desk.shows("1 annotation still open"),
        "{:?}",
        desk.buttons()
    );
    desk.click("List for readers (Markdown)");
    desk.is_asked("what to export", known);
    assert!(desk.shows("1 note, which this format has no place for"));
    desk.harness.get_by_role_and_label(egui::accesskit::Role::RadioButton, "Everything").click();
    desk.is_asked("what to export", known);
    assert!(desk.shows("2 annotations to export"));
    desk.press(Key::ArrowDown);
    desk.is_asked("what to export", known);
    let is_json =
        |dialog: &Dialog| matches!(dialog, Dialog::Export { format: "json", include: Include::Verified, .. });
    desk.is_asked("JSON, of what is verified", is_json);
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none() && !room.has("story-verified.json"));
    // The reader's list has a key of its own, and what was exported last comes first the next time.
    desk.ctrl_shift(Key::E);
    desk.is_asked("a list", |dialog| matches!(dialog, Dialog::Export { format: "markdown", .. }));
    desk.press(Key::Enter);
    desk.gives_path(&room.path("list.md"));
    desk.hears("Exported to list.md");
    assert!(String::from_utf8_lossy(&room.bytes("list.md")).contains("21 votes"));
    desk.ctrl(Key::E);
    desk.is_asked("a list", |dialog| matches!(dialog, Dialog::Export { format: "markdown", .. }));
}

#[test]
fn every_format_can_be_written_from_the_window() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("21 votes");
    desk.press(Key::C);
    desk.press(Key::Num4);
    for (n, format) in proofmark::formats::exports().enumerate() {
        let title = format.write.expect("an export").title;
        desk.ctrl(Key::E);
        desk.click(title);
        desk.press(Key::Enter);
        let name = format!("out{n}.{}", format.extension);
        desk.gives_path(&room.path(&name));
        desk.hears(&format!("Exported to {name}"));
        let project = &desk.desk().project;
        let include = format.write.expect("an export").include;
        let (have, wanted) = (room.bytes(&name), proofmark::formats::bytes(format, project, include));
        assert!(have == wanted, "{title}");
    }
}

#[test]
fn the_question_fits_into_the_smallest_window() {
    let room = Room::with_story().known();
    let mut desk = Desk::start(&room, Some(room.path("story.txt")), vec2(560.0, 380.0));
    desk.ctrl(Key::E);
    desk.rest();
    assert!(desk.in_sight("Export…") && desk.in_sight("Cancel"));
}

// E17
#[test]
fn a_long_export_shows_how_far_it_is_and_can_be_stopped() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    let job = ExportJob::default();
    job.look(30, 100);
    let exporting = Exporting { path: room.path("long.xlsx"), job: job.clone() };
    if let Some(shell) = &mut desk.harness.state_mut().shell {
        shell.model.exporting = Some(exporting);
    }
    desk.rest();
    assert!(!desk.shows("Stop"), "no bar before half a second");
    desk.pause();
    desk.rest();
    assert!(desk.shows("Exporting: long.xlsx") && desk.shows("Exporting, 30 percent"));
    desk.click("Stop");
    assert!(job.is_stopped() && !job.look(31, 100), "the worker hears it");
}

#[test]
fn one_export_at_a_time_and_none_over_a_project() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    asks(&mut model, Command::Export(Export::Ask(None)), 20);
    let effects = asks(&mut model, Command::Export(Export::Go), 21);
    let [Effect::Ask { purpose, suggested, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(suggested, "a-verified.csv");
    for name in ["/a.ron", "/b.RON"] {
        assert!(asks(&mut model, Command::TypedPath(*purpose, name.into(), true), 22).is_empty());
        assert!(model.exporting.is_none() && model.notices.last().is_some_and(|notice| notice.is_problem));
    }
    let effects = asks(&mut model, Command::TypedPath(*purpose, "/a.csv".into(), true), 23);
    assert!(matches!(&effects[..], [Effect::Write { .. }]) && model.exporting.is_some());
    assert!(asks(&mut model, Command::Export(Export::Ask(None)), 24).is_empty() && model.dialog.is_none());
    asks(&mut model, Command::Export(Export::Stop), 25);
    assert!(model.exporting.as_ref().is_some_and(|exporting| exporting.job.is_stopped()));
    let stopped = proofmark::app::Outcome::Stopped("/a.csv".into());
    proofmark::app::finish::finish(&mut model, stopped, &mut stamp(26));
    assert!(model.exporting.is_none());
}

#[test]
fn a_copy_takes_the_picked_mark_or_the_rows_of_the_list() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    let first = model.desk.as_ref().and_then(|desk| desk.picked).expect("a mark");
    mark(&mut model, 9, 20);
    let second = model.desk.as_ref().and_then(|desk| desk.picked).expect("a mark");
    let copied = |effects: Vec<Effect>| match effects.into_iter().next() {
        Some(Effect::Copy { ids, form, .. }) => (ids, form),
        other => panic!("{other:?}"),
    };
    let one = asks(&mut model, Command::Export(Export::Copy(Form::Rich)), 30);
    assert_eq!(copied(one), (vec![second], Form::Rich));
    let all = asks(&mut model, Command::Export(Export::CopyList(Form::Markdown)), 31);
    assert_eq!(copied(all), (vec![first, second], Form::Markdown));
    asks(&mut model, Command::Pick(None), 32);
    assert!(asks(&mut model, Command::Export(Export::Copy(Form::Rich)), 33).is_empty());
    // E18: on Linux it is told that what was copied goes with the window.
    let done = proofmark::app::Outcome::Copied(Ok((2, false)));
    proofmark::app::finish::finish(&mut model, done, &mut stamp(34));
    let told = model.notices.last().expect("told");
    assert!(told.text == "2 annotations copied" && told.hint.contains("while this window is open"));
    let set = Command::Set(first, "hide", vec![V::Confidential(true)]);
    asks(&mut model, set, 35);
    let desk = model.desk.as_ref().expect("a desk");
    assert_eq!(proofmark::formats::clip::clip(&desk.project, &[first]).count, 0);
}

#[test]
fn what_goes_with_an_export_and_is_somebodys_work_stays_and_that_is_told_in_words() {
    let room = Room::with_story().known();
    room.write("annotation.conf", "[entities]\nOther\n");
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    for (path, conf) in [("marks.ann", "[entities]\nOther\n"), ("story.ann", "")] {
        if conf.is_empty() {
            std::fs::remove_file(room.path("annotation.conf")).expect("removed");
        }
        // The article itself lies beside: it is no text of ours to replace.
        let article = room.write("story.txt", [&room.bytes("story.txt"), &b"\r\n"[..]].concat());
        let before = room.bytes("story.txt");
        desk.asks(Command::Export(Export::Ask(Some("brat"))));
        desk.is_asked("what to export", |dialog| matches!(dialog, Dialog::Export { findings: Some(_), .. }));
        desk.click("Export…");
        desk.gives_path(&room.path(path));
        desk.until("why not", |model| model.notices.iter().any(|notice| notice.is_problem));
        let told = desk.told();
        assert!(
            told.contains("goes with it is there already") && told.contains("Choose another name"),
            "{told}"
        );
        assert!(!told.contains("--force"), "{told}");
        assert!(desk.model().dialog.is_none() && !room.has(path), "and nothing is asked or written");
        assert_eq!(std::fs::read(article).expect("the article"), before);
        let number = desk.model().notices.last().expect("a notice").number;
        desk.asks(Command::CloseNotice(number));
        desk.rest();
    }
}
