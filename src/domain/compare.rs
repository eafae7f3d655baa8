//! A quote compared with a transcript, word by word.
//!
//! May use: std, unicode-segmentation, similar. Invariant: every word of the quote and of the best
//! matching stretch is in the result once, in order. Capital letters, the form of quotation marks
//! and apostrophes, and punctuation are not compared. Known limits: words only, so "can not" and
//! "cannot" differ; of a very long transcript the stretch is first looked for by which words occur.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// How many comparisons of two words are made before the place is looked for roughly at first.
const EXACT: usize = 4_000_000;
/// Words of a quote that are compared; nobody quotes more.
const LONGEST: usize = 2_000;

/// How a stretch of words relates to the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// In both.
    Same,
    /// In the quote only: nobody said it.
    OnlyQuoted,
    /// In the transcript only: it was left out.
    OnlySaid,
}

/// Words that stand together and relate alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How they relate.
    pub relation: Relation,
    /// The words with the signs between them, in the quote's form where both have them.
    pub words: String,
}

/// What comparing gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The words, in order.
    pub pieces: Vec<Piece>,
    /// How many words of the quote were not said, and how many that were said are not quoted.
    pub differing: (usize, usize),
    /// The stretch of the transcript that the quote was compared with.
    pub stretch: String,
}

impl Comparison {
    /// Whether every word was said, and none between them was left out.
    pub fn is_word_for_word(&self) -> bool {
        self.differing == (0, 0) && !self.pieces.is_empty()
    }
}

/// A word: where it stands, and as it is compared.
struct Word {
    at: Range<usize>,
    key: String,
}

fn words(text: &str) -> Vec<Word> {
    let words = text.unicode_word_indices();
    words
        .map(|(at, word)| {
            let key = word.chars().flat_map(char::to_lowercase);
            let key = key.map(|char| if matches!(char, '’' | 'ʼ' | '‘') { '\'' } else { char }).collect();
            Word { at: at..at + word.len(), key }
        })
        .collect()
}

/// Compares a quote with the stretch of a transcript that fits it best. Nothing where either has
/// no words, or no word of the quote is there.
pub fn compare(quote: &str, transcript: &str) -> Option<Comparison> {
    let (mut quoted, said) = (words(quote), words(transcript));
    quoted.truncate(LONGEST);
    if quoted.is_empty() || said.is_empty() {
        return None;
    }
    // Numbers in place of words: equal words, equal numbers.
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut number = |word| {
        let next = numbers.len() as u32;
        *numbers.entry(word).or_insert(next)
    };
    let a: Vec<u32> = quoted.iter().map(|word| number(word.key.as_str())).collect();
    let b: Vec<u32> = said.iter().map(|word| number(word.key.as_str())).collect();
    let rough = if a.len() * b.len() > EXACT { neighbourhood(&a, &b) } else { 0..b.len() };
    let best = best_stretch(&a, &b[rough.clone()])?;
    let best = rough.start + best.start..rough.start + best.end;
    let mut found = Comparison {
        stretch: transcript[said[best.start].at.start..said[best.end - 1].at.end].to_owned(),
        ..Comparison::default()
    };
    for op in capture_diff_slices(Algorithm::Myers, &a, &b[best.clone()]) {
        let (tag, old, new) = op.as_tag_tuple();
        let new = best.start + new.start..best.start + new.end;
        if tag == DiffTag::Equal {
            found.push(Relation::Same, spelt(quote, &quoted, &old));
        } else {
            found.differing.0 += old.len();
            found.differing.1 += new.len();
            found.push(Relation::OnlyQuoted, spelt(quote, &quoted, &old));
            found.push(Relation::OnlySaid, spelt(transcript, &said, &new));
        }
    }
    Some(found)
}

impl Comparison {
    fn push(&mut self, relation: Relation, words: String) {
        if !words.is_empty() {
            self.pieces.push(Piece { relation, words });
        }
    }
}

