//! How far checking got: a bar with a part for each status, and the same in words.
//!
//! May use: egui, the model (read). Invariant: what the bar shows by colour is told in words too,
//! and each part has the same order everywhere.

use egui::{Color32, CornerRadius, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use super::palette::Palette;
use crate::app::Desk;
use crate::domain::Status;

/// In the order of the bar: what is done first, what nobody has looked at last.
const ORDER: [Status; 8] = [
    Status::Verified,
    Status::OnAuthor,
    Status::NotCheckable,
    Status::NeedsCorrection,
    Status::Unverifiable,
    Status::Query,
    Status::InProgress,
    Status::Unchecked,
];

/// `12 of 19 checked`. Those to be checked again count as not checked.
pub fn words(desk: &Desk) -> String {
    let (checked, all) = (desk.places.checked(), desk.places.count());
    if all == 0 { String::new() } else { format!("{checked} of {all} checked") }
}

/// Draws the bar over the width that there is.
pub fn bar(ui: &mut Ui, desk: &Desk, palette: &Palette) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 5.0), Sense::hover());
    let counts = desk.places.statuses();
    let parts: Vec<String> = ORDER
        .iter()
        .filter(|status| counts[**status as usize] > 0)
        .map(|status| format!("{} {}", counts[*status as usize], status.name().to_lowercase()))
        .collect();
    let said = format!("{}: {}", words(desk), parts.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &said));
    let all = desk.places.count().max(1) as f32;
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(2), palette.line);
    let mut left = rect.left();
    for status in ORDER {
        let count = counts[status as usize];
        if count == 0 || status == Status::Unchecked {
            continue;
        }
        let right = left + rect.width() * count as f32 / all;
        // A gap of a point tells neighbours apart without colour; a part of one in many is seen too.
        let part =
            Rect::from_min_max(pos2(left, rect.top()), pos2((right - 1.0).max(left + 1.5), rect.bottom()));
        painter.rect_filled(part.intersect(rect), CornerRadius::same(1), color(status, palette));
        left = right;
    }
    response.on_hover_text(said);
}

fn color(status: Status, palette: &Palette) -> Color32 {
    palette.status(status)
}
