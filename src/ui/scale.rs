//! The question for the scale that claims are rated on: one of the usual ones, or the house's own.
//!
//! May use: egui, the model (read), the presets. Invariant: nothing changes before "Keep"; rows
//! without a label are left out.

use egui::{RichText, Ui, Vec2};

use super::controls::label;
use super::dialogs::{buttons, title};
use super::palette::Palette;
use crate::app::{Command, Model, RecordCommand};
use crate::domain::annotation::Number;
use crate::domain::project::Rating;
use crate::domain::scale::PRESETS;

/// Ratings that a house can have; nobody chooses from more.
const MOST: usize = 12;

/// What is being typed.
#[derive(Default)]
pub struct ScaleSheet {
    rows: Vec<[String; 3]>,
}

fn row_of(rating: &Rating) -> [String; 3] {
    let number = rating.number.map(|number| number.0.to_string()).unwrap_or_default();
    [rating.label.clone(), number, rating.meaning.clone()]
}

/// The number in a field; nothing where it is empty, or none.
fn number(text: &str) -> Option<Number> {
    text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite()).map(Number)
}

impl ScaleSheet {
    /// Draws it; `fresh` in the first frame.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, fresh: bool, palette: &Palette, out: &mut Vec<Command>) {
        if fresh {
            let scale = model.desk.as_ref().map(|desk| desk.project.about.scale.as_slice());
            self.rows = scale.unwrap_or_default().iter().map(row_of).collect();
        }
        // On a button, Enter presses that one.
        let typing = ui.ctx().text_edit_focused();
        title(ui, "Rating scale");
        let text = "Kept in this project. Ratings that were given stay as they are.";
        ui.label(RichText::new(text).color(palette.dim));
        let room = (ui.ctx().content_rect().height() - 200.0).max(80.0);
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            label(ui, "Take one of these", palette);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = Vec2::splat(6.0);
                for preset in PRESETS {
                    let labels: Vec<String> = preset.scale().into_iter().map(|r| r.label).collect();
                    if ui.button(preset.name).on_hover_text(labels.join(", ")).clicked() {
                        self.rows = preset.scale().iter().map(row_of).collect();
                    }
                }
            });
            ui.add_space(6.0);
            if !self.rows.is_empty() {
                label(ui, "Label, number, meaning; the best rating first", palette);
            }
            self.table(ui);
            let full = self.rows.len() >= MOST;
            let add = ui.add_enabled(!full, egui::Button::new("Add a rating"));
            if add.on_hover_text("One more rating at the end of the scale").clicked() {
                self.rows.push(Default::default());
            }
        });
        let wrong = self.rows.iter().any(|row| !row[1].trim().is_empty() && number(&row[1]).is_none());
        if wrong {
            ui.label(RichText::new("A number is written in digits: 4 or 2.5").color(palette.bad));
        }
        buttons(ui, "Keep", !wrong, typing, out, || {
            let rating = |[label, digits, meaning]: &[String; 3]| Rating {
                label: label.clone(),
                number: number(digits),
                meaning: meaning.clone(),
            };
            Command::Record(RecordCommand::SetScale(self.rows.iter().map(rating).collect()))
        });
    }

    fn table(&mut self, ui: &mut Ui) {
        let mut gone = None;
        let width = ui.available_width();
        for (place, row) in self.rows.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                let room = (width - 48.0 - 76.0 - 18.0).max(80.0);
                for (column, (name, share)) in
                    [("Label", room * 0.42), ("Number", 48.0), ("Meaning", room * 0.58)]
                        .into_iter()
                        .enumerate()
                {
                    let edit = egui::TextEdit::singleline(&mut row[column])
                        .desired_width(share)
                        .margin(egui::Margin::symmetric(7, 5));
                    let response = ui.add(edit);
                    let name = format!("{name} of rating {}", place + 1);
                    let value = row[column].clone();
                    ui.ctx().accesskit_node_builder(response.id, |node| {
                        node.set_label(name.as_str());
                        node.set_value(value);
                    });
                    response.on_hover_text(name);
                }
                let remove = ui.add(egui::Button::new("Remove").min_size(Vec2::new(70.0, 26.0)));
                let name = format!("Remove rating {}", place + 1);
                remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if remove.on_hover_text("Take this rating out of the scale").clicked() {
                    gone = Some(place);
                }
            });
        }
        if let Some(place) = gone {
            self.rows.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_either_sign_for_the_fraction() {
        assert_eq!(number(" 2,5 "), Some(Number(2.5)));
        assert_eq!(number("4"), Some(Number(4.0)));
        assert_eq!(number("four"), None);
        assert_eq!(number("inf"), None);
    }
}
