//! What stands in the inspector's place while several rows are selected.
//!
//! May use: egui, the model (read). Invariant: everything here is done to all that are selected, in
//! one step of undo; what they have is counted once for each state and selection, not in a frame.

use std::collections::BTreeMap;

use egui::{RichText, Role, Ui, Vec2, WidgetInfo};

use super::controls::{Pill, command_button, label, pill, strong, tooltip};
use super::icons::status_icon;
use super::palette::Palette;
use crate::app::queue::{Queue, bulk::annotations};
use crate::app::table::row_of;
use crate::app::{Command, Desk, Model, can};
use crate::domain::Status;
use crate::domain::annotation::Priority;

/// The panel's own state.
#[derive(Default)]
pub struct Bulk {
    tag: String,
    /// Whether the focus goes back to where one was.
    back: bool,
    counted: Option<(u64, u64, u64, Counts)>,
}

/// What those selected have.
#[derive(Default)]
struct Counts {
    statuses: [usize; 8],
    priorities: [usize; 4],
    tags: BTreeMap<String, usize>,
    /// How many have no row, because of the filter or a folded heading.
    unseen: usize,
    again: usize,
}

impl Counts {
    fn of(desk: &Desk) -> Self {
        let mut counts = Self::default();
        for id in desk.chosen_ids() {
            let Some(annotation) = desk.project.annotations.get(&id) else { continue };
            counts.statuses[annotation.status as usize] += 1;
            counts.priorities[annotation.priority.map_or(3, |priority| priority as usize)] += 1;
            counts.again += usize::from(annotation.is_to_check());
            counts.unseen += usize::from(desk.list.line_of(&desk.places, id).is_none());
            for tag in &annotation.tags {
                *counts.tags.entry(tag.clone()).or_default() += 1;
            }
        }
        counts
    }
}

impl Bulk {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        let Some(desk) = &model.desk else { return };
        let key = (desk.history.state(), desk.chosen.revision(), desk.list.revision());
        let known = self.counted.take().filter(|(a, b, c, _)| (*a, *b, *c) == key);
        let counts = known.map_or_else(|| Counts::of(desk), |(.., counts)| counts);
        egui::ScrollArea::vertical().id_salt("bulk").auto_shrink([false, false]).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 12)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                head(ui, desk, &counts, palette, out);
                statuses(ui, model, desk, &counts, palette, out);
                if counts.again > 0 {
                    ui.add_space(4.0);
                    let text = format!("{} to be checked again hold", counts.again);
                    ui.add_enabled_ui(desk.read_only.is_none(), |ui| {
                        if ui.button(text).on_hover_text("Confirm them (K)").clicked() {
                            out.push(Command::Confirm);
                        }
                    });
                }
                ui.add_enabled_ui(desk.read_only.is_none(), |ui| {
                    priorities(ui, desk, &counts, palette, out);
                    self.tags(ui, &counts, desk.chosen_count(), palette, out);
                });
                ui.add_space(8.0);
                let text = format!("Remove {}", annotations(desk.chosen_count()));
                command_button(ui, model, Command::Remove, &text, out);
            });
        });
        self.counted = Some((key.0, key.1, key.2, counts));
    }

    fn tags(&mut self, ui: &mut Ui, counts: &Counts, all: usize, palette: &Palette, out: &mut Vec<Command>) {
        ui.add_space(6.0);
        let caption = label(ui, "Tags", palette);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(5.0, 5.0);
            for (tag, count) in &counts.tags {
                let text = if *count == all { format!("{tag}  ×") } else { format!("{tag} {count}  ×") };
                let button = ui.button(RichText::new(text).size(12.0));
                let name = format!("Take the tag {tag} from {count}");
                button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
                if button.on_hover_text(name.as_str()).clicked() {
                    out.push(Command::Queue(Queue::Untag(tag.clone())));
                }
            }
        });
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 80.0).max(60.0);
            let edit = egui::TextEdit::singleline(&mut self.tag)
                .id(tag_field())
                .hint_text("A tag for all of them")
                .desired_width(width)
                .margin(egui::Margin::symmetric(9, 6));
            let field = ui.add(edit).labelled_by(caption.id);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let ready = !self.tag.trim().is_empty();
            let add = ui.add_enabled(ready, egui::Button::new("Add tag").min_size(Vec2::new(0.0, 26.0)));
            if ready && (add.on_hover_text("Give all of them this tag (Enter)").clicked() || entered) {
                out.push(Command::Queue(Queue::Tag(std::mem::take(&mut self.tag))));
            }
            self.back |= entered;
        });
    }
}

