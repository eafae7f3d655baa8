//! Which word of the one text is which of the other.
//!
//! May use: std, similar, the rest of `domain`. Invariant: the words of a run are the same in both texts,
//! and runs follow each other in both. Paragraphs that stand once in each text are put together first, the
//! most text that keeps its order, so that a paragraph which moved draws nothing with it; between those,
//! stretches of words that stand once; between those, the shortest script, or in long stretches a short one.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tidy::tidied;
use super::words::Words;

/// In place of a word: there is none.
pub(super) const NONE: u32 = u32::MAX;
/// With more pairs of words than these, stretches that stand once are looked for before the shortest script.
const EXACT: usize = 2_000_000;
/// How long the stretches are that stand once, the longest first.
const LENGTHS: [usize; 3] = [8, 3, 1];
/// How often the texts' words are looked at in all before the rest counts as replaced.
const ROUNDS: usize = 48;

/// Words that stand in both texts one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first one's number in the old text.
    pub old: usize,
    /// … and in the new one.
    pub new: usize,
    /// How many.
    pub len: usize,
}

/// Asked now and then, with the part that is done in percent: whether to go on.
pub(super) type Look<'a> = dyn FnMut(u8) -> bool + 'a;

/// Which word is which.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// In order of both texts.
    pub runs: Vec<Run>,
    /// For each old word, the new one.
    pub to: Vec<u32>,
    /// For each new word, the old one.
    pub from: Vec<u32>,
    /// For each old word, whether another one could as well be the one that is left.
    pub doubtful: Vec<bool>,
}

impl Alignment {
    /// Puts the words of two texts together; nothing where it was stopped.
    pub(super) fn of(old: &Words, new: &Words, look: &mut Look<'_>) -> Option<Self> {
        let mut search = Search { old, new, to: vec![NONE; old.len()], work: 0 };
        let mut open = search.paragraphs();
        open.reverse();
        let all = open.len().max(1);
        while let Some((a, b)) = open.pop() {
            if !look(((all - open.len().min(all)) * 100 / all) as u8) {
                return None;
            }
            search.fill(a, b, &mut open);
        }
        let (runs, doubtful) = tidied(runs(&search.to), old, new);
        let (mut to, mut from) = (vec![NONE; old.len()], vec![NONE; new.len()]);
        for run in &runs {
            for i in 0..run.len {
                to[run.old + i] = (run.new + i) as u32;
                from[run.new + i] = (run.old + i) as u32;
            }
        }
        Some(Self { runs, to, from, doubtful })
    }
}

/// The runs of a list of words.
fn runs(to: &[u32]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (old, new) in to.iter().enumerate().filter(|(_, new)| **new != NONE) {
        match runs.last_mut() {
            Some(last) if last.old + last.len == old && last.new + last.len == *new as usize => last.len += 1,
            _ => runs.push(Run { old, new: *new as usize, len: 1 }),
        }
    }
    runs
}

struct Search<'a> {
    old: &'a Words,
    new: &'a Words,
    to: Vec<u32>,
    work: usize,
}

type Gap = (Range<usize>, Range<usize>);

