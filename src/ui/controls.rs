//! The small things that the window is made of: buttons with their keys, chips, labels, fields.
//!
//! May use: egui, the palette, the table of commands. Invariant: every control has an accessible
//! name, and one that stands for a command has its row's help and key as a tooltip.

use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Response, RichText, Role, Sense, Stroke, StrokeKind,
    Ui, Vec2, WidgetInfo,
};

use super::palette::Palette;
use crate::app::table::{Row, row_of};
use crate::app::{Command, Model, can};

/// The family of the bold interface type.
pub const BOLD: &str = "bold";

/// Bold interface type of a size.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

/// Words in bold.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).family(FontFamily::Name(BOLD.into()))
}

/// A small dim label above a field.
pub fn label(ui: &mut Ui, text: &str, palette: &Palette) -> Response {
    ui.label(RichText::new(text).size(11.5).color(palette.dim))
}

/// The tooltip of a row: what it does, and its key.
pub fn tooltip(row: &Row) -> String {
    let keys: Vec<String> = row.keys.iter().map(|chord| chord.words(cfg!(target_os = "macos"))).collect();
    if keys.is_empty() { row.help.to_owned() } else { format!("{} ({})", row.help, keys.join(", ")) }
}

/// A button of a command, disabled where that cannot be done now.
pub fn command_button(
    ui: &mut Ui,
    model: &Model,
    command: Command,
    text: &str,
    out: &mut Vec<Command>,
) -> Response {
    let button = egui::Button::new(text).min_size(Vec2::new(0.0, 26.0));
    let mut response = ui.add_enabled(can(model, &command), button);
    if let Some(row) = row_of(&command) {
        response = response.on_hover_text(tooltip(row)).on_disabled_hover_text(tooltip(row));
    }
    if response.clicked() {
        out.push(command);
    }
    response
}

/// How a [`pill`] looks.
pub struct Pill<'a> {
    /// Its words.
    pub text: &'a str,
    /// The key at its right end; empty for none.
    pub key: &'a str,
    /// The colour of its border and words where it is on.
    pub on: Option<Color32>,
    /// Its width; its natural one where this is 0.
    pub width: f32,
    /// What it is called for those who do not see it.
    pub name: String,
}

impl Pill<'_> {
    fn font(&self) -> FontId {
        if self.on.is_some() { bold(12.5) } else { FontId::proportional(12.5) }
    }

    /// How wide it is when nothing of it is cut.
    pub fn natural_width(&self, ui: &Ui) -> f32 {
        let width =
            |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::BLACK).size().x;
        let key = if self.key.is_empty() {
            4.0
        } else {
            width(self.key, FontId::monospace(10.5)) + 10.0 + 6.0 + 4.0
        };
        28.0 + width(self.text, self.font()) + 6.0 + key
    }
}

/// A rounded button with something drawn at its left end and a key at its right one.
pub fn pill(
    ui: &mut Ui,
    pill: &Pill<'_>,
    palette: &Palette,
    sign: impl FnOnce(&egui::Painter, egui::Pos2),
) -> Response {
    let ink = pill.on.unwrap_or(palette.ink);
    let galley = ui.painter().layout_no_wrap(pill.text.to_owned(), pill.font(), ink);
    let key = (!pill.key.is_empty())
        .then(|| ui.painter().layout_no_wrap(pill.key.to_owned(), FontId::monospace(10.5), palette.dim));
    let key_width = key.as_ref().map_or(0.0, |key| key.size().x + 10.0);
    let width = if pill.width > 0.0 { pill.width } else { pill.natural_width(ui) };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 26.0), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), pill.on.is_some(), &pill.name));
    if ui.is_rect_visible(rect) {
        let hovered = response.hovered() || response.has_focus();
        let fill = if hovered { palette.chip } else { palette.paper };
        let border = pill.on.unwrap_or(if response.has_focus() { palette.accent } else { palette.line });
        let stroke = Stroke::new(if pill.on.is_some() { 1.6 } else { 1.0 }, border);
        ui.painter().rect(rect, CornerRadius::same(8), fill, stroke, StrokeKind::Inside);
        sign(ui.painter(), egui::pos2(rect.left() + 15.0, rect.center().y));
        let right = rect.right() - if key_width > 0.0 { key_width + 6.0 } else { 4.0 };
        let words = rect.with_max_x(right);
        ui.painter().with_clip_rect(words).galley(
            egui::pos2(rect.left() + 28.0, rect.center().y - galley.size().y / 2.0),
            galley,
            ink,
        );
        if let Some(key) = key {
            key_cap(ui.painter(), egui::pos2(rect.right() - 6.0, rect.center().y), key, palette);
        }
    }
    response
}

