//! What becomes of each sort of meeting when copies are merged, by example.

use proofmark::domain::annotation::{AnnotationValue as V, EvidenceValue};
use proofmark::domain::article::Edit;
use proofmark::domain::clash::ClashSort;
use proofmark::domain::merge::Refused;
use proofmark::domain::rules::{self, Open};
use proofmark::domain::{Annotation, Id, Kind, Project, Status, Transaction, log};
use proofmark::formats::ron;

use crate::merge::{project, stamp};
use crate::worlds::entry_ids;

use crate::copies::{Copy, TEXT, merged, two, words};

#[test]
fn a_mark_moved_against_a_status_set_asks_for_another_look_in_both_directions() {
    for swap in [false, true] {
        let (id, mut a, mut b) = two("1200 people");
        if swap {
            std::mem::swap(&mut a.who, &mut b.who);
        }
        a.reshape(id, "said 1200 people came");
        b.set(id, V::Status(Status::Verified));
        let mut both = Copy::of(&merged(&a, &b), 0);
        let annotation = &both.project.annotations[&id];
        assert_eq!(
            (annotation.words().as_str(), annotation.status),
            ("said 1200 people came", Status::Verified)
        );
        assert!(!rules::is_verified(annotation) && rules::open_matters(annotation) == [Open::CheckAgain]);
        let [one, other] = if swap { ["Ben Ott", "Ada Kern"] } else { ["Ada Kern", "Ben Ott"] };
        let wanted = format!("{one} changed the marked words while {other} set it to verified");
        assert_eq!(annotation.why_check(), Some(wanted));
        both.done = 50;
        both.act(|project, stamp| project.confirm(id, stamp));
        assert!(rules::is_verified(&both.project.annotations[&id]));
        for copy in [&a, &b] {
            assert_eq!(merged(&both, copy), both.project, "the look stands");
        }
    }
}

#[test]
fn a_status_set_again_by_whoever_saw_both_needs_no_further_look() {
    let (id, mut a, mut b) = two("1200 people");
    a.reshape(id, "1200");
    b.set(id, V::Status(Status::Verified));
    let mut both = Copy::of(&merged(&a, &b), 1);
    both.done = 50;
    both.set(id, V::Status(Status::Query));
    both.set(id, V::Status(Status::Verified));
    assert!(rules::is_verified(&both.project.annotations[&id]));
    // Somebody who did not see it asks again.
    a.reshape(id, "people");
    assert!(!rules::is_verified(&merged(&a, &both).annotations[&id]));
}

#[test]
fn a_status_against_evidence_always_asks() {
    let (id, mut a, mut b) = two("1200 people");
    a.set(id, V::Status(Status::Verified));
    b.evidence(id, "The police count");
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert_eq!(annotation.clashes.len(), 1, "what evidence is made with is part of it");
    assert_eq!(
        annotation.why_check().as_deref(),
        Some("Ada Kern set it to verified while Ben Ott added evidence")
    );
    assert!(!rules::is_verified(annotation));
}

#[test]
fn what_one_removes_and_the_other_changes_is_kept_until_somebody_decides() {
    let (id, mut a, mut b) = two("1200 people");
    a.act(|project, stamp| project.remove(id, stamp));
    b.set(id, V::Status(Status::Verified));
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert!(annotation.removed && annotation.is_removal_open() && !rules::is_verified(annotation));
    assert_eq!(rules::open_matters(annotation), [Open::Removal]);
    assert_eq!(annotation.open_clashes()[0].0.sort, ClashSort::Removed);
    assert_eq!(annotation.open_clashes()[0].1, "Ada Kern removed it while Ben Ott set it to verified");
    let mut kept = Copy { project: both.clone(), who: 0, done: 50 };
    kept.act(|project, stamp| project.keep(id, stamp));
    assert!(rules::is_verified(&kept.project.annotations[&id]));
    let mut gone = Copy { project: both, who: 1, done: 60 };
    gone.act(|project, stamp| project.remove(id, stamp));
    assert!(gone.project.removed.contains_key(&id));
    for copy in [&a, &b] {
        assert_eq!(merged(&kept, copy), kept.project);
        assert_eq!(merged(&gone, copy), gone.project);
    }
}

