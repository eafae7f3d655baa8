//! The head of the inspector: kind and speaker, the statuses, "check again", the editor's decision.
//!
//! May use: egui, the model (read). Invariant: no status' name is cut, however narrow the panel is.

use egui::{RichText, Ui, Vec2};

use super::super::controls::{Pill, card, command_button, dot, label, pill, strong, tooltip};
use super::super::icons::status_icon;
use super::super::palette::Palette;
use super::Sheet;
use super::card::{Choice, choice};
use crate::app::table::row_of;
use crate::app::{Command, RecordCommand};
use crate::domain::annotation::Resolution;
use crate::domain::invisible::shown;
use crate::domain::mapping::old_words;
use crate::domain::{Annotation, Status};
use crate::formats::words::resolution_word;

pub(super) fn head(ui: &mut Ui, sheet: &Sheet<'_>) {
    let (annotation, palette) = (sheet.annotation, sheet.palette);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), egui::Sense::hover());
        dot(ui.painter(), rect.center(), palette.kind(annotation.kind).rule);
        ui.label(strong(annotation.kind.name()));
        if let Some(speaker) = &annotation.speaker {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = sheet.desk.project.speaker_name(speaker);
                ui.add(egui::Label::new(strong(shown(&name))).truncate());
                ui.label(RichText::new("said by").color(palette.dim));
            });
        }
    });
}

pub(super) fn statuses(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    ui.add_space(4.0);
    let (columns, with_keys) = status_columns(ui);
    let width = ((ui.available_width() - 6.0 * (columns as f32 - 1.0)) / columns as f32).floor();
    for row in Status::ALL.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for status in row {
                status_pill(ui, sheet, (*status, with_keys), width, out);
            }
        });
    }
}

/// In how many columns the statuses stand, so that no name is cut, and whether with their keys.
fn status_columns(ui: &Ui) -> (usize, bool) {
    let width = |status: Status, key: &str| {
        Pill { text: status.name(), key, on: Some(egui::Color32::BLACK), width: 0.0, name: String::new() }
            .natural_width(ui)
    };
    let widest = |key: &str| Status::ALL.into_iter().map(|s| width(s, key)).fold(0.0, f32::max);
    let half = ((ui.available_width() - 6.0) / 2.0).floor();
    match half {
        half if half >= widest("8") => (2, true),
        half if half >= widest("") => (2, false),
        _ => (1, true),
    }
}

fn status_pill(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    (status, with_key): (Status, bool),
    width: f32,
    out: &mut Vec<Command>,
) {
    let palette = sheet.palette;
    let command = Command::SetStatus(status);
    let is_set = sheet.annotation.status == status;
    let color = if status == Status::Unchecked { palette.dim } else { palette.status(status) };
    let key = if with_key { status.key().to_string() } else { String::new() };
    let look = Pill {
        text: status.name(),
        key: &key,
        on: is_set.then_some(color),
        width,
        name: status.name().to_owned(),
    };
    ui.add_enabled_ui(crate::app::can(sheet.model, &command), |ui| {
        let mut response =
            pill(ui, &look, palette, |painter, center| status_icon(painter, center, 11.5, status, palette));
        if let Some(row) = row_of(&command) {
            response = response.on_hover_text(tooltip(row));
        }
        if response.clicked() {
            out.push(command.clone());
        }
    });
}

pub(super) fn check_again(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    let Some(reason) = &sheet.annotation.why_check() else { return };
    let palette = sheet.palette;
    card(palette).stroke(egui::Stroke::new(1.0, palette.bad)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(strong("Check again").color(palette.bad));
        words_changed(ui, sheet.annotation, reason, palette);
        command_button(ui, sheet.model, Command::Confirm, "It still holds", out);
    });
}

/// Why it is to be checked again: where its words changed, the old ones and the new ones.
fn words_changed(ui: &mut Ui, annotation: &Annotation, reason: &str, palette: &Palette) {
    let Some(old) = old_words(reason) else {
        ui.label(shown(reason));
        return;
    };
    for (caption, words) in [("The words were", old), ("Now they are", &annotation.words())] {
        let words: String = words.chars().take(400).collect();
        label(ui, caption, palette);
        ui.add(egui::Label::new(words).wrap());
    }
}

/// What the editor decided about the proposed wording, which may be `typed` just now: pressing a button
/// finishes it first.
pub(super) fn resolution(ui: &mut Ui, sheet: &Sheet<'_>, typed: bool, out: &mut Vec<Command>) {
    let now = sheet.annotation.resolution;
    let options = [Resolution::Open, Resolution::Accepted, Resolution::Rejected]
        .map(|value| (value, resolution_word(value)));
    let is_typed = typed && sheet.writable() && sheet.annotation.status == Status::NeedsCorrection;
    let can = is_typed || crate::app::can(sheet.model, &Command::Record(RecordCommand::Resolve(now)));
    let look = Choice {
        caption: "The editor",
        name: "The editor",
        help: "What the editor decided about the proposed wording; Y accepts it, Shift+Y rejects it",
        enabled: can,
    };
    if let Some(value) = choice(ui, &look, &options, now, sheet.palette) {
        out.push(Command::Record(RecordCommand::Resolve(value)));
    }
}

/// Of a confidential source in a redacted copy: that what is known of it is not here.
pub(super) fn withheld(ui: &mut Ui, sheet: &Sheet<'_>) {
    if sheet.annotation.is_withheld() {
        let text = "What is known of this source is not in this redacted copy. What you write here comes \
                    beside it once the copies are merged.";
        ui.add(egui::Label::new(RichText::new(text).size(12.5).color(sheet.palette.dim)).wrap());
    }
}
