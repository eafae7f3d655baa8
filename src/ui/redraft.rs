//! The question before a new draft is taken: what differs, and what becomes of each mark.
//!
//! May use: egui, the model (read). Invariant: while the texts are compared it says how far it came and can
//! be left; what is shown is what is taken, and taking is one command. Enter takes it, Escape does not.

use std::sync::Arc;

use egui::{Label, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo};

use super::controls::{card, label, strong};
use super::dialogs::{entered, title};
use super::palette::Palette;
use super::redraft_list::{Marks, reason, words};
use super::redraft_text::Both;
use crate::app::redraft::{Coming, Draft, told};
use crate::app::{Answer, Command, Desk, Model};
use crate::domain::redraft::Plan;

/// With less room the marks stand below the text and not beside it.
const NARROW: f32 = 640.0;
/// How wide the list is beside it.
const SIDE: f32 = 372.0;

/// What is shown of a new draft.
#[derive(Default)]
pub struct Preview {
    of: Option<Arc<Plan>>,
    both: Both,
    marks: Marks,
}

impl Preview {
    /// Nothing is left of what was shown before.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Draws the question.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        let (Some(coming), Some(desk)) = (&model.draft.coming, &model.desk) else {
            out.push(Command::Answer(Answer::Cancel));
            return;
        };
        let name: String = coming.name.chars().take(80).collect();
        title(ui, &format!("New draft: {name}"));
        match &coming.plan {
            None => comparing(ui, coming, palette, out),
            Some(plan) => self.compared(ui, desk, plan, palette, out),
        }
    }

    fn compared(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        plan: &Arc<Plan>,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        if self.of.as_ref().is_none_or(|of| !Arc::ptr_eq(of, plan)) {
            (self.both, self.marks) = (Both::of(plan), Marks::of(plan));
            self.of = Some(plan.clone());
        }
        let changed = match self.both.changed() {
            0 => "Only spaces and line ends changed".to_owned(),
            1 => "1 paragraph changed".to_owned(),
            count => format!("{count} paragraphs changed"),
        };
        let about = format!("{changed} · annotations: {}", told(plan.counts()));
        ui.add(Label::new(RichText::new(about).color(palette.dim)).wrap());
        let width = ui.available_width();
        let height = (ui.ctx().content_rect().height() - 190.0).clamp(120.0, 680.0);
        if width < NARROW {
            self.text(ui, plan, height * 0.5, palette);
            self.list(ui, desk, plan, height * 0.5, palette);
        } else {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                let room = egui::vec2(width - SIDE - 16.0, height);
                ui.allocate_ui_with_layout(room, egui::Layout::top_down(egui::Align::Min), |ui| {
                    self.text(ui, plan, height, palette);
                });
                ui.vertical(|ui| {
                    ui.set_width(SIDE);
                    self.list(ui, desk, plan, height, palette);
                });
            });
        }
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let button =
                egui::Button::new(strong("Take the new draft")).stroke(Stroke::new(1.0, palette.accent));
            let yes =
                ui.add(button).on_hover_text("Put it in the place of the text, in one step of undo (Enter)");
            let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
            let elsewhere = ui.memory(|memory| memory.focused()).is_some_and(|id| id != yes.id);
            if yes.clicked() || !elsewhere && entered(ui, &[&cancel]) {
                out.push(Command::Draft(Draft::Take));
            } else if cancel.clicked() {
                out.push(Command::Answer(Answer::Cancel));
            }
            label(ui, "Struck out: removed · underlined: added", palette);
        });
    }

    fn text(&mut self, ui: &mut Ui, plan: &Plan, height: f32, palette: &Palette) {
        let chosen = self.marks.chosen.and_then(|index| plan.fates.get(index));
        card(palette).show(ui, |ui| {
            let height = (height - 18.0).max(60.0);
            let area = ScrollArea::vertical().id_salt("both").max_height(height).min_scrolled_height(height);
            area.auto_shrink([false, false]).show(ui, |ui| {
                self.both.ui(ui, plan, chosen, palette);
            });
        });
    }

    fn list(&mut self, ui: &mut Ui, desk: &Desk, plan: &Plan, height: f32, palette: &Palette) {
        let below = if height < 240.0 { 0.0 } else { (height * 0.4).min(190.0) };
        if self.marks.ui(ui, desk, plan, height - below, palette)
            && let Some(fate) = self.marks.chosen.and_then(|index| plan.fates.get(index))
        {
            self.both.show(fate);
        }
        if below == 0.0 {
            return;
        }
        ui.add_space(8.0);
        let chosen = self.marks.chosen.and_then(|index| plan.fates.get(index));
        card(palette).show(ui, |ui| {
            let height = (below - 28.0).max(40.0);
            let area = ScrollArea::vertical().id_salt("one").max_height(height).min_scrolled_height(height);
            area.auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                let Some(fate) = chosen else {
                    label(ui, "Choose an annotation to see its words before and now", palette);
                    return;
                };
                let (was, is) = words(desk, plan, fate);
                ui.add(Label::new(strong(reason(fate)).size(12.5)).wrap());
                let is_same = is.as_ref() == Some(&was);
                label(ui, if is_same { "Before and now" } else { "Before" }, palette);
                ui.add(Label::new(cut(&was)).wrap());
                if let Some(is) = is.filter(|_| !is_same) {
                    label(ui, "Now", palette);
                    ui.add(Label::new(cut(&is)).wrap());
                }
            });
        });
    }
}

/// The first letters of very long words.
fn cut(words: &str) -> String {
    let end = words.floor_char_boundary(1_200.min(words.len()));
    if end < words.len() { format!("{} …", &words[..end]) } else { words.to_owned() }
}

/// How far comparing came.
fn comparing(ui: &mut Ui, coming: &Coming, palette: &Palette, out: &mut Vec<Command>) {
    ui.label(RichText::new("Comparing it with the article").color(palette.dim));
    let bar = egui::ProgressBar::new(f32::from(coming.part) / 100.0).desired_height(8.0);
    let bar = ui.add(bar.desired_width(ui.available_width().min(420.0)));
    bar.widget_info(|| {
        let name = format!("Comparing, {} percent", coming.part);
        WidgetInfo::labeled(Role::ProgressIndicator, true, name)
    });
    ui.add_space(6.0);
    if ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)").clicked() {
        out.push(Command::Answer(Answer::Cancel));
    }
}
