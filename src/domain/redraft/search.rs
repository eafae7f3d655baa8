//! Where the words of a mark stand that the comparison of the texts did not carry along.
//!
//! May use: std, similar, the rest of `domain`. Invariant: only words of the new text count that are no
//! other words of the old one, so that a look-alike which stood there before is never taken; where two
//! places fit about as well, none is taken. The work for one mark is bounded.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::NONE;
use super::words::Words;
use crate::domain::compare::best_stretch;

/// So many places of one word are looked at.
const PLACES: usize = 256;
/// So many paragraphs are compared with a mark's words.
const PARAGRAPHS: usize = 12;
/// How many letters of what stands around must agree where the words alone could stand anywhere.
pub(super) const AROUND: usize = 16;
/// With so many letters, words that stand once need nothing around them.
const LONG: usize = 48;
/// How alike words must be, and by how much more than at the second best place.
const ALIKE: f64 = 0.75;
const MARGIN: f64 = 0.1;

/// Where each word stands in a text.
pub(super) struct Seen {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Seen {
    pub(super) fn new(keys: &[u32], count: usize) -> Self {
        let mut starts = vec![0; count + 2];
        keys.iter().for_each(|key| starts[*key as usize + 2] += 1);
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut places = vec![0; keys.len()];
        for (at, key) in keys.iter().enumerate() {
            let next = &mut starts[*key as usize + 1];
            places[*next as usize] = at as u32;
            *next += 1;
        }
        Self { starts, places }
    }

    /// The places of a word.
    fn of(&self, key: u32) -> &[u32] {
        let range = self.starts.get(key as usize).zip(self.starts.get(key as usize + 1));
        range.map_or(&[], |(from, to)| &self.places[*from as usize..*to as usize])
    }

    /// The places of some words one after the other; nothing where they are too common to tell.
    pub(super) fn all(&self, words: &[u32], keys: &[u32]) -> Option<Vec<usize>> {
        let (inside, rarest) = words.iter().enumerate().min_by_key(|(_, key)| self.of(**key).len())?;
        let places = self.of(*rarest);
        if places.len() > PLACES {
            return None;
        }
        let starts = places.iter().filter_map(|place| (*place as usize).checked_sub(inside));
        Some(starts.filter(|at| keys.get(*at..*at + words.len()) == Some(words)).collect())
    }
}

/// The words of a mark with what stands around them, as numbers.
#[derive(Debug, Default)]
pub(super) struct Quote {
    pub words: Vec<u32>,
    /// The letters of each of its words.
    pub letters: Vec<u32>,
    /// What stands before it.
    pub before: Vec<u32>,
    /// What stands after it.
    pub after: Vec<u32>,
    /// The old words that it is made of; none for an orphan.
    pub own: Range<usize>,
    /// It is too short to be told from others by its words alone.
    pub is_short: bool,
}

/// How far what stands around agrees, before and after.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// In letters.
    pub letters: usize,
    /// As far as is looked before it.
    pub before: bool,
    /// … and after it.
    pub after: bool,
}

/// How far around a mark is looked, in letters: words for about as many grapheme clusters as an orphan
/// keeps, which counts the spaces.
pub(super) const REACH: usize = 26;

/// The new text, to look for a mark in.
pub(super) struct Ground<'a> {
    pub new: &'a Words,
    /// For each new word, the old one that it is.
    pub from: &'a [u32],
    pub seen: Seen,
    /// How many pairs of words were compared.
    pub work: Cell<usize>,
}

