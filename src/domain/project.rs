//! A project: one article and everything known about it.
//!
//! May use: std, serde, the rest of `domain`. Invariant: records are shared (`Arc`), so that a copy
//! for saving or for undo costs little and differing records are found by pointer; a removed
//! annotation stands in `removed` with its log and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::annotation::{Annotation, Number, Speaker};
use super::article::Article;
use super::id::Id;
use super::log::{Entry, Head, Record, Stamp, Value, record};
use super::status::Kind;
use super::text::Span;

/// One step of the house's verdict scale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rating {
    /// As the house calls it.
    pub label: String,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// What it means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

record! {
    /// What the project says about its article: copies of what may stand in the text, and the
    /// house's scale.
    About, AboutField, AboutValue;
    born {}
    set {
        /// The headline.
        title Title: String,
        /// Who wrote it.
        byline Byline: String,
        /// Where it appears.
        outlet Outlet: String,
        /// The day it appears or appeared.
        date Date: String,
        /// Where it is on the net. Recorded, never fetched.
        address Address: String,
        /// The ratings to choose from.
        scale Scale: Vec<Rating>,
    }
    children {}
    order |_, _| std::cmp::Ordering::Equal
}

/// A person who checks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Checker {
    /// In full.
    pub name: String,
    /// As shown where there is little room.
    pub initials: String,
}

impl Checker {
    /// A checker with the initials of their name.
    pub fn named(name: &str) -> Self {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = name.split(' ').filter_map(|part| part.chars().next());
        Self { initials: first.flat_map(char::to_uppercase).take(3).collect(), name }
    }
}

/// A suggestion that somebody did not want to see again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dismissed {
    /// What suggested it.
    pub detector: String,
    /// The words.
    pub words: String,
    /// What stood before them.
    pub before: String,
    /// What stood after them.
    pub after: String,
}

/// One article and everything known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The same in every copy.
    pub id: Id,
    /// Title and metadata.
    pub about: Arc<About>,
    /// The text and its history.
    pub article: Arc<Article>,
    /// Everybody who checked.
    pub checkers: Arc<BTreeSet<Checker>>,
    /// What is marked.
    pub annotations: BTreeMap<Id, Arc<Annotation>>,
    /// What was marked once.
    pub removed: BTreeMap<Id, Arc<Annotation>>,
    /// Suggestions that nobody wants to see again.
    pub dismissed: Arc<BTreeSet<Dismissed>>,
    /// Of a copy without what is confidential: the entries of all records that were left out of it.
    /// What is missing in such a copy is not known here, and was never removed.
    pub redacted: Option<Arc<BTreeSet<Id>>>,
}

impl Project {
    /// A project of an article that was just loaded. Its title is the article's first paragraph.
    pub fn new(article: Article, stamp: &mut Stamp) -> Self {
        let mut about = About::create(stamp);
        let first = article.text.lines().map(str::trim).find(|line| !line.is_empty());
        super::log::set(&mut about, AboutValue::Title(shortened(first.unwrap_or_default())), stamp);
        Self {
            id: stamp.fresh(),
            about: Arc::new(about),
            article: Arc::new(article),
            checkers: Arc::default(),
            annotations: BTreeMap::new(),
            removed: BTreeMap::new(),
            dismissed: Arc::default(),
            redacted: None,
        }
    }

    /// The annotation of that id, removed or not.
    pub fn record(&self, id: Id) -> Option<&Arc<Annotation>> {
        self.annotations.get(&id).or_else(|| self.removed.get(&id))
    }

    /// The annotations in text order: by first span, then id; those without a place last.
    pub fn in_order(&self) -> Vec<&Arc<Annotation>> {
        let mut all: Vec<_> = self.annotations.values().collect();
        all.sort_by(|a, b| Annotation::order(a, b));
        all
    }

    /// The number of the paragraph in which an annotation starts; nothing for an orphan.
    pub fn paragraph(&self, annotation: &Annotation) -> Option<usize> {
        annotation.first_span().map(|span| self.article.text.paragraph_of(span.start as usize))
    }

    /// The name of whoever said it.
    pub fn speaker_name(&self, speaker: &Speaker) -> String {
        match speaker {
            Speaker::Name(name) => name.clone(),
            Speaker::Source(id) => self.record(*id).map(|source| source_name(source)).unwrap_or_default(),
        }
    }

    /// The speaker that a name means: the source of that name or of those words, else a free name.
    pub fn speaker_named(&self, name: &str) -> Option<Speaker> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let is_meant = |a: &&&Arc<Annotation>| a.kind == Kind::Source && source_name(a) == name;
        let source = self.in_order().iter().find(is_meant).map(|a| a.id);
        Some(source.map_or_else(|| Speaker::Name(name.to_owned()), Speaker::Source))
    }

    /// The annotations of exactly one kind and exactly these words' place, if there is one.
    pub fn marked(&self, kind: Kind, span: Span) -> Option<&Arc<Annotation>> {
        self.annotations.values().find(|a| a.kind == kind && a.placed().eq([span]))
    }
}

/// What stands for the name of a source that a redacted copy does not have.
pub const WITHHELD: &str = "Confidential source";

/// What a source is called: its name, or else its words.
pub fn source_name(source: &Annotation) -> String {
    if source.is_withheld() && source.name.trim().is_empty() {
        return WITHHELD.to_owned();
    }
    if source.name.trim().is_empty() { source.words() } else { source.name.trim().to_owned() }
}

pub(super) fn shortened(title: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let mut graphemes = title.grapheme_indices(true);
    match graphemes.nth(200) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}
