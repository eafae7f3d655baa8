//! What was written about an annotation, field by field, and finding words in it.
//!
//! May use: the rest of `domain`. Invariant: a hit names its annotation and its field and shows the
//! words around it on one line. Known limit: of a field the first hit counts.

use super::find::Finder;
use super::{Annotation, Id};

/// So many characters around a hit are shown.
const AROUND: usize = 36;

/// Words found in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteHit {
    /// Whose.
    pub annotation: Id,
    /// What the field is called.
    pub field: &'static str,
    /// The words with those around them, on one line.
    pub words: String,
}

/// Every text that was written about an annotation, with what it is called.
pub fn written(annotation: &Annotation) -> impl Iterator<Item = (&'static str, &str)> {
    let own = [
        ("Fact", annotation.fact.0.as_str()),
        ("Reason", &annotation.reason.0),
        ("Check again", annotation.check_again.as_deref().unwrap_or_default()),
        ("Said when", &annotation.said_when),
        ("Said where", &annotation.said_where),
        ("Category", &annotation.category),
        ("Proposed wording", &annotation.proposed_wording.0),
        ("Corrected from", &annotation.corrected_from.0),
        ("Why", &annotation.rationale.0),
        ("Compared with", &annotation.compared_with),
        ("Name", &annotation.name),
        ("Role", &annotation.role),
        ("Address", &annotation.address),
        ("Contact", &annotation.contact.0),
        ("Note", &annotation.note.0),
        ("Private note", &annotation.private_note.0),
    ];
    let tags = annotation.tags.iter().map(|tag| ("Tag", tag.as_str()));
    let evidence = annotation.evidence.iter().filter(|evidence| !evidence.removed).flat_map(|evidence| {
        [
            ("Evidence", evidence.title.as_str()),
            ("Evidence", &evidence.address),
            ("Evidence", &evidence.archived),
            ("Evidence", &evidence.location),
            ("Evidence", &evidence.excerpt.0),
        ]
    });
    let contacts = annotation.contacts.iter().filter(|contact| !contact.removed);
    let contacts =
        contacts.flat_map(|contact| [("Contact", contact.how.as_str()), ("Contact", &contact.outcome.0)]);
    own.into_iter().chain(tags).chain(evidence).chain(contacts).filter(|(_, text)| !text.is_empty())
}

/// The hits in what was written about an annotation.
pub fn hits<'a>(finder: &'a Finder, annotation: &'a Annotation) -> impl Iterator<Item = NoteHit> + 'a {
    written(annotation).filter_map(|(field, text)| {
        let found = finder.first_in(text)?;
        let before =
            text[..found.start].char_indices().rev().take(AROUND).last().map_or(found.start, |(at, _)| at);
        let rest = &text[found.end..];
        let after = rest.char_indices().nth(AROUND).map_or(text.len(), |(at, _)| found.end + at);
        let mut words = text[before..after].split_whitespace().collect::<Vec<_>>().join(" ");
        if before > 0 {
            words.insert(0, '…');
        }
        if after < text.len() {
            words.push('…');
        }
        Some(NoteHit { annotation: annotation.id, field, words })
    })
}
