//! The question before an article becomes a project: is this its text, are these its details?
//!
//! May use: egui, the model (read), the encodings. Invariant: the text that is shown is the one that is
//! taken, with the lines that go struck out; nothing is taken while bytes that fit no character are not
//! agreed to. Known limit: a long text is shown up to its first 40,000 letters.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Label, RichText, Role, ScrollArea, Stroke, TextEdit, Ui, WidgetInfo};

use super::controls::{card, label, strong};
use super::dialogs::{entered, title};
use super::palette::Palette;
use crate::app::import::{Import, Incoming};
use crate::app::redraft::{self, Asked, Draft};
use crate::app::{Answer, Command, Model};
use crate::formats::find;
use crate::formats::incoming::encoding::{CHARSETS, Certainty};
use crate::formats::incoming::{Details, Imported, told};

/// So many letters of the text are shown.
const SHOWN: usize = 40_000;
/// With less room the details stand below the text and not beside it.
const NARROW: f32 = 640.0;

/// What is typed and ticked in the question.
#[derive(Default)]
pub struct Form {
    of: Option<Arc<Imported>>,
    fields: [String; 5],
    out: BTreeSet<usize>,
    replace: bool,
    lines: Vec<(usize, String)>,
    more: usize,
}

/// The fields, in their order.
const FIELDS: [&str; 5] = ["Title", "Byline", "Outlet", "Date", "Address"];

impl Form {
    /// What was read comes into the form; what a person typed stays.
    fn take(&mut self, model: &Model, incoming: &Incoming) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &incoming.imported)) {
            return;
        }
        let before = self.of.as_ref().map(|of| suggested(of)).unwrap_or_default();
        let fresh = suggested(&incoming.imported);
        for ((field, old), new) in self.fields.iter_mut().zip(before).zip(fresh) {
            if *field == old {
                *field = new;
            }
        }
        self.out = redraft::left_out(model, incoming);
        self.replace = false;
        self.show(&incoming.imported);
        self.of = Some(incoming.imported.clone());
    }

    fn show(&mut self, imported: &Imported) {
        let mut room = SHOWN;
        self.lines.clear();
        self.more = 0;
        for (number, line) in imported.text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            if room == 0 {
                self.more += 1;
                continue;
            }
            let shown: String = line.chars().take(room).collect();
            room = room.saturating_sub(shown.chars().count());
            self.lines.push((number, shown));
        }
    }

    /// Nothing is left of what was asked before.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Draws the question.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        let Some(incoming) = &model.incoming else {
            out.push(Command::Answer(Answer::Cancel));
            return;
        };
        self.take(model, incoming);
        let imported = &incoming.imported;
        let name: String = incoming.name().chars().take(80).collect();
        let is_draft = model.draft.asked == Asked::Draft;
        title(ui, &if is_draft { format!("New draft: {name}") } else { format!("Import {name}") });
        let kind = find(imported.format).map_or(imported.format, |format| format.title);
        let kind = if incoming.path.is_none() { "Copied text" } else { kind };
        let found = imported.found();
        let about = if found.is_empty() || is_draft {
            kind.to_owned()
        } else {
            format!("{kind} · {found}, which become proposed sources and notes")
        };
        ui.label(RichText::new(about).color(palette.dim));
        let width = ui.available_width();
        let height = (ui.ctx().content_rect().height() - 190.0).clamp(120.0, 560.0);
        if width < NARROW {
            ScrollArea::vertical().id_salt("import").max_height(height).show(ui, |ui| {
                self.preview(ui, (height * 0.5).max(80.0), palette);
                self.details(ui, model, incoming, palette, out);
            });
        } else {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                let side = 300.0;
                let room = egui::vec2(width - side - 16.0, height);
                ui.allocate_ui_with_layout(room, egui::Layout::top_down(egui::Align::Min), |ui| {
                    self.preview(ui, height - 16.0, palette);
                });
                ui.vertical(|ui| {
                    ScrollArea::vertical().id_salt("details").max_height(height).show(ui, |ui| {
                        ui.set_width(side - 12.0);
                        self.details(ui, model, incoming, palette, out);
                    });
                });
            });
        }
        self.buttons(ui, model, imported, palette, out);
    }

    /// The text as it will be.
    fn preview(&self, ui: &mut Ui, height: f32, palette: &Palette) {
        card(palette).show(ui, |ui| {
            let area = ScrollArea::vertical().id_salt("text").max_height(height).min_scrolled_height(height);
            area.auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 7.0;
                for (line, words) in &self.lines {
                    let goes = self.out.contains(line);
                    let text = RichText::new(words).size(13.5);
                    let text = if goes { text.color(palette.dim).strikethrough() } else { text };
                    let response = ui.add(Label::new(text).wrap());
                    if goes {
                        let name = format!("Left out: {words}");
                        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
                    }
                }
                if self.more > 0 {
                    let more = self.more;
                    let words = if more == 1 { "paragraph" } else { "paragraphs" };
                    label(ui, &format!("… and {more} more {words}"), palette);
                }
            });
        });
    }

    fn details(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        incoming: &Incoming,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let imported = &incoming.imported;
        ui.spacing_mut().item_spacing.y = 4.0;
        for remark in &imported.remarks {
            ui.add(Label::new(RichText::new(remark).size(12.5).color(palette.dim)).wrap());
        }
        if !imported.remarks.is_empty() {
            ui.add_space(6.0);
        }
        if imported.format != "docx" && incoming.path.is_some() {
            encodings(ui, model, imported, palette, out);
        }
        if let Some(invalid) = &imported.invalid {
            ui.add(Label::new(RichText::new(told(invalid)).color(palette.bad)).wrap());
            let words = "Put � there";
            ui.checkbox(&mut self.replace, words)
                .on_hover_text("The places stay visible; the file itself is not changed");
            ui.add_space(6.0);
        }
        // A new draft changes nothing of the project's title and details.
        let fields = if model.draft.asked == Asked::Draft { 0 } else { FIELDS.len() };
        for (field, name) in self.fields.iter_mut().zip(FIELDS).take(fields) {
            let caption = ui.label(RichText::new(name).size(12.0));
            let edit = TextEdit::singleline(field).desired_width(f32::INFINITY);
            ui.add(edit.margin(egui::Margin::symmetric(9, 6))).labelled_by(caption.id);
        }
        if !incoming.template.is_empty() {
            ui.add_space(8.0);
            self.template(ui, incoming, palette);
        }
    }

    /// The lines that look like part of the page, to be ticked.
    fn template(&mut self, ui: &mut Ui, incoming: &Incoming, palette: &Palette) {
        let count = incoming.template.len();
        let words = if count == 1 { "line looks" } else { "lines look" };
        ui.label(strong(format!("{count} {words} like part of the page")).size(12.5));
        label(ui, "Those ticked are left out", palette);
        for (line, why) in &incoming.template {
            let text = &incoming.imported.text;
            let words: String = text.slice(text.line(*line)).trim().chars().take(120).collect();
            let mut on = self.out.contains(line);
            ui.push_id(line, |ui| {
                ui.horizontal(|ui| {
                    let response = ui.checkbox(&mut on, "");
                    let name = format!("Leave out “{words}”: {why}");
                    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
                    ui.add(Label::new(&words).truncate().selectable(false))
                        .on_hover_text(format!("{words}\n{why}"));
                });
            });
            if on {
                self.out.insert(*line);
            } else {
                self.out.remove(line);
            }
        }
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        imported: &Imported,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let ready = !model.busy && (imported.invalid.is_none() || self.replace);
            let asked = model.draft.asked;
            let help =
                "Compare it with the open article, and see where all annotations go; nothing changes yet";
            let (name, tip) = match asked {
                Asked::Project => ("Import", "Make a project of this text"),
                Asked::Draft => ("Compare…", help),
                Asked::Either => ("New draft of this article…", help),
            };
            let why_not = "Choose an encoding that fits, or let � stand where none does";
            let button = egui::Button::new(strong(name)).stroke(Stroke::new(1.0, palette.accent));
            let yes = ui.add_enabled(ready, button).on_hover_text(format!("{tip} (Enter)"));
            let yes = yes.on_disabled_hover_text(why_not);
            let other = (asked == Asked::Either).then(|| {
                let button = ui.add_enabled(ready, egui::Button::new("New project"));
                let button = button.on_hover_text("Make a project of this text");
                button.on_disabled_hover_text(why_not)
            });
            let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
            let elsewhere = ui.memory(|memory| memory.focused()).is_some_and(|id| id != yes.id);
            let typing = ui.ctx().text_edit_focused();
            if yes.clicked() || ready && (typing || !elsewhere) && entered(ui, &[&cancel]) {
                out.push(match asked {
                    Asked::Project => Command::Import(Import::Take(self.answer(), self.out.clone())),
                    Asked::Draft | Asked::Either => Command::Draft(Draft::Compare(self.out.clone())),
                });
            } else if other.is_some_and(|other| other.clicked()) {
                out.push(Command::Import(Import::Take(self.answer(), self.out.clone())));
            } else if cancel.clicked() {
                out.push(Command::Answer(Answer::Cancel));
            }
        });
    }

    fn answer(&self) -> Details {
        let [title, byline, outlet, date, address] = self.fields.clone().map(|field| field.trim().to_owned());
        Details { title, byline, outlet, date, address }
    }
}

