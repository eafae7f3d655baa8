//! What the inspector's sections are made of: a card that opens, a choice of a few, section heads.
//!
//! May use: egui, the palette. Invariant: every control has an accessible name and a tooltip; what is
//! chosen or open is told by more than its colour.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use super::super::controls::{BOLD, bold};
use super::super::palette::Palette;
use crate::domain::invisible::shown;

/// A text of several weights.
pub(super) struct Words {
    job: LayoutJob,
}

impl Words {
    pub(super) fn new() -> Self {
        Self { job: LayoutJob::default() }
    }

    fn add(mut self, text: &str, font: FontId, color: Color32) -> Self {
        self.job.append(&shown(text), 0.0, TextFormat { font_id: font, color, ..TextFormat::default() });
        self
    }

    pub(super) fn strong(self, text: &str, color: Color32) -> Self {
        self.add(text, FontId::new(12.5, FontFamily::Name(BOLD.into())), color)
    }

    pub(super) fn plain(self, text: &str, color: Color32) -> Self {
        self.add(text, FontId::proportional(12.5), color)
    }
}

/// The head of a card: a button over its whole width that opens and closes it.
pub(super) fn card_head(
    ui: &mut Ui,
    words: Words,
    name: &str,
    open: bool,
    id: egui::Id,
    palette: &Palette,
) -> Response {
    let mut job = words.job;
    job.wrap.max_width = (ui.available_width() - 16.0).max(40.0);
    job.wrap.break_anywhere = false;
    let galley = ui.painter().layout_job(job);
    let size = Vec2::new(ui.available_width(), galley.size().y.max(18.0));
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect.expand2(Vec2::new(6.0, 5.0)), id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), open, name));
    ui.ctx().accesskit_node_builder(id, |node| node.set_expanded(open));
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.accent);
        ui.painter().rect_stroke(response.rect, CornerRadius::same(6), stroke, StrokeKind::Inside);
    }
    ui.painter().galley(rect.left_top(), galley, palette.ink);
    let color = if response.hovered() { palette.ink } else { palette.dim };
    chevron(ui, egui::pos2(rect.right() - 5.0, rect.top() + 9.0), open, color);
    response.on_hover_text(if open { "Close" } else { "Show and edit all of it" })
}

/// A small angle that points down where something is open, and to the right where it is not.
pub(super) fn chevron(ui: &Ui, center: egui::Pos2, open: bool, color: Color32) {
    let points =
        if open { [(-4.0, -2.0), (0.0, 2.0), (4.0, -2.0)] } else { [(-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)] };
    let points = points.map(|(x, y)| egui::pos2(center.x + x, center.y + y)).to_vec();
    ui.painter().add(egui::Shape::line(points, Stroke::new(1.4, color)));
}

/// A quiet line that folds away what is below it, or shows it.
pub(super) fn unfold(ui: &mut Ui, text: &str, open: bool, palette: &Palette) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(12.0), palette.ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + Vec2::new(26.0, 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), open, text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(open));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(7), palette.chip);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.accent);
        ui.painter().rect_stroke(rect, CornerRadius::same(7), stroke, StrokeKind::Inside);
    }
    chevron(ui, egui::pos2(rect.left() + 9.0, rect.center().y), open, palette.dim);
    let at = egui::pos2(rect.left() + 20.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.ink);
    response
}

/// How a [`choice`] is called.
pub(super) struct Choice<'a> {
    /// Before it.
    pub(super) caption: &'a str,
    /// What it is called for those who do not see what is around it.
    pub(super) name: &'a str,
    /// Its tooltip.
    pub(super) help: &'a str,
    /// Whether anything can be chosen now.
    pub(super) enabled: bool,
}

/// A few values of which one is chosen; what is pressed is returned.
pub(super) fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    look: &Choice<'_>,
    options: &[(T, &str)],
    now: T,
    palette: &Palette,
) -> Option<T> {
    let mut chosen = None;
    ui.add_space(3.0);
    ui.add_enabled_ui(look.enabled, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(5.0, 4.0);
            ui.spacing_mut().interact_size.y = 22.0;
            ui.label(RichText::new(look.caption).size(11.5).color(palette.dim));
            for (value, text) in options {
                let name = format!("{}: {text}", look.name);
                let response = chip(ui, text, &name, *value == now, palette);
                let response = response.on_hover_text(look.help).on_disabled_hover_text(look.help);
                if response.clicked() {
                    chosen = Some(*value);
                }
            }
        });
    });
    // What is chosen already is returned too: where two values are in conflict, that decides.
    chosen
}

/// A small button that is on or off; on it is bold and framed.
pub(super) fn chip(ui: &mut Ui, text: &str, name: &str, on: bool, palette: &Palette) -> Response {
    let font = if on { bold(12.0) } else { FontId::proportional(12.0) };
    let ink = if ui.is_enabled() { palette.ink } else { palette.dim };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + Vec2::new(16.0, 6.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, name));
    let fill = if response.hovered() || response.has_focus() { palette.chip } else { palette.paper };
    let border = match (response.has_focus(), on) {
        (true, _) => Stroke::new(1.5, palette.accent),
        (false, true) => Stroke::new(1.5, palette.ink),
        (false, false) => Stroke::new(1.0, palette.line),
    };
    ui.painter().rect(rect, CornerRadius::same(7), fill, border, StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}

/// The head of a section: its name, and at the right what can be done there.
pub(super) fn section<R>(ui: &mut Ui, name: &str, palette: &Palette, right: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(5.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).size(11.5).color(palette.dim));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), right).inner
    })
    .inner
}

/// A quiet button of words, for the right end of a section's head and for cards.
pub(super) fn quiet(ui: &mut Ui, enabled: bool, text: &str, name: &str, help: &str) -> Response {
    let button = egui::Button::new(RichText::new(text).size(12.0)).min_size(Vec2::new(0.0, 22.0));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response.on_hover_text(help).on_disabled_hover_text(help)
}
