//! Where in the article the view stands.
//!
//! May use: std, [`Heights`]. Invariant: the position is a piece and its distance from the top of
//! the view, never a sum over estimates: what is scrolled moves by exactly the distance that was
//! asked for, however wrong the estimates above it are. Known limit: jumps of more than three
//! screens go by the estimates, and land exactly all the same.

use std::ops::Range;

use super::heights::Heights;

/// Jumps further than so many screens go by the estimated heights.
const FAR: f64 = 3.0;

/// What is around the pieces.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame {
    /// Height of the view.
    pub height: f64,
    /// Room above the first piece.
    pub top: f64,
    /// Room below the last one.
    pub bottom: f64,
}

/// The position: one piece stands `y` below the top of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scroll {
    /// The anchor.
    pub piece: usize,
    /// Where its top edge is, downwards from the view's.
    pub y: f64,
}

impl Scroll {
    /// Moves the text by a distance, downwards for a positive one.
    pub fn by(&mut self, distance: f64, frame: Frame, heights: &Heights) {
        if distance.abs() > FAR * frame.height {
            self.to(self.position(frame, heights) - distance, frame, heights);
        } else {
            self.y += distance;
        }
    }

    /// Goes to a position counted from the very top, by the heights known now.
    pub fn to(&mut self, position: f64, frame: Frame, heights: &Heights) {
        let inside = position - frame.top;
        self.piece = heights.at(inside.max(0.0));
        self.y = heights.before(self.piece) - inside;
    }

    /// How far from the very top the view stands, by the heights known now.
    pub fn position(&self, frame: Frame, heights: &Heights) -> f64 {
        frame.top + heights.before(self.piece) - self.y
    }

    /// The largest position.
    pub fn last_position(frame: Frame, heights: &Heights) -> f64 {
        (frame.top + heights.total() + frame.bottom - frame.height).max(0.0)
    }

    /// Measures what is in view, upwards and downwards from the anchor, keeps the view within the
    /// text and returns the pieces to show. Afterwards the anchor is the first of them.
    pub fn settle(
        &mut self,
        frame: Frame,
        count: usize,
        mut measure: impl FnMut(usize) -> f64,
    ) -> Range<usize> {
        if count == 0 {
            *self = Self { piece: 0, y: frame.top };
            return 0..0;
        }
        if self.piece >= count {
            *self = Self { piece: count - 1, y: 0.0 };
        }
        self.rise(frame, &mut measure);
        loop {
            let height = measure(self.piece);
            if self.y + height > 0.0 || self.piece + 1 == count {
                break;
            }
            self.y += height;
            self.piece += 1;
        }
        let (mut end, bottom) = self.cover(frame, count, &mut measure);
        if end == count && bottom + frame.bottom < frame.height {
            self.y += frame.height - frame.bottom - bottom;
            self.rise(frame, &mut measure);
            (end, _) = self.cover(frame, count, &mut measure);
        }
        self.piece..end
    }

    fn rise(&mut self, frame: Frame, measure: &mut impl FnMut(usize) -> f64) {
        while self.y > 0.0 && self.piece > 0 {
            self.piece -= 1;
            self.y -= measure(self.piece);
        }
        if self.piece == 0 {
            self.y = self.y.min(frame.top);
        }
    }

    fn cover(&self, frame: Frame, count: usize, measure: &mut impl FnMut(usize) -> f64) -> (usize, f64) {
        let (mut end, mut bottom) = (self.piece, self.y);
        while end < count && bottom < frame.height {
            bottom += measure(end);
            end += 1;
        }
        (end, bottom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { height: 800.0, top: 30.0, bottom: 50.0 };

    fn truth(piece: usize) -> f64 {
        20.0 + (piece * 7919 % 13) as f64 * 11.0
    }

    /// Estimates that are wrong everywhere.
    fn estimates(count: usize) -> Heights {
        Heights::new(vec![40.0; count])
    }

    fn settle(scroll: &mut Scroll, heights: &mut Heights) -> Range<usize> {
        let count = heights.len();
        scroll.settle(FRAME, count, |piece| {
            heights.set(piece, truth(piece));
            truth(piece)
        })
    }

    /// True distance of the top of the view from the top of the first piece.
    fn place(scroll: Scroll) -> f64 {
        (0..scroll.piece).map(truth).sum::<f64>() - scroll.y
    }

    #[test]
    fn scrolling_upwards_through_what_was_never_measured_moves_exactly() {
        let mut heights = estimates(5000);
        let mut scroll = Scroll::default();
        scroll.to(100_000.0, FRAME, &heights);
        settle(&mut scroll, &mut heights);
        let mut before = place(scroll);
        for step in 0..400 {
            let distance = 3.0 + f64::from(step % 7) * 20.0;
            scroll.by(distance, FRAME, &heights);
            let shown = settle(&mut scroll, &mut heights);
            assert!(!shown.is_empty() && scroll.y <= 0.0);
            assert!((before - place(scroll) - distance).abs() < 1e-6);
            before = place(scroll);
        }
    }

    #[test]
    fn both_ends_hold() {
        let mut heights = estimates(300);
        let mut scroll = Scroll { piece: 7, y: 9999.0 };
        let shown = settle(&mut scroll, &mut heights);
        assert_eq!((scroll, shown.start), (Scroll { piece: 0, y: 30.0 }, 0));
        scroll.to(1e9, FRAME, &heights);
        let shown = settle(&mut scroll, &mut heights);
        assert_eq!(shown.end, 300);
        let all: f64 = (0..300).map(truth).sum();
        assert!((all - place(scroll) - (800.0 - 50.0)).abs() < 1e-6);
        assert!((scroll.position(FRAME, &heights) - Scroll::last_position(FRAME, &heights)).abs() < 1e-6);
    }

    #[test]
    fn a_short_text_stands_at_the_top() {
        let mut heights = estimates(2);
        let mut scroll = Scroll { piece: 1, y: -500.0 };
        assert_eq!(settle(&mut scroll, &mut heights), 0..2);
        assert_eq!(scroll, Scroll { piece: 0, y: 30.0 });
        assert_eq!(Scroll::default().settle(FRAME, 0, |_| 1.0), 0..0);
    }
}
