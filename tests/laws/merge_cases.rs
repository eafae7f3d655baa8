//! What becomes of each sort of meeting when copies are merged, by example, and the small worlds whole.

use proofmark::domain::annotation::{AnnotationValue as V, Evidence, EvidenceValue, SpanValue};
use proofmark::domain::article::Edit;
use proofmark::domain::clash::ClashSort;
use proofmark::domain::mapping::old_words;
use proofmark::domain::merge::{Decision, Refused};
use proofmark::domain::rules::{self, Open};
use proofmark::domain::{Annotation, Id, Kind, Project, Span, Stamp, Status, Transaction, log};
use proofmark::formats::ron;

use crate::merge::{assert_laws, project, stamp};
use crate::worlds::{edits, entry_ids};

const TEXT: &str = "The mayor said 1200 people came. She said it twice.";

/// A copy at work: a project, whose copy it is, and how many things were done in it.
#[derive(Clone)]
struct Copy {
    project: Project,
    who: usize,
    done: usize,
}

impl Copy {
    fn of(project: &Project, who: usize) -> Self {
        Self { project: project.clone(), who, done: 0 }
    }

    /// The stamp of the next thing; the clocks of the copies differ by years, the wrong way round.
    fn stamp(&mut self) -> Stamp {
        self.done += 1;
        stamp(100 + self.done, self.who, 10 - 10 * self.who as i64)
    }

    fn act(&mut self, act: impl FnOnce(&Project, &mut Stamp) -> Transaction) {
        let mut stamp = self.stamp();
        let step = act(&self.project, &mut stamp);
        assert!(!step.is_empty(), "nothing was done");
        self.project.apply(&step).expect("it fits");
    }

    fn set(&mut self, id: Id, value: V) {
        self.act(|project, stamp| project.set(id, "set", vec![value], stamp));
    }

    fn edit(&mut self, from: &str, to: &str) {
        // As typing makes it: the least that leads there.
        let old = self.project.article.text.as_str();
        let edit = Edit::between(old, &old.replacen(from, to, 1));
        self.act(|project, stamp| project.edit(vec![edit], stamp).expect("it fits"));
    }

    fn mark(&mut self, words: &str) -> Id {
        let span = self.project.article.text.occurrences(words)[0];
        let mut stamp = self.stamp();
        let (id, step) = self.project.mark(Kind::Claim, &[span], &mut stamp);
        self.project.apply(&step).expect("it fits");
        id
    }

    fn reshape(&mut self, id: Id, words: &str) {
        let span = self.project.article.text.occurrences(words)[0];
        let of = self.project.annotations[&id].spans[0].id;
        self.act(|project, stamp| project.reshape(id, of, span, stamp));
    }

    fn evidence(&mut self, id: Id, title: &str) {
        self.act(|project, stamp| {
            project.alter(id, "evidence", |annotation| {
                let mut found = Evidence::create(stamp);
                log::set(&mut found, EvidenceValue::Title(title.into()), stamp);
                annotation.evidence.push(found);
            })
        });
    }
}

/// Two copies of a project with one mark.
fn two(words: &str) -> (Id, Copy, Copy) {
    let mut first = Copy::of(&project(TEXT), 2);
    let id = first.mark(words);
    (id, Copy::of(&first.project, 0), Copy::of(&first.project, 1))
}

/// The two merged, the same in both orders and obeying the laws.
#[track_caller]
fn merged(a: &Copy, b: &Copy) -> Project {
    assert_laws(&[a.project.clone(), b.project.clone(), a.project.merge(&b.project).expect("copies")]);
    a.project.merge(&b.project).expect("copies")
}

fn words(project: &Project, id: Id) -> String {
    project.record(id).expect("it is there").words()
}

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
fn texts_that_were_edited_in_different_places_are_joined_and_marks_go_along() {
    let (id, mut a, mut b) = two("1200 people");
    a.edit("The mayor", "Mayor Orel");
    b.edit("twice", "three times");
    let late = b.mark("said it three times");
    let both = merged(&a, &b);
    assert_eq!(both.article.text.as_str(), "Mayor Orel said 1200 people came. She said it three times.");
    assert_eq!(both.article.disagreements(), []);
    assert_eq!((words(&both, id), words(&both, late)), ("1200 people".into(), "said it three times".into()));
    assert!(both.annotations.values().all(|annotation| !annotation.is_to_check()));
    let join = both.article.log.last().expect("a join");
    assert_eq!((join.replaces.len(), &*join.by), (2, ""));
    assert!(join.replaces.is_sorted());
}

