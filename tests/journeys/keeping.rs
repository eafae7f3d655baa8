//! When unsaved work is asked to be kept, with the seconds given by the test; and a slow save (S32).

use proofmark::app::effect::{Effect, Outcome, Written};
use proofmark::app::finish::finish;
use proofmark::app::journal::{AFTER, tick};
use proofmark::app::{Command, Model, Problem};
use proofmark::domain::Project;
use proofmark::domain::annotation::AnnotationValue as V;

use crate::room::stamp;
use crate::table::{asks, mark, model};

/// What is kept and forgotten at a second.
fn at(model: &mut Model, now: f64, typed: Vec<Command>) -> (Vec<Project>, usize) {
    let (effects, wait) = tick(model, typed, now, &mut stamp(9000));
    assert!(wait.is_none_or(|wait| wait > 0.0));
    let forgotten = effects.iter().filter(|effect| matches!(effect, Effect::Forget { .. })).count();
    let kept = effects.into_iter().filter_map(|effect| match effect {
        Effect::Keep { project, .. } => Some(*project),
        _ => None,
    });
    (kept.collect(), forgotten)
}

#[test]
fn work_is_kept_a_second_after_it_changed_even_while_it_goes_on_changing() {
    let mut model = model(1);
    assert_eq!(at(&mut model, 100.0, Vec::new()), (Vec::new(), 0));
    let mut kept = 0;
    let mut oldest: Option<f64> = None;
    for step in 0..100_u32 {
        let now = 100.0 + f64::from(step) * 0.1;
        mark(&mut model, step as usize, u128::from(step) * 10 + 10);
        let since = *oldest.get_or_insert(now);
        let (projects, _) = at(&mut model, now, Vec::new());
        if let Some(project) = projects.last() {
            assert_eq!(*project, model.desk.as_ref().expect("a project").project);
            oldest = None;
            kept += 1;
        } else {
            assert!(now - since < 2.0, "not kept for two seconds");
        }
    }
    assert!((5..=10).contains(&kept), "{kept} times in ten seconds");
}

#[test]
fn it_is_forgotten_where_it_is_in_the_file_again_and_only_then() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    at(&mut model, 1.0, Vec::new());
    assert_eq!(at(&mut model, 1.0 + AFTER, Vec::new()).0.len(), 1);
    assert_eq!(at(&mut model, 60.0, Vec::new()), (Vec::new(), 0), "nothing new, nothing to do");
    asks(&mut model, Command::Undo, 20);
    assert_eq!(at(&mut model, 61.0, Vec::new()), (Vec::new(), 1));
    assert_eq!(at(&mut model, 99.0, Vec::new()), (Vec::new(), 0));
}

#[test]
fn half_typed_words_are_kept_and_let_go() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    let id = model.desk.as_ref().and_then(|desk| desk.picked).expect("a mark");
    let typed = |text: &str| vec![Command::Set(id, "edit the note", vec![V::Note(text.into())])];
    at(&mut model, 1.0, typed("half"));
    let (kept, _) = at(&mut model, 3.0, typed("half a thou"));
    assert_eq!(kept[0].annotations[&id].note.as_str(), "half a thou");
    let desk = model.desk.as_ref().expect("a project");
    assert!(desk.project.annotations[&id].note.is_blank(), "the project itself is as it was");
    at(&mut model, 4.0, Vec::new());
    let (kept, _) = at(&mut model, 6.0, Vec::new());
    assert!(kept[0].annotations[&id].note.is_blank(), "what was given up is not kept");
}

// U12
#[test]
fn a_full_disk_is_told_once_and_tried_again_at_ease() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    let full = || Problem { what: "The disk is full".into(), hint: String::new(), exists: false };
    let mut tries = 0;
    for step in 0..6000 {
        let now = f64::from(step) * 0.1;
        if !at(&mut model, now, Vec::new()).0.is_empty() {
            tries += 1;
            finish(&mut model, Outcome::Kept(Err(full())), &mut stamp(1));
            let told = model.notices.iter().map(|notice| notice.number).collect::<Vec<_>>();
            assert_eq!(told.len(), usize::from(tries == 1));
            told.into_iter().for_each(|number| drop(asks(&mut model, Command::CloseNotice(number), 2)));
        }
    }
    assert!((30..=61).contains(&tries), "{tries} times in ten minutes");
    finish(&mut model, Outcome::Kept(Ok(())), &mut stamp(1));
    finish(&mut model, Outcome::Kept(Err(full())), &mut stamp(1));
    assert_eq!(model.notices.len(), 1, "after it worked once, it is news again");
}

// S32
#[test]
fn edits_during_a_slow_save_stay_unsaved() {
    let mut model = model(1);
    mark(&mut model, 0, 10);
    let effects = asks(&mut model, Command::Save, 20);
    let [Effect::Write { path, content, purpose, state, .. }] = &effects[..] else { panic!("{effects:?}") };
    let snapshot = content.project().clone();
    for n in 0..200_usize {
        mark(&mut model, n % 100, 1000 + n as u128 * 10);
        assert!(asks(&mut model, Command::Save, 30).is_empty(), "one save at a time");
    }
    let written = Written { at: "14:02".into(), confirmed: true, left_out: Vec::new(), sha256: "00".into() };
    let outcome = Outcome::Wrote {
        path: path.clone(),
        purpose: *purpose,
        project: snapshot.id,
        state: *state,
        result: Ok(written),
    };
    finish(&mut model, outcome, &mut stamp(40));
    assert!(model.is_dirty());
    let desk = model.desk.as_ref().expect("a project");
    let on_disk = desk.on_disk.as_ref().expect("a file");
    assert_eq!(on_disk.project.as_deref(), Some(&snapshot), "what is in the file is the snapshot");
    assert!(desk.project.annotations.len() > 50);
    // Back to what was saved, and it is clean.
    while model.desk.as_ref().is_some_and(|desk| desk.history.state() != *state) {
        asks(&mut model, Command::Undo, 50);
    }
    assert!(!model.is_dirty());
}
