//! Where the caret goes from where it is, over rows, paragraphs and pages.
//!
//! May use: the view's own parts, the domain's text. Invariant: a walk ends on a grapheme edge of the
//! text, and the same moves lead to the same place whether what lies between was in view or not.
//! Blank lines are passed over, but for where the text is edited. Known limit: a sentence is looked for in its whole line, however long.

use super::ArticleView;
use super::caret::Caret;
use super::pieces::PieceKind;
use super::scroll::Frame;
use crate::app::moves::Move;
use crate::domain::{Span, Text};

/// Rows that a page keeps from the one before, in points.
pub const KEPT: f64 = 64.0;

impl ArticleView {
    /// Where a move leads.
    pub(super) fn walk(&mut self, from: Caret, step: Move, frame: Frame) -> Caret {
        if !matches!(step, Move::Up | Move::Down | Move::PageUp | Move::PageDown) {
            self.goal = None;
        }
        match step {
            Move::Left => self.step(from, false),
            Move::Right => self.step(from, true),
            Move::WordLeft => self.word(from, false),
            Move::WordRight => self.word(from, true),
            Move::Up => self.row_beside(from, false),
            Move::Down => self.row_beside(from, true),
            Move::RowStart => self.row_end(from, false),
            Move::RowEnd => self.row_end(from, true),
            Move::PageUp => self.page(from, -(frame.height - KEPT).max(KEPT)),
            Move::PageDown => self.page(from, (frame.height - KEPT).max(KEPT)),
            Move::Start => Caret::before(0),
            Move::End => Caret::behind(self.store.text().len()),
            Move::SentenceBack => Caret::before(sentence_back(self.store.text(), from.at)),
            Move::SentenceOn => Caret::before(sentence_on(self.store.text(), from.at)),
            Move::ParagraphBack => Caret::before(paragraph_back(self.store.text(), from.at)),
            Move::ParagraphOn => Caret::before(paragraph_on(self.store.text(), from.at)),
        }
    }

    /// The piece that a caret stands in, and the caret within it.
    pub(super) fn inside(&self, caret: Caret) -> (usize, Caret) {
        let mut piece = self.store.piece_of(caret.at);
        let span = |piece: usize| self.store.pieces().get(piece).map_or(Span::new(0, 0), |piece| piece.span);
        // Inside a long line, what ended the piece before belongs to that one.
        let ends_before = piece > 0 && span(piece - 1).end as usize == caret.at;
        if caret.affinity == parley::Affinity::Upstream && ends_before {
            piece -= 1;
        }
        let at = caret.at.saturating_sub(span(piece).start as usize).min(span(piece).len());
        (piece, Caret { at, ..caret })
    }

    fn has_words(&self, piece: usize) -> bool {
        self.store.pieces().get(piece).is_some_and(|piece| matches!(piece.kind, PieceKind::Words { .. }))
    }

    /// Whether the caret stops there: where the text is edited, on blank lines too.
    fn stops_at(&self, piece: usize) -> bool {
        self.editing || self.has_words(piece)
    }

    /// The next piece on one side that the caret stops at.
    fn beside(&self, piece: usize, forward: bool) -> Option<usize> {
        if forward {
            (piece + 1..self.store.pieces().len()).find(|piece| self.stops_at(*piece))
        } else {
            (0..piece).rev().find(|piece| self.stops_at(*piece))
        }
    }

    fn span(&self, piece: usize) -> Span {
        self.store.pieces().get(piece).map_or(Span::new(0, 0), |piece| piece.span)
    }

    fn whole(&self, piece: usize, caret: Caret) -> Caret {
        let at = self.store.text().edge_before(self.span(piece).start as usize + caret.at);
        Caret { at, ..caret }
    }

    /// Whether the paragraph with a piece is read from right to left.
    pub(super) fn is_rtl(&mut self, piece: usize) -> bool {
        self.store.measure(&mut self.fonts, piece);
        self.store.entry(piece).is_some_and(super::layout::Entry::is_rtl)
    }

