//! How one text became another: the passages that differ, word by word.
//!
//! May use: std, unicode-segmentation, similar, the rest of `domain`. Invariant: what is the same and
//! what is gone, put together, is the old text of a passage, what is the same and what came the new
//! one. Known limit: where very much differs at once it is one passage, or one without common words,
//! so that no pair of texts takes long.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::{Span, Text};

/// Lines of one side that are compared one by one.
const LINES: usize = 20_000;
/// Words and signs of one side that are compared one by one.
const WORDS: usize = 5_000;

/// How some words relate to the other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// In both.
    Same,
    /// In the old text only.
    Gone,
    /// In the new text only.
    Came,
}

/// Words that stand together and relate alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How they relate.
    pub relation: Relation,
    /// The words, with what stands between them.
    pub words: String,
}

/// Lines that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The number of its first paragraph, in the new text.
    pub paragraph: usize,
    /// Its words, in order.
    pub pieces: Vec<Piece>,
}

/// The passages in which two texts differ, in order.
pub fn passages(old: &Text, new: &Text) -> Vec<Passage> {
    if old == new {
        return Vec::new();
    }
    let (was, is) = old.difference(new);
    let (was, is) = (whole_lines(old, was), whole_lines(new, is));
    let lines = |text: &Text, range: &std::ops::Range<usize>| -> Vec<Span> {
        range.clone().map(|line| text.line(line)).collect()
    };
    let (old_lines, new_lines) = (lines(old, &was), lines(new, &is));
    let words = |text: &Text, lines: &[Span]| -> String {
        let all: Vec<&str> = lines.iter().map(|line| text.slice(*line)).collect();
        all.join("\n")
    };
    let mut found = Vec::new();
    let mut tell = |old_part: &[Span], new_part: &[Span], place: usize| {
        let pieces = pieces(&words(old, old_part), &words(new, new_part));
        let filled = new_part.iter().find(|line| !new.slice(**line).trim().is_empty());
        let at = filled.map_or_else(|| new.line(place.min(new.line_count() - 1)).start, |line| line.start);
        found.push(Passage { paragraph: new.paragraph_of(at as usize), pieces });
    };
    if old_lines.len() > LINES || new_lines.len() > LINES {
        tell(&old_lines, &new_lines, is.start);
        return found;
    }
    let old_words: Vec<&str> = old_lines.iter().map(|line| old.slice(*line)).collect();
    let new_words: Vec<&str> = new_lines.iter().map(|line| new.slice(*line)).collect();
    for op in capture_diff_slices(Algorithm::Patience, &old_words, &new_words) {
        let (tag, o, n) = op.as_tag_tuple();
        if tag != DiffTag::Equal {
            tell(&old_lines[o], &new_lines[n.clone()], is.start + n.start);
        }
    }
    found
}

/// The lines that a stretch touches.
fn whole_lines(text: &Text, stretch: Span) -> std::ops::Range<usize> {
    text.line_of(stretch.start as usize)..text.line_of(stretch.end as usize) + 1
}

/// How a short text became another, word by word.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (old.split_word_bounds().collect(), new.split_word_bounds().collect());
    let mut found = Found::default();
    if a.len() > WORDS || b.len() > WORDS {
        found.push(Relation::Gone, old);
        found.push(Relation::Came, new);
        return found.all();
    }
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (tag, o, n) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            found.push(Relation::Same, &a[o].concat());
        } else {
            found.push(Relation::Gone, &a[o].concat());
            found.push(Relation::Came, &b[n].concat());
        }
    }
    found.all()
}

/// Pieces as they are found. What changed with nothing but a space between is one change.
#[derive(Default)]
struct Found {
    done: Vec<Piece>,
    /// Equal white space behind a change, which may lie within a larger one.
    space: String,
    gone: String,
    came: String,
}

