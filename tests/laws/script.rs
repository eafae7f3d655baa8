//! Random work: steps as data that can be done to whatever project stands there.

use proofmark::domain::annotation::{
    AnnotationValue, Contact, ContactValue, Evidence, EvidenceValue, Prose, Resolution, SignOff, SpanValue,
};
use proofmark::domain::article::Edit;
use proofmark::domain::log;
use proofmark::domain::project::{AboutValue, Checker};
use proofmark::domain::{Id, Kind, Project, Span, Stamp, Status, Transaction};
use proptest::prelude::*;

/// One thing that a person does to a project. Numbers choose among what is there.
#[derive(Clone, Debug)]
pub enum Step {
    Mark(u8, u8, u8),
    Set(u8, u8, u8),
    Extend(u8, u8, u8),
    MoveEdge(u8, u8, u8),
    RemoveSpan(u8, u8),
    Remove(u8),
    Describe(u8),
    Enrol(u8),
    Edit(u8, u8, u8),
    AddEvidence(u8, u8),
    SetEvidence(u8, u8, u8),
    RemoveEvidence(u8),
    AddContact(u8),
    SignOff(u8),
}

/// What happens in a session.
#[derive(Clone, Debug)]
pub enum Action {
    Do(Step),
    Undo,
    Redo,
    /// The file is written, and the answer comes at once.
    Save,
    /// The bytes for the disk are made.
    StartSave,
    /// The answer comes.
    EndSave,
}

/// One random thing.
pub fn step() -> impl Strategy<Value = Step> {
    let n = any::<u8>;
    prop_oneof![
        3 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Mark(a, b, c)),
        3 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Set(a, b, c)),
        1 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Extend(a, b, c)),
        2 => (n(), n(), n()).prop_map(|(a, b, c)| Step::MoveEdge(a, b, c)),
        1 => (n(), n()).prop_map(|(a, b)| Step::RemoveSpan(a, b)),
        1 => n().prop_map(Step::Remove),
        1 => (0u8..3).prop_map(Step::Describe),
        1 => (0u8..2).prop_map(Step::Enrol),
        4 => (n(), 0u8..12, n()).prop_map(|(a, b, c)| Step::Edit(a, b, c)),
        1 => (n(), n()).prop_map(|(a, b)| Step::AddEvidence(a, b)),
        1 => (n(), n(), n()).prop_map(|(a, b, c)| Step::SetEvidence(a, b, c)),
        1 => n().prop_map(Step::RemoveEvidence),
        1 => n().prop_map(Step::AddContact),
        1 => n().prop_map(Step::SignOff),
    ]
}

