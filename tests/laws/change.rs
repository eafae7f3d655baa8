//! Transactions: applied and taken back they give the very same project; made for another state
//! they are refused and change nothing.

use proofmark::domain::annotation::{AnnotationValue, Prose};
use proofmark::domain::project::{AboutValue, Checker};
use proofmark::domain::{Change, Kind, Project, Span, Status, Text, Transaction};
use proptest::prelude::*;

use crate::notation::{project, stamp};
use crate::script::{Action, actions};
use crate::worlds::{ALPHABET, assert_sound, edits, spans, texts};

/// Applied, taken back, applied again; and refused by the state that it leads to.
#[track_caller]
fn assert_reversible(first: &Project, step: &Transaction) {
    if step.is_empty() {
        return;
    }
    let mut project = first.clone();
    project.apply(step).expect("made for this state");
    let last = project.clone();
    assert_ne!(last, *first, "a step that does nothing: {}", step.label);
    assert_sound(&last);
    assert!(project.apply(step).is_err(), "applied twice: {}", step.label);
    assert_eq!(project, last);
    let back = step.clone().invert();
    assert_eq!(back.clone().invert(), *step);
    project.apply(&back).expect("the way back");
    assert_eq!(project, *first);
    project.apply(step).expect("and again");
    assert_eq!(project, last);
}

/// A step of which the last change is for another state does nothing at all.
#[track_caller]
fn assert_all_or_nothing(first: &Project, step: &Transaction) {
    let Some(again) = step.changes.first().cloned() else { return };
    let mut broken = step.clone();
    broken.changes.push(again);
    let mut project = first.clone();
    assert!(project.apply(&broken).is_err());
    assert_eq!(project, *first);
}

/// One step of each sort.
fn steps(project: &Project, span: Span) -> Vec<Transaction> {
    let mut stamp = stamp(900);
    let mut all = vec![
        project.mark(Kind::Quote, &[span], &mut stamp).1,
        project.describe(vec![AboutValue::Title("T".into()), AboutValue::Date("D".into())], &mut stamp),
        project.enrol(&Checker::named("Ada Lovelace")),
    ];
    for id in project.annotations.keys() {
        let values = vec![AnnotationValue::Status(Status::Verified), AnnotationValue::Note(Prose::from("n"))];
        all.push(project.set(*id, "set", values, &mut stamp));
        all.push(project.set(*id, "kind", vec![AnnotationValue::Kind(Kind::Source)], &mut stamp));
        all.push(project.extend(*id, span, &mut stamp));
        all.push(project.remove(*id, &mut stamp));
    }
    all
}

#[test]
fn every_step_in_every_small_world_is_reversible() {
    for content in texts(&ALPHABET, 3) {
        let all = spans(&Text::new(&*content));
        for (i, one) in all.iter().enumerate() {
            for two in &all[i..] {
                let mut first = project(&content);
                for (number, span) in [one, two].into_iter().enumerate() {
                    let marking = first.mark(Kind::Claim, &[*span], &mut stamp(10 + number as u128)).1;
                    assert_reversible(&first, &marking);
                    first.apply(&marking).expect("fresh");
                }
                let mut steps = steps(&first, all[0]);
                let edits = edits(&content, &["", "a"]).into_iter();
                steps.extend(edits.map(|edit| first.edit(vec![edit], &mut stamp(901)).expect("fits")));
                for step in &steps {
                    assert_reversible(&first, step);
                    assert_all_or_nothing(&first, step);
                }
            }
        }
    }
}

#[test]
fn a_step_is_refused_wherever_its_record_is_another() {
    let mut first = project("The mayor said");
    let (id, marking) = first.mark(Kind::Claim, &[Span::new(4, 9)], &mut stamp(10));
    first.apply(&marking).expect("fresh");
    let steps = steps(&first, Span::new(0, 3));
    for one in &steps {
        for two in &steps {
            let touches = |step: &Transaction| {
                step.changes
                    .iter()
                    .map(|change| match change {
                        Change::About { .. } => 0,
                        Change::Article { .. } => 1,
                        Change::Checkers { .. } => 2,
                        Change::Dismissed { .. } => 3,
                        Change::Redacted { .. } => 6,
                        Change::Annotation { id: which, .. } => 4 + usize::from(*which == id),
                    })
                    .collect::<Vec<_>>()
            };
            let mut project = first.clone();
            project.apply(one).expect("fresh");
            let between = project.clone();
            let disjoint = touches(one).iter().all(|record| !touches(two).contains(record));
            assert_eq!(project.apply(two).is_ok(), disjoint, "{} after {}", two.label, one.label);
            assert!(disjoint || project == between);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_steps_are_reversible(script in actions(1..25)) {
        let mut project = project("The mayor said: we go. \u{201c}Go\u{201d}, e\u{301} 😀.\n\nThe mayor went.");
        for (number, action) in script.iter().enumerate() {
            if let Action::Do(step) = action {
                let step = step.on(&project, &mut stamp(1000 + number as u128));
                assert_reversible(&project, &step);
                assert_all_or_nothing(&project, &step);
                project.apply(&step).expect("fresh");
            }
        }
    }

    #[test]
    fn a_whole_day_is_one_step_as_well_as_many(script in actions(1..15)) {
        let first = project("The mayor said: we go.");
        let (mut project, mut day) = (first.clone(), Transaction::default());
        for (number, action) in script.iter().enumerate() {
            if let Action::Do(step) = action {
                let step = step.on(&project, &mut stamp(1000 + number as u128));
                project.apply(&step).expect("fresh");
                day.changes.extend(step.changes);
            }
        }
        assert_reversible(&first, &day);
    }
}