#[test]
fn what_one_removes_and_nobody_changes_is_removed() {
    let (id, mut a, mut b) = two("1200 people");
    a.act(|project, stamp| project.remove(id, stamp));
    b.mark("twice");
    let both = merged(&a, &b);
    assert!(both.removed.contains_key(&id) && both.annotations.len() == 1);
    b.act(|project, stamp| project.remove(id, stamp));
    assert!(merged(&a, &b).removed.contains_key(&id), "removed by both");
}

#[test]
fn evidence_that_one_removes_and_the_other_changes_asks() {
    let mut first = Copy::of(&project(TEXT), 2);
    let id = first.mark("1200 people");
    first.evidence(id, "Count");
    let found = first.project.annotations[&id].evidence[0].id;
    let (mut a, mut b) = (Copy::of(&first.project, 0), Copy::of(&first.project, 1));
    let alter = |copy: &mut Copy, value: EvidenceValue| {
        copy.act(|project, stamp| {
            project.alter(id, "alter", |annotation| {
                let evidence = annotation.evidence.iter_mut().find(|e| e.id == found).expect("it is there");
                log::set(evidence, value, stamp);
            })
        });
    };
    alter(&mut a, EvidenceValue::Removed(true));
    alter(&mut b, EvidenceValue::Title("The count of the police".into()));
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert_eq!(rules::open_matters(annotation).last(), Some(&Open::Removal));
    let clash = annotation.open_clashes()[0].0.id;
    let mut kept = Copy { project: both.clone(), who: 0, done: 50 };
    kept.act(|project, stamp| project.keep_part(id, clash, stamp));
    assert!(!kept.project.annotations[&id].evidence[0].removed);
    let mut gone = Copy { project: both, who: 0, done: 60 };
    gone.act(|project, stamp| project.settle(id, clash, stamp));
    assert!(gone.project.annotations[&id].evidence[0].removed);
    for decided in [&kept, &gone] {
        assert!(!decided.project.annotations[&id].is_removal_open());
        assert_eq!(merged(decided, &b), decided.project);
    }
    alter(&mut b, EvidenceValue::Removed(true));
    assert!(!merged(&a, &b).annotations[&id].is_removal_open(), "both removed it");
}

#[test]
fn one_field_with_two_values_keeps_both_in_the_file() {
    let (id, mut a, mut b) = two("1200 people");
    a.set(id, V::Status(Status::Verified));
    b.set(id, V::Status(Status::Query));
    let both = merged(&a, &b);
    let bytes = ron::write(&both);
    let read = ron::read(bytes.as_bytes(), &mut stamp(900, 0, 0)).expect("it reads").project;
    let annotation = &read.annotations[&id];
    let values: std::collections::BTreeSet<V> =
        annotation.conflicts.iter().map(|head| head.value.clone()).collect();
    assert_eq!(values, [V::Status(Status::Verified), V::Status(Status::Query)].into());
    assert!(rules::open_matters(annotation).contains(&Open::Conflict) && !rules::is_verified(annotation));
}

#[test]
fn one_id_for_two_annotations_keeps_both_and_tells() {
    let first = project(TEXT);
    let (mut a, mut b) = (Copy::of(&first, 0), Copy::of(&first, 1));
    let (mine, theirs) = (a.mark("1200 people"), b.mark("twice"));
    // A hand copied the id.
    let record = b.project.annotations.remove(&theirs).expect("it is there");
    let copied = Annotation { id: mine, ..Annotation::clone(&record) };
    b.project.annotations.insert(mine, copied.into());
    let both = merged(&a, &b);
    let mut kept: Vec<String> = both.annotations.keys().map(|id| words(&both, *id)).collect();
    kept.sort();
    assert_eq!(kept, ["1200 people", "twice"]);
    let [(id, new)] = a.project.collisions_with(&b.project)[..] else { panic!("one collision") };
    assert!(id == mine && both.annotations.contains_key(&new) && new != mine);
    assert_eq!(b.project.collisions_with(&a.project), [(id, new)]);
}

