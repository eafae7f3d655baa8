//! The reading column in its pane.
//!
//! May use: egui's geometry. Invariant: the column is never wider than it is asked to be and, where
//! the pane has room, centred with 46 points to its left for paragraph numbers and 44 to its right
//! for signs; its left edge and its width are whole pixels. Known limit: below 120 points the margins
//! go first, then words are cut off.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// Room for paragraph numbers.
const NUMBERS: f32 = 46.0;
/// Room for the signs of a paragraph's annotations.
const SIGNS: f32 = 44.0;
/// Beside the outermost things.
const EDGE: f32 = 12.0;
/// Width of the scroll bar's strip.
pub const BAR: f32 = 12.0;

/// Where the column is, in points unless it says pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The whole pane.
    pub view: Rect,
    /// The column's left edge.
    pub left: f32,
    /// Its width in pixels.
    pub width_px: f32,
    /// Room to its left that numbers may use.
    pub numbers: f32,
    /// Room to its right that signs may use.
    pub signs: f32,
    /// Pixels per point.
    pub ppp: f32,
    /// Zoom of the article.
    pub zoom: f32,
}

impl Column {
    /// Finds the column of a pane; at zoom 1 it is at most `widest` points wide.
    pub fn new(view: Rect, ppp: f32, zoom: f32, widest: f32) -> Self {
        let zoom = if zoom.is_finite() { zoom.clamp(0.3, 5.0) } else { 1.0 };
        // Narrow panes get by with half of the margins.
        let roomy = ((view.width() - 360.0) / 300.0).clamp(0.0, 1.0);
        let margin = |full: f32, least: f32| least + (full - least) * roomy;
        let left_room = margin(NUMBERS, 26.0) + margin(EDGE, 6.0);
        let right_room = margin(SIGNS, 22.0) + EDGE;
        let width = (widest * zoom).min(view.width() - left_room - right_room).max(40.0);
        let slack = (view.width() - width).max(0.0);
        let left = (slack / 2.0).max(left_room).min((slack - right_room).max(left_room));
        let left = ((view.left() + left) * ppp).round() / ppp;
        let width_px = (width * ppp).floor().max(1.0);
        let signs = (view.right() - BAR - left - width_px / ppp).max(0.0);
        Self { view, left, width_px, numbers: (left - view.left()).max(0.0), signs, ppp, zoom }
    }

    /// Its width in points.
    pub fn width(&self) -> f32 {
        self.width_px / self.ppp
    }

    /// Its right edge.
    pub fn right(&self) -> f32 {
        self.left + self.width()
    }

    /// The pixel at which the corner of a piece stands whose top is `y` below the view's.
    pub fn corner(&self, y: f64) -> Vec2 {
        let top = ((f64::from(self.view.top()) + y) * f64::from(self.ppp)).round();
        vec2((self.left * self.ppp).round(), top as f32)
    }

    /// A rectangle given in pixels from a corner, in points.
    pub fn rect(&self, corner: Vec2, left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        let at = |x: f32, y: f32| pos2((corner.x + x) / self.ppp, (corner.y + y) / self.ppp);
        Rect::from_min_max(at(left, top), at(right, bottom))
    }

    /// A point on the screen in pixels from a corner.
    pub fn inside(&self, corner: Vec2, pos: Pos2) -> Vec2 {
        vec2(pos.x * self.ppp - corner.x, pos.y * self.ppp - corner.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_fits_every_pane() {
        for width in [0.0, 50.0, 200.0, 320.0, 500.0, 700.0, 816.0, 2000.0_f32] {
            for (ppp, zoom) in [(1.0, 1.0), (1.5, 1.0), (2.0, 0.6), (1.0, 2.5), (1.25, f32::NAN)] {
                let view = Rect::from_min_size(pos2(7.3, 10.0), vec2(width, 500.0));
                let column = Column::new(view, ppp, zoom, 660.0);
                assert!(column.width_px >= 1.0 && column.left >= view.left());
                if width >= 200.0 {
                    assert!(column.right() <= view.right() - 20.0, "{column:?}");
                    assert!(column.numbers >= 26.0 && column.signs >= 15.0, "{column:?}");
                }
            }
        }
        let wide = Column::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(2000.0, 10.0)), 1.0, 1.0, 660.0);
        assert_eq!((wide.left, wide.width_px), (670.0, 660.0));
    }
}