impl Bulk {
    /// Whether the focus goes back now; once.
    pub fn goes_back(&mut self) -> bool {
        std::mem::take(&mut self.back)
    }
}

/// The field for a tag of all that are selected.
pub fn tag_field() -> egui::Id {
    egui::Id::unique("tag of several")
}

fn head(ui: &mut Ui, desk: &Desk, counts: &Counts, palette: &Palette, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(strong(format!("{} selected", desk.chosen_count())));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let back = ui.button("Only the last").on_hover_text("Go back to one annotation (Escape)");
            if back.clicked() {
                out.push(Command::Escape);
            }
        });
    });
    if counts.unseen > 0 {
        let text = format!("{} of them have no row in the list now", counts.unseen);
        ui.label(RichText::new(text).size(12.0).color(palette.bad));
    }
}

fn statuses(
    ui: &mut Ui,
    model: &Model,
    desk: &Desk,
    counts: &Counts,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    let texts = Status::ALL.map(|status| match counts.statuses[status as usize] {
        0 => status.name().to_owned(),
        count => format!("{} · {count}", status.name()),
    });
    let natural = |text: &str, key: &str| {
        let look = Pill { text, key, on: Some(palette.ink), width: 0.0, name: String::new() };
        look.natural_width(ui)
    };
    let half = ((ui.available_width() - 6.0) / 2.0).floor();
    let widest = |key: &str| texts.iter().map(|text| natural(text, key)).fold(0.0, f32::max);
    let (columns, with_keys) = match half {
        half if half >= widest("8") => (2, true),
        half if half >= widest("") => (2, false),
        _ => (1, true),
    };
    let width = if columns == 2 { half } else { ui.available_width() };
    for row in Status::ALL.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for status in row {
                let command = Command::SetStatus(*status);
                let color = if *status == Status::Unchecked { palette.dim } else { palette.status(*status) };
                let all = counts.statuses[*status as usize] == desk.chosen_count();
                let key = if with_keys { status.key().to_string() } else { String::new() };
                let text = &texts[*status as usize];
                let name = status.name().to_owned();
                let look = Pill { text, key: &key, on: all.then_some(color), width, name };
                ui.add_enabled_ui(can(model, &command), |ui| {
                    let response = pill(ui, &look, palette, |painter, center| {
                        status_icon(painter, center, 11.5, *status, palette);
                    });
                    let tip = row_of(&command).map(tooltip).unwrap_or_default();
                    if response.on_hover_text(format!("{tip}, for all of them")).clicked() {
                        out.push(command.clone());
                    }
                });
            }
        });
    }
}

fn priorities(ui: &mut Ui, desk: &Desk, counts: &Counts, palette: &Palette, out: &mut Vec<Command>) {
    ui.add_space(6.0);
    label(ui, "Priority", palette);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let all = [
            (Some(Priority::High), "High"),
            (Some(Priority::Medium), "Medium"),
            (Some(Priority::Low), "Low"),
            (None, "None"),
        ];
        for (place, (priority, name)) in all.into_iter().enumerate() {
            let count = counts.priorities[place];
            let text = if count == 0 { name.to_owned() } else { format!("{name} · {count}") };
            let text = RichText::new(text).size(12.0);
            let button = egui::Button::new(text).selected(count == desk.chosen_count());
            let response = ui.add(button.min_size(Vec2::new(0.0, 22.0)));
            let said = format!("Priority {}", name.to_lowercase());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &said));
            if response.on_hover_text("How much hangs on them").clicked() {
                out.push(Command::Queue(Queue::Priority(priority)));
            }
        }
    });
}