#[test]
fn words_changed_under_a_new_mark_ask_with_the_old_words() {
    let mut a = Copy::of(&project(TEXT), 0);
    let mut b = a.clone();
    b.who = 1;
    a.edit("1200", "1300");
    let id = b.mark("1200 people");
    b.set(id, V::Status(Status::Verified));
    let gone = b.mark("twice");
    a.edit(" twice", "");
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert_eq!(annotation.words(), "1300 people");
    assert_eq!(annotation.why_check().as_deref().and_then(old_words), Some("1200 people"));
    assert!(!rules::is_verified(annotation));
    let orphan = &both.annotations[&gone];
    assert!(orphan.has_orphan() && orphan.words() == "twice", "no look-alike");
    let mut seen = Copy { project: both, who: 0, done: 50 };
    seen.act(|project, stamp| project.confirm(id, stamp));
    assert!(rules::is_verified(&seen.project.annotations[&id]));
    assert_eq!(merged(&seen, &b), seen.project);
}

#[test]
fn two_who_changed_other_words_of_one_mark_agree_on_its_place() {
    let (id, mut a, mut b) = two("The mayor said 1200 people came");
    a.edit("mayor", "bishop");
    b.edit("people", "persons");
    let both = merged(&a, &b);
    let annotation = &both.annotations[&id];
    assert_eq!(annotation.words(), "The bishop said 1200 persons came");
    assert!(!annotation.is_conflicted(), "{:?}", annotation.spans[0].conflicts);
    assert_eq!(rules::open_matters(annotation), [Open::Status(Status::Unchecked), Open::CheckAgain]);
}

#[test]
fn the_same_correction_by_two_people_stands_once() {
    let (_, mut a, mut b) = two("twice");
    a.edit("1200 people", "1300 people");
    b.edit("1200 people", "1300 people");
    let both = merged(&a, &b);
    assert_eq!(both.article.text.as_str(), TEXT.replace("1200", "1300"));
    assert_eq!(both.article.disagreements(), []);
}

#[test]
fn words_changed_by_both_are_a_conflict_that_lives_in_the_file() {
    for take in 0..4 {
        let (id, mut a, mut b) = two("1200 people");
        let other = a.mark("twice");
        a.edit("1200", "1300");
        b.edit("1200", "1209");
        b.set(id, V::CheckAgain(None));
        let both = merged(&a, &b);
        let bytes = ron::write(&both);
        let read = ron::read(bytes.as_bytes(), &mut stamp(900, 0, 0)).expect("it reads");
        assert_eq!(read.warnings, []);
        let open = read.project.article.disagreements();
        assert_eq!(open.len(), 1);
        let mut variants: Vec<(&str, &str)> =
            open[0].variants.iter().map(|variant| (&*variant.by, variant.words.as_str())).collect();
        variants.sort_unstable();
        assert_eq!(variants, [("Ada Kern", "1300"), ("Ben Ott", "1209")]);
        assert_eq!(read.project.article.disputed, [open[0].at]);
        let annotation = &read.project.annotations[&id];
        assert!(rules::open_matters(annotation).contains(&Open::Wording));
        assert!(!rules::open_matters(&read.project.annotations[&other]).contains(&Open::Wording));
        // A mark that is made in it now is not verified either.
        let mut late = Copy { project: read.project.clone(), who: 0, done: 40 };
        let new = late.mark("people came");
        late.set(new, V::Status(Status::Verified));
        assert!(rules::is_verified(&late.project.annotations[&new]), "it does not touch");
        let mut decided = Copy { project: read.project, who: 1, done: 50 };
        let choice = |n: usize| Decision::Take(open[0].variants[n].entry);
        let (decision, wanted) = match take {
            0 | 1 => (choice(take), open[0].variants[take].words.clone()),
            2 => (Decision::Words("some".into()), "some".into()),
            _ => (Decision::AsItIs, both.article.text.slice(open[0].at).to_owned()),
        };
        decided.act(|project, stamp| project.decide_text(&open[0], &decision, stamp).expect("it fits"));
        assert_eq!(decided.project.article.text.as_str(), TEXT.replace("1200", &wanted));
        assert_eq!(
            (decided.project.article.disagreements(), &decided.project.article.disputed),
            (vec![], &vec![])
        );
        assert!(!decided.project.annotations[&id].is_in_disputed_words());
        for copy in [&a, &b, &late] {
            let again = merged(&decided, copy);
            assert_eq!(again.article.disagreements(), [], "the decision stands");
        }
    }
}

#[test]
fn the_mark_of_a_variant_keeps_its_words_until_and_after_the_decision() {
    let (_, mut a, mut b) = two("twice");
    a.edit("mayor", "bishop");
    b.edit("mayor", "warden");
    let id = b.mark("warden");
    let both = merged(&a, &b);
    assert!(!both.annotations[&id].has_orphan());
    let open = both.article.disagreements();
    let entry = open[0].variants.iter().find(|variant| variant.words == "warden").expect("a variant").entry;
    let mut decided = Copy { project: both, who: 0, done: 50 };
    let decision = Decision::Take(entry);
    decided.act(|project, stamp| project.decide_text(&open[0], &decision, stamp).expect("it fits"));
    assert_eq!(decided.project.article.text.as_str(), TEXT.replace("mayor", "warden"));
    assert_eq!(words(&decided.project, id), "warden");
}

