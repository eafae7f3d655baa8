//! Where a byte is on the screen: for the tests of the window, which drag over words that they name.
//!
//! May use: the view's own parts. Invariant: the same arithmetic as drawing, so that a press at the
//! place of a byte hits that byte.

use egui::{Pos2, Rect, pos2};
use parley::Affinity;

use super::ArticleView;
use super::column::Column;
use crate::domain::Span;

impl ArticleView {
    /// Where the signs were drawn last, with what they show.
    pub fn signs(&self) -> Vec<(egui::Pos2, crate::domain::Status)> {
        self.signs.iter().map(|(rect, sign)| (rect.center(), sign.mark.status)).collect()
    }

    /// The middle of a byte's left edge, in a pane; it may lie above or below it.
    pub fn screen_pos(&mut self, at: usize, pane: Rect, ppp: f32, zoom: f32) -> Pos2 {
        let column = Column::new(pane, ppp, zoom, self.widest);
        let piece = self.store.piece_of(at);
        let start = self.store.pieces().get(piece).map_or(0, |piece| piece.span.start as usize);
        self.store.measure(&mut self.fonts, piece);
        let heights = self.store.heights();
        let top = self.scroll.y + heights.before(piece) - heights.before(self.scroll.piece);
        let (x, above, below) = self
            .store
            .entry(piece)
            .map_or((0.0, 0.0, 0.0), |entry| entry.caret(at.saturating_sub(start), Affinity::Downstream));
        let corner = column.corner(top);
        pos2((corner.x + x) / ppp, (corner.y + (above + below) / 2.0) / ppp)
    }

    /// The grapheme clusters of the piece with a byte, each with its place, as drawn in a pane.
    pub fn clusters(&mut self, at: usize, pane: Rect, ppp: f32, zoom: f32) -> Vec<(Span, Rect)> {
        let column = Column::new(pane, ppp, zoom, self.widest);
        let piece = self.store.piece_of(at);
        self.store.measure(&mut self.fonts, piece);
        let heights = self.store.heights();
        let top = self.scroll.y + heights.before(piece) - heights.before(self.scroll.piece);
        let corner = column.corner(top);
        let start = self.store.pieces().get(piece).map_or(0, |piece| piece.span.start as usize);
        let Some(entry) = self.store.entry(piece) else { return Vec::new() };
        let rows = entry.rows.iter().enumerate();
        let boxes =
            rows.flat_map(|(index, row)| entry.boxes(index).iter().map(move |cluster| (row, cluster)));
        boxes
            .map(|(row, cluster)| {
                let span = Span::new(start + cluster.start as usize, start + cluster.end as usize);
                (span, column.rect(corner, cluster.left, row.top, cluster.right, row.bottom))
            })
            .collect()
    }
}
