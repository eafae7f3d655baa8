//! What is shown while a disk does not answer: that it does not, and a way to go on without it.
//!
//! May use: egui, the model (read). Invariant: it comes only where somebody waits, after some seconds,
//! and never stands in the way of work. Time is that of the window's frames.

use egui::{Align2, Context, RichText, Stroke, Vec2};

use super::palette::Palette;
use crate::app::{Command, Model};

/// Seconds that a disk may take without a word.
const QUIET: f64 = 4.0;

/// Since when somebody waits.
#[derive(Default)]
pub struct Waiting {
    since: Option<f64>,
}

impl Waiting {
    /// Draws it over the top of a pane. `is_waiting` says whether a disk has not answered yet.
    pub fn ui(
        &mut self,
        ctx: &Context,
        (model, is_waiting): (&Model, bool),
        pane: egui::Rect,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let saving = model.desk.as_ref().is_some_and(|desk| desk.saving.is_some());
        if !is_waiting || !(model.busy || saving) {
            self.since = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let since = *self.since.get_or_insert(now);
        if now - since < QUIET {
            ctx.request_repaint_after_secs((QUIET - (now - since)) as f32 + 0.05);
            return;
        }
        let area = egui::Area::new(egui::Id::unique("waiting"))
            .order(egui::Order::Foreground)
            .pivot(Align2::CENTER_TOP)
            // Without a project the pane is the whole window, with the menus at its top.
            .fixed_pos(pane.center_top() + Vec2::new(0.0, if model.desk.is_some() { 12.0 } else { 56.0 }))
            .constrain_to(pane);
        area.show(ctx, |ui| {
            let frame = egui::Frame::popup(ui.style())
                .stroke(Stroke::new(1.0, palette.line))
                .corner_radius(10)
                .inner_margin(egui::Margin::symmetric(12, 9));
            frame.show(ui, |ui| {
                ui.horizontal(|ui| {
                    let text =
                        if saving { "The disk has not saved it yet" } else { "The disk does not answer yet" };
                    ui.label(RichText::new(text).color(palette.ink));
                    let stop = ui.button("Stop waiting");
                    if stop.on_hover_text("Go on without it; nothing that you did is lost").clicked() {
                        out.push(Command::StopWaiting);
                    }
                });
            });
        });
    }
}
