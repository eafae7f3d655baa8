//! The field that is being typed in: what stands in it, and the change that it becomes.
//!
//! May use: `domain`, the commands, the table of fields. Invariant: a draft becomes one command when
//! it is finished, and none where nothing was changed; so it is with a field of an annotation and
//! with one of a record inside (evidence, a contact, a sign-off) alike.

use super::fields::Field;
use crate::app::{Command, RecordCommand};
use crate::domain::annotation::{
    AnnotationValue as V, ContactValue, EvidenceValue, Prose, SignOffValue, Stance,
};
use crate::domain::{Annotation, Id, Project};

/// One field of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// Of which annotation.
    pub annotation: Id,
    /// Of which record inside, where it is one of those.
    pub record: Option<Id>,
    /// Which.
    pub field: Field,
}

impl Slot {
    /// A field of an annotation.
    pub const fn of(annotation: Id, field: Field) -> Self {
        Self { annotation, record: None, field }
    }

    /// A field of a record inside.
    pub const fn inside(annotation: Id, record: Id, field: Field) -> Self {
        Self { annotation, record: Some(record), field }
    }

    /// What is stored in it.
    pub fn text(self, project: &Project, annotation: &Annotation) -> String {
        let of = annotation;
        let evidence = || of.evidence.iter().find(|found| Some(found.id) == self.record);
        let contact = || of.contacts.iter().find(|contact| Some(contact.id) == self.record);
        let sign_off = || of.sign_offs.iter().find(|sign| Some(sign.id) == self.record);
        let found = |text: Option<&String>| text.cloned().unwrap_or_default();
        match self.field {
            Field::Fact => of.fact.0.clone(),
            Field::Speaker => of.speaker.as_ref().map(|s| project.speaker_name(s)).unwrap_or_default(),
            Field::SaidWhen => of.said_when.clone(),
            Field::SaidWhere => of.said_where.clone(),
            Field::Category => of.category.clone(),
            Field::ProposedWording => of.proposed_wording.0.clone(),
            Field::Rationale => of.rationale.0.clone(),
            Field::ComparedWith => of.compared_with.clone(),
            Field::ComparedAt => of.compared_at.clone(),
            Field::Reason => of.reason.0.clone(),
            Field::Note => of.note.0.clone(),
            Field::PrivateNote => of.private_note.0.clone(),
            Field::Tags => of.tags.join(", "),
            Field::Name => of.name.clone(),
            Field::Role => of.role.clone(),
            Field::Address => of.address.clone(),
            Field::Contact => of.contact.0.clone(),
            Field::NewEvidence => String::new(),
            Field::EvidenceTitle => found(evidence().map(|e| &e.title)),
            Field::EvidenceAddress => found(evidence().map(|e| &e.address)),
            Field::EvidenceLocation => found(evidence().map(|e| &e.location)),
            Field::EvidenceExcerpt => found(evidence().map(|e| &e.excerpt.0)),
            Field::EvidenceArchived => found(evidence().map(|e| &e.archived)),
            Field::EvidenceSeen => found(evidence().map(|e| &e.seen)),
            Field::ContactAt => found(contact().map(|c| &c.at)),
            Field::ContactHow => found(contact().map(|c| &c.how)),
            Field::ContactOutcome => found(contact().map(|c| &c.outcome.0)),
            Field::SignOffRole => found(sign_off().map(|s| &s.role)),
        }
    }
}

/// What is being typed in a field and is no change of the project yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which field.
    pub slot: Slot,
    /// What stands in it.
    pub text: String,
    /// What stood in it at first.
    pub stored: String,
    /// Of new evidence: what it does.
    pub stance: Stance,
}

impl Draft {
    /// Whether it differs from what is stored.
    pub fn is_changed(&self) -> bool {
        self.text.trim_end() != self.stored.trim_end()
    }