    fn step(&mut self, from: Caret, right: bool) -> Caret {
        let (piece, caret) = self.inside(from);
        let rtl = self.is_rtl(piece);
        let within = self.store.entry_mut(piece).and_then(|(entry, words)| entry.step(words, caret, right));
        if let Some(caret) = within {
            return self.whole(piece, caret);
        }
        let forward = right != rtl;
        let Some(next) = self.beside(piece, forward) else { return from };
        let (here, there) = (self.span(piece), self.span(next));
        let landed =
            if forward { Caret::before(there.start as usize) } else { Caret::behind(there.end as usize) };
        // Two pieces of one line touch: their common edge is one place.
        let touching = if forward { here.end == there.start } else { here.start == there.end };
        if touching && self.has_words(piece) { self.step(landed, right) } else { landed }
    }

    fn word(&mut self, from: Caret, right: bool) -> Caret {
        let (mut piece, caret) = self.inside(from);
        let forward = right != self.is_rtl(piece);
        let mut at = Some(caret.at);
        loop {
            self.store.measure(&mut self.fonts, piece);
            let words =
                self.store.entry_mut(piece).map_or_else(Vec::new, |(entry, words)| entry.words(words));
            let found = if forward {
                words.iter().map(|word| word.end).find(|end| at.is_none_or(|at| *end > at))
            } else {
                words.iter().rev().map(|word| word.start).find(|start| at.is_none_or(|at| *start < at))
            };
            if let Some(found) = found {
                let caret = if forward { Caret::behind(found) } else { Caret::before(found) };
                return self.whole(piece, caret);
            }
            let Some(next) = self.beside(piece, forward) else {
                return if forward { Caret::behind(self.store.text().len()) } else { Caret::before(0) };
            };
            (piece, at) = (next, None);
        }
    }

    fn row_beside(&mut self, from: Caret, down: bool) -> Caret {
        let (piece, caret) = self.inside(from);
        self.store.measure(&mut self.fonts, piece);
        let (row, x, rows) = self.store.entry(piece).map_or((0, 0.0, 0), |entry| {
            let stand = entry.stand(caret);
            (stand.row, stand.x, entry.rows.len())
        });
        let goal = *self.goal.get_or_insert(x);
        if down && row + 1 < rows {
            return self.on_row(piece, row + 1, goal);
        }
        if !down && row > 0 {
            return self.on_row(piece, row - 1, goal);
        }
        let Some(next) = self.beside(piece, down) else {
            return if down { Caret::behind(self.store.text().len()) } else { Caret::before(0) };
        };
        self.on_row(next, if down { 0 } else { usize::MAX }, goal)
    }

    /// The caret nearest to a place on a row; the last row where there are fewer.
    pub(super) fn on_row(&mut self, piece: usize, row: usize, x: f32) -> Caret {
        self.store.measure(&mut self.fonts, piece);
        let found = self
            .store
            .entry_mut(piece)
            .map(|(entry, words)| entry.nearest(words, row.min(entry.rows.len() - 1), x));
        self.whole(piece, found.unwrap_or(Caret::before(0)))
    }

    fn row_end(&mut self, from: Caret, end: bool) -> Caret {
        let (piece, caret) = self.inside(from);
        self.store.measure(&mut self.fonts, piece);
        let found = self.store.entry(piece).map(|entry| entry.row_end(entry.stand(caret).row, end));
        found.map_or(from, |found| self.whole(piece, found))
    }

