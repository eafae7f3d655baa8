//! Copies to send: nothing that is withheld is in them, and they merge back as copies in which it is
//! not known.

use std::collections::BTreeSet;
use std::sync::Arc;

use proofmark::domain::annotation::{
    AnnotationField, AnnotationValue as V, Contact, ContactValue, Evidence, EvidenceValue, Speaker,
};
use proofmark::domain::log;
use proofmark::domain::redaction::{Withheld, is_confidential};
use proofmark::domain::{Annotation, Id, Kind, Project, Span, Status};
use proofmark::formats::ron;
use proptest::prelude::*;

use crate::notation::{project, stamp};
use crate::script::{Action, Step, actions};
use crate::worlds::assert_sound;

const TEXT: &str =
    "The mayor said: we go. \u{201c}Go\u{201d}, e\u{301} 😀.\n\nA person close to the mayor went.";

/// What people write that must not leave the house; each with a number that stands nowhere else.
#[derive(Clone, Debug)]
enum Secret {
    PrivateNote(u8),
    Reach(u8),
    Contact(u8),
    Name(u8),
    Note(u8),
    Evidence(u8),
    Confidential(u8, bool),
    /// A free speaker by the name of the first confidential source.
    Speaker(u8),
    /// The annotation is removed from the list.
    Remove(u8),
}

fn secrets() -> impl Strategy<Value = Secret> {
    let n = any::<u8>;
    prop_oneof![
        3 => n().prop_map(Secret::PrivateNote),
        1 => n().prop_map(Secret::Reach),
        2 => n().prop_map(Secret::Contact),
        2 => n().prop_map(Secret::Name),
        1 => n().prop_map(Secret::Note),
        1 => n().prop_map(Secret::Evidence),
        3 => (n(), prop::bool::weighted(0.8)).prop_map(|(a, b)| Secret::Confidential(a, b)),
        1 => n().prop_map(Secret::Speaker),
        1 => n().prop_map(Secret::Remove),
    ]
}

fn plant(project: &mut Project, secret: &Secret, number: usize) {
    let ids: Vec<Id> = project.annotations.keys().copied().collect();
    if ids.is_empty() {
        return;
    }
    let stamp = &mut stamp(50_000 + number as u128);
    let id = |n: u8| ids[n as usize % ids.len()];
    let word = format!("zq{number}zq");
    let step = match *secret {
        Secret::PrivateNote(n) => project.set(id(n), "note", vec![V::PrivateNote((&*word).into())], stamp),
        Secret::Reach(n) => project.set(id(n), "reach", vec![V::Contact((&*word).into())], stamp),
        Secret::Name(n) => project.set(id(n), "name", vec![V::Name(word)], stamp),
        Secret::Note(n) => project.set(id(n), "note", vec![V::Note((&*word).into())], stamp),
        Secret::Confidential(n, on) => project.set(id(n), "hide", vec![V::Confidential(on)], stamp),
        Secret::Remove(n) => project.remove(id(n), stamp),
        Secret::Contact(n) => project.alter(id(n), "contact", |a| {
            let mut contact = Contact::create(stamp);
            log::set(&mut contact, ContactValue::How("telephone".into()), stamp);
            log::set(&mut contact, ContactValue::Outcome((&*word).into()), stamp);
            a.contacts.push(contact);
        }),
        Secret::Evidence(n) => project.alter(id(n), "evidence", |a| {
            let mut found = Evidence::create(stamp);
            log::set(&mut found, EvidenceValue::Title(word), stamp);
            a.evidence.push(found);
        }),
        Secret::Speaker(n) => {
            let Some(name) = project.confidential_names().into_iter().find(|name| name.starts_with("zq"))
            else {
                return;
            };
            project.set(id(n), "speaker", vec![V::Speaker(Some(Speaker::Name(name)))], stamp)
        }
    };
    project.apply(&step).expect("fresh");
}

/// A project after some work, with secrets among it.
fn world(script: &[Action], planted: &[Secret]) -> Project {
    let mut project = project(TEXT);
    for (number, span) in [Span::new(4, 9), Span::new(10, 14), Span::new(47, 55)].into_iter().enumerate() {
        let kind = Kind::ALL[number];
        let (_, mark) = project.mark(kind, &[span], &mut stamp(10 + number as u128));
        project.apply(&mark).expect("fresh");
    }
    for number in 0..script.len().max(planted.len()) {
        if let Some(Action::Do(step)) = script.get(number) {
            let step = step.on(&project, &mut stamp(1000 + number as u128));
            project.apply(&step).expect("fresh");
        }
        if let Some(secret) = planted.get(number) {
            plant(&mut project, secret, number);
        }
    }
    project
}

