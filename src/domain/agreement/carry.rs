//! Where a stretch of a colleague's text stands in mine, when the two are not letter for letter the
//! same.
//!
//! May use: std, similar, unicode-segmentation, the rest of `domain`. Invariant: a stretch is carried
//! only whole, and the words at its new place are the very same; never to a look-alike elsewhere.
//! Known limit: of paragraphs that were rewritten at great length, and of texts of very many
//! paragraphs with little in common, nothing is carried.

use std::collections::HashMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{Span, Text};

/// So many pairs of paragraphs, and of words in paragraphs that differ, are compared.
const MOST: usize = 40_000_000;

/// Stretches that both texts have: where they begin here and there, and how long they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carry {
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    theirs: usize,
    mine: usize,
    length: usize,
}

impl Carry {
    /// From their text to mine.
    pub fn new(theirs: &Text, mine: &Text) -> Self {
        let mut carry = Self::default();
        if theirs.as_str() == mine.as_str() {
            carry.push(0, 0, mine.len());
        } else {
            carry.pieces((theirs.as_str(), 0), (mine.as_str(), 0), true);
        }
        carry
    }

    /// Where a stretch of their text stands in mine.
    pub fn map(&self, span: Span) -> Option<Span> {
        let (start, end) = (span.start as usize, span.end as usize);
        let place = self.runs.partition_point(|run| run.theirs + run.length <= start);
        let run = self.runs.get(place).filter(|run| run.theirs <= start && end <= run.theirs + run.length)?;
        let at = |byte: usize| byte - run.theirs + run.mine;
        Some(Span::new(at(start), at(end)))
    }

    fn push(&mut self, theirs: usize, mine: usize, length: usize) {
        match self.runs.last_mut() {
            Some(last) if last.theirs + last.length == theirs && last.mine + last.length == mine => {
                last.length += length;
            }
            _ => self.runs.push(Run { theirs, mine, length }),
        }
    }

    /// Finds what two texts have in common, by lines, and in lines that differ by words.
    fn pieces(&mut self, (theirs, from): (&str, usize), (mine, to): (&str, usize), by_lines: bool) {
        let cut = |text| -> Vec<&str> { if by_lines { lines(text) } else { words(text) } };
        let (theirs, mine) = (cut(theirs), cut(mine));
        let same = |(a, b): &(&&str, &&str)| a == b;
        let head = theirs.iter().zip(&mine).take_while(same).count();
        let (a, b) = (&theirs[head..], &mine[head..]);
        let tail = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
        let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);

        let length = |pieces: &[&str]| pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let (mut there, mut here) = (from, to);
        self.push(there, here, length(&theirs[..head]));
        (there, here) = (there + length(&theirs[..head]), here + length(&mine[..head]));
        if a.len().saturating_mul(b.len()) <= MOST {
            let mut numbers: HashMap<&str, u32> = HashMap::new();
            let mut numbered = Vec::new();
            for piece in a.iter().chain(b) {
                let next = numbers.len() as u32;
                numbered.push(*numbers.entry(piece).or_insert(next));
            }
            let (old, new) = numbered.split_at(a.len());
            for op in capture_diff_slices(Algorithm::Patience, old, new) {
                let (tag, old, new) = op.as_tag_tuple();
                let (old, new) = (&a[old], &b[new]);
                if tag == DiffTag::Equal {
                    self.push(there, here, length(old));
                } else if by_lines {
                    self.pieces((&old.concat(), there), (&new.concat(), here), false);
                }
                (there, here) = (there + length(old), here + length(new));
            }
        } else {
            (there, here) = (there + length(a), here + length(b));
        }
        self.push(there, here, length(&theirs[theirs.len() - tail..]));
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split_word_bounds().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn carried(theirs: &str, mine: &str, words: &str) -> Option<String> {
        let (theirs, mine) = (Text::new(theirs), Text::new(mine));
        let at = theirs.as_str().find(words).expect("words");
        let span = Carry::new(&theirs, &mine).map(Span::new(at, at + words.len()))?;
        Some(format!("{}@{}", mine.slice(span), span.start))
    }

    #[test]
    fn words_are_found_around_what_was_edited_and_never_elsewhere() {
        let theirs = "One mill.\nTwo mills close in May.\nThree.";
        let mine = "Zero.\nOne mill.\nTwo old mills close in June.\nThree.";
        assert_eq!(carried(theirs, mine, "One mill").as_deref(), Some("One mill@6"));
        assert_eq!(carried(theirs, mine, "mills close").as_deref(), Some("mills close@24"));
        assert_eq!(carried(theirs, mine, "Three").as_deref(), Some("Three@45"));
        for changed in ["May", "Two mills", "close in May"] {
            assert_eq!(carried(theirs, mine, changed), None);
        }
        // The words stand elsewhere, too; that is another place.
        assert_eq!(carried("A cat.\nB.\n", "B.\nA cat.\nA cat.\n", "B").as_deref(), Some("B@0"));
        assert_eq!(carried("cat one two", "three four", "cat"), None);
    }

    proptest! {
        #[test]
        fn what_is_carried_has_the_very_same_words(theirs in "[ab \n]{0,40}", mine in "[ab \n]{0,40}", from in 0usize..40, length in 1usize..10) {
            let (theirs, mine) = (Text::new(theirs), Text::new(mine));
            let start = from.min(theirs.len());
            let span = Span::new(start, (start + length).min(theirs.len()));
            let carry = Carry::new(&theirs, &mine);
            if let Some(to) = carry.map(span) {
                prop_assert_eq!(mine.slice(to), theirs.slice(span));
            }
            prop_assert_eq!(Carry::new(&theirs, &theirs).map(span), (!theirs.is_empty() && span.start < theirs.len() as u32).then_some(span));
        }
    }
}
