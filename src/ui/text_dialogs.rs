//! The questions about the text: a correction to put in, template lines to take out.
//!
//! May use: egui, the model (read). Invariant: nothing is ticked that has a mark in it unless a
//! person ticks it; only the lines in view are laid out.

use std::collections::BTreeSet;

use egui::{Label, RichText, Role, Stroke, Ui, WidgetInfo};

use super::controls::{card, label, strong};
use super::dialogs::{entered, title};
use super::palette::Palette;
use crate::app::text::TemplateLine;
use crate::app::{Answer, Command, Model, TextCommand};
use crate::domain::invisible::shown;
use crate::domain::{Id, Kind};

/// So many lines with words are shown on each side of one that was found.
const NEAR: usize = 2;
/// Height of a row.
const ROW: f32 = 40.0;

/// What is ticked in the list of template lines.
#[derive(Default)]
pub struct Template {
    ticked: BTreeSet<usize>,
    /// The places in the list that are shown; all of them where there is nothing.
    near: Vec<usize>,
    all: bool,
}

impl Template {
    /// At first all are ticked that were found and have no mark.
    pub fn of(lines: &[TemplateLine]) -> Self {
        let found = |line: &&TemplateLine| line.reason.is_some() && !line.marked;
        let ticked = lines.iter().filter(found).map(|line| line.line).collect();
        let hits = lines.iter().enumerate().filter(|(_, line)| line.reason.is_some());
        let near: BTreeSet<usize> = hits
            .flat_map(|(place, _)| place.saturating_sub(NEAR)..(place + NEAR + 1).min(lines.len()))
            .collect();
        Self { ticked, near: near.into_iter().collect(), all: false }
    }

    /// Draws the list.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        lines: &[TemplateLine],
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let Some(desk) = &model.desk else { return };
        title(ui, "Remove template lines");
        let found = lines.iter().filter(|line| line.reason.is_some()).count();
        let words = match found {
            0 => "No line looks like part of a page's template. Any line can be ticked.".to_owned(),
            1 => "1 line looks like part of the page and not of the article. Tick what is to go.".to_owned(),
            _ => format!(
                "{found} lines look like part of the page and not of the article. Tick what is to go."
            ),
        };
        ui.label(RichText::new(words).color(palette.dim));
        let show_all =
            ui.checkbox(&mut self.all, "Show every line").on_hover_text("The article's own lines, too");
        let whole = self.all || self.near.is_empty();
        let count = if whole { lines.len() } else { self.near.len() };
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 420.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = egui::ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true]);
        area.show_rows(ui, ROW, count, |ui, range| {
            for place in range {
                let place = if whole { place } else { self.near[place] };
                if let Some(line) = lines.get(place) {
                    let text = desk.text();
                    self.row(ui, *line, text.slice(text.line(line.line)).trim(), palette);
                }
            }
        });
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let name = match self.ticked.len() {
                0 => "Remove".to_owned(),
                1 => "Remove 1 line".to_owned(),
                count => format!("Remove {count} lines"),
            };
            let ready = !self.ticked.is_empty();
            let button = egui::Button::new(strong(name)).stroke(Stroke::new(1.0, palette.accent));
            let yes = ui.add_enabled(ready, button);
            let yes = yes.on_hover_text("Take the ticked lines out of the text, in one step of undo (Enter)");
            let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
            let on_box = ui.memory(|memory| memory.focused()).is_some_and(|id| id != yes.id);
            if yes.clicked() || ready && !on_box && entered(ui, &[&cancel, &show_all]) {
                let lines = self.ticked.iter().copied().collect();
                out.push(Command::Text(TextCommand::RemoveLines(lines)));
            } else if cancel.clicked() {
                out.push(Command::Answer(Answer::Cancel));
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, line: TemplateLine, words: &str, palette: &Palette) {
        let words: String = words.chars().take(160).collect();
        let mut why = match line.reason {
            Some(reason) => capital(reason),
            None => "Nothing speaks against it".to_owned(),
        };
        if line.marked {
            why.push_str(" · something is marked in it, which would become an orphan");
        }
        ui.push_id(line.line, |ui| {
            ui.allocate_ui(egui::vec2(ui.available_width(), ROW), |ui| {
                ui.set_min_height(ROW);
                ui.horizontal_centered(|ui| {
                    let mut on = self.ticked.contains(&line.line);
                    let response = ui.checkbox(&mut on, "");
                    let name = format!("{words}. {why}");
                    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
                    if response.changed() && !on {
                        self.ticked.remove(&line.line);
                    } else if response.changed() {
                        self.ticked.insert(line.line);
                    }
                    ui.vertical(|ui| {
                        ui.add_space(3.0);
                        ui.spacing_mut().item_spacing.y = 1.0;
                        let color = if line.reason.is_some() { palette.ink } else { palette.dim };
                        let row = ui.add(
                            Label::new(RichText::new(shown(&words)).color(color))
                                .truncate()
                                .selectable(false),
                        );
                        let warns = line.marked && line.reason.is_some();
                        let color = if warns { palette.bad } else { palette.dim };
                        ui.add(
                            Label::new(RichText::new(&why).size(11.5).color(color))
                                .truncate()
                                .selectable(false),
                        );
                        if row.interact(egui::Sense::click()).clicked() && !self.ticked.remove(&line.line) {
                            self.ticked.insert(line.line);
                        }
                    });
                });
            });
        });
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Asks whether an accepted correction goes into the text.
pub fn correct(ui: &mut Ui, model: &Model, id: Id, palette: &Palette, out: &mut Vec<Command>) {
    title(ui, "Put the correction into the text?");
    let annotation = model.desk.as_ref().and_then(|desk| desk.project.annotations.get(&id));
    let Some((desk, annotation)) = model.desk.as_ref().zip(annotation) else { return };
    let Ok((spans, words)) = desk.project.correctable(annotation) else { return };
    let places = match spans.len() {
        1 => String::new(),
        count => format!(" in {count} places"),
    };
    let kind = if annotation.kind == Kind::Quote { "quote" } else { "claim" };
    let told = format!("The {kind} then covers just the new words{places}; marks beside them move along.");
    for (caption, words, color) in [
        ("In the text", desk.project.article.text.slice(spans[0]), palette.dim),
        ("Instead", words, palette.ink),
    ] {
        label(ui, caption, palette);
        card(palette).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let words: String = words.chars().take(600).collect();
            ui.add(Label::new(RichText::new(shown(&words)).color(color)).wrap());
        });
    }
    ui.label(RichText::new(told).color(palette.dim));
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let button =
            egui::Button::new(strong("Put it into the text")).stroke(Stroke::new(1.0, palette.accent));
        let yes = ui.add(button).on_hover_text("Replace the words, in one step of undo (Enter)");
        let no =
            ui.button("Not now").on_hover_text("It can be put in later, from the menu Annotation (Escape)");
        if yes.clicked() || entered(ui, &[&no]) {
            out.push(Command::Text(TextCommand::Correct(id)));
        } else if no.clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    });
}
