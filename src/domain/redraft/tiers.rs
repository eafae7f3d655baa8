//! What becomes of one mark in a new draft: certain, to be checked again, or an orphan.
//!
//! May use: std, unicode-segmentation, the rest of `domain`. Invariant: a mark is certain only where its
//! words are the same but for their typing, where the comparison of the texts says that these are those
//! words, and where what stands around agrees: on one side for words that stand once in both texts, on both
//! sides for others and for short ones; or where its whole paragraph stands once in each. Words that another
//! stretch of the old text became are nobody else's. Known limit: a mark whose edge is inside a word is as
//! good as one of that whole word.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::align::{Alignment, NONE};
use super::search::{AROUND, Ground, Quote, REACH, Seen};
use super::words::Words;
use crate::domain::{Span, Text};

/// Words of fewer grapheme clusters are never looked for by likeness.
const SHORT: usize = 12;
/// So many words on each side are what stands around a mark.
const NEAR: usize = 6;
/// How much of a mark's words must be there still, of ten parts.
const MAPPED: usize = 7;

/// How sure it is where a mark stands in the new draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Its words, what stands around them and the comparison of the texts agree.
    Certain,
    /// It has a place, and a person must look at it again.
    Again(Why),
    /// Its words are not there, or nobody can say which they are.
    Orphan,
}

/// Why a mark must be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Other words stand there now.
    Words,
    /// The words are the same, what stands around them is not.
    Around,
    /// The words stand several times, and the draft changed near them.
    Twice,
    /// They stand elsewhere now.
    Moved,
    /// They were gone, and are there again.
    Found,
}

/// Both texts, ready to be asked about marks.
pub(super) struct Texts<'a> {
    pub old: &'a Text,
    pub new: &'a Text,
    pub old_words: &'a Words,
    pub alignment: &'a Alignment,
    pub old_seen: Seen,
    pub ground: Ground<'a>,
}

