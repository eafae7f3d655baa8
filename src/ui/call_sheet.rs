//! The call sheet of a source, to be read, changed, copied or saved.
//!
//! May use: egui, the model (read), `formats::call_sheet`. Invariant: the sheet is made once, when it
//! opens or when what is in it is chosen anew; what the person writes into it changes no project.

use egui::{RichText, Ui};

use super::controls::strong;
use super::palette::Palette;
use crate::app::speakers::Speakers;
use crate::app::{Answer, Command, Model};
use crate::domain::Id;
use crate::domain::invisible::shown;
use crate::formats::call_sheet::{self, CallSheet};

/// The open sheet.
#[derive(Default)]
pub struct Sheet {
    sheet: CallSheet,
    name: String,
    text: String,
    all: bool,
    copied: bool,
}

impl Sheet {
    /// Makes the sheet of a source.
    pub fn open(&mut self, model: &Model, id: Id, all: bool) {
        *self = Self { all, ..Self::default() };
        let Some(desk) = &model.desk else { return };
        if let Some(sheet) = call_sheet::write(&desk.project, id, all) {
            self.text.clone_from(&sheet.text);
            self.name = desk.project.source(id).map(|source| source.name().to_owned()).unwrap_or_default();
            self.sheet = sheet;
        }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, id: Id, palette: &Palette, out: &mut Vec<Command>) {
        ui.add(egui::Label::new(strong(format!("Call sheet: {}", shown(&self.name))).size(16.0)).truncate());
        for warning in &self.sheet.warnings {
            ui.label(strong(shown(warning)).color(palette.bad));
        }
        ui.label(RichText::new(told(&self.sheet)).color(palette.dim));
        let mut all = self.all;
        let checkbox = ui.checkbox(&mut all, "Include what is checked");
        if checkbox.on_hover_text("Ask about facts that are checked already as well").changed() {
            self.open(model, id, all);
        }
        let room = (ui.ctx().content_rect().height() - 270.0).clamp(60.0, 380.0);
        let caption = ui.label(RichText::new("Text of the mail").size(12.0));
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            let edit =
                egui::TextEdit::multiline(&mut self.text).desired_rows(10).desired_width(f32::INFINITY);
            let response = ui.add(edit.margin(egui::Margin::symmetric(9, 7))).labelled_by(caption.id);
            self.copied &= !response.changed();
        });
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let accent = ui.visuals().selection.stroke.color;
            let words = if self.copied { "Copied" } else { "Copy" };
            let copy = egui::Button::new(strong(words)).stroke(egui::Stroke::new(1.0, accent));
            if ui.add(copy).on_hover_text("Put the text on the clipboard, for a mail").clicked() {
                ui.ctx().copy_text(self.text.clone());
                self.copied = true;
            }
            if ui.button("Save as text…").on_hover_text("Write the text to a file").clicked() {
                out.push(Command::Speakers(Speakers::SaveSheet(id, self.text.clone())));
            }
            if ui.button("Close").on_hover_text("Close the call sheet (Escape)").clicked() {
                out.push(Command::Answer(Answer::Cancel));
            }
        });
    }
}

/// What is in the sheet and what is not.
fn told(sheet: &CallSheet) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts = [
        Some(count(sheet.facts, "fact", "facts").unwrap_or_else(|| "No fact".to_owned())),
        count(sheet.quotes, "quote withheld", "quotes withheld"),
        count(
            sheet.withheld,
            "claim left out: write its fact in your own words first",
            "claims left out: write their facts in your own words first",
        ),
        count(sheet.checked, "checked already", "checked already"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