impl Search<'_> {
    fn join(&mut self, old: usize, new: usize, len: usize) {
        for i in 0..len {
            self.to[old + i] = (new + i) as u32;
        }
    }

    /// Puts paragraphs together that stand once in each text, and says what is left between.
    fn paragraphs(&mut self) -> Vec<Gap> {
        // How often each stands in the old text and in the new one, and where.
        let mut known: HashMap<&[u32], [(u32, u32); 2]> = HashMap::new();
        for (side, words) in [self.old, self.new].into_iter().enumerate() {
            for pair in words.openings.windows(2) {
                let paragraph = &words.keys[pair[0] as usize..pair[1] as usize];
                let seen = &mut known.entry(paragraph).or_default()[side];
                *seen = (seen.0 + 1, pair[0]);
            }
        }
        let once = known.iter().filter(|(_, seen)| seen[0].0 == 1 && seen[1].0 == 1);
        let mut pairs: Vec<Run> = once
            .map(|(words, seen)| Run { old: seen[0].1 as usize, new: seen[1].1 as usize, len: words.len() })
            .collect();
        pairs.sort_unstable_by_key(|pair| pair.old);
        let weights: Vec<usize> =
            pairs.iter().map(|pair| self.old.letters(pair.old..pair.old + pair.len)).collect();
        self.between(&kept(&pairs, &weights), 0..self.old.len(), 0..self.new.len())
    }

    /// Takes anchors over, and says what is left between them.
    fn between(&mut self, anchors: &[Run], old: Range<usize>, new: Range<usize>) -> Vec<Gap> {
        let mut gaps = Vec::with_capacity(anchors.len() + 1);
        let (mut a, mut b) = (old.start, new.start);
        for anchor in anchors {
            self.join(anchor.old, anchor.new, anchor.len);
            gaps.push((a..anchor.old, b..anchor.new));
            (a, b) = (anchor.old + anchor.len, anchor.new + anchor.len);
        }
        gaps.push((a..old.end, b..new.end));
        gaps.retain(|(a, b)| !a.is_empty() && !b.is_empty());
        gaps
    }

    /// Puts the words of a gap together, or leaves smaller gaps.
    fn fill(&mut self, a: Range<usize>, b: Range<usize>, open: &mut Vec<Gap>) {
        let same = |(x, y): &(&u32, &u32)| x == y;
        let (old, new) = (&self.old.keys, &self.new.keys);
        let head = old[a.clone()].iter().zip(&new[b.clone()]).take_while(same).count();
        let rest = (a.start + head..a.end, b.start + head..b.end);
        let tails = old[rest.0.clone()].iter().rev().zip(new[rest.1.clone()].iter().rev());
        let tail = tails.take_while(same).count();
        self.join(a.start, b.start, head);
        self.join(a.end - tail, b.end - tail, tail);
        let (a, b) = (rest.0.start..a.end - tail, rest.1.start..b.end - tail);
        self.work += head + tail + a.len() + b.len();
        if a.is_empty() || b.is_empty() || self.work > ROUNDS * (old.len() + new.len() + 1000) {
            return;
        }
        if a.len() * b.len() > EXACT {
            for length in LENGTHS {
                let anchors = once(old, a.clone(), new, b.clone(), length);
                if !anchors.is_empty() {
                    open.extend(self.between(&anchors, a, b).into_iter().rev());
                    return;
                }
            }
        }
        for op in capture_diff_slices(Algorithm::Myers, &old[a.clone()], &new[b.clone()]) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                self.join(a.start + old_index, b.start + new_index, len);
            }
        }
    }
}

/// Stretches of so many words that stand once on each side of a gap, in order on both.
fn once(old: &[u32], a: Range<usize>, new: &[u32], b: Range<usize>, length: usize) -> Vec<Run> {
    let mut known: HashMap<&[u32], [(u32, u32); 2]> = HashMap::new();
    for (side, (keys, range)) in [(old, a), (new, b)].into_iter().enumerate() {
        for (at, stretch) in keys[range.clone()].windows(length).enumerate() {
            let seen = &mut known.entry(stretch).or_default()[side];
            *seen = (seen.0 + 1, (range.start + at) as u32);
        }
    }
    let found = known.values().filter(|seen| seen[0].0 == 1 && seen[1].0 == 1);
    let mut pairs: Vec<Run> =
        found.map(|seen| Run { old: seen[0].1 as usize, new: seen[1].1 as usize, len: length }).collect();
    pairs.sort_unstable_by_key(|pair| pair.old);
    let kept = kept(&pairs, &vec![1; pairs.len()]);
    // Stretches that overlap on one side only would take a word twice.
    let mut apart: Vec<Run> = Vec::with_capacity(kept.len());
    for run in kept {
        let fits = apart.last().is_none_or(|last| {
            let (old, new) = (last.old + last.len, last.new + last.len);
            run.old >= old && run.new >= new
        });
        if fits {
            apart.push(run);
        }
    }
    apart
}

