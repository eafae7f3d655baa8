//! A random walk through the model, without a window: thousands of commands with fixed stamps (U04, U05).
//!
//! Every few steps the project is written and read again and must be the same; what is derived must
//! equal a rebuild; undo to the start gives the first state where nothing was saved.

use std::collections::BTreeSet;

use proofmark::app::effect::{Effect, Outcome, Written};
use proofmark::app::facts::Facts;
use proofmark::app::finish::finish;
use proofmark::app::queue::{Fate, Label, Queue, View};
use proofmark::app::settings::Settings;
use proofmark::app::speakers::{Choice, Speakers};
use proofmark::app::{Answer, Command, Desk, Dialog, Model, Purpose, RecordCommand, can, update};
use proofmark::domain::annotation::{
    AnnotationValue as V, ContactValue, EvidenceValue, Priority, Prose, Stance, Verdict,
};
use proofmark::domain::order::{Group, Sort};
use proofmark::domain::places::Places;
use proofmark::domain::project::{AboutValue, Checker};
use proofmark::domain::scale::PRESETS;
use proofmark::domain::{Article, History, Id, Kind, Project, Span, Status, Text};
use proofmark::formats::ron;

use crate::room::{STORY, stamp};

/// Small, the same everywhere, good enough for a walk (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn of<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

struct Walk {
    model: Model,
    dice: Dice,
    seed: u128,
    saves: bool,
    /// The ids of the entries that are in the file.
    written: BTreeSet<Id>,
}

impl Walk {
    fn new(seed: u64, saves: bool) -> Self {
        let mut first = stamp(u128::from(seed) << 64);
        let text = format!("{STORY}\n\nמרחבא 👩‍👩‍👧‍👦 e\u{301}  \u{200b} end");
        let article = Article::new("story.txt".into(), String::new(), Text::new(text), &mut first);
        let project = Project::new(article, &mut first);
        let checker = Some(Checker::named("Ana Núñez"));
        let mut model = Model::new(Settings { checker, ..Settings::default() });
        let path = saves.then(|| "/walk.ron".into());
        model.desk = Some(Desk::new(project, History::default(), path, "walk.ron".into()));
        Self { model, dice: Dice(seed), seed: u128::from(seed) << 64, saves, written: BTreeSet::new() }
    }

    fn desk(&self) -> &Desk {
        self.model.desk.as_ref().expect("a project")
    }

    fn some_id(&mut self) -> Id {
        let ids: Vec<Id> = self.desk().project.annotations.keys().copied().collect();
        if ids.is_empty() { Id::from_bits(7) } else { self.dice.of(&ids) }
    }

    fn some_span(&mut self) -> Span {
        let length = self.desk().project.article.text.len();
        let (from, long) = (self.dice.below(length), self.dice.below(40));
        self.desk().project.article.text.snapped(Span::new(from, (from + long).min(length)))
    }

    fn some_words(&mut self) -> String {
        self.dice
            .of(&["", "minutes, p. 3", "two\nlines", "  ", "\u{202e}odd\u{0}", "“quoted” \\ \"#"])
            .to_owned()
    }

    fn some_command(&mut self) -> Command {
        let id = self.some_id();
        let words = self.some_words();
        match self.dice.below(40) {
            36..=39 => Command::Record(self.some_record(id, words)),
            0..=3 => Command::Select(Some(self.some_span())),
            4..=6 => Command::Mark(self.dice.of(&Kind::ALL)),
            7 => Command::SetStatus(self.dice.of(&Status::ALL)),
            8 => Command::Unverifiable(id, words),
            9 => Command::AddSpan,
            10 => Command::Remove,
            11 => {
                let annotation = self.desk().project.annotations.get(&id);
                let spans: Vec<Id> = annotation.iter().flat_map(|a| a.spans.iter().map(|s| s.id)).collect();
                Command::RemoveSpan(id, spans.first().copied().unwrap_or(id))
            }
            12 => Command::Set(id, "edit the note", vec![V::Note(Prose::from(words.as_str()))]),
            13 => Command::Set(id, "edit the name", vec![V::Name(words)]),
            14 => Command::SetSpeaker(id, words),
            15 => Command::Describe(vec![AboutValue::Outlet(words)]),
            16 => Command::Set(id, "flag", vec![V::CheckAgain(Some(words))]),
            17 => Command::Confirm,
            18 => Command::Pick(Some(id)),
            19 => Command::ClickAt(self.some_span().start as usize),
            20 => self.dice.of(&[
                Command::Next,
                Command::Previous,
                Command::Queue(Queue::NextOpen),
                Command::Escape,
            ]),
            30..=35 => Command::Queue(self.some_queue(id, words)),
            21 | 22 => self.dice.of(&[Command::Undo, Command::Undo, Command::Redo]),
            23 => Command::Facts(Facts::Mark),
            24 => Command::Facts(Facts::Unmark),
            25 => {
                let facts = self.dice.of(&[["council", "vote"], ["a fact", "another"], ["the", "e"]]);
                Command::Facts(Facts::Split(id, facts.map(str::to_owned).to_vec()))
            }
            26 => {
                let name =
                    self.dice.of(&["mayor Ines Halvard", "TUESDAY", "Nobody Here", "naïve"]).to_owned();
                let choice = self.dice.of(&[
                    Choice::New(name.clone()),
                    Choice::Name(name),
                    Choice::Source(id),
                    Choice::Nobody,
                ]);
                Command::Speakers(Speakers::Link(id, choice))
            }
            27 => Command::Speakers(Speakers::ShowRests(Some(id))),
            _ if self.saves => Command::Save,
            _ => Command::Undo,
        }
    }

