//! Merging copies of a project: the laws, over random histories of two and three people who mark, check,
//! edit the text, remove, undo, decide and merge in between, whatever their clocks said.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proofmark::domain::clash::ClashSort;
use proofmark::domain::merge::Decision;
use proofmark::domain::{Article, History, Id, Kind, Project, Span, Stamp, Text, rules};
use proofmark::formats::ron;
use proptest::prelude::*;

use crate::script::Step;
use crate::worlds::{assert_merged, entry_ids};

/// A stamp of step `step` on copy `copy`, with a clock that may be wrong by years.
pub fn stamp(step: usize, copy: usize, years: i64) -> Stamp {
    let seed = (step as u128 * 8 + copy as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_0fed_cba9_8765_4321);
    let now = Timestamp::from_second(1_700_000_000 + years * 31_557_600).expect("a time");
    Stamp::new(now, ["Ada Kern", "Ben Ott", "Cem Ak"][copy % 3], seed)
}

/// A project of a text, the same in every copy.
pub fn project(text: &str) -> Project {
    let mut stamp = stamp(0, 0, 0);
    Project::new(Article::new("a.txt".into(), String::new(), Text::new(text), &mut stamp), &mut stamp)
}

/// The same with three marks that everybody has, the first with evidence.
fn marked(text: &str) -> Project {
    let mut project = project(text);
    let mut stamp = stamp(0, 1, 0);
    for (from, to) in [(0, 9), (4, 14), (8, text.len())] {
        let span = project.article.text.snapped(Span::new(from, to));
        let (_, mark) = project.mark(Kind::Claim, &[span], &mut stamp);
        project.apply(&mark).expect("it fits");
    }
    let evidence = Step::AddEvidence(0, 1).on(&project, &mut stamp);
    project.apply(&evidence).expect("it fits");
    project
}

#[derive(Clone, Debug)]
pub enum Act {
    Do(Step),
    Undo,
    Redo,
    /// Takes in what another copy has.
    Merge(u8),
    /// Decides the first thing that is open.
    Decide(u8),
    Confirm(u8),
}

/// Who does it, how wrong their clock is by years, and what they do.
pub type Deed = (u8, i8, Act);

