//! A line of the list: an annotation, or a heading.
//!
//! May use: egui, the model (read). Invariant: every line has its words as a name; chosen rows differ
//! from the others by more than colour.

use egui::{Align2, FontId, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::annotations::{paragraphs, row_id, title};
use super::attributed;
use super::controls::{bold, dot};
use super::icons::status_icon;
use super::palette::Palette;
use crate::app::Desk;
use crate::app::queue::rows::Heading;
use crate::domain::Annotation;

/// How high every line is.
pub const ROW: f32 = 33.0;
/// The room beside the words, which the scroll bar floats over.
const RIGHT: f32 = 14.0;

/// Draws an annotation.
pub fn row(ui: &mut Ui, desk: &Desk, annotation: &Annotation, palette: &Palette) -> Response {
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), ROW));
    let response = ui.interact(rect, row_id(annotation.id), Sense::click());
    let picked = desk.picked == Some(annotation.id);
    let chosen = desk.is_chosen(annotation.id);
    let title = attributed::fact_apart(desk, annotation).unwrap_or_else(|| title(annotation));
    let paragraphs = paragraphs(desk, annotation);
    let withheld = annotation.is_withheld();
    let in_text = paragraphs.is_some() || withheld;
    let nowhere = if withheld { "withheld" } else { "not in the text" };
    let place = paragraphs.unwrap_or_else(|| nowhere.to_owned());
    let fresh = desk.news.marks.get(&annotation.id);
    let is_undecided =
        annotation.is_conflicted() || annotation.is_removal_open() || annotation.is_in_disputed_words();
    response.widget_info(|| {
        let status = if annotation.is_to_check() { "check again" } else { annotation.status.name() };
        let mut name = format!("{}, {status}: {title}, {place}", annotation.kind.name());
        if is_undecided {
            name.push_str(", undecided");
        }
        if let Some(fresh) = fresh {
            name.push_str(&format!(", {}", fresh.words()));
        }
        WidgetInfo::selected(Role::Button, true, chosen, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    if chosen || response.hovered() {
        painter.rect_filled(rect, 0.0, palette.sel);
    }
    if chosen {
        let width = if picked { 3.0 } else { 2.0 };
        painter.rect_filled(rect.with_max_x(rect.left() + width), 0.0, palette.accent);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.0, palette.accent);
        painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, egui::StrokeKind::Inside);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    status_icon(&painter, egui::pos2(rect.left() + 20.0, rect.center().y), 12.0, annotation.status, palette);
    dot(&painter, egui::pos2(rect.left() + 39.0, rect.center().y), palette.kind(annotation.kind).rule);
    let color = if in_text { palette.dim } else { palette.bad };
    let galley = painter.layout_no_wrap(place, FontId::proportional(12.0), color);
    let right = rect.right() - RIGHT - galley.size().x;
    painter.galley(egui::pos2(right, rect.center().y - galley.size().y / 2.0), galley, palette.dim);
    let right = signs(&painter, rect, right, (fresh.is_some(), is_undecided), palette);
    let mut job = egui::text::LayoutJob::simple_singleline(title, FontId::proportional(13.0), palette.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(right - 10.0 - rect.left() - 52.0);
    let galley = painter.layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(egui::pos2(rect.left() + 52.0, rect.center().y), galley.size());
    painter.galley(at.min, galley, palette.ink);
    if annotation.is_to_check() {
        painter.circle_filled(egui::pos2(rect.left() + 28.0, rect.center().y - 5.0), 3.0, palette.bad);
    }
    if let Some(fresh) = fresh {
        return response.on_hover_text(format!(
            "{} since you last looked: {}",
            capital(&fresh.words()),
            fresh.what.join(", ")
        ));
    }
    response
}

/// Draws, left of what stands at the right end, a dot for what others changed and two heads that look
/// away from each other for what is undecided; returns where they begin.
fn signs(
    painter: &egui::Painter,
    rect: egui::Rect,
    right: f32,
    (is_fresh, is_undecided): (bool, bool),
    palette: &Palette,
) -> f32 {
    let mut right = right;
    if is_undecided {
        let center = egui::pos2(right - 14.0, rect.center().y);
        for side in [-1.0, 1.0] {
            let at = |x: f32, y: f32| egui::pos2(center.x + side * x, center.y + y);
            painter.line(vec![at(1.5, -4.0), at(6.0, 0.0), at(1.5, 4.0)], Stroke::new(1.6, palette.bad));
        }
        right -= 24.0;
    }
    if is_fresh {
        painter.circle_filled(egui::pos2(right - 10.0, rect.center().y), 4.0, palette.accent);
        right -= 18.0;
    }
    right
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Draws a heading; a click folds it.
pub fn heading(ui: &mut Ui, heading: &Heading, palette: &Palette) -> Response {
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), ROW));
    let response = ui.interact(rect, egui::Id::unique(("heading", &heading.name)), Sense::click());
    let count = heading.end - heading.start;
    let said = format!("{}, {count}", heading.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(!heading.folded));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, palette.chip);
        if response.has_focus() || response.hovered() {
            let stroke = Stroke::new(1.0, if response.has_focus() { palette.accent } else { palette.line });
            painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, egui::StrokeKind::Inside);
        }
        let center = egui::pos2(rect.left() + 18.0, rect.center().y);
        let at = |x: f32, y: f32| egui::pos2(center.x + x, center.y + y);
        let points = if heading.folded {
            vec![at(-2.0, -4.0), at(2.5, 0.0), at(-2.0, 4.0)]
        } else {
            vec![at(-4.0, -2.0), at(0.0, 2.5), at(4.0, -2.0)]
        };
        painter.line(points, Stroke::new(1.5, palette.dim));
        let number = painter.layout_no_wrap(count.to_string(), FontId::proportional(12.0), palette.dim);
        let right = rect.right() - RIGHT - number.size().x;
        painter.galley(egui::pos2(right, rect.center().y - number.size().y / 2.0), number, palette.dim);
        let mut job = egui::text::LayoutJob::simple_singleline(heading.name.clone(), bold(12.5), palette.ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(right - rect.left() - 44.0);
        let galley = painter.layout_job(job);
        let at = egui::pos2(rect.left() + 32.0, rect.center().y - galley.size().y / 2.0);
        painter.galley(at, galley, palette.ink);
    }
    let tip = if heading.folded { "Show what stands under it" } else { "Fold it away" };
    response.on_hover_text(tip)
}