    fn some_record(&mut self, id: Id, words: String) -> RecordCommand {
        use RecordCommand as R;
        let annotation = self.desk().project.annotations.get(&id);
        let evidence: Vec<Id> = annotation.iter().flat_map(|a| a.evidence.iter().map(|e| e.id)).collect();
        let contacts: Vec<Id> = annotation.iter().flat_map(|a| a.contacts.iter().map(|c| c.id)).collect();
        let signs: Vec<Id> = annotation.iter().flat_map(|a| a.sign_offs.iter().map(|s| s.id)).collect();
        let found = if evidence.is_empty() { id } else { self.dice.of(&evidence) };
        let stance = self.dice.of(&[Stance::Supports, Stance::Contradicts, Stance::Context]);
        let up = self.dice.below(2) == 0;
        match self.dice.below(15) {
            0..=2 => R::AddEvidence(id, stance, words),
            3 => R::SetEvidence(id, found, "edit", vec![EvidenceValue::Excerpt(words.as_str().into())]),
            4 => R::SetEvidence(id, found, "edit", vec![EvidenceValue::Stance(stance)]),
            5 => R::MoveEvidence { of: id, id: found, up },
            6 => R::RemoveEvidence(id, found),
            7 => R::AddContact(id),
            8 => {
                let values = vec![ContactValue::Outcome(words.as_str().into())];
                R::SetContact(id, contacts.first().copied().unwrap_or(id), "edit", values)
            }
            9 => R::RemoveContact(id, contacts.first().copied().unwrap_or(id)),
            10 => R::SignOff,
            11 => R::RemoveSignOff(id, signs.first().copied().unwrap_or(id)),
            12 => R::SetPriority(self.dice.of(&[None, Some(Priority::High), Some(Priority::Low)])),
            13 => R::Rate(up.then_some(Verdict { label: words, number: None })),
            _ => R::SetScale(if up { PRESETS[0].scale() } else { Vec::new() }),
        }
    }

    fn some_queue(&mut self, id: Id, words: String) -> Queue {
        let label = self.dice.of(&["law", "x y", "budget"]).to_owned();
        match self.dice.below(18) {
            0 | 1 => {
                let queries = ["", "status:open", "tunnel", "no:note -kind:quote", "tag:law", "speaker:min"];
                Queue::Filter(self.dice.of(&queries).to_owned())
            }
            2 => Queue::Sort(self.dice.of(&Sort::ALL)),
            3 => Queue::Group(self.dice.of(&Group::ALL)),
            4 => Queue::Fold(self.dice.of(&["Claims", "Unchecked", "Nobody named"]).to_owned()),
            5 => self.dice.of(&[Queue::NextOpen, Queue::NextByRisk]),
            6 | 7 => Queue::Also(id),
            8 => Queue::Through(id),
            9 => Queue::All,
            10 | 11 => Queue::Move { down: self.dice.below(2) == 0 },
            12 => Queue::Tag(label),
            13 => Queue::Untag(label),
            14 => Queue::Priority(self.dice.of(&[None, Some(Priority::High)])),
            15 => Queue::Unverifiable(words),
            16 => Queue::Rename(Label::Tag(label), words),
            _ => {
                let fates = [Fate::Clear, Fate::Become("budget".into()), Fate::Remove];
                Queue::Delete(Label::Tag(label), self.dice.of(&fates))
            }
        }
    }

    fn step(&mut self) {
        let command = self.some_command();
        let could = can(&self.model, &command);
        let state = self.desk().history.state();
        self.seed += 1 << 20;
        let effects = update(&mut self.model, command.clone(), &mut stamp(self.seed));
        if !could {
            assert_eq!(self.desk().history.state(), state, "{command:?} was done though it cannot be");
        }
        self.answer(effects);
        if matches!(self.model.dialog, Some(Dialog::Reason { .. } | Dialog::Queue(_))) {
            let _ = update(&mut self.model, Command::Answer(Answer::Cancel), &mut stamp(1));
        }
        assert_eq!(self.model.dialog, None, "after {command:?}");
    }

