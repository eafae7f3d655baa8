//! The question before a copy to send, and what says that the open project is one.
//!
//! May use: egui, the model (read). Invariant: what is not in a redacted copy, and what it names all
//! the same, stands in the question before there is a file.

use egui::{RichText, Ui};

use super::controls::{label, strong};
use super::dialogs::{buttons, title};
use super::export::item;
use super::palette::Palette;
use crate::app::beside::Held;
use crate::app::send::Send;
use crate::app::{Command, Model};

/// Draws the question.
pub fn question(
    ui: &mut Ui,
    model: &Model,
    (redacted, held): (bool, Option<&Held>),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    title(ui, "Copy to send");
    let text = "The copy is a project. A colleague checks, writes and signs off in it; merge it when it comes back, and their work is here.";
    ui.label(RichText::new(text).color(palette.dim));
    ui.add_space(4.0);
    let choices = [
        (
            true,
            "Redacted",
            "Without confidential sources, contacts and private notes. What is not in it is not lost: merged back, it is as it was.",
        ),
        (false, "Everything, as it is", "For somebody who may see all of it, to sign off"),
    ];
    ui.spacing_mut().item_spacing.y = 3.0;
    for (value, words, more) in choices {
        if ui.radio(value == redacted, strong(words)).on_hover_text(more).clicked() && value != redacted {
            out.push(Command::Send(Send::Choose(value)));
        }
        let margin = egui::Margin { left: 22, right: 0, top: 0, bottom: 4 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(more).size(12.5).color(palette.dim)).wrap());
        });
    }
    ui.add_space(6.0);
    let room = (ui.ctx().content_rect().height() - 400.0).max(80.0);
    egui::ScrollArea::vertical().id_salt("copy").max_height(room).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        if redacted {
            contents(ui, held, palette);
        } else {
            whole(ui, model, held, palette);
        }
    });
    buttons(ui, "Choose a file…", true, true, out, || Command::Send(Send::Go));
}

fn contents(ui: &mut Ui, held: Option<&Held>, palette: &Palette) {
    let Some(held) = held else {
        ui.label(RichText::new("Looking at the project…").color(palette.dim));
        return;
    };
    if !held.warnings.is_empty() {
        label(ui, "Look at this first", palette);
        for line in &held.warnings {
            let line = line.strip_prefix("warning: ").unwrap_or(line);
            item(ui, "!", &capital(line), palette.bad);
        }
        ui.add_space(4.0);
    }
    label(ui, "Not in the copy", palette);
    let words = held.withheld.words();
    for line in &words {
        item(ui, "–", line, palette.ink);
    }
    if words.is_empty() {
        ui.label(
            RichText::new("There is nothing confidential or private in this project").color(palette.ink),
        );
    }
}

fn whole(ui: &mut Ui, model: &Model, held: Option<&Held>, palette: &Palette) {
    if model.desk.as_ref().is_some_and(|desk| desk.project.is_redacted()) {
        ui.label(
            RichText::new("This project is a redacted copy itself, and its copy is one, too")
                .color(palette.dim),
        );
    }
    let Some(words) = held.map(|held| held.withheld.words()).filter(|words| !words.is_empty()) else {
        return;
    };
    label(ui, "In the copy, for whoever gets it to read", palette);
    for line in words {
        item(ui, "!", &line, palette.bad);
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
