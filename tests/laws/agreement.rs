//! Two who checked independently: every mark is accounted for once, the figures are those that a
//! hand computes, and adopting every difference leaves none.

use std::collections::BTreeSet;

use proofmark::domain::agreement::{Comparison, Overlap, compare};
use proofmark::domain::annotation::AnnotationValue as V;
use proofmark::domain::{Annotation, Id, Kind, Project, Span, Status};
use proptest::prelude::*;

use crate::notation::{project, stamp};
use crate::script::{Action, Step, actions};
use crate::worlds::assert_sound;

const TEXT: &str =
    "The mayor said: we go. \u{201c}Go\u{201d}, e\u{301} 😀.\n\nA person close to the mayor went.";

/// A project after some work of one person; `other` gives it an id of its own.
fn work(script: &[Action], person: u128, edits: bool, other: bool) -> Project {
    let mut project = project(TEXT);
    if other {
        project.id = Id::from_bits(person);
    }
    for (number, action) in script.iter().enumerate() {
        let Action::Do(step) = action else { continue };
        if !edits && matches!(step, Step::Edit(..)) {
            continue;
        }
        let step = step.on(&project, &mut stamp(person * 1000 + number as u128));
        project.apply(&step).expect("fresh");
    }
    project
}

#[track_caller]
fn assert_accounted(found: &Comparison, mine: &Project, theirs: &Project) {
    let of = |pick: fn(&Comparison) -> Vec<Id>| -> BTreeSet<Id> {
        let all = pick(found);
        let set: BTreeSet<Id> = all.iter().copied().collect();
        assert_eq!(all.len(), set.len(), "something stands twice");
        set
    };
    let own = of(|found| {
        let alone = found.differences.iter().filter(|d| d.theirs.is_none()).filter_map(|d| d.mine);
        found.pairs.iter().map(|pair| pair.mine).chain(alone).collect()
    });
    let other = of(|found| {
        let alone = found.differences.iter().filter(|d| d.mine.is_none()).filter_map(|d| d.theirs);
        found.pairs.iter().map(|pair| pair.theirs).chain(alone).collect()
    });
    assert!(own.iter().eq(mine.annotations.keys()) && other.iter().eq(theirs.annotations.keys()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_mark_is_in_one_pair_or_on_one_side(a in actions(0..20), b in actions(0..20), other: bool) {
        let (mine, theirs) = (work(&a, 1, true, false), work(&b, 2, true, other));
        assert_accounted(&compare(&mine, &theirs), &mine, &theirs);
        let same = compare(&mine, &mine);
        prop_assert!(same.differences.is_empty() && same.pairs.len() == mine.annotations.len());
        prop_assert!(same.figures.words.kappa.is_none_or(|kappa| (kappa - 1.0).abs() < 1e-9));
    }

    #[test]
    fn it_is_the_same_from_both_sides(a in actions(0..20), b in actions(0..20), other: bool) {
        let (mine, theirs) = (work(&a, 1, false, false), work(&b, 2, false, other));
        let (one, two) = (compare(&mine, &theirs), compare(&theirs, &mine));
        let ids = |found: &Comparison| -> BTreeSet<(Id, Id, Overlap)> {
            found.pairs.iter().map(|pair| (pair.mine, pair.theirs, pair.overlap)).collect()
        };
        let turned = ids(&two).into_iter().map(|(a, b, overlap)| (b, a, overlap)).collect();
        prop_assert_eq!(ids(&one), turned);
        prop_assert_eq!(one.figures.words, two.figures.words);
        prop_assert_eq!(one.figures.statuses, two.figures.statuses);
        prop_assert_eq!(one.figures.same_marks(), two.figures.same_marks());
    }

    #[test]
    fn adopting_every_difference_leaves_none(a in actions(0..20), b in actions(0..20), other: bool) {
        let (mut mine, theirs) = (work(&a, 1, false, false), work(&b, 2, false, other));
        let found = compare(&mine, &theirs);
        for (number, what) in found.differences.iter().enumerate() {
            prop_assert!(!found.is_settled(&mine, &theirs, what, None));
            let before = mine.clone();
            let adopted = found.adopt(&mine, &theirs, what, &mut stamp(90_000 + number as u128));
            mine.apply(&adopted.transaction).expect("fresh");
            prop_assert!(found.is_settled(&mine, &theirs, what, adopted.id), "{what:?}");
            assert_sound(&mine);
            let mut back = mine.clone();
            back.apply(&adopted.transaction.invert()).expect("fresh");
            prop_assert_eq!(back, before);
        }
        let left = compare(&mine, &theirs);
        prop_assert_eq!(&left.differences, &vec![]);
        prop_assert_eq!(left.figures.words.alike, left.figures.words.things);
    }

    /// The texts are not the same any more: what is adopted stands at its words, or is an orphan.
    #[test]
    fn adopting_from_another_text_moves_nothing_to_other_words(a in actions(0..16), b in actions(0..16), other: bool) {
        let (mut mine, theirs) = (work(&a, 1, true, false), work(&b, 2, true, other));
        let found = compare(&mine, &theirs);
        for (number, what) in found.differences.iter().enumerate() {
            let adopted = found.adopt(&mine, &theirs, what, &mut stamp(90_000 + number as u128));
            mine.apply(&adopted.transaction).expect("fresh");
            assert_sound(&mine);
        }
    }
}

fn mark(project: &mut Project, kind: Kind, at: (usize, usize), status: Status, seed: u128) -> Id {
    let (id, mark) = project.mark(kind, &[Span::new(at.0, at.1)], &mut stamp(seed));
    project.apply(&mark).expect("fresh");
    let set = project.set(id, "set", vec![V::Status(status)], &mut stamp(seed + 1));
    project.apply(&set).expect("fresh");
    id
}

/// Four words. Mine: claim on the first two; theirs: claim on the second and third. By hand: 2 of 4
/// alike; each marks half, so chance gives .5 and kappa is 0.
#[test]
fn the_figures_are_those_of_a_hand() {
    let (mut mine, mut theirs) = (project("aa bb cc dd"), project("aa bb cc dd"));
    theirs.id = Id::from_bits(9);
    mark(&mut mine, Kind::Claim, (0, 5), Status::Verified, 10);
    mark(&mut theirs, Kind::Claim, (3, 8), Status::Query, 20);
    let found = compare(&mine, &theirs);
    let words = found.figures.words;
    assert_eq!((words.things, words.alike, words.kappa), (4, 2, Some(0.0)));
    assert_eq!((found.pairs.len(), found.pairs[0].overlap), (1, Overlap::Part));
    let statuses = found.figures.statuses;
    assert_eq!((statuses.things, statuses.alike, statuses.kappa), (1, 0, Some(0.0)));
    let what = &found.differences[0];
    assert!(what.place && what.status && !what.kind);
    assert_eq!(found.figures.total().overlap, 1);
    assert_eq!(found.figures.same_marks(), Some(0.0));
    // Both left everything bare: no kappa, full agreement.
    let bare = compare(&project("aa bb"), &project("aa bb")).figures.words;
    assert_eq!((bare.observed(), bare.kappa), (Some(1.0), None));
    let empty = compare(&project(""), &project("")).figures;
    assert_eq!((empty.words.observed(), empty.same_marks()), (None, None));
}

// F18
#[test]
fn identical_marks_on_one_another_are_paired_one_to_one_and_stay_apart() {
    let (mut mine, mut theirs) = (project("aa bb cc dd"), project("aa bb cc dd"));
    theirs.id = Id::from_bits(9);
    for (n, status) in [Status::Verified, Status::Query, Status::Unchecked].into_iter().enumerate() {
        mark(&mut mine, Kind::Claim, (0, 5), status, 10 * (n as u128 + 1));
    }
    for (n, status) in [Status::Query, Status::Verified].into_iter().enumerate() {
        mark(&mut theirs, Kind::Claim, (0, 5), status, 100 * (n as u128 + 1));
    }
    mark(&mut theirs, Kind::Quote, (0, 5), Status::Unchecked, 500);
    let found = compare(&mine, &theirs);
    assert_eq!(found.pairs.len(), 3);
    // Those of one status belong together; what is left is one mark of two kinds.
    assert_eq!(found.differences.len(), 1);
    assert!(found.differences[0].kind && !found.differences[0].status);
    let total = found.figures.total();
    assert_eq!((total.same, total.other_kind, total.only_mine, total.only_theirs), (2, 1, 0, 0));
}

#[test]
fn an_annotation_of_another_project_comes_with_who_made_it_and_its_speaker() {
    let text = "Jana Orel said it leaks.";
    let (mut mine, mut theirs) = (project(text), project(text));
    theirs.id = Id::from_bits(9);
    let here = mark(&mut mine, Kind::Source, (0, 9), Status::Verified, 10);
    let there = mark(&mut theirs, Kind::Source, (0, 9), Status::Verified, 100);
    let claim = mark(&mut theirs, Kind::Claim, (15, 23), Status::Unverifiable, 200);
    let values = vec![
        V::Speaker(Some(proofmark::domain::annotation::Speaker::Source(there))),
        V::Reason("no records".into()),
        V::Note("ask again".into()),
    ];
    let set = theirs.set(claim, "set", values, &mut stamp(300));
    theirs.apply(&set).expect("fresh");
    let found = compare(&mine, &theirs);
    assert_eq!(found.differences.len(), 1);
    let mut by = stamp(400);
    by.by = "Lise".into();
    let adopted = found.adopt(&mine, &theirs, &found.differences[0], &mut by);
    mine.apply(&adopted.transaction).expect("fresh");
    let new: &Annotation = &mine.annotations[&adopted.id.expect("an id")];
    assert_eq!(new.speaker, Some(proofmark::domain::annotation::Speaker::Source(here)));
    assert_eq!(
        (new.status, new.reason.as_str(), new.note.as_str()),
        (Status::Unverifiable, "no records", "ask again")
    );
    assert_eq!(&*new.log[0].by, "Ada");
    assert_ne!(new.id, claim);
    // Twice adds nothing.
    assert!(found.adopt(&mine, &theirs, &found.differences[0], &mut by).transaction.is_empty());
}

#[test]
fn thousands_of_marks_each_are_compared_and_so_are_those_that_all_overlap() {
    use std::sync::Arc;
    let text: String = (0..4_000).map(|n| format!("word{n} ")).collect();
    let side = |shift: usize, wide: usize, id: u128| {
        let mut project = project(&text);
        project.id = Id::from_bits(id);
        let mut stamp = stamp(id);
        for n in 0..2_000 {
            let at = (n * 13 + shift) % (text.len() - wide);
            let span = project.article.text.snapped(Span::new(at, at + wide));
            let mut marking = project.mark(Kind::ALL[n % 3], &[span], &mut stamp).1;
            if let Some(proofmark::domain::Change::Annotation { after: Some(made), .. }) =
                marking.changes.pop()
            {
                project.annotations.insert(made.id, Arc::clone(&made));
            }
        }
        project
    };
    for wide in [9, 5_000] {
        let (mine, theirs) = (side(0, wide, 1), side(4, wide, 2));
        let found = compare(&mine, &theirs);
        assert_accounted(&found, &mine, &theirs);
        assert!(found.pairs.len() > 1_900, "{}", found.pairs.len());
    }
}