    /// Writes in place of the disk; now and then only after further commands, or not at all.
    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let Effect::Write { path, content, purpose: Purpose::Save, state, .. } = effect else { continue };
            let (project, written) = (content.project().id, entries(content.project()));
            let result = if self.dice.below(4) == 0 {
                Err(proofmark::app::Problem { what: "full".into(), hint: String::new(), exists: false })
            } else {
                self.written = written;
                Ok(Written {
                    at: "14:02".into(),
                    confirmed: true,
                    left_out: Vec::new(),
                    sha256: String::new(),
                })
            };
            for _ in 0..self.dice.below(4) {
                let command = self.dice.of(&[Command::Undo, Command::Redo, Command::Remove]);
                self.seed += 1 << 20;
                let _ = update(&mut self.model, command, &mut stamp(self.seed));
            }
            let outcome = Outcome::Wrote { path, purpose: Purpose::Save, project, state, result };
            let _ = finish(&mut self.model, outcome, &mut stamp(1));
        }
    }

    fn check(&self) {
        let desk = self.desk();
        let written = ron::write(&desk.project);
        let opened = ron::read(written.as_bytes(), &mut stamp(3)).expect("what was written can be read");
        assert!(opened.warnings.is_empty() && !opened.changed, "{:?}", opened.warnings);
        assert_eq!(opened.project, desk.project);
        assert_eq!(ron::write(&opened.project), written);
        let fresh = Places::of(&desk.project);
        assert!(fresh.in_order().eq(desk.places.in_order()));
        assert_eq!((fresh.statuses(), fresh.count()), (desk.places.statuses(), desk.places.count()));
        for line in 0..desk.project.article.text.line_count() {
            assert_eq!(fresh.of_line(line), desk.places.of_line(line));
        }
        let mut anew = View::default();
        anew.arrange(&desk.project, desk.list.sort(), desk.list.group());
        anew.filter(&desk.project, desk.list.text().to_owned());
        anew.narrow(&desk.project, desk.rests_on);
        assert_eq!(anew.row_count(&fresh), desk.list.row_count(&desk.places));
        let held = |view: &View| desk.project.annotations.keys().filter(|id| view.holds(**id)).count();
        assert_eq!(held(&anew), held(&desk.list));
        let shown: Vec<Id> = desk.list.shown(&desk.places).collect();
        let among: BTreeSet<Id> = shown.iter().copied().collect();
        assert!(anew.shown(&fresh).filter(|id| among.contains(id)).eq(shown.iter().copied()));
        for (place, id) in shown.iter().enumerate() {
            let line = desk.list.line_of(&desk.places, *id).expect("a shown row has a line");
            assert!(line >= place && line < desk.list.line_count(&desk.places));
        }
        assert!(desk.chosen.also().iter().all(|id| desk.project.annotations.contains_key(id)));
        assert!(!desk.chosen.are_several() || desk.picked.is_some());
        for annotation in desk.project.annotations.values() {
            assert!(annotation.placed().all(|span| desk.project.article.text.admits(span)));
        }
    }
}

#[test]
fn a_long_walk_without_saving_can_be_undone_to_the_start() {
    for seed in 1..=4 {
        let mut walk = Walk::new(seed, false);
        let first = ron::write(&walk.desk().project);
        for step in 0..700 {
            walk.step();
            if step % 50 == 49 {
                walk.check();
            }
        }
        let last = ron::write(&walk.desk().project);
        let mut steps = 0;
        while walk.desk().history.undo_label().is_some() {
            let _ = update(&mut walk.model, Command::Undo, &mut stamp(5));
            steps += 1;
        }
        assert!(steps > 20, "the walk did something");
        assert_eq!(ron::write(&walk.desk().project), first);
        assert!(!walk.model.is_dirty());
        walk.check();
        while walk.desk().history.redo_label().is_some() {
            let _ = update(&mut walk.model, Command::Redo, &mut stamp(6));
        }
        // What had been taken back before the end comes back too; one more undo each gives the same words.
        let again = ron::write(&walk.desk().project);
        assert!(again == last || again.len() >= first.len());
    }
}

#[test]
fn a_long_walk_with_savings_never_takes_back_what_is_in_the_file() {
    for seed in 11..=14 {
        let mut walk = Walk::new(seed, true);
        for step in 0..500 {
            walk.step();
            let now = entries(&walk.desk().project);
            assert!(
                walk.written.iter().all(|id| now.contains(id)),
                "an entry of the file is gone at step {step}"
            );
            if step % 50 == 49 {
                walk.check();
            }
        }
    }
}

/// The ids of all entries of all annotations, removed ones too.
fn entries(project: &Project) -> BTreeSet<Id> {
    let records = project.annotations.values().chain(project.removed.values());
    records.flat_map(|annotation| annotation.entry_ids().collect::<Vec<_>>()).collect()
}