/// The encoding, how sure it is, and the others to choose from.
fn encodings(ui: &mut Ui, model: &Model, imported: &Imported, palette: &Palette, out: &mut Vec<Command>) {
    let caption = ui.label(RichText::new("Encoding").size(12.0));
    ui.add_enabled_ui(!model.busy, |ui| {
        let chosen = egui::ComboBox::from_id_salt("encoding").width(ui.available_width());
        let chosen = chosen.selected_text(imported.charset).height(320.0).show_ui(ui, |ui| {
            for charset in CHARSETS {
                let words = format!("{}: {}", charset.name, charset.used_for);
                let is_on = charset.name == imported.charset;
                if ui.selectable_label(is_on, words).clicked() && !is_on {
                    out.push(Command::Import(Import::Decode(charset.name)));
                }
            }
        });
        chosen.response.labelled_by(caption.id).on_hover_text("Read the file's bytes in another encoding");
    });
    let is_uncertain = imported.certainty == Certainty::Uncertain;
    let color = if is_uncertain { palette.bad } else { palette.dim };
    let mut words = imported.certainty.words().to_owned();
    words[..1].make_ascii_uppercase();
    ui.add(Label::new(RichText::new(words).size(12.0).color(color)).wrap());
    ui.add_space(6.0);
}

/// What stands in the fields at first.
fn suggested(imported: &Imported) -> [String; 5] {
    let Details { title, byline, outlet, date, address } = imported.details.clone();
    let first = imported.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let title = if title.is_empty() { first.chars().take(200).collect() } else { title };
    [title, byline, outlet, date, address]
}