/// Every planted word in some bytes.
fn words(bytes: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (at, _) in bytes.match_indices("zq") {
        if let Some(length) = bytes[at + 2..].find("zq").filter(|length| (1..6).contains(length)) {
            let word = &bytes[at + 2..at + 2 + length];
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                found.insert(word);
            }
        }
    }
    found
}

fn all(project: &Project) -> impl Iterator<Item = &Arc<Annotation>> {
    project.annotations.values().chain(project.removed.values())
}

/// The words that must not be in a copy: all of confidential sources, private notes and contacts.
fn withheld(project: &Project) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut take = |bytes: String| found.extend(words(&bytes).into_iter().map(str::to_owned));
    for record in all(project) {
        if is_confidential(record) {
            // Whom it quotes may be a source that is confidential no more.
            let mut record = Annotation::clone(record);
            record.speaker = None;
            record.log.retain(|entry| entry.field != AnnotationField::Speaker);
            take(serde_json::to_string(&record).expect("json"));
            continue;
        }
        take(serde_json::to_string(&record.contacts).expect("json"));
        take(format!("{:?} {:?}", record.private_note, record.contact));
        let hidden = |field| matches!(field, AnnotationField::PrivateNote | AnnotationField::Contact);
        for entry in record.log.iter().filter(|entry| hidden(entry.field)) {
            take(format!("{:?}", entry.before));
        }
    }
    found
}

/// What an annotation has that is not about what is withheld.
fn entries(record: &Annotation) -> Vec<String> {
    record.log.iter().map(|entry| format!("{entry:?}")).collect()
}

fn script() -> impl Strategy<Value = (Vec<Action>, Vec<Secret>, Vec<Action>)> {
    (actions(0..14), prop::collection::vec(secrets(), 0..24), actions(0..10))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_redacted_copy_has_nothing_of_what_is_withheld_and_every_id((work, planted, _) in script()) {
        let whole = world(&work, &planted);
        let (copy, _) = whole.redact();
        let bytes = ron::write(&copy);
        let there: BTreeSet<String> = words(&bytes).into_iter().map(str::to_owned).collect();
        let leaked: Vec<_> = withheld(&whole).intersection(&there).cloned().collect();
        prop_assert!(leaked.is_empty(), "{leaked:?}");
        prop_assert!(copy.is_redacted() && bytes.contains("redacted: Some(["));
        prop_assert!(copy.annotations.keys().eq(whole.annotations.keys()));
        prop_assert!(copy.removed.keys().eq(whole.removed.keys()));
        for (a, b) in all(&copy).zip(all(&whole)) {
            prop_assert!(a.log.iter().map(|e| e.id).eq(b.log.iter().map(|e| e.id)));
        }
        assert_sound(&copy);
        prop_assert_eq!(&copy.redact(), &(copy.clone(), Withheld::default()));
        // The file holds the same, and nothing in it needs repair.
        let opened = ron::read(bytes.as_bytes(), &mut stamp(1)).expect("a project");
        prop_assert_eq!((&opened.project, &opened.warnings), (&copy, &Vec::new()));
    }

    #[test]
    fn a_redacted_copy_merges_back_without_a_trace((work, planted, _) in script()) {
        let whole = world(&work, &planted);
        let (copy, _) = whole.redact();
        prop_assert_eq!(&whole.merge(&copy).expect("copies"), &whole);
        prop_assert_eq!(&copy.merge(&whole).expect("copies"), &whole);
        prop_assert_eq!(&copy.merge(&copy).expect("copies"), &copy);
        // In one step, and back in one.
        let mut desk = copy.clone();
        let step = desk.transaction_to(&whole, "merge");
        desk.apply(&step).expect("fresh");
        prop_assert_eq!(&desk, &whole);
        desk.apply(&step.invert()).expect("fresh");
        prop_assert_eq!(&desk, &copy);
    }

    /// A colleague works in the redacted copy. Merged back, their work is there as if it had been
    /// done in the whole project, and what they could not see is as it was.
    #[test]
    fn work_in_a_redacted_copy_comes_back_and_nothing_is_lost((work, planted, theirs) in script()) {
        let whole = world(&work, &planted);
        let (mut copy, _) = whole.redact();
        let mut same = whole.clone();
        let mut edits_text = false;
        for (number, action) in theirs.iter().enumerate() {
            let Action::Do(step) = action else { continue };
            edits_text |= matches!(step, Step::Edit(..));
            for side in [&mut copy, &mut same] {
                let step = step.on(side, &mut stamp(7000 + number as u128));
                side.apply(&step).expect("fresh");
            }
        }
        let Ok(back) = whole.merge(&copy) else {
            prop_assert!(edits_text);
            return Ok(());
        };
        prop_assert_eq!(&copy.merge(&whole).expect("copies"), &back);
        prop_assert_eq!(&back.merge(&copy).expect("copies"), &back);
        prop_assert_eq!(&back.merge(&whole).expect("copies"), &back);
        prop_assert!(!back.is_redacted());
        prop_assert!(withheld(&whole).is_subset(&words(&ron::write(&back)).into_iter().map(str::to_owned).collect()));
        for record in all(&whole) {
            let after = back.record(record.id).expect("kept");
            let now: BTreeSet<String> = entries(after).into_iter().collect();
            prop_assert!(entries(record).iter().all(|entry| now.contains(entry)), "an entry is lost");
            prop_assert_eq!(&after.private_note, &record.private_note);
            // What was left out did not meet what they did.
            prop_assert!(edits_text || after.clashes.is_empty(), "{:?}", after.clashes);
            for contact in &record.contacts {
                prop_assert!(after.contacts.contains(contact));
            }
        }
        if !edits_text {
            for record in all(&same).filter(|record| !is_confidential(record)) {
                prop_assert_eq!(back.record(record.id), Some(record));
            }
        }
    }

    /// A copy of an earlier state, a copy of a later one and the whole project join alike in every order.
    #[test]
    fn copies_of_several_states_join_alike_in_every_order((work, planted, theirs) in script()) {
        let half = planted.len() / 2;
        let early = world(&work, &planted[..half]);
        let late = world(&work, &planted);
        let mut copy = early.redact().0;
        for (number, action) in theirs.iter().enumerate() {
            if let Action::Do(step) = action
                && !matches!(step, Step::Edit(..))
            {
                let step = step.on(&copy, &mut stamp(9000 + number as u128));
                copy.apply(&step).expect("fresh");
            }
        }
        let all = [early, late.redact().0, copy];
        let join = |a: usize, b: usize, c: usize| {
            let first = all[a].merge(&all[b]);
            first.and_then(|first| first.merge(&all[c]))
        };
        let one = join(0, 1, 2);
        for (a, b, c) in [(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)] {
            prop_assert_eq!(&join(a, b, c), &one);
        }
    }
}

