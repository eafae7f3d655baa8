//! The inspector: one annotation with its status, its fields and its last change.
//!
//! May use: egui, the model (read). Invariant: a field is one step of undo when it is left, never
//! letter by letter; what is typed and not left yet is a [`Draft`], which the window finishes before
//! it saves, exports or closes. Known limit: evidence, verdict and further fields are shown where
//! they are filled, and get their own controls later.

use egui::{RichText, Role, Ui, Vec2, WidgetInfo};

use super::controls::{Pill, card, command_button, dot, label, pill, strong, tooltip};
use super::fields::{self, Draft, Field};
use super::icons::status_icon;
use super::palette::Palette;
use crate::app::table::row_of;
use crate::app::{Command, Desk, Model};
use crate::domain::annotation::{AnnotationValue, Level, Resolution, Stance};
use crate::domain::{Annotation, Kind, Status};

/// The inspector's own state.
#[derive(Default)]
pub struct Inspector {
    /// The field that is being typed in.
    pub draft: Option<Draft>,
    /// The field that Enter goes to from the article.
    pub first_field: Option<egui::Id>,
}

impl Inspector {
    /// Draws the inspector of the picked annotation.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        self.first_field = None;
        let Some(desk) = &model.desk else { return };
        let Some(annotation) = desk.picked() else {
            self.finish(out);
            self.nothing(ui, desk, palette);
            return;
        };
        if self.draft.as_ref().is_some_and(|draft| draft.annotation != annotation.id) {
            self.finish(out);
        }
        egui::ScrollArea::vertical().id_salt("inspector").auto_shrink([false, false]).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 12)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                head(ui, desk, annotation, palette);
                statuses(ui, model, annotation, palette, out);
                self.check_again(ui, model, annotation, palette, out);
                if annotation.status == Status::Unverifiable || !annotation.reason.is_blank() {
                    self.field(ui, desk, annotation, Field::Reason, palette, out);
                }
                match annotation.kind {
                    Kind::Claim => {
                        self.field(ui, desk, annotation, Field::Fact, palette, out);
                        self.field(ui, desk, annotation, Field::Speaker, palette, out);
                    }
                    Kind::Quote => self.field(ui, desk, annotation, Field::Speaker, palette, out),
                    Kind::Source => {
                        self.field(ui, desk, annotation, Field::Name, palette, out);
                        self.field(ui, desk, annotation, Field::Role, palette, out);
                        confidential(ui, annotation, out);
                        super::attributed::line(ui, desk, annotation, palette, out);
                    }
                }
                if annotation.status == Status::NeedsCorrection || !annotation.proposed_wording.is_blank() {
                    self.field(ui, desk, annotation, Field::ProposedWording, palette, out);
                    resolution(ui, annotation, palette, out);
                }
                self.field(ui, desk, annotation, Field::Note, palette, out);
                recorded(ui, annotation, palette);
                evidence(ui, annotation, palette);
                spans(ui, desk, annotation, palette, out);
                last_change(ui, annotation, palette);
            });
        });
    }

    /// Finishes the field that is being typed in: its text becomes a command.
    pub fn finish(&mut self, out: &mut Vec<Command>) {
        if let Some(draft) = self.draft.take() {
            out.extend(draft.command());
        }
    }

    /// Whether something was typed that is no change of the project yet.
    pub fn is_unfinished(&self) -> bool {
        self.draft.as_ref().is_some_and(Draft::is_changed)
    }

    fn nothing(&self, ui: &mut Ui, desk: &Desk, palette: &Palette) {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 16)).show(ui, |ui| {
            let text = if desk.places.count() == 0 {
                "What you mark is shown here with its status and what you found out."
            } else {
                "Click a mark in the article or a row of the list, or press N for the next one that is unchecked."
            };
            ui.label(RichText::new(text).color(palette.dim));
        });
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        annotation: &Annotation,
        field: Field,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        ui.add_space(3.0);
        let caption = label(ui, field.label(), palette);
        let stored = field.text(&desk.project, annotation);
        let mine = self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.field == field && draft.annotation == annotation.id);
        let mut text = if mine {
            self.draft.as_ref().map(|draft| draft.text.clone()).unwrap_or_default()
        } else {
            stored.clone()
        };
        let id = ui.make_persistent_id(("field", annotation.id, field));
        let edit = if field.is_long() {
            egui::TextEdit::multiline(&mut text).desired_rows(2)
        } else {
            egui::TextEdit::singleline(&mut text)
        };
        let edit = edit
            .id(id)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(9, 6))
            .hint_text(field.hint());
        self.first_field.get_or_insert(id);
        let enabled = desk.read_only.is_none();
        let response = ui.add_enabled(enabled, edit).labelled_by(caption.id).on_hover_text(field.help());
        if response.has_focus() && (mine || text != stored || self.draft.is_none()) {
            if !mine {
                self.finish(out);
            }
            let stored =
                if mine { self.draft.take().map(|draft| draft.stored).unwrap_or(stored) } else { stored };
            self.draft = Some(Draft { annotation: annotation.id, field, text, stored });
        } else if mine && response.lost_focus() {
            self.finish(out);
        }
    }

    fn check_again(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        annotation: &Annotation,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let Some(reason) = &annotation.check_again else { return };
        let frame = card(palette).stroke(egui::Stroke::new(1.0, palette.bad));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(strong("Check again").color(palette.bad));
            ui.label(reason);
            command_button(ui, model, Command::Confirm, "It still holds", out);
        });
    }
}

fn head(ui: &mut Ui, desk: &Desk, annotation: &Annotation, palette: &Palette) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), egui::Sense::hover());
        dot(ui.painter(), rect.center(), palette.kind(annotation.kind).rule);
        ui.label(strong(annotation.kind.name()));
        if let Some(speaker) = &annotation.speaker {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = desk.project.speaker_name(speaker);
                ui.add(egui::Label::new(strong(name)).truncate());
                ui.label(RichText::new("said by").color(palette.dim));
            });
        }
    });
}

