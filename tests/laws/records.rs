//! What is recorded beside a mark: when a sign-off lapses, and what commands make of records that two
//! people changed.

use proofmark::app::RecordCommand as R;
use proofmark::app::records::made;
use proofmark::domain::annotation::{
    AnnotationValue as V, EvidenceValue, Priority, Resolution, Stance, Verdict,
};
use proofmark::domain::log::{self, Stamp};
use proofmark::domain::rules::is_lapsed;
use proofmark::domain::{Annotation, Article, History, Id, Kind, Project, Span, Status, Text};

use crate::notation::stamp;

/// Does one thing to a project.
fn does(project: &mut Project, id: Id, command: &R, stamp: &mut Stamp) {
    let transaction = made(project, Some(id), command, stamp);
    project.apply(&transaction).expect("it was made for this state");
}

fn sets(project: &mut Project, id: Id, value: V, stamp: &mut Stamp) {
    let transaction = project.set(id, "set", vec![value], stamp);
    project.apply(&transaction).expect("it was made for this state");
}

/// A claim with one piece of evidence.
fn claim(stamp: &mut Stamp) -> (Project, Id) {
    let text = Text::new("The vote took place, and the vote counts.");
    let article = Article::new("a.txt".into(), String::new(), text, stamp);
    let mut project = Project::new(article, stamp);
    let (id, mark) = project.mark(Kind::Claim, &[Span::new(4, 8)], stamp);
    project.apply(&mark).expect("marked");
    does(&mut project, id, &R::AddEvidence(id, Stance::Supports, "Minutes".into()), stamp);
    (project, id)
}

fn lapsed(project: &Project, id: Id) -> Vec<bool> {
    let annotation = &project.annotations[&id];
    annotation.sign_offs.iter().map(|sign| is_lapsed(annotation, sign)).collect()
}