#[test]
fn a_mark_that_reached_over_disputed_words_reaches_over_those_that_stay() {
    for (before, after) in [("came ", ""), ("", ", twice"), ("came ", ", twice"), ("", "")] {
        for take in 0..2 {
            let mut first = Copy::of(&project("They came on Monday, twice."), 2);
            let id = first.mark(&format!("{before}on Monday{after}"));
            let (mut a, mut b) = (Copy::of(&first.project, 0), Copy::of(&first.project, 1));
            for (copy, words) in [(&mut a, "on Sunday"), (&mut b, "late on Tuesday")] {
                copy.edit("on Monday", words);
                let whole = format!("{before}{words}{after}");
                if self::words(&copy.project, id) != whole {
                    copy.reshape(id, &whole);
                }
            }
            let both = merged(&a, &b);
            let open = both.article.disagreements();
            let variant = open[0].variants[take].clone();
            let mut decided = Copy { project: both, who: 0, done: 60 };
            let decision = Decision::Take(variant.entry);
            decided.act(|project, stamp| project.decide_text(&open[0], &decision, stamp).expect("it fits"));
            let wanted = format!("{before}{}{after}", variant.words.trim_end_matches(','));
            assert_eq!(words(&decided.project, id), wanted);
            assert_eq!(decided.project.annotations[&id].spans[0].conflicts, []);
            assert!(decided.project.annotations[&id].is_to_check());
            for copy in [&a, &b] {
                assert_eq!(words(&merged(&decided, copy), id), wanted);
            }
        }
    }
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
fn every_two_edits_of_a_short_text_are_joined() {
    let first = project("ab c");
    let text = first.article.text.as_str().to_owned();
    let all: Vec<Edit> = edits(&text, &["", "x", "yz"]).into_iter().filter(|edit| !edit.is_empty()).collect();
    let done = |edit: &Edit, who: usize| {
        let mut copy = Copy::of(&first, who);
        copy.act(|project, stamp| project.edit(vec![edit.clone()], stamp).expect("it fits"));
        copy.project
    };
    for one in &all {
        let a = done(one, 0);
        for other in &all {
            let b = done(other, 1);
            let both = a.merge(&b).expect("copies");
            assert_eq!(b.merge(&a).as_ref(), Ok(&both));
            let joined = both.article.text.as_str();
            if one == other {
                assert_eq!(joined, a.article.text.as_str());
                assert_eq!(both.article.disagreements(), []);
                continue;
            }
            let (end, start) = (one.at as usize + one.removed.len(), other.at as usize);
            if end < start && text[end..start].contains(' ') {
                let then = one.apply(&other.apply(&text).expect("it fits")).expect("it fits");
                assert_eq!((joined, both.article.disagreements()), (then.as_str(), vec![]));
            } else if end >= start && other.at as usize + other.removed.len() >= one.at as usize {
                assert_eq!(both.article.disagreements().len(), 1, "{one:?} {other:?} {joined:?}");
            }
            for edit in [one, other] {
                assert!(joined.contains(&edit.inserted), "{one:?} {other:?} {joined:?}");
            }
            let kept = |at: usize| {
                let gone =
                    |edit: &Edit| (edit.at as usize..edit.at as usize + edit.removed.len()).contains(&at);
                !gone(one) && !gone(other)
            };
            let left: String = text.char_indices().filter(|(at, _)| kept(*at)).map(|(_, c)| c).collect();
            let of_first: String = joined.chars().filter(|c| !"xyz".contains(*c)).collect();
            assert_eq!(of_first, left);
        }
    }
}

#[test]
fn a_span_keeps_exact_words_on_whole_letters_whatever_comes_in_beside_it() {
    let first = project("cafe au lait");
    let (mut a, mut b) = (Copy::of(&first, 0), Copy::of(&first, 1));
    let id = a.mark("cafe");
    // A mark that joins the last letter.
    b.act(|project, stamp| {
        let edit = Edit { at: 4, removed: String::new(), inserted: "\u{301}".into() };
        project.edit(vec![edit], stamp).expect("it fits")
    });
    let both = merged(&a, &b);
    let place = &both.annotations[&id].spans[0].place;
    let at = place.at.expect("it has a place");
    assert_eq!((both.article.text.slice(at), both.article.text.snapped(at)), (place.quote.as_str(), at));
    assert_eq!(place.quote.as_str(), "cafe\u{301}");
    assert_eq!(place.words_were(), Some("cafe"));
    let value = SpanValue::Place(place.clone());
    assert!(value.place().is_some() && Span::new(0, 4) != at);
}

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
