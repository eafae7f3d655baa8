//! The bar at the foot: counts by status, position, zoom.
//!
//! May use: egui, the model (read). Invariant: each count has its sign, its colour and its
//! word, which is its name where there is no room to show it; nothing lies over anything else.

use egui::{FontId, RichText, Role, Ui, Vec2, WidgetInfo};

use super::icons::status_icon;
use super::looks;
use super::palette::Palette;
use crate::app::{Command, Desk, Model};
use crate::domain::Status;

/// In the order of the bar.
const ORDER: [Status; 8] = [
    Status::Verified,
    Status::NeedsCorrection,
    Status::Query,
    Status::InProgress,
    Status::Unverifiable,
    Status::OnAuthor,
    Status::NotCheckable,
    Status::Unchecked,
];

/// Draws the bar: the position at the right end, and the counts in the room that it leaves.
pub fn ui(ui: &mut Ui, model: &Model, paragraph: usize, palette: &Palette, out: &mut Vec<Command>) {
    let Some(desk) = &model.desk else { return };
    let counts = counts(desk);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let position = position(desk, paragraph, model.settings.zoom);
        ui.label(RichText::new(position).size(12.0).color(palette.dim));
        ui.add_space(GAP);
        looks::ui(ui, model, desk, palette, out);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            let with_words = width(ui, &counts) <= ui.available_width();
            for count in &counts {
                count.ui(ui, with_words, palette);
            }
        });
    });
}

/// Between two counts.
const GAP: f32 = 12.0;

/// One count of the bar; without a status it counts what is to be checked again.
struct Count {
    status: Option<Status>,
    count: usize,
    words: &'static str,
}

fn counts(desk: &Desk) -> Vec<Count> {
    let of = |status: Status| {
        let count = desk.places.statuses()[status as usize];
        Count { status: Some(status), count, words: words(status, count) }
    };
    let again = Count { status: None, count: desk.places.to_check_again(), words: "to check again" };
    ORDER.into_iter().map(of).chain([again]).filter(|count| count.count > 0).collect()
}

/// How wide the counts are with their words.
fn width(ui: &Ui, counts: &[Count]) -> f32 {
    let one = |count: &Count| {
        let text = format!("{} {}", count.count, count.words);
        let galley = ui.painter().layout_no_wrap(text, FontId::proportional(12.0), egui::Color32::BLACK);
        let sign = if count.status.is_some() { 14.0 + 5.0 } else { 0.0 };
        sign + galley.size().x + 5.0 + GAP
    };
    counts.iter().map(one).sum()
}

impl Count {
    /// Draws it; without words it has them as its name and tooltip.
    fn ui(&self, ui: &mut Ui, with_words: bool, palette: &Palette) {
        let color = match self.status {
            Some(Status::Unchecked) => palette.dim,
            Some(status) => palette.status(status),
            None => palette.bad,
        };
        if let Some(status) = self.status {
            let (rect, _) = ui.allocate_exact_size(Vec2::new(14.0, 16.0), egui::Sense::hover());
            status_icon(ui.painter(), rect.center(), 11.0, status, palette);
        }
        let full = format!("{} {}", self.count, self.words);
        let text = match (with_words, self.status) {
            (true, _) => full.clone(),
            (false, Some(_)) => self.count.to_string(),
            (false, None) => format!("{} again", self.count),
        };
        let response = ui.label(RichText::new(text).size(12.0).color(color));
        if with_words {
            ui.add_space(GAP);
        } else {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &full));
            response.on_hover_text(full.as_str());
            ui.add_space(3.0);
        }
    }
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
    // UTF-8 is what one expects.
    if desk.project.article.encoding != "UTF-8" {
        parts.push(desk.project.article.encoding.clone());
    }
    parts.push(format!("{:.0} %", zoom * 100.0));
    parts.join(" · ")
}
