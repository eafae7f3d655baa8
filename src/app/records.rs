//! What is recorded about an annotation, beyond its marks and its status: evidence, contacts, verdict,
//! priority, sign-offs, and the house's scale. May use: `domain`, `app`.
//!
//! Invariant: each command that changes something is one transaction, and so one step of undo, with
//! a label of its own; the others open a question or go to a field. Today is the day of the stamp.

use super::dialog::Dialog;
use super::{Desk, Model, annotate, disputes};
use crate::domain::annotation::{
    AnnotationValue as V, Contact, ContactValue, Evidence, EvidenceValue, Priority, Resolution, SignOff,
    SignOffValue, Stance, Verdict,
};
use crate::domain::log::{self, Record, Stamp};
use crate::domain::project::{AboutValue, Rating};
use crate::domain::{Annotation, Id, Project, Status, Transaction, rules, scale};
use crate::formats::words::{priority_word, stance_word};

/// One thing that a person asks for. The first id is the annotation's, the second the record's.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordCommand {
    /// Go to a field of the picked annotation, and show it where it is folded away.
    Go(Part),
    /// Add a piece of evidence: an address, or else its title.
    AddEvidence(Id, Stance, String),
    /// Add evidence whose fields are known, under a label.
    KeepEvidence(Id, &'static str, Vec<EvidenceValue>),
    /// Set fields of a piece of evidence.
    SetEvidence(Id, Id, &'static str, Vec<EvidenceValue>),
    /// Move a piece of evidence up (or down) in the list.
    MoveEvidence {
        /// Of which annotation.
        of: Id,
        /// Which.
        id: Id,
        /// Towards the beginning.
        up: bool,
    },
    /// Remove a piece of evidence.
    RemoveEvidence(Id, Id),
    /// Note an attempt to reach a source, today.
    AddContact(Id),
    /// Set fields of a contact.
    SetContact(Id, Id, &'static str, Vec<ContactValue>),
    /// Remove a contact.
    RemoveContact(Id, Id),
    /// Put the checker's name under the picked annotation.
    SignOff,
    /// Set fields of a sign-off.
    SetSignOff(Id, Id, &'static str, Vec<SignOffValue>),
    /// Take a sign-off away.
    RemoveSignOff(Id, Id),
    /// Ask for the priority of the picked annotation.
    ChoosePriority,
    /// Set it.
    SetPriority(Option<Priority>),
    /// Ask for the rating of the picked annotation.
    ChooseRating,
    /// Set it.
    Rate(Option<Verdict>),
    /// Note what the editor decided about the proposed wording of the picked annotation.
    Resolve(Resolution),
    /// Show the history of the picked annotation.
    ShowHistory,
    /// Decide a field that two people set to different values: of an annotation (or the project), of
    /// a record in it, the value at this place among its conflicts, which this entry set.
    Decide(Id, Id, usize, Id),
    /// Ask for the scale.
    EditScale,
    /// Set it.
    SetScale(Vec<Rating>),
}

/// A field that a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The address of a new piece of evidence.
    Evidence,
    /// The tags.
    Tags,
    /// What the words should be.
    Wording,
}

use RecordCommand as R;

impl RecordCommand {
    /// Whether it changes the project.
    pub const fn is_change(&self) -> bool {
        !matches!(self, R::Go(_) | R::ChoosePriority | R::ChooseRating | R::ShowHistory | R::EditScale)
    }

    /// Whether it is what was typed into a field.
    pub const fn is_typed(&self) -> bool {
        matches!(self, R::AddEvidence(..) | R::SetEvidence(..) | R::SetContact(..) | R::SetSignOff(..))
    }
}

/// Whether a command can be done now.
pub fn can(model: &Model, command: &RecordCommand) -> bool {
    let Some(desk) = &model.desk else { return false };
    let picked = desk.picked();
    let writable = desk.read_only.is_none();
    match command {
        R::ShowHistory => picked.is_some(),
        R::EditScale | R::SetScale(_) => writable,
        R::Resolve(_) => writable && picked.is_some_and(is_proposed),
        R::Go(_) | R::SignOff | R::ChoosePriority | R::SetPriority(_) | R::ChooseRating | R::Rate(_) => {
            writable && picked.is_some()
        }
        _ => writable,
    }
}

/// Whether there is a wording that an editor can decide about.
fn is_proposed(annotation: &Annotation) -> bool {
    annotation.status == Status::NeedsCorrection && !annotation.proposed_wording.is_blank()
}

/// Answers a command.
pub fn update(model: &mut Model, command: &RecordCommand, stamp: &mut Stamp) {
    if !can(model, command) {
        return;
    }
    match command {
        R::Go(_) => return,
        R::ChoosePriority => return open(model, |id| Dialog::Priority { id }),
        R::ChooseRating => return open(model, |id| Dialog::Rating { id }),
        R::ShowHistory => return open(model, |id| Dialog::History { id }),
        R::EditScale => return open_scale(model),
        R::SetPriority(_) | R::Rate(_) => model.dialog = None,
        R::SetScale(ratings) => {
            let then_rate = matches!(model.dialog.take(), Some(Dialog::Scale { then_rate: true }));
            if then_rate && !ratings.is_empty() {
                open(model, |id| Dialog::Rating { id });
            }
        }
        R::SignOff if has_signed(model, &stamp.by) => {
            return model.advise("You have signed this off, and nothing has changed since");
        }
        _ => {}
    }
    let Some(desk) = &mut model.desk else { return };
    let transaction = made(&desk.project, desk.picked, command, stamp);
    if !transaction.is_empty() {
        desk.said = said(desk, command);
    }
    annotate::commit(model, transaction);
}

fn open(model: &mut Model, dialog: impl FnOnce(Id) -> Dialog) {
    let picked = model.desk.as_ref().and_then(|desk| desk.picked);
    if let (Some(id), None) = (picked, &model.dialog) {
        model.dialog = Some(dialog(id));
    }
}

/// From the question for a rating, the scale takes its place.
fn open_scale(model: &mut Model) {
    let then_rate = matches!(model.dialog, Some(Dialog::Rating { .. }));
    if then_rate || model.dialog.is_none() {
        model.dialog = Some(Dialog::Scale { then_rate });
    }
}

fn has_signed(model: &Model, by: &str) -> bool {
    let picked = model.desk.as_ref().and_then(Desk::picked);
    picked.is_some_and(|annotation| {
        let mut standing = annotation.sign_offs.iter().filter(|sign| !sign.removed);
        standing.any(|sign| sign.name == by && !rules::is_lapsed(annotation, sign))
    })
}

/// What was done, for those who do not see it.
fn said(desk: &Desk, command: &RecordCommand) -> String {
    match command {
        R::AddEvidence(_, stance, _) => format!("Evidence added: {}", stance_word(*stance)),
        R::KeepEvidence(..) => "Evidence added".into(),
        R::SignOff => "Signed off".into(),
        R::Decide(..) => "Decided".into(),
        R::Resolve(Resolution::Accepted) => "Correction accepted".into(),
        R::SetPriority(priority) => format!("Priority: {}", priority_word(*priority)),
        R::Rate(verdict) => {
            verdict.as_ref().map_or_else(|| "No rating".into(), |v| format!("Rated {}", v.words()))
        }
        _ => desk.said.clone(),
    }
}

/// The change that a command makes of a project; empty where there is none.
pub fn made(
    project: &Project,
    picked: Option<Id>,
    command: &RecordCommand,
    stamp: &mut Stamp,
) -> Transaction {
    let set = |label: &str, value: V, stamp: &mut Stamp| {
        picked.map(|id| project.set(id, label, vec![value], stamp)).unwrap_or_default()
    };
    match command {
        R::AddEvidence(of, stance, typed) => {
            let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            if typed.is_empty() {
                return Transaction::default();
            }
            let what =
                if is_address(&typed) { EvidenceValue::Address(typed) } else { EvidenceValue::Title(typed) };
            add_evidence(project, *of, "add evidence", vec![EvidenceValue::Stance(*stance), what], stamp)
        }
        R::KeepEvidence(of, label, values) => add_evidence(project, *of, label, values.clone(), stamp),
        R::SetEvidence(of, id, label, values) => {
            project.alter(*of, label, |a| put(&mut a.evidence, *id, values, stamp))
        }
        R::MoveEvidence { of, id, up } => project.alter(*of, "move evidence", |a| shift(a, *id, *up, stamp)),
        R::RemoveEvidence(of, id) => project.alter(*of, "remove evidence", |a| {
            put(&mut a.evidence, *id, &[EvidenceValue::Removed(true)], stamp);
        }),
        R::AddContact(of) => project.alter(*of, "add a contact", |a| {
            let mut contact = Contact::create(stamp);
            log::set(&mut contact, ContactValue::At(today(stamp)), stamp);
            a.contacts.push(contact);
        }),
        R::SetContact(of, id, label, values) => {
            project.alter(*of, label, |a| put(&mut a.contacts, *id, values, stamp))
        }
        R::RemoveContact(of, id) => project.alter(*of, "remove a contact", |a| {
            put(&mut a.contacts, *id, &[ContactValue::Removed(true)], stamp);
        }),
        R::SignOff => picked.map(|id| sign(project, id, stamp)).unwrap_or_default(),
        R::SetSignOff(of, id, label, values) => {
            project.alter(*of, label, |a| put(&mut a.sign_offs, *id, values, stamp))
        }
        R::RemoveSignOff(of, id) => project.alter(*of, "take a sign-off away", |a| {
            put(&mut a.sign_offs, *id, &[SignOffValue::Removed(true)], stamp);
        }),
        R::SetPriority(priority) => set("set the priority", V::Priority(*priority), stamp),
        R::Rate(verdict) => set("set the rating", V::Verdict(verdict.clone()), stamp),
        R::Resolve(resolution) => {
            let label = match resolution {
                Resolution::Accepted => "accept the correction",
                Resolution::Rejected => "reject the correction",
                Resolution::Open => "leave the correction open",
            };
            set(label, V::Resolution(*resolution), stamp)
        }
        R::Decide(of, record, place, entry) => {
            disputes::decided(project, *of, (*record, *place, *entry), stamp)
        }
        R::SetScale(ratings) => {
            let values = vec![AboutValue::Scale(scale::tidied(ratings.clone()))];
            let changes = project.describe(values, stamp).changes;
            Transaction { label: "set the rating scale".into(), changes }
        }
        R::Go(_) | R::ChoosePriority | R::ChooseRating | R::ShowHistory | R::EditScale => {
            Transaction::default()
        }
    }
}

/// The day of a stamp: `2026-11-24`.
fn today(stamp: &Stamp) -> String {
    stamp.now.strftime("%Y-%m-%d").to_string()
}

/// Whether it is an address of the net, and not a title.
fn is_address(typed: &str) -> bool {
    let lower = typed.get(..8).unwrap_or(typed).to_ascii_lowercase();
    !typed.contains(' ') && (lower.starts_with("http://") || lower.starts_with("https://"))
}

fn add_evidence(
    project: &Project,
    of: Id,
    label: &str,
    values: Vec<EvidenceValue>,
    stamp: &mut Stamp,
) -> Transaction {
    project.alter(of, label, |annotation| {
        let last = annotation.evidence.iter().filter(|e| !e.removed).map(|e| e.rank).max();
        let mut evidence = Evidence::create(stamp);
        let seen = EvidenceValue::Seen(today(stamp));
        let rank = EvidenceValue::Rank(last.map_or(0, |last| last.saturating_add(1)));
        for value in values.into_iter().chain([seen, rank]) {
            log::set(&mut evidence, value, stamp);
        }
        annotation.evidence.push(evidence);
    })
}

/// Sets fields of one record of a list.
fn put<T: Record>(list: &mut [T], id: Id, values: &[T::Value], stamp: &mut Stamp) {
    if let Some(record) = list.iter_mut().find(|record| record.id() == id) {
        for value in values {
            log::set(record, value.clone(), stamp);
        }
    }
}

/// Moves a piece of evidence past its neighbour. All that stand elsewhere than their rank says get
/// a new one, so that it works where two had the same.
fn shift(annotation: &mut Annotation, id: Id, up: bool, stamp: &mut Stamp) {
    let mut order: Vec<Id> = annotation.evidence.iter().filter(|e| !e.removed).map(|e| e.id).collect();
    let Some(place) = order.iter().position(|known| *known == id) else { return };
    let other = if up { place.checked_sub(1) } else { Some(place + 1) };
    let Some(other) = other.filter(|other| *other < order.len()) else { return };
    order.swap(place, other);
    for (rank, id) in order.into_iter().enumerate() {
        put(&mut annotation.evidence, id, &[EvidenceValue::Rank(rank as i64)], stamp);
    }
}

fn sign(project: &Project, id: Id, stamp: &mut Stamp) -> Transaction {
    project.alter(id, "sign off", |annotation| {
        let covers = rules::covered_now(annotation);
        let by = stamp.by.to_string();
        let at = stamp.now;
        annotation.sign_offs.push(SignOff::create(stamp, by, at, covers));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_title() {
        for address in ["https://a.example/b", "http://a.example", "HTTPS://A.EXAMPLE"] {
            assert!(is_address(address), "{address}");
        }
        for title in ["City accounts", "https://a.example and more", "httpé", "file:///a", ""] {
            assert!(!is_address(title), "{title}");
        }
    }
}