pub fn deeds(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Deed>> {
    let act = prop_oneof![
        10 => crate::script::step().prop_map(Act::Do),
        1 => Just(Act::Undo),
        1 => Just(Act::Redo),
        3 => any::<u8>().prop_map(Act::Merge),
        2 => any::<u8>().prop_map(Act::Decide),
        1 => any::<u8>().prop_map(Act::Confirm),
    ];
    prop::collection::vec((0u8..3, -10i8..10, act), length)
}

/// Decides something that is open, if anything is.
fn decided(project: &Project, n: u8, stamp: &mut Stamp) -> proofmark::domain::Transaction {
    let open = project.article.disagreements();
    if let Some(first) = open.get(n as usize % open.len().max(1)) {
        let take = |n: usize| Decision::Take(first.variants[n % first.variants.len()].entry);
        let decision = match n % 4 {
            0 => Decision::AsItIs,
            1 => Decision::Words("settled".into()),
            n => take(n as usize),
        };
        return project.decide_text(first, &decision, stamp).expect("it is open");
    }
    for annotation in project.annotations.values() {
        if let Some((clash, _)) = annotation.open_clashes().first() {
            return match (clash.sort, n % 3) {
                (ClashSort::Removed, 0) => project.keep(annotation.id, stamp),
                (ClashSort::Removed, 1) => project.remove(annotation.id, stamp),
                (ClashSort::PartRemoved, 0) => project.keep_part(annotation.id, clash.id, stamp),
                _ => project.settle(annotation.id, clash.id, stamp),
            };
        }
        if let Some(head) = annotation.conflicts.first() {
            let value = head.value.clone();
            return project.set(annotation.id, "decide", vec![value], stamp);
        }
    }
    proofmark::domain::Transaction::default()
}

/// Three copies after some work.
pub fn copies(text: &str, deeds: &[Deed], clocks: i64) -> [Project; 3] {
    let first = marked(text);
    let mut copies = [first.clone(), first.clone(), first].map(|project| (project, History::default()));
    for (step, (who, years, act)) in deeds.iter().enumerate() {
        let who = *who as usize % 3;
        let mut stamp = stamp(step + 1, who, i64::from(*years) * clocks);
        let other = match act {
            Act::Merge(from) => {
                let from = *from as usize % 3;
                // What others have seen never vanishes.
                copies[from].1.writing();
                Some(copies[from].0.clone())
            }
            _ => None,
        };
        let (mine, history) = &mut copies[who];
        let step = match act {
            Act::Do(step) => step.on(mine, &mut stamp),
            Act::Decide(n) => decided(mine, *n, &mut stamp),
            Act::Confirm(n) => {
                let ids: Vec<Id> = mine.annotations.keys().copied().collect();
                let id = ids.get(*n as usize % ids.len().max(1)).copied().unwrap_or_default();
                mine.confirm(id, &mut stamp)
            }
            Act::Merge(_) => {
                let joined = mine.merge(&other.expect("taken")).expect("copies of one project");
                mine.transaction_to(&joined, "merge")
            }
            Act::Undo => {
                history.undo(mine, &mut stamp).expect("undone");
                continue;
            }
            Act::Redo => {
                history.redo(mine, &mut stamp).expect("redone");
                continue;
            }
        };
        history.commit(mine, step).expect("it fits");
    }
    copies.map(|(project, _)| project)
}

#[track_caller]
fn merged(a: &Project, b: &Project) -> Project {
    a.merge(b).expect("copies of one project")
}

/// The laws for three copies.
#[track_caller]
pub fn assert_laws(copies: &[Project; 3]) {
    let [a, b, c] = copies;
    for copy in copies {
        assert_same(&merged(copy, copy), copy, "idempotent");
    }
    let ab = merged(a, b);
    assert_same(&ab, &merged(b, a), "commutative");
    for copy in [a, b, &ab] {
        assert_same(&merged(&ab, copy), &ab, "merged again, nothing changes");
        assert_same(&merged(copy, &ab), &ab, "merged again, nothing changes");
    }
    let all = merged(&ab, c);
    assert_same(&all, &merged(a, &merged(b, c)), "associative");
    assert_same(&all, &merged(&merged(c, a), b), "associative");
    let kept = entry_ids(&all);
    for copy in copies {
        let joins: BTreeSet<Id> =
            copy.article.log.iter().filter(|entry| entry.replaces.len() > 1).map(|entry| entry.id).collect();
        let lost: Vec<Id> =
            entry_ids(copy).difference(&kept).filter(|id| !joins.contains(id)).copied().collect();
        assert_eq!(lost, [], "an entry is lost");
    }
    for project in [&ab, &all] {
        assert_merged(project);
        assert_open(project);
        assert_written(project);
    }
}

#[track_caller]
fn assert_same(is: &Project, wanted: &Project, law: &str) {
    if is != wanted {
        let [is, wanted] = [is, wanted].map(ron::write);
        let differing = is.lines().zip(wanted.lines()).find(|(a, b)| a != b);
        panic!("not {law}: {differing:#?}\n{is}\n----\n{wanted}");
    }
}

/// Nothing that somebody must look at counts as verified.
#[track_caller]
fn assert_open(project: &Project) {
    for annotation in project.annotations.values() {
        let is_open = annotation.is_conflicted()
            || !annotation.open_clashes().is_empty()
            || annotation.live_spans().any(|span| project.article.is_disputed_at(&span.place));
        assert!(!is_open || !rules::is_verified(annotation), "verified while something is open");
        assert!(!is_open || rules::is_open(annotation), "not told while something is open");
    }
}

/// What is written is read back as it was, without a warning.
#[track_caller]
fn assert_written(project: &Project) {
    let bytes = ron::write(project);
    let read = ron::read(bytes.as_bytes(), &mut stamp(9_999, 0, 0)).expect("it reads");
    assert_eq!(read.warnings, []);
    assert_eq!(&read.project, project);
    assert_eq!(ron::write(&read.project), bytes);
}

const TEXT: &str = "The mayor said 1200 people came.\n\nShe re\u{301}peated: 😀 it is 12 km.";

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_histories_of_three_people_obey_the_laws(deeds in deeds(0..40)) {
        assert_laws(&copies(TEXT, &deeds, 1));
    }

    #[test]
    fn random_histories_of_text_edits_obey_the_laws(
        deeds in prop::collection::vec((0u8..3, -10i8..10, prop_oneof![
            4 => (any::<u8>(), 0u8..12, any::<u8>()).prop_map(|(a, b, c)| Act::Do(Step::Edit(a, b, c))),
            2 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(a, b, c)| Act::Do(Step::Mark(a, b, c))),
            1 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(a, b, c)| Act::Do(Step::MoveEdge(a, b, c))),
            2 => any::<u8>().prop_map(Act::Merge),
            1 => any::<u8>().prop_map(Act::Decide),
        ]), 0..24),
    ) {
        assert_laws(&copies("one two three 😀 four", &deeds, 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wrong_clocks_decide_nothing(deeds in deeds(0..30)) {
        let all = |clocks| {
            // The day of a sign-off is a value, by which they are sorted.
            let is_dated = |deed: &Deed| matches!(deed.2, Act::Do(Step::SignOff(_)));
            let deeds: Vec<Deed> = deeds.iter().filter(|deed| !is_dated(deed)).cloned().collect();
            let [a, b, c] = copies(TEXT, &deeds, clocks);
            timeless(&ron::write(&merged(&merged(&a, &b), &c)))
        };
        // What is done in one second stays in one second.
        prop_assert_eq!(all(1), all(-3));
    }
}

/// A file without its times, and so without its checksum.
fn timeless(file: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
    let lines = file.lines().filter(|line| !line.trim_start().starts_with("checksum:"));
    let words =
        lines.map(|line| line.split('"').filter(|word| !is_time(word)).collect::<Vec<_>>().join("\""));
    words.collect::<Vec<_>>().join("\n")
}
