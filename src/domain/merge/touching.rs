//! Words that two people changed in different ways, neither knowing of the other.
//!
//! May use: std, the rest of `domain`. In the joined text both changes stand side by side: nothing is
//! lost, marks keep their words, and the place is told until a person decides by a further entry, which
//! names what it settles. Changes touch where no blank that everybody left alone stands between them, so
//! that a word or a figure that nobody wrote is never taken for one that somebody did. The same change
//! by two people is none. Invariant: what is open is a function of the set of entries.
//! Known limit: an entry that rewrites the words without naming what it settles leaves them open.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::joined::{Joined, beginning, edits_through};
use super::versions::{Known, is_join};
use super::weave::Hunk;
use crate::domain::article::{Article, Edit, Touching};
use crate::domain::{Id, Span};

/// What one person made of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The entry of the text's log.
    pub entry: Id,
    /// Who.
    pub by: Arc<str>,
    /// When, by the clock of whoever did it.
    pub when: Timestamp,
    /// The words.
    pub words: String,
    /// What leads from the present text to one with these words.
    pub edits: Vec<Edit>,
}

/// A stretch of the text that people changed in different ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Where it is in the joined text. Empty where all of it was deleted.
    pub at: Span,
    /// What each of them made of it, by entry.
    pub variants: Vec<Variant>,
    /// What an entry must name to settle it.
    pub touching: Vec<Touching>,
}

/// A stretch that somebody changed.
#[derive(Default)]
struct Region {
    /// The parts that it lies in; of the first and the last perhaps only some letters.
    parts: std::ops::Range<usize>,
    skip: usize,
    cut: usize,
    at: (usize, usize),
    /// Who changed what in it: an entry, the parts, and whether it put them in.
    changes: BTreeMap<usize, BTreeSet<(usize, bool)>>,
    hunks: BTreeSet<Hunk>,
}

/// Whether a letter is one of a script that is written without blanks.
fn stands_alone(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What is open in a joined text.
pub(super) fn open(joined: &Joined<'_>) -> Vec<Disagreement> {
    let beside = joined.versions.beside_others();
    if beside.iter().all(|beside| !beside) {
        return Vec::new();
    }
    let mut asked = Asked { joined, ancestors: HashMap::new() };
    regions(joined, &beside).into_iter().filter_map(|region| asked.disagreement(&region)).collect()
}

fn regions(joined: &Joined<'_>, beside: &Known) -> Vec<Region> {
    let mut found = Vec::new();
    let mut region = Region::default();
    for (place, part) in joined.parts.iter().enumerate() {
        let makers = joined.weave.strands[part.strand].makers.iter().map(|hunk| (*hunk, true));
        let gone = part.gone.iter().map(|hunk| (*hunk, false));
        let changes: Vec<(Hunk, bool)> =
            makers.chain(gone).filter(|((entry, _), _)| beside[*entry]).collect();
        let (stands, start) = (joined.stands[place], joined.starts[place]);
        let end = start + if stands { part.len() } else { 0 };
        for (hunk, made) in &changes {
            region.changes.entry(hunk.0).or_default().insert((place, *made));
            region.hunks.insert(*hunk);
        }
        region.parts.end = place + 1;
        (region.at.1, region.cut) = (end, part.len());
        if !changes.is_empty() || !stands {
            continue;
        }
        let words = joined.weave.words(part);
        let Some(first) = words.find(stands_alone) else { continue };
        let last = words.char_indices().rev().find(|(_, letter)| stands_alone(*letter));
        let after = last.map_or(0, |(at, letter)| at + letter.len_utf8());
        (region.at.1, region.cut) = (start + first, first);
        let next = Region {
            parts: place..place + 1,
            skip: after,
            at: (start + after, start + after),
            ..Region::default()
        };
        let done = std::mem::replace(&mut region, next);
        if done.changes.len() > 1 {
            found.push(done);
        }
    }
    if region.changes.len() > 1 {
        found.push(region);
    }
    found
}

/// What is asked of the graph for one region after the other.
struct Asked<'j> {
    joined: &'j Joined<'j>,
    ancestors: HashMap<usize, Known>,
}

impl Asked<'_> {
    fn up_to(&mut self, entry: usize) -> &Known {
        self.ancestors.entry(entry).or_insert_with(|| self.joined.versions.up_to(entry))
    }

    fn disagreement(&mut self, region: &Region) -> Option<Disagreement> {
        let entries: Vec<usize> = region.changes.keys().copied().collect();
        let mut is_open = false;
        for (place, b) in entries.iter().enumerate() {
            for a in &entries[..place] {
                // Places are in topological order.
                is_open = is_open
                    || region.changes.get(a) != region.changes.get(b)
                        && !self.up_to(*b)[*a]
                        && !self.is_settled(region, *a, *b);
            }
        }
        if !is_open {
            return None;
        }
        let mut last = entries.clone();
        for entry in &entries {
            let before = self.up_to(*entry).clone();
            last.retain(|other| other == entry || !before[*other]);
        }
        last.sort_by_key(|entry| self.joined.versions.entries[*entry].id);
        let variants = last.into_iter().map(|entry| self.variant(region, entry)).collect();
        let touching = region.hunks.iter().map(|hunk| self.touching(*hunk)).collect();
        Some(Disagreement { at: Span::new(region.at.0, region.at.1), variants, touching })
    }

    fn touching(&self, (entry, edit): Hunk) -> Touching {
        Touching { entry: self.joined.versions.entries[entry].id, edit }
    }

    /// Whether somebody who knew both changes decided.
    fn is_settled(&self, region: &Region, a: usize, b: usize) -> bool {
        let theirs = || region.hunks.iter().filter(|hunk| hunk.0 == a || hunk.0 == b);
        let entries = &self.joined.versions.entries;
        entries
            .iter()
            .filter(|entry| !entry.settles.is_empty())
            .any(|entry| theirs().all(|hunk| entry.settles.contains(&self.touching(*hunk))))
    }

    fn variant(&mut self, region: &Region, entry: usize) -> Variant {
        let known = self.up_to(entry).clone();
        let joined = self.joined;
        let mut words = String::new();
        let mut all = Vec::new();
        for place in region.parts.clone() {
            let part = &joined.parts[place];
            let text = joined.weave.words(part);
            let from = if place == region.parts.start { region.skip } else { 0 };
            let to = if place + 1 == region.parts.end { region.cut } else { text.len() };
            let text = text.get(from..to).unwrap_or_default();
            let theirs = joined.weave.stands(part, &known);
            if theirs {
                words.push_str(text);
            }
            all.push((text, (joined.stands[place], theirs)));
        }
        let mut edits = edits_through(all.into_iter());
        for edit in &mut edits {
            edit.at += region.at.0 as u32;
        }
        let entry = joined.versions.entries[entry];
        Variant { entry: entry.id, by: entry.by.clone(), when: entry.when, words, edits }
    }
}

impl Article {
    /// What people changed in different ways in the text and nobody decided yet. Costs a look at the
    /// whole history of the text.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        if !self.log.iter().any(is_join) {
            return Vec::new();
        }
        let article = Arc::new(self.clone());
        let found = beginning(&article, &article)
            .and_then(|first| Joined::of(&article, &article, &first).map(|joined| open(&joined)));
        found.unwrap_or_default()
    }
}
