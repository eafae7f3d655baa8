//! Where things are: the position that is kept, what is revealed, what a point hits.
//!
//! May use: the view's own parts. Invariant: another width, zoom or text leaves the row at the top of
//! the view where it is; an edit above it moves the kept place along. Known limit: of an edit only
//! the common start and end of both texts are known, so an edit around the top row is placed by its
//! end.

use egui::{Pos2, Rect};

use super::caret::Caret;
use super::column::Column;
use super::pieces::PieceKind;
use super::scroll::{Frame, Scroll};
use super::select::{Place, Pointer};
use super::store::Setting;
use super::{ArticleView, Scene};
use crate::domain::{Span, Text};

/// Room kept above and below what is revealed:
/// as much as the bar beside a selection takes.
pub const AROUND: f64 = 64.0;
/// Room kept above and below the caret.
const CARET_AROUND: f64 = 10.0;

/// The row at the top of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Top {
    /// Its first byte.
    pub at: usize,
    /// Its top edge, downwards from the view's.
    pub y: f64,
    /// Whether the view stands at the very beginning.
    pub beginning: bool,
}

impl ArticleView {
    /// Takes this frame's text and setting, and keeps the place if they are others.
    pub(super) fn prepare(&mut self, scene: &Scene<'_>, setting: Setting, frame: Frame) {
        if !self.store.text().is_same(scene.text) {
            // Bytes of another text: a drag in progress means nothing any more.
            self.pointer = Pointer::default();
            self.reshaping = None;
            if let Some(top) = &mut self.top {
                top.at = moved(self.store.text(), scene.text, top.at);
            }
        }
        if !self.store.prepare(scene.text, setting) {
            return;
        }
        match self.top {
            Some(top) if !top.beginning => {
                let piece = self.store.piece_of(top.at);
                self.scroll = Scroll { piece, y: top.y - self.row_top(piece, top.at) };
            }
            _ => self.scroll = Scroll { piece: 0, y: frame.top },
        }
    }

    /// The top of the row with a byte, downwards from its piece's top, in points.
    fn row_top(&mut self, piece: usize, at: usize) -> f64 {
        self.row_edges(piece, at).0
    }

    /// Top and bottom of the row with a byte, downwards from its piece's top, in points.
    fn row_edges(&mut self, piece: usize, at: usize) -> (f64, f64) {
        let height = self.store.measure(&mut self.fonts, piece);
        let ppp = self.store.ppp();
        let start = self.store.pieces().get(piece).map_or(0, |piece| piece.span.start as usize);
        let Some(entry) = self.store.entry(piece) else { return (0.0, height) };
        let row = &entry.rows[entry.row_of(at.saturating_sub(start))];
        (f64::from(row.top / ppp), f64::from(row.bottom / ppp))
    }

    /// Scrolls to what was asked for, no further than necessary; far away, to a third of the view.
    pub(super) fn take_reveal(&mut self, frame: Frame) {
        let Some((span, around)) = self.reveal.take() else { return };
        let length = self.store.text().len();
        let (start, end) = (span.start as usize, span.end as usize);
        let (start, last) = (start.min(length), end.min(length).saturating_sub(1).max(start.min(length)));
        let (first_piece, last_piece) = (self.store.piece_of(start), self.store.piece_of(last));
        let (row_top, row_bottom) = self.row_edges(first_piece, start);
        let (_, end_bottom) = self.row_edges(last_piece, last);
        let heights = self.store.heights();
        let from = heights.before(first_piece) - heights.before(self.scroll.piece) + self.scroll.y;
        let until =
            heights.before(last_piece) - heights.before(self.scroll.piece) + self.scroll.y + end_bottom;
        let (top, bottom) = (from + row_top, from + row_bottom);
        let around = around.min(frame.height / 4.0);
        // The whole span if it fits, else its first row.
        let until = if until - top <= frame.height - 2.0 * around { until.max(bottom) } else { bottom };
        let far = top > 2.0 * frame.height || until < -frame.height;
        let by = if far {
            frame.height / 3.0 - top
        } else if top < around {
            around - top
        } else if until > frame.height - around {
            frame.height - around - until
        } else {
            return;
        };
        self.scroll = Scroll { piece: first_piece, y: from + by };
    }

    /// Takes the caret from the model, where it is another than the view's.
    pub(super) fn follow_caret(&mut self, scene: &Scene<'_>) {
        let at = scene.caret.unwrap_or(self.caret.at).min(scene.text.len());
        if at != self.caret.at {
            self.caret = Caret::before(at);
            self.goal = None;
        }
    }

    /// Scrolls in this frame so that the caret's row is visible.
    pub(super) fn reveal_caret(&mut self) {
        let (piece, caret) = self.inside(self.caret);
        self.store.measure(&mut self.fonts, piece);
        let start = self.store.pieces().get(piece).map_or(0, |piece| piece.span.start as usize);
        let bytes =
            self.store.entry(piece).map_or(0..0, |entry| entry.rows[entry.stand(caret).row].bytes.clone());
        let first = start + bytes.start as usize;
        self.reveal = Some((Span::new(first, first), CARET_AROUND));
    }