    /// The change, where there is one.
    pub fn command(self) -> Option<Command> {
        if !self.is_changed() {
            return None;
        }
        let text = self.text.trim_end();
        let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        let prose = || Prose::from(text);
        let (of, label) = (self.slot.annotation, self.slot.field.words().undo);
        let value = match self.slot.field {
            Field::Fact => V::Fact(prose()),
            Field::Speaker => return Some(Command::SetSpeaker(of, line())),
            Field::SaidWhen => V::SaidWhen(line()),
            Field::SaidWhere => V::SaidWhere(line()),
            Field::Category => V::Category(line()),
            Field::ProposedWording => V::ProposedWording(prose()),
            Field::Rationale => V::Rationale(prose()),
            Field::ComparedWith => V::ComparedWith(line()),
            Field::ComparedAt => V::ComparedAt(line()),
            Field::Reason => V::Reason(prose()),
            Field::Note => V::Note(prose()),
            Field::PrivateNote => V::PrivateNote(prose()),
            Field::Tags => V::Tags(tags(text)),
            Field::Name => V::Name(line()),
            Field::Role => V::Role(line()),
            Field::Address => V::Address(line()),
            Field::Contact => V::Contact(prose()),
            _ => return self.inside(label).map(Command::Record),
        };
        Some(Command::Set(of, label, vec![value]))
    }

    /// The change of a record inside an annotation.
    fn inside(&self, label: &'static str) -> Option<RecordCommand> {
        let text = self.text.trim_end();
        let of = self.slot.annotation;
        let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.slot.field == Field::NewEvidence {
            return Some(RecordCommand::AddEvidence(of, self.stance, line()));
        }
        let id = self.slot.record?;
        let evidence = |value| Some(RecordCommand::SetEvidence(of, id, label, vec![value]));
        let contact = |value| Some(RecordCommand::SetContact(of, id, label, vec![value]));
        match self.slot.field {
            Field::EvidenceTitle => evidence(EvidenceValue::Title(line())),
            Field::EvidenceAddress => evidence(EvidenceValue::Address(line())),
            Field::EvidenceLocation => evidence(EvidenceValue::Location(line())),
            Field::EvidenceExcerpt => evidence(EvidenceValue::Excerpt(Prose::from(text))),
            Field::EvidenceArchived => evidence(EvidenceValue::Archived(line())),
            Field::EvidenceSeen => evidence(EvidenceValue::Seen(line())),
            Field::ContactAt => contact(ContactValue::At(line())),
            Field::ContactHow => contact(ContactValue::How(line())),
            Field::ContactOutcome => contact(ContactValue::Outcome(Prose::from(text))),
            Field::SignOffRole => {
                Some(RecordCommand::SetSignOff(of, id, label, vec![SignOffValue::Role(line())]))
            }
            _ => None,
        }
    }
}

/// Tags as they were typed, with commas between; none twice.
fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', ';', '،', '、', '，']) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(slot: Slot, text: &str, stored: &str) -> Draft {
        Draft { slot, text: text.into(), stored: stored.into(), stance: Stance::Context }
    }

    #[test]
    fn a_draft_is_one_command_and_none_where_nothing_changed() {
        let (one, two) = (Id::from_bits(1), Id::from_bits(2));
        let role = |text: &str| draft(Slot::of(one, Field::Role), text, "mayor").command();
        assert_eq!(role("mayor "), None);
        let expected = vec![V::Role("acting mayor".into())];
        assert_eq!(role("acting  mayor\n"), Some(Command::Set(one, "edit the role", expected)));
        let title = draft(Slot::inside(one, two, Field::EvidenceTitle), "Minutes ", "").command();
        let expected = vec![EvidenceValue::Title("Minutes".into())];
        let expected = RecordCommand::SetEvidence(one, two, "edit evidence: title", expected);
        assert_eq!(title, Some(Command::Record(expected)));
        let new = draft(Slot::of(one, Field::NewEvidence), " https://a.example ", "").command();
        let expected = RecordCommand::AddEvidence(one, Stance::Context, "https://a.example".into());
        assert_eq!(new, Some(Command::Record(expected)));
        assert_eq!(draft(Slot::of(one, Field::EvidenceTitle), "of nothing", "").command(), None);
    }

    #[test]
    fn tags_are_words_between_commas_none_twice() {
        assert_eq!(tags(" figures,, health  care ;figures"), ["figures", "health care"]);
        assert_eq!(tags(" , "), Vec::<String>::new());
    }
}