impl Texts<'_> {
    /// Where a mark that stands in the old text is, and how sure that is.
    pub(super) fn fate(&self, at: Span) -> (Option<Span>, Tier) {
        let own = self.old_words.touched(at);
        if own.is_empty() {
            return (None, Tier::Orphan);
        }
        let quote = self.quote(at, own.clone());
        let to = &self.alignment.to[own.clone()];
        let first = to[0];
        if first != NONE && to.iter().zip(first..).all(|(is, wanted)| *is == wanted) {
            let now = first as usize..first as usize + own.len();
            if let Some(tier) = self.unchanged(&quote, &now) {
                return self.placed(at, &own, &now, tier);
            }
        } else if !quote.is_short
            && let Some(now) = self.partly(&own)
        {
            return self.placed(at, &own, &now, Tier::Again(Why::Words));
        }
        self.elsewhere(at, &quote)
    }

    /// Where the words of an orphan stand again.
    pub(super) fn found(&self, quote: &Quote) -> (Option<Span>, Tier) {
        let now =
            Some(quote).filter(|quote| !quote.words.is_empty()).and_then(|quote| self.ground.exact(quote));
        let span = now.and_then(|now| self.ground.new.span(now)).map(|span| self.new.snapped(span));
        match span.filter(|span| self.new.admits(*span)) {
            Some(span) => (Some(span), Tier::Again(Why::Found)),
            None => (None, Tier::Orphan),
        }
    }

    fn quote(&self, at: Span, own: Range<usize>) -> Quote {
        let words = self.old_words;
        let reach = |letters: &mut usize, word: usize| {
            let goes_on = *letters < REACH;
            *letters += words.list[word].letters as usize;
            goes_on.then_some(words.keys[word])
        };
        let mut before: Vec<u32> = (0..own.start).rev().scan(0, |sum, word| reach(sum, word)).collect();
        before.reverse();
        Quote {
            words: words.keys[own.clone()].to_vec(),
            letters: words.list[own.clone()].iter().map(|word| word.letters).collect(),
            before,
            after: (own.end..words.len()).scan(0, |sum, word| reach(sum, word)).collect(),
            own,
            is_short: is_short(self.old.slice(at)),
        }
    }

    /// How sure it is of words that are all there, one after the other; nothing where that may be chance.
    fn unchanged(&self, quote: &Quote, now: &Range<usize>) -> Option<Tier> {
        let around = self.ground.around(quote, now);
        let doubtful: usize = quote
            .own
            .clone()
            .zip(&quote.letters)
            .filter(|(word, _)| self.alignment.doubtful[*word])
            .map(|(_, letters)| *letters as usize)
            .sum();
        let all: usize = quote.letters.iter().map(|letters| *letters as usize).sum();
        let once = |seen: &Seen, keys: &[u32]| seen.all(&quote.words, keys).is_some_and(|all| all.len() == 1);
        let is_once =
            once(&self.old_seen, &self.old_words.keys) && once(&self.ground.seen, &self.ground.new.keys);
        let agrees =
            around.before && around.after || is_once && !quote.is_short && (around.before || around.after);
        let is_clear = 2 * doubtful <= all;
        let is_sure = || agrees && self.goes_on(&quote.own) || self.is_whole(&quote.own);
        if is_clear && is_sure() {
            return Some(Tier::Certain);
        }
        let is_likely = around.before || around.after || around.letters >= AROUND;
        if quote.is_short && !is_likely && !self.is_steady(&quote.own, now) {
            return None;
        }
        Some(Tier::Again(if is_once && is_clear { Why::Around } else { Why::Twice }))
    }

    /// The words that stand one after the other in both texts around one of the old text.
    fn run(&self, at: usize) -> Option<Range<usize>> {
        let runs = &self.alignment.runs;
        let run = runs[..runs.partition_point(|run| run.old <= at)].last()?;
        Some(run.old..run.old + run.len)
    }

    /// Whether more than the sentence is the same: a sentence alone may be another one in the same words.
    fn goes_on(&self, own: &Range<usize>) -> bool {
        let words = self.old_words;
        let Some(run) = self.run(own.start) else { return false };
        if run.end < own.end {
            return false;
        }
        let (mut start, mut end) = (own.start, own.end);
        while start > run.start && words.cut(start) < 2 {
            start -= 1;
        }
        while end < run.end && words.cut(end) < 2 {
            end += 1;
        }
        // Where a paragraph begins now and did not, or the other way round, what is beyond says nothing.
        let opens = |words: &Words, at: usize| words.list.get(at).is_none_or(|word| word.opens);
        let now = |at: usize| self.alignment.to[run.start] as usize + (at - run.start);
        let is_kept = |at: usize| opens(words, at) == opens(self.ground.new, now(at));
        let before = if is_kept(start) { words.letters(run.start..start) } else { 0 };
        let after = if is_kept(end) { words.letters(end..run.end) } else { 0 };
        // Where the paragraph has more than the sentence, some of that has to be the same: another paragraph
        // in its place may begin or end in the same sentence.
        let home = self.paragraph(own);
        let inside = words.letters(run.start.max(home.start).min(start)..start)
            + words.letters(end..run.end.min(home.end).max(end));
        let is_at_home = inside >= SHORT || start <= home.start && home.end <= end;
        is_at_home && before + after >= SHORT || run == (0..words.len())
    }

    /// The words of the paragraph that a mark stands in, or of the several.
    fn paragraph(&self, own: &Range<usize>) -> Range<usize> {
        let words = self.old_words;
        let bounds = |at: usize| {
            let paragraph = words.paragraphs[at] as usize;
            words.openings[paragraph] as usize..words.openings[paragraph + 1] as usize
        };
        bounds(own.start).start..bounds(own.end - 1).end
    }

    /// Whether a mark's paragraph is the same in both texts and stands once in each.
    fn is_whole(&self, own: &Range<usize>) -> bool {
        let words = self.old_words;
        let Some(run) = self.run(own.start) else { return false };
        let whole = self.paragraph(own);
        let first = run.start;
        if whole.start < first || run.end < whole.end {
            return false;
        }
        let new = self.ground.new;
        let is_alone = |at: usize| new.list.get(at).is_none_or(|word| word.opens);
        let shift = |at: usize| self.alignment.to[first] as usize + (at - first);
        let keys = &words.keys[whole.clone()];
        let once = |seen: &Seen, all: &[u32]| seen.all(keys, all).is_some_and(|found| found.len() == 1);
        words.letters(whole.clone()) >= SHORT
            && is_alone(shift(whole.start))
            && is_alone(shift(whole.end))
            && once(&self.old_seen, &words.keys)
            && once(&self.ground.seen, &new.keys)
    }

    /// Whether most of the words around a mark are around it still.
    fn is_steady(&self, own: &Range<usize>, now: &Range<usize>) -> bool {
        let to = &self.alignment.to;
        let near = |word: &usize| {
            let is = to[*word] as usize;
            to[*word] != NONE && is + 2 * NEAR > now.start && is < now.end + 2 * NEAR
        };
        let before = own.start.saturating_sub(NEAR)..own.start;
        let after = own.end..(own.end + NEAR).min(to.len());
        let all = before.len() + after.len();
        2 * before.chain(after).filter(near).count() > all
    }

    /// Where words stand of which enough are there still.
    fn partly(&self, own: &Range<usize>) -> Option<Range<usize>> {
        let (to, words) = (&self.alignment.to, self.old_words);
        let first = own.clone().find(|word| to[*word] != NONE)?;
        let last = own.clone().rev().find(|word| to[*word] != NONE)?;
        let letters = |word: &usize| words.list[*word].letters as usize;
        let mapped: usize = own.clone().filter(|word| to[*word] != NONE).map(|word| letters(&word)).sum();
        let (mut start, mut end) = (to[first] as usize, to[last] as usize + 1);
        // Half is enough where what stands around is there still.
        let wanted = if self.is_steady(own, &(start..end)) { 5 } else { MAPPED };
        if 10 * mapped < wanted * words.letters(own.clone()) {
            return None;
        }
        // What took the place of the first and the last words belongs to the mark; of what took the place
        // of more than those, as many words as there were.
        let (gone, came) = (self.before(first), self.free_before(start));
        start -= if gone > first - own.start { came.min(first - own.start) } else { came.min(3 * gone) };
        let (gone, came) = (self.behind(last + 1), self.free_behind(end));
        end += if gone > own.end - last - 1 { came.min(own.end - last - 1) } else { came.min(3 * gone) };
        (end - start <= 3 * own.len()).then_some(start..end)
    }

    /// How many words before a place of the old text are gone.
    fn before(&self, at: usize) -> usize {
        self.alignment.to[..at].iter().rev().take_while(|to| **to == NONE).count()
    }

    fn behind(&self, at: usize) -> usize {
        self.alignment.to[at..].iter().take_while(|to| **to == NONE).count()
    }

    /// How many words before a place of the new text are new, as far as the paragraph goes.
    fn free_before(&self, at: usize) -> usize {
        let opening = self
            .ground
            .new
            .paragraphs
            .get(at)
            .map_or(0, |paragraph| self.ground.new.openings[*paragraph as usize] as usize);
        self.alignment.from[opening.min(at)..at].iter().rev().take_while(|from| **from == NONE).count()
    }

    fn free_behind(&self, at: usize) -> usize {
        let closing = at
            .checked_sub(1)
            .and_then(|last| self.ground.new.paragraphs.get(last))
            .map_or(at, |paragraph| self.ground.new.openings[*paragraph as usize + 1] as usize);
        self.alignment.from[at..closing.max(at)].iter().take_while(|from| **from == NONE).count()
    }

    /// Looks for words that are not where the comparison of the texts has them.
    fn elsewhere(&self, at: Span, quote: &Quote) -> (Option<Span>, Tier) {
        if let Some(now) = self.ground.exact(quote) {
            return self.placed(at, &quote.own, &now, Tier::Again(Why::Moved));
        }
        match self.ground.alike(quote).and_then(|now| self.ground.new.span(now)) {
            Some(span) => self.admitted(span, Tier::Again(Why::Words)),
            None => (None, Tier::Orphan),
        }
    }

    fn admitted(&self, span: Span, tier: Tier) -> (Option<Span>, Tier) {
        let span = self.new.snapped(span);
        if self.new.admits(span) { (Some(span), tier) } else { (None, Tier::Orphan) }
    }

    /// A mark of some words, its edges inside the first and the last one as they were.
    fn placed(&self, at: Span, own: &Range<usize>, now: &Range<usize>, tier: Tier) -> (Option<Span>, Tier) {
        let Some(mut span) = self.ground.new.span(now.clone()) else { return (None, Tier::Orphan) };
        let (first, last) = (self.old_words.list[own.start], self.old_words.list[own.end - 1]);
        let (old, new) = (&self.old_words.keys, &self.ground.new.keys);
        if old[own.start] == new[now.start] {
            span.start = self.edge(at.start, (first.start, first.end), self.word(now.start));
        }
        if old[own.end - 1] == new[now.end - 1] {
            span.end = self.edge(at.end, (last.start, last.end), self.word(now.end - 1));
        }
        self.admitted(span, tier)
    }

    fn word(&self, number: usize) -> (u32, u32) {
        let word = self.ground.new.list[number];
        (word.start, word.end)
    }

    /// Where an edge beside or inside a word is, once that word stands elsewhere.
    fn edge(&self, at: u32, was: (u32, u32), is: (u32, u32)) -> u32 {
        let (old, new) = (self.old.as_str(), self.new.as_str());
        if at <= was.0 {
            // White space before the word, where there is the same.
            let gap = &old[at as usize..was.0 as usize];
            return if new[..is.0 as usize].ends_with(gap) { is.0 - gap.len() as u32 } else { is.0 };
        }
        if at >= was.1 {
            let gap = &old[was.1 as usize..at as usize];
            return if new[is.1 as usize..].starts_with(gap) { is.1 + gap.len() as u32 } else { is.1 };
        }
        let count = old[was.0 as usize..at as usize].graphemes(true).count();
        let word = &new[is.0 as usize..is.1 as usize];
        is.0 + word.grapheme_indices(true).nth(count).map_or(word.len(), |(inside, _)| inside) as u32
    }
}

/// Whether words are too short to be looked for by likeness.
pub(super) fn is_short(words: &str) -> bool {
    words.graphemes(true).take(SHORT).count() < SHORT
}