    /// The caret's row, downwards from the top of the view.
    fn caret_row(&mut self, caret: Caret) -> (f64, f64) {
        let (piece, caret) = self.inside(caret);
        let height = self.store.measure(&mut self.fonts, piece);
        let ppp = f64::from(self.store.ppp());
        let heights = self.store.heights();
        let top = heights.before(piece) - heights.before(self.scroll.piece) + self.scroll.y;
        let Some(entry) = self.store.entry(piece) else { return (top, top + height) };
        let row = &entry.rows[entry.stand(caret).row];
        (top + f64::from(row.top) / ppp, top + f64::from(row.bottom) / ppp)
    }

    /// The beginning of the row at the top, where the caret is out of view.
    pub(super) fn seen_instead(&mut self, frame: Frame) -> Option<Caret> {
        let (top, bottom) = self.caret_row(self.caret);
        let seen = bottom > 0.0 && top < frame.height;
        let first = self.top.map_or(0, |top| top.at);
        (!seen).then_some(Caret::before(first))
    }

    /// Where a caret stands on the screen, if its piece is in view.
    pub(super) fn caret_rect(&self, column: &Column, tops: &[(usize, f64)], caret: Caret) -> Option<Rect> {
        let (piece, caret) = self.inside(caret);
        let (_, top) = tops.iter().find(|(index, _)| *index == piece)?;
        let corner = column.corner(*top);
        let Some(entry) = self.store.entry(piece) else {
            let height = self.store.heights().get(piece) as f32 * column.ppp;
            return Some(column.rect(corner, 0.0, 0.0, 0.0, height));
        };
        let stand = entry.stand(caret);
        let row = &entry.rows[stand.row];
        let x = stand.x.min(column.width_px).round();
        Some(column.rect(corner, x, row.content_top.round(), x, row.content_bottom.round()))
    }

    /// The pieces of a range with their tops, downwards from the view's.
    pub(super) fn tops(&self, shown: std::ops::Range<usize>) -> Vec<(usize, f64)> {
        let mut y = self.scroll.y;
        shown
            .map(|piece| {
                let top = y;
                y += self.store.heights().get(piece);
                (piece, top)
            })
            .collect()
    }

    /// Notes the row at the top of the view.
    pub(super) fn remember_top(&mut self, column: &Column, frame: Frame) {
        let Scroll { piece, y } = self.scroll;
        let beginning = piece == 0 && y >= frame.top;
        let start = self.store.pieces().get(piece).map_or(0, |piece| piece.span.start as usize);
        let ppp = column.ppp;
        let mut top = Top { at: start, y, beginning };
        if let Some(entry) = self.store.entry(piece) {
            // Of a row that is nearly gone the next one is the place.
            let row = &entry.rows[entry.row_at((-y) as f32 * ppp + 4.0)];
            top.at = start + row.bytes.start as usize;
            top.y = y + f64::from(row.top / ppp);
        }
        self.top = Some(top);
    }

    /// What is at a point, or nearest to it; with the word there where that is wanted.
    pub(super) fn place(&self, column: &Column, tops: &[(usize, f64)], pos: Pos2, by_word: bool) -> Place {
        let y = f64::from(pos.y - column.view.top());
        let after = tops.partition_point(|(_, top)| *top <= y);
        let (affinity, word) = (parley::Affinity::Downstream, Span::new(0, 0));
        let nothing = Place { edge: 0, affinity, cluster: 0, word, inside: false };
        let Some((index, top)) = tops.get(after.saturating_sub(1)).or(tops.first()) else { return nothing };
        let Some(piece) = self.store.pieces().get(*index) else { return nothing };
        let start = piece.span.start as usize;
        let Some(entry) = self.store.entry(*index).filter(|_| matches!(piece.kind, PieceKind::Words { .. }))
        else {
            return Place { edge: start, cluster: start, word: piece.span, ..nothing };
        };
        let point = column.inside(column.corner(*top), pos);
        let hit = entry.hit(point.x, point.y);
        let on_rows = (0.0..entry.height).contains(&point.y) && column.view.contains(pos);
        let text = self.store.text();
        Place {
            edge: text.edge_before((start + hit.edge).min(piece.span.end as usize)),
            affinity: hit.affinity,
            cluster: text.edge_before((start + hit.cluster).min(piece.span.end as usize)),
            word: if by_word {
                let word = entry.unit_at(text.slice(piece.span), hit.cluster);
                text.snapped(Span::new(start + word.start, start + word.end))
            } else {
                word
            },
            inside: hit.inside && on_rows,
        }
    }
}

/// Where a byte of the old text is in the new one.
fn moved(old: &Text, new: &Text, at: usize) -> usize {
    let (gone, new) = old.difference(new);
    if at <= gone.start as usize {
        return at;
    }
    new.end as usize + at.saturating_sub(gone.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_place_follows_edits_before_it() {
        let old = Text::new("One\nTwo\nThree");
        let at = 8;
        for (new, expected) in [
            ("One\nTwo\nThree", 8),
            ("Zero\nOne\nTwo\nThree", 13),
            ("Two\nThree", 4),
            ("One\nTwo\nThree!", 8),
            ("", 0),
        ] {
            assert_eq!(moved(&old, &Text::new(new), at), expected, "{new:?}");
        }
    }
}
