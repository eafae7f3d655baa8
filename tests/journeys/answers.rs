//! Answers from outside that come late: a file that was read or written while work went on.

use proofmark::app::effect::{Effect, Loaded, Outcome, Written};
use proofmark::app::finish::finish;
use proofmark::app::{Answer, Command, Dialog, Model, Problem, Purpose};
use proofmark::domain::Text;

use crate::room::{STORY, stamp};
use crate::table::{asks, mark, model};

fn article(words: &str) -> Loaded {
    Loaded::Article { text: Text::new(words), sha256: String::new() }
}

fn words(model: &Model) -> String {
    model.desk.as_ref().map(|desk| desk.project.article.text.as_str().to_owned()).unwrap_or_default()
}

fn is_asked_to_save(model: &Model) -> bool {
    matches!(model.dialog, Some(Dialog::Unsaved { .. }))
}

#[test]
fn a_saving_that_ends_late_says_nothing_of_the_project_that_is_open_by_then() {
    for result in [
        Ok(Written { at: "14:02".into(), confirmed: true, left_out: Vec::new(), sha256: String::new() }),
        Err(Problem { what: "exists".into(), hint: String::new(), exists: true }),
    ] {
        let mut model = model(1);
        mark(&mut model, 0, 10);
        let effects = asks(&mut model, Command::Save, 20);
        let [Effect::Write { path, content, purpose, state, .. }] = &effects[..] else {
            panic!("{effects:?}")
        };
        let project = content.project().id;
        asks(&mut model, Command::NewFromText("Another story.".into()), 30);
        asks(&mut model, Command::Answer(Answer::Discard), 31);
        assert_eq!(words(&model), "Another story.");
        let outcome =
            Outcome::Wrote { path: path.clone(), purpose: *purpose, project, state: *state, result };
        finish(&mut model, outcome, &mut stamp(40));
        let desk = model.desk.as_ref().expect("a project");
        assert_eq!((&desk.path, desk.saved_at.as_ref(), desk.saving), (&None, None, None));
        assert!(model.is_dirty() && model.dialog.is_none(), "the new text is in no file");
    }
}

#[test]
fn work_that_was_done_while_a_dialog_was_open_is_asked_about() {
    let mut model = model(2);
    let effects = asks(&mut model, Command::Open, 10);
    assert!(matches!(effects[..], [Effect::Ask { .. }]));
    mark(&mut model, 0, 20);
    let effects = finish(&mut model, Outcome::Chosen(Purpose::Open, "/b.txt".into()), &mut stamp(30));
    assert!(effects.is_empty() && is_asked_to_save(&model));
}

#[test]
fn work_that_was_done_while_a_file_was_read_is_asked_about() {
    let mut model = model(3);
    asks(&mut model, Command::OpenPath("/b.txt".into()), 10);
    mark(&mut model, 0, 20);
    let read = || Outcome::Read("/b.txt".into(), Ok(article("The other.")));
    finish(&mut model, read(), &mut stamp(30));
    assert!(is_asked_to_save(&model));
    assert_eq!(words(&model), STORY);
    let effects = asks(&mut model, Command::Answer(Answer::Discard), 40);
    assert_eq!(effects, [Effect::Read("/b.txt".into())]);
    finish(&mut model, read(), &mut stamp(50));
    assert_eq!(words(&model), "The other.");
}

#[test]
fn what_was_given_up_is_asked_about_again_after_further_work() {
    let mut model = model(4);
    mark(&mut model, 0, 10);
    asks(&mut model, Command::OpenPath("/b.txt".into()), 20);
    asks(&mut model, Command::Answer(Answer::Discard), 30);
    mark(&mut model, 10, 40);
    finish(&mut model, Outcome::Read("/b.txt".into(), Ok(article("The other."))), &mut stamp(50));
    assert!(is_asked_to_save(&model));
    assert_eq!(words(&model), STORY);
}

#[test]
fn a_saving_before_leaving_that_cannot_begin_does_not_close_the_window_later() {
    let mut model = model(5);
    mark(&mut model, 0, 10);
    model.desk.as_mut().expect("a project").path = None;
    model.busy = true;
    asks(&mut model, Command::Quit, 20);
    assert!(asks(&mut model, Command::Answer(Answer::Save), 30).is_empty());
    assert_eq!(model.after_save, None);
}