    fn page(&mut self, from: Caret, distance: f64) -> Caret {
        let (mut piece, caret) = self.inside(from);
        let mut height = self.store.measure(&mut self.fonts, piece);
        let ppp = f64::from(self.store.ppp());
        let (x, middle) = self.store.entry(piece).map_or((0.0, 0.0), |entry| {
            let stand = entry.stand(caret);
            let row = &entry.rows[stand.row];
            (stand.x, f64::from(row.top + row.bottom) / 2.0 / ppp)
        });
        let goal = *self.goal.get_or_insert(x);
        let mut y = middle + distance;
        let count = self.store.pieces().len();
        while y >= height && piece + 1 < count {
            y -= height;
            piece += 1;
            height = self.store.measure(&mut self.fonts, piece);
        }
        while y < 0.0 && piece > 0 {
            piece -= 1;
            height = self.store.measure(&mut self.fonts, piece);
            y += height;
        }
        let down = distance > 0.0;
        if down && y >= height {
            return Caret::behind(self.store.text().len());
        }
        if !down && y < 0.0 {
            return Caret::before(0);
        }
        if !self.has_words(piece) {
            let Some(near) = self.beside(piece, down).or(self.beside(piece, !down)) else { return from };
            let before = near < piece;
            return self.on_row(near, if before { usize::MAX } else { 0 }, goal);
        }
        let row = self.store.entry(piece).map_or(0, |entry| entry.row_at((y * ppp) as f32));
        self.on_row(piece, row, goal)
    }
}

/// The line with words on one side of a line.
fn line_beside(text: &Text, line: usize, forward: bool) -> Option<Span> {
    let has_words = |line: &usize| text.paragraph_of_line(*line).is_some();
    let found =
        if forward { (line + 1..text.line_count()).find(has_words) } else { (0..line).rev().find(has_words) };
    found.map(|line| text.line(line))
}

fn sentence_on(text: &Text, at: usize) -> usize {
    let line = text.line_of(at);
    let end = text.line(line).end as usize;
    let sentence = text.sentence_at(at);
    let from = (sentence.end as usize).max(at);
    let rest = text.slice(Span::new(from, end));
    match rest.char_indices().find(|(_, c)| !c.is_whitespace()) {
        Some((next, _)) => text.edge_before(from + next),
        None => line_beside(text, line, true).map_or(text.len(), |next| first_letter(text, next)),
    }
}

fn sentence_back(text: &Text, at: usize) -> usize {
    let sentence = text.sentence_at(at);
    if (sentence.start as usize) < at && !text.slice(sentence).trim().is_empty() {
        return sentence.start as usize;
    }
    let line = text.line_of(at);
    let start = text.line(line).start as usize;
    let before = text.slice(Span::new(start, at.min(sentence.start as usize).max(start))).trim_end().len();
    if before > 0 {
        return text.sentence_at(text.edge_before(start + before - 1)).start as usize;
    }
    line_beside(text, line, false).map_or(0, |previous| {
        let inked = text.slice(previous).trim_end().len();
        text.sentence_at(text.edge_before(previous.start as usize + inked.saturating_sub(1))).start as usize
    })
}

fn first_letter(text: &Text, line: Span) -> usize {
    text.trimmed(line).map_or(line.start, |words| words.start) as usize
}

fn paragraph_on(text: &Text, at: usize) -> usize {
    line_beside(text, text.line_of(at), true).map_or(text.len(), |line| line.start as usize)
}

fn paragraph_back(text: &Text, at: usize) -> usize {
    let line = text.line_of(at);
    let start = text.line(line).start as usize;
    if start < at && text.paragraph_of_line(line).is_some() {
        return start;
    }
    line_beside(text, line, false).map_or(0, |line| line.start as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_paragraphs_go_both_ways() {
        let text = Text::new("One two. Three four?  Five.\n\n \nSix. Seven.\nEight");
        let stops = [0, 9, 22, 31, 36, 43];
        for pair in stops.windows(2) {
            assert_eq!(sentence_on(&text, pair[0]), pair[1]);
            assert_eq!(sentence_back(&text, pair[1]), pair[0], "from {}", pair[1]);
        }
        assert_eq!((sentence_on(&text, 43), sentence_back(&text, 0)), (text.len(), 0));
        assert_eq!((sentence_on(&text, 3), sentence_back(&text, 12)), (9, 9));
        assert_eq!(sentence_back(&text, text.len()), 43);
        assert_eq!(sentence_on(&text, 28), 31, "from a blank line");
        let on = [0, 31, 44].map(|at| paragraph_on(&text, at));
        let back = [39, 31, 0].map(|at| paragraph_back(&text, at));
        assert_eq!((on, back), ([31, 43, 48], [31, 0, 0]));
    }
}
