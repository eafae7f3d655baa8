//! What can be typed next in the filter: keys, and the values that the project has, with how many
//! annotations have them.
//!
//! May use: the rest of `domain`. Invariant: what is offered, put in the place it names, reads without
//! a fault (tested). A [`Census`] looks at the whole project, so it is made once for each state.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fits::{authors, fold};
use super::key::{self, KEYS, Key, State};
use super::parse::{bare, tokens};
use super::quoted;
use crate::domain::project::source_name;
use crate::domain::{Annotation, Kind, Project};

/// How many are offered at once.
const MOST: usize = 12;

/// Something to accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is put into the query.
    pub insert: String,
    /// As shown.
    pub label: String,
    /// What it means; empty for values.
    pub help: &'static str,
    /// How many annotations have it.
    pub count: Option<usize>,
}

/// Offers, and the part of the query that they replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// In bytes.
    pub range: Range<usize>,
    /// The likeliest first.
    pub items: Vec<Offer>,
}

/// The values of each key, with how many annotations have them.
#[derive(Clone, Debug, Default)]
pub struct Census {
    values: BTreeMap<Key, Vec<(String, usize)>>,
}

impl Census {
    /// Counts a project.
    pub fn of(project: &Project) -> Self {
        let mut counts: BTreeMap<Key, BTreeMap<String, usize>> = BTreeMap::new();
        for annotation in project.annotations.values() {
            count(project, annotation, |key, value| {
                if !value.trim().is_empty() {
                    *counts.entry(key).or_default().entry(value).or_default() += 1;
                }
            });
        }
        let mut values: BTreeMap<Key, Vec<(String, usize)>> = BTreeMap::new();
        for (key, counted) in counts {
            let mut all: Vec<_> = counted.into_iter().collect();
            // The commonest first; the sort keeps those that are alike in the order of the alphabet.
            all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            values.insert(key, all);
        }
        let mut closed = |key: Key, words: Vec<&str>| {
            let known = values.remove(&key).unwrap_or_default();
            let count = |word: &str| known.iter().find(|(value, _)| value == word).map_or(0, |(_, n)| *n);
            let all = words.into_iter().map(|word| (word.to_owned(), count(word))).collect();
            values.insert(key, all);
        };
        closed(Key::Status, words(key::PROGRESS));
        closed(Key::Kind, words(key::KINDS));
        closed(Key::Priority, words(key::PRIORITIES));
        closed(Key::Has, words(key::THINGS));
        closed(Key::No, words(key::THINGS));
        closed(Key::Is, words(key::STATES));
        Self { values }
    }

    /// The values of a key with how many annotations have each.
    pub fn values(&self, key: Key) -> &[(String, usize)] {
        self.values.get(&key).map_or(&[], Vec::as_slice)
    }
}

fn words<T>(table: &[(T, &'static str)]) -> Vec<&'static str> {
    table.iter().map(|(_, word)| *word).collect()
}

fn count(project: &Project, a: &Annotation, mut add: impl FnMut(Key, String)) {
    add(Key::Status, a.status.word().to_owned());
    add(Key::Kind, a.kind.word().to_owned());
    add(Key::Priority, key::word_of(key::PRIORITIES, &a.priority));
    for (thing, word) in key::THINGS {
        add(if thing.is_in(a) { Key::Has } else { Key::No }, (*word).to_owned());
    }
    for (state, word) in key::STATES {
        if state.fits(a) {
            add(Key::Is, (*word).to_owned());
            if matches!(state, State::Open | State::Checked) {
                add(Key::Status, (*word).to_owned());
            }
        }
    }
    if let Some(speaker) = &a.speaker {
        add(Key::Speaker, project.speaker_name(speaker));
    }
    if a.kind == Kind::Source {
        add(Key::Source, source_name(a));
    }
    let mut by: Vec<&str> = authors(a).collect();
    by.sort_unstable();
    by.dedup();
    by.into_iter().for_each(|by| add(Key::By, by.to_owned()));
    a.tags.iter().for_each(|tag| add(Key::Tag, tag.clone()));
    add(Key::Category, a.category.clone());
    if let Some(verdict) = &a.verdict {
        add(Key::Verdict, verdict.label.clone());
    }
    if let Some((when, _)) = crate::domain::order::last_change(a) {
        add(Key::Changed, when.strftime("%Y-%m-%d").to_string());
    }
}

/// What could stand at byte `caret` of a query. Nothing between words, but for an empty query, which
/// is offered every key.
pub fn offers(text: &str, caret: usize, census: &Census) -> Offers {
    let here = tokens(text).into_iter().find(|token| token.range.start < caret && caret <= token.range.end);
    let Some(token) = here else {
        let items = if text.trim().is_empty() { keys("") } else { Vec::new() };
        return Offers { range: caret..caret, items };
    };
    let Some(key) = token.key() else {
        let start = token.range.start + usize::from(token.not);
        let typed = text.get(start..caret.max(start)).unwrap_or_default();
        let end = if token.name.is_some() { token.range.end } else { caret.max(start) };
        return Offers { range: start..end, items: keys(typed) };
    };
    let value = token.values.iter().find(|range| range.start <= caret && caret <= range.end);
    let Some(value) = value.cloned() else { return Offers { range: caret..caret, items: Vec::new() } };
    let typed = fold(bare(text.get(value.start..caret).unwrap_or_default()).trim());
    let fits = |word: &str| fold(word).contains(&typed);
    let begins = |word: &str| fold(word).starts_with(&typed);
    let mut found: Vec<_> = census.values(key).iter().filter(|(word, _)| fits(word)).collect();
    found.sort_by_key(|(word, _)| !begins(word));
    let items = found.into_iter().take(MOST).map(|(word, count)| Offer {
        insert: quoted(word),
        label: word.clone(),
        help: "",
        count: Some(*count),
    });
    Offers { range: value, items: items.collect() }
}

/// The keys that begin so.
fn keys(typed: &str) -> Vec<Offer> {
    let typed = typed.trim_end_matches(':').to_ascii_lowercase();
    let fitting = KEYS.iter().filter(|row| row.name.starts_with(&typed));
    let offer = |row: &key::KeyRow| Offer {
        insert: format!("{}:", row.name),
        label: format!("{}:", row.name),
        help: row.help,
        count: None,
    };
    fitting.map(offer).collect()
}
