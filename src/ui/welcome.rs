//! What is shown while no project is open. May use: egui, the model (read), the table.

use egui::{RichText, Ui};

use super::controls::command_button;
use super::palette::Palette;
use super::top;
use crate::app::{Command, Model};

/// Draws the page.
pub fn ui(ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.28).max(24.0));
        ui.heading("Open an article or a project");
        ui.add_space(4.0);
        ui.label(RichText::new("Drop a file here, or paste the article's text").color(palette.dim));
        ui.add_space(14.0);
        ui.allocate_ui(egui::vec2(300.0, 30.0), |ui| {
            ui.horizontal(|ui| {
                command_button(ui, model, Command::Open, "Open…", out);
                command_button(ui, model, Command::Paste, "New from clipboard", out);
                command_button(ui, model, Command::OpenSample, "Open the sample", out);
            });
        });
        if !model.settings.recent.is_empty() {
            ui.add_space(22.0);
            ui.label(RichText::new("Recent").size(12.0).color(palette.dim));
            ui.allocate_ui(egui::vec2(260.0, 200.0), |ui| top::recent(ui, model, out));
        }
    });
}