/// Random sessions.
pub fn actions(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Action>> {
    let action = prop_oneof![
        8 => step().prop_map(Action::Do),
        6 => Just(Action::Undo),
        4 => Just(Action::Redo),
        2 => Just(Action::Save),
        1 => Just(Action::StartSave),
        1 => Just(Action::EndSave),
    ];
    prop::collection::vec(action, length)
}

fn pick<T: Copy>(all: &[T], n: u8) -> Option<T> {
    all.get(n as usize % all.len().max(1)).copied()
}

fn span(project: &Project, a: u8, b: u8) -> Span {
    let text = &project.article.text;
    let edge = |n: u8| text.edge_before(n as usize % (text.len() + 1));
    Span::new(edge(a), edge(b))
}

impl Step {
    /// The transaction that does it to this project; empty where there is nothing to do it to.
    pub fn on(&self, project: &Project, stamp: &mut Stamp) -> Transaction {
        let ids: Vec<Id> = project.annotations.keys().copied().collect();
        let id = |n: u8| pick(&ids, n).unwrap_or_default();
        let text = &project.article.text;
        match *self {
            Self::Mark(a, b, kind) => {
                let kind = Kind::ALL[kind as usize % 3];
                project.mark(kind, &[span(project, a, b), span(project, kind as u8 * 3, b)], stamp).1
            }
            Self::Set(which, field, n) => {
                let value = match field % 6 {
                    0 => AnnotationValue::Status(Status::ALL[n as usize % 8]),
                    1 => AnnotationValue::Note(Prose(format!("note {}", n % 4))),
                    2 => AnnotationValue::Kind(Kind::ALL[n as usize % 3]),
                    3 => AnnotationValue::CheckAgain(None),
                    4 => {
                        AnnotationValue::Resolution([Resolution::Open, Resolution::Accepted][n as usize % 2])
                    }
                    _ => AnnotationValue::Tags(vec![format!("tag {}", n % 3)]),
                };
                project.set(id(which), "set", vec![value], stamp)
            }
            Self::Extend(which, a, b) => project.extend(id(which), span(project, a, b), stamp),
            Self::MoveEdge(which, a, b) => project.alter(id(which), "move an edge", |annotation| {
                let to = span(project, a, b);
                let count = annotation.spans.len().max(1);
                if let (true, Some(span)) = (text.admits(to), annotation.spans.get_mut(a as usize % count)) {
                    log::set(span, SpanValue::Place(project.article.place(to)), stamp);
                }
            }),
            Self::RemoveSpan(which, n) => project.alter(id(which), "remove a span", |annotation| {
                let count = annotation.spans.len().max(1);
                if let Some(span) = annotation.spans.get_mut(n as usize % count) {
                    log::set(span, SpanValue::Removed(true), stamp);
                }
            }),
            Self::Remove(which) => project.remove(id(which), stamp),
            Self::Describe(n) => project.describe(vec![AboutValue::Title(format!("title {n}"))], stamp),
            Self::Enrol(n) => project.enrol(&Checker::named(["Ada", "Grace"][n as usize % 2])),
            Self::Edit(at, len, n) => {
                let start = text.as_str().floor_char_boundary(at as usize % (text.len() + 1));
                let end = text.as_str().ceil_char_boundary((start + len as usize).min(text.len()));
                let inserted = ["", "a", "\u{301}", "new words", "\n", "😀"][n as usize % 6].to_owned();
                let edit = Edit { at: start as u32, removed: text.as_str()[start..end].to_owned(), inserted };
                project.edit(vec![edit], stamp).unwrap_or_default()
            }
            Self::AddEvidence(which, n) => project.alter(id(which), "add evidence", |annotation| {
                let mut evidence = Evidence::create(stamp);
                log::set(&mut evidence, EvidenceValue::Rank(i64::from(n % 5) - 2), stamp);
                annotation.evidence.push(evidence);
            }),
            Self::SetEvidence(which, field, n) => project.alter(id(which), "set evidence", |annotation| {
                for evidence in annotation.evidence.iter_mut().take(1) {
                    let value = match field % 3 {
                        0 => EvidenceValue::Title(format!("evidence {}", n % 3)),
                        1 => EvidenceValue::Rank(i64::from(n % 5) - 2),
                        _ => EvidenceValue::Excerpt(Prose(format!("words {}", n % 3))),
                    };
                    log::set(evidence, value, stamp);
                }
            }),
            Self::RemoveEvidence(which) => project.alter(id(which), "remove evidence", |annotation| {
                for evidence in annotation.evidence.iter_mut().take(1) {
                    log::set(evidence, EvidenceValue::Removed(true), stamp);
                }
            }),
            Self::AddContact(which) => project.alter(id(which), "add a contact", |annotation| {
                let mut contact = Contact::create(stamp);
                log::set(&mut contact, ContactValue::How("telephone".into()), stamp);
                annotation.contacts.push(contact);
            }),
            Self::SignOff(which) => project.alter(id(which), "sign off", |annotation| {
                let covers: Vec<Id> = annotation.log.iter().map(|entry| entry.id).collect();
                let at = stamp.now;
                annotation.sign_offs.push(SignOff::create(stamp, "Ada".into(), at, covers));
            }),
        }
    }
}
