//! From a parsed file to a valid project: a file that parses is not yet one.
//!
//! May use: `domain`, std. Invariant: no record is dropped; what cannot be is repaired in the one
//! way that loses nothing, with a warning and, where a field changed, an entry by
//! [`EDITED_OUTSIDE`]. Known limit: addresses are looked at, not opened, and
//! kept whatever they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::damaged::shortened;
use super::logs::mend;
use super::places::Places;
use super::reader::File;
use super::{EDITED_OUTSIDE, Warning};
use crate::domain::annotation::{AnnotationValue, Number, Speaker};
use crate::domain::article::TextEntry;
use crate::domain::log::{Head, Record, Stamp};
use crate::domain::project::{About, AboutValue};
use crate::domain::{Annotation, Article, Id, Kind, Project, Text};

/// What the checks share.
pub(super) struct Check<'a> {
    pub stamp: &'a mut Stamp,
    pub warnings: Vec<Warning>,
    pub changed: bool,
}

impl Check<'_> {
    /// Something was repaired.
    pub(super) fn mended(&mut self, record: impl Into<Option<Id>>, message: String) {
        self.changed = true;
        self.noted(record, message);
    }

    /// Something is odd, and stays.
    fn noted(&mut self, record: impl Into<Option<Id>>, message: String) {
        self.warnings.push(Warning { record: record.into(), message });
    }
}

/// An annotation in a sentence: its kind, its first words, its id.
pub(super) struct Name {
    kind: Kind,
    id: Id,
    words: String,
}

impl Name {
    /// Of an annotation as it is now.
    pub(super) fn of(annotation: &Annotation) -> Self {
        let words = annotation.live_spans().next().map(|span| shortened(span.place.quote.as_str()));
        Self { kind: annotation.kind, id: annotation.id, words: words.unwrap_or_default() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} “{}” ({})", self.kind.word(), self.words, self.id)
    }
}

/// The project, what was found, and whether anything was repaired.
pub(super) fn validated(file: File, stamp: &mut Stamp) -> (Project, Vec<Warning>, bool) {
    let by = std::mem::replace(&mut stamp.by, EDITED_OUTSIDE.into());
    let mut check = Check { stamp, warnings: Vec::new(), changed: false };
    let File { id, redacted, mut about, mut article, checkers, annotations, removed, dismissed, .. } = file;

    article_of(&mut article, &mut check);
    about_of(&mut about, &mut check);
    let mut project = Project {
        id,
        about: Arc::new(about),
        article: Arc::new(article),
        checkers: Arc::new(checkers.into_iter().collect()),
        annotations: BTreeMap::new(),
        removed: BTreeMap::new(),
        dismissed: Arc::new(dismissed.into_iter().collect()),
        redacted: redacted.map(Arc::new),
    };
    let article = project.article.clone();
    let mut places = Places::new(&article);
    let mut seen = BTreeSet::new();
    for (annotation, listed_removed) in
        annotations.into_iter().map(|a| (a, false)).chain(removed.into_iter().map(|a| (a, true)))
    {
        let annotation = annotation_of(annotation, listed_removed, &mut seen, &mut places, &mut check);
        let home = if annotation.is_removed() { &mut project.removed } else { &mut project.annotations };
        home.insert(annotation.id, Arc::new(annotation));
    }
    speakers(&project, &mut check);
    let Check { warnings, changed, .. } = check;
    stamp.by = by;
    (project, warnings, changed)
}

/// The text and its history.
fn article_of(article: &mut Article, check: &mut Check<'_>) {
    if article.text.as_str().contains('\r') {
        article.text = Text::normalised(article.text.as_str());
        check.mended(None, "The article's text had carriage returns; they are line feeds now.".into());
    }
    let mut seen = BTreeSet::new();
    for entry in &mut article.log {
        if !seen.insert(entry.id) {
            let new = check.stamp.fresh();
            check.mended(
                None,
                format!(
                    "Two entries in the history of the text have the id {}; the second got a new one.",
                    entry.id
                ),
            );
            entry.id = new;
            seen.insert(new);
        }
    }
    let mut before = BTreeSet::new();
    for entry in &mut article.log {
        if entry.replaces.iter().any(|target| !before.contains(target)) {
            check.mended(None, format!("The entry {} in the history of the text follows one that is not before it; this was taken out.", entry.id));
            entry.replaces.retain(|target| before.contains(target));
        }
        before.insert(entry.id);
    }
    if article.log.is_empty() {
        let (id, when, by) = (check.stamp.fresh(), check.stamp.now, check.stamp.by.clone());
        let (replaces, edits, settles) = (Vec::new(), Vec::new(), Vec::new());
        article.log.push(TextEntry { id, when, by, replaces, edits, settles, loaded: None });
        check.mended(None, "The article has no history; it starts anew.".into());
    }
    // The last change must lead to this very text, or taking it back will not work.
    let last = article.log.last().map(|entry| entry.edits.as_slice()).unwrap_or_default();
    if let [only] = last
        && only.invert().apply(article.text.as_str()).is_none()
    {
        check.noted(
            None,
            "The article's text is not the one that its history leads to; it was edited outside Proofmark."
                .into(),
        );
    }
}

