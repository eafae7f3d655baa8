//! The control that says whether the article is annotated or its text edited.
//!
//! May use: egui, the model (read), the table. Invariant: exactly one part is chosen, told by its
//! fill, its bold type and to assistive technology.

use egui::{Align2, CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::controls::{bold, tooltip};
use super::palette::Palette;
use crate::app::table::row_of;
use crate::app::{Command, Model, TextCommand, can};

/// Draws the control.
pub fn ui(ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
    let Some(desk) = &model.desk else { return };
    let parts = [("Annotate", false), ("Edit text", true)];
    let galleys = parts.map(|(name, _)| {
        ui.painter().layout_no_wrap(name.to_owned(), bold(12.5), palette.ink).size().x + 22.0
    });
    let (rect, _) = ui.allocate_exact_size(Vec2::new(galleys[0] + galleys[1], 26.0), Sense::hover());
    ui.painter().rect(rect, 7, palette.paper, Stroke::new(1.0, palette.outline), StrokeKind::Inside);
    let mut left = rect.left();
    for ((name, edit), width) in parts.into_iter().zip(galleys) {
        let part = egui::Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(width, rect.height()));
        left += width;
        let on = desk.writing.on == edit;
        let command = Command::Text(TextCommand::Edit(edit));
        let enabled = can(model, &command);
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let mut response = ui.interact(part, egui::Id::unique(("mode", edit)), sense);
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, on, name));
        if let Some(row) = row_of(&Command::Text(TextCommand::Toggle)) {
            response = response.on_hover_text(tooltip(row));
        }
        let corners = if edit {
            CornerRadius { nw: 0, sw: 0, ne: 7, se: 7 }
        } else {
            CornerRadius { nw: 7, sw: 7, ne: 0, se: 0 }
        };
        let ink = match (on, enabled) {
            (true, _) => palette.on_accent,
            (false, true) => palette.ink,
            (false, false) => palette.dim,
        };
        if on {
            ui.painter().rect_filled(part, corners, palette.accent);
        } else if enabled && response.hovered() {
            ui.painter().rect_filled(part.shrink(1.0), corners, palette.chip);
        }
        if response.has_focus() {
            let around = part.shrink(2.0);
            ui.painter().rect_stroke(around, 5, Stroke::new(1.5, ink), StrokeKind::Inside);
        }
        let font = if on { bold(12.5) } else { egui::FontId::proportional(12.5) };
        ui.painter().text(part.center(), Align2::CENTER_CENTER, name, font, ink);
        if response.clicked() && !on {
            out.push(command);
        }
    }
}
