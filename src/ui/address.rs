//! The question before an address is opened. May use: egui, the model (read), `formats::address`.
//!
//! Invariant: the host is shown as it is asked, in ASCII, before anything else; Enter presses only what
//! has the focus, and at first nothing has it: no page is opened by accident.

use egui::{RichText, Ui};

use super::controls::strong;
use super::dialogs::title;
use super::palette::Palette;
use crate::app::{Answer, Command};
use crate::formats::address::Checked;

/// As much of an address as is shown.
const SHOWN: usize = 300;

/// Draws it.
pub fn question(ui: &mut Ui, checked: &Checked, palette: &Palette, out: &mut Vec<Command>) {
    title(ui, "Open this address in the browser?");
    let host = ui.label(strong(checked.host()).size(15.0));
    host.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Website: {}", checked.host()))
    });
    let dim = |ui: &mut Ui, text: String| ui.label(RichText::new(text).color(palette.dim));
    if let Some(written) = checked.written() {
        dim(ui, format!("In its own letters: {written}. They can look like those of another website"));
    }
    if checked.is_open_to_all() {
        dim(ui, "The connection is not encrypted".into());
    }
    let mut shown: String = checked.url().chars().take(SHOWN).collect();
    if shown.len() < checked.url().len() {
        shown.push('…');
    }
    ui.add(egui::Label::new(RichText::new(shown).monospace().size(12.0)).wrap_mode(egui::TextWrapMode::Wrap));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        let accent = ui.visuals().selection.stroke.color;
        let open = egui::Button::new(strong("Open")).stroke(egui::Stroke::new(1.0, accent));
        if ui.add(open).on_hover_text("Show it in the browser").clicked() {
            out.push(Command::Answer(Answer::Open));
        }
        if ui.button("Copy address").on_hover_text("Copy it, to look at it elsewhere").clicked() {
            ui.ctx().copy_text(checked.url().to_owned());
            out.push(Command::Answer(Answer::Cancel));
        }
        if ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)").clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    });
}
