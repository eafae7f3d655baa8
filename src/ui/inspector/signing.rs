//! The foot of the inspector: who signed it off, its words, its last change.
//!
//! May use: egui, the model (read), the local clock's way of writing a time. Invariant: a sign-off that
//! does not cover what stands there now is shown as lapsed, in words and struck through.

use egui::{RichText, Ui};

use super::super::controls::{card, label, strong, tooltip};
use super::super::draft::Slot;
use super::super::fields::Field;
use super::card::{quiet, section};
use super::{Inspector, Sheet};
use crate::app::table::row_of;
use crate::app::{Command, RecordCommand, story};
use crate::domain::annotation::SignOff;
use crate::domain::invisible::shown;
use crate::domain::rules;
use crate::io::clock;

impl Inspector {
    /// Draws the sign-offs, and the button that adds one.
    pub(super) fn sign_offs(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let signs: Vec<&SignOff> = sheet.annotation.sign_offs.iter().filter(|s| !s.removed).collect();
        let command = Command::Record(RecordCommand::SignOff);
        let help = row_of(&command).map(tooltip).unwrap_or_default();
        let enabled = crate::app::can(sheet.model, &command);
        let caption = if signs.is_empty() { "Not signed off" } else { "Signed off" };
        let pressed = section(ui, caption, sheet.palette, |ui| {
            quiet(ui, enabled, "Sign off", "Sign off", &help).clicked()
        });
        if pressed {
            out.push(command);
        }
        for sign in signs {
            self.sign_off(ui, sheet, sign, out);
        }
    }

    fn sign_off(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, sign: &SignOff, out: &mut Vec<Command>) {
        let (of, id, palette) = (sheet.annotation.id, sign.id, sheet.palette);
        let lapsed = rules::is_lapsed(sheet.annotation, sign);
        let checker = sheet.model.settings.checker.as_ref();
        let mine = checker.is_some_and(|checker| checker.name == sign.name);
        card(palette).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let name = strong(shown(&sign.name));
                ui.label(if lapsed { name.strikethrough().color(palette.dim) } else { name });
                let role = if sign.role.is_empty() { String::new() } else { format!("· {} ", sign.role) };
                let when = format!("{role}· {}", clock::local(sign.at));
                ui.label(RichText::new(when).size(12.5).color(palette.dim));
                if lapsed {
                    let lapsed = RichText::new("Lapsed: it was changed since").size(12.5).color(palette.bad);
                    ui.label(lapsed);
                }
            });
            if mine && !lapsed {
                self.field(ui, sheet, Slot::inside(of, id, Field::SignOffRole), out);
            }
            if mine || lapsed {
                ui.add_space(4.0);
                let name = format!("Take away the sign-off of {}", sign.name);
                let help = "Take this sign-off away; undo brings it back";
                if quiet(ui, sheet.writable(), "Take away", &name, help).clicked() {
                    out.push(Command::Record(RecordCommand::RemoveSignOff(of, id)));
                }
            }
        });
    }

    /// The last change in one line, and the way to all of them.
    pub(super) fn last_change(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let key = (sheet.desk.number, sheet.annotation.id, sheet.desk.history.state());
        if self.last_change.as_ref().is_none_or(|(known, _)| *known != key) {
            self.last_change = Some((key, story::last_change(&sheet.desk.project, sheet.annotation)));
        }
        let Some((_, Some(line))) = &self.last_change else { return };
        let text = format!("{} · {} · {}", line.words(), line.by, clock::local(line.when));
        let command = Command::Record(RecordCommand::ShowHistory);
        let help = row_of(&command).map(tooltip).unwrap_or_default();
        ui.add_space(4.0);
        let pressed = section(ui, "Last change", sheet.palette, |ui| {
            quiet(ui, true, "History…", "History…", &help).clicked()
        });
        if pressed {
            out.push(command);
        }
        let text = RichText::new(text).size(12.0).color(sheet.palette.dim);
        ui.add(egui::Label::new(text).wrap());
    }
}

/// The stretches of the article that it covers.
pub(super) fn spans(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    let (annotation, palette) = (sheet.annotation, sheet.palette);
    let spans: Vec<_> = annotation.live_spans().collect();
    ui.add_space(5.0);
    let caption =
        if spans.len() == 1 { "Words".to_owned() } else { format!("Words · {} places", spans.len()) };
    label(ui, &caption, palette);
    for span in &spans {
        ui.horizontal(|ui| {
            if spans.len() > 1 && sheet.writable() {
                let help = "Take this place out of the annotation";
                if quiet(ui, true, "Remove", "Remove this place", help).clicked() {
                    out.push(Command::RemoveSpan(annotation.id, span.id));
                }
            }
            let words: String = span.place.quote.as_str().chars().take(400).collect();
            let color = if span.place.at.is_some() { palette.ink } else { palette.bad };
            let words =
                if span.place.at.is_some() { words } else { format!("Not in the text any more: {words}") };
            ui.add(egui::Label::new(RichText::new(shown(&words)).size(12.5).color(color)).wrap());
        });
    }
}
