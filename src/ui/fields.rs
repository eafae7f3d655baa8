//! The text fields of the inspector, as a table, and the one that is being typed in.
//!
//! May use: `domain`, the commands. Invariant: a draft becomes one command when it is finished, and
//! none where nothing was changed.

use crate::app::Command;
use crate::domain::annotation::{AnnotationField, AnnotationValue as V, Prose};
use crate::domain::{Annotation, Id, Project};

/// A field that is typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The fact in one sentence.
    Fact,
    /// Who said it.
    Speaker,
    /// What the words should be.
    ProposedWording,
    /// Why it is unverifiable.
    Reason,
    /// For everybody who gets the file.
    Note,
    /// A source's name.
    Name,
    /// A source's role.
    Role,
}

impl Field {
    /// Above it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fact => "The fact, in one sentence",
            Self::Speaker => "Said by",
            Self::ProposedWording => "Proposed wording",
            Self::Reason => "Why it cannot be verified",
            Self::Note => "Note",
            Self::Name => "Name",
            Self::Role => "Role",
        }
    }

    /// In it while it is empty.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Speaker => "A name, or a source of the article",
            Self::Note => "For everybody who gets the file",
            _ => "",
        }
    }

    /// Its tooltip.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Fact => "What has to be true for the words to hold",
            Self::Speaker => "Who said it: the name of a marked source, or any name",
            Self::ProposedWording => "What the article should say instead",
            Self::Reason => "Required for Unverifiable",
            Self::Note => "What the next reader should know; exports of everything show it",
            Self::Name => "What the source is called; its words in the article where this is empty",
            Self::Role => "What the source is: mayor, agency, report",
        }
    }

    /// Whether it can have several lines.
    pub const fn is_long(self) -> bool {
        matches!(self, Self::Fact | Self::ProposedWording | Self::Reason | Self::Note)
    }

    /// What is stored in it.
    pub fn text(self, project: &Project, annotation: &Annotation) -> String {
        match self {
            Self::Fact => annotation.fact.0.clone(),
            Self::Speaker => annotation.speaker.as_ref().map(|s| project.speaker_name(s)).unwrap_or_default(),
            Self::ProposedWording => annotation.proposed_wording.0.clone(),
            Self::Reason => annotation.reason.0.clone(),
            Self::Note => annotation.note.0.clone(),
            Self::Name => annotation.name.clone(),
            Self::Role => annotation.role.clone(),
        }
    }
}

/// What is being typed in a field and is no change of the project yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose field.
    pub annotation: Id,
    /// Which.
    pub field: Field,
    /// What stands in it.
    pub text: String,
    /// What stood in it at first.
    pub stored: String,
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
        let value = match self.field {
            Field::Fact => V::Fact(Prose::from(text)),
            Field::ProposedWording => V::ProposedWording(Prose::from(text)),
            Field::Reason => V::Reason(Prose::from(text)),
            Field::Note => V::Note(Prose::from(text)),
            Field::Name => V::Name(line()),
            Field::Role => V::Role(line()),
            Field::Speaker => return Some(Command::SetSpeaker(self.annotation, line())),
        };
        let label = match self.field {
            Field::Fact => "edit the fact",
            Field::ProposedWording => "edit the proposed wording",
            Field::Reason => "edit the reason",
            Field::Note => "edit the note",
            Field::Name => "edit the name",
            Field::Role | Field::Speaker => "edit the role",
        };
        Some(Command::Set(self.annotation, label, vec![value]))
    }
}

/// The last line of an annotation's log, in words: `Status by A. Kern, 2026-11-04 13:51 UTC`.
pub fn last_change(annotation: &Annotation) -> Option<String> {
    let entry = annotation.log.iter().max_by_key(|entry| (entry.when, entry.id))?;
    let what = match entry.field {
        AnnotationField::Created => "Marked".to_owned(),
        AnnotationField::Status => format!("{} set", annotation.status.name()),
        field => format!("{} changed", words_of(&format!("{field:?}"))),
    };
    let when = entry.when.strftime("%-d %b %Y, %H:%M UTC");
    Some(format!("{what} by {} · {when}", entry.by))
}

/// `ProposedWording` as `Proposed wording`.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    for (place, char) in name.char_indices() {
        if place > 0 && char.is_uppercase() {
            words.push(' ');
            words.extend(char.to_lowercase());
        } else {
            words.push(char);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_one_command_and_none_where_nothing_changed() {
        let draft = |text: &str| Draft {
            annotation: Id::from_bits(1),
            field: Field::Role,
            text: text.into(),
            stored: "mayor".into(),
        };
        assert_eq!(draft("mayor ").command(), None);
        let expected = vec![V::Role("acting mayor".into())];
        assert_eq!(
            draft("acting  mayor\n").command(),
            Some(Command::Set(Id::from_bits(1), "edit the role", expected))
        );
        assert_eq!(words_of("ProposedWording"), "Proposed wording");
    }
}
