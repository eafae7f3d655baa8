//! The questions of the list: why several cannot be verified; tags and categories, and what becomes
//! of the annotations of a deleted one.
//!
//! May use: egui, the model (read). Invariant: nothing is deleted with a label unless the button that
//! says so was pressed; Enter never presses that one.

use egui::{RichText, Role, Ui, WidgetInfo};

use super::controls::{label as caption, strong};
use super::dialogs::title;
use super::palette::Palette;
use crate::app::queue::bulk::annotations;
use crate::app::queue::labels::all;
use crate::app::queue::{Ask, Fate, Label, Queue};
use crate::app::{Answer, Command, Model};

/// What is being typed, and the labels of the project.
#[derive(Default)]
pub struct Labels {
    text: String,
    renamed: Option<Label>,
    /// Of a desk in a state.
    known: Option<(u64, u64, Known)>,
}

type Known = Vec<(Label, usize)>;

impl Labels {
    /// Draws the question; `fresh` in its first frame.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        ask: &Ask,
        fresh: bool,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        if fresh {
            (self.text, self.renamed) = (String::new(), None);
        }
        let Some(desk) = &model.desk else { return };
        let key = (desk.number, desk.history.state());
        let known = self.known.take().filter(|(a, b, _)| (*a, *b) == key);
        let known = known.map_or_else(|| all(&desk.project), |(.., known)| known);
        match ask {
            Ask::Reason { count } => self.reason(ui, *count, fresh, out),
            Ask::Labels => self.list(ui, &known, desk.read_only.is_none(), palette, out),
            Ask::Fate { label, count } => self.fate(ui, &known, label, *count, palette, out),
        }
        self.known = Some((key.0, key.1, known));
    }

    fn reason(&mut self, ui: &mut Ui, count: usize, fresh: bool, out: &mut Vec<Command>) {
        title(ui, &format!("Why can these {count} not be verified?"));
        let name = ui.label(RichText::new("Reason").size(12.0));
        let edit = egui::TextEdit::multiline(&mut self.text).desired_rows(3).desired_width(f32::INFINITY);
        let field = ui.add(edit.margin(egui::Margin::symmetric(9, 7))).labelled_by(name.id);
        if fresh {
            field.request_focus();
        }
        let ready = !self.text.trim().is_empty();
        ui.horizontal(|ui| {
            let button = egui::Button::new(strong(format!("Set {count} unverifiable")));
            if ui.add_enabled(ready, button).on_hover_text("The reason is written to each of them").clicked()
            {
                out.push(Command::Queue(Queue::Unverifiable(self.text.clone())));
            }
            cancel(ui, Command::Answer(Answer::Cancel), out);
        });
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        known: &[(Label, usize)],
        writable: bool,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        title(ui, "Tags and categories");
        if known.is_empty() {
            let text = "No annotation has a tag or a category yet. Select rows of the list to give them one.";
            ui.label(RichText::new(text).color(palette.dim));
        }
        let height = (ui.ctx().content_rect().height() - 240.0).clamp(120.0, 420.0);
        egui::ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (place, (label, count)) in known.iter().enumerate() {
                    if place == 0 || known[place - 1].0.sort() != label.sort() {
                        caption(
                            ui,
                            if matches!(label, Label::Tag(_)) { "Tags" } else { "Categories" },
                            palette,
                        );
                    }
                    self.one(ui, known, (label, *count), writable, palette, out);
                }
            });
        ui.add_space(4.0);
        if ui.button("Close").on_hover_text("Back to the article (Escape)").clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    }

    fn one(
        &mut self,
        ui: &mut Ui,
        known: &[(Label, usize)],
        (label, count): (&Label, usize),
        writable: bool,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        if self.renamed.as_ref() == Some(label) {
            return self.rename(ui, known, label, palette, out);
        }
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_enabled_ui(writable, |ui| {
                    let named = |name: String| move || WidgetInfo::labeled(Role::Button, writable, &name);
                    let delete = ui.button("Delete…");
                    delete.widget_info(named(format!("Delete the {} {}…", label.sort(), label.name())));
                    let tip = "Asks first what becomes of the annotations that have it";
                    if delete.on_hover_text(tip).clicked() {
                        out.push(Command::Queue(Queue::AskFate(label.clone())));
                    }
                    let rename = ui.button("Rename…");
                    rename.widget_info(named(format!("Rename the {} {}…", label.sort(), label.name())));
                    if rename.on_hover_text("Call it otherwise, or merge it with another").clicked() {
                        (self.renamed, self.text) = (Some(label.clone()), label.name().to_owned());
                    }
                });
                ui.label(RichText::new(annotations(count)).size(12.0).color(palette.dim));
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(label.name()).truncate());
                });
            });
        });
    }

    fn rename(
        &mut self,
        ui: &mut Ui,
        known: &[(Label, usize)],
        label: &Label,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let mut done = false;
        ui.horizontal(|ui| {
            let edit = egui::TextEdit::singleline(&mut self.text).desired_width(170.0);
            let field = ui.add(edit.margin(egui::Margin::symmetric(9, 6)));
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "New name"));
            if !field.has_focus() && !field.lost_focus() {
                field.request_focus();
            }
            let name = self.text.trim();
            let there = known
                .iter()
                .any(|(other, _)| other != label && other.sort() == label.sort() && other.name() == name);
            let verb = if there { "Merge" } else { "Rename" };
            let ready = !name.is_empty() && name != label.name();
            let tip = if there { "Both are one then (Enter)" } else { "For all that have it (Enter)" };
            let pressed = ui.add_enabled(ready, egui::Button::new(verb)).on_hover_text(tip).clicked();
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            if ready && (pressed || entered) {
                out.push(Command::Queue(Queue::Rename(label.clone(), self.text.clone())));
                done = true;
            }
            done |= ui.button("Keep").on_hover_text("Leave the name as it is").clicked();
            if there {
                ui.label(RichText::new("is there already").size(12.0).color(palette.dim));
            }
        });
        if done {
            self.renamed = None;
        }
    }

    fn fate(
        &mut self,
        ui: &mut Ui,
        known: &[(Label, usize)],
        label: &Label,
        count: usize,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        title(ui, &format!("Delete the {} “{}”?", label.sort(), label.name()));
        let have = if count == 1 {
            "1 annotation has it".to_owned()
        } else {
            format!("{count} annotations have it")
        };
        let text = format!("{have}. One undo brings all of them back as they are.");
        ui.label(RichText::new(text).color(palette.dim));
        let delete = |fate| Command::Queue(Queue::Delete(label.clone(), fate));
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let edit = egui::TextEdit::singleline(&mut self.text).desired_width(150.0);
            let hint = format!("Another {}", label.sort());
            let field = ui.add(edit.hint_text(&hint).margin(egui::Margin::symmetric(9, 6)));
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &hint));
            let ready = !self.text.trim().is_empty() && self.text.trim() != label.name();
            let button = egui::Button::new("Put in its place");
            if ui.add_enabled(ready, button).on_hover_text("They get the other one instead").clicked() {
                out.push(delete(Fate::Become(self.text.clone())));
            }
        });
        let others = known.iter().filter(|(other, _)| other != label && other.sort() == label.sort());
        ui.horizontal_wrapped(|ui| {
            for (other, _) in others.take(8) {
                if ui.small_button(other.name()).on_hover_text("Take this one instead").clicked() {
                    other.name().clone_into(&mut self.text);
                }
            }
        });
        let clear = ui.button(format!("Take it off {}", annotations(count)));
        if clear.on_hover_text("The annotations stay, without it").clicked() {
            out.push(delete(Fate::Clear));
        }
        let remove = RichText::new(format!("Remove {} too", annotations(count))).color(palette.bad);
        if ui.button(remove).on_hover_text("The annotations go with it").clicked() {
            out.push(delete(Fate::Remove));
        }
        ui.add_space(4.0);
        cancel(ui, Command::Queue(Queue::Labels), out);
    }
}

fn cancel(ui: &mut Ui, command: Command, out: &mut Vec<Command>) {
    if ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)").clicked() {
        out.push(command);
    }
}
