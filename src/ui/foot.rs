//! The bar at the foot: counts by status, position, zoom.
//!
//! May use: egui, the model (read). Invariant: each count has its sign, its colour and its word.

use egui::{RichText, Ui, Vec2};

use super::icons::status_icon;
use super::palette::Palette;
use crate::app::{Desk, Model};
use crate::domain::Status;

/// Draws the bar.
pub fn ui(ui: &mut Ui, model: &Model, paragraph: usize, palette: &Palette) {
    let Some(desk) = &model.desk else { return };
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for status in [
            Status::Verified,
            Status::NeedsCorrection,
            Status::Query,
            Status::InProgress,
            Status::Unverifiable,
            Status::OnAuthor,
            Status::NotCheckable,
            Status::Unchecked,
        ] {
            let count = desk.places.statuses()[status as usize];
            if count == 0 {
                continue;
            }
            let (rect, _) = ui.allocate_exact_size(Vec2::new(14.0, 16.0), egui::Sense::hover());
            status_icon(ui.painter(), rect.center(), 11.0, status, palette);
            let color = if status == Status::Unchecked { palette.dim } else { palette.status(status) };
            ui.label(RichText::new(format!("{count} {}", words(status, count))).size(12.0).color(color));
            ui.add_space(12.0);
        }
        if desk.places.to_check_again() > 0 {
            let text = format!("{} to check again", desk.places.to_check_again());
            ui.label(RichText::new(text).size(12.0).color(palette.bad));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(
                RichText::new(position(desk, paragraph, model.settings.zoom)).size(12.0).color(palette.dim),
            );
        });
    });
}

const fn words(status: Status, count: usize) -> &'static str {
    match status {
        Status::Unchecked => "unchecked",
        Status::InProgress => "in progress",
        Status::Query if count == 1 => "query",
        Status::Query => "queries",
        Status::Verified => "verified",
        Status::NeedsCorrection if count == 1 => "needs correction",
        Status::NeedsCorrection => "need correction",
        Status::Unverifiable => "unverifiable",
        Status::OnAuthor => "on author",
        Status::NotCheckable => "not checkable",
    }
}

fn position(desk: &Desk, paragraph: usize, zoom: f32) -> String {
    let mut parts = vec![format!("¶ {paragraph} of {}", desk.project.article.text.paragraph_count())];
    if let Some(number) = desk.picked.and_then(|id| desk.places.number(id)) {
        parts.push(format!("{number} of {}", desk.places.count()));
    }
    parts.push(format!("{:.0} %", zoom * 100.0));
    parts.join(" · ")
}
