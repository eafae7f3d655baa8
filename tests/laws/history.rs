//! Undo and redo, over random sessions in which the file is written at any time: each step back
//! gives the values that were there, exactly so where nothing was written, and what was written
//! never vanishes from a log.

use std::collections::{BTreeMap, BTreeSet};

use proofmark::domain::annotation::{Annotation, AnnotationValue};
use proofmark::domain::log::{self, Record, Value};
use proofmark::domain::project::Checker;
use proofmark::domain::{History, Id, Kind, Project, Span, Status, Transaction};
use proptest::prelude::*;

use crate::notation::{parse, print, project, replacing, stamp};
use crate::script::{Action, Step, actions};
use crate::worlds::{assert_sound, entry_ids};

/// What a person sees of a project: the values without the logs. Who checked is left out: a name
/// that was written stays.
fn values(project: &Project) -> String {
    fn fields<R: Record>(record: &R) -> String {
        let mut seen = String::new();
        for field in R::FIELDS {
            let open: BTreeSet<_> = record
                .conflicts()
                .iter()
                .filter(|h| h.value.field() == *field)
                .map(|h| h.value.clone())
                .collect();
            match open.is_empty() {
                true => seen.push_str(&format!("{:?};", record.get(*field))),
                false => seen.push_str(&format!("one of {open:?};")),
            }
        }
        seen
    }
    fn list<R: Record>(records: &[R], removed: impl Fn(&R) -> bool) -> String {
        let live = records.iter().filter(|r| !removed(r));
        live.map(|r| format!("{} {}\n", r.id(), fields(r))).collect()
    }
    let mut seen = format!("{}\n{:?}\n", fields(&*project.about), project.article.text.as_str());
    for annotation in project.annotations.values() {
        let Annotation { id, spans, evidence, contacts, sign_offs, .. } = &**annotation;
        seen.push_str(&format!("{id} {}\n", fields(&**annotation)));
        for span in spans.iter().filter(|span| !span.removed) {
            let place = &span.place;
            seen.push_str(&format!(
                "{} {:?} {:?} {:?} {:?}\n",
                span.id, place.at, place.quote, place.prefix, place.suffix
            ));
        }
        seen.push_str(&list(evidence, |r| r.removed));
        seen.push_str(&list(contacts, |r| r.removed));
        seen.push_str(&list(sign_offs, |r| r.removed));
    }
    seen
}

/// A session with all that must hold of it written down beside it.
struct Session {
    project: Project,
    history: History,
    /// The states that undo and redo must lead to, and where we are among them.
    states: Vec<(Project, String)>,
    labels: Vec<String>,
    at: usize,
    saved: Project,
    /// A save under way: the number of its state, and the state.
    saving: Option<(u64, Project)>,
    written: BTreeSet<Id>,
    ever_saved: bool,
    numbers: BTreeMap<u64, Project>,
    clock: u128,
}

impl Session {
    fn of(project: Project) -> Self {
        Self {
            history: History::default(),
            states: vec![(project.clone(), values(&project))],
            labels: Vec::new(),
            at: 0,
            saved: project.clone(),
            saving: None,
            written: entry_ids(&project),
            ever_saved: false,
            numbers: BTreeMap::new(),
            clock: 1000,
            project,
        }
    }

    fn act(&mut self, action: &Action) {
        self.clock += 1;
        let mut stamp = stamp(self.clock);
        match action {
            Action::Do(step) => self.commit(step.on(&self.project, &mut stamp)),
            Action::Undo => {
                self.history.undo(&mut self.project, &mut stamp).expect("undo works");
                self.at = self.at.saturating_sub(1);
            }
            Action::Redo => {
                self.history.redo(&mut self.project, &mut stamp).expect("redo works");
                self.at = (self.at + 1).min(self.states.len() - 1);
            }
            Action::Save => {
                self.act(&Action::StartSave);
                self.act(&Action::EndSave);
            }
            Action::StartSave => {
                self.history.writing();
                self.saving = Some((self.history.state(), self.project.clone()));
            }
            Action::EndSave => {
                if let Some((state, saved)) = self.saving.take() {
                    self.history.saved(state);
                    self.written.extend(entry_ids(&saved));
                    self.saved = saved;
                    self.ever_saved = true;
                }
            }
        }
        self.check();
    }

    fn commit(&mut self, step: Transaction) {
        if step.is_empty() {
            return;
        }
        self.states.truncate(self.at + 1);
        self.labels.truncate(self.at);
        self.labels.push(step.label.clone());
        self.history.commit(&mut self.project, step).expect("made for this state");
        self.states.push((self.project.clone(), values(&self.project)));
        self.at += 1;
    }

    fn check(&mut self) {
        let (state, seen) = &self.states[self.at];
        assert_eq!(values(&self.project), *seen);
        if !self.ever_saved && self.saving.is_none() {
            assert_eq!(self.project, *state);
        }
        let ids = entry_ids(&self.project);
        assert!(self.written.is_subset(&ids), "a written entry is gone");
        assert_eq!(self.history.is_dirty(), self.project != self.saved);
        assert_eq!(self.history.undo_label(), self.at.checked_sub(1).map(|i| &*self.labels[i]));
        assert_eq!(self.history.redo_label(), self.labels.get(self.at).map(|label| &**label));
        let known = self.numbers.entry(self.history.state()).or_insert_with(|| {
            assert_sound(&self.project);
            self.project.clone()
        });
        assert_eq!(*known, self.project, "one number, two states");
    }

    fn all_the_way(&mut self, action: &Action) {
        for _ in 0..self.states.len() {
            self.act(action);
        }
    }
}

