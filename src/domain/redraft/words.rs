//! The words of a text as they are compared: where each stands, and a number that words which are the
//! same but for their typing have in common.
//!
//! May use: std, unicode-segmentation, the rest of `domain`. Invariant: words stand in text order, on
//! edges of characters, and hold no white space; the form of quotation marks, apostrophes and hyphens,
//! invisible signs and the way letters with marks are written make no difference, capitals do.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::letters::Letters;
use crate::domain::{Span, Text};

/// A word, or a sign between words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// How many letters it has.
    pub letters: u32,
    /// It is the first of its paragraph.
    pub opens: bool,
    /// It is a sign that ends a sentence.
    pub stops: bool,
    /// It is no word but a sign.
    pub is_sign: bool,
}

/// The words of a text, their numbers beside.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// In text order.
    pub list: Vec<Word>,
    /// The number of each.
    pub keys: Vec<u32>,
    /// The paragraph of each, from 0.
    pub paragraphs: Vec<u32>,
    /// Where the paragraphs begin, and behind the last.
    pub openings: Vec<u32>,
}

/// The numbers of words, of all texts that are compared.
pub(super) struct Keys {
    numbers: HashMap<Box<str>, u32>,
    letters: Letters,
    buffer: Vec<char>,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self { numbers: HashMap::new(), letters: Letters::new(), buffer: Vec::new() }
    }

    /// How many different words there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The words of a text.
    pub(super) fn read(&mut self, text: &Text) -> Words {
        let mut words = Words::default();
        for number in 0..text.line_count() {
            let line = text.line(number);
            let mut opens = true;
            for (at, unit) in text.slice(line).split_word_bound_indices() {
                // A narrow space binds figures into one word; they are two all the same.
                for piece in unit.split(char::is_whitespace).filter(|piece| !piece.is_empty()) {
                    let inside = piece.as_ptr() as usize - unit.as_ptr() as usize;
                    let Some((key, letters)) = self.number(piece) else { continue };
                    let start = line.start + (at + inside) as u32;
                    let end = start + piece.len() as u32;
                    let stops = matches!(piece, "." | "!" | "?" | "…" | "。" | "！" | "？" | "।" | "؟");
                    let is_sign = !piece.chars().any(char::is_alphanumeric);
                    if opens {
                        words.openings.push(words.list.len() as u32);
                    }
                    words.list.push(Word { start, end, letters, opens, stops, is_sign });
                    words.keys.push(key);
                    words.paragraphs.push(words.openings.len() as u32 - 1);
                    opens = false;
                }
            }
        }
        words.openings.push(words.list.len() as u32);
        words
    }

    /// A word's number and its letters; nothing for what cannot be seen.
    fn number(&mut self, word: &str) -> Option<(u32, u32)> {
        let next = self.numbers.len() as u32;
        if word.is_ascii() && word != "`" {
            let number = match self.numbers.get(word) {
                Some(number) => *number,
                None => *self.numbers.entry(word.into()).or_insert(next),
            };
            return Some((number, word.len() as u32));
        }
        self.buffer.clear();
        for char in word.chars().filter_map(plain) {
            self.letters.push(char, &mut self.buffer);
        }
        if self.buffer.is_empty() {
            return None;
        }
        let key: String = self.buffer.iter().collect();
        let number = *self.numbers.entry(key.into()).or_insert(next);
        Some((number, word.chars().count() as u32))
    }
}

/// A character as it is compared; nothing for those without width or meaning.
fn plain(char: char) -> Option<char> {
    match char {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '´' | '`' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Some('"'),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        other => Some(other),
    }
}

impl Words {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Those that a span touches.
    pub(super) fn touched(&self, span: Span) -> Range<usize> {
        let from = self.list.partition_point(|word| word.end <= span.start);
        let to = self.list.partition_point(|word| word.start < span.end);
        from..to.max(from)
    }

    /// How many letters some of them have.
    pub(super) fn letters(&self, which: Range<usize>) -> usize {
        self.list[which].iter().map(|word| word.letters as usize).sum()
    }

    /// How good a place before a word is for a cut: before a paragraph, a sentence, behind a sign.
    pub(super) fn cut(&self, at: usize) -> u8 {
        let Some(word) = self.list.get(at) else { return 4 };
        if word.opens {
            return 4;
        }
        let Some(before) = at.checked_sub(1).map(|before| self.list[before]) else { return 4 };
        // Quotation marks and brackets go with the sentence that they close or open.
        let mut signs = self.list[..at].iter().rev().take(4).take_while(|word| word.is_sign);
        if before.end < word.start && signs.any(|word| word.stops) {
            return 2;
        }
        u8::from(before.is_sign)
    }

    /// The text that they cover from the first to the last.
    pub(super) fn span(&self, which: Range<usize>) -> Option<Span> {
        let last = self.list.get(which.end.checked_sub(1)?)?;
        let first = self.list.get(which.start).filter(|_| !which.is_empty())?;
        Some(Span { start: first.start, end: last.end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let mut keys = Keys::new();
        let (one, other) = (keys.read(&Text::new(one)), keys.read(&Text::new(other)));
        one.keys == other.keys
    }

    #[test]
    fn typing_makes_no_difference_and_words_do() {
        assert!(same("“It’s 10\u{a0}000 «crêpes»”, she said", "\"It's 10 000 \"cre\u{302}pes\"\", she said"));
        assert!(same("10\u{202f}000 euros", "10  000\u{a0}euros"));
        assert!(same("self\u{2011}made co\u{ad}operation\u{200b}", "self-made cooperation"));
        assert!(same("one\ntwo", "one two"));
        assert!(!same("Four", "four"));
        assert!(!same("10,000", "10.000"));
        assert!(!same("a – b", "a - b"));
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = Text::new("One two.\n\n Three “four”\n");
        let words = Keys::new().read(&text);
        let spelt: Vec<&str> =
            words.list.iter().map(|word| text.slice(Span { start: word.start, end: word.end })).collect();
        assert_eq!(spelt, ["One", "two", ".", "Three", "“", "four", "”"]);
        assert_eq!(words.openings, [0, 3, 7]);
        assert_eq!(words.touched(Span::new(5, 13)), 1..4);
        assert_eq!(words.touched(Span::new(8, 11)), 3..3);
    }
}
