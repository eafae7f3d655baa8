//! Joining copies: commutative, associative, idempotent, and nothing is lost, whatever the copies
//! did before, in whatever order they were joined, and whatever their clocks said.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proofmark::domain::annotation::{
    AnnotationSpan, AnnotationValue, Contact, ContactValue, Evidence, EvidenceValue, Place, Prose, SignOff,
    SpanValue,
};
use proofmark::domain::log::{self, Entry, Record, Value, union};
use proofmark::domain::project::{About, AboutValue};
use proofmark::domain::{Annotation, Id, Kind, Span, Stamp, Status, Text};
use proptest::prelude::*;

/// A stamp of step `step` on copy `copy`, with a clock that may be wrong by years.
fn stamp(step: usize, copy: usize, years: i64) -> Stamp {
    let seed = (step as u128 * 8 + copy as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_0fed_cba9_8765_4321);
    let now = Timestamp::from_second(1_700_000_000 + years * 31_557_600).expect("a time");
    Stamp::new(now, ["Ada", "Grace", "Lise"][copy % 3], seed)
}

fn ids(annotation: &Annotation) -> BTreeSet<Id> {
    annotation.entry_ids().collect()
}

/// The laws for two and three copies of any record.
#[track_caller]
fn assert_laws<R: Record>(copies: &[R; 3], associative: bool) {
    let [a, b, c] = copies;
    assert_eq!(union(a, a), *a, "idempotent");
    let ab = union(a, b);
    assert_eq!(ab, union(b, a), "commutative");
    assert_eq!(union(&ab, b), ab, "joined again, nothing changes");
    assert_eq!(union(a, &ab), ab, "joined again, nothing changes");
    if associative {
        assert_eq!(union(&ab, c), union(a, &union(b, c)), "associative");
    }
    let all = union(&ab, c);
    let kept: BTreeSet<Id> = all.log().iter().map(|entry| entry.id).collect();
    for copy in copies {
        assert!(copy.log().iter().all(|entry| kept.contains(&entry.id)), "an entry is lost");
    }
    for field in R::FIELDS {
        assert_heads(&all, copies, *field);
    }
}

/// Every value that nothing replaced is there: as the value, or as a conflict's.
#[track_caller]
fn assert_heads<R: Record>(all: &R, copies: &[R; 3], field: <R::Value as Value>::Field) {
    let heads = log::heads(all, field);
    let open: Vec<_> = all.conflicts().iter().filter(|head| head.value.field() == field).collect();
    if !open.is_empty() {
        assert_eq!(open.iter().map(|head| head.entry).collect::<Vec<_>>(), heads);
        assert!(open.iter().any(|head| head.value != open[0].value), "a conflict of equal values");
        assert_eq!(all.get(field).as_ref(), Some(&open[0].value));
    }
    for copy in copies {
        if log::heads(copy, field) == heads && copy.conflicts().iter().all(|head| head.value.field() != field)
        {
            assert_eq!(copy.get(field), all.get(field));
        }
    }
}

/// One later set of a conflicted field ends the conflict everywhere it is joined.
#[track_caller]
fn assert_decided(copies: &[Annotation; 3]) {
    let joined = union(&union(&copies[0], &copies[1]), &copies[2]);
    let mut decided = joined.clone();
    let mut stamp = stamp(900, 0, -30);
    for head in &joined.conflicts {
        log::set(&mut decided, head.value.clone(), &mut stamp);
    }
    assert!(decided.conflicts.is_empty());
    for copy in copies {
        assert_eq!(union(copy, &decided), decided, "the decision stands");
    }
}

#[derive(Clone, Debug)]
enum Op {
    Set(u8, u8),
    SetInside(u8, u8, u8),
    Add(u8),
    Join(u8),
    Fork(u8),
    /// The text changed elsewhere: every span names another text and moves, without an entry.
    Drift(u8),
}

