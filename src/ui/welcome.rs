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
        let buttons = [
            (Command::Open, "Open…"),
            (Command::Paste, "New from clipboard"),
            (Command::OpenSample, "Open the sample"),
        ];
        let width = width(ui, buttons.each_ref().map(|(_, name)| *name));
        ui.allocate_ui(egui::vec2(width, 30.0), |ui| {
            ui.horizontal(|ui| {
                for (command, name) in buttons {
                    command_button(ui, model, command, name, out);
                }
            });
        });
        if !model.settings.recent.is_empty() {
            ui.add_space(22.0);
            ui.label(RichText::new("Recent").size(12.0).color(palette.dim));
            ui.allocate_ui(egui::vec2(260.0, 200.0), |ui| top::recent(ui, model, out));
        }
    });
}

/// How wide buttons of these names are beside each other, so that they stand in the middle.
fn width(ui: &Ui, names: [&str; 3]) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let one = |name: &str| {
        let galley = ui.painter().layout_no_wrap(name.to_owned(), font.clone(), egui::Color32::BLACK);
        galley.size().x + 2.0 * ui.spacing().button_padding.x
    };
    names.map(one).iter().sum::<f32>() + 2.0 * ui.spacing().item_spacing.x
}
