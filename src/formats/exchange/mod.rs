//! Annotations of other tools: what all their formats have in common.
//!
//! May use: domain. One file a format reads it into a [`Foreign`]; [`Foreign::place`] finds out what
//! its offsets count, puts the words where they stand, and makes them
//! [`Incoming`](crate::domain::adoption::Incoming). Invariant: nothing is placed by likeness: where
//! the words do not stand at the offsets, only one exact occurrence, or the one with the same words
//! around it, counts; everything else becomes an orphan, and every entry that a file has is placed,
//! an orphan, or named among the remarks.

mod arrival;
mod place;

pub mod brat;
pub mod doccano;
pub mod hypothesis;
pub mod labelstudio;
mod linked;
pub mod webannotation;

pub use super::units::{Claimed, Count, Ruler, Unit};
pub use arrival::{Arrival, Look, Marks, NotTaken, admits, arrive, format_of, formats, is_name, sniff};
pub use place::{Offsets, Placed};

use jiff::Timestamp;

use crate::domain::annotation::{AnnotationValue, EvidenceValue, Prose};
use crate::domain::{Annotation, Kind, Status};

/// One stretch as a file of another tool gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Its offsets, where it has them.
    pub at: Option<(usize, usize)>,
    /// Its words, where it has them.
    pub words: Option<String>,
    /// The words before it.
    pub before: String,
    /// The words after it.
    pub after: String,
}

/// One annotation as a file of another tool has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Its id there.
    pub id: String,
    /// What kind it is, where the file says so in a word that is known here.
    pub kind: Kind,
    /// Who made it.
    pub by: Option<String>,
    /// When.
    pub when: Option<Timestamp>,
    /// What it covers.
    pub pieces: Vec<Fragment>,
    /// Whether several stretches with the same words are all meant, where there are no offsets.
    pub all_of_them: bool,
    /// Its fields.
    pub values: Vec<AnnotationValue>,
    /// Its evidence.
    pub evidence: Vec<Vec<EvidenceValue>>,
    /// The id there of who said it.
    pub speaker: Option<String>,
    /// Its other ties: of what sort, and the id there of what it is tied to.
    pub ties: Vec<(String, String)>,
}

/// What a file of another tool says about a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreign {
    /// The name of the format in the table.
    pub format: &'static str,
    /// What its offsets count by its own rules.
    pub declared: Unit,
    /// Whether the file says so itself, and no guess is wanted.
    pub is_certain: bool,
    /// The text that its offsets are for, where the file carries it.
    pub text: Option<String>,
    /// Whether stretches with only a line end between them are one: the format has none across lines.
    pub joins_lines: bool,
    /// Its annotations.
    pub marks: Vec<Mark>,
    /// What was not understood, line by line: where, and why.
    pub remarks: Vec<String>,
}

/// A file that is not of the format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotReadable(pub String);

impl Foreign {
    fn new(format: &'static str, declared: Unit) -> Self {
        Self {
            format,
            declared,
            is_certain: false,
            text: None,
            joins_lines: false,
            marks: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

impl Mark {
    /// Takes a label: a kind where it is one, else a tag, so that it is not lost.
    fn label(&mut self, label: &str) {
        match kind_of(label) {
            Some(kind) => self.kind = kind,
            None => self.tag(label),
        }
    }

    /// Adds a tag once.
    fn tag(&mut self, tag: &str) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        if tag.is_empty() {
            return;
        }
        let tags = self.values.iter_mut().find_map(|value| match value {
            AnnotationValue::Tags(tags) => Some(tags),
            _ => None,
        });
        match tags {
            Some(tags) if tags.contains(&tag) => {}
            Some(tags) => tags.push(tag),
            None => self.values.push(AnnotationValue::Tags(vec![tag])),
        }
    }

    /// Sets the status where the word is one of ours; else keeps it as a tag.
    fn status(&mut self, word: &str) {
        match status_of(word) {
            Some(status) => self.values.push(AnnotationValue::Status(status)),
            None => self.tag(word),
        }
    }

    /// Adds to the note, below what is there.
    fn add_note(&mut self, text: &str) {
        add_note(&mut self.values, text);
    }
}

/// Adds to the note among some fields, below what is there.
fn add_note(values: &mut Vec<AnnotationValue>, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    let note = values.iter_mut().find_map(|value| match value {
        AnnotationValue::Note(note) => Some(note),
        _ => None,
    });
    match note {
        Some(note) => *note = Prose::from(format!("{}\n{text}", note.as_str()).as_str()),
        None => values.push(AnnotationValue::Note(text.into())),
    }
}

/// The kind that a label of another tool names.
fn kind_of(label: &str) -> Option<Kind> {
    let label = label.trim().to_lowercase();
    let word = label.strip_prefix("kind:").unwrap_or(&label);
    match word {
        "claim" | "claims" | "fact" | "statement" => Some(Kind::Claim),
        "quote" | "quotes" | "quotation" => Some(Kind::Quote),
        "source" | "sources" | "speaker" => Some(Kind::Source),
        _ => None,
    }
}

/// The status that a word of another tool names: `needs-correction`, `Needs correction`.
fn status_of(word: &str) -> Option<Status> {
    let word = word.trim().to_lowercase();
    let word = word.strip_prefix("status:").unwrap_or(&word).trim();
    Status::from_word(&word.replace([' ', '_'], "-"))
}

/// A moment as the web writes it.
fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// Who made an annotation, and when: its creation.
fn maker(annotation: &Annotation) -> Option<(&str, Timestamp)> {
    annotation.log.iter().find(|entry| entry.replaces.is_empty()).map(|entry| (&*entry.by, entry.when))
}

#[cfg(test)]
mod round_tests;
#[cfg(test)]
mod tests;
