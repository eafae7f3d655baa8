//! What rests on a source: the claims and quotes that are attributed to it.
//!
//! May use: the rest of `domain`. Invariant: a claim rests on a source by the source's id, or by a name
//! that is just what the source is called; a person who is marked in two places is one person.

use super::annotation::{Annotation, Speaker};
use super::id::Id;
use super::project::{Project, source_name};
use super::status::Kind;

/// A source, as far as attribution needs it.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    project: &'a Project,
    id: Id,
    name: String,
}

/// How much rests on a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attributed {
    /// Claims.
    pub claims: usize,
    /// Quotes.
    pub quotes: usize,
}

impl Project {
    /// The source of that id, where there is one.
    pub fn source(&self, id: Id) -> Option<Source<'_>> {
        let source = self.annotations.get(&id).filter(|source| source.kind == Kind::Source)?;
        Some(Source { project: self, id, name: source_name(source) })
    }
}

impl Source<'_> {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether an annotation rests on it.
    pub fn carries(&self, annotation: &Annotation) -> bool {
        annotation.kind != Kind::Source
            && match &annotation.speaker {
                None => false,
                Some(Speaker::Source(id)) if *id == self.id => true,
                Some(speaker) => {
                    let name = self.project.speaker_name(speaker);
                    !name.trim().is_empty() && name.trim() == self.name
                }
            }
    }

    /// How much rests on it.
    pub fn attributed(&self) -> Attributed {
        let mut count = Attributed::default();
        for annotation in self.project.annotations.values().filter(|a| self.carries(a)) {
            match annotation.kind {
                Kind::Quote => count.quotes += 1,
                _ => count.claims += 1,
            }
        }
        count
    }
}
