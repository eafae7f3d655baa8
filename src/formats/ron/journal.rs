//! The recovery journal: what a project was saved as, and every change since, one line each.
//!
//! May use: `domain`, ron, serde, sha2. Pure: texts in, values out. A line is a checksum, a space and
//! a RON value. The checksum covers the line and the checksum before it, so that a torn, altered,
//! missing or moved line is seen. Invariant: the first line and all whole lines after it give the
//! project that was last kept; a change holds the records that it touched and nothing else, of the
//! text only the letters that differ; what is being typed stands in the line as edits of the text. Known limit: what is behind a bad line is lost with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::article::{Edit, TextEntry};
use crate::domain::project::{About, Checker, Dismissed};
use crate::domain::{Annotation, Article, Change, Id, Project, Span, Stamp, Text, Transaction};
use crate::formats::text::hash;

/// The version of this layout.
const LAYOUT: u32 = 1;
/// Letters of a checksum.
const SUM: usize = 16;

/// What the changes build on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// The file's content.
    File,
    /// This project file, which is nowhere else.
    Whole(String),
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    layout: u32,
    /// The project.
    pub project: Id,
    /// Its title, for the list.
    pub title: String,
    /// Its file.
    pub path: Option<String>,
    /// SHA-256 of the file's content when it was read or written last.
    pub sha256: Option<String>,
    /// What the changes build on.
    pub base: Base,
}

impl Head {
    /// The first line of a journal for a project.
    pub fn new(project: &Project, path: Option<String>, sha256: Option<String>, base: Base) -> Self {
        let title = project.about.title.clone();
        Self { layout: LAYOUT, project: project.id, title, path, sha256, base }
    }
}

/// What became of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TextDelta {
    file: String,
    encoding: String,
    sha256: String,
    edit: Edit,
    #[serde(default)]
    disputed: Vec<Span>,
    /// So many entries of the log stay, these follow.
    stay: usize,
    log: Vec<TextEntry>,
}

/// What is being typed in the article and is no step of the project yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// For the ids of what it becomes.
    pub id: Id,
    /// The name of the person who types.
    pub by: Arc<str>,
    /// What leads from the project's text to that on the screen.
    pub edits: Vec<Edit>,
}

/// What is on the screen at a moment.
pub type Moment<'a> = (&'a Project, Option<&'a Typing>);

/// What differs from one moment to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// When it was kept.
    pub when: Timestamp,
    about: Option<About>,
    article: Option<TextDelta>,
    checkers: Option<BTreeSet<Checker>>,
    dismissed: Option<BTreeSet<Dismissed>>,
    #[serde(default)]
    redacted: Option<Option<BTreeSet<Id>>>,
    annotations: Vec<(Id, Option<Annotation>)>,
    /// What is being typed then, all of it; it counts until the next line.
    #[serde(default)]
    typing: Option<Typing>,
}

impl Delta {
    /// What differs; nothing where nothing does.
    pub fn between(
        (from, was_typing): Moment<'_>,
        (to, typing): Moment<'_>,
        when: Timestamp,
    ) -> Option<Self> {
        fn new<T: Clone + PartialEq>(from: &Arc<T>, to: &Arc<T>) -> Option<T> {
            (!Arc::ptr_eq(from, to) && from != to).then(|| T::clone(to))
        }
        let ids: BTreeSet<Id> =
            [from, to].iter().flat_map(|p| p.annotations.keys().chain(p.removed.keys()).copied()).collect();
        let annotations = ids.into_iter().filter_map(|id| match (from.record(id), to.record(id)) {
            (Some(from), Some(to)) => new(from, to).map(|to| (id, Some(to))),
            (_, to) => Some((id, to.map(|to| Annotation::clone(to)))),
        });
        let delta = Self {
            when,
            about: new(&from.about, &to.about),
            article: new(&from.article, &to.article).map(|to| TextDelta::between(&from.article, to)),
            checkers: new(&from.checkers, &to.checkers),
            dismissed: new(&from.dismissed, &to.dismissed),
            redacted: (from.redacted != to.redacted).then(|| to.redacted.as_deref().cloned()),
            annotations: annotations.collect(),
            typing: None,
        };
        let empty = Self {
            when,
            about: None,
            article: None,
            checkers: None,
            dismissed: None,
            redacted: None,
            annotations: Vec::new(),
            typing: None,
        };
        (delta != empty || was_typing != typing).then(|| Self { typing: typing.cloned(), ..delta })
    }

