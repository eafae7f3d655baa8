//! The small bar beside the selected words: claim, quote or source.
//!
//! May use: egui, the model (read). Invariant: it stands beside the selection, never on it, inside
//! the pane, and only once the pointer is up.

use egui::{Align2, Context, RichText, Vec2};
use unicode_segmentation::UnicodeSegmentation;

use super::article::ArticleOutput;
use super::controls::{Pill, dot, pill, tooltip};
use super::palette::Palette;
use super::words::cut;
use crate::app::table::row_of;
use crate::app::{Command, Model, can};
use crate::domain::Kind;

/// Draws the bar where there is a selection.
pub fn ui(ctx: &Context, model: &Model, article: &ArticleOutput, palette: &Palette, out: &mut Vec<Command>) {
    let Some(desk) = &model.desk else { return };
    let (Some(span), Some(rect)) = (desk.selection, article.selection_rect) else { return };
    if article.pointer_down || model.dialog.is_some() || desk.read_only.is_some() {
        return;
    }
    let text = &desk.project.article.text;
    let below = rect.bottom() + 8.0 + 46.0 < article.rect.bottom();
    let (pivot, y) = if below {
        (Align2::CENTER_TOP, rect.bottom() + 8.0)
    } else {
        (Align2::CENTER_BOTTOM, rect.top() - 8.0)
    };
    let x = rect
        .center()
        .x
        .clamp(article.rect.left() + 190.0, (article.rect.right() - 190.0).max(article.rect.left() + 190.0));
    let frame =
        egui::Frame::popup(&ctx.global_style()).inner_margin(egui::Margin::symmetric(9, 7)).corner_radius(10);
    let area = egui::Area::new(egui::Id::unique("selection bar"))
        .order(egui::Order::Middle)
        .pivot(pivot)
        .fixed_pos(egui::pos2(x, y))
        .constrain_to(article.rect);
    area.show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for kind in Kind::ALL {
                    let key = row_of(&Command::Mark(kind))
                        .and_then(|row| row.keys.first())
                        .map(|chord| chord.words(false))
                        .unwrap_or_default();
                    let name = format!("Mark as {}", kind.word());
                    let look = Pill { text: kind.name(), key: &key, on: None, width: 0.0, name };
                    let mut response = pill(ui, &look, palette, |painter, center| {
                        dot(painter, center, palette.kind(kind).rule)
                    });
                    if let Some(row) = row_of(&Command::Mark(kind)) {
                        response = response.on_hover_text(tooltip(row));
                    }
                    if response.clicked() {
                        out.push(Command::Mark(kind));
                    }
                }
                if can(model, &Command::AddSpan) {
                    // Where it is not picked any more, its words say which it is.
                    let walked = desk.walked_from.filter(|_| desk.picked.is_none());
                    let of = walked.and_then(|id| desk.project.annotations.get(&id));
                    let text = of.map(|of| format!("Add to “{}”", cut(&of.words(), 18)));
                    let look = Pill {
                        text: text.as_deref().unwrap_or("Add"),
                        key: "A",
                        on: None,
                        width: 0.0,
                        name: "Add to the selected annotation".into(),
                    };
                    let plus = |painter: &egui::Painter, center: egui::Pos2| {
                        let stroke = egui::Stroke::new(1.6, palette.accent);
                        painter.line_segment([center - Vec2::X * 4.0, center + Vec2::X * 4.0], stroke);
                        painter.line_segment([center - Vec2::Y * 4.0, center + Vec2::Y * 4.0], stroke);
                    };
                    let tip = row_of(&Command::AddSpan).map(tooltip).unwrap_or_default();
                    if pill(ui, &look, palette, plus).on_hover_text(tip).clicked() {
                        out.push(Command::AddSpan);
                    }
                }
                let count = text.slice(span).graphemes(true).take(10_000).count();
                let count = match count {
                    1 => "1 character".to_owned(),
                    10_000 => "10,000 characters or more".to_owned(),
                    count => format!("{count} characters"),
                };
                ui.label(RichText::new(count).color(palette.dim));
            });
        });
    });
}