/// Draws a key whose right end is at a point, and returns where it is.
pub fn cap(painter: &egui::Painter, right: egui::Pos2, key: &str, palette: &Palette) -> egui::Rect {
    let galley = painter.layout_no_wrap(key.to_owned(), FontId::monospace(10.5), palette.dim);
    key_cap(painter, right, galley, palette)
}

/// A button of a command with its key beside its name, as wide as both.
pub fn key_button(
    ui: &mut Ui,
    model: &Model,
    command: Command,
    (text, with_key): (&str, bool),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let Some(row) = row_of(&command) else { return };
    let mac = cfg!(target_os = "macos");
    let key = row.keys.first().map(|chord| chord.words(mac)).filter(|_| with_key).unwrap_or_default();
    let enabled = can(model, &command);
    let has_cap = !key.is_empty();
    let galley = ui.painter().layout_no_wrap(key, FontId::monospace(10.5), palette.dim);
    let room = if has_cap { galley.size().x + 10.0 + 8.0 } else { 0.0 };
    let padding = ui.spacing().button_padding.x;
    let words = ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(13.0), palette.ink);
    let size = Vec2::new(words.size().x + room + 2.0 * padding, 26.0);
    let response = ui
        .add_enabled_ui(enabled, |ui| {
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
            let look = ui.style().interact(&response);
            let focus = if response.has_focus() { palette.accent } else { palette.outline };
            let stroke = Stroke::new(1.0, focus);
            ui.painter().rect(rect, CornerRadius::same(7), look.weak_bg_fill, stroke, StrokeKind::Inside);
            let at = egui::pos2(rect.left() + padding, rect.center().y - words.size().y / 2.0);
            ui.painter().galley(at, words, palette.ink);
            if has_cap {
                key_cap(ui.painter(), egui::pos2(rect.right() - 7.0, rect.center().y), galley, palette);
            }
            response
        })
        .inner;
    if response.on_hover_text(tooltip(row)).clicked() {
        out.push(command);
    }
}

fn key_cap(
    painter: &egui::Painter,
    right: egui::Pos2,
    key: std::sync::Arc<egui::Galley>,
    palette: &Palette,
) -> egui::Rect {
    let size = key.size() + Vec2::new(10.0, 3.0);
    let rect = Align2::RIGHT_CENTER.anchor_size(right, size);
    painter.rect(
        rect,
        CornerRadius::same(4),
        palette.chip,
        Stroke::new(1.0, palette.line),
        StrokeKind::Inside,
    );
    painter.galley(rect.center() - key.size() / 2.0, key, palette.dim);
    rect
}

/// A square of a kind's colour.
pub fn dot(painter: &egui::Painter, center: egui::Pos2, color: Color32) {
    painter.rect_filled(egui::Rect::from_center_size(center, Vec2::splat(10.0)), 3.0, color);
}

/// The frame of a card or field.
pub fn card(palette: &Palette) -> egui::Frame {
    egui::Frame::new()
        .fill(palette.paper)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(8)
        .inner_margin(egui::Margin::symmetric(9, 7))
}