    /// The change as a step for that project; nothing where it was made for another one.
    pub fn step(self, project: &Project) -> Option<Transaction> {
        let mut changes = Vec::new();
        if let Some(after) = self.about {
            changes.push(Change::About { before: project.about.clone(), after: after.into() });
        }
        if let Some(delta) = self.article {
            let after = Arc::new(delta.applied(&project.article)?);
            changes.push(Change::Article { before: project.article.clone(), after });
        }
        if let Some(after) = self.checkers {
            changes.push(Change::Checkers { before: project.checkers.clone(), after: after.into() });
        }
        if let Some(after) = self.dismissed {
            changes.push(Change::Dismissed { before: project.dismissed.clone(), after: after.into() });
        }
        if let Some(after) = self.redacted {
            let (before, after) = (project.redacted.clone(), after.map(Arc::new));
            changes.push(Change::Redacted { before, after });
        }
        for (id, after) in self.annotations {
            let (before, after) = (project.record(id).cloned(), after.map(Arc::new));
            changes.push(Change::Annotation { id, before, after });
        }
        Some(Transaction { label: "recovered work".into(), changes })
    }

    /// The records that it touches; nothing stands for the project's own.
    pub fn touches(&self) -> impl Iterator<Item = Option<Id>> {
        let own = self.about.is_some() || self.article.is_some() || self.typing.is_some();
        own.then_some(None).into_iter().chain(self.annotations.iter().map(|(id, _)| Some(*id)))
    }
}

impl TextDelta {
    fn between(from: &Article, to: Article) -> Self {
        let stay = from.log.iter().zip(&to.log).take_while(|(a, b)| a == b).count();
        let edit = Edit::between(from.text.as_str(), to.text.as_str());
        let log = to.log[stay..].to_vec();
        Self {
            file: to.file,
            encoding: to.encoding,
            sha256: to.sha256,
            edit,
            disputed: to.disputed,
            stay,
            log,
        }
    }

    fn applied(self, article: &Article) -> Option<Article> {
        let mut log = article.log.get(..self.stay)?.to_vec();
        log.extend(self.log);
        let text = Text::new(self.edit.apply(article.text.as_str())?);
        let Self { file, encoding, sha256, disputed, .. } = self;
        Some(Article { file, encoding, sha256, text, disputed, log })
    }
}

/// The checksum of the last line, on which the next one builds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain(String);

impl Chain {
    /// The next line, with its line feed; the error is ron's and cannot happen to our types.
    pub fn line<T: Serialize>(&mut self, value: &T) -> Result<String, ron::Error> {
        let text = ron::ser::to_string(value)?;
        self.0 = self.sum(&text);
        Ok(format!("{} {text}\n", self.0))
    }

    fn sum(&self, text: &str) -> String {
        let mut sum = hash(format!("{}{text}", self.0).as_bytes());
        sum.truncate(SUM);
        sum
    }

    fn read<T: DeserializeOwned>(&mut self, line: &str) -> Option<T> {
        let (sum, text) = line.split_once(' ')?;
        if sum != self.sum(text) {
            return None;
        }
        let value = ron::from_str(text).ok()?;
        self.0 = sum.to_owned();
        Some(value)
    }
}

/// A journal as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// Its first line.
    pub head: Head,
    /// Its changes, in order.
    pub deltas: Vec<Delta>,
    /// Something stands behind a bad line: more than the end of the last writing is missing.
    pub is_damaged: bool,
}

/// Reads a journal, as far as it is whole; nothing where its first line is not.
pub fn read(bytes: &[u8]) -> Option<Journal> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split_inclusive('\n');
    let whole = |line: &str| line.strip_suffix('\n').map(str::to_owned);
    let mut chain = Chain::default();
    let head: Head = chain.read(&whole(lines.next()?)?)?;
    if head.layout != LAYOUT {
        return None;
    }
    let mut deltas = Vec::new();
    let mut is_damaged = false;
    while let Some(line) = lines.next() {
        match whole(line).and_then(|line| chain.read(&line)) {
            Some(delta) => deltas.push(delta),
            None => {
                is_damaged = lines.next().is_some();
                break;
            }
        }
    }
    Some(Journal { head, deltas, is_damaged })
}

/// The steps from a project to what was last kept, and how many did not fit.
pub fn steps(project: &Project, deltas: Vec<Delta>) -> (Vec<Transaction>, usize) {
    let mut now = project.clone();
    let mut steps = Vec::new();
    let mut left = 0;
    let mut typing = None;
    for mut delta in deltas {
        typing = delta.typing.take().map(|typing| (typing, delta.when));
        match delta.step(&now).filter(|step| now.apply(step).is_ok()) {
            Some(step) => steps.push(step),
            None => left += 1,
        }
    }
    if let Some((typing, when)) = typing {
        let mut stamp = Stamp::new(when, typing.by, typing.id.bits());
        match now.edit(typing.edits, &mut stamp) {
            Ok(step) => steps.extend((!step.is_empty()).then_some(step)),
            Err(_) => left += 1,
        }
    }
    (steps, left)
}