impl Ground<'_> {
    /// How far what stands around a place agrees with what stood around a mark.
    pub(super) fn around(&self, quote: &Quote, at: &Range<usize>) -> Around {
        let keys = &self.new.keys;
        let before = quote.before.iter().rev().zip(keys[..at.start].iter().rev().zip((0..at.start).rev()));
        let after = quote.after.iter().zip(keys[at.end..].iter().zip(at.end..));
        let (mut left, mut count) = (0, 0);
        for (was, (is, word)) in before {
            if was != is {
                break;
            }
            left += self.new.list[word].letters as usize;
            count += 1;
        }
        let is_before =
            left >= REACH || count == quote.before.len() && (quote.own.is_empty() || at.start == count);
        let (mut right, mut count) = (0, 0);
        for (was, (is, word)) in after {
            if was != is {
                break;
            }
            right += self.new.list[word].letters as usize;
            count += 1;
        }
        let is_end = at.end + count == keys.len();
        let is_after = right >= REACH || count == quote.after.len() && (quote.own.is_empty() || is_end);
        Around { letters: left + right, before: is_before, after: is_after }
    }

    /// Whether a new word is free for a mark: no other word of the old text became it.
    fn is_free(&self, quote: &Quote, word: usize) -> bool {
        let from = self.from[word];
        from == NONE || quote.own.contains(&(from as usize))
    }

    /// The one place where the words stand exactly, if it can be told.
    pub(super) fn exact(&self, quote: &Quote) -> Option<Range<usize>> {
        let len = quote.words.len();
        let all: usize = quote.letters.iter().map(|letters| *letters as usize).sum();
        let places = self.seen.all(&quote.words, &self.new.keys)?.into_iter().filter(|at| {
            let free = (0..len).filter(|i| self.is_free(quote, at + i)).map(|i| quote.letters[i] as usize);
            10 * free.sum::<usize>() >= 7 * all
        });
        let mut places: Vec<(Around, usize)> =
            places.map(|at| (self.around(quote, &(at..at + len)), at)).collect();
        places.sort_by_key(|(around, at)| (std::cmp::Reverse(around.letters), *at));
        let (best, at) = *places.first()?;
        if let Some((second, _)) = places.get(1)
            && best.letters < second.letters + AROUND
        {
            return None;
        }
        let fits = match quote.is_short {
            true => best.before && best.after,
            false => best.letters >= AROUND || all >= LONG && places.len() == 1,
        };
        fits.then_some(at..at + len)
    }

    /// The one place where words stand that are alike, if there is one and no other comes near it.
    pub(super) fn alike(&self, quote: &Quote) -> Option<Range<usize>> {
        if quote.is_short {
            return None;
        }
        let all: usize = quote.letters.iter().map(|letters| *letters as usize).sum();
        let different: BTreeSet<(u32, u32)> =
            quote.words.iter().copied().zip(quote.letters.iter().copied()).collect();
        let mut votes: HashMap<u32, usize> = HashMap::new();
        let mut common = 0;
        for (key, letters) in different {
            let places = self.seen.of(key);
            if places.len() > PLACES {
                common += letters as usize;
                continue;
            }
            let mut last = None;
            for place in places.iter().filter(|place| self.is_free(quote, **place as usize)) {
                let paragraph = self.new.paragraphs[*place as usize];
                if last.replace(paragraph) != Some(paragraph) {
                    *votes.entry(paragraph).or_default() += letters as usize;
                }
            }
        }
        let mut likely: Vec<(usize, u32)> = votes
            .into_iter()
            .filter(|(_, letters)| 2 * (letters + common) >= all)
            .map(|(paragraph, letters)| (letters, paragraph))
            .collect();
        likely.sort_by_key(|(letters, paragraph)| (std::cmp::Reverse(*letters), *paragraph));
        likely.truncate(PARAGRAPHS);
        let mut found: Vec<(f64, Range<usize>)> = Vec::new();
        for (_, paragraph) in likely {
            let from = self.new.openings[paragraph as usize] as usize;
            // A mark over several paragraphs needs them all.
            let to = self.new.openings[paragraph as usize + 1] as usize;
            let to = to.max(from + 2 * quote.words.len()).min(self.new.len());
            let Some((score, best)) = self.best(quote, from..to) else { continue };
            let rests = [from..best.start, best.end..to];
            found.extend(rests.into_iter().filter_map(|rest| self.best(quote, rest)));
            found.push((score, best));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
        let (score, best) = found.first()?.clone();
        // Units of several paragraphs overlap: the same place twice is one.
        let second = found.iter().find(|(_, other)| other.end <= best.start || best.end <= other.start);
        let is_clear = second.is_none_or(|(second, _)| score >= second + MARGIN);
        let is_telling = quote.words.len() > 4 || self.around(quote, &best).letters >= AROUND;
        (score >= ALIKE && is_clear && is_telling).then_some(best)
    }

    /// The stretch that is most alike among some words, and how alike, from 0 to 1.
    fn best(&self, quote: &Quote, among: Range<usize>) -> Option<(f64, Range<usize>)> {
        let free = |word: usize| if self.is_free(quote, word) { self.new.keys[word] } else { NONE };
        let keys: Vec<u32> = among.clone().map(free).collect();
        self.work.set(self.work.get() + quote.words.len() * keys.len());
        let best = best_stretch(&quote.words, &keys)?;
        let same = same_letters(&quote.words, &keys[best.clone()], &quote.letters);
        let place = among.start + best.start..among.start + best.end;
        let letters = quote.letters.iter().map(|letters| *letters as usize).sum::<usize>()
            + self.new.letters(place.clone());
        Some((2.0 * same as f64 / letters.max(1) as f64, place))
    }
}

/// How many letters two lists of words have in common, in order.
fn same_letters(a: &[u32], b: &[u32], letters: &[u32]) -> usize {
    let mut same = 0;
    for op in capture_diff_slices(Algorithm::Myers, a, b) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            same +=
                letters[old_index..old_index + len].iter().map(|letters| *letters as usize).sum::<usize>();
        }
    }
    same
}