/// Title, metadata and scale.
fn about_of(about: &mut About, check: &mut Check<'_>) {
    let what = &"the project's details";
    let mut infinite = false;
    each_value(about, &mut |value: &mut AboutValue| {
        if let AboutValue::Scale(scale) = value {
            for rating in scale {
                infinite |= drop_infinite(&mut rating.number);
            }
        }
    });
    for rating in &mut about.scale {
        infinite |= drop_infinite(&mut rating.number);
    }
    if infinite {
        check.mended(None, "A number of the verdict scale was not a finite number; it was taken out.".into());
    }
    address(&about.address, what, None, check);
    mend(about, what, None, check);
}

/// One annotation and everything in it.
fn annotation_of(
    mut annotation: Annotation,
    listed_removed: bool,
    seen: &mut BTreeSet<Id>,
    places: &mut Places<'_>,
    check: &mut Check<'_>,
) -> Annotation {
    if !seen.insert(annotation.id) {
        let (old, name) = (annotation.id, Name::of(&annotation));
        annotation.id = check.stamp.fresh();
        seen.insert(annotation.id);
        check.mended(
            annotation.id,
            format!(
                "Two annotations have the id {old}: {name} got the new id {}; both are kept.",
                annotation.id
            ),
        );
    }
    let (id, name) = (annotation.id, Name::of(&annotation));
    if annotation.is_removed() != listed_removed {
        let words = if annotation.is_removed() {
            "is marked as removed, but stood among the annotations"
        } else {
            "stood among the removed ones, but is not marked as removed"
        };
        check.mended(id, format!("{} {words}; it was moved.", capital(&name.to_string())));
    }
    let mut infinite = false;
    each_value(&mut annotation, &mut |value: &mut AnnotationValue| {
        if let AnnotationValue::Verdict(Some(verdict)) = value {
            infinite |= drop_infinite(&mut verdict.number);
        }
    });
    if let Some(verdict) = &mut annotation.verdict {
        infinite |= drop_infinite(&mut verdict.number);
    }
    if infinite {
        check.mended(
            id,
            format!("The number in the verdict of {name} was not a finite number; it was taken out."),
        );
    }
    address(&annotation.address, &name, Some(id), check);
    for evidence in &annotation.evidence {
        address(&evidence.address, &format_args!("evidence for {name}"), Some(id), check);
        address(&evidence.archived, &format_args!("evidence for {name}"), Some(id), check);
    }
    mend(&mut annotation, &name, Some(id), check);
    children(&mut annotation.spans, |r| &mut r.id, &format_args!("a span of {name}"), id, check);
    children(
        &mut annotation.evidence,
        |r| &mut r.id,
        &format_args!("a piece of evidence for {name}"),
        id,
        check,
    );
    children(&mut annotation.contacts, |r| &mut r.id, &format_args!("a contact of {name}"), id, check);
    children(&mut annotation.sign_offs, |r| &mut r.id, &format_args!("a sign-off of {name}"), id, check);
    children(&mut annotation.clashes, |r| &mut r.id, &format_args!("a clash about {name}"), id, check);
    places.check(&mut annotation, check);
    annotation
}

/// The records inside: their ids, logs and order.
fn children<R: super::logs::Bare>(
    records: &mut [R],
    id_of: fn(&mut R) -> &mut Id,
    what: &dyn fmt::Display,
    owner: Id,
    check: &mut Check<'_>,
) {
    let mut seen = BTreeSet::new();
    for record in records.iter_mut() {
        if !seen.insert(record.id()) {
            let (old, new) = (record.id(), check.stamp.fresh());
            *id_of(record) = new;
            seen.insert(new);
            check.mended(
                owner,
                format!("The id {old} stands twice; {what} got the new id {new}, and both are kept."),
            );
        }
        mend(record, what, Some(owner), check);
    }
}

/// Every value that a log and the conflicts of a record keep.
fn each_value<R: Record>(record: &mut R, visit: &mut impl FnMut(&mut R::Value)) {
    let (log, conflicts) = record.parts_mut();
    log.iter_mut().flat_map(|entry| &mut entry.before).for_each(&mut *visit);
    conflicts.iter_mut().for_each(|Head { value, .. }| visit(value));
}

fn drop_infinite(number: &mut Option<Number>) -> bool {
    let bad = number.is_some_and(|number| !number.0.is_finite());
    if bad {
        *number = None;
    }
    bad
}

/// Speakers that nobody knows.
fn speakers(project: &Project, check: &mut Check<'_>) {
    for annotation in project.annotations.values().chain(project.removed.values()) {
        if let Some(Speaker::Source(source)) = &annotation.speaker
            && project.record(*source).is_none()
        {
            let name = capital(&Name::of(annotation).to_string());
            check.noted(
                annotation.id,
                format!("{name} names a source as its speaker that is not in the file ({source})."),
            );
        }
    }
}

fn address(address: &str, what: &dyn fmt::Display, record: Option<Id>, check: &mut Check<'_>) {
    if !address.is_empty() && !is_web_address(address) {
        let shown = shortened(address);
        check.noted(
            record,
            format!("An address of {what} is no address on the web, so it will not be a link: “{shown}”."),
        );
    }
}

/// Whether a text is the address of something on the web that may be opened as it stands.
pub(super) fn is_web_address(address: &str) -> bool {
    address.trim() == address && crate::formats::address::check(address).is_ok()
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