fn run(first: Project, script: &[Action]) {
    let mut session = Session::of(first);
    for action in script {
        session.act(action);
    }
    session.all_the_way(&Action::Redo);
    session.all_the_way(&Action::Undo);
    session.all_the_way(&Action::Redo);
    session.act(&Action::Save);
    session.all_the_way(&Action::Undo);
    session.act(&Action::Save);
    session.all_the_way(&Action::Redo);
}

/// A project in which two copies set one field to different values.
fn conflicted() -> Project {
    let mut project = parse("The [mayor] said: [we go].");
    let id = project.in_order()[0].id;
    let copies = [Status::Verified, Status::Query].map(|status| {
        let mut stamp = stamp(40 + status as u128);
        let mut copy = Annotation::clone(&project.annotations[&id]);
        log::set(&mut copy, AnnotationValue::Status(status), &mut stamp);
        copy
    });
    project.annotations.insert(id, log::union(&copies[0], &copies[1]).into());
    assert!(project.annotations[&id].is_conflicted());
    project
}

#[test]
fn every_short_session_goes_back_and_forth() {
    use Action::*;
    let kinds = [
        Do(Step::Mark(0, 9, 0)),
        Do(Step::Set(0, 0, 3)),
        Do(Step::MoveEdge(0, 4, 8)),
        Do(Step::Edit(5, 3, 3)),
        Undo,
        Redo,
        Save,
        StartSave,
        EndSave,
    ];
    // Every session of three, and of four with edits only.
    let sessions = |kinds: std::ops::Range<usize>, length: u32| {
        let count = kinds.len().pow(length);
        (0..count).map(move |code| {
            (0..length)
                .map(|place| kinds.start + code / kinds.len().pow(place) % kinds.len())
                .collect::<Vec<_>>()
        })
    };
    let first = parse("The [mayor] said");
    for session in sessions(0..9, 3).chain(sessions(2..7, 4)) {
        let script: Vec<Action> = session.into_iter().map(|k| kinds[k].clone()).collect();
        run(first.clone(), &script);
    }
}

#[test]
fn taking_back_a_written_decision_opens_the_conflict_again() {
    let script = [Action::Do(Step::Set(0, 0, 3)), Action::Save, Action::Undo];
    let first = conflicted();
    let which = first.annotations.keys().position(|id| first.annotations[id].is_conflicted()).expect("one");
    let script = script.map(|action| match action {
        Action::Do(_) => Action::Do(Step::Set(which as u8, 0, 3)),
        other => other,
    });
    run(first.clone(), &script);
    let mut session = Session::of(first);
    script.iter().for_each(|action| session.act(action));
    assert!(session.project.annotations.values().any(|a| a.is_conflicted()));
}

#[test]
fn a_written_edit_taken_back_leaves_text_and_marks_as_they_were() {
    let (mut project, mut history) = (parse("The [mayor] said"), History::default());
    let first = project.clone();
    let step = project.edit(vec![replacing(&project, "The mayor", "A")], &mut stamp(7)).expect("fits");
    history.commit(&mut project, step).expect("fresh");
    assert_eq!(print(&project), "A said ~ [mayor]");
    history.saved(history.state());
    history.undo(&mut project, &mut stamp(8)).expect("works");
    assert_eq!(print(&project), "The [mayor] said");
    assert_eq!(values(&project), values(&first));
    assert_eq!(project.article.log.len(), 3, "the edit and its opposite stay in the log");
    assert!(history.is_dirty());
    history.redo(&mut project, &mut stamp(9)).expect("works");
    assert_eq!(print(&project), "A said ~ [mayor]");
    assert!(!history.is_dirty());
}

#[test]
fn a_save_that_ends_after_an_undo_keeps_its_entries() {
    let mut session = Session::of(project("The mayor said"));
    session.commit(session.project.mark(Kind::Claim, &[Span::new(4, 9)], &mut stamp(7)).1);
    for action in [Action::StartSave, Action::Undo, Action::EndSave, Action::Undo, Action::Redo] {
        session.act(&action);
    }
}

#[test]
fn a_checker_who_was_written_stays() {
    let (mut project, mut history) = (project("The mayor said"), History::default());
    let step = project.enrol(&Checker::named("Ada"));
    history.commit(&mut project, step).expect("fresh");
    history.saved(history.state());
    history.undo(&mut project, &mut stamp(8)).expect("works");
    assert_eq!(project.checkers.len(), 1);
    assert!(!history.is_dirty(), "nothing changed, so there is nothing to save");
}

#[test]
fn a_step_for_another_state_is_no_step() {
    let (mut project, mut history) = (parse("The [mayor] said"), History::default());
    let id = project.in_order()[0].id;
    let stale = project.remove(id, &mut stamp(7));
    let step = project.edit(vec![replacing(&project, "The", "A")], &mut stamp(8)).expect("fits");
    history.commit(&mut project, step).expect("fresh");
    let (before, number) = (project.clone(), history.state());
    assert!(history.commit(&mut project, stale).is_err());
    assert_eq!((project, history.state(), history.undo_label()), (before, number, Some("edit the text")));
}

#[test]
fn a_project_that_is_in_no_file_is_unsaved() {
    let mut history = History::unsaved();
    assert!(history.is_dirty());
    history.saved(history.state());
    assert!(!history.is_dirty());
    assert_eq!((history.undo_label(), history.redo_label()), (None, None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_sessions_go_back_and_forth(script in actions(1..40)) {
        run(project("The mayor said: we go. \u{201c}Go\u{201d}, e\u{301} 😀.\n\nThe mayor went."), &script);
    }

    #[test]
    fn random_sessions_with_a_conflict_go_back_and_forth(script in actions(1..20)) {
        run(conflicted(), &script);
    }
}
