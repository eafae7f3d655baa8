//! What the program has to tell, over the foot of the article.
//!
//! May use: egui, the model (read). Invariant: a problem stays until it is closed; what merely
//! happened goes by itself after a while, but not while the pointer is on it.

use std::collections::BTreeMap;

use egui::{Align2, Context, RichText, Stroke, Vec2};

use super::controls::strong;
use super::palette::Palette;
use crate::app::merging::Merge;
use crate::app::{Command, Model};
use crate::domain::invisible::shown;

/// Seconds that a notice stays which is no problem.
const STAYS: f64 = 9.0;

/// When each notice was first shown.
#[derive(Default)]
pub struct Notices {
    since: BTreeMap<u64, f64>,
}

impl Notices {
    /// Draws the notices above the lower left corner of a pane.
    pub fn ui(
        &mut self,
        ctx: &Context,
        model: &Model,
        pane: egui::Rect,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let now = ctx.input(|input| input.time);
        self.since.retain(|number, _| model.notices.iter().any(|notice| notice.number == *number));
        if model.notices.is_empty() {
            return;
        }
        let area = egui::Area::new(egui::Id::unique("notices"))
            .order(egui::Order::Foreground)
            .pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(pane.left_bottom() + Vec2::new(14.0, -12.0))
            .constrain_to(pane);
        area.show(ctx, |ui| {
            ui.set_max_width((pane.width() - 40.0).clamp(200.0, 560.0));
            for notice in &model.notices {
                let color = if notice.is_problem { palette.bad } else { palette.line };
                let frame = egui::Frame::popup(ui.style())
                    .stroke(Stroke::new(1.0, color))
                    .corner_radius(10)
                    .inner_margin(egui::Margin::symmetric(12, 9));
                let shown = frame.show(ui, |ui| {
                    ui.horizontal_top(|ui| {
                        let room = ui.available_width() - if notice.copy.is_some() { 150.0 } else { 74.0 };
                        ui.vertical(|ui| {
                            ui.set_max_width(room);
                            let color = if notice.is_problem { palette.bad } else { palette.ink };
                            for line in notice.text.lines() {
                                let text = RichText::new(quoted(&shown(line))).color(color);
                                // A line of a file and the sign below it stand under each other.
                                let label = match shows_a_line(line) {
                                    true => egui::Label::new(text.monospace().size(11.0)).extend(),
                                    false => egui::Label::new(text).wrap(),
                                };
                                ui.add(label.selectable(true));
                            }
                            if !notice.hint.is_empty() {
                                ui.label(RichText::new(shown(&notice.hint)).color(palette.dim));
                            }
                        });
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
                            if ui
                                .small_button(strong("Close").size(12.0))
                                .on_hover_text("Close this notice")
                                .clicked()
                            {
                                out.push(Command::CloseNotice(notice.number));
                            }
                            if let Some(copy) = &notice.copy {
                                let merge = Command::Merge(Merge::Copy(copy.clone()));
                                let button = egui::Button::new(strong("Merge…").size(12.0)).small();
                                let help = "See what is in that copy, and bring it in";
                                let enabled = crate::app::can(model, &merge);
                                if ui.add_enabled(enabled, button).on_hover_text(help).clicked() {
                                    out.push(merge);
                                }
                            }
                        });
                    });
                });
                let since = *self.since.entry(notice.number).or_insert(now);
                if notice.is_problem || notice.copy.is_some() || shown.response.contains_pointer() {
                    continue;
                }
                if now - since > STAYS {
                    out.push(Command::CloseNotice(notice.number));
                } else {
                    ctx.request_repaint_after_secs((STAYS - (now - since)) as f32 + 0.05);
                }
            }
        });
    }
}

/// Backticks in pairs as quotation marks: the interface's type draws them as accents.
fn quoted(line: &str) -> String {
    let (mut out, mut open) = (String::new(), false);
    for c in line.chars() {
        if c == '`' {
            out.push(if open { '”' } else { '“' });
            open = !open;
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a line of a notice quotes a line of a file: a number or nothing, and a bar.
fn shows_a_line(line: &str) -> bool {
    line.split_once(" | ").is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit() || c == ' '))
}

#[cfg(test)]
mod tests {
    use super::{quoted, shows_a_line};

    #[test]
    fn a_line_of_a_file_is_told_from_a_sentence() {
        assert!(shows_a_line("723 | …, by: \"Ada\""));
        assert!(shows_a_line("    |     ^"));
        assert!(!shows_a_line("Line 723, column 112: a record should begin here"));
        assert!(!shows_a_line("a | b"));
        assert_eq!(quoted("with `(`; or `]`"), "with “(”; or “]”");
    }
}
