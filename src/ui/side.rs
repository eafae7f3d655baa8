//! The panel at the right: the list above, the details of one below, or what a colleague sees differently; and how
//! much room each gets.
//!
//! May use: egui, the model (read). Invariant: the one or the other, never both; what a person has not drawn otherwise follows the size of the
//! window; a double click on an edge gives that back. Known limit: the edges are moved by the pointer only, and
//! where they were is not remembered beyond the window.

use egui::{CursorIcon, Frame, Panel, Rect, Sense, Stroke, Ui};

use super::Shell;
use super::palette::Palette;
use crate::app::Command;

/// How far on each side of an edge it can be taken.
const GRIP: f32 = 4.0;
/// The least height of the list with what stands above it.
const LIST: f32 = 150.0;
/// What the details of one need to show all statuses and the first fields.
const DETAILS: f32 = 368.0;

/// Where the edges were drawn to.
#[derive(Default)]
pub struct Side {
    width: Option<f32>,
    height: Option<f32>,
}

/// How wide the panel is in a window of a width, and what it can be.
fn width_in(room: f32) -> (f32, std::ops::RangeInclusive<f32>) {
    // The article's column has a widest; what a large window has beyond it goes to both sides.
    let usual = (room * 0.36).clamp(260.0, 392.0) + (room - 1440.0).max(0.0) * 0.15;
    (usual, 250.0..=(room * 0.6).max(260.0))
}

/// How high the list is in a panel of a height: nearly half, unless the details would be cramped.
fn height_in(room: f32) -> f32 {
    (room * 0.45).min(room - DETAILS).max(LIST)
}

impl Shell {
    /// Draws the panel.
    pub(super) fn side(&mut self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        let window = ui.available_rect_before_wrap();
        let (usual, range) = width_in(window.width());
        let width = self.side.width.unwrap_or(usual).clamp(*range.start(), *range.end());
        let frame = Frame::new().fill(palette.panel);
        let shown = Panel::right("side").resizable(false).exact_size(width).frame(frame).show(ui, |ui| {
            self.list_and_details(ui, palette, out);
        });
        let edge = shown.response.rect;
        let strip = Rect::from_x_y_ranges(edge.left() - GRIP..=edge.left() + GRIP, edge.y_range());
        let at = drag(ui, strip, ("side edge", CursorIcon::ResizeHorizontal), palette);
        at.apply(&mut self.side.width, |pos| window.right() - pos.x);
    }

    fn list_and_details(&mut self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let all = ui.available_rect_before_wrap();
        if self.model.desk.as_ref().is_some_and(|desk| desk.comparing.is_some()) {
            self.panes.list = all;
            self.panes.inspector = Rect::NOTHING;
            self.comparing.ui(ui, &self.model, palette, out);
            return self.come_back(ui.ctx());
        }
        let height = self.side.height.unwrap_or_else(|| height_in(all.height()));
        let height = height.clamp(LIST, (all.height() - LIST).max(LIST));
        self.list.ui(ui, &self.model, palette, height, out);
        if self.list.left {
            self.panes.come_back(ui.ctx());
        }
        let rect = ui.available_rect_before_wrap();
        self.panes.list = all.with_max_y(rect.top());
        self.panes.inspector = rect;
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, palette.line));
        if self.model.desk.as_ref().is_some_and(|desk| desk.chosen.are_several()) {
            self.bulk.ui(ui, &self.model, palette, out);
        } else {
            self.inspector.ui(ui, &self.model, palette, out);
        }
        self.come_back(ui.ctx());
        let strip = Rect::from_x_y_ranges(rect.x_range(), rect.top() - GRIP..=rect.top() + GRIP);
        let at = drag(ui, strip, ("list edge", CursorIcon::ResizeVertical), palette);
        at.apply(&mut self.side.height, |pos| pos.y - all.top());
    }
}

/// What was done with an edge.
enum Drawn {
    Nothing,
    To(egui::Pos2),
    Back,
}

impl Drawn {
    fn apply(self, size: &mut Option<f32>, of: impl Fn(egui::Pos2) -> f32) {
        match self {
            Self::Nothing => {}
            Self::To(pos) => *size = Some(of(pos)),
            Self::Back => *size = None,
        }
    }
}

/// An edge that can be drawn; no stop on the way of Tab.
fn drag(ui: &Ui, strip: Rect, (name, cursor): (&str, CursorIcon), palette: &Palette) -> Drawn {
    let response = ui.interact(strip, egui::Id::unique(name), Sense::CLICK | Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(cursor);
        let stroke = Stroke::new(2.0, if response.dragged() { palette.accent } else { palette.dim });
        let center = strip.center();
        if strip.width() > strip.height() {
            ui.painter().hline(strip.x_range(), center.y, stroke);
        } else {
            ui.painter().vline(center.x, strip.y_range(), stroke);
        }
    }
    match response.interact_pointer_pos().filter(|_| response.dragged()) {
        _ if response.double_clicked() => Drawn::Back,
        Some(pos) => Drawn::To(pos),
        None => Drawn::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_and_details_get_their_share_of_every_window() {
        let rows = |height: f32| (height_in(height) - 122.0) / 33.0;
        assert!(rows(626.0) >= 4.0, "four rows in the smallest usual window");
        assert!(626.0 - height_in(626.0) >= DETAILS);
        assert!(height_in(1366.0) > 600.0, "a large window shows many rows");
        assert!(height_in(200.0) >= LIST);
        assert!(width_in(1100.0).0 <= 396.0 && width_in(2560.0).0 > 500.0);
        for room in [300.0, 560.0, 1100.0, 2560.0, 3840.0] {
            let (usual, range) = width_in(room);
            assert!(range.contains(&usual), "{usual} in {room}");
        }
    }
}