#[test]
fn a_private_note_of_two_people_asks_and_loses_neither() {
    let mut whole = project("The mayor said");
    let (id, mark) = whole.mark(Kind::Claim, &[Span::new(4, 9)], &mut stamp(2));
    whole.apply(&mark).expect("fresh");
    let note = |text: &str| vec![V::PrivateNote(text.into())];
    let set = whole.set(id, "note", note("ask the lawyer"), &mut stamp(3));
    whole.apply(&set).expect("fresh");
    let (mut copy, told) = whole.redact();
    assert_eq!(told.sentence(), "1 private note");
    assert_eq!(copy.annotations[&id].private_note.as_str(), "");
    // The colleague writes a note of their own, without having seen ours.
    let set = copy.set(id, "note", note("looks fine"), &mut stamp(4));
    copy.apply(&set).expect("fresh");
    assert!(!copy.annotations[&id].is_conflicted());
    let back = whole.merge(&copy).expect("copies");
    let open: BTreeSet<String> =
        back.annotations[&id].conflicts.iter().map(|head| format!("{:?}", head.value)).collect();
    assert_eq!(open.len(), 2, "{open:?}");
}

#[test]
fn what_is_newer_and_not_known_leaves_what_is_known() {
    let mut whole = project("The mayor said");
    let (id, mark) = whole.mark(Kind::Claim, &[Span::new(4, 9)], &mut stamp(2));
    whole.apply(&mark).expect("fresh");
    let note = |text: &str| vec![V::PrivateNote(text.into())];
    let set = whole.set(id, "note", note("first"), &mut stamp(3));
    whole.apply(&set).expect("fresh");
    // A colleague has this state; then the note changes, and they get a redacted copy of that.
    let colleague = whole.clone();
    let set = whole.set(id, "note", note("second"), &mut stamp(4));
    whole.apply(&set).expect("fresh");
    let joined = colleague.merge(&whole.redact().0).expect("copies");
    assert_eq!(joined.annotations[&id].private_note.as_str(), "first");
    assert!(!joined.annotations[&id].is_conflicted());
    // With the whole project, the newer one counts, and the older one is its past.
    let all = joined.merge(&whole).expect("copies");
    assert_eq!(all, whole);
}

#[test]
fn a_withheld_source_is_open_only_by_its_status() {
    use proofmark::domain::rules;
    let mut whole = project("The mayor said");
    let (id, mark) = whole.mark(Kind::Source, &[Span::new(4, 9)], &mut stamp(2));
    whole.apply(&mark).expect("fresh");
    let set = vec![V::Confidential(true), V::Status(Status::Verified)];
    let set = whole.set(id, "set", set, &mut stamp(3));
    whole.apply(&set).expect("fresh");
    let (copy, _) = whole.redact();
    let source = &copy.annotations[&id];
    assert!(source.is_withheld() && source.words().is_empty());
    assert!(rules::open_matters(source).is_empty());
    assert!(!whole.annotations[&id].is_withheld());
}
