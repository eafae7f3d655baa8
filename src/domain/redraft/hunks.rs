//! What differs between two texts, as stretches of whole words.
//!
//! May use: std, the rest of `domain`. Invariant: hunks stand in text order and do not touch, each differs;
//! the text between them is the same, byte for byte, so replacing them gives the new text.

use super::align::Run;
use super::words::Words;
use crate::domain::article::Edit;
use crate::domain::{Span, Text};

/// A stretch of the old text, and what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// In the old text; empty where something came in.
    pub old: Span,
    /// In the new text; empty where something went.
    pub new: Span,
}

impl Hunk {
    /// The same as an edit of the text in which all hunks before it are replaced.
    pub fn edit(&self, old: &Text, new: &Text) -> Edit {
        Edit {
            at: self.new.start,
            removed: old.slice(self.old).to_owned(),
            inserted: new.slice(self.new).to_owned(),
        }
    }
}

/// What differs, where these words are the same.
pub(super) fn hunks(old: &Text, new: &Text, a: &Words, b: &Words, runs: &[Run]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut add = |was: Span, is: Span| {
        let Some(hunk) = least(old, new, Hunk { old: was, new: is }) else { return };
        match hunks.last_mut() {
            Some(last) if last.old.end == hunk.old.start && last.new.end == hunk.new.start => {
                (last.old.end, last.new.end) = (hunk.old.end, hunk.new.end);
            }
            _ => hunks.push(hunk),
        }
    };
    let (mut from, mut to) = (0, 0);
    for run in runs {
        for i in 0..run.len {
            let (was, is) = (a.list[run.old + i], b.list[run.new + i]);
            add(Span { start: from, end: was.start }, Span { start: to, end: is.start });
            add(Span { start: was.start, end: was.end }, Span { start: is.start, end: is.end });
            (from, to) = (was.end, is.end);
        }
    }
    add(Span::new(from as usize, old.len()), Span::new(to as usize, new.len()));
    hunks
}

/// A hunk without the white space that both sides begin or end with; nothing where they are the same.
fn least(old: &Text, new: &Text, hunk: Hunk) -> Option<Hunk> {
    let (was, is) = (old.slice(hunk.old), new.slice(hunk.new));
    if was == is {
        return None;
    }
    let space = |(a, b): &(char, char)| a == b && a.is_whitespace();
    let bytes = |(a, _): (char, char)| a.len_utf8();
    let head: usize = was.chars().zip(is.chars()).take_while(space).map(bytes).sum();
    let tails = was[head..].chars().rev().zip(is[head..].chars().rev());
    let tail: usize = tails.take_while(space).map(bytes).sum();
    let inner = |span: Span| Span { start: span.start + head as u32, end: span.end - tail as u32 };
    Some(Hunk { old: inner(hunk.old), new: inner(hunk.new) })
}