fn act(annotation: &mut Annotation, op: &Op, others: &[Annotation], text: &Text, stamp: &mut Stamp) {
    match *op {
        Op::Set(field, n) => {
            let value = match field % 5 {
                0 => AnnotationValue::Status(Status::ALL[n as usize % 3]),
                1 => AnnotationValue::Note(Prose(format!("{}", n % 2))),
                2 => AnnotationValue::Kind(Kind::ALL[n as usize % 3]),
                3 => AnnotationValue::Removed(n.is_multiple_of(2)),
                _ => AnnotationValue::Rank((!n.is_multiple_of(3)).then_some(i64::from(n % 3))),
            };
            log::set(annotation, value, stamp);
        }
        Op::SetInside(list, which, n) => {
            let pick = |len: usize| which as usize % len.max(1);
            match list % 4 {
                0 => {
                    let at = pick(annotation.spans.len());
                    if let Some(span) = annotation.spans.get_mut(at) {
                        let place =
                            Place::of(text, Id::default(), Span::new(n as usize % 4, 5 + n as usize % 3));
                        let value =
                            if n % 5 == 0 { SpanValue::Removed(true) } else { SpanValue::Place(place) };
                        log::set(span, value, stamp);
                    }
                }
                1 => {
                    let at = pick(annotation.evidence.len());
                    if let Some(evidence) = annotation.evidence.get_mut(at) {
                        log::set(evidence, EvidenceValue::Rank(i64::from(n % 3)), stamp);
                    }
                }
                2 => {
                    let at = pick(annotation.contacts.len());
                    if let Some(contact) = annotation.contacts.get_mut(at) {
                        log::set(contact, ContactValue::At(format!("{}", n % 3)), stamp);
                    }
                }
                _ => {
                    let at = pick(annotation.sign_offs.len());
                    if let Some(sign_off) = annotation.sign_offs.get_mut(at) {
                        let value = proofmark::domain::annotation::SignOffValue::Role(format!("{}", n % 2));
                        log::set(sign_off, value, stamp);
                    }
                }
            }
        }
        Op::Add(n) => match n % 4 {
            0 => {
                let place = Place::of(text, Id::default(), Span::new(n as usize % 5, 6));
                annotation.spans.push(AnnotationSpan::create(stamp, place));
            }
            1 => annotation.evidence.push(Evidence::create(stamp)),
            2 => annotation.contacts.push(Contact::create(stamp)),
            _ => {
                // The day of a sign-off is a value like others: the copies agree on it here.
                let at = Timestamp::from_second(i64::from(n / 4)).unwrap_or_default();
                annotation.sign_offs.push(SignOff::create(stamp, "Ada".into(), at, Vec::new()));
            }
        },
        Op::Join(from) => *annotation = union(annotation, &others[from as usize % others.len()]),
        Op::Drift(n) => {
            for span in &mut annotation.spans {
                let drift = |place: &mut Place| {
                    place.text = Id::from_bits(u128::from(n % 3));
                    place.at = place.at.map(|at| Span { start: at.start + 1, end: at.end + 1 });
                };
                drift(&mut span.place);
                for head in &mut span.conflicts {
                    if let SpanValue::Place(place) = &mut head.value {
                        drift(place);
                    }
                }
            }
        }
        Op::Fork(from) => *annotation = others[from as usize % others.len()].clone(),
    }
    annotation.sort_lists();
}

fn ops() -> impl Strategy<Value = Vec<(u8, i8, Op)>> {
    let n = any::<u8>;
    let op = prop_oneof![
        4 => (n(), n()).prop_map(|(a, b)| Op::Set(a, b)),
        4 => (n(), n(), n()).prop_map(|(a, b, c)| Op::SetInside(a, b, c)),
        3 => n().prop_map(Op::Add),
        2 => n().prop_map(Op::Join),
        1 => n().prop_map(Op::Fork),
        1 => n().prop_map(Op::Drift),
    ];
    prop::collection::vec((0u8..3, -40i8..40, op), 0..30)
}

/// Three copies of one annotation after some work. `clocks` multiplies how wrong the clocks are.
fn copies(script: &[(u8, i8, Op)], clocks: i64) -> [Annotation; 3] {
    let text = Text::new("The mayor said");
    let mut first = Annotation::create(&mut stamp(0, 0, 0), Kind::Claim);
    let place = Place::of(&text, Id::default(), Span::new(0, 3));
    first.spans.push(AnnotationSpan::create(&mut stamp(0, 1, 0), place));
    let mut copies = [first.clone(), first.clone(), first];
    for (step, (copy, years, op)) in script.iter().enumerate() {
        let others = copies.clone();
        let mut stamp = stamp(step + 1, *copy as usize, i64::from(*years) * clocks);
        act(&mut copies[*copy as usize], op, &others, &text, &mut stamp);
    }
    copies
}

/// The record with every clock set to the same time.
fn timeless(mut annotation: Annotation) -> Annotation {
    fn clear<R: Record>(record: &mut R) {
        record.parts_mut().0.iter_mut().for_each(|entry| entry.when = Timestamp::UNIX_EPOCH);
    }
    clear(&mut annotation);
    annotation.spans.iter_mut().for_each(clear);
    annotation.evidence.iter_mut().for_each(clear);
    annotation.contacts.iter_mut().for_each(clear);
    annotation.sign_offs.iter_mut().for_each(clear);
    annotation
}

#[test]
fn every_short_history_of_three_copies_obeys_the_laws() {
    // Each copy sets the title to x or y, or joins one of the others: every history of four steps.
    let first = About::create(&mut stamp(0, 0, 0));
    let choices = 12;
    for code in 0..choices * choices * choices * choices {
        let mut copies = [first.clone(), first.clone(), first.clone()];
        let mut rest = code;
        for step in 0..4 {
            let (copy, what) = (rest % choices / 4, rest % 4);
            rest /= choices;
            let years = [-30, 0, 30][(code + step) % 3];
            let mut stamp = stamp(step + 1, copy, years);
            match what {
                0 | 1 => {
                    log::set(&mut copies[copy], AboutValue::Title(["x", "y"][what].into()), &mut stamp);
                }
                _ => copies[copy] = union(&copies[copy], &copies[(copy + what - 1) % 3]),
            }
        }
        assert_laws(&copies, true);
    }
}