/// Of pairs in the order of the old text, those in the order of the new one too, with the most weight.
fn kept(pairs: &[Run], weights: &[usize]) -> Vec<Run> {
    let mut order: Vec<usize> = pairs.iter().map(|pair| pair.new).collect();
    order.sort_unstable();
    // The heaviest chain that ends at one of the first places of the new text, as a Fenwick tree.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); order.len() + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let place = order.partition_point(|new| *new < pair.new);
        let (mut best, mut at) = ((0, usize::MAX), place);
        while at > 0 {
            if tree[at].0 > best.0 {
                best = tree[at];
            }
            at &= at - 1;
        }
        before[index] = best.1;
        let chain = (best.0 + weights[index], index);
        let mut at = place + 1;
        while at < tree.len() {
            if tree[at].0 < chain.0 {
                tree[at] = chain;
            }
            at += at & at.wrapping_neg();
        }
    }
    let best = tree.iter().max_by_key(|(weight, index)| (*weight, std::cmp::Reverse(*index)));
    let mut at = best.map_or(usize::MAX, |(_, index)| *index);
    let mut chain = Vec::new();
    while let Some(pair) = pairs.get(at) {
        chain.push(*pair);
        at = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::Keys;
    use super::*;
    use crate::domain::Text;

    fn aligned(old: &str, new: &str) -> (Words, Words, Alignment) {
        let mut keys = Keys::new();
        let (old, new) = (keys.read(&Text::new(old)), keys.read(&Text::new(new)));
        let alignment = Alignment::of(&old, &new, &mut |_| true).expect("not stopped");
        (old, new, alignment)
    }

    #[test]
    fn the_heaviest_chain_is_kept() {
        let run = |old, new| Run { old, new, len: 1 };
        let pairs = [run(0, 7), run(1, 0), run(2, 1), run(3, 9)];
        assert_eq!(kept(&pairs, &[5, 1, 1, 1]), [pairs[0], pairs[3]]);
        assert_eq!(kept(&pairs, &[1, 1, 1, 1]), [pairs[1], pairs[2], pairs[3]]);
        assert_eq!(kept(&[], &[]), []);
    }

    #[test]
    fn a_removed_sentence_is_cut_where_it_begins() {
        let a = "The council spent four million on roads. ";
        let b = "The council spent five million on roads.";
        let (_, _, alignment) = aligned(&format!("{a}{b}"), b);
        assert_eq!(alignment.runs, [Run { old: 8, new: 0, len: 8 }]);
        assert!(alignment.doubtful[8] && !alignment.doubtful[11]);
    }

    #[test]
    fn large_texts_are_put_together_by_what_stands_once() {
        let word = |i: usize| format!("word{} ", i * 7919 % 50_000);
        let old: String = (0..12_000).map(word).collect();
        let new: String =
            (0..12_000).map(|i| if i % 10 == 3 { format!("other{i} ") } else { word(i) }).collect();
        let (old, _, alignment) = aligned(&old, &new);
        let right = (0..old.len()).filter(|i| alignment.to[*i] == *i as u32).count();
        assert!(right * 100 >= old.len() * 89, "{right}");
    }

    proptest! {
        #[test]
        fn runs_hold_the_same_words_in_order(
            old in "([a-c]{1,2}[ .\n]){0,40}", new in "([a-c]{1,2}[ .\n]){0,40}"
        ) {
            let (old, new, alignment) = aligned(&old, &new);
            let (mut a, mut b) = (0, 0);
            for run in &alignment.runs {
                prop_assert!(run.len > 0 && run.old >= a && run.new >= b);
                (a, b) = (run.old + run.len, run.new + run.len);
                prop_assert_eq!(&old.keys[run.old..a], &new.keys[run.new..b]);
            }
        }

        #[test]
        fn the_same_text_is_one_run(text in "([a-c]{1,2}[ .\n]){1,40}") {
            let (old, _, alignment) = aligned(&text, &text);
            prop_assert_eq!(alignment.runs, vec![Run { old: 0, new: 0, len: old.len() }]);
            prop_assert!(!alignment.doubtful.contains(&true));
        }
    }
}
