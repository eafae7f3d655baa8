//! The two texts of a plan as one, paragraph by paragraph, to be read.
//!
//! May use: std, the rest of `domain`. Invariant: the pieces that stay and come are the new text, those that
//! stay and go the old one, but for white space between paragraphs; every paragraph has words.

use super::Plan;
use crate::domain::{Span, Text};

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// They are in both texts.
    Same,
    /// They are in the old text only.
    Gone,
    /// They are in the new text only.
    Came,
}

/// Words that stand together and have the same part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which part.
    pub part: Part,
    /// Where they stand: of those that are gone in the old text, of the others in the new one.
    pub at: Span,
}

/// A paragraph of either text, or of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words, in order.
    pub pieces: Vec<Piece>,
    /// How far the old text was read before it.
    pub old: u32,
    /// … and the new one.
    pub new: u32,
}

impl Paragraph {
    /// Whether its words are the same in both texts.
    pub fn is_same(&self) -> bool {
        self.pieces.iter().all(|piece| piece.part == Part::Same)
    }
}

struct Reading<'a> {
    plan: &'a Plan,
    done: Vec<Paragraph>,
    open: Paragraph,
    old: u32,
    new: u32,
}

impl Plan {
    /// The words of a piece.
    pub fn words(&self, piece: Piece) -> &str {
        if piece.part == Part::Gone { self.old.slice(piece.at) } else { self.new.slice(piece.at) }
    }

    /// Both texts as one.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let mut reading =
            Reading { plan: self, done: Vec::new(), open: Paragraph::default(), old: 0, new: 0 };
        for hunk in &self.hunks {
            reading.read(Part::Same, hunk.new.start - reading.new);
            reading.read(Part::Gone, hunk.old.len() as u32);
            reading.read(Part::Came, hunk.new.len() as u32);
        }
        reading.read(Part::Same, self.new.len() as u32 - reading.new);
        reading.close();
        reading.done
    }
}

impl Reading<'_> {
    fn read(&mut self, part: Part, bytes: u32) {
        let (text, mut at): (&Text, u32) =
            if part == Part::Gone { (&self.plan.old, self.old) } else { (&self.plan.new, self.new) };
        let text = text.clone();
        let end = at + bytes;
        for line in text.slice(Span { start: at, end }).split_inclusive('\n') {
            let words = line.trim_end_matches('\n').len() as u32;
            if words > 0 {
                self.open.pieces.push(Piece { part, at: Span { start: at, end: at + words } });
            }
            at += line.len() as u32;
            if part != Part::Came {
                self.old += line.len() as u32;
            }
            if part != Part::Gone {
                self.new += line.len() as u32;
            }
            if line.ends_with('\n') {
                self.close();
            }
        }
    }

    /// Ends a paragraph; one without words is none.
    fn close(&mut self) {
        let next = Paragraph { pieces: Vec::new(), old: self.old, new: self.new };
        let done = std::mem::replace(&mut self.open, next);
        if done.pieces.iter().any(|piece| !self.plan.words(*piece).trim().is_empty()) {
            self.done.push(done);
        }
    }
}
