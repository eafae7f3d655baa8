//! Annotations from elsewhere become annotations of a project.
//!
//! May use: the rest of `domain`. Invariant: what comes in twice is there once: an annotation is
//! known by its origin (format and id there), by being an export of one that is here, or by kind,
//! places and note; words that cannot be placed come in as orphans and are never dropped. Who made
//! an annotation elsewhere, and when, stands in its log. One transaction, one step of undo.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::annotation::{
    Annotation, AnnotationSpan, AnnotationValue, Evidence, EvidenceValue, Origin, Place, Speaker,
};
use super::change::{Change, Transaction};
use super::id::Id;
use super::log::{self, Stamp};
use super::project::Project;
use super::status::Kind;
use super::text::Span;

/// One stretch of an annotation from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// It stands here.
    At(Span),
    /// Its words could not be placed.
    Lost {
        /// The words.
        words: String,
        /// What stood before them there.
        before: String,
        /// What stood after them there.
        after: String,
    },
}

/// An annotation from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The format, and its id there.
    pub origin: Origin,
    /// Claim, quote or source.
    pub kind: Kind,
    /// Who made it, where that is told.
    pub by: Option<String>,
    /// When, where that is told.
    pub when: Option<Timestamp>,
    /// What it covers.
    pub stretches: Vec<Stretch>,
    /// Its fields.
    pub values: Vec<AnnotationValue>,
    /// Its evidence.
    pub evidence: Vec<Vec<EvidenceValue>>,
    /// The id there of the source that is its speaker.
    pub speaker: Option<String>,
}

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// New annotations.
    pub added: usize,
    /// Those that are here already.
    pub known: usize,
    /// New ones with words that are not in the text.
    pub orphaned: usize,
}

/// What makes two annotations the same where no id does.
type Likeness = (Kind, Vec<Span>, String);

fn likeness(annotation: &Annotation) -> Option<Likeness> {
    let places: Vec<Span> = annotation.placed().collect();
    (!places.is_empty()).then(|| (annotation.kind, places, annotation.note.as_str().trim().to_owned()))
}

impl Project {
    /// The transaction that takes in annotations from elsewhere, and what it takes in.
    pub fn adopt(&self, incoming: Vec<Incoming>, stamp: &mut Stamp) -> (Transaction, Adopted) {
        let mut known = Known::of(self);
        let mut adopted = Adopted::default();
        let mut fresh: Vec<(Annotation, Option<String>, Signature)> = Vec::new();
        for mut arrival in incoming {
            let speaker = arrival.speaker.take();
            let by = arrival.by.take().map_or_else(|| stamp.by.clone(), Arc::from);
            let signature = Signature { by, when: arrival.when.unwrap_or(stamp.now) };
            let annotation = signature.lend(stamp, |stamp| self.born(arrival, stamp));
            if let Some(id) = known.find(&annotation) {
                known.remember(&annotation, id);
                adopted.known += 1;
                continue;
            }
            known.remember(&annotation, annotation.id);
            adopted.added += 1;
            adopted.orphaned += usize::from(annotation.has_orphan() || annotation.spans.is_empty());
            fresh.push((annotation, speaker, signature));
        }
        // A speaker may come in after those who quote it.
        for (annotation, speaker, signature) in &mut fresh {
            let (Some(id), Some(origin)) = (speaker.take(), &annotation.origin) else { continue };
            if let Some(source) = known.origins.get(&Origin { id, ..origin.clone() }) {
                let value = AnnotationValue::Speaker(Some(Speaker::Source(*source)));
                signature.lend(stamp, |stamp| log::set(annotation, value, stamp));
            }
        }
        let changes = fresh.into_iter().map(|(annotation, ..)| Change::Annotation {
            id: annotation.id,
            before: None,
            after: Some(Arc::new(annotation)),
        });
        let label = match adopted.added {
            1 => "import an annotation".to_owned(),
            count => format!("import {count} annotations"),
        };
        (Transaction::of(label, changes.collect()), adopted)
    }

    /// A new annotation of what came in.
    fn born(&self, arrival: Incoming, stamp: &mut Stamp) -> Annotation {
        let mut annotation = Annotation::create(stamp, arrival.kind);
        for stretch in arrival.stretches {
            let place = self.place_of(stretch);
            let twice = place.at.is_some() && annotation.spans.iter().any(|span| span.place.at == place.at);
            if !twice {
                annotation.spans.push(AnnotationSpan::create(stamp, place));
            }
        }
        for (rank, values) in arrival.evidence.into_iter().enumerate() {
            let mut piece = Evidence::create(stamp);
            for value in values.into_iter().chain([EvidenceValue::Rank(rank as i64)]) {
                log::set(&mut piece, value, stamp);
            }
            annotation.evidence.push(piece);
        }
        let origin = AnnotationValue::Origin(Some(arrival.origin));
        for value in arrival.values.into_iter().chain([origin]) {
            log::set(&mut annotation, value, stamp);
        }
        annotation.sort_lists();
        annotation
    }

    /// A place in this text, or that of an orphan.
    fn place_of(&self, stretch: Stretch) -> Place {
        let (text, head) = (&self.article.text, self.article.head());
        let lost = |words: &str, before: &str, after: &str| Place {
            text: head,
            at: None,
            quote: words.into(),
            prefix: before.into(),
            suffix: after.into(),
            ..Place::default()
        };
        match stretch {
            Stretch::At(span) if text.admits(span) => self.article.place(span),
            Stretch::At(span) => lost(text.slice(span), "", ""),
            Stretch::Lost { words, before, after } => lost(&words, &before, &after),
        }
    }
}

/// Whose entries these are, and of when.
struct Signature {
    by: Arc<str>,
    when: Timestamp,
}

impl Signature {
    /// Does something with a stamp that signs so, and gives the stamp back as it was.
    fn lend<T>(&self, stamp: &mut Stamp, act: impl FnOnce(&mut Stamp) -> T) -> T {
        let when = Timestamp::from_second(self.when.as_second()).unwrap_or(self.when);
        let by = std::mem::replace(&mut stamp.by, self.by.clone());
        let now = std::mem::replace(&mut stamp.now, when);
        let done = act(stamp);
        (stamp.by, stamp.now) = (by, now);
        done
    }
}

/// What is here already, by each thing that tells it.
struct Known<'a> {
    project: &'a Project,
    origins: BTreeMap<Origin, Id>,
    likenesses: BTreeMap<Likeness, Id>,
}

impl<'a> Known<'a> {
    fn of(project: &'a Project) -> Self {
        let all = || project.annotations.values().chain(project.removed.values());
        let origins = all().filter_map(|a| Some((a.origin.clone()?, a.id))).collect();
        let likenesses = project.annotations.values().filter_map(|a| Some((likeness(a)?, a.id))).collect();
        Self { project, origins, likenesses }
    }

    /// The annotation that is here already and the same.
    fn find(&self, annotation: &Annotation) -> Option<Id> {
        let origin = annotation.origin.as_ref()?;
        let same = self.origins.get(origin).copied();
        let own = || origin.id.parse::<Id>().ok().filter(|id| self.project.record(*id).is_some());
        let alike = || self.likenesses.get(&likeness(annotation)?).copied();
        same.or_else(own).or_else(alike)
    }

    fn remember(&mut self, annotation: &Annotation, id: Id) {
        if let Some(origin) = &annotation.origin {
            self.origins.insert(origin.clone(), id);
        }
        self.likenesses.extend(likeness(annotation).map(|alike| (alike, id)));
    }
}