#[test]
fn identical_marks_of_two_people_stay_two_and_all_of_both_is_there() {
    let first = project(TEXT);
    let (mut a, mut b) = (Copy::of(&first, 0), Copy::of(&first, 1));
    let shared = a.mark("She");
    b.project = a.project.clone();
    let [mine, theirs] = [a.mark("1200 people"), b.mark("1200 people")];
    a.mark("twice");
    let both = merged(&a, &b);
    assert!(both.annotations.contains_key(&mine) && both.annotations.contains_key(&theirs));
    let union: std::collections::BTreeSet<Id> =
        a.project.annotations.keys().chain(b.project.annotations.keys()).copied().collect();
    assert_eq!(both.annotations.keys().copied().collect::<std::collections::BTreeSet<_>>(), union);
    assert!(union.contains(&shared) && union.len() == 4);
    let all = entry_ids(&both);
    assert!([&a, &b].into_iter().all(|copy| entry_ids(&copy.project).is_subset(&all)));
}

#[test]
fn what_is_no_copy_is_refused_in_words_and_nothing_changes() {
    let (id, mut a, b) = two("twice");
    let mut other = b.project.clone();
    other.id = Id::from_bits(77);
    assert_eq!(a.project.merge(&other), Err(Refused::OtherProject));
    let strange = Copy::of(&Project { id: a.project.id, ..project("Another article.") }, 1);
    let mut strange = strange.project;
    let article = std::sync::Arc::make_mut(&mut strange.article);
    article.log[0].id = Id::from_bits(78);
    assert_eq!(a.project.merge(&strange), Err(Refused::OtherArticle));
    // A text that a hand changed: its history does not lead to it.
    a.edit("1200", "1300");
    let mut hand = a.project.clone();
    let article = std::sync::Arc::make_mut(&mut hand.article);
    article.text = proofmark::domain::Text::new(TEXT.replace("twice", "thrice"));
    assert_eq!(hand.merge(&b.project), Err(Refused::History));
    assert!(a.project.annotations.contains_key(&id));
}

#[test]
fn a_merge_is_one_step_and_can_be_taken_back_even_after_saving() {
    use proofmark::domain::History;
    for saved in [false, true] {
        let (id, mut a, mut b) = two("1200 people");
        a.set(id, V::Status(Status::Verified));
        b.reshape(id, "1200");
        b.edit("twice", "three times");
        a.edit("The mayor", "Mayor Orel");
        let before = a.project.clone();
        let mut history = History::default();
        let joined = merged(&a, &b);
        let step = before.transaction_to(&joined, "merge a copy");
        history.commit(&mut a.project, step).expect("it fits");
        assert_eq!(a.project, joined);
        if saved {
            history.writing();
        }
        history.undo(&mut a.project, &mut stamp(700, 0, 0)).expect("undone");
        if !saved {
            assert_eq!(a.project, before);
        }
        assert_eq!(a.project.article.text, before.article.text);
        assert_eq!(words(&a.project, id), "1200 people");
        assert!(rules::is_verified(&a.project.annotations[&id]), "as it was");
        history.redo(&mut a.project, &mut stamp(701, 0, 0)).expect("redone");
        assert_eq!(a.project.article.text, joined.article.text);
        assert_eq!(words(&a.project, id), "1200");
        assert_eq!(a.project.merge(&b.project).map(|again| again == a.project), Ok(true));
    }
}

/// Every pair of edits of a short text: the joined text has what both put in and nothing that either took
/// out, and where a blank stands between them it is the text that one makes after the other.
#[test]
fn thousands_of_marks_on_each_side_are_merged() {
    let text = "The mayor said 12 km.\n".repeat(4_000);
    let mut first = Copy::of(&project(&text), 2);
    let spans = first.project.article.text.occurrences("12 km");
    let mut made = first.stamp();
    let steps: Vec<Transaction> =
        spans.iter().map(|span| first.project.mark(Kind::Claim, &[*span], &mut made).1).collect();
    steps.iter().for_each(|step| first.project.apply(step).expect("it fits"));
    let (mut a, mut b) = (Copy::of(&first.project, 0), Copy::of(&first.project, 1));
    for id in first.project.annotations.keys().step_by(3) {
        a.set(*id, V::Status(Status::Verified));
    }
    a.edit("The mayor", "Mayor Orel");
    b.mark("The mayor");
    b.act(|project, stamp| {
        let at = project.article.text.as_str().rfind("mayor").expect("words") as u32;
        let edit = Edit { at, removed: "mayor".into(), inserted: "bishop".into() };
        project.edit(vec![edit], stamp).expect("it fits")
    });
    let both = a.project.merge(&b.project).expect("copies");
    assert_eq!(both.annotations.len(), 4_001);
    assert_eq!(b.project.merge(&a.project), Ok(both));
}