#[test]
fn both_values_of_a_conflict_are_kept_and_one_set_decides() {
    let first = About::create(&mut stamp(0, 0, 0));
    let [mut a, mut b] = [first.clone(), first];
    log::set(&mut a, AboutValue::Title("x".into()), &mut stamp(1, 0, 50));
    log::set(&mut b, AboutValue::Title("y".into()), &mut stamp(1, 1, -50));
    let mut joined = union(&a, &b);
    let values: BTreeSet<_> = joined.conflicts.iter().map(|head| head.value.clone()).collect();
    assert_eq!(values, [AboutValue::Title("x".into()), AboutValue::Title("y".into())].into());
    log::set(&mut joined, AboutValue::Title("x".into()), &mut stamp(2, 1, -60));
    assert!(joined.conflicts.is_empty());
    assert_eq!(union(&joined, &b), joined);
    assert_eq!(joined.log.last().map(|entry| entry.replaces.len()), Some(2));
}

#[test]
fn the_same_value_from_two_people_is_no_conflict() {
    let first = About::create(&mut stamp(0, 0, 0));
    let [mut a, mut b] = [first.clone(), first];
    log::set(&mut a, AboutValue::Title("x".into()), &mut stamp(1, 0, 0));
    log::set(&mut b, AboutValue::Title("x".into()), &mut stamp(1, 1, 0));
    let joined = union(&a, &b);
    assert!(joined.conflicts.is_empty());
    assert_eq!((joined.title.as_str(), joined.log.len()), ("x", 3));
}

#[test]
fn entries_stand_in_topological_order_ties_by_id() {
    let entry = |id: u128, replaces: &[u128]| Entry::<AboutValue> {
        id: Id::from_bits(id),
        when: Timestamp::UNIX_EPOCH,
        by: "Ada".into(),
        field: proofmark::domain::project::AboutField::Title,
        replaces: replaces.iter().map(|id| Id::from_bits(*id)).collect(),
        before: Vec::new(),
        withheld: false,
    };
    let order = |mut log: Vec<Entry<AboutValue>>| {
        log::sort(&mut log);
        log.iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    let ids = |ids: &[u128]| ids.iter().map(|id| Id::from_bits(*id)).collect::<Vec<_>>();
    assert_eq!(order(vec![entry(1, &[5]), entry(5, &[]), entry(3, &[]), entry(2, &[1])]), ids(&[3, 5, 1, 2]));
    assert_eq!(order(vec![entry(9, &[]), entry(1, &[9, 77])]), ids(&[9, 1]));
    // A circle can only be made by hand; it ends, and no entry is lost.
    assert_eq!(order(vec![entry(2, &[1]), entry(1, &[2]), entry(3, &[1])]), ids(&[1, 2, 3]));
    assert_eq!(order(vec![entry(4, &[4]), entry(1, &[4])]), ids(&[4, 1]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_histories_of_three_copies_obey_the_laws(script in ops()) {
        let copies = copies(&script, 1);
        assert_laws(&copies, true);
        assert_decided(&copies);
        let all = ids(&union(&union(&copies[0], &copies[1]), &copies[2]));
        prop_assert!(copies.iter().all(|copy| ids(copy).is_subset(&all)));
    }

    #[test]
    fn wrong_clocks_change_nothing(script in ops()) {
        let join = |copies: [Annotation; 3]| timeless(union(&union(&copies[0], &copies[1]), &copies[2]));
        prop_assert_eq!(join(copies(&script, 1)), join(copies(&script, 0)));
    }

    /// An entry that a hand changed in one copy: no entry is lost, and both orders agree. That
    /// three copies with three versions of one entry join alike in every order is not promised.
    #[test]
    fn changed_entries_are_joined_without_loss(
        script in ops(),
        changes in prop::collection::vec((any::<u8>(), any::<u8>(), 0u8..4), 1..4),
    ) {
        let mut copies = copies(&script, 1);
        for (copy, place, how) in changes {
            let log = &mut copies[copy as usize % 3].log;
            let (count, first) = (log.len(), log[0].id);
            let entry = &mut log[place as usize % count];
            match how {
                0 => entry.by = "Mallory".into(),
                1 => entry.before.clear(),
                2 => entry.replaces.clear(),
                _ => entry.replaces.push(first),
            }
            log::sort(log);
        }
        // A hand may leave a copy that no program would write; joined once, it is in order.
        let [a, b, c] = copies.map(|copy| union(&copy, &copy));
        assert_eq!(union(&a, &a), a);
        let ab = union(&a, &b);
        prop_assert_eq!(&ab, &union(&b, &a));
        let all = ids(&union(&ab, &c));
        prop_assert!([a, b, c].iter().all(|copy| ids(copy).is_subset(&all)));
    }
}