impl Found {
    fn push(&mut self, relation: Relation, words: &str) {
        let changing = !self.gone.is_empty() || !self.came.is_empty();
        match relation {
            _ if words.is_empty() => {}
            Relation::Same if changing && words.chars().all(|c| c == ' ') => self.space.push_str(words),
            Relation::Same => {
                self.settle();
                self.one(Relation::Same, words.to_owned());
            }
            Relation::Gone | Relation::Came => {
                let space = std::mem::take(&mut self.space);
                self.gone.push_str(&space);
                self.came.push_str(&space);
                if relation == Relation::Gone { &mut self.gone } else { &mut self.came }.push_str(words);
            }
        }
    }

    fn settle(&mut self) {
        let (gone, came) = (std::mem::take(&mut self.gone), std::mem::take(&mut self.came));
        self.one(Relation::Gone, gone);
        self.one(Relation::Came, came);
        let space = std::mem::take(&mut self.space);
        self.one(Relation::Same, space);
    }

    fn one(&mut self, relation: Relation, words: String) {
        match self.done.last_mut().filter(|last| last.relation == relation) {
            _ if words.is_empty() => {}
            Some(last) => last.words.push_str(&words),
            None => self.done.push(Piece { relation, words }),
        }
    }

    fn all(mut self) -> Vec<Piece> {
        self.settle();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(pieces: &[Piece]) -> String {
        let told = pieces.iter().map(|piece| match piece.relation {
            Relation::Same => piece.words.clone(),
            Relation::Gone => format!("[-{}-]", piece.words),
            Relation::Came => format!("{{+{}+}}", piece.words),
        });
        told.collect()
    }

    #[test]
    fn words_beside_each_other_are_one_change() {
        assert_eq!(
            told(&pieces("It met on Monday.", "It meets in May.")),
            "It [-met on Monday-]{+meets in May+}."
        );
        assert_eq!(told(&pieces("", "new")), "{+new+}");
        assert_eq!(told(&pieces("a b c", "a c")), "a [-b -]c");
        assert_eq!(told(&pieces("same", "same")), "same");
    }

    #[test]
    fn each_passage_has_its_paragraph() {
        let old = Text::new("Title\n\nOne two.\n\nThree four.\n\nFive.");
        let new = Text::new("Title\n\nOne 2.\n\nThree four.\n\nNew.\n\nFive.");
        let found = passages(&old, &new);
        assert_eq!(found.iter().map(|p| p.paragraph).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(told(&found[0].pieces), "One [-two-]{+2+}.");
        assert!(told(&found[1].pieces).contains("New."));
        assert!(passages(&old, &old).is_empty());
        assert!(!passages(&old, &Text::new("")).is_empty());
    }

    #[test]
    fn texts_without_a_common_line_take_no_long_time() {
        let lines = |word: &str| (0..40_000).map(|n| format!("{word} {n}\n")).collect::<String>();
        assert_eq!(passages(&Text::new(lines("a")), &Text::new(lines("b"))).len(), 1);
        let lines = |word: &str| (0..19_000).map(|n| format!("{word} {n}\n")).collect::<String>();
        assert!(!passages(&Text::new(lines("a")), &Text::new(lines("b"))).is_empty());
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(old in "([a-c]{1,2}[ .\n]){0,30}", new in "([a-c]{1,2}[ .\n]){0,30}") {
            let side = |pieces: &[Piece], other: Relation| -> String {
                pieces.iter().filter(|piece| piece.relation != other).map(|piece| piece.words.as_str()).collect()
            };
            let whole = pieces(&old, &new);
            prop_assert_eq!(side(&whole, Relation::Came), old.clone());
            prop_assert_eq!(side(&whole, Relation::Gone), new.clone());
            let (old, new) = (Text::new(old), Text::new(new));
            let found = passages(&old, &new);
            prop_assert_eq!(found.is_empty(), old == new);
            for passage in found {
                let (gone, came) = (side(&passage.pieces, Relation::Came), side(&passage.pieces, Relation::Gone));
                prop_assert!(old.as_str().contains(&gone) && new.as_str().contains(&came));
            }
        }
    }
}