/// Some words with what stands between them, and the signs after the last one.
fn spelt(text: &str, words: &[Word], which: &Range<usize>) -> String {
    let (Some(first), Some(last)) = (words.get(which.start), words.get(which.end.wrapping_sub(1))) else {
        return String::new();
    };
    if which.is_empty() {
        return String::new();
    }
    let next = words.get(which.end).map_or(text.len(), |next| next.at.start);
    let after = &text[last.at.end..next];
    let signs = after.find(char::is_whitespace).unwrap_or(after.len());
    let words = &text[first.at.start..last.at.end + signs];
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where in a very long transcript most words of the quote stand close together, with room around.
fn neighbourhood(quote: &[u32], said: &[u32]) -> Range<usize> {
    let mut wanted: HashMap<u32, isize> = HashMap::new();
    quote.iter().for_each(|word| *wanted.entry(*word).or_default() += 1);
    let width = (quote.len() + quote.len() / 2 + 8).min(said.len());
    let (mut hits, mut best, mut place) = (0_isize, -1, 0);
    for at in 0..said.len() {
        if let Some(left) = wanted.get_mut(&said[at]) {
            hits += isize::from(*left > 0);
            *left -= 1;
        }
        if at >= width
            && let Some(left) = wanted.get_mut(&said[at - width])
        {
            *left += 1;
            hits -= isize::from(*left > 0);
        }
        if hits > best {
            (best, place) = (hits, at);
        }
    }
    let from = place.saturating_sub(width + quote.len());
    from..(place + 1 + quote.len()).min(said.len())
}

/// The stretch that the quote becomes with the fewest words added, dropped or put in place of
/// others; nothing where none of its words is there.
pub(super) fn best_stretch(quote: &[u32], said: &[u32]) -> Option<Range<usize>> {
    // One row of the table for each word of the quote; each cell has its cost, and where the stretch
    // begins. Beginning and ending anywhere in the transcript costs nothing.
    let mut row: Vec<(u32, u32)> = (0..=said.len()).map(|at| (0, at as u32)).collect();
    for word in quote {
        let mut diagonal = row[0];
        row[0].0 += 6;
        for at in 1..row.len() {
            let apart = if said[at - 1] == *word { 0 } else { 5 };
            let above = (row[at].0 + 6, row[at].1);
            let left = (row[at - 1].0 + 2, row[at - 1].1);
            let across = (diagonal.0 + apart, diagonal.1);
            diagonal = row[at];
            // A later beginning is the shorter stretch.
            row[at] = [across, above, left]
                .into_iter()
                .min_by_key(|(cost, start)| (*cost, u32::MAX - start))
                .unwrap_or(across);
        }
    }
    let (end, (_, start)) = row.iter().enumerate().min_by_key(|(end, (cost, _))| (*cost, *end))?;
    let stretch = *start as usize..end;
    let is_there = said.get(stretch.clone())?.iter().any(|word| quote.contains(word));
    is_there.then_some(stretch)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(quote: &str, transcript: &str) -> String {
        let found = compare(quote, transcript).expect("a stretch");
        let pieces = found.pieces.iter().map(|piece| match piece.relation {
            Relation::Same => piece.words.clone(),
            Relation::OnlyQuoted => format!("-[{}]", piece.words),
            Relation::OnlySaid => format!("+[{}]", piece.words),
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_was_said_is_found_and_what_differs_is_told() {
        let said = "Well, thank you. We’ll have spent, in the end, four hundred million on it, and that is that. Next question.";
        assert_eq!(
            told("a done deal", "It was a deal, done; a done and dusted deal."),
            "a done +[and dusted] deal"
        );
        assert_eq!(told("“we'll have spent”", said), "we'll have spent”");
        let found = compare("we'll have spent", said).expect("a stretch");
        assert!(found.is_word_for_word());
        assert_eq!(found.stretch, "We’ll have spent");
        assert_eq!(
            told("“We’ll have spent four million on it, and that is it.”", said),
            "We’ll have spent +[in the end,] four +[hundred] million on it, and that is -[it.”] +[that.]"
        );
    }

    #[test]
    fn without_a_common_word_there_is_nothing_to_compare() {
        assert_eq!(compare("entirely other words", "nothing of them"), None);
        assert_eq!(compare("…", "a b"), None);
        assert_eq!(compare("a", " — "), None);
    }

    #[test]
    fn a_very_long_transcript_is_searched_too() {
        let filler = "the weather of the town was mild and the river was low ".repeat(6_000);
        let quote = "not one engineer had ever visited the quarter before the vote ".repeat(8);
        let changed = quote.replacen("engineer", "planner", 1);
        let found = compare(&quote, &format!("{filler}{changed}{filler}")).expect("a stretch");
        assert_eq!(found.differing, (1, 1));
        assert_eq!(words(&found.stretch).len(), words(&quote).len());
    }

    proptest! {
        #[test]
        fn every_word_is_there_once(quote in "[a-d]{1,2}( [a-d]{1,2}){0,12}", said in "[a-d]{1,2}( [a-d]{1,2}){0,30}") {
            let Some(found) = compare(&quote, &said) else { return Ok(()) };
            let side = |other: Relation| {
                let kept = found.pieces.iter().filter(|piece| piece.relation != other);
                kept.map(|piece| piece.words.as_str()).collect::<Vec<_>>().join(" ")
            };
            prop_assert_eq!(side(Relation::OnlySaid), quote);
            prop_assert_eq!(side(Relation::OnlyQuoted), found.stretch.clone());
            prop_assert!(said.contains(&found.stretch));
        }

        #[test]
        fn what_stands_there_is_found_word_for_word(before in "[a-d]( [a-d]){0,20}", quote in "[e-z]{1,3}( [e-z]{1,3}){0,9}", after in "( [a-d]){0,20}") {
            let found = compare(&quote, &format!("{before} {quote}{after}")).expect("a stretch");
            prop_assert!(found.is_word_for_word());
            prop_assert_eq!(found.stretch, quote);
        }
    }
}
