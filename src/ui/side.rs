//! The right side of the window: list and fields, or what a colleague sees differently.
//!
//! May use: egui, the model (read). Invariant: the one or the other, never both; what is picked stays so.

use egui::{Stroke, Ui};

use super::Shell;
use super::palette::Palette;
use crate::app::Command;

impl Shell {
    pub(super) fn side(&mut self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        if self.model.desk.as_ref().is_some_and(|desk| desk.comparing.is_some()) {
            self.panes.list = ui.available_rect_before_wrap();
            self.panes.inspector = egui::Rect::NOTHING;
            self.comparing.ui(ui, &self.model, palette, out);
            return self.come_back(ui.ctx());
        }
        let height = (ui.available_height() * 0.47).clamp(150.0, 440.0);
        let all = ui.available_rect_before_wrap();
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
    }
}