fn statuses(ui: &mut Ui, model: &Model, annotation: &Annotation, palette: &Palette, out: &mut Vec<Command>) {
    ui.add_space(4.0);
    let (columns, with_keys) = status_columns(ui);
    let width = ((ui.available_width() - 6.0 * (columns as f32 - 1.0)) / columns as f32).floor();
    for row in Status::ALL.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for status in row {
                status_pill(ui, model, annotation, (*status, with_keys), width, palette, out);
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
    model: &Model,
    annotation: &Annotation,
    (status, with_key): (Status, bool),
    width: f32,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let command = Command::SetStatus(status);
    let is_set = annotation.status == status;
    let color = if status == Status::Unchecked { palette.dim } else { palette.status(status) };
    let key = if with_key { status.key().to_string() } else { String::new() };
    let look = Pill {
        text: status.name(),
        key: &key,
        on: is_set.then_some(color),
        width,
        name: status.name().to_owned(),
    };
    ui.add_enabled_ui(crate::app::can(model, &command), |ui| {
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

fn resolution(ui: &mut Ui, annotation: &Annotation, palette: &Palette, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("The editor").size(12.0).color(palette.dim));
        for (value, name) in [
            (Resolution::Open, "has not decided"),
            (Resolution::Accepted, "accepts"),
            (Resolution::Rejected, "rejects"),
        ] {
            let response = ui.selectable_label(annotation.resolution == value, name);
            if response.on_hover_text("What the editor decided about the proposed wording").clicked() {
                out.push(Command::Set(
                    annotation.id,
                    "resolve a correction",
                    vec![AnnotationValue::Resolution(value)],
                ));
            }
        }
    });
}

fn confidential(ui: &mut Ui, annotation: &Annotation, out: &mut Vec<Command>) {
    let mut on = annotation.confidential;
    let response = ui.checkbox(&mut on, "Confidential").on_hover_text("Left out of every export");
    if response.changed() {
        out.push(Command::Set(annotation.id, "set confidential", vec![AnnotationValue::Confidential(on)]));
    }
}

/// What is recorded and has no control of its own yet.
fn recorded(ui: &mut Ui, annotation: &Annotation, palette: &Palette) {
    let verdict = annotation.verdict.as_ref().map(|verdict| match verdict.number {
        Some(number) => format!("{} ({})", verdict.label, number.0),
        None => verdict.label.clone(),
    });
    let priority = annotation.priority.map(|priority| format!("{priority:?}"));
    let said = [annotation.said_when.as_str(), &annotation.said_where];
    let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let lines = [
        ("Verdict", verdict.unwrap_or_default()),
        ("Why", annotation.rationale.0.clone()),
        ("Said", said),
        ("Category", annotation.category.clone()),
        ("Priority", priority.unwrap_or_default()),
        ("Compared with", annotation.compared_with.clone()),
        ("Tags", annotation.tags.join(", ")),
    ];
    for (name, text) in lines.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(name).size(11.5).color(palette.dim));
            ui.label(RichText::new(text).size(12.5));
        });
    }
}

fn evidence(ui: &mut Ui, annotation: &Annotation, palette: &Palette) {
    let found: Vec<_> = annotation.evidence.iter().filter(|evidence| !evidence.removed).collect();
    if found.is_empty() {
        return;
    }
    ui.add_space(3.0);
    label(ui, &format!("Evidence · {}", found.len()), palette);
    for evidence in found {
        card(palette).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.label(strong(match evidence.stance {
                    Stance::Supports => "supports",
                    Stance::Contradicts => "contradicts",
                    Stance::Context => "context",
                }));
                let level = evidence.level.map_or("", |level| match level {
                    Level::Primary => "primary",
                    Level::Secondary => "secondary",
                });
                let seen =
                    if evidence.seen.is_empty() { String::new() } else { format!("seen {}", evidence.seen) };
                let archived = if evidence.archived.is_empty() { "" } else { "archived" };
                let parts = [evidence.title.as_str(), &evidence.location, level, &seen, archived];
                for part in parts.into_iter().filter(|part| !part.is_empty()) {
                    ui.label(RichText::new(format!("· {part}")).color(palette.dim));
                }
            });
        });
    }
}

fn spans(ui: &mut Ui, desk: &Desk, annotation: &Annotation, palette: &Palette, out: &mut Vec<Command>) {
    let spans: Vec<_> = annotation.live_spans().collect();
    ui.add_space(3.0);
    let caption =
        if spans.len() == 1 { "Words".to_owned() } else { format!("Words · {} places", spans.len()) };
    label(ui, &caption, palette);
    for span in &spans {
        ui.horizontal(|ui| {
            if spans.len() > 1 && desk.read_only.is_none() {
                let remove = ui.small_button("Remove").on_hover_text("Take this place out of the annotation");
                remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Remove this place"));
                if remove.clicked() {
                    out.push(Command::RemoveSpan(annotation.id, span.id));
                }
            }
            let words: String = span.place.quote.as_str().chars().take(400).collect();
            let color = if span.place.at.is_some() { palette.ink } else { palette.bad };
            let words =
                if span.place.at.is_some() { words } else { format!("Not in the text any more: {words}") };
            ui.add(egui::Label::new(RichText::new(words).size(12.5).color(color)).wrap());
        });
    }
}

fn last_change(ui: &mut Ui, annotation: &Annotation, palette: &Palette) {
    if let Some(line) = fields::last_change(annotation) {
        ui.add_space(6.0);
        label(ui, &line, palette);
    }
}