#[test]
fn a_sign_off_lapses_with_what_was_found_and_with_nothing_else() {
    type Deed = (&'static str, bool, fn(&mut Project, Id, &mut Stamp));
    let deeds: [Deed; 15] = [
        ("nothing", false, |_, _, _| {}),
        ("status", true, |p, id, s| sets(p, id, V::Status(Status::Verified), s)),
        ("fact", true, |p, id, s| sets(p, id, V::Fact("the vote was held".into()), s)),
        ("note", true, |p, id, s| sets(p, id, V::Note("see also".into()), s)),
        ("check again", true, |p, id, s| sets(p, id, V::CheckAgain(Some("changed".into())), s)),
        ("verdict", true, |p, id, s| {
            let verdict = Verdict { label: "True".into(), number: None };
            does(p, id, &R::Rate(Some(verdict)), s);
        }),
        ("resolution", true, |p, id, s| sets(p, id, V::Resolution(Resolution::Accepted), s)),
        ("tags", false, |p, id, s| sets(p, id, V::Tags(vec!["later".into()]), s)),
        ("private note", false, |p, id, s| sets(p, id, V::PrivateNote("ask her".into()), s)),
        ("priority", false, |p, id, s| does(p, id, &R::SetPriority(Some(Priority::High)), s)),
        ("a contact", false, |p, id, s| does(p, id, &R::AddContact(id), s)),
        ("another sign-off", false, |p, id, s| does(p, id, &R::SignOff, s)),
        ("new evidence", true, |p, id, s| {
            does(p, id, &R::AddEvidence(id, Stance::Contradicts, "https://a.example".into()), s);
        }),
        ("evidence removed", true, |p, id, s| {
            let evidence = p.annotations[&id].evidence[0].id;
            does(p, id, &R::RemoveEvidence(id, evidence), s);
        }),
        ("a further place", true, |p, id, s| {
            let transaction = p.extend(id, Span::new(29, 33), s);
            p.apply(&transaction).expect("extended");
        }),
    ];
    for (name, expected, deed) in deeds {
        let (mut project, id) = claim(&mut stamp(1));
        does(&mut project, id, &R::SignOff, &mut stamp(2));
        deed(&mut project, id, &mut stamp(3));
        assert_eq!(lapsed(&project, id)[0], expected, "{name}");
    }
}

#[test]
fn a_change_in_another_copy_lapses_it_whatever_it_replaced() {
    let (mut mine, id) = claim(&mut stamp(1));
    let mut theirs = mine.clone();
    sets(&mut mine, id, V::Status(Status::InProgress), &mut stamp(2));
    sets(&mut mine, id, V::Status(Status::Verified), &mut stamp(3));
    does(&mut mine, id, &R::SignOff, &mut stamp(4));
    assert_eq!(lapsed(&mine, id), [false]);
    sets(&mut theirs, id, V::Status(Status::Query), &mut stamp(5));
    let joined = log::union(&*mine.annotations[&id], &*theirs.annotations[&id]);
    assert!(is_lapsed(&joined, &joined.sign_offs[0]), "they saw an older value, and changed that");
    // An undo of what is in no file yet gives the sign-off back.
    let mut history = History::default();
    let change = mine.set(id, "set", vec![V::Note("n".into())], &mut stamp(6));
    history.commit(&mut mine, change).expect("set");
    assert_eq!(lapsed(&mine, id), [true]);
    history.undo(&mut mine, &mut stamp(7)).expect("undone");
    assert_eq!(lapsed(&mine, id), [false]);
}

fn joined(a: &Project, b: &Project, id: Id) -> Project {
    let annotation = log::union(&*a.annotations[&id], &*b.annotations[&id]);
    let mut project = a.clone();
    project.annotations.insert(id, annotation.into());
    project
}

fn title(project: &Project, id: Id) -> (String, bool) {
    let annotation: &Annotation = &project.annotations[&id];
    (annotation.evidence[0].title.clone(), annotation.is_conflicted())
}

#[test]
fn evidence_that_two_people_changed_is_decided_by_setting_it_and_open_again_by_undo() {
    let (mine, id) = claim(&mut stamp(1));
    let evidence = mine.annotations[&id].evidence[0].id;
    let set = |title: &str| R::SetEvidence(id, evidence, "edit", vec![EvidenceValue::Title(title.into())]);
    let (mut a, mut b) = (mine.clone(), mine);
    does(&mut a, id, &set("Minutes, p. 3"), &mut stamp(2));
    does(&mut b, id, &set("Minutes, p. 4"), &mut stamp(3));
    let mut project = joined(&a, &b, id);
    let (shown, conflicted) = title(&project, id);
    assert!(conflicted);
    // What else is done leaves the conflict as it is.
    for (seed, other) in [
        R::AddEvidence(id, Stance::Context, "Else".into()),
        R::MoveEvidence { of: id, id: evidence, up: false },
        R::SignOff,
        R::SetEvidence(id, evidence, "edit", vec![EvidenceValue::Seen("2026-11-24".into())]),
        R::MoveEvidence { of: id, id: evidence, up: true },
    ]
    .iter()
    .enumerate()
    {
        does(&mut project, id, other, &mut stamp(10 + seed as u128));
        assert!(project.annotations[&id].is_conflicted());
    }
    assert_eq!(title(&project, id), (shown.clone(), true));
    // The value that is shown already decides it as well as another one.
    for decided in [shown.as_str(), "Minutes, p. 5"] {
        let mut project = project.clone();
        let before = project.clone();
        let mut history = History::default();
        let change = made(&project, Some(id), &set(decided), &mut stamp(30));
        history.commit(&mut project, change).expect("decided");
        assert_eq!(title(&project, id), (decided.to_owned(), false));
        history.undo(&mut project, &mut stamp(31)).expect("undone");
        assert_eq!(project, before);
    }
}

#[test]
fn evidence_goes_past_its_neighbour_even_where_two_have_the_same_rank() {
    let (mut project, id) = claim(&mut stamp(1));
    for (seed, name) in ["B", "C"].into_iter().enumerate() {
        does(
            &mut project,
            id,
            &R::AddEvidence(id, Stance::Supports, name.into()),
            &mut stamp(2 + seed as u128),
        );
    }
    let same = project.alter(id, "rank", |annotation| {
        for evidence in &mut annotation.evidence {
            log::set(evidence, EvidenceValue::Rank(7), &mut stamp(9));
        }
    });
    project.apply(&same).expect("ranked");
    let order = |project: &Project| {
        project.annotations[&id].evidence.iter().map(|found| found.title.clone()).collect::<Vec<_>>()
    };
    let before = order(&project);
    let last = project.annotations[&id].evidence[2].id;
    does(&mut project, id, &R::MoveEvidence { of: id, id: last, up: true }, &mut stamp(20));
    assert_eq!(order(&project), [before[0].clone(), before[2].clone(), before[1].clone()]);
    let state = project.clone();
    let first = project.annotations[&id].evidence[0].id;
    does(&mut project, id, &R::MoveEvidence { of: id, id: first, up: true }, &mut stamp(21));
    assert_eq!(project, state, "the first stays");
}
