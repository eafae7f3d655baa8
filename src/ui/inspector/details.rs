//! What is chosen and not typed: rating, priority, form, type, confidential; and what is folded away.
//!
//! May use: egui, the model (read). Invariant: what has a value is always shown.

use egui::{RichText, Ui};

use super::super::controls::tooltip;
use super::super::fields::Field;
use super::card::{Choice, chip, choice, quiet, section, unfold};
use super::{Inspector, Sheet};
use crate::app::table::row_of;
use crate::app::{Command, RecordCommand};
use crate::domain::Kind;
use crate::domain::annotation::{AnnotationValue, Priority, QuoteForm, SourceType};
use crate::formats::words::{form_word, priority_word, source_word};

/// How a quote renders what was said.
pub(super) fn form(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    let named = |form| (Some(form), form_word(form));
    let options =
        [named(QuoteForm::Direct), named(QuoteForm::Indirect), named(QuoteForm::Mixed), (None, "Not said")];
    let look = Choice {
        caption: "Form",
        name: "Form",
        help: "Word for word in quotation marks, in the author's words, or both",
        enabled: sheet.writable(),
    };
    if let Some(form) = choice(ui, &look, &options, sheet.annotation.form, sheet.palette) {
        out.push(Command::Set(sheet.annotation.id, "set the form", vec![AnnotationValue::Form(form)]));
    }
}

/// What sort of source it is, and whether it is confidential.
pub(super) fn source(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    let named = |sort| (Some(sort), source_word(sort));
    let options = [
        named(SourceType::Person),
        named(SourceType::Organisation),
        named(SourceType::Document),
        named(SourceType::Data),
        named(SourceType::Agency),
        named(SourceType::OwnObservation),
        (None, "Not said"),
    ];
    let look = Choice {
        caption: "Type",
        name: "Type",
        help: "What sort of source it is",
        enabled: sheet.writable(),
    };
    let id = sheet.annotation.id;
    if let Some(sort) = choice(ui, &look, &options, sheet.annotation.source_type, sheet.palette) {
        out.push(Command::Set(id, "set the type of source", vec![AnnotationValue::SourceType(sort)]));
    }
    ui.add_space(3.0);
    confidential(ui, sheet, out);
}

fn confidential(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    let mut on = sheet.annotation.confidential;
    let response = ui.add_enabled(sheet.writable(), egui::Checkbox::new(&mut on, "Confidential"));
    if response.on_hover_text("Left out of every export").changed() {
        let value = vec![AnnotationValue::Confidential(on)];
        out.push(Command::Set(sheet.annotation.id, "set confidential", value));
    }
}

/// The rating on the house's scale. Whether it was shown: where there is one, or a scale to choose from,
/// or `always`.
pub(super) fn rating(ui: &mut Ui, sheet: &Sheet<'_>, always: bool, out: &mut Vec<Command>) -> bool {
    let annotation = sheet.annotation;
    let has_scale = !sheet.desk.project.about.scale.is_empty() && annotation.kind != Kind::Source;
    if annotation.verdict.is_none() && !has_scale && !always {
        return false;
    }
    let command = Command::Record(RecordCommand::ChooseRating);
    let help = row_of(&command).map(tooltip).unwrap_or_default();
    let enabled = crate::app::can(sheet.model, &command);
    let pressed = match &annotation.verdict {
        Some(verdict) => {
            ui.add_space(3.0);
            let words = verdict.words();
            let press = |ui: &mut Ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = 5.0;
                    ui.label(RichText::new("Rating").size(11.5).color(sheet.palette.dim));
                    chip(ui, &words, &format!("Rating: {words}"), true, sheet.palette)
                })
                .inner
            };
            ui.add_enabled_ui(enabled, press).inner.on_hover_text(help).clicked()
        }
        None => section(ui, "Rating", sheet.palette, |ui| {
            quiet(ui, enabled, "Choose…", "Choose a rating…", &help).clicked()
        }),
    };
    if pressed {
        out.push(command);
    }
    annotation.verdict.is_some()
}

fn priority(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    let options = [Some(Priority::High), Some(Priority::Medium), Some(Priority::Low), None]
        .map(|value| (value, priority_word(value)));
    let look = Choice {
        caption: "Priority",
        name: "Priority",
        help: "How much hangs on it (P)",
        enabled: sheet.writable(),
    };
    if let Some(value) = choice(ui, &look, &options, sheet.annotation.priority, sheet.palette) {
        out.push(Command::Record(RecordCommand::SetPriority(value)));
    }
}

impl Inspector {
    /// What is seldom needed: folded away where it is empty.
    pub(super) fn more(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, shown: &[Field], out: &mut Vec<Command>) {
        let annotation = sheet.annotation;
        if annotation.priority.is_some() || self.more {
            priority(ui, sheet, out);
        }
        if self.more && annotation.kind != Kind::Source && sheet.desk.project.about.scale.is_empty() {
            // Without a scale there is a way to one, here only.
            if annotation.verdict.is_none() {
                rating(ui, sheet, true, out);
            }
        }
        if annotation.form.is_some() && annotation.kind != Kind::Quote {
            form(ui, sheet, out);
        }
        if annotation.confidential && annotation.kind != Kind::Source {
            confidential(ui, sheet, out);
        }
        self.rest(ui, sheet, shown, out);
        ui.add_space(6.0);
        let text = if self.more { "Fewer fields" } else { "More fields" };
        let help = if self.more {
            "Show no empty fields that are seldom needed"
        } else {
            "Priority, category, tags, private note and what else can be recorded"
        };
        let response = unfold(ui, text, self.more, sheet.palette);
        if response.on_hover_text(help).clicked() {
            self.more = !self.more;
        }
    }
}
