//! The history of an annotation, for reading: who, when, what, from which value to which.
//!
//! May use: egui, the model (read), the local clock's way of writing a time. Invariant: the lines are
//! made again only when the annotation changed; of a long history the newest lines are drawn, and all
//! on request.

use egui::{RichText, Ui};

use super::annotations;
use super::controls::strong;
use super::dialogs::title;
use super::palette::Palette;
use super::words::cut;
use crate::app::story::{self, Line};
use crate::app::{Answer, Command, Model};
use crate::domain::Id;
use crate::domain::invisible::shown;
use crate::io::clock;

/// Lines that are drawn before somebody asks for all.
const FIRST: usize = 60;

/// What is shown.
#[derive(Default)]
pub struct HistorySheet {
    lines: Vec<Line>,
    of: Option<(Id, u64)>,
    all: bool,
}

impl HistorySheet {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, id: Id, palette: &Palette, out: &mut Vec<Command>) {
        title(ui, "History");
        let Some(desk) = &model.desk else { return };
        let Some(annotation) = desk.project.annotations.get(&id) else { return };
        let key = Some((id, desk.history.state()));
        if self.of != key {
            *self = Self { lines: story::history(&desk.project, annotation), of: key, all: false };
        }
        ui.label(RichText::new(cut(&annotations::title(annotation), 160)).color(palette.dim));
        let room = (ui.ctx().content_rect().height() - 220.0).clamp(80.0, 560.0);
        let shown = if self.all { self.lines.len() } else { FIRST.min(self.lines.len()) };
        egui::ScrollArea::vertical()
            .max_height(room)
            .min_scrolled_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                for line in &self.lines[..shown] {
                    draw(ui, line, palette);
                }
                if shown < self.lines.len() {
                    ui.add_space(4.0);
                    let text = format!("Show all {}", self.lines.len());
                    if ui.button(text).on_hover_text("Show the older changes too").clicked() {
                        self.all = true;
                    }
                }
            });
        if ui.button("Close").on_hover_text("Close the history (Escape)").clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    }
}

fn draw(ui: &mut Ui, line: &Line, palette: &Palette) {
    // One label a line, so that it is read in one piece.
    ui.add_space(5.0);
    ui.add(egui::Label::new(strong(shown(&line.words())).size(12.5)).wrap());
    let who = format!("{} · {}", line.by, clock::local(line.when));
    ui.label(RichText::new(shown(&who)).size(11.5).color(palette.dim));
}
