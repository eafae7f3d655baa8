//! The recovery journal: its lines give back what was on the screen, after every action of random
//! sessions; torn, it gives an earlier moment; altered, it never gives what was not there (S35, S36).

use proofmark::domain::{History, Kind, Project, Span};
use proofmark::formats::ron::journal::{self, Base, Chain, Delta, Head};
use proptest::prelude::*;

use crate::notation::{project, stamp};
use crate::script::{Action, actions};

const TEXT: &str = "The mayor said: we go. \u{201c}Go\u{201d}, e\u{301} 😀.\n\nThe mayor went.\r\u{2028}";

/// A session that is kept after every action.
struct Kept {
    project: Project,
    last: Project,
    history: History,
    chain: Chain,
    text: String,
    /// The state after each line, the base first.
    moments: Vec<Project>,
    clock: u128,
}

impl Kept {
    fn of(project: Project) -> Self {
        let mut chain = Chain::default();
        let head = Head::new(&project, Some("a/story.ron".into()), Some("00".into()), Base::File);
        let text = chain.line(&head).expect("a line");
        Self {
            last: project.clone(),
            history: History::default(),
            chain,
            text,
            moments: vec![project.clone()],
            clock: 1000,
            project,
        }
    }

    fn act(&mut self, action: &Action) {
        self.clock += 1;
        let mut stamp = stamp(self.clock);
        match action {
            Action::Do(step) => {
                let step = step.on(&self.project, &mut stamp);
                self.history.commit(&mut self.project, step).expect("made for this state");
            }
            Action::Undo => self.history.undo(&mut self.project, &mut stamp).expect("undo works"),
            Action::Redo => self.history.redo(&mut self.project, &mut stamp).expect("redo works"),
            Action::Save | Action::EndSave => self.history.saved(self.history.state()),
            Action::StartSave => self.history.writing(),
        }
        if let Some(delta) = Delta::between((&self.last, None), (&self.project, None), stamp.now) {
            self.text.push_str(&self.chain.line(&delta).expect("a line"));
            self.moments.push(self.project.clone());
            self.last = self.project.clone();
        } else {
            assert_eq!(self.last, self.project);
        }
    }
}

/// What a journal gives on its base.
fn replayed(base: &Project, bytes: &[u8]) -> Option<(Project, bool)> {
    let read = journal::read(bytes)?;
    let (steps, left) = journal::steps(base, read.deltas);
    assert_eq!(left, 0);
    let mut project = base.clone();
    for step in steps {
        project.apply(&step).expect("in order");
    }
    Some((project, read.is_damaged))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_gives_what_was_on_the_screen(script in actions(1..40), cut in any::<prop::sample::Index>()) {
        let mut kept = Kept::of(project(TEXT));
        let base = kept.project.clone();
        for action in &script {
            kept.act(action);
            prop_assert_eq!(replayed(&base, kept.text.as_bytes()), Some((kept.project.clone(), false)));
        }
        let cut = cut.index(kept.text.len() + 1);
        let torn = &kept.text.as_bytes()[..cut];
        let lines = torn.iter().filter(|byte| **byte == b'\n').count();
        match replayed(&base, torn) {
            None => prop_assert_eq!(lines, 0),
            Some((project, damaged)) => {
                prop_assert!(!damaged, "a torn end is no damage");
                prop_assert_eq!(&project, &kept.moments[lines - 1]);
            }
        }
    }

    #[test]
    fn what_was_altered_is_seen(script in actions(1..20), place in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut kept = Kept::of(project(TEXT));
        let base = kept.project.clone();
        script.iter().for_each(|action| kept.act(action));
        let mut bytes = kept.text.into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        if let Some((project, _)) = replayed(&base, &bytes) {
            prop_assert!(kept.moments.contains(&project), "a moment that was never there");
        }
    }
}

#[test]
fn a_missing_or_moved_line_ends_what_can_be_read_and_is_told() {
    let mut kept = Kept::of(project(TEXT));
    let base = kept.project.clone();
    for span in [Span::new(4, 9), Span::new(0, 3), Span::new(10, 14)] {
        let (_, step) = kept.project.mark(Kind::Claim, &[span], &mut stamp(u128::from(span.end)));
        kept.project.apply(&step).expect("fits");
        kept.act(&Action::Undo);
    }
    let lines: Vec<&str> = kept.text.split_inclusive('\n').collect();
    assert_eq!(lines.len(), 4);
    let missing = [lines[0], lines[1], lines[3], lines[2]].concat();
    assert_eq!(replayed(&base, missing.as_bytes()), Some((kept.moments[1].clone(), true)));
    assert_eq!(replayed(&base, lines[1..].concat().as_bytes()), None);
    assert_eq!(journal::read(b""), None);
    assert_eq!(journal::read(b"\0\0\0\0\n"), None);
}

#[test]
fn a_change_is_kept_without_the_rest_of_the_project() {
    let long = "The mayor said so. ".repeat(5000);
    let mut kept = Kept::of(project(&long));
    let head = kept.text.len();
    let (_, step) = kept.project.mark(Kind::Claim, &[Span::new(4, 9)], &mut stamp(1));
    kept.project.apply(&step).expect("fits");
    kept.act(&Action::Undo);
    let mark = kept.text.len() - head;
    let edit = crate::notation::replacing(&kept.project, "mayor", "major");
    let step = kept.project.edit(vec![edit], &mut stamp(2)).expect("fits");
    kept.project.apply(&step).expect("fits");
    kept.act(&Action::Undo);
    assert!(mark < 2000 && kept.text.len() - head < 6000, "{mark}, {}", kept.text.len() - head);
}
